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
from drivers.can.decoder import Decoder
from drivers.can.frames import CanFrame, parse_frame
from drivers.can.mapping import Mapping as Layout
from drivers.can.mapping import lay
from drivers.sim.quantities import Quantity
from drivers.sim.states import state_word
from drivers.sim.wallbox import STATE, Wallbox

NEVER_AGAIN_S = float("inf")  # an event is told when it happens
ONCE_S = 30.0  # what a real device says once a power-up is said again after this time, for who joins later
CHARGED_CELL_V = 3.6  # up to which a cell is charged: 53.2 V are 15 of them, 460 V are 128
Raws = dict[str, int | float]


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
        self._cells = self._count_cells()
        self._alive = 0
        self.wallbox = Wallbox(self, self.rules, self.rules.command) if self.rules.command is not None else None

    @property
    def has_battery(self) -> bool:
        """Whether it knows a battery."""
        return any(role.startswith("battery.") for role in self.profile.roles)

    def refresh(self, known: Mapping[str, Quantity], local: datetime) -> None:
        """Take what the model knows, by role and in inner units."""
        del local  # nothing here tells the time
        state = str(known.get(STATE, ""))
        known = {**known, **self._own_battery(known)}
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

    def raw(self, name: str) -> float:
        """The raw number that a point says now; 0 when it has none, or is spread over several signals."""
        place = self.points.get(name)
        if place is None:
            return 0.0
        signal, *others = place.signals
        owner = place.point.path.partition(".")[0] if not others else ""
        pages = (raws for (message, _), raws in self._pages.items() if message == owner)
        return next((raws[signal.name] for raws in pages if signal.name in raws), 0.0)

    def frames(self, now: float) -> list[CanFrame]:
        """What is due on the bus now."""
        if self.mute:
            return []
        if self.wallbox is not None and not self.wallbox.tick(now):
            return []  # it is being restarted
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
            if ONCE_S <= self._every(page[0]) < NEVER_AGAIN_S:
                self._due[page] = 0.0

    def say(self, name: str) -> None:
        """Send the message of a point with the next frames."""
        place = self.points.get(name)
        message = place.point.path.partition(".")[0] if place is not None else ""
        for page in self._due:
            if page[0] == message:
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

    def _own_battery(self, known: Mapping[str, Quantity]) -> dict[str, Quantity]:
        """The model's battery, were it one of this kind: as many cells as this one has, and the same power."""
        cell, power = known.get("battery.cell.voltage"), known.get("battery.power")
        if not self._cells or not isinstance(cell, float) or not isinstance(power, float):
            return {}
        voltage = cell * self._cells
        return {"battery.voltage": voltage, "battery.current": power / voltage}

    def _count_cells(self) -> int:
        """Cells in series, by the charge voltage limit of the golden case; 0 for what is no battery."""
        names = self.profile.roles.get("battery.limit.charge.voltage", ())
        place = self.points.get(names[0]) if names else None
        return round(self.raw(names[0]) * place.point.scales[0] / CHARGED_CELL_V) if place is not None else 0

    def _every(self, message: str) -> float:
        event = self.points.get(self.rules.order_proof.get("event", ""))
        if event is not None and event.point.path.partition(".")[0] == message:
            return NEVER_AGAIN_S
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


def _code(point: Point, value: str) -> int:
    return next((choice.code for choice in point.choices if choice.id == value), 0)
