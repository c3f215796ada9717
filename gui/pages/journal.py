"""The journal of the site: who changed what, with which outcome, down to the frames; and whether it is still whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from core.points import PointKey
from core.sitebook import SiteBook
from core.writing.journal import Line, Verdict
from core.writing.review import Edit
from gui.background import Background
from gui.models import journal_words, wording
from gui.models.journal import Column, JournalFilter, JournalRole, JournalTable, Named, Names, value_of, wrote
from gui.models.journal_csv import csv_of_journal
from gui.pages.journal_detail import JournalDetail
from gui.pages.journal_paint import JournalDelegate
from gui.sentences import localised
from gui.widgets.card import Card, Chip, Message, Paragraph
from gui.widgets.card import Line as TextLine
from gui.widgets.table_dress import dress

if TYPE_CHECKING:
    from core.facade import Station
    from gui.bridge import Bridge

PAGE = 500  # lines that are read at once
ALL = 1_000_000_000
LOOK_EVERY = 3  # seconds between two looks whether there is more
MOST_TOLD = 4  # breaks of the chain that are told one by one
WIDTHS = {Column.TIME: 148, Column.WHO: 108, Column.DEVICE: 164, Column.CHANGE: 160, Column.READBACK: 104}
TIGHT = {Column.TIME: 140, Column.WHO: 84, Column.DEVICE: 108, Column.CHANGE: 128, Column.READBACK: 84}
OUTCOME, OUTCOME_TIGHT = 196, 176
WIDE, NARROW = 1040, 760


@dataclass(frozen=True, slots=True)
class Found:
    """What the worker has read; ``lines`` None: nothing is new."""

    lines: list[Line] | None
    verdict: Verdict | None = None


class JournalTab(QWidget):
    """``edits_asked(list[Edit])``: values from before, for the parameter panel; ``undo_asked(int)``: a run of today."""

    edits_asked = Signal(list)
    undo_asked = Signal(int)

    def __init__(self, station: Station, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._station = station
        self._wanted, self._ticks = PAGE, 0
        self._verdict: Verdict | None = None
        self._lines: list[Line] = []
        self._person = station.access.person
        self._work, self._export = Background(self), Background(self)
        self.table = JournalTable(station.site.time_zone, self)
        self.filter = JournalFilter(self)
        self.filter.setSourceModel(self.table)
        self.view, self.detail = QTableView(), JournalDetail(station.site.time_zone)
        self.search, self.steps, self.chain, self.count = QLineEdit(), QCheckBox(), Chip(), TextLine()
        self.check, self.older, self.save = QPushButton(), QPushButton(), QPushButton()
        self.breaks, self.said, self.message = Paragraph("", "text"), TextLine(), Message()
        self._card = Card()
        self._build()
        self._connect()
        bridge.status_changed.connect(self.tick)
        self.retranslate()

    @property
    def busy(self) -> bool:
        """Whether the journal is being read or exported."""
        return self._work.busy or self._export.busy

    def read(self, again: bool = True) -> None:
        """Read the journal in the worker; ``again`` False: only when there is more than what is shown."""
        book, wanted = self._station.book, self._wanted
        if book is None or self._work.busy:
            return
        known = 0 if again else self.table.newest
        self._work.ask(lambda: _read(book, wanted, known), self._take, self._fail)

    def tick(self) -> None:
        """A second has passed."""
        self._ticks += 1
        if self.isVisible():
            if self._station.access.person != self._person:
                self._person = self._station.access.person
                self._show()
            if self._ticks % LOOK_EVERY == 0:
                self.read(again=False)

    def export(self, file: Path) -> None:
        """Write the whole journal as CSV, in the worker."""
        book = self._station.book
        if book is None:
            return
        names = Names(self._station)

        def write() -> int:
            with book.journal() as journal:
                lines = journal.lines(ALL)
            pairs = [(line, names.of(line)) for line in reversed(lines)]
            file.write_text("\ufeff" + csv_of_journal(pairs), "utf-8", newline="")
            return len(pairs)

        self._export.ask(write, lambda _count: self._exported(file), lambda error: self._export_failed(file, error))

    def stop(self) -> None:
        """End the workers."""
        self._work.stop()
        self._export.stop()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.read()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= WIDE
        head = self.view.horizontalHeader()
        for column, size in (WIDTHS if wide else TIGHT).items():
            head.resizeSection(column, size)
        head.resizeSection(Column.OUTCOME, OUTCOME if wide else OUTCOME_TIGHT)
        self.view.setColumnHidden(Column.READBACK, self.width() < NARROW)
        self.view.setColumnHidden(Column.WHO, self.width() < NARROW)
        self.detail.set_narrow(self.width() < NARROW)

    def retranslate(self) -> None:
        """Set every text again."""
        self.search.setPlaceholderText(self.tr("Filter: name, device, parameter, outcome"))
        self.search.setAccessibleName(self.tr("Filter the journal"))
        self.steps.setText(self.tr("Every step"))
        self.steps.setToolTip(self.tr("Also what was intended, line by line, before its outcome"))
        self.check.setText(self.tr("Check again"))
        self.check.setToolTip(self.tr("Read the journal again and go through the whole chain"))
        self.older.setText(self.tr("Older lines"))
        self.save.setText(self.tr("Export…"))
        self.save.setToolTip(self.tr("Save the whole journal as CSV, with its hashes"))
        self.view.setAccessibleName(self.tr("Journal"))
        self.table.retranslate()
        self._tell()

    # -- building ------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(128)
        self.search.setMaximumWidth(320)
        tools = QHBoxLayout()
        tools.setSpacing(8)
        tools.addWidget(self.search, 1)
        tools.addWidget(self.steps)
        tools.addStretch(1)
        for widget in (self.chain, self.check, self.save):
            tools.addWidget(widget)
        self._build_view()
        upper = QWidget()
        column = QVBoxLayout(upper)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.view, 1)
        column.addWidget(self.message, 1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.count, 1)
        foot.addWidget(self.older)
        column.addLayout(foot)
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(upper)
        self.splitter.addWidget(self.detail)
        self.splitter.setStretchFactor(0, 3)
        self.splitter.setStretchFactor(1, 2)
        self.splitter.setSizes([400, 264])
        self.detail.hide()
        self.breaks.set_tone("fault")
        self.breaks.hide()
        self.said.hide()
        self._card.body.addLayout(tools)
        self._card.body.addWidget(self.breaks)
        self._card.body.addWidget(self.said)
        self._card.body.addWidget(self.splitter, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._card)

    def _build_view(self) -> None:
        view = self.view
        view.setModel(self.filter)
        head = dress(view, 36)
        view.setItemDelegate(JournalDelegate(view))
        view.setMouseTracking(True)
        view.setStyleSheet("QTableView, QTableView:focus { border: none; }")
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        head.setSectionResizeMode(Column.PARAMETER, QHeaderView.ResizeMode.Stretch)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._filter_changed)
        self.steps.toggled.connect(self._filter_changed)
        self.check.clicked.connect(self._read_again)
        self.older.clicked.connect(self._read_older)
        self.save.clicked.connect(self._ask_file)
        self.view.selectionModel().currentRowChanged.connect(self._show_detail)
        self.detail.closed.connect(self._close_detail)
        self.detail.undo_asked.connect(self._put_back)
        find = QAction(self)
        find.setShortcut(QKeySequence(QKeySequence.StandardKey.Find))
        find.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.triggered.connect(self.search.setFocus)
        self.addAction(find)

    # -- reading -------------------------------------------------------------------------------------------------

    def _take(self, result: object) -> None:
        found = cast("Found", result)
        if found.lines is None:
            return
        self._lines, self._verdict = found.lines, found.verdict
        self._say("")
        self._show()

    def _show(self) -> None:
        current = self._current()
        broken = self._verdict.broken if self._verdict is not None else ()
        altered = [entry.id for entry in broken if entry.what == "changed"]
        self.table.show(self._lines, Names(self._station), altered)
        if current is not None and (row := self.table.row_of(current.id)) >= 0:
            place = self.filter.mapFromSource(self.table.index(row, 0))
            if place.isValid():
                self.view.setCurrentIndex(place)
        if self._current() is None:
            self.detail.hide()
        self._tell()

    def _fail(self, error: Exception) -> None:
        self._say(self.tr("The journal cannot be read: {0}").format(localised(str(error))), "fault")

    def _read_again(self) -> None:
        self.read()

    def _read_older(self) -> None:
        self._wanted += PAGE
        self.read()

    def _filter_changed(self) -> None:
        self.filter.set_filter(self.search.text(), self.steps.isChecked())
        self._tell()

    def _current(self) -> Line | None:
        line = self.view.currentIndex().data(JournalRole.LINE)
        return line if isinstance(line, Line) else None

    @Slot(QModelIndex)
    def _show_detail(self, current: QModelIndex) -> None:
        if not current.isValid():
            self.detail.hide()
            return
        line, named = self.table.line(self.filter.mapToSource(current).row())
        run = line.entry.run
        back = run is not None and any(wrote(other) and not about.hidden for other, about in self.table.of_run(run))
        self.detail.show_line(line, named, altered=self.table.altered(line.id), undo=back)
        self.detail.show()

    def _close_detail(self) -> None:
        self.view.clearSelection()
        self.view.setCurrentIndex(QModelIndex())
        self.detail.hide()
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _put_back(self, number: int) -> None:
        """A run of this program run is put back as such; of an earlier one, its values from before are proposed."""
        if any(run.number == number and run.undoable for run in self._station.runs()):
            self.undo_asked.emit(number)
            return
        edits = [edit for pair in self.table.of_run(number) if (edit := self._edit_back(*pair)) is not None]
        if edits:
            self.edits_asked.emit(edits[::-1])
        else:
            self._say(self.tr("The values from before are not known any more, or not to be put back."), "warning")

    def _edit_back(self, line: Line, named: Named) -> Edit | None:
        value = value_of(named.parameter, line.entry.old)
        if not wrote(line) or value is None or named.parameter is None or named.parameter.command:
            return None
        key = PointKey(line.entry.device, line.entry.point)
        return Edit(key, value, self._station.latest(key))

    # -- what is told --------------------------------------------------------------------------------------------

    def _tell(self) -> None:
        kept = self._station.book is not None
        some = self.table.rowCount() > 0
        verdict = self._verdict
        text, tone = journal_words.chain(verdict) if verdict is not None else (self.tr("Being read…"), wording.MUTED)
        self.chain.show_state(text, tone, most=260)
        self.chain.setVisible(kept)
        for widget in (self.check, self.save, self.search, self.steps):
            widget.setEnabled(kept)
        told = verdict.broken[:MOST_TOLD] if verdict is not None else ()
        self.breaks.setText(self._breaks_words(told, len(verdict.broken) if verdict is not None else 0))
        self.breaks.setVisible(bool(told))
        self.view.setVisible(some)
        self.message.setVisible(not some)
        if not kept:
            self.message.say(
                self.tr("Nothing of this site is kept"),
                self.tr("Without a database there is no journal, and nothing can be written to a device."),
            )
        else:
            self.message.say(
                self.tr("Nothing has been written yet"), self.tr("Every write and its outcome will stand here.")
            )
        shown, total = self.filter.rowCount(), self.table.rowCount()
        self.count.set_line(self.tr("{0} of {1} lines").format(shown, total) if some else "")
        self.older.setVisible(verdict is not None and total < verdict.count)

    def _breaks_words(self, told: Sequence[object], total: int) -> str:
        if not told or self._verdict is None:
            return ""
        lines = [wording.capital(localised(entry.sentence)) + "." for entry in self._verdict.broken[:MOST_TOLD]]
        if total > MOST_TOLD:
            lines.append(self.tr("And {0} more.").format(total - MOST_TOLD))
        what = self.tr(
            "Do not rely on the lines in question. Compare with an earlier export, and find out who had the file."
        )
        return "\n".join((*lines, what))

    def _say(self, text: str, tone: str = "") -> None:
        self.said.set_line(text)
        self.said.set_tone(tone)
        self.said.setVisible(bool(text))

    def _ask_file(self) -> None:
        chosen, _kind = QFileDialog.getSaveFileName(self, self.tr("Export the journal"), "journal.csv", "CSV (*.csv)")
        if chosen:
            self.export(Path(chosen))

    def _exported(self, file: Path) -> None:
        self._say(self.tr("The journal is saved in {0}").format(file), "healthy")

    def _export_failed(self, file: Path, error: Exception) -> None:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        self._say(self.tr("Could not write {0}: {1}").format(file, localised(reason)), "fault")


def _read(book: SiteBook, wanted: int, known: int) -> Found:
    """In the worker: the newest lines and the check of the chain, unless the newest is known."""
    with book.journal() as journal:
        newest = journal.lines(1)
        if known and newest and newest[0].id == known:
            return Found(None)
        return Found(journal.lines(wanted), journal.verify())
