"""From asking for a range of time to its curve on the screen, from a minute to ten years.

Over a history of 50 points with 30 days of readings at 1 Hz and ten years of rollups (``decade.py``). Each first paint
is of a point and a range that were not asked for before: the file is opened, the history is asked as the page of curves
asks it, its answer becomes a curve, and the chart is painted, all in a row. Lengths are even on a logarithmic scale,
and end anywhere. Against one scan of SQL: least, most and mean in a thousand bins over 30 days of one point, in a plain
table that holds nothing else.
"""

from __future__ import annotations

import math
import os
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np
from benchlib import Row, run
from decade import ZONE, Kindred, Made, decade

from core.points import PointKey
from core.storage.queries import History
from gui import formatting
from gui.app import application
from gui.models.curve_source import Request, Wanted, fetch
from gui.models.curves import Counting, Curve, Shape
from gui.pages.history_plots import Plots

MOST_MS = 100.0
SHORTEST_S, LONGEST_S = 60.0, 3650 * 86_400.0
BINS = 1000
SCAN = (
    "select t / ? as bin, min(value), max(value), avg(value) from readings where t >= ? and t < ? group by bin"
    " order by bin"
)


@dataclass(slots=True)
class Screen:
    """The charts of the history page at their usual size, and the milliseconds of each part of what was painted."""

    made: Made
    query: list[float] = field(default_factory=list[float])
    drawing: list[float] = field(default_factory=list[float])
    plots: Plots = field(init=False)

    def __post_init__(self) -> None:
        self.plots = Plots(ZONE)
        self.plots.resize(1100, 640)
        self.plots.show()

    def paint(self, point: tuple[PointKey, Kindred], start: float, end: float) -> None:
        """Show one range of one point."""
        key, kindred = point
        curve = Curve(key, kindred.name, kindred.point.unit, kindred.point.kind, Shape.LINE)
        application().processEvents()
        begun = time.perf_counter()
        half = (end - start) / 2  # as the page asks: half a screen on either side
        asked = Request(
            1, (Wanted(key, curve.kind),), start - half, end + half, 2 * self.plots.pixels, Counting.PERIOD, ZONE, end
        )
        with History(self.made.path) as history:
            curve.data = fetch(history, asked.wanted[0], asked, lambda _key, value: formatting.value(value))
        answered = time.perf_counter()
        self.plots.show_curves([curve])
        self.plots.set_range(start, end)
        self.plots.update_curves([curve])
        self.plots.viewport().repaint()
        done = time.perf_counter()
        if not len(curve.data.t):
            raise RuntimeError(f"{key} has nothing from {start:.0f} to {end:.0f}")
        self.query.append((answered - begun) * 1000)
        self.drawing.append((done - answered) * 1000)


def ranges(made: Made, count: int) -> Iterator[tuple[tuple[PointKey, Kindred], float, float]]:
    """What somebody looks at, always the same: any point; short ranges where there are readings."""
    rng = random.Random(1)
    longest = min(LONGEST_S, made.end - made.begin)
    for _ in range(count):
        length = math.exp(rng.uniform(math.log(SHORTEST_S), math.log(longest)))
        earliest = made.raw_from if length < 3 * 86_400 else made.begin
        end = rng.uniform(min(earliest + length, made.end), made.end)
        yield rng.choice(made.points), end - length, end


def scan(folder: Path, days: int, rounds: int) -> float:
    """Milliseconds of one scan over so many days of one point, the median."""
    seconds = days * 86_400
    values: list[float] = np.random.default_rng(1).normal(1000, 100, seconds).round().tolist()
    with closing(sqlite3.connect(folder / "plain.db")) as db:
        db.execute("create table readings (t integer primary key, value real)")
        db.executemany("insert into readings values (?, ?)", enumerate(values))
        db.commit()
        spent: list[float] = []
        for _ in range(rounds):
            begun = time.perf_counter()
            db.execute(SCAN, (max(1, seconds // BINS), 0, seconds)).fetchall()
            spent.append((time.perf_counter() - begun) * 1000)
    return float(np.median(spent)) * 30 / days


def rows(quick: bool) -> Iterator[Row]:
    """The first paint of many ranges."""
    application()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        size = {"points": 7, "years": 1.0, "raw_days": 2} if quick else {"points": 50, "years": 10.0, "raw_days": 30}
        screen = Screen(decade(folder / "decade.db", **size))  # pyright: ignore[reportArgumentType] - each has its type
        asked = list(ranges(screen.made, 12 if quick else 300))
        screen.paint(*asked[0])  # the first chart of all also makes what later ones share
        screen.query.clear()
        screen.drawing.clear()
        for point, start, end in asked[1:]:
            screen.paint(point, start, end)
        screen.plots.close()
        whole = np.array(screen.query) + np.array(screen.drawing)
        against = {
            "one SQL scan": scan(folder, 1 if quick else 30, 1 if quick else 3),
            "median": float(np.median(whole)),
            "query p95": float(np.percentile(screen.query, 95)),
            "drawing p95": float(np.percentile(screen.drawing, 95)),
            "longest": float(whole.max()),
        }
        worst = float(np.percentile(whole, 95))
        yield Row("zoom: first paint, p95", worst, "ms", f"under {MOST_MS:g} ms", worst < MOST_MS, against)


if __name__ == "__main__":
    sys.exit(run(rows, __doc__ or ""))
