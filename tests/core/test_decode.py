"""Registers to values and back."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.decode import BlockDecoder, Context, decode, decode_block, scaled
from core.encode import encode
from core.errors import DecodeError
from core.points import Choice, Point, Quality, Value
from core.profile import Proof, ScaleRule
from core.wordtypes import ORDERS, TYPES, to_bytes, to_words


def point(kind: str, words: int | None = None, **more: object) -> Point:
    count = words or TYPES[kind].words or 1
    return Point(id="x", at=tuple(range(count)), function=3, type=kind, **more)  # type: ignore[arg-type]


def value(p: Point, *words: int, context: Context | None = None) -> object:
    return decode(p, words, context or Context()).value


@pytest.mark.parametrize(
    ("order", "words"),
    [
        ("ABCD", (0x1234, 0x5678)),
        ("CDAB", (0x5678, 0x1234)),
        ("BADC", (0x3412, 0x7856)),
        ("DCBA", (0x7856, 0x3412)),
    ],
)
def test_all_four_byte_orders_give_the_same_number(order: str, words: tuple[int, int]):
    assert value(point("u32", order=order), *words) == 0x12345678
    assert encode(point("u32", order=order), float(0x12345678), Context()) == words


def test_low_word_first_holds_for_four_words():
    assert value(point("u64", order="CDAB"), 0x6946, 0, 0, 0) == 0x6946
    assert value(point("u64"), 0, 0, 0, 0x6946) == 0x6946


@pytest.mark.parametrize(
    ("kind", "words", "expected"),
    [
        ("s16", (0xFF9C,), -100.0),
        ("s32", (0xFFFF, 0xFF9C), -100.0),
        ("s64", (0xFFFF, 0xFFFF, 0xFFFF, 0xFF9C), -100.0),
        ("u48", (1, 0, 0), 2.0**32),
        ("f32", (0x436F, 0x970A), struct.unpack(">f", b"\x43\x6f\x97\x0a")[0]),
        ("f64", (0x406D, 0xF2E1, 0x47AE, 0x147B), 239.59),
        ("bcd", (0x1234,), 1234.0),
        ("hhmm", (0x071E,), "07:30"),
        ("hhmm_bcd", (0x0730,), "07:30"),
        ("hhmm_decimal", (730,), "07:30"),
        ("hhmm_ascii", (0x3037, 0x3330), "07:30"),
        ("mmdd", (0x0C1F,), "12-31"),
        ("clock_words", (26, 11, 21, 8, 5, 9), "2026-11-21T08:05:09"),
        ("clock_bytes", (0x1A0B, 0x1508, 0x0509), "2026-11-21T08:05:09"),
        ("clock_bcd", (0x26, 0x11, 0x21, 0x08, 0x05, 0x09), "2026-11-21T08:05:09"),
        ("clock_schneider", (26, 0x0BD5, 0x0805, 9000), "2026-11-21T08:05:09"),
        ("version", (0x2D07,), "4.5.7"),
        ("bytes", (0x0204,), "2x4"),
    ],
)
def test_every_type_reads_what_its_map_says(kind: str, words: tuple[int, ...], expected: object):
    found = value(point(kind, len(words)), *words)
    assert found == pytest.approx(expected) if isinstance(expected, float) else found == expected


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("clock_words", (100, 1, 1, 0, 0, 0)),
        ("clock_words", (0xFFFF, 1, 1, 0, 0, 0)),
        ("clock_words", (26, 2, 30, 0, 0, 0)),
        ("clock_words", (26, 11, 21, 24, 0, 0)),
        ("mmdd", (0x021E,)),
        ("mmdd", (0x0D01,)),
    ],
)
def test_a_moment_that_no_calendar_has_is_no_value(kind: str, words: tuple[int, ...]):
    with pytest.raises(DecodeError):
        decode(point(kind, len(words)), words, Context())


@pytest.mark.parametrize(
    ("kind", "text"), [("clock_words", "2026-02-30T00:00:00"), ("mmdd", "02-30"), ("mmdd", "13-01")]
)
def test_a_moment_that_no_calendar_has_is_not_written(kind: str, text: str):
    with pytest.raises(DecodeError):
        encode(point(kind), text, Context())


def test_bits_and_floats_that_do_not_fit_are_refused():
    for name in ("bit_16", "bit_99999999999999", "bit_-1", "bit_x"):
        with pytest.raises(DecodeError):
            encode(point("bits", 1), (name,), Context())
    with pytest.raises(DecodeError):
        encode(point("f32"), 1e39, Context())


def test_a_number_beyond_all_numbers_is_bad():
    found = decode(point("f64", scales=(1000.0,)), (0x7FEF, 0xFFFF, 0xFFFF, 0xFFFF), Context())
    assert (found.value, found.quality) == (None, Quality.BAD)


def test_text_stops_at_its_padding():
    assert value(point("ascii", 3), 0x5A4D, 0x3145, 0x0000) == "ZM1E"
    assert decode(point("ascii", 2), (0, 0), Context()).quality is Quality.UNKNOWN


@given(st.sampled_from(["u16", "s16", "u32", "s32", "u64", "s64", "f32", "f64"]), st.sampled_from(ORDERS), st.data())
def test_encoding_is_the_inverse_of_decoding(kind: str, order: str, data: st.DataObject):
    count = TYPES[kind].words or 1
    words = tuple(data.draw(st.lists(st.integers(0, 0xFFFF), min_size=count, max_size=count)))
    p = point(kind, order=order)
    if count == 4 and kind != "f64":  # a reading is a double: whole numbers are exact up to 2 to the power 53
        words = to_words(bytes(2) + to_bytes(words, order)[2:], order)
    found = decode(p, words, Context())
    if found.value is not None:  # else it is not a number
        assert encode(p, found.value, Context()) == words


@given(st.lists(st.integers(0, 0xFFFF), min_size=1, max_size=8), st.sampled_from(ORDERS))
def test_words_survive_every_byte_order(words: list[int], order: str):
    assert to_words(to_bytes(words, order), order) == tuple(words)


@given(st.integers(-32768, 65535))
def test_a_scale_rounds_once(raw: int):
    assert scaled(raw, 0.1) == raw / 10
    assert scaled(raw, 0.01) == raw / 100
    assert scaled(raw, 10.0) == raw * 10.0


def test_a_spike_is_bad_and_has_no_value():
    found = decode(point("u16", unit="%", low=0, high=100), (0xFFFF,), Context())
    assert (found.value, found.quality) == (None, Quality.BAD)
    assert "65535" in found.note


def test_what_the_device_declares_missing_is_unknown_not_zero():
    for p, word in ((point("s16", absent=(0x8000,)), 0x8000), (point("u16", absent=(0xFFFF,)), 0xFFFF)):
        found = decode(p, (word,), Context())
        assert (found.value, found.quality) == (None, Quality.UNKNOWN)
    assert decode(point("f32"), (0x7FC0, 0), Context()).quality is Quality.UNKNOWN


def test_the_scale_that_lands_in_the_range_is_taken():
    p = point("u16", scales=(0.1, 0.01), low=40, high=60)
    assert decode(p, (512,), Context()).value == 51.2
    assert decode(p, (5120,), Context()).value == 51.2
    assert decode(p, (5120,), Context()).factor == 0.01


def test_a_code_that_the_map_does_not_list_is_shown_and_marked():
    p = point("u16", choices=(Choice(2, "on_grid", "On grid", "Couplé"),))
    assert value(p, 2) == "on_grid"
    found = decode(p, (9,), Context())
    assert (found.value, found.quality) == ("code_9", Quality.UNKNOWN)


def test_bits_are_named_and_unlisted_ones_are_never_dropped():
    p = point("bits", 1, choices=(Choice(0, "over", "Over", "Sur"), Choice(3, "under", "Under", "Sous")))
    assert decode(p, (0b1001,), Context()).value == ("over", "under")
    found = decode(p, (0b0101,), Context())
    assert (found.value, found.quality) == (("over", "bit_2"), Quality.UNKNOWN)
    assert encode(p, ("over", "bit_2"), Context()) == (0b0101,)


def test_a_scale_factor_register_moves_the_decimal_point():
    p = point("s16", scale_by="10^W_SF", unit="W")
    assert value(p, 1234, context=Context(values={"W_SF": -1.0})) == 123.4
    assert decode(p, (1234,), Context()).quality is Quality.UNKNOWN
    assert encode(p, 123.4, Context(values={"W_SF": -1.0})) == (1234,)


RULE = ScaleRule(
    "ct",
    "ratio",
    {"primary": (), "secondary": ("ct",)},
    (Proof("primary", largest=("i",), above=10.0, keep=True), Proof("primary", equal=(("ct", (0.0, 1.0)),))),
    "primary",
    doubt=True,
)


@pytest.mark.parametrize(
    ("option", "ct", "current", "expected", "quality"),
    [
        ("secondary", 40.0, 2.0, 4000.0, Quality.GOOD),
        ("primary", 40.0, 2.0, 100.0, Quality.GOOD),
        ("auto", 40.0, 25.0, 100.0, Quality.GOOD),  # more than 10 A cannot be a secondary current
        ("auto", 1.0, 2.0, 100.0, Quality.GOOD),  # without a ratio there is nothing to settle
        ("auto", 40.0, 2.0, 100.0, Quality.UNKNOWN),  # shown, but not as a good value
    ],
)
def test_the_ct_ratio_trap_is_settled_or_said(
    option: str, ct: float, current: float, expected: float, quality: Quality
):
    context = Context({"ct": RULE}, {"ratio": option}, {"ct": ct, "i": current})
    found = decode(point("f32", scale_by="ct", scales=(0.1,)), (0x447A, 0), context)  # 1000.0
    assert (found.value, found.quality) == (expected, quality)


def test_what_a_large_current_has_proved_stays_proved():
    context = Context({"ct": RULE}, {"ratio": "auto"}, {"ct": 40.0, "i": 25.0})
    p = point("f32", scale_by="ct", scales=(0.1,))
    decode(p, (0x447A, 0), context)
    context.values["i"] = 2.0
    assert decode(p, (0x447A, 0), context).quality is Quality.GOOD


def test_a_missing_ratio_gives_no_value():
    found = decode(point("u16", scale_by="ct"), (5,), Context({"ct": RULE}, {"ratio": "secondary"}))
    assert (found.value, found.quality) == (None, Quality.UNKNOWN)


@pytest.mark.parametrize(
    ("fix", "word", "values", "expected"),
    [
        (("mask:0x3",), 5, {}, 1.0),
        (("sign:s",), 100, {"s": "negative"}, -100.0),
        (("sign:s",), 100, {"s": "positive"}, 100.0),
        (("ratio_or_percent",), 1, {}, 100.0),
        (("ratio_or_percent",), 98, {}, 98.0),
        (("negative_magnitude",), 0xFF9C, {}, 100.0),
        (("unfilled:total",), 0, {"total": 500.0}, None),
        (("unfilled:total",), 0, {"total": 0.0}, 0.0),
    ],
)
def test_each_correction_does_what_it_says(
    fix: tuple[str, ...], word: int, values: dict[str, object], expected: object
):
    assert value(point("u16", fix=fix), word, context=Context(values=values)) == expected  # type: ignore[arg-type]


def test_a_sign_that_is_not_known_gives_no_value():
    assert value(point("u16", fix=("sign:s",)), 100) is None


def test_four_quadrant_power_factors_unfold():
    p = point("f32", fix=("four_quadrant",))
    words = to_words(struct.pack(">f", 1.25))
    assert value(p, *words) == pytest.approx(0.75)
    assert value(p, *to_words(struct.pack(">f", -1.25))) == pytest.approx(-0.75)


def test_a_block_decodes_scale_factors_before_what_hangs_on_them():
    watts = Point(id="W", at=(0,), function=3, type="s16", scale_by="10^SF")
    factor = Point(id="SF", at=(1,), function=3, type="s16")
    found = {p.id: d.value for p, _, d in decode_block([watts, factor], {0: 50, 1: 2}, Context())}
    assert found == {"W": 5000.0, "SF": 2.0}


def test_one_senseless_point_does_not_spoil_its_neighbours():
    clock = Point(id="t", at=(0,), function=3, type="hhmm")
    other = Point(id="v", at=(1,), function=3, type="u16")
    found = {p.id: (d.value, d.quality) for p, _, d in decode_block([clock, other], {0: 0x6363, 1: 7}, Context())}
    assert found == {"t": (None, Quality.BAD), "v": (7.0, Quality.GOOD)}


def test_what_does_not_fit_is_refused():
    with pytest.raises(DecodeError, match="does not fit"):
        encode(point("u16"), 70000.0, Context())
    with pytest.raises(DecodeError, match="registers instead of"):
        decode(point("u32"), (1,), Context())


def test_an_answer_of_nothing_but_ffff_is_a_spike():
    points = [Point(id=f"p{at}", at=(at,), function=3, type="s16") for at in range(4)]
    found = decode_block(points, dict.fromkeys(range(4), 0xFFFF), Context())
    assert {decoded.quality for _, _, decoded in found} == {Quality.BAD}


def any_block() -> list[Point]:
    """What hangs on others, on nothing, on scattered registers, and makes no sense now and then."""
    return [
        Point(id="W", at=(100,), function=3, type="s16", scale_by="10^SF"),
        Point(id="SF", at=(101,), function=3, type="s16", low=-3, high=3),
        Point(id="t", at=(102,), function=3, type="hhmm"),
        Point(id="Wh", at=(105, 103), function=3, type="u32", absent=(0xFFFF0001,)),
        Point(id="u", at=(104,), function=3, type="u16", high=400),
    ]


@given(st.lists(st.tuples(*[st.sampled_from((0, 1, 2, 500, 0xFFFF))] * 6), max_size=8))
def test_a_block_that_is_read_again_says_what_it_would_say_the_first_time(answers: list[tuple[int, ...]]):
    anew, again = Context(), Context()
    decoder = BlockDecoder(any_block(), 100, again)
    alone = BlockDecoder(any_block()[2:], 102, Context())
    for words in [*answers, (0xFFFF,) * 6, (0xFFFF,) * 5 + (0,), *answers, *answers[-1:]]:
        assert list(decoder.decode(words)) == decode_block(any_block(), dict(enumerate(words, 100)), anew)
        assert again.values == anew.values
        own = words[2:]
        assert list(alone.decode(own)) == decode_block(any_block()[2:], dict(enumerate(own, 102)), Context())


def test_a_value_that_was_lost_comes_back_with_the_same_registers():
    context = Context()
    decoder = BlockDecoder([Point(id="u", at=(0,), function=3, type="u16")], 0, context)
    decoder.decode((7,))
    context.values["u"] = None  # refused meanwhile
    decoder.decode((7,))
    assert context.values == {"u": 7.0}


VOLTAGE = Point(id="u", at=(0, 1), function=3, type="f32", unit="V", order="ABCD|CDAB")
ENERGY = Point(id="e", at=(2, 3), function=3, type="u32", unit="Wh", order="ABCD|CDAB")


@pytest.mark.parametrize("order", ["ABCD", "CDAB"])
def test_the_voltage_settles_the_word_order_of_the_whole_device(order: str):
    image = dict(enumerate(to_words(struct.pack(">f", 230.0), order) + to_words((100_000).to_bytes(4, "big"), order)))
    found = {point.id: decoded.value for point, _, decoded in decode_block([ENERGY, VOLTAGE], image, Context())}
    assert found == {"u": 230.0, "e": 100_000.0}


def test_a_word_order_that_nothing_settles_is_not_good():
    image = {0: 0, 1: 0, 2: 1, 3: 0}
    found = {point.id: decoded.quality for point, _, decoded in decode_block([ENERGY, VOLTAGE], image, Context())}
    assert found == {"u": Quality.GOOD, "e": Quality.UNKNOWN}
    chosen = Context(options={"word_order": "CDAB"})
    assert decode(ENERGY, (1, 0), chosen).value == 1.0


def test_a_rule_without_a_pick_gives_no_value():
    found = decode(
        point("u16", scale_by="ct"), (5,), Context({"ct": ScaleRule("ct", "ratio", {"a": ()})}, {"ratio": "b"})
    )
    assert (found.value, found.quality) == (None, Quality.UNKNOWN)


def test_registers_that_rest_say_something_else_once_what_they_hang_on_has_changed():
    points = [Point(id="W", at=(0,), function=3, type="u16", fix=("sign:way",)), Point("V", (1,), 3, "u16")]
    context = Context(values={"way": 0.0})
    decoder = BlockDecoder(points, 0, context)

    def told(words: tuple[int, ...]) -> dict[str, Value]:
        return {point.id: decoded.value for point, _, decoded in decoder.decode(words)}

    assert told((50, 230)) == told((50, 230)) == {"W": 50.0, "V": 230.0}
    context.values["way"] = 1.0
    assert told((50, 230)) == {"W": -50.0, "V": 230.0}
    context.values["way"] = None
    assert told((50, 230)) == {"W": None, "V": 230.0}


def test_a_proof_that_settles_a_scale_settles_it_for_registers_that_rest():
    proof = Proof("primary", ("A",), 6.0, keep=True)
    rule = ScaleRule("ct", "ratio", {"primary": (1.0,), "secondary": (40.0,)}, (proof,), "secondary", doubt=True)
    power = BlockDecoder([Point("W", (0,), 3, "u16", scale_by="ct")], 0, context := Context(rules={"ct": rule}))
    current = BlockDecoder([Point("A", (5,), 3, "u16")], 5, context)
    found: list[tuple[Value, Quality]] = []
    for amperes in (5, 5, 20, 5):
        current.decode((amperes,))
        ((_, _, decoded),) = power.decode((100,))
        found.append((decoded.value, decoded.quality))
    assert found == [(4000.0, Quality.UNKNOWN)] * 2 + [(100.0, Quality.GOOD)] * 2
