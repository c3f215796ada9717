"""The right card of the devices page: what a device measures, and what may be set on it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from gui.models.devices import Shown
from gui.pages.devices_panel import DevicePanel
from gui.pages.parameters import SIDE, ParameterPanel
from gui.theme import INNER
from gui.widgets.card import Card

if TYPE_CHECKING:
    from core.facade import Station


class Tab(StrEnum):
    """The tabs, in their order."""

    MEASURES = "measures"
    PARAMETERS = "parameters"


class DeviceCard(Card):
    """Tabs where the device has parameters. ``tab_changed()``."""

    tab_changed = Signal()

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent, inner=0)
        self.panel, self.parameters = DevicePanel(station), ParameterPanel(station)
        self.tabs, self._stack = QTabBar(), QStackedWidget()
        self._device: Shown | None = None
        self._wanted = Tab.MEASURES  # the choice of the operator, for every device that has it
        self._line = QFrame()
        self._build()
        self.retranslate()

    @property
    def tab(self) -> Tab:
        """The tab that the operator has chosen."""
        return self._wanted

    @property
    def shows_parameters(self) -> bool:
        """Whether parameters are in sight."""
        return self._stack.currentIndex() == list(Tab).index(Tab.PARAMETERS)

    def show_device(self, device: Shown) -> None:
        """Show another device."""
        self._device = device
        self.panel.show_device(device)
        has = self.parameters.has_parameters(device.id)
        self._head.setVisible(has)
        self._inside.setContentsMargins(INNER - SIDE, 12 if has else INNER, INNER - SIDE, INNER)
        if has:
            self.parameters.show_device(device)
        self._show(self._wanted if has else Tab.MEASURES)

    def tick(self) -> None:
        """Another person may see other parameters, or none."""
        if self._device is not None and self.parameters.has_parameters(self._device.id) == self._head.isHidden():
            self.show_device(self._device)

    def show_tab(self, tab: Tab) -> None:
        """Choose a tab, now and for other devices."""
        self._wanted = tab
        self._show(tab if not self._head.isHidden() else Tab.MEASURES)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """Set every text again."""
        self.tabs.setTabText(0, self.tr("Measures"))
        self.tabs.setTabText(1, self.tr("Parameters"))
        self.tabs.setAccessibleName(self.tr("What is shown of the device"))

    def _build(self) -> None:
        for _ in Tab:
            self.tabs.addTab("")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.currentChanged.connect(self._choose)
        self._line.setObjectName("rule")
        self._line.setFixedHeight(1)
        measures = QWidget()
        around = QVBoxLayout(measures)
        around.setContentsMargins(SIDE, 0, SIDE, 0)
        around.addWidget(self.panel)
        self._stack.addWidget(measures)
        self._stack.addWidget(self.parameters)
        self._head = QWidget()
        head = QVBoxLayout(self._head)
        head.setContentsMargins(0, 8, 0, 0)
        head.setSpacing(0)
        row = QHBoxLayout()
        row.setContentsMargins(INNER, 0, INNER, 0)
        row.addWidget(self.tabs, 0, Qt.AlignmentFlag.AlignLeft)
        head.addLayout(row)
        head.addWidget(self._line)
        self._inside = QVBoxLayout()
        self._inside.addWidget(self._stack)
        self.set_spacing(0)
        self.body.setSpacing(0)
        self.body.addWidget(self._head)
        self.body.addLayout(self._inside, 1)

    def _choose(self, place: int) -> None:
        self._wanted = list(Tab)[place]
        self._show(self._wanted)

    def _show(self, tab: Tab) -> None:
        place = list(Tab).index(tab)
        self._stack.setCurrentIndex(place)
        if self.tabs.currentIndex() != place:
            self.tabs.blockSignals(True)
            self.tabs.setCurrentIndex(place)
            self.tabs.blockSignals(False)
        self.tab_changed.emit()
