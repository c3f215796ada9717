"""The fault proxy: what it does to frames of each protocol, and that its dice can be thrown again."""

from __future__ import annotations

import asyncio
import itertools
import json
import random

import pytest
from websockets.frames import Frame, Opcode

from drivers.modbus import framing
from drivers.modbus.framing import read_request
from drivers.sim.dialects import DIALECTS, OcppDialect, RtuDialect, Stranger, TcpDialect, V5Dialect
from drivers.sim.framing import RtuFraming, TcpFraming
from drivers.sim.proxy import Mischief, Outlet, Proxy, Trouble, Way
from drivers.solarman import frames as v5

BODY = bytes((3, 4, 0x12, 0x34, 0x56, 0x78))
TCP = TcpFraming().frame(1, 0x1234, BODY)
RTU = RtuFraming().frame(1, 0, BODY)
V5 = v5.encode(v5.ANSWER, 0x21, 7, 2355553510, v5.answer_payload(RTU, 1000, 500, 1))
TEXT = b'[2,"7","MeterValues",{"connectorId":1}]'
OCPP = Frame(Opcode.TEXT, TEXT).serialize(mask=True)
FRAMES = {"tcp": TCP, "rtu": RTU, "v5": V5, "ocpp": OCPP}


@pytest.mark.parametrize("kind", FRAMES)
def test_frames_are_cut_out_of_a_stream_whatever_its_pieces(kind: str):
    dialect, buffer, found = DIALECTS[kind](answers=True), bytearray(), []
    hello = b"GET /CP1 HTTP/1.1\r\nHost: x\r\n\r\n" if kind == "ocpp" else b""
    for byte in hello + FRAMES[kind] * 3:
        buffer.append(byte)
        while (frame := dialect.take(buffer)) is not None:
            found.append(frame)
    assert found == ([hello] if hello else []) + [FRAMES[kind]] * 3
    assert not buffer


def test_a_spoilt_modbus_answer_is_never_the_answer():
    request = read_request(1, 3, 0, 2)
    for seed in range(300):
        dice = random.Random(seed)
        for spoilt in (TcpDialect(answers=True).damaged(TCP, dice), TcpDialect(answers=True).foreign(TCP, dice)):
            reply = framing.find_tcp(spoilt, 0x1234, request).reply
            assert reply is None or not reply.words
        spoilt = RtuDialect(answers=True).damaged(RTU, dice)
        assert framing.find_rtu(spoilt, request).reply is None


def test_another_masters_question_and_answer_are_whole_frames():
    seen = set()
    for seed in range(100):
        other = RtuDialect(answers=True).foreign(RTU, random.Random(seed))
        asked, told = framing.rtu_frames(other)
        assert framing.asked_by(asked) is not None
        seen.add((told[0] == 1, len(told) == len(RTU)))
    assert seen == {(True, True), (True, False), (False, True)}
    (found,) = v5.Parser().feed(V5Dialect(answers=True).foreign(V5, random.Random(1)))
    assert found.sequence != 0x21
    assert len(found.raw) == len(V5)


def test_another_program_counts_its_questions_up_whatever_becomes_of_our_connections():
    stranger, dice = Stranger(), random.Random(1)
    numbers = []
    for _ in range(60):
        for answers in (True, False):
            spoilt = V5Dialect(answers=answers, stranger=stranger).foreign(V5, dice)
            numbers.append(v5.Parser().feed(spoilt)[0].sequence)
    assert 40 <= (numbers[0] - 0x21) & 0xFF <= 80
    assert {(after - before) & 0xFF for before, after in itertools.pairwise(numbers)} == set(range(1, 9))


def test_the_other_program_of_a_line_counts_on_when_we_connect_anew():
    heard: list[int] = []

    async def go() -> None:
        mischief = Fixed(3, 0.001)
        mischief.given = itertools.cycle([Trouble.CROSS_TALK])  # type: ignore[attr-defined]
        proxy = Proxy("v5", 1, mischief)
        for _ in range(8):
            said: list[bytes] = []
            _onward, back = proxy._ways(said.append, said.append)  # pyright: ignore[reportPrivateUsage]
            running = asyncio.create_task(back.outlet.run())
            back.feed(V5)
            while not said:
                await asyncio.sleep(0)
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
            heard.extend(frame.sequence for frame in v5.Parser().feed(b"".join(said)) if frame.sequence != 0x21)

    asyncio.run(asyncio.wait_for(go(), 10))
    assert len(heard) == 8
    assert all(1 <= (after - before) & 0xFF <= 8 for before, after in itertools.pairwise(heard))


def test_a_spoilt_message_is_a_sound_frame_of_the_websocket():
    dialect = OcppDialect(answers=True)
    dialect.take(bytearray(b"GET / HTTP/1.1\r\n\r\n"))
    for seed in range(50):
        dice = random.Random(seed)
        for spoilt in (dialect.damaged(OCPP, dice), dialect.noise(dice), dialect.foreign(OCPP, dice)):
            buffer = bytearray(spoilt)
            assert dialect.take(buffer) == spoilt
            assert not buffer
    text = json.dumps([2, "1", "DataTransfer", {"data": "x" * 5000}]).encode()
    whole = Frame(Opcode.TEXT, text).serialize(mask=True)
    assert dialect.take(bytearray(whole)) == whole


def throw(seed: int) -> tuple[list[Trouble | None], Mischief]:
    mischief = Mischief(seed, 0.1)
    return [mischief.strike(answer=number % 2 == 0) for number in range(400)], mischief


def test_the_same_seed_throws_the_same_dice_and_every_trouble_is_counted():
    struck, mischief = throw(7)
    assert struck == throw(7)[0]
    assert struck != throw(8)[0]
    assert set(mischief.did) == set(Trouble)
    assert mischief.faults == sum(trouble is not None for trouble in struck)
    mischief.on = False
    assert all(mischief.strike(answer=True) is None for _ in range(100))


class Fixed(Mischief):
    """Each frame is hit by the next of these."""

    def strike(self, *, answer: bool, spared: Trouble | None = None) -> Trouble | None:
        return next(self.given)  # type: ignore[attr-defined, no-any-return]


def pass_on(*troubles: Trouble | None) -> tuple[list[bytes], bool]:
    """Answers 0, 1, 2 … through a way that does this to them: what comes out, and whether the line still lives."""
    said: list[bytes] = []

    async def go() -> bool:
        mischief = Fixed(3, 0.001)
        mischief.given = iter(troubles)  # type: ignore[attr-defined]
        way = Way(RtuDialect(answers=True), mischief, said.append)
        running = asyncio.create_task(way.outlet.run())
        alive = [way.feed(answer(number)) for number in range(len(troubles))]
        await asyncio.sleep(0.05)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        return all(alive)

    lives = asyncio.run(go())
    return said, lives


def answer(number: int) -> bytes:
    return RtuFraming().frame(1, 0, bytes((3, 2, 0, number)))


def test_what_each_trouble_does():
    assert pass_on(None, None) == ([answer(0), answer(1)], True)
    assert pass_on(Trouble.DROP, None) == ([answer(1)], True)
    assert pass_on(Trouble.DELAY, None) == ([answer(0), answer(1)], True)
    assert pass_on(Trouble.DUPLICATE)[0] == [answer(0)] * 2
    assert b"".join(pass_on(Trouble.REORDER, None)[0]) == answer(1) + answer(0)
    assert b"".join(pass_on(Trouble.DRIP, None)[0]) == answer(0) + answer(1)
    assert len(pass_on(Trouble.DRIP)[0]) > 1
    assert len(b"".join(pass_on(Trouble.TRUNCATE)[0])) < len(answer(0))
    assert pass_on(Trouble.GARBAGE)[0] != [answer(0)]
    assert len(b"".join(pass_on(Trouble.CROSS_TALK)[0])) > len(answer(0))
    assert pass_on(None, Trouble.HALF_OPEN, None)[1] is False


def test_what_has_not_been_said_when_the_line_ends_is_never_said():
    said: list[bytes] = []

    async def go() -> None:
        outlet = Outlet(said.append)
        running = asyncio.create_task(outlet.run())
        outlet.slip(b"late", 0.02)
        await asyncio.sleep(0)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await asyncio.sleep(0.04)

    asyncio.run(go())
    assert said == []
