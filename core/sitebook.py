"""The site's own book: journal, accounts, wear and confirmations, in one SQLite file beside the history.

It is apart from the history because a history may be trimmed, replaced or set aside as damaged, and who did what must
survive that. Every opener gets a connection of its own for its own thread; what is committed is on the disk
(``synchronous=FULL``): a write to a device begins only after that.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
import time
from collections.abc import Generator, Mapping
from dataclasses import dataclass
from pathlib import Path

from core.people import accounts
from core.protocols import Clock, SystemClock
from core.storage.format import Format, StorageError
from core.storage.lock import FileLock
from core.storage.transaction import transaction
from core.writing import journal, wear

APPLICATION_ID = 0x57415442  # "WATB"
BUSY_S = 5.0
MOST_STUCK = 10  # tries of a step that nobody else is taking: then the file is damaged
_making = threading.Lock()
SUFFIX, HEAD_SUFFIX = ".site.sqlite", ".site.head"

CONFIRMED = """
create table confirmed (
    serial text not null, profile text not null, point text not null, at integer not null, who text not null,
    evidence text not null, primary key (serial, profile, point)
) without rowid;
"""

FORMAT = Format(
    "site book",
    APPLICATION_ID,
    "site book",
    (
        ("0001_journal", journal.SCHEMA),
        ("0002_wear", wear.SCHEMA),
        ("0003_confirmed", CONFIRMED),
        ("0004_accounts", accounts.SCHEMA),
    ),
)


@dataclass(frozen=True, slots=True)
class Confirmation:
    """Somebody has compared an inferred register on site; ``evidence`` says with what."""

    serial: str
    profile: str
    point: str
    who: str
    evidence: str


class SiteBook:
    """The file; any thread may open parts of it, each for itself. Every opening may raise StorageError."""

    def __init__(self, path: Path, clock: Clock | None = None) -> None:
        self.path = path
        self._clock = clock or SystemClock()

    @classmethod
    def beside(cls, history: Path, clock: Clock | None = None) -> SiteBook:
        """The book of the site whose history is this file."""
        return cls(history.with_name(history.stem + SUFFIX), clock)

    @property
    def head(self) -> Path:
        """The file that holds number and hash of the journal's newest line."""
        return self.path.with_name(self.path.name.removesuffix(SUFFIX) + HEAD_SUFFIX)

    def writing_lock(self) -> FileLock:
        """What the one program holds that may write to the devices of this site; anybody may read."""
        return FileLock(f"{os.path.realpath(self.path)}-lock")

    @contextlib.contextmanager
    def journal(self) -> Generator[journal.Journal]:
        """The journal, for the calling thread."""
        with self.connected() as db:
            yield journal.Journal(db, self.head, self._clock)

    @contextlib.contextmanager
    def accounts(self) -> Generator[accounts.Accounts]:
        """The accounts, for the calling thread, never the one that draws; what happens to them is in the journal."""
        with self.connected() as db:
            kept = journal.Journal(db, self.head, self._clock)

            def note(kind: str, told: Mapping[str, object]) -> None:
                who, role, outcome = (str(told[name]) for name in ("who", "role", "outcome"))
                detail = {name: told[name] for name in told if name not in ("who", "role", "outcome")}
                kept.append(journal.Entry(kind, who, role, outcome=outcome, detail=detail))

            yield accounts.Accounts(db, self._clock, note=note)

    @contextlib.contextmanager
    def wear(self) -> Generator[wear.WearLedger]:
        """The count of writes, for the calling thread."""
        with self.connected() as db:
            yield wear.WearLedger(db, self._clock)

    def confirm(self, entry: Confirmation) -> None:
        """Keep that an inferred register has been compared on site."""
        with self.connected() as db:
            at = round(self._clock.now() * 1000)
            row = (entry.serial, entry.profile, entry.point, at, entry.who, entry.evidence)
            db.execute("insert or replace into confirmed values (?, ?, ?, ?, ?, ?)", row)

    def carry_over(self, place: str, serial: str) -> None:
        """What was counted and confirmed under a provisional name belongs to this serial number, now that it is known.

        The journal stays as it was written.
        """
        with self.connected() as db, transaction(db):
            db.execute("update writes set serial = ? where serial = ?", (serial, place))
            db.execute(
                "insert or ignore into confirmed select ?, profile, point, at, who, evidence from confirmed"
                " where serial = ?",
                (serial, place),
            )
            db.execute("delete from confirmed where serial = ?", (place,))

    def confirmed(self) -> dict[tuple[str, str], frozenset[str]]:
        """Serial number and profile of a device -> its inferred registers that have been confirmed."""
        found: dict[tuple[str, str], frozenset[str]] = {}
        with self.connected() as db:
            for serial, profile, point in db.execute("select serial, profile, point from confirmed"):
                key = str(serial), str(profile)
                found[key] = found.get(key, frozenset()) | {str(point)}
        return found

    @contextlib.contextmanager
    def connected(self) -> Generator[sqlite3.Connection]:
        """A connection of one's own; raise StorageError with a sentence on whatever is wrong with the file."""
        try:
            db = sqlite3.connect(self.path, isolation_level=None, timeout=BUSY_S)
            db.text_factory = _text
            try:
                if sentence := FORMAT.refusal(db, self.path):
                    raise StorageError(sentence)
                if not FORMAT.current(db):
                    _bring_up_to_date(db)
                db.execute("pragma synchronous = full")
                yield db
            finally:
                db.close()
        except sqlite3.Error as err:
            raise StorageError(f"{self.path} cannot be used: {err}") from err


def _text(data: bytes) -> str:
    """A text of the file. One that is no UTF-8 was altered by hand: it is to be read, so that it shows."""
    return data.decode("utf-8", "backslashreplace")


def _bring_up_to_date(db: sqlite3.Connection) -> None:
    """Make the file, or migrate it, one thread at a time; another program may be at it too, and take a step first."""
    patience, stuck = time.monotonic() + BUSY_S, 0
    with _making:
        while not FORMAT.current(db):
            before = FORMAT.applied(db)
            try:
                if not FORMAT.applied(db):
                    db.execute(f"pragma application_id = {APPLICATION_ID}")
                db.execute("pragma journal_mode = wal")
                FORMAT.migrate(db)
            except (sqlite3.OperationalError, sqlite3.IntegrityError) as err:
                if db.in_transaction:
                    db.execute("rollback")
                waiting = err.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
                stuck = 0 if waiting or FORMAT.applied(db) != before else stuck + 1
                if time.monotonic() > patience or stuck > MOST_STUCK:
                    raise
                time.sleep(0.02)
