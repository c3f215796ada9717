"""The serial ports of this computer, with what their USB adapters call themselves. No port is opened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from serial.tools import list_ports


@dataclass(frozen=True, slots=True)
class SerialPort:
    """One port. ``vendor`` and ``product`` are the USB numbers, four hexadecimal digits; empty for a built-in port."""

    device: str
    title: str
    maker: str = ""
    vendor: str = ""
    product: str = ""
    serial: str = ""

    @property
    def usb(self) -> bool:
        """Whether it is a USB adapter."""
        return bool(self.vendor)


def serial_ports() -> tuple[SerialPort, ...]:
    """Every port the system lists, USB adapters first."""
    found = [_port(entry) for entry in sorted(list_ports.comports())]
    return tuple(sorted(found, key=lambda port: not port.usb))


def _port(entry: Any) -> SerialPort:
    """pyserial says "n/a" where it knows nothing, and None."""
    known = [str(text) for text in (entry.product, entry.description) if text and text != "n/a"]
    return SerialPort(
        device=str(entry.device),
        title=known[0] if known else str(entry.device),
        maker=str(entry.manufacturer or ""),
        vendor="" if entry.vid is None else f"{int(entry.vid):04X}",
        product="" if entry.pid is None else f"{int(entry.pid):04X}",
        serial=str(entry.serial_number or ""),
    )
