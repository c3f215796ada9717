"""A calm question inside the page, never a dialogue: what will happen, one button that does it, one that does not."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from gui.widgets.card import Text
from gui.widgets.scrolled import bring_into_view


class Confirm(QFrame):
    """Hidden until ``ask``; Escape or the second button puts it away. Nothing waits for it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("confirm")
        self._answered: Callable[[], None] | None = None
        self._before: QWidget | None = None  # where the keyboard was
        self.title, self._lines = Text("", "strong"), Text("", "text")
        self._lines.setWordWrap(True)
        self._lines.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.title.setWordWrap(True)
        self.tick, self.yes, self.no = QCheckBox(), QPushButton(), QPushButton()
        self.yes.setProperty("kind", "primary")
        self.yes.clicked.connect(self._say_yes)
        self.no.clicked.connect(self.put_away)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(8)
        column.addWidget(self.title)
        column.addWidget(self._lines)
        column.addWidget(self.tick)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(self.no)
        row.addWidget(self.yes)
        column.addLayout(row)
        self.hide()

    @property
    def text(self) -> str:
        """What it says below its title."""
        return self._lines.text()

    def ask(self, title: str, lines: Sequence[str], yes: str, answered: Callable[[], None], tick: str = "") -> None:
        """Show the question; ``answered`` is called when the first button is pressed.

        ``tick``: words of a box that is offered unticked; ``answered`` may look at it.
        """
        self._answered = answered
        if not self.isVisible():
            self._before = QApplication.focusWidget()
        self.title.setText(title)
        self._lines.setText("\n".join(lines))
        self.tick.setText(tick)
        self.tick.setChecked(False)
        self.tick.setVisible(bool(tick))
        self.yes.setText(yes)
        self.no.setText(self.tr("Cancel"))
        self.show()
        bring_into_view(self)
        self.no.setFocus(Qt.FocusReason.OtherFocusReason)  # Enter alone does nothing

    def put_away(self) -> None:
        """Forget the question."""
        self._answered = None
        before, self._before = self._before, None
        if before is not None and self.isVisible() and isValid(before):
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.put_away()
            return
        super().keyPressEvent(event)

    def _say_yes(self) -> None:
        answered = self._answered
        self.put_away()
        if answered is not None:
            answered()
