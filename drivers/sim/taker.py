"""The registers of a simulated device as they are changed from outside: kept, committed after a while, put back."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from core.parameters import WriteBlock
from core.points import Point
from drivers.sim.judge import Change, Judge, Register, space_of
from drivers.sim.later import Later
from drivers.sim.refusal import BUSY, Refusal

DONE = 0


@dataclass(slots=True)
class Pace:
    """How long a commit register says that it is busy: seconds, and reads of it; whichever takes longer."""

    busy_s: float = 0.5
    busy_reads: int = 0


@dataclass(slots=True)
class Commit:
    """A block that the device is taking. ``change`` None: nothing was written before its commit register."""

    block: WriteBlock
    change: Change | None
    until: float
    reads: int
    result: int
    revert_s: float | None


class Taker:
    """``spaces`` are the device's registers; ``obeys`` tells the model of a point and hears whether it drives it.

    ``kept`` are the registers that hold what they were told, and which the model leaves alone. Everything here belongs
    to the thread of the registers.
    """

    def __init__(
        self, spaces: dict[int, dict[int, int]], judge: Judge, obeys: Callable[[Point], bool], later: Later
    ) -> None:
        self._spaces, self._judge, self._obeys, self._later = spaces, judge, obeys, later
        self.pace = Pace()
        self.kept: set[Register] = set()
        self._staged: dict[str, Change] = {}
        self._commits: dict[str, Commit] = {}
        self._origins: dict[Register, tuple[int, bool]] = {}  # word, and whether it was kept
        for block in judge.blocks:
            for space, at in judge.registers(block):
                spaces.setdefault(space, {}).setdefault(at, 0)

    def check(self, change: Change) -> None:
        """Raise Refusal while the device is still taking what was written to this block before."""
        if change.block is not None and change.block.id in self._commits:
            raise Refusal(BUSY)

    def take(self, change: Change, *, revert_s: float | None = None, result: int = DONE) -> None:
        """Take it, or begin to; ``revert_s`` later all is as before. ``result`` is what a commit register ends in:
        with anything but 0 the device has taken nothing.
        """
        block = change.block
        if block is None or block.commit is None:
            self._put(change.words, change.points, revert_s)
        elif not change.commits:
            self._staged[block.id] = change
        else:
            wanted = self._staged.pop(block.id, None) if block.commit not in _span(block) else change
            until = self._later.ticks() + self.pace.busy_s
            self._commits[block.id] = Commit(block, wanted, until, self.pace.busy_reads, result, revert_s)
            self._say(block, block.busy[0])

    def give(self, point: Point, words: Sequence[int]) -> None:
        """Somebody else has changed a point."""
        space = space_of(point)
        self._put({(space, at): word for at, word in zip(point.at, words, strict=True)}, (point,), None)

    def settle(self) -> None:
        """Go on to now."""
        self._later.settle()
        now = self._later.ticks()
        for name, commit in list(self._commits.items()):
            if now < commit.until or commit.reads > 0:
                continue
            del self._commits[name]
            if commit.result == DONE and commit.change is not None:
                self._put(commit.change.words, commit.change.points, commit.revert_s)
            self._say(commit.block, commit.result)

    def was_read(self, space: int, address: int, count: int) -> None:
        """Registers have been read: one read less of those for which a commit register says that it is busy."""
        for commit in self._commits.values():
            where, at = self._judge.commit(commit.block)
            if where == space and address <= at < address + count:
                commit.reads -= 1

    def _put(self, words: Mapping[Register, int], points: Collection[Point], revert_s: float | None) -> None:
        if revert_s is not None:
            self._revert_later(words.keys(), points, revert_s)
        self._write(words, points)

    def _revert_later(self, registers: Collection[Register], points: Collection[Point], seconds: float) -> None:
        """Have everything as it was before the first write that is still to be reverted."""
        for space, at in registers:
            held = self._spaces[space].get(at, 0), (space, at) in self.kept
            self._origins.setdefault((space, at), held)
        before = {register: self._origins[register] for register in registers}

        def put_back() -> None:
            self._write({register: word for register, (word, _) in before.items()}, points)
            self.kept -= {register for register, (_, kept) in before.items() if not kept}
            for register in before:
                self._origins.pop(register, None)

        self._later.after(seconds, put_back)

    def _write(self, words: Mapping[Register, int], points: Collection[Point]) -> None:
        for (space, at), word in words.items():
            self._spaces[space][at] = word
        self.kept |= words.keys()
        for point in points:
            if self._obeys(point):
                self.kept -= {(space_of(point), at) for at in point.at}

    def _say(self, block: WriteBlock, word: int) -> None:
        space, at = self._judge.commit(block)
        self._spaces[space][at] = word


def _span(block: WriteBlock) -> range:
    return range(block.first, block.last + 1)
