"""The site at a glance: who feeds whom now, how much of it is one's own, the day's energies and its course."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from core.balance import Flows
from gui import formatting
from gui.pages.overview_day import DayCard
from gui.pages.overview_energy import EnergyCard, RatioCard
from gui.pages.overview_flows import FlowCard
from gui.theme import GAP
from gui.widgets.flow_view import REST_W

if TYPE_CHECKING:
    from core.facade import Station
    from gui.bridge import Bridge

SHORT = 700  # below this height the course of the day stands below the synoptic alone
NARROW = 1000  # below this width the side column is slimmer
SIDE, SLIM = 364, 304
LIVE_S = 5.0


class OverviewPage(QWidget):
    """``device_asked(str)``, ``curve_asked(list[PointKey])``, ``full_screen_asked()``, ``subtitle_changed()``."""

    device_asked = Signal(str)
    curve_asked = Signal(list)
    full_screen_asked = Signal()
    subtitle_changed = Signal()

    def __init__(self, station: Station, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._station = station
        self._subtitle = ""
        self._short: bool | None = None
        self.flows = FlowCard(station)
        self.own_use = RatioCard("solar")
        self.own_supply = RatioCard("battery")
        self.energies = EnergyCard()
        self.day = DayCard(station)
        self._side = QWidget()
        column = QVBoxLayout(self._side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.own_use)
        column.addWidget(self.own_supply)
        column.addWidget(self.energies, 1)
        inside = QWidget()
        self._grid = QGridLayout(inside)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(GAP)
        self._grid.setColumnStretch(0, 1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)
        self.flows.diagram.device_asked.connect(self.device_asked)
        self.flows.diagram.curve_asked.connect(self.curve_asked)
        self.flows.full_screen_asked.connect(self.full_screen_asked)
        bridge.flows_changed.connect(self.show_flows)
        bridge.status_changed.connect(self.tick)
        self._arrange(short=False)
        self.retranslate()

    def subtitle(self) -> str:
        """Day or night, how the site runs, and how fresh the picture is."""
        return self._subtitle

    def stop(self) -> None:
        """End the worker."""
        self.day.stop()

    @Slot(object)
    def show_flows(self, flows: Flows) -> None:
        """Take a new balance."""
        self.flows.show_flows(flows, self._station.day())
        self._tell_subtitle(flows)

    @Slot()
    def tick(self) -> None:
        """A second has passed: ages, energies, the line of now."""
        if not self.isVisible():
            return
        day, flows = self._station.day(), self._station.flows()
        self.flows.tick(day)
        used = _product(day.self_consumption, day.produced.today)
        own = _product(day.self_sufficiency, day.consumed.today)
        self.own_use.show_ratio(
            day.self_consumption,
            self.tr("{0} of the {1} produced\nwere used on site").format(
                formatting.energy(used), formatting.energy(day.produced.today)
            )
            if used is not None
            else self.tr("No production yet today"),
        )
        self.own_supply.show_ratio(
            day.self_sufficiency,
            self.tr("{0} of the {1} consumed\ndid not come from the grid").format(
                formatting.energy(own), formatting.energy(day.consumed.today)
            )
            if own is not None
            else self.tr("No consumption known yet today"),
        )
        self.energies.show_day(day, flows)
        self.day.tick()
        self._tell_subtitle(flows)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.show_flows(self._station.flows())
        self.tick()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
            self.tick()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(self.height() < SHORT)

    def retranslate(self) -> None:
        """Set every text again."""
        self.own_use.set_title(self.tr("Self-consumption"))
        self.own_supply.set_title(self.tr("Self-sufficiency"))
        self._tell_subtitle(self._station.flows())

    def _arrange(self, short: bool) -> None:
        narrow = self.width() < NARROW
        self._side.setFixedWidth(SLIM if narrow else SIDE)
        for card in (self.own_use, self.own_supply):
            card.set_compact(short or narrow)
        self.energies.set_compact(short, narrow)
        if short == self._short:
            return
        self._short = short
        for widget in (self.flows, self._side, self.day):
            self._grid.removeWidget(widget)
        self._grid.addWidget(self.flows, 0, 0)
        self._grid.addWidget(self._side, 0, 1, 2 if short else 1, 1)
        self._grid.addWidget(self.day, 1, 0, 1, 1 if short else 2)
        self._grid.setRowStretch(0, 1)
        self.day.setFixedHeight(148 if short else 198)

    def _tell_subtitle(self, flows: Flows) -> None:
        times = [node.at for node in (flows.solar, flows.grid, flows.battery, flows.house) if node.at is not None]
        if not times:
            text = self.tr("Waiting for the first values")
        else:
            solar = flows.solar.power if flows.solar.present else None
            sunny = self.tr("Day") if abs(solar or 0.0) >= REST_W else self.tr("Night")
            parts = [sunny if solar is not None else ""]
            parts.append(self._mode(flows))
            age = time.time() - max(times)
            old = self.tr("last value, {0}").format(formatting.age(age))
            parts.append(self.tr("live") if age < LIVE_S else old)
            text = formatting.joined(parts)
        if text != self._subtitle:
            self._subtitle = text
            self.subtitle_changed.emit()

    def _mode(self, flows: Flows) -> str:
        grid = flows.grid.power
        if flows.outage:
            return self.tr("backup (EPS)")
        if grid is None or not flows.grid.present:
            return ""
        if grid <= -REST_W:
            return self.tr("exporting to the grid")
        return self.tr("importing from the grid") if grid >= REST_W else self.tr("living on its own")


def _product(ratio: float | None, energy: float | None) -> float | None:
    return None if ratio is None or energy is None else ratio * energy
