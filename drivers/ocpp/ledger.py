"""Charging transactions across restarts: numbers that never repeat, starts and stops, and what was learnt of a model.

One SQLite file beside the history; every method runs in the line's thread, which opens and closes the ledger. Energies
are Wh of the station's own meter, times Unix seconds.
"""

from __future__ import annotations

import contextlib
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from core.errors import LinkError
from core.storage.transaction import transaction
from core.storage.upgrade import StorageError, keep_copy, run_script

HIGHEST = 2**31 - 1  # the numbers of transactions are signed integers of 32 bits at many stations
EPOCH = 1_600_000_000  # numbers start at the seconds since then: without a file, they do not repeat either
KEPT_ORPHANS = 1000
KEPT = 50_000  # transactions: decades of a site; beyond it the oldest that have ended go
BY_STATION, BY_US = "station", "us"

_SCHEMA = """
create table if not exists transactions (
    id integer primary key, station text not null, connector integer not null, tag text not null,
    meter_start integer, started real not null, stamp text not null,
    meter_stop integer, stopped real, reason text not null default '', closed_by text not null default '',
    last_meter real, last_at real, note text not null default '',
    unsure integer not null default 0, doubt text not null default ''
);
create index if not exists open_transactions on transactions (station, connector) where closed_by = '';
create table if not exists issued (only integer primary key check (only = 1), id integer not null);
create table if not exists orphans (
    at real not null, station text not null, id integer, meter_stop integer, stamp text not null,
    reason text not null, tag text not null, note text not null
);
create table if not exists models (
    vendor text not null, model text not null, firmware text not null, measurands text not null, note text not null,
    primary key (vendor, model, firmware)
);
"""
_VERSION = 2
_SINCE_1 = """
alter table transactions add column unsure integer not null default 0;
alter table transactions add column doubt text not null default '';
"""
_COLUMNS = (
    "id, station, connector, tag, meter_start, started, stamp, meter_stop, stopped, reason, closed_by, last_meter, "
    "last_at, note, unsure, doubt"
)


@dataclass(frozen=True, slots=True)
class Transaction:
    """One charging session. ``meter_start`` None: it was found running. ``closed_by`` "": it runs.

    ``stamp`` is the station's own text for the start: by it a start that is sent twice is recognised. ``unsure``: the
    station's times could not be placed in ours. ``doubt`` says why the meter's readings do not give its energy.
    """

    id: int
    station: str
    connector: int
    tag: str
    meter_start: int | None
    started: float
    stamp: str
    meter_stop: int | None = None
    stopped: float | None = None
    reason: str = ""
    closed_by: str = ""
    last_meter: float | None = None
    last_at: float | None = None
    note: str = ""
    unsure: bool = False
    doubt: str = ""

    @property
    def open(self) -> bool:
        """Whether it runs."""
        return not self.closed_by

    @property
    def energy(self) -> float | None:
        """Wh since its start; None when the meter's readings do not say it."""
        end = self.last_meter if self.meter_stop is None else self.meter_stop
        if self.doubt or self.meter_start is None or end is None or end < self.meter_start:
            return None
        return float(end - self.meter_start)


@dataclass(frozen=True, slots=True)
class Learnt:
    """What a model with this firmware accepts as measurands; ``note`` says how that is known."""

    measurands: str
    note: str


class Ledger:
    """The file, or memory alone where ``path`` is None. Opens at once; raises LinkError with a sentence."""

    def __init__(self, path: Path | None, first: int = 1) -> None:
        self.path = path
        try:
            if path is not None:
                path.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(path or ":memory:", timeout=2.0, isolation_level=None)
        except (sqlite3.Error, OSError) as err:
            raise LinkError(f"the file of transactions {path} cannot be opened ({err})") from err
        try:
            self._refuse_newer()
            if path is not None:
                self._db.execute("pragma journal_mode = wal")
                self._db.execute("pragma synchronous = full")  # a number that has been given out is never forgotten
            with transaction(self._db):
                self._bring_up_to_date()
            self._db.execute("insert or ignore into issued values (1, ?)", (first - 1,))
        except StorageError as err:
            self._db.close()
            raise LinkError(str(err)) from err
        except sqlite3.Error as err:
            self._db.close()
            raise LinkError(f"the file of transactions {path} cannot be used ({err})") from err

    def _version(self) -> int:
        """Of the open file; 0 for a new one."""
        return int(self._db.execute("pragma user_version").fetchone()[0])

    def _refuse_newer(self) -> None:
        if (version := self._version()) > _VERSION:
            raise StorageError(f"{self.path} was written by a newer Wattelier ({version}); open it with that version.")

    def _bring_up_to_date(self) -> None:
        version = self._version()
        if version == 1:
            keep_copy(self._db, f"v{version}")
            run_script(self._db, _SINCE_1)
        run_script(self._db, _SCHEMA)
        self._db.execute(f"pragma user_version = {_VERSION}")

    def close(self) -> None:
        """Let go of the file; safe to call twice."""
        with contextlib.suppress(sqlite3.Error):
            self._db.close()

    # -- transactions ----------------------------------------------------------------------------------------------

    def begin(
        self,
        station: str,
        connector: int,
        tag: str,
        meter_start: int | None,
        *,
        started: float,
        stamp: str,
        note: str = "",
        unsure: bool = False,
        repeats: bool = True,
    ) -> Transaction:
        """Open a transaction and give it its number; one that the station repeats keeps the number that it has.

        ``repeats`` False: its stamp is no time, and a station that gives the same one for each start repeats nothing.
        """
        known = self._one(
            "station = ? and connector = ? and tag = ? and meter_start is ? and stamp = ? and stamp != '' "
            "and closed_by != ?",
            (station, connector, tag, meter_start, stamp, BY_STATION),
        )
        known = known if repeats else None
        if known is not None:
            if not known.open:
                self._set(known.id, "stopped = null, reason = '', closed_by = '', note = ?", ("",))
            return self._sure(known.id)
        number = self._next()
        begun = Transaction(number, station, connector, tag, meter_start, started, stamp, note=note, unsure=unsure)
        self._insert(begun)
        return self._sure(number)

    def adopt(self, number: int, station: str, connector: int, at: float) -> Transaction | None:
        """Take over a transaction that a station runs and that is not known here; None if the number cannot be its."""
        if not 0 < number <= HIGHEST or self.find(number) is not None:
            return None
        note = "found running: its start is not known here"
        self._insert(Transaction(number, station, connector, "", None, at, "", note=note))
        return self._sure(number)

    def find(self, number: int | None, station: str | None = None) -> Transaction | None:
        """The transaction of that number (of that station)."""
        if number is None or not 0 < number <= HIGHEST:
            return None
        found = self._one("id = ?", (number,))
        return found if found is None or station in (None, found.station) else None

    def running(self, station: str, connector: int | None = None) -> list[Transaction]:
        """The open transactions of a station (of one connector), oldest first."""
        if connector is None:
            return self._all("station = ? and closed_by = ''", (station,))
        return self._all("station = ? and connector = ? and closed_by = ''", (station, connector))

    def last(self, station: str, connector: int) -> Transaction | None:
        """The newest transaction of a connector, running or not."""
        found = self._all("station = ? and connector = ?", (station, connector), "started desc, id desc limit 1")
        return found[0] if found else None

    def meter(self, number: int, reading: float, at: float) -> Transaction | None:
        """Note a meter reading of a transaction (Wh); it never goes back in time."""
        self._set(number, "last_meter = ?, last_at = ?", (reading, at), "and (last_at is null or last_at <= ?)", (at,))
        return self.find(number)

    def doubt(self, number: int, why: str) -> Transaction:
        """The meter's readings do not give its energy; the first reason stays."""
        self._set(number, "doubt = ?", (why,), "and doubt = ''")
        return self._sure(number)

    def close_by_station(
        self,
        number: int,
        meter_stop: int | None,
        stopped: float,
        reason: str,
        tag: str = "",
        *,
        unsure: bool = False,
    ) -> Transaction:
        """End it as the station says; replaces an end of ours."""
        self._set(
            number,
            "meter_stop = ?, stopped = ?, reason = ?, closed_by = ?, unsure = max(unsure, ?), "
            "note = case closed_by when '' then note else '' end",
            (meter_stop, stopped, reason, BY_STATION, unsure),
        )
        if tag:
            self._set(number, "tag = case tag when '' then ? else tag end", (tag,))
        return self._sure(number)

    def close_as_orphan(self, number: int, at: float, why: str) -> Transaction:
        """End it ourselves, with the last meter reading that came, and say why."""
        found = self._sure(number)
        stop = None if found.last_meter is None else round(found.last_meter)
        self._set(
            number,
            "meter_stop = ?, stopped = ?, reason = '', closed_by = ?, note = ?",
            (stop, max(found.started, found.last_at or at), BY_US, why),
        )
        return self._sure(number)

    def reopen(self, number: int) -> Transaction:
        """It runs after all: only an end of ours can be taken back."""
        self._set(
            number, "meter_stop = null, stopped = null, closed_by = '', note = ''", (), "and closed_by = ?", (BY_US,)
        )
        return self._sure(number)

    # -- ends without a beginning ----------------------------------------------------------------------------------

    def orphan(
        self, at: float, station: str, number: int | None, meter_stop: int | None, *, stamp: str, reason: str, tag: str
    ) -> None:
        """Record the end of a transaction that is not known here."""
        note = "its start is not known here"
        values = (at, station, number, meter_stop, stamp, reason, tag, note)
        self._run("insert into orphans values (?, ?, ?, ?, ?, ?, ?, ?)", values)
        keep = "select rowid from orphans order by rowid desc limit ?"
        self._run(f"delete from orphans where rowid not in ({keep})", (KEPT_ORPHANS,))

    def orphans(self, station: str) -> list[tuple[int | None, int | None, str]]:
        """Number, meter reading at the end (Wh) and reason of each, oldest first."""
        rows = self._run("select id, meter_stop, reason from orphans where station = ? order by rowid", (station,))
        return [(row[0], row[1], row[2]) for row in rows]

    # -- models ----------------------------------------------------------------------------------------------------

    def learnt(self, vendor: str, model: str, firmware: str) -> Learnt | None:
        """What is known of this model with this firmware."""
        row = self._run(
            "select measurands, note from models where vendor = ? and model = ? and firmware = ?",
            (vendor, model, firmware),
        ).fetchone()
        return Learnt(row[0], row[1]) if row else None

    def learn(self, vendor: str, model: str, firmware: str, measurands: str, note: str) -> None:
        """Keep it for the next time."""
        self._run("insert or replace into models values (?, ?, ?, ?, ?)", (vendor, model, firmware, measurands, note))

    def unlearn(self, vendor: str, model: str, firmware: str) -> None:
        """Forget it: it has not been found out."""
        self._run("delete from models where vendor = ? and model = ? and firmware = ?", (vendor, model, firmware))

    # -- rows ------------------------------------------------------------------------------------------------------

    def _next(self) -> int:
        """A number that has never been given out; committed before anyone hears of it."""
        self._run("begin immediate")
        try:
            (number,) = self._run("select id + 1 from issued").fetchone()
            while self._one("id = ?", (number,)) is not None:
                number += 1
            if number > HIGHEST:
                raise LinkError("every number of a transaction has been given out")
            self._run("update issued set id = ?", (number,))
            self._run("commit")
        except BaseException:
            with contextlib.suppress(sqlite3.Error):
                self._db.execute("rollback")
            raise
        return int(number)

    def _insert(self, entry: Transaction) -> None:
        marks = ", ".join("?" * 16)
        values = tuple(getattr(entry, name.strip()) for name in _COLUMNS.split(","))
        self._run(f"insert into transactions ({_COLUMNS}) values ({marks})", values)
        oldest = "select id from transactions order by id desc limit 1 offset ?"
        self._run(f"delete from transactions where closed_by != '' and id <= ({oldest})", (KEPT,))

    def _set(
        self, number: int, what: str, values: tuple[object, ...], also: str = "", more: tuple[object, ...] = ()
    ) -> None:
        self._run(f"update transactions set {what} where id = ? {also}", (*values, number, *more))

    def _sure(self, number: int) -> Transaction:
        found = self._one("id = ?", (number,))
        if found is None:
            raise LinkError(f"the transaction {number} has gone from its file")
        return found

    def _run(self, sql: str, values: tuple[object, ...] = ()) -> sqlite3.Cursor:
        try:
            return self._db.execute(sql, values)
        except sqlite3.Error as err:
            raise LinkError(f"the file of transactions {self.path} cannot be used ({err})") from err

    def _one(self, where: str, values: tuple[object, ...]) -> Transaction | None:
        found = self._all(where, values, "id desc limit 1")
        return found[0] if found else None

    def _all(self, where: str, values: tuple[object, ...], order: str = "id") -> list[Transaction]:
        rows = self._run(f"select {_COLUMNS} from transactions where {where} order by {order}", values)
        return [Transaction(*row[:14], unsure=bool(row[14]), doubt=row[15]) for row in rows]
