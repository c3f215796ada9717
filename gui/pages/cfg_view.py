"""The tree of an EVlink configuration: headings that fold, fields that open where one clicks or types."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from core.evlink.cfg import Address
from gui.models import cfg_csv
from gui.models.cfg_tree import CfgFilter, CfgRole, CfgTree, Column, Row
from gui.pages.cfg_paint import PAD, CfgDelegate, arrow, write_below
from gui.pages.devices_paint import box_of, write
from gui.pages.parameters_editors import FieldEditor
from gui.theme import CARD, SECONDARY, STRONG, look

Index = QModelIndex | QPersistentModelIndex
WIDTHS = {Column.FILE: 150, Column.NEW: 176, Column.OTHER: 150, Column.LIMITS: 140, Column.KEY: 188, Column.STATE: 128}
TIGHT = {Column.FILE: 124, Column.NEW: 152, Column.OTHER: 124, Column.LIMITS: 116, Column.KEY: 150, Column.STATE: 116}
WIDE, NARROW, TINY = 1040, 940, 720
LOOK = (
    "QTreeView, QTreeView:focus { border: none; border-radius: 0; }"
    "QHeaderView::section { border-bottom: none; padding: 6px 12px; }"
)


class CfgView(QTreeView):
    """``chosen(Row | None)`` when another key is current, ``details_asked()``, ``selected()`` when others are."""

    chosen = Signal(object)
    details_asked = Signal()
    selected = Signal()

    def __init__(self, tree: CfgTree, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tree, self.filter = tree, CfgFilter(self)
        self._width = WIDE
        self.filter.setSourceModel(tree)
        self.setModel(self.filter)
        self.setStyleSheet(LOOK)
        self.setItemDelegate(CfgDelegate(self))
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        head = self.header()
        head.setStretchLastSection(False)
        head.setSectionsMovable(False)
        head.setSectionsClickable(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setSectionResizeMode(Column.NAME, QHeaderView.ResizeMode.Stretch)
        copy = QAction(self)
        copy.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
        copy.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        copy.triggered.connect(self.copy_selection)
        self.addAction(copy)
        self.filter.modelReset.connect(self._opened)
        self.filter.rowsInserted.connect(self._rows_came)
        self.filter.dataChanged.connect(self._heights_may_differ)
        self.selectionModel().currentChanged.connect(self._current_changed)
        self.selectionModel().selectionChanged.connect(self._selection_changed)
        look().changed.connect(self.viewport().update)
        self.fit(WIDE)

    def current_row(self) -> Row | None:
        """The key that is current."""
        return self.currentIndex().data(CfgRole.ROW)

    def selected_rows(self) -> list[Row]:
        """The keys that are selected, from top to bottom; those below a selected heading, too."""
        picked = {id(row): row for index in self.selectionModel().selectedRows() for row in self._below(index)}
        return [row for row in self.shown_rows() if id(row) in picked]

    def shown_rows(self) -> list[Row]:
        """The keys that pass the filter, from top to bottom."""
        return self._below(QModelIndex())

    def show_address(self, address: Address) -> None:
        """Make a key current and visible."""
        place = self.filter.mapFromSource(self._tree.place_of(address, Column.NEW))
        if place.isValid():
            self.expand(place.parent().parent())
            self.expand(place.parent())
            self.setCurrentIndex(place)
            self.scrollTo(place, QAbstractItemView.ScrollHint.PositionAtCenter)

    def begin_edit(self, index: Index, typed: str = "") -> None:
        """Open the field of a key, or its details where it has none; ``typed`` is the key that began it."""
        place = self.filter.index(index.row(), Column.NEW, index.parent())
        if not self.filter.flags(place) & Qt.ItemFlag.ItemIsEditable:
            self.details_asked.emit()
            return
        self.selectionModel().setCurrentIndex(place, self.selectionModel().SelectionFlag.ClearAndSelect)
        self.selectionModel().select(
            place, self.selectionModel().SelectionFlag.ClearAndSelect | self.selectionModel().SelectionFlag.Rows
        )
        self.edit(place)
        field = self.indexWidget(place) or self.focusWidget()
        if typed and isinstance(field, FieldEditor):
            field.type_first(typed)

    def drop_edit(self) -> None:
        """Give up what was typed for the selected keys."""
        for row in self.selected_rows():
            self._tree.edits.drop(row.address)

    def copy_selection(self) -> None:
        """Put the selected keys on the clipboard as a spreadsheet reads them."""
        if rows := self.selected_rows():
            QGuiApplication.clipboard().setText(cfg_csv.tab_separated(rows, self._tree))

    def fit(self, width: int) -> None:
        """Give narrow windows what matters; the details still tell the rest."""
        self._width = width
        compared = self._tree.compared
        for column, size in (WIDTHS if width >= WIDE else TIGHT).items():
            self.header().resizeSection(column, size)
        self.setColumnHidden(Column.OTHER, not compared)
        self.setColumnHidden(Column.LIMITS, compared or width < TINY)
        self.setColumnHidden(Column.KEY, width < (WIDE if compared else NARROW))

    # -- painting --------------------------------------------------------------------------------------------

    def drawRow(self, painter: QPainter, options: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row = box_of(options)
        row = QRectF(0, row.top(), self.viewport().width(), row.height())
        if index.data(CfgRole.DEPTH) == 2:
            self._draw_key(painter, options, index, row)
        else:
            self._draw_heading(painter, index, row)
        painter.restore()

    def _draw_key(self, painter: QPainter, options: QStyleOptionViewItem, index: Index, row: QRectF) -> None:
        option: Any = QStyleOptionViewItem(options)
        selected = self.selectionModel().isRowSelected(index.row(), index.parent())
        current = self.currentIndex()
        focus = self.hasFocus() and current.row() == index.row() and current.parent() == index.parent()
        hovered = self.underMouse() and row.contains(QPointF(self.viewport().mapFromGlobal(self.cursor().pos())))
        edited = bool(index.data(CfgRole.EDITED))
        if role := "edited" if edited else "selection" if selected else "track" if hovered else "":
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look().colour(role))
            painter.drawRoundedRect(row.adjusted(0, 2, 0, -3), 8, 8)
        if focus:
            painter.setPen(look().pen("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(row.adjusted(0.5, 2.5, -0.5, -3.5), 8, 8)
        painter.setPen(look().pen("hairline"))
        painter.drawLine(QPointF(PAD, row.bottom() - 0.5), QPointF(row.right() - PAD, row.bottom() - 0.5))
        for column in Column:
            if self.isColumnHidden(column):
                continue
            cell = index.sibling(index.row(), column)
            option.rect = self.visualRect(cell)
            option.state = QStyle.StateFlag.State_Enabled
            if selected:
                option.state |= QStyle.StateFlag.State_Selected
            if focus:
                option.state |= QStyle.StateFlag.State_HasFocus
            self.itemDelegate().paint(painter, option, cell)
        if (below := index.data(CfgRole.BELOW)) is not None:
            write_below(painter, row, float(self.columnViewportPosition(Column.NEW)), *below)

    def _draw_heading(self, painter: QPainter, index: Index, row: QRectF) -> None:
        block = index.data(CfgRole.DEPTH) == 0
        painter.fillRect(row, look().colour("card"))
        place = index.sibling(index.row(), 0)
        here = self.hasFocus() and self.currentIndex().siblingAtColumn(0) == place
        arrow(painter, QPointF(row.left() + PAD + (4 if block else 12), row.center().y() + 3), self.isExpanded(place),
              "accent" if here else "secondary")  # fmt: skip
        cell = row.adjusted(PAD + (18 if block else 26), 5, -PAD, 0)
        taken = write(painter, cell, str(place.data()), look().font(CARD if block else STRONG), "text")
        count = int(place.data(CfgRole.COUNT))
        shown = len(self._below(place))
        words = self.tr("{0} settings").format(count) if shown == count else self.tr("{0} of {1}").format(shown, count)
        if count < 2 and shown == count:
            words = self.tr("1 setting") if count else self.tr("no settings")
        write(painter, cell.adjusted(taken + 12, 1, 0, 0), words, look().font(SECONDARY), "secondary")
        if block:
            painter.setPen(look().pen("hairline"))
            painter.drawLine(row.bottomLeft(), row.bottomRight())

    # -- keys and mouse --------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if event.button() is not Qt.MouseButton.LeftButton or not index.isValid():
            super().mousePressEvent(event)
            return
        super().mousePressEvent(event)
        if index.data(CfgRole.DEPTH) != 2:
            heading = index.siblingAtColumn(0)
            self.setExpanded(heading, not self.isExpanded(heading))
        elif index.column() == Column.NEW and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self._edit_clicked(index)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.data(CfgRole.DEPTH) == 2 and index.column() != Column.NEW:
            self.details_asked.emit()
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
        plain = plain or event.modifiers() == Qt.KeyboardModifier.KeypadModifier
        editing = self.state() is QAbstractItemView.State.EditingState  # Return ends an edit, and begins no other
        if not index.isValid() or not plain or editing:
            super().keyPressEvent(event)
            return
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2)
        if index.data(CfgRole.DEPTH) != 2:
            heading = index.siblingAtColumn(0)
            if enter or event.key() == Qt.Key.Key_Space:
                self.setExpanded(heading, not self.isExpanded(heading))
            else:
                super().keyPressEvent(event)
        elif enter:
            self.begin_edit(index)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.drop_edit()
        elif event.text().isprintable() and event.text().strip():
            self.begin_edit(index, event.text())
        else:
            super().keyPressEvent(event)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Tab goes to the next field, over the rows that have none."""
        super().closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        way = {
            QAbstractItemDelegate.EndEditHint.EditNextItem: self.indexBelow,
            QAbstractItemDelegate.EndEditHint.EditPreviousItem: self.indexAbove,
        }.get(hint)
        index = way(self.currentIndex()) if way is not None else QModelIndex()
        while way is not None and index.isValid():
            place = index.siblingAtColumn(Column.NEW)
            if self.filter.flags(place) & Qt.ItemFlag.ItemIsEditable:
                self.scrollTo(place)
                self.begin_edit(place)
                return
            index = way(index)

    # -- inside ----------------------------------------------------------------------------------------------

    def _below(self, above: Index) -> list[Row]:
        row = above.data(CfgRole.ROW) if above.isValid() else None
        if row is not None:
            return [row]
        found: list[Row] = []
        for number in range(self.filter.rowCount(above)):
            found += self._below(self.filter.index(number, 0, above))
        return found

    def _opened(self) -> None:
        self.expandAll()
        self.fit(self._width)

    def _rows_came(self, parent: QModelIndex) -> None:
        self.expandRecursively(parent) if parent.isValid() else self.expandAll()

    def _edit_clicked(self, index: QModelIndex) -> None:
        if self.filter.flags(index) & Qt.ItemFlag.ItemIsEditable:
            self.begin_edit(index)

    def _heights_may_differ(self) -> None:
        self.scheduleDelayedItemsLayout()

    def _selection_changed(self) -> None:
        self.viewport().update()
        self.selected.emit()

    def _current_changed(self, current: QModelIndex) -> None:
        self.viewport().update()
        self.chosen.emit(current.data(CfgRole.ROW))
