"""The table below the charts: which line is which, what it is now, and what the cursors read."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from core.points import PointKey
from gui.models.curve_table import CURSOR_COLUMNS, KEY, ROLE_OF_CURVE, CurveColumn, CurveTable
from gui.pages.devices_paint import MIDDLE, PAD, box_of, ground, write
from gui.theme import STRONG, TEXT, look

Index = QModelIndex | QPersistentModelIndex
ROW, HEAD, MOST_ROWS, WIDE = 32, 30, 5, 720
QUIET = "QTableView, QTableView:focus { border: none; }"


class _Delegate(QStyledItemDelegate):
    """The line's own stroke before its name, figures in digits of one width."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(super().sizeHint(option, index).width() + 2 * PAD, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = box_of(option)
        ground(painter, box, option, 0)
        cell = box.adjusted(4, 0, -4, 0)
        text = str(index.data() or "")
        align = Qt.AlignmentFlag(index.data(Qt.ItemDataRole.TextAlignmentRole))
        if index.column() == CurveColumn.NAME:
            self._stroke(painter, cell, index)
            write(painter, cell.adjusted(30, 0, 0, 0), text, look().font(TEXT), "text", elide=MIDDLE)
        else:
            kind = STRONG if index.column() == CurveColumn.NOW else TEXT
            write(painter, cell, text, look().font(kind), "text" if kind == STRONG else "secondary", align=align)
        painter.restore()

    def _stroke(self, painter: QPainter, cell: QRectF, index: Index) -> None:
        role, dashed = index.data(ROLE_OF_CURVE)
        pen = look().pen(str(role), 3.0)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        if dashed:
            pen.setDashPattern([2.0, 1.2])
        painter.setPen(pen)
        middle = cell.center().y()
        painter.drawLine(QPointF(cell.left(), middle), QPointF(cell.left() + 20, middle))


class Legend(QTableView):
    """``removed(PointKey)`` when the user takes a curve away (Delete)."""

    removed = Signal(object)

    def __init__(self, table: CurveTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cursors, self._most = False, MOST_ROWS
        self.setModel(table)
        self.setItemDelegate(_Delegate(self))
        self.setStyleSheet(QUIET)
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW)
        head = self.horizontalHeader()
        head.setFixedHeight(HEAD)
        head.setHighlightSections(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setSectionResizeMode(CurveColumn.NAME, QHeaderView.ResizeMode.Stretch)
        take = QAction(self)
        take.setShortcut(QKeySequence(QKeySequence.StandardKey.Delete))
        take.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        take.triggered.connect(self._remove)
        self.addAction(take)
        table.modelReset.connect(self._fit_height)
        self._fit_columns()
        self._fit_height()

    def show_cursors(self, shown: bool) -> None:
        """Show or hide what the cursors read."""
        self._cursors = shown
        self._fit_columns()

    def limit(self, rows: int) -> None:
        """Show at most this many rows at once; the rest scrolls."""
        if rows != self._most:
            self._most = rows
            self._fit_height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    def _fit_columns(self) -> None:
        """Figures as wide as the table allows; beside the cursors' figures a narrow one has no room for "now"."""
        wide = self.width() >= WIDE
        for column in CurveColumn:
            if column is not CurveColumn.NAME:
                self.setColumnWidth(column, 92 if wide else 74 if self._cursors else 84)
        for column in CURSOR_COLUMNS:
            self.setColumnHidden(column, not self._cursors)
        self.setColumnHidden(CurveColumn.NOW, self._cursors and not wide)

    def _fit_height(self) -> None:
        rows = max(1, min(self.model().rowCount(), self._most))
        self.setFixedHeight(HEAD + ROW * rows + 4)

    def _remove(self) -> None:
        key = self.currentIndex().data(KEY)
        if isinstance(key, PointKey):
            self.removed.emit(key)
