"""The pages of the window, in order. Adding one is a module here and its line in ``PAGES``.

A page is a widget built from ``(station, bridge)``. It may offer, and the window uses what it finds:
``show_device(str)``, ``show_points(list[PointKey])``, ``save_state() -> str`` and ``restore_state(str)``,
``attach(Session)`` (right after it was built), ``stop()``, ``subtitle() -> str`` with a signal ``subtitle_changed``,
and the signals ``device_asked(str)``, ``curve_asked(list)``, ``full_screen_asked()``, ``page_asked(str)``,
``doctor_asked(str)`` and ``edits_asked(list[Edit])``.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from core.facade import Station
    from gui.bridge import Bridge


@dataclass(frozen=True, slots=True)
class Page:
    """One line of the sidebar. ``title`` and ``detail`` are English; ask ``shown_title`` for what people read."""

    name: str
    title: str
    detail: str
    place: str  # "module:Class", imported when the page is built
    always: bool = False  # it makes sense without a site, too

    @property
    def icon(self) -> str:
        """Its icon in ``resources/icons``."""
        return self.name

    def shown_title(self) -> str:
        """The title in the current language."""
        return QCoreApplication.translate("pages", self.title)

    def shown_detail(self) -> str:
        """One line below the title, in the current language."""
        return QCoreApplication.translate("pages", self.detail)

    def build(self, station: Station, bridge: Bridge) -> QWidget:
        """Make the page; called once."""
        module, _, name = self.place.partition(":")
        made = getattr(import_module(module), name)(station, bridge)
        return cast("QWidget", made)


PAGES = (
    Page(
        "overview",
        str(QT_TRANSLATE_NOOP("pages", "Overview")),
        "",
        "gui.pages.overview:OverviewPage",
    ),
    Page(
        "devices",
        str(QT_TRANSLATE_NOOP("pages", "Devices")),
        str(QT_TRANSLATE_NOOP("pages", "Every link, every device, every register")),
        "gui.pages.devices:DevicesPage",
    ),
    Page(
        "history",
        str(QT_TRANSLATE_NOOP("pages", "History")),
        str(QT_TRANSLATE_NOOP("pages", "Any value over any time, from seconds to years")),
        "gui.pages.history:HistoryPage",
    ),
    Page(
        "links",
        str(QT_TRANSLATE_NOOP("pages", "Links")),
        "",
        "gui.pages.links:LinksPage",
    ),
    Page(
        "commissioning",
        str(QT_TRANSLATE_NOOP("pages", "Commissioning")),
        str(QT_TRANSLATE_NOOP("pages", "Wire, set, check, and keep what was found")),
        "gui.pages.commissioning:CommissioningPage",
    ),
    Page(
        "find",
        str(QT_TRANSLATE_NOOP("pages", "Find devices")),
        str(QT_TRANSLATE_NOOP("pages", "What answers on this computer's ports and networks, and what it is")),
        "gui.pages.find:FindPage",
        always=True,
    ),
    Page(
        "sites",
        str(QT_TRANSLATE_NOOP("pages", "Sites")),
        str(QT_TRANSLATE_NOOP("pages", "Nothing is polled before you open a site")),
        "gui.pages.start:StartPage",
        always=True,
    ),
)

WITHOUT_SITE = tuple(sorted((page for page in PAGES if page.always), key=lambda page: page.name != "sites"))
"""The pages of a window that has no site open."""
