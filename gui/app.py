"""QApplication, what catches errors, and the wiring: the place that builds the window."""

from __future__ import annotations

import argparse
import logging
import signal
import sys
import threading
import traceback
from functools import cache
from pathlib import Path
from types import FrameType, TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QMessageBox

from core.config import Site
from core.paths import data_fault
from core.siteread import load_site
from gui import i18n
from gui.bridge import Bridge
from gui.garbage import Collector
from gui.kit import Kit, KnownSite, Source
from gui.main_window import MainWindow
from gui.pages import PAGES, WITHOUT_SITE
from gui.sentences import localised
from gui.session import Session
from gui.settings import Settings
from gui.theme import look
from gui.widgets.icons import icon

if TYPE_CHECKING:
    from core.facade import Station
    from gui.models.doctor import Doctor
    from gui.models.find import Finder

GIVE_WAY_S = 0.001  # lines and recorder hold up the thread that draws so long at a time, and not 5 ms as usual

_told: list[QMessageBox] = []  # at most one: errors come in flocks

log = logging.getLogger(__name__)
LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def application() -> QApplication:
    """The one QApplication, made now if there is none."""
    running = QApplication.instance()
    if isinstance(running, QApplication):
        return running
    QCoreApplication.setApplicationName("wattelier")
    app = QApplication(sys.argv[:1])
    app.setApplicationDisplayName("Wattelier")
    app.setStyle("Fusion")
    sys.setswitchinterval(GIVE_WAY_S)
    return app


def make_kit(options: argparse.Namespace) -> Kit:
    """What the window may build, for a command line that has ``speed``, ``language`` and ``db``."""
    from core import known_sites
    from drivers.find.subnets import gateway
    from drivers.supervise import open_station
    from gui.verbs import source

    @cache
    def finder() -> Finder:
        from gui.finder import SiteFinder  # brings the buses of all protocols

        return SiteFinder(source.catalogue())

    def doctor() -> Doctor:
        from gui.stick_doctor import StickDoctor

        return StickDoctor()

    def known() -> list[KnownSite]:
        found, router = known_sites.known_sites(), gateway()
        here = known_sites.recognise(found, router.address, gateway_mac=router.mac)
        sites = [
            KnownSite(site.name, site.path, here is not None and here.site is site, site.last_opened, site.fault)
            for site in found
        ]
        return sorted(sites, key=lambda site: not site.here)

    def build(site: Site, database: Path | None) -> Station:
        station = open_station(site, database, as_found=True)
        station.start()
        return station

    def from_file(file: Path) -> Source:
        chosen = argparse.Namespace(demo=False, site=file, db=options.db if file == options.site else None)
        return Source(
            file.name,
            lambda: source.opened_with_history(chosen),
            file,
            lambda: load_site(file, source.catalogue()),
        )

    def demonstration() -> Source:
        chosen = argparse.Namespace(demo=True, site=None, db=options.db if options.demo else None)
        chosen.speed, chosen.language = options.speed, options.language or i18n.current()
        ended = threading.Event()
        return Source(
            QCoreApplication.translate("app", "the demonstration"),
            lambda: source.opened_with_history(chosen, ended.is_set),
            cancel=ended.set,
        )

    return Kit(
        build,
        from_file,
        demonstration,
        known=known,
        remember=lambda file, _site: known_sites.remember(file),
        finder=finder,
        doctor=doctor,
    )


def build_window(
    station: Station,
    *,
    language: str | None = None,
    theme: str | None = None,
    remember: bool = True,
    session: Session | None = None,
) -> tuple[MainWindow, Bridge]:
    """Window and bridge over a running station; what is None comes from the settings, then from the system.

    With a ``session``, whose station it is, the window can change to other sites.
    """
    app = application()
    path = session.path if session is not None else station.site.path
    settings = Settings(str(path or station.site.name), remember)
    i18n.choose(language or settings.text("language", "system"))
    look().motion = settings.text("motion", "on") != "off"
    look().choose(theme or settings.text("theme", "system"))
    app.setWindowIcon(icon("logo", "accent", 64))
    bridge = Bridge(station)
    pages = PAGES if session is None or session.has_site else WITHOUT_SITE
    return MainWindow(station, bridge, settings, pages, session), bridge


def run_window(session: Session, *, language: str | None = None, theme: str | None = None) -> int:
    """Show the window over a session until it is closed; return the exit code. The caller stops the session."""
    app = application()
    handler = qInstallMessageHandler(_log_qt)
    hooks = sys.excepthook, threading.excepthook
    sys.excepthook = _report
    threading.excepthook = _report_thread
    window, bridge = build_window(session.station, language=language, theme=theme, session=session)

    def close(number: int, frame: FrameType | None) -> None:
        del number, frame
        window.close()

    collector = Collector()
    # the bridge's timer lets Python hear them
    before = {number: signal.signal(number, close) for number in (signal.SIGINT, signal.SIGTERM)}
    if fault := data_fault():
        window.notice.say(localised(fault), "fault")
    try:
        window.show()
        return app.exec()
    finally:
        bridge.stop()
        window.close()
        collector.stop()
        for number, earlier in before.items():
            signal.signal(number, earlier)
        sys.excepthook, threading.excepthook = hooks
        qInstallMessageHandler(handler)


def _log_qt(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    del context
    logging.getLogger("qt").log(LEVELS.get(kind, logging.INFO), text)


def _report_thread(arguments: threading.ExceptHookArgs) -> None:
    name = arguments.thread.name if arguments.thread else "?"
    if arguments.exc_value is not None:
        log.error("error in thread %s", name, exc_info=arguments.exc_value)


def _report(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Log, and say it calmly in a window that stops nothing."""
    if issubclass(kind, KeyboardInterrupt):
        QApplication.quit()
        return
    log.error("unexpected error", exc_info=(kind, error, trace))
    parent = QApplication.activeWindow()
    if _told:
        return
    box = QMessageBox(parent)
    _told.append(box)
    box.finished.connect(_told.clear)
    box.setModal(False)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle("Wattelier")
    box.setText(QCoreApplication.translate("app", "Something in the window went wrong."))
    box.setInformativeText(
        QCoreApplication.translate(
            "app",
            "Acquisition and recording go on. What you were looking at may be incomplete; open the page again. "
            "If it comes back, send the details below to those who maintain Wattelier.",
        )
    )
    box.setDetailedText("".join(traceback.format_exception(kind, error, trace)))
    box.show()
