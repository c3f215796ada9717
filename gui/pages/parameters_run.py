"""A run of writes as it goes, and how it ended: each line with its phase, what was read back, what to do next."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from core.writing.review import Phase, Run, RunLine
from gui import formatting
from gui.models import parameters_run, parameters_words, wording
from gui.models.people import name_words
from gui.pages.parameters_rows import NARROW, ChangeRow, wanted_height
from gui.sentences import localised
from gui.widgets.card import Paragraph, Text
from gui.widgets.mark import Mark
from gui.widgets.scrolled import scrolled


class RunView(QWidget):
    """``stop_asked()``, ``undo_asked()``, ``closed()``."""

    stop_asked = Signal()
    undo_asked = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._run: Run | None = None
        self.rows: list[ChangeRow] = []
        self.mark, self.title, self.about = Mark("healthy"), Text("", "card"), Text("", "secondary")
        self.happened, self.means, self.todo = Paragraph("", "text"), Paragraph("", "text"), Paragraph("", "strong")
        self.told = Paragraph()
        self.stop, self.undo, self.close_button = QPushButton(), QPushButton(), QPushButton()
        self._build()
        self.retranslate()

    @property
    def run(self) -> Run | None:
        """The run shown."""
        return self._run

    def show_run(self, run: Run) -> None:
        """Show a run as it is now."""
        self._run = run
        while len(self.rows) < len(run.lines):
            row = ChangeRow()
            row.set_narrow(self.width() < NARROW)
            self.rows.append(row)
            self._lines.insertWidget(self._lines.count() - 1, row)
        several = len({line.edit.key.device for line in run.lines}) > 1
        for row, line in zip(self.rows, run.lines, strict=False):
            self._fill(row, line, several)
        for place, row in enumerate(self.rows):
            row.setVisible(place < len(run.lines))
        self._tell(run)
        self.updateGeometry()

    def lines_height(self) -> int:
        """How high the lines would like to be at this width."""
        return wanted_height(self._inside, self.area.viewport().width())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for row in self.rows:
            row.set_narrow(self.width() < NARROW)

    def retranslate(self) -> None:
        """Set every text again."""
        self.stop.setText(self.tr("Stop"))
        self.stop.setToolTip(self.tr("Begin no further line; what is on its way is still proven"))
        if self._run is not None:
            self.show_run(self._run)

    def _build(self) -> None:
        self.stop.clicked.connect(self.stop_asked)
        self.undo.clicked.connect(self.undo_asked)
        self.close_button.clicked.connect(self.closed)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.mark)
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(self.about)
        self._inside = QWidget()
        self._lines = QVBoxLayout(self._inside)
        self._lines.setContentsMargins(0, 0, 8, 0)
        self._lines.setSpacing(0)
        self._lines.addStretch(1)
        self.area = scrolled(self._inside)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        self.told.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        foot.addWidget(self.told, 1, Qt.AlignmentFlag.AlignVCenter)
        for button in (self.stop, self.undo, self.close_button):
            foot.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.area, 1)
        words = QVBoxLayout()
        words.setSpacing(2)
        for text in (self.happened, self.means, self.todo):
            words.addWidget(text)
        column.addLayout(words)
        column.addLayout(foot)

    def _fill(self, row: ChangeRow, line: RunLine, several: bool) -> None:
        parameter = line.parameter
        words, tone = parameters_run.phase_words(line)
        row.name.setText(parameters_words.title(parameter))
        row.device.set_line(line.device if several else "")
        row.device.setVisible(several)
        before = line.before if line.before is not None else line.edit.seen
        row.change.setText(parameters_run.change_words(parameter, before, line.edit.value))
        proven = line.phase in (Phase.PROVEN, Phase.SENT, Phase.SAME)
        row.change.set_tone("" if proven else "secondary" if line.phase is Phase.NOT_REACHED else "warning")
        row.middle.setText(wording.capital(words))
        row.middle.set_tone("" if tone == wording.HEALTHY else "secondary" if tone == wording.MUTED else tone)
        row.right.setText(parameters_run.back_words(line))
        row.show_mark(tone, words)

    def _tell(self, run: Run) -> None:
        told = parameters_run.told(run)
        failed = run.done and not run.ok
        self.mark.setVisible(run.done)
        self.mark.role = told.tone
        self.mark.update()
        self.title.setText(told.title)
        self.title.set_tone(told.tone if failed else "")
        number = self.tr("Run {0}").format(run.number)
        self.about.setText(formatting.joined([number, name_words(run.who), localised(run.reason)]))
        for text, words in ((self.happened, told.happened), (self.means, told.means), (self.todo, told.todo)):
            text.setText(words)
            text.setVisible(bool(words) and (failed or (run.done and text is self.happened)))
        self.happened.set_tone("" if failed else "warning")  # beside a success: what the device asks for still
        under_way = self.tr("One after the other; each is proven before the next begins.")
        self.told.setText("" if failed else told.means if run.done else under_way)
        self.stop.setVisible(not run.done)
        self.undo.setVisible(run.done and bool(run.undoable))
        self.undo.setText(self.tr("Put back what was written") if failed else self.tr("Put back…"))
        self.close_button.setVisible(run.done)
        self.close_button.setText(self.tr("Leave as it is") if failed and run.undoable else self.tr("Close"))
