"""Min, mean, max, first, last and count of numbers, per recording period, hour and day; runs of texts; pure functions.

The mean is weighted by readings, not by time: it is exact to merge, it invents nothing across a gap, and a point is
polled at one pace. Only good values count. 1024 buckets of one point lie in one blob: as integers under the point's
scale when it reproduces them all (then nothing is lost), else as floats, which a gauge keeps in single precision
(seven digits; a counter keeps all of them).
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from core.storage.packing import (
    Floats,
    Ints,
    get_varint,
    guarded,
    pack_columns,
    pack_ints,
    pack_times,
    put_varint,
    unpack_columns,
    unpack_ints,
    unpack_times,
)
from core.storage.values import Samples, Scale, sound_scale

RUNS_LEVEL, HOUR_LEVEL, DAY_LEVEL = 0, 3600, 86400
PER_BLOCK = 1024
_SCALE = struct.Struct("<?dd")
_WHOLE, _DOUBLE, _SINGLE = 0, 1, 2


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Buckets in the order of time: ``start`` in ms, the rest in the point's unit. A reading is a bucket of one."""

    start: Ints
    count: Ints
    low: Floats
    mean: Floats
    high: Floats
    first: Floats
    last: Floats

    def __len__(self) -> int:
        return len(self.start)

    def columns(self) -> tuple[Floats, ...]:
        """Return min, mean, max, first and last."""
        return self.low, self.mean, self.high, self.first, self.last

    def where(self, keep: Ints | np.ndarray[tuple[int], np.dtype[np.bool_]] | slice) -> Rows:
        """Return the chosen buckets."""
        return Rows(self.start[keep], self.count[keep], *(column[keep] for column in self.columns()))

    def outside(self, start: int, end: int) -> Rows:
        """Return the buckets that do not begin in ``start <= t < end`` (ms)."""
        return self.where((self.start < start) | (self.start >= end))


def rows_of(t: Ints, values: Floats) -> Rows:
    """Return readings as buckets of one, without those that are NaN."""
    good = ~np.isnan(values)
    if not bool(good.all()):
        t, values = t[good], values[good]
    return Rows(t, np.ones(len(t), dtype=np.int64), values, values, values, values, values)


def join_rows(parts: Iterable[Rows]) -> Rows:
    """Return all buckets in the order of time."""
    every = [part for part in parts if len(part)]
    if len(every) == 1:
        return every[0]
    if not every:
        return rows_of(np.zeros(0, dtype=np.int64), np.zeros(0))
    start = np.concatenate([part.start for part in every])
    count = np.concatenate([part.count for part in every])
    columns = [np.concatenate(column) for column in zip(*(part.columns() for part in every), strict=True)]
    joined = Rows(start, count, *columns)
    return joined if bool(np.all(start[1:] >= start[:-1])) else joined.where(np.argsort(start, kind="stable"))


def merge(rows: Rows, key: Ints, starts: Ints | None = None) -> Rows:
    """Merge neighbours that share a (rising) ``key``; each result begins at its key, or at its place in ``starts``."""
    if not len(rows):
        return rows
    heads = np.append(0, np.flatnonzero(key[1:] != key[:-1]) + 1)
    tails = np.append(heads[1:], len(key)) - 1
    count = np.add.reduceat(rows.count, heads)
    low = np.minimum.reduceat(rows.low, heads)
    high = np.maximum.reduceat(rows.high, heads)
    base = np.repeat(low, tails - heads + 1)
    with np.errstate(all="ignore"):
        mean = low + np.add.reduceat((rows.mean - base) * rows.count, heads) / count
    mean = np.clip(mean, low, high)
    return Rows(key[heads] if starts is None else starts, count, low, mean, high, rows.first[heads], rows.last[tails])


def bucket(rows: Rows, step: int, origin: int) -> Rows:
    """Merge into buckets of ``step`` ms that are counted from ``origin`` (ms)."""
    return merge(rows, (rows.start - origin) // step * step + origin)


def _pack_whole(rows: Rows, scale: Scale) -> list[bytes] | None:
    """Return the columns as integers, or None when the scale does not reproduce them."""
    four: list[Ints] = []
    for column in (rows.low, rows.high, rows.first, rows.last):
        if (numbers := scale.integers(column)) is None:
            return None
        four.append(numbers)
    low, high, first, last = four
    step = abs(1 / scale.factor if scale.divides else scale.factor)
    excess = (rows.mean - rows.low) / step * rows.count
    if not bool(np.all(np.abs(excess - np.rint(excess)) < 0.02)) or not bool(np.all(excess < 2.0**50)):
        return None
    gaps = (high - low, first - low, last - low, np.rint(excess).astype(np.int64))
    return [pack_ints(low), *(pack_ints(gap) for gap in gaps)]


def pack_rows(rows: Rows, scales: Sequence[Scale], exact: bool) -> bytes:
    """Return the blob of a block of buckets; ``exact`` keeps floats in double precision."""
    out = bytearray()
    put_varint(out, len(rows))
    head = [pack_times(rows.start), pack_ints(rows.count)]
    for scale in scales:
        if columns := _pack_whole(rows, scale):
            out.append(_WHOLE)
            out += _SCALE.pack(scale.divides, scale.factor, scale.offset)
            return bytes(out) + pack_columns(head + columns)
    out.append(_DOUBLE if exact else _SINGLE)
    if exact:
        columns = [pack_ints(column.view(np.int64)) for column in rows.columns()]
    else:
        with np.errstate(all="ignore"):
            singles = [column.astype(np.float32).view(np.int32) for column in rows.columns()]
        columns = [pack_ints(single.astype(np.int64)) for single in singles]
    return bytes(out) + pack_columns(head + columns)


@guarded
def unpack_rows(data: bytes) -> Rows:
    """The inverse of ``pack_rows``; raise ValueError when it is damaged."""
    length, at = get_varint(data, 0)
    form = data[at]
    at += 1
    scale = Scale()
    if form == _WHOLE:
        divides, factor, offset = _SCALE.unpack_from(data, at)
        scale = sound_scale(factor, offset, divides)
        at += _SCALE.size
    start, count, *packed = unpack_columns(data, at)
    counts = unpack_ints(count, length)
    columns = [unpack_ints(column, length) for column in packed]
    if form == _WHOLE:
        low, above, first, last, excess = columns
        lows = scale.values(low)
        step = abs(1 / scale.factor if scale.divides else scale.factor)
        mean = lows + excess / np.maximum(counts, 1) * step
        rest = [scale.values(low + gap) for gap in (above, first, last)]
        floats = [lows, np.clip(mean, lows, rest[0]), *rest]
    elif form == _DOUBLE:
        floats = [column.view(np.float64) for column in columns]
    else:
        floats = [column.astype(np.int32).view(np.float32).astype(np.float64) for column in columns]
    return Rows(unpack_times(start, length), counts, *floats)


@dataclass(frozen=True, slots=True, eq=False)
class Runs:
    """Stretches of equal readings: from ``start`` to the last reading of it at ``until`` (ms), and how many."""

    start: Ints
    until: Ints
    count: Ints
    mode: Ints
    raw: Ints

    def __len__(self) -> int:
        return len(self.start)

    def columns(self) -> tuple[Ints, ...]:
        """Return all five columns."""
        return self.start, self.until, self.count, self.mode, self.raw

    def outside(self, start: int, end: int) -> Runs:
        """Return the runs that do not begin in ``start <= t < end`` (ms)."""
        keep = (self.start < start) | (self.start >= end)
        return Runs(*(column[keep] for column in self.columns()))


def runs_of(samples: Samples) -> Runs:
    """Return what a series of texts looks like in short."""
    if not len(samples):
        return Runs(*(samples.t for _ in range(5)))
    changed = (samples.mode[1:] != samples.mode[:-1]) | (samples.raw[1:] != samples.raw[:-1])
    heads = np.append(0, np.flatnonzero(changed) + 1)
    tails = np.append(heads[1:], len(samples)) - 1
    count = (tails - heads + 1).astype(np.int64)
    return Runs(samples.t[heads], samples.t[tails], count, samples.mode[heads], samples.raw[heads])


def join_runs(parts: Iterable[Runs]) -> Runs:
    """Return all runs in the order of time; equal neighbours stay apart."""
    columns = [np.concatenate(column) for column in zip(*(part.columns() for part in parts), strict=True)]
    order = np.argsort(columns[0], kind="stable")
    return Runs(*(column[order] for column in columns))


def pack_runs(runs: Runs) -> bytes:
    """Return the blob of a block of runs."""
    out = bytearray()
    put_varint(out, len(runs))
    columns = (runs.until - runs.start, runs.count, runs.mode, runs.raw)
    return bytes(out) + pack_columns([pack_times(runs.start), *(pack_ints(column) for column in columns)])


@guarded
def unpack_runs(data: bytes) -> Runs:
    """The inverse of ``pack_runs``; raise ValueError when it is damaged."""
    length, at = get_varint(data, 0)
    start, *rest = unpack_columns(data, at)
    starts = unpack_times(start, length)
    lasted, count, mode, raw = (unpack_ints(column, length) for column in rest)
    return Runs(starts, starts + lasted, count, mode, raw)
