"""Words for results of coupling assistants that the journal holds."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from core.writing.journal import Line
from gui import formatting
from gui.models.wording import FAULT, HEALTHY, WARNING

translate = QCoreApplication.translate


def result_words(line: Line) -> tuple[str, str]:
    """With which outcome, when and by whom, with its tone."""
    return formatting.joined([outcome_words(line)[0], done_words(line)]), outcome_words(line)[1]


def done_words(line: Line) -> str:
    """When and by whom: ``done on 2026-11-28 20:49 by Anne``."""
    when = formatting.day_and_clock(line.at)[:16]
    if not line.entry.who:
        return translate("couplings", "done on {0}").format(when)
    return translate("couplings", "done on {0} by {1}").format(when, line.entry.who)


def outcome_words(line: Line) -> tuple[str, str]:
    """The outcome of a result and its tone."""
    outcomes = {
        "complete": (translate("couplings", "complete"), HEALTHY),
        "with open points": (translate("couplings", "with open points"), WARNING),
        "failed": (translate("couplings", "with failed checks"), FAULT),
    }
    return outcomes.get(line.entry.outcome, (line.entry.outcome, WARNING))
