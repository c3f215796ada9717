"""Which points a device has, once its options are known: plain maps, the meter of four fields, SunSpec chains."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

from core.errors import ProfileError
from core.points import Point
from core.profile import Profile
from core.sunspec import ReadRegisters, locate

_UNSIGNED = {1: "u16", 2: "u32", 3: "u48", 4: "u64"}


def points_of(profile: Profile, options: Mapping[str, str]) -> tuple[Point, ...]:
    """The points before the device has been asked; raise ProfileError with one sentence on a wrong option."""
    points = profile.points_for(options)
    if profile.layout == "four_fields":
        return tuple(_four_fields(point, options) for point in points)
    return points


def settled_points(profile: Profile, options: Mapping[str, str], read: ReadRegisters) -> tuple[Point, ...]:
    """The points that the device really has; asks it where its profile says so.

    Raises what ``read`` raises, DecodeError when the device is not what the profile says, ProfileError.
    """
    points = points_of(profile, options)
    return locate(profile, points, read) if profile.layout == "sunspec" else points


def _four_fields(point: Point, options: Mapping[str, str]) -> Point:
    """A Modbus meter known by function, register (hexadecimal, as on the wire), word count and factor."""
    function = _whole(options, "function", 10)
    if function not in (3, 4):
        raise ProfileError(f"function must be 3 or 4, not {options.get('function')!r}")
    register = _whole(options, "register", 16)
    words = _whole(options, "words", 10)
    if words not in _UNSIGNED:
        raise ProfileError(f"words must be 1, 2, 3 or 4, not {options.get('words')!r}")
    try:
        factor = float(str(options.get("factor", "1")).replace(",", "."))
    except ValueError:
        factor = 0.0
    if factor == 0 or not math.isfinite(factor):
        raise ProfileError(f"factor must be a number other than 0, not {options.get('factor')!r}")
    if not 0 <= register <= 0x10000 - words:
        raise ProfileError(f"register must lie between 0 and FFFF, not {options.get('register')!r}")
    return replace(
        point,
        at=tuple(range(register, register + words)),
        function=function,
        type=options.get("type") or _UNSIGNED[words],
        order=options.get("order") or point.order,
        unit=options.get("unit", point.unit),
        scales=(factor,),
    )


def _whole(options: Mapping[str, str], name: str, base: int) -> int:
    text = str(options.get(name, "")).strip()
    try:
        return int(text, 16 if base == 16 or text.lower().startswith("0x") else 10)
    except ValueError:
        kind = "a hexadecimal number such as 8161" if base == 16 else "a whole number"
        raise ProfileError(f"{name} must be {kind}, not {text!r}") from None
