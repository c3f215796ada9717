"""Smooth randomness that depends on time alone, so that a model may be stepped at any pace and stay the same."""

from __future__ import annotations

import math
from functools import lru_cache

_MASK = (1 << 64) - 1


@lru_cache(maxsize=65536)
def dice(seed: int, channel: int, index: int) -> float:
    """Return the throw of that seed, channel and index, 0 up to 1 (splitmix64)."""
    word = (seed * 0x9E3779B97F4A7C15 + channel * 0xBF58476D1CE4E5B9 + index * 0x94D049BB133111EB) & _MASK
    word = ((word ^ (word >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    word = ((word ^ (word >> 27)) * 0x94D049BB133111EB) & _MASK
    return ((word ^ (word >> 31)) >> 11) / (1 << 53)


def smooth(seed: int, channel: int, at: float, period_s: float) -> float:
    """Return a wandering value, 0 to 1, that takes a new direction every ``period_s``."""
    place = at / period_s
    index = math.floor(place)
    share = place - index
    share *= share * (3.0 - 2.0 * share)
    before, after = dice(seed, channel, index), dice(seed, channel, index + 1)
    return before + (after - before) * share


def swing(seed: int, channel: int, at: float, period_s: float) -> float:
    """Return the same wandering value between -1 and 1."""
    return 2.0 * smooth(seed, channel, at, period_s) - 1.0


def clamp(value: float, low: float, high: float) -> float:
    """Return ``value``, kept between ``low`` and ``high``."""
    return low if value < low else min(value, high)
