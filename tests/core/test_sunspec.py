"""SunSpec devices say where their registers are."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from core.errors import DecodeError, DeviceError
from core.sunspec import walk


def reader(image: Mapping[int, int]):
    def read(_function: int, address: int, count: int) -> list[int]:
        try:
            return [image[address + offset] for offset in range(count)]
        except KeyError:
            raise DeviceError("illegal address", 2) from None

    return read


def chain(base: int, *models: tuple[int, int]) -> dict[int, int]:
    image = {base: 0x5375, base + 1: 0x6E53}
    at = base + 2
    for number, length in models:
        image |= {at: number, at + 1: length} | dict.fromkeys(range(at + 2, at + 2 + length), 0)
        at += 2 + length
    return image | {at: 0xFFFF, at + 1: 0}


@pytest.mark.parametrize("base", [40000, 50000, 0])
def test_the_chain_is_found_wherever_it_begins(base: int):
    found = walk(reader(chain(base, (1, 66), (103, 50))))
    assert [(model.id, model.address, model.length) for model in found] == [(1, base + 2, 66), (103, base + 70, 50)]


def test_a_device_without_the_marker_is_not_sunspec():
    with pytest.raises(DecodeError, match="no SunSpec marker"):
        walk(reader({40000: 1, 40001: 2, 50000: 0, 50001: 0, 0: 0, 1: 0}))


def test_a_chain_without_end_stops():
    with pytest.raises(DecodeError, match="no end"):
        walk(reader({40000: 0x5375, 40001: 0x6E53} | dict.fromkeys(range(40002, 65536), 0)))


def test_a_silent_device_is_not_taken_for_one_without_marker():
    def read(_function: int, _address: int, _count: int) -> list[int]:
        raise DeviceError("no answer")

    with pytest.raises(DeviceError):
        walk(read)
