"""One line of the journal in full: what was asked and read back, why, its place in the chain, the bytes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, tzinfo

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from core.writing.journal import Line
from gui import formatting
from gui.models import journal_words, parameters_words, wording
from gui.models.journal import Named, frames_of, parameter_words, time_text, value_words
from gui.models.people import name_words
from gui.models.trace_facts import Fact
from gui.pages.devices_trace import MONO_FAMILIES
from gui.sentences import localised
from gui.theme import SECONDARY, look
from gui.widgets.card import Paragraph, Text
from gui.widgets.facts import facts_grid, fill_facts, on_top
from gui.widgets.scrolled import scrolled

LABELS = 96
OWN = ("sentence", "frames")
FEW = 110  # characters of a frame on one line, about
SHORT = 16  # characters of a hash that are shown


class JournalDetail(QFrame):
    """``closed()``; ``undo_asked(int)``: put back the run of this line."""

    closed = Signal()
    undo_asked = Signal(int)

    def __init__(self, zone: tzinfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("confirm")
        self._zone = zone
        self._shown: tuple[Line, Named, bool, bool] | None = None
        self.title, self.sentence = Text("", "card"), Paragraph("", "text")
        self.undo, self.close_button, self.frames = QPushButton(), QPushButton(), QPlainTextEdit()
        self._left, self._right = facts_grid(LABELS), facts_grid(LABELS)
        self.undo.clicked.connect(self._ask_undo)
        self.close_button.clicked.connect(self.closed)
        self.close_button.setProperty("kind", "flat")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(self.undo)
        head.addWidget(self.close_button)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        column.addWidget(self.sentence)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(24)
        self._columns.addLayout(on_top(self._left), 1)
        self._columns.addLayout(on_top(self._right), 1)
        column.addLayout(self._columns)
        column.addWidget(self.frames)
        column.addStretch(1)
        self.frames.setReadOnly(True)
        self.frames.setTabChangesFocus(True)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 8, 8, 8)
        whole.setSpacing(4)
        whole.addLayout(head)
        whole.addWidget(scrolled(inside), 1)
        self.setMinimumHeight(160)
        look().changed.connect(self._dress)
        self._dress()
        self.retranslate()

    def show_line(self, line: Line, named: Named, *, altered: bool, undo: bool) -> None:
        """Show a line; ``altered``: the chain says that it was changed; ``undo``: its run can be put back."""
        self._shown = (line, named, altered, undo)
        entry = line.entry
        words, tone = journal_words.outcome(line)
        title = formatting.joined([parameter_words(line, named), wording.capital(words)])
        self.title.setText(self.tr("Line {0}: {1}").format(line.id, title))
        self.title.set_tone("fault" if altered else tone if tone in ("fault", "warning") else "")
        told = "" if named.hidden else localised(str(entry.detail.get("sentence") or ""))
        if altered:
            told = self.tr("This line is not the one that was written: it has been changed afterwards.")
        self.sentence.setText(wording.capital(told))
        self.sentence.set_tone("fault" if altered else "")
        self.sentence.setVisible(bool(told))
        fill_facts(self._left, self.what(line, named))
        fill_facts(self._right, self.where(line, named))
        text = "" if named.hidden else "\n".join(self._frame(frame) for frame in frames_of(line))
        self.frames.setPlainText(text)
        self.frames.setVisible(bool(text))
        lines = sum(1 + len(part) // FEW for part in text.split("\n"))
        self.frames.setFixedHeight(min(220, 36 + 18 * lines))
        self.undo.setVisible(undo)
        self.undo.setText(self.tr("Put back run {0}…").format(entry.run) if entry.run is not None else "")

    def what(self, line: Line, named: Named) -> list[Fact]:
        """What was changed, by whom and why."""
        entry = line.entry
        facts = [Fact(self.tr("Time"), time_text(line, self._zone)), Fact(self.tr("Who"), self._who(line))]
        if not named.hidden:
            facts += [
                Fact(self.tr("Before"), value_words(named.parameter, entry.old)),
                Fact(self.tr("Asked for"), value_words(named.parameter, entry.new)),
                Fact(self.tr("Read back"), value_words(named.parameter, entry.readback)),
            ]
        facts.append(Fact(self.tr("Reason"), entry.reason))
        facts += [Fact(name, str(told)) for name, told in entry.detail.items() if name not in OWN and not named.hidden]
        return [fact for fact in facts if fact.text]

    def where(self, line: Line, named: Named) -> list[Fact]:
        """Device, register, and the place in the chain."""
        entry = line.entry
        serial = self.tr("no. {0}").format(entry.serial) if entry.serial and not entry.serial.startswith("?") else ""
        place = "" if named.hidden else self._register(line, named)
        facts = [
            Fact(self.tr("Device"), formatting.joined([named.device, serial])),
            Fact(self.tr("Link"), entry.link),
            Fact(self.tr("Register"), place),
            Fact(self.tr("Run"), "" if entry.run is None else str(entry.run)),
            Fact(self.tr("Kind"), journal_words.kind(entry.kind)),
            Fact(self.tr("Hash"), f"{line.hash[:SHORT]}…"),
            Fact(self.tr("Before it"), f"{line.previous[:SHORT]}…"),
        ]
        return [fact for fact in facts if fact.text]

    def set_narrow(self, narrow: bool) -> None:
        """Both columns below each other."""
        way = QBoxLayout.Direction
        self._columns.setDirection(way.TopToBottom if narrow else way.LeftToRight)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """Set every text again."""
        self.close_button.setText(self.tr("Close"))
        self.frames.setAccessibleName(self.tr("Frames"))
        if self._shown is not None:
            line, named, altered, undo = self._shown
            self.show_line(line, named, altered=altered, undo=undo)

    def _who(self, line: Line) -> str:
        entry = line.entry
        return formatting.joined(
            [name_words(entry.who) or self.tr("the program"), parameters_words.role(entry.role) if entry.role else ""]
        )

    def _register(self, line: Line, named: Named) -> str:
        point = named.parameter.point if named.parameter is not None else None
        printed = parameters_words.register(point) if point is not None else ""
        return formatting.joined([printed, line.entry.register if line.entry.register != printed else ""])

    def _frame(self, frame: Mapping[str, object]) -> str:
        at = frame.get("at")
        clock = f"{datetime.fromtimestamp(at, self._zone):%H:%M:%S}" if isinstance(at, float | int) else ""
        head = self.tr("Frame {0}").format(frame.get("number", ""))
        sent, received = str(frame.get("sent") or formatting.DASH), str(frame.get("received") or formatting.DASH)
        return f"{head} {clock}\n→ {sent}\n← {received}"

    def _ask_undo(self) -> None:
        if self._shown is not None and (run := self._shown[0].entry.run) is not None:
            self.undo_asked.emit(run)

    def _dress(self) -> None:
        font = QFont(look().font(SECONDARY))
        font.setFamilies(MONO_FAMILIES)
        families = ", ".join(f"'{family}'" for family in MONO_FAMILIES)
        self.frames.setStyleSheet(f"QPlainTextEdit {{ font-family: {families}; }}")
        self.frames.setFont(font)
