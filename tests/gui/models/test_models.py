"""Every model keeps Qt's rules, and announces only what moved."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from core.points import Kind, PointKey, Quality, Reading
from core.status import DeviceState, LinkState
from gui.models.curve_table import CurveColumn, CurveTable
from gui.models.curves import Curve
from gui.models.links import LinkRole, LinkTree
from gui.models.point_filter import PointFilter
from gui.models.points import Column, PointRole, PointTree
from gui.models.recorded import Recorded, RecordedFilter, RecordedTree
from tests.gui.fake_profile import GROUPS, many, points
from tests.gui.fake_site import FakeSite

NOW = 1_750_505_168.0


def shown_points(count: int = 0) -> PointTree:
    tree = PointTree(now=lambda: NOW)
    tree.show("hybrid", many(count) if count else points(), GROUPS)
    return tree


def reading(point: str, value: float | str | tuple[str, ...] | None, quality: Quality = Quality.GOOD) -> Reading:
    return Reading(PointKey("hybrid", point), value, NOW - 5, "", quality)


def text(tree: PointTree, point: str, column: Column) -> str:
    place = tree.place_of(PointKey("hybrid", point))
    return str(place.siblingAtColumn(column).data())


def test_points_keep_the_rules(qtbot: QtBot, qtmodeltester: ModelTester):
    tree = shown_points()
    proxy = PointFilter()
    proxy.setSourceModel(tree)
    tree.apply([reading("pv_power", 6840.0), reading("run_state", "generating")])
    for model in (tree, proxy):
        qtmodeltester.check(model)


def test_a_filter_keeps_the_rules_while_it_changes(qtbot: QtBot, qtmodeltester: ModelTester):
    tree = shown_points()
    proxy = PointFilter()
    proxy.setSourceModel(tree)
    for words in ("volt", "0x0206", "batterie soc", "no such thing", ""):
        proxy.set_filter(words)
        qtmodeltester.check(proxy)
    assert proxy.rowCount() == len(GROUPS)


def test_only_the_rows_that_moved_are_announced_in_runs(qtbot: QtBot):
    tree = shown_points(40)
    spans: list[tuple[int, int]] = []
    tree.dataChanged.connect(lambda top, bottom: spans.append((top.row(), bottom.row())))
    tree.apply([reading(f"p{row}", 1.0) for row in (1, 2, 3, 7)] + [Reading(PointKey("other", "p5"), 1.0, NOW)])
    assert spans == [(1, 3), (7, 7)]
    spans.clear()
    tree.apply([reading("p2", 1.0)])
    assert spans == []


def test_fifteen_hundred_points_that_all_move_take_no_time(qtbot: QtBot):
    tree = shown_points(1500)
    proxy = PointFilter()
    proxy.setSourceModel(tree)
    for row in range(proxy.rowCount()):
        proxy.rowCount(proxy.index(row, 0))
    spans: list[int] = []
    proxy.dataChanged.connect(lambda _top, _bottom: spans.append(1))
    tree.apply([reading(f"p{row}", float(row)) for row in range(1500)])
    assert len(spans) <= 8


def test_a_value_its_unit_and_its_quality_stand_apart(qtbot: QtBot):
    tree = shown_points()
    tree.apply([reading("pv_power", 6840.0), reading("battery_temp", None, Quality.BAD)])
    assert [text(tree, "pv_power", column) for column in (Column.VALUE, Column.UNIT)] == ["6.84", "kW"]
    assert [text(tree, "battery_temp", column) for column in (Column.VALUE, Column.QUALITY)] == ["—", "bad"]
    assert text(tree, "battery_soc", Column.QUALITY) == "not read yet"
    assert text(tree, "discharge_limit", Column.QUALITY) == "on demand"


def test_states_and_bits_are_read_in_words_also_those_the_map_does_not_list(qtbot: QtBot):
    tree = shown_points()
    tree.apply([reading("run_state", "code_17"), reading("faults_1", ("fan", "bit_9"))])
    assert text(tree, "run_state", Column.VALUE) == "code 17, not in the map"
    assert text(tree, "faults_1", Column.VALUE) == "Fan blocked, bit 9, not in the map"
    tip = tree.place_of(PointKey("hybrid", "faults_1")).siblingAtColumn(Column.VALUE).data(Qt.ItemDataRole.ToolTipRole)
    assert "Clean the fan" in tip


def test_an_area_says_that_its_layout_is_not_published(qtbot: QtBot):
    tree = shown_points()
    assert text(tree, "parallel", Column.VALUE) == "area, layout not published"
    assert text(tree, "parallel", Column.QUALITY) == "never read"


def test_an_inferred_point_is_marked(qtbot: QtBot):
    tree = shown_points()
    assert tree.place_of(PointKey("hybrid", "bypass_power")).data(PointRole.INFERRED) is True
    assert tree.place_of(PointKey("hybrid", "pv_power")).data(PointRole.INFERRED) is False


def test_numbers_sort_as_numbers_within_their_group(qtbot: QtBot):
    tree = shown_points()
    tree.apply([reading("pv_power", 900.0), reading("pv1_voltage", 1000.0), reading("grid_power", -5.0)])
    proxy = PointFilter()
    proxy.setSourceModel(tree)
    proxy.sort(Column.VALUE, Qt.SortOrder.AscendingOrder)
    live = proxy.index(0, 0)
    assert live.data() == "Live measurements"
    first = [proxy.index(row, 0, live).data() for row in range(3)]
    assert first == ["Grid power", "Solar power", "Voltage of string 1"]
    proxy.sort(Column.VALUE, Qt.SortOrder.DescendingOrder)
    assert proxy.index(0, 0).data() == "Live measurements"


def test_a_selection_is_copied_as_a_spreadsheet_reads_it(qtbot: QtBot):
    tree = shown_points()
    tree.apply([reading("grid_power", -1270.0)])
    cells = tree.as_tsv([PointKey("hybrid", "grid_power")]).split("\t")
    assert cells[:4] == ["Grid power", "-1.27", "kW", "good"]
    assert cells[4].endswith("Z")


def test_the_csv_has_a_line_for_every_point(qtbot: QtBot):
    tree = shown_points()
    tree.apply([reading("grid_power", -1270.0)])
    lines = tree.as_csv().splitlines()
    assert len(lines) == len(points()) + 1
    assert any("grid_power" in line and "-1270.0" in line for line in lines)


def test_links_keep_the_rules_and_tell_their_state_in_words(qtbot: QtBot, qtmodeltester: ModelTester):
    site = FakeSite(now=lambda: NOW)
    tree = LinkTree(site.station, now=lambda: NOW)
    qtmodeltester.check(tree)
    hybrid, wallbox = tree.place_of("hybrid"), tree.place_of("wallbox")
    assert hybrid.data(LinkRole.DETAIL) == "1\u202fs asked, 1.1\u202fs achieved"
    assert hybrid.data(LinkRole.TROUBLE) == "2 refused registers"
    assert (wallbox.data(LinkRole.STATE), wallbox.data(LinkRole.TROUBLE)) == ("silent", "last answer 1\u202fmin ago")
    cut = tree.place_of("panel").parent()
    assert cut.data(LinkRole.STATE) == "cut off"
    assert "next try in 12\u202fs" in cut.data(LinkRole.TROUBLE)
    assert tree.place_of("nothing") == QModelIndex()


def test_a_silent_device_is_silent_and_not_set_up_wrongly(qtbot: QtBot):
    site = FakeSite(now=lambda: NOW)
    line = site.lines["rs485"]
    line.devices = tuple(replace(device, fault="unit 33 does not answer") for device in line.devices)
    tree = LinkTree(site.station, now=lambda: NOW)
    wallbox = tree.place_of("wallbox")
    assert wallbox.data(LinkRole.STATE) == "silent"
    assert wallbox.data(LinkRole.TROUBLE) == "unit 33 does not answer\nlast answer 1\u202fmin ago"
    line.devices = tuple(replace(device, state=DeviceState.FAULTY) for device in line.devices)
    tree.refresh()
    assert tree.place_of("wallbox").data(LinkRole.STATE) == "set-up fault"


def test_no_device_is_online_behind_a_link_that_is_down(qtbot: QtBot):
    site = FakeSite(now=lambda: NOW)
    site.lines["lan"].state = LinkState.DOWN
    tree = LinkTree(site.station, now=lambda: NOW)
    hybrid = tree.place_of("hybrid")
    assert (hybrid.data(LinkRole.STATE), hybrid.data(LinkRole.TONE)) == ("link down", "warning")
    assert hybrid.data(LinkRole.DETAIL) == ""


def test_a_power_of_the_grid_is_shown_with_a_word_and_copied_with_its_sign(qtbot: QtBot):
    tree = PointTree(now=lambda: NOW)
    flows = {"grid_power": "grid", "battery_power": "-battery"}
    tree.show("hybrid", points(), GROUPS, flows=flows)
    tree.apply([reading("grid_power", -530.0), reading("battery_power", -800.0), reading("pv_power", 5.0)])
    shown = [text(tree, name, Column.VALUE) for name in ("grid_power", "battery_power", "pv_power")]
    assert shown == ["export 530", "discharge 800", "5"]
    assert tree.as_tsv([PointKey("hybrid", "grid_power")]).split("\t")[1] == "-530"


def test_a_link_that_comes_back_changes_its_own_row_only(qtbot: QtBot):
    site = FakeSite(now=lambda: NOW)
    tree = LinkTree(site.station, now=lambda: NOW)
    rows: list[str] = []
    tree.dataChanged.connect(lambda top, _bottom: rows.append(top.data(LinkRole.ID)))
    line = site.lines["legrand"]
    line.state = LinkState.UP
    line.devices = tuple(replace(device, state=DeviceState.ONLINE) for device in line.devices)
    tree.refresh()
    assert rows == ["legrand", "panel"]
    tree.refresh()
    assert rows == ["legrand", "panel"]


ITEMS = [
    Recorded(PointKey("site", "solar.power"), "Site", "Solar", "W"),
    Recorded(PointKey("site", "solar.energy"), "Site", "Energy", "Wh", Kind.COUNTER, "Énergie"),
    Recorded(PointKey("meter", "u1"), "Meter", "Voltage", "V", Kind.GAUGE, "Tension"),
]


def test_recorded_points_keep_the_rules_and_remember_the_order_of_choice(qtbot: QtBot, qtmodeltester: ModelTester):
    tree = RecordedTree(most=2)
    tree.show(ITEMS)
    proxy = RecordedFilter()
    proxy.setSourceModel(tree)
    qtmodeltester.check(tree)
    proxy.set_filter("tension")
    qtmodeltester.check(proxy)
    assert proxy.rowCount() == 1
    meter, site = tree.index(1, 0), tree.index(0, 0)
    role, ticked = Qt.ItemDataRole.CheckStateRole, Qt.CheckState.Checked
    assert tree.setData(tree.index(0, 0, meter), ticked, role)
    assert tree.setData(tree.index(0, 0, site), ticked, role)
    assert not tree.setData(tree.index(1, 0, site), ticked, role)  # two at most
    assert [str(key) for key in tree.picked] == ["meter/u1", "site/solar.power"]


def test_the_legend_keeps_the_rules(qtbot: QtBot, qtmodeltester: ModelTester):
    table = CurveTable(lambda key: f"now {key}")
    table.show([Curve(ITEMS[0].key, "Solar", "W"), Curve(ITEMS[2].key, "Voltage", "V")])
    table.measure(0.0, 10.0, (2.0, 4.0))
    qtmodeltester.check(table)
    assert table.index(0, CurveColumn.NOW).data() == "now site/solar.power"
    assert table.index(0, CurveColumn.A).data() == "—"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_names_follow_the_language(qtbot: QtBot, language: str):
    from gui import i18n

    tree = shown_points()
    i18n.choose(language)
    try:
        assert text(tree, "pv_power", Column.NAME) == {"en": "Solar power", "fr": "Puissance solaire"}[language]
    finally:
        i18n.choose("en")
