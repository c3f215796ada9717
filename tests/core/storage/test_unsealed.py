"""Readings that are not sealed yet: as many and the same ones, whichever way they are made, sorted or taken over."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.points import Quality, Reading
from core.storage.packing import Damaged
from core.storage.queries import History
from core.storage.register import Register
from core.storage.schema import connect
from core.storage.unsealed import Row, append, open_hours, pack, settle, spans, unpack, unsealed_samples
from core.storage.values import FLOAT
from tests.core.storage.driven import ENERGY, HOUR, NOON, POINTS, POWER, STATE, VOLTAGE, Bench, reading

numbers = st.sampled_from((0.0, -0.0, 10.0, -70.0, 230.1, 1e15, 1e200, float("inf"), float("nan"), None))
readings = st.builds(
    reading,
    st.sampled_from((POWER, VOLTAGE, ENERGY)),
    numbers,
    st.integers(0, 12).map(lambda second: NOON + second),
    st.sampled_from((Quality.GOOD, Quality.GOOD, Quality.GOOD, *Quality)),
    st.sampled_from((None, -10.0, 0.1)),
)


@given(st.lists(readings, max_size=30))
def test_the_short_way_makes_the_rows_of_the_long_one(batch: list[Reading]):
    short, long = Register(POINTS.get), Register(POINTS.get)
    now_ms = round(NOON * 1000) + 20_000
    rows = [row for each in batch if (row := long.row(each, now_ms)) is not None]
    assert short.packed(batch, now_ms) == pack(rows)
    assert short.pending.steps == long.pending.steps
    assert short.scales == long.scales


rows = st.tuples(st.integers(1, 3), st.integers(-5_000_000, 9_000_000), st.sampled_from((4, 32)), st.integers(-9, 9))


@given(st.lists(st.lists(rows, max_size=8), max_size=8), st.integers(0, 8), st.integers(-3_000_000, 3_000_000))
def test_sorted_or_not_they_are_the_same(commits: list[list[Row]], at: int, phase: int):
    with closing(connect(Path(":memory:"), 1.0)) as db:
        for number, commit in enumerate(commits):
            append(db, pack(commit))
            if number == at:
                settle(db, phase)
        before = [unsealed_samples(db, series, -4_000_000, 8_000_000) for series in (1, 2, 3)]
        known = spans(db)
        settle(db, phase)
        assert spans(db) == known
        every = [row for commit in commits for row in commit]
        for series, kept in enumerate(before, 1):
            again = unsealed_samples(db, series, -4_000_000, 8_000_000)
            first = {t: (mode, raw) for each, t, mode, raw in reversed(every) if each == series}
            inside = {t: what for t, what in sorted(first.items()) if -4_000_000 <= t < 8_000_000}
            for found in (kept, again):
                assert found.t.tolist() == list(inside)
                assert list(zip(found.mode.tolist(), found.raw.tolist(), strict=True)) == list(inside.values())
        hours = {((t - phase) // 3_600_000, series) for series, t, _, _ in every}
        assert {(hour, series) for hour, here in open_hours(db).items() for series in here} == hours


def test_bytes_that_are_no_rows_are_damage():
    for blob in (b"x", b"\0" * 25, "text", None):
        with pytest.raises(Damaged):
            unpack(blob)
    with pytest.raises(Damaged):
        pack([(-1, 0, 4, 0)])


def test_an_older_file_keeps_every_sort_of_value(make: Callable[..., Bench], tmp_path: Path):
    ms = int(NOON * 1000)
    with closing(connect(tmp_path / "site.db", 1.0, until="0003_packed")) as db:
        for number, key in enumerate((POWER, VOLTAGE, STATE), 1):
            point = POINTS[key]
            row = (number, key.device, key.point, point.kind.value, point.unit)
            db.execute("insert into series (id, device, point, kind, unit, en, fr) values (?, ?, ?, ?, ?, '', '')", row)
        db.execute("insert into scales values (8, -10.0, 0.0, 0)")
        db.execute("insert into words values (1, 'on_grid')")
        kept = ((1, ms, 32, 5), (1, ms + 1000, 2, None), (2, ms, FLOAT << 2, 230.5), (3, ms, 8, 1))
        db.executemany("insert into recent values (?, ?, ?, ?)", kept)
        db.execute("insert into incoming values (1, ?, 32, 7)", (ms,))  # of the same moment: the first stays
        db.execute("insert into incoming values (1, ?, 35, -3)", (ms - 2 * 3_600_000,))
    bench = make("site.db")
    bench.recorder.step()
    power = bench.history.raw(POWER, NOON - 3 * HOUR, NOON + 10)
    assert str(power.value.tolist()) == str([30.0, -50.0, np.nan])
    assert power.qualities() == [Quality.UNKNOWN, Quality.GOOD, Quality.BAD]
    assert bench.history.raw(VOLTAGE, NOON, NOON + 1).value.tolist() == [230.5]
    assert bench.history.raw(STATE, NOON, NOON + 1).value.tolist() == ["on_grid"]


def test_a_file_that_is_left_has_no_free_pages(make: Callable[..., Bench]):
    bench = make("site.db")
    for second in range(0, 7200, 4):
        bench.put(POWER, -10.0 * second, NOON + second)
    bench.clock.advance(2 * HOUR + 60)
    bench.settle()
    with closing(sqlite3.connect(bench.path)) as db:
        before = db.execute("pragma freelist_count").fetchone()[0]
    bench.recorder.stop()
    with closing(sqlite3.connect(bench.path)) as db:
        assert before > 4 > db.execute("pragma freelist_count").fetchone()[0] == 0
    with History(bench.path) as history:
        assert len(history.raw(POWER, NOON, NOON + 7200).t) == 1800


def test_a_file_that_refuses_to_be_shortened_is_left_as_it_is(
    make: Callable[..., Bench], caplog: pytest.LogCaptureFixture
):
    bench = make("site.db")
    bench.put(POWER, -10.0, NOON)
    bench.recorder.step()
    opened = bench.recorder._opened
    assert opened is not None
    opened.db.execute("create table more (data blob)")
    opened.db.execute("insert into more values (zeroblob(100000))")
    opened.db.execute("drop table more")
    opened.db.execute("pragma query_only = 1")
    bench.recorder.stop()
    assert "file not writable" in caplog.text
    assert bench.history.raw(POWER, NOON, NOON + 1).value.tolist() == [-10.0]
