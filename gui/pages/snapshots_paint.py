"""How snapshots in a list and values beside each other are painted; colours and fonts come from the look in use."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from gui.models.snapshots import ListRole
from gui.models.snapshots_compare import Column, CompareRole
from gui.pages.devices_paint import LED, PAD, box_of, ground, light, readable, state_of, write
from gui.pages.history_chooser import tick
from gui.theme import SECONDARY, STRONG, TEXT, look

Index = QModelIndex | QPersistentModelIndex
LINE = 18
ROW = 48
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class ListDelegate(QStyledItemDelegate):
    """Kind and time, who and which devices, the checksum; what is wrong with it in a line of its own."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(160, 16 + LINE * len(self._lines(index)) + LINE)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inner = box_of(option).adjusted(0, 1, -2, -1)
        selected = ground(painter, inner, option)
        tone = str(index.data(ListRole.TONE))
        light(painter, inner.left() + 12, inner.top() + 16, tone)
        left = inner.left() + 12 + LED + 10
        line = QRectF(left, inner.top() + 7, inner.right() - left - 10, LINE)
        when = str(index.data(ListRole.WHEN))
        font = look().font(SECONDARY)
        taken = QFontMetricsF(font).horizontalAdvance(when) + 8 if when else 0.0
        write(painter, line, when, font, readable(selected, "secondary"), align=RIGHT)
        title = str(index.data(Qt.ItemDataRole.DisplayRole))
        role = "selection_text" if selected else "text"
        write(painter, line.adjusted(0, 0, -taken, 0), title, look().font(STRONG), role)
        for text, text_role in self._lines(index):
            line.translate(0, LINE)
            write(painter, line, text, font, readable(selected, text_role))
        painter.restore()

    def _lines(self, index: Index) -> list[tuple[str, str]]:
        tone, seal = str(index.data(ListRole.TONE)), str(index.data(ListRole.SEAL))
        lines = [
            (str(index.data(ListRole.DETAIL)), "secondary"),
            (seal, tone if tone == "fault" else "secondary"),
            (str(index.data(ListRole.TROUBLE)), "fault" if not seal else "warning"),
        ]
        return [(text, role) for text, role in lines if text]


class CompareDelegate(QStyledItemDelegate):
    """A cell of the comparison; a click on the box ticks it."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(60, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box, state = box_of(option), state_of(option)
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if selected or state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, look().colour("selection" if selected else "track"))
        focused = state & QStyle.StateFlag.State_HasFocus
        painter.setPen(look().pen("accent" if focused else "hairline"))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        column, tone = Column(index.column()), str(index.data(CompareRole.TONE) or "")
        cell = box.adjusted(PAD, 0, -PAD, 0)
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        if column is Column.TICK:
            if index.data(CompareRole.ABLE):
                tick(painter, _tick_box(box), _is_ticked(index))
        elif column is Column.STATE:
            light(painter, cell.left(), cell.center().y(), tone)
            role = "secondary" if tone in ("healthy", "tertiary") else tone
            write(painter, cell.adjusted(LED + 8, 0, 0, 0), text, look().font(TEXT), readable(selected, role))
        else:
            second = str(index.data(CompareRole.SECOND) or "")
            first = cell.adjusted(0, 6, 0, -22) if second else cell
            name = column is Column.NAME
            role = readable(selected, "secondary" if tone else "text")
            write(painter, first, text, look().font(TEXT if name else STRONG), role)
            below = QRectF(cell.left(), first.bottom(), cell.width(), 16)
            write(painter, below, second, look().font(SECONDARY), readable(selected, "secondary"))
        painter.restore()

    def editorEvent(self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index) -> bool:
        if event.type() == QEvent.Type.MouseButtonRelease and index.column() == Column.TICK:
            wanted = Qt.CheckState.Unchecked if _is_ticked(index) else Qt.CheckState.Checked
            return model.setData(index, wanted, Qt.ItemDataRole.CheckStateRole)
        return False  # the space bar is the view's: it ticks every row that is selected


def _tick_box(box: QRectF) -> QRectF:
    return QRectF(box.left() + PAD, box.center().y() - 8, 16, 16)


def _is_ticked(index: Index) -> bool:
    state = index.data(Qt.ItemDataRole.CheckStateRole)
    return state is not None and Qt.CheckState(state) == Qt.CheckState.Checked
