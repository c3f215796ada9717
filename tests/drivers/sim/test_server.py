from __future__ import annotations

import socket
import struct
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from core.errors import LinkError
from core.points import Access, Kind, Point
from core.profile import BlockRules, Group, Profile
from drivers.sim.bank import Bank
from drivers.sim.framing import RtuFraming
from drivers.sim.lines import Port, Served
from drivers.sim.server import SimServer
from tests.drivers.sim.wire import connect, exchange, read_body, tcp_frame


def point(name: str, at: int, function: int | None = 3, **more: object) -> Point:
    return replace(Point(name, (at,), function, "u16", group="all"), **more)  # type: ignore[arg-type]


PROFILE = Profile(
    id="acme/test",
    folder=Path(),
    maker="Acme",
    model="Test",
    category="generic",
    source="made by hand",
    points=(
        point("one", 10),
        point("two", 11, access=Access.READ_WRITE, write=6, high=100.0),
        point("three", 14),
        point("far", 20),
        point("input_one", 10, 4),
        point("coil", 3, 1, access=Access.READ_WRITE, write=5),
        replace(point("serial", 30), at=(30, 31, 32, 33), type="ascii", kind=Kind.TEXT),
    ),
    groups={"all": Group("all", 1.0)},
    blocks=BlockRules(most_registers=8, boundaries=(14,), gaps=((10, 15),)),
    roles={"grid.power": ("one",), "solar.power": ("input_one",)},
)


@pytest.fixture
def bank() -> Bank:
    return Bank(PROFILE, "tester")


@pytest.fixture
def line(bank: Bank) -> Iterator[socket.socket]:
    server = SimServer([Port("line", {7: Served(bank)})])
    server.start()
    with connect(server.url("line")) as line:
        yield line
    server.stop()


def test_functions_3_and_4_have_registers_of_their_own(bank: Bank, line: socket.socket) -> None:
    bank._put(bank.points["one"], 111.0)  # pyright: ignore[reportPrivateUsage]
    bank._put(bank.points["input_one"], 444.0)  # pyright: ignore[reportPrivateUsage]
    assert exchange(line, 7, read_body(3, 10, 1)) == bytes.fromhex("0001 0000 0005 07 03 02") + b"\x00\x6f"
    assert exchange(line, 7, read_body(4, 10, 1), 0x1234)[-2:] == b"\x01\xbc"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (read_body(3, 12, 2), None),  # a hole that may be read through
        (read_body(3, 16, 1), 2),  # a hole that may not
        (read_body(3, 13, 2), 2),  # across a boundary
        (read_body(3, 10, 9), 2),  # too many
        (read_body(3, 10, 0), 3),
        (read_body(2, 10, 1), 1),  # no discrete inputs
        (read_body(43, 10, 1), 1),
        (struct.pack(">BHH", 6, 11, 55), None),
        (struct.pack(">BHH", 6, 10, 55), 2),  # read only
        (struct.pack(">BHH", 6, 11, 555), 3),  # out of range
        (struct.pack(">BHHBH", 16, 11, 1, 2, 55), 1),  # the map says function 6
        (struct.pack(">BHH", 5, 3, 0xFF00), None),
        (struct.pack(">BHH", 5, 3, 0x1234), 3),
        (b"\x03\x00", 3),
    ],
)
def test_the_device_refuses_what_the_real_one_refuses(line: socket.socket, body: bytes, code: int | None) -> None:
    answer = exchange(line, 7, body)[7:]
    assert answer[0] == (body[0] if code is None else body[0] | 0x80)
    if code is not None:
        assert answer[1:] == bytes((code,))


def test_a_written_register_keeps_its_value(line: socket.socket) -> None:
    exchange(line, 7, struct.pack(">BHH", 6, 11, 42))
    assert exchange(line, 7, read_body(3, 11, 1))[-2:] == b"\x00\x2a"
    exchange(line, 7, struct.pack(">BHH", 5, 3, 0xFF00))
    assert exchange(line, 7, read_body(1, 3, 1))[-2:] == b"\x01\x01"


def test_an_unknown_unit_is_silent_and_255_reaches_the_only_device(line: socket.socket) -> None:
    line.settimeout(0.2)
    with pytest.raises(TimeoutError):
        exchange(line, 8, read_body(3, 10, 1))
    assert exchange(line, 255, read_body(3, 10, 1))[6] == 255


def test_requests_in_pieces_and_in_one_packet_are_all_answered(line: socket.socket) -> None:
    frames = tcp_frame(7, read_body(3, 10, 1), 1) + tcp_frame(7, read_body(3, 11, 1), 2)
    for place in range(0, len(frames), 5):
        line.sendall(frames[place : place + 5])
    answers = b""
    while len(answers) < 22:
        answers += line.recv(100)
    assert (answers[1], answers[12]) == (1, 2)


def test_several_units_and_ports_in_one_thread() -> None:
    units = {unit: Served(Bank(PROFILE, f"device{unit}")) for unit in (1, 2)}
    server = SimServer([Port("a", units), Port("b", {3: Served(Bank(PROFILE, "other"))})])
    server.start()
    assert [thread.name for thread in threading.enumerate()].count("simulator") == 1
    for name, unit in (("a", 1), ("a", 2), ("b", 3)):
        with connect(server.url(name)) as line:
            assert exchange(line, unit, read_body(3, 30, 4))[6] == unit
    server.stop()
    server.stop()


def test_a_taken_port_is_told_in_a_sentence_and_leaves_no_thread() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        server = SimServer([Port("line", {}, number=taken.getsockname()[1])])
        with pytest.raises(LinkError, match="cannot serve"):
            server.start()


def test_rtu_over_tcp_carries_serial_frames(bank: Bank) -> None:
    server = SimServer([Port("line", {7: Served(bank)}, kind="rtu+tcp")])
    server.start()
    assert server.url("line").startswith("rtu+tcp://")
    request = RtuFraming().frame(7, 0, read_body(3, 10, 1))
    with connect(server.url("line")) as line:
        line.sendall(b"\xff\x00" + request)  # noise before it
        assert line.recv(100) == RtuFraming().frame(7, 0, bytes.fromhex("0302 0000"))
    server.stop()


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")
def test_a_pseudo_terminal_answers_like_a_serial_line(bank: Bank) -> None:
    from pymodbus.client import ModbusSerialClient

    server = SimServer([Port("line", {7: Served(bank)}, kind="rtu")])
    server.start()
    device = server.url("line").removeprefix("rtu://")
    open_before = len(list(Path("/proc/self/fd").iterdir())) if Path("/proc/self/fd").exists() else 0
    for _ in range(2):  # a client may come again
        client = ModbusSerialClient(device, baudrate=9600, timeout=1, retries=0)
        assert client.connect()
        assert client.read_holding_registers(10, count=2, device_id=7).registers == [0, 0]
        assert client.read_holding_registers(16, count=1, device_id=7).exception_code == 2
        client.close()
    if open_before:
        assert len(list(Path("/proc/self/fd").iterdir())) <= open_before
    server.stop()


def test_stopping_with_clients_connected_ends_the_thread(bank: Bank) -> None:
    server = SimServer([Port("line", {7: Served(bank)})])
    server.start()
    with connect(server.url("line")) as line:
        exchange(line, 7, read_body(3, 10, 1))
        server.stop()
        assert line.recv(10) == b""
