"""All that is known of one parameter: why, what else it touches, its range, its source, its wear, its reading."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from core.errors import WattelierError
from core.parameters import Danger, Parameter
from core.points import Confidence, PointKey, Reading
from core.writing.review import Edit, Wear
from gui import formatting, i18n
from gui.models import parameters_input, parameters_words, trace, trace_facts, wording
from gui.models.parameters import ParameterTree
from gui.models.parameters_input import Editor
from gui.models.parameters_row import Row
from gui.models.trace_facts import Fact
from gui.sentences import digits, localised
from gui.widgets.card import Text
from gui.widgets.facts import facts_grid, fill_facts, on_top
from gui.widgets.flow_row import FlowLayout
from gui.widgets.scrolled import scrolled

if TYPE_CHECKING:
    from core.facade import Station

LABELS = 96
NARROW = 620


class ParameterDetail(QFrame):
    """The grey drawer below the table.

    ``closed()``; ``confirm_asked(PointKey)``; ``value_taken(PointKey, value)`` for the factory value;
    ``device_taken(PointKey)`` to keep what the device holds, ``mine_kept(PointKey)`` to keep what was typed.
    """

    closed = Signal()
    confirm_asked = Signal(object)
    value_taken = Signal(object, object)
    device_taken = Signal(object)
    mine_kept = Signal(object)

    def __init__(self, station: Station, tree: ParameterTree, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("confirm")
        self._station, self._tree = station, tree
        self._key: PointKey | None = None
        self.title, self.hint = Text("", "card"), Text("", "secondary")
        self.close_button = QPushButton()
        self.factory, self.device, self.mine, self.confirm = QPushButton(), QPushButton(), QPushButton(), QPushButton()
        self._left, self._right = facts_grid(LABELS), facts_grid(LABELS)
        self._build()
        self.retranslate()

    @property
    def key(self) -> PointKey | None:
        """The parameter shown."""
        return self._key

    def show_key(self, key: PointKey | None) -> None:
        """Show another parameter, or the same as it is now."""
        self._key = key
        row = self._tree.row(key) if key is not None else None
        self.title.setText(parameters_words.title(row.parameter) if row else self.tr("Details"))
        self.hint.setText("" if row else self.tr("Choose a parameter above to read all that is known of it."))
        self.hint.setVisible(row is None)
        fill_facts(self._left, self.meaning_facts(row) if row else [])
        fill_facts(self._right, self.place_facts(row) if row else [])
        self.factory.setVisible(row is not None and self._takes_factory(row))
        self.device.setVisible(row is not None and (row.draft is not None or row.changed))
        self.mine.setVisible(row is not None and row.changed and row.draft is not None and row.draft.wrong is None)
        self.confirm.setVisible(row is not None and row.editor is Editor.INFERRED)
        buttons = (self.confirm, self.mine, self.device, self.factory)
        self._actions.setVisible(not all(button.isHidden() for button in buttons))

    def meaning_facts(self, row: Row) -> list[Fact]:
        """Why one sets it, what else it touches, what may be written."""
        entry, language = row.parameter, i18n.current()
        facts = [
            Fact(self.tr("Why"), entry.help.text(language)),
            Fact(self.tr("Also touches"), entry.touches.text(language)),
        ]
        if entry.danger is not Danger.NONE:
            facts.append(Fact(self.tr("Danger"), wording.capital(parameters_words.danger(entry.danger)), warn=True))
        facts.append(Fact(self.tr("Range"), formatting.joined([self._range(entry), self._step(entry)])))
        facts.append(Fact(self.tr("Factory"), parameters_input.value_text(entry, entry.factory)))
        facts.append(Fact(self.tr("Where to set it"), parameters_words.screen(entry)))
        if entry.writable:
            least = parameters_words.role(entry.writes)
            facts.append(Fact(self.tr("May change it"), self.tr("from the role {0} on").format(least)))
        return [fact for fact in facts if fact.text and fact.text != formatting.DASH]

    def place_facts(self, row: Row) -> list[Fact]:
        """Register, source, memory and wear; where the value read comes from."""
        entry, point = row.parameter, row.parameter.point
        facts: list[Fact] = []
        if point is not None:
            facts.append(Fact(self.tr("Register"), self._register(row)))
            facts.append(Fact(self.tr("Memory"), wording.capital(parameters_words.memory(entry.memory))))
            facts.append(Fact(self.tr("Writes"), parameters_words.wear_line(self._wear(row))))
        else:
            facts.append(Fact(self.tr("Register"), self.tr("none in the public map")))
        inferred = entry.confidence is Confidence.INFERRED
        if inferred and row.confirmed:
            meaning = self.tr("inferred, and confirmed on this device")
        else:
            meaning = self.tr("inferred, to be confirmed on site") if inferred else self.tr("documented by the maker")
        facts.append(Fact(self.tr("Meaning"), meaning, inferred and not row.confirmed))
        facts.append(Fact(self.tr("Source"), entry.source or (point.source if point is not None else "")))
        if row.newest is not None and point is not None:
            facts += self._reading_facts(row, row.newest)
        return [fact for fact in facts if fact.text]

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def set_narrow(self, narrow: bool) -> None:
        """Both columns below each other."""
        self._columns.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)

    def retranslate(self) -> None:
        """Set every text again."""
        self.close_button.setText(self.tr("Close"))
        self.factory.setText(self.tr("Take the factory value"))
        self.device.setText(self.tr("Take the device’s value"))
        self.device.setToolTip(self.tr("Give up the edit: what the device holds now stays"))
        self.mine.setText(self.tr("Keep my value"))
        self.mine.setToolTip(self.tr("What the device holds now has been seen; my value is to be written all the same"))
        self.confirm.setText(self.tr("Compare and confirm…"))
        self.show_key(self._key)

    def _build(self) -> None:
        for button, signal in (
            (self.confirm, self.confirm_asked), (self.device, self.device_taken), (self.mine, self.mine_kept),
        ):  # fmt: skip
            button.clicked.connect(lambda _=False, signal=signal: signal.emit(self._key))
        self.factory.clicked.connect(self._take_factory)
        self.close_button.clicked.connect(self.closed)
        self.close_button.setProperty("kind", "flat")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(self.close_button)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        column.addWidget(self.hint)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(24)
        self._columns.addLayout(on_top(self._left), 1)
        self._columns.addLayout(on_top(self._right), 1)
        column.addLayout(self._columns)
        column.addStretch(1)
        self._actions = QWidget()
        flow = FlowLayout(self._actions)
        for button in (self.confirm, self.mine, self.device, self.factory):
            flow.addWidget(button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 8, 8, 8)
        whole.setSpacing(4)
        whole.addLayout(head)
        whole.addWidget(scrolled(inside), 1)
        whole.addWidget(self._actions)

    def _range(self, entry: Parameter) -> str:
        words = [words for _, words in parameters_input.choices_of(entry)]
        return ", ".join(words) if words else parameters_input.range_text(entry)

    def _step(self, entry: Parameter) -> str:
        if entry.step is None:
            return parameters_words.kind_words(entry)
        return self.tr("in steps of {0}").format(parameters_input.step_text(entry, entry.step))

    def _register(self, row: Row) -> str:
        point = row.parameter.point
        if point is None:
            return formatting.DASH
        printed, address = parameters_words.register(point), wording.address(point)
        also = address if printed != address and point.at else ""
        words = self.tr("{0} registers").format(point.count) if point.count > 1 else ""
        return formatting.joined([printed, also, words, self.tr("written as one block") if row.parameter.block else ""])

    def _wear(self, row: Row) -> Wear:
        """What the ledger says; the review looks it up, and sends nothing."""
        try:
            lines = self._station.review([Edit(row.key, None, row.newest)]).lines
        except WattelierError:
            return Wear()
        return lines[0].wear if lines else Wear()

    def _reading_facts(self, row: Row, reading: Reading) -> list[Fact]:
        point, zone = row.parameter.point, self._station.site.time_zone
        if point is None:
            return []
        word, tone = wording.quality(point, reading)
        moment = trace_facts.moment(reading.at, zone)[:19]
        said = formatting.joined([parameters_input.value_text(row.parameter, reading.value), word])
        facts = [
            Fact(self.tr("Read"), said, tone in (wording.WARNING, wording.FAULT)),
            Fact(self.tr("When"), formatting.joined([moment, formatting.age_of(reading.at, time.time())])),
        ]
        if reading.note:
            facts.append(Fact(self.tr("Note"), localised(reading.note), warn=True))
        origin = reading.provenance
        if origin is not None and not point.secret:
            raw = trace.hex_words(origin.words) if origin.words else origin.raw
            scale = f"× {digits(f'{origin.factor:.10g}')}" if origin.words else ""
            frame = self.tr("frame {0}").format(origin.frame)
            facts.append(Fact(self.tr("Words"), formatting.joined([raw, scale, self._line(origin.link), frame])))
        return facts

    def _line(self, link: str) -> str:
        return next((entry.title for entry in self._station.links() if entry.id == link), link)

    def _takes_factory(self, row: Row) -> bool:
        held = row.draft.value if row.draft is not None else row.newest.value if row.newest is not None else None
        editable = row.editor not in (Editor.SCREEN, Editor.INFERRED) and not row.parameter.command
        return editable and row.parameter.factory is not None and held != row.parameter.factory

    def _take_factory(self) -> None:
        row = self._tree.row(self._key) if self._key is not None else None
        if row is not None:
            self.value_taken.emit(row.key, row.parameter.factory)
