"""A calm card above the page while a site has no account: nobody can change anything until there is one."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from gui.theme import GAP
from gui.widgets.card import Paragraph, Text


class FirstAccount(QWidget):
    """Hidden at first. ``asked()``: the administrator is to be created; ``later()``: view only for now."""

    asked = Signal()
    later = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title, self._words = Text("", "strong"), Paragraph()
        self.create_button, self.later_button = QPushButton(), QPushButton()
        self.create_button.setProperty("kind", "primary")
        self.create_button.clicked.connect(self.asked)
        self.later_button.clicked.connect(self.later)
        card = QFrame()
        card.setObjectName("card")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, GAP)
        whole.addWidget(card)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self._title)
        texts.addWidget(self._words)
        middle = Qt.AlignmentFlag.AlignVCenter
        row = QHBoxLayout(card)
        row.setContentsMargins(20, 12, 12, 12)
        row.setSpacing(8)
        row.addLayout(texts, 1)
        row.addSpacing(8)
        row.addWidget(self.later_button, 0, middle)
        row.addWidget(self.create_button, 0, middle)
        self.hide()
        self.retranslate()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """Set every text again."""
        self._title.setText(self.tr("This site has no administrator yet"))
        self._words.setText(
            self.tr(
                "Everything can be looked at. To write to a device, somebody has to answer for it: create an account."
            )
        )
        self.create_button.setText(self.tr("Create the administrator…"))
        self.later_button.setText(self.tr("Later, view only"))
