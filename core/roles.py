"""What the points of a device mean to its site: roles, with a meter's own turned into what it measures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from core.config import DeviceConfig, Site
from core.points import PointKey, Quality, Reading

METERED = ("grid", "solar", "house", "charger", "circuit")


_TURNED = {"energy.import": "energy.export", "energy.export": "energy.import"}


@dataclass(frozen=True, slots=True)
class RoleMap:
    """Roles of one device: each names the points that can fill it, best first.

    Where one machine is reached by several devices, theirs are the points too, after those of the first.
    """

    device: str
    role: str
    category: str
    title: str
    roles: Mapping[str, tuple[PointKey, ...]]
    reversed: bool = False  # the operator has turned it round: its powers change sign, import and export change places

    def mixed(self, readings: Mapping[PointKey, Reading]) -> bool:
        """Whether a PV inverter turns out to have a battery, so that its power and counters are not the sun's alone."""
        if self.category != "inverter":
            return False
        soc = self.find("battery.soc", readings)
        return soc is not None and soc.value is not None

    def find(self, role: str, readings: Mapping[PointKey, Reading]) -> Reading | None:
        """The reading that fills a role: the first good one, else the first that has a value, else the first."""
        best: Reading | None = None
        for key in self.roles.get(role, ()):
            if (reading := readings.get(key)) is None:
                continue
            if reading.quality is Quality.GOOD:
                return reading
            if best is None or (best.value is None and reading.value is not None):
                best = reading
        return best


def role_map(device: DeviceConfig) -> RoleMap:
    """The roles of a device, ``meter.`` replaced by what the site file says it measures."""
    roles: dict[str, tuple[PointKey, ...]] = {}
    profile = device.profile
    there = {point.id for point in profile.points_for(device.options)} if profile else set[str]()
    for role, points in profile.roles.items() if profile else ():
        # a point that does not count with this device's options cannot fill a role (a SunSpec device settles its own)
        found = [point for point in points if point in there or (profile and profile.layout == "sunspec")]
        if not found:
            continue
        head, dot, rest = role.partition(".")
        if head == "meter":
            if device.role not in METERED:
                continue
            head = device.role
        keys = tuple(PointKey(device.id, point) for point in found)
        if device.reversed:
            rest = _TURNED.get(rest, rest)
        roles[f"{head}{dot}{rest}"] = keys
        if role.startswith("meter.") and rest == "energy.import" and head != "grid":
            roles.setdefault(f"{head}.energy", keys)  # what goes through a meter of this is its energy
    return RoleMap(device.id, device.role, profile.category if profile else "", device.title, roles, device.reversed)


def role_maps(site: Site) -> tuple[RoleMap, ...]:
    """The roles of every machine that is polled, in the order of the site file; one reached twice stands there once.

    Its readings are those of the first device as long as they are good, then those of the devices that are ``same_as``
    it. Connector 0 of a charging station has no role beside its sockets, whose sum it is.
    """
    polled = [device for device in site.devices if device.profile is not None]
    maps: dict[str, RoleMap] = {}
    for device in sorted(polled, key=lambda device: bool(device.same_as)):
        if _is_sum_of_others(device, polled):
            continue
        entry = role_map(device)
        first = maps.get(device.same_as)
        if first is None:
            maps[device.id] = entry
        elif first.reversed == entry.reversed:  # else its powers would need another sign than the first's
            maps[first.device] = replace(first, roles=_joined(first.roles, entry.roles))
    order = [device.id for device in site.devices]
    return tuple(sorted(maps.values(), key=lambda entry: order.index(entry.device)))


def _joined(
    first: Mapping[str, tuple[PointKey, ...]], second: Mapping[str, tuple[PointKey, ...]]
) -> dict[str, tuple[PointKey, ...]]:
    """The roles of two devices that are one machine."""
    names = dict.fromkeys((*first, *second))
    return {name: (*first.get(name, ()), *second.get(name, ())) for name in names}


def _is_sum_of_others(device: DeviceConfig, devices: Sequence[DeviceConfig]) -> bool:
    """Whether it is connector 0 of a station whose sockets are devices too."""
    if not device.station or device.unit != 0:
        return False
    return any(other.station == device.station and other.link == device.link and other.unit for other in devices)
