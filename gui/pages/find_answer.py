"""One device that has answered a search: what it is, how sure that is, and what to make of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QComboBox, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from gui import formatting
from gui.models.find import Answer, Fit, sureness, where, why
from gui.sentences import localised
from gui.widgets.card import Dot, Line, Paragraph, Text

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
        self.set_narrow(False)
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

    def walk(self) -> tuple[QWidget, ...]:
        """What takes the keyboard, in the order in which it is read."""
        return self.tick, self.profile, self.role, self._doctor, self._more

    def set_narrow(self, narrow: bool) -> None:
        """The choices below the texts, or beside them."""
        down, along = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._whole.setDirection(down if narrow else along)
        for place, share in enumerate((0, 0) if narrow else (3, 2)):  # of the width; heights are not shared out
            self._whole.setStretch(place, share)
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
            which = f"{fit.title}, {formatting.share(fit.confidence)}"
            lines.append(self.tr("{0}: {1}").format(which, why(fit)) if fit.evidence else which)
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
        self.profile.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.profile.setMinimumContentsLength(12)
        self.role.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        right = self._choice = QHBoxLayout()
        right.setSpacing(8)
        right.setAlignment(Qt.AlignmentFlag.AlignTop)  # else its height would be the most that the texts beside get
        right.addWidget(self.profile, 1)
        right.addWidget(self.role)
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
        self._whole.addLayout(left)
        self._whole.addLayout(right)
