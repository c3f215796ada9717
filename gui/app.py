"""QApplication, what catches errors, and the wiring: the place that builds the window."""

from __future__ import annotations

import gc
import logging
import signal
import sys
import threading
import traceback
from types import FrameType, TracebackType
from typing import TYPE_CHECKING

from pyqtgraph.util.garbage_collector import GarbageCollector
from PySide6.QtCore import QCoreApplication, QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QMessageBox

from gui import i18n
from gui.bridge import Bridge
from gui.main_window import MainWindow
from gui.settings import Settings
from gui.theme import look
from gui.widgets.icons import icon

if TYPE_CHECKING:
    from core.facade import Station

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
    return app


def build_window(
    station: Station, *, language: str | None = None, theme: str | None = None, remember: bool = True
) -> tuple[MainWindow, Bridge]:
    """Window and bridge over a running station; what is None comes from the settings, then from the system."""
    app = application()
    settings = Settings(str(station.site.path or station.site.name), remember)
    i18n.choose(language or settings.text("language", "system"))
    look().motion = settings.text("motion", "on") != "off"
    look().choose(theme or settings.text("theme", "system"))
    app.setWindowIcon(icon("logo", "accent", 64))
    bridge = Bridge(station)
    return MainWindow(station, bridge, settings), bridge


def run_window(station: Station, *, language: str | None = None, theme: str | None = None) -> int:
    """Show the window over a running station until it is closed; return the exit code. The caller stops the station."""
    app = application()
    handler = qInstallMessageHandler(_log_qt)
    hooks = sys.excepthook, threading.excepthook
    sys.excepthook = _report
    threading.excepthook = _report_thread
    window, bridge = build_window(station, language=language, theme=theme)

    def close(number: int, frame: FrameType | None) -> None:
        del number, frame
        window.close()

    # Python collects garbage in whichever thread happens to allocate; Qt objects may only die in this one
    collector = GarbageCollector(interval=1.0)
    # the bridge's timer lets Python hear them
    before = {number: signal.signal(number, close) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        window.show()
        return app.exec()
    finally:
        bridge.stop()
        window.close()
        collector.timer.stop()
        gc.enable()
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
