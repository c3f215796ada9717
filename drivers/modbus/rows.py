"""Rows: the requests of one device with when they are due, how urgent they are and how often they were answered."""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from core.config import DeviceConfig
from core.plan import Block, plan, together
from core.points import Point
from core.profile import BlockRules, Group, Profile
from core.status import GroupPace
from drivers.modbus.readings import BlockReader

ASKED_S = -1e9  # an operator's read goes before everything else
HEAD_START_S = 1e6
FIRST_S, ALARM_S, FAST_S, SLOW_S = 0.0, 0.0, 0.5, 5.0
FAST_UP_TO_S = 5.0
READS = (1, 2, 3, 4)  # a maker's own function is asked by the command path, never polled
UNTOLD_WAITS_S, UNTOLD_SPARED_S = 0.1, 0.06  # until the next try, and by how much that comes earlier beside others
MOST_UNTOLD = 50  # who has asked for it does not wait for more of them
MISS_WAITS_S = (0.2, 1.0, 2.0, 4.0, 8.0, 16.0, 30.0)


@dataclass(slots=True, eq=False)
class Row:
    """One block. ``due`` is in ticks, None: not before someone asks.

    ``patience_s`` is added to ``due`` to rank rows: an alarm block goes first, a slow block that is 5 s late goes
    before a fast one that is due now, so that nothing starves.
    """

    block: Block
    group: str
    every_s: float | None
    patience_s: float
    due: float | None
    first: bool = False  # others cannot be decoded before it has been read
    known: bool = False  # it has been read since the device was connected
    asked: bool = False
    misses: int = 0
    failures: int = 0
    refusals: int = 0
    untold: int = 0  # how often in a row its answer could not have been told from others
    waits_since: float | None = None  # when it was due before that
    dead: bool = False  # the device refuses it: it is tried again now and then
    retries: int = 0  # how often that was in vain
    root: Block | None = None  # the planned block that this one is a part of, once that was refused
    settled: bool = True  # False while it is not known whether a part of a refused block can be read
    apart: bool = False  # the device refuses to be asked for it and for others at once
    answers: deque[float] = field(default_factory=lambda: deque[float](maxlen=6))
    reader: BlockReader | None = None  # once it has been answered

    @property
    def sociable(self) -> bool:
        """Whether it may be read in one request with others: it has been answered by itself, and nothing is amiss."""
        proven = self.answers and (self.known or not self.first)
        return bool(proven) and not (self.apart or self.misses or self.failures or self.dead or self.root is not None)

    @property
    def rank(self) -> float:
        """The smallest goes first."""
        due = (self.due if self.waits_since is None else self.waits_since) or 0.0
        if self.asked or (self.first and not self.known and not self.dead):
            return due + ASKED_S - (HEAD_START_S if self.first else 0.0)
        return due + (SLOW_S if self.dead else self.patience_s)  # the living go before the dead

    def answered(self, now: float) -> None:
        """It was read: say when it is due again."""
        self.answers.append(now)
        self.misses = self.failures = self.refusals = self.retries = self.untold = 0
        self.settled = self.known = True
        self.put_off(now)

    def put_off(self, now: float) -> None:
        """To its next turn; turns that were missed are not made up for."""
        self.asked, self.waits_since = False, None
        if self.every_s is None:
            self.due = None
        elif self.due is not None and self.due + self.every_s > now:
            self.due += self.every_s
        else:
            self.due = now + self.every_s

    def not_told(self, now: float) -> None:
        """It was not asked for: try again soon, those that wait the longest first."""
        if self.waits_since is None:
            self.waits_since = self.due
        self.untold += 1
        self.due = now + UNTOLD_WAITS_S * random.uniform(0.6, 1.4)

    def missed(self, now: float) -> None:
        """No answer: wait longer each time, so that one block cannot hold up the others."""
        wait = MISS_WAITS_S[min(self.misses, len(MISS_WAITS_S) - 1)]
        self.misses += 1
        self.due, self.waits_since = now + wait, None

    def achieved_s(self, now: float) -> float | None:
        """The measured period over the last answers; grows while nothing comes."""
        if len(self.answers) < 2:
            return None
        mean = (self.answers[-1] - self.answers[0]) / (len(self.answers) - 1)
        since = now - self.answers[-1]
        return since if since > 2 * max(mean, self.every_s or 0.0) else mean

    def parts(self, blocks: Sequence[Block], due: float) -> list[Row]:
        """Rows for parts of this block, not known to be readable yet."""
        root = self.root or self.block
        return [
            replace(
                self,
                block=block,
                due=due,
                misses=0,
                failures=0,
                untold=0,
                waits_since=None,
                refusals=0,
                retries=0,
                root=root,
                settled=False,
                answers=self.answers.copy(),
                reader=None,
            )
            for block in blocks
        ]


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """One request, and the rows that its answer serves, the most urgent first."""

    rows: tuple[Row, ...]
    function: int
    address: int
    count: int

    @property
    def place(self) -> tuple[int, int, int]:
        """Function, address and count."""
        return self.function, self.address, self.count


def questions(due: Sequence[Row], riders: Sequence[Row], rules: BlockRules) -> list[Question]:
    """What to ask for the rows that are due, the most urgent first, in as few requests as the rules allow.

    Groups have paces of their own, and registers of several groups lie side by side, or one within the other.
    ``riders`` are rows that are soon due: they are read where they make no request of their own.
    """
    place = {row: number for number, row in enumerate((*due, *riders))}
    row_of = {id(row.block): row for row in place}
    made = [question_of(row) for row in due if not row.sociable]
    for blocks in together([row.block for row in place if row.sociable], rules):
        rows = sorted((row_of[id(block)] for block in blocks), key=place.__getitem__)
        end = max(block.end for block in blocks)
        made.append(Question(tuple(rows), blocks[0].function, blocks[0].address, end - blocks[0].address))
    wanted = [question for question in made if place[question.rows[0]] < len(due)]
    return sorted(wanted, key=lambda question: place[question.rows[0]])


def question_of(row: Row) -> Question:
    """Ask for a row alone."""
    return Question((row,), row.block.function, row.block.address, row.block.count)


def rows_of(device: DeviceConfig, profile: Profile, points: Sequence[Point], now: float) -> list[Row]:
    """Plan the requests of a device, group by group. What others need to be decoded is read first.

    A value that itself hangs on a scale (the current that proves a ratio) settles things when it comes, and waits for
    nothing to be read before it; scale factors, ratios and signs are registers by themselves.
    """
    readable = [point for point in points if point.function in READS]
    wanted = profile.needed_first(points)
    needed = {point.id for point in readable if point.id in wanted and not point.scale_by}
    rows: list[Row] = []
    for group in profile.groups.values():
        every_s = None if group.every_s is None else device.pace.get(group.id, group.every_s)
        resting = every_s is None and not group.once
        members = [point for point in readable if point.group == group.id]
        # what is read on demand and yet needed by others is read once, by itself
        early = [point for point in members if resting and point.id in needed]
        for block in plan(early, profile.blocks):
            rows.append(Row(block, group.id, None, FIRST_S, now, first=True))
        for block in plan([point for point in members if point not in early], profile.blocks):
            row = Row(block, group.id, every_s, _patience(group, every_s), None if resting else now)
            rows.append(row)
            first = [point for point in block.points if point.id in needed]
            if first and (profile.needed_first(block.points) & needed) - {point.id for point in first}:
                # it waits for others, and others for it: what they need is read by itself before both
                rows += [Row(part, group.id, None, FIRST_S, now, first=True) for part in plan(first, profile.blocks)]
            else:
                row.first = bool(first)
    return rows


def _patience(group: Group, every_s: float | None) -> float:
    if "alarm" in group.id or "fault" in group.id:
        return ALARM_S
    return FAST_S if every_s is not None and every_s <= FAST_UP_TO_S else SLOW_S


def paces(groups: Mapping[str, Group], rows: Sequence[Row], device: DeviceConfig, now: float) -> tuple[GroupPace, ...]:
    """Requested and achieved period of every group that is read."""
    found: list[GroupPace] = []
    of_group: dict[str, list[Row]] = {}
    for row in rows:
        of_group.setdefault(row.group, []).append(row)
    for group in groups.values():
        every_s = None if group.every_s is None else device.pace.get(group.id, group.every_s)
        mine = [row for row in of_group.get(group.id, ()) if (row.every_s is None) is (every_s is None)]
        if mine:
            measured = [period for row in mine if (period := row.achieved_s(now)) is not None]
            complete = every_s is not None and len(measured) == len(mine)
            found.append(GroupPace(group.id, every_s, max(measured) if complete else None))
    return tuple(found)
