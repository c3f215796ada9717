"""Which CAN adapters this computer has. Nothing is opened, nothing is sent; it takes up to two seconds."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import can
from serial.tools import list_ports

log = logging.getLogger(__name__)

WITHIN_S = 2.0
NETWORK = Path("/sys/class/net")
ARPHRD_CAN = "280"  # linux/if_arp.h
WITH_DRIVER = ("pcan", "kvaser", "vector")
SLCAN_USB = {
    (0xAD50, 0x60C4): "CANable (slcan)",
    (0x16D0, 0x117E): "CANable (slcan)",
    (0x0403, 0xFFA8): "Lawicel CANUSB",
    (0x04D8, 0x000A): "USBtin",
}
"""USB adapters that speak slcan, by vendor and product."""


@dataclass(frozen=True, slots=True)
class AdapterFound:
    """An adapter as a link names it: ``can://INTERFACE/CHANNEL``."""

    interface: str
    channel: str
    title: str


def adapters() -> list[AdapterFound]:
    """What is there, best known first; serial ports that may be slcan adapters come last."""
    found = [*_of_the_kernel(), *_with_driver(), *_candle()]
    return [*found, *_serial()]


def _of_the_kernel() -> Iterator[AdapterFound]:
    if not sys.platform.startswith("linux") or not NETWORK.is_dir():
        return
    for folder in sorted(NETWORK.iterdir()):
        if _read(folder / "type") == ARPHRD_CAN:
            state = _read(folder / "operstate")
            down = " (down)" if state == "down" else ""
            yield AdapterFound("socketcan", folder.name, f"{folder.name}{down}")


def _read(file: Path) -> str:
    try:
        return file.read_text().strip()
    except OSError:
        return ""


def _with_driver() -> Iterator[AdapterFound]:
    """Adapters whose maker's driver says so itself."""
    wanted = WITH_DRIVER if sys.platform == "win32" else tuple(name for name in WITH_DRIVER if name != "vector")
    try:
        found: list[dict[str, Any]] = [dict(entry) for entry in can.detect_available_configs(wanted, WITHIN_S)]
    except Exception:  # makers' libraries raise what they like; the adapters that need none are listed all the same
        log.debug("asking the drivers of CAN adapters failed", exc_info=True)
        return
    for entry in found:
        interface, channel = str(entry.get("interface", "")), str(entry.get("channel", ""))
        name = str(entry.get("device_name") or entry.get("hw_name") or interface)
        if interface and channel and "virtual" not in name.lower():
            yield AdapterFound(interface, channel, f"{name}, channel {channel}")


def _candle() -> Iterator[AdapterFound]:
    """candleLight adapters (gs_usb). On Linux the kernel owns them: they are socketcan there."""
    if sys.platform.startswith("linux"):
        return
    try:
        from gs_usb.gs_usb import GsUsb

        count = len(GsUsb.scan())
    except Exception:
        log.debug("looking for USB adapters failed", exc_info=True)
        return
    for number in range(count):
        yield AdapterFound("gs_usb", str(number), f"candleLight adapter {number + 1}")


def _serial() -> Iterator[AdapterFound]:
    """Known slcan adapters first, then other USB serial ports, which may be one."""
    perhaps: list[AdapterFound] = []
    for port in sorted(list_ports.comports(), key=lambda port: str(port.device)):
        device, vendor, product = str(port.device), port.vid, port.pid
        if vendor is None or product is None:
            continue
        text = str(port.product or port.description or "")
        known = SLCAN_USB.get((int(vendor), int(product)))
        if known is None and "can" in text.lower().replace("-", " ").split():
            known = text
        if known is not None:
            yield AdapterFound("slcan", device, f"{known} on {device}")
        else:
            perhaps.append(AdapterFound("slcan", device, f"{text} on {device}, perhaps an slcan adapter".strip()))
    yield from perhaps
