"""A snapshot as a YAML text that a person reads without the program; ``reader`` is the way back.

The last line is ``checksum: sha256:…`` over the exact bytes before it. Texts are quoted, always: ``off``, ``22:30`` and
``2026-11-28`` are texts of a device, whatever a dialect of YAML makes of them.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from datetime import datetime, tzinfo

from core.access import ROLES
from core.parameters import NO_WORDS, Words
from core.points import Value
from core.snapshots.snapshot import NOT_SET, SET, Device, Item, Kind, Snapshot, Summary

VERSION = 1
MARK = "wattelier_snapshot"
SPACES = "\u00a0\u202f"  # of French: for people, they stand as they are

ABOUT = """\
# What was read from the devices of a site at one moment, to be compared later; nothing has to be installed to read it.
# Values are in the unit beside them. not_read says why there is no value, doubt why one is not to be relied on.
# The last line is the SHA-256 of every byte before it: it shows that nothing was changed afterwards.
#
# Ce qui a été lu dans les appareils d'un site à un moment donné, pour être comparé plus tard ; lisible sans logiciel.
# Les valeurs sont dans l'unité indiquée. not_read : pourquoi il n'y a pas de valeur ; doubt : pourquoi s'en méfier.
# La dernière ligne est le SHA-256 des octets qui la précèdent : elle montre que rien n'a été modifié après coup.
"""
KINDS = {
    Kind.AS_FOUND: "before anything was changed from here / avant toute modification",
    Kind.AS_LEFT: "at the end of the work / en fin d'intervention",
    Kind.BY_HAND: "taken by hand / pris à la demande",
    Kind.REFERENCE: "reference values / valeurs de référence",
}

_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_.-]*")
_TRAPS = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null", "none"})
_CREDENTIALS = re.compile(r"://[^/\s@]+@")


def written(snapshot: Snapshot, zone: tzinfo) -> bytes:
    """The whole file; times are told as at ``zone``."""
    body = "".join(f"{line}\n" for line in _lines(snapshot, zone)).encode("utf-8")
    return body + f"checksum: sha256:{hashlib.sha256(body).hexdigest()}\n".encode("ascii")


def hides(value: Value) -> bool:
    """Whether a text holds a password, as an address of a server may: it counts as a secret then."""
    return isinstance(value, str) and _CREDENTIALS.search(value) is not None


def quoted(text: str) -> str:
    """A text in double quotes as every YAML reads it."""
    return '"' + "".join(_letter(letter) for letter in text) + '"'


def _letter(letter: str) -> str:
    if letter in '"\\':
        return "\\" + letter
    if letter.isprintable() or letter in SPACES:
        return letter
    code = ord(letter)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _lines(snapshot: Snapshot, zone: tzinfo) -> Iterator[str]:
    yield from ABOUT.splitlines()
    yield f"{MARK}: {VERSION}"
    yield f"kind: {snapshot.kind.value}  # {KINDS[snapshot.kind]}"
    if snapshot.at is not None:
        yield f"taken: {quoted(_time(snapshot.at, zone))}"
    for key, text in (("by", snapshot.who), ("role", snapshot.role), ("site", snapshot.site)):
        if text:
            yield f"{key}: {quoted(text)}"
    if snapshot.simulated:
        yield "simulated: yes  # the devices were not real / les appareils étaient simulés"
    if snapshot.program:
        yield f"program: {quoted(snapshot.program)}"
    if snapshot.lines is not None:
        yield "# number and hash of the newest line of the site's journal / de la dernière ligne du journal du site"
        yield f"journal: {{lines: {snapshot.lines}, head: {quoted(snapshot.head)}}}"
    if snapshot.note:
        yield f"note: {quoted(snapshot.note)}"
    yield "holds:"
    for device in snapshot.devices:
        yield f"  - {_flow(_summary_pairs(device.summary))}"
    yield "devices:"
    for device in snapshot.devices:
        yield from _device_lines(device, zone)


def _summary_pairs(summary: Summary) -> Iterator[tuple[str, str]]:
    yield "device", quoted(summary.device)
    yield from _texts(("name", summary.name), ("profile", summary.profile), ("serial", summary.serial))
    yield "read", str(summary.read)
    yield "not_read", str(summary.unread)
    yield from _texts(("reason", summary.reason))


def _device_lines(device: Device, zone: tzinfo) -> Iterator[str]:
    yield f"  - device: {quoted(device.id)}"
    for key, text in _texts(
        ("name", device.name), ("profile", device.profile), ("model", device.model), ("serial", device.serial)
    ):
        yield f"    {key}: {text}"
    unit = [("unit", str(device.unit))] if device.unit is not None else []
    link = [
        *_texts(("kind", device.kind), ("address", device.address)), *unit, *_texts(("station", device.station))
    ]  # fmt: skip
    if link:
        yield f"    link: {_flow(link)}"
    for key, text in _texts(("not_read", device.reason), ("note", device.note)):
        yield f"    {key}: {text}"
    for key, items in (("identity", device.identity), ("parameters", device.parameters)):
        if items:
            yield f"    {key}:"
        section = NO_WORDS
        for item in items:
            if item.section != section:
                section = item.section
                yield f"      # -- {_said(section.en)} / {_said(section.fr)}"
            yield from (f"      {line}" for line in _item_lines(item, zone))


def _item_lines(item: Item, zone: tzinfo) -> Iterator[str]:
    yield f"{_key(item.id)}:"
    for key, value in _item_pairs(item, zone):
        yield f"  {key}: {value}"


def _item_pairs(item: Item, zone: tzinfo) -> Iterator[tuple[str, str]]:
    yield from _words("title", item.title)
    if item.value is None:
        yield "not_read", quoted(item.reason)
    else:
        yield "value", _value(item)
    yield from _texts(("unit", item.unit))
    yield from _words("means", item.means)
    if item.step:
        yield "step", repr(item.step)
    if item.secret:
        yield "secret", "yes"
    if item.sees != ROLES[0]:
        yield "sees", item.sees
    if item.value is not None:
        yield from _texts(("doubt", item.reason))
    origin = [("quality", item.quality.value)] if item.quality is not None else []
    origin += _texts(("register", item.register))
    origin += [("function", str(item.function))] if item.function is not None else []
    origin += _texts(("raw", "" if item.secret else item.raw))
    origin += [("at", quoted(_time(item.at, zone)))] if item.at is not None else []
    if origin:
        yield "origin", _flow(origin)


def _value(item: Item) -> str:
    value = item.value
    if item.secret:
        return quoted(NOT_SET if value in ("", "not set", "not_set", ()) else SET)
    if isinstance(value, tuple):
        return "[" + ", ".join(quoted(part) for part in value) + "]"
    return repr(float(value)) if isinstance(value, (int, float)) else quoted(str(value))


def _words(key: str, words: Words) -> Iterator[tuple[str, str]]:
    if words:
        yield key, _flow(_texts(("en", words.en), ("fr", words.fr)))


def _texts(*pairs: tuple[str, str]) -> list[tuple[str, str]]:
    return [(key, quoted(text)) for key, text in pairs if text]


def _flow(pairs: Iterable[tuple[str, str]]) -> str:
    return "{" + ", ".join(f"{key}: {text}" for key, text in pairs) + "}"


def _said(text: str) -> str:
    """A text inside a comment: one line of it."""
    return "".join(letter if letter.isprintable() or letter in SPACES else " " for letter in text)


def _key(name: str) -> str:
    return name if _KEY.fullmatch(name) and name.lower() not in _TRAPS else quoted(name)


def _time(at: float, zone: tzinfo) -> str:
    return datetime.fromtimestamp(at, zone).isoformat(timespec="milliseconds")
