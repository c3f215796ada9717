"""How one value becomes one integer and back: scales, texts, qualities; pure functions.

Every stored sample has a ``mode`` (four times its code, plus its quality) and a ``raw`` integer. The code says what
the integer is: nothing, the bits of a float, the number of a text, a clock in seconds, or a register under a scale.
Code and quality belong to the sample, so a series may change scale, quality or type at any moment.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from core.points import Quality, Value
from core.storage.packing import Floats, Ints

NOTHING, FLOAT, TEXT, BITS, CLOCK, FIRST_SCALE = 0, 1, 2, 3, 4, 8
QUALITIES = (Quality.GOOD, Quality.STALE, Quality.BAD, Quality.UNKNOWN)
QUALITY_CODE = {quality: code for code, quality in enumerate(QUALITIES)}
_EXTREME = 1e40
EXACT = 2.0**53  # beyond it a float does not hold every integer


@dataclass(frozen=True, slots=True)
class Scale:
    """From a register's integer to the value: ``n * factor + offset``, or with ``divides`` ``n / factor + offset``.

    The first is what ``core.decode`` computes, bit for bit; the second is how a rounded decimal comes about.
    """

    factor: float = 1.0
    offset: float = 0.0
    divides: bool = False

    def integer(self, value: float) -> int | None:
        """Return the integer that gives exactly this (finite) value, or None."""
        near = value - self.offset
        near = near * self.factor if self.divides else near / self.factor
        if not -EXACT < near < EXACT:
            return None
        number = round(near)
        return number if self.value(number) == value else None

    def value(self, number: int) -> float:
        """Return the value of an integer."""
        return (number / self.factor if self.divides else number * self.factor) + self.offset

    def integers(self, values: Floats) -> Ints | None:
        """Return the integers that give exactly these values, or None when one of them has none."""
        with np.errstate(all="ignore"):
            near = values - self.offset
            near = np.rint(near * self.factor if self.divides else near / self.factor)
            if not bool(np.all(np.abs(near) < EXACT)):
                return None
            return near.astype(np.int64) if np.array_equal(self.values(near), values) else None

    def values(self, numbers: NDArray[np.float64] | Ints) -> Floats:
        """Return the values of many integers."""
        floats = numbers.astype(np.float64)
        return (floats / self.factor if self.divides else floats * self.factor) + self.offset


def sound_scale(factor: object, offset: object, divides: object) -> Scale:
    """The scale that a file names; raise ValueError or TypeError when it can be none."""
    if not isinstance(factor, (int, float)) or not isinstance(offset, (int, float)):
        raise TypeError(f"a scale of {factor!r} and {offset!r}")
    if not 1 / _EXTREME < abs(factor) < _EXTREME or not abs(offset) < _EXTREME:
        raise ValueError(f"a scale of {factor!r} and {offset!r}")
    return Scale(float(factor), float(offset), bool(divides))


DECIMALS = tuple(Scale(factor=float(10**digits), divides=True) for digits in (1, 2, 3))


def clock_seconds(text: str) -> int | None:
    """Return the seconds of ``2026-11-21T08:00:00`` (no zone), or None when the text is anything else."""
    if len(text) != 19 or text[10] != "T":
        return None
    try:
        seconds = int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())
    except ValueError:
        return None
    return seconds if clock_text(seconds) == text else None


def clock_text(seconds: int) -> str:
    """The inverse of ``clock_seconds``."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S")


def is_number(value: Value) -> bool:
    """Whether a value can be averaged: a finite or infinite float, not NaN."""
    return isinstance(value, (int, float)) and not math.isnan(value)


@dataclass(frozen=True, slots=True, eq=False)
class Samples:
    """Readings of one point in the order of time. ``t`` in whole UTC ms; ``raw`` is 0 where there is no value."""

    t: Ints
    mode: Ints
    raw: Ints

    def __len__(self) -> int:
        return len(self.t)

    @property
    def code(self) -> Ints:
        """What each ``raw`` is: NOTHING, FLOAT, TEXT, BITS, CLOCK, or FIRST_SCALE and up."""
        return self.mode >> 2

    @property
    def quality(self) -> Ints:
        """Index into QUALITIES."""
        return self.mode & 3

    def between(self, start: int, end: int) -> Samples:
        """Return those with ``start <= t < end`` (ms)."""
        low, high = np.searchsorted(self.t, [start, end])
        return Samples(self.t[low:high], self.mode[low:high], self.raw[low:high])

    def numbers(self, scales: Mapping[int, Scale]) -> Floats:
        """Return values in the point's unit, NaN where the value is none or is no number."""
        out = np.full(len(self.t), np.nan)
        code = self.code
        for each in np.unique(code).tolist():
            here = code == each
            if each == FLOAT:
                out[here] = self.raw[here].view(np.float64)
            elif each >= FIRST_SCALE:
                out[here] = scales[each].values(self.raw[here])
        return out

    def good_numbers(self, scales: Mapping[int, Scale]) -> Floats:
        """As ``numbers``, NaN as well where the quality is not good: what may be averaged and summed."""
        out = self.numbers(scales)
        out[self.quality != 0] = np.nan
        return out


def no_samples() -> Samples:
    """Nothing, in the right types."""
    none = np.zeros(0, dtype=np.int64)
    return Samples(none, none, none)


def join(*parts: Samples) -> Samples:
    """Merge by time; where two readings share a millisecond, the one of the earlier part stays."""
    every = (no_samples(), *parts)
    t = np.concatenate([part.t for part in every])
    mode = np.concatenate([part.mode for part in every])
    raw = np.concatenate([part.raw for part in every])
    if bool(np.all(t[1:] > t[:-1])):
        return Samples(t, mode, raw)
    _, first = np.unique(t, return_index=True)
    return Samples(t[first], mode[first], raw[first])


def value_of(code: int, raw: int, scales: Mapping[int, Scale], words: Mapping[int, str]) -> Value:
    """Return the value of one sample."""
    if code == NOTHING:
        return None
    if code == FLOAT:
        return float(np.int64(raw).view(np.float64))
    if code == TEXT:
        return words[raw]
    if code == BITS:
        return tuple(words[raw].split(" ")) if words[raw] else ()
    if code == CLOCK:
        return clock_text(raw)
    return scales[code].value(raw)
