"""The card with two sides beside each other: what to compare, the table, and what is done with the ticked values."""

from __future__ import annotations

from datetime import tzinfo
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QTableView,
    QWidget,
)

from core.access import TABLE, Permission, Person
from core.snapshots.difference import Side, State
from gui import formatting
from gui.models import parameters_words, snapshots_words, wording
from gui.models.snapshots_compare import Column, DifferenceFilter, DifferenceTable
from gui.models.snapshots_csv import csv_of_comparison
from gui.models.snapshots_sides import NOW, Sides
from gui.pages.snapshots_paint import CompareDelegate
from gui.sentences import localised
from gui.widgets.card import Card, Line, Message, Paragraph, Text
from gui.widgets.keyboard import in_order
from gui.widgets.table_dress import dress

WIDTHS = {Column.TICK: 32, Column.LEFT: 176, Column.RIGHT: 176, Column.STATE: 140}
TIGHT = {Column.TICK: 32, Column.LEFT: 114, Column.RIGHT: 114, Column.STATE: 132}
WIDE = 760


class CompareView(QTableView):
    """The space bar ticks what is selected."""

    tick_asked = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self.tick_asked.emit()
            return
        super().keyPressEvent(event)


class CompareCard(Card):
    """``take_asked()``: the ticked values into the review; ``export_asked()``."""

    take_asked = Signal()
    export_asked = Signal()

    def __init__(self, sides: Sides, zone: tzinfo, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent, inner=16)
        self._sides, self._zone = sides, zone
        self._person = Person()
        self._compared: object = None
        self.sources = {side: QComboBox() for side in Side}
        self.devices = {side: QComboBox() for side in Side}
        self.swap, self.read = QPushButton(), QPushButton()
        self.doubts, self.said = Paragraph("", "text"), Line()
        self.search, self.only, self.count = QLineEdit(), QCheckBox(), Line()
        self.table = DifferenceTable(zone, self)
        self.filter = DifferenceFilter(self)
        self.filter.setSourceModel(self.table)
        self.view, self.message = CompareView(), Message()
        self.all, self.export, self.take, self.what = QPushButton(), QPushButton(), QPushButton(), Line()
        self._gap = QWidget()  # in the place of ``what`` where the card is narrow
        self._labels = {side: Text("", "secondary") for side in Side}
        self._build()
        self._connect()
        self.retranslate()

    def show_sources(self) -> None:
        """Offer the files that are known now."""
        sides = self._sides
        entries = [(NOW, snapshots_words.now(), "")]
        for listed in sides.kept:
            if listed.snapshot is not None:
                words = snapshots_words.source(listed.snapshot, self._zone)
                entries.append((str(listed.path), words, listed.path.name))
        for opened in sides.others:
            words = snapshots_words.source(opened.snapshot, self._zone)
            entries.append((str(opened.path), formatting.joined([words, opened.path.name]), str(opened.path)))
        for side, box in self.sources.items():
            box.clear()
            for row, (key, words, tip) in enumerate(entries):
                box.addItem(words, key)
                box.setItemData(row, tip, Qt.ItemDataRole.ToolTipRole)
            choice = sides.choices[side]
            box.setCurrentIndex(box.findData(choice.source) if choice.chosen else -1)

    def show_sides(self, *, same: bool = False) -> None:
        """Show the comparison anew; ``same``: the same two, with other values, so what is ticked stays."""
        sides = self._sides
        for side in Side:
            choice, box = sides.choices[side], self.devices[side]
            self.sources[side].setCurrentIndex(self.sources[side].findData(choice.source) if choice.chosen else -1)
            box.clear()
            for name, title in sides.offered(side) if choice.chosen else ():
                box.addItem(title, name)
            box.setCurrentIndex(box.findData(choice.device))
            box.setEnabled(box.count() > 0)
        profiles = sides.profile(Side.LEFT), sides.profile(Side.RIGHT)
        self.table.show(sides.differences, profiles, sides.refusals(), keep=same)
        if not same:
            self.view.scrollToTop()
        self.tell()

    def show_person(self, person: Person) -> None:
        """Who is signed in."""
        self._person = person
        self.tell()

    def say(self, words: str, tone: str = "") -> None:
        """What came of the last step; nothing: none."""
        self.said.set_line(words)
        self.said.set_tone(tone)
        self.said.setVisible(bool(words))

    def csv(self) -> str:
        """The rows shown, as CSV."""
        names = [
            formatting.joined([self.sources[side].currentText(), self.devices[side].currentText()]) for side in Side
        ]
        return csv_of_comparison(self.table, self.filter.shown(), *names)

    def csv_name(self) -> str:
        """What the exported file is called, if nobody wants another name."""
        opened = self._sides.opened(Side.LEFT) or self._sides.opened(Side.RIGHT)
        return f"{Path(opened.path).stem if opened is not None else 'snapshots'}.csv"

    def tell(self) -> None:
        """Say everything that follows from what is compared and what is ticked."""
        sides = self._sides
        now = any(choice.source == NOW and choice.chosen for choice in sides.choices.values())
        self.read.setVisible(now)
        self.read.setText(self.tr("Stop reading") if sides.reading else self.tr("Read now"))
        lines = [wording.capital(localised(sentence)) + "." for sentence in sides.doubts]
        if self._not_read():
            lines.append(self.tr("The device has not been read yet: press “Read now”."))
        self.doubts.setText("\n".join(lines))
        self.doubts.setVisible(bool(lines))
        self._tell_rows()
        self._tell_take()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for column, size in (WIDTHS if self.width() >= WIDE else TIGHT).items():
            self.view.horizontalHeader().resizeSection(column, size)
        self.what.setVisible(self.width() >= WIDE)
        self._gap.setVisible(self.width() < WIDE)

    def retranslate(self) -> None:
        """Set every text again."""
        self.set_title(self.tr("Comparison"))
        sides = {Side.LEFT: self.tr("Left"), Side.RIGHT: self.tr("Right")}
        for side, word in sides.items():
            self._labels[side].setText(word)
            self.sources[side].setAccessibleName(self.tr("{0}: snapshot").format(word))
            self.sources[side].setPlaceholderText(self.tr("Choose…"))
            self.devices[side].setAccessibleName(self.tr("{0}: device").format(word))
        self.swap.setText(self.tr("Swap"))
        self.swap.setToolTip(self.tr("The left becomes the right"))
        self.read.setToolTip(self.tr("Read every parameter of this device now"))
        self.search.setPlaceholderText(self.tr("Filter by name, value or register"))
        self.search.setAccessibleName(self.tr("Filter the comparison"))
        self.only.setText(self.tr("Differences only"))
        self.export.setText(self.tr("Export…"))
        self.view.setAccessibleName(self.tr("Values beside each other"))
        self.table.retranslate()
        self.show_sources()
        self.tell()

    # -- inside --------------------------------------------------------------------------------------------------

    def _not_read(self) -> bool:
        """Whether a side is the device as it is now, and nobody has read its parameters yet."""
        for side, device in self._sides.devices.items():
            if device is not None and self._sides.choices[side].source == NOW and device.parameters:
                return not any(item.at is not None for item in device.parameters)
        return False

    def _tell_rows(self) -> None:
        shown, counts = self.filter.rowCount(), self.table.counts()
        compared = all(device is not None for device in self._sides.devices.values())
        differ = counts[State.DIFFERENT] + counts[State.LEFT] + counts[State.RIGHT]
        words = self.tr("1 difference") if differ == 1 else self.tr("{0} differences").format(differ)
        same, open_ = counts[State.SAME], counts[State.UNREADABLE]
        parts = [words, self.tr("1 the same") if same == 1 else self.tr("{0} the same").format(same)]
        if open_:
            parts += [self.tr("1 not comparable") if open_ == 1 else self.tr("{0} not comparable").format(open_)]
        self.count.set_line(formatting.joined(parts) if compared else "")
        self.view.setVisible(shown > 0)
        self.message.setVisible(shown == 0)
        if not compared:
            self.message.say(
                self.tr("Choose what to compare"),
                self.tr("A snapshot on the left; on the right another one, or the device as it is now."),
            )
        elif self.table.rowCount() and not differ and not self.search.text().strip():
            self.message.say(self.tr("No differences"), formatting.joined(parts[1:]))
        elif self.table.rowCount():
            self.message.say(self.tr("Nothing matches"), self.tr("Clear the filter, or show what is the same, too."))
        else:
            self.message.say(self.tr("Nothing to compare"), self.tr("The two sides have no value in common."))

    def _tell_take(self) -> None:
        count, target = len(self.table.chosen()), self._sides.target_title()
        texts = {0: self.tr("Take into the review"), 1: self.tr("Take 1 value into the review")}
        self.take.setText(texts.get(count, self.tr("Take {0} values into the review").format(count)))
        self.take.setEnabled(count > 0)
        shown = self.filter.shown()
        able = [row for row in shown if self.table.flags(self.table.index(row, 0)) & Qt.ItemFlag.ItemIsUserCheckable]
        whole = bool(able) and {self.table.difference(row).id for row in able} <= {d.id for d in self.table.chosen()}
        self.all.setText(self.tr("Untick all") if whole else self.tr("Tick all shown"))
        self.all.setProperty("whole", whole)
        self.all.setVisible(bool(able))
        words = self.tr("The values of the left, for {0}").format(target) if target and self.table.rowCount() else ""
        self.what.set_line(words)
        self.take.setToolTip(words)
        may = self._person.may(Permission.SNAPSHOT)
        needed = self.tr("This needs the role {0}.").format(parameters_words.role(TABLE[Permission.SNAPSHOT]))
        self.export.setEnabled(may and bool(shown))
        self.export.setToolTip(self.tr("Save the rows shown as CSV; secrets stay hidden") if may else needed)

    def _refilter(self) -> None:
        self.filter.set_filter(self.search.text(), self.only.isChecked())
        self.tell()

    def _tick_selected(self) -> None:
        rows = [self.filter.mapToSource(index).row() for index in self.view.selectionModel().selectedRows()]
        chosen = {entry.id for entry in self.table.chosen()}
        on = not all(self.table.difference(row).id in chosen for row in rows)
        self.table.tick_rows(rows, on)

    def _tick_all(self) -> None:
        self.table.tick_rows(self.filter.shown(), not self.all.property("whole"))

    def _copy(self) -> None:
        """Put the selected rows on the clipboard as a spreadsheet reads them."""
        rows = sorted(self.filter.mapToSource(index).row() for index in self.view.selectionModel().selectedRows())
        if rows:
            lines = ("\t".join(text.replace("\t", " ") for text in self.table.texts(row)) for row in rows)
            QGuiApplication.clipboard().setText("\n".join(lines))

    def _connect(self) -> None:
        for side in Side:
            self.sources[side].activated.connect(lambda _row=0, side=side: self._choose(side))
            self.devices[side].activated.connect(lambda _row=0, side=side: self._choose_device(side))
        self.swap.clicked.connect(self._sides.swap)
        self.read.clicked.connect(self._read)
        self.search.textChanged.connect(self._refilter)
        self.only.toggled.connect(self._refilter)
        self.table.ticked.connect(self._tell_take)
        self.view.tick_asked.connect(self._tick_selected)
        self.all.clicked.connect(self._tick_all)
        self.export.clicked.connect(self.export_asked)
        self.take.clicked.connect(self.take_asked)
        for keys, slot, context in (
            (QKeySequence.StandardKey.Find, self.search.setFocus, Qt.ShortcutContext.WidgetWithChildrenShortcut),
            (QKeySequence.StandardKey.Copy, self._copy, Qt.ShortcutContext.WidgetShortcut),
        ):
            widget: QWidget = self.view if keys is QKeySequence.StandardKey.Copy else self
            action = QAction(widget)
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(context)
            action.triggered.connect(slot)
            widget.addAction(action)

    def _choose(self, side: Side) -> None:
        self._sides.choose(side, str(self.sources[side].currentData()))

    def _choose_device(self, side: Side) -> None:
        self._sides.choose_device(side, str(self.devices[side].currentData()))

    def _read(self) -> None:
        self._sides.read_now()
        self.tell()

    def _build(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 3)
        grid.setColumnStretch(2, 2)
        for line, (side, button) in enumerate(((Side.LEFT, self.swap), (Side.RIGHT, self.read))):
            for box in (self.sources[side], self.devices[side]):
                box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
                box.setMinimumContentsLength(8)
            grid.addWidget(self._labels[side], line, 0)
            grid.addWidget(self.sources[side], line, 1)
            grid.addWidget(self.devices[side], line, 2)
            grid.addWidget(button, line, 3)
        self.search.setClearButtonEnabled(True)
        self.search.setMaximumWidth(280)
        self.only.setChecked(True)
        tools = QHBoxLayout()
        tools.setSpacing(12)
        tools.addWidget(self.search, 2)
        tools.addWidget(self.only)
        tools.addWidget(self.count, 3)
        self._build_view()
        self.all.setProperty("kind", "flat")
        self.take.setProperty("kind", "primary")
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.all)
        foot.addWidget(self.what, 1)
        foot.addWidget(self._gap, 1)
        foot.addWidget(self.export)
        foot.addWidget(self.take)
        self.doubts.set_tone("warning")
        self.doubts.hide()
        self.said.hide()
        self.body.addLayout(grid)
        self.body.addWidget(self.doubts)
        self.body.addWidget(self.said)
        self.body.addLayout(tools)
        self.body.addWidget(self.view, 1)
        self.body.addWidget(self.message, 1)
        self.body.addLayout(foot)
        in_order(
            (
                self.sources[Side.LEFT], self.devices[Side.LEFT], self.swap, self.sources[Side.RIGHT],
                self.devices[Side.RIGHT], self.read, self.search, self.only, self.view, self.all, self.export,
                self.take,
            )
        )  # fmt: skip

    def _build_view(self) -> None:
        view = self.view
        view.setModel(self.filter)
        head = dress(view, 48)
        view.setItemDelegate(CompareDelegate(view))
        view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setMouseTracking(True)
        view.setStyleSheet("QTableView, QTableView:focus { border: none; }")
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        head.setSectionsClickable(False)
        head.setMinimumSectionSize(28)
        head.setSectionResizeMode(Column.NAME, QHeaderView.ResizeMode.Stretch)
