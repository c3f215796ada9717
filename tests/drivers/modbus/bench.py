"""A profile in three lines, a held clock, a line without a wire."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from core.config import DeviceConfig
from core.errors import DecodeError, DeviceError, LinkError, NotToldApart
from core.points import Point, Reading
from core.profile import BlockRules, Group, Profile
from core.protocols import Answer
from drivers.modbus.poller import Poller


class HeldClock:
    """Time that moves when told."""

    def __init__(self) -> None:
        self.time = 1000.0

    def now(self) -> float:
        return 1_700_000_000.0 + self.time

    def ticks(self) -> float:
        return self.time


class Notes(list[Reading]):
    """A sink that keeps everything."""

    def put(self, readings: Sequence[Reading]) -> None:
        self.extend(readings)

    def newest(self) -> dict[str, Reading]:
        return {reading.key.point: reading for reading in self}


class FakeLink:
    """Registers in memory. ``holes`` are refused with code 2; other lists say what else goes wrong."""

    name = "line"

    def __init__(self, clock: HeldClock, words: dict[int, int] | None = None) -> None:
        self.clock, self.words = clock, words or {}
        self.asked: list[tuple[int, int, int]] = []
        self.holes: set[int] = set()
        self.mute: set[int] = set()
        self.alike: set[int] = set()  # answers that cannot be told from others
        self.code: dict[int, int] = {}  # address -> exception
        self.refused_functions: set[int] = set()
        self.silent = self.garbled = self.down = False
        self.costs_s = 0.0
        self.disorders = 0

    def read(self, unit: int, function: int, address: int, count: int) -> Answer:
        self.asked.append((function, address, count))
        self.clock.time += self.costs_s
        covered = set(range(address, address + count))
        if self.down:
            raise LinkError("the line is cut")
        if self.silent or covered & self.mute:
            raise DeviceError("unit 1 does not answer")
        if covered & self.alike:
            raise NotToldApart("the line repeats answers")
        if self.garbled:
            raise DecodeError("garbled")
        if function in self.refused_functions:
            raise DeviceError("no", 1)
        if covered & self.holes:
            raise DeviceError("no", 2)
        for at in covered & self.code.keys():
            raise DeviceError("no", self.code[at])
        words = tuple(self.words.get(at, at) for at in range(address, address + count))
        return Answer(words, self.clock.now(), len(self.asked))

    def write(self, unit: int, function: int, address: int, words: Sequence[int]) -> Answer:
        raise NotImplementedError

    def close(self) -> None:
        pass

    def take(self) -> list[tuple[int, int, int]]:
        taken, self.asked = self.asked, []
        return taken


def point(at: int, group: str = "live", words: int = 1, **more: object) -> Point:
    base = Point(f"p{at}", tuple(range(at, at + words)), 3, {1: "u16", 2: "u32"}[words], group=group)
    return replace(base, **more)


GROUPS = {
    "live": Group("live", 1.0),
    "slow": Group("slow", 60.0),
    "settings": Group("settings", None),
    "identity": Group("identity", None, once=True),
    "alarms": Group("alarms", 10.0),
}


def profile(points: Sequence[Point], **more: object) -> Profile:
    base = Profile("t/t", Path(), "T", "T", "meter", "", tuple(points), GROUPS, blocks=BlockRules(60))
    return replace(base, **more)


class Bench:
    """One device on a line without a wire."""

    def __init__(self, made: Profile, alone: bool = True, **device: object) -> None:
        self.clock = HeldClock()
        self.link, self.notes = FakeLink(self.clock), Notes()
        self.settled: list[Point] = []
        config = DeviceConfig("meter", "line", made.id, made, 1, **device)
        self.poller = Poller(
            config,
            self.link,
            self.notes,
            self.clock,
            alone=alone,
            settled=lambda _, points: self.settled.extend(points),
        )

    def run(self, seconds: float) -> list[tuple[int, int, int]]:
        """Step through time; return what was asked."""
        end = self.clock.time + seconds
        while True:
            wait = self.poller.step()
            if self.clock.time + wait > end:
                self.clock.time = max(end, self.clock.time)
                return self.link.take()
            self.clock.time += max(wait, 1e-6)
