"""Orders of one frame each: cards that a wallbox learns or forgets, a restart; and the proof that they were obeyed.

Such a frame goes out once, and starts no cycle of commands. It starts no thread: the line's thread drives it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from collections.abc import Mapping as Map
from concurrent.futures import Future
from dataclasses import dataclass

import cantools

from core.errors import CommandRefused, DecodeError, DeviceError, WattelierError
from core.points import Value
from core.profile import CanOrder, CanRules
from drivers.can.command import FOREIGN_S
from drivers.can.frames import CanFrame
from drivers.can.listener import NEVER, Listener

log = logging.getLogger(__name__)

READ_BACK_S = 2.0  # how often what came of an order is asked for, where the profile says how
ANSWERS_WITHIN_S = (
    10.0  # what a device says within this time of being asked, or of its coming back, is explained by that
)
SENT_WITHIN_S = 5.0  # an order that meets a broken line is given up: nobody expects a restart minutes later
ADDED, TABLE_FULL = "added", "table_full"
NOT_ADDED = ("presented", "accepted", "rejected")
"""Words of the reader of cards, as a profile's choices name them."""


@dataclass(slots=True)
class _Order:
    """The order under way. ``proof`` gives the device's word once it has obeyed, None until then."""

    future: Future[str]
    frame: CanFrame
    proof: Callable[[float], str | None]  # of the moment in which the order went out
    missing: Callable[[float], str]  # what to say when the time is over
    then: CanFrame | None
    restarts: bool
    began: float
    until: float
    sent_at: float | None = None
    asked_at: float = NEVER


class Requester:
    """Gives one device the single orders of its profile, one at a time. Every method belongs to the line's thread."""

    def __init__(self, listener: Listener, rules: CanRules) -> None:
        self.device = listener.device
        self._listener, self._orders, self._points = listener, rules.orders, rules.order_proof
        names = {path.partition(".")[0] for path in rules.asked}
        if rules.command is not None:
            names.add(rules.command.message)
        self.keys = {key for name in names for key in listener.mapping.told_keys(name, listener.device.unit)}
        self._order: _Order | None = None
        self._restarted = False
        self._repeats = False  # it says who it is now and then, though nobody asks
        self._identity_at = self._asked_at = self._foreign_at = NEVER

    def takes(self, action: str) -> bool:
        """Whether this order is one of its own."""
        return action in self._orders

    def due_at(self) -> float:
        """When the next frame is due; infinity while there is none."""
        order = self._order
        if order is None:
            return float("inf")
        if order.sent_at is None:
            return NEVER
        return order.asked_at + READ_BACK_S if order.then is not None else float("inf")

    # -- orders ------------------------------------------------------------------------------------------------

    def begin(self, action: str, arguments: Map[str, object], future: Future[str], ticks: float) -> None:
        """Take an order; raise CommandRefused with a sentence."""
        rules, title = self._orders[action], self.device.title
        if ticks - self._foreign_at < FOREIGN_S:
            raise CommandRefused(f"another controller on this bus already leads {title}")
        if not self._listener.online:
            raise CommandRefused(f"{title} is not heard")
        for point, wanted in rules.when.items():
            if (state := self._listener.value(point)) not in wanted:
                said = "not known" if state is None else state
                raise CommandRefused(
                    f"{title} takes this order only with {point} {', '.join(wanted)}; now it is {said}"
                )
        slot = 0
        if action == "learn_card":
            proof, missing = self._learn()
        elif action == "remove_card":
            slot = self._slot(arguments.get("slot"))
            proof, missing = self._remove(slot)
        else:
            proof, missing = self._restart()
        frame, then = self._frames(rules, slot)
        self.end("a newer order has taken its place")
        self._order = _Order(future, frame, proof, missing, then, action == "reboot", ticks, ticks + rules.within_s)

    def _frames(self, rules: CanOrder, slot: int) -> tuple[CanFrame, CanFrame | None]:
        try:
            frame = request_frame(self._listener, rules.send, rules.argument, slot)
            return frame, request_frame(self._listener, rules.then) if rules.then else None
        except DecodeError as err:
            raise CommandRefused(f"the frame of this order cannot be made: {err}") from err

    def _learn(self) -> tuple[Callable[[float], str | None], Callable[[float], str]]:
        count, most, before = self._shown("count"), self._shown("most"), self._slots()
        if isinstance(count, float) and isinstance(most, float) and count >= most:
            raise CommandRefused(f"the table of cards of {self.device.title} is full: remove a card first")
        self._need("event", "slots")

        def proof(sent_at: float) -> str | None:
            event = self._shown("event") if self._came("event", sent_at) else None
            if event == ADDED:
                card = self._shown("card")
                return f"the card {card} has been added" if isinstance(card, str) else "a card has been added"
            new = [slot for slot in self._slots() or () if before is not None and slot not in before]
            if new and self._came("slots", sent_at):
                return f"a card has been added in slot {new[0]}"
            if event == TABLE_FULL:
                raise DeviceError(f"the table of cards of {self.device.title} is full")
            return None

        def missing(sent_at: float) -> str:
            presented = self._came("event", sent_at) and self._shown("event") in NOT_ADDED
            return "a card was presented, but not added; is it known already?" if presented else "no card was presented"

        return proof, missing

    def _remove(self, slot: int) -> tuple[Callable[[float], str | None], Callable[[float], str]]:
        self._need("slots")
        title, before = self.device.title, self._slots()
        if before is None:
            raise CommandRefused(f"{title} has not told its table of cards yet")
        if slot not in before:
            raise CommandRefused(f"slot {slot} of {title} is empty")

        def proof(sent_at: float) -> str | None:
            now = self._slots()
            if now is None or not self._came("slots", sent_at):
                return None
            if slot not in now:
                return f"slot {slot} is empty now"
            if gone := [str(other) for other in before if other not in now]:
                raise DeviceError(f"{title} has emptied another slot than the one ordered: {', '.join(gone)}")
            return None

        return proof, lambda _: f"slot {slot} is still in use"

    def _restart(self) -> tuple[Callable[[float], str | None], Callable[[float], str]]:
        self._restarted = False

        def proof(_sent_at: float) -> str | None:
            return "restarted" if self._restarted and self._listener.online else None

        return proof, lambda _: "it has neither fallen silent nor said again who it is"

    # -- checks ------------------------------------------------------------------------------------------------

    def _slot(self, given: object) -> int:
        most = len(self._numbers()) or 255
        if not isinstance(given, int) or isinstance(given, bool) or not 1 <= given <= most:
            raise CommandRefused(f"the slot must be a whole number from 1 to {most}")
        return given

    def _numbers(self) -> dict[str, int]:
        """The slots by the names that the profile gives to the bits of the table; the lowest bit is slot 1."""
        places = (place for places in self._listener.mapping.places.values() for place in places)
        point = next((place.point for place in places if place.point.id == self._points.get("slots")), None)
        return {choice.id: choice.code + 1 for choice in point.choices} if point is not None else {}

    def _slots(self) -> list[int] | None:
        """The slots in use; None while the device has not told them."""
        told = self._shown("slots")
        if not isinstance(told, tuple):
            return None
        numbers = self._numbers()
        return [numbers[name] for name in told if name in numbers]

    def _need(self, *names: str) -> None:
        """One of these points must be there, or nothing could ever be proven."""
        there = {place.point.id for places in self._listener.mapping.places.values() for place in places}
        if not any(self._points.get(name) in there for name in names):
            raise CommandRefused(f"{self.device.title} does not show whether it obeys: no point for {names[0]}")

    def _shown(self, name: str) -> Value:
        return self._listener.value(self._points.get(name, ""))

    def _came(self, name: str, after: float) -> bool:
        return self._listener.came(self._points.get(name, "")) > after

    # -- driven by the line ------------------------------------------------------------------------------------

    def frame(self) -> CanFrame:
        """The next frame: the order itself, later the request that shows what came of it."""
        order = self._order
        if order is None or (order.sent_at is not None and order.then is None):
            raise CommandRefused("nothing is ordered")
        return order.frame if order.sent_at is None or order.then is None else order.then

    def sent(self, ticks: float) -> None:
        """The frame has gone out."""
        order = self._order
        if order is not None:
            order.asked_at = ticks
            order.sent_at = ticks if order.sent_at is None else order.sent_at

    def asked(self, ticks: float) -> None:
        """We have asked the device who it is: that it says so proves no restart."""
        self._asked_at = ticks

    def foreign(self, ticks: float) -> None:
        """Somebody else has told this device something."""
        self._foreign_at = ticks
        if self._order is not None:
            log.warning("%s: another controller on the bus leads it too", self.device.id)
            self.end(f"another controller on this bus leads {self.device.title} too")

    def tick(self, ticks: float) -> None:
        """See whether the order has been obeyed, or not in time; after each frame of the device, and now and then."""
        order = self._order
        self._watch(order)
        if order is None:
            return
        if order.sent_at is None and ticks - order.began > SENT_WITHIN_S:
            self.end("the order could not be sent in time", DeviceError)
            return
        try:
            word = order.proof(order.sent_at) if order.sent_at is not None else None
        except DeviceError as err:
            self._order = None
            order.future.set_exception(err)
            return
        if word is not None:
            self._order = None
            order.future.set_result(word)
        elif ticks > order.until:
            self._order = None
            since = order.sent_at if order.sent_at is not None else ticks
            why = order.missing(since) if self._listener.online else "nothing is heard of it"
            order.future.set_exception(DeviceError(f"{self.device.title} does not confirm: {why}"))

    def _watch(self, order: _Order | None) -> None:
        """Notice the signs of a restart: a silence, or a device that says by itself who it is."""
        listener, told = self._listener, self._listener.came(self._points.get("identity", ""))
        awaited = order is not None and order.restarts and order.sent_at is not None
        if awaited and not listener.online:
            self._restarted = True
        if told <= self._identity_at:
            return
        self._identity_at = told
        if told - max(self._asked_at, self._foreign_at, listener.online_since) <= ANSWERS_WITHIN_S:
            return
        if not awaited:
            self._repeats = True
        elif not self._repeats:
            self._restarted = True

    def away(self, ticks: float) -> None:
        """The line has been closed for a while: whether the device was silent meanwhile is not known."""
        order = self._order
        if order is not None and order.sent_at is not None and order.restarts:
            self.end("the line was closed meanwhile: whether it has obeyed is not known", DeviceError)
        else:
            self.tick(ticks)

    def end(self, reason: str, err: type[WattelierError] = CommandRefused) -> None:
        """Send nothing more; who waits for a proof is told."""
        order, self._order = self._order, None
        if order is not None:
            order.future.set_exception(err(reason))


def request_frame(listener: Listener, text: str, argument: str = "", number: int = 0) -> CanFrame:
    """The frame of a request (``EMS_Request.RequestId=1``) to one device; raise DecodeError.

    ``argument`` is a signal of the same message, which holds ``number``; all others are 0.
    """
    path, _, code = text.partition("=")
    found = listener.mapping.signal(path)
    if found is None:
        raise DecodeError(f"the DBC has no signal {path}")
    message, signal = found
    values: dict[str, float] = {other.name: 0 for other in message.signals}
    if argument:
        if argument not in values:
            path = f"{message.name}.{argument}"
            raise DecodeError(f"the DBC has no signal {path}")
        values[argument] = number
    values[signal.name] = int(code)
    try:
        data = message.encode(values, scaling=False)
    except (cantools.Error, ValueError, OverflowError) as err:
        raise DecodeError(f"{text}: {err}") from err
    return listener.mapping.frame(message, listener.device.unit, data)
