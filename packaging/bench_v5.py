"""A million spoilt SOLARMAN V5 streams through the parser and the matching of replies: no wrong value, hang or crash.

``python3 packaging/dev.py bench v5``, or this file; ``--frames N``, ``--seed N``, ``--json``. Returns 1 on any failure.

A stream is the stick's answer to one request, often with heartbeats, late answers and other programs' answers of the
same length around it; it comes in one to three parts. The stick is like a real one: its counter goes up by one with
each frame, its times by the clock, and each of its frames has the times at which it was made. A new link begins every
thousand streams. Every register holds a number made from its address, so the truth of each request is known. A *wrong
value* is words that are accepted and differ from it. Nothing is asked twice here: a doubt counts as no value, where the
product would ask once more. *Whole* are the streams in which the right answer stands undamaged, and of these as many
should be taken as are whole: a link that says no to everything would make no mistake either.

* as it came: bits flipped, bytes cut, inserted, swapped, overwritten, lengths falsified, pieces glued, one to three
  times anywhere. Whatever gets through has a right sum (8 bits) and a right Modbus checksum (16 bits) by accident:
  one stream in 17 million where the damage is in the data. The sequence number is guarded by the sum alone. So an
  answer to somebody else passes for ours when damage turns its number into ours and a second damage makes up for that
  in the sum, and so does the head of our answer before the rest of another one. The link makes both rare (numbers
  three bits apart, contradictions refused, times that must run on from those of the answers before); where the second
  damage hits a byte that nothing else guards (counter, sum) it still passes, so another ``--seed`` may show a wrong
  value. Tried were seven million streams with none; without times and second answers eight million had two, so the
  gain is likely, not proven. On a network the checksums of TCP stand before all this.
* sum put right: only the Modbus part is spoilt, then the sum over the frame is made right, so that the Modbus checksum
  stands alone. The errors are of the sorts which that checksum always finds: up to three bits, a run of up to 16 bits,
  two bytes swapped, bytes cut or added. Wider damage passes any 16-bit checksum once in 65536 times.

Not among the neighbours is another program's answer under our very number at the same time: of that the bytes tell
nothing, unless ours comes too (tests/drivers/solarman/test_hostile.py).
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchlib import Row

from core.frames import Outcome
from drivers.modbus import framing
from drivers.modbus.framing import Reply, Request
from drivers.solarman import frames as v5
from drivers.solarman.link import SolarmanLink
from drivers.solarman.sequence import Sequences
from drivers.solarman.times import Times

SERIAL = 2355553510
HANG_S = 1.0  # no stream here takes a millisecond
LINKS = 1000  # streams that one link hears
EXCHANGE_S = 5.0


@dataclass(slots=True)
class Result:
    """What came of the streams."""

    seed: int
    streams: int = 0
    seconds: float = 0.0
    slowest_s: float = 0.0
    wrong_values: int = 0
    crashes: int = 0
    hangs: int = 0
    held_too_much: int = 0
    whole: int = 0  # streams in which the right answer stands undamaged
    whole_taken: int = 0  # of them, those in which it was accepted; the others are asked again
    spoilt: dict[str, int] = field(default_factory=dict[str, int])  # streams by the way they were spoilt
    outcomes: dict[str, int] = field(default_factory=dict[str, int])
    failures: list[str] = field(default_factory=list[str])  # the first few, in hex

    @property
    def good(self) -> bool:
        """Whether every promise was kept."""
        return not (self.wrong_values or self.crashes or self.hangs or self.held_too_much)


class Probe(SolarmanLink):
    """The link itself, with bytes put into its hands in place of a wire, and time that moves with each exchange."""

    def __init__(self, serial: int, dice: random.Random) -> None:
        super().__init__("probe", "127.0.0.1", 8899, serial)
        self.time = 0.0
        self._sequences = Sequences(lambda: self.time, dice)
        self._times = Times(lambda: self.time)

    def ask(self, request: Request) -> tuple[bytes, int]:
        """The request as it goes out, and its sequence number."""
        self.time += EXCHANGE_S
        return self._encode(request), self._sequences.current

    def hear(self, request: Request, stream: bytes, cuts: list[int]) -> Reply | None:
        """What the link makes of a stream that comes in parts."""
        reply, rest = None, b""
        for cut in cuts:
            if self._find(stream[:cut], request, last=False).reply is not None and not self._linger_s():
                reply, rest = self._found.reply, stream[cut:]
                break
        else:
            reply = self._find(stream, request, last=True).reply
        self._ended(request, reply, ())
        if rest:
            self._note_late(rest)
        return reply

    @property
    def held(self) -> int:
        """Bytes that the parser keeps."""
        return self._parser.held


# -- truth -----------------------------------------------------------------------------------------------------


def truth(function: int, address: int, count: int) -> tuple[int, ...]:
    """The words of these registers."""
    return tuple((at * 40503 + function * 257) & 0xFFFF for at in range(address, address + count))


def modbus_part(unit: int, function: int, words: tuple[int, ...]) -> bytes:
    body = bytes((unit, function, 2 * len(words))) + b"".join(word.to_bytes(2, "big") for word in words)
    return body + framing.crc16(body).to_bytes(2, "little")


class Stick:
    """Makes the frames of one stick, which has run for a while: its counter goes up by one, its times by the clock."""

    def __init__(self, dice: random.Random) -> None:
        self._counter = dice.randrange(256)
        self._power_on = dice.randrange(1 << 22)
        self._working = self._power_on + dice.randrange(1 << 24)

    def frame(self, code: int, sequence: int, payload: bytes) -> bytes:
        self._counter = self._counter + 1 & 0xFF
        return v5.encode(code, sequence & 0xFF, self._counter, SERIAL, payload)

    def answer(self, sequence: int, block: bytes, at: float) -> bytes:
        """Made at this time, whenever it is heard."""
        payload = v5.answer_payload(block, self._working + int(at), self._power_on + int(at), 1_700_000_000)
        return self.frame(v5.ANSWER, sequence, payload)


# -- damage ----------------------------------------------------------------------------------------------------

Damage = Callable[[bytearray, random.Random], None]


def flip(data: bytearray, dice: random.Random) -> None:
    for _ in range(dice.randint(1, 8)):
        data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)


def cut(data: bytearray, dice: random.Random) -> None:
    at = dice.randrange(len(data))
    del data[at : at + dice.choice((1, 1, 2, 3, 8, 40))]


def insert(data: bytearray, dice: random.Random) -> None:
    at = dice.randrange(len(data) + 1)
    data[at:at] = dice.randbytes(dice.choice((1, 1, 2, 3, 8, 40)))


def swap(data: bytearray, dice: random.Random) -> None:
    one, other = dice.randrange(len(data)), dice.randrange(len(data))
    data[one], data[other] = data[other], data[one]


def overwrite(data: bytearray, dice: random.Random) -> None:
    at = dice.randrange(len(data))
    run = dice.randbytes(dice.choice((1, 2, 4, 16)))[: len(data) - at]
    data[at : at + len(run)] = run


def falsify_length(data: bytearray, dice: random.Random) -> None:
    starts = [at for at, byte in enumerate(data) if byte == v5.START]
    at = dice.choice(starts) if starts else 0
    lie = dice.choice((0, 1, 14, 16, 23, 255, 256, 1024, 1025, 0xFFFF, dice.randrange(0x10000)))
    data[at + 1 : at + 3] = lie.to_bytes(2, "little")


def glue(data: bytearray, dice: random.Random) -> None:
    at = dice.randrange(len(data))
    piece = data[at : at + dice.randint(1, 60)]
    place = dice.choice((0, len(data), dice.randrange(len(data) + 1)))
    data[place:place] = piece


ANYWHERE: tuple[Damage, ...] = (flip, cut, insert, swap, overwrite, falsify_length, glue)


def three_bits(block: bytearray, dice: random.Random) -> None:
    for place in dice.sample(range(8 * len(block)), dice.randint(1, 3)):
        block[place // 8] ^= 1 << place % 8


def run_of_bits(block: bytearray, dice: random.Random) -> None:
    """Up to 16 neighbouring bits, in the order in which the checksum takes them: each byte from its lowest."""
    error = dice.randrange(1, 1 << 16) << dice.randrange(8 * len(block) - 16)
    for place in range(len(block)):
        block[place] ^= error >> 8 * place & 0xFF


def shorter_or_longer(block: bytearray, dice: random.Random) -> None:
    if dice.random() < 0.5:
        del block[dice.randrange(len(block)) :]
    else:
        block += dice.randbytes(dice.randint(1, 6))


IN_MODBUS_PART: tuple[Damage, ...] = (three_bits, run_of_bits, swap, shorter_or_longer)


# -- streams ---------------------------------------------------------------------------------------------------


class Mill:
    """Makes spoilt streams, one after the other, and has the link judge them."""

    def __init__(self, seed: int, result: Result) -> None:
        self._dice, self._result = random.Random(seed), result
        self._outcomes: Counter[str] = Counter()
        self._spoilt: Counter[str] = Counter()
        self._new_link()

    def _new_link(self) -> None:
        self._probe = Probe(0 if self._dice.random() < 0.1 else SERIAL, self._dice)
        self._stick = Stick(self._dice)
        self._unanswered: deque[tuple[int, float]] = deque(maxlen=10)  # whose answers may come late, and when asked
        self._theirs = self._dice.randrange(256)  # number of another program's last request

    def grind(self, streams: int) -> None:
        """Do so many streams."""
        began = time.perf_counter()
        for number in range(streams):
            if number % LINKS == 0:
                self._new_link()
            self._one()
        self._result.streams += streams
        self._result.seconds += time.perf_counter() - began
        self._result.outcomes = dict(self._outcomes.most_common())
        self._result.spoilt = dict(self._spoilt.most_common())

    def _one(self) -> None:
        dice = self._dice
        function, address, count = dice.choice((3, 4)), dice.randrange(50_000), dice.choice((1, 2, 5, 10, 30, 60))
        request = framing.read_request(1, function, address, count)
        words = truth(function, address, count)
        _, sequence = self._probe.ask(request)
        stream, right = self._stream(sequence, function, count, words)
        cuts = sorted(dice.randrange(len(stream) + 1) for _ in range(dice.randrange(3)))
        began = time.perf_counter()
        try:
            reply = self._probe.hear(request, stream, [*cuts, len(stream)])
        except Exception as err:  # noqa: BLE001 - whatever it is, it is what is looked for
            self._result.crashes += 1
            self._report(f"{type(err).__name__}: {err}", stream)
            return
        took = time.perf_counter() - began
        self._result.slowest_s = max(self._result.slowest_s, took)
        self._result.hangs += took > HANG_S
        self._result.held_too_much += self._probe.held >= v5.MOST_FRAME
        if reply is None:
            self._unanswered.append((sequence, self._probe.time))
        self._outcomes["nothing" if reply is None else reply.outcome.value] += 1
        answered = reply is not None and reply.outcome is Outcome.ANSWERED
        whole = right in stream
        self._result.whole += whole
        self._result.whole_taken += whole and answered
        if reply is not None and answered and reply.words != words:
            self._result.wrong_values += 1
            self._report(f"wrong value for {function}@{address}x{count}, sequence {sequence}", stream)

    def _stream(self, sequence: int, function: int, count: int, words: tuple[int, ...]) -> tuple[bytes, bytes]:
        """The stream, and the right answer that may or may not have outlived the damage in it."""
        dice, now = self._dice, self._probe.time
        block = modbus_part(1, function, words)
        if dice.random() < 0.2:
            block += b"\0\0"
        if dice.random() < 0.3:
            spoilt = bytearray(block)
            damage = dice.choice(IN_MODBUS_PART)
            damage(spoilt, dice)
            self._spoilt[f"sum put right, {damage.__name__}"] += 1
            stream = self._stick.answer(sequence, bytes(spoilt), now)
            before = self._neighbour(sequence, function, count) if dice.random() < 0.3 else b""
            return before + stream, self._stick.answer(sequence, block, now)
        right = self._stick.answer(sequence, block, now)
        data = bytearray(right)
        for _ in range(dice.choice((0, 0, 1, 2))):
            other = self._neighbour(sequence, function, count)
            data[:] = other + data if dice.random() < 0.6 else data + other
        for _ in range(dice.choice((1, 1, 2, 3))):
            damage = dice.choice(ANYWHERE)
            self._spoilt[f"as it came, {damage.__name__}"] += 1
            damage(data, dice)
            if not data:
                break
        return bytes(data), right

    def _neighbour(self, sequence: int, function: int, count: int) -> bytes:
        """A frame that is not the answer: a heartbeat, a greeting, a late answer or that of another program.

        The answers differ from the one that is waited for by their numbers alone, which are those that a link meets:
        it has waited for the late ones, and the other program counts up.
        """
        dice, at = self._dice, self._probe.time
        kind = dice.randrange(4)
        if kind == 0 or (kind == 1 and not self._unanswered):
            return self._stick.frame(v5.HEARTBEAT, sequence - 1, b"\0")
        if kind == 2:
            return self._stick.frame(v5.HELLO, 0, dice.randbytes(130))
        if kind == 1:
            number, at = dice.choice(self._unanswered)
        else:
            self._theirs = self._theirs + 1 & 0xFF
            if self._theirs == sequence:  # where both use one number the bytes are the same: nothing is spoilt then
                self._theirs = self._theirs + 1 & 0xFF
            number = self._theirs
        words = truth(function, dice.randrange(50_000), count)
        return self._stick.answer(number, modbus_part(1, function, words), at)

    def _report(self, what: str, stream: bytes) -> None:
        if len(self._result.failures) < 10:
            self._result.failures.append(f"{what}: {stream.hex(' ')}")


def run(streams: int, seed: int) -> Result:
    """Grind so many streams; the same seed makes the same ones."""
    result = Result(seed)
    Mill(seed, result).grind(streams)
    return result


def rows(result: Result) -> list[Row]:
    """The figures for a machine and for the table."""
    told = {"streams": float(result.streams), "whole answers": float(result.whole), "taken": float(result.whole_taken)}
    counts = {"wrong values": result.wrong_values, "crashes": result.crashes, "hangs": result.hangs}
    return [Row(f"v5: {name}", float(count), "", "0", count == 0, told) for name, count in counts.items()]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--frames", type=int, default=1_000_000, help="streams to spoil")
    parser.add_argument("--quick", action="store_true", help="a tenth of the work")
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--json", action="store_true", help="figures for a machine")
    chosen = parser.parse_args()
    result = run(chosen.frames // 10 if chosen.quick else chosen.frames, chosen.seed)
    if chosen.json:
        print(json.dumps([asdict(row) for row in rows(result)], indent=1))
        return int(not result.good)
    mark = "  " if result.good else "! "
    print(
        f"{mark}{result.streams} spoilt streams (seed {result.seed}) in {result.seconds:.0f} s:"
        f" {result.wrong_values} wrong values, {result.crashes} crashes, {result.hangs} hangs"
    )
    print(f"  slowest {result.slowest_s * 1000:.1f} ms, {result.streams / max(result.seconds, 1e-9):.0f} a second")
    print(f"  {result.whole} right answers came whole, {result.whole_taken} of them were taken")
    print("  outcomes: " + ", ".join(f"{name} {count}" for name, count in result.outcomes.items()))
    for name, count in result.spoilt.items():
        print(f"    {name}: {count}")
    for failure in result.failures:
        print(f"! {failure}")
    return int(not result.good)


if __name__ == "__main__":
    sys.exit(main())
