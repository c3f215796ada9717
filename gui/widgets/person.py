"""The foot of the sidebar: who is signed in, and the way in and out."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QSizePolicy, QToolButton, QWidget

from core.access import NOBODY, Person
from gui.models.people import badge_letters, person_title, person_words
from gui.theme import look, scaled
from gui.widgets.card import Text
from gui.widgets.icons import paint_icon

CIRCLE = 24
KEYS = "Ctrl+L"
HEIGHT = 32


class Badge(QToolButton):
    """A circle with initials, or a lock; opens the menu of the person."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._letters = ""
        self._ringed = False  # only a focus that came by the keyboard is drawn
        self.setFixedSize(HEIGHT, HEIGHT)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        look().changed.connect(self.update)

    def show_letters(self, letters: str) -> None:
        """Other initials; empty for the lock."""
        self._letters = letters
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ringed = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        super().focusInEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()
        super().enterEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = CIRCLE
        circle = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        painter.setPen(look().pen("accent", 2) if self._ringed and self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(look().colour("hairline" if self.underMouse() else "track"))
        painter.drawEllipse(circle)
        if not self._letters:
            paint_icon(painter, "lock", circle.adjusted(5, 5, -5, -5), look().colour("secondary"))
            return
        painter.setFont(scaled("small", 0.9, 700))
        painter.setPen(look().colour("secondary"))
        painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, self._letters)


class PersonBar(QWidget):
    """``link_pressed()`` when the words at the right are pressed: they lock, or sign in.

    ``menu`` is filled by who knows what may be done, each time it opens.
    """

    link_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._person = NOBODY
        self.badge, self.role, self.link = Badge(), Text("", "strong"), QPushButton()
        self.menu = QMenu(self)
        self.badge.setMenu(self.menu)
        self.link.setProperty("kind", "link")
        self.link.setCursor(Qt.CursorShape.PointingHandCursor)
        self.link.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.link.clicked.connect(self.link_pressed)
        self._row = QHBoxLayout(self)
        self._row.setSpacing(0)
        self._row.addWidget(self.badge, 0, Qt.AlignmentFlag.AlignLeft)
        self._row.addSpacing(2)
        self._row.addWidget(self.role, 1)
        self._row.addWidget(self.link)
        self.set_slim(False)

    def set_slim(self, slim: bool) -> None:
        """The badge alone, in windows too small for more."""
        self._row.setContentsMargins(*((15, 4, 0, 0) if slim else (16, 4, 7, 0)))
        self.role.setVisible(not slim)
        self.link.setVisible(not slim)

    def show_person(self, person: Person) -> None:
        """Show who is signed in; ``NOBODY``: nobody."""
        self._person = person
        self.badge.show_letters(badge_letters(person))
        self.role.setText(person_title(person))
        self.role.setProperty("kind", "strong" if person.name else "secondary")
        self.role.style().unpolish(self.role)
        self.role.style().polish(self.role)
        self.link.setText(self.tr("Lock") if person.name else self.tr("Sign in"))
        self.link.setToolTip(f"{self.link.text()} ({KEYS})")
        words = person_words(person)
        for widget in (self.role, self.badge):
            widget.setToolTip(words)
        self.badge.setAccessibleName(words)

    def retranslate(self) -> None:
        """Set every text again."""
        self.show_person(self._person)
