"""A line in its thread: it reconnects by itself, serves by priority, spares neighbours, and ends."""

import sys
import threading
import time

import pytest
from pymodbus.simulator import SimDevice

from core.config import DeviceConfig, LinkConfig
from core.errors import CommandRefused, DeviceError, LinkError
from core.frames import Outcome
from core.linkurl import parse_link
from core.points import Quality
from core.profile import Timing
from core.status import DeviceState, Line, LinkState
from drivers.backoff import QUICK_TRIES
from drivers.link_thread import RegisterLine
from drivers.registry import Wiring, build_line
from tests.drivers.modbus.bench import Notes, point, profile
from tests.drivers.modbus.judges import (
    asked,
    free_port,
    pymodbus_serial,
    pymodbustcp,
    rtu_answer,
    rtu_liar,
    tcp_answer,
    tcp_liar,
    until,
    words_at,
)

FAST = Timing(timeout_s=0.15, gap_s=0.0)


@pytest.fixture
def run():
    lines = []

    def run(url, *devices):
        notes = Notes()
        line = build_line(LinkConfig("bus", parse_link(url)), devices, Wiring(notes))
        lines.append(line)
        line.start()
        return line, notes

    yield run
    for line in lines:
        line.stop()


def meter(name="meter", unit=1, pace=0.05, points=(), **more):
    made = profile(points or [point(0)], timing=FAST, **more)
    return DeviceConfig(name, "bus", made.id, made, unit, pace={"live": pace})


def state(line):
    return line.status().state


def device(line, name="meter"):
    return next(found for found in line.status().devices if found.device == name)


def test_a_line_is_what_the_station_expects():
    line: Line = build_line(LinkConfig("bus", parse_link("tcp://127.0.0.1:1")), [meter()], Wiring(Notes()))
    assert line.status().state is LinkState.OFF
    line.stop()
    line.stop()


def test_a_line_reads_and_tells_how_it_is_doing(run):
    with pymodbustcp(holding=[(0, [42])]) as (port, _):
        line, notes = run(f"tcp://127.0.0.1:{port}", meter())
        until(lambda: len(notes) > 10)
        until(lambda: device(line).state is DeviceState.ONLINE)
        status = line.status()
        assert status.state is LinkState.UP
        assert 0 < status.busy < 1
        assert status.counters.answered >= 5
        until(lambda: device(line).paces[0].achieved_s is not None)
        assert device(line).paces[0].achieved_s == pytest.approx(0.05, rel=0.5)
        assert device(line).last_answer == pytest.approx(time.time(), abs=1.0)
        assert notes[-1].value == 42
        assert line.frames.find(notes[-1].provenance.frame).received.endswith(b"\x03\x02\x00\x2a")
        line.stop()


def test_a_line_comes_back_by_itself_when_its_server_does(run, caplog):
    caplog.set_level("INFO")
    port = free_port()
    line, notes = run(f"tcp://127.0.0.1:{port}", meter())
    until(lambda: state(line) is LinkState.DOWN)
    status = line.status()
    assert status.error == f"127.0.0.1 refuses connections on port {port}"
    assert 0 < status.retry_at - time.time() <= 1.0
    with pymodbustcp(port, holding=[(0, [1])]):
        until(lambda: notes)
        until(lambda: state(line) is LinkState.UP)
        assert line.status().error == ""
        line.stop()
    told = [record.message for record in caplog.records if record.message.startswith("line bus")]
    assert told == [f"line bus: 127.0.0.1 refuses connections on port {port}", "line bus: back"]


def test_a_fault_is_logged_when_it_begins_and_not_at_every_try(run, caplog):
    line, _ = run(f"tcp://127.0.0.1:{free_port()}", meter())
    for _ in range(5):
        until(lambda: state(line) is LinkState.DOWN)
        since = line.status().retry_at
        line.reconnect()
        until(lambda since=since: line.status().retry_at not in (None, since))
    assert len([record for record in caplog.records if "refuses" in record.message]) == 1


def test_waits_grow_to_half_a_minute_and_the_operator_cuts_them_short(run):
    port = free_port()
    line, notes = run(f"tcp://127.0.0.1:{port}", meter())
    waits = []
    for _ in range(QUICK_TRIES + 6):
        until(lambda: state(line) is LinkState.DOWN and line.status().retry_at > time.time())
        status = line.status()
        waits.append(status.retry_at - time.time())
        line.reconnect()
        until(lambda status=status: line.status().retry_at not in (None, status.retry_at))
    assert max(waits[:QUICK_TRIES]) <= 1.0
    assert waits[QUICK_TRIES:-1] == sorted(waits[QUICK_TRIES:-1])
    assert 20 < waits[-1] <= 30
    with pymodbustcp(port, holding=[(0, [1])]):
        began = time.monotonic()
        line.reconnect()
        until(lambda: notes)
        assert time.monotonic() - began < 1.0
        line.stop()


def test_reconnecting_a_line_that_is_up_opens_it_anew(run):
    liar = tcp_liar(lambda request, say: None)
    with liar.on_tcp() as port:
        line, _ = run(f"tcp://127.0.0.1:{port}", meter())
        until(lambda: liar.connections == 1)
        line.reconnect()
        until(lambda: liar.connections == 2)
        line.stop()


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")
def test_an_adapter_that_is_plugged_in_again_is_used_again(run, tmp_path):
    port = tmp_path / "ttyUSB0"

    def behave(request, say):
        say(rtu_answer(request, range(asked(request)[1])))

    first = rtu_liar(behave)
    with first.on_pty() as there:
        port.symlink_to(there)
        line, notes = run(f"rtu://{port}", meter())
        until(lambda: notes)
        port.unlink()
        first.unplug()
        until(lambda: state(line) is LinkState.DOWN)
    with rtu_liar(behave).on_pty() as there:
        port.symlink_to(there)
        before = len(notes)
        until(lambda: len(notes) > before)
        line.stop()


def test_a_silent_device_does_not_slow_its_neighbours(run):
    """Serial line, pymodbus; unit 2 never answers. Unit 1 keeps its pace but for a tenth of the time."""
    with pymodbus_serial([SimDevice(1, [words_at(0, [5])])]) as port:
        line, notes = run(f"rtu://{port}?baud=115200", meter("alive", 1, 0.1), meter("dead", 2, 0.1))
        until(lambda: device(line, "dead").fault)
        notes.clear()
        time.sleep(2.0)
        assert len(notes) >= 16
        assert device(line, "alive").state is DeviceState.ONLINE
        assert device(line, "alive").paces[0].achieved_s < 0.15
        assert device(line, "dead").state is DeviceState.NEVER
        assert "does not answer" in device(line, "dead").fault
        line.stop()


def test_a_device_that_falls_silent_is_silent_until_it_answers_again(run):
    mute = threading.Event()

    def behave(request, say):
        if not mute.is_set():
            say(rtu_answer(request, [7] * asked(request)[1]))

    with rtu_liar(behave).on_pty() as port:
        line, notes = run(f"rtu://{port}", meter())
        until(lambda: notes)
        mute.set()
        until(lambda: device(line).state is DeviceState.SILENT)
        assert state(line) is LinkState.UP
        mute.clear()
        until(lambda: device(line).state is DeviceState.ONLINE)


def test_a_device_that_refuses_for_a_while_comes_back_without_the_operator(run):
    refusing = threading.Event()

    def behave(request, say):
        if refusing.is_set():
            say(request[:4] + b"\0\3" + request[6:7] + bytes((request[7] | 0x80, 2)))
        else:
            say(tcp_answer(request, [7] * asked(request)[1]))

    with tcp_liar(behave).on_tcp() as port:
        line, notes = run(f"tcp://127.0.0.1:{port}", meter(points=[point(at) for at in range(6)]))
        until(lambda: notes)
        refusing.set()
        until(lambda: device(line).state is DeviceState.SILENT)
        assert device(line).fault == "unit 1 refuses: illegal address"
        assert len(device(line).dead) == 6
        refusing.clear()
        until(lambda: device(line).state is DeviceState.ONLINE)
        assert device(line).dead == ()
        until(lambda: notes[-1].value == 7)
        line.stop()


def test_asking_reads_a_group_on_demand(run):
    with pymodbustcp(holding=[(0, [1]), (300, [3])]) as (port, _):
        line, notes = run(f"tcp://127.0.0.1:{port}", meter(points=[point(0), point(300, "settings")]))
        until(lambda: notes)
        assert "p300" not in notes.newest()
        line.ask("meter", "settings")
        until(lambda: "p300" in notes.newest())
        line.ask("nobody")
        line.stop()


def test_a_command_goes_out_between_two_reads_and_tells_its_outcome(run):
    with pymodbustcp(holding=[(0, [1])]) as (port, bank):
        line, notes = run(f"tcp://127.0.0.1:{port}", meter())
        until(lambda: notes and state(line) is LinkState.UP)
        threads = []

        def write(link):
            threads.append(threading.current_thread().name)
            return link.write(1, 6, 0, [77]).frame

        number = line.submit(write).result(5)
        assert threads == ["line bus"]
        assert bank.get_holding_registers(0, 1) == [77]
        assert line.frames.find(number).sent.endswith(b"\x06\x00\x00\x00\x4d")

        def refused(link):
            raise DeviceError("the device says no", 3)

        with pytest.raises(DeviceError):
            line.submit(refused).result(5)
        before = len(notes)
        until(lambda: len(notes) > before + 3)
        assert line.status().state is LinkState.UP
        line.stop()


def test_a_command_is_refused_while_the_line_is_down_and_none_is_kept_for_later(run):
    line, _ = run(f"tcp://127.0.0.1:{free_port()}", meter())
    until(lambda: state(line) is LinkState.DOWN)
    with pytest.raises(CommandRefused, match="not connected"):
        line.submit(lambda link: None)


def test_stopping_is_quick_even_in_the_middle_of_a_wait(run):
    made = profile([point(0)], timing=Timing(timeout_s=30.0))
    liar = tcp_liar(lambda request, say: None)
    with liar.on_tcp() as port:
        line, _ = run(f"tcp://127.0.0.1:{port}", DeviceConfig("meter", "bus", "t/t", made, 1))
        until(lambda: liar.requests)
        waiting = line.submit(lambda link: None) if state(line) is LinkState.UP else None
        began = time.monotonic()
        line.stop()
        assert time.monotonic() - began < 0.5
        assert state(line) is LinkState.OFF
        if waiting is not None:
            with pytest.raises(LinkError):
                waiting.result(1)


class Broken:
    """A device whose code fails."""

    def __init__(self):
        self.spoilt = ""

    def rank(self, now):
        return None if self.spoilt else now

    def due_at(self):
        return float("inf")

    def serve(self):
        raise ZeroDivisionError("a mistake of ours")

    def connected(self, by_operator=False):
        pass

    def ask(self, group=None):
        pass

    def spoil(self, reason):
        self.spoilt = reason

    def status(self):
        return device(build_line(LinkConfig("bus", parse_link("tcp://127.0.0.1:1")), [meter()], Wiring(Notes())))


def test_a_mistake_of_ours_is_logged_and_stops_only_its_device(caplog):
    with pymodbustcp(holding=[(0, [1])]) as (port, _):
        notes, broken = Notes(), Broken()
        good = build_line(LinkConfig("bus", parse_link(f"tcp://127.0.0.1:{port}")), [meter()], Wiring(notes))
        line = RegisterLine("bus", good._link, {**good._devices, "broken": broken})
        line.start()
        until(lambda: notes)
        line.stop()
    assert "a mistake of ours" in broken.spoilt
    assert any(record.exc_info for record in caplog.records)


class Slow(Notes):
    """A sink that at its first batch waits until the next question has come, and keeps whether it has."""

    def __init__(self, asked_again, patience_s):
        super().__init__()
        self._asked_again, self._patience_s, self.overlapped = asked_again, patience_s, None

    def put(self, readings):
        super().put(readings)
        if self.overlapped is None:
            self.overlapped = self._asked_again.wait(self._patience_s)


def two_blocks(liar, port, notes, *more):
    device = meter(points=[point(0), point(500)], pace=60.0)
    return build_line(LinkConfig("bus", parse_link(f"tcp://127.0.0.1:{port}")), [device, *more], Wiring(notes))


@pytest.mark.parametrize("neighbour", [False, True])
def test_an_answer_is_made_sense_of_while_the_next_one_is_awaited(neighbour):
    """Not where devices share a line: what goes wrong with one's values is not to stop another."""
    asked_again = threading.Event()

    def behave(request, say):
        if len(liar.requests) > 1:
            asked_again.set()
        say(tcp_answer(request, [7]))

    liar, notes = tcp_liar(behave), Slow(asked_again, 0.2 if neighbour else 5.0)
    with liar.on_tcp() as port:
        line = two_blocks(liar, port, notes, *([meter("other", 2, pace=60.0)] if neighbour else []))
        line.start()
        until(lambda: len(notes) >= 2)
        line.stop()
    assert notes.overlapped is not neighbour
    frames = [reading.provenance.frame for reading in notes]
    assert frames == sorted(frames)


def test_what_was_answered_comes_before_the_refusal_that_follows():
    def behave(request, say):
        say(tcp_answer(request, [7]) if asked(request)[0] == 0 else request[:4] + b"\0\3" + request[6:7] + b"\x83\2")

    liar, notes = tcp_liar(behave), Notes()
    with liar.on_tcp() as port:
        line = two_blocks(liar, port, notes)
        line.start()
        until(lambda: "p500" in notes.newest())
        line.stop()
    _, dead = (frame.number for frame in line.frames.last(9) if frame.outcome is Outcome.REFUSED)
    place = next(place for place, reading in enumerate(notes) if reading.quality is Quality.BAD)
    assert place > 0
    assert all(reading.provenance.frame < dead for reading in notes[:place])
    assert all(reading.provenance.frame > dead for reading in notes[place + 1 :])


def test_what_was_answered_is_kept_when_the_line_goes_down_at_the_next_question():
    liar, notes = tcp_liar(lambda request, say: asked(request)[0] != 0 or say(tcp_answer(request, [7]))), Notes()
    with liar.on_tcp() as port:
        line = two_blocks(liar, port, notes)
        line.start()
        until(lambda: state(line) is LinkState.DOWN)
        assert [reading.key.point for reading in notes] == ["p0"]
        line.stop()


class Failing:
    """A sink that fails."""

    def put(self, readings):
        raise ZeroDivisionError("a mistake of ours")


def test_a_mistake_in_what_is_made_of_an_answer_stops_its_device(caplog):
    with pymodbustcp(holding=[(0, [1])]) as (port, _):
        line = build_line(LinkConfig("bus", parse_link(f"tcp://127.0.0.1:{port}")), [meter()], Wiring(Failing()))
        line.start()
        until(lambda: device(line).state is DeviceState.FAULTY)
        line.stop()
    assert "a mistake of ours" in device(line).fault
    assert any(record.exc_info for record in caplog.records)
