"""Endurance: a hundred thousand faults between the application and simulated devices, and not one wrong value.

The whole line runs as in the program (its thread, link, poller, decoding); a proxy (``drivers.sim.proxy``) stands
before the device. Lines of each transport run beside each other. What counts as wrong stands in ``soak_bench``, for
charging stations in ``soak_stations``.

Over RTU an answer that the line says twice, or keeps back until after the next one, looks like the right one when the
next question is for as many registers of the same unit. Lines that do so (``rtu out of order``) are measured by
themselves: they must become wary before they are wrong, then go by the length of an answer (``drivers.modbus.rtu``).
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections import Counter
from collections.abc import Generator, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field

from benchlib import Row
from soak_bench import (
    Figures,
    Ground,
    Judge,
    Say,
    Tide,
    device,
    fill,
    in_haste,
    is_up,
    memory_kb,
    port_of,
    say,
    until,
)
from soak_stations import SoakStation, StationJudge, charger

from core.config import LinkConfig
from core.linkurl import parse_link
from core.status import Line
from drivers.ocpp.line import OcppLine
from drivers.registry import Wiring, build_line
from drivers.sim.lines import line_of
from drivers.sim.proxy import Mischief, Proxy, Trouble

IN_ORDER = tuple(trouble for trouble in Trouble if trouble not in (Trouble.DUPLICATE, Trouble.REORDER))
OUT_OF_ORDER = (Trouble.DUPLICATE, Trouble.REORDER, Trouble.CROSS_TALK)
TIMEOUT_S = 0.04
RECOVERS_WITHIN_S = 10.0
WARM = 0.5  # of the faults, after which memory is to stay as it is


@dataclass(frozen=True, slots=True)
class Transport:
    """One kind of line under test: how many of them, with which troubles, and its part of the faults."""

    name: str
    kind: str
    lines: int
    share: float
    troubles: Sequence[Trouble] = tuple(Trouble)


TRANSPORTS = (
    Transport("tcp", "tcp", 8, 0.27),
    Transport("v5", "v5", 8, 0.25),
    Transport("rtu", "rtu", 10, 0.16, IN_ORDER),
    Transport("rtu out of order", "rtu", 8, 0.10, OUT_OF_ORDER),
    Transport("ocpp", "ocpp", 6, 0.22),
)


@dataclass(slots=True)
class Tested:
    """One line under test."""

    transport: Transport
    line: Line
    mischief: Mischief
    judge: Judge | StationJudge
    wanted: int
    recovered_s: float | None = None


@dataclass(slots=True)
class Outcome:
    """What came of it."""

    faults: Counter[str] = field(default_factory=Counter[str])
    kinds: Counter[str] = field(default_factory=Counter[str])
    good: Counter[str] = field(default_factory=Counter[str])
    wrong: Counter[str] = field(default_factory=Counter[str])
    samples: list[str] = field(default_factory=list[str])
    older: int = 0  # values of a charging station published after a newer one
    lost_threads: int = 0
    not_recovered: list[str] = field(default_factory=list[str])
    slowest_recovery_s: float = 0.0
    memory_before_kb: int = 0
    memory_after_kb: int = 0
    seconds: float = 0.0


@contextmanager
def _registers(ground: Ground, transport: Transport, name: str, seed: int, faults: int) -> Generator[Tested]:
    """A line that asks for registers."""
    tide = Tide()
    units = (1, 2) if transport.kind == "rtu" else (1,)
    served = line_of(port_of(name, {"rtu": "rtu+tcp"}.get(transport.kind, transport.kind), tide, units))
    ground.do(served.open())
    far = parse_link(served.url)
    mischief = Mischief(seed, TIMEOUT_S, troubles=transport.troubles)
    proxy = Proxy(transport.kind, far.port, mischief)
    ground.do(proxy.open())
    address = {
        "tcp": f"tcp://127.0.0.1:{proxy.place}",
        "rtu": f"rtu://{proxy.place}?baud=115200",
        "v5": f"v5://127.0.0.1:{proxy.place}?serial={far.serial_number if transport.kind == 'v5' else 0}",
    }[transport.kind]
    devices = [device(name, unit, 0.002, TIMEOUT_S) for unit in units]
    judge = Judge(devices)
    config = LinkConfig(name, parse_link(address), timeout_s=TIMEOUT_S, gap_s=0.0)
    line = build_line(config, devices, Wiring(judge, clock=tide))
    judge.frames = line.frames
    fill(line.frames, 60)
    line.start()
    try:
        yield Tested(transport, line, mischief, judge, faults)
    finally:
        line.stop()
        ground.do(proxy.close())
        ground.do(served.close())


@contextmanager
def _stations(ground: Ground, transport: Transport, name: str, seed: int, faults: int) -> Generator[Tested]:
    """A line that a charging station calls."""
    tide = Tide()
    judge = StationJudge(tide, TIMEOUT_S)
    config = LinkConfig(name, parse_link("ocpp://127.0.0.1:0/"), timeout_s=TIMEOUT_S)
    line = build_line(config, [charger(name)], Wiring(judge, settled=judge.settle))
    assert isinstance(line, OcppLine)
    fill(line.frames, 250)
    line.start()
    until(lambda: line.status().place, 5)
    mischief = Mischief(seed, TIMEOUT_S, troubles=transport.troubles)
    proxy = Proxy("ocpp", int(line.status().place.rstrip("/").rpartition(":")[2]), mischief)
    ground.do(proxy.open())
    station = SoakStation(tide, int(proxy.place), TIMEOUT_S)
    life = asyncio.run_coroutine_threadsafe(station.live(), ground.loop)
    judge.ask(line)
    try:
        yield Tested(transport, line, mischief, judge, faults)
    finally:
        judge.stop()
        life.cancel()
        ground.do(proxy.close())
        line.stop()


def run(faults: int, seed: int = 2026, transports: Sequence[Transport] = TRANSPORTS, tell: Say = say) -> Outcome:
    """So many faults in all; then the lines must come back."""
    outcome, began = Outcome(), time.monotonic()
    with in_haste(), ExitStack() as stack:
        ground = stack.enter_context(Ground())
        tested: list[Tested] = []
        for transport in transports:
            each = -(-int(faults * transport.share) // transport.lines)
            for number in range(transport.lines):
                build = _stations if transport.kind == "ocpp" else _registers
                name = f"{transport.name.replace(' ', '-')}-{number}"
                tested.append(stack.enter_context(build(ground, transport, name, seed + len(tested), each)))
        threads = {thread for thread in threading.enumerate() if thread.name.startswith("line ")}
        _let_it_happen(tested, outcome, tell)
        outcome.lost_threads = sum(not thread.is_alive() for thread in threads)
        outcome.memory_after_kb = Figures.now().memory_kb
        _recover(tested, outcome)
        for one in tested:
            name = one.transport.name
            outcome.faults[name] += one.mischief.faults
            outcome.kinds.update({str(trouble): count for trouble, count in one.mischief.did.items()})
            outcome.good[name] += one.judge.good
            outcome.wrong[name] += one.judge.wrong
            outcome.samples += one.judge.samples
            outcome.older += one.judge.older if isinstance(one.judge, StationJudge) else 0
    outcome.seconds = time.monotonic() - began
    return outcome


def _let_it_happen(tested: Sequence[Tested], outcome: Outcome, tell: Say) -> None:
    """Until every line has had its faults; one that has had them goes on, undisturbed."""
    wanted = sum(one.wanted for one in tested)
    told = time.monotonic()
    while any(one.mischief.on for one in tested):
        time.sleep(0.02)
        for one in tested:
            one.mischief.on = one.mischief.on and one.mischief.faults < one.wanted
        done = sum(one.mischief.faults for one in tested)
        if not outcome.memory_before_kb and done > WARM * wanted:
            outcome.memory_before_kb = Figures.now().memory_kb
        if time.monotonic() - told > 10:
            told = time.monotonic()
            counts = Counter[str]()
            for one in tested:
                counts[one.transport.name] += one.mischief.faults
            wrong = sum(one.judge.wrong for one in tested)
            tell(f"  {done} of {wanted} faults, {wrong} wrong, {memory_kb()} kB: {dict(counts)}")


def _recover(tested: Sequence[Tested], outcome: Outcome) -> None:
    """Nothing is disturbed any more: every line gives good values again."""
    before = [one.judge.good for one in tested]
    began = time.monotonic()

    def back(one: Tested, good: int) -> bool:
        if one.recovered_s is None and is_up(one.line) and one.judge.good > good + 10:
            one.recovered_s = time.monotonic() - began
        return one.recovered_s is not None

    def all_back() -> bool:
        seen = [back(one, good) for one, good in zip(tested, before, strict=True)]  # each of them, every time
        return all(seen)

    until(all_back, RECOVERS_WITHIN_S)
    outcome.not_recovered = [one.line.name for one in tested if one.recovered_s is None]
    outcome.slowest_recovery_s = max((one.recovered_s or RECOVERS_WITHIN_S) for one in tested)


def rows(outcome: Outcome) -> Iterator[Row]:
    """The figures."""
    wrong = sum(outcome.wrong.values())
    kinds = {f"{name} faults": float(count) for name, count in outcome.kinds.items()}
    yield Row("faults", sum(outcome.faults.values()), "", "", met=True, against=kinds)
    good = {f"{name} good": float(count) for name, count in outcome.good.items()}
    yield Row("wrong values", wrong, "", "0", wrong == 0, good)
    yield Row("values of a station after newer ones", outcome.older, "", "0", met=outcome.older == 0)
    yield Row("threads lost", outcome.lost_threads, "", "0", met=outcome.lost_threads == 0)
    yield Row("lines that did not recover", len(outcome.not_recovered), "", "0", met=not outcome.not_recovered)
    before, after = outcome.memory_before_kb, outcome.memory_after_kb
    growth = 100.0 * (after - before) / max(1, before)
    yield Row(
        "memory grown over the second half of the faults",
        growth,
        "%",
        "under 5",
        met=growth < 5.0,
        against={"kB": after},
    )
