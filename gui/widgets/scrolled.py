"""A column that scrolls up and down, and in which nothing is squeezed below the height it asks for."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget


def scrolled(inside: QWidget) -> QScrollArea:
    """A scroll area around a widget. Its height is what it asks for: texts that wrap would be cut at their least."""
    inside.setSizePolicy(inside.sizePolicy().horizontalPolicy(), QSizePolicy.Policy.Minimum)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(inside)
    return area


def bring_into_view(widget: QWidget) -> None:
    """Scroll what is around a widget until all of it is seen, as soon as the layouts have settled."""
    around = widget.parentWidget()
    while around is not None and not isinstance(around, QScrollArea):
        around = around.parentWidget()
    if around is not None:
        area = around
        QTimer.singleShot(0, widget, lambda: area.ensureWidgetVisible(widget, 0, 16))
