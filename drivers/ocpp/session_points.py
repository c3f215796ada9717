"""What we ourselves know of a transaction, the running or the last one, as readings of its connector; pure."""

from __future__ import annotations

from core.points import Reading
from drivers.ocpp.image import Image, Origin
from drivers.ocpp.ledger import Transaction

UNSURE = "the time stamps of the station do not fit the time here"

_TIMES = ("started", "stopped")


def session_readings(image: Image, entry: Transaction, origin: Origin) -> list[Reading]:
    """Every field of a transaction; one that is not known has no value."""
    fields: dict[str, object] = {
        "id": entry.id if entry.open else None,
        "running": "Running" if entry.open else "Ended" if entry.closed_by == "station" else "ClosedByUs",
        "idTag": entry.tag or None,
        "meterStart": entry.meter_start,
        "meterStop": entry.meter_stop,
        "started": entry.started,
        "stopped": entry.stopped,
        "reason": (entry.reason or None) if not entry.open else None,
        "note": entry.note,
    }
    readings: list[Reading] = []
    for name, value in fields.items():
        doubt = UNSURE if name in _TIMES and entry.unsure else ""
        path = f"transaction.{name}"
        readings += image.missing(path, origin) if value is None else image.put(path, value, origin, doubt)
    return [*readings, *_energy(image, entry, origin), *duration(image, entry, origin)]


def duration(image: Image, entry: Transaction, origin: Origin) -> list[Reading]:
    """How long it has run, or ran, in whole seconds."""
    path = "transaction.seconds"
    if entry.meter_start is None and not entry.stamp:
        return image.missing(path, origin, "its start is not known here")
    end = origin.at if entry.open or entry.stopped is None else entry.stopped
    seconds = round(max(0.0, end - entry.started))
    return image.put(path, seconds, origin, UNSURE if entry.unsure else "")


def _energy(image: Image, entry: Transaction, origin: Origin) -> list[Reading]:
    path = "transaction.energy"
    if entry.doubt:
        return image.missing(path, origin, entry.doubt)
    return image.missing(path, origin) if entry.energy is None else image.put(path, entry.energy, origin)
