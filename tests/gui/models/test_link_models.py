"""The models of the links page keep Qt's rules; frames are read as people read them."""

import json
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from core.frames import Frame, Outcome
from core.status import BusHealth, LinkCounters, LinkState, LinkStatus, StationSeen, StickHealth
from core.visible import visible
from gui import i18n
from gui.models import frame_text, link_facts, link_words
from gui.models.frame_table import MOST, FrameColumn, FrameFilter, FrameRole, FrameTable
from gui.models.station_table import DeviceLine, DeviceTable, StationColumn, StationTable
from tests.gui.fake_station import NOW, PARIS
from tests.strategies import JUNK, NASTY, examples


@pytest.fixture(autouse=True)
def english(qapp: object) -> None:
    i18n.choose("en")


def frame(number: int, sent: bytes = b"", received: bytes = b"\1", outcome: Outcome = Outcome.HEARD) -> Frame:
    return Frame(number, "can", NOW + number, sent, received, 0.0, outcome)


def text(model: FrameTable | FrameFilter, row: int, column: FrameColumn) -> str:
    return str(model.index(row, column).data())


# -- frames ----------------------------------------------------------------------------------------------------


def test_frames_keep_the_rules_while_they_come_and_go(qtbot: QtBot, qtmodeltester: ModelTester):
    table = FrameTable(PARIS)
    proxy = FrameFilter()
    proxy.setSourceModel(table)
    table.show("can", [frame(number) for number in range(1, 6)])
    for model in (table, proxy):
        qtmodeltester.check(model)
    table.add([frame(number) for number in range(4, 9)])
    assert table.rowCount() == 8
    proxy.set_filter("no such thing")
    assert proxy.rowCount() == 0
    qtmodeltester.check(proxy)
    assert table.rowCount(table.index(0, 0)) == 0


def test_the_table_never_grows_beyond_its_size(qtbot: QtBot):
    table = FrameTable(PARIS)
    table.show("can", [])
    gone: list[tuple[int, int]] = []
    table.rowsRemoved.connect(lambda _parent, first, last: gone.append((first, last)))
    table.add([frame(number) for number in range(1, MOST + 1)])
    table.add([frame(number) for number in range(1, MOST + 11)])
    assert table.rowCount() == MOST
    assert table.newest == MOST + 10
    assert gone == [(MOST - 10, MOST - 1)]


def test_a_ring_that_begins_anew_is_shown_anew(qtbot: QtBot):
    table = FrameTable(PARIS)
    table.show("can", [frame(90)])
    table.add([frame(1), frame(2)])
    assert [table.index(row, 0).data(FrameRole.NUMBER) for row in range(table.rowCount())] == [2, 1]


def test_an_exchange_is_two_rows_the_answer_on_top_and_says_once_how_it_ended(qtbot: QtBot):
    table = FrameTable(PARIS)
    table.show("tcp", [replace(frame(1, b"\1\3", b"\1\3\2", Outcome.ANSWERED), took_s=0.021)])
    assert text(table, 0, FrameColumn.WAY) == "← received"
    assert text(table, 0, FrameColumn.OUTCOME) == "answered · 21\u202fms"
    assert text(table, 1, FrameColumn.WAY) == "→ sent"
    assert text(table, 1, FrameColumn.OUTCOME) == ""
    table.show("tcp", [frame(1, b"\1\3", b"", Outcome.SILENT)])
    assert table.rowCount() == 1
    assert text(table, 0, FrameColumn.OUTCOME) == "no answer"


def test_a_can_frame_shows_its_identifier_and_its_data():
    assert frame_text.short("can", bytes.fromhex("98E51001 0A14")) == "18E51001  0A 14"
    assert frame_text.short("can", bytes.fromhex("00000351 0A14")) == "351  0A 14"
    assert frame_text.identifier(0x351) == "351"
    assert frame_text.identifier(0x98FF50E5) == frame_text.identifier(0x18FF50E5) == "18FF50E5"
    assert frame_text.identifier(0x8000_0005) == "00000005"


def test_an_ocpp_message_shows_its_action_and_keeps_what_it_cannot_read():
    assert frame_text.short("ocpp", b'[2,"a","Heartbeat",{}]') == "CALL Heartbeat {}"
    assert frame_text.short("ocpp", b'[3,"a",{"status":"Accepted"}]') == 'CALLRESULT {"status": "Accepted"}'
    assert frame_text.short("ocpp", b"not json") == "not json"
    assert frame_text.long("ocpp", b'[3,"a",{}]') == '[\n  3,\n  "a",\n  {}\n]'


def test_bytes_are_shown_sixteen_a_line_with_their_place():
    lines = frame_text.long("tcp", bytes(range(0x41, 0x41 + 18))).splitlines()
    assert lines[0] == "0000  41 42 43 44 45 46 47 48 49 4A 4B 4C 4D 4E 4F 50  ABCDEFGHIJKLMNOP"
    assert lines[1].startswith("0010  51 52")


def test_the_filter_finds_the_words_of_the_language_in_use(qtbot: QtBot):
    table, proxy = FrameTable(PARIS), FrameFilter()
    proxy.setSourceModel(table)
    table.show("can", [frame(1), frame(2, outcome=Outcome.SILENT)])
    proxy.set_filter("no answer")
    assert proxy.rowCount() == 1
    i18n.choose("fr")
    table.retranslate()
    proxy.set_filter("pas de réponse")
    assert proxy.rowCount() == 1


@examples(150)
@example("ocpp", b"[" * 990 + b"]" * 990)
@example("ocpp", b'[2,"a","b",' + b"[" * 500 + b"]" * 500 + b"]")
@example("ocpp", b'[0,"","",{"\\u00a0":null}]')
@example("ocpp", b'[3,"\\ud800","\\u202e\\u0000"]')
@example("ocpp", b"\xff\0\x1b[2J")
@example("ocpp", b'{"a": ' * 300 + b"1" + b"}" * 300)
@given(
    st.sampled_from(["tcp", "rtu", "v5", "can", "ocpp", "what"]),
    st.binary(max_size=200) | (JUNK | NASTY).map(lambda value: json.dumps([2, "a", "b", value]).encode()),
)
def test_any_bytes_can_be_shown_whatever_line_they_are_said_to_come_from(kind: str, data: bytes):
    short, long = frame_text.short(kind, data), frame_text.long(kind, data)
    assert short == visible(short)
    assert long == visible(long, lines=True)
    assert "\n" not in short


# -- small tables ----------------------------------------------------------------------------------------------


def test_stations_and_devices_keep_the_rules(qtbot: QtBot, qtmodeltester: ModelTester):
    stations, devices = StationTable(lambda: NOW), DeviceTable()
    stations.show([StationSeen("A", accepted=True, connected=True), StationSeen("B")])
    devices.show([DeviceLine("d", "Device", "address 1", "online", "healthy", "just now", "1 s asked")])
    for model in (stations, devices):
        qtmodeltester.check(model)
    assert stations.rowCount(stations.index(0, 0)) == 0


def test_stations_that_wait_come_first_and_only_what_differs_is_announced(qtbot: QtBot):
    table = StationTable(lambda: NOW)
    seen = [StationSeen("A", accepted=True, connected=True, last_frame=NOW - 5), StationSeen("B", last_frame=NOW)]
    table.show(seen)
    assert [table.index(row, 0).data() for row in (0, 1)] == ["B", "A"]
    assert table.index(0, StationColumn.STATE).data() == "waits to be accepted"
    moved: list[int] = []
    table.dataChanged.connect(lambda top: moved.append(top.row()))
    table.show([replace(seen[0], connected=False), seen[1]])
    assert moved == [1]
    assert table.index(1, StationColumn.STATE).data() == "not connected"
    assert table.row_of("A") == 1
    assert table.row_of("C") == -1
    table.show([])
    assert table.rowCount(QModelIndex()) == 0


# -- facts and words -------------------------------------------------------------------------------------------


def test_a_stick_that_is_well_has_nothing_to_warn_of():
    assert not any(fact.warn for fact in link_facts.stick_facts(StickHealth(5, 5, 0.2, has_clock=True)))
    wrong = {fact.label: fact for fact in link_facts.stick_facts(StickHealth(5, 6, crossed=1, saturated=True))}
    assert wrong["Serial number of its frames"].warn
    assert wrong["Answers to somebody else"].text == "1 · another program uses this stick"
    assert wrong["Clock"].text == "—"


def test_a_bus_that_has_left_is_a_fault_in_words():
    facts = {fact.label: fact for fact in link_facts.bus_facts(BusHealth(state="off", rx_errors=0, tx_errors=255))}
    assert facts["State of the bus"].text == "bus off: the adapter has left the bus"
    assert facts["Error counters"].warn
    assert link_facts.bus_state("something new") == ("not told by the adapter", "tertiary")


def test_counters_without_any_exchange_divide_by_nothing():
    status = LinkStatus("x", LinkState.UP, NOW, counters=LinkCounters())
    assert {fact.text for fact in link_facts.counter_facts(status)} == {"0"}


@pytest.mark.parametrize(
    ("kind", "error", "wanted"),
    [
        ("rtu", "the serial port COM3 is in use by another program", "Close the other program"),
        ("rtu", "no permission for the serial port /dev/x; add the user to the group dialout", "Give this user"),
        ("tcp", "x refuses connections on port 502", "this service is off"),
        ("v5", "nothing that is known", "the diagnosis walks you"),
        ("ocpp", "nothing that is known", "Choose another port"),
    ],
)
def test_every_error_comes_with_something_to_do(kind: str, error: str, wanted: str):
    assert wanted in link_words.remedy(kind, error)
