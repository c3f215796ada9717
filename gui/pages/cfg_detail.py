"""All that is known of one key of an EVlink configuration: what it is for, its range, its source, both values."""

from __future__ import annotations

import time

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from core.access import Person
from core.evlink.cfg import Entry
from core.evlink.compare import Told
from core.evlink.keys import CfgKey
from gui import formatting
from gui.models import cfg_words, parameters_words, wording
from gui.models.cfg_edits import CfgEdits
from gui.models.cfg_tree import Row
from gui.models.trace_facts import Fact
from gui.sentences import localised
from gui.widgets.card import Text
from gui.widgets.facts import facts_grid, fill_facts, on_top
from gui.widgets.scrolled import scrolled

LABELS = 96
NARROW = 620


class CfgDetail(QFrame):
    """The grey drawer below the tree.

    ``closed()``; ``typed(Row, str)`` for the factory value; ``dropped(Row)`` when an edit is given up;
    ``copy_asked(Row)`` for the value of the right side.
    """

    closed = Signal()
    typed = Signal(object, str)
    dropped = Signal(object)
    copy_asked = Signal(object)

    def __init__(self, edits: CfgEdits, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("confirm")
        self._edits = edits
        self._row: Row | None = None
        self._person: Person | None = None
        self.title, self.hint = Text("", "card"), Text("", "secondary")
        self.close_button, self.factory, self.drop, self.copy = (QPushButton() for _ in range(4))
        self._left, self._right = facts_grid(LABELS), facts_grid(LABELS)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._build()
        edits.changed.connect(self.refresh)
        self.retranslate()

    def show_row(self, row: Row | None, person: Person | None) -> None:
        """Show another key; ``person`` None on a site without roles."""
        self._row, self._person = row, person
        self.refresh()

    def refresh(self) -> None:
        """Say the same key again as it is now."""
        row = self._row
        self.title.setText(cfg_words.key_title(row.known, row.address.key) if row else self.tr("Details"))
        self.hint.setText(self.tr("Choose a setting above to read all that is known of it."))
        self.hint.setVisible(row is None)
        fill_facts(self._left, self._meaning(row) if row else [])
        fill_facts(self._right, self._place(row) if row else [])
        draft = self._edits.get(row.address) if row is not None and row.entry is not None else None
        self.drop.setVisible(draft is not None)
        self.factory.setVisible(row is not None and self._takes_factory(row))
        self.copy.setVisible(
            row is not None and row.pair is not None and row.pair.differs and not row.pair.refusal(self._person)
        )

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def set_narrow(self, narrow: bool) -> None:
        """Both columns below each other."""
        down, along = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._columns.setDirection(down if narrow else along)

    def retranslate(self) -> None:
        """Set every text again."""
        self.close_button.setText(self.tr("Close"))
        self.factory.setText(self.tr("Take the factory value"))
        self.drop.setText(self.tr("Give up the edit"))
        self.copy.setText(self.tr("Take the value of the right"))
        self.refresh()

    def _build(self) -> None:
        self.close_button.setProperty("kind", "flat")
        self.close_button.clicked.connect(self.closed)
        self.factory.clicked.connect(self._take_factory)
        self.drop.clicked.connect(lambda: self.dropped.emit(self._row))
        self.copy.clicked.connect(lambda: self.copy_asked.emit(self._row))
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.title)
        head.addStretch(1)
        for button in (self.copy, self.drop, self.factory, self.close_button):
            head.addWidget(button)
        inside = QWidget()
        self._columns.setSpacing(24)
        self._columns.addLayout(on_top(self._left), 1)
        self._columns.addLayout(on_top(self._right), 1)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        column.addWidget(self.hint)
        column.addLayout(self._columns)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 8, 8, 8)
        whole.setSpacing(4)
        whole.addLayout(head)
        whole.addWidget(scrolled(inside), 1)

    def _meaning(self, row: Row) -> list[Fact]:
        """What it is for, what may be written, what to be careful about."""
        known = row.known
        facts = [
            Fact(self.tr("What for"), cfg_words.key_help(known)),
            Fact(self.tr("Range"), cfg_words.limits(known)),
            Fact(self.tr("Factory"), cfg_words.factory(known)),
        ]
        if row.entry is not None and (why := row.entry.refusal(person=self._person)):
            facts.append(Fact(self.tr("Not edited"), wording.capital(localised(why))))
        if known is not None and (danger := cfg_words.danger(known.danger)):
            facts.append(Fact(self.tr("Caution"), danger, warn=True))
        for caution in self._edits.cautions(row.address) if row.entry is not None else ():
            facts.append(Fact(self.tr("Caution"), wording.capital(localised(caution.sentence)), warn=True))
        if row.pair is not None and row.pair.differs and (refusal := row.pair.refusal(self._person)):
            facts.append(Fact(self.tr("Not copied"), wording.capital(localised(refusal))))
        return [fact for fact in facts if fact.text]

    def _place(self, row: Row) -> list[Fact]:
        """Where it stands on both sides, and how sure its meaning is."""
        known, entry = row.known, row.entry
        facts = [Fact(self.tr("Key"), str(row.address))]
        if entry is not None:
            shown, line = cfg_words.entry_value(entry), self.tr("line {0}").format(entry.line)
            facts.append(Fact(self.tr("In the file"), formatting.joined([shown, _raw(known, entry), line])))
        right = row.pair.right if row.pair is not None else None
        if row.pair is not None:
            facts.append(Fact(self.tr("On the right"), self._right_text(row, right)))
        facts.append(Fact(self.tr("Meaning"), cfg_words.meaning(known)))
        if known is not None:
            if known.ocpp_key:
                access = self.tr("read and written") if known.ocpp_access == "rw" else self.tr("read only")
                facts.append(Fact(self.tr("Over OCPP"), formatting.joined([known.ocpp_key, access])))
            roles = self.tr("from the role {0} on").format(parameters_words.role(known.writes))
            facts.append(Fact(self.tr("May change it"), roles if not (entry and entry.refusal()) else ""))
            facts.append(Fact(self.tr("Source"), known.source))
        return [fact for fact in facts if fact.text]

    def _right_text(self, row: Row, right: Entry | Told | None) -> str:
        shown = cfg_words.other_value(row.known, right)
        if isinstance(right, Told):
            note = localised(right.note) if right.note else ""
            return formatting.joined([shown, cfg_words.told_when(right, time.time()), note]) or formatting.DASH
        raw = _raw(row.known, right) if right is not None else ""
        return formatting.joined([shown, raw]) or self.tr("not there")

    def _takes_factory(self, row: Row) -> bool:
        known, entry = row.known, row.entry
        if known is None or entry is None or not known.factory or entry.refusal(person=self._person):
            return False
        draft = self._edits.get(entry.address)
        return (draft.text if draft is not None else entry.text) != known.factory

    def _take_factory(self) -> None:
        if self._row is not None and self._row.known is not None:
            self.typed.emit(self._row, self._row.known.factory)


def _raw(known: CfgKey | None, entry: Entry) -> str:
    """What really stands in the file, where words are shown instead."""
    words = dict(cfg_words.choices(known)).values()
    return entry.text if not entry.secret and cfg_words.entry_value(entry) in words else ""
