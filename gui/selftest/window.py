"""Checks of what is seen: the translation, and every page over the demonstration, without a display."""

from __future__ import annotations

import argparse
import logging
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import (
    QCoreApplication,
    QEventLoop,
    QMessageLogContext,
    QTimer,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtGui import QImage

from core.config import Site
from drivers.sim.demo import DemoSite
from gui import i18n
from gui.app import application, build_window, make_kit
from gui.garbage import collected_here
from gui.kit import Source
from gui.pages import PAGES, Page
from gui.selftest.check import Failed, Setting
from gui.selftest.devices import shipped
from gui.sentences import TEMPLATES
from gui.session import Session

KNOWN = ("pages", "Overview", "Vue d’ensemble")
LEAST_TRANSLATED = 0.95  # some sentences are the same in both languages
LEAST_COLOURS = 12  # a page without anything on it has two or three
EVERY_PX = 3
SETTLE_MS = 100
NO_NEWS = "This plugin does not support"

log = logging.getLogger(__name__)


def french_loads(setting: Setting) -> str:
    """The sentences of core and drivers are there in French, and one title is what it should be."""
    del setting
    application()
    before = i18n.choice()
    try:
        i18n.choose("fr")
        translated = sum(QCoreApplication.translate("sentences", text) != text for text in TEMPLATES)
        title = QCoreApplication.translate(*KNOWN[:2])
    finally:
        i18n.choose(before)
    if title != KNOWN[2]:
        raise Failed(f"{KNOWN[1]!r} is {title!r} in French, and not {KNOWN[2]!r}")
    if translated < LEAST_TRANSLATED * len(TEMPLATES):
        raise Failed(f"only {translated} of {len(TEMPLATES)} sentences are in French")
    return f"French: {translated} of {len(TEMPLATES)} sentences, “{title}”"


def pages_are_painted(setting: Setting) -> str:
    """Every page over the demonstration; in French as well, unless quick."""
    languages = ("en",) if setting.quick else ("en", "fr")
    application()
    before, painted = i18n.choice(), 0
    try:
        with collected_here(), _quiet(), _demonstration(setting) as session:
            for language in languages:
                painted += _paint(session, language)
    finally:
        i18n.choose(before)
    return f"{painted} pages in {' and '.join(languages)}"


@contextmanager
def _quiet() -> Generator[None]:
    """What Qt says goes to the log; that the offscreen platform has no hints for a window's size is no news."""

    def hear(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
        del context
        level = logging.WARNING if kind is not QtMsgType.QtDebugMsg and not text.startswith(NO_NEWS) else logging.DEBUG
        log.log(level, text)

    before = qInstallMessageHandler(hear)
    try:
        yield
    finally:
        qInstallMessageHandler(before)


@contextmanager
def _demonstration(setting: Setting) -> Generator[Session]:
    """A session over the demonstration, without the days before."""
    session = Session(make_kit(argparse.Namespace(demo=False, site=None, db=None, speed=1.0, language="en")))
    try:
        session.open_now(Source("", lambda: _served(setting.folder / "demo.sqlite")))
        yield session
    finally:
        session.stop()


@contextmanager
def _served(history: Path) -> Generator[tuple[Site, Path]]:
    with DemoSite(language="en", catalogue=shipped()) as demo:
        yield demo.site, history


def _paint(session: Session, language: str) -> int:
    """Show every page; raise Failed at the first that stays blank."""
    window, bridge = build_window(session.station, language=language, theme="light", remember=False, session=session)
    try:
        window.show()
        for page in PAGES:
            widget = window.show_page(page.name)
            _let_run(SETTLE_MS)
            bridge.refresh()
            require_paint(page, widget.grab().toImage(), language)
    finally:
        bridge.stop()
        window.close()
        window.deleteLater()
    return len(PAGES)


def require_paint(page: Page, image: QImage, language: str) -> None:
    """Raise Failed when there is nothing to be seen on the picture of a page."""
    if image.isNull() or image.width() < 600 or image.height() < 400:
        raise Failed(f"the page {page.name} is {image.width()} x {image.height()} in {language}")
    colours = {image.pixel(x, y) for x in range(0, image.width(), EVERY_PX) for y in range(0, image.height(), EVERY_PX)}
    if len(colours) < LEAST_COLOURS:
        raise Failed(f"the page {page.name} is blank in {language}: {len(colours)} colours")


def _let_run(milliseconds: int) -> None:
    """Let timers, signals and workers do their part."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()
