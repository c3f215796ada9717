"""Colour roles to palette, style sheet, fonts and plot pens; one ``Look`` for the whole application.

``look()`` is the one instance. Painted widgets ask it at paint time and repaint on ``look().changed`` (their
style sheet event arrives too). Follows the system's light and dark as long as the choice is ``"system"``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Template
from typing import Any, Final, cast

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette, QPen
from PySide6.QtWidgets import QApplication
from ruamel.yaml import YAML

from gui.i18n import RESOURCES

THEMES = ("light", "dark", "high_contrast", "colour_blind")

# Size in pixels and weight of each kind of text.
TITLE: Final = "title"
CARD: Final = "card"
TEXT: Final = "text"
STRONG: Final = "strong"
SECONDARY: Final = "secondary"
SMALL: Final = "small"
FIGURE: Final = "figure"
VALUE: Final = "value"
KINDS: Final[Mapping[str, tuple[float, int]]] = {
    TITLE: (21, 700),
    CARD: (14, 600),
    TEXT: (13, 400),
    STRONG: (13, 600),
    SECONDARY: (11.5, 400),
    SMALL: (10.5, 400),
    FIGURE: (17, 700),
    VALUE: (14, 600),
}

# One grid of 4.
GAP: Final = 16  # between cards
INNER: Final = 20  # inside a card
RADIUS: Final = 16
CONTROL: Final = 34  # height of a control

SERIES: Final = (
    "solar", "house", "grid_import", "battery", "grid_export", "vehicle", "healthy", "fault", "warning",
    "tertiary",
)  # fmt: skip
"""Roles that curves without an energy of their own take in turn."""


@dataclass(frozen=True, slots=True)
class Theme:
    """One set of colours, as ``resources/themes/NAME.yaml`` gives it."""

    name: str
    dark: bool
    line: int
    colours: Mapping[str, str]


@cache
def load_theme(name: str, folder: Path = RESOURCES / "themes") -> Theme:
    """Read a theme; raise OSError or KeyError when the file is not there or not whole."""
    text = (folder / f"{name}.yaml").read_text("utf-8")
    raw = cast("dict[str, Any]", YAML(typ="safe", pure=True).load(text))
    colours = {str(role): str(colour) for role, colour in raw["colours"].items()}
    return Theme(name, bool(raw["dark"]), int(raw["line"]), colours)


class Look(QObject):
    """The theme in use, and what comes from it."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.choice = "light"
        self.theme = load_theme("light")
        self.motion = True  # False: static arrows instead of moving dots
        self.family = load_family()  # here, since new fonts in the middle of a painting crash Qt
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._system_changed)

    def choose(self, choice: str) -> None:
        """Use ``"system"`` or one of ``THEMES`` from now on."""
        self.choice = choice if choice in THEMES else "system"
        self.theme = load_theme(self.choice if self.choice != "system" else system_theme())
        self.apply()

    def set_motion(self, motion: bool) -> None:
        """Moving dots, or static arrows."""
        self.motion = motion
        self.changed.emit()

    def apply(self) -> None:
        """Dress the application."""
        app = QApplication.instance()
        if not isinstance(app, QApplication):
            return
        app.setFont(self.font(TEXT))
        app.setPalette(self.palette())
        app.setStyleSheet(self.style_sheet())
        self.changed.emit()

    def colour(self, role: str, alpha: float = 1.0) -> QColor:
        """Colour of a role; ``alpha`` 0 to 1."""
        colour = QColor(self.theme.colours[role])
        colour.setAlphaF(alpha)
        return colour

    def pen(self, role: str, width: float = 1.0, alpha: float = 1.0) -> QPen:
        """A cosmetic pen with round ends; width 1 for plots."""
        pen = QPen(self.colour(role, alpha), width)
        pen.setCosmetic(True)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        return pen

    def series_role(self, row: int) -> str:
        """Role of the n-th curve of a plot."""
        return SERIES[row % len(SERIES)]

    def font(self, kind: str, weight: int | None = None) -> QFont:
        """Font of a kind of text (TITLE, CARD, TEXT, …); digits of one width."""
        size, usual = KINDS[kind]
        return QFont(_font(self.family, points(size), weight or usual))

    def palette(self) -> QPalette:
        """Everything Qt draws by itself."""
        role = QPalette.ColorRole
        colours = {
            role.Window: "window", role.WindowText: "text", role.Base: "card", role.AlternateBase: "window",
            role.Text: "text", role.Button: "card", role.ButtonText: "text", role.BrightText: "fault",
            role.Highlight: "selection", role.HighlightedText: "selection_text", role.Link: "accent",
            role.ToolTipBase: "card", role.ToolTipText: "text", role.PlaceholderText: "tertiary",
            role.Light: "card", role.Midlight: "hairline", role.Mid: "hairline", role.Dark: "tertiary",
            role.Accent: "accent",
        }  # fmt: skip
        palette = QPalette()
        for where, name in colours.items():
            palette.setColor(where, self.colour(name))
        for where in (role.WindowText, role.Text, role.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, where, self.colour("tertiary"))
        return palette

    def style_sheet(self) -> str:
        """``resources/app.qss`` with its ``$placeholders`` filled."""
        names: dict[str, str] = dict(self.theme.colours)
        names["icons"] = (RESOURCES / "icons").as_posix()
        names["shade"] = "dark" if self.theme.dark else "light"
        names["line"] = f"{self.theme.line}px"
        names["family"] = self.family or "sans-serif"
        for kind, (size, weight) in KINDS.items():
            names[f"{kind}_font"] = f"font-size: {points(size):.3f}pt; font-weight: {weight}"
        return Template((RESOURCES / "app.qss").read_text("utf-8")).substitute(names)

    def _system_changed(self) -> None:
        if self.choice == "system":
            self.choose("system")


@cache
def _font(family: str, size_pt: float, weight: int) -> QFont:
    """One font; copies of it share what Qt knows of it."""
    font = QFont(family)
    font.setPointSizeF(size_pt)
    font.setWeight(QFont.Weight(weight))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


@cache
def _the_look(app: int) -> Look:
    del app
    return Look()


def look() -> Look:
    """The one ``Look`` of the running application."""
    return _the_look(id(QApplication.instance()))


def system_theme() -> str:
    """``"dark"`` when the system is, else ``"light"``."""
    dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
    return "dark" if dark else "light"


def points(pixels: float) -> float:
    """Pixels as points of the main screen: the one way to ask Qt for half a pixel of text."""
    screen = QGuiApplication.primaryScreen()
    return pixels * 72 / (screen.logicalDotsPerInch() if screen else 96.0)


def scaled(kind: str, factor: float, weight: int | None = None) -> QFont:
    """Font of a kind of text, larger or smaller."""
    font = look().font(kind, weight)
    font.setPointSizeF(font.pointSizeF() * factor)
    return font


def load_family() -> str:
    """Make Roboto known to Qt and return its family; the platform's own where the package is missing."""
    try:
        import font_roboto
    except ImportError:
        return QApplication.font().family()
    folder = Path(str(font_roboto.font_directory))
    families: list[str] = []
    for style in ("Regular", "Medium", "Bold", "Italic"):
        row = QFontDatabase.addApplicationFont(str(folder / f"Roboto-{style}.ttf"))
        families += QFontDatabase.applicationFontFamilies(row) if row >= 0 else []
    return families[0] if families else QApplication.font().family()
