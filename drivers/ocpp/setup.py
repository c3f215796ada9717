"""What is done each time a station comes or restarts: reading its configuration, asking for measured values.

On a read-only link nothing but GetConfiguration is sent. What a model accepts as measurands is tried once and kept.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial

from ocpp.v16 import call
from ocpp.v16.enums import MessageTrigger

from core.errors import DeviceError, LinkError
from core.writing.orders import OwnChange
from drivers.ocpp.image import KEYS
from drivers.ocpp.ledger import Ledger
from drivers.ocpp.messages import TAKEN, parts_of, word
from drivers.ocpp.session import Session, Trail
from drivers.ocpp.station import Station

log = logging.getLogger(__name__)

MEASURANDS, INTERVAL = "MeterValuesSampledData", "MeterValueSampleInterval"
PAGE = 20  # keys of one request, where the station does not say that it takes fewer
Change = Callable[[str, str], Awaitable[bool]]
"""Have a key hold a text; whether the station has taken it."""
PROBING, ACCEPTS, HAS_THEM = "a trial had begun and was not ended", "accepted", "it has them already"

_FULL = ("Energy.Active.Import.Register", "Power.Active.Import", "Current.Import", "Voltage")
TRIALS = (
    (*_FULL, "SoC"),
    _FULL,
    (_FULL[0], _FULL[2], _FULL[3]),
    (_FULL[0], _FULL[1]),
    (_FULL[0],),
)
"""Lists of measurands, the best first: one that a station does not have makes it refuse the whole list."""

KNOWN = {("EVlink Smart Wallbox", "3.2.0.12"): TRIALS[2]}
"""Model and firmware whose list is known to go wrong: this one refuses everything when power is in it."""


def keys_at_once(station: Station) -> int:
    """How many keys one request may name."""
    most = station.configuration.number("GetConfigurationMaxKeys")
    return most if most is not None and 0 < most < PAGE else PAGE


async def read_configuration(session: Session, station: Station) -> None:
    """Read every key; in pages of those that the profile knows where the whole list is not given.

    Raises DeviceError when the station gives nothing at all, LinkError.
    """
    failed: DeviceError | None = None
    try:
        answer = await session.request(call.GetConfiguration())
        told = len(parts_of(answer.payload.get("configurationKey")))
        most = station.configuration.number("GetConfigurationMaxKeys")
        station.configured(answer.payload, answer.origin, complete=told > 0 and (most is None or told > most))
    except DeviceError as err:
        failed, told = err, 0
    most = station.configuration.number("GetConfigurationMaxKeys")
    if told and (most is None or told != most):
        return
    missing = [key for key in station.known_keys() if key.lower() not in station.configuration.entries]
    page = keys_at_once(station)
    for start in range(0, len(missing), page):
        answer = await session.request(call.GetConfiguration(key=missing[start : start + page]))
        station.configured(answer.payload, answer.origin, complete=False)
        failed = None
    if failed is not None:
        raise failed


@dataclass(frozen=True, slots=True)
class SetUp:
    """What a set-up is lent. ``ending``: whether it is we who let the station go, which says nothing about it.

    ``tell`` hears of every key that is changed.
    """

    ledger: Ledger
    ending: Callable[[], bool] = lambda: False
    tell: Callable[[OwnChange], None] = lambda _: None


async def set_up(session: Session, station: Station, lent: SetUp, *, writable: bool) -> None:
    """Read, and on a writable link ask for the values that the site wants; raises LinkError when it is cut off."""
    try:
        await read_configuration(session, station)
    except DeviceError as err:
        log.warning("station %s: %s", station.identity, err)
    if not writable or not station.images:
        return
    change = partial(_change, session, station, lent.tell)
    try:
        if await _want_measurands(station, lent, change):
            await _read_back(session, station, MEASURANDS)
        if await _want_interval(station, change):
            await _read_back(session, station, INTERVAL)
        await _ask_states(session, station)
    except DeviceError as err:
        log.warning("station %s: %s", station.identity, err)


async def _want_measurands(station: Station, lent: SetUp, change: Change) -> bool:
    """Have the best list of measurands taken; whether another one is taken now."""
    before = station.configuration.find(MEASURANDS)
    if before is None or before.readonly:
        return False
    ledger, (vendor, model, firmware) = lent.ledger, station.model
    has = {part.strip().lower() for part in (before.value or "").split(",") if part.strip()}
    learnt = ledger.learnt(vendor, model, firmware)
    known = KNOWN.get((model, firmware))
    if known is not None:
        trials = [known]
    elif learnt is not None:  # also after a trial that was cut off: it may have been the trial that did it
        trials = [tuple(learnt.measurands.split(","))] if learnt.measurands else []
    else:
        trials = [*TRIALS]
        if any({name.lower() for name in names} <= has for names in TRIALS[:2]):
            return False
        ledger.learn(vendor, model, firmware, "", PROBING)
    try:
        accepted = await _try_lists(change, trials, has)
    except (LinkError, asyncio.CancelledError):
        if learnt is None and known is None and lent.ending():
            ledger.unlearn(vendor, model, firmware)
        raise
    if accepted is None:
        if learnt is None:
            ledger.learn(vendor, model, firmware, "", "it accepts none of the lists")
        return False
    names, note = accepted
    ledger.learn(vendor, model, firmware, ",".join(names), note)
    return note == ACCEPTS


async def _try_lists(
    change: Change, trials: Sequence[tuple[str, ...]], has: set[str]
) -> tuple[tuple[str, ...], str] | None:
    """Have one of the lists taken; return it and how that is known, None when the station takes none."""
    for names in trials:
        if {name.lower() for name in names} <= has:
            return names, HAS_THEM
        if await change(MEASURANDS, ",".join(names)):
            return names, ACCEPTS
    return None


async def _want_interval(station: Station, change: Change) -> bool:
    """Have the site's interval taken; whether that was necessary and was done."""
    wanted, before = station.sample_interval_s, station.configuration.find(INTERVAL)
    if wanted is None or before is None or before.readonly or station.configuration.number(INTERVAL) == wanted:
        return False
    return await change(INTERVAL, str(wanted))


async def _ask_states(session: Session, station: Station) -> None:
    """Have the states told that are not known; where the station takes such orders."""
    if "RemoteTrigger" not in station.configuration.profiles:
        return
    for connector in sorted({image.device.unit for image in station.images} - station.status.keys()):
        await session.request(call.TriggerMessage(MessageTrigger.status_notification, connector_id=connector or None))


async def _change(session: Session, station: Station, tell: Callable[[OwnChange], None], key: str, value: str) -> bool:
    """Change a key, and say so; whether the station has taken it."""
    trail, before = Trail(lambda: None), station.configuration.text(key)
    outcome = "no answer"  # when it is cut off
    try:
        answer = await session.request(call.ChangeConfiguration(key=key, value=value), trail)
        outcome = word(answer.payload.get("status"))
    except (DeviceError, LinkError) as err:
        outcome = str(err)
        raise
    finally:
        if trail.frames and station.main is not None:
            place = station.main.device.id, f"{KEYS}{key}"
            tell(OwnChange(*place, before, value, outcome, session.exchanges(trail)))
    return outcome in TAKEN


async def _read_back(session: Session, station: Station, key: str) -> None:
    answer = await session.request(call.GetConfiguration(key=[key]))
    station.configured(answer.payload, answer.origin, complete=False)
