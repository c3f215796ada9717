"""Keeps the revert watch going: reads what is due, tells the journal what held and what moved. The desk's thread.

``watches``, ``drop`` and ``add`` may be called from any thread.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence

from core.errors import WattelierError
from core.points import PointKey, Quality, Reading
from core.protocols import Clock
from core.writing import rules, values
from core.writing.courier import Courier, Target
from core.writing.journal import Entry
from core.writing.review import RunLine, Watch
from core.writing.watch import WATCH_S, Traffic, WatchList

log = logging.getLogger(__name__)


class Watchman:
    """``target`` finds the line of a device (raises CommandRefused), ``note`` takes lines for the journal."""

    def __init__(
        self, target: Callable[[str], Target], courier: Courier, note: Callable[[Entry], None], clock: Clock
    ) -> None:
        self._target, self._courier, self._note, self._clock = target, courier, note, clock
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
        for watch in over:
            self._tell(watch, "held" if _shows(watch.last, watch) else "not read")

    def _read(self, due: Sequence[Watch]) -> None:
        points = [watch.parameter.point for watch in due if watch.parameter.point is not None]
        try:
            target = self._target(due[0].key.device)
            found = self._courier.fetch(target, points)
            traffic = Traffic.of(target.line.status())
        except WattelierError as err:
            log.debug("a watched value could not be read: %s", err)
            with self._lock:
                self._list.missed(due, self._clock.ticks())
            return
        finally:
            self._courier.take_exchanges()
        for reading in found:
            with self._lock:
                moved = self._list.take(reading, traffic, self._clock.ticks())
            if moved is not None:
                self._tell(moved, "moved")

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
    return values.same(reading.value, watch.wanted, values.resolution(point) if point is not None else 0.0)
