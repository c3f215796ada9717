"""Where a time axis puts its marks, and what stands under them, in the site's own zone.

Pure functions. Days, months and years are calendar ones (23, 24 or 25 hours), and an hour that a clock change
repeats gets its two marks.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from functools import partial

MINUTE, HOUR, DAY = 60, 3600, 86400
MONTH, YEAR = 30.4375 * DAY, 365.25 * DAY
SHORT = (1, 2, 5, 10, 15, 30, MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 15 * MINUTE, 30 * MINUTE)
HOURS = (1, 2, 3, 6, 12)
DAYS = (1, 2, 5, 10)
MONTHS = (1, 3, 6)
YEARS = (1, 2, 5, 10, 20, 50)
FIRST, LAST = -2_000_000_000.0, 8_000_000_000.0  # 1906 to 2223: outside, no calendar is asked


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark at ``at`` (Unix seconds).

    ``grain`` is ``"second"``, ``"minute"``, ``"day"``, ``"month"`` or ``"year"``: what its label says. ``bold`` marks
    begin something larger: midnight among hours, the first of the month among days.
    """

    at: float
    grain: str
    bold: bool = False


def marks(start: float, end: float, zone: tzinfo, most: int) -> list[Mark]:
    """At most about ``most`` marks between two times (Unix seconds), on round local times."""
    start, end = max(start, FIRST), min(end, LAST)
    if end <= start or most < 1:
        return []
    wished = (end - start) / most
    for step in SHORT:
        if step >= wished:
            return _short(start, end, zone, step)
    for hours in HOURS:
        if hours * HOUR >= wished:
            return _hours(start, end, zone, hours)
    day = local(start, zone).date()
    for days in DAYS:
        if days * DAY >= wished:
            return _calendar(start, end, zone, day.replace(day=1), partial(_next_day, step=days))
    for months in MONTHS:
        if months * MONTH >= wished:
            first = day.replace(month=1, day=1)
            return _calendar(start, end, zone, first, partial(_next_month, step=months))
    years = next((years for years in YEARS if years * YEAR >= wished), YEARS[-1])
    first = date(day.year // years * years, 1, 1)
    return _calendar(start, end, zone, first, partial(_next_year, step=years))


def local(at: float, zone: tzinfo) -> datetime:
    """A Unix time as local date and time."""
    return datetime.fromtimestamp(at, zone)


def midnight(day: date, zone: tzinfo) -> float:
    """Unix time at which a local day begins."""
    return datetime.combine(day, time.min, zone).timestamp()


def floor_to(at: float, zone: tzinfo, bucket: str) -> float:
    """Begin of the local ``"hour"``, ``"day"``, ``"month"`` or ``"year"`` that holds a time."""
    moment = local(at, zone)
    if bucket == "hour":
        return at - moment.minute * MINUTE - moment.second - moment.microsecond / 1e6
    day = moment.date()
    if bucket == "month":
        day = day.replace(day=1)
    elif bucket == "year":
        day = day.replace(month=1, day=1)
    return midnight(day, zone)


def next_after(at: float, zone: tzinfo, bucket: str) -> float:
    """Begin of the local bucket that follows the one that begins at ``at``."""
    if bucket == "hour":
        return at + HOUR
    day = local(at, zone).date()
    if bucket == "month":
        return midnight(_next_month(day, 1), zone)
    if bucket == "year":
        return midnight(_next_year(day, 1), zone)
    return midnight(day + timedelta(days=1), zone)


def edges(start: float, end: float, zone: tzinfo, bucket: str) -> list[float]:
    """The borders of all local buckets that touch a range, first and last included."""
    borders = [floor_to(start, zone, bucket)]
    while borders[-1] < end:
        borders.append(next_after(borders[-1], zone, bucket))
    return borders


def bucket_for(span_s: float) -> str:
    """The bucket in which energies of so long a range read best."""
    if span_s <= 3 * DAY:
        return "hour"
    if span_s <= 100 * DAY:
        return "day"
    return "month" if span_s <= 6 * YEAR else "year"


def _short(start: float, end: float, zone: tzinfo, step: float) -> list[Mark]:
    offset = local(start, zone).utcoffset() or timedelta()
    shift = offset.total_seconds() % HOUR  # zones of half hours
    at = -(-(start + shift) // step) * step - shift
    found: list[Mark] = []
    while at <= end:
        moment = local(at, zone)
        begins = (moment.hour, moment.minute, moment.second) == (0, 0, 0)
        found.append(Mark(at, "day" if begins else "second" if step < MINUTE else "minute", begins))
        at += step
    return found


def _hours(start: float, end: float, zone: tzinfo, step: int) -> list[Mark]:
    found: list[Mark] = []
    at = -(-start // (HOUR / 2)) * (HOUR / 2)
    while at <= end:
        moment = local(at, zone)
        if moment.minute == 0 and moment.hour % step == 0:
            found.append(Mark(at, "day" if moment.hour == 0 else "minute", moment.hour == 0))
        at += HOUR / 2
    return found


def _calendar(start: float, end: float, zone: tzinfo, first: date, following: Callable[[date], date]) -> list[Mark]:
    """Local midnights from ``first`` on; a year's first day is its name, a month's likewise."""
    found: list[Mark] = []
    day = first
    yearly = following(first).year > first.year
    while (at := midnight(day, zone)) <= end:
        if at >= start:
            grain = "day" if day.day > 1 else "month" if day.month > 1 else "year"
            found.append(Mark(at, grain, grain == "year" or (grain == "month" and following(day).day > 1)))
        day = following(day)
    return found if not yearly else [Mark(mark.at, "year") for mark in found]


def _next_day(day: date, step: int) -> date:
    """Every ``step`` days counted from the first of the month, without two marks close to its end."""
    later = day + timedelta(days=step)
    begin = _next_month(day, 1)
    if later >= begin or (step > 1 and (begin - later).days < (step + 1) // 2):
        return begin
    return later


def _next_month(day: date, step: int) -> date:
    number = day.year * 12 + day.month - 1
    number = (number // step + 1) * step
    return date(number // 12, number % 12 + 1, 1)


def _next_year(day: date, step: int) -> date:
    return date((day.year // step + 1) * step, 1, 1)
