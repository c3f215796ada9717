"""Bytes that a sample takes on disk: a realistic mix of points at 1 Hz for 24 hours, the whole file over its samples.

Nothing is lost: every value and every millisecond is read back and compared. Rollups, keys and free pages are part of
the file. Points are of the sorts of ``decade.py`` in the shares of a site, 14 to a request, and each request has its
own jitter. Against a table of SQLite without a rowid, measured here on the first hour, and the 4 bytes of a value in a
PHPFina file, which keeps single precision at fixed intervals.
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np
from bench_storage import NOON, key, site
from benchlib import HeldClock, Row, run
from decade import ZONE, Kindred

from core.points import Reading
from core.storage.packing import Floats
from core.storage.queries import History
from core.storage.writer import Recorder

MOST, PHPFINA = 0.6, 4.0
POINTS, TO_A_REQUEST = 42, 14


@dataclass(frozen=True, slots=True)
class Day:
    """What is recorded: each point's values, and when each request was answered."""

    points: list[tuple[int, Kindred]]
    values: dict[int, Floats]
    at: list[Floats]

    def times(self, number: int) -> Floats:
        """When a point was read."""
        return self.at[number // TO_A_REQUEST]


def day(hours: int) -> Day:
    """So many hours of a site at 1 Hz."""
    rng = np.random.default_rng(2)
    points = list(site(POINTS))
    t = NOON + np.arange(hours * 3600, dtype=np.float64)
    values = {number: kindred.signal(t, rng) for number, kindred in points}
    requests = range(-(-len(points) // TO_A_REQUEST))
    return Day(points, values, [t + rng.gamma(2, 4, len(t)).round() / 1000 for _ in requests])


def recorded(file: Path, given: Day) -> int:
    """Bytes of the file in which it is all recorded."""
    clock = HeldClock(NOON)
    table = {key(number): kindred.point for number, kindred in given.points}
    recorder = Recorder(file, table, time_zone=ZONE.key, clock=clock)
    keys = list(table)
    columns = [given.values[number].tolist() for number, _ in given.points]
    times = [given.times(number).tolist() for number, _ in given.points]
    for second, values in enumerate(zip(*columns, strict=True)):
        recorder.put([Reading(keys[row], value, times[row][second]) for row, value in enumerate(values)])
        if second % 10 == 9:
            clock.t = NOON + second
            recorder.step()
    clock.t += 3600
    for _ in range(40):
        recorder.step()
    recorder.stop()
    return sum(path.stat().st_size for path in file.parent.iterdir() if path.name.startswith(file.stem))


def compare(file: Path, given: Day) -> None:
    """Raise RuntimeError when anything comes back otherwise than it was put in."""
    with History(file) as history:
        for number, _ in given.points:
            t = given.times(number)
            raw = history.raw(key(number), NOON - 1, float(t[-1]) + 1)
            same = np.array_equal(raw.value, given.values[number]) and np.array_equal(
                np.rint(raw.t * 1000), np.rint(t * 1000)
            )
            if not same:
                raise RuntimeError(f"{key(number)} comes back otherwise than it was recorded")


def without_rowid(file: Path, given: Day) -> float:
    """Bytes a sample of a table that is its own index, for the first hour."""
    with closing(sqlite3.connect(file)) as db:
        db.execute("create table readings (point integer, t integer, value real, primary key (point, t)) without rowid")
        for number, _ in given.points:
            t = np.rint(given.times(number)[:3600] * 1000).astype(np.int64).tolist()
            values = given.values[number][:3600].tolist()
            db.executemany("insert into readings values (?, ?, ?)", zip([number] * len(t), t, values, strict=True))
        db.commit()
    return file.stat().st_size / (3600 * len(given.points))


def rows(quick: bool) -> Iterator[Row]:
    """The day through a recorder."""
    given = day(1 if quick else 24)
    samples = sum(len(values) for values in given.values.values())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        size = recorded(folder / "day.db", given) / samples
        compare(folder / "day.db", given)
        against = {"SQLite without rowid": without_rowid(folder / "other.db", given), "PHPFina": PHPFINA}
    note = f"{samples:_} samples, {size * samples / 1e6:.2f} MB"
    yield Row("size: bytes a sample", size, "", f"at most {MOST}", size <= MOST, against, note)


if __name__ == "__main__":
    sys.exit(run(rows, __doc__ or ""))
