"""What Modbus lines have in common: one exchange at a time, bound to its bytes, kept in the frame ring."""

from __future__ import annotations

import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass

from core.errors import DecodeError, DeviceError, LinkError, NotSent
from core.frames import FrameRing, Outcome
from core.profile import BlockRules
from core.protocols import Answer, Clock, SystemClock
from core.status import LinkCounters, StickHealth
from drivers.backoff import QUICK_TRIES
from drivers.later import Later
from drivers.modbus import framing
from drivers.modbus.framing import Found, Reply, Request
from drivers.modbus.wire import SLICE_S, Wire

MISMATCHES_BEFORE_REOPENING = 2
SILENCES_BEFORE_REOPENING = 3  # a half-open connection or a hung adapter says nothing at all, for ever
MOST_INPUT = 4096
QUIET_S = 0.02  # the line counts as quiet after this long without a byte
DRAIN_AT_MOST_S = 0.5
ANY_BLOCK = BlockRules()


@dataclass(frozen=True, slots=True)
class UnitRules:
    """How one device wants to be asked: seconds until it must answer, of quiet before a request; its error codes;
    what one request may cover.
    """

    timeout_s: float = 1.0
    gap_s: float = 0.02
    exceptions: tuple[int, ...] = ()
    blocks: BlockRules = ANY_BLOCK


class ModbusLink(ABC):
    """A RegisterLink over a wire. One thread uses it; ``cancel`` and ``counters`` are for any thread.

    A subclass says how requests and replies are framed. The clock only stamps; waiting goes by the computer's own.
    """

    least_timeout_s = 0.0  # a profile's timing is written for a cable: a line that needs more says so here
    least_gap_s = 0.0
    quick_tries = QUICK_TRIES  # how often it may be opened anew before the pauses grow
    most_input = MOST_INPUT  # bytes in one exchange; more is no conversation any more
    mismatches_before_reopening = MISMATCHES_BEFORE_REOPENING

    def __init__(
        self,
        name: str,
        wire: Wire,
        frames: FrameRing | None = None,
        *,
        clock: Clock | None = None,
        cancelled: threading.Event | None = None,
    ) -> None:
        self.name = name
        self.frames = frames or FrameRing(name)
        self.rules: dict[int, UnitRules] = {}
        self.later = Later()  # what is done while this line waits
        self.disorders = 0
        self._wire = wire
        self._clock = clock or SystemClock()
        self._cancelled = cancelled or threading.Event()
        self._counts = dict.fromkeys(Outcome, 0)
        self._requests = self._opened = self._mismatches = self._silences = 0
        self._disturbed = False
        self._last_byte = self._wary_until = 0.0

    @property
    def _is_wary(self) -> bool:
        """Whether the line has been in trouble of late."""
        return time.monotonic() < self._wary_until

    def counters(self) -> LinkCounters:
        """Exchanges so far."""
        counts = self._counts
        return LinkCounters(
            requests=self._requests,
            answered=counts[Outcome.ANSWERED],
            refused=counts[Outcome.REFUSED],
            silent=counts[Outcome.SILENT],
            foreign=counts[Outcome.FOREIGN],
            damaged=counts[Outcome.DAMAGED],
            reconnects=max(0, self._opened - 1),
        )

    def stick(self) -> StickHealth | None:
        """How a SOLARMAN stick is doing; None on other lines."""
        return None

    def cancel(self) -> None:
        """Make the exchange under way, and every later one, end with LinkError; from any thread."""
        self._cancelled.set()

    def open(self) -> None:
        """Open the line unless it is; raise LinkError."""
        if self._cancelled.is_set():
            raise LinkError("stopped")
        if not self._wire.is_open:
            self._wire.open()
            self._opened += 1
            self._mismatches = self._silences = 0
            self._disturbed = False

    def close(self) -> None:
        """Let go of the line; safe to call twice."""
        self._wire.close()

    def read(self, unit: int, function: int, address: int, count: int) -> Answer:
        """Read registers (functions 3, 4) or bits (1, 2: one word of 0 or 1 each)."""
        return self._exchange(framing.read_request(unit, function, address, count))

    def write(self, unit: int, function: int, address: int, words: Sequence[int]) -> Answer:
        """Write with function 5, 6, 15 or 16; what the device echoes must be what was sent.

        Raises NotSent where not a byte of it has left.
        """
        return self._exchange(framing.write_request(unit, function, address, words))

    # -- what a subclass says ----------------------------------------------------------------------------------

    @abstractmethod
    def _encode(self, request: Request) -> bytes:
        """The next frame to send."""

    @abstractmethod
    def _find(self, data: bytes, request: Request, last: bool) -> Found:
        """Look for the reply in the input; ``last`` when nothing more will be waited for."""

    def _sole_words(self, data: bytes, request: Request) -> tuple[int, ...] | None:
        """What the first input says where it is the answer beyond doubt, whole and alone; None to look closer.

        A line that answers here has nothing to remember of such an exchange: ``_ended`` is not called.
        """
        del data, request

    def _quiet_s(self, rules: UnitRules) -> float:
        """How long the line rests before a request."""
        return rules.gap_s

    def _linger_s(self) -> float:
        """How long to go on listening when the reply has come."""
        return 0.0

    def _wait_s(self, request: Request, rules: UnitRules) -> float:
        """How long the reply may take, from the first byte of the request."""
        return rules.timeout_s

    def _ended(self, request: Request, reply: Reply | None, strangers: Sequence[bytes]) -> None:
        """An exchange is over; a line that must remember something of it does so here."""
        del request, reply, strangers

    # -- one exchange ------------------------------------------------------------------------------------------

    def _rules(self, unit: int) -> UnitRules:
        return self.rules.get(unit) or UnitRules()

    def _exchange(self, request: Request) -> Answer:
        rules = self._rules(request.unit)
        try:
            self._make_ready(rules)
        except LinkError as err:
            raise NotSent(str(err)) from err
        sent = self._encode(request)
        at, began = self._clock.now(), time.monotonic()
        deadline = began + self._wait_s(request, rules)
        self._requests += 1
        data = bytearray()
        try:
            self._wire.send(sent)
            self.later.do()
            first = self._wire.receive(deadline - time.monotonic())
            if first and (words := self._sole_words(first, request)) is not None:
                self._last_byte = time.monotonic()
                return self._take_sole(words, at, sent, first, began)
            data += first
            found = self._await(data, request, deadline)
        except LinkError as err:
            took = time.monotonic() - began
            self.frames.add(
                at=at, sent=sent, received=bytes(data), took_s=took, outcome=Outcome.LINK_DOWN, note=str(err)
            )
            self._ended(request, None, ())
            self.close()
            raise
        reply = found.reply
        if found.strangers:
            self._keep_strangers(found, last=reply is None)
        outcome, note = _outcome(found)
        received = reply.frame if reply is not None and reply.frame else bytes(data)
        number = self.frames.add(
            at=at, sent=sent, received=received, took_s=self._last_byte - began, outcome=outcome, note=note
        )
        self._counts[outcome] += 1
        self._ended(request, reply, found.strangers)
        self._after(outcome, found)
        if reply is not None and outcome is Outcome.ANSWERED:
            return Answer(reply.words, self._clock.now(), number)
        if outcome is Outcome.REFUSED and reply is not None:
            raise DeviceError(f"unit {request.unit} refuses: {note}", reply.code)
        if outcome is Outcome.SILENT:
            raise DeviceError(note or f"unit {request.unit} does not answer")
        raise DecodeError(f"unit {request.unit}: {note}")

    def _take_sole(self, words: tuple[int, ...], at: float, sent: bytes, received: bytes, began: float) -> Answer:
        """The end of nearly every exchange: the answer was all that came."""
        number = self.frames.add(
            at=at, sent=sent, received=received, took_s=self._last_byte - began, outcome=Outcome.ANSWERED
        )
        self._counts[Outcome.ANSWERED] += 1
        self._disturbed, self._mismatches, self._silences = False, 0, 0
        return Answer(words, self._clock.now(), number)

    def _await(self, data: bytearray, request: Request, deadline: float) -> Found:
        """Collect input until the reply is there (and a moment more where the line wants it) or the deadline passed.

        ``data`` is what has come already, after a first wait.
        """
        found, lingering = Found(), False
        part, left = bytes(data), 1.0
        while True:
            over = left <= 0 or len(data) > self.most_input
            if part or over:
                if part or not lingering:
                    self._last_byte = time.monotonic()
                found = self._find(bytes(data), request, over)
                if over or (found.reply is not None and not lingering and not self._linger_s()):
                    return found
                if found.reply is not None and not lingering:
                    lingering, deadline = True, time.monotonic() + self._linger_s()
            if self._cancelled.is_set():
                raise LinkError("stopped")
            left = deadline - time.monotonic()
            try:
                part = self._wire.receive(left)
            except LinkError:
                if lingering:  # the next exchange opens it again
                    return found
                raise
            data += part

    def _make_ready(self, rules: UnitRules) -> None:
        """Open the line, keep the gap, empty its input: what comes during the gap is thrown away too."""
        if not self._wire.is_open or self._cancelled.is_set():
            self.open()
        now = time.monotonic()
        end, quiet_s = now + DRAIN_AT_MOST_S, self._quiet_s(rules)
        while True:
            if self._last_byte + quiet_s > now:
                self.later.do()
                self._pause(self._last_byte + quiet_s - time.monotonic())
            try:
                if not self._drain():
                    return  # as almost always
            except LinkError:  # closed by the other side while nothing was asked: that is no fault, one opens again
                self.close()
                self.open()
            now = time.monotonic()
            if self._last_byte + quiet_s <= now or now > end:
                return

    def _pause(self, seconds: float) -> None:
        if seconds <= SLICE_S:
            time.sleep(max(0.0, seconds))
        elif self._cancelled.wait(seconds):
            raise LinkError("stopped")

    def _drain(self) -> bool:
        """Throw away what nobody asked for; after a disturbed exchange wait until the line is quiet.

        Return whether anything came.
        """
        late = bytearray()
        if not self._disturbed:
            part = self._wire.receive(0.0)
            if not part:
                return False
            late += part
        now = time.monotonic()
        end, quiet_from = now + DRAIN_AT_MOST_S, now
        while (now := time.monotonic()) < end:
            part = self._wire.receive(QUIET_S if self._disturbed else 0.0)
            if len(late) <= self.most_input:  # what babbles without end is not kept without end
                late += part
            if part:
                quiet_from = now
            elif not self._disturbed or now - quiet_from >= QUIET_S:
                break
        self._disturbed = False
        if late:
            self._last_byte = time.monotonic()
            self._note_late(bytes(late))
        return bool(late)

    def _note_late(self, late: bytes) -> None:
        """Keep what came when nothing was asked."""
        self._counts[Outcome.FOREIGN] += 1
        self.frames.add(
            at=self._clock.now(),
            sent=b"",
            received=late,
            took_s=0.0,
            outcome=Outcome.FOREIGN,
            note="came when nothing was asked",
        )

    def _keep_strangers(self, found: Found, last: bool) -> None:
        """Count the skipped frames; the last of an exchange without a reply is counted as its outcome."""
        for frame in found.strangers[: -1 if last else None]:
            self._counts[Outcome.FOREIGN] += 1
            self.frames.add(
                at=self._clock.now(),
                sent=b"",
                received=frame,
                took_s=0.0,
                outcome=Outcome.FOREIGN,
                note="answers another request",
            )

    def _after(self, outcome: Outcome, found: Found) -> None:
        """Decide what the line needs after this exchange."""
        self._disturbed = outcome not in (Outcome.ANSWERED, Outcome.REFUSED) or bool(found.noise)
        says_silent = outcome is Outcome.SILENT and found.reply is not None  # somebody in between is there and says so
        if outcome in (Outcome.ANSWERED, Outcome.REFUSED) or says_silent:
            self._mismatches = self._silences = 0
            return
        if outcome is Outcome.SILENT:
            self._silences += 1
        else:
            self._mismatches += 1
        if self._mismatches >= self.mismatches_before_reopening or self._silences >= SILENCES_BEFORE_REOPENING:
            self.close()  # the next exchange opens it again


def _outcome(found: Found) -> tuple[Outcome, str]:
    if found.reply is not None:
        return found.reply.outcome, found.reply.note
    if found.strangers:
        return Outcome.FOREIGN, found.why or "only answers to other requests came"
    if found.noise:
        return Outcome.DAMAGED, "the answer is incomplete or garbled"
    return Outcome.SILENT, ""
