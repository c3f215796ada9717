"""``wattelier simulate``: serve a profile, or every device of a site file, until Ctrl-C."""

from __future__ import annotations

import select
import sys
import threading
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

from core.catalogue import Catalogue
from core.config import DeviceConfig, LinkConfig, Site, load_site
from core.errors import WattelierError
from core.linkurl import LinkUrl
from core.profile import Profile
from drivers.sim.fleet import Fleet
from drivers.sim.orders import HELP, obey

FIRST_PORT = 5020
_ROLES = {"hybrid": "inverter", "inverter": "inverter", "charger": "charger", "battery": "battery", "meter": "grid"}


def run(
    target: str,
    port: int | None,
    catalogue: Catalogue,
    *,
    options: Mapping[str, str] | None = None,
    speed: float = 1.0,
    end: threading.Event | None = None,
) -> int:
    """Serve ``target`` (a profile id or a site file) from TCP port ``port`` on; return the exit code.

    ``speed`` makes the model's time run faster; orders typed at the terminal inject faults (see ``orders``). ``end``
    stops it, as Ctrl-C does. Bad input is told in one sentence on stderr, with exit code 2.
    """
    try:
        site = _site(target, catalogue, options or {})
        first = FIRST_PORT if port is None else port
        numbers = {link.id: first + place if first else 0 for place, link in enumerate(site.links)}
        fleet = Fleet(site, numbers=numbers, speed=speed)
        served = fleet.start()
    except WattelierError as err:
        print(f"wattelier: {err}", file=sys.stderr)
        return 2
    for device in served.devices:
        print(_line(device, served), flush=True)
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


def _line(device: DeviceConfig, site: Site) -> str:
    if device.profile is None:
        return f"not served: {device.id}: {device.fault}"
    url = next(link.url.text for link in site.links if link.id == device.link)
    return f"{url} unit {device.unit}  {device.id}  {device.profile_id}"


def _site(target: str, catalogue: Catalogue, options: Mapping[str, str]) -> Site:
    file = Path(target)
    if file.suffix in (".yaml", ".yml") or file.is_file():
        site = load_site(file, catalogue)
        if sys.platform == "win32":  # no pseudo-terminals there
            site = replace(site, links=tuple(_over_tcp(link) for link in site.links))
        return site
    profile = catalogue.get(target)
    name = target.rpartition("/")[2]
    device = DeviceConfig(
        id=name,
        link="line",
        profile_id=target,
        profile=profile,
        unit=profile.unit,
        name=profile.title,
        role=_ROLES.get(profile.category, "other"),
        options=profile.options_with(options),
    )
    line = LinkConfig("line", LinkUrl("tcp", "", host="127.0.0.1"))
    return Site(profile.title, ZoneInfo("Europe/Paris"), (line,), (device,), phases=_phases(profile))


def _phases(profile: Profile) -> int:
    """One phase for a device that knows only the first."""
    names = [role.rpartition(".")[2] for role in profile.roles]
    return 1 if names and not {"l2", "l12"} & set(names) else 3


def _over_tcp(link: LinkConfig) -> LinkConfig:
    return replace(link, url=replace(link.url, kind="rtu+tcp")) if link.url.kind == "rtu" else link
