"""Readings that are not sealed yet, as packed rows; every function may raise sqlite3.Error, or Damaged.

A commit appends all that has come as one blob (``batches``): it touches few pages, whatever the number of points. Every
two minutes these are sorted by series and hour (``parts``), where the curve of one point is found by itself.
"""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice, pairwise, starmap

import numpy as np
from numpy.typing import NDArray

from core.storage.days import HOUR_MS
from core.storage.packing import Damaged, sure_blob
from core.storage.values import FLOAT, Samples, join

Row = tuple[int, int, int, int]
"""series, t (ms), mode, raw: see ``values.Samples``."""

ROW = np.dtype([("series", "<u4"), ("t", "<i8"), ("mode", "<u4"), ("raw", "<i8")])
Packed = NDArray[np.void]
"""Rows of the type ``ROW``."""

pack_row = struct.Struct("<IqIq").pack  # of the four numbers of a Row
_DOUBLE, _SIGNED = struct.Struct("<d"), struct.Struct("<q")
_AT_ONCE = 100_000  # old rows a batch, when they are taken over


@dataclass(frozen=True, slots=True)
class Span:
    """Where the unsealed readings of a series lie (ms), and how many there are."""

    first: int
    last: int
    count: int

    def joined(self, other: Span) -> Span:
        """Both together."""
        return Span(min(self.first, other.first), max(self.last, other.last), self.count + other.count)


def pack(rows: Iterable[Row]) -> bytes:
    """Return rows as bytes; raise Damaged for numbers that none of ours has."""
    try:
        return b"".join(starmap(pack_row, rows))
    except struct.error as err:
        raise Damaged(f"a reading that cannot be kept ({err})") from err


def unpack(*blobs: object) -> Packed:
    """The inverse of ``pack``: all rows of some blobs."""
    sure = [sure_blob(blob) for blob in blobs]
    if any(len(blob) % ROW.itemsize for blob in sure):
        raise Damaged("a part of the history is damaged (a reading without its end)")
    return np.frombuffer(b"".join(sure), ROW)


def append(db: sqlite3.Connection, data: bytes) -> None:
    """Add packed rows, as they came."""
    db.execute("insert into batches (data) values (?)", (data,))


def settle(db: sqlite3.Connection, phase: int) -> None:
    """Sort all batches into parts, each of one series and one hour (counted from ``phase``, ms)."""
    rows = _arrived(db)
    if not len(rows):
        return
    order = np.lexsort((rows["t"], rows["series"]))  # stable: of two readings of one moment the first stays
    rows = rows[order]
    hours = (rows["t"] - phase) // HOUR_MS
    changes = np.flatnonzero((np.diff(rows["series"]) != 0) | (np.diff(hours) != 0)) + 1
    edges = np.concatenate(([0], changes, [len(rows)]))
    heads = edges[:-1]
    columns = rows["series"][heads], hours[heads], rows["t"][heads], rows["t"][edges[1:] - 1], np.diff(edges)
    data = rows.tobytes()
    parts = (data[low * ROW.itemsize : high * ROW.itemsize] for low, high in pairwise(edges.tolist()))
    db.executemany(
        "insert into parts (series, hour, first, last, count, data) values (?, ?, ?, ?, ?, ?)",
        zip(*(column.tolist() for column in columns), parts, strict=True),
    )
    db.execute("delete from batches")


def unsealed_samples(db: sqlite3.Connection, series: int, start: int, end: int) -> Samples:
    """Return the unsealed readings of a series, ``start <= t < end`` (ms)."""
    parts = db.execute(
        "select data from parts where series = ? and first < ? and last >= ? order by id", (series, end, start)
    )
    sorted_in = unpack(*(data for (data,) in parts.fetchall()))
    came = _arrived(db)
    return join(_samples(sorted_in), _samples(came[came["series"] == series])).between(start, end)


def spans(db: sqlite3.Connection) -> dict[int, Span]:
    """Return where the unsealed readings of each series lie."""
    question = "select series, min(first), max(last), sum(count) from parts group by series"
    found = {int(series): Span(*span) for series, *span in db.execute(question)}
    came = _arrived(db)
    for series in np.unique(came["series"]).tolist():
        t = came["t"][came["series"] == series]
        here = Span(int(t.min()), int(t.max()), len(t))
        found[series] = found[series].joined(here) if series in found else here
    return found


def open_hours(db: sqlite3.Connection) -> dict[int, set[int]]:
    """Return which series have parts in which hour."""
    found: dict[int, set[int]] = {}
    for series, hour in db.execute("select distinct series, hour from parts"):
        found.setdefault(int(hour), set()).add(int(series))
    return found


def forget_hour(db: sqlite3.Connection, series: int, hour: int) -> None:
    """Delete what has been sealed."""
    db.execute("delete from parts where series = ? and hour = ?", (series, hour))


def forget_before(db: sqlite3.Connection, series: int, hour: int) -> None:
    """Delete what is older than an hour."""
    db.execute("delete from parts where series = ? and hour < ?", (series, hour))


def take_over(db: sqlite3.Connection) -> None:
    """Migration: the plain rows of an older file become batches, the ordered ones first."""
    for table in ("recent", "incoming"):
        rows = (_converted(*row) for row in db.execute(f"select series, t, mode, value from {table}").fetchall())
        while data := pack(islice(rows, _AT_ONCE)):
            append(db, data)
        db.execute(f"drop table {table}")


def _converted(series: int, t: int, mode: int, value: float | None) -> Row:
    """One row of an older file; raise ValueError, TypeError or OverflowError where it is none of ours."""
    if mode >> 2 == FLOAT:
        return series, t, mode, float_bits(float(value or 0.0))
    raw = int(value or 0)
    if raw != (value or 0):
        raise ValueError("a value that is no whole number")
    return series, t, mode, raw


def float_bits(value: float) -> int:
    """Return the bits of a float as a signed integer."""
    return int(_SIGNED.unpack(_DOUBLE.pack(value))[0])


def _arrived(db: sqlite3.Connection) -> Packed:
    """Return all batches, in the order they came."""
    return unpack(*(data for (data,) in db.execute("select data from batches order by id").fetchall()))


def _samples(rows: Packed) -> Samples:
    return Samples(rows["t"].astype(np.int64), rows["mode"].astype(np.int64), rows["raw"].astype(np.int64))
