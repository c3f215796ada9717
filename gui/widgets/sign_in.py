"""The dialogue that takes names and passwords: signing in, the first account, new passwords, new people."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from core.access import ROLES
from core.people.accounts import LONGEST_NAME
from core.people.passwords import LEAST, MOST
from gui import formatting
from gui.models.people import role_meaning, role_title
from gui.theme import INNER
from gui.widgets.card import Text

WIDTH = 420


class Purpose(Enum):
    """What is being asked for."""

    SIGN_IN = auto()
    RENEW = auto()  # after an administrator's reset, to be signed in
    OWN = auto()  # another password for oneself
    FIRST = auto()  # the first administrator
    ADD = auto()  # an account for somebody else
    RESET = auto()  # a password for somebody else


NAMED = (Purpose.SIGN_IN, Purpose.FIRST, Purpose.ADD)  # the name is typed
PROVED = (Purpose.SIGN_IN, Purpose.OWN)  # the password of now is asked for


@dataclass(frozen=True, slots=True)
class Credentials:
    """What was entered. ``password`` is the one of now, ``new`` the one to come; either may be empty."""

    purpose: Purpose
    name: str
    password: str = ""
    new: str = ""
    role: str = ""

    def __repr__(self) -> str:
        return f"Credentials({self.purpose}, {self.name!r})"  # never a password in a log


def wrapped(kind: str = "secondary") -> Text:
    """A text of as many lines as it needs; the dialogue grows with it."""
    text = Text("", kind)
    text.setWordWrap(True)
    return text


class Field(QWidget):
    """A word above a line to type in, and a hint below it where there is one."""

    def __init__(self, secret: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._word, self.line, self._hint = Text("", "secondary"), QLineEdit(), wrapped()
        self._hint.hide()
        self._word.setBuddy(self.line)
        self.line.setMaxLength(MOST if secret else LONGEST_NAME)
        if secret:
            self.set_hidden(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._word)
        column.addWidget(self.line)
        column.addWidget(self._hint)

    def set_word(self, word: str, hint: str = "") -> None:
        """What is to be typed."""
        self._word.setText(word)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        self.line.setAccessibleName(word)
        self.line.setAccessibleDescription(hint)

    def set_fixed(self, fixed: bool) -> None:
        """Whether it only shows what it is about."""
        self.line.setReadOnly(fixed)
        self.line.setFocusPolicy(Qt.FocusPolicy.NoFocus if fixed else Qt.FocusPolicy.StrongFocus)
        self.line.setProperty("kind", "fixed" if fixed else "")
        self.line.style().unpolish(self.line)
        self.line.style().polish(self.line)

    def set_hidden(self, hidden: bool) -> None:
        """Dots instead of what is typed."""
        self.line.setEchoMode(QLineEdit.EchoMode.Password if hidden else QLineEdit.EchoMode.Normal)


def _span(seconds: int) -> str:
    """How long one waits, never said shorter than it is."""
    count, unit = (seconds, "s") if seconds < 100 else (math.ceil(seconds / 60), "min")
    return f"{count}{formatting.SPACE}{unit}"


class CredentialsDialog(QDialog):
    """Nothing else waits for it. ``entered(Credentials)``; then ``show_busy`` until ``say``, ``wait`` or ``close``."""

    entered = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.purpose = Purpose.SIGN_IN
        self._busy = False
        self._until = 0.0  # monotonic s: nothing is tried before
        self._proven = ""  # the password of now, when it has been found right already
        self.title, self._what = Text("", "card"), wrapped()
        self.name, self.password, self.new, self.again = Field(), Field(True), Field(True), Field(True)
        self.role, self._role_word, self._role_meaning = QComboBox(), Text("", "secondary"), wrapped()
        self.shown, self.said = QCheckBox(), wrapped("text")
        self.go, self.cancel = QPushButton(), QPushButton()
        self._timer = QTimer(self)
        self._timer.setInterval(250)
        self._timer.timeout.connect(self._count_down)
        self.setModal(False)
        self.shown.toggled.connect(self._show_typed)
        self.role.currentIndexChanged.connect(self._tell_role)
        self.name.line.textEdited.connect(self._forget_wait)
        for field in (self.name, self.password, self.new, self.again):
            field.line.textChanged.connect(self._tell)
        self.go.clicked.connect(self._enter)
        self.cancel.clicked.connect(self.reject)
        self._lay_out()
        self.retranslate()

    @property
    def busy(self) -> bool:
        """Whether what was entered is being looked at."""
        return self._busy

    def ask(self, purpose: Purpose, name: str = "") -> None:
        """Show it for a purpose; ``name`` is offered, or fixed where nobody may choose it."""
        self.purpose = purpose
        self._proven = ""
        self._begin(name)
        self.show()
        self.raise_()
        self.activateWindow()

    def ask_new(self) -> None:
        """The password is right but was set by an administrator: go on with a new one."""
        name, self._proven = self.name.line.text(), self.password.line.text()
        self.purpose = Purpose.RENEW
        self._begin(name)

    def show_busy(self) -> None:
        """What was entered is being looked at."""
        self._busy = True
        self.said.hide()
        self._tell()

    def say(self, words: str) -> None:
        """Why it was not done."""
        self._busy = False
        self.said.setText(words)
        self.said.show()
        self._tell()
        if self.purpose in PROVED:
            self.password.line.selectAll()
            self.password.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self._fit()

    def wait(self, seconds: float) -> None:
        """Too many misses: nothing is tried for so long, or until another name is typed."""
        self._busy = False
        self._until = time.monotonic() + seconds
        self._timer.start()
        self._count_down()

    def finish(self) -> None:
        """It was done."""
        self._busy = False
        self.accept()

    def dismiss(self) -> None:
        """Close it, whatever is being done."""
        self._busy = False
        self.reject()

    def done(self, result: int) -> None:
        if self._busy:
            return  # a moment, until it is known what came of it
        self._timer.stop()
        self._proven = ""
        for field in (self.password, self.new, self.again):
            field.line.clear()
        super().done(result)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """Set every text again."""
        title, what, go = self._words()
        self.setWindowTitle(title)
        self.title.setText(title)
        self._what.setText(what)
        self._what.setVisible(bool(what))
        self.name.set_word(self.tr("Name"))
        self.password.set_word(self.tr("Password") if self.purpose is Purpose.SIGN_IN else self.tr("Present password"))
        hint = self.tr("At least {0} characters: a short sentence is easy to keep.").format(LEAST)
        self.new.set_word(self.tr("Password") if self.purpose in NAMED else self.tr("New password"), hint)
        self.again.set_word(self.tr("The same once more"))
        self._role_word.setText(self.tr("Role"))
        self.role.setAccessibleName(self.tr("Role"))
        for row, role in enumerate(ROLES):
            self.role.setItemText(row, role_title(role))
        self._tell_role()
        self.shown.setText(self.tr("Show what is typed"))
        self.go.setText(go)
        self.cancel.setText(self.tr("Cancel"))

    def _lay_out(self) -> None:
        self.role.addItems(["" for _ in ROLES])
        self._role_word.setBuddy(self.role)
        self.said.set_tone("fault")
        self.go.setProperty("kind", "primary")
        self.go.setDefault(True)
        self.cancel.setAutoDefault(False)
        self._roles = QWidget()
        roles = QVBoxLayout(self._roles)
        roles.setContentsMargins(0, 0, 0, 0)
        roles.setSpacing(4)
        for widget in (self._role_word, self.role, self._role_meaning):
            roles.addWidget(widget)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.go)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(INNER, INNER, INNER, INNER)
        column.setSpacing(12)
        for widget in (self.title, self._what, self.name, self._roles, self.password, self.new, self.again):
            column.addWidget(widget)
        column.addWidget(self.shown)
        column.addWidget(self.said)
        column.addStretch(1)
        column.addLayout(buttons)
        self.setFixedWidth(WIDTH)

    def _begin(self, name: str) -> None:
        self._busy, self._until = False, 0.0
        purpose = self.purpose
        self.name.line.setText(name)
        self.name.set_fixed(purpose not in NAMED)
        for field in (self.password, self.new, self.again):
            field.line.clear()
        self.role.setCurrentIndex(ROLES.index("user"))
        self.shown.setChecked(False)
        fresh = purpose is not Purpose.SIGN_IN
        self.password.setVisible(purpose in PROVED)
        self.new.setVisible(fresh)
        self.again.setVisible(fresh)
        self._roles.setVisible(purpose is Purpose.ADD)
        self.said.hide()
        self.retranslate()
        self._tell()
        first = self.name if purpose in NAMED and not name else self.password if purpose in PROVED else self.new
        first.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self._fit()

    def _words(self) -> tuple[str, str, str]:
        """Title, what happens, and what stands on the button."""
        return {
            Purpose.SIGN_IN: (self.tr("Sign in"), "", self.tr("Sign in")),
            Purpose.RENEW: (
                self.tr("Choose a password"),
                self.tr("The one you have was set by an administrator. Choose one that only you know."),
                self.tr("Set it and sign in"),
            ),
            Purpose.OWN: (self.tr("Change my password"), "", self.tr("Change it")),
            Purpose.FIRST: (
                self.tr("Create the administrator"),
                self.tr(
                    "The first account of this site manages the others. There is no default password, and nobody can "
                    "recover a lost one: keep it well."
                ),
                self.tr("Create the account"),
            ),
            Purpose.ADD: (
                self.tr("New account"),
                self.tr("Tell the person this password. It must be changed when it is first used."),
                self.tr("Create the account"),
            ),
            Purpose.RESET: (
                self.tr("Reset the password"),
                self.tr("Tell the person this password. It must be changed at the next sign-in."),
                self.tr("Reset it"),
            ),
        }[self.purpose]

    def _enter(self) -> None:
        if self.purpose is not Purpose.SIGN_IN and self.new.line.text() != self.again.line.text():
            self.say(self.tr("The two passwords are not the same."))
            self.again.line.selectAll()
            self.again.line.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.show_busy()
        role = ROLES[self.role.currentIndex()]
        old = self._proven if self.purpose is Purpose.RENEW else self.password.line.text()
        self.entered.emit(Credentials(self.purpose, self.name.line.text(), old, self.new.line.text(), role))

    def _tell(self) -> None:
        """Whether the button can be pressed, and what stands on it."""
        wanted = [self.name, *((self.password,) if self.purpose in PROVED else ())]
        wanted += [self.new, self.again] if self.purpose is not Purpose.SIGN_IN else []
        full = all(field.line.text().strip() for field in wanted)
        self.go.setEnabled(full and not self._busy and not self._until)
        self.go.setText(self.tr("One moment…") if self._busy else self._words()[2])

    def _tell_role(self) -> None:
        self._role_meaning.setText(role_meaning(ROLES[max(0, self.role.currentIndex())]))
        self._fit()

    def _show_typed(self, shown: bool) -> None:
        for field in (self.password, self.new, self.again):
            field.set_hidden(not shown)

    def _forget_wait(self) -> None:
        if self._until:
            self._until = 0.0
            self._count_down()

    def _count_down(self) -> None:
        left = math.ceil(self._until - time.monotonic()) if self._until else 0
        if left <= 0:
            self._until = 0.0
            self._timer.stop()
            self.said.hide()
        else:
            words = self.tr("Too many wrong passwords. The next try is possible in {0}.")
            self.said.setText(words.format(_span(left)))
            self.said.show()
        self._tell()
        self._fit()

    def _fit(self) -> None:
        """As high as its texts have to be, once it is known what is shown."""
        QTimer.singleShot(0, self, lambda: self.resize(WIDTH, self._column.totalHeightForWidth(WIDTH)))
