"""Moving readings into chunks and the pyramid; the recorder's thread calls it inside a transaction.

A reading that comes for an hour already sealed waits among the unsealed ones, where every query finds it, until the
next pass opens that chunk, merges and seals it again; its buckets are computed anew from all its readings.
Every function may raise sqlite3.Error.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

import numpy as np

from core.points import Kind
from core.storage.chunks import seal
from core.storage.days import HOUR_MS, day_at, day_start, days_at
from core.storage.packing import Floats, Ints, pack_times, sure_blob
from core.storage.pyramid import (
    DAY_LEVEL,
    HOUR_LEVEL,
    PER_BLOCK,
    RUNS_LEVEL,
    Rows,
    Runs,
    bucket,
    join_rows,
    join_runs,
    merge,
    pack_rows,
    pack_runs,
    rows_of,
    runs_of,
    unpack_rows,
    unpack_runs,
)
from core.storage.retention import Cut
from core.storage.store import (
    FOREVER,
    block_of,
    chunk_samples,
    hour_start,
    step_rows,
    sub_hour_levels,
)
from core.storage.unsealed import forget_before, forget_hour, unsealed_samples
from core.storage.values import Samples, Scale, join

_ROW_BYTES = 24  # what SQLite adds to a blob: record header, row id, index entry


@dataclass(frozen=True, slots=True)
class Subject:
    """The series to seal. ``scales`` are those it may have, the likeliest first."""

    id: int
    kind: Kind
    scales: Sequence[Scale]


@dataclass(slots=True)
class Sealer:
    """Seals hours under one zone, phase and recording period; remembers the times of the hour in hand."""

    db: sqlite3.Connection
    zone: ZoneInfo
    phase: int
    period_s: int
    scales: Mapping[int, Scale]
    _times_hour: int = -1
    _times: dict[bytes, int] = field(default_factory=dict[bytes, int])

    def forget_times(self) -> None:
        """Forget what a transaction that was rolled back has stored."""
        self._times.clear()

    def was_sealed(self, series: int, hour: int) -> bool:
        """Whether the series has been sealed up to this hour before, so that its buckets are there."""
        row = self.db.execute("select last from series where id = ?", (series,)).fetchone()
        return row is not None and row[0] is not None and row[0] >= hour_start(hour, self.phase)

    def seal_hour(self, subject: Subject, hour: int) -> tuple[int, int]:
        """Seal one hour of one series; return the bytes it took and the ms it spans."""
        start = hour_start(hour, self.phase)
        end = start + HOUR_MS
        series = subject.id
        fresh = unsealed_samples(self.db, series, start, end)
        if not len(fresh):
            return 0, 0
        old = chunk_samples(self.db, series, hour, hour)
        samples = join(old, fresh)
        written = self._write_chunk(subject, hour, samples, bool(len(old)))
        forget_hour(self.db, series, hour)
        self.db.execute(
            "update series set first = min(coalesce(first, ?1), ?1), last = max(coalesce(last, ?2), ?2),"
            " count = count + ?3 where id = ?4",
            (int(samples.t[0]), int(samples.t[-1]), len(samples) - len(old), series),
        )
        if subject.kind in (Kind.GAUGE, Kind.COUNTER):
            values = samples.good_numbers(self.scales)
            written += self._write_numbers(subject, start, samples.t, values, bool(len(old)))
        else:
            written += self._write_runs(series, start, runs_of(samples))
        return written, int(samples.t[-1] - samples.t[0])

    def _write_chunk(self, subject: Subject, hour: int, samples: Samples, again: bool) -> int:
        data = seal(samples, subject.scales)
        if hour != self._times_hour:
            self._times_hour = hour
            self._times.clear()
        written = len(data) + _ROW_BYTES
        moments = hashlib.blake2b(samples.t.tobytes(), digest_size=16).digest()
        number = self._times.get(moments)
        if number is None:
            insert, times = "insert into times (hour, data) values (?, ?)", pack_times(samples.t)
            number = self._times[moments] = int(self.db.execute(insert, (hour, times)).lastrowid or 0)
            written += len(times) + _ROW_BYTES
        if again:
            delete_chunks(self.db, subject.id, hour, hour + 1, most=1, keep_times=number)
            self._times = {moments: number}  # others may be gone with the chunk that used them
        self.db.execute(
            "insert into chunks (series, hour, count, times, data) values (?, ?, ?, ?, ?)",
            (subject.id, hour, len(samples), number, data),
        )
        return written

    def _write_numbers(self, subject: Subject, start: int, t: Ints, values: Floats, again: bool) -> int:
        end = start + HOUR_MS
        rows = rows_of(t, values)
        periods = bucket(rows, self.period_s * 1000, self.phase)
        levels = {self.period_s: periods, HOUR_LEVEL: bucket(rows, HOUR_MS, self.phase)}
        if again:  # the hour may have been sealed under another recording period
            nothing = rows.where(slice(0))
            levels = dict.fromkeys(sub_hour_levels(self.db, subject.id), nothing) | levels
        written = 0
        for level, fresh in levels.items():
            first, last = block_of(start, level, self.phase), block_of(end - 1, level, self.phase)
            for block in range(first, last + 1):
                low = block * level * 1000 * PER_BLOCK + self.phase
                here = fresh.where((fresh.start >= low) & (fresh.start < low + level * 1000 * PER_BLOCK))
                written += self._put_rows(subject, level, block, (start, end), here)
        return written + self.write_day(subject, day_at(start, self.zone))

    def write_day(self, subject: Subject, day: int) -> int:
        """Compute a local day from its hours; return the bytes by which it grew."""
        start, end = day_start(day, self.zone), day_start(day + 1, self.zone)
        hours = step_rows(self.db, subject.id, HOUR_LEVEL, start, end, phase=self.phase)
        whole = merge(hours, np.full(len(hours), start, dtype=np.int64))
        return self._put_rows(subject, DAY_LEVEL, day // PER_BLOCK, (start, end), whole)

    def write_days(self, subject: Subject) -> None:
        """Compute every local day of a series anew, after the site's zone has changed."""
        self.db.execute("delete from pyramid where series = ? and level = ?", (subject.id, DAY_LEVEL))
        packed = self.db.execute(
            "select data from pyramid where series = ? and level = ? order by block", (subject.id, HOUR_LEVEL)
        ).fetchall()
        hours = join_rows(unpack_rows(data) for (data,) in packed)
        days = days_at(hours.start, self.zone)
        starts = [day_start(day, self.zone) for day in np.unique(days).tolist()]
        whole = merge(hours, days, np.array(starts, dtype=np.int64))
        blocks = np.unique(days) // PER_BLOCK
        for block in np.unique(blocks).tolist():
            self._put_rows(subject, DAY_LEVEL, block, (-FOREVER, FOREVER), whole.where(blocks == block))

    def _put_rows(self, subject: Subject, level: int, block: int, span: tuple[int, int], fresh: Rows) -> int:
        """Put buckets in place of those that begin in ``span`` (ms); return the bytes of growth."""
        old = self._blob(subject.id, level, block)
        kept = [unpack_rows(old).outside(*span)] if old else []
        rows = join_rows([*kept, fresh])
        exact = subject.kind is Kind.COUNTER
        return self._put_blob(
            subject.id, level, block, old, pack_rows(rows, subject.scales, exact) if len(rows) else b""
        )

    def _write_runs(self, series: int, start: int, fresh: Runs) -> int:
        block = block_of(start, RUNS_LEVEL, self.phase)
        old = self._blob(series, RUNS_LEVEL, block)
        kept = [unpack_runs(old).outside(start, start + HOUR_MS)] if old else []
        return self._put_blob(series, RUNS_LEVEL, block, old, pack_runs(join_runs([*kept, fresh])))

    def _blob(self, series: int, level: int, block: int) -> bytes:
        row = self.db.execute(
            "select data from pyramid where series = ? and level = ? and block = ?", (series, level, block)
        ).fetchone()
        return sure_blob(row[0]) if row else b""

    def _put_blob(self, series: int, level: int, block: int, old: bytes, data: bytes) -> int:
        key = (series, level, block)
        if old and data:
            self.db.execute("update pyramid set data = ? where series = ? and level = ? and block = ?", (data, *key))
        elif old:
            self.db.execute("delete from pyramid where series = ? and level = ? and block = ?", key)
        elif data:
            self.db.execute("insert into pyramid (series, level, block, data) values (?, ?, ?, ?)", (*key, data))
            return len(data) + _ROW_BYTES
        return len(data) - len(old)


def delete_chunks(
    db: sqlite3.Connection, series: int, first: int, before: int, *, most: int, keep_times: int = 0
) -> int:
    """Delete at most ``most`` chunks of hours ``first <= hour < before``, and times nobody needs any more."""
    found = db.execute(
        "select id, times from chunks where series = ? and hour >= ? and hour < ? order by hour limit ?",
        (series, first, before, most),
    ).fetchall()
    db.executemany("delete from chunks where id = ?", [(chunk,) for chunk, _ in found])
    db.executemany(
        "delete from times where id = ?1 and not exists (select 1 from chunks where times = ?1)",
        [(times,) for times in {times for _, times in found} - {keep_times}],
    )
    return len(found)


def cut(db: sqlite3.Connection, what: Cut, phase: int, most: int) -> int:
    """Carry out one cut, at most ``most`` chunks or blocks of it; return how many went."""
    if what.level is None:
        # hours that end before the cut; late rows for them are not sealed any more either
        before = (what.before - phase) // HOUR_MS
        forget_before(db, what.series, before)
        return delete_chunks(db, what.series, -FOREVER, before, most=most)
    gone = db.execute(
        "delete from pyramid where id in (select id from pyramid where series = ? and level = ? and block < ?"
        " order by block limit ?)",
        (what.series, what.level, what.before, most),
    )
    return gone.rowcount
