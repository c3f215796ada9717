"""What goes wrong with a CAN adapter, in one sentence that says what to do."""

from __future__ import annotations

import errno
import os
import re
import sys
from pathlib import Path

NEEDS = {
    "pcan": "the PEAK driver (PCAN-Basic) is not installed; install it from peak-system.com, or on Linux use socketcan",
    "kvaser": "the Kvaser driver (CANlib) is not installed; install it from kvaser.com",
    "vector": "the Vector driver (XL Driver Library) is not installed; install it from vector.com",
    "gs_usb": "the USB library libusb is not installed; install libusb-1.0, or on Linux use socketcan",
    "socketcan": "this system has no CAN in its kernel; load it with 'modprobe can can_raw', or use an slcan adapter",
    "slcan": "the serial library is missing; reinstall the program",
    "udp_multicast": "the library msgpack is missing; reinstall the program",
}
"""What an interface needs that does not come with the program."""

ONLY_ON = {"vector": "win32", "socketcan": "linux"}
_SYSTEM = {"win32": "Windows", "linux": "Linux"}
_SYSTEMS_WORD = re.compile(r"(?:\[Errno -?\d+\] |\(-?\d+, ')([^'\[\]]+?)'?\)*$")  # at the end of what pyserial says
_NO_LIBRARY = ("not found", "is not defined", "no backend", "has not been loaded", "cannot import", "no module named")


def sentence(interface: str, channel: str, err: Exception, *, opened: bool = False) -> str:
    """What ``err`` means for the person at the screen. ``opened``: it came after the adapter had been opened."""
    needed = ONLY_ON.get(interface, sys.platform)
    if not sys.platform.startswith(needed):
        return f"the CAN interface {interface} exists on {_SYSTEM[needed]} only; use slcan or another interface here"
    if _lacks_library(interface, err):
        return f"the CAN interface {interface} cannot be used: {NEEDS.get(interface, 'its library is missing')}"
    if opened:
        return f"the CAN adapter {channel} ({interface}) is gone; was it unplugged? ({reason(err)})"
    return _refusal(interface, channel, err)


def unsent(channel: str, err: Exception) -> str:
    """Why a frame could not be sent."""
    return f"the CAN adapter {channel} could not send a frame; is another device on the bus? ({reason(err)})"


def _refusal(interface: str, channel: str, err: Exception) -> str:
    number, text = number_of(err), str(err)
    if number in (errno.EACCES, errno.EPERM) or "Access denied" in text or "Permission" in text:
        return f"no permission for the CAN adapter {channel} ({interface}); {_permission(interface)}"
    if number in (errno.EBUSY, errno.EAGAIN) or "already in use" in text.lower():
        return f"the CAN adapter {channel} ({interface}) is in use by another program"
    if _is_bitrate(text):
        return f"the CAN adapter {channel} ({interface}) does not know this bit rate; choose another ({reason(err)})"
    return f"{_no_channel(interface, channel, number)} ({reason(err)})"


def _lacks_library(interface: str, err: Exception) -> bool:
    if interface == "socketcan":
        return number_of(err) in (errno.EAFNOSUPPORT, errno.EPROTONOSUPPORT)
    if interface in ("slcan", "virtual"):
        return isinstance(err, (NotImplementedError, ImportError))
    text = f"{type(err).__name__} {err}".lower()
    missing = isinstance(err, (NotImplementedError, NameError, ImportError)) or "nobackend" in text
    return missing or (not isinstance(err, (KeyError, ValueError)) and any(part in text for part in _NO_LIBRARY[:4]))


def _permission(interface: str) -> str:
    if interface == "slcan":
        return "add the user to the group dialout"
    if interface == "gs_usb":
        return "add a udev rule for it, or on Linux use socketcan"
    return "ask who administers this computer"


def _is_bitrate(text: str) -> bool:
    small = text.lower()
    return "bitrate" in small or "bit rate" in small or "baudrate" in small


def _no_channel(interface: str, channel: str, number: int | None) -> str:
    if interface == "socketcan":
        if number == errno.ENETDOWN or (Path("/sys/class/net") / channel).exists():
            return (
                f"the CAN interface {channel} is down; bring it up with "
                f"'ip link set {channel} up type can bitrate 250000 listen-only on'"
            )
        return f"there is no CAN interface {channel}; is the adapter plugged in? 'ip link' lists those of this computer"
    if interface == "slcan":
        if channel.startswith("socket://"):
            return f"nothing answers at {channel}; is the CAN adapter on the network?"
        return f"the serial port {channel} of the CAN adapter does not exist or cannot be opened; is it plugged in?"
    if interface == "udp_multicast":
        return f"{channel} is not a multicast address that this computer can use; write for example 239.74.163.2"
    hint = {
        "pcan": "channels are named PCAN_USBBUS1, PCAN_USBBUS2, …",
        "kvaser": "channels are numbered from 0",
        "vector": "channels are numbered from 0, as set in Vector Hardware Config",
        "gs_usb": "channels are numbered from 0",
    }.get(interface, "the channel is not known")
    return f"the CAN adapter {channel} ({interface}) is not there; is it plugged in? {hint}"


def number_of(err: BaseException) -> int | None:
    """The system's error number, of this error or of what caused it."""
    for found in (err, err.__cause__):
        number = getattr(found, "errno", None)
        if isinstance(number, int):
            return number
    return None


def reason(err: Exception) -> str:
    """The library's own word, on one line and short."""
    number, text = number_of(err), " ".join((str(err) or type(err).__name__).split())
    if number is not None and number > 0:  # below 0: a look-up of a name, whose text says more
        text = os.strerror(number).lower()
    elif found := _SYSTEMS_WORD.search(text):
        text = found[1].lower()
    return text if len(text) <= 120 else f"{text[:117]}…"
