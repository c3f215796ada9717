"""The registers of one simulated device: any profile, filled by role, answering as strictly as the device would."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from time import monotonic

from core.decode import Context, decode
from core.encode import encode
from core.errors import DecodeError
from core.layout import points_of, settled_points
from core.parameters import Parameters
from core.points import Kind, Point, Value
from core.profile import Options, Profile
from drivers.sim.chain import lay_out, span
from drivers.sim.judge import Change, Judge, Register, space_of
from drivers.sim.later import Later, Ticks
from drivers.sim.quantities import Quantity
from drivers.sim.refusal import ILLEGAL_ADDRESS, ILLEGAL_FUNCTION, Refusal
from drivers.sim.resting import clock_text, resting_words
from drivers.sim.states import state_word
from drivers.sim.taker import DONE, Pace, Taker


class Bank:
    """Registers of one device. ``on_write(role, value)`` hears what is written to a point that the model drives, and
    tells whether it obeys; otherwise the register simply keeps what it was told.

    ``parameters`` take the place of the profile's: what may be set, in which range, and in which blocks. ``ticks`` are
    the seconds by which commits end and writes are reverted; ``restart_s`` is how long a restart takes. Every method
    but ``poke`` belongs to the server's thread once it runs.
    """

    restart_s = 4.0

    def __init__(
        self,
        profile: Profile,
        device: str,
        options: Options | None = None,
        on_write: Callable[[str, Value], bool] | None = None,
        *,
        parameters: Parameters | None = None,
        ticks: Ticks = monotonic,
    ) -> None:
        self.profile, self.device = profile, device
        self.parameters = profile.parameters if parameters is None else parameters
        self._on_write = on_write
        chosen = profile.options_with(options or {})
        self.context = Context(rules=profile.rules, options=chosen)
        self._spaces: dict[int, dict[int, int]] = {}
        fixed: dict[int, int] = {}
        if profile.layout == "sunspec":
            fixed = lay_out(profile)
            self._spaces[3] = {at: fixed.get(at, 0) for at in span(fixed)}
            points = settled_points(profile, chosen, self._raw)
        else:
            points = points_of(profile, chosen)
        self.points = {point.id: point for point in points}
        for point in points:
            space = self._spaces.setdefault(space_of(point), {})
            space.update(dict.fromkeys(point.at, 0))
        self._judge = Judge(points, self.parameters, profile.blocks)
        self._later = Later(ticks)
        self._taker = Taker(self._spaces, self._judge, self._obeys, self._later)
        self._rest(points, fixed)
        self._roles = self._targets()
        self._clocks = [point for point in points if point.kind is Kind.TIME and "clock" in point.type]

    @property
    def pace(self) -> Pace:
        """How long a commit register says that it is busy; may be changed."""
        return self._taker.pace

    def refresh(self, known: Mapping[str, Quantity], local: datetime) -> None:
        """Bring the registers up to date with the model: ``known`` by role, clocks from ``local``."""
        self._taker.settle()
        for point, role in self._roles:
            if (quantity := known.get(role)) is not None and not self._keeps(point):
                self._put(point, _told(role, quantity, point))
        for point in self._clocks:
            if not self._keeps(point):
                self._put(point, clock_text(point, local))

    def read(self, function: int, address: int, count: int) -> list[int]:
        """Return registers (or coils, 0 and 1); raise Refusal as the device would."""
        self._taker.settle()
        space = self._spaces.get(function)
        if space is None:
            raise Refusal(ILLEGAL_FUNCTION)
        rules = self.profile.blocks
        if count > rules.most_registers and function in (3, 4):
            raise Refusal(ILLEGAL_ADDRESS)
        if any(address < edge < address + count for edge in rules.boundaries):
            raise Refusal(ILLEGAL_ADDRESS)
        words = [self._one(space, at) for at in range(address, address + count)]
        self._taker.was_read(function, address, count)
        return words

    def write(self, function: int, address: int, words: Sequence[int]) -> bool:
        """Take registers, and tell whether the device restarts because of it; raise Refusal where it does not take
        them, and then change nothing.
        """
        return self.take(self.judge(function, address, words))

    def judge(self, function: int, address: int, words: Sequence[int]) -> Change:
        """Return what this write would change; raise Refusal as the device would."""
        self._taker.settle()
        change = self._judge.judge(function, address, words, self._held, self.context)
        self._taker.check(change)
        return change

    def take(self, change: Change, *, revert_s: float | None = None, result: int = DONE) -> bool:
        """Take what has been judged, and tell whether the device restarts; see ``Taker.take``."""
        self._taker.take(change, revert_s=revert_s, result=result)
        return change.restarts

    def poke(self, point_id: str, value: Value) -> None:
        """Have a point changed by somebody else: a cloud, the device's own screen, a second master. Any thread.

        ``value`` is in the point's inner unit. Raises DecodeError when there is no such point or it cannot say that.
        """
        point = self.points.get(point_id)
        if point is None:
            raise DecodeError(f"{self.device} has no point {point_id!r}")
        try:
            words = encode(point, value, self.context)
        except (ValueError, OverflowError) as err:
            raise DecodeError(f"{point_id} cannot be {value!r}") from err
        self._later.soon(lambda: self._taker.give(point, words))

    def value(self, point_id: str) -> Value:
        """Return what a reader would decode now; None where nothing good stands."""
        return decode(self.points[point_id], self.words(point_id), self.context).value

    def words(self, point_id: str) -> tuple[int, ...]:
        """Return the registers of a point as they stand."""
        point = self.points[point_id]
        space = self._spaces[space_of(point)]
        return tuple(space[at] for at in point.at)

    @property
    def has_battery(self) -> bool:
        """Whether the device knows a battery: a hybrid inverter, or one that only makes solar power."""
        return any(role.startswith("battery.") for _, role in self._roles)

    def roles(self) -> dict[str, str]:
        """Return the role that fills each point, by point id."""
        return {point.id: role for point, role in self._roles}

    def _obeys(self, point: Point) -> bool:
        """Tell the model what a point has become; whether it drives that point from now on."""
        try:
            value = decode(point, self.words(point.id), self.context).value
        except (DecodeError, ArithmeticError, ValueError):
            value = None
        self.context.values[point.id] = value
        role = next((role for target, role in self._roles if target.id == point.id), "")
        return bool(role) and value is not None and self._on_write is not None and self._on_write(role, value)

    def _held(self, register: Register) -> int:
        return self._spaces.get(register[0], {}).get(register[1], 0)

    def _keeps(self, point: Point) -> bool:
        """Whether a register of it holds what it was told."""
        kept, space = self._taker.kept, space_of(point)
        return bool(kept) and any((space, at) in kept for at in point.at)

    def _one(self, space: dict[int, int], at: int) -> int:
        if (word := space.get(at)) is not None:
            return word
        gaps = self.profile.blocks.gaps if self.profile.layout != "sunspec" else ()  # a chain has no holes
        if at <= 0xFFFF and any(low <= at <= high for low, high in gaps):
            return 0
        raise Refusal(ILLEGAL_ADDRESS)

    def _raw(self, function: int, address: int, count: int) -> list[int]:
        return [self._spaces[function].get(at, 0) for at in range(address, address + count)]

    def _rest(self, points: tuple[Point, ...], fixed: Mapping[int, int]) -> None:
        for name, words in resting_words(self.profile, points, self.device, self.context, self.parameters).items():
            point = self.points[name]
            self._spaces[space_of(point)].update(zip(point.at, words, strict=True))
        if fixed:
            self._spaces[3].update(fixed)

    def _targets(self) -> list[tuple[Point, str]]:
        """Points that the model fills, least wanted first: where two share registers, the role's first choice wins."""
        return [
            (point, role)
            for role, names in self.profile.roles.items()
            for name in reversed(names)
            if (point := self.points.get(name)) is not None
        ]

    def _put(self, point: Point, value: Value) -> None:
        words = self._words(point, value)
        if words is None:
            return
        self._spaces[space_of(point)].update(zip(point.at, words, strict=True))
        self.context.values[point.id] = value
        for fix in point.fix:
            if fix.startswith("sign:") and isinstance(value, float):
                self._put_sign(fix[5:], value < 0.0)

    def _words(self, point: Point, value: Value) -> tuple[int, ...] | None:
        """The registers for ``value``, brought into the point's range; None where it has no way to say it.

        A zero below the range (the frequency of a dead grid) is "not available" where the device can say so.
        """
        if value == 0.0 and point.low is not None and point.low > 0.0:
            return encode(point, None if point.absent else 0.0, self.context)
        if isinstance(value, float):
            low = point.low if point.low is not None else value
            value = max(low, value if point.high is None else min(value, point.high))
        for choice in (value, 0.0) if isinstance(value, float) else (value,):
            try:
                return encode(point, choice, self.context)
            except (DecodeError, ValueError, OverflowError):
                continue
        return None

    def _put_sign(self, name: str, negative: bool) -> None:
        point = self.points[name]
        if point.choices:
            self._put(replace(point, choices=()), float(negative))
        else:
            self._put(point, float(negative))


def _told(role: str, quantity: Quantity, point: Point) -> str | float:
    """A quantity as the device tells it: a current without its direction where it has no word for that."""
    if isinstance(quantity, str):
        return state_word(quantity, point)
    unsigned = point.low is not None and point.low >= 0.0
    return abs(quantity) if unsigned and ".current" in role else quantity
