"""Simulated devices on CAN: cantools reads them, our line leads them, python-can's slcan talks to the adapter."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import cast

import can
import pytest

from core.catalogue import Catalogue
from core.config import DeviceConfig, LinkConfig
from core.errors import CommandRefused, ProfileError
from core.hub import Hub
from core.linkurl import parse_link
from core.points import PointKey, Quality, Value
from core.status import DeviceState, LinkState
from drivers.can.decoder import Decoder
from drivers.can.frames import CanFrame
from drivers.can.line import CanLine
from drivers.sim.battery import Battery, BatteryType
from drivers.sim.can_line import CanSimLine, SlcanAdapter
from drivers.sim.can_twin import CanTwin
from drivers.sim.lines import Port
from drivers.sim.quantities import Quantity, quantities
from drivers.sim.server import SimServer
from drivers.sim.site import SiteModel

EVSE, PYLON, SOFAR = "open_evse/can_wallbox", "pylontech/low_voltage", "sofar/high_voltage_bms"
NOON = datetime(2026, 6, 1, 12)
CHARGING: dict[str, Quantity] = {
    "charger.state": "charging",
    "charger.power": 3680.0,
    "charger.current.l1": 16.0,
    "charger.voltage.l1": 230.0,
    "charger.frequency": 50.0,
    "charger.energy": 1_234_500.0,
    "charger.session.energy": 5200.0,
    "charger.session.time": 4000.0,
    "charger.limit": 16.0,
}
BATTERY: dict[str, Quantity] = {
    "battery.voltage": 51.37,
    "battery.current": 24.5,
    "battery.soc": 61.4,
    "battery.soh": 97.0,
    "battery.temperature": 21.3,
}


def device(catalogue: Catalogue, name: str, profile: str, unit: int = 1, **options: str) -> DeviceConfig:
    return DeviceConfig(name, "bus", profile, catalogue.get(profile), unit, options=options)


def read(twin: CanTwin, now: float = 0.0) -> dict[str, tuple[Value, Quality]]:
    """What our decoder makes of what a twin says now."""
    decoder = Decoder(twin.layout, twin.profile, twin.profile.options_with({}))
    spoken = twin.layout.spoken(twin.device.unit)
    found: dict[str, tuple[Value, Quality]] = {}
    frames = twin.frames(now)
    for _ in range(2):
        for frame in frames:
            message = spoken[frame.key]
            for one in decoder.decode(message, decoder.raws(message, frame.data), now):
                found[one.point.id] = one.decoded.value, one.decoded.quality
    return found


def command(twin: CanTwin, **signals: float) -> CanFrame:
    message = twin.layout.messages["EMS_Command"]
    usual = {signal.name: 0.0 for signal in message.signals} | {
        "CommandTimeout": 10,
        "FallbackLimit": 6,
        "ChargeEnable": 1,
    }
    return twin.layout.frame(message, twin.device.unit, message.encode({**usual, **signals}))


def test_a_wallbox_shows_what_the_model_knows(catalogue: Catalogue):
    twin = CanTwin(device(catalogue, "w3", EVSE, 3))
    twin.refresh(CHARGING, NOON)
    found = read(twin)
    assert found["power"] == (3680.0, Quality.GOOD)
    assert found["energy_total"] == (1_234_500.0, Quality.GOOD)
    assert (found["evse_state"][0], found["cp_state"][0], found["contactor_closed"][0]) == ("charging", "c", "yes")
    assert (found["applied_limit"][0], found["limited_by"][0]) == (16.0, "none")
    twin.refresh({**CHARGING, "charger.state": "available", "charger.power": 0.0}, NOON)
    found = read(twin, 1.0)
    assert (found["evse_state"][0], found["cp_state"][0], found["contactor_closed"][0]) == ("available", "a", "no")


def test_every_message_keeps_its_own_cycle(catalogue: Catalogue):
    twin = CanTwin(device(catalogue, "w1", EVSE))
    counts: dict[int, int] = {}
    for step in range(1000):
        for frame in twin.frames(step / 100):
            counts[frame.identifier] = counts.get(frame.identifier, 0) + 1
    assert counts[0x18E51001] == 20
    assert counts[0x18E51101] == counts[0x18E51201] == 10
    assert counts[0x18E51301] == 2
    assert counts[0x18E51501] == 5


def test_its_alive_counter_moves_unless_it_is_frozen(catalogue: Catalogue):
    twin = CanTwin(device(catalogue, "w1", EVSE))
    numbers = [read(twin, step * 0.5)["alive_counter"][0] for step in range(18)]
    assert numbers == [float((step + 1) % 16) for step in range(18)]
    twin.frozen = True
    assert {read(twin, 9 + step * 0.5)["alive_counter"][0] for step in range(4)} == {2.0}


@pytest.mark.parametrize("step", ["auto", "0.01 V", "0.1 V"])
def test_a_battery_says_charge_with_the_sign_of_the_bus(catalogue: Catalogue, step: str):
    twin = CanTwin(device(catalogue, "b", PYLON, 0, voltage_step=step))
    twin.refresh(BATTERY, NOON)
    frames = {frame.identifier: frame.data for frame in twin.frames(0.0)}
    judge = twin.layout.messages["Measures"].decode(frames[0x356], decode_choices=False)
    assert isinstance(judge, dict)
    assert judge["Current"] == pytest.approx(-24.5), "discharging is negative on the bus"
    assert judge["Voltage"] == (514 if step == "0.1 V" else 5137)
    found = read(CanTwin(device(catalogue, "b", PYLON, 0, voltage_step=step)))
    assert found["current"][0] == 27.0, "at rest it says what the golden case says"


@pytest.mark.parametrize("step", ["auto", "0.1 V"])
def test_a_listener_settles_the_step_by_itself(catalogue: Catalogue, step: str):
    twin = CanTwin(device(catalogue, "b", PYLON, 0, voltage_step=step))
    twin.refresh(BATTERY, NOON)
    found = read(twin)
    assert found["voltage"] == (51.4 if step == "0.1 V" else 51.37, Quality.GOOD)
    assert found["soc"] == (61.0, Quality.GOOD)


@pytest.mark.parametrize(("profile", "cells"), [(PYLON, 15), (SOFAR, 128)])
@pytest.mark.parametrize("share", [0.3, 0.6, 1.0])
@pytest.mark.parametrize("discharging", [True, False])
def test_a_battery_shows_its_own_voltage_whatever_that_of_the_site_and_the_same_power(
    catalogue: Catalogue, profile: str, cells: int, share: float, discharging: bool
):
    battery = Battery(BatteryType(), share)
    battery.power = 4000.0 if discharging else -4000.0
    model = SiteModel(NOON.timestamp())
    model.battery = battery
    model.powers = replace(model.powers, battery=battery.power)
    twin = CanTwin(device(catalogue, "b", profile, 0))
    twin.refresh(quantities(model), NOON)
    found = read(twin)
    voltage, current = cast(float, found["voltage"][0]), cast(float, found["current"][0])
    assert battery.voltage > 180, "the site's own battery has 64 cells"
    assert voltage == pytest.approx(battery.voltage / battery.kind.cells * cells, abs=0.06)
    assert voltage * current == pytest.approx(battery.power, abs=0.1 * voltage)
    low, high = (cast(float, found[f"{way}_voltage_limit"][0]) for way in ("discharge", "charge"))
    assert low <= voltage <= high
    assert found["voltage"][1] is Quality.GOOD


def test_a_battery_never_listens(catalogue: Catalogue):
    twin = CanTwin(device(catalogue, "b", PYLON, 0))
    before = read(twin)
    twin.heard(CanFrame(0x355, False, bytes(4)), 1.0)
    assert read(twin, 5.0)["soc"] == before["soc"]
    assert (twin.has_battery, twin.wallbox) == (True, None)


def test_a_wallbox_obeys_its_commands_and_falls_back_when_they_cease(catalogue: Catalogue):
    told: list[tuple[str, Value]] = []

    def on_write(role: str, value: Value) -> bool:
        told.append((role, value))
        return True

    twin = CanTwin(device(catalogue, "w1", EVSE), on_write)
    twin.refresh(CHARGING, NOON)
    for step in range(20):
        twin.heard(command(twin, CurrentLimit=10, CommandTimeout=5, CommandCounter=step % 16), step * 0.5)
    found = read(twin, 10.0)
    assert (found["applied_limit"][0], found["limited_by"][0], found["fallback_active"][0]) == (10.0, "ems", "no")
    assert told == [("charger.limit", 10.0)], "the model hears a change, not every frame"
    assert read(twin, 14.4)["applied_limit"][0] == 10.0
    found = read(twin, 14.9)
    assert (found["applied_limit"][0], found["limited_by"][0], found["fallback_active"][0]) == (6.0, "fallback", "yes")
    assert told[-1] == ("charger.limit", 6.0)
    twin.heard(command(twin, CurrentLimit=10), 15.0)
    assert read(twin, 15.5)["applied_limit"][0] == 10.0


def test_a_wallbox_takes_a_change_of_a_toggle_as_an_order_and_not_its_first_sight(catalogue: Catalogue):
    twin = CanTwin(device(catalogue, "w1", EVSE))
    twin.refresh(CHARGING, NOON)
    twin.heard(command(twin, CurrentLimit=10, StopToggle=1), 0.0)
    assert read(twin, 0.0)["evse_state"][0] == "charging"
    twin.heard(command(twin, CurrentLimit=10, StopToggle=0), 0.5)
    found = read(twin, 0.5)
    assert (found["evse_state"][0], found["applied_limit"][0]) == ("finishing", 0.0)
    twin.heard(command(twin, CurrentLimit=10, StopToggle=0, StartToggle=1), 1.0)
    assert read(twin, 1.0)["evse_state"][0] == "charging"


def test_a_wallbox_tells_who_it_is_when_asked(catalogue: Catalogue):
    twin = CanTwin(device(catalogue, "w1", EVSE))
    assert read(twin)["serial"][0] == "WB22K-00471-25A"
    assert "serial" not in read(twin, 1.0)
    message = twin.layout.messages["EMS_Request"]
    twin.heard(twin.layout.frame(message, 1, message.encode({"RequestId": 1, "RequestArg": 0})), 2.0)
    assert read(twin, 2.0)["serial"][0] == "WB22K-00471-25A"
    twin.heard(twin.layout.frame(message, 2, message.encode({"RequestId": 1, "RequestArg": 0})), 3.0)
    assert "serial" not in read(twin, 3.0), "somebody else was asked"


def test_a_device_of_another_protocol_is_no_twin(catalogue: Catalogue):
    with pytest.raises(ProfileError, match="has no CAN profile"):
        CanTwin(device(catalogue, "m", "carlo_gavazzi/em340"))


# -- whole lines ---------------------------------------------------------------------------------------------------


@contextmanager
def served(
    catalogue: Catalogue, place: str, *, read_only: bool = False, number: int = 0
) -> Iterator[tuple[CanLine, Hub, list[CanTwin], SimServer]]:
    """Two wallboxes and a battery on a simulated bus, and a line that reads them."""
    devices = [
        device(catalogue, "w1", EVSE, 1),
        device(catalogue, "w2", EVSE, 2),
        replace(device(catalogue, "b", PYLON, 0), options={"voltage_step": "auto"}),
    ]
    twins = [CanTwin(each) for each in devices]

    def tick() -> None:
        for twin in twins:
            twin.refresh(BATTERY if twin.has_battery else CHARGING, NOON)

    server = SimServer([Port("bus", {}, "can", number, tuple(twins), parse_link(place))], tick)
    server.start()
    hub = Hub()
    line = CanLine(LinkConfig("bus", parse_link(server.url("bus")), read_only=read_only), devices, hub)
    line.start()
    try:
        yield line, hub, twins, server
    finally:
        line.stop()
        server.stop()


def until(holds: Callable[[], object], within_s: float = 15.0) -> None:
    end = time.monotonic() + within_s
    while not holds():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.01)


def value(hub: Hub, name: str, point: str) -> Value:
    found = hub.latest(PointKey(name, point))
    return None if found is None or found.quality is not Quality.GOOD else found.value


PLACES = [
    pytest.param("can://virtual/any?bitrate=250000", 0, id="virtual"),
    pytest.param(
        "can://slcan/any",
        0,
        id="slcan on a terminal",
        marks=pytest.mark.skipif(sys.platform == "win32", reason="no pty"),
    ),
]


@pytest.mark.parametrize(("place", "number"), PLACES)
def test_wallboxes_and_a_battery_are_read_and_led_over_the_real_interface(
    catalogue: Catalogue, place: str, number: int
):
    with served(catalogue, place, number=number) as (line, hub, twins, _):
        until(lambda: value(hub, "b", "voltage") == 51.37 and value(hub, "w2", "power") == 3680.0)
        assert value(hub, "b", "current") == 24.5
        line.allow(EVSE)
        until(lambda: line.status().state is LinkState.UP and value(hub, "w2", "max_current") == 32.0)
        orders = [line.operate("w2", "limit", {"limit_a": 20, "fallback_a": 0, "timeout_s": 2})]
        assert orders[0].result(10) == "20 A applied"
        assert value(hub, "w1", "applied_limit") == 16.0, "the neighbour is not touched"
        assert twins[0].wallbox is not None
        assert twins[0].wallbox.commands == 0
        line.allow("")
        until(lambda: value(hub, "w2", "limited_by") == "fallback")
        until(lambda: value(hub, "w2", "applied_limit") == 0.0)
        assert all(entry.state is DeviceState.ONLINE for entry in line.status().devices)


def test_sessions_are_stopped_and_started_and_the_mode_is_changed(catalogue: Catalogue):
    with served(catalogue, "can://virtual/any") as (line, hub, _, _):
        until(lambda: value(hub, "w2", "evse_state") == "charging")
        line.allow(EVSE)
        stopping, mode = line.operate("w2", "stop", {}), line.operate("w2", "mode", {"mode": "offline"})
        assert (stopping.result(10), mode.result(10)) == ("finishing", "offline")
        assert line.operate("w2", "start", {}).result(10) == "charging"
        assert value(hub, "w1", "evse_state") == "charging"


@pytest.mark.parametrize(("place", "number"), PLACES)
def test_cards_are_learnt_and_removed_and_a_wallbox_is_restarted(catalogue: Catalogue, place: str, number: int):
    with served(catalogue, place, number=number) as (line, hub, twins, _):
        until(lambda: value(hub, "w2", "evse_state") == "charging")
        line.allow(EVSE)
        until(lambda: line.status().state is LinkState.UP and value(hub, "w2", "has_rfid") == "yes")
        with pytest.raises(CommandRefused, match="w2 takes this order only with work_mode offline; now it is online"):
            line.operate("w2", "learn_card", {}).result(5)
        assert line.operate("w2", "mode", {"mode": "offline"}).result(10) == "offline"
        assert line.operate("w2", "learn_card", {}).result(20) == "the card 04A1B210 has been added"
        until(lambda: value(hub, "w2", "card_slots") == ("slot_1", "slot_2", "slot_3"))
        assert line.operate("w2", "remove_card", {"slot": 2}).result(20) == "slot 2 is empty now"
        until(lambda: value(hub, "w2", "card_slots") == ("slot_1", "slot_3") and value(hub, "w2", "card_count") == 2.0)
        assert line.operate("w2", "reboot", {}).result(30) == "restarted"
        until(lambda: value(hub, "w2", "serial") == "WB22K-00471-25A")
        assert twins[1].wallbox is not None
        assert twins[1].wallbox.restarts == 1
        until(lambda: value(hub, "w2", "card_slots") == ("slot_1", "slot_3"))
        neighbour = hub.latest(PointKey("w1", "card_slots"))
        assert neighbour is not None
        assert neighbour.value == ("slot_2", "slot_3")
        until(lambda: all(entry.state is DeviceState.ONLINE for entry in line.status().devices))


def test_a_simulated_wallbox_learns_cards_until_its_table_is_full(catalogue: Catalogue):
    twin = CanTwin(device(catalogue, "w1", EVSE))
    message = twin.layout.messages["EMS_Request"]
    seen: list[tuple[Value, Value]] = []
    for turn in range(8):
        now = 100.0 * turn
        twin.heard(twin.layout.frame(message, 1, message.encode({"RequestId": 4, "RequestArg": 0})), now)
        for step in range(200):
            found = read(twin, now + step / 100)
            if "rfid_event" in found and found["rfid_event"][0] != "accepted":
                seen.append((found["rfid_event"][0], found["rfid_uid"][0]))
    cards = [f"04A1B2{0x10 + turn:02X}" for turn in range(8)]
    wanted = [pair for card in cards[:6] for pair in (("presented", card), ("added", card))]
    assert seen == [
        *wanted,
        *(pair for card in cards[6:] for pair in (("presented", card), ("table_full", card))),
    ], "each event is told once"
    twin.heard(twin.layout.frame(message, 1, message.encode({"RequestId": 2, "RequestArg": 0})), 1000.0)
    found = read(twin, 1000.0)
    assert found["card_count"][0] == 8.0
    assert len(cast("tuple[str, ...]", found["card_slots"][0])) == 8


def test_a_simulated_wallbox_is_silent_while_it_restarts_and_forgets_who_led_it(catalogue: Catalogue):
    told: list[Value] = []
    twin = CanTwin(device(catalogue, "w1", EVSE), lambda _role, value: told.append(value) is None)
    twin.refresh(CHARGING, NOON)
    twin.heard(command(twin, CurrentLimit=10), 0.0)
    message = twin.layout.messages["EMS_Request"]
    twin.heard(twin.layout.frame(message, 1, message.encode({"RequestId": 6, "RequestArg": 0})), 1.0)
    assert told == [10.0, 0.0], "it gives no current meanwhile"
    assert twin.frames(3.0) == []
    twin.heard(command(twin, CurrentLimit=12), 3.5)
    twin.refresh({**CHARGING, "charger.limit": 0.0}, NOON)
    found = read(twin, 5.1)
    assert found["serial"][0] == "WB22K-00471-25A"
    assert (found["limited_by"][0], found["applied_limit"][0]) == ("none", 16.0)
    assert told[-1] == 16.0


def test_the_adapter_is_served_on_a_tcp_port_too(catalogue: Catalogue):
    import socket

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number = free.getsockname()[1]
    with served(catalogue, "can://slcan/any?bitrate=500000", read_only=True, number=number) as (line, hub, _, server):
        assert server.url("bus") == f"can://slcan/socket://127.0.0.1:{number}?bitrate=500000"
        until(lambda: value(hub, "b", "soc") == 61.0)
        until(lambda: (bus := line.status().bus) is not None and bus.frames_a_second > 0)
        bus = line.status().bus
        assert bus is not None
        assert bus.silent_adapter
        with pytest.raises(CommandRefused):
            line.allow(EVSE)


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")
def test_what_an_slcan_adapter_says_of_the_bus_is_shown_though_nothing_may_be_sent(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
):
    lines: list[CanSimLine] = []
    opened = CanSimLine.open

    async def note(line: CanSimLine) -> None:
        lines.append(line)
        await opened(line)

    monkeypatch.setattr(CanSimLine, "open", note)
    with served(catalogue, "can://slcan/any", read_only=True) as (line, hub, _, _):
        until(lambda: value(hub, "b", "soc") == 61.0)
        adapter = lines[0].adapters[0]
        until(lambda: (bus := line.status().bus) is not None and bus.state == "active")
        adapter.state = 0x2C
        until(lambda: (bus := line.status().bus) is not None and bus.state == "passive" and bus.dropped == 1)
        adapter.state = 0
        until(lambda: (bus := line.status().bus) is not None and bus.state == "active")
        assert (adapter.mute, adapter.refused, lines[0].client_frames) == (True, 0, 0)
        assert (bus := line.status().bus) is not None
        assert (bus.sent, bus.rx_errors, bus.tx_errors) == (0, None, None)


def test_two_lines_of_one_name_are_two_buses(catalogue: Catalogue):
    place = "can://virtual/any"
    with served(catalogue, place) as (_, _, _, one), served(catalogue, place) as (_, _, _, two):
        assert one.url("bus") != two.url("bus")


# -- the adapter ---------------------------------------------------------------------------------------------------


class Talk:
    """An adapter with what it said and what it sent."""

    def __init__(self) -> None:
        self.said = bytearray()
        self.sent: list[CanFrame] = []
        self.adapter = SlcanAdapter(self.said.extend, self.sent.append)

    def tell(self, text: str) -> bytes:
        self.said.clear()
        self.adapter.feed(text.encode())
        return bytes(self.said)


def test_an_adapter_that_was_opened_to_listen_refuses_to_send():
    talk = Talk()
    assert talk.tell("S5\rL\r") == b"\r\r"
    assert talk.tell("T18E5000180102030405060708\r") == b"\x07"
    assert talk.tell("t3512AABB\r") == b"\x07"
    assert (talk.sent, talk.adapter.refused) == ([], 2)
    assert talk.tell("C\rO\rt3512AABB\r") == b"\r\rz\r"
    assert talk.sent == [CanFrame(0x351, False, b"\xaa\xbb")]


@pytest.mark.parametrize(
    "text",
    [
        "t3512AA\r",
        "t35\r",
        "t8002AABB\r",
        "T3FFFFFFF0\r",
        "txyz0\r",
        "S9\r",
        "?\r",
        "O\r",
        "S5\r",
        "t3519" + 18 * "0" + "\r",
    ],
)
def test_nonsense_is_answered_with_a_bell(text: str):
    talk = Talk()
    talk.tell("O\r")
    assert talk.tell(text) == b"\x07"
    assert talk.sent == []


def test_a_closed_adapter_neither_speaks_nor_listens():
    talk = Talk()
    assert talk.tell("t3510\r") == b"\x07"
    talk.adapter.hear(CanFrame(1, False, b""))
    assert bytes(talk.said) == b"\x07"
    assert talk.tell("V\rN\rF\r\r") == b"V1013\rNWATT\rF00\r\r"
    talk.tell("x" * 10_000)
    assert talk.tell("\r") == b"\x07"


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")
def test_python_cans_own_slcan_interface_reads_and_sends_both_kinds_of_identifiers(catalogue: Catalogue):
    twin = CanTwin(device(catalogue, "w1", EVSE))
    server = SimServer([Port("bus", {}, "can", 0, (twin,), parse_link("can://slcan/any"))])
    server.start()
    try:
        url = parse_link(server.url("bus"))
        with can.Bus(
            interface="slcan", channel=url.device, bitrate=250_000, sleep_after_open=0, ignore_config=True
        ) as bus:
            message = bus.recv(5)
            assert message is not None
            assert message.is_extended_id
            order = command(twin, CurrentLimit=13)
            bus.send(can.Message(arbitration_id=order.identifier, is_extended_id=True, data=order.data), 1)
            bus.send(can.Message(arbitration_id=0x123, is_extended_id=False, data=b"\x01"), 1)
            assert twin.wallbox is not None
            until(lambda: twin.wallbox is not None and twin.wallbox.commands == 1)
            assert twin.wallbox.applied == 13.0
    finally:
        server.stop()


def test_a_line_that_was_never_open_is_closed_without_fault():
    import asyncio

    line = CanSimLine(Port("bus", {}, "can"))
    asyncio.run(line.close())
    assert line.url == ""
