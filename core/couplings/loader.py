"""Reads the files of the coupling assistants; every fault is named with file and line, and all are reported at once."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TypeVar

from core.couplings.guide import (
    PARTS,
    PLACES,
    SENSES,
    Check,
    Condition,
    Configuration,
    Couplings,
    Kind,
    Reminder,
    Setting,
    Step,
)
from core.document import Document, Faults
from core.parameters import Words
from core.paths import resources
from core.points import Confidence

FOLDER = "couplings"
CONDITION = ("points", "point", "within", "or_within", "low", "high", "is", "clear", "any_of", "soft", "unmet")
CHECK = (
    *("kind", "title", "about", "provoke", "remedies", "given", "holds", "moves", "least", "step", "window"),
    *("samples", "within", "pace", "source", "confidence"),
)
STEP = ("grid", "solar", "battery", "load", "between", "tolerance", "least", "settle", "reversed_by")

T = TypeVar("T")


def load_all(folder: Path | None = None) -> tuple[Couplings, ...]:
    """Read every file of the folder (None: the shipped one); raise ProfileError with every fault, file and line."""
    return tuple(load_couplings(file) for file in sorted((folder or resources() / FOLDER).glob("*.yaml")))


def load_couplings(file: Path) -> Couplings:
    """Read one file; raise ProfileError with every fault, file and line."""
    faults = Faults()
    whole = Document.read(file, faults)
    whole.only(("profiles", "title", "source", "wiring", "settings", "checks", "configurations"))
    reminders = {name: _reminder(name, entry) for name, entry in _entries(whole, "wiring")}
    settings = {name: _setting(name, entry) for name, entry in _entries(whole, "settings")}
    checks = {name: _check(name, entry) for name, entry in _entries(whole, "checks")}
    configurations = tuple(
        _configuration(entry, reminders, settings, checks) for entry in whole.children("configurations")
    )
    if not whole.texts("profiles"):
        _fault(whole, "profiles", "is empty")
    for row, configuration in enumerate(configurations):
        if any(other.id == configuration.id for other in configurations[:row]):
            _fault(whole, "configurations", f"{configuration.id!r} stands twice")
    found = Couplings(whole.texts("profiles"), _words(whole, "title"), whole.text("source"), configurations)
    faults.raise_if_any()
    return found


def _entries(whole: Document, section: str) -> list[tuple[str, Document]]:
    table = whole.child(section)
    return [(name, table.child(name)) for name in table.names()]


def _fault(entry: Document, key: str, reason: str) -> None:
    """Add a fault at that key; at its entry where the key is what is missing."""
    entry.faults.add(entry.file, entry.line(key) or entry.line(), ".".join((*entry.path, key)), reason)


def _words(entry: Document, key: str, *, needed: bool = True) -> Words:
    if key not in entry and not needed:
        return Words()
    return _both(entry.child(key), entry, key)


def _both(both: Document, entry: Document, key: str) -> Words:
    both.only(("en", "fr"))
    words = Words(both.text("en", ""), both.text("fr", ""))
    if not (words.en and words.fr):
        _fault(entry, key, "needs a text in both languages: en and fr")
    return words


def _list(entry: Document, key: str) -> tuple[Words, ...]:
    return tuple(_both(item, entry, key) for item in entry.children(key))


def _one_of(entry: Document, key: str, known: Iterable[str], usual: str) -> str:
    text, names = entry.text(key, usual), list(known)
    if text != usual and text not in names:
        _fault(entry, key, f"{text!r} is not one of {', '.join(names)}")
        return usual
    return text


def _confidence(entry: Document) -> Confidence:
    return Confidence(_one_of(entry, "confidence", [str(word) for word in Confidence], str(Confidence.DOCUMENTED)))


def _reminder(name: str, entry: Document) -> Reminder:
    entry.only(("text", "when", "source", "confidence"))
    return Reminder(
        name, _words(entry, "text"), _one_of(entry, "when", SENSES, ""), entry.text("source"), _confidence(entry)
    )


def _setting(name: str, entry: Document) -> Setting:
    entry.only(
        ("parameter", "title", "why", "value", "path", "choose", "reads", "optional", "when", "source", "confidence")
    )
    value = entry.plain("value")
    if isinstance(value, bool) or not (value is None or isinstance(value, (str, int, float))):
        _fault(entry, "value", "must be a text")
        value = None
    if (value is None) == ("path" not in entry):
        _fault(entry, "value", "needs either a value (it has a register) or a path (it is set on the screen)")
    reads = entry.child("reads")
    reads.only(("point", "shows"))
    return Setting(
        id=name,
        parameter=entry.text("parameter"),
        title=_words(entry, "title"),
        why=_words(entry, "why"),
        value=float(value) if isinstance(value, (int, float)) else value,
        path=_words(entry, "path", needed=False),
        choose=_words(entry, "choose", needed="path" in entry),
        reads=(reads.text("point"), reads.text("shows")) if "reads" in entry else None,
        optional=entry.flag("optional", False),
        when=_one_of(entry, "when", SENSES, ""),
        source=entry.text("source"),
        confidence=_confidence(entry),
    )


def _check(name: str, entry: Document) -> Check:
    entry.only(CHECK)
    kind = Kind(_one_of(entry, "kind", [str(word) for word in Kind], str(Kind.HOLDS)))
    for key in ("holds", "moves", "step"):
        if key == kind and key not in entry:
            _fault(entry, "kind", f"a check of the kind {kind!s} needs {key}")
        elif key != kind and key in entry:
            _fault(entry, key, f"a check of the kind {kind!s} has no {key}")
    check = Check(
        id=name,
        kind=kind,
        title=_words(entry, "title"),
        about=_words(entry, "about"),
        provoke=_list(entry, "provoke"),
        remedies=_list(entry, "remedies"),
        given=tuple(_condition(item) for item in entry.children("given")),
        holds=tuple(_condition(item) for item in entry.children("holds")),
        moves=entry.texts("moves"),
        least_w=entry.number("least", 0.0),
        step=_step(entry.child("step")) if "step" in entry else None,
        window_s=entry.duration("window", 10.0),
        samples=entry.whole("samples", 3),
        within_s=entry.duration("within", 90.0),
        pace_s=entry.duration("pace", 3.0),
        source=entry.text("source"),
        confidence=_confidence(entry),
    )
    if check.samples < 2:
        _fault(entry, "samples", "must be 2 or more: one reading proves nothing")
    if not 0 < check.window_s <= check.within_s:
        _fault(entry, "within", "must be at least as long as the window")
    if check.pace_s < 1.0:
        _fault(entry, "pace", "must be 1 s or longer: a stick does not bear more")
    return check


def _condition(entry: Document) -> Condition:
    entry.only(CONDITION)
    ranges = tuple(pair for key in ("within", "or_within") if (pair := entry.pair(key)) is not None)
    if "low" in entry or "high" in entry:
        low = entry.number("low") if "low" in entry else -math.inf
        high = entry.number("high") if "high" in entry else math.inf
        ranges = (*ranges, (low, high))
    for low, high in ranges:
        if low > high:
            _fault(entry, "within", f"{low:g} is above high {high:g}")
    clear = entry.texts("clear")
    condition = Condition(
        points=(*entry.texts("points"), *entry.texts("point")),
        unmet=_words(entry, "unmet"),
        ranges=ranges,
        states=entry.texts("is"),
        clear=() if clear == ("all",) else clear,
        all_clear=clear == ("all",),
        any_of=entry.flag("any_of", False),
        soft=entry.flag("soft", False),
    )
    if not condition.points:
        _fault(entry, "point", "is missing")
    asked = (bool(condition.ranges), bool(condition.states), bool(clear))
    if sum(asked) != 1:
        _fault(entry, "point", "needs one of within (or low, high), is, clear")
    return condition


def _step(entry: Document) -> Step:
    entry.only(STEP)
    low, high = entry.pair("between") or (500.0, 9000.0)
    by = entry.texts("reversed_by")
    step = Step(
        grid=entry.texts("grid"),
        solar=entry.texts("solar"),
        battery=entry.texts("battery"),
        load_w=entry.number("load", 1000.0),
        low_w=low,
        high_w=high,
        tolerance=entry.number("tolerance", 0.3),
        least_w=entry.number("least", 150.0),
        settle_s=entry.duration("settle", 5.0),
        reversed_by=(by[0], by[1]) if len(by) == 2 else None,
    )
    if not step.grid:
        _fault(entry, "grid", "is missing")
    if by and step.reversed_by is None:
        _fault(entry, "reversed_by", "must be [point, bit]")
    if not 0 < step.tolerance < 0.5:
        _fault(entry, "tolerance", "must be above 0 and below 0.5: beyond it, both directions would fit")
    if not 2 * step.least_w < step.low_w <= step.load_w <= step.high_w:
        _fault(entry, "load", "must lie inside `between`, whose lower end is more than twice `least`")
    return step


def _configuration(
    entry: Document,
    reminders: Mapping[str, Reminder],
    settings: Mapping[str, Setting],
    checks: Mapping[str, Check],
) -> Configuration:
    entry.only(("id", "title", "summary", "parts", "measures_at", "wiring", "settings", "checks"))
    for part in entry.texts("parts"):
        if part not in PARTS:
            _fault(entry, "parts", f"{part!r} is not one of {', '.join(PARTS)}")
    return Configuration(
        id=entry.text("id"),
        title=_words(entry, "title"),
        summary=_words(entry, "summary"),
        parts=entry.texts("parts"),
        place=_one_of(entry, "measures_at", PLACES, PLACES[0]),
        reminders=_picked(entry, "wiring", reminders),
        settings=_picked(entry, "settings", settings),
        checks=_picked(entry, "checks", checks),
    )


def _picked(entry: Document, key: str, table: Mapping[str, T]) -> tuple[T, ...]:
    names = entry.texts(key)
    if not names:
        _fault(entry, key, "is empty")
    for name in names:
        if name not in table:
            _fault(entry, key, f"{name!r} is not one of {', '.join(table)}")
    return tuple(table[name] for name in dict.fromkeys(names) if name in table)
