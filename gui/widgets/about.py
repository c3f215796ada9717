"""What this program is, where it keeps its data, and what of it others have written, under which licence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import QEvent, QSortFilterProxyModel, Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from core.licences import Component, components
from core.paths import user_data
from core.version import VERSION as PROGRAM_VERSION
from gui.background import Background
from gui.models.licences import LICENCE, NAME, VERSION, LicenceTable
from gui.sentences import localised
from gui.theme import GAP
from gui.widgets.card import Card, Line, Paragraph
from gui.widgets.table_dress import dress

WIDTHS = {NAME: 176, VERSION: 76}


class AboutDialog(QDialog):
    """Reads the licences in a worker when it is first shown; ``stop`` waits for that."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work = Background(self)
        self._program, self._parts = Card(), Card()
        self._about, self._place, self._replaceable = Paragraph(), Line(), Paragraph()
        self.table = LicenceTable(self)
        self._sorted = QSortFilterProxyModel(self)
        self.view, self.text = QTableView(), QPlainTextEdit()
        self.filter, self.close_button = QLineEdit(), QPushButton()
        self.setModal(False)
        self._lay_out()
        self.filter.textChanged.connect(self._sorted.setFilterFixedString)
        self.view.selectionModel().currentChanged.connect(self._show_text)
        self.close_button.clicked.connect(self.close)
        self.retranslate()
        self._work.ask(components, lambda found: self._show(cast("Sequence[Component]", found)), self._say)

    @property
    def busy(self) -> bool:
        """Whether the licences are being read."""
        return self._work.busy

    def stop(self) -> None:
        """Wait for what is being read; safe to call twice."""
        self._work.stop()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """Set every text again."""
        self.setWindowTitle(self.tr("About Wattelier"))
        self._program.set_title(f"Wattelier {PROGRAM_VERSION}")
        self._about.setText(
            self.tr("Commissions and supervises the energy equipment of a building. Licence: MIT.")
            + " "
            + self.tr("It works without internet, and calls nothing but the links that you open.")
        )
        self._place.set_line(self.tr("Your data: {0}").format(user_data()))
        self._parts.set_title(self.tr("Written by others"))
        self._replaceable.setText(
            self.tr(
                "Libraries under the LGPL (Qt with PySide6 and Shiboken, python-can) are files of their own in the "
                "program’s folder: another build of them may take their place."
            )
        )
        self.filter.setPlaceholderText(self.tr("Filter"))
        self.filter.setAccessibleName(self.tr("Filter"))
        self.view.setAccessibleName(self.tr("Written by others"))
        self.text.setAccessibleName(self.tr("Text of the licence"))
        self.close_button.setText(self.tr("Close"))
        self.table.retranslate()
        self._show_text()

    def _show(self, found: Sequence[Component]) -> None:
        self.table.show_parts(found)
        self.view.selectRow(0)
        self.view.setFocus()

    def _say(self, error: Exception) -> None:
        self.text.setPlainText(localised(str(error)))

    def _show_text(self) -> None:
        index = self._sorted.mapToSource(self.view.currentIndex())
        if (part := self.table.part(index.row())) is None:
            self.text.clear()
            return
        head = "\n".join(line for line in (f"{part.name} {part.version}", part.licence, part.url) if line)
        text = part.text() or self.tr("It brings no text of its licence.")
        self.text.setPlainText(f"{head}\n\n{text}")

    def _lay_out(self) -> None:
        self._sorted.setSourceModel(self.table)
        self._sorted.setSortCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._sorted.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._sorted.setFilterKeyColumn(-1)
        self._dress_view()
        self.text.setReadOnly(True)
        self._program.body.addWidget(self._about)
        self._program.body.addWidget(self._place)
        both = QSplitter()
        both.setChildrenCollapsible(False)
        both.addWidget(self.view)
        both.addWidget(self.text)
        both.setSizes([440, 520])
        self._parts.body.addWidget(self._replaceable)
        self._parts.body.addWidget(self.filter)
        self._parts.body.addWidget(both, 1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(GAP, GAP, GAP, GAP)
        whole.setSpacing(GAP)
        whole.addWidget(self._program)
        whole.addWidget(self._parts, 1)
        whole.addLayout(foot)
        self.close_button.setDefault(True)
        self.setMinimumSize(860, 560)
        self.resize(1060, 680)

    def _dress_view(self) -> None:
        self.view.setModel(self._sorted)
        head = dress(self.view)
        self.view.setSortingEnabled(True)
        self.view.sortByColumn(NAME, Qt.SortOrder.AscendingOrder)
        head.setStyleSheet("QHeaderView::section { padding: 6px 8px 6px 11px; }")  # where the cells begin
        for column, width in WIDTHS.items():
            head.resizeSection(column, width)
        head.setSectionResizeMode(LICENCE, head.ResizeMode.Stretch)
