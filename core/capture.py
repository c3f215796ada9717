"""A capture: the last frames of a line in a file, for whoever is to read them elsewhere.

A text of one JSON object a line, UTF-8: a head (site, link, devices), the exchanges in their order with their bytes in
hex, a foot with the SHA-256 of all that stands before it. So it can be read without this program too, a file that was
cut off or damaged still gives what is left, and one that was changed says so. Format 1::

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
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import cast

from core.draft import bytes_of, draft, told
from core.frames import Frame, Outcome
from core.storage.format import StorageError
from core.version import VERSION
from core.visible import visible

FORMAT = 1
MARK = "wattelier"
WHAT = "capture"
SUFFIX = ".jsonl"
MOST_BYTES = 32_000_000
MOST_IN_LINE = 1_000_000
MOST_IN_FRAME = 128 * 1024  # bytes; lines keep 32 KiB at most
MOST_EXCHANGES = 4000  # twice what a line keeps
MOST_DEVICES = 1000
LATEST = 7_258_118_400.0  # the year 2200: a later time is a mistake
LONGEST_WORD = 4000
BOM = b"\xef\xbb\xbf"
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
    """The frames of one line, oldest first. ``kind`` and ``address`` as in the site file; ``at``: when it was saved.

    Of a file: ``seal`` is what its foot says, ``unread`` how many of its lines are no exchange and were left out.
    """

    link: str
    kind: str
    address: str
    site: str
    at: float
    frames: tuple[Frame, ...]
    devices: tuple[OnLine, ...] = ()
    program: str = VERSION
    seal: Seal = Seal.FINE
    unread: int = 0


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
    while len(data := written(capture)) > MOST_BYTES and capture.frames:
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
    """The capture that these bytes are; raise StorageError with a sentence when they are none, or too many."""
    if data.count(b"\n") > MOST_EXCHANGES + 2:
        raise StorageError(f"it holds more than {MOST_EXCHANGES} exchanges")
    first, *lines = [line + b"\n" for line in data.removeprefix(BOM).split(b"\n")]
    head, digest = _head(first), hashlib.sha256()
    digest.update(data[: data.find(b"\n") + 1])
    frames: list[Frame] = []
    seal, unread, rest = Seal.CUT, 0, lines.pop() if lines else b""
    whole = rest == b"\n"
    if not whole:
        lines.append(rest)  # without its end: cut off, or the foot
    for number, line in enumerate(lines, start=1):
        is_last = number == len(lines)
        try:
            entry = _Entry.of(line)
            if "sha256" in entry.fields:
                foot = {"exchanges": len(frames), "sha256": digest.hexdigest()}
                seal = Seal.FINE if is_last and entry.fields == foot else Seal.CHANGED
                break
            frames.append(_frame(entry, head.link, frames[-1].number if frames else 0))
        except ValueError:
            unread += whole or not is_last
        digest.update(line)
    if unread:
        seal = Seal.CHANGED
    return replace(head, frames=tuple(frames), seal=seal, unread=unread)


def _head(line: bytes) -> Capture:
    try:
        entry = _Entry.of(line)
        if entry.fields.get(MARK) != WHAT:
            raise StorageError(FOREIGN)
        if (number := entry.whole("format")) > FORMAT:
            raise StorageError(
                f"a newer Wattelier has written this capture (format {number}): open it with that version"
            )
        link, kind, address, site, program = map(entry.word, ("link", "kind", "address", "site", "program"))
        return Capture(link, kind, address, site, entry.seconds("at"), (), tuple(entry.devices()), program)
    except ValueError:
        raise StorageError(FOREIGN) from None


def _frame(entry: _Entry, link: str, before: int) -> Frame:
    """An exchange; raise ValueError when the line is none."""
    number, outcome = entry.whole("number"), Outcome(entry.word("outcome"))
    if number <= before:
        raise ValueError("number")
    sent, received = entry.data("sent"), entry.data("received")
    return Frame(
        number, link, entry.seconds("at"), sent, received, entry.seconds("took_s"), outcome, entry.word("note")
    )


@dataclass(frozen=True, slots=True)
class _Entry:
    """One line: a JSON object whose fields are asked for by kind; raises ValueError where one is of another."""

    fields: dict[str, object]

    @classmethod
    def of(cls, line: bytes) -> _Entry:
        """A line of the file."""
        if len(line) > MOST_IN_LINE:
            raise ValueError("too long")
        try:
            found: object = json.loads(line.decode("utf-8"))
        except RecursionError:
            raise ValueError("nested too deeply") from None
        return cls.over(found)

    @classmethod
    def over(cls, found: object) -> _Entry:
        """Over what JSON gave."""
        if not isinstance(found, dict):
            raise ValueError("no object")
        return cls(cast("dict[str, object]", found))

    def word(self, field: str) -> str:
        """A text of one line and moderate length; cut where it is longer."""
        found = self.fields.get(field)
        if not isinstance(found, str):
            raise ValueError(field)
        return visible(found[:LONGEST_WORD])

    def whole(self, field: str, least: int = 1) -> int:
        """A whole number, from 1 or from ``least``."""
        found = self.fields.get(field)
        if isinstance(found, bool) or not isinstance(found, int) or not least <= found < 1 << 63:
            raise ValueError(field)
        return found

    def seconds(self, field: str) -> float:
        """A time, or for how long, in seconds."""
        found = self.fields.get(field)
        if isinstance(found, bool) or not isinstance(found, int | float) or not 0 <= found <= LATEST:
            raise ValueError(field)  # which no NaN passes
        return float(found)

    def data(self, field: str) -> bytes:
        """Bytes in hex."""
        found = self.fields.get(field)
        if not isinstance(found, str) or len(found) > 2 * MOST_IN_FRAME:
            raise ValueError(field)
        return bytes.fromhex(found)

    def devices(self) -> Iterator[OnLine]:
        """Those of the head."""
        found = self.fields.get("devices")
        if not isinstance(found, list) or len(cast("list[object]", found)) > MOST_DEVICES:
            raise ValueError("devices")
        for device in map(_Entry.over, cast("list[object]", found)):
            yield OnLine(device.word("name"), device.whole("unit", 0), device.word("station"), device.word("profile"))
