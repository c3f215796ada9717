"""A CAN bus as a line: one thread owns the adapter, listens, and sends only what the operator has allowed.

The gate: nothing leaves before ``allow`` has been called with a profile of this bus on a link that may be written to.
Every frame of ours passes ``_send``, which looks at the gate under its lock: once ``allow("")`` or ``stop`` has
returned, no further frame goes out.
"""

from __future__ import annotations

import logging
import random
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from dataclasses import replace

from core.config import DeviceConfig, LinkConfig
from core.errors import CommandRefused, DecodeError, DeviceError, LinkError, ProfileError
from core.frames import FrameRing, Outcome
from core.layout import points_of
from core.protocols import Clock, Sink, SystemClock
from core.status import DeviceState, DeviceStatus, LinkCounters, LinkState, LinkStatus, Voice
from drivers.can.bus import Heard, Opener, Port, Sign, can_be_silenced, open_port
from drivers.can.command import Commander, request_frame
from drivers.can.frames import CanFrame
from drivers.can.health import BusMeter, why_unheard
from drivers.can.listener import Listener
from drivers.can.mapping import dbc_of, mapping_of
from drivers.can.wishes import Order, Wishes

log = logging.getLogger(__name__)

LONGEST_WAIT_S = 30.0
RECEIVE_S = 0.05
TICK_S = 0.02
PUBLISH_S = 0.2
MOST_ORDERS = 16
STOPS_WITHIN_S = 5.0
USUAL_BITRATE = 250_000


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
        self._sink, self._clock = sink, clock or SystemClock()
        self._faulty: dict[str, DeviceStatus] = {}
        self._listeners: dict[str, Listener] = {}
        for device in devices:
            self._listen_to(device)
        rules = [device.profile.can for device in devices if device.profile is not None and device.profile.can]
        self.bitrate = config.url.bitrate or (rules[0].bitrate if rules else USUAL_BITRATE)
        self._commanders = {
            name: Commander(listener, listener.mapping.rules.command)
            for name, listener in self._listeners.items()
            if listener.mapping.rules.command is not None
        }
        self._leads = {commander.key: commander for commander in self._commanders.values()}
        self._routes = {
            key: (listener, message)
            for listener in self._listeners.values()
            for key, message in listener.messages.items()
        }
        self._meter = BusMeter(self.bitrate, self._clock.ticks())
        self._port: Port | None = None
        self._gate = threading.Lock()
        self._allowed = ""
        self._wake = threading.Condition()
        self._wishes = Wishes()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"line {config.id}", daemon=True)
        self._failures = self._opened = 0
        self._ticked = self._published = 0.0
        self._status = LinkStatus(self.name, LinkState.OFF, self._clock.now(), voice=Voice.LISTENS)
        if config.transmit:
            try:
                self.allow(config.transmit)
            except CommandRefused as err:
                log.warning("line %s only listens: %s", self.name, err)
        self._publish(LinkState.OFF)

    def _listen_to(self, device: DeviceConfig) -> None:
        profile = device.profile
        if profile is None or device.fault:
            self._faulty[device.id] = DeviceStatus(device.id, DeviceState.FAULTY, fault=device.fault or "no profile")
            return
        try:
            mapping = mapping_of(device, points_of(profile, device.options), dbc_of(self._config))
        except ProfileError as err:
            self._faulty[device.id] = DeviceStatus(device.id, DeviceState.FAULTY, fault=str(err))
            return
        self._listeners[device.id] = Listener(
            device, profile, mapping, link=self.name, frames=self.frames, sink=self._sink, clock=self._clock
        )

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
        """Have a device say again what it says once, if the gate is open; a line that listens can ask for nothing."""
        with self._wake:
            self._wishes.asked.append(device)
            self._wake.notify()

    def allow(self, profile: str) -> None:
        """Open the gate for this profile's frames; an empty text closes it. Raises CommandRefused with a sentence."""
        if profile:
            self._check_allowed(profile)
        with self._gate:
            self._allowed = profile
        self._status = replace(self._status, voice=Voice.TRANSMITS if profile else Voice.LISTENS)
        with self._wake:
            self._wishes.gate_moved = True
            self._wake.notify()
        log.info("line %s: %s", self.name, f"frames of {profile} may be sent" if profile else "only listens")

    def _check_allowed(self, profile: str) -> None:
        if self._config.read_only:
            raise CommandRefused(f"the link {self._config.title!r} is read-only")
        known = [device.profile for device in self._devices if device.profile is not None]
        found = next((entry for entry in known if entry.id == profile), None)
        if found is None or found.can is None:
            raise CommandRefused(f"no device of the link {self._config.title!r} has the profile {profile!r}")
        if found.can.command is None and not found.can.request:
            raise CommandRefused(f"{found.title} is only listened to: nothing is ever sent to it")
        if not any(listener.device.profile_id == profile for listener in self._listeners.values()):
            raise CommandRefused(f"no device with the profile {profile!r} works: its profile or its set-up is wrong")

    def operate(self, device: str, action: str, arguments: Mapping[str, object]) -> Future[str]:
        """Have an order carried out; the future gives the wallbox's word. See ``core.status.Operable``."""
        commander = self._commanders.get(device)
        if commander is None:
            raise CommandRefused("this device takes no such orders")
        if self._config.read_only:
            raise CommandRefused(f"the link {self._config.title!r} is read-only")
        if self._allowed != commander.device.profile_id:
            raise CommandRefused(f"the link {self._config.title!r} only listens: allow transmission first")
        future: Future[str] = Future()
        with self._wake:
            if self._status.state is not LinkState.UP or self._stopping.is_set():
                raise CommandRefused(f"the line {self.name} is not connected")
            if len(self._wishes.orders) >= MOST_ORDERS:
                raise CommandRefused(f"the line {self.name} has too many commands waiting")
            self._wishes.orders.append(Order(device, action, dict(arguments), future))
            self._wake.notify()
        return future

    def stop(self) -> None:
        """Stop the thread, close the adapter and join; safe to call twice. Wallboxes fall back by themselves."""
        with self._gate:
            self._stopping.set()
        with self._wake:
            self._wake.notify()
        if self._thread.is_alive():
            self._thread.join(STOPS_WITHIN_S)
            if self._thread.is_alive():
                log.error("line %s: its thread does not end", self.name)
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
        for commander in self._commanders.values():
            commander.end("the line is being closed", LinkError)

    def _connect(self) -> None:
        self._publish(LinkState.CONNECTING, error=self._status.error)
        with self._wake:
            self._wishes.reconnect = self._wishes.gate_moved = False
        allowed = self._allowed
        port = self._open_port(self._config.url, self.bitrate, not allowed)
        self._port = port
        self._opened += 1
        now = self._clock.ticks()
        self._meter.opened(port.silent, now)
        if self._status.error:
            log.info("line %s: back", self.name)
        for commander in self._commanders.values():
            commander.away(now)
        self._publish(LinkState.UP)
        if allowed:
            self._greet([listener for listener in self._listeners.values() if _profile_of(listener) == allowed])

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
        due = min((commander.due_at() for commander in self._commanders.values()), default=float("inf"))
        return min(RECEIVE_S, max(0.001, due - self._clock.ticks()))

    def _obey(self, port: Port) -> bool:
        """Do what others want; True when the adapter is to be opened anew."""
        with self._wake:
            wishes, self._wishes = self._wishes, Wishes()
        allowed = self._allowed
        again = wishes.reconnect
        if wishes.gate_moved:
            for commander in self._commanders.values():
                if commander.device.profile_id != allowed:
                    commander.end("transmission has been stopped")
            again = again or (port.silent is bool(allowed) and can_be_silenced(self._config.url.host))
            if allowed and not again:
                self._greet([listener for listener in self._listeners.values() if _profile_of(listener) == allowed])
        self._greet([self._listeners[device] for device in wishes.asked if device in self._listeners])
        for order in wishes.orders:
            self._begin(order)
        return again

    def _begin(self, order: Order) -> None:
        if not order.future.set_running_or_notify_cancel():
            return
        commander = self._commanders[order.device]
        try:
            if self._allowed != commander.device.profile_id:
                raise CommandRefused("transmission has been stopped")
            commander.begin(order.action, order.arguments, order.future, self._clock.ticks())
        except CommandRefused as err:
            order.future.set_exception(err)

    def _hear(self, heard: Heard, now: float) -> None:
        self._meter.heard(heard)
        if heard.sign is Sign.OFF:
            raise LinkError("the CAN controller has switched itself off (bus-off): check bit rate, wiring, terminators")
        frame = heard.frame
        if frame is None:
            return
        self._failures = 0
        route = self._routes.get(frame.key)
        if route is None:
            self._meter.unknown(frame.key)
            return
        if (commander := self._leads.get(frame.key)) is not None:
            commander.foreign(now)
        listener, message = route
        before = listener.missed
        listener.hear(message, frame, now)
        if listener.missed != before:
            self._meter.missed(listener.missed - before)

    def _tick(self, now: float) -> None:
        self._ticked = now
        for listener in self._listeners.values():
            listener.tick(now)
        for commander in self._commanders.values():
            commander.tick(now)

    def _send_commands(self, now: float) -> None:
        for commander in self._commanders.values():
            if commander.due_at() > now:
                continue
            try:
                frame = commander.frame()
            except CommandRefused as err:
                commander.end(str(err))
                continue
            if self._send(frame, commander.device.profile_id):
                commander.sent(now)

    def _greet(self, listeners: Sequence[Listener]) -> None:
        """Ask devices for what they do not say by themselves, where that may be asked."""
        for listener in listeners:
            for text in listener.mapping.rules.request:
                try:
                    self._send(request_frame(listener, text), _profile_of(listener))
                except DecodeError as err:
                    log.warning("line %s: %s", self.name, err)

    def _send(self, frame: CanFrame, profile: str) -> bool:
        """Send a frame if the gate is open for its profile; the only way out of this line."""
        with self._gate:
            if self._port is None or self._stopping.is_set() or not profile or self._allowed != profile:
                return False
            self._port.send(frame)
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
                raise LinkError(
                    "the CAN controller has switched itself off (bus-off): check bit rate, wiring, terminators"
                )

    def _close(self) -> None:
        with self._gate:
            port, self._port = self._port, None
        if port is not None:
            port.close()

    def _back_off(self, reason: str) -> None:
        """1, 2, 4 … 30 s with jitter; devices fall silent meanwhile."""
        wait = min(LONGEST_WAIT_S, 2.0**self._failures) * random.uniform(0.75, 1.0)
        self._failures = min(self._failures + 1, 5)
        if self._status.error != reason:
            log.warning("line %s: %s", self.name, reason)
        self._meter.update(self._clock.ticks())
        end, retry_at = self._clock.ticks() + wait, self._clock.now() + wait
        self._refuse_orders(LinkError(reason))
        while not self._stopping.is_set() and (left := end - self._clock.ticks()) > 0:
            self._tick(self._clock.ticks())
            self._publish(LinkState.DOWN, error=reason, retry_at=retry_at)
            with self._wake:
                if not self._wishes.reconnect and not self._stopping.is_set():
                    self._wake.wait(min(left, 0.5))
                if self._wishes.reconnect:
                    return

    def _refuse_orders(self, err: LinkError | DeviceError) -> None:
        with self._wake:
            orders, self._wishes.orders = self._wishes.orders, []
        for order in orders:
            if order.future.set_running_or_notify_cancel():
                order.future.set_exception(err)

    def _publish(
        self, state: LinkState, not_within_s: float = 0.0, error: str = "", retry_at: float | None = None
    ) -> None:
        """Replace the snapshot that other threads see."""
        ticks = self._clock.ticks()
        if not_within_s and ticks - self._published < not_within_s:
            return
        self._published = ticks
        old, health = self._status, self._meter.health
        devices = tuple(
            self._faulty.get(device.id)
            or self._listeners[device.id].status(why_unheard(device, self._meter, self.bitrate, self._config))
            for device in self._devices
        )
        self._status = LinkStatus(
            link=self.name,
            state=state,
            since=old.since if old.state is state or (old.error and error) else self._clock.now(),
            error=error,
            retry_at=retry_at,
            busy=health.load,
            counters=LinkCounters(reconnects=max(0, self._opened - 1)),
            devices=devices,
            voice=Voice.TRANSMITS if self._allowed else Voice.LISTENS,
            bus=health,
        )


def _profile_of(listener: Listener) -> str:
    return listener.device.profile_id
