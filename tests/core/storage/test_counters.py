"""What counters do between two readings."""

from __future__ import annotations

from datetime import date

import pytest

from core.points import Kind, Point
from core.storage.counters import Counter, StepKind
from tests.core.storage.driven import ENERGY, HOUR, METER_NUMBER, NOON, PULSES, SERIAL, TODAY

WH = Counter("Wh", 2**32 * 10.0)


@pytest.mark.parametrize(
    ("counter", "before", "after", "seconds", "kind", "increase"),
    [
        (WH, 1000.0, 1010.0, 1, None, 10.0),
        (WH, 5_000_000.0, 30.0, 60, StepKind.RESET, 30.0),
        (WH, 2**32 * 10.0 - 20, 30.0, 60, StepKind.ROLLOVER, 50.0),
        (WH, 5_000_000.0, 1_200_000.0, 60, StepKind.REPLACEMENT, 0.0),
        (WH, 5_000_000.0, 90_000_000.0, 60, StepKind.REPLACEMENT, 0.0),
        (WH, 5_000_000.0, 4_999_990.0, 60, None, -10.0),  # rounding; it catches up
        (WH, 5_000_000.0, 5_900_000.0, 10 * HOUR, None, 900_000.0),  # a long silence explains it
        (Counter("", 65536.0), 65530.0, 4.0, 1, StepKind.ROLLOVER, 10.0),
        (Counter("", 65536.0), 30000.0, 4.0, 1, StepKind.RESET, 4.0),
        (Counter("Wh", 6553600.0, resets=True), 12_000.0, 0.0, 1, StepKind.EXPECTED, 0.0),
        (Counter("Wh", None, falls=True), -5_000_000.0, -30.0, 1, StepKind.RESET, -30.0),
    ],
)
def test_a_step_is_told_and_its_true_increase_found(  # noqa: PLR0917 - a table's columns
    counter, before, after, seconds, kind, increase
):
    step = counter.step(before, after, seconds, at=0.0)
    assert (step.kind if step else None) == kind
    assert after - before + (step.correction if step else 0.0) == pytest.approx(increase)


def test_a_changed_serial_number_makes_it_another_device():
    step = WH.step(1000.0, 1200.0, 1, 0.0, replaced=True)
    assert step is not None
    assert step.kind is StepKind.REPLACEMENT


def test_a_wild_reading_cancels_itself_out():
    there = WH.step(5_000_000.0, 77.0, 1, 0.0)
    back = WH.step(77.0, 5_000_001.0, 1, 1.0)
    assert there is not None
    assert back is not None
    assert 1.0 + there.correction + back.correction == pytest.approx(77.0)  # and not five million


def test_only_counters_are_counted():
    assert Counter.of(Point("p", (0,), 3, "u16", kind=Kind.GAUGE)) is None
    assert Counter.of(Point("p", (0,), 3, "f32", "Wh", kind=Kind.COUNTER)).span is None
    assert Counter.of(Point("p", (0,), 3, "u16", "Wh", (10.0,), kind=Kind.COUNTER), 100.0).span == 6553600.0


def test_delta_counts_over_resets_and_remembers_them_as_events(bench):
    counts = [1000.0 + 10 * i for i in range(60)] + [10.0 * i for i in range(60)]
    bench.series(ENERGY, lambda i: counts[i] + (5_000_000 if i < 60 else 0), NOON, 60, 120)
    bench.settle()
    assert bench.history.delta(ENERGY, NOON, NOON + 2 * HOUR) == pytest.approx(590 + 590)
    assert bench.history.delta(ENERGY, NOON + HOUR, NOON + 2 * HOUR) == pytest.approx(590)
    (event,) = bench.history.events(NOON, NOON + 2 * HOUR)
    assert (event.key, event.kind, event.t, event.after) == (ENERGY, "reset", NOON + HOUR, 0.0)


def test_a_small_counter_rolls_over(bench):
    bench.series(PULSES, lambda i: float((65500 + i) % 65536), NOON, 1, 100)
    assert bench.history.delta(PULSES, NOON, NOON + 100) == 99
    assert [event.kind for event in bench.history.events(NOON, NOON + 100)] == ["rollover"]


def test_a_counter_of_the_day_starts_anew_without_an_event(bench):
    bench.series(TODAY, lambda i: 100.0 * (i % 24), NOON, 600, 72)
    assert bench.history.delta(TODAY, NOON, NOON + 72 * 600) == 71 * 100 - 2 * 100
    assert bench.history.events(NOON, NOON + 86400) == []


def test_a_reset_while_nobody_looked_is_found_after_the_start(make):
    bench = make()
    bench.series(ENERGY, lambda i: 8_000_000.0 + i, NOON, 60, 10)
    bench.recorder.stop()
    bench.clock.advance(5 * HOUR)
    bench.start()
    bench.put(ENERGY, 500.0, NOON + 5 * HOUR)
    bench.recorder.step()
    assert [event.kind for event in bench.history.events(NOON, NOON + 6 * HOUR)] == ["reset"]
    assert bench.history.delta(ENERGY, NOON, NOON + 6 * HOUR) == pytest.approx(9 + 500)


def test_another_serial_number_marks_the_counters_of_that_device_only(bench):
    for key in (ENERGY, TODAY):
        bench.series(key, lambda i: 1000.0 + 10 * i, NOON, 60, 5)
    bench.put(SERIAL, "A1", NOON)
    bench.put(SERIAL, "B2", NOON + 300)
    for key in (ENERGY, TODAY):
        bench.put(key, 3000.0, NOON + 301)
    bench.recorder.step()
    events = bench.history.events(NOON, NOON + HOUR)
    assert [(event.key, event.kind) for event in events] == [(ENERGY, "replacement")]
    assert bench.history.delta(ENERGY, NOON, NOON + HOUR) == pytest.approx(40)


def test_a_serial_number_that_is_a_number_tells_another_meter_too_also_after_a_start(make):
    bench = make()
    bench.series(ENERGY, lambda i: 1000.0 + 10 * i, NOON, 60, 5)
    bench.put(METER_NUMBER, 19_200_417.0, NOON)
    bench.recorder.step()
    bench.recorder.stop()
    bench.start()
    bench.put(METER_NUMBER, 20_110_033.0, NOON + 300)
    bench.put(ENERGY, 3000.0, NOON + 301)
    bench.put(ENERGY, 3010.0, NOON + 361)
    bench.recorder.step()
    assert [(event.key, event.kind) for event in bench.history.events(NOON, NOON + HOUR)] == [(ENERGY, "replacement")]
    assert bench.history.delta(ENERGY, NOON, NOON + HOUR) == pytest.approx(40 + 10)


@pytest.mark.parametrize("restarted", [False, True])
@pytest.mark.parametrize("new", [250_000.0, 9_000_000.0])  # by itself the one looks like a reset, the other like use
def test_a_serial_number_may_come_a_little_after_the_counters_of_the_new_meter(make, new, restarted):
    bench = make()
    bench.put(SERIAL, "A1", NOON)
    bench.series(ENERGY, lambda i: 8_000_000.0 + 10 * i, NOON, 60, 5)
    if restarted:
        bench.recorder.stop()
        bench.start()
    later = NOON + 6000
    for second in range(0, 180, 60):
        bench.put(ENERGY, new + second, later + second)
        if not second:
            bench.put(SERIAL, "B2", later + 2)
        bench.recorder.step()
    assert [(event.kind, event.t) for event in bench.history.events(NOON, later + HOUR)] == [("replacement", later)]
    assert bench.history.delta(ENERGY, NOON, later + HOUR) == pytest.approx(40 + 120)


def test_days_carry_the_true_increase(bench):
    bench.series(ENERGY, lambda i: 10.0 * i if i < 30 else 10.0 * (i - 30), NOON, HOUR, 60)
    bench.settle()
    days = bench.history.days(ENERGY, date(2026, 3, 1), date(2026, 3, 4))
    assert sum(day.increase or 0.0 for day in days) == pytest.approx(
        bench.history.delta(ENERGY, NOON, NOON + 60 * HOUR)
    )
