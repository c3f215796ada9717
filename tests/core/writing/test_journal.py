"""The journal: only added to; what was changed, removed or cut off shows."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from core.sitebook import SiteBook
from core.storage.format import StorageError
from core.writing.journal import Entry
from tests.core.writing.fakes import HeldClock


@pytest.fixture
def book(tmp_path: Path) -> SiteBook:
    book = SiteBook.beside(tmp_path / "ferme.sqlite", HeldClock())
    with book.journal() as journal:
        for number in range(5):
            journal.append(Entry("outcome", "Paul", "installer", run=number, point="limit", new=str(number)))
    return book


def breaks(book: SiteBook) -> list[tuple[int, str]]:
    with book.journal() as journal:
        return [(entry.id, entry.what) for entry in journal.verify().broken]


def by_hand(book: SiteBook, *statements: str) -> None:
    db = sqlite3.connect(book.path)
    for name in ("journal_is_not_changed", "journal_is_not_cut"):
        db.execute(f"drop trigger {name}")
    for statement in statements:
        db.execute(statement)
    db.commit()
    db.close()


def test_a_whole_chain_is_whole(book: SiteBook) -> None:
    with book.journal() as journal:
        verdict = journal.verify()
        newest = journal.lines(1)[0]
    assert (verdict.ok, verdict.count, verdict.head) == (True, 5, newest.hash)
    assert book.head.read_text().split() == ["5", newest.hash]


def test_the_table_itself_refuses_changes(book: SiteBook) -> None:
    with book.connected() as db:
        for statement in ("update journal set who = 'Eve' where id = 3", "delete from journal where id = 3"):
            with pytest.raises(sqlite3.IntegrityError, match="only added to"):
                db.execute(statement)


@pytest.mark.parametrize("column", ["who", "new", "old", "at", "run", "outcome", "detail", "reason", "serial"])
def test_a_line_altered_by_hand_is_named(book: SiteBook, column: str) -> None:
    by_hand(book, f"update journal set {column} = '7' where id = 3")
    assert breaks(book) == [(3, "changed")]
    with book.journal() as journal:
        assert journal.verify().broken[0].sentence == (
            "line 3 is not the one that was written: it has been changed afterwards"
        )


@pytest.mark.parametrize(
    "change",
    [
        "who = x'ff00'",
        "previous = x'00'",
        "at = x'00'",
        "run = 'seven'",
        "run = 1e300",
        "who = cast(x'c328' as text)",
        f"detail = '{'[' * 100_000}'",
    ],
)
def test_a_line_altered_to_what_no_journal_holds_is_named_and_stops_nothing(book: SiteBook, change: str) -> None:
    by_hand(book, f"update journal set {change} where id = 3")
    assert set(breaks(book)) == {(3, "changed")}
    with book.journal() as journal:
        assert [line.id for line in journal.lines()] == [5, 4, 3, 2, 1]
        assert journal.next_run() == 5
        journal.append(Entry("test"))


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("delete from journal where id = 3", [(3, "removed")]),
        ("delete from journal where id in (2, 3)", [(2, "removed")]),
        ("delete from journal where id = 1", [(1, "removed")]),
        ("delete from journal where id >= 4", [(4, "cut off")]),
        ("delete from journal", [(1, "cut off")]),
    ],
)
def test_a_removed_line_shows(book: SiteBook, statement: str, said: list[tuple[int, str]]) -> None:
    by_hand(book, statement)
    assert breaks(book) == said


def test_a_line_made_anew_with_its_hash_breaks_the_next(book: SiteBook) -> None:
    with book.connected() as db:
        row = db.execute("select * from journal where id = 3").fetchone()
        names = [part[0] for part in db.execute("select * from journal").description]
    from core.writing.journal import _hash  # pyright: ignore[reportPrivateUsage]

    forged = dict(zip(names, row, strict=True)) | {"new": "99"}
    by_hand(book, f"update journal set new = '99', hash = '{_hash(forged)}' where id = 3")
    assert breaks(book) == [(4, "changed")]


def test_a_last_line_made_anew_is_found_by_the_head(book: SiteBook) -> None:
    from core.writing.journal import _hash  # pyright: ignore[reportPrivateUsage]

    with book.connected() as db:
        names = [part[0] for part in db.execute("select * from journal").description]
        row = db.execute("select * from journal where id = 5").fetchone()
    forged = dict(zip(names, row, strict=True)) | {"new": "99"}
    by_hand(book, f"update journal set new = '99', hash = '{_hash(forged)}' where id = 5")
    assert breaks(book) == [(5, "changed")]


def test_a_head_that_lags_behind_after_a_kill_is_no_break(book: SiteBook) -> None:
    with book.journal() as journal:
        fourth = journal.lines()[1]
    book.head.write_text(f"4 {fourth.hash}\n")
    assert breaks(book) == []


def test_lines_are_asked_for_by_device_and_run(book: SiteBook) -> None:
    with book.journal() as journal:
        journal.append(Entry("outcome", device="inverter", run=2, detail={"frames": [{"sent": "06"}]}))
        assert [line.entry.device for line in journal.lines(device="inverter")] == ["inverter"]
        assert len(journal.lines(run=2)) == 2
        assert journal.lines(1)[0].entry.detail == {"frames": [{"sent": "06"}]}
        assert journal.next_run() == 5


@pytest.mark.parametrize(
    "make",
    [
        lambda path: path.write_bytes(b"not a database at all, but long enough to be read as one" * 20),
        lambda path: sqlite3.connect(path).execute("create table t (x)").connection.close(),
    ],
)
def test_a_foreign_file_is_refused_with_one_sentence(tmp_path: Path, make: Callable[[Path], object]) -> None:
    book = SiteBook.beside(tmp_path / "x.sqlite")
    make(book.path)
    with pytest.raises(StorageError, match=r"x\.site\.sqlite"), book.journal():
        pass
