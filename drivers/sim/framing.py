"""Frames on the wire, as a device builds them: the header of Modbus TCP, the checksum of RTU."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from pymodbus.framer import FramerRTU

from drivers.sim.requests import request_size


@dataclass(frozen=True, slots=True)
class Request:
    """One request: unit, transaction (0 on a serial line), and what follows the unit number."""

    unit: int
    transaction: int
    body: bytes


class Framing(Protocol):
    """How requests are cut out of a stream and answers put into it."""

    serial: bool

    def take(self, buffer: bytearray) -> Request | None:
        """Take the first whole request out of ``buffer``; None while it is incomplete."""
        ...

    def frame(self, unit: int, transaction: int, body: bytes) -> bytes:
        """Return the bytes of an answer."""
        ...


class TcpFraming:
    """Modbus TCP: transaction, protocol 0, length, unit."""

    serial = False

    def take(self, buffer: bytearray) -> Request | None:
        """A header that cannot be one empties the buffer: the client has lost its place."""
        if len(buffer) < 8:
            return None
        length = int.from_bytes(buffer[4:6], "big")
        if any(buffer[2:4]) or not 2 <= length <= 254:
            buffer.clear()
            return None
        if len(buffer) < 6 + length:
            return None
        request = Request(buffer[6], int.from_bytes(buffer[:2], "big"), bytes(buffer[7 : 6 + length]))
        del buffer[: 6 + length]
        return request

    def frame(self, unit: int, transaction: int, body: bytes) -> bytes:
        """Header and body."""
        return transaction.to_bytes(2, "big") + b"\0\0" + (len(body) + 1).to_bytes(2, "big") + bytes((unit,)) + body


class RtuFraming:
    """Modbus RTU: unit, body, checksum."""

    serial = True

    def take(self, buffer: bytearray) -> Request | None:
        """Bytes that begin no request with a right checksum are dropped one by one."""
        while len(buffer) > 1:
            size = request_size(bytes(buffer[1:]))
            if size is None or len(buffer) < size + 3:
                return None
            frame = bytes(buffer[: size + 3])
            if FramerRTU.check_CRC(frame[:-2], int.from_bytes(frame[-2:], "big")):
                del buffer[: size + 3]
                return Request(frame[0], 0, frame[1:-2])
            del buffer[0]
        return None

    def frame(self, unit: int, transaction: int, body: bytes) -> bytes:
        """Unit, body and checksum; a serial line knows no transactions."""
        del transaction
        data = bytes((unit,)) + body
        return data + FramerRTU.compute_CRC(data).to_bytes(2, "big")
