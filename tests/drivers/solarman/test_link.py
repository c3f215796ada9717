"""The V5 link against the simulated stick with every oddity, and against a stick that owes nothing to our codec."""

import random
import threading
import time

import pytest

from core.config import DeviceConfig, LinkConfig
from core.errors import DecodeError, DeviceError, LinkError, WattelierError
from core.frames import Outcome
from core.linkurl import parse_link
from core.profile import Timing
from drivers.modbus.link import UnitRules
from drivers.registry import build_link
from drivers.sim.faults import Fault
from drivers.sim.stick_quirks import Quirk
from drivers.solarman.link import SolarmanLink
from drivers.solarman.sequence import Sequences, Stranger
from tests.drivers.modbus.bench import profile
from tests.drivers.solarman.sticks import (
    SERIAL,
    Independent,
    answer,
    heartbeat,
    modbus,
    registers,
    simulated,
    truth,
)


@pytest.fixture
def connect():
    links = []

    def connect(port, serial=SERIAL, timeout_s=0.3):
        link = SolarmanLink("stick", "127.0.0.1", port, serial)
        link.rules = dict.fromkeys(range(256), UnitRules(timeout_s, 0.0))
        links.append(link)
        return link

    yield connect
    for link in links:
        link.close()


@pytest.fixture(scope="module")
def running():
    with simulated() as stick:
        yield stick


@pytest.fixture
def stick(running):
    yield running
    running.quirks.off()
    running.faults.clear()
    running.line.load.level = 0.0


def right(link, function, address, count):
    return list(link.read(1, function, address, count).words) == truth(function, address, count)


def attempt(link, function, address, count):
    """True for the right words, an error for none; fails on wrong ones."""
    try:
        words = list(link.read(1, function, address, count).words)
    except WattelierError as err:
        return err
    assert words == truth(function, address, count)
    return True


# -- plain sailing ---------------------------------------------------------------------------------------------


def test_registers_and_bits_are_read_and_written_through_the_stick(connect, stick):
    link = connect(stick.port, stick.serial)
    assert all(right(link, function, 3000, 100) for function in (3, 4))
    assert right(link, 1, 17, 20)
    link.write(1, 6, 3044, [2])
    link.write(1, 16, 3100, [7, 8, 9])
    assert stick.bank.written[-2:] == [(6, 3044, (2,)), (16, 3100, (7, 8, 9))]
    health = link.stick()
    assert (health.serial, health.true_serial, health.has_clock) == (stick.serial, None, True)
    assert link.counters().answered == 5


def test_every_value_leads_back_to_its_v5_frames(connect, stick):
    link = connect(stick.port, stick.serial)
    frame = link.frames.find(link.read(1, 4, 3000, 2).frame)
    assert frame.sent[:1] == frame.received[:1] == b"\xa5"
    assert frame.sent[26:32] == bytes.fromhex("01 04 0b b8 00 02")
    assert frame.received[25:32] == bytes.fromhex("01 04 04 8b b8 8b b9")


def test_a_refusal_of_the_inverter_keeps_its_modbus_code(connect, stick):
    stick.faults.inject(Fault.EXCEPTION, code=2)
    link = connect(stick.port, stick.serial)
    with pytest.raises(DeviceError, match="unit 1 refuses: illegal address") as refused:
        link.read(1, 3, 0, 4)
    assert refused.value.code == 2


def test_a_stick_that_owes_nothing_to_our_codec_is_read_alike(connect):
    lone = Independent(lambda r, say: say(answer(r, registers(r) + b"\0\0" * (len(lone.requests) % 2))))
    with lone.listening() as port:
        link = connect(port)
        for count in range(1, 20):
            assert right(link, 3, 500 * count, count)


def test_a_stick_without_a_clock_is_said_to_have_none(connect, stick):
    link = connect(stick.port, stick.serial)
    assert link.stick().has_clock is None
    stick.quirks.on(Quirk.NO_CLOCK)
    assert right(link, 3, 1, 1)
    assert link.stick().has_clock is False


# -- oddities --------------------------------------------------------------------------------------------------

HARMLESS = (
    Quirk.DOUBLE_CRC,
    Quirk.HEARTBEAT_BEFORE,
    Quirk.HEARTBEAT_AFTER,
    Quirk.HELLO,
    Quirk.CROSSED,
    Quirk.CROSSED_SAME,
    Quirk.DRIP,
    Quirk.GLUED,
    Quirk.TEXT,
    Quirk.NO_CLOCK,
)


@pytest.mark.parametrize("quirk", HARMLESS)
def test_no_harmless_oddity_costs_an_answer(connect, stick, quirk):
    stick.quirks.on(quirk)
    link = connect(stick.port, stick.serial, 1.0)
    for address in (0, 100, 100, 3000):
        assert right(link, 4, address, 10)
    assert link.stick().true_serial is None


def test_all_harmless_oddities_together_cost_no_answer(connect, stick):
    stick.quirks.on(*HARMLESS)
    link = connect(stick.port, stick.serial, 2.0)
    for address in (0, 100, 100, 3000):
        assert right(link, 3, address, 10)
    health = link.stick()
    assert health.heartbeats > 4
    assert health.crossed >= 4


@pytest.mark.parametrize("quirk", [*Quirk])
def test_no_oddity_is_ever_a_wrong_value(connect, stick, quirk):
    stick.quirks.on(quirk, probability=0.6)
    link = connect(stick.port, stick.serial, 0.06)
    link.read = _within_reason(link)
    for place in range(7):
        attempt(link, 3 + place % 2, 100 * (place % 3), 5 + place % 2)


@pytest.mark.parametrize("fault", [*Fault])
def test_no_fault_of_the_inverter_is_ever_a_wrong_value(connect, stick, fault):
    link = connect(stick.port, stick.serial, 0.06)
    link.read = _within_reason(link)
    stick.faults.inject(fault, delay_s=0.08)
    assert attempt(link, 3, 0, 5) is not True
    stick.faults.inject(fault, probability=0.5, delay_s=0.08)
    for place in range(7):
        attempt(link, 3, 100 * (place % 3), 5)
    stick.faults.clear()
    link.rules = {1: UnitRules(2.0, 0.0)}
    assert right(link, 3, 300, 5)


def _within_reason(link):
    """Reads without the long rests, for a test that is in a hurry."""
    read = link.read

    def hurried(*arguments):
        link._pace.rest_s = 0.0
        return read(*arguments)

    return hurried


def test_a_heartbeat_instead_of_the_answer_is_silence(connect, stick):
    stick.quirks.on(Quirk.HEARTBEAT_INSTEAD)
    link = connect(stick.port, stick.serial, 0.1)
    with pytest.raises(DeviceError, match="unit 1 does not answer") as silent:
        link.read(1, 3, 0, 1)
    assert silent.value.code is None
    assert link.stick().heartbeats == 1
    heard = [frame for frame in link.frames.last(5) if frame.outcome is Outcome.HEARD]
    assert [frame.note for frame in heard] == ["heartbeat of the stick"]
    assert link.counters().foreign == 0


def test_a_late_answer_is_never_the_value_of_the_next_request(connect, stick):
    link = connect(stick.port, stick.serial, 0.15)
    stick.quirks.on(Quirk.LATE)
    assert isinstance(attempt(link, 3, 500, 4), DeviceError)
    stick.quirks.off()
    assert right(link, 3, 700, 4)  # the answer for 500 came first, in the same piece
    assert link.stick().late == 1
    late = [frame for frame in link.frames.last(5) if frame.outcome is Outcome.FOREIGN]
    assert [frame.note for frame in late] == ["a late answer to an older request"]


def test_an_answer_that_comes_while_nothing_is_asked_is_thrown_away_and_counted(connect, stick):
    link = connect(stick.port, stick.serial, 0.05)
    stick.faults.inject(Fault.DELAY, delay_s=0.12)
    assert isinstance(attempt(link, 3, 500, 4), DeviceError)
    stick.faults.clear()
    time.sleep(0.15)
    assert right(link, 3, 700, 4)
    assert link.stick().late == 1


def test_an_answer_of_256_requests_ago_is_never_taken(connect):
    held = []

    def behave(request, say):
        if not held:
            held.append(answer(request, registers(request)))  # kept back
            return
        say(held[0] + answer(request, registers(request)))

    with Independent(behave).listening() as port:
        link = connect(port, timeout_s=0.05)
        assert isinstance(attempt(link, 3, 0, 2), DeviceError)
        link.rules = dict.fromkeys(range(256), UnitRules(2.0, 0.0))
        link._pace.rest_s = 0.0
        for address in range(1, 600):
            assert right(link, 3, 10 * address, 2)
            link._pace.rest_s = 0.0


def test_answers_to_another_program_are_skipped_and_reported(connect, stick):
    stick.quirks.on(Quirk.CROSSED, Quirk.CROSSED_SAME)
    link = connect(stick.port, stick.serial, 1.0)
    assert right(link, 3, 20, 10)
    assert link.stick().crossed == 2
    assert link.counters().foreign == 2
    notes = [frame.note for frame in link.frames.last(5) if frame.outcome is Outcome.FOREIGN]
    assert notes == ["an answer to another program's request"] * 2


def test_two_answers_that_contradict_each_other_are_no_value(connect):
    def behave(request, say):
        say(answer(request, registers(request)) + answer(request, modbus(1, 3, [7, 7])))

    with Independent(behave).listening() as port:
        link = connect(port)
        with pytest.raises(DecodeError, match="another program uses the stick"):
            link.read(1, 3, 500, 2)
        assert link.stick().crossed == 2  # it was asked twice


@pytest.mark.parametrize("first", [False, True])
def test_the_head_of_one_answer_before_the_rest_of_another_is_no_value(connect, first):
    def behave(request, say):
        other = answer(request, modbus(1, 3, [7, 7]), sequence=request[5] ^ 0x7F)
        mixed = answer(request, modbus(1, 3, [7, 7]))
        say(other + mixed if first else mixed + other)

    with Independent(behave).listening() as port:
        link = connect(port)
        with pytest.raises(DecodeError, match="the same answer came under two sequence numbers"):
            link.read(1, 3, 500, 2)


LIES = {
    "wrong unit": lambda r: answer(r, registers(r, unit=2)),
    "wrong function": lambda r: answer(r, modbus(1, 4, [1, 2])),
    "too long": lambda r: answer(r, modbus(1, 3, [1, 2, 3])),
    "too short": lambda r: answer(r, modbus(1, 3, [1])),
    "older sequence": lambda r: answer(r, registers(r), sequence=r[5] - 1 & 0xFF),
    "later sequence": lambda r: answer(r, registers(r), sequence=r[5] + 1 & 0xFF),
    "truncated": lambda r: answer(r, registers(r))[:-5],
    "wrong crc": lambda r: answer(r, registers(r)[:-1] + bytes((registers(r)[-1] ^ 1,))),
    "no crc": lambda r: answer(r, registers(r)[:-2]),
    "from the stick itself": lambda r: answer(r, registers(r))[:11] + b"\1" + answer(r, registers(r))[12:],
    "noise": lambda r: bytes(range(256)),
    "an echo": lambda r: r,
}


@pytest.mark.parametrize("lie", LIES)
def test_a_lie_is_never_a_value(connect, lie):
    with Independent(lambda r, say: say(LIES[lie](r))).listening() as port:
        link = connect(port, timeout_s=0.1)
        with pytest.raises((DecodeError, DeviceError)):
            link.read(1, 3, 500, 2)
        assert link.counters().answered == 0


# -- the stick says no -----------------------------------------------------------------------------------------


def test_error_5_is_the_silence_of_the_inverter_and_not_a_refusal(connect, stick):
    link = connect(stick.port, stick.serial)
    with pytest.raises(DeviceError, match="the stick answers, the inverter does not: unit 9 is wrong") as silent:
        link.read(9, 3, 0, 1)
    assert silent.value.code is None
    for _ in range(4):
        with pytest.raises(DeviceError):
            link.read(9, 3, 0, 1)
    assert link.counters().reconnects == 0  # the stick is there: a new connection would not help
    assert right(link, 3, 0, 1)
    assert not link.stick().saturated


def test_errors_that_nobody_has_explained_are_given_with_their_number(connect, stick):
    stick.quirks.on(Quirk.ERROR_OTHER)
    link = connect(stick.port, stick.serial)
    with pytest.raises(DeviceError, match="the stick refuses with its error 3") as silent:
        link.read(1, 3, 0, 1)
    assert silent.value.code is None


def test_a_wrong_serial_number_is_answered_with_the_right_one(connect, stick):
    link = connect(stick.port, stick.serial + 1)
    sentence = f"the stick's serial number is {stick.serial}, not {stick.serial + 1}"
    with pytest.raises(DeviceError) as wrong:
        link.read(1, 3, 0, 1)
    assert (str(wrong.value), wrong.value.code) == (sentence, None)
    assert link.stick().true_serial == stick.serial
    assert link.counters().answered == 0


def test_a_wrong_serial_number_that_is_met_with_silence_is_found_out_too(connect, stick):
    stick.quirks.on(Quirk.SERIAL_SILENCE)
    link = connect(stick.port, stick.serial + 1, 0.05)
    link.read = _within_reason(link)
    said = [str(attempt(link, 3, 0, 1)) for _ in range(4)]
    assert said[0] == "unit 1 does not answer"
    assert said[2] == said[3] == f"the stick's serial number is {stick.serial}, not {stick.serial + 1}"
    assert link.counters().answered == 0  # another stick than the one that was meant gives no values


def test_a_heartbeat_tells_the_right_serial_number(connect):
    with Independent(lambda r, say: say(heartbeat(0, SERIAL))).listening() as port:
        link = connect(port, SERIAL + 5, 0.05)
        with pytest.raises(DeviceError, match=f"the stick's serial number is {SERIAL}, not {SERIAL + 5}"):
            link.read(1, 3, 0, 1)


@pytest.mark.parametrize("strict", [False, True])
def test_a_serial_number_that_was_not_given_is_learned_and_then_used(connect, stick, strict):
    if strict:
        stick.quirks.on(Quirk.SERIAL_STRICT)
    link = connect(stick.port, 0)
    assert right(link, 3, 10, 2)
    assert link.stick().serial == stick.serial
    assert right(link, 3, 20, 2)
    assert link.frames.last(1)[0].sent[7:11] == stick.serial.to_bytes(4, "little")


def test_a_write_is_never_put_twice(connect, stick):
    stick.quirks.on(Quirk.SERIAL_STRICT)
    link = connect(stick.port, 0)
    before = len(stick.bank.written)
    with pytest.raises(DeviceError):
        link.write(1, 6, 3044, [1])
    assert stick.bank.written[before:] == []
    link.write(1, 6, 3044, [1])
    assert stick.bank.written[before:] == [(6, 3044, (1,))]


# -- other protocols on the port -------------------------------------------------------------------------------


def test_a_stick_that_takes_v5_for_modbus_tcp_is_read_that_way_at_once(connect, stick):
    stick.quirks.on(Quirk.PLAIN_ECHO)
    link = connect(stick.port, stick.serial)
    assert right(link, 3, 10, 2)
    assert link.stick().plain_modbus
    assert right(link, 4, 3000, 60)
    link.write(1, 6, 5, [1])


def test_a_stick_that_speaks_modbus_tcp_and_ignores_v5_is_found_out(connect, stick):
    stick.quirks.on(Quirk.PLAIN)
    link = connect(stick.port, stick.serial, 0.05)
    link.read = _within_reason(link)
    outcomes = [attempt(link, 3, 10, 2) for _ in range(4)]
    assert outcomes[-1] is True
    assert link.stick().plain_modbus
    assert right(link, 3, 20, 2)


def test_a_v5_stick_in_the_place_of_a_plain_one_is_read_again(connect, stick):
    stick.quirks.on(Quirk.PLAIN_ECHO)
    link = connect(stick.port, stick.serial, 0.1)
    assert right(link, 3, 10, 2)
    stick.quirks.off()
    link.read = _within_reason(link)
    outcomes = [attempt(link, 3, 10, 2) for _ in range(4)]
    assert outcomes[-1] is True
    assert not link.stick().plain_modbus


def test_a_v5_stick_is_not_taken_for_a_plain_one_because_it_was_silent_at_first(connect, stick):
    stick.quirks.on(Quirk.SILENT)
    link = connect(stick.port, stick.serial, 0.05)
    link.read = _within_reason(link)
    for _ in range(4):
        attempt(link, 3, 10, 2)
    stick.quirks.off()
    assert right(link, 3, 10, 2)
    assert not link.stick().plain_modbus


def test_a_stick_that_speaks_modbus_tcp_after_a_new_connection_is_found_out(connect, stick):
    link = connect(stick.port, stick.serial, 0.05)
    link.read = _within_reason(link)
    assert right(link, 3, 10, 2)
    stick.quirks.on(Quirk.PLAIN)
    outcomes = [attempt(link, 3, 10, 2) for _ in range(7)]  # three silences end a connection
    assert link.counters().reconnects > 0
    assert outcomes[-1] is True
    assert link.stick().plain_modbus
    stick.quirks.off()
    outcomes = [attempt(link, 3, 20, 2) for _ in range(4)]
    assert outcomes[-1] is True
    assert not link.stick().plain_modbus


def test_a_transparent_stick_after_a_new_connection_is_read_at_once(connect, stick):
    link = connect(stick.port, stick.serial)
    assert right(link, 3, 10, 2)
    link.close()
    stick.quirks.on(Quirk.PLAIN_ECHO)
    assert right(link, 3, 20, 2)
    assert link.stick().plain_modbus


def test_an_echo_of_what_was_asked_does_not_pass_for_a_stick(connect):
    def behave(request, say):
        if request[0] == 0xA5:
            say(request)
        else:
            say(request[:5] + bytes((5, request[6], request[7], 2)) + request[8:10])

    with Independent(behave).listening() as port:
        link = connect(port, 0, 0.05)
        link.read = _within_reason(link)
        outcomes = [attempt(link, 3, 500, 1) for _ in range(4)]
        assert outcomes[-1] is True
        assert (link.stick().plain_modbus, link.stick().serial) == (True, 0)


def test_on_one_connection_a_stick_never_changes_its_protocol(connect):
    asked = []

    def behave(request, say):
        if request[0] != 0xA5:
            asked.append(request)
            say(request[:5] + bytes((5, request[6], request[7], 2, 7, 7)))
        elif len(lone.requests) == 1:
            say(answer(request, registers(request)))
        elif lone.connections == 1:
            say(request[:5] + bytes((3, request[6], 0x80, 1)))  # as a transparent stick would say it

    lone = Independent(behave)
    with lone.listening() as port:
        link = connect(port, timeout_s=0.05)
        link.read = _within_reason(link)
        assert right(link, 3, 500, 1)
        for _ in range(2):
            assert attempt(link, 3, 500, 1) is not True
        assert not link.stick().plain_modbus
        assert asked == []


def test_a_v5_stick_that_was_silent_on_several_connections_is_read_in_v5_again(connect, stick):
    link = connect(stick.port, stick.serial, 0.05)
    link.read = _within_reason(link)
    assert right(link, 3, 10, 2)
    stick.quirks.on(Quirk.SILENT)
    for _ in range(9):
        assert attempt(link, 3, 10, 2) is not True
    stick.quirks.off()
    assert any(attempt(link, 3, 10, 2) is True for _ in range(2))
    assert not link.stick().plain_modbus
    assert all(right(link, 3, address, 2) for address in (20, 30))


def test_a_stick_that_minds_the_question_without_its_serial_number_is_asked_properly_at_once(connect, stick):
    link = connect(stick.port, stick.serial, 0.05)
    link.read = _within_reason(link)
    stick.quirks.on(Quirk.SILENT)
    for _ in range(2):
        assert attempt(link, 3, 10, 2) is not True
    stick.quirks.off()
    stick.quirks.on(Quirk.SERIAL_STRICT)  # the third question goes without it
    assert right(link, 3, 10, 2)
    assert link.stick().true_serial is None


def test_a_refusal_is_an_answer_and_not_asked_for_again(connect, stick):
    stick.faults.inject(Fault.EXCEPTION, code=2)
    link = connect(stick.port, 0)  # which it tells along with the refusal
    with pytest.raises(DeviceError, match="illegal address"):
        link.read(1, 3, 10, 2)
    assert (link.counters().requests, link.stick().serial) == (1, stick.serial)


def test_a_stick_of_the_older_generation_is_named_in_one_sentence(connect, stick):
    stick.quirks.on(Quirk.V4)
    link = connect(stick.port, stick.serial, 0.1)
    with pytest.raises(DecodeError, match=r"speaks version 4 of its protocol .* not supported"):
        link.read(1, 3, 0, 1)


# -- pace ------------------------------------------------------------------------------------------------------


def test_an_overloaded_stick_is_asked_less_often_and_said_to_be_saturated(connect, stick):
    stick.line.load.a_second, stick.line.load.most, stick.line.load.step_s = 2.0, 1.5, 0.01
    stick.quirks.on(Quirk.SATURATION)
    link = connect(stick.port, stick.serial, 0.25)
    lost = 0
    assert right(link, 3, 0, 2)
    while attempt(link, 3, 10, 2) is not True:
        lost += 1
        assert lost < 6  # each loss doubles the rest, and it bears two requests a second
        assert link.stick().saturated == (lost > 1)
    assert lost > 0
    assert link.stick().gap_s >= 0.2


def test_a_silent_stick_is_not_hammered(connect, stick):
    stick.quirks.on(Quirk.SILENT)
    link = connect(stick.port, stick.serial, 0.05)
    before, began = stick.line.connections, time.monotonic()
    for _ in range(4):
        assert attempt(link, 3, 0, 1) is not True
    assert time.monotonic() - began > 0.2 + 0.4 + 0.8  # of rest between them
    assert stick.line.connections - before == 2
    assert not link.stick().saturated


def test_stopping_ends_a_wait_and_a_rest_at_once(connect, stick):
    stick.quirks.on(Quirk.SILENT)
    for rest_s in (0.0, 5.0):
        link = connect(stick.port, stick.serial, 10.0)
        link._pace.rest_s = rest_s
        link._last_byte = time.monotonic()
        timer = threading.Timer(0.05, link.cancel)
        timer.start()
        began = time.monotonic()
        with pytest.raises(LinkError, match="stopped"):
            link.read(1, 3, 0, 1)
        assert time.monotonic() - began < 1.0
        timer.join()


def test_a_profile_written_for_a_cable_does_not_hurry_a_stick_but_the_site_file_may():
    hasty = profile([], timing=Timing(0.5, 0.01))
    devices, blocks = [DeviceConfig("inverter", "stick", "t/t", hasty, 1)], hasty.blocks
    url = parse_link("v5://127.0.0.1?serial=2355553510")
    link = build_link(LinkConfig("stick", url), devices)
    assert isinstance(link, SolarmanLink)
    assert link.rules[1] == UnitRules(5.0, 0.1, blocks=blocks)
    assert link._rules(7) == UnitRules(5.0, 0.1)
    patient = profile([], timing=Timing(8.0, 0.4))
    slow = build_link(LinkConfig("stick", url), [DeviceConfig("i", "stick", "t/t", patient, 1)])
    assert slow.rules[1] == UnitRules(8.0, 0.4, blocks=blocks)
    chosen = build_link(LinkConfig("stick", url, timeout_s=2.0, gap_s=0.05), devices)
    assert chosen.rules[1] == UnitRules(2.0, 0.05, blocks=blocks)
    bus = build_link(LinkConfig("bus", parse_link("tcp://127.0.0.1")), devices)
    assert bus.rules[1] == UnitRules(0.5, 0.01, blocks=blocks)


# -- sequence numbers ------------------------------------------------------------------------------------------


class Ticks:
    now = 0.0

    def __call__(self):
        return self.now


def test_sequence_numbers_go_round_and_leave_out_that_of_the_stick_itself():
    numbers = Sequences()
    taken = [numbers.next() for _ in range(255)]
    assert set(taken) == set(range(1, 256))
    assert numbers.next() == taken[0]


def test_the_first_sequence_number_is_anywhere():
    assert len({Sequences().next() for _ in range(40)}) > 10


def test_a_number_that_is_owed_an_answer_is_not_used_again_for_five_minutes():
    ticks = Ticks()
    numbers = Sequences(ticks)
    owed = numbers.next()
    numbers.unanswered(owed)
    for _ in range(600):
        number = numbers.next()
        assert number != owed
        assert (number ^ owed).bit_count() >= 3
        numbers.answered(number)
    ticks.now = 301.0
    assert owed in {numbers.next() for _ in range(255)}


def test_a_late_answer_is_told_from_another_programs_and_others_are_kept_away_from():
    ticks = Ticks()
    numbers = Sequences(ticks)
    owed = numbers.next()
    numbers.unanswered(owed)
    numbers.next()
    assert numbers.strange(owed) is Stranger.LATE
    theirs = (numbers.current + 3) & 0xFF or 77
    assert numbers.strange(theirs) is Stranger.CROSSED
    for _ in range(600):
        assert (numbers.next() - theirs) & 0xFF >= 16


def test_the_longer_another_program_was_not_heard_the_more_numbers_are_left_to_it():
    ticks = Ticks()
    numbers = Sequences(ticks)
    theirs = (numbers.next() + 100) & 0xFF
    numbers.strange(theirs)
    for ticks.now in (0.0, 10.0, 30.0, 50.0):
        taken = {(numbers.next() - theirs) & 0xFF for _ in range(100)}
        assert min(taken) >= 16 + 2 * ticks.now


def test_a_program_that_counts_up_unheard_never_meets_our_number():
    for seed in range(40):
        dice, ticks = random.Random(seed), Ticks()
        numbers = Sequences(ticks, dice)
        theirs = (numbers.next() + 77) & 0xFF
        numbers.strange(theirs)
        for _ in range(400):
            number = numbers.next()
            (numbers.answered if dice.random() < 0.9 else numbers.unanswered)(number)
            assert number != theirs
            ticks.now += 0.7
            theirs = (theirs + 1) & 0xFF  # its questions go on, an answer to one in seven comes to us
            assert number != theirs
            if dice.random() < 0.15:
                numbers.strange(theirs)


@pytest.mark.parametrize(("programs", "a_second"), [(1, 2.0), (2, 0.5), (2, 1.0)])
def test_programs_that_are_heard_now_and_then_never_meet_the_number_that_waits(programs, a_second):
    for seed in range(6):
        dice, ticks = random.Random(seed), Ticks()
        numbers = Sequences(ticks, dice)
        numbers.next()
        theirs = [dice.randrange(256) for _ in range(programs)]
        for number in theirs:
            numbers.strange(number & 0xFF)
        for place in range(600):
            waits = numbers.next()
            (numbers.answered if dice.random() < 0.97 else numbers.unanswered)(waits)
            for _ in range(3):  # a second and a half
                ticks.now += 0.5
                theirs = [number + 0.5 * a_second for number in theirs]
                assert waits not in [int(number) & 0xFF for number in theirs]
            if place % (13 // programs) == 0:  # each is heard every twenty seconds
                numbers.strange(int(theirs[place // (13 // programs) % programs]) & 0xFF)


def test_beside_another_program_the_numbers_behind_it_are_used():
    numbers = Sequences(Ticks())
    theirs = (numbers.next() + 30) & 0xFF
    numbers.strange(theirs)
    assert all((numbers.next() - theirs) & 0xFF >= 128 for _ in range(40))


def test_a_program_that_is_not_heard_for_a_minute_has_gone():
    ticks = Ticks()
    numbers = Sequences(ticks)
    numbers.strange((numbers.next() + 1) & 0xFF)
    first = numbers.current
    assert numbers.crowded
    ticks.now = 61.0
    assert (numbers.next() - first) & 0xFF in (1, 2)  # zero is the stick's own
    assert not numbers.crowded


def test_a_program_that_comes_up_to_numbers_of_ours_keeps_its_place():
    ticks = Ticks()
    numbers = Sequences(ticks)
    ours = [numbers.next() for _ in range(60)]
    for number in ours[10:40]:
        numbers.unanswered(number)
    numbers.strange((ours[0] - 5) & 0xFF)
    for number in ours[10:40:5]:  # theirs by now, or late ones of ours
        assert numbers.strange(number) is Stranger.LATE
        assert all((numbers.next() - number) & 0xFF >= 16 for _ in range(3))


def test_a_program_that_is_first_heard_under_numbers_of_ours_is_known_all_the_same():
    numbers = Sequences(Ticks())
    ours = [numbers.next() for _ in range(40)]
    for number in ours:
        numbers.answered(number)
    assert numbers.strange(ours[-3]) is Stranger.LATE  # said twice
    assert not numbers.crowded
    assert numbers.strange(ours[5]) is Stranger.LATE
    assert numbers.crowded
    assert all((numbers.next() - ours[5]) & 0xFF >= 16 for _ in range(100))


@pytest.mark.parametrize("apart", [30, 127, 200])
def test_when_nearly_all_are_owed_other_programs_are_kept_away_from_and_no_number_comes_again_soon(apart):
    ticks = Ticks()
    numbers = Sequences(ticks)
    theirs = [(numbers.next() + 50) & 0xFF, (numbers.current + 50 + apart) & 0xFF]
    for number in theirs:
        numbers.strange(number)
    taken = []
    for place in range(600):
        ticks.now += 0.2
        if place % 50 == 0:
            numbers.strange(theirs[0])
            numbers.strange(theirs[1])
        taken.append(numbers.next())
        numbers.unanswered(taken[-1])
    late = taken[-100:]
    assert all((number - theirs[1]) & 0xFF >= 16 for number in late)
    for number in late:  # heard last, and so on
        assert number not in theirs
    assert all(number not in taken[max(0, at - 60) : at] for at, number in enumerate(taken))


def test_numbers_that_another_program_has_used_are_left_alone_for_a_minute():
    ticks = Ticks()
    numbers = Sequences(ticks)
    heard = [(numbers.next() + 50 + step) & 0xFF for step in range(0, 60, 3)]
    for number in heard:
        numbers.strange(number)
    for _ in range(60):
        assert numbers.next() not in heard
    ticks.now = 61.0
    assert {numbers.next() for _ in range(255)} == set(range(1, 256))


def test_beside_another_program_too_a_number_comes_again_as_late_as_can_be():
    ticks, taken = Ticks(), []
    numbers = Sequences(ticks)
    for place in range(2000):
        ticks.now += 2.0  # what was sent and heard is forgotten after a minute, what was used is not
        if place % 10 == 0:
            numbers.strange(place // 3 & 0xFF)
        taken.append(numbers.next())
        numbers.answered(taken[-1])
    assert all(number not in taken[max(0, at - 64) : at] for at, number in enumerate(taken))


def test_of_two_other_programs_each_has_its_own_place():
    numbers = Sequences(Ticks())
    one, other = (numbers.next() + 60) & 0xFF, (numbers.current + 160) & 0xFF
    for step in range(0, 200, 5):
        numbers.strange((one + step) & 0xFF)
        numbers.strange((other + step) & 0xFF)
        number = numbers.next()
        assert (number - one - step) & 0xFF >= 16
        assert (number - other - step) & 0xFF >= 16


def test_numbers_never_run_out():
    numbers = Sequences(Ticks())
    for _ in range(1000):
        number = numbers.next()
        assert 0 < number < 256
        numbers.unanswered(number)
        numbers.strange(number ^ 0x5A)


def test_a_number_rests_before_it_comes_again_even_among_many_other_programs():
    numbers = Sequences(Ticks())
    taken = []
    for place in range(1000):
        numbers.strange((place * 37 + 11) % 256)
        taken.append(numbers.next())
    assert all(number not in taken[max(0, at - 32) : at] for at, number in enumerate(taken))


def test_when_nearly_all_numbers_are_owed_the_longest_unused_comes_and_none_at_once_again():
    numbers = Sequences(Ticks())
    for _ in range(255):
        numbers.unanswered(numbers.next())
    taken = []
    for _ in range(400):
        taken.append(numbers.next())
        numbers.answered(taken[-1])
    assert all(number not in taken[max(0, at - 64) : at] for at, number in enumerate(taken))
