"""Newest reading of every point; shared by all threads."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from core.points import PointKey, Quality, Reading
from core.protocols import Clock, SystemClock

MISSED = 3  # periods without an answer before a value counts as stale
LEAST_S = 5.0
RESTING_S = 86_400.0  # a point that is read on demand or once stays good for a day


class Hub:
    """A table of newest readings. ``put`` from the link threads, ``take_changed`` from the one that draws."""

    def __init__(self, clock: Clock | None = None) -> None:
        self._clock = clock or SystemClock()
        self._lock = threading.Lock()
        self._newest: dict[PointKey, tuple[Reading, float]] = {}  # with the tick at which it came
        self._changed: dict[PointKey, tuple[Reading, float]] = {}
        self._periods: dict[PointKey, float | None] = {}
        self._watched: frozenset[str] = frozenset()
        self._news = threading.Event()

    def watch(self, devices: Iterable[str], news: threading.Event) -> None:
        """Set ``news`` whenever one of these devices tells something; one event for all."""
        with self._lock:
            self._watched, self._news = frozenset(devices), news

    def expect(self, periods: Mapping[PointKey, float | None]) -> None:
        """Say how often points are read (seconds, None for on demand): decides when they are stale."""
        with self._lock:
            self._periods.update(periods)

    def put(self, readings: Sequence[Reading]) -> None:
        """Take a batch. A point belongs to one line, whose thread puts in order: the last to come is the newest.

        Age is counted from the moment a value came, on the monotonic clock: the computer's clock may be set back, and
        must then neither freeze a value nor keep a dead one fresh.
        """
        ticks = self._clock.ticks()
        batch = {reading.key: (reading, ticks) for reading in readings}
        with self._lock:  # from one dictionary to another: no key is hashed again
            self._newest.update(batch)
            self._changed.update(batch)
        if readings and readings[0].key.device in self._watched:  # a batch comes from one device
            self._news.set()

    def take_changed(self) -> list[Reading]:
        """What came since the last call, each point once, newest only. A value that merely ages does not come again."""
        with self._lock:
            changed, self._changed = self._changed, {}
        return [reading for reading, _ in changed.values()]

    def stale_after(self, key: PointKey) -> float:
        """Seconds after which a value of this point counts as stale."""
        period = self._periods.get(key, 1.0)
        return RESTING_S if period is None else max(LEAST_S, MISSED * period)

    def latest(self, key: PointKey) -> Reading | None:
        """The newest reading; "stale" when it came too long ago, never with another value."""
        with self._lock:
            found = self._newest.get(key)
        return None if found is None else self._aged(*found, self._clock.ticks())

    def snapshot(self) -> dict[PointKey, Reading]:
        """Every newest reading, aged."""
        with self._lock:
            newest = dict(self._newest)
        ticks = self._clock.ticks()
        young = ticks - LEAST_S  # too young to be stale, whatever its period
        return {
            key: reading if came >= young else self._aged(reading, came, ticks)
            for key, (reading, came) in newest.items()
        }

    def keep_only(self, device: str, points: Iterable[str]) -> None:
        """Drop the readings of a device's points that it turns out not to have."""
        kept = {PointKey(device, point) for point in points}
        with self._lock:
            for table in (self._newest, self._changed):
                for key in [key for key in table if key.device == device and key not in kept]:
                    del table[key]

    def _aged(self, reading: Reading, came: float, ticks: float) -> Reading:
        if reading.quality is Quality.GOOD and ticks - came > self.stale_after(reading.key):
            return replace(reading, quality=Quality.STALE, note="no answer since")
        return reading
