"""What is read from a curve."""

import csv
import io
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from core.points import Kind, PointKey, Quality
from core.storage.results import State
from gui import i18n
from gui.models.curve_csv import csv_of_curves
from gui.models.curve_source import spells
from gui.models.curves import (
    Counting,
    Curve,
    Data,
    Shape,
    Spell,
    alone,
    between,
    colours,
    extremes,
    shape_of,
    slope,
    unit_of,
    value_at,
)

KEY = PointKey("site", "solar.power")


def line(values: list[float], counts: list[float] | None = None) -> Curve:
    t = np.arange(len(values), dtype=float) * 10
    array = np.array(values)
    weight = np.array(counts or [1.0] * len(values))
    return Curve(KEY, "Solar", "W", data=Data(t, array - 1, array, array + 1, weight))


def test_a_cursor_reads_the_nearest_bin_and_nothing_in_a_gap():
    curve = line([1.0, 2.0, float("nan"), 4.0])
    assert value_at(curve, 12) == 2.0
    assert value_at(curve, 21) is None
    assert value_at(curve, 500) is None


def test_the_mean_between_the_cursors_weighs_each_bin_by_its_time():
    span = between(line([10.0, 20.0, 90.0], [1, 3, 1]), 15, -5)
    assert (span.low, span.mean, span.high) == (9.0, 15.0, 21.0)


def uneven(t: list[float], values: list[float]) -> Curve:
    array = np.array(values)
    return Curve(KEY, "Solar", "W", data=Data(np.array(t), array, array, array, np.ones(len(array))))


def test_a_bin_before_a_silence_weighs_no_longer_than_the_usual_pace():
    span = between(uneven([0, 10, 20, 30, 120], [0.0, 0.0, 0.0, 100.0, 100.0]), 0, 200)
    assert span.mean == pytest.approx(100 * 25 / 55)  # 15 s and 10 s of 100, 30 s of 0


def test_a_cursor_in_a_silence_reads_nothing_also_near_its_end():
    nan = float("nan")
    curve = uneven([0, 1, 2, 3, 93, 94, 95], [5.0, 5.0, 5.0, nan, 7.0, 7.0, 7.0])
    assert [value_at(curve, at) for at in (2.2, 3.2, 40, 73, 91, 92.8)] == [5.0, None, None, None, None, 7.0]


def test_a_bin_between_two_gaps_stands_alone():
    nan = float("nan")
    curve = uneven([0, 1, 120, 121, 240, 241, 242], [5.0, nan, 5.0, nan, 6.0, 6.0, 6.0])
    assert alone(curve.data).tolist() == [True, False, True, False, False, False, False]


def test_between_two_cursors_in_a_gap_there_is_nothing():
    assert between(line([1.0, float("nan"), 3.0]), 6, 14).mean is None


@pytest.mark.parametrize("shape", [Shape.LINE, Shape.BARS])
def test_the_height_of_a_chart_is_what_is_read_between_its_ends(shape: Shape):
    rng = np.random.default_rng(1)
    mean = np.where(rng.random(500) < 0.3, np.nan, rng.normal(0, 100, 500))
    t = np.arange(500, dtype=np.float64)
    curve = Curve(KEY, "Solar", "V", shape=shape, data=Data(t, mean - 1, mean, mean + 2, np.ones(500), t + 1))
    for start, end in [*np.sort(rng.uniform(-20, 520, (200, 2)).round()).tolist(), (-9.0, -1.0), (7.0, 7.0)]:
        span = between(curve, start, end)
        assert extremes(curve, start, end) == (None if span.low is None else (span.low, span.high))


def test_a_state_is_read_in_words():
    curve = Curve(
        KEY, "State", "", Kind.STATE, Shape.LANE, data=Data(spells=(Spell(0, 10, "on"), Spell(20, 30, "off")))
    )
    assert [value_at(curve, at) for at in (5, 15, 25)] == ["on", None, "off"]


def test_a_bar_holds_its_whole_period():
    data = Data(np.array([0.0, 3600.0]), *(np.array([5.0, 7.0]),) * 4, np.array([3600.0, 7200.0]))
    curve = Curve(KEY, "Energy", "Wh", Kind.COUNTER, Shape.BARS, data=data)
    assert [value_at(curve, at) for at in (1, 3599, 3600, 7300)] == [5.0, 5.0, 7.0, None]
    assert between(curve, 0, 7200).total == 12.0


def test_the_slope_of_a_counter_is_a_power_and_never_negative():
    found = slope(np.array([0.0, 3600.0, 7200.0, 10800.0]), np.array([0.0, 500.0, 100.0, 400.0]))
    assert found.mean[0] == 500.0
    assert np.isnan(found.mean[1])
    assert found.mean[2] == 300.0


@pytest.mark.parametrize(
    ("counting", "shape", "unit"),
    [(Counting.PERIOD, Shape.BARS, "Wh"), (Counting.POWER, Shape.LINE, "W"), (Counting.READING, Shape.LINE, "Wh")],
)
def test_a_counter_is_drawn_as_it_was_asked(counting: Counting, shape: Shape, unit: str):
    assert (shape_of(Kind.COUNTER, counting), unit_of("Wh", Kind.COUNTER, counting)) == (shape, unit)


def test_the_energies_of_the_site_keep_their_colour_and_no_two_curves_look_alike():
    keys = [PointKey("inverter", f"p{row}") for row in range(10)] + [KEY, PointKey("site", "grid.energy.export")]
    found = colours(keys)
    assert found[-2:] == [("solar", False), ("grid_export", False)]
    assert len(set(found)) == len(found)


def test_states_too_short_for_the_screen_become_one():
    states = [State(at, at + 1, "on" if at % 2 else "off", Quality.GOOD, 1) for at in range(10)]
    found = spells(KEY, states, 5.0, lambda _key, value: str(value))
    assert [(spell.start, spell.end) for spell in found] == [(0, 10)]
    assert found[0].text == "…"


def test_a_state_without_a_value_is_a_gap():
    states = [State(0, 5, None, Quality.BAD, 1), State(5, 9, "on", Quality.GOOD, 1)]
    assert [spell.start for spell in spells(KEY, states, 0.1, lambda _key, value: str(value))] == [5]


def test_the_csv_has_utc_and_local_time_and_the_unit_in_its_heading():
    start = 1_761_433_200.0  # 2025-10-26 00:00 in Paris plus an hour: the clocks go back that night
    curve = line([1.5, float("nan"), 3.0])
    curve.data = Data(curve.data.t + start, curve.data.low, curve.data.mean, curve.data.high, curve.data.count)
    rows = list(csv.reader(io.StringIO(csv_of_curves([curve], start, start + 100, ZoneInfo("Europe/Paris")))))
    assert rows[0] == [
        "time_utc", "time_local (Europe/Paris)", "Solar (site/solar.power) [W] mean",
        "Solar (site/solar.power) [W] min", "Solar (site/solar.power) [W] max",
    ]  # fmt: skip
    assert rows[1] == ["2025-10-25 23:00:00.000Z", "2025-10-26 01:00:00.000+02:00", "1.5", "0.5", "2.5"]
    assert len(rows) == 3  # the gap has no line


def test_a_french_csv_is_what_a_french_spreadsheet_opens(qapp: QApplication):
    i18n.choose("fr")
    try:
        text = csv_of_curves([line([1.5])], 0, 10, ZoneInfo("Europe/Paris"))
    finally:
        i18n.choose("en")
    assert text.splitlines()[1].split(";")[2:] == ["1,5", "0,5", "2,5"]
