"""The window, and pictures of its pages."""

from __future__ import annotations

import argparse
import os
import re
import sys
import time
from pathlib import Path

from core.errors import ProfileError
from core.facade import Station
from drivers.supervise import open_station
from gui.verbs.source import opened_with_history


def window(options: argparse.Namespace) -> int:
    """Open the window over a site; without one, over the demonstration."""
    if options.site is None:
        options.demo = True
    if options.demo:
        _require_display()  # before the demonstration lives through its past
    with opened_with_history(options) as (site, file):
        _require_display()
        from gui.app import run_window

        station = open_station(site, file)
        try:
            station.start()
            return run_window(station, language=options.language, theme=options.theme)
        finally:
            station.stop()


def _require_display() -> None:
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    if sys.platform.startswith("linux") and not any(os.environ.get(name) for name in names):
        raise ProfileError("there is no display here; `wattelier record` works without one")


def shot(options: argparse.Namespace) -> int:
    """Run the site for a moment and save what a page shows."""
    match = re.fullmatch(r"(\d{3,4})x(\d{3,4})", options.size)
    if not match:
        raise ProfileError(f"--size {options.size!r} must be like 1440x900")
    size = int(match[1]), int(match[2])
    from gui.pages import PAGES

    names = [page.name for page in PAGES]
    if options.page not in (*names, "all"):
        raise ProfileError(f"there is no page {options.page!r}; there are {', '.join(names)}, all")
    if options.site is None:
        options.demo = True
    with opened_with_history(options) as (site, database):
        station = open_station(site, database)
        try:
            station.start()
            time.sleep(options.after)
            wanted = names if options.page == "all" else [options.page]
            for name in wanted:
                file = options.file / f"{name}.png" if options.page == "all" else options.file
                try:
                    picture(station, name, file, language=options.language, theme=options.theme, size=size)
                except (OSError, ValueError) as err:
                    raise ProfileError(f"{file}: the picture cannot be written ({err})") from err
                print(file)
        finally:
            station.stop()
    return 0


def picture(
    station: Station,
    page: str,
    file: Path,
    *,
    language: str | None = None,
    theme: str | None = None,
    size: tuple[int, int] = (1440, 900),
) -> None:
    """Save what a page shows, without a display."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from gui.shots import shot as take

    file.parent.mkdir(parents=True, exist_ok=True)
    take(station, page, file, language=language, theme=theme, size=size)
