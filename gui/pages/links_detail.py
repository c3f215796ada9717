"""One link in full: its state with what to do, its trend and counters, what is particular to it, its last frames."""

from __future__ import annotations

import time
from collections import deque
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from core.config import LinkConfig
from core.status import DeviceState, DeviceStatus, LinkStatus
from gui import formatting
from gui.models import link_facts, link_words, wording
from gui.models.devices import Shown, shown_devices
from gui.models.station_table import CellRole, DeviceColumn, DeviceLine, DeviceTable, StationColumn
from gui.pages.links_bus import BusCard
from gui.pages.links_frames import FramesCard
from gui.pages.links_paint import CellDelegate
from gui.pages.links_stations import StationsCard
from gui.pages.links_stick import StickCard
from gui.pages.links_writing import WritingCard
from gui.theme import GAP
from gui.widgets.card import Card, Chip, Line, Text
from gui.widgets.facts import facts_grid, fill_facts, on_top
from gui.widgets.scrolled import scrolled
from gui.widgets.small_table import SmallTableView
from gui.widgets.spark import Spark
from gui.widgets.voice import VoiceChip

if TYPE_CHECKING:
    from core.facade import Station

NARROW = 760  # below this width cards that stand side by side stand one below the other
TIGHT = 520  # below it the list beside it alone says what the link may say
TREND_S = 300.0
GAP_S = 3.0  # a longer pause between two looks is a gap of the trend


class LinkDetail(QWidget):
    """``device_asked(str)``, ``doctor_asked(str)``; for the site file ``serial_asked(str, str)``,
    ``accept_asked(str, str, object)``, ``transmission_kept(str, str)`` and ``writing_asked(str, bool)``, the link
    first."""

    device_asked = Signal(str)
    doctor_asked = Signal(str)
    serial_asked = Signal(str, str)
    accept_asked = Signal(str, str, object)
    transmission_kept = Signal(str, str)
    writing_asked = Signal(str, bool)

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._station = station
        self.link: LinkConfig | None = None
        self._trends: dict[str, deque[tuple[float, float]]] = {}
        self.name, self.about, self.state, self.voice = Line("", "card"), Line(), Chip(), VoiceChip()
        self.reconnect, self.tabs, self.stack = QPushButton(), QTabBar(), QStackedWidget()
        self._line_card, self._traffic = Card(), Card()
        self._facts, self._counters, self._more_counters = facts_grid(), facts_grid(), facts_grid()
        self._busy, self.trend = Text("", "strong"), Spark()
        self.stick, self.bus, self.stations = StickCard(), BusCard(station), StationsCard(station)
        self.writing = WritingCard()
        self._devices_card, self.devices = Card(), DeviceTable(self)
        self.view = SmallTableView(
            self.devices,
            DeviceColumn.NAME,
            {DeviceColumn.PLACE: 124, DeviceColumn.STATE: 164, DeviceColumn.LAST: 108, DeviceColumn.PACE: 196},
        )
        self.frames = FramesCard(station)
        self._build()
        self.retranslate()

    def show_link(self, link: LinkConfig) -> None:
        """Show another link."""
        if self.link is None or link.id != self.link.id:
            self.link = link
            if self._on_frames():
                self.frames.show_link(link)
        self.tick()

    def set_writers(self, serial: bool, accept: bool, transmission: bool, writing: bool) -> None:
        """Whether somebody listens who writes the site file."""
        self.stick.can_write, self.stations.can_write, self.bus.can_write = serial, accept, transmission
        self.writing.can_write = writing

    def tick(self) -> None:
        """Once a second while the page is seen."""
        if self.link is None:
            return
        link, status, now = self.link, self._station.link_status(self.link.id), time.time()
        word, tone = link_words.state(link.url.kind, status.state)
        self.name.set_line(link.title)
        place = link_words.place(link.url, status)
        self.about.set_line(formatting.joined([link_words.badge(link.url.kind), place]))
        self.state.show_state(wording.capital(word), tone)
        self.voice.show_voice(status.voice)
        self.reconnect.setEnabled(link.enabled)
        if self._on_frames():
            self.frames.tick()
            return
        fill_facts(self._facts, link_facts.line_facts(link, status, now))
        counters = link_facts.counter_facts(status)
        middle = (len(counters) + 1) // 2
        fill_facts(self._counters, counters[:middle])
        fill_facts(self._more_counters, counters[middle:])
        self._show_trend(status, now)
        for kind, card in (("v5", self.stick), ("can", self.bus), ("ocpp", self.stations)):
            card.setVisible(link.url.kind == kind)
            if link.url.kind == kind:
                card.show_link(link, status)
        self.writing.show_link(link)
        self._show_devices(link, status, now)

    def save_tab(self) -> int:
        """Which tab is shown."""
        return self.tabs.currentIndex()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < NARROW
        self.voice.setVisible(self.width() >= TIGHT)
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._pair.setDirection(way)
        for columns in (self.stick.columns, self.bus.columns, self.stations.columns):
            columns.setDirection(way)
            columns.setSpacing(4 if narrow else 32)
        self.view.setColumnHidden(DeviceColumn.LAST, narrow)
        self.stations.view.setColumnHidden(StationColumn.LAST, narrow)

    def retranslate(self) -> None:
        """Set every text again."""
        self.reconnect.setText(self.tr("Reconnect"))
        self.tabs.setTabText(0, self.tr("State"))
        self.tabs.setTabText(1, self.tr("Frames"))
        self._line_card.set_title(self.tr("Link"))
        self._traffic.set_title(self.tr("Traffic"))
        self._devices_card.set_title(self.tr("Devices on this link"))
        self.view.setAccessibleName(self.tr("Devices on this link"))
        self.view.setToolTip(self.tr("Enter or a double click opens the device"))
        self.devices.retranslate()
        self.tick()

    def _build(self) -> None:
        self.stack.addWidget(self._build_state())
        self.stack.addWidget(self.frames)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(GAP)
        whole.addWidget(self._build_head())
        whole.addWidget(self.stack, 1)
        self.reconnect.clicked.connect(self._reconnect)
        self.tabs.currentChanged.connect(self._choose_tab)
        self.view.activated.connect(self._open_device)
        self.stick.doctor_asked.connect(self._ask_doctor)
        self.stick.serial_asked.connect(self._ask_serial)
        self.stations.accept_asked.connect(self._ask_accept)
        self.bus.transmission_kept.connect(self._keep_transmission)
        self.writing.writing_asked.connect(self._ask_writing)

    def _build_head(self) -> QWidget:
        head = Card()
        head.set_spacing(0)
        row = QHBoxLayout()
        row.setSpacing(8)
        titles = QVBoxLayout()
        titles.setSpacing(2)
        titles.addWidget(self.name)
        titles.addWidget(self.about)
        row.addLayout(titles, 1)
        row.addWidget(self.state)
        row.addWidget(self.voice)
        row.addWidget(self.reconnect)
        self.tabs.addTab("")
        self.tabs.addTab("")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        head.body.addLayout(row)
        head.body.addWidget(self.tabs)
        head.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        return head

    def _build_state(self) -> QWidget:
        self._line_card.body.addLayout(self._facts)
        self._line_card.body.addStretch(1)
        self._traffic.body.addWidget(self._busy)
        self._traffic.body.addWidget(self.trend)
        counters = QHBoxLayout()
        counters.setSpacing(16)
        counters.addLayout(on_top(self._counters), 1)
        counters.addLayout(on_top(self._more_counters), 1)
        self._traffic.body.addLayout(counters)
        self._traffic.body.addStretch(1)
        self._devices_card.body.addWidget(self.view)
        self.view.set_painter(CellDelegate(self.view))
        self._pair = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._pair.setSpacing(GAP)
        self._pair.addWidget(self._line_card, 1)
        self._pair.addWidget(self._traffic, 1)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        for card in (self.stick, self.bus, self.stations):
            column.addWidget(card)
        column.addLayout(self._pair)
        column.addWidget(self._devices_card)
        column.addWidget(self.writing)
        column.addStretch(1)
        return scrolled(inside)

    def _show_trend(self, status: LinkStatus, now: float) -> None:
        share = status.bus.load if status.bus is not None else status.busy
        kept = self._trends.setdefault(status.link, deque(maxlen=int(TREND_S) + 10))
        if not kept or now - kept[-1][0] >= 0.5:
            kept.append((now, share))
        self.trend.show_samples([pair for pair in kept if pair[0] >= now - TREND_S], now - TREND_S, now, GAP_S)
        text = self.tr("{0} busy · last 5 minutes").format(formatting.share(share))
        self._busy.setText(text)
        self.trend.setAccessibleName(text)

    def _show_devices(self, link: LinkConfig, status: LinkStatus, now: float) -> None:
        known = {device.device: device for device in status.devices}
        lines: list[DeviceLine] = []
        for view in shown_devices(self._station):
            if view.link == link.id:
                state = known.get(view.id, DeviceStatus(view.id, DeviceState.NEVER))
                lines.append(_device_line(view, state, status, now))
        self.devices.show(lines)
        self._devices_card.setVisible(bool(lines))
        self.view.updateGeometry()

    def _on_frames(self) -> bool:
        return self.tabs.currentIndex() == 1

    def _choose_tab(self, tab: int) -> None:
        self.stack.setCurrentIndex(tab)
        if tab == 1 and self.link is not None:
            self.frames.show_link(self.link)
        self.tick()

    def _reconnect(self) -> None:
        if self.link is not None:
            self._station.reconnect(self.link.id)

    def _open_device(self, index: QModelIndex) -> None:
        if device := str(index.siblingAtColumn(0).data(CellRole.KEY) or ""):
            self.device_asked.emit(device)

    @Slot()
    def _ask_doctor(self) -> None:
        if self.link is not None:
            self.doctor_asked.emit(self.link.id)

    @Slot(str)
    def _ask_serial(self, serial: str) -> None:
        if self.link is not None:
            self.serial_asked.emit(self.link.id, serial)

    @Slot(str)
    def _keep_transmission(self, profile: str) -> None:
        if self.link is not None:
            self.transmission_kept.emit(self.link.id, profile)

    @Slot(bool)
    def _ask_writing(self, allowed: bool) -> None:
        if self.link is not None:
            self.writing_asked.emit(self.link.id, allowed)

    @Slot(str, object)
    def _ask_accept(self, identity: str, connectors: object) -> None:
        if self.link is not None:
            self.accept_asked.emit(self.link.id, identity, connectors)


def _device_line(view: Shown, state: DeviceStatus, status: LinkStatus, now: float) -> DeviceLine:
    seen = DeviceState.FAULTY if view.fault else state.state
    word, tone = wording.device_on_link(seen, status.state)
    paces = [pace for pace in state.paces if pace.every_s is not None]
    fastest = min(paces, key=lambda pace: pace.every_s or 0.0, default=None)
    pace = wording.pace(fastest.every_s, fastest.achieved_s) if fastest else formatting.DASH
    last = formatting.age_of(state.last_answer, now)
    return DeviceLine(view.id, view.name, view.place, word, tone, last, pace)
