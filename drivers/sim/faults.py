"""Faults that a simulated device can be told to have, while it runs."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from time import monotonic

from drivers.sim.bank import DEVICE_FAILURE


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


@dataclass(frozen=True, slots=True)
class Injected:
    """A fault that is on: how likely it hits an answer, until when (monotonic s), its delay and exception code."""

    fault: Fault
    probability: float
    until: float | None
    delay_s: float
    code: int


class Faults:
    """The faults of one device. Any thread may switch them; the server's thread asks before each answer."""

    def __init__(self, seed: int = 1, ticks: Callable[[], float] = monotonic) -> None:
        self._dice = random.Random(seed)
        self._ticks = ticks
        self._on: dict[Fault, Injected] = {}
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

    def clear(self, fault: Fault | None = None) -> None:
        """Switch one fault off, or all of them."""
        with self._lock:
            if fault is None:
                self._on.clear()
            else:
                self._on.pop(fault, None)

    def strike(self) -> dict[Fault, Injected]:
        """Return the faults that hit this answer; those whose time is over go away."""
        now = self._ticks()
        with self._lock:
            self._on = {name: on for name, on in self._on.items() if on.until is None or now < on.until}
            return {name: on for name, on in self._on.items() if self._dice.random() < on.probability}

    def spoil(self, frame: bytes) -> bytes:
        """Return the frame with noise in it: a few bytes changed, stray bytes before it."""
        with self._lock:
            spoiled = bytearray(frame)
            for _ in range(max(1, len(frame) // 6)):
                spoiled[self._dice.randrange(len(spoiled))] ^= self._dice.randrange(1, 256)
            return self._dice.randbytes(self._dice.randrange(4)) + bytes(spoiled)
