"""How much a vehicle may draw: limits and charging profiles. Runs in the line's event loop, like all orders."""

from __future__ import annotations

import json
import logging
from typing import cast

from ocpp.v16 import call
from ocpp.v16.enums import ChargingProfileKindType, ChargingProfilePurposeType, ChargingRateUnitType

from core.errors import CommandRefused, DeviceError
from core.limiter import may_limit
from drivers.ocpp.job import Job
from drivers.ocpp.ledger import Transaction
from drivers.ocpp.messages import Payload, amount, whole, word
from drivers.ocpp.session import Session
from drivers.ocpp.station import Station

log = logging.getLogger(__name__)

LEAST_A, MOST_A = 6.0, 80.0  # what a control pilot can offer: IEC 61851-1, annex A
NOMINAL_V = 230.0
OUR_PROFILE = 700  # our charging profiles have this number and that of the connector


async def limit(job: Job) -> str:
    """Limit the current of the connector: ``limit_a``, 0 pauses; ``phases`` where the station wants watts."""
    current = amount(job.arguments.get("limit_a"))
    if current is None or not (current == 0.0 or LEAST_A <= current <= MOST_A):
        raise CommandRefused(f"the limit must be 0 (a pause) or from {LEAST_A:g} to {MOST_A:g} A")
    phases = whole(job.arguments.get("phases"))
    if phases not in (None, 1, 2, 3):
        raise CommandRefused("phases must be 1, 2 or 3")
    return await set_limit(job.session, job.station, job.connector, current, phases=phases)


async def set_limit(
    session: Session, station: Station, connector: int, current: float, *, phases: int | None = None
) -> str:
    """Have a limit (A) obeyed now and by later sessions: a default profile, or one for the running session alone.

    Raises DeviceError when the station takes neither.
    """
    job = Job(session, station, connector, {}, 0.0)
    running = station.sessions.running(connector)
    no = {"Rejected": "is it set to be controlled by an external system?"}
    purposes = [ChargingProfilePurposeType.tx_default_profile]
    if running is not None:
        purposes.append(ChargingProfilePurposeType.tx_profile)
    failed: DeviceError | None = None
    for purpose in purposes:
        profile = _profile(station, connector, current, phases=phases, purpose=purpose, running=running)
        try:
            status = await job.ask(call.SetChargingProfile(connector, profile), no)
        except DeviceError as err:
            failed = failed or err
            continue
        station.limited(connector, current, session.last_answer)
        return status
    raise failed or DeviceError("the charging station has not taken the limit")


def _profile(
    station: Station,
    connector: int,
    current: float,
    *,
    phases: int | None,
    purpose: ChargingProfilePurposeType,
    running: Transaction | None,
) -> Payload:
    """One period without end; relative, so that the station's clock does not matter.

    At the highest level that the station has: one that another system has left behind would win over a lower one.
    """
    allowed = station.configuration.text("ChargingScheduleAllowedChargingRateUnit").lower()
    watts = bool(allowed) and "current" not in allowed and "a" not in allowed.split(",")
    if watts and phases is None:
        raise CommandRefused("this station takes limits in watts only: say on how many phases it charges (phases)")
    value = round(current * NOMINAL_V * (phases or 1), 1) if watts else round(current, 1)
    period: Payload = {"start_period": 0, "limit": value}
    if phases is not None:
        period["number_phases"] = phases
    profile: Payload = {
        "charging_profile_id": OUR_PROFILE + connector,
        "stack_level": max(0, station.configuration.number("ChargeProfileMaxStackLevel") or 0),
        "charging_profile_purpose": purpose.value,
        "charging_profile_kind": ChargingProfileKindType.relative.value,
        "charging_schedule": {
            "charging_rate_unit": (ChargingRateUnitType.watts if watts else ChargingRateUnitType.amps).value,
            "charging_schedule_period": [period],
        },
    }
    if purpose is ChargingProfilePurposeType.tx_profile and running is not None:
        profile["charging_profile_id"] = OUR_PROFILE + 100 + connector
        profile["transaction_id"] = running.id
    return profile


async def charging_profile(job: Job) -> str:
    """Send a whole profile (``profile``: an object or JSON text in OCPP's own names)."""
    return await job.ask(call.SetChargingProfile(job.connector, _snake(_object(job, "profile"))))


async def clear_profile(job: Job) -> str:
    """Drop our limit, or the profiles that the arguments name (``id``, ``purpose``, ``stack_level``)."""
    named = {"id": whole(job.arguments.get("id")), "stack_level": whole(job.arguments.get("stack_level"))}
    purpose = job.text("purpose", "")
    payload = call.ClearChargingProfile(
        id=named["id"],
        connector_id=job.connector or None,
        charging_profile_purpose=ChargingProfilePurposeType(purpose) if purpose in _PURPOSES else None,
        stack_level=named["stack_level"],
    )
    try:
        status = await job.ask(payload, {"Unknown": "it has no such profile"})
    except DeviceError as err:
        if ": it has no such profile" not in str(err):
            raise
        status = "Unknown"
    job.station.limited(job.connector, None, job.session.last_answer)
    return status


_PURPOSES = {purpose.value for purpose in ChargingProfilePurposeType}


async def composite_schedule(job: Job) -> str:
    """The schedule that the station follows for the next ``duration`` seconds, as JSON text."""
    duration = job.number("duration", 3600)
    answer = await job.session.request(call.GetCompositeSchedule(job.connector, duration, ChargingRateUnitType.amps))
    if word(answer.payload.get("status")) != "Accepted":
        raise DeviceError("the charging station gives no schedule")
    return json.dumps(answer.payload.get("chargingSchedule", {}), ensure_ascii=False)


async def restore_limits(session: Session, station: Station) -> None:
    """Give back the limits that a station may have lost in a restart; they were the operator's orders."""
    for connector, known in list(station.limits.items()):
        if known.doubt and may_limit(station.devices, connector):
            try:
                await set_limit(session, station, connector, known.amperes)
            except (DeviceError, CommandRefused) as err:
                log.warning("station %s: %s", station.identity, err)


def _object(job: Job, name: str) -> Payload:
    given = job.arguments.get(name)
    if isinstance(given, str):
        try:
            given = cast("object", json.loads(given))
        except (ValueError, RecursionError):
            given = None
    if not isinstance(given, dict):
        raise CommandRefused(f"{name} must be a JSON object")
    return cast("Payload", given)


def _snake(value: object) -> Payload:
    """OCPP's own names as the package wants them: it turns them back."""
    from ocpp.charge_point import camel_to_snake_case  # pyright: ignore[reportUnknownVariableType] - not annotated

    return cast("Payload", camel_to_snake_case(value))
