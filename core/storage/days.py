"""Local calendar days in UTC milliseconds; pure functions.

Days have 23, 24 or 25 h. Hours and recording periods are counted from ``phase``, the part of an hour by which the
zone's midnight misses the full UTC hour (India: 30 min), so that a day is always made of whole hours. The one zone
that moves by half an hour (Lord Howe) counts, during summer, the hour that holds midnight to the day it begins in.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np

from core.storage.packing import Ints

HOUR_MS = 3_600_000


def phase_of(zone: ZoneInfo, at: float) -> int:
    """Return where full local hours lie in the UTC hour, in ms, as of ``at`` (Unix s)."""
    offset = datetime.fromtimestamp(at, zone).utcoffset() or timedelta(0)
    return int(-offset.total_seconds() * 1000) % HOUR_MS


@lru_cache(maxsize=8192)
def day_start(day: int, zone: ZoneInfo) -> int:
    """Return the ms at which a local day begins; ``day`` is its ``date.toordinal()``."""
    local = date.fromordinal(day)
    return round(datetime(local.year, local.month, local.day, tzinfo=zone).timestamp() * 1000)


def day_at(t: int, zone: ZoneInfo) -> int:
    """Return the ordinal of the local day that holds ``t`` (ms)."""
    return datetime.fromtimestamp(t / 1000, UTC).astimezone(zone).date().toordinal()


def days_at(t: Ints, zone: ZoneInfo) -> Ints:
    """As ``day_at`` for many rising times."""
    if not len(t):
        return np.zeros(0, dtype=np.int64)
    first, last = day_at(int(t.min()), zone), day_at(int(t.max()), zone)
    starts = np.array([day_start(day, zone) for day in range(first, last + 2)], dtype=np.int64)
    return np.searchsorted(starts, t, side="right") - 1 + first
