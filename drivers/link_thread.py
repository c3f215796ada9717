"""One thread per line: it owns the port, serves every device on it, backs off, reconnects, stops."""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Protocol, TypeVar, runtime_checkable

from core.errors import CommandRefused, LinkError, NotSent, WattelierError
from core.points import Point, Reading
from core.protocols import Clock, RegisterLink, SystemClock
from core.status import DeviceStatus, LinkCounters, LinkState, LinkStatus, StickHealth, Voice
from core.writing.orders import Order, Sent
from drivers import backoff
from drivers.later import Later

log = logging.getLogger(__name__)

IDLE_S = 0.5  # how long a line that has nothing to do waits at most
SNAPSHOT_S = 0.5  # a snapshot of an open line is about this old at most
BUSY_OVER_S = 60.0
MOST_COMMANDS = 16

T = TypeVar("T")
Command = Callable[[RegisterLink], None]


class ThreadLink(RegisterLink, Protocol):
    """What a line's thread needs of a link besides reading and writing."""

    later: Later

    def open(self) -> None:
        """Open it unless it is; raise LinkError."""
        ...

    def cancel(self) -> None:
        """End the exchange under way and every later one with LinkError; from any thread."""
        ...

    def counters(self) -> LinkCounters:
        """Exchanges so far."""
        ...

    def stick(self) -> StickHealth | None:
        """How a SOLARMAN stick is doing; None on other lines."""
        ...


class Served(Protocol):
    """One device, as its poller presents it to the line's thread."""

    def rank(self, now: float) -> float | None:
        """How urgent its most urgent request is (the smallest goes first); None when nothing is due."""
        ...

    def due_at(self) -> float:
        """When something is due next (ticks)."""
        ...

    def serve(self) -> None:
        """Do the most urgent request; raise LinkError."""
        ...

    def connected(self, by_operator: bool = False) -> None:
        """The line is open (again)."""
        ...

    def ask(self, group: str | None = None) -> None:
        """Read a group before anything else."""
        ...

    def spoil(self, reason: str) -> None:
        """Leave the device alone until the line is reconnected."""
        ...

    def status(self) -> DeviceStatus:
        """A snapshot."""
        ...


class Setting(Protocol):
    """The parameters of a device, as its poller carries them; the line's thread."""

    def fetch(self, points: Sequence[Point]) -> tuple[Reading, ...]:
        """Read points now."""
        ...

    def write(self, order: Order) -> Sent:
        """Send one write, once."""
        ...


@runtime_checkable
class Settable(Protocol):
    """A device whose parameters can be reached."""

    @property
    def settings(self) -> Setting:
        """Its parameters."""
        ...


class RegisterLine:
    """A running line (``core.status.Line``). Work goes by priority: write, operator's read, alarm, fast, slow."""

    def __init__(
        self,
        name: str,
        link: ThreadLink,
        devices: dict[str, Served],
        clock: Clock | None = None,
        *,
        voice: Voice = Voice.ASKS,
        quick_tries: int = backoff.QUICK_TRIES,
    ) -> None:
        self.name = name
        self._voice = voice
        self.frames = link.frames
        self._link, self._devices, self._clock = link, devices, clock or SystemClock()
        self._wake = threading.Condition()
        self._commands: deque[tuple[Command, Callable[[BaseException], None]]] = deque()
        self._asked: list[tuple[str, str | None]] = []
        self._reconnect = False
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"line {name}", daemon=True)
        self._began: float | None = None
        self._busy: deque[tuple[float, float]] = deque()  # from one snapshot to the next: its time, seconds of work
        self._busy_s = 0.0  # since the last snapshot
        self._pauses = backoff.BackOff(quick_tries)
        self._by_operator = False
        self._serving: Served | None = None
        self._served: Served | None = None  # the last one
        self._published = 0.0
        self._status = LinkStatus(name, LinkState.OFF, self._clock.now())
        self._publish(LinkState.OFF)

    # -- any thread --------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Start the line's thread; once."""
        self._thread.start()

    def status(self) -> LinkStatus:
        """A snapshot."""
        return self._status

    def reconnect(self) -> None:
        """Cut the back-off short, or close and open again."""
        with self._wake:
            self._reconnect = True
            self._wake.notify()

    def ask(self, device: str, group: str | None = None) -> None:
        """Read a group (or all groups, those on demand too) before the next poll."""
        with self._wake:
            self._asked.append((device, group))
            self._wake.notify()

    def submit(self, task: Callable[[RegisterLink], T]) -> Future[T]:
        """Run ``task(link)`` in the line's thread between two reads; raise CommandRefused when it is not possible.

        The future raises NotSent when the line went down before the task was begun.
        """
        future: Future[T] = Future()

        def command(link: RegisterLink) -> None:
            if not future.set_running_or_notify_cancel():
                return
            try:
                result = task(link)
            except BaseException as err:
                future.set_exception(err)
                raise
            future.set_result(result)

        def refuse(err: BaseException) -> None:
            if future.set_running_or_notify_cancel():
                future.set_exception(err)

        with self._wake:
            if self._status.state is not LinkState.UP or self._stopping.is_set():
                raise CommandRefused(f"the line {self.name} is not connected")
            if len(self._commands) >= MOST_COMMANDS:
                raise CommandRefused(f"the line {self.name} has too many commands waiting")
            self._commands.append((command, refuse))
            self._wake.notify()
        return future

    def fetch(self, device: str, points: Sequence[Point]) -> Future[tuple[Reading, ...]]:
        """Read points of a device now (``core.writing.orders.ParameterLine``)."""
        settings = self._settings(device)
        return self.submit(lambda _link: settings.fetch(points))

    def write(self, device: str, order: Order) -> Future[Sent]:
        """Send one write, once (``core.writing.orders.ParameterLine``); refused on a line that is not opened for it."""
        if self._voice is not Voice.WRITES:
            raise CommandRefused(f"the line {self.name} is read-only")
        settings = self._settings(device)
        return self.submit(lambda _link: settings.write(order))

    def _settings(self, device: str) -> Setting:
        served = self._devices.get(device)
        if not isinstance(served, Settable):
            raise CommandRefused(f"the parameters of {device} cannot be reached over the line {self.name}")
        return served.settings

    def stop(self) -> None:
        """Stop the thread, close the port and join; safe to call twice."""
        with self._wake:
            self._stopping.set()
            self._wake.notify()
        self._link.cancel()
        backoff.join(self._thread, self.name)
        self._publish(LinkState.OFF)

    # -- the line's thread -------------------------------------------------------------------------------------

    def _run(self) -> None:
        while not self._stopping.is_set():
            reason = ""
            try:
                self._connect()
                try:
                    self._serve()
                finally:
                    self._link.later.do()
            except LinkError as err:
                reason = str(err)
            except Exception as err:
                log.exception("line %s", self.name)
                reason = f"a fault of the program, see the log: {err}"
                if self._serving is not None:
                    self._serving.spoil(reason)
            self._link.close()
            if reason and not self._stopping.is_set():
                self._back_off(reason)
        self._refuse_commands(NotSent("the line is being closed"))

    def _connect(self) -> None:
        self._serving = None
        self._publish(LinkState.CONNECTING, error=self._status.error)
        self._link.open()
        if self._status.error:
            log.info("line %s: back", self.name)
        self._began = self._began or self._clock.ticks()
        self._publish(LinkState.UP)
        by_operator, self._by_operator = self._by_operator, False
        for device in self._devices.values():
            device.connected(by_operator)

    def _serve(self) -> None:
        """Work until the line is to be opened anew or to end."""
        answered, works = self._link.counters().answered, False
        while not self._stopping.is_set():
            command = None
            if self._asked or self._reconnect or self._commands:  # seen without the lock: what comes now has time
                command, again = self._hear()
                if again:
                    self._by_operator = True
                    return
            began = self._clock.ticks()
            self._serving = None if command else self._most_urgent(began)
            if command:
                self._catch_up()  # it may hang on what was read last
                self._obey(command)
            elif self._serving:
                self._served = self._serving
                self._serving.serve()
            else:
                self._rest()
                continue
            ended = self._clock.ticks()
            self._busy_s += ended - began
            if not works and self._link.counters().answered > answered:
                works = True
                self._pauses.worked()
            if ended - self._published >= SNAPSHOT_S:
                self._publish(LinkState.UP)

    def _hear(self) -> tuple[Command | None, bool]:
        """Pass on what was asked for; return the next command, and whether the line is to be opened anew."""
        with self._wake:
            asked, self._asked = self._asked, []
            again, self._reconnect = self._reconnect, False
            command = self._commands.popleft()[0] if self._commands and not again else None
        for device, group in asked:
            if device in self._devices:
                self._devices[device].ask(group)
        return command, again

    def _most_urgent(self, now: float) -> Served | None:
        found, least = None, 0.0
        for device in self._devices.values():
            rank = device.rank(now)
            if rank is not None and (found is None or rank < least):
                found, least = device, rank
        return found

    def _obey(self, command: Command) -> None:
        try:
            command(self._link)
        except LinkError:
            raise
        except WattelierError:
            return  # the device or the rules said no: whoever waits for the outcome has been told

    def _catch_up(self) -> None:
        """Do what the last answer has left to be done; a mistake in it is that of the device that gave it."""
        self._serving = self._served
        self._link.later.do()
        self._serving = None

    def _rest(self) -> None:
        """Wait for something to be due, asked or told."""
        self._catch_up()
        if self._clock.ticks() - self._published >= SNAPSHOT_S:
            self._publish(LinkState.UP)
        due = min((device.due_at() for device in self._devices.values()), default=float("inf"))
        self._wait(min(IDLE_S, due - self._clock.ticks()))

    def _wait(self, seconds: float) -> None:
        with self._wake:
            if not (self._commands or self._asked or self._reconnect or self._stopping.is_set()) and seconds > 0:
                self._wake.wait(seconds)

    def _back_off(self, reason: str) -> None:
        """Wait for the next try; until then the line stays closed, unless the operator wants it open."""
        wait = self._pauses.next_s()
        if self._status.error != reason:
            log.warning("line %s: %s", self.name, reason)
        end = self._clock.ticks() + wait
        self._publish(LinkState.DOWN, error=reason, retry_at=self._clock.now() + wait)
        self._refuse_commands(NotSent(reason))
        with self._wake:
            while not (self._stopping.is_set() or self._reconnect) and (left := end - self._clock.ticks()) > 0:
                self._wake.wait(left)
            self._by_operator, self._reconnect = self._reconnect, False

    def _refuse_commands(self, err: NotSent) -> None:
        """What still waits has not been begun."""
        with self._wake:
            waiting = list(self._commands)
            self._commands.clear()
        for _, refuse in waiting:
            refuse(err)

    def _count_busy(self, now: float) -> float:
        """The seconds of work in the last minute."""
        self._busy.append((now, self._busy_s))
        self._busy_s = 0.0
        while self._busy[0][0] <= now - BUSY_OVER_S:
            self._busy.popleft()
        return sum(seconds for _, seconds in self._busy)

    def _publish(self, state: LinkState, error: str = "", retry_at: float | None = None) -> None:
        """Replace the snapshot that other threads see."""
        ticks = self._published = self._clock.ticks()
        now, old = self._clock.now(), self._status
        over = min(BUSY_OVER_S, ticks - self._began) if self._began is not None else 0.0
        busy_s = self._count_busy(ticks)
        self._status = LinkStatus(
            link=self.name,
            state=state,
            since=backoff.since(old, state, error, now),
            error=error,
            retry_at=retry_at,
            busy=min(1.0, busy_s / over) if over > 0 else 0.0,
            counters=self._link.counters(),
            devices=tuple(device.status() for device in self._devices.values()),
            voice=self._voice,
            stick=self._link.stick(),
        )
