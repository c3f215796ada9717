"""Pictures of the pages, without a display: for the README, the tests and those who cannot look at a screen."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QTimer

from gui.app import application, build_window
from gui.pages import PAGES
from gui.theme import look

if TYPE_CHECKING:
    from core.facade import Station

SETTLE_MS = 900


def shot(
    station: Station,
    page: str,
    path: Path,
    *,
    language: str | None = None,
    theme: str | None = None,
    size: tuple[int, int] = (1440, 900),
) -> None:
    """Render a page as the window shows it and save it as PNG; raise OSError when the file cannot be written."""
    application()
    window, bridge = build_window(station, language=language or "en", theme=theme or "light", remember=False)
    window.resize(*size)
    try:
        window.show_page(page)
        window.show()
        _let_run(SETTLE_MS)
        bridge.refresh()
        _let_run(100)
        if not window.grab().save(str(path)):
            raise OSError(f"{path} cannot be written")
    finally:
        bridge.stop()
        window.close()
        window.deleteLater()
        look().motion = True


def shots_all(
    station: Station,
    folder: Path,
    *,
    language: str | None = None,
    theme: str | None = None,
    size: tuple[int, int] = (1440, 900),
) -> list[Path]:
    """Render every page into a folder; return the files."""
    folder.mkdir(parents=True, exist_ok=True)
    files = [folder / f"{page.name}.png" for page in PAGES]
    for page, file in zip(PAGES, files, strict=True):
        shot(station, page.name, file, language=language, theme=theme, size=size)
    return files


def _let_run(milliseconds: int) -> None:
    """Let timers, signals and workers do their part."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()
