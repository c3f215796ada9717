"""Parameters over a Modbus line, judged by servers that are not ours: fresh reads, writes that go out once."""

from __future__ import annotations

import struct
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

import pytest

from core.config import DeviceConfig
from core.errors import CommandRefused, DeviceError, LinkError, NotSent
from core.frames import FrameRing
from core.parameters import WriteBlock
from core.points import Access, Choice, Kind, Point, Quality
from core.protocols import Answer
from core.status import LinkState, Voice
from core.writing.orders import Order, ParameterLine
from drivers.link_thread import RegisterLine
from drivers.modbus.poller import Poller
from drivers.modbus.tcp import TcpLink
from tests.drivers.modbus.bench import FakeLink, HeldClock, Notes, profile
from tests.drivers.modbus.judges import free_port, pymodbustcp, tcp_liar, until


def setting(first: int, **more: object) -> Point:
    base = Point(
        f"p{first}",
        (first,),
        3,
        "u16",
        "V",
        (0.1,),
        low=0,
        high=1000,
        group="settings",
        access=Access.READ_WRITE,
        write=6,
    )
    return replace(base, **more)


VOLTS = setting(10)
LONG = setting(20, at=(20, 21), type="s32", write=16, scales=(1.0,), low=-100000, high=100000)
SWAPPED = setting(30, at=(30, 31), type="u32", order="CDAB", write=16, scales=(1.0,), high=1e6)
MODE = setting(40, kind=Kind.STATE, unit="", choices=(Choice(0, "off", "", ""), Choice(2, "on", "", "")))
PART = setting(50, unit="", scales=(1.0,), fix=("mask:0x3",), high=3)
FIRST, SECOND = setting(60, scales=(1.0,), high=65535), setting(62, scales=(1.0,), high=65535)
BLOCK = WriteBlock("block", 60, 63, companions={63: 1}, commit=63)
MISSING = setting(900)
POINTS = (VOLTS, LONG, SWAPPED, MODE, PART, FIRST, SECOND, MISSING)


@contextmanager
def line_to(port: int, *points: Point, voice: Voice = Voice.WRITES) -> Iterator[tuple[RegisterLine, Notes]]:
    notes = Notes()
    link = TcpLink("line", "127.0.0.1", port)
    poller = Poller(DeviceConfig("box", "line", "t/t", profile(points or POINTS), 1), link, notes)
    line = RegisterLine("line", link, {"box": poller}, voice=voice)
    line.start()
    try:
        until(lambda: line.status().state is LinkState.UP)
        yield line, notes
    finally:
        line.stop()


def test_values_are_read_fresh_and_passed_on_like_any_other() -> None:
    with pymodbustcp(holding=[(10, [2301]), (40, [2])]) as (port, _), line_to(port) as (line, notes):
        assert isinstance(line, ParameterLine)
        volts, mode = line.fetch("box", [VOLTS, MODE]).result(5)
        assert (volts.value, mode.value) == (230.1, "on")
        assert volts.provenance is not None
        assert volts.provenance.words == (2301,)
        assert line.frames.find(volts.provenance.frame) is not None
        assert notes.newest()["p10"] == volts


def test_every_type_is_written_as_another_program_reads_it() -> None:
    with pymodbustcp(holding=[(10, [0] * 60)]) as (port, bank), line_to(port) as (line, _):
        for point, value in ((VOLTS, 231.5), (LONG, -70000.0), (SWAPPED, 70001.0), (MODE, "on")):
            sent = line.write("box", Order("box", ((point, value),))).result(5)
            assert sent.answered
            assert not sent.refused
            assert len(sent.exchanges) == 1
            assert line.fetch("box", [point]).result(5)[0].value == value
        assert bank.get_holding_registers(10, 1) == [2315]
        assert bank.get_holding_registers(20, 2) == list(struct.unpack(">2H", struct.pack(">i", -70000)))
        assert bank.get_holding_registers(30, 2) == [70001 & 0xFFFF, 70001 >> 16]
        assert bank.get_holding_registers(40, 1) == [2]


def test_bits_that_are_not_the_points_own_stay() -> None:
    with pymodbustcp(holding=[(50, [0b10101])]) as (port, bank), line_to(port) as (line, _):
        line.write("box", Order("box", ((PART, 2.0),))).result(5)
        assert bank.get_holding_registers(50, 1) == [0b10110]


def test_a_block_goes_out_whole_with_its_companions_and_what_was_not_changed() -> None:
    with pymodbustcp(holding=[(60, [11, 22, 33, 0])]) as (port, bank), line_to(port) as (line, _):
        sent = line.write("box", Order("box", ((SECOND, 44.0),), BLOCK)).result(5)
        assert bank.get_holding_registers(60, 4) == [11, 22, 44, 1]
        read, written = sent.exchanges
        assert read.sent[7] == 3
        assert written.sent[7:] == bytes.fromhex("10 003C 0004 08 000B 0016 002C 0001")


def test_a_companion_outside_the_block_is_written_after_it() -> None:
    block = replace(BLOCK, last=62, companions={70: 7}, commit=70)
    with pymodbustcp(holding=[(60, [1, 2, 3]), (70, [0])]) as (port, bank), line_to(port) as (line, _):
        line.write("box", Order("box", ((FIRST, 9.0), (SECOND, 8.0)), block)).result(5)
        assert bank.get_holding_registers(60, 3) == [9, 2, 8]
        assert bank.get_holding_registers(70, 1) == [7]


def test_a_read_only_line_carries_no_write() -> None:
    with pymodbustcp(holding=[(10, [5])]) as (port, bank), line_to(port, voice=Voice.ASKS) as (line, _):
        assert line.fetch("box", [VOLTS]).result(5)[0].value == 0.5
        with pytest.raises(CommandRefused, match="read-only"):
            line.write("box", Order("box", ((VOLTS, 1.0),)))
        assert bank.get_holding_registers(10, 1) == [5]


@pytest.mark.parametrize(
    ("point", "value", "why"),
    [
        (VOLTS, 7000.0, "does not fit"),
        (VOLTS, 1.05, "would hold"),
        (MODE, "maybe", "no choice"),
        (replace(VOLTS, write=65), 1.0, "maker's own"),
        (replace(LONG, write=6), 1.0, "writes one register"),
        (replace(LONG, at=(20, 23)), 1.0, "side by side"),
        (replace(LONG, order="ABCD|CDAB"), 1.0, "word order is not settled"),
    ],
)
def test_what_cannot_be_put_into_registers_is_not_sent(point: Point, value: float | str, why: str) -> None:
    with pymodbustcp(holding=[(10, [0] * 60)]) as (port, _), line_to(port, replace(point)) as (line, _):
        requests = line.status().counters.requests
        with pytest.raises(CommandRefused, match=why):
            line.write("box", Order("box", ((point, value),))).result(5)
        until(lambda: line.status().counters.requests == requests)


def test_a_refusal_and_a_silence_are_told_apart_and_nothing_is_repeated() -> None:
    answers = iter([bytes.fromhex("86 03"), None, bytes.fromhex("86 05")])
    writes: list[bytes] = []

    def behave(request: bytes, say) -> bool | None:  # type: ignore[no-untyped-def]
        writes.append(request)
        if (pdu := next(answers)) is not None:
            say(struct.pack(">2sHHB", request[:2], 0, len(pdu) + 1, request[6]) + pdu)
        return None

    with tcp_liar(behave).on_tcp() as port, line_to(port) as (line, _):
        order = Order("box", ((VOLTS, 1.0),))
        refused = line.write("box", order).result(5)
        silent = line.write("box", order).result(5)
        working = line.write("box", order).result(5)
    assert (refused.refused, refused.code) == ("illegal data value", 3)
    assert not silent.answered
    assert "does not answer" in silent.note
    assert working.answered
    assert working.note == "accepted, still working"
    assert len(writes) == 3


def test_a_register_that_is_refused_is_bad_and_its_neighbours_are_read() -> None:
    near = replace(MISSING, id="near", at=(899,))

    def behave(request: bytes, say) -> bool | None:  # type: ignore[no-untyped-def]
        at, count = struct.unpack_from(">HH", request, 8)
        pdu = bytes.fromhex("83 02") if at + count > 900 else bytes((3, 2 * count)) + b"\0\x0a" * count
        say(struct.pack(">2sHHB", request[:2], 0, len(pdu) + 1, request[6]) + pdu)
        return None

    with tcp_liar(behave).on_tcp() as port, line_to(port, near, MISSING) as (line, _):
        good, bad = line.fetch("box", [near, MISSING]).result(5)
    assert (good.value, good.quality) == (1.0, Quality.GOOD)
    assert (bad.value, bad.quality) == (None, Quality.BAD)


def test_a_device_that_keeps_silent_raises() -> None:
    with (
        tcp_liar(lambda _request, _say: None).on_tcp() as port,
        line_to(port) as (line, _),
        pytest.raises(DeviceError, match="does not answer"),
    ):
        line.fetch("box", [VOLTS]).result(10)


def test_a_commit_register_is_read_without_becoming_a_point() -> None:
    register = Point("commit", (63,), 3, "u16")
    with pymodbustcp(holding=[(63, [0xFFFC])]) as (port, _), line_to(port) as (line, notes):
        (reading,) = line.fetch("box", [register]).result(5)
        assert reading.value == 0xFFFC
        assert "commit" not in notes.newest()


def test_a_device_that_is_not_there_has_no_parameters() -> None:
    with pymodbustcp() as (port, _), line_to(port) as (line, _), pytest.raises(CommandRefused, match="cannot be"):
        line.fetch("other", [VOLTS])


def test_what_still_waits_when_the_line_goes_down_was_surely_not_sent() -> None:
    go = threading.Event()

    def hang_up(_request: bytes, _say: object) -> bool:
        go.wait(5)
        return True

    order = Order("box", ((VOLTS, 1.0),))
    with tcp_liar(hang_up).on_tcp() as port, line_to(port) as (line, _):
        out = line.write("box", order)
        until(out.running)
        waiting = line.write("box", order)
        go.set()
        with pytest.raises(LinkError) as perhaps:
            out.result(5)
        with pytest.raises(NotSent):
            waiting.result(5)
    assert not isinstance(perhaps.value, NotSent), "it was on the wire"


def test_a_block_that_could_not_be_read_first_was_surely_not_sent() -> None:
    heard: list[bytes] = []

    def hang_up(request: bytes, _say: object) -> bool:
        heard.append(request)
        return True

    with tcp_liar(hang_up).on_tcp() as port, line_to(port) as (line, _), pytest.raises(NotSent):
        line.write("box", Order("box", ((SECOND, 44.0),), BLOCK)).result(5)
    assert {request[7] for request in heard} == {3}


def test_a_write_that_finds_the_line_closed_was_surely_not_sent() -> None:
    link = TcpLink("line", "127.0.0.1", free_port())
    with pytest.raises(NotSent, match="refuses connections"):
        link.write(1, 6, 10, [1])
    assert link.frames.last(5) == []


class Lost(FakeLink):
    """The line goes down just before the second of two writes."""

    frames = FrameRing("line")

    def __init__(self) -> None:
        super().__init__(HeldClock())
        self.written: list[int] = []

    def write(self, unit: int, function: int, address: int, words: Sequence[int]) -> Answer:
        if self.written:
            raise NotSent("the connection failed")
        self.written.append(address)
        return Answer((), 0.0, 1)


def test_a_companion_that_could_not_follow_does_not_make_the_block_unsent() -> None:
    link = Lost()
    poller = Poller(DeviceConfig("box", "line", "t/t", profile(POINTS), 1), link, Notes())  # type: ignore[arg-type]
    block = replace(BLOCK, last=62, companions={70: 7}, commit=70)
    with pytest.raises(LinkError) as perhaps:
        poller.settings.write(Order("box", ((FIRST, 9.0),), block))
    assert not isinstance(perhaps.value, NotSent)
    assert link.written == [60]
