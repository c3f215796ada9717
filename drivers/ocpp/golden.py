"""Golden cases of OCPP profiles: messages as JSON text, in the order in which they came, and what they must give."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from core.config import DeviceConfig
from core.decode import Decoded
from core.errors import WattelierError
from core.points import Reading
from core.profile import Profile
from drivers.ocpp.image import Origin
from drivers.ocpp.ledger import Ledger
from drivers.ocpp.messages import CALL, Message, moment, parse, whole
from drivers.ocpp.station import Station


class _Kept:
    def __init__(self) -> None:
        self.newest: dict[str, Reading] = {}

    def put(self, readings: Sequence[Reading]) -> None:
        self.newest.update({reading.key.point: reading for reading in readings})


def decode_messages(
    profile: Profile, options: Mapping[str, str], frames: Sequence[str]
) -> tuple[dict[str, Decoded], list[str]]:
    """Feed the messages of a station and of our answers; the second part tells why nothing could be decoded.

    They count as received at their own time stamps. The device is the first connector that they name.
    """
    try:
        messages = [parse(frame) for frame in frames]
        settled = profile.options_with(options)
    except WattelierError as err:
        return {}, [str(err)]
    named = [whole(message.payload.get("connectorId")) for message in messages]
    connector = next((number for number in named if number), 1)
    numbers = [whole(message.payload.get("transactionId")) for message in messages]
    ledger = Ledger(None, next((number for number in numbers if number is not None and number > 0), 1))
    kept = _Kept()
    device = DeviceConfig(
        "device", "line", profile.id, profile, connector, options=settled, role="charger", station="golden"
    )
    try:
        station = Station("golden", [device], ledger, kept)
        at = next((found for message in messages if (found := _time(message)) is not None), 1_700_000_000.0)
        station.arrive("192.0.2.1:50000", at)
        for place, message in enumerate(messages, 1):
            at = _time(message) or at
            _feed(station, message, Origin(place, at))
    except WattelierError as err:
        return {}, [str(err)]
    finally:
        ledger.close()
    return {
        name: Decoded(
            reading.value, reading.quality, reading.provenance.factor if reading.provenance else 1.0, reading.note
        )
        for name, reading in kept.newest.items()
    }, []


def _feed(station: Station, message: Message, origin: Origin) -> None:
    if message.kind != CALL:
        if "configurationKey" in message.payload or "unknownKey" in message.payload:
            station.configured(message.payload, origin, complete=True)
        return
    match message.action:
        case "BootNotification":
            station.booted(message.payload, origin)
        case "StatusNotification":
            station.told_status(message.payload, origin)
        case "MeterValues":
            station.metered(message.payload, origin)
        case "StartTransaction":
            station.started(message.payload, origin)
        case "StopTransaction":
            station.stopped(message.payload, origin)
        case "FirmwareStatusNotification" | "DiagnosticsStatusNotification":
            station.told(message.action, message.payload, origin)
        case _:
            return


def _time(message: Message) -> float | None:
    """When a message was sent, by its own word."""
    if (at := moment(message.payload.get("timestamp"))) is not None:
        return at
    values = message.payload.get("meterValue")
    if isinstance(values, list) and values and isinstance(values[-1], dict):
        return moment(values[-1].get("timestamp"))  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType] - of JSON
    return None
