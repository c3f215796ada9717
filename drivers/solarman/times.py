"""Whether the times in a stick's answer can be true, by those of the answers before and by our own clock.

A stick tells with each answer for how long it has worked in all and since it was switched on. That dates an answer
whose number alone fits: one that was kept and comes again when its number does, or one put together of two.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

BACK_S = 2.0  # whole seconds, taken at two places
AHEAD_S = 15.0  # the answer before may have been under way for so long
DRIFT = 0.02
PATIENCE = 3  # doubts; then the stick's times are what is wrong


@dataclass(frozen=True, slots=True)
class Stamp:
    """Times of one answer, and when it came (ticks)."""

    working_s: int
    power_on_s: int
    at: float

    def leads_to(self, later: Stamp) -> bool:
        """Whether a later answer of the same stick can say this, restarted or not."""
        passed = later.at - self.at
        if later.power_on_s < self.power_on_s and later.power_on_s <= passed + AHEAD_S:
            return True  # it has been switched on in between
        steps = (later.working_s - self.working_s, later.power_on_s - self.power_on_s)
        return all(-BACK_S <= step <= passed * (1 + DRIFT) + AHEAD_S for step in steps)

    def is_before(self, other: Stamp) -> bool:
        """Whether it tells earlier times than another."""
        return self.working_s < other.working_s and self.power_on_s < other.power_on_s


class Times:
    """Remembers the answers that counted.

    Real sticks differ: some tell times that stand still, that jump when the clock is set, or that are absurd. So a
    doubt only costs one more question: times that run on from the doubted ones are believed, unless they are earlier
    ones, and a stick that gives rise to ``PATIENCE`` doubts without a good answer in between is never doubted for its
    times again. Only the very frame that has counted before under the same number can never count again, once times
    have been seen to move: then two answers of one stick are never the same bytes.
    """

    def __init__(self, ticks: Callable[[], float] = time.monotonic) -> None:
        self._ticks = ticks
        self._last: Stamp | None = None
        self._doubted: Stamp | None = None
        self._doubts = 0
        self._moving = False
        self._counted: dict[int, bytes] = {}  # sequence -> the last frame that counted under it

    def doubt(self, sequence: int, raw: bytes, working_s: int, power_on_s: int) -> bool:
        """Whether to ask again instead of believing this frame."""
        now, last = Stamp(working_s, power_on_s, self._ticks()), self._last
        if last is None:
            return False
        if self._moving and self._counted.get(sequence) == raw:
            return True
        if self._doubts >= PATIENCE or last.leads_to(now):
            return False
        if self._doubted is not None and self._doubted.leads_to(now) and not now.is_before(last):
            return False
        self._doubted = now
        self._doubts += 1
        return self._doubts < PATIENCE

    def count(self, sequence: int, raw: bytes, working_s: int, power_on_s: int) -> None:
        """This frame counts: the next ones are held against it."""
        now = Stamp(working_s, power_on_s, self._ticks())
        if self._last is not None:
            self._moving = self._moving or self._last.is_before(now)
            if self._doubts < PATIENCE and self._last.leads_to(now):
                self._doubts = 0
        self._last, self._doubted = now, None
        self._counted[sequence] = raw
