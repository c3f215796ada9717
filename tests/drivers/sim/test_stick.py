"""The simulated stick, seen byte by byte by a bare client, and serving a real profile."""

from __future__ import annotations

import asyncio
import socket
import struct
import time

import pytest
from umodbus.client.serial.redundancy_check import add_crc

from core.catalogue import Catalogue
from core.linkurl import parse_link
from drivers.sim.bank import Bank
from drivers.sim.faults import Fault
from drivers.sim.lines import Port, Served
from drivers.sim.stick import Load, StickLine, serial_of
from drivers.sim.stick_quirks import Quirk, Quirks
from tests.drivers.solarman.sticks import simulated

ASK = add_crc(bytes.fromhex("01 04 0b b8 00 02"))  # 3000 and 3001


@pytest.fixture
def stick():
    with simulated(2_355_553_510) as stick:
        yield stick


@pytest.fixture
def line(stick):
    with socket.create_connection(("127.0.0.1", stick.port), timeout=0.3) as line:
        yield line


def request(serial: int, sequence: int = 5, rtu: bytes = ASK) -> bytes:
    body = struct.pack("<HHBBI", 15 + len(rtu), 0x4510, sequence, 0, serial) + b"\2" + bytes(14) + rtu
    return b"\xa5" + body + bytes((sum(body) & 0xFF, 0x15))


def hear(line: socket.socket, quiet_s: float = 0.12) -> bytes:
    heard = b""
    line.settimeout(2.0)
    try:
        while part := line.recv(4096):
            heard += part
            line.settimeout(quiet_s)
    except TimeoutError:
        pass
    return heard


def ask(line: socket.socket, serial: int, sequence: int = 5, rtu: bytes = ASK) -> bytes:
    line.sendall(request(serial, sequence, rtu))
    return hear(line)


def test_it_answers_as_the_published_layout_says(line, stick):
    frame = ask(line, stick.serial)
    length, code, sequence, _, serial = struct.unpack("<HHBBI", frame[1:11])
    assert (frame[0], frame[-1], length, code) == (0xA5, 0x15, len(frame) - 13, 0x1510)
    assert (sequence, serial) == (5, stick.serial)
    assert frame[-2] == sum(frame[1:-2]) & 0xFF
    kind, status, working, power_on, offset = struct.unpack("<BBIII", frame[11:25])
    assert (kind, status) == (2, 1)
    assert power_on < working
    assert abs(working + offset - time.time()) < 3
    assert frame[25:32] == bytes.fromhex("01 04 04 8b b8 8b b9")


def test_its_own_counter_goes_up_with_every_frame(line, stick):
    first, second = ask(line, stick.serial), ask(line, stick.serial)
    assert second[6] == (first[6] + 1) & 0xFF


def test_requests_that_come_glued_or_in_parts_are_all_answered(line, stick):
    two = request(stick.serial, 5) + request(stick.serial, 6)
    line.sendall(two[:50])
    time.sleep(0.05)
    line.sendall(two[50:])
    heard = hear(line)
    assert [heard[5], heard[len(heard) // 2 + 5]] == [5, 6]


def test_a_wrong_serial_number_gets_error_6_with_the_right_one_or_silence(line, stick):
    frame = ask(line, 17)
    assert (len(frame), frame[25:27]) == (29, b"\6\0")
    assert struct.unpack("<I", frame[7:11]) == (stick.serial,)
    stick.quirks.on(Quirk.SERIAL_SILENCE)
    line.sendall(request(17))
    line.settimeout(0.1)
    with pytest.raises(TimeoutError):
        line.recv(100)


def test_serial_number_zero_is_answered_unless_the_stick_is_strict(line, stick):
    assert ask(line, 0)[25:28] == b"\1\4\4"
    stick.quirks.on(Quirk.SERIAL_STRICT)
    assert ask(line, 0)[25:27] == b"\6\0"


def test_an_inverter_that_is_not_there_is_error_5(line, stick):
    absent = add_crc(bytes.fromhex("09 04 0b b8 00 02"))
    assert ask(line, stick.serial, rtu=absent)[25:27] == b"\5\0"
    stick.faults.inject(Fault.SILENCE)
    assert ask(line, stick.serial)[25:27] == b"\5\0"


LOOKS = {
    Quirk.ERROR_5: lambda heard: len(heard) == 29 and heard[25:27] == b"\5\0",
    Quirk.ERROR_6: lambda heard: len(heard) == 29 and heard[25:27] == b"\6\0",
    Quirk.ERROR_OTHER: lambda heard: len(heard) == 29 and heard[25:27] == b"\3\0",
    Quirk.DOUBLE_CRC: lambda heard: len(heard) == 38 and heard[34:36] == b"\0\0",
    Quirk.HEARTBEAT_BEFORE: lambda heard: heard[:5] == bytes.fromhex("a5 01 00 10 47") and len(heard) == 14 + 36,
    Quirk.HEARTBEAT_AFTER: lambda heard: heard[36:41] == bytes.fromhex("a5 01 00 10 47"),
    Quirk.HEARTBEAT_INSTEAD: lambda heard: heard[:5] == bytes.fromhex("a5 01 00 10 47") and len(heard) == 14,
    Quirk.HELLO: lambda heard: heard[:5] == bytes.fromhex("a5 82 00 10 41"),
    Quirk.CROSSED: lambda heard: heard[5] == 0x85 and heard[-31] == 5,
    Quirk.CROSSED_SAME: lambda heard: heard[5] == 5 and heard[27] != 4 and heard[-31] == 5,
    Quirk.GLUED: lambda heard: heard[3:5] == b"\x10\x48" and heard.count(bytes.fromhex("01 04 04 8b b8 8b b9")) == 2,
    Quirk.TEXT: lambda heard: heard.startswith(b"AT+") and heard.endswith(b"\x15"),
    Quirk.NO_CLOCK: lambda heard: heard[21:25] == bytes(4),
    Quirk.BAD_CHECKSUM: lambda heard: heard[-2] == (sum(heard[1:-2]) + 1) & 0xFF,
    Quirk.BAD_CRC: lambda heard: heard[-2] == sum(heard[1:-2]) & 0xFF and len(heard) == 36,
    Quirk.DRIP: lambda heard: len(heard) == 36,
    Quirk.LATE: lambda heard: heard == b"",
    Quirk.SILENT: lambda heard: heard == b"",
    Quirk.PLAIN: lambda heard: heard == b"",
    Quirk.PLAIN_ECHO: lambda heard: heard == bytes.fromhex("a5 17 00 10 45 03 00 80 01"),
    Quirk.V4: lambda heard: heard[0] == 0x68 and heard[-1] == 0x16,
}


@pytest.mark.parametrize("quirk", LOOKS)
def test_every_oddity_looks_on_the_wire_as_it_is_described(stick, quirk):
    stick.quirks.on(quirk)
    with socket.create_connection(("127.0.0.1", stick.port), timeout=1.0) as line:
        line.sendall(request(stick.serial))
        line.settimeout(0.15 if quirk in (Quirk.LATE, Quirk.SILENT, Quirk.PLAIN) else 2.0)
        try:
            heard = line.recv(1)
        except TimeoutError:
            heard = b""
        heard += hear(line) if heard else b""
    assert LOOKS[quirk](heard), heard.hex(" ")


def test_a_late_answer_comes_before_the_next_one(line, stick):
    stick.quirks.on(Quirk.LATE)
    line.sendall(request(stick.serial, 5))
    time.sleep(0.05)
    stick.quirks.off()
    heard = ask(line, stick.serial, 6)
    assert [heard[5], heard[36 + 5]] == [5, 6]


def test_it_speaks_plain_modbus_tcp_when_told(line, stick):
    stick.quirks.on(Quirk.PLAIN)
    line.sendall(bytes.fromhex("00 07 00 00 00 06 01 04 0b b8 00 02"))
    assert hear(line) == bytes.fromhex("00 07 00 00 00 07 01 04 04 8b b8 8b b9")


def test_the_faster_it_is_asked_the_slower_it_answers_and_in_the_end_not_at_all(monkeypatch):
    clock = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: clock[0])
    load = Load(a_second=4.0, most=6.0, step_s=0.1)
    takes = [load.request() for _ in range(8)]
    assert takes[:6] == pytest.approx([0.1, 0.2, 0.3, 0.4, 0.5, 0.6])
    assert takes[6:] == [None, None]
    clock[0] += 10.0
    assert load.request() == pytest.approx(0.1)
    for _ in range(50):
        clock[0] += 0.3
        assert load.request() == pytest.approx(0.1)


def test_every_fault_of_a_device_reaches_the_wire(line, stick):
    healthy = ask(line, stick.serial)
    stick.faults.inject(Fault.WRONG_UNIT)
    assert ask(line, stick.serial)[25] == 2
    stick.faults.clear()
    stick.faults.inject(Fault.WRONG_TRANSACTION)
    assert ask(line, stick.serial, 9)[5] == 10
    stick.faults.clear()
    stick.faults.inject(Fault.EXCEPTION, code=6)
    assert ask(line, stick.serial)[25:28] == bytes((1, 0x84, 6))
    stick.faults.clear()
    stick.faults.inject(Fault.TRUNCATED)
    assert len(ask(line, stick.serial)) == len(healthy) // 2
    stick.faults.clear()
    stick.faults.inject(Fault.NOISE)
    assert healthy[25:34] not in ask(line, stick.serial)
    stick.faults.clear()
    stick.faults.inject(Fault.DISCONNECT)
    assert ask(line, stick.serial) == b""


def test_the_serial_number_belongs_to_the_name_of_the_line():
    assert serial_of("roof") == serial_of("roof") != serial_of("barn")
    assert 2_300_000_000 <= serial_of("roof") < 2_400_000_000


def test_oddities_strike_as_often_as_they_are_told():
    quirks = Quirks()
    quirks.on(Quirk.LATE, Quirk.DRIP, probability=0.3)
    quirks.on(Quirk.TEXT)
    struck = [quirks.strike() for _ in range(1000)]
    assert 200 < sum(Quirk.LATE in some for some in struck) < 400
    assert all(Quirk.TEXT in some for some in struck)
    quirks.off(Quirk.TEXT)
    assert not any(Quirk.TEXT in quirks.strike() for _ in range(20))
    quirks.off()
    assert quirks.strike() == frozenset()


def test_a_shipped_profile_is_served_at_the_address_that_it_gives(catalogue: Catalogue) -> None:
    async def read() -> bytes:
        bank = Bank(catalogue.get("chint/dtsu666"), "meter")
        line = StickLine(Port("roof", {1: Served(bank)}, "v5"))
        await line.open()
        url = parse_link(line.url)
        assert (url.kind, url.host, url.serial_number) == ("v5", "127.0.0.1", line.serial)
        reader, writer = await asyncio.open_connection(url.host, url.port)
        writer.write(request(line.serial, rtu=add_crc(bytes.fromhex("01 03 20 06 00 02"))))
        frame = await asyncio.wait_for(reader.read(100), 3)
        writer.close()
        await writer.wait_closed()
        await line.close()
        await line.close()
        return frame

    assert asyncio.run(read())[25:28] == b"\1\3\4"
