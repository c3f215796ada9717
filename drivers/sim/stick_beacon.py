"""The search answer of a simulated stick: a UDP endpoint on loopback that says who it is to the two search texts.

Like a real stick's it also hears everything else that is sent there; ``heard`` keeps it, for tests.
"""

from __future__ import annotations

import asyncio
import os

from core.errors import LinkError
from drivers.solarman.discovery import PORT, TEXTS


class StickBeacon(asyncio.DatagramProtocol):
    """Answers on ``host`` (an address of 127.0.0.0/8) and UDP port ``number``; 0 takes a free one.

    It lives in the event loop of whoever opens it.
    """

    def __init__(self, host: str, serial: int, *, number: int = PORT, mac: str = "") -> None:
        self.host, self.serial, self.number = host, serial, number
        self.mac = mac or f"34EAE7{serial & 0xFFFFFF:06X}"
        self.heard: list[bytes] = []
        self._transport: asyncio.DatagramTransport | None = None

    async def open(self) -> None:
        """Listen; raise LinkError when the port is taken."""
        loop = asyncio.get_running_loop()
        try:
            self._transport, _ = await loop.create_datagram_endpoint(lambda: self, (self.host, self.number))
        except OSError as err:
            reason = os.strerror(err.errno) if err.errno else str(err)
            raise LinkError(f"UDP port {self.number} of {self.host} cannot be opened: {reason}") from err
        self.number = self._transport.get_extra_info("sockname")[1]

    async def close(self) -> None:
        """Stop listening; safe to call twice."""
        if self._transport is not None:
            self._transport.close()
            self._transport = None

    def answer(self) -> bytes:
        """What it says of itself."""
        return f"{self.host},{self.mac},{self.serial}".encode("ascii")

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        """Answer the search texts; anything else stays without an answer."""
        self.heard.append(data)
        if data in TEXTS and self._transport is not None:
            self._transport.sendto(self.answer(), addr)

    def error_received(self, exc: Exception) -> None:
        """Whoever asked has gone: nothing to do."""
        del exc
