"""Orders to a charging station: what the operator asks for becomes calls of OCPP, the answer becomes his sentence.

``ORDERS`` is the table. Each runs in the line's event loop and returns the station's own word; it raises CommandRefused
(not possible now, or wrong arguments), DeviceError (the station says no) or LinkError. No order changes a
key of the configuration: that goes as a parameter, through ``settings``.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import cast

from ocpp.v16 import call
from ocpp.v16.enums import AvailabilityType, MessageTrigger, ResetType, UpdateType

from core.errors import CommandRefused, DeviceError
from drivers.ocpp.job import Job
from drivers.ocpp.limits import charging_profile, clear_profile, composite_schedule, limit
from drivers.ocpp.messages import moment, stamp, whole, word
from drivers.ocpp.setup import read_configuration

OUR_BADGE = "WATTELIER"

Order = Callable[[Job], Awaitable[str]]


async def remote_start(job: Job) -> str:
    """Begin a session with a badge of ours, or the one given (``badge``)."""
    badge = job.text("badge", OUR_BADGE)
    if len(badge) > 20:
        raise CommandRefused("a badge has at most 20 characters")
    last = job.station.sessions.newest.get(job.connector)
    why = "is a vehicle plugged in, and the connector available?"
    if last is not None and not last.open and last.reason == "Remote":
        why = "after a remote stop it starts again only once the cable has been removed"
    return await job.ask(call.RemoteStartTransaction(badge, job.connector or None), {"Rejected": why})


async def remote_stop(job: Job) -> str:
    """End the running session."""
    number = job.running().id
    return await job.ask(call.RemoteStopTransaction(number), {"Rejected": "it does not know this transaction"})


async def unlock(job: Job) -> str:
    """Open the lock of the connector."""
    if not job.connector:
        raise CommandRefused("an unlock is for one connector")
    return await job.ask(call.UnlockConnector(job.connector))


async def reset(job: Job) -> str:
    """Restart the station: ``type`` soft (ends sessions properly) or hard."""
    kind = job.text("type", "soft").lower()
    if kind not in ("soft", "hard"):
        raise CommandRefused("type must be soft or hard")
    return await job.ask(call.Reset(ResetType.hard if kind == "hard" else ResetType.soft))


async def availability(job: Job) -> str:
    """Put the connector in or out of service: ``type`` operative or inoperative."""
    kind = job.text("type").lower()
    if kind not in ("operative", "inoperative"):
        raise CommandRefused("type must be operative or inoperative")
    wanted = AvailabilityType.operative if kind == "operative" else AvailabilityType.inoperative
    return await job.ask(call.ChangeAvailability(job.connector, wanted))


async def get_configuration(job: Job) -> str:
    """Read the whole configuration, or the keys given (``keys``: a list, or a text with commas); says how many came."""
    given = job.arguments.get("keys")
    if not given:
        await read_configuration(job.session, job.station)
        return str(len(job.station.configuration.entries))
    parts = cast("list[object]", given) if isinstance(given, list) else str(given).split(",")
    known = job.station.configuration
    names = [entry.key if (entry := known.find(name)) else name for part in parts if (name := word(part))]
    answer = await job.session.request(call.GetConfiguration(key=names))
    job.station.configured(answer.payload, answer.origin, complete=False)
    return str(sum(known.find(name) is not None for name in names))


async def clear_cache(job: Job) -> str:
    """Have the station forget the badges that it remembers."""
    return await job.ask(call.ClearCache())


async def data_transfer(job: Job) -> str:
    """A message of the maker's own (``vendor``, ``message``, ``data``)."""
    return await job.ask(
        call.DataTransfer(job.text("vendor"), job.text("message", "") or None, job.text("data", "") or None)
    )


async def update_firmware(job: Job) -> str:
    """Have the station fetch its firmware (``location``; ``at``: when, else now); its answer holds no word."""
    at = moment(job.arguments.get("at")) or job.now
    await job.session.request(call.UpdateFirmware(job.text("location"), stamp(at)))
    return "Accepted"


async def get_diagnostics(job: Job) -> str:
    """Have the station upload its log to a folder (``location``); gives the name of the file."""
    answer = await job.session.request(call.GetDiagnostics(job.text("location")))
    return word(answer.payload.get("fileName")) or "no file: the station has nothing to upload"


async def trigger(job: Job) -> str:
    """Have the station send a message (``message``) now."""
    job.needs("RemoteTrigger")
    name = job.text("message")
    if name not in _TRIGGERS:
        raise CommandRefused(f"message must be one of {', '.join(_TRIGGERS)}")
    return await job.ask(call.TriggerMessage(MessageTrigger(name), job.connector or None))


_TRIGGERS = (
    "BootNotification",
    "DiagnosticsStatusNotification",
    "FirmwareStatusNotification",
    "Heartbeat",
    "MeterValues",
    "StatusNotification",
)


async def local_list(job: Job) -> str:
    """Send badges to be known offline (``badges``: a text with commas; ``version``), replacing the list."""
    job.needs("LocalAuthListManagement")
    badges = [part.strip() for part in job.text("badges", "").split(",") if part.strip()]
    if any(len(badge) > 20 for badge in badges):
        raise CommandRefused("a badge has at most 20 characters")
    entries = [{"id_tag": badge, "id_tag_info": {"status": "Accepted"}} for badge in badges]
    return await job.ask(call.SendLocalList(job.number("version"), UpdateType.full, entries))


async def local_list_version(job: Job) -> str:
    """The number of the list that the station has; 0 empty, -1 none."""
    job.needs("LocalAuthListManagement")
    answer = await job.session.request(call.GetLocalListVersion())
    version = whole(answer.payload.get("listVersion"))
    if version is None:
        raise DeviceError("the charging station gives no version")
    return str(version)


async def reserve(job: Job) -> str:
    """Keep the connector for a badge (``badge``, ``minutes``, ``id``)."""
    job.needs("Reservation")
    until = stamp(job.now + 60.0 * max(1, job.number("minutes", 30)))
    return await job.ask(call.ReserveNow(job.connector, until, job.text("badge"), job.number("id", 1)))


async def cancel_reservation(job: Job) -> str:
    """End a reservation (``id``)."""
    job.needs("Reservation")
    return await job.ask(call.CancelReservation(job.number("id", 1)), {"Rejected": "it has no such reservation"})


ORDERS: dict[str, Order] = {
    "remote_start": remote_start,
    "remote_stop": remote_stop,
    "limit": limit,
    "charging_profile": charging_profile,
    "clear_profile": clear_profile,
    "composite_schedule": composite_schedule,
    "unlock": unlock,
    "reset": reset,
    "availability": availability,
    "get_configuration": get_configuration,
    "clear_cache": clear_cache,
    "data_transfer": data_transfer,
    "update_firmware": update_firmware,
    "get_diagnostics": get_diagnostics,
    "trigger": trigger,
    "local_list": local_list,
    "local_list_version": local_list_version,
    "reserve": reserve,
    "cancel_reservation": cancel_reservation,
}
