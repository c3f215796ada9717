"""The devices of a site file as simulated devices: one model, one bank a device, one server for all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from core.config import DeviceConfig, LinkConfig, Site
from core.linkurl import parse_link
from core.points import Value
from core.profile import Profile
from core.protocols import Clock, SystemClock
from drivers.sim.bank import Bank
from drivers.sim.faults import Faults
from drivers.sim.lines import Port, Served
from drivers.sim.noise import clamp
from drivers.sim.quantities import METERED, known_to
from drivers.sim.server import SimServer
from drivers.sim.site import SiteModel, SiteSetup

LOW_VOLTAGE_CELLS = 16  # 51.2 V, for inverters that know nothing higher


class Fleet:
    """Every device of ``site`` that has a sound profile, each on its own line. Model time runs ``speed`` times as fast.

    ``numbers`` gives TCP ports by link, 0 or none takes a free one. ``start_at`` is Unix seconds, None means now.
    ``model`` is one that has already run and goes on here; else a new one begins at ``start_at``.
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
        setup = replace(setup or SiteSetup(), phases=site.phases)
        self.model = model or SiteModel(self._start_at, fitting(setup, devices))
        self._banks: list[tuple[Bank, str]] = []
        self.faults: dict[str, Faults] = {}
        ports = [self._port(link, (numbers or {}).get(link.id, 0)) for link in site.links]
        self._server = SimServer(ports, self.tick)

    def start(self) -> Site:
        """Open every line; return the site with the addresses where it is now. Raises LinkError."""
        self._server.start()
        links = tuple(
            replace(link, url=parse_link(self._server.url(link.id)), enabled=True) for link in self._given.links
        )
        return replace(self._given, links=links)

    def stop(self) -> None:
        """Close every line; safe to call twice."""
        self._server.stop()

    def now(self) -> float:
        """Where the model's time should be, Unix seconds."""
        return self._start_at + (self._clock.ticks() - self._since) * self._speed

    def tick(self) -> None:
        """Move the model on to now and bring every register up to date; the server's thread calls it."""
        self.model.advance(self.now())
        local = self.model.local()
        for bank, measures in self._banks:
            bank.refresh(known_to(self.model, measures, battery=bank.has_battery), local)

    def _port(self, link: LinkConfig, number: int) -> Port:
        units: dict[int, Served] = {}
        for device in self._given.devices_on(link.id):
            if device.profile is not None:
                units[device.unit] = self._serve(device, device.profile)
        return Port(link.id, units, link.url.kind, number)

    def _serve(self, device: DeviceConfig, profile: Profile) -> Served:
        bank = Bank(profile, device.id, device.options, self._obey)
        self._banks.append((bank, measured_by(device)))
        self.faults[device.id] = Faults(self.model.setup.seed)
        return Served(bank, self.faults[device.id])

    def _obey(self, role: str, value: Value) -> bool:
        if role == "charger.limit" and isinstance(value, float):
            self.model.vehicle.limit = clamp(value, 0.0, 32.0)
            return True
        return False


def measured_by(device: DeviceConfig) -> str:
    """Return what a meter at this place of the site measures; a circuit is known by the device's own name."""
    if device.role == "circuit":
        return device.id if device.id in METERED else "workshop"
    return device.role if device.role in METERED else "grid"


def fitting(setup: SiteSetup, devices: list[DeviceConfig]) -> SiteSetup:
    """Return the set-up with a battery whose voltage every inverter of the site can show."""
    for device in devices:
        names = device.profile.roles.get("battery.voltage", ()) if device.profile else ()
        points = [point for name in names if device.profile and (point := device.profile.point(name))]
        if any(point.high is not None and point.high < 3.6 * setup.battery.cells for point in points):
            return replace(setup, battery=replace(setup.battery, cells=LOW_VOLTAGE_CELLS))
    return setup
