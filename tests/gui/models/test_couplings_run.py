"""A check under way: what it asks, when it ends, and that it never passes on what it has not read."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from core.couplings.checks import Finding, Reason, Verdict
from core.couplings.guide import Check, checks_of, couplings_for
from core.couplings.loader import load_all
from core.points import Quality, Value
from gui.models.couplings_run import CheckRun, Stage
from tests.gui.fake_couplings import FakeAura

START = 1_750_505_168.0


class Bench:
    """A run with a clock in the hand of the test."""

    def __init__(self) -> None:
        self.at = 0.0
        self.aura = FakeAura(now=lambda: START + self.at)
        self.run = CheckRun(self.aura.station, lambda: START + self.at, lambda: self.at)
        self.found: list[tuple[str, Finding]] = []
        self.run.found.connect(lambda check, finding: self.found.append((check, finding)))
        known = couplings_for("aura/hybrid", load_all())
        configuration = known.find("dc_ac_backup") if known is not None else None
        assert configuration is not None
        self.checks = {
            check.id: check for check in checks_of(configuration, {p.id for p in self.aura.station.points("aura")})
        }

    def start(self, check: str, load_w: float = 1000.0) -> Check:
        self.run.start("aura", self.checks[check], load_w)
        return self.checks[check]

    def pass_s(self, seconds: float, quality: Quality = Quality.GOOD, **values: Value) -> None:
        """Time goes by, with readings every three seconds where values are given."""
        end = self.at + seconds
        while self.at < end and self.run.running:
            self.at += 3.0
            if values:
                self.run.apply(self.aura.put("aura", quality, **values))
            self.run.tick()

    @property
    def last(self) -> tuple[Verdict, Reason]:
        _, finding = self.found[-1]
        return finding.verdict, finding.reason


@pytest.fixture
def bench(qtbot: QtBot) -> Iterator[Bench]:
    made = Bench()
    yield made
    made.aura.station.stop()


GRID: dict[str, Value] = {"grid_voltage": 231.0, "grid_frequency": 50.0, "warning_word": ()}
STILL: dict[str, Value] = {"pv1_power": 0.0, "pv2_power": 0.0, "battery_power": 0.0, "warning_word": ()}
ON: dict[str, Value] = {
    "grid_voltage": 231.0,
    "inverter_state": "on_grid",
    "system_state": "hybrid_on_grid",
    "eps_voltage": 231.0,
    "fault_word": (),
}
OUT: dict[str, Value] = {
    "grid_voltage": 0.0,
    "inverter_state": "off_grid",
    "system_state": "off_grid",
    "eps_voltage": 230.0,
    "fault_word": (),
}


def test_it_asks_for_its_groups_at_its_own_pace_and_only_while_it_runs(bench: Bench) -> None:
    check = bench.start("grid_present")
    assert set(bench.aura.line.asked) == {("aura", "power"), ("aura", "alarms")}
    before = len(bench.aura.line.asked)
    bench.at += check.pace_s / 2
    bench.run.tick()
    assert len(bench.aura.line.asked) == before
    bench.at += check.pace_s
    bench.run.tick()
    assert len(bench.aura.line.asked) == 2 * before
    bench.run.stop()
    bench.at += 60
    bench.run.tick()
    assert len(bench.aura.line.asked) == 2 * before


def test_it_ends_when_the_window_is_full_and_not_before(bench: Bench) -> None:
    bench.start("grid_present")
    bench.pass_s(9, **GRID)
    assert bench.run.running
    assert 0 < bench.run.share < 1
    bench.pass_s(9, **GRID)
    assert bench.last == (Verdict.PASS, Reason.HELD)
    assert bench.run.stage is Stage.DONE


def test_a_silent_device_ends_open_after_its_time(bench: Bench) -> None:
    check = bench.start("grid_present")
    bench.pass_s(check.within_s - 6)
    assert bench.run.running
    bench.pass_s(30)
    assert bench.last == (Verdict.OPEN, Reason.TOO_FEW)


def test_what_was_read_before_the_start_does_not_count(bench: Bench) -> None:
    for _ in range(6):
        bench.at += 3
        bench.aura.put(**GRID)
    bench.start("grid_present")
    bench.pass_s(200)
    assert bench.last == (Verdict.OPEN, Reason.TOO_FEW)


@pytest.mark.parametrize("quality", [Quality.STALE, Quality.BAD, Quality.UNKNOWN])
def test_doubtful_readings_end_open(bench: Bench, quality: Quality) -> None:
    bench.start("grid_present")
    bench.pass_s(60, quality, **GRID)
    assert bench.last == (Verdict.OPEN, Reason.UNTRUSTED)


def test_readings_of_another_device_are_none_of_its_business(bench: Bench) -> None:
    bench.start("grid_present")
    for _ in range(8):
        bench.at += 3
        readings = bench.aura.put(**GRID)
        bench.run.device = "other"
        bench.run.apply(readings)
        bench.run.device = "aura"
    bench.pass_s(120)
    assert bench.last == (Verdict.OPEN, Reason.TOO_FEW)


def test_stopping_says_so_and_forgetting_says_nothing(bench: Bench) -> None:
    bench.start("grid_present")
    bench.run.stop()
    assert bench.last == (Verdict.OPEN, Reason.STOPPED)
    bench.run.stop()
    assert len(bench.found) == 1
    bench.start("grid_present")
    bench.run.forget()
    bench.pass_s(200, **GRID)
    assert len(bench.found) == 1


def test_starting_another_check_stops_the_first(bench: Bench) -> None:
    bench.start("grid_present")
    bench.start("no_fault")
    assert [(check, finding.reason) for check, finding in bench.found] == [("grid_present", Reason.STOPPED)]
    assert bench.run.running


# -- a load ----------------------------------------------------------------------------------------------------


def switched(bench: Bench, after: float, load_w: float = 1000.0) -> None:
    bench.start("ct_direction", load_w)
    assert bench.run.stage is Stage.BEFORE
    bench.pass_s(15, grid_power=300.0, **STILL)
    assert bench.run.stage is Stage.SWITCH
    bench.run.switched()
    assert bench.run.stage is Stage.SETTLING
    bench.pass_s(3, grid_power=(300.0 + after) / 2, **STILL)  # still on its way: must not count
    bench.pass_s(30, grid_power=after, **STILL)


def test_a_load_that_raises_the_import_passes(bench: Bench) -> None:
    switched(bench, 1310.0)
    assert bench.last == (Verdict.PASS, Reason.RIGHT)


def test_a_load_that_lowers_the_import_fails(bench: Bench) -> None:
    switched(bench, -700.0)
    assert bench.last == (Verdict.FAIL, Reason.REVERSED)
    figures = {figure.name: figure.value for figure in bench.found[-1][1].figures}
    assert figures["change"] == -1000.0


def test_the_first_half_ends_before_the_technician_is_asked(bench: Bench) -> None:
    """What he switches too early must not spoil the figure before."""
    bench.start("ct_direction")
    bench.pass_s(15, grid_power=300.0, **STILL)
    assert bench.run.stage is Stage.SWITCH
    bench.pass_s(30, grid_power=1310.0, **STILL)
    assert bench.run.stage is Stage.SWITCH
    bench.run.switched()
    bench.pass_s(30, grid_power=1310.0, **STILL)
    assert bench.last == (Verdict.PASS, Reason.RIGHT)


def test_a_load_that_is_never_switched_ends_open(bench: Bench) -> None:
    bench.start("ct_direction")
    bench.pass_s(15, grid_power=300.0, **STILL)
    bench.pass_s(700)
    assert bench.last == (Verdict.OPEN, Reason.NOT_PROVOKED)


def test_a_device_that_falls_silent_after_the_switch_ends_open(bench: Bench) -> None:
    check = bench.start("ct_direction")
    bench.pass_s(15, grid_power=300.0, **STILL)
    bench.run.switched()
    bench.pass_s(check.within_s + 60)
    assert bench.last == (Verdict.OPEN, Reason.TOO_FEW)


def test_a_device_that_is_silent_from_the_start_ends_open(bench: Bench) -> None:
    check = bench.start("ct_direction")
    bench.pass_s(check.within_s + 60)
    assert bench.last == (Verdict.OPEN, Reason.TOO_FEW)


def test_pressing_too_early_does_nothing(bench: Bench) -> None:
    bench.start("ct_direction")
    bench.run.switched()
    assert bench.run.stage is Stage.BEFORE


# -- an outage -------------------------------------------------------------------------------------------------


def test_an_outage_that_the_backup_carries_passes(bench: Bench) -> None:
    bench.start("backup_takes_over")
    assert bench.run.stage is Stage.GIVEN
    bench.pass_s(60, **ON)
    assert bench.run.stage is Stage.GIVEN
    bench.pass_s(
        6, **{**OUT, "inverter_state": "on_grid_to_off_grid", "system_state": "standby", "eps_voltage": 120.0}
    )  # it takes a moment
    bench.pass_s(60, **OUT)
    assert bench.last == (Verdict.PASS, Reason.HELD)


def test_an_outage_that_it_does_not_carry_fails(bench: Bench) -> None:
    bench.start("backup_takes_over")
    bench.pass_s(120, **{**OUT, "eps_voltage": 0.0})
    verdict, _ = bench.last
    assert verdict is Verdict.FAIL
    assert bench.found[-1][1].unmet == (1,)


def test_a_failure_is_kept_when_the_grid_comes_back(bench: Bench) -> None:
    bench.start("backup_takes_over")
    bench.pass_s(30, **{**OUT, "eps_voltage": 0.0})
    assert bench.run.running
    bench.pass_s(9, **ON)
    assert bench.last == (Verdict.FAIL, Reason.UNMET)


def test_a_flicker_of_the_grid_is_no_outage(bench: Bench) -> None:
    bench.start("backup_takes_over")
    bench.pass_s(3, **OUT)
    bench.pass_s(9, **ON)
    assert bench.run.stage is Stage.GIVEN


def test_a_grid_that_stays_is_not_judged(bench: Bench) -> None:
    bench.start("backup_takes_over")
    bench.pass_s(700, **ON)
    assert bench.last == (Verdict.OPEN, Reason.NOT_PROVOKED)
