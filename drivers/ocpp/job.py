"""One order under way: its arguments, and the station's answers as sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from core.errors import CommandRefused, DeviceError
from drivers.ocpp.ledger import Transaction
from drivers.ocpp.messages import whole, word
from drivers.ocpp.session import Session
from drivers.ocpp.station import Station

DONE = frozenset({"Accepted", "Unlocked", "Scheduled", "RebootRequired"})


@dataclass(frozen=True, slots=True)
class Job:
    """An order under way. ``connector`` is the device's own; 0 is the whole station."""

    session: Session
    station: Station
    connector: int
    arguments: Mapping[str, object]
    now: float

    def text(self, name: str, default: str | None = None) -> str:
        """An argument that is a text; raise CommandRefused when it is missing and there is no default."""
        found = word(self.arguments.get(name))
        if not found and default is None:
            raise CommandRefused(f"the order needs {name}")
        return found or default or ""

    def number(self, name: str, default: int | None = None) -> int:
        """An argument that is a whole number."""
        given = self.arguments.get(name)
        found = default if given is None else whole(given)
        if found is None:
            raise CommandRefused(f"{name} must be a whole number")
        return found

    def running(self) -> Transaction:
        """The transaction of the connector; raise CommandRefused when none runs."""
        if self.connector:
            found = self.station.sessions.running(self.connector)
        else:
            every = self.station.sessions.open()
            found = every[0] if len(every) == 1 else None
        if found is None:
            raise CommandRefused("no transaction runs on this connector")
        return found

    def needs(self, profile: str) -> None:
        """Raise CommandRefused unless the station announces a feature profile."""
        known = self.station.configuration.profiles
        if profile not in known:
            told = ", ".join(known) or "none"
            raise CommandRefused(f"the charging station does not announce {profile}; it announces: {told}")

    async def ask(self, payload: object, no: Mapping[str, str] | None = None) -> str:
        """Send a call whose answer has a status; raise DeviceError with a sentence on a word that means no."""
        answer = await self.session.request(payload)
        status = word(answer.payload.get("status"))
        if status in DONE:
            return status
        name = type(payload).__name__
        said = f"the charging station answers {status or 'nothing'!s} to {name}"
        why = (no or {}).get(status, _NO.get(status, ""))
        raise DeviceError(f"{said}: {why}" if why else said)


_NO = {
    "Rejected": "it does not do this now",
    "NotSupported": "it does not support this",
    "NotImplemented": "it does not know this",
    "UnlockFailed": "the lock has not opened; is the cable under tension?",
    "Occupied": "the connector is in use",
    "Faulted": "the connector has a fault",
    "Unavailable": "the connector is out of service",
    "Failed": "it could not take the list",
    "VersionMismatch": "it has a newer list",
    "UnknownVendorId": "it does not know this maker",
    "UnknownMessageId": "it does not know this message",
}
