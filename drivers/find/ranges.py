"""Which addresses the operator means: ``192.168.1.0/24``, ``192.168.1.10-40``, ``192.168.1.20:1502-1505``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from ipaddress import AddressValueError, IPv4Address, IPv4Network, NetmaskValueError

from core.errors import ProfileError
from drivers.find.subnets import LOOPBACK, OWN

MOST_ADDRESSES = 1024
MOST_PORTS = 64
MODBUS_PORT = 502


@dataclass(frozen=True, slots=True)
class Target:
    """One place to try. ``typed``: the operator has named this very port, not only the address."""

    host: str
    port: int
    typed: bool = field(default=False, compare=False)

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"


def targets(texts: Sequence[str], allowed: Sequence[IPv4Network], port: int = MODBUS_PORT) -> tuple[Target, ...]:
    """Every place of the ranges, once, in their order; raise ProfileError with one sentence.

    ``allowed`` are the networks this computer is in. Whatever they hold, only private, link-local and loopback
    addresses are ever taken.
    """
    found: dict[Target, bool] = {}
    for text in texts:
        place, ports = _ports(text.strip(), port)
        hosts = _hosts(place)
        for host in hosts:
            _check(text, host, allowed)
        for target in (Target(str(host), number) for host in hosts for number in ports):
            found[target] = found.get(target, False) or ":" in text
    return tuple(replace(target, typed=typed) for target, typed in found.items())


def is_loopback(text: str) -> bool:
    """Whether a range names this computer alone."""
    place = text.strip().partition(":")[0]
    return place == "localhost" or place.startswith("127.")


def _ports(text: str, port: int) -> tuple[str, range]:
    place, colon, numbers = text.partition(":")
    if not colon:
        return place, range(port, port + 1)
    match = re.fullmatch(r"(\d{1,5})(?:-(\d{1,5}))?", numbers, re.ASCII)
    first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
    if not 1 <= first <= last <= 65535:
        raise ProfileError(f"{text!r}: a port is a number from 1 to 65535, as in 192.168.1.20:502 or :5020-5025")
    if last - first >= MOST_PORTS:
        raise ProfileError(f"{text!r} names {last - first + 1} ports; at most {MOST_PORTS} are tried at a time")
    return place, range(first, last + 1)


def _hosts(place: str) -> list[IPv4Address]:
    """The addresses, those of network and broadcast left out."""
    place = "127.0.0.1" if place == "localhost" else place
    try:
        if "/" in place:
            network = IPv4Network(place, strict=False)
            if network.num_addresses > MOST_ADDRESSES:
                raise ProfileError(
                    f"{place} holds {network.num_addresses} addresses; at most {MOST_ADDRESSES} are tried at a time"
                )
            return list(network.hosts())
        begin, dash, end = place.partition("-")
        first = IPv4Address(begin)
        last = first
        if dash:
            last = IPv4Address(f"{begin.rpartition('.')[0]}.{end}" if end.isdecimal() else end)
    except (AddressValueError, NetmaskValueError, ValueError):
        raise ProfileError(
            f"{place!r} is not an address; write for example 192.168.1.0/24, 192.168.1.10-40 or 192.168.1.20:502"
        ) from None
    count = int(last) - int(first) + 1
    if count < 1:
        raise ProfileError(f"{place}: the last address comes before the first")
    if count > MOST_ADDRESSES:
        raise ProfileError(f"{place} holds {count} addresses; at most {MOST_ADDRESSES} are tried at a time")
    return [IPv4Address(int(first) + step) for step in range(count)]


def _check(text: str, host: IPv4Address, allowed: Sequence[IPv4Network]) -> None:
    if not any(host in network for network in (*OWN, LOOPBACK)):
        raise ProfileError(f"{text}: only private addresses are searched")
    if not any(host in network for network in allowed):
        mine = ", ".join(map(str, allowed)) or "no network"
        raise ProfileError(f"{text}: only this computer's own networks are searched: {mine}")
