"""The labels beside the synoptic's nodes: title and age, then a few details."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from gui.theme import SECONDARY, STRONG, look, scaled
from gui.widgets.flow_geometry import BATTERY, GRID, HOUSE, SOLAR, UNEXPLAINED, Geometry
from gui.widgets.flow_view import NodeView

LINE_PX: Final = 16.0  # from one label line to the next
TITLE_PX: Final = 18.0
SIDE: Final = {SOLAR: "right", HOUSE: "above"}  # the others: below


def label_box(geometry: Geometry, name: str, details: int = 2) -> QRectF:
    """Where a node's label lies."""
    spot, size = geometry.spots[name], _size(geometry)
    width, height = _width(geometry, name), size * (TITLE_PX + LINE_PX * details)
    side = SIDE.get(name, "below")
    if side == "above":
        return QRectF(spot.x - width / 2, spot.y - spot.radius - 10 - height, width, height)
    if side == "right":
        return QRectF(spot.x + spot.radius + 16, spot.y - height / 2, width, height)
    top = spot.y + spot.radius + (6 if geometry.compact or name == UNEXPLAINED else 12)
    return QRectF(spot.x - width / 2, top, width, height)


def paint_label(painter: QPainter, geometry: Geometry, view: NodeView) -> None:
    """Draw the label of a node; what is too long ends in an ellipsis."""
    if view.name == UNEXPLAINED and not _fits_beside(geometry, view):
        return  # the chip of the balance says it too
    most = 3 if view.name in (SOLAR, GRID) else 1 if geometry.compact or view.name == HOUSE else 2
    details, size = view.details[:most], _size(geometry)
    box = label_box(geometry, view.name, len(details))
    left = SIDE.get(view.name) == "right"
    _title(painter, QRectF(box.left(), box.top(), box.width(), TITLE_PX * size), view, left, size)
    painter.setOpacity(0.6 if view.faded else 1.0)
    painter.setFont(scaled(SECONDARY, size))
    painter.setPen(look().colour("secondary"))
    metrics = QFontMetricsF(painter.font())
    across = Qt.AlignmentFlag.AlignLeft if left else Qt.AlignmentFlag.AlignHCenter
    if most == 1 and view.brief and metrics.horizontalAdvance(details[0]) > box.width():
        details = (view.brief,)
    for number, detail in enumerate(details):
        top = box.top() + size * (TITLE_PX + LINE_PX * number)
        text = metrics.elidedText(detail, Qt.TextElideMode.ElideRight, box.width())
        line = QRectF(box.left(), top, box.width(), LINE_PX * size)
        painter.drawText(line, across | Qt.AlignmentFlag.AlignVCenter, text)
    painter.setOpacity(1.0)


def _title(painter: QPainter, row: QRectF, view: NodeView, left: bool, size: float) -> None:
    """Title and age in one line, the age small and grey; amber when it is the age of an old value."""
    strong, small = scaled(STRONG, size), scaled(SECONDARY, size)
    wide, narrow = QFontMetricsF(strong), QFontMetricsF(small)
    gap = 7.0 if view.age else 0.0
    age_width = narrow.horizontalAdvance(view.age) if view.age else 0.0
    title = wide.elidedText(view.title, Qt.TextElideMode.ElideRight, row.width() - gap - age_width)
    title_width = wide.horizontalAdvance(title)
    start = row.left() if left else row.center().x() - (title_width + gap + age_width) / 2
    base = row.top() + 13.5 * size
    painter.setFont(strong)
    painter.setPen(look().colour("text"))
    painter.drawText(QPointF(start, base), title)
    if view.age:
        painter.setFont(small)
        painter.setPen(look().colour("warning" if view.faded else "tertiary"))
        painter.drawText(QPointF(start + title_width + gap, base), view.age)


def _fits_beside(geometry: Geometry, view: NodeView) -> bool:
    room = 2 * (geometry.width - geometry.spots[view.name].x) - 8
    return QFontMetricsF(scaled(STRONG, _size(geometry))).horizontalAdvance(view.title) <= room


def _size(geometry: Geometry) -> float:
    """Labels grow a little with large windows, never shrink."""
    return max(1.0, min(1.2, geometry.scale))


def _width(geometry: Geometry, name: str) -> float:
    spot = geometry.spots[name]
    if name == SOLAR:
        return max(80.0, geometry.width - spot.x - spot.radius - 28)
    step = abs(geometry.spots[HOUSE].x - geometry.centre[0])
    room = 2 * min(spot.x, geometry.width - spot.x) - 16
    return max(90.0, min((1.25 if name == BATTERY else 1.1) * step, room))
