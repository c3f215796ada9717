"""``wattelier simulate``: serve a profile, or every device of a site file, until Ctrl-C.

A device with registers is served on the kind of line that is asked for, a wallbox on a serial CAN adapter (SLCAN), a
charging station calls a central system.
"""

from __future__ import annotations

import select
import shlex
import sys
import threading
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

from core.catalogue import Catalogue
from core.config import DeviceConfig, LinkConfig, Site
from core.errors import ProfileError, WattelierError
from core.linkurl import LinkUrl
from core.profile import Profile
from core.siteread import load_site
from drivers.sim.fleet import Fleet, without_ptys
from drivers.sim.orders import HELP, obey

FIRST_PORTS = {"v5": 8899, "ocpp": 8887}
FIRST_PORT = 5020  # of all others
REGISTER_LINKS = ("tcp", "rtu", "rtu+tcp", "v5")
STATION = "SIM-1"
CONTRACT_VA = 18_000.0
_ROLES = {"hybrid": "inverter", "inverter": "inverter", "charger": "charger", "battery": "battery", "meter": "grid"}


def run(
    target: str,
    port: int | None,
    catalogue: Catalogue,
    *,
    options: Mapping[str, str] | None = None,
    speed: float = 1.0,
    end: threading.Event | None = None,
    link: str = "",
) -> int:
    """Serve ``target`` (a profile id or a site file) from TCP port ``port`` on; return the exit code.

    ``link`` is the kind of line for a profile with registers, Modbus TCP by default; a station on OCPP calls the
    central system at ``port`` of this computer. ``speed`` makes the model's time run faster; orders typed at the
    terminal inject faults (see ``orders``). ``end`` stops it, as Ctrl-C does. Bad input is told in one sentence on
    stderr, with exit code 2.
    """
    try:
        site = _site(target, catalogue, options or {}, link)
        numbers = _numbers(site, port)
        fleet = Fleet(site, numbers=numbers, speed=speed)
        served = fleet.start()
    except WattelierError as err:
        print(f"wattelier: {err}", file=sys.stderr)
        return 2
    for device in served.devices:
        print(_line(device, served), flush=True)
    if site.path is None:
        print(f"Read it with: {_reading(served)}", flush=True)
    print(f"Ctrl-C ends it. {HELP}" if _may_listen() else "Ctrl-C ends it.", flush=True)
    end = end or threading.Event()
    try:
        while not end.wait(0.2):  # a wait without end cannot be interrupted on Windows
            if _may_listen() and (order := _order()):
                print(obey(order, fleet), flush=True)
    except KeyboardInterrupt:
        pass
    finally:
        fleet.stop()
    return 0


def _may_listen() -> bool:
    """Whether somebody may type orders: at a terminal, where reading can be tried without waiting."""
    return sys.platform != "win32" and sys.stdin is not None and sys.stdin.isatty()


def _order() -> str:
    """A line that has been typed, or nothing."""
    ready, _, _ = select.select([sys.stdin], [], [], 0)
    return sys.stdin.readline() if ready else ""


def _numbers(site: Site, port: int | None) -> dict[str, int]:
    """TCP ports by link, counted on from ``port``, or from the first of each kind; 0 takes free ones, or needs none."""
    found: dict[str, int] = {}
    for link in site.links:
        number = FIRST_PORTS.get(link.url.kind, FIRST_PORT) if port is None else port
        if link.url.kind == "rtu" or (link.url.kind == "can" and port is None):
            number = 0
        while number and number in found.values():
            number += 1
        found[link.id] = number
    return found


def _line(device: DeviceConfig, site: Site) -> str:
    if device.profile is None:
        return f"not served: {device.id}: {device.fault}"
    url = _url(device, site)
    if device.profile.protocol == "ocpp":
        return f"{url} station {device.station} connector {device.unit}  {device.id}  {device.profile_id}"
    return f"{url} unit {device.unit}  {device.id}  {device.profile_id}"


def _url(device: DeviceConfig, site: Site) -> str:
    return next(link.url.text for link in site.links if link.id == device.link)


def _reading(site: Site) -> str:
    """What to type elsewhere to see the one device of a site."""
    device = site.devices[0]
    return f"wattelier read {shlex.quote(_url(device, site))} {device.profile_id} --unit {device.unit}"


def _site(target: str, catalogue: Catalogue, options: Mapping[str, str], link: str) -> Site:
    file = Path(target)
    if file.suffix in (".yaml", ".yml") or file.is_file():
        if link:
            raise ProfileError("a site file says itself which kinds of line it has; leave --link out")
        return _for_others(without_ptys(load_site(file, catalogue)))
    profile = catalogue.get(target)
    if link and profile.protocol != "modbus":
        raise ProfileError(f"{profile.id} has no registers; leave --link out")
    name = target.rpartition("/")[2]
    device = DeviceConfig(
        id=name,
        link="line",
        profile_id=target,
        profile=profile,
        unit=max(1, profile.unit) if profile.protocol == "ocpp" else profile.unit,
        name=profile.title,
        role=_ROLES.get(profile.category, "other"),
        options=profile.options_with(options),
        station=STATION if profile.protocol == "ocpp" else "",
    )
    line = LinkConfig("line", _address(profile, link))
    zone = ZoneInfo("Europe/Paris")
    return Site(profile.title, zone, (line,), (device,), phases=_phases(profile), contract_power=CONTRACT_VA)


def _for_others(site: Site) -> Site:
    """The same site, its virtual CAN buses on adapters: a virtual bus ends with its own program."""
    links = (
        replace(link, url=replace(link.url, host="slcan")) if link.url.host == "virtual" else link
        for link in site.links
    )
    return replace(site, links=tuple(links))


def _address(profile: Profile, kind: str) -> LinkUrl:
    """Where a single device is served; the numbers are filled in when it starts."""
    if profile.protocol == "can":
        rate = profile.can.bitrate if profile.can else 250_000
        return LinkUrl("can", "", host="slcan", device="pty", given={"bitrate": str(rate)})
    return LinkUrl("ocpp" if profile.protocol == "ocpp" else kind or "tcp", "", host="127.0.0.1")


def _phases(profile: Profile) -> int:
    """One phase for a device that knows only the first."""
    names = [role.rpartition(".")[2] for role in profile.roles]
    return 1 if names and not {"l2", "l12"} & set(names) else 3
