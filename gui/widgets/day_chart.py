"""Power over a day, a week, a month or a year: filled sun, a line for the house, a cursor that tells the figures."""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from PySide6.QtCore import QDate, QEvent, QLocale, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import formatting
from gui.models.timeaxis import DAY, Mark, local, marks
from gui.theme import SMALL, look

LEFT, RIGHT, TOP, BOTTOM = 50.0, 26.0, 26.0, 26.0
DOT = 2.0
STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True, slots=True)
class Curve:
    """One curve: W over Unix seconds; NaN is a gap."""

    title: str
    role: str
    filled: bool
    times: Sequence[float]
    values: Sequence[float]

    @property
    def known(self) -> int:
        """How many values there are."""
        return sum(math.isfinite(value) for value in self.values)

    @property
    def begin(self) -> float:
        """Time of its first value, infinite without any."""
        pairs = zip(self.times, self.values, strict=True)
        return next((moment for moment, value in pairs if math.isfinite(value)), math.inf)

    def at(self, moment: float, reach: float) -> float | None:
        """The value nearest to a moment, None beyond ``reach`` seconds or in a gap."""
        if not self.times:
            return None
        row = min(range(len(self.times)), key=lambda row: abs(self.times[row] - moment))
        value = self.values[row]
        return value if abs(self.times[row] - moment) <= reach and math.isfinite(value) else None


class DayChart(QWidget):
    """A quiet chart of powers between two times; ``say`` shows words instead while there is nothing to draw."""

    def __init__(self, zone: ZoneInfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._zone = zone
        self._start, self._end = 0.0, DAY * 1.0
        self._curves: tuple[Curve, ...] = ()
        self._words = ""
        self._tone = "secondary"
        self._live = ""
        self._cursor: float | None = None
        self._layer: QPixmap | None = None
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        look().changed.connect(self._redraw)

    def sizeHint(self) -> QSize:
        return QSize(1100, 150)

    def minimumSizeHint(self) -> QSize:
        return QSize(280, 92)

    @property
    def words(self) -> str:
        """What stands instead of curves."""
        return self._words

    @property
    def curves(self) -> tuple[Curve, ...]:
        """What is drawn."""
        return self._curves

    def show_curves(self, start: float, end: float, curves: tuple[Curve, ...], live: str = "") -> None:
        """Draw curves between two times. ``live`` are the words beside the line of now, empty for none."""
        self._start, self._end, self._curves, self._live = start, max(end, start + 1), curves, live
        self._words = ""
        self._redraw()

    def say(self, words: str, tone: str = "secondary") -> None:
        """Words instead of curves: loading, nothing yet, an error."""
        self._curves, self._words, self._tone = (), words, tone
        self._redraw()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        if self._layer is None or self._layer.devicePixelRatioF() != self.devicePixelRatioF():
            self._layer = self._draw_layer()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawPixmap(0, 0, self._layer)
        if self._cursor is not None and self._curves:
            self._paint_cursor(painter, self._cursor)
        elif self._live:
            self._paint_now(painter, time.time())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._redraw()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        box = self._box()
        x = event.position().x()
        inside = box.left() <= x <= box.right()
        part = (x - box.left()) / max(1.0, box.width())
        self._cursor = self._start + part * (self._end - self._start) if inside else None
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._cursor = None
        self.update()
        super().leaveEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._redraw()
        super().changeEvent(event)

    def _box(self) -> QRectF:
        return QRectF(LEFT, TOP, self.width() - LEFT - RIGHT, self.height() - TOP - BOTTOM)

    def _x(self, moment: float) -> float:
        box = self._box()
        return box.left() + (moment - self._start) / (self._end - self._start) * box.width()

    def _draw_layer(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        layer = QPixmap(self.size() * ratio)
        layer.setDevicePixelRatio(ratio)
        layer.fill(Qt.GlobalColor.transparent)
        painter = QPainter(layer)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(look().font(SMALL))
        box = self._box()
        if self._words:
            painter.setFont(look().font("text"))
            painter.setPen(look().colour(self._tone))
            flags = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)
            painter.drawText(box.adjusted(20, -TOP, -20, 0), flags, self._words)
            painter.end()
            return layer
        highest = max((v for c in self._curves for v in c.values if math.isfinite(v)), default=0.0)
        step = nice_step(highest)
        rows = max(1, math.ceil(highest / step))
        top = rows * step
        self._paint_levels(painter, box, step, rows)
        self._paint_times(painter, box)
        for curve in self._curves:
            self._paint_curve(painter, box, curve, top)
        painter.end()
        return layer

    def _paint_levels(self, painter: QPainter, box: QRectF, step: float, rows: int) -> None:
        for row in range(rows + 1):
            y = box.bottom() - row / rows * box.height()
            painter.setPen(look().pen("hairline", 0.8))
            painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
            value = row * step / 1000
            digits = formatting.number(value, 0 if value == int(value) else 1)
            text = f"{digits}{formatting.SPACE}kW" if row == rows else digits
            painter.setPen(look().colour("tertiary"))
            where = QRectF(0, y - 9, box.left() - 8, 18)
            painter.drawText(where, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)

    def _paint_times(self, painter: QPainter, box: QRectF) -> None:
        found = marks(self._start, self._end, self._zone, max(2, min(13, int(box.width() / 70))))
        for mark in found:
            x = self._x(mark.at)
            painter.setPen(look().pen("tertiary", 1))
            painter.drawLine(QPointF(x, box.bottom()), QPointF(x, box.bottom() + 4))
            painter.setPen(look().colour("tertiary"))
            where = QRectF(x - 45, box.bottom() + 6, 90, 16)
            painter.drawText(where, Qt.AlignmentFlag.AlignCenter, self._label(mark))

    def _label(self, mark: Mark) -> str:
        moment, locale = local(mark.at, self._zone), QLocale()
        span = self._end - self._start
        if span <= 2 * DAY:
            if self._end - mark.at < 60:
                return formatting.hour(24)
            return formatting.hour(moment.hour) if not moment.minute else moment.strftime("%H:%M")
        if span <= 12 * DAY:
            return f"{locale.dayName(moment.isoweekday(), QLocale.FormatType.ShortFormat)} {moment.day}"
        if span <= 70 * DAY:
            return str(moment.day)
        return locale.monthName(moment.month, QLocale.FormatType.ShortFormat)

    def _paint_curve(self, painter: QPainter, box: QRectF, curve: Curve, top: float) -> None:
        usual = (self._end - self._start) / 60
        pieces: list[list[QPointF]] = [[]]
        before = -math.inf
        for moment, value in zip(curve.times, curve.values, strict=True):
            if not math.isfinite(value) or moment - before > usual:
                pieces.append([])
            if math.isfinite(value):
                y = box.bottom() - max(0.0, min(1.0, value / top)) * box.height()
                pieces[-1].append(QPointF(self._x(moment), y))
                before = moment
        for piece in pieces:
            if not piece:
                continue
            if len(piece) == 1:  # alone between two gaps: no line passes through it
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(look().colour(curve.role))
                painter.drawEllipse(piece[0], DOT, DOT)
                continue
            path = QPainterPath(piece[0])
            for place in piece[1:]:
                path.lineTo(place)
            if curve.filled:
                area = QPainterPath(path)
                area.lineTo(piece[-1].x(), box.bottom())
                area.lineTo(piece[0].x(), box.bottom())
                painter.fillPath(area, look().colour(curve.role, 0.22))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(look().pen(curve.role, 1.4))
            painter.drawPath(path)

    def _paint_now(self, painter: QPainter, now: float) -> None:
        if self._words or not self._start <= now <= self._end:
            return
        box, x = self._box(), self._x(now)
        self._paint_stem(painter, x, box)
        words = local(now, self._zone).strftime("%H:%M:%S")
        self._paint_flag(painter, x, [(f"{words} {self._live}", "accent")])

    def _paint_cursor(self, painter: QPainter, moment: float) -> None:
        box, x = self._box(), self._x(moment)
        self._paint_stem(painter, x, box)
        reach = (self._end - self._start) / 100
        stamp = local(moment, self._zone)
        words = stamp.strftime("%H:%M")
        if self._end - self._start > 2 * DAY:
            day = QDate(stamp.year, stamp.month, stamp.day)
            words = f"{QLocale().toString(day, QLocale.FormatType.ShortFormat)} {words}"
        parts = [(words, "accent")]
        parts += [(f"{c.title} {formatting.power(c.at(moment, reach))}", c.role) for c in self._curves]
        self._paint_flag(painter, x, parts)

    def _paint_stem(self, painter: QPainter, x: float, box: QRectF) -> None:
        painter.setPen(look().pen("accent", 1.6))
        painter.drawLine(QPointF(x, box.top() - 12), QPointF(x, box.bottom()))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look().colour("accent"))
        painter.drawEllipse(QPointF(x, box.top() - 14), 5, 5)

    def _paint_flag(self, painter: QPainter, x: float, parts: list[tuple[str, str]]) -> None:
        font = look().font(SMALL, 600)
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        widths = [metrics.horizontalAdvance(text) + 12 for text, _ in parts]
        at = x + 11
        if at + sum(widths) > self.width() - 4:
            at = x - 11 - sum(widths) + 12
        for (text, role), width in zip(parts, widths, strict=True):
            painter.setPen(look().colour(role))
            painter.drawText(QPointF(at, TOP - 10), text)
            at += width

    def _redraw(self) -> None:
        self._layer = None
        self.update()


def nice_step(highest: float) -> float:
    """Distance of two or three level lines up to a highest value: 1, 2, 2.5 or 5 times a power of ten."""
    wished = max(highest, 400.0) / 2.4
    ten = 10 ** math.floor(math.log10(wished))
    return next(factor * ten for factor in STEPS if factor * ten >= wished)
