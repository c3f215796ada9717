"""What becomes of the recording and of the day's figures when the clock, the machine or the meter plays a trick.

The outcomes are those of docs/endurance.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from core.book import PointBook
from core.catalogue import Catalogue
from core.config import DeviceConfig, LinkConfig, Site
from core.energy import DayEnergy
from core.hub import Hub
from core.linkurl import parse_link
from core.paths import resources
from core.points import PointKey, Quality, Reading
from core.storage.queries import History
from core.storage.writer import Recorder
from core.ticker import Ticker

PARIS = ZoneInfo("Europe/Paris")
POWER, ENERGY, SERIAL = (PointKey("grid", name) for name in ("p_tot", "ea_pos", "serial"))
SITE_ENERGY = PointKey("site", "grid.energy.import")
WATTS = 3600.0  # a watt-hour a second
HOUR, DAY = 3600.0, 86_400.0
FIVE_YEARS = 5 * 365 * DAY


def moment(text: str) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=PARIS).timestamp()


@dataclass
class TwoClocks:
    """The wall clock and the monotonic one, which do not always agree."""

    wall: float
    ran: float = 1000.0

    def now(self) -> float:
        return self.wall

    def ticks(self) -> float:
        return self.ran

    def advance(self, seconds: float) -> None:
        self.wall += seconds
        self.ran += seconds


class Rig:
    """A site with a meter of its grid connection that draws 3.6 kW, recorded and counted as in the program."""

    def __init__(self, file: Path, site: Site, begin: float) -> None:
        self.file, self.site, self.clock = file, site, TwoClocks(begin)
        self.shows = 5_000_000.0  # Wh, the meter's counter
        self.drawn = 0.0  # Wh, truly
        self.figures: list[DayEnergy] = []
        self.start()
        self.history = History(file)

    def start(self) -> None:
        self.hub = Hub(self.clock)
        self.recorder = Recorder(
            self.file, PointBook(self.site).find, time_zone=PARIS.key, clock=self.clock, busy_s=0.01
        )
        self.recorder.step()
        self.ticker = Ticker(self.site, self.hub, self.recorder, lambda: History(self.file), self.clock)

    def restart(self) -> None:
        self.close()
        self.start()

    def take(self, key: PointKey, value: float, unit: str) -> None:
        found = [Reading(key, value, self.clock.wall, unit)]
        self.hub.put(found)
        self.recorder.put(found)

    def read(self) -> None:
        self.take(POWER, WATTS, "W")
        self.take(ENERGY, self.shows, "Wh")

    def live(self, seconds: float, step: float = 30.0) -> None:
        """Let the meter be read, the site be balanced and recorded for a while; the first reading is now."""
        until = self.clock.ran + seconds
        while True:
            self.read()
            self.ticker.step()
            self.recorder.step()
            self.figures.append(self.ticker.day.imported)
            if self.clock.ran >= until:
                break
            self.clock.advance(step)
            self.count(step)

    def count(self, seconds: float) -> None:
        """The meter counts on, whether it is read or not."""
        self.shows += seconds
        self.drawn += seconds

    def today(self) -> float:
        """The energy imported today, of a device's counter."""
        figure = self.ticker.day.imported
        assert figure.source == "counter"
        assert figure.today is not None
        return figure.today

    def drawn_by_history(self) -> float | None:
        """All that was ever drawn, up to now."""
        return self.history.delta(ENERGY, 0, self.clock.wall)

    def close(self) -> None:
        self.ticker.close()
        self.recorder.stop()


@pytest.fixture(scope="module")
def site() -> Site:
    profile = Catalogue([resources() / "profiles"]).get("eastron/sdm630")
    link = LinkConfig("bus", parse_link("tcp://127.0.0.1:1"))
    meter = DeviceConfig("grid", "bus", profile.id, profile, 1, role="grid", options=profile.options_with({}))
    return Site("Test", PARIS, (link,), (meter,))


@pytest.fixture
def make(site: Site, tmp_path: Path) -> Iterator[Callable[[str], Rig]]:
    made: list[Rig] = []

    def build(begin: str) -> Rig:
        made.append(Rig(tmp_path / "site.db", site, moment(begin)))
        return made[-1]

    yield build
    for rig in made:
        rig.close()
        rig.history.close()


def near_midnight(make: Callable[[str], Rig], begin: str) -> Rig:
    """A rig that has seen a midnight, so that the counter knows what the day began with."""
    rig = make(begin)
    rig.live(120)
    rig.drawn = 0.0  # since midnight
    return rig


def test_a_clock_set_back_keeps_both_passes_and_every_watt_hour(make: Callable[[str], Rig]):
    rig = near_midnight(make, "2026-06-20T23:58")
    rig.live(2 * HOUR)
    rig.clock.wall -= HOUR - 7
    rig.live(2 * HOUR)
    assert rig.recorder.status().dropped == 0
    assert len(rig.history.raw(ENERGY, 0, rig.clock.wall + 1)) == 5 + 2 * 240 + 1
    assert rig.history.events(0, rig.clock.wall + 1) == []
    assert rig.drawn_by_history() == pytest.approx(120 + rig.drawn, abs=1)
    assert rig.today() == pytest.approx(rig.drawn, abs=31)
    assert rig.history.delta(SITE_ENERGY, 0, rig.clock.wall) == pytest.approx(120 + rig.drawn, abs=61)


@pytest.mark.parametrize("hours", [-2.0, -1.0])
def test_a_start_after_the_clock_was_set_back_takes_the_counter_for_the_same(make: Callable[[str], Rig], hours: float):
    rig = near_midnight(make, "2026-06-20T23:58")
    rig.live(3 * HOUR)
    rig.clock.wall += hours * HOUR
    for _ in range(3):
        rig.count(30_000.0)  # a big load
        rig.clock.advance(600)
        rig.live(60)
        rig.restart()
    assert rig.history.events(0, rig.clock.wall + DAY) == []
    assert rig.recorder.status().dropped == 0


def test_a_clock_set_forward_is_a_gap_and_invents_nothing(make: Callable[[str], Rig]):
    rig = near_midnight(make, "2026-06-20T23:58")
    rig.live(HOUR)
    rig.clock.wall += 3 * HOUR
    rig.live(HOUR)
    assert rig.drawn_by_history() == pytest.approx(120 + rig.drawn, abs=1)
    assert rig.today() == pytest.approx(rig.drawn, abs=31)
    counted = rig.history.delta(SITE_ENERGY, 0, rig.clock.wall)
    assert counted == pytest.approx(120 + rig.drawn, abs=61)
    curve = rig.history.range(POWER, moment("2026-06-21T01:10"), moment("2026-06-21T03:50"), 20)
    assert curve.count.sum() == 0


def test_a_clock_that_was_years_ahead_for_hours_takes_nothing_away(make: Callable[[str], Rig]):
    rig = near_midnight(make, "2026-06-20T23:58")
    rig.live(3 * HOUR)
    before = rig.history.raw(ENERGY, 0, rig.clock.wall + 1)
    rig.clock.wall += FIVE_YEARS
    rig.restart()
    rig.live(2 * HOUR)
    rig.restart()
    rig.live(2 * HOUR)
    rig.clock.wall -= FIVE_YEARS
    rig.live(30)
    rig.count(DAY * 3)
    rig.clock.advance(DAY * 3)
    rig.restart()
    rig.live(HOUR)
    kept = rig.history.raw(ENERGY, 0, before.t[-1] + 0.1)
    assert np.array_equal(kept.t, before.t)
    assert np.array_equal(kept.value, before.value)
    assert rig.history.events(0, 2 * rig.clock.wall) == []
    assert rig.drawn_by_history() == pytest.approx(120 + rig.drawn, abs=1)


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 3, 29), 23.0), (date(2026, 10, 25), 25.0)])
def test_a_day_on_which_the_clocks_change_is_as_long_as_it_is(make: Callable[[str], Rig], day: date, hours: float):
    rig = near_midnight(make, f"{day - timedelta(days=1)}T23:58")
    quarter = HOUR / 4
    rig.live((hours - 0.25) * HOUR, step=quarter)
    assert rig.today() == pytest.approx((hours - 0.25) * HOUR, abs=31)
    rig.live(HOUR / 2, step=quarter)
    assert rig.today() == pytest.approx(2 * quarter, abs=1)  # since the last reading before midnight
    assert rig.ticker.day.imported.yesterday == pytest.approx((hours - 0.25) * HOUR, abs=31)
    (found,) = rig.history.days(ENERGY, day, day)
    assert found.hours == hours
    assert found.increase == pytest.approx((hours - 0.25) * HOUR, abs=31)
    assert rig.drawn_by_history() == pytest.approx(120 + rig.drawn, abs=1)


@pytest.mark.parametrize("ticks_go_on", [False, True])  # Linux stops its monotonic clock, Windows does not
def test_a_machine_that_slept_has_a_gap_and_has_lost_nothing(make: Callable[[str], Rig], ticks_go_on: bool):
    rig = near_midnight(make, "2026-06-20T23:58")
    rig.live(HOUR)
    rig.clock.advance(1)
    rig.count(1)
    rig.read()  # has not been committed yet
    slept = rig.clock.wall
    rig.clock.wall += 2 * HOUR
    rig.clock.ran += 2 * HOUR if ticks_go_on else 0
    rig.count(2 * HOUR)
    rig.live(600)
    assert rig.recorder.status().dropped == 0
    assert len(rig.history.raw(ENERGY, slept, slept + 1)) == 1
    assert rig.drawn_by_history() == pytest.approx(120 + rig.drawn, abs=1)
    assert rig.today() == pytest.approx(rig.drawn, abs=31)
    counted = rig.history.delta(SITE_ENERGY, 0, rig.clock.wall)
    assert counted == pytest.approx(120 + rig.drawn - 2 * HOUR, abs=61)  # an integral knows nothing of that time
    curve = rig.history.range(POWER, slept + 300, slept + 2 * HOUR - 300, 20)
    assert curve.count.sum() == 0


def test_after_a_sleep_old_values_are_stale_where_time_went_on(make: Callable[[str], Rig]):
    rig = near_midnight(make, "2026-06-20T23:58")
    rig.clock.advance(2 * HOUR)
    latest = rig.hub.latest(POWER)
    assert latest is not None
    assert latest.quality is Quality.STALE


def test_the_day_goes_on_over_a_reset_of_the_counter(make: Callable[[str], Rig]):
    rig = near_midnight(make, "2026-06-20T23:58")
    rig.live(2 * HOUR)
    rig.count(60)
    rig.clock.advance(60)
    rig.shows = 60.0
    rig.live(2 * HOUR)
    assert [event.kind for event in rig.history.events(0, rig.clock.wall + 1)] == ["reset"]
    assert rig.drawn_by_history() == pytest.approx(120 + rig.drawn, abs=1)
    assert rig.today() == pytest.approx(rig.drawn, abs=31)
    assert_steady(rig)


@pytest.mark.parametrize("shows", [1_200_000.0, 12_000_000.0])
def test_the_day_goes_on_with_another_meter_whatever_it_shows(make: Callable[[str], Rig], shows: float):
    rig = near_midnight(make, "2026-06-20T23:58")
    rig.take(SERIAL, 19_200_417.0, "")
    rig.live(2 * HOUR)
    rig.clock.advance(1200)  # nothing is measured while it is exchanged
    rig.shows = shows
    rig.live(0)
    rig.take(SERIAL, 20_110_033.0, "")
    rig.live(2 * HOUR)
    assert [event.kind for event in rig.history.events(0, rig.clock.wall + 1)] == ["replacement"]
    assert rig.drawn_by_history() == pytest.approx(120 + rig.drawn, abs=1)
    assert rig.today() == pytest.approx(rig.drawn, abs=31)
    assert_steady(rig)
    day = rig.history.days(ENERGY, date(2026, 6, 21), date(2026, 6, 21))[0]
    assert day.increase == pytest.approx(rig.drawn, abs=31)
    rest = moment("2026-06-21T23:55") - rig.clock.wall
    rig.count(rest)
    rig.clock.advance(rest)
    rig.live(600, step=300)
    assert rig.ticker.day.imported.yesterday == pytest.approx(rig.drawn - 300, abs=301)


def assert_steady(rig: Rig) -> None:
    """No figure of the day was ever far from the one before."""
    known = [figure.today for figure in rig.figures if figure.source == "counter" and figure.today is not None]
    leaps = np.diff(known)
    assert leaps.max() < 200.0
    assert leaps.min() > -200.0
