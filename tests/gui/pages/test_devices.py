"""Devices: what is read, how sure it is, and the bytes it came from."""

import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from core.points import PointKey, Reading
from core.status import LinkState
from gui import i18n
from gui.bridge import Bridge
from gui.models.points import Column
from gui.pages.devices import DevicesPage
from tests.gui.fake_profile import many
from tests.gui.fake_site import FakeSite

POWER = PointKey("hybrid", "pv_power")


def opened(qtbot: QtBot, site: FakeSite) -> tuple[DevicesPage, Bridge]:
    bridge = Bridge(site.station, start=False)
    page = DevicesPage(site.station, bridge)
    qtbot.addWidget(page)
    page.resize(1180, 760)
    page.show()
    qtbot.waitExposed(page)
    bridge.refresh()
    return page, bridge


def button(page: DevicesPage, text: str) -> QPushButton:
    return next(found for found in page.findChildren(QPushButton) if found.text() == text)


def cell(page: DevicesPage, key: PointKey, column: Column) -> str:
    return str(page.panel.tree.place_of(key).siblingAtColumn(column).data())


@pytest.fixture
def site() -> FakeSite:
    found = FakeSite()
    found.feed()
    return found


def test_the_first_device_is_shown_with_what_is_known_already(qtbot: QtBot, site: FakeSite):
    page, _bridge = opened(qtbot, site)
    assert page.panel.name.text() == "Onduleur Acme 10K"
    assert cell(page, POWER, Column.VALUE) == "1.23"
    assert cell(page, PointKey("hybrid", "run_state"), Column.VALUE) == "On grid, generating"


def test_a_new_value_reaches_its_row(qtbot: QtBot, site: FakeSite):
    page, bridge = opened(qtbot, site)
    site.hub.put([Reading(POWER, 4321.0, time.time(), "W")])
    bridge.drain()
    assert cell(page, POWER, Column.VALUE) == "4.32"


def test_a_value_goes_stale_without_any_reading(qtbot: QtBot, site: FakeSite):
    page, bridge = opened(qtbot, site)
    site.hub.put([Reading(POWER, 4321.0, time.time(), "W")])
    bridge.drain()
    site.clock.later = 60
    bridge.refresh()
    assert cell(page, POWER, Column.QUALITY) == "stale"
    assert cell(page, POWER, Column.VALUE) == "4.32"


def test_the_trace_ages_with_the_table(qtbot: QtBot, site: FakeSite):
    page, bridge = opened(qtbot, site)
    page.show_points([POWER])
    assert "Quality: good" in page.panel.trace.as_text()
    site.clock.later = 60
    bridge.refresh()
    assert "Quality: stale" in page.panel.trace.as_text()


def test_a_device_that_never_answered_says_so_once(qtbot: QtBot, site: FakeSite):
    site.lines["legrand"].state = LinkState.UP
    page, _bridge = opened(qtbot, site)
    page.show_device("panel")
    assert page.panel.chip.text == "No answer yet"
    assert "no answer" not in page.panel.about.line()
    site.lines["legrand"].state = LinkState.DOWN
    page.panel.refresh_status()
    assert page.panel.chip.text == "Link down"


def test_a_value_is_traced_to_the_words_in_its_frame(qtbot: QtBot, site: FakeSite):
    page, _bridge = opened(qtbot, site)
    page.show_points([POWER])
    text = page.panel.trace.as_text()
    assert "Words, hex: 0x0000 0x04D2" in text
    assert "Words, decimal: 0 1234" in text
    assert "Register: 0x0200 … 0x0201 (512 … 513)" in text
    assert "Function: 3 · holding register" in text
    assert "points.csv:12" in text
    assert "Received: 00 07 00 00 00 0B 01 03 08 5A A5 00 00 04 D2 5A A5" in text
    assert page.panel.trace.isVisible()


def test_a_held_trace_stays_while_values_move(qtbot: QtBot, site: FakeSite):
    page, bridge = opened(qtbot, site)
    page.show_points([POWER])
    button(page, "Hold").setChecked(True)
    site.hub.put([Reading(POWER, 9.0, time.time(), "W")])
    bridge.drain()
    assert "Value: 1.23" in page.panel.trace.as_text()
    button(page, "Hold").setChecked(False)
    site.hub.put([Reading(POWER, 8.0, time.time(), "W")])
    bridge.drain()
    assert "Value: 8" in page.panel.trace.as_text()


def test_a_frame_that_has_left_the_ring_is_said_to_be_gone(qtbot: QtBot, site: FakeSite):
    page, _bridge = opened(qtbot, site)
    for _ in range(2100):
        site.lines["lan"].frames.add(at=0, sent=b"", received=b"", took_s=0, outcome=next(iter(_outcomes())))
    page.show_points([POWER])
    assert "Received:" not in page.panel.trace.as_text()


def _outcomes() -> type:
    from core.frames import Outcome

    return Outcome


def test_the_filter_counts_what_it_keeps(qtbot: QtBot, site: FakeSite):
    page, _bridge = opened(qtbot, site)
    page.panel.findChildren(QLineEdit)[0].setText("voltage")
    assert page.panel.view.shown_count() == 2


def test_a_selection_goes_to_the_clipboard(qtbot: QtBot, site: FakeSite):
    page, _bridge = opened(qtbot, site)
    page.panel.view.show_point(POWER)
    page.panel.view.copy_selection()
    assert QGuiApplication.clipboard().text().startswith("Solar power\t1.23\tkW\tgood\t")


def test_every_point_is_exported(qtbot: QtBot, site: FakeSite, tmp_path: Path):
    page, _bridge = opened(qtbot, site)
    page.panel.export(tmp_path / "points.csv")
    text = (tmp_path / "points.csv").read_text("utf-8-sig")
    assert text.count("\n") == len(page.panel.tree.shown_keys()) + 1
    assert "0x0000 0x04D2" in text


def test_read_now_and_reconnect_go_to_the_line(qtbot: QtBot, site: FakeSite):
    page, _bridge = opened(qtbot, site)
    page.show_device("meter")
    button(page, "Read now").click()
    button(page, "Reconnect").click()
    assert site.lines["rs485"].asked == [("meter", None)]
    assert site.lines["rs485"].reconnected == 1


def test_the_curves_of_what_is_selected_can_be_asked_for(qtbot: QtBot, site: FakeSite):
    page, _bridge = opened(qtbot, site)
    assert not button(page, "Curve").isEnabled()
    page.panel.view.show_point(POWER)
    with qtbot.waitSignal(page.curve_asked) as asked:
        button(page, "Curve").click()
    assert asked.args == [[POWER]]


def test_a_device_that_settles_its_own_points_is_shown_anew(qtbot: QtBot, site: FakeSite):
    page, bridge = opened(qtbot, site)
    site.book.settle("hybrid", many(3))
    bridge.refresh()
    assert [str(key) for key in page.panel.tree.shown_keys()] == ["hybrid/p0", "hybrid/p1", "hybrid/p2"]


def test_the_site_itself_is_a_device_that_cannot_be_reconnected(qtbot: QtBot, site: FakeSite):
    page, _bridge = opened(qtbot, site)
    page.show_device("site")
    assert cell(page, PointKey("site", "solar.power"), Column.VALUE) == "6.84"
    assert not button(page, "Reconnect").isVisible()


def test_all_of_1500_points_move_within_a_frame_and_only_visible_ages_are_asked(qtbot: QtBot):
    site = FakeSite(points=many(1500))
    site.feed()
    page, bridge = opened(qtbot, site)
    bridge.drain()
    site.feed("hybrid")
    start = time.perf_counter()
    bridge.drain()
    taken = time.perf_counter() - start
    assert taken < 0.5  # some 20 ms on a desk, a slow runner has time too
    assert 5 < len(page.panel.view.visible_keys()) < 60


def test_the_page_speaks_french_and_back(qtbot: QtBot, site: FakeSite):
    page, _bridge = opened(qtbot, site)
    i18n.choose("fr")
    try:
        qtbot.waitUntil(lambda: cell(page, POWER, Column.NAME) == "Puissance solaire")
        assert cell(page, POWER, Column.VALUE) == "1,23"
    finally:
        i18n.choose("en")


def test_a_click_on_a_group_closes_it(qtbot: QtBot, site: FakeSite):
    page, _bridge = opened(qtbot, site)
    view = page.panel.view
    group = view.model().index(0, 0)
    assert view.isExpanded(group)
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(group).center())
    assert not view.isExpanded(group)
