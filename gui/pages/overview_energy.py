"""The side column of the overview: two ratios of the day and its energies."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from core.balance import Flows
from core.energy import DayEnergies, DayEnergy
from gui import formatting
from gui.theme import INNER
from gui.widgets.card import Card, Dot, Paragraph, Text
from gui.widgets.ring import Ring

translate = QCoreApplication.translate

ROWS: Final = (
    ("produced", "solar", "solar"),
    ("consumed", "house", "house"),
    ("exported", "grid_export", "grid"),
    ("imported", "grid_import", "grid"),
    ("charged", "battery", "battery"),
    ("discharged", "battery", "battery"),
    ("vehicle", "vehicle", "vehicle"),
)
"""Field of ``DayEnergies``, colour role, node of the balance that it belongs to."""


def _titles() -> dict[str, str]:
    return {
        "produced": translate("energies", "Produced"),
        "consumed": translate("energies", "Consumed"),
        "exported": translate("energies", "Exported"),
        "imported": translate("energies", "Imported"),
        "charged": translate("energies", "Battery charged"),
        "discharged": translate("energies", "Battery discharged"),
        "vehicle": translate("energies", "Vehicles"),
    }


def source_words(energy: DayEnergy) -> str:
    """Where an energy of the day comes from."""
    since = formatting.clock(energy.since, seconds=False)
    return {
        "device": translate("energies", "The device's own counter of the day"),
        "counter": translate("energies", "Difference of a lifetime counter since midnight"),
        "balance": translate("energies", "What came in less what went out"),
        "integral": translate("energies", "Power added up since {0}").format(since),
    }.get(energy.source, translate("energies", "Not known yet"))


class RatioCard(QFrame):
    """A ring, its name and the sentence that says what the two energies are."""

    def __init__(self, role: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.ring = Ring(role)
        self._title, self.sentence = Text("", "card"), Paragraph()
        words = QVBoxLayout()
        words.setSpacing(3)
        words.addStretch(1)
        words.addWidget(self._title)
        words.addWidget(self.sentence)
        words.addStretch(1)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.ring)
        self._row.addLayout(words, 1)
        self.set_compact(False)

    def set_compact(self, compact: bool) -> None:
        """Less air, where there is little room."""
        self.setFixedHeight(92 if compact else 118)
        self.ring.set_diameter(64 if compact else 82)
        self._row.setContentsMargins(16 if compact else INNER, 8, 12, 8)
        self._row.setSpacing(14 if compact else 18)

    def set_title(self, title: str) -> None:
        """The ratio's full name."""
        self._title.setText(title)
        self.setAccessibleName(title)

    def show_ratio(self, ratio: float | None, sentence: str) -> None:
        """Another ratio, 0 to 1."""
        self.ring.show_share(ratio)
        self.sentence.setText(sentence)


class EnergyCard(Card):
    """Energies of today with yesterday's beside them; only what the site has."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent, inner=INNER)
        self._compact = False
        self._yesterday = Text("", "secondary", "tertiary")
        self.add_to_header(self._yesterday)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnMinimumWidth(3, 56)
        self._rows: dict[str, tuple[list[QWidget], Text, Text, Text]] = {}
        for row, (field, role, _) in enumerate(ROWS):
            self._add_row(row, field, role)
        self.body.addLayout(self._grid, 1)
        self.retranslate()

    def set_compact(self, compact: bool, slim: bool = False) -> None:
        """Lower rows, where there is little height; less air, where there is little width."""
        self._compact = compact
        self._grid.setHorizontalSpacing(7 if slim else 10)
        self.set_inner(16 if slim else INNER)
        self._fit_rows()

    def _fit_rows(self) -> None:
        there = [not self._rows[field][1].isHidden() for field, _, _ in ROWS]
        height = 28 if self._compact else 29 if all(there) else 35
        for row, shown in enumerate(there):
            self._grid.setRowMinimumHeight(2 * row, height if shown else 0)
            self._grid.setRowStretch(2 * row, int(shown))
        self._grid.setRowStretch(2 * len(ROWS), len(ROWS) - sum(there))  # few rows stay together

    def show_day(self, day: DayEnergies, flows: Flows) -> None:
        """Show the energies of what the site has, and of what was counted."""
        for field, _, node in ROWS:
            energy: DayEnergy = getattr(day, field)
            widgets, _, today, yesterday = self._rows[field]
            there = node == "house" or bool(getattr(flows, node).present) or energy.today is not None
            for widget in widgets:
                widget.setVisible(there)
            today.setText(formatting.energy(energy.today))
            yesterday.setText(formatting.energy(energy.yesterday))
            for label in (today, widgets[1]):
                label.setToolTip(source_words(energy))
        self._fit_rows()

    def retranslate(self) -> None:
        """Set every text again."""
        self.set_title(translate("energies", "Today"))
        self._yesterday.setText(translate("energies", "yesterday"))
        for field, title in _titles().items():
            self._rows[field][1].setText(title)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _add_row(self, row: int, field: str, role: str) -> None:
        title, today, yesterday = Text(), Text("", "value"), Text("", "secondary", "tertiary")
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        today.setAlignment(right)
        yesterday.setAlignment(right)
        dot, rule = Dot(role, 9), QFrame()
        rule.setObjectName("rule")
        rule.setFixedHeight(1)
        widgets: list[QWidget] = [dot, title, today, yesterday, rule]
        self._grid.addWidget(dot, 2 * row, 0, Qt.AlignmentFlag.AlignVCenter)  # else its size is the row's most
        for column, widget in enumerate(widgets[1:4], start=1):
            self._grid.addWidget(widget, 2 * row, column)
        self._grid.addWidget(rule, 2 * row + 1, 0, 1, 4)
        if row == len(ROWS) - 1:
            widgets.pop()
            rule.hide()
        self._rows[field] = (widgets, title, today, yesterday)
