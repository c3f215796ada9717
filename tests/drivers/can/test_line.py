"""The line: nothing leaves before the gate is open, the reader is watched, orders are proven."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress

import can
import pytest

from core.config import DeviceConfig, LinkConfig
from core.errors import CommandRefused, DeviceError, LinkError
from core.frames import Outcome
from core.points import Quality
from core.status import DeviceState, Gated, Line, LinkState, Operable, Voice
from drivers import backoff
from drivers.can.bus import Heard, Sign, error_frame
from drivers.can.frames import CanFrame, parse_frame
from drivers.can.line import CanLine
from tests.drivers.can.bench import EVSE, PYLON, Adapters, FakePort, Kept, dbc_of, device, evse, link, until

SILENCEABLE = "can://slcan/COM5"  # never opened: the port is a fake


@contextmanager
def running(
    config: LinkConfig, *devices: DeviceConfig, adapters: Adapters | None = None
) -> Iterator[tuple[CanLine, Kept]]:
    sink = Kept()
    line = CanLine(config, devices, sink, opener=adapters) if adapters else CanLine(config, devices, sink)
    line.start()
    try:
        until(lambda: line.status().state is not LinkState.OFF and line.status().state is not LinkState.CONNECTING)
        yield line, sink
    finally:
        line.stop()


@pytest.fixture
def other() -> Iterator[can.BusABC]:
    """A second participant of the virtual bus."""
    bus = can.Bus(interface="virtual", channel="test", ignore_config=True)
    yield bus
    bus.shutdown()


def say(bus: can.BusABC, *frames: CanFrame) -> None:
    for frame in frames:
        bus.send(can.Message(arbitration_id=frame.identifier, is_extended_id=frame.extended, data=frame.data))


def all_heard(bus: can.BusABC) -> list[CanFrame]:
    found: list[CanFrame] = []
    while (message := bus.recv(0)) is not None:
        found.append(CanFrame(message.arbitration_id, message.is_extended_id, bytes(message.data)))
    return found


def test_it_is_a_line_with_a_gate_that_takes_orders():
    line: Line = CanLine(link(), (), Kept())
    assert isinstance(line, Gated)
    assert isinstance(line, Operable)
    line.stop()


# -- silence -------------------------------------------------------------------------------------------------------


def test_a_read_only_line_sends_not_one_frame_in_all_its_life(other: can.BusABC):
    with running(link(read_only=True, transmit=EVSE), device("w1"), device("b", PYLON, 0)) as (line, sink):
        say(other, evse("EVSE_Status"), parse_frame("355: 1A 00 64 00"))
        until(lambda: sink.of("soc") and sink.of("evse_state"))
        for profile in (EVSE, PYLON, "nobody/nothing"):
            with pytest.raises(CommandRefused):
                line.allow(profile)
        with pytest.raises(CommandRefused, match="read-only"):
            line.operate("w1", "limit", {"limit_a": 10})
        line.ask("w1")
        line.reconnect()
        until(lambda: line.status().counters.reconnects == 1 and line.status().state is LinkState.UP)
        say(other, evse("EVSE_Status", AliveCounter=1))
        until(lambda: len(sink.of("evse_state")) >= 2)
        assert line.status().voice is Voice.LISTENS
    assert all_heard(other) == []


def test_a_writable_line_listens_too_until_a_profile_is_confirmed(other: can.BusABC):
    with running(link(), device("w1")) as (line, sink):
        say(other, evse("EVSE_Status"))
        until(lambda: sink.of("evse_state"))
        line.ask("w1", "identity")
        with pytest.raises(CommandRefused, match="only listens: allow transmission first"):
            line.operate("w1", "limit", {"limit_a": 10})
        time.sleep(0.2)
        assert all_heard(other) == []
        line.allow(EVSE)
        until(lambda: line.frames.last(3) and line.frames.last(1)[0].outcome is Outcome.SENT)
        assert line.status().voice is Voice.TRANSMITS
    assert {frame.identifier for frame in all_heard(other)} == {0x18E50101}, "requests, and no command without an order"


@pytest.mark.parametrize(
    ("profile", "sentence"),
    [(PYLON, "is only listened to: nothing is ever sent to it"), ("aura/hybrid", "has the profile 'aura/hybrid'")],
)
def test_only_a_profile_of_this_bus_that_sends_can_be_allowed(profile: str, sentence: str):
    line = CanLine(link(), (device("b", PYLON, 0), device("w1")), Kept())
    with pytest.raises(CommandRefused, match=sentence):
        line.allow(profile)
    assert line.status().voice is Voice.LISTENS
    line.stop()


def test_what_the_site_file_has_confirmed_is_allowed_from_the_start():
    with running(link(transmit=EVSE), device("w2", unit=2)) as (line, _):
        until(lambda: line.status().voice is Voice.TRANSMITS)
        until(lambda: sum(frame.outcome is Outcome.SENT for frame in line.frames.last(10)) == 3)
    sent = [frame.sent for frame in line.frames.last(10) if frame.outcome is Outcome.SENT]
    judge = dbc_of(EVSE).get_message_by_name("EMS_Request")
    asked = [judge.decode(frame[4:], decode_choices=False) for frame in sent]
    assert [frame[:4].hex() for frame in sent] == ["98e50102"] * 3
    assert [entry["RequestId"] for entry in asked if isinstance(entry, dict)] == [1, 2, 3]


def test_closing_the_gate_stops_the_commands_at_once():
    adapters = Adapters()
    with running(link(), device("w1"), adapters=adapters) as (line, sink):
        future = _led(line, sink, adapters.ports[0])
        line.allow("")
        sent = len(adapters.ports[0].sent)
        with pytest.raises(CommandRefused, match="transmission has been stopped"):
            future.result(5)
        time.sleep(0.7)
        assert len(adapters.ports[0].sent) == sent
        assert line.status().voice is Voice.LISTENS
        with pytest.raises(CommandRefused, match="only listens"):
            line.operate("w1", "limit", {"limit_a": 10})


def test_an_adapter_that_can_be_mute_is_mute_but_for_the_time_of_the_open_gate():
    adapters = Adapters()
    with running(link(SILENCEABLE), device("w1"), adapters=adapters) as (line, _):
        assert adapters.ports[0].silent
        line.allow(EVSE)
        until(lambda: len(adapters.ports) == 2)
        assert adapters.ports[0].closed
        assert not adapters.ports[1].silent
        until(lambda: len(adapters.ports[1].sent) == 3)
        line.allow("")
        until(lambda: len(adapters.ports) == 3)
        assert adapters.ports[2].silent
    assert adapters.ports[2].sent == []
    assert adapters.ports[0].sent == []


# -- orders --------------------------------------------------------------------------------------------------------


def _led(line: CanLine, sink: Kept, port: FakePort) -> Future[str]:
    """Allow the line and give wallbox 1 an order that is never obeyed; return its future once a command is out."""
    port.give(evse("EVSE_Status"))
    until(lambda: sink.of("evse_state"))
    line.allow(EVSE)
    future = line.operate("w1", "limit", {"limit_a": 10})
    until(lambda: _commands(port))
    return future


def _commands(port: FakePort) -> list[dict[str, float]]:
    judge = dbc_of(EVSE).get_message_by_name("EMS_Command")
    found = [judge.decode(frame.data, decode_choices=False) for frame in port.sent if frame.identifier == 0x18E50001]
    return [{name: float(str(value)) for name, value in entry.items()} for entry in found if isinstance(entry, dict)]


def test_a_limit_goes_out_every_half_second_with_its_watchdog_until_the_wallbox_shows_it():
    adapters = Adapters()
    with running(link(), device("w1"), adapters=adapters) as (line, sink):
        port = adapters.ports[0]
        future = _led(line, sink, port)
        assert not future.done()
        port.give(evse("EVSE_Status", AliveCounter=1, AppliedLimit=16))
        until(lambda: len(_commands(port)) >= 3)
        assert not future.done(), "16 A is not what was ordered"
        port.give(evse("EVSE_Status", AliveCounter=2, AppliedLimit=10, LimitedBy=3))
        assert future.result(5) == "10 A applied"
        until(lambda: len(_commands(port)) >= 4)
        sent = _commands(port)
    first = sent[0]
    assert first["CurrentLimit"] == 10
    assert (first["FallbackLimit"], first["CommandTimeout"], first["ChargeEnable"]) == (6, 10, 1)
    assert (first["StartToggle"], first["StopToggle"], first["ClearFault"], first["ModeRequest"]) == (0, 0, 0, 0)
    assert [entry["CommandCounter"] for entry in sent] == list(range(len(sent)))


def test_a_lower_limit_that_the_wallbox_explains_is_an_answer():
    adapters = Adapters()
    with running(link(), device("w1"), adapters=adapters) as (line, sink):
        future = _led(line, sink, adapters.ports[0])
        adapters.ports[0].give(evse("EVSE_Status", AliveCounter=1, AppliedLimit=8, LimitedBy=1))
        assert future.result(5) == "8 A applied, limited by cable"


def test_the_fallback_limit_proves_nothing_even_when_it_is_the_same_number(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("drivers.can.command.PROVEN_WITHIN_S", 0.8)
    adapters = Adapters()
    with running(link(), device("w1"), adapters=adapters) as (line, sink):
        port = adapters.ports[0]
        port.give(evse("EVSE_Status"))
        until(lambda: sink.of("evse_state"))
        line.allow(EVSE)
        future = line.operate("w1", "limit", {"limit_a": 6})
        until(lambda: _commands(port))
        port.give(evse("EVSE_Status", AliveCounter=1, AppliedLimit=6, LimitedBy=5, FallbackActive=1))
        with pytest.raises(DeviceError, match=r"w1 does not confirm: limit 6\.0, limited_by fallback"):
            future.result(5)


REFUSED = [
    ("limit", {"limit_a": 5.9}, "the limit must be 0 or from 6 to 16 A, not 5.9 A"),
    ("limit", {"limit_a": 17}, "the wallbox has not said its maximum yet"),
    ("limit", {"limit_a": -1}, "the limit must be 0 or"),
    ("limit", {"limit_a": float("nan")}, "the limit must be a number"),
    ("limit", {"limit_a": True}, "the limit must be a number"),
    ("limit", {}, "the limit must be a number"),
    ("limit", {"limit_a": 10, "fallback_a": 3}, "the fallback limit must be 0 or"),
    ("limit", {"limit_a": 10, "timeout_s": 1}, "the timeout must be from 2 to 120 s, not 1"),
    ("mode", {"mode": "turbo"}, "the mode must be one of online, offline, plugandplay"),
    ("phases", {"phases": 2}, "the number of phases must be 1 or 3"),
    ("explode", {}, "'explode' is not one of limit, start"),
]


def test_an_order_out_of_range_is_refused_with_a_sentence_and_nothing_is_sent():
    adapters = Adapters()
    with running(link(), device("w1"), adapters=adapters) as (line, sink):
        port = adapters.ports[0]
        port.give(evse("EVSE_Status"))
        until(lambda: sink.of("evse_state"))
        line.allow(EVSE)
        for action, arguments, sentence in REFUSED:
            with pytest.raises(CommandRefused, match=sentence):
                line.operate("w1", action, arguments).result(5)
        assert _commands(port) == []


def test_the_wallboxs_own_maximum_is_the_limit_of_orders():
    adapters = Adapters()
    with running(link(), device("w1"), adapters=adapters) as (line, sink):
        port = adapters.ports[0]
        ratings = {"MinCurrent": 8, "MaxCurrent": 20, "RatedPhases": 1, "CanSwitchPhases": 0, "HasRfid": 0}
        port.give(evse("EVSE_Status"), evse("EVSE_Identity", IdPage=4, **ratings))
        until(lambda: sink.of("max_current"))
        line.allow(EVSE)
        with pytest.raises(CommandRefused, match=r"from 8 to 20 A, not 21 A$"):
            line.operate("w1", "limit", {"limit_a": 21}).result(5)
        with pytest.raises(CommandRefused, match="cannot switch between one and three phases"):
            line.operate("w1", "phases", {"phases": 1}).result(5)
        future = line.operate("w1", "limit", {"limit_a": 20})
        until(lambda: _commands(port))
        port.give(evse("EVSE_Status", AliveCounter=1, AppliedLimit=20, LimitedBy=3))
        assert future.result(5) == "20 A applied"


def test_a_start_is_a_change_of_its_bit_after_the_wallbox_has_seen_where_it_stood():
    adapters = Adapters()
    with running(link(), device("w1"), adapters=adapters) as (line, sink):
        port = adapters.ports[0]
        port.give(evse("EVSE_Status", CpState=2, EvseState=2))
        until(lambda: sink.of("evse_state"))
        line.allow(EVSE)
        future = line.operate("w1", "start", {})
        until(lambda: len(_commands(port)) >= 3)
        assert [entry["StartToggle"] for entry in _commands(port)[:3]] == [0, 0, 1]
        port.give(evse("EVSE_Status", CpState=3, EvseState=4, AliveCounter=1))
        assert future.result(5) == "charging"
        assert {entry["CurrentLimit"] for entry in _commands(port)} == {16}, "the limit stays what it was"


def test_no_session_is_started_without_a_vehicle():
    adapters = Adapters()
    with running(link(), device("w1"), adapters=adapters) as (line, sink):
        adapters.ports[0].give(evse("EVSE_Status", CpState=1, EvseState=1))
        until(lambda: sink.of("evse_state"))
        line.allow(EVSE)
        with pytest.raises(CommandRefused, match=r"a session needs a connected vehicle \(cp_state is a\)"):
            line.operate("w1", "start", {}).result(5)


def test_a_mode_is_asked_for_until_it_is_there_and_then_no_longer():
    adapters = Adapters()
    with running(link(), device("w1"), adapters=adapters) as (line, sink):
        port = adapters.ports[0]
        port.give(evse("EVSE_Status", FaultBits=2))
        until(lambda: sink.of("evse_state"))
        line.allow(EVSE)
        mode, clear = line.operate("w1", "mode", {"mode": "offline"}), line.operate("w1", "clear_fault", {})
        until(lambda: _commands(port))
        assert (_commands(port)[-1]["ModeRequest"], _commands(port)[-1]["ClearFault"]) == (2, 1)
        port.give(evse("EVSE_Status", WorkMode=2, AliveCounter=1))
        assert (mode.result(5), clear.result(5)) == ("offline", "no fault")
        count = len(_commands(port))
        until(lambda: len(_commands(port)) > count)
        assert (_commands(port)[-1]["ModeRequest"], _commands(port)[-1]["ClearFault"]) == (0, 0)


def test_a_released_wallbox_hears_nothing_more():
    adapters = Adapters()
    with running(link(), device("w1"), adapters=adapters) as (line, sink):
        port = adapters.ports[0]
        _led(line, sink, port)
        assert line.operate("w1", "release", {}).result(5) == "released: 6 A after 10 s"
        count = len(_commands(port))
        time.sleep(0.7)
        assert len(_commands(port)) == count


def test_a_wallbox_that_somebody_else_leads_is_left_alone():
    adapters = Adapters()
    with running(link(), device("w1"), adapters=adapters) as (line, sink):
        port = adapters.ports[0]
        future = _led(line, sink, port)
        port.give(CanFrame(0x18E50001, True, bytes(8)))
        with pytest.raises(CommandRefused, match="another controller on this bus leads w1 too"):
            future.result(5)
        with pytest.raises(CommandRefused, match="another controller on this bus already leads w1"):
            line.operate("w1", "limit", {"limit_a": 10}).result(5)


def test_a_newer_order_takes_the_place_of_the_older():
    adapters = Adapters()
    with running(link(), device("w1"), adapters=adapters) as (line, sink):
        port = adapters.ports[0]
        older = _led(line, sink, port)
        newer = line.operate("w1", "limit", {"limit_a": 0})
        with pytest.raises(CommandRefused, match="a newer order has taken its place"):
            older.result(5)
        until(lambda: _commands(port)[-1]["CurrentLimit"] == 0)
        assert _commands(port)[-1]["ChargeEnable"] == 0
        port.give(evse("EVSE_Status", AliveCounter=1, AppliedLimit=0, LimitedBy=3))
        assert newer.result(5) == "0 A applied"


def test_who_waits_for_a_proof_is_told_when_the_line_ends():
    adapters = Adapters()
    with running(link(), device("w1"), adapters=adapters) as (line, sink):
        future = _led(line, sink, adapters.ports[0])
        line.stop()
        with pytest.raises(LinkError, match="the line is being closed"):
            future.result(5)
        with pytest.raises(CommandRefused):
            line.operate("w1", "limit", {"limit_a": 10})


# -- orders of one frame -------------------------------------------------------------------------------------------


def _requests(port: FakePort, unit: int = 1) -> list[tuple[float, float]]:
    judge = dbc_of(EVSE).get_message_by_name("EMS_Request")
    mine = [frame for frame in port.sent if frame.identifier == 0x18E50100 + unit]
    found = [judge.decode(frame.data, decode_choices=False) for frame in mine]
    return [(float(str(one["RequestId"])), float(str(one["RequestArg"]))) for one in found if isinstance(one, dict)]


def _card_box(unit: int = 1) -> list[CanFrame]:
    """A wallbox that would learn cards: its state, its ratings, two cards."""
    ratings = {"MinCurrent": 6, "MaxCurrent": 32, "RatedPhases": 3, "CanSwitchPhases": 1, "HasRfid": 1}
    return [
        evse("EVSE_Status", unit, WorkMode=2),
        evse("EVSE_Identity", unit, IdPage=4, **ratings),
        evse("EVSE_RfidTable", unit, CardCount=2, CardMax=8, SlotMask=0b110),
    ]


def test_a_card_is_learnt_and_removed_without_leading_the_wallbox():
    adapters = Adapters()
    with running(link(), device("w1"), device("w2", unit=2), adapters=adapters) as (line, sink):
        port = adapters.ports[0]
        port.give(*_card_box(1), *_card_box(2))
        until(lambda: len(sink.of("card_slots")) == 2)
        for action in ("learn_card", "remove_card", "reboot"):
            with pytest.raises(CommandRefused, match="only listens: allow transmission first"):
                line.operate("w1", action, {"slot": 2})
        assert port.sent == []
        line.allow(EVSE)
        until(lambda: len(_requests(port)) == 3)
        future = line.operate("w1", "learn_card", {})
        until(lambda: (4.0, 0.0) in _requests(port))
        port.give(evse("EVSE_RfidEvent", RfidEvent=4, UidLength=4, Uid=0xC3B2A104))
        assert future.result(5) == "the card 04A1B2C3 has been added"
        future = line.operate("w1", "remove_card", {"slot": 3})
        until(lambda: (5.0, 3.0) in _requests(port))
        port.give(evse("EVSE_RfidTable", CardCount=1, CardMax=8, SlotMask=0b010))
        assert future.result(5) == "slot 3 is empty now"
        assert [entry for entry in _requests(port) if entry[0] > 3] == [(4, 0), (5, 3)], "each once"
        assert _commands(port) == []
        assert len(_requests(port, 2)) == 3, "the neighbour is only asked who it is"


def test_a_read_only_line_takes_no_order_of_one_frame():
    adapters = Adapters()
    with running(link(read_only=True), device("w1"), adapters=adapters) as (line, sink):
        adapters.ports[0].give(*_card_box())
        until(lambda: sink.of("card_slots"))
        with pytest.raises(CommandRefused, match="read-only"):
            line.operate("w1", "reboot", {})
        assert adapters.ports[0].sent == []


@pytest.mark.parametrize("ends", ["the gate", "the line"])
def test_who_waits_for_a_card_is_told_when_nothing_may_be_sent_any_more(ends: str):
    adapters = Adapters()
    with running(link(), device("w1"), adapters=adapters) as (line, sink):
        port = adapters.ports[0]
        port.give(*_card_box())
        until(lambda: sink.of("card_slots"))
        line.allow(EVSE)
        future = line.operate("w1", "learn_card", {})
        until(lambda: (4.0, 0.0) in _requests(port))
        if ends == "the gate":
            line.allow("")
            with pytest.raises(CommandRefused, match="transmission has been stopped"):
                future.result(5)
        else:
            line.stop()
            with pytest.raises(LinkError, match="the line is being closed"):
                future.result(5)


def test_a_device_that_takes_no_orders_takes_none_of_one_frame_either():
    line = CanLine(link(), (device("b", PYLON, 0), device("w1")), Kept())
    with pytest.raises(CommandRefused, match="this device takes no such orders"):
        line.operate("b", "reboot", {})


@pytest.mark.parametrize("identifier", [0x18E50000, 0x18E50001, 0x18E50100, 0x18E50101])
def test_a_controller_that_speaks_to_all_wallboxes_leads_each_of_them(identifier: int):
    adapters = Adapters()
    with running(link(), device("w1"), adapters=adapters) as (line, sink):
        port = adapters.ports[0]
        port.give(*_card_box(), CanFrame(identifier, True, bytes(8)))
        until(lambda: sink.of("card_slots"))
        line.allow(EVSE)
        with pytest.raises(CommandRefused, match="another controller on this bus already leads w1"):
            line.operate("w1", "reboot", {}).result(5)
        if identifier < 0x18E50100:
            with pytest.raises(CommandRefused, match="another controller on this bus already leads w1"):
                line.operate("w1", "limit", {"limit_a": 10}).result(5)
        until(lambda: (bus := line.status().bus) is not None and bus.frames_a_second > 0)
        assert (bus := line.status().bus) is not None
        assert bus.unknown == ()


# -- what is said once ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("open_gate", [True, False])
def test_a_wallbox_that_comes_back_is_asked_again_who_it_is_where_that_may_be_asked(
    open_gate: bool, monkeypatch: pytest.MonkeyPatch
):
    adapters = Adapters()
    with running(link(), device("w1"), adapters=adapters) as (line, sink):
        port = adapters.ports[0]
        port.give(*_card_box())
        until(lambda: sink.of("card_slots"))
        if open_gate:
            line.allow(EVSE)
            until(lambda: len(_requests(port)) == 3)
        monkeypatch.setattr(line._roll.listeners["w1"], "_moved", time.monotonic() - 10)
        until(lambda: sink.newest()["max_current"] == (32.0, Quality.STALE))
        port.give(evse("EVSE_Status", WorkMode=2, AliveCounter=7))
        until(lambda: sink.newest()["evse_state"][1] is Quality.GOOD)
        if open_gate:
            until(lambda: _requests(port)[3:] == [(1, 0), (2, 0), (3, 0)])
            with pytest.raises(CommandRefused, match="the wallbox has not said its maximum yet"):
                line.operate("w1", "limit", {"limit_a": 20}).result(5)
            port.give(*_card_box()[1:])
            until(lambda: sink.newest()["max_current"] == (32.0, Quality.GOOD))
        else:
            line.ask("w1")
            port.give(evse("EVSE_Status", WorkMode=2, AliveCounter=8))
            until(lambda: line.status().counters.answered == 5)
            assert port.sent == []
            assert sink.newest()["max_current"] == (32.0, Quality.STALE)


def test_a_wallbox_that_is_switched_on_after_the_gate_was_opened_is_asked_who_it_is():
    adapters = Adapters()
    with running(link(transmit=EVSE), device("w1"), adapters=adapters) as (_, sink):
        port = adapters.ports[0]
        until(lambda: len(_requests(port)) == 3)
        port.give(evse("EVSE_Status"))
        until(lambda: sink.of("evse_state"))
        until(lambda: _requests(port)[3:] == [(1, 0), (2, 0), (3, 0)])


# -- watched -------------------------------------------------------------------------------------------------------


def test_a_reader_that_fails_is_opened_again(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(backoff.random, "uniform", lambda *_: 0.02)
    adapters = Adapters()
    with running(link(), device("w1"), adapters=adapters) as (line, sink):
        adapters.ports[0].coming.append(LinkError("the CAN adapter COM5 (slcan) is gone; was it unplugged?"))
        until(lambda: len(adapters.ports) == 2 and line.status().state is LinkState.UP)
        assert adapters.ports[0].closed
        adapters.ports[1].give(evse("EVSE_Status"))
        until(lambda: sink.of("evse_state"))
        assert line.status().counters.reconnects == 1


def test_an_exception_that_nobody_expected_ends_neither_thread_nor_line(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    monkeypatch.setattr(backoff.random, "uniform", lambda *_: 0.02)
    adapters = Adapters()
    with running(link(), device("w1"), adapters=adapters) as (line, _):
        adapters.ports[0].coming.append(ZeroDivisionError("by the library"))
        until(lambda: len(adapters.ports) == 2 and line.status().state is LinkState.UP)
    assert "ZeroDivisionError" in caplog.text


def test_an_adapter_that_is_missing_is_tried_again_and_the_operator_may_cut_the_wait_short():
    adapters = Adapters(broken=1)
    with running(link(), device("w1"), adapters=adapters) as (line, _):
        status = line.status()
        assert (status.state, status.error) == (LinkState.DOWN, "no such adapter")
        assert status.retry_at is not None
        line.reconnect()
        until(lambda: line.status().state is LinkState.UP)


def test_bus_off_closes_the_adapter_and_is_said():
    adapters = Adapters()
    with running(link(), device("w1"), adapters=adapters) as (line, _):
        adapters.ports[0].coming.append(error_frame(0x040, b""))
        until(lambda: line.status().state is LinkState.DOWN)
        status = line.status()
        assert "bus-off" in status.error
        assert status.bus is not None
        assert status.bus.state == "off"
        assert adapters.ports[0].closed


def test_devices_fall_silent_while_the_line_is_down(monkeypatch: pytest.MonkeyPatch):
    adapters = Adapters()
    config = device("b", PYLON, 0)
    with running(link(), config, adapters=adapters) as (line, sink):
        adapters.ports[0].give(parse_frame("355: 1A 00 64 00"))
        until(lambda: sink.of("soc"))
        monkeypatch.setattr(line._roll.listeners["b"], "_moved", time.monotonic() - 10)
        adapters.broken = 100
        adapters.ports[0].coming.append(LinkError("gone"))
        until(lambda: line.status().devices[0].state is DeviceState.SILENT)
        assert sink.newest()["soc"] == (26.0, Quality.STALE)


def test_orders_outlast_a_hiccup_of_the_adapter_but_not_the_patience_of_the_wallbox(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(backoff.random, "uniform", lambda *_: 0.02)
    adapters = Adapters()
    with running(link(), device("w1"), adapters=adapters) as (line, sink):
        _led(line, sink, adapters.ports[0])
        adapters.ports[0].coming.append(LinkError("gone"))
        until(lambda: len(adapters.ports) == 2 and _commands(adapters.ports[1]))
        assert _commands(adapters.ports[1])[-1]["CurrentLimit"] == 10
        monkeypatch.setattr(line._roll.commanders["w1"], "_sent_at", time.monotonic() - 11)
        monkeypatch.setattr(line._roll.commanders["w1"], "due_at", lambda: float("inf"))
        adapters.ports[1].coming.append(LinkError("gone"))
        until(lambda: len(adapters.ports) == 3)
        until(lambda: not line._roll.commanders["w1"].active)
    assert _commands(adapters.ports[2]) == []


# -- what is heard -------------------------------------------------------------------------------------------------


def test_wallboxes_and_a_battery_share_a_bus_and_strangers_are_counted():
    adapters = Adapters()
    devices = (device("w1"), device("w2", unit=2), device("b", PYLON, 0))
    with running(link(), *devices, adapters=adapters) as (line, sink):
        port = adapters.ports[0]
        port.give(evse("EVSE_Status", 1, AppliedLimit=10), evse("EVSE_Status", 2, AppliedLimit=20))
        port.give(
            parse_frame("355: 1A 00 64 00"),
            evse("EVSE_Status", 3),
            CanFrame(0x777, False, b""),
            CanFrame(0x777, False, b""),
        )
        port.give(parse_frame("305: 00 00 00 00 00 00 00 00"))
        until(lambda: sink.of("soc"))
        assert [reading.value for reading in sink.of("applied_limit", "w1")] == [10.0]
        assert [reading.value for reading in sink.of("applied_limit", "w2")] == [20.0]
        until(lambda: (bus := line.status().bus) is not None and len(bus.unknown) == 2)
        health = line.status().bus
        assert health is not None
        assert health.unknown == ((0x777, 2), (0x98E51003, 1))
        assert [frame.note for frame in line.frames.last(10)] == ["EVSE_Status", "EVSE_Status", "Charge_State"]


def test_strangers_do_not_flush_the_ring(other: can.BusABC):
    with running(link(), device("w1")) as (line, sink):
        say(other, evse("EVSE_Status"))
        until(lambda: sink.of("evse_state"))
        for number in range(3000):
            say(other, CanFrame(number % 0x300, False, b"\x01"))
        say(other, evse("EVSE_Status", EvseState=1, AliveCounter=1))
        until(lambda: len(sink.of("evse_state")) == 2)
        assert len(line.frames.last(10_000)) == 2


def test_a_full_bus_is_heard_whole_and_passed_on_at_a_human_pace(other: can.BusABC):
    frames = [evse("EVSE_Status", InnerTemp=number % 50, AliveCounter=number % 16) for number in range(4000)]
    frames.append(evse("EVSE_Status", InnerTemp=77, AliveCounter=0))
    with running(link(), device("w1")) as (line, sink):
        began = time.monotonic()
        say(other, *frames)
        until(lambda: sink.values("inner_temperature")[-1:] == [77.0])
        took = time.monotonic() - began
        assert len(sink.of("inner_temperature")) <= took * 10 + 2
        assert line.status().state is LinkState.UP


def test_who_has_not_been_heard_is_told_why():
    adapters = Adapters()
    config = link("can://virtual/test?bitrate=500000")
    with running(config, device("w1"), device("w2", unit=2), adapters=adapters) as (line, _):
        until(lambda: line.status().devices[0].fault)
        assert line.status().devices[0].fault == "nothing is heard on the bus yet"
        adapters.ports[0].coming.append(error_frame(0x008, b""))
        until(lambda: "is the bit rate 500000 bit/s right?" in line.status().devices[0].fault)
        adapters.ports[0].give(evse("EVSE_Status"))
        until(lambda: line.status().devices[0].state is DeviceState.ONLINE)
        assert line.status().devices[1].fault == "nothing heard of number 2, though the bus is alive"


def test_a_device_with_a_wrong_number_is_faulty_and_the_others_live():
    adapters = Adapters()
    with running(link(), device("w9", unit=9), device("w1"), adapters=adapters) as (line, sink):
        adapters.ports[0].give(evse("EVSE_Status"))
        until(lambda: sink.of("evse_state"))
        status = line.status().devices[0]
        assert (status.state, status.fault) == (
            DeviceState.FAULTY,
            "unit 9: the devices of open_evse/can_wallbox have numbers from 1 to 8",
        )


def test_the_bit_rate_is_that_of_the_address_or_else_of_the_first_profile():
    assert CanLine(link(), (device("w1"),), Kept()).bitrate == 250_000
    assert CanLine(link(), (device("b", PYLON, 0),), Kept()).bitrate == 500_000
    assert CanLine(link("can://virtual/x?bitrate=125000"), (device("w1"),), Kept()).bitrate == 125_000


def test_figures_of_the_adapter_reach_the_status():
    adapters = Adapters()
    with running(link(), device("w1"), adapters=adapters) as (line, _):
        adapters.ports[0].sign, adapters.ports[0].lost = Sign.WARNING, 4
        adapters.ports[0].coming.append(Heard(lost=2))
        until(lambda: (bus := line.status().bus) is not None and bus.state == "warning")
        bus = line.status().bus
        assert bus is not None
        assert (bus.dropped, bus.silent_adapter) == (6, True)


def test_stopping_ends_the_thread_and_can_be_done_twice():
    line = CanLine(link(), (device("w1"),), Kept(), opener=Adapters())
    line.start()
    until(lambda: line.status().state is LinkState.UP)
    line.stop()
    line.stop()
    assert line.status().state is LinkState.OFF
    assert not any(thread.name == "line bus" for thread in threading.enumerate())
    with suppress(CommandRefused):
        line.allow("")
