"""The window's way to the search for devices: turns what a page asks into the drivers' plans, and their finds back."""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import AddressValueError, IPv4Address

from core.catalogue import Catalogue
from core.config import KnownBy
from core.errors import ProfileError
from core.profile import PROTOCOLS
from drivers.find import search as find
from drivers.find.can_adapters import CanListen
from drivers.find.logbook import Found
from drivers.find.ranges import targets
from drivers.find.report import text_report
from drivers.find.sweep import SerialSweep
from gui.models.find import (
    Answer,
    CanAdapter,
    Fit,
    Progress,
    SerialPort,
    Subnet,
    Surroundings,
    Wish,
    unit_numbers,
)

WAIT_S = 120.0  # for charging stations: time to walk to one and restart it


class Finding:
    """A search under way (``gui.models.find.Search``)."""

    def __init__(self, plan: find.Plan, catalogue: Catalogue) -> None:
        self._search = find.Search(plan, catalogue)

    def start(self) -> None:
        """Begin."""
        self._search.start()

    def progress(self) -> Progress:
        """How far it is."""
        now = self._search.progress()
        return Progress(now.done / now.total if now.total else 0.0, now.text, now.left_s, not now.running)

    def found(self) -> Sequence[Answer]:
        """What has answered so far."""
        return [answer(entry) for entry in self._search.found()]

    def problems(self) -> Sequence[str]:
        """What could not be searched."""
        return self._search.problems()

    def report(self) -> str:
        """Everything that was tried and what came of it."""
        return text_report(self._search.found(), self._search.tried(), self._search.problems())

    def stop(self) -> None:
        """End it and wait for its threads."""
        self._search.stop()


class SiteFinder:
    """What finds devices (``gui.models.find.Finder``). The catalogue is read once, in the worker that asks first."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._around: find.Surroundings | None = None

    def surroundings(self) -> Surroundings:
        """What could be searched; sends nothing."""
        around = self._around = find.surroundings()
        return Surroundings(
            serial=tuple(SerialPort(port.device, port.title, port.usb) for port in around.serial),
            subnets=tuple(Subnet(str(net.offered), net.interface, str(net.address)) for net in around.subnets),
            can=tuple(CanAdapter(entry.interface, entry.channel, entry.title) for entry in around.can),
            access_point=str(around.stick_serial or around.stick),
            known_by=KnownBy(around.gateway.address, around.gateway.mac),
        )

    def choices(self) -> dict[str, tuple[tuple[str, str, str], ...]]:
        """By kind of link, every sound profile that fits it."""
        found: dict[str, list[tuple[str, str, str]]] = {}
        for profile_id in self._catalogue.ids():
            try:
                profile = self._catalogue.get(profile_id)
            except ProfileError:
                continue
            for kind in PROTOCOLS[profile.protocol]:
                found.setdefault(kind, []).append((profile.id, profile.title, profile.category))
        return {kind: tuple(sorted(entries, key=lambda entry: entry[1].lower())) for kind, entries in found.items()}

    def count(self, place: str) -> int:
        """How many addresses a range holds; raises ProfileError with a sentence when it may not be searched."""
        return len({target.host for target in self._targets([place])})

    def search(self, wish: Wish) -> Finding:
        """A search, not yet begun; raises ProfileError."""
        return Finding(self.plan(wish), self._catalogue)

    def plan(self, wish: Wish) -> find.Plan:
        """What the operator has confirmed, as the drivers take it."""
        around = self._around
        joined = around is not None and around.stick and wish.sticks
        return find.Plan(
            targets=self._targets(wish.ranges),
            sticks=self._callees(wish) if wish.sticks else (),
            known_sticks=((around.stick, around.stick_serial or 0),) if around is not None and joined else (),
            serial=tuple(
                SerialSweep(port, wish.speeds, wish.parities, unit_numbers(wish.units)) for port in wish.serial
            ),
            can=tuple(CanListen(interface, channel, wish.can_bitrates) for interface, channel in wish.can),
            stations=find.Stations(wish.ocpp, WAIT_S) if wish.ocpp else None,
        )

    def _targets(self, places: Sequence[str]) -> tuple[find.Target, ...]:
        return targets(places, self._around.networks) if self._around is not None and places else ()

    def _callees(self, wish: Wish) -> tuple[str, ...]:
        """To whom the two calls for sticks go: everybody in the networks, and single addresses that were typed."""
        around = self._around
        if around is None:
            return ()
        if around.loopback:
            return tuple(str(net.address) for net in around.subnets)
        everybody = [net.broadcast for net in around.subnets]
        return tuple(dict.fromkeys([*everybody, *(place for place in wish.ranges if _is_address(place))]))


def answer(entry: Found) -> Answer:
    """A find, as the page shows it."""
    fits = tuple(
        Fit(match.profile_id, match.title, match.confidence, match.evidence, match.serial, dict(match.options))
        for match in entry.identity.matches
    )
    unit = None if entry.station and not entry.unit else entry.unit
    return Answer(entry.url, unit, entry.station, fits, entry.note)


def _is_address(text: str) -> bool:
    try:
        IPv4Address(text)
    except AddressValueError:
        return False
    return True
