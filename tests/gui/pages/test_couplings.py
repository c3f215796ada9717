"""The coupling assistants in the window: choice, four steps, checks with their figures, the result in the journal."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core.access import NOBODY, Person
from core.couplings.checks import Verdict
from core.couplings.progress import SUFFIX, Kept, load
from core.parameters import Parameters
from core.points import PointKey, Value
from core.writing.journal import Line
from core.writing.review import Edit
from gui import i18n
from gui.bridge import Bridge
from gui.models import couplings_words
from gui.models.couplings_run import Stage
from gui.pages.couplings import CouplingsTab
from gui.pages.couplings_choose import ConfigurationCard
from gui.widgets.card import Paragraph, Text
from tests.gui.fake_couplings import INSTALLER, FakeAura

Opener = Callable[..., CouplingsTab]


class Hands:
    """A site whose clock the test moves."""

    def __init__(self, folder: Path) -> None:
        self.ahead = 0.0
        self.base = time.time()
        self.database = folder / "ferme.sqlite"
        self.sites: list[FakeAura] = []
        self.aura = self.site()

    def now(self) -> float:
        return self.base + self.ahead

    def site(self, **more: object) -> FakeAura:
        given: dict[str, object] = {"database": self.database, "now": self.now, **more}
        made = FakeAura(**given)  # pyright: ignore[reportArgumentType]
        self.sites.append(made)
        return made

    def run(self, tab: CouplingsTab, seconds: float, **changed: Value) -> None:
        """Readings every three seconds."""
        end = self.ahead + seconds
        while self.ahead < end and tab.run.running:
            self.ahead += 3.0
            tab._apply(self.aura.put_all(**changed))  # pyright: ignore[reportPrivateUsage]
            tab._tick()  # pyright: ignore[reportPrivateUsage]


@pytest.fixture
def hands(tmp_path: Path) -> Iterator[Hands]:
    made = Hands(tmp_path)
    yield made
    for site in made.sites:
        site.station.stop()


@pytest.fixture
def open_tab(qtbot: QtBot, hands: Hands) -> Iterator[Opener]:
    i18n.choose("en")
    tabs: list[CouplingsTab] = []

    def build(aura: FakeAura | None = None, configuration: str = "") -> CouplingsTab:
        station = (aura or hands.aura).station
        tab = CouplingsTab(station, Bridge(station, start=False))
        tab.run._now = tab.assistants._now = hands.now  # pyright: ignore[reportPrivateUsage]
        tab.run._ticks = lambda: hands.ahead  # pyright: ignore[reportPrivateUsage]
        qtbot.addWidget(tab)
        tabs.append(tab)
        tab.resize(1160, 740)
        tab.show()
        qtbot.waitUntil(lambda: tab.assistants.loaded)
        if configuration:
            tab.assistants.choose(configuration)
        return tab

    yield build
    for tab in tabs:
        tab.stop()
        tab.stop()
    i18n.choose("en")


def words(tab: CouplingsTab) -> str:
    labels = [label for label in tab.findChildren(Text) if label.isVisible()]
    return "\n".join(label.text() for label in labels)


# -- the choice ------------------------------------------------------------------------------------------------


def test_a_site_without_an_aura_is_told_so(open_tab: Opener, hands: Hands) -> None:
    tab = open_tab(hands.site(profiles=("zcs/hyd_g3",)))
    assert tab.choose.empty.isVisible()
    assert "no AURA" in tab.choose.empty.title
    middle = tab.choose.empty.mapTo(tab, tab.choose.empty.rect().center())
    assert abs(middle.y() - tab.rect().center().y()) <= 2
    assert not [card for card in tab.choose.cards if card.isVisible()]


def test_the_six_configurations_can_be_chosen_by_key(open_tab: Opener) -> None:
    tab = open_tab()
    cards = [card for card in tab.choose.cards if card.isVisible()]
    assert [card.configuration for card in cards] == ["dc", "dc_backup", "dc_ac", "dc_ac_backup", "ac", "ac_backup"]
    assert len({card.drawing.words() for card in cards}) == 6
    cards[2].setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(cards[2], Qt.Key.Key_Space)
    assert tab.step == 0
    assert tab.assistants.kept.configuration == "dc_ac"
    tab.leave.click()
    assert tab.step == -1
    assert tab.choose.isVisible()


def test_with_two_inverters_each_has_its_own_progress(open_tab: Opener, hands: Hands) -> None:
    tab = open_tab(hands.site(profiles=("aura/hybrid", "aura/hybrid")), "dc")
    tab.wiring.rows[0].box.click()
    tab.leave.click()
    assert tab.choose.device.isEnabled()
    tab.choose.device.setCurrentIndex(1)
    tab.choose.device.activated.emit(1)
    tab.assistants.choose("dc")
    assert tab.assistants.progress.wiring == frozenset()
    assert not tab.wiring.rows[0].box.isChecked()


# -- wiring and settings ---------------------------------------------------------------------------------------


def test_the_meter_has_other_reminders_and_another_drawing(open_tab: Opener) -> None:
    tab = open_tab(configuration="dc")
    assert any("white wire on pin 1" in row.text.text() for row in tab.wiring.rows if row.isVisible())
    tab.wiring.senses["meter"].click()
    assert any("RS485-A on pin 3" in row.text.text() for row in tab.wiring.rows if row.isVisible())
    assert not any("white wire" in row.text.text() for row in tab.wiring.rows if row.isVisible())
    assert "meter in the supply" in tab.wiring.drawing.words()
    assert [setting.id for setting in tab.assistants.on_screen() if setting.id.startswith("sense")] == ["sense_meter"]


def test_going_to_the_settings_reads_them(open_tab: Opener, hands: Hands) -> None:
    tab = open_tab(configuration="dc_backup")
    assert hands.aura.line.asked == []
    tab.next.click()
    assert hands.aura.line.asked == [("aura", "settings")]
    tab.settings.read.click()
    assert len(hands.aura.line.asked) == 2


def test_a_setting_with_a_register_goes_to_the_parameter_panel(qtbot: QtBot, open_tab: Opener, hands: Hands) -> None:
    tab = open_tab(configuration="dc")
    (seen,) = hands.aura.put(work_mode="battery_priority")
    tab.show_step(1)
    (row,) = [row for row in tab.settings.lines if row.isVisible()]
    assert row.change.text() == "Battery priority → Self use"
    with qtbot.waitSignal(tab.edits_asked) as asked:
        tab.settings.hand_over.click()
    assert asked.args == [[Edit(PointKey("aura", "work_mode"), "self_use", seen)]]
    hands.aura.put(work_mode="self_use")
    tab.refresh()
    assert "already so" in row.change.text()
    assert not tab.settings.hand_over.isEnabled()


def test_a_setting_without_a_register_shows_its_menu_and_is_ticked(open_tab: Opener) -> None:
    tab = open_tab(configuration="ac_backup")
    tab.show_step(1)
    rows = {row.entry: row for row in tab.settings.rows if row.isVisible()}
    assert "5 : ACTIVATION EPS" in rows["eps_on"].path.text()
    assert "ACTIVER" in rows["eps_on"].choose.text()
    assert "13 : COUPLAGE AC" in rows["ac_couple_on"].path.text()
    rows["eps_on"].box.click()
    assert "eps_on" in tab.assistants.progress.settings
    rows["eps_on"].box.click()
    assert "eps_on" not in tab.assistants.progress.settings


def test_what_can_be_read_need_not_be_ticked_and_cannot_be_ticked_wrongly(open_tab: Opener, hands: Hands) -> None:
    tab = open_tab(configuration="dc")
    tab.show_step(1)
    row = next(row for row in tab.settings.rows if row.entry == "grid_code")
    assert row.box.isEnabled()
    assert "not read yet" in row.shown.text()
    hands.aura.put(grid_standard="en50549")
    tab.refresh()
    assert row.box.isChecked()
    assert not row.box.isEnabled()
    hands.aura.put(grid_standard="germany")
    tab.refresh()
    assert not row.box.isChecked()
    assert row.shown.property("tone") == "fault"
    assert "Grid code" in tab.assistants.open_points()


# -- checks ----------------------------------------------------------------------------------------------------


def begin(tab: CouplingsTab, check: str) -> None:
    tab.show_step(2)
    tab.checks.show_check(check)
    tab.checks.detail.start.click()


def test_a_check_shows_live_values_runs_and_keeps_its_verdict(open_tab: Opener, hands: Hands) -> None:
    tab = open_tab(configuration="dc")
    hands.aura.put_all()
    begin(tab, "grid_present")
    assert ("Grid voltage (L1)", "231.4\u202fV") in tab.checks.detail.live.texts()
    assert tab.checks.detail.cancel.isVisible()
    assert not tab.checks.detail.start.isVisible()
    hands.run(tab, 30)
    assert tab.assistants.progress.results["grid_present"].finding.verdict is Verdict.PASS
    assert tab.checks.detail.verdict.text() == "Passed"
    assert ("Grid frequency (L1)", "50.01\u202fHz") in tab.checks.detail.figures.texts()
    assert "Camille" in tab.checks.detail.when.text()


def test_a_reversed_ct_is_said_with_its_figures_and_what_to_do(open_tab: Opener, hands: Hands) -> None:
    tab = open_tab(configuration="dc")
    begin(tab, "ct_direction")
    hands.run(tab, 15)
    assert tab.run.stage is Stage.SWITCH
    assert "Switch now" in tab.checks.detail.stage.text()
    QTest.keyClick(tab.checks.detail.switched, Qt.Key.Key_Space)
    hands.run(tab, 40, grid_power=-690.0)
    assert tab.checks.detail.verdict.text() == "Failed"
    assert "fell by 1.00\u202fkW" in tab.checks.detail.sentence.text()
    figures = dict(tab.checks.detail.figures.texts())
    assert figures["Grid before"] == "312\u202fW import"
    assert figures["Grid after"] == "690\u202fW export"
    assert figures["Change of the import"] == "1.00\u202fkW down"
    shown = [label.text() for label in tab.checks.detail.findChildren(Paragraph) if label.isVisible()]
    assert any("Turn the CT round" in text for text in shown)


@pytest.mark.parametrize(
    ("typed", "fits"), [("1500", True), ("9 000", True), ("499", False), ("", False), ("1e3", False), ("x", False)]
)
def test_a_power_that_does_not_fit_cannot_start(open_tab: Opener, typed: str, fits: bool) -> None:
    tab = open_tab(configuration="dc")
    tab.show_step(2)
    tab.checks.show_check("ct_direction")
    field = tab.checks.detail.load
    field.clear()
    QTest.keyClicks(field, typed)
    if not typed:
        field.textEdited.emit("")
    assert tab.checks.detail.start.isEnabled() == fits
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert tab.run.running == fits
    if fits:
        assert tab.run.load_w == float(typed.replace(" ", ""))
        assert tab.assistants.progress.loads["ct_direction"] == tab.run.load_w


def test_stopping_a_check_keeps_what_an_earlier_one_said(open_tab: Opener, hands: Hands) -> None:
    tab = open_tab(configuration="dc")
    begin(tab, "grid_present")
    hands.run(tab, 30)
    tab.checks.detail.start.click()
    assert tab.run.running
    tab.checks.detail.cancel.click()
    assert not tab.run.running
    assert tab.assistants.progress.results["grid_present"].finding.verdict is Verdict.PASS


def test_a_check_that_runs_on_belongs_to_where_it_was_begun(open_tab: Opener, hands: Hands) -> None:
    tab = open_tab(configuration="dc")
    begin(tab, "grid_present")
    tab.assistants.choose("ac")
    hands.run(tab, 30)
    assert tab.assistants.kept.of("aura", "dc").results["grid_present"].finding.verdict is Verdict.PASS
    assert tab.assistants.kept.of("aura", "ac").results == {}


def test_a_stale_value_is_said_beside_it(open_tab: Opener, hands: Hands) -> None:
    from core.points import Quality

    tab = open_tab(configuration="dc")
    hands.aura.put("aura", Quality.STALE, grid_voltage=231.0)
    tab.show_step(2)
    tab.checks.show_check("grid_present")
    assert "stale" in words(tab)


def test_the_list_of_checks_follows_the_arrow_keys(qtbot: QtBot, open_tab: Opener) -> None:
    tab = open_tab(configuration="dc")
    tab.show_step(2)
    first = tab.checks.buttons[0]
    tab.activateWindow()
    qtbot.waitUntil(tab.isActiveWindow)
    first.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(first, Qt.Key.Key_Down)
    check = tab.checks.check
    assert check is not None
    assert check.id == "battery_connected"


def test_a_failure_colours_its_step(open_tab: Opener, hands: Hands) -> None:
    tab = open_tab(configuration="dc")
    begin(tab, "no_fault")
    hands.run(tab, 30, fault_word=("f19_eps_relay_fault",))
    assert tab.assistants.failed
    assert tab.stepper.steps[2].detail == "0 of 6"
    assert "F19" in words(tab)


# -- what is kept ----------------------------------------------------------------------------------------------


def test_progress_outlives_the_window(qtbot: QtBot, open_tab: Opener, hands: Hands) -> None:
    tab = open_tab(configuration="dc_ac")
    tab.wiring.rows[0].box.click()
    tab.show_step(2)
    file = hands.database.with_name(f"ferme{SUFFIX}")
    qtbot.waitUntil(lambda: load(file) == tab.assistants.kept)  # without closing anything
    again = open_tab()
    assert again.step == 2
    assert again.assistants.progress.wiring == {"battery_cables"}


def test_the_last_change_before_closing_is_kept(open_tab: Opener, hands: Hands) -> None:
    tab = open_tab(configuration="dc_ac")
    for row in tab.wiring.rows[:5]:
        row.box.click()
    tab.stop()
    assert load(hands.database.with_name(f"ferme{SUFFIX}")) == tab.assistants.kept


def test_nothing_is_kept_where_nothing_is_recorded(open_tab: Opener, hands: Hands, tmp_path: Path) -> None:
    tab = open_tab(hands.site(database=None), "dc")
    tab.wiring.rows[0].box.click()
    tab.show_step(3)
    assert "can only be copied" in tab.result.hint.text()
    assert not tab.result.keep.isEnabled()
    tab.stop()
    assert list(tmp_path.glob(f"*{SUFFIX}")) == []


def test_progress_that_cannot_be_read_is_left_alone(open_tab: Opener, hands: Hands) -> None:
    file = hands.database.with_name(f"ferme{SUFFIX}")
    file.mkdir()  # reading it fails as a file without permission does
    tab = open_tab(configuration="dc")
    tab.wiring.rows[0].box.click()
    assert tab.assistants.trouble
    tab.stop()
    assert file.is_dir()


# -- the result ------------------------------------------------------------------------------------------------


def lines(hands: Hands) -> list[Line]:
    book = hands.aura.station.book
    assert book is not None
    with book.journal() as journal:
        assert journal.verify().ok
        return journal.lines()


def test_the_result_goes_into_the_journal_with_its_evidence(qtbot: QtBot, open_tab: Opener, hands: Hands) -> None:
    tab = open_tab(configuration="dc")
    begin(tab, "grid_present")
    hands.run(tab, 30)
    tab.show_step(3)
    assert tab.result.chip.text == "Not complete yet"
    QTest.keyClicks(tab.result.note, "main breaker 2")
    with qtbot.waitSignal(tab.assistants.stored):
        tab.result.keep.click()
    (line,) = lines(hands)
    assert (line.entry.kind, line.entry.who, line.entry.role) == ("coupling", "Camille", "installer")
    assert (line.entry.device, line.entry.point, line.entry.outcome) == ("aura", "dc", "with open points")
    assert line.entry.reason == "main breaker 2"
    checks = line.entry.detail["checks"]
    assert isinstance(checks, dict)
    assert checks["grid_present"]["verdict"] == "pass"
    evidence = checks["grid_present"]["evidence"]
    assert {sample["unit"] for sample in evidence if sample["point"] == "grid_voltage"} == {"V"}
    assert all(sample["quality"] == "good" and sample["at"] > 0 for sample in evidence)
    assert "by Camille" in tab.result.earlier.text()
    tab.leave.click()
    card = next(card for card in tab.choose.cards if card.configuration == "dc")
    assert "by Camille" in card.state.line()


def test_what_the_journal_holds_is_shown_at_the_next_start(qtbot: QtBot, open_tab: Opener, hands: Hands) -> None:
    tab = open_tab(configuration="ac")
    with qtbot.waitSignal(tab.assistants.stored):
        tab.assistants.store()
    hands.database.with_name(f"ferme{SUFFIX}").unlink(missing_ok=True)
    tab.stop()
    hands.database.with_name(f"ferme{SUFFIX}").unlink(missing_ok=True)
    again = open_tab()
    qtbot.waitUntil(lambda: bool(again.assistants.earlier))
    card = next(card for card in again.choose.cards if card.configuration == "ac")
    assert "by Camille" in card.state.line()
    assert "with open points" in card.state.line()


@pytest.mark.parametrize("person", [NOBODY, Person("Otto", "user")])
def test_only_an_installer_may_keep_it(open_tab: Opener, hands: Hands, person: Person) -> None:
    tab = open_tab(configuration="dc")
    tab.show_step(3)
    hands.aura.station.access.sign_in(person)
    tab.refresh()
    assert not tab.result.keep.isEnabled()
    assert "installer" in tab.result.hint.text()
    tab.result._keep()  # pyright: ignore[reportPrivateUsage]
    assert tab.result.refused.isVisible()
    assert lines(hands) == []
    hands.aura.station.access.sign_in(INSTALLER)
    tab.refresh()
    assert tab.result.keep.isEnabled()


def finished(tab: CouplingsTab, hands: Hands) -> None:
    """Everything of the configuration "dc" as it should be."""
    hands.aura.put_all(work_mode="self_use")
    made: dict[str, Value] = {"work_mode": "self_use"}
    for row in tab.wiring.rows:
        if not row.isHidden():
            row.box.click()
    tab.show_step(1)
    for row in tab.settings.rows:
        if not row.isHidden() and row.box.isEnabled():
            row.box.click()
    for check in tab.assistants.checks():
        begin(tab, check.id)
        power = 300.0
        while tab.run.running:
            if tab.run.stage is Stage.SWITCH:
                tab.run.switched()
                power = 1310.0
            power += 30.0 * (-1) ** round(hands.ahead / 3)
            hands.run(tab, 3, grid_power=power, **made)
    tab.show_step(3)


def test_a_complete_configuration_says_so(qtbot: QtBot, open_tab: Opener, hands: Hands) -> None:
    tab = open_tab(configuration="dc")
    finished(tab, hands)
    assert tab.assistants.open_points() == []
    assert tab.result.chip.text == "Complete"
    assert [step.detail for step in tab.stepper.steps[:3]] == ["8 of 8", "7 of 7", "6 of 6"]
    with qtbot.waitSignal(tab.assistants.stored):
        tab.result.keep.click()
    assert lines(hands)[0].entry.outcome == "complete"
    assert tab.stepper.steps[3].detail == "kept"
    tab.result.copy.click()
    assert "Complete" in QGuiApplication.clipboard().text()


def test_beginning_again_asks_and_forgets_but_not_the_journal(qtbot: QtBot, open_tab: Opener, hands: Hands) -> None:
    tab = open_tab(configuration="dc")
    tab.wiring.rows[0].box.click()
    tab.show_step(3)
    with qtbot.waitSignal(tab.assistants.stored):
        tab.result.keep.click()
    tab.result.again.click()
    assert tab.confirm.isVisible()
    tab.confirm.no.click()
    assert tab.assistants.progress.wiring
    tab.result.again.click()
    tab.confirm.yes.click()
    assert tab.assistants.progress.wiring == frozenset()
    assert tab.step == 0
    assert len(lines(hands)) == 1


# -- languages, rooms ------------------------------------------------------------------------------------------


def test_everything_can_be_said_of_every_verdict(open_tab: Opener) -> None:
    tab = open_tab(configuration="dc_ac_backup")
    from core.couplings.checks import Finding, Reason

    for check in tab.assistants.checks():
        for reason in Reason:
            for verdict in Verdict:
                assert couplings_words.sentence(check, Finding(verdict, reason))
                assert couplings_words.verdict(verdict)[0]


def test_texts_of_the_data_follow_the_language(qtbot: QtBot, open_tab: Opener) -> None:
    tab = open_tab(configuration="dc_backup")
    assert tab.wiring.rows[0].text.text().startswith("Batteries: power cables")
    i18n.choose("fr")
    qtbot.waitUntil(lambda: tab.wiring.rows[0].text.text().startswith("Batteries\u00a0: câbles"))
    for step in range(4):
        tab.show_step(step)
    tab.leave.click()
    assert tab.choose.cards[1].title.text() == "DC + secours"


@pytest.mark.parametrize("size", [(900, 460), (1160, 740), (1700, 1000)])
def test_every_step_fits_its_room(open_tab: Opener, size: tuple[int, int]) -> None:
    tab = open_tab(configuration="dc_ac_backup")
    tab.resize(*size)
    for step in range(4):
        tab.show_step(step)
        QGuiApplication.processEvents()
        assert tab.minimumSizeHint().width() <= size[0]
        assert tab.grab().width() == size[0]
    tab.leave.click()
    QGuiApplication.processEvents()
    rows = {card.y() for card in tab.findChildren(ConfigurationCard)}
    assert len(rows) in (2, 3)


def test_a_kept_configuration_of_another_make_is_ignored(open_tab: Opener, hands: Hands) -> None:
    tab = open_tab()
    tab.assistants.kept = Kept("gone", "no_such")
    tab.refresh()
    assert tab.step == -1
    assert isinstance(hands.aura.station.parameters("aura"), Parameters)
