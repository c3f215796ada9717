"""The four steps of an assistant in one row: where one is, what is done, and a way to each of them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from gui.theme import look
from gui.widgets.icons import paint_icon

HIGH, ROUND = 48, 26


class StepButton(QAbstractButton):
    """A numbered round, a title, and a few words of how far it is. ``tone`` is "", "healthy", "warning" or "fault"."""

    def __init__(self, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number, self._detail, self._tone = number, "", ""
        self._ringed = False
        self.setCheckable(True)
        self.setFixedHeight(HIGH)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look().changed.connect(self.update)

    def show_step(self, title: str, detail: str, tone: str) -> None:
        """Other words, another tone."""
        self._detail, self._tone = detail, tone
        self.setText(title)
        self.setAccessibleName(f"{self._number}. {title}, {detail}")
        self.updateGeometry()
        self.update()

    @property
    def detail(self) -> str:
        """The words below the title."""
        return self._detail

    def sizeHint(self) -> QSize:
        wide = QFontMetricsF(look().font("strong")).horizontalAdvance(self.text())
        below = QFontMetricsF(look().font("secondary")).horizontalAdvance(self._detail)
        return QSize(round(max(wide, below)) + ROUND + 40, HIGH)

    def minimumSizeHint(self) -> QSize:
        return QSize(96, HIGH)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ringed = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        super().focusInEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()
        super().enterEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        chosen = self.isChecked()
        painter.setPen(look().pen("accent", 2) if self._ringed and self.hasFocus() else Qt.PenStyle.NoPen)
        ground = look().colour("selection") if chosen else look().colour("track", 0.6 if self.underMouse() else 0.0)
        painter.setBrush(ground)
        painter.drawRoundedRect(whole, 10, 10)
        self._paint_round(painter, QRectF(11, (self.height() - ROUND) / 2, ROUND, ROUND), chosen)
        left = 11 + ROUND + 10
        room = self.width() - left - 8
        painter.setFont(look().font("strong"))
        painter.setPen(look().colour("selection_text" if chosen else "text"))
        self._line(painter, QRectF(left, 6, room, 18), self.text())
        painter.setFont(look().font("secondary"))
        painter.setPen(look().colour(self._tone or "secondary"))
        self._line(painter, QRectF(left, 24, room, 16), self._detail)

    def _paint_round(self, painter: QPainter, where: QRectF, chosen: bool) -> None:
        role = "accent" if chosen else "tertiary"
        done = self._tone == "healthy" and not chosen
        painter.setPen(look().pen("healthy" if done else role, 1.6))
        painter.setBrush(look().colour("accent") if chosen else look().colour("card"))
        painter.drawEllipse(where)
        if done:
            paint_icon(painter, "commissioning", where.adjusted(5, 5, -5, -5), look().colour("healthy"))
            return
        painter.setFont(look().font("strong"))
        painter.setPen(look().colour("accent_text" if chosen else "secondary"))
        painter.drawText(where, Qt.AlignmentFlag.AlignCenter, str(self._number))

    def _line(self, painter: QPainter, where: QRectF, text: str) -> None:
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, round(where.width()))
        painter.drawText(where, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


class Stepper(QWidget):
    """``chosen(int)``: the step that somebody wants to see, counted from 0."""

    chosen = Signal(int)

    def __init__(self, count: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.steps = [StepButton(row + 1) for row in range(count)]
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for number, button in enumerate(self.steps):
            self._group.addButton(button, number)
            row.addWidget(button)
        self._group.idClicked.connect(self.chosen)

    def show_steps(self, words: Sequence[tuple[str, str, str]], current: int) -> None:
        """Title, detail and tone of each step, and which one is shown."""
        for button, (title, detail, tone) in zip(self.steps, words, strict=True):
            button.show_step(title, detail, tone)
        self.steps[current].setChecked(True)
