"""One coherent physical model of a site: sun, house, battery, inverter, grid and vehicles that always balance.

Pure and driven: ``advance(now)`` moves it on, and nothing here looks at a wall clock. Powers are held between two
steps, so counters are exact integrals of what was shown. Signs: power towards the house is positive.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from drivers.sim.battery import Battery, BatteryType
from drivers.sim.house import ZERO, Load, Phases, add, loads, scale, spread
from drivers.sim.inverter import Dispatch, InverterType, on_backup, on_grid
from drivers.sim.noise import clamp, dice, smooth, swing
from drivers.sim.sun import DAY_S, PvOutput, PvString, produce, sky
from drivers.sim.vehicle import MOST_A, Vehicle, shared

STEP_S = 10.0
WARM_UP_STEP_S = 60.0
NOMINAL_V = 230.0
_SOUTH, _SOUTH_WEST = PvString(azimuth=176.0), PvString(azimuth=205.0)

INSTALLED = 1_710_457_200.0  # 2024-03-15
# What an average day since then has counted, Wh; it balances, as a real site's does. Each further car comes on top,
# fed by the grid.
_A_DAY = {
    "solar": 26_900.0,
    "grid.import": 7_800.0,
    "grid.export": 11_400.0,
    "battery.charged": 6_300.0,
    "battery.discharged": 5_900.0,
    "house": 18_450.0,
    "vehicle": 3_900.0,
    "losses": 550.0,
    "water_heater": 2_900.0,
    "workshop": 3_200.0,
}


@dataclass(frozen=True, slots=True)
class SiteSetup:
    """What the site is made of; ``grid_ohms`` is the line's resistance, which bends the voltage under load.

    ``chargers`` are the charging stations by name, each with its own cars; they leave to the house what it draws of
    ``contract_power`` (VA). Daily counters begin anew at the midnights of a clock that the model is ``day_shift``
    seconds ahead of.
    """

    seed: int = 7
    phases: int = 3
    zone: str = "Europe/Paris"
    latitude: float = 46.5
    longitude: float = 4.8
    strings: tuple[PvString, ...] = (_SOUTH, _SOUTH_WEST)
    battery: BatteryType = field(default_factory=BatteryType)
    inverter: InverterType = field(default_factory=InverterType)
    grid_ohms: float = 0.22
    day_shift: float = 0.0
    chargers: tuple[str, ...] = ("charger",)
    contract_power: float = 18_000.0


@dataclass(slots=True)
class Counter:
    """An energy in Wh, for ever and since the local midnight at which the day, the month and the year began."""

    total: float
    today: float = 0.0
    month: float = 0.0
    year: float = 0.0

    def add(self, energy: float) -> None:
        """Count ``energy`` in all of them."""
        self.total += energy
        self.today += energy
        self.month += energy
        self.year += energy

    def turn(self, day: date) -> None:
        """Begin ``day``, and with it perhaps a month and a year."""
        self.today = 0.0
        if day.day == 1:
            self.month = 0.0
        if day.timetuple().tm_yday == 1:
            self.year = 0.0


@dataclass(frozen=True, slots=True)
class Powers:
    """Every power of one moment, W and var. ``house`` leaves the vehicles out; ``loads`` says what it is made of.

    ``vehicle`` is the sum of the ``vehicles``, which are known by the name of their charging station.
    """

    strings: tuple[PvOutput, ...] = ()
    solar: float = 0.0
    battery: float = 0.0
    ac: float = 0.0
    losses: float = 0.0
    house: Phases = ZERO
    house_reactive: Phases = ZERO
    vehicle: Phases = ZERO
    grid: Phases = ZERO
    grid_reactive: Phases = ZERO
    inverter: Phases = ZERO
    voltage: Phases = (230.0, 230.0, 230.0)
    frequency: float = 50.0
    backup: bool = False
    loads: Mapping[str, Load] = field(default_factory=dict[str, Load])
    vehicles: Mapping[str, float] = field(default_factory=dict[str, float])

    @property
    def imbalance(self) -> float:
        """What comes in less what goes out, W: zero, but for rounding."""
        supplied = math.fsum((self.solar, self.battery, *self.grid))
        return supplied - math.fsum((*self.house, *self.vehicle, self.losses))


class SiteModel:
    """The site at ``now`` (Unix seconds). ``outage`` cuts the grid from the next step on."""

    def __init__(self, start: float, setup: SiteSetup | None = None) -> None:
        self.setup = setup or SiteSetup()
        self._zone = ZoneInfo(self.setup.zone)
        seed = self.setup.seed
        self.outage = False
        self._cut = False  # the same, as this step sees it: another thread may change its mind meanwhile
        chargers = self.setup.chargers
        self.vehicles: Mapping[str, Vehicle] = {
            name: Vehicle(seed, self.setup.zone, number, self.setup.phases) for number, name in enumerate(chargers)
        }
        self.battery = Battery(self.setup.battery, 0.35 + 0.2 * dice(seed, 51, int(start // DAY_S)))
        days = max(30.0, (start - INSTALLED) / DAY_S)
        a_day = dict(_A_DAY, vehicle=_A_DAY["vehicle"] * len(chargers))
        a_day["grid.import"] += a_day["vehicle"] - _A_DAY["vehicle"]
        self.inverter_temperature = 25.0
        self.ambient = 12.0
        midnight = self._midnight(start, 0)
        self.now = self._midnight(start, -1)
        self.counters = {name: self._counted(energy, days) for name, energy in a_day.items()}
        self.delivered = {name: self._counted(_A_DAY["vehicle"], days) for name in chargers}
        self.powers = Powers()
        self._midnight_next = midnight
        self.powers = self._settle()
        self._run(midnight, WARM_UP_STEP_S)
        self._run(start, STEP_S)

    def advance(self, now: float, step_s: float = STEP_S) -> None:
        """Move on to ``now`` in steps of at most ``step_s``; nothing happens when that is not later."""
        self._run(now, step_s)

    @property
    def vehicle(self) -> Vehicle:
        """The first vehicle, on a site that has but one."""
        return next(iter(self.vehicles.values()))

    def local(self) -> datetime:
        """The model's time on the wall clock of the site."""
        return datetime.fromtimestamp(self.now, self._zone)

    def clock(self) -> datetime:
        """What a clock on the site's wall shows, by which days, months and years begin."""
        return datetime.fromtimestamp(self.now - self.setup.day_shift, self._zone)

    def _counted(self, a_day: float, days: float) -> Counter:
        """A counter as average days have left it."""
        begun = self.clock()
        of_month, of_year = begun.day - 1, begun.timetuple().tm_yday - 1
        return Counter(a_day * days, month=a_day * min(days, of_month), year=a_day * min(days, of_year))

    def _midnight(self, at: float, days: int) -> float:
        shift = self.setup.day_shift
        local = datetime.fromtimestamp(at - shift, self._zone)
        day = local.replace(hour=0, minute=0, second=0, microsecond=0, fold=0) + timedelta(days=days)
        return day.timestamp() + shift

    def _run(self, until: float, step: float) -> None:
        while self.now < until:
            end = min(until, self.now + step, self._midnight_next)
            self._hold(end - self.now)
            self.now = end
            if self.now >= self._midnight_next:
                for counter in (*self.counters.values(), *self.delivered.values()):
                    counter.turn(self.clock().date())
                self._midnight_next = self._midnight(self.now, 1)
            self.powers = self._settle()

    def _hold(self, seconds: float) -> None:
        """Let the present powers flow for that long."""
        powers, hours = self.powers, seconds / 3600.0
        grid, vehicle = math.fsum(powers.grid), math.fsum(powers.vehicle)
        for name, power in (
            ("solar", powers.solar),
            ("grid.import", max(0.0, grid)),
            ("grid.export", max(0.0, -grid)),
            ("battery.charged", max(0.0, -powers.battery)),
            ("battery.discharged", max(0.0, powers.battery)),
            ("house", math.fsum(powers.house)),
            ("vehicle", vehicle),
            ("losses", powers.losses),
            *((name, math.fsum(load.power)) for name, load in powers.loads.items() if name in self.counters),
        ):
            self.counters[name].add(power * hours)
        self.battery.power = powers.battery
        self.battery.advance(seconds, self.ambient)
        for name, power in powers.vehicles.items():
            self.delivered[name].add(power * hours)
            self.vehicles[name].advance(seconds, power)
        target = 22.0 + 0.2 * self.ambient + 32.0 * abs(powers.ac) / self.setup.inverter.rated
        self.inverter_temperature += (target - self.inverter_temperature) * (1.0 - math.exp(-seconds / 900.0))

    def _settle(self) -> Powers:
        """Find the powers of this moment from sun, loads, battery and grid."""
        self._cut = self.outage
        setup, at, local = self.setup, self.now, self.local()
        light = sky(setup.seed, at, setup.latitude, setup.longitude)
        self.ambient = light.ambient
        strings = tuple(produce(string, light) for string in setup.strings)
        sun = math.fsum(string.power for string in strings)
        house = {load.name: load for load in loads(setup.seed, at, local, setup.phases)}
        wanted = add(*(load.power for load in house.values()))
        surplus = sun - math.fsum(wanted)
        vehicles = self._charge(at, local, surplus, wanted)
        load = math.fsum((*wanted, *vehicles.values()))
        charge, discharge = self.battery.limits(backup=self._cut)
        if self._cut:
            given = on_backup(setup.inverter, sun, load, charge, discharge)
        else:
            aim = 14.0 * swing(setup.seed, 53, at, 9.0)
            given = on_grid(setup.inverter, sun, load, charge, discharge, grid_aim=aim)
        self.battery.power = given.battery
        return self._share_out(given, strings, sun, house, vehicles)

    def _charge(self, at: float, local: datetime, surplus: float, house: Phases) -> dict[str, float]:
        """What each vehicle draws, W. By day they share the surplus; what the house leaves of its connection holds."""
        voltage = self.powers.voltage
        asking = [name for name, vehicle in self.vehicles.items() if vehicle.asks(at, local)]
        shares = shared(self.vehicles, asking, surplus, voltage)
        bears = self.setup.contract_power / self.setup.phases / NOMINAL_V
        left = [bears - power / NOMINAL_V for power in house]
        found: dict[str, float] = {}
        for name, vehicle in self.vehicles.items():
            phase = vehicle.phase
            most = min(MOST_A, left[phase])
            found[name] = vehicle.decide(at, local, shares[name], voltage[phase], grid=not self._cut, most_a=most)
            left[phase] -= vehicle.current
        return found

    def _share_out(
        self,
        given: Dispatch,
        strings: tuple[PvOutput, ...],
        sun: float,
        house: dict[str, Load],
        vehicles: dict[str, float],
    ) -> Powers:
        vehicle = add(*(_on(self.vehicles[name].phase, power) for name, power in vehicles.items()))
        served = given.served
        if served < 1.0:
            house = {
                name: Load(name, scale(load.power, served), scale(load.reactive, served))
                for name, load in house.items()
            }
        power = add(*(load.power for load in house.values()))
        reactive = add(*(load.reactive for load in house.values()))
        total = add(power, vehicle)
        even = spread(given.ac, self.setup.phases)
        inverter = total if self._cut else even
        grid = ZERO if self._cut else add(total, scale(inverter, -1.0))
        if given.solar < sun:  # curtailed: the strings run beside their best point, at a higher voltage
            strings = tuple(_curtailed(string, given.solar / sun) for string in strings)
        alive = not self._cut or given.ac > 0.0
        return Powers(
            strings=strings,
            solar=given.solar,
            battery=given.battery,
            ac=given.ac,
            losses=given.losses,
            house=power,
            house_reactive=reactive,
            vehicle=vehicle,
            grid=grid,
            grid_reactive=ZERO if self._cut else reactive,
            inverter=inverter,
            voltage=self._voltage(grid) if alive else ZERO,
            frequency=self._frequency() if alive else 0.0,
            backup=self._cut,
            loads=house,
            vehicles=vehicles,
        )

    def _voltage(self, grid: Phases) -> Phases:
        seed, ohms = self.setup.seed, self.setup.grid_ohms
        town = 232.5 + 3.0 * swing(seed, 54, self.now, 1800.0)
        found = [230.0] * 3
        if not self._cut:
            found = [
                clamp(town + swing(seed, 55 + phase, self.now, 40.0) - ohms * grid[phase] / 230.0, 207.0, 253.0)
                for phase in range(3)
            ]
        return (found[0], found[1], found[2]) if self.setup.phases == 3 else (found[0], 0.0, 0.0)

    def _frequency(self) -> float:
        if self._cut:
            return 50.0
        return 49.975 + 0.05 * smooth(self.setup.seed, 58, self.now, 37.0)


def _on(phase: int, power: float) -> Phases:
    return (power, 0.0, 0.0) if phase == 0 else (0.0, power, 0.0) if phase == 1 else (0.0, 0.0, power)


def _curtailed(string: PvOutput, share: float) -> PvOutput:
    voltage = string.voltage * (1.0 + 0.18 * (1.0 - share))
    power = string.power * share
    return PvOutput(power, voltage, power / voltage if voltage else 0.0)
