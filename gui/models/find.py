"""What can be searched for devices, what is to be searched, and what was found: plain types between page and drivers.

A page knows no driver: it talks to a ``Finder``, which ``gui/app.py`` hands in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import parse_qsl

from PySide6.QtCore import QCoreApplication

from core.config import KnownBy
from core.evidence import Evidence, worded
from gui import formatting, i18n
from gui.models.link_words import badge

translate = QCoreApplication.translate

USUAL_SPEEDS = (9600, 19200)
MOST_UNITS = 247
ALL_SPEEDS = (9600, 19200, 38400, 4800, 115200, 2400, 57600, 1200)
CAN_SPEEDS = ((250_000, 500_000), (125_000,), (1_000_000,), (50_000,))


@dataclass(frozen=True, slots=True)
class SerialPort:
    """A serial port of this computer. ``usb``: an adapter, which is what people plug a bus into."""

    device: str
    title: str = ""
    usb: bool = True


@dataclass(frozen=True, slots=True)
class Subnet:
    """A network that this computer is part of."""

    network: str  # 192.168.1.0/24
    title: str = ""  # of the network card
    address: str = ""  # of this computer


@dataclass(frozen=True, slots=True)
class CanAdapter:
    """A CAN adapter."""

    interface: str
    channel: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What this computer could search. Nothing has been sent to learn it. ``access_point``: the serial number of the
    stick whose own Wi-Fi this computer has joined."""

    serial: tuple[SerialPort, ...] = ()
    subnets: tuple[Subnet, ...] = ()
    can: tuple[CanAdapter, ...] = ()
    access_point: str = ""
    known_by: KnownBy = field(default_factory=KnownBy)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wish:
    """What the operator wants searched; empty means nothing is sent anywhere."""

    serial: tuple[str, ...] = ()
    speeds: tuple[int, ...] = USUAL_SPEEDS
    parities: tuple[str, ...] = ("N", "E")
    units: str = "1-10"
    ranges: tuple[str, ...] = ()
    sticks: bool = False
    can: tuple[tuple[str, str], ...] = ()
    can_bitrates: tuple[int, ...] = (250_000, 500_000)
    ocpp: str = ""  # ocpp://address:port/ where charging stations are waited for

    @property
    def empty(self) -> bool:
        """Whether nothing is wanted."""
        asks = self.serial and unit_numbers(self.units)
        return not (asks or self.ranges or self.sticks or self.can or self.ocpp)


@dataclass(frozen=True, slots=True)
class Fit:
    """A profile that may be the one. ``confidence`` 0 to 1; ``evidence`` has what tells most first."""

    profile_id: str
    title: str
    confidence: float = 0.0
    evidence: tuple[Evidence, ...] = ()
    serial: str = ""
    options: dict[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class Answer:
    """One device that was found at the address ``url``; ``fits`` come best first, ``note`` says what to know."""

    url: str
    unit: int | None = None
    station: str = ""
    fits: tuple[Fit, ...] = ()
    note: str = ""

    @property
    def key(self) -> tuple[str, int | None, str]:
        """What tells it from the others."""
        return self.url, self.unit, self.station

    @property
    def kind(self) -> str:
        """Kind of its link."""
        return self.url.partition("://")[0]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a search is. ``share`` 0 to 1; ``left_s`` None while it cannot be told."""

    share: float = 0.0
    words: str = ""
    left_s: float | None = None
    ended: bool = False


class Search(Protocol):
    """A search under way; every method returns at once, ``stop`` within moments."""

    def start(self) -> None:
        """Begin."""
        ...

    def progress(self) -> Progress:
        """How far it is."""
        ...

    def found(self) -> Sequence[Answer]:
        """What has answered so far."""
        ...

    def problems(self) -> Sequence[str]:
        """What could not be searched, a sentence each."""
        ...

    def report(self) -> str:
        """Everything that was tried and what came of it, as text."""
        ...

    def stop(self) -> None:
        """End it and wait for its threads; safe to call twice."""
        ...


class Finder(Protocol):
    """What finds devices. ``surroundings`` and ``choices`` may take a moment: for a worker."""

    def surroundings(self) -> Surroundings:
        """What could be searched."""
        ...

    def choices(self) -> dict[str, tuple[tuple[str, str, str], ...]]:
        """By kind of link, every profile that fits it: id, title, category."""
        ...

    def count(self, place: str) -> int:
        """How many addresses a range holds; raises ProfileError with a sentence when it may not be searched."""
        ...

    def search(self, wish: Wish) -> Search:
        """A search, not yet begun; raises WattelierError with a sentence when the wish cannot be granted."""
        ...


def unit_numbers(text: str) -> tuple[int, ...]:
    """``1-10`` or ``1, 5, 32-40`` as numbers from 1 to 247, each once; nothing where it makes no sense."""
    found: dict[int, None] = {}
    for part in text.split(","):
        first, dash, last = (piece.strip() for piece in part.partition("-"))
        last = last if dash else first
        if not (first.isdecimal() and last.isdecimal() and 1 <= int(first) <= int(last) <= MOST_UNITS):
            return ()
        found |= dict.fromkeys(range(int(first), int(last) + 1))
    return tuple(found)


def action(wish: Wish, count: int) -> str:
    """What a search will do, exactly, for the button that begins it; ``count`` addresses are in its ranges."""
    parts: list[str] = []
    if wish.ranges:
        where = ", ".join(wish.ranges)
        words = translate("find", "search {1}") if count == 1 else translate("find", "search {0} addresses of {1}")
        parts.append(words.format(formatting.number(count), where))
    if wish.sticks:
        parts.append(translate("find", "call SOLARMAN sticks"))
    if wish.serial and unit_numbers(wish.units):
        parts.append(translate("find", "ask units {0} on {1}").format(wish.units, ", ".join(wish.serial)))
    if wish.can:
        parts.append(translate("find", "listen on {0}").format(", ".join(channel for _, channel in wish.can)))
    if wish.ocpp:
        parts.append(translate("find", "wait for charging stations"))
    if not parts:
        return translate("find", "Choose where to look")
    text = ", ".join(parts[:-1])
    text = translate("find", "{0} and {1}").format(text, parts[-1]) if text else parts[-1]
    return text[0].upper() + text[1:]


def sureness(fit: Fit | None) -> tuple[str, str]:
    """How sure it is, in words with the figure, and the colour role that goes with it."""
    if fit is None:
        return translate("find", "unknown device"), "warning"
    share = formatting.share(fit.confidence)
    if fit.confidence >= 0.9:
        return translate("find", "certain, {0}").format(share), "healthy"
    if fit.confidence >= 0.6:
        return translate("find", "likely, {0}").format(share), "healthy"
    return translate("find", "possible, {0}").format(share), "warning"


def why(fit: Fit) -> str:
    """What speaks for a profile, in the language in use."""
    return worded(fit.evidence, i18n.current(), formatting.quantity)


def where(answer: Answer) -> str:
    """Protocol and place of what was found: ``MODBUS TCP · 192.168.1.43:502 · unit 1``."""
    _, _, rest = answer.url.partition("://")
    place, _, query = rest.partition("?")
    parts = [badge(answer.kind), place.strip("/") if answer.kind != "rtu" else place]
    if answer.kind == "rtu" and query:
        parts.append(_serial_words(query))
    if answer.station:
        parts.append(answer.station)
    if answer.unit is not None:
        word = translate("find", "connector {0}") if answer.station else translate("find", "unit {0}")
        parts.append(word.format(answer.unit))
    return formatting.joined(parts)


def _serial_words(query: str) -> str:
    given = dict(parse_qsl(query))
    return f"{given.get('baud', '9600')} {given.get('bits', '8')}{given.get('parity', 'N')}{given.get('stop', '1')}"


def advice(wish: Wish) -> list[str]:
    """What to try next when nothing has answered."""
    found: list[str] = []
    if wish.serial:
        found += [
            translate("find", "Other speeds and parities, and more unit numbers: the label or the menu tells them."),
            translate("find", "Swap the wires A and B; makers do not agree on their names."),
            translate("find", "120 Ω at the two ends of the bus, and nowhere else."),
            translate("find", "No other program and no other master on the same bus."),
        ]
    if wish.ranges:
        found += [
            translate("find", "Modbus TCP has to be switched on in many devices and gateways."),
            translate("find", "Is this computer on the devices’ network? A guest Wi-Fi keeps them apart."),
        ]
    if wish.sticks:
        found.append(
            translate(
                "find",
                "A stick on another network does not hear the call: join its own Wi-Fi AP_… or type its address.",
            )
        )
    if wish.can:
        found.append(translate("find", "Another CAN speed; 120 Ω at both ends; CAN-H and CAN-L swapped."))
    if wish.ocpp:
        found.append(translate("find", "In the station’s menu, set the address shown here, then restart the station."))
    return found
