"""The lamps of a stick: the technician picks what he sees, the table says what it means and what to do."""

from __future__ import annotations

import time
from functools import partial

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from gui import formatting
from gui.models.doctor import Lamp, LampCase, Lamps, Press
from gui.theme import look
from gui.widgets.card import Card, Paragraph, Text
from gui.widgets.mark import Mark

PERIODS_S = {"slow": 2.0, "fast": 0.2}  # on and off; steady and off do not change
FRAME_MS = 100
SHINING = "healthy"  # every lamp of the stick is green


class LampLight(QWidget):
    """A lamp as it looks in one state: dark, shining, or blinking as the real one does."""

    def __init__(self, state: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self.setFixedSize(14, 14)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._timer = QTimer(self)
        self._timer.setInterval(FRAME_MS)
        self._timer.timeout.connect(self.update)
        look().changed.connect(self.update)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._state in PERIODS_S and look().motion:
            self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        period = PERIODS_S.get(self._state)
        if period is not None and look().motion:
            shines = time.monotonic() % period < period / 2
        else:
            shines = self._state != "off"
        painter.setPen(look().pen(SHINING if self._state != "off" else "tertiary", 1.5))
        painter.setBrush(look().colour(SHINING) if shines else QColor(0, 0, 0, 0))
        painter.drawEllipse(2, 2, 10, 10)


class LampButton(QPushButton):
    """One state of a lamp: how it looks, and its name."""

    def __init__(self, state: str, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self._text = Text(words.partition(" (")[0], "secondary")  # how fast it blinks, the light beside it shows
        self._text.setWordWrap(True)
        self._text.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 4, 4, 4)
        row.setSpacing(6)
        row.addWidget(LampLight(state))
        row.addWidget(self._text, 1)
        self.setAccessibleName(words)
        self.setMinimumHeight(44)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.toggled.connect(self._dress)

    def sizeHint(self) -> QSize:
        return QSize(120, max(44, self._text.heightForWidth(90) + 12))

    def minimumSizeHint(self) -> QSize:
        return QSize(88, self.sizeHint().height())

    def _dress(self, on: bool) -> None:
        self._text.set_tone("text" if on else "")


class LampsCard(Card):
    """``changed()`` when another state is picked."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.seen: dict[str, str] = {}
        self.buttons: dict[tuple[str, str], LampButton] = {}
        self._lamps: Lamps | None = None
        self._grid, self._says = QVBoxLayout(), QVBoxLayout()
        self._grid.setSpacing(10)
        self._says.setSpacing(6)
        self._hint, self._rule = Paragraph(), QFrame()
        self._rule.setObjectName("rule")
        self._rule.setFixedHeight(1)
        self._presses = QVBoxLayout()
        self._presses.setSpacing(6)
        self.body.addWidget(self._hint)
        self.body.addLayout(self._grid)
        self.body.addSpacing(4)
        self.body.addLayout(self._says)
        self.body.addSpacing(4)
        self.body.addWidget(self._rule)
        self.body.addLayout(self._presses)
        self.body.addStretch(1)

    @property
    def case(self) -> LampCase | None:
        """What the lamps picked so far mean together."""
        return self._lamps.match(self.seen) if self._lamps is not None else None

    def show_lamps(self, lamps: Lamps) -> None:
        """Show the table, in another language perhaps; what was picked stays."""
        self._lamps = lamps
        self.set_title(self.tr("What the lamps tell"))
        _clear(self._grid)
        self.buttons.clear()
        for lamp in lamps.lamps:
            self._grid.addWidget(self._row(lamp, lamps))
        self._show_presses(lamps)
        self._tell()

    def forget(self) -> None:
        """Another stick: nothing has been picked yet."""
        self.seen.clear()
        if self._lamps is not None:
            self.show_lamps(self._lamps)

    def words(self) -> list[str]:
        """What was picked and what it means, for the report."""
        if self._lamps is None or not self.seen:
            return []
        lines = [
            f"{lamp.title}{formatting.SPACE}: {self._lamps.states[self.seen[lamp.id]]}"
            for lamp in self._lamps.lamps
            if lamp.id in self.seen
        ]
        if (case := self.case) is not None:
            lines += [case.title, *(f"  {text}" for text, _ in case.remedies)]
        return lines

    def _row(self, lamp: Lamp, lamps: Lamps) -> QWidget:
        row = QWidget()
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(Text(lamp.title, "strong"))
        line = QHBoxLayout()
        line.setSpacing(6)
        group = QButtonGroup(row)
        for state, words in lamps.states.items():
            button = LampButton(state, words)
            button.setChecked(self.seen.get(lamp.id) == state)
            button.setToolTip(words)
            button.clicked.connect(partial(self._pick, lamp.id, state))
            group.addButton(button)
            line.addWidget(button, 1)
            self.buttons[lamp.id, state] = button
        column.addLayout(line)
        return row

    def _pick(self, lamp: str, state: str) -> None:
        self.seen[lamp] = state
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        """What the lamps mean so far, and which to look at next."""
        lamps = self._lamps
        if lamps is None:
            return
        _clear(self._says)
        case, asked = self.case, lamps.ask_next(self.seen)
        question = next((lamp.question for lamp in lamps.lamps if lamp.id == asked), "")
        start = self.tr("Look at the three lamps of the stick and pick what you see.")
        self._hint.setText(question if self.seen and question else start)
        if case is not None and not asked:
            self._show_case(case, lamps)
            return
        for lamp in lamps.lamps:
            state = self.seen.get(lamp.id, "")
            if means := lamp.states.get(state, ""):
                self._says.addWidget(Paragraph(means, "text"))
        if len(self.seen) == len(lamps.lamps):
            none = self.tr(
                "The guide names no fault for lamps like these. Restart the stick: hold its button for 5 seconds."
            )
            self._says.addWidget(Paragraph(none, "text"))

    def _show_case(self, case: LampCase, lamps: Lamps) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Mark("warning" if case.causes else "healthy"), 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(Paragraph(case.title, "strong"), 1)
        self._says.addLayout(head)
        if case.causes:
            self._says.addWidget(Text(self.tr("Why"), "secondary"))
            for cause in case.causes:
                self._says.addWidget(Paragraph(f"• {cause}", "text"))
        if case.remedies:
            self._says.addWidget(Text(self.tr("What to do, in this order"), "secondary"))
        for number, (text, press) in enumerate(case.remedies, start=1):
            self._says.addWidget(Paragraph(f"{number}. {text}", "text"))
            found = next((entry for entry in lamps.presses if entry.id == press), None)
            if found is not None and found.erases:
                line = QHBoxLayout()
                line.setContentsMargins(16, 0, 0, 0)
                line.setSpacing(8)
                warning = Paragraph(self.tr("Careful: {0}").format(_lowered(found.does)), "text")
                warning.set_tone("warning")
                line.addWidget(Mark("warning"), 0, Qt.AlignmentFlag.AlignTop)
                line.addWidget(warning, 1)
                self._says.addLayout(line)
        local = Paragraph(case.local, "text")
        local.set_tone("accent")
        self._says.addWidget(local)
        if case.note:
            self._says.addWidget(Paragraph(case.note, "small"))

    def _show_presses(self, lamps: Lamps) -> None:
        _clear(self._presses)
        self._presses.addWidget(Text(self.tr("The button of the stick"), "strong"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 3)
        grid.setColumnStretch(2, 2)
        for row, press in enumerate(lamps.presses):
            for column, widget in enumerate(self._press(press)):
                grid.addWidget(widget, row, column, Qt.AlignmentFlag.AlignTop)
        self._presses.addLayout(grid)
        warning = Paragraph(lamps.warning, "text")
        warning.set_tone("warning")
        self._presses.addWidget(warning)

    def _press(self, press: Press) -> tuple[QWidget, QWidget, QWidget]:
        does = Paragraph(press.does, "text")
        if press.erases:
            does.set_tone("fault")
        return Text(formatting.duration(press.hold_s), "strong"), does, Paragraph(press.lamps)


def _lowered(sentence: str) -> str:
    """As it goes on after a colon."""
    return sentence[:1].lower() + sentence[1:]


def _clear(layout: QVBoxLayout | QHBoxLayout | QGridLayout) -> None:
    """Take out everything, layouts inside too."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
        elif isinstance(inner := item.layout(), (QVBoxLayout, QHBoxLayout, QGridLayout)):
            _clear(inner)
