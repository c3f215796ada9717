"""Where the synoptic's nodes and lines lie: pure functions of the size, no Qt.

Solar on top, grid left, house right, battery below, vehicle right below the house: the same thing is always in
the same place. Each pair of nodes has its own lane, so that two lines never share their way; only grid to house
and solar to battery cross, in the middle.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

SOLAR: Final = "solar"
GRID: Final = "grid"
BATTERY: Final = "battery"
HOUSE: Final = "house"
VEHICLE: Final = "vehicle"
UNEXPLAINED: Final = "unexplained"
NODES: Final = (SOLAR, GRID, BATTERY, HOUSE, VEHICLE, UNEXPLAINED)

UNIT: Final = 52.0  # radius of a node at the reference size
COMPACT: Final = 450.0  # below this height labels lose a line and the rows move together

Place = tuple[float, float]
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Spot:
    """A node's circle."""

    x: float
    y: float
    radius: float

    def holds(self, x: float, y: float) -> bool:
        """Whether a place lies inside."""
        return math.hypot(x - self.x, y - self.y) <= self.radius


class Lane:
    """A line from one node to another as short straight pieces."""

    def __init__(self, places: Collection[Place]) -> None:
        self.places: tuple[Place, ...] = tuple(places)
        self._starts: list[float] = [0.0]
        for (x0, y0), (x1, y1) in zip(self.places, self.places[1:], strict=False):
            self._starts.append(self._starts[-1] + math.hypot(x1 - x0, y1 - y0))

    @property
    def length(self) -> float:
        """How long it is."""
        return self._starts[-1]

    def at(self, distance: float) -> tuple[float, float, float]:
        """Place and heading (radians) after ``distance``."""
        row = max(0, min(bisect_right(self._starts, distance) - 1, len(self.places) - 2))
        (x0, y0), (x1, y1) = self.places[row], self.places[row + 1]
        piece = self._starts[row + 1] - self._starts[row]
        part = (distance - self._starts[row]) / piece if piece else 0.0
        return x0 + (x1 - x0) * part, y0 + (y1 - y0) * part, math.atan2(y1 - y0, x1 - x0)

    def boxes(self, margin: float) -> list[tuple[float, float, float, float]]:
        """Left, top, right and bottom of a few boxes that hold all of it: its straight ends, and the bend between."""
        first, last = self.places[:2], self.places[-2:]
        parts = [self.places] if len(self.places) < 4 else [first, self.places[1:-1], last]
        return [
            (min(xs) - margin, min(ys) - margin, max(xs) + margin, max(ys) + margin)
            for xs, ys in (zip(*part, strict=True) for part in parts)
        ]

    def distance_to(self, x: float, y: float) -> float:
        """How far a place lies from the line."""
        return min(
            (_to_piece(x, y, a, b) for a, b in zip(self.places, self.places[1:], strict=False)),
            default=math.inf,
        )


@dataclass(frozen=True, slots=True)
class Geometry:
    """Everything that depends on the size only. ``scale`` is 1 at the reference size."""

    width: float
    height: float
    scale: float
    compact: bool
    centre: Place
    spots: Mapping[str, Spot]
    lanes: Mapping[Pair, Lane]
    stubs: Mapping[str, Lane]  # from a node to the middle: what a node at rest or cut off hangs on

    def node_at(self, x: float, y: float) -> str | None:
        """The node under a place."""
        return next((name for name, spot in self.spots.items() if spot.holds(x, y)), None)

    def lane_at(self, x: float, y: float, pairs: Collection[Pair], reach: float = 10.0) -> Pair | None:
        """The nearest of these lanes, within reach."""
        near = {pair: self.lanes[pair].distance_to(x, y) for pair in pairs if pair in self.lanes}
        best = min(near, key=lambda pair: near[pair], default=None)
        return best if best is not None and near[best] <= reach else None


def arrange(width: float, height: float, present: Collection[str]) -> Geometry:
    """Lay out the nodes that the site has into this size."""
    compact = height < COMPACT
    top, below, gap = (16.0, 52.0, 0.9) if compact else (32.0, 76.0 if height < 650 else 86.0, 1.2)
    upper, lower = SOLAR in present, bool({BATTERY, VEHICLE} & set(present))
    rows = 1 + upper + lower
    # rows of 2 radii, gaps of `gap` radii between them, room for the labels below the last
    by_height = (height - top - below) / (2 * rows + gap * (rows - 1))
    radius = max(30.0, min(by_height, width / 13.5, 76.0))
    free = height - top - below - radius * (2 * rows + gap * (rows - 1))
    first = top + max(0.0, free) / 2 + radius
    step = (2 + gap) * radius
    middle = first + step * upper
    half = min(0.315 * width, 5.4 * radius)
    centre = (width / 2, middle)
    spots = {
        SOLAR: Spot(centre[0], middle - step, radius),
        GRID: Spot(centre[0] - half, middle, radius),
        HOUSE: Spot(centre[0] + half, middle, radius),
        BATTERY: Spot(centre[0], middle + step, radius),
        VEHICLE: Spot(centre[0] + half, middle + step, radius),
        UNEXPLAINED: Spot(centre[0] + half + 1.8 * radius, middle + (1.2 if compact else 1.45) * radius, 0.6 * radius),
    }
    lanes, stubs = _lanes(centre, spots, max(7.0, 9 * radius / UNIT), radius)
    if not {SOLAR, GRID, BATTERY} & set(present):
        del stubs[HOUSE]  # it would lead nowhere
    return Geometry(
        width,
        height,
        radius / UNIT,
        compact,
        centre,
        {name: spot for name, spot in spots.items() if name in present},
        {pair: lane for pair, lane in lanes.items() if set(pair) <= set(present)},
        {name: lane for name, lane in stubs.items() if name in present},
    )


def _lanes(
    centre: Place, spots: Mapping[str, Spot], aside: float, bend: float
) -> tuple[dict[Pair, Lane], dict[str, Lane]]:
    """All lanes, each in its usual direction; ``aside`` is the distance between neighbours."""
    x, y = centre
    gap = 3.0
    edge = bend + gap
    beside = math.sqrt(bend * bend - aside * aside) + gap  # the circle's edge, a lane aside of its middle
    left, right = spots[GRID].x, spots[HOUSE].x
    top, bottom = spots[SOLAR].y, spots[BATTERY].y
    vehicle, unknown = spots[VEHICLE], spots[UNEXPLAINED]
    lanes = {
        (SOLAR, BATTERY): Lane([(x, top + edge), (x, bottom - edge)]),
        (GRID, HOUSE): Lane([(left + edge, y), (right - edge, y)]),
        (SOLAR, GRID): _corner((x - aside, top + beside), (x - aside, y - aside), (left + beside, y - aside), bend),
        (SOLAR, HOUSE): _corner((x + aside, top + beside), (x + aside, y - aside), (right - beside, y - aside), bend),
        (GRID, BATTERY): _corner(
            (left + beside, y + aside), (x - aside, y + aside), (x - aside, bottom - beside), bend
        ),
        (BATTERY, HOUSE): _corner(
            (x + aside, bottom - beside), (x + aside, y + aside), (right - beside, y + aside), bend
        ),
        (HOUSE, VEHICLE): Lane([(right, y + edge), (right, vehicle.y - edge)]),
        (UNEXPLAINED, HOUSE): _corner(
            (unknown.x, unknown.y - unknown.radius - gap), (unknown.x, y), (right + edge, y), 0.7 * bend
        ),
    }
    stubs = {
        SOLAR: Lane([(x, top + edge), (x, y)]),
        GRID: Lane([(left + edge, y), (x, y)]),
        HOUSE: Lane([(right - edge, y), (x, y)]),
        BATTERY: Lane([(x, bottom - edge), (x, y)]),
        VEHICLE: Lane([(right, vehicle.y - edge), (right, y + edge)]),
    }
    return lanes, stubs


def _corner(start: Place, corner: Place, end: Place, bend: float, pieces: int = 14) -> Lane:
    """Straight, a quarter of a circle, straight."""

    def toward(place: Place) -> tuple[float, float, float]:
        length = math.hypot(place[0] - corner[0], place[1] - corner[1])
        return (place[0] - corner[0]) / length, (place[1] - corner[1]) / length, length

    ax, ay, before = toward(start)
    bx, by, after = toward(end)
    radius = min(bend, before, after)
    middle = corner[0] + radius * (ax + bx), corner[1] + radius * (ay + by)
    curve = [
        (
            middle[0] - radius * (bx * math.cos(turn) + ax * math.sin(turn)),
            middle[1] - radius * (by * math.cos(turn) + ay * math.sin(turn)),
        )
        for turn in (math.pi / 2 * row / pieces for row in range(pieces + 1))
    ]
    return Lane([start, *curve, end])


def _to_piece(x: float, y: float, start: Place, end: Place) -> float:
    dx, dy = end[0] - start[0], end[1] - start[1]
    square = dx * dx + dy * dy
    part = max(0.0, min(1.0, ((x - start[0]) * dx + (y - start[1]) * dy) / square)) if square else 0.0
    return math.hypot(x - start[0] - part * dx, y - start[1] - part * dy)
