"""Which points every device has: known from its profile at first, settled by the device itself where it says so."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from core.config import DeviceConfig, Site
from core.layout import points_of
from core.points import Point, PointKey
from core.sitepoints import DEVICE, POINTS


class PointBook:
    """Points by device and by key; any thread."""

    def __init__(self, site: Site) -> None:
        self._lock = threading.Lock()
        self._devices = {device.id: device for device in site.devices}
        self._points: dict[str, tuple[Point, ...]] = {DEVICE: tuple(POINTS.values())}
        self._by_key: dict[PointKey, Point] = {}
        self.settle(DEVICE, self._points[DEVICE])
        for device in site.devices:
            if device.profile is not None:
                self.settle(device.id, points_of(device.profile, device.options))

    def settle(self, device: str, points: Sequence[Point]) -> None:
        """Say what a device really has; replaces what was known of it."""
        with self._lock:
            self._points[device] = tuple(points)
            self._by_key = {key: point for key, point in self._by_key.items() if key.device != device}
            self._by_key.update({PointKey(device, point.id): point for point in points})

    def points(self, device: str) -> tuple[Point, ...]:
        """The points of a device, in the order of its map."""
        with self._lock:
            return self._points.get(device, ())

    def find(self, key: PointKey) -> Point | None:
        """The point of that key."""
        with self._lock:
            return self._by_key.get(key)

    def periods(self, device: str) -> dict[PointKey, float | None]:
        """How often each point of a device is read (s), None for on demand: what the hub needs to know staleness."""
        config = self._devices.get(device)
        return {PointKey(device, point.id): period_of(config, point) for point in self.points(device)}


def period_of(device: DeviceConfig | None, point: Point) -> float | None:
    """The period of a point's group on this site (s); None for on demand or once, 1 s for the site's own values."""
    if device is None or device.profile is None:
        return 1.0
    group = device.profile.groups.get(point.group)
    if group is None or group.every_s is None:
        return None
    return device.pace.get(group.id, group.every_s)
