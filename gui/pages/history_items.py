"""What a chart paints besides lines: the band between lowest and highest, and the lane of a state."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyqtgraph
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPolygonF

from gui.models.curves import Floats, Spell
from gui.theme import SMALL, look

pg: Any = pyqtgraph
GraphicsObject: Any = pg.GraphicsObject
SHADES = (0.32, 0.12, 0.22, 0.05)  # of the curve's own colour


class Band(GraphicsObject):
    """The ground between two curves, cut where they have no value."""

    def __init__(self, role: str) -> None:
        super().__init__()
        self._role = role
        self._parts: list[QPolygonF] = []
        self._box = QRectF()

    def set_data(self, t: Floats, low: Floats, high: Floats) -> None:
        """Show another band; NaN opens it."""
        self.prepareGeometryChange()
        self._parts = []
        self._box = QRectF()
        whole = np.isfinite(low) & np.isfinite(high)
        if bool(np.any(whole)):
            bottom, top = float(np.min(low[whole])), float(np.max(high[whole]))
            self._box = QRectF(float(t[0]), bottom, float(t[-1] - t[0]), top - bottom)
            edges = np.flatnonzero(np.diff(np.concatenate(([0], whole.astype(np.int8), [0]))))
            for begin, end in zip(edges[::2], edges[1::2], strict=True):
                there = [QPointF(x, y) for x, y in zip(t[begin:end], high[begin:end], strict=True)]
                back = [QPointF(x, y) for x, y in zip(t[begin:end], low[begin:end], strict=True)]
                self._parts.append(QPolygonF([*there, *reversed(back)]))
        self.update()

    def boundingRect(self) -> QRectF:
        return self._box

    def paint(self, painter: QPainter, *_rest: object) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look().colour(self._role, 0.22))
        for part in self._parts:
            painter.drawPolygon(part)


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
