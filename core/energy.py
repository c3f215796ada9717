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
from core.storage.counters import Counter

LONGEST_STEP_S = 30.0  # a longer silence is a gap: nothing is invented for it
NEAR_MIDNIGHT_S = 900.0
LATEST_RESET_S = 7200.0  # a device whose clock is further off than this is not understood any more
ASK_AGAIN_S = 300.0
LONGEST_LEAP_S = 60.0  # for so long a counter that leaps may wait for the history to say what happened

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

    def hidden(self, key: PointKey, since: float, until: float) -> float:
        """What resets and replacements of a counter hide of its true increase between two moments (Unix s)."""
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
    """Adds power up to energy (Wh), by the trapezium rule; silence and doubt are gaps. Driven by one thread.

    ``totals`` holds a quantity from the moment it has been counted: before that nothing is known, which is not zero.
    """

    def __init__(self, totals: Mapping[str, float] | None = None) -> None:
        self.totals: dict[str, float] = dict(totals or {})
        self._last: tuple[float, dict[str, float]] | None = None

    def add(self, flows: Flows) -> None:
        """Take the balance of one moment."""
        powers = _powers(flows)
        if self._last is not None:
            then, before = self._last
            hours = (flows.at - then) / 3600
            if 0 < hours <= LONGEST_STEP_S / 3600:
                for name in powers.keys() & before.keys():
                    added = (powers[name] + before[name]) / 2 * hours
                    self.totals[name] = self.totals.get(name, 0.0) + added
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
    if flows.consumption.quality is Quality.GOOD and flows.consumption.power is not None:
        powers["consumed"] = flows.consumption.power
    return powers


@dataclass(frozen=True, slots=True)
class _Seen:
    """What a lifetime counter showed last, what the history knew then to be hidden of it, and what that made."""

    value: float
    at: float
    hidden: float
    energy: DayEnergy | None = None


class DayBook:
    """Works out the energies of the day. Runs on the station's ticker thread, since it asks the history."""

    def __init__(self, maps: Iterable[RoleMap], zone: ZoneInfo, past: Past | None) -> None:
        self._maps = tuple(maps)
        self._zone = zone
        self._past = past
        self._remembered: dict[tuple[PointKey, float], tuple[float | None, float]] = {}  # stored value, asked at
        self._began: dict[str, tuple[float, float]] = {}  # quantity -> (since, total then)
        self._reset: dict[PointKey, float] = {}  # daily counter -> the midnight after which it has begun anew
        self._seen: dict[PointKey, _Seen] = {}
        self._now = 0.0

    def day(self, readings: Mapping[PointKey, Reading], totals: Mapping[str, float], now: float) -> DayEnergies:
        """Energies since local midnight; ``totals`` are the integrator's (Wh)."""
        days = midnights(now, self._zone)
        self._now = now
        self._remembered = {known: stored for known, stored in self._remembered.items() if known[1] >= days[1] - 3600}
        found = {name: self._energy(name, readings, totals, days) for name in QUANTITIES}
        found["consumed"] = _consumed(found, days[0])
        return DayEnergies(
            **found,
            self_consumption=_share(found["produced"], found["exported"], days[0]),
            self_sufficiency=_share(found["consumed"], found["imported"], days[0]),
        )

    def _energy(
        self, name: str, readings: Mapping[PointKey, Reading], totals: Mapping[str, float], days: tuple[float, float]
    ) -> DayEnergy:
        role, roles = QUANTITIES[name]
        makers = [entry for wanted in roles for entry in self._maps if entry.role == wanted and _makes(entry, role)]
        if name in ADDED_UP:
            makers = _without_second_measures(makers)
            parts = [self._of(entry, role, readings, days) for entry in makers]
            return _sum(parts) or self._by_integral(name, totals, days)
        for entry in makers:
            if (found := self._of(entry, role, readings, days)) is not None:
                return found
        return self._by_integral(name, totals, days)

    def _of(
        self, entry: RoleMap, role: str, readings: Mapping[PointKey, Reading], days: tuple[float, float]
    ) -> DayEnergy | None:
        """What one device says: its daily counter, or its lifetime counter since midnight; None when neither can."""
        if role == "solar.energy" and entry.mixed(readings):
            return None
        daily = entry.find(f"{role}.today", readings)
        if daily is not None and isinstance(daily.value, float) and _usable(daily) and daily.at >= days[0]:
            return DayEnergy(
                self._since_reset(daily.key, daily.value, days[0]), self._last_of_day(daily.key, days[0]), "device"
            )
        total = entry.find(role, readings)
        if total is None or not isinstance(total.value, float) or not _usable(total):
            return None
        return self._by_counter(total, total.value, days)

    def _by_counter(self, total: Reading, value: float, days: tuple[float, float]) -> DayEnergy | None:
        """The difference of a lifetime counter, over resets and replacements, which the history has recognised.

        Between a reset and its being recorded (a second) the last figure stays; nothing is said of it for longer.
        """
        key = total.key
        start, before = self._stored(key, days[0]), self._stored(key, days[1])
        if start is None or self._past is None:
            return None
        hidden = self._past.hidden(key, days[0], self._now)
        seen = self._seen.get(key) or self._stored_last(key, hidden)
        leaps = seen and Counter(total.unit).step(seen.value, value, total.at - seen.at, total.at) is not None
        if seen and leaps and hidden == seen.hidden:
            recent = seen.at >= days[0] and total.at - seen.at < LONGEST_LEAP_S
            return seen.energy if recent else None
        today = value - start + hidden
        yesterday = None if before is None else start - before + self._past.hidden(key, days[1], days[0])
        whole = yesterday is not None and yesterday >= 0
        found = DayEnergy(today, yesterday if whole else None, "counter") if today >= 0 else None
        self._seen[key] = _Seen(value, total.at, hidden, found)
        return found

    def _stored_last(self, key: PointKey, hidden: float) -> _Seen | None:
        """What the history has of a counter that is looked at for the first time."""
        found = self._past.value_at(key, self._now) if self._past is not None else None
        return _Seen(found[1], found[0], hidden) if found else None

    def _since_reset(self, key: PointKey, value: float, midnight: float) -> float:
        """A daily counter whose device has another midnight: what it showed at ours is not of today."""
        before = self._stored(key, midnight)
        if before is None or value < before or self._now - midnight > LATEST_RESET_S:
            self._reset[key] = midnight
        return value if before is None or self._reset.get(key) == midnight else value - before

    def _last_of_day(self, key: PointKey, midnight: float) -> float | None:
        """The end of yesterday's daily counter, also when the device's own midnight comes a little before ours."""
        found = [
            value for value in (self._stored(key, midnight), self._stored(key, midnight - 600)) if value is not None
        ]
        return max(found, default=None)

    def _by_integral(self, name: str, totals: Mapping[str, float], days: tuple[float, float]) -> DayEnergy:
        now = self._now
        key = PointKey("site", SITE_COUNTERS[name])
        start, before = self._stored(key, days[0]), self._stored(key, days[1])
        total = totals.get(name)
        if total is None:
            return DayEnergy()
        if start is not None and total >= start:
            yesterday = start - before if before is not None and start >= before else None
            return DayEnergy(total - start, yesterday, "integral", days[0])
        since, then = self._began.get(name, (now, total))
        if since < days[0]:
            since, then = now, total
        self._began[name] = (since, then)
        return DayEnergy(total - then, None, "integral", since)

    def _stored(self, key: PointKey, when: float) -> float | None:
        """What a counter showed at a moment, if the recorder ran then. What is not known is asked again later."""
        value, asked = self._remembered.get((key, when), (None, -ASK_AGAIN_S))
        if value is None and self._now - asked >= ASK_AGAIN_S:
            found = self._past.value_at(key, when) if self._past is not None else None
            value = found[1] if found and when - found[0] <= NEAR_MIDNIGHT_S else None
            self._remembered[key, when] = (value, self._now)
        return value


def _usable(reading: Reading) -> bool:
    return reading.quality in (Quality.GOOD, Quality.STALE)


def _makes(entry: RoleMap, role: str) -> bool:
    head = role.partition(".")[0]
    return any(name.startswith(f"{head}.") for name in entry.roles)


def _without_second_measures(makers: list[RoleMap]) -> list[RoleMap]:
    """Leave out second measures: a battery behind an inverter, a meter before a charging station."""
    if any(entry.role == "inverter" for entry in makers):
        makers = [entry for entry in makers if entry.role != "battery"]
    if any(entry.category == "charger" for entry in makers):
        makers = [entry for entry in makers if entry.category == "charger"]
    return makers


def _sum(parts: Sequence[DayEnergy | None]) -> DayEnergy | None:
    """The sum of several devices; None when one of them cannot say, since a partial sum would be wrong."""
    known = [part for part in parts if part is not None]
    if not known or len(known) != len(parts):
        return None
    source = "device" if all(part.source == "device" for part in known) else "counter"
    return DayEnergy(_total([part.today for part in known]), _total([part.yesterday for part in known]), source)


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
    whole = {name for name, energy in found.items() if energy.today is not None and (energy.since or 0.0) <= midnight}
    stored_too = all(name in whole or found[name].today is None for name in ("charged", "discharged"))
    if "consumed" in whole or not {"produced", "imported", "exported"} <= whole or not stored_too:
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
