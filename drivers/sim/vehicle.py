"""One car and its charging station: when it is there, what it needs, how fast it charges."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from drivers.sim.noise import clamp, dice

LEAST_A, MOST_A = 6.0, 16.0
OFF_PEAK_A = 13.0


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
    """State of the charging station: ``state`` is available, connected, charging, finished or waiting."""

    def __init__(self, seed: int, zone: str) -> None:
        self._seed, self._zone = seed, zone
        self.limit = MOST_A  # set-point of the station, A
        self.state = "available"
        self.current = 0.0
        self.session_energy = 0.0
        self.session_time = 0.0
        self._stay: Stay | None = None

    def decide(self, at: float, local: datetime, surplus: float, voltage: float, *, grid: bool) -> float:
        """Choose state and current for now; return the power in W, which flows on phase 1.

        By day the current follows ``surplus`` (what the sun leaves, W), by night it is the off-peak current; without
        the grid it waits. A new stay begins a new session.
        """
        stay = self._present(at, local)
        if stay is None:
            self.state, self.current, self._stay = "available", 0.0, None
            return 0.0
        if stay != self._stay:
            self._stay, self.session_energy, self.session_time = stay, 0.0, 0.0
            self.state = "connected"
        self.current = self._current(stay, at, local, surplus / max(voltage, 200.0), grid=grid)
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

    def _current(self, stay: Stay, at: float, local: datetime, surplus_a: float, *, grid: bool) -> float:
        left = stay.need - self.session_energy
        if left <= 0.0:
            self.state = "finished"
            return 0.0
        limit = min(self.limit, MOST_A)
        if at < stay.start + 20.0:
            self.state = "connected"
            return 0.0
        hour = local.hour + local.minute / 60.0
        night = hour >= 22.5 or hour < 6.5
        charging = self.state == "charging"
        sunny = surplus_a >= (0.0 if charging else LEAST_A)
        if not grid or limit < LEAST_A or not (night or sunny):
            self.state = "waiting"
            return 0.0
        self.state = "charging"
        wanted = OFF_PEAK_A if night else clamp(surplus_a, LEAST_A, MOST_A)
        if left < 500.0:  # the car itself slows down when it is nearly full
            wanted = min(wanted, LEAST_A)
        return min(wanted, limit)
