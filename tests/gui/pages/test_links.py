"""Links: how every line is doing, what it may say, and the few switches, each confirmed in its place."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from core import capture as files
from core.errors import DeviceError
from core.frames import Frame, Outcome
from core.points import Point, PointKey, Reading
from core.status import LinkState, StickHealth, Voice
from gui import i18n
from gui.bridge import Bridge
from gui.models import capture_words, link_words, wording
from gui.models.link_list import LinkList, RowRole
from gui.pages.links import LinksPage
from gui.pages.links_capture import CaptureBar
from gui.pages.links_frames import FramesCard
from gui.widgets.card import Paragraph
from gui.widgets.shell import StatusLine
from tests.gui.fake_links import PARIS, FakeLinks

Opener = Callable[..., LinksPage]
NOON = 1_764_338_400.0


@pytest.fixture
def site(tmp_path: Path) -> FakeLinks:
    return FakeLinks(tmp_path)


@pytest.fixture
def open_page(qtbot: QtBot) -> Iterator[Opener]:
    i18n.choose("en")
    bridges: list[Bridge] = []

    def build(site: FakeLinks, link: str = "stick", size: tuple[int, int] = (1180, 760)) -> LinksPage:
        bridge = Bridge(site.station, start=False)
        bridges.append(bridge)
        page = LinksPage(site.station, bridge)
        qtbot.addWidget(page)
        page.resize(*size)
        page.show()
        qtbot.waitExposed(page)
        page.show_link(link)
        return page

    yield build
    for bridge in bridges:
        bridge.stop()
    i18n.choose("en")


def facts(page: LinksPage, card: object) -> str:
    from PySide6.QtWidgets import QLabel, QWidget

    assert isinstance(card, QWidget)
    return "\n".join(label.text() for label in card.findChildren(QLabel) if label.isVisibleTo(page))


# -- the list --------------------------------------------------------------------------------------------------


def test_the_list_keeps_the_rules(qtbot: QtBot, qtmodeltester: ModelTester, site: FakeLinks):
    qtmodeltester.check(LinkList(site.station))


def test_every_link_says_its_protocol_state_and_voice_in_words(qtbot: QtBot, site: FakeLinks):
    model = LinkList(site.station)
    rows = [
        (
            model.index(row).data(RowRole.BADGE),
            model.index(row).data(RowRole.STATE),
            model.index(row).data(RowRole.VOICE),
        )
        for row in range(model.rowCount())
    ]
    assert rows == [
        ("SOLARMAN V5", "connected", "asks only"),
        ("MODBUS RTU", "connected", "may write"),
        ("CAN", "connected", "listens only"),
        ("OCPP 1.6J", "listening for stations", "may write"),
        ("MODBUS TCP", "cut off", "asks only"),
    ]


def test_only_the_row_that_changed_is_announced(qtbot: QtBot, site: FakeLinks):
    model = LinkList(site.station)
    rows: list[int] = []
    model.dataChanged.connect(lambda top: rows.append(top.row()))
    model.refresh()
    assert rows == []
    site.lan.now = replace(site.lan.now, state=LinkState.UP, error="")
    model.refresh()
    assert rows == [4]


def test_a_link_that_is_down_says_what_happened_what_to_do_and_when_it_is_tried_again(
    site: FakeLinks, open_page: Opener
):
    page = open_page(site, "lan")
    said = facts(page, page.detail)
    assert "192.168.1.60 does not answer on port 502" in said
    assert "Check power, cable and address" in said
    assert "in 1" in said
    page.detail.reconnect.click()
    assert site.lan.reconnected == 1


def test_nothing_is_asked_while_the_page_is_hidden(site: FakeLinks, open_page: Opener):
    page = open_page(site)
    page.hide()
    before = {name: line.looked for name, line in site.lines.items()}
    page.tick()
    assert {name: line.looked for name, line in site.lines.items()} == before


def test_keys_walk_through_the_links_and_the_page_remembers_the_one_shown(site: FakeLinks, open_page: Opener):
    page = open_page(site)
    QTest.keyClick(page.list, Qt.Key.Key_Down)
    assert page.detail.name.text() == "RS485 · COM3"
    assert page.save_state() == "bus"
    page.restore_state("ocpp")
    assert page.detail.name.text() == "OCPP · ce PC"


def test_a_site_without_links_says_so(qtbot: QtBot, site: FakeLinks):
    site.station.site = replace(site.site, links=(), devices=())
    page = LinksPage(site.station, Bridge(site.station, start=False))
    qtbot.addWidget(page)
    page.show()
    assert page._empty.isVisible()  # pyright: ignore[reportPrivateUsage]
    assert not page.detail.isVisible()


def test_everything_fits_into_a_small_window(site: FakeLinks, open_page: Opener):
    for link in site.lines:
        page = open_page(site, link, (944, 590))
        assert page.detail.mapTo(page, page.detail.rect().bottomRight()).x() <= page.width()
        assert page.minimumSizeHint().width() <= 944
        assert page.minimumSizeHint().height() <= 590


def test_the_page_speaks_french_and_back(qtbot: QtBot, site: FakeLinks, open_page: Opener):
    page = open_page(site, "can")
    i18n.choose("fr")
    qtbot.waitUntil(lambda: page.detail.voice.text == "Écoute seulement")
    assert page.detail.bus.allow.text() == "Autoriser l’émission…"


# -- a stick ---------------------------------------------------------------------------------------------------


def test_a_wrong_serial_number_is_shown_with_the_true_one_to_copy(site: FakeLinks, open_page: Opener):
    page = open_page(site, "stick")
    assert "serial=2712345678" in facts(page, page.detail.stick)
    page.detail.stick.copy.click()
    assert QGuiApplication.clipboard().text() == "2712345678"
    assert not page.detail.stick.use.isVisible()  # nobody writes the site file here


def test_the_true_serial_number_can_be_used_where_somebody_writes_the_site_file(
    qtbot: QtBot, site: FakeLinks, open_page: Opener
):
    page = open_page(site, "stick")
    asked: list[tuple[str, str]] = []
    page.serial_asked.connect(lambda link, serial: asked.append((link, serial)))
    page.tick()
    page.detail.stick.use.click()
    assert asked == [("stick", "2712345678")]


def test_a_stick_that_is_well_offers_no_serial_number_and_always_its_diagnosis(
    qtbot: QtBot, site: FakeLinks, open_page: Opener
):
    site.stick.now = replace(site.stick.now, stick=StickHealth(5, 5))
    page = open_page(site, "stick")
    assert not page.detail.stick.copy.isVisible()
    with qtbot.waitSignal(page.doctor_asked) as asked:
        page.detail.stick.doctor.click()
    assert asked.args == ["stick"]


# -- a bus -----------------------------------------------------------------------------------------------------


def test_a_bus_shows_its_health_a_dash_where_the_adapter_says_nothing_and_unknown_identifiers(
    site: FakeLinks, open_page: Opener
):
    page = open_page(site, "can")
    said = facts(page, page.detail.bus)
    assert "warning: errors on the bus" in said
    assert "receiving 104 · sending —" in said
    assert "351 × 1\u202f204   355 × 801   18FF50E5 × 3" in said


def test_nothing_is_transmitted_until_the_question_has_been_answered(site: FakeLinks, open_page: Opener):
    page = open_page(site, "can")
    bus = page.detail.bus
    bus.allow.click()
    assert site.can.asked == []
    assert "EMS_Command, every 0.5\u202fs, to each of: Borne ZCS 1 (node 1), Borne ZCS 2 (node 2)" in bus.confirm.text
    assert "Sent once at the beginning, to learn who is there: EMS_Request.RequestId=1" in bus.confirm.text
    assert "It acts on real devices" in bus.confirm.text
    QTest.keyClick(bus.confirm, Qt.Key.Key_Escape)
    assert not bus.confirm.isVisible()
    assert site.can.asked == []
    page.tick()
    bus.allow.click()
    bus.confirm.yes.click()
    assert site.can.asked == [("allow", "open/evse")]
    assert page.detail.bus.stop.isVisible()


def test_an_adapter_that_is_mute_can_be_allowed_to_transmit_and_one_that_is_not_is_said_to_acknowledge(
    site: FakeLinks, open_page: Opener
):
    assert site.can.now.bus is not None
    mute = replace(site.can.now.bus, silent_adapter=True)
    site.can.now = replace(site.can.now, bus=mute)
    page = open_page(site, "can")
    assert page.detail.bus.allow.isVisible()
    assert "not one bit leaves" in facts(page, page.detail.bus)
    site.can.now = replace(site.can.now, bus=replace(mute, silent_adapter=False))
    page.tick()
    assert "acknowledges what it hears" in facts(page, page.detail.bus)


def test_the_confirmation_is_remembered_for_the_site_only_when_that_is_ticked(
    qtbot: QtBot, site: FakeLinks, open_page: Opener
):
    page = open_page(site, "can")
    bus = page.detail.bus
    bus.allow.click()
    assert not bus.confirm.tick.isVisible(), "nobody writes the site file here"
    bus.confirm.no.click()
    kept: list[tuple[str, str]] = []
    page.transmission_kept.connect(lambda link, profile: kept.append((link, profile)))
    for ticked in (False, True):
        page.tick()
        bus.allow.click()
        assert bus.confirm.tick.isVisible()
        assert not bus.confirm.tick.isChecked(), "each time anew"
        bus.confirm.tick.setChecked(ticked)
        bus.confirm.yes.click()
        assert kept == ([("can", "open/evse")] if ticked else [])
        bus.stop.click()


def test_a_bus_that_refuses_is_not_remembered(site: FakeLinks, open_page: Opener):
    site.can.refusal = "the adapter only listens"
    page = open_page(site, "can")
    kept: list[str] = []
    page.transmission_kept.connect(lambda _link, profile: kept.append(profile))
    page.tick()
    page.detail.bus.allow.click()
    page.detail.bus.confirm.tick.setChecked(True)
    page.detail.bus.confirm.yes.click()
    assert kept == []


def test_what_the_site_file_remembers_of_a_bus_is_said_and_can_be_forgotten(site: FakeLinks, open_page: Opener):
    remembered = tuple(
        replace(link, transmit="open/evse") if link.id == "can" else link for link in site.station.links()
    )
    site.station.site = replace(site.station.site, links=remembered)
    page = open_page(site, "can")
    kept: list[tuple[str, str]] = []
    page.transmission_kept.connect(lambda link, profile: kept.append((link, profile)))
    page.tick()
    page.detail.bus.stop.click()
    assert "may transmit when the site is opened again" in facts(page, page.detail.bus)
    page.detail.bus.forget.click()
    assert kept == [("can", "")]


def test_a_question_is_scrolled_into_view(qtbot: QtBot, site: FakeLinks, open_page: Opener):
    page = open_page(site, "can", size=(940, 520))
    bus = page.detail.bus
    bus.allow.click()
    qtbot.waitUntil(lambda: not bus.confirm.yes.visibleRegion().isEmpty())


@pytest.mark.parametrize("link", ["stick", "can", "ocpp"])
def test_no_text_is_squeezed_where_the_page_scrolls(qtbot: QtBot, site: FakeLinks, open_page: Opener, link: str):
    page = open_page(site, link, size=(700, 420))
    site.can.now = replace(site.can.now, voice=Voice.TRANSMITS)
    page.tick()

    def squeezed() -> list[str]:
        return [
            text.text()
            for text in page.detail.findChildren(Paragraph)
            if text.isVisible() and text.height() < text.heightForWidth(text.width())
        ]

    qtbot.waitUntil(lambda: squeezed() == [])


def test_the_number_of_a_transaction_is_no_amount():
    point = Point("session_id", (), None, "number", path="transaction.id")
    reading = Reading(PointKey("station", "session_id"), 195241037.0, 0.0)
    assert wording.value_pair(point, reading) == ("195241037", "")


def test_a_password_is_never_shown_as_an_option():
    assert wording.option_words("password", "0123456789") == "set"
    assert wording.option_words("ratio", "40") == "40"


def test_every_place_says_at_once_that_a_bus_may_transmit_or_no_more(site: FakeLinks, open_page: Opener):
    page = open_page(site, "can")

    def said() -> list[bool]:
        words = page.list.currentIndex().data(RowRole.VOICE), page.detail.voice.accessibleName(), page.subtitle()
        return ["may transmit" in text.lower() for text in words]

    page.detail.bus.allow.click()
    page.detail.bus.confirm.yes.click()
    assert said() == [True, True, True]
    page.detail.bus.stop.click()
    assert said() == [False, False, False]


def test_stopping_takes_one_click(site: FakeLinks, open_page: Opener):
    site.can.now = replace(site.can.now, voice=Voice.TRANSMITS)
    page = open_page(site, "can")
    assert not page.detail.bus.allow.isVisible()
    page.detail.bus.stop.click()
    assert site.can.asked == [("allow", "")]
    assert page.detail.bus.allow.isVisible()
    assert page.focusWidget() is page.detail.bus.allow  # and not what happens to be next


def test_a_bus_that_refuses_says_why(site: FakeLinks, open_page: Opener):
    site.can.refusal = "the adapter only listens"
    page = open_page(site, "can")
    page.detail.bus.allow.click()
    page.detail.bus.confirm.yes.click()
    assert page.detail.bus.said.text() == "The adapter only listens"
    assert site.can.now.voice is Voice.LISTENS


def test_a_read_only_bus_offers_no_switch(tmp_path: Path, open_page: Opener):
    site = FakeLinks(tmp_path, read_only=True)
    page = open_page(site, "can")
    assert not page.detail.bus.allow.isVisible()
    assert "read_only: false" in facts(page, page.detail.bus)


def test_a_bus_whose_profiles_command_nothing_offers_no_switch(site: FakeLinks, open_page: Opener):
    quiet = tuple(
        replace(device, profile=replace(device.profile, can=replace(device.profile.can, command=None)))
        if device.profile is not None and device.profile.can is not None
        else device
        for device in site.site.devices
    )
    site.station.site = replace(site.site, devices=quiet)
    page = open_page(site, "can")
    assert not page.detail.bus.allow.isVisible()
    assert "No profile of this bus" in facts(page, page.detail.bus)


# -- charging stations that call -------------------------------------------------------------------------------


def test_a_station_that_waits_is_accepted_with_one_click(qtbot: QtBot, site: FakeLinks, open_page: Opener):
    page = open_page(site, "ocpp")
    asked: list[object] = []
    page.accept_asked.connect(lambda *found: asked.append(found))
    page.tick()
    assert page.detail.stations.waiting[0].isVisible()
    assert not page.detail.stations.waiting[1].isVisible()
    page.detail.stations.waiting[0].button.click()
    assert asked == [("ocpp", "BORNE-7", (1,))]


def test_without_anybody_who_writes_the_site_file_the_page_says_what_to_write(site: FakeLinks, open_page: Opener):
    page = open_page(site, "ocpp")
    page.detail.stations.waiting[0].button.click()
    said = page.detail.stations.how.text()
    assert "borne_7_1: {link: ocpp, profile: ocpp/station, station: 'BORNE-7', unit: 1}" in said


def test_where_the_line_listens_can_be_copied(site: FakeLinks, open_page: Opener):
    page = open_page(site, "ocpp")
    page.detail.stations.copy.click()
    assert QGuiApplication.clipboard().text() == "ws://192.168.1.20:8887/"


def test_the_chosen_station_shows_what_it_is_and_its_running_charge(site: FakeLinks, open_page: Opener):
    page = open_page(site, "ocpp")
    page.detail.stations.view.selectRow(1)
    said = facts(page, page.detail.stations)
    assert "Core, FirmwareManagement, SmartCharging" in said
    assert "0412AF33" in said
    assert "5.21\u202fkWh" in said


def test_an_order_goes_out_after_its_question_and_its_outcome_comes_back_as_a_sentence(
    qtbot: QtBot, site: FakeLinks, open_page: Opener
):
    page = open_page(site, "ocpp")
    page.detail.stations.view.selectRow(1)
    orders = page.detail.stations.orders
    orders.buttons["unlock"].click()
    assert site.ocpp.orders == []
    orders.confirm.yes.click()
    assert [(device, action) for device, action, _ in site.ocpp.orders] == [("evlink_1", "unlock")]
    teller = threading.Thread(target=lambda: site.ocpp.futures[0].set_result("Unlocked"))
    teller.start()
    teller.join()
    qtbot.waitUntil(lambda: orders.said.text() == "Unlock the socket: the socket is unlocked")


def test_an_order_that_fails_says_why(qtbot: QtBot, site: FakeLinks, open_page: Opener):
    page = open_page(site, "ocpp")
    page.detail.stations.view.selectRow(1)
    orders = page.detail.stations.orders
    orders.buttons["soft_reset"].click()
    orders.confirm.yes.click()
    assert site.ocpp.orders[0][0] == "evlink"
    site.ocpp.futures[0].set_exception(DeviceError("no answer"))
    qtbot.waitUntil(lambda: orders.said.text() == "Restart the station: no answer")


def test_each_order_carries_what_the_line_needs(site: FakeLinks, open_page: Opener):
    page = open_page(site, "ocpp")
    page.detail.stations.view.selectRow(1)
    orders = page.detail.stations.orders
    orders.badge.setText(" 0412AF33 ")
    for name in ("start", "stop", "in", "out", "hard_reset"):
        orders.buttons[name].click()
        orders.confirm.yes.click()
    assert site.ocpp.orders == [
        ("evlink_1", "remote_start", {"badge": "0412AF33"}),
        ("evlink_1", "remote_stop", {}),
        ("evlink_1", "availability", {"type": "operative"}),
        ("evlink_1", "availability", {"type": "inoperative"}),
        ("evlink", "reset", {"type": "hard"}),
    ]


def test_every_order_is_one_that_the_line_of_charging_stations_knows():
    from drivers.ocpp.operations import ORDERS as KNOWN
    from gui.models.station_orders import ORDERS

    assert {order.action for order in ORDERS} <= set(KNOWN)


def test_a_read_only_line_offers_no_order_but_reading(tmp_path: Path, open_page: Opener):
    site = FakeLinks(tmp_path, read_only=True)
    page = open_page(site, "ocpp")
    page.detail.stations.view.selectRow(1)
    orders = page.detail.stations.orders
    assert not any(button.isVisible() for button in orders.buttons.values())
    orders.read.click()
    assert site.ocpp.asked == [("evlink", None), ("evlink_1", None)]
    assert site.ocpp.orders == []


# -- who limits ------------------------------------------------------------------------------------------------


def test_each_charging_station_says_who_limits_it_and_who_only_reads(site: FakeLinks, open_page: Opener):
    page = open_page(site)
    assert [(row.way.id, row.words.text()) for row in page.machines.rows] == [
        ("evlink_bus", "MODBUS RTU · limits the current"),
        ("evlink_1", "OCPP 1.6J · reads only"),
        ("box1", "CAN · would limit the current, but its bus listens only"),
        ("box2", "CAN · would limit the current, but its bus listens only"),
    ]


def test_the_limiter_changes_only_after_a_question(site: FakeLinks, open_page: Opener):
    page = open_page(site)
    asked: list[str] = []
    page.limiter_asked.connect(asked.append)
    page.tick()
    page.machines.rows[1].button.click()
    assert asked == []
    page.machines.confirm.yes.click()
    assert asked == ["evlink_1"]


def test_without_a_site_file_the_card_says_what_to_write(site: FakeLinks, open_page: Opener):
    page = open_page(site)
    page.machines.rows[1].button.click()
    assert "limits_current: true for evlink_1 and false for evlink_bus" in page.machines.how.text()


# -- frames ----------------------------------------------------------------------------------------------------


def test_the_last_frames_are_shown_newest_first_and_found_by_the_filter(site: FakeLinks, open_page: Opener):
    page = open_page(site, "ocpp")
    page.detail.tabs.setCurrentIndex(1)
    frames = page.detail.frames
    rows = [str(frames.view.model().index(row, 2).data()) for row in range(2)]
    assert rows[0].startswith("CALL MeterValues {")
    assert rows[1].startswith("CALLRESULT")
    frames.search.setText("metervalues")
    assert frames.view.model().rowCount() == 1
    frames.view.selectRow(0)
    assert '"measurand": "Power.Active.Import"' in frames.text.toPlainText()
    frames.copy.click()
    assert "CALL MeterValues" in QGuiApplication.clipboard().text()


def test_frames_stand_still_while_paused_and_go_on_afterwards(site: FakeLinks, open_page: Opener):
    page = open_page(site, "can")
    page.detail.tabs.setCurrentIndex(1)
    frames = page.detail.frames
    before = frames.table.rowCount()
    frames.hold.setChecked(True)
    site.can.frames.add(at=0, sent=b"", received=bytes(8), took_s=0, outcome=Outcome.HEARD)
    page.tick()
    assert frames.table.rowCount() == before
    assert frames.count.text() == "Paused, 1 newer"
    frames.hold.setChecked(False)
    page.tick()
    assert frames.table.rowCount() == before + 1


def test_frames_stand_still_while_one_reads_further_down(site: FakeLinks, open_page: Opener):
    page = open_page(site, "can")
    page.detail.tabs.setCurrentIndex(1)
    frames = page.detail.frames
    frames.view.verticalScrollBar().setValue(3)
    assert frames.paused


# -- the foot of the window ------------------------------------------------------------------------------------


def test_the_foot_says_at_all_times_who_may_write_or_transmit(qtbot: QtBot, site: FakeLinks):
    i18n.choose("en")
    line = StatusLine()
    qtbot.addWidget(line)
    line.show_voices(site.station)
    expected = "RS485 · COM3 and OCPP · ce PC may write · CAN · PEAK USB listens only · the others ask only"
    assert line.voices.text().strip() == expected
    site.can.now = replace(site.can.now, voice=Voice.TRANSMITS)
    assert "CAN · PEAK USB may transmit" in link_words.voices_of(site.station)[0]
    with qtbot.waitSignal(line.links_asked):
        line.voices.click()


def test_a_site_that_is_only_read_says_so(tmp_path: Path):
    i18n.choose("en")
    text, loud = link_words.voices_of(FakeLinks(tmp_path, read_only=True).station)
    assert text == "Read only: nothing is written to the devices · CAN · PEAK USB listens only"
    assert not loud


def test_many_links_are_counted_instead_of_named(site: FakeLinks):
    i18n.choose("en")
    for line in site.lines.values():
        line.now = replace(line.now, voice=Voice.WRITES)
    assert link_words.voices_of(site.station)[0] == "5 links may write"


# -- captures --------------------------------------------------------------------------------------------------


def on_frames(site: FakeLinks, open_page: Opener, link: str = "ocpp") -> tuple[LinksPage, FramesCard, CaptureBar]:
    page = open_page(site, link)
    page.detail.tabs.setCurrentIndex(1)
    return page, page.detail.frames, page.detail.frames.captures


def shown_in(frames: FramesCard) -> list[str]:
    return [str(frames.table.index(row, 2).data()) for row in range(frames.table.rowCount())]


def done(qtbot: QtBot, bar: CaptureBar) -> None:
    qtbot.waitUntil(lambda: not bar.busy)


def test_the_frames_of_a_line_are_saved_and_read_back_beside_those_of_another(
    site: FakeLinks, open_page: Opener, qtbot: QtBot, tmp_path: Path
):
    for number in range(900):
        site.ocpp.frames.add(at=number, sent=b"", received=b"[3]", took_s=0.25, outcome=Outcome.HEARD, note="x")
    page, frames, bar = on_frames(site, open_page)
    before, kept = shown_in(frames), site.ocpp.frames.last(9999)
    assert len(before) < 900
    file = tmp_path / "ocpp.jsonl"
    bar.save(file)
    done(qtbot, bar)
    assert bar.news.line() == f"{len(kept)} exchanges saved in {file}"
    assert shown_in(frames) == before  # the line is shown on
    assert [frame.received for frame in files.opened(file).frames] == [frame.received for frame in kept]
    assert {device.station for device in files.opened(file).devices} == {"EVLINK-1"}  # those of this line alone

    page.show_link("can")
    assert not bar.isVisible()
    paused: list[bool] = []
    frames.hold.setChecked(True)
    frames.paused_changed.connect(paused.append)
    bar.open(file)
    done(qtbot, bar)
    assert bar.said.line() == "From a file, not from the link: ocpp.jsonl"
    assert not bar.caution.isVisible()
    assert not bar.news.isVisible()
    read = shown_in(frames)
    assert read[: len(before)] == before
    assert len(read) == sum(bool(frame.sent) + bool(frame.received or not frame.sent) for frame in kept)
    assert paused == [False]
    site.can.frames.add(at=0, sent=b"", received=bytes(8), took_s=0, outcome=Outcome.HEARD)
    page.tick()
    page.detail.tabs.setCurrentIndex(0)
    page.detail.tabs.setCurrentIndex(1)
    assert shown_in(frames) == read  # it stays as it is, and open
    assert not frames.hold.isEnabled()
    frames.search.setText("metervalues")
    assert frames.view.model().rowCount() == 1
    frames.search.clear()
    bar.back.click()
    assert not bar.isVisible()
    assert frames.table.newest == site.can.frames.newest
    assert frames.hold.isEnabled()


def test_another_link_shows_its_own_frames_and_no_file(
    site: FakeLinks, open_page: Opener, qtbot: QtBot, tmp_path: Path
):
    page, frames, bar = on_frames(site, open_page)
    file = tmp_path / "ocpp.jsonl"
    bar.save(file)
    done(qtbot, bar)
    bar.open(file)
    done(qtbot, bar)
    page.show_link("can")
    assert bar.capture is None
    assert not bar.isVisible()
    assert frames.table.newest == site.can.frames.newest
    bar.open(file)
    page.show_link("ocpp")  # while it is being read
    page.show_link("can")
    done(qtbot, bar)
    qtbot.wait(50)
    assert bar.capture is None


def test_while_a_capture_is_shown_the_line_is_not_saved_in_its_place(
    site: FakeLinks, open_page: Opener, qtbot: QtBot, tmp_path: Path
):
    _page, _frames, bar = on_frames(site, open_page)
    save, _open = bar.menu.menu().actions()
    file = tmp_path / "ocpp.jsonl"
    bar.save(file)
    assert not save.isEnabled()
    done(qtbot, bar)
    assert save.isEnabled()
    bar.open(file)
    done(qtbot, bar)
    assert not save.isEnabled()
    bar.back.click()
    assert save.isEnabled()


def test_what_is_being_saved_is_saved_whatever_is_done_meanwhile(
    site: FakeLinks, open_page: Opener, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    page, _frames, bar = on_frames(site, open_page)
    go, saving = threading.Event(), files.save

    def slowly(capture: files.Capture, path: Path) -> files.Capture:
        assert go.wait(5)
        return saving(capture, path)

    monkeypatch.setattr(files, "save", slowly)
    file = tmp_path / "ocpp.jsonl"
    bar.save(file)
    bar.open(tmp_path / "nothing.jsonl")
    qtbot.waitUntil(lambda: bar.news.line().startswith("nothing.jsonl was not opened"))
    page.detail.tabs.setCurrentIndex(0)
    page.show_link("can")
    page.detail.tabs.setCurrentIndex(1)
    go.set()
    done(qtbot, bar)
    assert bar.news.line().endswith(f"saved in {file}")
    assert files.opened(file).kind == "ocpp"
    bar.save(tmp_path / "can.jsonl")
    page.stop()  # waits for its end
    assert files.opened(tmp_path / "can.jsonl").kind == "can"


def test_a_file_that_is_none_a_cut_and_a_changed_one_are_told(
    site: FakeLinks, open_page: Opener, qtbot: QtBot, tmp_path: Path
):
    _page, frames, bar = on_frames(site, open_page)
    before = shown_in(frames)
    file = tmp_path / "ocpp.jsonl"
    bar.save(file)
    done(qtbot, bar)
    whole = file.read_bytes()

    def say(data: bytes) -> str:
        file.write_bytes(data)
        bar.open(file)
        done(qtbot, bar)
        return bar.news.line()

    assert say(b"\x89PNG\r\n") == "ocpp.jsonl was not opened: this is no capture of Wattelier."
    assert shown_in(frames) == before
    assert not bar.back.isVisible()
    say(whole[:-90])
    assert bar.caution.line() == "The file was cut off: what came after these exchanges is missing."
    say(whole.replace(b'"number": 1,', b'"number":  1,', 1))
    assert bar.caution.line() == "The file was changed after it was written."
    say(whole.replace(b'"outcome": "', b'"outcome": "un', 1))
    assert bar.caution.line().endswith("Lines left out that are no exchange: 1.")
    assert frames.table.rowCount() == 0
    assert say(b"").startswith("ocpp.jsonl was not opened: ")
    assert bar.capture is not None  # the one that was open stays
    assert bar.back.isVisible()
    i18n.choose("fr")
    qtbot.waitUntil(lambda: bar.said.line() == "Lu dans un fichier, pas sur la liaison\u00a0: ocpp.jsonl")
    assert not bar.news.isVisible()
    bar.open(tmp_path / "nothing.jsonl")
    done(qtbot, bar)
    assert bar.news.line().startswith("nothing.jsonl n’a pas été ouvert\u00a0: lecture impossible\u00a0: ")


def test_a_folder_that_takes_no_file_is_said(site: FakeLinks, open_page: Opener, qtbot: QtBot, tmp_path: Path):
    _page, _frames, bar = on_frames(site, open_page)
    bar.save(tmp_path / "not there" / "ocpp.jsonl")
    done(qtbot, bar)
    assert bar.news.line().startswith("ocpp.jsonl was not saved: cannot be written: ")


def test_of_too_many_frames_the_newest_are_saved_and_that_is_said(
    site: FakeLinks, open_page: Opener, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    for number in range(9):
        site.ocpp.frames.add(at=number, sent=b"", received=bytes(400), took_s=0.25, outcome=Outcome.HEARD)
    _page, _frames, bar = on_frames(site, open_page)
    count = len(site.ocpp.frames.last(99))
    monkeypatch.setattr(files, "MOST_BYTES", 5000)
    file = tmp_path / "ocpp.jsonl"
    bar.save(file)
    done(qtbot, bar)
    saved = files.opened(file).frames
    assert saved[-1].number == site.ocpp.frames.newest
    assert bar.news.line() == (
        f"{len(saved)} exchanges saved in {file}, the newest of {count}: the file would be too long"
    )


def test_the_dialogues_give_the_name_its_ending_and_open_what_is_chosen(
    site: FakeLinks, open_page: Opener, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    _page, _frames, bar = on_frames(site, open_page)
    save, choose = bar.menu.menu().actions()
    asked: list[QFileDialog] = []

    def accept(dialog: QFileDialog) -> int:
        dialog.setDirectory(str(tmp_path))
        dialog.selectFile("bus")
        asked.append(dialog)
        return 1

    monkeypatch.setattr(QFileDialog, "exec", accept)
    save.trigger()
    assert asked[0].acceptMode() is QFileDialog.AcceptMode.AcceptSave
    assert asked[0].defaultSuffix() == "jsonl"
    done(qtbot, bar)
    file = tmp_path / "bus.jsonl"
    assert file.exists()

    def chosen(*_: object) -> tuple[str, str]:
        return str(file), ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", chosen)
    choose.trigger()
    done(qtbot, bar)
    assert bar.said.line().endswith("bus.jsonl")


def test_what_is_said_of_a_capture(tmp_path: Path):
    i18n.choose("en")
    first = Frame(1, "Bus", NOON, b"\1", b"\2", 0.1, Outcome.ANSWERED)
    day, week = (replace(first, number=2, at=NOON + after) for after in (41.0, 6 * 86400.0))
    devices = tuple(files.OnLine(f"Meter {unit}", unit, "", "acme/meter") for unit in range(1, 9))
    found = files.Capture("Bus", "rtu", "rtu:///dev/ttyS0", "Farm", NOON + 60, (first, day), devices, "0.1.0")
    assert capture_words.about(found, PARIS) == (
        "2 exchanges · 2025-11-28, 15:00:00 to 15:00:41 CET · Farm · Bus · MODBUS RTU · rtu:///dev/ttyS0"
        " · saved 2025-11-28 15:01:00 by Wattelier 0.1.0"
    )
    long = replace(found, frames=(first, week))
    assert "2025-11-28 15:00:00 to 2025-12-04 15:00:00 CET" in capture_words.about(long, PARIS)
    assert capture_words.about(replace(found, frames=()), PARIS).startswith("0 exchanges · Farm")
    assert capture_words.devices(found).startswith("Meter 1 (address 1 · acme/meter), Meter 2 (")
    assert capture_words.devices(found).endswith(", and 2 more")
    assert capture_words.usual_name("Bus n°1 · été", NOON, PARIS) == "2025-11-28_1500_bus-n1-ete.jsonl"
    assert capture_words.usual_name("…", NOON, PARIS) == "2025-11-28_1500_link.jsonl"
    i18n.choose("fr")
    assert "le 2025-11-28 de 15:00:00 à 15:00:41 CET" in capture_words.about(found, PARIS)
