"""How a line of the journal is painted: quiet text, the outcome with its light."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from gui.models.journal import Column, JournalRole
from gui.pages.devices_paint import LED, PAD, ROW, box_of, light, readable, state_of, write
from gui.theme import STRONG, TEXT, look

Index = QModelIndex | QPersistentModelIndex


class JournalDelegate(QStyledItemDelegate):
    """One cell."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(60, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = box_of(option)
        state = state_of(option)
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if selected or state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, look().colour("selection" if selected else "track"))
        focused = state & QStyle.StateFlag.State_HasFocus
        painter.setPen(look().pen("accent" if focused else "hairline"))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        column, tone = Column(index.column()), str(index.data(JournalRole.TONE) or "")
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        cell = box.adjusted(PAD, 0, -PAD, 0)
        if column is Column.OUTCOME:
            light(painter, cell.left(), cell.center().y(), tone or "tertiary")
            cell.adjust(LED + 8, 0, 0, 0)
        strong = column in (Column.PARAMETER, Column.CHANGE)
        role = tone if tone in ("fault", "warning") else "text" if strong else "secondary"
        write(painter, cell, text, look().font(STRONG if column is Column.CHANGE else TEXT), readable(selected, role))
        painter.restore()
