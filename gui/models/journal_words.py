"""Words for the kinds and outcomes of the journal, in the language in use."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from core.writing.journal import Line, Verdict
from core.writing.review import Cause, Phase
from gui import formatting
from gui.models import wording
from gui.sentences import localised

translate = QCoreApplication.translate

SECRET = "(secret)"


def secret() -> str:
    """What stands for a value that is nobody's business."""
    return translate("journal", "secret")


def hidden() -> str:
    """What stands for a parameter of a higher role."""
    return translate("journal", "not shown to this role")


def outcome(line: Line) -> tuple[str, str]:
    """What came of a line, and its tone."""
    entry = line.entry
    if entry.kind == "outcome":
        if entry.outcome == Phase.REFUSED and entry.detail.get("cause") == Cause.SILENCE:
            return translate("journal", "no answer, unchanged"), wording.FAULT
        return _phase(entry.outcome)
    if entry.kind == "intent":
        return translate("journal", "begun"), wording.MUTED
    if entry.kind == "refused":
        return translate("journal", "not permitted, nothing was sent"), wording.WARNING
    if entry.kind == "revert":
        return translate("journal", "moved back while watched"), wording.FAULT
    told = localised(entry.outcome) if entry.outcome else ""
    words = _outcomes().get(entry.outcome, told)
    return formatting.joined([kind(entry.kind), words]), _tone(entry.kind, entry.outcome)


def kind(name: str) -> str:
    """What sort of line it is."""
    return {
        "intent": translate("journal", "intention"),
        "outcome": translate("journal", "outcome"),
        "refused": translate("journal", "refusal"),
        "revert": translate("journal", "moved back"),
        "watch": translate("journal", "watch ended"),
        "confirm": translate("journal", "inferred register confirmed"),
        "sign in": translate("journal", "sign-in"),
        "account": translate("journal", "account"),
        "snapshot": translate("journal", "snapshot"),
        "coupling": translate("journal", "coupling"),
        "cfg": translate("journal", "EVlink file"),
        "undo": translate("journal", "put back"),
        "set-up": translate("journal", "set by the program when the station called"),
    }.get(name, name)


def chain(verdict: Verdict) -> tuple[str, str]:
    """What the check of the chain says, and its tone."""
    if not verdict.ok:
        first, more = verdict.broken[0].id, len(verdict.broken) - 1
        text = translate("journal", "Chain broken at line {0}").format(first)
        return (translate("journal", "{0} (and {1} more)").format(text, more) if more else text), wording.FAULT
    if verdict.count == 0:
        return translate("journal", "Nothing kept yet"), wording.MUTED
    if verdict.count == 1:
        return translate("journal", "Chain whole, 1 line"), wording.HEALTHY
    return translate("journal", "Chain whole, {0} lines").format(formatting.number(verdict.count)), wording.HEALTHY


def _phase(name: str) -> tuple[str, str]:
    return {
        Phase.PROVEN.value: (translate("journal", "set and proven"), wording.HEALTHY),
        Phase.SENT.value: (translate("journal", "sent and accepted"), wording.HEALTHY),
        Phase.SAME.value: (translate("journal", "already so"), wording.MUTED),
        Phase.REFUSED.value: (translate("journal", "refused"), wording.FAULT),
        Phase.CHANGED.value: (translate("journal", "changed meanwhile, not written"), wording.FAULT),
        Phase.DIFFERS.value: (translate("journal", "written, reads differently"), wording.FAULT),
        Phase.UNSURE.value: (translate("journal", "not known whether written"), wording.FAULT),
        Phase.NOT_REACHED.value: (translate("journal", "not reached"), wording.MUTED),
    }.get(name, (name, wording.MUTED))


def _outcomes() -> dict[str, str]:
    return {
        "held": translate("journal", "the value has held"),
        "not read": translate("journal", "the value could not be read"),
        "signed in": translate("journal", "signed in"),
        "signed off": translate("journal", "signed off"),
        "refused": translate("journal", "refused"),
        "locked out": translate("journal", "locked out"),
        "created": translate("journal", "created"),
        "removed": translate("journal", "removed"),
        "enabled": translate("journal", "enabled"),
        "disabled": translate("journal", "disabled"),
        "role": translate("journal", "another role"),
        "password changed": translate("journal", "password changed"),
        "password reset": translate("journal", "password reset"),
    }


def _tone(name: str, result: str) -> str:
    if name == "sign in" and result in ("refused", "locked out"):
        return wording.WARNING
    return wording.MUTED
