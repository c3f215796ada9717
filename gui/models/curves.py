"""What a chart shows of one recorded point, and what can be read from it between two times. Pure functions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from core.points import Kind, PointKey

Floats = NDArray[np.float64]

RATE_OF = {"Wh": "W", "varh": "var", "VAh": "VA", "Ah": "A"}
FROM_ZERO = frozenset({"W", "Wh", "var", "VA", "varh", "VAh", "A", "%"})
"""Units whose axis shows the zero line."""
ROLES = ("accent", "solar", "battery", "grid_export", "vehicle", "house", "healthy", "grid_import")
SITE_ROLES = {
    "solar": "solar", "grid": "grid_import", "battery": "battery", "house": "house", "vehicle": "vehicle",
    "unexplained": "unexplained",
}  # fmt: skip


class Shape(StrEnum):
    """How a curve is drawn."""

    LINE = "line"
    BARS = "bars"
    LANE = "lane"


class Counting(StrEnum):
    """What a counter is shown as."""

    PERIOD = "period"  # energy per hour, day, month or year
    POWER = "power"  # its slope
    READING = "reading"  # the figure of the meter


@dataclass(frozen=True, slots=True)
class Spell:
    """A state that held from ``start`` to ``end`` (Unix seconds), in words; empty text: nothing is known."""

    start: float
    end: float
    text: str
    code: str = ""


def _none() -> Floats:
    return np.zeros(0)


@dataclass(frozen=True, slots=True, eq=False)
class Data:
    """What the history gave: for lines ``t`` with low, mean and high; for bars ``t`` are the starts, ``ends`` the ends.

    Gaps are NaN. ``spells`` for states. ``holds`` is how long (s) each bin of a line speaks; whoever asks the history
    works it out here, in its own thread.
    """

    t: Floats = field(default_factory=_none)
    low: Floats = field(default_factory=_none)
    mean: Floats = field(default_factory=_none)
    high: Floats = field(default_factory=_none)
    count: Floats = field(default_factory=_none)
    ends: Floats = field(default_factory=_none)
    spells: tuple[Spell, ...] = ()
    holds: Floats = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "holds", durations(self.t))

    @property
    def empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not self.spells and not bool(np.any(np.isfinite(self.mean)))


@dataclass(slots=True)
class Curve:
    """One chosen point: how it is called, drawn and measured."""

    key: PointKey
    name: str
    unit: str
    kind: Kind = Kind.GAUGE
    shape: Shape = Shape.LINE
    role: str = "accent"
    dashed: bool = False
    data: Data = field(default_factory=Data)


@dataclass(frozen=True, slots=True)
class Span:
    """What a curve did between two times."""

    low: float | None = None
    mean: float | None = None
    high: float | None = None
    total: float | None = None  # sum of bars


def shape_of(kind: Kind, counting: Counting) -> Shape:
    """Lanes for states, bars for counters by period, lines for the rest."""
    if kind in (Kind.STATE, Kind.BITS, Kind.TEXT, Kind.TIME):
        return Shape.LANE
    return Shape.BARS if kind is Kind.COUNTER and counting is Counting.PERIOD else Shape.LINE


def unit_of(unit: str, kind: Kind, counting: Counting) -> str:
    """The unit that is drawn: a counter's slope has another."""
    if kind is Kind.COUNTER and counting is Counting.POWER:
        return RATE_OF.get(unit, f"{unit}/h")
    return unit


def colours(keys: Sequence[PointKey]) -> list[tuple[str, bool]]:
    """Theme role of each curve, and whether it is dashed; the energies of the site keep their own colour."""
    found: list[tuple[str, bool]] = []
    for key in keys:
        role = _site_role(key)
        if role is None or (role, False) in found:
            tries = [(name, dashed) for dashed in (False, True) for name in ROLES]
            taken = {*found, *((own, False) for other in keys if (own := _site_role(other)) is not None)}
            found.append(next((choice for choice in tries if choice not in taken), ("tertiary", True)))
        else:
            found.append((role, False))
    return found


def slope(t: Floats, figure: Floats) -> Data:
    """Power of a counter: its rise per hour between neighbouring bins; NaN beside gaps and where it went back."""
    if len(t) < 2:
        return Data()
    with np.errstate(invalid="ignore", divide="ignore"):
        rate = np.diff(figure) / (np.diff(t) / 3600)
        rate[rate < 0] = np.nan
    return Data((t[1:] + t[:-1]) / 2, rate, rate, rate, np.ones(len(rate)))


def value_at(curve: Curve, at: float) -> float | str | None:
    """What the curve shows at a time: the nearest bin, the bar or the state that holds it; None in a gap."""
    data = curve.data
    if curve.shape is Shape.LANE:
        return next((spell.text for spell in data.spells if spell.start <= at < spell.end), None)
    if not len(data.t):
        return None
    if curve.shape is Shape.BARS:
        row = int(np.searchsorted(data.t, at, side="right")) - 1
        inside = row >= 0 and at < data.ends[row]
    else:
        row = _nearest(data.t, at)
        inside = abs(float(data.t[row]) - at) <= max(reach_of(data.t), 1.0)
    value = float(data.mean[row]) if inside else float("nan")
    return value if np.isfinite(value) else None


def reach_of(t: Floats) -> float:
    """How far from its time (s) a bin still speaks: one and a half of the usual step; 0 when there is none."""
    return 1.5 * float(np.median(np.diff(t))) if len(t) > 1 else 0.0


def durations(t: Floats) -> Floats:
    """How long each bin holds (s): to the next one, but not over a silence."""
    if len(t) < 2:
        return np.ones(len(t))
    steps = np.diff(t)
    usual = np.median(steps)
    return np.minimum(np.append(steps, usual), 1.5 * usual)


def alone(data: Data) -> NDArray[np.bool_]:
    """Which bins have a value and no neighbour with one: no line goes through them."""
    known = np.isfinite(data.mean)
    beside = np.concatenate(([False], known, [False]))
    return known & ~beside[:-2] & ~beside[2:]


def between(curve: Curve, start: float, end: float) -> Span:
    """Lowest, mean (each bin weighs as long as it holds; bars alike) and highest between two times."""
    data = curve.data
    if curve.shape is Shape.LANE or not len(data.t):
        return Span()
    start, end = min(start, end), max(start, end)
    middle = (data.t + data.ends) / 2 if curve.shape is Shape.BARS else data.t
    inside = (middle >= start) & (middle <= end) & np.isfinite(data.mean)
    if not bool(np.any(inside)):
        return Span()
    mean = data.mean[inside]
    weight = np.ones(len(mean)) if curve.shape is Shape.BARS else data.holds[inside]
    if not float(weight.sum()) > 0:
        weight = np.ones(len(mean))
    return Span(
        low=float(np.min(data.low[inside])),
        mean=float(np.average(mean, weights=weight)),
        high=float(np.max(data.high[inside])),
        total=float(mean.sum()) if curve.shape is Shape.BARS else None,
    )


def extremes(curve: Curve, start: float, end: float) -> tuple[float, float] | None:
    """The lowest and the highest of a curve between two times."""
    data = curve.data
    middle = (data.t + data.ends) / 2 if curve.shape is Shape.BARS else data.t
    inside = slice(int(np.searchsorted(middle, start)), int(np.searchsorted(middle, end, side="right")))
    if not len(middle[inside]):
        return None
    low, high = float(np.fmin.reduce(data.low[inside])), float(np.fmax.reduce(data.high[inside]))
    return None if np.isnan(low) or np.isnan(high) else (low, high)


def heights(curves: Sequence[Curve], start: float, end: float) -> tuple[float, float]:
    """The vertical range that shows these curves whole, with some air, and zero where the unit has one."""
    found = [ends for curve in curves if (ends := extremes(curve, start, end)) is not None]
    if not found:
        return 0.0, 1.0
    low, high = min(low for low, _ in found), max(high for _, high in found)
    if curves[0].unit in FROM_ZERO:
        low, high = min(low, 0.0), max(high, 0.0)
    air = 0.08 * (high - low) or max(abs(high) * 0.05, 0.5)
    stands_on_zero = curves[0].unit in FROM_ZERO and low == 0.0
    return low - (air / 4 if stands_on_zero else air), high + air


def _nearest(t: Floats, at: float) -> int:
    row = min(int(np.searchsorted(t, at)), len(t) - 1)
    return row - 1 if row > 0 and at - float(t[row - 1]) < float(t[row]) - at else row


def _site_role(key: PointKey) -> str | None:
    if key.device != "site":
        return None
    if key.point.startswith("grid.") and key.point.endswith("export"):
        return "grid_export"
    return SITE_ROLES.get(key.point.partition(".")[0])
