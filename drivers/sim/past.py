"""What the demonstration has lived through before its window opens: a week of the same model, as it would have been
recorded.

Between the model's time and the wall clock lies one constant shift, so that the past, the counters and what follows are
one story. The model's days end at midnight of the wall clock, whatever its own time of day.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from itertools import islice
from pathlib import Path
from zoneinfo import ZoneInfo

from core import sitepoints
from core.balance import balance
from core.book import PointBook, period_of
from core.config import DeviceConfig, Site
from core.decode import Context, decode_block
from core.energy import SITE_COUNTERS
from core.errors import WattelierError
from core.points import Point, PointKey, Provenance, Reading
from core.profile import Profile
from core.roles import role_maps
from core.storage.queries import History
from core.storage.schema import StorageError, connect
from core.storage.store import read_settings, write_setting
from core.storage.writer import Recorder
from drivers.sim.bank import Bank
from drivers.sim.demo import SEED
from drivers.sim.fleet import fitting, measured_by
from drivers.sim.quantities import Quantities, known_to
from drivers.sim.site import SiteModel, SiteSetup

MIDSUMMER = datetime(2026, 7, 23)  # noqa: DTZ001 - a date on the site's own wall clock
LIGHT_FROM, LIGHT_UNTIL, NOON = time(9), time(17), time(13)

DAYS = 7
FINE_S = 36 * 3600.0  # so long before now every minute is known, before that every ten
EVERY_S, EVERY_S_BEFORE = 60.0, 600.0
STEP_S, STEP_S_BEFORE = 60.0, 120.0  # of the model
JUST_BEFORE_S = 2.0  # the last reading of a day shows what its counters have counted
LONGEST_PAUSE_S = 600.0
FILES = 9
SEALED_A_STEP = 40  # hours of single points that the recorder seals in one step

# What is counted, by the role that shows it; a circuit's counter bears the device's name.
_COUNTERS = {
    "solar.energy": "solar",
    "grid.energy.import": "grid.import",
    "grid.energy.export": "grid.export",
    "battery.energy.charged": "battery.charged",
    "battery.energy.discharged": "battery.discharged",
    "charger.energy": "vehicle",
    "house.energy": "house",
}

log = logging.getLogger(__name__)


def begins(now: float, zone: ZoneInfo) -> float:
    """Return the model's time for the wall clock's ``now``: midsummer at the same hour, or at 13:00 by night."""
    at = datetime.fromtimestamp(now, zone).time()
    return datetime.combine(MIDSUMMER, at if LIGHT_FROM <= at <= LIGHT_UNTIL else NOON, zone).timestamp()


def model_at(site: Site, start: float, shift: float, seed: int = SEED) -> SiteModel:
    """Return the model of a site at ``start``, which is ``shift`` seconds ahead of the wall clock."""
    setup = SiteSetup(seed=seed, zone=site.time_zone.key, phases=site.phases, day_shift=shift)
    return SiteModel(start, fitting(setup, [device for device in site.devices if device.profile is not None]))


@dataclass(frozen=True, slots=True)
class Span:
    """Which past a file was given: wall clock from ``since`` to ``until``; the model is ``shift`` seconds ahead."""

    since: float
    until: float
    shift: float

    @classmethod
    def before(cls, now: float, begins_at: float, zone: ZoneInfo, days: int = DAYS) -> Span:
        """The whole days before today, and today up to ``now``."""
        local = datetime.fromtimestamp(now, zone)
        first = datetime(local.year, local.month, local.day, tzinfo=zone) - timedelta(days=days)
        return cls(first.timestamp(), now, begins_at - now)

    def moments(self) -> Iterator[tuple[float, float]]:
        """When readings were taken (wall clock), and the model's step on the way there."""
        fine = self.until - FINE_S
        at = self.since
        while at < self.until:
            every, step = (EVERY_S_BEFORE, STEP_S_BEFORE) if at < fine else (EVERY_S, STEP_S)
            at = (at // every + 1) * every
            yield min(at - JUST_BEFORE_S, self.until), step


def seed(file: Path, site: Site, span: Span, seed: int = SEED) -> SiteModel:
    """Write the past into a new history file; return the model at its end, from where the live one goes on.

    Trouble with the disk is logged and leaves the past incomplete.
    """
    model = model_at(site, span.since + span.shift, span.shift, seed)
    devices = [_Device(device, device.profile, model) for device in site.devices if device.profile is not None]
    book, maps, clock = PointBook(site), role_maps(site), _Held(span.since)
    for device in devices:
        book.settle(device.id, tuple(device.bank.points.values()))
    recorder = Recorder(file, book.find, site.period_s, site.time_zone.key, clock=clock)
    first = _totals(model)
    try:
        for at, step in span.moments():
            model.advance(at + span.shift, step)
            readings = {reading.key: reading for device in devices for reading in device.read(model, at)}
            totals = {name: value - first[name] for name, value in _totals(model).items()}
            recorder.put([*readings.values(), *sitepoints.readings(balance(maps, readings, at), totals)])
            clock.at = at
    finally:
        recorder.stop()
    if error := recorder.status().error:
        log.warning("%s: the past of the demonstration is not complete: %s", file, error)
    return model


class _Held:
    """A clock that stands until it is told."""

    def __init__(self, at: float) -> None:
        self.at = at

    def now(self) -> float:
        return self.at

    def ticks(self) -> float:
        return 0.0  # nothing is late, and nothing gets too old to be written


class _Device:
    """A device as a poller would have read it: its registers are filled, read and decoded."""

    def __init__(self, device: DeviceConfig, profile: Profile, model: SiteModel) -> None:
        self.id, self._link, self._unit = device.id, device.link, device.unit
        self._measures = measured_by(device)
        self.bank = Bank(profile, device.id, device.options)
        self._context = Context(profile.rules, device.options)
        self._shown: Quantities = {}
        self._last: dict[str, tuple[tuple[int, ...], Decoded]] = {}
        self._fill(model)
        self._decode([point for point in self.bank.points.values() if point.function is not None])
        kept = _worth_keeping(device, self.bank)
        needed = [fix.partition(":")[2] for point in kept for fix in point.fix]
        self._aids = [self.bank.points[name] for name in dict.fromkeys(needed) if name in self.bank.points]
        self._aids = [point for point in self._aids if point not in kept]
        self._kept = kept

    def read(self, model: SiteModel, at: float) -> list[Reading]:
        """The readings of this moment, with the time ``at``."""
        self._fill(model)
        self._decode(self._aids)
        return [
            Reading(PointKey(self.id, point.id), found.value, at, point.unit, found.quality, origin, found.note)
            for point, found, origin in self._decode(self._kept)
        ]

    def _fill(self, model: SiteModel) -> None:
        known = known_to(model, self._measures, battery=self.bank.has_battery)
        news = {role: value for role, value in known.items() if self._shown.get(role) != value}
        self._shown = known
        self.bank.refresh(news, model.local())

def _totals(model: SiteModel) -> dict[str, float]:
    """What the site's own counters count, by quantity."""
    count = {name: counter.total for name, counter in model.counters.items()}
    found = {
        "produced": count["solar"],
        "consumed": count["house"] + count["vehicle"],
        "exported": count["grid.export"],
        "imported": count["grid.import"],
        "charged": count["battery.charged"],
        "discharged": count["battery.discharged"],
        "vehicle": count["vehicle"],
    }
    return {name: found[name] for name in SITE_COUNTERS}
