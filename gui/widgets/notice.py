"""A line above the page that says what just happened; it goes away by itself or by its button, and stops nothing."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from gui.widgets.card import Dot, Paragraph

STAYS_MS = 12_000


class Notice(QFrame):
    """Hidden until ``say``. What is a warning or a fault stays until it is closed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._dot, self._words, self.close_button = Dot(), Paragraph(kind="text"), QPushButton()
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.close_button.setProperty("kind", "flat")
        self.close_button.clicked.connect(self.hide)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 8, 8, 8)
        row.setSpacing(12)
        row.addWidget(self._dot)
        row.addWidget(self._words, 1)
        row.addWidget(self.close_button)
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
