"""The stick's doctor as the window sees it: what the network tells, what the lamps mean. Plain types, no driver."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QCoreApplication

from gui import formatting
from gui.sentences import localised

translate = QCoreApplication.translate

GOOD, NOTE, FAULT = "good", "note", "fault"
TONES = {GOOD: "healthy", NOTE: "warning", FAULT: "fault"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One step of an examination: what was found, what it means, what to do then. ``health`` good, note or fault."""

    id: str
    health: str
    found: str
    means: str = ""
    then: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """One sentence over all steps. ``url`` is the link that works; ``ask_lamps``: the network tells no more."""

    text: str
    url: str = ""
    true_serial: int | None = None
    ask_lamps: bool = False


@dataclass(frozen=True, slots=True)
class Lamp:
    """One lamp, in the language in use: its question, and what each of its states means by itself."""

    id: str
    title: str
    question: str
    states: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Press:
    """A press of the reset button."""

    id: str
    hold_s: float
    does: str
    lamps: str
    erases: bool


@dataclass(frozen=True, slots=True)
class LampCase:
    """What lamps mean together, and what to do: each remedy with the press of the button it asks for, or ""."""

    title: str
    causes: tuple[str, ...]
    remedies: tuple[tuple[str, str], ...]
    local: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Lamps:
    """The whole table, in one language. ``states`` are the names of the states."""

    states: Mapping[str, str]
    lamps: tuple[Lamp, ...]
    presses: tuple[Press, ...]
    warning: str
    source: str
    match: Callable[[Mapping[str, str]], LampCase | None]
    ask_next: Callable[[Mapping[str, str]], str]  # the lamp to look at next; "" when the answer is known


class Doctor(Protocol):
    """Both may take a while, and are called in workers."""

    def examine(self, url: str, *, ended: Callable[[], bool], said: Callable[[Finding], None]) -> Verdict:
        """Examine the stick of a link; ``said`` hears each step as it ends, in the calling thread."""
        ...

    def lamps(self, language: str) -> Lamps:
        """The table of the lamps; raises WattelierError."""
        ...


def report(url: str, findings: list[Finding], verdict: Verdict | None, lamps: list[str]) -> str:
    """Everything as text, to be sent to somebody."""
    lines = [translate("doctor", "Stick doctor: {0}").format(url)]
    if verdict is not None:
        lines.append(sentence(verdict.text))
    for finding in findings:
        lines.append(f"- {health_words(finding.health)}{formatting.SPACE}: {sentence(finding.found)}")
        lines += [f"    {sentence(text)}" for text in (finding.means, finding.then) if text]
    if lamps:
        lines += ["", translate("doctor", "Lamps:"), *(f"- {line}" for line in lamps)]
    return "\n".join(lines)


def health_words(health: str) -> str:
    """What a finding amounts to, in one word."""
    return {GOOD: translate("doctor", "good"), NOTE: translate("doctor", "note")}.get(
        health, translate("doctor", "fault")
    )


def sentence(text: str) -> str:
    """A sentence of the drivers in the language in use, with a capital and a full stop."""
    said = localised(text).strip()
    return said[:1].upper() + said[1:] + ("" if said.endswith((".", "!", "?")) else ".") if said else ""
