"""Keeps the revert watch going: reads what is due, tells the journal what held and what moved. The desk's thread.

``watches``, ``drop`` and ``add`` may be called from any thread.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from datetime import datetime, tzinfo

from core.errors import DeviceError, WattelierError
from core.plan import plan
from core.points import PointKey, Quality, Reading
from core.profile import BlockRules
from core.protocols import Clock
from core.writing import rules, values
from core.writing.courier import Courier, Target
from core.writing.journal import Entry
from core.writing.review import RunLine, Watch
from core.writing.watch import WATCH_S, Traffic, WatchList

log = logging.getLogger(__name__)


class Watchman:
    """``target`` finds the line of a device (raises CommandRefused), ``note`` takes lines for the journal.

    ``zone`` is the site's. What ``courier`` awaits is given up as soon as something else is to be done.
    """

    def __init__(
        self,
        target: Callable[[str], Target],
        courier: Courier,
        note: Callable[[Entry], None],
        clock: Clock,
        zone: tzinfo,
    ) -> None:
        self._target, self._courier, self._note, self._clock, self._zone = target, courier, note, clock, zone
        self._lock = threading.Lock()
        self._list = WatchList()

    def watches(self) -> tuple[Watch, ...]:
        """What is being re-read, oldest first."""
        with self._lock:
            return self._list.watches()

    def add(self, run: int, line: RunLine, target: Target) -> None:
        """Watch a value that has just been proven."""
        now = self._clock.now()
        watch = Watch(run, line.edit.key, line.device, line.parameter, line.edit.value, now, now + WATCH_S)
        before = line.before.value if line.before is not None else None
        with self._lock:
            self._list.add(watch, before, Traffic.of(target.line.status()), self._clock.ticks())

    def drop(self, key: PointKey, why: str) -> None:
        """Watch a value no longer."""
        with self._lock:
            watch = self._list.drop(key)
        if watch is not None and not watch.moved:
            self._tell(watch, why)

    def overtaken(self, line: RunLine) -> None:
        """A watched value has been written again, and not proven: what moves it now is we ourselves."""
        with self._lock:
            watch = next((entry for entry in self._list.watches() if entry.key == line.edit.key), None)
        if watch is not None and not watch.moved and not _shows(line.after, watch):
            self.drop(watch.key, "written anew")

    def end(self, why: str) -> None:
        """Watch nothing any more."""
        for watch in self.watches():
            self.drop(watch.key, why)

    def due_in(self) -> float:
        """Seconds until something is due; infinity for never."""
        with self._lock:
            return max(0.0, self._list.due_at() - self._clock.ticks())

    def step(self) -> None:
        """Re-read what is due on one device; end what has held long enough."""
        with self._lock:
            due = self._list.due(self._clock.ticks())
        if due:
            self._read(due)
        with self._lock:
            over = self._list.ended(self._clock.ticks())
        for watch, held in over:
            self._tell(watch, "held" if held else self._unread(watch))

    def _unread(self, watch: Watch) -> str:
        """What is to be said of a value that was not seen to hold to the end."""
        if watch.last is not None and watch.last.quality is Quality.GOOD and not _shows(watch.last, watch):
            return "last read differently"
        if watch.shown_at is None:
            return "not read"
        return f"not read since {datetime.fromtimestamp(watch.shown_at, self._zone):%H:%M:%S}"

    def _read(self, due: Sequence[Watch]) -> None:
        """Read what is due on one device, a request at a time; when a run waits, the rest stays due."""
        try:
            target = self._target(due[0].key.device)
            parts = _requests(due, target)
        except WattelierError as err:
            self._put_off(due, err)
            return
        asked = {watch.key for part in parts for watch in part}
        self._put_off([watch for watch in due if watch.key not in asked], DeviceError("this cannot be read"))
        for part in parts:
            if self._courier.ended() or not self._read_part(part, target):
                return

    def _read_part(self, part: Sequence[Watch], target: Target) -> bool:
        """One request; False when it was given up for something else."""
        points = [watch.parameter.point for watch in part if watch.parameter.point is not None]
        try:
            found = self._courier.fetch(target, points)
            traffic = Traffic.of(target.line.status())
        except Exception as err:  # noqa: BLE001 - a fault in the line's thread, which has logged it, ends no watch
            if self._courier.ended():
                return False
            self._put_off(part, err)
            return True
        finally:
            self._courier.take_exchanges()
        for reading in found:
            with self._lock:
                moved = self._list.take(reading, traffic, self._clock.now(), self._clock.ticks())
            if moved is not None:
                self._tell(moved, "moved")
        return True

    def _put_off(self, watches: Sequence[Watch], err: Exception) -> None:
        log.debug("a watched value could not be read: %s", err)
        with self._lock:
            self._list.missed(watches, self._clock.ticks())

    def _tell(self, watch: Watch, outcome: str) -> None:
        last = watch.last
        suspect = {"suspect": watch.suspect.value, "evidence": watch.evidence} if watch.suspect else {}
        self._note(
            Entry(
                "revert" if watch.moved else "watch",
                run=watch.run,
                device=watch.key.device,
                point=watch.parameter.id,
                register=rules.register_of(watch.parameter),
                new=values.text(watch.wanted),
                readback=values.text(last.value) if last is not None else "",
                outcome=outcome,
                detail={"reads": watch.reads, **suspect},
            )
        )


def _shows(reading: Reading | None, watch: Watch) -> bool:
    """Whether a reading shows the watched value; a doubtful one proves nothing."""
    if reading is None or reading.quality is not Quality.GOOD:
        return False
    point = watch.parameter.point
    return point is not None and values.alike(point, reading.value, watch.wanted)


def _requests(due: Sequence[Watch], target: Target) -> list[list[Watch]]:
    """Watches that one request reads, together; keys of a charging station all are."""
    by_point = {watch.parameter.point.id: watch for watch in due if watch.parameter.point is not None}
    points = [watch.parameter.point for watch in due if watch.parameter.point is not None]
    told = [point for point in points if not point.at]
    rules = target.device.profile.blocks if target.device.profile is not None else BlockRules()
    parts = [told] if told else []
    parts += [list(block.points) for block in plan([point for point in points if point.at], rules)]
    return [[by_point[point.id] for point in part] for part in parts]
