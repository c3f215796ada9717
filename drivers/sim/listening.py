"""A TCP port of loopback with its conversations: opened, served, ended. What is said there, subclasses know."""

from __future__ import annotations

import asyncio
import os
from abc import ABC, abstractmethod
from contextlib import suppress

from core.errors import LinkError

HOST = "127.0.0.1"


class Listening(ABC):
    """One listening socket and a task for each client, in the event loop that opens it; ``number`` 0 is a free port."""

    def __init__(self, number: int) -> None:
        self._number = number
        self._server: asyncio.Server | None = None
        self._talks: set[asyncio.Task[None]] = set()
        self.url = ""

    @abstractmethod
    def address(self, number: int) -> str:
        """The address of the line as a site file has it, served on this port."""

    @abstractmethod
    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one client until one of the two hangs up."""

    async def open(self) -> None:
        """Listen; raise LinkError when the port is taken."""
        try:
            self._server = await asyncio.start_server(self._accept, HOST, self._number)
        except (OSError, OverflowError) as err:
            reason = os.strerror(err.errno) if isinstance(err, OSError) and err.errno else str(err)
            raise LinkError(f"TCP port {self._number} cannot be opened: {reason}") from err
        self.url = self.address(self._server.sockets[0].getsockname()[1])

    async def close(self) -> None:
        """Stop listening and end every conversation; safe when it was never open."""
        if self._server is None:
            return
        self._server.close()
        await begun()
        for talk in self._talks:
            talk.cancel()
        await asyncio.gather(*self._talks, return_exceptions=True)
        await self._server.wait_closed()

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is not None:  # a coroutine always runs in a task
            self._talks.add(task)
        try:
            await self.talk(reader, writer)
        except (OSError, asyncio.CancelledError):
            pass  # the client is gone, or the server ends
        finally:
            if task is not None:
                self._talks.discard(task)
            writer.close()
            with suppress(OSError, asyncio.CancelledError):
                await writer.wait_closed()


async def begun() -> None:
    """Let every conversation begin whose client has just been accepted: one that never began closes nothing."""
    for _ in range(4):
        await asyncio.sleep(0)
