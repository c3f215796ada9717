"""The card of a SOLARMAN stick: whose it is, how well it keeps up, and the way to its diagnosis."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QPushButton, QWidget

from core.config import LinkConfig
from core.status import LinkStatus
from gui.models import link_facts
from gui.widgets.card import Card, Paragraph
from gui.widgets.facts import facts_grid, fill_facts, on_top

LABELS = 184  # width of the labels, so that both columns agree when one stands below the other


class StickCard(Card):
    """``doctor_asked()``; ``serial_asked(str)`` when the true serial number is to be written into the site file."""

    doctor_asked = Signal()
    serial_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._true = ""
        self.can_write = False  # whether somebody writes the site file
        self._left, self._right = facts_grid(LABELS), facts_grid(LABELS)
        self.columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.columns.setSpacing(32)
        self.columns.addLayout(on_top(self._left), 1)
        self.columns.addLayout(on_top(self._right), 1)
        self._wrong = Paragraph("", "text")
        self._wrong.set_tone("warning")
        self.doctor, self.copy, self.use = QPushButton(), QPushButton(), QPushButton()
        self.doctor.clicked.connect(self.doctor_asked)
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._true))
        self.use.clicked.connect(lambda: self.serial_asked.emit(self._true))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._wrong, 1)
        for button in (self.copy, self.use):  # aligned, or their height would be the most that the text gets
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.add_to_header(self.doctor)
        self.body.addLayout(self.columns)
        self.body.addLayout(row)
        self.retranslate()

    def show_link(self, link: LinkConfig, status: LinkStatus) -> None:
        """Take the newest state."""
        del link
        stick = status.stick
        facts = link_facts.stick_facts(stick) if stick is not None else []
        middle = (len(facts) + 1) // 2
        fill_facts(self._left, facts[:middle])
        fill_facts(self._right, facts[middle:])
        wrong = stick is not None and stick.true_serial not in (None, stick.serial)
        self._true = str(stick.true_serial) if stick is not None and wrong else ""
        self._wrong.setText(
            self.tr("The stick says {0}. Write it into the link’s address: serial={0}").format(self._true)
        )
        for widget in (self._wrong, self.copy):
            widget.setVisible(bool(self._true))
        self.use.setVisible(bool(self._true) and self.can_write)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """Set every text again."""
        self.set_title(self.tr("SOLARMAN stick"))
        self.doctor.setText(self.tr("Diagnose the stick…"))
        self.copy.setText(self.tr("Copy"))
        self.use.setText(self.tr("Use it"))
