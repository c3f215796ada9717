"""Words for what the core says: qualities, states, paces, registers; in the language in use.

Every word has a tone beside it (HEALTHY, WARNING, FAULT or MUTED), which is the theme's role for its colour; the word
alone is enough to understand.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from core.frames import Outcome
from core.points import Kind, Point, Quality, Reading, Value
from core.status import DeviceState, LinkState
from gui import formatting, i18n

translate = QCoreApplication.translate

SECRET_OPTIONS = ("password",)
NUMBERS = ("transaction.id",)
"""Paths of points that are numbers of something, not amounts: their digits stand together."""

HEALTHY, WARNING, FAULT, MUTED = "healthy", "warning", "fault", "tertiary"


def value_pair(point: Point, reading: Reading | None) -> tuple[str, str]:
    """Value and unit of a point, apart; texts have no unit, nothing is a dash."""
    if point.kind is Kind.AREA:
        return translate("wording", "area, layout not published"), ""
    if reading is None or reading.value is None:
        return formatting.DASH, ""
    if isinstance(reading.value, float) and point.path in NUMBERS:
        return f"{reading.value:.0f}", ""
    if isinstance(reading.value, float) and point.kind is not Kind.TIME and not point.secret:
        return formatting.pair(reading.value, reading.unit or point.unit)
    return _text_of(point, reading), ""


def _text_of(point: Point, reading: Reading) -> str:
    """A value without a unit."""
    if point.secret:
        return secret_words(reading)
    if isinstance(reading.value, str) and point.kind in (Kind.STATE, Kind.BITS):
        return code_words(point, reading.value)
    if isinstance(reading.value, tuple):
        return ", ".join(code_words(point, item) for item in reading.value) or none_set()
    return formatting.reading(reading, point)


def secret_words(reading: Reading) -> str:
    """What is shown of a reading whose value is nobody's business: that there is one, or none."""
    return hidden_words(reading.value)


def hidden_words(value: Value) -> str:
    """The same of a value."""
    empty = value in ("", "not set", "not_set", ())
    return translate("wording", "not set") if empty else translate("wording", "set")


def option_words(option: str, chosen: str) -> str:
    """What is shown of an option of a device: a password is nobody's business."""
    if option not in SECRET_OPTIONS:
        return chosen or formatting.DASH
    return translate("wording", "set") if chosen else translate("wording", "not set")


def sign_word(flow: str, value: float) -> str:
    """Which way a power of the grid or of a battery goes, instead of its sign; nothing at rest.

    ``flow`` is "grid" or "battery", with "-" before it where the device counts the other way round.
    """
    inwards = (value > 0) != flow.startswith("-")
    if not value:
        return ""
    if flow.endswith("grid"):
        return translate("wording", "import") if inwards else translate("wording", "export")
    return translate("wording", "discharge") if inwards else translate("wording", "charge")


def none_set() -> str:
    """What stands for a bit field without a set bit."""
    return translate("wording", "none set")


def code_words(point: Point, choice: str) -> str:
    """Words of a choice or a bit; a code that the map does not know is said to be so."""
    words = formatting.choice_title(point, choice)
    known = any(item.id == choice for item in point.choices)
    for prefix, text in (
        ("code_", translate("wording", "code {0}, not in the map")),
        ("bit_", translate("wording", "bit {0}, not in the map")),
    ):
        if not known and choice.startswith(prefix):
            return text.format(choice.removeprefix(prefix))
    return words


def advice(point: Point, reading: Reading | None) -> list[str]:
    """What to do about the choices or bits that are set, where the map says so."""
    if reading is None or not isinstance(reading.value, str | tuple):
        return []
    found = {reading.value} if isinstance(reading.value, str) else set(reading.value)
    french = i18n.current() == "fr"
    lines: list[str] = []
    for choice in point.choices:
        text = (choice.advice_fr if french else choice.advice_en) or choice.advice_en
        if choice.id in found and text:
            lines.append(f"{formatting.choice_title(point, choice.id)}: {text}")
    return lines


def quality(point: Point, reading: Reading | None, on_demand: bool = False) -> tuple[str, str]:
    """Word and tone of how far a value may be trusted."""
    if point.kind is Kind.AREA or not point.readable:
        return translate("wording", "never read"), MUTED
    if reading is None:
        return (
            (translate("wording", "on demand"), MUTED) if on_demand else (translate("wording", "not read yet"), MUTED)
        )
    return {
        Quality.GOOD: (translate("wording", "good"), HEALTHY),
        Quality.STALE: (translate("wording", "stale"), WARNING),
        Quality.BAD: (translate("wording", "bad"), FAULT),
        Quality.UNKNOWN: (translate("wording", "unknown"), MUTED),
    }[reading.quality]


def pace(every_s: float | None, achieved_s: float | None) -> str:
    """Requested and achieved period: ``1 s asked, 1.1 s achieved``."""
    if every_s is None:
        return translate("wording", "on demand")
    asked = translate("wording", "{0} asked").format(formatting.duration(every_s))
    if achieved_s is None:
        return asked
    return translate("wording", "{0}, {1} achieved").format(asked, formatting.duration(achieved_s))


def pace_is_kept(every_s: float | None, achieved_s: float | None) -> bool:
    """Whether the achieved period is within a fifth (or 0.2 s) of the asked one."""
    return every_s is None or achieved_s is None or achieved_s <= max(1.2 * every_s, every_s + 0.2)


def link_state(state: LinkState) -> tuple[str, str]:
    """Word and tone of a line."""
    return {
        LinkState.OFF: (translate("wording", "off"), MUTED),
        LinkState.CONNECTING: (translate("wording", "connecting"), WARNING),
        LinkState.UP: (translate("wording", "connected"), HEALTHY),
        LinkState.DOWN: (translate("wording", "cut off"), FAULT),
    }[state]


def device_state(state: DeviceState) -> tuple[str, str]:
    """Word and tone of a device."""
    return {
        DeviceState.NEVER: (translate("wording", "no answer yet"), WARNING),
        DeviceState.ONLINE: (translate("wording", "online"), HEALTHY),
        DeviceState.SILENT: (translate("wording", "silent"), FAULT),
        DeviceState.FAULTY: (translate("wording", "set-up fault"), FAULT),
    }[state]


def device_on_link(state: DeviceState, link: LinkState) -> tuple[str, str]:
    """Word and tone of a device behind its line: it is not online where the line is cut, nor silent by itself."""
    waiting = state is DeviceState.NEVER and link is LinkState.CONNECTING
    if state is DeviceState.FAULTY or link is LinkState.UP or waiting:
        return device_state(state)
    return translate("wording", "link down"), MUTED if link is LinkState.OFF else WARNING


def outcome(value: Outcome) -> tuple[str, str]:
    """Word and tone of an exchange."""
    return {
        Outcome.ANSWERED: (translate("wording", "answered"), HEALTHY),
        Outcome.REFUSED: (translate("wording", "refused by the device"), FAULT),
        Outcome.SILENT: (translate("wording", "no answer"), FAULT),
        Outcome.FOREIGN: (translate("wording", "answer to another question"), WARNING),
        Outcome.DAMAGED: (translate("wording", "damaged"), FAULT),
        Outcome.LINK_DOWN: (translate("wording", "link down"), FAULT),
        Outcome.HEARD: (translate("wording", "heard"), HEALTHY),
        Outcome.SENT: (translate("wording", "sent"), HEALTHY),
    }[value]


def address(point: Point) -> str:
    """Where it lies, in hex: ``0x2012``, ``0x2012 … 0x2013``, ``0x004E + 0x0050``; its path where it has no register.

    A dash for nowhere.
    """
    if not point.at:
        return point.path or formatting.DASH
    first, last = point.at[0], point.at[-1]
    if len(point.at) == 1:
        return f"0x{first:04X}"
    if tuple(range(first, first + len(point.at))) == point.at:
        return f"0x{first:04X} … 0x{last:04X}"
    return " + ".join(f"0x{at:04X}" for at in point.at)


def printed_address(point: Point) -> str:
    """Where it lies, as its map counts: ``3041 … 3042`` where that counts in decimals, else in hex."""
    if not point.at or not point.printed.isdecimal():
        return address(point)
    first, last = point.at[0], point.at[-1]
    if len(point.at) == 1:
        return f"{first}"
    if tuple(range(first, first + len(point.at))) == point.at:
        return f"{first} … {last}"
    return " + ".join(map(str, point.at))


def place(protocol: str, unit: int, station: str = "") -> str:
    """Which of a line's devices it is: ``address 3``, ``node 1``, ``station BORNE-7, connector 1``."""
    if protocol == "can":
        return translate("wording", "node {0}").format(unit) if unit else translate("wording", "the whole bus")
    if protocol == "ocpp" and unit:
        return translate("wording", "station {0}, connector {1}").format(station, unit)
    if protocol == "ocpp":
        return translate("wording", "station {0}").format(station)
    return translate("wording", "address {0}").format(unit)


def capital(text: str) -> str:
    """With a capital first letter."""
    return text[:1].upper() + text[1:]
