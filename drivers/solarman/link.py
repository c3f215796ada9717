"""A RegisterLink through a SOLARMAN stick: Modbus RTU inside V5 frames, at the pace the stick can bear.

Heartbeats are not answered: sticks go on without it, some would set their clock by it, and a line that only asks is
not to change anything.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Sequence
from enum import Enum, auto

from core.errors import DecodeError, DeviceError
from core.frames import FrameRing, Outcome
from core.protocols import Answer, Clock
from core.status import StickHealth
from drivers.modbus import framing
from drivers.modbus.framing import Found, Reply, Request
from drivers.modbus.link import ModbusLink, UnitRules
from drivers.modbus.wire import SocketWire
from drivers.solarman import frames as v5
from drivers.solarman.frames import Parser, StickAnswer, V5Frame
from drivers.solarman.pace import LEAST_GAP_S, TIMEOUT_S, Pace
from drivers.solarman.replies import judge, other_serial, speaks_plain_modbus
from drivers.solarman.sequence import Sequences, Stranger
from drivers.solarman.times import Times

DEFAULT_RULES = UnitRules(TIMEOUT_S, LEAST_GAP_S)
PLAIN_MISSES = 3
LINGER_S, LONGEST_LINGER_S = 0.1, 0.5  # while another program is heard, a second answer may follow the first
MOST_KEPT = 20  # frames that nobody asked for, of one exchange, in the ring: a flood is not to wash the answers out
V4_SENTENCE = "the stick speaks version 4 of its protocol (frames from 68 to 16), which is not supported"
TWO_ANSWERS = "two different answers came to one request: another program uses the stick"
TWO_NUMBERS = "the same answer came under two sequence numbers"
OTHER_TIMES = "the times in the answer do not fit those of the answers before"
PLAIN_SENTENCE = "the stick speaks plain Modbus TCP"


class Manner(Enum):
    """How a request is put to the stick."""

    V5 = auto()
    ANY_SERIAL = auto()  # V5 with serial number 0, which makes some sticks tell theirs
    PLAIN = auto()  # Modbus TCP


UNHEARD = (Manner.V5, Manner.V5, Manner.ANY_SERIAL, Manner.PLAIN)
"""How reads are put, in turn, while no V5 frame has come on a connection: its silence has several reasons."""


class SolarmanLink(ModbusLink):
    """Modbus RTU inside V5 frames. ``serial`` is the number printed on the stick; 0 learns it from what it says.

    A stick that turns out to speak plain Modbus TCP on its port is read that way from then on, and V5 is tried again
    when it falls silent. What a stick speaks is only known for the connection on which it has said so: on a new one it
    may be another firmware, or another stick in the same socket. A wrong serial number is a DeviceError whose sentence,
    like ``stick().true_serial``, gives the right one; it is not used by itself, since another stick than the wanted one
    may have answered. Nor is one that was learned left for another.

    An answer that fits and is in doubt all the same (two that contradict each other, times that cannot be) is no
    value: a read is put once more at once, a write is not.
    """

    least_timeout_s = TIMEOUT_S
    least_gap_s = LEAST_GAP_S
    quick_tries = 0  # a stick that is troubled answers nobody any more
    most_input = 1 << 15  # another program's traffic may come along
    mismatches_before_reopening = 6  # late and crossed answers are no reason to burden the stick with a connection

    def __init__(
        self,
        name: str,
        host: str,
        port: int,
        serial: int,
        frames: FrameRing | None = None,
        *,
        clock: Clock | None = None,
    ) -> None:
        cancelled = threading.Event()
        super().__init__(name, SocketWire(host, port, cancelled), frames, clock=clock, cancelled=cancelled)
        self._serial, self._given = serial, serial
        self._true_serial: int | None = None
        self._sequences = Sequences()
        self._pace = Pace()
        self._gap_s = LEAST_GAP_S
        self._beats = self._late = self._crossed = 0
        self._times = Times()
        self._has_clock: bool | None = None
        self._heard = False  # a V5 frame, on this connection
        self._plain = self._pinned = False
        self._unheard = self._plain_misses = 0
        # of the exchange under way
        self._manner = Manner.V5
        self._began = 0.0
        self._transaction = random.randrange(0x10000)  # a stick may still hold answers for the program before us
        self._sent = b""
        self._parser, self._fed = Parser(), 0
        self._found = Found()
        self._notes: list[str] = []  # one for each stranger
        self._strange: set[bytes] = set()  # their payloads
        self._accepted = b""  # the Modbus part of its reply
        self._candidate: tuple[V5Frame, StickAnswer] | None = None
        self._took_s = 0.0
        self._doubtful = False
        self._kept = 0

    def stick(self) -> StickHealth:
        """How the stick is doing; from any thread."""
        return StickHealth(
            serial=self._serial,
            true_serial=self._true_serial,
            gap_s=round(self._gap_s, 3),
            saturated=self._pace.saturated,
            heartbeats=self._beats,
            late=self._late,
            crossed=self._crossed,
            plain_modbus=self._plain,
            has_clock=self._has_clock,
        )

    def open(self) -> None:
        """Open the line unless it is; raise LinkError."""
        before = self._opened
        super().open()
        if self._opened != before and self._heard:
            self._heard, self._unheard = False, 0

    # -- one exchange ------------------------------------------------------------------------------------------

    def _exchange(self, request: Request) -> Answer:
        """As on every line; a read is put again at once when the answer is in doubt, or has told how to ask."""
        knew = self._serial, self._plain
        try:
            return super()._exchange(request)
        except (DeviceError, DecodeError) as err:
            refused = isinstance(err, DeviceError) and err.code is not None  # which is an answer
            told = (self._serial, self._plain) != knew or self._answers_after_all()
            if refused or not (told or self._doubtful) or not _is_read(request) or self._cancelled.is_set():
                raise
        return super()._exchange(request)

    def _answers_after_all(self) -> bool:
        """Whether a V5 frame of the right stick came to a question that was not put to it properly."""
        return self._manner is not Manner.V5 and self._heard and not self._plain and self._true_serial is None

    def _rules(self, unit: int) -> UnitRules:
        return self.rules.get(unit) or DEFAULT_RULES

    def _quiet_s(self, rules: UnitRules) -> float:
        self._gap_s = self._pace.gap_s(rules.gap_s)
        return self._gap_s

    def _encode(self, request: Request) -> bytes:
        self._manner = self._next_manner(request)
        self._parser, self._fed = Parser(), 0
        self._found, self._notes, self._strange, self._accepted = Found(), [], set(), b""
        self._candidate, self._took_s, self._doubtful, self._kept = None, 0.0, False, 0
        number = self._sequences.next()
        if self._manner is Manner.PLAIN:
            self._transaction = (self._transaction + 1) & 0xFFFF
            self._sent = framing.tcp_frame(self._transaction, request)
        else:
            serial = 0 if self._manner is Manner.ANY_SERIAL else self._serial
            self._sent = v5.request_frame(serial, number, framing.rtu_frame(request))
        self._began = time.monotonic()
        return self._sent

    def _linger_s(self) -> float:
        """While another program is heard, its answer under our number may stand before ours, which takes its time."""
        if self._plain or not self._sequences.crowded:
            return 0.0
        return max(LINGER_S, min(1.5 * self._pace.recent_s, LONGEST_LINGER_S))

    def _next_manner(self, request: Request) -> Manner:
        if self._plain:
            return Manner.PLAIN
        if self._heard or not _is_read(request):
            return Manner.V5
        return UNHEARD[self._unheard % len(UNHEARD)]

    def _find(self, data: bytes, request: Request, last: bool) -> Found:
        if self._plain:
            return framing.find_tcp(data, self._transaction, request, self._rules(request.unit).exceptions)
        found = self._found
        frames = self._parser.feed(data[self._fed :])
        self._fed = len(data)
        if last:
            frames += self._parser.finish()
        for frame in frames:
            self._take(frame, request)
        noise = self._parser.take_noise()
        found.noise += b"" if v5.is_text(noise) else noise
        if found.reply is None and not self._heard:
            found.reply = self._other_protocol(data, request, last)
        if found.reply is None and last and self._true_serial is not None:
            found.reply = Reply(Outcome.SILENT, note=other_serial(self._true_serial, self._serial))
        return found

    def _take(self, frame: V5Frame, request: Request) -> None:
        """Sort one frame: the reply, a message of the stick's own, or an answer to somebody else."""
        if frame.raw == self._sent:  # an echo: nobody has spoken
            self._found.noise += frame.raw
            return
        self._heard = True
        if frame.code != v5.ANSWER:
            self._own_message(frame)
            return
        reply = None
        if self._manner is not Manner.PLAIN:
            number, exceptions = self._sequences.current, self._rules(request.unit).exceptions
            reply = judge(frame, request, number, self._serial, exceptions)
        if reply is None:
            self._found.why = self._stranger(frame)
            self._found.strangers.append(frame.raw)
            self._notes.append(self._found.why)
            self._strange.add(frame.payload)
        elif self._found.reply is not None:
            self._take_second(reply)
        else:
            self._accept(frame, reply)
        self._compare()

    def _accept(self, frame: V5Frame, reply: Reply) -> None:
        self._learn(frame.serial)
        self._found.reply, self._accepted = reply, frame.payload[v5.ANSWER_HEAD :]
        self._took_s = time.monotonic() - self._began
        answer = v5.open_answer(frame)
        if answer is None or reply.outcome not in (Outcome.ANSWERED, Outcome.REFUSED):
            return
        self._candidate = frame, answer
        if self._times.doubt(frame.sequence, frame.raw, answer.working_s, answer.power_on_s):
            self._doubt(OTHER_TIMES)

    def _doubt(self, why: str) -> None:
        """Whatever the reply says, it is no value."""
        reply = self._found.reply
        frame = reply.frame if reply is not None else b""
        self._found.reply = Reply(Outcome.DAMAGED, note=why, frame=frame)
        self._doubtful = True

    def _compare(self) -> None:
        """Doubt a reply whose payload, times and all, came under another number too.

        That is the head of one frame before the rest of another, which the weak sum lets pass once in 256.
        """
        reply = self._found.reply
        if reply is not None and reply.outcome is Outcome.ANSWERED and reply.frame[v5.HEAD : -v5.TAIL] in self._strange:
            self._doubt(TWO_NUMBERS)

    def _take_second(self, reply: Reply) -> None:
        """Another answer under our number has come with the first: unless they agree, nobody knows which is ours."""
        first = self._found.reply
        if first is not None and (first.outcome, first.words) != (reply.outcome, reply.words):
            if not self._doubtful:
                self._sequences.strange(self._sequences.current)
                self._crossed += 1
            self._doubt(TWO_ANSWERS)

    def _own_message(self, frame: V5Frame) -> None:
        if frame.code == v5.HEARTBEAT:
            self._beats += 1
        if frame.code != v5.REQUEST:  # an echo of ours carries the serial number that we gave
            self._learn(frame.serial)
        note = "heartbeat of the stick" if frame.code == v5.HEARTBEAT else f"message {frame.code:04X} of the stick"
        self._keep(frame.raw, Outcome.HEARD, note)

    def _learn(self, serial: int) -> None:
        """The serial number in the head of a frame that the stick made."""
        if serial and not self._given and not self._pinned:
            self._serial = serial
        elif serial and serial != self._serial:
            self._true_serial = serial

    def _stranger(self, frame: V5Frame) -> str:
        """Count an answer that is not ours; return what it is."""
        if frame.sequence == self._sequences.current and frame.payload[v5.ANSWER_HEAD :] == self._accepted:
            return "the same answer once more"
        if self._sequences.strange(frame.sequence) is Stranger.LATE:
            self._late += 1
            self._pace.late()
            self._learn(frame.serial)
            return "a late answer to an older request"
        self._crossed += 1
        return "an answer to another program's request"

    def _other_protocol(self, data: bytes, request: Request, last: bool) -> Reply | None:
        """Recognise what is not V5, on a connection where no V5 frame has ever come."""
        if self._manner is Manner.PLAIN:
            reply = framing.find_tcp(data, self._transaction, request, self._rules(request.unit).exceptions).reply
            if reply is not None and reply.outcome in (Outcome.ANSWERED, Outcome.REFUSED):
                self._plain = True
                return reply
        elif speaks_plain_modbus(data, self._sent):
            self._plain = True
            return Reply(Outcome.SILENT, note=PLAIN_SENTENCE)
        if last and v5.is_v4(data):
            return Reply(Outcome.DAMAGED, note=V4_SENTENCE)
        return None

    # -- after it ----------------------------------------------------------------------------------------------

    def _ended(self, request: Request, reply: Reply | None, strangers: Sequence[bytes]) -> None:
        number = self._sequences.current
        if reply is None or not reply.frame:
            self._sequences.unanswered(number)
        else:
            self._sequences.answered(number)
        if reply is None:
            self._pace.lost()
            self._plain_misses += 1
            self._unheard += 1
        else:
            self._plain_misses = 0
            if reply.outcome in (Outcome.ANSWERED, Outcome.REFUSED):
                self._pace.answered(self._took_s or time.monotonic() - self._began)
                self._believe(reply)
        if self._plain and self._plain_misses >= PLAIN_MISSES:  # perhaps another stick is plugged in now
            self._plain = self._heard = False
            self._unheard = self._plain_misses = 0

    def _believe(self, reply: Reply) -> None:
        """This reply counts: what it tells of the stick does too."""
        if self._candidate is None:
            return
        frame, answer = self._candidate
        self._times.count(frame.sequence, frame.raw, answer.working_s, answer.power_on_s)
        self._pinned = True
        if reply.outcome is Outcome.ANSWERED:
            self._has_clock = answer.taken_at is not None
            self._true_serial = None

    def _keep_strangers(self, found: Found, last: bool) -> None:
        if self._plain:
            super()._keep_strangers(found, last)
            return
        kept = list(zip(found.strangers, self._notes, strict=True))
        for frame, note in kept[: -1 if last else None]:
            self._counts[Outcome.FOREIGN] += 1
            self._keep(frame, Outcome.FOREIGN, note)

    def _note_late(self, late: bytes) -> None:
        """What came when nothing was asked: heartbeats, late answers, other programs' answers."""
        if self._plain:
            super()._note_late(late)
            return
        parser = Parser()
        self._kept = 0
        for frame in parser.feed(late) + parser.finish():
            self._heard = True
            if frame.code == v5.ANSWER:
                self._counts[Outcome.FOREIGN] += 1
                self._keep(frame.raw, Outcome.FOREIGN, self._stranger(frame))
            else:
                self._own_message(frame)
        if noise := parser.take_noise():
            self._keep(noise, Outcome.FOREIGN, "came when nothing was asked")
            self._counts[Outcome.FOREIGN] += 1

    def _keep(self, received: bytes, outcome: Outcome, note: str) -> None:
        self._kept += 1
        if self._kept > MOST_KEPT:
            return
        self.frames.add(at=self._clock.now(), sent=b"", received=received, took_s=0.0, outcome=outcome, note=note)


def _is_read(request: Request) -> bool:
    return request.function in (1, 2, 3, 4)
