"""How the rows of an EVlink configuration are painted, and which field a value is edited in."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPolygonF
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from gui.models import cfg_words
from gui.models.cfg_tree import CfgRole, Column, Row
from gui.pages.devices_paint import MIDDLE, box_of, readable, state_of, write
from gui.pages.parameters_editors import ChoiceEditor, FieldEditor
from gui.pages.parameters_paint import field_box
from gui.theme import SECONDARY, TEXT, look

Index = QModelIndex | QPersistentModelIndex
BLOCK, SECTION, ROW, BELOW = 44, 38, 52, 22
PAD = 12
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class CfgDelegate(QStyledItemDelegate):
    """Cells of a key; the ground of the row is painted by the view."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        if index.column() != Column.NAME:
            return QSize(60, 0)  # the first column alone decides
        depth = int(index.data(CfgRole.DEPTH))
        if depth < 2:
            return QSize(60, SECTION if depth else BLOCK)
        return QSize(60, ROW + (BELOW if index.data(CfgRole.BELOW) else 0))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        cell = box_of(option)
        cell.setHeight(ROW)
        state = state_of(option)
        strong = bool(state & QStyle.StateFlag.State_Selected) and not index.data(CfgRole.EDITED)
        column = Column(index.column())
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        tone = str(index.data(CfgRole.TONE) or "text")
        if column is Column.NEW:
            self._field(painter, cell, text, index, bool(state & QStyle.StateFlag.State_HasFocus))
        elif column is Column.STATE:
            role = readable(strong, "secondary" if tone == "tertiary" else tone)
            write(painter, cell.adjusted(0, 0, -PAD, 0), text, look().font(SECONDARY, 600), role, align=RIGHT)
        elif column in (Column.NAME, Column.FILE, Column.OTHER):
            _two_lines(painter, cell.adjusted(PAD, 0, -PAD, 0), text, index, readable(strong, tone))
        else:
            elide = MIDDLE if column is Column.KEY else Qt.TextElideMode.ElideRight
            room = cell.adjusted(PAD, 0, -4, 0)
            write(painter, room, text, look().font(TEXT), readable(strong, "secondary"), elide=elide)
        painter.restore()

    def _field(self, painter: QPainter, cell: QRectF, text: str, index: Index, focused: bool) -> None:
        box = field_box(cell).adjusted(0.5, 0.5, -0.5, -0.5)
        inside = box.adjusted(PAD - 2, 0, -PAD + 2, 0)
        row: Row = index.data(CfgRole.ROW)
        edited, below = bool(index.data(CfgRole.EDITED)), index.data(CfgRole.BELOW)
        if index.data(CfgRole.KEPT) and not edited:
            write(painter, inside, text, look().font(TEXT), "secondary")
            return
        wrong = below is not None and below[1] == "fault"
        border = "fault" if wrong else "warning" if edited else "accent" if focused else "hairline"
        painter.setPen(look().pen(border, 1.5 if border != "hairline" else 1))
        painter.setBrush(look().colour("card"))
        painter.drawRoundedRect(box, 8, 8)
        if cfg_words.choices(row.known):
            _chevron(painter, QPointF(inside.right() - 4, inside.center().y()))
            inside.adjust(0, 0, -14, 0)
        write(painter, inside, text, look().font(TEXT, 600 if edited else 400), "fault" if wrong else "text")

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        row: Row = index.data(CfgRole.ROW)
        if found := cfg_words.choices(row.known):
            choice = ChoiceEditor(found, parent)
            choice.activated.connect(lambda: self._take(choice))
            return choice
        field = FieldEditor(parent)
        if row.known is not None:
            field.set_unit(row.known.unit)
        return field

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        value: Any = index.data(Qt.ItemDataRole.EditRole)
        editor.setAccessibleName(str(index.sibling(index.row(), Column.NAME).data() or ""))
        editor.setAccessibleDescription(str(index.sibling(index.row(), Column.LIMITS).data() or ""))
        if isinstance(editor, ChoiceEditor):
            row: Row = index.data(CfgRole.ROW)
            shown = cfg_words.value(row.known, str(value))
            editor.show_value(next((code for code, words in cfg_words.choices(row.known) if words == shown), None))
        elif isinstance(editor, FieldEditor) and not editor.isModified():
            editor.setText(str(value or ""))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, FieldEditor):
            if editor.isModified():
                model.setData(index, editor.text())
        elif isinstance(editor, ChoiceEditor) and editor.touched:
            model.setData(index, editor.value())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        cell = box_of(option)
        cell.setHeight(ROW)
        editor.setGeometry(field_box(cell).toRect())

    def _take(self, editor: QWidget) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)


def write_below(painter: QPainter, row: QRectF, left: float, sentence: str, role: str) -> None:
    """What is to be known of an entry, below its field; it begins further left where it is long."""
    font = look().font(SECONDARY, 500)
    wide = QFontMetricsF(font).horizontalAdvance(sentence) + 2
    left = max(row.left() + PAD, min(left, row.right() - PAD - wide))
    write(painter, QRectF(left, row.top() + ROW - 6, row.right() - PAD - left, BELOW), sentence, font, role)


def arrow(painter: QPainter, middle: QPointF, opened: bool, role: str) -> None:
    """The sign of a heading that can be folded."""
    reach = 3.5
    lines = [(-reach, -reach / 2), (0.0, reach / 2), (reach, -reach / 2)]
    if not opened:
        lines = [(-reach / 2, -reach), (reach / 2, 0.0), (-reach / 2, reach)]
    painter.setPen(look().pen(role, 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(QPolygonF([middle + QPointF(x, y) for x, y in lines]))


def _two_lines(painter: QPainter, cell: QRectF, text: str, index: Index, role: str) -> None:
    second = str(index.data(CfgRole.SECOND) or "")
    first = QRectF(cell.left(), cell.top() + (8 if second else 16), cell.width(), 20)
    name = index.column() == Column.NAME
    write(painter, first, text, look().font(TEXT, 500 if name else 600), role)
    quiet = role if role == "selection_text" else "secondary"
    write(painter, first.translated(0, 18), second, look().font(SECONDARY), quiet)


def _chevron(painter: QPainter, middle: QPointF) -> None:
    arrow(painter, middle, True, "secondary")
