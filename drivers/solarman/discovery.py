"""SOLARMAN sticks that answer on the local network, and the stick whose own access point this computer has joined.

Two texts go to UDP port 48899, and nothing else ever: behind the same port lies an order set that can disclose Wi-Fi
keys. Blocking; for a worker thread. Source: the search of the Wi-Fi modules in these sticks (HF-A11 family).
"""

from __future__ import annotations

import ipaddress
import re
import socket
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from core.errors import LinkError
from core.linkurl import MOST_SERIAL
from drivers.solarman.wireless import own_addresses

PORT = 48899
TEXTS = (b"WIFIKIT-214028-READ", b"HF-A11ASSISTHREAD")
ROUNDS = 2
SLICE_S = 0.05  # how long a wait goes on after it has been ended
MOST_ANSWER = 512
ACCESS_POINT = "10.10.100.254"
ACCESS_POINT_NETWORK = ipaddress.ip_network("10.10.100.0/24")


@dataclass(frozen=True, slots=True)
class StickFound:
    """A stick: IPv4 address, MAC address (12 hexadecimal digits, upper case), serial number as on its label."""

    host: str
    mac: str
    serial: int


def discover(
    targets: Sequence[str] | None,
    *,
    wait_s: float = 1.0,
    ended: Callable[[], bool] = lambda: False,
    port: int = PORT,
) -> list[StickFound]:
    """Ask ``targets`` (IPv4 addresses, broadcast ones too; None: the broadcast address of the local network) twice.

    Listens ``wait_s`` after each round. Sticks come in the order in which they answered, each once. Raises LinkError
    with a sentence when not one text could be sent.
    """
    places = list(dict.fromkeys(targets if targets is not None else ("255.255.255.255",)))
    found: dict[int, StickFound] = {}
    faults: list[str] = []
    sent = 0
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as ear:
        ear.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
        ear.bind(("", 0))
        for _ in range(ROUNDS):
            for text in TEXTS:
                for place in places:
                    if ended():
                        return list(found.values())
                    try:
                        ear.sendto(text, (place, port))
                        sent += 1
                    except OSError as err:
                        faults.append(f"{place} cannot be asked for sticks ({err.strerror or err})")
            _listen(ear, time.monotonic() + wait_s, found, ended)
            if ended():
                break
    if places and not sent:
        raise LinkError(faults[-1])
    return list(found.values())


def _listen(ear: socket.socket, until: float, found: dict[int, StickFound], ended: Callable[[], bool]) -> None:
    while (left := until - time.monotonic()) > 0 and not ended():
        ear.settimeout(min(left, SLICE_S))
        try:
            data, sender = ear.recvfrom(MOST_ANSWER)
        except TimeoutError:
            continue
        except OSError:
            # Windows tells by an error here that an earlier text found nobody listening
            time.sleep(min(left, SLICE_S))
            continue
        stick = read_answer(data, str(sender[0]))
        if stick is not None:
            found.setdefault(stick.serial, stick)


def read_answer(data: bytes, sender: str) -> StickFound | None:
    """The stick that says ``IPv4,MAC,serial``; None for an echo and for anything else.

    Nor is an answer believed that came from another address than it names, unless it names that of a stick's own
    access point: a stick in both networks may do so, and then the address from which it answered counts.
    """
    fields = [field.strip() for field in data.decode("ascii", errors="replace").strip("\0\r\n ").split(",")]
    if len(fields) != 3:
        return None
    host, mac, serial = fields
    try:
        named, own = ipaddress.IPv4Address(host), ipaddress.IPv4Address(sender)
    except ValueError:
        return None
    right_mac = re.fullmatch(r"[0-9A-Fa-f]{12}", mac) is not None
    right_serial = re.fullmatch(r"[0-9]{1,10}", serial) is not None and 0 < int(serial) <= MOST_SERIAL
    if not right_mac or not right_serial or (named != own and named not in ACCESS_POINT_NETWORK):
        return None
    return StickFound(str(own), mac.upper(), int(serial))


def access_point(addresses: Sequence[str] | None = None) -> str | None:
    """The stick's address when this computer has joined its access point, else None. Nothing is sent.

    ``addresses`` are this computer's own IPv4 addresses; None looks them up.
    """
    known = own_addresses() if addresses is None else addresses
    return ACCESS_POINT if any(joined(address) for address in known) else None


def joined(address: str) -> bool:
    """Whether a computer of this address sits in the network that a stick's access point hands out."""
    try:
        return ipaddress.IPv4Address(address) in ACCESS_POINT_NETWORK and address != ACCESS_POINT
    except ValueError:
        return False
