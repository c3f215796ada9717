"""What the endurance parts share: devices whose every value tells when and where it was read, and figures of a process.

A device here counts the requests that it serves; each of its registers holds that count plus a number made from unit
and address. The clock of a line is that very count. So of a reading one knows from its value alone at which request it
was read, and it must be one that the device served between the sending of the question and the coming of the answer:
a late answer is found out even if only one other request lies between, one from another register always.
"""

from __future__ import annotations

import gc
import os
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from core.config import DeviceConfig
from core.frames import FrameRing, Outcome
from core.points import Point, Quality, Reading
from core.profile import BlockRules, Group, Profile, Timing
from core.status import Line, LinkState
from drivers.sim.bank import Bank
from drivers.sim.lines import Port, Served

Say = Callable[[str], None]
APART, UNITS_APART = 1021, 337  # between the values of neighbouring registers, of neighbouring units


# -- a device whose values are known ---------------------------------------------------------------------------


class Tide:
    """Counts the requests that the devices of a line have served. The clock of the line, too, tells that count."""

    def __init__(self) -> None:
        self.count = 0

    def now(self) -> float:
        """The count, as a time."""
        return float(self.count)

    def ticks(self) -> float:
        """Seconds, for waiting."""
        return time.monotonic()


def offset(unit: int, address: int) -> int:
    """What a register holds besides the count."""
    return (address * APART + unit * UNITS_APART) & 0xFFFF


class TideBank:
    """The registers of one unit (in the manner of ``drivers.sim.bank.Bank``)."""

    def __init__(self, tide: Tide, unit: int) -> None:
        self._tide, self._unit = tide, unit

    def read(self, function: int, address: int, count: int) -> list[int]:
        """Registers as they stand at this request."""
        del function
        self._tide.count += 1
        return [(self._tide.count + offset(self._unit, at)) & 0xFFFF for at in range(address, address + count)]

    def write(self, function: int, address: int, words: Sequence[int]) -> None:
        """Nothing is written here."""
        raise NotImplementedError


BLOCKS = ((0, 4), (10, 4), (20, 4), (30, 4), (40, 2), (50, 7))  # addresses and lengths: four of one shape


def profile(every_s: float, timeout_s: float) -> Profile:
    """Six blocks, read one after the other."""
    points = tuple(
        Point(f"p{at}", (at,), 3, "u16", group="live") for first, count in BLOCKS for at in range(first, first + count)
    )
    return Profile(
        "soak/device",
        Path(),
        "Soak",
        "device",
        "meter",
        "",
        points,
        {"live": Group("live", every_s)},
        blocks=BlockRules(most_registers=60, widest_gap=0),
        timing=Timing(timeout_s=timeout_s, gap_s=0.0, retries=1_000_000),
    )


def device(name: str, unit: int, every_s: float, timeout_s: float) -> DeviceConfig:
    """One such device on the line ``name``."""
    made = profile(every_s, timeout_s)
    return DeviceConfig(f"{name}-{unit}", name, made.id, made, unit)


def port_of(name: str, kind: str, tide: Tide, units: Sequence[int]) -> Port:
    """What the simulator serves."""
    served = {unit: Served(cast("Bank", TideBank(tide, unit))) for unit in units}
    return Port(name, served, kind)


class Judge:
    """A sink that holds every good reading of a register line against the truth."""

    def __init__(self, devices: Sequence[DeviceConfig]) -> None:
        self.frames: FrameRing | None = None
        self.good = self.wrong = self.bad = 0
        self.samples: list[str] = []
        self.newest: Counter[str] = Counter()
        self._units = {device.id: device.unit for device in devices}

    def put(self, readings: Sequence[Reading]) -> None:
        """Called in the line's thread."""
        frames = self.frames
        for reading in readings:
            if reading.quality is not Quality.GOOD or not isinstance(reading.value, float) or frames is None:
                self.bad += 1
                continue
            self.good += 1
            self.newest[reading.key.device] += 1
            origin = reading.provenance
            frame = frames.find(origin.frame) if origin is not None else None
            if origin is None or frame is None:
                self._accuse(reading, "no frame")
                continue
            served = (round(reading.value) - offset(self._units[reading.key.device], origin.address)) & 0xFFFF
            behind = (served - round(frame.at)) & 0xFFFF
            if not 1 <= behind <= round(reading.at) - round(frame.at):
                self._accuse(reading, f"sent at {frame.at:g}, read at {served}, came at {reading.at:g}")

    def _accuse(self, reading: Reading, why: str) -> None:
        self.wrong += 1
        if len(self.samples) < 20:
            self.samples.append(f"{reading.key.device} {reading.key.point}={reading.value}: {why}")


# -- the process -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Figures:
    """What this process holds."""

    threads: int
    files: int
    sockets: int
    memory_kb: int

    @classmethod
    def now(cls, *, tidy: bool = True) -> Figures:
        """Once what is garbage has gone."""
        if tidy:
            gc.collect()
        files, sockets = _open_files()
        return cls(threading.active_count(), files, sockets, memory_kb())


def memory_kb() -> int:
    """Resident memory; 0 where the system does not tell."""
    try:
        for line in Path("/proc/self/status").read_text("ascii").splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1])
    except OSError:
        pass
    return 0


def _open_files() -> tuple[int, int]:
    found: list[str] = []
    try:
        names = os.listdir("/proc/self/fd")  # noqa: PTH208 - Path.iterdir gives no plain list at one moment
    except OSError:
        return 0, 0
    for name in names:
        try:
            found.append(os.readlink(f"/proc/self/fd/{name}"))  # noqa: PTH115 - many, and gone at any moment
        except OSError:
            continue
    return len(found), sum(target.startswith("socket:") for target in found)


# -- in a hurry ------------------------------------------------------------------------------------------------

HASTE: dict[str, dict[str, float]] = {
    "drivers.backoff": {"LONGEST_WAIT_S": 0.01},
    "drivers.modbus.poller": {"LONGEST_S": 0.01, "RETRY_AFTER_S": 0.0},
    "drivers.modbus.rows": {"MISS_WAITS_S": (0.0,)},  # pyright: ignore[reportAssignmentType]
    "drivers.solarman.link": {"LINGER_S": 0.005, "LEAST_GAP_S": 0.0},
    "drivers.solarman.sequence": {"OWED_S": 2.4, "SENT_S": 0.5},  # the 125th part, as the time-out is
    "drivers.solarman.pace": {"LEAST_GAP_S": 0.0, "FIRST_REST_S": 0.001, "LONGEST_REST_S": 0.002},
    "drivers.can.bus": {"DRIVERLESS_SERIAL": "/"},  # pyright: ignore[reportAssignmentType] - no adapter here must settle
    "drivers.ocpp.line": {"LONGEST_WAIT_S": 0.01, "TICK_S": 0.05},
}
"""Waits of the program that are made for real lines, and what they are here: a fault is not to cost a minute."""


@contextmanager
def in_haste() -> Generator[None]:
    """Wait less, while this lasts; what the program decides stays as it is."""
    import importlib

    before: list[tuple[Any, str, Any]] = []
    for name, values in HASTE.items():
        module = importlib.import_module(name)
        for constant, value in values.items():
            before.append((module, constant, getattr(module, constant)))
            setattr(module, constant, value)
    try:
        yield
    finally:
        for module, constant, value in before:
            setattr(module, constant, value)


def fill(frames: FrameRing, size: int) -> None:
    """Fill a ring as it is after some hours, so that memory does not grow by that."""
    for _ in range(2000):
        frames.add(
            at=time.time(),
            sent=os.urandom(size // 2),
            received=os.urandom(size),
            took_s=0.01,
            outcome=Outcome.ANSWERED,
            note="",
        )


def until(true: Callable[[], object], within_s: float) -> bool:
    """Wait for something; whether it came true."""
    end = time.monotonic() + within_s
    while not true():
        if time.monotonic() > end:
            return False
        time.sleep(0.005)
    return True


def is_up(line: Line) -> bool:
    """Whether a line is connected."""
    return line.status().state is LinkState.UP


def say(text: str) -> None:
    """Progress, beside the figures."""
    print(text, file=sys.stderr, flush=True)


@dataclass(slots=True)
class Ground:
    """An event loop in a thread of its own, for what is not ours: simulators, proxies, stations."""

    name: str = "soak"
    _ready: threading.Event = field(default_factory=threading.Event)
    loop: Any = None
    _thread: threading.Thread | None = None

    def __enter__(self) -> Ground:
        import asyncio

        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self.loop.run_forever, name=self.name, daemon=True)
        self._thread.start()
        return self

    def do(self, work: Any) -> Any:
        """Run a coroutine there; its outcome."""
        import asyncio

        return asyncio.run_coroutine_threadsafe(work, self.loop).result(20)

    def __exit__(self, *_: object) -> None:
        import asyncio

        async def end() -> None:
            rest = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
            for task in rest:
                task.cancel()
            await asyncio.gather(*rest, return_exceptions=True)
            await self.loop.shutdown_default_executor()

        self.do(end())
        self.loop.call_soon_threadsafe(self.loop.stop)
        if self._thread is not None:
            self._thread.join(5)
        self.loop.close()
