"""A check under way: what it waits for, the readings that have come, and what follows from them."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from core.couplings.checks import Finding, Reason, Verdict, Window, holding, judge, judge_step, ready
from core.couplings.guide import Check, Kind
from core.points import Reading

if TYPE_CHECKING:
    from core.facade import Station

SWITCHING_S = 600.0  # how long the load may take to be switched
GRACE_S = 60.0  # how long after an outage has begun its conditions may take to hold
MOST_READINGS = 400  # of one point


class Stage(StrEnum):
    """How far it is."""

    IDLE = "idle"
    GIVEN = "given"  # waits for what the technician has to bring about
    READING = "reading"
    BEFORE = "before"  # readings with the load off
    SWITCH = "switch"  # asks the technician to switch the load on
    SETTLING = "settling"
    AFTER = "after"  # readings with the load on
    DONE = "done"


UNDER_WAY = (Stage.GIVEN, Stage.READING, Stage.BEFORE, Stage.SWITCH, Stage.SETTLING, Stage.AFTER)


class CheckRun(QObject):
    """Runs one check at a time on one device; on the GUI thread, driven by ``apply`` and ``tick``.

    ``changed()``: it is further, or has other readings. ``found(str, Finding)``: the check of that id has ended.
    ``now`` is the clock of the readings (Unix seconds), ``ticks`` one that is never set.
    """

    changed = Signal()
    found = Signal(str, object)

    def __init__(
        self,
        station: Station,
        now: Callable[[], float] = time.time,
        ticks: Callable[[], float] = time.monotonic,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._station, self._now, self._ticks = station, now, ticks
        self.stage = Stage.IDLE
        self.check: Check | None = None
        self.device = ""
        self.load_w = 0.0
        self._samples: dict[str, list[Reading]] = {}
        self._newest: dict[str, Reading] = {}
        self._since = self._asked_at = 0.0  # ticks
        self._start = 0.0  # of the window, Unix seconds
        self._before: Window | None = None
        self._last: Finding | None = None

    @property
    def running(self) -> bool:
        """Whether a check is under way."""
        return self.stage in UNDER_WAY

    @property
    def share(self) -> float:
        """How much of the readings of this stage has come, 0 to 1; not a promise."""
        if self.check is None or self.stage not in (Stage.READING, Stage.BEFORE, Stage.AFTER):
            return 0.0
        wanted = self.check.samples
        counts = [min(wanted, self._count(point)) / wanted for point in self.check.judged()]
        passed = (self._now() - self._start) / self.check.window_s
        return max(0.0, min(1.0, passed, sum(counts) / len(counts) if counts else 0.0))

    @property
    def left_s(self) -> float:
        """Seconds until this stage is given up."""
        return max(0.0, self._patience() - (self._ticks() - self._since))

    def start(self, device: str, check: Check, load_w: float = 0.0) -> None:
        """Begin; a check that is under way is stopped first."""
        self.stop()
        self.device, self.check, self.load_w = device, check, load_w
        self._samples, self._newest, self._before, self._last = {}, {}, None, None
        self._enter(Stage.BEFORE if check.kind is Kind.STEP else Stage.GIVEN if check.given else Stage.READING)
        self._ask()
        self.changed.emit()

    def switched(self) -> None:
        """The technician says that the load is on."""
        if self.stage is Stage.SWITCH:
            self._enter(Stage.SETTLING)
            self.changed.emit()

    def stop(self) -> None:
        """End it without a verdict; nothing happens when none is under way."""
        if self.running:
            self._end(Finding(Verdict.OPEN, Reason.STOPPED))

    def forget(self) -> None:
        """Drop it without telling anybody: its device or its page goes."""
        self.stage, self.check = Stage.IDLE, None

    def apply(self, readings: Sequence[Reading]) -> None:
        """Take what has been read."""
        if self.check is None or not self.running:
            return
        wanted = set(self.check.points())
        fresh = [entry for entry in readings if entry.key.device == self.device and entry.key.point in wanted]
        for reading in fresh:
            kept = self._samples.setdefault(reading.key.point, [])
            kept.append(reading)
            del kept[:-MOST_READINGS]
            self._newest[reading.key.point] = reading
        if fresh:
            self._advance()
            self.changed.emit()

    def tick(self) -> None:
        """Some time has passed: ask again, go on, give up."""
        if self.check is None or not self.running:
            return
        if self._ticks() - self._asked_at >= self.check.pace_s:
            self._ask()
        self._advance()
        self.changed.emit()

    # -- inside ------------------------------------------------------------------------------------------------

    def _enter(self, stage: Stage) -> None:
        self.stage = stage
        self._since, self._start = self._ticks(), self._now()

    def _ask(self) -> None:
        """Have its groups read now; the station reads in its own pace otherwise."""
        self._asked_at = self._ticks()
        wanted = set(self.check.points()) if self.check is not None else set[str]()
        groups = {point.group for point in self._station.points(self.device) if point.id in wanted}
        for group in sorted(groups):
            self._station.ask(self.device, group)

    def _count(self, point: str) -> int:
        return len({entry.at for entry in self._samples.get(point, ()) if self._start <= entry.at <= self._now()})

    def _patience(self) -> float:
        if self.check is None:
            return 0.0
        if self.stage is Stage.SWITCH:
            return SWITCHING_S
        if self.stage is Stage.READING and self.check.given:
            return GRACE_S
        return self.check.within_s

    def _advance(self) -> None:
        check = self.check
        if check is None:
            return
        if self.stage is Stage.SETTLING:
            if check.step is not None and self._ticks() - self._since >= check.step.settle_s:
                self._enter(Stage.AFTER)
            return
        if check.kind is Kind.STEP:
            self._step(check)
        elif check.given:
            self._provoked(check)
        else:
            window = Window(self._start, self._now())
            if ready(check, self._samples, window) or not self.left_s:
                self._end(judge(check, self._samples, window))

    def _step(self, check: Check) -> None:
        window = Window(self._start, self._now())
        if self.stage is Stage.BEFORE and ready(check, self._samples, window):
            self._before = window  # ends here: what comes from now on may already hold the load
            self._enter(Stage.SWITCH)
        elif self.stage is Stage.AFTER and (ready(check, self._samples, window) or not self.left_s):
            before = self._before or Window(self._start, self._start)
            self._end(judge_step(check, self._samples, before, window, self.load_w))
        elif not self.left_s:
            reason = Reason.NOT_PROVOKED if self.stage is Stage.SWITCH else self._lack(check, window)
            self._end(Finding(Verdict.OPEN, reason))

    def _lack(self, check: Check, window: Window) -> Reason:
        """Why the readings of the first half did not suffice."""
        found = judge_step(check, self._samples, window, Window(window.end + 1, window.end + 2), self.load_w).reason
        return found if found in (Reason.UNTRUSTED, Reason.TOO_FEW) else Reason.TOO_FEW

    def _provoked(self, check: Check) -> None:
        given = holding(check.given, self._newest)
        if self.stage is Stage.GIVEN:
            if given:
                self._enter(Stage.READING)
            elif not self.left_s:
                self._end(judge(check, self._samples, Window(self._start, self._now())))
            return
        window = Window(max(self._start, self._now() - check.window_s), self._now())
        if not given:
            if self._last is not None:
                self._end(self._last)  # it was brought about, and is over
            else:
                self._enter(Stage.GIVEN)
            return
        if ready(check, self._samples, window):
            self._last = judge(check, self._samples, window)
        if self._last is not None and (self._last.verdict is Verdict.PASS or not self.left_s):
            self._end(self._last)
        elif not self.left_s:
            self._end(judge(check, self._samples, window))

    def _end(self, finding: Finding) -> None:
        check = self.check
        self.stage = Stage.DONE
        if check is not None:
            self.found.emit(check.id, finding)
        self.changed.emit()
