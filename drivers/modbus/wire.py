"""Byte streams under Modbus: a socket or a serial port. Every fault leaves here as LinkError with one sentence."""

from __future__ import annotations

import errno
import os
import select
import socket
import sys
import threading
import time
from collections.abc import Callable
from typing import Protocol

import serial

from core.errors import LinkError

if sys.platform == "win32":
    PORT_FAULTS = (OSError, ValueError)  # SerialException is an OSError
else:
    import termios

    PORT_FAULTS = (OSError, ValueError, termios.error)  # which is none

CONNECT_S = 3.0
PROMPT_S = 100e-6  # a request and its answer, there and back on this computer
SLICE_S = 0.05  # how long a wait goes on after the line has been told to stop


class Wire(Protocol):
    """A line that bytes go in and out of; one thread."""

    title: str
    char_s: float  # time one byte takes on the line, 0 when unknown

    @property
    def is_open(self) -> bool:
        """Whether it is open, as far as one knows."""
        ...

    def open(self) -> None:
        """Open it; raise LinkError."""
        ...

    def send(self, data: bytes) -> None:
        """Send all of it; raise LinkError."""
        ...

    def receive(self, wait_s: float) -> bytes:
        """What has come, after at most ``wait_s`` (and at most SLICE_S); b"" when nothing did; raise LinkError."""
        ...

    def close(self) -> None:
        """Let go; safe to call twice."""
        ...


if sys.platform == "win32":

    def _watch(sock: socket.socket) -> Callable[[float], object]:
        return lambda wait_ms: select.select([sock], [], [], wait_ms / 1000)[0]

else:

    def _watch(sock: socket.socket) -> Callable[[float], object]:
        """What waits (ms) until something has come or the connection has ended, and is true where it has."""
        watched = select.poll()
        watched.register(sock, select.POLLIN)
        return watched.poll


class SocketWire:
    """A TCP connection. ``cancelled`` cuts a connection attempt short."""

    def __init__(self, host: str, port: int, cancelled: threading.Event, connect_s: float = CONNECT_S) -> None:
        self.title = f"{host}:{port}"
        self.char_s = 0.0
        self._host, self._port, self._connect_s = host, port, connect_s
        self._cancelled = cancelled
        self._socket: socket.socket | None = None  # never blocks: to wait and to read are two things
        self._arrived: Callable[[float], object] = lambda _wait_ms: False
        self._awake_until = 0.0  # performance counter

    @property
    def is_open(self) -> bool:
        """Whether there is a connection, as far as one knows."""
        return self._socket is not None

    def open(self) -> None:
        """Connect; raise LinkError."""
        self.close()
        try:
            found = socket.getaddrinfo(self._host, self._port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as err:
            raise LinkError(f"the name {self._host} is not known on this network") from err
        for family, kind, protocol, _, address in found:
            sock = socket.socket(family, kind, protocol)
            try:
                self._connect(sock, address)
                sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
            except OSError as err:
                sock.close()
                if address is found[-1][4]:
                    raise LinkError(self._sentence(err)) from err
            except LinkError:
                sock.close()
                raise
            else:
                self._socket, self._arrived = sock, _watch(sock)
                return

    def _connect(self, sock: socket.socket, address: object) -> None:
        sock.setblocking(False)
        code = sock.connect_ex(address)  # pyright: ignore[reportArgumentType] - the address getaddrinfo gave
        end = time.monotonic() + self._connect_s
        while code in (errno.EINPROGRESS, errno.EWOULDBLOCK, errno.EALREADY):
            if self._cancelled.is_set():
                raise LinkError("stopped")
            _, ready, failed = select.select([], [sock], [sock], SLICE_S)
            if ready or failed:
                code = sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
                break
            if time.monotonic() > end:
                raise TimeoutError(errno.ETIMEDOUT, "no answer")
        if code:
            raise OSError(code, os.strerror(code))

    def _sentence(self, err: OSError) -> str:
        if isinstance(err, TimeoutError) or err.errno == errno.ETIMEDOUT:
            return f"{self._host} does not answer on port {self._port}"
        if err.errno in (errno.ECONNREFUSED, getattr(errno, "WSAECONNREFUSED", -1)):
            return f"{self._host} refuses connections on port {self._port}"
        if err.errno in (errno.EHOSTUNREACH, errno.ENETUNREACH, getattr(errno, "WSAEHOSTUNREACH", -1)):
            return f"there is no way to {self._host} on this network"
        return f"{self.title}: the connection failed ({_reason(err)})"

    def send(self, data: bytes) -> None:
        """Send all of it."""
        sock = self._sure()
        try:
            sent = _send_now(sock, data)
            if sent < len(data):
                sock.settimeout(CONNECT_S)
                sock.sendall(data[sent:])
                sock.setblocking(False)
        except OSError as err:
            raise LinkError(f"{self.title} has closed the connection ({_reason(err)})") from err

    def receive(self, wait_s: float) -> bytes:
        """What has come."""
        sock = self._sure()
        try:
            if wait_s <= 0:
                if not self._arrived(0):
                    return b""
            elif not self._wait(min(wait_s, SLICE_S)):
                return b""
            data = sock.recv(4096)
        except (BlockingIOError, InterruptedError):
            return b""
        except OSError as err:
            raise LinkError(f"{self.title} has closed the connection ({_reason(err)})") from err
        if not data:
            raise LinkError(f"{self.title} has closed the connection")
        return data

    def _wait(self, seconds: float) -> object:
        """Whether something comes within so long.

        Who answers within microseconds, and is asked again without any rest (a server on this computer), is awaited
        awake: to fall asleep and to be woken takes longer.
        """
        began = now = time.perf_counter()  # the monotonic clock of Windows moves in steps of 16 ms
        arrived = None
        while now < self._awake_until and not (arrived := self._arrived(0)):
            now = time.perf_counter()
        arrived = arrived or self._arrived(1000 * seconds)
        ended = time.perf_counter()
        self._awake_until = ended + PROMPT_S if ended - began < PROMPT_S else 0.0
        return arrived

    def close(self) -> None:
        """Disconnect."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def _sure(self) -> socket.socket:
        if self._socket is None:
            raise LinkError(f"{self.title} is not connected")
        return self._socket


def _send_now(sock: socket.socket, data: bytes) -> int:
    """How much of it went out at once: all of it, unless the other side has stopped reading."""
    try:
        return sock.send(data)
    except (BlockingIOError, InterruptedError):
        return 0


class SerialWire:
    """A serial port: an adapter, ``COM3``, or a pseudo-terminal."""

    def __init__(self, device: str, baud: int = 9600, parity: str = "N", stop: int = 1, bits: int = 8) -> None:
        self.title = device
        self.char_s = (1 + bits + (parity != "N") + stop) / baud
        self._settings = {"baudrate": baud, "parity": parity, "stopbits": stop, "bytesize": bits}
        self._port: serial.Serial | None = None

    @property
    def is_open(self) -> bool:
        """Whether the port is held."""
        return self._port is not None

    def open(self) -> None:
        """Take the port for this program alone; raise LinkError."""
        self.close()
        try:
            self._port = serial.Serial(
                self.title,
                timeout=SLICE_S / 2,
                write_timeout=5.0,
                exclusive=None if sys.platform == "win32" else True,
                **self._settings,  # pyright: ignore[reportArgumentType] - the settings of the constructor, by name
            )
        except PORT_FAULTS as err:
            raise LinkError(self._sentence(err)) from err

    def _sentence(self, err: Exception) -> str:
        number, text = getattr(err, "errno", None), str(err)
        if number == errno.ENOENT or "FileNotFoundError" in text:
            return f"the serial port {self.title} does not exist; is the adapter plugged in?"
        if number in (errno.EAGAIN, errno.EBUSY) or "PermissionError" in text:
            return f"the serial port {self.title} is in use by another program"
        if number in (errno.EACCES, errno.EPERM):
            return f"no permission for the serial port {self.title}; add the user to the group dialout"
        return f"the serial port {self.title} cannot be used ({_reason(err)})"

    def send(self, data: bytes) -> None:
        """Hand all of it to the port."""
        port = self._sure()
        try:
            port.write(data)
        except OSError as err:
            raise LinkError(self._gone(err)) from err

    def receive(self, wait_s: float) -> bytes:
        """What has come."""
        port = self._sure()
        try:
            waiting = port.in_waiting
            if not waiting and wait_s <= 0:
                return b""
            return port.read(max(1, waiting))
        except (OSError, TypeError) as err:  # pyserial: TypeError when the port vanishes while it is read
            raise LinkError(self._gone(err)) from err

    def _gone(self, err: Exception) -> str:
        return f"the serial port {self.title} is gone; was the adapter unplugged? ({_reason(err)})"

    def close(self) -> None:
        """Let go of the port."""
        if self._port is not None:
            port, self._port = self._port, None
            try:
                port.close()
            except OSError:
                return  # already gone: nothing left to close

    def _sure(self) -> serial.Serial:
        if self._port is None:
            raise LinkError(f"the serial port {self.title} is not open")
        return self._port


def _reason(err: Exception) -> str:
    if isinstance(err, OSError) and err.strerror and not isinstance(err, serial.SerialException):
        return err.strerror.lower()
    return str(err) or type(err).__name__
