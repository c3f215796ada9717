"""Marks on local calendar times, right across clock changes."""

import itertools
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from gui.models.timeaxis import DAY, HOUR, YEAR, edges, floor_to, local, marks

PARIS, KOLKATA = ZoneInfo("Europe/Paris"), ZoneInfo("Asia/Kolkata")


def at(text: str, zone: ZoneInfo = PARIS) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=zone).timestamp()


def clocks(start: float, end: float, most: int, zone: ZoneInfo = PARIS) -> list[str]:
    return [local(mark.at, zone).strftime("%Y-%m-%d %H:%M:%S") for mark in marks(start, end, zone, most)]


def test_an_hour_has_its_quarters():
    start = at("2025-06-21 13:26:08")
    assert clocks(start, start + HOUR, 5) == [
        f"2025-06-21 {clock}:00" for clock in ("13:30", "13:45", "14:00", "14:15")
    ]


def test_the_hour_that_comes_twice_in_autumn_is_marked_twice():
    start = at("2025-10-26 00:00:00")
    found = [text[11:13] for text in clocks(start, start + 6 * HOUR, 10)]
    assert found == ["00", "01", "02", "02", "03", "04", "05"]


def test_the_hour_that_is_missing_in_spring_is_not_marked():
    start = at("2025-03-30 00:00:00")
    assert [text[11:13] for text in clocks(start, start + 5 * HOUR, 6)] == ["00", "01", "03", "04", "05", "06"]


def test_days_begin_at_local_midnight_on_both_sides_of_a_clock_change():
    start = at("2025-10-24 12:00:00")
    assert {text[11:] for text in clocks(start, start + 6 * DAY, 8)} == {"00:00:00"}


def test_a_zone_of_half_hours_has_round_local_hours():
    start = at("2025-06-21 00:00:00", KOLKATA)
    assert {text[14:] for text in clocks(start, start + DAY, 12, KOLKATA)} == {"00:00"}


@pytest.mark.parametrize("span", [2, 60, HOUR, 6 * HOUR, DAY, 9 * DAY, 40 * DAY, YEAR, 3 * YEAR, 11 * YEAR, 40 * YEAR])
@pytest.mark.parametrize("most", [3, 8, 15])
def test_marks_are_never_crowded(span: float, most: int):
    start = at("2024-02-27 03:11:05")
    found = marks(start, start + span, PARIS, most)
    assert len(found) <= most + 3
    assert [mark.at for mark in found] == sorted({mark.at for mark in found})
    assert all(start <= mark.at <= start + span for mark in found)


def test_ten_years_are_marked_with_years():
    found = marks(at("2015-06-01 00:00:00"), at("2025-06-01 00:00:00"), PARIS, 12)
    assert [local(mark.at, PARIS).year for mark in found] == list(range(2016, 2026))
    assert {mark.grain for mark in found} == {"year"}


def test_a_day_of_25_hours_is_one_bucket():
    start = at("2025-10-26 00:00:00")
    borders = edges(start, start + 26 * HOUR, PARIS, "day")
    assert [(b - a) / HOUR for a, b in itertools.pairwise(borders)] == [25, 24]


@pytest.mark.parametrize("bucket", ["hour", "day", "month", "year"])
def test_a_bucket_holds_the_time_it_was_asked_for(bucket: str):
    moment = at("2025-03-30 03:20:10")
    assert edges(moment, moment + 1, PARIS, bucket)[1] > moment >= floor_to(moment, PARIS, bucket)
