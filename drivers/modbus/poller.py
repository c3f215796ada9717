"""Poller: what one device is asked, and what its answers and refusals mean for the next requests.

It starts no thread: the line's thread serves it, a test steps it. A LinkError goes up to whoever drives it.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Callable, Sequence
from functools import partial
from operator import attrgetter
from pathlib import Path

from core.config import DeviceConfig
from core.decode import Context
from core.errors import DecodeError, DeviceError, NotToldApart, ProfileError
from core.layout import points_of, settled_points
from core.points import REFUSED, Asked, Point, PointKey, Quality, Reading
from core.profile import Profile
from core.protocols import Answer, Clock, RegisterLink, Sink, SystemClock
from core.status import DeviceState, DeviceStatus
from drivers.later import Task, at_once
from drivers.modbus.agenda import NEVER, Agenda
from drivers.modbus.framing import refusal
from drivers.modbus.readings import BlockReader
from drivers.modbus.rows import Question, Row, paces, rows_of
from drivers.modbus.settings import Settings

log = logging.getLogger(__name__)

LONGEST_S = 30.0
ILLEGAL_FUNCTION, ILLEGAL_ADDRESS, FAILURE, WORKING, BUSY = 1, 2, 4, 5, 6
GATEWAY_SILENCE = (10, 11)  # a gateway says for the device that it does not answer
FAILURES_BEFORE_SPLIT = 3
MISSES_BEFORE_SPLIT = 4  # some devices meet an illegal address with silence
RETRY_AFTER_S = 0.1
UNTOLD_BEFORE_BAD = 100  # ten seconds
SHARE_OF_SILENCE = 10.0  # a silent device may take a tenth of the line's time

NO_PROFILE = Profile("", Path(), "", "", "", "", (), {})

_OTHERS_HANG_ON_IT = attrgetter("first")

Settled = Callable[[str, Sequence[Point]], None]


class Poller:
    """Serves one device. ``settled`` hears which points the device really has; ``alone``: no neighbours to spare;
    ``log_silence``: False when whoever drives it tells people itself; ``later``: does what an answer leaves to be done.
    """

    def __init__(
        self,
        device: DeviceConfig,
        link: RegisterLink,
        sink: Sink,
        clock: Clock | None = None,
        *,
        settled: Settled | None = None,
        alone: bool = True,
        log_silence: bool = True,
        later: Callable[[Task], None] = at_once,
    ) -> None:
        self.device = device
        self._link, self._sink, self._clock = link, sink, clock or SystemClock()
        self._settled_to, self._alone, self._later = settled, alone, later
        self._level = logging.WARNING if log_silence else logging.DEBUG
        self._profile = device.profile or NO_PROFILE
        self._context = Context(self._profile.rules, device.options)
        self._agenda = Agenda((), self._profile.groups, self._profile.blocks)
        self._functions: dict[int, int] = {}  # fallbacks taken
        self.settings = Settings(
            device,
            self._profile,
            link,
            context=self._context,
            sink=sink,
            clock=self._clock,
            function_of=lambda function: self._functions.get(function, function),
        )
        self._keys: dict[str, PointKey] = {}
        self._worked: set[int] = set()
        self._state, self._fault = DeviceState.NEVER, ""
        self._refusal = ""  # the last one
        self._last_answer: float | None = None
        self._misses = self._backs_off = 0
        self._quiet_until = 0.0
        self._disorders = link.disorders
        self._spoiled = False
        self._turn: Question | None = None  # what ``rank`` found; kept for ``serve``, which comes next
        self._unsettled = self._profile.layout == "sunspec"
        self._ask_when_settled: set[str | None] = set()
        if device.profile is None or device.fault:
            self._state, self._fault = DeviceState.FAULTY, device.fault or "no profile"
        elif not self._unsettled:
            try:
                self._plan(points_of(self._profile, device.options))
            except ProfileError as err:
                self._state, self._fault = DeviceState.FAULTY, str(err)

    def _plan(self, points: Sequence[Point]) -> None:
        rows = rows_of(self.device, self._profile, points, self._clock.ticks())
        self._keys = {point.id: PointKey(self.device.id, point.id) for point in points}
        self._agenda = Agenda(rows, self._profile.groups, self._profile.blocks, self._profile.needed_first)

    # -- driven by the line ------------------------------------------------------------------------------------

    def step(self) -> float:
        """Read what is due; return the seconds until something is due again."""
        began = self._clock.ticks()
        while self.rank(began) is not None:
            self.serve()
        return max(0.0, self.due_at() - self._clock.ticks())

    def rank(self, now: float) -> float | None:
        """How urgent its most urgent request is (the smallest goes first); None when nothing is due."""
        self._turn = None
        if self._disorders != self._link.disorders:
            self._disorders = self._link.disorders
            self._agenda.doubt(now)
        if self._state is DeviceState.FAULTY or now < self._quiet_until:
            return None
        if self._unsettled:
            return self._quiet_until
        found = self._agenda.next(now)
        if found is None:
            return None
        rank, self._turn = found
        return rank

    def due_at(self) -> float:
        """When something is due next (ticks); infinity for never."""
        if self._state is DeviceState.FAULTY:
            return NEVER
        return self._quiet_until if self._unsettled else max(self._agenda.due_at(), self._quiet_until)

    def serve(self) -> None:
        """Do the request that ``rank`` has found the most urgent; raise LinkError when the line is down."""
        if self._unsettled:
            self._settle()
            return
        question, self._turn = self._turn, None
        if question is None and (found := self._agenda.next(self._clock.ticks())) is not None:
            _, question = found
        if question is not None:
            self._read(question)

    def connected(self, by_operator: bool = False) -> None:
        """The line is open (again): ask at once, also for what is read once and for registers that were refused."""
        self._quiet_until, self._misses, self._backs_off = 0.0, 0, 0
        if self._spoiled and by_operator:
            self._spoiled, self._state, self._fault = False, DeviceState.NEVER, ""
        now = self._clock.ticks()
        self._agenda.renew(now)
        self._agenda.forgive(now)

    def ask(self, group: str | None = None) -> None:
        """Read a group (None: all, those on demand too) before anything else; refused registers are tried again."""
        if self._unsettled:
            self._ask_when_settled.add(group)
        self._agenda.ask(group, self._clock.ticks())
        self._quiet_until = 0.0

    def spoil(self, reason: str) -> None:
        """Leave the device alone until the operator reconnects: serving it raised what nobody expected."""
        self._spoiled, self._state, self._fault = True, DeviceState.FAULTY, reason

    @property
    def asking(self) -> bool:
        """Whether something that was asked for is still to be read (and has not been tried twice in vain)."""
        return bool(self._ask_when_settled) or self._agenda.asking

    @property
    def silent(self) -> bool:
        """Whether it was asked and does not answer; a refusal is an answer."""
        return self._state is not DeviceState.ONLINE and bool(self._fault)

    def status(self) -> DeviceStatus:
        """A snapshot."""
        pace = paces(self._profile.groups, self._agenda.rows, self.device, self._clock.ticks())
        dead = tuple(point.id for point in self._agenda.dead)
        state, fault = self._state, self._fault
        if state is DeviceState.ONLINE and self._agenda.deserted:
            state, fault = DeviceState.SILENT, f"unit {self.device.unit} refuses: {self._refusal}"
        return DeviceStatus(self.device.id, state, self._last_answer, pace, dead, fault)

    # -- one request -------------------------------------------------------------------------------------------

    def _settle(self) -> None:
        """Ask the device which points it has."""
        unit = self.device.unit

        def read(function: int, address: int, count: int) -> tuple[int, ...]:
            return self._link.read(unit, function, address, count).words

        try:
            points = settled_points(self._profile, self.device.options, read)
            if self._disorders != self._link.disorders:  # meanwhile: a part of it may be another answer's
                self._disorders = self._link.disorders
                points = settled_points(self._profile, self.device.options, read)
        except (DeviceError, DecodeError) as err:
            self._missed(None, str(err))
            return
        except ProfileError as err:
            self.spoil(str(err))
            return
        self._heard(self._clock.now())
        self._unsettled = False
        self._plan(points)
        if self._settled_to is not None:
            self._settled_to(self.device.id, points)
        asked, self._ask_when_settled = self._ask_when_settled, set()
        for group in asked:
            self.ask(group)

    def _read(self, question: Question) -> None:
        function = self._functions.get(question.function, question.function)
        try:
            answer = self._link.read(self.device.unit, function, question.address, question.count)
        except DeviceError as err:
            self._not_answered(question, function, err.code, str(err))
        except NotToldApart as err:
            self._not_asked(question, str(err))
        except DecodeError as err:
            self._not_answered(question, function, None, str(err))
        else:
            back = self._state is DeviceState.SILENT
            self._heard(answer.at)
            self._worked.add(function)
            early = [row for row in question.rows if self._agenda.too_early(row)] if back else ()
            for row in early:  # once more, after what it hangs on: that may have been set meanwhile
                self._agenda.at_once(row, self._clock.ticks())
            if not early:
                self._take(question, function, answer)

    def _not_answered(self, question: Question, function: int, code: int | None, reason: str) -> None:
        if code in GATEWAY_SILENCE:
            code = None
        if code is not None:
            self._heard(self._clock.now())
        row, others = question.rows[0], question.rows[1:]
        refused = code is not None and code not in (WORKING, BUSY)
        if others and self._agenda.part(question, refused):
            groups = ", ".join(sorted({row.group for row in question.rows}))
            log.info("%s: %s are no longer asked for in one request (%s)", self.device.id, groups, reason)
        if code is None:
            self._missed(row, reason)
        elif not (others and refused):  # of several rows nobody knows which was meant
            self._refused(row, function, code)

    def _not_asked(self, question: Question, reason: str) -> None:
        """The line is to blame, not the device. What was read stays for a while."""
        now = self._clock.ticks()
        for row in question.rows:
            self._agenda.not_told(row, now)
            if not row.untold % UNTOLD_BEFORE_BAD and not row.dead:
                self._emit_bad(row.block.points, reason)

    def _take(self, question: Question, function: int, answer: Answer) -> None:
        now = self._clock.ticks()
        row = question.rows[0]  # one that comes late or is to be mended is read by itself
        late, asked = row.first and not row.known, row.asked
        self._agenda.answered(question, now)
        if late:
            self._agenda.again(row, asked, now)
        if row.dead or row.root is not None:
            self._agenda.mend(row, now)
        self._later(partial(self._publish, question, function, answer))

    def _publish(self, question: Question, function: int, answer: Answer) -> None:
        asked = Asked(self._link.name, self.device.unit, function, answer.frame)
        words, at = answer.words, answer.at
        if len(question.rows) == 1:
            self._sink.put(self._reader(question.rows[0]).readings(words, at, asked))
            return
        readings: list[Reading] = []
        for row in sorted(question.rows, key=_OTHERS_HANG_ON_IT, reverse=True):
            start = row.block.address - question.address
            readings += self._reader(row).readings(words[start : start + row.block.count], at, asked)
        self._sink.put(readings)

    def _reader(self, row: Row) -> BlockReader:
        if row.reader is None:
            row.reader = BlockReader(self.device.id, row.block, self._context)
        return row.reader

    def _emit_bad(self, points: Sequence[Point], note: str) -> None:
        if not points:
            return
        now = self._clock.now()
        for point in points:
            self._context.values[point.id] = None
        self._sink.put(
            [Reading(self._keys[point.id], None, now, point.unit, Quality.BAD, None, note) for point in points]
        )

    # -- silence -----------------------------------------------------------------------------------------------

    def _missed(self, row: Row | None, reason: str) -> None:
        """No answer that counts. The next try goes to another block; after ``retries`` of them all wait."""
        now = self._clock.ticks()
        if row is not None and row.dead and not self._agenda.deserted:
            self._agenda.still_dead(row, now)  # nothing else was expected: the living will show how the device is
            return
        self._misses += 1
        if row is not None:
            self._agenda.missed(row, now)
            online = self._state is DeviceState.ONLINE and not row.dead
            if row.misses >= MISSES_BEFORE_SPLIT and online and len(self._agenda.rows) > 1:
                self._emit_bad(self._agenda.refuse(row, now + 2 * RETRY_AFTER_S), "no answer")
        if self._misses <= self._profile.timing.retries:
            self._quiet_until = now + RETRY_AFTER_S
            if row is not None:
                self._agenda.vouch(row, self._quiet_until)
            return
        if self._backs_off == 0:
            log.log(self._level, "%s: %s", self.device.id, reason)
        self._fault = reason
        if self._state is DeviceState.ONLINE:
            self._state = DeviceState.SILENT
        wait = 2.0**self._backs_off * random.uniform(0.8, 1.0)
        self._backs_off = min(self._backs_off + 1, 5)
        if not self._alone and self._backs_off > 1:  # the first wait is short: it may have been noise
            wait = max(wait, SHARE_OF_SILENCE * self._profile.timing.timeout_s)
        self._quiet_until = now + min(LONGEST_S, wait)

    def _heard(self, at: float) -> None:
        """The device has said something, be it no."""
        was, self._last_answer = self._state, at
        self._misses = self._backs_off = 0
        self._quiet_until, self._fault = 0.0, ""
        if was is DeviceState.ONLINE:
            return
        self._state = DeviceState.ONLINE
        log.info("%s answers%s", self.device.id, " again" if was is DeviceState.SILENT else "")
        self._agenda.forgive(self._clock.ticks())
        if was is DeviceState.SILENT:
            self._agenda.renew(self._clock.ticks())

    # -- refusals ----------------------------------------------------------------------------------------------

    def _refused(self, row: Row, function: int, code: int) -> None:
        now = self._clock.ticks()
        if row.dead:
            self._still_dead(row, function, code)
            return
        if code in (WORKING, BUSY):
            self._agenda.missed(row, now)
            return
        other = self._profile.fallback.get(function)
        if code == ILLEGAL_FUNCTION and other and function not in self._worked and function not in self._functions:
            log.info("%s: function %d is refused, %d is used instead", self.device.id, function, other)
            self._functions[function] = other
            return
        note, self._refusal = _note(code), refusal(code)
        row.failures += 1
        if code == FAILURE and row.failures < FAILURES_BEFORE_SPLIT:
            self._emit_bad(row.block.points, note)
            if row.every_s is None:
                self._agenda.missed(row, now)
            else:
                self._agenda.put_off(row, now)
            return
        dead = self._agenda.refuse(row, now)
        if dead:
            names = ", ".join(point.id for point in dead)
            log.info("%s: register %d is refused (%s): %s", self.device.id, row.block.address, note, names)
        self._emit_bad(dead, note)
        if dead and self._agenda.deserted:
            log.log(self._level, "%s: unit %d refuses: %s", self.device.id, self.device.unit, refusal(code))

    def _still_dead(self, row: Row, function: int, code: int) -> None:
        """A dead register was tried again and refused again."""
        if code not in (WORKING, BUSY):
            self._refusal = refusal(code)
            self._emit_bad(row.block.points, _note(code))
        if self._agenda.deserted and function not in self._worked:
            self._functions.pop(row.block.function, None)  # the fallback does not work either
        self._agenda.still_dead(row, self._clock.ticks())


def _note(code: int) -> str:
    return REFUSED if code == ILLEGAL_ADDRESS else refusal(code)
