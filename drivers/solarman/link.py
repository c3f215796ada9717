"""A RegisterLink through a SOLARMAN stick."""

from __future__ import annotations

import threading

from core.frames import FrameRing
from core.protocols import Clock
from drivers.modbus.framing import Found, Request
from drivers.modbus.link import ModbusLink
from drivers.modbus.wire import SocketWire


class SolarmanLink(ModbusLink):
    """Modbus RTU inside V5 frames."""

    def __init__(
        self,
        name: str,
        host: str,
        port: int,
        serial: int,
        frames: FrameRing | None = None,
        *,
        clock: Clock | None = None,
    ) -> None:
        cancelled = threading.Event()
        super().__init__(name, SocketWire(host, port, cancelled), frames, clock=clock, cancelled=cancelled)
        self._serial = serial

    def _encode(self, request: Request) -> bytes:
        raise NotImplementedError

    def _find(self, data: bytes, request: Request, last: bool) -> Found:
        raise NotImplementedError
