"""One site over four protocols: what is cut turns stale, what comes back is good, what stops leaves nothing."""

from __future__ import annotations

import gc
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from core.catalogue import Catalogue
from core.config import Site
from core.facade import Station
from core.paths import profile_roots
from core.points import PointKey, Quality
from core.siteread import load_site
from core.status import LinkState
from core.storage.queries import History
from drivers.sim.can_twin import CanTwin
from drivers.sim.demo import DemoSite
from drivers.sim.faults import Fault
from drivers.sim.fleet import Fleet
from drivers.sim.stick_quirks import Quirk
from drivers.supervise import open_station

NOON = 1_784_804_400.0  # 2026-07-23 13:00 in Paris: the sun shines, the first car charges
SUN, METER = PointKey("inverter", "pv1_power"), PointKey("grid", "dtsu.p")
TOTAL = PointKey("site", "solar.power")
WALLBOX, FROZEN = PointKey("wallbox_1", "power"), PointKey("wallbox_2", "power")
BY_MODBUS, BY_OCPP, SAID = (
    PointKey(*name.split("/")) for name in ("charger/power_total", "charger_ocpp/power", "charger_ocpp/status")
)
CUT = (SUN, WALLBOX, FROZEN, BY_OCPP, SAID)

CHARGERS_AND_A_BATTERY = """\
name: Parking
phases: 3
links:
  calls: {url: "ocpp://127.0.0.1:0/"}
  park: {url: "can://virtual/park"}
  pack: {url: "can://virtual/pack"}
  meter: {url: "tcp://127.0.0.1:502"}
devices:
  station: {link: calls, profile: ocpp/charge_point, station: CP 1, unit: 1}
  wallbox: {link: park, profile: open_evse/can_wallbox, unit: 3}
  battery: {link: pack, profile: pylontech/low_voltage}
  grid: {link: meter, profile: chint/dtsu666, role: grid}
"""


def until(condition: Callable[[], bool], seconds: float = 40.0) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.05)
    return False


def good(station: Station, *keys: PointKey) -> bool:
    readings = [station.latest(key) for key in keys]
    return all(reading is not None and reading.quality is Quality.GOOD for reading in readings)


def quality_of(station: Station, key: PointKey) -> Quality | None:
    reading = station.latest(key)
    return reading.quality if reading is not None else None


def recorded(file: Path, key: PointKey) -> list[Quality]:
    with History(file) as history:
        return list(history.raw(key, 0.0, time.time() + 10.0).qualities())


def worse(station: Station, *keys: PointKey) -> bool:
    return not any(good(station, key) for key in keys)


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Values turn stale after two seconds where nothing slower is set."""
    monkeypatch.setattr("core.hub.LEAST_S", 2.0)


def quick(site: Site) -> Site:
    """The inverter's powers as often as the others'."""
    return replace(
        site,
        devices=tuple(
            replace(device, pace={**device.pace, "power": 1.0} if device.pace else {}) for device in site.devices
        ),
    )


def test_what_is_cut_turns_stale_here_and_in_the_history_and_comes_back(tmp_path: Path) -> None:
    file = tmp_path / "day.sqlite"
    with DemoSite(start=NOON) as demo:
        frozen = demo.twins["wallbox_2"]
        assert isinstance(frozen, CanTwin)
        station = open_station(quick(demo.site), file)
        station.start()
        try:
            assert until(lambda: good(station, METER, BY_MODBUS, *CUT))
            assert until(lambda: station.flows().house.quality is Quality.GOOD)
            demo.quirks["inverter"].on(Quirk.ERROR_5)
            demo.twins["wallbox_1"].mute = demo.twins["charger_ocpp"].mute = True
            frozen.frozen = True
            assert until(lambda: worse(station, *CUT))
            assert good(station, METER, BY_MODBUS)
            for key in CUT:
                stale = station.latest(key)
                assert stale is not None, key
                assert (stale.quality, stale.value is None) == (Quality.STALE, False), key
            assert until(lambda: station.flows().solar.quality is Quality.STALE)
            assert until(lambda: station.flows().vehicle.quality is Quality.STALE)  # the sums are made once a second
            assert until(lambda: quality_of(station, TOTAL) is Quality.STALE)
            assert until(lambda: Quality.STALE in recorded(file, TOTAL))  # which may be a second later
            flows = station.flows()
            assert flows.house.quality is Quality.STALE
            assert (flows.grid.quality, flows.unexplained) == (Quality.GOOD, None)
            demo.quirks["inverter"].off()
            station.reconnect("inverter")  # by itself it would, after half a minute at most
            demo.twins["wallbox_1"].mute = demo.twins["charger_ocpp"].mute = False
            frozen.frozen = False
            assert until(lambda: good(station, SUN, WALLBOX, FROZEN, SAID))  # its power, the station tells later
            assert until(lambda: station.flows().house.quality is Quality.GOOD)
            assert all(station.link_status(link.id).state is LinkState.UP for link in station.links())
        finally:
            station.stop()
    for key in (WALLBOX, FROZEN, SAID, TOTAL):
        told = recorded(file, key)
        assert Quality.STALE in told, key
        assert key.device == "site" or Quality.GOOD in told[told.index(Quality.STALE) :], key


def test_a_machine_reached_twice_goes_on_by_its_other_protocol() -> None:
    with DemoSite(start=NOON) as demo:
        station = open_station(demo.site, None)
        station.start()
        try:
            assert until(lambda: station.flows().vehicle.quality is Quality.GOOD)
            assert until(lambda: BY_MODBUS in station.flows().vehicle.sources)
            before = station.flows().vehicle.power
            demo.faults["charger"].inject(Fault.SILENCE)
            assert until(lambda: BY_OCPP in station.flows().vehicle.sources)
            flows = station.flows()
            assert flows.vehicle.quality is Quality.GOOD
            assert flows.vehicle.power == pytest.approx(before, abs=300.0)
            demo.twins["charger_ocpp"].mute = True
            assert until(lambda: station.flows().vehicle.quality is Quality.STALE)
            flows = station.flows()
            assert flows.unexplained is None
            assert (flows.house.quality, flows.consumption.quality) == (Quality.STALE, Quality.GOOD)
        finally:
            station.stop()


def test_chargers_on_ocpp_and_can_and_a_battery_on_can_make_a_balance(tmp_path: Path) -> None:
    file = tmp_path / "site.yaml"
    file.write_text(CHARGERS_AND_A_BATTERY, encoding="utf-8")
    fleet = Fleet(load_site(file, Catalogue(profile_roots())), start_at=NOON)
    station = open_station(fleet.start(), None)
    try:
        station.start()

        def whole() -> bool:
            flows = station.flows()
            nodes = (flows.vehicle, flows.battery, flows.grid, flows.house)
            return all(node.quality is Quality.GOOD for node in nodes) and flows.soc is not None

        assert until(whole)
        flows, powers = station.flows(), fleet.model.powers
        assert {part.device for part in flows.parts["vehicle"]} == {"station", "wallbox"}
        assert flows.vehicle.power == pytest.approx(sum(powers.vehicle), abs=300.0)
        assert flows.battery.power == pytest.approx(powers.battery, abs=200.0)
        assert {key.point for key in flows.battery.sources} == {"voltage", "current"}
    finally:
        station.stop()
        fleet.stop()


def handles() -> list[str]:
    """What this process holds open, by name."""
    if sys.platform != "linux":
        return []
    folder = Path("/proc/self/fd")
    return sorted(str(entry.readlink()) for entry in folder.iterdir() if entry.is_symlink() and entry.exists())


def test_every_kind_of_line_can_be_started_and_stopped_again_and_again(tmp_path: Path) -> None:
    with DemoSite(start=NOON) as demo:

        def once(pause_s: float) -> None:
            station = open_station(demo.site, tmp_path / "again.sqlite")
            station.start()
            time.sleep(pause_s)
            station.stop()

        once(0.3)  # what is imported and cached once is no leak
        gc.collect()
        before, threads = len(handles()), set(threading.enumerate())
        for round_ in range(9):
            once((0.0, 0.02, 0.15)[round_ % 3])
        assert set(threading.enumerate()) == threads
        gc.collect()
        assert until(lambda: len(handles()) <= before + 2, 5.0), handles()  # the simulator may just accept a call
