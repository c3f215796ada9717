"""What one device says: at which pace, with which origin, and when it counts as silent."""

from __future__ import annotations

import pytest

from core.frames import Outcome
from core.points import Quality
from core.status import DeviceState
from drivers.can.frames import parse_frame
from tests.drivers.can.bench import EVSE, PYLON, Heardly, device, evse


@pytest.fixture
def bench() -> Heardly:
    return Heardly(device("w1"))


def test_a_value_is_traced_back_to_its_signal_its_raw_number_and_its_bytes(bench: Heardly):
    frame = evse("EVSE_Status", AppliedLimit=16)
    bench.hear(frame)
    reading = bench.sink.of("applied_limit")[0]
    origin = reading.provenance
    assert origin is not None
    assert (reading.value, reading.unit, reading.at) == (16.0, "A", bench.clock.now())
    assert (origin.link, origin.unit, origin.function, origin.words) == ("bus", 1, 0, ())
    assert (origin.path, origin.raw, origin.factor) == ("EVSE_Status.AppliedLimit", "160 (0x0A0)", 0.1)
    assert origin.address == 0x18E51001
    kept = bench.frames.find(origin.frame)
    assert kept is not None
    assert (kept.received, kept.sent, kept.outcome) == (bytes.fromhex("98E51001") + frame.data, b"", Outcome.HEARD)


def test_a_flood_of_one_message_gives_ten_readings_a_second_and_the_newest_value(bench: Heardly):
    for number in range(500):  # half a second of a full bus
        bench.clock.at += 0.001
        bench.hear(evse("EVSE_Status", AliveCounter=number % 16, InnerTemp=number % 100))
    bench.pass_time(0.2)
    shown = bench.sink.of("inner_temperature")
    assert 5 <= len(shown) <= 7
    assert shown[-1].value == 99.0


def test_a_change_of_state_is_shown_at_once_however_fast_the_frames_come(bench: Heardly):
    states = [4, 5, 4, 7, 1]
    for number, state in enumerate(states):
        bench.clock.at += 0.001
        bench.hear(evse("EVSE_Status", EvseState=state, AliveCounter=number))
    assert bench.sink.values("evse_state") == ["charging", "suspended_ev", "charging", "faulted", "available"]


def test_no_event_of_a_card_is_lost(bench: Heardly):
    bench.hear(evse("EVSE_Status"))
    for uid in (0x11, 0x22, 0x33):
        bench.clock.at += 0.001
        bench.hear(evse("EVSE_RfidEvent", RfidEvent=1, UidLength=1, Uid=uid))
    assert bench.sink.values("rfid_uid") == ["11", "22", "33"]


def test_a_wallbox_that_says_nothing_for_three_seconds_is_silent_and_its_values_are_stale(bench: Heardly):
    bench.hear(evse("EVSE_Status"), evse("EVSE_Current", I_L1=10, I_L2=0, I_L3=0, ActivePower=2300))
    bench.pass_time(2.9)
    assert bench.listener.status().state is DeviceState.ONLINE
    bench.pass_time(0.2)
    status = bench.listener.status()
    assert (status.state, status.fault) == (DeviceState.SILENT, "nothing heard for 3 s")
    assert bench.sink.newest()["power"] == (2300.0, Quality.STALE)


def test_a_frozen_alive_counter_makes_the_values_stale_though_frames_keep_coming(bench: Heardly):
    for _ in range(8):
        bench.hear(evse("EVSE_Status", AliveCounter=7), evse("EVSE_Current", I_L1=10, I_L2=0, I_L3=0, ActivePower=2300))
        bench.pass_time(0.5)
    status = bench.listener.status()
    assert (status.state, status.fault) == (DeviceState.SILENT, "its alive counter stands still")
    assert bench.sink.newest()["power"] == (2300.0, Quality.STALE)
    assert bench.listener.value("power") is None
    bench.hear(evse("EVSE_Current", I_L1=9, I_L2=0, I_L3=0, ActivePower=2070), after=0.5)
    assert bench.sink.newest()["power"] == (2300.0, Quality.STALE), "what a frozen device says is not believed"
    bench.hear(evse("EVSE_Status", AliveCounter=8), evse("EVSE_Current", I_L1=9, I_L2=0, I_L3=0, ActivePower=2070))
    assert bench.sink.newest()["power"] == (2070.0, Quality.GOOD)
    assert bench.listener.status().state is DeviceState.ONLINE


def test_measures_without_a_status_are_believed_for_three_seconds_only(bench: Heardly):
    current = evse("EVSE_Current", I_L1=10, I_L2=0, I_L3=0, ActivePower=2300)
    for _ in range(20):
        bench.hear(current, after=0.5)
    assert bench.listener.status().state is DeviceState.SILENT
    assert bench.sink.newest()["power"] == (2300.0, Quality.STALE)


def test_a_wallbox_that_comes_back_may_say_who_it_is_before_its_state(bench: Heardly):
    bench.hear(evse("EVSE_Status"))
    bench.pass_time(10)
    bench.hear(evse("EVSE_Identity", IdPage=3, FwMajor=1, FwMinor=2, FwPatch=3, HwRevision=1, ProtocolVersion=1))
    assert bench.sink.newest()["firmware"] == ("1.2.3", Quality.GOOD)


def test_steps_of_the_alive_counter_that_were_missed_are_lost_frames_but_a_restart_is_none(bench: Heardly):
    for number in (14, 15, 0, 3, 4):
        bench.hear(evse("EVSE_Status", AliveCounter=number), after=0.5)
    assert bench.listener.missed == 2
    bench.hear(evse("EVSE_Status", AliveCounter=12), after=0.5)
    assert bench.listener.missed == 2


def test_a_battery_is_silent_after_five_seconds_and_each_message_is_missed_by_itself():
    bench = Heardly(device("b", PYLON, 0))
    bench.hear(parse_frame("355: 1A 00 64 00"), parse_frame("351: 14 02 74 0E 74 0E CC 01"))
    for _ in range(6):
        bench.hear(parse_frame("355: 1A 00 64 00"), after=1.0)
    assert bench.listener.status().state is DeviceState.ONLINE
    assert bench.clock.now() - bench.sink.of("charge_voltage_limit")[-1].at == pytest.approx(6.0)
    bench.pass_time(5.1)
    assert bench.listener.status().state is DeviceState.SILENT


def test_the_pace_of_each_group_is_measured(bench: Heardly):
    for number in range(10):
        bench.hear(evse("EVSE_Status", AliveCounter=number), after=0.5)
    paces = {pace.group: pace for pace in bench.listener.status().paces}
    assert paces["status"].every_s == 0.5
    assert paces["status"].achieved_s == pytest.approx(0.5, abs=0.01)
    assert paces["measures"].achieved_s is None


def test_a_frame_that_makes_no_sense_changes_nothing(bench: Heardly):
    bench.hear(evse("EVSE_Status"))
    before = list(bench.sink.readings)
    nonsense = evse("EVSE_Identity", IdPage=3, FwMajor=1, FwMinor=2, FwPatch=3, HwRevision=1, ProtocolVersion=1)
    bench.hear(type(nonsense)(nonsense.identifier, True, b"\x99" + nonsense.data[1:]))
    bench.hear(type(nonsense)(nonsense.identifier, True, b""))
    assert bench.sink.readings == before
    assert bench.listener.device.profile_id == EVSE


def test_a_device_that_flaps_does_not_flush_the_ring_and_its_last_state_is_shown(bench: Heardly):
    frames = [evse("EVSE_Status", EvseState=4 + number % 2, AliveCounter=number % 16) for number in range(16)]
    for number in range(4000):  # two seconds of a full bus
        bench.clock.at += 0.0005
        bench.hear(frames[number % 16])
    bench.pass_time(0.2)
    shown = bench.sink.values("evse_state")
    assert len(shown) <= 10 + 2 * (10 + 10) + 2
    assert shown[-1] == "suspended_ev"


def test_a_device_that_flaps_in_events_does_not_either(bench: Heardly):
    bench.hear(evse("EVSE_Status"))
    for uid in range(1000):
        bench.clock.at += 0.0005
        bench.hear(evse("EVSE_RfidEvent", RfidEvent=1, UidLength=2, Uid=uid))
    bench.pass_time(0.2)
    assert len(bench.sink.of("rfid_uid")) < 40
    assert bench.sink.values("rfid_uid")[-1] == (999).to_bytes(2, "little").hex().upper()


def test_what_others_tell_a_device_does_not_say_that_it_is_there(bench: Heardly):
    command = {"ChargeEnable": 1, "CurrentLimit": 10, "FallbackLimit": 6, "CommandTimeout": 10}
    others = ("ClearFault", "ModeRequest", "PhaseRequest", "StartToggle", "StopToggle", "PowerLimit", "CommandCounter")
    bench.hear(evse("EMS_Command", **command, **dict.fromkeys(others, 0)))
    bench.hear(evse("EMS_Request", RequestId=1, RequestArg=0))
    assert bench.listener.status().state is DeviceState.NEVER
    bench.hear(evse("EVSE_Status"))
    for _ in range(8):
        bench.hear(evse("EMS_Command", **command, **dict.fromkeys(others, 0)), after=0.5)
    assert bench.listener.status().state is DeviceState.SILENT
