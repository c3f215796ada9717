"""An older file is brought up to date after a copy of it; a newer one is refused and stays as it is, byte for byte."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core import sitebook
from core.sitebook import SiteBook
from core.storage import schema
from core.storage.format import Format, StorageError
from core.storage.queries import History
from core.storage.transaction import transaction
from core.storage.upgrade import MOST_COPIES, copies_of, keep_copy
from core.writing.journal import Entry
from tests.core.storage.driven import NOON, POWER

MARK = 0x7E57
FIRST = ("0001_cakes", "create table cakes (name text not null);")
SECOND = ("0002_prices", "alter table cakes add column price real;\nupdate cakes set price = 2.5;")
BROKEN = ("0003_broken", "create table boxes (id integer);\ninsert into nowhere values (1);")


def made_by(*steps: tuple[str, str]) -> Format:
    """The program of a time when these were all the steps."""
    return Format("cakes", MARK, "list of cakes", steps)


def opened(path: Path, program: Format) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        if sentence := program.refusal(db, path):
            raise StorageError(sentence)
        if not program.applied(db):
            db.execute(f"pragma application_id = {MARK}")
        db.execute("pragma journal_mode = wal")
        program.migrate(db)


def content(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as db:
        return list(db.iterdump())


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A file of the first version, with a row in it."""
    path = tmp_path / "cakes.sqlite"
    opened(path, made_by(FIRST))
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("insert into cakes values ('Tarte aux pommes')")
    return path


def test_an_older_file_keeps_its_rows_and_a_copy_of_what_it_was(old: Path):
    before = content(old)
    opened(old, made_by(FIRST, SECOND))
    with closing(sqlite3.connect(old)) as db:
        assert db.execute("select * from cakes").fetchall() == [("Tarte aux pommes", 2.5)]
    (copy,) = copies_of(old)
    assert copy.name.startswith("cakes.0001_cakes.2")
    assert content(copy) == before
    assert sorted(file.name for file in copy.parent.iterdir()) == [copy.name]
    opened(old, made_by(FIRST, SECOND))
    assert copies_of(old) == [copy]


def test_a_new_file_needs_no_copy(old: Path):
    assert copies_of(old) == []


def test_a_step_that_fails_leaves_nothing_of_those_before_it(old: Path):
    before = content(old)
    for _ in range(3):
        with pytest.raises(sqlite3.Error, match="nowhere"):
            opened(old, made_by(FIRST, SECOND, BROKEN))
        assert content(old) == before
    assert len(copies_of(old)) == 1
    opened(old, made_by(FIRST, SECOND))
    assert [content(copy) for copy in copies_of(old)] == [before]


def test_without_a_copy_there_is_no_upgrade(old: Path):
    before = content(old)
    (old.parent / "copies").write_text("in the way")
    with pytest.raises(StorageError, match=r"^\S+ is of an older Wattelier and stays as it is: no copy .*\([^)]+\)$"):
        opened(old, made_by(FIRST, SECOND))
    assert content(old) == before


def test_no_more_copies_are_kept_than_a_few_and_only_of_this_file(old: Path):
    other = old.with_name("cakes.site.sqlite")
    opened(other, made_by(FIRST))
    for path in (other, old):
        with closing(sqlite3.connect(path, isolation_level=None)) as db:
            for day in range(1, MOST_COPIES + 3):
                with transaction(db):
                    keep_copy(db, f"000{day}_cakes", datetime(2026, 3, day, tzinfo=UTC))
    dates = [copy.stem.split(".")[-1].split("_")[0] for copy in copies_of(old)]
    assert dates == ["2026-03-03", "2026-03-04", "2026-03-05"]
    assert len(copies_of(other)) == MOST_COPIES


def a_history(path: Path) -> None:
    schema.connect(path, 1.0).close()


def a_book(path: Path) -> None:
    with SiteBook(path).journal() as journal:
        journal.append(Entry("note", "Ada"))


@pytest.mark.parametrize(
    ("make", "name"), [(a_history, schema.FORMAT.name), (a_book, sitebook.FORMAT.name)], ids=["history", "book"]
)
def test_a_newer_file_of_the_site_is_refused_and_not_touched(tmp_path: Path, make: Callable[[Path], None], name: str):
    path = tmp_path / "x.sqlite"
    make(path)
    with closing(sqlite3.connect(path)) as db, db:
        row = "insert into _sqlite_migrations (migration_set, name, applied_at) values (?, '0099_future', '')"
        db.execute(row, (name,))
        db.execute("pragma journal_mode = delete")
    before = path.read_bytes()
    with pytest.raises(StorageError, match=r"^\S+ was written by a newer Wattelier \(0099_future\); [^.]+\.$"):
        make(path)
    assert path.read_bytes() == before
    assert copies_of(path) == []


def test_a_book_of_before_the_accounts_keeps_its_journal(tmp_path: Path):
    path = tmp_path / "x.site.sqlite"
    first = Format("site book", sitebook.APPLICATION_ID, "site book", sitebook.FORMAT.steps[:3])
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute(f"pragma application_id = {sitebook.APPLICATION_ID}")
        first.migrate(db)
        db.execute("insert into confirmed values ('S1', 'acme/box', 'limit', 1, 'Ada', 'display')")
    with SiteBook(path).accounts() as accounts:
        assert accounts.listed() == []
    assert SiteBook(path).confirmed() == {("S1", "acme/box"): frozenset({"limit"})}
    (copy,) = copies_of(path)
    assert "create table accounts" not in "".join(content(copy)).lower()


def test_a_history_of_before_the_packed_rows_keeps_its_values_and_a_copy(tmp_path: Path):
    path = tmp_path / "x.sqlite"
    with closing(schema.connect(path, 1.0, until="0003_packed")) as db:
        columns = "id, device, point, kind, unit, en, fr"
        db.execute(f"insert into series ({columns}) values (1, 'meter', 'power', 'gauge', 'W', '', '')")
        db.execute("insert into scales values (8, -10.0, 0.0, 0)")
        db.execute("insert into recent values (1, ?, 32, 7)", (round(NOON * 1000),))
    before = content(path)
    schema.connect(path, 1.0).close()
    with History(path) as history:
        assert history.raw(POWER, NOON - 1, NOON + 1).value.tolist() == [-70.0]
    (copy,) = copies_of(path)
    assert copy.name.startswith("x.0002_views.")
    assert content(copy) == before
