"""A small trend without axes: shares between 0 and 1 over the last minutes, its newest value in words beside it."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.theme import look

Sample = tuple[float, float]  # Unix seconds, share


class Spark(QWidget):
    """``show_samples`` draws them between ``start`` and ``end``; a pause longer than ``gap_s`` is a gap."""

    def __init__(self, role: str = "accent", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._role = role
        self._samples: tuple[Sample, ...] = ()
        self._start, self._end, self._gap_s = 0.0, 1.0, math.inf
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(44)
        look().changed.connect(self.update)

    def show_samples(self, samples: Sequence[Sample], start: float, end: float, gap_s: float = math.inf) -> None:
        """Draw other samples."""
        self._samples, self._start, self._end, self._gap_s = tuple(samples), start, end, gap_s
        self.update()

    def pieces(self) -> list[list[Sample]]:
        """The samples cut where time is missing."""
        found: list[list[Sample]] = []
        for sample in self._samples:
            if found and sample[0] - found[-1][-1][0] <= self._gap_s:
                found[-1].append(sample)
            else:
                found.append([sample])
        return found

    def sizeHint(self) -> QSize:
        return QSize(220, 44)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look().colour("track", 0.55))
        painter.drawRoundedRect(box, 8, 8)
        inner = box.adjusted(4, 5, -4, -5)
        span = max(1e-9, self._end - self._start)
        for piece in self.pieces():
            line = [
                QPointF(
                    inner.left() + inner.width() * min(1.0, max(0.0, (at - self._start) / span)),
                    inner.bottom() - inner.height() * min(1.0, max(0.0, share)),
                )
                for at, share in piece
            ]
            if len(line) == 1:
                line.append(line[0] + QPointF(1.5, 0))
            ground = [QPointF(line[0].x(), inner.bottom()), *line, QPointF(line[-1].x(), inner.bottom())]
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look().colour(self._role, 0.16))
            painter.drawPolygon(QPolygonF(ground))
            painter.setPen(look().pen(self._role, 1.5))
            painter.drawPolyline(QPolygonF(line))


class Bar(QWidget):
    """A share as a bar; amber and red from the shares given, for trouble only. Its words stand beside it."""

    def __init__(self, warn_from: float, bad_from: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._limits = warn_from, bad_from
        self._share: float | None = None
        self.setFixedHeight(10)
        self.setMinimumWidth(80)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look().changed.connect(self.update)

    def show_share(self, share: float | None) -> None:
        """Draw another share; None draws an empty track."""
        if share != self._share:
            self._share = share
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        box = QRectF(self.rect())
        painter.setBrush(look().colour("track"))
        painter.drawRoundedRect(box, 5, 5)
        if not self._share:
            return
        warn_from, bad_from = self._limits
        role = "fault" if self._share >= bad_from else "warning" if self._share >= warn_from else "accent"
        painter.setBrush(look().colour(role))
        box.setWidth(max(10.0, box.width() * min(1.0, self._share)))
        painter.drawRoundedRect(box, 5, 5)
