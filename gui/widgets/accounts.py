"""The accounts of a site, for administrators: who there is, and what may be done about it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QItemSelectionModel, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QMenu,
    QPushButton,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from core.access import ROLES
from core.people.accounts import Account
from gui import formatting
from gui.models.people import NAME, ROLE, SEEN, STATE, AccountTable, role_meaning, role_title
from gui.theme import GAP
from gui.widgets.card import Card, Paragraph, Text
from gui.widgets.confirm import Confirm
from gui.widgets.table_dress import dress

MINUTES = (1, 2, 5, 10, 15, 20, 30, 45, 60, 90, 120)
"""Without a key or the mouse, until the window locks."""
WIDTHS = {ROLE: 132, STATE: 196, SEEN: 160}


class AccountsDialog(QDialog):
    """Nothing else waits for it, and it changes nothing by itself: it asks, by name of the account.

    ``add_asked()``, ``reset_asked(str)``, ``role_asked(str, str)``, ``enable_asked(str, bool)``, ``remove_asked(str)``,
    ``minutes_chosen(int)``.
    """

    add_asked = Signal()
    reset_asked = Signal(str)
    role_asked = Signal(str, str)
    enable_asked = Signal(str, bool)
    remove_asked = Signal(str)
    minutes_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = AccountTable(self)
        self._sorted = QSortFilterProxyModel(self)
        self._sorted.setSourceModel(self.table)
        self._sorted.setSortCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.view, self._card = QTableView(), Card()
        self.add, self.reset, self.enable, self.remove, self.close_button = (QPushButton() for _ in range(5))
        self.role, self._roles = QToolButton(), QMenu(self)
        self.said, self.confirm = Paragraph("", "text"), Confirm()
        self.minutes, self._lock_word = QComboBox(), Text("", "secondary")
        self._busy = False
        self.setModal(False)
        self._lay_out()
        self._connect()
        self.retranslate()

    @property
    def chosen(self) -> Account | None:
        """The account of the marked row."""
        rows = self.view.selectionModel().selectedRows()
        return self.table.account(self._sorted.mapToSource(rows[0]).row()) if rows else None

    def show_accounts(self, accounts: Sequence[Account], mark: str = "") -> None:
        """Show these and mark one; without a name what was marked stays marked, else the first."""
        before = self.chosen.name if self.chosen is not None else ""
        self._busy = False
        self.table.show_accounts(accounts)
        wanted = max(0, self.table.row_of(mark or before))
        index = self._sorted.mapFromSource(self.table.index(wanted, NAME))
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.view.selectionModel().setCurrentIndex(index, flags)
        self._tell()

    def show_minutes(self, minutes: int) -> None:
        """Show after how long the window locks, without choosing it anew."""
        self.minutes.setCurrentIndex(self.minutes.findData(minutes))

    def show_busy(self) -> None:
        """Something is being done."""
        self._busy = True
        self.said.hide()
        self.confirm.put_away()
        self._tell()

    def say(self, words: str) -> None:
        """Why something was not done; empty where that is said elsewhere."""
        self._busy = False
        self.said.setText(words)
        self.said.setVisible(bool(words))
        self._tell()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """Set every text again."""
        self.setWindowTitle(self.tr("Accounts"))
        self._card.set_title(self.tr("Who may sign in at this site"))
        self.add.setText(self.tr("New account…"))
        self.role.setText(self.tr("Role"))
        self.reset.setText(self.tr("Reset the password…"))
        self.remove.setText(self.tr("Remove…"))
        self.close_button.setText(self.tr("Close"))
        self._lock_word.setText(self.tr("Lock without a key or the mouse after"))
        for row, minutes in enumerate(MINUTES):
            self.minutes.setItemText(row, f"{minutes}{formatting.SPACE}min")
        self.minutes.setAccessibleName(self._lock_word.text())
        self.view.setAccessibleName(self.windowTitle())
        self.table.retranslate()
        self._tell()

    def _lay_out(self) -> None:
        self.view.setModel(self._sorted)
        head = dress(self.view, 36)
        self.view.setSortingEnabled(True)
        self.view.sortByColumn(NAME, Qt.SortOrder.AscendingOrder)
        head.setStyleSheet("QHeaderView::section { padding: 6px 8px 6px 11px; }")  # where the cells begin
        head.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        for column, width in WIDTHS.items():
            head.resizeSection(column, width)
        self.role.setMenu(self._roles)
        self.role.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.said.set_tone("fault")
        self.said.hide()
        for minutes in MINUTES:
            self.minutes.addItem("", minutes)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for widget in (self.add, self.role, self.reset, self.enable, self.remove):
            buttons.addWidget(widget)
        buttons.addStretch(1)
        self._card.body.addWidget(self.view, 1)
        self._card.body.addWidget(self.confirm)
        self._card.body.addWidget(self.said)
        self._card.body.addLayout(buttons)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._lock_word)
        foot.addWidget(self.minutes)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(GAP, GAP, GAP, GAP)
        whole.setSpacing(GAP)
        whole.addWidget(self._card, 1)
        whole.addLayout(foot)
        for button in (self.add, self.reset, self.enable, self.remove):
            button.setAutoDefault(False)
        self.close_button.setDefault(True)
        self.setMinimumSize(760, 380)
        self.resize(800, 460)

    def _connect(self) -> None:
        self.view.selectionModel().selectionChanged.connect(self._choose)
        self._roles.aboutToShow.connect(self._fill_roles)
        self.add.clicked.connect(self.add_asked)
        self.reset.clicked.connect(self._reset)
        self.enable.clicked.connect(self._enable)
        self.remove.clicked.connect(self._remove)
        self.minutes.activated.connect(self._choose_minutes)
        self.close_button.clicked.connect(self.close)

    def _tell(self) -> None:
        chosen = self.chosen
        able = chosen is not None and not self._busy
        self.add.setEnabled(not self._busy)
        for button in (self.role, self.reset, self.enable, self.remove):
            button.setEnabled(able)
        disabled = chosen is not None and not chosen.enabled
        self.enable.setText(self.tr("Enable") if disabled else self.tr("Disable"))

    def _choose_minutes(self, row: int) -> None:
        self.minutes_chosen.emit(MINUTES[row])

    def _choose(self) -> None:
        """Another row: what was being asked was about the one before."""
        self.confirm.put_away()
        self._tell()

    def _fill_roles(self) -> None:
        self._roles.clear()
        self._roles.setToolTipsVisible(True)
        if (chosen := self.chosen) is None:
            return
        for role in ROLES:
            action = QAction(role_title(role), self._roles)
            action.setToolTip(role_meaning(role))
            action.setCheckable(True)
            action.setChecked(role == chosen.role)
            action.triggered.connect(lambda _=False, role=role: self.role_asked.emit(chosen.name, role))
            self._roles.addAction(action)

    def _reset(self) -> None:
        if (chosen := self.chosen) is not None:
            self.reset_asked.emit(chosen.name)

    def _enable(self) -> None:
        if (chosen := self.chosen) is not None:
            self.enable_asked.emit(chosen.name, not chosen.enabled)

    def _remove(self) -> None:
        if (chosen := self.chosen) is None:
            return
        self.said.hide()
        self.confirm.ask(
            self.tr("Remove the account {0}?").format(chosen.name),
            [self.tr("Nobody can sign in with it any more. What was done with it stays in the journal.")],
            self.tr("Remove"),
            lambda: self.remove_asked.emit(chosen.name),
        )
