"""The V5 codec: two published captures byte by byte, and streams of every kind."""

import random
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.frames import Outcome
from drivers.modbus import framing
from drivers.solarman import frames as v5
from drivers.solarman.frames import Parser
from drivers.solarman.replies import judge, speaks_plain_modbus
from tests.scripts import script

# Published in issues 9 (Solis, one input register) and 62 (Deye, double checksum) of pysolarmanv5.
ASK_PLAIN = bytes.fromhex(
    "a5 17 00 10 45 00 00 71 19 8e f3 02 00 00 00 00 00 00 00 00 00 00 00 00 00 00 01 04 81 61 00 01 48 28 d1 15"
)
PLAIN = bytes.fromhex(
    "a5 15 00 10 15 00 c2 71 19 8e f3 02 01 e2 ca 0b 00 a9 25 00 00 c1 36 96 62 01 04 02 07 01 7a c0 c7 15"
)
ASK_DOUBLE = bytes.fromhex(
    "a5 17 00 10 45 bb 00 b2 6e 3c 6a 02 00 00 00 00 00 00 00 00 00 00 00 00 00 00 01 03 00 03 00 05 75 c9 39 15"
)
DOUBLE = bytes.fromhex(
    "a5 1f 00 10 15 bb 52 b2 6e 3c 6a 02 01 b0 17 ee 00 b4 1a 00 00 62 0e b7 65"
    "01 03 0a 32 31 30 36 32 33 34 32 35 38 30 6e 00 00 d6 15"
)
# Issues 14 and 19 of the same project: an error frame that carries the true serial number, and a heartbeat.
ERROR_6 = bytes.fromhex("a5 10 00 10 15 00 04 37 5c 79 f2 02 01 f3 6d 04 00 64 00 00 00 00 00 00 00 06 00 08 15")
BEAT = bytes.fromhex("a5 01 00 10 47 97 6d aa 4c 2c 8e 00 0c 15")


def parse(data: bytes) -> list[v5.V5Frame]:
    parser = Parser()
    return parser.feed(data) + parser.finish()


def only(data: bytes) -> v5.V5Frame:
    (frame,) = parse(data)
    assert frame.raw == data
    return frame


def test_the_plain_capture_decodes_to_every_published_field():
    frame = only(PLAIN)
    assert (frame.code, frame.serial, frame.sequence, frame.counter) == (v5.ANSWER, 4086176113, 0, 0xC2)
    answer = v5.open_answer(frame)
    assert (answer.frame_type, answer.status) == (2, 1)
    assert (answer.working_s, answer.power_on_s, answer.offset_s) == (772834, 9641, 1654011585)
    assert datetime.fromtimestamp(answer.taken_at, UTC) == datetime(2022, 6, 9, 14, 20, 19, tzinfo=UTC)
    reply = judge(frame, framing.read_request(1, 4, 33121, 1), 0, 4086176113)
    assert (reply.outcome, reply.words, reply.frame) == (Outcome.ANSWERED, (1793,), PLAIN)


def test_the_capture_with_the_double_checksum_decodes_to_every_published_field():
    frame = only(DOUBLE)
    assert (frame.serial, frame.sequence, frame.counter) == (1782345394, 187, 0x52)
    answer = v5.open_answer(frame)
    assert (answer.working_s, answer.power_on_s, answer.offset_s) == (15603632, 6836, 1706495586)
    assert datetime.fromtimestamp(answer.taken_at, UTC) == datetime(2024, 7, 27, 16, 53, 38, tzinfo=UTC)
    reply = judge(frame, framing.read_request(1, 3, 3, 5), 187, 1782345394)
    assert reply.words == (0x3231, 0x3036, 0x3233, 0x3432, 0x3538)
    assert b"".join(word.to_bytes(2, "big") for word in reply.words) == b"2106234258"


def test_requests_are_byte_for_byte_those_that_were_published():
    plain = framing.rtu_frame(framing.read_request(1, 4, 33121, 1))
    assert v5.request_frame(4086176113, 0, plain) == ASK_PLAIN
    double = framing.rtu_frame(framing.read_request(1, 3, 3, 5))
    assert v5.request_frame(1782345394, 187, double) == ASK_DOUBLE
    assert only(ASK_PLAIN).code == v5.REQUEST


def test_the_published_error_frame_tells_the_true_serial_number():
    frame = only(ERROR_6)
    assert v5.open_answer(frame).error == v5.WRONG_SERIAL
    assert v5.open_answer(frame).taken_at is None  # this stick has no clock yet
    reply = judge(frame, framing.read_request(1, 4, 33022, 6), 0, 2111130827)
    assert (reply.outcome, reply.code, reply.words) == (Outcome.SILENT, None, ())
    assert reply.note == "the stick's serial number is 4068039735, not 2111130827"


def test_a_heartbeat_is_a_frame_and_never_an_answer():
    frame = only(BEAT)
    assert (frame.code, frame.sequence, frame.serial) == (v5.HEARTBEAT, 0x97, 2385267882)
    assert v5.open_answer(frame) is None
    assert judge(frame, framing.read_request(1, 3, 0, 1), 0x97, 0) is None


def test_a_right_checksum_that_ends_in_zero_is_not_taken_for_a_double_one():
    request = framing.read_request(1, 3, 0, 2)
    ending = [
        rtu for low in range(0x10000) if (rtu := _rtu(1, 3, (0x1234, low))).endswith(b"\0") or rtu[-2:-1] == b"\0"
    ]
    assert len(ending) > 100
    for rtu in ending:
        for block in (rtu, rtu + b"\0\0"):
            frame = only(v5.encode(v5.ANSWER, 7, 0, 9, v5.answer_payload(block, 1, 1, 1)))
            reply = judge(frame, request, 7, 9)
            assert reply.words[0] == 0x1234
            assert reply.words[1].to_bytes(2, "big") == rtu[5:7]


def _rtu(unit: int, function: int, words: tuple[int, ...]) -> bytes:
    body = bytes((unit, function, 2 * len(words))) + b"".join(word.to_bytes(2, "big") for word in words)
    return body + framing.crc16(body).to_bytes(2, "little")


def test_a_modbus_refusal_keeps_its_code_with_one_checksum_and_with_two():
    request = framing.read_request(1, 4, 3000, 10)
    body = bytes((1, 0x84, 2))
    rtu = body + framing.crc16(body).to_bytes(2, "little")
    for block in (rtu, rtu + b"\0\0"):
        frame = only(v5.encode(v5.ANSWER, 7, 0, 9, v5.answer_payload(block, 1, 1, 1)))
        assert judge(frame, request, 7, 9).code == 2


def test_the_errors_of_the_stick_are_not_exception_codes_of_modbus():
    for code in range(256):
        payload = v5.answer_payload(bytes((code, 0)), 1, 1, 1)
        reply = judge(only(v5.encode(v5.ANSWER, 7, 0, 9, payload)), framing.read_request(1, 3, 0, 1), 7, 9)
        assert (reply.outcome, reply.code) == (Outcome.SILENT, None)
        assert reply.note


def test_glued_frames_come_out_one_by_one_and_in_their_order():
    assert [frame.raw for frame in parse(BEAT + PLAIN + BEAT + DOUBLE)] == [BEAT, PLAIN, BEAT, DOUBLE]


def test_a_frame_may_come_byte_by_byte():
    parser = Parser()
    came = [frame.raw for byte in b"AT+X\r\n" + PLAIN + BEAT for frame in parser.feed(bytes((byte,)))]
    assert came == [PLAIN, BEAT]
    assert parser.take_noise() == b"AT+X\r\n"
    assert parser.held == 0


def test_after_every_failure_the_search_goes_on_one_byte_later():
    spoilt = PLAIN[:-2] + bytes((PLAIN[-2] ^ 1, 0x15))
    wrong_end = PLAIN[:-1] + b"\x16"
    for junk in (b"\xa5", b"\xa5\xa5\xa5", PLAIN[:20], spoilt, wrong_end, PLAIN[:2], b"\xa5\x17\x00\x10\x15"):
        assert DOUBLE in [frame.raw for frame in parse(junk + DOUBLE)], junk.hex(" ")


def test_a_long_length_that_lies_neither_hides_nor_delays_the_frame_behind_it():
    parser = Parser()
    lie = b"\xa5\x00\x04\x10\x15" + bytes(6)
    assert [frame.raw for frame in parser.feed(lie + PLAIN)] == [PLAIN]
    assert parser.take_noise() == lie


def test_no_length_makes_it_hold_more_than_one_frame():
    parser = Parser()
    for head in (b"\xa5\xff\xff\x10\x15", b"\xa5\x00\x04\x10\x15", b"\xa5\x00\x00\x10\x15"):
        for _ in range(50):
            parser.feed(head + b"\xa5" * 400)
            assert parser.held < v5.MOST_FRAME


@pytest.mark.parametrize("unit", ["a5", "a5 00 04 10 15", "a5 03 04 10 15", "a5 01 00 10 47", "a5 04 00 10 15 a5"])
def test_hostile_streams_cost_work_in_proportion_to_their_length(monkeypatch, unit):
    done = [0]

    def counted(name, work):
        real = getattr(v5, name)
        monkeypatch.setattr(v5, name, lambda *given: (done.__setitem__(0, done[0] + work(given)), real(*given))[1])

    counted("_size_at", lambda given: 1)
    counted("checksum", lambda given: len(given[0]))

    def work(size):
        done[0] = 0
        parser, stream = Parser(), bytes.fromhex(unit) * (size // len(bytes.fromhex(unit)))
        for at in range(0, len(stream), 512):
            parser.feed(stream[at : at + 512])
        return done[0]

    short, long = work(10_000), work(80_000)
    assert long < 9 * short + 1000  # eight times the length; a square would be 64 times
    assert long < 80_000 * v5.MOST_FRAME


@settings(max_examples=300)
@given(st.binary(max_size=600), st.lists(st.integers(1, 64), max_size=20))
def test_what_comes_out_is_what_went_in_however_it_was_cut(junk, cuts):
    stream = junk + PLAIN + junk[::-1] + BEAT
    parser, raw, at = Parser(), b"", 0
    for cut in [*cuts, len(stream)]:
        raw += b"".join(frame.raw for frame in parser.feed(stream[at : at + cut]))
        at += cut
        assert parser.held < v5.MOST_FRAME
    raw += b"".join(frame.raw for frame in parser.finish())
    assert len(raw) + len(parser.take_noise()) == len(stream)
    assert PLAIN in raw
    assert BEAT in raw


@settings(max_examples=300)
@given(
    st.sampled_from((v5.ANSWER, v5.HEARTBEAT, v5.HELLO, v5.DATA, v5.REPORT)),
    st.integers(0, 255),
    st.integers(0, 255),
    st.integers(0, 0xFFFFFFFF),
    st.binary(min_size=1, max_size=v5.MOST_PAYLOAD),
)
def test_every_frame_that_is_encoded_is_decoded(code, sequence, counter, serial, payload):
    frame = only(v5.encode(code, sequence, counter, serial, payload))
    assert (frame.code, frame.sequence, frame.counter) == (code, sequence, counter)
    assert (frame.serial, frame.payload) == (serial, payload)


def test_foreign_bytes_never_raise_and_never_are_a_value():
    dice = random.Random(5)
    request = framing.read_request(1, 4, 33121, 1)
    for _ in range(2000):
        stream = dice.randbytes(dice.randrange(80))
        assert not [f for f in parse(stream) if judge(f, request, 0, 0)]
        assert speaks_plain_modbus(stream, ASK_PLAIN) in (True, False)
        assert v5.is_v4(stream) in (True, False)


def test_modbus_tcp_in_answer_to_a_v5_request_is_told_from_v5():
    echoed = ASK_PLAIN[:5] + bytes.fromhex("03 00 84 01")  # the head of the request taken for Modbus TCP's
    strict = ASK_PLAIN[:2] + bytes.fromhex("00 00 00 03 00 84 0b")
    assert speaks_plain_modbus(echoed, ASK_PLAIN)
    assert speaks_plain_modbus(strict, ASK_PLAIN)
    assert not speaks_plain_modbus(PLAIN, ASK_PLAIN)
    assert not speaks_plain_modbus(ASK_PLAIN, ASK_PLAIN)
    assert not speaks_plain_modbus(BEAT, ASK_PLAIN)
    assert not speaks_plain_modbus(ERROR_6, ASK_PLAIN)


@pytest.fixture(scope="module")
def bench():
    return script("bench_v5")


def test_twenty_thousand_spoilt_streams_hold_no_wrong_value_no_hang_and_no_crash(bench):
    result = bench.run(20_000, seed=7)
    assert result.good, result.failures
    assert result.streams == 20_000
    assert result.whole > 2000  # much of the damage was beside the answer
    assert result.whole_taken > 0.99 * result.whole
    assert len(result.spoilt) == len(bench.ANYWHERE) + len(bench.IN_MODBUS_PART)


def test_the_same_streams_do_hold_wrong_values_for_a_link_that_looks_away(bench, monkeypatch):
    monkeypatch.setattr("drivers.solarman.link.judge", lambda f, r, _, s, e=(): judge(f, r, f.sequence, s, e))
    result = bench.run(2000, seed=7)
    assert result.wrong_values > 0
    assert not result.good
