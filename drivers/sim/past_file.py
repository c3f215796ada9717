"""The history file of the demonstration's window: who has it, whether it can be gone on with, when it is made anew."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Generator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from core.config import Site
from core.energy import midnights
from core.errors import WattelierError
from core.points import PointKey
from core.roles import role_map
from core.storage.lock import FileLock
from core.storage.queries import History
from core.storage.schema import StorageError, connect
from core.storage.store import read_settings, write_setting
from core.storage.writer import recording_lock
from drivers.sim.fleet import charger_of, measured_by
from drivers.sim.past import DAYS, Span, begins, go_on, is_light, model_at, seed
from drivers.sim.site import Counter, SiteModel
from drivers.sim.sun import DAY_S

LONGEST_PAUSE_S = 600.0
FILES = 9
SETTINGS = {"demo_since", "demo_until", "demo_shift"}

# What is counted, by the role that shows it; a circuit's counter bears the device's name.
_CHARGED = ("charger.energy", "charger.counter")
_COUNTERS = {
    "solar.energy": "solar",
    "grid.energy.import": "grid.import",
    "grid.energy.export": "grid.export",
    "battery.energy.charged": "battery.charged",
    "battery.energy.discharged": "battery.discharged",
    "house.energy": "house",
}

log = logging.getLogger(__name__)


@contextmanager
def lived(
    folder: Path,
    site: Site,
    now: float,
    *,
    continued: bool = True,
    days: int = DAYS,
    ended: Callable[[], bool] = lambda: False,
) -> Generator[tuple[Path, SiteModel, float]]:
    """Give a history of the demonstration's own, the model that goes on from it, and its shift against the clock.

    The file is kept for this program alone until the end of the block. One that was written until a moment ago is gone
    on with (unless not to be ``continued``), an older one gives way to a new one. That takes seconds: ``ended``, true
    once nobody wants it any more, cuts it short. Raises WattelierError, then too.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file, lock = _own_file(folder)
    except OSError as err:
        raise WattelierError(f"{folder}: the demonstration has no place to keep its history ({err})") from err
    with lock:
        found = _go_on(file, site, now, ended) if continued and file.exists() else None
        if found is None:
            _remove(file)
            span = Span.before(now, begins(now, site.time_zone), site.time_zone, days)
            try:
                found = seed(file, site, span, ended=ended), span.shift
            except WattelierError:
                _remove(file)
                raise
            if continued:
                _sign(file, span)
        yield file, *found


def _own_file(folder: Path) -> tuple[Path, FileLock]:
    """The first file that nobody else has, and the lock that says so; freed with the process."""
    for number in range(1, FILES + 1):
        file = folder / ("demo.sqlite" if number == 1 else f"demo-{number}.sqlite")
        lock = FileLock(file.with_suffix(".lock"))
        if lock.take() and not _recorded(file):
            try:
                if file.exists():
                    file.replace(file)  # Windows refuses it while somebody else reads there
                return file, lock
            except PermissionError:
                pass
        lock.release()
    raise OSError("too many demonstrations are running")


def _recorded(file: Path) -> bool:
    """Whether somebody records into it who is no demonstration."""
    with recording_lock(file) as lock:
        return not lock.take()


def _remove(file: Path) -> None:
    """Remove a history and the transactions that belong to it."""
    for name in (file.name, f"{file.stem}.ocpp.sqlite"):
        for suffix in ("", "-wal", "-shm"):
            file.with_name(name + suffix).unlink(missing_ok=True)


def _sign(file: Path, span: Span) -> None:
    """Note in the file which past it has, so that the next demonstration can go on with it."""
    try:
        with closing(connect(file, 1.0)) as db:
            for name in SETTINGS:
                write_setting(db, name, getattr(span, name.removeprefix("demo_")))
    except sqlite3.Error as err:
        log.warning("%s: the next demonstration will begin anew: %s", file, err)


def _go_on(file: Path, site: Site, now: float, ended: Callable[[], bool]) -> tuple[SiteModel, float] | None:
    """Live through a file's past once more, up to now; None when it is too long ago, or dark there by now."""
    try:
        with History(file) as history:
            last = max((info.last for info in history.points() if info.last is not None), default=0.0)
            span = _signed(file)
            if span is None or not now - LONGEST_PAUSE_S <= last <= now or now - span.until > DAYS * DAY_S:
                return None
            if not is_light(now + span.shift, site.time_zone):
                return None
            model = model_at(site, span.since + span.shift, span.shift)
            for at, step in span.moments():
                go_on(ended)
                model.advance(at + span.shift, step)
            model.advance(now + span.shift)
            _catch_up(model, site, history, now)
            return model, span.shift
    except (StorageError, sqlite3.Error) as err:
        log.info("%s is made anew: %s", file, err)
        return None


def _signed(file: Path) -> Span | None:
    """The past that a file was given, if it may be gone on with."""
    with closing(connect(file, 1.0)) as db:
        found = read_settings(db)
    if not found.keys() >= SETTINGS:
        return None
    return Span(float(found["demo_since"]), float(found["demo_until"]), float(found["demo_shift"]))


def _catch_up(model: SiteModel, site: Site, history: History, now: float) -> None:
    """Bring counters up to what has been recorded: they came there in other steps, and must not turn back."""
    midnight, _ = midnights(now, site.time_zone)
    today = datetime.fromtimestamp(midnight, site.time_zone)
    begun = {"today": today, "month": today.replace(day=1), "year": today.replace(month=1, day=1)}
    devices = [device for device in site.devices if device.profile is not None]
    for device in devices:
        entry = role_map(device)
        if station := charger_of(device):
            delivered = model.delivered[station]
            for key in (key for role in _CHARGED for key in entry.roles.get(role, ())):
                more = max(0.0, _last(history, key, 0.0, now) - delivered.total)
                delivered.total += more
                model.counters["vehicle"].total += more
        circuit = {"circuit.energy.import": measured_by(device)} if device.role == "circuit" else {}
        for role, name in (_COUNTERS | circuit).items():
            counter = model.counters[name]
            also = model.counters["vehicle"] if name == "house" else Counter(0.0)
            for key in entry.roles.get(role, ()):
                counter.total += max(0.0, _last(history, key, 0.0, now) - counter.total - also.total)
            for part, since in begun.items():
                for key in entry.roles.get(f"{role}.{part}", ()):
                    known = getattr(counter, part)
                    more = _last(history, key, since.timestamp(), now) - known - getattr(also, part)
                    setattr(counter, part, known + max(0.0, more))


def _last(history: History, key: PointKey, since: float, now: float) -> float:
    """The last number of a point, 0 where there is none since then."""
    sample = history.at(key, now)
    return sample.value if sample is not None and isinstance(sample.value, float) and sample.t >= since else 0.0
