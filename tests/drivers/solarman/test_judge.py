"""The packaged client as a judge of our simulated stick. It wants one frame in one piece, and to be disconnected."""

import logging

import pytest
from pysolarmanv5 import PySolarmanV5, V5FrameError

from drivers.sim.faults import Fault
from drivers.sim.stick_quirks import Quirk
from drivers.solarman import frames as v5
from tests.drivers.solarman.sticks import simulated, truth


@pytest.fixture(scope="module")
def stick():
    with simulated(4_086_176_113) as stick:
        stick.faults.inject(Fault.DELAY, delay_s=0.03)  # the client drops an answer that is quicker than its threads
        yield stick


@pytest.fixture
def client(stick):
    client = PySolarmanV5(
        "127.0.0.1", stick.serial, port=stick.port, mb_slave_id=1, socket_timeout=5, logger=logging.getLogger("judge")
    )
    yield client
    client.disconnect()
    client._data_queue.close()
    client._data_queue.join_thread()
    stick.quirks.off()


def test_the_packaged_client_reads_and_writes_our_simulated_stick(client, stick):
    assert client.read_holding_registers(3200, 8) == truth(3, 3200, 8)
    assert client.read_input_registers(3000, 80) == truth(4, 3000, 80)
    assert client.write_holding_register(3044, 2) == 2
    assert client.write_multiple_holding_registers(3100, [5, 6]) == 2
    assert stick.bank.written[-2:] == [(6, 3044, (2,)), (16, 3100, (5, 6))]


def test_the_packaged_client_finds_the_double_checksum_where_we_put_it(client, stick):
    stick.quirks.on(Quirk.DOUBLE_CRC)
    assert client.read_holding_registers(500, 5) == truth(3, 500, 5)


def test_the_packaged_client_finds_our_wrong_checksum_wrong(client, stick):
    stick.quirks.on(Quirk.BAD_CHECKSUM)
    with pytest.raises(V5FrameError, match="checksum"):
        client.read_holding_registers(500, 5)


def test_requests_of_the_packaged_client_and_ours_are_the_same_bytes(client, stick):
    for address, count in ((0, 1), (3000, 80), (0xFFF0, 16)):
        modbus = bytes.fromhex(f"01 04 {address:04x} {count:04x}")
        theirs = bytes(client._v5_frame_encoder(modbus))
        assert v5.request_frame(stick.serial, client.sequence_number, modbus) == theirs
