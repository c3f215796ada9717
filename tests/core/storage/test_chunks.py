"""An hour of a point goes into a blob and comes back whole."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as numbers

from core.storage.chunks import seal, unseal
from core.storage.packing import pack_ints, pack_times, unpack_ints, unpack_times
from core.storage.values import FIRST_SCALE, FLOAT, NOTHING, TEXT, Samples, Scale, clock_seconds, clock_text, join

INT64 = st.integers(-(2**63), 2**63 - 1)
columns = numbers.arrays(np.int64, st.integers(1, 300), elements=INT64)


@given(columns)
def test_any_column_of_integers_comes_back(column):
    assert np.array_equal(unpack_ints(pack_ints(column), len(column)), column)


@given(st.lists(st.integers(0, 3_599_999), min_size=1, unique=True), st.integers(0, 2**42))
def test_any_times_of_an_hour_come_back(offsets, hour):
    times = np.array(sorted(offsets), dtype=np.int64) + hour
    assert np.array_equal(unpack_times(pack_times(times), len(times)), times)


@st.composite
def hours(draw):
    """An hour in which scale, quality and type change at will."""
    t = np.array(sorted(draw(st.sets(st.integers(0, 3_599_999), min_size=1, max_size=80))), dtype=np.int64)
    code = draw(numbers.arrays(np.int64, len(t), elements=st.sampled_from((NOTHING, FLOAT, TEXT, FIRST_SCALE, 9))))
    quality = draw(numbers.arrays(np.int64, len(t), elements=st.integers(0, 3)))
    raw = draw(numbers.arrays(np.int64, len(t), elements=INT64))
    single = draw(numbers.arrays(np.float32, len(t), elements=st.floats(width=32))).astype(np.float64)
    if draw(st.booleans()):  # as a float register gives them
        raw[code == FLOAT] = single[code == FLOAT].view(np.int64)
    raw[code == NOTHING] = 0
    return Samples(t, code << 2 | quality, raw)


@given(hours(), st.sampled_from(((), (Scale(0.1),), (Scale(1000.0), Scale(-10.0, 3.0)))))
def test_an_hour_comes_back_bit_for_bit(samples, scales):
    times, data = pack_times(samples.t), seal(samples, scales)
    again = unseal(times, data, len(samples))
    assert np.array_equal(again.t, samples.t)
    assert np.array_equal(again.mode, samples.mode)
    assert np.array_equal(again.raw, samples.raw)


@given(st.integers(-(2**40), 2**40), st.sampled_from((1.0, 0.1, -10.0, 1000.0, 0.001)), st.sampled_from((0.0, -40.0)))
def test_a_register_is_found_again_behind_its_scale(register, factor, offset):
    scale = Scale(factor, offset)
    value = register * factor + offset
    found = scale.integer(value)
    assert found is not None
    assert scale.value(found) == value
    assert scale.integers(np.array([value])).tolist() == [found]


def test_a_number_no_register_gives_is_not_bent_into_one():
    assert Scale(0.1).integer(0.123) is None
    assert Scale().integer(2.0**60) is None
    assert Scale(10.0, divides=True).integer(18.1) == 181


def test_a_constant_hour_takes_a_handful_of_bytes():
    n = 3600
    samples = Samples(np.arange(n) * 1000, np.full(n, FIRST_SCALE << 2), np.full(n, 2301))
    times, data = pack_times(samples.t), seal(samples)
    assert len(times) + len(data) < 40


def test_noise_costs_little_more_than_its_entropy():
    rng = np.random.default_rng(1)
    noise = rng.integers(0, 256, 3600)
    assert len(pack_ints(noise)) < 3700


def test_float_registers_take_four_bytes():
    rng = np.random.default_rng(1)
    values = rng.normal(230, 1, 3600).astype(np.float32).astype(np.float64) * 0.1
    samples = Samples(np.arange(3600) * 1000, np.full(3600, FLOAT << 2), values.view(np.int64))
    assert len(seal(samples, [Scale(0.1)])) < 3600 * 2.7 < len(seal(samples))


def test_merging_keeps_the_first_of_two_readings_of_one_millisecond():
    def some(t, raw):
        return Samples(np.array(t), np.full(len(t), FIRST_SCALE << 2), np.array(raw))

    merged = join(some([1, 5], [10, 50]), some([3, 5], [30, 99]))
    assert (merged.t.tolist(), merged.raw.tolist()) == ([1, 3, 5], [10, 30, 50])


def test_a_clock_is_stored_as_seconds_only_when_it_comes_back():
    assert clock_text(clock_seconds("2026-11-21T08:00:00")) == "2026-11-21T08:00:00"
    assert clock_seconds("07:30") is None
    assert clock_seconds("2026-13-21T08:00:00") is None
