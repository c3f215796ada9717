"""Recorder: the one thread that writes the history.

``put`` may be called from any thread and returns at once. The thread wakes once a second, turns what has come into
rows and commits it; then it seals finished hours and cuts what is too old, a bounded portion each time. While the
disk is full, locked or gone, readings wait in memory, ten minutes of them, and everything goes on by itself
afterwards. Nothing ends the thread but ``stop``.
"""

from __future__ import annotations

import contextlib
import logging
import os
import sqlite3
import threading
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from core.points import Point, PointKey, Reading
from core.protocols import Clock, SystemClock
from core.status import RecorderStatus
from core.storage.lock import FileLock
from core.storage.register import Pending
from core.storage.resume import Opened, Site, open_history
from core.storage.retention import Retention
from core.storage.schema import StorageError, check
from core.storage.transaction import transaction
from core.storage.unsealed import append, unpack
from core.storage.upkeep import PERIODS_S, Upkeep

HOLD_S = 600.0  # how much the queue holds
MOST_HELD = 1_000_000  # readings, whatever the time: some 300 MB

log = logging.getLogger(__name__)


@dataclass(slots=True, eq=False)
class _Batch:
    """Readings that came together, and their rows once they are made (for one file, see ``Opened.file_id``)."""

    ticks: float
    count: int
    readings: Sequence[Reading]
    rows: bytes | None = None


def trouble(err: Exception) -> str:
    """Return a key for what keeps the disk from taking our data."""
    if isinstance(err, StorageError):
        return str(err)
    if isinstance(err, OSError):
        return "file not writable"
    return {
        sqlite3.SQLITE_FULL: "disk full",
        sqlite3.SQLITE_BUSY: "database locked",
        sqlite3.SQLITE_LOCKED: "database locked",
        sqlite3.SQLITE_READONLY: "file not writable",
        sqlite3.SQLITE_CANTOPEN: "file not writable",
        sqlite3.SQLITE_PERM: "file not writable",
        sqlite3.SQLITE_CORRUPT: "file damaged",
        sqlite3.SQLITE_NOTADB: "file damaged",
    }.get(getattr(err, "sqlite_errorcode", 0) & 0xFF, "disk error")


def recording_lock(path: Path | str) -> FileLock:
    """Return what a Recorder holds as long as it lives, beside its file; readers need not ask for it."""
    return FileLock(f"{os.path.realpath(path)}-lock")


class Recorder:
    """A Sink that remembers.

    ``period_s`` is the recording period of the site (60, 300, 600, 900, 1800 or 3600), ``busy_s`` how long a commit
    waits for a lock. Raises StorageError for a file that can never be used or that another Recorder has, ValueError
    for another period and zoneinfo.ZoneInfoNotFoundError for an unknown zone; later trouble shows in ``status`` only.
    The file is free for another one after ``stop``, also without ``start``.
    """

    def __init__(
        self,
        path: Path | str,
        points: Callable[[PointKey], Point | None] | Mapping[PointKey, Point],
        period_s: int = 600,
        time_zone: str = "UTC",
        *,
        clock: Clock | None = None,
        retention: Retention | None = None,
        busy_s: float = 0.25,
    ) -> None:
        if period_s not in PERIODS_S:
            raise ValueError(f"a recording period of {period_s} s is none of {PERIODS_S}")
        look_up = points if callable(points) else _in_table(points)
        self._site = Site(Path(path), look_up, ZoneInfo(time_zone), period_s)
        check(self._site.path)
        self._clock = clock or SystemClock()
        self._retention = retention or Retention()
        self._busy_s = busy_s
        self._lock = threading.Lock()  # over the queue and the figures of the status
        self._queue: deque[_Batch] = deque()
        self._held = 0
        self._dropped = 0
        self._error = ""
        self._count = 0
        self._bytes_a_day: float | None = None
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._shut = False
        self._opened: Opened | None = None  # of the thread alone, like what follows
        self._upkeep: Upkeep | None = None
        self._last_opened: Opened | None = None
        self._alone = recording_lock(path)
        with contextlib.suppress(OSError):  # a place that cannot be written is told by the status
            self._keep_others_away()

    # -- any thread --------------------------------------------------------------------------------------------

    def put(self, readings: Sequence[Reading]) -> None:
        """Take a batch; never blocks, never raises."""
        if not readings:
            return
        with self._lock:
            self._queue.append(_Batch(self._clock.ticks(), len(readings), readings))
            self._held += len(readings)
            while self._held > MOST_HELD and self._queue:
                self._drop(self._queue.popleft())

    def status(self) -> RecorderStatus:
        """A snapshot."""
        with self._lock:
            return RecorderStatus(
                recording=not self._shut and not self._error,
                database=str(self._site.path),
                points=self._count,
                bytes_a_day=self._bytes_a_day,
                queued=self._held,
                dropped=self._dropped,
                error=self._error,
            )

    def start(self) -> None:
        """Start the thread."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="recorder", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Commit what has come, close the file and join the thread; safe to call twice."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None
        elif not self._shut:
            self._finish()

    # -- the thread --------------------------------------------------------------------------------------------

    def _run(self) -> None:
        pause_s = 0.0
        while not self._stop.wait(pause_s):
            begun = self._clock.ticks()
            try:
                self.step()
            except Exception:
                log.exception("the recorder stumbled and goes on")
                self._fail("disk error")
            pause_s = max(0.0, 1.0 - (self._clock.ticks() - begun))
        try:
            self._finish()
        except Exception:
            log.exception("the recorder stumbled at its end")

    def _finish(self) -> None:
        try:
            self.step()
            if self._upkeep is not None and not self._error:
                self._upkeep.leave()
        except sqlite3.Error as err:  # the pages stay free for the next recording
            log.warning("%s: %s", self._site.path, trouble(err))
        finally:
            self._close()
            self._alone.release()
            self._shut = True

    def step(self) -> None:
        """Commit what has come, then do a portion of upkeep; once a second, from one thread."""
        try:
            opened, upkeep = self._ensure_open()
            self._write(opened, upkeep)
            upkeep.run(self._clock.ticks(), round(self._clock.now() * 1000))
            if self._error:
                log.warning("%s: writing again", self._site.path)
        except (StorageError, sqlite3.Error, OSError) as err:
            self._fail(trouble(err))
            if self._error not in ("database locked", "disk full"):
                self._close()  # opened again at the next step, whatever file is there then
        else:
            with self._lock:
                self._error = ""
                self._count = len(opened.register.by_id)
                self._bytes_a_day = upkeep.bytes_a_day
        with self._lock:
            self._drop_old()

    def _fail(self, error: str) -> None:
        if error != self._error:
            log.warning("%s: %s", self._site.path, error)
        with self._lock:
            self._error = error

    def _drop_old(self) -> None:
        """Drop what has waited too long, once it could not be written: time may also pass while the machine sleeps."""
        oldest = self._clock.ticks() - HOLD_S
        while self._queue and self._queue[0].ticks < oldest:
            self._drop(self._queue.popleft())

    def _drop(self, batch: _Batch) -> None:
        self._held -= batch.count
        self._dropped += batch.count

    def _ensure_open(self) -> tuple[Opened, Upkeep]:
        if self._opened is not None and self._upkeep is not None:
            if self._site.path.exists():
                return self._opened, self._upkeep
            log.warning("%s has been removed; a new one is begun", self._site.path)
            self._close()
        self._keep_others_away()
        before = self._last_opened
        known = (before.file_id, before.register) if before else None
        opened = open_history(self._site, self._busy_s, self._clock.now(), known)
        if before is not None and opened.file_id != before.file_id:
            self._forget_rows()
        self._opened = self._last_opened = opened
        self._upkeep = Upkeep(opened, self._retention, self._clock.ticks())
        return self._opened, self._upkeep

    def _keep_others_away(self) -> None:
        """Take the lock, or see to it that it is still ours; raise StorageError when another has it, or OSError."""
        self._alone.path.parent.mkdir(parents=True, exist_ok=True)
        if not self._alone.take():
            raise StorageError(f"another Wattelier is recording into {self._site.path}")

    def _forget_rows(self) -> None:
        """Drop rows that were made for another file: their numbers mean nothing in this one."""
        with self._lock:
            for batch in [batch for batch in self._queue if batch.rows is not None]:
                self._queue.remove(batch)
                self._drop(batch)

    def _close(self) -> None:
        opened, self._opened, self._upkeep = self._opened, None, None
        if opened is not None:
            try:
                opened.db.close()
            except sqlite3.Error as err:
                log.warning("%s: %s", self._site.path, err)

    def _write(self, opened: Opened, upkeep: Upkeep) -> None:
        """Turn what has come into rows and commit it all; raise sqlite3.Error with everything still waiting."""
        with self._lock:
            batches = list(self._queue)
        register, now_ms = opened.register, round(self._clock.now() * 1000)
        for batch in batches:
            if batch.rows is None:
                batch.rows = register.packed(batch.readings, now_ms)
                batch.readings = ()
        rows = b"".join(batch.rows or b"" for batch in batches)
        pending = register.pending
        if rows or pending.series or pending.steps:
            with transaction(opened.db):
                _write_pending(opened.db, pending)
                if rows:
                    append(opened.db, rows)
        register.pending = Pending()
        upkeep.note(unpack(rows))
        with self._lock:
            for batch in batches:
                if self._queue and self._queue[0] is batch:  # else it was too old meanwhile, and is counted as lost
                    self._queue.popleft()
                    self._held -= batch.count


def _in_table(table: Mapping[PointKey, Point]) -> Callable[[PointKey], Point | None]:
    def look_up(key: PointKey) -> Point | None:
        return table.get(key)

    return look_up


def _write_pending(db: sqlite3.Connection, pending: Pending) -> None:
    """Write the definitions that new rows refer to, and the steps of counters."""
    db.executemany(
        "insert into series (id, device, point, kind, unit, en, fr) values (?, ?, ?, ?, ?, ?, ?)"
        " on conflict (id) do update set kind = excluded.kind, unit = excluded.unit,"
        " en = coalesce(nullif(excluded.en, ''), en), fr = coalesce(nullif(excluded.fr, ''), fr)",
        list(pending.series.values()),
    )
    db.executemany(
        "insert or ignore into scales values (?, ?, ?, ?)",
        [(code, scale.factor, scale.offset, int(scale.divides)) for code, scale in pending.scales.items()],
    )
    db.executemany("insert or ignore into words values (?, ?)", list(pending.words.items()))
    db.executemany(
        "insert or replace into steps values (?, ?, ?, ?, ?, ?)",
        [(series, round(s.at * 1000), s.kind.value, s.before, s.after, s.correction) for series, s in pending.steps],
    )
