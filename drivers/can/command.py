"""Leading one wallbox: the cyclic command frame, the orders that change it, and the proof that they were obeyed.

Nothing is sent before the first order. From then on the frame goes out each cycle until "release", until the gate of
the line closes, or until somebody else on the bus is seen to lead the same wallbox; the wallbox then applies its
fallback limit by itself. It starts no thread: the line's thread drives it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from collections.abc import Mapping as Map
from concurrent.futures import Future
from dataclasses import dataclass

import cantools
from cantools.database import Message
from cantools.database.can import Signal

from core.errors import CommandRefused, DeviceError, WattelierError
from core.points import Value
from core.profile import CanCommand
from drivers.can.frames import CanFrame
from drivers.can.listener import NEVER, Listener

log = logging.getLogger(__name__)

PROVEN_WITHIN_S = 6.0
FOREIGN_S = 3.0  # another controller's command counts for so long
SETTLES = 2  # frames that go out before a toggle changes: the wallbox must have seen where it stood
CLOSE_A = 0.05
IN_USE = {1: "one phase", 3: "three phases"}
ASKED_FOR = {
    1: "one phase asked for; it shows when a vehicle charges",
    3: "three phases asked for; it shows when a vehicle charges",
}
ACTIONS = ("limit", "start", "stop", "clear_fault", "mode", "phases", "release")


@dataclass(slots=True)
class _Order:
    """An order under way. ``proof`` gives the wallbox's word once it has obeyed, None until then."""

    action: str
    future: Future[str]
    proof: Callable[[], str | None]
    points: tuple[str, ...]  # what the proof looks at: it must have come after the order went out
    until: float
    sent_at: float | None = None


class Commander:
    """Leads one wallbox. Every method belongs to the line's thread; times are ticks."""

    def __init__(self, listener: Listener, rules: CanCommand) -> None:
        self.device = listener.device
        self._listener, self._rules = listener, rules
        self._message: Message = listener.mapping.messages[rules.message]
        self._signals: dict[str, Signal] = {signal.name: signal for signal in self._message.signals}
        self.keys = listener.mapping.told_keys(rules.message, self.device.unit)
        self._says: dict[str, float] = {}  # what each logical signal says, in its physical unit
        self._active = False
        self._counter = -1
        self._sent = 0
        self._sent_at = NEVER
        self._flips: list[str] = []
        self._orders: list[_Order] = []
        self._foreign_at = NEVER

    @property
    def active(self) -> bool:
        """Whether command frames are being sent."""
        return self._active

    def due_at(self) -> float:
        """When the next frame is due; infinity while nothing is ordered."""
        return self._sent_at + self._rules.every_s if self._active else float("inf")

    # -- orders ------------------------------------------------------------------------------------------------

    def begin(self, action: str, arguments: Map[str, object], future: Future[str], ticks: float) -> None:
        """Take an order; raise CommandRefused with a sentence."""
        if action not in ACTIONS:
            known = (*ACTIONS, *self._listener.mapping.rules.orders)
            raise CommandRefused(f"{action!r} is not one of {', '.join(known)}")
        if action == "release":
            self.end("the wallbox has been released")
            future.set_result(f"released: {self._rules.fallback_a:g} A after {self._rules.timeout_s:g} s")
            return
        if ticks - self._foreign_at < FOREIGN_S:
            raise CommandRefused(f"another controller on this bus already leads {self.device.title}")
        if not self._listener.online:
            raise CommandRefused(f"{self.device.title} is not heard")
        says = dict(self._says) or self._at_first(action)
        proof, points = self._prepare(action, arguments, says)
        self._supersede(action)
        self._says = says
        if not self._active:
            self._active, self._sent, self._sent_at = True, 0, NEVER
        else:
            self._sent_at = min(self._sent_at, ticks - self._rules.every_s)  # a new word goes out at once
        self._orders.append(_Order(action, future, proof, points, ticks + PROVEN_WITHIN_S))

    def _prepare(
        self, action: str, arguments: Map[str, object], says: dict[str, float]
    ) -> tuple[Callable[[], str | None], tuple[str, ...]]:
        """Change ``says`` as ordered; return the proof and the points that it looks at."""
        if action == "limit":
            return self._limit(arguments, says)
        if action in ("start", "stop"):
            return self._toggle(action, says)
        if action == "clear_fault":
            self._need("clear_fault")
            says["clear_fault"] = 1.0
            return (lambda: "no fault" if self._shown("faults") in ((), 0.0) else None), self._points("faults")
        if action == "mode":
            return self._mode(arguments, says)
        return self._phases(arguments, says)

    def _limit(
        self, arguments: Map[str, object], says: dict[str, float]
    ) -> tuple[Callable[[], str | None], tuple[str, ...]]:
        self._need("limit")
        limit = self._current(arguments.get("limit_a"), "limit")
        says["limit"], says["enable"] = limit, 1.0 if limit else 0.0
        if "fallback_a" in arguments:
            says["fallback"] = self._current(arguments["fallback_a"], "fallback limit")
        if "timeout_s" in arguments:
            says["timeout"] = self._within("timeout", arguments["timeout_s"], "s")
        if "power_w" in arguments:
            says["power"] = self._within("power", arguments["power_w"], "W")

        def proof() -> str | None:
            applied, by = self._shown("limit"), self._shown("limited_by")
            if not isinstance(applied, float) or by == "fallback":
                return None
            if abs(applied - limit) <= CLOSE_A:
                return f"{applied:g} A applied"
            if applied < limit and by in self._rules.limit_reasons:
                return f"{applied:g} A applied, limited by {by}"
            return None

        return proof, self._points("limit", "limited_by")

    def _toggle(self, action: str, says: dict[str, float]) -> tuple[Callable[[], str | None], tuple[str, ...]]:
        self._need(action)
        if action == "start" and not says["limit"]:
            raise CommandRefused("the limit is 0 A: set a limit first")
        for point, wanted in self._rules.start_when.items():
            if (state := self._listener.value(point)) not in wanted:
                raise CommandRefused(f"a session needs a connected vehicle ({point} is {state})")
        points = self._points("state")
        self._flips.append(action)
        starting = action == "start"

        def proof() -> str | None:
            state = self._shown("state")
            return str(state) if state is not None and (state in self._rules.running) is starting else None

        return proof, points

    def _mode(
        self, arguments: Map[str, object], says: dict[str, float]
    ) -> tuple[Callable[[], str | None], tuple[str, ...]]:
        signal = self._need("mode")
        wanted = str(arguments.get("mode", ""))
        codes = {_plain(str(name)): code for code, name in (signal.choices or {}).items() if code}
        if _plain(wanted) not in codes:
            raise CommandRefused(f"the mode must be one of {', '.join(codes)}")
        says["mode"] = float(codes[_plain(wanted)])
        return (lambda: wanted if _plain(str(self._shown("mode"))) == _plain(wanted) else None), self._points("mode")

    def _phases(
        self, arguments: Map[str, object], says: dict[str, float]
    ) -> tuple[Callable[[], str | None], tuple[str, ...]]:
        signal = self._need("phases")
        wanted = arguments.get("phases")
        offered = IN_USE.keys() & (signal.choices or IN_USE).keys()
        if not isinstance(wanted, int) or wanted is True or wanted not in offered:
            raise CommandRefused("the number of phases must be 1 or 3")
        if self._shown("switchable") == "no":
            raise CommandRefused(f"{self.device.title} cannot switch between one and three phases")
        says["phases"] = float(wanted)

        def proof() -> str | None:
            if self._shown("state") not in self._rules.running:
                return ASKED_FOR[wanted]
            return IN_USE[wanted] if self._shown("phases") == says["phases"] else None

        return proof, self._points("phases", "state")

    # -- checks ------------------------------------------------------------------------------------------------

    def _at_first(self, action: str) -> dict[str, float]:
        """What the first frame says: as the wallbox is now, with a fallback for the day on which we fall silent.

        One that gives no current is not made to give some by an order that is about something else.
        """
        applied, least = self._shown("limit"), self._least()
        limit = applied if isinstance(applied, float) and applied >= least - CLOSE_A else 0.0
        if action == "start":
            limit = max(limit, least)
        says = {
            "enable": 1.0 if limit else 0.0,
            "limit": limit,
            "fallback": self._rules.fallback_a,
            "timeout": self._rules.timeout_s,
        }
        if "power" in self._rules.signals:
            says["power"] = self._ends("power")[1]  # no limit of ours: the current is the limit
        return says

    def _current(self, given: object, name: str) -> float:
        amperes = _number(given, name)
        least, most = self._least(), self._most()
        if amperes != 0 and not least <= amperes <= most:
            known = "" if isinstance(self._shown("most"), float) else "; the wallbox has not said its maximum yet"
            raise CommandRefused(f"the {name} must be 0 or from {least:g} to {most:g} A, not {amperes:g} A{known}")
        return amperes

    def _within(self, name: str, given: object, unit: str) -> float:
        number = _number(given, name)
        low, high = self._ends(name)
        if not low <= number <= high:
            raise CommandRefused(f"the {name} must be from {low:g} to {high:g} {unit}, not {number:g}")
        return number

    def _least(self) -> float:
        told = self._shown("least")
        return max(self._rules.least_a, told) if isinstance(told, float) else self._rules.least_a

    def _most(self) -> float:
        """The wallbox's own maximum; while it has not said it, what every charging cable bears."""
        told = self._shown("most")
        return told if isinstance(told, float) and told > 0 else 16.0

    def _ends(self, name: str) -> tuple[float, float]:
        signal = self._need(name)
        high = (1 << signal.length) - 1
        low = 0.0 if signal.minimum is None else float(signal.minimum)
        return low, high * float(signal.scale) if signal.maximum is None else float(signal.maximum)

    def _need(self, name: str) -> Signal:
        signal = self._signals.get(self._rules.signals.get(name, ""))
        if signal is None:
            raise CommandRefused(f"{self.device.title} takes no such order: its DBC has no signal for {name}")
        return signal

    def _points(self, *names: str) -> tuple[str, ...]:
        points = tuple(self._rules.proof[name] for name in names if name in self._rules.proof)
        if not points:
            raise CommandRefused(f"{self.device.title} does not show whether it obeys: no point for {names[0]}")
        return points

    def _shown(self, name: str) -> Value:
        return self._listener.value(self._rules.proof.get(name, ""))

    # -- driven by the line ------------------------------------------------------------------------------------

    def frame(self) -> CanFrame:
        """The next frame: the counter goes up by one; raise CommandRefused when the DBC cannot say it."""
        if self._flips and self._sent >= SETTLES:
            for name in self._flips:
                self._says[name] = 1.0 - self._says.get(name, 0.0)
            self._flips.clear()
        values: dict[str, float] = {
            name: max(0.0, float(signal.minimum or 0)) for name, signal in self._signals.items()
        }
        for name, value in self._says.items():
            if name in self._rules.signals:
                values[self._rules.signals[name]] = value
        if self._rules.counter:
            span = 1 << self._signals[self._rules.counter].length
            self._counter = (self._counter + 1) % span
            values[self._rules.counter] = self._counter
        try:
            data = self._message.encode(values)
        except (cantools.Error, ValueError, OverflowError) as err:
            raise CommandRefused(f"the command frame cannot be made: {err}") from err
        return self._listener.mapping.frame(self._message, self.device.unit, data)

    def sent(self, ticks: float) -> None:
        """The frame has gone out."""
        self._sent, self._sent_at = self._sent + 1, ticks
        for order in self._orders:
            waits = order.action in ("start", "stop") and order.action in self._flips
            if order.sent_at is None and not waits:
                order.sent_at = ticks

    def foreign(self, ticks: float) -> None:
        """Somebody else has sent this wallbox a command."""
        self._foreign_at = ticks
        if self._active:
            log.warning("%s: another controller on the bus leads it too", self.device.id)
            self.end(f"another controller on this bus leads {self.device.title} too")

    def tick(self, ticks: float) -> None:
        """See which orders have been obeyed, and which not in time."""
        for order in list(self._orders):
            if word := self._proven(order):
                self._finish(order)
                order.future.set_result(word)
            elif ticks > order.until:
                self._finish(order)
                order.future.set_exception(DeviceError(f"{self.device.title} does not confirm: {self._now()}"))

    def _proven(self, order: _Order) -> str | None:
        sent_at = order.sent_at
        if sent_at is None or any(self._listener.came(point) <= sent_at for point in order.points):
            return None
        return order.proof()

    def _finish(self, order: _Order) -> None:
        """What was asked for once is not asked for again."""
        self._orders.remove(order)
        if order.action in ("clear_fault", "mode", "phases"):
            self._says.pop(order.action, None)
        if order.sent_at is None and order.action in self._flips:
            self._flips.remove(order.action)

    def _now(self) -> str:
        if not self._listener.online:
            return "nothing is heard of it"
        found = ((name, self._shown(name)) for name in ("limit", "limited_by", "mode", "state"))
        return ", ".join(f"{name} {value}" for name, value in found if value is not None)

    def _supersede(self, action: str) -> None:
        opposite = {"start": "stop", "stop": "start"}.get(action, action)
        for order in list(self._orders):
            if order.action in (action, opposite):
                self._finish(order)
                order.future.set_exception(CommandRefused("a newer order has taken its place"))

    def end(self, reason: str, err: type[WattelierError] = CommandRefused) -> None:
        """Send nothing more; who waits for a proof is told."""
        self._active = False
        self._says, self._flips = {}, []
        orders, self._orders = self._orders, []
        for order in orders:
            order.future.set_exception(err(reason))

    def away(self, ticks: float) -> None:
        """The line has been closed for a while: a wallbox whose patience is over has fallen back, and stays there."""
        patience = self._says.get("timeout", self._rules.timeout_s)
        if self._active and ticks - self._sent_at > patience:
            self.end("the line was down for longer than the wallbox waits")


def _number(given: object, name: str) -> float:
    if isinstance(given, bool) or not isinstance(given, (int, float)) or not abs(given) <= 1e9:
        raise CommandRefused(f"the {name} must be a number")
    return float(given)


def _plain(text: str) -> str:
    return "".join(letter for letter in text.lower() if letter.isalnum())
