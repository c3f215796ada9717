"""What is kept for how long."""

from __future__ import annotations

import numpy as np
import pytest

from core.points import Kind
from core.storage.pyramid import HOUR_LEVEL
from core.storage.retention import DAY_MS, Cut, Retention, plan
from tests.core.storage.driven import ENERGY, HOUR, NOON, POWER, STATE


def test_raw_readings_go_first_and_hours_never():
    cuts = plan({7: Kind.GAUGE}, {600: 600_000, HOUR_LEVEL: 3_600_000}, Retention(), 5000 * DAY_MS)
    assert cuts == [Cut(7, None, 4720 * DAY_MS), Cut(7, 600, 1340 * DAY_MS // (600_000 * 1024))]


def test_a_class_of_points_may_be_kept_for_ever():
    keep = Retention(raw_days={Kind.COUNTER: None}, period_days=None)
    assert plan({1: Kind.COUNTER}, {600: 600_000}, keep, 5000 * DAY_MS) == []


def test_old_readings_go_and_their_buckets_stay(make):
    bench = make(retention=Retention(raw_days={Kind.GAUGE: 1.0, Kind.COUNTER: 1.0, Kind.STATE: 1.0}))
    for key, value in ((POWER, lambda i: -10.0 * i), (ENERGY, lambda i: 100.0 * i), (STATE, lambda _: "on_grid")):
        bench.series(key, value, NOON, 60, 240)
    bench.clock.advance(10)
    bench.settle()
    assert bench.count("chunks") == 12
    bench.clock.advance(2 * 86400)
    bench.put(POWER, -10.0, bench.clock.t)
    bench.settle()
    assert bench.count("chunks") == bench.count("times") == 0
    assert len(bench.history.raw(POWER, NOON, NOON + 4 * HOUR)) == 0
    curve = bench.history.range(POWER, NOON, NOON + 4 * HOUR, 100_000)
    assert int(curve.count.sum()) == 240
    assert np.nanmin(curve.min) == -2390.0
    assert bench.history.delta(ENERGY, NOON + HOUR, NOON + 3 * HOUR) == pytest.approx(100 * 120)
    assert bench.history.at(POWER, NOON + 2 * HOUR).value == -1190.0
    assert [state.value for state in bench.history.states(STATE, NOON, NOON + 4 * HOUR)] == ["on_grid"]


def test_a_late_reading_of_a_time_already_cut_leaves_the_buckets_alone(make):
    bench = make(retention=Retention(raw_days={Kind.GAUGE: 1.0}))
    bench.series(POWER, lambda i: -10.0 * i, NOON, 60, 60)
    bench.clock.advance(10)
    bench.settle()
    bench.clock.advance(3 * 86400)
    bench.settle()
    bench.put(POWER, -50.0, NOON + 30.0)
    bench.settle()
    bench.clock.advance(HOUR)
    bench.settle()
    curve = bench.history.range(POWER, NOON, NOON + HOUR, 100)
    assert int(curve.count.sum()) == 60
