"""Agenda: the rows of one device. Splits a block that was refused until the dead registers are known, and mends it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from core.plan import Block, plan, split
from core.points import Point
from core.profile import BlockRules, Group
from drivers.modbus.rows import Row

NEVER = float("inf")


class Agenda:
    """Rows that are read, rows whose registers are dead, and which comes next."""

    def __init__(self, rows: Sequence[Row], groups: Mapping[str, Group], rules: BlockRules) -> None:
        self.rows = list(rows)
        self._groups, self._rules = groups, rules
        self._buried: list[Row] = []

    def next(self, now: float) -> Row | None:
        """The most urgent row that is due."""
        due = [row for row in self.rows if row.due is not None and row.due <= now]
        return min(due, key=lambda row: row.rank, default=None)

    def due_at(self) -> float:
        """When the next row is due; infinity for never."""
        return min((row.due for row in self.rows if row.due is not None), default=NEVER)

    @property
    def dead(self) -> tuple[Point, ...]:
        """Points whose register the device refuses."""
        return tuple(point for row in self._buried for point in row.block.points)

    @property
    def asking(self) -> bool:
        """Whether something that was asked for is still to be read and has not been tried twice in vain."""
        return any(row.asked and row.misses < 2 for row in self.rows)

    def ask(self, group: str | None, now: float) -> None:
        """Make a group (None: all) due before everything else."""
        self._dig_up(group, now)
        for row in self.rows:
            if group in (None, row.group):
                row.asked, row.due = True, now

    def renew(self, now: float) -> None:
        """Make due what is read once, and try dead registers again."""
        self._dig_up(None, now)
        for row in self.rows:
            if row.due is None and (row.first or self._groups[row.group].once):
                row.due = now

    def forgive(self, now: float) -> None:
        """Forget past silences: the device or the line is back."""
        for row in self.rows:
            if row.misses:
                row.misses, row.due = 0, now

    def vouch(self, suspect: Row, at: float) -> None:
        """Make another block due, one that has been answered before: is it the device that is silent, or a block?"""
        others = [row for row in self.rows if row is not suspect and row.answers and not row.misses]
        witness = max(others, key=lambda row: row.answers[-1], default=None)
        if witness is not None and (witness.due is None or witness.due > at):
            witness.due = at

    def refuse(self, row: Row, due: float) -> tuple[Point, ...]:
        """Halve a refused block; what is refused twice in the smallest block is dead: return those points.

        ``due`` is when the next try may be.
        """
        if parts := split(row.block):
            self.rows.remove(row)
            self.rows += row.parts(parts, due)
            return ()
        row.refusals += 1
        if row.refusals < 2:  # once more: the refusal may have been meant for another request
            row.due = due
            return ()
        self.rows.remove(row)
        self._buried.append(row)
        self.mend(row)
        return row.block.points

    def mend(self, row: Row) -> None:
        """Once every part of a refused block is known to live or to be dead, read the living in few requests."""
        root = row.root
        if root is None:
            return
        parts = [part for part in self.rows if part.root is root]
        if any(not part.settled for part in parts):
            return
        for part in parts:
            part.root = None
        blocks = [] if _has_holes(root) else _merged(root, self.dead, self._rules)
        if not 0 < len(blocks) < len(parts):
            return
        dues = [part.due for part in parts if part.due is not None]
        self.rows = [other for other in self.rows if other not in parts]
        for whole in parts[0].parts(blocks, 0.0):
            whole.root, whole.settled, whole.due = None, True, min(dues, default=None)
            whole.asked = any(part.asked for part in parts)
            self.rows.append(whole)

    def _dig_up(self, group: str | None, now: float) -> None:
        for row in [row for row in self._buried if group in (None, row.group)]:
            self._buried.remove(row)
            row.refusals, row.failures, row.root, row.due = 1, 0, None, now  # one more refusal buries it again
            self.rows.append(row)


def _merged(root: Block, dead: Collection[Point], rules: BlockRules) -> list[Block]:
    """What is left of a refused block, in as few requests as can be without touching a dead register."""
    edges = {edge for point in dead for edge in (min(point.at), max(point.at) + 1)}
    lost = {point.id for point in dead}
    alive = [point for point in root.points if point.id not in lost]
    return plan(alive, replace(rules, boundaries=(*rules.boundaries, *edges)))


def _has_holes(block: Block) -> bool:
    """Whether it reads registers that no point wants; perhaps one of those was refused."""
    return len({at for point in block.points for at in point.at}) < block.count
