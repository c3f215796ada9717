"""The line above the charts: period, back and forth, live, cursors, counters, export; and what is shown, in words."""

from __future__ import annotations

from datetime import tzinfo

from PySide6.QtCore import QCoreApplication, QDate, QEvent, QLocale, QSize, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui import formatting
from gui.models import timeaxis
from gui.models.curves import Counting
from gui.widgets.card import Text

translate = QCoreApplication.translate
DAY = 86400.0
NARROW = 760
PRESETS = {"hour": 3600.0, "day": DAY, "week": 7 * DAY, "month": 30 * DAY, "year": 365.25 * DAY, "all": 0.0}


class Tools(QWidget):
    """Says what the user wants; the page does it. ``period_asked(name)``, ``step_asked(-1 or 1)``."""

    period_asked = Signal(str)
    step_asked = Signal(int)
    live_asked = Signal(bool)
    cursors_asked = Signal(bool)
    counting_asked = Signal(str)
    csv_asked = Signal()
    png_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presets = {name: QPushButton() for name in PRESETS}
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)
        self.back, self.forth = QPushButton("‹"), QPushButton("›")
        self.live, self.cursors = QPushButton(), QPushButton()
        self.counting, self.export = QComboBox(), QToolButton()
        self._csv, self._png = QAction(self), QAction(self)
        self.periods = QComboBox()  # takes the place of the buttons in a narrow window
        self.range, self.state = Text("", "strong"), Text("", "secondary")
        self._build()
        self.retranslate()

    def mark_period(self, name: str) -> None:
        """Show which preset is in use; none for a range of the user's own."""
        for preset, button in self._presets.items():
            button.setChecked(preset == name)
        self.periods.setCurrentIndex(list(PRESETS).index(name) if name in PRESETS else -1)

    def show_counters(self, shown: bool) -> None:
        """Offer how counters are drawn, only where there are some."""
        self.counting.setVisible(shown)

    def show_counting(self, counting: Counting) -> None:
        """Show which way counters are drawn."""
        self.counting.setCurrentIndex(list(Counting).index(counting))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """Set every text again."""
        kept = self.periods.currentIndex()
        names = (self.tr("Hour"), self.tr("Day"), self.tr("Week"), self.tr("Month"), self.tr("Year"), self.tr("All"))
        for button, name in zip(self._presets.values(), names, strict=True):
            button.setText(name)
        self.periods.clear()
        self.periods.addItems(names)
        self.periods.setCurrentIndex(kept)
        self.periods.setPlaceholderText(self.tr("Period"))
        self.periods.setAccessibleName(self.tr("Period"))
        self.live.setText(self.tr("Live"))
        self.live.setToolTip(self.tr("Follow the newest values at the right edge"))
        self.cursors.setText(self.tr("Cursors"))
        self.cursors.setToolTip(self.tr("Two cursors to drag: values, difference and what lies between"))
        self.back.setToolTip(self.tr("Earlier"))
        self.forth.setToolTip(self.tr("Later"))
        for button in (self.back, self.forth):
            button.setAccessibleName(button.toolTip())
        self.export.setText(self.tr("Export"))
        self._csv.setText(self.tr("Values shown, CSV…"))
        self._png.setText(self.tr("Picture, PNG…"))
        kept = self.counting.currentIndex()
        self.counting.blockSignals(True)
        self.counting.clear()
        self.counting.addItem(self.tr("Counters: energy per period"), Counting.PERIOD.value)
        self.counting.addItem(self.tr("Counters: power"), Counting.POWER.value)
        self.counting.addItem(self.tr("Counters: reading"), Counting.READING.value)
        self.counting.setCurrentIndex(max(0, kept))
        self.counting.blockSignals(False)
        self.counting.setAccessibleName(self.tr("How counters are drawn"))

    def _build(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(4)
        for name, button in self._presets.items():
            button.setCheckable(True)
            button.setProperty("kind", "flat")
            button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
            button.clicked.connect(lambda _checked=False, name=name: self.period_asked.emit(name))
            self._group.addButton(button)
            first.addWidget(button)
        first.addWidget(self.periods)
        self.periods.activated.connect(self._period_chosen)
        self.periods.hide()
        first.addStretch(1)
        for button in (self.live, self.cursors):
            button.setCheckable(True)
            first.addWidget(button)
        self.live.clicked.connect(self.live_asked)
        self.cursors.toggled.connect(self.cursors_asked)
        menu = QMenu(self.export)
        menu.addAction(self._csv)
        menu.addAction(self._png)
        self.export.setMenu(menu)
        self.export.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._csv.triggered.connect(self.csv_asked)
        self._png.triggered.connect(self.png_asked)
        first.addWidget(self.export)
        second = QHBoxLayout()
        second.setSpacing(8)
        for button, step in ((self.back, -1), (self.forth, 1)):
            button.setFixedWidth(38)
            button.setStyleSheet("padding: 0;")
            button.clicked.connect(lambda _checked=False, step=step: self.step_asked.emit(step))
            second.addWidget(button)
        second.addWidget(self.range)
        second.addStretch(1)
        second.addWidget(self.counting)
        self.counting.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.counting.activated.connect(self._counting_chosen)
        self.state.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        whole.addLayout(first)
        whole.addLayout(second)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < NARROW
        self.periods.setVisible(narrow)
        for button in self._presets.values():
            button.setVisible(not narrow)

    def minimumSizeHint(self) -> QSize:
        return QSize(420, super().minimumSizeHint().height())

    def _period_chosen(self, row: int) -> None:
        self.period_asked.emit(list(PRESETS)[row])

    def _counting_chosen(self) -> None:
        self.counting_asked.emit(str(self.counting.currentData()))


def range_words(start: float, end: float, zone: tzinfo) -> str:
    """``21 Nov 2026, 03:08 – 04:08``, or two dates for longer ranges; local time of the site."""
    first, last = timeaxis.local(start, zone), timeaxis.local(end, zone)
    days = [QLocale().toString(QDate(moment.year, moment.month, moment.day), "d MMM yyyy") for moment in (first, last)]
    if end - start > 20 * DAY:
        return f"{days[0]} – {days[1]}"
    clock = "%H:%M:%S" if end - start < 600 else "%H:%M"
    if days[0] == days[1]:
        return f"{days[0]}, {first.strftime(clock)} – {last.strftime(clock)}"
    return f"{days[0]}, {first.strftime(clock)} – {days[1]}, {last.strftime(clock)}"


def cursor_words(first: float, last: float, zone: tzinfo) -> str:
    """``A 14:03:12 · B 15:10:00 · 1 h 06 min 48 s``; with dates where the two days differ."""
    moments = [timeaxis.local(at, zone) for at in (first, last)]
    same = moments[0].date() == moments[1].date()
    clocks = [moment.strftime("%H:%M:%S" if same else "%Y-%m-%d %H:%M:%S") for moment in moments]
    return f"A {clocks[0]} · B {clocks[1]} · {length_words(abs(last - first))}"


def length_words(seconds: float) -> str:
    """``6,8 s``, ``12 min 05 s``, ``1 h 06 min 48 s``, ``3 d 04 h 10 min``."""
    whole = int(seconds)
    if whole < 60:
        return formatting.duration(seconds)
    days, hours, minutes, rest = whole // 86400, whole // 3600 % 24, whole // 60 % 60, whole % 60
    day, hour = translate("formatting", "d"), translate("formatting", "h")
    if days:
        return f"{days} {day} {hours:02d} {hour} {minutes:02d} min"
    return f"{hours} {hour} {minutes:02d} min {rest:02d} s" if hours else f"{minutes} min {rest:02d} s"
