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

READS = (1, 2, 3, 4)
FORGIVEN_AFTER_S = 60.0
WARY_FOR_S = 3600.0  # after an answer that nobody was owed: lines do not mend by themselves
STRANGE, SECOND_S = 8, 0.02  # behind the first answers of a line one listens for so long whether a second one comes
LAST, LATELY_S = 8, 0.5  # of so many questions, and of all in so many seconds, answers may still come
MOST_MORE = 32  # registers (or bytes of bits) beyond those that are wanted
WARY_GAP_S = 0.02  # of quiet before a question on such a line
NOT_SO_MANY = (2, 3)  # refusals: the address, the count
VAIN_BEFORE_SHORTER = 3  # silences
MOST_LATELY = 64
MOST_TOLD, LAST_TOLD = 32, 4  # answers of a unit that are remembered, and those that may be said again
TWO_ANSWERS = "two different answers came to one request"
NOT_TOLD_APART = "the line repeats or swaps answers, and this one could not be told from others"
SAID_AGAIN = "the answer is byte by byte what was just answered to another question"


@dataclass(slots=True)
class Debt:
    """An answer that may still come: its function and length, and when one stops waiting (monotonic).

    One that looks like it has been ``heard`` since; whether it was this one nobody knows.
    """

    function: int
    reply: int
    until: float
    heard: bool = False


@dataclass(slots=True)
class Room:
    """How many registers beyond those that are wanted a device gives from some address on: fewer than ``more``."""

    until: float  # after that it is tried anew (monotonic)
    more: int = 1 << 16
    silences: int = 0  # in a row, where more were asked for

    def ends(self, more: int, err: DeviceError) -> bool:
        """Learn from a question for so many more that was not answered; whether it was refused because of them."""
        self.silences += err.code is None
        if err.code in NOT_SO_MANY or self.silences >= VAIN_BEFORE_SHORTER:
            self.more, self.silences = more, 0
        return err.code in NOT_SO_MANY


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
        self._told: dict[int, deque[tuple[bytes, bytes]]] = {}  # unit -> its last questions and answers
        self._lately: dict[int, deque[tuple[int, int, float]]] = {}  # unit -> function, length and time of answers
        self._room: dict[tuple[int, int, int], Room] = {}

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
        return self._exchange(request)

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
        room, now = self._room.get((unit, function, address)), time.monotonic()
        if room is None or room.until < now:
            room = self._room[unit, function, address] = Room(now + FORGIVEN_AFTER_S)
        owed = {(debt.function, debt.reply) for debt in self._owed(request)}
        step, blocks, strays = 8 if function < 3 else 1, self._rules(unit).blocks, owed | self._strays(unit)
        for more in range(0, MOST_MORE * step + 1, step):
            end = address + count + more
            if more and (more >= room.more or end > 0x10000 or not is_allowed(address, end, blocks)):
                break
            longer = framing.read_request(unit, function, address, count + more)
            if (function, longer.reply) in strays:
                continue
            try:
                answer = self._exchange(longer)
            except DeviceError as err:
                if not more or not room.ends(more, err):
                    raise
                break
            room.silences = 0
            return replace(answer, words=answer.words[:count])
        if (function, request.reply) not in owed and not self._is_fresh(request):
            return self._exchange(request)
        raise NotToldApart(NOT_TOLD_APART)

    def _is_fresh(self, request: Request) -> bool:
        """Whether as much was asked of the unit, or heard from it, too lately for an answer to be old."""
        since = time.monotonic() - max(LATELY_S, self._rules(request.unit).timeout_s)
        length = request.function, request.reply
        return any(at > since and (function, reply) == length for function, reply, at in self._lately[request.unit])

    def _strays(self, unit: int) -> set[tuple[int, int]]:
        """Function and length of all answers of the unit that may come on a line that keeps no order."""
        since, lately = time.monotonic() - LATELY_S, (*self._lately.get(unit, ()),)
        fresh = (stray for place, stray in enumerate(reversed(lately)) if place < LAST or stray[2] > since)
        return {(function, reply) for function, reply, _ in fresh}

    def _owed(self, request: Request) -> list[Debt]:
        """What the unit may still answer with this function."""
        now = time.monotonic()
        debts = [debt for debt in self._debts.get(request.unit, ()) if debt.until > now]
        self._debts[request.unit] = debts
        return [debt for debt in debts if debt.function == request.function]

    def _ended(self, request: Request, reply: Reply | None, strangers: Sequence[bytes]) -> None:
        debts = self._debts.setdefault(request.unit, [])
        if reply is None:  # what came besides may well have been it
            debts.append(Debt(request.function, request.reply, time.monotonic() + FORGIVEN_AFTER_S))
        self._be_wary(strangers)
        if reply is not None and (reply.outcome is Outcome.ANSWERED or reply.note == SAID_AGAIN):
            self._told.setdefault(request.unit, deque(maxlen=MOST_TOLD)).append((request.pdu, reply.frame))
        if reply is not None or self._refusal_in_doubt:
            debts.clear()
            self._answers += 1
        self._refusal_in_doubt = False

    def _encode(self, request: Request) -> bytes:
        self._sent = framing.rtu_frame(request)
        self._may_come(request.unit, request.function, request.reply)
        return self._sent

    def _may_come(self, unit: int, function: int, reply: int) -> None:
        """An answer of this length is asked for, or has been heard, and may come again."""
        lately = self._lately.setdefault(unit, deque(maxlen=MOST_LATELY))
        lately.append((function, reply, time.monotonic()))

    def _be_wary(self, frames: Sequence[bytes]) -> None:
        """Whole frames have come that answer nothing of ours: an answer of a device of ours that is not owed any.

        A question and its answer are another master's, and in order.
        """
        asked: tuple[int, int, int] | None = None  # unit, function and length of what another master wants to know
        for frame in frames:
            answer = frame[0], frame[1], len(frame) - 3
            if answer == asked:
                asked = None
                continue
            theirs = framing.asked_by(frame)
            asked = (frame[0], *theirs) if theirs else None
            if theirs is None and frame[0] in self._debts:
                self._stray(*answer)
        if asked is not None and asked[0] in self._debts:
            self._debts[asked[0]].append(Debt(*asked[1:], time.monotonic() + FORGIVEN_AFTER_S))

    def _stray(self, unit: int, function: int, reply: int) -> None:
        """An answer has come that is not the one to our question: it was owed, or the line keeps no order."""
        self._may_come(unit, function, reply)
        now, refused = time.monotonic(), function >= 0x80
        for debt in self._debts[unit]:
            like = debt.function == function & 0x7F and (refused or debt.reply == reply)
            if like and not debt.heard and debt.until > now:
                debt.heard = True
                return
        if not self._is_wary:
            self.disorders += 1
        self._wary_until = now + WARY_FOR_S

    def _note_late(self, late: bytes) -> None:
        self._be_wary(framing.rtu_frames(late))
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
        if not rest:
            return
        self._be_wary(framing.rtu_frames(rest))
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
