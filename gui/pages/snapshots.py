"""Snapshots: what was found in the devices, what was left in them, and what differs between any two of these."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QSplitter, QWidget

from core.access import Permission
from core.errors import CommandRefused
from core.points import Reading
from core.snapshots.difference import Side
from core.snapshots.folder import Listed, read_file, save_copy
from core.snapshots.keeper import Status, Taken
from core.snapshots.snapshot import Kind
from gui.background import Background
from gui.models import snapshots_words, wording
from gui.models.snapshots_sides import Sides
from gui.pages.snapshots_compare import CompareCard
from gui.pages.snapshots_list import SnapshotListCard
from gui.sentences import localised

if TYPE_CHECKING:
    from core.facade import Station
    from gui.bridge import Bridge

TICK_MS = 200
YAML = "YAML (*.yaml *.yml)"
LIST_WIDTH, LIST_TIGHT = 340, 296
WIDE = 1040


class SnapshotsTab(QWidget):
    """A tab of the page "commissioning". ``edits_asked(list[Edit])``: values for the parameter panel."""

    edits_asked = Signal(list)

    def __init__(self, station: Station, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._station, self._keeper = station, station.snapshots
        self._seen = self._keeper.status() if self._keeper is not None else Status()
        self._save = Background(self)
        self._own_sizes = False  # the operator has moved the border
        zone = station.site.time_zone
        self.sides = Sides(station, self)
        self.list, self.compare = SnapshotListCard(zone), CompareCard(self.sides, zone)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._build()
        self._connect(bridge)
        self._show_person()
        self.list.show_list([], kept=self._keeper is not None)
        if (last := self._seen.last) is not None and last.opened is None:
            self._say_taken(last)  # of before, and nobody has seen it

    @property
    def busy(self) -> bool:
        """Whether files are being read or written, or a snapshot is being taken."""
        return self.sides.busy or self._save.busy or self._seen.kind is not None

    def take(self, kind: Kind) -> None:
        """Have a snapshot taken."""
        if self._keeper is None:
            return
        try:
            self._keeper.take(kind)
        except CommandRefused as refused:
            self.list.say(wording.capital(localised(str(refused))), "fault")
            return
        self.list.say("")
        self.follow()

    def save_copy(self, listed: Listed, target: Path) -> None:
        """Save a snapshot elsewhere, without what the signed-in person may not see; in the background."""
        person, zone = self._station.access.person, self._station.site.time_zone
        profiles = [view.config.profile for view in self._station.devices()]
        known = {profile.id: profile.parameters for profile in profiles if profile is not None}

        def told(left_out: object) -> None:
            words = self.tr("Saved as {0}.").format(target.name)
            if left_out:
                words += " " + self.tr("Values left out, because this role does not see them: {0}.").format(left_out)
            self.list.say(words, "warning" if left_out else "healthy")

        self._save.ask(
            lambda: save_copy(read_file(listed.path), target, person, known, zone),
            told,
            lambda error: self._not_saved(self.list, target, error),
        )

    def export(self, target: Path) -> None:
        """Save the rows shown as CSV, in the background."""
        try:
            self._station.access.require(Permission.SNAPSHOT)
        except CommandRefused as refused:
            self.compare.say(wording.capital(localised(str(refused))), "fault")
            return
        text = "\ufeff" + self.compare.csv()

        def write() -> object:
            return target.write_text(text, "utf-8", newline="")

        def told(_result: object) -> None:
            self.compare.say(self.tr("Saved as {0}.").format(target.name), "healthy")

        self._save.ask(write, told, lambda error: self._not_saved(self.compare, target, error))

    def take_over(self) -> None:
        """Hand the ticked values to the parameter panel."""
        if edits := self.sides.edits(self.compare.table.chosen()):
            self.edits_asked.emit(edits)

    @Slot()
    def follow(self) -> None:
        """Look how far the snapshot under way is."""
        if self._keeper is None:
            return
        status = self._keeper.status()
        if status.last is not None and status.last != self._seen.last:
            self._say_taken(status.last)
        if status.written != self._seen.written:
            self.sides.look()
        self._seen = status
        names = {view.id: view.config.title for view in self._station.devices()}
        self.list.show_status(status, [names.get(name, name) for name in status.missing or ()])
        if status.kind is not None and not self._timer.isActive():
            self._timer.start()
        elif status.kind is None:
            self._timer.stop()

    @Slot()
    def tick(self) -> None:
        """A second has passed."""
        self.sides.tick()
        self._show_person()
        if self.isVisible():
            self.follow()

    def stop(self) -> None:
        """End what runs beside; a snapshot under way is the station's."""
        self._timer.stop()
        self.sides.stop()
        self._save.stop()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.sides.look()
        self.tick()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.list.say("")
            self.compare.say("")
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._own_sizes:
            wide = LIST_WIDTH if self.width() >= WIDE else LIST_TIGHT
            self.splitter.setSizes([wide, max(1, self.width() - wide - self.splitter.handleWidth())])

    # -- inside --------------------------------------------------------------------------------------------------

    def _keep_sizes(self) -> None:
        self._own_sizes = True

    def _show_person(self) -> None:
        self.list.show_person(self._station.access.person)
        self.compare.show_person(self._station.access.person)

    def _listed(self) -> None:
        self.list.show_list(self.sides.kept, kept=self._keeper is not None)
        self.compare.show_sources()

    def _changed(self) -> None:
        self.compare.say("")
        self.compare.show_sources()
        self.compare.show_sides()

    def _moved(self) -> None:
        self.compare.show_sides(same=True)

    @Slot(list)
    def _apply(self, readings: list[Reading]) -> None:
        if self.isVisible():
            self.sides.apply(readings)

    def _put(self, listed: Listed, side: Side) -> None:
        self.sides.choose(side, str(listed.path))

    def _failed(self, name: str, reason: str) -> None:
        words = localised(reason)
        self.list.say(self.tr("{0}: {1}").format(name, words) if name else wording.capital(words), "fault")

    def _read_ended(self, reason: str) -> None:
        words = self.tr("Not read: {0}").format(localised(reason)) if reason else ""
        self.compare.say(words, "fault")
        self.compare.tell()

    def _say_taken(self, taken: Taken) -> None:
        kind = snapshots_words.kind(taken.kind)
        if taken.opened is None:
            self.list.say(self.tr("{0}: {1}").format(kind, localised(taken.sentence)), "fault")
            return
        read = sum(device.summary.read for device in taken.opened.snapshot.devices)
        words = self.tr("{0} kept: {1} values read.").format(kind, read)
        if taken.sentence:
            words += " " + wording.capital(localised(taken.sentence)) + "."
        self.list.say(words, "warning" if taken.sentence else "healthy")

    def _not_saved(self, card: SnapshotListCard | CompareCard, target: Path, error: Exception) -> None:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        card.say(self.tr("{0} was not saved: {1}").format(target.name, localised(reason)), "fault")

    def _ask_open(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(self, self.tr("Open a snapshot"), "", YAML)
        if chosen:
            self.sides.open_file(Path(chosen))

    def _ask_copy(self, listed: Listed) -> None:
        chosen, _kind = QFileDialog.getSaveFileName(self, self.tr("Save a copy"), listed.path.name, YAML)
        if chosen:
            self.save_copy(listed, Path(chosen))

    def _ask_export(self) -> None:
        name = self.compare.csv_name()
        chosen, _kind = QFileDialog.getSaveFileName(self, self.tr("Export the comparison"), name, "CSV (*.csv)")
        if chosen:
            self.export(Path(chosen))

    def _connect(self, bridge: Bridge) -> None:
        bridge.readings_changed.connect(self._apply)
        bridge.status_changed.connect(self.tick)
        self._timer.timeout.connect(self.follow)
        self.sides.listed.connect(self._listed)
        self.sides.changed.connect(self._changed)
        self.sides.moved.connect(self._moved)
        self.sides.failed.connect(self._failed)
        self.sides.read_ended.connect(self._read_ended)
        self.list.take_asked.connect(self.take)
        self.list.halt_asked.connect(self._halt)
        self.list.open_asked.connect(self._ask_open)
        self.list.copy_asked.connect(self._ask_copy)
        self.list.put_asked.connect(self._put)
        self.compare.take_asked.connect(self.take_over)
        self.compare.export_asked.connect(self._ask_export)

    def _halt(self) -> None:
        if self._keeper is not None:
            self._keeper.halt()

    def _build(self) -> None:
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self.list)
        self.splitter.addWidget(self.compare)
        self.splitter.setStretchFactor(0, 0)
        self.splitter.setStretchFactor(1, 1)
        self.list.setMinimumWidth(LIST_TIGHT)
        self.compare.setMinimumWidth(480)
        self.splitter.splitterMoved.connect(self._keep_sizes)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.splitter)
