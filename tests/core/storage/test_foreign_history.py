"""History files, site books and blobs that are cut, spoilt, or not ours: answered with the two promised errors."""

from __future__ import annotations

import gc
import os
import sqlite3
import zlib
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.points import PointKey
from core.storage.chunks import seal, unseal
from core.storage.format import StorageError
from core.storage.packing import pack_ints, pack_times, unpack_ints, unpack_times
from core.storage.pyramid import pack_rows, rows_of, unpack_rows, unpack_runs
from core.storage.queries import History
from core.storage.schema import check
from core.storage.unsealed import append, pack
from core.storage.values import FIRST_SCALE, Samples
from core.storage.writer import Recorder
from tests.core.storage.driven import (
    ENERGY,
    FAULTS,
    HOUR,
    NOON,
    POINTS,
    POWER,
    SERIAL,
    STATE,
    VOLTAGE,
    Bench,
    HeldClock,
)
from tests.strategies import damaged, examples, one_sentence_each

KEYS = (POWER, VOLTAGE, ENERGY, STATE, FAULTS, SERIAL, PointKey("nobody", "nothing"))


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A history with sealed hours and an open one."""
    path = tmp_path_factory.mktemp("sound") / "site.db"
    bench = Bench(path, HeldClock())
    for key, values in (
        (POWER, lambda i: float(i % 7 * 10)),
        (VOLTAGE, lambda i: 230.1 + i % 3),
        (ENERGY, lambda i: float(i * 10)),
        (STATE, lambda i: "on_grid" if i % 50 < 25 else "waiting"),
        (FAULTS, lambda i: ("bit_1",) if i % 40 < 20 else ()),
        (SERIAL, lambda i: "A1"),
    ):
        bench.series(key, values, NOON, 60.0, 200)
    bench.settle()
    bench.close()
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        append(db, pack([(1, round((NOON + 4 * HOUR) * 1000), FIRST_SCALE << 2, 5)]))  # as after a kill
        db.execute("pragma wal_checkpoint(truncate)")
        assert db.execute("select count(*) from chunks").fetchone()[0] > 6
    return path


@pytest.fixture
def place(tmp_path: Path) -> Callable[[bytes], Path]:
    """Puts bytes where a history is looked for, without what another one has left beside it."""
    path = tmp_path / "foreign.db"

    def put(data: bytes) -> Path:
        for suffix in ("", "-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        path.write_bytes(data)
        return path

    return put


def ask_everything(path: Path) -> list[str]:
    """Put every kind of question to a history; return what it refuses with."""
    told: list[str] = []
    with History(path) as history:
        questions: list[Callable[[], object]] = [
            history.points,
            lambda: history.time_zone,
            lambda: history.events(0, 1e12),
        ]
        for key in KEYS:
            questions += [
                lambda key=key: history.range(key, NOON, NOON + 4 * HOUR, 50),
                lambda key=key: history.range(key, NOON - 40 * 24 * HOUR, NOON + 40 * 24 * HOUR, 100),
                lambda key=key: history.range(key, NOON, NOON + 4 * HOUR, 1),
                lambda key=key: history.raw(key, NOON, NOON + 4 * HOUR),
                lambda key=key: history.at(key, NOON + HOUR),
                lambda key=key: history.delta(key, NOON, NOON + 3 * HOUR),
                lambda key=key: history.states(key, NOON, NOON + 4 * HOUR),
                lambda key=key: history.days(key, date(2026, 2, 28), date(2026, 3, 2)),
            ]
        for question in questions:
            try:
                question()
            except (StorageError, sqlite3.Error) as err:
                one_sentence_each(str(err))
                told.append(str(err))
    return told


def test_the_sound_history_answers_everything(place: Callable[[bytes], Path], sound: Path):
    assert ask_everything(place(sound.read_bytes())) == []


@examples(15)
@given(st.data())
def test_a_history_that_is_cut_or_spoilt_answers_or_refuses(
    place: Callable[[bytes], Path], sound: Path, data: st.DataObject
):
    path = place(data.draw(damaged(sound.read_bytes(), most=3)))
    ask_everything(path)
    try:
        check(path)
    except (StorageError, sqlite3.Error) as err:
        one_sentence_each(str(err))


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="needs the list of open files that Linux gives")
@pytest.mark.parametrize("data", [b"SQLite format 3\0" + b"\0" * 200, b"no database" * 100])
def test_a_file_that_is_refused_is_not_kept_open(place: Callable[[bytes], Path], data: bytes):
    path = place(data)
    before = len(os.listdir("/proc/self/fd"))  # noqa: PTH208 - a plain list at one moment
    gc.disable()  # it would close some of them, later
    try:
        refused = ask_everything(path)
        with suppress(StorageError, sqlite3.Error):
            check(path)
        assert refused
        assert len(os.listdir("/proc/self/fd")) == before  # noqa: PTH208
    finally:
        gc.enable()


COLUMNS = st.sampled_from(
    (
        *(("chunks", "data"), ("chunks", "count"), ("chunks", "times"), ("chunks", "hour"), ("times", "data")),
        *(("pyramid", "data"), ("pyramid", "level"), ("pyramid", "block"), ("settings", "value"), ("series", "kind")),
        *(("series", "unit"), ("series", "first"), ("series", "count"), ("scales", "factor"), ("words", "text")),
        *(("parts", "data"), ("parts", "hour"), ("batches", "data"), ("parts", "count"), ("words", "id")),
        ("steps", "correction"),
    )
)
VALUES = st.sampled_from(
    (0, -1, 1 << 62, -(1 << 63), 1e308, float("inf"), "", "x", "Mars/Olympus", "\0", b"", b"\0", b"\x01", b"\xff" * 40)
) | st.binary(max_size=30)


@examples(15)
@given(COLUMNS, st.one_of(VALUES, st.none()), st.data())
def test_a_history_with_a_strange_value_inside_answers_or_refuses_and_is_recorded_into_or_not(
    place: Callable[[bytes], Path], sound: Path, column: tuple[str, str], value: object, data: st.DataObject
):
    path = place(sound.read_bytes())
    table, name = column
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        if value is None and name == "data":
            blob = db.execute(f"select data from {table} order by length(data) desc limit 1").fetchone()[0]
            value = data.draw(damaged(blob))
        try:
            db.execute(f"update {table} set {name} = ?", (value,))
        except sqlite3.Error:
            return  # the file itself does not let it in
    ask_everything(path)
    recorder = Recorder(path, POINTS, clock=HeldClock(NOON + 5 * HOUR), busy_s=0.01, time_zone="Europe/Paris")
    try:
        recorder.step()  # whatever is wrong is its status, not the end of its thread
    finally:
        recorder.stop()


@examples(30)
@given(st.data(), st.lists(st.integers(-(2**40), 2**40), min_size=1, max_size=60))
def test_spoilt_blobs_are_refused_or_are_as_long_as_they_should_be(data: st.DataObject, column: list[int]):
    times = np.cumsum(np.abs(np.array(column, dtype=np.int64)) % 100 + 1)
    samples = Samples(times, np.full(len(times), FIRST_SCALE << 2), np.array(column, dtype=np.int64))
    first, second = pack_times(times), seal(samples)
    rows = pack_rows(rows_of(times, np.array(column, dtype=np.float64)), (), exact=True)
    packed, stamped = pack_ints(samples.raw), pack_times(times)
    for blob, unpack in (
        (second, lambda blob: unseal(first, blob, len(times))),
        (first, lambda blob: unseal(blob, second, len(times))),
        (packed, lambda blob: unpack_ints(blob, len(times))),
        (stamped, lambda blob: unpack_times(blob, len(times))),
        (rows, unpack_rows),
        (rows, unpack_runs),
    ):
        try:
            found = unpack(data.draw(damaged(blob) | st.binary(max_size=30)))
        except ValueError:
            continue
        if unpack not in (unpack_rows, unpack_runs):
            assert len(found) == len(times)


@pytest.mark.parametrize(
    "blob", [b"\x80" * 200_000, b"\xff" * 200_000 + b"\x01", b"\xff\xff\xff\xff\xff\xff\xff\x7f\x00"]
)
def test_a_length_beyond_all_measure_asks_for_no_memory(blob: bytes):
    for unpack in (
        unpack_rows,
        unpack_runs,
        lambda data: unpack_ints(b"\x08" + data, 10),
        lambda data: unseal(data, b"\x01" + data, 10),
    ):
        with pytest.raises(ValueError, match="damaged"):
            unpack(blob)


def test_numbers_of_more_than_eight_bytes_are_refused():
    assert unpack_ints(b"\x08\x00" + bytes(16), 2).tolist() == [0, 0]
    with pytest.raises(ValueError, match="damaged"):
        unpack_ints(b"\x09\x00" + bytes(18), 2)


def test_a_blob_that_swells_without_end_is_not_unfolded():
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    bomb = squeeze.compress(bytes(50_000_000)) + squeeze.flush()
    with pytest.raises(ValueError, match="damaged"):
        unpack_ints(bytes([0x41, 0x00]) + bomb, 100)
