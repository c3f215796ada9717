"""What the demonstration has lived through before its window opens: a week of the same model, as it would have been
recorded.

Between the model's time and the wall clock lies one constant shift, so that the past, the counters and what follows are
one story. The model's days end at midnight of the wall clock, whatever its own time of day.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from core import sitepoints
from core.balance import balance
from core.book import PointBook
from core.config import Site
from core.energy import SITE_COUNTERS
from core.errors import WattelierError
from core.points import PointKey, Reading
from core.roles import role_maps
from core.storage.writer import Recorder
from drivers.sim.demo import SEED
from drivers.sim.fleet import fitting
from drivers.sim.past_devices import past_device
from drivers.sim.quantities import quantities
from drivers.sim.site import SiteModel, SiteSetup

MIDSUMMER = datetime(2026, 7, 23)
LIGHT_FROM, LIGHT_UNTIL, NOON = time(9), time(17), time(13)

DAYS = 7
FINE_S = 26 * 3600.0  # so long before now every other minute is known, before that every tenth
EVERY_S, EVERY_S_BEFORE = 120.0, 600.0
STEP_S, STEP_S_BEFORE = 60.0, 120.0  # of the model
JUST_BEFORE_S = 2.0  # the last reading of a day shows what its counters have counted
MOMENTS_A_STEP = 200  # the recorder's; what is finished it seals later, beside the live readings

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
    setup = SiteSetup(
        seed=seed,
        zone=site.time_zone.key,
        phases=site.phases,
        day_shift=shift,
        contract_power=site.contract_power,
    )
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


def go_on(ended: Callable[[], bool]) -> None:
    """Raise WattelierError when nobody waits for the past any more."""
    if ended():
        raise WattelierError("stopped")


def seed(
    file: Path, site: Site, span: Span, seed: int = SEED, *, ended: Callable[[], bool] = lambda: False
) -> SiteModel:
    """Write the past into a new history file; return the model at its end, from where the live one goes on.

    Takes seconds; ``ended`` is asked at every moment of the past, and cuts it short with WattelierError. Trouble with
    the disk is logged and leaves the past incomplete.
    """
    model = model_at(site, span.since + span.shift, span.shift, seed)
    devices = [past_device(device, device.profile, model) for device in site.devices if device.profile is not None]
    book, maps, clock = PointBook(site), role_maps(site), _Held(span.since)
    for device in devices:
        book.settle(device.id, device.points)
    recorder = Recorder(file, book.find, site.period_s, site.time_zone.key, clock=clock)
    first = _totals(model)
    try:
        for number, (at, step) in enumerate(span.moments(), 1):
            go_on(ended)
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
