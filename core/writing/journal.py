"""The journal: who changed what, when and with which outcome; only added to, each line chained to the one before.

A line's hash is the SHA-256 of its own fields and of the hash before it, so a line that was changed, removed or put in
shows. That the newest lines were cut off shows by the head, a second file with the newest number and hash. Whoever may
write all files can forge them all: the chain proves carelessness and late edits.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import cast

from core.protocols import Clock, SystemClock
from core.storage.transaction import transaction

SCHEMA = """
create table journal (
    id integer primary key, at integer not null, kind text not null, run integer, who text not null,
    role text not null, device text not null, serial text not null, link text not null, point text not null,
    register text not null, old text not null, new text not null, readback text not null, outcome text not null,
    reason text not null, detail text not null, previous text not null, hash text not null
);
create index journal_by_run on journal (run) where run is not null;
create index journal_by_device on journal (device, id);
create trigger journal_is_not_changed before update on journal
begin select raise(abort, 'the journal is only added to'); end;
create trigger journal_is_not_cut before delete on journal
begin select raise(abort, 'the journal is only added to'); end;
"""

NOTHING_BEFORE = "0" * 64
MOST_BREAKS = 100
MOST_DEPTH = 8  # of what stands in a detail


@dataclass(frozen=True, slots=True)
class Entry:
    """What is to be kept. Values are texts in inner units; ``detail`` holds what JSON can hold, frames as hex."""

    kind: str
    who: str = ""
    role: str = ""
    run: int | None = None
    device: str = ""
    serial: str = ""
    link: str = ""
    point: str = ""
    register: str = ""
    old: str = ""
    new: str = ""
    readback: str = ""
    outcome: str = ""
    reason: str = ""
    detail: Mapping[str, object] = field(default_factory=dict[str, object])


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it is kept. ``at`` is Unix seconds, in whole milliseconds."""

    id: int
    at: float
    entry: Entry
    previous: str
    hash: str


@dataclass(frozen=True, slots=True)
class Break:
    """One place where the chain does not hold. ``what``: changed, removed, cut off, unreadable."""

    id: int
    what: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the check of the whole chain says. ``head`` is the hash of the newest line."""

    count: int
    broken: tuple[Break, ...] = ()
    head: str = NOTHING_BEFORE

    @property
    def ok(self) -> bool:
        """Whether every line is the one that was written."""
        return not self.broken


_TEXTS = (
    "kind",
    "who",
    "role",
    "device",
    "serial",
    "link",
    "point",
    "register",
    "old",
    "new",
    "readback",
    "outcome",
    "reason",
)
_COLUMNS = ("id", "at", "run", *_TEXTS, "detail", "previous", "hash")
assert {f.name for f in fields(Entry)} == {*_TEXTS, "run", "detail"}


def _hash(values: Mapping[str, object]) -> str:
    """SHA-256 over every column but the hash, as canonical JSON: sorted keys, no blanks, UTF-8."""
    text = json.dumps(
        {name: values[name] for name in _COLUMNS if name != "hash"},
        sort_keys=True,
        ensure_ascii=False,
        separators=(",", ":"),
        default=repr,  # of what no journal writes: bytes in the place of a text
    )
    return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()


class Journal:
    """The journal over an open connection; one thread. Every method may raise sqlite3.Error."""

    def __init__(self, db: sqlite3.Connection, head: Path, clock: Clock | None = None) -> None:
        self._db, self._head, self._clock = db, head, clock or SystemClock()

    def append(self, entry: Entry) -> Line:
        """Add a line; when this returns it is on the disk."""
        values: dict[str, object] = {name: _kept(getattr(entry, name)) for name in _TEXTS}
        values["run"] = entry.run
        values["detail"] = _kept(
            json.dumps(plain(entry.detail), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        )
        with transaction(self._db):
            last = self._db.execute("select id, hash from journal order by id desc limit 1").fetchone()
            number, before = (int(last[0]), str(last[1])) if last else (0, NOTHING_BEFORE)
            values |= {"id": number + 1, "at": round(self._clock.now() * 1000), "previous": before}
            values["hash"] = _hash(values)
            marks = ", ".join("?" for _ in _COLUMNS)
            row = [values[name] for name in _COLUMNS]
            self._db.execute(f"insert into journal ({', '.join(_COLUMNS)}) values ({marks})", row)
        self._keep_head(number + 1, str(values["hash"]))
        return _line(tuple(values[name] for name in _COLUMNS))

    def lines(self, newest: int = 500, *, device: str = "", run: int | None = None) -> list[Line]:
        """The newest lines, newest first; of one device or one run where given."""
        where, given = ["1 = 1"], list[object]()
        if device:
            where.append("device = ?")
            given.append(device)
        if run is not None:
            where.append("run = ?")
            given.append(run)
        question = f"select {', '.join(_COLUMNS)} from journal where {' and '.join(where)} order by id desc limit ?"
        return [_line(row) for row in self._db.execute(question, (*given, newest))]

    def next_run(self) -> int:
        """A number for a run that no earlier one has."""
        (highest,) = self._db.execute("select max(run) from journal where typeof(run) = 'integer'").fetchone()
        return int(highest or 0) + 1

    def verify(self) -> Verdict:
        """Go through the whole chain."""
        broken: list[Break] = []
        count, number, before = 0, 0, NOTHING_BEFORE
        hashes: dict[int, str] = {}
        kept, known = self._kept_head()
        for row in self._db.execute(f"select {', '.join(_COLUMNS)} from journal order by id"):
            values: dict[str, object] = dict(zip(_COLUMNS, row, strict=True))
            count += 1
            found = int(row[0])
            if found != number + 1:
                broken.append(_gap(number + 1, found - 1))
            elif values["previous"] != before:
                sentence = f"line {found} does not continue line {number}: one of them is not the one that was written"
                broken.append(Break(found, "changed", sentence))
            if _hash(values) != values["hash"]:
                sentence = f"line {found} is not the one that was written: it has been changed afterwards"
                broken.append(Break(found, "changed", sentence))
            number, before = found, str(values["hash"])
            if found == kept:
                hashes[found] = before
        if kept > number:
            broken.append(_cut(number + 1, kept))
        elif known and hashes.get(kept) != known and not any(entry.id == kept for entry in broken):
            broken.append(Break(kept, "changed", f"line {kept} is not the one that the head of the journal names"))
        return Verdict(count, tuple(broken[:MOST_BREAKS]), before)

    def _keep_head(self, number: int, digest: str) -> None:
        fresh = self._head.with_name(f"{self._head.name}.new")
        with contextlib.suppress(OSError), fresh.open("w", encoding="ascii") as file:
            file.write(f"{number} {digest}\n")
            file.flush()
            os.fsync(file.fileno())
            file.close()
            fresh.replace(self._head)

    def _kept_head(self) -> tuple[int, str]:
        try:
            number, digest = self._head.read_text(encoding="ascii").split()
            return int(number), digest
        except (OSError, ValueError):
            return 0, ""


def plain(detail: Mapping[str, object]) -> dict[str, object]:
    """A detail as JSON can hold it, a copy of its own; what JSON does not know becomes its text."""
    return {str(name): _plain(value, MOST_DEPTH) for name, value in detail.items()}


def _plain(value: object, left: int) -> object:
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if left and isinstance(value, Mapping):
        inner = cast("Mapping[object, object]", value)
        return {str(name): _plain(part, left - 1) for name, part in inner.items()}
    if left and isinstance(value, (list, tuple)):
        return [_plain(part, left - 1) for part in cast("Sequence[object]", value)]
    try:
        return value.hex(" ") if isinstance(value, bytes) else str(value)
    except Exception:  # noqa: BLE001 - whatever an object does when it is asked for its text
        return f"({type(value).__name__})"


def _kept(text: str) -> str:
    """Text as a file can hold it: half of a surrogate pair, which a keyboard can give, becomes a question mark."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _gap(first: int, last: int) -> Break:
    what = f"line {first} has" if first == last else f"the lines {first} to {last} have"
    return Break(first, "removed", f"{what} been removed")


def _cut(first: int, last: int) -> Break:
    what = f"line {first} has" if first == last else f"the lines {first} to {last} have"
    return Break(first, "cut off", f"{what} been cut off the end")


def _line(row: tuple[object, ...]) -> Line:
    values = dict(zip(_COLUMNS, row, strict=True))
    try:
        detail = json.loads(str(values["detail"]))
    except (ValueError, RecursionError):  # changed by hand; the check says so
        detail = {"unreadable": str(values["detail"])}
    run = values["run"]
    entry = Entry(
        **{name: str(values[name]) for name in _TEXTS},
        run=run if isinstance(run, int) else None,
        detail=cast("dict[str, object]", detail) if isinstance(detail, dict) else {},
    )
    at = values["at"]
    number = values["id"]
    return Line(
        number if isinstance(number, int) else 0,
        at / 1000 if isinstance(at, int) else 0.0,
        entry,
        str(values["previous"]),
        str(values["hash"]),
    )
