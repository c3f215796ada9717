"""A snapshot survives its file exactly; no changed byte passes; what is foreign or odd is answered in one sentence."""

from __future__ import annotations

import math
from contextlib import suppress
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.access import ROLES
from core.parameters import NO_WORDS, Words
from core.points import Quality
from core.snapshots.reader import parsed, seal_of, summarised
from core.snapshots.snapshot import NOT_SET, SET, Device, Item, Kind, Seal, Snapshot
from core.snapshots.text import hides, quoted, written
from core.storage.format import StorageError

PARIS = ZoneInfo("Europe/Paris")
AT = 1_795_900_812.123
HEAD = "a3" * 32

LIMIT = Item(
    "battery.limit", Words("Discharge limit", "Limite de décharge\u202f: part"), 80.5, "%", Quality.GOOD, 0.5,
    NO_WORDS, "0x0C06", 4, "0050", AT,
)  # fmt: skip
MODE = Item(
    "mode", Words("Mode", "Mode"), "off", "", Quality.GOOD, means=Words("Off", "Arrêt"), register="0x0C07", at=AT
)
CLOCK = Item("window", value="22:30", quality=Quality.GOOD)
DAYS = Item("days", value=("mon", "no", "2026-11-28"), quality=Quality.GOOD)
REFUSED = Item("guess", quality=Quality.BAD, reason="the device refuses this register", at=AT)
DOUBT = Item("ratio", value=3.0, quality=Quality.UNKNOWN, reason="ratio_mode is not settled")
SECRET = Item("password", value=SET, quality=Quality.GOOD, sees="administrator", secret=True)
BOX = Device(
    "box", "Onduleur «\u00a0grange\u00a0»", "acme/box", "Acme Box", "0012", "v5", "192.168.1.40:8899", 1, "",
    (Item("firmware", value="4.1", quality=Quality.STALE, at=AT),), (LIMIT, MODE, CLOCK, DAYS, REFUSED, DOUBT, SECRET),
)  # fmt: skip
SILENT = Device("meter", "", "acme/meter", reason="unit 3 does not answer", note="two of its values were written")
SNAPSHOT = Snapshot(
    Kind.AS_FOUND, AT, (BOX, SILENT), "Camille", "installer", "Ferme: des #Tilleuls", "Wattelier 0.1.0", 12, HEAD
)


def with_items(*items: Item) -> Snapshot:
    return replace(SNAPSHOT, devices=(replace(BOX, parameters=items),))


def test_everything_comes_back_as_it_was() -> None:
    data = written(SNAPSHOT, PARIS)
    assert parsed(data, "x.yaml") == (SNAPSHOT, Seal.FINE)


def test_a_person_reads_it() -> None:
    lines = written(SNAPSHOT, PARIS).decode("utf-8").splitlines()
    assert lines[0].startswith("# ")
    assert "kind: as found  # before anything was changed from here / avant toute modification" in lines
    assert 'taken: "2026-11-28T22:20:12.123+01:00"' in lines
    at = lines.index("      battery.limit:")
    assert lines[at + 1 : at + 6] == [
        '        title: {en: "Discharge limit", fr: "Limite de décharge\u202f: part"}',
        "        value: 80.5",
        '        unit: "%"',
        "        step: 0.5",
        '        origin: {quality: good, register: "0x0C06", function: 4, raw: "0050", '
        'at: "2026-11-28T22:20:12.123+01:00"}',
    ]
    assert '        not_read: "the device refuses this register"' in lines
    assert lines[-1].startswith("checksum: sha256:")


def test_sections_of_the_manual_are_headings() -> None:
    items = (replace(item, section=Words("Battery", "Batterie")) for item in (LIMIT, MODE))
    text = written(with_items(*items), PARIS).decode("utf-8")
    assert text.count("      # -- Battery / Batterie\n") == 1


def test_the_beginning_alone_says_what_it_holds() -> None:
    data = written(SNAPSHOT, PARIS)
    head, holds, seal = summarised(data, "x.yaml")
    assert (head, seal) == (replace(SNAPSHOT, devices=()), Seal.FINE)
    assert holds == tuple(device.summary for device in SNAPSHOT.devices)
    assert (holds[0].read, holds[0].unread, holds[1].reason) == (7, 1, "unit 3 does not answer")


def test_a_secret_leaves_no_trace() -> None:
    item = replace(SECRET, value="hunter2", raw="68756E74", reason="")
    text = written(with_items(item), PARIS)
    assert b"hunter2" not in text
    assert b"68756E74" not in text
    (found,) = parsed(text, "x")[0].devices[0].parameters
    assert found.value == SET
    gone = written(with_items(replace(item, value="")), PARIS)
    assert parsed(gone, "x")[0].devices[0].parameters[0].value == NOT_SET
    assert hides("wss://me:pass@host/")
    assert not hides("wss://host/a@b")


# -- any value ---------------------------------------------------------------------------------------------------

TEXTS = st.text(max_size=30)
FLOATS = st.floats(allow_nan=False, allow_infinity=False, width=64, min_value=-1e18, max_value=1e18)
WORDS = st.builds(Words, TEXTS, TEXTS)
TIMES = st.one_of(st.none(), st.integers(10**6, 7 * 10**12).map(lambda ms: ms / 1000))
VALUES = st.one_of(FLOATS, TEXTS, st.lists(TEXTS, max_size=4).map(tuple))
ITEMS = st.builds(
    Item, st.text(min_size=1, max_size=12), WORDS, VALUES, TEXTS, st.sampled_from([None, *Quality]),
    st.floats(0, 1e6), WORDS, TEXTS, st.one_of(st.none(), st.integers(0, 255)), TEXTS, TIMES, TEXTS,
    st.sampled_from(ROLES),
)  # fmt: skip
UNREAD = st.builds(lambda item, why: replace(item, value=None, reason=why), ITEMS, TEXTS)
DEVICES = st.builds(
    Device, st.text(min_size=1, max_size=12), TEXTS, TEXTS, TEXTS, TEXTS, TEXTS, TEXTS,
    st.one_of(st.none(), st.integers(0, 65535)), TEXTS, st.just(()),
    st.lists(st.one_of(ITEMS, UNREAD), max_size=4, unique_by=lambda item: item.id).map(tuple), TEXTS, TEXTS,
)  # fmt: skip
SNAPSHOTS = st.builds(
    Snapshot, st.sampled_from(Kind), TIMES, st.lists(DEVICES, max_size=3).map(tuple), TEXTS, TEXTS, TEXTS, TEXTS,
    st.one_of(st.none(), st.integers(0, 10**9)), st.just(""), TEXTS, st.booleans(),
)  # fmt: skip


@given(SNAPSHOTS)
@example(with_items(replace(LIMIT, value=5e-324), replace(MODE, value="\ud800\U0001f600\x85\u2028\ufeff\x07")))
@example(with_items(replace(MODE, id="on"), replace(MODE, id="12", value="=")))
def test_any_snapshot_survives_its_file(snapshot: Snapshot) -> None:
    data = written(snapshot, PARIS)
    found, seal = parsed(data, "x.yaml")
    assert seal is Seal.FINE
    assert found == snapshot
    assert summarised(data, "x.yaml")[1] == tuple(device.summary for device in snapshot.devices)


@given(TEXTS)
def test_a_quoted_text_is_one_line(text: str) -> None:
    assert len(quoted(text).splitlines()) == 1


# -- changed afterwards ------------------------------------------------------------------------------------------

DATA = written(SNAPSHOT, PARIS)


@given(st.integers(0, len(DATA) - 1), st.integers(1, 255))
def test_no_changed_byte_passes(place: int, flip: int) -> None:
    changed = DATA[:place] + bytes([DATA[place] ^ flip]) + DATA[place + 1 :]
    for read in (parsed, summarised):
        try:
            seal = read(changed, "x.yaml")[-1]
        except StorageError:
            continue  # it is not even one any more
        assert seal is Seal.CHANGED


@pytest.mark.parametrize(
    "changed",
    [
        DATA + b"\n",
        DATA + b"# a word\n",
        DATA[:-1],
        DATA.replace(b"\n", b"\r\n"),
        b"\xef\xbb\xbf" + DATA,
        DATA.replace(b"value: 80.5", b"value: 90.5"),
        DATA[: DATA.index(b"checksum:")],
        DATA.replace(b"checksum: sha256:", b"checksum: sha1:"),
    ],
)
def test_what_was_changed_is_said_to_be_so_and_still_read(changed: bytes) -> None:
    snapshot, seal = parsed(changed, "x.yaml")
    assert seal is Seal.CHANGED
    assert [device.id for device in snapshot.devices] == ["box", "meter"]
    assert summarised(changed, "x.yaml")[2] is Seal.CHANGED


# -- written by people -------------------------------------------------------------------------------------------

BY_HAND = """\
wattelier_snapshot: 1
kind: reference
taken: 2026-11-28
devices:
  - profile: aura/hybrid
    parameters:
      charge_limit: 80
      mode: off
      window: 1:30
      start: 22:30
      since: 2026-11-28
      allowed: true
      days: [mon, tue]
      code: {value: en50549, unit: ""}
      label: "0012"
"""


def test_a_reference_says_only_what_it_wants() -> None:
    snapshot, seal = parsed(BY_HAND.encode(), "maison.yaml")
    assert (snapshot.kind, seal) == (Kind.REFERENCE, Seal.NONE)
    (device,) = snapshot.devices
    assert (device.id, device.profile, device.serial) == ("aura/hybrid", "aura/hybrid", "")
    assert {item.id: item.value for item in device.parameters} == {
        "charge_limit": 80.0, "mode": "off", "window": "1:30", "start": "22:30", "since": "2026-11-28", "allowed": 1.0,
        "days": ("mon", "tue"), "code": "en50549", "label": "0012",
    }  # fmt: skip
    assert all(item.known for item in device.parameters)


def reference(more: str) -> bytes:
    return ("wattelier_snapshot: 1\nkind: reference\ndevices:\n  - profile: a/b\n    parameters:\n" + more).encode()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "this is no snapshot of Wattelier"),
        (b"\x00\xff\xfe", "this is no snapshot of Wattelier"),
        (b"name: Ferme\nlinks: {}\n", "this is no snapshot of Wattelier"),
        (b"wattelier_snapshot: one\n", "this is no snapshot of Wattelier"),
        (b"wattelier_snapshot: yes\n", "this is no snapshot of Wattelier"),
        (b"wattelier_snapshot: 0\n", "this is no snapshot of Wattelier"),
        (
            b"wattelier_snapshot: 2\nwhatever: 1\n",
            "a newer Wattelier has written this snapshot (format 2): open it with that version",
        ),
        (b"wattelier_snapshot: 1\nkind: lost\ndevices: []\n", "x.yaml:2: kind: 'lost' is not one of"),
        (b"wattelier_snapshot: 1\nkind: reference\n", "x.yaml: devices: is missing"),
        (b"wattelier_snapshot: 1\n- a\n", "not valid YAML"),
        (b"wattelier_snapshot: 1\nkind: [reference\n", "not valid YAML"),
        (b"wattelier_snapshot: 1\nwattelier_snapshot: 1\n", "not valid YAML"),
        (b"wattelier_snapshot: 1\nkind: reference\ndevices: 7\n", "x.yaml:3: devices: must be a list"),
        (b"wattelier_snapshot: 1\nkind: reference\nparametres: {}\ndevices: []\n", "unknown entry"),
        (reference("      a: .inf\n"), "must be a number, a text or a list of texts"),
        (reference("      a: .nan\n"), "must be a number, a text or a list of texts"),
        (reference("      a: 1e999\n"), "must be a number, a text or a list of texts"),
        (reference("      a:\n"), "must be a number, a text or a list of texts"),
        (reference("      a: [1, 2]\n"), "must be a number, a text or a list of texts"),
        (reference("      a: !!binary aGVsbG8=\n"), "must be a number, a text or a list of texts"),
        (reference("      a: !!python/object:os.system x\n"), "must be a number, a text or a list of texts"),
        (reference("      a: {b: 1}\n"), "unknown entry"),
        (reference("      a: {unit: W}\n"), "needs either value or not_read"),
        (reference("      a: {value: 1, not_read: no}\n"), "needs either value or not_read"),
        (reference("      a: {value: x, secret: yes}\n"), "of a secret only set or not set is kept"),
        (reference("      a: {value: 1, sees: king}\n"), "'king' is not one of"),
        (reference("      a: {value: 1, origin: {at: 22:30}}\n"), "must be a time"),
        (reference("      a: {value: 1, origin: {at: 0001-01-01}}\n"), "must be a time"),
        (reference("      a: &a [*a]\n"), "cannot be read"),
        (reference("      a: " + "[" * 5000 + "]" * 5000 + "\n"), "cannot be read"),
    ],
)
def test_what_is_none_is_answered_in_one_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(StorageError) as told:
        parsed(data, "x.yaml")
    assert sentence in str(told.value)
    assert len(str(told.value).splitlines()) == 1
    with pytest.raises(StorageError):
        summarised(data, "x.yaml")


def test_references_that_stand_for_billions_are_refused() -> None:
    bomb = "".join(f"x{n}: &x{n} [{', '.join([f'*x{n - 1}'] * 9)}]\n" for n in range(1, 12))
    with pytest.raises(StorageError):
        parsed(f"wattelier_snapshot: 1\nx0: &x0 [a]\n{bomb}".encode(), "x.yaml")


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_answered(data: bytes) -> None:
    for whole in (data, b"wattelier_snapshot: 1\n" + data, BY_HAND.encode() + data):
        with suppress(StorageError):
            snapshot, seal = parsed(whole, "x.yaml")
            assert seal is not Seal.FINE
            numbers = [item.value for device in snapshot.devices for item in device.items()]
            assert all(math.isfinite(number) for number in numbers if isinstance(number, float))
    assert seal_of(data) is not Seal.FINE
