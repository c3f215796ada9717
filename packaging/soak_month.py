"""Thirty days of the demonstration in minutes: its model, its devices as they are read, and all that remembers them.

The clock is held. At every moment the physical model moves on, each device's registers are filled, read and decoded
(or what it would have said is taken), and the readings go through the hub, the balance, the integrals, the figures of
the day and the recorder, as they do in the program; only the lines are left out. The month holds a change of clocks.

``python3 packaging/soak_month.py [--days 30] [--every 25]`` prints one JSON object.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchlib import HeldClock

from core.balance import Flows
from core.book import PointBook
from core.config import DeviceConfig, Site
from core.energy import SITE_COUNTERS
from core.hub import Hub
from core.points import Point, PointKey
from core.roles import role_map
from core.storage.queries import History
from core.storage.writer import Recorder
from core.ticker import Ticker
from drivers.sim.demo import demo_site
from drivers.sim.fleet import charger_of, measured_by
from drivers.sim.noise import dice
from drivers.sim.past import model_at
from drivers.sim.past_devices import COUNTER_STEP, past_device
from drivers.sim.quantities import quantities
from drivers.sim.site import SiteModel

FIRST_DAY = datetime(2026, 10, 10)  # the clocks go back on the 25th
EVERY_S = 30.0  # the longest stretch that the integrals take for one
WARM_DAYS = 3  # after which memory shall not grow any more

# Role of a lifetime counter -> what it counts in the model, for the inverter and the meter of the grid.
COUNTED = {
    "solar.energy": "solar",
    "battery.energy.charged": "battery.charged",
    "battery.energy.discharged": "battery.discharged",
    "grid.energy.import": "grid.import",
    "grid.energy.export": "grid.export",
}


@dataclass(frozen=True, slots=True)
class Energy:
    """One energy in Wh: of the history, what it has to be, and of the physics; ``step`` is what the counter shows in.

    A counter has to be as the physics. An integral can only be that of the power which the devices have shown, some in
    steps of 100 W.
    """

    kept: float
    true: float
    physics: float
    step: float

    @property
    def off(self) -> float:
        """By which share it differs, more than by its step."""
        return max(0.0, abs(self.kept - self.true) - self.step) / self.true if self.true > 0 else 0.0


@dataclass(slots=True)
class Month:
    """What came out. ``counters`` and ``integrals``: what was counted, Wh; ``memory`` in bytes, hour by hour."""

    days: int = 0
    moments: int = 0
    readings: int = 0
    file_bytes: int = 0
    counters: dict[str, Energy] = field(default_factory=dict[str, Energy])
    integrals: dict[str, Energy] = field(default_factory=dict[str, Energy])
    day_off: float = 0.0  # Wh by which a figure of a day was off at most, at the day's end
    memory: list[int] = field(default_factory=list[int])
    dropped: int = 0
    error: str = ""

    @classmethod
    def of(cls, told: dict[str, Any]) -> Month:
        """Return what another process has printed."""
        energies = {
            name: {key: Energy(**each) for key, each in told[name].items()} for name in ("counters", "integrals")
        }
        every: dict[str, Any] = told | energies
        return cls(**every)

    @property
    def drift(self) -> float:
        """By which share memory has grown from the days of warming up to the last day (the highest of each)."""
        warm = min(WARM_DAYS * 24, len(self.memory) // 2)
        return max(self.memory[-24:]) / max(self.memory[:warm]) - 1


def resident() -> int:
    """Bytes of memory that this process holds; 0 where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    except OSError:
        return 0
    return pages * 4096


def model_counts(model: SiteModel) -> dict[str, float]:
    """Every lifetime counter of the model, Wh; a station's by its name."""
    found = {name: counter.total for name, counter in model.counters.items()}
    return found | {f"charger {name}": counter.total for name, counter in model.delivered.items()}


def device_counters(site: Site) -> Iterator[tuple[PointKey, str]]:
    """The lifetime counters of the site's devices, each with what it counts in the model."""
    for device in site.devices:
        entry = role_map(device)
        for role, name in _counted_by(device).items():
            for key in entry.roles.get(role, ()):
                yield key, name


def _counted_by(device: DeviceConfig) -> Mapping[str, str]:
    if station := charger_of(device):
        return dict.fromkeys(("charger.energy", "charger.counter"), f"charger {station}")
    if device.role == "circuit":
        return {"circuit.energy.import": measured_by(device)}
    return COUNTED


PHYSICS = {
    "produced": ("solar",),
    "consumed": ("house", "vehicle"),
    "exported": ("grid.export",),
    "imported": ("grid.import",),
    "charged": ("battery.charged",),
    "discharged": ("battery.discharged",),
    "vehicle": ("vehicle",),
}
"""Quantity of the site -> what adds up to it in the model."""


def shown(flows: Flows) -> dict[str, float]:
    """The powers of a moment as the devices show them, W, by quantity."""
    solar, grid, battery = flows.solar.power or 0.0, flows.grid.power or 0.0, flows.battery.power or 0.0
    return {
        "produced": max(0.0, solar),
        "consumed": flows.consumption.power or 0.0,
        "exported": max(0.0, -grid),
        "imported": max(0.0, grid),
        "charged": max(0.0, -battery),
        "discharged": max(0.0, battery),
        "vehicle": flows.vehicle.power or 0.0,
    }


def live(folder: Path, days: float, every_s: float = EVERY_S) -> Month:
    """Live through so many days of the demonstration and compare its history with its model."""
    site = demo_site()
    clock = HeldClock(FIRST_DAY.replace(tzinfo=site.time_zone).timestamp())
    model = model_at(site, clock.t, 0.0)
    devices = [past_device(device, device.profile, model) for device in site.devices if device.profile is not None]
    book, hub, file = PointBook(site), Hub(clock), folder / "month.db"
    for device in devices:
        book.settle(device.id, device.points)
    recorder = Recorder(file, book.find, site.period_s, site.time_zone.key, clock=clock)
    recorder.step()
    ticker = Ticker(site, hub, recorder, lambda: History(file), clock)
    month, begin, end = Month(), clock.t, clock.t + days * 86_400
    before: dict[str, float] = {}
    powers = dict.fromkeys(PHYSICS, 0.0)  # added up: energy in W x moments
    next_hour, next_day = begin, _midnight_after(begin, site)
    try:
        while clock.t < end:
            clock.t += every_s
            model.advance(clock.t, every_s)
            known = quantities(model)
            readings = [reading for device in devices for reading in device.read(model, known, clock.t).values()]
            hub.put(readings)
            recorder.put(readings)
            ticker.step()
            recorder.step()
            month.moments += 1
            month.readings += len(readings)
            if month.moments == 2:  # the integrals are known from the second moment on
                begin, before = clock.t, model_counts(model)
            elif month.moments > 2:
                powers = {name: powers[name] + power for name, power in shown(ticker.flows).items()}
            if clock.t >= next_hour:
                next_hour += 3600
                dice.cache_clear()  # the scenery's memory: 20 MB after some days, and none of the recording's
                month.memory.append(resident())
            if clock.t + every_s >= next_day:
                next_day = _midnight_after(next_day + 3600, site)
                month.day_off = max(month.day_off, _day_off(ticker, model))
        status = recorder.status()
    finally:
        ticker.close()
        recorder.stop()
    month.days, month.dropped, month.error = round(days), status.dropped, status.error
    month.file_bytes = file.stat().st_size
    counted = {name: count - before[name] for name, count in model_counts(model).items()}
    shown_energy = {name: power * every_s / 3600 for name, power in powers.items()}
    with History(file) as history:
        month.counters = dict(_counters(site, book, counted, lambda key: history.delta(key, begin, clock.t)))
        month.integrals = {
            name: Energy(
                history.delta(PointKey("site", point), begin, clock.t) or 0.0,
                shown_energy[name],
                sum(counted[each] for each in PHYSICS[name]),
                1.0,
            )
            for name, point in SITE_COUNTERS.items()
        }
    return month


def _counters(
    site: Site, book: PointBook, counted: Mapping[str, float], kept: Callable[[PointKey], float | None]
) -> Iterator[tuple[str, Energy]]:
    for key, name in device_counters(site):
        if (energy := kept(key)) is not None:
            yield str(key), Energy(energy, counted[name], counted[name], _step_of(book.find(key)))


def _step_of(point: Point | None) -> float:
    """In which steps a counter shows its energy, Wh: its register's, or those in which a twin tells it."""
    if point is None or point.function is None:
        return COUNTER_STEP
    return 1.0 if point.type.startswith("f") else abs(point.scales[0])


def _midnight_after(at: float, site: Site) -> float:
    day = datetime.fromtimestamp(at, site.time_zone).date() + timedelta(days=1)
    return datetime(day.year, day.month, day.day, tzinfo=site.time_zone).timestamp()


def _day_off(ticker: Ticker, model: SiteModel) -> float:
    """Wh by which the figures of the day differ from the model's, the worst of them."""
    day, count = ticker.day, {name: counter.today for name, counter in model.counters.items()}
    true = {name: sum(count[each] for each in parts) for name, parts in PHYSICS.items()}
    return max(abs((getattr(day, name).today or 0.0) - energy) for name, energy in true.items())


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--days", type=float, default=30.0)
    parser.add_argument("--every", type=float, default=EVERY_S, help="seconds between two readings")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        month = live(Path(folder), chosen.days, chosen.every)
    print(json.dumps(asdict(month)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
