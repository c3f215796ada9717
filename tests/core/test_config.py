"""A site is one file, validated as a whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.catalogue import Catalogue
from core.errors import ProfileError
from core.layout import points_of
from core.linkurl import parse_link
from core.paths import resources
from core.roles import role_map
from core.siteread import load_site

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


GENERIC = """\
name: Site
links:
  a: {url: "tcp://127.0.0.1"}
  b: {url: "rtu+tcp://127.0.0.1:502"}
devices:
"""


def shipped(tmp_path: Path, devices: str):
    file = tmp_path / "site.yaml"
    file.write_text(GENERIC + devices, encoding="utf-8")
    return load_site(file, Catalogue([resources() / "profiles"]))


@pytest.mark.parametrize(
    ("written", "address"), [("8161", 0x8161), ("0x8161", 0x8161), ('"0156"', 0x156), ("0x0156", 0x156)]
)
def test_a_register_is_hexadecimal_however_it_is_written(tmp_path: Path, written: str, address: int):
    fields = f"options: {{function: 4, register: {written}, words: 1, factor: 1}}"
    (device,) = shipped(tmp_path, f"  m: {{link: a, profile: generic/meter, {fields}}}").devices
    assert device.profile is not None
    (point,) = points_of(device.profile, device.options)
    assert point.address == address


def test_two_lines_to_the_same_place_are_one_line(tmp_path: Path):
    twice = "  x: {link: a, profile: zcs/hyd_g3}\n  y: {link: b, profile: zcs/hyd_g3}\n"
    with pytest.raises(ProfileError, match="same unit 1 on the same line"):
        shipped(tmp_path, twice)


def test_two_registers_of_one_meter_may_be_read_apart(tmp_path: Path):
    first, second = (
        "options: {function: 4, register: 0x10, words: 2}",
        "options: {function: 4, register: 0x20, words: 2}",
    )
    devices = f"  x: {{link: a, profile: generic/meter, {first}}}\n  y: {{link: a, profile: generic/meter, {second}}}\n"
    assert len(shipped(tmp_path, devices).devices) == 2


@pytest.mark.parametrize(
    ("profile", "role"), [("zcs/hyd_g3", "inverter"), ("schneider/evlink", "charger"), ("abb/b23", "other")]
)
def test_a_device_has_the_role_of_its_kind(tmp_path: Path, profile: str, role: str):
    (device,) = shipped(tmp_path, f"  x: {{link: a, profile: {profile}}}").devices
    assert device.role == role


@pytest.mark.parametrize(
    ("profile", "role"), [("zcs/hyd_g3", "grid"), ("zcs/hyd_g3", "solar"), ("abb/b23", "inverter")]
)
def test_a_role_that_a_device_cannot_have_is_a_fault(tmp_path: Path, profile: str, role: str):
    with pytest.raises(ProfileError, match="cannot have the role"):
        shipped(tmp_path, f"  x: {{link: a, profile: {profile}, role: {role}}}")


def test_the_phases_of_the_site_reach_a_device_that_asks_for_them(acme: Path, tmp_path: Path):
    file = tmp_path / "site.yaml"
    file.write_text(
        GENERIC.replace("name: Site", "name: Site\nphases: 3") + "  x: {link: a, profile: aura/hybrid}", "utf-8"
    )
    (device,) = load_site(file, Catalogue([resources() / "profiles"])).devices
    assert device.options["phases"] == "3"
    assert set(role_map(device).roles) >= {"grid.power.l1", "grid.power.l3"}


@pytest.mark.parametrize(
    "entry",
    [
        "phases: .inf",
        "phases: 1e400",
        "contract_power: .nan",
        "recording_period: 1e99",
        "links: [1]",
        "devices: 3",
        "name: [[[",
        "phases: " + "9" * 400,
    ],
)
def test_odd_values_are_sentences(tmp_path: Path, entry: str):
    key = entry.partition(":")[0]
    kept = "\n".join(line for line in SITE.splitlines() if not line.startswith(key))
    file = tmp_path / "site.yaml"
    file.write_text(f"{kept}\n{entry}\n", encoding="utf-8")
    with pytest.raises(ProfileError, match=r"site\.yaml"):
        load_site(file, Catalogue([resources() / "profiles"]))
