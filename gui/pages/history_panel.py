"""One chart of the stack: the curves of one unit, or the lanes of all states."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo
from typing import Any

import numpy as np
import pyqtgraph

from core.points import PointKey
from gui.models import curves as measure
from gui.models.curves import Curve, Shape
from gui.models.timeaxis import FIRST, LAST
from gui.pages.history_axis import LEFT_WIDTH, TimeAxis, ValueAxis, dress
from gui.pages.history_chart import Chart
from gui.pages.history_items import Lane, Trace
from gui.pages.history_strokes import Strokes
from gui.theme import look

pg: Any = pyqtgraph
SHORTEST_S, LONGEST_S = 2.0, 12 * 366 * 86400.0
LANE_HEIGHT, AXIS_HEIGHT, LEAST_HEIGHT = 34, 26, 88


class Panel:
    """A plot with its items; ``lowest`` carries the labels of the time axis."""

    def __init__(self, curves: Sequence[Curve], zone: tzinfo, lowest: bool) -> None:
        self.curves = list(curves)
        self.lowest = lowest
        self.lanes = curves[0].shape is Shape.LANE
        self._unit = curves[0].unit
        self._time = TimeAxis(zone, labels=lowest)
        self._values: Any = pg.AxisItem("left") if self.lanes else ValueAxis(self._unit)
        self.plot = Chart(self._time, self._values)
        self.box: Any = self.plot.box
        self.box.setMouseEnabled(x=True, y=False)
        self.box.setLimits(xMin=FIRST, xMax=LAST, minXRange=SHORTEST_S, maxXRange=LONGEST_S)
        self.box.setDefaultPadding(0)
        self.box.disableAutoRange()
        self._traces: dict[PointKey, Trace] = {}
        self._bars: dict[PointKey, Any] = {}
        self._strips: dict[PointKey, Lane] = {}
        self._add_items()
        self.dress()

    @property
    def nature(self) -> list[object]:
        """What it is made of: two panels of one nature look alike."""
        return natures_of(self.curves, self.lowest)

    def take(self, curves: Sequence[Curve]) -> None:
        """Draw curves of the same nature instead."""
        self.curves = list(curves)
        for curve in curves:
            self.update(curve)

    @property
    def height(self) -> int:
        """Least height in pixels."""
        labels = AXIS_HEIGHT if self.lowest else 6
        return LANE_HEIGHT * len(self.curves) + labels if self.lanes else LEAST_HEIGHT + labels

    def update(self, curve: Curve, strokes: Strokes | None = None) -> None:
        """Draw what a curve has now; ``strokes`` of a line, if somebody has made them already."""
        data, key = curve.data, curve.key
        if curve.shape is Shape.LANE:
            self._strips[key].set_spells(data.spells)
        elif curve.shape is Shape.BARS:
            known = np.isfinite(data.mean)
            row, amount = self.curves.index(curve), len(self.curves)
            width = (data.ends - data.t)[known] * 0.84 / amount
            begin = data.t[known] + (data.ends - data.t)[known] * 0.08 + width * row
            self._bars[key].setOpts(x0=begin, x1=begin + width, y0=np.zeros(len(begin)), height=data.mean[known])
        else:
            self._traces[key].set_strokes(strokes or Strokes(data))

    def fit(self, start: float, end: float) -> None:
        """Choose the vertical range that shows everything between two times."""
        if self.lanes:
            self.box.setYRange(0, len(self.curves), padding=0)
        else:
            self.box.setYRange(*measure.heights(self.curves, start, end), padding=0)

    def dress(self) -> None:
        """Colours and pens of the look in use."""
        for axis in (self._time, self._values):
            dress(axis)
        strength = 0.6 if look().theme.dark else 0.9
        self._time.setGrid(int(255 * strength))
        self._values.setGrid(False if self.lanes else int(255 * strength))
        for curve in self.curves:
            if curve.shape is Shape.BARS:
                alpha = 0.45 if curve.dashed else 0.85
                self._bars[curve.key].setOpts(brush=look().colour(curve.role, alpha), pen=pg.mkPen(None))
        self.box.update()

    def _add_items(self) -> None:
        for row, curve in enumerate(self.curves):
            if curve.shape is Shape.LANE:
                self._strips[curve.key] = self._put(Lane(len(self.curves) - 1 - row, curve.role))
            elif curve.shape is Shape.BARS:
                self._bars[curve.key] = self._put(pg.BarGraphItem(x0=[], x1=[], y0=[], height=[]))
            else:
                self._traces[curve.key] = self._put(Trace(curve.role, curve.dashed))
        if self.lanes:
            names = [(len(self.curves) - 0.5 - row, _short(curve.name)) for row, curve in enumerate(self.curves)]
            self._values.setTicks([names])
            self._values.setWidth(LEFT_WIDTH)
            self._values.setStyle(tickLength=0, tickTextOffset=8, autoExpandTextSpace=False)

    def _put(self, item: Any) -> Any:
        self.box.addItem(item, ignoreBounds=True)
        return item


def natures_of(curves: Sequence[Curve], lowest: bool) -> list[object]:
    """What a panel of these curves would be made of."""
    return [lowest, *((c.key, c.shape, c.unit, c.role, c.dashed, c.name) for c in curves)]


def _short(name: str, most: int = 11) -> str:
    """A lane's name in the width of the axis; the table below has it whole."""
    return name if len(name) <= most else f"{name[: most - 1]}…"
