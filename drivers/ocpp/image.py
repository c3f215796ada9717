"""The points of one device on an OCPP line, filled by what its station says; pure, in the line's thread."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from core.config import DeviceConfig
from core.points import NOT_AVAILABLE, TOLD_EMPTY, Kind, Point, PointKey, Provenance, Quality, Reading, Value
from drivers.ocpp.configuration import NOT_SET, SET
from drivers.ocpp.measurands import Sample
from drivers.ocpp.messages import amount, moment, whole, word

AWAY = "the charging station is not connected"
TRIMMED = "the station tells a longer text than is shown: blanks at its ends, hidden characters, or more than 500"
KEYS = "key."
CLOSED = ("available", "preparing", "suspended_evse", "finishing", "reserved")
"""States in which the contactor is open: OCPP 1.6, 4.9, has "Charging" begin when it closes."""

_HUMPS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
YES_NO = (("true", "false"), ("1", "0"), ("yes", "no"), ("on", "off"))
"""The ways in which stations write yes and no, in small letters."""
_YES, _NO = frozenset(yes for yes, _ in YES_NO), frozenset(no for _, no in YES_NO)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a value came from: the number of its frame in the ring, and when (Unix s)."""

    frame: int
    at: float


def snake(text: str) -> str:
    """A word of OCPP as the id of a choice: ``SuspendedEVSE`` -> ``suspended_evse``."""
    return re.sub(r"[^a-z0-9]+", "_", _HUMPS.sub("_", text.strip()).lower()).strip("_")


class Image:
    """The newest reading of each point of one device; ``unit`` of the device is the connector, 0 the station."""

    def __init__(self, device: DeviceConfig, points: Sequence[Point]) -> None:
        self.device = device
        self.newest: dict[str, Reading] = {}
        self.points: tuple[Point, ...] = ()
        self._by_path: dict[str, list[Point]] = {}
        self._places: dict[str, int] = {}
        self.settle(points)

    def settle(self, points: Sequence[Point]) -> None:
        """Say which points the device has."""
        self.points = tuple(points)
        self._by_path = {}
        for point in points:
            if point.readable:
                self._by_path.setdefault(_same(point.path), []).append(point)

    def put(self, path: str, raw: object, origin: Origin, note: str = "") -> list[Reading]:
        """The readings of the points at ``path`` now that ``raw`` stands there; ``note`` doubts it."""
        return [
            self._keep(point, decoded(point, raw, note), origin, "***" if point.secret else word(raw))
            for point in self._by_path.get(_same(path), ())
        ]

    def missing(self, path: str, origin: Origin, note: str = NOT_AVAILABLE) -> list[Reading]:
        """The points at ``path`` have no value."""
        return [
            self._keep(point, (None, Quality.UNKNOWN, note), origin, "") for point in self._by_path.get(_same(path), ())
        ]

    def bad(self, point: Point, origin: Origin, why: str) -> Reading:
        """The reading of a point that was asked for in vain."""
        return self._keep(point, (None, Quality.BAD, why), origin, "")

    def sample(self, sample: Sample, origin: Origin) -> list[Reading]:
        """The readings of a sampled value; one taken at a worse place than another before is left out."""
        readings: list[Reading] = []
        for point in self._by_path.get(_same(sample.path), ()):
            if sample.place > self._places.setdefault(point.id, sample.place):
                continue
            self._places[point.id] = sample.place
            value: Value = sample.value * point.scales[0] + point.offset
            quality, note = Quality.GOOD, ""
            if point.unit != sample.unit:
                value, quality, note = None, Quality.BAD, f"comes in {sample.unit or 'a plain number'}"
            elif (why := _implausible(point, value)) != "":
                value, quality, note = None, Quality.BAD, why
            elif sample.doubt:
                quality, note = Quality.UNKNOWN, sample.doubt
            readings.append(self._keep(point, (value, quality, note), origin, sample.raw, sample.factor))
        return readings

    def at_rest(self, origin: Origin, status: str) -> list[Reading]:
        """0 W, and 0 A on every phase that has had a value: the station says that the contactor is open."""
        readings: list[Reading] = []
        for path, points in self._by_path.items():
            power = path == "metervalues.power-active-import"
            if not power and not path.startswith(("metervalues.power-active-import.", "metervalues.current-import")):
                continue
            for point in points:
                before = self.newest.get(point.id)
                if power or (before is not None and before.value is not None):
                    reading = self._keep(point, (0.0, Quality.GOOD, ""), origin, status)
                    source = replace(reading.provenance, path=_REST) if reading.provenance else None
                    self.newest[point.id] = replace(reading, origin=source)
                    readings.append(self.newest[point.id])
        return readings

    def doubt_flows(self, why: str, *, measured: bool) -> list[Reading]:
        """Powers and currents that are no longer known become stale: what rested at 0, and what was ``measured``."""
        flows = [point for path, points in self._by_path.items() if path.startswith(_FLOWS) for point in points]
        return self._worsen((point for point in flows if measured or _is_at_rest(self.newest.get(point.id))), why)

    def away(self, now: float) -> list[Reading]:
        """The station has gone: what it said is stale, and it is known that it is away. Settings and identity stay."""
        self._places.clear()
        lasting = tuple(f"{name}." for name in ("key", "bootnotification", "limit", "station"))
        gone = (point for path, points in self._by_path.items() if not path.startswith(lasting) for point in points)
        return [*self._worsen(gone, AWAY), *self.put("station.connected", "Disconnected", Origin(0, now))]

    def confirmed(self, now: float, *, back: bool = False) -> list[Reading]:
        """What a station tells only when it changes, said again now that it has given a sign of life.

        ``back``: it has come back without having been restarted, and has told no change: what it said before holds.
        """
        again: list[Reading] = []
        for path, points in self._by_path.items():
            if not path.startswith(_TOLD_ON_CHANGE):
                continue
            for point in points:
                reading = self.newest.get(point.id)
                if reading is None or reading.value is None:
                    continue
                if path.startswith("metervalues.") and not _is_at_rest(reading):
                    continue
                if back and reading.quality is Quality.STALE and reading.note == AWAY:
                    reading = replace(reading, quality=Quality.GOOD, note="")
                if reading.quality in (Quality.GOOD, Quality.UNKNOWN):
                    self.newest[point.id] = replace(reading, at=max(now, reading.at))
                    again.append(self.newest[point.id])
        return again

    def has(self, path: str) -> bool:
        """Whether a point lies there."""
        return _same(path) in self._by_path

    def _worsen(self, points: Iterable[Point], why: str) -> list[Reading]:
        worse: list[Reading] = []
        for point in points:
            reading = self.newest.get(point.id)
            if reading is not None and reading.quality is Quality.GOOD:
                self.newest[point.id] = replace(reading, quality=Quality.STALE, note=why)
                worse.append(self.newest[point.id])
        return worse

    def _keep(self, point: Point, found: Found, origin: Origin, raw: str, factor: float = 1.0) -> Reading:
        value, quality, note = found
        source = Provenance(
            link=self.device.link,
            unit=self.device.unit,
            function=0,
            address=0,
            words=(),
            frame=origin.frame,
            factor=factor * point.scales[0],
            path=point.path,
            raw=raw[:200],
        )
        key = PointKey(self.device.id, point.id)
        reading = Reading(key, value, origin.at, point.unit, quality, source, note)
        self.newest[point.id] = reading
        return reading


def _is_at_rest(reading: Reading | None) -> bool:
    """Whether it is the 0 of an open contactor and not a measured value."""
    return reading is not None and reading.provenance is not None and reading.provenance.path == _REST


_REST = "StatusNotification.status"
_FLOWS = ("metervalues.power-", "metervalues.current-")
_TOLD_ON_CHANGE = ("statusnotification.", "transaction.", "limit.", "station.connected", "metervalues.")


def _same(path: str) -> str:
    """Paths are compared without case: stations do not agree on the case of their keys."""
    return path.lower()


Found = tuple[Value, Quality, str]
"""Value, quality and the reason why it is not good."""


def decoded(point: Point, raw: object, doubt: str = "") -> Found:
    """What a text of the station means at a point; ``doubt`` makes a good value an uncertain one."""
    text = word(raw)
    if raw is None or (raw == "" and point.type != "text"):
        return None, Quality.UNKNOWN, TOLD_EMPTY if point.path.startswith(KEYS) else NOT_AVAILABLE
    if point.secret:
        return (text if text in (SET, NOT_SET) else SET if text else NOT_SET), Quality.GOOD, ""
    if point.type == "flag" or point.choices:
        found = _chosen(point, text)
    elif point.type in ("number", "bits"):
        found = _number(point, text)
    elif point.type == "time":
        found = _time(raw, text)
    elif isinstance(raw, str) and raw != text:
        found = text, Quality.UNKNOWN, TRIMMED
    else:
        found = text, Quality.GOOD, ""
    return (found[0], Quality.UNKNOWN, doubt) if doubt and found[1] is Quality.GOOD else found


def _number(point: Point, text: str) -> Found:
    number = amount(text)
    if number is None:
        return None, Quality.BAD, f"{text[:40]!r} is not a number"
    value = number * point.scales[0] + point.offset
    why = _implausible(point, value)
    return (None, Quality.BAD, why) if why else (value, Quality.GOOD, "")


def _time(raw: object, text: str) -> Found:
    at = raw if isinstance(raw, float) else moment(raw)
    if at is None:
        return None, Quality.BAD, f"{text[:40]!r} is not a time"
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%S"), Quality.GOOD, ""


def _chosen(point: Point, text: str) -> Found:
    small, name = text.lower(), snake(text)
    code = None
    if point.type == "flag" and small in _YES | _NO:
        code = int(small in _YES)
        if not point.choices:
            return float(code), Quality.GOOD, ""
    else:
        code = whole(text)
    found = next((choice.id for choice in point.choices if choice.id == name), None)
    if found is None and code is not None and (choice := point.choice_of.get(code)) is not None:
        found = choice.id
    if found is None:
        return name or None, Quality.UNKNOWN, f"{text[:40]!r} is not in the list of its values"
    return found, Quality.GOOD, ""


def _implausible(point: Point, value: Value) -> str:
    if point.kind is Kind.TEXT or not isinstance(value, float):
        return ""
    if (point.low is not None and value < point.low) or (point.high is not None and value > point.high):
        low = "" if point.low is None else f"{point.low:g}"
        high = "" if point.high is None else f"{point.high:g}"
        return f"{value:g} outside {low}…{high}"
    return ""
