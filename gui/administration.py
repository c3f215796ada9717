"""What an administrator does to the accounts of a site: the dialogues over ``core.people``, with a worker between."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import cast

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from core.access import Person
from core.people.accounts import Account, Accounts
from core.sitebook import SiteBook
from gui.background import Background
from gui.models.people import refusal_words
from gui.widgets.accounts import AccountsDialog
from gui.widgets.sign_in import Credentials, CredentialsDialog, Purpose

Change = Callable[[Accounts], object]


class Administration(QObject):
    """Lives on the GUI thread. ``changed()``: an account has changed, perhaps one's own; ``minutes_chosen(int)``."""

    changed = Signal()
    minutes_chosen = Signal(int)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._book: SiteBook | None = None
        self._by = Person()
        self._work = Background(self)
        self.dialog, self.entry = AccountsDialog(window), CredentialsDialog(window)
        self.dialog.minutes_chosen.connect(self.minutes_chosen)
        self.dialog.add_asked.connect(lambda: self.entry.ask(Purpose.ADD))
        self.dialog.reset_asked.connect(self._ask_reset)
        self.dialog.role_asked.connect(self._set_role)
        self.dialog.enable_asked.connect(self._enable)
        self.dialog.remove_asked.connect(self._remove)
        self.entry.entered.connect(self._take)

    @property
    def busy(self) -> bool:
        """Whether the book is being asked."""
        return self._work.busy

    def show(self, book: SiteBook, by: Person, minutes: int) -> None:
        """Show the accounts of this book to this person."""
        self._book, self._by = book, by
        self.dialog.show_minutes(minutes)
        self._do(lambda _accounts: None)
        self.dialog.show()
        self.dialog.raise_()
        self.dialog.activateWindow()

    def dismiss(self) -> None:
        """Put everything away: whoever it was shown to has gone."""
        self._work.drop()
        self.entry.dismiss()
        self.dialog.close()

    def stop(self) -> None:
        """Wait for what is being done; safe to call twice."""
        self.dismiss()
        self._work.stop()

    @Slot(object)
    def _take(self, entered: object) -> None:
        given, by = cast("Credentials", entered), self._by
        if given.purpose is Purpose.ADD:
            self._do(lambda accounts: accounts.add(by, given.name, given.new, given.role), " ".join(given.name.split()))
        else:
            self._do(lambda accounts: accounts.reset_password(by, given.name, given.new))

    @Slot(str)
    def _ask_reset(self, name: str) -> None:
        self.entry.ask(Purpose.RESET, name)

    @Slot(str, str)
    def _set_role(self, name: str, role: str) -> None:
        by = self._by
        self._do(lambda accounts: accounts.set_role(by, name, role))

    @Slot(str, bool)
    def _enable(self, name: str, enabled: bool) -> None:
        by = self._by
        self._do(lambda accounts: accounts.enable(by, name, enabled))

    @Slot(str)
    def _remove(self, name: str) -> None:
        by = self._by
        self._do(lambda accounts: accounts.remove(by, name))

    def _do(self, change: Change, mark: str = "") -> None:
        """Have it done in the worker, and show every account as it is then."""
        if (book := self._book) is None:
            return
        self.dialog.show_busy()
        self._work.ask(lambda: _done(book, change), lambda result: self._show(result, mark), self._refuse)

    def _show(self, result: object, mark: str) -> None:
        if self.entry.busy:
            self.entry.finish()
        self.dialog.show_accounts(cast("Sequence[Account]", result), mark)
        self.changed.emit()

    def _refuse(self, error: Exception) -> None:
        if self.entry.busy:
            self.entry.say(refusal_words(error))
            self.dialog.say("")
        else:
            self.dialog.say(refusal_words(error))


def _done(book: SiteBook, change: Change) -> list[Account]:
    """In the worker."""
    with book.accounts() as accounts:
        change(accounts)
        return accounts.listed()
