"""The recorder: what is put is kept, whatever the disk does."""

from __future__ import annotations

import sqlite3
import sys
import threading
import time

import numpy as np
import pytest

from core.points import PointKey, Provenance, Quality, Reading
from core.storage import writer
from core.storage.queries import History
from core.storage.unsealed import unpack
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
    reading,
)


def values(bench, key, start=NOON - HOUR, end=NOON + 100 * HOUR):
    return bench.history.raw(key, start, end).value.tolist()


def test_what_is_put_is_there_after_one_step(bench):
    bench.put(POWER, -120.0, NOON)
    bench.recorder.step()
    assert values(bench, POWER) == [-120.0]
    status = bench.recorder.status()
    assert (status.recording, status.points, status.queued, status.error) == (True, 1, 0, "")


def test_every_type_of_value_comes_back_as_it_was_before_and_after_sealing(bench):
    bench.put(POWER, -120.0, NOON)
    bench.put(POWER, None, NOON + 1, Quality.BAD)
    bench.put(POWER, 0.0, NOON + 2, Quality.UNKNOWN)
    bench.put(POWER, 1 / 3, NOON + 3)
    bench.put(POWER, float("inf"), NOON + 4)
    bench.put(POWER, float("nan"), NOON + 5)
    bench.put(VOLTAGE, float(np.float32(230.123)), NOON)
    bench.put(STATE, "on_grid", NOON)
    bench.put(STATE, None, NOON + 1, Quality.BAD)
    bench.put(FAULTS, (), NOON)
    bench.put(FAULTS, ("over_voltage", "bit_17"), NOON + 1, Quality.UNKNOWN)
    bench.put(SERIAL, "ZCS 12", NOON)
    bench.put(SERIAL, "2026-11-21T08:00:00", NOON + 1)
    bench.recorder.step()

    def look():
        power = bench.history.raw(POWER, NOON, NOON + HOUR)
        assert str(power.value.tolist()) == str([-120.0, np.nan, 0.0, 1 / 3, np.inf, np.nan])
        assert power.qualities()[:3] == [Quality.GOOD, Quality.BAD, Quality.UNKNOWN]
        assert values(bench, VOLTAGE) == [float(np.float32(230.123))]
        assert values(bench, STATE) == ["on_grid", None]
        assert values(bench, FAULTS) == [(), ("over_voltage", "bit_17")]
        assert values(bench, SERIAL) == ["ZCS 12", "2026-11-21T08:00:00"]

    look()
    bench.clock.advance(2 * HOUR)
    bench.settle()
    assert (bench.count("chunks"), bench.count("parts"), bench.count("batches")) == (5, 0, 0)
    look()


def test_a_reading_with_the_time_of_the_last_one_is_not_stored_again(make):
    bench = make()
    for value in (-10.0, -10.0, -20.0):
        bench.put(POWER, value, NOON)
    bench.recorder.step()
    bench.recorder.stop()
    bench.start()
    bench.put(POWER, -10.0, NOON)
    bench.recorder.step()
    assert values(bench, POWER) == [-10.0]


def test_a_value_that_turns_stale_at_its_own_time_is_marked_once_and_ends_its_curve_and_its_state(make):
    bench = make()
    for second in range(3):
        bench.put(POWER, -10.0, NOON + second)
        bench.put(STATE, "charging", NOON + second)
    for _ in range(2):  # said again every minute while the device is away
        bench.put(POWER, -10.0, NOON + 2, Quality.STALE)
        bench.put(STATE, "charging", NOON + 2, Quality.STALE)
    bench.put(STATE, "charging", NOON + 2)  # and nothing brings back a moment that is over
    bench.put(POWER, -20.0, NOON + 5)
    bench.put(STATE, "charging", NOON + 5)
    bench.recorder.step()
    marked = bench.history.raw(POWER, NOON, NOON + 10)
    assert marked.qualities() == [*[Quality.GOOD] * 3, Quality.STALE, Quality.GOOD]
    assert marked.t.tolist() == [NOON, NOON + 1, NOON + 2, NOON + 2.001, NOON + 5]
    curve = bench.history.range(POWER, NOON, NOON + 10, 100)
    assert str(curve.mean.tolist()) == str([-10.0, -10.0, -10.0, np.nan, -20.0])
    states = [(state.start, state.quality) for state in bench.history.states(STATE, NOON, NOON + 10)]
    assert states == [(NOON, Quality.GOOD), (NOON + 2.001, Quality.STALE), (NOON + 5, Quality.GOOD)]
    bench.recorder.stop()


def test_the_scale_that_was_really_used_makes_integers_of_what_it_gives(bench):
    factor = 0.1 * 40
    for i in range(10):
        origin = Provenance("line", 1, 3, 1, (i,), 1, factor)
        bench.recorder.put([Reading(POWER, (1000 + i) * factor, NOON + i, "W", Quality.GOOD, origin)])
    bench.recorder.step()
    db = sqlite3.connect(bench.path)
    (kept,) = db.execute("select data from batches").fetchall()[0]
    assert unpack(kept)["raw"].tolist() == list(range(1000, 1010))
    assert db.execute("select factor from scales").fetchall() == [(factor,)]
    db.close()
    assert values(bench, POWER) == [(1000 + i) * factor for i in range(10)]


def test_a_point_nobody_describes_is_kept_all_the_same(bench):
    key = PointKey("site", "house.power")
    bench.put(key, 180.1, NOON)
    bench.put(PointKey("site", "mode"), "backup", NOON)
    bench.recorder.step()
    assert values(bench, key) == [180.1]
    assert values(bench, PointKey("site", "mode")) == ["backup"]


def test_a_finished_hour_becomes_one_chunk_and_points_of_one_request_share_their_times(bench):
    for key, value in ((POWER, -10.0), (VOLTAGE, 230.0)):
        bench.series(key, lambda i, value=value: value * i, NOON, 1, 3600)
    assert bench.count("chunks") == 0
    bench.clock.advance(10)
    bench.settle()
    assert (bench.count("chunks"), bench.count("times"), bench.count("parts")) == (2, 1, 0)
    assert values(bench, POWER) == [-10.0 * i for i in range(3600)]


def test_sealing_goes_in_portions(make, monkeypatch):
    monkeypatch.setattr("core.storage.upkeep.SEALS_A_STEP", 3)
    bench = make()
    for number in range(7):
        bench.put(PointKey("d", f"p{number}"), 1.0, NOON)
    bench.recorder.step()
    bench.clock.advance(2 * HOUR)
    sealed = []
    for _ in range(4):
        bench.recorder.step()
        sealed.append(bench.count("chunks"))
    assert sealed == [3, 6, 7, 7]


def test_hours_left_over_by_a_crash_are_sealed_at_the_next_start(make):
    bench = make()
    bench.series(POWER, lambda i: -10.0 * i, NOON, 60, 30)
    bench.recorder._opened.db.close()  # as a kill leaves it
    bench.recorder._opened = None
    bench.recorder._alone.release()
    bench.clock.advance(5 * HOUR)
    bench.start()
    bench.settle()
    assert (bench.count("chunks"), bench.count("parts")) == (1, 0)
    assert len(values(bench, POWER)) == 30


def test_a_late_reading_of_a_sealed_hour_is_found_at_once_and_sealed_in(bench):
    bench.series(POWER, lambda i: -10.0, NOON, 60, 60)
    bench.clock.advance(HOUR)
    bench.settle()
    bench.put(POWER, -990.0, NOON + 90)
    bench.recorder.step()
    assert sorted(values(bench, POWER))[0] == -990.0
    bench.settle()
    assert (bench.count("chunks"), bench.count("parts") + bench.count("batches")) == (1, 0)
    assert len(values(bench, POWER)) == 61
    whole = bench.history.range(POWER, NOON - 86400, NOON + 86400, 100)
    assert int(whole.count.sum()) == 61
    assert np.nanmin(whole.min) == -990.0
    assert bench.history.points()[0].count == 61


def test_a_clock_set_back_loses_nothing(bench):
    bench.series(ENERGY, lambda i: 1000.0 + 10 * i, NOON, 60, 90)
    bench.settle()
    bench.clock.t = NOON
    bench.series(ENERGY, lambda i: 2000.0 + 10 * i, NOON + 7, 60, 90)
    bench.clock.advance(2 * HOUR)
    bench.settle()
    assert len(values(bench, ENERGY)) == 180
    assert bench.history.events(NOON, NOON + 3 * HOUR) == []


def test_a_clock_that_ran_ahead_does_no_harm(bench):
    bench.put(POWER, -10.0, NOON + 5 * 365 * 86400)
    bench.recorder.step()
    bench.series(POWER, lambda i: -20.0, NOON, 1, 100)
    bench.clock.advance(HOUR)
    bench.settle()
    assert len(values(bench, POWER)) == 100


def test_late_readings_take_no_times_away_that_other_points_share(bench):
    for key in (POWER, VOLTAGE):
        bench.series(key, lambda i: -10.0, NOON, 60, 60)
    bench.clock.advance(10)
    bench.settle()
    for at in (NOON + 90, NOON + 150):
        bench.put(POWER, -990.0, at)
        bench.settle()
    bench.put(VOLTAGE, 230.0, NOON + 90)
    bench.put(VOLTAGE, 230.0, NOON + 150)
    bench.settle()
    assert len(values(bench, POWER)) == len(values(bench, VOLTAGE)) == 62
    assert bench.count("times where id not in (select times from chunks)") == 0


def test_the_growth_of_the_file_is_measured(bench):
    assert bench.recorder.status().bytes_a_day is None
    noise = np.random.default_rng(1).integers(0, 4096, 3600)
    bench.series(POWER, lambda i: float(-10 * noise[i]), NOON, 1, 3600)
    bench.clock.advance(10)
    bench.settle()
    size = bench.recorder.status().bytes_a_day
    assert 24 * 3600 * 1.5 < size < 24 * 3600 * 2.5


def test_a_locked_file_is_said_and_nothing_is_lost(bench):
    bench.put(POWER, -10.0, NOON)
    bench.recorder.step()
    other = sqlite3.connect(bench.path, isolation_level=None)
    other.execute("begin exclusive")
    for i in range(1, 5):
        bench.put(POWER, -10.0 * i, NOON + i)
        bench.recorder.step()
    status = bench.recorder.status()
    assert (status.error, status.recording, status.queued) == ("database locked", False, 4)
    other.execute("rollback")
    other.close()
    bench.recorder.step()
    status = bench.recorder.status()
    assert (status.error, status.recording, status.queued, status.dropped) == ("", True, 0, 0)
    assert values(bench, POWER) == [-10.0, -10.0, -20.0, -30.0, -40.0]


def test_a_file_locked_from_the_start_is_waited_for(make, tmp_path):
    make("site.db").recorder.stop()
    other = sqlite3.connect(tmp_path / "site.db", isolation_level=None)
    other.execute("begin exclusive")
    bench = make("site.db")
    bench.put(POWER, -10.0, NOON)
    bench.recorder.step()
    assert bench.recorder.status().error == "database locked"
    other.execute("rollback")
    other.close()
    bench.recorder.step()
    assert values(bench, POWER) == [-10.0]


def test_a_full_disk_is_said_and_nothing_is_lost(bench):
    bench.put(POWER, -10.0, NOON)
    bench.recorder.step()
    db = bench.recorder._opened.db
    pages = db.execute("pragma page_count").fetchone()[0]
    db.execute(f"pragma max_page_count = {pages}")
    for i in range(1, 20):
        bench.recorder.put([reading(POWER, -10.0 * j, NOON + 100 * i + j / 10) for j in range(100)])
        bench.clock.advance(1)
        bench.recorder.step()
    status = bench.recorder.status()
    assert status.error == "disk full"
    assert status.queued > 100
    db.execute("pragma max_page_count = 1000000")
    bench.recorder.step()
    assert (bench.recorder.status().error, bench.recorder.status().queued) == ("", 0)
    assert len(values(bench, POWER)) == 1901


def test_a_place_that_cannot_be_written_is_said_until_it_can(make, tmp_path):
    blocker = tmp_path / "data"
    blocker.write_text("a file where a folder should be")
    bench = make("data/site.db")
    bench.put(POWER, -10.0, NOON)
    bench.recorder.step()
    assert bench.recorder.status().error == "file not writable"
    blocker.unlink()
    bench.recorder.step()
    assert bench.recorder.status().error == ""
    assert values(bench, POWER) == [-10.0]


def test_when_the_disk_stalls_for_longer_than_ten_minutes_the_oldest_go_and_are_counted(bench):
    bench.recorder.step()
    other = sqlite3.connect(bench.path, isolation_level=None)
    other.execute("begin exclusive")
    for minute in range(15):
        bench.put(POWER, -10.0 * minute, NOON + 60 * minute)
        bench.recorder.step()
        bench.clock.advance(60)
    other.execute("rollback")
    other.close()
    bench.recorder.step()
    assert bench.recorder.status().dropped == 4
    assert values(bench, POWER) == [-10.0 * minute for minute in range(4, 15)]


def test_put_never_raises_and_never_waits_for_the_disk(bench, monkeypatch):
    monkeypatch.setattr(writer, "MOST_HELD", 50)
    for i in range(100):
        bench.put(POWER, float(i), NOON + i)
    bench.put(POWER, 1.0, NOON)
    bench.recorder.put([])
    assert (bench.recorder.status().queued, bench.recorder.status().dropped) == (50, 51)


def test_a_period_nobody_offers_is_refused(tmp_path):
    with pytest.raises(ValueError, match="420 s"):
        Recorder(tmp_path / "x.db", POINTS, period_s=420)


def test_the_thread_writes_by_itself_and_ends_when_told(tmp_path):
    recorder = Recorder(tmp_path / "live.db", POINTS)
    recorder.start()
    assert "recorder" in {thread.name for thread in threading.enumerate()}
    recorder.put([reading(POWER, -10.0, time.time())])
    until = time.monotonic() + 5
    while recorder.status().queued and time.monotonic() < until:
        time.sleep(0.02)
    assert recorder.status().queued == 0
    recorder.put([reading(POWER, -20.0, time.time() + 1)])
    recorder.stop()
    recorder.stop()
    assert "recorder" not in {thread.name for thread in threading.enumerate()}
    assert not recorder.status().recording
    with History(tmp_path / "live.db") as history:
        assert history.points()[0].count == 2


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not remove an open file")
@pytest.mark.parametrize("closed", [False, True])
def test_when_the_file_is_removed_a_new_one_is_begun_and_nothing_is_mixed(make, tmp_path, closed):
    bench = make("site.db")
    bench.put(POWER, -10.0, NOON)
    bench.recorder.step()
    if closed:
        bench.recorder._close()
    for file in tmp_path.glob("site.db*"):
        file.unlink()
    bench.put(VOLTAGE, 230.0, NOON)
    bench.put(STATE, "on_grid", NOON)
    bench.recorder.step()
    assert values(bench, VOLTAGE) == [230.0]
    assert values(bench, STATE) == ["on_grid"]
