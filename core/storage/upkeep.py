"""Settling, sealing and cutting, a bounded portion at a time; belongs to the recorder's thread."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from core.storage.days import HOUR_MS
from core.storage.packing import DAMAGE
from core.storage.pyramid import DAY_LEVEL, HOUR_LEVEL, RUNS_LEVEL
from core.storage.resume import Opened
from core.storage.retention import Retention, plan
from core.storage.sealing import Subject, cut
from core.storage.store import hour_of, write_setting
from core.storage.transaction import transaction
from core.storage.unsealed import Packed, settle

PERIODS_S = (60, 300, 600, 900, 1800, 3600)
SETTLE_S = 120.0
SETTLE_ROWS = 100_000
GRACE_MS = 5_000  # a finished hour waits this long for its last readings
SEALS_A_STEP = 40
CUTS_A_STEP = 60
DELETES_A_CUT = 200
CUT_EVERY_S = 3600.0
SPAN_TO_MEASURE_MS = 600_000
PAGES_AT_THE_END = 20_000  # an hour of a large site; some tenths of a second
AGES_AT_MOST = 4.0  # times as fast as the recorder lives, after it was away or the clock has leapt ahead

_LEVELS = {period: period * 1000 for period in PERIODS_S} | {
    HOUR_LEVEL: HOUR_MS,
    DAY_LEVEL: 24 * HOUR_MS,
    RUNS_LEVEL: HOUR_MS,
}

log = logging.getLogger(__name__)


class Upkeep:
    """What an open history needs besides new rows. Its methods may raise sqlite3.Error and then have done nothing."""

    def __init__(self, opened: Opened, retention: Retention, ticks: float) -> None:
        self._opened = opened
        self._db = opened.db
        self._retention = retention
        self._open_hours = opened.open_hours
        self._incoming = 0
        self._settled_at = ticks
        self._cuts_at = ticks - CUT_EVERY_S
        self._cuts_left: list[int] = []
        self._lived_ms = opened.lived_ms
        self._lived_at = ticks
        self._measured_hour: int | None = None
        self._first_hour: int | None = None
        self._bytes = 0
        self._span_ms = 0
        self.bytes_a_day = opened.bytes_a_day

    def note(self, rows: Packed) -> None:
        """Remember in which hours the rows that were just committed lie."""
        self._incoming += len(rows)
        if not len(rows):
            return
        phase, t = self._opened.sealer.phase, rows["t"]
        first, last = hour_of(int(t.min()), phase), hour_of(int(t.max()), phase)
        if first == last:
            self._open_hours.setdefault(first, set()).update(rows["series"].tolist())
            return
        hours = (t - phase) // HOUR_MS
        for hour in set(hours.tolist()):
            self._open_hours.setdefault(hour, set()).update(rows["series"][hours == hour].tolist())

    def run(self, ticks: float, now_ms: int) -> None:
        """Do a portion of what is due, in one transaction if there is anything."""
        current = hour_of(now_ms - GRACE_MS, self._opened.sealer.phase)
        self._first_hour = current if self._first_hour is None else self._first_hour
        finished = [hour for hour in sorted(self._open_hours) if hour < current]
        late = ticks - self._settled_at >= SETTLE_S or bool(finished)
        settling = self._incoming >= SETTLE_ROWS or (self._incoming > 0 and late)
        if ticks - self._cuts_at >= CUT_EVERY_S:
            self._cuts_at = ticks
            self._cuts_left = list(self._opened.register.by_id)
            self._age(ticks, now_ms)
        if not (finished or settling or self._cuts_left):
            return
        try:
            with transaction(self._db):
                if settling:
                    settle(self._db, self._opened.sealer.phase)
                done = self._seal(finished, min(self._lived_ms, now_ms))
                self._cuts_left = self._cut(min(self._lived_ms, now_ms))
        except BaseException:
            self._opened.sealer.forget_times()
            raise
        if settling:
            self._incoming, self._settled_at = 0, ticks
        self._forget(done)

    def _age(self, ticks: float, now_ms: int) -> None:
        """Move on the moment from which ages are counted.

        It follows the clock, but a clock that leaps years ahead must not make all that is kept too old at once.
        """
        elapsed_ms, self._lived_at = round((ticks - self._lived_at) * 1000), ticks
        if self._lived_ms < now_ms:
            self._lived_ms = min(now_ms, self._lived_ms + round(AGES_AT_MOST * max(0, elapsed_ms)))

    def _forget(self, done: Iterable[tuple[int, int]]) -> None:
        for hour, series in done:
            self._open_hours[hour].discard(series)
            if not self._open_hours[hour]:
                del self._open_hours[hour]

    def _seal(self, finished: Iterable[int], now_ms: int) -> list[tuple[int, int]]:
        """Seal a portion of the finished hours; return which hour of which series was done."""
        done: list[tuple[int, int]] = []
        for hour in finished:
            waiting = sorted(self._open_hours[hour])
            for series in waiting[: SEALS_A_STEP - len(done)]:
                self._measure(hour, *self._seal_one(series, hour, now_ms))
                done.append((hour, series))
            if len(done) >= SEALS_A_STEP:
                whole = len(waiting) == sum(1 for each, _ in done if each == hour)
                return self._measured(done, hour, whole)
            self._measured(done, hour, True)
        return done

    def _seal_one(self, series: int, hour: int, now_ms: int) -> tuple[int, int]:
        """Seal one hour; return its bytes and the ms it spans. What cannot be sealed stays unsealed."""
        state = self._opened.register.by_id[series]
        oldest = self._retention.raw_cut(state.kind, now_ms)
        sealer = self._opened.sealer
        if oldest is not None and hour < hour_of(oldest, sealer.phase) and sealer.was_sealed(series, hour):
            return 0, 0  # its readings are gone and its buckets complete; the next cut takes these rows
        subject = Subject(series, state.kind, self._opened.register.scales_of(series))
        self._db.execute("savepoint hour")
        try:
            result = sealer.seal_hour(subject, hour)
        except DAMAGE:
            log.exception("hour %d of %s stays unsealed", hour, state.key)
            sealer.forget_times()
            self._db.execute("rollback to hour")
            result = 0, 0
        self._db.execute("release hour")
        return result

    def _measure(self, hour: int, written: int, span_ms: int) -> None:
        if self._first_hour is not None and hour < self._first_hour:
            return  # an hour of an earlier run, perhaps with other devices
        if self._measured_hour is not None and hour < self._measured_hour:
            return  # a late reading; it says nothing about an hour
        if hour != self._measured_hour:
            self._measured_hour, self._bytes, self._span_ms = hour, 0, 0
        self._bytes += written
        self._span_ms = max(self._span_ms, span_ms)

    def _measured(self, done: list[tuple[int, int]], hour: int, whole: bool) -> list[tuple[int, int]]:
        """Take the hour that is now sealed as a whole for the measure of a day; hand ``done`` through."""
        if whole and hour == self._measured_hour and self._span_ms >= SPAN_TO_MEASURE_MS:
            self.bytes_a_day = self._bytes * 24 / min(1.0, (self._span_ms + 2_000) / HOUR_MS)
            write_setting(self._db, "bytes_a_day", self.bytes_a_day)
        return done

    def _cut(self, now_ms: int) -> list[int]:
        """Cut a portion of what is too old; return the series that are still to be looked at."""
        portion, left = self._cuts_left[:CUTS_A_STEP], self._cuts_left[CUTS_A_STEP:]
        if not portion:
            return left
        kinds = {series: self._opened.register.by_id[series].kind for series in portion}
        unfinished: list[int] = []
        for each in plan(kinds, _LEVELS, self._retention, now_ms):
            gone = cut(self._db, each, self._opened.sealer.phase, DELETES_A_CUT)
            if gone == DELETES_A_CUT and each.series not in unfinished:
                unfinished.append(each.series)
        self._opened.sealer.forget_times()  # some may be gone
        if not left and not unfinished:
            write_setting(self._db, "lived_ms", self._lived_ms)
            self._shrink()
        return left + unfinished

    def _shrink(self) -> None:
        """Give free pages back to the disk; less than a third is used again by the next hour's rows."""
        free = self._free_pages()
        pages = int(self._db.execute("pragma page_count").fetchone()[0])
        if free > max(pages // 3, 4096):
            self._give_back(2000)

    def leave(self) -> None:
        """Give free pages back to the disk, since no next hour follows; many of them in several times."""
        with transaction(self._db):
            self._give_back(min(self._free_pages(), PAGES_AT_THE_END))

    def _free_pages(self) -> int:
        return int(self._db.execute("pragma freelist_count").fetchone()[0])

    def _give_back(self, pages: int) -> None:
        """Shorten the file by so many free pages; the sqlite3 module ends this pragma after its first page."""
        for _ in range(pages):
            self._db.execute("pragma incremental_vacuum(1)")
