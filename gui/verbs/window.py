"""The window, and pictures of its pages."""

from __future__ import annotations

import argparse
import gc
import os
import re
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from core.errors import ProfileError
from core.facade import Station
from core.siteread import load_site
from gui.verbs.source import catalogue

if TYPE_CHECKING:
    from gui.kit import Source
    from gui.session import Session


def window(options: argparse.Namespace) -> int:
    """Open the window over a site; without one, on what sites there are."""
    try:
        return _window(options)
    finally:
        gc.enable()


def _window(options: argparse.Namespace) -> int:
    if not _has_display():  # told before the demonstration lives through its past
        if options.site is not None and not options.demo:
            load_site(options.site, catalogue())  # a fault of the site is told, display or not
        raise ProfileError("there is no display here; `wattelier record` works without one")
    # before Qt, which reads the source of all that is imported after it
    import drivers.supervise  # noqa: F401 # pyright: ignore[reportUnusedImport] - for what it brings
    from gui.app import application, make_kit, run_window
    from gui.session import Session

    application()
    session = Session(make_kit(options))
    gc.freeze()
    gc.enable()
    try:
        if options.site is not None or options.demo:
            session.open_now(asked_source(options, session))
        return run_window(session, language=options.language, theme=options.theme)
    finally:
        session.stop()


def asked_source(options: argparse.Namespace, session: Session) -> Source:
    """What was asked for: a site file or the demonstration; raise ProfileError on both."""
    if options.site is not None and options.demo:
        raise ProfileError("give a site file or --demo, not both")
    if options.site is not None:
        return session.kit.from_file(options.site)
    if session.kit.demonstration is None:
        raise ProfileError("there is no demonstration here")
    return session.kit.demonstration()


def _has_display() -> bool:
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return not sys.platform.startswith("linux") or any(os.environ.get(name) for name in names)


def shot(options: argparse.Namespace) -> int:
    """Run the site for a moment and save what a page shows."""
    match = re.fullmatch(r"(\d{3,4})x(\d{3,4})", options.size)
    if not match:
        raise ProfileError(f"--size {options.size!r} must be like 1440x900")
    size = int(match[1]), int(match[2])
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.setdefault("WATTELIER_LOOPBACK", "1")  # for a picture, nothing but this computer is searched
    from gui.app import application, make_kit
    from gui.pages import PAGES
    from gui.session import Session
    from gui.shots import SCENES

    options.demo = options.site is None or options.demo
    names = [*(page.name for page in PAGES), *(SCENES if options.site is None else ())]
    if options.page not in (*names, "all"):
        raise ProfileError(f"there is no page {options.page!r}; there are {', '.join(names)}, all")
    application()
    session = Session(make_kit(options))
    try:
        session.open_now(asked_source(options, session))
        time.sleep(options.after)
        wanted = names if options.page == "all" else [options.page]
        for name in wanted:
            file = options.file / f"{name}.png" if options.page == "all" else options.file
            try:
                picture(
                    session.station,
                    name,
                    file,
                    language=options.language,
                    theme=options.theme,
                    size=size,
                    session=session,
                )
            except (OSError, ValueError) as err:
                raise ProfileError(f"{file}: the picture cannot be written ({err})") from err
            print(file)
    finally:
        session.stop()
    return 0


def picture(
    station: Station,
    page: str,
    file: Path,
    *,
    language: str | None = None,
    theme: str | None = None,
    size: tuple[int, int] = (1440, 900),
    session: Session | None = None,
) -> None:
    """Save what a page shows, without a display."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from gui.shots import shot as take

    file.parent.mkdir(parents=True, exist_ok=True)
    take(station, page, file, language=language, theme=theme, size=size, session=session)
