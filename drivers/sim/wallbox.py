"""How a simulated wallbox obeys: the limit of its commands, starts and stops, its table of cards, a restart."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from cantools.database import Message

from core.profile import CanCommand, CanRules
from drivers.can.mapping import Place
from drivers.sim.quantities import Quantity

STATE = "charger.state"
PRESENTED_AFTER_S = 1.5  # somebody presents a card so long after it was told to learn one
ADDED_AFTER_S = 0.1  # … and it is in the table so long after that
NEW_CARD = 0x10B2A104  # the first new card is 04 A1 B2 10, the next one is one higher in its last byte


class Body(Protocol):
    """The device whose frames a wallbox fills."""

    points: dict[str, Place]

    def put(self, name: str, value: Quantity) -> None:
        """Have a point say a value."""
        ...

    def raw(self, name: str) -> float:
        """The raw number that a point says now, 0 without."""
        ...

    def obey(self, role: str, value: float) -> bool:
        """Tell the model what has been ordered."""
        ...

    def say_once(self) -> None:
        """Send everything that is said on request."""
        ...

    def say(self, name: str) -> None:
        """Send the message of a point."""
        ...


class Cards:
    """The table of cards of a wallbox and its reader; what they show is what the points of the profile's proof say."""

    def __init__(self, twin: Body, can: CanRules) -> None:
        self._twin, self._points = twin, can.order_proof
        self._coming: list[tuple[float, str]] = []  # what the reader will do, and when
        self._learnt = 0

    def learn(self, now: float) -> None:
        """Somebody will present a new card."""
        presented = now + PRESENTED_AFTER_S
        self._coming = [(presented, "presented"), (presented + ADDED_AFTER_S, "added")]

    def remove(self, slot: int) -> None:
        """Forget the card of a slot, 1 to 8; an empty one is refused."""
        bit = 1 << slot - 1 if slot > 0 else 0
        if slots := self._slots() & bit:
            self._fill(self._slots() & ~slots)
        self._tell("event", "removed" if slots else "rejected")

    def forget_order(self) -> None:
        """It learns no card any more."""
        self._coming = []

    def tick(self, now: float) -> None:
        """Let happen what is due."""
        while self._coming and self._coming[0][0] <= now:
            self._happen(self._coming.pop(0)[1])

    def _happen(self, event: str) -> None:
        if event == "presented":
            self._present(NEW_CARD + (self._learnt << 24))
            self._learnt += 1
        else:
            most = int(self._raw("most"))
            free = next((bit for bit in range(most) if not self._slots() >> bit & 1), None)
            if free is None:
                event = "table_full"
            else:
                self._fill(self._slots() | 1 << free)
        self._tell("event", event)

    def _present(self, number: int) -> None:
        card = self._points.get("card", "")
        place = self._twin.points.get(card)
        for fix in place.point.fix if place is not None else ():
            if fix.startswith("length:"):
                self._twin.put(fix[7:], 4.0)
        self._twin.put(card, float(number))

    def _slots(self) -> int:
        return int(self._raw("slots"))

    def _fill(self, slots: int) -> None:
        self._twin.put(self._points.get("count", ""), float(slots.bit_count()))
        self._tell("slots", float(slots))

    def _raw(self, name: str) -> float:
        return self._twin.raw(self._points.get(name, ""))

    def _tell(self, name: str, value: Quantity) -> None:
        self._twin.put(self._points.get(name, ""), value)
        self._twin.say(self._points.get(name, ""))


class Wallbox:
    """How a wallbox obeys: the limit of its commands, its fallback when they cease, starts and stops by toggles.

    It learns a new card soon after it was told to, forgets the one of a slot, and is silent while it restarts.
    """

    def __init__(self, twin: Body, can: CanRules, rules: CanCommand) -> None:
        self._twin, self._can, self._rules = twin, can, rules
        self._limit: float | None = None  # ordered by the commands
        self._fallback = rules.fallback_a
        self._timeout = rules.timeout_s
        self._told_at: float | None = None
        self._toggles: dict[str, float] = {}
        self._model_limit = 16.0
        self._state = "charging"
        self._kept: dict[str, float] = {}
        self.stopped = False
        self.fallen_back = False
        self.commands = 0
        self.counter: float | None = None
        self.restarts = 0
        self._dark_until: float | None = None
        self._cards = Cards(twin, can)

    @property
    def applied(self) -> float:
        """The limit that it applies, A."""
        if self.stopped:
            return 0.0
        if self.fallen_back:
            return self._fallback
        return self._model_limit if self._limit is None else self._limit

    def known(self, known: Mapping[str, Quantity]) -> None:
        """Hear what the model says; its limit counts until somebody leads the wallbox."""
        limit = known.get("charger.limit")
        if isinstance(limit, float) and self._dark_until is None:
            self._model_limit = limit
        self._state = str(known.get(STATE, self._state))
        self._show()

    def told(self, message: Message, raws: Mapping[str, float], now: float) -> None:
        """Take a command, a request or a single order."""
        if self._dark_until is not None:
            return
        if message.name != self._rules.message:
            self._asked(message, raws, now)
            return
        physical = {
            name: raws[signal.name] * float(signal.scale) + float(signal.offset)
            for name, wanted in self._rules.signals.items()
            for signal in message.signals
            if signal.name == wanted and signal.name in raws
        }
        resumed = self._told_at is None or self.fallen_back
        self._told_at, self.fallen_back = now, False
        self.commands += 1
        self.counter = raws.get(self._rules.counter)
        self._fallback = physical.get("fallback", self._fallback)
        self._timeout = physical.get("timeout", self._timeout)
        limit = physical.get("limit", self._model_limit) if physical.get("enable", 1.0) else 0.0
        before, self._limit = (self.stopped, self._limit), limit
        for name in ("start", "stop"):
            if not resumed and self._toggles.get(name, 0.0) != physical.get(name, 0.0):
                self.stopped = name == "stop"
            self._toggles[name] = physical.get(name, 0.0)
        if resumed or before != (self.stopped, limit):
            self._twin.obey("charger.limit", self.applied)
        if physical.get("clear_fault"):
            self._put("faults", 0.0)
        for name in ("mode", "phases"):
            if code := physical.get(name):
                self._kept[name] = code
        self._show()

    def tick(self, now: float) -> bool:
        """Fall back when nobody has led it for as long as the last command said; False while it is being restarted."""
        if self._dark_until is not None and not self._come_back(now):
            return False
        self._cards.tick(now)
        if self._told_at is not None and not self.fallen_back and now - self._told_at > self._timeout:
            self.fallen_back = True
            self._twin.obey("charger.limit", self.applied)
        self._show()
        return True

    # -- single orders -----------------------------------------------------------------------------------------

    def _asked(self, message: Message, raws: Mapping[str, float], now: float) -> None:
        for name, order in self._can.orders.items():
            if _says(order.send, message, raws):
                self._order(name, int(raws.get(order.argument, 0)), now)
                return
        if any(_says(text, message, raws) for text in self._can.asked):
            self._twin.say_once()

    def _order(self, name: str, slot: int, now: float) -> None:
        if name == "learn_card":
            self._cards.learn(now)
        elif name == "remove_card":
            self._cards.remove(slot)
        else:
            self.restarts += 1
            self._dark_until = now + self._can.silent_after_s + 1.0
            self._cards.forget_order()
            self._twin.obey("charger.limit", 0.0)

    def _come_back(self, now: float) -> bool:
        """End the restart when it is time: what the controller has ordered is forgotten, and it says who it is."""
        if self._dark_until is None or now < self._dark_until:
            return False
        self._dark_until = self._limit = self._told_at = None
        self.stopped = self.fallen_back = False
        self._toggles = {}
        self._twin.obey("charger.limit", self.applied)
        self._twin.say_once()
        return True

    def _show(self) -> None:
        for name, code in self._kept.items():
            self._put(name, code)
        self._put("state", "finishing" if self.stopped else self._state)
        self._put("limit", self.applied)
        by = "fallback" if self.fallen_back else "none" if self._limit is None else "ems"
        self._put("limited_by", by)
        self._twin.put("fallback_active", "yes" if self.fallen_back else "no")

    def _put(self, name: str, value: Quantity) -> None:
        point = self._rules.proof.get(name, "")
        place = self._twin.points.get(point)
        if place is not None and isinstance(value, float) and place.point.choices:
            choice = place.point.choice_of.get(int(value))
            value = choice.id if choice is not None else value
        self._twin.put(point, value)


def _says(text: str, message: Message, raws: Mapping[str, float]) -> bool:
    """Whether a frame is this request (``Message.Signal=code``)."""
    path, _, code = text.partition("=")
    owner, _, signal = path.partition(".")
    return owner == message.name and raws.get(signal) == int(code)
