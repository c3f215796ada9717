"""Whether this program may write to the devices of a link; it begins read-only, and the operator opens it by hand."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from core.config import LinkConfig
from gui.widgets.card import Card, Paragraph
from gui.widgets.confirm import Confirm


class WritingCard(Card):
    """``writing_asked(bool)``: the operator wants the link opened for writing, or closed again."""

    writing_asked = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.can_write = False  # whether somebody listens who writes the site file
        self._link: LinkConfig | None = None
        self.words, self.switch, self.confirm = Paragraph(), QPushButton(), Confirm()
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.words, 1)
        row.addWidget(self.switch)
        self.body.addLayout(row)
        self.body.addWidget(self.confirm)
        self.switch.clicked.connect(self._ask)
        self.retranslate()

    def show_link(self, link: LinkConfig) -> None:
        """Show another link, or the same one after a change."""
        if self._link is None or link.id != self._link.id or link.read_only != self._link.read_only:
            self.confirm.put_away()
        self._link = link
        self._tell()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """Set every text again."""
        self.set_title(self.tr("Writing"))
        self.confirm.put_away()
        self._tell()

    def _tell(self) -> None:
        link = self._link
        if link is None:
            return
        by_hand = self.tr("read_only in the site file decides.")
        if link.read_only:
            said = self.tr("Read-only: nothing can be written to the devices of this link, whoever is signed in.")
        else:
            said = self.tr("Open for writing: every change is reviewed, read back and written into the journal.")
        self.words.setText(said if self.can_write else f"{said} {by_hand}")
        self.switch.setText(self.tr("Allow writing…") if link.read_only else self.tr("Make it read-only"))
        self.switch.setVisible(self.can_write)

    def _ask(self) -> None:
        link = self._link
        if link is None:
            return
        if not link.read_only:
            self.writing_asked.emit(False)
            return
        self.confirm.ask(
            self.tr("Open {0} for writing?").format(link.title),
            [
                self.tr("Parameters of its devices can then be changed, by those whose role allows it."),
                self.tr("The site is started again with the link open. It stays open until you close it."),
            ],
            self.tr("Open for writing"),
            lambda: self.writing_asked.emit(True),
        )
