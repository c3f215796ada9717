"""Themes are whole, legible, and change while the window is open."""

import re
from collections.abc import Iterator

import pytest
from PySide6.QtGui import QColor, QFontMetricsF
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from gui import theme
from gui.i18n import RESOURCES
from gui.theme import KINDS, THEMES, load_theme, look


@pytest.fixture(autouse=True)
def light(qapp: object) -> Iterator[None]:
    yield
    look().choose("light")


def luminance(colour: str) -> float:
    channels = [
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in QColor(colour).getRgbF()[:3]  # type: ignore[index]
    ]
    return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", THEMES)
def test_every_theme_has_every_role_and_readable_text(name: str) -> None:
    colours = load_theme(name).colours
    assert set(colours) == set(load_theme("light").colours)
    assert all(re.fullmatch("#[0-9A-F]{6}", colour) for colour in colours.values())
    assert contrast(colours["text"], colours["card"]) >= 12
    assert contrast(colours["secondary"], colours["card"]) >= (7 if name == "high_contrast" else 4.4)
    assert contrast(colours["selection_text"], colours["selection"]) >= 4.4
    assert contrast(colours["accent_text"], colours["accent"]) >= 4.4


def test_high_contrast_energies_stand_out() -> None:
    colours = load_theme("high_contrast").colours
    for role in ("solar", "grid_import", "grid_export", "battery", "vehicle", "house", "warning", "fault"):
        assert contrast(colours[role], colours["card"]) >= 7


def test_no_colour_stands_in_the_style_sheet_or_in_python() -> None:
    assert "#" not in re.sub(r"#[a-z]+\b(?![0-9a-f])", "", (RESOURCES / "app.qss").read_text("utf-8"))
    for file in (RESOURCES.parent / "gui").rglob("*.py"):
        found = re.findall(r"[\"']#[0-9A-Fa-f]{6}[\"']", file.read_text("utf-8"))
        assert set(found) <= {'"#000000"', '"#FFFFFF"'}, file  # what an icon's drawing holds in place of a role


def test_a_theme_change_reaches_open_widgets(qtbot: QtBot) -> None:
    look().choose("light")
    label = QLabel("figure")
    qtbot.addWidget(label)
    label.show()
    before = label.palette().windowText().color()
    with qtbot.waitSignal(look().changed):
        look().choose("dark")
    assert label.palette().windowText().color() != before
    assert look().colour("text").name().upper() == "#EEF1F5"


def test_system_follows_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(theme, "system_theme", lambda: "dark")
    look().choose("system")
    assert look().theme.name == "dark"
    monkeypatch.setattr(theme, "system_theme", lambda: "light")
    look()._system_changed()
    assert look().theme.name == "light"
    look().choose("colour_blind")
    look()._system_changed()
    assert look().theme.name == "colour_blind"


@pytest.mark.parametrize("kind", list(KINDS))
def test_digits_have_one_width(kind: str) -> None:
    metrics = QFontMetricsF(look().font(kind))
    assert len({round(metrics.horizontalAdvance(digit), 3) for digit in "0123456789"}) == 1


def test_the_family_is_ours_on_every_system() -> None:
    look().choose("light")
    assert look().family == "Roboto"


def test_a_font_that_somebody_changes_is_their_own(qtbot: QtBot) -> None:
    font = look().font("text")
    size = font.pointSizeF()
    font.setPointSizeF(2 * size)
    assert look().font("text").pointSizeF() == size
