"""How much the history costs: the writer's share of a core, bytes a day, ten years of 200 points, query times.

Each row is a promise of its own, in figures of this machine; against other people's tools stand ``bench_ingest``,
``bench_size`` and ``bench_zoom``.
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchlib import HeldClock, Row, run
from decade import SITE, ZONE, Kindred, Made, decade, gauge, power

from core.points import PointKey, Provenance, Reading
from core.storage.queries import History
from core.storage.retention import RAW_DAYS
from core.storage.writer import Recorder

NOON = 1_772_366_400.0  # 2026-03-01 12:00 UTC
PYRAMID_BYTES = "select series, sum(length(data)) from pyramid group by series"


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
    clock = HeldClock(NOON)
    table = {key(n): gauge("W", "s16", 1.0) for n in range(points)}
    recorder = Recorder(folder / "writer.db", table, time_zone=ZONE.key, clock=clock)
    rng = np.random.default_rng(1)
    curves = np.rint(power(np.arange(seconds, dtype=np.float64), rng)[:, None] + rng.normal(0, 12, (seconds, points)))
    jitter = rng.gamma(2, 4, seconds).round() / 1000
    origin = Provenance("line", 1, 3, 1, (0,), 1, 1.0)
    spent = 0.0
    for second in range(seconds):
        at = NOON + second + jitter[second]
        batch = [Reading(key(n), value, at, "W", origin=origin) for n, value in enumerate(curves[second].tolist())]
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
    clock = HeldClock(NOON)
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


def decade_size(path: Path, copies: int, years: int) -> tuple[Made, dict[str, float], float]:
    """Write the pyramid of ``copies`` points of each sort; return bytes a point by sort, and of 200 points."""
    made = decade(path, points=len(SITE) * copies, years=years, raw_days=0)
    with closing(sqlite3.connect(path)) as db:
        size = {int(series): int(length) for series, length in db.execute(PYRAMID_BYTES)}
        whole_file = total(db) / sum(size.values())  # what pages and keys add to the blobs
    by_sort = dict.fromkeys((kindred.name for kindred in SITE), 0.0)
    for series, (_, kindred) in enumerate(made.points, 1):
        by_sort[kindred.name] += size[series] * whole_file / copies / years * 10
    return made, by_sort, sum(by_sort[kindred.name] * kindred.share for kindred in SITE)


def total(db: sqlite3.Connection) -> int:
    """Return the size of the file, free pages left out."""
    pages = db.execute("pragma page_count").fetchone()[0] - db.execute("pragma freelist_count").fetchone()[0]
    return int(pages * db.execute("pragma page_size").fetchone()[0])


def week_of_seconds(path: Path, seconds: int) -> None:
    """Record one point at 1 s."""
    clock = HeldClock(NOON)
    recorder = Recorder(path, {key(0): gauge("W", "s16", 1.0)}, time_zone=ZONE.key, clock=clock)
    curve = power(NOON + np.arange(seconds, dtype=np.float64), np.random.default_rng(4)).tolist()
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


def rows(quick: bool) -> Iterator[Row]:
    """What recording and looking back cost, one promise a row."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        points, seconds = (150, 600) if quick else (1500, 900)
        share = writer_share(folder, points, seconds) * 1500 / points * 100
        yield Row("storage: writing 1500 points at 1 s, sealed", share, "% of a core", "under 10 %", share < 10)
        day = day_of_site(folder, 1 if quick else 2)
        raw = day * RAW_DAYS
        made, by_sort, pyramid = decade_size(folder / "decade.db", 1 if quick else 2, 2 if quick else 10)
        parts = {"of it rollups": pyramid / 1e9, "readings a day, MB": day / 1e6}
        parts |= {f"{sort}, MB a point": size / 1e6 for sort, size in by_sort.items()}
        whole = (pyramid + raw) / 1e9
        yield Row("storage: 200 points over ten years", whole, "GB", "under 2 GB", whole < 2, parts)
        with History(folder / "decade.db") as history:
            point, now = made.points[0][0], made.end
            for text, span in (("a month", 30), ("a year", 365), ("ten years", 3650)):
                spent = timed(lambda: history.range(point, now - span * 86400, now, 1000))  # noqa: B023
                yield _in_time(f"{text} in 1000 bins", spent, 50)
        with History(folder / "site.db") as history:
            spent = timed(lambda: history.range(key(0), NOON, NOON + 7200, 1000))
            yield _in_time("two hours of 1 s readings in 1000 bins", spent, 50)
            yield _in_time("an hour of readings", timed(lambda: history.raw(key(0), NOON, NOON + 3600)), 50)
            yield _in_time("the list of 200 points", timed(history.points), 100)
        seconds = 86400 if quick else 7 * 86400
        week_of_seconds(folder / "week.db", seconds)
        with History(folder / "week.db") as history:
            end = NOON + seconds * 0.98  # just too short for ten-minute buckets: the dearest question
            yield _in_time(
                "a week of 1 s readings in 1000 bins", timed(lambda: history.range(key(0), NOON, end, 1000)), 300
            )
            spent = timed(lambda: history.range(key(0), NOON + 1, end, 1))
            yield _in_time("least, mean, most between two cursors, exact", spent, 50)


def _in_time(what: str, spent: float, most: float) -> Row:
    return Row(f"storage: {what}", spent, "ms", f"under {most:g} ms", spent < most)


if __name__ == "__main__":
    sys.exit(run(rows, __doc__ or ""))
