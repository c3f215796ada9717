"""Faults that a simulated device can be told to have, while it runs."""

from __future__ import annotations

import random
import threading
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from time import monotonic

from drivers.sim.later import Ticks
from drivers.sim.refusal import DEVICE_FAILURE, ILLEGAL_VALUE


class Fault(StrEnum):
    """What goes wrong with an answer."""

    SILENCE = "silence"
    DELAY = "delay"
    WRONG_UNIT = "wrong unit"
    WRONG_TRANSACTION = "wrong transaction"
    TRUNCATED = "truncated"
    EXCEPTION = "exception"
    NOISE = "noise"
    DISCONNECT = "disconnect"


class WriteFault(StrEnum):
    """What goes wrong with a write. Several may be on; one that is refused or lost is nothing else besides."""

    REFUSED = "refused"  # an exception, and nothing is taken
    REMOTE_OFF = "remote off"  # the same for every write: the device is not to be led from outside
    IGNORED = "ignored"  # answered as if done, and nothing is taken
    CLAMPED = "clamped"  # another value is taken than the one asked for
    SCALED = "scaled"  # ten times the value is taken
    SILENT = "silent"  # taken, and not answered
    LOST = "lost"  # neither taken nor answered: the line breaks
    REVERTS = "reverts"  # taken, and some time later it is as it was before
    UNCOMMITTED = "uncommitted"  # the commit register of a block ends in an error, and nothing is taken


CODES = {WriteFault.REFUSED: ILLEGAL_VALUE, WriteFault.REMOTE_OFF: DEVICE_FAILURE, WriteFault.UNCOMMITTED: 0xFFFC}
"""The exception by which a write is refused, and the error in which a commit register ends."""
REVERTS_AFTER_S = 120.0


@dataclass(frozen=True, slots=True)
class Injected:
    """A fault that is on: how likely it hits an answer, until when (monotonic s), its delay and exception code."""

    fault: Fault
    probability: float
    until: float | None
    delay_s: float
    code: int


@dataclass(frozen=True, slots=True)
class InjectedWrite:
    """A write fault that is on; ``code`` of an exception or a commit register, ``after_s`` until it reverts, and the
    one ``point`` whose writes it hits, empty for all.
    """

    fault: WriteFault
    probability: float
    until: float | None
    code: int
    after_s: float
    point: str


class Faults:
    """The faults of one device. Any thread may switch them; the server's thread asks before each answer."""

    def __init__(self, seed: int = 1, ticks: Ticks = monotonic) -> None:
        self._dice = random.Random(seed)
        self._ticks = ticks
        self._on: dict[Fault, Injected] = {}
        self._writes: dict[WriteFault, InjectedWrite] = {}
        self._away_until = 0.0
        self._lock = threading.Lock()

    def inject(
        self,
        fault: Fault,
        *,
        probability: float = 1.0,
        duration_s: float | None = None,
        delay_s: float = 0.5,
        code: int = DEVICE_FAILURE,
    ) -> None:
        """Switch a fault on, for ``duration_s`` or until cleared; ``delay_s`` and ``code`` serve two kinds only."""
        until = None if duration_s is None else self._ticks() + duration_s
        with self._lock:
            self._on[fault] = Injected(fault, probability, until, delay_s, code)

    def inject_write(
        self,
        fault: WriteFault,
        *,
        probability: float = 1.0,
        duration_s: float | None = None,
        code: int | None = None,
        after_s: float = REVERTS_AFTER_S,
        point: str = "",
    ) -> None:
        """Switch a write fault on, for ``duration_s`` or until cleared; ``code`` None is the usual one of its kind."""
        until = None if duration_s is None else self._ticks() + duration_s
        given = CODES.get(fault, 0) if code is None else code
        with self._lock:
            self._writes[fault] = InjectedWrite(fault, probability, until, given, after_s, point)

    def clear(self, fault: Fault | WriteFault | None = None) -> None:
        """Switch one fault off, or all of them."""
        with self._lock:
            if fault is None:
                self._on.clear()
                self._writes.clear()
            elif isinstance(fault, Fault):
                self._on.pop(fault, None)
            else:
                self._writes.pop(fault, None)

    def fall_silent(self, seconds: float) -> None:
        """Answer nothing for so long, whatever is on: the device restarts."""
        with self._lock:
            self._away_until = self._ticks() + seconds

    def strike(self) -> dict[Fault, Injected]:
        """Return the faults that hit this answer; those whose time is over go away."""
        now = self._ticks()
        with self._lock:
            self._on = {name: on for name, on in self._on.items() if on.until is None or now < on.until}
            struck = {name: on for name, on in self._on.items() if self._dice.random() < on.probability}
            if now < self._away_until:
                struck[Fault.SILENCE] = Injected(Fault.SILENCE, 1.0, self._away_until, 0.0, 0)
            return struck

    def strike_write(self, points: Collection[str]) -> dict[WriteFault, InjectedWrite]:
        """Return the faults that hit a write of these points; those whose time is over go away."""
        now = self._ticks()
        with self._lock:
            if not self._writes:
                return {}
            self._writes = {name: on for name, on in self._writes.items() if on.until is None or now < on.until}
            aimed = {name: on for name, on in self._writes.items() if not on.point or on.point in points}
            return {name: on for name, on in aimed.items() if self._dice.random() < on.probability}

    @property
    def spoils_writes(self) -> bool:
        """Whether a write may go wrong."""
        with self._lock:
            return bool(self._writes)

    def spoil(self, frame: bytes) -> bytes:
        """Return the frame with noise in it: a few bytes changed, stray bytes before it."""
        with self._lock:
            spoiled = bytearray(frame)
            for _ in range(max(1, len(frame) // 6)):
                spoiled[self._dice.randrange(len(spoiled))] ^= self._dice.randrange(1, 256)
            return self._dice.randbytes(self._dice.randrange(4)) + bytes(spoiled)
