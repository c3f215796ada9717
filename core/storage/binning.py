"""From stored buckets or readings to the bins of a curve; pure functions."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from core.storage.packing import Floats, Ints
from core.storage.pyramid import Rows, bucket, merge
from core.storage.results import Series

GAP_PACES = 5  # a silence of more than five paces is drawn as a gap


def width_for(start: int, end: int, bins: int, step: int) -> int:
    """Return the narrowest bin (ms, a multiple of ``step``) of which ``bins`` cover the range wherever it begins."""
    return max(1, -(-(end - start) // (max(2, bins) - 1) // step)) * step


def pace_of(t: Ints) -> int:
    """Return the usual distance of neighbours (ms), 0 when there are too few to tell."""
    return int(np.median(np.diff(t))) if len(t) > 2 else 0


def one_by_one(rows: Rows, gaps: Ints, most: int) -> Series | None:
    """Return each reading as its own bin, with an empty one in each silence and at each reading without a value.

    None when that takes more than ``most`` bins.
    """
    silence = GAP_PACES * pace_of(rows.start)
    holes = gaps[np.diff(np.searchsorted(rows.start, gaps), prepend=-1) != 0]  # one between two values
    if silence:
        steps = np.diff(rows.start)
        holes = np.append(holes, rows.start[:-1][steps > silence] + silence // GAP_PACES)
    t = np.append(rows.start, holes)
    if len(t) > most:
        return None
    order = np.argsort(t, kind="stable")
    nothing = np.full(len(holes), np.nan)
    columns = [np.append(column, nothing)[order] for column in rows.columns()]
    low, mean, high, first, last = columns
    count = np.append(rows.count, np.zeros(len(holes), dtype=np.int64))[order]
    return Series(t[order] / 1000, low, mean, high, first, last, count)


def widened(rows: Rows, width: int) -> int:
    """Return a multiple of ``width`` that no point polled more slowly than the bins is torn apart by."""
    pace = pace_of(rows.start)
    return width if pace <= width else -(-pace * 3 // 2 // width) * width


def grid(rows: Rows, start: int, end: int, *, width: int, phase: int, level_s: int) -> Series:
    """Return bins of ``width`` ms that cover ``start … end``, on one grid however the range is moved."""
    first = (start - phase) // width * width + phase
    starts = np.arange(first, end, width, dtype=np.int64)
    return place(bucket(rows, width, phase), starts, level_s, width / 1000)


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
