"""What the writer and the readers both fetch from an open history file; every function may raise sqlite3.Error."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

import numpy as np

from core.storage.chunks import unseal
from core.storage.days import HOUR_MS
from core.storage.packing import sure_blob
from core.storage.pyramid import (
    PER_BLOCK,
    RUNS_LEVEL,
    Rows,
    Runs,
    join_rows,
    join_runs,
    runs_of,
    unpack_rows,
    unpack_runs,
)
from core.storage.unsealed import unsealed_samples
from core.storage.values import FIRST_SCALE, FLOAT, NOTHING, Samples, Scale, join, sound_scale, value_of

FOREVER = 1 << 62


def read_settings(db: sqlite3.Connection) -> dict[str, str]:
    """Return what the file says of itself: zone, phase, period, id, bytes_a_day."""
    return {str(name): str(value) for name, value in db.execute("select name, value from settings")}


def phase_in(found: Mapping[str, str]) -> int:
    """The ms after a full hour (UTC) at which hours begin, from what a file says; raise ValueError when it is none."""
    phase = int(found.get("phase_ms", "0"))
    if not -HOUR_MS < phase < HOUR_MS:
        raise ValueError(f"hours that begin {phase} ms late")
    return phase


def write_setting(db: sqlite3.Connection, name: str, value: object) -> None:
    """Set one entry of ``settings``."""
    db.execute("insert or replace into settings values (?, ?)", (name, str(value)))


def read_scales(db: sqlite3.Connection) -> dict[int, Scale]:
    """Return every scale by its code."""
    rows = db.execute("select id, factor, offset, divides from scales")
    return {int(code): sound_scale(factor, offset, divides) for code, factor, offset, divides in rows}


def read_words(db: sqlite3.Connection) -> dict[int, str]:
    """Return every text by its number."""
    return {int(number): str(text) for number, text in db.execute("select id, text from words")}


def chunk_samples(db: sqlite3.Connection, series: int, first: int, last: int) -> Samples:
    """Return what is sealed in the hours ``first … last`` (hour numbers, both included)."""
    rows = db.execute(
        "select count, times, data from chunks where series = ? and hour between ? and ? order by hour",
        (series, first, last),
    ).fetchall()
    return join(*(unseal(_times(db, times), data, count) for count, times, data in rows))


def _times(db: sqlite3.Connection, number: int) -> bytes:
    row = db.execute("select data from times where id = ?", (number,)).fetchone()
    if row is None:
        raise ValueError(f"the times {number} of a chunk are missing")
    return sure_blob(row[0])


def hour_of(t: int, phase: int) -> int:
    """Return the number of the hour that holds ``t`` (ms)."""
    return (t - phase) // HOUR_MS


def hour_start(hour: int, phase: int) -> int:
    """Return the ms at which an hour begins."""
    return hour * HOUR_MS + phase


def read_samples(db: sqlite3.Connection, series: int, start: int, end: int, phase: int) -> Samples:
    """Return every reading with ``start <= t < end`` (ms), sealed or not."""
    sealed = chunk_samples(db, series, hour_of(start, phase), hour_of(end - 1, phase))
    return join(sealed.between(start, end), unsealed_samples(db, series, start, end))


def read_rows(
    db: sqlite3.Connection, series: int, level: int, start: int, end: int, *, blocks: tuple[int, int]
) -> Rows:
    """Return the buckets of a level that begin in ``start <= t < end`` (ms), from a first to a last block."""
    found = db.execute(
        "select data from pyramid where series = ? and level = ? and block between ? and ? order by block",
        (series, level, *blocks),
    ).fetchall()
    rows = join_rows(unpack_rows(data) for (data,) in found)
    first, last = np.searchsorted(rows.start, [start, end])
    return rows.where(slice(int(first), int(last)))


def block_of(start: int, level: int, phase: int) -> int:
    """Return the number of the block that holds the bucket at ``start`` (ms); not for days."""
    return (start - phase) // ((level or 3600) * 1000 * PER_BLOCK)


def step_rows(db: sqlite3.Connection, series: int, level: int, start: int, end: int, *, phase: int) -> Rows:
    """Return the buckets of a level of fixed width that begin in ``start <= t < end`` (ms)."""
    blocks = block_of(start, level, phase), block_of(end - 1, level, phase)
    return read_rows(db, series, level, start, end, blocks=blocks)


def read_runs(db: sqlite3.Connection, series: int, start: int, end: int, phase: int) -> Runs:
    """Return the runs that begin in ``start <= t < end`` (ms), sealed or not; equal neighbours may follow."""
    found = db.execute(
        "select data from pyramid where series = ? and level = ? and block between ? and ? order by block",
        (series, RUNS_LEVEL, block_of(start, RUNS_LEVEL, phase), block_of(end - 1, RUNS_LEVEL, phase)),
    ).fetchall()
    fresh = runs_of(unsealed_samples(db, series, start, end))
    runs = join_runs([*(unpack_runs(data) for (data,) in found), fresh])
    return runs.outside(-FOREVER, start).outside(end, FOREVER)


def sub_hour_levels(db: sqlite3.Connection, series: int) -> list[int]:
    """Return the recording periods (s) below an hour that this series has been stored with, coarsest first."""
    levels: list[int] = []
    level = 3600
    while True:  # one seek each, where "distinct" would walk the index
        row = db.execute(
            "select max(level) from pyramid where series = ? and level > ? and level < ?", (series, 0, level)
        ).fetchone()
        if row[0] is None:
            return levels
        level = int(row[0])
        levels.append(level)


def last_value(db: sqlite3.Connection, series: int, before: int, *, good: bool = False) -> tuple[int, int, int] | None:
    """Return t, mode and raw of the newest reading with a value and ``t < before`` (ms), or None.

    ``good`` passes over values of lesser quality. Looks into what is not sealed, then into chunks from the newest
    back to the first that has a value.
    """
    best = _last_of(unsealed_samples(db, series, -FOREVER, before), before, good)
    if best is not None and _newest_hour_start(db, series, before) <= best[0]:
        return best
    chunks = db.execute(
        "select count, times, data from chunks where series = ? and hour <= ? order by hour desc",
        (series, before // HOUR_MS),
    )
    for count, times, data in chunks:
        sealed = unseal(_times(db, times), data, count)
        if (found := _last_of(sealed, before, good)) is not None:
            return found if best is None or found[0] > best[0] else best
    return best


def _last_of(samples: Samples, before: int, good: bool) -> tuple[int, int, int] | None:
    """The newest reading with a value, as ``last_value`` returns it."""
    valid = (samples.code != NOTHING) & ((samples.quality == 0) | (not good))
    here = np.flatnonzero((samples.t < before) & valid)
    if not len(here):
        return None
    tail = int(here[-1])
    return int(samples.t[tail]), int(samples.mode[tail]), int(samples.raw[tail])


def _newest_hour_start(db: sqlite3.Connection, series: int, before: int) -> int:
    """Return a time (ms) that no sealed reading before ``before`` is later than."""
    row = db.execute(
        "select max(hour) from chunks where series = ? and hour <= ?", (series, before // HOUR_MS)
    ).fetchone()
    return -FOREVER if row[0] is None else (int(row[0]) + 2) * HOUR_MS  # the phase is below an hour


def number_of(found: tuple[int, int, int], scales: dict[int, Scale]) -> float | None:
    """Return the number of a found reading, or None when it is a text."""
    code = found[1] >> 2
    if code != FLOAT and code < FIRST_SCALE:
        return None
    value = value_of(code, found[2], scales, {})
    return value if isinstance(value, float) else None
