"""What a chart paints besides lines: the band between lowest and highest, and the lane of a state."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pyqtgraph
from pyqtgraph.Qt import internals
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPolygonF

from gui.models.curves import Floats, Spell
from gui.theme import SMALL, look

pg: Any = pyqtgraph
PrimitiveArray: Any = internals.PrimitiveArray
GraphicsObject: Any = pg.GraphicsObject
SHADES = (0.32, 0.12, 0.22, 0.05)  # of the curve's own colour


class Band(GraphicsObject):
    """The ground between two curves, cut where they have no value."""

    def __init__(self, role: str) -> None:
        super().__init__()
        self._role = role
        self._t = self._low = self._high = np.zeros(0)
        self._box = QRectF()
        self._rects: Any = PrimitiveArray(QRectF, 4)  # rectangles in one piece of memory: as objects they cost 2 ms

    def set_data(self, t: Floats, low: Floats, high: Floats) -> None:
        """Show another band; NaN opens it."""
        self.prepareGeometryChange()
        self._t, self._low, self._high = t, low, high
        self._box = QRectF()
        whole = np.isfinite(low) & np.isfinite(high)
        if bool(np.any(whole)):
            bottom, top = float(np.min(low[whole])), float(np.max(high[whole]))
            self._box = QRectF(float(t[0]), bottom, float(t[-1] - t[0]), top - bottom)
        self.update()

    def boundingRect(self) -> QRectF:
        return self._box

    def paint(self, painter: QPainter, *_rest: object) -> None:
        if self._box.isNull():
            return
        view: QRectF = self.viewRect()
        pixel = 1 / abs(painter.worldTransform().m11())
        first, last = np.searchsorted(self._t, [view.left(), view.right()])
        seen = slice(max(0, int(first) - 1), int(last) + 1)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look().colour(self._role, 0.22))
        for begin, end in spells_of(np.isfinite(self._low[seen]) & np.isfinite(self._high[seen])):
            t, low, high = (values[seen][begin:end] for values in (self._t, self._low, self._high))
            if len(t) * 2 * pixel > t[-1] - t[0]:  # a polygon of so many steep edges takes a tenth of a second to fill
                boxes = columns(t, low, high, pixel)
                self._rects.resize(len(boxes))
                self._rects.ndarray()[:] = boxes
                painter.drawRects(*self._rects.drawargs())
                continue
            there = [QPointF(x, y) for x, y in zip(t.tolist(), high.tolist(), strict=True)]
            back = [QPointF(x, y) for x, y in zip(t.tolist(), low.tolist(), strict=True)]
            painter.drawPolygon(QPolygonF([*there, *reversed(back)]))


def spells_of(there: npt.NDArray[np.bool_]) -> list[tuple[int, int]]:
    """First and one past the last place of every stretch in which something is there."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], there.astype(np.int8), [0]))))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))


def columns(t: Floats, low: Floats, high: Floats, pixel: float) -> Floats:
    """A band as upright rectangles side by side, at most one for each ``pixel`` (in units of ``t``).

    A row each: left, bottom, width, height.
    """
    place = np.floor(t / pixel)
    begin = np.flatnonzero(np.diff(place, prepend=place[0] - 1))
    left = place[begin] * pixel
    width = np.append(np.diff(left), pixel)
    bottom = np.minimum.reduceat(low, begin)
    height = np.maximum.reduceat(high, begin) - bottom
    return np.column_stack((left, bottom, width, height))


class Dots(GraphicsObject):
    """Bins that stand alone between two gaps: no line passes through them."""

    def __init__(self, role: str) -> None:
        super().__init__()
        self._role = role
        self._places = QPolygonF()

    @property
    def count(self) -> int:
        """How many there are."""
        return int(self._places.size())

    def set_data(self, t: Floats, mean: Floats) -> None:
        """Show other bins."""
        self.prepareGeometryChange()
        self._places = QPolygonF([QPointF(x, y) for x, y in zip(t, mean, strict=True)])
        self.update()

    def boundingRect(self) -> QRectF:
        return self._places.boundingRect().adjusted(0, 0, 1e-6, 1e-6)  # a lone one too has an extent

    def paint(self, painter: QPainter, *_rest: object) -> None:
        painter.setPen(look().pen(self._role, 4.0))
        painter.drawPoints(self._places)


class Lane(GraphicsObject):
    """States over time as labelled spells; row 0 is the lowest lane."""

    def __init__(self, row: int, role: str) -> None:
        super().__init__()
        self._row, self._role = row, role
        self._spells: Sequence[Spell] = ()
        self._shades: dict[str, float] = {}

    def set_spells(self, spells: Sequence[Spell]) -> None:
        """Show other spells; a state keeps its shade."""
        self.prepareGeometryChange()
        self._spells = spells
        for spell in spells:
            if spell.text and spell.text not in self._shades:
                self._shades[spell.text] = SHADES[len(self._shades) % len(SHADES)]
        self.update()

    def boundingRect(self) -> QRectF:
        if not self._spells:
            return QRectF()
        start, end = self._spells[0].start, self._spells[-1].end
        return QRectF(start, self._row + 0.1, end - start, 0.8)

    def paint(self, painter: QPainter, *_rest: object) -> None:
        view: QRectF = self.viewRect()
        to_device = painter.worldTransform()
        font = look().font(SMALL)
        metrics = QFontMetricsF(font)
        painter.save()
        painter.resetTransform()
        painter.setFont(font)
        for spell in self._spells:
            start, end = max(spell.start, view.left()), min(spell.end, view.right())
            if end <= start or not spell.text:
                continue
            box = to_device.mapRect(QRectF(start, self._row + 0.1, end - start, 0.8))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look().colour(self._role, self._shades[spell.text]))
            painter.drawRect(box)
            painter.setBrush(look().colour(self._role))
            painter.drawRect(QRectF(box.left(), box.top(), min(2.0, box.width()), box.height()))
            inner = box.adjusted(8, 0, -4, 0)
            if inner.width() > 16:
                text = metrics.elidedText(spell.text, Qt.TextElideMode.ElideRight, inner.width())
                painter.setPen(look().colour("text"))
                painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        painter.restore()
