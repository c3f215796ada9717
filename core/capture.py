"""A capture: the last frames of a line in a file, for whoever is to read them elsewhere.

A text of one JSON object a line, UTF-8: a head (site, link, devices), the exchanges in their order with their bytes in
hex, a foot with the SHA-256 of all that stands before it. So it can be read without this program too, a file that was
cut off still gives what it holds, and one that was changed says so. Format 1::

    {"wattelier": "capture", "format": 1, "program": …, "at": …, "site": …, "link": …, "kind": "tcp", "address": …,
     "devices": [{"name": …, "unit": 1, "station": "", "profile": …}]}
    {"number": 7, "at": 1764338400.25, "sent": "0003…", "received": "0003…", "took_s": 0.012, "outcome": "answered",
     "note": ""}
    {"exchanges": 1, "sha256": …}

Times are Unix seconds. Reading and writing take the disk's time: not for the thread that draws.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import NoReturn, cast

from core.draft import bytes_of, draft, told
from core.frames import Frame, Outcome
from core.storage.format import StorageError
from core.version import VERSION

FORMAT = 1
MARK = "wattelier"
WHAT = "capture"
SUFFIX = ".jsonl"
MOST_BYTES = 32_000_000
MOST_EXCHANGES = 4000  # twice what a line keeps
MOST_DEVICES = 1000
LATEST = 7_258_118_400.0  # the year 2200: a later time is a mistake
LONGEST_WORD = 500
FOREIGN = "this is no capture of Wattelier"


class Seal(StrEnum):
    """What the foot of a file says of it."""

    FINE = "fine"
    CUT = "cut off"  # without a foot
    CHANGED = "changed after it was written"


@dataclass(frozen=True, slots=True)
class OnLine:
    """A device of the line: name, unit, identity of a charging station and profile, as in the site file."""

    name: str
    unit: int = 0
    station: str = ""
    profile: str = ""


@dataclass(frozen=True, slots=True)
class Capture:
    """The frames of one line, oldest first. ``kind`` and ``address`` as in the site file; ``at``: when it was saved."""

    link: str
    kind: str
    address: str
    site: str
    at: float
    frames: tuple[Frame, ...]
    devices: tuple[OnLine, ...] = ()
    program: str = VERSION
    seal: Seal = Seal.FINE


def written(capture: Capture) -> bytes:
    """The file of a capture."""
    head: dict[str, object] = {
        MARK: WHAT,
        "format": FORMAT,
        "program": capture.program,
        "at": round(capture.at, 3),
        "site": capture.site,
        "link": capture.link,
        "kind": capture.kind,
        "address": capture.address,
        "devices": [
            {"name": device.name, "unit": device.unit, "station": device.station, "profile": device.profile}
            for device in capture.devices
        ],
    }
    body = b"".join(map(_line, (head, *map(_as_data, capture.frames))))
    return body + _line({"exchanges": len(capture.frames), "sha256": hashlib.sha256(body).hexdigest()})


def _as_data(frame: Frame) -> dict[str, object]:
    return {
        "number": frame.number,
        "at": round(frame.at, 6),
        "sent": frame.sent.hex(),
        "received": frame.received.hex(),
        "took_s": round(frame.took_s, 6),
        "outcome": frame.outcome,
        "note": frame.note,
    }


def _line(data: dict[str, object]) -> bytes:
    return json.dumps(data, allow_nan=False).encode("ascii") + b"\n"


def save(capture: Capture, path: Path) -> Capture:
    """Write a file in one step and read it back; return what it holds: of too much for a file, the newest.

    Raises StorageError with a sentence, without its name.
    """
    while len(data := written(capture)) > MOST_BYTES:
        capture = replace(capture, frames=capture.frames[len(capture.frames) // 2 + 1 :])
    with draft(path.parent, path.stem, data) as made, told():
        made.chmod(0o644)
        made.replace(path)
    if bytes_of(path, len(data)) != data:
        raise StorageError("what was read back is not what was written: do not rely on this capture")
    return capture


def opened(path: Path) -> Capture:
    """Read a file; raise StorageError with a sentence, without its name, when it is no capture or spoilt."""
    data = bytes_of(path, MOST_BYTES)
    if len(data) > MOST_BYTES:
        raise StorageError(FOREIGN)
    return parsed(data)


def parsed(data: bytes) -> Capture:
    """The capture that these bytes are; raise StorageError with a sentence that names the line, in a damaged one."""
    lines = data.splitlines(keepends=True)
    head = _head(lines[0] if lines else b"")
    frames: list[Frame] = []
    seal, size = Seal.CUT, len(lines[0])
    for number, line in enumerate(lines[1:], start=2):
        entry = _Entry.of(line, number, may_be_cut=number == len(lines))
        if entry is None:
            break  # the last line was cut off
        if "sha256" in entry.fields:
            right = entry.fields["sha256"] == hashlib.sha256(data[:size]).hexdigest()
            seal = Seal.FINE if right and number == len(lines) else Seal.CHANGED
            break
        if len(frames) == MOST_EXCHANGES:
            raise StorageError(f"it holds more than {MOST_EXCHANGES} exchanges")
        frames.append(_frame(entry, head.link, frames[-1].number if frames else 0))
        size += len(line)
    return Capture(
        head.link, head.kind, head.address, head.site, head.at, tuple(frames), head.devices, head.program, seal
    )


def _head(line: bytes) -> Capture:
    try:
        entry = _Entry.of(line, 1)
    except StorageError:
        entry = None
    if entry is None or entry.fields.get(MARK) != WHAT:
        raise StorageError(FOREIGN)
    if (number := entry.whole("format")) > FORMAT:
        raise StorageError(f"a newer Wattelier has written this capture (format {number}): open it with that version")
    devices = entry.fields.get("devices", [])
    if not isinstance(devices, list) or len(cast("list[object]", devices)) > MOST_DEVICES:
        entry.wrong("devices")
    link, kind, address, site, program = map(entry.word, ("link", "kind", "address", "site", "program"))
    found = tuple(_device(device, entry) for device in cast("list[object]", devices))
    return Capture(link, kind, address, site, entry.seconds("at"), (), found, program)


def _device(data: object, entry: _Entry) -> OnLine:
    if not isinstance(data, dict):
        entry.wrong("devices")
    inner = _Entry(cast("dict[str, object]", data), entry.number)
    return OnLine(inner.word("name"), inner.whole("unit", 0), inner.word("station"), inner.word("profile"))


def _frame(entry: _Entry, link: str, before: int) -> Frame:
    number = entry.whole("number")
    if number <= before:
        entry.wrong("number")
    outcome = entry.word("outcome")
    if outcome not in _OUTCOMES:
        entry.wrong("outcome")
    sent, received = entry.data("sent"), entry.data("received")
    note = entry.word("note")
    return Frame(number, link, entry.seconds("at"), sent, received, entry.seconds("took_s"), Outcome(outcome), note)


_OUTCOMES: Iterable[str] = frozenset(str(outcome) for outcome in Outcome)


@dataclass(frozen=True, slots=True)
class _Entry:
    """One line: a JSON object whose fields are asked for by kind; raises StorageError where one is of another."""

    fields: dict[str, object]
    number: int

    @classmethod
    def of(cls, line: bytes, number: int, *, may_be_cut: bool = False) -> _Entry | None:
        """A line of the file; None where it has no end and makes no sense."""
        try:
            found: object = json.loads(line.decode("utf-8"))
        except (ValueError, RecursionError):
            if may_be_cut and not line.endswith(b"\n"):
                return None
            found = None
        if not isinstance(found, dict):
            raise StorageError(f"line {number} is no exchange")
        return cls(cast("dict[str, object]", found), number)

    def wrong(self, field: str) -> NoReturn:
        """Raise the sentence."""
        raise StorageError(f"line {self.number}: {field} is missing or not what it should be")

    def word(self, field: str) -> str:
        """A text of one line and moderate length; cut where it is longer."""
        found = self.fields.get(field)
        if not isinstance(found, str):
            self.wrong(field)
        return "".join(
            letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in found[:LONGEST_WORD]
        )

    def whole(self, field: str, least: int = 1) -> int:
        """A whole number, from 1 or from ``least``."""
        found = self.fields.get(field)
        fits = isinstance(found, int) and not isinstance(found, bool) and least <= found < 1 << 63
        return cast("int", found) if fits else self.wrong(field)

    def seconds(self, field: str) -> float:
        """A time, or for how long, in seconds."""
        found = self.fields.get(field)
        if isinstance(found, bool) or not isinstance(found, int | float) or not 0 <= found <= LATEST:
            self.wrong(field)
        return float(found) if math.isfinite(found) else self.wrong(field)

    def data(self, field: str) -> bytes:
        """Bytes in hex."""
        found = self.fields.get(field)
        try:
            return bytes.fromhex(found) if isinstance(found, str) else self.wrong(field)
        except ValueError:
            self.wrong(field)
