"""From the bins of a curve to what Qt paints of it. Touches no widget, so it may be done in any thread."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pyqtgraph
from pyqtgraph.Qt import internals
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPainterPath, QPolygonF

from gui.models.curves import Data, Floats, alone

pg: Any = pyqtgraph
PrimitiveArray: Any = internals.PrimitiveArray
ALIKE = 1.5  # strokes made for a pixel serve as well for one that is this much wider or narrower
FAR = 8.0  # views that a curve may be long: what lies farther out is cut off before Qt has to


@dataclass(slots=True)
class Strokes:
    """A curve as Qt paints it where a pixel is ``pixel`` seconds wide; 0: nothing has been made yet."""

    data: Data = field(default_factory=Data)
    pixel: float = 0.0
    path: QPainterPath = field(default_factory=QPainterPath)
    columns: Any = None
    grounds: list[QPolygonF] = field(default_factory=list[QPolygonF])
    lone: QPolygonF = field(default_factory=QPolygonF)
    box: QRectF = field(init=False)
    _other: Strokes | None = None  # for a view that these do not suit
    _other_for: tuple[slice, float] = slice(0), 0.0

    def __post_init__(self) -> None:
        self.box = _box(self.data)

    def suited(self, painter: QPainter, view: QRectF) -> Strokes:
        """These, or others when the view is much narrower or wider than the one that they were made for."""
        pixel = 1 / abs(painter.worldTransform().m11())
        near = self.box.width() < FAR * view.width()
        if near and self.pixel / ALIKE < pixel < self.pixel * ALIKE:
            return self
        first, last = np.searchsorted(self.data.t, [view.left(), view.right()])
        wanted = slice(max(0, int(first) - 1), int(last) + 1), pixel
        if self._other is None or self._other_for != wanted:
            self._other, self._other_for = strokes_of(self.data, pixel, wanted[0]), wanted
        return self._other


def strokes_of(data: Data, pixel: float, seen: slice = slice(None)) -> Strokes:
    """Make the strokes of a line for a pixel of so many seconds, of some of its bins."""
    t, low, mean, high = data.t[seen], data.low[seen], data.mean[seen], data.high[seen]
    boxes = [np.zeros((0, 4))]
    grounds: list[QPolygonF] = []
    for begin, end in spells_of(np.isfinite(low) & np.isfinite(high)):
        spell = t[begin:end], low[begin:end], high[begin:end]
        if (end - begin) * 2 * pixel > spell[0][-1] - spell[0][0]:  # as a polygon 0.1 s: so many steep edges
            boxes.append(columns(*spell, pixel))
        else:
            grounds.append(_ground(*spell))
    lone = alone(data)[seen]
    return Strokes(
        data,
        pixel,
        pg.arrayToQPath(t, mean, connect="finite"),
        _memory(np.concatenate(boxes)),
        grounds,
        _polygon(np.column_stack((t[lone], mean[lone]))),
    )


def _box(data: Data) -> QRectF:
    """What surrounds a curve; null where it has no value."""
    if not len(data.t) or np.isnan(bottom := float(np.fmin.reduce(data.low))):
        return QRectF()
    wide = float(data.t[-1] - data.t[0]) or 1e-6  # a lone bin too has an extent
    return QRectF(float(data.t[0]), bottom, wide, float(np.fmax.reduce(data.high)) - bottom)


def _memory(boxes: Floats) -> Any:
    """Rectangles in one piece of memory: as objects they would cost 2 ms a curve."""
    found = PrimitiveArray(QRectF, 4)
    found.resize(len(boxes))
    found.ndarray()[:] = boxes
    return found


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


def _ground(t: Floats, low: Floats, high: Floats) -> QPolygonF:
    return _polygon(np.column_stack((np.append(t, t[::-1]), np.append(high, low[::-1]))))


def _polygon(corners: Floats) -> QPolygonF:
    return QPolygonF([QPointF(x, y) for x, y in corners.tolist()])
