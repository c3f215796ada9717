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
        self._newest: dict[PointKey, Reading] = {}
        self._came: dict[PointKey, float] = {}  # the tick at which it did
        self._changed: dict[PointKey, Reading] = {}
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
        batch = {reading.key: reading for reading in readings}
        with self._lock:  # from one dictionary to another: no key is hashed again
            self._newest.update(batch)
            self._came.update(dict.fromkeys(batch, ticks))
            self._changed.update(batch)
        if readings and readings[0].key.device in self._watched:  # a batch comes from one device
            self._news.set()

    def take_changed(self) -> list[Reading]:
        """What came since the last call, each point once, newest only. A value that merely ages does not come again."""
        with self._lock:
            changed, self._changed = self._changed, {}
        return list(changed.values())

    def stale_after(self, key: PointKey) -> float:
        """Seconds after which a value of this point counts as stale."""
        period = self._periods.get(key, 1.0)
        return RESTING_S if period is None else max(LEAST_S, MISSED * period)

    def latest(self, key: PointKey) -> Reading | None:
        """The newest reading; "stale" when it came too long ago, never with another value."""
        with self._lock:
            found, came = self._newest.get(key), self._came.get(key, 0.0)
        return None if found is None else self._aged(found, came, self._clock.ticks())

    def snapshot(self) -> dict[PointKey, Reading]:
        """Every newest reading, aged."""
        with self._lock:
            found, came = dict(self._newest), list(self._came.values())  # both in the order of the first time
        ticks = self._clock.ticks()
        young = ticks - LEAST_S  # too young to be stale, whatever its period
        for (key, reading), since in zip(found.items(), came, strict=True):
            if since < young:
                found[key] = self._aged(reading, since, ticks)  # of a key that is there: its place stays
        return found

    def keep_only(self, device: str, points: Iterable[str]) -> None:
        """Drop the readings of a device's points that it turns out not to have."""
        kept = {PointKey(device, point) for point in points}
        with self._lock:
            for table in (self._newest, self._came, self._changed):
                for key in [key for key in table if key.device == device and key not in kept]:
                    del table[key]

    def _aged(self, reading: Reading, came: float, ticks: float) -> Reading:
        if reading.quality is Quality.GOOD and ticks - came > self.stale_after(reading.key):
            return replace(reading, quality=Quality.STALE, note="no answer since")
        return reading
