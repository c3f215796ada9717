"""A session goes from site to site without losing one, and without leaving a thread behind."""

from __future__ import annotations

import argparse
import threading
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from pytestqt.qtbot import QtBot

from core.access import NOBODY, Access, Person
from core.config import Site
from core.errors import ProfileError, WattelierError
from core.limiter import machines
from core.sitebook import SiteBook
from core.siteread import load_site
from core.status import LinkState, LinkStatus
from drivers.sim import past
from gui import i18n, site_edits
from gui.app import make_kit
from gui.kit import BLANK, Kit, Source
from gui.session import Session

PARIS = ZoneInfo("Europe/Paris")
STATIONS = """\
name: Ferme
links:
  lan: {url: "tcp://127.0.0.1:5020"}
  stick: {url: "v5://127.0.0.1:8899?serial=1&unit=1"}
  calls: {url: "ocpp://127.0.0.1:0/"}
devices:
  meter: {link: lan, profile: eastron/sdm120, unit: 1, role: grid}
  box: {link: lan, profile: schneider/evlink, unit: 255, role: charger}  # by Modbus
"""


@dataclass
class Runner:
    """A station of the tests: it only says whether it runs."""

    site: Site
    database: Path | None
    running: bool = True
    access: Access = field(default_factory=Access)
    book: SiteBook | None = None

    def link_status(self, link: str) -> Any:
        return LinkStatus(link, LinkState.UP, 0.0)

    def stop(self) -> None:
        self.running = False


@dataclass
class Workshop:
    """Builds stations for a session, and refuses where the test says so."""

    built: list[Runner] = field(default_factory=list[Runner])
    refuse: Callable[[Site], bool] = lambda _site: False
    remembered: list[Path] = field(default_factory=list[Path])
    served: int = 0
    file: Path = Path()

    def build(self, site: Site, database: Path | None) -> Any:
        if self.refuse(site):
            raise ProfileError(f"{site.name}: the history is in use")
        self.built.append(Runner(site, database))
        return self.built[-1]

    def from_file(self, file: Path) -> Source:
        @contextmanager
        def opened() -> Generator[tuple[Site, Path | None]]:
            yield load_site(file, site_edits.catalogue()), None

        return Source(file.name, opened, file, lambda: load_site(file, site_edits.catalogue()))

    def demonstration(self) -> Source:
        @contextmanager
        def opened() -> Generator[tuple[Site, Path | None]]:
            self.served += 1
            yield load_site(self.file, site_edits.catalogue()), None
            self.served -= 1

        return Source("demo", opened)

    @property
    def running(self) -> list[Runner]:
        return [station for station in self.built if station.running]

    def kit(self) -> Kit:
        return Kit(self.build, self.from_file, self.demonstration, remember=self.remember)

    def remember(self, file: Path, site: Site) -> None:
        del site
        self.remembered.append(file)


@pytest.fixture
def shop(tmp_path: Path) -> Workshop:
    i18n.choose("en")
    file = tmp_path / "ferme.yaml"
    file.write_text(STATIONS, encoding="utf-8")
    return Workshop(file=file)


@pytest.fixture
def session(qtbot: QtBot, shop: Workshop) -> Iterator[Session]:
    made = Session(shop.kit())
    yield made
    made.stop()
    made.stop()
    assert shop.running == []
    assert shop.served == 0


def settled(qtbot: QtBot, session: Session) -> None:
    qtbot.waitUntil(lambda: not session.busy)


def test_before_a_site_is_opened_there_is_nothing_to_poll(session: Session) -> None:
    assert not session.has_site
    assert session.site.links == ()
    assert session.path is None


def test_opening_a_site_stops_the_one_before_and_keeps_the_window_free(
    qtbot: QtBot, session: Session, shop: Workshop
) -> None:
    heard: list[str] = []
    session.busy_changed.connect(heard.append)
    session.leaving.connect(lambda: heard.append("leaving"))
    session.opened.connect(lambda: heard.append("opened"))
    session.open_file(shop.file)
    assert session.busy == "Opening ferme.yaml…"
    settled(qtbot, session)
    assert heard == ["Opening ferme.yaml…", "leaving", "", "opened"]
    assert [station.site.name for station in shop.running] == ["Ferme"]
    assert session.station is shop.running[0]
    assert shop.remembered == [shop.file]


def test_a_faulty_file_is_told_line_by_line_and_the_open_site_stays(
    qtbot: QtBot, session: Session, shop: Workshop, tmp_path: Path
) -> None:
    session.open_now(shop.from_file(shop.file))
    before = session.station
    bad = tmp_path / "bad.yaml"
    bad.write_text("name: X\nphases: 2\nlinks:\n  a: {url: 'tcp:/x'}\ndevices: {}\n", encoding="utf-8")
    left: list[str] = []
    session.leaving.connect(lambda: left.append("left"))
    with qtbot.waitSignal(session.failed) as failed:
        session.open_file(bad)
    what, reasons = failed.args
    assert what == "bad.yaml could not be opened"
    assert f"{bad}:2: phases: must be 1 or 3" in reasons.splitlines()
    assert len(reasons.splitlines()) == 2
    assert left == []
    assert session.station is before
    assert shop.running == [before]


def test_what_cannot_be_started_brings_back_what_ran_before(
    qtbot: QtBot, session: Session, shop: Workshop, tmp_path: Path
) -> None:
    session.open_now(shop.from_file(shop.file))
    other = tmp_path / "other.yaml"
    other.write_text(STATIONS.replace("name: Ferme", "name: Other"), encoding="utf-8")
    shop.refuse = lambda site: site.name == "Other"
    with qtbot.waitSignal(session.failed) as failed:
        session.open_file(other)
    assert failed.args == ["other.yaml could not be opened", "Other: the history is in use"]
    assert session.path == shop.file
    assert [station.site.name for station in shop.running] == ["Ferme"]


def test_when_nothing_can_be_brought_back_no_site_is_open(qtbot: QtBot, session: Session, shop: Workshop) -> None:
    session.open_now(shop.demonstration())
    shop.refuse = lambda site: bool(site.links)
    with qtbot.waitSignal(session.failed):
        session.open_file(shop.file)
    assert not session.has_site
    assert shop.served == 0
    assert [station.site.name for station in shop.running] == [""]


def test_while_one_site_opens_another_one_is_not_begun(qtbot: QtBot, session: Session, shop: Workshop) -> None:
    session.open_file(shop.file)
    session.open_demonstration()
    settled(qtbot, session)
    assert session.path == shop.file
    assert shop.served == 0


def test_closing_the_window_while_a_site_opens_leaves_nothing(qtbot: QtBot, shop: Workshop) -> None:
    gate = threading.Event()
    shop.refuse = lambda site: site.name == "Ferme" and not gate.wait(5)
    session = Session(shop.kit())
    with qtbot.waitSignal(session.leaving):
        session.open_file(shop.file)
    threading.Timer(0.1, gate.set).start()
    session.stop()
    assert shop.running == []


def test_closing_the_window_cuts_short_what_takes_its_time_to_open(qtbot: QtBot, shop: Workshop) -> None:
    begun, cancelled = threading.Event(), threading.Event()

    @contextmanager
    def opened() -> Generator[tuple[Site, Path | None]]:
        begun.set()
        assert cancelled.wait(30)
        raise WattelierError("stopped")
        yield

    session = Session(shop.kit())
    session.open_now(shop.from_file(shop.file))
    session.open(Source("slow", opened, cancel=cancelled.set))
    qtbot.waitUntil(begun.is_set)
    built = len(shop.built)
    session.stop()
    assert shop.running == []
    assert len(shop.built) == built, "what ran before is not started again only to be stopped"


def test_closing_the_window_ends_the_preparation_of_the_demonstration(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, own_data: Path
) -> None:
    begun, before = threading.Event(), past.Span.before

    def lifetime(now: float, begins_at: float, zone: ZoneInfo, days: int) -> past.Span:
        begun.set()
        return before(now, begins_at, zone, 1000 * days)  # without an end to it, minutes

    monkeypatch.setattr(past.Span, "before", lifetime)
    options = argparse.Namespace(site=None, demo=False, db=None, language="fr", theme=None, speed=1.0)
    session = Session(make_kit(options))
    session.open_demonstration()
    qtbot.waitUntil(begun.is_set)
    session.stop()
    assert not session.has_site
    assert list((own_data / "demo").iterdir()) == []


def test_a_stations_connectors_are_accepted_into_the_file_with_its_comments(
    qtbot: QtBot, session: Session, shop: Workshop
) -> None:
    session.open_now(shop.from_file(shop.file))
    session.accept("calls", "EVLINK-1", (1, 2))
    settled(qtbot, session)
    made = [device for device in session.site.devices if device.station == "EVLINK-1"]
    assert [(device.link, device.unit) for device in made] == [("calls", 1), ("calls", 2)]
    assert {device.role for device in made} == {"charger"}
    assert all(device.profile is not None and device.profile.protocol == "ocpp" for device in made)
    assert load_site(shop.file, site_edits.catalogue()).devices == session.site.devices
    assert "# by Modbus" in shop.file.read_text(encoding="utf-8")


def test_the_demonstration_accepts_a_station_for_as_long_as_it_runs(
    qtbot: QtBot, session: Session, shop: Workshop
) -> None:
    session.open_now(shop.demonstration())
    before = shop.file.read_bytes()
    with qtbot.waitSignal(session.noted) as noted:
        session.accept("calls", "EVLINK-1", (1,))
    assert "keeps nothing" in noted.args[0]
    assert [device.station for device in session.site.devices][-1] == "EVLINK-1"
    assert shop.file.read_bytes() == before
    assert shop.served == 1  # what serves the demonstration was not started again


def test_a_station_on_a_network_gets_a_password_and_the_operator_is_told(
    qtbot: QtBot, session: Session, shop: Workshop
) -> None:
    shop.file.write_text(STATIONS.replace("ocpp://127.0.0.1:0/", "ocpp://0.0.0.0:8887/"), encoding="utf-8")
    session.open_now(shop.from_file(shop.file))
    with qtbot.waitSignal(session.noted) as noted:
        session.accept("calls", "EVLINK-1", (1, 2))
    words, role = noted.args
    made = [device for device in session.site.devices if device.station == "EVLINK-1"]
    passwords = {device.options["password"] for device in made}
    assert len(passwords) == 1
    password = passwords.pop()
    assert len(password) == 20
    assert f"user EVLINK-1, password {password}" in words
    assert role == "warning"


def test_accepting_a_station_twice_adds_it_once(qtbot: QtBot, session: Session, shop: Workshop) -> None:
    session.open_now(shop.from_file(shop.file))
    for _ in range(2):
        session.accept("calls", "EVLINK-1", (1,))
        settled(qtbot, session)
    assert sum(device.station == "EVLINK-1" for device in session.site.devices) == 1


@pytest.mark.parametrize("kept", [True, False])
def test_exactly_one_way_limits_the_current_after_the_change(
    qtbot: QtBot, session: Session, shop: Workshop, kept: bool
) -> None:
    text = STATIONS + "  twin: {link: calls, profile: PROFILE, unit: 1, station: E1, role: charger, same_as: box}\n"
    ocpp = next(p.id for p in site_edits.catalogue() if p.protocol == "ocpp" and p.category == "charger")
    shop.file.write_text(text.replace("PROFILE", ocpp), encoding="utf-8")
    session.open_now(shop.from_file(shop.file) if kept else shop.demonstration())
    assert machines(session.site)[0].limiter.id == "box"
    session.limit_through("twin")
    settled(qtbot, session)
    assert machines(session.site)[0].limiter.id == "twin"
    assert [device.limits_current for device in machines(session.site)[0].devices] == [False, True]


def test_the_true_serial_number_of_a_stick_is_taken_over(qtbot: QtBot, session: Session, shop: Workshop) -> None:
    session.open_now(shop.from_file(shop.file))
    session.use_serial("stick", "2355553510")
    settled(qtbot, session)
    url = next(link.url for link in session.site.links if link.id == "stick")
    assert (url.serial_number, url.host, url.port, url.given["unit"]) == (2355553510, "127.0.0.1", 8899, "1")


def test_a_change_that_would_not_be_valid_is_refused_and_the_site_runs_on(
    qtbot: QtBot, session: Session, shop: Workshop
) -> None:
    session.open_now(shop.from_file(shop.file))
    before = session.station
    with qtbot.waitSignal(session.refused) as refused:
        session.keep_transmission("lan", "eastron/sdm120")
    assert refused.args[0] == "The site was not changed"
    assert "transmit is for a CAN link" in refused.args[1]
    assert session.station is before
    assert shop.file.read_text(encoding="utf-8") == STATIONS


def test_once_there_is_an_account_the_file_is_for_installers(
    qtbot: QtBot, session: Session, shop: Workshop, tmp_path: Path
) -> None:
    session.open_now(shop.from_file(shop.file))
    book = SiteBook(tmp_path / "ferme.site.sqlite")
    shop.built[-1].book = book
    with book.accounts() as accounts:
        accounts.create_first("Anne", "tilleul sous la grange")
    for person in (NOBODY, Person("Luc", "user")):
        session.station.access.sign_in(person)
        with qtbot.waitSignal(session.refused) as refused:
            session.use_serial("stick", "2355553510")
        assert refused.args[0] == "The site was not changed"
        assert "this needs the role installer" in refused.args[1]
        assert shop.file.read_text(encoding="utf-8") == STATIONS
    session.station.access.sign_in(Person("Paul", "installer"))
    session.use_serial("stick", "2355553510")
    settled(qtbot, session)
    assert "serial=2355553510" in shop.file.read_text(encoding="utf-8")


def test_a_blank_source_is_no_site(session: Session) -> None:
    session.open_now(BLANK)
    assert not session.has_site
