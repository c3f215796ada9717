"""What must hold between the links and devices of a site file: addresses, protocols, machines reached twice."""

from __future__ import annotations

from core.config import DeviceConfig, LinkConfig
from core.document import Document
from core.profile import PROTOCOLS


def check_site(
    lines: Document, entries: Document, links: tuple[LinkConfig, ...], devices: tuple[DeviceConfig, ...]
) -> None:
    """Add every fault to the document's list; ``lines`` and ``entries`` are its sections of links and devices."""
    _check_addresses(entries, links, devices)
    _check_listeners(lines, links)
    _check_protocols(lines, entries, links, devices)
    _check_buses(lines, entries, links, devices)
    _check_twins(entries, devices)


def _check_addresses(entries: Document, links: tuple[LinkConfig, ...], devices: tuple[DeviceConfig, ...]) -> None:
    """Every address of a line belongs to one device, also when two links lead to the same line.

    A unit may appear several times only with profiles that share a register map: generic meters, SunSpec models.
    """
    place = {link.id: _place(link) for link in links}
    taken: dict[tuple[object, int, str], DeviceConfig] = {}
    for device in devices:
        if device.link not in place:
            continue
        family = device.profile_id if device.profile is not None and device.profile.protocol == "can" else ""
        address = (place[device.link], device.unit, device.station or family)
        other = taken.setdefault(address, device)
        if other is not device and not _may_share(device, other):
            entries.fault(device.id, f"has the same unit {device.unit} on the same line as {other.id!r}")


def _place(link: LinkConfig) -> tuple[object, ...]:
    """Where a line is; an OCPP line on port 0 takes one of its own."""
    url = link.url
    own = link.id if url.kind == "ocpp" and url.port == 0 else ""
    return url.host.lower(), url.port, url.device, own


def _check_listeners(lines: Document, links: tuple[LinkConfig, ...]) -> None:
    """Only one can listen at an address."""
    taken: dict[tuple[object, ...], str] = {}
    for link in links:
        if link.url.kind == "ocpp" and (other := taken.setdefault(_place(link), link.id)) != link.id:
            lines.fault(link.id, f"listens at the same address as {other!r}")


def _check_buses(
    lines: Document, entries: Document, links: tuple[LinkConfig, ...], devices: tuple[DeviceConfig, ...]
) -> None:
    """A CAN bus has one bit rate, and its devices have numbers that their profiles know."""
    for link in links:
        rates: set[int] = set()
        for device in devices:
            rules = device.profile.can if device.profile is not None else None
            if device.link != link.id or link.url.kind != "can" or rules is None:
                continue
            rates.add(rules.bitrate)
            low, high = rules.nodes
            if rules.node_mask and not low <= device.unit <= high:
                entries.child(device.id).fault("unit", f"must be from {low} to {high} on this bus")
        if len(rates) > 1 and link.url.bitrate is None:
            known = ", ".join(map(str, sorted(rates)))
            lines.fault(link.id, f"its devices speak at {known} bit/s: the address must say which (bitrate=…)")


def _may_share(device: DeviceConfig, other: DeviceConfig) -> bool:
    layouts = {entry.profile.layout for entry in (device, other) if entry.profile is not None}
    if device.link != other.link or len(layouts) != 1:
        return False
    return layouts == {"four_fields"} or (layouts == {"sunspec"} and device.profile_id != other.profile_id)


def _check_protocols(
    lines: Document, entries: Document, links: tuple[LinkConfig, ...], devices: tuple[DeviceConfig, ...]
) -> None:
    """A profile hangs on a link that speaks its protocol."""
    kinds = {link.id: link.url.kind for link in links}
    for device in devices:
        kind = kinds.get(device.link, "")
        if device.profile is None or not kind:
            continue
        if kind not in PROTOCOLS[device.profile.protocol]:
            known = ", ".join(PROTOCOLS[device.profile.protocol])
            entries.fault(
                device.id, f"{device.profile.id} does not speak on a link of the kind {kind!r}, but on {known}"
            )
        elif kind == "ocpp" and not device.station:
            entries.fault(device.id, "needs the identity of the charging station: station: NAME")
        elif kind != "ocpp" and device.station:
            entries.fault(device.id, "station is for a device on an OCPP link")
    for link in links:
        if link.transmit and (link.url.kind != "can" or link.read_only):
            lines.fault(link.id, "transmit is for a CAN link with read_only: false")
        elif link.transmit and link.transmit not in {device.profile_id for device in devices if device.link == link.id}:
            lines.fault(link.id, f"transmit names {link.transmit!r}, which no device of this link has as its profile")


def _check_twins(entries: Document, devices: tuple[DeviceConfig, ...]) -> None:
    """What is one machine has one that limits its current."""
    by_id = {device.id: device for device in devices}
    for device in devices:
        if not device.same_as:
            continue
        other = by_id.get(device.same_as)
        if other is None or other is device or other.same_as:
            entries.fault(
                device.id, f"same_as must name another device, which has no same_as itself, not {device.same_as!r}"
            )
        elif other.role != device.role:
            entries.fault(device.id, f"is the same machine as {other.id!r}, but has another role")
    for machine in devices:
        twins = [device for device in devices if machine.id in (device.id, device.same_as)]
        if len(twins) > 1 and sum(device.limits_current for device in twins) != 1:
            names = ", ".join(device.id for device in twins)
            entries.fault(machine.id, f"exactly one of {names} may limit the current: set limits_current")
        elif len(twins) == 1 and not machine.limits_current and not machine.same_as:
            entries.fault(
                machine.id, "limits_current: false is for one of two devices that are the same machine (same_as)"
            )
