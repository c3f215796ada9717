"""How the rows of a parameter panel and the hits of its search are painted, and which field a value is edited in."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPolygonF
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from gui.models import parameters_input, parameters_words
from gui.models.parameters import ParameterRole
from gui.models.parameters_input import Editor
from gui.models.parameters_row import Column, Row
from gui.models.parameters_search import HitRole
from gui.pages.devices_paint import MIDDLE, box_of, ground, readable, state_of, write
from gui.pages.parameters_editors import BitsEditor, ChoiceEditor, FieldEditor
from gui.theme import SECONDARY, STRONG, TEXT, look

Index = QModelIndex | QPersistentModelIndex
ROW, SECTION, WRONG_LINE, HIT = 52, 40, 22, 52
BOX = 32  # height of a field
PAD = 12
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def field_box(cell: QRectF) -> QRectF:
    """Where the field stands in its cell."""
    return QRectF(cell.left(), cell.top() + (ROW - BOX) / 2, cell.width() - PAD, BOX)


class ParameterDelegate(QStyledItemDelegate):
    """Cells of a parameter; the ground of the row is painted by the view."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        if not index.parent().isValid():
            return QSize(60, SECTION)
        return QSize(60, ROW + (WRONG_LINE if index.data(ParameterRole.WRONG) else 0))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        cell = box_of(option)
        cell.setHeight(ROW)
        strong = bool(state_of(option) & QStyle.StateFlag.State_Selected) and not index.data(ParameterRole.EDITED)
        column = Column(index.column())
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        if column is Column.NEW:
            self._field(painter, cell, index, strong, bool(state_of(option) & QStyle.StateFlag.State_HasFocus))
        elif column is Column.STATE:
            tone = str(index.data(ParameterRole.TONE) or "secondary")
            room = cell.adjusted(0, 0, -PAD, 0)
            role = readable(strong, "secondary" if tone == "tertiary" else tone)
            write(painter, room, text, look().font(SECONDARY, 600), role, align=RIGHT)
        elif column in (Column.NAME, Column.READ, Column.RANGE):
            right = 4 if column is Column.RANGE else PAD
            self._two_lines(painter, cell.adjusted(PAD, 0, -right, 0), text, index, strong)
        else:
            elide = MIDDLE if column is Column.REGISTER else Qt.TextElideMode.ElideRight
            room = cell.adjusted(PAD, 0, 0 if column is Column.REGISTER else -4, 0)
            write(painter, room, text, look().font(TEXT), readable(strong, "secondary"), elide=elide)
        painter.restore()

    def _two_lines(self, painter: QPainter, cell: QRectF, text: str, index: Index, strong: bool) -> None:
        second = str(index.data(ParameterRole.SECOND) or "")
        if not text:
            text, second = second, ""
        first = QRectF(cell.left(), cell.top() + (8 if second else 16), cell.width(), 20)
        tone = str(index.data(ParameterRole.TONE) or "text")
        weight = {Column.NAME: 500, Column.READ: 600}.get(Column(index.column()), 400)
        if index.column() == Column.RANGE:
            tone = "secondary"
        write(painter, first, text, look().font(TEXT, weight), readable(strong, tone))
        below = first.translated(0, 18)
        write(painter, below, second, look().font(SECONDARY), readable(strong, "secondary"))

    def _screen(self, painter: QPainter, cell: QRectF, text: str, role: str) -> None:
        """Where it is set instead: a path of menus, on two lines where one is too short."""
        font = look().font(SECONDARY)
        first, rest = cut(text, QFontMetricsF(font), cell.width())
        line = QRectF(cell.left(), cell.top() + (8 if rest else 16), cell.width(), 20)
        write(painter, line, first, font, role)
        write(painter, line.translated(0, 18), rest, font, role)

    def _field(self, painter: QPainter, cell: QRectF, index: Index, strong: bool, focused: bool) -> None:
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        row: Row = index.data(ParameterRole.ROW)
        editor = row.editor
        edited, wrong = bool(index.data(ParameterRole.EDITED)), str(index.data(ParameterRole.WRONG) or "")
        box = field_box(cell).adjusted(0.5, 0.5, -0.5, -0.5)
        if editor is Editor.SCREEN:
            self._screen(painter, cell.adjusted(PAD - 2, 0, -PAD, 0), text, readable(strong, "secondary"))
            return
        if editor is Editor.INFERRED:
            write(painter, box.adjusted(PAD - 2, 0, 0, 0), text, look().font(TEXT), readable(strong, "accent"))
            return
        border = "fault" if wrong else "warning" if edited else "accent" if focused else "hairline"
        painter.setPen(look().pen(border, 1.5 if border != "hairline" else 1))
        painter.setBrush(look().colour("card"))
        painter.drawRoundedRect(box, 8, 8)
        inside = box.adjusted(PAD - 2, 0, -PAD + 2, 0)
        if editor in (Editor.CHOICE, Editor.BITS):
            _chevron(painter, QPointF(inside.right() - 4, inside.center().y()))
            inside.adjust(0, 0, -14, 0)
        write(painter, inside, text, look().font(TEXT, 400 if row.draft is None else 600), "fault" if wrong else "text")

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        row: Row = index.data(ParameterRole.ROW)
        if row.editor is Editor.CHOICE:
            choice = ChoiceEditor(parameters_input.choices_of(row.parameter), parent)
            choice.activated.connect(lambda: self._take(choice))
            return choice
        if row.editor is Editor.BITS:
            bits = BitsEditor(parameters_input.choices_of(row.parameter), parent)
            bits.left.connect(lambda: self._take(bits))
            return bits
        field = FieldEditor(parent)
        if row.editor is Editor.NUMBER:
            field.set_unit(parameters_input.shown_unit(row.parameter).unit)
        elif row.editor is Editor.TIME:
            field.setPlaceholderText("07:30")
        if row.parameter.point is not None and row.parameter.point.secret:
            field.setEchoMode(FieldEditor.EchoMode.PasswordEchoOnEdit)
        return field

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        value: Any = index.data(Qt.ItemDataRole.EditRole)
        row: Row = index.data(ParameterRole.ROW)
        editor.setAccessibleName(parameters_words.title(row.parameter))
        editor.setAccessibleDescription(parameters_input.range_text(row.parameter))
        if isinstance(editor, ChoiceEditor | BitsEditor):
            editor.show_value(value)
        elif isinstance(editor, FieldEditor) and not editor.isModified():
            editor.setText(str(value or ""))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, FieldEditor):
            if editor.isModified():
                model.setData(index, editor.text())
        elif isinstance(editor, ChoiceEditor | BitsEditor) and editor.touched:
            model.setData(index, editor.value())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        box = field_box(box_of(option)).toRect()
        if isinstance(editor, BitsEditor):
            around = editor.parentWidget()
            size = editor.sizeHint()
            top = min(box.top(), around.height() - size.height()) if around is not None else box.top()
            wide = max(box.width(), size.width())
            left = min(box.left(), around.width() - wide - PAD) if around is not None else box.left()
            box = QRect(left, max(0, top), wide, size.height())
        editor.setGeometry(box)

    def _take(self, editor: QWidget) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)


class HitDelegate(QStyledItemDelegate):
    """One hit of the search: its name and its device; where it stands and what it is for."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(160, HIT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = box_of(option).adjusted(0, 1, 0, -1)
        selected = ground(painter, box, option)
        line = box.adjusted(PAD, 7, -PAD, 0)
        line.setHeight(20)
        font = look().font(SECONDARY, 500)
        device = str(index.data(HitRole.DEVICE))
        wide = min(QFontMetricsF(font).horizontalAdvance(device), line.width() / 2)
        place = QRectF(line.right() - wide - 1, line.top(), wide + 1, line.height())
        write(painter, place, device, font, readable(selected, "secondary"), align=RIGHT)
        name = str(index.data(Qt.ItemDataRole.DisplayRole))
        room = line.adjusted(0, 0, -wide - 16, 0)
        write(painter, room, name, look().font(STRONG), "selection_text" if selected else "text")
        detail = str(index.data(HitRole.DETAIL) or "")
        write(painter, line.translated(0, 19), detail, look().font(SECONDARY), readable(selected, "secondary"))
        painter.restore()


def cut(text: str, metrics: QFontMetricsF, width: float) -> tuple[str, str]:
    """What fits on the first line, cut between two words (at an arrow of a path where there is one), and the rest."""
    if metrics.horizontalAdvance(text) <= width:
        return text, ""
    words = text.split(" ")
    fits = [at for at in range(1, len(words)) if metrics.horizontalAdvance(" ".join(words[:at])) <= width]
    arrows = [at for at in fits if words[at] == "→"]
    at = max(arrows or fits, default=1)
    return " ".join(words[:at]), " ".join(words[at:])


def write_sentence(painter: QPainter, row: QRectF, left: float, sentence: str) -> None:
    """What is wrong with an entry, below its field; it begins further left where it is long."""
    font = look().font(SECONDARY, 500)
    wide = QFontMetricsF(font).horizontalAdvance(sentence) + 2
    left = max(row.left() + PAD, min(left, row.right() - PAD - wide))
    place = QRectF(left, row.top() + ROW - 6, row.right() - PAD - left, WRONG_LINE)
    write(painter, place, sentence, font, "fault")


def _chevron(painter: QPainter, middle: QPointF) -> None:
    painter.setPen(look().pen("secondary", 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(QPolygonF([middle + QPointF(x, y) for x, y in ((-3.5, -1.75), (0.0, 1.75), (3.5, -1.75))]))
