"""Any words under any line of a map: a value that is right, no value, or a DecodeError; and the way back."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.decode import Context, Decoded, decode, decode_block, short_way
from core.encode import encode
from core.errors import DecodeError
from core.points import Choice, Point, Quality, Value
from core.wordtypes import ORDERS, TYPES
from core.writing import values
from tests.strategies import examples, one_sentence_each, words

CHOICES = (Choice(0, "off", "Off", "Arrêt"), Choice(1, "on", "On", "Marche"), Choice(5, "fault", "Fault", "Défaut"))
SCALES = st.sampled_from((1.0, 0.1, 0.01, 0.001, -1.0, -10.0, 0.5, 3.6, 1000.0, 1e-9, 9.9e17)) | st.floats(1e-6, 1e6)
BOUNDS = st.none() | st.sampled_from((-1e9, -6000.0, 0.0, 100.0, 6000.0, 1e12))
FIXES = st.sampled_from(
    ((), ("mask:0x7FFF",), ("sign:other",), ("ratio_or_percent",), ("negative_magnitude",), ("four_quadrant",),
     ("unfilled:other",))
)  # fmt: skip
CHANGING = {"bcd": (1, 2, 3), "bits": (1, 2, 4), "ascii": (1, 4, 10, 125)}
WHOLE = ("u16", "s16", "u32", "s32", "u48", "u64", "s64", "bcd")


@st.composite
def points(draw: st.DrawFn, kinds: tuple[str, ...] = tuple(TYPES)) -> Point:
    """A line of a map as the loader lets it through."""
    kind = draw(st.sampled_from(kinds))
    count = TYPES[kind].words or draw(st.sampled_from(CHANGING[kind]))
    low, high = draw(BOUNDS), draw(BOUNDS)
    if low is not None and high is not None and low > high:
        low, high = high, low
    return Point(
        id="x",
        at=tuple(range(count)),
        function=3,
        type=kind,
        scales=tuple(draw(st.lists(SCALES, min_size=1, max_size=3))),
        offset=draw(st.sampled_from((0.0, 0.0, -40.0, 0.1))),
        order=draw(st.sampled_from((*ORDERS, "ABCD|CDAB"))),
        unit=draw(st.sampled_from(("", "V"))),
        low=low,
        high=high,
        choices=draw(st.sampled_from(((), (), CHOICES))),
        absent=draw(st.sampled_from(((), (), (0xFFFF,), (0x8000, 0)))),
        scale_by=draw(st.sampled_from(("", "", "10^other"))),
        fix=draw(FIXES),
    )


OTHERS = st.sampled_from((None, 0.0, 1.0, -3.0, 10.0, 10.5, -10.0, 1e300, "on", ("a",)))


def found(point: Point, registers: tuple[int, ...], context: Context) -> Any:
    """What the registers say; None for a DecodeError with a sentence."""
    try:
        return decode(point, registers, context)
    except DecodeError as err:
        one_sentence_each(str(err))
        return None


@examples(60)
@given(points(), OTHERS, st.data())
@example(Point("x", (0, 1, 2, 3), 3, "f64", scales=(1000.0,)), None, (0x7FEF, 0xFFFF, 0xFFFF, 0xFFFF))
def test_any_words_are_a_plausible_value_or_none_or_refused(
    point: Point, other: Value, data: st.DataObject | tuple[int, ...]
):
    registers = data if isinstance(data, tuple) else data.draw(words(point.count))
    context = Context(values={"other": other})
    decoded = found(point, registers, context)
    ((_, kept, in_block),) = decode_block([point], dict(enumerate(registers)), Context(values={"other": other}))
    assert kept == registers
    if decoded is None:
        assert in_block.quality is Quality.BAD
        return
    value = decoded.value
    assert value is None or isinstance(value, (float, str, tuple))
    assert value is not None or decoded.quality is not Quality.GOOD
    if isinstance(value, float):
        assert math.isfinite(value)
        assert point.low is None or value >= point.low
        assert point.high is None or value <= point.high
    if decoded.quality is not Quality.GOOD:
        assert decoded.note


@examples(200)
@given(points(("u16", "s16", "u32", "s32", "f32")), st.data())
def test_the_short_way_says_what_the_long_one_says(point: Point, data: st.DataObject):
    point = replace(point, scales=point.scales[:1], fix=(), scale_by="")
    registers = data.draw(words(point.count))
    try:
        short = short_way(point)(registers)
    except ArithmeticError:
        short = None
    if short is not None:
        assert short == decode(point, registers, Context())


def test_the_short_way_is_taken():
    point = Point("x", (0, 1), 3, "s32", scales=(0.1,), order="CDAB", low=-100.0, high=100.0, absent=(0x80000000,))
    way = short_way(point)
    assert way((0xFFFE, 0xFFFF)) == Decoded(-0.2, Quality.GOOD, 0.1)
    assert way((0, 0x8000)) is None
    assert way((0, 1)) is None
    assert short_way(Point("x", (0,), 3, "u16"))((7,)) == Decoded(7.0)
    assert short_way(Point("x", (0, 1), 3, "f32"))((0x4366, 0x0000)) == Decoded(230.0)


@examples(60)
@given(points(WHOLE), st.data())
def test_a_whole_number_is_its_raw_number_times_its_factor(point: Point, data: st.DataObject):
    """Against arithmetic of one's own: the bytes put in order by hand, one multiplication."""
    point = replace(point, scales=point.scales[:1], fix=(), scale_by="", choices=(), absent=(), low=None, high=None,
                    order=point.order[:4])  # fmt: skip
    registers = data.draw(words(point.count))
    ordered = registers if point.order in ("ABCD", "BADC") else registers[::-1]
    swap = point.order in ("BADC", "DCBA")
    raw = 0
    for word in ordered:
        raw = raw << 16 | (word >> 8 | (word & 0xFF) << 8 if swap else word)
    if point.type.startswith("s") and raw >> (16 * point.count - 1):
        raw -= 1 << 16 * point.count
    decoded = found(point, registers, Context())
    if point.type == "bcd":
        assert (decoded is None) == (not f"{raw:x}".isdecimal())
        raw = int(f"{raw:x}") if decoded is not None else 0
    if decoded is not None:
        assert decoded.value == pytest.approx(raw * point.scales[0] + point.offset, rel=1e-12, abs=1e-12)


def test_a_number_at_the_end_of_what_a_double_holds_comes_back_and_one_beyond_it_is_refused():
    point = Point("x", (0, 1, 2, 3), 3, "f64", scales=(1.5,))
    decoded = decode(point, (0x7CAD, 0, 0, 0), Context())
    assert isinstance(decoded.value, float)
    assert decode(point, encode(point, decoded.value, Context()), Context()).value == pytest.approx(decoded.value)
    small = replace(point, scales=(0.001,))
    with pytest.raises(DecodeError, match="cannot hold"):
        encode(small, 1e307, Context())


@examples(60)
@given(points(), st.data())
@example(Point("x", (0, 1), 3, "f32"), None)
def test_what_was_decoded_is_encoded_into_words_that_say_the_same(point: Point, data: st.DataObject | None):
    point = replace(point, scales=point.scales[:1], fix=(), scale_by="", absent=(), order=point.order[:4], low=None,
                    high=None)  # fmt: skip
    registers = data.draw(words(point.count)) if data is not None else (0x4048, 0xF5C3)
    decoded = found(point, registers, Context())
    if decoded is None or decoded.value is None:
        return
    most = abs(point.scales[0]) * (1 << 48)
    if point.type in ("u64", "s64") and isinstance(decoded.value, float) and abs(decoded.value) >= most:
        return  # a reading is a double
    if isinstance(decoded.value, str) and (decoded.value.startswith("code_") or "\ufffd" in decoded.value):
        return
    if point.type == "f64" and abs(point.scales[0]) < 1e-6:
        return  # beyond what a double can hold on the way back
    again = encode(point, decoded.value, Context())
    back = decode(point, again, Context())
    if isinstance(decoded.value, float):
        assert isinstance(back.value, float)
        step = abs(point.scales[0]) if TYPES[point.type].kind == "number" else 0.0
        assert values.same(back.value, decoded.value, step)
        if step and not point.offset:
            assert again == registers
    else:
        assert back.value == decoded.value


TYPED = st.one_of(
    st.none(),
    st.floats(),
    st.text(max_size=12),
    st.lists(st.text(max_size=6), max_size=3).map(tuple),
    st.sampled_from(
        (
            *("on", "code_7", "code_x", "code_-1", "code_99999999999", "bit_3", "bit_x", "bit_-1", "bit_9999999"),
            *("07:30", "99:99", "24:00", "12-31", "99-99", "2026-11-21T08:05:09", "2099-99-99T99:99:99", "4.5.7"),
            *("999.9.999", "2x4", "999x999", "٣:30", "1e5", ("bit_3",), ("bit_99",), ("on", "bit_2"), 1e39, 65535.0),
        )
    ),
)


@examples(60)
@given(points(), TYPED, OTHERS)
@example(Point("x", (0,), 3, "bits"), ("bit_99999999999999",), None)
def test_any_value_is_encoded_or_refused_with_a_decode_error(point: Point, value: Value, other: Value):
    try:
        registers = encode(point, value, Context(values={"other": other}))
    except DecodeError as err:
        one_sentence_each(str(err))
        return
    assert len(registers) == point.count
    assert all(0 <= word <= 0xFFFF for word in registers)
