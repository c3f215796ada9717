"""What the core asks of others: clocks, register links, sinks."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Protocol

from core.frames import FrameRing
from core.immutable import immutable
from core.points import Reading


class Clock(Protocol):
    """Time, so that a test can hold it."""

    def now(self) -> float:
        """Unix seconds, for what is shown and stored."""
        ...

    def ticks(self) -> float:
        """Monotonic seconds, for waiting."""
        ...


class SystemClock:
    """The computer's own clocks: Unix seconds, and monotonic seconds for waiting."""

    now = staticmethod(time.time)
    ticks = staticmethod(time.monotonic)


@immutable
class Answer:
    """Registers a device gave, the time it answered (Unix seconds) and the number of the exchange in the ring."""

    words: tuple[int, ...]
    at: float
    frame: int


class RegisterLink(Protocol):
    """A line on which registers are read and written; used by one thread only."""

    name: str
    frames: FrameRing
    disorders: int  # how often it was found not to keep its answers in order: what was just read is in doubt

    def read(self, unit: int, function: int, address: int, count: int) -> Answer:
        """Read ``count`` registers; raise DeviceError (refused, silent), DecodeError (foreign, damaged), LinkError."""
        ...

    def write(self, unit: int, function: int, address: int, words: Sequence[int]) -> Answer:
        """Write registers with function 6 or 16; the same errors. Only the command path calls it."""
        ...

    def close(self) -> None:
        """Let go of the port; safe to call twice."""
        ...


class Sink(Protocol):
    """Where readings go: the hub, the writer's queue, a test's list."""

    def put(self, readings: Sequence[Reading]) -> None:
        """Take a batch; never blocks, never raises."""
        ...
