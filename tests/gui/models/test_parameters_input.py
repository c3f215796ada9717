"""What is typed means one inner value, or is answered with one sentence; nothing is rounded, nothing is guessed."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.parameters import Parameter, Words
from core.points import Kind, Point, Value
from core.writing import values
from gui import i18n
from gui.models.parameters_input import (
    Editor,
    WrongEntry,
    editor_of,
    factory_text,
    field_text,
    parse,
    range_text,
    shown_unit,
    step_text,
    value_text,
)
from tests.gui.fake_writing import hybrid_parameters, station_parameters

SPACE = "\u202f"
HYBRID = {entry.id: entry for entry in hybrid_parameters().entries}
STATION = {entry.id: entry for entry in station_parameters().entries}


@pytest.fixture(autouse=True)
def english(qapp: object) -> Iterator[None]:
    i18n.choose("en")
    yield
    i18n.choose("en")


def number(unit: str, low: float | None, high: float | None, scale: float = 1.0, **more: object) -> Parameter:
    point = Point("n", (1, 2), 3, "s32", unit, (scale,), write=16, low=low, high=high)
    return replace(Parameter("n", "s", Words("N", "N"), point, low, high), **more)  # type: ignore[arg-type]


def refused(parameter: Parameter, text: str) -> str:
    with pytest.raises(WrongEntry) as wrong:
        parse(parameter, text)
    return wrong.value.sentence


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ("5", 5000.0),
        ("5 kW", 5000.0),
        ("5000 W", 5000.0),
        ("4,57", 4570.0),
        ("4.57 kw", 4570.0),
        ("0.00457 MW", 4570.0),
        ("  4 570 W ", 4570.0),
        ("0", 0.0),
    ],
)
def test_a_power_is_typed_in_kilowatts_or_with_its_unit(text: str, inner: float) -> None:
    assert parse(HYBRID["feed_limit"], text) == inner


@pytest.mark.parametrize(
    ("text", "inner"), [("2", 120.0), ("2 min", 120.0), ("120 s", 120.0), ("1,0", 60.0), ("0.25 h", 900.0)]
)
def test_a_long_time_is_typed_in_minutes_or_with_its_unit(text: str, inner: float) -> None:
    assert parse(HYBRID["delay"], text) == inner


def test_milliwatts_are_never_taken_for_megawatts() -> None:
    assert "mW" in refused(HYBRID["feed_limit"], "5 mW")
    assert "mA" not in refused(number("A", 0, 32, 0.1), "5 MA").replace("MA", "")


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("discharge_limit", "5", f"It must lie between 10{SPACE}% and 100{SPACE}%."),
        ("discharge_limit", "101", f"It must lie between 10{SPACE}% and 100{SPACE}%."),
        ("discharge_limit", "50.5", f"It goes in steps of 1{SPACE}%: 50{SPACE}% or 51{SPACE}%."),
        ("discharge_limit", "much", f"Enter a number, for instance 100{SPACE}%."),
        ("discharge_limit", "1e2", f"The unit e2 does not fit this value: write %."),  # noqa: F541
        ("discharge_limit", "nan", f"Enter a number, for instance 100{SPACE}%."),
        ("discharge_limit", "--5", f"Enter a number, for instance 100{SPACE}%."),
        ("feed_limit", "4577 W", f"It goes in steps of 10{SPACE}W: 4.57{SPACE}kW or 4.58{SPACE}kW."),
        ("feed_limit", "4 Hz", "The unit Hz does not fit this value: write kW."),
        ("delay", "90 s", f"It goes in steps of 1{SPACE}min: 1{SPACE}min or 2{SPACE}min."),
        ("window_end", "25:00", "Enter a time of day, for instance 07:30."),
        ("window_end", "7", "Enter a time of day, for instance 07:30."),
        ("label", "x" * 17, "At most 16 characters."),
        ("label", "été", "Only letters without accents, digits and signs."),
        ("eps", "1", "This is set on the device's own screen."),
    ],
)
def test_a_wrong_entry_gets_one_clear_sentence(name: str, text: str, sentence: str) -> None:
    assert refused(HYBRID[name], text) == sentence


def test_a_comma_before_three_digits_is_asked_about_in_english_and_is_the_decimal_sign_in_french() -> None:
    limit = number("A", 0, 50_000, 0.001)
    assert refused(limit, "12,345") == "Write 12.345 or 12345: the comma could mean either."
    assert parse(limit, "0,345") == 0.345
    assert parse(limit, "12,3") == 12.3
    i18n.choose("fr")
    assert parse(limit, "12,345") == 12.345


@pytest.mark.parametrize(
    ("text", "inner"), [("6:30", "06:30"), ("06h30", "06:30"), ("0630", "06:30"), ("630", "06:30")]
)
def test_a_time_may_be_written_in_several_ways(text: str, inner: str) -> None:
    assert parse(HYBRID["window_end"], text) == inner


def test_a_date_has_month_and_day() -> None:
    point = Point("d", (1,), 3, "mmdd", write=6, kind=Kind.TIME)
    date = Parameter("d", "s", Words("D", "D"), point)
    assert editor_of(date, confirmed=True) is Editor.DATE
    assert parse(date, "2-9") == "02-09"
    assert "12-31" in refused(date, "31/12")


def test_what_the_core_would_refuse_is_refused_here_with_its_own_words() -> None:
    key = replace(STATION["HeartbeatInterval"], low=None, high=None)
    text = Parameter("t", "s", Words("T", "T"), Point("t", (), None, "text", kind=Kind.TEXT, path="key.T"))
    assert refused(text, "x" * 501) == "A text has at most 500 characters."
    assert parse(key, "12") == 12.0


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("feed_limit", 4570.0, f"4.57{SPACE}kW"),
        ("feed_limit", 12_000.0, f"12{SPACE}kW"),
        ("delay", 300.0, f"5{SPACE}min"),
        ("delay", 100.0, f"100{SPACE}s"),
        ("cutoff", 46.5, f"46.5{SPACE}V"),
        ("work_mode", "feed_in", "Feed-in first"),
        ("work_mode", "code_9", "code 9, not in the map"),
        ("days", ("mon", "sat"), "Monday, Saturday"),
        ("days", (), "none set"),
        ("window_end", "05:30", "05:30"),
        ("discharge_limit", None, "—"),
    ],
)
def test_a_value_is_shown_whole_and_in_human_units(name: str, value: Value, shown: str) -> None:
    assert value_text(HYBRID[name], value) == shown


def test_two_values_that_differ_never_look_the_same() -> None:
    limit = number("W", 0, 20_000)
    assert value_text(limit, 4567.0) != value_text(limit, 4570.0)
    assert value_text(limit, 4567.0) == f"4.567{SPACE}kW"


def test_secrets_and_flags_have_words() -> None:
    assert value_text(STATION["AuthorizationKey"], "0123456789abcdef") == "set"
    assert field_text(STATION["AuthorizationKey"], "set") == ""
    assert value_text(STATION["LocalAuthorizeOffline"], 1.0) == "Yes"


def test_ranges_and_factory_values_are_short() -> None:
    assert range_text(HYBRID["feed_limit"]) == f"0–10{SPACE}kW"
    assert factory_text(HYBRID["feed_limit"]) == "10\u202fkW"
    assert range_text(HYBRID["work_mode"]) == "4 choices"
    assert range_text(HYBRID["grid_charge"]) == "Off / On"
    assert range_text(number("A", 6, None)) == f"≥ 6{SPACE}A"
    assert range_text(number("%", -100, 100)) == f"−100 … 100{SPACE}%"  # a dash beside a minus sign cannot be read
    assert range_text(number("W", 1, 20_000)) == f"0.001–20{SPACE}kW"


def test_a_number_without_a_unit_is_not_grouped() -> None:
    port = number("", 1, 65_535, factory=8080.0)
    assert (value_text(port, 8080.0), range_text(port), factory_text(port)) == ("8080", "1–65535", "8080")
    assert value_text(number("Ah", 0, 65_535), 32_768.0) == f"32{SPACE}768{SPACE}Ah"
    assert range_text(HYBRID["restart"]) == ""
    assert step_text(HYBRID["feed_limit"], 10.0) == f"10{SPACE}W"


def test_an_inferred_one_is_not_edited_before_it_is_confirmed() -> None:
    assert editor_of(HYBRID["timed_start"], confirmed=False) is Editor.INFERRED
    assert editor_of(HYBRID["timed_start"], confirmed=True) is Editor.TIME
    assert editor_of(HYBRID["eps"], confirmed=True) is Editor.SCREEN


@given(
    st.integers(-1_000_000, 1_000_000), st.sampled_from((1.0, 0.1, 0.01, 0.001, 10.0)), st.sampled_from(("W", "A", "s"))
)
def test_what_is_shown_in_the_field_means_the_same_value_again(raw: int, scale: float, unit: str) -> None:
    parameter = number(unit, None, None, scale)
    inner = float(f"{raw * scale:.9g}")
    text = field_text(parameter, inner)
    assert values.same(parse(parameter, text), inner)
    assert shown_unit(parameter).unit == unit


@given(st.text(max_size=12))
def test_whatever_is_typed_is_a_value_in_range_or_a_sentence(text: str) -> None:
    value: Value = None
    sentence = ""
    try:
        value = parse(HYBRID["discharge_limit"], text)
    except WrongEntry as wrong:
        sentence = wrong.sentence
    in_range = isinstance(value, float) and 10.0 <= value <= 100.0
    assert in_range != sentence.endswith(".")
