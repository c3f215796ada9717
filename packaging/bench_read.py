"""Whole-device reads a second of a ZCS G3 over loopback TCP, every value decoded and published.

Against programs that ask the same server for the same blocks: a bare socket (the floor: no protocol is checked), a
plain pymodbus client (which decodes nothing), one register at a time with pymodbus, and, with the instant server, the
command-line reader ``modpoll`` without a pause. Once with a server that answers at once, once with one that answers
after 5 ms, as a fast device does; both turn through what the device says at four moments of a minute. The rest of 20 ms
that the profile keeps between two requests is left out on all sides. ``--quick`` leaves out ``modpoll``, which would
have to be installed.
"""

from __future__ import annotations

import socket
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from threading import Event

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchdevices import Subject, subject
from benchlib import Row, Server, in_turn, medians, modbus_server, peers, ratio, run
from pymodbus.client import ModbusTcpClient

from core.config import LinkConfig
from core.hub import Hub
from core.linkurl import parse_link
from core.points import PointKey, Quality, Reading
from drivers.registry import Wiring, build_line

UNIT = 1
NEVER_S = 86400.0
FIRST_ROUNDS = 3  # what is due at one moment is read in fewer requests once each part has been answered by itself
MODPOLL = "modpoll==1.6.0"


# -- the product -----------------------------------------------------------------------------------------------


class Newest:
    """A hub that asks for the whole device again as soon as the answer to each of its requests has been published."""

    def __init__(self, requests: int) -> None:
        self.hub, self.again = Hub(), lambda: None
        self._requests, self.taken, self._rounds = requests, 0, 0
        self._came: set[PointKey] = set()  # the first value of each answer
        self.steady = Event()

    def put(self, readings: Sequence[Reading]) -> None:
        """Take what one answer brings; the line's thread."""
        self.hub.put(readings)
        self.taken += 1
        self._came.add(readings[0].key)
        if len(self._came) >= self._requests:
            self._came.clear()
            self._rounds += 1
            if self._rounds == FIRST_ROUNDS:
                self.steady.set()
            self.again()


def ours(seen: Subject, server: Server, seconds: float) -> float:
    """Whole reads a second of a line as it runs in the program: its thread, frame ring, decoding, provenance, hub."""
    newest = Newest(len(seen.blocks))
    lan = LinkConfig("lan", parse_link(f"tcp://{server.host}:{server.port}"), gap_s=0.0)
    line = build_line(lan, [seen.config], Wiring(newest))
    newest.again = lambda: line.ask("g3")
    line.start()
    line.ask("g3")
    try:
        if not newest.steady.wait(60):
            raise RuntimeError("the device was not read")
        before, began = newest.taken, time.perf_counter()
        time.sleep(seconds)
        reads, took = (newest.taken - before) / len(seen.blocks), time.perf_counter() - began
        good = sum(reading.quality is Quality.GOOD for reading in newest.hub.snapshot().values())
        if good < 200:
            raise RuntimeError(f"only {good} values are good")
    finally:
        line.stop()
    return reads / took


# -- the others ------------------------------------------------------------------------------------------------


def a_while(seconds: float, once: Callable[[], object]) -> float:
    """How often a second something is done, for about as long."""
    count, began = 0, time.perf_counter()
    while (now := time.perf_counter()) - began < seconds:
        once()
        count += 1
    return count / (now - began)


def bare(seen: Subject, server: Server, seconds: float) -> float:
    """A socket, the frames made beforehand, the answers counted in bytes and thrown away."""
    asked = [
        (struct.pack(">HHHBBHH", 1, 0, 6, UNIT, block.function, block.address, block.count), 9 + 2 * block.count)
        for block in seen.blocks
    ]
    with socket.create_connection((server.host, server.port)) as peer:
        peer.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

        def once() -> None:
            for frame, length in asked:
                peer.sendall(frame)
                while length > 0:
                    length -= len(peer.recv(4096))  # noqa: PLW2901 - what is still to come

        return a_while(seconds, once)


def pymodbus(seen: Subject, server: Server, seconds: float) -> float:
    """The plain client of pymodbus with the same blocks; registers are taken, nothing is made of them."""
    with ModbusTcpClient(server.host, port=server.port) as client:

        def once() -> None:
            for block in seen.blocks:
                read = client.read_holding_registers if block.function == 3 else client.read_input_registers
                answer = read(block.address, count=block.count, device_id=UNIT)
                if len(answer.registers) != block.count:
                    raise RuntimeError("the server did not answer pymodbus")

        return a_while(seconds, once)


def one_by_one(seen: Subject, server: Server, seconds: float) -> float:
    """The same registers, each in a request of its own."""
    registers = [(block.function, block.address + n) for block in seen.blocks for n in range(block.count)]
    with ModbusTcpClient(server.host, port=server.port) as client:
        count, began = 0, time.perf_counter()
        while (now := time.perf_counter()) - began < seconds:
            function, address = registers[count % len(registers)]
            read = client.read_holding_registers if function == 3 else client.read_input_registers
            read(address, count=1, device_id=UNIT)
            count += 1
        return count / len(registers) / (now - began)


def modpoll(seen: Subject, server: Server, seconds: float) -> float:
    """The command-line reader, told to poll without a pause; what it does is counted by the server."""
    kinds = {3: "holding_register", 4: "input_register"}
    lines = [f"device,g3,{UNIT},,"]
    for block in seen.blocks:
        lines.append(f"poll,{kinds[block.function]},{block.address},{block.count},BE_BE")
        lines += [f"ref,r{block.function}_{at},{at},uint16,r" for at in range(block.address, block.end)]
    python = peers(MODPOLL)
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "g3.csv"
        table.write_text("\n".join(lines) + "\n")
        command = [python, "-m", "modpoll", "--tcp", server.host, "--tcp-port", str(server.port)]
        fastest = ["--config", str(table), "--rate", "0", "--interval", "0", "--loglevel", "ERROR"]
        process = subprocess.Popen(
            [*map(str, command), *fastest], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder
        )
        try:
            until = time.perf_counter() + 30
            while server.answered.value == 0:
                if process.poll() is not None or time.perf_counter() > until:
                    raise RuntimeError("modpoll asks for nothing")
                time.sleep(0.05)
            before, began = server.answered.value, time.perf_counter()
            time.sleep(seconds)
            return (server.answered.value - before) / len(seen.blocks) / (time.perf_counter() - began)
        finally:
            process.terminate()
            process.wait()


def rows(quick: bool) -> Iterator[Row]:
    """The bench."""
    seen = subject("zcs/hyd_g3", NEVER_S, device="g3", unit=UNIT, moments=4)
    for name, delay_s in (("instant", 0.0), ("5 ms", 0.005)):
        # short turns and many of them: a machine that slows down for a second slows them all
        seconds, rounds = (0.3, 1) if quick else (0.7, 9) if not delay_s else (1.5, 4)
        answered: dict[str, list[float]]
        others = {"bare socket": bare, "pymodbus": pymodbus, "one by one": one_by_one}
        if not (delay_s or quick):  # it has to be installed; a slow server says nothing of a program that decodes
            others["modpoll"] = modpoll
        works: dict[str, Callable[[], float]] = {}
        with modbus_server(seen.image, delay_s) as server:
            for who, work in {"ours": ours, **others}.items():
                works[who] = lambda work=work, seconds=seconds: _fresh(work, seen, server, seconds)
            answered = in_turn(rounds, works)
        found = medians(answered)
        against = {who: found[who] for who in others}
        least, other = (0.6, "pymodbus") if not delay_s else (0.95, "bare socket")
        share = ratio(answered, "ours", other)
        note = f"ours {found['ours']:.1f} whole reads a second of {len(seen.blocks)} requests"
        yield Row(f"read {name}: of {other}", share, "", f"at least {least}", share >= least, against, note)
        if "modpoll" in answered:
            faster = ratio(answered, "ours", "modpoll")
            yield Row(f"read {name}: times modpoll", faster, "", "at least 10", faster >= 10)


def _fresh(work: Callable[[Subject, Server, float], float], seen: Subject, server: Server, seconds: float) -> float:
    server.answered.value = 0
    return work(seen, server, seconds)


if __name__ == "__main__":
    sys.exit(run(rows, __doc__ or ""))
