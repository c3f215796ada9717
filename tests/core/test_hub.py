"""Newest reading of every point."""

from __future__ import annotations

from core.hub import Hub
from core.points import PointKey, Quality, Reading

POWER = PointKey("meter", "p")


def test_a_burst_leaves_one_change():
    hub = Hub()
    for watts in range(1000):
        hub.put([Reading(POWER, float(watts), at=float(watts))])
    assert [reading.value for reading in hub.take_changed()] == [999.0]
    assert hub.take_changed() == []


def test_an_old_value_turns_stale_and_keeps_its_number():
    hub = Hub()
    hub.expect({POWER: 10.0})
    hub.put([Reading(POWER, 5.0, at=100.0)])
    fresh, stale = hub.latest(POWER, 129.0), hub.latest(POWER, 131.0)
    assert fresh is not None
    assert stale is not None
    assert (fresh.quality, stale.quality, stale.value) == (Quality.GOOD, Quality.STALE, 5.0)


def test_a_setting_read_on_demand_does_not_age_within_the_hour():
    hub = Hub()
    hub.expect({POWER: None})
    hub.put([Reading(POWER, 5.0, at=100.0)])
    reading = hub.latest(POWER, 3700.0)
    assert reading is not None
    assert reading.quality is Quality.GOOD


def test_a_clock_set_back_does_not_freeze_the_values():
    hub = Hub()
    hub.put([Reading(POWER, 1.0, at=5000.0)])
    hub.put([Reading(POWER, 2.0, at=1400.0)])
    reading = hub.latest(POWER, 1401.0)
    assert reading is not None
    assert reading.value == 2.0
