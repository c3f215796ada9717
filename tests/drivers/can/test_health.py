"""Figures of a bus, and what error frames and drivers say of it."""

from __future__ import annotations

import can
import pytest

from drivers.can.bus import Heard, Sign, error_frame, heard, pcan_sign
from drivers.can.frames import CanFrame
from drivers.can.health import MOST_UNKNOWN, BusMeter, bits_of, why_unheard
from tests.drivers.can.bench import device, link


def test_the_load_is_what_the_bits_of_the_last_second_are_of_the_bit_rate():
    meter = BusMeter(250_000, 0.0)
    frame = CanFrame(0x18E51001, True, bytes(8))
    for _ in range(1000):
        meter.heard(Heard(frame))
    health = meter.update(1.0)
    assert health.frames_a_second == 1000
    assert health.load == pytest.approx(1000 * bits_of(frame) / 250_000)
    assert 131 <= bits_of(frame) <= 160, "67 bits and 64 of data, and at most 29 stuff bits"
    assert 47 <= bits_of(CanFrame(0x351, False, b"")) <= 55
    assert meter.update(2.0).load == 0.0
    assert meter.frames == 1000


def test_an_impossible_load_is_shown_as_full():
    meter = BusMeter(10_000, 0.0)
    for _ in range(1000):
        meter.heard(Heard(CanFrame(1, False, bytes(8))))
    assert meter.update(1.0).load == 1.0


def test_unknown_identifiers_are_counted_and_noise_does_not_fill_the_memory():
    meter = BusMeter(250_000, 0.0)
    for _ in range(3):
        meter.unknown(0x123)
    for key in range(10_000):
        meter.unknown(0x10000 + key)
    found = meter.update(1.0).unknown
    assert found[0] == (0x123, 3)
    assert len(found) == 32
    assert len(meter._unknown) == MOST_UNKNOWN


@pytest.mark.parametrize(
    ("identifier", "data", "sign"),
    [
        (0x040, "00", Sign.OFF),
        (0x004, "00 10", Sign.PASSIVE),
        (0x004, "00 20", Sign.PASSIVE),
        (0x004, "00 08", Sign.WARNING),
        (0x004, "00 40", Sign.ACTIVE),
        (0x100, "00", Sign.ACTIVE),
        (0x008, "00", None),
    ],
)
def test_error_frames_tell_the_state_of_the_controller(identifier: int, data: str, sign: Sign | None):
    found = error_frame(identifier, bytes.fromhex(data))
    assert (found.error, found.sign) == (True, sign)


def test_error_counters_are_shown_where_the_adapter_gives_them():
    meter = BusMeter(250_000, 0.0)
    meter.heard(error_frame(0x208, bytes.fromhex("00 00 00 00 00 00 60 07")))
    health = meter.update(1.0)
    assert (health.tx_errors, health.rx_errors, health.error_frames) == (0x60, 7, 1)
    assert BusMeter(1, 0.0).update(1.0).rx_errors is None


def test_overruns_and_frames_in_pieces_are_dropped_frames():
    meter = BusMeter(250_000, 0.0)
    meter.heard(error_frame(0x004, bytes.fromhex("00 01")))
    damaged = heard(can.Message(arbitration_id=0x351, is_extended_id=False, dlc=8, data=b"\x01\x02"))
    assert damaged == Heard(lost=1)
    meter.heard(damaged)
    assert meter.update(1.0, None, 5).dropped == 7


def test_remote_frames_and_fd_frames_are_no_data():
    assert heard(can.Message(arbitration_id=1, is_remote_frame=True, dlc=0)) is None
    assert heard(can.Message(arbitration_id=1, is_fd=True, data=bytes(12))) is None


@pytest.mark.parametrize(
    ("status", "sign"),
    [(0, Sign.ACTIVE), (0x04, Sign.WARNING), (0x08, Sign.WARNING), (0x40000, Sign.PASSIVE), (0x10, Sign.OFF)],
)
def test_the_status_word_of_a_peak_adapter_is_read(status: int, sign: Sign):
    assert pcan_sign(status) is sign


def test_an_adapter_that_says_the_bus_is_ill_while_nothing_is_heard_hints_at_the_bit_rate():
    meter = BusMeter(250_000, 0.0)
    assert why_unheard(device("w1"), meter, 250_000, link()) == "nothing is heard on the bus yet"
    meter.update(1.0, Sign.PASSIVE)
    assert (
        why_unheard(device("w1"), meter, 250_000, link())
        == "only errors are heard: is the bit rate 250000 bit/s right?"
    )
