"""A site is one file, validated as a whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.config import load_site
from core.errors import ProfileError
from core.linkurl import parse_link
from core.profile import Catalogue

SITE = """\
name: Ferme des Tilleuls
time_zone: Europe/Paris
phases: 3
contract_power: 18 kVA
recording_period: 5 min
links:
  bus: {url: "rtu:///dev/ttyUSB0?baud=19200&parity=E", name: Bus RS485}
devices:
  inverter:
    {link: bus, profile: acme/hybrid_5k, unit: 3, name: Onduleur, role: inverter, options: {ratio: secondary},
     pace: {fast: 2 s}}
"""


@pytest.fixture
def load(acme: Path, tmp_path: Path):
    def run(text: str):
        file = tmp_path / "site.yaml"
        file.write_text(text, encoding="utf-8")
        return load_site(file, Catalogue([acme.parent.parent]))

    return run


def test_a_site_reads_as_it_is_written(load):
    site = load(SITE)
    assert (site.name, site.phases, site.contract_power, site.period_s) == ("Ferme des Tilleuls", 3, 18000, 300)
    (link,) = site.links
    assert link.read_only
    assert link.url.serial()["baud"] == 19200
    (device,) = site.devices_on("bus")
    assert (device.unit, device.role, device.options["ratio"], device.pace) == (3, "inverter", "secondary", {"fast": 2})


def test_every_fault_of_a_site_is_named_at_once(load):
    broken = (
        SITE.replace("phases: 3", "phases: 2")
        .replace("link: bus", "link: buss")
        .replace("Europe/Paris", "Europe/Pariss")
        .replace("5 min", "7 min")
        .replace("parity=E", "parity=X")
        .replace("unit: 3", "unit: 300")
        .replace("ratio: secondary", "ratio: tertiary")
        .replace("role: inverter", "role: king")
    )
    with pytest.raises(ProfileError) as caught:
        load(broken)
    text = str(caught.value)
    for part in ("phases", "link 'buss'", "Europe/Pariss", "7 min", "parity must be", "0 to 255", "tertiary", "king"):
        assert part in text
    assert all("site.yaml:" in line for line in text.splitlines())


def test_two_devices_cannot_share_an_address(load):
    twice = SITE + "  second: {link: bus, profile: acme/hybrid_5k, unit: 3}\n"
    with pytest.raises(ProfileError, match="same unit 3"):
        load(twice)


def test_a_faulty_profile_keeps_its_device_off_and_the_site_open(load, acme: Path):
    (acme / "points.csv").write_text("id,at\nx,zzz\n", encoding="utf-8")
    (device,) = load(SITE).devices
    assert device.profile is None
    assert "points.csv:2" in device.fault


def test_a_missing_file_is_one_sentence(acme: Path, tmp_path: Path):
    with pytest.raises(ProfileError, match=r"nothing\.yaml: cannot be read"):
        load_site(tmp_path / "nothing.yaml", Catalogue([acme.parent.parent]))


@pytest.mark.parametrize(
    ("text", "kind", "place"),
    [
        ("tcp://192.168.1.20", "tcp", "192.168.1.20:502"),
        ("tcp://[::1]:1502", "tcp", "::1:1502"),
        ("rtu:///dev/ttyUSB0?baud=9600&parity=N&stop=1", "rtu", "/dev/ttyUSB0"),
        ("rtu://COM3?baud=19200", "rtu", "COM3"),
        ("rtu+tcp://127.0.0.1:4001", "rtu+tcp", "127.0.0.1:4001"),
    ],
)
def test_link_addresses_are_read(text: str, kind: str, place: str):
    url = parse_link(text)
    assert (url.kind, url.short) == (kind, place)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "tcp",
        "ftp://x",
        "tcp://",
        "tcp://h:0",
        "tcp://h:99999",
        "tcp://h:x",
        "rtu://",
        "rtu://COM3?baud=7",
        "rtu://COM3?x=1",
    ],
)
def test_wrong_link_addresses_are_one_sentence(text: str):
    with pytest.raises(ProfileError) as caught:
        parse_link(text)
    assert "\n" not in str(caught.value)
