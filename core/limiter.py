"""Orders to charging stations: who may give which, and which of the devices that are one station may limit it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.access import Permission
from core.config import DeviceConfig, Site
from core.errors import CommandRefused

LIMITING = frozenset({"limit", "charging_profile", "clear_profile"})
"""Orders that set how much a vehicle may draw."""
READING = frozenset({"get_configuration", "composite_schedule", "local_list_version"})
"""Orders that change nothing: they may be given by anybody, and on a read-only link too."""
OPERATING = frozenset(
    {"remote_start", "remote_stop", "start", "stop", "release", "phases", "clear_fault"}
    | {"unlock", "reserve", "cancel_reservation", "trigger"}
    | LIMITING
)
"""Orders of daily use. Others interrupt or reconfigure: reset, out of service, firmware, local list, mode."""


def permission(action: str) -> Permission | None:
    """What is needed to give this order; None for one that changes nothing, the stricter one for an unknown one."""
    if action in READING:
        return None
    return Permission.OPERATE if action in OPERATING else Permission.MAINTAIN


@dataclass(frozen=True, slots=True)
class Machine:
    """One charging station and the devices by which it is reached; ``limiter`` is the one that may limit it."""

    devices: tuple[DeviceConfig, ...]
    limiter: DeviceConfig


def machines(site: Site) -> tuple[Machine, ...]:
    """Every charging station of the site, in the order of its file."""
    found: list[Machine] = []
    for device in site.devices:
        if device.role != "charger" or device.same_as or device.profile is None or device.profile.category != "charger":
            continue
        if _is_whole_station(site, device):
            continue
        twins = (device, *(other for other in site.devices if other.same_as == device.id))
        limiter = next((twin for twin in twins if twin.limits_current), device)
        found.append(Machine(twins, limiter))
    return tuple(found)


def _is_whole_station(site: Site, device: DeviceConfig) -> bool:
    """Whether it is connector 0 of an OCPP station whose sockets are devices of the site: those draw the current."""
    sockets = {other.unit for other in site.devices if other.link == device.link and other.station == device.station}
    return bool(device.station) and device.unit == 0 and len(sockets) > 1


def check(site: Site, device: str, action: str) -> None:
    """Raise CommandRefused when the order limits current and another device is the one that may."""
    if action not in LIMITING:
        return
    for machine in machines(site):
        if device in {twin.id for twin in machine.devices} and machine.limiter.id != device:
            raise CommandRefused(f"the current of this station is limited through {machine.limiter.title!r}, not here")


def may_limit(sockets: Iterable[DeviceConfig], connector: int) -> bool:
    """Whether OCPP may limit a connector of the station that has these devices; 0 is the station with all of them."""
    return all(entry.limits_current for entry in sockets if connector in (0, entry.unit) or entry.unit == 0)


def twins_of(devices: Sequence[DeviceConfig], device: str) -> tuple[str, ...]:
    """The other devices that are the same machine as this one."""
    main = next((entry.same_as or entry.id for entry in devices if entry.id == device), device)
    return tuple(entry.id for entry in devices if main in (entry.id, entry.same_as) and entry.id != device)
