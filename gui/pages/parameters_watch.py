"""Values under watch after a write: one calm line; what has moved back stands in red, with what to do."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import tzinfo

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from core.points import PointKey
from core.writing.review import Watch
from gui.models import parameters_run
from gui.widgets.card import Dot, Line, Paragraph

MOST = 6  # lines of one kind; the rest is counted


class WatchRow(QWidget):
    """One watched value: what is said of it, and its buttons."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key: PointKey | None = None
        self.dot, self.words, self.why = Dot("healthy"), Paragraph("", "text"), Paragraph()
        self.again, self.stop = QPushButton(), QPushButton()
        for button in (self.again, self.stop):
            button.setMinimumHeight(28)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(self.words)
        texts.addWidget(self.why)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        middle = Qt.AlignmentFlag.AlignVCenter  # or the height of the buttons would be the most that the words get
        row.addWidget(self.dot, 0, middle)
        row.addLayout(texts, 1)
        row.addWidget(self.again, 0, middle)
        row.addWidget(self.stop, 0, middle)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)


class WatchStrip(QFrame):
    """Hidden while nothing is watched. ``again_asked(Watch)`` to write a value once more, ``ended(PointKey)``.

    ``moved_away(str)``: what to tell, once, of a value that has moved.
    """

    again_asked = Signal(object)
    ended = Signal(object)
    moved_away = Signal(str)

    def __init__(self, zone: tzinfo, now: Callable[[], float] = time.time, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("confirm")
        self._zone, self._now = zone, now
        self._watches: tuple[Watch, ...] = ()
        self._brief = False
        self._reported: set[tuple[PointKey, float | None]] = set()
        self.calm, self.more = Line("", "secondary"), QPushButton()
        self.calm.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._dot = Dot("healthy")
        self.moved: list[WatchRow] = []
        self.calm_rows: list[WatchRow] = []
        self.more.setCheckable(True)
        self.more.setProperty("kind", "flat")
        self.more.toggled.connect(lambda: self.show_watches(self._watches))
        self._head = QWidget()
        head = QHBoxLayout(self._head)
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(8)
        head.addWidget(self._dot)
        head.addWidget(self.calm, 1)
        head.addWidget(self.more)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 8, 8, 8)
        self._column.setSpacing(4)
        self._above, self._below = QVBoxLayout(), QVBoxLayout()
        self._column.addLayout(self._above)
        self._column.addWidget(self._head)
        self._column.addLayout(self._below)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.hide()
        self.retranslate()

    def show_watches(self, watches: Sequence[Watch]) -> None:
        """Show what is watched now."""
        self._watches = tuple(watches)
        moved = [watch for watch in watches if watch.moved]
        calm = [watch for watch in watches if not watch.moved]
        self.calm.set_line(parameters_run.watches_words(watches, self._now(), self._zone))
        self._head.setVisible(bool(calm) and not self._brief)
        self._show(self.moved, self._above, moved)
        self._show(self.calm_rows, self._below, calm if self.more.isChecked() and not self._brief else [])
        self.setVisible(bool(moved or (calm and not self._brief)))
        for watch in moved:
            if (report := (watch.key, watch.reverted_at)) not in self._reported:
                self._reported.add(report)
                words = parameters_run.watch_words(watch, self._now(), self._zone)
                self.moved_away.emit(f"{words}. {parameters_run.suspect_words(watch)}")

    def set_brief(self, brief: bool) -> None:
        """Show only what has moved: something else needs the room and says the rest."""
        if brief != self._brief:
            self._brief = brief
            self.show_watches(self._watches)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """Set every text again."""
        self.more.setText(self.tr("One by one"))
        self.more.setToolTip(self.tr("Show each watched value"))
        self.show_watches(self._watches)

    def _show(self, rows: list[WatchRow], layout: QVBoxLayout, watches: Sequence[Watch]) -> None:
        while len(rows) < min(MOST, len(watches)):
            row = WatchRow()
            row.again.clicked.connect(lambda _=False, row=row: self._write_again(row))
            row.stop.clicked.connect(lambda _=False, row=row: self.ended.emit(row.key))
            rows.append(row)
            layout.addWidget(row)
        for row, watch in zip(rows, watches, strict=False):
            self._fill(row, watch)
        for place, row in enumerate(rows):
            row.setVisible(place < len(watches))

    def _fill(self, row: WatchRow, watch: Watch) -> None:
        row.key = watch.key
        row.dot.set_role("fault" if watch.moved else "healthy")
        row.words.setText(parameters_run.watch_words(watch, self._now(), self._zone))
        row.words.set_tone("fault" if watch.moved else "")
        row.why.setText(parameters_run.suspect_words(watch) if watch.moved else "")
        row.why.setVisible(watch.moved)
        row.again.setText(self.tr("Write again"))
        row.again.setVisible(watch.moved)
        row.stop.setText(self.tr("Stop watching"))

    def _write_again(self, row: WatchRow) -> None:
        watch = next((watch for watch in self._watches if watch.key == row.key), None)
        if watch is not None:
            self.again_asked.emit(watch)
