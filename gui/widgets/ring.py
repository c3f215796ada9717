"""A ratio as a ring with its percentage inside."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import formatting
from gui.theme import look, points


class Ring(QWidget):
    """A share (0 to 1) of a circle in a colour role; a dash while there is none."""

    def __init__(self, role: str, diameter: int = 82, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._role = role
        self._share: float | None = None
        self._diameter = diameter
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(self._diameter, self._diameter)

    def set_diameter(self, diameter: int) -> None:
        """Another size."""
        if diameter != self._diameter:
            self._diameter = diameter
            self.updateGeometry()

    def show_share(self, share: float | None) -> None:
        """Another ratio, 0 to 1, or None."""
        if share != self._share:
            self._share = share
            self.setAccessibleName(formatting.share(share))
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        thick = self._diameter / 9
        box = QRectF(0, 0, self._diameter, self._diameter).adjusted(
            thick / 2 + 0.5, thick / 2 + 0.5, -thick / 2 - 0.5, -thick / 2 - 0.5
        )
        painter.setPen(QPen(look().colour("track"), thick))
        painter.drawEllipse(box)
        if self._share:
            pen = QPen(look().colour(self._role), thick)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.drawArc(box, 90 * 16, round(-360 * 16 * max(0.0, min(1.0, self._share))))
        font = look().font("figure")
        font.setPointSizeF(points(15 * self._diameter / 82))
        painter.setFont(font)
        painter.setPen(look().colour("text" if self._share is not None else "tertiary"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, formatting.share(self._share))
