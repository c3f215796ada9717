"""The command frame, without a line: what is ordered is what cantools reads, and nothing else ever."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import CommandRefused, DecodeError, DeviceError
from drivers.can.command import SETTLES, Commander
from drivers.can.frames import CanFrame
from drivers.can.requests import request_frame
from tests.drivers.can.bench import EVSE, Heardly, dbc_of, device, evse

RATINGS = {"MinCurrent": 6.0, "MaxCurrent": 32.0, "RatedPhases": 3.0, "CanSwitchPhases": 1.0, "HasRfid": 1.0}


def led(unit: int = 1, **status: float) -> tuple[Heardly, Commander]:
    bench = Heardly(device("w", unit=unit))
    bench.hear(evse("EVSE_Status", unit, **status), evse("EVSE_Identity", unit, IdPage=4, **RATINGS))
    rules = bench.listener.mapping.rules.command
    assert rules is not None
    return bench, Commander(bench.listener, rules)


def order(commander: Commander, action: str, ticks: float = 1000.0, **arguments: object) -> Future[str]:
    future: Future[str] = Future()
    commander.begin(action, arguments, future, ticks)
    return future


def said(frame: CanFrame) -> dict[str, float]:
    found = dbc_of(EVSE).get_message_by_name("EMS_Command").decode(frame.data, decode_choices=False)
    assert isinstance(found, dict)
    return {name: float(str(value)) for name, value in found.items()}


@given(st.integers(60, 320), st.sampled_from([0, 60, 61, 100]), st.integers(2, 120), st.integers(1, 8))
def test_every_tenth_of_an_ampere_arrives_as_it_was_ordered(limit: int, fallback: int, timeout: int, unit: int):
    _, commander = led(unit)
    order(commander, "limit", limit_a=limit / 10, fallback_a=fallback / 10, timeout_s=timeout)
    frame = commander.frame()
    assert (frame.identifier, frame.extended, len(frame.data)) == (0x18E50000 + unit, True, 8)
    raws = dbc_of(EVSE).get_message_by_name("EMS_Command").decode(frame.data, decode_choices=False, scaling=False)
    assert isinstance(raws, dict)
    assert (raws["CurrentLimit"], raws["FallbackLimit"], raws["CommandTimeout"]) == (limit, fallback, timeout)


@given(st.floats(allow_nan=True, allow_infinity=True))
def test_no_other_current_ever_leaves(amperes: float):
    _, commander = led()
    try:
        order(commander, "limit", limit_a=amperes)
    except CommandRefused:
        assert not commander.active
        return
    assert amperes == 0 or 6 <= amperes <= 32
    assert said(commander.frame())["CurrentLimit"] == pytest.approx(amperes, abs=0.0501)


def test_the_counter_counts_to_15_and_starts_again():
    _, commander = led()
    order(commander, "limit", limit_a=10)
    assert [said(commander.frame())["CommandCounter"] for _ in range(18)] == [*range(16), 0, 1]


def test_frames_are_due_each_half_second_and_a_new_order_at_once():
    _, commander = led()
    assert commander.due_at() == float("inf")
    order(commander, "limit", limit_a=10)
    assert commander.due_at() < 1000
    commander.frame()
    commander.sent(1000.0)
    assert commander.due_at() == 1000.5
    order(commander, "limit", 1000.1, limit_a=12)
    assert commander.due_at() <= 1000.1


def test_the_first_frame_says_what_the_wallbox_does_already():
    _, commander = led(AppliedLimit=13)
    order(commander, "clear_fault")
    first = said(commander.frame())
    assert (first["CurrentLimit"], first["FallbackLimit"], first["CommandTimeout"]) == (13, 6, 10)
    assert first["PowerLimit"] == 65535, "no limit by power of ours"
    _, commander = led(AppliedLimit=0)
    order(commander, "clear_fault")
    first = said(commander.frame())
    assert (first["ChargeEnable"], first["CurrentLimit"]) == (0, 0), "an order about a fault lets nobody charge"
    _, commander = led(AppliedLimit=0)
    order(commander, "start")
    first = said(commander.frame())
    assert (first["ChargeEnable"], first["CurrentLimit"]) == (1, 6)


def test_a_start_that_was_overtaken_by_a_stop_never_flips():
    _, commander = led()
    start = order(commander, "start")
    stop = order(commander, "stop")
    assert isinstance(start.exception(0), CommandRefused)
    for _ in range(SETTLES + 2):
        frame = said(commander.frame())
        commander.sent(1000.0)
    assert (frame["StartToggle"], frame["StopToggle"]) == (0, 1)
    assert not stop.done()


def test_a_second_start_flips_the_bit_once_more():
    bench, commander = led(EvseState=2)
    order(commander, "start")
    for _ in range(SETTLES + 1):
        frame = said(commander.frame())
        commander.sent(bench.clock.at)
    assert frame["StartToggle"] == 1
    order(commander, "start")
    assert said(commander.frame())["StartToggle"] == 0


def test_what_came_before_the_order_went_out_proves_nothing():
    bench, commander = led(AppliedLimit=10, LimitedBy=3)
    future = order(commander, "limit", limit_a=10)
    commander.frame()
    commander.sent(bench.clock.at)
    commander.tick(bench.clock.at)
    assert not future.done()
    bench.hear(evse("EVSE_Status", AppliedLimit=10, LimitedBy=3, AliveCounter=1), after=0.5)
    commander.tick(bench.clock.at)
    assert future.result(0) == "10 A applied"


def test_an_order_that_is_never_shown_fails_with_what_is_shown():
    bench, commander = led(AppliedLimit=16, LimitedBy=0)
    future = order(commander, "limit", bench.clock.at, limit_a=10)
    for number in range(1, 16):
        commander.frame()
        commander.sent(bench.clock.at)
        bench.hear(evse("EVSE_Status", AppliedLimit=16, LimitedBy=0, AliveCounter=number), after=0.5)
        commander.tick(bench.clock.at)
    err = future.exception(0)
    assert isinstance(err, DeviceError)
    assert str(err).startswith("w does not confirm: limit 16.0, limited_by none")
    assert commander.active, "the order stands, and with it the watchdog"


def test_a_silent_wallbox_is_not_led():
    bench, commander = led()
    bench.pass_time(4)
    with pytest.raises(CommandRefused, match="w is not heard"):
        order(commander, "limit", limit_a=10)


def test_nothing_is_started_at_0_a():
    _, commander = led()
    order(commander, "limit", limit_a=0)
    with pytest.raises(CommandRefused, match="the limit is 0 A: set a limit first"):
        order(commander, "start")


def test_a_change_of_phases_shows_when_a_vehicle_charges():
    bench, commander = led(EvseState=1, CpState=1)
    future = order(commander, "phases", phases=1)
    assert said(commander.frame())["PhaseRequest"] == 1
    commander.sent(bench.clock.at)
    bench.hear(evse("EVSE_Status", EvseState=1, CpState=1, AliveCounter=1), after=0.5)
    commander.tick(bench.clock.at)
    assert future.result(0) == "one phase asked for; it shows when a vehicle charges"
    assert said(commander.frame())["PhaseRequest"] == 0


def test_a_request_that_the_dbc_does_not_know_is_an_error_and_no_frame():
    bench, _ = led()
    assert request_frame(bench.listener, "EMS_Request.RequestId=2").data == b"\x02" + bytes(7)
    for text in ("EMS_Request.Nothing=1", "EMS_Request.RequestId=999"):
        with pytest.raises(DecodeError):
            request_frame(bench.listener, text)


@pytest.mark.parametrize("phases", [True, False, 1.0, 3.0, "3", 2, None, [1]])
def test_a_number_of_phases_that_is_none_is_refused_with_a_sentence(phases: object):
    _, commander = led()
    with pytest.raises(CommandRefused, match="the number of phases must be 1 or 3"):
        order(commander, "phases", phases=phases)
    assert not commander.active


def test_an_order_that_was_refused_changes_no_bit_of_the_frames_that_go_out_already():
    bench, _ = led()
    rules = bench.listener.mapping.rules.command
    assert rules is not None
    blind = {name: point for name, point in rules.proof.items() if name != "state"}
    commander = Commander(bench.listener, replace(rules, proof=blind))
    order(commander, "limit", limit_a=10)
    with pytest.raises(CommandRefused, match="does not show whether it obeys"):
        order(commander, "start")
    for _ in range(SETTLES + 2):
        frame = said(commander.frame())
        commander.sent(1000.0)
    assert frame["StartToggle"] == 0
