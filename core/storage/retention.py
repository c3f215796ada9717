"""What is kept for how long, per class of point; pure functions. The recorder's thread does the cutting.

Raw chunks are the bulk, so they go first; the pyramid and the runs of states stay for ten years, hours and days stay
for ever, and so do events and the steps of counters (a handful a year, and every later sum hangs on them).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from core.points import Kind
from core.storage.pyramid import DAY_LEVEL, HOUR_LEVEL, PER_BLOCK, RUNS_LEVEL

DAY_MS = 86_400_000
RAW_DAYS = 280.0  # ten years of 200 points, these included, stay below 2 GB
YEARS_10_DAYS = 3_660.0


@dataclass(frozen=True, slots=True)
class Retention:
    """Days that things are kept; None is for ever. ``raw_days`` may name single kinds, others keep RAW_DAYS."""

    raw_days: Mapping[Kind, float | None] = field(default_factory=dict[Kind, float | None])
    period_days: float | None = YEARS_10_DAYS
    runs_days: float | None = YEARS_10_DAYS
    hour_days: float | None = None
    day_days: float | None = None

    def raw_cut(self, kind: Kind, now_ms: int) -> int | None:
        """Return the ms before which raw readings of a kind go, or None."""
        return _cut(self.raw_days.get(kind, RAW_DAYS), now_ms)

    def level_cut(self, level: int, now_ms: int) -> int | None:
        """Return the ms before which buckets of a level go, or None."""
        named = {RUNS_LEVEL: self.runs_days, HOUR_LEVEL: self.hour_days, DAY_LEVEL: self.day_days}
        return _cut(named.get(level, self.period_days), now_ms)


def _cut(days: float | None, now_ms: int) -> int | None:
    return None if days is None else now_ms - round(days * DAY_MS)


@dataclass(frozen=True, slots=True)
class Cut:
    """Delete what one series has of one level before a chunk's hour or a block's number."""

    series: int
    level: int | None  # None: raw chunks
    before: int


def plan(kinds: Mapping[int, Kind], levels: Mapping[int, int], keep: Retention, now_ms: int) -> list[Cut]:
    """Return the cuts that are due for some series (id to kind).

    ``levels`` gives the width of one bucket of each level in ms; a block goes when all its buckets are too old.
    """
    cuts: list[Cut] = []
    for series, kind in kinds.items():
        if (raw := keep.raw_cut(kind, now_ms)) is not None:
            cuts.append(Cut(series, None, raw))
        for level, width in levels.items():
            if (old := keep.level_cut(level, now_ms)) is not None:
                cuts.append(Cut(series, level, old // (width * PER_BLOCK)))
    return cuts
