"""The window opens over any station, remembers its place, and leaves nothing behind."""

import argparse
import signal
import sys
import threading
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from core.config import Site
from core.siteread import load_site
from core.status import LinkState, RecorderStatus
from drivers.sim.fleet import Fleet
from gui import app as program
from gui import i18n
from gui.bridge import Bridge
from gui.kit import BLANK, Kit, Source
from gui.main_window import MainWindow
from gui.models.doctor import Finding, Lamps, Verdict
from gui.pages import PAGES, Page
from gui.pages.start import StartPage
from gui.session import Session
from gui.settings import Settings
from gui.shots import shot
from gui.stick_doctor import StickDoctor
from gui.theme import look
from gui.verbs import source
from gui.widgets.card import Paragraph
from gui.widgets.shell import links_words, recorder_words
from tests.gui.fake_station import FakeStation

Opener = Callable[..., MainWindow]


class OtherPage(QLabel):
    """A page of the tests: what it was asked for."""

    def __init__(self, station: object, bridge: object) -> None:
        super().__init__("other")
        self.asked: list[object] = []

    def show_device(self, device: str) -> None:
        self.asked.append(device)

    def save_state(self) -> str:
        return "kept"

    def restore_state(self, state: str) -> None:
        self.asked.append(state)


PLACE = f"{__name__}:OtherPage"
TWO = (PAGES[0], Page("devices", "Devices", "detail", PLACE), Page("history", "History", "", PLACE))


@pytest.fixture
def open_window(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Opener]:
    monkeypatch.setattr("gui.pages.import_module", lambda name: __import__("sys").modules[name], raising=True)
    __import__("gui.pages.overview")
    i18n.choose("en")
    look().choose("light")
    opened: list[tuple[MainWindow, Bridge]] = []

    def build(station: FakeStation | None = None, pages: tuple[Page, ...] = TWO) -> MainWindow:
        station = station or FakeStation()
        bridge = Bridge(station)
        window = MainWindow(station, bridge, Settings("farm"), pages)
        opened.append((window, bridge))
        window.show()
        qtbot.waitExposed(window)
        return window

    yield build
    for window, bridge in opened:
        bridge.stop()
        window.close()
        window.deleteLater()


def farm(file: Path) -> Source:
    """A site whose station is a fake one."""

    @contextmanager
    def opened() -> Generator[tuple[Site, Path | None]]:
        yield FakeStation().site, None

    return Source(file.name, opened, file)


class FakeDoctor:
    """Examines nothing."""

    def examine(self, url: str, *, ended: Callable[[], bool], said: Callable[[Finding], None]) -> Verdict:
        said(Finding("name", "good", f"{url} was asked for"))
        return Verdict("the stick answers", url)

    def lamps(self, language: str) -> Lamps:
        return StickDoctor().lamps(language)


@pytest.fixture
def session(qtbot: QtBot) -> Iterator[Session]:
    i18n.choose("en")
    made: list[FakeStation] = []

    def build(_site: Site, _database: Path | None) -> FakeStation:
        made.append(FakeStation())
        return made[-1]

    found = Session(Kit(build, farm, doctor=FakeDoctor))  # type: ignore[arg-type]
    found.open_now(farm(Path("/farms/one.yaml")))
    yield found
    found.stop()
    assert all(station.stopped for station in made)


@pytest.fixture
def followed(qtbot: QtBot, session: Session, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    pages = (*TWO, *(page for page in PAGES if page.always))
    monkeypatch.setattr("gui.app.PAGES", pages)
    monkeypatch.setattr("gui.main_window.PAGES", pages)
    window, bridge = program.build_window(session.station, language="en", theme="light", session=session)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    yield window
    bridge.stop()
    window.close()


def test_without_a_site_the_window_opens_where_sites_are_opened(qtbot: QtBot, session: Session) -> None:
    session.open_now(BLANK)
    window, bridge = program.build_window(session.station, language="en", theme="light", session=session)
    qtbot.addWidget(window)
    window.show()
    assert window.page == "sites"
    assert [button.text() for button in window.sidebar.buttons] == ["Sites", "Find devices"]
    assert not window.status.isVisible()
    session.open_file(Path("/farms/two.yaml"))
    qtbot.waitUntil(lambda: window.page == "overview")
    assert window.status.isVisible()
    bridge.stop()
    window.close()


def test_another_site_brings_its_own_pages_and_place(qtbot: QtBot, session: Session, followed: MainWindow) -> None:
    before, overview = session.station, followed.stack.currentWidget()
    followed.show_page("history")
    session.open_file(Path("/farms/two.yaml"))
    qtbot.waitUntil(lambda: session.path == Path("/farms/two.yaml") and not session.busy)
    assert followed.page == "overview"
    assert followed.stack.currentWidget() is not overview
    assert before.stopped  # type: ignore[attr-defined]
    session.open_file(Path("/farms/one.yaml"))
    qtbot.waitUntil(lambda: session.path == Path("/farms/one.yaml") and not session.busy)
    assert followed.page == "history", "each site has its own page"
    followed.activateWindow()
    qtbot.waitUntil(followed.isActiveWindow)
    QTest.keyClick(followed, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert followed.page == "overview"


def test_the_way_to_another_site_is_not_where_the_next_one_begins(
    qtbot: QtBot, session: Session, followed: MainWindow
) -> None:
    followed.show_page("sites")
    session.reload()
    qtbot.waitUntil(lambda: not session.busy)
    assert followed.page == "overview"


def test_a_change_of_the_site_leaves_page_and_window_where_they_are(
    qtbot: QtBot, session: Session, followed: MainWindow
) -> None:
    followed.show_page("history")
    session.reload()
    followed.resize(1000, 620)  # while the lines are closed and opened again
    qtbot.waitUntil(lambda: not session.busy)
    assert followed.page == "history"
    assert followed.size() == QSize(1000, 620)


def test_a_long_notice_is_shown_whole(qtbot: QtBot, followed: MainWindow) -> None:
    followed.resize(960, 600)
    followed.notice.say(" ".join(["the password stands in the site file"] * 12), "warning")
    words = followed.notice.findChild(Paragraph)
    assert words is not None
    qtbot.waitUntil(lambda: words.height() >= words.heightForWidth(words.width()))


def test_faults_of_a_file_are_shown_where_sites_are_opened(
    qtbot: QtBot, session: Session, followed: MainWindow
) -> None:
    session.failed.emit("x.yaml could not be opened", "x.yaml:2: phases: must be 1 or 3")
    assert followed.page == "sites"
    page = followed.stack.currentWidget()
    assert isinstance(page, StartPage)
    assert page.faults.text == "x.yaml:2: phases: must be 1 or 3"


def test_a_change_that_was_refused_is_said_above_the_page(session: Session, followed: MainWindow) -> None:
    session.refused.emit("The site was not changed", "x.yaml: cannot be written: No space left on device")
    assert followed.page == "overview"
    assert followed.notice.isVisible()
    assert "cannot be written" in followed.notice.text
    followed.notice.close_button.click()
    assert not followed.notice.isVisible()


def test_the_doctor_opens_beside_the_window_and_ends_with_it(
    qtbot: QtBot, session: Session, followed: MainWindow
) -> None:
    followed.show_doctor("v5://127.0.0.1:8899?serial=17")
    dialog = followed.doctor
    assert dialog is not None
    qtbot.waitUntil(lambda: not dialog.busy and bool(dialog.findings))
    assert not dialog.isModal()
    followed.close()
    assert not dialog.isVisible()


def test_a_real_site_shows_live_values_within_ten_seconds_of_its_choice(
    qtbot: QtBot, tmp_path: Path, own_data: Path
) -> None:
    file = tmp_path / "one.yaml"
    text = (
        "name: One\nlinks:\n  lan: {url: 'tcp://127.0.0.1:502'}\n"
        "devices:\n  meter: {link: lan, profile: sunspec/meter, unit: 1, role: grid}\n"
    )
    file.write_text(text, encoding="utf-8")
    fleet = Fleet(load_site(file, source.catalogue()))
    file.write_text(text.replace("tcp://127.0.0.1:502", fleet.start().links[0].url.text), encoding="utf-8")
    options = argparse.Namespace(site=None, demo=False, db=None, speed=1.0, language="en")
    session = Session(program.make_kit(options))
    window, bridge = program.build_window(session.station, language="en", theme="light", session=session)
    qtbot.addWidget(window)
    window.show()
    try:
        since = time.monotonic()
        session.open_file(file)
        qtbot.waitUntil(lambda: session.station.flows().grid.power is not None, timeout=10_000)
        assert time.monotonic() - since < 10
        assert window.page == "overview"
        assert [known.path for known in session.kit.known()] == [file]
        assert list((own_data / "history").glob("one-*.sqlite"))
    finally:
        bridge.stop()
        window.close()
        session.stop()
        fleet.stop()


def test_opens_on_the_overview_and_closes_without_a_trace(open_window: Opener, qtbot: QtBot) -> None:
    before = threading.active_count()
    window = open_window()
    assert window.page == "overview"
    assert "Overview" in window.windowTitle()
    qtbot.wait(250)
    window.close()
    assert threading.active_count() == before


def test_keys_choose_pages_and_full_screen(open_window: Opener, qtbot: QtBot) -> None:
    window = open_window()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert window.page == "devices"
    assert window.sidebar.buttons[1].isChecked()
    QTest.keyClick(window, Qt.Key.Key_F11)
    assert window.isFullScreen()
    QTest.keyClick(window, Qt.Key.Key_F11)
    assert not window.isFullScreen()


def test_a_page_is_built_when_first_shown(open_window: Opener) -> None:
    window = open_window()
    assert window.stack.count() == 1
    window.show_page("history")
    assert window.stack.count() == 2


def test_a_node_leads_to_its_device(open_window: Opener) -> None:
    window = open_window()
    overview = window.stack.currentWidget()
    overview.device_asked.emit("borne1")  # type: ignore[attr-defined]
    assert window.page == "devices"
    assert window.stack.currentWidget().asked == ["borne1"]  # type: ignore[attr-defined]


def test_place_and_page_are_remembered_for_the_site(open_window: Opener, own_data: Path) -> None:
    window = open_window()
    window.show_page("devices")
    window.close()
    assert (own_data / "window.ini").exists()
    again = open_window()
    assert again.page == "devices"
    assert Settings("farm").site_bytes("geometry") == window.saveGeometry()
    assert Settings("another farm").site_bytes("geometry").isEmpty()
    assert again.stack.currentWidget().asked == ["kept"]  # type: ignore[attr-defined]


def test_settings_of_a_newer_version_are_neither_read_nor_written(own_data: Path) -> None:
    file = own_data / "window.ini"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("[General]\nversion=2\nlanguage=esperanto\n")
    settings = Settings("farm")
    assert settings.text("language", "system") == "system"
    settings.set_text("language", "fr")
    settings.save()
    assert settings.text("language") == "fr"
    assert file.read_text() == "[General]\nversion=2\nlanguage=esperanto\n"


def test_the_menu_changes_language_and_theme_at_once(open_window: Opener, qtbot: QtBot) -> None:
    window = open_window()
    window.menu.asked.emit("theme", "dark")
    assert look().theme.name == "dark"
    window.menu.asked.emit("language", "fr")
    qtbot.waitUntil(lambda: window.top.title.text() == "Vue d’ensemble")
    assert window.top.links.text().strip() == "4 liaisons sur 4"
    assert Settings("farm").text("language") == "fr"
    window.menu.asked.emit("language", "en")
    window.menu.asked.emit("theme", "light")


def test_small_windows_keep_the_icons_and_nothing_overflows(open_window: Opener, qtbot: QtBot) -> None:
    window = open_window()
    for size in ((1024, 640), (960, 600), (1440, 900), (1920, 1080)):
        window.resize(*size)
        qtbot.wait(20)
        assert (window.width(), window.height()) == size
        assert window.sidebar.width() == (64 if size[0] < 1180 else 216)
        overview = window.stack.currentWidget()
        side: QWidget = overview._side  # type: ignore[attr-defined]
        assert side.mapTo(window, side.rect().bottomRight()).x() <= window.width()
        if size != (960, 600):
            day: QWidget = overview.day  # type: ignore[attr-defined]
            assert day.mapTo(window, day.rect().bottomLeft()).y() <= window.height() - 34


def test_links_that_are_down_are_counted_in_words(open_window: Opener) -> None:
    station = FakeStation(states={"can": LinkState.DOWN})
    window = open_window(station)
    assert window.top.links.text().strip() == "3 of 4 links"
    assert "down, being tried again" in window.top.links.toolTip()


def test_one_link_is_counted_as_one() -> None:
    assert [links_words(up, count) for up, count in ((1, 1), (0, 1), (1, 3), (0, 3), (2, 3))] == [
        "1 of 1 link",
        "0 of 1 link",
        "1 of 3 links",
        "None of 3 links",
        "2 of 3 links",
    ]


def test_the_recorder_says_what_happened_what_it_means_and_what_to_do(qapp: QApplication) -> None:
    i18n.choose("en")
    assert recorder_words(RecorderStatus(True, "x", 214, 5.8e6), 600) == (
        "Recording, 10\u202fmin steps · 214 points · 5.8\u202fMB a day",
        "healthy",
    )
    assert recorder_words(RecorderStatus(True, "x", 1), 600)[0] == "Recording, 10\u202fmin steps · 1 point"
    text, role = recorder_words(RecorderStatus(False, "x", error="disk full"), 600)
    assert role == "fault"
    assert "disk full" in text
    assert "Live values go on" in text
    assert recorder_words(RecorderStatus(True, "x", dropped=12), 600)[1] == "warning"
    assert recorder_words(RecorderStatus(False, ""), 600)[1] == "tertiary"


def test_an_error_in_the_window_is_told_once_and_calmly(qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    try:
        raise ValueError("boom")
    except ValueError as error:
        for _ in range(3):
            program._report(type(error), error, error.__traceback__)
    boxes = [box for box in QApplication.topLevelWidgets() if isinstance(box, QMessageBox) and box.isVisible()]
    assert len(boxes) == 1
    assert not boxes[0].isModal()
    assert "boom" in boxes[0].detailedText()
    assert "Acquisition and recording go on" in boxes[0].informativeText()
    boxes[0].close()
    assert len(caplog.records) == 3


def test_the_program_runs_until_its_window_is_closed(qtbot: QtBot, own_data: Path, session: Session) -> None:
    hook, before = sys.excepthook, threading.active_count()

    def close() -> None:
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, MainWindow):
                widget.close()

    QTimer.singleShot(300, close)
    assert program.run_window(session, language="en", theme="light") == 0
    assert sys.excepthook is hook
    assert threading.active_count() == before
    assert (own_data / "window.ini").exists()


def test_a_picture_is_taken_without_touching_the_settings(qtbot: QtBot, tmp_path: Path, own_data: Path) -> None:
    file = tmp_path / "overview.png"
    shot(FakeStation(), "overview", file, language="fr", theme="dark", size=(1024, 680))  # type: ignore[arg-type]
    assert file.stat().st_size > 20_000
    assert not (own_data / "window.ini").exists()
    i18n.choose("en")
    look().choose("light")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_closes_the_window(qtbot: QtBot, session: Session, number: signal.Signals) -> None:
    before = signal.getsignal(number)
    QTimer.singleShot(300, lambda: signal.raise_signal(number))
    assert program.run_window(session, language="en", theme="light") == 0
    assert signal.getsignal(number) is before


def test_the_menu_says_what_the_program_is(open_window: Opener, qtbot: QtBot) -> None:
    window = open_window()
    window.menu.asked.emit("about", "")
    assert window.about is not None
    assert window.about.isVisible()
    qtbot.waitUntil(lambda: window.about is not None and not window.about.busy)
    window.close()
    assert not window.about.isVisible()
