"""Files that people, other programs and broken disks have had their hands on: read, or answered with a sentence."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core import known_sites
from core.catalogue import Catalogue
from core.config import KnownBy
from core.couplings import progress
from core.couplings.checks import Figure, Finding, Reason, Sample, Verdict
from core.couplings.loader import load_couplings
from core.errors import ProfileError
from core.evlink import files as cfg_files
from core.golden import load_cases
from core.linkurl import parse_link
from core.points import Quality
from core.profile_loader import load_profile
from core.siteread import load_site
from core.snapshots import folder as snapshots
from core.storage.format import StorageError
from core.yamledit import changed
from tests.core.conftest import CHOICES, HEADER, POINTS
from tests.core.evlink_samples import PARKING
from tests.strategies import (
    JUNK,
    NASTY,
    SCALARS,
    damaged,
    examples,
    file_bytes,
    one_sentence_each,
    spoilt,
    spoilt_table,
)

T = TypeVar("T")

SITE = """\
name: Ferme
time_zone: Europe/Paris
phases: 3
contract_power: 18 kVA
recording_period: 10 min
known_by: {gateway: 192.168.1.1, gateway_mac: "00:24:d4:00:00:01", loggers: [2355553510], stations: [EVB-P12]}
links:
  bus: {url: "rtu:///dev/ttyUSB0?baud=9600", name: Local, read_only: yes, timeout: 1 s, gap: 20 ms}
  calls:
    url: ocpp://192.168.1.5:8887/
devices:
  hybrid:
    link: bus
    profile: acme/hybrid_5k
    unit: 1
    role: inverter
    options: {ratio: auto}
    pace: {fast: 2 s}
"""
GUIDE = """\
profiles: [acme/hybrid_5k]
title: {en: Coupling, fr: Couplage}
source: handbook
wiring:
  ct: {text: {en: CT, fr: TC}, when: "", source: page 3, confidence: inferred}
settings:
  mode: {parameter: mode, title: {en: M, fr: M}, why: {en: W, fr: P}, value: 3, source: page 4}
  screen:
    {parameter: mode, title: {en: M, fr: M}, why: {en: W, fr: P}, path: {en: a, fr: b}, choose: {en: a, fr: b},
     source: p}
checks:
  grid:
    title: {en: G, fr: R}
    about: {en: A, fr: B}
    holds:
      - {point: grid_power, within: [-10, 10], unmet: {en: U, fr: V}}
    window: 10 s
    samples: 3
    source: page 5
  step:
    kind: step
    title: {en: S, fr: T}
    about: {en: A, fr: B}
    step: {grid: [grid_power], solar: [pv], load: 1000, between: [500, 9000], reversed_by: [bits, rev]}
    source: page 6
configurations:
  - {id: one, title: {en: 1, fr: 1}, summary: {en: s, fr: s}, wiring: [ct], settings: [mode], checks: [grid, step]}
"""
GOLDEN = """\
- taken: by hand
  options: {ratio: primary}
  words: {3@0x0200: [2, 0, 0, 0, 0, 0, 0xFF9C, 0, 57]}
  readings: {run_state: on_grid, battery_power: 1000, flags: [a, b]}
  qualities: {current: unknown}
"""
SETTINGS = """\
endurance: 50000
pause: 500 ms
remote: {en: Menu 6., fr: Menu 6.}
sections:
  system: {en: System, fr: Système}
blocks:
  rule: {first: 0x0206, last: 0x0208, companions: {0x0208: 1}, commit: 0x0208}
"""
TABLE = """\
id,section,low,high,step,choices,factory,memory,danger,sees,writes,block,command,help_en,help_fr,screen_en,screen_fr
run_state,system,,,,waiting|fault,fault,flash,grid code,,,,,Why,Pourquoi,,
battery_power,system,-100,100,10,,50,volatile,protection,user,administrator,rule,,,,,
ct,system,,,,,,,,,,,,,,Menu,Menu
"""
WRITABLE = POINTS.replace("id,at,function,", "id,at,function,write,access,").replace(",3,", ",3,16,rw,", 2)
WRITABLE = "\n".join(line if ",16,rw," in line or line.startswith("id,") else line.replace(",3,", ",3,,,", 1)
                     for line in WRITABLE.splitlines()) + "\n"  # fmt: skip
CAN = """\
maker: Acme
model: Bus
protocol: can
can:
  dbc: bus.dbc
  bitrate: 250000
  node_mask: 0xFF
  nodes: [1, 8]
  silent_after: 3 s
  alive: Status.Alive
  request: [Ask.Id=1]
  command:
    {message: Order, every: 500 ms, counter: Count, signals: {limit: Limit}, proof: {limit: applied}}
  orders:
    reboot: {send: Ask.Id=6, within: 120 s, then: Ask.Id=1}
groups: {status: {every: 1 s}}
identify:
  - {function: 3, at: 1, count: 2, looks: "AC5[A-Z].*", weight: 0.5}
"""
SNAPSHOT = """\
wattelier_snapshot: 1
kind: reference
taken: "2026-11-28T21:40:00.000+01:00"
by: "Ada"
journal: {lines: 3, head: "00"}
holds:
  - {device: "hybrid", read: 2, not_read: 0}
devices:
  - device: "hybrid"
    link: {kind: "rtu", unit: 1}
    parameters:
      limit:
        title: {en: "Limit", fr: "Limite"}
        value: 16.0
        unit: "A"
        step: 0.5
        sees: installer
        origin: {quality: good, register: "0x0100", function: 3, at: "2026-11-28T21:40:00.000+01:00"}
      days: {value: ["monday"], doubt: "x"}
      password: {value: "set", secret: yes}
      short: 80
"""


def read_or_told(read: Callable[[], T], error: type[Exception] = ProfileError) -> T | None:
    """What a reader gives; None where it answered with sentences of the one type that it promises."""
    try:
        return read()
    except error as err:
        one_sentence_each(str(err))
        return None


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which every example writes its file again."""
    return tmp_path_factory.mktemp("foreign")


def written(folder: Path, files: dict[str, str | bytes]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data if isinstance(data, bytes) else data.encode("utf-8", "replace"))
    return folder


# -- profiles --------------------------------------------------------------------------------------------------


@examples(25)
@given(file_bytes(HEADER))
def test_any_header_of_a_profile_is_read_or_answered(place: Path, header: bytes):
    folder = written(place / "acme" / "one", {"profile.yaml": header, "points.csv": POINTS, "choices.csv": CHOICES})
    profile = read_or_told(lambda: load_profile(folder))
    if profile is not None:
        assert profile.points
        assert all(group.every_s is None or group.every_s > 0 for group in profile.groups.values())
        assert 1 <= profile.blocks.most_registers <= 125


@examples(25)
@given(spoilt_table(WRITABLE) | file_bytes(WRITABLE), spoilt_table(CHOICES) | st.just(CHOICES))
def test_any_table_of_points_is_read_or_answered(place: Path, points: str | bytes, choices: str):
    folder = written(place / "acme" / "two", {"profile.yaml": HEADER, "points.csv": points, "choices.csv": choices})
    profile = read_or_told(lambda: load_profile(folder))
    for point in profile.points if profile is not None else ():
        assert point.id
        assert all(0 <= at <= 0xFFFF for at in point.at)
        assert 1 <= point.count <= 125
        assert point.low is None or point.high is None or point.low <= point.high
        assert all(scale and abs(scale) < 1e18 for scale in point.scales)


@examples(25)
@given(file_bytes(SETTINGS) | st.just(SETTINGS), spoilt_table(TABLE) | st.just(TABLE))
def test_any_parameters_are_read_or_answered(place: Path, settings: str | bytes, table: str):
    files = {"profile.yaml": HEADER, "points.csv": WRITABLE, "choices.csv": CHOICES}
    folder = written(place / "acme" / "three", {**files, "parameters.yaml": settings, "parameters.csv": table})
    profile = read_or_told(lambda: load_profile(folder))
    for entry in profile.parameters.entries if profile is not None else ():
        assert entry.low is None or entry.high is None or entry.low <= entry.high
        assert entry.step is None or entry.step > 0


@examples(25)
@given(file_bytes(CAN))
def test_any_header_of_a_can_profile_is_read_or_answered(place: Path, header: bytes):
    points = "id,at,type,group,en,fr\napplied,Status.Applied,,status,Applied,Appliquée\n"
    files = {"profile.yaml": header, "points.csv": points, "bus.dbc": ""}
    read_or_told(lambda: load_profile(written(place / "acme" / "four", files)))


@examples(25)
@given(file_bytes(GOLDEN))
def test_any_golden_case_is_read_or_answered(place: Path, data: bytes):
    read_or_told(lambda: load_cases(written(place, {"golden.yaml": data}) / "golden.yaml"))


# -- sites -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def catalogue(place: Path) -> Catalogue:
    files = {"profile.yaml": HEADER, "points.csv": POINTS, "choices.csv": CHOICES}
    written(place / "profiles" / "acme" / "hybrid_5k", files)
    return Catalogue([place / "profiles"])


@examples(40)
@given(file_bytes(SITE))
@example(SITE.encode())
@example(b"%YAML 9.9\n---\n" + SITE.encode())
@example(b"name: &a [*a]\nlinks: &a {x: *a}\n")
def test_any_site_file_is_read_or_answered(place: Path, catalogue: Catalogue, data: bytes):
    file = written(place, {"site.yaml": data}) / "site.yaml"
    site = read_or_told(lambda: load_site(file, catalogue))
    if site is not None:
        assert site.links
        assert all(0 <= device.unit <= 255 for device in site.devices)


@examples(40)
@given(spoilt(SITE, most=3), st.sampled_from(("name", "links.bus.name", "devices.hybrid.unit", "known_by", "new.a.b")),
       st.sampled_from(("x", 3, True, None, "a: b # c", {"loggers": [1, 2]}, ["é", "\u2028"])))  # fmt: skip
def test_an_edit_of_any_yaml_changes_its_entry_alone_or_is_refused(text: str, path: str, value: object):
    read_or_told(lambda: changed(text, path.split("."), value))  # type: ignore[arg-type]


@examples(40)
@given(st.text(max_size=40) | st.lists(SCALARS | st.sampled_from((
    *("tcp", "rtu", "can", "v5", "ocpp", "://", "/", "?", "&", "=", "@", ":", "[", "]", "::1", "host", ":502", "%"),
    *("slcan", "socketcan", "baud", "serial", "bitrate", "dbc", "9600", "unit", "%00", "%zz", ":99999", "[::1]:5"),
)), max_size=8).map("".join))  # fmt: skip
def test_any_address_of_a_link_is_read_or_answered(text: str):
    link = read_or_told(lambda: parse_link(text))
    if link is not None:
        assert link.short
        assert 0 <= link.port <= 65535
        assert 0 <= link.serial_number <= 0xFFFFFFFF
        link.serial()
        assert link.bitrate is None or link.bitrate > 0


RECENT = st.lists(st.fixed_dictionaries({"path": NASTY | st.text(max_size=20), "at": NASTY}) | JUNK, max_size=4) | JUNK


@examples(40)
@given(RECENT.map(lambda data: json.dumps(data).encode()) | st.binary(max_size=100), file_bytes(SITE))
@example(json.dumps([{"path": "\ud800", "at": 1}]).encode(), SITE.encode())
@example(json.dumps([{"path": "x" * 5000, "at": 1}]).encode(), SITE.encode())
@example(json.dumps([{"path": "/x", "at": 10**400}]).encode(), SITE.encode())
@example(b"[" * 100_000, SITE.encode())
@example(b"[" + b"9" * 5000 + b"]", SITE.encode())
@example(b'[{"path": "/x", "at": NaN}, {"path": "/y", "at": 1}]', SITE.encode())
def test_any_list_of_known_sites_is_read(own_data: Path, recent: bytes, site: bytes):
    written(own_data / "sites", {"one.yaml": site})
    written(own_data, {"recent.json": recent})
    found = known_sites.known_sites()
    assert own_data / "sites" / "one.yaml" in [entry.path for entry in found]
    for entry in found:
        assert entry.name
        assert isinstance(entry.known_by, KnownBy)
    known_sites.recognise(found, "192.168.1.1", [2355553510])
    known_sites.remember(own_data / "sites" / "one.yaml", 1.0)
    known_sites.forget(own_data / "sites" / "one.yaml")


# -- what the assistants read and keep -------------------------------------------------------------------------


@examples(25)
@given(file_bytes(GUIDE))
@example(GUIDE.encode())
def test_any_guide_is_read_or_answered(place: Path, data: bytes):
    read_or_told(lambda: load_couplings(written(place, {"guide.yaml": data}) / "guide.yaml"))


FINDING = Finding(
    Verdict.PASS, Reason.HELD, (Figure("grid", 3.0, "W"),), (0,), (Sample("grid", 3.0, "W", 1.0, Quality.GOOD),)
)
KEPT = progress.Kept("hybrid", "one").with_progress(
    "hybrid",
    "one",
    progress.Progress(note="x", begun=1.0).with_load("grid", 1000.0).with_result("grid", progress.Result(FINDING, 1.0)),
)


def _planted(data: object, place: list[int], value: object) -> object:
    """The data with one value somewhere inside replaced."""
    if isinstance(data, dict) and data and place:
        key = list(data)[place[0] % len(data)]
        return {**data, key: _planted(data[key], place[1:], value)}
    if isinstance(data, list) and data and place:
        row = place[0] % len(data)
        return [*data[:row], _planted(data[row], place[1:], value), *data[row + 1 :]]
    return value


@examples(80)
@given(st.lists(st.integers(0, 20), max_size=8), NASTY | JUNK, st.booleans())
def test_any_kept_progress_is_read_or_set_aside_and_can_be_kept_again(
    place: Path, path: list[int], value: object, raw: bool
):
    file = place / "x.couplings.json"
    data = json.dumps(value if raw else _planted(progress.as_data(KEPT), path, value))
    file.write_text(data, encoding="utf-8")
    kept = progress.load(file)
    progress.save(file, kept)
    assert progress.load(file) == kept


# -- configuration files, snapshots ----------------------------------------------------------------------------


@examples(25)
@given(damaged(PARKING) | st.binary(max_size=300))
def test_any_configuration_file_is_opened_or_answered(place: Path, data: bytes):
    opened = read_or_told(lambda: cfg_files.read_file(written(place, {"x.cfg": data}) / "x.cfg"))
    assert opened is None or opened.cfg.edited({}) == data


@examples(40)
@given(file_bytes(SNAPSHOT))
@example(SNAPSHOT.encode())
def test_any_snapshot_is_read_or_answered_the_same_way_in_the_list(place: Path, data: bytes):
    file = written(place, {"x.yaml": data}) / "x.yaml"
    opened = read_or_told(lambda: snapshots.read_file(file), StorageError)
    listed = snapshots.listed(file)
    if opened is not None:
        assert not listed.fault or "holds" in listed.fault  # the beginning repeats what the devices say
        assert listed.fault or listed.seal is opened.seal
    else:
        assert listed.fault or listed.snapshot is not None


def test_the_examples_are_sound(place: Path):
    """Else nothing above would ever get past the first line of a reader."""
    files = {"profile.yaml": HEADER, "points.csv": WRITABLE, "choices.csv": CHOICES}
    folder = written(place / "acme" / "five", {**files, "parameters.yaml": SETTINGS, "parameters.csv": TABLE})
    assert len(load_profile(folder).parameters.entries) == 3
    points = "id,at,type,group,en,fr\napplied,Status.Applied,,status,Applied,Appliquée\n"
    load_profile(written(place / "acme" / "six", {"profile.yaml": CAN, "points.csv": points, "bus.dbc": ""}))
    assert load_cases(written(place, {"golden.yaml": GOLDEN}) / "golden.yaml")
    assert load_couplings(written(place, {"guide.yaml": GUIDE}) / "guide.yaml").configurations
    assert changed(SITE, ["links", "bus", "name"], "Cave")
