"""Agenda: the rows of one device. Splits a block that was refused until the dead registers are known, and mends it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace

from core.plan import Block, plan, split
from core.points import Point
from core.profile import BlockRules, Group
from drivers.modbus.rows import MOST_UNTOLD, UNTOLD_SPARED_S, Question, Row, questions

NEVER, UNKNOWN = float("inf"), float("-inf")
RETRY_S = (60.0, 120.0, 240.0, 480.0, 600.0)  # a dead register among living ones is tried again after
PROBE_S = (2.0, 3.0, 5.0, 8.0, 13.0, 20.0, 30.0, 45.0, 60.0)  # one register of a device that refuses them all

EARLY = 0.25  # of its period: so far ahead a row is read along with one that is due
MOST_KNOWN = 64
MOST_IN_VAIN = 3
DOUBTFUL = 8  # answers before the line was found to repeat or swap them

HangOn = Callable[[Sequence[Point]], set[str]]
"""The ids of the points that must be known to decode these."""


class Agenda:
    """Rows that are read, rows whose registers are dead (they are tried again now and then), and which comes next."""

    def __init__(
        self,
        rows: Sequence[Row],
        groups: Mapping[str, Group],
        rules: BlockRules,
        hang_on: HangOn = lambda points: set(),
    ) -> None:
        self.rows = list(rows)
        self._planned = [_fresh(row) for row in rows]
        self._groups, self._rules, self._hang_on = groups, rules, hang_on
        self._buried: list[Row] = []
        self._broken: dict[int, bool] = {}  # refused blocks to be mended, by identity: may they be tried whole?
        self._probes, self._probe_at, self._renewed = 0, 0.0, float("-inf")
        self._heard = True  # a row was answered since the last refusal
        self._queue: deque[tuple[float, Question]] = deque()  # what is due with its rank, the most urgent first
        self._early = False  # a row of the turn under way has been read before it was due
        self._known: dict[tuple[tuple[Row, ...], ...], list[Question]] = {}  # what to ask for rows due together
        self._vain: dict[tuple[int, int, int], int] = {}  # requests for several rows that got no answer, how often
        self._queue_until = UNKNOWN  # when more will be due

    def next(self, now: float) -> tuple[float, Question] | None:
        """The most urgent request that is due, with its rank.

        While all is answered the order of those that are due stays as it is, and is looked for once in a turn.
        """
        if now >= self._queue_until:
            self._line_up(now)
        return self._queue[0] if self._queue else None

    def due_at(self) -> float:
        """When the next row is due; infinity for never."""
        if not self._queue and self._queue_until != UNKNOWN:
            return self._queue_until
        return min((row.due for row in self._candidates() if row.due is not None), default=NEVER)

    def _line_up(self, now: float) -> None:
        due: list[tuple[float, int, Row]] = []
        waiting: list[tuple[float, int, Row]] = []
        riders: list[Row] = []
        later = NEVER
        for number, row in enumerate(self._candidates()):
            if row.due is None:
                continue
            if row.due <= now:
                due.append((row.rank, number, row))
                continue
            later = min(later, row.due)
            if row.waits_since is not None and row.due <= now + UNTOLD_SPARED_S:
                waiting.append((row.rank, number, row))
                continue
            if row.every_s is not None and row.due - now <= EARLY * row.every_s:
                riders.append(row)
        if due:  # what waits for its turn on a line that keeps no order does not let others go first
            due += waiting
        due.sort()
        self._queue = deque(self._questions(due, tuple(riders)) if due else ())
        self._queue_until = UNKNOWN if self._buried else later  # with dead registers the look is taken each time

    def _questions(
        self, due: Sequence[tuple[float, int, Row]], riders: tuple[Row, ...]
    ) -> list[tuple[float, Question]]:
        """What to ask for the rows that are due. The same ones are so at the same moment time after time."""
        rows = tuple([row for _, _, row in due])
        known = self._known.get((rows, riders))
        if known is None:
            if len(self._known) >= MOST_KNOWN:
                self._known.clear()
            known = self._known[rows, riders] = questions(rows, riders, self._rules)
        rank_of = {row: rank for rank, _, row in due}
        return [(rank_of[question.rows[0]], question) for question in known]

    def _reorder(self) -> None:
        """Something else than an answer has happened: look anew for what is due, and for what goes together."""
        self._known.clear()
        self._look_again()

    def _look_again(self) -> None:
        self._queue_until = UNKNOWN
        self._queue.clear()

    def answered(self, question: Question, now: float) -> None:
        """Rows were read: say when they are due again. One that is dead, or a part, is to be mended, too."""
        self._heard = True
        first = bool(self._queue) and self._queue[0][1] is question
        for row in question.rows:
            if row.due is not None and row.due > now:
                self._early = True
            if not row.known or row.misses or row.failures:  # what goes together may change
                self._known.clear()
            row.answered(now)
            if row.due is not None and row.due < self._queue_until:
                self._queue_until = row.due
        if first:
            self._queue.popleft()
        else:
            self._reorder()
        if self._early and not self._queue:  # what was read before it was due is not due then
            self._early = False
            if self._queue_until != UNKNOWN:
                self._queue_until = min((row.due for row in self.rows if row.due is not None), default=NEVER)
        if self._vain:
            self._vain.pop(question.place, None)

    def part(self, question: Question, refused: bool) -> bool:
        """A request for several rows was refused, or is in vain for the third time in a row: ask for each by itself.

        Until the device is connected anew. Return whether it has come to that.
        """
        place = question.place
        self._vain[place] = self._vain.get(place, 0) + 1
        parted = refused or self._vain[place] >= MOST_IN_VAIN
        if parted:
            for row in question.rows:
                row.apart = True
        self._reorder()
        return parted

    def put_off(self, row: Row, now: float) -> None:
        """Leave a row to its next turn."""
        row.put_off(now)
        self._reorder()

    def missed(self, row: Row, now: float) -> None:
        """A row got no answer: wait longer each time."""
        row.missed(now)
        self._reorder()

    def not_told(self, row: Row, now: float) -> None:
        """A row was not asked for, since its answer could not have been told from others."""
        row.not_told(now)
        self._reorder()

    def at_once(self, row: Row, now: float) -> None:
        """Read a row again."""
        row.due = now
        self._reorder()

    def _candidates(self) -> list[Row]:
        """What may be read: of a device that refuses everything, one dead register at a time."""
        if not self._buried:
            return self.rows
        if not self.deserted:
            return [*self.rows, *self._buried]
        asked = [row for row in self._buried if row.asked]
        if not asked:
            probe = min(self._buried, key=lambda row: (row.every_s is None, row.retries, not row.answers))
            probe.due = self._probe_at
            asked = [probe]
        return [*self.rows, *asked]

    @property
    def deserted(self) -> bool:
        """Whether the device refuses all that is to be read in turn."""
        return any(row.every_s is not None for row in self._buried) and all(row.every_s is None for row in self.rows)

    @property
    def dead(self) -> tuple[Point, ...]:
        """Points whose register the device refuses."""
        return tuple(point for row in self._buried for point in row.block.points)

    @property
    def asking(self) -> bool:
        """Whether something that was asked for is still to be read and has not been tried twice in vain."""
        return any(row.asked and row.misses < 2 and row.untold < MOST_UNTOLD for row in (*self.rows, *self._buried))

    def ask(self, group: str | None, now: float) -> None:
        """Make a group (None: all) due before everything else, dead registers too."""
        for row in (*self.rows, *self._buried):
            if group in (None, row.group):
                if row.misses:
                    self._known.clear()
                row.asked, row.misses, row.due = True, 0, now
        self._look_again()

    def renew(self, now: float) -> None:
        """Make due what is read once and what others hang on, and try dead registers again."""
        self._probes, self._probe_at, self._renewed = 0, now, now
        self._vain.clear()
        for row in self._buried:
            row.retries, row.due = 0, now
        for row in self.rows:
            row.apart = False
            if row.first:
                row.known, row.due = False, now
            elif row.due is None and self._groups[row.group].once:
                row.due = now
        self._reorder()

    def doubt(self, now: float) -> None:
        """Read again the rows that were answered last."""
        last = sorted({row.answers[-1] for row in self.rows if row.answers})[-DOUBTFUL:]
        for row in self.rows:
            if row.answers and row.answers[-1] in last:
                row.known, row.due = False, now
        self._reorder()

    def too_early(self, row: Row) -> bool:
        """Whether others that it hangs on are still to be read."""
        points = {point.id for other in self.rows if other.first and not other.known for point in other.block.points}
        return not row.first and bool(points & self._hang_on(row.block.points))

    def again(self, late: Row, asked: bool, now: float) -> None:
        """Make due what was decoded without a row that came late: others hang on it."""
        points = {point.id for point in late.block.points}
        for row in self.rows:
            early = row is not late and row.answers and row.answers[-1] >= self._renewed
            if early and self._hang_on(row.block.points) & points:
                row.asked = row.asked or asked
                if asked or row.due is not None:
                    row.due = now
        self._reorder()

    def forgive(self, now: float) -> None:
        """Forget past silences: the device or the line is back."""
        for row in self.rows:
            if row.misses:
                row.misses, row.due = 0, now
        self._reorder()

    def vouch(self, suspect: Row, at: float) -> None:
        """Make another block due, one that has been answered before: is it the device that is silent, or a block?"""
        others = [row for row in self.rows if row is not suspect and row.answers and not row.misses]
        witness = max(others, key=lambda row: row.answers[-1], default=None)
        if witness is not None and (witness.due is None or witness.due > at):
            witness.due = at
        self._reorder()

    def refuse(self, row: Row, due: float) -> tuple[Point, ...]:
        """Halve a refused block; what is refused twice in the smallest block is dead: return those points.

        ``due`` is when the next try may be.
        """
        self._reorder()
        if parts := split(row.block):
            self.rows.remove(row)
            pieces = row.parts(parts, due)
            self.rows += pieces
            self._broken[id(pieces[0].root)] = self._heard = False
            return ()
        row.refusals += 1
        if row.refusals < 2:  # once more: the refusal may have been meant for another request
            row.due, self._heard = due, False
            return ()
        self.rows.remove(row)
        self._buried.append(row)
        row.dead, row.asked, row.retries, row.due = True, False, 0, due + RETRY_S[0]
        if self.deserted:
            self._probes, self._probe_at = 0, due + PROBE_S[0]
        elif not self._heard:
            self._call_witness(due)
        self._mend(row.root)
        return row.block.points

    def _call_witness(self, at: float) -> None:
        """One dies after the other: is it the registers, or does the device refuse everything now?"""
        cyclic = [row for row in self.rows if row.every_s is not None and row.due is not None]
        if cyclic and all(row.settled and row.due is not None and row.due > at for row in cyclic):
            min(cyclic, key=lambda row: row.due or 0.0).due = at

    def still_dead(self, row: Row, now: float) -> None:
        """A dead register was tried again in vain: the next try comes later."""
        if self.deserted and not row.asked:
            self._probes = min(self._probes + 1, len(PROBE_S) - 1)
            self._probe_at = now + PROBE_S[self._probes]
        row.asked, row.retries = False, row.retries + 1
        row.due = now + RETRY_S[min(row.retries, len(RETRY_S) - 1)]

    def mend(self, row: Row, now: float) -> None:
        """A row was read. One that was dead lives again, and so may the others; parts are put together again."""
        if row.dead and self.deserted:
            self._restore(now)
            return
        if row.dead:
            self._buried.remove(row)
            self.rows.append(row)
            row.dead = False
            if row.root is not None:
                self._broken[id(row.root)] = all(other.root is not row.root for other in self._buried)
        self._mend(row.root)

    def _restore(self, now: float) -> None:
        """Read as planned: a device that refused everything was not ready, which says nothing of its registers."""
        asked = {row.group for row in (*self.rows, *self._buried) if row.asked}
        self.rows = [_fresh(row) for row in self._planned]
        self._renewed = now
        self._buried.clear()
        self._broken.clear()
        for row in self.rows:
            row.asked = row.group in asked
            if row.asked or row.due is not None:
                row.due = now

    def _mend(self, root: Block | None) -> None:
        """Once every part of a refused block is known to live or to be dead, read the living in few requests."""
        if root is None or id(root) not in self._broken:
            return
        parts = [part for part in self.rows if part.root is root]
        if any(not part.settled for part in parts):
            return
        whole = self._broken.pop(id(root))
        blocks = [root] if whole else _merged(root, self.dead, self._rules)
        if not 0 < len(blocks) < len(parts):
            return
        self._reorder()
        dues = [part.due for part in parts if part.due is not None]
        self.rows = [other for other in self.rows if other not in parts]
        for merged in parts[0].parts(blocks, 0.0):
            merged.settled, merged.due = True, min(dues, default=None)
            merged.asked = any(part.asked for part in parts)
            self.rows.append(merged)


def _fresh(row: Row) -> Row:
    return replace(row, answers=deque(row.answers, row.answers.maxlen))


def _merged(root: Block, dead: Collection[Point], rules: BlockRules) -> list[Block]:
    """What is left of a refused block, in as few requests as can be without touching a dead register.

    Nor a hole, if it had one: perhaps that was what the device refused.
    """
    edges = {edge for point in dead for edge in (min(point.at), max(point.at) + 1)}
    lost = {point.id for point in dead}
    alive = [point for point in root.points if point.id not in lost]
    gaps = () if _has_holes(root) else rules.gaps
    return plan(alive, replace(rules, boundaries=(*rules.boundaries, *edges), gaps=gaps))


def _has_holes(block: Block) -> bool:
    """Whether it reads registers that no point wants."""
    return len({at for point in block.points for at in point.at}) < block.count
