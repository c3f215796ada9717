"""Which requests read these points best; pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from core.points import Point
from core.profile import BlockRules


@dataclass(frozen=True, slots=True)
class Block:
    """One request: ``count`` registers from ``address`` on, and the points that it brings."""

    function: int
    address: int
    count: int
    points: tuple[Point, ...]

    @property
    def end(self) -> int:
        """The address after the last register."""
        return self.address + self.count


def plan(points: Iterable[Point], rules: BlockRules) -> list[Block]:
    """Cover the readable points with as few requests as the rules allow, in the order of their addresses.

    A point is never torn between two requests, even when it is longer than ``most_registers``.
    """
    readable = [point for point in points if point.readable and point.function is not None]
    readable.sort(key=lambda point: (point.function, min(point.at), max(point.at)))
    blocks: list[Block] = []
    for point in readable:
        start, end = min(point.at), max(point.at) + 1
        last = blocks[-1] if blocks else None
        if last is not None and last.function == point.function and _fits(last.address, last.end, start, end, rules):
            blocks[-1] = replace(last, count=max(end, last.end) - last.address, points=(*last.points, point))
        else:
            blocks.append(Block(point.function or 0, start, end - start, (point,)))
    return blocks


def together(blocks: Sequence[Block], rules: BlockRules) -> list[list[Block]]:
    """Which of these blocks, due at the same moment, one request may read; each list in the order of addresses."""
    found: list[list[Block]] = []
    end = 0
    for block in sorted(blocks, key=lambda block: (block.function, block.address, block.end)):
        if (
            found
            and (first := found[-1][0]).function == block.function
            and _fits(first.address, end, block.address, block.end, rules)
        ):
            found[-1].append(block)
            end = max(end, block.end)
        else:
            found.append([block])
            end = block.end
    return found


def _fits(low: int, high: int, start: int, end: int, rules: BlockRules) -> bool:
    """Whether a request for ``low … high - 1`` may go on to ``end - 1`` for what begins at ``start``."""
    most = max(high, end)
    return is_allowed(low, most, rules) and (start <= high or _may_skip(high, start, rules))


def is_allowed(start: int, end: int, rules: BlockRules) -> bool:
    """Whether one request may cover ``start … end - 1`` by its length and the boundaries within."""
    return end - start <= rules.most_registers and not any(start < edge < end for edge in rules.boundaries)


def _may_skip(end: int, start: int, rules: BlockRules) -> bool:
    """Whether the hole ``end … start - 1`` may be read through."""
    return start - end <= rules.widest_gap and any(low <= end and start - 1 <= high for low, high in rules.gaps)


def split(block: Block) -> list[Block]:
    """Halve a block that the device refused; an empty list when only one register address is left to blame."""
    starts = sorted({min(point.at) for point in block.points})
    if len(starts) < 2:
        return []
    middle = starts[len(starts) // 2]
    halves = (
        [point for point in block.points if min(point.at) < middle],
        [point for point in block.points if min(point.at) >= middle],
    )
    return [_around(block.function, half) for half in halves]


def _around(function: int, points: Sequence[Point]) -> Block:
    start = min(min(point.at) for point in points)
    end = max(max(point.at) for point in points) + 1
    return Block(function, start, end - start, tuple(points))
