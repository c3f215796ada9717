"""How long the window makes an event wait, with 32 devices of 100 points each at 1 Hz behind it.

First the synoptic with its moving dots, then the history with 24 curves that scroll. A beat every 4 ms tells how long
anything that happens at that moment had to wait for the thread of the window (what falls between two late beats counts
as well, each at its own lateness). Beside it stands by how much a beat of an idle window is late in the same run, which
is the machine's own share. Then, with nothing new to show: what the dots cost of a core, and what is left of that when
the page is not seen.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from zoneinfo import ZoneInfo

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np
from benchlib import HeldClock, Row, run
from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QWidget

from core.book import PointBook
from core.catalogue import Catalogue
from core.config import DeviceConfig, Site
from core.facade import Fan, Station
from core.hub import Hub
from core.paths import profile_roots
from core.points import Kind, Point, PointKey, Reading
from core.storage.writer import Recorder
from gui.app import application, build_window
from gui.garbage import Collector
from gui.main_window import MainWindow
from gui.pages.history import HistoryPage
from gui.pages.overview import OverviewPage
from gui.theme import look

DEVICES, POINTS, CURVES = 32, 100, 24
PROFILE = "zcs/hyd_g3"
FRAME_S, BEAT_MS, MOST_OF_A_CORE = 0.016, 4, 0.03
PAST_S = 3600


class Load:
    """Devices that answer once a second, each at its own moment of it, from a thread as lines have one."""

    def __init__(self, site: Site, sink: Fan, points: Sequence[Point]) -> None:
        self._site, self._sink, self._points = site, sink, points
        self._ended = threading.Event()
        self.paused = threading.Event()
        self._thread = threading.Thread(target=self._run, name="load", daemon=True)
        self._noise = random.Random(1)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End and wait."""
        self._ended.set()
        self._thread.join()

    def readings(self, device: DeviceConfig, at: float) -> list[Reading]:
        """What a device answers."""
        return [Reading(PointKey(device.id, point.id), self._value(point), at, point.unit) for point in self._points]

    def _value(self, point: Point) -> float:
        usual = {"W": 800.0, "V": 231.0, "Hz": 50.0, "%": 57.0}.get(point.unit, 12.0)
        return round(usual * (1 + self._noise.gauss(0, 0.02)), 1)

    def _run(self) -> None:
        turn, begun = 0, time.monotonic()
        while not self._ended.wait(max(0.0, begun + turn / DEVICES - time.monotonic())):
            if not self.paused.is_set():
                self._sink.put(self.readings(self._site.devices[turn % DEVICES], time.time()))
            turn += 1


@contextmanager
def running(folder: Path) -> Generator[tuple[Station, Load, list[PointKey]]]:
    """A station over devices that answer, with an hour of history of those points that are looked at."""
    profile = Catalogue(profile_roots()).get(PROFILE)
    devices = tuple(
        DeviceConfig(f"d{number}", "", PROFILE, profile, role="inverter", options=profile.options_with({}))
        for number in range(DEVICES)
    )
    site = Site("Bench", ZoneInfo("Europe/Paris"), (), devices)
    book, hub = PointBook(site), Hub()
    told = {point for points in profile.roles.values() for point in points}
    gauges = [point for point in book.points("d0") if point.kind is Kind.GAUGE]
    points = sorted(gauges, key=lambda point: point.id not in told)[:POINTS]
    keys = [PointKey(f"d{number}", point.id) for number in range(CURVES // 3) for point in points[:3]]
    file = folder / "history.sqlite"
    fill(file, book, keys)
    recorder = Recorder(file, book.find, site.period_s, site.time_zone.key)
    station = Station(site, book=book, hub=hub, lines={}, recorder=recorder, database=file)
    load = Load(site, Fan(hub, recorder), points)
    station.start()
    load.start()
    try:
        yield station, load, keys
    finally:
        load.stop()
        station.stop()


def fill(file: Path, book: PointBook, keys: Sequence[PointKey]) -> None:
    """Record the last hour of some points."""
    now = time.time()
    clock = HeldClock(now - PAST_S)
    recorder = Recorder(file, book.find, time_zone="Europe/Paris", clock=clock)
    walk = np.cumsum(np.random.default_rng(1).normal(0, 20, (PAST_S, len(keys))), axis=0).round()
    for second, values in enumerate(walk.tolist()):
        at = now - PAST_S + second
        recorder.put([Reading(key, value, at) for key, value in zip(keys, values, strict=True)])
        if second % 10 == 9:
            clock.t = at
            recorder.step()
    recorder.stop()


# -- looking at it -------------------------------------------------------------------------------------------------


def turn(seconds: float, until: Callable[[], bool] | None = None) -> None:
    """Let the window live for so long, or until something is."""
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop, loop.quit)
    watch = QTimer()
    if until is not None:
        watch.timeout.connect(lambda: loop.quit() if until() else None)
        watch.start(50)
    loop.exec()


def waits(seconds: float) -> list[float]:
    """How long an event would have waited for the thread of the window, every 4 ms, in seconds."""
    beats: list[float] = []
    beat = QTimer()
    beat.setTimerType(Qt.TimerType.PreciseTimer)
    beat.timeout.connect(lambda: beats.append(time.perf_counter()))
    beat.start(BEAT_MS)
    turn(seconds)
    beat.stop()
    found: list[float] = []
    for between in np.diff(np.array(beats)).tolist():
        late = between - BEAT_MS / 1000
        found.append(max(0.0, late))
        while (late := late - BEAT_MS / 1000) > 0:
            found.append(late)
    return found


def share(seconds: float) -> float:
    """The share of a core that the thread of the window takes."""
    begun, spent = time.perf_counter(), time.thread_time()
    turn(seconds)
    return (time.thread_time() - spent) / (time.perf_counter() - begun)


def ms(late: Sequence[float], part: float) -> float:
    """The lateness in ms that so many per cent do not exceed."""
    return float(np.percentile(late, part)) * 1000


def rows(quick: bool) -> Iterator[Row]:
    """The idle window, the synoptic, the charts; then the dots alone."""
    seconds, pause = (1.5, 0.4) if quick else (30.0, 3.0)
    app = application()
    idle = QWidget()
    idle.show()
    alone = waits(seconds / 6)
    idle.close()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name, running(Path(name)) as (station, load, keys):
        window, bridge = build_window(station, language="en", theme="light", remember=False)
        collector = Collector()
        try:
            window.resize(1440, 900)
            window.show()
            overview = window.show_page("overview")
            assert isinstance(overview, OverviewPage)
            turn(10, lambda: overview.flows.diagram.is_moving)
            turn(pause)
            yield _row("synoptic", waits(seconds), alone)
            charts = window.show_page("history")
            assert isinstance(charts, HistoryPage)
            charts.show_points(keys)
            turn(20, lambda: len(charts.curves) == len(keys) and not charts.busy)
            if len(charts.curves) != len(keys):
                raise RuntimeError(f"only {len(charts.curves)} curves are drawn")
            turn(pause)
            yield _row(f"{CURVES} curves", waits(seconds), alone)
            load.paused.set()
            bridge.stop()
            window.show_page("overview")
            yield from _dots(window, overview, pause)
        finally:
            bridge.stop()
            window.close()
            collector.stop()
            app.processEvents()


def _row(name: str, late: Sequence[float], alone: Sequence[float]) -> Row:
    against = {"a frame": FRAME_S * 1000, "idle window": ms(alone, 99.9), "median": ms(late, 50), "p99": ms(late, 99)}
    against["longest"] = max(late) * 1000
    worst = ms(late, 99.9)
    return Row(f"window: {name}, p99.9 of waits", worst, "ms", "under 16 ms", worst < FRAME_S * 1000, against)


def _dots(window: MainWindow, overview: OverviewPage, seconds: float) -> Iterator[Row]:
    """What moving costs: the same page with moving dots and without, in turn."""
    costs: list[float] = []
    for _ in range(3):
        look().set_motion(True)
        overview.flows.diagram.refresh()
        if not overview.flows.diagram.is_moving:
            raise RuntimeError("the dots do not move")
        moving = share(seconds)
        look().set_motion(False)
        costs.append(moving - share(seconds))
    cost = float(np.median(costs))
    yield Row("window: moving dots", cost * 100, "% of a core", "under 3 %", cost < MOST_OF_A_CORE)
    look().set_motion(True)
    window.show_page("links")
    turn(seconds / 2)
    behind = share(seconds)
    window.hide()
    turn(seconds / 2)
    hidden = share(seconds)
    told = {"behind another page": behind * 100}
    quiet = not overview.flows.diagram.is_moving and hidden < 0.005
    yield Row("window: hidden page", round(hidden * 100, 1), "% of a core", "0 %", quiet, told)


if __name__ == "__main__":
    sys.exit(run(rows, __doc__ or ""))
