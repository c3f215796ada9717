"""How a run failed, in words: what happened, where it stands, what to do next."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QCoreApplication

from core.parameters import Parameter
from core.points import Reading, Value
from core.writing import values
from core.writing.review import Cause, Phase, Run, RunLine
from gui import i18n
from gui.models import parameters_input, parameters_words, wording
from gui.sentences import localised

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Told:
    """How a run ended: its title and tone, and up to three sentences."""

    title: str
    tone: str
    happened: str = ""
    means: str = ""
    todo: str = ""


class Kind(Enum):
    """What went wrong with a line."""

    REFUSED = auto()  # by the device
    BARRED = auto()  # a rule of the core, or something that was missing: nothing was sent
    SILENT = auto()  # the line or the answer was lost, and the device holds what it held
    UNREADABLE = auto()  # nothing could be read before
    CHANGED = auto()
    IGNORED = auto()  # the device said yes and did nothing
    DIFFERS = auto()
    OUTSIDE = auto()  # what was read back lies outside of what is plausible
    UNSURE = auto()


_CAUSES = {
    Cause.DEVICE: Kind.REFUSED,
    Cause.RULES: Kind.BARRED,
    Cause.SILENCE: Kind.SILENT,
    Cause.UNREADABLE: Kind.UNREADABLE,
}


def kind_of(line: RunLine) -> Kind:
    """What went wrong with a line that failed."""
    if line.cause is Cause.OUTSIDE:
        return Kind.OUTSIDE
    if line.phase is Phase.DIFFERS:
        return Kind.IGNORED if _unmoved(line) else Kind.DIFFERS
    if line.phase is Phase.CHANGED:
        return Kind.CHANGED
    return _CAUSES.get(line.cause, Kind.BARRED) if line.phase is Phase.REFUSED else Kind.UNSURE


def line_words(line: RunLine) -> str:
    """What stands beside a line that failed."""
    return {
        Kind.REFUSED: translate("writing", "refused: nothing was changed"),
        Kind.BARRED: translate("writing", "nothing was written"),
        Kind.SILENT: translate("writing", "no answer: nothing was changed"),
        Kind.UNREADABLE: translate("writing", "not readable: nothing was written"),
        Kind.CHANGED: translate("writing", "changed meanwhile: nothing was written"),
        Kind.IGNORED: translate("writing", "accepted, but nothing has changed"),
        Kind.DIFFERS: translate("writing", "written, but the device holds something else"),
        Kind.OUTSIDE: translate("writing", "written, but what was read back is outside its range"),
        Kind.UNSURE: translate("writing", "not known whether it was written"),
    }[kind_of(line)]


def value_words(parameter: Parameter, value: Value) -> str:
    """A value of a review or a run; what is secret is only said to be new."""
    if parameter.secret:
        return translate("writing", "a new one")
    return parameters_input.value_text(parameter, value)


def reading_words(parameter: Parameter, reading: Reading | None) -> str:
    """What was read."""
    return parameters_input.value_text(parameter, reading.value if reading is not None else None)


def failure(run: Run, line: RunLine) -> Told:
    """How a run ended at this line."""
    name = parameters_words.title(line.parameter)
    happened = translate("writing", "{0}: {1}").format(name, _happened(line))
    return Told(_title(line), wording.FAULT, happened, _standing(run), _todo(line))


def stopped(run: Run) -> Told:
    """Nothing failed, and yet not everything was begun."""
    reason = next((line.sentence for line in run.lines if line.phase is Phase.NOT_REACHED), "")
    return Told(
        translate("writing", "Stopped before the end"),
        wording.WARNING,
        wording.capital(localised(reason)),
        _standing(run),
        translate("writing", "Put back what was written, or leave it as it is and write the rest later."),
    )


def _title(line: RunLine) -> str:
    return {
        Kind.REFUSED: translate("writing", "Not set: the device refuses"),
        Kind.BARRED: translate("writing", "Not set: nothing was written"),
        Kind.SILENT: translate("writing", "Not set: the link or the answer was lost; its value is unchanged"),
        Kind.UNREADABLE: translate("writing", "Not set: the device could not be read before"),
        Kind.CHANGED: translate("writing", "Not set: the value has changed meanwhile"),
        Kind.IGNORED: translate("writing", "Not set: the device accepts it; its value is unchanged"),
        Kind.DIFFERS: translate("writing", "Not as asked: the device holds something else"),
        Kind.OUTSIDE: translate("writing", "Not as asked: what was read back is outside its range"),
        Kind.UNSURE: translate("writing", "Not proven: no answer to trust"),
    }[kind_of(line)]


def _unmoved(line: RunLine) -> bool:
    return line.before is not None and line.after is not None and values.same(line.before.value, line.after.value)


def _remark(line: RunLine) -> str:
    """What the device has said with its yes."""
    found = re.match(r"the device said yes \((.+)\) and still holds ", line.sentence)
    return found[1] if found else ""


def _happened(line: RunLine) -> str:
    """What happened to a line, in human units where the core speaks in inner ones."""
    parameter, kind = line.parameter, kind_of(line)
    if kind is Kind.CHANGED:
        was, now = reading_words(parameter, line.edit.seen), reading_words(parameter, line.before)
        return translate("writing", "it was {0} when you read it and is {1} now.").format(was, now)
    if kind is Kind.IGNORED:
        held = reading_words(parameter, line.after)
        if remark := _remark(line):
            words = translate("writing", "the device said yes ({1}) and still holds {0}.")
            return words.format(held, localised(remark))
        return translate("writing", "the device said yes and still holds {0}.").format(held)
    if kind is Kind.DIFFERS:
        held, wanted = reading_words(parameter, line.after), value_words(parameter, line.edit.value)
        return translate("writing", "{0} was written, and {1} was read back.").format(wanted, held)
    trouble, still, _held = line.sentence.rpartition("; it still holds ")
    if still and line.after is not None:
        held = reading_words(parameter, line.after)
        return translate("writing", "{0}; it still holds {1}.").format(localised(trouble), held)
    return f"{localised(line.sentence)}."


def _standing(run: Run) -> str:
    """Which lines were written, and which were not reached."""

    def named(*phases: Phase) -> str:
        return ", ".join(
            parameters_words.title(line.parameter)
            for line in run.lines
            if line.phase in phases and not (line.phase is Phase.DIFFERS and _unmoved(line))
        )

    written, unsure = named(Phase.PROVEN, Phase.DIFFERS, Phase.SENT), named(Phase.UNSURE)
    left = named(Phase.NOT_REACHED)
    parts = [
        translate("writing", "Written: {0}.").format(written) if written else "",
        translate("writing", "Perhaps written: {0}.").format(unsure) if unsure else "",
        "" if written or unsure else translate("writing", "Nothing was changed in any device."),
        translate("writing", "Not reached: {0}.").format(left) if left else "",
    ]
    return " ".join(part for part in parts if part)


def _todo(line: RunLine) -> str:
    """What to do next."""
    if hint := line.hint.text(i18n.current()):
        return hint
    if kind_of(line) is Kind.IGNORED and _remark(line):
        return translate("writing", "Do what the device says, then read all: only what is read counts.")
    answer = translate(
        "writing", "Get the line or the device to answer again, then read all: only what is read counts."
    )
    return {
        Kind.REFUSED: translate(
            "writing",
            "Check the reason given, then on the device itself whether this value is locked or remote control is off.",
        ),
        Kind.BARRED: translate("writing", "Check the reason given, then try again."),
        Kind.CHANGED: translate("writing", "Read all, look who has changed it, and decide again."),
        Kind.IGNORED: translate(
            "writing",
            "There is nothing to put back. Check on the device itself whether this value is locked, or belongs to a "
            "mode that is off.",
        ),
        Kind.DIFFERS: translate(
            "writing",
            "Put back what was written, then check the range on the device's own screen: it may have a narrower one.",
        ),
        Kind.OUTSIDE: translate(
            "writing",
            "The scale of this register is not what was expected: correct the value at the device itself, and do not "
            "write it from here.",
        ),
    }.get(kind_of(line), answer)
