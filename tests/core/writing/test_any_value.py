"""What may be written, according to the rules, arrives as it was meant: value to words to value."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import example, given
from hypothesis import strategies as st

from core.decode import Context, decode
from core.encode import encode
from core.parameter_loader import value_of
from core.parameters import Parameter, Words
from core.points import Access, Choice, Kind, Point, Quality, Value
from core.wordtypes import TYPES
from core.writing import values
from tests.core.test_any_words import TYPED, points
from tests.strategies import SCALARS, examples


def offered(point: Point) -> Parameter:
    choices = point.choices if TYPES[point.type].kind in ("number", "bits") else ()
    point = replace(point, access=Access.READ_WRITE, write=16, scale_by="", fix=(), choices=choices)
    return Parameter(id="x", section="s", title=Words(), point=point, low=point.low, high=point.high)


@examples(50)
@given(points(), TYPED | st.integers(-100, 70000).map(float))
@example(Point("x", (0,), 3, "u16", scales=(0.1,)), 230.1)
@example(Point("x", (0,), 3, "u16"), "\n")
@example(Point("x", (0,), 3, "bits"), ())
@example(Point("x", (0,), 3, "bits", kind=Kind.BITS, choices=(Choice(1, "on", "On", "Oui"),)), ("o\nn",))
@example(Point("x", (0,), 3, "u16", kind=Kind.STATE, choices=(Choice(1, "on", "On", "Oui"),)), "o\nn")
def test_a_value_without_a_fault_comes_back_from_its_words(point: Point, value: Value):
    parameter = offered(point)
    fault = values.fault_of(parameter, value)
    assert isinstance(fault, str)
    if fault:
        assert "\n" not in fault
        return
    assert parameter.point is not None
    registers = encode(parameter.point, value, Context())
    assert len(registers) == point.count
    back = decode(parameter.point, registers, Context())
    assert back.quality is not Quality.BAD
    assert values.same(back.value, value, values.resolution(parameter.point))
    assert values.text(value)


@examples(50)
@given(points(), SCALARS | st.text(max_size=10) | st.floats().map(str) | st.integers(-99, 70000).map(str))
@example(Point("x", (0,), 3, "u16", scales=(0.1,)), "230,1")
@example(Point("x", (0, 1, 2, 3), 3, "f64", scales=(3.6,)), "9880757756454866.0")
def test_any_text_of_a_table_is_a_value_that_the_registers_hold_or_none(point: Point, text: str):
    point = replace(point, scale_by="", fix=())
    value = value_of(point, text)
    if value is None:
        return
    registers = encode(point, value, Context())
    back = decode(point, registers, Context())
    assert values.same(back.value, value, values.resolution(point))


@examples(100)
@given(TYPED, TYPED, st.sampled_from((0.0, 0.1, 1.0)))
def test_a_value_is_the_same_as_itself_and_sameness_has_no_direction(one: Value, other: Value, step: float):
    assert values.same(one, other, step) == values.same(other, one, step)
    if one == one:  # noqa: PLR0124 - NaN is not
        assert values.same(one, one, step)
    assert isinstance(values.text(one), str)
