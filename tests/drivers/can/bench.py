"""What tests of CAN share: shipped profiles, a bus in memory, a clock that a test holds, a sink that keeps."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path

import cantools
from cantools.database.can import Database

from core.catalogue import Catalogue
from core.config import DeviceConfig, LinkConfig
from core.errors import LinkError
from core.frames import FrameRing
from core.layout import points_of
from core.linkurl import LinkUrl, parse_link
from core.paths import resources
from core.points import Quality, Reading, Value
from core.profile import Profile
from drivers.can.bus import Heard, Sign
from drivers.can.frames import CanFrame
from drivers.can.listener import Listener
from drivers.can.mapping import mapping_of

SHIPPED = Catalogue([resources() / "profiles"])
EVSE, PYLON, SOFAR = "open_evse/can_wallbox", "pylontech/low_voltage", "sofar/high_voltage_bms"


def profile_of(name: str) -> Profile:
    return SHIPPED.get(name)


@lru_cache
def dbc_of(name: str) -> Database:
    """The DBC of a shipped profile, as cantools itself reads it: the judge of what our code makes of it."""
    profile = profile_of(name)
    assert profile.can is not None
    found = cantools.database.load_file(profile.folder / profile.can.dbc)
    assert isinstance(found, Database)
    return found


STATUS: dict[str, float] = {
    "CpState": 3,
    "EvseState": 4,
    "WorkMode": 1,
    "Authorised": 1,
    "CableLocked": 1,
    "ContactorClosed": 1,
    "FallbackActive": 0,
    "PhasesActive": 3,
    "AppliedLimit": 16,
    "LimitedBy": 0,
    "VehicleRequests": 1,
    "FaultBits": 0,
    "InnerTemp": 20,
    "AliveCounter": 0,
}


def evse(message: str, unit: int = 1, **signals: float) -> CanFrame:
    """A frame of the open EVSE profile, encoded by cantools from physical values."""
    found = dbc_of(EVSE).get_message_by_name(message)
    if message == "EVSE_Status":
        signals = {**STATUS, **signals}
    return CanFrame(found.frame_id & ~0xFF | unit, True, found.encode(signals))


def device(name: str, profile: str = EVSE, unit: int = 1, **options: str) -> DeviceConfig:
    return DeviceConfig(name, "bus", profile, profile_of(profile), unit, options=dict(options))


def link(url: str = "can://virtual/test", *, read_only: bool = False, transmit: str = "") -> LinkConfig:
    return LinkConfig("bus", parse_link(url), read_only=read_only, transmit=transmit)


class Kept:
    """A sink that keeps every reading."""

    def __init__(self) -> None:
        self.readings: list[Reading] = []

    def put(self, readings: Sequence[Reading]) -> None:
        self.readings += readings

    def of(self, point: str, name: str = "") -> list[Reading]:
        wanted = (reading for reading in self.readings if reading.key.point == point)
        return [reading for reading in wanted if not name or reading.key.device == name]

    def values(self, point: str) -> list[Value]:
        return [reading.value for reading in self.of(point)]

    def newest(self) -> dict[str, tuple[Value, Quality]]:
        return {reading.key.point: (reading.value, reading.quality) for reading in self.readings}


class Hands:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.at = 1000.0

    def now(self) -> float:
        return 1_700_000_000.0 + self.at

    def ticks(self) -> float:
        return self.at


class Heardly:
    """One listener with its clock, its ring and what it said."""

    def __init__(self, config: DeviceConfig, dbc: Path | None = None) -> None:
        assert config.profile is not None
        self.clock, self.sink, self.frames = Hands(), Kept(), FrameRing("bus")
        mapping = mapping_of(config, points_of(config.profile, config.profile.options_with(config.options)), dbc)
        config.options.update(config.profile.options_with(config.options))
        self.listener = Listener(
            config, config.profile, mapping, link="bus", frames=self.frames, sink=self.sink, clock=self.clock
        )

    def hear(self, *frames: CanFrame, after: float = 0.0) -> None:
        """Let time pass, then hear the frames."""
        self.pass_time(after)
        for frame in frames:
            self.listener.hear(self.listener.messages[frame.key], frame, self.clock.at)
        self.listener.tick(self.clock.at)

    def pass_time(self, seconds: float) -> None:
        end = self.clock.at + seconds
        while self.clock.at < end - 1e-9:
            self.clock.at = min(end, self.clock.at + 0.05)
            self.listener.tick(self.clock.at)


class FakePort:
    """An adapter in memory: what the test gives is heard, what is sent is kept."""

    def __init__(self, silent: bool = False) -> None:
        self.silent = silent
        self.coming: deque[Heard | Exception] = deque()
        self.sent: list[CanFrame] = []
        self.closed = False
        self.sign: Sign | None = None
        self.lost = 0

    def give(self, *frames: CanFrame) -> None:
        self.coming.extend(Heard(frame) for frame in frames)

    def receive(self, wait_s: float) -> Heard | None:
        if not self.coming:
            time.sleep(min(wait_s, 0.005))
            return None
        found = self.coming.popleft()
        if isinstance(found, Exception):
            raise found
        return found

    def send(self, frame: CanFrame) -> None:
        self.sent.append(frame)

    def figures(self) -> tuple[Sign | None, int]:
        return self.sign, self.lost

    def close(self) -> None:
        self.closed = True


class Adapters:
    """Gives a new FakePort each time the line opens; ``broken`` openings fail first."""

    def __init__(self, broken: int = 0) -> None:
        self.ports: list[FakePort] = []
        self.broken = broken

    def __call__(self, url: LinkUrl, bitrate: int, silent: bool) -> FakePort:
        if self.broken:
            self.broken -= 1
            raise LinkError("no such adapter")
        port = FakePort(silent)
        self.ports.append(port)
        return port


def until(holds: Callable[[], object], within_s: float = 10.0) -> None:
    """Wait for what another thread brings about."""
    end = time.monotonic() + within_s
    while not holds():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.005)
