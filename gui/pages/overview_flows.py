"""The card of the synoptic: the diagram, the state of the balance, hold and full screen."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QIcon, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from core.balance import Flows
from core.energy import DayEnergies
from gui import formatting
from gui.theme import look
from gui.widgets.card import Card, Chip
from gui.widgets.flow_diagram import FlowDiagram
from gui.widgets.flow_view import balance_state, is_old
from gui.widgets.icons import icon

if TYPE_CHECKING:
    from core.facade import Station

EDGE = 18
NARROW = 720  # below this width the buttons are icons
CHIP_SHARE = 0.32  # of the width: beyond it lie the sun and its label
CROWDED = 520  # below this width the chip goes to the lower left corner, which is always free


class FlowCard(Card):
    """The synoptic with what belongs to it. ``full_screen_asked()`` when its button is pressed."""

    full_screen_asked = Signal()

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent, inner=0)
        self._flows: Flows | None = None
        self._held_at: float | None = None
        self._iconic = False
        self.diagram = FlowDiagram(station)
        self.body.addWidget(self.diagram, 1)
        self.chip = Chip(parent=self)
        self._buttons = QWidget(self)
        row = QHBoxLayout(self._buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.hold = QPushButton()
        self.hold.setCheckable(True)
        self.full = QPushButton()
        for button in (self.hold, self.full):
            button.setProperty("kind", "flat")
            row.addWidget(button)
        self.hold.toggled.connect(self._hold)
        self.full.clicked.connect(self.full_screen_asked)
        look().changed.connect(self._dress)
        self.retranslate()

    def show_flows(self, flows: Flows, day: DayEnergies) -> None:
        """Take a new balance, unless the picture is held."""
        if self._held_at is None:
            self._flows = flows
            self.diagram.show_flows(flows, day)
            self._tell()

    def tick(self, day: DayEnergies) -> None:
        """A second has passed."""
        if self._flows is not None and self._held_at is None:
            self.diagram.show_flows(self._flows, day)
        self._tell()

    def retranslate(self) -> None:
        """Set every text again."""
        self.hold.setAccessibleName(self.tr("Hold"))
        self.hold.setToolTip(self.tr("Keep this picture as it is; the recording goes on"))
        self.full.setAccessibleName(self.tr("Full screen"))
        self.full.setToolTip(f"{self.full.accessibleName()} (F11)")
        self._dress()
        self._tell()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell()

    def _dress(self) -> None:
        """Words on the buttons, or icons where words would reach the labels."""
        self._iconic = self.width() < NARROW
        for button, name in ((self.hold, "play" if self.hold.isChecked() else "pause"), (self.full, "fullscreen")):
            button.setText("" if self._iconic else button.accessibleName())
            button.setIcon(icon(name, "secondary", 18) if self._iconic else QIcon())
        self._buttons.adjustSize()

    def _hold(self, held: bool) -> None:
        self._held_at = time.time() if held else None
        self.diagram.hold(held)
        self._dress()
        self._tell()

    def _tell(self) -> None:
        text, role = balance_state(self._flows)
        flows = self._flows
        if self._held_at is not None:
            text = self.tr("Held at {0}").format(formatting.clock(self._held_at))
            role = "warning"
        elif flows is not None and flows.outage:
            text, role = self.tr("Backup (EPS): the grid is down"), "fault"
        elif flows is not None and (old := [name for name in self.diagram.views if is_old(flows, name)]):
            names = ", ".join(self.diagram.views[name].title for name in old)
            text, role = self.tr("Old values: {0}").format(names), "warning"
        elif reason := next((view.reason for view in self.diagram.views.values() if view.reason), ""):
            text, role = reason, "warning"
        self.chip.show_state(text, role, max(160, round(self.width() * CHIP_SHARE)))
        self._place()

    def _place(self) -> None:
        self.chip.adjustSize()
        self._buttons.adjustSize()
        low = self.width() < CROWDED
        if (self.width() < NARROW) != self._iconic:
            self._dress()
            self._buttons.adjustSize()
        self.chip.move(EDGE, self.height() - EDGE - self.chip.height() if low else EDGE)
        self._buttons.move(self.width() - self._buttons.width() - 10, EDGE - 1)
        self.chip.raise_()
        self._buttons.raise_()
