"""The card with the settings of an EVlink configuration: filter, tree, details, and what is done with the selected."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QSplitter, QWidget

from core.evlink.cfg import Address
from gui.models import cfg_csv
from gui.models.cfg_edits import CfgEdits
from gui.models.cfg_sides import CfgSides
from gui.models.cfg_tree import CfgTree, Row
from gui.pages.cfg_detail import NARROW, CfgDetail
from gui.pages.cfg_view import CfgView
from gui.sentences import localised
from gui.widgets.card import Card, Text

DETAIL_HEIGHT = 220
ALL, DIFFERENT, EDITED = "all", "different", "edited"
"""What may be chosen to be shown."""


class CfgTable(Card):
    """``copy_asked(list[Row])`` for values of the right; ``failed(str)`` when an export cannot be written."""

    copy_asked = Signal(list)
    failed = Signal(str)

    def __init__(self, sides: CfgSides, edits: CfgEdits, tree: CfgTree, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent, inner=16)
        self._sides, self._edits, self.tree = sides, edits, tree
        self.view, self.detail = CfgView(tree), CfgDetail(edits)
        self.filter, self.which = QLineEdit(), QComboBox()
        self.copy, self.export, self.details = QPushButton(), QPushButton(), QPushButton()
        self.count, self.hidden = Text("", "secondary"), Text("", "secondary")
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self._lay_out()
        self._connect()
        self.retranslate()

    def show_sides(self) -> None:
        """Show both sides anew; what was current stays so."""
        sides, row = self._sides, self.view.current_row()
        address: Address | None = row.address if row is not None else None
        self.tree.show(sides.left.cfg if sides.left is not None else None, sides.pairs, sides.person)
        self._offer()
        self.refilter()
        if address is not None:
            self.view.show_address(address)

    def show_only(self, which: str) -> None:
        """Show ALL settings, only what is DIFFERENT, or only what is EDITED."""
        self.which.setCurrentIndex(max(0, self.which.findData(which)))

    def show_told(self) -> None:
        """The station has told something else: the same keys with other values on the right."""
        self.tree.update_pairs(self._sides.pairs or ())
        self.tell()

    def refilter(self) -> None:
        """Show what passes the filter."""
        self.view.filter.set_words(self.filter.text())
        which = self.which.currentData()
        self.view.filter.set_only(different=which == DIFFERENT, edited=which == EDITED)
        self.view.expandAll()
        self.tell()

    def tell(self) -> None:
        """Counts, buttons and details again."""
        shown, total = len(self.view.shown_rows()), len(self.tree.rows())
        words = self.tr("{0} settings").format(total)
        self.count.setText(words if shown == total else self.tr("{0} of {1} settings").format(shown, total))
        self.hidden.setText(self._sides.hidden_words(self.tree.hidden))
        self.hidden.setVisible(self.tree.hidden > 0)
        self._tell_copy()
        self._show_detail(self.view.current_row())

    def export_csv(self, file: Path) -> None:
        """Write the settings shown as CSV; raise OSError."""
        text = cfg_csv.as_csv(self.view.shown_rows(), self.tree)
        file.write_text("\ufeff" + text, encoding="utf-8", newline="")

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.view.fit(self.width())
        self.detail.set_narrow(self.width() < NARROW)

    def retranslate(self) -> None:
        """Set every text again."""
        self.filter.setPlaceholderText(self.tr("Filter by name, key, help or section"))
        self.filter.setAccessibleName(self.tr("Filter the settings"))
        self.which.setAccessibleName(self.tr("Which settings are shown"))
        self._offer()
        self.copy.setText(self.tr("Take over the selected"))
        self.copy.setToolTip(self.tr("Take the values of the right over into the left file, as edits; never secrets"))
        self.export.setText(self.tr("Export…"))
        self.export.setToolTip(self.tr("Save the settings shown as CSV; secrets stay hidden"))
        self.details.setText(self.tr("Details"))
        self.details.setToolTip(self.tr("All that is known of the chosen setting"))
        self.view.setAccessibleName(self.tr("Settings of the file"))
        self.tree.retranslate()
        self.tell()

    def _lay_out(self) -> None:
        tools = QHBoxLayout()
        tools.setSpacing(8)
        self.filter.setClearButtonEnabled(True)
        self.filter.setMaximumWidth(300)
        self.filter.setMinimumWidth(140)
        self.details.setCheckable(True)
        tools.addWidget(self.filter, 1)
        tools.addWidget(self.which)
        tools.addWidget(self.count)
        tools.addStretch(1)
        for button in (self.copy, self.details, self.export):
            tools.addWidget(button)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self.view)
        self.splitter.addWidget(self.detail)
        self.splitter.setStretchFactor(0, 1)
        self.detail.setMinimumHeight(120)
        self.detail.hide()
        self.body.addLayout(tools)
        self.body.addWidget(self.hidden)
        self.body.addWidget(self.splitter, 1)

    def _connect(self) -> None:
        self.filter.textChanged.connect(self.refilter)
        self.which.currentIndexChanged.connect(self.refilter)
        self.view.chosen.connect(self._show_detail)
        self.view.details_asked.connect(self._open_details)
        self.view.selected.connect(self._tell_copy)
        self.details.toggled.connect(self._toggle_details)
        self.detail.closed.connect(self._close_details)
        self.detail.typed.connect(self._type)
        self.detail.dropped.connect(self._drop)
        self.detail.copy_asked.connect(self._copy_one)
        self.copy.clicked.connect(self._copy_selected)
        self.export.clicked.connect(self._ask_export)
        self._edits.changed.connect(self.tell)
        find = QAction(self)
        find.setShortcut(QKeySequence(QKeySequence.StandardKey.Find))
        find.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.triggered.connect(self.filter.setFocus)
        self.addAction(find)

    def _offer(self) -> None:
        """The choices of what is shown; differences only where something is compared."""
        chosen = self.which.currentData()
        offered = [(ALL, self.tr("All settings"))]
        if self._sides.pairs is not None:
            offered.append((DIFFERENT, self.tr("Only differences")))
        offered.append((EDITED, self.tr("Only edits")))
        self.which.blockSignals(True)
        self.which.clear()
        for name, words in offered:
            self.which.addItem(words, name)
        self.show_only(chosen or ALL)
        self.which.blockSignals(False)

    def _tell_copy(self) -> None:
        self.copy.setVisible(self._sides.pairs is not None)
        self.copy.setEnabled(any(row.pair is not None and row.pair.differs for row in self.view.selected_rows()))

    def _copy_selected(self) -> None:
        self.copy_asked.emit(self.view.selected_rows())

    def _copy_one(self, row: Row) -> None:
        self.copy_asked.emit([row])

    def _ask_export(self) -> None:
        left = self._sides.left
        name = f"{left.path.stem if left is not None else 'evlink'}.csv"
        chosen, _kind = QFileDialog.getSaveFileName(self, self.tr("Export the settings"), name, "CSV (*.csv)")
        if chosen:
            try:
                self.export_csv(Path(chosen))
            except OSError as err:
                reason = localised(err.strerror or str(err))
                self.failed.emit(self.tr("{0} could not be written: {1}.").format(Path(chosen).name, reason))

    def _show_detail(self, row: Row | None) -> None:
        if self.details.isChecked():
            self.detail.show_row(row, self._sides.person)

    def _open_details(self) -> None:
        self.details.setChecked(True)

    def _close_details(self) -> None:
        self.details.setChecked(False)
        self.view.setFocus()

    def _toggle_details(self, shown: bool) -> None:
        self.detail.setVisible(shown)
        if shown:
            whole = sum(self.splitter.sizes()) or self.splitter.height()
            wanted = min(DETAIL_HEIGHT, whole * 45 // 100)
            if self.splitter.sizes()[1] < wanted:
                self.splitter.setSizes([whole - wanted, wanted])
            self._show_detail(self.view.current_row())

    def _type(self, row: Row, text: str) -> None:
        if row.entry is not None:
            self._edits.put(row.entry, text, self._sides.person)

    def _drop(self, row: Row) -> None:
        self._edits.drop(row.address)
