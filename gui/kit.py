"""What the window is given by those who may build drivers, and where a site may come from: plain types."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from core.config import Site

if TYPE_CHECKING:
    from core.facade import Station
    from gui.models.doctor import Doctor
    from gui.models.find import Finder

Opened = AbstractContextManager[tuple[Site, Path | None]]
Build = Callable[[Site, Path | None], "Station"]
"""Makes a station over a site and starts it; raises WattelierError."""


def _sound() -> object:
    return None


def _forget(file: Path, site: Site) -> object:
    del file, site
    return None


@dataclass(frozen=True, slots=True)
class Source:
    """Where a site comes from. ``check`` reads it and raises ProfileError, one fault a line; ``open`` may serve it.

    ``cancel``, from any thread, makes an ``open`` that takes its time end soon with WattelierError: nobody wants this
    source any more. ``keeps``: it is a file, into which changes are written.
    """

    title: str
    open: Callable[[], Opened]
    path: Path | None = None
    check: Callable[[], object] = _sound
    cancel: Callable[[], object] = _sound

    @property
    def keeps(self) -> bool:
        """Whether changes stay after the window is closed."""
        return self.path is not None


@contextmanager
def _nothing() -> Generator[tuple[Site, Path | None]]:
    yield Site("", ZoneInfo("UTC"), (), ()), None


BLANK = Source("", _nothing)
"""No site: the window shows where to find one."""


@dataclass(frozen=True, slots=True)
class Held:
    """A running site. ``stack`` ends what serves it."""

    source: Source
    site: Site
    database: Path | None
    station: Station
    stack: ExitStack

    def close(self) -> None:
        """Stop the station, then what serves it."""
        try:
            self.station.stop()
        finally:
            self.stack.close()


@dataclass(frozen=True, slots=True)
class KnownSite:
    """A site that was opened on this computer before; ``here``: the network says that the computer is there now."""

    name: str
    path: Path
    here: bool = False
    last_opened: float | None = None  # Unix seconds
    fault: str = ""  # why its file cannot be read


@dataclass(frozen=True, slots=True)
class Kit:
    """What the window is given by those who may build drivers.

    ``known`` lists the sites opened before, the one here first; ``remember`` adds one. Both may take a moment, and are
    called in a worker. ``finder`` and ``doctor`` are made when they are wanted: their drivers take a while to import.
    """

    build: Build
    from_file: Callable[[Path], Source]
    demonstration: Callable[[], Source] | None = None
    known: Callable[[], Sequence[KnownSite]] = tuple
    remember: Callable[[Path, Site], object] = _forget
    finder: Callable[[], Finder] | None = None
    doctor: Callable[[], Doctor] | None = None
