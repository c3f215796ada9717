"""Modbus RTU over pseudo-terminals and over a socket: the answer that comes late is the worst of them."""

import random
import time
from contextlib import suppress

import pytest
from pymodbus.simulator import SimDevice

from core.errors import DecodeError, DeviceError, LinkError
from core.frames import Outcome
from core.profile import BlockRules
from drivers.modbus.link import UnitRules
from drivers.modbus.rtu import serial_link, socket_link
from tests.drivers.modbus.judges import (
    asked,
    crc,
    pymodbus_serial,
    pymodbus_tcp,
    rtu_answer,
    rtu_liar,
    words_at,
)


@pytest.fixture
def on_port():
    links = []

    def open_port(device, timeout_s=0.12):
        link = serial_link("bus", device, baud=115200)
        link.rules = dict.fromkeys(range(256), UnitRules(timeout_s, 0.0, (0x90,)))
        links.append(link)
        return link

    yield open_port
    for link in links:
        link.close()


def answer(request, say):
    address, count = asked(request)
    say(rtu_answer(request, range(address, address + count)))


def test_pymodbus_on_a_serial_line_is_read_and_written(on_port):
    with pymodbus_serial([SimDevice(1, [words_at(0, range(120))]), SimDevice(2, [words_at(0, [7])])]) as device:
        link = on_port(device, 1.0)
        assert link.read(1, 3, 10, 100).words == tuple(range(10, 110))
        assert link.read(2, 4, 0, 1).words == (7,)
        link.write(1, 16, 5, [50, 60])
        link.write(1, 6, 7, [70])
        assert link.read(1, 3, 5, 3).words == (50, 60, 70)
        with pytest.raises(DeviceError, match="illegal address"):
            link.read(2, 3, 5, 1)
        link.close()


def test_rtu_frames_over_a_socket_are_read(on_port):
    with pymodbus_tcp([SimDevice(1, [words_at(0, [1, 2, 3])])], rtu=True) as port:
        link = socket_link("bus", "127.0.0.1", port)
        assert link.read(1, 3, 1, 2).words == (2, 3)
        link.close()


def test_a_late_answer_of_the_same_shape_never_becomes_the_next_value(on_port):
    """The device needs longer than the timeout for its first answer; the second request is for as many registers."""

    def slow_once(request, say):
        if len(liar.requests) == 1:
            time.sleep(0.15)
        answer(request, say)

    liar = rtu_liar(slow_once)
    with liar.on_pty() as device:
        link = on_port(device)
        with pytest.raises(DeviceError):
            link.read(1, 3, 100, 2)
        assert link.read(1, 3, 500, 2).words == (500, 501)
        proof = liar.requests[1]
        assert proof[1] == 3
        assert asked(proof)[1] != 2
        assert link.read(1, 3, 600, 2).words == (600, 601)
        assert len(liar.requests) == 4, "once the device is in step nothing is proven any more"


def test_the_same_register_asked_again_does_not_give_its_old_value(on_port):
    values = [111, 222, 333, 444]

    def slow_once(request, say):
        value = values[len(liar.requests) - 1]
        if len(liar.requests) == 1:
            time.sleep(0.2)
        say(rtu_answer(request, [value] * asked(request)[1]))

    liar = rtu_liar(slow_once)
    with liar.on_pty() as device:
        link = on_port(device)
        with pytest.raises(DeviceError):
            link.read(1, 3, 100, 1)
        assert link.read(1, 3, 100, 1).words == (333,)


@pytest.mark.parametrize("seed", range(3))
def test_a_device_of_any_slowness_gives_right_values_or_none(on_port, seed):
    """Answers come in order, some within the timeout, some long after it; each request is for another place."""
    dice = random.Random(seed)

    def moody(request, say):
        time.sleep(dice.choice((0, 0, 0, 0.02, 0.045, 0.07, 0.1)))
        if dice.random() < 0.9:
            answer(request, say)

    right = 0
    with rtu_liar(moody).on_pty() as device:
        link = on_port(device, 0.03)
        for _ in range(25):
            address, count = dice.randrange(1000), dice.choice((1, 2, 2, 2, 3))
            with suppress(DeviceError, DecodeError):
                assert link.read(1, 3, address, count).words == tuple(range(address, address + count))
                right += 1
    assert right > 5


def test_a_late_refusal_is_not_taken_for_the_refusal_of_the_next_request(on_port):
    def slow_refusal(request, say):
        if len(liar.requests) == 1:
            time.sleep(0.17)
            say(crc(bytes((1, 0x83, 2))))
        else:
            answer(request, say)

    liar = rtu_liar(slow_refusal)
    with liar.on_pty() as device:
        link = on_port(device)
        with pytest.raises(DeviceError):
            link.read(1, 3, 100, 2)
        assert link.read(1, 3, 500, 4).words == (500, 501, 502, 503)


def test_a_device_that_refuses_the_proof_is_still_read(on_port):
    """Some devices refuse half a number; a refusal and then silence for a whole timeout is proof enough."""

    def strict(request, say):
        if len(liar.requests) == 1:
            return
        if asked(request)[1] != 2:
            say(crc(bytes((1, 0x83, 2))))
        else:
            answer(request, say)

    liar = rtu_liar(strict)
    with liar.on_pty() as device:
        link = on_port(device)
        with pytest.raises(DeviceError):
            link.read(1, 3, 100, 2)
        assert link.read(1, 3, 500, 2).words == (500, 501)


def test_a_device_that_refuses_for_good_is_heard_after_a_silence(on_port):
    def behave(request, say):
        if len(liar.requests) > 1:
            say(crc(bytes((1, 0x83, 2))))

    liar = rtu_liar(behave)
    with liar.on_pty() as device:
        link = on_port(device)
        codes = []
        for _ in range(3):
            with pytest.raises((DeviceError, DecodeError)) as failure:
                link.read(1, 3, 100, 2)
            codes.append(getattr(failure.value, "code", None))
        assert codes[0] is None
        assert codes[-1] == 2


def test_a_silent_unit_does_not_put_its_neighbour_to_the_proof(on_port):
    with rtu_liar(lambda r, say: answer(r, say) if r[0] == 2 else None).on_pty() as device:
        link = on_port(device, 0.05)
        with pytest.raises(DeviceError):
            link.read(1, 3, 0, 2)
        sent = link.counters().requests
        assert link.read(2, 3, 0, 2).words == (0, 1)
        assert link.counters().requests == sent + 1


LIES = {
    "wrong unit": lambda r: rtu_answer(r, [1, 2], unit=9),
    "wrong function": lambda r: rtu_answer(bytes((r[0], 4)) + r[2:], [1, 2]),
    "too long": lambda r: rtu_answer(r, [1, 2, 3, 4, 5]),
    "too short": lambda r: rtu_answer(r, [1, 2, 3]),
    "truncated": lambda r: rtu_answer(r, [1, 2])[:-1],
    "wrong checksum": lambda r: rtu_answer(r, [1, 2])[:-1] + b"\x00",
    "noise": lambda r: bytes.fromhex("a5 5a ff 00 13 37") * 5,
}


@pytest.mark.parametrize("lie", LIES)
def test_a_lie_is_never_a_value_and_two_of_them_reopen_the_port(on_port, lie):
    def behave(request, say):
        if len(liar.requests) <= 2:
            say(LIES[lie](request))
        else:
            answer(request, say)

    liar = rtu_liar(behave)
    with liar.on_pty() as device:
        link = on_port(device)
        for _ in range(2):
            with pytest.raises(DecodeError):
                link.read(1, 3, 500, 4)
        assert link.read(1, 3, 500, 4).words == (500, 501, 502, 503)
        counters = link.counters()
        assert counters.foreign + counters.damaged == 2
        assert counters.reconnects == 1


def test_noise_or_a_stranger_before_the_answer_is_skipped(on_port):
    def behave(request, say):
        say(b"\x00\xff" + rtu_answer(request, [1, 2], unit=7))
        time.sleep(0.02)
        answer(request, say)

    with rtu_liar(behave).on_pty() as device:
        link = on_port(device)
        assert link.read(1, 3, 500, 2).words == (500, 501)
        assert link.counters().foreign == 1


def test_an_adapter_that_hears_itself_is_understood(on_port):
    def behave(request, say):
        say(request)
        if request[1] == 3:
            answer(request, say)

    with rtu_liar(behave).on_pty() as device:
        link = on_port(device)
        for address in (500, 600):
            assert link.read(1, 3, address, 2).words == (address, address + 1)
        with pytest.raises(DeviceError):
            link.write(1, 6, 5, [1])  # the answer to a write looks like its echo, and this is the echo
        assert link.counters().foreign == 0


def test_an_answer_in_pieces_is_put_together(on_port):
    def behave(request, say):
        whole = rtu_answer(request, [1, 2])
        for place in range(0, len(whole), 2):
            say(whole[place : place + 2])
            time.sleep(0.005)

    with rtu_liar(behave).on_pty() as device:
        assert on_port(device).read(1, 3, 0, 2).words == (1, 2)


def test_every_value_leads_back_to_its_bytes(on_port):
    with rtu_liar(answer).on_pty() as device:
        link = on_port(device)
        frame = link.frames.find(link.read(1, 3, 0x1234, 1).frame)
        assert frame.sent == crc(bytes.fromhex("01 03 12 34 00 01"))
        assert frame.received == crc(bytes.fromhex("01 03 02 12 34"))
        assert frame.outcome is Outcome.ANSWERED


def test_a_port_that_is_not_there_is_told_in_one_sentence(on_port):
    with pytest.raises(LinkError, match=r"^the serial port /dev/ttyNOPE does not exist; is the adapter plugged in\?$"):
        on_port("/dev/ttyNOPE").open()


def test_a_port_that_another_program_holds_is_told_in_one_sentence(on_port):
    with rtu_liar(answer).on_pty() as device:
        on_port(device).open()
        with pytest.raises(LinkError, match=r"is in use by another program$"):
            on_port(device).open()


def test_an_adapter_that_is_unplugged_breaks_the_line(on_port):
    liar = rtu_liar(answer)
    with liar.on_pty() as device:
        link = on_port(device)
        link.read(1, 3, 0, 1)
        liar.unplug()
        with pytest.raises(LinkError, match="serial port"):
            link.read(1, 3, 0, 1)


# -- lines that say answers twice, or on which another master asks ----------------------------------------------------


def test_the_answer_to_another_masters_question_is_not_ours(on_port):
    """It asks the same unit for as many registers elsewhere; the answer to our question comes as well, or does not."""

    def behave(request, say):
        theirs = request[:2] + b"\x20\x00" + request[4:6]
        if len(liar.requests) < 4:
            ours = rtu_answer(request, [1, 2])
            say(crc(theirs) + rtu_answer(request, [7, 7]) + (ours if len(liar.requests) == 1 else b""))
        else:
            answer(request, say)

    liar = rtu_liar(behave)
    with liar.on_pty() as device:
        link = on_port(device, 0.05)
        for _ in range(3):
            with pytest.raises((DecodeError, DeviceError)):
                link.read(1, 3, 500, 2)
        assert link.read(1, 3, 500, 2).words == (500, 501)
        notes = [frame.note for frame in link.frames.last(50) if frame.sent]
        assert "another master asks the same unit for as much: nobody knows whose answer this is" in notes


def test_a_question_that_was_heard_before_ours_is_owed_its_answer(on_port):
    """Another master's question came while nothing was asked; its answer comes when we have asked for as much."""

    def behave(request, say):
        if len(liar.requests) == 1:
            answer(request, say)
            time.sleep(0.03)  # the answer has been taken
            say(crc(request[:2] + b"\x20\x00" + request[4:6]))
        elif len(liar.requests) == 2:
            say(rtu_answer(request[:4] + b"\0\2", [7, 7]) + rtu_answer(request, [1] * asked(request)[1]))
        else:
            answer(request, say)

    liar = rtu_liar(behave)
    with liar.on_pty() as device:
        link = on_port(device)
        assert link.read(1, 3, 500, 2).words == (500, 501)
        time.sleep(0.06)
        assert link.read(1, 3, 600, 2).words == (600, 601)
        assert asked(liar.requests[1])[1] != 2, "proven first"


def test_an_answer_said_again_is_not_the_answer_to_the_next_question(on_port):
    """The line repeats the answer before when the next question has gone out; the right one is lost."""
    before = []

    def behave(request, say):
        right = rtu_answer(request, range(asked(request)[0], asked(request)[0] + asked(request)[1]))
        say(before[-1] if len(liar.requests) == 2 else right)
        before.append(right)

    liar = rtu_liar(behave)
    with liar.on_pty() as device:
        link = on_port(device)
        assert link.read(1, 3, 500, 2).words == (500, 501)
        with pytest.raises(DecodeError, match="just answered to another question"):
            link.read(1, 3, 600, 2)
        assert link.read(1, 3, 600, 2).words == (600, 601)


def test_two_places_that_really_hold_the_same_are_read(on_port):
    with rtu_liar(lambda request, say: say(rtu_answer(request, [5, 6]))).on_pty() as device:
        link = on_port(device)
        link.read(1, 3, 500, 2)
        with pytest.raises(DecodeError):
            link.read(1, 3, 600, 2)
        for _ in range(5):
            assert link.read(1, 3, 600, 2).words == (5, 6)
            assert link.read(1, 3, 500, 2).words == (5, 6)


def test_zeros_at_several_places_are_nothing_to_doubt(on_port):
    with rtu_liar(lambda request, say: say(rtu_answer(request, [0, 0]))).on_pty() as device:
        link = on_port(device)
        for place in (0, 10, 20):
            assert link.read(1, 3, place, 2).words == (0, 0)


def test_one_block_is_written_twice_and_each_write_is_answered(on_port):
    """The answer to function 16 says where and how many: it is the same for other words."""
    with pymodbus_serial([SimDevice(1, [words_at(0, range(20))])]) as device:
        link = on_port(device, 1.0)
        link.write(1, 16, 5, [50, 60])
        link.write(1, 16, 5, [51, 61])
        assert link.read(1, 3, 5, 2).words == (51, 61)
        link.close()


def test_two_different_answers_to_one_question_are_no_value(on_port):
    def behave(request, say):
        address, count = asked(request)
        wrong = rtu_answer(request, range(count)) if len(liar.requests) == 1 else b""
        say(wrong + rtu_answer(request, range(address, address + count)))

    liar = rtu_liar(behave)
    with liar.on_pty() as device:
        link = on_port(device)
        with pytest.raises(DecodeError, match="two different answers"):
            link.read(1, 3, 500, 2)
        assert link.read(1, 3, 500, 2).words == (500, 501)


def say_twice_first(requests, request, say):
    """Answer; the first time twice, which nobody is owed: the link becomes wary."""
    answer(request, say)
    if len(requests) == 1:
        answer(request, say)


@pytest.mark.parametrize("function", [1, 3])
def test_on_a_line_that_repeats_answers_each_question_is_for_another_number_of_registers(on_port, function):
    """Then all that was asked before may come once more before the right answer, and is none."""
    said = []

    def behave(request, say):
        address, count = asked(request)
        right = rtu_answer(request, range(address, address + count))
        if function == 1:
            packed = sum(1 << place for place in range(count) if (address + place) % 3 == 0)
            data = packed.to_bytes((count + 7) // 8, "little")
            right = crc(request[:2] + bytes((len(data),)) + data)
        say(b"".join(said) + right * (1 if said else 2))
        said.append(right)

    liar = rtu_liar(behave)
    with liar.on_pty() as device:
        link = on_port(device)
        link.read(1, function, 500, 4)
        time.sleep(0.05)
        for address in (600, 700, 800, 900, 600):
            read = link.read(1, function, address, 4)
            expected = range(address, address + 4)
            assert read.words == (tuple(int(at % 3 == 0) for at in expected) if function == 1 else tuple(expected))
        assert len({asked(request)[1] for request in liar.requests}) == len(liar.requests) == 7


def test_behind_the_first_answers_of_a_line_one_listens_for_a_second_one(on_port):
    """The first question is doubled on its way: its second answer, a true one, comes for the next question."""

    def behave(request, say):
        if len(liar.requests) == 2:
            say(rtu_answer(request, [3, 4]))
            time.sleep(0.01)
        answer(request, say)

    liar = rtu_liar(behave)
    with liar.on_pty() as device:
        link = on_port(device)
        link.read(1, 3, 500, 2)
        with pytest.raises(DecodeError, match="two different answers"):
            link.read(1, 3, 600, 2)
        assert link.disorders == 1
        assert link.read(1, 3, 600, 2).words == (600, 601)


def test_what_cannot_be_told_apart_is_no_value(on_port):
    """The device gives no more registers than there are: it is asked for as many once nothing as long can come."""

    def behave(request, say):
        if sum(asked(request)) <= 504:
            say_twice_first(liar.requests, request, say)
        else:
            say(crc(bytes((request[0], request[1] | 0x80, 2))))

    liar = rtu_liar(behave)
    with liar.on_pty() as device:
        link = on_port(device)
        for _ in range(3):
            with pytest.raises(DecodeError, match="repeats or swaps answers"):
                link.read(1, 3, 500, 4)
        assert link.read(1, 3, 500, 3).words == (500, 501, 502)
        time.sleep(0.55)
        assert link.read(1, 3, 500, 4).words == (500, 501, 502, 503)
        assert [asked(request) for request in liar.requests] == [(500, 4), (500, 6), (500, 3), (500, 4)]


def test_a_device_that_is_silent_to_longer_questions_is_asked_the_short_ones(on_port):
    def behave(request, say):
        if asked(request)[1] == 4:
            say_twice_first(liar.requests, request, say)

    liar = rtu_liar(behave)
    with liar.on_pty() as device:
        link = on_port(device, 0.05)
        good = 0
        for _ in range(60):
            with suppress(DecodeError, DeviceError):
                good += link.read(1, 3, 500, 4).words == (500, 501, 502, 503)
            time.sleep(0.05)
        assert good > 3
        assert sum(asked(request)[1] > 4 for request in liar.requests) <= 4


def test_no_question_is_longer_than_the_device_allows(on_port):
    liar = rtu_liar(lambda request, say: say_twice_first(liar.requests, request, say))
    with liar.on_pty() as device:
        link = on_port(device)
        link.rules[1] = UnitRules(0.12, 0.0, blocks=BlockRules(most_registers=5, boundaries=(603,)))
        assert link.read(1, 3, 500, 2).words == (500, 501)
        with pytest.raises(DecodeError, match="repeats or swaps answers"):
            link.read(1, 3, 600, 2)
        assert link.read(1, 3, 700, 3).words == (700, 701, 702)
        assert link.read(1, 3, 601, 1).words == (601,)
        with pytest.raises(DecodeError, match="repeats or swaps answers"):
            link.read(1, 3, 601, 1)
        assert link.read(1, 3, 701, 1).words == (701,)
        assert [asked(request)[1] for request in liar.requests] == [2, 4, 3, 1, 5]


def test_a_question_of_another_master_behind_our_answer_is_owed_its_own(on_port):
    """Its answer comes when we have asked for as much."""

    def behave(request, say):
        if len(liar.requests) == 1:
            answer(request, say)
            time.sleep(0.008)
            say(crc(request[:2] + b"\x20\x00" + request[4:6]))
        elif len(liar.requests) == 2:
            say(rtu_answer(request[:4] + b"\0\4", [91, 92, 93, 94]))
            answer(request, say)
        else:
            answer(request, say)

    liar = rtu_liar(behave)
    with liar.on_pty() as device:
        link = on_port(device)
        assert link.read(1, 3, 500, 4).words == (500, 501, 502, 503)
        assert link.read(1, 3, 700, 4).words == (700, 701, 702, 703)


def test_an_answer_beside_which_a_stray_one_is_heard_is_asked_for_again(on_port):
    def behave(request, say):
        if len(liar.requests) == 2:
            say(rtu_answer(request, [7, 7, 8, 9]) + rtu_answer(request, [1, 2, 3]))
        else:
            answer(request, say)

    liar = rtu_liar(behave)
    with liar.on_pty() as device:
        link = on_port(device)
        link.read(1, 3, 500, 4)
        assert link.read(1, 3, 600, 4).words == (600, 601, 602, 603)
        assert asked(liar.requests[2])[1] > 4


OTHER_MASTERS = {
    "a read": ["010320000004", "010308" + "0001" * 4],
    "a read that is refused": ["010320000004", "018302"],
    "a write": ["010620000007", "010620000007"],
    "a write of several": ["0110200000020400010002", "011020000002"],
}


@pytest.mark.parametrize("step", [300, 3])
@pytest.mark.parametrize("talk", OTHER_MASTERS)
def test_another_master_in_order_makes_nobody_wary(on_port, talk, step):
    def behave(request, say):
        answer(request, say)
        time.sleep(0.03)
        for text in OTHER_MASTERS[talk]:
            frame = crc(bytes.fromhex(text))
            for at in range(0, len(frame), step):
                say(frame[at : at + step])
                time.sleep(0.003)

    liar = rtu_liar(behave)
    with liar.on_pty() as device:
        link = on_port(device)
        link.rules = dict.fromkeys(range(256), UnitRules(0.2, 0.06))
        for _ in range(10):
            assert link.read(1, 3, 500, 3).words == (500, 501, 502)
        assert link.disorders == 0


def test_what_comes_while_the_line_rests_before_a_question_is_thrown_away(on_port):
    def behave(request, say):
        answer(request, say)
        if len(liar.requests) == 1:
            time.sleep(0.03)
            say(rtu_answer(request, [3, 4]))

    liar = rtu_liar(behave)
    with liar.on_pty() as device:
        link = on_port(device)
        link.rules = dict.fromkeys(range(256), UnitRules(0.2, 0.08))
        link.read(1, 3, 500, 2)
        assert link.read(1, 3, 600, 2).words == (600, 601)
        assert "came when nothing was asked" in [frame.note for frame in link.frames.last(5)]
