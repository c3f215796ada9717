"""The site's state by role name, in inner units: the words that profiles speak (docs/profiles.md)."""

from __future__ import annotations

import math

from drivers.sim.house import ZERO, Phases, add, spread
from drivers.sim.site import Counter, SiteModel

RESTING_W = 20.0  # below it a battery neither charges nor discharges
MODULE_WH = 5_120.0  # of one battery module
MOST_MODULES = 8  # an empty place shows 0
BUS_V = 650.0  # of a three-phase inverter's direct current bus

Quantity = float | str
Quantities = dict[str, Quantity]

COUNTED = {
    "solar.energy": ("solar",),
    "grid.energy.import": ("grid.import",),
    "grid.energy.export": ("grid.export",),
    "battery.energy.charged": ("battery.charged",),
    "battery.energy.discharged": ("battery.discharged",),
    "house.energy": ("house", "vehicle"),
}
"""Role -> the model's counters that an inverter counts as one."""

METERED = ("grid", "solar", "house", "charger", "water_heater", "workshop")
"""What a meter of the site may measure; the last two are circuits of the house."""


def quantities(site: SiteModel) -> Quantities:
    """Return every role by name, as the site's own devices know it: the inverter, the first charging station.

    ``battery.cell.voltage`` is no role: by it a battery of another kind shows the same state of charge.
    ``house.power`` is all that is drawn behind the grid meter, the vehicles too, since that is what an inverter sees;
    a meter of the house alone is ``measure(site, "house")``.
    """
    found: Quantities = {}
    for what in ("grid", "solar"):
        found |= {f"{what}.{name}": value for name, value in measure(site, what).items()}
    found |= _solar(site) | _battery(site) | _inverter(site) | charging(site, next(iter(site.vehicles)))
    grid = measure(site, "grid")
    for name in ("l1", "l2", "l3"):  # an inverter's own transformer knows the direction
        found[f"grid.current.{name}"] = math.copysign(grid[f"current.{name}"], grid[f"power.{name}"])
    found |= _counted(site)
    drawn = add(site.powers.house, site.powers.vehicle)
    found |= {"house.power": math.fsum(drawn)} | {f"house.power.l{n}": power for n, power in enumerate(drawn, 1)}
    return found


def _counted(site: SiteModel) -> Quantities:
    """What the inverter has counted, for ever and since the day, the month and the year began."""
    count = site.counters
    found: Quantities = {}
    for role, names in COUNTED.items():
        counters = [count[name] for name in names]
        found[role] = math.fsum(counter.total for counter in counters)
        found[f"{role}.today"] = math.fsum(counter.today for counter in counters)
        found[f"{role}.month"] = math.fsum(counter.month for counter in counters)
        found[f"{role}.year"] = math.fsum(counter.year for counter in counters)
    return found


def known_to(site: SiteModel, measures: str, *, battery: bool = True, charger: str = "") -> Quantities:
    """Return what one device of the site knows: all roles, and those of a meter as it measures ``measures``.

    Without ``battery`` its inverter is one that only makes solar power. ``charger`` is the charging station that it is.
    """
    known = quantities(site)
    if charger in site.vehicles:
        known |= charging(site, charger)
    if not battery:
        known |= _solar_inverter(site)
    if measures in METERED:
        known |= {f"meter.{name}": value for name, value in measure(site, measures).items()}
    return known


def measure(site: SiteModel, what: str) -> dict[str, float]:
    """Return what a three-phase meter shows that measures ``what``; names as after ``meter.``."""
    now, count = site.powers, site.counters
    if what == "grid":
        voltage = ZERO if now.backup else now.voltage
        frequency = 0.0 if now.backup else now.frequency
        taken, given = count["grid.import"], count["grid.export"]
        return _meter(now.grid, now.grid_reactive, voltage, frequency, taken=taken, given=given)
    if what == "solar":
        each = spread(now.solar, site.setup.phases)
        return _meter(each, ZERO, now.voltage, now.frequency, taken=count["solar"])
    if what == "charger":
        return _meter(now.vehicle, ZERO, now.voltage, now.frequency, taken=count["vehicle"])
    if what == "house":
        return _meter(now.house, now.house_reactive, now.voltage, now.frequency, taken=count["house"])
    load = now.loads[what]
    return _meter(load.power, load.reactive, now.voltage, now.frequency, taken=count[what])


def _meter(
    power: Phases, reactive: Phases, voltage: Phases, frequency: float, *, taken: Counter, given: Counter | None = None
) -> dict[str, float]:
    total, total_reactive = math.fsum(power), math.fsum(reactive)
    apparent = math.hypot(total, total_reactive)
    shown = {
        "power": total,
        "frequency": frequency,
        "reactive": total_reactive,
        "apparent": apparent,
        "power_factor": total / apparent if apparent else 1.0,
        "energy.import": taken.total,
        "energy.export": given.total if given else 0.0,
    }
    for phase, name in enumerate(("l1", "l2", "l3")):
        through = math.hypot(power[phase], reactive[phase])
        shown[f"power.{name}"] = power[phase]
        shown[f"voltage.{name}"] = voltage[phase]
        shown[f"current.{name}"] = through / voltage[phase] if voltage[phase] else 0.0
    for one, two in ((0, 1), (1, 2), (2, 0)):
        shown[f"voltage.l{one + 1}{two + 1}"] = _between(voltage[one], voltage[two])
    return shown


def _between(one: float, two: float) -> float:
    """Voltage between two phases that lie 120° apart; nothing where there is but one phase."""
    if not one or not two:
        return 0.0
    return math.sqrt(one * one + two * two + one * two)


def _solar(site: SiteModel) -> Quantities:
    found: Quantities = {}
    for number, string in enumerate(site.powers.strings, 1):
        found[f"solar.power.{number}"] = string.power
        found[f"solar.voltage.{number}"] = string.voltage
        found[f"solar.current.{number}"] = string.current
    return found


def _battery(site: SiteModel) -> Quantities:
    battery = site.battery
    resting = abs(site.powers.battery) < RESTING_W
    found: Quantities = {
        "battery.power": site.powers.battery,
        "battery.current": battery.current,
        "battery.voltage": battery.voltage,
        "battery.cell.voltage": battery.voltage / battery.kind.cells,
        "battery.soc": 100.0 * battery.share,
        "battery.soh": 97.0,
        "battery.limit.charge.share": 100.0 * battery.charge_share,
        "battery.limit.discharge.share": 100.0 * battery.discharge_share,
        "battery.temperature": battery.temperature,
        "battery.state": "resting" if resting else "charging" if site.powers.battery < 0.0 else "discharging",
    }
    modules = round(battery.kind.capacity / MODULE_WH)
    for number in range(1, MOST_MODULES + 1):
        found[f"battery.soc.{number}"] = 100.0 * battery.share if number <= modules else 0.0
    return found


def _inverter(site: SiteModel) -> Quantities:
    now = site.powers
    alive = now.voltage[0] > 0.0
    given = now.inverter if now.backup else ZERO
    volts_given = now.voltage  # while there is a grid, its bypass feeds this output
    found: Quantities = {
        "inverter.power": now.ac,
        "inverter.frequency": now.frequency,
        "inverter.temperature": site.inverter_temperature,
        "inverter.rated": site.setup.inverter.rated,
        "inverter.state": ("backup" if now.backup else "on_grid") if alive else "off",
        "inverter.bus.voltage": BUS_V if alive else 0.0,
        "backup.power": math.fsum(given),
        "backup.voltage": volts_given[0],
    }
    for phase, name in enumerate(("l1", "l2", "l3")):
        found[f"inverter.power.{name}"] = now.inverter[phase]
        found[f"inverter.voltage.{name}"] = now.voltage[phase]
        volts = now.voltage[phase]
        found[f"inverter.current.{name}"] = abs(now.inverter[phase]) / volts if volts else 0.0
        found[f"backup.power.{name}"] = given[phase]
        found[f"backup.voltage.{name}"] = volts_given[phase]
        found[f"backup.current.{name}"] = given[phase] / volts_given[phase] if volts_given[phase] else 0.0
    return found


def _solar_inverter(site: SiteModel) -> Quantities:
    now, kind = site.powers, site.setup.inverter
    power = max(0.0, now.solar * (1.0 - kind.loss) - kind.standby)
    found: Quantities = {"inverter.power": power}
    if not power:
        found["inverter.state"] = "off"
    each = spread(power, site.setup.phases)
    for phase, name in enumerate(("l1", "l2", "l3")):
        volts = now.voltage[phase]
        found[f"inverter.power.{name}"] = each[phase]
        found[f"inverter.current.{name}"] = each[phase] / volts if volts else 0.0
    return found


def charging(site: SiteModel, name: str) -> Quantities:
    """Return what one charging station knows. Its own phases are turned so that its first is the one it charges on."""
    vehicle, counter, now = site.vehicles[name], site.delivered[name], site.powers
    volts = now.voltage[vehicle.phase :] + now.voltage[: vehicle.phase] if site.setup.phases == 3 else now.voltage
    meter = _meter((now.vehicles.get(name, 0.0), 0.0, 0.0), ZERO, _three(volts), now.frequency, taken=counter)
    return {f"charger.{name}": value for name, value in meter.items()} | {
        "charger.energy": counter.total,
        "charger.counter": counter.total,
        "charger.session.energy": vehicle.session_energy,
        "charger.session.time": vehicle.session_time,
        "charger.session.number": float(vehicle.session_number),
        "charger.state": vehicle.state,
        "charger.limit": vehicle.limit,
    }


def _three(values: tuple[float, ...]) -> Phases:
    one, two, three = values
    return one, two, three
