"""What is done each time a station comes or restarts: reading its configuration, asking for measured values.

On a read-only link nothing but GetConfiguration is sent. What a model accepts as measurands is tried once and kept.
"""

from __future__ import annotations

import logging

from ocpp.v16 import call
from ocpp.v16.enums import MessageTrigger

from core.errors import DeviceError
from drivers.ocpp.ledger import Ledger
from drivers.ocpp.messages import parts_of, word
from drivers.ocpp.session import Session
from drivers.ocpp.station import ACCEPTED, Station

log = logging.getLogger(__name__)

MEASURANDS, INTERVAL = "MeterValuesSampledData", "MeterValueSampleInterval"
PAGE = 20  # keys of one request, where the station does not say how many it takes
DONE = (ACCEPTED, "RebootRequired")
PROBING = "a trial had begun and was not ended"

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
    page = most if most is not None and 0 < most < PAGE else PAGE
    for start in range(0, len(missing), page):
        answer = await session.request(call.GetConfiguration(key=missing[start : start + page]))
        station.configured(answer.payload, answer.origin, complete=False)
        failed = None
    if failed is not None:
        raise failed


async def set_up(session: Session, station: Station, ledger: Ledger, *, writable: bool) -> None:
    """Read, and on a writable link ask for the values that the site wants; raises LinkError when it is cut off."""
    try:
        await read_configuration(session, station)
    except DeviceError as err:
        log.warning("station %s: %s", station.identity, err)
    if not writable or not station.images:
        return
    try:
        await _want_measurands(session, station, ledger)
        await _want_interval(session, station)
        await _ask_states(session, station)
    except DeviceError as err:
        log.warning("station %s: %s", station.identity, err)


async def _want_measurands(session: Session, station: Station, ledger: Ledger) -> None:
    before = station.configuration.find(MEASURANDS)
    if before is None or before.readonly:
        return
    vendor, model, firmware = station.model
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
            return
        ledger.learn(vendor, model, firmware, "", PROBING)
    for names in trials:
        if {name.lower() for name in names} <= has:
            ledger.learn(vendor, model, firmware, ",".join(names), "it has them already")
            return
        if await _change(session, MEASURANDS, ",".join(names)) in DONE:
            ledger.learn(vendor, model, firmware, ",".join(names), "accepted")
            await _read_back(session, station, MEASURANDS)
            return
    if learnt is None:
        ledger.learn(vendor, model, firmware, "", "it accepts none of the lists")


async def _want_interval(session: Session, station: Station) -> None:
    wanted, before = station.sample_interval_s, station.configuration.find(INTERVAL)
    if wanted is None or before is None or before.readonly or station.configuration.number(INTERVAL) == wanted:
        return
    if await _change(session, INTERVAL, str(wanted)) in DONE:
        await _read_back(session, station, INTERVAL)


async def _ask_states(session: Session, station: Station) -> None:
    """Have the states told that are not known; where the station takes such orders."""
    if "RemoteTrigger" not in station.configuration.profiles:
        return
    for connector in sorted({image.device.unit for image in station.images} - station.status.keys()):
        await session.request(call.TriggerMessage(MessageTrigger.status_notification, connector_id=connector or None))


async def _change(session: Session, key: str, value: str) -> str:
    answer = await session.request(call.ChangeConfiguration(key=key, value=value))
    return word(answer.payload.get("status"))


async def _read_back(session: Session, station: Station, key: str) -> None:
    answer = await session.request(call.GetConfiguration(key=[key]))
    station.configured(answer.payload, answer.origin, complete=False)
