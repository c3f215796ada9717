"""How the dots of the synoptic move: pure, no Qt.

Speed follows power on an absolute logarithmic law, from 30 W to the site's maximum, each line by itself. A line
appears above a threshold and disappears only well below it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from core.balance import Flows
from gui.widgets.flow_geometry import HOUSE, UNEXPLAINED, VEHICLE, Pair

FRAMES_PER_S: Final = 15
FLOOR_W: Final = 30.0
SLOW, FAST = 14.0, 130.0  # pixels a second at the reference size
SPACING: Final = 38.0  # pixels between dots at the reference size
ON_W, OFF_W = 30.0, 18.0

DRAWN: Final[tuple[Pair, ...]] = (
    ("solar", "battery"),
    ("grid", "house"),
    ("solar", "grid"),
    ("solar", "house"),
    ("grid", "battery"),
    ("battery", "house"),
    (HOUSE, VEHICLE),
    (UNEXPLAINED, HOUSE),
)


def speed(power_w: float, maximum_w: float) -> float:
    """Pixels a second for a power: slowest at 30 W and below, fastest at the site's maximum."""
    top = max(maximum_w, 2 * FLOOR_W)
    part = math.log(max(abs(power_w), FLOOR_W) / FLOOR_W) / math.log(top / FLOOR_W)
    return SLOW + (FAST - SLOW) * min(1.0, part)


@dataclass(slots=True)
class Gate:
    """Whether a line shows, and its direction (-1, 0, 1), with hysteresis."""

    on_w: float = ON_W
    off_w: float = OFF_W
    way: int = 0

    def pass_(self, power_w: float) -> int:
        """Take the newest power; return the direction."""
        if abs(power_w) >= self.on_w:
            self.way = 1 if power_w > 0 else -1
        elif power_w * self.way < self.off_w:
            self.way = 0
        return self.way


def unexplained_shown(flows: Flows) -> bool:
    """Whether what the balance cannot account for is worth its own line: above 100 W, or 10 % of the largest
    power (but not below 30 W, where nothing is drawn).
    """
    if flows.unexplained is None:
        return False
    largest = max(abs(node.power or 0.0) for node in (flows.solar, flows.grid, flows.battery, flows.house))
    return abs(flows.unexplained) >= min(100.0, max(FLOOR_W, 0.1 * largest))


def lane_powers(flows: Flows) -> dict[Pair, float]:
    """Power of each drawn lane, W, positive in the lane's own direction. A vehicle hangs behind the house."""
    powers: dict[Pair, float] = dict.fromkeys(DRAWN, 0.0)
    for flow in flows.flows:
        legs: Iterable[Pair] = ((flow.origin, flow.target),)
        if VEHICLE in (flow.origin, flow.target) and HOUSE not in (flow.origin, flow.target):
            legs = ((flow.origin, HOUSE), (HOUSE, flow.target))
            if flow.origin == VEHICLE:
                legs = ((VEHICLE, HOUSE), (HOUSE, flow.target))
        for origin, target in legs:
            if (origin, target) in powers:
                powers[origin, target] += flow.power
            elif (target, origin) in powers:
                powers[target, origin] -= flow.power
    if unexplained_shown(flows):
        powers[UNEXPLAINED, HOUSE] = flows.unexplained or 0.0
    return powers


@dataclass(slots=True)
class Animation:
    """Phases of all lines. ``maximum_w`` is the most the site can exchange."""

    maximum_w: float = 12_000.0
    scale: float = 1.0
    ways: dict[Pair, int] = field(default_factory=dict[Pair, int])
    powers: dict[Pair, float] = field(default_factory=dict[Pair, float])
    frozen: frozenset[Pair] = frozenset()
    _gates: dict[Pair, Gate] = field(default_factory=dict[Pair, Gate])
    _phases: dict[Pair, float] = field(default_factory=dict[Pair, float])

    def take(self, powers: Mapping[Pair, float], frozen: Iterable[Pair] = ()) -> None:
        """Take new powers; ``frozen`` lines keep what they show and stand still."""
        self.frozen = frozenset(frozen)
        for pair, power in powers.items():
            self.powers[pair] = power
            self.ways[pair] = self._gates.setdefault(pair, Gate()).pass_(power)

    @property
    def shown(self) -> list[Pair]:
        """Lines that carry power."""
        return [pair for pair, way in self.ways.items() if way]

    @property
    def moving(self) -> bool:
        """Whether a further frame would differ."""
        return any(pair not in self.frozen for pair in self.shown)

    def advance(self, seconds: float) -> None:
        """Move on. A pause longer than half a second (hidden, asleep) does not make dots jump."""
        for pair in self.shown:
            if pair not in self.frozen:
                step = speed(self.powers[pair], self.maximum_w) * self.scale * min(seconds, 0.5)
                phase = self._phases.get(pair, 0.0) + self.ways[pair] * step
                self._phases[pair] = phase % (SPACING * self.scale)

    def dots(self, pair: Pair, length: float) -> list[float]:
        """Distances of the dots along a line of this length."""
        spacing = SPACING * self.scale
        first = self._phases.get(pair, 0.35 * spacing) % spacing
        return [first + spacing * row for row in range(int((length - first) // spacing) + 1)]
