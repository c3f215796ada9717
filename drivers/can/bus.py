"""Opening a CAN adapter through python-can. Every fault leaves here as LinkError with one sentence.

An adapter is opened so that it cannot send, wherever the adapter can do that, until the gate of its line is open.
"""

from __future__ import annotations

import logging
import os
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

import can

from core.errors import LinkError
from core.linkurl import LinkUrl
from drivers.can.faults import sentence, unsent
from drivers.can.frames import HIGHEST, HIGHEST_EXTENDED, CanFrame

log = logging.getLogger(__name__)

SEND_WITHIN_S = 0.1
MOST_ECHOES = 64  # frames of ours that have not come back yet
DRIVERLESS_SERIAL = ("socket://", "/dev/pts/")
"""Nothing there restarts when the port is opened; a real adapter may, and gets two seconds for it."""


class Sign(StrEnum):
    """What a controller says of the bus besides data."""

    ACTIVE = "active"
    WARNING = "warning"
    PASSIVE = "passive"
    OFF = "off"
    UNKNOWN = "unknown"  # it has said it before and does not say it any more


@dataclass(frozen=True, slots=True)
class Heard:
    """What came from the bus in one read. ``error`` is an error frame, ``lost`` a frame that came in pieces or not."""

    frame: CanFrame | None = None
    error: bool = False
    lost: int = 0
    sign: Sign | None = None
    rx_errors: int | None = None
    tx_errors: int | None = None


class Port(Protocol):
    """An open adapter; one thread."""

    silent: bool  # the adapter itself cannot send

    def receive(self, wait_s: float) -> Heard | None:
        """The next frame or sign, None when nothing came within ``wait_s``; raise LinkError."""
        ...

    def send(self, frame: CanFrame) -> None:
        """Send one frame; raise LinkError."""
        ...

    def figures(self) -> tuple[Sign | None, int]:
        """What the adapter counts itself: the state of the bus where it knows it, and frames lost so far."""
        ...

    def close(self) -> None:
        """Let go; never raises."""
        ...


Opener = Callable[[LinkUrl, int, bool], Port]


def open_port(url: LinkUrl, bitrate: int, silent: bool) -> Port:
    """Open the adapter of ``url``; ``silent``: so that it cannot send, where it knows how. Raise LinkError."""
    interface, channel = url.host, url.device
    try:
        bus = _bus(interface, settings(interface, channel, bitrate, silent))
    except Exception as err:  # each raises what its library raises: NameError, OSError, USBError …
        raise LinkError(sentence(interface, channel, err)) from err
    port = CanPort(bus, interface, channel)
    if silent and interface == "gs_usb":
        port.restart_listening()
    port.silent = port.silent or (silent and interface in SILENCERS)
    return port


def _bus(interface: str, given: Mapping[str, Any]) -> can.BusABC:
    if interface == "slcan":
        from drivers.can.slcan import READ_WITHIN_S, SlcanBus

        return SlcanBus(**given, timeout=READ_WITHIN_S)
    return can.Bus(interface=interface, ignore_config=True, **given)


def _silent_pcan() -> Mapping[str, Any]:
    return {"state": can.BusState.PASSIVE}


SILENCERS: dict[str, Callable[[], Mapping[str, Any]]] = {
    "slcan": lambda: {"listen_only": True},
    "pcan": _silent_pcan,
    "kvaser": lambda: {"driver_mode": False},  # False is canDRIVER_SILENT
    "vector": lambda: {"listen_only": True},
}
"""Interface -> what keeps the adapter from sending. socketcan is told by ``ip link``, not by a program."""


def can_be_silenced(interface: str) -> bool:
    """Whether the program can keep an adapter of this interface from sending."""
    return interface in SILENCERS or interface == "gs_usb"


def settings(interface: str, channel: str, bitrate: int, silent: bool) -> dict[str, Any]:
    """The arguments of python-can for one interface."""
    found: dict[str, Any] = {"channel": int(channel) if channel.isascii() and channel.isdecimal() else channel}
    if interface in ("slcan", "socketcan", "udp_multicast", "virtual"):
        found["channel"] = channel
    if interface not in ("socketcan", "udp_multicast", "virtual"):
        found["bitrate"] = bitrate
    if interface == "slcan" and _is_driverless(channel):
        found["sleep_after_open"] = 0.0
    if interface == "udp_multicast":
        found["fd"] = False
    if interface == "kvaser":
        found["accept_virtual"] = True
    if silent and interface in SILENCERS:
        found |= SILENCERS[interface]()
    return found


def _is_driverless(channel: str) -> bool:
    return channel.startswith(DRIVERLESS_SERIAL) or os.path.realpath(channel).startswith(DRIVERLESS_SERIAL)


class CanPort:
    """An adapter opened through python-can."""

    def __init__(self, bus: can.BusABC, interface: str, channel: str) -> None:
        self.silent = False
        self._bus, self._interface, self._channel = bus, interface, channel
        self._echoes: deque[CanFrame] = deque(maxlen=MOST_ECHOES)

    def receive(self, wait_s: float) -> Heard | None:
        """The next frame or sign of the bus."""
        try:
            message = self._bus.recv(wait_s)
        except Exception as err:  # what its library raises when the adapter is pulled out
            if self._is_nonsense(err):
                return Heard(lost=1)
            raise LinkError(sentence(self._interface, self._channel, err, opened=True)) from err
        if message is None or (self._interface == "gs_usb" and not message.is_rx):  # an echo of what we sent
            return None
        found = heard(message)
        if found is not None and found.frame in self._echoes:
            self._echoes.remove(found.frame)
            return None
        return found

    def _is_nonsense(self, err: Exception) -> bool:
        """What came is no frame (a line of slcan that has lost bytes, a stranger's datagram); the adapter is well."""
        if self._interface == "udp_multicast":
            return isinstance(err, can.CanOperationError) and not isinstance(err.__cause__, OSError)
        return self._interface == "slcan" and isinstance(err, ValueError)

    def send(self, frame: CanFrame) -> None:
        """Send one frame."""
        message = can.Message(arbitration_id=frame.identifier, is_extended_id=frame.extended, data=frame.data)
        try:
            self._bus.send(message, SEND_WITHIN_S)
        except Exception as err:  # as in receive; also when nobody on the bus has acknowledged
            raise LinkError(unsent(self._channel, err)) from err
        if self._interface == "udp_multicast":  # a datagram to the group comes back to its sender
            self._echoes.append(frame)

    def figures(self) -> tuple[Sign | None, int]:
        """What the adapter counts itself."""
        bus: Any = self._bus
        try:
            if self._interface == "kvaser":
                return None, int(bus.get_stats().overruns)
            if self._interface == "pcan":
                return pcan_sign(int(bus.status())), 0
            if self._interface == "slcan":
                return bus.figures()
        except (can.CanError, OSError, AttributeError):  # the next read says what is wrong
            return None, 0
        return None, 0

    def restart_listening(self) -> None:
        """candleLight adapters: python-can starts them able to send; start them once more, unable to."""
        from gs_usb.constants import GS_CAN_MODE_HW_TIMESTAMP, GS_CAN_MODE_LISTEN_ONLY

        device: Any = getattr(self._bus, "gs_usb", None)
        try:
            if not int(device.device_capability.feature) & GS_CAN_MODE_LISTEN_ONLY:
                return
            device.stop()
            device.start(GS_CAN_MODE_LISTEN_ONLY | GS_CAN_MODE_HW_TIMESTAMP)
        except Exception as err:  # USBError, and whatever its back-end raises
            self.close()
            raise LinkError(sentence(self._interface, self._channel, err, opened=True)) from err
        self.silent = True

    def close(self) -> None:
        """Let go of the adapter."""
        try:
            self._bus.shutdown()
        except Exception:  # already gone: nothing left to close
            log.debug("%s: closing failed", self._channel, exc_info=True)


def heard(message: can.Message) -> Heard | None:
    """Turn what python-can gives into a frame or a sign; None for what carries no data (remote and FD frames)."""
    if message.is_error_frame:
        return error_frame(message.arbitration_id, bytes(message.data))
    if message.is_remote_frame or message.is_fd:
        return None
    data = bytes(message.data)
    highest = HIGHEST_EXTENDED if message.is_extended_id else HIGHEST
    if len(data) != min(message.dlc, 8) or not 0 <= message.arbitration_id <= highest:
        return Heard(lost=1)  # a spoilt identifier, too, which would else pass for that of another frame
    return Heard(CanFrame(message.arbitration_id, message.is_extended_id, data))


# The layout of error frames is Linux's (linux/can/error.h); candleLight adapters use the same.
_CONTROLLER, _BUS_OFF, _RESTARTED, _COUNTERS = 0x004, 0x040, 0x100, 0x200
_OVERFLOW, _WARNING, _PASSIVE, _ACTIVE = 0x03, 0x0C, 0x30, 0x40


def error_frame(identifier: int, data: bytes) -> Heard:
    """What an error frame says of the controller."""
    data = data.ljust(8, b"\0")
    sign, lost = None, 0
    if identifier & _CONTROLLER:
        lost = 1 if data[1] & _OVERFLOW else 0
        if data[1] & _PASSIVE:
            sign = Sign.PASSIVE
        elif data[1] & _WARNING:
            sign = Sign.WARNING
        elif data[1] & _ACTIVE:
            sign = Sign.ACTIVE
    if identifier & _RESTARTED:
        sign = Sign.ACTIVE
    if identifier & _BUS_OFF:
        sign = Sign.OFF
    tx, rx = (data[6], data[7]) if identifier & _COUNTERS else (None, None)
    return Heard(error=True, lost=lost, sign=sign, rx_errors=rx, tx_errors=tx)


def pcan_sign(status: int) -> Sign:
    """The state of the bus in PCAN-Basic's status word."""
    if status & 0x10:
        return Sign.OFF
    if status & 0x40000:
        return Sign.PASSIVE
    return Sign.WARNING if status & 0x0C else Sign.ACTIVE
