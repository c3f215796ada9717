"""The sites that this computer knows, those in the user's folder and those opened lately, and which of them is here.

Only the head of a file is read (its name and ``known_by``), so that fifty sites are listed at once; whether a file is
valid is found out when it is opened.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from core.config import KnownBy
from core.document import Document, Faults
from core.draft import draft, told
from core.errors import ProfileError
from core.paths import user_data
from core.siteread import read_known_by
from core.storage.format import StorageError

MOST_RECENT = 30
LARGEST_FILE = 1_000_000
LATEST = 1e12  # Unix seconds; a list with a later moment is damaged

_WANTED = re.compile(r"(?:name|known_by)\s*:")


@dataclass(frozen=True, slots=True)
class KnownSite:
    """A site file. ``last_opened`` is Unix seconds; ``fault`` says why its head cannot be read."""

    path: Path
    name: str
    last_opened: float | None = None
    fault: str = ""
    known_by: KnownBy = field(default_factory=KnownBy)


@dataclass(frozen=True, slots=True)
class Recognised:
    """The site where this computer is. ``sure``: not only by the router's address, which many buildings share."""

    site: KnownSite
    reason: str
    sure: bool


def sites_folder() -> Path:
    """Where site files go that the user has not put elsewhere."""
    return user_data() / "sites"


def known_sites() -> list[KnownSite]:
    """Every known site, last opened first, then by name. Reads the disk; touches no network."""
    opened = _recent()
    paths = [*opened, *sorted(sites_folder().glob("*.yaml")), *sorted(sites_folder().glob("*.yml"))]
    found = [_head(path, opened.get(path)) for path in dict.fromkeys(filter(None, map(_present, paths)))]
    return sorted(found, key=lambda site: (-(site.last_opened or 0.0), site.name.lower(), str(site.path)))


def remember(path: Path, at: float | None = None) -> None:
    """Note that a site has been opened (Unix seconds, now by default); raise ProfileError when the disk refuses.

    A list that a newer Wattelier has written stays as it is.
    """
    if _is_newer():
        return
    entries = {path.resolve(): time.time() if at is None else at}
    entries |= {other: when for other, when in _recent().items() if other not in entries}
    _put(dict(sorted(entries.items(), key=lambda entry: -entry[1])[:MOST_RECENT]))


def forget(path: Path) -> None:
    """Take a file out of the list of those opened lately; the file itself stays."""
    if _is_newer():
        return
    if _recent_file().exists():
        _put({file: when for file, when in _recent().items() if file != path.resolve()})


def _put(entries: dict[Path, float]) -> None:
    """Write the list in one step; raise ProfileError."""
    text = json.dumps([{"path": str(file), "at": when} for file, when in entries.items()], indent=1)
    target = _recent_file()
    try:
        with told():
            target.parent.mkdir(parents=True, exist_ok=True)
        with draft(target.parent, target.stem, text.encode("utf-8")) as made, told():
            made.replace(target)
    except StorageError as err:
        raise ProfileError(f"{target}: {err}") from err


def recognise(
    sites: Sequence[KnownSite],
    gateway: str = "",
    loggers: Collection[int] = (),
    *,
    gateway_mac: str = "",
    stations: Collection[str] = (),
) -> Recognised | None:
    """The one site that fits best; None when none fits, or when several fit equally well.

    A stick's serial number counts most, then a charging station's identity, then the router's hardware address, and
    its plain address least. A site whose router is known to be another one does not fit by the address alone.
    """
    ranked = sorted(
        (
            (rank, reason, site)
            for site in sites
            if (verdict := _fit(site.known_by, gateway, set(loggers), gateway_mac.lower(), set(stations))) is not None
            for rank, reason in [verdict]
        ),
        key=lambda entry: -entry[0],
    )
    if not ranked or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
        return None
    rank, reason, site = ranked[0]
    return Recognised(site, reason, sure=rank > 1)


def _fit(
    marks: KnownBy, gateway: str, loggers: set[int], gateway_mac: str, stations: set[str]
) -> tuple[int, str] | None:
    if found := sorted(loggers & set(marks.loggers)):
        return 100 + len(found), f"the stick {found[0]} is here"
    if known := sorted(stations & set(marks.stations)):
        return 50 + len(known), f"the charging station {known[0]} is here"
    if gateway_mac and marks.gateway_mac:
        return (2, f"the router {gateway_mac} is here") if gateway_mac == marks.gateway_mac else None
    return (1, f"the router has the address {gateway}") if gateway and gateway == marks.gateway else None


def _recent_file() -> Path:
    return user_data() / "recent.json"


def _is_newer() -> bool:
    """Whether the list is no list any more, but something that says its version."""
    data = _recent_data()
    return isinstance(data, dict) and "version" in data


def _recent_data() -> object:
    """What stands in the file; None where there is none or where it cannot be read."""
    try:
        return cast("object", json.loads(_recent_file().read_text(encoding="utf-8")))
    except (OSError, ValueError, RecursionError):
        return None


def _recent() -> dict[Path, float]:
    """Files opened lately; a list that cannot be read is an empty one."""
    data, found = _recent_data(), dict[Path, float]()
    for entry in cast("list[Any]", data) if isinstance(data, list) else []:
        if not isinstance(entry, dict):
            continue
        pair = cast("dict[str, object]", entry)
        path, at = pair.get("path"), pair.get("at")
        if isinstance(path, str) and isinstance(at, (int, float)) and abs(at) <= LATEST and "\0" not in path:
            found[Path(path)] = float(at)
    return found


def _present(path: Path) -> Path | None:
    """The file that a name leads to; None where there is none, or where no file can have this name."""
    try:
        file = path.resolve()
        return file if file.is_file() else None
    except (OSError, ValueError, RuntimeError):  # too long, not of this file system, a link that leads to itself
        return None


def _head(path: Path, opened: float | None) -> KnownSite:
    faults = Faults()
    try:
        if path.stat().st_size > LARGEST_FILE:
            return KnownSite(path, path.stem, opened, f"{path}: is too large for a site file")
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        return KnownSite(path, path.stem, opened, f"{path}: is not a text in UTF-8")
    except OSError as err:
        return KnownSite(path, path.stem, opened, f"{path}: cannot be read: {err.strerror}")
    head = _excerpt(text)
    document = Document.parse(path, head or text, faults)
    name = document.text("name") if not faults.lines else ""
    marks = read_known_by(document) if not faults.lines else KnownBy()
    return KnownSite(path, name or path.stem, opened, "\n".join(faults.lines), marks)


def _excerpt(text: str) -> str:
    """The entries ``name`` and ``known_by``, in their lines; empty when the file is not written in plain blocks."""
    kept, inside = list[str](), False
    for line in text.splitlines():
        if line[:1] not in ("", " ", "\t", "#"):
            inside = bool(_WANTED.match(line))
        kept.append(line if inside else "")
    return "\n".join(kept) if any(line.startswith("name") for line in kept) else ""
