"""Draws the synoptic: lines, nodes, labels into the cached layer; dots or arrows above it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Final

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen, QPolygonF, QRegion

from gui.theme import STRONG, look, scaled
from gui.widgets.flow_animation import SPACING, Animation
from gui.widgets.flow_geometry import (
    GRID,
    HOUSE,
    SOLAR,
    UNEXPLAINED,
    Geometry,
    Lane,
    Pair,
    Spot,
)
from gui.widgets.flow_labels import paint_label
from gui.widgets.flow_view import NodeView
from gui.widgets.icons import paint_icon

FADED: Final = 0.42


def paint_lines(
    painter: QPainter, geometry: Geometry, animation: Animation, roles: Mapping[Pair, str], cut: bool
) -> None:
    """Lines that carry power in their colour, an arrow at their end; a hairline to a node at rest."""
    shown = [pair for pair in animation.shown if pair in geometry.lanes and not (cut and GRID in pair)]
    busy = {name for pair in shown for name in pair}
    for name, stub in geometry.stubs.items():
        if cut and name == GRID:
            _paint_cut(painter, stub, geometry.scale)
        elif name not in busy:
            _stroke(painter, stub, look().pen("hairline", 1.6))
    for pair in shown:
        lane, alpha = geometry.lanes[pair], 0.16 if pair in animation.frozen else 0.4
        pen = QPen(look().colour(roles[pair], alpha), 2.4 * max(0.85, geometry.scale))
        if pair[0] == UNEXPLAINED:
            pen.setDashPattern([2.0, 2.0])
        _stroke(painter, lane, pen)
        forward = animation.ways[pair] > 0
        x, y, heading = lane.at(lane.length - 1 if forward else 1.0)
        strength = FADED if pair in animation.frozen else 1.0
        _chevron(painter, (x, y, heading + (0 if forward else math.pi)), roles[pair], 4.5, strength)


def paint_dots(
    painter: QPainter, geometry: Geometry, animation: Animation, roles: Mapping[Pair, str], cut: bool
) -> None:
    """What moves: dots along every line that carries power; arrows that stand still when motion is off."""
    for pair in animation.shown:
        if pair not in geometry.lanes or (cut and GRID in pair):
            continue
        lane, colour = geometry.lanes[pair], look().colour(roles[pair])
        if pair in animation.frozen:
            colour.setAlphaF(FADED)
        if not look().motion:
            turn = 0.0 if animation.ways[pair] > 0 else math.pi
            count = max(1, int(lane.length / (1.8 * SPACING * geometry.scale)))
            for row in range(count):
                x, y, heading = lane.at(lane.length * (row + 0.5) / count)
                _chevron(painter, (x, y, heading + turn), roles[pair], 6.0, colour.alphaF())
            continue
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        radius = _dot(geometry)
        for distance in animation.dots(pair, lane.length):
            if radius + 2 <= distance <= lane.length - 2 * radius:
                x, y, _ = lane.at(distance)
                painter.drawEllipse(QPointF(x, y), radius, radius)


def dotted(geometry: Geometry, animation: Animation) -> QRegion:
    """Where dots move: no more than this needs to be painted for their next step."""
    region = QRegion()
    for pair in animation.shown:
        if pair in geometry.lanes and pair not in animation.frozen:
            for left, top, right, bottom in geometry.lanes[pair].boxes(_dot(geometry) + 1):
                region += QRectF(QPointF(left, top), QPointF(right, bottom)).toAlignedRect()
    return region


def _dot(geometry: Geometry) -> float:
    return 3.6 * max(0.85, geometry.scale)


def paint_node(painter: QPainter, geometry: Geometry, view: NodeView, hovered: bool, focused: bool) -> None:
    """A circle with icon, figure and sign word, and its label."""
    spot, scale = geometry.spots[view.name], geometry.scale
    painter.save()
    painter.setOpacity(FADED if view.faded else 1.0)
    middle = QPointF(spot.x, spot.y)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for row in range(min(view.count, 3) - 1, 0, -1):  # several of a kind peep out behind
        painter.setPen(QPen(look().colour(view.role, 0.45), 1.6))
        painter.drawEllipse(middle + QPointF(4.5 * row * scale, -3.5 * row * scale), spot.radius, spot.radius)
    _paint_ring(painter, spot, view, scale, hovered)
    role = "house" if view.name == HOUSE else view.role
    if view.name == UNEXPLAINED:
        figure = look().font(STRONG)
        _shrink(figure, view.figure, 2 * spot.radius - 10)
        _centred(painter, middle, figure, view.figure, "text")
    else:
        size = 23 * scale
        paint_icon(
            painter,
            "night" if view.name == SOLAR and view.resting else view.name,
            QRectF(spot.x - size / 2, spot.y - 31 * scale, size, size),
            look().colour(role),
        )
        figure = scaled("figure", max(14 / 17, scale))
        room = 2 * math.sqrt(spot.radius**2 - (8 * scale) ** 2) - 12
        _shrink(figure, view.figure, room)
        _centred(painter, middle + QPointF(0, 5.5 * scale), figure, view.figure, "text")
        word = scaled("small", max(10 / 10.5, 1.05 * scale), 500)
        room = 2 * math.sqrt(spot.radius**2 - (31 * scale) ** 2) - (10 if view.ring else 4)
        _shrink(word, view.word, room)
        tone = "fault" if view.trouble else "secondary"
        _centred(painter, middle + QPointF(0, 24.5 * scale), word, view.word, tone)
    painter.setOpacity(1.0)
    if focused:
        pen = QPen(look().colour("accent"), 2)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(middle, spot.radius + 8, spot.radius + 8)
    paint_label(painter, geometry, view)
    painter.restore()


def _paint_ring(painter: QPainter, spot: Spot, view: NodeView, scale: float, hovered: bool) -> None:
    middle = QPointF(spot.x, spot.y)
    thick = 7 * scale if view.ring else 2.6 * max(0.9, scale)
    pen = QPen(look().colour("track" if view.ring else view.role, 0.45 if view.resting else 1.0), thick)
    if view.faded and not view.ring:
        pen.setDashPattern([4.0, 3.0])
    painter.setPen(pen)
    painter.setBrush(look().colour("track" if hovered else "card"))
    painter.drawEllipse(middle, spot.radius, spot.radius)
    if not view.ring:
        return
    box = QRectF(
        spot.x - spot.radius,
        spot.y - spot.radius,
        2 * spot.radius,
        2 * spot.radius,
    )
    painter.setBrush(Qt.BrushStyle.NoBrush)
    start, several = 0.0, len(view.arcs) > 1
    for role, part in view.arcs:
        pen = QPen(look().colour(role), thick)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap if several else Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        gap = 0.007 if several else 0.0
        sweep = max(0.004, part - 2 * gap) if part < 0.999 else 1.0
        painter.drawArc(box, round((90 - 360 * (start + gap)) * 16), round(-360 * 16 * sweep))
        start += part


def _paint_cut(painter: QPainter, stub: Lane, scale: float) -> None:
    """The grid's line with a gap, two strokes across it and a word."""
    (x0, y), (x1, _) = stub.places[0], stub.places[-1]
    middle = x0 + 0.5 * (x1 - x0)
    gap, reach = 7.0 * scale, 9.0 * scale
    pen = QPen(look().colour("fault", 0.75), 2.4)
    pen.setDashPattern([3.0, 3.0])
    painter.setPen(pen)
    painter.drawLine(QPointF(x0, y), QPointF(middle - gap, y))
    painter.setPen(look().pen("hairline", 1.6))
    painter.drawLine(QPointF(middle + gap, y), QPointF(x1, y))
    pen = QPen(look().colour("fault"), 2.6)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    for side in (-gap / 1.4, gap / 1.4):
        painter.drawLine(QPointF(middle + side - 3 * scale, y + reach), QPointF(middle + side + 3 * scale, y - reach))
    text = QCoreApplication.translate("flows", "Grid outage")
    _centred(painter, QPointF(middle, y - reach - 13), look().font(STRONG), text, "fault")


def _stroke(painter: QPainter, lane: Lane, pen: QPen) -> None:
    pen.setCosmetic(False)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in lane.places]))


def _chevron(painter: QPainter, place: tuple[float, float, float], role: str, size: float, alpha: float) -> None:
    """An arrow head whose point lies at the place, with its heading."""
    x, y, heading = place
    pen = QPen(look().colour(role, alpha), 2.2)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    wings: Iterable[float] = (heading + 2.45, heading - 2.45)
    ends = [QPointF(x + 1.4 * size * math.cos(turn), y + 1.4 * size * math.sin(turn)) for turn in wings]
    painter.drawPolyline(QPolygonF([ends[0], QPointF(x, y), ends[1]]))


def _centred(painter: QPainter, middle: QPointF, font: QFont, text: str, role: str) -> None:
    painter.setFont(font)
    painter.setPen(look().colour(role))
    box = QRectF(middle.x() - 200, middle.y() - 20, 400, 40)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def _shrink(font: QFont, text: str, room: float) -> None:
    """Make a text fit into the circle."""
    width = QFontMetricsF(font).horizontalAdvance(text)
    if width > room > 0:
        font.setPointSizeF(font.pointSizeF() * room / width)
