"""The revert watch: what has been proven is read again for a quarter of an hour, and who may have moved it is named.

Pure: the desk asks what is due, reads it, and tells what came.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.points import PointKey, Quality, Reading, Value
from core.status import LinkStatus
from core.writing import values
from core.writing.review import Suspect, Watch

WATCH_S = 900.0
FIRST_S, EVERY_S, AGAIN_S = 10.0, 30.0, 2.0
MOVED_AFTER = 2  # readings in a row: one may be a torn or a foreign answer
RECENT = 2.5  # turns before the end in which the value must have been read: one may fail


@dataclass(frozen=True, slots=True)
class Traffic:
    """What was heard on a link that was not ours: answers for others, frames when nothing was asked."""

    foreign: int = 0
    stick: bool = False  # a SOLARMAN stick, which serves the maker's cloud as well

    @classmethod
    def of(cls, status: LinkStatus) -> Traffic:
        """As a line's snapshot has it."""
        crossed = status.stick.crossed if status.stick is not None else 0
        return cls(status.counters.foreign + crossed, status.stick is not None)


@dataclass(slots=True)
class _Kept:
    watch: Watch
    before: Value
    traffic: Traffic
    due: float  # ticks
    ends: float  # ticks
    first_moved: float | None = None  # Unix seconds of the first of the readings in a row that differ
    differing: int = 0
    shown: float | None = None  # ticks of the last reading that showed the value

    def held(self) -> bool:
        """Whether it was read to the end of the watch, and showed the value."""
        return not self.differing and self.shown is not None and self.ends - self.shown <= RECENT * EVERY_S


class WatchList:
    """Values under watch; one thread. Times: ``now`` Unix seconds, ``ticks`` monotonic seconds."""

    def __init__(self) -> None:
        self._kept: dict[PointKey, _Kept] = {}

    def watches(self) -> tuple[Watch, ...]:
        """A snapshot, oldest first."""
        return tuple(entry.watch for entry in self._kept.values())

    def add(self, watch: Watch, before: Value, traffic: Traffic, ticks: float) -> None:
        """Begin to watch a value; an earlier watch of the same one ends. ``before``: what the device held."""
        self._kept.pop(watch.key, None)
        ends = ticks + watch.until - watch.since
        self._kept[watch.key] = _Kept(watch, before, traffic, ticks + FIRST_S, ends)

    def drop(self, key: PointKey) -> Watch | None:
        """End a watch."""
        kept = self._kept.pop(key, None)
        return kept.watch if kept is not None else None

    def due(self, ticks: float) -> list[Watch]:
        """What is to be read now: everything due on the device that has waited longest."""
        waiting = [entry for entry in self._kept.values() if entry.due <= ticks]
        if not waiting:
            return []
        first = min(waiting, key=lambda entry: entry.due).watch.key.device
        return [entry.watch for entry in waiting if entry.watch.key.device == first]

    def due_at(self) -> float:
        """When something is due next (ticks); infinity for never."""
        return min((entry.due for entry in self._kept.values()), default=float("inf"))

    def missed(self, watches: Sequence[Watch], ticks: float) -> None:
        """It could not be read: the next turn will show."""
        for watch in watches:
            if (kept := self._kept.get(watch.key)) is not None:
                kept.due = ticks + EVERY_S

    def take(self, reading: Reading, traffic: Traffic, now: float, ticks: float) -> Watch | None:
        """Take what was read; returns the watch when this reading is the one that proves a move."""
        kept = self._kept.get(reading.key)
        if kept is None:
            return None
        kept.due = ticks + EVERY_S
        watch = replace(kept.watch, reads=kept.watch.reads + 1, last=reading)
        kept.watch = watch
        if reading.quality is not Quality.GOOD or reading.value is None:
            return None
        point = watch.parameter.point
        if point is None or values.alike(point, reading.value, watch.wanted):
            kept.differing, kept.first_moved, kept.shown = 0, None, ticks
            kept.watch = replace(watch, shown_at=now)
            return None
        kept.differing += 1
        kept.first_moved = kept.first_moved or reading.at
        if kept.differing < MOVED_AFTER:
            kept.due = ticks + AGAIN_S
            return None
        if watch.moved:
            return None
        back = values.alike(point, reading.value, kept.before)
        suspect, evidence = suspect_of(back, kept.traffic, traffic)
        kept.watch = replace(watch, reverted_at=kept.first_moved, suspect=suspect, evidence=evidence)
        return kept.watch

    def ended(self, ticks: float) -> list[tuple[Watch, bool]]:
        """Take out those whose time is over, each with whether it held. What has moved stays until it has been seen.

        What has just been read differently waits for the reading that decides.
        """
        over = [
            key
            for key, entry in self._kept.items()
            if entry.ends + (EVERY_S if entry.differing else 0.0) <= ticks and not entry.watch.moved
        ]
        return [(kept.watch, kept.held()) for key in over if (kept := self._kept.pop(key))]


def suspect_of(back: bool, traffic_then: Traffic, traffic_now: Traffic) -> tuple[Suspect, str]:
    """Who most likely moved a value (``back``: to what it was before), and what speaks for it in one sentence."""
    foreign = traffic_now.foreign - traffic_then.foreign
    if foreign > 0:
        return Suspect.MASTER, f"{foreign} answers to somebody else were heard on this link since the write"
    if traffic_now.stick:
        return Suspect.CLOUD, "the stick also serves the maker's server, which may hold a schedule or a setting"
    if back:
        return Suspect.FIRMWARE, "the value from before is back: the device has undone it itself, or has a time-table"
    return Suspect.MASTER, "it is neither the old nor the new value: somebody else has written it"
