"""The hybrid inverter's rule: use the sun on site, keep the grid at zero, carry the house when the grid is gone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from drivers.sim.noise import clamp


@dataclass(frozen=True, slots=True)
class InverterType:
    """What does not change, in W; ``loss`` is the share of the direct current power that becomes heat."""

    rated: float = 10_000.0
    backup_limit: float = 8_000.0
    standby: float = 12.0
    loss: float = 0.012


class Dispatch(NamedTuple):
    """Who gives what, W: ``ac`` towards the house; ``solar`` may be less than the sun offers; ``served`` 0 to 1."""

    solar: float
    battery: float
    ac: float
    losses: float
    served: float = 1.0


def on_grid(
    kind: InverterType, sun: float, load: float, charge_limit: float, discharge_limit: float, *, grid_aim: float = 0.0
) -> Dispatch:
    """Return the powers that bring the grid as near to ``grid_aim`` as the battery allows; never charges from it."""
    wanted = clamp((load - grid_aim + kind.standby) / (1.0 - kind.loss), 0.0, kind.rated)
    solar = min(sun, kind.rated + charge_limit)
    battery = clamp(wanted - solar, -min(charge_limit, solar), discharge_limit)
    solar = min(solar, kind.rated - battery)
    through = solar + battery
    losses = kind.standby + kind.loss * through
    return Dispatch(solar, battery, through - losses, losses)


def on_backup(kind: InverterType, sun: float, load: float, charge_limit: float, discharge_limit: float) -> Dispatch:
    """Return the powers of an island: the load that can be carried is served, what the sun gives too much is left."""
    carried = min(load, kind.backup_limit)
    needed = (carried + kind.standby) / (1.0 - kind.loss)
    battery = clamp(needed - sun, -min(charge_limit, sun), discharge_limit)
    through = sun + battery
    if through < needed:  # not enough: shed load
        carried = through * (1.0 - kind.loss) - kind.standby
        if carried <= 0.0:
            return Dispatch(0.0, 0.0, 0.0, 0.0, 0.0)
        return Dispatch(sun, battery, carried, through - carried, carried / load)
    solar = min(sun, needed - battery)
    return Dispatch(solar, battery, carried, solar + battery - carried, carried / load if load else 1.0)
