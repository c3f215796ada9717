"""A site as data: its lines and devices. ``core.siteread`` reads it from its file."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo

from core.linkurl import LinkUrl
from core.profile import Profile

ROLES = ("inverter", "grid", "solar", "house", "charger", "battery", "circuit", "other")
"""What a device is for the site. For a meter: what it measures."""


@dataclass(frozen=True, slots=True)
class LinkConfig:
    """One line. A new line starts read-only."""

    id: str
    url: LinkUrl
    name: str = ""
    read_only: bool = True
    enabled: bool = True
    timeout_s: float | None = None
    gap_s: float | None = None
    transmit: str = ""  # CAN: the profile that the operator has confirmed for this bus; until then it only listens
    folder: Path | None = None  # of the site file: where ``dbc``, ``cert`` and ``key`` of the address are looked for

    @property
    def title(self) -> str:
        """For people."""
        return self.name or self.id


@dataclass(frozen=True, slots=True)
class DeviceConfig:
    """One device on a line. ``fault`` says why it is not polled (a faulty profile), empty when it is."""

    id: str
    link: str
    profile_id: str
    profile: Profile | None
    unit: int = 1
    name: str = ""
    role: str = "other"
    options: dict[str, str] = field(default_factory=dict[str, str])
    pace: dict[str, float] = field(default_factory=dict[str, float])  # group -> period in s, where the site differs
    fault: str = ""
    reversed: bool = False  # a current transformer or a meter that counts the other way round
    station: str = ""  # OCPP: the identity by which the charging station calls; ``unit`` is the connector
    same_as: str = ""  # the device that is the same machine, reached by another protocol
    limits_current: bool = True  # of several that are one machine, exactly one may limit the current

    @property
    def title(self) -> str:
        """For people."""
        return self.name or self.id


@dataclass(frozen=True, slots=True)
class KnownBy:
    """By what the building is recognised when the program starts there again.

    ``gateway`` is the address of its router and ``gateway_mac`` the router's hardware address (many buildings share
    192.168.1.1, no two share a router); ``loggers`` are serial numbers of SOLARMAN sticks, ``stations`` identities of
    charging stations.
    """

    gateway: str = ""
    gateway_mac: str = ""
    loggers: tuple[int, ...] = ()
    stations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Site:
    """A building: its lines and devices. Powers in W, ``period_s`` is the recording period."""

    name: str
    time_zone: ZoneInfo
    links: tuple[LinkConfig, ...]
    devices: tuple[DeviceConfig, ...]
    phases: int = 1
    contract_power: float = 9000.0
    period_s: int = 600
    path: Path | None = None
    demo: bool = False
    known_by: KnownBy = KnownBy()

    def devices_on(self, link: str) -> tuple[DeviceConfig, ...]:
        """The devices of one line."""
        return tuple(device for device in self.devices if device.link == link)
