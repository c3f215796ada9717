"""One charging station on an OCPP line: what it says becomes readings, what it asks gets its answer.

Pure of sockets and tasks: the line's thread feeds it messages, a test or a golden case does the same.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from core.config import DeviceConfig
from core.layout import points_of
from core.points import Point, Reading
from core.protocols import Sink
from core.status import DeviceState, DeviceStatus, GroupPace, StationSeen
from drivers.ocpp.configuration import Configuration, Entry, point_id, point_of
from drivers.ocpp.image import AWAY, CLOSED, KEYS, Image, Origin, snake
from drivers.ocpp.ledger import Ledger
from drivers.ocpp.measurands import AFTER_THE_END, Sample, samples_of
from drivers.ocpp.messages import Payload, moment, whole, word
from drivers.ocpp.session_points import UNSURE, duration, session_readings
from drivers.ocpp.sessions import MOST_CONNECTORS, Sessions
from drivers.ocpp.times import Age, Sequel

log = logging.getLogger(__name__)

Settled = Callable[[str, Sequence[Point]], None]

CONFIRMED_EVERY_S = 20.0
RESTORED_AFTER_S = 30.0  # a station that comes back tells what has changed by then
ACCEPTED, INVALID = "Accepted", "Invalid"
SETTINGS, MEASURES = "settings", "measures"
"""Groups of points that this driver knows by name."""
CONTRADICTS = "measured while the station says that nothing flows"
_LEAST = {"W": 100.0, "A": 0.5, "var": 100.0}  # what the electronics of a station take themselves


@dataclass(slots=True)
class Limit:
    """What we have set on a connector (A), and whether the station has been restarted since."""

    amperes: float
    doubt: str = ""


class Station:
    """``devices`` are the entries of the site for this station, one for each connector; none for a guest."""

    def __init__(
        self, identity: str, devices: Sequence[DeviceConfig], ledger: Ledger, sink: Sink, settled: Settled | None = None
    ) -> None:
        self.identity = identity
        self.boot: Payload = {}
        self.configuration = Configuration()
        self.sessions = Sessions(identity, ledger)
        self.status: dict[int, str] = {}
        self.limits: dict[int, Limit] = {}
        self.connected = False
        self.address = ""
        self.calls = 0
        self.last_frame: float | None = None
        self.reason = ""
        self._sink, self._settled_to = sink, settled
        self._confirmed_at = float("-inf")
        self._arrived_at, self._restored = 0.0, True
        self._outside: set[int] = set()
        self._rests: dict[int, float | None] = {}  # connectors whose contactor is open, and since when by its own clock
        self._sampled: dict[int, float] = {}  # when each connector was last measured (Unix s), and the gap before
        self._sample_gaps: dict[int, float] = {}
        self._sequels: dict[int, Sequel] = {}
        sound = [entry for entry in devices if entry.profile is not None and not entry.fault]
        self.devices = tuple(devices)
        self.images = [Image(entry, points_of(entry.profile, entry.options)) for entry in sound if entry.profile]
        self.main = min(self.images, key=lambda image: image.device.unit, default=None)
        for image in self.images:
            if image is not self.main:
                self._settle(image, [point for point in image.points if not point.path.startswith(KEYS)])
        self.sessions.recall(sorted({entry.unit for entry in devices if entry.unit}))

    # -- coming and going ------------------------------------------------------------------------------------------

    def option(self, name: str) -> str:
        """An option of the station: the first of its devices that says it."""
        return next((text for entry in self.devices if (text := entry.options.get(name, "").strip())), "")

    def begin(self, now: float) -> None:
        """The line has started: nobody has called yet."""
        self._put(
            reading
            for image in self.images
            for reading in image.put("station.connected", "Disconnected", Origin(0, now))
        )

    def arrive(self, address: str, now: float) -> None:
        """The station has called."""
        self.connected, self.address, self.reason = True, address, ""
        self._arrived_at, self._restored = now, self.last_frame is None
        origin = Origin(0, now)
        self._put(reading for image in self.images for reading in self._arrival(image, origin))

    def _arrival(self, image: Image, origin: Origin) -> list[Reading]:
        readings = [
            *image.put("station.connected", "Connected", origin),
            *image.put("station.address", self.address.rpartition(":")[0], origin),
        ]
        entry = self.sessions.newest.get(image.device.unit)
        return readings + (session_readings(image, entry, origin) if entry is not None else [])

    def leave(self, now: float) -> None:
        """The connection has ended."""
        self.connected = False
        self._put(reading for image in self.images for reading in image.away(now))

    def alive(self, now: float, ticks: float) -> None:
        """A sign of life: what is told only when it changes still holds. At most once every 20 s."""
        if not self.connected or ticks - self._confirmed_at < CONFIRMED_EVERY_S:
            return
        self._confirmed_at = ticks
        back = not self._restored and now - self._arrived_at > RESTORED_AFTER_S
        self._restored = self._restored or back
        readings: list[Reading] = []
        for image in self.images:
            entry = self.sessions.running(image.device.unit)
            if entry is not None:
                readings += duration(image, entry, Origin(0, now))
            readings += image.confirmed(now, back=back)
        self._put(readings)

    # -- what it says ----------------------------------------------------------------------------------------------

    def booted(self, payload: Payload, origin: Origin) -> None:
        """A BootNotification."""
        self.boot, self._restored = payload, True  # it tells its states again
        for connector, limit in self.limits.items():
            limit.doubt = "set before the station was restarted"
            self._put_limit(connector, origin)
        readings: list[Reading] = []
        for name, value in payload.items():
            for image in self.images:
                readings += image.put(f"BootNotification.{name}", word(value), origin)
        self._put(readings)

    def told_status(self, payload: Payload, origin: Origin) -> None:
        """A StatusNotification."""
        connector = whole(payload.get("connectorId"))
        if connector is None or not self._inside(connector):
            return
        text = word(payload.get("status"))
        state, changed = snake(text), self.status.get(connector) != text
        self.status[connector] = text
        ended = None
        if state == "available" and connector > 0:
            ended = self.sessions.available(connector, moment(payload.get("timestamp")), origin.at)
        if state in CLOSED and connector > 0:
            self._rests[connector] = moment(payload.get("timestamp"))
        else:
            self._rests.pop(connector, None)
        readings: list[Reading] = []
        for image in self._of(connector):
            for name in ("status", "errorCode", "vendorErrorCode", "vendorId", "info", "timestamp"):
                path = f"StatusNotification.{name}"
                given = payload.get(name)
                readings += image.put(path, word(given), origin) if given is not None else image.missing(path, origin)
            if connector in self._rests:
                readings += image.at_rest(origin, text)
            elif changed:
                why = f"from before the station said {text[:40]}"
                readings += image.doubt_flows(why, measured=state != "charging")
            if ended is not None:
                readings += session_readings(image, ended, origin)
        self._put(readings)

    def metered(self, payload: Payload, origin: Origin) -> None:
        """A MeterValues: what is of now becomes readings.

        What was queued, or comes after something newer, counts for its transaction alone.
        """
        moments = samples_of(payload.get("meterValue"))
        ages = [self.sessions.time.age(samples[0].at, origin.at) for samples in moments]
        connector = self.sessions.meter(payload, moments, ages, origin.at)
        if not self._inside(connector):
            return
        if Age.LIVE in ages:
            if connector in self._sampled:
                self._sample_gaps[connector] = origin.at - self._sampled[connector]
            self._sampled[connector] = origin.at
        readings: list[Reading] = []
        sequel = self._sequels.setdefault(connector, Sequel())
        for samples, age in zip(moments, ages, strict=True):
            past = age is Age.QUEUED or sequel.is_past(samples[0].at, origin.at)
            for sample in samples if not past else ():
                known = replace(sample, doubt=UNSURE) if age is Age.DOUBTFUL and not sample.doubt else sample
                if (fitting := self._fitting(connector, known)) is not None:
                    readings += [reading for image in self._of(connector) for reading in image.sample(fitting, origin)]
        readings += self._transactions(connector, origin)
        self._put(readings)

    def _fitting(self, connector: int, sample: Sample) -> Sample | None:
        """The sample as it may be shown beside the state; None when it is of the time before that state."""
        if sample.context == AFTER_THE_END and not sample.measurand.startswith("Energy."):
            return None
        if not sample.flows or connector not in self._rests:
            return sample
        since = self._rests[connector]
        if sample.at is not None and since is not None and sample.at <= since:
            return None
        return replace(sample, doubt=sample.doubt or CONTRADICTS) if sample.value > _LEAST[sample.unit] else sample

    def authorise(self, tag: str) -> str:
        """Whether a badge may charge: the word of OCPP. The option ``authorise`` decides: all, none, listed."""
        rule = self.option("authorise") or "all"
        if rule == "listed":
            listed = {part.strip().lower() for part in re.split(r"[,;\s]+", self.option("badges")) if part.strip()}
            return ACCEPTED if tag.strip().lower() in listed else INVALID
        return INVALID if rule == "none" else ACCEPTED

    def started(self, payload: Payload, origin: Origin) -> tuple[int, str]:
        """A StartTransaction: the number that it gets, and the word on its badge. Raises LinkError."""
        word_on_badge = self.authorise(word(payload.get("idTag")))
        refused = "" if word_on_badge == ACCEPTED else "the badge was not accepted"
        entry = self.sessions.start(payload, origin.at, refused)
        self._put(self._transactions(entry.connector, origin))
        return entry.id, word_on_badge

    def stopped(self, payload: Payload, origin: Origin) -> None:
        """A StopTransaction. Raises LinkError."""
        entry = self.sessions.stop(payload, origin.at)
        if entry is not None:
            self._put(self._transactions(entry.connector, origin))

    def told(self, action: str, payload: Payload, origin: Origin) -> None:
        """A message whose fields are points as they stand: how an update or an upload goes."""
        self._put(
            reading
            for name, value in payload.items()
            for image in self.images
            for reading in image.put(f"{action}.{name}", word(value), origin)
        )

    def configured(self, payload: Payload, origin: Origin, *, complete: bool) -> list[Entry]:
        """An answer to GetConfiguration, and what it tells; ``complete``: the whole list was asked for."""
        told = self.configuration.take(payload, self.secret_keys)
        self.configuration.complete = self.configuration.complete or (complete and bool(told))
        if self.main is None:
            return told
        self._settle_keys(told)
        readings = [reading for entry in told for reading in self.main.put(f"{KEYS}{entry.key}", entry.given, origin)]
        for point in self._keys():
            key = point.path.removeprefix(KEYS).lower()
            lacking = self.configuration.complete and key not in self.configuration.entries
            if lacking or key in self.configuration.unknown:
                readings += self.main.missing(point.path, origin)
        self._put(readings)
        return told

    def lacking(self, point: Point, origin: Origin, why: str) -> Reading:
        """A key that the station was asked for in vain."""
        assert self.main is not None
        reading = self.main.bad(point, origin, why)
        self._put([reading])
        return reading

    def limited(self, connector: int, amperes: float | None, origin: Origin) -> None:
        """The station has taken our limit (A), or has dropped it (None)."""
        if amperes is None:
            self.limits.pop(connector, None)
            self._put(reading for image in self._of(connector) for reading in image.missing("limit.current", origin))
            return
        self.limits[connector] = Limit(amperes)
        self._put_limit(connector, origin)

    # -- for the status --------------------------------------------------------------------------------------------

    @property
    def connectors(self) -> tuple[int, ...]:
        """The connectors that it has spoken of."""
        return tuple(sorted(number for number in self.status if number > 0))

    @property
    def model(self) -> tuple[str, str, str]:
        """Maker, model and firmware, as it told them when it started."""
        fields = ("chargePointVendor", "chargePointModel", "firmwareVersion")
        vendor, model, firmware = (word(self.boot.get(name)) for name in fields)
        return vendor, model, firmware

    @property
    def sample_interval_s(self) -> int | None:
        """How often the site wants measured values; None when no device of it has them."""
        for image in self.images:
            group = image.device.profile.groups.get(MEASURES) if image.device.profile is not None else None
            if group is not None and group.every_s is not None:
                return max(5, round(image.device.pace.get(group.id, group.every_s)))
        return None

    def image(self, device: str) -> Image | None:
        """The points of one of its devices."""
        return next((image for image in self.images if image.device.id == device), None)

    def known_keys(self) -> list[str]:
        """The configuration keys that its profile knows."""
        return [point.path.removeprefix(KEYS) for point in self._keys()]

    @property
    def secret_keys(self) -> frozenset[str]:
        """The configuration keys, in small letters, that its profile calls secret, whatever their names say."""
        return frozenset(point.path.removeprefix(KEYS).lower() for point in self._keys() if point.secret)

    def seen(self) -> StationSeen:
        """A snapshot for the window."""
        firmware = word(self.boot.get("firmwareVersion"))
        serial = word(self.boot.get("chargePointSerialNumber")) or word(self.boot.get("chargeBoxSerialNumber"))
        return StationSeen(
            identity=self.identity,
            address=self.address,
            accepted=True,
            connected=self.connected,
            reason=self.reason,
            vendor=word(self.boot.get("chargePointVendor")),
            model=word(self.boot.get("chargePointModel")),
            serial=serial,
            firmware=firmware,
            connectors=self.connectors,
            last_frame=self.last_frame,
            calls=self.calls,
            profiles=self.configuration.profiles,
        )

    def device_status(self, device: DeviceConfig) -> DeviceStatus:
        """How one of its devices is doing."""
        if device.profile is None or device.fault:
            return DeviceStatus(device.id, DeviceState.FAULTY, fault=device.fault or "no profile")
        paces = tuple(
            GroupPace(
                group.id,
                device.pace.get(group.id, group.every_s),
                self._sample_gaps.get(device.unit) if group.id == MEASURES else None,
            )
            for group in device.profile.groups.values()
            if group.every_s is not None
        )
        if self.connected:
            return DeviceStatus(device.id, DeviceState.ONLINE, self.last_frame, paces)
        state = DeviceState.NEVER if self.last_frame is None else DeviceState.SILENT
        fault = AWAY if self.last_frame is not None else f"the charging station {self.identity} has not called yet"
        return DeviceStatus(device.id, state, self.last_frame, paces, fault=self.reason or fault)

    # -- inside ----------------------------------------------------------------------------------------------------

    def _inside(self, connector: int) -> bool:
        """Whether a connector can exist; one that cannot is said once in the log and makes nothing appear."""
        most = self.configuration.number("NumberOfConnectors")
        most = MOST_CONNECTORS if most is None or not 0 < most <= MOST_CONNECTORS else most
        inside = 0 <= connector <= most
        if not inside and connector not in self._outside and len(self._outside) < MOST_CONNECTORS:
            self._outside.add(connector)
            log.warning("station %s: speaks of connector %d, but has %d", self.identity, connector, most)
        return inside

    def _of(self, connector: int) -> list[Image]:
        return [image for image in self.images if image.device.unit == connector]

    def _transactions(self, connector: int, origin: Origin) -> list[Reading]:
        entry = self.sessions.newest.get(connector)
        if entry is None:
            return []
        return [reading for image in self._of(connector) for reading in session_readings(image, entry, origin)]

    def _put_limit(self, connector: int, origin: Origin) -> None:
        limit = self.limits[connector]
        self._put(
            reading
            for image in self._of(connector)
            for reading in image.put("limit.current", limit.amperes, origin, limit.doubt)
        )

    def _keys(self) -> list[Point]:
        return [point for point in self.main.points if point.path.startswith(KEYS)] if self.main is not None else []

    def _settle_keys(self, told: Iterable[Entry]) -> None:
        """Give a point to every key that the profile does not know."""
        image = self.main
        if image is None or image.device.profile is None or SETTINGS not in image.device.profile.groups:
            return
        taken = {point.id for point in image.points}
        points = list(image.points)
        for entry in told:
            name = point_id(entry.key)
            if image.has(f"{KEYS}{entry.key}") or name in taken:
                continue
            taken.add(name)
            points.append(point_of(entry, name, SETTINGS))
        if len(points) > len(image.points):
            self._settle(image, points)

    def _settle(self, image: Image, points: Sequence[Point]) -> None:
        image.settle(points)
        if self._settled_to is not None:
            self._settled_to(image.device.id, image.points)

    def _put(self, readings: Iterable[Reading]) -> None:
        found = list(readings)
        if found:
            self._sink.put(found)
