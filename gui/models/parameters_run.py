"""What a review asks for and how a run went, in words: what happened, what it means, what to do next."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from core.access import ROLES, TABLE, Permission
from core.parameters import Danger, Parameter
from core.points import Confidence, Reading, Value
from core.writing import values
from core.writing.review import GOOD, Phase, Review, ReviewLine, Run, RunLine, Watch
from gui import formatting, i18n
from gui.models import parameters_input, parameters_words, wording
from gui.sentences import localised

if TYPE_CHECKING:
    from core.facade import Station

translate = QCoreApplication.translate

UNDER_WAY = (Phase.WAITING, Phase.READING, Phase.WRITING, Phase.CHECKING)
ARROW = "→"


class Remedy(StrEnum):
    """What the operator can do about a refusal."""

    SIGN_IN = "sign in"
    ROLE = "role"
    LINK = "link"
    READ = "read"
    CONFIRM = "confirm"


@dataclass(frozen=True, slots=True)
class Cure:
    """A remedy in one sentence, the words of its button, and what it concerns (a link, a device)."""

    remedy: Remedy
    sentence: str
    button: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """How a run ended: its title and tone, and up to three sentences."""

    title: str
    tone: str
    happened: str = ""
    means: str = ""
    todo: str = ""


def value_words(parameter: Parameter, value: Value) -> str:
    """A value of a review or a run; what is secret is only said to be new."""
    if parameter.secret:
        return translate("writing", "a new one")
    return parameters_input.value_text(parameter, value)


def reading_words(parameter: Parameter, reading: Reading | None) -> str:
    """What was read."""
    return parameters_input.value_text(parameter, reading.value if reading is not None else None)


def change_words(parameter: Parameter, before: Reading | None, wanted: Value) -> str:
    """``80 % → 100 %``; an order has no "before"."""
    after = value_words(parameter, wanted)
    return after if parameter.command else f"{reading_words(parameter, before)} {ARROW} {after}"


def cures(station: Station, review: Review) -> list[Cure]:
    """What stands in the way of a review, each thing once, the first to be done first."""
    found: dict[tuple[Remedy, str], Cure] = {}
    for line in review.lines:
        if line.fault and (cure := _cure(station, line)) is not None:
            found.setdefault((cure.remedy, cure.place), cure)
    order = list(Remedy)
    return sorted(found.values(), key=lambda cure: order.index(cure.remedy))


def _cure(station: Station, line: ReviewLine) -> Cure | None:
    """The first thing that stands in the way of a line, in the order of the core's own rules."""
    parameter, person, key = line.parameter, station.access.person, line.edit.key
    device = next((entry for entry in station.site.devices if entry.id == key.device), None)
    link = next((entry for entry in station.site.links if device is not None and entry.id == device.link), None)
    wanted = Permission.WRITE if parameter.danger is Danger.NONE else Permission.WRITE_DANGEROUS
    inferred = parameter.confidence is Confidence.INFERRED and parameter.id not in station.confirmed(key.device)
    cure: Cure | None = None
    if not parameter.writable:
        cure = None
    elif link is not None and link.read_only:
        words = translate("writing", "Writing is not allowed on the link {0}: allow it on the Links page.")
        cure = Cure(Remedy.LINK, words.format(link.title), translate("writing", "Links page"), link.id)
    elif not person.name:
        words = translate("writing", "Nobody is signed in: sign in to write.")
        cure = Cure(Remedy.SIGN_IN, words, translate("writing", "Sign in…"))
    elif not (person.reaches(parameter.writes) and person.may(wanted)):
        least = max(parameter.writes, TABLE[wanted], key=ROLES.index)
        words = translate("writing", "This needs the role {0}: somebody who has it signs in.")
        cure = Cure(Remedy.ROLE, words.format(parameters_words.role(least)), translate("writing", "Sign in…"))
    elif inferred:
        words = translate("writing", "{0} is only inferred: compare it on site, then confirm it.")
        title = parameters_words.title(parameter)
        cure = Cure(Remedy.CONFIRM, words.format(title), translate("writing", "Compare and confirm…"), str(key))
    elif (line.edit.seen is None or line.edit.seen.value is None) and not (parameter.command or line.blind):
        words = translate("writing", "{0}: read it first, so that what is replaced is known.")
        cure = Cure(Remedy.READ, words.format(line.device), translate("writing", "Read all"), key.device)
    return cure


def dangers(review: Review) -> list[Danger]:
    """Every danger that is to be confirmed, each once."""
    return list(dict.fromkeys(line.parameter.danger for line in review.lines if line.asks))


def phase_words(line: RunLine) -> tuple[str, str]:
    """How far a line is, and its tone."""
    return {
        Phase.WAITING: (translate("writing", "waits"), wording.MUTED),
        Phase.READING: (translate("writing", "reading what it holds before…"), "accent"),
        Phase.WRITING: (translate("writing", "writing…"), "accent"),
        Phase.CHECKING: (translate("writing", "reading back…"), "accent"),
        Phase.PROVEN: (translate("writing", "written, read back, identical"), wording.HEALTHY),
        Phase.SENT: (translate("writing", "sent and accepted; it cannot be read back"), wording.HEALTHY),
        Phase.SAME: (translate("writing", "already so: nothing was written"), wording.HEALTHY),
        Phase.REFUSED: (translate("writing", "refused: nothing was changed"), wording.FAULT),
        Phase.CHANGED: (translate("writing", "changed meanwhile: nothing was written"), wording.FAULT),
        Phase.DIFFERS: (translate("writing", "written, but the device holds something else"), wording.FAULT),
        Phase.UNSURE: (translate("writing", "not known whether it was written"), wording.FAULT),
        Phase.NOT_REACHED: (translate("writing", "not reached: nothing was written"), wording.MUTED),
    }[line.phase]


def back_words(line: RunLine) -> str:
    """What was read back."""
    if line.after is None or line.phase not in (Phase.PROVEN, Phase.DIFFERS, Phase.UNSURE, Phase.REFUSED):
        return ""
    return translate("writing", "read back: {0}").format(reading_words(line.parameter, line.after))


def failed(run: Run) -> RunLine | None:
    """The line that ended a run, None when none did."""
    return next((line for line in run.lines if line.phase not in (*GOOD, *UNDER_WAY, Phase.NOT_REACHED)), None)


def told(run: Run) -> Told:
    """How far a run is, or how it ended."""
    if not run.done:
        return Told(_progress(run), "")
    line = failed(run)
    if line is not None:
        return _failure(run, line)
    if any(line.phase is Phase.NOT_REACHED for line in run.lines):
        return _stopped(run)
    if all(line.phase is Phase.SAME for line in run.lines):
        return Told(translate("writing", "Nothing had to be written: the devices hold these values"), wording.HEALTHY)
    if any(line.phase is Phase.SENT for line in run.lines):
        title = translate("writing", "Sent and accepted")
        means = translate("writing", "What cannot be read back is not proven: see what the device does now.")
        return Told(title, wording.HEALTHY, _remarks(run), means)
    title = (
        translate("writing", "Put back, read back and identical")
        if run.undoes
        else translate("writing", "Set, read back and identical")
    )
    return Told(title, wording.HEALTHY, _remarks(run), translate("writing", "The values are watched for 15 minutes."))


def _remarks(run: Run) -> str:
    """What devices have said with their yes, such as that they have to be restarted first."""
    said: dict[str, list[str]] = {}
    for line in run.lines:
        if line.sentence and line.phase in GOOD:
            said.setdefault(localised(line.sentence), []).append(parameters_words.title(line.parameter))
    told = [translate("writing", "{0}: {1}").format(", ".join(names), words) for words, names in said.items()]
    return " ".join(f"{words}." for words in told)


def _progress(run: Run) -> str:
    ended = sum(line.phase not in UNDER_WAY for line in run.lines)
    number = min(ended + 1, len(run.lines))
    if run.undoes:
        return translate("writing", "Putting back {0} of {1}").format(number, len(run.lines))
    return translate("writing", "Writing {0} of {1}").format(number, len(run.lines))


def _stopped(run: Run) -> Told:
    """Nothing failed, and yet not everything was begun."""
    reason = next((line.sentence for line in run.lines if line.phase is Phase.NOT_REACHED), "")
    return Told(
        translate("writing", "Stopped before the end"),
        wording.WARNING,
        wording.capital(localised(reason)),
        _standing(run),
        translate("writing", "Put back what was written, or leave it as it is and write the rest later."),
    )


def _failure(run: Run, line: RunLine) -> Told:
    name = parameters_words.title(line.parameter)
    happened = translate("writing", "{0}: {1}").format(name, _happened(line))
    return Told(_failure_title(line), wording.FAULT, happened, _standing(run), _todo(line))


def _failure_title(line: RunLine) -> str:
    return {
        Phase.REFUSED: translate("writing", "Not set: the device or a rule refused"),
        Phase.CHANGED: translate("writing", "Not set: the value has changed meanwhile"),
        Phase.DIFFERS: translate("writing", "Not as asked: the device holds something else"),
    }.get(line.phase, translate("writing", "Not proven: no answer to trust"))


def _happened(line: RunLine) -> str:
    """What happened to a line, in human units where the core speaks in inner ones."""
    parameter = line.parameter
    now = reading_words(parameter, line.before)
    if line.phase is Phase.CHANGED:
        was = reading_words(parameter, line.edit.seen)
        return translate("writing", "it was {0} when you read it and is {1} now.").format(was, now)
    if line.phase is Phase.DIFFERS:
        held, wanted = reading_words(parameter, line.after), value_words(parameter, line.edit.value)
        unmoved = (
            line.before is not None and line.after is not None and values.same(line.before.value, line.after.value)
        )
        if unmoved and (remark := re.search(r"^the device said yes \((.+)\) and still holds ", line.sentence)):
            words = translate("writing", "the device said yes ({1}) and still holds {0}.")
            return words.format(held, localised(remark[1]))
        if unmoved:
            return translate("writing", "the device said yes and still holds {0}.").format(held)
        return translate("writing", "{0} was written, and {1} was read back.").format(wanted, held)
    trouble, still, _held = line.sentence.rpartition("; it still holds ")
    if still and line.after is not None:
        held = reading_words(parameter, line.after)
        return translate("writing", "{0}; it still holds {1}.").format(localised(trouble), held)
    return f"{localised(line.sentence)}."


def _standing(run: Run) -> str:
    """Which lines were written, and which were not reached."""

    def named(*phases: Phase) -> str:
        return ", ".join(parameters_words.title(line.parameter) for line in run.lines if line.phase in phases)

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
    return {
        Phase.REFUSED: translate(
            "writing", "Look at the reason, at the device's own screen and at its remote control; then try again."
        ),
        Phase.CHANGED: translate("writing", "Read all, look who has changed it, and decide again."),
        Phase.DIFFERS: translate(
            "writing",
            "Put back what was written, then check the range on the device's own screen: it may have a narrower one.",
        ),
        Phase.UNSURE: translate(
            "writing", "Get the line or the device to answer again, then read all: only what is read counts."
        ),
    }.get(line.phase, "")


def watch_words(watch: Watch, now: float, zone: tzinfo) -> str:
    """One watched value: how long still, or what it has moved to and who may have done it."""
    name = parameters_words.title(watch.parameter)
    wanted = value_words(watch.parameter, watch.wanted)
    if not watch.moved:
        left = formatting.duration(max(0.0, round(watch.until - now)))
        calm = translate("writing", "{0}, {1}: {2} holds, watched for {3} more")
        return calm.format(watch.device, name, wanted, left)
    held = reading_words(watch.parameter, watch.last)
    moved = translate("writing", "{0}, {1}: no longer {2}, but {3} since {4}")
    return moved.format(watch.device, name, wanted, held, _clock(watch.reverted_at, zone))


def watches_words(watches: Sequence[Watch], now: float, zone: tzinfo) -> str:
    """Every value that holds so far, in one line."""
    calm = [watch for watch in watches if not watch.moved]
    if not calm:
        return ""
    left = formatting.duration(max(0.0, round(max(watch.until for watch in calm) - now)))
    if len(calm) == 1:
        return watch_words(calm[0], now, zone)
    return translate("writing", "{0} values hold, watched for {1} more").format(len(calm), left)


def suspect_words(watch: Watch) -> str:
    """Who may have moved it, and what speaks for it."""
    suspect = wording.capital(parameters_words.suspect(watch.suspect))
    evidence = localised(watch.evidence)
    said = translate("writing", "{0}: {1}").format(suspect, evidence) if evidence else suspect
    return f"{said}."


def _clock(at: float | None, zone: tzinfo) -> str:
    """Time of day at the site."""
    return formatting.DASH if at is None else f"{datetime.fromtimestamp(at, zone):%H:%M:%S}"
