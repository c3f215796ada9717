"""What this computer is connected to is learned from the system alone."""

from __future__ import annotations

import ctypes
import socket
import subprocess
import sys
from ipaddress import IPv4Interface
from typing import Any

import pytest
import serial

from drivers.find import adapters_windows, ports, search, subnets
from drivers.find.adapters_windows import AdapterInfo, AddressText
from drivers.find.search import surroundings

ROUTES = """\
Iface	Destination	Gateway 	Flags	RefCnt	Use	Metric	Mask		MTU	Window	IRTT
wlan0	00000000	FE01A8C0	0003	0	0	600	00000000	0	0	0
eth0	00000000	0101A8C0	0003	0	0	100	00000000	0	0	0
eth0	0001A8C0	00000000	0001	0	0	100	00FFFFFF	0	0	0
"""
NEIGHBOURS = """\
IP address       HW type     Flags       HW address            Mask     Device
192.168.1.1      0x1         0x2         AA:bb:cc:dd:ee:ff     *        eth0
192.168.1.254    0x1         0x0         00:00:00:00:00:00     *        wlan0
"""


def networks(*interfaces: str) -> list[str]:
    found = subnets.offered([("eth0", IPv4Interface(text)) for text in interfaces])
    return [str(subnet.offered) for subnet in found]


def test_a_small_network_is_offered_whole_and_a_wide_one_narrowed():
    assert networks("192.168.1.20/24") == ["192.168.1.0/24"]
    assert networks("192.168.6.20/22") == ["192.168.4.0/22"]
    assert networks("10.11.12.13/8") == ["10.11.12.0/24"]
    assert networks("172.16.9.1/21", "10.10.100.2/24") == ["172.16.9.0/24", "10.10.100.0/24"]


def test_public_and_lonely_addresses_are_not_offered():
    assert networks("8.8.8.8/24", "192.168.1.5/32", "192.168.1.4/31", "100.64.0.1/10", "192.0.2.2/24") == []
    assert networks("169.254.3.4/16") == ["169.254.3.0/24"]


def test_two_addresses_in_one_network_are_one_network():
    assert networks("192.168.1.20/24", "192.168.1.21/24") == ["192.168.1.0/24"]


@pytest.mark.skipif(sys.byteorder != "little", reason="the table is written in the byte order of the computer")
def test_the_router_is_that_of_the_best_route_and_its_hardware_address_the_one_last_seen():
    assert subnets.gateway_of(ROUTES, NEIGHBOURS) == subnets.Gateway("192.168.1.1", "aa:bb:cc:dd:ee:ff")
    without = "\n".join(line for line in ROUTES.splitlines() if "100\t00000000" not in line)
    assert subnets.gateway_of(without, NEIGHBOURS) == subnets.Gateway("192.168.1.254", "")
    assert subnets.gateway_of("", "") == subnets.Gateway()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows is asked in another way")
def test_the_systems_own_list_leaves_loopback_out():
    for name, interface in subnets.interfaces():
        assert name
        assert not interface.is_loopback


def test_the_chain_of_windows_is_read():
    extra = AddressText(address=b"10.0.0.5", mask=b"255.255.0.0")
    card = AdapterInfo(description=b"Ethernet Adapter")
    card.addresses = AddressText(ctypes.pointer(extra), b"192.168.1.20", b"255.255.255.0")
    card.gateways = AddressText(address=b"192.168.1.1", mask=b"255.255.255.255")
    idle = AdapterInfo(description=b"Wi-Fi")
    idle.addresses = AddressText(address=b"0.0.0.0", mask=b"0.0.0.0")
    idle.next = ctypes.pointer(card)
    (found,) = adapters_windows.read(ctypes.pointer(idle))
    assert found.title == "Ethernet Adapter"
    assert [str(address) for address in found.addresses] == ["192.168.1.20/24", "10.0.0.5/16"]
    assert found.gateways == ("192.168.1.1",)


def test_in_demonstrations_this_computer_alone_is_searched(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(subnets, "interfaces", lambda: [("eth0", IPv4Interface("192.168.1.20/24"))])
    assert [str(subnet.offered) for subnet in subnets.subnets()] == ["192.168.1.0/24"]
    monkeypatch.setenv("WATTELIER_LOOPBACK", "1")
    assert [str(subnet.offered) for subnet in subnets.subnets()] == ["127.0.0.1/32"]
    around = surroundings()
    assert (around.loopback, around.ranges, around.gateway.address, around.stick) == (True, ("127.0.0.1/32",), "", "")
    assert [str(subnet.offered) for subnet in subnets.subnets(loopback=False)] == ["192.168.1.0/24"]


class Port:
    """What pyserial tells of a port."""

    def __init__(self, device: str, **known: Any) -> None:
        self.device = device
        fields = ("description", "product", "manufacturer", "vid", "pid", "serial_number")
        self.__dict__.update(dict.fromkeys(fields) | {"description": "n/a"} | known)

    def __lt__(self, other: Port) -> bool:
        return self.device < other.device


def test_serial_ports_have_the_names_of_their_adapters(monkeypatch: pytest.MonkeyPatch):
    usb = Port("/dev/ttyUSB0", product="USB-RS485", manufacturer="FTDI", vid=0x0403, pid=0x6001, serial_number="A1")
    monkeypatch.setattr(ports.list_ports, "comports", lambda: [Port("/dev/ttyS0"), usb])
    first, second = ports.serial_ports()
    assert (first.device, first.title, first.maker, first.vendor, first.product) == (
        "/dev/ttyUSB0",
        "USB-RS485",
        "FTDI",
        "0403",
        "6001",
    )
    assert first.usb
    assert (second.title, second.usb) == ("/dev/ttyS0", False)


@pytest.mark.parametrize("loopback", [True, False])
def test_looking_around_sends_nothing_and_opens_no_port(monkeypatch: pytest.MonkeyPatch, loopback: bool):
    def refuse(*arguments: object, **named: object) -> None:
        raise AssertionError(f"used: {arguments} {named}")

    for name in ("connect", "connect_ex", "send", "sendall", "sendto", "bind", "listen"):
        monkeypatch.setattr(socket.socket, name, refuse)
    monkeypatch.setattr(serial.Serial, "open", refuse)
    monkeypatch.setattr("can.detect_available_configs", lambda *_: [])  # belongs to the maker's driver
    if sys.platform != "win32":
        monkeypatch.setattr(subprocess, "Popen", refuse)
    around = surroundings(loopback=loopback)
    assert around.loopback is loopback
    assert search.surroundings is surroundings
