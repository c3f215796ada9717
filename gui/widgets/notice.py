"""A line above the page that says what just happened; it goes away by itself or by its button, and stops nothing."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from gui.theme import GAP
from gui.widgets.card import Dot, Paragraph

STAYS_MS = 12_000


class Notice(QWidget):
    """Hidden until ``say``. What is a warning or a fault stays until it is closed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dot, self._words, self.close_button = Dot(), Paragraph(kind="text"), QPushButton()
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.close_button.setProperty("kind", "flat")
        self.close_button.clicked.connect(self.hide)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        card = QFrame()
        card.setObjectName("card")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, GAP)
        whole.addWidget(card)
        row = QHBoxLayout(card)
        row.setContentsMargins(20, 8, 8, 8)
        row.setSpacing(12)
        middle = Qt.AlignmentFlag.AlignVCenter  # or the height of the button would be the most that the words get
        row.addWidget(self._dot, 0, middle)
        row.addWidget(self._words, 1)
        row.addWidget(self.close_button, 0, middle)
        self.hide()
        self.retranslate()

    @property
    def text(self) -> str:
        """What is said."""
        return self._words.text()

    def say(self, words: str, role: str = "accent") -> None:
        """Say it; ``role`` "warning" and "fault" stay until it is closed."""
        self._words.setText(words)
        self._dot.set_role(role)
        self.setAccessibleName(words)
        self.show()
        self._timer.stop() if role in ("warning", "fault") else self._timer.start(STAYS_MS)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """Set every text of its own again."""
        self.close_button.setText(self.tr("Close"))
