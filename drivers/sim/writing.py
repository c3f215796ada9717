"""What becomes of a write to a simulated device: judged as the device would, then spoiled by the injected faults."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from core.encode import encode
from core.errors import DecodeError
from core.points import Point, Value
from drivers.sim.bank import Bank
from drivers.sim.faults import Faults, WriteFault
from drivers.sim.judge import Change, space_of
from drivers.sim.refusal import Refusal
from drivers.sim.taker import DONE


class Silence(Exception):
    """The device does not answer."""


class HungUp(Exception):
    """The line breaks before the device answers."""


def write(bank: Bank, faults: Faults, function: int, address: int, words: Sequence[int]) -> None:
    """Have a device take registers; raise Refusal, Silence or HungUp when that is what a client sees of it."""
    silent = False
    if not faults.spoils_writes:
        restarts = bank.write(function, address, words)
    else:
        restarts, silent = _spoiled(bank, faults, bank.judge(function, address, words))
    if restarts:
        faults.fall_silent(bank.restart_s)
    if silent:
        raise Silence


def _spoiled(bank: Bank, faults: Faults, change: Change) -> tuple[bool, bool]:
    """Take what has been judged, with the faults that hit it; whether the device restarts, whether it says nothing."""
    struck = faults.strike_write({*(point.id for point in change.points), *change.moved})
    if WriteFault.LOST in struck:
        raise HungUp
    for fault in (WriteFault.REMOTE_OFF, WriteFault.REFUSED):
        if fault in struck:
            raise Refusal(struck[fault].code)
    if WriteFault.IGNORED in struck:
        change = replace(change, words={}, points=(), moved={}, restarts=False)
    for fault, other in ((WriteFault.CLAMPED, _clamped), (WriteFault.SCALED, _scaled)):
        if fault in struck:
            change = _bent(bank, change, {name: other(bank, name, value) for name, value in change.moved.items()})
    reverts, uncommitted = struck.get(WriteFault.REVERTS), struck.get(WriteFault.UNCOMMITTED)
    restarts = bank.take(
        change,
        revert_s=reverts.after_s if reverts else None,
        result=uncommitted.code if uncommitted else DONE,
    )
    return restarts, WriteFault.SILENT in struck


def _bent(bank: Bank, change: Change, values: dict[str, Value]) -> Change:
    """The same change with other values; one that a register cannot hold stays what was asked for."""
    words = dict(change.words)
    for point in change.points:
        if point.id not in values:
            continue
        try:
            news = encode(point, values[point.id], bank.context)
        except (DecodeError, ValueError, OverflowError):
            continue
        space = space_of(point)
        words |= {(space, at): word for at, word in zip(point.at, news, strict=True) if (space, at) in words}
    return replace(change, words=words, moved={**change.moved, **values})


def _clamped(bank: Bank, name: str, value: Value) -> Value:
    """The low end of the range, or the high one where the low was asked for; of choices the first that differs."""
    point = bank.points[name]
    entry = bank.parameters.find(name)
    if isinstance(value, float):
        low = _end(entry.low if entry else None, point.low, 0.0)
        high = _end(entry.high if entry else None, point.high, low + point.scales[0])
        return low if value != low else high
    if isinstance(value, tuple):
        return value[:-1]
    return next((choice.id for choice in point.choices if choice.id != value), value)


def _scaled(bank: Bank, name: str, value: Value) -> Value:
    """Ten times a number, or a tenth where the register is too small for that; anything else as it is."""
    if not isinstance(value, float):
        return value
    return 10.0 * value if _fits(bank, bank.points[name], 10.0 * value) else value / 10.0


def _fits(bank: Bank, point: Point, value: float) -> bool:
    try:
        encode(point, value, bank.context)
    except (DecodeError, ValueError, OverflowError):
        return False
    return True


def _end(*ends: float | None) -> float:
    """The first end of a range that is known."""
    return next((end for end in ends if end is not None), 0.0)
