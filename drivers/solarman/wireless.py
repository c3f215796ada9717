"""This computer's IPv4 addresses and the Wi-Fi network it has joined, as far as anybody may know them."""

from __future__ import annotations

import array
import re
import socket
import struct
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

SIOCGIFADDR, SIOCGIWESSID = 0x8915, 0x8B1B  # Linux: netdevice(7), wireless.h
MOST_SSID = 32
STICK_SSID = re.compile(r"AP_(\d{1,10})")
NETSH_S = 3.0


def own_addresses() -> list[str]:
    """This computer's IPv4 addresses; on systems that do not list them by interface, those of its own name."""
    if sys.platform == "linux":
        return [address for _, name in socket.if_nameindex() if (address := _address(name))]
    try:
        return socket.gethostbyname_ex(socket.gethostname())[2]
    except OSError:
        return []


def stick_serial(networks: list[str] | None = None) -> int | None:
    """The serial number in the name of the access point that has been joined (``AP_2355553510``); None if unknown."""
    for name in joined_networks() if networks is None else networks:
        if match := STICK_SSID.fullmatch(name):
            return int(match[1])
    return None


def joined_networks() -> list[str]:
    """Names of the Wi-Fi networks that have been joined, where the system tells them: Linux and Windows."""
    if sys.platform == "linux":
        return list(_linux_networks())
    if sys.platform == "win32":
        return _windows_networks()
    return []


def networks_in(text: str) -> list[str]:
    """The names in what ``netsh wlan show interfaces`` prints; the word SSID is the same in every language."""
    return [match[1].strip() for match in re.finditer(r"^\s*SSID\s*:\s*(.+)$", text, re.MULTILINE)]


def _windows_networks() -> list[str]:
    try:
        shown = subprocess.run(
            ["netsh", "wlan", "show", "interfaces"],
            capture_output=True,
            timeout=NETSH_S,
            check=False,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except (OSError, subprocess.SubprocessError):
        return []
    return networks_in(shown.stdout.decode("utf-8", errors="replace"))


if sys.platform == "linux":
    import fcntl

    def _address(name: str) -> str:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
            try:
                told = fcntl.ioctl(sock, SIOCGIFADDR, struct.pack("256s", name.encode()[:15]))
            except OSError:  # it has none
                return ""
        return socket.inet_ntoa(told[20:24])

    def _linux_networks() -> Iterator[str]:
        try:
            lines = Path("/proc/net/wireless").read_text(encoding="ascii", errors="replace").splitlines()[2:]
        except OSError:
            return
        for line in lines:
            if name := _network_of(line.partition(":")[0].strip()):
                yield name

    def _network_of(interface: str) -> str:
        room = array.array("B", bytes(MOST_SSID))
        where, size = room.buffer_info()
        request = struct.pack("16sPHH", interface.encode()[:15], where, size, 0).ljust(40, b"\0")
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
            try:
                told = fcntl.ioctl(sock, SIOCGIWESSID, request)
            except OSError:  # no wireless interface
                return ""
        length = struct.unpack_from("16sPHH", told)[2]
        return room.tobytes()[:length].rstrip(b"\0").decode("utf-8", errors="replace")
