"""Orders to the wallboxes of a CAN bus: offered while it may transmit, confirmed each, their outcome a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from core.access import Access, Person
from core.book import PointBook
from core.catalogue import Catalogue
from core.config import DeviceConfig, LinkConfig, Site
from core.errors import CommandRefused, DeviceError
from core.facade import Station
from core.hub import Hub
from core.linkurl import parse_link
from core.paths import resources
from core.points import PointKey, Quality, Reading, Value
from core.status import LinkState, LinkStatus, Voice
from gui import i18n
from gui.models.wallbox_orders import ORDERS, offered
from gui.pages.links_bus import BusCard
from gui.pages.links_wallboxes import WallboxesPanel
from tests.gui.fake_links import OperableLine

EVSE, PYLON = "open_evse/can_wallbox", "pylontech/low_voltage"
N = "\u202f"


class Bus:
    """A station with two wallboxes and a battery on one bus that may transmit."""

    def __init__(self) -> None:
        catalogue = Catalogue([resources() / "profiles"])
        link = LinkConfig("bus", parse_link("can://virtual/bus"), "Parking", read_only=False)
        devices = tuple(
            DeviceConfig(name, "bus", profile, catalogue.get(profile), unit, title, role)
            for name, profile, unit, title, role in (
                ("w1", EVSE, 1, "Left", "charger"),
                ("w2", EVSE, 2, "Right", "charger"),
                ("b", PYLON, 0, "Battery", "battery"),
            )
        )
        self.site = Site("Farm", ZoneInfo("Europe/Paris"), (link,), devices)
        self.line = OperableLine(LinkStatus("bus", LinkState.UP, 0.0, voice=Voice.TRANSMITS))
        self.hub = Hub()
        self.station = Station(
            self.site,
            book=PointBook(self.site),
            hub=self.hub,
            lines={"bus": self.line},
            access=Access(Person("Paul", "installer")),
        )
        self.link = link

    def tell(self, device: str, point: str, value: Value, quality: Quality = Quality.GOOD) -> None:
        self.hub.put([Reading(PointKey(device, point), value, 1.0, quality=quality)])


@pytest.fixture
def bus() -> Bus:
    return Bus()


@pytest.fixture
def panel(qtbot: QtBot, bus: Bus) -> Iterator[WallboxesPanel]:
    i18n.choose("en")
    widget = WallboxesPanel(bus.station)
    qtbot.addWidget(widget)
    widget.resize(700, 400)
    widget.show_link(bus.link, bus.line.now)
    yield widget
    i18n.choose("en")


def seen(panel: WallboxesPanel) -> set[str]:
    return {name for name, button in panel.buttons.items() if not button.isHidden()}


def test_every_order_of_the_open_profile_is_offered_for_each_wallbox_and_none_for_a_battery(panel: WallboxesPanel):
    assert [panel.wallbox.itemText(row) for row in range(panel.wallbox.count())] == ["Left (node 1)", "Right (node 2)"]
    assert seen(panel) == {order.name for order in ORDERS}
    assert not panel.isHidden()


def test_nothing_is_offered_while_the_bus_only_listens_or_is_not_there(panel: WallboxesPanel, bus: Bus):
    panel.show_link(bus.link, replace(bus.line.now, voice=Voice.LISTENS))
    assert panel.isHidden()
    panel.show_link(bus.link, replace(bus.line.now, state=LinkState.DOWN))
    assert not any(button.isEnabled() for button in panel.buttons.values())


def test_a_wallbox_that_takes_less_is_offered_less():
    rules = Catalogue([resources() / "profiles"]).get(EVSE).can
    assert rules is not None
    assert rules.command is not None
    less = replace(rules, command=replace(rules.command, signals={"limit": "CurrentLimit"}), orders={})
    assert offered(less) == {"limit", "release"}
    assert offered(replace(less, command=None)) == set()


@pytest.mark.parametrize(
    ("name", "action", "arguments"),
    [
        ("limit", "limit", {"limit_a": 13.5}),
        ("start", "start", {}),
        ("stop", "stop", {}),
        ("one_phase", "phases", {"phases": 1}),
        ("three_phases", "phases", {"phases": 3}),
        ("clear_fault", "clear_fault", {}),
        ("release", "release", {}),
        ("mode", "mode", {"mode": "offline"}),
        ("learn_card", "learn_card", {}),
        ("remove_card", "remove_card", {"slot": 3}),
        ("reboot", "reboot", {}),
    ],
)
def test_an_order_goes_out_once_it_has_been_confirmed(
    panel: WallboxesPanel, bus: Bus, name: str, action: str, arguments: dict[str, object]
):
    bus.tell("w2", "card_slots", ("slot_3", "slot_8"))
    panel.wallbox.setCurrentIndex(1)
    panel.current.setText("13,5 A")
    panel.mode.setCurrentIndex(panel.mode.findText("Offline"))
    panel.buttons[name].click()
    assert bus.line.orders == []
    panel.confirm.no.click()
    assert bus.line.orders == []
    panel.buttons[name].click()
    assert ("in a cycle" in panel.confirm.text) is (
        name in ("limit", "start", "stop", "one_phase", "three_phases", "mode", "clear_fault")
    )
    panel.confirm.yes.click()
    assert bus.line.orders == [("w2", action, arguments)]


@pytest.mark.parametrize("text", ["", "a lot", "1e", "--"])
def test_a_current_that_is_no_number_is_not_asked_about(panel: WallboxesPanel, bus: Bus, text: str):
    panel.current.setText(text)
    panel.buttons["limit"].click()
    assert panel.confirm.isHidden()
    assert panel.said.text() == "The current is no number."
    assert bus.line.orders == []


def test_only_slots_with_a_card_can_be_emptied(panel: WallboxesPanel, bus: Bus):
    assert not panel.buttons["remove_card"].isEnabled(), "the table has not been told"
    bus.tell("w1", "card_slots", ("slot_2", "slot_3"))
    panel.show_link(bus.link, bus.line.now)
    assert [panel.slot.itemText(row) for row in range(panel.slot.count())] == ["Slot 2", "Slot 3"]
    panel.slot.setCurrentIndex(1)
    bus.tell("w1", "card_slots", ("slot_1", "slot_2", "slot_3"))
    panel.show_link(bus.link, bus.line.now)
    assert panel.slot.currentText() == "Slot 3", "what was chosen stays chosen"
    bus.tell("w1", "card_slots", ("slot_1", "slot_2"))
    panel.show_link(bus.link, bus.line.now)
    assert panel.slot.currentIndex() == -1, "another card does not take the place of one that has gone"
    assert not panel.buttons["remove_card"].isEnabled()
    panel.slot.setCurrentIndex(1)
    panel.slot.activated.emit(1)
    assert panel.buttons["remove_card"].isEnabled()
    bus.tell("w1", "card_slots", ("slot_1",), Quality.STALE)
    panel.show_link(bus.link, bus.line.now)
    assert not panel.buttons["remove_card"].isEnabled(), "an old table says nothing of now"


def test_the_mode_unknown_cannot_be_ordered(panel: WallboxesPanel):
    assert [panel.mode.itemText(row) for row in range(panel.mode.count())] == ["Online", "Offline", "Plug & Play"]


def test_the_outcome_is_a_sentence(qtbot: QtBot, panel: WallboxesPanel, bus: Bus):
    panel.buttons["learn_card"].click()
    panel.confirm.yes.click()
    assert panel.said.text() == "Left: Learn a card: sent, waiting for the wallbox…"
    bus.line.futures[-1].set_result("the card 04A1B2C3 has been added")
    qtbot.waitUntil(lambda: panel.said.text() == "Left: Learn a card: the card 04A1B2C3 has been added")
    panel.buttons["reboot"].click()
    panel.confirm.yes.click()
    bus.line.futures[-1].set_exception(DeviceError("Left does not confirm: nothing is heard of it"))
    qtbot.waitUntil(lambda: panel.said.text().endswith("Left does not confirm: nothing is heard of it"))


def test_an_order_that_is_refused_at_once_is_said(panel: WallboxesPanel, bus: Bus, monkeypatch: pytest.MonkeyPatch):
    def refuse(*_: object) -> None:
        raise CommandRefused("the link 'Parking' only listens: allow transmission first")

    monkeypatch.setattr(bus.line, "operate", refuse)
    panel.buttons["reboot"].click()
    panel.confirm.yes.click()
    assert panel.said.text() == "The link 'Parking' only listens: allow transmission first"


def test_what_an_order_to_another_wallbox_has_brought_is_not_said_of_this_one(
    qtbot: QtBot, panel: WallboxesPanel, bus: Bus
):
    panel.buttons["reboot"].click()
    panel.confirm.yes.click()
    panel.wallbox.setCurrentIndex(1)
    bus.line.futures[-1].set_result("restarted")
    panel.buttons["stop"].click()
    panel.confirm.yes.click()
    bus.line.futures[-1].set_result("finishing")
    qtbot.waitUntil(lambda: panel.said.text() == "Right: Stop charging: Finishing")


def test_the_question_before_transmission_names_the_single_orders(qtbot: QtBot, bus: Bus):
    card = BusCard(bus.station)
    qtbot.addWidget(card)
    card.show_link(bus.link, replace(bus.line.now, voice=Voice.LISTENS))
    card.allow.click()
    assert (
        "Sent once on your order alone: EMS_Request.RequestId=4, EMS_Request.RequestId=5, EMS_Request.RequestId=6"
        in card.confirm.text
    )
    assert card.orders.isHidden()
    card.show_link(bus.link, bus.line.now)
    assert not card.orders.isHidden()
    assert all(isinstance(button, QPushButton) for button in card.orders.buttons.values())


def test_the_choices_follow_the_language(panel: WallboxesPanel, bus: Bus, qtbot: QtBot):
    i18n.choose("fr")
    qtbot.waitUntil(lambda: panel.mode.count() == 0)
    panel.show_link(bus.link, bus.line.now)
    assert [panel.mode.itemText(row) for row in range(panel.mode.count())] == ["En ligne", "Hors ligne", "Plug & Play"]
