"""What a command works on: a site file or the demonstration."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from core.config import Site, load_site
from core.errors import ProfileError
from core.paths import profile_roots, user_data
from core.profile import Catalogue


def catalogue() -> Catalogue:
    """The shipped profiles and the user's own."""
    return Catalogue(profile_roots())


@contextmanager
def opened_site(options: argparse.Namespace) -> Iterator[Site]:
    """The site that was asked for; the demonstration's servers run until the end of the block."""
    if options.demo and options.site is not None:
        raise ProfileError("give a site file or --demo, not both")
    if options.demo:
        from drivers.sim.demo import DemoSite

        with DemoSite(catalogue=catalogue()) as demo:
            yield demo.site
    elif options.site is not None:
        yield load_site(options.site, catalogue())
    else:
        raise ProfileError("name a site file, or use --demo for the demonstration site")


def database(options: argparse.Namespace, site: Site) -> Path:
    """Where the history of a site is kept: what was asked for, else the user's data folder."""
    if options.db is not None:
        chosen: Path = options.db
        if not chosen.parent.is_dir():
            raise ProfileError(f"{chosen}: there is no folder {chosen.parent}")
        return chosen
    name = "demo" if site.demo or site.path is None else site.path.stem
    folder = user_data() / "history"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{name}.sqlite"
