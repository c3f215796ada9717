"""IPv4 addresses of a Linux or macOS computer, by ``getifaddrs`` of the C library."""

from __future__ import annotations

import ctypes
import socket
import sys
from ipaddress import IPv4Address, IPv4Interface

UP, LOOPBACK = 0x1, 0x8


class _Interface(ctypes.Structure):
    pass


_Interface._fields_ = [  # struct ifaddrs: the same on Linux and macOS as far as it is read here
    ("next", ctypes.POINTER(_Interface)),
    ("name", ctypes.c_char_p),
    ("flags", ctypes.c_uint),
    ("address", ctypes.c_void_p),
    ("mask", ctypes.c_void_p),
    ("other", ctypes.c_void_p),
    ("data", ctypes.c_void_p),
]


def addresses() -> list[tuple[str, IPv4Interface]]:
    """Name and address of every interface that is up, loopback apart; empty when the library cannot be asked."""
    try:
        library = ctypes.CDLL(None)
        ask, free = library.getifaddrs, library.freeifaddrs
    except (OSError, AttributeError):
        return []
    first = ctypes.POINTER(_Interface)()
    if ask(ctypes.byref(first)) != 0:
        return []
    found: list[tuple[str, IPv4Interface]] = []
    try:
        at = first
        while at:
            entry = at.contents
            address, mask = _ip(entry.address), _ip(entry.mask, of_mask=True)
            if entry.flags & UP and not entry.flags & LOOPBACK and address is not None and mask is not None:
                found.append((bytes(entry.name).decode(errors="replace"), IPv4Interface(f"{address}/{mask}")))
            at = entry.next
    finally:
        free(first)
    return found


def _ip(place: int | None, *, of_mask: bool = False) -> IPv4Address | None:
    """The address in a ``sockaddr``; None when it is none of IPv4. A mask of macOS leaves its family and zeros out."""
    if not place:
        return None
    data = ctypes.string_at(place, 8)
    if sys.platform == "darwin":
        length, family = data[0], data[1]
        if of_mask:
            return IPv4Address(data[4 : max(4, min(length, 8))].ljust(4, b"\0"))
    else:
        family = int.from_bytes(data[:2], sys.byteorder)
    return IPv4Address(data[4:8]) if family == socket.AF_INET else None
