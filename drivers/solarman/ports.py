"""Whether somebody listens on a TCP port: connect, listen a moment, hang up. Nothing is sent."""

from __future__ import annotations

import errno
import threading
from collections.abc import Callable
from enum import StrEnum

from core.errors import LinkError
from drivers.modbus.wire import SocketWire

REFUSED = (errno.ECONNREFUSED, getattr(errno, "WSAECONNREFUSED", errno.ECONNREFUSED))


class Door(StrEnum):
    """What a port does."""

    OPEN = "open"
    REFUSES = "refuses connections"
    SILENT = "does not answer"


def knock(host: str, port: int, wait_s: float, ended: Callable[[], bool] = lambda: False) -> Door:
    """Try one connection, for at most ``wait_s`` seconds."""
    if ended():
        return Door.SILENT
    wire = SocketWire(host, port, threading.Event(), wait_s)
    try:
        wire.open()
    except LinkError as err:
        return Door.REFUSES if isinstance(err.__cause__, OSError) and err.__cause__.errno in REFUSED else Door.SILENT
    finally:
        wire.close()
    return Door.OPEN
