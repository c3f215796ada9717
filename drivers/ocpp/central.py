"""The central system: listens, lets stations in, keeps one connection for each. Lives in the line's event loop."""

from __future__ import annotations

import asyncio
import errno
import logging
import os
import ssl
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from http import HTTPStatus
from pathlib import Path
from typing import cast

from websockets import Headers, Request, Response, Subprotocol
from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.exceptions import ConnectionClosed

from core.config import LinkConfig
from core.errors import LinkError
from core.frames import FrameRing
from core.protocols import Clock
from drivers.ocpp import door
from drivers.ocpp.session import ANSWER_WITHIN_S, Session, Tally
from drivers.ocpp.station import Station

log = logging.getLogger(__name__)

MOST_BYTES = 512 * 1024  # of a message: a whole configuration, or the log of a session
MOST_OPEN = 32  # connections beyond those of the stations: more are turned away
PING_EVERY_S, PONG_WITHIN_S = 30.0, 20.0
MISSED_PONGS = 2
SILENT_FOR_S = 1500.0  # of a station that answers no pings: silences of 19 minutes are known
CLOSE_WITHIN_S = 1.0
REFUSED_AFTER_S = 0.5

_WIRE_LOG = logging.getLogger("drivers.ocpp.wire")
_WIRE_LOG.setLevel(logging.CRITICAL + 1)  # its debug lines hold passwords

SetUp = Callable[[Session], Awaitable[None]]


class Connection(ServerConnection):
    """A connection that notices a station calling by SOAP, which is no WebSocket at all."""

    central: Central | None = None
    _began = False

    def data_received(self, data: bytes) -> None:
        """Take bytes from the socket."""
        if not self._began and data:
            self._began = True
            if data[:5] == b"POST " and self.central is not None:
                self.central.called_by_soap(self, data)
                return
        super().data_received(data)


class Central:
    """``stations`` are those let in, by identity; ``set_up`` runs after each arrival and each restart of a station."""

    def __init__(
        self,
        config: LinkConfig,
        stations: dict[str, Station],
        *,
        frames: FrameRing,
        clock: Clock,
        tally: Tally,
        set_up: SetUp,
        changed: Callable[[], None] = lambda: None,
        answer_within_s: float = ANSWER_WITHIN_S,
    ) -> None:
        self.stations, self.strangers = stations, door.Strangers()
        self.sessions: dict[str, Session] = {}
        self.place, self.closing = "", False
        self._config, self._frames, self._clock, self._tally, self._set_up = config, frames, clock, tally, set_up
        self._answer_within_s, self._changed = answer_within_s, changed
        self._open_network = not door.is_loopback(config.url.host)
        self._wires: dict[str, ServerConnection] = {}
        self._server: Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    async def open(self) -> None:
        """Listen; raise LinkError with a sentence."""
        url, tls = self._config.url, self._tls()

        class Ours(Connection):
            central = self

        try:
            self._server = await serve(
                self._talk,
                url.host,
                url.port,
                subprotocols=[Subprotocol(door.PROTOCOL)],
                select_subprotocol=_choose,
                process_request=self._knock,
                create_connection=Ours,
                compression=None,
                ping_interval=None,
                close_timeout=CLOSE_WITHIN_S,
                max_size=MOST_BYTES,
                server_header=None,
                logger=_WIRE_LOG,
                ssl=tls,
            )
        except OSError as err:
            raise LinkError(_sentence(err, url.host, url.port)) from err
        host = f"[{url.host}]" if ":" in url.host else url.host
        port = next(iter(self._server.sockets)).getsockname()[1]
        self.place = f"{'wss' if tls else 'ws'}://{host}:{port}/"

    async def close(self) -> None:
        """Stop listening and let every station go."""
        self.place, self.closing = "", True
        if self._server is not None:
            self._server.close()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._server.wait_closed(), 2 * CLOSE_WITHIN_S)
            self._server = None
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def called_by_soap(self, wire: ServerConnection, data: bytes) -> None:
        """Answer a station that speaks another OCPP, and list it."""
        line = data.split(b"\r\n", 1)[0].decode("latin-1").split(" ")
        identity = door.identity_of(line[1]) if len(line) > 1 else ""
        text = door.SOAP.encode()
        wire.transport.write(
            b"HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain\r\nConnection: close\r\n"
            + f"Content-Length: {len(text)}\r\n\r\n".encode()
            + text
        )
        wire.transport.close()
        self.strangers.note(identity or "(SOAP)", _address(wire), door.SOAP, self._clock.now())

    # -- the door --------------------------------------------------------------------------------------------------

    async def _knock(self, wire: ServerConnection, request: Request) -> Response | None:
        """Let a caller in (None), or answer why not."""
        answer = await self._judge(wire, request)
        if answer is not None:
            self._changed()
        return answer

    async def _judge(self, wire: ServerConnection, request: Request) -> Response | None:
        if request.headers.get("Upgrade", "").lower() != "websocket":
            return _say(HTTPStatus.UPGRADE_REQUIRED, "This is the address for charging stations: OCPP 1.6 JSON, ws://")
        if len(self._wires) >= len(self.stations) + MOST_OPEN:
            return _say(HTTPStatus.SERVICE_UNAVAILABLE, "too many connections")
        identity, address, now = door.identity_of(request.path), _address(wire), self._clock.now()
        station = self.stations.get(identity)
        if station is None:
            self.strangers.note(identity or "(no name)", address, self._stranger(identity), now)
            return _say(HTTPStatus.NOT_FOUND, door.UNKNOWN if identity else door.NO_IDENTITY)
        header = request.headers.get("Authorization", "")
        why = door.may_enter(identity, station.option("password"), header, open_network=self._open_network)
        if why:
            self.strangers.note(identity, address, why, now)
            if not station.connected:
                station.reason = why
            await asyncio.sleep(REFUSED_AFTER_S)
            return _say(HTTPStatus.UNAUTHORIZED, why, {"WWW-Authenticate": 'Basic realm="OCPP"'})
        return None

    def _stranger(self, identity: str) -> str:
        if not identity:
            return door.NO_IDENTITY
        alike = next((name for name in self.stations if name.lower() == identity.lower()), "")
        return f"the site has it as {alike!r}: small and capital letters count" if alike else door.UNKNOWN

    # -- one connection --------------------------------------------------------------------------------------------

    async def _talk(self, wire: ServerConnection) -> None:
        identity = door.identity_of(wire.request.path if wire.request is not None else "")
        station = self.stations.get(identity)
        if station is None:  # it has been let go between the door and here
            return
        if wire.subprotocol is None:
            self.strangers.note(identity, _address(wire), door.NOT_JSON_16, self._clock.now())
            if not station.connected:
                station.reason = door.NOT_JSON_16
            await wire.close(1002, door.NOT_JSON_16)
            return
        if (before := self._wires.get(identity)) is not None:
            self._tally.reconnects += 1
            self._spawn(before.close(1000, "replaced by a newer connection"))
            self.sessions[identity].end()
        self.strangers.forget(identity)
        booted = asyncio.Event()
        session = Session(
            station,
            wire,
            frames=self._frames,
            clock=self._clock,
            tally=self._tally,
            booted=booted.set,
            answer_within_s=self._answer_within_s,
        )
        self._wires[identity], self.sessions[identity] = wire, session
        log.info("station %s: connected", identity)
        station.arrive(_address(wire), self._clock.now())
        self._changed()
        chores = [asyncio.create_task(self._keep(wire, station)), asyncio.create_task(self._settle(session, booted))]
        try:
            await session.start()
        except (ConnectionClosed, LinkError, OSError):
            pass  # how every connection ends
        except Exception:
            log.exception("station %s", identity)
            await wire.close(1011, "a fault of the program")
        finally:
            session.end()
            for chore in chores:
                chore.cancel()
            await asyncio.gather(*chores, return_exceptions=True)
            if self._wires.get(identity) is wire:
                del self._wires[identity], self.sessions[identity]
                station.leave(self._clock.now())
                self._changed()
                log.info("station %s: gone", identity)

    async def _settle(self, session: Session, booted: asyncio.Event) -> None:
        """Set the station up after each restart; once in any case, since many come back without telling one."""
        with suppress(TimeoutError):
            await asyncio.wait_for(booted.wait(), BOOTS_WITHIN_S)
        while True:
            booted.clear()
            work = asyncio.create_task(self._try_set_up(session))
            again = asyncio.create_task(booted.wait())
            try:
                await asyncio.wait({work, again}, return_when=asyncio.FIRST_COMPLETED)
                if not again.done():
                    await again
            finally:
                work.cancel()
                again.cancel()
                await asyncio.gather(work, again, return_exceptions=True)

    async def _try_set_up(self, session: Session) -> None:
        try:
            await self._set_up(session)
        except (LinkError, ConnectionClosed):
            return  # the connection has ended: it is set up when it comes back
        except Exception:
            log.exception("station %s: its set-up", session.station.identity)

    async def _keep(self, wire: ServerConnection, station: Station) -> None:
        """Find out when a connection is dead; a station that has never answered a ping is judged by its frames."""
        answers, missed, began = False, 0, self._clock.now()
        while True:
            await asyncio.sleep(PING_EVERY_S)
            pong = asyncio.ensure_future(await wire.ping())
            done, _ = await asyncio.wait({pong}, timeout=PONG_WITHIN_S)
            if done:
                answers, missed = True, 0
                station.alive(self._clock.now(), self._clock.ticks())
                continue
            missed += 1
            quiet = self._clock.now() - max(began, station.last_frame or began)
            if (answers and missed > MISSED_PONGS) or quiet > SILENT_FOR_S:
                log.warning("station %s: silent, its connection is closed", station.identity)
                await wire.close(1011, "silent")
                return

    def _spawn(self, work: Awaitable[None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _tls(self) -> ssl.SSLContext | None:
        given, folder = self._config.url.given, self._config.folder or Path()
        if not given.get("cert"):
            return None
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        try:
            context.load_cert_chain(folder / given["cert"], folder / given["key"], password="")
        except FileNotFoundError as err:
            raise LinkError("the certificate or its key is not where the address of this link says") from err
        except (ssl.SSLError, OSError, ValueError) as err:
            raise LinkError("the certificate and its key cannot be used: PEM, and no password on the key") from err
        return context


BOOTS_WITHIN_S = 3.0


def _choose(wire: ServerConnection, offered: Sequence[Subprotocol]) -> Subprotocol | None:
    del wire
    return next((name for name in offered if name.lower() == door.PROTOCOL), None)


def _address(wire: ServerConnection) -> str:
    found: object = wire.remote_address
    return ":".join(str(part) for part in cast("tuple[object, ...]", found)[:2]) if isinstance(found, tuple) else ""


def _say(status: HTTPStatus, text: str, more: dict[str, str] | None = None) -> Response:
    body = f"{text}\n".encode()
    headers = Headers(
        {"Content-Type": "text/plain; charset=utf-8", "Content-Length": str(len(body)), "Connection": "close"}
    )
    headers.update(more or {})
    return Response(status.value, status.phrase, headers, body)


def _sentence(err: OSError, host: str, port: int) -> str:
    if err.errno == errno.EADDRINUSE:
        return f"port {port} of {host} is in use by another program"
    if err.errno is None or err.errno < 0 or err.errno == errno.EADDRNOTAVAIL:  # below 0: no such name
        return f"{host} is not an address of this computer"
    if err.errno == errno.EACCES:
        return f"no permission to listen on port {port}; take one above 1024"
    return f"{host}:{port} cannot be listened on ({os.strerror(err.errno).lower()})"
