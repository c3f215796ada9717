"""A small sign whose shape says as much as its colour: a tick, a warning triangle, a cross."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from gui.theme import look
from gui.widgets.icons import paint_icon

SIDE = 16
SHAPES = {"healthy": "mark-good", "warning": "mark-note", "fault": "mark-fault"}


class Mark(QWidget):
    """The sign of a colour role; ``words`` say the same to those who do not see it."""

    def __init__(self, role: str, words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.role = role
        self.setFixedSize(SIDE, SIDE)
        self.setToolTip(words)
        self.setAccessibleName(words)
        look().changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shape = SHAPES.get(self.role, "dot")
        paint_icon(painter, shape, QRectF(0, 0, SIDE, SIDE), look().colour(self.role))
