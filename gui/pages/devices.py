"""Every device of every link: its points down to the bytes, and its parameters."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QMenu, QSplitter, QTreeView, QWidget

from core.points import PointKey, Reading
from core.writing.review import Edit
from gui.models.devices import shown_devices
from gui.models.links import LinkRole, LinkTree
from gui.pages.devices_card import DeviceCard, Tab
from gui.pages.devices_paint import LinkDelegate
from gui.pages.devices_view import QUIET
from gui.theme import look
from gui.widgets.card import Card

if TYPE_CHECKING:
    from core.facade import Station
    from gui.bridge import Bridge
    from gui.session import Session


NARROW = 1000


class DevicesPage(QWidget):
    """Left, the tree of links and devices; right, the points and the parameters of the selected device.

    ``page_asked(str)``, ``sign_in_asked()`` for what stands in the way of a write; ``noted(str, str)`` for what has
    happened to a written value while this page is not seen.
    """

    curve_asked = Signal(list)
    page_asked = Signal(str)
    sign_in_asked = Signal()
    noted = Signal(str, str)
    subtitle_changed = Signal()

    def __init__(self, station: Station, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._station = station
        self.links = LinkTree(station, parent=self)
        self.tree = QTreeView()
        self.card = DeviceCard(station)
        self.panel, self.parameters = self.card.panel, self.card.parameters
        self._subtitle: str | None = None
        self._free = True  # nobody has moved the line between tree and device
        self._card = Card(inner=8)
        self._card.header.setContentsMargins(12, 12, 12, 0)
        self._build()
        self.panel.curve_asked.connect(self.curve_asked)
        self.parameters.device_asked.connect(self.show_device)
        for signal in ("page_asked", "sign_in_asked", "noted"):
            getattr(self.parameters, signal).connect(getattr(self, signal))
        self.parameters.told.connect(self._tell_subtitle)
        self.card.tab_changed.connect(self._tell_subtitle)
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
            self.card.show_tab(Tab.MEASURES)
            self.panel.show_point(keys[0])

    def take_edits(self, edits: Sequence[Edit]) -> None:
        """Take values that were chosen elsewhere into the parameters, and show their review."""
        if edits:
            self.show_device(edits[0].key.device)
            self.card.show_tab(Tab.PARAMETERS)
            self.parameters.take_edits(edits)

    def ask_undo(self, run: int) -> None:
        """Show what putting back a run of this program run would do."""
        self.card.show_tab(Tab.PARAMETERS)
        self.parameters.ask_undo(run)

    def attach(self, session: Session) -> None:
        """Edits that are not written yet outlive this page: until the window is closed, for each site by itself."""
        self.parameters.edits.share(session.drafts.setdefault(str(session.path or session.site.name), {}))

    def subtitle(self) -> str | None:
        """The device whose parameters are shown; nothing of its own otherwise."""
        return self._subtitle

    def save_state(self) -> str:
        """The tab that is shown."""
        return json.dumps({"tab": self.card.tab.value})

    def restore_state(self, state: str) -> None:
        """Show it again, for every device that has it."""
        try:
            kept: object = json.loads(state)
            found = cast("dict[str, object]", kept).get("tab") if isinstance(kept, dict) else ""
            self.card.show_tab(Tab(str(found)))
        except ValueError:  # written by another version
            return

    def stop(self) -> None:
        """End what the parameters do beside."""
        self.parameters.stop()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._tick()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._free and self.width() < NARROW:  # the parameters need the room more than the tree
            self.splitter.setSizes([232, max(420, self.width() - 248)])

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
        self.card.setMinimumWidth(420)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self._card)
        self.splitter.addWidget(self.card)
        self.splitter.setStretchFactor(0, 0)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([276, 900])
        self.splitter.splitterMoved.connect(self._keep_share)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.splitter)

    def _keep_share(self) -> None:
        """The user's own share stays."""
        self._free = False

    def _chosen(self, current: QModelIndex) -> None:
        """A device is shown; a link shows its first device."""
        if current.data(LinkRole.IS_LINK):
            current = self.links.index(0, 0, current)
        chosen = current.data(LinkRole.ID)
        for device in shown_devices(self._station):
            if device.id == chosen:
                self.card.show_device(device)
                self._tell_subtitle()

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
        self.parameters.apply(readings)

    @Slot()
    def _tick(self) -> None:
        self.card.tick()
        self.parameters.tick()
        if self.isVisible():
            self.links.refresh()
            self.panel.tick()

    @Slot()
    def _tell_subtitle(self) -> None:
        told = self.parameters.subtitle() if self.card.shows_parameters else None
        if told != self._subtitle:
            self._subtitle = told
            self.subtitle_changed.emit()
