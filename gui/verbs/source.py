"""What a command works on: a site file or the demonstration."""

from __future__ import annotations

import argparse
import locale
import os
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from zlib import crc32

from core.catalogue import Catalogue
from core.config import Site
from core.errors import ProfileError
from core.paths import profile_roots, usable_data, user_data
from core.siteread import load_site


def catalogue() -> Catalogue:
    """The shipped profiles and the user's own."""
    return Catalogue(profile_roots())


@contextmanager
def opened_site(options: argparse.Namespace) -> Generator[Site]:
    """The site that was asked for; the demonstration's servers run until the end of the block."""
    if options.demo and options.site is not None:
        raise ProfileError("give a site file or --demo, not both")
    if options.demo:
        from drivers.sim import past
        from drivers.sim.demo import DemoSite, demo_site

        known, language, now = catalogue(), options.language or system_language(), time.time()
        site = demo_site(known, language)
        start = past.begins(now, site.time_zone)
        model = past.model_at(site, start, start - now)
        with DemoSite(options.speed, start, catalogue=known, language=language, model=model) as demo:
            yield demo.site
    elif options.site is not None:
        yield load_site(options.site, catalogue())
    else:
        raise ProfileError("name a site file, or use --demo for the demonstration site")


@contextmanager
def opened_with_history(
    options: argparse.Namespace, ended: Callable[[], bool] = lambda: False
) -> Generator[tuple[Site, Path]]:
    """The site and the file of its history, for people to look at: the demonstration has a past unless ``--db``.

    Making that past takes seconds; it is cut short with WattelierError once ``ended`` says so.
    """
    if not options.demo or options.site is not None or options.db is not None:
        with opened_site(options) as site:
            yield site, database(options, site)
        return
    from drivers.sim.demo import DemoSite, demo_site
    from drivers.sim.past_file import lived

    known, language, speed = catalogue(), options.language or system_language(), options.speed
    site = demo_site(known, language)
    lives = lived(usable_data() / "demo", site, time.time(), continued=speed == 1.0, ended=ended)
    with lives as (file, model, shift):
        start = time.time() + shift
        with DemoSite(speed, start, catalogue=known, language=language, model=model) as demo:
            yield demo.site, file


def settings(pairs: list[str]) -> dict[str, str]:
    """Options given on the command line; raise ProfileError on one that is not OPTION=VALUE."""
    found: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name:
            raise ProfileError(f"--set {pair!r} must be OPTION=VALUE")
        found[name.strip()] = value.strip()
    return found


def database(options: argparse.Namespace, site: Site) -> Path:
    """Where the history of a site is kept: what was asked for, else the user's data folder."""
    if options.db is not None:
        chosen: Path = options.db
        if chosen.exists() and not chosen.is_file():
            raise ProfileError(f"{chosen}: is not a file")
        if not chosen.parent.is_dir():
            raise ProfileError(f"{chosen}: there is no folder {chosen.parent}")
        return chosen
    name = "demo"
    if not site.demo and site.path is not None:  # two sites of one name in two folders are two sites
        name = f"{site.path.stem}-{crc32(str(site.path.resolve().parent).encode()):08x}"
    folder = user_data() / "history"
    with suppress(OSError):  # a place that cannot be written is told by the recorder; live values go on
        folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{name}.sqlite"


def system_language() -> str:
    """French where the system speaks it."""
    names = (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    text = next((name for name in names if name), "") or locale.getlocale()[0] or ""
    return "fr" if text.lower().startswith("fr") else "en"
