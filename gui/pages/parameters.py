"""The parameters of a device: read, edited, reviewed, written with proof, watched. Nothing is sent while one edits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.errors import WattelierError
from core.points import PointKey, Reading
from core.writing.review import Edit, Run, Watch
from gui import formatting
from gui.models import parameters_run, parameters_words, wording
from gui.models.devices import Shown
from gui.models.parameters import ParameterTree
from gui.models.parameters_edits import Edits
from gui.models.parameters_run import Cure, Remedy
from gui.pages import parameters_export
from gui.pages.parameters_below import Below
from gui.pages.parameters_reading import Reader
from gui.pages.parameters_search import HitsView
from gui.pages.parameters_sight import Sight
from gui.pages.parameters_tools import ParameterTools
from gui.pages.parameters_view import ParameterView
from gui.sentences import localised
from gui.widgets.card import Line, Message

if TYPE_CHECKING:
    from core.facade import Station

SIDE = 12  # the rows of the table reach so far beyond the rest
OTHER_FOCUS = Qt.FocusReason.OtherFocusReason


class ParameterPanel(QWidget):
    """``device_asked(str)`` for a parameter of another device; ``page_asked(str)``, ``sign_in_asked()``.

    ``noted(str, str)``: something to know while this is not seen. ``told()``: what the subtitle says has changed.
    """

    device_asked = Signal(str)
    page_asked = Signal(str)
    sign_in_asked = Signal()
    noted = Signal(str, str)
    told = Signal()

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._station = station
        self._device: Shown | None = None
        self._sight = Sight(station)
        self._seen_by: object = None
        self.edits = Edits(self)
        self.tree = ParameterTree(self.edits, parent=self)
        self.view, self.hits = ParameterView(self.tree), HitsView(station)
        self.tools, self.below = ParameterTools(), Below(station, self.tree)
        self.card, self.detail, self.strip = self.below.card, self.below.detail, self.below.strip
        self.said, self.message, self.reader = Line(), Message(), Reader(station, self)
        self._build()
        self._connect()
        self.retranslate()

    def show_device(self, device: Shown) -> None:
        """Show another device, with what is known of it already."""
        if self._device is None or device.id != self._device.id:
            self.reader.forget()
            self._say("")
        self._device = device
        self._show_parameters()
        self.told.emit()

    def has_parameters(self, device: str) -> bool:
        """Whether the signed-in person may see any parameter of a device."""
        return bool(self._station.parameters(device))

    def subtitle(self) -> str:
        """What the line below the page's title says."""
        device = self._device
        if device is None:
            return ""
        link = next((link.title for link in self._station.links() if link.id == device.link), device.link)
        oldest = min((row.newest.at for _, row in self.tree.rows() if row.newest is not None), default=None)
        read = self.tr("read {0}").format(formatting.age_of(oldest)) if oldest is not None else self.tr("not read yet")
        return formatting.joined([device.name, link, device.place, read])

    def apply(self, readings: Iterable[Reading]) -> None:
        """Take a batch from the bridge."""
        self.tree.apply(readings)

    def tick(self) -> None:
        """Once a second, seen or not: watches, who is signed in, ages."""
        self._show_watches(self._station.watches())
        if self._device is not None and self._sight.of(self._device.id) != self._seen_by:
            self._show_parameters()
        if self.card.stale:
            self.card.refresh(self._sight.edits(self.edits))
        if self.isVisible():
            self.tree.grow_older(self.view.visible_keys())
            self.told.emit()

    def show_key(self, key: PointKey) -> None:
        """Make a parameter of the device shown current."""
        self.tools.clear()
        self.view.show_key(key)

    def take_edits(self, edits: Sequence[Edit]) -> None:
        """Take values that were chosen elsewhere, and show their review."""
        self.edits.take(replace(edit, seen=edit.seen or self._station.latest(edit.key)) for edit in edits)
        self.ask_review()

    def ask_review(self) -> None:
        """Show what writing the edits would do; an entry that means nothing comes first."""
        wrong = sorted(self._sight.visible(self.edits.wrong()))
        if wrong:
            self._go_to(wrong[0])
            QTimer.singleShot(0, self, lambda: self.view.edit_key(wrong[0]))
            return
        if edits := self._sight.edits(self.edits):
            self._say(self.below.review(edits), "fault")

    def ask_undo(self, number: int) -> None:
        """Show what putting back a run would do."""
        run = next((run for run in self._station.runs() if run.number == number), None)
        if run is not None:
            self._say(self.below.undo(run), "fault")

    def read(self) -> None:
        """Read every parameter of the device now; while it is being read, give up waiting."""
        if self._device is None:
            return
        if self.reader.busy:
            self.reader.forget()
            self._say(self.tr("Stopped: the values shown are those from before."))
        else:
            self._say(self.tr("Reading…"))
            try:
                self.reader.ask(self._device.id)
            except WattelierError as refused:
                self._say(str(refused), "fault")
        self._dress()

    def export(self, file: Path) -> None:
        """Write what the panel shows as CSV; raise OSError."""
        if self._device is not None:
            parameters_export.write(file, self._device, self.tree.rows())

    def stop(self) -> None:
        """Look at no run any more."""
        self.card.stop()
        self.reader.forget()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.view.fit(self.width())
        self.below.fit(self.width(), self.height())

    def retranslate(self) -> None:
        """Set every text again."""
        self.view.setAccessibleName(self.tr("Parameters of the device"))
        self.message.say(
            self.tr("Nothing may be set here"), self.tr("The role that is signed in sees no parameter of this device.")
        )
        self.tools.retranslate()
        self.tree.retranslate()
        self._dress()
        self.told.emit()

    # -- building ------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.said.hide()
        self.hits.hide()
        self.message.hide()
        upper, lower = QVBoxLayout(), QVBoxLayout()
        for layout in (upper, lower):
            layout.setContentsMargins(SIDE, 0, SIDE, 0)
            layout.setSpacing(8)
        upper.addWidget(self.tools)
        upper.addWidget(self.said)
        lower.addWidget(self.below)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(upper)
        for widget in (self.view, self.hits, self.message):
            column.addWidget(widget, 1)
        column.addLayout(lower)
        find = QAction(self)
        find.setShortcut(QKeySequence(QKeySequence.StandardKey.Find))
        find.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.triggered.connect(self.tools.search.setFocus)
        self.addActions([find, self.tools.details])

    def _connect(self) -> None:
        tools, below, view = self.tools, self.below, self.view
        tools.sought.connect(self._find)
        tools.entered.connect(self.hits.take_current)
        tools.down.connect(lambda: self.hits.list.setFocus(OTHER_FOCUS))
        tools.left.connect(self._leave_search)
        tools.read_all.clicked.connect(self.read)
        tools.check.clicked.connect(self.ask_review)
        tools.details.toggled.connect(self._toggle_details)
        tools.export.triggered.connect(self._ask_file)
        tools.undo.triggered.connect(self._undo_last)
        tools.menu.aboutToShow.connect(lambda: tools.undo.setEnabled(self._last_run() is not None))
        self.hits.taken.connect(self._go_to)
        self.hits.left.connect(tools.search.setFocus)
        view.chosen.connect(self._chosen)
        view.details_asked.connect(lambda: tools.details.setChecked(True))
        view.confirm_asked.connect(self._ask_evidence)
        view.dropped.connect(self.edits.drop)
        self.edits.changed.connect(self._edited)
        below.details_changed.connect(tools.details.setChecked)
        below.detail.confirm_asked.connect(self._ask_evidence)
        below.confirmed.connect(self._confirmed)
        below.evidence.closed.connect(self._close_evidence)
        below.strip.again_asked.connect(self._write_again)
        below.strip.ended.connect(self._end_watch)
        below.strip.moved_away.connect(self._report)
        below.card.moved.connect(self._run_moved)
        below.card.ended.connect(self._run_ended)
        below.card.closed.connect(self._card_closed)
        below.card.cure_asked.connect(self._cure)
        self.reader.read.connect(self._take_readings)
        self.reader.failed.connect(self._not_read)

    # -- the table -----------------------------------------------------------------------------------------------

    def _show_parameters(self) -> None:
        device = self._device
        if device is None:
            return
        current = self.view.current_key()
        self._seen_by = self._sight.of(device.id)
        self.tree.show(device.id, self._station.parameters(device.id), self._station.confirmed(device.id))
        newest = (self._station.latest(key) for key in self.tree.shown_keys())
        self.tree.apply(reading for reading in newest if reading is not None)
        self._show_watches(self._station.watches())
        if current is not None and self.tree.row(current) is not None:
            self.view.show_key(current)
        self.detail.show_key(self.view.current_key())
        self._dress()

    def _edited(self, key: PointKey) -> None:
        self._dress()
        edits = self._sight.edits(self.edits)
        if self.card.reviewing and not edits:
            self.card.put_away()
        self.card.refresh(edits)
        if key == self.detail.key:
            self.detail.show_key(key)

    def _chosen(self, key: PointKey | None) -> None:
        if not self.detail.isHidden():
            self.detail.show_key(key)

    def _dress(self) -> None:
        """Say on the buttons what they do now, and show what there is to be seen."""
        count = len(self._sight.visible(self.edits.keys()))
        self.tools.show_count(count, not self.card.running)
        self.tools.show_reading(self.reader.busy)
        found, some = bool(self.tools.text), bool(self.tree.shown_keys())
        self.hits.setVisible(found)
        self.view.setVisible(some and not found)
        self.message.setVisible(not some and not found and self._device is not None)

    def _say(self, sentence: str, tone: str = "") -> None:
        self.said.set_line(wording.capital(localised(sentence)))
        self.said.set_tone(tone)
        self.said.setVisible(bool(sentence))

    # -- reading, search, details, confirmation ------------------------------------------------------------------

    def _take_readings(self, readings: list[Reading]) -> None:
        self.tree.apply_fresh(readings)
        for reading in readings:
            self.edits.complete(reading)
        unread = [row for _, row in self.tree.rows() if row.unread and row.key in {reading.key for reading in readings}]
        text = self.tr("{0} of {1} values could not be read: {2}")
        names = parameters_words.titles(row.parameter for row in unread)
        self._say(text.format(len(unread), len(readings), names) if unread else "", "warning")
        self.detail.show_key(self.detail.key)
        self._dress()
        self.told.emit()

    def _not_read(self, error: Exception) -> None:
        known = isinstance(error, WattelierError)
        why = localised(str(error)) if known else self.tr("a fault of the program, see the log")
        self._say(self.tr("Not read: {0}").format(why), "fault")
        self._dress()

    def _find(self, text: str) -> None:
        self.hits.look_for(text)
        self._dress()

    def _leave_search(self) -> None:
        self.tools.clear()
        self.view.setFocus(OTHER_FOCUS)

    def _go_to(self, key: PointKey) -> None:
        self.tools.clear()
        if self._device is None or key.device != self._device.id:
            self.device_asked.emit(key.device)
        self.view.show_key(key)
        self.view.setFocus(OTHER_FOCUS)

    def _toggle_details(self, shown: bool) -> None:
        if shown == self.detail.isHidden():
            self.below.show_detail(self.view.current_key()) if shown else self.below.hide_detail()

    def _ask_evidence(self, key: PointKey) -> None:
        if (row := self.tree.row(key)) is not None:
            self.below.ask_evidence(row)

    def _confirmed(self, key: PointKey) -> None:
        self._close_evidence()
        self._show_parameters()
        self.view.show_key(key)

    def _close_evidence(self) -> None:
        self.below.evidence.hide()
        self.view.setFocus(OTHER_FOCUS)

    def _ask_file(self) -> None:
        if self._device is not None:
            self._say(parameters_export.ask(self, self._device, self.tree.rows()), "fault")

    # -- runs and watches ----------------------------------------------------------------------------------------

    def _run_moved(self, run: Run) -> None:
        """What has been proven is no edit any more; what is under way is our own doing."""
        over = [line for line in run.lines if line.phase not in parameters_run.UNDER_WAY]
        self.tree.set_writing({line.edit.key for line in run.lines if line.phase in parameters_run.UNDER_WAY})
        self.tree.apply_fresh(reading for line in over if (reading := line.after or line.before) is not None)
        for line in over:
            if line.phase in parameters_run.GOOD and line.parameter.secret:
                self.edits.drop(line.edit.key)  # what was sent is not kept, and so cannot be compared
            elif line.phase in parameters_run.GOOD:
                self.edits.written(line.edit)
            elif line.after is not None:  # what our own write has come to is no news from elsewhere
                self.edits.rebase(line.edit.key, line.after)
        self._dress()

    def _run_ended(self, run: Run) -> None:
        self._show_watches(self._station.watches())
        self._dress()
        if not self.isVisible():
            told = parameters_run.told(run)
            words = " ".join(part for part in (f"{told.title}.", told.happened) if part)
            self.noted.emit(words, "accent" if told.tone == wording.HEALTHY else told.tone)

    def _card_closed(self) -> None:
        self._dress()
        self.view.setFocus(OTHER_FOCUS)

    def _last_run(self) -> Run | None:
        return next((run for run in reversed(self._station.runs()) if run.done and run.undoable), None)

    def _undo_last(self) -> None:
        if (run := self._last_run()) is not None:
            self.ask_undo(run.number)

    def _cure(self, cure: Cure) -> None:
        match cure.remedy:
            case Remedy.SIGN_IN | Remedy.ROLE:
                self.sign_in_asked.emit()
            case Remedy.LINK:
                self.page_asked.emit("links")
            case Remedy.READ:
                self.device_asked.emit(cure.place)
                self.read()
            case Remedy.CONFIRM:
                key = PointKey.parse(cure.place)
                self._go_to(key)
                self._ask_evidence(key)

    def _show_watches(self, watches: Sequence[Watch]) -> None:
        self.tree.set_watches({watch.key: watch for watch in watches})
        self.tree.apply(watch.last for watch in watches if watch.last is not None)
        self.strip.show_watches(watches)

    def _report(self, words: str) -> None:
        """A watched value has moved: it is told above the page, too, when this is not seen."""
        if not self.isVisible():
            self.noted.emit(words, "fault")

    def _write_again(self, watch: Watch) -> None:
        self.edits.take([Edit(watch.key, watch.wanted, watch.last)])
        self.ask_review()

    def _end_watch(self, key: PointKey) -> None:
        self._station.end_watch(key)
        self._show_watches(self._station.watches())
