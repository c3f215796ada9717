"""People as the window shows them: words of roles, initials, the table of accounts."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QObject, QPersistentModelIndex, Qt

from core.access import DEMONSTRATION, Person
from core.errors import WattelierError
from core.people.accounts import Account
from gui import formatting
from gui.models import wording
from gui.sentences import localised

translate = QCoreApplication.translate

Index = QModelIndex | QPersistentModelIndex
NAME, ROLE, STATE, SEEN = range(4)


def role_title(role: str) -> str:
    """What a role is called; an unknown one as it is."""
    return {
        "viewer": translate("people", "Viewer"),
        "user": translate("people", "User"),
        "installer": translate("people", "Installer"),
        "administrator": translate("people", "Administrator"),
    }.get(role, role)


def role_meaning(role: str) -> str:
    """What a role may, in one sentence."""
    return {
        "viewer": translate("people", "Sees values, curves and parameters; changes nothing."),
        "user": translate("people", "Also starts, stops and limits charging, and sets everyday parameters."),
        "installer": translate("people", "Also sets protective parameters, resets devices and changes the site file."),
        "administrator": translate("people", "Also manages the accounts of this site."),
    }.get(role, "")


def person_title(person: Person) -> str:
    """What stands at the bottom of the sidebar: the role, for who has a name."""
    if person == DEMONSTRATION:
        return translate("people", "Demonstration")
    return role_title(person.role) if person.name else translate("people", "View only")


def name_words(name: str) -> str:
    """The name under which something was done, as it is shown."""
    return translate("people", "Demonstration") if name == DEMONSTRATION.name else name


def person_words(person: Person) -> str:
    """Who that is, in full."""
    if person == DEMONSTRATION:
        return translate("people", "Demonstration: nothing real can be touched, everything may be tried")
    if not person.name:
        return translate("people", "Nobody is signed in: nothing can be changed")
    return formatting.joined((person.name, role_title(person.role)))


def badge_letters(person: Person) -> str:
    """What stands in the circle of a person; empty for nobody."""
    return initials(person_title(person) if person == DEMONSTRATION else person.name)


def initials(name: str) -> str:
    """One or two capital letters: of the first and the last word, or the first two of the only one."""
    words = [word for word in name.replace("-", " ").replace(".", " ").split() if word[:1].isalnum()]
    if not words:
        return ""
    return (words[0][:1] + words[-1][:1] if len(words) > 1 else words[0][:2]).upper()


def refusal_words(error: Exception) -> str:
    """Why something was not done, in the language in use."""
    if isinstance(error, WattelierError):
        return wording.capital(localised(str(error)))
    return translate("people", "Something went wrong; the log says what.")


class AccountTable(QAbstractTableModel):
    """One row an account: name, role, state, last sign-in."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._accounts: tuple[Account, ...] = ()

    def show_accounts(self, accounts: Sequence[Account]) -> None:
        """Show these."""
        self.beginResetModel()
        self._accounts = tuple(accounts)
        self.endResetModel()

    def account(self, row: int) -> Account | None:
        """The account of a row."""
        return self._accounts[row] if 0 <= row < len(self._accounts) else None

    def row_of(self, name: str) -> int:
        """The row of an account; -1 when it is not there."""
        return next((row for row, account in enumerate(self._accounts) if account.name == name), -1)

    def retranslate(self) -> None:
        """Set every text again."""
        if self._accounts:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._accounts) - 1, SEEN))
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, SEEN)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._accounts)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else SEEN + 1

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        heads = (
            translate("people", "Name"),
            translate("people", "Role"),
            translate("people", "State"),
            translate("people", "Last sign-in"),
        )
        return heads[section] if 0 <= section < len(heads) else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        account = self.account(index.row()) if index.isValid() else None
        if account is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return _cell(account, index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return role_meaning(account.role) if index.column() == ROLE else _cell(account, index.column())
        return None


def _cell(account: Account, column: int) -> str:
    if column == NAME:
        return account.name
    if column == ROLE:
        return role_title(account.role)
    if column == STATE:
        return account_state(account)
    return formatting.day_and_clock(account.signed_in)


def account_state(account: Account) -> str:
    """Whether and how its person can sign in."""
    if not account.enabled:
        return translate("people", "disabled")
    if account.must_change:
        return translate("people", "has to choose a password")
    return translate("people", "active")
