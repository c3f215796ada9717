from __future__ import annotations

import struct
import threading
import time
from pathlib import Path

import pytest

from core.catalogue import Catalogue
from core.config import DeviceConfig
from core.decode import Context, decode
from core.facade import Station
from core.paths import resources
from core.points import PointKey
from core.siteread import load_site
from core.status import LinkState, Voice
from drivers.registry import build_link
from drivers.sim.bank import Bank
from drivers.sim.cli import run
from drivers.sim.demo import DemoSite, demo_site
from drivers.sim.fleet import fitting
from drivers.sim.quantities import known_to
from drivers.sim.resting import example
from drivers.sim.site import SiteModel, SiteSetup
from drivers.supervise import open_station
from tests.drivers.sim.clock import moment
from tests.drivers.sim.wire import connect, exchange, read_body


def grid_power(demo: DemoSite) -> float:
    """What the grid meter says on the wire, W."""
    device = next(device for device in demo.site.devices if device.id == "grid")
    point = device.profile.point(device.profile.roles["meter.power"][0]) if device.profile else None
    assert point is not None
    link = build_link(next(link for link in demo.site.links if link.id == device.link), [device])
    try:
        words = link.read(device.unit, 3, point.address, point.count).words
    finally:
        link.close()
    value = decode(point, words, Context(rules=device.profile.rules, values={"ct": 1.0, "dtsu.ct": 1.0})).value
    assert isinstance(value, float)
    return value


def test_the_demonstration_site_is_a_sound_site_file(catalogue: Catalogue) -> None:
    site = load_site(resources() / "sites" / "demo.yaml", catalogue)
    assert (site.name, site.phases, site.contract_power, len(site.links)) == ("Ferme des Tilleuls", 3, 18000.0, 6)
    assert all(device.profile is not None and not device.fault for device in site.devices)
    assert {link.url.kind for link in site.links} == {"v5", "rtu", "tcp", "ocpp", "can"}
    english = demo_site(catalogue, "en")
    assert not {device.title for device in english.devices} & {device.title for device in site.devices}
    assert not {link.title for link in english.links} & {link.title for link in site.links}


def test_the_site_is_reached_on_this_computer_and_follows_the_model() -> None:
    with DemoSite(start=moment("2026-06-15T14:00")) as demo:
        assert demo.site.demo
        urls = [link.url for link in demo.site.links]
        assert len({(url.port, url.device) for url in urls}) == 6
        assert all(url.host == "127.0.0.1" and url.port for url in urls if url.kind in ("tcp", "v5", "ocpp", "rtu+tcp"))
        assert [url.host for url in urls if url.kind == "can"] == ["virtual"]
        assert grid_power(demo) == pytest.approx(sum(demo.model.powers.grid), abs=400.0)
        demo.set_outage(True)
        end = time.monotonic() + 3.0
        while grid_power(demo) != 0.0 and time.monotonic() < end:
            time.sleep(0.05)
        assert grid_power(demo) == 0.0


def test_where_there_are_no_pseudo_terminals_the_meters_are_reached_over_tcp(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("drivers.sim.fleet.sys.platform", "win32")
    assert {link.url.kind for link in demo_site(catalogue).links} == {"v5", "rtu+tcp", "tcp", "ocpp", "can"}


def test_every_protocol_shows_its_part_of_one_story() -> None:
    with DemoSite(start=moment("2026-07-23T13:00")) as demo:
        assert demo.model.vehicles["charger"].state == "charging"  # a station on OCPP tells its meter during a session
        station = open_station(demo.site, None)
        try:
            station.start()
            roles = [  # what each device counts, and what the model has counted of it
                ("inverter", "pv_energy_total", "solar"),
                ("grid", "dtsu.e_imp", "grid.import"),
                ("water_heater", "ea_pos", "water_heater"),
                ("charger", "energy_active", "charger"),
                ("charger_ocpp", "energy", "charger"),
                ("wallbox_1", "energy_total", "wallbox_1"),
                ("wallbox_2", "energy_total", "wallbox_2"),
            ]
            counters = demo.model.counters | demo.model.delivered
            for device, point, name in roles:
                found = live(station, PointKey(device, point))
                assert found == pytest.approx(counters[name].total, rel=1e-3, abs=600.0), device
            states = {name: station.link_status(name) for name in ("inverter", "calls", "car_park")}
            assert all(status.state is LinkState.UP for status in states.values())
            assert states["inverter"].stick is not None
            assert states["car_park"].voice is Voice.LISTENS
            assert [entry.identity for entry in states["calls"].stations] == ["EVLINK-TILLEULS-1"]
            assert len(station.machines()) == 3
        finally:
            station.stop()


def live(station: Station, key: PointKey) -> float:
    """The first good value of a point."""
    end = time.monotonic() + 20.0
    while time.monotonic() < end:
        reading = station.latest(key)
        if reading is not None and reading.number is not None:
            return reading.number
        time.sleep(0.05)
    pytest.fail(f"{key} was never good: {station.latest(key)}")


def test_time_can_run_faster() -> None:
    start = moment("2026-06-15T06:00")
    with DemoSite(speed=3600.0, start=start) as demo:
        end = time.monotonic() + 5.0
        while demo.model.now < start + 1800 and time.monotonic() < end:
            time.sleep(0.05)
        assert demo.model.now >= start + 1800


def test_a_charging_limit_that_is_written_reaches_the_car() -> None:
    with DemoSite(start=moment("2026-06-15T14:00")) as demo:
        device = next(device for device in demo.site.devices if device.id == "charger")
        link = next(link for link in demo.site.links if link.id == device.link)
        assert device.profile is not None
        point = device.profile.point(device.profile.roles["charger.limit"][0])
        assert point is not None
        assert point.write in (6, 16)
        value = struct.pack(">H", 9) if point.write == 6 else struct.pack(">HBH", 1, 2, 9)
        with connect(link.url.text) as line:
            exchange(line, device.unit, struct.pack(">BH", point.write, point.address) + value)
            assert demo.model.vehicle.limit == 9.0
            assert exchange(line, device.unit, read_body(3, point.address, 1))[-1] == 9


def test_an_inverter_for_low_voltage_gets_a_battery_that_it_can_show(catalogue: Catalogue) -> None:
    for name, volts in (("aura/hybrid", 51.2), ("zcs/hyd_g3", 204.8)):
        profile = catalogue.get(name)
        device = DeviceConfig("inverter", "line", name, profile)
        assert fitting(SiteSetup(), [device]).battery.cells * 3.2 == pytest.approx(volts)


def test_an_inverter_without_battery_sleeps_at_night(catalogue: Catalogue) -> None:
    site = SiteModel(moment("2026-06-15T01:00"))
    bank = Bank(catalogue.get("zcs/pv_g3"), "solar")
    shown = known_to(site, "solar", battery=bank.has_battery)
    assert (shown["inverter.power"], shown["inverter.state"], shown["solar.power"]) == (0.0, "off", 0.0)
    assert site.powers.ac != 0.0


def test_what_is_written_to_a_driven_register_is_told(catalogue: Catalogue) -> None:
    told: list[tuple[str, object]] = []

    def obey(role: str, value: object) -> bool:
        told.append((role, value))
        return True

    bank = Bank(catalogue.get("schneider/evlink"), "charger", on_write=obey)
    point = next(bank.points[name] for name, role in bank.roles().items() if role == "charger.limit")
    assert point.write is not None
    bank.write(point.write, point.address, [8])
    assert told == [("charger.limit", 8.0)]


def test_simulate_serves_a_profile_until_it_is_told_to_end(
    catalogue: Catalogue, capsys: pytest.CaptureFixture[str]
) -> None:
    end = threading.Event()
    codes: list[int] = []
    thread = threading.Thread(target=lambda: codes.append(run("chint/dtsu666", 0, catalogue, end=end)))
    thread.start()
    shown = ""
    until = time.monotonic() + 5.0
    while "tcp://" not in shown and time.monotonic() < until:
        time.sleep(0.05)
        shown += capsys.readouterr().out
    url, _, unit = shown.partition(" unit ")
    with connect(url) as line:
        assert exchange(line, int(unit.split()[0]), read_body(3, 0x2006, 2))[7] == 3
    end.set()
    thread.join()
    assert codes == [0]


def test_simulate_serves_every_device_of_a_site(catalogue: Catalogue, capsys: pytest.CaptureFixture[str]) -> None:
    end = threading.Event()
    end.set()
    assert run(str(resources() / "sites" / "demo.yaml"), 0, catalogue, end=end) == 0
    shown = capsys.readouterr().out
    lines = {line.split()[-2]: line for line in shown.splitlines() if "://" in line}
    assert len(lines) == 8
    assert lines["inverter"].startswith("v5://127.0.0.1:")
    assert lines["inverter"].endswith("aura/hybrid")
    assert "serial=2355553510 unit 1 " in lines["inverter"]
    assert "station EVLINK-TILLEULS-1 connector 1 " in lines["charger_ocpp"]
    assert lines["wallbox_2"].startswith("can://slcan/")  # a virtual bus would not leave the program


@pytest.mark.parametrize("target", ["acme/nothing", "no-such-site.yaml"])
def test_what_cannot_be_simulated_is_told_in_a_sentence(
    target: str, catalogue: Catalogue, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert run(target if "/" in target else str(tmp_path / target), None, catalogue) == 2
    told = capsys.readouterr().err
    assert "Traceback" not in told
    assert Path(target).name in told


@pytest.mark.parametrize("pattern", ["AC5[A-Z].*", r"^S[A-Z]\d{3}", "(ZP1|ZP2)E.+", "[ -~]{8,}", "ABB"])
def test_an_example_matches_the_pattern_it_is_made_from(pattern: str) -> None:
    import re

    assert re.match(pattern, example(pattern))
