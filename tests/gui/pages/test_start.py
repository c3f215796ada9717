"""The page of sites: where one is opened, and where it is said why one cannot be."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from gui import i18n
from gui.kit import BLANK, Kit, KnownSite, Source
from gui.pages.start import StartPage
from gui.session import Session
from tests.gui.fake_station import FakeStation

FARM = KnownSite("Ferme", Path("/sites/ferme.yaml"), here=True, last_opened=time.time() - 3 * 86400)
HOUSE = KnownSite("Maison", Path("/sites/maison.yaml"), fault="maison.yaml: is not a text in UTF-8")


class Recorder:
    """A kit that notes what is opened."""

    def __init__(self, *known: KnownSite) -> None:
        self.files: list[Path] = []
        self.kit = Kit(lambda _site, _file: FakeStation(), self.from_file, lambda: self.source("demo"), lambda: known)  # type: ignore[arg-type, return-value]

    def from_file(self, file: Path) -> Source:
        self.files.append(file)
        return self.source(file.name, file)

    def source(self, title: str, file: Path | None = None) -> Source:
        @contextmanager
        def opened() -> Iterator[Any]:
            with BLANK.open() as blank:
                yield blank

        return Source(title, opened, file)


@pytest.fixture
def shown(qtbot: QtBot) -> Iterator[tuple[StartPage, Session, Recorder]]:
    i18n.choose("en")
    recorder = Recorder(FARM, HOUSE)
    session = Session(recorder.kit)
    page = StartPage(session.station, None)  # type: ignore[arg-type]
    qtbot.addWidget(page)
    page.resize(1100, 700)
    page.attach(session)
    page.show()
    qtbot.waitUntil(lambda: page.list.sites.rowCount() == 2)
    yield page, session, recorder
    page.stop()
    session.stop()


def test_enter_opens_the_site_that_is_here(qtbot: QtBot, shown: tuple[StartPage, Session, Recorder]) -> None:
    page, session, recorder = shown
    assert page.list.currentIndex().data() == "Ferme · You are here"
    QTest.keyClick(page.list, Qt.Key.Key_Return)
    assert recorder.files == [FARM.path]
    qtbot.waitUntil(lambda: not session.busy)


def test_a_click_opens_a_site(qtbot: QtBot, shown: tuple[StartPage, Session, Recorder]) -> None:
    page, session, recorder = shown
    place = page.list.visualRect(page.list.sites.index(1)).center()
    QTest.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert recorder.files == [HOUSE.path]
    qtbot.waitUntil(lambda: not session.busy)


def test_the_list_is_a_sound_model(shown: tuple[StartPage, Session, Recorder]) -> None:
    page, _session, _recorder = shown
    QAbstractItemModelTester(page.list.sites, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert page.list.grab().size() != QSize()


def test_a_file_is_asked_for_and_opened(
    qtbot: QtBot, shown: tuple[StartPage, Session, Recorder], monkeypatch: pytest.MonkeyPatch
) -> None:
    page, session, recorder = shown
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("/sites/other.yaml", ""))
    page.open_file.button.click()
    assert recorder.files == [Path("/sites/other.yaml")]
    assert page._bar.isVisible()  # pyright: ignore[reportPrivateUsage]
    qtbot.waitUntil(lambda: not session.busy)
    assert not page._bar.isVisible()  # pyright: ignore[reportPrivateUsage]


def test_the_ways_lead_to_the_search_and_to_the_demonstration(
    qtbot: QtBot, shown: tuple[StartPage, Session, Recorder]
) -> None:
    page, session, _recorder = shown
    with qtbot.waitSignal(page.page_asked) as asked:
        page.search.button.click()
    assert asked.args == ["find"]
    page.demonstration.button.click()
    qtbot.waitUntil(lambda: session.has_site)
    assert session.path is None


def test_every_fault_of_a_file_is_shown_and_can_be_copied(shown: tuple[StartPage, Session, Recorder]) -> None:
    page, _session, _recorder = shown
    page.show_faults("x.yaml could not be opened", "x.yaml:2: phases: must be 1 or 3\nx.yaml:9: name: is missing")
    assert page.faults.isVisible()
    assert page.faults.text.splitlines()[0] == "x.yaml:2: phases: must be 1 or 3"
    page.faults._copy.click()  # pyright: ignore[reportPrivateUsage]
    assert QGuiApplication.clipboard().text().count("\n") == 1


def test_without_any_site_it_says_what_to_do(qtbot: QtBot) -> None:
    i18n.choose("en")
    session = Session(Recorder().kit)
    page = StartPage(session.station, None)  # type: ignore[arg-type]
    qtbot.addWidget(page)
    page.attach(session)
    page.show()
    qtbot.waitUntil(page.none.isVisible)
    assert page.none.title == "No site was opened on this computer yet"
    assert not page.list.isVisible()
    assert page.subtitle() == "No site is open. Nothing is polled before you open one"
    page.stop()
    session.stop()


def test_in_a_small_window_everything_is_still_there(qtbot: QtBot, shown: tuple[StartPage, Session, Recorder]) -> None:
    page, _session, _recorder = shown
    page.resize(700, 520)
    qtbot.wait(20)
    assert page.list.height() > 80
    button = page.demonstration.button
    assert button.mapTo(page, button.rect().bottomRight()).x() <= page.width()
