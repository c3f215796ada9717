"""Whether a simulated device takes what is written to it: by its map, its ranges, and its blocks. Changes nothing.

Source of the codes: MODBUS Application Protocol Specification V1.1b3, chapter 6: 1 a function that the device does not
have, 2 a register that it does not have there, 3 a value that it does not take, 6 busy with an earlier order.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from core.decode import Context, decode
from core.errors import DecodeError
from core.parameters import Danger, Parameters, WriteBlock
from core.points import Access, Point, Quality, Value
from core.profile import BlockRules
from drivers.sim.refusal import ILLEGAL_ADDRESS, ILLEGAL_FUNCTION, ILLEGAL_VALUE, Refusal

Register = tuple[int, int]
"""Space and address: see ``space_of``."""
Held = Callable[[Register], int]
"""The word that a register holds now."""

# Which registers a function touches: coils, discrete inputs, holding registers, input registers.
_SPACE = {1: 1, 5: 1, 15: 1, 2: 2, 3: 3, 6: 3, 16: 3, 4: 4}


def space_of(point: Point) -> int:
    """Where a point lies; what is written with 6 or 16 lies where it is read, be that among the input registers."""
    if point.function is not None:
        return space_of_function(point.function)
    return space_of_function(point.write or 3) if point.access is not Access.READ else 3


def space_of_function(function: int) -> int:
    """The registers that a function touches; a maker's own has registers of its own."""
    return _SPACE.get(function, function)


@dataclass(frozen=True, slots=True)
class Change:
    """What a request asks for, once the device takes it.

    ``words`` are the registers as they are to be, ``points`` those that lie in them, ``moved`` the values of the points
    that become something else, orders among them, which no register keeps. ``block`` is the block that is written;
    ``commits``: its commit register is set off. ``restarts``: the device restarts at once.
    """

    words: Mapping[Register, int]
    points: tuple[Point, ...] = ()
    moved: Mapping[str, Value] = field(default_factory=dict[str, Value])
    block: WriteBlock | None = None
    commits: bool = False
    restarts: bool = False


class Judge:
    """The rules of one device: its points with the ranges and choices of its parameters, and its blocks."""

    def __init__(self, points: Collection[Point], parameters: Parameters, rules: BlockRules) -> None:
        self._writable = [point for point in points if point.write is not None]
        self._parameters = {entry.id: entry for entry in parameters.entries}
        self._boundaries = rules.boundaries
        self.blocks = tuple(parameters.blocks.values())
        self._space = {block.id: _space_of_block(block, points) for block in self.blocks}
        self._fixed = {block.id: self._own(block, points) for block in self.blocks}

    def registers(self, block: WriteBlock) -> list[Register]:
        """Every register of a block, its commit register too."""
        return [(self._space[block.id], at) for at in sorted(_reach(block))]

    def commit(self, block: WriteBlock) -> Register:
        """The register that tells what came of a block that has one."""
        return self._space[block.id], -1 if block.commit is None else block.commit

    def judge(self, function: int, address: int, words: Sequence[int], held: Held, context: Context) -> Change:
        """Return what the request would do; raise Refusal where the device says no."""
        points = [point for point in self._writable if point.write == function]
        blocks = [block for block in self.blocks if block.function == function]
        if not points and not blocks:
            raise Refusal(ILLEGAL_FUNCTION)
        news = dict(zip(range(address, address + len(words)), words, strict=True))
        if function == 16 and any(address < edge < address + len(words) for edge in self._boundaries):
            raise Refusal(ILLEGAL_ADDRESS)
        block = next((block for block in blocks if news.keys() & _reach(block)), None)
        hit = [point for point in points if not news.keys().isdisjoint(point.at)]
        known = {at for point in hit for at in point.at}
        if news.keys() - known - (_reach(block) if block else set[int]()):
            raise Refusal(ILLEGAL_ADDRESS)
        if block is not None:
            _check_whole(block, news)
            hit = [point for point in hit if block.commit not in point.at]
        moved = {point.id: value for point in hit for value in self._moved(point, news, held, context)}
        orders = [point for point in hit if self._is_order(point)]
        return Change(
            self._taken(block, hit, orders, news),
            tuple(point for point in hit if point not in orders),
            moved,
            block,
            block is not None and block.commit in news,
            any(self._parameters[point.id].danger is Danger.RESTART for point in orders),
        )

    def _moved(self, point: Point, news: Mapping[int, int], held: Held, context: Context) -> list[Value]:
        """The value that the point becomes; nothing when it stays what it is, which is not judged again."""
        space = space_of(point)
        before = [held((space, at)) for at in point.at]
        words = [news.get(at, word) for at, word in zip(point.at, before, strict=True)]
        if words == before and not self._is_order(point):
            return []
        if point.write == 16 and _in_a_row(point) and not news.keys() >= set(point.at):
            raise Refusal(ILLEGAL_VALUE)  # half a number
        try:
            decoded = decode(point, words, context)
        except (DecodeError, ArithmeticError, ValueError) as err:
            raise Refusal(ILLEGAL_VALUE) from err
        if decoded.quality is not Quality.GOOD or not self._allowed(point, decoded.value):
            raise Refusal(ILLEGAL_VALUE)
        return [decoded.value]

    def _allowed(self, point: Point, value: Value) -> bool:
        """Whether it lies in the range, or among the choices, that may be set."""
        entry = self._parameters.get(point.id)
        if entry is None:
            return True
        if isinstance(value, float):
            return (entry.low is None or value >= entry.low) and (entry.high is None or value <= entry.high)
        names = value if isinstance(value, tuple) else (value,)
        return not entry.choices or all(name in entry.choices for name in names)

    def _taken(
        self, block: WriteBlock | None, hit: Sequence[Point], orders: Sequence[Point], news: Mapping[int, int]
    ) -> dict[Register, int]:
        """The words that are kept: not those of orders, nor what the device itself says in a block."""
        if block is not None:
            space, not_kept = self._space[block.id], self._fixed[block.id] | {block.commit}
            return {(space, at): word for at, word in news.items() if at not in not_kept}
        kept = (point for point in hit if point not in orders)
        return {(space_of(point), at): news[at] for point in kept for at in point.at if at in news}

    def _is_order(self, point: Point) -> bool:
        entry = self._parameters.get(point.id)
        return entry is not None and entry.command

    def _own(self, block: WriteBlock, points: Collection[Point]) -> set[int]:
        """The registers of a block that the device alone fills."""
        space = self._space[block.id]
        there = [point for point in points if space_of(point) == space]
        ours = {at for point in there if point.write == block.function for at in point.at}
        return {at for point in there for at in point.at} - ours


def _check_whole(block: WriteBlock, news: Mapping[int, int]) -> None:
    """A block is written whole, with its companions; a commit register outside of it on its own, afterwards."""
    span, asked = set(range(block.first, block.last + 1)), set(news)
    if asked != span and (block.commit in span or asked != {block.commit}):
        raise Refusal(ILLEGAL_VALUE)
    if any(news[at] != word for at, word in block.companions.items() if at in news):
        raise Refusal(ILLEGAL_VALUE)


def _reach(block: WriteBlock) -> set[int]:
    """The addresses of a block, and that of its commit register."""
    return {*range(block.first, block.last + 1), *(() if block.commit is None else (block.commit,))}


def _space_of_block(block: WriteBlock, points: Collection[Point]) -> int:
    lying = (point for point in points if point.write == block.function and not _reach(block).isdisjoint(point.at))
    first = next(lying, None)
    return space_of_function(block.function) if first is None else space_of(first)


def _in_a_row(point: Point) -> bool:
    """Whether its registers lie one after the other, so that one request can hold them."""
    return point.at == tuple(range(point.at[0], point.at[0] + point.count))
