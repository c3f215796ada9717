"""Step 4: what was done and what is open, kept in the site's journal."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from core.access import Permission
from core.couplings.guide import Check
from core.errors import CommandRefused
from gui import formatting, i18n
from gui.models import couplings_words, wording
from gui.models.couplings import Assistants
from gui.models.couplings_results import result_words
from gui.sentences import localised
from gui.theme import GAP
from gui.widgets.card import Card, Chip, Line, Paragraph, Text
from gui.widgets.mark import Mark
from gui.widgets.scrolled import scrolled

if TYPE_CHECKING:
    from core.facade import Station

MOST_NOTE = 400  # characters


class ResultStep(QWidget):
    """``again_asked()``: begin this configuration anew."""

    again_asked = Signal()

    def __init__(self, station: Station, assistants: Assistants, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._station, self._assistants = station, assistants
        self._summary, self._open = Card(), Card()
        self.chip, self.note = Chip(), QLineEdit()
        self.keep, self.copy, self.again = QPushButton(), QPushButton(), QPushButton()
        self.earlier, self.refused, self.hint = Text("", "secondary"), Paragraph("", "text"), Paragraph()
        self._rows: list[tuple[Mark, Line, Text, Line]] = []
        self._missing = QVBoxLayout()
        self._fault = ""
        self._build()
        assistants.stored.connect(self._stored)
        assistants.refused.connect(self._refuse)

    def text(self) -> str:
        """The result as text, for the clipboard."""
        configuration, view = self._assistants.configuration, self._assistants.device
        if configuration is None or view is None:
            return ""
        lines = [f"{view.config.title}: {configuration.title.text(i18n.current())}", self.chip.text, ""]
        lines += [
            " · ".join(part for part in (title, word, figures) if part) for _, title, word, figures in self._parts()
        ]
        missing = self._assistants.open_points()
        if missing:
            lines += ["", self.tr("Still open"), *(f"- {entry}" for entry in missing)]
        if self._assistants.progress.note:
            lines += ["", self._assistants.progress.note]
        return "\n".join(lines)

    def refresh(self) -> None:
        """Show everything again."""
        assistants = self._assistants
        if assistants.configuration is None or assistants.device is None:
            return
        missing = assistants.open_points()
        self._summary.set_title(self.tr("Result"))
        self._open.set_title(self.tr("Still open ({0})").format(formatting.number(len(missing))))
        self._open.setVisible(bool(missing))
        if assistants.failed:
            self.chip.show_state(self.tr("Checks have failed"), "fault")
        elif missing:
            self.chip.show_state(self.tr("Not complete yet"), "warning")
        else:
            self.chip.show_state(self.tr("Complete"), "healthy")
        self._fill_rows()
        self._fill_missing(missing)
        if not self.note.hasFocus():
            self.note.setText(assistants.progress.note)
        self.note.setPlaceholderText(self.tr("Note, kept with the result"))
        self.note.setAccessibleName(self.tr("Note"))
        self.copy.setText(self.tr("Copy"))
        self.again.setText(self.tr("Begin again"))
        self.keep.setText(self.tr("Keep the result") if not missing else self.tr("Keep it as it stands"))
        self._tell()

    def _parts(self) -> list[tuple[str, str, str, str]]:
        """Tone, title, word and figures of every part."""
        assistants, language = self._assistants, i18n.current()
        configuration, progress = assistants.configuration, assistants.progress
        if configuration is None:
            return []
        reminders, settings = configuration.reminders_for(progress.sense), configuration.settings_for(progress.sense)
        wired = sum(entry.id in progress.wiring for entry in reminders)
        needed = [setting for setting in settings if not setting.optional]
        made = sum(assistants.is_set(setting) for setting in needed)
        found = [
            (*self._counted(self.tr("Wiring"), wired, len(reminders)), ""),
            (*self._counted(self.tr("Settings"), made, len(needed)), ""),
        ]
        found += [(*self._checked(check), self._figures(check)) for check in assistants.checks()]
        return [(tone, title, word, figures) for tone, title, word, figures in found if title] or [
            ("", configuration.title.text(language), "", "")
        ]

    def _counted(self, title: str, done: int, of: int) -> tuple[str, str, str]:
        words = self.tr("{0} of {1}").format(formatting.number(done), formatting.number(of))
        return "healthy" if done == of else "warning", title, words

    def _checked(self, check: Check) -> tuple[str, str, str]:
        word, tone = couplings_words.verdict(self._assistants.verdict(check))
        return tone, check.title.text(i18n.current()), word

    def _figures(self, check: Check) -> str:
        result = self._assistants.progress.results.get(check.id)
        if result is None:
            return ""
        return couplings_words.brief(check, result.finding, self._assistants.point)

    def _fill_rows(self) -> None:
        parts = self._parts()
        while len(self._rows) < len(parts):
            cells = Mark("tertiary"), Line("", "text"), Text("", "strong"), Line()
            for column, cell in enumerate(cells):
                self._table.addWidget(cell, len(self._rows), column)
            self._rows.append(cells)
        for place, cells in enumerate(self._rows):
            for cell in cells:
                cell.setVisible(place < len(parts))
            if place >= len(parts):
                continue
            tone, title, word, figures = parts[place]
            mark, name, state, shown = cells
            mark.role = tone
            mark.setAccessibleName(word)
            mark.update()
            name.set_line(title)
            state.setText(wording.capital(word))
            state.set_tone(tone)
            shown.set_line(figures)

    def _fill_missing(self, missing: list[str]) -> None:
        for row in range(max(self._missing.count(), len(missing))):
            item = self._missing.itemAt(row)
            widget = item.widget() if item is not None else None
            if not isinstance(widget, Paragraph):
                widget = Paragraph("", "text")
                self._missing.addWidget(widget)
            widget.setText(f"• {missing[row]}" if row < len(missing) else "")
            widget.setVisible(row < len(missing))

    def _tell(self) -> None:
        """What can be done now, and what was kept before."""
        assistants, view, configuration = self._assistants, self._assistants.device, self._assistants.configuration
        line = None
        if view is not None and configuration is not None:
            line = assistants.earlier.get((view.id, configuration.id))
        self.earlier.setText(result_words(line, self._assistants.zone)[0] if line is not None else "")
        self.earlier.setVisible(line is not None)
        may = self._station.access.person.may(Permission.COMMISSION)
        if not assistants.has_book:
            self.hint.setText(self.tr("Nothing is recorded for this site, so the result can only be copied."))
        elif not may:
            self.hint.setText(self.tr("An installer has to be signed in to keep the result."))
        elif assistants.storing:
            self.hint.setText(self.tr("Writing it into the journal…"))
        else:
            self.hint.setText(self.tr("It goes into the journal of the site, with every reading that led to it."))
        self.keep.setEnabled(assistants.has_book and may and not assistants.storing)
        self.refused.setText(wording.capital(localised(self._fault)))
        self.refused.setVisible(bool(self._fault))

    def _keep(self) -> None:
        self._fault = ""
        self._keep_note()
        try:
            self._assistants.store()
        except CommandRefused as error:
            self._refuse(str(error))

    def _stored(self) -> None:
        self._fault = ""
        self.refresh()

    def _refuse(self, sentence: str) -> None:
        self._fault = sentence
        self._tell()

    def _keep_note(self) -> None:
        note = self.note.text().strip()
        if note != self._assistants.progress.note:
            self._assistants.update(replace(self._assistants.progress, note=note))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text())

    def _build(self) -> None:
        self.keep.setProperty("kind", "primary")
        self.refused.set_tone("fault")
        self.note.setMaxLength(MOST_NOTE)
        self.note.textEdited.connect(self._keep_note)
        self.keep.clicked.connect(self._keep)
        self.copy.clicked.connect(self._copy)
        self.again.clicked.connect(self.again_asked)
        self._summary.add_to_header(self.chip)
        self._table = QGridLayout()
        self._table.setHorizontalSpacing(16)
        self._table.setVerticalSpacing(8)
        self._table.setColumnStretch(1, 3)
        self._table.setColumnStretch(3, 3)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.addLayout(self._table)
        column.addStretch(1)
        self._summary.body.addWidget(scrolled(inside), 1)
        self._summary.body.addWidget(self.note)
        self._summary.body.addWidget(self.refused)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.hint, 1)
        foot.addWidget(self.again)
        foot.addWidget(self.copy)
        foot.addWidget(self.keep)
        self._summary.body.addWidget(self.earlier)
        self._summary.body.addLayout(foot)
        left = QWidget()
        self._missing.setSpacing(6)
        missing = QVBoxLayout(left)
        missing.setContentsMargins(0, 0, 8, 0)
        missing.addLayout(self._missing)
        missing.addStretch(1)
        self._open.body.addWidget(scrolled(left), 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(self._summary, 3)
        row.addWidget(self._open, 2)
