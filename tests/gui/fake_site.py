"""A real ``Station`` over lines that never speak: words made by the encoder, frames in the ring."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

from core.book import PointBook
from core.config import DeviceConfig, LinkConfig, Site
from core.decode import Context, decode
from core.encode import encode
from core.errors import DecodeError
from core.facade import Station
from core.frames import FrameRing, Outcome
from core.hub import Hub
from core.linkurl import parse_link
from core.points import Kind, Point, PointKey, Provenance, Quality, Reading, Value
from core.profile import Profile
from core.profile_loader import load_profile
from core.protocols import SystemClock
from core.status import DeviceState, DeviceStatus, GroupPace, LinkCounters, LinkState, LinkStatus
from tests.gui.fake_profile import hybrid

PROFILES = Path(__file__).resolve().parents[2] / "resources" / "profiles"
PARIS = ZoneInfo("Europe/Paris")
TYPICAL = {"W": 1234.0, "V": 231.4, "A": 5.3, "Hz": 50.01, "%": 78.0, "°C": 23.4, "Wh": 1_234_000.0, "": 1.0}
TEXTS = {"ascii": "ZP1ES015", "hhmm": "07:30", "mmdd": "12-31", "clock": "2026-11-21T08:00:00"}
DEVICES = (
    ("hybrid", "lan", "", 1, "Onduleur Acme 10K", "inverter"),
    ("meter", "rs485", "chint/dtsu666", 32, "Compteur DTSU666", "grid"),
    ("wallbox", "rs485", "eastron/sdm120", 33, "Borne EVlink Parking", "charger"),
    ("panel", "legrand", "legrand/emdx3", 1, "Tableau EMDX³", "circuit"),
)
LINKS = (
    ("lan", "tcp://192.168.1.43:502", "Onduleur, RJ45"),
    ("rs485", "rtu:///dev/ttyUSB0?baud=9600", "RS485 · COM3"),
    ("legrand", "rtu+tcp://192.168.1.60:502", "Passerelle Legrand"),
)


class FakeLine:
    """A line whose state is set by the test."""

    def __init__(self, name: str, state: LinkState, devices: tuple[DeviceStatus, ...], now: float) -> None:
        self.name = name
        self.frames = FrameRing(name)
        self.state = state
        self.devices = devices
        self.now = now
        self.asked: list[tuple[str, str | None]] = []
        self.reconnected = 0

    def start(self) -> None:
        pass

    def stop(self) -> None:
        pass

    def status(self) -> LinkStatus:
        down = self.state is LinkState.DOWN
        error, retry = ("connection refused by 192.168.1.60", self.now + 12) if down else ("", None)
        counters = LinkCounters(requests=18_204, answered=18_190, refused=3, silent=9, foreign=2)
        return LinkStatus(self.name, self.state, self.now - 900, error, retry, 0.41, counters, self.devices)

    def reconnect(self) -> None:
        self.reconnected += 1

    def ask(self, device: str, group: str | None = None) -> None:
        self.asked.append((device, group))


def typical(point: Point) -> Value:
    """A value that fits a point."""
    if point.kind is Kind.STATE and point.choices:
        return point.choices[min(2, len(point.choices) - 1)].id
    if point.kind is Kind.BITS:
        return tuple(choice.id for choice in point.choices[:2])
    if text := TEXTS.get(point.type.partition("_")[0]):
        return text[: 2 * point.count] if point.type == "ascii" else text
    value = TYPICAL.get(point.unit, 12.0)
    low, high = point.low if point.low is not None else value, point.high if point.high is not None else value
    return min(max(value, low), high)


def reading_of(line: FakeLine, device: DeviceConfig, point: Point, value: Value, at: float) -> Reading | None:
    """What a device would have answered, with its frame in the ring; None where the words cannot be made."""
    context = Context(device.profile.rules if device.profile else {})
    try:
        words = encode(point, value, context)
        decoded = decode(point, words, context)
    except (DecodeError, ValueError, KeyError, TypeError):
        return None
    function = point.function or 3
    first, last = min(point.at) - 1, max(point.at) + 1
    words_at = dict(zip(point.at, words, strict=True))
    data = b"".join(words_at.get(where, 0x5AA5).to_bytes(2, "big") for where in range(first, last + 1))
    asked = first.to_bytes(2, "big", signed=first < 0) + (last - first + 1).to_bytes(2, "big")
    head = (7).to_bytes(2, "big") + b"\0\0"
    frame = line.frames.add(
        at=at,
        sent=head + (6).to_bytes(2, "big") + bytes((device.unit, function)) + asked,
        received=head + (3 + len(data)).to_bytes(2, "big") + bytes((device.unit, function, len(data))) + data,
        took_s=0.023,
        outcome=Outcome.ANSWERED,
    )
    origin = Provenance(line.name, device.unit, function, point.address, words, frame, decoded.factor, "")
    key = PointKey(device.id, point.id)
    return Reading(key, decoded.value, at, point.unit, decoded.quality, origin, decoded.note)


def paces_of(device: DeviceConfig) -> tuple[GroupPace, ...]:
    groups = device.profile.groups.values() if device.profile else ()
    return tuple(GroupPace(g.id, g.every_s, g.every_s * 1.1 if g.every_s else None) for g in groups)


def _profile(name: str, points: tuple[Point, ...] | None) -> Profile:
    return load_profile(PROFILES / name) if name else hybrid(points)


class FakeClock(SystemClock):
    """The computer's clocks; ``later`` seconds are added to the monotonic one, so that values age at once."""

    later = 0.0

    def ticks(self) -> float:
        return super().ticks() + self.later


class FakeSite:
    """The station with its hub and lines at hand. ``feed()`` puts a reading of every point that is polled."""

    def __init__(self, now: Callable[[], float] = time.time, points: tuple[Point, ...] | None = None) -> None:
        self.now = now
        devices = tuple(
            DeviceConfig(name, link, profile, _profile(profile, points), unit, title, role)
            for name, link, profile, unit, title, role in DEVICES
        )
        links = tuple(LinkConfig(name, parse_link(url), title) for name, url, title in LINKS)
        self.site = Site("Ferme des Tilleuls", PARIS, links, devices, phases=3, contract_power=18_000.0)
        self.clock = FakeClock()
        self.hub = Hub(self.clock)
        self.lines = {link.id: self._line(link.id) for link in links}
        self.book = PointBook(self.site)
        self.station = Station(self.site, book=self.book, hub=self.hub, lines=self.lines)

    def _line(self, link: str) -> FakeLine:
        now = self.now()
        down = link == "legrand"
        statuses: list[DeviceStatus] = []
        for device in self.site.devices_on(link):
            state = DeviceState.NEVER if down else DeviceState.SILENT if device.id == "wallbox" else DeviceState.ONLINE
            answered = None if down else now - (74 if device.id == "wallbox" else 0.6)
            dead = ("bypass_power", "faults_1") if device.id == "hybrid" else ()
            statuses.append(DeviceStatus(device.id, state, answered, paces_of(device), dead))
        return FakeLine(link, LinkState.DOWN if down else LinkState.UP, tuple(statuses), now)

    def feed(self, device: str | None = None) -> list[Reading]:
        """One reading for every point that is polled, in the hub; the readings."""
        now, found = self.now(), []
        for config in self.site.devices:
            line = self.lines[config.link]
            if line.state is LinkState.DOWN or device not in (None, config.id):
                continue
            for row, point in enumerate(self.station.points(config.id)):
                group = config.profile.groups[point.group] if config.profile else None
                if not point.readable or (group is not None and group.every_s is None):
                    continue
                age = 74.0 if config.id == "wallbox" else (row % 7) * 0.4
                if (reading := reading_of(line, config, point, typical(point), now - age)) is not None:
                    found.append(reading)
        bad = next((r for r in found if r.key.device == "hybrid" and r.unit == "°C"), None)
        if bad is not None:
            note = "6553.5 outside -40…120"
            found.append(Reading(bad.key, None, bad.at, "°C", Quality.BAD, bad.provenance, note))
        for name, watts in (("solar.power", 6840.0), ("grid.power", -1270.0), ("house.power", 3470.0)):
            found.append(Reading(PointKey("site", name), watts, now, "W"))
        self.hub.put(found)
        return found
