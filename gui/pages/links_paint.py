"""How the rows of the links page are painted: a link with its protocol and voice, the cells of its small tables."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from gui.models.frame_table import FrameColumn, FrameRole
from gui.models.link_list import RowRole
from gui.models.station_table import CellRole
from gui.pages.devices_paint import LED, LINE, MIDDLE, PAD, box_of, ground, light, readable, state_of, write
from gui.pages.devices_trace import MONO_FAMILIES
from gui.theme import SECONDARY, SMALL, STRONG, TEXT, look
from gui.widgets.icons import paint_icon

Index = QModelIndex | QPersistentModelIndex
ICON = 14
ROW = 34
FRAME_ROW = 26


class LinkRowDelegate(QStyledItemDelegate):
    """Light and name; state and place; the voice with its icon, and the protocol; what is wrong."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(160, 67 + (LINE if index.data(RowRole.TROUBLE) else 0))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inner = box_of(option).adjusted(0, 1, -2, -1)
        selected = ground(painter, inner, option)
        left = inner.left() + 12 + LED + 10
        width = inner.right() - left - 10
        top = inner.top() + 6
        tone: str = index.data(RowRole.TONE)
        light(painter, inner.left() + 12, top + 9, tone)
        title = QRectF(left, top, width, 18)
        name: str = index.data(Qt.ItemDataRole.DisplayRole)
        write(painter, title, name, look().font(STRONG), "selection_text" if selected else "text")
        line = QRectF(left, top + 19, width, LINE)
        state: str = index.data(RowRole.STATE)
        role = readable(selected, tone if tone != "healthy" else "secondary")
        said = write(painter, line, state, look().font(SECONDARY, 500), role)
        if place := str(index.data(RowRole.PLACE) or ""):
            write(
                painter,
                line.adjusted(said, 0, 0, 0),
                f" · {place}",
                look().font(SECONDARY),
                readable(selected, "secondary"),
            )
        line.translate(0, LINE + 1)
        _badge(painter, line, index.data(RowRole.BADGE))
        loud = bool(index.data(RowRole.LOUD))
        role = readable(selected, "accent" if loud else "secondary")
        paint_icon(
            painter, index.data(RowRole.VOICE_ICON), QRectF(left, line.top() + 1.5, ICON, ICON), look().colour(role)
        )
        font = look().font(SECONDARY, 600 if loud else 400)
        write(painter, line.adjusted(ICON + 6, 0, 0, 0), index.data(RowRole.VOICE), font, role)
        if trouble := str(index.data(RowRole.TROUBLE) or ""):
            line.translate(0, LINE)
            write(
                painter,
                line,
                trouble,
                look().font(SECONDARY),
                readable(selected, tone if tone == "fault" else "warning"),
            )
        painter.restore()


class CellDelegate(QStyledItemDelegate):
    """One cell of a small table: a light before its words where it has one."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(super().sizeHint(option, index).width() + 2 * PAD, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = box_of(option)
        selected = _row_ground(painter, box, option)
        cell = box.adjusted(PAD, 0, -PAD, 0)
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        tone = str(index.data(CellRole.TONE) or "")
        if tone:
            light(painter, cell.left(), cell.center().y(), tone)
            cell.adjust(LED + 8, 0, 0, 0)
        first = index.column() == 0
        role = "text" if first else tone if tone in ("warning", "fault") else "secondary"
        font = look().font(STRONG if first else TEXT)
        write(painter, cell, text, font, readable(selected, role), elide=MIDDLE if first else ELIDE)
        painter.restore()


class FrameDelegate(QStyledItemDelegate):
    """A frame in fixed-width letters; what went wrong in its colour and in words."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(super().sizeHint(option, index).width(), FRAME_ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = box_of(option)
        selected = _row_ground(painter, box, option)
        cell = box.adjusted(PAD, 0, -PAD, 0)
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        column = FrameColumn(index.column())
        font = look().font(SECONDARY)
        role = "secondary"
        if column is FrameColumn.DATA:
            font.setFamilies(MONO_FAMILIES)
            role = "text"
        elif column is FrameColumn.OUTCOME:
            tone = str(index.data(FrameRole.TONE))
            role = tone if tone in ("warning", "fault") else "secondary"
        write(painter, cell, text, font, readable(selected, role))
        painter.restore()


ELIDE = Qt.TextElideMode.ElideRight


def _row_ground(painter: QPainter, box: QRectF, option: QStyleOptionViewItem) -> bool:
    """Selection or hover, and the line below a row; return whether it is selected."""
    state = state_of(option)
    selected = bool(state & QStyle.StateFlag.State_Selected)
    if selected or state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(box, look().colour("selection" if selected else "track"))
    painter.setPen(look().pen("accent" if state & QStyle.StateFlag.State_HasFocus else "hairline"))
    painter.drawLine(box.bottomLeft(), box.bottomRight())
    return selected


def _badge(painter: QPainter, box: QRectF, text: str) -> None:
    """The protocol at the right end of a line."""
    font = look().font(SMALL, 500)
    width = QFontMetricsF(font).horizontalAdvance(text) + 12
    chip = QRectF(box.right() - width, box.top() + 1, width, 16)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look().colour("track"))
    painter.drawRoundedRect(chip, 4, 4)
    write(painter, chip, text, font, "secondary", align=Qt.AlignmentFlag.AlignCenter)
