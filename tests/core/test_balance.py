"""The balance of the site: signs, sources, what is unexplained."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.balance import Flows, balance
from core.config import DeviceConfig, Site
from core.points import NOT_AVAILABLE, REFUSED, Point, PointKey, Quality, Reading, Value
from core.profile import Profile
from core.roles import RoleMap, role_maps


def device(name: str, role: str, category: str, *roles: str) -> RoleMap:
    return RoleMap(name, role, category, name, {each: (PointKey(name, each),) for each in roles})


HYBRID = device("inverter", "inverter", "hybrid", "solar.power", "battery.power", "inverter.power", "grid.power")
METER = device("meter", "grid", "meter", "grid.power", "grid.voltage.l1")
CHARGER = device("charger", "charger", "charger", "charger.power")


def readings(quality: Quality = Quality.GOOD, /, **values: Value) -> dict[PointKey, Reading]:
    found: dict[PointKey, Reading] = {}
    for name, value in values.items():
        owner, role = name.split("__", 1)
        key = PointKey(owner, role.replace("__", "."))
        found[key] = Reading(key, value, 100.0, quality=quality)
    return found


def flow(flows: Flows, origin: str, target: str) -> float:
    return sum(each.power for each in flows.flows if (each.origin, each.target) == (origin, target))


def test_the_strings_of_the_only_producer_stand_apart():
    hybrid = device("inverter", "inverter", "hybrid", "solar.power.2", "solar.power.1", "solar.power.3")
    found = readings(inverter__solar__power__1=3460.0, inverter__solar__power__2=3380.0)
    missing = PointKey("inverter", "solar.power.3")
    found[missing] = Reading(missing, None, 100.0, quality=Quality.UNKNOWN, note=NOT_AVAILABLE)
    strings = balance([hybrid], found, 100.0).parts["string"]
    assert [(part.label, part.node.power) for part in strings] == [("PV1", 3460.0), ("PV2", 3380.0)]
    other = device("roof", "solar", "inverter", "solar.power")
    assert balance([hybrid, other], found, 100.0).parts["string"] == ()


def test_the_mock_up_balances():
    flows = balance(
        [HYBRID, METER, CHARGER],
        readings(
            inverter__solar__power=6840.0,
            inverter__battery__power=-2100.0,
            inverter__inverter__power=4740.0,
            meter__grid__power=-1270.0,
            charger__charger__power=0.0,
        ),
        100.0,
    )
    assert flows.house.power == 3470.0
    assert flow(flows, "solar", "house") == 3470.0
    assert flow(flows, "solar", "battery") == 2100.0
    assert flow(flows, "solar", "grid") == 1270.0
    assert flows.origins == {"solar": 1.0}
    assert flows.losses == 0.0


def test_the_vehicle_is_not_counted_with_the_house():
    flows = balance([METER, CHARGER], readings(meter__grid__power=5000.0, charger__charger__power=3600.0), 100.0)
    assert flows.house.power == 1400.0
    assert flow(flows, "grid", "house") == 5000.0
    assert flow(flows, "house", "vehicle") == 3600.0


def test_a_dedicated_meter_goes_before_the_inverters_own_view():
    found = readings(inverter__grid__power=-900.0, meter__grid__power=-1000.0)
    assert balance([HYBRID, METER], found, 100.0).grid.power == -1000.0


def test_a_silent_meter_is_not_replaced_by_an_inverter_that_may_have_no_transformer():
    found = readings(inverter__grid__power=0.0) | readings(Quality.STALE, meter__grid__power=-1000.0)
    grid = balance([HYBRID, METER], found, 100.0).grid
    assert (grid.power, grid.quality) == (-1000.0, Quality.STALE)


def test_a_stale_part_makes_the_sum_stale():
    second = device("second", "inverter", "inverter", "solar.power")
    found = readings(inverter__solar__power=1000.0) | readings(Quality.STALE, second__solar__power=500.0)
    solar = balance([HYBRID, second], found, 100.0).solar
    assert (solar.power, solar.quality) == (1500.0, Quality.STALE)


def test_a_missing_part_gives_no_sum_rather_than_a_wrong_one():
    second = device("second", "inverter", "inverter", "solar.power")
    flows = balance([HYBRID, second, METER], readings(inverter__solar__power=1000.0, meter__grid__power=1.0), 100.0)
    assert flows.solar.power is None
    assert flows.house.power is None


def test_strings_add_up_where_there_is_no_total():
    strings = device("inverter", "inverter", "hybrid", "solar.power.1", "solar.power.2")
    found = readings(inverter__solar__power__1=1000.0, inverter__solar__power__2=234.0)
    assert balance([strings], found, 100.0).solar.power == 1234.0


def test_a_phase_that_the_device_does_not_have_is_not_missed():
    phases = device("meter", "grid", "meter", "grid.power.l1", "grid.power.l2")
    found = readings(meter__grid__power__l1=700.0)
    missing = PointKey("meter", "grid.power.l2")
    found[missing] = Reading(missing, None, 100.0, quality=Quality.UNKNOWN, note=NOT_AVAILABLE)
    assert balance([phases], found, 100.0).grid.power == 700.0


def test_a_phase_that_has_not_been_read_yet_leaves_no_sum():
    phases = device("meter", "grid", "meter", "grid.power.l1", "grid.power.l2")
    assert balance([phases], readings(meter__grid__power__l1=700.0), 100.0).grid.power is None


def test_what_a_meter_of_the_house_cannot_explain_is_said():
    house = device("house", "house", "meter", "house.power")
    flows = balance([METER, house], readings(meter__grid__power=3000.0, house__house__power=2600.0), 100.0)
    assert flows.house.power == 2600.0
    assert flows.house_measured
    assert flows.unexplained == 400.0


def test_more_vehicle_than_supply_is_unexplained_and_never_a_negative_house():
    flows = balance([METER, CHARGER], readings(meter__grid__power=1000.0, charger__charger__power=3000.0), 100.0)
    assert flows.house.power == 0.0
    assert flows.unexplained == -2000.0


@pytest.mark.parametrize(("voltage", "outage"), [(230.0, False), (3.0, True)])
def test_a_dead_grid_is_an_outage(voltage: float, outage: bool):
    assert balance([METER], readings(meter__grid__voltage__l1=voltage), 100.0).outage is outage


def test_an_empty_site_has_no_values():
    flows = balance([], {}, 100.0)
    assert not flows.solar.present
    assert flows.house.power is None


powers = st.floats(0, 20_000)


@given(powers, st.floats(-5000, 5000), st.floats(-10_000, 10_000), st.floats(0, 7000))
def test_flows_never_create_power(sun: float, battery: float, grid: float, vehicle: float):
    found = readings(
        inverter__solar__power=sun,
        inverter__battery__power=battery,
        inverter__inverter__power=sun + battery,
        meter__grid__power=grid,
        charger__charger__power=vehicle,
    )
    flows = balance([HYBRID, METER, CHARGER], found, 100.0)
    for node, limit in (("solar", sun), ("battery", max(battery, 0)), ("grid", max(grid, 0))):
        assert sum(each.power for each in flows.flows if each.origin == node) <= limit + 1e-6
    assert flows.house.power is not None
    assert flows.house.power >= 0
    assert sum(flows.origins.values()) == pytest.approx(1.0) or not flows.origins


def test_a_pv_inverter_that_turns_out_to_have_a_battery_is_not_all_sun():
    mixed = device("inverter", "inverter", "inverter", "inverter.power", "battery.soc")
    flows = balance(
        [mixed, METER],
        readings(inverter__inverter__power=2000.0, inverter__battery__soc=50.0, meter__grid__power=0.0),
        100.0,
    )
    assert flows.solar.power is None
    assert flows.house.power == 2000.0


def test_a_battery_that_tells_volts_and_amperes_has_a_power_as_good_as_the_worse_of_them():
    pack = device("pack", "battery", "battery", "battery.voltage", "battery.current", "battery.soc")
    given = readings(pack__battery__voltage=50.0, pack__battery__current=-20.0, pack__battery__soc=40.0)
    flows = balance([METER, pack], given | readings(meter__grid__power=1500.0), 100.0)
    assert (flows.battery.power, flows.battery.quality) == (-1000.0, Quality.GOOD)
    assert (flows.house.power, flow(flows, "grid", "battery")) == (500.0, 1000.0)
    old = balance([pack], given | readings(Quality.STALE, pack__battery__current=-20.0), 100.0)
    assert (old.battery.power, old.battery.quality) == (-1000.0, Quality.STALE)
    silent = balance([pack], {}, 100.0).battery
    assert (silent.power, silent.present, silent.quality) == (None, True, Quality.UNKNOWN)
    both = balance([HYBRID, pack], given | readings(inverter__battery__power=-990.0), 100.0)
    assert both.battery.power == -990.0


def test_a_battery_behind_an_inverter_is_not_counted_twice():
    pack = device("pack", "battery", "battery", "battery.power")
    found = readings(
        inverter__solar__power=0.0,
        inverter__battery__power=2050.0,
        inverter__inverter__power=2000.0,
        pack__battery__power=2040.0,
        meter__grid__power=0.0,
    )
    flows = balance([HYBRID, pack, METER], found, 100.0)
    assert (flows.battery.power, flows.house.power) == (2050.0, 2000.0)


def test_a_meter_before_a_charging_station_is_not_a_second_vehicle():
    second = device("second", "charger", "meter", "charger.power")
    found = readings(meter__grid__power=9000.0, charger__charger__power=7000.0, second__charger__power=7010.0)
    flows = balance([METER, CHARGER, second], found, 100.0)
    assert (flows.vehicle.power, flows.house.power) == (7000.0, 2000.0)


def test_without_a_measure_of_the_grid_the_house_is_not_good():
    flows = balance([device("pv", "inverter", "inverter", "solar.power")], readings(pv__solar__power=3000.0), 100.0)
    assert flows.house.quality is Quality.UNKNOWN


def test_a_refused_total_is_made_of_its_strings():
    strings = device("inverter", "inverter", "hybrid", "solar.power", "solar.power.1", "solar.power.2", "solar.power.3")
    found = readings(inverter__solar__power__1=1000.0, inverter__solar__power__2=500.0)
    for role in ("solar.power", "solar.power.3"):
        key = PointKey("inverter", role)
        found[key] = Reading(key, None, 100.0, quality=Quality.BAD, note=REFUSED)
    assert balance([strings], found, 100.0).solar.power == 1500.0


def test_an_undecodable_string_leaves_no_sum():
    strings = device("inverter", "inverter", "hybrid", "solar.power.1", "solar.power.2")
    found = readings(inverter__solar__power__1=1000.0)
    key = PointKey("inverter", "solar.power.2")
    found[key] = Reading(key, None, 100.0, quality=Quality.UNKNOWN, note="the device gives no scale factor")
    assert balance([strings], found, 100.0).solar.power is None


def test_a_meter_that_the_operator_has_turned_round_changes_sign():
    turned = replace(METER, reversed=True)
    assert balance([turned], readings(meter__grid__power=-500.0), 100.0).grid.power == 500.0


def test_a_stale_vehicle_explains_nothing():
    house = device("house", "house", "meter", "house.power")
    found = readings(meter__grid__power=3000.0, house__house__power=2900.0)
    found |= readings(Quality.STALE, charger__charger__power=7000.0)
    assert balance([METER, house, CHARGER], found, 100.0).unexplained is None


def station(
    name: str, category: str = "charger", roles: tuple[str, ...] = ("charger.power",), **more: str | int | bool
):
    """A device whose points are named like the roles that they fill."""
    points = tuple(Point(role, (), None, "number", path=f"Measures.{role}") for role in roles)
    profile = Profile(
        "acme/box", Path(), "Acme", "Box", category, "", points, {}, roles={role: (role,) for role in roles}
    )
    role = "charger" if category == "charger" else "inverter"
    return DeviceConfig(name, "line", profile.id, profile, name=name.upper(), role=role, **more)  # pyright: ignore[reportArgumentType] - a row of a table


def site(*devices: DeviceConfig) -> Site:
    return Site("Farm", ZoneInfo("Europe/Paris"), (), devices)


BOX, SAME = station("box"), station("ocpp", same_as="box")
OTHER = station("other")


def test_a_station_that_is_reached_twice_counts_once():
    found = readings(box__charger__power=7000.0, ocpp__charger__power=6990.0, other__charger__power=3000.0)
    flows = balance(role_maps(site(BOX, SAME, OTHER)), found, 100.0)
    assert flows.vehicle.power == 10_000.0
    assert [(part.device, part.label) for part in flows.parts["vehicle"]] == [("box", "BOX"), ("other", "OTHER")]
    assert flows.vehicle.sources == (PointKey("box", "charger.power"), PointKey("other", "charger.power"))


@pytest.mark.parametrize("order", [(BOX, SAME), (SAME, BOX)])
@pytest.mark.parametrize("quality", [Quality.STALE, Quality.UNKNOWN, Quality.BAD])
def test_where_the_first_way_fails_the_second_one_speaks_for_the_station(
    order: tuple[DeviceConfig, ...], quality: Quality
):
    found = readings(quality, box__charger__power=None if quality is Quality.BAD else 7000.0)
    found |= readings(ocpp__charger__power=3500.0)
    vehicle = balance(role_maps(site(*order)), found, 100.0).vehicle
    assert (vehicle.power, vehicle.quality) == (3500.0, Quality.GOOD)
    assert vehicle.sources == (PointKey("ocpp", "charger.power"),)


def test_a_second_way_that_has_nothing_to_say_spoils_nothing():
    for second in ({}, readings(Quality.STALE, ocpp__charger__power=1.0)):
        found = readings(box__charger__power=7000.0) | second
        vehicle = balance(role_maps(site(BOX, SAME)), found, 100.0).vehicle
        assert (vehicle.power, vehicle.quality) == (7000.0, Quality.GOOD)


def test_when_neither_way_is_good_the_last_value_of_the_first_is_shown_as_what_it_is():
    found = readings(Quality.STALE, box__charger__power=7000.0, ocpp__charger__power=6000.0)
    vehicle = balance(role_maps(site(BOX, SAME)), found, 100.0).vehicle
    assert (vehicle.power, vehicle.quality) == (7000.0, Quality.STALE)


def test_a_station_whose_first_way_has_no_sound_profile_is_read_by_the_second():
    broken = replace(BOX, profile=None, fault="no profile")
    flows = balance(role_maps(site(broken, SAME)), readings(ocpp__charger__power=3500.0), 100.0)
    assert flows.vehicle.power == 3500.0


def test_an_inverter_that_is_reached_twice_supplies_the_house_once():
    ways = ("solar.power", "battery.power", "inverter.power")
    bus, stick = station("bus", "hybrid", ways), station("stick", "hybrid", ways, same_as="bus")
    found = readings(
        bus__solar__power=3000.0,
        bus__battery__power=-500.0,
        bus__inverter__power=2450.0,
        stick__solar__power=2990.0,
        stick__battery__power=-490.0,
        stick__inverter__power=2440.0,
        meter__grid__power=100.0,
    )
    flows = balance([*role_maps(site(bus, stick)), METER], found, 100.0)
    assert (flows.solar.power, flows.battery.power, flows.house.power) == (3000.0, -500.0, 2550.0)
    assert flows.losses == 50.0


def test_a_second_way_that_is_turned_round_lends_nothing_to_the_first():
    turned = replace(SAME, reversed=True)
    vehicle = balance(role_maps(site(BOX, turned)), readings(ocpp__charger__power=-3500.0), 100.0).vehicle
    assert vehicle.power is None


def test_a_whole_station_does_not_count_beside_its_sockets():
    whole, one, two = (station(f"unit{unit}", unit=unit, station="CP-1") for unit in (0, 1, 2))
    found = readings(unit0__charger__power=7000.0, unit1__charger__power=3000.0, unit2__charger__power=4000.0)
    assert balance(role_maps(site(whole, one, two)), found, 100.0).vehicle.power == 7000.0
    assert balance(role_maps(site(whole)), found, 100.0).vehicle.power == 7000.0


# -- what is drawn in all ------------------------------------------------------------------------------------------

HOUSE = device("house", "house", "meter", "house.power")


def test_what_house_and_vehicles_draw_together_is_known_though_a_station_is_away():
    found = readings(meter__grid__power=5000.0)
    for away in (readings(Quality.STALE, charger__charger__power=3600.0), {}):
        flows = balance([METER, CHARGER], found | away, 100.0)
        assert (flows.consumption.power, flows.consumption.quality) == (5000.0, Quality.GOOD)
        assert flows.house.quality is not Quality.GOOD, "which part of it is the house's is not known"
        assert flows.vehicle.quality is not Quality.GOOD
        assert flow(flows, "grid", "house") == 5000.0
        assert flows.origins == {"grid": 1.0}


def test_what_is_drawn_is_never_better_than_what_arrives():
    charger = readings(charger__charger__power=3600.0)
    for quality in (Quality.STALE, Quality.UNKNOWN):
        flows = balance([METER, CHARGER], readings(quality, meter__grid__power=5000.0) | charger, 100.0)
        assert (flows.consumption.power, flows.consumption.quality) == (5000.0, quality)
    flows = balance([METER, CHARGER], charger, 100.0)
    assert (flows.consumption.power, flows.house.power) == (None, None)
    alone = device("pv", "inverter", "inverter", "solar.power")
    flows = balance([alone, CHARGER], readings(pv__solar__power=3000.0), 100.0)
    assert flows.consumption.quality is Quality.UNKNOWN, "without a measure of the grid"
    flows = balance([alone, HOUSE, CHARGER], readings(pv__solar__power=3000.0, house__house__power=500.0), 100.0)
    assert (flows.house.power, flows.house.quality) == (500.0, Quality.GOOD)
    assert flows.consumption.quality is Quality.UNKNOWN


def test_the_vehicle_is_not_forgotten_where_a_meter_of_the_house_leaves_it_out():
    found = readings(meter__grid__power=7700.0, house__house__power=500.0)
    good = balance([METER, HOUSE, CHARGER], found | readings(charger__charger__power=7000.0), 100.0)
    assert (good.consumption.power, good.consumption.quality) == (7500.0, Quality.GOOD)
    away = balance([METER, HOUSE, CHARGER], found | readings(Quality.STALE, charger__charger__power=1.0), 100.0)
    assert (away.consumption.power, away.consumption.quality) == (7700.0, Quality.GOOD)
    assert (away.house.power, away.house.quality) == (500.0, Quality.GOOD)
    lost = balance([HOUSE, CHARGER], readings(house__house__power=500.0), 100.0)
    assert lost.consumption.power is None


def test_an_inverter_that_may_have_no_transformer_does_not_take_the_place_of_a_silent_meter():
    hybrid = device("inverter", "inverter", "hybrid", "inverter.power", "house.power")
    found = readings(inverter__inverter__power=2000.0, inverter__house__power=2500.0)
    flows = balance([hybrid, METER], found | readings(Quality.STALE, meter__grid__power=100.0), 100.0)
    assert (flows.consumption.power, flows.consumption.quality) == (2100.0, Quality.STALE)
    flows = balance([hybrid, CHARGER], readings(inverter__house__power=2500.0), 100.0)
    assert (flows.consumption.power, flows.consumption.quality) == (2500.0, Quality.GOOD)
    assert flows.house.power is None, "the vehicle's part has never been told"


@given(powers, st.floats(-10_000, 10_000), st.floats(0, 7000))
def test_with_everything_good_what_is_drawn_is_house_and_vehicles(sun: float, grid: float, vehicle: float):
    found = readings(inverter__solar__power=sun, inverter__inverter__power=sun, meter__grid__power=grid)
    flows = balance([HYBRID, METER, CHARGER], found | readings(charger__charger__power=vehicle), 100.0)
    assert flows.consumption.power == (flows.house.power or 0.0) + vehicle or flows.consumption.power is None
