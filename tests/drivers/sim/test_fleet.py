"""The devices of a site file on their lines: which vehicle each station shows, and where it is reached."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from core.catalogue import Catalogue
from core.config import DeviceConfig, Site
from core.errors import LinkError
from core.linkurl import LinkUrl, parse_link
from core.siteread import load_site
from drivers.registry import build_link
from drivers.sim.fleet import Fleet, charger_of, served_at
from drivers.sim.lines import Port, line_of
from tests.drivers.sim.clock import moment

NOON = moment("2026-06-15T14:00")
LIMIT = 301
SITE = """\
name: Parking
phases: 3
contract_power: 18 kVA
links:
  left: {url: "tcp://127.0.0.1:5020", read_only: false}
  right: {url: "v5://127.0.0.1?serial=2355553510&unit=9", read_only: false}
  again: {url: "tcp://127.0.0.1:5021"}
  bus: {url: "rtu:///dev/ttyUSB0?baud=9600"}
devices:
  one: {link: left, profile: schneider/evlink, unit: 1}
  two: {link: right, profile: schneider/evlink, unit: 9}
  one_again: {link: again, profile: schneider/evlink, unit: 1, same_as: one}
  grid: {link: bus, profile: chint/dtsu666, unit: 32, role: grid}
"""


@pytest.fixture
def site(catalogue: Catalogue, tmp_path: Path) -> Site:
    file = tmp_path / "parking.yaml"
    file.write_text(SITE, encoding="utf-8")
    return load_site(file, catalogue)


@pytest.fixture
def fleet(site: Site) -> Iterator[Fleet]:
    made = Fleet(site, start_at=NOON)
    yield made
    made.stop()


def exchange(served: Site, name: str, address: int, word: int | None = None) -> int:
    """Read a holding register of a device through the line that it is on, after having written it."""
    device = next(device for device in served.devices if device.id == name)
    link = build_link(next(link for link in served.links if link.id == device.link), [device])
    try:
        if word is not None:
            link.write(device.unit, 6, address, [word])
        return link.read(device.unit, 3, address, 1).words[0]
    finally:
        link.close()


def test_a_limit_reaches_the_vehicle_of_its_station_whichever_way_it_is_set(fleet: Fleet) -> None:
    served = fleet.start()
    assert list(fleet.model.vehicles) == ["one", "two"]
    assert exchange(served, "two", LIMIT, 9) == 9
    assert {name: vehicle.limit for name, vehicle in fleet.model.vehicles.items()} == {"one": 16.0, "two": 9.0}
    assert exchange(served, "one_again", LIMIT, 11) == 11
    assert fleet.model.vehicles["one"].limit == 11.0


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")
def test_every_line_is_served_as_its_own_kind_and_keeps_what_belongs_to_the_device(fleet: Fleet) -> None:
    urls = {link.id: link.url for link in fleet.start().links}
    assert {name: url.kind for name, url in urls.items()} == {
        "left": "tcp",
        "right": "v5",
        "again": "tcp",
        "bus": "rtu",
    }
    assert urls["right"].serial_number == 2355553510
    assert urls["right"].given["unit"] == "9"
    assert Path(urls["bus"].device).exists()


def test_the_site_lends_its_connection_and_its_phases_to_the_model(site: Site) -> None:
    fleet = Fleet(replace(site, contract_power=9_000.0, phases=1))
    assert (fleet.model.setup.contract_power, fleet.model.setup.phases) == (9_000.0, 1)


def test_which_station_a_device_is(site: Site) -> None:
    assert [charger_of(device) for device in site.devices] == ["one", "two", "one", ""]
    meter = next(device for device in site.devices if device.id == "grid")
    assert charger_of(replace(meter, role="charger")) == ""  # a meter before a station is none
    whole = DeviceConfig("cp", "calls", "x", site.devices[0].profile, 0, role="charger", station="CP-1")
    assert charger_of(whole) == ""
    assert charger_of(replace(whole, unit=2)) == "cp"


def test_a_site_without_a_station_has_the_one_vehicle_that_it_always_had(site: Site) -> None:
    grid = next(device for device in site.devices if device.id == "grid")
    fleet = Fleet(replace(site, devices=(grid,)), start_at=NOON)
    assert list(fleet.model.vehicles) == ["charger"]


def test_a_line_of_an_unknown_kind_is_one_sentence() -> None:
    with pytest.raises(LinkError, match="a line of the kind 'pigeon' cannot be simulated"):
        line_of(Port("post", {}, "pigeon"))


def test_settings_of_the_device_stay_where_its_line_is_served_elsewhere() -> None:
    given = parse_link("can://socketcan/can0?bitrate=500000&dbc=my/maker.dbc")
    assert served_at("can://virtual/x?bitrate=250000", given).given == {"bitrate": "250000", "dbc": "my/maker.dbc"}
    assert served_at("tcp://127.0.0.1:7", LinkUrl("tcp", "")).text == "tcp://127.0.0.1:7"
