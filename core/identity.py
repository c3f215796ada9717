"""The serial number of a device, as it has told it itself."""

from __future__ import annotations

from collections.abc import Callable

from core.config import DeviceConfig
from core.points import Point, PointKey, Reading
from core.profile import Profile

OCPP_SERIALS = (
    "BootNotification.chargePointSerialNumber",
    "BootNotification.chargeBoxSerialNumber",
)


def serial_points(profile: Profile) -> list[Point]:
    """The points of a profile that hold a serial number, the best first: what its probes read, what OCPP names so."""
    probes = {(probe.function, probe.at) for probe in profile.identify if probe.serial}
    asked = [point for point in profile.points if point.at and (point.function, point.address) in probes]
    told = [point for path in OCPP_SERIALS for point in profile.points if point.path == path]
    return asked + told


def serial_of(device: DeviceConfig, latest: Callable[[PointKey], Reading | None]) -> str:
    """The serial number; empty while it is not known. A value that has become stale still names the device."""
    if device.profile is None:
        return ""
    for point in serial_points(device.profile):
        reading = latest(PointKey(device.id, point.id))
        if reading is not None and reading.value is not None:
            value = reading.value
            return f"{value:.0f}" if isinstance(value, float) else str(value).strip()
    return device.station
