"""Endurance: a thousand times unplugged and plugged in again, on each transport, and nothing is left behind.

The other end goes away while the line is at work (server closed, pseudo-terminal gone and made anew under the same
name, CAN adapter pulled out, CAN bus left and joined, charging station hung up), the line says so or notices, and the
next cycle begins when good values have come again. Threads, files, sockets and memory of the whole process are those of
after the first cycles; the other ends live in the same process.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from benchlib import Row
from soak_bench import Figures, Ground, Judge, Say, Tide, device, in_haste, port_of, say, until
from soak_stations import SoakStation, StationJudge, charger

from core.catalogue import Catalogue
from core.config import DeviceConfig, LinkConfig
from core.linkurl import parse_link
from core.paths import resources
from core.points import Quality, Reading
from core.status import Line, LinkState
from drivers.can.frames import CanFrame
from drivers.registry import Wiring, build_line
from drivers.sim.can_line import CanSimLine
from drivers.sim.lines import Port, line_of

COMES_BACK_WITHIN_S = 10.0
WARM = 0.2  # of the cycles
BATTERY = "pylontech/low_voltage"
CHARGE = CanFrame(0x355, False, bytes.fromhex("3200640000000000"))


@dataclass(frozen=True, slots=True)
class Pace:
    """How often a device is read or tells something, and how long its answer is waited for, in seconds."""

    every_s: float = 0.002
    timeout_s: float = 0.05


@dataclass(slots=True)
class Plug:
    """A line whose other end can be taken away. ``pull`` comes back when the line has noticed, where it can."""

    name: str
    line: Line
    good: Callable[[], int]
    pull: Callable[[], None]
    plug: Callable[[], None]


@dataclass(slots=True)
class Outcome:
    """What was there after the first cycles and at the end; ``lost`` cycles after which no value came."""

    cycles: dict[str, int] = field(default_factory=dict[str, int])
    lost: dict[str, int] = field(default_factory=dict[str, int])
    before: dict[str, Figures] = field(default_factory=dict[str, Figures])
    after: dict[str, Figures] = field(default_factory=dict[str, Figures])
    slowest_s: float = 0.0
    seconds: float = 0.0


def _is_down(line: Line) -> bool:
    return line.status().state is not LinkState.UP


@contextmanager
def _registers(ground: Ground, kind: str, folder: Path, pace: Pace) -> Generator[Plug]:
    tide, made = Tide(), device(kind, 1, pace.every_s, pace.timeout_s)
    first = port_of(kind, kind, tide, (1,))
    served = line_of(first)
    ground.do(served.open())
    url, name = parse_link(served.url), folder / f"tty-{kind}"
    if kind == "rtu":
        name.symlink_to(url.device)
    else:  # to be found again at the same place
        ground.do(served.close())
        served = line_of(replace(first, number=url.port))
        ground.do(served.open())
    address = f"rtu://{name}?baud=115200" if kind == "rtu" else served.url
    judge = Judge([made])
    config = LinkConfig(kind, parse_link(address), timeout_s=pace.timeout_s, gap_s=0.0)
    line = build_line(config, [made], Wiring(judge, clock=tide))
    judge.frames = line.frames

    def pull() -> None:
        name.unlink(missing_ok=True)
        ground.do(served.close())
        until(lambda: _is_down(line), COMES_BACK_WITHIN_S)

    def plug() -> None:
        ground.do(served.open())
        if kind == "rtu":
            name.symlink_to(parse_link(served.url).device)

    line.start()
    try:
        yield Plug(kind, line, lambda: judge.good - judge.wrong, pull, plug)
    finally:
        line.stop()
        ground.do(served.close())


class _Heard:
    """A sink that counts."""

    def __init__(self) -> None:
        self.good = 0

    def put(self, readings: Sequence[Reading]) -> None:
        self.good += sum(reading.quality is Quality.GOOD for reading in readings)


@contextmanager
def _can(ground: Ground, kind: str, folder: Path, pace: Pace) -> Generator[Plug]:
    """``slcan``: the adapter is pulled out. ``virtual``: the battery leaves the bus, and our end is opened anew."""
    found = Catalogue([resources() / "profiles"]).get(BATTERY)
    battery = DeviceConfig(f"{kind}-1", kind, BATTERY, found, 1, role="battery", options=found.options_with({}))
    given = parse_link("can://virtual/soak") if kind == "virtual" else None
    served = CanSimLine(Port(kind, {}, "can", address=given))
    ground.do(served.open())
    name, talk = folder / "tty-can", _Talk(ground, served, max(pace.every_s, 0.005))
    if kind == "slcan":
        name.symlink_to(_terminal(served))
    address = served.url if kind == "virtual" else f"can://slcan/{name}?bitrate=500000"
    sink = _Heard()
    line = build_line(LinkConfig(kind, parse_link(address)), [battery], Wiring(sink))

    def pull() -> None:
        talk.stop()
        if kind == "virtual":
            line.reconnect()
            return
        name.unlink()
        ground.do(served.close())
        served.adapters.clear()
        until(lambda: _is_down(line), COMES_BACK_WITHIN_S)

    def plug() -> None:
        if kind == "slcan":
            ground.do(served.open())
            name.symlink_to(_terminal(served))
        talk.start()

    talk.start()
    line.start()
    try:
        yield Plug(f"can {kind}", line, lambda: sink.good, pull, plug)
    finally:
        talk.stop()
        line.stop()
        ground.do(served.close())


def _terminal(served: CanSimLine) -> str:
    return parse_link(served.url).device


class _Talk:
    """A battery that says its state of charge."""

    def __init__(self, ground: Ground, served: CanSimLine, every_s: float) -> None:
        self._ground, self._served, self._every_s = ground, served, every_s
        self._task: asyncio.Future[None] | None = None

    def start(self) -> None:
        async def talk() -> None:
            self._task = asyncio.ensure_future(self._go())

        self._ground.do(talk())

    def stop(self) -> None:
        async def end() -> None:
            if self._task is not None:
                self._task.cancel()
                with suppress(asyncio.CancelledError):
                    await self._task

        self._ground.do(end())

    async def _go(self) -> None:
        while True:
            with suppress(OSError):
                self._served.say([CHARGE])
            await asyncio.sleep(self._every_s)


@contextmanager
def _station(ground: Ground, kind: str, folder: Path, pace: Pace) -> Generator[Plug]:
    del folder
    tide = Tide()
    judge = StationJudge(tide, pace.timeout_s)
    config = LinkConfig(kind, parse_link("ocpp://127.0.0.1:0/"), timeout_s=1.0)
    line = build_line(config, [charger(kind)], Wiring(judge, settled=judge.settle))
    line.start()
    until(lambda: line.status().place, COMES_BACK_WITHIN_S)
    station = SoakStation(tide, int(line.status().place.rstrip("/").rpartition(":")[2]), 1.0, pace.every_s)
    life = asyncio.run_coroutine_threadsafe(station.live(), ground.loop)

    def pull() -> None:
        station.stays_away = True
        ground.loop.call_soon_threadsafe(station.hang_up.set)
        until(lambda: not station.is_connected, COMES_BACK_WITHIN_S)

    def plug() -> None:
        station.stays_away = False

    try:
        yield Plug(kind, line, lambda: judge.good - judge.wrong, pull, plug)
    finally:
        life.cancel()
        line.stop()


PLUGS: dict[str, Callable[[Ground, str, Path, Pace], AbstractContextManager[Plug]]] = {
    "tcp": _registers,
    "rtu+tcp": _registers,
    "v5": _registers,
    "rtu": _registers,
    "slcan": _can,
    "virtual": _can,
    "ocpp": _station,
}
"""What is unplugged, and what makes it."""


def run(cycles: int, kinds: Sequence[str] = tuple(PLUGS), tell: Say = say) -> Outcome:
    """So many cycles on each, one transport after the other."""
    outcome, began = Outcome(), time.monotonic()
    with in_haste(), ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        ground = stack.enter_context(Ground())
        for kind in kinds:
            with PLUGS[kind](ground, kind, folder, Pace()) as plug:
                _repeat(kind, plug, cycles, outcome)
            tell(f"  {kind}: {outcome.cycles[kind]} cycles, {outcome.lost[kind]} lost, {outcome.after[kind]}")
    outcome.seconds = time.monotonic() - began
    return outcome


def _repeat(kind: str, plug: Plug, cycles: int, outcome: Outcome) -> None:
    lost, warm = 0, max(1, int(WARM * cycles))
    until(plug.good, COMES_BACK_WITHIN_S)
    for cycle in range(cycles):
        plug.pull()
        before, began = plug.good(), time.monotonic()
        plug.plug()
        lost += not until(lambda before=before: plug.good() > before + 1, COMES_BACK_WITHIN_S)
        outcome.slowest_s = max(outcome.slowest_s, time.monotonic() - began)
        if cycle + 1 == warm:
            outcome.before[kind] = _calm()
    outcome.cycles[kind], outcome.lost[kind] = cycles, lost
    outcome.after[kind] = _calm()


def _calm() -> Figures:
    """Figures once what was closed has gone: the least of some moments."""
    seen = [Figures.now()]
    for _ in range(8):
        time.sleep(0.01)
        seen.append(Figures.now(tidy=False))
    return Figures(
        min(one.threads for one in seen),
        min(one.files for one in seen),
        min(one.sockets for one in seen),
        min(one.memory_kb for one in seen),
    )


def rows(outcome: Outcome) -> Iterator[Row]:
    """The figures."""
    lost = sum(outcome.lost.values())
    against = {kind: float(count) for kind, count in outcome.cycles.items()}
    yield Row("unplugged and plugged in", sum(outcome.cycles.values()), "cycles", "", met=True, against=against)
    yield Row("lines that did not come back", lost, "", "0", met=lost == 0)
    for kind, after in outcome.after.items():
        before = outcome.before[kind]
        more = {
            "threads": float(after.threads - before.threads),
            "files": float(after.files - before.files),
            "sockets": float(after.sockets - before.sockets),
        }
        left = sum(max(0.0, count) for count in more.values())
        yield Row(f"left behind, {kind}", left, "", "0", met=left == 0, against=more)
        growth = 100.0 * (after.memory_kb - before.memory_kb) / max(1, before.memory_kb)
        yield Row(
            f"memory grown, {kind}", growth, "%", "under 5", met=growth < 5.0, against={"kB": float(after.memory_kb)}
        )
