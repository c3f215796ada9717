"""The site's own counters go on where they stood, and wait for the history rather than start again from zero."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from core.catalogue import Catalogue
from core.config import DeviceConfig, LinkConfig, Site
from core.hub import Hub
from core.linkurl import parse_link
from core.paths import resources
from core.points import PointKey, Reading
from core.sitepoints import POINTS
from core.storage.queries import History
from core.storage.schema import StorageError
from core.storage.writer import Recorder
from core.ticker import Ticker

POWER = PointKey("grid", "dtsu.p")
NOON = 1_795_258_800.0


@dataclass
class Held:
    """A clock that a test moves."""

    at: float = NOON

    def now(self) -> float:
        return self.at

    def ticks(self) -> float:
        return self.at


@pytest.fixture
def site() -> Site:
    profile = Catalogue([resources() / "profiles"]).get("chint/dtsu666")
    link = LinkConfig("bus", parse_link("tcp://127.0.0.1:1"))
    meter = DeviceConfig("grid", "bus", profile.id, profile, 32, role="grid", options=profile.options_with({}))
    return Site("Test", ZoneInfo("Europe/Paris"), (link,), (meter,))


def run(ticker: Ticker, hub: Hub, clock: Held, seconds: int, watts: float) -> None:
    for _ in range(seconds):
        clock.at += 1
        hub.put([Reading(POWER, watts, clock.at, "W")])
        ticker.step()


def test_import_is_counted_and_the_house_follows(site: Site):
    clock = Held()
    hub = Hub(clock)
    ticker = Ticker(site, hub, None, lambda: None, clock)
    run(ticker, hub, clock, 101, 3600.0)
    imported = hub.latest(PointKey("site", "grid.energy.import"))
    house = hub.latest(PointKey("site", "house.power"))
    assert imported is not None
    assert house is not None
    assert (imported.value, house.value) == (100.0, 3600.0)


def test_the_counters_go_on_after_a_restart(site: Site, tmp_path: Path):
    file = tmp_path / "site.sqlite"
    clock = Held()
    expected = 0.0
    for _ in range(2):
        hub = Hub(clock)
        recorder = Recorder(file, lambda key: POINTS.get(key.point), clock=clock)
        ticker = Ticker(site, hub, recorder, lambda: History(file) if file.exists() else None, clock)
        run(ticker, hub, clock, 101, 3600.0)
        expected += 100.0
        reading = hub.latest(PointKey("site", "grid.energy.import"))
        assert reading is not None
        assert reading.value == expected
        ticker.close()
        recorder.stop()
        clock.at += 3600  # nobody watched: nothing is invented


def test_a_history_that_does_not_answer_is_waited_for(site: Site):
    class Locked:
        def at(self, _key: PointKey, _when: float) -> None:
            raise StorageError("database locked")

        def close(self) -> None:
            pass

    clock = Held()
    hub = Hub(clock)
    ticker = Ticker(site, hub, None, Locked, clock)  # type: ignore[arg-type]
    run(ticker, hub, clock, 5, 3600.0)
    assert hub.latest(PointKey("site", "grid.energy.import")) is None
    assert ticker.flows.house.power == 3600.0


def test_a_load_that_comes_on_does_not_flash_as_unexplained(site: Site):
    clock = Held()
    ticker = Ticker(site, Hub(clock), None, lambda: None, clock)
    shown: list[float | None] = []
    for doubt in [1.0] * 12 + [2000.0] * 5 + [-1.0] * 5 + [400.0] * 12:
        clock.at += 1
        shown.append(ticker._steady(doubt))
    assert max(abs(value or 0.0) for value in shown[:30]) <= 1.0
    assert shown[-1] == 400.0  # what lasts is said
    assert ticker._steady(None) is None


@pytest.mark.parametrize("told", [True, False])
def test_the_balance_is_worked_out_when_a_device_has_told_something(
    site: Site, told: bool, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("core.ticker.TICK_S", 60.0 if told else 0.01)
    clock, steps = Held(), list[float | None]()
    hub = Hub(clock)
    ticker = Ticker(site, hub, None, lambda: None, clock)
    waits = threading.Event()

    def live() -> None:
        waits.set()
        ticker.wait()
        ticker.step()
        steps.append(ticker.flows.grid.power)

    thread = threading.Thread(target=live)
    thread.start()
    waits.wait(5)
    hub.put([Reading(POWER if told else PointKey("site", "p"), 700.0, clock.at, "W")])
    thread.join(5)
    assert steps == [700.0 if told else None]
    ticker.close()


def test_nobody_waits_once_it_has_ended(site: Site):
    clock = Held()
    ticker = Ticker(site, Hub(clock), None, lambda: None, clock)
    ticker.end()
    began = time.monotonic()
    for _ in range(1000):
        ticker.wait()
        ticker.end()
    assert time.monotonic() - began < 5
    ticker.close()


def test_the_site_itself_is_recorded_once_a_second_however_often_it_is_worked_out(site: Site):
    clock, kept = Held(), list[float]()

    class Keeper:
        def put(self, readings: Sequence[Reading]) -> None:
            kept.append(readings[0].at)

    hub = Hub(clock)
    ticker = Ticker(site, hub, Keeper(), lambda: None, clock)
    for _ in range(40):
        clock.at += 0.26
        hub.put([Reading(POWER, 1.0, clock.at, "W")])
        ticker.step()
    assert 10 <= len(kept) <= 12
    ticker.close()
