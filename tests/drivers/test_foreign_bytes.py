"""What lines bring: whatever it is, the readers of bytes stay up, and what they give out was really said."""

from __future__ import annotations

import os
import struct
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.errors import ProfileError
from core.frames import Outcome
from core.linkurl import parse_link
from core.points import Quality
from drivers.can.bus import Port, error_frame, open_port
from drivers.can.decoder import Decoder
from drivers.can.frames import CanFrame, parse_frame
from drivers.can.mapping import lay, load_dbc
from drivers.modbus.framing import (
    Request,
    crc16,
    find_rtu,
    find_tcp,
    raw_request,
    read_request,
    rtu_frame,
    tcp_frame,
    write_request,
)
from drivers.solarman import frames as v5
from drivers.solarman.discovery import joined, read_answer
from drivers.solarman.replies import judge, speaks_plain_modbus
from tests.drivers.can.bench import EVSE, PYLON, SOFAR, profile_of
from tests.strategies import damaged, examples, one_sentence_each, pieces, words

REQUESTS = st.one_of(
    st.builds(read_request, st.integers(0, 255), st.sampled_from((3, 4)), st.integers(0, 0xFF00), st.integers(1, 125)),
    st.builds(read_request, st.integers(0, 255), st.sampled_from((1, 2)), st.integers(0, 0xFF00), st.integers(1, 1000)),
    st.builds(
        write_request, st.integers(0, 255), st.just(16), st.integers(0, 0xFF00), words(3) | words(1) | words(120)
    ),
    st.builds(write_request, st.integers(0, 255), st.sampled_from((5, 6)), st.integers(0, 0xFF00), words(1)),
    st.builds(lambda unit: raw_request(unit, bytes.fromhex("42 01 02 03 e8"), 5, b"\x42\x01\x02"), st.integers(0, 255)),
)


def rtu(unit: int, pdu: bytes) -> bytes:
    body = bytes((unit,)) + pdu
    return body + crc16(body).to_bytes(2, "little")


def mbap(transaction: int, unit: int, pdu: bytes) -> bytes:
    return struct.pack(">HHHB", transaction, 0, len(pdu) + 1, unit) + pdu


@st.composite
def answers(draw: st.DrawFn) -> tuple[Request, bytes, tuple[int, ...]]:
    """A request, the PDU of a right answer to it, and the words that are in it."""
    request = draw(REQUESTS)
    if request.function in (3, 4):
        said = draw(words(request.count))
        return request, request.echo + struct.pack(f">{len(said)}H", *said), said
    if request.function in (1, 2):
        bits = draw(st.lists(st.integers(0, 1), min_size=request.count, max_size=request.count))
        packed = sum(bit << place for place, bit in enumerate(bits)).to_bytes(request.reply - 2, "little")
        return request, request.echo + packed, tuple(bits)
    pdu = request.echo + draw(st.binary(min_size=request.reply, max_size=request.reply))
    pdu = pdu[: request.reply]
    data = pdu[1:]
    return request, pdu, tuple(int.from_bytes(data[at : at + 2], "big") for at in range(0, len(data), 2))


# -- Modbus ----------------------------------------------------------------------------------------------------


@examples(40)
@given(answers(), st.lists(st.tuples(st.integers(0, 9), answers()), max_size=3))
def test_over_tcp_the_words_are_those_of_our_transaction(
    ours: tuple[Request, bytes, tuple[int, ...]], others: list[tuple[int, tuple[Request, bytes, tuple[int, ...]]]]
):
    request, pdu, said = ours
    late = b"".join(mbap(number, other.unit, theirs) for number, (other, theirs, _) in others)
    found = find_tcp(late + mbap(10, request.unit, pdu) + late, 10, request)
    assert found.reply is not None
    assert (found.reply.outcome, found.reply.words) == (Outcome.ANSWERED, said)
    assert len(found.strangers) == len(others)


@examples(40)
@given(answers(), st.binary(max_size=40), st.data())
def test_over_rtu_the_words_are_those_that_were_said_or_none(
    ours: tuple[Request, bytes, tuple[int, ...]], noise: bytes, data: st.DataObject
):
    request, pdu, said = ours
    frame = rtu(request.unit, pdu)
    reply = find_rtu(noise + frame, request).reply
    if reply is not None and reply.frame == frame:
        assert (reply.outcome, reply.words) == (Outcome.ANSWERED, said)
    spoilt = data.draw(damaged(frame, most=1))
    reply = find_rtu(spoilt, request).reply
    if reply is not None:
        assert crc16(reply.frame[:-2]) == int.from_bytes(reply.frame[-2:], "little")
        assert reply.frame[0] == request.unit


@examples(40)
@given(REQUESTS, st.binary(max_size=600), st.sampled_from(((), (0x90,), (1, 3, 16))))
def test_no_answer_whatsoever_breaks_the_search_and_every_byte_is_accounted_for(
    request: Request, data: bytes, exceptions: tuple[int, ...]
):
    assert rtu_frame(request)
    assert tcp_frame(0, request)
    for found in (find_rtu(data, request, exceptions), find_tcp(data, 3, request, exceptions)):
        reply = found.reply.frame if found.reply is not None else b""
        assert len(found.noise) + sum(map(len, found.strangers)) + len(reply) == len(data)
        if found.reply is not None and found.reply.outcome is Outcome.ANSWERED and request.function < 5:
            assert len(found.reply.words) == request.count


# -- V5 --------------------------------------------------------------------------------------------------------


@examples(40)
@given(answers(), st.integers(0, 255), st.integers(1, 0xFFFFFFFF), st.data())
def test_a_v5_frame_gives_the_words_of_its_own_modbus_part_or_none(
    ours: tuple[Request, bytes, tuple[int, ...]], sequence: int, serial: int, data: st.DataObject
):
    request, pdu, said = ours
    block = rtu(request.unit, pdu)
    whole = data.draw(st.sampled_from((block, block + b"\0\0")))
    times = data.draw(st.tuples(*[st.integers(0, 0xFFFFFFFF)] * 3))

    def answered(block: bytes) -> list[v5.V5Frame]:
        stream = v5.encode(v5.ANSWER, sequence, 1, serial, v5.answer_payload(block, *times))
        parser = v5.Parser()
        cuts = data.draw(st.lists(st.integers(1, 40), max_size=4))
        return [frame for part in pieces(stream, cuts) for frame in parser.feed(part)] + parser.finish()

    (frame,) = answered(whole)
    reply = judge(frame, request, sequence, serial)
    assert reply is not None
    assert (reply.outcome, reply.words) == (Outcome.ANSWERED, said)
    (frame,) = answered(data.draw(damaged(block, most=2) | st.binary(max_size=300)))
    reply = judge(frame, request, sequence, serial)
    if reply is not None and reply.outcome is Outcome.ANSWERED:
        inner = frame.payload[v5.ANSWER_HEAD :]
        inner = inner if crc16(inner[:-2]) == int.from_bytes(inner[-2:], "little") else inner[:-2]
        assert crc16(inner[:-2]) == int.from_bytes(inner[-2:], "little")
        assert inner[0] == request.unit
    for other in (replace(frame, sequence=sequence ^ 1), replace(frame, code=v5.HEARTBEAT)):
        assert judge(other, request, sequence, serial) is None


@examples(40)
@given(st.binary(max_size=1200), st.lists(st.integers(1, 200), max_size=8), REQUESTS)
def test_no_stream_fills_the_memory_of_the_parser_or_is_believed_without_a_sum(
    data: bytes, cuts: list[int], request: Request
):
    parser = v5.Parser()
    for part in pieces(data.replace(b"\0", b"\xa5"), cuts):
        for frame in parser.feed(part):
            assert v5.checksum(frame.raw[1:-2]) == frame.raw[-2]
            judge(frame, request, frame.sequence, 0)
            v5.open_answer(frame)
        assert parser.held < v5.MOST_FRAME
    speaks_plain_modbus(data, rtu_frame(request))


FIELDS = st.sampled_from(
    ("192.168.1.40", "10.10.100.254", "1.2.3", "192.168.1.040", "::1", "AABBCCDDEEFF", "aabbccddeeff", "AABBCCDDEEF",
     "2355553510", "0", "99999999999", "4294967296", "-1", "１", " 7 ", "", "\0", "é", "x" * 400, "+5", "1_0")
)  # fmt: skip


@examples(60)
@given(st.lists(FIELDS, max_size=5).map(",".join).map(str.encode) | st.binary(max_size=60), FIELDS)
@example(b"192.168.1.40,AABBCCDDEEFF,2355553510", "192.168.1.40")
def test_an_answer_to_the_search_for_sticks_is_a_stick_at_that_very_address_or_nothing(data: bytes, sender: str):
    found = read_answer(data, sender)
    joined(sender)
    if found is not None:
        assert found.host == sender.strip()
        assert 0 < found.serial <= 0xFFFFFFFF
        assert len(found.mac) == 12
        assert str(found.serial).encode() in data


# -- CAN -------------------------------------------------------------------------------------------------------


@examples(60)
@given(st.text(max_size=30) | st.from_regex(r"[0-9A-Fa-f]{1,9}: ?([0-9A-Fa-f]{2} ?){0,10}", fullmatch=True))
def test_any_text_is_a_frame_or_a_value_error(text: str):
    try:
        frame = parse_frame(text)
    except ValueError as err:
        one_sentence_each(str(err))
        return
    assert len(frame.data) <= 8
    assert parse_frame(str(frame)).data == frame.data
    assert len(frame.packed()) == 4 + len(frame.data)


@examples(60)
@given(st.integers(0, 0xFFFFFFFF), st.binary(max_size=8))
def test_any_error_frame_is_a_sign(identifier: int, data: bytes):
    assert error_frame(identifier, data).error


DBC = {name: (profile_of(name).folder / profile_of(name).can.dbc).read_bytes() for name in (EVSE, PYLON, SOFAR)}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("dbc")


STRANGE = st.sampled_from(
    (b"0", b"65", b"-1", b"4294967295", b"99999999999999999999", b"1e400", b"nan", b"(0,0)", b"(1e308,0)", b"|64@1+",
     b"|0@1+", b"7|64@0-", b"63|8@1+", b"SIG_VALTYPE_ 256 X : 1;", b"M", b"m99999", b"m0M", b"\"", b";", b"BO_", b"SG_",
     b"VAL_ 1 X 0 \"a\" ;", b"\xe9", b"")
)  # fmt: skip


@st.composite
def dbc_files(draw: st.DrawFn) -> tuple[str, bytes]:
    """One of the shipped DBCs in which some words are others, or some bytes."""
    name = draw(st.sampled_from(list(DBC)))
    if draw(st.booleans()):
        return name, draw(damaged(DBC[name]))
    parts = DBC[name].replace(b"|", b" | ").split(b" ")
    for _ in range(draw(st.integers(1, 4))):
        parts[draw(st.integers(0, len(parts) - 1))] = draw(STRANGE)
    return name, b" ".join(parts).replace(b" | ", b"|")


@examples(25)
@given(dbc_files(), st.lists(st.tuples(st.integers(0, 40), st.binary(max_size=8)), max_size=6))
def test_any_dbc_is_laid_under_the_profile_or_answered_and_then_reads_any_frame(
    place: Path, given: tuple[str, bytes], frames: list[tuple[int, bytes]]
):
    name, data = given
    file = place / f"{abs(hash(data))}.dbc"
    file.write_bytes(data)
    profile = profile_of(name)
    try:
        load_dbc(file)
        mapping = lay(profile, profile.points, file)
    except ProfileError as err:
        one_sentence_each(str(err))
        return
    finally:
        file.unlink()
    decoder = Decoder(mapping, profile, profile.options_with({}))
    messages = list(mapping.messages.values())
    for number, payload in frames:
        message = messages[number % len(messages)]
        mapping.key(message, 1)
        for one in decoder.decode(message, decoder.raws(message, payload), 0.0):
            assert one.raw
            value, point = one.decoded.value, one.point
            if isinstance(value, float) and one.decoded.quality is Quality.GOOD:
                assert point.low is None or value >= point.low
                assert point.high is None or value <= point.high


LINES = st.sampled_from(
    (b"t1232AABB\r", b"T18E510012AABB\r", b"t12380011223344556677\r", b"t1230\r", b"r1232\r", b"R18E510012\r",
     b"t1232AAB\r", b"t1239AABB\r", b"tXYZ2AABB\r", b"T18E51002AABB\r", b"T98E510012AABB\r", b"t1232AABB1234\r", b"\r",
     b"\a", b"F00\r", b"FZZ\r", b"z\r", b"Z\r", b"V1013\r", b"NA123\r", b"d1232AABB\r", b"D18E51001\r", b"b1232\r",
     b"x\r", b"t", b"T1", b"t12\xc3\xa9\r", b"\0\r", b"t12", b"32AABB\r", b"T18E510018" + b"00" * 8 + b"\r", b"9" * 80)
)  # fmt: skip


@pytest.fixture(scope="module")
def adapter() -> object:
    if not sys.platform.startswith("linux"):
        pytest.skip("a pseudo-terminal as an adapter")
    import tty

    master, slave = os.openpty()
    tty.setraw(master)
    tty.setraw(slave)
    port = open_port(parse_link(f"can://slcan/{os.ttyname(slave)}"), 250_000, True)
    yield master, port
    port.close()
    os.close(master)
    os.close(slave)


@examples(40)
@given(st.lists(LINES | st.binary(max_size=12), max_size=8))
def test_any_lines_of_an_slcan_adapter_are_frames_signs_or_lost_ones(adapter: tuple[int, Port], lines: list[bytes]):
    master, port = adapter
    while port.receive(0.0) is not None:
        pass  # what an example that failed has left
    os.write(master, b"".join(lines) + b"\r\rT18E5100A3C0FFEE\r")
    last = CanFrame(0x18E5100A, True, b"\xc0\xff\xee")
    for _ in range(200):
        heard = port.receive(0.0)
        if heard is not None and heard.frame is not None:
            assert len(heard.frame.data) <= 8
            assert heard.frame.identifier <= 0x1FFFFFFF
            if heard.frame == last:
                break
    else:
        pytest.fail("the sound line behind them was not heard")
    port.figures()
