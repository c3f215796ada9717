"""A table of a few rows that is as high as its rows: it stands inside a page that scrolls."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QAbstractItemModel, QSize, Qt
from PySide6.QtWidgets import QHeaderView, QSizePolicy, QStyledItemDelegate, QTableView, QWidget

from gui.widgets.table_dress import dress

ROW = 34
HEAD = 30


class SmallTableView(QTableView):
    """``stretch`` is the column that takes what is left; ``widths`` are the others'."""

    def __init__(
        self, model: QAbstractItemModel, stretch: int, widths: Mapping[int, int], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setModel(model)
        head = dress(self, ROW)
        self.setMouseTracking(True)
        self.setStyleSheet("QTableView, QTableView:focus { border: none; }")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        head.setFixedHeight(HEAD)
        for column, width in widths.items():
            head.resizeSection(column, width)
        head.setSectionResizeMode(stretch, QHeaderView.ResizeMode.Stretch)
        for signal in (model.rowsInserted, model.rowsRemoved, model.modelReset):
            signal.connect(self.updateGeometry)

    def set_painter(self, delegate: QStyledItemDelegate) -> None:
        """How its cells are painted."""
        self.setItemDelegate(delegate)

    def sizeHint(self) -> QSize:
        return QSize(320, HEAD + ROW * self.model().rowCount() + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, self.sizeHint().height())
