"""The lamps and the button of a stick: a table of data, read once, that tells what is wrong and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from core.document import Document, Faults
from core.paths import resources

FILE = Path("doctor") / "solarman.yaml"
LAMPS = ("ready", "com", "net")
STATES = ("off", "steady", "slow", "fast")


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence in both languages."""

    en: str
    fr: str

    def of(self, language: str) -> str:
        """In ``"fr"`` or ``"en"``."""
        return self.fr if language == "fr" else self.en


@dataclass(frozen=True, slots=True)
class Lamp:
    """One lamp: the question to ask about it, and what each state that it knows means by itself."""

    id: str
    title: Text
    question: Text
    states: Mapping[str, Text]
    source: str


@dataclass(frozen=True, slots=True)
class Remedy:
    """One thing to do; ``press`` names the press of the button that it asks for."""

    text: Text
    press: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """What lamps mean together. ``lamps`` holds the states that fit, for those lamps that matter.

    ``local`` says what it means for reading over the local network. ``inferred``: not printed like this in the source.
    """

    id: str
    lamps: Mapping[str, tuple[str, ...]]
    title: Text
    causes: tuple[Text, ...]
    remedies: tuple[Remedy, ...]
    local: Text
    source: str
    inferred: bool = False
    note: Text | None = None

    def fits(self, seen: Mapping[str, str]) -> bool:
        """Whether every lamp that matters has been seen in a state that fits."""
        return all(seen.get(lamp) in states for lamp, states in self.lamps.items())


@dataclass(frozen=True, slots=True)
class Press:
    """A press of the button: seconds to hold it, what it does, what the lamps do then."""

    id: str
    hold_s: float
    does: Text
    lamps: Text
    erases: bool = False


@dataclass(frozen=True, slots=True)
class LedTable:
    """All of it. ``lamps`` stand in the order in which to ask; ``states`` are the names of the states."""

    source: str
    states: Mapping[str, Text]
    lamps: tuple[Lamp, ...]
    cases: tuple[Case, ...]
    presses: tuple[Press, ...]
    warning: Text

    def match(self, seen: Mapping[str, str]) -> Case | None:
        """The case of lamps seen (``{"ready": "slow", …}``); None where the source names none for them."""
        return next((case for case in self.cases if case.fits(seen)), None)

    def next_question(self, seen: Mapping[str, str]) -> Lamp | None:
        """The lamp to ask about next; None when the answer is known or nothing is left to ask."""
        if self._settled(seen):
            return None
        return next((lamp for lamp in self.lamps if lamp.id not in seen), None)

    def press(self, press_id: str) -> Press:
        """A press of the button by its name; raise KeyError."""
        return {press.id: press for press in self.presses}[press_id]

    def _settled(self, seen: Mapping[str, str]) -> bool:
        """Whether a case fits, and no earlier one still can."""
        for case in self.cases:
            if case.fits(seen):
                return True
            if all(lamp not in seen or seen[lamp] in states for lamp, states in case.lamps.items()):
                return False
        return False


def load_leds(file: Path | None = None) -> LedTable:
    """Read the table (None: the shipped one); raise ProfileError with every fault, file and line."""
    faults = Faults()
    table = Document.read(file or resources() / FILE, faults)
    table.only(("source", "states", "lamps", "cases", "button"))
    states = table.child("states")
    states.only(STATES)
    button = table.child("button")
    button.only(("warning", "presses", "source"))
    presses = tuple(_press(entry) for entry in button.children("presses"))
    found = LedTable(
        source=table.text("source"),
        states={name: _text(states, name) for name in STATES},
        lamps=tuple(_lamp(entry) for entry in table.children("lamps")),
        cases=tuple(_case(entry, {press.id for press in presses}) for entry in table.children("cases")),
        presses=presses,
        warning=_text(button, "warning"),
    )
    if sorted(lamp.id for lamp in found.lamps) != sorted(LAMPS):
        table.fault("lamps", f"must be {', '.join(LAMPS)}, each once")
    for name, ids in (("cases", [case.id for case in found.cases]), ("button", [press.id for press in presses])):
        if len(set(ids)) != len(ids):
            table.fault(name, "holds the same id twice")
    faults.raise_if_any()
    return found


def _text(entry: Document, key: str) -> Text:
    both = entry.child(key)
    both.only(("en", "fr"))
    return Text(both.text("en"), both.text("fr"))


def _lamp(entry: Document) -> Lamp:
    entry.only(("id", "title", "question", "states", "source"))
    states = entry.child("states")
    states.only(STATES)
    if entry.text("id") not in LAMPS:
        entry.fault("id", f"{entry.text('id')!r} is not one of {', '.join(LAMPS)}")
    return Lamp(
        id=entry.text("id"),
        title=_text(entry, "title"),
        question=_text(entry, "question"),
        states={name: _text(states, name) for name in states.names()},
        source=entry.text("source"),
    )


def _case(entry: Document, presses: set[str]) -> Case:
    entry.only(("id", *LAMPS, "title", "causes", "remedies", "local", "confidence", "note", "source"))
    lamps = {lamp: entry.texts(lamp) for lamp in LAMPS if lamp in entry}
    if not lamps:
        entry.fault("id", f"needs a state of {' or '.join(LAMPS)}")
    for lamp, states in lamps.items():
        for state in states:
            if state not in STATES:
                entry.fault(lamp, f"{state!r} is not one of {', '.join(STATES)}")
    confidence = entry.text("confidence", "documented")
    if confidence not in ("documented", "inferred"):
        entry.fault("confidence", f"{confidence!r} is not documented or inferred")
    return Case(
        id=entry.text("id"),
        lamps=lamps,
        title=_text(entry, "title"),
        causes=tuple(Text(cause.text("en"), cause.text("fr")) for cause in entry.children("causes")),
        remedies=tuple(_remedy(remedy, presses) for remedy in entry.children("remedies")),
        local=_text(entry, "local"),
        source=entry.text("source"),
        inferred=confidence == "inferred",
        note=_text(entry, "note") if "note" in entry else None,
    )


def _remedy(entry: Document, presses: set[str]) -> Remedy:
    entry.only(("en", "fr", "press"))
    press = entry.text("press", "")
    if press and press not in presses:
        entry.fault("press", f"there is no press {press!r} of the button")
    return Remedy(Text(entry.text("en"), entry.text("fr")), press)


def _press(entry: Document) -> Press:
    entry.only(("id", "hold", "does", "lamps", "erases"))
    return Press(
        id=entry.text("id"),
        hold_s=entry.duration("hold", 0.0),
        does=_text(entry, "does"),
        lamps=_text(entry, "lamps"),
        erases=entry.flag("erases", False),
    )
