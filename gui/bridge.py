"""Station to Qt signals, at a pace the eye can follow; lives on the GUI thread."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from core.balance import Flows

if TYPE_CHECKING:
    from core.facade import Station

DRAIN_MS = 100
FLOWS_APART = 3  # drains: at most 3.3 a second
STATUS_EVERY = 10  # drains: once a second


class Bridge(QObject):
    """Drains the station ten times a second; says nothing when nothing moved.

    ``readings_changed(list[Reading])``: the newest reading of each point that moved, one batch per drain.
    ``flows_changed(Flows)``: the balance, at most four times a second, only when it differs.
    ``status_changed()``: once a second; links, recorder, ages and day energies are worth another look.
    """

    readings_changed = Signal(list)
    flows_changed = Signal(object)
    status_changed = Signal()

    def __init__(self, station: Station, parent: QObject | None = None, start: bool = True) -> None:
        super().__init__(parent)
        self._station = station
        self._drains = 0
        self._seen: Flows | None = None
        self._sent_at = -FLOWS_APART
        self._shape: Flows | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(DRAIN_MS)
        self._timer.timeout.connect(self.drain)
        if start:
            self._timer.start()

    @Slot()
    def drain(self) -> None:
        """Emit one batch if anything moved, and the slower signals when their turn comes."""
        self._drains += 1
        if readings := self._station.take_changed():
            self.readings_changed.emit(readings)
        status_due = self._drains % STATUS_EVERY == 0
        if self._drains - self._sent_at >= FLOWS_APART:
            self._send_flows()
        if status_due:
            self.status_changed.emit()

    def refresh(self) -> None:
        """Send everything slow at once: after a page was built, or a language changed."""
        self._shape = None
        self._send_flows()
        self.status_changed.emit()

    def stop(self) -> None:
        """Fall silent; safe to call twice."""
        self._timer.stop()

    def _send_flows(self) -> None:
        flows = self._station.flows()
        if flows is self._seen and self._shape is not None:
            return
        self._seen, shape = flows, replace(flows, at=0.0)
        if shape != self._shape:
            self._shape, self._sent_at = shape, self._drains
            self.flows_changed.emit(flows)
