"""A site's book from elsewhere: cut, spoilt, another program's, or with rows that nobody here has written."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import sitebook
from core.sitebook import Confirmation, SiteBook
from core.storage.format import StorageError
from core.storage.queries import History
from core.storage.schema import check
from core.writing.journal import Entry
from tests.strategies import damaged, examples, one_sentence_each


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book with a few lines, an account's row and a confirmation."""
    book = SiteBook(tmp_path_factory.mktemp("book") / "x.site.sqlite")
    with book.journal() as journal:
        for run in (1, 1, 2):
            journal.append(
                Entry("write", "Ada", "installer", run, "hybrid", "S1", point="limit", detail={"frame": "01"})
            )
    with book.connected() as db:
        columns = "name, folded, role, hash, must_change, created"
        db.execute(f"insert into accounts ({columns}) values ('Ada', 'ada', 'installer', '$argon2id$x', 0, 1)")
    book.confirm(Confirmation("S1", "acme/box", "limit", "Ada", "display"))
    with closing(sqlite3.connect(book.path)) as db:
        db.execute("pragma wal_checkpoint(truncate)")
    return book.path


def opened(folder: Path, data: bytes) -> SiteBook:
    path = folder / "x.site.sqlite"
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    path.write_bytes(data)
    return SiteBook(path)


def ask_everything(book: SiteBook) -> None:
    """Every question to the book that opens with a site: answered, or refused as promised."""

    def listed() -> object:
        with book.accounts() as accounts:
            assert accounts.person("nobody") is None
            return accounts.exist, accounts.listed(), accounts.person("ada")

    def lines() -> object:
        with book.journal() as journal:
            return journal.lines(), journal.lines(device="hybrid"), journal.lines(run=1)

    def written() -> object:
        with book.journal() as journal:
            return journal.append(Entry("note", "Ada"))

    questions: tuple[Callable[[], object], ...] = (listed, lines, book.confirmed, written)
    for question in questions:
        try:
            question()
        except StorageError as err:
            one_sentence_each(str(err))


def test_the_sound_book_answers(sound: Path, tmp_path: Path):
    book = opened(tmp_path, sound.read_bytes())
    ask_everything(book)
    with book.journal() as journal:
        assert [line.entry.run for line in journal.lines(9)] == [None, 2, 1, 1]
        assert journal.verify().ok
    with book.accounts() as accounts:
        assert [entry.name for entry in accounts.listed()] == ["Ada"]


@examples(15)
@given(data=st.data())
def test_a_book_that_is_cut_or_spoilt_answers_or_refuses(sound: Path, tmp_path: Path, data: st.DataObject):
    ask_everything(opened(tmp_path, data.draw(damaged(sound.read_bytes(), most=3) | st.binary(max_size=300))))


@examples(25)
@given(
    st.sampled_from(
        [("journal", name) for name in ("at", "kind", "run", "who", "old", "detail", "previous", "hash")]
        + [("accounts", name) for name in ("name", "role", "hash", "enabled", "must_change", "created", "signed_in")]
        + [("confirmed", name) for name in ("serial", "point", "at")]
    ),
    st.sampled_from((0, -1, 1 << 62, 1e308, float("inf"), "", "x", "administrator", "\0", b"", b"\xff\xfe", "{[")),
)
def test_a_book_with_a_strange_value_inside_answers_or_refuses(
    sound: Path, tmp_path: Path, column: tuple[str, str], value: object
):
    book = opened(tmp_path, sound.read_bytes())
    table, name = column
    with closing(sqlite3.connect(book.path, isolation_level=None)) as db:
        db.execute("drop trigger journal_is_not_changed")
        try:
            db.execute(f"update {table} set {name} = ?", (value,))
        except sqlite3.Error:
            return  # the file itself does not let it in
    ask_everything(book)


def test_a_book_whose_steps_cannot_be_taken_is_refused_after_few_tries(
    sound: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(sitebook, "BUSY_S", 3600.0)  # whoever waits for that does not come back
    book = opened(tmp_path, sound.read_bytes())
    with closing(sqlite3.connect(book.path, isolation_level=None)) as db:
        db.execute("delete from _sqlite_migrations where name = '0003_confirmed'")
    with pytest.raises(StorageError, match="already exists"):
        book.confirmed()


def test_a_table_whose_name_is_no_text_is_a_damaged_file(sound: Path, tmp_path: Path):
    data = sound.read_bytes().replace(b"CREATE TABLE journal", b"CREATE TABEL journal")
    path = opened(tmp_path, data.replace(b"tablejournaljournal", b"table\xff\xfe\xff\xfe\xff\xfe\xffjournal")).path
    for ask in (SiteBook(path).confirmed, History(path).points, lambda: check(path)):
        with pytest.raises((StorageError, sqlite3.Error)):
            ask()


def test_another_programs_file_is_left_as_it_is(tmp_path: Path):
    path = tmp_path / "x.site.sqlite"
    with closing(sqlite3.connect(path)) as db:
        db.execute("create table accounts (name)")
        db.execute("create table _sqlite_migrations (x)")
        db.commit()
    before = path.read_bytes()
    with pytest.raises(StorageError, match="another program"):
        SiteBook(path).confirmed()
    assert path.read_bytes() == before


def test_an_account_with_a_moment_that_is_none_is_listed_without_it(sound: Path, tmp_path: Path):
    book = opened(tmp_path, sound.read_bytes())
    with closing(sqlite3.connect(book.path, isolation_level=None)) as db:
        db.execute("update accounts set created = 'x', signed_in = ?", (1 << 62,))
    with book.accounts() as accounts:
        assert [(entry.name, entry.created, entry.signed_in) for entry in accounts.listed()] == [("Ada", 0.0, None)]
