"""Words for parameters: danger, memory, wear, suspects, places and what to do next; in the language in use."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication

from core.parameters import Danger, Memory, Parameter
from core.points import Kind, Point
from core.writing.review import ReviewLine, Suspect, Wear
from gui import formatting, i18n
from gui.models import wording
from gui.models.people import role_title

translate = QCoreApplication.translate

MOST_NAMES = 3  # in one sentence
FEW_YEARS = 20.0  # a life shorter than this is told in the review


def title(parameter: Parameter) -> str:
    """Its name."""
    point = parameter.point
    return parameter.title.text(i18n.current()) or (point.title(i18n.current()) if point else "") or parameter.id


def titles(parameters: Iterable[Parameter]) -> str:
    """The names of a few; of many, the first."""
    names = [title(parameter) for parameter in parameters]
    return ", ".join([*names[:MOST_NAMES], *(["…"] if len(names) > MOST_NAMES else [])])


def help_line(parameter: Parameter) -> str:
    """One line: why one sets it, or where it is set instead."""
    return parameter.help.text(i18n.current()) or screen(parameter)


def screen(parameter: Parameter) -> str:
    """The path of menus on the device's own screen, or in the maker's tool."""
    return parameter.screen.text(i18n.current())


def register(point: Point | None) -> str:
    """Where it lies, as the map prints it."""
    if point is None:
        return formatting.DASH
    return point.printed or wording.address(point).removeprefix("key.")


def danger(value: Danger) -> str:
    """Why a change is dangerous, as a few words; empty when it is not."""
    return {
        Danger.NONE: "",
        Danger.GRID_CODE: translate("parameters", "grid code"),
        Danger.PROTECTION: translate("parameters", "protection"),
        Danger.RESTART: translate("parameters", "the device restarts"),
        Danger.REACH: translate("parameters", "the device may be out of reach"),
    }[value]


def danger_check(value: Danger) -> str:
    """What the operator says that he has made sure of."""
    return {
        Danger.NONE: "",
        Danger.GRID_CODE: translate(
            "parameters", "I have checked that the grid operator's rules for this site allow this grid code setting."
        ),
        Danger.PROTECTION: translate(
            "parameters", "I have checked these protection limits against the data sheets of battery and wiring."
        ),
        Danger.RESTART: translate(
            "parameters", "I have checked that the device may restart or stop now: nobody is endangered by it."
        ),
        Danger.REACH: translate(
            "parameters", "I have checked how to reach the device if it does not answer over this link any more."
        ),
    }[value]


def memory(value: Memory) -> str:
    """Where the device keeps it."""
    return {
        Memory.FLASH: translate("parameters", "flash: kept without power, every write wears it"),
        Memory.VOLATILE: translate("parameters", "volatile: lost when the device restarts or times out"),
        Memory.UNKNOWN: translate("parameters", "not known: counted as flash"),
    }[value]


def role(name: str) -> str:
    """A role for people, inside a sentence."""
    return role_title(name).lower()


def writes(wear: Wear) -> str:
    """How often it has been written: ``3 writes to date``; a short life with it."""
    if wear.writes == 0:
        return translate("parameters", "never written yet")
    if wear.writes == 1:
        told = translate("parameters", "1 write to date")
    else:
        told = translate("parameters", "{0} writes to date").format(formatting.number(wear.writes))
    if wear.years is None or wear.years >= FEW_YEARS:
        return told
    return formatting.joined([told, translate("parameters", "{0} left at this pace").format(_years(wear.years))])


def wear_line(wear: Wear) -> str:
    """The same in full, with what is left."""
    left = ""
    if wear.left is not None:
        left = translate("parameters", "about {0} left").format(formatting.number(wear.left))
    return formatting.joined([writes(wear), left])


def _years(years: float) -> str:
    if years < 1:
        return translate("parameters", "{0} months").format(formatting.number(max(1.0, 12 * years)))
    return translate("parameters", "{0} years").format(formatting.number(years))


def consequence(line: ReviewLine) -> str:
    """What a change touches, in one or two sentences."""
    return line.parameter.touches.text(i18n.current()) or line.parameter.help.text(i18n.current())


def suspect(value: Suspect | None) -> str:
    """Who may have moved a value back."""
    if value is None:
        return translate("parameters", "who has done it is not known")
    return {
        Suspect.CLOUD: translate("parameters", "probably the maker's cloud"),
        Suspect.MASTER: translate("parameters", "probably another program or controller"),
        Suspect.FIRMWARE: translate("parameters", "probably the device itself (firmware)"),
    }[value]


def kind_words(parameter: Parameter) -> str:
    """What sort of value it is, where the range does not say it."""
    point = parameter.point
    if parameter.command:
        return translate("parameters", "an order: it cannot be read back")
    if point is not None and point.kind is Kind.TIME and not point.path:
        return translate("parameters", "by the device's own clock")
    return ""
