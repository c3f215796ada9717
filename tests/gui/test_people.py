"""Signing in and out at the window: the window waits for no hash, and a lock changes nothing but the rights."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
from argon2 import Parameters
from argon2.low_level import Type
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from core.access import DEMONSTRATION, NOBODY, Person
from core.facade import Station
from core.people.passwords import Hasher
from core.sitebook import SiteBook
from gui import i18n
from gui.bridge import Bridge
from gui.main_window import MainWindow
from gui.pages import Page
from gui.people import People
from gui.settings import Settings
from gui.theme import look
from gui.widgets.sign_in import Purpose
from tests.gui.fake_station import FakeStation
from tests.gui.test_idle import Held

ANNE, GOOD, BETTER = "Anne Mercier", "tilleul sous la grange", "noyer devant le portail"
CHEAP = Parameters(Type.ID, 19, 16, 32, time_cost=1, memory_cost=8, parallelism=1)
hashed_in: list[threading.Thread] = []


class CheapHasher(Hasher):
    """Fast, and it remembers the threads that had to wait for it."""

    def __init__(self) -> None:
        super().__init__(CHEAP)

    def hash(self, password: str) -> str:
        hashed_in.append(threading.current_thread())
        return super().hash(password)

    def matches(self, kept: str, password: str) -> bool:
        hashed_in.append(threading.current_thread())
        return super().matches(kept, password)


@pytest.fixture(autouse=True)
def hashes(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    hashed_in.clear()
    monkeypatch.setattr("core.people.accounts.Hasher", CheapHasher)
    yield
    assert threading.main_thread() not in hashed_in, "a hash was made by the thread that draws"


class Note(QLabel):
    """A page with something that was typed into it."""

    def __init__(self, station: object, bridge: object) -> None:
        del station, bridge
        super().__init__("typed")


PAGE = Page("devices", "Devices", "", f"{__name__}:Note")


class Site:
    """A station over a real book, and the window over it."""

    def __init__(self, folder: Path, name: str = "farm") -> None:
        self.book = SiteBook(folder / f"{name}.site.sqlite")
        self.fake = self.again()

    def again(self) -> FakeStation:
        made = FakeStation(book=self.book)
        made.site = replace(made.site, path=self.book.path.with_suffix(".yaml"))
        return made

    def people(self, *others: tuple[str, str]) -> None:
        """Anne, and others who have chosen their own passwords."""
        with self.book.accounts() as accounts:
            by = accounts.create_first(ANNE, GOOD)
            for name, role in others:
                accounts.add(by, name, GOOD, role)
                accounts.change_password(name, GOOD, BETTER)
        hashed_in.clear()

    def journal(self) -> list[str]:
        with self.book.journal() as journal:
            entries = [line.entry for line in reversed(journal.lines())]
        return [f"{entry.kind}: {entry.who} {entry.outcome}" for entry in entries]


@pytest.fixture
def site(tmp_path: Path) -> Site:
    i18n.choose("en")
    look().choose("light")
    return Site(tmp_path)


Opener = Callable[[FakeStation], MainWindow]


@pytest.fixture
def open_window(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Opener]:
    monkeypatch.setattr("gui.pages.import_module", lambda name: __import__("sys").modules[name])
    opened: list[tuple[MainWindow, Bridge]] = []

    def build(station: FakeStation) -> MainWindow:
        bridge = Bridge(station)
        window = MainWindow(station, bridge, Settings(str(station.site.path)), (PAGE,))
        opened.append((window, bridge))
        window.show()
        qtbot.waitExposed(window)
        settled(qtbot, window.people)
        return window

    yield build
    for window, bridge in opened:
        bridge.stop()
        window.close()
        window.deleteLater()


def settled(qtbot: QtBot, people: People) -> None:
    qtbot.waitUntil(lambda: not people.busy)


def sign_in(qtbot: QtBot, window: MainWindow, name: str, password: str) -> None:
    people = window.people
    if people.dialog is None or not people.dialog.isVisible():
        people.sign_in()
    dialog = people.dialog
    assert dialog is not None
    dialog.name.line.setText(name)
    dialog.password.line.setText(password)
    dialog.go.click()
    qtbot.waitUntil(lambda: not dialog.busy)


# -- the first administrator -----------------------------------------------------------------------------------


def test_a_site_without_an_account_says_so_calmly_and_makes_the_first_one(
    qtbot: QtBot, site: Site, open_window: Opener
) -> None:
    window = open_window(site.fake)
    people = window.people
    assert people.card.isVisible()
    assert window.sidebar.person.role.text() == "View only"
    people.card.create_button.click()
    dialog = people.dialog
    assert dialog is not None
    assert dialog.purpose is Purpose.FIRST
    dialog.name.line.setText(ANNE)
    for password, said in (("short", "A password has at least 12 characters"), (GOOD, "")):
        for field in (dialog.new, dialog.again):
            field.line.setText(password)
        dialog.go.click()
        qtbot.waitUntil(lambda: not dialog.busy)
        assert (dialog.said.text() if dialog.isVisible() else "") == said
    assert site.fake.access.person == Person(ANNE, "administrator")
    assert window.sidebar.person.role.text() == "Administrator"
    assert not people.card.isVisible()
    settled(qtbot, people)
    assert site.journal() == [f"account: {ANNE} created", f"sign in: {ANNE} signed in"]


def test_later_means_view_only_and_the_way_in_stays(qtbot: QtBot, site: Site, open_window: Opener) -> None:
    window = open_window(site.fake)
    window.people.card.later_button.click()
    assert not window.people.card.isVisible()
    assert site.fake.access.person == NOBODY
    again = open_window(site.again())
    assert not again.people.card.isVisible(), "it has been seen"
    again.sidebar.person.link.click()
    assert again.people.dialog is not None
    assert again.people.dialog.purpose is Purpose.FIRST


def test_who_is_overtaken_by_another_program_is_told_and_signs_in(
    qtbot: QtBot, site: Site, open_window: Opener
) -> None:
    window = open_window(site.fake)
    window.people.create_first()
    site.people()
    dialog = window.people.dialog
    assert dialog is not None
    dialog.name.line.setText("Paul")
    for field in (dialog.new, dialog.again):
        field.line.setText(GOOD)
    dialog.go.click()
    qtbot.waitUntil(lambda: not dialog.busy)
    assert dialog.said.text() == "This site has its administrator already: sign in"
    dialog.reject()
    settled(qtbot, window.people)
    assert not window.people.card.isVisible()
    sign_in(qtbot, window, ANNE, GOOD)
    assert site.fake.access.person.name == ANNE


# -- in and out ------------------------------------------------------------------------------------------------


def test_signing_in_and_locking_by_the_keyboard(qtbot: QtBot, site: Site, open_window: Opener) -> None:
    site.people(("Paul", "installer"))
    window = open_window(site.fake)
    page = window.stack.currentWidget()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    dialog = window.people.dialog
    assert dialog is not None
    assert dialog.isVisible()
    QTest.keyClicks(dialog.name.line, "paul")
    QTest.keyClicks(dialog.password.line, BETTER)
    QTest.keyClick(dialog.password.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: site.fake.access.person == Person("Paul", "installer"))
    assert not dialog.isVisible()
    assert window.sidebar.person.role.text() == "Installer"
    assert window.sidebar.person.link.text() == "Lock"
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert site.fake.access.person == NOBODY
    assert window.sidebar.person.link.text() == "Sign in"
    assert window.stack.currentWidget() is page, "pages stay"
    assert not site.fake.stopped
    settled(qtbot, window.people)
    assert site.journal()[-2:] == ["sign in: Paul signed in", "sign in: Paul signed off"]
    window.people.sign_in()
    assert dialog.name.line.text() == "Paul", "the last name is offered"


def test_pages_hear_at_once_that_the_person_has_changed(qtbot: QtBot, site: Site, open_window: Opener) -> None:
    site.people()
    window = open_window(site.fake)
    with qtbot.waitSignal(window._bridge.status_changed):  # pyright: ignore[reportPrivateUsage]
        sign_in(qtbot, window, ANNE, GOOD)


def test_misses_are_told_and_then_one_waits(qtbot: QtBot, site: Site, open_window: Opener) -> None:
    site.people()
    window = open_window(site.fake)
    for _ in range(2):
        sign_in(qtbot, window, ANNE, "not the password")
        assert window.people.dialog is not None
        assert window.people.dialog.said.text() == "Name and password are not right together"
    sign_in(qtbot, window, ANNE, "not the password")
    assert "The next try is possible in 5" in window.people.dialog.said.text()
    assert not window.people.dialog.go.isEnabled()
    assert site.fake.access.person == NOBODY


def test_a_password_set_by_an_administrator_has_to_be_changed_first(
    qtbot: QtBot, site: Site, open_window: Opener
) -> None:
    site.people()
    with site.book.accounts() as accounts:
        accounts.add(Person(ANNE, "administrator"), "Paul", GOOD, "viewer")
    hashed_in.clear()
    window = open_window(site.fake)
    sign_in(qtbot, window, "Paul", GOOD)
    dialog = window.people.dialog
    assert dialog is not None
    assert dialog.purpose is Purpose.RENEW
    assert site.fake.access.person == NOBODY
    for field in (dialog.new, dialog.again):
        field.line.setText(BETTER)
    dialog.go.click()
    qtbot.waitUntil(lambda: site.fake.access.person == Person("Paul", "viewer"))


def test_ones_own_password_is_changed_with_the_old_one(qtbot: QtBot, site: Site, open_window: Opener) -> None:
    site.people()
    window = open_window(site.fake)
    sign_in(qtbot, window, ANNE, GOOD)
    window.people.change_password()
    dialog = window.people.dialog
    assert dialog is not None
    dialog.password.line.setText(GOOD)
    for field in (dialog.new, dialog.again):
        field.line.setText(BETTER)
    dialog.go.click()
    qtbot.waitUntil(lambda: not dialog.isVisible())
    with site.book.accounts() as accounts:
        assert accounts.sign_in(ANNE, BETTER).name == ANNE
    hashed_in.clear()


def test_the_demonstration_is_signed_in_without_asking(qtbot: QtBot, site: Site, open_window: Opener) -> None:
    site.fake.site = replace(site.fake.site, demo=True)
    site.fake.access.sign_in(DEMONSTRATION)
    window = open_window(site.fake)
    assert window.sidebar.person.role.text() == "Demonstration"
    assert not window.people.card.isVisible()
    window.people.lock()
    assert site.fake.access.person == NOBODY
    window.people.sign_in()
    assert site.fake.access.person == DEMONSTRATION
    assert window.people.dialog is None
    assert not window.people.idle.watching
    assert not site.book.path.exists(), "it keeps no accounts"


def test_where_nothing_is_kept_nobody_signs_in(qtbot: QtBot, site: Site, open_window: Opener) -> None:
    site.fake.book = None
    window = open_window(site.fake)
    assert not window.people.card.isVisible()
    window.people.sign_in()
    assert "Nothing of this site is kept" in window.notice.text


def test_a_book_that_cannot_be_read_is_told(qtbot: QtBot, site: Site, open_window: Opener) -> None:
    site.book.path.write_bytes(b"no database at all, but long enough to look like one" * 40)
    window = open_window(site.fake)
    assert str(site.book.path) in window.notice.text
    assert site.fake.access.person == NOBODY
    sign_in(qtbot, window, ANNE, GOOD)
    assert window.people.dialog is not None
    assert str(site.book.path) in window.people.dialog.said.text()


# -- the lock after a while ------------------------------------------------------------------------------------


def held(window: MainWindow) -> Held:
    """Give the window a clock that the test moves."""
    clock = Held()
    window.people.idle._clock = clock  # pyright: ignore[reportPrivateUsage]
    return clock


def test_it_locks_by_itself_and_says_so_half_a_minute_before(qtbot: QtBot, site: Site, open_window: Opener) -> None:
    site.people()
    window = open_window(site.fake)
    clock = held(window)
    clock.pass_s(10_000)
    window.people.idle.look()
    sign_in(qtbot, window, ANNE, GOOD)
    page = window.stack.currentWidget()
    clock.pass_s(9 * 60 + 36)
    window.people.idle.look()
    assert window.status.locking.text() == "Locks in 24\u202fs: press a key or move the mouse"
    assert window.status.locking.isVisible()
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_A)
    qtbot.waitUntil(lambda: not window.status.locking.isVisible())
    window.people.show_accounts()
    administration = window.people.administration
    assert administration is not None
    clock.pass_s(600)
    window.people.idle.look()
    assert site.fake.access.person == NOBODY
    assert not window.status.locking.isVisible()
    assert not administration.dialog.isVisible(), "what only an administrator sees goes away"
    assert window.stack.currentWidget() is page
    settled(qtbot, window.people)
    with site.book.journal() as journal:
        assert journal.lines(1)[0].entry.detail["why"] == "idle"


def test_after_how_long_is_chosen_for_each_site(qtbot: QtBot, site: Site, open_window: Opener, tmp_path: Path) -> None:
    site.people()
    window = open_window(site.fake)
    clock = held(window)
    sign_in(qtbot, window, ANNE, GOOD)
    window.people.show_accounts()
    administration = window.people.administration
    assert administration is not None
    assert administration.dialog.minutes.currentText() == "10\u202fmin"
    administration.dialog.minutes.setCurrentIndex(0)
    administration.dialog.minutes.activated.emit(0)
    assert window.people.minutes == 1
    clock.pass_s(60)
    window.people.idle.look()
    assert site.fake.access.person == NOBODY
    assert open_window(site.again()).people.minutes == 1
    assert open_window(Site(tmp_path, "other").fake).people.minutes == 10


def test_nobody_is_not_locked_out(qtbot: QtBot, site: Site, open_window: Opener) -> None:
    site.people()
    window = open_window(site.fake)
    assert not window.people.idle.watching


# -- from station to station -----------------------------------------------------------------------------------


def follow(qtbot: QtBot, window: MainWindow, station: FakeStation) -> None:
    window.people.follow(cast("Station", station), Settings(str(station.site.path)))
    settled(qtbot, window.people)


def test_a_change_of_the_site_file_keeps_who_is_signed_in(qtbot: QtBot, site: Site, open_window: Opener) -> None:
    site.people()
    window = open_window(site.fake)
    sign_in(qtbot, window, ANNE, GOOD)
    again = site.again()
    follow(qtbot, window, again)
    assert again.access.person == Person(ANNE, "administrator")


def test_another_site_knows_nobody(qtbot: QtBot, site: Site, open_window: Opener, tmp_path: Path) -> None:
    site.people()
    window = open_window(site.fake)
    sign_in(qtbot, window, ANNE, GOOD)
    other = Site(tmp_path, "other")
    follow(qtbot, window, other.fake)
    assert other.fake.access.person == NOBODY
    assert window.people.card.isVisible()
    assert window.sidebar.person.role.text() == "View only"


def test_a_sign_in_that_ends_after_the_site_has_changed_counts_for_neither(
    qtbot: QtBot, site: Site, open_window: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.people()
    window = open_window(site.fake)
    go = threading.Event()
    before = CheapHasher.matches

    def slow(self: CheapHasher, kept: str, password: str) -> bool:
        assert go.wait(30)
        return before(self, kept, password)

    monkeypatch.setattr(CheapHasher, "matches", slow)
    window.people.sign_in()
    dialog = window.people.dialog
    assert dialog is not None
    dialog.name.line.setText(ANNE)
    dialog.password.line.setText(GOOD)
    dialog.go.click()
    other = Site(tmp_path, "other").fake
    window.people.follow(cast("Station", other), Settings("other"))
    go.set()
    assert not dialog.isVisible()
    window.people.stop()  # waits for the worker
    QApplication.processEvents()  # and what it may have to say comes
    assert site.fake.access.person == other.access.person == NOBODY


@pytest.mark.parametrize("gone", ["removed", "disabled", "demoted"])
def test_who_is_no_longer_what_he_was_is_not_when_the_station_starts_anew(
    qtbot: QtBot, site: Site, open_window: Opener, gone: str
) -> None:
    site.people(("Paul", "installer"))
    window = open_window(site.fake)
    sign_in(qtbot, window, "Paul", BETTER)
    with site.book.accounts() as accounts:
        by = Person(ANNE, "administrator")
        if gone == "removed":
            accounts.remove(by, "Paul")
        elif gone == "disabled":
            accounts.enable(by, "Paul", False)
        else:
            accounts.set_role(by, "Paul", "user")
    again = site.again()
    follow(qtbot, window, again)
    assert again.access.person == (Person("Paul", "user") if gone == "demoted" else NOBODY)


# -- accounts of others ----------------------------------------------------------------------------------------


def test_an_administrator_manages_the_accounts_in_their_dialogue(qtbot: QtBot, site: Site, open_window: Opener) -> None:
    site.people()
    window = open_window(site.fake)
    sign_in(qtbot, window, ANNE, GOOD)
    window.people.show_accounts()
    administration = window.people.administration
    assert administration is not None
    dialog, entry = administration.dialog, administration.entry

    def names() -> list[str]:
        qtbot.waitUntil(lambda: not administration.busy and not window.people.busy)
        return [dialog.table.index(row, 0).data() for row in range(dialog.table.rowCount())]

    assert names() == [ANNE]
    dialog.add.click()
    entry.name.line.setText("Paul")
    entry.role.setCurrentIndex(2)
    for field in (entry.new, entry.again):
        field.line.setText("paul le technicien")
    entry.go.click()
    qtbot.waitUntil(lambda: not entry.busy)
    assert entry.said.text() == "The password must not contain the name"
    for field in (entry.new, entry.again):
        field.line.setText(GOOD)
    entry.go.click()
    qtbot.waitUntil(lambda: not entry.isVisible())
    assert names() == [ANNE, "Paul"]
    assert dialog.chosen is not None
    assert (dialog.chosen.name, dialog.chosen.role) == ("Paul", "installer")
    dialog.role.menu().aboutToShow.emit()
    dialog.role.menu().actions()[1].trigger()
    names()
    assert dialog.chosen.role == "user"
    dialog.enable.click()
    names()
    assert not dialog.chosen.enabled
    assert dialog.enable.text() == "Enable"
    dialog.reset.click()
    for field in (entry.new, entry.again):
        field.line.setText("une phrase provisoire")
    entry.go.click()
    qtbot.waitUntil(lambda: not entry.isVisible())
    dialog.remove.click()
    assert dialog.confirm.isVisible(), "nothing goes without a question"
    dialog.confirm.yes.click()
    assert names() == [ANNE]
    dialog.remove.click()
    dialog.confirm.yes.click()
    qtbot.waitUntil(dialog.said.isVisible)
    assert dialog.said.text() == "A site keeps at least one administrator who can sign in"
    changes = [line.removeprefix(f"account: {ANNE} ") for line in site.journal() if line.startswith("account")]
    assert changes == ["created", "created", "role", "disabled", "password reset", "removed"]


def test_who_gives_himself_a_lesser_role_has_it_at_once(qtbot: QtBot, site: Site, open_window: Opener) -> None:
    site.people(("Paul", "administrator"))
    window = open_window(site.fake)
    sign_in(qtbot, window, ANNE, GOOD)
    window.people.show_accounts()
    administration = window.people.administration
    assert administration is not None
    qtbot.waitUntil(lambda: not administration.busy)
    administration.dialog.role_asked.emit(ANNE, "viewer")
    qtbot.waitUntil(lambda: site.fake.access.person == Person(ANNE, "viewer"))
    assert window.sidebar.person.role.text() == "Viewer"


@pytest.mark.parametrize(
    ("person", "offered"),
    [
        (NOBODY, ["Nobody is signed in: nothing can be changed", "Sign in…"]),
        (Person("Luc", "viewer"), ["Luc · Viewer", "Lock", "Change my password…"]),
        (Person("Luc", "user"), ["Luc · User", "Lock", "Change my password…"]),
        (
            Person("Luc", "administrator"),
            ["Luc · Administrator", "Lock", "Change my password…", "Accounts…"],
        ),
    ],
)
def test_the_menu_offers_what_may_be_done(site: Site, open_window: Opener, person: Person, offered: list[str]) -> None:
    window = open_window(site.fake)
    site.fake.access.sign_in(person)
    menu = window.sidebar.person.menu
    menu.aboutToShow.emit()
    texts = [action.text().split("\t")[0] for action in menu.actions() if not action.isSeparator()]
    assert texts == offered
