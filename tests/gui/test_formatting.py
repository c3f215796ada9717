"""Figures read as ui.md says, in both languages."""

import math
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale

from core.points import Choice, Kind, Point, PointKey, Reading
from gui import formatting, i18n

N = "\u202f"  # what holds a figure and its unit together


@pytest.fixture(autouse=True)
def own_language(qapp: object) -> Iterator[None]:
    before = QLocale()
    i18n.choose("en")
    yield
    i18n.choose("en")
    QLocale.setDefault(before)


@pytest.mark.parametrize(
    ("watts", "text"),
    [
        (0, "0 W"),
        (0.4, "0 W"),
        (-0.4, "0 W"),
        (12.4, "12 W"),
        (999.4, "999 W"),
        (999.6, "1.00 kW"),
        (1000, "1.00 kW"),
        (6840, "6.84 kW"),
        (9994, "9.99 kW"),
        (9996, "10.0 kW"),
        (12_440, "12.4 kW"),
        (99_940, "99.9 kW"),
        (99_960, "100 kW"),
        (124_400, "124 kW"),
        (999_600, "1.00 MW"),
        (1_240_000, "1.24 MW"),
        (-1270, "−1.27 kW"),
        (None, "—"),
        (math.nan, "—"),
        (math.inf, "—"),
    ],
)
def test_power_has_watts_then_three_significant_digits(watts: float | None, text: str) -> None:
    assert formatting.power(watts) == text.replace(" ", N)


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (512.0, "Wh", "512 Wh"),
        (24_600.0, "Wh", "24.6 kWh"),
        (8_300.0, "Wh", "8.30 kWh"),
        (45_200_000.0, "Wh", "45.2 MWh"),
        (3_210.0, "var", "3.21 kvar"),
        (399.24, "V", "399.2 V"),
        (10.0, "A", "10.0 A"),
        (50.014, "Hz", "50.01 Hz"),
        (57.4, "%", "57 %"),
        (23.4, "°C", "23 °C"),
        (1234.5, "V", "1 234.5 V"),
        (42.0, "", "42"),
        (0.125, "", "0.125"),
        (None, "V", "—"),
    ],
)
def test_each_unit_has_its_decimals(value: float | None, unit: str, text: str) -> None:
    assert formatting.quantity(value, unit) == text.replace(" ", N)


def test_french_writes_a_comma() -> None:
    i18n.choose("fr")
    assert formatting.power(6840) == f"6,84{N}kW"
    assert formatting.number(1234567.5, 1) == f"1{N}234{N}567,5"
    assert formatting.size(5.8e6) == f"5,8{N}Mo"
    assert formatting.age(200) == f"il y a 3{N}min"
    assert formatting.hour(3) == "3 h"


def test_digits_and_unit_come_apart_for_columns() -> None:
    assert formatting.pair(6840, "W") == ("6.84", "kW")
    assert formatting.pair(None, "W") == ("—", "")


def test_magnitude_leaves_the_sign_to_the_word() -> None:
    assert formatting.magnitude(-2100) == f"2.10{N}kW"
    assert formatting.share(0.663) == f"66{N}%"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0.0, "0 s"),
        (0.43, "0.4 s"),
        (1.0, "1 s"),
        (5.1, "5.1 s"),
        (12.4, "12 s"),
        (59.4, "59 s"),
        (59.6, "1 min"),
        (185, "3 min"),
        (3599, "59 min"),
        (3600, "1 h"),
        (47 * 3600, "47 h"),
        (48 * 3600, "2 d"),
        (None, "—"),
        (-3, "0 s"),
    ],
)
def test_durations_take_the_largest_fitting_unit(seconds: float | None, text: str) -> None:
    assert formatting.duration(seconds) == text.replace(" ", N)


@pytest.mark.parametrize(
    ("seconds", "text"), [(0.3, "just now"), (2.4, "2 s ago"), (185, "3 min ago"), (None, "—"), (-5, "just now")]
)
def test_ages_are_said_in_words(seconds: float | None, text: str) -> None:
    assert formatting.age(seconds) == text.replace(" ", N, 0 if text == "just now" else 1)


def test_size_of_data() -> None:
    texts = [formatting.size(amount) for amount in (0, 999, 999.6, 12_340, 5.8e6, 123e6, 2.5e9, 3e12)]
    wanted = ["0 B", "999 B", "1.0 kB", "12.3 kB", "5.8 MB", "123 MB", "2.5 GB", "3 000 GB"]
    assert texts == [text.replace(" ", N) for text in wanted]


def test_a_state_is_said_in_the_words_of_its_profile() -> None:
    point = Point("state", (0,), 3, "u16", kind=Kind.STATE, choices=(Choice(2, "on_grid", "On grid", "Réseau"),))
    reading = Reading(PointKey("inverter", "state"), "on_grid", 0.0)
    assert formatting.reading(reading, point) == "On grid"
    i18n.choose("fr")
    assert formatting.reading(reading, point) == "Réseau"
    assert formatting.reading(None, point) == "—"


def test_bits_are_listed_and_none_is_a_word() -> None:
    assert formatting.value(("a", "b")) == "a, b"
    assert formatting.value(()) == "none"
    assert formatting.value(None) == "—"


def test_parts_without_anything_to_say_are_left_out() -> None:
    assert formatting.joined(("399.2 V", "", "—", "50.01 Hz")) == "399.2 V · 50.01 Hz"
