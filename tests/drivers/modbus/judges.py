"""Modbus servers that are not ours, and one that lies."""

import asyncio
import os
import select
import socket
import struct
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import pytest
from pymodbus.framer import FramerType
from pymodbus.server import ModbusSerialServer, ModbusTcpServer
from pymodbus.simulator import DataType, SimData, SimDevice
from pyModbusTCP.server import DataBank, ModbusServer

from drivers.modbus.framing import crc16

Say = Callable[[bytes], None]
Behaviour = Callable[[bytes, Say], bool | None]
"""What a lying server does with a request; True: hang up."""


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


def crc(body: bytes) -> bytes:
    return body + crc16(body).to_bytes(2, "little")


@contextmanager
def pymodbustcp(port: int = 0, **banks: Sequence[tuple[int, Sequence[int]]]) -> Iterator[tuple[int, DataBank]]:
    """pyModbusTCP on loopback: ``holding=[(address, words)]``, ``input=…``; gives its port and its data bank."""
    port = port or free_port()
    bank = DataBank()
    for address, words in banks.get("holding", ()):
        bank.set_holding_registers(address, list(words))
    for address, words in banks.get("input", ()):
        bank.set_input_registers(address, list(words))
    server = ModbusServer("127.0.0.1", port, no_block=True, data_bank=bank)
    server.start()
    try:
        yield port, bank
    finally:
        server.stop()


def raw_pty() -> tuple[int, int]:
    """The two ends of a pseudo-terminal that changes no byte; the second is the serial port."""
    if sys.platform == "win32":
        pytest.skip("no pseudo-terminals on Windows")
    import tty

    near, far = os.openpty()
    tty.setraw(far)
    return near, far


def words_at(address: int, words: Sequence[int]) -> SimData:
    return SimData(address, values=list(words), datatype=DataType.REGISTERS)


def _silent_for_others(devices: list[SimDevice], unit_at: int) -> Callable[[bool, bytes], bytes]:
    """pymodbus 3.16.1 answers "device failure" for units that it has not, even when told to ignore them."""
    units = {device.id for device in devices}
    return lambda sending, data: b"" if sending and data[unit_at] not in units else data


@contextmanager
def _pymodbus(build: Callable[[], ModbusTcpServer | ModbusSerialServer]) -> Iterator[None]:
    ready, end = threading.Event(), threading.Event()

    async def serve() -> None:
        server = build()
        await server.serve_forever(background=True)
        ready.set()
        while not end.is_set():
            await asyncio.sleep(0.01)
        await server.shutdown()

    thread = threading.Thread(target=lambda: asyncio.run(serve()), name="pymodbus", daemon=True)
    thread.start()
    assert ready.wait(5)
    try:
        yield
    finally:
        end.set()
        thread.join(5)


@contextmanager
def pymodbus_tcp(devices: list[SimDevice], rtu: bool = False, port: int = 0) -> Iterator[int]:
    """pymodbus over TCP (with RTU frames when asked); units it does not have stay silent."""
    port = port or free_port()
    framer = FramerType.RTU if rtu else FramerType.SOCKET
    with _pymodbus(
        lambda: ModbusTcpServer(
            devices,
            framer=framer,
            address=("127.0.0.1", port),
            trace_packet=_silent_for_others(devices, 0 if rtu else 6),
        )
    ):
        yield port


@contextmanager
def pty_pair() -> Iterator[tuple[str, str]]:
    """Two serial ports with a cable between them."""
    (left, left_end), (right, right_end) = raw_pty(), raw_pty()
    done = threading.Event()

    def cable() -> None:
        while not done.is_set():
            ready, _, _ = select.select([left, right], [], [], 0.05)
            for end in ready:
                try:
                    os.write(right if end == left else left, os.read(end, 4096))
                except OSError:
                    return

    thread = threading.Thread(target=cable, name="cable", daemon=True)
    thread.start()
    try:
        yield os.ttyname(left_end), os.ttyname(right_end)
    finally:
        done.set()
        thread.join()
        for end in (left, left_end, right, right_end):
            os.close(end)


@contextmanager
def pymodbus_serial(devices: list[SimDevice]) -> Iterator[str]:
    """pymodbus on a serial port; gives the name of the other end."""
    with (
        pty_pair() as (ours, theirs),
        _pymodbus(
            lambda: ModbusSerialServer(devices, port=theirs, baudrate=9600, trace_packet=_silent_for_others(devices, 0))
        ),
    ):
        yield ours


class Liar:
    """A server that does to each request what ``behave`` says; ``requests`` are those it has heard."""

    def __init__(self, behave: Behaviour, size: int) -> None:
        self.behave, self._size = behave, size
        self.requests: list[bytes] = []
        self.connections = 0
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._run, name="liar", daemon=True)
        self._listener: socket.socket | None = None
        self._pty = (-1, -1)

    @contextmanager
    def on_tcp(self, port: int = 0) -> Iterator[int]:
        self._listener = socket.create_server(("127.0.0.1", port))
        self._listener.settimeout(0.02)
        with self._running():
            yield self._listener.getsockname()[1]
        self._listener.close()

    @contextmanager
    def on_pty(self) -> Iterator[str]:
        self._pty = raw_pty()
        with self._running():
            yield os.ttyname(self._pty[1])
        for end in self._pty:
            if end >= 0:
                os.close(end)

    def unplug(self) -> None:
        """Take the adapter away."""
        self._done.set()
        self._thread.join()
        os.close(self._pty[0])
        os.close(self._pty[1])
        self._pty = (-1, -1)

    @contextmanager
    def _running(self) -> Iterator[None]:
        self._thread.start()
        try:
            yield
        finally:
            self._done.set()
            self._thread.join()

    def _run(self) -> None:
        if self._listener is None:
            self._talk(self._from_pty, lambda data: os.write(self._pty[0], data))
            return
        while not self._done.is_set():
            try:
                conn, _ = self._listener.accept()
            except TimeoutError:
                continue
            self.connections += 1
            with conn:
                self._talk(lambda conn=conn: self._from(conn), conn.sendall)

    def _from(self, conn: socket.socket) -> bytes | None:
        ready, _, _ = select.select([conn], [], [], 0.02)
        return conn.recv(4096) if ready else None

    def _from_pty(self) -> bytes | None:
        ready, _, _ = select.select([self._pty[0]], [], [], 0.02)
        return os.read(self._pty[0], 4096) if ready else None

    def _talk(self, hear: Callable[[], bytes | None], say: Callable[[bytes], object]) -> None:
        waiting = b""
        while not self._done.is_set():
            try:
                data = hear()
                if data == b"":
                    return
                waiting += data or b""
                while len(waiting) >= self._size:
                    request, waiting = waiting[: self._size], waiting[self._size :]
                    self.requests.append(request)
                    if self.behave(request, lambda reply: (say(reply), None)[1]):
                        return
            except OSError:
                return


def tcp_liar(behave: Behaviour) -> Liar:
    """Over MBAP: reads are 12 bytes."""
    return Liar(behave, 12)


def rtu_liar(behave: Behaviour) -> Liar:
    """Over RTU: reads are 8 bytes."""
    return Liar(behave, 8)


def tcp_answer(request: bytes, words: Sequence[int], *, unit: int | None = None) -> bytes:
    """The right answer to a read, with other words or another unit if asked."""
    pdu = bytes((request[7], 2 * len(words))) + struct.pack(f">{len(words)}H", *words)
    return struct.pack(">2sHHB", request[:2], 0, len(pdu) + 1, request[6] if unit is None else unit) + pdu


def rtu_answer(request: bytes, words: Sequence[int], *, unit: int | None = None) -> bytes:
    """The right answer to an RTU read."""
    head = bytes((request[0] if unit is None else unit, request[1], 2 * len(words)))
    return crc(head + struct.pack(f">{len(words)}H", *words))


def asked(request: bytes) -> tuple[int, int]:
    """Address and count of a read, whatever the framing."""
    at = 8 if len(request) == 12 else 2
    address, count = struct.unpack_from(">HH", request, at)
    return address, count


def until(true: Callable[[], object], within_s: float = 5.0) -> None:
    """Wait for something to become true."""
    end = time.monotonic() + within_s
    while not true():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.01)
