"""What the house draws, load by load and phase by phase."""

from __future__ import annotations

import math
from datetime import datetime
from typing import NamedTuple

from drivers.sim.noise import clamp, dice, smooth, swing

Phases = tuple[float, float, float]
ZERO: Phases = (0.0, 0.0, 0.0)


class Load(NamedTuple):
    """One load or circuit: active (W) and reactive (var) power per phase."""

    name: str
    power: Phases
    reactive: Phases


def add(*parts: Phases) -> Phases:
    """Return the sum, phase by phase."""
    one, two, three = (math.fsum(part[phase] for part in parts) for phase in range(3))
    return one, two, three


def scale(phases: Phases, factor: float) -> Phases:
    """Return every phase times ``factor``."""
    return phases[0] * factor, phases[1] * factor, phases[2] * factor


def spread(power: float, phases: int) -> Phases:
    """Return a power evenly on three phases, or all of it on one."""
    return (power / 3.0, power / 3.0, power / 3.0) if phases == 3 else (power, 0.0, 0.0)


def loads(seed: int, at: float, local: datetime, phases: int = 3) -> tuple[Load, ...]:
    """Return what runs at Unix time ``at``; ``local`` is the same moment on the wall clock of the house."""
    day = local.toordinal()
    hour = local.hour + local.minute / 60.0 + local.second / 3600.0
    found = (
        _base(seed, at, hour),
        _fridge(seed, at),
        _cooking(seed, at, day, hour),
        _laundry(seed, day, hour),
        _water_heater(seed, day, hour),
        _workshop(seed, at, local, hour),
    )
    return found if phases == 3 else tuple(_on_one_phase(load) for load in found)


def _on_one_phase(load: Load) -> Load:
    return Load(load.name, spread(math.fsum(load.power), 1), spread(math.fsum(load.reactive), 1))


def _load(name: str, power: Phases, tangent: float) -> Load:
    return Load(name, power, scale(power, tangent))


def _around(hour: float, middle: float, width: float) -> float:
    """A bell of height 1 around an hour of the day, wrapped at midnight."""
    far = abs(hour - middle)
    return math.exp(-((min(far, 24.0 - far) / width) ** 2))


def _base(seed: int, at: float, hour: float) -> Load:
    evening = 260.0 * _around(hour, 20.8, 1.8) + 90.0 * _around(hour, 7.2, 0.9)
    one = 130.0 + 30.0 * swing(seed, 11, at, 900.0) + 6.0 * swing(seed, 12, at, 20.0) + evening * 0.6
    two = 85.0 + 20.0 * swing(seed, 13, at, 1300.0) + 4.0 * swing(seed, 14, at, 17.0) + evening * 0.3
    three = 70.0 + 15.0 * swing(seed, 15, at, 1700.0) + 3.0 * swing(seed, 16, at, 13.0) + evening * 0.1
    return _load("base", (one, two, three), -0.22)  # electronics: slightly capacitive


def _fridge(seed: int, at: float) -> Load:
    cooling = (at + 600.0 * dice(seed, 17, 0)) % 2700.0 < 960.0
    freezing = (at + 900.0 * dice(seed, 18, 0)) % 3900.0 < 1500.0
    return _load("fridge", (95.0 * cooling + 3.0, 0.0, 120.0 * freezing + 4.0), 0.5)


def _cooking(seed: int, at: float, day: int, hour: float) -> Load:
    breakfast = 7.0 + 0.6 * dice(seed, 21, day)
    lunch, dinner = 11.9 + 0.5 * dice(seed, 22, day), 18.8 + 0.8 * dice(seed, 23, day)
    kettle = 1900.0 if breakfast <= hour < breakfast + 0.10 else 0.0
    hob = 0.0
    for start, length, watts in ((lunch, 0.6, 1500.0), (dinner, 0.9, 2300.0)):
        if start <= hour < start + length:
            hob = watts * (0.45 + 0.55 * float(smooth(seed, 24, at, 55.0) > 0.4))
    return _load("cooking", (0.0, kettle + hob, 0.0), 0.0)


def _laundry(seed: int, day: int, hour: float) -> Load:
    start = 9.5 + 5.0 * dice(seed, 26, day)
    if dice(seed, 25, day) > 0.55 or not start <= hour < start + 1.6:
        return Load("laundry", ZERO, ZERO)
    done = hour - start
    return _load("laundry", (0.0, 0.0, 2050.0 if 0.08 < done < 0.42 else 190.0), 0.15)


def _water_heater(seed: int, day: int, hour: float) -> Load:
    night = 1.6 + 1.2 * dice(seed, 27, day)
    noon = 0.5 + 0.5 * dice(seed, 28, day)
    heating = 2.0 <= hour < 2.0 + night or 13.2 <= hour < 13.2 + noon
    return _load("water_heater", (0.0, 0.0, 2400.0 * heating), 0.0)


def _workshop(seed: int, at: float, local: datetime, hour: float) -> Load:
    open_now = local.weekday() < 6 and (8.0 <= hour < 12.0 or 13.8 <= hour < 17.6)
    if not open_now:
        return _load("workshop", (18.0, 12.0, 12.0), 0.3)
    machine = clamp(smooth(seed, 31, at, 420.0) * 2.6 - 1.1, 0.0, 1.0)
    compressor = 360.0 * float(smooth(seed, 32, at, 240.0) > 0.62)
    each = 45.0 + 420.0 * machine + compressor
    return _load("workshop", (each * 1.04, each, each * 0.97), 0.55)
