"""Step two of finding devices: what has answered, what it is, and what to make of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from gui import formatting
from gui.models.find import Answer, Fit, Progress, sureness, where
from gui.sentences import localised
from gui.widgets.card import Card, Dot, Line, Message, Paragraph, Text

NARROW = 960  # below this width the two choices of a row stand under its texts
METERS = ("meter", "pulse", "generic")
Choices = Mapping[str, Sequence[tuple[str, str, str]]]


@dataclass(frozen=True, slots=True)
class Taken:
    """A row that the operator includes, with what he has settled."""

    answer: Answer
    profile: str
    role: str
    options: Mapping[str, str]


class AnswerRow(QFrame):
    """One device. ``changed()`` when it is settled otherwise; ``doctor_asked(str)`` with a stick's address."""

    changed = Signal()
    doctor_asked = Signal(str)

    def __init__(self, answer: Answer, choices: Choices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.answer = answer
        self._choices = choices.get(answer.kind, ())
        self.tick, self._light = QCheckBox(), Dot()
        self.title, self._sure, self._place = Line(kind="strong"), Text("", "secondary"), Line()
        self.evidence = Paragraph()
        self.profile, self.role = QComboBox(), QComboBox()
        self._more, self._doctor = QPushButton(), QPushButton()
        self._touched = False
        self._lay_out()
        self.tick.toggled.connect(self._ticked)
        self.profile.activated.connect(self._settled)
        self.role.activated.connect(self._settled)
        self._more.toggled.connect(self.evidence.setVisible)
        self._doctor.clicked.connect(lambda: self.doctor_asked.emit(self.answer.url))
        self.show_answer(answer)

    def show_answer(self, answer: Answer) -> None:
        """Show what is known by now; what the operator has settled stays."""
        self.answer = answer
        if not self._touched:
            self.tick.setChecked(bool(answer.fits) and answer.fits[0].confidence >= 0.5)
        self.retranslate()

    def taken(self) -> Taken | None:
        """What is to go into the site; None when it is not ticked or no profile is chosen."""
        profile = str(self.profile.currentData() or "")
        if not self.tick.isChecked() or not profile:
            return None
        fit = next((fit for fit in self.answer.fits if fit.profile_id == profile), None)
        return Taken(self.answer, profile, str(self.role.currentData() or ""), fit.options if fit else {})

    def set_narrow(self, narrow: bool) -> None:
        """The choices below the texts, or beside them."""
        down, along = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._whole.setDirection(down if narrow else along)
        self._choice.setContentsMargins(28 if narrow else 8, 0, 0, 0)

    def retranslate(self) -> None:
        """Set every text again."""
        best = self.answer.fits[0] if self.answer.fits else None
        words, role = sureness(best)
        self.title.set_line(best.title if best else self.tr("Something answers"))
        self._sure.setText(words)
        self._sure.set_tone(role)
        self._light.set_role(role)
        serial = best.serial if best else ""
        self._place.set_line(
            formatting.joined([where(self.answer), self.tr("no. {0}").format(serial) if serial else ""])
        )
        self.evidence.setText(self._evidence())
        self._place.setToolTip(self._evidence())
        self.title.setToolTip(self._evidence())
        self._fill_profiles(best)
        self._fill_roles()
        self.tick.setAccessibleName(self.tr("Include {0}").format(self.title.line()))
        self.profile.setAccessibleName(self.tr("Profile of {0}").format(self.title.line()))
        self.role.setAccessibleName(self.tr("What {0} measures").format(self.title.line()))
        self._more.setText(self.tr("Why?"))
        self._doctor.setText(self.tr("Stick doctor…"))

    def _evidence(self) -> str:
        lines = [localised(self.answer.note)] if self.answer.note else []
        for fit in self.answer.fits:
            lines.append(f"{fit.title}, {formatting.share(fit.confidence)}: {localised(fit.evidence)}")
        return "\n".join(lines)

    def _fill_profiles(self, best: Fit | None) -> None:
        chosen = self.profile.currentData() if self._touched else None
        self.profile.clear()
        likely = [(fit.profile_id, f"{fit.title} ({formatting.share(fit.confidence)})") for fit in self.answer.fits]
        named = {profile for profile, _ in likely}
        if not likely:
            self.profile.addItem(self.tr("choose its profile"), "")
        for profile, title in (*likely, *((p, t) for p, t, _ in self._choices if p not in named)):
            self.profile.addItem(title, profile)
        if likely and len(self._choices) > len(likely):
            self.profile.insertSeparator(len(likely))
        wanted = chosen or (best.profile_id if best else "")
        self.profile.setCurrentIndex(max(0, self.profile.findData(wanted)))

    def _fill_roles(self) -> None:
        profile = self.profile.currentData()
        category = next((category for entry, _, category in self._choices if entry == profile), "")
        chosen = self.role.currentData()
        self.role.clear()
        self.role.setVisible(category in METERS)
        if category in METERS:
            for role, title in (
                ("grid", self.tr("the grid")),
                ("solar", self.tr("solar production")),
                ("house", self.tr("the house")),
                ("charger", self.tr("a charging station")),
                ("circuit", self.tr("a circuit")),
                ("other", self.tr("something else")),
            ):
                self.role.addItem(self.tr("measures {0}").format(title), role)
            self.role.setCurrentIndex(max(0, self.role.findData(chosen or "other")))

    def _ticked(self) -> None:
        self._touched = self._touched or self.tick.hasFocus()
        self.changed.emit()

    def _settled(self) -> None:
        self._touched = True
        self._fill_roles()
        if self.profile.currentData():
            self.tick.setChecked(True)
        self.changed.emit()

    def _lay_out(self) -> None:
        self.setObjectName("answer")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.title, 1)
        head.addWidget(self._light)
        head.addWidget(self._sure)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addLayout(head)
        texts.addWidget(self._place)
        texts.addWidget(self.evidence)
        left = QHBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.tick, 0, Qt.AlignmentFlag.AlignTop)
        left.addLayout(texts, 1)
        for box in (self.profile, self.role):
            box.setMinimumWidth(120)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(12 if box is self.profile else 17)
        right = self._choice = QHBoxLayout()
        right.setSpacing(8)
        right.addWidget(self.profile, 3)
        right.addWidget(self.role, 2)
        right.addWidget(self._doctor)
        right.addWidget(self._more)
        for button in (self._more, self._doctor):
            button.setProperty("kind", "flat")
        self._more.setCheckable(True)
        self._doctor.setVisible(self.answer.kind == "v5")
        self.evidence.hide()
        self._whole = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._whole.setContentsMargins(0, 10, 4, 12)
        self._whole.setSpacing(8)
        self._whole.addLayout(left, 3)
        self._whole.addLayout(right, 2)


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
        self.message, self._area = Message(), QScrollArea()
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
            row.setParent(None)
            row.deleteLater()
        self.rows.clear()
        self._tell()

    def show_found(self, answers: Sequence[Answer]) -> None:
        """Add what is new, refresh what is known."""
        for answer in answers:
            if (row := self.rows.get(answer.key)) is None:
                row = self.rows[answer.key] = AnswerRow(answer, self._choices)
                row.set_narrow(self.width() < NARROW)
                row.changed.connect(self._tell)
                row.doctor_asked.connect(self.doctor_asked)
                self._list.insertWidget(self._list.count() - 1, row)
            elif row.answer != answer:
                row.show_answer(answer)
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
        """What the button below makes of the ticked rows."""
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
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(inner)
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
        self.use.setVisible(bool(self.rows))
        self.use.setText(self._use_words)
        self.use.setEnabled(count > 0)
        one = self.tr("1 device is ticked")
        self.use.setToolTip(one if count == 1 else self.tr("{0} devices are ticked").format(formatting.number(count)))
