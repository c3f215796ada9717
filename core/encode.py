"""Values to registers, the inverse of ``core.decode``; pure functions."""

from __future__ import annotations

import math
from fractions import Fraction
from functools import lru_cache

from core.decode import Context, rule_factor, scaled
from core.errors import DecodeError
from core.points import Point, Value
from core.wordtypes import TYPES, Raw, to_words


def encode(point: Point, value: Value, context: Context) -> tuple[int, ...]:
    """Inverse of ``decode``: the registers that make this value (the simulator's way, and later the writer's).

    None gives the first "not available" pattern. Raise DecodeError when the value does not fit.
    """
    try:
        return _encoded(point, value, context)
    except (ArithmeticError, ValueError) as err:
        raise DecodeError(f"{point.id} cannot hold {value!r}") from err


def _encoded(point: Point, value: Value, context: Context) -> tuple[int, ...]:
    kind = TYPES[point.type]
    size = 2 * point.count
    order = _order_to_write(point, context)
    if value is None:
        if kind.kind == "float":
            return to_words(kind.write(float("nan"), size), order)
        if not point.absent:
            raise DecodeError(f"{point.id} has no pattern for 'not available'")
        return to_words(point.absent[0].to_bytes(size, "big"), order)
    if kind.kind in ("text", "time"):
        return to_words(kind.write(str(value), size), order)
    if kind.kind == "bits":
        return to_words(_bits_raw(point, value).to_bytes(size, "big"), order)
    if point.choices:
        return to_words(kind.write(_choice_raw(point, str(value)), size), order)
    if not isinstance(value, (int, float)):
        raise DecodeError(f"{point.id}: {value!r} is not a number")
    return to_words(kind.write(_number_raw(point, float(value), context), size), order)


def _order_to_write(point: Point, context: Context) -> str:
    candidates = point.order.split("|")
    chosen = context.options.get("word_order") or context.settled.get("word_order") or ""
    return chosen if chosen in candidates else candidates[0]


def _bits_raw(point: Point, value: Value) -> int:
    names = value if isinstance(value, tuple) else (str(value),)
    by_id = {choice.id: choice.code for choice in point.choices}
    bits = {by_id[name] if name in by_id else int(name.removeprefix("bit_")) for name in names}
    if not all(0 <= bit < 16 * point.count for bit in bits):
        raise DecodeError(f"{point.id} has {16 * point.count} bits, counted from 0")
    return sum(1 << bit for bit in bits)


def _choice_raw(point: Point, value: str) -> int:
    for choice in point.choices:
        if choice.id == value:
            return choice.code
    if value.startswith("code_"):
        return int(value.removeprefix("code_"))
    raise DecodeError(f"{point.id} has no choice {value!r}")


def _number_raw(point: Point, value: float, context: Context) -> Raw:
    factor, why = rule_factor(point, context)
    if factor is None:
        raise DecodeError(f"{point.id}: {why}")
    if any(fix.startswith("sign:") for fix in point.fix):
        value = abs(value)
    raw = scaled(value - point.offset, _inverse(point.scales[0], factor))
    if not math.isfinite(raw):
        raise OverflowError("more than the registers hold")
    return raw


@lru_cache(maxsize=4096)
def _inverse(scale: float, factor: float) -> float:
    return float(1 / (Fraction(repr(scale)) * Fraction(repr(factor))))
