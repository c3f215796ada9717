"""How much the history costs: the writer's share of a core, bytes a day, ten years of 200 points, query times.

``python3 packaging/dev.py bench``, or this file with ``--quick``. Prints figures; returns 1 when a promise is broken.
"""

from __future__ import annotations

import argparse
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from core.points import Kind, Point, PointKey, Provenance, Reading
from core.storage.days import HOUR_MS, day_start, days_at
from core.storage.packing import Floats, Ints
from core.storage.pyramid import DAY_LEVEL, HOUR_LEVEL, PER_BLOCK, bucket, merge, pack_rows, rows_of
from core.storage.queries import History
from core.storage.retention import RAW_DAYS
from core.storage.schema import connect
from core.storage.values import Scale
from core.storage.writer import Recorder

NOON = 1_772_366_400.0  # 2026-03-01 12:00 UTC
ZONE = ZoneInfo("Europe/Paris")


class HeldClock:
    """Time that this script moves."""

    def __init__(self) -> None:
        self.t = NOON

    def now(self) -> float:
        return self.t

    def ticks(self) -> float:
        return self.t


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


def _gauge(unit: str, kind: str, scale: float) -> Point:
    return Point("p", (0,), 3, kind, unit, (scale,))


def _power(t: Floats, rng: np.random.Generator) -> Floats:
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
    Kindred("power, 1 W", _gauge("W", "s16", 1.0), 1, 16, _power),
    Kindred("voltage and current, 0.1", _gauge("V", "u16", 0.1), 1, 16, _voltage),
    Kindred("float registers", _gauge("A", "f32", 1.0), 1, 8, _single),
    Kindred("temperature, state of charge", _gauge("%", "u16", 1.0), 10, 40, _steps),
    Kindred("powers, 10 s", _gauge("W", "s16", 1.0), 10, 20, _power),
    Kindred("counters", Point("p", (0, 1), 3, "u32", "Wh", (10.0,), kind=Kind.COUNTER), 30, 30, _counter),
    Kindred("settings and alarms", _gauge("", "u16", 1.0), 60, 70, _flat),
)


def key(number: int) -> PointKey:
    return PointKey(f"d{number // 20}", f"p{number}")


def site(of: int) -> Iterator[tuple[int, Kindred]]:
    """Share ``of`` points among the sorts as a site does."""
    number = 0
    for kindred in SITE:
        for _ in range(max(1, kindred.share * of // 200)):
            yield number, kindred
            number += 1


def writer_share(folder: Path, points: int, seconds: int) -> float:
    """Return the share of a core that ``points`` at 1 s take, in the hour's rows and its sealing together."""
    clock = HeldClock()
    table = {key(n): _gauge("W", "s16", 1.0) for n in range(points)}
    recorder = Recorder(folder / "writer.db", table, time_zone=ZONE.key, clock=clock)
    rng = np.random.default_rng(1)
    curves = np.rint(_power(np.arange(seconds, dtype=np.float64), rng)[:, None] + rng.normal(0, 12, (seconds, points)))
    jitter = rng.gamma(2, 4, seconds).round() / 1000
    origin = Provenance("line", 1, 3, 1, (0,), 1, 1.0)
    spent = 0.0
    for second in range(seconds):
        at = NOON + second + jitter[second]
        batch = [Reading(key(n), value, at, "W", provenance=origin) for n, value in enumerate(curves[second].tolist())]
        recorder.put(batch)
        clock.t += 1
        begun = time.thread_time()
        recorder.step()
        spent += time.thread_time() - begun
    clock.t += 3600
    begun = time.thread_time()
    for _ in range(points // 20 + 10):
        recorder.step()
    spent += time.thread_time() - begun
    with History(folder / "writer.db") as history:
        assert history.points()[0].count == seconds
    recorder.stop()
    return spent / seconds


def day_of_site(folder: Path, hours: int) -> float:
    """Return the bytes a day of a site of 200 points, by running some hours of it through a recorder."""
    clock = HeldClock()
    rng = np.random.default_rng(2)
    points = list(site(200))
    recorder = Recorder(
        folder / "site.db", {key(n): kindred.point for n, kindred in points}, time_zone=ZONE.key, clock=clock
    )
    span = np.arange(hours * 3600, dtype=np.float64)
    curves = {n: kindred.signal(NOON + span[:: kindred.every_s], rng) for n, kindred in points}
    # twelve requests a cycle, each with its own jitter
    jitter = [rng.gamma(2, 4, len(span)).round() / 1000 for _ in range(12)]
    for hour in range(hours):
        for second in range(hour * 3600, hour * 3600 + 3600):
            recorder.put(
                [
                    Reading(key(n), float(curves[n][second // each.every_s]), NOON + second + jitter[n % 12][second])
                    for n, each in points
                    if second % each.every_s == 0
                ]
            )
            if second % 10 == 0:
                clock.t = NOON + second
                recorder.step()
    clock.t += 3600
    for _ in range(40):
        recorder.step()
    size = recorder.status().bytes_a_day or 0.0
    recorder.stop()
    return size


def decade(path: Path, copies: int, years: int) -> tuple[dict[str, float], float]:
    """Write the pyramid of ``copies`` points of each sort; return bytes a point by sort, and of 200 points."""
    db = connect(path, 1.0)
    db.execute("insert into settings values ('time_zone', ?), ('phase_ms', '0')", (ZONE.key,))
    minutes = np.arange(years * 365 * 1440, dtype=np.int64) * 60_000
    start = int(NOON * 1000) // HOUR_MS * HOUR_MS
    rng = np.random.default_rng(3)
    by_sort: dict[str, float] = {}
    for sort, kindred in enumerate(SITE):
        begun = total(db)
        for copy in range(copies):
            series = sort * copies + copy + 1
            db.execute("begin")
            db.execute(
                "insert into series (id, device, point, kind, unit, en, fr) values (?, 'd', ?, ?, '', '', '')",
                (series, f"p{series}", kindred.point.kind.value),
            )
            write_decade(db, series, kindred, start + minutes, rng)
            db.execute("commit")
        by_sort[kindred.name] = (total(db) - begun) / copies / years * 10
    db.execute("pragma wal_checkpoint(truncate)")
    whole = sum(by_sort[kindred.name] * kindred.share for kindred in SITE)
    db.close()
    return by_sort, whole


def total(db: sqlite3.Connection) -> int:
    """Return the size of the file, free pages left out."""
    pages = db.execute("pragma page_count").fetchone()[0] - db.execute("pragma freelist_count").fetchone()[0]
    return int(pages * db.execute("pragma page_size").fetchone()[0])


def write_decade(db: sqlite3.Connection, series: int, kindred: Kindred, t: Ints, rng: np.random.Generator) -> None:
    """Write ten-minute periods, hours and days of a point; it is read once a minute, as counts do not weigh."""
    readings = rows_of(t, kindred.signal(t / 1000, rng))
    scales = [Scale(factor) for factor in kindred.point.scales]
    periods = bucket(readings, 600_000, 0)
    hours = bucket(periods, HOUR_MS, 0)
    days = days_at(hours.start, ZONE)
    starts = np.array([day_start(day, ZONE) for day in np.unique(days).tolist()], dtype=np.int64)
    for level, rows, number in (
        (600, periods, periods.start // 600_000),
        (HOUR_LEVEL, hours, hours.start // HOUR_MS),
        (DAY_LEVEL, merge(hours, days, starts), np.unique(days)),
    ):
        for block in np.unique(number // PER_BLOCK).tolist():
            data = pack_rows(rows.where(number // PER_BLOCK == block), scales, kindred.point.kind is Kind.COUNTER)
            db.execute("insert into pyramid values (null, ?, ?, ?, ?)", (series, level, block, data))


def week_of_seconds(path: Path, seconds: int) -> None:
    """Record one point at 1 s."""
    clock = HeldClock()
    recorder = Recorder(path, {key(0): _gauge("W", "s16", 1.0)}, time_zone=ZONE.key, clock=clock)
    curve = _power(NOON + np.arange(seconds, dtype=np.float64), np.random.default_rng(4)).tolist()
    for begin in range(0, seconds, 3600):
        hour = curve[begin : begin + 3600]
        recorder.put([Reading(key(0), value, NOON + begin + i) for i, value in enumerate(hour)])
        clock.t = NOON + begin + 3606
        recorder.step()
    recorder.stop()


def timed(work: Callable[[], object], rounds: int = 7) -> float:
    """Return the median time in ms."""
    spent: list[float] = []
    for _ in range(rounds):
        begun = time.perf_counter()
        work()
        spent.append((time.perf_counter() - begun) * 1000)
    return float(np.median(spent))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of the work")
    quick = parser.parse_args().quick
    broken = 0

    def promise(text: str, kept: bool) -> None:
        nonlocal broken
        broken += not kept
        print(f"{'  ' if kept else '! '}{text}", flush=True)

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        points, seconds = (150, 600) if quick else (1500, 900)
        share = writer_share(folder, points, seconds) * 1500 / points
        promise(f"writer: {share:.1%} of a core for 1500 points at 1 s, sealing included (under 10 %)", share < 0.10)
        day = day_of_site(folder, 1 if quick else 2)
        raw = day * RAW_DAYS
        print(
            f"  site of 200 points, 40 of them at 1 s: {day / 1e6:.2f} MB a day;"
            f" the {RAW_DAYS:.0f} days that readings are kept: {raw / 1e9:.2f} GB"
        )
        years = 2 if quick else 10
        by_sort, whole = decade(folder / "decade.db", 1 if quick else 2, years)
        for sort, size in by_sort.items():
            print(f"    {sort}: {size / 1e6:.2f} MB a point in ten years")
        promise(
            f"200 points over ten years: {whole / 1e9:.2f} GB of pyramid,"
            f" {(whole + raw) / 1e9:.2f} GB with the readings that are kept (under 2 GB)",
            whole + raw < 2e9,
        )
        with History(folder / "decade.db") as history:
            point, now = PointKey("d", "p1"), NOON + years * 365 * 86400
            for text, span in (("a month", 30), ("a year", 365), ("ten years", 3650)):
                spent = timed(lambda: history.range(point, now - span * 86400, now, 1000))  # noqa: B023
                promise(f"{text} in 1000 bins: {spent:.1f} ms (under 50 ms)", spent < 50)
        with History(folder / "site.db") as history:
            spent = timed(lambda: history.range(key(0), NOON, NOON + 7200, 1000))
            promise(f"two hours of 1 s readings in 1000 bins: {spent:.1f} ms", spent < 50)
            spent = timed(lambda: history.raw(key(0), NOON, NOON + 3600))
            promise(f"an hour of readings, one by one: {spent:.1f} ms", spent < 50)
            spent = timed(history.points)
            promise(f"the list of 200 points: {spent:.1f} ms", spent < 100)
        seconds = 86400 if quick else 7 * 86400
        week_of_seconds(folder / "week.db", seconds)
        with History(folder / "week.db") as history:
            end = NOON + seconds * 0.98  # just too short for ten-minute buckets
            spent = timed(lambda: history.range(key(0), NOON, end, 1000))
            promise(
                f"{seconds // 86400} days of 1 s readings in 1000 bins, the dearest question: {spent:.0f} ms",
                spent < 300,
            )
            spent = timed(lambda: history.range(key(0), NOON + 1, end, 1))
            promise(f"min, mean, max of them between two cursors, exact: {spent:.1f} ms", spent < 50)
    return int(broken > 0)


if __name__ == "__main__":
    sys.exit(main())
