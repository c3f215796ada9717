"""Bringing an older file up to date: a copy of it first, then every step in one transaction.

Killing the program at any moment leaves the file as it was before or as it is after, and a copy that is whole: it gets
its name only once it is.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from core.errors import WattelierError

FOLDER = "copies"  # beside the file
MOST_COPIES = 3  # of one file; a history may be large

_made: dict[tuple[Path, str], Path] = {}  # by this program: a damaged file is tried again and again, and copied once


class StorageError(WattelierError):
    """A file of the site cannot be used; the message is one sentence for the user."""


def run_script(db: sqlite3.Connection, script: str) -> None:
    """Execute a script inside the transaction that is open; ``executescript`` would commit it."""
    whole = ""
    for line in script.splitlines(keepends=True):
        whole += line
        if sqlite3.complete_statement(whole):
            db.execute(whole)
            whole = ""


def keep_copy(db: sqlite3.Connection, version: str, now: datetime | None = None) -> Path | None:
    """Copy the file of a connection to ``copies/NAME.VERSION.DATE.sqlite``; None for a database in memory.

    To be called inside ``transaction``, before anything was changed: then the copy is what the file is. The oldest
    copies of the same file go. After an upgrade that failed, which has changed nothing, the next try finds its copy
    made. Raises StorageError when it cannot be written.
    """
    path = file_of(db)
    if path is None:
        return None
    if (made := _made.get((path, version))) is not None and made.is_file():
        return made
    when = f"{now or datetime.now(UTC):%Y-%m-%d_%H%M%S}"
    copy = path.parent / FOLDER / f"{path.stem}.{version}.{when}{path.suffix}"
    draft = copy.with_name(f"{copy.name}.new")
    try:
        copy.parent.mkdir(exist_ok=True)
        _back_up(path, draft)
        draft.replace(copy)
        for oldest in copies_of(path)[:-MOST_COPIES]:
            oldest.unlink()
    except (sqlite3.Error, OSError) as err:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)
        reason = (err.strerror if isinstance(err, OSError) else "") or str(err)
        raise StorageError(
            f"{path} is of an older Wattelier and stays as it is: no copy of it can be kept ({reason})"
        ) from err
    _made[path, version] = copy
    return copy


def copies_of(path: Path) -> list[Path]:
    """The copies of a file, oldest first."""
    found = [copy for copy in (path.parent / FOLDER).glob(f"*{path.suffix}") if _is_copy(copy, path)]
    return sorted(found, key=lambda copy: copy.name.removesuffix(path.suffix).rpartition(".")[2])


def file_of(db: sqlite3.Connection) -> Path | None:
    """The file of a connection; None for a database in memory."""
    name = next(str(file or "") for _, schema, file in db.execute("pragma database_list") if schema == "main")
    return Path(name) if name else None


def _back_up(path: Path, draft: Path) -> None:
    """Copy with SQLite's own means, log included, through a connection that only reads."""
    draft.unlink(missing_ok=True)
    source = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    try:
        target = sqlite3.connect(draft)
        try:
            source.backup(target)
            target.execute("pragma journal_mode = delete")  # one file, without a log beside it
        finally:
            target.close()
    finally:
        source.close()
    with draft.open("rb+") as file:
        os.fsync(file.fileno())


def _is_copy(copy: Path, path: Path) -> bool:
    """Whether a name is that of a file with a version and a date behind it, and not that of a longer name's."""
    name = copy.name.removesuffix(path.suffix)
    rest = name.removeprefix(f"{path.stem}.")
    return rest != name and rest.count(".") == 1
