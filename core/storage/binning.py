"""From stored buckets or readings to the bins of a curve; pure functions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.storage.packing import Floats, Ints
from core.storage.pyramid import Rows, bucket, merge
from core.storage.results import Series

GAP_PACES = 5  # a silence of more than five paces is drawn as a gap
NEIGHBOURS = 5  # steps before, and as many after, whose median tells the pace

Flags = NDArray[np.bool_]


def width_for(start: int, end: int, bins: int, step: int) -> int:
    """Return the narrowest bin (ms, a multiple of ``step``) of which ``bins`` cover the range wherever it begins."""
    return max(1, -(-(end - start) // (max(2, bins) - 1) // step)) * step


@dataclass(frozen=True, slots=True, eq=False)
class Silences:
    """Between a bucket and the next: whether anything is ``known`` of the pace there, and whether it is a ``gap``.

    ``after`` is when (ms after its start) the one before a gap has ended.
    """

    known: Flags
    gap: Flags
    after: Ints


def silences(rows: Rows, at: Ints) -> Silences:
    """Judge the silence after the buckets ``at`` by the pace of the readings around it.

    A point may be polled slowly for a year and fast since then: the slower of the pace before and the one after counts.
    Some of the buckets may be coarser than the others.
    """
    steps = np.diff(rows.start)
    extent, pace = (np.maximum(*pair) for pair in zip(*(_pace(rows, steps, at, side) for side in (-1, 1)), strict=True))
    gap = steps[at] > np.maximum(extent * 1.5, pace * GAP_PACES)  # without half a step more a bucket is just the next
    known = extent > 0
    return Silences(known, gap & known, np.maximum(extent, pace).astype(np.int64))


def _pace(rows: Rows, steps: Ints, at: Ints, side: int) -> tuple[Floats, Floats]:
    """Return the width of the buckets and the usual distance of their readings (ms) on one side of some steps."""
    places = at[:, np.newaxis] + side * np.arange(1, NEIGHBOURS + 1)
    inside = (places >= 0) & (places < len(steps))
    places = np.clip(places, 0, len(steps) - 1)
    near = np.where(inside, steps[places], np.inf)
    extent = near.min(axis=1, keepdims=True)
    counts = rows.count[places]
    paces = np.sort(np.where(inside & (counts > 1), extent / counts, near), axis=1)
    middle = np.maximum(inside.sum(axis=1) - 1, 0) // 2
    pace = np.take_along_axis(paces, middle[:, np.newaxis], axis=1)
    found = inside.any(axis=1)
    return np.where(found, extent[:, 0], 0.0), np.where(found, pace[:, 0], 0.0)


def one_by_one(rows: Rows, gaps: Ints, most: int) -> Series | None:
    """Return each reading as its own bin, with an empty one in each silence and at each reading without a value.

    None when that takes more than ``most`` bins.
    """
    holes = gaps[np.diff(np.searchsorted(rows.start, gaps), prepend=-1) != 0]  # one between two values
    if len(rows) + len(holes) > most:
        return None
    if len(rows) > 2:
        found = silences(rows, np.arange(len(rows) - 1))
        holes = np.append(holes, (rows.start[:-1] + found.after)[found.gap])
    t = np.append(rows.start, holes)
    if len(t) > most:
        return None
    order = np.argsort(t, kind="stable")
    nothing = np.full(len(holes), np.nan)
    columns = [np.append(column, nothing)[order] for column in rows.columns()]
    low, mean, high, first, last = columns
    count = np.append(rows.count, np.zeros(len(holes), dtype=np.int64))[order]
    return Series(t[order] / 1000, low, mean, high, first, last, count)


def grid(rows: Rows, gaps: Ints, start: int, end: int, *, width: int, phase: int, level_s: int) -> Series:
    """Return bins of ``width`` ms that cover ``start … end``, on one grid however the range is moved.

    Empty ones are left out where a point is polled more slowly than the bins, so that it is not torn apart; they stay
    in a silence, and where readings had no value (``gaps``).
    """
    first = (start - phase) // width * width + phase
    starts = np.arange(first, end, width, dtype=np.int64)
    series = place(bucket(rows, width, phase), starts, level_s, width / 1000)
    after = np.searchsorted(rows.start, starts)
    between = np.flatnonzero((series.count == 0) & (after > 0) & (after < len(rows)))
    if not len(between) or len(rows) < 3:
        return series
    at, which = np.unique(after[between] - 1, return_inverse=True)
    found = silences(rows, at)
    tells = np.searchsorted(gaps, rows.start[at]) < np.searchsorted(gaps, rows.start[at + 1])
    return series.without(between[(found.known & ~found.gap & ~tells)[which]])


def day_grid(rows: Rows, days: Ints, starts: Ints, *, per_bin: int) -> Series:
    """As ``grid`` for whole local days: ``starts`` (ms) of consecutive ``days``, ``per_bin`` of them in a bin."""
    heads = np.flatnonzero(np.diff(days // per_bin, prepend=-1))
    edges = starts[heads]
    inside = rows.where(rows.start >= edges[0])
    key = edges[np.searchsorted(edges, inside.start, side="right") - 1]
    return place(merge(inside, key), edges, 86400, per_bin * 86400.0)


def place(rows: Rows, starts: Ints, level_s: int, width_s: float) -> Series:
    """Put buckets at their place among the bins, NaN elsewhere."""
    at = np.searchsorted(starts, rows.start)
    fits = at < len(starts)
    fits[fits] = starts[at[fits]] == rows.start[fits]
    at = at[fits]
    columns: list[Floats] = []
    for column in rows.columns():
        full = np.full(len(starts), np.nan)
        full[at] = column[fits]
        columns.append(full)
    count = np.zeros(len(starts), dtype=np.int64)
    count[at] = rows.count[fits]
    low, mean, high, first, last = columns
    return Series(starts / 1000, low, mean, high, first, last, count, level_s, width_s)


def level_for(width: int, span: int, levels: Sequence[int]) -> int:
    """Return the coarsest of ``levels`` (s; 0 is readings) that is no coarser than a bin of ``width`` ms.

    Over more than ten days readings cost too much; then the finest stored level is taken, for fewer bins.
    """
    fitting = [level for level in levels if level * 1000 <= width]
    best = max(fitting, default=0)
    if best == 0 and span > 10 * 86_400_000:
        return min(level for level in levels if level)
    return best
