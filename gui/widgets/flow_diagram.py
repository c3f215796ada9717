"""The synoptic as a widget: fixed nodes, moving dots, one tab stop."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from core.balance import Flows
from core.energy import DayEnergies
from core.points import PointKey
from gui.theme import look
from gui.widgets import flow_paint
from gui.widgets.flow_animation import DRAWN, FRAMES_PER_S, Animation, lane_powers
from gui.widgets.flow_geometry import NODES, UNEXPLAINED, Geometry, Pair, arrange
from gui.widgets.flow_labels import label_box
from gui.widgets.flow_view import NodeView, frozen_pairs, lane_role, node_views, present, sentence, with_reasons
from gui.widgets.provenance import missing_reason, origin_text

if TYPE_CHECKING:
    from core.facade import Station

WALK: Final = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
}


class FlowDiagram(QWidget):
    """Power flows of the site.

    ``device_asked(str)``: a node was chosen; ``curve_asked(list[PointKey])``: a line was. Draws at most 15 times a
    second, and not at all while hidden, at rest or stale.
    """

    device_asked = Signal(str)
    curve_asked = Signal(list)

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._station = station
        self._flows: Flows | None = None
        self._day = DayEnergies()
        self._views: dict[str, NodeView] = {}
        self._roles: dict[Pair, str] = {}
        self._geometry: Geometry | None = None
        self._layer: QPixmap | None = None
        self._hovered: str | None = None
        self._current: str | None = None
        self._held = False
        self._last = time.monotonic()
        self.animation = Animation(maximum_w=max(3000.0, station.site.contract_power))
        self._timer = QTimer(self)
        self._timer.setInterval(1000 // FRAMES_PER_S + 1)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._next_frame)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(440, 356)
        look().changed.connect(self._look_changed)

    def sizeHint(self) -> QSize:
        return QSize(796, 548)

    @property
    def views(self) -> dict[str, NodeView]:
        """What each node shows."""
        return self._views

    @property
    def is_moving(self) -> bool:
        """Whether frames are being drawn."""
        return self._timer.isActive()

    def show_flows(self, flows: Flows, day: DayEnergies) -> None:
        """Take a new balance; nothing is redrawn when it says the same."""
        self._flows, self._day = flows, day
        self.refresh()

    def hold(self, held: bool) -> None:
        """Let the dots stand still."""
        self._held = held
        self._pace()

    def refresh(self) -> None:
        """Say everything again: a second has passed, or the language changed."""
        if self._flows is None:
            return
        flows = self._flows
        views = with_reasons(node_views(flows, self._day, time.time()), flows, self._reason)
        before = (dict(self.animation.ways), self.animation.frozen, self._roles)
        self.animation.take(lane_powers(flows), frozen_pairs(flows, DRAWN))
        self._roles = {pair: lane_role(pair, way) for pair, way in self.animation.ways.items()}
        after = (self.animation.ways, self.animation.frozen, self._roles)
        if views != self._views or before != after or self._geometry is None:
            if set(views) != set(self._views):
                self._geometry = None
            self._views = views
            self._redraw()
            self.setAccessibleDescription(sentence(views))
        self._pace()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.setAccessibleName(self.tr("Power flows"))
            self.refresh()
        super().changeEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.tip_at(QPointF(event.pos())), self)
            return True
        return super().event(event)

    def tip_at(self, place: QPointF) -> str:
        """Where the figure under a place comes from; empty beside everything."""
        name = self.node_at(place)
        view = self._views.get(name or "")
        if view is None:
            return ""
        return "\n\n".join(text for text in (view.reason, origin_text(self._station, view.sources)) if text)

    def node_at(self, place: QPointF) -> str | None:
        """The node whose circle or label lies under a place."""
        geometry = self._geometry
        if geometry is None:
            return None
        for name in self._views:
            if name in geometry.spots and label_box(geometry, name).contains(place):
                return name
        return geometry.node_at(place.x(), place.y())

    def lane_at(self, place: QPointF) -> Pair | None:
        """The line under a place."""
        if self._geometry is None or self.node_at(place):
            return None
        return self._geometry.lane_at(place.x(), place.y(), self.animation.shown)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        name = self.node_at(event.position())
        target = name or self.lane_at(event.position())
        self.setCursor(Qt.CursorShape.PointingHandCursor if target else Qt.CursorShape.ArrowCursor)
        self._hover(name)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(None)
        super().leaveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        if name := self.node_at(event.position()):
            self._choose(name)
        elif pair := self.lane_at(event.position()):
            names = [name for name in pair if name != UNEXPLAINED]
            self.curve_asked.emit([PointKey("site", f"{name}.power") for name in names])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        names = [name for name in NODES if name in self._views]
        step = WALK.get(Qt.Key(event.key()))
        if step and names:
            row = names.index(self._current) if self._current in names else -step
            self._current = names[(row + step) % len(names)]
            self._redraw()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._current:
            self._choose(self._current)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self._current = self._current or next((name for name in NODES if name in self._views), None)
        super().focusInEvent(event)
        self._redraw()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._redraw()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.setAccessibleName(self.tr("Power flows"))
        self._pace()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._geometry = None
        self._redraw()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        if not self._views or self._flows is None:
            return
        if self._layer is None or self._layer.devicePixelRatioF() != self.devicePixelRatioF():
            self._layer = self._draw_layer()
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._layer)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        geometry = self._placed()
        flow_paint.paint_dots(painter, geometry, self.animation, self._roles, self._flows.outage)

    def _draw_layer(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        layer = QPixmap(self.size() * ratio)
        layer.setDevicePixelRatio(ratio)
        layer.fill(Qt.GlobalColor.transparent)
        geometry = self._placed()
        painter = QPainter(layer)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        cut = self._flows is not None and self._flows.outage
        flow_paint.paint_lines(painter, geometry, self.animation, self._roles, cut)
        for name, view in self._views.items():
            focused = self.hasFocus() and name == self._current
            flow_paint.paint_node(painter, geometry, view, name == self._hovered, focused)
        painter.end()
        return layer

    def _placed(self) -> Geometry:
        if self._geometry is None:
            there = {name for name in NODES if name == UNEXPLAINED or self._is_present(name)}
            self._geometry = arrange(self.width(), self.height(), there)
            self.animation.scale = self._geometry.scale
        return self._geometry

    def _is_present(self, name: str) -> bool:
        return self._flows is not None and present(self._flows, name)

    def _reason(self, keys: tuple[PointKey, ...]) -> str:
        return missing_reason(self._station, keys)

    def _choose(self, name: str) -> None:
        view = self._views.get(name)
        if view and view.device:
            self.device_asked.emit(view.device)

    def _hover(self, name: str | None) -> None:
        if name != self._hovered:
            self._hovered = name
            self._redraw()

    def _redraw(self) -> None:
        self._layer = None
        self.update()

    def _look_changed(self) -> None:
        self._redraw()
        self._pace()

    def _pace(self) -> None:
        """Run the timer only while a further frame would differ and somebody can see it."""
        wanted = (
            self.isVisible()
            and not self.window().isMinimized()
            and look().motion
            and not self._held
            and self.animation.moving
        )
        if wanted and not self._timer.isActive():
            self._last = time.monotonic()
            self._timer.start()
        elif not wanted:
            self._timer.stop()

    def _next_frame(self) -> None:
        now = time.monotonic()
        self.animation.advance(now - self._last)
        self._last = now
        if self.window().isMinimized():
            self._timer.stop()
        self.update(flow_paint.dotted(self._placed(), self.animation))
