"""Energies of the day, each with its source."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from core.balance import Flows, Node
from core.energy import DayBook, Integrator, midnights
from core.points import PointKey, Quality, Reading
from core.roles import RoleMap

PARIS = ZoneInfo("Europe/Paris")
NOON = datetime(2026, 6, 21, 12, tzinfo=PARIS).timestamp()


def device(name: str, role: str, *roles: str) -> RoleMap:
    return RoleMap(name, role, "hybrid", name, {each: (PointKey(name, each),) for each in roles})


def reading(name: str, role: str, value: float) -> dict[PointKey, Reading]:
    return {PointKey(name, role): Reading(PointKey(name, role), value, NOON)}


class Past:
    """A history with a few stored values."""

    def __init__(self, stored: dict[PointKey, list[tuple[float, float]]]) -> None:
        self._stored = stored

    def value_at(self, key: PointKey, when: float) -> tuple[float, float] | None:
        before = [entry for entry in self._stored.get(key, []) if entry[0] <= when]
        return max(before) if before else None

    def hidden(self, key: PointKey, since: float, until: float) -> float:
        return 0.0


@pytest.mark.parametrize(("day", "hours"), [((2026, 3, 29), 23), ((2026, 10, 25), 25), ((2026, 6, 21), 24)])
def test_local_days_have_23_24_or_25_hours(day: tuple[int, int, int], hours: int):
    next_noon = datetime(day[0], day[1], day[2] + 1, 12, tzinfo=PARIS).timestamp()
    today, yesterday = midnights(next_noon, PARIS)
    assert (today - yesterday) / 3600 == hours


def test_power_integrates_to_energy_and_gaps_are_not_filled():
    integrator = Integrator()
    for at in (0.0, 10.0, 20.0, 500.0, 510.0):
        integrator.add(Flows(at=at, solar=Node(3600.0, Quality.GOOD)))
    assert integrator.totals["produced"] == pytest.approx(30.0)


def test_stale_power_adds_nothing():
    integrator = Integrator()
    for at in (0.0, 10.0):
        integrator.add(Flows(at=at, grid=Node(-3600.0, Quality.STALE)))
    assert "exported" not in integrator.totals  # nothing is known, which is not zero


def test_what_is_consumed_goes_on_being_counted_while_a_charging_station_is_away():
    integrator = Integrator()
    away = Node(7000.0, Quality.STALE, present=True)
    for at in (0.0, 10.0):
        house = Node(500.0, Quality.GOOD, present=True)
        integrator.add(Flows(at=at, house=house, vehicle=away, consumption=Node(3600.0, Quality.GOOD)))
    assert integrator.totals["consumed"] == pytest.approx(10.0), "and never with its last value"
    assert "vehicle" not in integrator.totals
    integrator.add(Flows(at=20.0, house=house, vehicle=away, consumption=Node(3600.0, Quality.STALE)))
    assert integrator.totals["consumed"] == pytest.approx(10.0)


def test_what_has_never_been_counted_is_not_zero():
    day = DayBook([device("pv", "inverter", "solar.power")], PARIS, None).day({}, {}, NOON)
    assert day.produced.today is None
    assert day.vehicle.today is None


def test_import_and_export_are_counted_apart():
    integrator = Integrator()
    for at, power in ((0.0, 3600.0), (10.0, 3600.0), (20.0, -3600.0), (30.0, -3600.0)):
        integrator.add(Flows(at=at, grid=Node(power, Quality.GOOD)))
    assert integrator.totals["imported"] == pytest.approx(15.0)
    assert integrator.totals["exported"] == pytest.approx(15.0)


def test_the_devices_own_daily_counter_comes_first():
    book = DayBook([device("inverter", "inverter", "solar.energy.today", "solar.energy")], PARIS, None)
    day = book.day(reading("inverter", "solar.energy.today", 24600.0), {}, NOON)
    assert (day.produced.today, day.produced.source) == (24600.0, "device")


def test_a_lifetime_counter_is_differenced_since_midnight():
    today, yesterday = midnights(NOON, PARIS)
    key = PointKey("meter", "grid.energy.import")
    past = Past({key: [(yesterday - 60, 100_000.0), (today - 60, 104_000.0)]})
    book = DayBook([device("meter", "grid", "grid.energy.import")], PARIS, past)
    day = book.day(reading("meter", "grid.energy.import", 105_900.0), {}, NOON)
    assert (day.imported.today, day.imported.yesterday, day.imported.source) == (1900.0, 4000.0, "counter")


def test_a_counter_stored_long_before_midnight_is_not_taken_for_midnights():
    today, _ = midnights(NOON, PARIS)
    key = PointKey("meter", "grid.energy.import")
    book = DayBook([device("meter", "grid", "grid.energy.import")], PARIS, Past({key: [(today - 7200, 1.0)]}))
    assert book.day(reading("meter", "grid.energy.import", 9.0), {"imported": 3.0}, NOON).imported.source == "integral"


def test_one_silent_producer_of_two_gives_no_wrong_sum():
    makers = [device("a", "inverter", "solar.energy.today"), device("b", "inverter", "solar.energy.today")]
    day = DayBook(makers, PARIS, None).day(reading("a", "solar.energy.today", 5000.0), {"produced": 1.0}, NOON)
    assert day.produced.source == "integral"


def test_the_two_ratios_are_those_of_the_glossary():
    roles = ("solar.energy.today", "grid.energy.export.today", "grid.energy.import.today", "house.energy.today")
    book = DayBook([device("inverter", "inverter", *roles)], PARIS, None)
    values: dict[PointKey, Reading] = {}
    for role, value in zip(roles, (24_600.0, 8300.0, 1900.0, 18_200.0), strict=True):
        values |= reading("inverter", role, value)
    day = book.day(values, {}, NOON)
    assert day.self_consumption == pytest.approx(16.3 / 24.6)
    assert day.self_sufficiency == pytest.approx(16.3 / 18.2)


def test_energies_that_do_not_cover_the_same_time_give_no_ratio():
    book = DayBook([device("inverter", "inverter", "solar.energy.today")], PARIS, None)
    day = book.day(reading("inverter", "solar.energy.today", 24_600.0), {"exported": 0.0}, NOON)
    assert day.exported.source == "integral"
    assert day.self_consumption is None


def test_yesterdays_daily_counter_is_not_todays():
    today, _ = midnights(NOON, PARIS)
    book = DayBook([device("pv", "inverter", "solar.energy.today")], PARIS, None)
    key = PointKey("pv", "solar.energy.today")
    asleep = Reading(key, 18_200.0, today - 7200, quality=Quality.STALE)
    assert book.day({key: asleep}, {}, today + 1800).produced.today is None
    assert book.day({key: asleep}, {"produced": 5000.0}, today + 1800).produced.today == 0.0


def test_a_device_whose_midnight_comes_late_does_not_give_us_its_yesterday():
    today, _ = midnights(NOON, PARIS)
    key = PointKey("pv", "solar.energy.today")
    book = DayBook([device("pv", "inverter", "solar.energy.today")], PARIS, Past({key: [(today - 5, 9000.0)]}))

    def shown(value: float, after: float) -> float | None:
        return book.day({key: Reading(key, value, today + after)}, {}, today + after).produced.today

    assert shown(9000.0, 300) == 0.0
    assert shown(0.0, 900) == 0.0
    assert shown(40.0, 1800) == 40.0


def test_a_device_whose_midnight_comes_early_keeps_its_yesterday():
    today, _ = midnights(NOON, PARIS)
    key = PointKey("pv", "solar.energy.today")
    past = Past({key: [(today - 700, 9000.0), (today - 5, 0.0)]})
    day = DayBook([device("pv", "inverter", "solar.energy.today")], PARIS, past).day(
        reading("pv", "solar.energy.today", 10.0), {}, NOON
    )
    assert day.produced.yesterday == 9000.0


def test_the_grid_meter_goes_before_an_inverters_daily_counter():
    today, _ = midnights(NOON, PARIS)
    key = PointKey("meter", "grid.energy.export")
    makers = [device("inverter", "inverter", "grid.energy.export.today"), device("meter", "grid", "grid.energy.export")]
    book = DayBook(makers, PARIS, Past({key: [(today - 60, 1000.0)]}))
    found = reading("inverter", "grid.energy.export.today", 0.0) | reading("meter", "grid.energy.export", 10_000.0)
    assert book.day(found, {}, NOON).exported.today == 9000.0


def test_the_energy_of_a_station_that_is_reached_twice_is_counted_once():
    today, _ = midnights(NOON, PARIS)
    both = RoleMap(
        "box",
        "charger",
        "charger",
        "Box",
        {"charger.energy": (PointKey("box", "charger.energy"), PointKey("ocpp", "charger.energy"))},
    )
    other = RoleMap("other", "charger", "charger", "Other", {"charger.energy": (PointKey("other", "charger.energy"),)})
    past = Past(
        {
            PointKey("box", "charger.energy"): [(today - 60, 10_000.0)],
            PointKey("ocpp", "charger.energy"): [(today - 60, 50_000.0)],
            PointKey("other", "charger.energy"): [(today - 60, 1_000.0)],
        }
    )
    found = reading("ocpp", "charger.energy", 54_000.0) | reading("other", "charger.energy", 1_500.0)
    day = DayBook([both, other], PARIS, past).day(found, {}, NOON)
    assert (day.vehicle.today, day.vehicle.source) == (4_500.0, "counter")
    found |= reading("box", "charger.energy", 14_010.0)
    assert DayBook([both, other], PARIS, past).day(found, {}, NOON).vehicle.today == 4_510.0
