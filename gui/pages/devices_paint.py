"""How rows of links, devices and points are painted; colours and fonts come from the look in use."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from gui.models.links import LinkRole
from gui.models.points import Column, PointRole, alignment
from gui.theme import SECONDARY, SMALL, STRONG, TEXT, look

Index = QModelIndex | QPersistentModelIndex
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
MIDDLE = Qt.TextElideMode.ElideMiddle  # of names whose ends tell them apart
ROW = 36
LED = 8
PAD = 8
LINE = 17
DEVICE_INDENT = 18


def state_of(option: QStyleOptionViewItem) -> QStyle.StateFlag:
    """State flags of an item (the binding's types do not name them)."""
    plain: Any = option
    return plain.state


def box_of(option: QStyleOptionViewItem) -> QRectF:
    """Rectangle of an item."""
    plain: Any = option
    return QRectF(plain.rect)


def write(
    painter: QPainter,
    box: QRectF,
    text: str,
    font: QFont,
    role: str,
    *,
    align: Qt.AlignmentFlag = LEFT,
    elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
) -> float:
    """Write one line, cut with an ellipsis; return the width it took."""
    metrics = QFontMetricsF(font)
    shown = metrics.elidedText(text, elide, box.width())
    painter.setFont(font)
    painter.setPen(look().colour(role))
    painter.drawText(box, align, shown)
    return min(box.width(), metrics.horizontalAdvance(shown))


def light(painter: QPainter, left: float, middle: float, role: str, size: float = LED) -> None:
    """A small round light; its word stands beside it."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look().colour(role))
    painter.drawEllipse(QRectF(left, middle - size / 2, size, size))


def ground(painter: QPainter, box: QRectF, option: QStyleOptionViewItem, radius: float = 8) -> bool:
    """Selection or hover behind an item; return whether it is selected."""
    state = state_of(option)
    selected = bool(state & QStyle.StateFlag.State_Selected)
    if selected or state & QStyle.StateFlag.State_MouseOver:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look().colour("selection" if selected else "track"))
        painter.drawRoundedRect(box, radius, radius)
    if selected and state & QStyle.StateFlag.State_HasFocus:
        painter.setPen(look().pen("accent"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
    return selected


def readable(selected: bool, role: str) -> str:
    """The role of a text, or the one that stands out from a selection as strong as that of high contrast."""
    return "selection_text" if selected and look().theme.name == "high_contrast" else role


def _lines(index: Index, role: int) -> list[str]:
    return str(index.data(role) or "").splitlines()


class LinkDelegate(QStyledItemDelegate):
    """A light, a name, the state in words with the address, and the pace or the trouble."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        lines = 1 + len(_lines(index, LinkRole.DETAIL)) + len(_lines(index, LinkRole.TROUBLE))
        return QSize(160, 29 + LINE * lines)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_link = bool(index.data(LinkRole.IS_LINK))
        box = box_of(option)
        inner = box.adjusted(0 if is_link else DEVICE_INDENT, 1, -2, -1)
        selected = ground(painter, inner, option)
        left = inner.left() + 12 + LED + 10
        width = inner.right() - left - 8
        top = inner.top() + 5
        tone: str = index.data(LinkRole.TONE)
        light(painter, inner.left() + 12, top + 9, tone)
        name = look().font(STRONG if is_link else TEXT, 600 if is_link or selected else 500)
        text: str = index.data(Qt.ItemDataRole.DisplayRole)
        write(painter, QRectF(left, top, width, 18), text, name, "selection_text" if selected else "text")
        second = look().font(SECONDARY)
        state: str = index.data(LinkRole.STATE)
        line = QRectF(left, top + 18, width, LINE)
        role = readable(selected, tone if tone != "healthy" else "secondary")
        taken = write(painter, line, state, look().font(SECONDARY, 500), role)
        if place := str(index.data(LinkRole.PLACE) or ""):
            write(painter, line.adjusted(taken, 0, 0, 0), f" · {place}", second, readable(selected, "secondary"))
        line.translate(0, LINE)
        for detail in _lines(index, LinkRole.DETAIL):
            write(painter, line, detail, second, readable(selected, "secondary"))
            line.translate(0, LINE)
        for trouble in _lines(index, LinkRole.TROUBLE):
            role = readable(selected, tone if tone not in ("healthy", "tertiary") else "warning")
            write(painter, line, trouble, second, role)
            line.translate(0, LINE)
        painter.restore()


class PointDelegate(QStyledItemDelegate):
    """Cells of a point: its name with an "inferred" mark, its value in bold, its quality as light and word."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        hint = super().sizeHint(option, index)
        return QSize(hint.width() + 2 * PAD, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = box_of(option)
        selected = bool(state_of(option) & QStyle.StateFlag.State_Selected)
        if selected or state_of(option) & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, look().colour("selection" if selected else "track"))
        focused = state_of(option) & QStyle.StateFlag.State_HasFocus
        painter.setPen(look().pen("accent" if focused else "hairline"))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        column = Column(index.column())
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        tone = str(index.data(PointRole.TONE))
        faded = tone in ("tertiary", "warning")
        cell = box.adjusted(PAD, 0, -PAD, 0)
        if column is Column.NAME:
            self._name(painter, cell, text, readable(selected, "text"), bool(index.data(PointRole.INFERRED)))
        elif column is Column.VALUE:
            role = readable(selected, "secondary" if faded else "text")
            write(painter, cell, text, look().font(STRONG), role, align=alignment(column))
        elif column is Column.QUALITY:
            light(painter, cell.left(), cell.center().y(), tone)
            role = readable(selected, "secondary" if tone in ("healthy", "tertiary") else tone)
            write(painter, cell.adjusted(LED + 8, 0, 0, 0), text, look().font(TEXT), role)
        else:
            elide = MIDDLE if column is Column.REGISTER else Qt.TextElideMode.ElideRight
            role = readable(selected, "secondary")
            write(painter, cell, text, look().font(TEXT), role, align=alignment(column), elide=elide)
        painter.restore()

    def _name(self, painter: QPainter, cell: QRectF, text: str, role: str, inferred: bool) -> None:
        if not inferred:
            write(painter, cell, text, look().font(TEXT), role, elide=MIDDLE)
            return
        word, font = self.tr("inferred"), look().font(SMALL, 500)
        width = QFontMetricsF(font).horizontalAdvance(word) + 14
        room = cell.adjusted(0, 0, -width - 8, 0)
        taken = write(painter, room, text, look().font(TEXT), role, elide=MIDDLE)
        chip = QRectF(cell.left() + taken + 8, cell.center().y() - 9, width, 18)
        painter.setPen(look().pen("warning", alpha=0.5))
        painter.setBrush(look().colour("warning_ground"))
        painter.drawRoundedRect(chip, 9, 9)
        write(painter, chip, word, font, "warning", align=Qt.AlignmentFlag.AlignCenter)
