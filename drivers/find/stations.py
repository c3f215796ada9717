"""Charging stations that call this computer: listed, and refused, until the operator has put them into a site file."""

from __future__ import annotations

from collections.abc import Sequence

from core.config import LinkConfig
from core.evidence import Calls
from core.linkurl import parse_link
from core.points import Reading
from core.profile import Profile
from core.status import Line, StationSeen
from drivers.find.identify import Identity, Match
from drivers.find.logbook import Found, found
from drivers.ocpp.door import UNKNOWN
from drivers.registry import Wiring, build_line


class _Nowhere:
    """A sink for readings that nobody has asked for."""

    def put(self, readings: Sequence[Reading]) -> None:
        """Forget them."""
        del readings


class StationWatch:
    """A central system that accepts nobody, open between ``start`` and ``stop``."""

    def __init__(self, url: str, profiles: Sequence[Profile]) -> None:
        """``url`` is where to listen; raise ProfileError with a sentence when it is no address."""
        self.url = url
        self._profiles = [profile for profile in profiles if profile.protocol == "ocpp"]
        self._line: Line = build_line(LinkConfig("find", parse_link(url)), (), Wiring(_Nowhere()))

    def start(self) -> None:
        """Open it; what goes wrong shows in ``problem``."""
        self._line.start()

    @property
    def problem(self) -> str:
        """Why it is not open; empty when it is."""
        return self._line.status().error

    @property
    def place(self) -> str:
        """Where it listens, once it does."""
        return self._line.status().place

    def found(self) -> tuple[Found, ...]:
        """Who has called so far."""
        return tuple(self._tell(station) for station in self._line.status().stations)

    def stop(self) -> None:
        """Close it."""
        self._line.stop()

    def _tell(self, station: StationSeen) -> Found:
        who = " ".join(part for part in (station.vendor, station.model) if part)
        evidence = (Calls(station.identity, who),)
        matches = tuple(
            sorted(
                (
                    Match(profile.id, profile.title, _likeness(profile, who), evidence, station.serial)
                    for profile in self._profiles
                ),
                key=lambda match: -match.confidence,
            )
        )
        wrong = station.reason not in ("", UNKNOWN)  # something to be put right at the station
        reason = station.reason if wrong else "it stays outside until it is in the site file"
        note = f"{station.identity} calls from {station.address}: {reason}"
        unit = next((profile.unit for profile in self._profiles if matches and profile.id == matches[0].profile_id), 1)
        return found(self.url, unit, Identity(True, matches), station=station.identity, note=note)


def _likeness(profile: Profile, who: str) -> float:
    """How well a profile fits what the station says of itself: a maker's own before a general one."""
    if profile.maker.lower() in who.lower() and who:
        return 0.9
    return 0.6 if profile.category == "charger" and not who else 0.5
