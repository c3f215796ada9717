"""Charts stacked over one time axis, one for each unit, with two cursors through all of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import tzinfo
from functools import partial
from typing import Any

import pyqtgraph
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from core.points import PointKey
from gui.models.curves import Curve, Shape
from gui.pages.history_panel import Panel, natures_of
from gui.pages.history_strokes import Strokes
from gui.theme import look

pg: Any = pyqtgraph
GraphicsLayoutWidget: Any = pg.GraphicsLayoutWidget


class Plots(GraphicsLayoutWidget):
    """``ranged(start, end)`` whenever the time range moves, ``by_hand()`` when the user moved it."""

    ranged = Signal(float, float)
    by_hand = Signal()
    cursors_moved = Signal()

    def __init__(self, zone: tzinfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._zone = zone
        self._panels: list[Panel] = []
        self._span = (0.0, 3600.0)
        self._cursors: list[float] = []
        self._lines: list[list[Any]] = [[], []]
        self._rows = 0
        self._showing = False
        self.ci.layout.setContentsMargins(0, 4, 4, 0)
        self.ci.layout.setSpacing(6)
        look().changed.connect(self.dress)
        self.dress()

    @property
    def span(self) -> tuple[float, float]:
        """Begin and end of what is shown, Unix seconds."""
        return self._span

    @property
    def charts(self) -> list[str]:
        """Units of the charts from top to bottom; empty for the lanes of states."""
        return ["" if panel.lanes else panel.curves[0].unit for panel in self._panels]

    @property
    def cursors(self) -> tuple[float, float] | None:
        """Times of the two cursors, the earlier one first by name, not by time."""
        return (self._cursors[0], self._cursors[1]) if self._cursors else None

    @property
    def pixels(self) -> int:
        """How many points the screen can tell apart side by side."""
        return max(200, int(self._panels[0].box.width()) if self._panels else self.width())

    def show_curves(self, curves: Sequence[Curve]) -> None:
        """Stack charts for these curves; their data come with ``update_curve``."""
        groups: dict[tuple[str, bool], list[Curve]] = {}
        for curve in curves:
            lane = curve.shape is Shape.LANE
            groups.setdefault(("" if lane else curve.unit, lane), []).append(curve)
        ordered = sorted(groups.values(), key=lambda group: group[0].shape is Shape.LANE)
        if self._takes(ordered):
            return
        self._showing = True
        self.clear()
        self._lines = [[], []]
        self._panels = [Panel(group, self._zone, group is ordered[-1]) for group in ordered]
        for row, panel in enumerate(self._panels):
            self.addItem(panel.plot, row=row, col=0)
            self._give_height(row, panel)
            if row:
                panel.box.setXLink(self._panels[0].box)
            panel.box.sigRangeChangedManually.connect(self._moved_by_hand)
            for curve in panel.curves:
                panel.update(curve)
        for row in range(len(self._panels), self._rows):
            self._give_height(row, None)
        self._rows = len(self._panels)
        if self._panels:
            self._panels[0].box.sigXRangeChanged.connect(self._x_changed)
        self.setMinimumHeight(sum(panel.height + 6 for panel in self._panels) + 8)
        self._showing = False
        self.set_range(*self._span)
        self._draw_cursors()

    def _takes(self, groups: Sequence[Sequence[Curve]]) -> bool:
        """Whether the charts that stand there can show these curves: nothing is built twice."""
        if len(groups) != len(self._panels):
            return False
        natures = [natures_of(group, group is groups[-1]) for group in groups]
        if natures != [panel.nature for panel in self._panels]:
            return False
        for panel, group in zip(self._panels, groups, strict=True):
            panel.take(group)
        return True

    def update_curves(self, curves: Iterable[Curve], strokes: Mapping[PointKey, Strokes] | None = None) -> None:
        """Draw what these curves have now; with ``strokes`` as far as they are made already."""
        keys, made = {curve.key for curve in curves}, strokes or {}
        for panel in self._panels:
            if changed := [curve for curve in panel.curves if curve.key in keys]:
                for curve in changed:
                    panel.update(curve, made.get(curve.key))
                panel.fit(*self._span)
        self._settle()

    def set_range(self, start: float, end: float) -> None:
        """Show this range (Unix seconds)."""
        if self._panels and self._panels[0].box.viewRange()[0] != [start, end]:
            self._panels[0].box.setXRange(start, end, padding=0)  # which tells ``_x_changed``
            self._settle()
        else:
            self._x_changed(None, (start, end))

    def show_cursors(self, shown: bool) -> None:
        """Put two cursors at the thirds of the range, or take them away."""
        start, end = self._span
        self._cursors = [start + (end - start) / 3, start + (end - start) * 2 / 3] if shown else []
        self._draw_cursors()
        self.cursors_moved.emit()

    def move_cursor(self, which: int, at: float) -> None:
        """Put the first (0) or second (1) cursor at a time."""
        if not self._cursors or self._cursors[which] == at:
            return
        self._cursors[which] = at
        for line in self._lines[which]:
            line.setPos(at)
        self.cursors_moved.emit()

    def dress(self) -> None:
        """Colours of the look in use."""
        self.setBackground(look().colour("card"))
        for panel in self._panels:
            panel.dress()
        self._draw_cursors()

    def _give_height(self, row: int, panel: Panel | None) -> None:
        """Lanes are as high as their rows, charts share the rest, a row no longer used has none."""
        layout = self.ci.layout
        least = panel.height if panel is not None else 0
        layout.setRowMinimumHeight(row, least)
        layout.setRowMaximumHeight(row, least if panel is None or panel.lanes else 100_000)
        layout.setRowStretchFactor(row, 0 if panel is None or panel.lanes else 1)

    def _draw_cursors(self) -> None:
        for lines in self._lines:
            for line in lines:
                line.getViewBox().removeItem(line)
        self._lines = [[], []]
        for which, at in enumerate(self._cursors):
            for row, panel in enumerate(self._panels):
                label = {"position": 0.86, "color": look().colour("accent_text"), "fill": look().colour("accent")}
                line: Any = pg.InfiniteLine(
                    pos=at,
                    angle=90,
                    movable=True,
                    pen=look().pen("accent"),
                    hoverPen=look().pen("accent", 3.0),
                    label="AB"[which] if row == 0 else None,
                    labelOpts=label if row == 0 else None,
                )
                line.setZValue(50)
                line.sigPositionChanged.connect(partial(self._dragged, which))
                panel.box.addItem(line, ignoreBounds=True)
                self._lines[which].append(line)

    def _dragged(self, which: int, line: Any) -> None:
        self.move_cursor(which, float(line.value()))

    def _x_changed(self, _box: object, found: tuple[float, float]) -> None:
        if self._showing:
            return
        self._span = (float(found[0]), float(found[1]))
        for panel in self._panels:
            panel.fit(*self._span)
        self.ranged.emit(*self._span)

    def _settle(self) -> None:
        """Let every chart take its new place before it is painted; in the midst of it, it would be painted again."""
        self.scene().prepareForPaint()

    def _moved_by_hand(self, *_rest: object) -> None:
        self._settle()
        self.by_hand.emit()
