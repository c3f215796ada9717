"""A simulated device on CAN: any profile by its DBC and mapping, filled by role; a wallbox obeys its commands.

What the model knows nothing about is what the profile's first golden case says. A profile with a command message is
a wallbox: it follows the current limit, falls back when the commands cease, and answers requests. A battery never
listens. It starts no thread and holds no clock: its line calls it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from cantools.database import Message
from cantools.database.can import Signal

from core.config import DeviceConfig
from core.decode import Context, rule_factor
from core.errors import ProfileError, WattelierError
from core.golden import load_cases
from core.layout import points_of
from core.points import Point, Value
from core.profile import CanCommand
from drivers.can.decoder import Decoder
from drivers.can.frames import CanFrame, parse_frame
from drivers.can.mapping import Mapping as Layout
from drivers.can.mapping import lay
from drivers.sim.quantities import Quantity
from drivers.sim.states import state_word

ONCE_S = 30.0  # what a real device says once a power-up is said again after this time, for who joins later
Raws = dict[str, int | float]
STATE = "charger.state"


class CanTwin:
    """One device on the bus. ``on_write("charger.limit", A)`` hears what a wallbox is ordered.

    Every method belongs to one thread; times are seconds on any clock that does not go back. Raises ProfileError when
    the profile cannot be laid over its DBC.
    """

    def __init__(self, device: DeviceConfig, on_write: Callable[[str, Value], bool] | None = None) -> None:
        if device.profile is None or device.profile.can is None:
            raise ProfileError(f"{device.id} has no CAN profile")
        self.device, self.profile = device, device.profile
        options = self.profile.options_with(device.options)
        points = points_of(self.profile, options)
        self.layout: Layout = lay(self.profile, points)
        self.rules = device.profile.can
        self.context = Context(self.profile.rules, options)
        self._decoder = Decoder(self.layout, self.profile, options)
        self.points = {place.point.id: place for places in self.layout.places.values() for place in places}
        self.frozen = False  # its alive counter stands still, while it goes on talking
        self.mute = False
        self._on_write = on_write
        self._pages: dict[tuple[str, int | None], Raws] = {}
        self._due: dict[tuple[str, int | None], float] = {}
        self._rest()
        self._alive = 0
        self.wallbox = Wallbox(self, self.rules.command) if self.rules.command is not None else None

    @property
    def has_battery(self) -> bool:
        """Whether it knows a battery."""
        return any(role.startswith("battery.") for role in self.profile.roles)

    def refresh(self, known: Mapping[str, Quantity], local: datetime) -> None:
        """Take what the model knows, by role and in inner units."""
        del local  # nothing here tells the time
        state = str(known.get(STATE, ""))
        known = {**known, **self._limits(known)}
        for role, names in self.profile.roles.items():
            quantity = known.get(role)
            if quantity is None or (self.wallbox is not None and role == "charger.limit"):
                continue
            for name in names:
                self.put(name, quantity)
        for name, shown in self.rules.simulate.items():
            if state and (word := shown.get(state, shown.get("otherwise"))) is not None:
                choices = self.points[name].point.choices if name in self.points else ()
                self.put(name, word if choices else float(word))
        if self.wallbox is not None:
            self.wallbox.known(known)

    def put(self, name: str, value: Quantity) -> None:
        """Have a point say ``value``, in its inner unit or as the id of a choice; out of range it says what it can."""
        place = self.points.get(name)
        if place is None:
            return
        point, (signal, *others) = place.point, place.signals
        if others:
            return
        if isinstance(value, str):
            value = state_word(value, point) if point.choices else 0.0
        raw = _code(point, value) if isinstance(value, str) else self._raw(point, signal, value)
        self.context.values[point.id] = value if isinstance(value, str) else float(value)
        message = point.path.partition(".")[0]
        for (owner, _), raws in self._pages.items():
            if owner == message and signal.name in raws:
                raws[signal.name] = raw

    def frames(self, now: float) -> list[CanFrame]:
        """What is due on the bus now."""
        if self.mute:
            return []
        if self.wallbox is not None:
            self.wallbox.tick(now)
        sent: list[CanFrame] = []
        for page, due in self._due.items():
            if due <= now:
                every = self._every(page[0])
                self._due[page] = due + every if now - due < every else now + every
                sent.append(self._frame(page))
        return sent

    def heard(self, frame: CanFrame, now: float) -> None:
        """Take a frame of somebody else."""
        if self.wallbox is None or self.mute:
            return
        for message in self.layout.messages.values():
            if self.layout.key(message, self.device.unit) == frame.key:
                self.wallbox.told(message, self._decoder.raws(message, frame.data), now)

    def obey(self, role: str, value: float) -> bool:
        """Tell the model what has been ordered."""
        return self._on_write is not None and self._on_write(role, value)

    def say_once(self) -> None:
        """Send everything that is said on request with the next frames."""
        for page in self._due:
            if self._every(page[0]) >= ONCE_S:
                self._due[page] = 0.0

    # -- frames ------------------------------------------------------------------------------------------------

    def _rest(self) -> None:
        """Take the frames of the first golden case; messages that it does not show start at zero."""
        try:
            case = load_cases(self.profile.folder / "golden.yaml")[0]
            heard = [parse_frame(text) for text in case.frames]
        except (WattelierError, ValueError, OSError):
            heard = []
        low, high = self.rules.nodes
        keys = {
            self.layout.key(message, unit): message
            for unit in range(low, high + 1)
            for message in (self.layout.messages[name] for name in self.layout.places)
        }
        for frame in heard:
            if (message := keys.get(frame.key)) is not None:
                self._add(message, self._decoder.raws(message, frame.data))
        for name in () if self._pages else self.layout.places:
            if not self.layout.messages[name].is_multiplexed():
                self._add(self.layout.messages[name], {})

    def _add(self, message: Message, raws: Mapping[str, int | float]) -> None:
        found: Raws = {} if message.is_multiplexed() else {signal.name: 0 for signal in message.signals}
        found |= raws
        page = next((int(found[signal.name]) for signal in message.signals if signal.is_multiplexer), None)
        self._pages[message.name, page] = found
        self._due[message.name, page] = 0.0

    def _frame(self, page: tuple[str, int | None]) -> CanFrame:
        message, raws = self.layout.messages[page[0]], self._pages[page]
        owner, _, counter = self.rules.alive.partition(".")
        if owner == message.name and not self.frozen:
            span = 1 << next(signal.length for signal in message.signals if signal.name == counter)
            self._alive = (self._alive + 1) % span
            raws[counter] = self._alive
        return self.layout.frame(message, self.device.unit, message.encode(raws, scaling=False))

    def _limits(self, known: Mapping[str, Quantity]) -> dict[str, Quantity]:
        """Voltage limits that go with the model's battery, where those of the golden case would not."""
        voltage, roles = known.get("battery.voltage"), self.profile.roles.get("battery.limit.charge.voltage", ())
        place = self.points.get(roles[0]) if roles else None
        if place is None or not isinstance(voltage, float) or not voltage:
            return {}
        message = place.point.path.partition(".")[0]
        raw = next((raws[place.signals[0].name] for (name, _), raws in self._pages.items() if name == message), 0)
        limit = raw * place.point.scales[0]
        if 0.8 * limit <= voltage <= 1.05 * limit:
            return {}
        return {
            "battery.limit.charge.voltage": round(1.08 * voltage, 1),
            "battery.limit.discharge.voltage": round(0.85 * voltage, 1),
        }

    def _every(self, message: str) -> float:
        if cycle_ms := self.layout.messages[message].cycle_time:
            return cycle_ms / 1000
        groups = {self.profile.groups[place.point.group].every_s for place in self.layout.places[message]}
        return min((every for every in groups if every is not None), default=ONCE_S)

    def _raw(self, point: Point, signal: Signal, value: float) -> int | float:
        """The raw number for ``value``, brought into what the point and the signal can hold."""
        low = point.low if point.low is not None else value
        value = max(low, value if point.high is None else min(value, point.high)) if value else value
        raw = (value - point.offset) / (point.scales[0] * self._factor(point, signal, value))
        if signal.is_float:
            return raw
        ends = (
            (-(1 << signal.length - 1), (1 << signal.length - 1) - 1)
            if signal.is_signed
            else (0, (1 << signal.length) - 1)
        )
        return max(ends[0], min(ends[1], round(raw)))

    def _factor(self, point: Point, signal: Signal, value: float) -> float:
        """The factor of a rule: as the options say, or else the first with which the signal can hold the value."""
        rule = self.context.rules.get(point.scale_by)
        if rule is None or self.context.options.get(rule.option) in rule.factors:
            return rule_factor(point, self.context)[0] or 1.0
        most = (1 << signal.length - signal.is_signed) - 1
        factors = [float(parts[0]) for parts in rule.factors.values() if len(parts) == 1]
        return next((factor for factor in factors if abs(value / (point.scales[0] * factor)) <= most), 1.0)


class Wallbox:
    """How a wallbox obeys: the limit of its commands, its fallback when they cease, starts and stops by toggles."""

    def __init__(self, twin: CanTwin, rules: CanCommand) -> None:
        self._twin, self._rules = twin, rules
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
        if isinstance(limit, float):
            self._model_limit = limit
        self._state = str(known.get(STATE, self._state))
        self._show()

    def told(self, message: Message, raws: Mapping[str, float], now: float) -> None:
        """Take a command or a request."""
        if message.name != self._rules.message:
            requested = {text.partition(".")[0] for text in self._twin.rules.request}
            if message.name in requested:
                self._twin.say_once()
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

    def tick(self, now: float) -> None:
        """Fall back when nobody has led it for as long as the last command said."""
        if self._told_at is not None and not self.fallen_back and now - self._told_at > self._timeout:
            self.fallen_back = True
            self._twin.obey("charger.limit", self.applied)
        self._show()

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


def _code(point: Point, value: str) -> int:
    return next((choice.code for choice in point.choices if choice.id == value), 0)
