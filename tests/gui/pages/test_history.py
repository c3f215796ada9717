"""History: curves come from a thread, the window never waits, and the cursors measure what is drawn."""

import sqlite3
import threading
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from core.points import Kind, PointKey
from core.storage.results import PointInfo
from gui.bridge import Bridge
from gui.models.curve_table import CurveColumn
from gui.models.curves import Counting, Curve, Data, Shape
from gui.pages import history_export, history_loader
from gui.pages.history import HistoryPage
from gui.pages.history_axis import round_step
from gui.pages.history_items import Trace
from gui.pages.history_plots import Plots
from gui.pages.history_tools import length_words, range_words
from gui.theme import look
from tests.gui.fake_history import NOW, SPAN_S, FakeHistory
from tests.gui.fake_site import PARIS, FakeSite

SUN, SOC = PointKey("site", "solar.power"), PointKey("hybrid", "battery_soc")
STATE, CHARGED = PointKey("hybrid", "run_state"), PointKey("hybrid", "charged_total")


class Clock:
    def __init__(self) -> None:
        self.at = NOW

    def __call__(self) -> float:
        return self.at


class Paintings(QObject):
    """Counts how often a widget is painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return super().eventFilter(watched, event)


def opened(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, history: FakeHistory | None, clock: Clock | None = None
) -> tuple[HistoryPage, Bridge]:
    site = FakeSite(now=lambda: NOW)
    site.feed()
    monkeypatch.setattr(site.station, "open_history", lambda: history)
    bridge = Bridge(site.station, start=False)
    page = HistoryPage(site.station, bridge, now=clock or Clock())
    qtbot.addWidget(page, before_close_func=lambda widget: widget.stop())
    page.resize(1180, 760)
    page.show()
    qtbot.waitExposed(page)
    return page, bridge


def settled(qtbot: QtBot, page: HistoryPage) -> None:
    """Wait until the newest question has been answered."""
    qtbot.wait(150)
    qtbot.waitUntil(lambda: not page.busy and page.loader.idle, timeout=5000)


def test_it_opens_on_the_powers_of_the_site_for_the_last_hour(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch):
    page, _bridge = opened(qtbot, monkeypatch, FakeHistory())
    settled(qtbot, page)
    assert {curve.key.device for curve in page.curves} == {"site"}
    assert page.plots.span == (NOW - 3600, NOW)
    assert not page.curves[0].data.empty


def test_the_history_is_asked_in_another_thread_which_ends(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch):
    history = FakeHistory()
    page, _bridge = opened(qtbot, monkeypatch, history)
    settled(qtbot, page)
    assert history.threads == {"history queries"}
    qtbot.waitUntil(lambda: all(thread.name != "history queries" for thread in threading.enumerate()))
    assert history.closed > 0


def test_a_slow_disk_does_not_hold_the_window(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch):
    page, _bridge = opened(qtbot, monkeypatch, FakeHistory(slow_s=0.3))
    start = time.perf_counter()
    page.show_points([SUN, SOC])
    page.plots.set_range(NOW - 86400, NOW)
    assert time.perf_counter() - start < 0.25
    page.stop()


def test_only_the_newest_range_is_asked(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch):
    history = FakeHistory()
    page, _bridge = opened(qtbot, monkeypatch, history)
    settled(qtbot, page)
    history.asked.clear()
    for row in range(50):
        page.plots.set_range(NOW - 7200 - row, NOW - row)
    settled(qtbot, page)
    assert len(history.asked) == len(page.curves)


def test_the_list_of_points_is_made_again_only_when_it_says_something_else(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
):
    history = FakeHistory()
    page, _bridge = opened(qtbot, monkeypatch, history)
    settled(qtbot, page)
    changes: list[bool] = []
    page.loader.listed.connect(lambda _infos, changed: changes.append(changed))
    infos = history.points()
    grown = [replace(info, last=NOW + 60, count=info.count + 60) for info in infos]
    new = PointInfo(PointKey("hybrid", "new"), "W", Kind.GAUGE, NOW, NOW, 1, "New", "Neuf")
    for found in (grown, [*grown, new]):
        monkeypatch.setattr(history, "points", lambda found=found: found)
        with qtbot.waitSignal(page.loader.listed):
            page.loader.list_points()
    assert changes == [False, True]
    assert page.recorded.item(new.key) is not None


def test_curves_come_together_and_one_by_one_only_to_who_has_waited(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch):
    page, _bridge = opened(qtbot, monkeypatch, FakeHistory())
    settled(qtbot, page)
    monkeypatch.setattr(history_loader, "PATIENCE_S", 60.0)
    came: list[int] = []
    page.loader.arrived.connect(lambda _number, strokes: came.append(len(strokes)))
    page.show_points([SUN, SOC])
    settled(qtbot, page)
    assert came == [2]
    monkeypatch.setattr(history_loader, "PATIENCE_S", -1.0)
    page.tools.period_asked.emit("day")
    settled(qtbot, page)
    assert came == [2, 1, 1]
    assert not any(curve.data.empty for curve in page.curves)


def test_a_chart_that_scrolls_is_painted_once(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch):
    page, _bridge = opened(qtbot, monkeypatch, FakeHistory())
    settled(qtbot, page)
    page.show_points([SUN, SOC, STATE])
    settled(qtbot, page)
    monkeypatch.setattr(page.loader, "ask", lambda _request: None)
    qtbot.wait(100)
    paintings = Paintings(page.plots.viewport())
    page.plots.set_range(NOW - 3590, NOW + 10)
    qtbot.wait(100)
    assert paintings.count == 1


def test_the_legend_follows_the_range(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch):
    page, _bridge = opened(qtbot, monkeypatch, FakeHistory())
    settled(qtbot, page)
    page.tools.period_asked.emit("day")
    page.show_points([SOC])
    settled(qtbot, page)
    highest = page.table.index(0, CurveColumn.MAX)
    assert highest.data() == "90\u202f%"
    page.plots.set_range(NOW - 7200, NOW - 3600)
    settled(qtbot, page)
    assert highest.data() == "59\u202f%"


def test_ten_years_are_asked_in_as_many_bins_as_the_screen_has_pixels(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch):
    history = FakeHistory()
    page, _bridge = opened(qtbot, monkeypatch, history)
    settled(qtbot, page)
    page.tools.period_asked.emit("all")
    settled(qtbot, page)
    _key, start, end, bins = history.asked[-1]
    assert end - start == pytest.approx(2 * SPAN_S, rel=0.01)  # half a screen more on either side
    assert bins == 2 * page.plots.pixels < 4000


def test_each_unit_has_its_chart_and_states_have_lanes(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch):
    page, _bridge = opened(qtbot, monkeypatch, FakeHistory())
    settled(qtbot, page)
    page.tools.period_asked.emit("day")
    page.show_points([SUN, SOC, STATE, CHARGED])
    settled(qtbot, page)
    shapes = {curve.key: curve.shape for curve in page.curves}
    assert shapes == {SUN: Shape.LINE, SOC: Shape.LINE, STATE: Shape.LANE, CHARGED: Shape.BARS}
    assert page.plots.charts == ["W", "%", "Wh", ""]
    lane = next(curve for curve in page.curves if curve.key == STATE)
    assert {spell.text for spell in lane.data.spells} == {"Waiting", "Checking", "On grid, generating"}


def test_a_gap_is_drawn_as_a_gap(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch):
    page, _bridge = opened(qtbot, monkeypatch, FakeHistory())
    settled(qtbot, page)
    page.tools.period_asked.emit("day")
    settled(qtbot, page)
    data = page.curves[0].data
    silent = (data.t % 86400 > 3.1 * 3600) & (data.t % 86400 < 3.9 * 3600)
    assert silent.any()
    assert not (data.mean[silent] == data.mean[silent]).any()  # NaN, every one


def test_a_counter_is_shown_as_energy_as_power_or_as_it_stands(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch):
    page, _bridge = opened(qtbot, monkeypatch, FakeHistory())
    settled(qtbot, page)
    page.show_points([CHARGED])
    for counting, shape, unit in (
        (Counting.POWER, Shape.LINE, "W"),
        (Counting.READING, Shape.LINE, "Wh"),
        (Counting.PERIOD, Shape.BARS, "Wh"),
    ):
        page.tools.counting_asked.emit(counting.value)
        settled(qtbot, page)
        curve = page.curves[0]
        assert (curve.shape, curve.unit, curve.data.empty) == (shape, unit, False)


def test_the_live_edge_is_followed_until_the_user_looks_elsewhere(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch):
    clock = Clock()
    page, bridge = opened(qtbot, monkeypatch, FakeHistory(), clock)
    settled(qtbot, page)
    clock.at += 30
    bridge.refresh()
    assert page.plots.span == (NOW - 3570, NOW + 30)
    page.tools.step_asked.emit(-1)
    assert not page.tools.live.isChecked()
    clock.at += 30
    bridge.refresh()
    assert page.plots.span[1] == NOW - 3570
    page.tools.live.click()
    assert page.plots.span[1] == clock.at


def test_the_cursors_read_values_difference_and_what_lies_between(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch):
    page, _bridge = opened(qtbot, monkeypatch, FakeHistory())
    settled(qtbot, page)
    page.tools.period_asked.emit("day")
    page.show_points([SOC])
    page.tools.cursors.setChecked(True)
    settled(qtbot, page)
    page.plots.move_cursor(0, NOW - 4 * 3600)
    page.plots.move_cursor(1, NOW - 1 * 3600)
    row = [str(page.table.index(0, column).data()) for column in CurveColumn]
    assert row[CurveColumn.A] != "—"
    assert row[CurveColumn.DIFFERENCE].endswith("%")
    assert all(text.endswith("%") for text in row[CurveColumn.MIN :])
    assert "3 h 00 min 00 s" in page.tools.state.text()
    page.tools.cursors.setChecked(False)
    assert page.plots.cursors is None


def test_what_is_shown_is_exported(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    page, _bridge = opened(qtbot, monkeypatch, FakeHistory())
    settled(qtbot, page)
    history_export.write_csv(tmp_path / "c.csv", page.curves, page.plots.span, PARIS)
    lines = (tmp_path / "c.csv").read_text("utf-8-sig").splitlines()
    assert lines[0].startswith("time_utc,time_local (Europe/Paris),")
    assert len(lines) > 200
    assert all("2025-06-21 " in line for line in lines[1:])
    assert history_export.write_png(tmp_path / "c.png", page.card)
    assert (tmp_path / "c.png").stat().st_size > 5000


def test_nothing_recorded_is_said_in_words(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch):
    page, _bridge = opened(qtbot, monkeypatch, None)
    qtbot.waitUntil(lambda: page.said == "Nothing is recorded yet")


def test_a_history_that_cannot_be_read_is_said_in_words(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch):
    fault = sqlite3.DatabaseError("database disk image is malformed")
    page, _bridge = opened(qtbot, monkeypatch, FakeHistory(fault=fault))
    qtbot.waitUntil(lambda: page.said == "The history could not be read")
    assert "malformed" in page.tools.state.text()


def test_no_curve_is_an_invitation(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch):
    page, _bridge = opened(qtbot, monkeypatch, FakeHistory())
    settled(qtbot, page)
    page.recorded.pick([])
    assert page.said == "No curve chosen"


def test_points_asked_for_before_the_list_has_come_are_drawn_when_it_comes(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
):
    page, _bridge = opened(qtbot, monkeypatch, FakeHistory(slow_s=0.05))
    page.show_points([SOC])
    qtbot.waitUntil(lambda: [curve.key for curve in page.curves] == [SOC])
    page.stop()


def test_the_choice_is_remembered(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch):
    first, _bridge = opened(qtbot, monkeypatch, FakeHistory())
    settled(qtbot, first)
    first.show_points([CHARGED, SOC])
    first.tools.counting_asked.emit("power")
    second, _bridge = opened(qtbot, monkeypatch, FakeHistory())
    second.restore_state(first.save_state())
    qtbot.waitUntil(lambda: [curve.key for curve in second.curves] == [CHARGED, SOC])
    assert second.curves[0].unit == "W"
    second.restore_state("nonsense")


def test_every_kind_and_theme_paints(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch):
    page, _bridge = opened(qtbot, monkeypatch, FakeHistory())
    settled(qtbot, page)
    page.show_points([SUN, STATE, CHARGED])
    page.tools.cursors.setChecked(True)
    settled(qtbot, page)
    try:
        for theme in ("dark", "high_contrast", "colour_blind", "light"):
            look().choose(theme)
            assert not page.grab().isNull()
    finally:
        look().choose("light")
    assert {curve.kind for curve in page.curves} == {Kind.GAUGE, Kind.STATE, Kind.COUNTER}


def test_a_tick_in_the_list_draws_and_a_second_takes_away(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch):
    page, _bridge = opened(qtbot, monkeypatch, FakeHistory())
    settled(qtbot, page)
    view = page.chooser.view
    place = view.model().index(0, 0, view.model().index(0, 0))
    before = len(page.curves)
    for expected in (before - 1, before):
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(place).center())
        assert len(page.curves) == expected


def test_words_for_ranges_and_lengths():
    assert range_words(NOW - 3600, NOW, PARIS) == "21 Jun 2025, 12:26 – 13:26"
    assert range_words(NOW - 86400, NOW, PARIS) == "20 Jun 2025, 13:26 – 21 Jun 2025, 13:26"
    assert range_words(NOW - 40 * 86400, NOW, PARIS) == "12 May 2025 – 21 Jun 2025"
    assert length_words(3600 + 6 * 60 + 48) == "1 h 06 min 48 s"
    assert length_words(3 * 86400 + 4 * 3600) == "3 d 04 h 00 min"


@pytest.mark.parametrize(("least", "step"), [(0.7, 1), (1, 1), (1.1, 2), (2.3, 5), (6, 10), (0.013, 0.02)])
def test_steps_of_a_value_axis_are_round(least: float, step: float):
    assert round_step(least) == pytest.approx(step)


def test_bins_that_stand_alone_are_drawn_as_dots(qtbot: QtBot):
    t = np.array([0.0, 1.0, 120.0, 121.0, 240.0, 241.0, 242.0])
    mean = np.array([5.0, np.nan, 5.0, np.nan, 6.0, 6.0, 6.0])
    curve = Curve(SUN, "Sun", "W", data=Data(t, mean, mean, mean, np.ones(7)))
    plots = Plots(PARIS)
    qtbot.addWidget(plots)
    plots.resize(600, 300)
    plots.set_range(-100.0, 300.0)
    before = plots.grab().toImage()
    plots.show_curves([curve])
    trace = next(item for item in plots.scene().items() if isinstance(item, Trace))
    assert trace.dots == 2
    assert plots.grab().toImage() != before
