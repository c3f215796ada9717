"""Step two of finding devices: what has answered, what it is, and what to make of it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from gui import formatting
from gui.models.find import Answer, Progress
from gui.pages.find_answer import AnswerRow, Choices, Taken
from gui.sentences import localised
from gui.widgets.card import Card, Line, Message, Paragraph, Text
from gui.widgets.keyboard import in_order
from gui.widgets.scrolled import scrolled

NARROW = 960  # below this width the two choices of a row stand under its texts


class ResultsCard(Card):
    """What answers. ``stop_asked()``, ``export_asked()``, ``use_asked()``, ``doctor_asked(str)`` by its buttons."""

    stop_asked = Signal()
    export_asked = Signal()
    use_asked = Signal()
    doctor_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.rows: dict[tuple[str, int | None, str], AnswerRow] = {}
        self._choices: Choices = {}
        self._progress = Progress()
        self._bar, self._words, self._left = QProgressBar(), Line(), Text("", "secondary")
        self.stop_button, self.export, self.use = QPushButton(), QPushButton(), QPushButton()
        self.message = Message()
        self._use_words = ""
        self._problems = Paragraph()
        self._problems.set_tone("warning")
        self._lay_out()
        self.stop_button.clicked.connect(self.stop_asked)
        self.export.clicked.connect(self.export_asked)
        self.use.clicked.connect(self.use_asked)
        self.retranslate()

    def clear(self, choices: Choices) -> None:
        """Begin a new list."""
        self._choices = choices
        for row in self.rows.values():
            _put_away(row)
        self.rows.clear()
        self._tell()

    def show_found(self, answers: Sequence[Answer]) -> None:
        """Add what is new, refresh what is known, take out what turned out to be another one's second address."""
        before = set(self.rows)
        for key in before - {answer.key for answer in answers}:
            _put_away(self.rows.pop(key))
        for answer in answers:
            if (row := self.rows.get(answer.key)) is None:
                row = self.rows[answer.key] = AnswerRow(answer, self._choices)
                row.set_narrow(self.width() < NARROW)
                row.changed.connect(self._tell)
                row.doctor_asked.connect(self.doctor_asked)
                self._list.insertWidget(self._list.count() - 1, row)
            elif row.answer != answer:
                row.show_answer(answer)
        if self.rows.keys() != before:
            in_order([self.stop_button, *(part for row in self.rows.values() for part in row.walk()), self.use])
        self._tell()

    def show_progress(self, progress: Progress, running: bool) -> None:
        """How far the search is."""
        self._progress = progress
        for widget in (self._bar, self._left, self.stop_button):
            widget.setVisible(running)
        self._bar.setValue(round(progress.share * 1000))
        count = formatting.number(len(self.rows))
        ended = self.tr("1 device answers") if len(self.rows) == 1 else self.tr("{0} devices answer").format(count)
        self._words.set_line(localised(progress.words) if running else ended)
        self._words.setVisible(running or bool(self.rows))
        left = "" if progress.left_s is None else formatting.duration(max(1.0, round(progress.left_s)))
        self._left.setText(self.tr("{0} left").format(left) if left else "")
        self._tell()

    def show_problems(self, problems: Sequence[str]) -> None:
        """What could not be searched."""
        self._problems.setText("\n".join(localised(problem) for problem in problems))
        self._problems.setVisible(bool(problems))

    def say(self, title: str, detail: str = "", tone: str = "") -> None:
        """What stands here while there is no row."""
        self.message.say(title, detail, tone)
        self._tell()

    def set_use(self, words: str) -> None:
        """What the button below makes of the ticked rows; nothing takes it away."""
        self._use_words = words
        self._tell()

    def taken(self) -> list[Taken]:
        """Every row that is ticked and settled."""
        return [taken for row in self.rows.values() if (taken := row.taken()) is not None]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for row in self.rows.values():
            row.set_narrow(self.width() < NARROW)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """Set every text again."""
        self.set_title(self.tr("What answers"))
        self.stop_button.setText(self.tr("Stop"))
        self.export.setText(self.tr("Export…"))
        self.export.setToolTip(self.tr("Everything that was tried and what came of it, as a text file"))
        for row in self.rows.values():
            row.retranslate()
        self._tell()

    def _lay_out(self) -> None:
        self._bar.setRange(0, 1000)
        self._bar.setTextVisible(False)
        inner = QWidget()
        self._list = QVBoxLayout(inner)
        self._list.setContentsMargins(0, 0, 8, 0)
        self._list.setSpacing(0)
        self._list.addStretch(1)
        self._area = scrolled(inner)
        self.add_to_header(self.export)
        self.add_to_header(self.stop_button)
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self._words, 1)
        line.addWidget(self._left)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.use)
        self.use.setProperty("kind", "primary")
        self.body.addWidget(self._bar)
        self.body.addLayout(line)
        self.body.addWidget(self._problems)
        self.body.addWidget(self._area, 1)
        self.body.addWidget(self.message, 1)
        self.body.addLayout(foot)
        for widget in (self._bar, self._left, self.stop_button, self._words, self.export, self._problems):
            widget.hide()

    def _tell(self) -> None:
        count = len(self.taken())
        self._area.setVisible(bool(self.rows))
        self.message.setVisible(not self.rows)
        self.use.setVisible(bool(self.rows and self._use_words))
        self.use.setText(self._use_words)
        self.use.setEnabled(count > 0)
        one = self.tr("1 device is ticked")
        self.use.setToolTip(one if count == 1 else self.tr("{0} devices are ticked").format(formatting.number(count)))


def _put_away(row: AnswerRow) -> None:
    row.setParent(None)
    row.deleteLater()
