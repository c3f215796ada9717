"""Bytes of a request, and which bytes count as its reply."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.frames import Outcome
from drivers.modbus.framing import (
    crc16,
    find_rtu,
    find_tcp,
    raw_request,
    read_request,
    rtu_frame,
    sole_words,
    tcp_frame,
    write_request,
)

READ = read_request(1, 3, 0x2000, 2)
RIGHT = b"\x03\x04\x12\x34\x56\x78"


def crc(body: bytes) -> bytes:
    return body + crc16(body).to_bytes(2, "little")


def mbap(transaction: int, unit: int, pdu: bytes) -> bytes:
    return struct.pack(">HHHB", transaction, 0, len(pdu) + 1, unit) + pdu


@pytest.mark.parametrize("frame", ["01 03 00 00 00 01 84 0A", "01 49 22 01 22 02 1E DD", "01 42 01 02 03 E8 D9 47"])
def test_the_checksum_is_that_of_the_documents(frame):
    data = bytes.fromhex(frame)
    assert crc(data[:-2]) == data


def test_requests_look_as_the_standard_prints_them():
    assert rtu_frame(read_request(1, 3, 0, 1)).hex(" ") == "01 03 00 00 00 01 84 0a"
    assert tcp_frame(7, read_request(9, 4, 0x10, 2)).hex(" ") == "00 07 00 00 00 06 09 04 00 10 00 02"
    assert write_request(1, 5, 0xAC, [1]).pdu.hex(" ") == "05 00 ac ff 00"
    assert write_request(1, 6, 1, [3]).pdu.hex(" ") == "06 00 01 00 03"
    assert write_request(1, 15, 0x13, [1, 0, 1, 1, 0, 0, 1, 1, 1, 0]).pdu.hex(" ") == "0f 00 13 00 0a 02 cd 01"
    assert write_request(1, 16, 1, [10, 258]).pdu.hex(" ") == "10 00 01 00 02 04 00 0a 01 02"


@pytest.mark.parametrize(("function", "address", "count"), [(3, 0, 126), (3, 0, 0), (7, 0, 1), (3, 0x10000, 1)])
def test_a_request_that_no_frame_can_hold_is_not_built(function, address, count):
    with pytest.raises(ValueError, match=r"fit|read"):
        read_request(1, function, address, count)


def test_the_right_reply_gives_its_words():
    assert find_tcp(mbap(5, 1, RIGHT), 5, READ).reply.words == (0x1234, 0x5678)
    assert find_rtu(crc(b"\x01" + RIGHT), READ).reply.words == (0x1234, 0x5678)


def test_bits_come_as_zeros_and_ones():
    reply = find_rtu(crc(bytes.fromhex("01 01 02 cd 01")), read_request(1, 1, 0, 10)).reply
    assert reply.words == (1, 0, 1, 1, 0, 0, 1, 1, 1, 0)


def test_an_earlier_transaction_is_a_stranger_and_the_right_one_is_found_behind_it():
    late, right = mbap(4, 1, b"\x03\x04\xff\xff\xff\xff"), mbap(5, 1, RIGHT)
    found = find_tcp(late + right, 5, READ)
    assert found.strangers == [late]
    assert found.reply.words == (0x1234, 0x5678)


@pytest.mark.parametrize(
    ("unit", "pdu"),
    [
        (2, RIGHT),
        (1, b"\x04" + RIGHT[1:]),
        (1, b"\x03\x06" + RIGHT[2:] + b"\0\0"),
        (1, b"\x03\x02\x12\x34"),
        (1, b"\x03\x02" + RIGHT[2:]),
        (1, b"\x84\x02"),
    ],
    ids=["unit", "function", "longer", "shorter", "byte count that lies", "refusal of another function"],
)
def test_a_reply_to_another_question_is_never_a_value(unit, pdu):
    assert find_tcp(mbap(5, unit, pdu), 5, READ).reply.outcome is Outcome.FOREIGN
    assert find_rtu(crc(bytes((unit,)) + pdu), READ).reply is None


@pytest.mark.parametrize(
    ("unit", "pdu", "why"),
    [
        (2, RIGHT, "unit 2 answered instead of 1"),
        (1, b"\x04" + RIGHT[1:], "function 4 answered instead of 3"),
        (1, b"\x84\x02", "function 4 answered instead of 3"),
        (1, b"\x03\x02\x12\x34", "2 bytes answered instead of 4"),
        (1, b"\x03\x02" + RIGHT[2:], "2 bytes answered instead of 4"),
    ],
)
def test_a_foreign_reply_says_what_is_foreign_about_it(unit, pdu, why):
    assert find_tcp(mbap(5, unit, pdu), 5, READ).reply.note == why
    if len(pdu) == 2 + pdu[1] or pdu[0] & 0x80:
        assert find_rtu(crc(bytes((unit,)) + pdu), READ).why == why


def test_a_write_that_is_echoed_otherwise_answers_another_request():
    pdu = b"\x10\x11\x87\x00\x03"
    assert find_tcp(mbap(5, 1, pdu), 5, write_request(1, 16, 0x1187, [1, 2])).reply.note == "answers another request"


def test_a_refusal_carries_its_code_also_as_0x90():
    assert find_rtu(crc(b"\x01\x83\x02"), READ).reply.code == 2
    assert find_rtu(crc(b"\x01\x90\x02"), READ).reply is None
    assert find_rtu(crc(b"\x01\x90\x02"), READ, (0x90,)).reply.code == 2
    assert find_tcp(mbap(5, 1, b"\x90\x07"), 5, READ, (0x90,)).reply.code == 7


def test_the_echo_of_a_write_must_be_what_was_sent():
    request = write_request(1, 16, 0x1187, [1, 2])
    assert find_rtu(crc(b"\x01\x10\x11\x87\x00\x02"), request).reply.outcome is Outcome.ANSWERED
    assert find_rtu(crc(b"\x01\x10\x11\x87\x00\x03"), request).reply is None


def test_a_makers_own_function_is_matched_by_its_length():
    request = raw_request(1, bytes.fromhex("42 01 02 03 e8"), 5, b"\x42\x01\x02")
    reply = find_rtu(crc(bytes.fromhex("01 42 01 02 00 00")), request).reply
    assert reply.words == (0x0102, 0x0000)


def test_noise_before_an_rtu_reply_does_not_hide_it():
    found = find_rtu(b"\x00\xff\x01\x03" + crc(b"\x01" + RIGHT), READ)
    assert found.reply.words == (0x1234, 0x5678)
    assert found.noise == b"\x00\xff\x01\x03"


@given(st.integers(0, 8), st.integers(1, 255))
def test_no_changed_byte_of_an_rtu_reply_passes(place, change):
    frame = bytearray(crc(b"\x01" + RIGHT))
    frame[place] ^= change
    assert find_rtu(bytes(frame), READ).reply is None


@given(st.binary(max_size=300))
def test_whatever_comes_nothing_breaks_and_nothing_is_believed(data):
    reply = find_rtu(data, READ).reply
    assert reply is None or (reply.frame[0] == 1 and crc(reply.frame[:-2]) == reply.frame)
    reply = find_tcp(data, 0x5AA5, READ).reply
    assert reply is None or reply.frame.startswith(b"\x5a\xa5\0\0")


@given(st.integers(0, 12))
def test_a_truncated_reply_is_no_reply(length):
    assert find_tcp(mbap(5, 1, RIGHT)[:length], 5, READ).reply is None
    assert find_rtu(crc(b"\x01" + RIGHT)[: min(length, 8)], READ).reply is None


PIECES = st.sampled_from([mbap(5, 1, RIGHT), mbap(6, 1, RIGHT), mbap(5, 2, RIGHT), mbap(5, 1, b"\x83\2"), RIGHT, b"\0"])


@given(st.one_of(st.lists(PIECES, max_size=3).map(b"".join), st.binary(max_size=20)), st.integers(0, 13), st.binary())
def test_a_sole_answer_is_what_the_search_would_find(data, at, spoilt):
    data = data[:at] + spoilt[:1] + data[at + len(spoilt[:1]) :]
    words = sole_words(data, 5, READ)
    found = find_tcp(data, 5, READ)
    if words is not None:
        assert found.reply is not None
        assert (found.reply.outcome, found.reply.words, found.reply.frame) == (Outcome.ANSWERED, words, data)
        assert (found.strangers, found.noise) == ([], b"")
    elif found.reply is not None and found.reply.outcome is Outcome.ANSWERED:
        assert data != found.reply.frame
