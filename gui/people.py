"""Who is at the window: signing in and out, the lock after a while without a key. Hashes are made in a worker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QMenu, QWidget

from core.access import DEMONSTRATION, NOBODY, Permission, Person
from core.people.accounts import MustChange
from core.people.lockout import LockedOut
from core.sitebook import SiteBook
from gui.administration import Administration
from gui.background import Background
from gui.idle import Idle
from gui.models.people import person_words, refusal_words
from gui.settings import Settings
from gui.widgets.accounts import MINUTES
from gui.widgets.first_account import FirstAccount
from gui.widgets.person import KEYS, PersonBar
from gui.widgets.sign_in import Credentials, CredentialsDialog, Purpose

if TYPE_CHECKING:
    from core.facade import Station
    from core.protocols import Clock

USUAL_MIN = 10


@dataclass(frozen=True, slots=True)
class _Known:
    """What a book says: whether there is an account, and who the person of this name is by now."""

    exist: bool
    name: str
    person: Person | None


class People(QObject):
    """Lives on the GUI thread and as long as the window. Signing in and out touches no page and no running write.

    ``changed()``: another person, or another role; pages show and offer what that one may. ``locking_in(int)``: seconds
    until the window locks by itself, 0 when it does not. ``said(str, str)``: something to tell, and its colour role.
    """

    changed = Signal()
    locking_in = Signal(int)
    said = Signal(str, str)

    def __init__(self, window: QWidget, clock: Clock | None = None) -> None:
        super().__init__(window)
        self._window = window
        self._station: Station | None = None
        self._settings: Settings | None = None
        self._bar: PersonBar | None = None
        self._exist: bool | None = None  # whether there is an account; None while that is not known
        self._work, self._looking, self._noting = Background(self), Background(self), Background(self)
        self.idle, self.card = Idle(clock, self), FirstAccount()
        self.dialog: CredentialsDialog | None = None
        self.administration: Administration | None = None
        self.idle.elapsed.connect(self._lock_idle)
        self.idle.warned.connect(self.locking_in)
        self.card.asked.connect(self.create_first)
        self.card.later.connect(self._put_off)

    @property
    def person(self) -> Person:
        """Who is signed in."""
        return self._station.access.person if self._station is not None else NOBODY

    @property
    def busy(self) -> bool:
        """Whether the book is being asked."""
        return any(work.busy for work in (self._work, self._looking, self._noting))

    @property
    def minutes(self) -> int:
        """After how long without a key or the mouse it locks by itself at this site."""
        kept = self._settings.site_text("lock_after_min") if self._settings is not None else ""
        return int(kept) if kept in map(str, MINUTES) else USUAL_MIN

    def dress(self, bar: PersonBar) -> None:
        """Let this be the place that shows who is signed in."""
        self._bar = bar
        bar.link_pressed.connect(self.lock_or_sign_in)
        bar.menu.aboutToShow.connect(lambda: self._fill(bar.menu))
        self._show()

    def follow(self, station: Station, settings: Settings) -> None:
        """Another station runs. Over the same site its person stays: a change of the site file only starts it anew."""
        before, person = self._station, self.person
        same = before is not None and _place(before) == _place(station)
        self._station, self._settings = station, settings
        if same:
            station.access.sign_in(person)
        else:
            self._exist = None
            self._put_away()
        self._settle()
        self._look()

    def stop(self) -> None:
        """End the workers; safe to call twice."""
        self.idle.stop()
        self._put_away()
        for work in (self._work, self._looking, self._noting):
            work.stop()
        if self.administration is not None:
            self.administration.stop()

    # -- in and out ------------------------------------------------------------------------------------------------

    @Slot()
    def lock_or_sign_in(self) -> None:
        """What the words at the foot of the sidebar do."""
        if self.person.name:
            self.lock()
        else:
            self.sign_in()

    @Slot()
    def lock(self) -> None:
        """Sign off; pages, edits and running writes stay as they are."""
        self._leave("locked")

    @Slot()
    def sign_in(self) -> None:
        """Ask for name and password: of the first account where there is none yet; of a simulated site for nothing."""
        station = self._station
        if station is None:
            return
        if station.site.demo:
            self._enter(DEMONSTRATION)
        elif station.book is None:
            self.said.emit(self.tr("Nothing of this site is kept, not even accounts: nobody can sign in."), "warning")
        elif self._exist is False:
            self.create_first()
        else:
            self._ask(Purpose.SIGN_IN, self._settings.site_text("last_person") if self._settings is not None else "")

    @Slot()
    def create_first(self) -> None:
        """Ask for the first administrator."""
        self._ask(Purpose.FIRST)

    @Slot()
    def change_password(self) -> None:
        """Ask for another password of one's own."""
        self._ask(Purpose.OWN, self.person.name)

    @Slot()
    def show_accounts(self) -> None:
        """Show the accounts, to an administrator."""
        book = self._station.book if self._station is not None else None
        if book is None or not self.person.may(Permission.ACCOUNTS):
            return
        if self.administration is None:
            self.administration = Administration(self._window)
            self.administration.changed.connect(self._look)
            self.administration.minutes_chosen.connect(self._choose_minutes)
        self.administration.show(book, self.person, self.minutes)

    def _enter(self, person: Person) -> None:
        if self._station is not None:
            self._station.access.sign_in(person)
            self._settle()
            self.changed.emit()

    def _leave(self, why: str) -> None:
        station, person = self._station, self.person
        if station is None or not person.name:
            return
        station.access.sign_in(NOBODY)
        self._put_away()
        if (book := station.book) is not None and not station.site.demo:
            self._noting.ask(lambda: _note_leaving(book, person, why), lambda _done: None, self._tell_fault)
        self._settle()
        self.changed.emit()

    @Slot()
    def _lock_idle(self) -> None:
        self._leave("idle")

    def _settle(self) -> None:
        """Count how long nobody touches anything, where that matters; show who is there."""
        station = self._station
        if station is not None and self.person.name and not station.site.demo:
            self.idle.watch(self.minutes * 60.0)
        else:
            self.idle.stop()
        self._show()

    def _show(self) -> None:
        if self._bar is not None:
            self._bar.show_person(self.person)
        put_off = self._settings is not None and bool(self._settings.site_text("view_only"))
        self.card.setVisible(self._exist is False and not put_off)

    @Slot()
    def _put_off(self) -> None:
        """The card has been seen; the way to sign in stays at the foot of the sidebar."""
        if self._settings is not None:
            self._settings.set_site_text("view_only", "yes")
        self._show()

    @Slot(int)
    def _choose_minutes(self, minutes: int) -> None:
        if self._settings is not None:
            self._settings.set_site_text("lock_after_min", str(minutes))
        self._settle()

    def _put_away(self) -> None:
        """Close what was open for who has gone; what the worker is doing ends unheard."""
        self._work.drop()
        if self.dialog is not None:
            self.dialog.dismiss()
        if self.administration is not None:
            self.administration.dismiss()

    def _fill(self, menu: QMenu) -> None:
        """What may be done now."""
        menu.clear()
        menu.addAction(person_words(self.person)).setEnabled(False)
        menu.addSeparator()
        first = menu.addAction((self.tr("Lock") if self.person.name else self.tr("Sign in…")) + f"\t{KEYS}")
        first.triggered.connect(self.lock_or_sign_in)
        if not self.person.name or self.person == DEMONSTRATION:
            return
        if self.person.may(Permission.OWN_PASSWORD):
            menu.addAction(self.tr("Change my password…")).triggered.connect(self.change_password)
        if self.person.may(Permission.ACCOUNTS):
            menu.addAction(self.tr("Accounts…")).triggered.connect(self.show_accounts)

    # -- what the book says ----------------------------------------------------------------------------------------

    @Slot()
    def _look(self) -> None:
        """Ask the book whether there is an account, and whether who is signed in still may be."""
        self._looking.drop()
        station, name = self._station, self.person.name
        if station is not None and not station.site.demo and (book := station.book) is not None:
            self._looking.ask(lambda: _known(book, name), self._found, self._tell_fault)

    def _found(self, result: object) -> None:
        known = cast("_Known", result)
        self._exist = known.exist
        if known.name and known.name == self.person.name:
            if known.person is None:
                self.lock()
            elif known.person != self.person:
                self._enter(known.person)
        self._show()

    def _tell_fault(self, error: Exception) -> None:
        self.said.emit(refusal_words(error), "fault")

    def _ask(self, purpose: Purpose, name: str = "") -> None:
        if self.dialog is None:
            self.dialog = CredentialsDialog(self._window)
            self.dialog.entered.connect(self._try)
        self.dialog.ask(purpose, name)

    @Slot(object)
    def _try(self, entered: object) -> None:
        given = cast("Credentials", entered)
        if self._station is not None and (book := self._station.book) is not None:
            self._work.ask(lambda: _person(book, given), self._proven, self._refused)

    def _proven(self, result: object) -> None:
        person = cast("Person", result)
        if self.dialog is not None:
            self.dialog.finish()
        self._exist = True
        if self._settings is not None:
            self._settings.set_site_text("last_person", person.name)
        self._enter(person)

    def _refused(self, error: Exception) -> None:
        if self.dialog is None:
            return
        if isinstance(error, LockedOut):
            self.dialog.wait(error.wait_s)
        elif isinstance(error, MustChange):
            self.dialog.ask_new()
        else:
            self.dialog.say(refusal_words(error))
            self._look()  # another program may have made the first account meanwhile


def _place(station: Station) -> object:
    """By what two stations are of one site."""
    book = station.book
    return (station.site.demo, station.site.path, book.path if book is not None else None)


def _known(book: SiteBook, name: str) -> _Known:
    """In the worker."""
    with book.accounts() as accounts:
        return _Known(accounts.exist(), name, accounts.person(name) if name else None)


def _person(book: SiteBook, given: Credentials) -> Person:
    """In the worker: who that is, after what was asked for has been done."""
    with book.accounts() as accounts:
        if given.purpose is Purpose.FIRST:
            return accounts.create_first(given.name, given.new)
        if given.purpose is Purpose.SIGN_IN:
            return accounts.sign_in(given.name, given.password)
        return accounts.change_password(given.name, given.password, given.new)


def _note_leaving(book: SiteBook, person: Person, why: str) -> None:
    """In the worker."""
    with book.accounts() as accounts:
        accounts.signed_off(person, why)
