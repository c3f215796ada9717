"""PySide6 6.12.0 on Python 3.11 loses references to None and True, and aborts after some 500 repaints."""

import sys

import pytest
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

REPAINTS = 5000
NOISE = 200  # references that come and go by themselves


class Swatch(QWidget):
    """Paints with calls that take or return None, True and False."""

    painted = 0

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.fillRect(event.rect(), QColor("teal"))
        painter.drawLine(0, 0, 8, 8)
        painter.end()
        self.painted += 1


@pytest.mark.parametrize("constant", [None, True, False])
def test_repaints_lose_no_reference(qtbot: QtBot, constant: bool | None):
    swatch = Swatch()
    qtbot.addWidget(swatch)
    swatch.resize(8, 8)
    with qtbot.waitExposed(swatch):
        swatch.show()
    swatch.painted = 0
    before = sys.getrefcount(constant)
    for _ in range(REPAINTS):
        swatch.repaint()
        assert sys.getrefcount(constant) > before - NOISE, f"{constant} lost after {swatch.painted} repaints"
    assert swatch.painted == REPAINTS
