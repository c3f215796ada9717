"""From the history to what a chart draws. Blocks on the disk: called from the history's own worker thread only."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import Protocol

import numpy as np

from core.points import Kind, PointKey, Quality, Value
from core.storage.results import PointInfo, Series, State
from gui.models import timeaxis
from gui.models.curves import Counting, Data, Shape, Spell, shape_of, slope

MANY = "…"
MOST_SPELLS = 400  # on a screen; shorter ones are drawn as one

Words = Callable[[PointKey, Value], str]


class Source(Protocol):
    """What the charts need of ``core.storage.queries.History``."""

    def points(self) -> list[PointInfo]:
        """What is recorded."""
        ...

    def range(self, key: PointKey, start: float, end: float, bins: int) -> Series:
        """Bins of a number."""
        ...

    def states(self, key: PointKey, start: float, end: float) -> list[State]:
        """Stretches of a state."""
        ...

    def delta(self, key: PointKey, start: float, end: float) -> float | None:
        """Rise of a counter."""
        ...

    def close(self) -> None:
        """Let go of the file."""
        ...


@dataclass(frozen=True, slots=True)
class Wanted:
    """One point of a request."""

    key: PointKey
    kind: Kind


@dataclass(frozen=True, slots=True)
class Request:
    """What the screen shows: points, time range (Unix seconds), and how many bins it can tell apart."""

    number: int
    wanted: tuple[Wanted, ...]
    start: float
    end: float
    bins: int
    counting: Counting
    zone: tzinfo
    now: float


def fetch(source: Source, wanted: Wanted, request: Request, words: Words) -> Data:
    """Ask the history for one curve."""
    shape = shape_of(wanted.kind, request.counting)
    if shape is Shape.LANE:
        states = source.states(wanted.key, request.start, request.end)
        return Data(spells=spells(wanted.key, states, (request.end - request.start) / MOST_SPELLS, words))
    if shape is Shape.BARS:
        return _bars(source, wanted.key, request)
    series = source.range(wanted.key, request.start, request.end, request.bins)
    if wanted.kind is Kind.COUNTER and request.counting is Counting.POWER:
        return slope(series.t, series.last)
    middle = series.t + series.width_s / 2
    return Data(middle, series.min, series.mean, series.max, series.count.astype(np.float64))


def spells(key: PointKey, states: Sequence[State], shortest_s: float, words: Words) -> tuple[Spell, ...]:
    """Stretches in words; those too short to be told apart become one, marked "…"; no value is a gap."""
    found: list[Spell] = []

    def short(spell: Spell) -> bool:
        return spell.end - spell.start < shortest_s

    for state in states:
        if state.value is None or state.quality is Quality.BAD:
            continue
        spell = Spell(state.start, max(state.end, state.start + 1e-3), words(key, state.value), str(state.value))
        last = found[-1] if found else None
        touches = last is not None and spell.start - last.end < shortest_s
        if last is not None and touches and last.code == spell.code:
            found[-1] = Spell(last.start, spell.end, last.text, last.code)
        elif last is not None and touches and short(spell) and (last.code == MANY or short(last)):
            found[-1] = Spell(last.start, spell.end, MANY, MANY)
        else:
            found.append(spell)
    return tuple(found)


def _bars(source: Source, key: PointKey, request: Request) -> Data:
    """Rise of a counter in each local hour, day, month or year that touches the range."""
    bucket = timeaxis.bucket_for((request.end - request.start) / 2)  # the request is twice as wide as the screen
    borders = timeaxis.edges(request.start, min(request.end, request.now), request.zone, bucket)
    rises: list[float] = []
    for begin, end in itertools.pairwise(borders):
        rise = source.delta(key, begin, end)
        if not rise and not int(source.range(key, begin, end, 1).count.sum()):
            rise = None  # silence is a gap, not a zero
        rises.append(float("nan") if rise is None else rise)
    high = np.array(rises, dtype=np.float64)
    starts, ends = np.array(borders[:-1]), np.array(borders[1:])
    return Data(starts, high, high, high, np.ones(len(high)), ends)
