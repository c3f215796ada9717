"""Sidebar, stack of pages, status line; nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from core.points import PointKey
from gui import formatting, i18n
from gui.pages import PAGES, Page
from gui.settings import Settings
from gui.theme import look
from gui.widgets.nav import Sidebar
from gui.widgets.shell import SettingsMenu, StatusLine, TopBar

if TYPE_CHECKING:
    from core.facade import Station
    from gui.bridge import Bridge

SLIM_BELOW = 1180  # window width under which the sidebar shows icons alone
LOW_BELOW = 720  # window height under which the top bar is tighter


class MainWindow(QMainWindow):
    """The window over one site. Pages are built when they are first shown."""

    def __init__(self, station: Station, bridge: Bridge, settings: Settings, pages: tuple[Page, ...] = PAGES) -> None:
        super().__init__()
        self._station, self._bridge, self._settings = station, bridge, settings
        self._pages = pages
        self._built: dict[str, QWidget] = {}
        self.sidebar = Sidebar(pages)
        self.top, self.stack, self.status = TopBar(), QStackedWidget(), StatusLine()
        self.menu = SettingsMenu(self)
        self._lay_out()
        self._add_keys()
        self.top.settings.setMenu(self.menu)
        self.top.links.clicked.connect(self._show_links)
        self.menu.asked.connect(self._take_setting)
        self.sidebar.chosen.connect(self._show_row)
        bridge.status_changed.connect(self.tick)
        self.setMinimumSize(960, 600)
        self._restore()
        self.retranslate()

    @property
    def page(self) -> str:
        """Name of the page shown."""
        return next((name for name, widget in self._built.items() if widget is self.stack.currentWidget()), "")

    def show_page(self, name: str) -> QWidget:
        """Show a page, built now if it was not yet; an unknown name shows the first."""
        page = next((page for page in self._pages if page.name == name), self._pages[0])
        if page.name not in self._built:
            self._build(page)
        widget = self._built[page.name]
        self.stack.setCurrentWidget(widget)
        self.sidebar.select(self._pages.index(page))
        self._tell_title()
        self._bridge.refresh()
        return widget

    @Slot(str)
    def show_device(self, device: str) -> None:
        """Go to a device."""
        if any(page.name == "devices" for page in self._pages):
            _call(self.show_page("devices"), "show_device", device)

    @Slot(list)
    def show_curves(self, keys: list[PointKey]) -> None:
        """Go to the curves of some points."""
        if any(page.name == "history" for page in self._pages):
            _call(self.show_page("history"), "show_points", keys)

    @Slot()
    def toggle_full_screen(self) -> None:
        """Full screen and back."""
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    @Slot()
    def tick(self) -> None:
        """A second has passed."""
        self.top.links.show_links(self._station)
        self.status.show_recorder(self._station.recorder_status(), self._station.site.period_s)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.sidebar.set_slim(self.width() < SLIM_BELOW)
        low = self.height() < LOW_BELOW
        self.top.setFixedHeight(64 if low else 88)
        self._column.setContentsMargins(*((16, 0, 16, 12) if low or self.width() < 1100 else (24, 0, 24, 16)))

    def closeEvent(self, event: QCloseEvent) -> None:
        self._remember()
        for widget in self._built.values():
            _call(widget, "stop")
        super().closeEvent(event)

    def retranslate(self) -> None:
        """Set every text again."""
        site = self._station.site
        phases = self.tr("Three-phase") if site.phases == 3 else self.tr("Single-phase")
        power = f"{formatting.number(site.contract_power / 1000, 0 if site.contract_power % 1000 == 0 else 1)}"
        self.sidebar.show_site(site.name, f"{phases} · {power}{formatting.SPACE}kVA")
        self.sidebar.retranslate()
        self.top.settings.setToolTip(self.tr("Settings"))
        self.top.settings.setAccessibleName(self.tr("Settings"))
        self.menu.retranslate()
        self._tell_title()
        self.tick()

    def _lay_out(self) -> None:
        ground = QWidget()
        ground.setObjectName("ground")
        self._column = QVBoxLayout()
        self._column.setSpacing(0)
        self._column.addWidget(self.top)
        self._column.addWidget(self.stack, 1)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addLayout(self._column, 1)
        right.addWidget(self.status)
        row = QHBoxLayout(ground)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.sidebar)
        row.addLayout(right, 1)
        self.setCentralWidget(ground)
        self.resize(1440, 900)

    def _add_keys(self) -> None:
        for row, page in enumerate(self._pages[:9]):
            keys = QShortcut(QKeySequence(f"Ctrl+{row + 1}"), self)
            keys.activated.connect(lambda name=page.name: self.show_page(name))
        QShortcut(QKeySequence("F11"), self).activated.connect(self.toggle_full_screen)

    def _build(self, page: Page) -> None:
        widget = page.build(self._station, self._bridge)
        self._built[page.name] = widget
        self.stack.addWidget(widget)
        for name, slot in (
            ("device_asked", self.show_device),
            ("curve_asked", self.show_curves),
            ("full_screen_asked", self.toggle_full_screen),
            ("subtitle_changed", self._tell_title),
        ):
            if (signal := getattr(widget, name, None)) is not None:
                signal.connect(slot)
        if state := self._settings.site_text(f"page-{page.name}"):
            _call(widget, "restore_state", state)
        for splitter in _splitters(widget):
            kept = self._settings.site_bytes(f"splitter-{page.name}-{splitter[0]}")
            if not kept.isEmpty():
                splitter[1].restoreState(kept)

    @Slot(int)
    def _show_row(self, row: int) -> None:
        self.show_page(self._pages[row].name)

    @Slot()
    def _show_links(self) -> None:
        if any(page.name == "devices" for page in self._pages):
            self.show_page("devices")

    @Slot()
    def _tell_title(self) -> None:
        page = next((page for page in self._pages if page.name == self.page), self._pages[0])
        own = _call(self._built.get(page.name), "subtitle")
        self.top.title.setText(page.shown_title())
        self.top.subtitle.setText(own if isinstance(own, str) else page.shown_detail())
        self.setWindowTitle(f"{page.shown_title()} · {self._station.site.name} · Wattelier")

    @Slot(str, str)
    def _take_setting(self, name: str, value: str) -> None:
        if name == "full_screen":
            self.toggle_full_screen()
            return
        self._settings.set_text(name, value)
        if name == "motion":
            look().set_motion(value == "on")
        elif name == "theme":
            self.menu.theme = value
            look().choose(value)
        elif name == "language":
            self.menu.language = value
            i18n.choose(value)

    def _restore(self) -> None:
        self.menu.language = i18n.choice()
        self.menu.theme = look().choice
        geometry = self._settings.site_bytes("geometry")
        if not geometry.isEmpty():
            self.restoreGeometry(geometry)
        self.show_page(self._settings.site_text("page", self._pages[0].name))

    def _remember(self) -> None:
        self._settings.set_site_text("page", self.page)
        self._settings.set_site_bytes("geometry", self.saveGeometry())
        for name, widget in self._built.items():
            if isinstance(state := _call(widget, "save_state"), str):
                self._settings.set_site_text(f"page-{name}", state)
            for row, splitter in _splitters(widget):
                self._settings.set_site_bytes(f"splitter-{name}-{row}", splitter.saveState())
        self._settings.save()


def _call(page: QWidget | None, name: str, *arguments: object) -> object:
    """Call what a page may offer; None when it does not."""
    offered = cast("Any", getattr(page, name, None))
    return offered(*arguments) if callable(offered) else None


def _splitters(page: QWidget) -> list[tuple[int, QSplitter]]:
    return list(enumerate(page.findChildren(QSplitter)))
