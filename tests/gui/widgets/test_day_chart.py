"""The course of a day is drawn also where it is known at one moment only."""

import math
from zoneinfo import ZoneInfo

from pytestqt.qtbot import QtBot

from gui.widgets.day_chart import Curve, DayChart


def test_a_moment_alone_is_drawn(qtbot: QtBot) -> None:
    chart = DayChart(ZoneInfo("Europe/Paris"))
    qtbot.addWidget(chart)
    chart.resize(600, 200)
    times = [1000.0, 40_000.0, 80_000.0]
    chart.show_curves(0, 86_400, (Curve("Sun", "solar", True, times, [math.nan, math.nan, math.nan]),))
    empty = chart.grab().toImage()
    chart.show_curves(0, 86_400, (Curve("Sun", "solar", True, times, [math.nan, 300.0, math.nan]),))
    assert chart.grab().toImage() != empty
