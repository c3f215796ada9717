"""The registers of one simulated device: any profile, filled by role, answering as strictly as the device would."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from core.decode import Context, decode, encode
from core.errors import DecodeError
from core.layout import points_of, settled_points
from core.points import Access, Kind, Point, Quality, Value
from core.profile import Options, Profile
from drivers.sim.chain import lay_out, span
from drivers.sim.quantities import Quantity
from drivers.sim.resting import clock_text, resting_words
from drivers.sim.states import state_word

ILLEGAL_FUNCTION, ILLEGAL_ADDRESS, ILLEGAL_VALUE, DEVICE_FAILURE = 1, 2, 3, 4

# Which registers a function touches: coils, discrete inputs, holding registers, input registers.
_SPACE = {1: 1, 5: 1, 15: 1, 2: 2, 3: 3, 6: 3, 16: 3, 4: 4}


class Refusal(Exception):
    """The device says no, with a Modbus exception code."""

    def __init__(self, code: int) -> None:
        super().__init__(f"exception {code}")
        self.code = code


class Bank:
    """Registers of one device. ``on_write(role, value)`` hears what is written to a point that the model drives, and
    tells whether it obeys; otherwise the register simply keeps what it was told.

    Every method belongs to the server's thread once it runs.
    """

    def __init__(
        self,
        profile: Profile,
        device: str,
        options: Options | None = None,
        on_write: Callable[[str, Value], bool] | None = None,
    ) -> None:
        self.profile, self.device = profile, device
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
            space = self._spaces.setdefault(_space(point), {})
            space.update(dict.fromkeys(point.at, 0))
        self._rest(points, fixed)
        self._roles = self._targets()
        self._clocks = [point for point in points if point.kind is Kind.TIME and "clock" in point.type]
        self._kept: set[str] = set()  # points that were written: they keep what they were told

    def refresh(self, known: Mapping[str, Quantity], local: datetime) -> None:
        """Bring the registers up to date with the model: ``known`` by role, clocks from ``local``."""
        for point, role in self._roles:
            if point.id not in self._kept and (quantity := known.get(role)) is not None:
                self._put(point, state_word(quantity, point) if isinstance(quantity, str) else quantity)
        for point in self._clocks:
            if point.id not in self._kept:
                self._put(point, clock_text(point, local))

    def read(self, function: int, address: int, count: int) -> list[int]:
        """Return registers (or coils, 0 and 1); raise Refusal as the device would."""
        space = self._spaces.get(function)
        if space is None:
            raise Refusal(ILLEGAL_FUNCTION)
        rules = self.profile.blocks
        if count > rules.most_registers and function in (3, 4):
            raise Refusal(ILLEGAL_ADDRESS)
        if any(address < edge < address + count for edge in rules.boundaries):
            raise Refusal(ILLEGAL_ADDRESS)
        return [self._one(space, at) for at in range(address, address + count)]

    def write(self, function: int, address: int, words: Sequence[int]) -> None:
        """Take registers; raise Refusal where the map does not allow it, and then change nothing."""
        touched = [point for point in self.points.values() if point.write == function]
        if not touched:
            raise Refusal(ILLEGAL_FUNCTION)
        news = dict(zip(range(address, address + len(words)), words, strict=True))
        hit = [point for point in touched if not news.keys().isdisjoint(point.at)]
        if news.keys() - {at for point in hit for at in point.at}:
            raise Refusal(ILLEGAL_ADDRESS)
        values: dict[str, Value] = {}
        for point in hit:
            space = self._spaces[_space(point)]
            try:
                decoded = decode(point, [news.get(at, space[at]) for at in point.at], self.context)
            except DecodeError as err:
                raise Refusal(ILLEGAL_VALUE) from err
            if decoded.quality is not Quality.GOOD:
                raise Refusal(ILLEGAL_VALUE)
            values[point.id] = decoded.value
        for point in hit:
            self._spaces[_space(point)].update({at: news[at] for at in point.at if at in news})
            self._told(point, values[point.id])

    def value(self, point_id: str) -> Value:
        """Return what a reader would decode now; None where nothing good stands."""
        return decode(self.points[point_id], self.words(point_id), self.context).value

    def words(self, point_id: str) -> tuple[int, ...]:
        """Return the registers of a point as they stand."""
        point = self.points[point_id]
        space = self._spaces[_space(point)]
        return tuple(space[at] for at in point.at)

    @property
    def has_battery(self) -> bool:
        """Whether the device knows a battery: a hybrid inverter, or one that only makes solar power."""
        return any(role.startswith("battery.") for _, role in self._roles)

    def roles(self) -> dict[str, str]:
        """Return the role that fills each point, by point id."""
        return {point.id: role for point, role in self._roles}

    def _told(self, point: Point, value: Value) -> None:
        self.context.values[point.id] = value
        role = next((role for target, role in self._roles if target.id == point.id), "")
        obeyed = bool(role) and self._on_write is not None and self._on_write(role, value)
        if not obeyed:
            self._kept.add(point.id)

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
        for name, words in resting_words(self.profile, points, self.device, self.context).items():
            point = self.points[name]
            self._spaces[_space(point)].update(zip(point.at, words, strict=True))
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
        self._spaces[_space(point)].update(zip(point.at, words, strict=True))
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


def _space(point: Point) -> int:
    if point.function is not None:
        return _SPACE.get(point.function, point.function)
    return _SPACE.get(point.write or 3, point.write or 3) if point.access is not Access.READ else 3
