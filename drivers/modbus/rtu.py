"""Modbus RTU on a serial line, or as RTU frames over a socket.

An RTU answer carries neither a number nor an address: one that comes late looks exactly like the answer to the next
request for as many registers. So each request that got no answer is remembered as a debt of its unit. While a unit
owes answers, the next request of the same shape is preceded by a proof: a read of another length. A device answers in
order, so once the proof has its answer, whatever was owed has come (and was thrown away) or never will.

A line on which answers come that nobody is owed (some gateways and radio links say them twice, or keep them back) can
put an old answer before the right one, and then no proof helps. Once such an answer has been heard, each question is
for another number of registers than those that may still be answered, for more of them than are wanted where need be:
what comes can then be told apart by its length. Where a device does not give more, there is no value rather than a
doubtful one. Before that, an answer that is byte by byte what was just answered to another question is asked for again;
the next one like it counts. Where another master is heard to put a question, its answer is owed like a late one.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from core.errors import DecodeError, DeviceError, NotToldApart
from core.frames import FrameRing, Outcome
from core.plan import is_allowed
from core.protocols import Answer, Clock
from drivers.modbus import framing
from drivers.modbus.framing import Found, Reply, Request
from drivers.modbus.link import ModbusLink, UnitRules
from drivers.modbus.wire import SerialWire, SocketWire

log = logging.getLogger(__name__)

READS = (1, 2, 3, 4)
FORGIVEN_AFTER_S = 60.0
WARY_FOR_S = 600.0  # after an answer that nobody was owed: such lines do not mend by themselves
STRANGE, SECOND_S = 8, 0.02  # behind the first answers of a line one listens for so long whether a second one comes
LAST, LATELY_S = 16, 0.5  # of so many questions, and of all in so many seconds, answers may still come
STEP, MOST_MORE = 2, 64  # registers beyond those that are wanted (some devices want even numbers)
BITS_STEP, MOST_MORE_BITS = 8, 256
WARY_GAP_S = 0.02  # of quiet before a question on such a line
NOT_SO_MANY = (2, 3)  # refusals: the address, the count
VAIN_BEFORE_SHORTER = 4  # silences
MOST_LATELY, MOST_TORN = 64, 256
MOST_TOLD, LAST_TOLD = 32, 4  # answers of a unit that are remembered, and those that may be said again
TWO_ANSWERS = "two different answers came to one request"
NOT_TOLD_APART = "the line repeats or swaps answers, and this one could not be told from others"
SAID_AGAIN = "the answer is byte by byte what was just answered to another question"


@dataclass(slots=True)
class Debt:
    """An answer that may still come: its function and length, and since when (monotonic).

    One that looks like it has been ``heard`` since; whether it was this one nobody knows.
    """

    function: int
    reply: int
    since: float
    heard: bool = False

    def is_owed(self, now: float) -> bool:
        """Whether one waits for it still."""
        return now - self.since < FORGIVEN_AFTER_S


@dataclass(slots=True)
class Room:
    """How many registers beyond the end of a block a device gives: fewer than ``most``."""

    until: float  # after that it is tried anew (monotonic)
    most: int = 1 << 16
    vain: int = 1 << 16  # the fewest that were asked for in vain
    silences: int = 0  # in a row, where more were asked for

    def ends(self, more: int, err: DeviceError) -> bool:
        """Learn from a question for so many more that was not answered; whether that may be because of them."""
        if err.code in NOT_SO_MANY:
            self.most = min(self.most, more)
        elif err.code is None:
            self.silences, self.vain = self.silences + 1, min(self.vain, more)
            if self.silences >= VAIN_BEFORE_SHORTER:
                self.most = min(self.most, self.vain)
        return err.code is None or err.code in NOT_SO_MANY

    def answered(self) -> None:
        """More registers were given."""
        self.silences, self.vain = 0, 1 << 16


class Lately:
    """Answers of one unit that may come (again) on a line that keeps no order: their function and length."""

    def __init__(self) -> None:
        self.asked: deque[tuple[int, int, float]] = deque(maxlen=MOST_LATELY)
        self.heard: deque[tuple[int, int, float]] = deque(maxlen=MOST_LATELY)

    def strays(self) -> set[tuple[int, int]]:
        """The last ones, and all that are fresh."""
        since = time.monotonic() - LATELY_S
        found: set[tuple[int, int]] = set()
        for answers in (self.asked, self.heard):
            for place, (function, reply, at) in enumerate(reversed(answers)):
                if place < LAST or at > since:
                    found.add((function, reply))
        return found

    def is_fresh(self, function: int, reply: int, within_s: float) -> bool:
        """Whether one like this was asked for or heard so lately."""
        since = time.monotonic() - within_s
        return any(at > since and (function, reply) == (f, r) for f, r, at in (*self.asked, *self.heard))


class RtuLink(ModbusLink):
    """A RegisterLink to the devices of one RS485 line."""

    def __init__(
        self,
        name: str,
        wire: SerialWire | SocketWire,
        frames: FrameRing | None = None,
        *,
        clock: Clock | None = None,
        cancelled: threading.Event | None = None,
    ) -> None:
        super().__init__(name, wire, frames, clock=clock, cancelled=cancelled)
        self._char_s = wire.char_s
        self._debts: dict[int, list[Debt]] = {}
        self._sent = b""
        self._echoes = False  # some adapters hear themselves
        self._refusal_in_doubt = False
        self._answers = 0  # so far
        self._began = 0.0
        self._behind: Sequence[bytes] = ()  # frames behind the reply under way
        self._torn = b""  # what came when nothing was asked, and is no whole frame yet
        self._told: dict[int, deque[tuple[bytes, bytes]]] = {}  # unit -> its last questions and answers
        self._lately: dict[int, Lately] = {}
        self._room: dict[tuple[int, int, int], Room] = {}  # unit, function, end of a block

    def read(self, unit: int, function: int, address: int, count: int) -> Answer:
        """Read registers (functions 3, 4) or bits (1, 2: one word of 0 or 1 each); raise NotToldApart as well."""
        request = framing.read_request(unit, function, address, count)
        self._make_ready(self._rules(unit))  # what comes meanwhile tells what is owed
        if self._is_wary:
            return self._read_told_apart(request, address)
        self._room.clear()
        owed = {debt.reply for debt in self._owed(request)}
        if request.reply in owed:
            self._prove(unit, function, address, count, owed)
        if not self._is_wary:
            answer = self._exchange(request)
            if not self._is_wary:  # what is heard beside an answer casts doubt on it, too
                return answer
        return self._read_told_apart(request, address)

    def _prove(self, unit: int, function: int, address: int, count: int, owed: set[int]) -> None:
        """Get an answer that cannot be an old one. Silence goes up; a refusal after a quiet timeout will do."""
        others = _other_lengths(unit, function, address, count)
        if (proof := next((request for request in others if request.reply not in owed), None)) is None:
            raise NotToldApart(NOT_TOLD_APART)  # it owes answers of every length
        try:
            self._exchange(proof)
        except DecodeError:
            if self._owed(proof):
                raise
        self._disturbed = True  # what was owed may follow on its heels

    def _read_told_apart(self, request: Request, address: int) -> Answer:
        """Ask so that no other answer that may come is as long."""
        unit, function, count = request.unit, request.function, request.count
        now, rules = time.monotonic(), self._rules(unit)
        room = self._room.get((unit, function, address + count))
        if room is None or room.until < now:
            room = self._room[unit, function, address + count] = Room(now + WARY_FOR_S)
        lately, silence = self._lately.setdefault(unit, Lately()), None
        owed = {(debt.function, debt.reply) for debt in self._owed(request)}
        strays = owed | lately.strays()
        for more in range(0, MOST_MORE + 1, STEP) if function > 2 else range(0, MOST_MORE_BITS + 1, BITS_STEP):
            end = address + count + more
            if more and (more >= room.most or end > 0x10000 or not is_allowed(address, end, rules.blocks)):
                break
            longer = framing.read_request(unit, function, address, count + more)
            if (function, longer.reply) in strays:
                continue
            try:
                answer = self._exchange(longer)
            except DeviceError as err:
                if not more or not room.ends(more, err):
                    raise
                silence = err if err.code is None else None
                break
            if more:
                room.answered()
            return replace(answer, words=answer.words[:count])
        key = function, request.reply
        if key not in owed and not lately.is_fresh(*key, max(LATELY_S, rules.timeout_s)):
            return self._exchange(request)
        raise silence or NotToldApart(NOT_TOLD_APART)

    def _owed(self, request: Request) -> list[Debt]:
        """What the unit may still answer with this function."""
        now = time.monotonic()
        debts = [debt for debt in self._debts.get(request.unit, ()) if debt.is_owed(now)]
        self._debts[request.unit] = debts
        return [debt for debt in debts if debt.function == request.function]

    def _ended(self, request: Request, reply: Reply | None, strangers: Sequence[bytes]) -> None:
        debts = self._debts.setdefault(request.unit, [])
        if reply is None:  # what came besides may well have been it
            debts.append(Debt(request.function, request.reply, self._began))
        self._hear(strangers)
        if reply is not None and (reply.outcome is Outcome.ANSWERED or reply.note == SAID_AGAIN):
            self._told.setdefault(request.unit, deque(maxlen=MOST_TOLD)).append((request.pdu, reply.frame))
        if reply is not None or self._refusal_in_doubt:  # what was asked before has come, or never will
            debts[:] = [debt for debt in debts if debt.since > self._began]
            self._answers += 1
        self._hear(self._behind)
        self._refusal_in_doubt = False

    def _encode(self, request: Request) -> bytes:
        self._sent = framing.rtu_frame(request)
        self._began, self._behind, self._torn = time.monotonic(), (), b""
        asked = self._lately.setdefault(request.unit, Lately()).asked
        asked.append((request.function, request.reply, self._began))
        return self._sent

    def _hear(self, frames: Sequence[bytes]) -> None:
        """Whole frames have come that answer nothing of ours: an answer of a device of ours that is not owed any.

        A question and its answer are another master's, and in order; what it writes says nothing.
        """
        asked: tuple[int, int, int] | None = None  # unit, function and length of what another master wants to know
        for frame in frames:
            answer = frame[0], frame[1], len(frame) - 3
            if asked is not None and (answer == asked or answer[:2] == (asked[0], asked[1] | 0x80)):
                asked = None
                continue
            theirs = framing.asked_by(frame)
            asked = (frame[0], *theirs) if theirs else None
            if theirs is None and frame[0] in self._debts:
                self._stray(*answer)
        if asked is not None and asked[0] in self._debts:
            self._debts[asked[0]].append(Debt(*asked[1:], time.monotonic()))

    def _stray(self, unit: int, function: int, reply: int) -> None:
        """An answer has come that is not the one to our question: it was owed, or the line keeps no order."""
        now = time.monotonic()
        read = function & 0x7F in READS
        refused = (read and function >= 0x80) or function in self._rules(unit).exceptions
        self._lately.setdefault(unit, Lately()).heard.append((function, reply, now))
        for debt in self._debts[unit]:
            if (refused or (debt.function, debt.reply) == (function, reply)) and not debt.heard and debt.is_owed(now):
                debt.heard = True
                return
        if not self._answers or not (read or refused):
            return  # to the program before us, or to a write of another master
        if not self._is_wary:
            self.disorders += 1
            log.warning("%s: an answer nobody asked for: questions now differ in length", self.name)
        self._wary_until = now + WARY_FOR_S

    def _note_late(self, late: bytes) -> None:
        heard = (self._torn + late)[-MOST_TORN:]
        frames = framing.rtu_frames(heard)
        self._torn = heard[heard.rindex(frames[-1]) + len(frames[-1]) :] if frames else heard
        self._hear(frames)
        super()._note_late(late)

    def _linger_s(self) -> float:
        return SECOND_S if self._answers < STRANGE and not self._is_wary else 0.0

    def _find(self, data: bytes, request: Request, last: bool) -> Found:
        data = self._without_echo(data, request)
        start = bytes((request.unit,)) + request.echo
        if not last and data.startswith(start) and len(data) < 3 + request.reply:
            return Found()
        exceptions = self._rules(request.unit).exceptions
        found = framing.find_rtu(data, request, exceptions)
        if found.reply is not None:
            self._compare(found, found.reply, data, request)
        if found.reply is None or found.reply.outcome is not Outcome.REFUSED or not self._owed(request):
            return found
        # This refusal may be the late answer to an earlier request: the right one would follow it.
        refusal = found.reply.frame
        rest = data[data.index(refusal) + len(refusal) :]
        after = framing.find_rtu(rest, request, exceptions)
        after.strangers = [*found.strangers, refusal, *after.strangers]
        self._refusal_in_doubt = last and after.reply is None
        return after

    def _compare(self, found: Found, reply: Reply, data: bytes, request: Request) -> None:
        """A second answer behind the reply: unless they agree, nobody knows which is ours."""
        rest = data[data.index(reply.frame) + len(reply.frame) :]
        if self._is_said_again(reply, request):
            found.reply = Reply(Outcome.DAMAGED, note=SAID_AGAIN, frame=reply.frame)
        self._behind = framing.rtu_frames(rest)
        if not rest:
            return
        second = framing.find_rtu(rest, request, self._rules(request.unit).exceptions).reply
        if second is not None and (second.outcome, second.words) != (reply.outcome, reply.words):
            found.reply = Reply(Outcome.DAMAGED, note=TWO_ANSWERS, frame=data)

    def _is_said_again(self, reply: Reply, request: Request) -> bool:
        """Whether another question has just had this very answer, and this one another the last time.

        What is the same word all over (zeros, mostly) is often so at several places, and tells nothing; nor does the
        answer to a write, which is always the same.
        """
        if request.function not in READS or len(set(reply.words)) < 2:
            return False
        told = self._told.get(request.unit, ())
        own = next((answer for question, answer in reversed(told) if question == request.pdu), b"")
        others = [answer for question, answer in (*told,)[-LAST_TOLD:] if question != request.pdu]
        return reply.frame != own and reply.frame in others

    def _without_echo(self, data: bytes, request: Request) -> bytes:
        if data.startswith(self._sent) and request.function in READS:
            self._echoes = True
        if self._echoes and data.startswith(self._sent):
            return data[len(self._sent) :]
        return b"" if self._echoes and self._sent.startswith(data) else data

    def _quiet_s(self, rules: UnitRules) -> float:
        return max(rules.gap_s, 3.5 * self._char_s, WARY_GAP_S if self._is_wary else 0.00175)

    def _wait_s(self, request: Request, rules: UnitRules) -> float:
        return rules.timeout_s + self._char_s * (len(request.pdu) + 3 + request.reply + 3)


def _other_lengths(unit: int, function: int, address: int, count: int) -> Iterator[Request]:
    """The same read with another count: within the block if that can be, two registers at a time."""
    nearby = (count + step for step in (-2, -1, 1, 2, -8, 8))
    most = 2000 if function < 3 else 125
    for other in (*nearby, *range(1, most + 1)):
        if 1 <= other <= most and address + other <= 0x10000:
            yield framing.read_request(unit, function, address, other)


def serial_link(
    name: str,
    device: str,
    frames: FrameRing | None = None,
    *,
    baud: int = 9600,
    parity: str = "N",
    stop: int = 1,
    bits: int = 8,
    clock: Clock | None = None,
) -> RtuLink:
    """RTU on a serial port."""
    return RtuLink(name, SerialWire(device, baud, parity, stop, bits), frames, clock=clock)


def socket_link(
    name: str, host: str, port: int, frames: FrameRing | None = None, *, clock: Clock | None = None
) -> RtuLink:
    """RTU frames over a socket, as simple serial servers speak."""
    cancelled = threading.Event()
    return RtuLink(name, SocketWire(host, port, cancelled), frames, clock=clock, cancelled=cancelled)
