"""The synoptic says what the balance says, and rests when nobody looks."""

import time
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core.balance import Node
from core.points import PointKey, Quality, Reading
from gui import i18n
from gui.pages.overview_flows import FlowCard
from gui.theme import look
from gui.widgets.flow_diagram import FlowDiagram
from gui.widgets.flow_geometry import NODES, arrange
from gui.widgets.flow_view import balance_state, frozen_pairs, node_views
from tests.gui import fake_station as fake

N = "\u202f"


class Counted(FlowDiagram):
    """Counts how often it is drawn."""

    painted = 0

    def paintEvent(self, event: QPaintEvent) -> None:
        self.painted += 1
        super().paintEvent(event)


@pytest.fixture
def diagram(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Counted]:
    monkeypatch.setattr(time, "time", lambda: fake.NOW)
    i18n.choose("en")
    look().choose("light")
    look().set_motion(True)
    widget = Counted(fake.FakeStation())
    qtbot.addWidget(widget)
    widget.resize(796, 548)
    widget.show()
    widget.show_flows(fake.day_flows(), fake.day())
    yield widget
    look().set_motion(True)


def place_of(diagram: FlowDiagram, name: str) -> QPoint:
    spot = arrange(diagram.width(), diagram.height(), NODES).spots[name]
    return QPoint(round(spot.x), round(spot.y))


def test_figures_stand_with_sign_words_and_ages(diagram: Counted) -> None:
    views = diagram.views
    assert (views["grid"].figure, views["grid"].word, views["grid"].role) == (f"1.27{N}kW", "export", "grid_export")
    assert (views["battery"].figure, views["battery"].word) == (f"2.10{N}kW", "charging")
    assert views["vehicle"].age == f"3{N}s ago"
    assert views["house"].arcs == (("solar", 0.97), ("grid_import", 0.03))
    assert views["battery"].arcs == (("battery", 0.78),)
    assert "Grid 1.27" in diagram.accessibleDescription()


def test_a_stale_node_fades_freezes_and_tells_its_age(diagram: Counted) -> None:
    diagram.show_flows(fake.stale_flows(), fake.day())
    views = diagram.views
    assert views["solar"].faded
    assert views["solar"].figure == f"6.84{N}kW"  # never zero
    assert views["solar"].age == f"last value, 3{N}min ago"
    assert views["house"].figure == "—"
    assert not views["grid"].faded
    assert not diagram.is_moving  # every line of this picture touches a stale node


@pytest.mark.parametrize("told", [2480.0, None])
def test_while_a_station_is_away_the_house_shows_what_all_draw_together(diagram: Counted, told: float | None) -> None:
    flows = fake.day_flows()
    old = fake.node(told, "borne1/power", 185, Quality.STALE)
    part = None if told is None else 3470.0
    away = replace(
        flows,
        vehicle=old,
        house=Node(part, Quality.STALE if part else Quality.UNKNOWN, fake.NOW, (PointKey("meter", "power"),), True),
        consumption=fake.node(5950.0, "meter/power"),
        house_measured=False,
        unexplained=None,
    )
    diagram.show_flows(away, fake.day())
    views = diagram.views
    assert (views["house"].figure, views["house"].word) == (f"5.95{N}kW", "with vehicles")
    assert not views["house"].faded
    assert "computed" in views["house"].details[0]
    assert views["vehicle"].faded
    assert frozen_pairs(away, (("solar", "house"), ("house", "vehicle"))) == {("house", "vehicle")}
    assert balance_state(away)[0] == "House computed from the rest"
    diagram.show_flows(replace(away, consumption=replace(away.consumption, quality=Quality.STALE)), fake.day())
    assert diagram.views["house"].faded
    assert diagram.views["house"].word in ("consumed", "no value")


def test_a_node_without_a_value_says_which_device_and_why(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "time", lambda: fake.NOW)
    station = fake.FakeStation()
    key = PointKey("deye", "pv_power")
    station.put([Reading(key, None, fake.NOW, "W", Quality.UNKNOWN, note="power_class is not settled")])
    card = FlowCard(station)  # type: ignore[arg-type]
    qtbot.addWidget(card)
    card.resize(1400, 600)
    missing = Node(None, Quality.UNKNOWN, fake.NOW, (key,), True)
    house = Node(None, Quality.UNKNOWN, fake.NOW, (key,), True)
    card.show_flows(replace(fake.day_flows(), solar=missing, house=house, unexplained=None), fake.day())
    views = card.diagram.views
    assert views["solar"].details[0] == views["solar"].reason == "deye: power_class is not settled"
    assert not views["house"].reason
    assert card.chip.accessibleName() == "deye: power_class is not settled"
    assert "power_class is not settled" in card.diagram.accessibleDescription()


def test_several_of_a_kind_stack_and_the_rest_is_others() -> None:
    views = node_views(fake.busy_flows(), fake.day(), fake.NOW)
    assert views["vehicle"].count == 5
    assert views["vehicle"].details[0] == f"Borne 1 7.36{N}kW · Borne 2 3.68{N}kW"
    assert views["vehicle"].details[1] == f"3 others 2.74{N}kW"
    assert views["vehicle"].device == "borne1"


def test_an_outage_is_said_and_cuts_the_line(diagram: Counted) -> None:
    before = diagram.grab().toImage()
    diagram.show_flows(fake.outage_flows(), fake.day())
    assert diagram.views["grid"].trouble
    assert diagram.views["grid"].word == "outage"
    assert diagram.grab().toImage() != before


def test_the_balance_is_put_in_words() -> None:
    assert balance_state(fake.day_flows()) == (f"Balanced within 12{N}W", "healthy")
    assert balance_state(fake.unexplained_flows()) == (f"640{N}W unexplained", "warning")
    assert balance_state(None)[1] == "tertiary"


def test_nothing_is_drawn_while_hidden(diagram: Counted, qtbot: QtBot) -> None:
    assert diagram.is_moving
    diagram.hide()
    assert not diagram.is_moving
    diagram.painted = 0
    diagram.show_flows(fake.night_flows(), fake.day())
    qtbot.wait(200)
    assert diagram.painted == 0
    assert not diagram.is_moving


def test_frames_stay_below_fifteen_a_second(diagram: Counted, qtbot: QtBot) -> None:
    qtbot.wait(100)
    diagram.painted, begun = 0, time.monotonic()
    qtbot.wait(1000)
    assert 1 <= diagram.painted <= 15 * (time.monotonic() - begun) + 1


def test_static_arrows_when_motion_is_off(diagram: Counted) -> None:
    moving = diagram.grab().toImage()
    look().set_motion(False)
    assert not diagram.is_moving
    assert diagram.grab().toImage() != moving
    look().set_motion(True)
    assert diagram.is_moving


def test_the_same_balance_is_not_drawn_again(diagram: Counted, qtbot: QtBot) -> None:
    diagram.grab()
    layer = diagram._layer
    diagram.show_flows(replace(fake.day_flows(), at=fake.NOW + 0.3), fake.day())
    diagram.grab()
    assert diagram._layer is layer


def test_click_a_node_for_its_device_and_a_line_for_its_curve(diagram: Counted, qtbot: QtBot) -> None:
    with qtbot.waitSignal(diagram.device_asked) as asked:
        QTest.mouseClick(diagram, Qt.MouseButton.LeftButton, pos=place_of(diagram, "vehicle"))
    assert asked.args == ["borne1"]
    x, y, _ = arrange(796, 548, NODES).lanes["solar", "grid"].at(150)
    with qtbot.waitSignal(diagram.curve_asked) as curves:
        QTest.mouseClick(diagram, Qt.MouseButton.LeftButton, pos=QPoint(round(x), round(y)))
    assert curves.args == [[PointKey("site", "solar.power"), PointKey("site", "grid.power")]]


def test_hovering_a_figure_tells_where_it_comes_from(diagram: Counted) -> None:
    tip = diagram.tip_at(QPointF(place_of(diagram, "solar")))
    assert "register 0x2012" in tip
    assert "raw 0000 1AB8" in tip
    assert "rs485" in tip
    assert diagram.tip_at(QPointF(2, 300)) == ""


def test_the_keyboard_walks_the_nodes(diagram: Counted, qtbot: QtBot) -> None:
    diagram.setFocus(Qt.FocusReason.TabFocusReason)
    for _ in range(4):
        QTest.keyClick(diagram, Qt.Key.Key_Right)
    with qtbot.waitSignal(diagram.device_asked) as asked:
        QTest.keyClick(diagram, Qt.Key.Key_Return)
    assert asked.args == ["site"]  # the house, which is computed


def test_three_vehicles_in_a_small_picture_fold_into_the_strongest_and_the_others(qapp: object) -> None:
    i18n.choose("en")
    flows = fake.busy_flows()
    view = node_views(flows, fake.day(), fake.NOW)["vehicle"]
    assert view.brief == "Borne 1 7.36\u202fkW · 4 others"
    two = replace(flows, parts={**flows.parts, "vehicle": flows.parts["vehicle"][:2]})
    assert node_views(two, fake.day(), fake.NOW)["vehicle"].brief == ""


def test_long_names_below_a_node_stand_alone_in_their_line(qapp: object) -> None:
    i18n.choose("en")
    flows = fake.busy_flows()
    long = tuple(replace(part, label=f"{part.label} of the car park behind") for part in flows.parts["vehicle"][:3])
    view = node_views(replace(flows, parts={**flows.parts, "vehicle": long}), fake.day(), fake.NOW)["vehicle"]
    assert view.details[0] == f"Borne 1 of the car park behind 7.36{N}kW"
    assert view.details[1].startswith("2 others ")


def test_a_house_alone_has_no_line_that_leads_nowhere() -> None:
    assert "house" not in arrange(700, 500, {"house", "vehicle"}).stubs
    assert "house" in arrange(700, 500, {"house", "grid"}).stubs
