"""Reads and saves EVlink configuration files. Takes the disk's time: not for the thread that draws."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from core.access import NOBODY, Person
from core.draft import bytes_of, draft, told
from core.errors import CommandRefused, ProfileError, WattelierError
from core.evlink.cfg import MOST_BYTES, Address, Cfg, Entry, differing
from core.evlink.rules import cautions
from core.sitebook import SiteBook
from core.storage.format import StorageError
from core.writing import journal

KIND = "cfg"
"""Kind of the journal's entries."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A file with what it holds."""

    path: Path
    cfg: Cfg


@dataclass(frozen=True, slots=True)
class Saved:
    """A file that was written, read back and compared with the original, value by value and byte by byte.

    ``changed``: the entries before and after; everything else is identical. ``kept``: where the original went when it
    was replaced. ``unnoted``: why the journal has no entry of it, empty when it has or when there is none.
    """

    opened: Opened
    changed: tuple[tuple[Entry, Entry], ...]
    kept: Path | None = None
    unnoted: str = ""


def read_file(path: Path) -> Opened:
    """Read a file; raise ProfileError with one sentence (without its name) when it cannot be read or is none."""
    try:
        data = bytes_of(path, MOST_BYTES)
    except StorageError as err:
        raise ProfileError(str(err)) from err
    cfg = Cfg.read(data)
    if not cfg.recognised:
        raise ProfileError("this is no EVlink configuration: none of its keys is known")
    return Opened(path, cfg)


def save_file(
    opened: Opened,
    target: Path,
    changes: Mapping[Address, str],
    *,
    copied: Collection[Address] = (),
    person: Person | None = None,
    over_original: bool = False,
) -> Saved:
    """Write the file with these values, in one step, then read it back and prove it.

    Raises CommandRefused when a value may not be written, when the original would be replaced without having been asked
    (``over_original``) or has changed on the disk meanwhile; ProfileError when the disk refuses. Then nothing is
    changed.
    """
    data = opened.cfg.edited(changes, copied=copied, person=person)
    for caution in cautions(opened.cfg, changes):
        if caution.stops:
            raise CommandRefused(f"{caution.address.key}: {caution.sentence}")
    target = target.resolve()
    kept: Path | None = None
    try:
        if same_file(target, opened.path):
            if not over_original:
                raise CommandRefused("this would replace the original file")
            kept = _keep(target, opened)
        _put(target, data, like=opened.path)
        again = target.read_bytes()
    except StorageError as err:
        raise ProfileError(str(err)) from err
    except OSError as err:
        raise ProfileError(f"cannot be written: {err.strerror or err}") from err
    after = Cfg.read(again) if len(again) <= MOST_BYTES else None
    changed = differing(opened.cfg, after) if after is not None else None
    if after is None or changed is None or again != data:
        raise ProfileError("what was read back is not what was written: do not use this file")
    return Saved(Opened(target, after), changed, kept)


def note(book: SiteBook, original: Opened, saved: Saved, person: Person = NOBODY) -> None:
    """Keep in the site's journal what was saved; raise StorageError, or sqlite3.Error, where that is not possible."""
    changes = [{"key": str(after.address), "old": before.text, "new": after.text} for before, after in saved.changed]
    name = original.cfg.find("stationName")
    entry = journal.Entry(
        kind=KIND,
        who=person.name,
        role=person.role,
        device=name.text if name is not None else "",
        register=saved.opened.path.name,
        point=", ".join(after.address.key for _before, after in saved.changed),
        old="; ".join(before.text for before, _after in saved.changed),
        new="; ".join(after.text for _before, after in saved.changed),
        readback="; ".join(after.text for _before, after in saved.changed),
        outcome="saved",
        detail={
            "original": original.path.name,
            "original_sha256": _digest(original.cfg.data),
            "sha256": _digest(saved.opened.cfg.data),
            "changes": changes,
        },
    )
    with book.journal() as kept:
        kept.append(entry)


def save_and_note(
    opened: Opened,
    target: Path,
    changes: Mapping[Address, str],
    *,
    copied: Collection[Address] = (),
    person: Person | None = None,
    over_original: bool = False,
    book: SiteBook | None = None,
) -> Saved:
    """``save_file``, then ``note`` where the site has a book; a journal that fails does not undo what was saved."""
    saved = save_file(opened, target, changes, copied=copied, person=person, over_original=over_original)
    if book is None:
        return saved
    try:
        note(book, opened, saved, person or NOBODY)
    except (WattelierError, sqlite3.Error, OSError) as err:
        return Saved(saved.opened, saved.changed, saved.kept, str(err))
    return saved


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def same_file(one: Path, other: Path) -> bool:
    """Whether two names mean one file, links followed."""
    try:
        return one.samefile(other)
    except OSError:  # one of them is not there
        return one.resolve() == other.resolve()


def _keep(target: Path, opened: Opened) -> Path:
    """Put a copy of the original beside it; refuse when it is not any more what was opened."""
    if target.read_bytes() != opened.cfg.data:
        raise CommandRefused("the original has been changed by somebody else meanwhile: nothing was written")
    kept = target.with_name(target.name + ".bak")
    _put(kept, opened.cfg.data, like=opened.path)
    return kept


def _put(target: Path, data: bytes, like: Path) -> None:
    """Write a whole new file in the place of ``target``, in one step, with the rights that ``like`` has."""
    with draft(target.parent, target.stem, data) as made, told():
        with suppress(OSError):
            made.chmod(like.stat().st_mode & 0o777)
        made.replace(target)
