from __future__ import annotations

import math
from dataclasses import replace

import pytest

from drivers.sim.battery import BatteryType
from drivers.sim.quantities import METERED, measure, quantities
from drivers.sim.site import SiteModel, SiteSetup
from drivers.sim.sun import elevation
from tests.drivers.sim.clock import moment

WEEK_S = 7 * 86400


@pytest.mark.parametrize("day", ["2026-06-15", "2026-12-14"])
def test_powers_balance_and_counters_are_integrals_over_a_week(day: str) -> None:
    start = moment(f"{day}T00:00")
    site = SiteModel(start)
    before = {name: counter.total for name, counter in site.counters.items()}
    sums = dict.fromkeys(before, 0.0)
    stored = site.battery.stored
    for second in range(10, WEEK_S + 1, 10):
        powers = site.powers
        sums["solar"] += powers.solar
        sums["grid.import"] += max(0.0, math.fsum(powers.grid))
        sums["grid.export"] += max(0.0, -math.fsum(powers.grid))
        sums["battery.charged"] += max(0.0, -powers.battery)
        sums["battery.discharged"] += max(0.0, powers.battery)
        sums["house"] += math.fsum(powers.house)
        sums["vehicle"] += math.fsum(powers.vehicle)
        sums["losses"] += powers.losses
        for circuit in ("water_heater", "workshop"):
            sums[circuit] += math.fsum(powers.loads[circuit].power)
        site.advance(start + second)
        assert abs(site.powers.imbalance) < 1e-6
        assert 0.0 <= site.battery.share <= 1.0
    counted = {name: site.counters[name].total - before[name] for name in before}
    assert counted == pytest.approx({name: total * 10 / 3600 for name, total in sums.items()}, rel=1e-9, abs=1e-3)
    arrived = counted["solar"] + counted["grid.import"] + counted["battery.discharged"]
    left = sum(counted[name] for name in ("grid.export", "battery.charged", "house", "vehicle", "losses"))
    assert arrived == pytest.approx(left, rel=1e-9)
    kept = site.battery.stored - stored
    lost = counted["battery.charged"] - counted["battery.discharged"] - kept
    assert 0 < lost < 0.06 * counted["battery.charged"]  # in the cells


def test_at_night_there_is_no_sun_and_by_day_there_is() -> None:
    start = moment("2026-03-20T00:00")
    site = SiteModel(start)
    for quarter in range(96):
        site.advance(start + 900 * quarter)
        height = elevation(site.now, 46.5, 4.8)
        shown = quantities(site)
        if height < -1.0:
            assert shown["solar.power"] == shown["solar.voltage.1"] == shown["solar.current.2"] == 0.0
        elif height > 6.0:
            assert 0.0 < float(shown["solar.power"]) < 9500.0
            assert 250.0 < float(shown["solar.voltage.1"]) < 520.0


@pytest.mark.parametrize(
    ("when", "height"),
    [("2026-06-21T13:42", 66.9), ("2026-12-21T12:39", 20.1), ("2026-03-20T12:48", 43.5)],
)
def test_the_sun_stands_where_the_almanac_says(when: str, height: float) -> None:
    assert elevation(moment(when), 46.5, 4.8) == pytest.approx(height, abs=0.5)


def test_today_begins_at_local_midnight_and_lifetime_goes_on() -> None:
    site = SiteModel(moment("2026-06-15T15:00"))
    solar = site.counters["solar"]
    assert 5_000 < solar.today < 70_000 < solar.total
    before = solar.total
    site.advance(moment("2026-06-16T00:00"))
    assert solar.today == 0.0
    assert solar.total > before
    site.advance(moment("2026-06-16T01:00"))
    assert 100.0 < site.counters["house"].today < 3_000.0


def test_the_same_seed_tells_the_same_story_and_another_seed_another() -> None:
    stories: list[list[float]] = []
    for seed in (3, 3, 4):
        site = SiteModel(moment("2026-05-04T06:00"), SiteSetup(seed=seed))
        story: list[float] = []
        for minute in range(0, 600, 7):
            site.advance(moment("2026-05-04T06:00") + 60 * minute)
            story += [float(value) for value in quantities(site).values() if isinstance(value, float)]
        stories.append(story)
    assert stories[0] == stories[1]
    assert stories[0] != stories[2]


def test_the_battery_keeps_its_limits_its_reserve_and_tapers_when_full() -> None:
    start = moment("2026-06-15T00:00")
    site = SiteModel(start)
    full: list[float] = []
    for minute in range(3 * 1440):
        site.advance(start + 60 * minute)
        assert -5000.0 <= site.powers.battery <= 5000.0
        assert site.battery.share > 0.115
        if site.battery.share > 0.98:
            full.append(site.powers.battery)
    assert full
    assert min(full) > -1300.0


def test_an_outage_makes_an_island_fed_by_sun_and_battery() -> None:
    start = moment("2026-06-15T11:00")
    site = SiteModel(start)
    site.outage = True
    site.advance(start + 30)
    imported = site.counters["grid.import"].total
    for minute in range(1, 120):
        site.advance(start + 60 * minute)
        shown, powers = quantities(site), site.powers
        assert abs(powers.imbalance) < 1e-6
        assert shown["grid.power"] == shown["grid.voltage.l1"] == shown["grid.frequency"] == 0.0
        assert shown["inverter.state"] == "backup"
        assert shown["inverter.frequency"] == 50.0
        assert shown["backup.power"] == pytest.approx(math.fsum((*powers.house, *powers.vehicle)))
        assert math.fsum(powers.vehicle) == 0.0
        assert site.counters["grid.import"].total == imported
    site.outage = False
    site.advance(start + 3 * 3600)
    assert quantities(site)["inverter.state"] == "on_grid"
    assert float(quantities(site)["grid.voltage.l1"]) > 200.0


def test_an_island_without_sun_runs_dry_and_goes_dark() -> None:
    setup = SiteSetup(battery=replace(BatteryType(), capacity=2_000.0))
    site = SiteModel(moment("2026-12-14T18:00"), setup)
    site.outage = True
    site.advance(moment("2026-12-15T05:00"))
    assert abs(site.powers.imbalance) < 1e-6
    assert math.fsum(site.powers.house) == pytest.approx(0.0, abs=60.0)
    assert site.battery.share >= 0.049


def test_what_one_meter_counts_another_counts_too() -> None:
    site = SiteModel(moment("2026-06-15T12:30"))
    shown = quantities(site)
    grid, house, charger = (measure(site, what) for what in ("grid", "house", "charger"))
    assert grid["power"] == pytest.approx(sum(grid[f"power.l{phase}"] for phase in (1, 2, 3)))
    assert shown["house.power"] == pytest.approx(house["power"] + charger["power"])
    assert shown["house.power"] == pytest.approx(float(shown["inverter.power"]) + grid["power"])
    assert shown["solar.power"] == pytest.approx(float(shown["solar.power.1"]) + float(shown["solar.power.2"]))
    for what in METERED:
        meter = measure(site, what)
        assert -1.0 <= meter["power_factor"] <= 1.0
        assert 390.0 < meter["voltage.l12"] < 415.0


def test_voltage_sinks_where_the_house_draws() -> None:
    start = moment("2026-12-14T02:05")  # the water heater runs on phase 3
    site = SiteModel(start)
    drops: list[float] = []
    for minute in range(60):
        site.advance(start + 60 * minute)
        if site.powers.grid[2] > 2_000.0:
            drops.append(site.powers.voltage[1] - site.powers.voltage[2])
    assert drops
    assert sum(drops) / len(drops) > 1.0


def test_the_car_comes_charges_between_6_and_16_amperes_and_leaves() -> None:
    start = moment("2026-06-15T00:00")
    site = SiteModel(start)
    states: set[str] = set()
    for minute in range(3 * 1440):
        site.advance(start + 60 * minute)
        states.add(site.vehicle.state)
        if site.vehicle.state == "charging":
            assert 6.0 <= site.vehicle.current <= 16.0
        else:
            assert site.vehicle.current == 0.0
    assert {"available", "charging", "finished"} <= states


def test_one_phase_carries_everything_when_there_is_only_one() -> None:
    site = SiteModel(moment("2026-06-15T12:00"), SiteSetup(phases=1))
    shown = quantities(site)
    assert shown["grid.power"] == shown["grid.power.l1"]
    assert shown["inverter.power"] == shown["inverter.power.l1"]
    assert shown["grid.voltage.l2"] == 0.0
