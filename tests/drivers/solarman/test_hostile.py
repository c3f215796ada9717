"""The V5 link against a stick of ill will: whatever the bytes can tell, no wrong word is ever given as a value."""

import asyncio
import random

import pytest

from core.errors import DecodeError, DeviceError, LinkError, WattelierError
from drivers.modbus.link import UnitRules
from drivers.solarman.link import MOST_KEPT, SolarmanLink
from drivers.solarman.pace import Pace
from drivers.solarman.times import Times
from tests.drivers.solarman.hostile import HangUp, Hostile
from tests.drivers.solarman.sticks import SERIAL, truth


@pytest.fixture(autouse=True)
def in_a_hurry(monkeypatch):
    monkeypatch.setattr("drivers.solarman.link.LINGER_S", 0.02)


class Tireless(Pace):
    """Never rests, for tests in a hurry."""

    def gap_s(self, least_s):
        return 0.0


@pytest.fixture
def connect():
    links = []

    def connect(port, stick, serial=SERIAL, timeout_s=1.0):
        link = SolarmanLink("stick", "127.0.0.1", port, serial)
        link.rules = dict.fromkeys(range(256), UnitRules(timeout_s, 0.0))
        link._pace = Tireless()
        link._times = Times(lambda: stick.now)  # both go by one clock, which a test moves on
        links.append(link)
        return link

    yield connect
    for link in links:
        link.close()


def run(link, stick, exchanges, *, count=None, seed=1, passing_s=1.0, functions=(3, 4)):
    """So many reads; returns how many gave values. Fails on a wrong one."""
    dice, given = random.Random(seed), 0
    for _ in range(exchanges):
        stick.now += passing_s
        function, address, words = dice.choice(functions), dice.randrange(3000), count or dice.choice((1, 2, 2, 2, 10))
        try:
            said = list(link.read(1, function, address, words).words)
        except WattelierError:
            continue
        assert said == truth(function, address, words)
        given += 1
    return given


async def in_any_order(stick, asked, say):
    """Its answers leave in an order of their own, some many requests later, some twice."""
    dice = random.Random(asked.raw)
    stick.kept.append(stick.answer(asked))
    dice.shuffle(stick.kept)
    for _ in range(dice.choice((0, 1, 1, 2, 4))):
        if stick.kept:
            await say(stick.kept.pop() if dice.random() < 0.8 else stick.kept[-1])


async def of_another_program(stick, asked, say):
    """Answers of as many registers elsewhere, under numbers near ours, before ours and after it."""
    near = [asked.sequence + step for step in (-1, 1, -2, 2, 128)]
    old = [one.sequence for one in stick.asked[-6:-1]]
    around = [
        stick.answer(asked, shift=77, sequence=number) for number in (*near, *old) if number & 0xFF != asked.sequence
    ]
    middle = len(around) // 2
    await say(b"".join((*around[:middle], stick.answer(asked), *around[middle:])))


async def errors_in_the_middle(stick, asked, say):
    dice = random.Random(asked.raw)
    error = stick.error(dice.choice((asked.sequence, asked.sequence - 1)), dice.choice((3, 5, 6)))
    right = stick.answer(asked)
    at = dice.randrange(len(right))
    await say(dice.choice((error + right, right + error, right[:at] + error + right[at:], error)))


async def in_drops(stick, asked, say):
    data = (
        stick.beat(asked.sequence - 1) + stick.answer(asked, shift=5, sequence=asked.sequence - 1) + stick.answer(asked)
    )
    for byte in data:
        await say(bytes((byte,)))


@pytest.mark.parametrize(
    ("manner", "least", "timeout_s"),
    [(in_any_order, 1, 0.03), (errors_in_the_middle, 1, 0.03), (of_another_program, 25, 2.0), (in_drops, 25, 2.0)],
)
def test_no_order_of_answers_gives_a_wrong_value(connect, manner, least, timeout_s):
    stick = Hostile(manner)
    with stick.listening() as port:
        assert run(connect(port, stick, timeout_s=timeout_s), stick, 25) >= least


async def from_memory(stick, asked, say):
    """Gives under each number what it has once said under it, as a badly made proxy may do; else the right answer."""
    old = next((frame for frame in stick.kept if frame[5] == asked.sequence), None)
    if old is None:
        stick.kept.append(stick.answer(asked))
        old = stick.kept[-1]
    await say(old)


def test_answers_that_come_again_minutes_later_are_no_values(connect):
    stick = Hostile(from_memory)
    with stick.listening() as port:
        link = connect(port, stick)
        assert run(link, stick, 255, count=2, functions=(3,)) == 255
        assert run(link, stick, 40, count=2, seed=2, functions=(3,)) == 0
        stick.kept.clear()
        assert run(link, stick, 20, count=2) == 20


async def old_before_new(stick, asked, say):
    if old := next((frame for frame in stick.kept if frame[5] == asked.sequence), b""):
        stick.kept.remove(old)
        await say(old)
    else:
        stick.kept.append(stick.answer(asked))
        await say(stick.kept[-1])


def test_an_old_answer_costs_one_more_question_and_no_value(connect):
    stick = Hostile(old_before_new)
    with stick.listening() as port:
        link = connect(port, stick)
        run(link, stick, 255, count=2, functions=(3,))
        del stick.kept[::2]
        assert run(link, stick, 60, count=2, seed=3, functions=(3,)) == 60
        assert len(stick.asked) > 255 + 60 + 25


@pytest.mark.parametrize("doubled", [False, True])
def test_a_hang_up_at_any_byte_gives_no_wrong_value_and_the_next_question_is_answered(connect, doubled):
    cuts = iter(range(0, 80, 3))

    async def hang_up(stick, asked, say):
        whole = stick.answer(asked, shift=9, sequence=asked.sequence - 1) * doubled + stick.answer(asked)
        if len(stick.asked) % 2:
            await say(whole[: next(cuts, 0)])
            raise HangUp
        await say(whole)

    stick = Hostile(hang_up)
    with stick.listening() as port:
        link = connect(port, stick)
        assert run(link, stick, 54) >= 27
        assert link.counters().reconnects >= 20


def test_answers_owed_on_the_old_connection_are_not_taken_on_the_new_one(connect):
    async def owe(stick, asked, say):
        if len(stick.asked) % 4 == 1:
            stick.kept.append(stick.answer(asked))
            raise HangUp
        await say(b"".join(stick.kept) + stick.answer(asked))

    stick = Hostile(owe)
    with stick.listening() as port:
        link = connect(port, stick)
        assert run(link, stick, 80, count=2) == 60
        assert link.stick().late > 100


def test_a_flood_of_heartbeats_neither_hides_answers_nor_washes_them_out_of_the_ring(connect):
    async def flood(stick, asked, say):
        await say(stick.beat() * 700 + stick.answer(asked) + stick.beat() * 700)

    stick = Hostile(flood)
    with stick.listening() as port:
        link = connect(port, stick, timeout_s=2.0)
        first = link.read(1, 3, 100, 5).frame
        assert run(link, stick, 9) == 9
        assert link.stick().heartbeats > 5000
        assert link.frames.find(first).received[25:28] == bytes((1, 3, 10))
        assert len(link.frames.last(2000)) <= 10 * (2 * MOST_KEPT + 2)


def test_a_stick_that_babbles_without_end_is_silent_and_keeps_nothing(connect):
    async def babble(stick, asked, say):
        while True:
            await say(b"\xa5\x01" * 20_000)

    stick = Hostile(babble)
    with stick.listening() as port:
        link = connect(port, stick)
        for _ in range(3):
            with pytest.raises((DecodeError, DeviceError)):
                link.read(1, 3, 0, 2)
        assert max(len(frame.received) for frame in link.frames.last(50)) < 1 << 17


def test_the_longest_answers_come_whole(connect):
    async def long(stick, asked, say):
        await say(stick.frame(0x4210, 0, bytes(range(200))) + stick.answer(asked))

    stick = Hostile(long)
    with stick.listening() as port:
        assert run(connect(port, stick), stick, 20, count=125) == 20


def test_two_sticks_at_once_never_exchange_their_values(connect):
    async def plain(stick, asked, say):
        await say(stick.answer(asked, shift=stick.serial - SERIAL))

    one, other = Hostile(plain), Hostile(plain, SERIAL + 1)
    with one.listening() as port, other.listening() as second:
        links = connect(port, one), connect(second, other, SERIAL + 1)
        for address in range(50):
            assert list(links[0].read(1, 3, address, 2).words) == truth(3, address, 2)
            assert list(links[1].read(1, 3, address, 2).words) == truth(3, address + 1, 2)


@pytest.mark.parametrize("given", [SERIAL, 0])
def test_another_stick_in_its_place_gives_no_value_not_even_where_the_number_was_learned(connect, given):
    async def plain(stick, asked, say):
        await say(stick.beat() + stick.answer(asked, shift=0 if stick.serial == SERIAL else 500))

    stick = Hostile(plain)
    with stick.listening() as port:
        link = connect(port, stick, given)
        assert run(link, stick, 5) == 5
        stick.serial = SERIAL + 1  # the router has given the address to another one
        with pytest.raises(DeviceError, match=f"the stick's serial number is {SERIAL + 1}, not {SERIAL}"):
            link.read(1, 3, 0, 2)
        assert run(link, stick, 5) == 0
        assert link.stick().true_serial == SERIAL + 1
        stick.serial = SERIAL
        assert run(link, stick, 5) == 5


def test_while_another_program_is_heard_a_second_answer_is_waited_for(connect, monkeypatch):
    monkeypatch.setattr("drivers.solarman.link.LINGER_S", 0.2)

    async def both(stick, asked, say):
        await say(stick.answer(asked, shift=4, sequence=asked.sequence - 9))
        if len(stick.asked) > 1:
            await say(stick.answer(asked, shift=3))
            await asyncio.sleep(0.03)
        await say(stick.answer(asked))

    stick = Hostile(both)
    with stick.listening() as port:
        link = connect(port, stick)
        assert run(link, stick, 1) == 1
        assert run(link, stick, 4) == 0


def test_beside_another_program_a_slow_stick_is_given_the_time_that_its_answers_take(connect):
    async def slow(stick, asked, say):
        await say(stick.answer(asked, shift=4, sequence=asked.sequence - 9))
        if len(stick.asked) > 5:
            await say(stick.answer(asked, shift=3))
        await asyncio.sleep(0.1)
        await say(stick.answer(asked))

    stick = Hostile(slow)
    with stick.listening() as port:
        link = connect(port, stick)
        assert run(link, stick, 5) == 5
        assert run(link, stick, 4) == 0


TIMES = {
    "stand still": lambda dice, now: (0, 0),
    "are absurd": lambda dice, now: (dice.randrange(1 << 32), dice.randrange(1 << 32)),
    "run fast": lambda dice, now: (int(now * 60), int(now * 60)),
    "run back": lambda dice, now: (1 << 31) - int(9 * now),
    "jump once": lambda dice, now: (int(now) + 500_000 * (now > 10_010), int(now)),
    "are of a stick that restarts": lambda dice, now: (int(now), int(now) % 7),
}


@pytest.mark.parametrize("which", TIMES)
def test_no_clock_of_a_stick_costs_more_than_a_few_questions(connect, which):
    dice = random.Random(5)

    async def odd(stick, asked, say):
        times = TIMES[which](dice, stick.now)
        working, power_on = times if isinstance(times, tuple) else (times, times)
        frame = stick.answer(asked)
        payload = frame[11:13] + working.to_bytes(4, "little") + power_on.to_bytes(4, "little") + frame[21:-2]
        await say(stick.frame(0x1510, asked.sequence, payload))

    stick = Hostile(odd)
    with stick.listening() as port:
        link = connect(port, stick)
        assert run(link, stick, 40) >= 39
        assert len(stick.asked) <= 44


def test_a_write_in_doubt_is_not_put_again(connect):
    async def twice(stick, asked, say):
        block = asked.raw[26:34]
        await say(stick.says(asked.sequence, block) + stick.says(asked.sequence, block[:-2] + b"\1\1"))
        await say(stick.answer(asked, shift=1))

    stick = Hostile(twice)
    with stick.listening() as port:
        link = connect(port, stick)
        with pytest.raises((DecodeError, DeviceError, LinkError)):
            link.write(1, 6, 10, [3])
        assert len(stick.asked) == 1
