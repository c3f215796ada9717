"""EVlink files in the window: opened, compared, edited, saved and proven; nothing is replaced or copied unasked."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from core.access import NOBODY, Person
from core.evlink.cfg import Address, Cfg
from core.points import Quality
from gui import i18n
from gui.bridge import Bridge
from gui.models.cfg_tree import Column, Row
from gui.pages.cfg import CfgTab
from tests.core.evlink_samples import NAME, PARKING, PASSWORD, SOCKET, entry, with_value
from tests.gui.fake_cfg import ADA, IDA, FakeCfg

Opener = Callable[..., CfgTab]
SHED = Address("evse", "FUNCTIONAL", "loadSheddingSetPoint")
TIME_SERVER = Address("evse", "TIME", "timeServerName")


@pytest.fixture
def fake(tmp_path: Path) -> FakeCfg:
    return FakeCfg(tmp_path)


@pytest.fixture
def open_tab(qtbot: QtBot, tmp_path: Path) -> Iterator[Opener]:
    i18n.choose("en")
    tabs: list[tuple[CfgTab, Bridge]] = []

    def build(fake: FakeCfg, data: bytes | None = PARKING, size: tuple[int, int] = (1180, 720)) -> CfgTab:
        bridge = Bridge(fake.station, start=False)
        tab = CfgTab(fake.station, bridge)
        tabs.append((tab, bridge))
        qtbot.addWidget(tab)
        tab.resize(*size)
        tab.show()
        qtbot.waitExposed(tab)
        if data is not None:
            (tmp_path / "left.cfg").write_bytes(data)
            tab.open_file(tmp_path / "left.cfg")
            qtbot.waitUntil(lambda: tab.sides.left is not None)
        return tab

    yield build
    for tab, bridge in tabs:
        tab.stop()
        bridge.stop()
    i18n.choose("en")


def compare(qtbot: QtBot, tab: CfgTab, file: Path, data: bytes) -> None:
    file.write_bytes(data)
    tab.compare_file(file)
    qtbot.waitUntil(lambda: tab.sides.right is not None and tab.sides.right.path == file)


def edit(tab: CfgTab, address: Address, text: str) -> None:
    assert tab.tree.setData(tab.tree.place_of(address, Column.NEW), text)


def result(qtbot: QtBot, tab: CfgTab, words: str) -> str:
    qtbot.waitUntil(lambda: words in tab.files.result)
    return tab.files.result


def keys(tab: CfgTab) -> list[str]:
    return [row.address.key for row in tab.table.view.shown_rows()]


# -- opening ---------------------------------------------------------------------------------------------------


def test_without_a_file_it_says_where_one_comes_from(fake: FakeCfg, open_tab: Opener):
    tab = open_tab(fake, None)
    assert tab.message.title == "Open the .cfg file that an EVlink station has exported"
    assert not tab.files.save.isVisible()
    assert tab.files.open.isVisible()


def test_an_opened_file_says_whose_it_is_and_how_it_is_written(fake: FakeCfg, open_tab: Opener):
    tab = open_tab(fake, PARKING.replace(b"\n", b"\r\n"))
    assert tab.files.left_name.text() == "left.cfg"
    assert tab.files.left_facts.line() == "BORNE PARKING 1 · EV.2S22P22R · ASCII, CRLF"
    assert len(keys(tab)) == 192
    assert tab.table.count.text() == "192 settings"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"\x89PNG\r\n" + bytes(500), "this is no EVlink configuration: none of its keys is known"),
        (b"#" * 1_000_001, "the file is larger than 1 MB: it is no EVlink configuration"),
        (None, "cannot be read: no such file or directory"),
    ],
)
def test_a_file_that_is_none_is_one_sentence_and_what_is_open_stays(
    qtbot: QtBot, open_tab: Opener, tmp_path: Path, data: bytes | None, sentence: str
):
    tab = open_tab(FakeCfg(tmp_path))
    if data is not None:
        (tmp_path / "bad.cfg").write_bytes(data)
    tab.open_file(tmp_path / "bad.cfg")
    assert result(qtbot, tab, "was not opened") == f"bad.cfg was not opened: {sentence}."
    assert tab.files.left_name.text() == "left.cfg"


def test_edits_are_not_given_up_unasked(qtbot: QtBot, fake: FakeCfg, open_tab: Opener, tmp_path: Path):
    tab = open_tab(fake)
    edit(tab, SOCKET, "16")
    (tmp_path / "other.cfg").write_bytes(PARKING)
    tab.open_file(tmp_path / "other.cfg")
    assert tab.files.question.title.text() == "Open other.cfg and give up the edits?"
    assert len(tab.edits) == 1
    tab.files.question.yes.click()
    qtbot.waitUntil(lambda: tab.files.left_name.text() == "other.cfg")
    assert len(tab.edits) == 0


def drop(tab: CfgTab, *files: Path) -> QDropEvent:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    copy, left, plain = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    tab.dragEnterEvent(QDragEnterEvent(QPoint(9, 9), copy, data, left, plain))
    event = QDropEvent(QPointF(9, 9), copy, data, left, plain)
    tab.dropEvent(event)
    return event


def test_a_file_that_is_dropped_is_opened_and_the_next_one_compared(
    qtbot: QtBot, fake: FakeCfg, open_tab: Opener, tmp_path: Path
):
    tab = open_tab(fake, None)
    (tmp_path / "a.cfg").write_bytes(PARKING)
    (tmp_path / "b.cfg").write_bytes(with_value("maxIntensitySocket", "16"))
    assert drop(tab, tmp_path / "a.cfg").isAccepted()
    qtbot.waitUntil(lambda: tab.sides.left is not None)
    drop(tab, tmp_path / "b.cfg")
    qtbot.waitUntil(lambda: tab.files.right_name.text() == "b.cfg")
    assert tab.files.right_facts.line().startswith("1 difference · BORNE PARKING 1")


def test_two_files_dropped_at_once_are_compared(qtbot: QtBot, fake: FakeCfg, open_tab: Opener, tmp_path: Path):
    tab = open_tab(fake, None)
    for name in ("a.cfg", "b.cfg"):
        (tmp_path / name).write_bytes(PARKING)
    drop(tab, tmp_path / "a.cfg", tmp_path / "b.cfg")
    qtbot.waitUntil(lambda: tab.sides.pairs is not None)
    assert {tab.files.left_name.text(), tab.files.right_name.text()} == {"a.cfg", "b.cfg"}


# -- editing ---------------------------------------------------------------------------------------------------


def test_a_value_is_edited_by_keyboard_alone(qtbot: QtBot, fake: FakeCfg, open_tab: Opener):
    tab = open_tab(fake)
    view = tab.table.view
    view.show_address(SOCKET)
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Return)
    field = view.findChild(QLineEdit)
    assert isinstance(field, QLineEdit)
    assert field.text() == "32"
    QTest.keyClicks(field, "20")
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: tab.edits.changes() == {SOCKET: "20"})
    assert tab.files.save.text() == "Save 1 edit as…"
    QTest.keyClick(view, Qt.Key.Key_Delete)
    assert len(tab.edits) == 0
    assert tab.files.save.text() == "Save as…"


def test_typing_on_a_row_begins_an_edit_and_a_wrong_one_bars_saving(qtbot: QtBot, fake: FakeCfg, open_tab: Opener):
    tab = open_tab(fake)
    view = tab.table.view
    view.show_address(SOCKET)
    view.setFocus()
    QTest.keyClicks(view, "9")
    field = view.findChild(QLineEdit)
    assert isinstance(field, QLineEdit)
    QTest.keyClicks(field, "9")
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: tab.edits.wrong() == [SOCKET])
    assert not tab.files.save.isEnabled()


def test_a_key_that_cannot_be_edited_opens_its_details_which_say_why(fake: FakeCfg, open_tab: Opener):
    tab = open_tab(fake)
    view = tab.table.view
    view.show_address(PASSWORD)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert tab.table.details.isChecked()
    said = " ".join(fact.text for fact in tab.table.detail._meaning(row_of(tab, PASSWORD)))  # pyright: ignore[reportPrivateUsage]
    assert "FtpPassword is a secret" in said


def row_of(tab: CfgTab, address: Address) -> Row:
    return next(row for row in tab.tree.rows() if row.address == address)


def test_the_details_explain_and_take_the_factory_value(fake: FakeCfg, open_tab: Opener):
    tab = open_tab(fake, with_value("maxIntensitySocket", "16"))
    tab.table.details.setChecked(True)
    tab.table.view.show_address(SOCKET)
    detail = tab.table.detail
    assert detail.title.text() == "Derated current of the charging point"
    assert detail.factory.isVisible()
    detail.factory.click()
    assert tab.edits.changes() == {SOCKET: "32"}
    assert not detail.factory.isVisible()
    detail.drop.click()
    assert len(tab.edits) == 0


def test_the_filter_leaves_what_holds_every_word(fake: FakeCfg, open_tab: Opener):
    tab = open_tab(fake)
    tab.table.filter.setText("meter rtu")
    assert {"HeadMeterRTUAddress", "StationMeterRTUAddress"} <= set(keys(tab))
    assert "maxIntensitySocket" not in keys(tab)
    assert tab.table.count.text().endswith("of 192 settings")
    tab.table.filter.clear()
    edit(tab, SOCKET, "16")
    tab.table.show_only("edited")
    assert keys(tab) == ["maxIntensitySocket"]


def test_what_is_selected_is_copied_as_a_spreadsheet_reads_it(fake: FakeCfg, open_tab: Opener):
    tab = open_tab(fake)
    tab.table.view.show_address(SOCKET)
    tab.table.view.copy_selection()
    assert QGuiApplication.clipboard().text().split("\t")[:2] == ["Derated current of the charging point", "32\u202fA"]


# -- comparing and taking over ---------------------------------------------------------------------------------


def test_differences_of_a_second_file_are_shown_and_taken_over_without_secrets(
    qtbot: QtBot, fake: FakeCfg, open_tab: Opener, tmp_path: Path
):
    tab = open_tab(fake)
    data = with_value("maxIntensitySocket", "16", with_value("FtpPassword", "AB" * 16))
    compare(qtbot, tab, tmp_path / "right.cfg", data)
    assert tab.files.right_facts.line().startswith("2 differences")
    tab.table.show_only("different")
    assert keys(tab) == ["maxIntensitySocket", "FtpPassword"]
    tab.table.view.selectAll()
    tab.table.copy.click()
    assert tab.edits.changes() == {SOCKET: "16"}
    assert tab.files.result == (
        "1 value taken over as an edit, not saved yet. 1 cannot be taken over: see their details."
    )
    tab.end_comparison()
    assert tab.table.which.findData("different") == -1
    assert len(tab.edits) == 1


def test_another_model_is_warned_of_before_anything_is_taken_over(
    qtbot: QtBot, fake: FakeCfg, open_tab: Opener, tmp_path: Path
):
    tab = open_tab(fake)
    data = with_value("AlarmLogin", "EVB1A22P4ERIFG1801102003009602158X", with_value("maxIntensitySocket", "16"))
    compare(qtbot, tab, tmp_path / "right.cfg", data)
    tab.table.view.show_address(SOCKET)
    tab.table.copy.click()
    assert tab.files.question.title.text() == "Are both of the same model and firmware?"
    assert "of EVB1A22P4ERI" in tab.files.question.text
    assert len(tab.edits) == 0
    tab.files.question.no.click()
    assert len(tab.edits) == 0
    tab.table.copy.click()
    tab.files.question.yes.click()
    assert tab.edits.changes() == {SOCKET: "16"}


def test_a_secret_alone_is_refused_with_its_reason(qtbot: QtBot, fake: FakeCfg, open_tab: Opener, tmp_path: Path):
    tab = open_tab(fake)
    compare(qtbot, tab, tmp_path / "right.cfg", with_value("FtpPassword", "AB" * 16))
    tab.table.view.show_address(PASSWORD)
    tab.table.copy.click()
    assert tab.files.result.startswith("FtpPassword is a secret")
    assert len(tab.edits) == 0


def test_a_connected_station_is_compared_by_what_it_has_told(qtbot: QtBot, fake: FakeCfg, open_tab: Opener):
    fake.tell("borne", {"maxintensitysocket": "16", "stationname": "BORNE PARKING 1", "dhcp": "false"})
    fake.say("borne", model="MONOBLOCK", firmware="3.4.0.10")
    tab = open_tab(fake)
    assert [station.name for station in tab.sides.stations()] == ["Borne Parking", "Borne du quai"]
    tab.compare_station("borne")
    assert tab.files.right_facts.line() == "1 difference in 3 settings told · MONOBLOCK · 3.4.0.10"
    tab.table.show_only("different")
    assert keys(tab) == ["maxIntensitySocket"]
    tab.table.view.show_address(SOCKET)
    tab.table.copy.click()
    assert "does not say its firmware" in tab.files.question.text
    tab.files.question.yes.click()
    assert tab.edits.changes() == {SOCKET: "16"}


def test_a_station_that_has_told_nothing_is_asked_only_when_one_asks_for_it(fake: FakeCfg, open_tab: Opener):
    tab = open_tab(fake)
    tab.compare_station("borne")
    assert tab.files.result == "Borne Parking has not told its configuration yet: press “Read now”."
    assert fake.line.asked == []
    tab.files.read.click()
    assert fake.line.asked == [("borne", "settings")]


def test_what_the_station_tells_later_is_seen_and_an_old_word_is_not_copied(fake: FakeCfg, open_tab: Opener):
    tab = open_tab(fake)
    tab.compare_station("borne")
    fake.tell("borne", {"maxintensitysocket": "16"}, Quality.STALE)
    tab.tick()
    assert tab.files.right_facts.line() == "1 difference in 1 settings told"
    tab.table.view.show_address(SOCKET)
    tab.table.copy.click()
    assert tab.files.result == "The station has not told this value since it is connected."
    assert len(tab.edits) == 0


# -- saving ----------------------------------------------------------------------------------------------------


def test_a_saved_file_is_read_back_and_proven(qtbot: QtBot, fake: FakeCfg, open_tab: Opener, tmp_path: Path):
    tab = open_tab(fake)
    edit(tab, NAME, "PARKING 2")
    edit(tab, TIME_SERVER, "ntp.lan")
    tab.saver.save(tmp_path / "new.cfg")
    assert result(qtbot, tab, "read back") == (
        "new.cfg saved and read back: 2 values differ from the original, everything else identical byte for byte."
    )
    expected = PARKING.replace(b"BORNE PARKING 1", b"PARKING 2").replace(b"pool.ntp.org", b"ntp.lan")
    assert (tmp_path / "new.cfg").read_bytes() == expected
    assert (tmp_path / "left.cfg").read_bytes() == PARKING
    assert (tab.files.left_name.text(), len(tab.edits)) == ("new.cfg", 0)


def test_the_journal_tells_who_saved_what(qtbot: QtBot, fake: FakeCfg, open_tab: Opener, tmp_path: Path):
    tab = open_tab(fake)
    edit(tab, NAME, "PARKING 2")
    tab.saver.save(tmp_path / "new.cfg")
    result(qtbot, tab, "read back")
    assert fake.station.book is not None
    with fake.station.book.journal() as journal:
        (line,) = journal.lines()
    assert (line.entry.kind, line.entry.who) == ("cfg", "Ada")
    assert (line.entry.old, line.entry.new) == ("BORNE PARKING 1", "PARKING 2")


def test_dangerous_values_are_saved_after_a_question_only(
    qtbot: QtBot, fake: FakeCfg, open_tab: Opener, tmp_path: Path
):
    tab = open_tab(fake)
    edit(tab, SOCKET, "6")
    tab.saver.save(tmp_path / "new.cfg")
    said = tab.files.question.text
    assert "Derated current of the charging point: 32\u202fA → 6\u202fA" in said
    assert "6 A acts as 0 A" in said
    assert "check cable, breaker and ventilation" in said
    assert not (tmp_path / "new.cfg").exists()
    tab.files.question.yes.click()
    result(qtbot, tab, "1 value differs from the original")


def test_the_original_is_replaced_after_a_question_only(qtbot: QtBot, fake: FakeCfg, open_tab: Opener, tmp_path: Path):
    tab = open_tab(fake)
    edit(tab, NAME, "PARKING 2")
    tab.saver.save(tmp_path / "left.cfg")
    assert tab.files.question.title.text() == "Replace the original left.cfg?"
    assert (tmp_path / "left.cfg").read_bytes() == PARKING
    tab.files.question.yes.click()
    assert result(qtbot, tab, "read back").endswith("The original is kept as left.cfg.bak.")
    assert (tmp_path / "left.cfg.bak").read_bytes() == PARKING


def test_values_that_do_not_fit_each_other_are_not_saved(fake: FakeCfg, open_tab: Opener, tmp_path: Path):
    tab = open_tab(fake)
    edit(tab, SOCKET, "16")
    edit(tab, SHED, "20")
    tab.saver.save(tmp_path / "new.cfg")
    said = "the shedding set-point must not be above the derated current, 16 A."
    assert tab.files.result == f"Not saved. Derated current of the charging point: {said}"
    assert not (tmp_path / "new.cfg").exists()


def test_a_place_that_cannot_be_written_is_one_sentence_and_the_edits_stay(
    qtbot: QtBot, fake: FakeCfg, open_tab: Opener, tmp_path: Path
):
    tab = open_tab(fake)
    edit(tab, NAME, "PARKING 2")
    tab.saver.save(tmp_path / "nowhere" / "new.cfg")
    assert result(qtbot, tab, "was not saved").startswith("new.cfg was not saved: cannot be written")
    assert len(tab.edits) == 1


def test_the_dialog_offers_another_name_than_the_original(
    qtbot: QtBot, fake: FakeCfg, open_tab: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    tab = open_tab(fake)
    offered: list[str] = []

    def choose(_parent: object, _title: str, name: str, _kinds: str) -> tuple[str, str]:
        offered.append(name)
        return name, ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    tab.files.save.click()
    result(qtbot, tab, "identical to the original byte for byte")
    assert offered == [str(tmp_path / "left-edited.cfg")]
    assert (tmp_path / "left-edited.cfg").read_bytes() == PARKING


def test_the_settings_shown_are_exported_without_secrets(fake: FakeCfg, open_tab: Opener, tmp_path: Path):
    tab = open_tab(fake)
    tab.table.filter.setText("ftp")
    tab.table.export_csv(tmp_path / "out.csv")
    text = (tmp_path / "out.csv").read_text("utf-8-sig")
    assert len(text.splitlines()) == 1 + len(keys(tab))
    secret = entry(Cfg.read(PARKING), PASSWORD)
    assert PARKING[secret.start : secret.end].decode() not in text


# -- who -------------------------------------------------------------------------------------------------------


def test_a_lower_role_sees_less_and_is_told_so(tmp_path: Path, open_tab: Opener):
    fake = FakeCfg(tmp_path, IDA)
    tab = open_tab(fake)
    assert "maxIntensitySocket" not in keys(tab)
    assert tab.table.hidden.text() == f"{192 - len(keys(tab))} settings are for a higher role than yours."
    assert tab.files.left_facts.line() == "ASCII, LF"  # its name is not for a user
    tab.table.filter.setText("maxIntensity")
    assert keys(tab) == []


def test_signing_in_and_out_changes_what_is_seen_and_keeps_the_edits(fake: FakeCfg, open_tab: Opener):
    tab = open_tab(fake)
    edit(tab, NAME, "PARKING 2")
    fake.station.access.sign_in(NOBODY)
    tab.tick()
    assert tab.message.isVisible()
    assert tab.message.title == "192 settings are for people who are signed in."
    fake.station.access.sign_in(ADA)
    tab.tick()
    assert len(keys(tab)) == 192
    assert tab.edits.changes() == {NAME: "PARKING 2"}


def test_edits_of_a_higher_role_are_not_saved_by_a_lower_one(
    qtbot: QtBot, fake: FakeCfg, open_tab: Opener, tmp_path: Path
):
    tab = open_tab(fake)
    edit(tab, NAME, "PARKING 2")
    fake.station.access.sign_in(Person("Ida", "user"))
    tab.tick()
    tab.saver.save(tmp_path / "new.cfg")
    assert "may be changed by the role administrator" in result(qtbot, tab, "was not saved")
    assert not (tmp_path / "new.cfg").exists()


# -- the page --------------------------------------------------------------------------------------------------


def test_the_tab_remembers_its_files(qtbot: QtBot, fake: FakeCfg, open_tab: Opener, tmp_path: Path):
    tab = open_tab(fake)
    compare(qtbot, tab, tmp_path / "right.cfg", PARKING)
    tab.table.details.setChecked(True)
    state = tab.save_state()
    other = open_tab(fake, None)
    other.restore_state(state)
    qtbot.waitUntil(lambda: other.sides.pairs is not None)
    assert other.files.right_name.text() == "right.cfg"
    assert other.table.details.isChecked()
    for odd in ("", "[]", "{}", json.dumps({"left": 3})):
        open_tab(fake, None).restore_state(odd)


def test_the_tab_speaks_french_and_back(qtbot: QtBot, fake: FakeCfg, open_tab: Opener):
    tab = open_tab(fake)
    i18n.choose("fr")
    qtbot.waitUntil(lambda: tab.tree.place_of(SOCKET).data() == "Courant déclassé du point de charge")
    i18n.choose("en")
    qtbot.waitUntil(lambda: tab.tree.place_of(SOCKET).data() == "Derated current of the charging point")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_everything_fits_into_a_small_window(
    qtbot: QtBot, fake: FakeCfg, open_tab: Opener, tmp_path: Path, language: str
):
    tab = open_tab(fake, size=(928, 540))
    i18n.choose(language)
    compare(qtbot, tab, tmp_path / "right.cfg", PARKING)
    tab.table.details.setChecked(True)
    assert tab.minimumSizeHint().width() <= 928
    assert tab.minimumSizeHint().height() <= 540


def test_painting_every_state_raises_nothing(qtbot: QtBot, fake: FakeCfg, open_tab: Opener, tmp_path: Path):
    tab = open_tab(fake, PARKING.replace(b"[WIFI]", b"[WIFI]\nodd=\x00\x01"))
    compare(qtbot, tab, tmp_path / "right.cfg", with_value("maxIntensitySocket", "16"))
    edit(tab, SOCKET, "6")
    edit(tab, SHED, "64")
    tab.table.details.setChecked(True)
    for row in tab.table.view.shown_rows():
        tab.table.view.show_address(row.address)
    assert not tab.grab().isNull()
