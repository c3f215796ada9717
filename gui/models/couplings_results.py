"""Words for results of coupling assistants that the journal holds."""

from __future__ import annotations

from datetime import tzinfo

from PySide6.QtCore import QCoreApplication

from core.writing.journal import Line
from gui import formatting
from gui.models.people import name_words
from gui.models.wording import FAULT, HEALTHY, WARNING

translate = QCoreApplication.translate


def result_words(line: Line, zone: tzinfo) -> tuple[str, str]:
    """With which outcome, when (in ``zone``) and by whom, with its tone."""
    return formatting.joined([outcome_words(line)[0], done_words(line, zone)]), outcome_words(line)[1]


def done_words(line: Line, zone: tzinfo) -> str:
    """When and by whom: ``done on 2026-11-28 20:49 by Anne``."""
    when = formatting.day_and_clock(line.at, zone)[:16]
    if not line.entry.who:
        return translate("couplings", "done on {0}").format(when)
    return translate("couplings", "done on {0} by {1}").format(when, name_words(line.entry.who))


def outcome_words(line: Line) -> tuple[str, str]:
    """The outcome of a result and its tone."""
    outcomes = {
        "complete": (translate("couplings", "complete"), HEALTHY),
        "with open points": (translate("couplings", "with open points"), WARNING),
        "failed": (translate("couplings", "with failed checks"), FAULT),
    }
    return outcomes.get(line.entry.outcome, (line.entry.outcome, WARNING))
