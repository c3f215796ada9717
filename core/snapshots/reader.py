"""Reads a snapshot back from its YAML text: whole, or its beginning alone; says what its checksum shows."""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import TypeVar, cast

from core.access import ROLES
from core.document import LARGEST, Document, Faults
from core.parameters import NO_WORDS, Words
from core.points import Quality, Value
from core.snapshots.snapshot import NOT_SET, SET, Device, Item, Kind, Seal, Snapshot, Summary
from core.snapshots.text import MARK, VERSION
from core.storage.format import StorageError

E = TypeVar("E", bound=StrEnum)

FOREIGN = "this is no snapshot of Wattelier"
HEAD_KEYS = ("kind", "taken", "by", "role", "site", "simulated", "program", "journal", "note", "holds", "devices")
HOLDS_KEYS = ("device", "name", "profile", "serial", "read", "not_read", "reason")
DEVICE_KEYS = (
    "device", "name", "profile", "model", "serial", "link", "not_read", "note", "identity", "parameters",
)  # fmt: skip
LINK_KEYS = ("kind", "address", "unit", "station")
ITEM_KEYS = ("title", "value", "unit", "means", "step", "secret", "sees", "origin", "not_read", "doubt")
ORIGIN_KEYS = ("quality", "register", "function", "raw", "at")
YEARS = (1970, 2200)  # a time outside is a typing mistake

_SEALED = re.compile(rb"(?:\A|(?<=\n))checksum: sha256:([0-9a-f]{64})\n\Z")
_MARKED = re.compile(rf"^{MARK}:", re.MULTILINE)


def seal_of(data: bytes) -> Seal:
    """What the checksum of a file says; ``NONE`` when there is no such line."""
    if (match := _SEALED.search(data)) is not None:
        digest = hashlib.sha256(data[: match.start()]).hexdigest()
        return Seal.FINE if digest == match[1].decode("ascii") else Seal.CHANGED
    return Seal.CHANGED if re.search(rb"^checksum", data, re.MULTILINE) else Seal.NONE


def checksum_of(data: bytes) -> str:
    """The checksum that a file names in its last line, in hex; empty without one."""
    match = _SEALED.search(data)
    return match[1].decode("ascii") if match is not None else ""


def parsed(data: bytes, name: str) -> tuple[Snapshot, Seal]:
    """The snapshot of a file, and what its checksum says; ``name`` is how sentences call it.

    Raises StorageError with one sentence when it is none, or one of a newer format. What was changed is still read.
    """
    faults = Faults()
    document = _document(data, name, faults)
    document.only((MARK, *HEAD_KEYS, "checksum"))
    head = _head(document, [_device(entry) for entry in document.children("devices")])
    if not head.devices and "devices" not in document:
        document.fault("devices", "is missing")
    _raise_first(faults)
    return head, _seal(data, head.kind)


def summarised(data: bytes, name: str) -> tuple[Snapshot, tuple[Summary, ...], Seal]:
    """The beginning of a file (its snapshot has no devices), and each of its devices in one line; quick.

    Raises StorageError like ``parsed``. A file without ``holds:`` is read whole.
    """
    head, mark, _rest = data.replace(b"\r\n", b"\n").partition(b"\ndevices:")
    if not mark or b"\nholds:" not in head:
        snapshot, seal = parsed(data, name)
        return snapshot, tuple(device.summary for device in snapshot.devices), seal
    faults = Faults()
    document = _document(head + b"\n", name, faults)
    document.only((MARK, *HEAD_KEYS))
    found = tuple(_summary(entry) for entry in document.children("holds"))
    snapshot = _head(document, [])
    _raise_first(faults)
    return snapshot, found, _seal(data, snapshot.kind)


def _seal(data: bytes, kind: Kind) -> Seal:
    seal = seal_of(data)
    return Seal.CHANGED if seal is Seal.NONE and kind is not Kind.REFERENCE else seal


def _document(data: bytes, name: str, faults: Faults) -> Document:
    """The file as YAML, once it says that it is a snapshot and that this program knows its format."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise StorageError(FOREIGN) from None
    if _MARKED.search(text) is None:
        raise StorageError(FOREIGN)
    document = Document.parse(Path(name), text, faults)
    _raise_first(faults)
    version = document.plain(MARK)
    if isinstance(version, bool) or not isinstance(version, int) or version < 1:
        raise StorageError(FOREIGN)
    if version > VERSION:
        raise StorageError(f"a newer Wattelier has written this snapshot (format {version}): open it with that version")
    return document


def _raise_first(faults: Faults) -> None:
    if faults.lines:
        raise StorageError(f"this snapshot cannot be read: {faults.lines[0]}")


def _head(document: Document, devices: list[Device]) -> Snapshot:
    journal = document.child("journal")
    journal.only(("lines", "head"))
    return Snapshot(
        _one_of(document, "kind", Kind, Kind.REFERENCE),
        _moment(document, "taken"),
        tuple(devices),
        who=document.text("by", ""),
        role=document.text("role", ""),
        site=document.text("site", ""),
        program=document.text("program", ""),
        lines=journal.whole("lines", 0) if "journal" in document else None,
        head=journal.text("head", ""),
        note=document.text("note", ""),
        simulated=document.flag("simulated", False),
    )


def _summary(entry: Document) -> Summary:
    entry.only(HOLDS_KEYS)
    return Summary(
        entry.text("device", ""),
        entry.text("name", ""),
        entry.text("profile", ""),
        entry.text("serial", ""),
        entry.whole("read", 0),
        entry.whole("not_read", 0),
        entry.text("reason", ""),
    )


def _device(entry: Document) -> Device:
    entry.only(DEVICE_KEYS)
    link = entry.child("link")
    link.only(LINK_KEYS)
    profile = entry.text("profile", "")
    return Device(
        entry.text("device", "") or profile,
        entry.text("name", ""),
        profile,
        entry.text("model", ""),
        entry.text("serial", ""),
        link.text("kind", ""),
        link.text("address", ""),
        link.whole("unit", 0) if "unit" in link else None,
        link.text("station", ""),
        _items(entry, "identity"),
        _items(entry, "parameters"),
        entry.text("not_read", ""),
        entry.text("note", ""),
    )


def _items(device: Document, key: str) -> tuple[Item, ...]:
    table = device.child(key)
    return tuple(_item(table, name) for name in table.names())


def _item(table: Document, name: str) -> Item:
    """One value; a reference may say it without any more: ``charge_limit: 80``."""
    if not isinstance(table.plain(name), dict):
        return Item(name, value=_read_value(table, name))
    entry = table.child(name)
    entry.only(ITEM_KEYS)
    origin = entry.child("origin")
    origin.only(ORIGIN_KEYS)
    if ("value" in entry) == ("not_read" in entry):
        table.fault(name, "needs either value or not_read")
    step = entry.number("step", 0.0)
    secret, value = entry.flag("secret", False), _read_value(entry, "value") if "value" in entry else None
    if secret and value not in (None, SET, NOT_SET):
        entry.fault("value", "of a secret only set or not set is kept")
        value = None
    return Item(
        name,
        _read_words(entry, "title"),
        value,
        entry.text("unit", ""),
        _one_of(origin, "quality", Quality, Quality.UNKNOWN) if "quality" in origin else None,
        step if step > 0 else 0.0,
        _read_words(entry, "means"),
        origin.text("register", ""),
        origin.whole("function", 0) if "function" in origin else None,
        origin.text("raw", ""),
        _moment(origin, "at"),
        entry.text("not_read", "") or entry.text("doubt", ""),
        _role(entry),
        secret,
    )


def _read_words(entry: Document, key: str) -> Words:
    if key not in entry:
        return NO_WORDS
    words = entry.child(key)
    words.only(("en", "fr"))
    return Words(words.text("en", ""), words.text("fr", ""))


def _role(entry: Document) -> str:
    role = entry.text("sees", ROLES[0])
    if role not in ROLES:
        entry.fault("sees", f"{role!r} is not one of {', '.join(ROLES)}")
        return ROLES[-1]
    return role


def _read_value(entry: Document, key: str) -> Value:
    """A number in the inner unit, a text, or a list of texts; yes and no of a person are 1 and 0."""
    raw = entry.plain(key)
    found: Value = None
    if isinstance(raw, (bool, int, float)):
        found = float(raw) if math.isfinite(raw) and abs(raw) < LARGEST else None
    elif isinstance(raw, str):
        found = raw
    elif isinstance(raw, list):
        parts = cast("list[object]", raw)
        texts = tuple(part for part in parts if isinstance(part, str))
        found = texts if len(texts) == len(parts) else None
    elif isoformat := _iso(raw):
        found = isoformat
    if found is None:
        entry.fault(key, "must be a number, a text or a list of texts")
    return found


def _iso(raw: object) -> str:
    """A date or a time that a person has written without quotes, as text."""
    form: Callable[[], object] | None = getattr(raw, "isoformat", None)
    return str(form()) if form is not None else ""


def _moment(entry: Document, key: str) -> float | None:
    if key not in entry:
        return None
    raw = entry.plain(key)
    try:
        moment = datetime.fromisoformat(raw if isinstance(raw, str) else _iso(raw))
        if moment.tzinfo is None:  # a person has written a day: noon is of that day nearly everywhere
            moment = moment.replace(tzinfo=UTC) + timedelta(hours=0 if moment.hour or moment.minute else 12)
        if YEARS[0] <= moment.year < YEARS[1]:
            return round(moment.timestamp(), 3)
    except (ValueError, OverflowError, OSError):
        pass
    entry.fault(key, "must be a time such as 2026-11-28T21:40:00+01:00")
    return None


def _one_of(entry: Document, key: str, known: type[E], default: E) -> E:
    text = entry.text(key)
    try:
        return known(text)
    except ValueError:
        entry.fault(key, f"{text!r} is not one of {', '.join(word.value for word in known)}")
        return default
