"""Newest reading of every point."""

from __future__ import annotations

import threading
from dataclasses import dataclass

import pytest

from core.hub import Hub
from core.points import PointKey, Quality, Reading

POWER = PointKey("meter", "p")


@dataclass
class Held:
    """The monotonic clock, moved by the test; the computer's other clock stands anywhere."""

    at: float = 100.0

    def now(self) -> float:
        return 5000.0 - self.at

    def ticks(self) -> float:
        return self.at


@pytest.fixture
def clock() -> Held:
    return Held()


@pytest.fixture
def hub(clock: Held) -> Hub:
    return Hub(clock)


def newest(hub: Hub) -> Reading:
    reading = hub.latest(POWER)
    assert reading is not None
    return reading


def test_a_burst_leaves_one_change(hub: Hub):
    for watts in range(1000):
        hub.put([Reading(POWER, float(watts), at=float(watts))])
    assert [reading.value for reading in hub.take_changed()] == [999.0]
    assert hub.take_changed() == []


def test_an_old_value_turns_stale_and_keeps_its_number(hub: Hub, clock: Held):
    hub.expect({POWER: 10.0})
    hub.put([Reading(POWER, 5.0, at=100.0)])
    clock.at = 129.0
    assert newest(hub).quality is Quality.GOOD
    clock.at = 131.0
    assert (newest(hub).quality, newest(hub).value) == (Quality.STALE, 5.0)


def test_a_setting_read_on_demand_does_not_age_within_the_hour(hub: Hub, clock: Held):
    hub.expect({POWER: None})
    hub.put([Reading(POWER, 5.0, at=100.0)])
    clock.at += 3600
    assert newest(hub).quality is Quality.GOOD


def test_a_computer_clock_set_back_neither_freezes_nor_revives_a_value(hub: Hub, clock: Held):
    hub.put([Reading(POWER, 1.0, at=5000.0)])
    hub.put([Reading(POWER, 2.0, at=1400.0)])
    assert newest(hub).value == 2.0
    clock.at += 60  # now() runs backwards meanwhile
    assert newest(hub).quality is Quality.STALE


def test_points_that_a_device_turns_out_not_to_have_leave(hub: Hub):
    hub.put([Reading(POWER, 1.0, at=0.0), Reading(PointKey("meter", "q"), 2.0, at=0.0)])
    hub.keep_only("meter", ["q"])
    assert [key.point for key in hub.snapshot()] == ["q"]


def test_news_of_a_watched_device_is_told_and_of_others_is_not(hub: Hub):
    news = threading.Event()
    hub.watch(["meter"], news)
    hub.put([Reading(PointKey("other", "p"), 1.0, at=1.0)])
    hub.put([])
    assert not news.is_set()
    hub.put([Reading(POWER, 1.0, at=1.0)])
    assert news.is_set()
