"""Words for a line: its protocol, its place, what it may say, what is wrong with it and what to do next."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from core.status import LinkState, LinkStatus, Voice
from gui import formatting
from gui.models import wording

if TYPE_CHECKING:
    from core.config import LinkConfig
    from core.facade import Station
    from core.linkurl import LinkUrl

translate = QCoreApplication.translate

BADGES = {
    "tcp": "MODBUS TCP",
    "rtu": "MODBUS RTU",
    "rtu+tcp": "MODBUS RTU · TCP",
    "v5": "SOLARMAN V5",
    "can": "CAN",
    "ocpp": "OCPP 1.6J",
}
"""Protocols by their own names, which are the same in every language."""

ICONS = {Voice.ASKS: "ask", Voice.WRITES: "write", Voice.LISTENS: "listen", Voice.TRANSMITS: "transmit"}
NAMED = 2  # links that the line below the window calls by their name; more are counted


def badge(kind: str) -> str:
    """The protocol of a link, in capitals."""
    return BADGES.get(kind, kind.upper())


def state(kind: str, value: LinkState) -> tuple[str, str]:
    """Word and tone of a line; one that waits to be called is not connected to anything."""
    if kind == "ocpp" and value is LinkState.UP:
        return translate("links", "listening for stations"), wording.HEALTHY
    return wording.link_state(value)


def voice(value: Voice) -> str:
    """What a line may say, in two words."""
    return {
        Voice.ASKS: translate("links", "asks only"),
        Voice.WRITES: translate("links", "may write"),
        Voice.LISTENS: translate("links", "listens only"),
        Voice.TRANSMITS: translate("links", "may transmit"),
    }[value]


def voice_meaning(value: Voice) -> str:
    """What that means for the devices, in one sentence."""
    return {
        Voice.ASKS: translate("links", "It asks for values; it writes nothing to the devices."),
        Voice.WRITES: translate("links", "It may write to the devices: read_only is off in the site file."),
        Voice.LISTENS: translate("links", "This PC sends no frame on this bus."),
        Voice.TRANSMITS: translate("links", "Frames are sent to real devices: somebody has confirmed it for this bus."),
    }[value]


def is_loud(value: Voice) -> bool:
    """Whether a line with this voice can change something in a device."""
    return value in (Voice.WRITES, Voice.TRANSMITS)


def place(url: LinkUrl, status: LinkStatus | None = None) -> str:
    """Where a line leads, for people: ``192.168.1.43:8899``, ``COM3``, ``ws://0.0.0.0:8887/``."""
    if status is not None and status.place:
        return status.place
    if url.kind == "can" and url.bitrate:
        return f"{url.short} · {formatting.number(url.bitrate / 1000)}{formatting.SPACE}kbit/s"
    return url.short


def remedy(kind: str, error: str) -> str:
    """What to do about the error of a line, in one sentence."""
    said = error.lower()
    for words, advice in (
        (("not known on this network",), translate("links", "Write the number of the address, or check the name.")),
        (("refuse",), translate("links", "The machine is there, but this service is off or taken: see its settings.")),
        (("in use", "locked", "busy"), translate("links", "Close the other program that holds the port.")),
        (("permission", "dialout"), translate("links", "Give this user the right to the port, then log in again.")),
        (
            ("plugged", "unplugged", "does not exist"),
            translate("links", "Plug the adapter in, or choose its new name."),
        ),
        (("driver", "library", "module"), translate("links", "Install the maker’s driver of the adapter.")),
        (("certificate", " key "), translate("links", "Check the files cert and key of the link’s address.")),
    ):
        if any(word in said for word in words):
            return advice
    return {
        "v5": translate("links", "Check power, Wi-Fi and address of the stick; the diagnosis walks you through it."),
        "can": translate("links", "Check the adapter, the speed and the two ends’ resistors of the bus."),
        "ocpp": translate("links", "Choose another port, or another address of this PC, in the site file."),
        "rtu": translate("links", "Check the adapter, A and B of the bus, the speed and the parity."),
    }.get(kind, translate("links", "Check power, cable and address of the device, and that this PC is on its network."))


def voices_line(links: Iterable[tuple[LinkConfig, LinkStatus]]) -> tuple[str, bool]:
    """What every line of the site may say, in one line for the foot of the window; whether one of them may write."""
    titles: dict[Voice, list[str]] = {kind: [] for kind in Voice}
    for link, status in links:
        if getattr(link, "enabled", True):
            titles[status.voice].append(link.title)
    loud = [*titles[Voice.WRITES], *titles[Voice.TRANSMITS]]
    listening = _named(
        titles[Voice.LISTENS],
        translate("links", "{0} listens only"),
        translate("links", "{0} and {1} listen only"),
        translate("links", "{0} links listen only"),
    )
    if not loud:
        quiet = translate("links", "Read only: nothing is written to the devices")
        return formatting.joined([quiet, listening]), False
    writing = _named(
        titles[Voice.WRITES],
        translate("links", "{0} may write"),
        translate("links", "{0} and {1} may write"),
        translate("links", "{0} links may write"),
    )
    sending = _named(
        titles[Voice.TRANSMITS],
        translate("links", "{0} may transmit"),
        translate("links", "{0} and {1} may transmit"),
        translate("links", "{0} links may transmit"),
    )
    rest = translate("links", "the others ask only") if titles[Voice.ASKS] else ""
    return formatting.joined([writing, sending, listening, rest]), True


def voices_of(station: Station) -> tuple[str, bool]:
    """The same, from a running station."""
    return voices_line((link, station.link_status(link.id)) for link in station.links())


def _named(titles: list[str], one: str, some: str, many: str) -> str:
    if not titles:
        return ""
    if len(titles) == 1:
        return one.format(titles[0])
    return some.format(*titles) if len(titles) <= NAMED else many.format(len(titles))


def since(status: LinkStatus, now: float) -> str:
    """For how long a line has been as it is: ``for 15 min``; nothing for a line that was never opened."""
    if status.state is LinkState.OFF or not status.since:
        return ""
    return translate("links", "for {0}").format(formatting.duration(round(max(0.0, now - status.since))))
