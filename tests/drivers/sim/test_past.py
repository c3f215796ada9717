"""The past of the demonstration: one story with what follows, and only where it is wanted."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from core.book import PointBook
from core.catalogue import Catalogue
from core.config import Site
from core.energy import SITE_COUNTERS, midnights
from core.errors import WattelierError
from core.facade import Station
from core.hub import Hub
from core.points import PointKey, Reading
from core.siteread import load_site
from core.storage.queries import History
from core.storage.unsealed import append, pack
from core.storage.writer import Recorder
from core.ticker import Ticker
from drivers.sim.bank import Bank
from drivers.sim.demo import DemoSite, demo_site
from drivers.sim.fleet import charger_of, measured_by
from drivers.sim.past import Span, begins, seed
from drivers.sim.past_devices import past_device
from drivers.sim.past_file import lived
from drivers.sim.quantities import known_to, quantities
from drivers.sim.site import SiteModel
from drivers.supervise import open_station
from gui.cli import main
from tests.drivers.sim.clock import moment

PARIS = ZoneInfo("Europe/Paris")
NOW = moment("2026-11-21T10:20:30")
SOLAR = PointKey("site", "solar.energy")


class Held:
    """A clock that stands."""

    def __init__(self, at: float = NOW) -> None:
        self.at = at

    def now(self) -> float:
        return self.at

    def ticks(self) -> float:
        return self.at


@pytest.fixture(scope="module")
def site(catalogue: Catalogue) -> Site:
    return demo_site(catalogue)


@pytest.fixture(scope="module")
def past(site: Site, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, SiteModel]:
    file = tmp_path_factory.mktemp("past") / "demo.sqlite"
    return file, seed(file, site, Span.before(NOW, begins(NOW, PARIS), PARIS))


@pytest.fixture
def history(past: tuple[Path, SiteModel]) -> Iterator[History]:
    with History(past[0]) as history:
        yield history


def shown(site: Site, model: SiteModel, at: float) -> list[Reading]:
    """What the devices show now, as their registers can say it, or as they would tell it."""
    found: list[Reading] = []
    for device in site.devices:
        assert device.profile is not None
        if device.profile.protocol != "modbus":
            found += past_device(device, device.profile, model).read(model, quantities(model), at).values()
            continue
        bank = Bank(device.profile, device.id, device.options)
        bank.refresh(known_to(model, measured_by(device), charger=charger_of(device)), model.local())
        found += [
            Reading(PointKey(device.id, name), bank.value(name), at, bank.points[name].unit) for name in bank.roles()
        ]
    return found


def number(history: History, key: PointKey, at: float) -> float:
    sample = history.at(key, at)
    assert sample is not None
    assert isinstance(sample.value, float)
    return sample.value


@pytest.mark.parametrize(
    ("wall", "model"),
    [
        ("2026-11-21T09:00", "09:00"),
        ("2026-11-21T16:59:30", "16:59:30"),
        ("2027-01-05T17:00", "17:00"),
        ("2026-11-21T17:01", "13:00"),
        ("2026-11-21T03:25", "13:00"),
        ("2026-06-30T08:59", "13:00"),
    ],
)
def test_it_is_midsummer_at_the_hour_of_the_wall_clock_or_early_afternoon(wall: str, model: str) -> None:
    assert begins(moment(wall), PARIS) == moment(f"2026-07-23T{model}")


def test_days_end_at_midnight_of_the_wall_clock_whatever_the_models_hour(site: Site) -> None:
    night = moment("2026-11-21T03:25")
    span = Span.before(night, begins(night, PARIS), PARIS, days=1)
    assert span.since == moment("2026-11-20T00:00")
    moments = [at for at, _ in span.moments()]
    assert moments == sorted(set(moments))
    assert moments[-1] <= night
    assert moment("2026-11-20T23:59:58") in moments


def test_curves_and_days_are_plausible(history: History) -> None:
    today = date(2026, 11, 21)
    days = history.days(SOLAR, today - timedelta(days=7), today)
    assert len(days) == 8
    assert all(day.increase is not None and 5_000 < day.increase < 70_000 for day in days[:-1])
    power = PointKey("site", "solar.power")
    night = history.range(power, moment("2026-11-20T00:00"), moment("2026-11-20T04:00"), 24)
    assert night.count.sum() > 20
    assert night.max.max() == 0.0
    noon = history.range(power, moment("2026-11-20T11:00"), moment("2026-11-20T15:00"), 24)
    assert noon.mean.max() > 2_000.0
    week = history.range(power, moment("2026-11-14T00:00"), NOW, 200)
    assert (week.count > 0).all()
    assert history.events(0.0, NOW) == []


def test_the_balance_of_the_past_closes(history: History) -> None:
    house, open_ = (
        history.range(PointKey("site", name), moment("2026-11-14T00:00"), NOW, 200)
        for name in ("house.power", "unexplained.power")
    )
    assert (house.count > 0).all()
    assert 100.0 < house.min.min() < house.max.max() < 18_000.0
    assert max(-open_.min.min(), open_.max.max()) < 10.0


def test_the_same_seed_lives_the_same_past(site: Site, tmp_path: Path) -> None:
    span = Span.before(NOW, begins(NOW, PARIS), PARIS, days=0)
    one, two = (seed(tmp_path / f"{name}.sqlite", site, span) for name in ("one", "two"))
    assert one.counters == two.counters
    assert one.battery.stored == two.battery.stored


def test_what_follows_goes_on_from_the_past(site: Site, tmp_path: Path) -> None:
    span = Span.before(NOW, begins(NOW, PARIS), PARIS, days=0)
    file = tmp_path / "demo.sqlite"
    model = seed(file, site, span)
    model.advance(NOW + 60.0 + span.shift)
    found = {reading.key: reading.value for reading in shown(site, model, NOW + 60.0) if reading.unit == "Wh"}
    with History(file) as history:
        before = {info.key: number(history, info.key, NOW) for info in history.points() if info.key in found}
    assert len(before) > 15
    for key, value in before.items():
        later = found[key]
        assert isinstance(later, float)
        assert 0.0 <= later - value < 500.0, key


def test_a_fresh_ticker_knows_yesterday_and_goes_on_counting(
    site: Site, past: tuple[Path, SiteModel], history: History
) -> None:
    file, model = past
    hub, clock = Hub(), Held()
    hub.put(shown(site, model, NOW))
    ticker = Ticker(site, hub, None, lambda: History(file), clock)
    try:
        ticker.step()
        day = ticker.day
    finally:
        ticker.close()
    midnight, before = midnights(NOW, PARIS)
    for name, point in SITE_COUNTERS.items():
        energy = getattr(day, name)
        key = PointKey("site", point)
        counted = number(history, key, midnight) - number(history, key, before)
        assert energy.yesterday == pytest.approx(counted, abs=400.0), name
        assert energy.today == pytest.approx(number(history, key, NOW) - number(history, key, midnight), abs=400.0)
    found = next(reading for reading in hub.take_changed() if reading.key == SOLAR)
    assert found.value == number(history, SOLAR, NOW)


def last_of(file: Path, key: PointKey) -> float:
    with History(file) as history:
        return number(history, key, 1e11)


def test_a_file_is_gone_on_with_for_ten_minutes(site: Site, tmp_path: Path) -> None:
    meter, inverter = PointKey("grid", "dtsu.e_imp"), PointKey("inverter", "pv_energy_today")
    with lived(tmp_path, site, NOW, days=0) as (file, _, shift):
        first = file.stat().st_ino
        before = last_of(file, meter), last_of(file, inverter)
    with lived(tmp_path, site, NOW + 300.0, days=0) as (file, model, same):
        assert (file.stat().st_ino, same) == (first, shift)
        assert model.now == NOW + 300.0 + shift
        assert model.counters["grid.import"].total >= before[0]
        assert model.counters["solar"].today >= before[1]
    for later in (NOW + 1_000.0, NOW - 60.0):
        file.with_name("demo.sqlite-wal").write_bytes(b"of another file")
        with lived(tmp_path, site, later, days=0) as (file, model, _):
            with History(file) as history:
                last = max(info.last or 0.0 for info in history.points())
            assert later - 130.0 < last <= later


def test_what_was_counted_in_between_does_not_turn_back(site: Site, tmp_path: Path) -> None:
    with lived(tmp_path, site, NOW, days=0) as (file, _, _):
        pass
    with closing(sqlite3.connect(file)) as db:  # as if more had been produced since than the model thinks
        key = PointKey("inverter", "pv_energy_total")
        found = db.execute("select id from series where device = ? and point = ?", (key.device, key.point))
        (series,) = found.fetchone()
        last = last_of(file, key)
        scale = db.execute("select id from scales where factor = 100 and offset = 0 and divides = 0").fetchone()[0]
        append(db, pack([(series, round((NOW + 1) * 1000), scale * 4, round(last / 100 + 20))]))
        db.commit()
    with lived(tmp_path, site, NOW + 10.0, days=0) as (_, model, _):
        assert model.counters["solar"].total >= last + 2_000.0


def test_a_second_demonstration_has_a_file_of_its_own(site: Site, tmp_path: Path) -> None:
    with lived(tmp_path, site, NOW, days=0) as (one, _, _), lived(tmp_path, site, NOW, days=0) as (two, _, _):
        assert one != two
        assert one.exists()
        assert two.exists()


def test_a_past_that_nobody_waits_for_is_cut_short_and_leaves_nothing(site: Site, tmp_path: Path) -> None:
    asked = 0

    def ended() -> bool:
        nonlocal asked
        asked += 1
        return asked > 300

    with pytest.raises(WattelierError, match="stopped"), lived(tmp_path, site, NOW, days=30_000, ended=ended):
        pytest.fail("it has lived through a lifetime")
    assert list(tmp_path.iterdir()) == []
    with lived(tmp_path, site, NOW, days=0) as (file, _, _):
        assert file.name == "demo.sqlite"
    asked = 300
    with pytest.raises(WattelierError, match="stopped"), lived(tmp_path, site, NOW + 9.0, days=0, ended=ended):
        pytest.fail("it has gone on")
    with lived(tmp_path, site, NOW + 9.0, days=0) as (again, _, _):
        assert again == file


def test_a_past_at_another_speed_is_not_gone_on_with(site: Site, tmp_path: Path) -> None:
    with lived(tmp_path, site, NOW, continued=False, days=0) as (file, _, _):
        first = last_of(file, SOLAR)
    with lived(tmp_path, site, NOW + 30.0, days=0) as (file, _, _):
        assert last_of(file, SOLAR) >= first
        with closing(sqlite3.connect(file)) as db:
            until = db.execute("select value from settings where name = 'demo_until'").fetchone()[0]
    assert float(until) == NOW + 30.0


def test_the_live_site_goes_on_through_the_wire(catalogue: Catalogue, site: Site, tmp_path: Path) -> None:
    now = datetime.now(PARIS).timestamp()
    with lived(tmp_path, site, now, days=1) as (file, model, shift):
        stored = {key: last_of(file, key) for key in (SOLAR, PointKey("inverter", "pv_energy_total"))}
        with DemoSite(start=now + shift, catalogue=catalogue, model=model) as demo:
            station = open_station(demo.site, file)
            try:
                station.start()
                for key, value in stored.items():
                    assert value <= live(station, key) < value + 500.0
            finally:
                station.stop()
        with History(file) as history:
            assert history.events(0.0, now + 3600.0) == []


def live(station: Station, key: PointKey) -> float:
    """The first value of a point."""
    end = time.monotonic() + 10.0
    while time.monotonic() < end:
        reading = station.latest(key)
        if reading is not None and isinstance(reading.value, float):
            return reading.value
        time.sleep(0.05)
    pytest.fail(f"{key} was never read")


@pytest.mark.parametrize("named", [True, False])
def test_recording_the_demonstration_counts_what_it_recorded_and_nothing_else(
    named: bool, tmp_path: Path, own_data: Path
) -> None:
    file = tmp_path / "x.sqlite" if named else own_data / "history" / "demo.sqlite"
    began = datetime.now(PARIS).timestamp()
    assert main(["record", "--demo", "--for", "2", *(["--db", str(file)] if named else [])]) == 0
    with History(file) as history:
        assert min(info.first for info in history.points() if info.first is not None) >= began - 1.0
    assert not (own_data / "demo").exists()


PARKING = """\
name: Parking
phases: 3
contract_power: 18 kVA
links:
  left: {url: "tcp://127.0.0.1:5020"}
  bus: {url: "can://virtual/past"}
devices:
  left: {link: left, profile: schneider/evlink, unit: 1}
  right: {link: bus, profile: open_evse/can_wallbox, unit: 1}
  third: {link: bus, profile: open_evse/can_wallbox, unit: 2}
"""


def test_each_station_has_a_past_of_its_own_and_the_site_has_their_sum(catalogue: Catalogue, tmp_path: Path) -> None:
    (tmp_path / "parking.yaml").write_text(PARKING, encoding="utf-8")
    parking = load_site(tmp_path / "parking.yaml", catalogue)
    file = tmp_path / "parking.sqlite"
    model = seed(file, parking, Span.before(NOW, begins(NOW, PARIS), PARIS, days=1))
    keys = [PointKey("left", "power_total"), PointKey("right", "power"), PointKey("third", "power")]
    with History(file) as history:
        charged = 0
        for step in range(96):
            at = moment("2026-11-20T00:10") + 900 * step
            each = [number(history, key, at) for key in keys]
            assert number(history, PointKey("site", "vehicle.power"), at) == pytest.approx(sum(each), abs=2.0)
            charged += sum(power > 0.0 for power in each)
        assert charged > 30
        for name in ("right", "third"):
            last = number(history, PointKey(name, "energy_total"), NOW)
            assert 0.0 <= model.delivered[name].total - last < 500.0
            states = history.raw(PointKey(name, "evse_state"), 0.0, NOW).value.tolist()
            assert "charging" in states
            assert len(set(states)) > 2


def test_what_a_station_has_counted_since_does_not_turn_back(catalogue: Catalogue, tmp_path: Path) -> None:
    (tmp_path / "parking.yaml").write_text(PARKING, encoding="utf-8")
    parking = load_site(tmp_path / "parking.yaml", catalogue)
    key = PointKey("third", "energy_total")
    with lived(tmp_path, parking, NOW, days=0) as (file, model, _):
        counted = model.delivered["third"].total
    recorder = Recorder(file, PointBook(parking).find, 600, "Europe/Paris", clock=Held(NOW + 5.0))
    recorder.put([Reading(key, counted + 3_000.0, NOW + 5.0, "Wh")])
    recorder.stop()
    with lived(tmp_path, parking, NOW + 10.0, days=0) as (_, model, _):
        assert model.delivered["third"].total >= counted + 3_000.0
        assert model.delivered["right"].total < counted * 2
        assert model.counters["vehicle"].total >= sum(each.total for each in model.delivered.values()) - 1e-6
