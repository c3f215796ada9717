"""The snapshots of a site: taken, listed with their checksum, compared, and values of them handed to the review."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from core.access import NOBODY, Person
from core.errors import DeviceError
from core.points import PointKey
from core.snapshots.difference import Side
from core.snapshots.folder import read_file
from core.snapshots.snapshot import Kind, Seal
from core.writing.review import Edit
from gui import i18n
from gui.bridge import Bridge
from gui.models.snapshots_compare import Column
from gui.models.snapshots_sides import NOW
from gui.pages.commissioning import CommissioningPage
from gui.pages.snapshots import SnapshotsTab
from tests.gui.fake_snapshots import INSTALLER, FakeSnapshots

BOSS = Person("Ada", "administrator")
REFERENCE = """\
wattelier_snapshot: 1
kind: reference
taken: 2026-09-01
site: Solaire du Ponant
devices:
  - profile: aura/hybrid
    name: AURA de référence
    parameters: {discharge_limit: 60, work_mode: battery_first, charge_limit: 100, delay: 301, unheard: 1}
"""


class Bench:
    """The tab over devices that a test plays."""

    def __init__(self, qtbot: QtBot, folder: Path | None, person: Person = INSTALLER) -> None:
        self.qtbot = qtbot
        self.fake = FakeSnapshots(folder, person)
        self.station = self.fake.station
        self.station.start()
        self.bridge = Bridge(self.station, start=False)
        self.page = CommissioningPage(self.station, self.bridge)
        qtbot.addWidget(self.page)
        self.page.resize(1200, 700)
        self.page.show()
        tab = self.page.show_tab("snapshots")
        assert isinstance(tab, SnapshotsTab)
        self.tab = tab
        self.settle()

    def settle(self) -> None:
        """Wait until nothing is read, written or taken any more."""

        def still() -> bool:
            self.bridge.drain()
            self.tab.tick()
            keeper = self.station.snapshots
            known = keeper is None or keeper.status().missing is not None
            return known and not self.tab.busy and not self.tab.sides.busy

        self.qtbot.waitUntil(still, timeout=10_000)

    def take(self, kind: Kind) -> Path:
        """Take one with the button; the file."""
        buttons = {Kind.AS_LEFT: self.tab.list.as_left, Kind.BY_HAND: self.tab.list.by_hand}
        buttons.get(kind, self.tab.list.as_found).click()
        self.settle()
        keeper = self.station.snapshots
        assert keeper is not None
        last = keeper.status().last
        assert last is not None
        assert last.opened is not None
        return last.opened.path

    def put(self, path: Path, side: Side) -> None:
        self.tab.sides.choose(side, str(path))
        self.settle()

    def read(self) -> None:
        self.tab.compare.read.click()
        self.settle()

    def rows(self) -> dict[str, tuple[str, str, str]]:
        """Left, right and state of each row shown, by name."""
        table, shown = self.tab.compare.table, self.tab.compare.filter.shown()
        plain = ([text.replace("\u202f", " ") for text in table.texts(row)] for row in shown)
        return {name: (left, right, state) for _section, name, left, right, state in plain}

    def tick(self, *names: str) -> None:
        table = self.tab.compare.table
        for row in range(table.rowCount()):
            if table.texts(row)[1] in names:
                table.tick_rows([row], on=True)

    def close(self) -> None:
        self.page.stop()
        self.bridge.stop()
        self.station.stop()


@pytest.fixture
def bench(qtbot: QtBot, tmp_path: Path) -> Iterator[Bench]:
    i18n.choose("en")
    made = Bench(qtbot, tmp_path)
    yield made
    made.close()


def changed(bench: Bench) -> Path:
    """An as-found, then other values in the inverter, read again."""
    found = bench.take(Kind.AS_FOUND)
    bench.fake.hold("hybrid/discharge_limit", 95.0)
    bench.fake.hold("hybrid/work_mode", "time_of_use")
    bench.fake.hold("hybrid/delay", None)
    bench.put(found, Side.LEFT)
    bench.read()
    return found


# -- taking ------------------------------------------------------------------------------------------------------


def test_what_is_taken_is_listed_with_its_checksum(bench: Bench) -> None:
    card = bench.tab.list
    assert card.lacking.text() == "No “as found” yet: Onduleur AURA, Borne Parking"
    bench.take(Kind.AS_FOUND)
    assert card.lacking.isHidden()
    bench.take(Kind.AS_LEFT)
    model = card.table
    assert [model.index(row).data() for row in range(model.rowCount())] == ["As left", "As found"]
    spoken = str(model.index(0).data(Qt.ItemDataRole.AccessibleTextRole))
    assert spoken.endswith("by Camille · Onduleur AURA, Borne Parking · checksum right")
    assert card.said.text().startswith("As left kept: ")
    with bench.station.book.journal() as journal:  # type: ignore[union-attr]
        bench.qtbot.waitUntil(lambda: len([x for x in journal.lines() if x.entry.kind == "snapshot"]) == 2)


def test_progress_is_shown_and_can_be_stopped(bench: Bench) -> None:
    bench.fake.lines["stick"].holds = True
    card = bench.tab.list
    card.as_left.click()
    bench.qtbot.waitUntil(lambda: card.step.line() == "As left: Onduleur AURA")
    assert card.bar.maximum() > 1
    assert not card.as_left.isEnabled()
    card.halt.click()
    bench.settle()
    assert card.said.text() == "As left: stopped: nothing was kept"
    assert card.table.rowCount() == 0
    assert not card.step.isVisible()
    assert card.as_left.isEnabled()


def test_a_device_that_does_not_answer_is_said(bench: Bench) -> None:
    bench.fake.lines["calls"].trouble = DeviceError("no answer")
    bench.take(Kind.AS_LEFT)
    assert bench.tab.list.said.text().endswith("Borne Parking was not read to the end: no answer.")
    assert "Not read to the end: Borne Parking" in str(bench.tab.list.table.index(0).data(Qt.ItemDataRole.ToolTipRole))


@pytest.mark.parametrize("person", [NOBODY, Person("Ursule", "user")])
def test_who_may_not_take_one_is_told_which_role_it_needs(bench: Bench, person: Person) -> None:
    bench.take(Kind.BY_HAND)
    bench.tab.list.view.setCurrentIndex(bench.tab.list.table.index(0))
    bench.station.access.sign_in(person)
    bench.tab.tick()
    card = bench.tab.list
    for button in (card.as_left, card.by_hand, card.copy, bench.tab.compare.export):
        assert not button.isEnabled()
        assert button.toolTip() == "This needs the role installer."
    bench.tab.take(Kind.AS_LEFT)
    assert "installer" in card.said.text()


def test_without_a_database_files_can_still_be_compared(qtbot: QtBot, tmp_path: Path) -> None:
    bench = Bench(qtbot, None)
    try:
        assert bench.tab.list.message.title == "Nothing of this site is kept"
        assert not bench.tab.list.as_left.isEnabled()
        file = tmp_path / "maison.yaml"
        file.write_text(REFERENCE, encoding="utf-8")
        bench.tab.sides.open_file(file)
        bench.settle()
        bench.read()
        assert bench.rows()["Discharge limit"] == ("60 %", "80 %", "different")
    finally:
        bench.close()


# -- comparing ---------------------------------------------------------------------------------------------------


def test_it_begins_with_what_was_found_beside_the_device_as_it_is(qtbot: QtBot, tmp_path: Path) -> None:
    first = Bench(qtbot, tmp_path)
    found = first.take(Kind.AS_FOUND)
    first.close()
    bench = Bench(qtbot, tmp_path)
    try:
        sides = bench.tab.sides
        assert sides.choices[Side.LEFT].source == str(found)
        assert sides.choices[Side.RIGHT].source == NOW
        assert "The device has not been read yet" in bench.tab.compare.doubts.text()
        bench.read()
        assert bench.tab.compare.doubts.isHidden()
        assert bench.tab.compare.message.title == "No differences"
    finally:
        bench.close()


def test_only_what_differs_is_shown_until_all_is_wanted(bench: Bench) -> None:
    changed(bench)
    assert bench.rows() == {
        "Working mode": ("Self-consumption", "Time of use", "different"),
        "Discharge limit": ("80 %", "95 %", "different"),
        "Reconnection delay": ("5 min", "—", "not comparable"),
    }
    assert bench.tab.compare.count.line().startswith("2 differences · ")
    bench.tab.compare.only.setChecked(False)
    assert bench.rows()["Serial number"] == ("60A10K2341", "60A10K2341", "same")
    bench.tab.compare.search.setText("limit dis")
    assert list(bench.rows()) == ["Discharge limit"]
    bench.tab.compare.search.setText("nothing like it")
    assert bench.tab.compare.message.title == "Nothing matches"


def test_a_value_that_comes_in_is_compared_at_once_and_ticks_stay(bench: Bench) -> None:
    changed(bench)
    bench.tick("Discharge limit")
    bench.fake.hold("hybrid/work_mode", "self_use")
    bench.station.read_parameters("hybrid").result(5)
    bench.settle()
    assert "Working mode" not in bench.rows()
    assert [entry.id for entry in bench.tab.compare.table.chosen()] == ["discharge_limit"]


def test_a_file_that_was_changed_is_said_to_be_so(bench: Bench) -> None:
    path = bench.take(Kind.BY_HAND)
    path.write_bytes(path.read_bytes().replace(b"value: 80.0", b"value: 81.0"))
    bench.tab.sides.look()
    bench.settle()
    listed = bench.tab.sides.kept[0]
    assert listed.seal is Seal.CHANGED
    bench.put(path, Side.LEFT)
    bench.read()
    assert bench.tab.compare.doubts.text() == "The left file has been changed after it was written."
    assert bench.rows()["Discharge limit"] == ("81 %", "80 %", "different")


def test_a_reference_is_compared_only_in_what_it_names(bench: Bench, tmp_path: Path) -> None:
    file = tmp_path / "maison.yaml"
    file.write_text(REFERENCE, encoding="utf-8")
    bench.read()
    bench.tab.sides.open_file(file)
    bench.settle()
    assert set(bench.rows()) == {"Discharge limit", "Working mode", "Reconnection delay", "unheard"}
    assert bench.tab.compare.count.line() == "4 differences · 1 the same"


def test_a_file_that_is_none_is_answered_in_one_sentence(bench: Bench, tmp_path: Path) -> None:
    file = tmp_path / "photo.yaml"
    file.write_bytes(b"\xff\xd8\xff")
    bench.tab.sides.open_file(file)
    bench.settle()
    assert bench.tab.list.said.text() == "photo.yaml: this is no snapshot of Wattelier"


def test_sides_are_swapped(bench: Bench) -> None:
    changed(bench)
    bench.tab.compare.swap.click()
    assert bench.rows()["Discharge limit"] == ("95 %", "80 %", "different")
    assert bench.tab.sides.choices[Side.LEFT].source == NOW


def test_two_profiles_are_compared_with_a_warning(bench: Bench) -> None:
    found = changed(bench)
    bench.put(found, Side.RIGHT)
    bench.tab.sides.choose_device(Side.RIGHT, "station")
    assert list(bench.rows()) == ["Firmware"]
    assert "The profiles differ (aura/hybrid, schneider/evlink)" in bench.tab.compare.doubts.text()


def test_enter_and_the_buttons_put_a_snapshot_on_a_side(bench: Bench) -> None:
    path = bench.take(Kind.BY_HAND)
    card = bench.tab.list
    card.view.setCurrentIndex(card.table.index(0))
    bench.qtbot.keyClick(card.view, Qt.Key.Key_Return)
    card.right.click()
    bench.settle()
    assert [choice.source for choice in bench.tab.sides.choices.values()] == [str(path)] * 2
    assert bench.tab.compare.message.title == "No differences"


# -- roles -------------------------------------------------------------------------------------------------------


def test_what_a_role_does_not_see_is_not_there(bench: Bench, tmp_path: Path) -> None:
    path = bench.take(Kind.BY_HAND)
    kept = read_file(path).snapshot.device("station")
    assert kept is not None
    assert {item.id for item in kept.parameters} == {"HeartbeatInterval", "AuthorizationKey", "LocalAuthorizeOffline"}
    bench.put(path, Side.LEFT)
    bench.put(path, Side.RIGHT)
    for side in Side:
        bench.tab.sides.choose_device(side, "station")
    bench.tab.compare.only.setChecked(False)
    assert list(bench.rows()) == ["Firmware", "Charge without supervision"]
    assert "Heartbeat" not in bench.tab.compare.csv()
    bench.tab.save_copy(bench.tab.sides.kept[0], tmp_path / "copy.yaml")
    bench.settle()
    assert bench.tab.list.said.text().endswith("because this role does not see them: 2.")
    assert b"Heartbeat" not in (tmp_path / "copy.yaml").read_bytes()
    bench.station.access.sign_in(BOSS)
    bench.tab.tick()
    assert "Heartbeat interval" in bench.rows()
    assert bench.rows()["Password of the station"] == ("set", "set", "not comparable")
    bench.tab.save_copy(bench.tab.sides.kept[0], tmp_path / "whole.yaml")
    bench.settle()
    assert (tmp_path / "whole.yaml").read_bytes() == path.read_bytes()


# -- into the review ---------------------------------------------------------------------------------------------


def test_ticked_values_go_to_the_review_with_what_was_read_last(bench: Bench) -> None:
    changed(bench)
    bench.tick("Working mode", "Discharge limit", "Serial number")
    card = bench.tab.compare
    assert card.take.text() == "Take 2 values into the review"
    assert card.what.line() == "The values of the left, for Onduleur AURA"
    with bench.qtbot.waitSignal(bench.page.edits_asked) as asked:
        card.take.click()
    edits: list[Edit] = asked.args[0]
    assert [(edit.key, edit.value) for edit in edits] == [
        (PointKey("hybrid", "work_mode"), "self_use"), (PointKey("hybrid", "discharge_limit"), 80.0)
    ]  # fmt: skip
    assert [edit.seen.value for edit in edits if edit.seen is not None] == ["time_of_use", 95.0]
    assert not any(line.fault for line in bench.station.review(edits).lines)


def test_what_cannot_be_set_has_no_box_and_says_why(bench: Bench, tmp_path: Path) -> None:
    file = tmp_path / "maison.yaml"
    file.write_text(REFERENCE, encoding="utf-8")
    bench.read()
    bench.tab.sides.open_file(file)
    bench.settle()
    table = bench.tab.compare.table
    tips = {table.texts(row)[1]: table.index(row, Column.TICK).data(Qt.ItemDataRole.ToolTipRole) for row in range(4)}
    assert tips["Reconnection delay"].startswith("301 is between two steps of 60")
    table.tick_rows(range(table.rowCount()), on=True)
    assert [entry.id for entry in table.chosen()] == ["discharge_limit", "work_mode"]


def test_the_keyboard_ticks_what_is_selected(bench: Bench) -> None:
    changed(bench)
    card = bench.tab.compare
    card.view.selectRow(0)
    bench.qtbot.keyClick(card.view, Qt.Key.Key_Space)
    assert [entry.id for entry in card.table.chosen()] == ["work_mode"]
    bench.qtbot.keyClick(card.view, Qt.Key.Key_Space)
    assert card.table.chosen() == []
    card.view.selectAll()
    bench.qtbot.keyClick(card.view, Qt.Key.Key_Space)
    assert len(card.table.chosen()) == 3
    assert card.all.text() == "Untick all"
    card.all.click()
    assert card.table.chosen() == []
    assert not card.take.isEnabled()


def test_a_click_on_a_box_ticks_it(bench: Bench) -> None:
    changed(bench)
    card = bench.tab.compare
    box = card.view.visualRect(card.filter.index(1, Column.TICK))
    bench.qtbot.mouseClick(card.view.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    assert [entry.id for entry in card.table.chosen()] == ["discharge_limit"]
    bench.qtbot.mouseClick(card.view.viewport(), Qt.MouseButton.LeftButton, pos=box.center() + QPoint(120, 0))
    assert [entry.id for entry in card.table.chosen()] == ["discharge_limit"]


# -- files and models --------------------------------------------------------------------------------------------


def test_the_comparison_is_exported_as_it_is_shown(bench: Bench, tmp_path: Path) -> None:
    changed(bench)
    bench.tab.export(tmp_path / "x.csv")
    bench.settle()
    text = (tmp_path / "x.csv").read_text("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [(row["id"], row["left"], row["right"], row["state"]) for row in rows] == [
        ("work_mode", "self_use", "time_of_use", "different"),
        ("discharge_limit", "80", "95", "different"),
        ("delay", "300", "", "not comparable"),
    ]
    assert rows[1]["left_from"].startswith("As found · ")
    assert rows[1]["right_from"] == "Now, as last read · Onduleur AURA"
    assert rows[2]["right_note"] == "the device refuses this register"
    bench.tab.export(tmp_path / "no" / "x.csv")
    bench.settle()
    assert bench.tab.compare.said.line().startswith("x.csv was not saved: ")


def test_the_models_hold(bench: Bench, qtmodeltester: ModelTester) -> None:
    changed(bench)
    for model in (bench.tab.list.table, bench.tab.compare.table, bench.tab.compare.filter):
        qtmodeltester.check(model, force_py=True)
    bench.tab.compare.table.setData(bench.tab.compare.table.index(0, 0), 2, Qt.ItemDataRole.CheckStateRole)
    assert bench.tab.compare.table.data(QModelIndex()) is None


def test_everything_is_said_again_in_another_language(bench: Bench) -> None:
    changed(bench)
    i18n.choose("fr")
    try:
        bench.qtbot.waitUntil(lambda: bench.tab.compare.filter.rowCount() == 3)
        assert bench.rows()["Limite de décharge"][:2] == ("80 %", "95 %")
    finally:
        i18n.choose("en")
