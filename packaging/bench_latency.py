"""From a register that changes to the figure that is painted: once in the table of a device, once in the synoptic.

A grid meter on Modbus TCP is read once a second. At random moments of that second its power is changed in the
simulator; the moment counts at which the window begins to paint the place that shows it. The period is what a value
has to wait for by itself, so a figure between 0 and it is as good as it gets; the rest is the program's.
"""

from __future__ import annotations

import os
import random
import re
import sys
import tempfile
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from zoneinfo import ZoneInfo

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np
from benchlib import Row, run
from PySide6.QtCore import QEvent, QEventLoop, QModelIndex, QObject, QRect, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from core.catalogue import Catalogue
from core.config import DeviceConfig, LinkConfig, Site
from core.facade import Station
from core.linkurl import parse_link
from core.paths import profile_roots
from core.points import PointKey
from drivers.sim.fleet import Fleet
from drivers.supervise import open_station
from gui.app import application, build_window
from gui.garbage import Collector
from gui.models.points import Column
from gui.pages.devices import DevicesPage
from gui.pages.overview import OverviewPage

PROFILE, POINT, METER = "eastron/sdm120", "p_tot", "meter"
PERIOD_S, MORE_S, GIVES_UP_S = 1.0, 0.1, 10.0


class Painted(QObject):
    """Sees a widget being painted; ``wait`` ends when what stands at a place of it has become a number."""

    def __init__(self, widget: QWidget, place: Callable[[], QRect], text: Callable[[], str]) -> None:
        super().__init__(widget)
        self._place, self._text = place, text
        self._wanted, self._loop = "", QEventLoop(self)
        self._patience = QTimer(self, singleShot=True)
        self._patience.timeout.connect(self._loop.quit)
        self.at: float | None = None
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        seen = isinstance(event, QPaintEvent) and self._wanted and event.region().intersects(self._place())
        if seen and digits(self._text()) == self._wanted:
            self.at, self._wanted = time.perf_counter(), ""
            self._loop.quit()
        return super().eventFilter(watched, event)

    def wait(self, number: int) -> float | None:
        """When it was painted, None when it never was."""
        self.at, self._wanted = None, str(number)
        self._patience.start(round(GIVES_UP_S * 1000))
        self._loop.exec()
        self._patience.stop()
        return self.at


def digits(text: str) -> str:
    """The whole number that a text shows, without sign, unit and decimals."""
    found = re.search(r"\d+", text)
    return found[0] if found else ""


def rest(seconds: float) -> None:
    """Let the window live."""
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop, loop.quit)
    loop.exec()


@contextmanager
def metered(folder: Path) -> Generator[tuple[Station, Fleet]]:
    """A site with one meter, which is simulated."""
    profile = Catalogue(profile_roots()).get(PROFILE)
    link = LinkConfig("line", parse_link("tcp://127.0.0.1:502"))
    meter = DeviceConfig(METER, "line", PROFILE, profile, role="grid", options=profile.options_with({}))
    fleet = Fleet(Site("bench", ZoneInfo("Europe/Paris"), (link,), (meter,)))
    site = fleet.start()
    station = open_station(site, folder / "history.sqlite")
    try:
        station.start()
        yield station, fleet
    finally:
        station.stop()
        fleet.stop()


def delays(fleet: Fleet, painted: Painted, count: int, seed: int) -> list[float]:
    """How long so many changes took to be painted, in seconds; raise RuntimeError when one never was."""
    chance, found = random.Random(seed), list[float]()
    for turn in range(count):
        rest(chance.uniform(0.05, 0.05 + PERIOD_S))
        watts = 101 + (turn * 37 + seed) % 800
        changed = time.perf_counter()
        fleet.banks[METER].poke(POINT, float(watts))
        at = painted.wait(watts)
        if at is None:
            raise RuntimeError(f"{watts} W was not painted within {GIVES_UP_S:g} s")
        found.append(at - changed)
    return found


def rows(quick: bool) -> Iterator[Row]:
    """The table of the meter, then the synoptic."""
    count = 1 if quick else 45
    app, collector = application(), Collector()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name, metered(Path(name)) as (station, fleet):
        window, bridge = build_window(station, language="en", theme="light", remember=False)
        try:
            window.resize(1440, 900)
            window.show()
            rest(1.5)
            yield row("table", delays(fleet, _cell(window.show_page("devices")), count, 1))
            yield row("synoptic", delays(fleet, _node(window.show_page("overview")), count, 2))
        finally:
            bridge.stop()
            window.close()
            collector.stop()
            app.processEvents()


def _cell(page: QWidget) -> Painted:
    assert isinstance(page, DevicesPage)
    key = PointKey(METER, POINT)
    page.show_points([key])
    view = page.panel.view

    def index() -> QModelIndex:
        return view.currentIndex().siblingAtColumn(Column.VALUE)

    return Painted(view.viewport(), lambda: view.visualRect(index()), lambda: str(index().data()))


def _node(page: QWidget) -> Painted:
    assert isinstance(page, OverviewPage)
    diagram = page.flows.diagram
    return Painted(diagram, diagram.rect, lambda: diagram.views["grid"].figure if "grid" in diagram.views else "")


def row(name: str, found: list[float]) -> Row:
    """The figure that 95 of 100 changes do not exceed."""
    late = float(np.percentile(found, 95))
    against = {"period": PERIOD_S, "median": float(np.median(found)), "longest": max(found)}
    most = PERIOD_S + MORE_S
    note = f"{len(found)} changes"
    return Row(f"latency: {name}, p95", late, "s", f"period + 100 ms: {most:g} s", late <= most, against, note)


if __name__ == "__main__":
    sys.exit(run(rows, __doc__ or ""))
