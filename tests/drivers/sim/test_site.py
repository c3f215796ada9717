from __future__ import annotations

import math
from dataclasses import replace

import pytest

from drivers.sim.battery import BatteryType
from drivers.sim.quantities import METERED, charging, measure, quantities
from drivers.sim.site import SiteModel, SiteSetup
from drivers.sim.sun import elevation
from drivers.sim.vehicle import LEAST_A, MOST_A, Vehicle, shared
from tests.drivers.sim.clock import moment

WEEK_S = 7 * 86400
STEP_S = 30  # in which powers are held; 10 s when nobody says more
MINUTE_S = 60.0
THREE = SiteSetup(chargers=("charger", "wallbox_1", "wallbox_2"))


@pytest.mark.parametrize(("day", "setup"), [("2026-06-15", THREE), ("2026-12-14", SiteSetup())])
def test_powers_balance_and_counters_are_integrals_over_a_week(day: str, setup: SiteSetup) -> None:
    start = moment(f"{day}T00:00")
    site = SiteModel(start, setup)
    delivered = {name: counter.total for name, counter in site.delivered.items()}
    before = {name: counter.total for name, counter in site.counters.items()}
    sums = dict.fromkeys(before, 0.0)
    stored = site.battery.stored
    for second in range(STEP_S, WEEK_S + 1, STEP_S):
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
        site.advance(start + second, STEP_S)
        assert abs(site.powers.imbalance) < 1e-6
        assert 0.0 <= site.battery.share <= 1.0
    counted = {name: site.counters[name].total - before[name] for name in before}
    assert counted == pytest.approx({name: total * STEP_S / 3600 for name, total in sums.items()}, rel=1e-9, abs=1e-3)
    each = [counter.total - delivered[name] for name, counter in site.delivered.items()]
    assert math.fsum(each) == pytest.approx(counted["vehicle"], rel=1e-9)
    assert min(each) > 10_000.0
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
        site.advance(start + 60 * minute, MINUTE_S)
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
        site.advance(start + 60 * minute, MINUTE_S)
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


def test_a_second_station_leaves_the_first_one_its_own_cars() -> None:
    start = moment("2026-12-14T00:00")
    alone, among = SiteModel(start), SiteModel(start, THREE)
    for quarter in range(4 * 48):
        for site in (alone, among):
            site.advance(start + 900 * quarter, MINUTE_S)
        there = [site.vehicle.state == "available" for site in (alone, among)]
        assert there[0] == there[1]


def test_several_cars_stay_within_what_the_connection_of_the_house_bears() -> None:
    start = moment("2026-06-15T00:00")
    site = SiteModel(start, THREE)
    together = 0
    for minute in range(3 * 1440):
        site.advance(start + 60 * minute, MINUTE_S)
        powers = site.powers
        for phase in range(3):
            assert powers.house[phase] + powers.vehicle[phase] < 18_000.0 / 3 * 1.03  # the voltage is not quite nominal
        running = [vehicle for vehicle in site.vehicles.values() if vehicle.state == "charging"]
        together += len(running) > 1
        assert all(LEAST_A <= vehicle.current <= MOST_A for vehicle in running)
        assert math.fsum(powers.vehicles.values()) == pytest.approx(math.fsum(powers.vehicle))
    assert together > 60


def test_a_connection_without_room_lets_no_car_charge() -> None:
    start = moment("2026-12-14T22:00")
    site = SiteModel(start, replace(THREE, contract_power=3_000.0))
    for minute in range(8 * 60):
        site.advance(start + 60 * minute)
        assert math.fsum(site.powers.vehicle) == 0.0


def test_by_night_one_station_begins_after_the_other() -> None:
    start = moment("2026-12-14T20:00")
    site = SiteModel(start, THREE)
    began: dict[str, float] = {}
    for minute in range(11 * 60):
        site.advance(start + 60 * minute)
        for name, vehicle in site.vehicles.items():
            if vehicle.state == "charging":
                began.setdefault(name, minute / 60)
    assert began["charger"] == pytest.approx(2.5, abs=0.1)
    assert list(began) == sorted(began, key=began.__getitem__)
    assert all(hour > 4.0 for name, hour in began.items() if name != "charger")


VOLTS = (230.0, 230.0, 230.0)
ONE_MIN, TWO_MIN = LEAST_A * 230.0, 2 * LEAST_A * 230.0


@pytest.mark.parametrize(
    ("surplus", "shares"),
    [
        (500.0, (-1.0, -1.0)),  # too little to begin with
        (ONE_MIN, (ONE_MIN, -1.0)),  # enough for one
        (2_500.0, (2_500.0, -1.0)),
        (TWO_MIN, (ONE_MIN, ONE_MIN)),
        (4_000.0, (2_000.0, 2_000.0)),  # evenly
    ],
)
def test_cars_share_what_the_sun_leaves_the_first_ones_least_first(surplus: float, shares: tuple[float, float]) -> None:
    cars = {name: Vehicle(7, "Europe/Paris", number) for number, name in enumerate("ab")}
    assert tuple(shared(cars, "ab", surplus, VOLTS).values()) == pytest.approx(shares)
    assert shared(cars, "b", surplus, VOLTS)["a"] < 0.0


def test_a_car_that_charges_goes_on_until_nothing_is_left() -> None:
    cars = {name: Vehicle(7, "Europe/Paris", number) for number, name in enumerate("ab")}
    cars["a"].state = cars["b"].state = "charging"
    assert shared(cars, "ab", 100.0, VOLTS) == {"a": ONE_MIN, "b": -1.0}  # what the first needs leaves none
    assert shared(cars, "ab", -1.0, VOLTS) == {"a": -1.0, "b": -1.0}


def test_each_station_shows_its_own_car_on_its_own_first_phase() -> None:
    start = moment("2026-06-15T00:00")
    site = SiteModel(start, THREE)
    seen: set[str] = set()
    for minute in range(0, 3 * 1440, 5):
        site.advance(start + 60 * minute)
        for phase, name in enumerate(site.vehicles):
            shown, vehicle = charging(site, name), site.vehicles[name]
            assert shown["charger.power"] == pytest.approx(vehicle.current * site.powers.voltage[phase], abs=60.0)
            assert shown["charger.voltage.l1"] == site.powers.voltage[phase]
            assert shown["charger.current.l2"] == shown["charger.current.l3"] == 0.0
            assert shown["charger.state"] == vehicle.state
            if vehicle.state == "charging":
                seen.add(name)
                assert site.powers.vehicle[phase] == pytest.approx(float(shown["charger.power"]))
    assert seen == set(site.vehicles)


def test_a_limit_is_one_stations_own() -> None:
    site = SiteModel(moment("2026-06-15T00:00"), THREE)
    site.vehicles["wallbox_1"].limit = 8.0
    assert [charging(site, name)["charger.limit"] for name in site.vehicles] == [16.0, 8.0, 16.0]


def test_stations_of_a_house_with_one_phase_hang_on_it_all() -> None:
    site = SiteModel(moment("2026-12-14T20:00"), replace(THREE, phases=1, contract_power=9_000.0))
    site.advance(moment("2026-12-15T05:00"))
    assert {vehicle.phase for vehicle in site.vehicles.values()} == {0}
    assert site.powers.vehicle[1:] == (0.0, 0.0)


def test_a_session_that_was_stopped_waits_for_an_order_or_the_next_car() -> None:
    site = SiteModel(moment("2026-07-23T13:00"))
    assert site.vehicle.state == "charging"
    site.vehicle.stopped = True
    site.advance(site.now + 60.0)
    assert (site.vehicle.state, site.vehicle.current) == ("waiting", 0.0)
    site.vehicle.stopped = False
    site.advance(site.now + 60.0)
    assert site.vehicle.state == "charging"
    site.vehicle.stopped = True
    site.advance(moment("2026-07-24T06:00"))
    assert not site.vehicle.stopped


def test_each_stay_of_a_car_is_a_session_with_a_number_of_its_own() -> None:
    site = SiteModel(moment("2026-06-15T00:00"), THREE)
    numbers: list[float] = []
    for hour in range(1, 73):
        site.advance(moment("2026-06-15T00:00") + 3600.0 * hour, MINUTE_S)
        number = charging(site, "wallbox_1")["charger.session.number"]
        if number not in numbers:
            numbers.append(float(number))
    assert len(numbers) >= 3
    assert numbers == sorted(numbers)
