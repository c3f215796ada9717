"""Icons of our own drawing (``resources/icons``), in any colour role, sharp at any size."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from gui.i18n import RESOURCES
from gui.theme import look


def paint_icon(painter: QPainter, name: str, where: QRectF, colour: QColor) -> None:
    """Draw an icon into a square."""
    _renderer(name, colour.name(), look().colour("accent_text").name()).render(painter, where)


def icon_pixmap(name: str, role: str, size: int, ratio: float = 2.0) -> QPixmap:
    """An icon as a pixmap of ``size`` logical pixels."""
    pixmap = QPixmap(QSize(size, size) * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    paint_icon(painter, name, QRectF(0, 0, size, size), look().colour(role))
    painter.end()
    return pixmap


def icon(name: str, role: str = "secondary", size: int = 20) -> QIcon:
    """An icon for a button; ask again when the theme changes."""
    return QIcon(icon_pixmap(name, role, size))


@cache
def _renderer(name: str, colour: str, inner: str) -> QSvgRenderer:
    drawing = (RESOURCES / "icons" / f"{name}.svg").read_text("utf-8")
    return QSvgRenderer(QByteArray(drawing.replace("#000000", colour).replace("#FFFFFF", inner).encode()))
