"""What 32 devices of 100 points at 1 Hz cost: processor time, memory, achieved periods, threads.

A whole site as it runs without its window: 32 Modbus TCP lines, decoding, hub, balance, and the recording to a file.
Against as many threads of plain pymodbus that ask the same server for the same blocks once a second and make nothing of
them. Each is a process of its own; the server is another one.
"""

from __future__ import annotations

import multiprocessing
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from pathlib import Path
from zoneinfo import ZoneInfo

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchdevices import Subject, subject
from benchlib import Row, Server, modbus_server, run

from core.config import LinkConfig, Site
from core.linkurl import parse_link
from core.points import Quality
from drivers.supervise import open_station

HOST = "127.0.0.1"
DEVICES, EVERY_S, PROFILE = 32, 1.0, "zcs/hyd_es"
LATE_S = 0.02  # a period counts as met up to this much above it: the reach of a mean over six answers


@dataclass(frozen=True, slots=True)
class Cost:
    """What a process took: share of one core, memory, threads; the longest mean period of any request."""

    core: float
    megabytes: float
    threads: int
    longest_s: float
    good: int


def memory_mb() -> float:
    """The most memory this process has held; 0 where the system does not tell."""
    if sys.platform == "win32":
        return 0.0
    import resource  # not on Windows

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 1e6 if sys.platform == "darwin" else most * 1024 / 1e6


def _cost(seconds: float, longest_s: Callable[[], float], good: Callable[[], int]) -> Cost:
    cpu, began = time.process_time(), time.perf_counter()
    time.sleep(seconds)
    core = (time.process_time() - cpu) / (time.perf_counter() - began)
    return Cost(core, memory_mb(), threading.active_count(), longest_s(), good())


def _ours(seen: Subject, port: int, warm_s: float, seconds: float, told: Connection) -> None:
    numbers = range(DEVICES)
    links = tuple(LinkConfig(f"line{n}", parse_link(f"tcp://{HOST}:{port}")) for n in numbers)
    devices = tuple(replace(seen.config, id=f"device{n}", link=f"line{n}") for n in numbers)
    site = Site("bench", ZoneInfo("Europe/Paris"), links, devices)
    with tempfile.TemporaryDirectory() as folder:
        station = open_station(site, Path(folder) / "history.sqlite")
        station.start()

        def longest_s() -> float:
            paces = [pace for link in links for device in station.link_status(link.id).devices for pace in device.paces]
            return max(float("inf") if pace.achieved_s is None else pace.achieved_s for pace in paces)

        def good() -> int:
            return sum(reading.quality is Quality.GOOD for reading in station.take_changed())

        time.sleep(warm_s)
        told.send(_cost(seconds, longest_s, good))
        station.stop()


def _pymodbus(seen: Subject, port: int, warm_s: float, seconds: float, told: Connection) -> None:
    from pymodbus.client import ModbusTcpClient  # here alone, so that it is no part of the other process

    spent: list[list[float]] = [[] for _ in range(DEVICES)]

    def ask(times: list[float]) -> None:
        with ModbusTcpClient(HOST, port=port) as client:
            due = time.monotonic()
            while True:
                times.append(time.monotonic())
                for block in seen.blocks:
                    read = client.read_holding_registers if block.function == 3 else client.read_input_registers
                    read(block.address, count=block.count, device_id=seen.config.unit)
                due += EVERY_S
                time.sleep(max(0.0, due - time.monotonic()))

    for times in spent:
        threading.Thread(target=ask, args=(times,), daemon=True).start()

    def longest_s() -> float:
        last = [times[-6:] for times in spent]
        return max((times[-1] - times[0]) / (len(times) - 1) if len(times) > 1 else float("inf") for times in last)

    time.sleep(warm_s)
    told.send(_cost(seconds, longest_s, lambda: 0))


def measured(work: Callable[..., None], seen: Subject, server: Server, warm_s: float, seconds: float) -> Cost:
    """What it costs, in a process of its own."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=work, args=(seen, server.port, warm_s, seconds, theirs))
    process.start()
    theirs.close()  # so that its end is heard
    try:
        cost = ours.recv()
    except EOFError as err:
        raise RuntimeError(f"{work.__name__} has ended before its time") from err
    finally:
        process.join(10)
        process.kill()
    return cost


def rows(quick: bool) -> Iterator[Row]:
    """The bench."""
    seen = subject(PROFILE, EVERY_S)
    warm_s, seconds = (3.0, 0.5) if quick else (12.0, 30.0)
    with modbus_server(seen.image) as server:
        plain = measured(_pymodbus, seen, server, warm_s, seconds)
        ours = measured(_ours, seen, server, warm_s, seconds)
    what = f"{DEVICES} devices of {seen.points} points, {len(seen.blocks)} requests each"
    against = {"pymodbus": 100 * plain.core}
    yield Row("fanin processor", 100 * ours.core, "% of a core", "under 15", ours.core < 0.15, against, what)
    met = ours.longest_s <= EVERY_S + LATE_S
    least = "every period met: 1 s"
    yield Row("fanin longest period", ours.longest_s, "s", least, met, {"pymodbus": plain.longest_s})
    all_there = ours.good > DEVICES * seen.points / 2
    note = f"{ours.good} good values"
    yield Row("fanin memory", ours.megabytes, "MB", "", all_there, {"pymodbus": plain.megabytes}, note)
    yield Row("fanin threads", ours.threads, "", "", True, {"pymodbus": float(plain.threads)})


if __name__ == "__main__":
    sys.exit(run(rows, __doc__ or ""))
