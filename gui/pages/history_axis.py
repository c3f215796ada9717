"""Axes of the charts: local time with calendar marks, and values with the unit beside the highest figure."""

from __future__ import annotations

import math
from datetime import tzinfo
from typing import Any

import pyqtgraph
from PySide6.QtCore import QDate, QLocale, QRectF
from PySide6.QtWidgets import QApplication

from gui import formatting
from gui.models import timeaxis
from gui.models.timeaxis import Mark
from gui.theme import SMALL, look

LABEL_WIDTH, LABEL_HEIGHT = 84, 24  # pixels between two labels
LEFT_WIDTH, HALF_LINE = 72, 8

pg: Any = pyqtgraph
AxisItem: Any = pg.AxisItem


def time_label(mark: Mark, zone: tzinfo) -> str:
    """``14:30``, ``14:30:15``, ``21 Nov``, ``Nov 2026`` or ``2026``, in the language in use."""
    moment = timeaxis.local(mark.at, zone)
    if mark.grain == "second":
        return moment.strftime("%H:%M:%S")
    if mark.grain == "minute":
        return moment.strftime("%H:%M")
    if mark.grain == "year":
        return str(moment.year)
    day = QDate(moment.year, moment.month, moment.day)
    return QLocale().toString(day, "d MMM" if mark.grain == "day" else "MMM yyyy")


class TimeAxis(AxisItem):
    """Marks on round local times of the site's zone, right across clock changes."""

    def __init__(self, zone: tzinfo, labels: bool = True) -> None:
        super().__init__(orientation="bottom")
        self._zone = zone
        self._marks: dict[float, Mark] = {}
        self.setStyle(tickLength=-4, tickTextOffset=6, showValues=labels, maxTextLevel=1)
        self.setHeight(24 if labels else 4)
        self.enableAutoSIPrefix(False)

    def tickValues(self, minVal: float, maxVal: float, size: float) -> list[tuple[float, list[float]]]:
        most = max(1, int(size // LABEL_WIDTH))
        found = timeaxis.marks(minVal, maxVal, self._zone, most)
        self._marks = {mark.at: mark for mark in found}
        return [(1.0, [mark.at for mark in found])]

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        return [time_label(self._marks[at], self._zone) if at in self._marks else "" for at in values]

    def wheelEvent(self, event: Any) -> None:
        event.ignore()  # the chart zooms in time, wherever the wheel turns


class ValueAxis(AxisItem):
    """Figures for people: one prefix for the whole axis, the unit beside the highest figure."""

    def __init__(self, unit: str) -> None:
        super().__init__(orientation="left")
        self._unit = unit
        self.setStyle(
            tickLength=0, tickTextOffset=8, maxTextLevel=0, autoExpandTextSpace=False, hideOverlappingLabels=False
        )
        self.setWidth(LEFT_WIDTH)
        self.enableAutoSIPrefix(False)

    def boundingRect(self) -> QRectF:
        """With room for half a line above and below, or the figures at the ends would be left out."""
        box: QRectF = super().boundingRect()
        return box.adjusted(0, -HALF_LINE, 0, HALF_LINE)

    def tickValues(self, minVal: float, maxVal: float, size: float) -> list[tuple[float, list[float]]]:
        step = round_step((maxVal - minVal) * max(LABEL_HEIGHT, size / 9) / max(size, 1.0))
        first, last = math.ceil(minVal / step), math.floor(maxVal / step)
        return [(step, [number * step for number in range(first, min(last, first + 50) + 1)])]

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        if not values:
            return []
        factor, unit = prefix(max(abs(value) for value in values), self._unit)
        step = spacing / factor
        decimals = max(0, -math.floor(math.log10(step) + 1e-9))
        top = max(values)
        return [
            formatting.number(value / factor, decimals) + (f"{formatting.SPACE}{unit}" if value == top and unit else "")
            for value in values
        ]

    def wheelEvent(self, event: Any) -> None:
        event.ignore()


def round_step(least: float) -> float:
    """The smallest of 1, 2 or 5 times a power of ten that is at least this."""
    size = 10.0 ** math.floor(math.log10(max(least, 1e-12)))
    return next((factor * size for factor in (1, 2, 5) if factor * size >= least), 10 * size)


def prefix(largest: float, unit: str) -> tuple[float, str]:
    """Divisor and unit in which figures up to ``largest`` read best."""
    if unit not in formatting.PREFIXED or largest < 1000:
        return 1.0, unit
    for factor, letter in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if largest >= factor:
            return factor, letter + unit
    return 1.0, unit


def dress(axis: Any) -> None:
    """Colours and font of the look in use."""
    axis.setPen(look().pen("hairline"))
    axis.setTextPen(look().pen("secondary"))
    font = look().font(SMALL)
    if not font.family():  # before a theme is applied; Qt 6.11 falls over a font without a family in a QPicture
        font.setFamily(QApplication.font().family())
    axis.setTickFont(font)
    axis.setZValue(-10)  # its grid lies under the curves
