"""Samples a second that are on disk for good, when what came is committed each second.

The product: readings as a line makes them go through the recorder's queue into its file, the hour is packed into chunks
and rollups at the end, which counts as well. Against what one would write without thinking: ``executemany`` of plain
``sqlite3`` into a table with a rowid, of rows that are made beforehand, committed after the same seconds with the same
settings. Each takes the same hour of 1000 points in turn, and neither is interrupted by the collection of garbage: in
the window that is the work of another thread.
"""

from __future__ import annotations

import gc
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np
from bench_storage import NOON, key
from benchlib import HeldClock, Row, in_turn, medians, ratio, run
from decade import ZONE, gauge, power

from core.points import Provenance, Reading
from core.storage.queries import History
from core.storage.writer import Recorder

LEAST = 0.5
POINTS = 1000


@dataclass(frozen=True, slots=True)
class Samples:
    """What is written: by second, when it was read and the value of every point."""

    at: list[float]
    values: list[list[float]]

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.at) * POINTS


def samples(seconds: int) -> Samples:
    """Powers with noise, read a few milliseconds after each second."""
    rng = np.random.default_rng(1)
    curve = power(np.arange(max(60, seconds), dtype=np.float64), rng)[:seconds, None] + rng.normal(
        0, 12, (seconds, POINTS)
    )
    late = (NOON + np.arange(seconds) + rng.gamma(2, 4, seconds).round() / 1000).tolist()
    return Samples(late, np.rint(curve).tolist())


def ours(folder: Path, given: Samples) -> float:
    """Samples a second through a recorder, its sealing included."""
    clock = HeldClock(NOON)
    keys = [key(number) for number in range(POINTS)]
    origin = Provenance("line", 1, 3, 1, (0,), 1, 1.0)
    file = folder / "ours.db"
    recorder = Recorder(file, dict.fromkeys(keys, gauge("W", "s16", 1.0)), time_zone=ZONE.key, clock=clock)
    spent = 0.0
    for at, values in zip(given.at, given.values, strict=True):
        batch = [Reading(each, value, at, "W", origin=origin) for each, value in zip(keys, values, strict=True)]
        clock.t += 1
        begun = time.perf_counter()
        recorder.put(batch)
        recorder.step()
        spent += time.perf_counter() - begun
    clock.t += 3600
    begun = time.perf_counter()
    for _ in range(POINTS // 20 + 10):
        recorder.step()
    recorder.stop()
    spent += time.perf_counter() - begun
    with History(file) as history:
        kept = sum(info.count for info in history.points())
    return _checked(file, kept, given) / spent


def plain(folder: Path, given: Samples) -> float:
    """Samples a second into one table."""
    file = folder / "plain.db"
    spent = 0.0
    with closing(sqlite3.connect(file)) as db:
        db.execute("pragma journal_mode = wal")
        db.execute("pragma synchronous = normal")
        db.execute("create table readings (point integer, t integer, value real)")
        for at, values in zip(given.at, given.values, strict=True):
            t = round(at * 1000)
            batch = [(number, t, value) for number, value in enumerate(values)]
            begun = time.perf_counter()
            with db:
                db.executemany("insert into readings values (?, ?, ?)", batch)
            spent += time.perf_counter() - begun
        kept = int(db.execute("select count(*) from readings").fetchone()[0])
    return _checked(file, kept, given) / spent


def _checked(file: Path, kept: int, given: Samples) -> int:
    if kept != given.count:
        raise RuntimeError(f"{file.name} has {kept} of {given.count} samples")
    for old in _beside(file):
        old.unlink()
    return kept


def _beside(file: Path) -> Sequence[Path]:
    return [path for path in file.parent.iterdir() if path.name.startswith(file.stem)]


def rows(quick: bool) -> Iterator[Row]:
    """Both in turn."""
    given = samples(20 if quick else 3600)
    gc.collect()
    gc.disable()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        works = {"ours": lambda: ours(folder, given), "plain sqlite3": lambda: plain(folder, given)}
        found = in_turn(1 if quick else 3, works)
    share = ratio(found, "ours", "plain sqlite3")
    note = "samples a second"
    yield Row("ingest: of plain sqlite3", share, "", f"at least {LEAST}", share >= LEAST, medians(found), note)


if __name__ == "__main__":
    sys.exit(run(rows, __doc__ or ""))
