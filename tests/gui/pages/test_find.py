"""The page that finds devices: nothing before the button, live results, a site in the end."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from core.config import KnownBy, Site
from core.errors import ProfileError
from core.evidence import Reads
from core.points import Point
from core.siteread import load_site
from drivers.sim.fleet import Fleet
from gui import i18n, site_edits
from gui.finder import SiteFinder
from gui.kit import Kit, Source
from gui.models.find import (
    Answer,
    CanAdapter,
    Fit,
    Progress,
    SerialPort,
    Subnet,
    Surroundings,
    Wish,
    action,
    advice,
    sureness,
    unit_numbers,
    where,
)
from gui.pages.find import FindPage
from gui.session import Session
from gui.widgets.card import Paragraph
from tests.gui.fake_station import FakeStation

AROUND = Surroundings(
    serial=(SerialPort("COM3", "USB-RS485 (FTDI)"), SerialPort("COM1", "COM1", usb=False)),
    subnets=(Subnet("192.168.1.0/24", "Ethernet", "192.168.1.20"),),
    can=(CanAdapter("pcan", "PCAN_USBBUS1", "PCAN-USB"),),
    known_by=KnownBy("192.168.1.1"),
)
VOLTAGE = Point("voltage", (8192,), 3, "u16", "V", en="Voltage L1", fr="Tension L1")
METER = Answer(
    "rtu://COM3?baud=9600&parity=N&stop=1",
    1,
    fits=(
        Fit("chint/dtsu666", "Chint DTSU666", 0.95, (Reads(11, None, 48), Reads(8192, VOLTAGE, 230.5, "V"))),
        Fit("eastron/sdm630", "Eastron SDM630", 0.4, (Reads(8192, VOLTAGE, 230.5, "V"),)),
    ),
)
STICK = Answer("v5://192.168.1.43:8899?serial=2355553510", 1, fits=(Fit("aura/hybrid", "AURA", 0.92, (), "K1"),))
RIDDLE = Answer("tcp://192.168.1.9:502", 7, note="unit 7 answers, but no profile fits it")


class FakeSearch:
    """A search that finds what the test gives it, when the test gives it."""

    def __init__(self, wish: Wish) -> None:
        self.wish, self.began, self.stops = wish, False, 0
        self.now = Progress(0.1, "192.168.1.1", 80.0)
        self.answers: list[Answer] = []

    def start(self) -> None:
        self.began = True

    def progress(self) -> Progress:
        return self.now

    def found(self) -> Sequence[Answer]:
        return tuple(self.answers)

    def problems(self) -> Sequence[str]:
        return ("the serial port COM3 is in use by another program",)

    def report(self) -> str:
        return "everything that was tried"

    def stop(self) -> None:
        self.stops += 1
        self.now = replace(self.now, ended=True)


class FakeFinder:
    """Surroundings of a farm; keeps every search."""

    def __init__(self) -> None:
        self.searches: list[FakeSearch] = []
        self.looked = 0
        self.thread: threading.Thread | None = None

    def surroundings(self) -> Surroundings:
        self.looked += 1
        self.thread = threading.current_thread()
        return AROUND

    def choices(self) -> dict[str, tuple[tuple[str, str, str], ...]]:
        meters = (("chint/dtsu666", "Chint DTSU666", "meter"), ("eastron/sdm630", "Eastron SDM630", "meter"))
        hybrid = (("aura/hybrid", "AURA hybrid", "hybrid"), ("deye/hybrid", "Deye hybrid", "hybrid"))
        return {"rtu": meters, "tcp": (*meters, *hybrid), "v5": hybrid}

    def count(self, place: str) -> int:
        if not place.startswith("192.168.1."):
            raise ProfileError(f"{place}: only this computer's own networks are searched: 192.168.1.0/24")
        return 254 if place.endswith("/24") else 1

    def search(self, wish: Wish) -> FakeSearch:
        self.searches.append(FakeSearch(wish))
        return self.searches[-1]


def source_of(file: Path) -> Source:
    @contextmanager
    def opened() -> Generator[tuple[Site, Path | None]]:
        yield load_site(file, site_edits.catalogue()), None

    return Source(file.name, opened, file, lambda: load_site(file, site_edits.catalogue()))


Opener = Callable[..., tuple[FindPage, Session]]


@pytest.fixture
def finder() -> FakeFinder:
    i18n.choose("en")
    return FakeFinder()


@pytest.fixture
def opened(qtbot: QtBot, finder: FakeFinder) -> Iterator[Opener]:
    made: list[tuple[FindPage, Session]] = []

    def build(site: Path | None = None, with_finder: Any = None) -> tuple[FindPage, Session]:
        session = Session(Kit(lambda _site, _db: FakeStation(), source_of, finder=lambda: with_finder or finder))  # type: ignore[arg-type, return-value]
        if site is not None:
            session.open_now(source_of(site))
        page = FindPage(session.station, None)  # type: ignore[arg-type]
        made.append((page, session))
        qtbot.addWidget(page)
        page.resize(1160, 720)
        page.attach(session)
        page.show()
        qtbot.waitUntil(lambda: shown_in_full(page), timeout=20_000)
        return page, session

    yield build
    for page, session in made:
        page.stop()
        page.stop()
        session.stop()


def shown_in_full(page: FindPage) -> bool:
    """Whether the surroundings stand there: what a layout takes in is shown one turn of the event loop later."""
    return len(page.where.networks) > 1 and all(line.isVisible() for line in page.where.networks)


def searched(qtbot: QtBot, page: FindPage, finder: FakeFinder, *answers: Answer) -> FakeSearch:
    page.where.go.click()
    search = finder.searches[-1]
    search.answers += answers
    search.now = Progress(1.0, "finished", ended=True)
    qtbot.waitUntil(lambda: not page.searching)
    return search


def test_nothing_is_sent_before_the_button_is_pressed(opened: Opener, finder: FakeFinder) -> None:
    page, _session = opened()
    assert finder.searches == []
    assert finder.thread is not threading.main_thread()
    assert page.results.message.title == "Nothing has been sent yet"


def test_the_button_says_exactly_what_will_happen(opened: Opener) -> None:
    page, _session = opened()
    said = page.where.go.accessibleName
    assert said() == "Search 254 addresses of 192.168.1.0/24, call SOLARMAN sticks and ask units 1-10 on COM3"
    assert page.where.go.text().replace("\n", " ") == said()
    page.where.ports["COM3"].setChecked(False)
    page.where.sticks.setChecked(False)
    assert said() == "Search 254 addresses of 192.168.1.0/24"
    page.where.networks[0].set_range("192.168.1.20")
    assert said() == "Search 192.168.1.20"
    page.where.networks[0].tick.setChecked(False)
    assert said() == "Choose where to look"
    assert not page.where.go.isEnabled()
    page.where.adapters["pcan", "PCAN_USBBUS1"].setChecked(True)
    page.where.stations.setChecked(True)
    assert said() == "Listen on PCAN_USBBUS1 and wait for charging stations"


def test_a_range_of_other_peoples_network_is_refused_at_once(opened: Opener) -> None:
    page, _session = opened()
    line = page.where.networks[0]
    line.set_range("8.8.8.0/24")
    assert line.fault.isVisible()
    assert "only this computer's own networks" in line.fault.text()
    assert page.where.wish().ranges == ()


def test_the_operator_gets_what_he_ticked(qtbot: QtBot, opened: Opener, finder: FakeFinder) -> None:
    page, _session = opened()
    page.where.speeds.setCurrentIndex(1)
    page.where.units.setText("1, 5, 32-33")
    page.where.ports["COM1"].setChecked(True)
    search = searched(qtbot, page, finder)
    assert search.began
    assert search.wish.serial == ("COM3", "COM1")
    assert search.wish.parities == ("N", "E", "O")
    assert 115200 in search.wish.speeds
    assert unit_numbers(search.wish.units) == (1, 5, 32, 33)
    assert search.wish.ranges == ("192.168.1.0/24",)
    assert search.wish.can == ()
    assert search.wish.ocpp == ""


def test_what_answers_appears_while_the_search_runs(qtbot: QtBot, opened: Opener, finder: FakeFinder) -> None:
    page, _session = opened()
    page.where.go.click()
    search = finder.searches[0]
    assert page.searching
    assert not page.where.go.isEnabled()
    search.answers.append(METER)
    qtbot.waitUntil(lambda: METER.key in page.results.rows)
    assert page.searching
    row = page.results.rows[METER.key]
    assert row.title.line() == "Chint DTSU666"
    assert "MODBUS RTU · COM3 · 9600 8N1 · unit 1" in row._place.line()  # pyright: ignore[reportPrivateUsage]
    assert "Chint DTSU666, 95\u202f%: register 11 reads 48; voltage L1 reads 230.5" in row.title.toolTip()
    assert "80" in page.results._left.text() or "min" in page.results._left.text()  # pyright: ignore[reportPrivateUsage]
    page.results.stop_button.click()
    qtbot.waitUntil(lambda: not page.searching)
    assert search.stops >= 1
    assert page.where.go.isEnabled()


@pytest.mark.parametrize("shown_first", [True, False])
def test_one_look_around_is_enough(qtbot: QtBot, finder: FakeFinder, shown_first: bool) -> None:
    session = Session(Kit(lambda _site, _db: FakeStation(), source_of, finder=lambda: finder))  # type: ignore[arg-type, return-value]
    page = FindPage(session.station, None)  # type: ignore[arg-type]
    qtbot.addWidget(page)
    try:
        if shown_first:
            page.show()
        page.attach(session)
        page.show()
        page.attach(session)
        qtbot.waitUntil(lambda: len(page.where.networks) > 1)
        page.hide()
        page.show()
        page.stop()
        assert finder.looked == 1
    finally:
        page.stop()
        session.stop()


def test_a_report_that_cannot_be_written_is_said(
    qtbot: QtBot, opened: Opener, finder: FakeFinder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, session = opened()
    searched(qtbot, page, finder, METER)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path), ""))
    with qtbot.waitSignal(session.noted) as noted:
        page.results.export.click()
    assert noted.args is not None
    assert noted.args[0].startswith("The report cannot be written: ")
    assert noted.args[1] == "fault"


def test_closing_the_page_ends_the_search(qtbot: QtBot, opened: Opener, finder: FakeFinder) -> None:
    page, _session = opened()
    page.where.go.click()
    page.stop()
    assert finder.searches[0].stops >= 1


def test_a_profile_and_a_role_can_be_chosen_otherwise(qtbot: QtBot, opened: Opener, finder: FakeFinder) -> None:
    page, _session = opened()
    search = searched(qtbot, page, finder, METER, RIDDLE)
    row = page.results.rows[METER.key]
    row.profile.setCurrentIndex(row.profile.findData("eastron/sdm630"))
    row.profile.activated.emit(row.profile.currentIndex())
    row.role.setCurrentIndex(row.role.findData("grid"))
    row.role.activated.emit(row.role.currentIndex())
    riddle = page.results.rows[RIDDLE.key]
    assert not riddle.tick.isChecked()
    assert riddle.taken() is None
    riddle.profile.setCurrentIndex(riddle.profile.findData("deye/hybrid"))
    riddle.profile.activated.emit(riddle.profile.currentIndex())
    assert not riddle.role.isVisible(), "an inverter measures nothing but itself"
    assert [(taken.profile, taken.role) for taken in page.results.taken()] == [
        ("eastron/sdm630", "grid"),
        ("deye/hybrid", ""),
    ]
    search.answers[0] = replace(METER, note="asked once more")
    page.results.show_found(search.found())
    assert page.results.taken()[0].profile == "eastron/sdm630", "what the operator settled stays"


def test_nothing_that_answers_is_followed_by_what_to_try(qtbot: QtBot, opened: Opener, finder: FakeFinder) -> None:
    page, _session = opened()
    searched(qtbot, page, finder)
    assert page.results.message.title == "Nothing has answered"
    hints = advice(finder.searches[0].wish)
    assert any("A and B" in hint for hint in hints)
    assert any("120 Ω" in hint for hint in hints)
    assert any("AP_" in hint for hint in hints)
    assert not any("CAN-H" in hint for hint in hints)


def test_what_could_not_be_searched_is_said(qtbot: QtBot, opened: Opener, finder: FakeFinder) -> None:
    page, _session = opened()
    searched(qtbot, page, finder, METER)
    assert "in use by another program" in page.results._problems.text()  # pyright: ignore[reportPrivateUsage]


def test_the_report_is_written(
    qtbot: QtBot, opened: Opener, finder: FakeFinder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, _session = opened()
    searched(qtbot, page, finder, METER)
    file = tmp_path / "report.txt"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    page.results.export.click()
    qtbot.waitUntil(file.exists)
    qtbot.waitUntil(lambda: file.read_text(encoding="utf-8") == "everything that was tried")


def test_an_answer_that_turns_out_to_be_another_ones_second_address_leaves_the_list(
    qtbot: QtBot, opened: Opener, finder: FakeFinder
) -> None:
    page, _session = opened()
    page.where.go.click()
    search = finder.searches[0]
    twin = replace(METER, unit=255)
    search.answers += [METER, twin]
    qtbot.waitUntil(lambda: twin.key in page.results.rows)
    search.answers.remove(twin)
    search.now = replace(search.now, ended=True)
    qtbot.waitUntil(lambda: not page.searching)
    assert list(page.results.rows) == [METER.key]
    assert [row.answer for row in page.results.taken()] == [METER], "or its power would count twice"


def test_there_is_one_way_to_go_on_at_a_time(qtbot: QtBot, opened: Opener, finder: FakeFinder) -> None:
    page, _session = opened()
    searched(qtbot, page, finder, METER)
    page.results.use.click()
    assert page.form.make.isVisible()
    assert not page.results.use.isVisible()
    page.form.back.click()
    assert page.results.use.isVisible()


@pytest.mark.parametrize("size", [(820, 420), (1480, 800)])
def test_no_text_is_squeezed_beside_or_above_the_choices(
    qtbot: QtBot, opened: Opener, finder: FakeFinder, size: tuple[int, int]
) -> None:
    page, _session = opened()
    page.resize(*size)
    long = replace(METER, fits=tuple(replace(fit, title=f"{fit.title} {'of long name ' * 9}") for fit in METER.fits))
    searched(qtbot, page, finder, long, STICK, RIDDLE)
    for row in page.results.rows.values():
        row._more.click()  # pyright: ignore[reportPrivateUsage]

    def squeezed() -> list[str]:
        texts = [text for text in page.findChildren(Paragraph) if text.isVisible()]
        return [text.text() for text in texts if text.height() < text.heightForWidth(text.width())]

    qtbot.waitUntil(lambda: squeezed() == [])


def test_tab_goes_from_top_to_bottom(opened: Opener) -> None:
    page, _session = opened()
    where = page.where
    wanted = [*where.ports.values(), where.speeds, where.networks[0].range, where.sticks, where.stations, where.go]
    walked: list[QWidget] = []
    place = where.look_again.nextInFocusChain()
    while place is not where.look_again:
        walked.append(place)
        place = place.nextInFocusChain()
    assert [widget for widget in walked if widget in wanted] == wanted


def test_a_site_is_made_of_what_is_ticked_and_opened(
    qtbot: QtBot, opened: Opener, finder: FakeFinder, tmp_path: Path
) -> None:
    page, session = opened()
    searched(qtbot, page, finder, METER, STICK, RIDDLE)
    row = page.results.rows[METER.key]
    row.role.setCurrentIndex(row.role.findData("grid"))
    page.results.use.click()
    file = tmp_path / "ferme.yaml"
    page.form.file.setText(str(file))
    page.form.file.textEdited.emit(str(file))
    assert not page.form.make.isEnabled(), "a site needs a name"
    page.form.name.setText("Ferme des Tilleuls")
    page.form.phases.setCurrentIndex(1)
    QTest.keyClick(page.form.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: session.path == file)
    site = load_site(file, site_edits.catalogue())
    assert (site.name, site.phases, site.contract_power) == ("Ferme des Tilleuls", 3, 9000.0)
    assert {(device.profile_id, device.role) for device in site.devices} == {
        ("chint/dtsu666", "grid"),
        ("aura/hybrid", "inverter"),
    }
    assert all(link.read_only for link in site.links)
    text = file.read_text(encoding="utf-8")
    assert "192.168.1.1" in text, "the router by which the place is recognised"
    assert "2355553510" in text


def test_a_file_that_is_there_is_never_overwritten(
    qtbot: QtBot, opened: Opener, finder: FakeFinder, tmp_path: Path
) -> None:
    page, _session = opened()
    searched(qtbot, page, finder, METER)
    page.results.use.click()
    file = tmp_path / "there.yaml"
    file.write_text("kept", encoding="utf-8")
    page.form.file.setText(str(file))
    page.form.file.textEdited.emit(str(file))
    page.form.name.setText("X")
    assert not page.form.make.isEnabled()
    assert "exists already" in page.form.fault.text()
    assert file.read_text(encoding="utf-8") == "kept"


def test_devices_are_added_to_the_site_that_is_open(
    qtbot: QtBot, opened: Opener, finder: FakeFinder, tmp_path: Path
) -> None:
    file = tmp_path / "ferme.yaml"
    file.write_text(
        "name: Ferme\nlinks:\n  bus: {url: 'rtu://COM3?baud=9600'}  # in the barn\n"
        "devices:\n  dtsu666: {link: bus, profile: chint/dtsu666, unit: 9}\n",
        encoding="utf-8",
    )
    page, session = opened(file)
    searched(qtbot, page, finder, METER, STICK)
    assert page.results.use.text() == "Add to Ferme"
    page.results.use.click()
    qtbot.waitUntil(lambda: not session.busy)
    site = load_site(file, site_edits.catalogue())
    assert (site.devices[0].id, site.devices[0].unit) == ("dtsu666", 9)
    assert {device.link for device in site.devices if device.profile_id == "chint/dtsu666"} == {"bus"}
    assert len(site.devices) == 3
    assert "# in the barn" in file.read_text(encoding="utf-8")


def test_the_doctor_is_offered_for_a_stick(qtbot: QtBot, opened: Opener, finder: FakeFinder) -> None:
    page, _session = opened()
    searched(qtbot, page, finder, STICK, METER)
    button = page.results.rows[STICK.key]._doctor  # pyright: ignore[reportPrivateUsage]
    assert button.isVisible()
    assert not page.results.rows[METER.key]._doctor.isVisible()  # pyright: ignore[reportPrivateUsage]
    with qtbot.waitSignal(page.doctor_asked) as asked:
        button.click()
    assert asked.args == [STICK.url]


def test_the_language_changes_while_rows_are_shown(qtbot: QtBot, opened: Opener, finder: FakeFinder) -> None:
    page, _session = opened()
    searched(qtbot, page, finder, METER)
    i18n.choose("fr")
    qtbot.waitUntil(lambda: page.results.use.text() == "Créer le site…")
    assert page.results.rows[METER.key]._more.text() == "Pourquoi\u202f?"  # pyright: ignore[reportPrivateUsage]
    assert page.where.go.accessibleName().startswith("Parcourir 254 adresses de 192.168.1.0/24")
    assert "Eastron SDM630, 40\u202f%" in page.results.rows[METER.key].evidence.text()
    assert "tension L1 vaut 230,5\u202fV" in page.results.rows[METER.key].evidence.text()
    i18n.choose("en")


def test_words_for_what_was_found() -> None:
    i18n.choose("en")
    assert where(STICK) == "SOLARMAN V5 · 192.168.1.43:8899 · unit 1"
    assert where(Answer("ocpp://192.168.1.20:8887/", None, "EVB-1")) == "OCPP 1.6J · 192.168.1.20:8887 · EVB-1"
    assert sureness(METER.fits[0]) == ("certain, 95\u202f%", "healthy")
    assert sureness(METER.fits[1])[0].startswith("possible")
    assert sureness(None) == ("unknown device", "warning")
    assert action(Wish(), 0) == "Choose where to look"
    assert unit_numbers("1-3,3,247") == (1, 2, 3, 247)
    for wrong in ("", "0-3", "5-1", "248", "a", "1-2-3", "²"):
        assert unit_numbers(wrong) == ()


def test_a_real_search_over_loopback_finds_a_simulated_meter(
    qtbot: QtBot, opened: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WATTELIER_LOOPBACK", "1")
    file = tmp_path / "one.yaml"
    file.write_text(
        "name: One\nlinks:\n  lan: {url: 'tcp://127.0.0.1:502'}\n"
        "devices:\n  meter: {link: lan, profile: sunspec/meter, unit: 1, role: grid}\n",
        encoding="utf-8",
    )
    fleet = Fleet(load_site(file, site_edits.catalogue()))
    url = fleet.start().links[0].url
    try:
        page, session = opened(with_finder=SiteFinder(site_edits.catalogue()))
        for device in page.where.ports.values():
            device.setChecked(False)
        page.where.sticks.setChecked(False)
        page.where.networks[0].set_range(f"127.0.0.1:{url.port}")
        page.where.networks[1].set_range("192.168.1.20")
        assert page.where.networks[1].fault.isVisible(), "this computer alone, and no other"
        page.where.go.click()
        qtbot.waitUntil(lambda: not page.searching, timeout=20_000)
        taken = page.results.taken()
        assert [row.profile for row in taken] == ["sunspec/meter"]
        assert session.path is None
    finally:
        fleet.stop()
