"""Parameters: edited freely, reviewed, written with proof, watched; and what the operator sees when it goes wrong."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.access import NOBODY, Person
from core.errors import CommandRefused, DeviceError
from core.parameters import Parameter
from core.points import PointKey
from core.writing.review import Cause, Edit, Phase, Suspect
from gui import i18n
from gui.app import build_window
from gui.bridge import Bridge
from gui.models.parameters_row import Column
from gui.pages.devices import DevicesPage
from gui.pages.devices_card import Tab
from gui.pages.parameters_editors import BitsEditor, ChoiceEditor, FieldEditor
from gui.pages.parameters_paint import cut
from gui.theme import SECONDARY, look
from tests.gui.fake_site import FakeSite
from tests.gui.fake_writing import INSTALLER, FakeWriting, Fate

Opener = Callable[..., DevicesPage]
LIMIT, CHARGE, END, CUTOFF, TIMED = (
    PointKey("hybrid", name) for name in ("discharge_limit", "grid_charge", "window_end", "cutoff", "timed_start")
)
BEAT = PointKey("station", "HeartbeatInterval")


@pytest.fixture
def station() -> FakeWriting:
    return FakeWriting()


@pytest.fixture
def open_page(qtbot: QtBot) -> Iterator[Opener]:
    i18n.choose("en")
    pages: list[tuple[DevicesPage, Bridge]] = []

    def build(station: FakeWriting, size: tuple[int, int] = (1180, 820), tab: Tab = Tab.PARAMETERS) -> DevicesPage:
        bridge = Bridge(station, start=False)  # type: ignore[arg-type]
        page = DevicesPage(station, bridge)  # type: ignore[arg-type]
        pages.append((page, bridge))
        qtbot.addWidget(page)
        page.resize(*size)
        page.card.show_tab(tab)
        page.show()
        qtbot.waitExposed(page)
        return page

    yield build
    for page, bridge in pages:
        page.stop()
        bridge.stop()
    i18n.choose("en")


def put(page: DevicesPage, key: PointKey, value: object) -> None:
    tree = page.parameters.tree
    assert tree.setData(tree.place_of(key, Column.NEW), value)


def cell(page: DevicesPage, key: PointKey, column: Column) -> str:
    return str(page.parameters.tree.place_of(key, column).data())


def review(page: DevicesPage, *values: tuple[PointKey, object]) -> None:
    page.parameters.read()
    page.parameters.tree.index(0, 0)
    for key, value in values:
        put(page, key, value)
    page.parameters.tools.check.click()


def write(page: DevicesPage, station: FakeWriting) -> None:
    page.parameters.card.review_view.write.click()
    station.finish()
    page.parameters.card.poll()


# -- tabs ------------------------------------------------------------------------------------------------------


def test_only_devices_with_parameters_have_tabs_and_the_choice_is_kept(open_page: Opener, station: FakeWriting) -> None:
    page = open_page(station, tab=Tab.MEASURES)
    assert not page.card.shows_parameters
    page.card.tabs.setCurrentIndex(1)
    assert page.card.shows_parameters
    page.show_device("meter")
    assert not page.card.tabs.isVisible()
    assert not page.card.shows_parameters
    page.show_device("station")
    assert page.card.shows_parameters
    other = open_page(station, tab=Tab.MEASURES)
    other.restore_state(page.save_state())
    assert other.card.shows_parameters
    other.restore_state("no json")


def test_a_site_without_any_parameter_looks_as_before(qtbot: QtBot) -> None:
    site = FakeSite()
    bridge = Bridge(site.station, start=False)
    page = DevicesPage(site.station, bridge)
    qtbot.addWidget(page)
    page.show()
    assert not page.card.tabs.isVisible()
    assert page.subtitle() is None
    page.stop()


# -- reading and editing ---------------------------------------------------------------------------------------


def test_nothing_is_asked_before_the_operator_asks(open_page: Opener, station: FakeWriting) -> None:
    page = open_page(station)
    put(page, LIMIT, "100")
    assert station.asked == []
    assert "not read yet" in str(page.subtitle())
    page.parameters.tools.read_all.click()
    assert station.asked == ["hybrid"]
    assert cell(page, LIMIT, Column.READ) == "80\u202f%"
    assert str(page.subtitle()).endswith("read just now")


def test_reading_runs_beside_and_can_be_given_up(open_page: Opener, station: FakeWriting) -> None:
    station.holds_reads = True
    page = open_page(station)
    page.parameters.tools.read_all.click()
    assert page.parameters.tools.read_all.text() == "Stop reading"
    assert page.parameters.said.line() == "Reading…"
    page.parameters.tools.read_all.click()
    assert "before" in page.parameters.said.line()
    assert cell(page, LIMIT, Column.READ) == "—"
    assert station.delayed[0][0].cancelled()


def test_a_reading_that_fails_says_why(open_page: Opener, station: FakeWriting) -> None:
    station.holds_reads = True
    page = open_page(station)
    page.parameters.tools.read_all.click()
    station.delayed[0][0].set_exception(DeviceError("unit 1 does not answer"))
    assert page.parameters.said.line() == "Not read: unit 1 does not answer"
    assert page.parameters.tools.read_all.text() == "Read all"


def test_values_that_the_device_refuses_are_counted(open_page: Opener, station: FakeWriting) -> None:
    station.memory[LIMIT] = None
    page = open_page(station)
    page.parameters.read()
    assert page.parameters.said.line() == "1 of 13 values could not be read: Discharge limit"
    assert cell(page, LIMIT, Column.STATE) == "not readable"


def test_a_field_opens_by_typing_and_its_entry_counts(open_page: Opener, station: FakeWriting, qtbot: QtBot) -> None:
    page = open_page(station)
    page.parameters.read()
    view = page.parameters.view
    view.show_key(LIMIT)
    QTest.keyClick(view, Qt.Key.Key_9)
    field = view.findChild(FieldEditor)
    assert field is not None
    assert field.text() == "9"
    QTest.keyClick(field, Qt.Key.Key_5)
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: cell(page, LIMIT, Column.NEW) == "95\u202f%")
    assert page.parameters.tools.check.text() == "Check 1 write"
    QTest.keyClick(view, Qt.Key.Key_Delete)
    assert page.parameters.tools.check.text() == "Check"
    assert not page.parameters.tools.check.isEnabled()


def test_tab_goes_to_the_next_field_and_escape_leaves_the_value(
    open_page: Opener, station: FakeWriting, qtbot: QtBot
) -> None:
    page = open_page(station)
    page.parameters.read()
    view = page.parameters.view
    view.edit_key(LIMIT)
    QTest.keyClick(view.findChild(FieldEditor), Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: view.current_key() == PointKey("hybrid", "charge_limit"))
    field = next(editor for editor in view.findChildren(FieldEditor) if editor.isVisible())
    field.setText("5")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert page.parameters.edits.keys() == []


def test_choices_and_bits_have_their_own_editors(open_page: Opener, station: FakeWriting, qtbot: QtBot) -> None:
    page = open_page(station)
    page.parameters.read()
    view = page.parameters.view
    view.edit_key(PointKey("hybrid", "work_mode"))
    choice = view.findChild(ChoiceEditor)
    assert choice is not None
    assert choice.currentText() == "Self-consumption"
    choice.setCurrentIndex(3)
    choice.activated.emit(3)
    assert cell(page, PointKey("hybrid", "work_mode"), Column.NEW) == "Feed-in first"
    days = PointKey("hybrid", "days")
    view.edit_key(days)
    bits = view.findChild(BitsEditor)
    assert bits is not None
    assert [box.isChecked() for box in bits.boxes] == [True, True, False, False]
    bits.boxes[3].click()
    bits.left.emit()
    assert cell(page, days, Column.NEW) == "Monday, Tuesday, Saturday"


def test_edits_survive_another_device_another_person_and_another_language(
    open_page: Opener, station: FakeWriting
) -> None:
    page = open_page(station)
    review(page, (LIMIT, "100"))
    page.show_device("station")
    page.parameters.read()
    put(page, BEAT, "300")
    assert page.parameters.tools.check.text() == "Check 2 writes"
    station.access.sign_in(NOBODY)
    page.parameters.tick()
    i18n.choose("fr")
    i18n.choose("en")
    page.show_device("hybrid")
    assert cell(page, LIMIT, Column.NEW) == "100\u202f%"
    assert page.parameters.tools.check.text() == "Check 2 writes"


def test_edits_of_what_one_may_no_longer_see_wait_unseen(open_page: Opener, station: FakeWriting) -> None:
    station.access.sign_in(Person("Ada", "administrator"))
    page = open_page(station)
    page.show_device("station")
    put(page, PointKey("station", "AuthorizationKey"), "0123456789abcdef")
    assert page.parameters.tools.check.text() == "Check 1 write"
    station.access.sign_in(INSTALLER)
    page.parameters.tick()
    assert page.parameters.tools.check.text() == "Check"
    station.access.sign_in(Person("Ada", "administrator"))
    page.parameters.tick()
    assert page.parameters.tools.check.text() == "Check 1 write"
    page.parameters.tools.check.click()
    assert "0123456789abcdef" not in page.parameters.card.review_view.rows[0].change.text()


def test_a_wrong_entry_is_gone_to_instead_of_a_review(open_page: Opener, station: FakeWriting, qtbot: QtBot) -> None:
    page = open_page(station)
    review(page, (CHARGE, "on"), (LIMIT, "5"))
    assert page.parameters.card.isHidden()
    qtbot.waitUntil(lambda: page.parameters.view.current_key() == LIMIT)


def test_the_search_jumps_to_another_device(open_page: Opener, station: FakeWriting, qtbot: QtBot) -> None:
    page = open_page(station)
    tools, hits = page.parameters.tools, page.parameters.hits
    QTest.keyClicks(tools.search, "heartbeat")
    qtbot.waitUntil(hits.isVisible)
    QTest.keyClick(tools.search, Qt.Key.Key_Return)
    assert page.parameters.view.current_key() == BEAT
    assert tools.search.text() == ""
    assert not hits.isVisible()
    tools.search.setText("nothing like this")
    tools.find_now()
    assert hits.hits.rowCount() == 0
    QTest.keyClick(tools.search, Qt.Key.Key_Escape)
    assert page.parameters.view.isVisible()


def test_the_panel_is_exported(open_page: Opener, station: FakeWriting, tmp_path: Path) -> None:
    page = open_page(station)
    page.parameters.read()
    page.parameters.export(tmp_path / "p.csv")
    text = (tmp_path / "p.csv").read_text("utf-8-sig")
    assert "discharge_limit" in text
    assert text.startswith("device,")


# -- details and confirmation ----------------------------------------------------------------------------------


def facts(page: DevicesPage, key: PointKey) -> str:
    detail, row = page.parameters.detail, page.parameters.tree.row(key)
    assert row is not None
    found = [*detail.meaning_facts(row), *detail.place_facts(row)]
    return "\n".join(f"{fact.label}: {fact.text}" for fact in found).replace("\u202f", " ")


def test_the_details_tell_all_that_is_known(open_page: Opener, station: FakeWriting) -> None:
    page = open_page(station)
    page.parameters.read()
    page.parameters.view.show_key(LIMIT)
    page.parameters.tools.details.trigger()
    assert page.parameters.detail.isVisible()
    told = facts(page, LIMIT)
    for line in ("Why: Share of the rated power", "Factory: 100 %", "Register: 3078 · 0x0C06", "about 99 997 left"):
        assert line in told
    assert "Words: 0x0050 · × 1 · Stick SOLARMAN · frame 41" in told
    assert "Danger: Protection" in facts(page, CUTOFF)
    assert "Where to set it: menu 5: Advanced functions" in facts(page, PointKey("hybrid", "eps"))
    page.parameters.detail.close_button.click()
    assert not page.parameters.tools.details.isChecked()


def test_the_factory_value_and_the_devices_own_can_be_taken(open_page: Opener, station: FakeWriting) -> None:
    page = open_page(station)
    page.parameters.read()
    page.parameters.view.show_key(LIMIT)
    page.parameters.tools.details.trigger()
    page.parameters.detail.factory.click()
    assert cell(page, LIMIT, Column.STATE) == "to write"
    page.parameters.apply([station.change("hybrid/discharge_limit", 60.0)])
    page.parameters.detail.show_key(LIMIT)
    page.parameters.detail.mine.click()
    assert cell(page, LIMIT, Column.STATE) == "to write"
    page.parameters.detail.device.click()
    assert cell(page, LIMIT, Column.NEW) == "60\u202f%"
    assert page.parameters.edits.keys() == []


def test_an_inferred_register_asks_what_it_was_compared_with(open_page: Opener, station: FakeWriting) -> None:
    page = open_page(station)
    page.parameters.read()
    page.parameters.view.show_key(TIMED)
    QTest.keyClick(page.parameters.view, Qt.Key.Key_Return)
    card = page.parameters.below.evidence
    assert card.isVisible()
    assert not card.yes.isEnabled()
    QTest.keyClicks(card.evidence, "01:00 on its screen")
    station.refusal = "say what it was compared with"
    card.yes.click()
    assert card.refused.text() == "Say what it was compared with"
    station.refusal = ""
    card.yes.click()
    assert not card.isVisible()
    assert station.given[-1][1] == "01:00 on its screen"
    put(page, TIMED, "02:00")
    assert cell(page, TIMED, Column.STATE) == "to write"


# -- review ----------------------------------------------------------------------------------------------------


def test_the_review_shows_what_changes_and_what_follows(open_page: Opener, station: FakeWriting) -> None:
    page = open_page(station)
    review(page, (LIMIT, "100"), (CHARGE, "on"))
    view = page.parameters.card.review_view
    row = view.rows[0]
    assert row.change.text().replace("\u202f", " ") == "80 % → 100 %"
    assert row.middle.text() == "The battery may supply the house with more or less power."
    assert row.right.text() == "3 writes to date"
    assert view.write.isEnabled()
    put(page, LIMIT, "90")  # editing goes on beside it
    assert "90" in view.rows[0].change.text()
    assert station.given == []
    view.back.click()
    assert page.parameters.card.isHidden()
    assert len(page.parameters.edits.keys()) == 2


def test_a_dangerous_one_asks_for_the_reason_and_a_confirmation(open_page: Opener, station: FakeWriting) -> None:
    page = open_page(station)
    review(page, (CUTOFF, "45"))
    view = page.parameters.card.review_view
    assert view.rows[0].device.line() == "Protection"
    assert view.checks[0].accessibleName().endswith("(Lowest battery voltage).")  # its row may be out of sight
    assert not view.write.isEnabled()
    view.checks[0].setChecked(True)
    assert not view.write.isEnabled()
    view.reason.setText("data sheet of the new battery")
    assert view.write.isEnabled()
    view.checks[0].setChecked(False)
    assert not view.write.isEnabled()
    view.checks[0].setChecked(True)
    write(page, station)
    assert station.given[-1][1:] == ("data sheet of the new battery", True)


@pytest.mark.parametrize(
    ("person", "fault"),
    [
        (NOBODY, "Sign in first: this needs the role user."),
        (Person("Vera", "viewer"), "Vera has the role viewer: this needs the role user."),
    ],
)
def test_a_refusal_names_the_reason_and_the_way(
    open_page: Opener, station: FakeWriting, qtbot: QtBot, person: Person, fault: str
) -> None:
    page = open_page(station)
    station.access.sign_in(person)
    review(page, (LIMIT, "100"))
    view = page.parameters.card.review_view
    assert view.rows[0].below.text() == fault
    assert not view.write.isEnabled()
    assert [cure.text() for cure in view.cures] == ["Sign in…"]
    with qtbot.waitSignal(page.sign_in_asked):
        view.cures[0].click()
    station.access.sign_in(INSTALLER)
    page.parameters.tick()
    assert view.write.isEnabled()


def test_a_read_only_link_leads_to_the_links_page(open_page: Opener, qtbot: QtBot) -> None:
    page = open_page(FakeWriting(read_only=True))
    review(page, (LIMIT, "100"))
    view = page.parameters.card.review_view
    assert view.rows[0].below.text() == "The link 'Stick SOLARMAN' is read-only."
    with qtbot.waitSignal(page.page_asked) as asked:
        view.cures[0].click()
    assert asked.args == ["links"]


def test_what_was_edited_without_reading_is_read_from_the_review(open_page: Opener, station: FakeWriting) -> None:
    page = open_page(station)
    put(page, LIMIT, "100")
    page.parameters.tools.check.click()
    view = page.parameters.card.review_view
    assert "read it first" in view.rows[0].below.text().lower()
    view.cures[0].click()
    assert view.write.isEnabled()
    assert view.rows[0].change.text().replace("\u202f", " ") == "80 % → 100 %"


def test_values_from_elsewhere_are_taken_into_the_review(open_page: Opener, station: FakeWriting) -> None:
    page = open_page(station, tab=Tab.MEASURES)
    page.take_edits([Edit(BEAT, 300.0, station.read(BEAT)), Edit(LIMIT, 80.0, station.read(LIMIT))])
    assert page.card.shows_parameters
    view = page.parameters.card.review_view
    assert view.rows[1].middle.text() == "already so: nothing will be written"
    assert view.rows[0].device.line() == "EVlink Parking"


def test_a_refusal_of_the_core_stays_in_the_review(open_page: Opener, station: FakeWriting) -> None:
    page = open_page(station)
    review(page, (LIMIT, "100"))
    station.refusal = "this site keeps no journal, so nothing may be written"
    view = page.parameters.card.review_view
    view.write.click()
    assert view.refused.text() == "This site keeps no journal, so nothing may be written"
    assert not page.parameters.card.running


# -- the run ---------------------------------------------------------------------------------------------------


def test_a_run_is_followed_line_by_line_until_it_is_proven(
    open_page: Opener, station: FakeWriting, qtbot: QtBot
) -> None:
    page = open_page(station)
    review(page, (LIMIT, "100"), (CHARGE, "on"))
    card = page.parameters.card
    card.review_view.write.click()
    view = card.run_view
    assert view.title.text() == "Writing 1 of 2"
    said: list[str] = []
    for _ in range(4):
        station.step()
        card.poll()
        said.append(view.rows[0].middle.text())
    assert said == ["Reading what it holds before…", "Writing…", "Reading back…", "Written, read back, identical"]
    assert cell(page, LIMIT, Column.STATE) == "being watched" or cell(page, LIMIT, Column.STATE) == ""
    assert view.stop.isVisible()
    assert not page.parameters.tools.check.isEnabled()
    station.finish()
    qtbot.waitUntil(lambda: not card.running)
    assert view.title.text() == "Set, read back and identical"
    assert view.rows[1].right.text() == "read back: On"
    assert page.parameters.edits.keys() == []
    assert cell(page, LIMIT, Column.STATE) == "being watched"
    view.close_button.click()
    assert card.isHidden()
    assert page.parameters.strip.calm.line().startswith("2 values hold")


def test_a_run_can_be_stopped(open_page: Opener, station: FakeWriting) -> None:
    page = open_page(station)
    review(page, (LIMIT, "100"))
    page.parameters.card.review_view.write.click()
    page.parameters.card.run_view.stop.click()
    assert station.stopped == [1]
    station.finish()


@pytest.mark.parametrize(
    ("phase", "title"),
    [
        (Phase.REFUSED, "Not set: the link or the answer was lost; its value is unchanged"),
        (Phase.DIFFERS, "Not set: the device accepts it; its value is unchanged"),
        (Phase.UNSURE, "Not proven: no answer to trust"),
    ],
)
def test_a_failure_stops_the_rest_and_offers_to_put_back(
    open_page: Opener, station: FakeWriting, phase: Phase, title: str
) -> None:
    station.fates[CHARGE] = Fate(phase, "the device did not answer the write", "off", cause=Cause.SILENCE)
    page = open_page(station)
    review(page, (LIMIT, "100"), (CHARGE, "on"), (END, "06:00"))
    write(page, station)
    view = page.parameters.card.run_view
    assert view.title.text() == title
    assert "Not reached: Window ends." in view.means.text()
    assert CHARGE in page.parameters.edits.keys()  # noqa: SIM118  no dictionary
    assert cell(page, CHARGE, Column.STATE) == "to write"  # not "changed elsewhere": it was our own write
    view.undo.click()
    assert station.undone == [(1, "", False)]
    station.finish()
    page.parameters.card.poll()
    assert station.memory[LIMIT] == 80.0


def test_remote_control_that_is_off_names_its_menu(open_page: Opener, station: FakeWriting) -> None:
    hint = station.parameters("hybrid").remote
    station.fates[LIMIT] = Fate(Phase.REFUSED, "the device refuses: device failure", hint=hint)
    page = open_page(station)
    review(page, (LIMIT, "100"))
    write(page, station)
    assert page.parameters.card.run_view.todo.text() == hint.en


def test_a_value_that_changed_meanwhile_is_not_written(open_page: Opener, station: FakeWriting) -> None:
    page = open_page(station)
    review(page, (LIMIT, "100"))
    station.memory[LIMIT] = 60.0
    station.fates[LIMIT] = Fate(Phase.CHANGED, "it was 80 when it was read and is 60 now: look again")
    write(page, station)
    view = page.parameters.card.run_view
    assert view.title.text() == "Not set: the value has changed meanwhile"
    assert not view.undo.isVisible()
    assert cell(page, LIMIT, Column.STATE) == "changed elsewhere"


def test_a_proven_run_is_undone_after_a_review(open_page: Opener, station: FakeWriting) -> None:
    page = open_page(station)
    review(page, (CUTOFF, "45"))
    view = page.parameters.card.review_view
    view.checks[0].setChecked(True)
    view.reason.setText("test")
    write(page, station)
    page.parameters.card.run_view.undo.click()
    assert view.title.text() == "Check before putting back"
    assert view.rows[0].change.text().replace("\u202f", " ") == "45 V → 46.5 V"
    assert view.reason.text() == ""
    assert not view.write.isEnabled()
    assert station.undone == []
    view.checks[0].setChecked(True)
    view.reason.setText("back again")
    view.write.click()
    assert station.undone == [(1, "back again", True)]
    station.finish()
    page.parameters.card.poll()
    assert page.parameters.card.run_view.title.text() == "Put back, read back and identical"


def test_who_puts_back_at_once_reads_why_in_his_own_language(open_page: Opener, station: FakeWriting) -> None:
    page = open_page(station)
    i18n.choose("fr")
    review(page, (LIMIT, "100"))
    write(page, station)
    view = page.parameters.card.run_view
    view.show_run(replace(station.runs()[-1], reason="undo of run 7"))  # what the core says where nobody gave a reason
    assert "7" in view.about.text()
    assert "undo" not in view.about.text()
    view.show_run(replace(station.runs()[-1], reason="essai"))
    assert view.about.text().endswith("essai")


def test_what_the_device_asks_for_after_its_yes_stands_out(open_page: Opener, station: FakeWriting) -> None:
    station.fates = {LIMIT: Fate(sentence="takes effect after a restart of the station")}
    page = open_page(station)
    review(page, (LIMIT, "100"))
    write(page, station)
    view = page.parameters.card.run_view
    assert view.title.text() == "Set, read back and identical"
    assert view.happened.isVisible()
    assert "restart of the station" in view.happened.text()
    assert view.told.text() == "The values are watched for 15 minutes."


def test_an_order_is_sent_and_not_called_proven(open_page: Opener, station: FakeWriting) -> None:
    page = open_page(station)
    review(page, (PointKey("hybrid", "restart"), "restart"))
    view = page.parameters.card.review_view
    assert view.write.text() == "Send the order"
    assert "cannot be read back" in view.told.text()


def test_what_is_not_known_to_have_been_written_can_be_put_back_and_asks_where_it_is_dangerous(
    open_page: Opener, station: FakeWriting
) -> None:
    station.fates[CUTOFF] = Fate(Phase.UNSURE, "the line was lost while it was written: no answer")
    page = open_page(station)
    review(page, (CUTOFF, "45"))
    view = page.parameters.card.review_view
    view.checks[0].setChecked(True)
    view.reason.setText("test")
    write(page, station)
    page.parameters.card.run_view.undo.click()
    assert view.title.text() == "Check before putting back"
    assert station.undone == []
    view.checks[0].setChecked(True)
    assert not view.write.isEnabled()
    view.reason.setText("to be sure")
    assert view.write.isEnabled()
    view.write.click()
    assert station.undone == [(1, "to be sure", True)]


def test_the_last_run_is_put_back_from_the_menu_and_by_its_number(open_page: Opener, station: FakeWriting) -> None:
    page = open_page(station)
    review(page, (LIMIT, "100"))
    write(page, station)
    page.parameters.card.put_away()
    page.parameters.tools.undo.trigger()
    assert page.parameters.card.review_view.undoes == 1
    page.parameters.card.put_away()
    page.ask_undo(1)
    assert page.parameters.card.review_view.undoes == 1
    page.parameters.card.put_away()
    page.ask_undo(99)
    assert page.parameters.card.isHidden()


# -- the watch -------------------------------------------------------------------------------------------------


def moved(page: DevicesPage, station: FakeWriting) -> None:
    review(page, (LIMIT, "100"))
    write(page, station)
    page.parameters.card.put_away()
    evidence = "it is neither the old nor the new value: somebody else has written it"
    station.move("hybrid/discharge_limit", 70.0, suspect=Suspect.MASTER, evidence=evidence)
    page.parameters.tick()


def test_a_value_that_moved_back_is_red_with_its_suspect(open_page: Opener, station: FakeWriting) -> None:
    page = open_page(station)
    moved(page, station)
    row = page.parameters.strip.moved[0]
    assert row.isVisible()
    assert "no longer 100\u202f%, but 70\u202f%" in row.words.text()
    assert row.why.text().startswith("Probably another program or controller. It is neither")
    assert cell(page, LIMIT, Column.STATE) == "did not hold"
    row.again.click()
    assert page.parameters.card.review_view.rows[0].change.text().replace("\u202f", " ") == "70 % → 100 %"
    page.parameters.card.put_away()
    row.stop.click()
    assert station.watches() == ()
    assert not page.parameters.strip.isVisible()


def test_it_is_told_once_above_the_page_when_nobody_looks(
    open_page: Opener, station: FakeWriting, qtbot: QtBot
) -> None:
    page = open_page(station)
    review(page, (LIMIT, "100"))
    write(page, station)
    page.card.show_tab(Tab.MEASURES)
    told: list[tuple[str, str]] = []
    page.noted.connect(lambda words, role: told.append((words, role)))
    station.move("hybrid/discharge_limit", 80.0, suspect=Suspect.FIRMWARE)
    for _ in range(3):
        page.parameters.tick()
    assert len(told) == 1
    assert told[0][1] == "fault"
    assert "Discharge limit: no longer 100" in told[0][0]


def test_the_watched_values_are_shown_one_by_one(open_page: Opener, station: FakeWriting) -> None:
    page = open_page(station)
    review(page, (LIMIT, "100"), (CHARGE, "on"))
    write(page, station)
    page.parameters.card.put_away()
    strip = page.parameters.strip
    strip.more.click()
    assert [row.isVisible() for row in strip.calm_rows] == [True, True]
    strip.calm_rows[0].stop.click()
    assert len(station.watches()) == 1


# -- the whole -------------------------------------------------------------------------------------------------


def test_nothing_is_modal_and_every_part_fits_a_small_window(
    open_page: Opener, station: FakeWriting, qtbot: QtBot
) -> None:
    page = open_page(station, size=(928, 560))
    review(page, (LIMIT, "100"), (CUTOFF, "45"))
    card = page.parameters.card
    view = card.review_view

    def inside() -> bool:
        ends = [part.mapTo(page, part.rect().bottomRight()) for part in (view.write, view.reason, view.checks[0])]
        return all(end.x() < page.width() and end.y() < page.height() for end in ends)

    qtbot.waitUntil(inside)
    assert QApplication.activeModalWidget() is None


@pytest.mark.parametrize("width", [1180, 928])
def test_the_lines_of_a_review_have_the_room_they_need(
    open_page: Opener, station: FakeWriting, qtbot: QtBot, width: int
) -> None:
    page = open_page(station, size=(width, 820))
    review(page, (LIMIT, "100"), (CUTOFF, "45"))
    view = page.parameters.card.review_view
    last = view.rows[1].middle

    def seen() -> bool:
        bottom = last.mapTo(view, last.rect().bottomLeft()).y()
        high = last.heightForWidth(last.width()) <= last.height()
        return high and bottom <= view.area.geometry().bottom()

    qtbot.waitUntil(seen)
    tops = {part.mapTo(view, part.rect().topLeft()).y() for part in (view.rows[1].name, view.rows[1].change)}
    assert len(tops) == 1  # name and change stand on one line


def test_where_it_is_set_elsewhere_its_path_takes_the_room_of_what_says_nothing(
    open_page: Opener, station: FakeWriting
) -> None:
    page = open_page(station)
    view, eps = page.parameters.view, PointKey("hybrid", "eps")
    place = page.parameters.tree.place_of(eps)
    assert view.covered(place) == (Column.RANGE, Column.REGISTER, Column.STATE)
    assert view.covered(page.parameters.tree.place_of(LIMIT)) == ()
    path = cell(page, eps, Column.NEW)
    assert path
    assert place.siblingAtColumn(Column.STATE).data(Qt.ItemDataRole.ToolTipRole) == path


def test_a_path_is_cut_before_an_arrow_and_nothing_of_it_is_lost(qapp: object) -> None:
    metrics = QFontMetricsF(look().font(SECONDARY))
    path = "Screen: SYSTEM → 6: REMOTE CONTROL → 2: ON"
    assert cut(path, metrics, 10_000) == (path, "")
    first, rest = cut(path, metrics, metrics.horizontalAdvance("Screen: SYSTEM → 6: REMOTE CONTROL → 2:"))
    assert (first, rest) == ("Screen: SYSTEM → 6: REMOTE CONTROL", "→ 2: ON")
    assert " ".join(cut(path, metrics, 5)) == path


def test_another_language_is_told_to_the_subtitle_at_once(
    open_page: Opener, station: FakeWriting, qtbot: QtBot
) -> None:
    page = open_page(station)
    with qtbot.waitSignal(page.parameters.told):
        page.parameters.retranslate()


def test_a_core_that_refuses_to_read_says_so(open_page: Opener, station: FakeWriting) -> None:
    page = open_page(station)

    def refuse(device: str) -> object:
        raise CommandRefused("the parameters of this device cannot be reached over its link")

    station.read_parameters = refuse  # type: ignore[assignment,method-assign]
    page.parameters.read()
    assert page.parameters.said.line() == "The parameters of this device cannot be reached over its link"


def test_the_window_brings_values_and_runs_to_the_panel(qtbot: QtBot, station: FakeWriting) -> None:
    station.book = None
    window, bridge = build_window(station, language="en", theme="light", remember=False)  # type: ignore[arg-type]
    qtbot.addWidget(window)
    window.show_edits([Edit(LIMIT, 100.0, station.read(LIMIT))])
    page = window.findChild(DevicesPage)
    assert page is not None
    assert window.page == "devices"
    card = page.parameters.card
    assert not card.isHidden()
    card.review_view.write.click()
    station.finish()
    card.poll()
    card.put_away()
    window.show_page("overview")
    window.show_undo(1)
    assert window.page == "devices"
    assert card.review_view.undoes == 1
    page.noted.emit("Discharge limit: no longer 100 %", "fault")
    assert window.notice.text == "Discharge limit: no longer 100 %"
    bridge.stop()
    window.close()


def test_edits_outlive_a_restart_of_the_station(open_page: Opener, station: FakeWriting) -> None:
    session = SimpleNamespace(path=None, site=station.site, drafts={})
    page = open_page(station)
    page.attach(session)  # type: ignore[arg-type]
    review(page, (LIMIT, "100"))
    again = open_page(FakeWriting())
    again.attach(session)  # type: ignore[arg-type]
    assert cell(again, LIMIT, Column.NEW) == "100\u202f%"
    assert again.parameters.tools.check.text() == "Check 1 write"


def test_many_values_at_once_ask_for_each_device_a_few_times_only(open_page: Opener, station: FakeWriting) -> None:
    page = open_page(station)
    edits = [Edit(PointKey("hybrid", name), None, None) for name in (entry.id for entry in station_entries(station))]
    asked: list[str] = []
    parameters = station.parameters

    def counted(device: str) -> object:
        asked.append(device)
        return parameters(device)

    station.parameters = counted  # type: ignore[assignment,method-assign]
    page.parameters.edits.take(edits)
    assert len(edits) > 10
    assert len(asked) <= 3 * len(edits)  # not once for each pair of them


def station_entries(station: FakeWriting) -> tuple[Parameter, ...]:
    return station.parameters("hybrid").entries
