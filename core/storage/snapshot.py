"""Numbers out of one read transaction: from readings, recording periods, hours or days, whichever serves best."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import numpy as np

from core.points import Kind, PointKey
from core.storage.binning import day_grid, grid, level_for, one_by_one, place, width_for
from core.storage.days import HOUR_MS, day_at, day_start, days_at
from core.storage.packing import Ints
from core.storage.pyramid import DAY_LEVEL, HOUR_LEVEL, PER_BLOCK, Rows, join_rows, merge, rows_of, unpack_rows
from core.storage.results import Sample, Series
from core.storage.store import (
    FOREVER,
    hour_start,
    last_value,
    read_rows,
    read_samples,
    step_rows,
    sub_hour_levels,
)
from core.storage.unsealed import unsealed_samples
from core.storage.values import QUALITIES, Scale, value_of


@dataclass(frozen=True, slots=True)
class Recorded:
    """One recorded point: its number in the file and what it is."""

    id: int
    kind: Kind


def no_series() -> Series:
    """A curve without a bin."""
    none = np.zeros(0)
    return Series(none, none, none, none, none, none, np.zeros(0, dtype=np.int64))


@dataclass(frozen=True, slots=True)
class Snapshot:
    """An open read transaction and what is needed to understand it. Times in ms. May raise sqlite3.Error."""

    db: sqlite3.Connection
    zone: ZoneInfo
    phase: int
    scales: dict[int, Scale]
    words: dict[int, str]

    def find(self, key: PointKey) -> Recorded | None:
        """Return the series of a point, or None."""
        row = self.db.execute(
            "select id, kind from series where device = ? and point = ?", (key.device, key.point)
        ).fetchone()
        return Recorded(int(row[0]), Kind(row[1])) if row else None

    def curve(self, point: Recorded, start: int, end: int, bins: int) -> Series:
        """Return ``start <= t < end`` in at most ``bins`` bins; see ``History.range``."""
        if end <= start or bins < 1:
            return no_series()
        span = end - start
        levels = [*sub_hour_levels(self.db, point.id)[:1], HOUR_LEVEL, DAY_LEVEL]
        if bins == 1:
            return self._whole(point, start, end)
        level = level_for(width_for(start, end, bins, 1), span, levels)
        if level == DAY_LEVEL:
            return self._curve_of_days(point, start, end, bins)
        width = width_for(start, end, bins, level * 1000 or 1)
        from_t = start if level == 0 else (start - self.phase) // width * width + self.phase
        rows, gaps = self._rows(point, from_t, end, level)
        if level == 0 and (single := one_by_one(rows, gaps, bins)) is not None:
            return single
        return grid(rows, gaps, start, end, width=width, phase=self.phase, level_s=level)

    def _whole(self, point: Recorded, start: int, end: int) -> Series:
        """Return one bin, exact to the reading: whole hours in the middle, readings at both ends."""
        head = -(-(start - self.phase) // HOUR_MS) * HOUR_MS + self.phase
        tail = (end - self.phase) // HOUR_MS * HOUR_MS + self.phase
        if head >= tail:
            rows = self._rows(point, start, end, 0)[0]
        else:
            parts = (start, head, 0), (head, tail, HOUR_LEVEL), (tail, end, 0)
            rows = join_rows([self._rows(point, *part)[0] for part in parts if part[0] < part[1]])
        whole = merge(rows, np.full(len(rows), start, dtype=np.int64))
        return place(whole, np.array([start], dtype=np.int64), 0, (end - start) / 1000)

    def _curve_of_days(self, point: Recorded, start: int, end: int, bins: int) -> Series:
        first, last = day_at(start, self.zone), day_at(end - 1, self.zone)
        per_bin = -(-(last - first + 1) // (bins - 1))
        days = np.arange(first // per_bin * per_bin, last + 1, dtype=np.int64)
        starts = np.array([day_start(day, self.zone) for day in days.tolist()], dtype=np.int64)
        rows = self.day_rows(point, int(starts[0]), day_start(last + 1, self.zone))
        return day_grid(rows, days, starts, per_bin=per_bin)

    def day_rows(self, point: Recorded, start: int, end: int) -> Rows:
        """Return the local days that begin in ``start <= t < end``, the one under way included."""
        blocks = (day_at(start, self.zone) - 1) // PER_BLOCK, (day_at(end, self.zone) + 1) // PER_BLOCK
        sealed = read_rows(self.db, point.id, DAY_LEVEL, start, end, blocks=blocks)
        fresh = self._unsealed_rows(point, start, end)
        every = join_rows([sealed, fresh])
        days = days_at(every.start, self.zone)
        starts = [day_start(day, self.zone) for day in np.unique(days).tolist()]
        return merge(every, days, np.array(starts, dtype=np.int64))

    def _unsealed_rows(self, point: Recorded, start: int, end: int) -> Rows:
        fresh = unsealed_samples(self.db, point.id, start, end)
        return rows_of(fresh.t, fresh.good_numbers(self.scales))

    def _rows(self, point: Recorded, start: int, end: int, level: int) -> tuple[Rows, Ints]:
        """Return what begins in ``start <= t < end`` at a level, sealed or not, and when readings had no value.

        What is older than this level is kept comes from the next coarser one.
        """
        if level == 0:
            samples = read_samples(self.db, point.id, start, end, self.phase)
            values = samples.good_numbers(self.scales)
            rows, gaps = rows_of(samples.t, values), samples.t[np.isnan(values)]
        else:
            rows = join_rows([self._stored(point, start, end, level), self._unsealed_rows(point, start, end)])
            gaps = np.zeros(0, dtype=np.int64)
        begin = self._oldest(point, level)
        if level < HOUR_LEVEL and start < begin:
            coarser = HOUR_LEVEL if level else (sub_hour_levels(self.db, point.id)[:1] or [HOUR_LEVEL])[0]
            rows = join_rows([self._coarser(point, start, min(begin, end), coarser), rows])
        return rows, gaps

    def _coarser(self, point: Recorded, start: int, end: int, level: int) -> Rows:
        rows = self._stored(point, start, end, level)
        begin = self._oldest(point, level)
        if level < HOUR_LEVEL and start < begin:
            rows = join_rows([self._stored(point, start, min(begin, end), HOUR_LEVEL), rows])
        return rows

    def _stored(self, point: Recorded, start: int, end: int, level: int) -> Rows:
        """Return sealed buckets; below an hour of every recording period there has been."""
        if level == DAY_LEVEL:
            return self.day_rows(point, start, end)
        levels = sub_hour_levels(self.db, point.id) if level < HOUR_LEVEL else [level]
        return join_rows([step_rows(self.db, point.id, each, start, end, phase=self.phase) for each in levels])

    def _oldest(self, point: Recorded, level: int) -> int:
        """Return from when on (ms) a level is kept; readings or periods before it are gone or never were."""
        if level == 0:
            row = self.db.execute("select min(hour) from chunks where series = ?", (point.id,)).fetchone()
            return FOREVER if row[0] is None else hour_start(int(row[0]), self.phase)
        found = [
            int(row[0]) * each * 1000 * PER_BLOCK + self.phase
            for each in sub_hour_levels(self.db, point.id)
            for row in self.db.execute(
                "select min(block) from pyramid where series = ? and level = ?", (point.id, each)
            )
        ]
        return min(found, default=FOREVER)

    # -- single values -----------------------------------------------------------------------------------------

    def at(self, point: Recorded, t: int, *, good: bool = False) -> Sample | None:
        """Return the last value at or before ``t``; see ``History.at``. ``good`` passes over lesser qualities."""
        if found := last_value(self.db, point.id, t + 1, good=good):
            value = value_of(found[1] >> 2, found[2], self.scales, self.words)
            return Sample(found[0] / 1000, value, QUALITIES[found[1] & 3])
        for level in (*reversed(sub_hour_levels(self.db, point.id)), HOUR_LEVEL):
            blocks = self.db.execute(
                "select data from pyramid where series = ? and level = ? and block <= ? order by block desc limit 2",
                (point.id, level, (t - self.phase) // (level * 1000 * PER_BLOCK)),
            )
            for (data,) in blocks:
                rows = unpack_rows(data)
                ends = rows.start + level * 1000
                if len(here := np.flatnonzero(ends <= t)):
                    return Sample(int(ends[here[-1]]) / 1000, float(rows.last[here[-1]]))
        return None

    def increase(self, point: Recorded, start: int, end: int) -> float | None:
        """Return by how much a counter truly increased; see ``History.delta``."""
        final = self.at(point, end, good=True)
        begin = self.at(point, start, good=True) or self._first(point, start, end)
        if final is None or begin is None or final.t < begin.t:
            return None
        if not isinstance(final.value, float) or not isinstance(begin.value, float):
            return None
        return final.value - begin.value + self.hidden(point, round(begin.t * 1000) + 1, round(final.t * 1000) + 1)

    def hidden(self, point: Recorded, start: int, end: int) -> float:
        """Return what resets, rollovers and replacements in ``start <= t < end`` hide of a counter."""
        row = self.db.execute(
            "select coalesce(sum(correction), 0.0) from steps where series = ? and t >= ? and t < ?",
            (point.id, start, end),
        ).fetchone()
        return float(row[0])

    def _first(self, point: Recorded, start: int, end: int) -> Sample | None:
        """Return the first good value in ``start <= t <= end``."""
        for low in range(start, end + 1, 31 * 24 * HOUR_MS):
            high = min(low + 31 * 24 * HOUR_MS, end + 1)
            hours = self._rows(point, low - low % HOUR_MS, high, HOUR_LEVEL)[0]
            if len(hours):
                head = int(hours.start[0])
                readings = self._rows(point, max(low, head), min(head + HOUR_MS, high), 0)[0]
                if len(readings):
                    return Sample(int(readings.start[0]) / 1000, float(readings.first[0]))
        return None
