"""A kind of SQLite file of ours: its mark, its migrations, and the sentence that refuses a foreign or a newer one.

Migrations only go forward and run through sqlite-utils, all that are due in one transaction; a copy of the file is kept
before (``upgrade``).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from core.storage.transaction import transaction
from core.storage.upgrade import StorageError, keep_copy, run_script

if TYPE_CHECKING:
    from sqlite_utils import Database, Migrations

__all__ = ["Format", "StorageError"]


Step = tuple[str, str | Callable[[sqlite3.Connection], None]]
"""Its name, and its statements or what it does inside the transaction."""


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of file. ``what`` is how sentences call it; ``steps`` are only ever appended to."""

    name: str
    application_id: int
    what: str
    steps: tuple[Step, ...]

    def applied(self, db: sqlite3.Connection) -> list[str]:
        """Names of the steps that this file has been through."""
        known = "select 1 from sqlite_master where name = '_sqlite_migrations'"
        if db.execute(known).fetchone() is None:
            return []
        names = "select name from _sqlite_migrations where migration_set = ? order by id"
        return [str(name) for (name,) in db.execute(names, (self.name,))]

    def current(self, db: sqlite3.Connection) -> bool:
        """Whether nothing is left to be migrated."""
        return [name for name, _ in self.steps] == self.applied(db)

    def refusal(self, db: sqlite3.Connection, path: Path) -> str | None:
        """Return the sentence that says why this open file is none of ours for this program, or None.

        An empty file is fine: it becomes one. Raises sqlite3.Error.
        """
        try:
            names = [name for (name,) in db.execute("select name from sqlite_master limit 1")]
        except UnicodeDecodeError:  # of a complaint about a table whose name is no text
            return f"{path} is damaged: its list of tables cannot be read."
        if names and int(db.execute("pragma application_id").fetchone()[0]) != self.application_id:
            return f"{path} is an SQLite file of another program, not a Wattelier {self.what}."
        unknown = set(self.applied(db)) - {name for name, _ in self.steps}
        if unknown:
            return f"{path} was written by a newer Wattelier ({max(unknown)}); open it with that version."
        return None

    def migrate(self, db: sqlite3.Connection, until: str | None = None) -> None:
        """Bring an open file up to date, an older one once a copy of it is kept; raise StorageError or sqlite3.Error.

        ``until`` stops before a step (to make an older file).
        """
        if self.current(db):
            return
        from sqlite_utils import Database, Migrations  # slow to import, and readers do not need it

        steps = Migrations(self.name)
        for name, work in self.steps:
            _register(steps, name, work)
        with transaction(db):
            before = self.applied(db)
            if before and len(before) < len(self.steps):
                keep_copy(db, before[-1])
            steps.apply(Database(db), stop_before=until)


def _register(steps: Migrations, name: str, work: str | Callable[[sqlite3.Connection], None]) -> None:
    @steps(name=name)
    def _apply(db: Database) -> None:  # pyright: ignore[reportUnusedFunction]
        if callable(work):
            work(db.conn)
        else:
            run_script(db.conn, work)
