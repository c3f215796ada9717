"""Whether a station's time stamp belongs to now: a queue sent after an outage must not be shown as the present."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

NEAR_S = 120.0  # clocks that differ by less agree
LEAST_APART_S = 5.0  # two messages closer than this prove no pace
QUARTER_S = 900.0  # time zones differ by quarters of an hour
LONG_AGO_S = 180 * 86_400.0  # further off: a clock that was never set


class Age(Enum):
    """What a time stamp says of its message."""

    LIVE = "live"
    DOUBTFUL = "doubtful"  # it may be of now, but nothing proves it
    QUEUED = "queued"  # it tells of the past


@dataclass(slots=True)
class StationTime:
    """The clock of one station, as its messages show it. ``offset_s``: how far it is behind ours, once proven.

    It is proven by a stamp that fits our clock, or by two messages that came as far apart as their stamps are.
    """

    offset_s: float | None = None
    _before: tuple[float, float] | None = None

    def age(self, at: float | None, now: float) -> Age:
        """Judge the stamp ``at`` (Unix s) of a message that came at ``now``; no stamp at all counts as live."""
        if at is None:
            return Age.LIVE
        before, self._before = self._before, (at, now)
        lag, known = now - at, self.offset_s
        if abs(lag - (known or 0.0)) <= NEAR_S:
            self.offset_s = known or 0.0
            return Age.LIVE
        paced = before is not None and _keeps_pace(now - before[1], at - before[0])
        if paced and (_is_a_zone(lag) or lag < -NEAR_S):  # nobody queues the future
            self.offset_s = lag
            return Age.LIVE
        if paced:
            return Age.DOUBTFUL
        return Age.QUEUED if lag > (NEAR_S if known is None else known) else Age.DOUBTFUL

    def ours(self, at: float | None, now: float) -> tuple[float, bool]:
        """The moment of a stamp in our time, and whether it may be trusted; ``now`` where the stamp says nothing.

        What comes within two minutes of its stamp counts as of now, so that clocks a little apart measure no time.
        """
        if at is None:
            return now, True
        theirs = at + (self.offset_s or 0.0)
        if abs(now - theirs) <= NEAR_S:
            return now, True
        return min(now, theirs), False


@dataclass(slots=True)
class Sequel:
    """Whether the measurements of one connector come in the order in which they were made, by their own stamps."""

    _newest: float | None = None
    _before: tuple[float, float] | None = None  # the last one that was older: its stamp, and when it came

    def is_past(self, at: float | None, now: float) -> bool:
        """Whether a newer one has been here. Two older ones at the pace of the clock: it has been set back."""
        if at is None:
            return False
        if self._newest is not None and at < self._newest:
            before, self._before = self._before, (at, now)
            if before is None or not _keeps_pace(now - before[1], at - before[0]):
                return True
        self._newest, self._before = at, None
        return False


def _is_a_zone(lag: float) -> bool:
    """Whether a clock may be off by this much (s): right, in another time zone, or never set."""
    return lag > LONG_AGO_S or abs(lag - round(lag / QUARTER_S) * QUARTER_S) <= NEAR_S


def _keeps_pace(came: float, passed: float) -> bool:
    """Whether two messages came as far apart (s) as their stamps are: a queue is sent faster than it was filled."""
    return came >= LEAST_APART_S and abs(came - passed) <= max(2.0, 0.1 * came)
