"""The table of a device's points: group titles with their pace, sorting, and copying what is selected."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence, QMouseEvent, QPainter, QPolygonF
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyleOptionViewItem, QTreeView, QWidget

from core.points import PointKey
from gui.models.point_filter import PointFilter
from gui.models.points import Column, PointRole, PointTree
from gui.pages.devices_paint import PAD, PointDelegate, box_of, write
from gui.theme import SECONDARY, STRONG, look

Index = QModelIndex | QPersistentModelIndex
WIDTHS = {Column.VALUE: 196, Column.UNIT: 52, Column.AGE: 96, Column.QUALITY: 108, Column.REGISTER: 140}
TIGHT = {Column.VALUE: 124, Column.UNIT: 48, Column.AGE: 92, Column.QUALITY: 104, Column.REGISTER: 132}
PATH_WIDTH = 210  # "EVSE_Status.AppliedLimit"
WIDE, NARROW = 820, 700  # below NARROW, the register gives its place to the names; the trace still tells it
QUIET = "QTreeView, QTreeView:focus { border: none; border-radius: 0; }"  # the current row shows the focus


class PointView(QTreeView):
    """Points of one device in their groups; ``chosen(PointKey | None)`` when another one is current."""

    chosen = Signal(object)

    def __init__(self, tree: PointTree, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tree, self._filter = tree, PointFilter(self)
        self._width = WIDE
        self._filter.setSourceModel(tree)
        self.setModel(self._filter)
        self.setStyleSheet(QUIET)
        self.setItemDelegate(PointDelegate(self))
        self.setUniformRowHeights(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setAllColumnsShowFocus(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSortingEnabled(True)
        head = self.header()
        head.setStretchLastSection(False)
        head.setSortIndicatorClearable(True)
        head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        head.setSectionResizeMode(Column.NAME, QHeaderView.ResizeMode.Stretch)
        self.fit(WIDE)
        copy = QAction(self)
        copy.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
        copy.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        copy.triggered.connect(self.copy_selection)
        self.addAction(copy)
        tree.modelReset.connect(self.expandAll)
        tree.modelReset.connect(self._fit_again)
        self._filter.rowsInserted.connect(self._expand_new)
        self.selectionModel().currentChanged.connect(self._current_changed)
        look().changed.connect(self.viewport().update)

    def set_filter(self, text: str) -> None:
        """Keep the points that hold every word."""
        self._filter.set_filter(text)
        self.expandAll()

    def shown_count(self) -> int:
        """How many points pass the filter."""
        groups = self._filter.rowCount()
        return sum(self._filter.rowCount(self._filter.index(row, 0)) for row in range(groups))

    def show_point(self, key: PointKey) -> None:
        """Make a point current and visible."""
        place = self._filter.mapFromSource(self._tree.place_of(key))
        if place.isValid():
            self.setCurrentIndex(place)
            self.scrollTo(place, QAbstractItemView.ScrollHint.PositionAtCenter)

    def visible_keys(self) -> list[PointKey]:
        """The points the eye can see now."""
        found: list[PointKey] = []
        bottom = self.viewport().height()
        index = self.indexAt(self.viewport().rect().topLeft())
        while index.isValid() and self.visualRect(index).top() <= bottom:
            key = index.data(PointRole.KEY)
            if isinstance(key, PointKey):
                found.append(key)
            index = self.indexBelow(index)
        return found

    def current_key(self) -> PointKey | None:
        """The current point."""
        key = self.currentIndex().data(PointRole.KEY)
        return key if isinstance(key, PointKey) else None

    def selected_keys(self) -> list[PointKey]:
        """The selected points, from top to bottom."""
        rows = self.selectionModel().selectedRows()
        rows.sort(key=lambda index: (index.parent().row(), index.row()))
        return [key for index in rows if isinstance(key := index.data(PointRole.KEY), PointKey)]

    def copy_selection(self) -> None:
        """Put the selected rows on the clipboard as a spreadsheet reads them."""
        if text := self._tree.as_tsv(self.selected_keys()):
            QGuiApplication.clipboard().setText(text)

    def drawRow(self, painter: QPainter, options: QStyleOptionViewItem, index: Index) -> None:
        if index.parent().isValid():
            super().drawRow(painter, options, index)
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = box_of(options)
        box = QRectF(0, box.top(), self.viewport().width(), box.height())
        painter.fillRect(box, look().colour("card"))
        self._arrow(painter, QPointF(box.left() + PAD + 5, box.center().y() + 3), self.isExpanded(index))
        cell = box.adjusted(PAD + 18, 6, -PAD, 0)
        taken = write(painter, cell, str(index.data()), look().font(STRONG), "text")
        found: Any = index.data(PointRole.PACE)
        text, kept = str(found[0]), bool(found[1])
        rest = cell.adjusted(taken + 12, 0, 0, 0)
        write(painter, rest, text, look().font(SECONDARY), "secondary" if kept else "warning")
        painter.setPen(look().pen("hairline"))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        painter.restore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and not index.parent().isValid():
            self.setExpanded(index.siblingAtColumn(0), not self.isExpanded(index.siblingAtColumn(0)))
            event.accept()
            return
        super().mousePressEvent(event)

    def fit(self, width: int) -> None:
        """Give narrow windows what matters: name, value, unit, age, quality."""
        self._width = width
        for column, size in (WIDTHS if width >= WIDE else TIGHT).items():
            self.header().resizeSection(column, size)
        if width >= WIDE and self._tree.has_paths:
            self.header().resizeSection(Column.REGISTER, PATH_WIDTH)
        self.setColumnHidden(Column.REGISTER, width < NARROW)

    def _fit_again(self) -> None:
        self.fit(self._width)

    def _arrow(self, painter: QPainter, middle: QPointF, opened: bool) -> None:
        reach = 3.5
        lines = [(-reach, -reach / 2), (0.0, reach / 2), (reach, -reach / 2)]
        if not opened:
            lines = [(-reach / 2, -reach), (reach / 2, 0.0), (-reach / 2, reach)]
        painter.setPen(look().pen("secondary", 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF([middle + QPointF(x, y) for x, y in lines]))

    def _expand_new(self, parent: QModelIndex, first: int, last: int) -> None:
        if not parent.isValid():
            for row in range(first, last + 1):
                self.expand(self._filter.index(row, 0))

    def _current_changed(self, current: QModelIndex) -> None:
        self.chosen.emit(current.data(PointRole.KEY))
