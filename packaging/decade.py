"""A history of ten years, made in seconds and always the same: readings at 1 Hz at its end, rollups of all the rest.

It serves benches and tests, ``python3 packaging/decade.py FILE`` writes one to look at. What lies in the file is what
the recorder would have sealed: chunks, buckets of ten minutes, hours and local days, in the order of time. It is made
so quickly because measured noise comes again: some days of readings are used in turn, rollups of some two years
likewise, and points of a sort share a few signals. Counters go on all the time, and the rollups of the last days are
those of their readings.
"""

from __future__ import annotations

import argparse
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from core.points import Kind, Point, PointKey
from core.storage.chunks import seal
from core.storage.days import HOUR_MS, day_start, days_at
from core.storage.packing import (
    Floats,
    Ints,
    get_varint,
    pack_columns,
    pack_times,
    unpack_columns,
)
from core.storage.pyramid import (
    DAY_LEVEL,
    HOUR_LEVEL,
    PER_BLOCK,
    Rows,
    bucket,
    join_rows,
    merge,
    pack_rows,
    rows_of,
)
from core.storage.schema import connect
from core.storage.store import write_setting
from core.storage.values import FIRST_SCALE, FLOAT, Samples, Scale

ZONE = ZoneInfo("Europe/Paris")
END = 1_780_272_000.0  # 2026-06-01 00:00 UTC
PERIOD_S = 600
DAY_MS = 24 * HOUR_MS
VARIANTS = 2  # signals of one sort
DAYS_IN_TURN = 5  # days of readings that come again
# Rollups come again after so long: whole blocks of ten-minute buckets and of hours, 725 days.
TURN_MS = 17 * PER_BLOCK * HOUR_MS
_WHOLE_HEAD = 17  # pyramid.pack_rows: bytes of the scale, where the block is of integers


@dataclass(frozen=True, slots=True)
class Kindred:
    """One sort of point: how it is polled and what it looks like. ``signal`` takes seconds and a random generator."""

    name: str
    point: Point
    every_s: int
    share: int  # of 200
    signal: Callable[[Floats, np.random.Generator], Floats]


def sun(t: Floats) -> Floats:
    """0 at night, 1 at noon of a clear day."""
    return np.clip(np.sin((t % 86400 / 86400 - 0.25) * 2 * np.pi), 0, None)


def wander(t: Floats, rng: np.random.Generator, step: float) -> Floats:
    """A slow random walk that stays near zero."""
    return np.convolve(rng.normal(0, step, len(t)), np.ones(60) / 8, "same")


def times(scale: float) -> Callable[[Floats], Floats]:
    return lambda values: np.rint(values / scale) * scale


def gauge(unit: str, kind: str, scale: float) -> Point:
    return Point("p", (0,), 3, kind, unit, (scale,))


def power(t: Floats, rng: np.random.Generator) -> Floats:
    clouds = 0.7 + 0.3 * np.sin(t / 700 + rng.uniform(0, 6))
    return times(1.0)(4000 * sun(t) * clouds + 300 + rng.normal(0, 12, len(t)) + wander(t, rng, 15))


def _voltage(t: Floats, rng: np.random.Generator) -> Floats:
    return times(0.1)(231 + 2 * np.sin(t / 9000) + rng.normal(0, 0.15, len(t)) + wander(t, rng, 0.1))


def _single(t: Floats, rng: np.random.Generator) -> Floats:
    return (8 * sun(t) + 1 + rng.normal(0, 0.05, len(t))).astype(np.float32).astype(np.float64)


def _counter(t: Floats, rng: np.random.Generator) -> Floats:
    pace = 2000 * sun(t) + 200 + rng.normal(0, 20, len(t))
    return np.floor(np.cumsum(pace) * (t[1] - t[0]) / 36000) * 10


def _steps(t: Floats, rng: np.random.Generator) -> Floats:
    return np.rint(50 + 40 * np.sin(t / 14000 + rng.uniform(0, 6)))


def _flat(t: Floats, rng: np.random.Generator) -> Floats:
    return np.full(len(t), float(rng.integers(0, 5000)))


SITE = (
    Kindred("power, 1 W", gauge("W", "s16", 1.0), 1, 16, power),
    Kindred("voltage and current, 0.1", gauge("V", "u16", 0.1), 1, 16, _voltage),
    Kindred("float registers", gauge("A", "f32", 1.0), 1, 8, _single),
    Kindred("temperature, state of charge", gauge("%", "u16", 1.0), 10, 40, _steps),
    Kindred("powers, 10 s", gauge("W", "s16", 1.0), 10, 20, power),
    Kindred("counters", Point("p", (0, 1), 3, "u32", "Wh", (10.0,), kind=Kind.COUNTER), 30, 30, _counter),
    Kindred("settings and alarms", gauge("", "u16", 1.0), 60, 70, _flat),
)
"""What a site is made of; a decade has as many of each sort, and reads them all at 1 Hz."""


@dataclass(frozen=True, slots=True)
class Made:
    """What was written. Times are Unix seconds; readings begin at ``raw_from``, rollups at ``begin``."""

    path: Path
    points: tuple[tuple[PointKey, Kindred], ...]
    begin: float
    raw_from: float
    end: float
    readings: int


def decade(path: Path, *, points: int = 50, years: float = 10.0, raw_days: int = 30, seed: int = 1) -> Made:
    """Write the history into a new file."""
    end = round(END * 1000)
    raw_from = end - raw_days * DAY_MS
    begin = (end - round(years * 365) * DAY_MS) // HOUR_MS * HOUR_MS
    made = tuple((PointKey(f"d{number // 10}", f"p{number}"), SITE[number % len(SITE)]) for number in range(points))
    signals = {number: number % (len(SITE) * VARIANTS) for number in range(points)}
    scales: dict[float, int] = {}
    for kindred in SITE:
        scales.setdefault(kindred.point.scales[0], FIRST_SCALE + len(scales))
    with closing(connect(path, 1.0)) as db:
        db.execute("pragma synchronous = off")
        db.execute("begin")
        settings = {"time_zone": ZONE.key, "phase_ms": 0, "period_s": PERIOD_S, "id": "decade", "lived_ms": end}
        for name, value in settings.items():
            write_setting(db, name, value)
        db.executemany("insert into scales values (?, ?, 0.0, 0)", [(code, factor) for factor, code in scales.items()])
        packed = {
            signal: _Signal.make(SITE[signal % len(SITE)], (begin, raw_from, end), scales, (seed, signal))
            for signal in sorted(set(signals.values()))
        }
        for number, (key, kindred) in enumerate(made):
            db.execute(
                "insert into series (id, device, point, kind, unit, en, fr, first, last, count)"
                " values (?, ?, ?, ?, ?, ?, '', ?, ?, ?)",
                (number + 1, *_named(key, kindred), begin, end - 1000, (end - begin) // 1000),
            )
        order = [(number + 1, packed[signal]) for number, signal in signals.items()]
        _write_chunks(db, order, raw_from // HOUR_MS, end // HOUR_MS)
        _write_pyramid(db, order)
        db.execute("commit")
        db.execute("pragma wal_checkpoint(truncate)")
    return Made(path, made, begin / 1000, raw_from / 1000, end / 1000, points * raw_days * 86_400)


def _named(key: PointKey, kindred: Kindred) -> tuple[str, ...]:
    return key.device, key.point, kindred.point.kind.value, kindred.point.unit, kindred.name


@dataclass(frozen=True, slots=True)
class _Signal:
    """What several points have in common, packed: a blob of data per hour, the blobs of each level by block."""

    chunks: list[bytes]  # one an hour, in turn
    blocks: dict[int, list[tuple[int, bytes]]]

    @classmethod
    def make(
        cls, kindred: Kindred, span: tuple[int, int, int], scales: dict[float, int], seed: tuple[int, int]
    ) -> _Signal:
        begin, raw_from, end = span
        rng = np.random.default_rng(seed)
        counts = kindred.point.kind is Kind.COUNTER
        turn = end - begin if counts else TURN_MS
        old = _old_periods(kindred, begin, raw_from, turn, rng)
        days = (end - raw_from) // DAY_MS
        span_days = days if counts else min(days, DAYS_IN_TURN)
        t = raw_from + np.arange(span_days * 86_400, dtype=np.int64) * 1000
        values = kindred.signal(t / 1000, rng) if len(t) else np.zeros(0)
        if counts and len(old):
            values += old.last[-1]
        fresh = bucket(rows_of(t, values), PERIOD_S * 1000, 0)
        whole = Scale(kindred.point.scales[0])
        return cls(
            _chunks(values, whole, scales[whole.factor]),
            _blocks(old, _again(fresh, span_days, days), (begin, raw_from), turn, kindred),
        )


def _old_periods(kindred: Kindred, begin: int, until: int, turn: int, rng: np.random.Generator) -> Rows:
    """Ten-minute buckets from ``begin`` on for one turn, of a point that was read every minute (and counts as 1 Hz)."""
    minutes = np.arange(begin, min(until, begin + turn), 60_000, dtype=np.int64)
    if not len(minutes):
        return rows_of(minutes, np.zeros(0))
    rows = bucket(rows_of(minutes, kindred.signal(minutes / 1000, rng)), PERIOD_S * 1000, 0)
    return replace(rows, count=rows.count * 60)


def _again(rows: Rows, given: int, days: int) -> Rows:
    """Repeat the buckets of the days that are given for so many days."""
    if not given:
        return rows
    parts = [replace(rows, start=rows.start + turn * given * DAY_MS) for turn in range(-(-days // given))]
    whole = join_rows(parts)
    return whole.where(whole.start < rows.start[0] + days * DAY_MS)


def _chunks(values: Floats, scale: Scale, code: int) -> list[bytes]:
    """The blobs of all hours, without their times, which are the same for every point."""
    found: list[bytes] = []
    t = np.arange(3600, dtype=np.int64) * 1000
    for first in range(0, len(values), 3600):
        hour = values[first : first + 3600]
        numbers = scale.integers(hour)
        mode = (FLOAT if numbers is None else code) << 2
        raw = hour.view(np.int64) if numbers is None else numbers
        found.append(seal(Samples(t, np.full(3600, mode, dtype=np.int64), raw), (scale,)))
    return found


def _blocks(
    old: Rows, fresh: Rows, span: tuple[int, int], turn: int, kindred: Kindred
) -> dict[int, list[tuple[int, bytes]]]:
    """Every block of ten minutes, hours and days."""
    begin, raw_from = span
    hours = bucket(old, HOUR_MS, 0), bucket(fresh, HOUR_MS, 0)
    every_hour = join_rows([*(_turned(hours[0], begin, raw_from, turn)), hours[1]])
    days = days_at(every_hour.start, ZONE)
    starts = np.array([day_start(day, ZONE) for day in np.unique(days).tolist()], dtype=np.int64)
    whole_days = merge(every_hour, days, starts)
    numbers = np.unique(days) // PER_BLOCK
    return {
        PERIOD_S: list(_in_turn(old, fresh, span, PERIOD_S * 1000, turn=turn, kindred=kindred)),
        HOUR_LEVEL: list(_in_turn(*hours, span, HOUR_MS, turn=turn, kindred=kindred)),
        DAY_LEVEL: [
            (block, _pack(whole_days.where(numbers == block), kindred)) for block in np.unique(numbers).tolist()
        ],
    }


def _turned(rows: Rows, begin: int, until: int, turn: int) -> Iterator[Rows]:
    """The buckets of one turn, again and again."""
    for late in range(0, max(0, until - begin), turn):
        later = replace(rows, start=rows.start + late)
        yield later.where(later.start < until)


def _in_turn(
    old: Rows, fresh: Rows, span: tuple[int, int], width: int, *, turn: int, kindred: Kindred
) -> Iterator[tuple[int, bytes]]:
    """The blocks of a level in the order of time; those that come again are packed once."""
    begin, until = span
    every = join_rows([*_turned(old, begin, until, turn), fresh])
    block_ms = width * PER_BLOCK
    number = every.start // block_ms
    packed: dict[int, bytes] = {}
    for block in np.unique(number).tolist():
        first, last = np.searchsorted(number, [block, block + 1])
        rows = every.where(slice(int(first), int(last)))
        whole = len(rows) == PER_BLOCK and (block + 1) * block_ms <= until
        place = block * block_ms % turn
        if whole and place in packed:
            yield block, _at_times(packed[place], rows.start)
            continue
        data = _pack(rows, kindred)
        if whole:
            packed[place] = data
        yield block, data


def _pack(rows: Rows, kindred: Kindred) -> bytes:
    return pack_rows(rows, [Scale(kindred.point.scales[0])], kindred.point.kind is Kind.COUNTER)


def _at_times(data: bytes, start: Ints) -> bytes:
    """The same block at another time."""
    at = get_varint(data, 0)[1] + 1
    if not data[at - 1]:
        at += _WHOLE_HEAD
    return data[:at] + pack_columns([pack_times(start), *unpack_columns(data, at)[1:]])


def _write_chunks(db: sqlite3.Connection, order: list[tuple[int, _Signal]], first: int, end: int) -> None:
    for hour in range(first, end):
        times_of_hour = pack_times(hour * HOUR_MS + np.arange(3600, dtype=np.int64) * 1000)
        number = db.execute("insert into times (hour, data) values (?, ?)", (hour, times_of_hour)).lastrowid
        db.executemany(
            "insert into chunks (series, hour, count, times, data) values (?, ?, 3600, ?, ?)",
            [(series, hour, number, each.chunks[(hour - first) % len(each.chunks)]) for series, each in order],
        )


def _write_pyramid(db: sqlite3.Connection, order: list[tuple[int, _Signal]]) -> None:
    """Write the blocks in the order in which a recorder would have begun them."""
    width = {PERIOD_S: PERIOD_S * 1000, HOUR_LEVEL: HOUR_MS, DAY_LEVEL: DAY_MS}
    rows = [
        (block * width[level], series, level, block, data)
        for series, each in order
        for level, blocks in each.blocks.items()
        for block, data in blocks
    ]
    rows.sort(key=lambda row: row[:2])
    insert = "insert into pyramid (series, level, block, data) values (?, ?, ?, ?)"
    db.executemany(insert, (row[1:] for row in rows))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--points", type=int, default=50)
    parser.add_argument("--years", type=float, default=10.0)
    parser.add_argument("--raw-days", type=int, default=30)
    chosen = parser.parse_args()
    begun = time.perf_counter()
    made = decade(chosen.file, points=chosen.points, years=chosen.years, raw_days=chosen.raw_days)
    size = chosen.file.stat().st_size
    print(f"{made.readings:_} readings, {size / 1e6:.0f} MB in {time.perf_counter() - begun:.1f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
