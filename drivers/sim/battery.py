"""A lithium iron phosphate battery: state of charge, limits, inner resistance, warmth."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

from drivers.sim.noise import clamp

_CURVE = (
    (0.0, 2.90),
    (0.05, 3.12),
    (0.10, 3.20),
    (0.30, 3.275),
    (0.60, 3.305),
    (0.90, 3.34),
    (0.97, 3.38),
    (1.0, 3.45),
)


@dataclass(frozen=True, slots=True)
class BatteryType:
    """What does not change: Wh, W, cells in series; shares of the capacity, 0 to 1."""

    capacity: float = 10_240.0
    charge_limit: float = 5_000.0
    discharge_limit: float = 5_000.0
    cells: int = 64
    reserve: float = 0.12  # kept while the grid is there
    backup_reserve: float = 0.05
    loss_at_limit: float = 0.02  # share of the power lost in the cells at 5 kW


class Battery:
    """State of one battery; powers at its terminals, W, discharge positive."""

    def __init__(self, kind: BatteryType, share: float, temperature: float = 21.0) -> None:
        self.kind = kind
        self.stored = share * kind.capacity
        self.temperature = temperature
        self.power = 0.0
        self.charge_share = self.discharge_share = 1.0  # of the limits, as the inverter has been set; 0 to 1

    @property
    def share(self) -> float:
        """State of charge, 0 to 1."""
        return self.stored / self.kind.capacity

    @property
    def rest_voltage(self) -> float:
        """Voltage without current."""
        share = self.share
        for (low, before), (high, after) in pairwise(_CURVE):
            if share <= high:
                return self.kind.cells * (before + (after - before) * (share - low) / (high - low))
        return self.kind.cells * _CURVE[-1][1]

    @property
    def resistance(self) -> float:
        """Inner resistance in Ω."""
        nominal = 3.2 * self.kind.cells
        return self.kind.loss_at_limit * nominal * nominal / 5_000.0

    @property
    def voltage(self) -> float:
        """Voltage at the terminals under the present power."""
        rest = self.rest_voltage
        return (rest + math.sqrt(rest * rest - 4.0 * self.resistance * self.power)) / 2.0

    @property
    def current(self) -> float:
        """Current in A, discharge positive."""
        return self.power / self.voltage

    def limits(self, *, backup: bool) -> tuple[float, float]:
        """Return the power that may go in and come out now; both taper near their end."""
        reserve = self.kind.backup_reserve if backup else self.kind.reserve
        room = clamp((1.0 - self.share) / 0.08, 0.0, 1.0)
        left = clamp((self.share - reserve) / 0.02, 0.0, 1.0)
        return (
            self.kind.charge_limit * self.charge_share * room,
            self.kind.discharge_limit * self.discharge_share * left,
        )

    def advance(self, seconds: float, ambient: float) -> None:
        """Let the present power flow for that long; the cells lose what their resistance takes."""
        current = self.current
        self.stored = clamp(self.stored - current * self.rest_voltage * seconds / 3600.0, 0.0, self.kind.capacity)
        heat = current * current * self.resistance
        target = 14.0 + 0.35 * ambient + heat * 0.06  # it stands indoors
        self.temperature += (target - self.temperature) * (1.0 - math.exp(-seconds / 7200.0))
