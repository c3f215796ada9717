"""Step 3: the checks by measurement. Left the list, right the one that is chosen: how, live values, result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from core.couplings.guide import Check
from gui import formatting, i18n
from gui.models import couplings_words
from gui.models.couplings import Assistants
from gui.models.couplings_run import CheckRun
from gui.pages.couplings_check import CheckDetail
from gui.theme import GAP
from gui.widgets.card import Card, Line
from gui.widgets.mark import Mark
from gui.widgets.scrolled import scrolled

if TYPE_CHECKING:
    from core.facade import Station

LIST_WIDE = 300


class CheckButton(QPushButton):
    """One line of the list: its sign, its title, what it said."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setStyleSheet(
            "QPushButton { min-height: 44px; }"
            "QPushButton:!checked:!hover:!focus { background: transparent; border-color: transparent; }"
        )
        self.mark, self.title, self.state = Mark("tertiary"), Line("", "strong"), Line()
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(self.title)
        texts.addWidget(self.state)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 8, 4)
        row.setSpacing(10)
        row.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(texts, 1)
        for widget in (self.mark, self.title, self.state):
            widget.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_check(self, title: str, state: str, role: str) -> None:
        """Other words and another sign."""
        self.title.set_line(title)
        self.state.set_line(state)
        self.mark.role = role
        self.mark.update()
        self.setAccessibleName(f"{title}, {state}")


class ChecksStep(QWidget):
    """``start_asked(Check, float)``: begin a check, with the power of its load in W."""

    start_asked = Signal(object, float)

    def __init__(self, station: Station, assistants: Assistants, run: CheckRun, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._station, self._assistants, self.run = station, assistants, run
        self.buttons: list[CheckButton] = []
        self._checks: tuple[Check, ...] = ()
        self._chosen = ""
        self._list = Card(inner=8)
        self._list.header.setContentsMargins(12, 12, 12, 0)
        self._group = QButtonGroup(self)
        self.detail = CheckDetail(assistants, run)
        self.detail.start_asked.connect(self.start_asked)
        self._build()

    @property
    def check(self) -> Check | None:
        """The one that is shown."""
        return next((check for check in self._checks if check.id == self._chosen), None)

    def show_check(self, check_id: str) -> None:
        """Show another one."""
        self._chosen = check_id
        self.refresh()

    def refresh(self) -> None:
        """Show everything again."""
        self._checks = self._assistants.checks()
        self._list.set_title(self.tr("Checks"))
        if self.check is None and self._checks:
            self._chosen = next(
                (check.id for check in self._checks if self._assistants.verdict(check) is None), self._checks[0].id
            )
        while len(self.buttons) < len(self._checks):
            button = CheckButton()
            self._group.addButton(button, len(self.buttons))
            self.buttons.append(button)
            self._column.addWidget(button)
        for place, button in enumerate(self.buttons):
            button.setVisible(place < len(self._checks))
        for button, check in zip(self.buttons, self._checks, strict=False):
            button.show_check(check.title.text(i18n.current()), *self._state(check))
            button.setChecked(check.id == self._chosen)
        if (check := self.check) is not None:
            self.detail.show_check(check)

    def tick(self) -> None:
        """Values and times have moved on."""
        if self.check is not None:
            self.detail.refresh_live()

    def _show_place(self, place: int) -> None:
        self.show_check(self._checks[place].id)

    def _state(self, check: Check) -> tuple[str, str]:
        if self.run.running and self.run.check is not None and self.run.check.id == check.id:
            return self.tr("under way…"), "accent"
        word, tone = couplings_words.verdict(self._assistants.verdict(check))
        result = self._assistants.progress.results.get(check.id)
        if result is None:
            return word, tone
        return formatting.joined([word, formatting.age_of(result.at)]), tone

    def _build(self) -> None:
        self._group.idClicked.connect(self._show_place)
        inside = QWidget()
        whole = QVBoxLayout(inside)
        whole.setContentsMargins(0, 0, 0, 0)
        self._column = QVBoxLayout()
        self._column.setSpacing(2)
        whole.addLayout(self._column)
        whole.addStretch(1)
        self._list.body.addWidget(scrolled(inside), 1)
        self._list.setFixedWidth(LIST_WIDE)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(self._list)
        row.addWidget(self.detail, 1)
