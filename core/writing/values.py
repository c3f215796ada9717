"""Values that a person has typed: whether they may be written, whether two are the same; pure functions."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import replace

from core.decode import Context, decode
from core.encode import encode
from core.errors import DecodeError
from core.parameters import Parameter
from core.points import Kind, Point, Quality, Reading, Value
from core.visible import visible
from core.wordtypes import TYPES

ON_SCREEN = "this is set on the device's own screen"
MOST_CHARACTERS = 500  # of a configuration key (OCPP 1.6 edition 2, 7.14)
SINGLE = 1.2e-7  # how finely a single-precision float holds a number, relative to it
EXACT = 1e-12  # what our own sums leave of a number that the device holds in full: a text, or a whole register

NO_BIT = "(none)"  # in parentheses, as "(secret)": no bit is called so


def text(value: Value) -> str:
    """A value in its inner unit, as the journal keeps it; nothing is an empty text, no bit ``NO_BIT``."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return "|".join(value) or NO_BIT
    return value if isinstance(value, str) else f"{value:.10g}"


def resolution(point: Point) -> float:
    """The smallest step of a number that the device can hold, in the point's unit; 0 for a float, or if not known."""
    if point.path or point.scale_by or point.type not in TYPES or TYPES[point.type].kind == "float":
        return 0.0
    return abs(point.scales[0])


def same(one: Value, other: Value, step: float = 0.0) -> bool:
    """Whether two values are the same to the device; numbers to within half of ``step``."""
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=0.0 if step else SINGLE, abs_tol=max(step * 0.499, 1e-9))
    if isinstance(one, tuple) and isinstance(other, tuple):
        return set(one) == set(other)
    return one == other


def alike(point: Point, one: Value, other: Value) -> bool:
    """Whether two values of a point are the same to its device: as finely as it holds them, and no coarser."""
    step = resolution(point)
    whole = not point.path and point.type in TYPES and TYPES[point.type].kind != "float"
    if not step and (point.path or whole) and isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=EXACT, abs_tol=1e-9)
    return same(one, other, step)


def fault_of(parameter: Parameter, value: Value) -> str:
    """Why a value may not be written, in one English sentence; empty when it may."""
    point = parameter.point
    if point is None:
        return ON_SCREEN
    if value is None:
        return "there is no value"
    return next(filter(None, _faults(parameter, point, value)), "")


def _faults(parameter: Parameter, point: Point, value: float | str | tuple[str, ...]) -> Iterator[str]:
    """The faults of a value, the most telling first."""
    if len(point.scales) > 1:
        yield "the map leaves its scale open: a value could arrive ten times too large"
    if point.type == "bits":
        known = {choice.id for choice in point.choices}
        names = value if isinstance(value, tuple) else (str(value),)
        strange = [name for name in names if name not in known and not re.fullmatch(r"bit_\d+", name)]
        yield from (f"{visible(name)} is not one of its bits" for name in strange if known)
        yield _encoded(point, value)
    elif point.choices:
        if value not in (parameter.choices or tuple(choice.id for choice in point.choices)):
            yield f"{visible(text(value))} is not one of its choices"
    elif isinstance(value, float):
        yield _number(parameter, point, value)
    elif not isinstance(value, str) or point.kind not in (Kind.TEXT, Kind.TIME):
        yield f"{visible(text(value))} is not a number"
    else:
        if len(value) > MOST_CHARACTERS:
            yield f"a text has at most {MOST_CHARACTERS} characters"
        if any(ord(letter) < 0x20 for letter in value):
            yield "a text has only visible characters"
        if point.path and value != value.strip():
            yield "a text has no blanks at its ends"
        yield _encoded(point, value)


def _number(parameter: Parameter, point: Point, value: float) -> str:
    if not math.isfinite(value):
        return "this is not a number"
    low = parameter.low if parameter.low is not None else point.low
    high = parameter.high if parameter.high is not None else point.high
    if (low is not None and value < low) or (high is not None and value > high):
        unit = f" {point.unit}" if point.unit else ""
        return f"{value:g}{unit} is outside {_end(low, '-∞')} … {_end(high, '∞')}{unit}"
    step = parameter.step or resolution(point)
    nearest = round((value - point.offset) / step) * step + point.offset if step else value
    if step and not math.isclose(nearest, value, rel_tol=1e-9, abs_tol=1e-6 * step):
        return f"{value:g} is between two steps of {step:g}: {nearest:g} is the nearest"
    return _encoded(point, value)


def beyond(point: Point, reading: Reading) -> float | None:
    """The number that was read and is outside of what is plausible; None when that is not what ails a reading."""
    bounded = point.low is not None or point.high is not None
    words = reading.provenance.words if reading.provenance is not None else ()
    if reading.value is not None or not words or not bounded or point.scale_by:
        return None
    try:
        found = decode(replace(point, low=None, high=None), words, Context()).value
    except (DecodeError, ArithmeticError, ValueError):
        return None
    return found if isinstance(found, float) else None


def _end(limit: float | None, none: str) -> str:
    return none if limit is None else f"{limit:g}"


def _encoded(point: Point, value: Value) -> str:
    """Whether the registers can hold it; what hangs on other readings of the device is judged when it is written."""
    if not point.at or point.scale_by:
        return ""
    try:
        words = encode(point, value, Context())
        back = decode(point, words, Context())
    except (DecodeError, ArithmeticError, ValueError, KeyError) as err:
        return str(err)
    if back.quality is Quality.BAD or not same(back.value, value, resolution(point)):
        return f"the register would hold {text(back.value) or 'something else'}"
    return ""
