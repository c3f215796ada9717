"""Lines that simulated devices hang on: a listening socket, a pseudo-terminal pair, a stick, a CAN bus, stations that
call. All in the server's event loop."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from core.errors import LinkError
from core.linkurl import LinkUrl
from drivers.sim.bank import Bank
from drivers.sim.faults import Fault, Faults, Injected
from drivers.sim.framing import Framing, Request, RtuFraming, TcpFraming
from drivers.sim.listening import HOST, Listening
from drivers.sim.quantities import Quantity
from drivers.sim.requests import answer, exception
from drivers.sim.stick_quirks import Quirks
from drivers.sim.writing import HungUp, Silence


@dataclass(frozen=True, slots=True)
class Served:
    """One device on a line: its registers and its faults."""

    bank: Bank
    faults: Faults = field(default_factory=Faults)

    def answer(self, request: bytes) -> bytes:
        """Return what the device answers; raise Silence or HungUp where a write goes wrong that way."""
        return answer(self.bank, request, self.faults)


class Twin(Protocol):
    """A simulated device without registers: a wallbox on CAN, a connector of a charging station on OCPP.

    ``mute`` may be switched by any thread: it says nothing any more, or its station has hung up.
    """

    mute: bool

    @property
    def has_battery(self) -> bool:
        """Whether it knows a battery."""
        ...

    def refresh(self, known: Mapping[str, Quantity], local: datetime) -> None:
        """Take what the model knows, by role and in inner units, and its time; called in the server's thread."""
        ...


@dataclass(frozen=True, slots=True)
class Port:
    """One line: ``kind`` is a key of ``LINES``; ``number`` is its TCP port where it has one, 0 takes a free one.

    Unit 255 and 0 of a TCP line with one device reach that device, as real gateways do it. ``twins`` are the devices of
    a CAN or OCPP line. ``address`` is the address that the site file gives: a stick takes its serial from it, a CAN
    line its interface and its bit rate. None lets the line choose. ``quirks`` are those of a stick.
    """

    name: str
    units: Mapping[int, Served]
    kind: str = "tcp"
    number: int = 0
    twins: tuple[Twin, ...] = ()
    address: LinkUrl | None = None
    quirks: Quirks | None = None


class SimLine(Protocol):
    """A line that is served; ``url`` is its address once it is open, as a site file has it."""

    port: Port
    url: str

    async def open(self) -> None:
        """Serve; raise LinkError with a sentence."""
        ...

    async def close(self) -> None:
        """Stop serving; safe when it was never open."""
        ...


class Conversation:
    """Requests that come in over one stream, answered one after the other."""

    def __init__(self, port: Port, framing: Framing, send: Callable[[bytes], None]) -> None:
        self._port, self._framing, self._send = port, framing, send
        self._buffer = bytearray()

    async def feed(self, data: bytes) -> bool:
        """Take what came in and answer; False when the line is to be closed."""
        self._buffer += data
        while (request := self._framing.take(self._buffer)) is not None:
            served = self._device(request.unit)
            if served is not None and not await self._respond(served, request):
                return False
        return True

    def _device(self, unit: int) -> Served | None:
        units = self._port.units
        if unit in (0, 255) and unit not in units and len(units) == 1 and not self._framing.serial:
            return next(iter(units.values()))
        return units.get(unit)

    async def _respond(self, served: Served, request: Request) -> bool:
        struck = served.faults.strike()
        if Fault.DELAY in struck:
            await asyncio.sleep(struck[Fault.DELAY].delay_s)
        if Fault.DISCONNECT in struck:
            return False
        if Fault.SILENCE in struck:
            return True
        try:
            self._send(self._answer(served, request, struck))
        except Silence:
            return True
        except HungUp:
            return False
        return True

    def _answer(self, served: Served, request: Request, struck: Mapping[Fault, Injected]) -> bytes:
        unit, transaction = request.unit, request.transaction
        if Fault.EXCEPTION in struck:
            body = exception(request.body[0], struck[Fault.EXCEPTION].code)
        else:
            body = served.answer(request.body)
        if Fault.WRONG_UNIT in struck:
            unit = unit % 247 + 1
        if Fault.WRONG_TRANSACTION in struck:
            transaction = (transaction + 0x0101) & 0xFFFF
        frame = self._framing.frame(unit, transaction, body)
        if Fault.NOISE in struck:
            frame = served.faults.spoil(frame)
        return frame[: len(frame) // 2] if Fault.TRUNCATED in struck else frame


class TcpLine(Listening):
    """A listening socket on loopback: Modbus TCP, or RTU frames."""

    def __init__(self, port: Port) -> None:
        super().__init__(port.number)
        self.port = port
        self._framing: Framing = RtuFraming() if port.kind == "rtu+tcp" else TcpFraming()

    def address(self, number: int) -> str:
        """As ``tcp://127.0.0.1:502``."""
        return f"{self.port.kind}://{HOST}:{number}"

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one client."""
        conversation = Conversation(self.port, self._framing, writer.write)
        while data := await reader.read(4096):
            if not await conversation.feed(data):
                break


class PtyLine:
    """A pseudo-terminal pair: the client opens its far end like any serial port."""

    def __init__(self, port: Port) -> None:
        self.port = port
        self._near = self._far = -1
        self._heard: asyncio.Queue[bytes] = asyncio.Queue()
        self._talk: asyncio.Task[None] | None = None
        self.url = ""

    async def open(self) -> None:
        """Make the pair; raise LinkError where the system has no such thing."""
        if sys.platform == "win32":
            raise LinkError("a serial line can be simulated on Linux and macOS only; use tcp or rtu+tcp")
        import tty

        self._near, self._far = os.openpty()
        tty.setraw(self._far)
        os.set_blocking(self._near, False)
        self.url = f"rtu://{os.ttyname(self._far)}"
        asyncio.get_running_loop().add_reader(self._near, self._listen)
        self._talk = asyncio.create_task(self._converse())

    async def close(self) -> None:
        """Let go of both ends."""
        if self._talk is None:
            return
        asyncio.get_running_loop().remove_reader(self._near)
        self._talk.cancel()
        await asyncio.gather(self._talk, return_exceptions=True)
        os.close(self._near)
        os.close(self._far)

    def _listen(self) -> None:
        with suppress(BlockingIOError):
            self._heard.put_nowait(os.read(self._near, 4096))

    def _speak(self, data: bytes) -> None:
        with suppress(BlockingIOError):  # nobody reads: what a serial line does not hold is lost
            os.write(self._near, data)

    async def _converse(self) -> None:
        conversation = Conversation(self.port, RtuFraming(), self._speak)
        while True:
            await conversation.feed(await self._heard.get())


def _stick(port: Port) -> SimLine:
    from drivers.sim.stick import StickLine

    return StickLine(port, port.address.serial_number if port.address else 0, port.quirks)


def _can(port: Port) -> SimLine:
    from drivers.sim.can_line import CanSimLine  # python-can takes a while to import

    return CanSimLine(port)


def _ocpp(port: Port) -> SimLine:
    from drivers.sim.ocpp_line import OcppSimLine  # and so do the schemas of OCPP

    return OcppSimLine(port)


LINES: dict[str, Callable[[Port], SimLine]] = {
    "tcp": TcpLine,
    "rtu+tcp": TcpLine,
    "rtu": PtyLine,
    "v5": _stick,
    "can": _can,
    "ocpp": _ocpp,
}
"""Kind of a line -> what serves it."""


def line_of(port: Port) -> SimLine:
    """What serves this line; raise LinkError on a kind that cannot be simulated."""
    factory = LINES.get(port.kind)
    if factory is None:
        raise LinkError(f"a line of the kind {port.kind!r} cannot be simulated; known are {', '.join(LINES)}")
    return factory(port)
