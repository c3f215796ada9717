"""Reads the user's file: which devices hang on which lines. Validated as a whole; every fault is reported at once."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ruamel.yaml.scalarint import HexInt

from core.catalogue import Catalogue
from core.config import ROLES, DeviceConfig, KnownBy, LinkConfig, Site
from core.document import Document, Faults, duration_s, plain
from core.errors import ProfileError
from core.layout import points_of
from core.linkurl import LinkUrl, parse_link
from core.profile import Profile
from core.sitechecks import check_site

VERSION = 1  # of a site file, which need not say it; a newer one is refused
PERIODS_MIN = (1, 5, 10, 15, 30, 60)

_ID = re.compile(r"[a-z0-9][a-z0-9_-]*")


def load_site(file: Path, catalogue: Catalogue) -> Site:
    """Read a site file; raise ProfileError that lists every fault, one per line.

    A profile that is itself faulty does not stop the site: its device stays off and says why.
    """
    faults = Faults()
    document = Document.read(file, faults)
    faults.raise_if_any()
    site = read_site(document, catalogue)
    faults.raise_if_any()
    return replace(site, path=file)


def read_site(document: Document, catalogue: Catalogue) -> Site:
    """Turn a site's document into a Site; faults are added to the document's list."""
    version = document.whole("version", VERSION)
    if version > VERSION:
        document.fault("version", f"was written by a newer Wattelier ({version}); open it with that version")
        return Site(name="", time_zone=ZoneInfo("UTC"), links=(), devices=())
    document.only(
        ("version", "name", "time_zone", "phases", "contract_power", "recording_period", "known_by", "links", "devices")
    )
    links = tuple(_link(document.child("links"), name) for name in document.child("links").names())
    if not links:
        document.faults.add(document.file, None, "links", "a site needs at least one link")
    known = {link.id for link in links}
    entries = document.child("devices")
    phases = document.whole("phases", 1)
    if phases not in (1, 3):
        document.fault("phases", "must be 1 or 3")
    devices = tuple(_device(entries, name, known, catalogue, phases) for name in entries.names())
    check_site(document.child("links"), entries, links, devices)
    return Site(
        name=document.text("name"),
        time_zone=_zone(document),
        links=links,
        devices=devices,
        phases=phases,
        contract_power=_contract_power(document),
        period_s=_period(document),
        known_by=read_known_by(document),
    )


def read_known_by(document: Document) -> KnownBy:
    """The section ``known_by`` of a site file; faults are added to the document's list."""
    entry = document.child("known_by")
    entry.only(("gateway", "gateway_mac", "loggers", "stations"))
    return KnownBy(
        gateway=entry.text("gateway", ""),
        gateway_mac=entry.text("gateway_mac", "").lower(),
        loggers=entry.integers("loggers"),
        stations=entry.texts("stations"),
    )


DEFAULT_ROLES = {"hybrid": "inverter", "inverter": "inverter", "charger": "charger", "battery": "battery"}
METERS = frozenset({"meter", "pulse", "generic"})
_NEEDS = {"inverter": {"hybrid", "inverter"}, "battery": {"battery"}, "charger": {"charger"} | METERS}


def _role(entry: Document, profile: Profile | None) -> str:
    """What a device is for the site; the profile says what it can be."""
    category = profile.category if profile else ""
    role = entry.text("role", DEFAULT_ROLES.get(category, "other"))
    if role not in ROLES:
        entry.fault("role", f"{role!r} is not one of {', '.join(ROLES)}")
    elif profile is not None and role != "other" and category not in _NEEDS.get(role, METERS):
        entry.fault("role", f"{profile.id} is a device of the kind {category!r}; it cannot have the role {role!r}")
    return role


def _zone(document: Document) -> ZoneInfo:
    name = document.text("time_zone", "Europe/Paris")
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        document.fault("time_zone", f"{name!r} is not a time zone such as Europe/Paris")
        return ZoneInfo("UTC")


def _contract_power(document: Document) -> float:
    """``18 kVA``, ``9 kW`` or a number of W."""
    value = document.plain("contract_power", 9000)
    if isinstance(value, (int, float)) and not isinstance(value, bool) and value > 0:
        return float(value)
    match = re.fullmatch(r"\s*(\d+(?:[.,]\d+)?)\s*(kVA|kW|VA|W)\s*", str(value))
    if not match or float(match[1].replace(",", ".")) == 0:
        document.fault("contract_power", f"{value!r} is not a power such as 18 kVA")
        return 9000.0
    return float(match[1].replace(",", ".")) * (1000 if match[2].startswith("k") else 1)


def _period(document: Document) -> int:
    value = document.plain("recording_period", "10 min")
    try:
        seconds = duration_s(value)
    except ValueError:
        seconds = 0.0
    if seconds not in {60.0 * minutes for minutes in PERIODS_MIN}:
        allowed = ", ".join(map(str, PERIODS_MIN))
        document.fault("recording_period", f"{value!r} is not one of {allowed} min")
        return 600
    return int(seconds)


def _check_id(entries: Document, name: str) -> None:
    if not _ID.fullmatch(name):
        entries.fault(name, "a name here holds small letters, digits, - and _ only")
    if name == "site":
        entries.fault(name, "the name 'site' is kept for the site's own values")


def _link(entries: Document, name: str) -> LinkConfig:
    _check_id(entries, name)
    entry = entries.child(name)
    entry.only(("url", "name", "read_only", "enabled", "timeout", "gap", "transmit"))
    text = entry.text("url")
    try:
        url = parse_link(text) if text else LinkUrl("", "")
    except ProfileError as err:
        entry.fault("url", str(err))
        url = LinkUrl("", text)
    return LinkConfig(
        id=name,
        url=url,
        name=entry.text("name", ""),
        read_only=entry.flag("read_only", True),
        enabled=entry.flag("enabled", True),
        timeout_s=entry.duration("timeout", 0.0) or None,
        gap_s=entry.duration("gap", 0.0) if "gap" in entry else None,
        transmit=entry.text("transmit", ""),
        folder=entry.file.parent,
    )


def _device(entries: Document, name: str, links: set[str], catalogue: Catalogue, phases: int) -> DeviceConfig:
    _check_id(entries, name)
    entry = entries.child(name)
    entry.only(
        (
            "link",
            "profile",
            "unit",
            "station",
            "name",
            "role",
            "reversed",
            "options",
            "pace",
            "same_as",
            "limits_current",
        )
    )
    link = entry.text("link")
    if link and link not in links:
        entry.fault("link", f"there is no link {link!r}; the site has {', '.join(sorted(links)) or 'none'}")
    profile_id = entry.text("profile")
    profile, options, fault = _profile(entry, profile_id, catalogue, phases)
    role = _role(entry, profile)
    unit = entry.whole("unit", profile.unit if profile else 1)
    if not 0 <= unit <= 255:
        entry.fault("unit", "must be from 0 to 255")
    pace: dict[str, float] = {}
    for group in entry.child("pace").names():
        if profile and group not in profile.groups:
            entry.child("pace").fault(group, f"{profile.id} has no group {group!r}")
        pace[group] = entry.child("pace").duration(group, 1.0)
        if pace[group] <= 0:
            entry.child("pace").fault(group, "must be longer than nothing")
    return DeviceConfig(
        id=name,
        link=link,
        profile_id=profile_id,
        profile=profile,
        unit=unit,
        name=entry.text("name", ""),
        role=role,
        options=options,
        pace=pace,
        fault=fault,
        reversed=entry.flag("reversed", False),
        station=entry.text("station", ""),
        same_as=entry.text("same_as", ""),
        limits_current=entry.flag("limits_current", not entry.text("same_as", "")),
    )


def _profile(
    entry: Document, profile_id: str, catalogue: Catalogue, phases: int
) -> tuple[Profile | None, dict[str, str], str]:
    if not profile_id:
        return None, {}, "no profile"
    if profile_id not in catalogue.ids():
        try:
            catalogue.get(profile_id)
        except ProfileError as err:
            entry.fault("profile", str(err))
        return None, {}, "no profile"
    try:
        profile = catalogue.get(profile_id)
    except ProfileError as err:
        return None, {}, str(err)
    chosen = entry.child("options")
    texts = {name: _option_text(chosen.raw(name)) for name in chosen.names()}
    if "phases" in profile.options:
        texts.setdefault("phases", str(phases))
    try:
        options = profile.options_with(texts)
        points_of(profile, options)
    except ProfileError as err:
        entry.fault("options", str(err))
        options = {}
    return profile, options, ""


def _option_text(value: object) -> str:
    """An option as the person wrote it: 0x8161 stays hexadecimal, 8161 stays 8161."""
    return f"0x{int(value):04X}" if isinstance(value, HexInt) else str(plain(value))
