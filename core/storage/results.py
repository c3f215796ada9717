"""What the history answers with. Times are Unix seconds, values are in the point's unit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from core.points import Kind, PointKey, Quality, Value
from core.storage.values import QUALITIES


@dataclass(frozen=True, slots=True)
class PointInfo:
    """A point that has been recorded; ``first`` and ``last`` reading, ``count`` of readings ever recorded."""

    key: PointKey
    unit: str
    kind: Kind
    first: float | None
    last: float | None
    count: int
    en: str = ""
    fr: str = ""

    def title(self, language: str) -> str:
        """The name of the point in ``"fr"`` or ``"en"``."""
        return (self.fr if language == "fr" else self.en) or self.en or self.key.point


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """A curve: bins that begin at ``t``, NaN and ``count`` 0 where there is nothing (a gap is never filled).

    Where a point is polled more slowly than the bins are wide, empty ones are left out.

    ``level_s`` tells where it comes from: 0 readings, 86400 days, else the width of the stored buckets. ``width_s``
    is the width of a bin (of days, about); 0 when every reading is a bin of its own, at its own time.
    """

    t: NDArray[np.float64]
    min: NDArray[np.float64]
    mean: NDArray[np.float64]
    max: NDArray[np.float64]
    first: NDArray[np.float64]
    last: NDArray[np.float64]
    count: NDArray[np.int64]
    level_s: int = 0
    width_s: float = 0.0

    def __len__(self) -> int:
        return len(self.t)

    def without(self, bins: NDArray[np.int64]) -> Series:
        """Return the others."""
        keep = np.ones(len(self), dtype=np.bool_)
        keep[bins] = False
        t, low, mean, high = self.t[keep], self.min[keep], self.mean[keep], self.max[keep]
        first, last, count = self.first[keep], self.last[keep], self.count[keep]
        return Series(t, low, mean, high, first, last, count, self.level_s, self.width_s)


@dataclass(frozen=True, slots=True, eq=False)
class Raw:
    """Readings one by one. ``value`` holds floats (NaN: none), or objects for states, texts and bits (None: none)."""

    t: NDArray[np.float64]
    value: NDArray[np.float64] | NDArray[np.object_]
    quality: NDArray[np.uint8]  # index into values.QUALITIES

    def __len__(self) -> int:
        return len(self.t)

    def qualities(self) -> list[Quality]:
        """The quality of each reading, by name."""
        return [QUALITIES[code] for code in self.quality.tolist()]


@dataclass(frozen=True, slots=True)
class State:
    """A stretch in which a text, state or set of bits stayed the same; ``end`` is where the next begins or a gap."""

    start: float
    end: float
    value: Value
    quality: Quality
    count: int


@dataclass(frozen=True, slots=True)
class Sample:
    """One value with its time."""

    t: float
    value: Value
    quality: Quality = Quality.GOOD


@dataclass(frozen=True, slots=True)
class Event:
    """A counter that was reset, rolled over or replaced."""

    t: float
    key: PointKey
    kind: str
    before: float
    after: float
    unit: str


@dataclass(frozen=True, slots=True)
class Day:
    """One local calendar day of 23, 24 or 25 ``hours``; ``increase`` only for counters."""

    date: date
    start: float
    end: float
    hours: float
    count: int
    min: float | None = None
    mean: float | None = None
    max: float | None = None
    first: float | None = None
    last: float | None = None
    increase: float | None = None
