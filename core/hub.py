"""Newest reading of every point; shared by all threads."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from core.points import PointKey, Quality, Reading

MISSED = 3  # periods without an answer before a value counts as stale
LEAST_S = 5.0
RESTING_S = 86_400.0  # a point that is read on demand or once stays good for a day


class Hub:
    """A table of newest readings. ``put`` from the link threads, ``take_changed`` from the one that draws."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._newest: dict[PointKey, Reading] = {}
        self._changed: dict[PointKey, Reading] = {}
        self._periods: dict[PointKey, float | None] = {}

    def expect(self, periods: Mapping[PointKey, float | None]) -> None:
        """Say how often points are read (seconds, None for on demand): decides when they are stale."""
        with self._lock:
            self._periods.update(periods)

    def put(self, readings: Sequence[Reading]) -> None:
        """Take a batch. A point belongs to one line, whose thread puts in order: the last to come is the newest.

        Times are not compared, or a computer clock set back would freeze every value until it has caught up.
        """
        with self._lock:
            for reading in readings:
                self._newest[reading.key] = reading
                self._changed[reading.key] = reading

    def take_changed(self) -> list[Reading]:
        """What moved since the last call, each point once, newest only."""
        with self._lock:
            changed, self._changed = self._changed, {}
        return list(changed.values())

    def stale_after(self, key: PointKey) -> float:
        """Seconds after which a value of this point counts as stale."""
        period = self._periods.get(key, 1.0)
        return RESTING_S if period is None else max(LEAST_S, MISSED * period)

    def latest(self, key: PointKey, now: float) -> Reading | None:
        """The newest reading; "stale" when it is too old at ``now``, never with another value."""
        with self._lock:
            reading = self._newest.get(key)
        return None if reading is None else self._aged(reading, now)

    def snapshot(self, keys: Iterable[PointKey] | None, now: float) -> dict[PointKey, Reading]:
        """The newest readings of these points (all when None), aged at ``now``."""
        with self._lock:
            wanted = list(self._newest) if keys is None else list(keys)
            found = {key: reading for key in wanted if (reading := self._newest.get(key)) is not None}
        return {key: self._aged(reading, now) for key, reading in found.items()}

    def forget(self, device: str) -> None:
        """Drop every reading of a device that has left the site."""
        with self._lock:
            for table in (self._newest, self._changed):
                for key in [key for key in table if key.device == device]:
                    del table[key]

    def _aged(self, reading: Reading, now: float) -> Reading:
        if reading.quality is Quality.GOOD and now - reading.at > self.stale_after(reading.key):
            return replace(reading, quality=Quality.STALE, note="no answer since")
        return reading
