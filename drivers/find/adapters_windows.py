"""IPv4 addresses and routers of a Windows computer, by ``GetAdaptersInfo`` of iphlpapi.dll."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Interface
from typing import Any

BUFFER_OVERFLOW = 111
NO_DATA = 232


class AddressText(ctypes.Structure):
    """IP_ADDR_STRING."""


AddressText._fields_ = [
    ("next", ctypes.POINTER(AddressText)),
    ("address", ctypes.c_char * 16),
    ("mask", ctypes.c_char * 16),
    ("context", ctypes.c_uint32),
]


class AdapterInfo(ctypes.Structure):
    """IP_ADAPTER_INFO, up to the routers."""


AdapterInfo._fields_ = [
    ("next", ctypes.POINTER(AdapterInfo)),
    ("combo_index", ctypes.c_uint32),
    ("name", ctypes.c_char * 260),
    ("description", ctypes.c_char * 132),
    ("hardware_length", ctypes.c_uint),
    ("hardware", ctypes.c_ubyte * 8),
    ("index", ctypes.c_uint32),
    ("type", ctypes.c_uint),
    ("dhcp", ctypes.c_uint),
    ("current", ctypes.POINTER(AddressText)),
    ("addresses", AddressText),
    ("gateways", AddressText),
]


@dataclass(frozen=True, slots=True)
class Adapter:
    """A network card with its addresses and the routers that it knows."""

    title: str
    addresses: tuple[IPv4Interface, ...]
    gateways: tuple[str, ...]


def adapters() -> list[Adapter]:
    """Every card that has an address; empty when the system does not tell."""
    loader: Any = getattr(ctypes, "WinDLL", None)
    if loader is None:
        return []
    ask = loader("iphlpapi.dll").GetAdaptersInfo
    size = ctypes.c_ulong(16384)
    for _ in range(3):  # the list may grow between two calls
        buffer = ctypes.create_string_buffer(size.value)
        code = ask(buffer, ctypes.byref(size))
        if code == 0:
            return read(ctypes.cast(buffer, ctypes.POINTER(AdapterInfo)))
        if code != BUFFER_OVERFLOW:
            break
    return []


def read(first: Any) -> list[Adapter]:
    """The cards of a chain of IP_ADAPTER_INFO (a pointer to the first)."""
    found: list[Adapter] = []
    while first:
        entry = first.contents
        interfaces = tuple(
            IPv4Interface(f"{address}/{mask}") for address, mask in _chain(entry.addresses) if mask != "0.0.0.0"
        )
        gateways = tuple(address for address, _ in _chain(entry.gateways))
        if interfaces:
            found.append(Adapter(bytes(entry.description).decode(errors="replace"), interfaces, gateways))
        first = entry.next
    return found


def _chain(first: AddressText) -> list[tuple[str, str]]:
    """Addresses and masks; 0.0.0.0 means none."""
    found: list[tuple[str, str]] = []
    entry: Any = first
    while True:
        address, mask = bytes(entry.address).decode("ascii", "replace"), bytes(entry.mask).decode("ascii", "replace")
        try:
            if int(IPv4Address(address)):
                found.append((address, mask))
        except ValueError:
            pass  # not an address: nothing to show
        if not entry.next:
            return found
        entry = entry.next.contents
