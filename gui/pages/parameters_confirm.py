"""An inferred register is confirmed: what it was compared with has to be said. Nothing waits for the answer."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from core.points import PointKey
from gui.models import parameters_words
from gui.models.parameters_row import Row
from gui.widgets.card import Paragraph, Text

LEAST = 3  # characters that say something
MOST = 300


class EvidenceCard(QFrame):
    """``confirmed(PointKey, str)`` with what it was compared with; ``closed()``."""

    confirmed = Signal(object, str)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("confirm")
        self._row: Row | None = None
        self.title, self.words, self.refused = Text("", "card"), Paragraph("", "text"), Paragraph("", "text")
        self.evidence, self.yes, self.no = QLineEdit(), QPushButton(), QPushButton()
        self.refused.set_tone("fault")
        self.refused.hide()
        self.evidence.setMaxLength(MOST)
        self.evidence.textChanged.connect(self._tell)
        self.evidence.returnPressed.connect(self._confirm)
        self.yes.setProperty("kind", "primary")
        self.yes.clicked.connect(self._confirm)
        self.no.clicked.connect(self.closed)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(self.no)
        foot.addWidget(self.yes)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(8)
        column.addWidget(self.title)
        column.addWidget(self.words)
        column.addWidget(self.evidence)
        column.addWidget(self.refused)
        column.addLayout(foot)
        self.retranslate()

    @property
    def key(self) -> PointKey | None:
        """The parameter that is asked about."""
        return self._row.key if self._row is not None else None

    def ask(self, row: Row) -> None:
        """Ask about a parameter."""
        self._row = row
        self.evidence.clear()
        self.refused.hide()
        self.retranslate()
        self.show()
        self.evidence.setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self, sentence: str) -> None:
        """It was not taken."""
        self.refused.setText(sentence)
        self.refused.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """Set every text again."""
        name = parameters_words.title(self._row.parameter) if self._row is not None else ""
        self.title.setText(self.tr("Confirm: {0}").format(name))
        self.words.setText(
            self.tr(
                "The meaning of this register was inferred, the maker does not document it. Change the setting on the "
                "device’s own screen, read it here, and compare. It can be written on this device once you have."
            )
        )
        self.evidence.setPlaceholderText(self.tr("For instance: 01:00 on the screen, 01:00 read here"))
        self.evidence.setAccessibleName(self.tr("What was compared"))
        self.yes.setText(self.tr("It is the same: confirm"))
        self.no.setText(self.tr("Cancel"))
        self._tell()

    def _tell(self) -> None:
        self.yes.setEnabled(len(self.evidence.text().strip()) >= LEAST)

    def _confirm(self) -> None:
        if self._row is not None and self.yes.isEnabled():
            self.confirmed.emit(self._row.key, self.evidence.text().strip())
