"""Devices as pages show them: those of the site file, and the site's own computed values as one more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from core import sitepoints
from core.points import Point
from core.profile import Group, Profile
from core.roles import role_map
from gui import i18n
from gui.models import wording
from gui.sentences import Names

if TYPE_CHECKING:
    from core.config import DeviceConfig
    from core.facade import DeviceView, Station

SITE_GROUPS = {
    "power": Group("power", 1.0, en="Power", fr="Puissances"),
    "energy": Group("energy", 1.0, en="Energy", fr="Énergies"),
}

SITE_FLOWS = {"grid.power": "grid", "battery.power": "battery"}


@dataclass(frozen=True, slots=True)
class Shown:
    """One device; ``link`` is empty for the site's own values. ``groups`` carry the pace of this site."""

    id: str
    name: str
    profile: str = ""
    link: str = ""
    unit: int = 0
    station: str = ""
    protocol: str = "modbus"
    options: Mapping[str, str] = field(default_factory=dict[str, str])  # as they are settled for this device
    profile_data: Profile | None = field(default=None, compare=False, repr=False)
    fault: str = ""
    points: tuple[Point, ...] = ()
    groups: Mapping[str, Group] | None = None
    flows: Mapping[str, str] = field(default_factory=dict[str, str])  # powers with a sign word: see ``wording.sign``
    names: Names = field(default=str, compare=False)  # of its options and points, by their id

    @property
    def place(self) -> str:
        """Which of its line's devices it is: ``address 3``, ``node 1``, ``station BORNE-7, connector 1``."""
        return wording.place(self.protocol, self.unit, self.station)


def shown_devices(station: Station) -> list[Shown]:
    """Every device in the order of the site file, then the site itself."""
    return [*(_of(view) for view in station.devices()), _site(station)]


def _of(view: DeviceView) -> Shown:
    config = view.config
    groups: dict[str, Group] = {}
    for name, group in config.profile.groups.items() if config.profile else ():
        groups[name] = replace(group, every_s=config.pace[name]) if name in config.pace else group
    return Shown(
        id=config.id,
        name=config.title,
        profile=config.profile.title if config.profile else config.profile_id,
        link=config.link,
        unit=config.unit,
        station=config.station,
        protocol=config.profile.protocol if config.profile else "modbus",
        options=config.options,
        profile_data=config.profile,
        fault=config.fault,
        points=view.points,
        groups=groups,
        flows=flows_of(config),
        names=names_of(config.profile),
    )


def flows_of(config: DeviceConfig) -> dict[str, str]:
    """Which points are a power of the grid or of a battery: "grid" or "battery", "-" before what is turned round."""
    found: dict[str, str] = {}
    roles = role_map(config)
    for role, keys in roles.roles.items():
        head, _, rest = role.partition(".")
        if head in ("grid", "battery") and (rest == "power" or rest.startswith("power.")):
            found |= {key.point: f"-{head}" if roles.reversed else head for key in keys}
    return found


def names_of(profile: Profile | None) -> Names:
    """What the options and points of a profile are called, by the id that sentences mention."""

    def name(entry_id: str) -> str:
        if profile is None:
            return entry_id
        if option := profile.options.get(entry_id):
            return (option.fr if i18n.current() == "fr" else option.en) or entry_id
        point = profile.point(entry_id)
        return point.title(i18n.current()) if point else entry_id

    return name


def _site(station: Station) -> Shown:
    name = QCoreApplication.translate("devices", "Balance of the site")
    return Shown(
        sitepoints.DEVICE, name, points=station.points(sitepoints.DEVICE), groups=SITE_GROUPS, flows=SITE_FLOWS
    )
