"""From readings to the devices of a snapshot; pure functions. Whatever there is no value of says why."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from core import identity
from core.access import ROLES
from core.config import DeviceConfig, LinkConfig
from core.parameters import NO_WORDS, Parameter, Parameters, Words
from core.points import Point, PointKey, Reading, Value
from core.profile import Profile
from core.snapshots import text
from core.snapshots.snapshot import NOT_SET, SET, Device, Item
from core.writing import rules, values

IDENTITY = "identity"
"""Id of the group that says what a device is; groups that are read once a connection count like it."""

NOT_READ = "not read yet"
AN_ORDER = "an order: it cannot be read"
ON_SCREEN = "set on the device's own screen: no register holds it"
UNREADABLE = "no register gives it back"
NO_VALUE = "the device gives no value"
NO_NUMBER = "this is not a number"


@dataclass(frozen=True, slots=True)
class Source:
    """One device of the site with what was read of it.

    ``readings`` are those of its parameters, by id; ``newest`` gives the newest reading of any point. ``reasons`` says
    of single points why there is none, ``reason`` why the device was not read to the end.
    """

    device: DeviceConfig
    link: LinkConfig
    parameters: Parameters
    points: Sequence[Point]
    readings: Mapping[str, Reading]
    newest: Mapping[PointKey, Reading]
    serial: str = ""
    reasons: Mapping[str, str] = field(default_factory=dict[str, str])
    reason: str = ""
    note: str = ""


def built(source: Source) -> Device:
    """The device as a snapshot holds it."""
    device, link, profile = source.device, source.link, source.device.profile
    own = [
        _item(point, Words(point.en, point.fr), source.newest.get(PointKey(device.id, point.id)), NOT_READ)
        for point in identity_points(profile, source.points)
    ]
    return Device(
        device.id,
        device.name,
        device.profile_id,
        profile.title if profile is not None else "",
        source.serial,
        link.url.kind,
        link.url.short,
        device.unit,
        device.station,
        tuple(own),
        tuple(
            replace(_parameter(entry, source), section=section.title)
            for section in source.parameters.sections
            for entry in source.parameters.of(section.id)
        ),
        source.reason,
        source.note,
    )


def has_something(device: DeviceConfig, points: Sequence[Point]) -> bool:
    """Whether a snapshot of this device would hold anything: parameters, or what it says it is."""
    return bool(rules.parameters_of(device, points)) or bool(identity_points(device.profile, points))


def identity_points(profile: Profile | None, points: Sequence[Point]) -> list[Point]:
    """The points by which a device says what it is: model, serial number, firmware."""
    if profile is None:
        return []
    groups = {group.id for group in profile.groups.values() if group.once or group.id == IDENTITY}
    serials = {point.id for point in identity.serial_points(profile)}
    return [point for point in points if point.readable and (point.group in groups or point.id in serials)]


def _parameter(entry: Parameter, source: Source) -> Item:
    point = entry.point
    if point is None:
        return Item(entry.id, entry.title, reason=ON_SCREEN, sees=entry.sees)
    reason = AN_ORDER if entry.command else source.reasons.get(entry.id, NOT_READ) if entry.readable else UNREADABLE
    reading = source.readings.get(entry.id) if entry.readable else None
    return _item(point, entry.title, reading, reason, entry.sees)


def _item(point: Point, title: Words, reading: Reading | None, reason: str, sees: str = ROLES[0]) -> Item:
    value = reading.value if reading is not None else None
    note = reason
    if reading is not None:
        note = reading.note or (NO_VALUE if value is None else "")
    if isinstance(value, float) and not math.isfinite(value):
        value, note = None, NO_NUMBER
    secret = point.secret or text.hides(value)
    if secret and value is not None:
        value = NOT_SET if value in ("", "not set", "not_set") else SET
    origin = reading.provenance if reading is not None else None
    raw = ""
    if origin is not None and not secret:
        raw = " ".join(f"{word:04X}" for word in origin.words) or origin.raw
    return Item(
        point.id,
        title,
        value,
        point.unit,
        reading.quality if reading is not None else None,
        values.resolution(point) if isinstance(value, float) else 0.0,
        NO_WORDS if secret else _means(point, value),
        f"0x{point.address:04X}" if point.at else point.path,
        (origin.function if origin is not None else point.function) if point.at else None,
        raw,
        reading.at if reading is not None else None,
        note,
        sees,
        secret,
    )


def _means(point: Point, value: Value) -> Words:
    """The words of a choice, or of the bits that are set."""
    chosen = value if isinstance(value, tuple) else (value,) if isinstance(value, str) else ()
    found = [choice for name in chosen for choice in point.choices if choice.id == name]
    return Words(", ".join(choice.en for choice in found), ", ".join(choice.fr or choice.en for choice in found))
