"""Whatever happens, nothing leaves but while the gate is open, and who waits for an order is always told."""

from __future__ import annotations

import random
import time
from concurrent.futures import Future
from contextlib import suppress

import pytest

from core.errors import CommandRefused, DeviceError, LinkError
from core.linkurl import LinkUrl
from core.status import DeviceState, LinkState
from drivers import backoff
from drivers.can import command as command_module
from drivers.can.bus import Heard
from drivers.can.frames import CanFrame
from drivers.can.line import CanLine
from tests.drivers.can.bench import EVSE, PYLON, SOFAR, Adapters, FakePort, Kept, device, evse, link, until

SILENCEABLE = "can://slcan/COM5"  # never opened: the port is a fake


class Witness(Adapters):
    """Ports that note what leaves while the operator has not said yes."""

    def __init__(self) -> None:
        super().__init__()
        self.confirmed = False
        self.outside: list[CanFrame] = []

    def __call__(self, url: LinkUrl, bitrate: int, silent: bool) -> FakePort:
        if not silent and not self.confirmed:
            self.outside.append(CanFrame(0, False, b"opened so that it can send"))
        port = super().__call__(url, bitrate, silent)
        keep = port.send

        def send(frame: CanFrame) -> None:
            if not self.confirmed:
                self.outside.append(frame)
            keep(frame)

        port.send = send
        return port


@pytest.mark.parametrize("place", ["can://virtual/test", SILENCEABLE])
def test_nothing_leaves_before_yes_and_after_no_whatever_else_happens(place: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(backoff.random, "uniform", lambda *_: 0.001)
    chance, adapters = random.Random(7), Witness()
    line = CanLine(link(place), (device("w1"), device("b", PYLON, 0)), Kept(), opener=adapters)
    futures: list[Future[str]] = []

    def allow(profile: str) -> None:
        if profile == EVSE:
            adapters.confirmed = True
        with suppress(CommandRefused):
            line.allow(profile)
        if profile == "":
            adapters.confirmed = False

    def operate(action: str) -> None:
        with suppress(CommandRefused):
            futures.append(line.operate("w1", action, {"limit_a": 10, "mode": "online", "phases": 3}))

    def happen(what: object) -> None:
        if adapters.ports:
            adapters.ports[-1].coming.append(what)  # type: ignore[arg-type]

    deeds = [
        lambda: allow(EVSE),
        lambda: allow(""),
        lambda: allow(PYLON),
        lambda: allow("nobody/nothing"),
        lambda: operate("limit"),
        lambda: operate("start"),
        lambda: operate("phases"),
        lambda: operate("nonsense"),
        lambda: line.ask("w1"),
        line.reconnect,
        lambda: happen(LinkError("gone")),
        lambda: happen(ValueError("by the library")),
        lambda: happen(Heard(evse("EVSE_Status", AliveCounter=chance.randrange(16)))),
    ]
    line.start()
    try:
        until(lambda: line.status().state is LinkState.UP)
        allow(EVSE)
        until(lambda: any(port.sent for port in adapters.ports))
        for _ in range(1000):
            chance.choice(deeds)()
            if chance.random() < 0.1:
                until(lambda: line.status().state is LinkState.UP)
                time.sleep(0.002)  # let the line's thread get on with it
        allow("")
        before = sum(len(port.sent) for port in adapters.ports)
    finally:
        line.stop()
    assert adapters.outside == []
    assert sum(len(port.sent) for port in adapters.ports) == before
    assert all(future.done() for future in futures), "nobody waits for ever"


def _led(line: CanLine, sink: Kept, adapters: Adapters) -> Future[str]:
    line.start()
    until(lambda: line.status().state is LinkState.UP)
    adapters.ports[0].give(evse("EVSE_Status"))
    until(lambda: sink.of("evse_state"))
    line.allow(EVSE)
    future = line.operate("w1", "limit", {"limit_a": 10})
    until(lambda: _commands(adapters.ports[0]))
    return future


def _commands(port: FakePort) -> list[CanFrame]:
    return [frame for frame in port.sent if frame.identifier == 0x18E50001]


def test_a_gate_that_is_closed_and_opened_again_at_once_has_stopped_the_commands():
    adapters, sink = Adapters(), Kept()
    line = CanLine(link(), (device("w1"),), sink, opener=adapters)
    future = _led(line, sink, adapters)
    line.allow("")
    line.allow(EVSE)
    with pytest.raises(CommandRefused, match="transmission has been stopped"):
        future.result(5)
    assert not line._roll.commanders["w1"].active
    line.stop()


def test_a_gate_that_is_closed_while_the_adapter_is_away_brings_no_old_command_back(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(backoff.random, "uniform", lambda *_: 0.02)
    adapters, sink = Adapters(), Kept()
    line = CanLine(link(), (device("w1"),), sink, opener=adapters)
    future = _led(line, sink, adapters)
    adapters.broken = 10_000
    adapters.ports[0].coming.append(LinkError("gone"))
    until(lambda: line.status().state is LinkState.DOWN)
    line.allow("")
    with pytest.raises(CommandRefused, match="transmission has been stopped"):
        future.result(5)
    line.allow(EVSE)
    adapters.broken = 0
    line.reconnect()
    until(lambda: len(adapters.ports) == 2 and len(adapters.ports[1].sent) == 3)
    assert not line._roll.commanders["w1"].active
    line.stop()
    assert _commands(adapters.ports[1]) == []


def test_an_order_in_the_moment_in_which_the_adapter_fails_is_refused_and_not_kept_for_later():
    adapters, sink = Adapters(), Kept()
    line = CanLine(link(), (device("w1"),), sink, opener=adapters)
    _led(line, sink, adapters)
    futures: list[Future[str]] = []

    def receive(_wait_s: float) -> Heard | None:
        futures.append(line.operate("w1", "limit", {"limit_a": 12}))
        adapters.broken = 10_000
        raise LinkError("gone")

    adapters.ports[0].receive = receive
    until(lambda: futures)
    with pytest.raises(LinkError, match="gone"):
        futures[0].result(5)
    line.stop()


def test_an_order_that_meets_a_failing_request_is_not_lost(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(command_module, "PROVEN_WITHIN_S", 0.05)
    adapters, sink = Adapters(), Kept()
    line = CanLine(link(), (device("w1"),), sink, opener=adapters)
    with pytest.raises(DeviceError):
        _led(line, sink, adapters).result(5)
    futures: list[Future[str]] = []

    def send(_frame: CanFrame) -> None:
        adapters.broken = 10_000
        raise LinkError("could not send")

    def receive(_wait_s: float) -> Heard | None:
        if not futures:
            line.ask("w1")
            futures.append(line.operate("w1", "limit", {"limit_a": 12}))
            adapters.ports[0].send = send
        return None

    adapters.ports[0].receive = receive
    until(lambda: futures)
    with pytest.raises(DeviceError):
        futures[0].result(5)
    line.stop()


def test_a_fault_of_the_program_in_an_order_is_told_and_ends_nothing(monkeypatch: pytest.MonkeyPatch):
    adapters, sink = Adapters(), Kept()
    line = CanLine(link(), (device("w1"),), sink, opener=adapters)
    _led(line, sink, adapters)

    def fails(*_: object) -> None:
        raise KeyError("limit")

    monkeypatch.setattr(line._roll.commanders["w1"], "begin", fails)
    with pytest.raises(DeviceError, match="a fault of the program"):
        line.operate("w1", "limit", {"limit_a": 12}).result(5)
    assert line.status().state is LinkState.UP
    line.stop()


def test_the_same_number_in_11_and_in_29_bits_is_two_identifiers_and_two_of_a_kind_are_one_too_many():
    devices = (device("b", PYLON, 0), device("hv", SOFAR, 0), device("twice", PYLON, 1))
    adapters, sink = Adapters(), Kept()
    line = CanLine(link(), devices, sink, opener=adapters)
    line.start()
    until(lambda: adapters.ports)
    adapters.ports[0].give(CanFrame(0x355, False, bytes([26, 0, 100, 0])), CanFrame(0x355, True, bytes([57, 0, 98])))
    until(lambda: sink.of("soc", "b") and sink.of("soc", "hv"))
    line.stop()
    assert (sink.of("soc", "b")[0].value, sink.of("soc", "hv")[0].value) == (26.0, 57.0)
    assert sink.of("soc", "twice") == []
    status = line.status().devices[2]
    assert (status.state, status.fault) == (
        DeviceState.FAULTY,
        "b speaks with the same identifier 355: only one of the two can be on this bus",
    )


def test_a_bus_that_is_down_carries_nothing_and_forgets_no_loss():
    adapters = Adapters()
    line = CanLine(link(), (device("w1"),), Kept(), opener=adapters)
    line.start()
    until(lambda: adapters.ports)
    adapters.ports[0].lost = 3
    adapters.ports[0].give(*[CanFrame(0x777, False, bytes(8))] * 50)
    until(lambda: (bus := line.status().bus) is not None and bus.dropped == 3)
    adapters.ports[0].give(*[CanFrame(0x777, False, bytes(8))] * 50)
    adapters.broken = 10_000
    adapters.ports[0].coming.append(LinkError("gone"))
    until(lambda: line.status().state is LinkState.DOWN)
    bus = line.status().bus
    assert bus is not None
    assert (bus.load, bus.frames_a_second, bus.dropped) == (0.0, 0.0, 3)
    adapters.broken = 0
    line.reconnect()
    until(lambda: line.status().state is LinkState.UP)
    assert (bus := line.status().bus) is not None
    assert bus.dropped == 3
    line.stop()
