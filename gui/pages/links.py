"""Every link of the site: how it is doing, what it may say, who limits which charging station."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMetaMethod, QModelIndex, Qt, Signal, SignalInstance, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QListView, QSplitter, QVBoxLayout, QWidget

from gui import formatting
from gui.models import link_words
from gui.models.link_list import LinkList, RowRole
from gui.pages.links_detail import LinkDetail
from gui.pages.links_machines import MachinesCard
from gui.pages.links_paint import LinkRowDelegate
from gui.theme import GAP, look
from gui.widgets.card import Card, Message

if TYPE_CHECKING:
    from core.facade import Station
    from gui.bridge import Bridge

MACHINES_SHARE, LOW_SHARE, LOW = 0.45, 0.34, 640  # of the left column at most; less where the page is low


class LinksPage(QWidget):
    """Left the links and the charging stations, right the selected link. What changes the site file is only asked for:

    ``doctor_asked(link)``, ``serial_asked(link, serial)``, ``accept_asked(link, identity, connectors)``,
    ``transmission_kept(link, profile)``, ``writing_asked(link, allowed)`` and ``limiter_asked(device)``; where nobody
    is connected to one of them, the page says what to write by hand.
    """

    device_asked = Signal(str)
    doctor_asked = Signal(str)
    serial_asked = Signal(str, str)
    accept_asked = Signal(str, str, object)
    transmission_kept = Signal(str, str)
    writing_asked = Signal(str, bool)
    limiter_asked = Signal(str)
    subtitle_changed = Signal()

    def __init__(self, station: Station, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._station = station
        self._subtitle = ""
        self.links = LinkList(station, self)
        self.list, self.detail, self.machines = QListView(), LinkDetail(station), MachinesCard(station)
        self._card, self._empty = Card(inner=8), Message()
        self._card.header.setContentsMargins(12, 12, 12, 0)
        self._build()
        passed = ("device_asked", "doctor_asked", "serial_asked", "accept_asked", "transmission_kept", "writing_asked")
        for signal in passed:
            getattr(self.detail, signal).connect(getattr(self, signal))
        self.machines.limiter_asked.connect(self.limiter_asked)
        bridge.status_changed.connect(self.tick)
        self.detail.bus.switched.connect(bridge.refresh)
        look().changed.connect(self._dress)
        self.retranslate()
        if self.links.rowCount():
            self.list.setCurrentIndex(self.links.index(0))

    def show_link(self, link: str) -> None:
        """Select a link; nothing happens when the site has no such link."""
        if (place := self.links.place_of(link)).isValid():
            self.list.setCurrentIndex(place)

    def subtitle(self) -> str:
        """What the lines may say, in one line."""
        return self._subtitle

    def save_state(self) -> str:
        """The link that is selected."""
        return str(self.list.currentIndex().data(RowRole.ID) or "")

    def restore_state(self, state: str) -> None:
        """Select it again."""
        self.show_link(state)

    def stop(self) -> None:
        """End what reads and writes files."""
        self.detail.frames.stop()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.tick()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_height()

    def retranslate(self) -> None:
        """Set every text again."""
        self._card.set_title(self.tr("Links"))
        self.list.setAccessibleName(self.tr("Links"))
        self._empty.say(
            self.tr("This site has no link yet"), self.tr("Add one in the site file, or let the devices be found.")
        )
        self.links.refresh()
        self._tell_subtitle()

    @Slot()
    def tick(self) -> None:
        """A second has passed."""
        if not self.isVisible():
            return
        self.links.refresh()
        self._tell_subtitle()
        self.machines.can_write = self._heard(self.limiter_asked)
        asked = (self.serial_asked, self.accept_asked, self.transmission_kept, self.writing_asked)
        self.detail.set_writers(*(self._heard(signal) for signal in asked))
        self.machines.refresh()
        self.detail.tick()
        self._share_height()

    def _build(self) -> None:
        view = self.list
        view.setModel(self.links)
        view.setItemDelegate(LinkRowDelegate(view))
        view.setStyleSheet("QListView, QListView:focus { border: none; border-radius: 0; }")
        view.setMouseTracking(True)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setResizeMode(QListView.ResizeMode.Adjust)
        view.selectionModel().currentChanged.connect(self._chosen)
        self._card.body.addWidget(view, 1)
        self._card.body.addWidget(self._empty, 1)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self._card, 1)
        column.addWidget(self.machines)
        left.setMinimumWidth(248)
        self.detail.setMinimumWidth(420)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(left)
        self.splitter.addWidget(self.detail)
        self.splitter.setStretchFactor(0, 0)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([300, 900])
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.splitter)
        some = self.links.rowCount() > 0
        view.setVisible(some)
        self._empty.setVisible(not some)
        self.detail.setVisible(some)

    def _chosen(self, current: QModelIndex) -> None:
        chosen = current.data(RowRole.ID)
        for link in self._station.links():
            if link.id == chosen:
                self.detail.show_link(link)

    def _heard(self, signal: SignalInstance) -> bool:
        """Whether somebody outside is connected to a signal of this page."""
        return self.isSignalConnected(QMetaMethod.fromSignal(signal))

    def _dress(self) -> None:
        self.list.viewport().update()
        self.machines.refresh()

    def _share_height(self) -> None:
        """The stations take what they need, up to their share; they scroll beyond it."""
        most = round(self.height() * (MACHINES_SHARE if self.height() >= LOW else LOW_SHARE))
        wanted = max(96, min(self.machines.wanted_height(), most))
        if wanted != self.machines.height():
            self.machines.setFixedHeight(wanted)
            self.list.scrollTo(self.list.currentIndex())

    def _tell_subtitle(self) -> None:
        text = formatting.joined([link_words.voices_of(self._station)[0]])
        if text != self._subtitle:
            self._subtitle = text
            self.subtitle_changed.emit()
