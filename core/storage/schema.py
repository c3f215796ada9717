"""The history file: its tables, its migrations, and how it is opened.

Migrations only go forward (see ``format``), after a copy of an older file; a file that a newer program has written is
refused with one sentence. Killing the process is always safe (WAL, ``synchronous=NORMAL``: what was
committed is in the operating system's hands); a power cut may take the last seconds, never the file.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from core.storage.format import Format, Step, StorageError
from core.storage.packing import DAMAGE
from core.storage.unsealed import take_over

__all__ = ["FORMAT", "STEPS", "StorageError", "check", "connect", "connect_read_only", "refusal"]

APPLICATION_ID = 0x57415454  # "WATT"
CACHE_KIB = 1024  # of a connection: the system keeps the file's pages anyway
PAGE_BYTES = 8192  # three or four hour chunks a page; a page of 4096 wastes up to half of itself on them


TABLES = """
create table settings (name text primary key, value text not null) without rowid;
create table series (
    id integer primary key, device text not null, point text not null, kind text not null, unit text not null,
    en text not null, fr text not null,
    first integer, last integer, count integer not null default 0, -- of what is sealed
    unique (device, point)
);
create table scales (
    id integer primary key, factor real not null, offset real not null, divides integer not null
);
create table words (id integer primary key, text text not null);

-- the newest minutes, in the order they came: a commit appends and touches few pages
create table incoming (series integer not null, t integer not null, mode integer not null, value);
-- the unfinished hour, in the order one reads it
create table recent (
    series integer not null, t integer not null, mode integer not null, value, primary key (series, t)
) without rowid;

-- finished hours: chunks.seal()
create table times (id integer primary key, hour integer not null, data blob not null);
create table chunks (
    id integer primary key, series integer not null, hour integer not null, count integer not null,
    times integer not null references times, data blob not null
);
create unique index chunks_by_hour on chunks (series, hour);
create index chunks_by_times on chunks (times);

-- 1024 buckets a blob: pyramid.pack_rows(), and pyramid.pack_runs() at level 0
create table pyramid (
    id integer primary key, series integer not null, level integer not null, block integer not null,
    data blob not null
);
create unique index pyramid_by_block on pyramid (series, level, block);

-- what a counter hides: counters.Step
create table steps (
    series integer not null, t integer not null, kind text not null, before real not null, after real not null,
    correction real not null, primary key (series, t)
) without rowid;
"""

VIEWS = """
create view about as select
    'readings: values since the last finished hour of each point. Finished hours are sealed into compressed chunks;'
    || ' read them with: wattelier query FILE DEVICE/POINT --from TIME --to TIME' as readme;
create view readings as
select s.device, s.point, strftime('%Y-%m-%dT%H:%M:%fZ', r.t / 1000.0, 'unixepoch') as time_utc,
    case r.mode / 4
        when 0 then null
        when 1 then r.value
        when 2 then (select text from words where id = r.value)
        when 3 then (select text from words where id = r.value)
        when 4 then strftime('%Y-%m-%dT%H:%M:%S', r.value, 'unixepoch')
        else (select case divides when 0 then r.value * factor else r.value / factor end + offset
              from scales where id = r.mode / 4)
    end as value,
    s.unit,
    case r.mode % 4 when 0 then 'good' when 1 then 'stale' when 2 then 'bad' else 'unknown' end as quality,
    r.t as unix_ms
from (select series, t, mode, value from recent union all select series, t, mode, value from incoming) as r
join series as s on s.id = r.series;
create view events as
select e.series, s.device, s.point, e.t, strftime('%Y-%m-%dT%H:%M:%fZ', e.t / 1000.0, 'unixepoch') as time_utc,
    e.kind, e.before, e.after, s.unit
from steps as e join series as s on s.id = e.series where e.kind <> 'expected';
"""

PACKED = """
-- what has not been sealed yet, as packed rows: unsealed.ROW; a commit appends one blob and touches few pages
create table batches (id integer primary key, data blob not null);
-- the same two minutes later, by series and hour; times in ms
create table parts (
    id integer primary key, series integer not null, hour integer not null,
    first integer not null, last integer not null, count integer not null, data blob not null
);
create index parts_by_hour on parts (series, hour);
drop view readings;
drop view about;
create view about as select
    'Readings are packed and sealed into compressed chunks; read them with:'
    || ' wattelier query FILE DEVICE/POINT --from TIME --to TIME' as readme;
"""

STEPS: tuple[Step, ...] = (
    ("0001_tables", TABLES),
    ("0002_views", VIEWS),
    ("0003_packed", PACKED),
    ("0004_taken_over", take_over),
)
"""Every change of the format ever made, in order; only ever appended to."""


FORMAT = Format("history", APPLICATION_ID, "history", STEPS)
refusal = FORMAT.refusal


def check(path: Path) -> None:
    """Raise StorageError when the file can be seen to be unusable for ever: foreign, newer, or no database.

    What may pass (a lock, a full disk, missing rights) is not an error here.
    """
    if not path.is_file() or not path.stat().st_size:
        return
    try:
        db = connect_read_only(path)
        try:
            if sentence := refusal(db, path):
                raise StorageError(sentence)
        finally:
            db.close()
    except sqlite3.DatabaseError as err:
        if err.sqlite_errorcode == sqlite3.SQLITE_NOTADB:
            raise StorageError(f"{path} is not a database.") from err


def connect_read_only(path: Path) -> sqlite3.Connection:
    """Open for reading only, also from a medium that cannot be written; raise StorageError or sqlite3.Error."""
    where = f"{path.resolve().as_uri()}?mode=ro"
    try:
        try:
            return _reader(where)
        except sqlite3.Error as err:
            if getattr(err, "sqlite_errorcode", 0) & 0xFF not in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY):
                raise
        return _reader(f"{where}&immutable=1")
    except UnicodeDecodeError as err:  # of a complaint about a table whose name is no text
        raise StorageError(f"{path} is damaged: its list of tables cannot be read.") from err


def _reader(uri: str) -> sqlite3.Connection:
    """A connection that has read something; one that cannot is not kept open."""
    db = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=5.0)
    try:
        db.execute("select 1 from sqlite_master").fetchone()
        db.execute(f"pragma cache_size = -{CACHE_KIB}")
    except BaseException:
        db.close()
        raise
    return db


def connect(path: Path, busy_s: float, until: str | None = None) -> sqlite3.Connection:
    """Open for writing, create and migrate as needed; raise StorageError or sqlite3.Error.

    ``busy_s`` is how long to wait for a lock; ``until`` stops before a migration (to make an older file).
    """
    db = sqlite3.connect(path, isolation_level=None, timeout=busy_s)
    try:
        if sentence := refusal(db, path):
            raise StorageError(sentence)
        if not FORMAT.applied(db):
            db.execute(f"pragma page_size = {PAGE_BYTES}")
            db.execute("pragma auto_vacuum = incremental")
            db.execute(f"pragma application_id = {APPLICATION_ID}")
        db.execute("pragma journal_mode = wal")
        db.execute("pragma synchronous = normal")
        db.execute(f"pragma cache_size = -{CACHE_KIB}")
        db.execute(f"pragma journal_size_limit = {64 * 1024 * 1024}")
        FORMAT.migrate(db, until)
    except DAMAGE as err:
        db.close()
        raise StorageError(f"{path} is damaged: a part of it is nothing that Wattelier has written.") from err
    except BaseException:
        db.close()
        raise
    return db
