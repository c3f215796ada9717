"""The devices of a site file as simulated devices: one model, one bank or twin a device, one server for all."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from time import monotonic
from urllib.parse import urlencode

from core.config import DeviceConfig, LinkConfig, Site
from core.linkurl import LinkUrl, parse_link
from core.points import Value
from core.profile import Profile
from core.protocols import Clock, SystemClock
from drivers.sim.bank import Bank
from drivers.sim.faults import Faults
from drivers.sim.later import Ticks
from drivers.sim.lines import Port, Served, Twin
from drivers.sim.noise import clamp
from drivers.sim.quantities import METERED, known_to
from drivers.sim.server import SimServer
from drivers.sim.site import SiteModel, SiteSetup
from drivers.sim.stick_quirks import Quirks

LOW_VOLTAGE_CELLS = 16  # 51.2 V, for inverters that know nothing higher
MOST_LIMIT_A = 32.0
KEPT = ("serial", "unit", "dbc")
"""Settings of an address that stay with the operator's device wherever it is served."""

SHARES = {"battery.limit.charge.share": "charge_share", "battery.limit.discharge.share": "discharge_share"}
"""Role -> what it sets of the battery, in %."""

OnWrite = Callable[[str, Value], bool]


@dataclass(frozen=True, slots=True)
class Followed:
    """What is brought up to date with the model, what a meter at its place measures, which charging station it is."""

    follower: Bank | Twin
    measures: str
    charger: str


class Fleet:
    """Every device of ``site`` with a sound profile, on the lines of the site. Model time runs ``speed`` times as fast.

    ``numbers`` gives TCP ports by link, 0 or none takes a free one. ``start_at`` is Unix seconds, None means now.
    ``model`` is one that has already run and goes on here; else a new one begins at ``start_at``. ``faults`` are those
    of each device with registers, ``banks`` the registers themselves, which can be poked, ``quirks`` the oddities of
    each SOLARMAN stick, ``twins`` the devices without registers, which can be muted; all may be switched at any time.
    """

    def __init__(
        self,
        site: Site,
        setup: SiteSetup | None = None,
        *,
        start_at: float | None = None,
        speed: float = 1.0,
        numbers: Mapping[str, int] | None = None,
        clock: Clock | None = None,
        model: SiteModel | None = None,
    ) -> None:
        self._given, self._speed = site, speed
        self._clock = clock or SystemClock()
        self._start_at = self._clock.now() if start_at is None else start_at
        self._since = self._clock.ticks()
        devices = [device for device in site.devices if device.profile is not None]
        setup = replace(setup or SiteSetup(), phases=site.phases, contract_power=site.contract_power)
        self.model = model or SiteModel(self._start_at, fitting(setup, devices))
        self._followed: list[Followed] = []
        self.faults: dict[str, Faults] = {}
        self.banks: dict[str, Bank] = {}
        self.twins: dict[str, Twin] = {}
        self.quirks = {link.id: Quirks() for link in site.links if link.url.kind == "v5"}
        ports = [self._port(link, (numbers or {}).get(link.id, 0)) for link in site.links]
        self._server = SimServer(ports, self.tick)

    def start(self) -> Site:
        """Open every line; return the site with the addresses where it is now. Raises LinkError."""
        self._server.start()
        links = tuple(
            replace(link, url=served_at(self._server.url(link.id), link.url), enabled=True)
            for link in self._given.links
        )
        return replace(self._given, links=links)

    def stop(self) -> None:
        """Close every line; safe to call twice."""
        self._server.stop()

    def now(self) -> float:
        """Where the model's time should be, Unix seconds."""
        return self._start_at + (self._clock.ticks() - self._since) * self._speed

    def tick(self) -> None:
        """Move the model on to now and bring every device up to date; the server's thread calls it."""
        self.model.advance(self.now())
        local = self.model.clock()
        for each in self._followed:
            known = known_to(self.model, each.measures, battery=each.follower.has_battery, charger=each.charger)
            each.follower.refresh(known, local)

    def _port(self, link: LinkConfig, number: int) -> Port:
        units: dict[int, Served] = {}
        twins: list[Twin] = []
        for device in self._given.devices_on(link.id):
            if device.profile is None:
                continue
            if device.profile.protocol == "modbus":
                units[device.unit] = self._serve(device, device.profile)
            else:
                twins.append(self._twin(device, device.profile))
        return Port(link.id, units, link.url.kind, number, tuple(twins), link.url, self.quirks.get(link.id))

    def _serve(self, device: DeviceConfig, profile: Profile) -> Served:
        bank = Bank(profile, device.id, device.options, self._obeys(device), ticks=self._clock.ticks)
        self._followed.append(Followed(bank, measured_by(device), charger_of(device)))
        self.banks[device.id] = bank
        self.faults[device.id] = Faults(self.model.setup.seed, self._clock.ticks)
        return Served(bank, self.faults[device.id])

    def _twin(self, device: DeviceConfig, profile: Profile) -> Twin:
        twin = self.twins[device.id] = twin_of(device, profile, self._obeys(device), self._clock.ticks)
        self._followed.append(Followed(twin, measured_by(device), charger_of(device)))
        return twin

    def _obeys(self, device: DeviceConfig) -> OnWrite:
        """What a device does with what it is told: a charging station limits its vehicle, an inverter the battery."""
        vehicle = self.model.vehicles.get(charger_of(device))

        def obey(role: str, value: Value) -> bool:
            if role in SHARES and isinstance(value, float):
                setattr(self.model.battery, SHARES[role], clamp(value / 100.0, 0.0, 1.0))
                return True
            if vehicle is None or not isinstance(value, float):
                return False
            if role == "charger.limit":
                vehicle.limit = clamp(value, 0.0, MOST_LIMIT_A)
            elif role in ("charger.start", "charger.stop"):
                vehicle.stopped = role == "charger.stop"
            else:
                return False
            return True

        return obey


def twin_of(device: DeviceConfig, profile: Profile, on_write: OnWrite, ticks: Ticks = monotonic) -> Twin:
    """Return the simulated device of a protocol without registers."""
    if profile.protocol == "can":
        from drivers.sim.can_twin import CanTwin  # cantools takes a while to import

        return CanTwin(device, on_write)
    from drivers.sim.station_twin import StationTwin

    return StationTwin(device, on_write, ticks=ticks)


def served_at(address: str, given: LinkUrl) -> LinkUrl:
    """Where a line is served, with the settings that the site file gives to the device itself."""
    served = parse_link(address)
    kept = {name: given.given[name] for name in KEPT if name in given.given and name not in served.given}
    if not kept:
        return served
    return parse_link(f"{address}{'&' if '?' in address else '?'}{urlencode(kept, safe='/')}")


def measured_by(device: DeviceConfig) -> str:
    """Return what a meter at this place of the site measures; a circuit is known by the device's own name."""
    if device.role == "circuit":
        return device.id if device.id in METERED else "workshop"
    return device.role if device.role in METERED else "grid"


def charger_of(device: DeviceConfig) -> str:
    """Return the charging station that a device is, empty when it is none. Two devices may be one station."""
    is_one = device.role == "charger" and device.profile is not None and device.profile.category == "charger"
    return (device.same_as or device.id) if is_one and not is_whole_station(device) else ""


def is_whole_station(device: DeviceConfig) -> bool:
    """Whether it is connector 0 of a station on OCPP: what its sockets have in common, and no socket itself."""
    return bool(device.station) and device.unit == 0


def fitting(setup: SiteSetup, devices: list[DeviceConfig]) -> SiteSetup:
    """Return the set-up with the site's charging stations, and a battery whose voltage every inverter can show."""
    if chargers := tuple(dict.fromkeys(name for device in devices if (name := charger_of(device)))):
        setup = replace(setup, chargers=chargers)
    for device in devices:
        names = device.profile.roles.get("battery.voltage", ()) if device.profile else ()
        points = [point for name in names if device.profile and (point := device.profile.point(name))]
        if any(point.high is not None and point.high < 3.6 * setup.battery.cells for point in points):
            return replace(setup, battery=replace(setup.battery, cells=LOW_VOLTAGE_CELLS))
    return setup


def without_ptys(site: Site) -> Site:
    """The same site, its serial lines over TCP where the system has no pseudo-terminals."""
    if sys.platform != "win32":
        return site
    return replace(site, links=tuple(_over_tcp(link) for link in site.links))


def _over_tcp(link: LinkConfig) -> LinkConfig:
    return replace(link, url=replace(link.url, kind="rtu+tcp")) if link.url.kind == "rtu" else link
