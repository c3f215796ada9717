"""The networks that this computer is in, and its router: asked of the system, so that not one packet is sent.

Linux and macOS give the addresses by ``getifaddrs``, Windows by ``GetAdaptersInfo``. The router is read from
``/proc/net/route`` on Linux and from ``GetAdaptersInfo`` on Windows, its hardware address from ``/proc/net/arp`` on
Linux alone; elsewhere they stay empty. IPv4 only: no device of this trade is looked for by IPv6.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Interface, IPv4Network
from pathlib import Path

WIDEST_PREFIX = 22
"""Networks wider than this are offered narrowed to the /24 around the own address."""

OWN = tuple(IPv4Network(text) for text in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16"))
"""Private and link-local addresses: the only ones that are ever searched, loopback apart."""
LOOPBACK = IPv4Network("127.0.0.0/8")
LOOPBACK_SWITCH = "WATTELIER_LOOPBACK"


@dataclass(frozen=True, slots=True)
class Subnet:
    """A network this computer is in. ``offered`` is the part of it that is proposed for a search."""

    interface: str
    address: IPv4Address
    network: IPv4Network
    offered: IPv4Network

    @property
    def broadcast(self) -> str:
        """The address that reaches every device of the network."""
        return str(self.network.broadcast_address)


@dataclass(frozen=True, slots=True)
class Gateway:
    """The router of the default route; both empty when there is none, or when the system does not tell."""

    address: str = ""
    mac: str = ""


def loopback_only() -> bool:
    """Whether the search is confined to this computer (tests and demonstrations)."""
    return os.environ.get(LOOPBACK_SWITCH, "") not in ("", "0")


def subnets(loopback: bool | None = None) -> tuple[Subnet, ...]:
    """The networks that may be searched; with ``loopback``, this computer alone. None: as the environment says."""
    if loopback_only() if loopback is None else loopback:
        here = IPv4Address("127.0.0.1")
        return (Subnet("loopback", here, LOOPBACK, IPv4Network("127.0.0.1/32")),)
    return offered(interfaces())


def offered(found: Iterable[tuple[str, IPv4Interface]]) -> tuple[Subnet, ...]:
    """Of the computer's addresses, those in private networks that hold anybody else."""
    kept: dict[IPv4Network, Subnet] = {}
    for name, interface in found:
        network = interface.network
        if network.prefixlen > 30 or not any(network.subnet_of(own) for own in OWN):
            continue
        narrow = network
        if network.prefixlen < WIDEST_PREFIX:
            narrow = IPv4Network((interface.ip, 24), strict=False)
        kept.setdefault(network, Subnet(name, interface.ip, network, narrow))
    return tuple(kept.values())


def interfaces() -> list[tuple[str, IPv4Interface]]:
    """Name and address of every interface that is up, loopback apart; empty where the system cannot be asked."""
    if sys.platform == "win32":
        from drivers.find.adapters_windows import adapters

        return [(adapter.title, address) for adapter in adapters() for address in adapter.addresses]
    from drivers.find.adapters_posix import addresses

    return addresses()


def gateway() -> Gateway:
    """The router."""
    if sys.platform == "win32":
        from drivers.find.adapters_windows import adapters

        return Gateway(next((address for adapter in adapters() for address in adapter.gateways), ""))
    return gateway_of(_text("/proc/net/route"), _text("/proc/net/arp"))


def gateway_of(routes: str, neighbours: str) -> Gateway:
    """The router, from the text of ``/proc/net/route`` and ``/proc/net/arp``: the default route of least metric."""
    found: list[tuple[int, str, str]] = []
    for fields in _rows(routes):
        if len(fields) < 8 or fields[1] != "00000000" or fields[7] != "00000000" or not int(fields[3], 16) & 2:
            continue
        address = IPv4Address(int.from_bytes(bytes.fromhex(fields[2]), sys.byteorder))
        found.append((int(fields[6]), str(address), fields[0]))
    if not found:
        return Gateway()
    _, address, interface = min(found)
    macs = (row[3] for row in _rows(neighbours) if len(row) >= 6 and row[0] == address and row[5] == interface)
    mac = next((text for text in macs if text != "00:00:00:00:00:00"), "")
    return Gateway(address, mac.lower())


def _rows(table: str) -> Iterator[list[str]]:
    return (line.split() for line in table.splitlines()[1:])


def _text(path: str) -> str:
    try:
        return Path(path).read_text(encoding="ascii", errors="replace")
    except OSError:
        return ""
