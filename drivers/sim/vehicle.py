"""Cars and their charging stations: when they are there, what they need, how fast they charge, how they share."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from drivers.sim.noise import clamp, dice

LEAST_A, MOST_A = 6.0, 16.0
ROUNDING_A = 1e-6
LEAST_V = 200.0  # below it a voltage is none, and does not count for currents
SETTLING_S = 20.0  # from plugging in to the first ampere
OFF_PEAK_A = 13.0
NIGHT_FROM, NIGHT_UNTIL = 22.5, 6.5  # hours, local
NIGHT_STAGGER = 2.7  # hours by which the next station on another phase begins later
ANOTHER_SEED = 1009
MOST_SESSIONS = 10_000  # where a station's numbers begin anew


class Stay(NamedTuple):
    """The car at its socket from ``start`` to ``end`` (Unix seconds), hungry for ``need`` Wh."""

    start: float
    end: float
    need: float


@lru_cache(maxsize=64)
def stays(seed: int, day: date, zone: str) -> tuple[Stay, ...]:
    """Return the stays that begin on that local day: around noon on most days, and the night."""
    number, where, found = day.toordinal(), ZoneInfo(zone), list[Stay]()

    def moment(on: date, hour: float) -> float:
        return datetime.combine(on, time(), where).timestamp() + hour * 3600.0

    if dice(seed, 41, number) < 0.8:
        start, end = 10.4 + 0.9 * dice(seed, 42, number), 15.4 + 0.9 * dice(seed, 43, number)
        found.append(Stay(moment(day, start), moment(day, end), 3_500.0 + 6_000.0 * dice(seed, 44, number)))
    if dice(seed, 45, number) < 0.9:
        start, end = 17.5 + 1.2 * dice(seed, 46, number), 7.2 + 0.5 * dice(seed, 47, number)
        need = 4_000.0 + 7_000.0 * dice(seed, 48, number)
        found.append(Stay(moment(day, start), moment(day + timedelta(days=1), end), need))
    return tuple(found)


class Vehicle:
    """State of the charging station: ``state`` is available, connected, charging, finished or waiting.

    The station of that ``number`` (0 for the first) charges on one phase, and hangs on those of the site in turn; each
    has its own cars, and its own hour at which it begins by night.
    """

    def __init__(self, seed: int, zone: str, number: int = 0, phases: int = 3) -> None:
        self._seed, self._zone = seed + ANOTHER_SEED * number, zone
        self.phase = number % phases  # of the site, counted from 0
        self._night_from = (NIGHT_FROM + NIGHT_STAGGER * (number % 3)) % 24.0
        self.limit = MOST_A  # set-point of the station, A
        self.stopped = False  # by an order, until the next car or another order
        self.state = "available"
        self.current = 0.0
        self.session_energy = 0.0
        self.session_time = 0.0
        self.session_number = 0
        self._stay: Stay | None = None

    def asks(self, at: float, local: datetime) -> bool:
        """Whether a car that is there would take a part of the sun's surplus now."""
        stay = self._present(at, local)
        if stay is None or at < stay.start + SETTLING_S or self._is_night(local) or self.limit < LEAST_A:
            return False
        return stay != self._stay or (stay.need > self.session_energy and not self.stopped)

    def decide(
        self, at: float, local: datetime, surplus: float, voltage: float, *, grid: bool, most_a: float = MOST_A
    ) -> float:
        """Choose state and current for now; return the power in W, which flows on this station's phase.

        By day the current follows ``surplus`` (what the sun leaves for it, W), by night it is the off-peak current;
        never more than ``most_a``, which is what the connection of the house bears. Without the grid it waits. A new
        stay begins a new session.
        """
        stay = self._present(at, local)
        if stay is None:
            self.state, self.current, self._stay = "available", 0.0, None
            return 0.0
        if stay != self._stay:
            self._stay, self.session_energy, self.session_time, self.stopped = stay, 0.0, 0.0, False
            self.session_number = int(stay.start // 3600.0) % MOST_SESSIONS  # no two stays begin within an hour
            self.state = "connected"
        self.current = self._current(stay, at, local, surplus / max(voltage, LEAST_V), most_a, grid=grid)
        return self.current * voltage

    def advance(self, seconds: float, power: float) -> None:
        """Let ``power`` flow into the car for that long."""
        if self._stay is not None:
            self.session_energy += power * seconds / 3600.0
            self.session_time += seconds

    def _present(self, at: float, local: datetime) -> Stay | None:
        today = local.date()
        for day in (today, today - timedelta(days=1)):
            for stay in stays(self._seed, day, self._zone):
                if stay.start <= at < stay.end:
                    return stay
        return None

    def _is_night(self, local: datetime) -> bool:
        """Whether this station's off-peak hours have begun."""
        hour = local.hour + local.minute / 60.0
        if self._night_from > NIGHT_UNTIL:
            return hour >= self._night_from or hour < NIGHT_UNTIL
        return self._night_from <= hour < NIGHT_UNTIL

    def _current(self, stay: Stay, at: float, local: datetime, surplus_a: float, most_a: float, *, grid: bool) -> float:
        left = stay.need - self.session_energy
        if left <= 0.0:
            self.state = "finished"
            return 0.0
        limit = min(self.limit, MOST_A, most_a)
        if at < stay.start + SETTLING_S:
            self.state = "connected"
            return 0.0
        night = self._is_night(local)
        charging = self.state == "charging"
        sunny = surplus_a >= (0.0 if charging else LEAST_A - ROUNDING_A)
        if not grid or self.stopped or limit < LEAST_A or not (night or sunny):
            self.state = "waiting"
            return 0.0
        self.state = "charging"
        wanted = OFF_PEAK_A if night else clamp(surplus_a, LEAST_A, MOST_A)
        if left < 500.0:  # the car itself slows down when it is nearly full
            wanted = min(wanted, LEAST_A)
        return min(wanted, limit)


def shared(
    vehicles: Mapping[str, Vehicle], asking: Collection[str], surplus: float, voltage: Sequence[float]
) -> dict[str, float]:
    """Return what each station gets of the sun's ``surplus``, W; ``voltage`` is by phase.

    The least current is granted one after the other while the surplus lasts (one that charges already goes on until
    nothing is left), and what is then over is shared evenly. Nothing means less than nothing: it has to wait.
    """
    found, left = dict.fromkeys(vehicles, -1.0), surplus
    for name in (name for name in vehicles if name in asking):
        vehicle = vehicles[name]
        least = LEAST_A * max(voltage[vehicle.phase], LEAST_V)
        if left >= (0.0 if vehicle.state == "charging" else least):
            found[name] = least
            left -= least
    granted = [name for name, power in found.items() if power > 0.0]
    for name in granted:
        found[name] += max(0.0, left) / len(granted)
    return found
