"""A recorder that is killed, that has no room, and that may not write: the file opens and nothing sealed is lost."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import numpy as np
import pytest

from core.storage.queries import History
from core.storage.retention import Retention
from core.storage.unsealed import append, settle, unpack
from tests.core.storage.driven import ENERGY, HOUR, NOON, POWER, Bench, HeldClock, reading
from tests.scripts import script

YEAR = 365 * 86_400.0


@pytest.mark.skipif(sys.platform == "win32", reason="the recorders are forked")
def test_kills_at_random_moments_lose_nothing_but_what_is_under_way(tmp_path: Path):
    kills = script("soak_kills").Kills(tmp_path, seed=11)
    outcome = kills.run(15, 0.05)
    assert outcome.faults == []
    assert outcome.kills == 15
    assert outcome.numbers > 100
    assert outcome.lost <= 15
    with closing(sqlite3.connect(tmp_path / "killed.db")) as db, db:  # and the check can fail
        settle(db, 0)
        rows = np.concatenate([unpack(data) for (data,) in db.execute("select data from parts")])
        twice = rows[rows["t"] == rows["t"].min()]
        twice["t"] += 1
        db.execute("delete from parts")
        append(db, np.concatenate([rows[rows["t"] < rows["t"].max()], twice]).tobytes())
    kills._check(True)
    assert any("1 missing" in fault and "1 twice" in fault for fault in outcome.faults)


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """A file system of a few megabytes, where this may be made; skips the test elsewhere."""
    if sys.platform != "linux" or os.geteuid() or not shutil.which("mount"):
        pytest.skip("only the superuser of Linux makes a small disk")
    folder.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", folder], capture_output=True, check=False)
    if made.returncode:
        pytest.skip("no small disk can be made here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


def fill(ballast: Path) -> None:
    """Take what room there is."""
    with contextlib.suppress(OSError), ballast.open("wb", buffering=0) as file:
        while True:
            file.write(bytes(4096))


@contextmanager
def no_file_grows(most_bytes: int) -> Iterator[None]:
    """No file of this process gets larger: what a quota does."""
    if sys.platform == "win32":
        pytest.skip("Windows knows no limit for files")
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def put_minutes(bench: Bench, first: int, count: int) -> None:
    """A reading of each point every six seconds, committed once a minute."""
    for minute in range(first, first + count):
        bench.clock.advance(NOON + 60 * minute + 60 - bench.clock.t)
        for place in range(10):
            at = NOON + 60 * minute + 6 * place
            number = 10 * minute + place
            bench.recorder.put([reading(POWER, -10.0 * (number * 7919 % 3000), at), reading(ENERGY, 10.0 * number, at)])
        bench.recorder.step()


def test_a_disk_that_fills_up_is_told_and_recording_goes_on_once_there_is_room(tmp_path: Path):
    with small_disk(tmp_path / "disk") as disk:
        bench = Bench(disk / "site.db", HeldClock())
        put_minutes(bench, 0, 125)
        sealed = bench.count("chunks")
        assert sealed == 4
        ballast = disk / "photos"
        fill(ballast)
        minute = 125
        while bench.recorder.status().recording and minute < 400:
            put_minutes(bench, minute, 1)
            minute += 1
        put_minutes(bench, minute, 5)
        status = bench.recorder.status()
        assert (status.recording, status.error) == (False, "disk full")
        assert status.queued >= 100
        assert status.dropped == 0
        assert bench.count("chunks") >= sealed  # what is sealed can be read meanwhile
        assert len(bench.history.raw(POWER, NOON, NOON + 2 * HOUR)) == 1200
        ballast.unlink()
        put_minutes(bench, minute + 5, 1)
        status = bench.recorder.status()
        assert (status.recording, status.error, status.queued) == (True, "", 0)
        count = 10 * (minute + 6)
        assert bench.history.raw(ENERGY, 0, NOON + 1e6).value.tolist() == [10.0 * number for number in range(count)]
        assert len(bench.history.raw(POWER, 0, NOON + 1e6)) == count
        bench.close()
        with closing(sqlite3.connect(bench.path)) as db:
            assert db.execute("pragma integrity_check").fetchall() == [("ok",)]


def test_a_disk_that_is_full_from_the_start_is_told_and_waited_for(tmp_path: Path):
    with small_disk(tmp_path / "disk") as disk:
        ballast = disk / "photos"
        fill(ballast)
        bench = Bench(disk / "site.db", HeldClock())
        put_minutes(bench, 0, 3)
        assert bench.recorder.status().error == "disk full"
        ballast.unlink()
        put_minutes(bench, 3, 1)
        assert (bench.recorder.status().error, bench.recorder.status().dropped) == ("", 0)
        assert len(bench.history.raw(POWER, 0, NOON + 1e6)) == 40
        bench.close()


def test_a_file_that_may_not_grow_is_told_and_goes_on_where_it_was(bench: Bench):
    put_minutes(bench, 0, 65)
    sealed = bench.count("chunks")
    with no_file_grows(4096):
        minute = 65
        while bench.recorder.status().recording and minute < 1000:
            put_minutes(bench, minute, 1)
            minute += 1
        put_minutes(bench, minute, 3)
        assert bench.recorder.status().error == "disk error"
        assert not bench.recorder.status().recording
    put_minutes(bench, minute + 3, 1)
    assert (bench.recorder.status().error, bench.recorder.status().dropped) == ("", 0)
    assert len(bench.history.raw(POWER, 0, NOON + 1e6)) == 10 * (minute + 4)
    assert bench.count("chunks") >= sealed


@pytest.fixture
def open_place() -> Iterator[Path]:
    """A folder that every user of this computer may look into."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


@contextmanager
def no_right_to_write(folder: Path) -> Iterator[None]:
    """Files and folder are read-only for this process, the superuser's too."""
    if sys.platform == "win32":
        pytest.skip("a folder of Windows has no such rights")
    if os.geteuid() == 0:
        os.seteuid(65_534)
        try:
            yield
        finally:
            os.seteuid(0)
        return
    files = list(folder.iterdir())
    for path in files:
        path.chmod(0o444)
    folder.chmod(0o555)
    try:
        yield
    finally:
        folder.chmod(0o755)
        for path in files:
            path.chmod(0o644)


def test_a_database_that_may_only_be_read_is_told_read_and_waited_for(open_place: Path):
    bench = Bench(open_place / "site.db", HeldClock())
    put_minutes(bench, 0, 65)
    bench.close()
    with no_right_to_write(open_place):
        bench.start()
        put_minutes(bench, 65, 3)
        status = bench.recorder.status()
        assert (status.recording, status.error, status.queued) == (False, "file not writable", 60)
        with History(bench.path) as history:
            assert len(history.raw(POWER, 0, NOON + 1e6)) == 650
    put_minutes(bench, 68, 1)
    status = bench.recorder.status()
    assert (status.recording, status.error, status.dropped) == (True, "", 0)
    assert len(bench.history.raw(POWER, 0, NOON + 1e6)) == 690
    bench.close()


def test_a_clock_that_leaps_ahead_makes_nothing_too_old(make: Callable[..., Bench]):
    bench = make(retention=Retention())
    put_minutes(bench, 0, 125)
    bench.clock.t += 3 * YEAR
    bench.recorder.stop()
    bench.start()
    for _ in range(5):
        bench.clock.advance(HOUR)
        bench.put(POWER, -10.0, bench.clock.t)
        bench.settle()
    assert len(bench.history.raw(POWER, 0, NOON + 1e6)) == 1250


def test_what_is_too_old_goes_once_the_recorder_has_lived_for_some_of_that_time(make: Callable[..., Bench]):
    bench = make(retention=Retention())
    put_minutes(bench, 0, 125)
    bench.clock.t += YEAR  # it was switched off
    for day in range(92):
        bench.recorder.stop()  # and is, every evening
        bench.start()
        bench.settle()
        bench.clock.advance(86_400)
        bench.settle()
        kept = len(bench.history.raw(POWER, 0, NOON + 1e6))
        assert kept == (1250 if day < 69 else kept)
    assert kept == 0


def test_readings_that_wait_when_the_machine_falls_asleep_are_still_written(bench: Bench):
    bench.put(POWER, -10.0, NOON)
    bench.clock.advance(2 * HOUR)  # on Windows the monotonic clock goes on meanwhile
    bench.put(POWER, -20.0, NOON + 2 * HOUR)
    bench.recorder.step()
    assert bench.history.raw(POWER, 0, NOON + 1e6).value.tolist() == [-10.0, -20.0]
    assert bench.recorder.status().dropped == 0
