"""What stands below the parameters: the watch, and one of details, confirmation and the way of a write."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.errors import WattelierError
from core.points import PointKey, Value
from core.writing.review import Edit, Run
from gui.models import wording
from gui.models.parameters import ParameterTree
from gui.models.parameters_row import Row
from gui.pages.parameters_card import WriteCard
from gui.pages.parameters_confirm import EvidenceCard
from gui.pages.parameters_detail import ParameterDetail
from gui.pages.parameters_watch import WatchStrip
from gui.sentences import localised

if TYPE_CHECKING:
    from core.facade import Station

NARROW, LOW = 640, 600
SHARE, LOW_SHARE = 0.3, 0.26  # of the height of the panel, for the lines of a review


class Below(QWidget):
    """``details_changed(bool)`` when the details come or go; ``confirmed(PointKey)`` when an inferred one has been."""

    details_changed = Signal(bool)
    confirmed = Signal(object)

    def __init__(self, station: Station, tree: ParameterTree, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._station, self._tree = station, tree
        self.strip, self.card = WatchStrip(station.site.time_zone), WriteCard(station)
        self.detail, self.evidence = ParameterDetail(station, tree), EvidenceCard()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in (self.strip, self.detail, self.evidence, self.card):
            column.addWidget(widget)
        self.detail.hide()
        self.evidence.hide()
        self.detail.closed.connect(self.hide_detail)
        self.detail.value_taken.connect(self._take_value)
        self.detail.device_taken.connect(self._take_device)
        self.detail.mine_kept.connect(self._keep_mine)
        self.evidence.confirmed.connect(self._confirm)
        self.card.closed.connect(self._make_room)

    def show_detail(self, key: PointKey | None) -> None:
        """Show the details of a parameter, unless a run is under way."""
        if self.card.running:
            self.details_changed.emit(False)
            return
        self.evidence.hide()
        self.card.put_away()
        self.detail.show_key(key)
        self.detail.show()
        self.details_changed.emit(True)

    def hide_detail(self) -> None:
        """Hide the details."""
        self.detail.hide()
        self.details_changed.emit(False)

    def ask_evidence(self, row: Row) -> None:
        """Ask what an inferred parameter was compared with, unless a run is under way."""
        if not self.card.running:
            self.hide_detail()
            self.card.put_away()
            self.evidence.ask(row)

    def review(self, edits: Sequence[Edit]) -> str:
        """Show the review of some values; return why it cannot be shown, empty when it can."""
        self._clear_for_card()
        refused = self.card.review(edits)
        self.strip.set_brief(not self.card.isHidden())
        return refused

    def undo(self, run: Run) -> str:
        """Show the review of putting a run back, likewise."""
        self._clear_for_card()
        refused = self.card.undo(run)
        self.strip.set_brief(not self.card.isHidden())
        return refused

    def fit(self, width: int, height: int) -> None:
        """Share the room of a panel of this size."""
        self.detail.set_narrow(width < NARROW)
        self.detail.setFixedHeight(max(150, min(280, round(height * 0.42))))
        self.card.fit(round(height * (SHARE if height >= LOW else LOW_SHARE)))

    def _clear_for_card(self) -> None:
        self.hide_detail()
        self.evidence.hide()

    def _take_value(self, key: PointKey, value: Value) -> None:
        row = self._tree.row(key)
        if row is not None:
            self._tree.edits.put(key, row.parameter, value, row.newest)

    def _take_device(self, key: PointKey) -> None:
        self._tree.edits.drop(key)
        self._keep_mine(key)

    def _keep_mine(self, key: PointKey) -> None:
        self._tree.accept(key)
        self.detail.show_key(key)

    def _confirm(self, key: PointKey, evidence: str) -> None:
        try:
            self._station.confirm(key.device, key.point, evidence)
        except WattelierError as refused:
            self.evidence.refuse(wording.capital(localised(str(refused))))
        else:
            self.confirmed.emit(key)

    def _make_room(self) -> None:
        self.strip.set_brief(False)
