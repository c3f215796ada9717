"""What the operator has typed for an EVlink configuration and not saved yet; GUI thread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from core.access import Person
from core.errors import CommandRefused
from core.evlink.cfg import Address, Cfg, Entry
from core.evlink.rules import Caution, cautions
from core.evlink.values import alike, normal


@dataclass(frozen=True, slots=True)
class Draft:
    """One value that waits. ``wrong`` says in English why it means nothing; ``copied``: it is of the right side."""

    text: str
    copied: bool = False
    wrong: str = ""


class CfgEdits(QObject):
    """Drafts by address, in the order in which they were begun. ``changed()`` after each change."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cfg: Cfg | None = None
        self._drafts: dict[Address, Draft] = {}
        self._cautions: Mapping[Address, tuple[Caution, ...]] = {}

    def begin(self, cfg: Cfg | None) -> None:
        """Start anew over another file."""
        self._cfg = cfg
        self._drafts.clear()
        self._settle()

    def go_on(self, cfg: Cfg) -> None:
        """The file has been saved: only what was typed since, or means nothing, still waits."""
        self._cfg = cfg
        waiting = {address: draft for address, draft in self._drafts.items() if draft.text != cfg.value(address)}
        self._drafts = waiting
        self._settle()

    def get(self, address: Address) -> Draft | None:
        """The draft of one value."""
        return self._drafts.get(address)

    def put(self, entry: Entry, typed: str, person: Person | None) -> None:
        """Take what was typed; a value that the file has anyway is no edit."""
        if entry.known is None or entry.refusal(person=person):
            return
        if entry.masked and typed == entry.text:
            self.drop(entry.address)
            return
        try:
            text = alike(normal(entry.known, typed), entry.text)
        except CommandRefused as err:
            self._set(entry.address, Draft(typed, wrong=str(err)))
            return
        if text == entry.text:
            self.drop(entry.address)
        else:
            self._set(entry.address, Draft(text))

    def take(self, copies: Mapping[Address, str]) -> None:
        """Take values of the other side, which have been found fit."""
        for address, text in copies.items():
            self._drafts[address] = Draft(text, copied=True)
        self._settle()

    def drop(self, address: Address) -> None:
        """Forget a draft."""
        if self._drafts.pop(address, None) is not None:
            self._settle()

    def changes(self) -> dict[Address, str]:
        """What may be saved: the drafts that mean something."""
        return {address: draft.text for address, draft in self._drafts.items() if not draft.wrong}

    def copied(self) -> frozenset[Address]:
        """Those that come from the other side."""
        return frozenset(address for address, draft in self._drafts.items() if draft.copied)

    def drawn(self) -> dict[Address, tuple[Draft, tuple[Caution, ...]]]:
        """Everything that a row shows of its edit."""
        return {address: (draft, self.cautions(address)) for address, draft in self._drafts.items()}

    def wrong(self) -> list[Address]:
        """The drafts that mean nothing."""
        return [address for address, draft in self._drafts.items() if draft.wrong]

    def cautions(self, address: Address) -> tuple[Caution, ...]:
        """What is to be known of one edited value."""
        return self._cautions.get(address, ())

    def all_cautions(self) -> list[Caution]:
        """What is to be known of all of them, those that stop first."""
        found = [caution for several in self._cautions.values() for caution in several]
        return sorted(found, key=lambda caution: not caution.stops)

    def __len__(self) -> int:
        return len(self._drafts)

    def _set(self, address: Address, draft: Draft) -> None:
        if self._drafts.get(address) != draft:
            self._drafts[address] = draft
            self._settle()

    def _settle(self) -> None:
        found: dict[Address, tuple[Caution, ...]] = {}
        for caution in cautions(self._cfg, self.changes()) if self._cfg is not None else ():
            found[caution.address] = (*found.get(caution.address, ()), caution)
        self._cautions = found
        self.changed.emit()
