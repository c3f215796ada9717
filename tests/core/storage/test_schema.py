"""The file: made, migrated, refused."""

from __future__ import annotations

import sqlite3

import pytest

from core.storage.queries import History
from core.storage.schema import STEPS, StorageError, connect
from core.storage.writer import Recorder
from tests.core.storage.driven import NOON, POINTS, POWER, STATE


def test_a_new_file_is_ours_and_survives_a_kill(tmp_path):
    db = connect(tmp_path / "new.db", 1.0)
    asked = ("journal_mode", "synchronous", "auto_vacuum", "application_id")
    assert [db.execute(f"pragma {name}").fetchone()[0] for name in asked] == ["wal", 1, 2, 0x57415454]
    db.close()


@pytest.mark.parametrize("stop", [name for name, _ in STEPS[1:]])
def test_an_older_file_is_brought_up_to_date_with_what_is_in_it(make, tmp_path, stop):
    db = connect(tmp_path / "site.db", 1.0, until=stop)
    db.execute(
        "insert into series (id, device, point, kind, unit, en, fr) values (1, 'meter', 'power', 'gauge', 'W', '', '')"
    )
    db.execute("insert into scales values (8, -10.0, 0.0, 0)")
    db.execute("insert into recent values (1, ?, 32, 5)", (int(NOON * 1000) - 1000,))
    db.close()
    with pytest.raises(StorageError, match="older history"):
        History(tmp_path / "site.db").points()
    bench = make("site.db")
    bench.put(POWER, -70.0, NOON)
    bench.recorder.step()
    assert bench.history.raw(POWER, NOON - 10, NOON + 10).value.tolist() == [-50.0, -70.0]
    assert bench.history.points()[0].en == "Power"


def test_a_newer_file_is_refused_in_one_sentence(tmp_path):
    path = tmp_path / "newer.db"
    connect(path, 1.0).close()
    db = sqlite3.connect(path)
    db.execute("insert into _sqlite_migrations (migration_set, name, applied_at) values ('history', '0099_future', '')")
    db.commit()
    db.close()
    for ask in (lambda: Recorder(path, POINTS), History(path).points):
        with pytest.raises(StorageError, match=r"^\S+ was written by a newer Wattelier \(0099_future\); [^.]+\.$"):
            ask()


def test_other_files_are_refused_in_one_sentence(tmp_path):
    foreign = tmp_path / "foreign.db"
    db = sqlite3.connect(foreign)
    db.execute("create table cakes (name text)")
    db.close()
    text = tmp_path / "notes.txt"
    text.write_text("not a database at all, but long enough to be read as one" * 20)
    for path, words in ((foreign, "another program"), (text, "not a database")):
        for ask in (lambda path=path: Recorder(path, POINTS), History(path).points):
            with pytest.raises(StorageError, match=words):
                ask()
    assert not History(tmp_path / "none.db").exists
    with pytest.raises(StorageError, match="does not exist"):
        History(tmp_path / "none.db").points()


def test_any_tool_reads_points_and_events_and_how_to_get_at_values(bench):
    bench.put(POWER, -70.0, NOON)
    bench.put(STATE, "on_grid", NOON)
    bench.recorder.step()
    db = sqlite3.connect(bench.path)
    points = db.execute("select device, point, unit from series order by point").fetchall()
    assert points == [("meter", "power", "W"), ("inverter", "state", "")]
    assert "wattelier query" in db.execute("select readme from about").fetchone()[0]
    assert db.execute("select * from events").fetchall() == []
    db.close()
