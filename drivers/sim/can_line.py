"""A CAN bus with simulated devices: python-can's virtual bus within one process, or an adapter that speaks slcan.

The slcan adapter (Lawicel's ASCII protocol) is a pseudo-terminal, or a TCP port where a number is given or the system
has no pseudo-terminals; python-can's own slcan interface talks to it. Opened with ``L`` it refuses to send, as a real
one does. All in the server's event loop.
"""

from __future__ import annotations

import asyncio
import os
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from itertools import count

import can

from core.errors import LinkError
from drivers.can.bus import heard
from drivers.can.frames import HIGHEST, HIGHEST_EXTENDED, CanFrame
from drivers.sim.can_twin import CanTwin
from drivers.sim.lines import Port
from drivers.sim.listening import HOST

STEP_S = 0.02
MOST_AT_ONCE = 200
BITRATES = {
    10_000: "S0",
    20_000: "S1",
    50_000: "S2",
    100_000: "S3",
    125_000: "S4",
    250_000: "S5",
    500_000: "S6",
    800_000: "S7",
    1_000_000: "S8",
}
LONGEST_LINE = 64
_numbers = count(1)


class SlcanAdapter:
    """One client of an adapter: what it is told, and frames for it. ``other``: frames that it sends on the bus."""

    def __init__(self, say: Callable[[bytes], None], other: Callable[[CanFrame], None]) -> None:
        self._say, self._other = say, other
        self._line = bytearray()
        self.opened = self.mute = False
        self.state = 0  # what it says of the bus: bits of Lawicel's command F
        self.bitrate = ""
        self.refused = 0

    def feed(self, data: bytes) -> None:
        """Take what came in; lines end with CR."""
        for byte in data:
            if byte == 0x0D:
                line, self._line = bytes(self._line), bytearray()
                self._say(self._answer(line.decode("latin-1")))
            elif len(self._line) < LONGEST_LINE:
                self._line.append(byte)

    def hear(self, frame: CanFrame) -> None:
        """Pass a frame of the bus on."""
        if not self.opened:
            return
        head = f"T{frame.identifier:08X}" if frame.extended else f"t{frame.identifier:03X}"
        self._say(f"{head}{len(frame.data)}{frame.data.hex().upper()}\r".encode())

    def _answer(self, line: str) -> bytes:
        """The answer to one command: CR for done, BEL for refused."""
        command = line[:1]
        if command in ("", "O", "L", "C"):
            return self._switch(command)
        if command == "S" and line in BITRATES.values() and not self.opened:
            self.bitrate = line
            return b"\r"
        if command in ("t", "T", "r", "R"):
            return self._transmit(line)
        texts = {
            "V": b"V1013\r",
            "v": b"v0101\r",
            "N": b"NWATT\r",
            "F": b"F%02X\r" % self.state,
            "Z": b"\r",
            "M": b"\r",
            "m": b"\r",
        }
        return texts.get(command, b"\x07")

    def _switch(self, command: str) -> bytes:
        if command in ("O", "L") and not self.opened:
            self.opened, self.mute = True, command == "L"
        elif command == "C":
            self.opened = False
        elif command:
            return b"\x07"  # open already
        return b"\r"

    def _transmit(self, line: str) -> bytes:
        extended = line[0] in "TR"
        digits = 8 if extended else 3
        if not self.opened or self.mute:
            self.refused += 1
            return b"\x07"
        try:
            identifier, length = int(line[1 : 1 + digits], 16), int(line[1 + digits])
            data = bytes.fromhex(line[2 + digits :]) if line[0] in "tT" else b""
        except (ValueError, IndexError):
            return b"\x07"
        if (
            length > 8
            or identifier > (HIGHEST_EXTENDED if extended else HIGHEST)
            or (line[0] in "tT" and len(data) != length)
        ):
            return b"\x07"
        if line[0] in "tT":
            self._other(CanFrame(identifier, extended, data))
        return b"Z\r" if extended else b"z\r"


class CanSimLine:
    """One bus. ``can://virtual/…`` in the given address makes it a virtual bus, anything else an slcan adapter.

    ``bus_frames`` counts what the devices and the client have said.
    """

    def __init__(self, port: Port) -> None:
        self.port = port
        self.url = ""
        self.twins: tuple[CanTwin, ...] = tuple(twin for twin in port.twins if isinstance(twin, CanTwin))
        self.bus_frames = self.client_frames = 0
        self.adapters: list[SlcanAdapter] = []
        given = port.address
        self._virtual = given is not None and given.host == "virtual" and not port.number
        rate = given.bitrate if given is not None else None
        self._bitrate = rate or next((twin.rules.bitrate for twin in self.twins), 250_000)
        self._bus: can.BusABC | None = None
        self._near = self._far = -1
        self._server: asyncio.Server | None = None
        self._talks: set[asyncio.Task[None]] = set()
        self._working: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Make the bus; raise LinkError."""
        if self._virtual:
            name = f"{self.port.name}-{os.getpid()}-{next(_numbers)}"
            self._bus = can.Bus(interface="virtual", channel=name, ignore_config=True)
            channel = f"virtual/{name}"
        elif self.port.number or sys.platform == "win32":
            channel = f"slcan/socket://{HOST}:{await self._listen()}"
        else:
            channel = f"slcan/{self._terminal()}"
        self.url = f"can://{channel}?bitrate={self._bitrate}"
        self._working = asyncio.create_task(self._work())

    async def close(self) -> None:
        """Take the bus away; safe when it was never open."""
        working, self._working = self._working, None
        if working is not None:
            working.cancel()
            await asyncio.gather(working, return_exceptions=True)
        if self._bus is not None:
            self._bus.shutdown()
            self._bus = None
        if self._server is not None:
            self._server.close()
            for talk in self._talks:
                talk.cancel()
            await asyncio.gather(*self._talks, return_exceptions=True)
            await self._server.wait_closed()
            self._server = None
        if self._near >= 0:
            asyncio.get_running_loop().remove_reader(self._near)
            os.close(self._near)
            os.close(self._far)
            self._near = self._far = -1

    def say(self, frames: Sequence[CanFrame]) -> None:
        """Put frames of the devices (or of a test) on the bus."""
        for frame in frames:
            self.bus_frames += 1
            if self._bus is not None:
                message = can.Message(arbitration_id=frame.identifier, is_extended_id=frame.extended, data=frame.data)
                self._bus.send(message)
            for adapter in self.adapters:
                adapter.hear(frame)

    async def _work(self) -> None:
        """Let the devices listen and speak."""
        while True:
            now = time.monotonic()
            for _ in range(MOST_AT_ONCE if self._bus is not None else 0):
                message = self._bus.recv(0) if self._bus is not None else None
                if message is None:
                    break
                found = heard(message)
                if found is not None and found.frame is not None:
                    self._from_client(found.frame)
            for twin in self.twins:
                self.say(twin.frames(now))
            await asyncio.sleep(STEP_S)

    def _from_client(self, frame: CanFrame) -> None:
        self.client_frames += 1
        for twin in self.twins:
            twin.heard(frame, time.monotonic())

    # -- slcan -------------------------------------------------------------------------------------------------

    def _adapter(self, say: Callable[[bytes], None]) -> SlcanAdapter:
        adapter = SlcanAdapter(say, self._from_client)
        self.adapters.append(adapter)
        return adapter

    def _terminal(self) -> str:
        import tty

        self._near, self._far = os.openpty()
        tty.setraw(self._far)
        os.set_blocking(self._near, False)
        adapter = self._adapter(self._write)

        def read() -> None:
            with suppress(BlockingIOError):
                adapter.feed(os.read(self._near, 4096))

        asyncio.get_running_loop().add_reader(self._near, read)
        return os.ttyname(self._far)

    def _write(self, data: bytes) -> None:
        with suppress(BlockingIOError):  # nobody reads: what a serial line does not hold is lost
            os.write(self._near, data)

    async def _listen(self) -> int:
        try:
            self._server = await asyncio.start_server(self._accept, HOST, self.port.number)
        except (OSError, OverflowError) as err:
            reason = os.strerror(err.errno) if isinstance(err, OSError) and err.errno else str(err)
            raise LinkError(f"TCP port {self.port.number} cannot be opened: {reason}") from err
        return int(self._server.sockets[0].getsockname()[1])

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        talk = asyncio.current_task()
        if talk is not None:  # a coroutine always runs in a task
            self._talks.add(talk)
        adapter = self._adapter(writer.write)
        try:
            while data := await reader.read(4096):
                adapter.feed(data)
        except (OSError, asyncio.CancelledError):
            pass  # the client is gone, or the server ends
        finally:
            self.adapters.remove(adapter)
            if talk is not None:
                self._talks.discard(talk)
            writer.close()
            with suppress(OSError, asyncio.CancelledError):
                await writer.wait_closed()
