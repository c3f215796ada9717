"""Modbus requests to a register bank: the bytes after the unit number in, the bytes of the answer out.

Source: MODBUS Application Protocol Specification V1.1b3, chapter 6. Functions 66 and 73 of the ZCS ES family carry an
address and a value like function 6, function 65 a count of 1 between them; all answer with a status word; vendor
passive-mode note.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Sequence
from functools import partial

from drivers.sim.bank import Bank
from drivers.sim.faults import Faults
from drivers.sim.refusal import ILLEGAL_FUNCTION, ILLEGAL_VALUE, Refusal
from drivers.sim.writing import write

COUNTED, PASSIVE = 65, 66
MAKERS_OWN = (COUNTED, PASSIVE, 73)
_ACCEPTED, _BAD_DATA = 0, 4  # status words of functions 65, 66 and 73

Take = Callable[[int, int, Sequence[int]], object]
"""What takes a write: function, address, words."""


def answer(bank: Bank, request: bytes, faults: Faults | None = None) -> bytes:
    """Return the answer of the device, which may be an exception. Its ``faults`` spoil what is written: raises Silence
    or HungUp (``drivers.sim.writing``) where there is no answer.
    """
    function = request[0]
    take = bank.write if faults is None else partial(write, bank, faults)
    try:
        return bytes((function,)) + _serve(bank, take, function, request[1:])
    except Refusal as refusal:
        return exception(function, refusal.code)
    except struct.error:
        return exception(function, ILLEGAL_VALUE)


def exception(function: int, code: int) -> bytes:
    """Return the answer that says no."""
    return bytes((function | 0x80, code))


def request_size(data: bytes) -> int | None:
    """Return how many bytes the request has after the unit number, without checksum; None while that is unknown."""
    if not data:
        return None
    if data[0] in (15, 16):
        return 6 + data[5] if len(data) > 5 else None
    return 7 if data[0] == COUNTED else 5


def _serve(bank: Bank, take: Take, function: int, data: bytes) -> bytes:
    match function:
        case 1 | 2:
            address, count = struct.unpack(">HH", data)
            _check(1 <= count <= 2000)
            return _packed(bank.read(function, address, count))
        case 3 | 4:
            address, count = struct.unpack(">HH", data)
            _check(1 <= count <= 125)
            words = bank.read(function, address, count)
            return struct.pack(f">B{count}H", 2 * count, *words)
        case 5:
            address, value = struct.unpack(">HH", data)
            _check(value in (0x0000, 0xFF00))
            take(function, address, [int(value != 0)])
            return data
        case 6:
            address, value = struct.unpack(">HH", data)
            take(function, address, [value])
            return data
        case 15 | 16:
            return _write_many(take, function, data)
        case _ if function in MAKERS_OWN:
            return _order(take, function, data)
        case _:
            raise Refusal(ILLEGAL_FUNCTION)


def _order(take: Take, function: int, data: bytes) -> bytes:
    """An order of the passive mode; function 66 tells in its status word that it does not take a value."""
    address, *count, value = struct.unpack(">HHH" if function == COUNTED else ">HH", data)
    _check(count in ([], [1]))
    status = _ACCEPTED
    try:
        take(function, address, [value])
    except Refusal as refusal:
        if function != PASSIVE or refusal.code != ILLEGAL_VALUE:
            raise
        status = _BAD_DATA
    return struct.pack(">HH", address, status)


def _write_many(take: Take, function: int, data: bytes) -> bytes:
    address, count, size = struct.unpack(">HHB", data[:5])
    body = data[5:]
    if function == 16:
        _check(1 <= count <= 123 and size == 2 * count == len(body))
        take(function, address, struct.unpack(f">{count}H", body))
    else:
        _check(1 <= count <= 1968 and size == (count + 7) // 8 == len(body))
        take(function, address, [body[bit // 8] >> bit % 8 & 1 for bit in range(count)])
    return data[:4]


def _packed(bits: Sequence[int]) -> bytes:
    body = bytearray((len(bits) + 7) // 8)
    for place, bit in enumerate(bits):
        body[place // 8] |= bool(bit) << place % 8
    return bytes((len(body),)) + bytes(body)


def _check(holds: bool) -> None:
    if not holds:
        raise Refusal(ILLEGAL_VALUE)
