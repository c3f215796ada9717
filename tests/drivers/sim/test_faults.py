from __future__ import annotations

import socket
import time
from collections.abc import Iterator

import pytest

from core.catalogue import Catalogue
from drivers.sim.bank import Bank
from drivers.sim.faults import Fault, Faults
from drivers.sim.lines import Port, Served
from drivers.sim.server import SimServer
from tests.drivers.sim.wire import connect, exchange, read_body

ASK = read_body(3, 0x2006, 2)


@pytest.fixture
def faults() -> Faults:
    return Faults()


@pytest.fixture
def line(catalogue: Catalogue, faults: Faults) -> Iterator[socket.socket]:
    bank = Bank(catalogue.get("chint/dtsu666"), "meter")
    server = SimServer([Port("line", {32: Served(bank, faults)})])
    server.start()
    with connect(server.url("line"), timeout_s=0.4) as line:
        yield line
    server.stop()


def test_a_healthy_device_answers_whole(line: socket.socket) -> None:
    assert exchange(line, 32, ASK, 5)[:9] == bytes.fromhex("0005 0000 0007 20 03 04")


def test_silence_lasts_until_it_is_cleared(line: socket.socket, faults: Faults) -> None:
    faults.inject(Fault.SILENCE)
    with pytest.raises(TimeoutError):
        exchange(line, 32, ASK)
    faults.clear()
    assert exchange(line, 32, ASK, 9)[1] == 9


def test_a_delay_holds_the_answer_back(line: socket.socket, faults: Faults) -> None:
    faults.inject(Fault.DELAY, delay_s=0.15)
    before = time.monotonic()
    exchange(line, 32, ASK)
    assert time.monotonic() - before >= 0.14


def test_wrong_unit_and_wrong_transaction_show_in_the_header(line: socket.socket, faults: Faults) -> None:
    faults.inject(Fault.WRONG_UNIT)
    assert exchange(line, 32, ASK)[6] == 33
    faults.clear()
    faults.inject(Fault.WRONG_TRANSACTION)
    assert exchange(line, 32, ASK, 7)[:2] != b"\x00\x07"


def test_a_truncated_answer_ends_before_its_length(line: socket.socket, faults: Faults) -> None:
    faults.inject(Fault.TRUNCATED)
    answer = exchange(line, 32, ASK)
    assert len(answer) < 6 + int.from_bytes(answer[4:6], "big")


def test_an_exception_carries_its_code(line: socket.socket, faults: Faults) -> None:
    faults.inject(Fault.EXCEPTION, code=6)
    assert exchange(line, 32, ASK)[7:] == b"\x83\x06"


def test_noise_spoils_the_frame(line: socket.socket, faults: Faults) -> None:
    clean = exchange(line, 32, ASK)
    faults.inject(Fault.NOISE)
    assert exchange(line, 32, ASK) != clean


def test_a_disconnect_closes_the_line(line: socket.socket, faults: Faults) -> None:
    faults.inject(Fault.DISCONNECT)
    assert exchange(line, 32, ASK) == b""


def test_a_fault_hits_as_often_as_told_and_ends_by_itself() -> None:
    now = [0.0]
    faults = Faults(seed=5, ticks=lambda: now[0])
    faults.inject(Fault.SILENCE, probability=0.3, duration_s=10.0)
    hits = sum(Fault.SILENCE in faults.strike() for _ in range(1000))
    assert 250 < hits < 350
    now[0] = 10.0
    assert not any(faults.strike() for _ in range(100))
