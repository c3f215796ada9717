"""Sun, clouds and photovoltaic strings."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

from drivers.sim.noise import clamp, smooth, swing

DAY_S = 86400.0
_J2000 = 946728000.0  # 2000-01-01 12:00 UTC


class Sky(NamedTuple):
    """What comes down at one moment: W/m², unit vector to the sun (east, north, up), °C."""

    beam: float
    diffuse: float
    east: float
    north: float
    up: float
    ambient: float


@dataclass(frozen=True, slots=True)
class PvString:
    """Modules in series. Slopes and azimuths in °, azimuth clockwise from north."""

    modules: int = 10
    module_w: float = 450.0
    module_v: float = 41.2  # at maximum power, 25 °C
    tilt: float = 32.0
    azimuth: float = 178.0


class PvOutput(NamedTuple):
    """A string at its best point: W, V, A."""

    power: float
    voltage: float
    current: float


def sun_vector(at: float, latitude: float, longitude: float) -> tuple[float, float, float]:
    """Return the unit vector to the sun (east, north, up) at Unix time ``at``; within half a degree."""
    days = (at - _J2000) / DAY_S
    anomaly = math.radians((357.529 + 0.98560028 * days) % 360.0)
    mean = (280.459 + 0.98564736 * days) % 360.0
    ecliptic = math.radians(mean + 1.915 * math.sin(anomaly) + 0.020 * math.sin(2.0 * anomaly))
    tilt = math.radians(23.439)
    declination = math.asin(math.sin(tilt) * math.sin(ecliptic))
    ascension = math.atan2(math.cos(tilt) * math.sin(ecliptic), math.cos(ecliptic))
    sidereal = math.radians((280.46061837 + 360.98564737 * days + longitude) % 360.0)
    hour, place = sidereal - ascension, math.radians(latitude)
    east = -math.cos(declination) * math.sin(hour)
    north = math.cos(place) * math.sin(declination) - math.sin(place) * math.cos(declination) * math.cos(hour)
    up = math.sin(place) * math.sin(declination) + math.cos(place) * math.cos(declination) * math.cos(hour)
    return east, north, up


def elevation(at: float, latitude: float, longitude: float) -> float:
    """Return the height of the sun in °; negative at night."""
    return math.degrees(math.asin(clamp(sun_vector(at, latitude, longitude)[2], -1.0, 1.0)))


def clearness(seed: int, at: float) -> float:
    """Return how much of the beam the clouds let through, 0 to 1: weather, fields of clouds, single clouds."""
    weather = smooth(seed, 1, at, 9 * 3600.0)
    cover = clamp(1.35 * weather - 0.15, 0.0, 1.0)
    field = smooth(seed, 2, at, 2400.0)
    cloud = smooth(seed, 3, at, 260.0)
    shade = clamp((0.6 * field + 0.4 * cloud - cover) * 3.0, 0.0, 1.0)
    return clamp(1.0 - 0.85 * shade - 0.03 * smooth(seed, 4, at, 45.0), 0.0, 1.0)


def sky(seed: int, at: float, latitude: float, longitude: float) -> Sky:
    """Return the light and the air temperature at Unix time ``at``."""
    east, north, up = sun_vector(at, latitude, longitude)
    season = -math.cos(2.0 * math.pi * ((at / DAY_S) - 20.0) / 365.2425)
    local = 2.0 * math.pi * (at / DAY_S + longitude / 360.0)
    ambient = 10.5 + 9.0 * season - 4.0 * math.cos(local - 0.6) + 3.0 * swing(seed, 5, at, 3 * DAY_S)
    if up <= 0.0:
        return Sky(0.0, 0.0, east, north, up, ambient)
    mass = 1.0 / (up + 0.50572 * (math.degrees(math.asin(min(up, 1.0))) + 6.07995) ** -1.6364)
    beam = 1361.0 * 0.72 ** (mass**0.678)
    through = clearness(seed, at)
    diffuse = (0.11 + 0.17 * (1.0 - through)) * 1361.0 * up
    return Sky(beam * through, diffuse, east, north, up, ambient)


def produce(string: PvString, light: Sky) -> PvOutput:
    """Return what the string gives in that light; nothing at all when it is dark."""
    tilt, azimuth = math.radians(string.tilt), math.radians(string.azimuth)
    facing = (
        light.east * math.sin(tilt) * math.sin(azimuth)
        + light.north * math.sin(tilt) * math.cos(azimuth)
        + light.up * math.cos(tilt)
    )
    plane = light.beam * max(0.0, facing) + light.diffuse * (1.0 + math.cos(tilt)) / 2.0
    if plane < 3.0:
        return PvOutput(0.0, 0.0, 0.0)
    cell = light.ambient + plane * 0.028
    warm = cell - 25.0
    power = string.modules * string.module_w * plane / 1000.0 * (1.0 - 0.0035 * warm) * 0.9
    voltage = string.modules * string.module_v * (1.0 - 0.0028 * warm) * (1.0 + 0.045 * math.log10(plane / 1000.0))
    return PvOutput(power, voltage, power / voltage)
