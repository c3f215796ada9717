"""History: what has been recorded, read-only.

A History belongs to the thread that first asks it; another thread calls ``open()`` for its own. Each question is one
read transaction, so it sees every reading exactly once while the recorder seals beside it. Every question may raise
StorageError (no file, a foreign or a newer one) or sqlite3.Error, and blocks: the window asks from a worker thread.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Self
from zoneinfo import ZoneInfo

import numpy as np

from core.points import Kind, PointKey
from core.storage.days import HOUR_MS, day_start
from core.storage.packing import DAMAGE
from core.storage.results import Day, Event, PointInfo, Raw, Sample, Series, State
from core.storage.schema import FORMAT, StorageError, connect_read_only, refusal
from core.storage.snapshot import Recorded, Snapshot, no_series
from core.storage.store import phase_in, read_runs, read_samples, read_scales, read_settings, read_words
from core.storage.unsealed import spans
from core.storage.values import QUALITIES, value_of

GAP_PACES = 5  # a state holds over a silence of up to five paces


def _ms(t: float) -> int:
    return round(t * 1000)


class History:
    """The history of a site."""

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)
        self._db: sqlite3.Connection | None = None
        self._words: dict[int, str] = {}

    @property
    def exists(self) -> bool:
        """Whether there is a file with something in it; any thread may ask."""
        return self.path.is_file() and self.path.stat().st_size > 0

    def open(self) -> Self:
        """Return another History of the same file, for the calling thread."""
        return type(self)(self.path)

    def close(self) -> None:
        """Let go of the file; the next question opens it again."""
        db, self._db = self._db, None
        if db is not None:
            db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def time_zone(self) -> ZoneInfo:
        """The zone whose days are kept."""
        with self._reading() as now:
            return now.zone

    def points(self) -> list[PointInfo]:
        """Return every point that has been recorded, by key."""
        with self._reading() as now:
            unsealed = spans(now.db)
            found: list[PointInfo] = []
            question = "select id, device, point, kind, unit, en, fr, first, last, count from series"
            for series, device, point, kind, unit, en, fr, first, last, count in now.db.execute(question):
                fresh = unsealed.get(series)
                starts = [first] if fresh is None else [first, fresh.first]
                ends = [last] if fresh is None else [last, fresh.last]
                begin = min((t / 1000 for t in starts if t is not None), default=None)
                end = max((t / 1000 for t in ends if t is not None), default=None)
                every = count + (fresh.count if fresh else 0)
                found.append(PointInfo(PointKey(device, point), unit, Kind(kind), begin, end, every, en, fr))
        return sorted(found, key=lambda info: info.key)

    def range(self, key: PointKey, start: float, end: float, bins: int) -> Series:
        """Return ``start <= t < end`` in at most ``bins`` bins, from the cheapest level that is fine enough.

        Not more than ``bins`` readings come back one by one. Only good values count; what is under way is included.
        A gap is a bin of NaN. The bins lie on one grid, so a curve that is moved or that grows does not shimmer; the
        first one may begin before ``start``. One single bin is exact to the reading, however long it is.
        """
        with self._reading() as now:
            point = now.find(key)
            return now.curve(point, _ms(start), _ms(end), bins) if point else no_series()

    def raw(self, key: PointKey, start: float, end: float) -> Raw:
        """Return every reading with ``start <= t < end``, whatever its quality."""
        with self._reading() as now:
            point = now.find(key)
            if point is None:
                return Raw(np.zeros(0), np.zeros(0), np.zeros(0, dtype=np.uint8))
            samples = read_samples(now.db, point.id, _ms(start), _ms(end), now.phase)
            t, quality = samples.t / 1000, samples.quality.astype(np.uint8)
            if _is_number(point):
                return Raw(t, samples.numbers(now.scales), quality)
            values = np.empty(len(samples), dtype=object)
            for row, (code, raw) in enumerate(zip(samples.code.tolist(), samples.raw.tolist(), strict=True)):
                values[row] = value_of(code, raw, now.scales, now.words)
            return Raw(t, values, quality)

    def at(self, key: PointKey, t: float) -> Sample | None:
        """Return the last value at or before ``t`` with its own time, None when there is none.

        Where the readings are no longer kept it is the last value of a recording period, at the end of that period.
        """
        with self._reading() as now:
            point = now.find(key)
            return now.at(point, _ms(t)) if point else None

    def delta(self, key: PointKey, start: float, end: float) -> float | None:
        """Return by how much a counter truly increased from ``start`` to ``end``, None when nothing is known.

        It counts from the last value at or before ``start`` (the first one after it, if there is none) to the last
        one at or before ``end``, over resets, rollovers and replacements.
        """
        with self._reading() as now:
            point = now.find(key)
            return now.increase(point, _ms(start), _ms(end)) if point else None

    def hidden(self, key: PointKey, start: float, end: float) -> float:
        """Return what resets, rollovers and replacements hide of a counter: ``start < t <= end``.

        The last value less the first one, and this, is by how much it truly increased.
        """
        with self._reading() as now:
            point = now.find(key)
            return now.hidden(point, _ms(start) + 1, _ms(end) + 1) if point else 0.0

    def days(self, key: PointKey, first: date, last: date) -> list[Day]:
        """Return the local days ``first … last`` (both included), also those without a reading."""
        with self._reading() as now:
            point = now.find(key)
            ordinals = range(first.toordinal(), last.toordinal() + 1)
            if point is None or not ordinals:
                return []
            starts = [day_start(day, now.zone) for day in range(ordinals.start, ordinals.stop + 1)]
            rows = now.day_rows(point, starts[0], starts[-1])
            places = {t: row for row, t in enumerate(rows.start.tolist())}
            before = now.at(point, starts[0] - 1, good=True) if point.kind is Kind.COUNTER else None
            last_number = before.value if before else None
            days: list[Day] = []
            for day, start, end in zip(ordinals, starts[:-1], starts[1:], strict=True):
                frame = (date.fromordinal(day), start / 1000, end / 1000, (end - start) / HOUR_MS)
                if (row := places.get(start)) is None:
                    days.append(Day(*frame, 0))
                    continue
                low, mean, high, begin, final = (float(column[row]) for column in rows.columns())
                increase = None
                if point.kind is Kind.COUNTER:
                    since = last_number if isinstance(last_number, float) else begin
                    increase, last_number = final - since + now.hidden(point, start, end), final
                days.append(Day(*frame, int(rows.count[row]), low, mean, high, begin, final, increase))
            return days

    def states(self, key: PointKey, start: float, end: float) -> list[State]:
        """Return what a state, text or set of bits was between two moments, in stretches, gaps left open."""
        low, high = _ms(start), _ms(end)
        with self._reading() as now:
            point = now.find(key)
            if point is None or high <= low or _is_number(point):
                return []
            runs = read_runs(now.db, point.id, low - HOUR_MS, high, now.phase)
            counted, distance = int(np.sum(runs.count - 1)), np.diff(runs.start)
            lasted = int(np.sum(runs.until - runs.start))
            pace_ms = lasted / counted if counted else float(np.median(distance)) if len(distance) else 0.0
            found: list[State] = []
            table: list[list[int]] = np.stack(runs.columns(), axis=1).tolist()
            for begin, until, count, mode, raw in table:
                value = value_of(mode >> 2, raw, now.scales, now.words)
                state = State(begin / 1000, until / 1000, value, QUALITIES[mode & 3], count)
                _lengthen(found, state, GAP_PACES * pace_ms / 1000)
        return [_within(state, start, end) for state in found if state.end >= start]

    def events(self, start: float, end: float, key: PointKey | None = None) -> list[Event]:
        """Return the resets, rollovers and replacements of counters, of one point or of all."""
        with self._reading() as now:
            found = now.db.execute(
                "select t, device, point, kind, before, after, unit from events where t >= ? and t < ? order by t",
                (_ms(start), _ms(end)),
            )
            events = [
                Event(t / 1000, PointKey(device, point), kind, before, after, unit)
                for t, device, point, kind, before, after, unit in found
            ]
        return [event for event in events if key is None or event.key == key]

    @contextmanager
    def _reading(self) -> Generator[Snapshot]:
        db = self._db = self._db or self._connect()
        db.execute("begin")
        try:
            found = read_settings(db)
            newest = db.execute("select max(id) from words").fetchone()[0] or 0
            if newest != len(self._words):
                self._words = read_words(db)
            zone, phase = ZoneInfo(found.get("time_zone", "UTC")), phase_in(found)
            yield Snapshot(db, zone, phase, read_scales(db), self._words)
        except DAMAGE as err:
            raise StorageError(f"{self.path} is damaged: a part of it is nothing that Wattelier has written.") from err
        finally:
            db.execute("commit")

    def _connect(self) -> sqlite3.Connection:
        if not self.exists:
            raise StorageError(f"{self.path} does not exist or is empty.")
        try:
            db = connect_read_only(self.path)
        except sqlite3.DatabaseError as err:
            if err.sqlite_errorcode == sqlite3.SQLITE_NOTADB:
                raise StorageError(f"{self.path} is not a database.") from err
            raise
        try:
            sentence = refusal(db, self.path)
            if not sentence and not FORMAT.current(db):
                sentence = f"{self.path} is an older history; record into it once to bring it up to date."
            if sentence:
                raise StorageError(sentence)
        except BaseException:
            db.close()
            raise
        return db


def _is_number(point: Recorded) -> bool:
    return point.kind in (Kind.GAUGE, Kind.COUNTER)


def _lengthen(found: list[State], state: State, silence_s: float) -> None:
    """Append a stretch; let the one before reach it, or become one with it, unless a silence lies between."""
    if found and state.start - (last := found[-1]).end <= silence_s:
        same = last.value == state.value and last.quality is state.quality
        end, count = (state.end, last.count + state.count) if same else (state.start, last.count)
        found[-1] = State(last.start, end, last.value, last.quality, count)
        if same:
            return
    found.append(state)


def _within(state: State, start: float, end: float) -> State:
    return State(max(state.start, start), min(state.end, end), state.value, state.quality, state.count)
