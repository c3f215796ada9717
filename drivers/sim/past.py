"""What the demonstration has lived through before its window opens: a week of the same model, as it would have been
recorded.

Between the model's time and the wall clock lies one constant shift, so that the past, the counters and what follows are
one story. The model's days end at midnight of the wall clock, whatever its own time of day.
"""

from __future__ import annotations

import logging
import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from core import sitepoints
from core.balance import balance
from core.book import PointBook, period_of
from core.config import DeviceConfig, Site
from core.decode import Context, decode_block
from core.energy import SITE_COUNTERS
from core.points import Point, PointKey, Provenance, Quality, Reading, Value
from core.profile import Profile
from core.roles import role_maps
from core.storage.writer import Recorder
from drivers.sim.bank import Bank
from drivers.sim.demo import SEED
from drivers.sim.fleet import fitting, measured_by
from drivers.sim.quantities import Quantities, known_to, measure, quantities
from drivers.sim.site import SiteModel, SiteSetup

MIDSUMMER = datetime(2026, 7, 23)
LIGHT_FROM, LIGHT_UNTIL, NOON = time(9), time(17), time(13)

DAYS = 7
FINE_S = 26 * 3600.0  # so long before now every other minute is known, before that every tenth
EVERY_S, EVERY_S_BEFORE = 120.0, 600.0
STEP_S, STEP_S_BEFORE = 60.0, 120.0  # of the model
JUST_BEFORE_S = 2.0  # the last reading of a day shows what its counters have counted
MOMENTS_A_STEP = 200  # the recorder's; what is finished it seals later, beside the live readings
WORTH_KEEPING = re.compile(
    r"\w+\.(power|energy|soc|temperature|state|frequency)|\w+\.energy\..+|solar\.power\.\d|battery\.voltage|meter\.voltage\.l\d"
)

log = logging.getLogger(__name__)


def is_light(at: float, zone: ZoneInfo) -> bool:
    """Whether there is something to see at that time of day."""
    return LIGHT_FROM <= datetime.fromtimestamp(at, zone).time() <= LIGHT_UNTIL


def begins(now: float, zone: ZoneInfo) -> float:
    """Return the model's time for the wall clock's ``now``: midsummer at the same hour, or at 13:00 by night."""
    at = datetime.fromtimestamp(now, zone).time() if is_light(now, zone) else NOON
    return datetime.combine(MIDSUMMER, at, zone).timestamp()


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
        for number, (at, step) in enumerate(span.moments(), 1):
            model.advance(at + span.shift, step)
            known = quantities(model)
            readings: dict[PointKey, Reading] = {}
            for device in devices:
                readings |= device.read(model, known, at)
            totals = {name: value - first[name] for name, value in _totals(model).items()}
            recorder.put([*readings.values(), *sitepoints.readings(balance(maps, readings, at), totals)])
            clock.at = at
            if not number % MOMENTS_A_STEP:
                recorder.step()
    finally:
        recorder.stop()
        _forget_growth(file)
    if error := recorder.status().error:
        log.warning("%s: the past of the demonstration is not complete: %s", file, error)
    return model


def _forget_growth(file: Path) -> None:
    """The past is sparser than what will be recorded: how fast the file grows is measured on the latter."""
    with closing(sqlite3.connect(file)) as db, db:
        db.execute("delete from settings where name = 'bytes_a_day'")


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
        self._roles = set(self.bank.roles().values())
        self._sees_meter = any(role.startswith("meter.") for role in self._roles)
        self._filled: Quantities = {}
        self._read: dict[str, tuple[Value, Quality, Provenance, str]] = {}
        self._fill(model, quantities(model))
        self._take([point for point in self.bank.points.values() if point.function is not None])
        self._kept = _worth_keeping(device, self.bank)
        aids = {fix.partition(":")[2] for point in self._kept for fix in point.fix}
        self._aids = [point for name, point in self.bank.points.items() if name in aids]
        self._keys = {point.id: PointKey(device.id, point.id) for point in self._kept}
        shown = {point.id for point in (*self._aids, *self._kept)}
        self._roles = {role for name, role in self.bank.roles().items() if name in shown}

    def read(self, model: SiteModel, known: Quantities, at: float) -> dict[PointKey, Reading]:
        """The readings of this moment, with the time ``at``; ``known`` are the quantities of the model."""
        self._fill(model, known)
        self._take(self._aids)
        self._take(self._kept)
        found: dict[PointKey, Reading] = {}
        for point in self._kept:
            value, quality, origin, note = self._read[point.id]
            key = self._keys[point.id]
            found[key] = Reading(key, value, at, point.unit, quality, origin, note)
        return found

    def _fill(self, model: SiteModel, known: Quantities) -> None:
        """Bring the registers up to date, those that have moved."""
        if self._sees_meter:
            known = known | {f"meter.{name}": value for name, value in measure(model, self._measures).items()}
        elif not self.bank.has_battery:
            known = known_to(model, self._measures, battery=False)
        known = {role: known[role] for role in self._roles if role in known}
        moved = {role: value for role, value in known.items() if self._filled.get(role) != value}
        self._filled = known
        self.bank.refresh(moved, model.local())

    def _take(self, points: Sequence[Point]) -> None:
        """Decode what has moved, and what hangs on other registers."""
        words_at: dict[int, int] = {}
        moved: list[Point] = []
        for point in points:
            words = self.bank.words(point.id)
            words_at.update(zip(point.at, words, strict=True))
            before = self._read.get(point.id)
            if before is None or before[2].words != words or point.fix:
                moved.append(point)
        for point, words, decoded in decode_block(moved, words_at, self._context):
            place = (self._link, self._unit, point.function or 0, point.address)
            origin = Provenance(*place, words, 0, decoded.factor, decoded.note)
            self._read[point.id] = (decoded.value, decoded.quality, origin, decoded.note)


def _worth_keeping(device: DeviceConfig, bank: Bank) -> list[Point]:
    """The points that fill a role of interest, as far as they are polled."""
    found: dict[str, Point] = {}
    for role, names in bank.profile.roles.items():
        point = next((bank.points[name] for name in names if name in bank.points), None)
        if point is None or point.function is None or period_of(device, point) is None:
            continue
        if WORTH_KEEPING.fullmatch(role) and (device.role == "grid" or not role.startswith("meter.voltage")):
            found[point.id] = point
    return list(found.values())


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
