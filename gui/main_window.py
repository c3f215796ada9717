"""Sidebar, stack of pages, status line; nothing else. Follows its session from site to site."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from core.points import PointKey
from core.writing.review import Edit
from gui import formatting, i18n, leaving
from gui.bridge import Bridge
from gui.page_stack import PageStack, call
from gui.pages import PAGES, WITHOUT_SITE, Page
from gui.people import People
from gui.sentences import localised
from gui.settings import Settings
from gui.theme import look
from gui.widgets.nav import Sidebar
from gui.widgets.notice import Notice
from gui.widgets.person import KEYS
from gui.widgets.shell import SettingsMenu, StatusLine, TopBar

if TYPE_CHECKING:
    from core.facade import Station
    from gui.pages.doctor import DoctorDialog
    from gui.session import Session
    from gui.widgets.about import AboutDialog

SLIM_BELOW = 1180  # window width under which the sidebar shows icons alone
LOW_BELOW = 720  # window height under which the top bar is tighter


class MainWindow(QMainWindow):
    """The window over one site. Pages are built when they are first shown, and anew for another site.

    With a ``session`` it follows it from site to site; the bridge is the window's own then.
    """

    def __init__(
        self,
        station: Station,
        bridge: Bridge,
        settings: Settings,
        pages: tuple[Page, ...] = PAGES,
        session: Session | None = None,
    ) -> None:
        super().__init__()
        self._station, self._bridge, self._settings = station, bridge, settings
        self._pages, self._session = pages, session
        self._keys: list[QShortcut] = []
        self.notice = Notice()
        self.doctor: DoctorDialog | None = None
        self.about: AboutDialog | None = None
        self._examined = ""  # the link whose stick the doctor looks at
        self.sidebar = Sidebar(pages)
        self.top, self.stack, self.status = TopBar(), PageStack(), StatusLine()
        self.menu = SettingsMenu(self)
        self.people = People(self)
        self._lay_out()
        self._add_keys()
        QShortcut(QKeySequence("F11"), self).activated.connect(self.toggle_full_screen)
        self._lock_keys = QShortcut(QKeySequence(KEYS), self)
        self._lock_keys.activated.connect(self.people.lock_or_sign_in)
        self.top.settings.setMenu(self.menu)
        self.top.links.clicked.connect(self._show_links)
        self.status.links_asked.connect(self._show_links)
        self.menu.asked.connect(self._take_setting)
        self.sidebar.chosen.connect(self._show_row)
        bridge.status_changed.connect(self.tick)
        self.people.changed.connect(self._tell_person)
        self.people.locking_in.connect(self.status.show_locking)
        self.people.said.connect(self.notice.say)
        self.people.dress(self.sidebar.person)
        if session is not None:
            session.leaving.connect(self._leave)
            session.opened.connect(self._arrive)
            session.failed.connect(self._show_fault)
            session.refused.connect(self._show_refusal)
            session.noted.connect(self.notice.say)
        self.setMinimumSize(960, 600)
        self.people.follow(station, settings)
        self._restore()
        self.retranslate()

    @property
    def page(self) -> str:
        """Name of the page shown."""
        return self.stack.page

    def show_page(self, name: str) -> QWidget:
        """Show a page, built now if it was not yet; an unknown name shows the first."""
        page = next((page for page in self._pages if page.name == name), self._pages[0])
        widget = self.stack.show_page(page, lambda: self._build(page), self._wires(), self._settings)
        self.sidebar.select(self._pages.index(page))
        self._tell_title()
        self._bridge.refresh()
        return widget

    @Slot(str)
    def show_device(self, device: str) -> None:
        """Go to a device."""
        if any(page.name == "devices" for page in self._pages):
            call(self.show_page("devices"), "show_device", device)

    @Slot(list)
    def show_curves(self, keys: list[PointKey]) -> None:
        """Go to the curves of some points."""
        if any(page.name == "history" for page in self._pages):
            call(self.show_page("history"), "show_points", keys)

    @Slot(list)
    def show_edits(self, edits: list[Edit]) -> None:
        """Go to the parameters, with values that were chosen elsewhere under review."""
        if any(page.name == "devices" for page in self._pages):
            call(self.show_page("devices"), "take_edits", edits)

    @Slot(int)
    def show_undo(self, run: int) -> None:
        """Go to the parameters, with the review of putting a run back."""
        if any(page.name == "devices" for page in self._pages):
            call(self.show_page("devices"), "ask_undo", run)

    @Slot(str)
    def show_doctor(self, place: str) -> None:
        """Examine a SOLARMAN stick: the id of its link, or its address."""
        from gui.pages.doctor import DoctorDialog  # few ever need it

        make = self._session.kit.doctor if self._session is not None else None
        link = next((link for link in self._station.links() if link.id == place), None)
        if make is None:
            return
        if self.doctor is None:
            self.doctor = DoctorDialog(make(), self)
            self.doctor.serial_found.connect(self._take_serial)
        self._examined = link.id if link is not None else ""
        self.doctor.show()
        self.doctor.raise_()
        self.doctor.examine_stick(link.url.text if link is not None else place, offers_serial=link is not None)

    def show_about(self) -> None:
        """Say what this program is, and what of it others have written."""
        from gui.widgets.about import AboutDialog  # few ever need it

        self.about = self.about or AboutDialog(self)
        self.about.show()
        self.about.raise_()

    @Slot()
    def toggle_full_screen(self) -> None:
        """Full screen and back."""
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    @Slot()
    def tick(self) -> None:
        """A second has passed."""
        self.top.links.show_links(self._station)
        self.status.show_recorder(self._station.recorder_status(), self._station.site.period_s)
        self.status.show_voices(self._station)

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

    def may_close(self, ask: leaving.Ask = leaving.ask) -> bool:
        """Whether nothing keeps the operator here; asks where something does, and takes the snapshot that he wants."""
        end = leaving.open_end(self._station)
        answer = leaving.Answer.CLOSE if end is leaving.OpenEnd.NOTHING else ask(self, end)
        if answer is leaving.Answer.KEEP:
            leaving.keep(self.show_page("commissioning"))
        return answer is leaving.Answer.CLOSE

    def closeEvent(self, event: QCloseEvent) -> None:
        if event.spontaneous() and not self.may_close():  # a program that ends the window has its reasons
            event.ignore()
            return
        self._remember()
        self._bridge.stop()
        if self.doctor is not None:
            self.doctor.close()
            self.doctor.stop()
        if self.about is not None:
            self.about.close()
            self.about.stop()
        self.people.stop()
        self.stack.stop_all()
        super().closeEvent(event)

    def retranslate(self) -> None:
        """Set every text again."""
        site = self._station.site
        phases = self.tr("Three-phase") if site.phases == 3 else self.tr("Single-phase")
        power = f"{formatting.number(site.contract_power / 1000, 0 if site.contract_power % 1000 == 0 else 1)}"
        if self._has_site():
            self.sidebar.show_site(site.name, f"{phases} · {power}{formatting.SPACE}kVA")
        else:
            self.sidebar.show_site(self.tr("No site open"), self.tr("Nothing is polled"))
        for widget in (self.top.links, self.status, self.sidebar.person):
            widget.setVisible(self._has_site())
        self._lock_keys.setEnabled(self._has_site())
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
        self._column.addWidget(self.people.card)
        self._column.addWidget(self.notice)
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
        self._row = row
        self.setCentralWidget(ground)
        self.resize(1440, 900)

    def _add_keys(self) -> None:
        for row, page in enumerate(self._pages[:9]):
            keys = QShortcut(QKeySequence(f"Ctrl+{row + 1}"), self)
            keys.activated.connect(lambda name=page.name: self.show_page(name))
            self._keys.append(keys)

    def _build(self, page: Page) -> QWidget:
        widget = page.build(self._station, self._bridge)
        if self._session is not None:
            call(widget, "attach", self._session)
        return widget

    def _wires(self) -> list[tuple[str, Callable[..., object]]]:
        """What pages may ask for: to go elsewhere, or what changes the site and needs more than its station."""
        found: list[tuple[str, Callable[..., object]]] = [
            ("page_asked", self.show_page),
            ("device_asked", self.show_device),
            ("curve_asked", self.show_curves),
            ("full_screen_asked", self.toggle_full_screen),
            ("subtitle_changed", self._tell_title),
            ("edits_asked", self.show_edits),
            ("undo_asked", self.show_undo),
            ("sign_in_asked", self.people.sign_in),
            ("noted", self.notice.say),
        ]
        if (session := self._session) is not None:
            found += [
                ("accept_asked", session.accept),
                ("limiter_asked", session.limit_through),
                ("serial_asked", session.use_serial),
                ("transmission_kept", session.keep_transmission),
                ("writing_asked", session.allow_writing),
                ("doctor_asked", self.show_doctor),
            ]
        return found

    def _has_site(self) -> bool:
        return self._session is None or self._session.has_site

    @Slot()
    def _leave(self) -> None:
        """The station is about to stop: the pages end, and a word of what is being done takes their place."""
        self._remember()
        self._bridge.stop()
        if self._session is not None:
            self.stack.wait(self._session.busy, self.tr("The lines are being closed and opened again."))
        self.sidebar.setEnabled(False)
        self.stack.clear()

    @Slot()
    def _arrive(self) -> None:
        """Another station runs: its pages, its place on the screen."""
        if self._session is None:
            return
        self._station = self._session.station
        site = str(self._session.path or self._station.site.name)
        moved = not self._settings.is_of(site)
        self._settings = self._settings.of(site)
        if self._bridge.parent() is self:  # the first one belongs to who made it
            self._bridge.deleteLater()
        self._bridge = Bridge(self._station, self)
        self._bridge.status_changed.connect(self.tick)
        self._pages = PAGES if self._session.has_site else WITHOUT_SITE
        before, self.sidebar = self.sidebar, Sidebar(self._pages)
        self._row.replaceWidget(before, self.sidebar)
        before.deleteLater()
        self.sidebar.set_slim(self.width() < SLIM_BELOW)
        self.sidebar.chosen.connect(self._show_row)
        self.people.dress(self.sidebar.person)
        self.people.follow(self._station, self._settings)
        for keys in self._keys:
            keys.setEnabled(False)  # until it is really gone, two of one key would be none
            keys.deleteLater()
        self._keys.clear()
        self._add_keys()
        self._restore(place=moved)
        self.retranslate()

    @Slot()
    def _tell_person(self) -> None:
        """Let the pages show at once what the person of now may see and do."""
        self._bridge.refresh()

    @Slot(str)
    def _take_serial(self, serial: str) -> None:
        if self._session is not None:
            self._session.use_serial(self._examined, serial)

    @Slot(str, str)
    def _show_refusal(self, what: str, reasons: str) -> None:
        self.notice.say("\n".join([f"{what}:", *(localised(line) for line in reasons.splitlines())]), "fault")

    @Slot(str, str)
    def _show_fault(self, what: str, reasons: str) -> None:
        call(self.show_page("sites"), "show_faults", what, reasons)

    @Slot(int)
    def _show_row(self, row: int) -> None:
        self.show_page(self._pages[row].name)

    @Slot()
    def _show_links(self) -> None:
        names = [page.name for page in self._pages]
        if wanted := next((name for name in ("links", "devices") if name in names), ""):
            self.show_page(wanted)

    @Slot()
    def _tell_title(self) -> None:
        page = next((page for page in self._pages if page.name == self.page), self._pages[0])
        own = call(self.stack.built.get(page.name), "subtitle")
        self.top.title.setText(page.shown_title())
        self.top.subtitle.setText(own if isinstance(own, str) else page.shown_detail())
        names = (page.shown_title(), self._station.site.name, "Wattelier")
        self.setWindowTitle(" · ".join(name for name in names if name))

    @Slot(str, str)
    def _take_setting(self, name: str, value: str) -> None:
        if name == "full_screen":
            self.toggle_full_screen()
            return
        if name == "about":
            self.show_about()
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

    def _restore(self, place: bool = True) -> None:
        """Back to what this site was left like; ``place``: where on the screen, too."""
        self.menu.language = i18n.choice()
        self.menu.theme = look().choice
        geometry = self._settings.site_bytes("geometry")
        if place and not geometry.isEmpty():
            self.restoreGeometry(geometry)
        self.show_page(self._settings.site_text("page", self._pages[0].name))

    def _remember(self) -> None:
        if not any(page.name == self.page and page.always for page in self._pages):
            self._settings.set_site_text("page", self.page)  # the way to other sites is not where one wants to be next
        self._settings.set_site_bytes("geometry", self.saveGeometry())
        self.stack.remember(self._settings)
        self._settings.save()
