"""The table of a device's parameters: sections of its manual, fields that open where one clicks or types."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPolygonF
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from core.points import PointKey
from gui.models.parameters import ParameterRole, ParameterTree
from gui.models.parameters_input import Editor
from gui.models.parameters_row import Column, Row
from gui.pages.devices_paint import box_of, write
from gui.pages.parameters_editors import FieldEditor
from gui.pages.parameters_paint import PAD, ParameterDelegate, write_sentence
from gui.theme import CARD, SECONDARY, look

Index = QModelIndex | QPersistentModelIndex
WIDTHS = {Column.READ: 148, Column.NEW: 168, Column.RANGE: 112, Column.REGISTER: 72, Column.STATE: 116}
TIGHT = {Column.READ: 116, Column.NEW: 136, Column.RANGE: 112, Column.REGISTER: 64, Column.STATE: 104}
# a device without registers has keys, which are longer than numbers
WORDY = {Column.READ: 128, Column.NEW: 164, Column.RANGE: 108, Column.REGISTER: 116, Column.STATE: 104}
WIDE, NARROW, TINY = 820, 720, 600
LOOK = (
    "QTreeView, QTreeView:focus { border: none; border-radius: 0; }"
    "QHeaderView::section { border-bottom: none; padding: 6px 0 6px 12px; }"
)


class ParameterView(QTreeView):
    """Parameters of one device.

    ``chosen(PointKey | None)`` when another one is current; ``details_asked()``; ``confirm_asked(PointKey)`` for one
    that is only inferred; ``dropped(PointKey)`` when its edit is given up.
    """

    chosen = Signal(object)
    details_asked = Signal()
    confirm_asked = Signal(object)
    dropped = Signal(object)

    def __init__(self, tree: ParameterTree, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tree = tree
        self._width = WIDE
        self.setModel(tree)
        self.setStyleSheet(LOOK)
        self.setItemDelegate(ParameterDelegate(self))
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        head = self.header()
        head.setStretchLastSection(False)
        head.setSectionsMovable(False)
        head.setSectionsClickable(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setSectionResizeMode(Column.NAME, QHeaderView.ResizeMode.Stretch)
        self.fit(WIDE)
        tree.modelReset.connect(self.expandAll)
        tree.modelReset.connect(self._fit_again)
        tree.dataChanged.connect(self._heights_may_differ)
        self.selectionModel().currentChanged.connect(self._current_changed)
        look().changed.connect(self.viewport().update)

    def show_key(self, key: PointKey) -> None:
        """Make a parameter current and visible."""
        place = self._tree.place_of(key, Column.NEW)
        if place.isValid():
            self.expand(place.parent())
            self.setCurrentIndex(place)
            self.scrollTo(place, QAbstractItemView.ScrollHint.PositionAtCenter)

    def current_key(self) -> PointKey | None:
        """The current parameter."""
        key = self.currentIndex().data(ParameterRole.KEY)
        return key if isinstance(key, PointKey) else None

    def visible_keys(self) -> list[PointKey]:
        """The parameters that the eye can see now."""
        found: list[PointKey] = []
        bottom = self.viewport().height()
        index = self.indexAt(self.viewport().rect().topLeft())
        while index.isValid() and self.visualRect(index).top() <= bottom:
            key = index.data(ParameterRole.KEY)
            if isinstance(key, PointKey):
                found.append(key)
            index = self.indexBelow(index)
        return found

    def edit_key(self, key: PointKey) -> None:
        """Open the field of a parameter."""
        self.show_key(key)
        self.begin_edit(self._tree.place_of(key, Column.NEW))

    def begin_edit(self, index: Index, typed: str = "") -> None:
        """Open the field of a row, or what stands instead of it; ``typed`` is the key that began it."""
        place = self._tree.index(index.row(), Column.NEW, index.parent())
        row: object = place.data(ParameterRole.ROW)
        editor = row.editor if isinstance(row, Row) else None
        if editor is Editor.INFERRED:
            self.confirm_asked.emit(place.data(ParameterRole.KEY))
        elif editor is Editor.SCREEN:
            self.details_asked.emit()
        elif self._tree.flags(place) & Qt.ItemFlag.ItemIsEditable:
            self.setCurrentIndex(place)
            self.edit(place)
            field = self.indexWidget(place) if place.isValid() else None
            field = field or self.focusWidget()
            if typed and isinstance(field, FieldEditor):
                field.type_first(typed)

    def drawRow(self, painter: QPainter, options: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row = box_of(options)
        row = QRectF(0, row.top(), self.viewport().width(), row.height())
        if index.parent().isValid():
            self._draw_parameter(painter, options, index, row)
        else:
            self._draw_section(painter, index, row)
        painter.restore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if event.button() is not Qt.MouseButton.LeftButton or not index.isValid():
            super().mousePressEvent(event)
            return
        if not index.parent().isValid():
            section = index.siblingAtColumn(0)
            self.setExpanded(section, not self.isExpanded(section))
            event.accept()
            return
        super().mousePressEvent(event)
        if index.column() == Column.NEW:
            self.begin_edit(index)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index.parent().isValid() and index.column() != Column.NEW:
            self.details_asked.emit()
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
        plain = plain or event.modifiers() == Qt.KeyboardModifier.KeypadModifier
        editing = self.state() is QAbstractItemView.State.EditingState  # Enter in a field comes here, too
        if not index.parent().isValid() or not plain or editing:
            super().keyPressEvent(event)
            return
        text = event.text()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self.begin_edit(index)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.dropped.emit(index.data(ParameterRole.KEY))
        elif text.isprintable() and text.strip():
            self.begin_edit(index, text)
        else:
            super().keyPressEvent(event)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Tab goes to the next field, over the rows that have none."""
        super().closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        way = {
            QAbstractItemDelegate.EndEditHint.EditNextItem: self.indexBelow,
            QAbstractItemDelegate.EndEditHint.EditPreviousItem: self.indexAbove,
        }.get(hint)
        if way is None:
            return
        index = way(self.currentIndex())
        while index.isValid():
            place = index.siblingAtColumn(Column.NEW)
            if index.parent().isValid() and self._tree.flags(place) & Qt.ItemFlag.ItemIsEditable:
                self.scrollTo(place)
                self.begin_edit(place)
                return
            index = way(index)

    def fit(self, width: int) -> None:
        """Give narrow windows what matters; the details still tell the rest."""
        self._width = width
        wordy = any(row.parameter.point and row.parameter.point.path for _, row in self._tree.rows())
        for column, size in (TIGHT if width < WIDE else WORDY if wordy else WIDTHS).items():
            self.header().resizeSection(column, size)
        self.setColumnHidden(Column.REGISTER, width < NARROW)
        self.setColumnHidden(Column.RANGE, width < TINY)

    def _fit_again(self) -> None:
        self.fit(self._width)

    def _heights_may_differ(self) -> None:
        self.scheduleDelayedItemsLayout()

    def _draw_parameter(self, painter: QPainter, options: QStyleOptionViewItem, index: Index, row: QRectF) -> None:
        option: Any = QStyleOptionViewItem(options)
        current = self.currentIndex()
        selected = current.parent() == index.parent() and current.row() == index.row()
        hovered = row.contains(QPointF(self.viewport().mapFromGlobal(self.cursor().pos()))) and self.underMouse()
        edited = bool(index.data(ParameterRole.EDITED))
        role = "edited" if edited else "selection" if selected else "track" if hovered else ""
        if role:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look().colour(role))
            painter.drawRoundedRect(row.adjusted(0, 2, 0, -3), 8, 8)
        painter.setPen(look().pen("hairline"))
        painter.drawLine(QPointF(PAD, row.bottom() - 0.5), QPointF(row.right() - PAD, row.bottom() - 0.5))
        covered = self.covered(index)
        for column in Column:
            if self.isColumnHidden(column) or column in covered:
                continue
            cell = self._tree.index(index.row(), column, index.parent())
            option.rect = self.visualRect(cell)
            if column is Column.NEW and covered:
                last = self._tree.index(index.row(), max(covered), index.parent())
                option.rect = option.rect.united(self.visualRect(last))
            focus = selected and self.hasFocus()
            option.state = QStyle.StateFlag.State_Enabled
            if selected:
                option.state |= QStyle.StateFlag.State_Selected
            if focus:
                option.state |= QStyle.StateFlag.State_HasFocus
            self.itemDelegate().paint(painter, option, cell)
        if wrong := str(index.data(ParameterRole.WRONG) or ""):
            left = float(self.columnViewportPosition(Column.NEW))
            write_sentence(painter, row, left, wrong)

    def covered(self, index: Index) -> tuple[Column, ...]:
        """The columns that say nothing of a value set elsewhere: the path to it has their room."""
        row: object = index.data(ParameterRole.ROW)
        if not isinstance(row, Row) or row.editor is not Editor.SCREEN:
            return ()
        found: list[Column] = []
        for column in (Column.RANGE, Column.REGISTER, Column.STATE):
            cell = self._tree.index(index.row(), column, index.parent())
            mute = column is Column.REGISTER and row.parameter.point is None
            if not mute and (cell.data() or cell.data(ParameterRole.SECOND)):
                break
            found.append(column)
        return tuple(column for column in found if not self.isColumnHidden(column))

    def _draw_section(self, painter: QPainter, index: Index, row: QRectF) -> None:
        painter.fillRect(row, look().colour("card"))
        cell = row.adjusted(PAD, 8, -PAD, 0)
        taken = write(painter, cell, str(index.data()), look().font(CARD), "text")
        opened = self.isExpanded(index)
        middle = QPointF(cell.left() + taken + 16, cell.center().y() + 1)
        reach = 3.5
        lines = [(-reach, -reach / 2), (0.0, reach / 2), (reach, -reach / 2)]
        if not opened:
            lines = [(-reach / 2, -reach), (reach / 2, 0.0), (-reach / 2, reach)]
            count = self.tr("{0} parameters").format(index.data(ParameterRole.COUNT))
            write(painter, cell.adjusted(taken + 32, 0, 0, 0), count, look().font(SECONDARY), "secondary")
        painter.setPen(look().pen("accent" if self.currentIndex() == index and self.hasFocus() else "secondary", 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF([middle + QPointF(x, y) for x, y in lines]))

    def _current_changed(self, current: QModelIndex) -> None:
        self.viewport().update()
        self.chosen.emit(current.data(ParameterRole.KEY))
