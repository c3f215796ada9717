"""A site in miniature: a clock that a test holds, points, and a recorder that is driven step by step."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from core.points import Choice, Kind, Point, PointKey, Provenance, Quality, Reading, Value
from core.storage.queries import History
from core.storage.writer import Recorder

HOUR = 3600.0
NOON = 1_772_366_400.0  # 2026-03-01 12:00 UTC

POWER = PointKey("meter", "power")
ENERGY = PointKey("meter", "energy")
PULSES = PointKey("meter", "pulses")
TODAY = PointKey("inverter", "today")
STATE = PointKey("inverter", "state")
FAULTS = PointKey("inverter", "faults")
SERIAL = PointKey("meter", "serial_number")
METER_NUMBER = PointKey("meter", "serial")
VOLTAGE = PointKey("meter", "voltage")

POINTS = {
    POWER: Point("power", (1,), 3, "s16", "W", (-10.0,), group="fast", en="Power", fr="Puissance"),
    VOLTAGE: Point("voltage", (2, 3), 4, "f32", "V", group="fast", en="Voltage", fr="Tension"),
    ENERGY: Point("energy", (4, 5), 3, "u32", "Wh", (10.0,), kind=Kind.COUNTER, group="slow", en="Energy"),
    PULSES: Point("pulses", (6,), 3, "u16", "", kind=Kind.COUNTER, group="slow", en="Pulses"),
    TODAY: Point("today", (7,), 3, "u16", "Wh", (100.0,), kind=Kind.COUNTER, resets="day", group="slow", en="Today"),
    STATE: Point("state", (8,), 3, "u16", kind=Kind.STATE, choices=(Choice(2, "on_grid", "On grid", "Réseau"),)),
    FAULTS: Point("faults", (9,), 3, "bits", kind=Kind.BITS),
    METER_NUMBER: Point("serial", (12, 13), 3, "u32", group="identity"),
    SERIAL: Point("serial_number", (10, 11), 3, "ascii", kind=Kind.TEXT),
}


class HeldClock:
    """Time stands still until a test moves it."""

    def __init__(self, t: float = NOON) -> None:
        self.t = t
        self.tick = 0.0

    def now(self) -> float:
        return self.t

    def ticks(self) -> float:
        return self.tick

    def advance(self, seconds: float) -> None:
        self.t += seconds
        self.tick += seconds


def reading(
    key: PointKey, value: Value, at: float, quality: Quality = Quality.GOOD, factor: float | None = None
) -> Reading:
    origin = None if factor is None else Provenance("line", 1, 3, 1, (0,), 1, factor)
    return Reading(key, value, at, POINTS[key].unit if key in POINTS else "W", quality, origin)


class Bench:
    """A recorder under a held clock, and the history beside it."""

    def __init__(self, path: Path, clock: HeldClock, **settings: Any) -> None:
        self.path, self.clock, self.settings = path, clock, settings
        self.recorder = self.start()
        self.history = History(path)

    def start(self) -> Recorder:
        self.recorder = Recorder(
            self.path, POINTS, clock=self.clock, busy_s=0.01, **{"time_zone": "Europe/Paris"} | self.settings
        )
        return self.recorder

    def put(self, key: PointKey, value: Value, at: float, quality: Quality = Quality.GOOD) -> None:
        self.recorder.put([reading(key, value, at, quality)])

    def series(self, key: PointKey, values: Callable[[int], Value], begin: float, step: float, count: int) -> None:
        """Put a whole series, moving the clock along with it."""
        self.recorder.put([reading(key, values(i), begin + i * step) for i in range(count)])
        self.clock.t = max(self.clock.t, begin + count * step)
        self.recorder.step()

    def settle(self) -> None:
        """Let the recorder do all it has to do now."""
        for _ in range(200):
            self.recorder.step()
            db = self.recorder._opened
            if db is None or not any(hour < self._current() for hour in db.open_hours):
                break

    def _current(self) -> int:
        opened = self.recorder._opened
        assert opened is not None
        return int((self.clock.t - 5) * 1000 - opened.sealer.phase) // 3_600_000

    def count(self, table: str) -> int:
        with History(self.path) as history, history._reading() as now:
            return int(now.db.execute(f"select count(*) from {table}").fetchone()[0])

    def close(self) -> None:
        self.recorder.stop()
        self.history.close()
