"""What the recorder brings back when it opens a history: its series, its scales, where it stopped.

Runs in the recorder's thread; may raise StorageError or sqlite3.Error.
"""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from core.points import Kind, Point, PointKey
from core.storage.counters import Counter
from core.storage.days import phase_of
from core.storage.packing import DAMAGE
from core.storage.register import Register, SeriesState, is_serial
from core.storage.schema import StorageError, connect
from core.storage.sealing import Sealer, Subject
from core.storage.store import (
    FOREVER,
    last_value,
    number_of,
    phase_in,
    read_scales,
    read_settings,
    read_words,
    write_setting,
)
from core.storage.unsealed import open_hours, settle, spans
from core.storage.values import value_of

Points = Callable[[PointKey], Point | None]


@dataclass(frozen=True, slots=True)
class Site:
    """How the site wants its history: where, in which zone, at which period, and what its points mean."""

    path: Path
    points: Points
    zone: ZoneInfo
    period_s: int


@dataclass(frozen=True, slots=True)
class Opened:
    """An open history. ``open_hours`` says which series have unsealed readings in which hour.

    ``lived_ms`` is the moment from which the age of readings is counted: the clock's, unless it has run ahead.
    """

    db: sqlite3.Connection
    file_id: str
    register: Register
    sealer: Sealer
    open_hours: dict[int, set[int]]
    bytes_a_day: float | None
    lived_ms: int


def open_history(site: Site, busy_s: float, now: float, known: tuple[str, Register] | None) -> Opened:
    """Open, create, migrate; settle what an earlier run has left; follow a change of the site's zone.

    ``known`` is the file and the register of before, which stays in use when it is still the same file.
    """
    site.path.parent.mkdir(parents=True, exist_ok=True)
    db = connect(site.path, busy_s)
    try:
        db.execute("begin immediate")
        opened = _resume(db, site, now, known)
        db.execute("commit")
    except DAMAGE as err:
        db.close()
        raise StorageError(f"{site.path} is damaged: a part of it is nothing that Wattelier has written.") from err
    except BaseException:
        db.close()  # which rolls back
        raise
    return opened


def _resume(db: sqlite3.Connection, site: Site, now: float, known: tuple[str, Register] | None) -> Opened:
    found = read_settings(db)
    zone_before = found.get("time_zone", site.zone.key)
    found.setdefault("id", uuid.uuid4().hex)
    found.setdefault("phase_ms", str(phase_of(site.zone, now)))
    found |= {"period_s": str(site.period_s), "time_zone": site.zone.key}
    for name, value in found.items():
        write_setting(db, name, value)
    phase = phase_in(found)
    settle(db, phase)
    register = known[1] if known and known[0] == found["id"] else read_register(db, site.points, round(now * 1000))
    sealer = Sealer(db, site.zone, phase, site.period_s, register.scales)
    if zone_before != site.zone.key:
        for number, state in register.by_id.items():
            sealer.write_days(Subject(number, state.kind, register.scales_of(number)))
    size = found.get("bytes_a_day")
    lived_ms = int(found.get("lived_ms") or _newest(db, round(now * 1000)))
    return Opened(db, found["id"], register, sealer, open_hours(db), float(size) if size else None, lived_ms)


def _newest(db: sqlite3.Connection, now_ms: int) -> int:
    """Return the newest time of what is sealed, not after now; now when there is none."""
    row = db.execute("select max(last) from series where last <= ?", (now_ms,)).fetchone()
    return now_ms if row[0] is None else int(row[0])


def read_register(db: sqlite3.Connection, points: Points, now_ms: int) -> Register:
    """Return every series of the file with its last time, and counters and serial numbers with their last value.

    That is the last one up to now. Where readings have later times, the clock has been set back: how long ago a counter
    showed its value is not known then, and it is allowed as much as the clock may have been off.
    """
    register = Register(points)
    scales, words = read_scales(db), read_words(db)
    register.load(scales, words)
    unsealed = spans(db)
    found = db.execute("select id, device, point, kind, unit, last from series").fetchall()
    for number, device, point, kind, unit, last in found:
        state = SeriesState(number, PointKey(device, point), Kind(kind), unit)
        fresh = unsealed.get(number)
        state.last_t = max((t for t in (fresh and fresh.last, last) if t is not None), default=None)
        register.add(state)
        counts = state.kind is Kind.COUNTER
        if not counts and not is_serial(state.key, state.kind, unit):
            continue
        value = last_value(db, number, now_ms + 1, good=counts) or last_value(db, number, FOREVER, good=counts)
        state.counter = Counter(unit) if counts else None
        if counts and value is not None:
            ahead_ms = max(0, (state.last_t or 0) - now_ms)
            state.last_number, state.last_number_t = number_of(value, scales), min(value[0], now_ms - ahead_ms)
            state.pace = 0
        elif value is not None:
            told = value_of(value[1] >> 2, value[2], scales, words)
            state.last_text = f"{told:.0f}" if isinstance(told, float) else told if isinstance(told, str) else ""
    return register
