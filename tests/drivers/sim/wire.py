"""A bare Modbus client for tests: bytes out, bytes in."""

from __future__ import annotations

import socket
import struct
from urllib.parse import urlsplit


def connect(url: str, timeout_s: float = 2.0) -> socket.socket:
    parts = urlsplit(url)
    return socket.create_connection((parts.hostname, parts.port), timeout=timeout_s)


def tcp_frame(unit: int, body: bytes, transaction: int = 1) -> bytes:
    return struct.pack(">HHHB", transaction, 0, len(body) + 1, unit) + body


def read_body(function: int, address: int, count: int) -> bytes:
    return struct.pack(">BHH", function, address, count)


def exchange(line: socket.socket, unit: int, body: bytes, transaction: int = 1) -> bytes:
    """Send one request over Modbus TCP; return all that comes back in one go."""
    line.sendall(tcp_frame(unit, body, transaction))
    return line.recv(1024)
