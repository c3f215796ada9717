"""The left card: everything that is recorded, to tick, with a search."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QPainter, QPolygonF
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from gui.models.recorded import UNIT, RecordedFilter, RecordedTree
from gui.pages.devices_paint import MIDDLE, box_of, ground, write
from gui.pages.devices_view import QUIET
from gui.theme import SECONDARY, STRONG, TEXT, look
from gui.widgets.card import Card, Message, Text

Index = QModelIndex | QPersistentModelIndex


def tick(painter: QPainter, box: QRectF, ticked: bool) -> None:
    """A box to tick, in the accent when it is."""
    box = box.adjusted(0.5, 0.5, -0.5, -0.5)
    painter.setPen(look().pen("accent" if ticked else "tertiary"))
    painter.setBrush(look().colour("accent") if ticked else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box, 4, 4)
    if ticked:
        painter.setPen(look().pen("accent_text", 1.8))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        corners = ((0.24, 0.52), (0.43, 0.71), (0.77, 0.31))
        painter.drawPolyline(
            QPolygonF([QPointF(box.left() + x * box.width(), box.top() + y * box.height()) for x, y in corners])
        )


class _Tick(QStyledItemDelegate):
    """A click anywhere in the row ticks it."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, 34)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = box_of(option)
        text, unit = str(index.data()), str(index.data(UNIT) or "")
        if not index.parent().isValid():
            write(painter, box.adjusted(4, 0, -4, 0), text, look().font(STRONG), "text")
            painter.restore()
            return
        ground(painter, box.adjusted(0, 1, -2, -1), option)
        ticked = Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole)) == Qt.CheckState.Checked
        tick(painter, QRectF(box.left() + 4, box.center().y() - 8, 16, 16), ticked)
        cell = box.adjusted(28, 0, -34, 0)
        write(painter, cell, text, look().font(TEXT, 500 if ticked else 400), "text", elide=MIDDLE)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        write(painter, box.adjusted(box.width() - 34, 0, -8, 0), unit, look().font(SECONDARY), "secondary", align=right)
        painter.restore()

    def editorEvent(self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index) -> bool:
        if event.type() == QEvent.Type.MouseButtonRelease and index.parent().isValid():
            ticked = Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole)) == Qt.CheckState.Checked
            wanted = Qt.CheckState.Unchecked if ticked else Qt.CheckState.Checked
            return model.setData(index, wanted, Qt.ItemDataRole.CheckStateRole)
        return super().editorEvent(event, model, option, index)


class Chooser(Card):
    """Ticks go through the model; see ``RecordedTree.chosen``."""

    def __init__(self, tree: RecordedTree, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent, inner=16)
        self._tree, self._filter = tree, RecordedFilter(self)
        self._filter.setSourceModel(tree)
        self._search, self._count, self._none = QLineEdit(), Text("", "secondary"), QPushButton()
        self._message = Message()
        self.view = QTreeView()
        self.view.setModel(self._filter)
        self.view.setStyleSheet(QUIET)
        self.view.setItemDelegate(_Tick(self.view))
        self.view.setMouseTracking(True)
        self.view.setHeaderHidden(True)
        self.view.setUniformRowHeights(True)
        self.view.setIndentation(12)
        self.view.setRootIsDecorated(True)
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.view.clicked.connect(self._clicked)
        self._search.setClearButtonEnabled(True)
        self._search.textChanged.connect(self._search_changed)
        self._none.setProperty("kind", "flat")
        self._none.clicked.connect(lambda: tree.pick([]))
        tree.modelReset.connect(self._reset)
        tree.chosen.connect(self._chosen)
        foot = QHBoxLayout()
        foot.addWidget(self._count, 1)
        foot.addWidget(self._none)
        self.body.addWidget(self._search)
        self.body.addWidget(self.view, 1)
        self.body.addWidget(self._message, 1)
        self.body.addLayout(foot)
        self.setMinimumWidth(216)
        self._waiting = True
        self.retranslate()
        self._reset()

    def say_nothing_recorded(self) -> None:
        """The history has answered, and holds nothing."""
        self._waiting = False
        self.retranslate()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """Set every text again."""
        self.set_title(self.tr("Recorded values"))
        self._search.setPlaceholderText(self.tr("Search"))
        self._search.setAccessibleName(self.tr("Search the recorded values"))
        self.view.setAccessibleName(self.tr("Recorded values"))
        self._none.setText(self.tr("Clear"))
        if self._waiting:
            self._message.say(self.tr("Reading the history…"))
        else:
            self._message.say(
                self.tr("Nothing is recorded yet"),
                self.tr("Values appear here a few seconds after the first device has answered."),
            )
        self._say_count()

    def _reset(self) -> None:
        filled = self._tree.rowCount() > 0
        self.view.setVisible(filled)
        self._message.setVisible(not filled)
        self._say_count()
        for row in range(self._filter.rowCount()):
            device = self._filter.index(row, 0)
            first = row == 0 or self._search.text()
            picked = any(key.device == self._device_of(device) for key in self._tree.picked)
            self.view.setExpanded(device, bool(first or picked))

    def _chosen(self) -> None:
        """Open the devices that have a curve; close none."""
        devices = {key.device for key in self._tree.picked}
        for row in range(self._filter.rowCount()):
            shelf = self._filter.index(row, 0)
            if self._device_of(shelf) in devices:
                self.view.expand(shelf)
        self._say_count()

    def _device_of(self, shelf: QModelIndex) -> str:
        source = self._filter.mapToSource(shelf)
        item = self._tree.index(0, 0, source)
        return self._tree.device_of(item)

    def _search_changed(self, text: str) -> None:
        self._filter.set_filter(text)
        self._reset()

    def _clicked(self, index: QModelIndex) -> None:
        """A click on a device opens or closes it."""
        if not index.parent().isValid():
            self.view.setExpanded(index, not self.view.isExpanded(index))

    def _say_count(self) -> None:
        count = len(self._tree.picked)
        self._count.setText(self.tr("1 curve") if count == 1 else self.tr("{0} curves").format(count))
        self._none.setEnabled(bool(count))
