"""Buckets: what they say of readings, how they merge, how they are packed."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as numbers

from core.storage.pyramid import bucket, join_rows, pack_rows, pack_runs, rows_of, runs_of, unpack_rows, unpack_runs
from core.storage.values import FIRST_SCALE, Samples, Scale

values = numbers.arrays(np.int64, st.integers(1, 200), elements=st.integers(-32768, 32767))


def test_a_bucket_says_min_mean_max_first_last_and_count():
    rows = bucket(rows_of(np.array([0, 200, 900, 1000]), np.array([5.0, 1.0, 9.0, 4.0])), 1000, 0)
    assert rows.start.tolist() == [0, 1000]
    assert [column.tolist() for column in rows.columns()] == [[1, 4], [5, 4], [9, 4], [5, 4], [9, 4]]
    assert rows.count.tolist() == [3, 1]


def test_readings_without_a_value_do_not_count():
    rows = bucket(rows_of(np.array([0, 1, 2]), np.array([np.nan, 4.0, np.nan])), 1000, 0)
    assert (rows.count.tolist(), rows.mean.tolist()) == ([1], [4.0])


@given(values, st.sampled_from((0.1, 1.0, -10.0)))
def test_merging_merged_buckets_gives_the_same_as_merging_readings(registers, factor):
    readings = rows_of(np.arange(len(registers)) * 100, registers * factor)
    once = bucket(readings, 5000, 0)
    twice = bucket(bucket(readings, 1000, 0), 5000, 0)
    assert once.count.tolist() == twice.count.tolist()
    for one, two in zip(once.columns(), twice.columns(), strict=True):
        assert one == pytest.approx(two, rel=1e-12, abs=1e-9)


@given(values, st.sampled_from((0.1, 1.0, -10.0)))
def test_scaled_registers_come_back_exactly(registers, factor):
    rows = bucket(rows_of(np.arange(len(registers)) * 100, registers * factor), 700, 0)
    again = unpack_rows(pack_rows(rows, [Scale(factor)], exact=False))
    for name in ("start", "count", "low", "high", "first", "last"):
        assert np.array_equal(getattr(again, name), getattr(rows, name)), name
    assert again.mean == pytest.approx(rows.mean, rel=1e-12, abs=1e-9)
    assert pack_rows(again, [Scale(factor)], exact=False) == pack_rows(rows, [Scale(factor)], exact=False)


@given(numbers.arrays(np.float64, st.integers(1, 50), elements=st.floats(-1e30, 1e30)))
def test_floats_keep_seven_digits_and_counters_all(numbers_):
    rows = bucket(rows_of(np.arange(len(numbers_)) * 100, numbers_), 300, 0)
    assert np.array_equal(unpack_rows(pack_rows(rows, [], exact=True)).last, rows.last)
    assert unpack_rows(pack_rows(rows, [], exact=False)).last == pytest.approx(rows.last, rel=1e-6, abs=1e-37)


def test_joined_buckets_are_in_the_order_of_time():
    early, late = rows_of(np.array([0, 2]), np.array([1.0, 1.0])), rows_of(np.array([1]), np.array([2.0]))
    assert join_rows([late, early]).start.tolist() == [0, 1, 2]


def test_runs_come_back():
    mode = np.array([FIRST_SCALE << 2] * 5 + [2])
    runs = runs_of(Samples(np.arange(6) * 1000, mode, np.array([1, 1, 2, 2, 2, 0])))
    again = unpack_runs(pack_runs(runs))
    assert again.start.tolist() == [0, 2000, 5000]
    assert again.until.tolist() == [1000, 4000, 5000]
    assert again.count.tolist() == [2, 3, 1]


def test_ten_years_of_a_restless_point_take_less_than_ten_megabytes():
    """200 such points stay under 2 GB; packaging/bench_storage.py measures a whole site."""
    rng = np.random.default_rng(1)
    t = np.arange(1024 * 10, dtype=np.int64) * 60_000
    rows = bucket(rows_of(t, np.rint(rng.normal(2000, 800, len(t)))), 600_000, 0)
    hours = bucket(rows, 3_600_000, 0)
    packed = sum(len(pack_rows(each, [Scale()], exact=False)) for each in (rows, hours))
    ten_years = 3653 * 144 / len(rows)
    assert packed * ten_years < 10e6 * 0.95
