"""From what was found to entries of a site file: names, lines shared by address, roles that a person must settle."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from core.catalogue import Catalogue
from core.config import KnownBy
from core.errors import ProfileError
from core.linkurl import LinkUrl, parse_link
from core.profile import Profile
from core.sitefile import DeviceEntry, LinkEntry
from core.siteread import DEFAULT_ROLES

LONGEST_SLUG = 40
LONGEST_NAME = 20


@dataclass(frozen=True, slots=True)
class Candidate:
    """A device that the operator accepts. ``role`` and ``name`` empty: left to the profile and to the file's reader."""

    url: str
    profile: str
    unit: int | None = None
    station: str = ""
    options: Mapping[str, str] = field(default_factory=dict[str, str])
    name: str = ""
    role: str = ""
    note: str = ""


def entries(
    candidates: Sequence[Candidate],
    catalogue: Catalogue,
    *,
    links: Mapping[str, str] | None = None,
    taken: Collection[str] = (),
) -> tuple[list[LinkEntry], list[DeviceEntry]]:
    """Links (one for each address) and devices for a site file; raise ProfileError on a wrong address or profile.

    ``links`` are those that the file has already (id -> address) and ``taken`` its devices' names. Every new link is
    read-only. A meter gets the role ``other``: what it measures, only somebody on site can say.
    """
    known = {place(url): name for name, url in (links or {}).items()}
    names, new, devices = set(taken), list[LinkEntry](), list[DeviceEntry]()
    for candidate in candidates:
        url = parse_link(candidate.url)
        profile = catalogue.get(candidate.profile)
        if place(candidate.url) not in known:
            link = LinkEntry(free_name(link_name(url), known.values()), candidate.url)
            known[place(candidate.url)] = link.id
            new.append(link)
        name = free_name(device_name(profile), names)
        names.add(name)
        role = candidate.role or DEFAULT_ROLES.get(profile.category, "other")
        devices.append(
            DeviceEntry(
                name,
                known[place(candidate.url)],
                candidate.profile,
                candidate.unit,
                candidate.station,
                candidate.name,
                role,
                candidate.options,
                note=candidate.note,
            )
        )
    return new, devices


def marks(candidates: Sequence[Candidate], gateway: str = "", gateway_mac: str = "") -> KnownBy:
    """By what a site with these devices is recognised."""
    loggers: dict[int, None] = {}
    for candidate in candidates:
        try:
            url = parse_link(candidate.url)
        except ProfileError:
            continue
        if url.serial_number:
            loggers[url.serial_number] = None
    stations = dict.fromkeys(candidate.station for candidate in candidates if candidate.station)
    return KnownBy(gateway, gateway_mac, tuple(loggers), tuple(stations))


def place(url: str) -> tuple[str, str, int, str]:
    """What makes two addresses the same line: a serial port has one speed, whatever else the address says."""
    parsed = parse_link(url)
    return parsed.kind, parsed.host.lower(), parsed.port, parsed.device


def link_name(url: LinkUrl) -> str:
    """An id for a line, from its address."""
    port = slug(url.device.replace("\\", "/").rpartition("/")[2])
    if url.kind in ("rtu", "can"):
        usual = "bus" if url.kind == "rtu" else "can"
        return f"{usual}_{port}" if port.isdecimal() else port or usual
    if url.kind == "v5":
        return f"stick_{url.serial_number}" if url.serial_number else slug(f"stick_{url.host}")
    return "stations" if url.kind == "ocpp" else slug(f"{url.kind}_{url.host}")


def device_name(profile: Profile) -> str:
    """An id for a device, from its model; a long one gives way to the profile's own name."""
    name = slug(profile.model)
    return name if 0 < len(name) <= LONGEST_NAME else slug(profile.id.rpartition("/")[2])


def slug(text: str) -> str:
    """Small letters, digits and underscores, as names in a site file are made; empty when nothing is left."""
    folded = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "_", folded.lower()).strip("_")


def short_slug(text: str) -> str:
    """The same for the name of a file: with hyphens, and not too long."""
    return slug(text).replace("_", "-")[:LONGEST_SLUG].strip("-")


def free_name(wish: str, taken: Collection[str]) -> str:
    """``wish``, or ``wish_2``, ``wish_3`` …; "site" is kept for the site itself."""
    number, name = 1, wish
    while name in taken or name == "site":
        number += 1
        name = f"{wish}_{number}"
    return name
