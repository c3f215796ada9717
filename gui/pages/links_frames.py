"""The last frames of a line: filtered, copied, each in full below; newest on top, still while one reads on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QAction, QFont, QGuiApplication, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from gui import formatting
from gui.models.frame_table import MOST, FrameColumn, FrameFilter, FrameRole, FrameTable
from gui.pages.devices_trace import MONO_FAMILIES
from gui.pages.links_capture import CaptureBar
from gui.pages.links_paint import FRAME_ROW, FrameDelegate
from gui.theme import SECONDARY, look
from gui.widgets.card import Card, Message, Text

if TYPE_CHECKING:
    from core.capture import Capture
    from core.config import LinkConfig
    from core.facade import Station
    from core.frames import Frame

NARROW = 520  # below this width there is no room for everything
WIDTHS = {FrameColumn.TIME: 100, FrameColumn.WAY: 84, FrameColumn.OUTCOME: 148}
TIGHT = {FrameColumn.TIME: 92, FrameColumn.WAY: 74, FrameColumn.OUTCOME: 104}


class FramesCard(Card):
    """``paused_changed(bool)`` when the table begins or ends to stand still."""

    paused_changed = Signal(bool)

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._station = station
        self._link: LinkConfig | None = None
        self._paused = False
        self._widths: dict[FrameColumn, int] = {}
        self.captures = CaptureBar(station)
        self.table = FrameTable(station.site.time_zone, self)
        self._filter = FrameFilter(self)
        self._filter.setSourceModel(self.table)
        self.view, self.text = QTableView(), QPlainTextEdit()
        self.search, self.count = QLineEdit(), Text("", "secondary")
        self.hold, self.copy = QPushButton(), QPushButton()
        self._message = Message()
        self._build()
        self.retranslate()

    @property
    def paused(self) -> bool:
        """Whether new frames wait: the button is down, or one reads further down."""
        return self.hold.isChecked() or self.view.verticalScrollBar().value() > 0

    def show_link(self, link: LinkConfig) -> None:
        """Show the frames of another line; a capture that was opened on this one stays."""
        same = self._link is not None and self._link.id == link.id
        self._link = link
        if not same:
            self.captures.show_link(link)
        if self.captures.capture is None:
            self._show_line()

    def _show_line(self) -> None:
        if self._link is not None:
            self._show(self._link.url.kind, self._station.frames(self._link.id, MOST))

    def _show_capture(self, capture: Capture) -> None:
        self._show(capture.kind, capture.frames, 2 * len(capture.frames))

    def _show(self, kind: str, frames: Sequence[Frame], most: int = MOST) -> None:
        self.hold.setChecked(False)
        self.table.show(kind, frames, most)
        self.text.clear()
        self.view.scrollToTop()
        self._tell()

    def stop(self) -> None:
        """End what reads and writes files."""
        self.captures.stop()

    def tick(self) -> None:
        """Once a second while it is seen: what is new on the line, unless a file is shown."""
        if self._link is None or self.captures.capture is not None:
            return
        if not self.paused:
            self.table.add(self._station.frames(self._link.id, MOST))
        self._tell()

    def copy_rows(self) -> None:
        """Put the selected rows (all that are shown, when none is) on the clipboard."""
        rows = sorted({index.row() for index in self.view.selectionModel().selectedRows()})
        wanted = rows or list(range(self._filter.rowCount()))
        places = [self._filter.mapToSource(self._filter.index(row, 0)).row() for row in wanted]
        QGuiApplication.clipboard().setText(self.table.as_text(places))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        widths = WIDTHS if self.width() >= NARROW else TIGHT
        if widths is not self._widths:  # or what somebody has pulled wider would not last
            self._widths = widths
            for column, width in widths.items():
                self.view.horizontalHeader().resizeSection(column, width)
        self._show_count()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """Set every text again."""
        self.search.setPlaceholderText(self.tr("Filter: bytes, identifier, word"))
        self.search.setAccessibleName(self.tr("Filter the frames"))
        self.hold.setText(self.tr("Pause"))
        self.hold.setToolTip(self.tr("Keep these frames on the screen; the line goes on"))
        self.copy.setText(self.tr("Copy"))
        self.copy.setToolTip(self.tr("Copy the selected frames, or all of them"))
        self.view.setAccessibleName(self.tr("Frames"))
        self.text.setPlaceholderText(self.tr("Choose a frame to read all of it."))
        self.table.retranslate()
        self._tell()

    def _build(self) -> None:
        self.search.setClearButtonEnabled(True)
        self.search.setMaximumWidth(320)
        self.search.textChanged.connect(self._filter_changed)
        self.hold.setCheckable(True)
        self.hold.toggled.connect(self._tell)
        self.copy.clicked.connect(self.copy_rows)
        tools = QHBoxLayout()
        tools.setSpacing(8)
        tools.addWidget(self.search, 1)
        tools.addStretch(1)
        for widget in (self.count, self.hold, self.copy, self.captures.menu):
            tools.addWidget(widget)
        self.captures.opened.connect(self._show_capture)
        self.captures.closed.connect(self._show_line)
        self._build_view()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(64)
        look().changed.connect(self._dress)
        self._dress()
        upper = QWidget()
        column = QVBoxLayout(upper)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view, 1)
        column.addWidget(self._message, 1)
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(upper)
        splitter.addWidget(self.text)
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([360, 120])
        self.body.addLayout(tools)
        self.body.addWidget(self.captures)
        self.body.addWidget(splitter, 1)

    def _build_view(self) -> None:
        view = self.view
        view.setModel(self._filter)
        view.setItemDelegate(FrameDelegate(view))
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        view.setShowGrid(False)
        view.setWordWrap(False)
        view.setStyleSheet("QTableView, QTableView:focus { border: none; }")
        view.verticalHeader().hide()
        view.verticalHeader().setDefaultSectionSize(FRAME_ROW)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        head = view.horizontalHeader()
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setSectionResizeMode(FrameColumn.DATA, QHeaderView.ResizeMode.Stretch)
        view.selectionModel().currentRowChanged.connect(self._show_whole)
        copy = QAction(self)
        copy.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
        copy.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        copy.triggered.connect(self.copy_rows)
        view.addAction(copy)

    def _dress(self) -> None:
        font = QFont(look().font(SECONDARY))
        font.setFamilies(MONO_FAMILIES)
        families = ", ".join(f"'{family}'" for family in MONO_FAMILIES)
        self.text.setStyleSheet(f"QPlainTextEdit {{ font-family: {families}; }}")
        self.text.setFont(font)

    def _filter_changed(self, text: str) -> None:
        self._filter.set_filter(text)
        self._tell()

    def _show_whole(self, current: QModelIndex) -> None:
        self.text.setPlainText(str(current.data(FrameRole.LONG) or "") if current.isValid() else "")

    def _show_count(self) -> None:
        """Where room is short, only how many wait is told."""
        self.count.setVisible(self.width() >= NARROW or self.paused)

    def _tell(self) -> None:
        shown, total = self._filter.rowCount(), self.table.rowCount()
        self.view.setVisible(total > 0)
        self._message.setVisible(total == 0)
        self.hold.setEnabled(self.captures.capture is None)
        if self.captures.capture is not None:
            self._message.say(self.tr("This capture holds no frame"))
        else:
            hint = self.tr("What is said on this line appears here, newest on top.")
            self._message.say(self.tr("No frame yet"), hint)
        if self.captures.capture is None and self.paused and self._link is not None and total:
            newest = self._station.frames(self._link.id, 1)
            waiting = newest[-1].number - self.table.newest if newest else 0
            text = self.tr("Paused, {0} newer").format(formatting.number(max(0, waiting)))
        else:
            text = (
                self.tr("{0} of {1}").format(formatting.number(shown), formatting.number(total))
                if shown != total
                else self.tr("{0} lines").format(formatting.number(total))
            )
        self.count.setText(text)
        self._show_count()
        paused = self.paused and self.captures.capture is None
        if paused != self._paused:
            self._paused = paused
            self.paused_changed.emit(self._paused)
