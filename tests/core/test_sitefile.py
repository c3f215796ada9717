"""Site files that the program writes and changes stay what a person can read, and valid."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.catalogue import Catalogue
from core.config import KnownBy
from core.errors import ProfileError
from core.linkurl import parse_link
from core.paths import resources
from core.siteentries import Candidate, entries, link_name, marks
from core.sitefile import DeviceEntry, LinkEntry, add_device, add_link, new_site, set_entry, set_known_by
from core.siteread import load_site
from core.yamledit import Entry, changed

CATALOGUE = Catalogue([resources() / "profiles"])

WRITTEN = """\
# my site
name: "Ferme"     # quoted on purpose
links:
  bus:                          # the bus
    url: 'rtu:///dev/ttyUSB0?baud=9600'   # single quotes
    # read_only: yes

# what hangs on it
devices:
    grid: {link: bus, profile: chint/dtsu666,
           unit: 0x20}   # in hexadecimal
    heat:
        link: bus
        profile: generic/meter
        unit: 7
        options: {function: 4, register: 0x8161, words: 1, factor: 0.1}   # from the leaflet

# the end
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "site.yaml"
    path.write_text(WRITTEN, encoding="utf-8")
    return path


def changed_lines(before: str, after: str) -> tuple[list[str], list[str]]:
    old, new = before.splitlines(), after.splitlines()
    return [line for line in old if line not in new], [line for line in new if line not in old]


LINKS = [
    LinkEntry("bus", "rtu://COM3?baud=9600&parity=N&stop=1", "RS485 du local"),
    LinkEntry("ev", "tcp://10.0.0.9:502"),
]
DEVICES = [
    DeviceEntry("grid", "bus", "chint/dtsu666", 32, name="Compteur", role="grid", options={"ratio_mode": "primary"}),
    DeviceEntry("ev", "ev", "schneider/evlink", 255, note="90%: current reads 16 A\nand more"),
]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_new_site_is_commented_and_reads_back_as_it_was_meant(tmp_path: Path, language: str):
    file = tmp_path / "deep" / "new.yaml"
    known_by = KnownBy("192.168.1.1", "AA:bb:cc:00:11:22", (2_355_553_510,), ("EVB-1",))
    given = new_site(
        file,
        "Ferme des Tilleuls",
        LINKS,
        DEVICES,
        catalogue=CATALOGUE,
        phases=3,
        contract_power="18 kVA",
        known_by=known_by,
        language=language,
    )
    assert load_site(file, CATALOGUE) == given
    assert (given.name, given.phases, given.contract_power, given.path) == ("Ferme des Tilleuls", 3, 18000, file)
    assert given.known_by == KnownBy("192.168.1.1", "aa:bb:cc:00:11:22", (2_355_553_510,), ("EVB-1",))
    assert all(link.read_only for link in given.links)
    grid, ev = given.devices
    assert (grid.unit, grid.role, grid.options["ratio_mode"], grid.title) == (32, "grid", "primary", "Compteur")
    assert (ev.unit, ev.role, ev.link) == (255, "charger", "ev")
    text = file.read_text(encoding="utf-8")
    assert "# 90%: current reads 16 A and more" in text
    assert ("# Un site" if language == "fr" else "# A site") in text
    assert sum(line.lstrip().startswith("#") for line in text.splitlines()) >= 5
    assert [path.name for path in file.parent.iterdir()] == ["new.yaml"]


@pytest.mark.parametrize(
    "name",
    [
        "off",
        "1:30",
        "yes",
        "12",
        "0x10",
        "~",
        "null",
        "a: b",
        "# no",
        "- x",
        "Élan «1»",
        'a "b" \\',
        "tab\tbell\a",
        "😀",
        "{x}",
        " pad ",
    ],
)
def test_no_name_is_taken_for_something_else(tmp_path: Path, name: str):
    file = tmp_path / "site.yaml"
    links = [LinkEntry("bus", "tcp://127.0.0.1", name)]
    devices = [DeviceEntry("grid", "bus", "chint/dtsu666", name=name)]
    site = new_site(file, name, links, devices, catalogue=CATALOGUE)
    assert (site.name, site.links[0].name, site.devices[0].name) == (name, name, name)
    set_entry(file, "devices", "grid", "name", "x", catalogue=CATALOGUE)
    assert set_entry(file, "devices", "grid", "name", name, catalogue=CATALOGUE).devices[0].name == name


def test_what_would_not_be_valid_is_refused_with_line_and_reason_and_nothing_is_written(tmp_path: Path):
    file = tmp_path / "site.yaml"
    bad = DeviceEntry("grid", "buss", "chint/dtsu666", 300, role="king")
    with pytest.raises(ProfileError) as caught:
        new_site(file, "x", LINKS, [bad], catalogue=CATALOGUE)
    lines = str(caught.value).splitlines()
    assert len(lines) == 3
    assert all(line.startswith(f"{file}:") and line.split(":")[1].isdecimal() for line in lines)
    assert list(tmp_path.iterdir()) == []


def test_an_older_file_is_kept_beside_the_new_one(file: Path):
    new_site(file, "New", LINKS, DEVICES, catalogue=CATALOGUE)
    assert file.with_name("site.yaml.bak").read_text(encoding="utf-8") == WRITTEN
    assert load_site(file, CATALOGUE).name == "New"
    assert sorted(path.name for path in file.parent.iterdir()) == ["site.yaml", "site.yaml.bak"]


def test_one_value_changes_and_not_a_byte_besides(file: Path):
    site = set_entry(file, "devices", "grid", "unit", 5, catalogue=CATALOGUE)
    assert site.devices[0].unit == 5
    after = file.read_text(encoding="utf-8")
    assert changed_lines(WRITTEN, after) == (
        ["           unit: 0x20}   # in hexadecimal"],
        ["           unit: 5}   # in hexadecimal"],
    )


@pytest.mark.parametrize(
    ("place", "value", "gone", "come"),
    [
        (
            ("site", "", "name"),
            "Élan",
            ['name: "Ferme"     # quoted on purpose'],
            ["name: Élan     # quoted on purpose"],
        ),
        (("site", "", "phases"), 3, [], ["phases: 3"]),
        (("links", "bus", "read_only"), False, [], ["    read_only: false"]),
        (("links", "bus", "transmit"), "", [], ['    transmit: ""']),
        (("devices", "heat", "role"), "circuit", [], ["        role: circuit"]),
        (("devices", "heat", "pace.energy"), "5 s", [], ["        pace:", "          energy: 5 s"]),
        (("known_by", "", "loggers"), [123, 456], [], ["known_by:", "  loggers: [123, 456]"]),
    ],
)
def test_entries_are_set_and_added_where_they_belong(
    file: Path, place: tuple[str, str, str], value: Entry, gone: list[str], come: list[str]
):
    site = set_entry(file, *place, value, catalogue=CATALOGUE)
    assert changed_lines(WRITTEN, file.read_text(encoding="utf-8")) == (gone, come)
    assert [device.id for device in site.devices] == ["grid", "heat"]


def test_an_entry_is_taken_out(file: Path):
    set_entry(file, "devices", "grid", "unit", None, catalogue=CATALOGUE)
    site = set_entry(file, "devices", "heat", "options.factor", None, catalogue=CATALOGUE)
    assert site.devices[0].unit == CATALOGUE.get("chint/dtsu666").unit
    text = file.read_text(encoding="utf-8")
    assert "grid: {link: bus, profile: chint/dtsu666}   # in hexadecimal" in text
    assert "options: {function: 4, register: 0x8161, words: 1}   # from the leaflet" in text


def test_additions_leave_comments_with_what_they_belong_to(file: Path):
    link = LinkEntry("ev", "tcp://10.0.0.9:502", "Borne")
    add_device(file, link, DeviceEntry("ev", "ev", "schneider/evlink", 255, options={}), catalogue=CATALOGUE)
    site = add_link(file, LinkEntry("more", "tcp://10.0.0.10"), catalogue=CATALOGUE)
    assert [entry.id for entry in site.links] == ["bus", "ev", "more"]
    assert [entry.id for entry in site.devices] == ["grid", "heat", "ev"]
    text = file.read_text(encoding="utf-8")
    assert changed_lines(WRITTEN, text)[0] == []
    assert text.index("# read_only: yes") < text.index("  ev:") < text.index("# what hangs on it")
    assert text.index("# from the leaflet") < text.index(
        "    ev:\n        link" if "    ev:\n        link" in text else "    ev:"
    )
    assert text.rstrip().endswith("# the end")


def test_a_device_goes_into_a_section_without_any(tmp_path: Path):
    file = tmp_path / "site.yaml"
    new_site(file, "x", LINKS[:1], [], catalogue=CATALOGUE)
    assert len(add_device(file, None, DEVICES[0], catalogue=CATALOGUE).devices) == 1
    for empty in ("devices: {}\n", "", "devices:   # later\n"):
        file.write_text(f"name: x\nlinks: {{bus: {{url: 'tcp://127.0.0.1'}}}}\n{empty}", encoding="utf-8")
        assert len(add_device(file, LINKS[1], DEVICES[0], catalogue=CATALOGUE).links) == 2


def test_windows_line_ends_and_a_missing_last_one_survive(tmp_path: Path):
    file = tmp_path / "site.yaml"
    file.write_bytes(WRITTEN.replace("\n", "\r\n").rstrip().encode())
    set_entry(file, "links", "bus", "read_only", False, catalogue=CATALOGUE)
    add_device(file, None, DeviceEntry("second", "bus", "abb/b23", 9), catalogue=CATALOGUE)
    data = file.read_bytes()
    assert data.count(b"\n") == data.count(b"\r\n")
    assert load_site(file, CATALOGUE).devices[-1].unit == 9


@pytest.mark.parametrize(
    ("place", "value", "reason"),
    [
        (("devices", "grid", "unit"), 999, "0 to 255"),
        (("devices", "grid", "role"), "inverter", "cannot have the role"),
        (("devices", "grid", "link"), "nowhere", "there is no link"),
        (("devices", "nobody", "unit"), 1, "no such entry"),
        (("links", "bus", "colour"), "red", "unknown entry"),
        (("links", "bus", "url"), "ftp://x", "unknown kind"),
        (("site", "", "time_zone"), "Europe/Nowhere", "not a time zone"),
        (("nowhere", "", "x"), 1, "no section"),
    ],
)
def test_a_change_that_would_spoil_the_file_is_refused(
    file: Path, place: tuple[str, str, str], value: Entry, reason: str
):
    with pytest.raises(ProfileError, match=reason) as caught:
        set_entry(file, *place, value, catalogue=CATALOGUE)
    assert str(caught.value).startswith(str(file))
    assert file.read_text(encoding="utf-8") == WRITTEN
    assert [path.name for path in file.parent.iterdir()] == ["site.yaml"]


def test_a_name_that_is_taken_is_refused(file: Path):
    with pytest.raises(ProfileError, match="there is a device of that name"):
        add_device(file, None, DeviceEntry("grid", "bus", "abb/b23", 9), catalogue=CATALOGUE)
    with pytest.raises(ProfileError, match="there is a link of that name"):
        add_link(file, LinkEntry("bus", "tcp://127.0.0.1"), catalogue=CATALOGUE)


def test_a_file_written_with_aliases_is_left_to_a_person(file: Path):
    text = "name: x\nlinks:\n  a: &a {url: 'tcp://127.0.0.1'}\n  b: *a\ndevices: {}\n"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ProfileError, match="edit it by hand"):
        set_entry(file, "links", "b", "name", "y", catalogue=CATALOGUE)
    assert file.read_text(encoding="utf-8") == text


def test_a_line_that_is_broken_in_two_is_a_sentence_and_no_traceback(file: Path):
    text = WRITTEN.replace("    url: 'rtu", "    ur\n\nl: 'rtu")
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ProfileError, match=r"site\.yaml: not valid YAML: a line seems to be broken in two"):
        load_site(file, CATALOGUE)
    with pytest.raises(ProfileError, match=r"^devices\.grid\.unit: .* edit it by hand"):
        changed(text, ("devices", "grid", "unit"), 5)
    assert file.read_text(encoding="utf-8") == text


REFERENCES = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (REFERENCES + WRITTEN.replace('"Ferme"', "*a11"), "its references stand for too many values"),
        (WRITTEN.replace("links:", "? links:"), "a key is not a plain text"),
        ("name: " + "[" * 500, "more than 100 lists and mappings stand in one another"),
    ],
)
def test_a_file_that_grows_without_end_or_makes_no_sense_is_a_sentence_at_once(file: Path, text: str, reason: str):
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ProfileError, match=f"not valid YAML: {reason}") as caught:
        load_site(file, CATALOGUE)
    assert str(caught.value).startswith(str(file))
    with pytest.raises(ProfileError, match="edit it by hand"):
        changed(text, ("devices", "grid", "unit"), 5)


def test_marks_of_recognition_are_added_to_those_there(file: Path):
    set_known_by(file, KnownBy(gateway="192.168.1.1", loggers=(5,)), catalogue=CATALOGUE)
    site = set_known_by(file, KnownBy(stations=("EVB",)), catalogue=CATALOGUE)
    assert site.known_by == KnownBy("192.168.1.1", "", (5,), ("EVB",))


def test_a_file_that_cannot_be_replaced_is_a_sentence(file: Path):
    with pytest.raises(ProfileError, match="cannot be written"):
        new_site(file / "below.yaml", "x", LINKS, DEVICES, catalogue=CATALOGUE)


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("rtu:///dev/ttyUSB0?baud=9600", "ttyusb0"),
        ("rtu://COM3", "com3"),
        ("rtu:///dev/pts/4", "bus_4"),
        ("can://slcan//dev/pts/5", "can_5"),
        ("can://gs_usb/0", "can_0"),
        ("can://socketcan/can0", "can0"),
        ("rtu+tcp://10.0.0.7:4196", "rtu_tcp_10_0_0_7"),
        ("ocpp://127.0.0.1:8887/", "stations"),
    ],
)
def test_a_line_is_named_after_its_address_and_never_by_a_bare_number(url: str, name: str):
    assert link_name(parse_link(url)) == name


def test_finds_become_entries_with_names_of_their_own_and_lines_they_share():
    found = [
        Candidate("tcp://192.168.1.20:502", "schneider/iem3000", 1),
        Candidate("tcp://192.168.1.20:502", "schneider/iem3000", 11),
        Candidate("rtu:///dev/ttyUSB0?baud=9600&parity=N&stop=1", "chint/dtsu666", 32),
        Candidate("v5://192.168.1.30?serial=2355553510", "aura/hybrid", 1, note="90%: x"),
        Candidate("tcp://192.168.1.40:502", "zcs/hyd_g3", 1, role="inverter"),
    ]
    links, devices = entries(found, CATALOGUE, links={"bus": "rtu:///dev/ttyUSB0?baud=19200"}, taken=("iem3000",))
    assert [link.id for link in links] == ["tcp_192_168_1_20", "stick_2355553510", "tcp_192_168_1_40"]
    assert all(link.read_only for link in links)
    ids = [device.id for device in devices]
    assert len(set(ids)) == len(ids)
    assert "iem3000" not in ids
    assert [device.link for device in devices][:3] == ["tcp_192_168_1_20", "tcp_192_168_1_20", "bus"]
    assert [device.role for device in devices] == ["other", "other", "other", "inverter", "inverter"]
    known = marks(found, "192.168.1.1", "aa:bb")
    assert known == KnownBy("192.168.1.1", "aa:bb", (2355553510,))


def test_a_file_of_a_newer_version_is_refused_in_one_sentence_and_stays_as_it_is(file: Path):
    file.write_text(f"version: 2\n{file.read_text('utf-8')}moons: 3\n", "utf-8")
    before = file.read_bytes()
    refused = r"^\S+:1: version: was written by a newer Wattelier \(2\); open it with that version$"
    for ask in (
        lambda: load_site(file, CATALOGUE),
        lambda: set_entry(file, "links", "bus", "name", "Bus", catalogue=CATALOGUE),
    ):
        with pytest.raises(ProfileError, match=refused):
            ask()
    assert file.read_bytes() == before
