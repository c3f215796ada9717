"""A whole site, from the wire to the balance and to the disk, and back to nothing."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from core.facade import Station
from core.points import PointKey, Quality
from core.status import LinkState
from core.storage.queries import History
from drivers.sim.demo import DemoSite
from drivers.sim.faults import Fault
from drivers.supervise import open_station

HOUSE = PointKey("site", "house.power")


def until(condition: Callable[[], bool], seconds: float = 20.0) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.05)
    return False


def good(station: Station, key: PointKey) -> bool:
    reading = station.latest(key)
    return reading is not None and reading.quality is Quality.GOOD


def test_power_flows_reach_the_screen_and_the_disk_and_every_thread_ends(tmp_path: Path):
    file = tmp_path / "demo.sqlite"
    before = set(threading.enumerate())
    noon = 1_784_804_400.0  # 2026-07-23 13:00 in Paris
    with DemoSite(start=noon) as demo:
        station = open_station(demo.site, file)
        assert set(threading.enumerate()) - before == {t for t in threading.enumerate() if "sim" in t.name.lower()}
        station.start()
        assert until(lambda: good(station, HOUSE))
        flows = station.flows()
        powers = demo.model.powers
        assert flows.grid.power is not None
        assert abs((flows.house.power or 0) - sum(powers.house)) < 200
        reading = station.latest(PointKey("grid", "dtsu.p"))
        assert reading is not None
        assert reading.provenance is not None
        frame = station.frame(reading.provenance)
        assert frame is not None
        words = b"".join(word.to_bytes(2, "big") for word in reading.provenance.words)
        assert words in frame.received
        assert until(lambda: station.recorder_status().points > 100)
        station.stop()
        station.stop()
    assert set(threading.enumerate()) <= before
    with History(file) as history:
        assert any(info.key == HOUSE for info in history.points())


def test_a_silent_meter_turns_stale_while_its_neighbours_stay_fresh(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("core.hub.LEAST_S", 3.0)
    with DemoSite(start=1_784_804_400.0) as demo:
        station = open_station(demo.site, None)
        station.start()
        try:
            meter, other = PointKey("grid", "dtsu.p"), PointKey("water_heater", "p_tot")
            assert until(lambda: good(station, meter) and good(station, other))
            demo.faults["grid"].inject(Fault.SILENCE)
            assert until(lambda: not good(station, meter))
            assert good(station, other)
            stale = station.latest(meter)
            assert stale is not None
            assert (stale.quality, stale.value is None) == (Quality.STALE, False)
            demo.faults["grid"].clear()
            station.ask("grid")  # it would come back by itself, once it is asked again at its slower pace
            assert until(lambda: good(station, meter), 40)
        finally:
            station.stop()


def test_an_outage_is_seen_and_passes():
    with DemoSite(start=1_784_804_400.0) as demo:
        station = open_station(demo.site, None)
        station.start()
        try:
            assert until(lambda: good(station, HOUSE))
            demo.set_outage(True)
            assert until(lambda: station.flows().outage)
            demo.set_outage(False)
            assert until(lambda: not station.flows().outage)
            assert all(station.link_status(link.id).state is LinkState.UP for link in station.links())
        finally:
            station.stop()
