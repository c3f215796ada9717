"""Changes of a site that the window offers: each one for the file, and for a site that has no file. For a worker."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

from core import sitefile
from core.catalogue import Catalogue
from core.config import DeviceConfig, KnownBy, Site
from core.errors import CommandRefused, ProfileError
from core.limiter import machines
from core.linkurl import LinkUrl, parse_link
from core.paths import profile_roots
from core.profile import Profile
from core.siteentries import Candidate, entries, free_name, marks, slug
from core.sitefile import DeviceEntry
from core.siteread import load_site
from gui.models.find import why

if TYPE_CHECKING:
    from gui.pages.find_answer import Taken
    from gui.pages.find_site import NewSite


PASSWORD_BYTES = 10  # written as 20 characters, which is what OCPP expects of a station's password


@dataclass(frozen=True, slots=True)
class Edit:
    """A change of the site: in its file, or for a site without one in memory. Both raise WattelierError."""

    in_file: Callable[[Path], object]
    in_memory: Callable[[Site], Site]


def catalogue() -> Catalogue:
    """The shipped profiles and the user's own."""
    return Catalogue(profile_roots())


def password_for(url: LinkUrl) -> str:
    """A password for a charging station that calls over a network; none on this computer's own addresses."""
    return "" if url.kind != "ocpp" or _is_here(url.host) else secrets.token_hex(PASSWORD_BYTES)


def candidates(taken: Sequence[Taken]) -> list[Candidate]:
    """What the operator has ticked, as the site's entries are made of it; stations on a network get a password."""
    return [
        Candidate(
            url=row.answer.url,
            profile=row.profile,
            unit=row.answer.unit,
            station=row.answer.station,
            options={**row.options, **_secret(password_for(parse_link(row.answer.url)))},
            role=row.role,
            note=next((why(fit) for fit in row.answer.fits if fit.profile_id == row.profile), ""),
        )
        for row in taken
    ]


def create(new: NewSite, chosen: Sequence[Candidate], here: KnownBy, language: str) -> Site:
    """Write a new site file; raise ProfileError."""
    if new.file.exists():
        raise ProfileError(f"{new.file}: there is a file of that name already")
    known = catalogue()
    links, devices = entries(chosen, known)
    return sitefile.new_site(
        new.file,
        new.name,
        links,
        devices,
        catalogue=known,
        phases=new.phases,
        contract_power=f"{new.power_kva:g} kVA",
        known_by=marks(chosen, here.gateway, here.gateway_mac),
        language=language,
    )


def adding(chosen: Sequence[Candidate]) -> Edit:
    """Add devices that were found."""

    def in_file(file: Path) -> None:
        known = catalogue()
        site = load_site(file, known)
        lines = {link.id: link.url.text for link in site.links}
        links, devices = entries(chosen, known, links=lines, taken=[device.id for device in site.devices])
        by_id = {link.id: link for link in links}
        for device in devices:
            sitefile.add_device(file, by_id.get(device.link), device, catalogue=known)

    return Edit(in_file, _not_here)


def accepting(link: str, identity: str, connectors: Sequence[int], vendor: str = "", password: str = "") -> Edit:
    """Accept a charging station: one device for each of its connectors."""

    def devices(site: Site, known: Catalogue) -> list[DeviceEntry]:
        profile = _station_profile(known, vendor)
        taken = [device.id for device in site.devices]
        there = {(device.station, device.unit) for device in site.devices if device.link == link}
        made: list[DeviceEntry] = []
        for unit in connectors or (1,):
            if (identity, unit) not in there:
                name = free_name(slug(identity) or "station", [*taken, *(device.id for device in made)])
                title = f"{identity} · {unit}" if len(connectors) > 1 else identity
                made.append(DeviceEntry(name, link, profile.id, unit, identity, title, "charger", _secret(password)))
        return made

    def in_file(file: Path) -> None:
        known = catalogue()
        for device in devices(load_site(file, known), known):
            sitefile.add_device(file, None, device, catalogue=known)

    def in_memory(site: Site) -> Site:
        known = catalogue()
        return replace(site, devices=(*site.devices, *(_config(entry, known) for entry in devices(site, known))))

    return Edit(in_file, in_memory)


def limiting(device: str) -> Edit:
    """Let this one of the devices that are one charging station limit its current, and the others not."""

    def twins(site: Site) -> dict[str, bool]:
        for machine in machines(site):
            if device in {twin.id for twin in machine.devices}:
                return {twin.id: twin.id == device for twin in machine.devices}
        raise CommandRefused(f"{device!r} is not a charging station that is reached twice")

    def in_file(file: Path) -> None:
        known = catalogue()
        found = twins(load_site(file, known))
        sitefile.set_entries(
            file, [("devices", twin, "limits_current", limits) for twin, limits in found.items()], catalogue=known
        )

    def in_memory(site: Site) -> Site:
        found = twins(site)
        return replace(
            site,
            devices=tuple(
                replace(entry, limits_current=found[entry.id]) if entry.id in found else entry for entry in site.devices
            ),
        )

    return Edit(in_file, in_memory)


def numbering(link: str, serial: int) -> Edit:
    """Call a stick by its true serial number."""

    def url(site: Site) -> LinkUrl:
        return _with_serial(next(entry.url for entry in site.links if entry.id == link), serial)

    return _of_link(link, "url", lambda site: url(site).text, lambda site: {"url": url(site)})


def transmitting(link: str, profile: str) -> Edit:
    """Remember that the operator has confirmed a profile for a CAN bus; "" forgets it."""
    return _of_link(link, "transmit", lambda _site: profile or None, lambda _site: {"transmit": profile})


def writing(link: str, allowed: bool) -> Edit:
    """Open a link for writing, or make it read-only again, as every new link is; a CAN bus then only listens."""

    def in_file(file: Path) -> None:
        known = catalogue()
        silent = not allowed and any(entry.id == link and entry.transmit for entry in load_site(file, known).links)
        quiet = [("links", link, "transmit", None)] if silent else []
        sitefile.set_entries(file, [("links", link, "read_only", not allowed), *quiet], catalogue=known)

    def in_memory(site: Site) -> Site:
        changed = {"read_only": not allowed} | ({} if allowed else {"transmit": ""})
        links = tuple(replace(entry, **changed) if entry.id == link else entry for entry in site.links)  # pyright: ignore[reportArgumentType] - the fields are those of a link
        return replace(site, links=links)

    return Edit(in_file, in_memory)


def _secret(password: str) -> dict[str, str]:
    return {"password": password} if password else {}


def _is_here(host: str) -> bool:
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def _of_link(
    link: str, key: str, text: Callable[[Site], str | None], fields: Callable[[Site], dict[str, object]]
) -> Edit:
    def in_file(file: Path) -> None:
        known = catalogue()
        sitefile.set_entry(file, "links", link, key, text(load_site(file, known)), catalogue=known)

    def in_memory(site: Site) -> Site:
        change = fields(site)
        links = tuple(replace(entry, **change) if entry.id == link else entry for entry in site.links)  # pyright: ignore[reportArgumentType] - the fields are those of a link
        return replace(site, links=links)

    return Edit(in_file, in_memory)


def _with_serial(url: LinkUrl, serial: int) -> LinkUrl:
    parts = urlsplit(url.text)
    given = {**url.given, "serial": str(serial)}
    return parse_link(parts._replace(query=urlencode(given)).geturl())


def _station_profile(known: Catalogue, vendor: str) -> Profile:
    """The profile for a charging station on OCPP: the maker's own, else the general one."""
    usable = [profile for profile in known if profile.protocol == "ocpp"]
    if not usable:
        raise ProfileError("there is no profile for charging stations on OCPP")
    own = [profile for profile in usable if vendor and profile.maker.lower() in vendor.lower()]
    general = [profile for profile in usable if profile.id.startswith("generic/")]
    return (own or general or usable)[0]


def _config(entry: DeviceEntry, known: Catalogue) -> DeviceConfig:
    profile = known.get(entry.profile)
    return DeviceConfig(
        id=entry.id,
        link=entry.link,
        profile_id=entry.profile,
        profile=profile,
        unit=entry.unit or 1,
        name=entry.name,
        role=entry.role,
        options=profile.options_with(entry.options),
        station=entry.station,
    )


def _not_here(site: Site) -> Site:
    raise ProfileError(f"{site.name} has no file: nothing can be added to it; make a site of its own")
