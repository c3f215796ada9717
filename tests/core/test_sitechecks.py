"""What must hold between the links and devices of a site: protocols, and machines that are reached twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from core import limiter
from core.catalogue import Catalogue
from core.config import Site
from core.errors import CommandRefused, ProfileError
from core.paths import profile_roots
from core.siteread import load_site

CHARGER = """\
maker: {maker}
model: Station
category: charger
protocol: {protocol}
groups: {{power: {{every: 1 s}}}}
roles: {{charger.power: power}}
"""
TABLES = {
    "modbus": "id,at,function,unit,group,en,fr\npower,10,3,W,power,Power,Puissance\n",
    "ocpp": "id,at,unit,group,en,fr\npower,MeterValues.Power-Active-Import,W,power,Power,Puissance\n",
}
SITE = """\
name: Atelier
links:
  modbus: {url: "tcp://127.0.0.1:502", read_only: false}
  calls: {url: "ocpp://127.0.0.1:8887/", read_only: false}
devices:
  station: {link: modbus, profile: acme/modbus, name: Borne 1}
  same: {link: calls, profile: acme/ocpp, station: CP-1, same_as: station, name: Borne 1 (OCPP)}
"""


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    for protocol, table in TABLES.items():
        folder = tmp_path / "profiles" / "acme" / protocol
        folder.mkdir(parents=True)
        (folder / "profile.yaml").write_text(CHARGER.format(maker="Acme", protocol=protocol), encoding="utf-8")
        (folder / "points.csv").write_text(table, encoding="utf-8")
    return Catalogue([tmp_path / "profiles"])


def load(tmp_path: Path, catalogue: Catalogue, text: str = SITE) -> Site:
    file = tmp_path / "site.yaml"
    file.write_text(text, encoding="utf-8")
    return load_site(file, catalogue)


def test_a_machine_reached_twice_has_one_that_limits_its_current(tmp_path: Path, catalogue: Catalogue):
    site = load(tmp_path, catalogue)
    (machine,) = limiter.machines(site)
    assert [device.id for device in machine.devices] == ["station", "same"]
    assert machine.limiter.id == "station"


def test_the_other_one_is_refused_and_only_where_current_is_concerned(tmp_path: Path, catalogue: Catalogue):
    site = load(tmp_path, catalogue)
    for action in ("limit", "charging_profile"):
        with pytest.raises(CommandRefused, match="limited through 'Borne 1', not here"):
            limiter.check(site, "same", action)
        limiter.check(site, "station", action)
    limiter.check(site, "same", "unlock")


def test_the_operator_may_choose_the_other(tmp_path: Path, catalogue: Catalogue):
    text = SITE.replace("name: Borne 1}", "limits_current: no, name: Borne 1}").replace(
        "same_as: station", "same_as: station, limits_current: yes"
    )
    site = load(tmp_path, catalogue, text.replace(": no,", ": false,").replace(": yes,", ": true,"))
    assert limiter.machines(site)[0].limiter.id == "same"
    with pytest.raises(CommandRefused):
        limiter.check(site, "station", "limit")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (("same_as: station", "same_as: station, limits_current: true"), "exactly one of station, same may limit"),
        (("same_as: station", "same_as: nobody"), "same_as must name another device"),
        (("same_as: station", "same_as: same"), "same_as must name another device"),
        (("station: CP-1, ", ""), "needs the identity of the charging station"),
        (("link: calls, profile: acme/ocpp", "link: modbus, unit: 4, profile: acme/ocpp"), "does not speak on a link"),
        (("link: modbus, profile", "link: calls, profile"), "'acme/modbus|acme/modbus does not speak on a link"),
        (("profile: acme/modbus", "station: CP-1, profile: acme/modbus"), "station is for a device on an OCPP link"),
        (("same_as: station, ", "limits_current: false, "), "is for one of two devices that are the same machine"),
        (("devices:", '  more: {url: "ocpp://127.0.0.1:8887/"}\ndevices:'), "more: listens at the same address as"),
        (('8887/", read_only: false', '8887/", transmit: acme/ocpp'), "transmit is for a CAN link"),
    ],
)
def test_what_cannot_be_is_said(tmp_path: Path, catalogue: Catalogue, change: tuple[str, str], reason: str):
    assert change[0] in SITE
    with pytest.raises(ProfileError, match=reason):
        load(tmp_path, catalogue, SITE.replace(*change))


def test_two_connectors_of_one_station_are_two_devices_and_one_connector_is_one(tmp_path: Path, catalogue: Catalogue):
    two = SITE + "  second: {link: calls, profile: acme/ocpp, station: CP-1, unit: 2}\n"
    assert [device.unit for device in load(tmp_path, catalogue, two).devices_on("calls")] == [1, 2]
    with pytest.raises(ProfileError, match="same unit 1"):
        load(tmp_path, catalogue, two.replace("unit: 2", "unit: 1"))


def test_lines_that_take_a_free_port_are_two_places(tmp_path: Path, catalogue: Catalogue):
    free = SITE.replace(":8887/", ":0/").replace("devices:", '  more: {url: "ocpp://127.0.0.1:0/"}\ndevices:')
    site = load(tmp_path, catalogue, free + "  other: {link: more, profile: acme/ocpp, station: CP-1}\n")
    assert len(site.devices) == 3


BUS = """\
name: Parking
links:
  bus: {url: "can://virtual/x"}
devices:
  left: {link: bus, profile: open_evse/can_wallbox, unit: 1}
"""
PACK = "  pack: {link: bus, profile: pylontech/low_voltage}\n"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (BUS.replace("unit: 1", "unit: 9"), "5: devices.left.unit: must be from 1 to 8 on this bus"),
        (BUS + PACK, "its devices speak at 250000, 500000 bit/s: the address must say"),
    ],
)
def test_a_bus_has_one_bit_rate_and_known_numbers(tmp_path: Path, text: str, reason: str):
    shipped = Catalogue(profile_roots())
    with pytest.raises(ProfileError, match=reason):
        load(tmp_path, shipped, text)
    assert len(load(tmp_path, shipped, (BUS + PACK).replace("/x", "/x?bitrate=250000")).devices) == 2


def test_a_station_as_a_whole_is_no_machine_beside_its_sockets(tmp_path: Path, catalogue: Catalogue):
    whole = SITE + "  whole: {link: calls, profile: acme/ocpp, station: CP-1, unit: 0}\n"
    assert [machine.limiter.id for machine in limiter.machines(load(tmp_path, catalogue, whole))] == ["station"]
