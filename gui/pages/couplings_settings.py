"""Step 2: what has to be set. Registers go through the parameter panel, the rest is set on the device's own screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from core.couplings.guide import Setting
from core.errors import CommandRefused
from core.writing.review import Review, ReviewLine
from gui import formatting, i18n
from gui.models import couplings_words, parameters_run, parameters_words, wording
from gui.models.couplings import Assistants
from gui.pages.couplings_wiring import TickRow
from gui.sentences import localised
from gui.theme import GAP
from gui.widgets.card import Card, Paragraph, Text
from gui.widgets.mark import Mark
from gui.widgets.scrolled import scrolled

if TYPE_CHECKING:
    from core.facade import Station

SIDE_BY_SIDE = 1080  # width from which the two cards stand beside each other


class RegisterRow(QWidget):
    """A setting with a register: what the device holds and what it has to hold, why, and what stands in the way."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.mark, self.name, self.age = Mark("warning"), Text("", "strong"), Text("", "secondary")
        self.change, self.why, self.fault = Paragraph("", "strong"), Paragraph(), Paragraph("", "text")
        self.fault.set_tone("fault")
        texts = QVBoxLayout()
        texts.setSpacing(2)
        for widget in (self.name, self.change, self.why, self.fault):
            texts.addWidget(widget)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 7, 0, 7)
        row.setSpacing(8)
        row.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(texts, 1)
        row.addWidget(self.age, 0, Qt.AlignmentFlag.AlignTop)

    def show_line(self, line: ReviewLine, why: str) -> None:
        """Another line of a review."""
        parameter, seen = line.parameter, line.edit.seen
        self.name.setText(parameters_words.title(parameter))
        self.mark.role = "healthy" if line.unchanged else "warning"
        self.mark.update()
        if line.unchanged:
            value = parameters_run.value_words(parameter, line.edit.value)
            self.change.setText(self.tr("{0}: already so").format(value))
        else:
            self.change.setText(parameters_run.change_words(parameter, seen, line.edit.value))
        self.change.set_tone(self.mark.role)
        self.why.setText(why)
        self.age.setText(self.tr("not read yet") if seen is None else formatting.age_of(seen.at))
        # without a reading, "not read yet" says it all
        fault = wording.capital(localised(line.fault)) if line.fault and seen is not None else ""
        self.fault.setText(fault)
        self.fault.setVisible(bool(fault))


class ScreenRow(TickRow):
    """A setting on the device's own screen: where to go, what to choose, why; and what the device shows of it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.path, self.choose, self.why = Paragraph("", "text"), Paragraph("", "strong"), Paragraph()
        self.shown = Paragraph()
        self.text.setProperty("kind", "strong")
        for place, widget in enumerate((self.path, self.choose, self.why, self.shown), 1):
            self.texts.insertWidget(place, widget)

    def show_setting(self, setting: Setting, on: bool, shown: tuple[str, str], known: bool) -> None:
        """Another setting. ``shown``: what the device tells of it and its tone; ``known``: so nobody has to tick it."""
        language = i18n.current()
        title = setting.title.text(language)
        if setting.optional:
            title = self.tr("{0} (where it applies)").format(title)
        note = couplings_words.confidence(setting.confidence) if setting.confidence == "inferred" else ""
        self.show_row(setting.id, title, note, on)
        self.path.setText(setting.path.text(language))
        self.choose.setText(self.tr("→ choose: {0}").format(setting.choose.text(language)))
        self.why.setText(setting.why.text(language))
        self.shown.setText(shown[0])
        self.shown.set_tone(shown[1])
        self.shown.setVisible(bool(shown[0]))
        self.setToolTip(setting.source)
        self.box.setEnabled(not known)


class SettingsStep(QWidget):
    """``edits_asked(list[Edit])``: the values of the registers, for the parameter panel."""

    edits_asked = Signal(list)

    def __init__(self, station: Station, assistants: Assistants, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._station, self._assistants = station, assistants
        self._over, self._by_hand = Card(), Card()
        self.read, self.hand_over = QPushButton(), QPushButton()
        self.told = Paragraph()
        self.lines: list[RegisterRow] = []
        self.rows: list[ScreenRow] = []
        self._build()

    def refresh(self) -> None:
        """Show everything again."""
        if self._assistants.configuration is None:
            return
        self._over.set_title(self.tr("Over the link"))
        self._by_hand.set_title(self.tr("On the inverter's own screen"))
        self.read.setText(self.tr("Read now"))
        review = self._review()
        self._fill_lines(review)
        self._fill_rows()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= SIDE_BY_SIDE
        self._cards.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)

    def _review(self) -> Review | str:
        """What writing would do, or why nothing can be said of it."""
        edits = self._assistants.edits()
        if not edits:
            return Review(())
        try:
            return self._station.review(edits)
        except CommandRefused as error:
            return str(error)

    def _fill_lines(self, review: Review | str) -> None:
        lines = review.lines if isinstance(review, Review) else ()
        while len(self.lines) < len(lines):
            row = RegisterRow()
            self.lines.append(row)
            self._review_lines.addWidget(row)
        for place, row in enumerate(self.lines):
            row.setVisible(place < len(lines))
        for row, line in zip(self.lines, lines, strict=False):
            row.show_line(line, self._why(line))
        changing = sum(not line.unchanged for line in lines)
        self.hand_over.setVisible(bool(lines))
        self.hand_over.setEnabled(changing > 0)
        self.hand_over.setText(
            self.tr("Into the parameter panel ({0})").format(formatting.number(changing))
            if changing
            else self.tr("Nothing to write")
        )
        if isinstance(review, str):
            self.told.setText(wording.capital(localised(review)))
        elif changing:
            self.told.setText(
                self.tr("They go to the parameter panel of the device, where they are checked, written and proven.")
            )
        else:
            self.told.setText(self.tr("The device already holds what this configuration needs."))

    def _why(self, line: ReviewLine) -> str:
        configuration = self._assistants.configuration
        for setting in configuration.settings if configuration is not None else ():
            if setting.parameter == line.parameter.id and setting.value is not None:
                return setting.why.text(i18n.current())
        return parameters_words.consequence(line)

    def _fill_rows(self) -> None:
        shown = self._assistants.on_screen()
        while len(self.rows) < len(shown):
            row = ScreenRow()
            row.ticked.connect(self._tick)
            self.rows.append(row)
            self._ticks.addWidget(row)
        for place, row in enumerate(self.rows):
            row.setVisible(place < len(shown))
        ticked = self._assistants.progress.settings
        for row, setting in zip(self.rows, shown, strict=False):
            known = self._assistants.shows(setting)
            on = known if known is not None else setting.id in ticked
            row.show_setting(setting, on, self._device_shows(setting), known is not None)

    def _device_shows(self, setting: Setting) -> tuple[str, str]:
        if setting.reads is None:
            return "", ""
        reading, point = self._assistants.newest(setting.reads[0]), self._assistants.point(setting.reads[0])
        right = self._assistants.shows(setting)
        if right is None or reading is None:
            return self.tr("In the inverter: not read yet"), "secondary"
        words = couplings_words.value_words(point, reading.value)
        if right:
            return self.tr("In the inverter: {0}, as it has to be").format(words), "healthy"
        return self.tr("In the inverter: {0}, which is not what is needed").format(words), "fault"

    def _tick(self, entry: str, on: bool) -> None:
        self._assistants.update(self._assistants.progress.ticked("settings", entry, on))

    def _hand_over(self) -> None:
        review = self._review()
        if isinstance(review, Review):
            self.edits_asked.emit([line.edit for line in review.lines if not line.unchanged])

    def _build(self) -> None:
        self.hand_over.setProperty("kind", "primary")
        self.read.clicked.connect(self._assistants.read_settings)
        self.hand_over.clicked.connect(self._hand_over)
        self._over.add_to_header(self.read)
        self._review_lines = QVBoxLayout()
        self._review_lines.setSpacing(0)
        self._over.body.addLayout(self._review_lines)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.told, 1)
        foot.addWidget(self.hand_over)
        self._over.body.addLayout(foot)
        self._over.body.addStretch(1)
        self._ticks = QVBoxLayout()
        self._ticks.setSpacing(4)
        self._by_hand.body.addLayout(self._ticks)
        self._by_hand.body.addStretch(1)
        inside = QWidget()
        self._cards = QBoxLayout(QBoxLayout.Direction.LeftToRight, inside)
        self._cards.setContentsMargins(0, 0, 0, 0)
        self._cards.setSpacing(GAP)
        self._cards.addWidget(self._over, 1, Qt.AlignmentFlag.AlignTop)
        self._cards.addWidget(self._by_hand, 1, Qt.AlignmentFlag.AlignTop)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(inside))
