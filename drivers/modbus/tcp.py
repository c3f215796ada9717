"""Modbus TCP: a reply is known by the transaction number of its request."""

from __future__ import annotations

import random
import threading

from core.frames import FrameRing
from core.protocols import Clock
from drivers.modbus import framing
from drivers.modbus.framing import Found, Request
from drivers.modbus.link import ModbusLink
from drivers.modbus.wire import SocketWire


class TcpLink(ModbusLink):
    """A RegisterLink to a Modbus TCP server or gateway."""

    def __init__(
        self,
        name: str,
        host: str,
        port: int = 502,
        frames: FrameRing | None = None,
        *,
        clock: Clock | None = None,
    ) -> None:
        cancelled = threading.Event()
        super().__init__(name, SocketWire(host, port, cancelled), frames, clock=clock, cancelled=cancelled)
        self._transaction = random.randrange(0x10000)  # a gateway may still hold answers for the program before us

    def _encode(self, request: Request) -> bytes:
        self._transaction = (self._transaction + 1) & 0xFFFF
        return framing.tcp_frame(self._transaction, request)

    def _find(self, data: bytes, request: Request, last: bool) -> Found:
        return framing.find_tcp(data, self._transaction, request, self._rules(request.unit).exceptions)
