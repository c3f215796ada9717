"""The course of the day (week, month, year): solar and house from the history, read by a worker."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from PySide6.QtCore import QDate, QEvent, QLocale
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QButtonGroup, QPushButton, QToolButton, QWidget

from core.points import PointKey
from gui import formatting
from gui.background import Background
from gui.sentences import localised
from gui.theme import look
from gui.widgets.card import Card, Text
from gui.widgets.day_chart import Curve, DayChart
from gui.widgets.icons import icon

if TYPE_CHECKING:
    from core.facade import Station

BINS: Final = 288
SPANS: Final = ("day", "week", "month", "year")
AGAIN_S: Final = 60.0
LATE_S: Final = 900.0
SOON_S: Final = 4.0  # while there is nothing yet
SOLAR, HOUSE = PointKey("site", "solar.power"), PointKey("site", "house.power")

Samples = dict[PointKey, tuple[list[float], list[float]]]


def span_of(name: str, back: int, now: float, zone: ZoneInfo) -> tuple[float, float]:
    """Begin and end (Unix s) of the local day, week, month or year that lies ``back`` before this one."""
    today = datetime.fromtimestamp(now, zone).replace(hour=0, minute=0, second=0, microsecond=0)
    if name in ("day", "week"):
        first = today if name == "day" else today - timedelta(days=today.weekday())
        days = 1 if name == "day" else 7
        start = first - timedelta(days=days * back)
        return start.timestamp(), (start + timedelta(days=days)).timestamp()
    months = 1 if name == "month" else 12
    number = today.year * 12 + (today.month - 1 if name == "month" else 0) - months * back
    edges = [
        today.replace(year=month // 12, month=month % 12 + 1, day=1).timestamp() for month in (number, number + months)
    ]
    return edges[0], edges[1]


def read_samples(station: Station, start: float, end: float) -> Samples:
    """Mean powers of sun and house; blocks, so only in the worker. Empty when nothing is recorded."""
    history = station.open_history()
    if history is None:
        return {}
    try:
        found: Samples = {}
        for key in (SOLAR, HOUSE):
            series = history.range(key, start, end, BINS)
            found[key] = (series.t + series.width_s / 2).tolist(), series.mean.tolist()
        return found
    finally:
        history.close()


class DayCard(Card):
    """Walk back in time: a period, one earlier, one later."""

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent, inner=0)
        self._station = station
        self._zone = station.site.time_zone
        self._span, self._back = "day", 0
        self._due = 0.0
        self._samples: Samples | None = None
        self._worker = Background(self)
        self.chart = DayChart(self._zone)
        self._range = Text("", "secondary")
        self.earlier, self.later = QToolButton(), QToolButton()
        self.periods = {name: QPushButton() for name in SPANS}
        self._build()
        self.retranslate()

    def tick(self) -> None:
        """A second has passed: read again when it is time, move the line of now."""
        if self.isVisible() and time.monotonic() >= self._due and not self._worker.busy and not self._back:
            self.read()
        self.chart.update()

    def read(self) -> None:
        """Ask the history."""
        start, end = span_of(self._span, self._back, time.time(), self._zone)
        self._due = time.monotonic() + AGAIN_S
        if self._samples is None:
            self.chart.say(self.tr("Reading the history…"))
        station = self._station
        self._worker.ask(
            lambda: read_samples(station, start, end),
            lambda found: self._show(start, end, found),
            self._fail,
        )

    def stop(self) -> None:
        """End the worker."""
        self._worker.stop()

    def choose(self, span: str, back: int = 0) -> None:
        """Show another period."""
        self._span, self._back = span, max(0, back)
        self.periods[span].setChecked(True)
        self.later.setEnabled(self._back > 0)
        self._samples = None
        self._tell_range()
        self.read()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.tick()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """Set every text again."""
        self.set_title(self.tr("Back in time"))
        words = (self.tr("Day"), self.tr("Week"), self.tr("Month"), self.tr("Year"))
        for name, text in zip(SPANS, words, strict=True):
            self.periods[name].setText(text)
        for button, text in ((self.earlier, self.tr("Earlier")), (self.later, self.tr("Later"))):
            button.setToolTip(text)
            button.setAccessibleName(text)
        self.chart.setAccessibleName(self.tr("Solar production and consumption"))
        self._tell_range()
        if self._samples is not None:
            self._due = 0.0
            self.tick()

    def _build(self) -> None:
        self.set_spacing(0)
        self.header.setContentsMargins(20, 10, 12, 0)
        group = QButtonGroup(self)
        self.header.insertWidget(1, self._range)
        for name, button in self.periods.items():
            button.setCheckable(True)
            button.setProperty("kind", "flat")
            group.addButton(button)
            button.clicked.connect(self._chooser(name))
            self.add_to_header(button)
        for button, step in ((self.earlier, 1), (self.later, -1)):
            button.setProperty("kind", "flat")
            button.clicked.connect(self._stepper(step))
            self.add_to_header(button)
        self.periods["day"].setChecked(True)
        self.later.setEnabled(False)
        self.header.setSpacing(0)
        self.body.addWidget(self.chart, 1)
        self._dress()
        look().changed.connect(self._dress)

    def _dress(self) -> None:
        for button, name in ((self.earlier, "left"), (self.later, "right")):
            button.setIcon(icon(name, "secondary", 16))

    def _chooser(self, span: str) -> Callable[[], None]:
        return lambda: self.choose(span)

    def _stepper(self, step: int) -> Callable[[], None]:
        return lambda: self.choose(self._span, self._back + step)

    def _show(self, start: float, end: float, found: object) -> None:
        samples: Samples = found if isinstance(found, dict) else {}  # pyright: ignore[reportUnknownVariableType]
        self._samples = samples
        titles = {SOLAR: (self.tr("Solar"), "solar"), HOUSE: (self.tr("House"), "house")}
        curves = tuple(
            Curve(title, role, key is SOLAR, *samples[key])
            for key, (title, role) in titles.items()
            if key in samples and samples[key][0]
        )
        if not any(curve.known for curve in curves):
            self._due = min(self._due, time.monotonic() + SOON_S)
            if self._back:
                self.chart.say(self.tr("Nothing was recorded then."))
            else:
                self.chart.say(self.tr("Nothing recorded yet. The curve begins after the first minutes."))
            return
        self.chart.show_curves(start, end, curves, "" if self._back else self.tr("live"))
        first = min(curve.begin for curve in curves)
        self._tell_range(first if first > start + LATE_S and self._span == "day" else None)

    def _fail(self, error: Exception) -> None:
        self._samples = None
        words = self.tr("The history cannot be read ({0}). Live values go on; this is tried again in a minute.")
        self.chart.say(words.format(localised(str(error)).rstrip(".")), "warning")

    def _date(self, moment: float) -> QDate:
        day = datetime.fromtimestamp(moment, self._zone)
        return QDate(day.year, day.month, day.day)

    def _tell_range(self, since: float | None = None) -> None:
        """Which period is shown; of a day that was recorded in part, since when."""
        start, end = span_of(self._span, self._back, time.time(), self._zone)
        first, last = self._date(start), self._date(end - 1)
        locale = QLocale()
        if self._span == "day":
            text = locale.toString(first, "dddd d MMMM") if self._back else ""
            if since is not None:
                moment = datetime.fromtimestamp(since, self._zone)
                recorded = self.tr("recorded since {0}").format(moment.strftime("%H:%M"))
                text = formatting.joined((text, recorded))
        elif self._span == "week":
            text = f"{locale.toString(first, 'd MMM')} – {locale.toString(last, 'd MMM')}"
        else:
            text = locale.toString(first, "MMMM yyyy" if self._span == "month" else "yyyy")
        self._range.setText(f"  {text}" if text else "")
