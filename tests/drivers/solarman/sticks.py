"""Sticks for tests: ours with its oddities in a thread, and one that owes nothing to our codec."""

from __future__ import annotations

import asyncio
import socket
import struct
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from pysolarmanv5 import PySolarmanV5
from umodbus.client.serial.redundancy_check import add_crc

from drivers.sim.faults import Faults
from drivers.sim.lines import Port, Served
from drivers.sim.stick import StickLine


class EchoBank:
    """Every register holds its own address, input registers with the top bit turned: a wrong value shows itself."""

    def __init__(self) -> None:
        self.written: list[tuple[int, int, tuple[int, ...]]] = []

    def read(self, function: int, address: int, count: int) -> list[int]:
        return truth(function, address, count)

    def write(self, function: int, address: int, words: Sequence[int]) -> None:
        self.written.append((function, address, tuple(words)))


def truth(function: int, address: int, count: int) -> list[int]:
    if function in (1, 2):
        return [(address + place) % 3 == 0 for place in range(count)]
    return [address + place ^ (0x8000 if function == 4 else 0) for place in range(count)]


class Stick:
    """A simulated stick that runs; its inverter is unit 1."""

    def __init__(self, line: StickLine, bank: EchoBank, faults: Faults) -> None:
        self.line, self.bank, self.faults = line, bank, faults
        self.quirks, self.serial = line.quirks, line.serial

    @property
    def port(self) -> int:
        return int(self.line.url.split(":")[2].split("?")[0])


@contextmanager
def simulated(serial: int = 0) -> Iterator[Stick]:
    bank, faults = EchoBank(), Faults()
    line = StickLine(Port("stick", {1: Served(bank, faults)}, "v5"), serial)  # pyright: ignore[reportArgumentType]
    ready, loop = threading.Event(), asyncio.new_event_loop()
    end = asyncio.Event()

    async def serve() -> None:
        await line.open()
        ready.set()
        await end.wait()
        await line.close()

    thread = threading.Thread(target=lambda: loop.run_until_complete(serve()), name="stick")
    thread.start()
    assert ready.wait(5)
    try:
        yield Stick(line, bank, faults)
    finally:
        loop.call_soon_threadsafe(end.set)
        thread.join(5)
        loop.close()


# -- an independent stick --------------------------------------------------------------------------------------

SERIAL = 2355553510
Say = Callable[[bytes], None]
Behaviour = Callable[[bytes, Say], object]


def answer(
    request: bytes, block: bytes, *, serial: int = SERIAL, sequence: int | None = None, offset: int = 1
) -> bytes:
    """A stick's answer as the judge would check it; ``block`` is the Modbus part with its checksum."""
    number = request[5] if sequence is None else sequence
    head = struct.pack("<HHBBI", 14 + len(block), 0x1510, number, 0x42, serial)
    body = b"\xa5" + head + struct.pack("<BBIII", 2, 1, 1000, 500, offset) + block
    return body + bytes((PySolarmanV5._calculate_v5_frame_checksum(body + b"\0\x15"), 0x15))


def registers(request: bytes, *, unit: int | None = None) -> bytes:
    """The Modbus part of the right answer."""
    asked, function, address, count = struct.unpack(">BBHH", request[26:32])
    return modbus(asked if unit is None else unit, function, truth(function, address, count))


def modbus(unit: int, function: int, words: Sequence[int]) -> bytes:
    return add_crc(struct.pack(f">BBB{len(words)}H", unit, function, 2 * len(words), *words))


def heartbeat(sequence: int, serial: int = SERIAL) -> bytes:
    body = b"\xa5" + struct.pack("<HHBBI", 1, 0x4710, sequence, 9, serial) + b"\0"
    return body + bytes((PySolarmanV5._calculate_v5_frame_checksum(body + b"\0\x15"), 0x15))


class Independent:
    """A socket server whose ``behave(request, say)`` gets every request frame, 36 bytes for a read."""

    def __init__(self, behave: Behaviour) -> None:
        self._behave = behave
        self.requests: list[bytes] = []
        self.connections = 0

    @contextmanager
    def listening(self) -> Iterator[int]:
        server = socket.create_server(("127.0.0.1", 0))
        server.settimeout(0.02)
        end = threading.Event()
        thread = threading.Thread(target=self._accept, args=(server, end), name="independent stick")
        thread.start()
        try:
            yield server.getsockname()[1]
        finally:
            end.set()
            thread.join(5)
            server.close()

    def _accept(self, server: socket.socket, end: threading.Event) -> None:
        while not end.is_set():
            try:
                sock, _ = server.accept()
            except TimeoutError:
                continue
            self.connections += 1
            with sock:
                sock.settimeout(0.02)
                self._talk(sock, end)

    def _talk(self, sock: socket.socket, end: threading.Event) -> None:
        while not end.is_set():
            try:
                data = sock.recv(1024)
            except TimeoutError:
                continue
            except OSError:
                return
            if not data:
                return
            self.requests.append(data)
            try:
                self._behave(data, sock.sendall)
            except OSError:
                return
