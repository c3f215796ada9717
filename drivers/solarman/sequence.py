"""The client sequence: one byte that binds an answer to its request, and how to use so little well."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable
from enum import StrEnum

OWED_S = 300.0  # for so long an answer may still come
SENT_S = 60.0
OTHERS_S = 60.0
AT_ONCE = 16  # numbers that a program may use up at a time, its last one among them
LEAP = AT_ONCE + 10  # other programs count up too: so many are left to them, also while we wait for an answer
LAST = 10  # requests; an answer that comes again comes soon
WIDE = 128  # as far as any are left, also these: what it has used lately is the safest
LEAP_A_SECOND = 2.0  # more of them, the longer ago one of theirs was heard: no program asks a stick more often for long
REST = 64  # requests; a stick may say an answer twice, so that numbers rest before they come again
APART = 3  # bits; the sum over a frame is weak, and only it guards the sequence
STICKS_OWN = 0  # what sticks ask the inverter for themselves is answered under this number

# Sets of sequence numbers are integers here: bit n stands for n.
_ALL = (1 << 256) - 1 & ~(1 << STICKS_OWN)
_NEAR = tuple(sum(1 << m for m in range(256) if (m ^ n).bit_count() < APART) for n in range(256))


class Stranger(StrEnum):
    """Whose answer that is not ours was."""

    LATE = "late"  # ours, to an older request
    CROSSED = "crossed"  # another program's


class Sequences:
    """Hands out sequence numbers so that no answer of another request can pass for the one that is waited for.

    The counter starts anywhere, since the program before us may have left answers behind. Of the numbers that may be
    used that comes which was not for the longest time: without trouble, they count up. One whose answer never came is
    not used again for five minutes, else an answer 256 requests old would fit, unless nearly all are owed. Zero is left
    out, and, as far as any are left, the last numbers used, those next to come of other programs, those that they have
    used, those that they will come to later, and numbers within two flipped bits of what may still come.

    What this cannot do: when another program's request carries the same number, unit, function and count at the same
    time, and the stick sends its answer to us and not ours, nothing in the bytes says that it was read from another
    address. Such a stick shows crossed answers before that, and from the first of them on the numbers of both keep
    apart.
    """

    def __init__(self, ticks: Callable[[], float] = time.monotonic, dice: random.Random | None = None) -> None:
        self._ticks = ticks
        self.current = (dice or random.Random()).randrange(256)
        self._used: dict[int, None] = {}  # the numbers of all requests so far, the longest unused first
        self._owed: dict[int, float] = {}  # sequence -> until when (ticks), oldest first
        self._sent: dict[int, float] = {}
        self._others: dict[int, float] = {}
        self._fronts: dict[int, float] = {}  # of each other program the last number -> when it was heard (ticks)

    @property
    def crowded(self) -> bool:
        """Whether another program has been heard of late."""
        return bool(self._fronts)

    def next(self) -> int:
        """The number of the next request."""
        now = self._ticks()
        for table in (self._owed, self._sent, self._others):
            for number in [number for number, until in table.items() if until <= now]:
                del table[number]
        for number in [number for number, heard in self._fronts.items() if heard + OTHERS_S <= now]:
            del self._fronts[number]
        self.current = self._choose(now)
        self._sent.pop(self.current, None)
        self._sent[self.current] = now + SENT_S
        self._used.pop(self.current, None)
        self._used[self.current] = None
        return self.current

    def _choose(self, now: float) -> int:
        owed, others, used = _set(self._owed), _set(self._others), _set(self._used)
        leaps = [(number, self._leap(number, now)) for number in reversed((*self._fronts,))]
        away = [_run(number, leap) for number, leap in leaps]
        away += [others, *(_run(number, WIDE) for number, leap in leaps if leap < WIDE)]
        free, least = _ALL & ~owed & ~_set((*self._used,)[-REST:]), 1
        if free:  # the newest first: it is the likeliest to come
            away += [_NEAR[number] for number in reversed((*self._owed, *self._others))]
        else:  # nearly all are owed: what was used the longest time ago is the least likely to come, of more than a few
            free, least = used, REST
        for taken in away:
            if (free & ~taken).bit_count() >= least:
                free &= ~taken
        if fresh := free & ~used:
            return _first_after(self.current, fresh)
        return next(number for number in self._used if free >> number & 1)

    def _leap(self, number: int, now: float, least: int = LEAP) -> int:
        """How many numbers the program that used this one may have used up by now, with this one, or be about to."""
        return least + int(LEAP_A_SECOND * (now - self._fronts[number]))

    def answered(self, number: int) -> None:
        """The reply came."""
        self._owed.pop(number, None)

    def unanswered(self, number: int) -> None:
        """The wait is over; the answer may still come."""
        self._owed.pop(number, None)
        self._owed[number] = self._ticks() + OWED_S

    def strange(self, number: int) -> Stranger:
        """An answer that is not the reply came under this number."""
        now = self._ticks()
        passed = [front for front in self._fronts if (number - front & 0xFF) < self._leap(front, now, AT_ONCE)]
        owed = number in self._owed
        if owed or (number in self._sent and number != self.current):
            if owed:
                self.unanswered(number)  # a stick that is so far behind may send it again
            if passed or not (owed or number in (*self._used,)[-LAST:]):
                self._heard(number, now)  # or it is another program that has come up to a number of ours
            return Stranger.LATE
        self._others.pop(number, None)
        self._others[number] = now + OTHERS_S
        if passed:  # the same program, further on
            del self._fronts[min(passed, key=lambda front: number - front & 0xFF)]
        self._heard(number, now)
        return Stranger.CROSSED

    def _heard(self, number: int, now: float) -> None:
        self._fronts.pop(number, None)
        self._fronts[number] = now


def _set(numbers: Iterable[int]) -> int:
    return sum(1 << number for number in numbers)


def _run(first: int, count: int) -> int:
    """The set of so many numbers from the first on, going round."""
    run = (1 << min(count, 256)) - 1 << first
    return (run | run >> 256) & (1 << 256) - 1


def _first_after(number: int, free: int) -> int:
    """The first of a set that follows this number, going round."""
    above = free >> number + 1 << number + 1 or free
    return (above & -above).bit_length() - 1
