"""Simulated devices on real lines: Modbus TCP and RTU over TCP on loopback, RTU over a pseudo-terminal, and the lines
of the other protocols.

The server is our own: pymodbus 3.16's has one register model per unit that cannot refuse by block rules, and its hooks
see no single device. One asyncio loop runs in one named thread and owns every bank; ``stop()`` joins it.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress

from core.errors import LinkError
from drivers.sim.lines import Port, line_of

log = logging.getLogger(__name__)

START_WITHIN_S = 10.0


class SimServer:
    """Serves ``ports`` and calls ``tick`` every ``every_s`` in the same thread, to move the model on."""

    def __init__(self, ports: Sequence[Port], tick: Callable[[], None] | None = None, every_s: float = 0.25) -> None:
        self._ports = tuple(ports)
        self._tick, self._every_s = tick, every_s
        self._urls: dict[str, str] = {}
        self._ready = threading.Event()
        self._failure: BaseException | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._end: asyncio.Event | None = None
        self._thread = threading.Thread(target=self._run, name="simulator", daemon=True)

    def start(self) -> None:
        """Open every line; raise LinkError when one cannot be opened."""
        self._thread.start()
        if not self._ready.wait(START_WITHIN_S) or self._failure is not None:
            self.stop()
            reason = self._failure or "it does not start"
            raise LinkError(f"the simulator cannot serve: {reason}") from self._failure

    def stop(self) -> None:
        """Close every line and join the thread; safe to call twice."""
        loop, end = self._loop, self._end
        if loop is not None and end is not None and not loop.is_closed():
            with suppress(RuntimeError):  # the loop has just ended by itself
                loop.call_soon_threadsafe(end.set)
        if self._thread.is_alive():
            self._thread.join()

    def url(self, name: str) -> str:
        """Return the address of a line, as a site file has it."""
        return self._urls[name]

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except Exception as err:
            self._failure = err
            if self._ready.is_set():
                log.exception("the simulator has stopped")
        finally:
            self._ready.set()

    async def _serve(self) -> None:
        self._loop, self._end = asyncio.get_running_loop(), asyncio.Event()
        lines = [line_of(port) for port in self._ports]
        ticking: asyncio.Task[None] | None = None
        try:
            if self._tick is not None:
                self._tick()
                ticking = asyncio.create_task(self._keep_ticking(self._tick))
            for line in lines:
                await line.open()
                self._urls[line.port.name] = line.url
            self._ready.set()
            await self._end.wait()
        finally:
            if ticking is not None:
                ticking.cancel()
                await asyncio.gather(ticking, return_exceptions=True)
            for line in lines:
                await line.close()

    async def _keep_ticking(self, tick: Callable[[], None]) -> None:
        while True:
            await asyncio.sleep(self._every_s)
            try:
                tick()
            except Exception:
                log.exception("the simulated site could not move on")
                raise
