"""What a chart paints: a curve with the band around it, and the lane of a state."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyqtgraph
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from gui.models.curves import Spell, alone
from gui.pages.history_strokes import Strokes
from gui.theme import SMALL, look

pg: Any = pyqtgraph
GraphicsObject: Any = pg.GraphicsObject
SHADES = (0.32, 0.12, 0.22, 0.05)  # of the curve's own colour


class Trace(GraphicsObject):
    """The mean of each bin, joined, over the ground between its lowest and its highest; a gap cuts both.

    Bins that stand alone between two gaps are dots: no line passes through them.
    """

    def __init__(self, role: str, dashed: bool) -> None:
        super().__init__()
        self._role, self._dashed = role, dashed
        self._strokes = Strokes()

    @property
    def dots(self) -> int:
        """How many bins stand alone."""
        return int(np.count_nonzero(alone(self._strokes.data)))

    def set_strokes(self, strokes: Strokes) -> None:
        """Show another curve."""
        self.prepareGeometryChange()
        self._strokes = strokes
        self.update()

    def boundingRect(self) -> QRectF:
        return self._strokes.box

    def paint(self, painter: QPainter, *_rest: object) -> None:
        strokes = self._strokes.suited(painter, self.viewRect())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look().colour(self._role, 0.22))
        painter.drawRects(*strokes.columns.drawargs())
        for ground in strokes.grounds:
            painter.drawPolygon(ground)
        pen = look().pen(self._role)
        pen.setStyle(Qt.PenStyle.DashLine if self._dashed else Qt.PenStyle.SolidLine)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawPath(strokes.path)
        if strokes.lone:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            painter.setPen(look().pen(self._role, 4.0))
            painter.drawPoints(strokes.lone)


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
