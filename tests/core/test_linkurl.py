"""Addresses of the lines that are not Modbus over TCP or a serial port."""

from __future__ import annotations

import pytest

from core.errors import ProfileError
from core.linkurl import CAN_INTERFACES, parse_link


def test_a_stick_is_known_by_its_host_port_and_serial():
    url = parse_link("v5://10.10.100.254?serial=2355553510")
    assert (url.kind, url.host, url.port, url.serial_number) == ("v5", "10.10.100.254", 8899, 2355553510)
    assert parse_link("v5://stick.local:9000?serial=7&unit=2").given["unit"] == "2"
    assert parse_link("v5://stick.local").serial_number == 0


@pytest.mark.parametrize(
    ("text", "interface", "channel"),
    [
        ("can://socketcan/can0?bitrate=500000", "socketcan", "can0"),
        ("can://slcan/COM5", "slcan", "COM5"),
        ("can://slcan//dev/ttyACM0?bitrate=250000", "slcan", "/dev/ttyACM0"),
        ("can://slcan/socket://127.0.0.1:3333", "slcan", "socket://127.0.0.1:3333"),
        ("can://pcan/PCAN_USBBUS1?dbc=wallbox.dbc", "pcan", "PCAN_USBBUS1"),
        ("can://udp_multicast/239.74.163.2", "udp_multicast", "239.74.163.2"),
    ],
)
def test_a_can_bus_is_known_by_adapter_and_channel(text: str, interface: str, channel: str):
    url = parse_link(text)
    assert (url.kind, url.host, url.device) == ("can", interface, channel)
    assert channel in url.short


def test_the_bitrate_is_left_to_the_profile_when_the_address_does_not_say_it():
    assert parse_link("can://virtual/a").bitrate is None
    assert parse_link("can://virtual/a?bitrate=125000").bitrate == 125_000


def test_a_central_system_listens_where_its_address_says():
    url = parse_link("ocpp://127.0.0.1:9000/")
    assert (url.kind, url.host, url.port) == ("ocpp", "127.0.0.1", 9000)
    assert parse_link("ocpp://127.0.0.1:0/").port == 0


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("v5://10.0.0.5?serial=12345678901", "serial must be the number"),
        ("v5://10.0.0.5?serial=abc", "serial must be the number"),
        ("v5://10.0.0.5?unit=256", "unit must be from 0 to 255"),
        ("v5://10.0.0.5?sn=1", "unknown setting 'sn'; known are serial, unit"),
        ("v5://10.0.0.5:0", "port must be a number"),
        ("tcp://10.0.0.5?serial=1", "unknown setting 'serial'; known are none"),
        ("can://slcann/COM5", "unknown CAN interface 'slcann'"),
        ("can://slcan", "names no channel"),
        ("can://slcan/COM5?bitrate=9600", "bitrate must be one of"),
        ("can://slcan/COM5?baud=9600", "unknown setting 'baud'; known are bitrate, dbc"),
        ("ocpp://127.0.0.1:9000/?cert=a.pem", "cert and key go together"),
        ("ocp://127.0.0.1:9000/", "unknown kind of link"),
    ],
)
def test_a_wrong_address_is_one_sentence(text: str, reason: str):
    with pytest.raises(ProfileError, match=reason) as caught:
        parse_link(text)
    assert "\n" not in str(caught.value)


def test_every_interface_of_the_issue_is_known():
    assert {"socketcan", "slcan", "pcan", "kvaser", "vector", "gs_usb", "virtual", "udp_multicast"} == set(
        CAN_INTERFACES
    )
