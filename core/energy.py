"""Energies of the day, each with its source, and the site's own counters where no device counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from core.balance import Flows
from core.points import PointKey, Quality, Reading
from core.roles import RoleMap

LONGEST_STEP_S = 30.0  # a longer silence is a gap: nothing is invented for it
NEAR_MIDNIGHT_S = 900.0

QUANTITIES: dict[str, tuple[str, tuple[str, ...]]] = {
    "produced": ("solar.energy", ("inverter", "solar")),
    "consumed": ("house.energy", ("house", "inverter")),
    "exported": ("grid.energy.export", ("grid", "inverter")),
    "imported": ("grid.energy.import", ("grid", "inverter")),
    "charged": ("battery.energy.charged", ("inverter", "battery")),
    "discharged": ("battery.energy.discharged", ("inverter", "battery")),
    "vehicle": ("charger.energy", ("charger",)),
}
"""Quantity -> the role of its lifetime counter, and which devices may give it, best first."""

ADDED_UP = frozenset({"produced", "charged", "discharged", "vehicle"})
"""Quantities that several devices share; the others have one place where they are measured."""


class Past(Protocol):
    """What the day's figures need of the history."""

    def value_at(self, key: PointKey, when: float) -> tuple[float, float] | None:
        """Time and value of the last number stored at or before ``when`` (Unix s), or None."""
        ...


@dataclass(frozen=True, slots=True)
class DayEnergy:
    """One energy of today in Wh, and of yesterday where the history knows it.

    ``source`` is "device" (the device's own daily counter), "counter" (difference of a lifetime counter since local
    midnight), "balance" (what came in less what went out) or "integral" (power integrated since ``since``, where
    nothing better exists).
    """

    today: float | None = None
    yesterday: float | None = None
    source: str = ""
    since: float | None = None


@dataclass(frozen=True, slots=True)
class DayEnergies:
    """What the site produced, used and exchanged since local midnight; ratios from 0 to 1, None when not defined."""

    produced: DayEnergy = DayEnergy()
    consumed: DayEnergy = DayEnergy()
    exported: DayEnergy = DayEnergy()
    imported: DayEnergy = DayEnergy()
    charged: DayEnergy = DayEnergy()
    discharged: DayEnergy = DayEnergy()
    vehicle: DayEnergy = DayEnergy()
    self_consumption: float | None = None
    self_sufficiency: float | None = None


def midnights(now: float, zone: ZoneInfo) -> tuple[float, float]:
    """Unix seconds of the local midnights that began today and yesterday (days of 23, 24 or 25 h)."""
    local = datetime.fromtimestamp(now, zone)
    today = datetime(local.year, local.month, local.day, tzinfo=zone)
    before = local.date() - timedelta(days=1)
    return today.timestamp(), datetime(before.year, before.month, before.day, tzinfo=zone).timestamp()


class Integrator:
    """Adds power up to energy (Wh), by the trapezium rule; silence and doubt are gaps. Driven by one thread."""

    def __init__(self, totals: Mapping[str, float] | None = None) -> None:
        self.totals = dict.fromkeys(QUANTITIES, 0.0) | dict(totals or {})
        self._last: tuple[float, dict[str, float]] | None = None

    def add(self, flows: Flows) -> None:
        """Take the balance of one moment."""
        powers = _powers(flows)
        if self._last is not None:
            then, before = self._last
            hours = (flows.at - then) / 3600
            if 0 < hours <= LONGEST_STEP_S / 3600:
                for name in powers.keys() & before.keys():
                    self.totals[name] += (powers[name] + before[name]) / 2 * hours
        self._last = (flows.at, powers)


def _powers(flows: Flows) -> dict[str, float]:
    powers: dict[str, float] = {}
    if flows.solar.quality is Quality.GOOD and flows.solar.power is not None:
        powers["produced"] = max(flows.solar.power, 0.0)
    if flows.grid.quality is Quality.GOOD and flows.grid.power is not None:
        powers["imported"], powers["exported"] = max(flows.grid.power, 0.0), max(-flows.grid.power, 0.0)
    if flows.battery.quality is Quality.GOOD and flows.battery.power is not None:
        powers["discharged"], powers["charged"] = max(flows.battery.power, 0.0), max(-flows.battery.power, 0.0)
    if flows.vehicle.quality is Quality.GOOD and flows.vehicle.power is not None:
        powers["vehicle"] = flows.vehicle.power
    if flows.house.quality is Quality.GOOD and flows.house.power is not None:
        powers["consumed"] = flows.house.power + (flows.vehicle.power or 0.0)
    return powers


class DayBook:
    """Works out the energies of the day. Runs on the station's ticker thread, since it asks the history."""

    def __init__(self, maps: Iterable[RoleMap], zone: ZoneInfo, past: Past | None) -> None:
        self._maps = tuple(maps)
        self._zone = zone
        self._past = past
        self._at_midnight: dict[tuple[PointKey, float], float | None] = {}
        self._began: dict[str, tuple[float, float]] = {}  # quantity -> (since, total then)

    def day(self, readings: Mapping[PointKey, Reading], totals: Mapping[str, float], now: float) -> DayEnergies:
        """Energies since local midnight; ``totals`` are the integrator's (Wh)."""
        today, yesterday = midnights(now, self._zone)
        found = {name: self._energy(name, readings, totals, now, (today, yesterday)) for name in QUANTITIES}
        found["consumed"] = _consumed(found, today)
        return DayEnergies(
            **found,
            self_consumption=_share(found["produced"], found["exported"], today),
            self_sufficiency=_share(found["consumed"], found["imported"], today),
        )

    def _energy(
        self,
        name: str,
        readings: Mapping[PointKey, Reading],
        totals: Mapping[str, float],
        now: float,
        days: tuple[float, float],
    ) -> DayEnergy:
        role, roles = QUANTITIES[name]
        return (
            self._by_device(name, f"{role}.today", roles, readings, days)
            or self._by_counter(name, role, roles, readings, days)
            or self._by_integral(name, totals, now, days)
        )

    def _readings(
        self, name: str, role: str, roles: tuple[str, ...], readings: Mapping[PointKey, Reading]
    ) -> list[Reading] | None:
        """The counters that make up a quantity; None when one of them is missing."""
        makers = sorted(
            (entry for entry in self._maps if entry.role in roles and self._makes(entry, name)),
            key=lambda entry: roles.index(entry.role),
        )
        found: list[Reading] = []
        for entry in makers:
            reading = entry.find(role, readings)
            usable = reading is not None and isinstance(reading.value, float) and reading.quality is not Quality.BAD
            if usable and reading is not None:
                found.append(reading)
                if name not in ADDED_UP:
                    return found
            elif name in ADDED_UP:
                return None
        return found or None

    @staticmethod
    def _makes(entry: RoleMap, name: str) -> bool:
        head = QUANTITIES[name][0].partition(".")[0]
        return any(role.startswith(f"{head}.") for role in entry.roles)

    def _by_device(
        self,
        name: str,
        role: str,
        roles: tuple[str, ...],
        readings: Mapping[PointKey, Reading],
        days: tuple[float, float],
    ) -> DayEnergy | None:
        found = self._readings(name, role, roles, readings)
        if found is None:
            return None
        before = [self._stored(reading.key, days[0]) for reading in found]
        return DayEnergy(_total([reading.value for reading in found]), _total(before), "device")

    def _by_counter(
        self,
        name: str,
        role: str,
        roles: tuple[str, ...],
        readings: Mapping[PointKey, Reading],
        days: tuple[float, float],
    ) -> DayEnergy | None:
        found = self._readings(name, role, roles, readings)
        if found is None:
            return None
        start = _total([self._stored(reading.key, days[0]) for reading in found])
        before = _total([self._stored(reading.key, days[1]) for reading in found])
        now = _total([reading.value for reading in found])
        if start is None or now is None or now < start:
            return None
        return DayEnergy(now - start, start - before if before is not None and start >= before else None, "counter")

    def _by_integral(self, name: str, totals: Mapping[str, float], now: float, days: tuple[float, float]) -> DayEnergy:
        key = PointKey("site", SITE_COUNTERS[name])
        start, before = self._stored(key, days[0]), self._stored(key, days[1])
        total = totals.get(name, 0.0)
        if start is not None and total >= start:
            yesterday = start - before if before is not None and start >= before else None
            return DayEnergy(total - start, yesterday, "integral", days[0])
        since, then = self._began.get(name, (now, total))
        if since < days[0]:
            since, then = now, total
        self._began[name] = (since, then)
        return DayEnergy(total - then, None, "integral", since)

    def _stored(self, key: PointKey, when: float) -> float | None:
        """What a counter showed at a midnight, if the recorder was running then; asked once a day."""
        known = (key, when)
        if known not in self._at_midnight:
            found = self._past.value_at(key, when) if self._past is not None else None
            self._at_midnight[known] = found[1] if found and when - found[0] <= NEAR_MIDNIGHT_S else None
        return self._at_midnight[known]


SITE_COUNTERS = {
    "produced": "solar.energy",
    "consumed": "house.energy",
    "exported": "grid.energy.export",
    "imported": "grid.energy.import",
    "charged": "battery.energy.charged",
    "discharged": "battery.energy.discharged",
    "vehicle": "vehicle.energy",
}
"""Quantity -> point of the device ``site`` that keeps its integral."""


def _total(values: Sequence[object]) -> float | None:
    numbers = [value for value in values if isinstance(value, float)]
    return sum(numbers) if len(numbers) == len(values) and numbers else None


def _consumed(found: Mapping[str, DayEnergy], midnight: float) -> DayEnergy:
    """Consumption from what came in and went out: production, import and discharge less export and charge.

    Used when nothing has counted consumption since midnight while the rest has been.
    """
    if (found["consumed"].since or midnight) <= midnight or any(
        not found[name].source or (found[name].since or midnight) > midnight
        for name in ("produced", "imported", "exported")
    ):
        return found["consumed"]
    parts = {name: energy.today or 0.0 for name, energy in found.items()}
    stored = parts["charged"] - parts["discharged"]
    total = parts["produced"] + parts["imported"] - parts["exported"] - stored
    return DayEnergy(max(0.0, total), None, "balance")


def _share(whole: DayEnergy, lost: DayEnergy, midnight: float) -> float | None:
    """1 - lost / whole, from 0 to 1; None below 10 Wh, or when the two do not cover the same time."""
    if whole.today is None or lost.today is None or whole.today < 10:
        return None
    if abs((whole.since or midnight) - (lost.since or midnight)) > NEAR_MIDNIGHT_S:
        return None
    return min(1.0, max(0.0, 1 - lost.today / whole.today))
