"""Questions to the history and their answers."""

from __future__ import annotations

import sqlite3
import threading
from datetime import date, datetime
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from core.points import Kind, PointKey, Quality
from core.storage.queries import History
from tests.core.storage.driven import ENERGY, FAULTS, HOUR, NOON, POWER, STATE

DAY = 86400.0
PARIS = ZoneInfo("Europe/Paris")


def wave(i: int) -> float:
    return float(-10 * (i * 37 % 200))


def test_the_list_says_what_is_in_the_file(bench):
    bench.series(POWER, wave, NOON, 60, 90)
    bench.put(STATE, "on_grid", NOON + 5)
    bench.settle()
    state, power = bench.history.points()
    assert (power.key, power.unit, power.kind, power.en, power.fr) == (POWER, "W", Kind.GAUGE, "Power", "Puissance")
    assert (power.first, power.last, power.count) == (NOON, NOON + 89 * 60, 90)
    assert (state.first, state.last, state.count) == (NOON + 5, NOON + 5, 1)


@pytest.mark.parametrize("sealed", [False, True])
@pytest.mark.parametrize("span", [50.0, 1200.0, 3 * HOUR, 2 * DAY, 60 * DAY, 800 * DAY])
@pytest.mark.parametrize("bins", [1, 2, 7, 100, 1000])
def test_every_level_tells_the_same_of_the_same_readings(bench, sealed, span, bins):
    bench.series(POWER, wave, NOON, 10, 600)
    if sealed:
        bench.clock.advance(HOUR)
    bench.settle()
    curve = bench.history.range(POWER, NOON, NOON + span, bins)
    all_of_it = [wave(i) for i in range(600) if 10 * i < span]
    assert len(curve) <= bins
    assert int(curve.count.sum()) == len(all_of_it)
    assert np.nanmin(curve.min) == min(all_of_it)
    assert np.nanmax(curve.max) == max(all_of_it)
    filled = curve.count > 0
    mean = np.sum(curve.mean[filled] * curve.count[filled]) / curve.count.sum()
    assert mean == pytest.approx(np.mean(all_of_it))
    assert curve.first[filled][0] == all_of_it[0]
    assert curve.last[filled][-1] == all_of_it[-1]
    assert np.all(np.isnan(curve.mean[~filled]))
    assert np.all(np.diff(curve.t) > 0)


def test_a_single_bin_is_exact_between_two_cursors(bench):
    bench.series(POWER, wave, NOON, 7, 5000)
    bench.clock.advance(HOUR)
    bench.settle()
    whole = bench.history.range(POWER, NOON + 1234, NOON + 30_000, 1)
    inside = [wave(i) for i in range(5000) if 1234 <= 7 * i < 30_000]
    assert (whole.count[0], whole.min[0], whole.max[0]) == (len(inside), min(inside), max(inside))
    assert whole.mean[0] == pytest.approx(np.mean(inside))
    assert (whole.first[0], whole.last[0]) == (inside[0], inside[-1])


def test_the_cheapest_level_is_taken(bench):
    bench.series(POWER, wave, NOON, 60, 60)
    bench.clock.advance(10)
    bench.settle()
    levels = [bench.history.range(POWER, NOON, NOON + days * DAY, 1000).level_s for days in (1, 30, 100, 4000)]
    assert levels == [0, 600, 3600, 86400]


def test_few_readings_come_back_one_by_one_and_a_silence_as_a_gap(bench):
    bench.series(POWER, wave, NOON, 10, 20)
    bench.series(POWER, wave, NOON + 1000, 10, 20)
    curve = bench.history.range(POWER, NOON, NOON + 1200, 1000)
    assert curve.width_s == 0
    assert len(curve) == 41
    assert np.flatnonzero(np.isnan(curve.mean)).tolist() == [20]
    assert NOON + 190 < curve.t[20] < NOON + 1000


def test_a_reading_without_a_value_is_a_gap_and_one_of_doubt_too(bench):
    for i, quality in enumerate((Quality.GOOD, Quality.BAD, Quality.GOOD, Quality.UNKNOWN, Quality.GOOD)):
        bench.put(POWER, None if quality is Quality.BAD else -10.0, NOON + i, quality)
    bench.recorder.step()
    curve = bench.history.range(POWER, NOON, NOON + 5, 100)
    assert np.isnan(curve.mean).tolist() == [False, True, False, True, False]
    assert bench.history.raw(POWER, NOON, NOON + 5).value[3] == -10.0


def test_a_slowly_polled_point_is_no_dotted_line(bench):
    bench.series(POWER, wave, NOON, HOUR, 20 * 24)
    bench.settle()
    curve = bench.history.range(POWER, NOON, NOON + 20 * DAY, 2000)
    inside = np.flatnonzero(curve.count)
    assert np.all(np.diff(inside) == 1)
    assert int(curve.count.sum()) == 480


@pytest.mark.parametrize("bins", [100, 500, 5000])
def test_a_point_polled_slowly_and_then_fast_is_continuous_but_for_its_silences(bench, bins):
    """Two hours at two minutes, then half an hour at one second; twelve minutes and one of silence."""
    slow = [NOON + 120 * i for i in range(60) if not 30 <= i < 35]
    fast = [slow[-1] + 120 + i for i in range(1800) if not 900 <= i < 960]
    for at in (*slow, *fast):
        bench.put(POWER, -10.0, at)
    bench.clock.t = fast[-1]
    bench.recorder.step()
    curve = bench.history.range(POWER, NOON, fast[-1] + 1, bins)
    assert len(curve) <= bins
    assert int(curve.count.sum()) == len(slow) + len(fast)
    empty = curve.t[curve.count == 0]
    first, second = empty[empty < slow[-1]], empty[empty >= slow[-1]]
    assert len(first)
    assert np.all((first > NOON + 120 * 29) & (first < NOON + 120 * 35))
    assert bool(len(second)) is (bins > 100)  # a minute does not show where a bin is longer
    assert np.all((second > fast[899]) & (second < fast[900]))


def test_the_slow_part_is_continuous_in_the_kept_periods_too(bench):
    bench.series(POWER, wave, NOON, HOUR, 48)
    bench.series(POWER, wave, NOON + 48 * HOUR, 10, 2 * 360)
    bench.series(POWER, wave, NOON + 51 * HOUR, 10, 2 * 360)
    bench.clock.advance(HOUR)
    bench.settle()
    curve = bench.history.range(POWER, NOON, NOON + 12 * DAY, 1800)
    assert curve.level_s == 600
    inside = curve.t < NOON + 53 * HOUR
    empty = curve.t[inside & (curve.count == 0)]
    assert (empty[0], empty[-1], len(empty)) == (NOON + 50 * HOUR, NOON + 51 * HOUR - 600, 6)


def test_an_outage_in_the_kept_periods_is_a_gap_though_it_is_short(bench):
    bench.series(POWER, wave, NOON, 10, 360)
    bench.series(POWER, wave, NOON + HOUR + 1200, 10, 360)
    bench.clock.advance(2 * HOUR)
    bench.settle()
    curve = bench.history.range(POWER, NOON, NOON + 12 * DAY, 1800)
    inside = curve.t < NOON + 2 * HOUR
    assert curve.t[inside & (curve.count == 0)].tolist() == [NOON + HOUR, NOON + HOUR + 600]


def test_what_had_no_value_between_slow_readings_stays_empty(bench):
    for i in range(40):
        bad = i in (20, 21)
        bench.put(POWER, None if bad else -10.0, NOON + 60 * i, Quality.BAD if bad else Quality.GOOD)
    bench.series(POWER, wave, NOON + 2400, 1, 600)
    curve = bench.history.range(POWER, NOON, NOON + 3000, 300)
    assert curve.width_s > 0
    empty = curve.t[curve.count == 0]
    assert len(empty)
    assert np.all((empty > NOON + 19 * 60) & (empty < NOON + 22 * 60))


def test_bins_stay_where_they_are_when_the_range_moves(bench):
    bench.series(POWER, wave, NOON, 10, 2000)
    one = bench.history.range(POWER, NOON, NOON + 5 * HOUR, 50)
    two = bench.history.range(POWER, NOON + 60, NOON + 5 * HOUR + 60, 50)
    assert len(set(one.t) & set(two.t)) >= len(one) - 2


def test_an_unknown_point_or_an_empty_range_gives_nothing(bench):
    bench.put(POWER, -10.0, NOON)
    bench.recorder.step()
    nobody = PointKey("no", "body")
    assert len(bench.history.range(nobody, 0, NOON, 10)) == len(bench.history.raw(nobody, 0, NOON)) == 0
    assert len(bench.history.range(POWER, NOON, NOON, 10)) == len(bench.history.range(POWER, NOON + 5, NOON, 10)) == 0
    assert bench.history.at(nobody, NOON) is bench.history.delta(nobody, 0, NOON) is None
    assert bench.history.states(nobody, 0, NOON) == bench.history.days(nobody, date(2026, 1, 1), date(2026, 1, 2)) == []
    assert np.all(np.isnan(bench.history.range(POWER, NOON + 10, NOON + 20, 10).mean))


@pytest.mark.parametrize("sealed", [False, True])
def test_the_value_of_a_moment_is_the_last_one_before_it(bench, sealed):
    bench.series(POWER, wave, NOON, 60, 30)
    bench.put(POWER, None, NOON + 1900, Quality.BAD)
    bench.clock.advance(5 * HOUR if sealed else 0)
    bench.settle()
    assert bench.history.at(POWER, NOON - 1) is None
    assert (bench.history.at(POWER, NOON).t, bench.history.at(POWER, NOON).value) == (NOON, wave(0))
    assert bench.history.at(POWER, NOON + 119.9).value == wave(1)
    assert (bench.history.at(POWER, NOON + DAY).t, bench.history.at(POWER, NOON + DAY).value) == (NOON + 1740, wave(29))


def test_a_state_is_told_in_stretches(bench):
    names = ["waiting"] * 60 + ["on_grid"] * 60 + [None] * 10 + ["on_grid"] * 50
    for i, name in enumerate(names):
        bench.put(STATE, name, NOON + 60 * i, Quality.GOOD if name else Quality.BAD)
    bench.put(STATE, "fault", NOON + 6 * HOUR)
    bench.clock.advance(10 * HOUR)
    bench.settle()
    told = [
        (s.value, (s.start - NOON) / 60, (s.end - NOON) / 60) for s in bench.history.states(STATE, NOON, NOON + DAY)
    ]
    assert told == [
        ("waiting", 0, 60),
        ("on_grid", 60, 120),
        (None, 120, 130),
        ("on_grid", 130, 179),  # the silence after it is left open
        ("fault", 360, 360),
    ]
    (part,) = bench.history.states(STATE, NOON + 4000, NOON + 4600)
    assert (part.value, part.start, part.end) == ("on_grid", NOON + 4000, NOON + 4600)


def test_bits_come_back_as_their_names(bench):
    bench.put(FAULTS, ("over_voltage", "arc"), NOON)
    bench.put(FAULTS, (), NOON + 1)
    bench.recorder.step()
    assert [s.value for s in bench.history.states(FAULTS, NOON, NOON + 10)] == [("over_voltage", "arc"), ()]


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 3, 28), 24), (date(2026, 3, 29), 23), (date(2026, 10, 25), 25)])
@pytest.mark.parametrize("sealed", [False, True])
def test_local_days_have_their_own_length(bench, day, hours, sealed):
    midnight = datetime(day.year, day.month, day.day, tzinfo=PARIS).timestamp()
    bench.clock.t = midnight - 6 * HOUR
    bench.series(ENERGY, lambda i: 1000.0 + 10 * i, midnight - 6 * HOUR, 600, 6 * 50)
    if sealed:
        bench.clock.advance(2 * HOUR)
        bench.settle()
    days = bench.history.days(ENERGY, day, day)
    assert [(d.date, d.hours, d.count, d.start) for d in days] == [(day, hours, hours * 6, midnight)]
    assert days[0].increase == hours * 60
    assert days[0].first == 1000.0 + 360
    curve = bench.history.range(ENERGY, midnight, midnight + 1000 * DAY, 1001)
    assert (curve.level_s, curve.t[0], curve.count[0]) == (86400, midnight, hours * 6)


def test_days_of_a_zone_at_half_hours_are_made_of_whole_hours(make):
    bench = make(time_zone="Asia/Kolkata")
    midnight = datetime(2026, 3, 2, tzinfo=ZoneInfo("Asia/Kolkata")).timestamp()
    bench.series(POWER, wave, midnight - DAY, 600, 2 * 144)
    bench.clock.advance(2 * HOUR)
    bench.settle()
    (day,) = bench.history.days(POWER, date(2026, 3, 2), date(2026, 3, 2))
    assert (day.start, day.count, day.first) == (midnight, 144, wave(144))


def test_another_zone_brings_other_days(make):
    bench = make()
    bench.series(POWER, wave, NOON, 600, 300)
    bench.clock.advance(2 * HOUR)
    bench.settle()
    bench.recorder.stop()
    bench.settings["time_zone"] = "America/New_York"
    bench.start()
    bench.recorder.step()
    (day,) = bench.history.days(POWER, date(2026, 3, 2), date(2026, 3, 2))
    assert (day.start, day.count) == (datetime(2026, 3, 2, tzinfo=ZoneInfo("America/New_York")).timestamp(), 144)


def test_another_recording_period_keeps_the_old_buckets(make):
    bench = make(period_s=600)
    bench.series(POWER, wave, NOON, 60, 180)
    bench.clock.advance(60)
    bench.settle()
    bench.recorder.stop()
    bench.settings["period_s"] = 300
    bench.start()
    bench.series(POWER, wave, NOON + 3 * HOUR, 60, 180)
    bench.put(POWER, -1230.0, NOON + 90.5)
    bench.clock.advance(HOUR)
    bench.settle()
    curve = bench.history.range(POWER, NOON - 6 * DAY, NOON + 6 * DAY, 1000)
    assert curve.level_s == 600
    assert int(curve.count.sum()) == 361


def test_half_a_day_of_readings_is_binned_from_its_chunks(make):
    bench = make(period_s=3600)
    for hour in range(12):
        bench.series(POWER, wave, NOON + hour * HOUR, 5, 720)
        bench.settle()
    curve = bench.history.range(POWER, NOON, NOON + DAY / 2, 500)
    assert (curve.level_s, int(curve.count.sum())) == (0, 12 * 720)


def test_readers_in_other_threads_see_every_reading_once_while_it_is_sealed(bench):
    bench.series(POWER, wave, NOON, 1, 3000)
    faults, stop = [], threading.Event()

    def look():
        with bench.history.open() as mine:
            while not stop.is_set():
                seen = (
                    len(mine.raw(POWER, NOON, NOON + 3000)),
                    int(mine.range(POWER, NOON, NOON + 3000, 50).count.sum()),
                )
                if seen != (3000, 3000):
                    faults.append(seen)

    readers = [threading.Thread(target=look, name=f"reader-{n}") for n in range(3)]
    for reader in readers:
        reader.start()
    try:
        for i in range(60):
            bench.put(POWER, -10.0, NOON + 4000 + i)
            if i == 30:
                bench.clock.advance(2 * HOUR)
            bench.recorder.step()
    finally:
        stop.set()
        for reader in readers:
            reader.join()
    assert faults == []
    assert (bench.count("chunks"), bench.count("parts")) == (2, 0)


def test_a_history_belongs_to_the_thread_that_opened_it(bench):
    bench.put(POWER, -10.0, NOON)
    bench.recorder.step()
    bench.history.points()
    caught: list[Exception] = []

    def ask():
        try:
            bench.history.points()
        except sqlite3.ProgrammingError as err:
            caught.append(err)

    thread = threading.Thread(target=ask, name="stranger")
    thread.start()
    thread.join()
    assert len(caught) == 1


def test_a_reader_works_without_a_recorder(make):
    bench = make()
    bench.series(POWER, wave, NOON, 1, 10)
    bench.recorder.stop()
    with History(bench.path) as history:
        assert history.exists
        assert len(history.raw(POWER, NOON, NOON + 100)) == 10
        assert history.time_zone.key == "Europe/Paris"
