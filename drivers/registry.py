"""Which link kind is built by what; each is imported when a site has one, since together they take a while."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from core.config import DeviceConfig, LinkConfig
from core.errors import ProfileError
from core.frames import FrameRing
from core.linkurl import LinkUrl
from core.profile import Profile
from core.protocols import Clock, Sink, SystemClock
from core.status import Line, Voice
from drivers.later import at_once
from drivers.link_thread import RegisterLine, Served
from drivers.modbus.link import ModbusLink, UnitRules
from drivers.modbus.poller import Poller, Settled
from drivers.modbus.tcp import TcpLink

Serial = Mapping[str, str | int]
LinkFactory = Callable[[str, LinkUrl, Serial, FrameRing, Clock], ModbusLink]


def _tcp(name: str, url: LinkUrl, _: Serial, frames: FrameRing, clock: Clock) -> ModbusLink:
    return TcpLink(name, url.host, url.port, frames, clock=clock)


def _rtu_over_tcp(name: str, url: LinkUrl, _: Serial, frames: FrameRing, clock: Clock) -> ModbusLink:
    from drivers.modbus.rtu import socket_link

    return socket_link(name, url.host, url.port, frames, clock=clock)


def _rtu(name: str, url: LinkUrl, serial: Serial, frames: FrameRing, clock: Clock) -> ModbusLink:
    from drivers.modbus.rtu import serial_link

    return serial_link(
        name,
        url.device,
        frames,
        baud=int(serial["baud"]),
        parity=str(serial["parity"]),
        stop=int(serial["stop"]),
        bits=int(serial["bits"]),
        clock=clock,
    )


def _v5(name: str, url: LinkUrl, _: Serial, frames: FrameRing, clock: Clock) -> ModbusLink:
    from drivers.solarman.link import SolarmanLink

    return SolarmanLink(name, url.host, url.port, url.serial_number, frames, clock=clock)


LINKS: dict[str, LinkFactory] = {
    "tcp": _tcp,  # Modbus TCP
    "rtu": _rtu,  # Modbus RTU on a serial port
    "rtu+tcp": _rtu_over_tcp,  # RTU frames over a socket, as simple serial servers speak
    "v5": _v5,  # RTU frames wrapped for a SOLARMAN stick
}
"""Lines on which registers are read."""


@dataclass(frozen=True, slots=True)
class Wiring:
    """What a line is connected to. ``settled`` hears, in the line's thread, which points a device really has;

    ``ledger`` is the file in which charging transactions are kept across restarts, None keeps them in memory.
    """

    sink: Sink
    clock: Clock | None = None
    settled: Settled | None = None
    ledger: Path | None = None


LineFactory = Callable[[LinkConfig, Sequence[DeviceConfig], Wiring], Line]


def _can(config: LinkConfig, devices: Sequence[DeviceConfig], wiring: Wiring) -> Line:
    from drivers.can.line import CanLine

    return CanLine(config, devices, wiring.sink, wiring.clock)


def _ocpp(config: LinkConfig, devices: Sequence[DeviceConfig], wiring: Wiring) -> Line:
    from drivers.ocpp.line import OcppLine

    return OcppLine(config, devices, wiring.sink, wiring.clock, settled=wiring.settled, ledger=wiring.ledger)


LINES: dict[str, LineFactory] = {
    "can": _can,  # devices speak by themselves
    "ocpp": _ocpp,  # charging stations call us
}
"""Lines of the other kind."""


def build_link(config: LinkConfig, devices: Sequence[DeviceConfig], clock: Clock | None = None) -> ModbusLink:
    """The link of a line, knowing how each of its devices wants to be asked; raise ProfileError on an unknown kind."""
    factory = LINKS.get(config.url.kind)
    if factory is None:
        raise ProfileError(f"link {config.id}: kind {config.url.kind!r} is not one of {', '.join((*LINKS, *LINES))}")
    profiles = [device.profile for device in devices if device.profile is not None]
    link = factory(config.id, config.url, _serial(config.url, profiles), FrameRing(config.id), clock or SystemClock())
    for device in devices:
        if device.profile is not None:
            timing = device.profile.timing
            link.rules[device.unit] = UnitRules(
                timeout_s=max(timing.timeout_s, link.least_timeout_s) if config.timeout_s is None else config.timeout_s,
                gap_s=max(timing.gap_s, link.least_gap_s) if config.gap_s is None else config.gap_s,
                exceptions=device.profile.exceptions,
                blocks=device.profile.blocks,
            )
    return link


def _serial(url: LinkUrl, profiles: Sequence[Profile]) -> Serial:
    """The settings of the address; what it leaves open is taken from the first profile that says it."""
    return url.serial(next((dict(profile.links["rtu"]) for profile in profiles if "rtu" in profile.links), None))


def build_line(config: LinkConfig, devices: Sequence[DeviceConfig], wiring: Wiring) -> Line:
    """A line with its devices, not yet started."""
    if (factory := LINES.get(config.url.kind)) is not None:
        return factory(config, devices, wiring)
    clock = wiring.clock
    link = build_link(config, devices, clock)
    alone = len(devices) == 1
    later = link.later.put if alone else at_once  # a mistake of ours in one device's values is not another's fault
    served: dict[str, Served] = {
        device.id: Poller(device, link, wiring.sink, clock, settled=wiring.settled, alone=alone, later=later)
        for device in devices
    }
    voice = Voice.ASKS if config.read_only else Voice.WRITES
    return RegisterLine(config.id, link, served, clock, voice=voice, quick_tries=link.quick_tries)
