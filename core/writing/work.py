"""One run of writes, carried out line by line: read before, write, commit, read back, compare; each step journalled.

The desk's thread runs it. Nothing is ever sent twice by itself: after silence the read-back says what happened.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from time import monotonic

from core.errors import CommandRefused, DecodeError, DeviceError, LinkError
from core.parameters import NO_WORDS, Memory, Parameter
from core.points import Point, Quality, Reading
from core.sitebook import SiteBook
from core.storage.format import StorageError
from core.writing import values
from core.writing.courier import Courier, Target, Trouble
from core.writing.journal import Entry, Journal
from core.writing.orders import Exchange, Order
from core.writing.review import GOOD, Cause, Phase, Run, RunLine, told_empty
from core.writing.rules import register_of
from core.writing.wear import WearLedger

log = logging.getLogger(__name__)

SETTLE_S = (0.0, 0.5, 1.5, 3.0)  # pauses before each try to read back: some devices take a moment


@dataclass(frozen=True, slots=True)
class Tools:
    """What the desk lends. ``wait`` returns True when everything is to end; ``ended`` asks without waiting.

    ``tell`` replaces a line of the run for whoever looks on; ``proven`` hears of each proven value. ``too_often``: why
    automation may not write a register of flash now. ``last_write``: when each device was last written (monotonic s),
    over all runs.
    """

    target: Callable[[str], Target]
    book: SiteBook
    wait: Callable[[float], bool]
    ended: Callable[[], bool]
    tell: Callable[[int, RunLine], None]
    proven: Callable[[RunLine, Target], None]
    counted: Callable[[Target, Parameter], None]
    too_often: Callable[[Target, Parameter], str] = lambda _target, _parameter: ""
    last_write: dict[str, float] = field(default_factory=dict[str, float])
    settle_s: tuple[float, ...] = SETTLE_S


class Work:
    """Carries out one run; ``carry_out`` once."""

    def __init__(self, run: Run, tools: Tools, *, automatic: bool = False) -> None:
        self._run, self._tools, self._automatic = run, tools, automatic
        self._lines = list(run.lines)
        self._stack = ExitStack()
        self._journal: Journal | None = None
        self._wear: WearLedger | None = None
        self._targets: dict[str, Target] = {}
        self._courier = Courier(
            tools.wait, lambda: tools.wait(0.0)
        )  # what a halted run has begun is proven all the same

    def carry_out(self) -> None:
        """Work through the lines; after a failure the rest is not reached. Never raises."""
        failed = ""
        with self._stack:
            try:
                self._journal = self._stack.enter_context(self._tools.book.journal())
                self._wear = self._stack.enter_context(self._tools.book.wear())
            except StorageError as err:
                failed = f"the site's book cannot be opened, so nothing was written: {err}"
            for rows in _groups(self._lines):
                if not failed and self._tools.ended():
                    failed = "stopped before this line"
                if failed:
                    self._end(rows, Phase.NOT_REACHED, failed)
                else:
                    self._guarded(rows)
                self._keep_outcome(rows)
                if not failed and not all(self._lines[row].phase in GOOD for row in rows):
                    failed = "an earlier line failed"

    # -- one group: a value alone, or every changed value of one block -------------------------------------------

    def _guarded(self, rows: Sequence[int]) -> None:
        """One group; a fault of the program leaves the truth open instead of ending the thread."""
        try:
            self._group(rows)
        except Exception as err:
            log.exception("a run of writes")
            sentence = f"a fault of the program, see the log: {err}"
            begun = [row for row in rows if self._lines[row].phase in (Phase.WRITING, Phase.CHECKING)]
            waiting = [row for row in rows if self._lines[row].phase in (Phase.WAITING, Phase.READING)]
            self._end(begun, Phase.UNSURE, sentence)
            self._end(waiting, Phase.REFUSED, sentence, cause=Cause.RULES)

    def _group(self, rows: Sequence[int]) -> None:
        try:
            device = self._lines[rows[0]].edit.key.device
            target = self._targets[device] = self._tools.target(device)
            left = self._read_before(rows, target)
        except (CommandRefused, DeviceError, DecodeError, LinkError) as err:
            self._unread(rows, str(err))
            return
        if not all(self._lines[row].phase in GOOD for row in rows if row not in left):
            self._end(left, Phase.NOT_REACHED, "another value of the same block failed")
        elif left and self._pause(target):
            self._end(left, Phase.NOT_REACHED, "stopped before this line")
        elif why := self._too_often(left, target):
            self._end(left, Phase.REFUSED, why, cause=Cause.RULES)
        elif left:
            try:
                self._intend(left, target)
            except sqlite3.Error as err:
                sentence = f"the journal cannot be written, so nothing was sent: {err}"
                self._end(left, Phase.REFUSED, sentence, cause=Cause.RULES)
                return
            self._write(left, target)

    def _read_before(self, rows: Sequence[int], target: Target) -> list[int]:
        """Read what the device holds; return the rows that are still to be written."""
        asked = [row for row in rows if self._parameter(row).readable]
        for row in asked:
            self._tell(row, phase=Phase.READING)
        found = self._courier.fetch(target, [self._point(row) for row in asked])
        left = [row for row in rows if row not in asked]
        for row, reading in zip(asked, found, strict=True):
            line, point = self._tell(row, before=reading), self._point(row)
            seen = line.edit.seen
            if (why := _useless(reading)) and not told_empty(reading):
                self._unread([row], why)
            elif not point.secret and values.alike(point, reading.value, line.edit.value) and _certain(reading):
                self._end([row], Phase.SAME, after=reading)
            elif seen is not None and not values.alike(point, reading.value, seen.value):
                was, now = values.text(seen.value), values.text(reading.value)
                self._end([row], Phase.CHANGED, f"it was {was} when it was read and is {now} now: look again")
            else:
                left.append(row)
        return sorted(left)

    def _pause(self, target: Target) -> bool:
        """Keep the device's own pause between two writes; True when everything is to end."""
        last = self._tools.last_write.get(target.device.id)
        rest = target.parameters.pause_s - (monotonic() - last) if last is not None else 0.0
        return (rest > 0 and self._tools.wait(rest)) or self._tools.ended()

    def _too_often(self, rows: Sequence[int], target: Target) -> str:
        """Why automation may not write one of these now: others of its runs may have gone out since it was asked."""
        worn = [self._parameter(row) for row in rows if self._parameter(row).memory is not Memory.VOLATILE]
        asked = (self._tools.too_often(target, parameter) for parameter in worn)
        return next(filter(None, asked), "") if self._automatic else ""

    def _intend(self, rows: Sequence[int], target: Target) -> None:
        """Journal and count before anything is sent; raises sqlite3.Error when that is not possible."""
        assert self._journal is not None
        assert self._wear is not None
        for row in rows:
            self._journal.append(self._entry(row, "intent"))
            self._wear.count(target.serial, register_of(self._parameter(row)), automatic=self._automatic)
            self._tools.counted(target, self._parameter(row))

    def _write(self, rows: Sequence[int], target: Target) -> None:
        for row in rows:
            self._tell(row, phase=Phase.WRITING)
        block = target.parameters.blocks.get(self._parameter(rows[0]).block)
        pairs = tuple((self._point(row), self._lines[row].edit.value) for row in rows)
        try:
            trouble = self._courier.send(target, Order(target.device.id, pairs, block))
        except CommandRefused as err:
            self._end(rows, Phase.REFUSED, f"nothing was written: {err}", cause=Cause.RULES)
            return
        finally:
            self._tools.last_write[target.device.id] = monotonic()
        for row in rows:
            self._tell(row, phase=Phase.CHECKING)
        self._check(rows, target, trouble)

    def _check(self, rows: Sequence[int], target: Target, trouble: Trouble) -> None:
        """Read back and compare."""
        hint = target.parameters.remote if trouble.refused else NO_WORDS
        for row in rows:
            self._lines[row] = replace(self._lines[row], hint=hint)
        asked = [row for row in rows if self._parameter(row).readable]
        for row in rows:
            if row not in asked:
                self._end([row], _unproven(trouble), trouble.sentence, cause=_cause(trouble))
        if not asked:
            return
        try:
            found = self._read_back(asked, target)
        except (CommandRefused, DeviceError, DecodeError, LinkError) as err:
            sentence = f"it could not be read back ({err}): what the device holds now is not known"
            self._end(asked, Phase.UNSURE, trouble.before(sentence))
            return
        for row, reading in zip(asked, found, strict=True):
            self._judge(row, reading, trouble)
            if self._lines[row].phase is Phase.PROVEN:
                self._tools.proven(self._lines[row], target)

    def _judge(self, row: int, reading: Reading, trouble: Trouble) -> None:
        """What the read-back says of one line."""
        line, point = self._lines[row], self._point(row)
        held, wanted = values.text(reading.value), values.text(line.edit.value)
        unmoved = line.before is not None and values.alike(point, reading.value, line.before.value)
        phase, sentence = Phase.DIFFERS, trouble.before(f"it was to hold {wanted} and holds {held}")
        never_told = line.before is not None and told_empty(line.before) and told_empty(reading)
        why, cause = _useless(reading), _cause(trouble)
        if point.secret and (not why or never_told):
            phase, sentence = _unproven(trouble), trouble.sentence or trouble.note
        elif never_told:
            phase = _unproven(trouble)
            sentence = trouble.before("the device tells no value of it, so it cannot be proven")
        elif values.beyond(point, reading) is not None:
            cause = Cause.OUTSIDE
            sentence = trouble.before(f"it was to hold {wanted}, and what was read back is not plausible: {why}")
        elif why:
            phase = Phase.UNSURE
            sentence = trouble.before(f"it could not be read back ({why}): what the device holds now is not known")
        elif values.alike(point, reading.value, line.edit.value) and not _certain(reading):
            phase = Phase.UNSURE
            sentence = trouble.before(f"it could not be read back with certainty: {reading.note}")
        elif values.alike(point, reading.value, line.edit.value) and trouble.uncommitted:
            phase = Phase.UNSURE
            sentence = trouble.before("it holds the new value, and may not go by it")
        elif values.alike(point, reading.value, line.edit.value):
            yet = trouble.sentence and trouble.before("yet it holds the new value")
            phase, sentence = Phase.PROVEN, yet or trouble.note
        elif unmoved and trouble.sentence:
            phase = Phase.UNSURE if trouble.silent and trouble.uncommitted else Phase.REFUSED  # it may yet take it
            sentence = trouble.before(f"it still holds {held}")
        elif unmoved and trouble.note:
            sentence = f"the device said yes ({trouble.note}) and still holds {held}"
        elif unmoved:
            sentence = f"the device said yes and still holds {held}: the write had no effect"
        self._end([row], phase, sentence, reading, cause if phase in (Phase.REFUSED, Phase.DIFFERS) else Cause.NONE)

    def _read_back(self, rows: Sequence[int], target: Target) -> tuple[Reading, ...]:
        """Read until the values are there, or the device has had its time."""
        points = [self._point(row) for row in rows]
        found: tuple[Reading, ...] = ()
        for pause in self._tools.settle_s:
            if pause and self._tools.wait(pause):
                raise CommandRefused("the program is being closed")
            found = self._courier.fetch_patiently(target, points)
            if all(
                point.secret or values.alike(point, reading.value, self._lines[row].edit.value)
                for row, point, reading in zip(rows, points, found, strict=True)
            ):
                break
        return found

    # -- what is told and kept -----------------------------------------------------------------------------------

    def _parameter(self, row: int) -> Parameter:
        return self._lines[row].parameter

    def _point(self, row: int) -> Point:
        point = self._lines[row].parameter.point
        assert point is not None  # the rules let nothing else through
        return point

    def _tell(self, row: int, *, phase: Phase | None = None, before: Reading | None = None) -> RunLine:
        line = self._lines[row]
        line = self._lines[row] = replace(line, phase=phase or line.phase, before=before or line.before)
        self._tools.tell(row, line)
        return line

    def _unread(self, rows: Sequence[int], why: str) -> None:
        sentence = f"it could not be read before, so nothing was written: {why}"
        self._end(rows, Phase.REFUSED, sentence, cause=Cause.UNREADABLE)

    def _end(
        self,
        rows: Sequence[int],
        phase: Phase,
        sentence: str = "",
        after: Reading | None = None,
        cause: Cause = Cause.NONE,
    ) -> None:
        """How lines ended."""
        for row in rows:
            self._lines[row] = replace(self._lines[row], phase=phase, sentence=sentence, after=after, cause=cause)
            self._tools.tell(row, self._lines[row])

    def _keep_outcome(self, rows: Sequence[int]) -> None:
        """Journal how a group ended, with the bytes that crossed."""
        exchanges = self._courier.take_exchanges()
        for row in rows if self._journal is not None else ():
            line = self._lines[row]
            self._lines[row] = replace(line, frames=tuple(f.number for f in exchanges))
            try:
                assert self._journal is not None
                self._journal.append(
                    self._entry(
                        row,
                        "outcome",
                        {"sentence": line.sentence, "cause": line.cause.value, "frames": frames_of(exchanges)},
                    )
                )
            except sqlite3.Error as err:
                log.error("the outcome of a write could not be journalled: %s", err)
                kept = f"this outcome could not be written into the journal: {err}"
                said = f"{line.sentence}; {kept}" if line.sentence else kept
                self._lines[row] = replace(self._lines[row], sentence=said)
            self._tools.tell(row, self._lines[row])

    def _entry(self, row: int, kind: str, detail: Mapping[str, object] | None = None) -> Entry:
        line, run = self._lines[row], self._run
        target = self._targets.get(line.edit.key.device)
        parameter = line.parameter
        return Entry(
            kind=kind,
            who=run.who,
            role=run.role,
            run=run.number,
            device=line.edit.key.device,
            serial=target.serial if target is not None else "",
            link=target.link.id if target is not None else "",
            point=parameter.id,
            register=register_of(parameter),
            old=values.text(line.before.value) if line.before is not None else "",
            new="(secret)" if parameter.secret else values.text(line.edit.value),
            readback=values.text(line.after.value) if line.after is not None else "",
            outcome=line.phase.value if kind == "outcome" else "",
            reason=run.reason,
            detail=detail or {},
        )


def _unproven(trouble: Trouble) -> Phase:
    """How a line ends that cannot be read back."""
    return Phase.REFUSED if trouble.refused else Phase.UNSURE if trouble.silent else Phase.SENT


def _cause(trouble: Trouble) -> Cause:
    return Cause.DEVICE if trouble.refused else Cause.SILENCE if trouble.sentence else Cause.NONE


def _useless(reading: Reading) -> str:
    """Why a reading says nothing certain of what the device holds now; empty when it does."""
    doubtful = reading.quality is Quality.UNKNOWN and isinstance(reading.value, float)  # its scale, its order
    if reading.value is None or reading.quality in (Quality.BAD, Quality.STALE) or doubtful:
        return reading.note or "no value"
    return ""


def _certain(reading: Reading) -> bool:
    """Whether what was read is the whole truth: a text that was cut or trimmed to be shown is not."""
    return reading.quality is Quality.GOOD


def frames_of(exchanges: Iterable[Exchange]) -> list[dict[str, object]]:
    """Exchanges as the journal keeps them."""
    return [
        {"number": each.number, "at": each.at, "sent": each.sent.hex(" "), "received": each.received.hex(" ")}
        for each in exchanges
    ]


def _groups(lines: Sequence[RunLine]) -> list[list[int]]:
    """The rows that go out together, in the order of their first: those of one block of one device."""
    groups: dict[tuple[str, str, int], list[int]] = {}
    for row, line in enumerate(lines):
        block = line.parameter.block
        groups.setdefault((line.edit.key.device, block, -1 if block else row), []).append(row)
    return list(groups.values())
