"""The OCPP line: one thread with an event loop, in which charging stations call a central system of ours.

It listens only between ``start`` and ``stop``.
"""

from __future__ import annotations

import asyncio
import logging
import random
import threading
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from core.config import DeviceConfig, LinkConfig
from core.errors import CommandRefused, DeviceError, LinkError, WattelierError
from core.frames import FrameRing
from core.limiter import LIMITING, READING, may_limit
from core.points import Point, Reading
from core.protocols import Clock, Sink, SystemClock
from core.status import DeviceState, DeviceStatus, LinkCounters, LinkState, LinkStatus, Voice
from core.writing.orders import Order, OwnChange, Sent
from drivers.ocpp.central import Central
from drivers.ocpp.job import Job
from drivers.ocpp.ledger import EPOCH, Ledger
from drivers.ocpp.limits import restore_limits
from drivers.ocpp.operations import ORDERS
from drivers.ocpp.session import ANSWER_WITHIN_S, Session, Tally
from drivers.ocpp.settings import Begin, Settings
from drivers.ocpp.setup import SetUp, read_configuration, set_up
from drivers.ocpp.station import SETTINGS, Settled, Station

log = logging.getLogger(__name__)

T = TypeVar("T")
Work = Callable[[Settings, Session | None, Begin], Awaitable[T]]

LONGEST_WAIT_S = 30.0
TICK_S = 0.25
REPEATED_EVERY_S = 60.0
STOPS_WITHIN_S = 10.0
MOST_GUESTS = 50


class OcppLine:
    """Charging stations that call here (``core.status.Line``, ``Operable``, ``ParameterLine``). Any thread may call.

    ``settled`` hears, in the line's thread, which points a device has; ``ledger`` is the file of the transactions,
    None keeps them in memory. A call to a station waits ``timeout_s`` of the link, else 30 s.
    """

    def __init__(
        self,
        config: LinkConfig,
        devices: Sequence[DeviceConfig],
        sink: Sink,
        clock: Clock | None = None,
        *,
        settled: Settled | None = None,
        ledger: Path | None = None,
    ) -> None:
        self.name = config.id
        self.frames = FrameRing(config.id)
        self._config, self._devices, self._sink = config, tuple(devices), sink
        self._clock = clock or SystemClock()
        self._settled, self._ledger_file = settled, ledger
        self._writable = not config.read_only
        self._tally = Tally()
        self._hear: Callable[[OwnChange], None] = _unheard
        self._guests: set[str] = set()
        self._stations: dict[str, Station] = {}
        self._ledger: Ledger | None = None  # of the thread alone
        self._central: Central | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._wake: asyncio.Event | None = None
        self._lock = threading.Lock()  # over what starts, stops and wakes the loop
        self._stopping = threading.Event()
        self._again = False
        self._failures = 0
        self._thread = threading.Thread(target=self._run, name=f"line {config.id}", daemon=True)
        self._status = self._snapshot(LinkState.OFF)

    # -- any thread ------------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Start listening; once."""
        self._thread.start()

    def status(self) -> LinkStatus:
        """A snapshot."""
        return self._status

    def reconnect(self) -> None:
        """Cut the back-off short, or let every station go and listen anew."""
        self._again = True
        self._rouse()

    def ask(self, device: str, group: str | None = None) -> None:
        """Read the configuration of its station (group ``settings`` or all); other values come by themselves."""
        if group in (None, SETTINGS):
            self._submit(self._read(device))

    def accept(self, identity: str) -> None:
        """Let a station in that the site does not have yet: it is served, without points until the site is reloaded.

        Raises CommandRefused when too many have been let in.
        """
        with self._lock:
            if identity not in self._guests and len(self._guests) >= MOST_GUESTS:
                raise CommandRefused("too many stations have been let in; take them into the site first")
            self._guests.add(identity)
            if self._loop is not None:
                with suppress(RuntimeError):  # it has just been closed
                    self._loop.call_soon_threadsafe(self._let_in, identity)

    def operate(self, device: str, action: str, arguments: Mapping[str, object]) -> Future[str]:
        """Give an order (a key of ``operations.ORDERS``); see ``core.status.Operable``."""
        config = next((entry for entry in self._devices if entry.id == device), None)
        if config is None or not config.station:
            raise CommandRefused("this device takes no such orders")
        if action not in ORDERS:
            raise CommandRefused(f"a charging station has no order {action!r}")
        if not self._writable and action not in READING:
            raise CommandRefused(f"the link {self._config.title!r} is read-only")
        sockets = [entry for entry in self._devices if entry.station == config.station]
        if action in LIMITING and not may_limit(sockets, config.unit):
            raise CommandRefused("the current of this station is not limited through OCPP, but by its other protocol")
        future = self._submit(self._obey(config, action, dict(arguments)))
        if future is None:
            raise CommandRefused(f"the line {self.name} is not listening")
        return future

    def fetch(self, device: str, points: Sequence[Point]) -> Future[tuple[Reading, ...]]:
        """Read the keys of a station now (``core.writing.orders.ParameterLine``); others as it last told them."""
        return self._promise(device, lambda settings, session, begin: settings.fetch(session, points, begin))

    def write(self, device: str, order: Order) -> Future[Sent]:
        """Change one key, once (``core.writing.orders.ParameterLine``); refused on a link that is read-only."""
        if not self._writable:
            raise CommandRefused(f"the line {self.name} is read-only")
        return self._promise(device, lambda settings, session, begin: settings.write(session, order, begin))

    def _promise(self, device: str, work: Work[T]) -> Future[T]:
        """The outcome of work in the line's thread. It can be taken back until the first request goes out."""
        config = next((entry for entry in self._devices if entry.id == device), None)
        if config is None or not config.station or config.profile is None or config.fault:
            raise CommandRefused(f"the parameters of {device} cannot be reached over the line {self.name}")
        promise: Future[T] = Future()
        task = self._submit(self._keep_promise(config, promise, work))
        if task is None:
            raise CommandRefused(f"the line {self.name} is not listening")
        task.add_done_callback(lambda _: _close(promise))  # it may have been ended before its first step
        return promise

    def report_to(self, hear: Callable[[OwnChange], None]) -> None:
        """Have told what the set-up of a station changes in it (``core.writing.orders.Reporting``)."""
        self._hear = hear

    def stop(self) -> None:
        """Let every station go, stop listening and join; safe to call twice."""
        self._stopping.set()
        self._rouse()
        if self._thread.is_alive():
            self._thread.join(STOPS_WITHIN_S)
            if self._thread.is_alive():
                log.error("line %s: its thread does not end", self.name)
        self._status = self._snapshot(LinkState.OFF)

    def _rouse(self) -> None:
        with self._lock:
            if self._loop is not None and self._wake is not None:
                with suppress(RuntimeError):  # it has just been closed
                    self._loop.call_soon_threadsafe(self._wake.set)

    def _submit(self, work: Coroutine[object, object, str]) -> Future[str] | None:
        with self._lock:
            if self._loop is None or self._stopping.is_set():
                work.close()
                return None
            return asyncio.run_coroutine_threadsafe(work, self._loop)

    # -- the line's thread -----------------------------------------------------------------------------------------

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except Exception:
            log.exception("line %s", self.name)

    async def _serve(self) -> None:
        wake = asyncio.Event()
        with self._lock:
            self._loop, self._wake = asyncio.get_running_loop(), wake
        try:
            while not self._stopping.is_set():
                try:
                    ledger = self._ledger or self._open_ledger()
                    await self._listen(ledger, wake)
                except LinkError as err:
                    await self._back_off(str(err), wake)
                except Exception as err:
                    log.exception("line %s", self.name)
                    await self._back_off(f"a fault of the program, see the log: {err}", wake)
        finally:
            with self._lock:
                self._loop = self._wake = None
            await self._end_tasks()
            if self._ledger is not None:
                self._ledger.close()

    def _open_ledger(self) -> Ledger:
        first = max(1, int(self._clock.now()) - EPOCH) if self._clock.now() > EPOCH else 1
        ledger = Ledger(self._ledger_file, first)
        for identity in dict.fromkeys(entry.station for entry in self._devices if entry.station):
            devices = [entry for entry in self._devices if entry.station == identity]
            self._stations[identity] = Station(identity, devices, ledger, self._sink, self._settled)
            self._stations[identity].begin(self._clock.now())
        self._ledger = ledger
        for identity in tuple(self._guests):
            self._let_in(identity)
        return ledger

    def _let_in(self, identity: str) -> None:
        if identity not in self._stations and self._ledger is not None:
            self._stations[identity] = Station(identity, (), self._ledger, self._sink)
        if self._central is not None:
            self._central.strangers.forget(identity)
        self._publish()

    async def _listen(self, ledger: Ledger, wake: asyncio.Event) -> None:
        self._status = self._snapshot(LinkState.CONNECTING)
        writable = self._writable

        async def prepare(session: Session) -> None:
            wiring = SetUp(ledger, ending=lambda: central.closing, tell=self._hear)
            await set_up(session, session.station, wiring, writable=writable)
            if writable:
                await restore_limits(session, session.station)

        central = Central(
            self._config,
            self._stations,
            frames=self.frames,
            clock=self._clock,
            tally=self._tally,
            set_up=prepare,
            changed=self._publish,
            answer_within_s=self._config.timeout_s or ANSWER_WITHIN_S,
        )
        try:
            await central.open()
            self._central, self._failures = central, 0
            log.info("line %s: listens at %s", self.name, central.place)
            repeated = self._clock.ticks()
            while not self._stopping.is_set() and not self._again:
                self._publish()
                wake.clear()
                with suppress(TimeoutError):
                    await asyncio.wait_for(wake.wait(), TICK_S)
                if self._clock.ticks() - repeated > REPEATED_EVERY_S:
                    repeated = self._clock.ticks()
                    for station in self._stations.values():
                        if not station.connected:
                            station.begin(self._clock.now())
            self._again = False
        finally:
            self._central = None
            await central.close()

    async def _back_off(self, reason: str, wake: asyncio.Event) -> None:
        """1, 2, 4 … 30 s with jitter, unless the operator wants it at once."""
        wait = min(LONGEST_WAIT_S, 2.0**self._failures) * random.uniform(0.75, 1.0)
        self._failures = min(self._failures + 1, 5)
        if self._status.error != reason:
            log.warning("line %s: %s", self.name, reason)
        self._status = self._snapshot(LinkState.DOWN, reason, self._clock.now() + wait)
        wake.clear()
        if not self._stopping.is_set() and not self._again:
            with suppress(TimeoutError):
                await asyncio.wait_for(wake.wait(), wait)
        self._again = False

    async def _end_tasks(self) -> None:
        """Orders that still wait hear that the line ends."""
        rest = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in rest:
            task.cancel()
        await asyncio.gather(*rest, return_exceptions=True)

    async def _read(self, device: str) -> str:
        config = next((entry for entry in self._devices if entry.id == device), None)
        session = self._session(config.station) if config is not None else None
        if session is None:
            return ""
        try:
            await read_configuration(session, session.station)
        except (DeviceError, LinkError) as err:
            log.warning("station %s: %s", session.station.identity, err)
        return ""

    async def _keep_promise(self, device: DeviceConfig, promise: Future[T], work: Work[T]) -> str:
        def begin() -> None:
            if not _begins(promise):
                raise CommandRefused("nobody waits for this any more; nothing was sent")

        try:
            if (station := self._stations.get(device.station)) is None:
                raise CommandRefused(f"the line {self.name} is not listening")
            settings = Settings(station, device.id)
            outcome = await work(settings, self._session(device.station), begin)
        except asyncio.CancelledError:
            _close(promise)
            raise
        except Exception as err:
            _fail(promise, err)
            if not isinstance(err, WattelierError):
                log.exception("line %s", self.name)
            return ""
        if _begins(promise):
            promise.set_result(outcome)
        return ""

    async def _obey(self, device: DeviceConfig, action: str, arguments: dict[str, object]) -> str:
        try:
            session = self._session(device.station)
            if session is None:
                raise LinkError(f"the charging station {device.station} is not connected")
            job = Job(session, session.station, device.unit, arguments, self._clock.now())
            return await ORDERS[action](job)
        except asyncio.CancelledError:
            raise LinkError("the line is being closed") from None

    def _session(self, identity: str) -> Session | None:
        return self._central.sessions.get(identity) if self._central is not None else None

    # -- the snapshot ----------------------------------------------------------------------------------------------

    def _publish(self) -> None:
        if self._central is not None:
            self._status = self._snapshot(LinkState.UP)

    def _snapshot(self, state: LinkState, error: str = "", retry_at: float | None = None) -> LinkStatus:
        before: LinkStatus | None = getattr(self, "_status", None)
        now, tally = self._clock.now(), self._tally
        stations = tuple(station.seen() for station in self._stations.values())
        strangers = self._central.strangers.all() if self._central is not None else ()
        kept = before is not None and (before.state is state or (before.error and error))
        return LinkStatus(
            link=self.name,
            state=state,
            since=before.since if before is not None and kept else now,
            error=error,
            retry_at=retry_at,
            counters=LinkCounters(
                requests=tally.requests,
                answered=tally.answered,
                refused=tally.refused,
                silent=tally.silent,
                damaged=tally.damaged,
                reconnects=tally.reconnects,
            ),
            devices=tuple(self._device(entry) for entry in self._devices),
            voice=Voice.WRITES if self._writable else Voice.ASKS,
            stations=stations + tuple(entry for entry in strangers if entry.identity not in self._stations),
            place=self._central.place if self._central is not None else "",
        )

    def _device(self, device: DeviceConfig) -> DeviceStatus:
        if not device.station:
            return DeviceStatus(device.id, DeviceState.FAULTY, fault="needs the identity of the charging station")
        station = self._stations.get(device.station)
        if station is not None:
            return station.device_status(device)
        if device.profile is None or device.fault:
            return DeviceStatus(device.id, DeviceState.FAULTY, fault=device.fault or "no profile")
        fault = f"the charging station {device.station} has not called yet"
        return DeviceStatus(device.id, DeviceState.NEVER, fault=fault)


def _unheard(change: OwnChange) -> None:
    """Nobody has asked to be told."""
    del change


def _begins(promise: Future[T]) -> bool:
    """Whether somebody waits for it; from now on it cannot be taken back."""
    return not promise.done() and (promise.running() or promise.set_running_or_notify_cancel())


def _close(promise: Future[T]) -> None:
    """The line ends: of what has gone out nobody knows, of what has not, one does."""
    begun = promise.running()
    _fail(promise, LinkError("the line is being closed") if begun else CommandRefused("the line is being closed"))


def _fail(promise: Future[T], err: Exception) -> None:
    if _begins(promise):
        promise.set_exception(err)
