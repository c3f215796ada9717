"""What a review asks for and how a run went, in words: what happened, what it means, what to do next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from core.access import ROLES, TABLE, Permission
from core.parameters import Danger, Parameter
from core.points import Confidence, Reading, Value
from core.writing.review import GOOD, Phase, Review, ReviewLine, Run, RunLine, Watch
from gui import formatting
from gui.models import parameters_failure, parameters_words, wording
from gui.models.parameters_failure import Told, failure, reading_words, stopped, value_words
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


def statements(review: Review) -> list[str]:
    """What is to be confirmed, one sentence a danger, with the names of what it is about: they may be out of sight."""
    found: list[str] = []
    for danger in dangers(review):
        about = (line.parameter for line in review.lines if line.asks and line.parameter.danger is danger)
        names = parameters_words.titles(about)
        found.append(f"{parameters_words.danger_check(danger).removesuffix('.')} ({names}).")
    return found


def phase_words(line: RunLine) -> tuple[str, str]:
    """How far a line is, and its tone."""
    if line.phase not in (*GOOD, *UNDER_WAY, Phase.NOT_REACHED):
        return parameters_failure.line_words(line), wording.FAULT
    return {
        Phase.WAITING: (translate("writing", "waits"), wording.MUTED),
        Phase.READING: (translate("writing", "reading what it holds before…"), "accent"),
        Phase.WRITING: (translate("writing", "writing…"), "accent"),
        Phase.CHECKING: (translate("writing", "reading back…"), "accent"),
        Phase.PROVEN: (translate("writing", "written, read back, identical"), wording.HEALTHY),
        Phase.SENT: (translate("writing", "sent and accepted; it cannot be read back"), wording.HEALTHY),
        Phase.SAME: (translate("writing", "already so: nothing was written"), wording.HEALTHY),
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
        return failure(run, line)
    if any(line.phase is Phase.NOT_REACHED for line in run.lines):
        return stopped(run)
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
    said = (parameters_words.suspect(watch.suspect), localised(watch.evidence))
    return " ".join(f"{wording.capital(words)}." for words in said if words)


def _clock(at: float | None, zone: tzinfo) -> str:
    """Time of day at the site."""
    return formatting.DASH if at is None else f"{datetime.fromtimestamp(at, zone):%H:%M:%S}"
