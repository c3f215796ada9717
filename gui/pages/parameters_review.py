"""The table before writing: what changes, what follows, what stands in the way; nothing has been sent yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from core.writing.review import Review, ReviewLine
from gui import formatting
from gui.models import parameters_run, parameters_words, wording
from gui.models.parameters_run import Cure
from gui.pages.parameters_rows import NARROW, ChangeRow, wanted_height
from gui.sentences import localised
from gui.widgets.card import Paragraph, Text
from gui.widgets.flow_row import FlowLayout
from gui.widgets.scrolled import scrolled

if TYPE_CHECKING:
    from core.facade import Station

MOST_REASON = 200  # characters


class Statement(QWidget):
    """A box with a sentence that takes as many lines as it needs; a click on the sentence ticks it, too."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.check, self.words = QCheckBox(), Paragraph("", "text")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.check, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.words, 1)

    def say(self, sentence: str) -> None:
        """Another sentence; without any it is hidden and unticked."""
        self.words.setText(sentence)
        self.check.setAccessibleName(sentence)
        self.setVisible(bool(sentence))
        if not sentence:
            self.check.setChecked(False)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.check.toggle()
        super().mousePressEvent(event)


class ReviewView(QWidget):
    """``write_asked(reason, confirmed)``, ``back_asked()``, ``cure_asked(Cure)`` for what stands in the way."""

    write_asked = Signal(str, bool)
    back_asked = Signal()
    cure_asked = Signal(object)

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._station = station
        self._review = Review(())
        self._undoes: int | None = None
        self._refusal = ""
        self.rows: list[ChangeRow] = []
        self._statements: list[Statement] = []
        self.cures: list[QPushButton] = []
        self._cures_shown: list[Cure] | None = None
        self.title, self.reason, self._reason_word = Text("", "card"), QLineEdit(), Text("", "secondary")
        self.told, self.refused = Paragraph(), Paragraph("", "text")
        self.back, self.write = QPushButton(), QPushButton()
        self._build()
        self.retranslate()

    @property
    def review(self) -> Review:
        """What is shown."""
        return self._review

    @property
    def checks(self) -> list[QCheckBox]:
        """The boxes of what is to be confirmed."""
        return [statement.check for statement in self._statements]

    @property
    def undoes(self) -> int | None:
        """The run that is to be put back, None for new values."""
        return self._undoes

    def begin(self, review: Review, undoes: int | None = None) -> None:
        """Show another review; reason and confirmations begin anew."""
        self.reason.clear()
        self._refusal = ""
        for check in self.checks:
            check.setChecked(False)
        self._undoes = undoes
        self.show_review(review)

    def show_review(self, review: Review) -> None:
        """Show the review as it is now."""
        if [line.edit for line in review.lines] != [line.edit for line in self._review.lines]:
            self._refusal = ""
        self._review = review
        while len(self.rows) < len(review.lines):
            row = ChangeRow()
            row.set_narrow(self.width() < NARROW)
            self.rows.append(row)
            self._lines.insertWidget(self._lines.count() - 1, row)
        several = len({line.edit.key.device for line in review.lines}) > 1
        for row, line in zip(self.rows, review.lines, strict=False):
            self._fill(row, line, several)
        for place, row in enumerate(self.rows):
            row.setVisible(place < len(review.lines))
        self._fill_checks()
        self._fill_cures()
        self._tell()
        self.updateGeometry()

    def refuse(self, sentence: str) -> None:
        """The core has refused to begin; nothing was sent."""
        self._refusal = sentence
        self._tell()

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
        self.reason.setFixedWidth(320 if self.width() >= NARROW else 240)

    def retranslate(self) -> None:
        """Set every text again."""
        self.back.setText(self.tr("Back"))
        self.back.setToolTip(self.tr("Back to editing: the edits stay, nothing is sent"))
        self.reason.setAccessibleName(self.tr("Reason"))
        self._reason_word.setText(self.tr("Reason"))
        self.show_review(self._review)

    def _build(self) -> None:
        self.reason.setMaxLength(MOST_REASON)
        self.reason.textChanged.connect(self._tell)
        self.back.clicked.connect(self.back_asked)
        self.write.clicked.connect(self._write)
        self.write.setProperty("kind", "primary")
        self.refused.set_tone("fault")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(self._reason_word)
        head.addWidget(self.reason)
        self._inside = QWidget()
        self._lines = QVBoxLayout(self._inside)
        self._lines.setContentsMargins(0, 0, 8, 0)
        self._lines.setSpacing(0)
        self._lines.addStretch(1)
        self.area = scrolled(self._inside)
        self._checks = QVBoxLayout()
        self._checks.setSpacing(0)
        self._obstacles = QWidget()
        self._flow = FlowLayout(self._obstacles)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        self.told.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        foot.addWidget(self.told, 1, Qt.AlignmentFlag.AlignVCenter)
        foot.addWidget(self.back, 0, Qt.AlignmentFlag.AlignVCenter)
        foot.addWidget(self.write, 0, Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.area, 1)
        column.addLayout(self._checks)
        column.addWidget(self.refused)
        column.addWidget(self._obstacles)
        column.addLayout(foot)

    def _fill(self, row: ChangeRow, line: ReviewLine, several: bool) -> None:
        parameter = line.parameter
        row.name.setText(parameters_words.title(parameter))
        danger = wording.capital(parameters_words.danger(parameter.danger)) if line.asks else ""
        below = formatting.joined([danger, line.device if several else ""])
        row.device.set_line(below)
        row.device.set_tone("fault" if danger else "")
        row.device.setVisible(bool(below))
        row.change.setText(parameters_run.change_words(parameter, line.edit.seen, line.edit.value))
        row.change.set_tone("secondary" if line.unchanged else "warning")
        row.name.set_tone("secondary" if line.unchanged else "")
        said = self.tr("already so: nothing will be written") if line.unchanged else self._consequence(line)
        row.middle.setText(said)
        row.middle.set_tone("secondary" if line.unchanged else "")
        row.right.setText("" if parameter.command else parameters_words.writes(line.wear))
        row.say_below(f"{wording.capital(localised(line.fault))}." if line.fault else "")

    def _consequence(self, line: ReviewLine) -> str:
        """What it touches; of a value that the device has never told, that it cannot be put back."""
        words = parameters_words.consequence(line)
        if not line.blind:
            return words
        blind = self.tr("The device tells no value now: what is replaced is not known and cannot be put back.")
        return f"{blind} {words}".strip()

    def _fill_checks(self) -> None:
        wanted = parameters_run.statements(self._review)
        while len(self._statements) < len(wanted):
            statement = Statement()
            statement.check.toggled.connect(self._tell)
            self._statements.append(statement)
            self._checks.addWidget(statement)
        for place, statement in enumerate(self._statements):
            statement.say(wanted[place] if place < len(wanted) else "")

    def _fill_cures(self) -> None:
        cures = parameters_run.cures(self._station, self._review)
        if cures == self._cures_shown:
            return  # a button that has the keyboard keeps it
        self._cures_shown = cures
        for widget in self._obstacles.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
            self._flow.removeWidget(widget)
            widget.deleteLater()
        self.cures = []
        for cure in cures:
            words, button = Text(cure.sentence, "text"), QPushButton(cure.button)
            button.setAccessibleDescription(cure.sentence)
            button.clicked.connect(lambda _=False, cure=cure: self.cure_asked.emit(cure))
            words.setMinimumHeight(34)
            self._flow.addWidget(words)
            self._flow.addWidget(button)
            self.cures.append(button)
        self._obstacles.setVisible(bool(self.cures))

    def _confirmed(self) -> bool:
        wanted = len(parameters_run.dangers(self._review))
        return all(check.isChecked() for check in self.checks[:wanted])

    def _tell(self) -> None:
        """Say what can be done now."""
        review = self._review
        undo = self._undoes is not None
        self.title.setText(self.tr("Check before putting back") if undo else self.tr("Check before writing"))
        asks = review.asks
        self.reason.setPlaceholderText(
            self.tr("Required, kept in the journal") if asks else self.tr("Kept in the journal")
        )
        lacks_reason = asks and not self.reason.text().strip()
        self.write.setEnabled(review.ready and not lacks_reason and (not asks or self._confirmed()))
        orders = self._orders()
        self.write.setText(
            self.tr("Put back and prove")
            if undo
            else self.tr("Send the order")
            if orders
            else self.tr("Write and prove")
        )
        self.refused.setText(wording.capital(localised(self._refusal)))
        self.refused.setVisible(bool(self._refusal))
        self.told.setText(self._foot(lacks_reason))

    def _foot(self, lacks_reason: bool) -> str:
        review = self._review
        if any(line.fault for line in review.lines):
            return self.tr("Nothing can be written as long as a line is refused.")
        if review.lines and not review.ready:
            return self.tr("The devices hold these values already: there is nothing to write.")
        if review.asks and (lacks_reason or not self._confirmed()):
            asked = self.tr("Dangerous: give the reason and confirm what you have checked.")
            order = self.tr("An order is sent once. It cannot be read back, nor undone.")
            return f"{asked} {order}" if self._orders() else asked
        if self._orders():
            return self.tr("An order is sent once. It cannot be read back, nor undone.")
        return self.tr("Each value is read, written, read back, then watched for 15 minutes. Can be undone.")

    def _orders(self) -> bool:
        """Whether nothing but orders is to be sent."""
        return all(line.parameter.command for line in self._review.lines)

    def _write(self) -> None:
        if self.write.isEnabled():
            self.write_asked.emit(self.reason.text().strip(), self._review.asks and self._confirmed())
