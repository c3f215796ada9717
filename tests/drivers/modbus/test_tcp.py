"""Modbus TCP against servers that are not ours, and against one that lies."""

import socket
import threading
import time

import pytest
from pymodbus.simulator import DataType, SimData, SimDevice

from core.errors import DecodeError, DeviceError, LinkError
from core.frames import Outcome
from drivers.modbus.link import UnitRules
from drivers.modbus.tcp import STEP, TcpLink
from drivers.modbus.wire import SocketWire
from tests.drivers.modbus.judges import asked, free_port, pymodbus_tcp, pymodbustcp, tcp_answer, tcp_liar, words_at


@pytest.fixture
def connect():
    links = []

    def connect(port, timeout_s=0.15):
        link = TcpLink("line", "127.0.0.1", port)
        link.rules = dict.fromkeys(range(256), UnitRules(timeout_s, 0.0, (0x90,)))
        links.append(link)
        return link

    yield connect
    for link in links:
        link.close()


def answer(request, say):
    address, count = asked(request)
    say(tcp_answer(request, range(address, address + count)))


def test_pymodbustcp_is_read_and_written_with_every_function(connect):
    with pymodbustcp(holding=[(0x2000, [1, 2, 0xFFFF])], input=[(7, [70, 71])]) as (port, bank):
        bank.set_coils(3, [True, False, True])
        bank.set_discrete_inputs(0, [False, True])
        link = connect(port, 1.0)
        assert link.read(1, 3, 0x2000, 3).words == (1, 2, 0xFFFF)
        assert link.read(1, 4, 7, 2).words == (70, 71)
        assert link.read(1, 1, 3, 3).words == (1, 0, 1)
        assert link.read(1, 2, 0, 2).words == (0, 1)
        link.write(1, 6, 10, [42])
        link.write(1, 16, 11, [43, 44])
        assert bank.get_holding_registers(10, 3) == [42, 43, 44]
        link.write(1, 5, 20, [1])
        link.write(1, 15, 21, [1, 0, 1])
        assert bank.get_coils(20, 4) == [True, True, False, True]
        assert link.counters().answered == 8
        link.close()


def test_pymodbus_is_read_and_its_refusals_carry_their_code(connect):
    bits = [SimData(0, values=[True] * 16, datatype=DataType.BITS)]
    blocks = (bits, bits, [words_at(100, [5, 6])], [words_at(200, [7])])
    with pymodbus_tcp([SimDevice(3, blocks)]) as port:
        link = connect(port, 1.0)
        assert link.read(3, 3, 100, 2).words == (5, 6)
        assert link.read(3, 4, 200, 1).words == (7,)
        with pytest.raises(DeviceError, match="illegal address") as refused:
            link.read(3, 3, 101, 2)
        assert refused.value.code == 2
        assert link.read(3, 3, 101, 1).words == (6,)
        link.close()


def test_a_unit_that_is_not_there_is_silent(connect):
    with pymodbus_tcp([SimDevice(3, [words_at(0, [1])])]) as port:
        link = connect(port)
        with pytest.raises(DeviceError, match="unit 4 does not answer") as silent:
            link.read(4, 3, 0, 1)
        assert silent.value.code is None
        assert link.read(3, 3, 0, 1).words == (1,)
        assert link.counters().silent == 1
        link.close()


def test_a_late_reply_is_skipped_and_the_wait_goes_on(connect):
    held = []

    def late(request, say):
        if not held:
            held.append(tcp_answer(request, [111, 111]))
            return
        say(held[0])
        time.sleep(0.05)
        answer(request, say)

    with tcp_liar(late).on_tcp() as port:
        link = connect(port)
        with pytest.raises(DeviceError):
            link.read(1, 3, 0, 2)
        assert link.read(1, 3, 500, 2).words == (500, 501)
        counters = link.counters()
        assert (counters.silent, counters.foreign, counters.answered) == (1, 1, 1)
        stranger = link.frames.last(2)[0]
        assert (stranger.sent, stranger.received, stranger.outcome) == (b"", held[0], Outcome.FOREIGN)


def test_a_reply_that_comes_while_nothing_is_asked_is_thrown_away(connect):
    def late(request, say):
        if len(liar.requests) == 1:
            time.sleep(0.2)
        answer(request, say)

    liar = tcp_liar(late)
    with liar.on_tcp() as port:
        link = connect(port)
        with pytest.raises(DeviceError):
            link.read(1, 3, 0, 2)
        time.sleep(0.1)
        assert link.read(1, 3, 500, 2).words == (500, 501)
        assert link.counters().foreign == 1


LIES = {
    "foreign transaction": lambda r: bytes((r[0] ^ 1, *tcp_answer(r, [1, 2])[1:])),
    "wrong unit": lambda r: tcp_answer(r, [1, 2], unit=9),
    "wrong function": lambda r: tcp_answer(r[:7] + b"\x04" + r[8:], [1, 2]),
    "too long": lambda r: tcp_answer(r, [1, 2, 3]),
    "too short": lambda r: tcp_answer(r, [1]),
    "truncated": lambda r: tcp_answer(r, [1, 2])[:-2],
    "header only": lambda r: tcp_answer(r, [1, 2])[:7],
    "noise": lambda r: bytes.fromhex("a5 5a ff 00 13 37") * 5,
    "wrong protocol": lambda r: r[:2] + b"\0\1" + tcp_answer(r, [1, 2])[4:],
}


NO_FRAME = ("truncated", "header only", "noise", "wrong protocol")


@pytest.mark.parametrize("lie", LIES)
def test_a_lie_is_never_a_value_and_two_of_them_reopen_the_connection(connect, lie):
    connections = 3 if lie in NO_FRAME else 2  # one is enough where nobody knows where the next frame begins
    lies = [LIES[lie], LIES[lie]]

    def behave(request, say):
        if lies:
            say(lies.pop()(request))
        else:
            answer(request, say)

    liar = tcp_liar(behave)
    with liar.on_tcp() as port:
        link = connect(port)
        for _ in range(2):
            with pytest.raises(DecodeError):
                link.read(1, 3, 500, 2)
        assert link.read(1, 3, 500, 2).words == (500, 501)
        assert liar.connections == connections
        counters = link.counters()
        assert counters.reconnects == connections - 1
        assert counters.foreign + counters.damaged == 2
        assert link.frames.last(1)[0].outcome is Outcome.ANSWERED


def test_a_server_that_hangs_up_is_a_broken_line_and_the_next_read_connects_again(connect):
    def behave(request, say):
        if len(liar.requests) == 1:
            say(tcp_answer(request, [1, 2])[:5])
            return True
        return answer(request, say)

    liar = tcp_liar(behave)
    with liar.on_tcp() as port:
        link = connect(port)
        with pytest.raises(LinkError, match="closed the connection"):
            link.read(1, 3, 0, 2)
        assert link.frames.last(1)[0].outcome is Outcome.LINK_DOWN
        assert link.read(1, 3, 0, 2).words == (0, 1)


def test_a_server_that_hangs_up_between_requests_costs_nothing(connect):
    def behave(request, say):
        answer(request, say)
        return True

    with tcp_liar(behave).on_tcp() as port:
        link = connect(port)
        for _ in range(3):
            assert link.read(1, 3, 9, 1).words == (9,)
            time.sleep(0.03)
        assert link.counters().reconnects == 2


def test_a_connection_that_says_nothing_any_more_is_opened_anew(connect):
    def behave(request, say):
        if liar.connections > 1:
            answer(request, say)

    liar = tcp_liar(behave)
    with liar.on_tcp() as port:
        link = connect(port, 0.05)
        for _ in range(3):
            with pytest.raises(DeviceError):
                link.read(1, 3, 0, 1)
        assert link.read(1, 3, 0, 1).words == (0,)


def test_every_value_leads_back_to_its_bytes(connect):
    with tcp_liar(answer).on_tcp() as port:
        link = connect(port)
        read = link.read(1, 3, 0x1234, 1)
        frame = link.frames.find(read.frame)
        assert frame.sent.endswith(bytes.fromhex("00 00 00 06 01 03 12 34 00 01"))
        assert frame.received == frame.sent[:2] + bytes.fromhex("00 00 00 05 01 03 02 12 34")
        assert abs(read.at - frame.at - frame.took_s) < 0.05


def test_the_gap_between_requests_is_kept(connect):
    heard = []
    with tcp_liar(lambda r, say: (heard.append(time.monotonic()), answer(r, say))[1]).on_tcp() as port:
        link = connect(port)
        link.rules[1] = UnitRules(1.0, 0.08)
        for _ in range(3):
            link.read(1, 3, 0, 1)
    assert min(heard[1] - heard[0], heard[2] - heard[1]) >= 0.075


def test_what_cannot_be_reached_is_told_in_one_sentence(connect):
    with pytest.raises(LinkError, match=r"^127\.0\.0\.1 refuses connections on port \d+$"):
        connect(free_port()).open()
    with pytest.raises(LinkError, match=r"^the name nowhere\.invalid is not known on this network$"):
        TcpLink("line", "nowhere.invalid").open()


def test_cancelling_ends_a_wait_at_once(connect):
    with tcp_liar(lambda request, say: None).on_tcp() as port:
        link = connect(port, 10.0)
        timer = threading.Timer(0.1, link.cancel)
        timer.start()
        began = time.monotonic()
        with pytest.raises(LinkError):
            link.read(1, 3, 0, 1)
        assert time.monotonic() - began < 1.0
        timer.join()


# -- answers that were cut off: Modbus TCP has no checksum that would tell ----------------------------------------


@pytest.mark.parametrize("at_once", [True, False])
@pytest.mark.parametrize("missing", [1, 2, 5, 9, 11, 13])
def test_an_answer_that_was_cut_off_and_filled_up_by_another_one_is_no_value(connect, missing, at_once):
    """The tail is missing; then comes the late answer to the request before, or (at once) the same answer again."""
    late = []

    def behave(request, say):
        whole = tcp_answer(request, range(100, 107))
        if len(liar.requests) == 1:
            late.append(whole)
        elif len(liar.requests) == 2:
            cut = whole[:-missing]
            say(cut + whole if at_once else cut)
            if not at_once:
                time.sleep(0.03)
                say(late[0])
        else:
            answer(request, say)

    liar = tcp_liar(behave)
    with liar.on_tcp() as port:
        link = connect(port)
        with pytest.raises(DeviceError):
            link.read(1, 3, 500, 7)
        with pytest.raises(DecodeError, match="cut off"):
            link.read(1, 3, 600, 7)
        assert link.read(1, 3, 600, 7).words == tuple(range(600, 607))


@pytest.mark.parametrize("missing", [1, 2, 3])
def test_on_a_line_in_trouble_one_waits_whether_an_answer_goes_on(connect, missing):
    """Another answer's first bytes stand in for the tail of ours, and its others come a moment later."""

    def behave(request, say):
        whole = tcp_answer(request, range(100, 107))
        if len(liar.requests) == 1:
            say(whole * 2)  # which nobody asked for
        elif len(liar.requests) == 2:
            other = b"\x77\x88" + whole[2:]
            say(whole[:-missing] + other[:missing])
            time.sleep(0.01)
            say(other[missing:])
        elif len(liar.requests) > 2:
            answer(request, say)

    liar = tcp_liar(behave)
    with liar.on_tcp() as port:
        link = connect(port, 0.3)
        link.read(1, 3, 500, 7)
        with pytest.raises(DecodeError, match="cut off"):
            link.read(1, 3, 600, 7)
        assert link.read(1, 3, 600, 7).words == tuple(range(600, 607))


def test_on_a_line_in_trouble_whole_answers_behind_ours_spoil_nothing(connect):
    def behave(request, say):
        whole = tcp_answer(request, [7, 8])
        say(whole)
        time.sleep(0.01)
        say(b"\x77\x88" + whole[2:])

    with tcp_liar(behave).on_tcp() as port:
        link = connect(port, 0.3)
        for _ in range(5):
            assert link.read(1, 3, 600, 2).words == (7, 8)


def test_a_unit_that_is_silent_does_not_slow_its_neighbours(connect):
    def behave(request, say):
        if request[6] == 1:
            answer(request, say)

    with tcp_liar(behave).on_tcp() as port:
        link = connect(port, 0.05)
        with pytest.raises(DeviceError):
            link.read(2, 3, 0, 1)
        link._linger_s = lambda: pytest.fail("it listens on")
        assert link.read(1, 3, 600, 2).words == (600, 601)


def test_an_answer_that_was_cut_off_and_filled_up_by_noise_is_no_value(connect):
    def behave(request, say):
        whole = tcp_answer(request, [1, 2, 3])
        say(whole[:-3] + bytes(range(1, 40)) if len(liar.requests) == 1 else whole)

    liar = tcp_liar(behave)
    with liar.on_tcp() as port:
        link = connect(port)
        with pytest.raises(DecodeError, match="cut off"):
            link.read(1, 3, 600, 3)
        assert link.read(1, 3, 600, 3).words == (1, 2, 3)


def test_other_answers_behind_ours_spoil_nothing(connect):
    def behave(request, say):
        other = b"\x77\x77" + request[2:]
        say(tcp_answer(request, [1, 2]) + tcp_answer(other, [5, 6]) + tcp_answer(other, [7, 8])[:7])

    with tcp_liar(behave).on_tcp() as port:
        assert connect(port).read(1, 3, 0, 2).words == (1, 2)


def test_an_answer_in_pieces_is_put_together(connect):
    """Some devices send the header first."""

    def behave(request, say):
        whole = tcp_answer(request, [0, 5, 0x0103, 0x0200, 0])  # words that look like the head of another answer
        say(whole[:6])
        time.sleep(0.02)
        say(whole[6:])

    with tcp_liar(behave).on_tcp() as port:
        link = connect(port)
        for _ in range(3):
            assert link.read(1, 3, 0, 5).words == (0, 5, 0x0103, 0x0200, 0)


def test_what_a_gateway_pads_behind_a_whole_answer_spoils_nothing(connect):
    def behave(request, say):
        say(tcp_answer(request, [1, 2]) + bytes(20))

    with tcp_liar(behave).on_tcp() as port:
        assert connect(port).read(1, 3, 0, 2).words == (1, 2)


def test_who_has_answered_at_once_may_be_silent_the_next_time():
    with socket.create_server(("127.0.0.1", 0)) as server:
        wire = SocketWire("127.0.0.1", server.getsockname()[1], threading.Event())
        wire.open()
        peer, _ = server.accept()
        with peer:
            for word in (b"one", b"two", b"three"):
                peer.sendall(word)
                assert wire.receive(1.0) == word
            assert wire.receive(0.01) == wire.receive(0.0) == b""
            peer.sendall(b"four")
            assert wire.receive(1.0) == b"four"
        wire.close()


def test_a_transaction_number_damaged_in_up_to_three_bits_is_none_that_comes_soon():
    for number in range(0, 0x10000, 7):
        assert all((number ^ (number + ahead * STEP) & 0xFFFF).bit_count() > 3 for ahead in range(1, 256))
