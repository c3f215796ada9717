"""Every device of every link, with each of its points down to the bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QMenu, QSplitter, QTreeView, QWidget

from core.points import PointKey, Reading
from gui.models.devices import shown_devices
from gui.models.links import LinkRole, LinkTree
from gui.pages.devices_paint import LinkDelegate
from gui.pages.devices_panel import DevicePanel
from gui.pages.devices_view import QUIET
from gui.theme import look
from gui.widgets.card import Card

if TYPE_CHECKING:
    from core.facade import Station
    from gui.bridge import Bridge


class DevicesPage(QWidget):
    """Left, the tree of links and devices; right, the points of the selected device."""

    curve_asked = Signal(list)

    def __init__(self, station: Station, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._station = station
        self.links = LinkTree(station, parent=self)
        self.tree = QTreeView()
        self.panel = DevicePanel(station)
        self._card = Card(inner=8)
        self._card.header.setContentsMargins(12, 12, 12, 0)
        self._build()
        self.panel.curve_asked.connect(self.curve_asked)
        bridge.readings_changed.connect(self._apply)
        bridge.status_changed.connect(self._tick)
        look().changed.connect(self.tree.viewport().update)
        self.retranslate()
        if (first := self.links.first_device()) is not None:
            self.show_device(first)

    def show_device(self, device: str) -> None:
        """Select a device; nothing happens when the site has no such device."""
        place = self.links.place_of(device)
        if place.isValid():
            self.tree.setCurrentIndex(place)

    def show_points(self, keys: list[PointKey]) -> None:
        """Select the device of the first point, and that point with its trace."""
        if keys:
            self.show_device(keys[0].device)
            self.panel.show_point(keys[0])

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._tick()

    def retranslate(self) -> None:
        """Set every text again."""
        self._card.set_title(self.tr("Links and devices"))
        self.tree.setAccessibleName(self.tr("Links and devices"))
        self.links.refresh()

    def _build(self) -> None:
        self.tree.setModel(self.links)
        self.tree.setItemDelegate(LinkDelegate(self.tree))
        self.tree.setStyleSheet(QUIET)
        self.tree.setHeaderHidden(True)
        self.tree.setRootIsDecorated(False)
        self.tree.setIndentation(0)
        self.tree.setMouseTracking(True)
        self.tree.setExpandsOnDoubleClick(False)
        self.tree.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.tree.customContextMenuRequested.connect(self._menu)
        self.tree.selectionModel().currentChanged.connect(self._chosen)
        self.links.modelReset.connect(self.tree.expandAll)
        self.tree.expandAll()
        self._card.body.addWidget(self.tree, 1)
        self._card.setMinimumWidth(232)
        self.panel.setMinimumWidth(420)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self._card)
        self.splitter.addWidget(self.panel)
        self.splitter.setStretchFactor(0, 0)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([276, 900])
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.splitter)

    def _chosen(self, current: QModelIndex) -> None:
        """A device is shown; a link shows its first device."""
        if current.data(LinkRole.IS_LINK):
            current = self.links.index(0, 0, current)
        chosen = current.data(LinkRole.ID)
        for device in shown_devices(self._station):
            if device.id == chosen:
                self.panel.show_device(device)

    def _menu(self, where: QPoint) -> None:
        index = self.tree.indexAt(where)
        if not index.isValid():
            return
        link = index if index.data(LinkRole.IS_LINK) else index.parent()
        menu = QMenu(self)
        reconnect = menu.addAction(self.tr("Reconnect the link"))
        read = menu.addAction(self.tr("Read every group now"))
        read.setEnabled(not index.data(LinkRole.IS_LINK))
        reconnect.setEnabled(bool(link.data(LinkRole.ID)))
        chosen = menu.exec(self.tree.viewport().mapToGlobal(where))
        if chosen is reconnect:
            self._station.reconnect(link.data(LinkRole.ID))
        elif chosen is read:
            self._station.ask(index.data(LinkRole.ID))

    @Slot(list)
    def _apply(self, readings: list[Reading]) -> None:
        self.panel.apply(readings)

    @Slot()
    def _tick(self) -> None:
        if self.isVisible():
            self.links.refresh()
            self.panel.tick()
