"""A CAN bus as a line: one thread owns the adapter, listens, and sends only what the operator has allowed.

Nothing leaves before ``allow`` has been called with a profile of this bus on a link that may be written to; every frame
of ours passes the gate (``drivers/can/gate.py``).
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from dataclasses import replace

from core.config import DeviceConfig, LinkConfig
from core.errors import CommandRefused, DecodeError, DeviceError, LinkError
from core.frames import FrameRing, Outcome
from core.protocols import Clock, Sink, SystemClock
from core.status import LinkCounters, LinkState, LinkStatus, Voice
from drivers import backoff
from drivers.can.bus import Heard, Opener, Port, Sign, can_be_silenced, open_port
from drivers.can.frames import CanFrame
from drivers.can.gate import Gate
from drivers.can.health import BusMeter
from drivers.can.listener import Listener
from drivers.can.requests import request_frame
from drivers.can.roll import Roll, profile_of
from drivers.can.wishes import Order, Wishes

log = logging.getLogger(__name__)

RECEIVE_S = 0.05
TICK_S = 0.02
PUBLISH_S = 0.2
MOST_ORDERS = 16
STOPPED = "transmission has been stopped"
BUS_OFF = "the CAN controller has switched itself off (bus-off): check bit rate, wiring, terminators"


class CanLine:
    """A running CAN line (``core.status.Line``, ``Gated``, ``Operable``)."""

    def __init__(
        self,
        config: LinkConfig,
        devices: Sequence[DeviceConfig],
        sink: Sink,
        clock: Clock | None = None,
        *,
        opener: Opener = open_port,
    ) -> None:
        self.name = config.id
        self.frames = FrameRing(config.id)
        self._config, self._devices, self._open_port = config, tuple(devices), opener
        self._clock = clock or SystemClock()
        self._roll = Roll(config, self._devices, frames=self.frames, sink=sink, clock=self._clock)
        self.bitrate = self._roll.bitrate
        self._meter = BusMeter(self.bitrate, self._clock.ticks())
        self._port: Port | None = None
        self._gate = Gate(config, self._devices, self._roll.working, self._roll.sending)
        self._wake = threading.Condition()
        self._wishes = Wishes()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"line {config.id}", daemon=True)
        self._pauses = backoff.BackOff()
        self._opened = 0
        self._ticked = self._published = 0.0
        self._status = LinkStatus(self.name, LinkState.OFF, self._clock.now(), voice=Voice.LISTENS)
        if config.transmit:
            try:
                self.allow(config.transmit)
            except CommandRefused as err:
                log.warning("line %s only listens: %s", self.name, err)
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
            self._wishes.reconnect = True
            self._wake.notify()

    def ask(self, device: str, group: str | None = None) -> None:
        """Have a device say again what it says once, if the gate is open; a line that listens can ask for nothing.

        A device that comes back is asked by itself.
        """
        with self._wake:
            if device not in self._wishes.asked:
                self._wishes.asked.append(device)
            self._wake.notify()

    def allow(self, profile: str) -> None:
        """Open the gate for this profile's frames; an empty text closes it. Raises CommandRefused with a sentence."""
        before = self._gate.allow(profile)
        self._status = replace(self._status, voice=Voice.TRANSMITS if profile else Voice.LISTENS)
        with self._wake:
            self._wishes.gate_moved = True
            stopped = self._wishes.revoke(before) if before != profile else []
            self._wake.notify()
        for order in stopped:
            order.refuse(CommandRefused(STOPPED))
        log.info("line %s: %s", self.name, f"frames of {profile} may be sent" if profile else "only listens")

    def operate(self, device: str, action: str, arguments: Mapping[str, object]) -> Future[str]:
        """Have an order carried out; the future gives the wallbox's word. See ``core.status.Operable``."""
        teller = self._roll.teller(device, action)
        if teller is None:
            raise CommandRefused("this device takes no such orders")
        self._gate.demand(teller.device.profile_id)
        future: Future[str] = Future()
        with self._wake:
            if self._status.state is not LinkState.UP or self._stopping.is_set():
                raise CommandRefused(f"the line {self.name} is not connected")
            if len(self._wishes.orders) >= MOST_ORDERS:
                raise CommandRefused(f"the line {self.name} has too many commands waiting")
            self._wishes.orders.append(Order(device, teller.device.profile_id, action, dict(arguments), future))
            self._wake.notify()
        return future

    def stop(self) -> None:
        """Stop the thread, close the adapter and join; safe to call twice. Wallboxes fall back by themselves."""
        self._gate.shut()
        with self._wake:
            self._stopping.set()
            self._wake.notify()
        backoff.join(self._thread, self.name)
        self._publish(LinkState.OFF)

    # -- the line's thread -------------------------------------------------------------------------------------

    def _run(self) -> None:
        while not self._stopping.is_set():
            reason = ""
            try:
                self._connect()
                self._serve(self._port)
            except LinkError as err:
                reason = str(err)
            except Exception as err:
                log.exception("line %s", self.name)
                reason = f"a fault of the program, see the log: {err}"
            self._close()
            if reason and not self._stopping.is_set():
                self._back_off(reason)
        self._refuse_orders(LinkError("the line is being closed"))
        for teller in self._roll.tellers:
            teller.end("the line is being closed", LinkError)

    def _connect(self) -> None:
        self._publish(LinkState.CONNECTING, error=self._status.error)
        with self._wake:
            self._wishes.reconnect = self._wishes.gate_moved = False
        self._stop_revoked()
        allowed = self._gate.profile
        port = self._open_port(self._config.url, self.bitrate, not allowed)
        self._port = port
        self._opened += 1
        now = self._clock.ticks()
        self._meter.opened(port.silent, now)
        if self._status.error:
            log.info("line %s: back", self.name)
        for teller in self._roll.tellers:
            teller.away(now)
        self._publish(LinkState.UP)
        if allowed:
            self._greet(self._roll.of(allowed))

    def _serve(self, port: Port | None) -> None:
        """Listen until the line is to be opened anew or to end."""
        while port is not None and not self._stopping.is_set():
            if self._wishes and self._obey(port):
                return
            heard = port.receive(self._patience())
            now = self._clock.ticks()
            if heard is not None:
                self._hear(heard, now)
            if now - self._ticked >= TICK_S:
                self._tick(now)
                self._send_commands(now)
                self._measure(port, now)
                self._publish(LinkState.UP, PUBLISH_S)

    def _patience(self) -> float:
        due = min((teller.due_at() for teller in self._roll.tellers), default=float("inf"))
        return min(RECEIVE_S, max(0.001, due - self._clock.ticks()))

    def _obey(self, port: Port) -> bool:
        """Do what others want; True when the adapter is to be opened anew."""
        with self._wake:
            wishes, self._wishes = self._wishes, Wishes(revoked=self._wishes.revoked)
        self._stop_revoked()
        allowed = self._gate.profile
        again = wishes.reconnect
        for order in wishes.orders:  # first: to greet may fail
            self._begin(order)
        if wishes.gate_moved:
            again = again or (port.silent is bool(allowed) and can_be_silenced(self._config.url.host))
            if allowed and not again:
                self._greet(self._roll.of(allowed))
        self._greet([self._roll.listeners[device] for device in wishes.asked if device in self._roll.listeners])
        return again

    def _stop_revoked(self) -> None:
        """End what was being sent when the gate was closed, also if it has been opened again since."""
        with self._wake:
            revoked, self._wishes.revoked = self._wishes.revoked, set()
        for teller in self._roll.tellers:
            if teller.device.profile_id in revoked:
                teller.end(STOPPED)

    def _begin(self, order: Order) -> None:
        if not order.future.set_running_or_notify_cancel():
            return
        try:
            if self._gate.profile != order.profile:
                raise CommandRefused(STOPPED)
            if (teller := self._roll.teller(order.device, order.action)) is None:
                raise CommandRefused("this device takes no such orders")
            teller.begin(order.action, order.arguments, order.future, self._clock.ticks())
        except CommandRefused as err:
            order.future.set_exception(err)
        except Exception as err:
            log.exception("line %s: %s of %s", self.name, order.action, order.device)
            order.future.set_exception(DeviceError(f"a fault of the program, see the log: {err}"))

    def _hear(self, heard: Heard, now: float) -> None:
        self._meter.heard(heard)
        if heard.sign is Sign.OFF:
            raise LinkError(BUS_OFF)
        frame = heard.frame
        if frame is None:
            return
        self._pauses.worked()
        others = self._roll.told_by_others.get(frame.key, ())
        for teller in others:
            teller.foreign(now)
        route = self._roll.find(frame.key)
        if route is None:
            if not others:
                self._meter.unknown(frame.key)
            return
        listener, message = route
        before = listener.missed
        listener.hear(message, frame, now)
        if listener.missed != before:
            self._meter.missed(listener.missed - before)
        if listener.take_return():
            self._greet([listener])
        if (requester := self._roll.requesters.get(listener.device.id)) is not None:
            requester.tick(now)  # an event may be followed by another one at once

    def _tick(self, now: float) -> None:
        self._ticked = now
        for listener in self._roll.listeners.values():
            listener.tick(now)
        for teller in self._roll.tellers:
            teller.tick(now)

    def _send_commands(self, now: float) -> None:
        for teller in self._roll.tellers:
            if teller.due_at() > now:
                continue
            try:
                frame = teller.frame()
            except CommandRefused as err:
                teller.end(str(err))
                continue
            if self._send(frame, teller.device.profile_id):
                teller.sent(now)

    def _greet(self, listeners: Sequence[Listener]) -> None:
        """Ask devices for what they do not say by themselves, where that may be asked."""
        for listener in listeners:
            for text in listener.mapping.rules.request:
                try:
                    sent = self._send(request_frame(listener, text), profile_of(listener))
                except DecodeError as err:
                    log.warning("line %s: %s", self.name, err)
                    continue
                if sent and (requester := self._roll.requesters.get(listener.device.id)) is not None:
                    requester.asked(self._clock.ticks())

    def _send(self, frame: CanFrame, profile: str) -> bool:
        """Send a frame if the gate is open for its profile; the only way out of this line."""
        if not self._gate.send(self._port, frame, profile):
            return False
        self._meter.sent(frame)
        self.frames.add(
            at=self._clock.now(), sent=frame.packed(), received=b"", took_s=0.0, outcome=Outcome.SENT, note=profile
        )
        return True

    def _measure(self, port: Port, now: float) -> None:
        if self._meter.due(now):
            sign, lost = port.figures()
            self._meter.update(now, sign, lost)
            if sign is Sign.OFF:
                raise LinkError(BUS_OFF)

    def _close(self) -> None:
        port, self._port = self._port, None
        if port is not None:
            port.close()

    def _back_off(self, reason: str) -> None:
        """Wait for the next try; devices fall silent meanwhile."""
        wait = self._pauses.next_s()
        if self._status.error != reason:
            log.warning("line %s: %s", self.name, reason)
        self._meter.closed()
        end, retry_at = self._clock.ticks() + wait, self._clock.now() + wait
        while not self._stopping.is_set() and (left := end - self._clock.ticks()) > 0:
            self._publish(LinkState.DOWN, error=reason, retry_at=retry_at)
            self._refuse_orders(LinkError(reason))
            self._stop_revoked()
            self._tick(self._clock.ticks())
            with self._wake:
                if not (self._wishes.reconnect or self._wishes.revoked or self._stopping.is_set()):
                    self._wake.wait(min(left, 0.5))
                if self._wishes.reconnect:
                    return

    def _refuse_orders(self, err: LinkError) -> None:
        with self._wake:
            orders, self._wishes.orders = self._wishes.orders, []
        for order in orders:
            order.refuse(err)

    def _publish(
        self, state: LinkState, not_within_s: float = 0.0, error: str = "", retry_at: float | None = None
    ) -> None:
        """Replace the snapshot that other threads see."""
        ticks = self._clock.ticks()
        if not_within_s and ticks - self._published < not_within_s:
            return
        self._published = ticks
        old, health = self._status, self._meter.health
        self._status = LinkStatus(
            link=self.name,
            state=state,
            since=backoff.since(old, state, error, self._clock.now()),
            error=error,
            retry_at=retry_at,
            busy=health.load,
            counters=LinkCounters(answered=self._meter.frames, reconnects=max(0, self._opened - 1)),
            devices=self._roll.status(self._meter),
            voice=Voice.TRANSMITS if self._gate.profile else Voice.LISTENS,
            bus=health,
        )
