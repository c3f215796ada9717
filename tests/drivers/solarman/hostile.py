"""A stick of ill will: an asyncio server that makes its own bytes, and says them in the worst order it can think of."""

from __future__ import annotations

import asyncio
import struct
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress

from umodbus.client.serial.redundancy_check import add_crc

from tests.drivers.solarman.sticks import SERIAL, truth

Say = Callable[[bytes], Awaitable[None]]
Manner = Callable[["Hostile", "Asked", Say], Awaitable[None]]


class Asked:
    """One request, as its 36 bytes say it."""

    def __init__(self, raw: bytes) -> None:
        self.raw, self.sequence = raw, raw[5]
        self.serial = int.from_bytes(raw[7:11], "little")
        self.unit, self.function, self.address, self.count = struct.unpack(">BBHH", raw[26:32])


class Hostile:
    """Serves one connection after the other; ``manner`` answers each request. ``now`` is its own clock (seconds)."""

    def __init__(self, manner: Manner, serial: int = SERIAL) -> None:
        self.manner, self.serial = manner, serial
        self.now = 10_000.0
        self.counter = 0
        self.kept: list[bytes] = []  # whatever a manner wants to say later
        self.asked: list[Asked] = []
        self.connections = 0

    def frame(self, code: int, sequence: int, payload: bytes, serial: int = 0) -> bytes:
        self.counter = self.counter + 1 & 0xFF
        body = struct.pack("<HHBBI", len(payload), code, sequence & 0xFF, self.counter, serial or self.serial) + payload
        return b"\xa5" + body + bytes((sum(body) & 0xFF, 0x15))

    def says(self, sequence: int, block: bytes, serial: int = 0) -> bytes:
        power_on = int(self.now)
        head = struct.pack("<BBIII", 2, 1, 700_000 + power_on, power_on, 1_700_000_000)
        return self.frame(0x1510, sequence, head + block, serial)

    def answer(self, asked: Asked, *, shift: int = 0, sequence: int | None = None, serial: int = 0) -> bytes:
        """The right answer; with ``shift`` that of registers so far away."""
        words = truth(asked.function, asked.address + shift & 0x7FFF, asked.count)
        block = add_crc(struct.pack(f">BBB{len(words)}H", asked.unit, asked.function, 2 * len(words), *words))
        return self.says(asked.sequence if sequence is None else sequence, block, serial)

    def error(self, sequence: int, code: int) -> bytes:
        return self.says(sequence, bytes((code, 0)))

    def beat(self, sequence: int = 0) -> bytes:
        return self.frame(0x4710, sequence, b"\0")

    @contextmanager
    def listening(self) -> Iterator[int]:
        ready, end, loop = threading.Event(), asyncio.Event(), asyncio.new_event_loop()
        port = [0]

        async def serve() -> None:
            server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
            port[0] = server.sockets[0].getsockname()[1]
            ready.set()
            await end.wait()
            server.close()
            talks = asyncio.all_tasks() - {asyncio.current_task()}
            for talk in talks:
                talk.cancel()
            await asyncio.wait(talks, timeout=3) if talks else None

        thread = threading.Thread(target=lambda: loop.run_until_complete(serve()), name="hostile stick")
        thread.start()
        assert ready.wait(5)
        try:
            yield port[0]
        finally:
            loop.call_soon_threadsafe(end.set)
            thread.join(5)
            loop.close()

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1

        async def say(data: bytes) -> None:
            writer.write(data)
            await writer.drain()

        try:
            while True:
                asked = Asked(await reader.readexactly(36))
                self.asked.append(asked)
                await self.manner(self, asked, say)
        except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError, HangUp):
            pass
        finally:
            writer.close()
            with suppress(OSError):
                writer.transport.abort()


class HangUp(Exception):
    """Raised by a manner to close the connection."""
