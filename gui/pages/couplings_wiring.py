"""Step 1: the wiring as a drawing, and what to look at before the power is switched on."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from core.couplings.guide import SENSES
from gui import i18n
from gui.models import couplings_words
from gui.models.couplings import Assistants
from gui.pages.couplings_diagram import CouplingDiagram
from gui.theme import GAP
from gui.widgets.card import Card, Paragraph
from gui.widgets.scrolled import scrolled


class TickRow(QWidget):
    """A box with a text that wraps beside it. ``ticked(str, bool)``: which entry, and whether it is ticked now."""

    ticked = Signal(str, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entry = ""
        self.box, self.text, self.note = QCheckBox(), Paragraph("", "text"), Paragraph()
        self.box.clicked.connect(self._tick)
        self.texts = QVBoxLayout()
        self.texts.setSpacing(0)
        self.texts.setContentsMargins(0, 7, 0, 7)
        self.texts.addWidget(self.text)
        self.texts.addWidget(self.note)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.box, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(self.texts, 1)

    def show_row(self, entry: str, text: str, note: str, on: bool) -> None:
        """Show another entry."""
        self.entry = entry
        self.text.setText(text)
        self.note.setText(note)
        self.note.setVisible(bool(note))
        self.box.setChecked(on)
        self.box.setAccessibleName(text)

    def _tick(self, on: bool) -> None:
        self.ticked.emit(self.entry, on)


class WiringStep(QWidget):
    """The drawing left, the reminders right, each with its box."""

    def __init__(self, assistants: Assistants, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._assistants = assistants
        self.drawing = CouplingDiagram()
        self.senses = {sense: QPushButton() for sense in SENSES}
        self.rows: list[TickRow] = []
        self._plan, self._list = Card(), Card()
        self._group = QButtonGroup(self)
        self._build()

    def refresh(self) -> None:
        """Show everything again."""
        configuration, progress = self._assistants.configuration, self._assistants.progress
        if configuration is None:
            return
        self._plan.set_title(self.tr("Wiring"))
        self._list.set_title(self.tr("Before switching on"))
        self.senses["ct"].setText(self.tr("CT (cable under 5 m)"))
        self.senses["meter"].setText(self.tr("Meter (beyond 5 m)"))
        self.senses[progress.sense].setChecked(True)
        self.drawing.show_parts(configuration.parts, progress.sense)
        shown = configuration.reminders_for(progress.sense)
        while len(self.rows) < len(shown):
            row = TickRow()
            row.ticked.connect(self._tick)
            self.rows.append(row)
            self._ticks.addWidget(row)
        for place, row in enumerate(self.rows):
            row.setVisible(place < len(shown))
        for row, entry in zip(self.rows, shown, strict=False):
            inferred = entry.confidence == "inferred"
            note = couplings_words.confidence(entry.confidence) if inferred else ""
            row.show_row(entry.id, entry.text.text(i18n.current()), note, entry.id in progress.wiring)
            row.setToolTip(entry.source)

    def _build(self) -> None:
        for number, button in enumerate(self.senses.values()):
            button.setCheckable(True)
            self._group.addButton(button, number)
            self._plan.add_to_header(button)
        self._group.idClicked.connect(self._choose_sense)
        self._plan.body.addWidget(self.drawing, 1)
        inside = QWidget()
        self._ticks = QVBoxLayout()
        self._ticks.setSpacing(0)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.addLayout(self._ticks)
        column.addStretch(1)
        self._list.body.addWidget(scrolled(inside), 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(self._plan, 3)
        row.addWidget(self._list, 2)

    def _choose_sense(self, number: int) -> None:
        self._assistants.update(replace(self._assistants.progress, sense=SENSES[number]))

    def _tick(self, entry: str, on: bool) -> None:
        self._assistants.update(self._assistants.progress.ticked("wiring", entry, on))
