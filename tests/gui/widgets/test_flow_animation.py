"""Dots move on an absolute law; lines do not flicker."""

import itertools
from dataclasses import replace

import pytest

from core.balance import Flow, Flows
from gui.widgets.flow_animation import FAST, SLOW, SPACING, Animation, Gate, lane_powers, speed, unexplained_shown
from tests.gui.fake_station import day_flows, node


def test_speed_is_logarithmic_from_30_w_to_the_maximum() -> None:
    assert speed(0, 12_000) == speed(30, 12_000) == SLOW
    assert speed(12_000, 12_000) == speed(50_000, 12_000) == FAST
    tenfold = [speed(30 * 10**row, 300_000) for row in range(5)]
    steps = [b - a for a, b in itertools.pairwise(tenfold)]
    assert max(steps) - min(steps) < 1e-9


def test_speed_does_not_depend_on_the_other_lines_or_on_direction() -> None:
    one, other = Animation(12_000), Animation(12_000)
    one.take({("solar", "house"): 500.0})
    other.take({("solar", "house"): 500.0, ("grid", "house"): 11_000.0})
    for animation in (one, other):
        animation.advance(0.2)
    assert one.dots(("solar", "house"), 300) == other.dots(("solar", "house"), 300)
    assert speed(-500, 12_000) == speed(500, 12_000)


def test_a_line_near_the_threshold_does_not_flicker() -> None:
    gate = Gate(on_w=30, off_w=18)
    ways = [gate.pass_(power) for power in (10, 29, 31, 25, 19, 28, 17, 29, -25, -31, -20, -10, 5)]
    assert ways == [0, 0, 1, 1, 1, 1, 0, 0, 0, -1, -1, 0, 0]


def test_a_line_that_turns_around_goes_through_rest_or_flips_at_once() -> None:
    gate = Gate()
    assert [gate.pass_(power) for power in (100, -5, -100, 100)] == [1, 0, -1, 1]


def test_frozen_lines_keep_their_dots_where_they_are() -> None:
    animation, pair = Animation(), ("solar", "house")
    animation.take({pair: 3000.0}, frozen=[pair])
    before = animation.dots(pair, 200)
    animation.advance(0.3)
    assert animation.dots(pair, 200) == before
    assert animation.shown == [pair]
    assert not animation.moving


def test_dots_are_evenly_spaced_and_do_not_jump_after_a_pause() -> None:
    animation, pair = Animation(), ("solar", "house")
    animation.take({pair: 3000.0})
    animation.advance(0.1)
    first = animation.dots(pair, 200)
    animation.advance(3600.0)
    assert all(abs(b - a - SPACING) < 1e-9 for a, b in itertools.pairwise(first))
    assert animation.dots(pair, 200)[0] <= SPACING


def test_power_to_the_vehicle_runs_behind_the_house() -> None:
    flows = Flows(flows=(Flow("grid", "vehicle", 700.0), Flow("battery", "grid", 300.0)))
    powers = lane_powers(flows)
    assert powers["grid", "house"] == powers["house", "vehicle"] == 700.0
    assert powers["grid", "battery"] == -300.0


@pytest.mark.parametrize(
    ("missing", "house", "shown"),
    [
        (None, 3000, False),
        (12, 3000, False),
        (99, 3000, False),
        (101, 3000, True),
        (-640, 3000, True),
        (45, 400, True),
        (35, 400, False),
        (20, 100, False),
    ],
)
def test_unexplained_power_shows_above_100_w_or_a_tenth(missing: float | None, house: float, shown: bool) -> None:
    flows = Flows(house=node(house, "site/house.power"), unexplained=missing)
    assert unexplained_shown(flows) is shown


def test_unexplained_power_has_its_own_line() -> None:
    assert lane_powers(replace(day_flows(), unexplained=640.0))["unexplained", "house"] == 640.0
    assert lane_powers(day_flows())["unexplained", "house"] == 0.0
