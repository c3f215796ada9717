"""Words for snapshots: kinds, seals, who took them, values, how two of them stand; in the language in use."""

from __future__ import annotations

from datetime import datetime, tzinfo

from PySide6.QtCore import QCoreApplication

from core.parameters import Parameters
from core.points import PointKey, Quality, Reading
from core.profile import Profile
from core.snapshots.difference import Difference, State
from core.snapshots.folder import Listed
from core.snapshots.snapshot import Item, Kind, Seal, Snapshot
from gui import formatting, i18n
from gui.models import parameters_input, parameters_words, wording
from gui.models.people import name_words, role_title
from gui.sentences import localised

translate = QCoreApplication.translate


def kind(value: Kind) -> str:
    """Why it was taken."""
    return {
        Kind.AS_FOUND: translate("snapshots", "As found"),
        Kind.AS_LEFT: translate("snapshots", "As left"),
        Kind.BY_HAND: translate("snapshots", "By hand"),
        Kind.REFERENCE: translate("snapshots", "Reference"),
    }[value]


def seal(value: Seal) -> tuple[str, str]:
    """What the checksum says, and its tone."""
    return {
        Seal.FINE: (translate("snapshots", "checksum right"), wording.HEALTHY),
        Seal.CHANGED: (translate("snapshots", "changed after it was written"), wording.FAULT),
        Seal.NONE: (translate("snapshots", "no checksum"), wording.MUTED),
    }[value]


def moment(snapshot: Snapshot, zone: tzinfo) -> str:
    """Day and minute at the site, of a reference the day alone; empty where nobody has said it."""
    if snapshot.at is None:
        return ""
    when = datetime.fromtimestamp(snapshot.at, zone)
    return f"{when:%Y-%m-%d}" if snapshot.kind is Kind.REFERENCE else f"{when:%Y-%m-%d %H:%M}"


def who(snapshot: Snapshot) -> str:
    """Who took it."""
    if snapshot.who:
        return translate("snapshots", "by {0}").format(name_words(snapshot.who))
    if snapshot.kind is Kind.REFERENCE:
        return ""
    return translate("snapshots", "by the program itself")


def role(snapshot: Snapshot) -> str:
    """The role of who took it."""
    return role_title(snapshot.role) if snapshot.role else ""


def devices(listed: Listed) -> str:
    """Which devices it holds."""
    names = [summary.title for summary in listed.holds]
    if len(names) <= 2:
        return ", ".join(names)
    return translate("snapshots", "{0} and {1} more").format(names[0], len(names) - 1)


def trouble(listed: Listed) -> str:
    """What is wrong with it or missing in it; empty when nothing is."""
    if listed.fault:
        return wording.capital(localised(listed.fault))
    broken = [summary for summary in listed.holds if summary.reason]
    if broken:
        names = ", ".join(summary.title for summary in broken)
        return translate("snapshots", "Not read to the end: {0}").format(names)
    return translate("snapshots", "Simulated devices") if listed.snapshot and listed.snapshot.simulated else ""


def source(snapshot: Snapshot, zone: tzinfo) -> str:
    """A snapshot in one line."""
    own = snapshot.site if snapshot.kind is Kind.REFERENCE else ""
    return formatting.joined([kind(snapshot.kind), moment(snapshot, zone), own])


def now() -> str:
    """The running devices themselves."""
    return translate("snapshots", "Now, as last read")


def state(value: State) -> tuple[str, str]:
    """How two values stand to each other, and the tone."""
    return {
        State.SAME: (translate("snapshots", "same"), wording.HEALTHY),
        State.DIFFERENT: (translate("snapshots", "different"), wording.WARNING),
        State.LEFT: (translate("snapshots", "only left"), "accent"),
        State.RIGHT: (translate("snapshots", "only right"), "accent"),
        State.UNREADABLE: (translate("snapshots", "not comparable"), wording.MUTED),
    }[value]


def title(difference: Difference, profile: Profile | None) -> str:
    """Its name."""
    parameter = profile.parameters.find(difference.id) if profile is not None else None
    point = profile.point(difference.id) if profile is not None else None
    if parameter is not None:
        return parameters_words.title(parameter)
    own = point.title(i18n.current()) if point is not None else ""
    return difference.title.text(i18n.current()) or own or difference.id


def section(difference: Difference, parameters: Parameters | None) -> str:
    """The heading of the device's manual."""
    if difference.own:
        return translate("snapshots", "Identity")
    entry = parameters.find(difference.id) if parameters is not None else None
    found = (
        next((part for part in parameters.sections if entry and part.id == entry.section), None) if parameters else None
    )
    return found.title.text(i18n.current()) if found is not None else ""


def value(item: Item | None, profile: Profile | None) -> str:
    """A value for people; a dash for none."""
    if item is None or item.value is None:
        return formatting.DASH
    if item.secret:
        return wording.hidden_words(item.value)
    parameter = profile.parameters.find(item.id) if profile is not None else None
    if parameter is not None and parameter.point is not None and item.unit in ("", parameter.point.unit):
        return parameters_input.value_text(parameter, item.value)
    point = profile.point(item.id) if profile is not None else None
    if point is not None and item.unit in ("", point.unit):
        reading = Reading(PointKey("", item.id), item.value, item.at or 0.0, point.unit, item.quality or Quality.GOOD)
        digits, unit = wording.value_pair(point, reading)
        return f"{digits}{formatting.SPACE}{unit}" if unit else digits
    return item.means.text(i18n.current()) or formatting.value(item.value, unit=item.unit)


def doubt(item: Item | None) -> str:
    """Why there is no value, or why it is not to be relied on; empty where it is."""
    if item is None:
        return translate("snapshots", "not in it")
    if item.known:
        return translate("snapshots", "last told long ago") if item.quality is Quality.STALE else ""
    words = localised(item.reason)
    return words or (translate("snapshots", "not to be relied on") if item.value is not None else "")


def facts(item: Item | None, zone: tzinfo) -> list[str]:
    """Where a value comes from: register, registers' words, time."""
    if item is None:
        return []
    lines: list[str] = []
    if item.register:
        place = item.register if item.function is None else f"{item.register} · {item.function}"
        lines.append(translate("snapshots", "Register: {0}").format(place))
    if item.raw:
        lines.append(translate("snapshots", "Raw: {0}").format(item.raw))
    if item.at is not None:
        when = f"{datetime.fromtimestamp(item.at, zone):%Y-%m-%d %H:%M:%S}"
        lines.append(translate("snapshots", "Read: {0}").format(when))
    return lines
