"""The hits of the search across devices, in place of the table while one searches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QVBoxLayout, QWidget

from gui.models.parameters_search import HitList, HitRole, find
from gui.pages.parameters_paint import HitDelegate
from gui.theme import look
from gui.widgets.card import Message

if TYPE_CHECKING:
    from core.facade import Station


class HitsView(QWidget):
    """``taken(PointKey)`` when a hit is chosen; ``left()`` when one goes back to the field."""

    taken = Signal(object)
    left = Signal()

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._station = station
        self.hits, self.list, self._none = HitList(self), QListView(), Message()
        view = self.list
        view.setModel(self.hits)
        view.setItemDelegate(HitDelegate(view))
        view.setStyleSheet("QListView, QListView:focus { border: none; border-radius: 0; }")
        view.setMouseTracking(True)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setResizeMode(QListView.ResizeMode.Adjust)
        view.clicked.connect(self._take)
        view.activated.connect(self._take)
        look().changed.connect(view.viewport().update)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(view, 1)
        column.addWidget(self._none, 1)
        self.retranslate()

    def look_for(self, text: str) -> None:
        """Show what holds every word, in every device of the site."""
        self.hits.show(find(self._station, text))
        some = self.hits.rowCount() > 0
        self.list.setVisible(some)
        self._none.setVisible(not some)
        if some:
            self.list.setCurrentIndex(self.hits.index(0))

    def take_current(self) -> None:
        """Go to the hit that is current: the best one, unless another was chosen."""
        self._take(self.list.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """Set every text again."""
        self._none.say(
            self.tr("No parameter found"),
            self.tr("Name, help, register and device are searched; fewer words find more."),
        )
        self.list.setAccessibleName(self.tr("Parameters found"))

    def _take(self, index: QModelIndex) -> None:
        if index.isValid():
            self.taken.emit(index.data(HitRole.KEY))
