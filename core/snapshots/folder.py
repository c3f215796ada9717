"""The folder of a site's snapshots, beside its history. Takes the disk's time: not for the thread that draws."""

from __future__ import annotations

import contextlib
import hashlib
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from pathlib import Path

from core.access import Permission, Person
from core.draft import bytes_of, draft, told
from core.errors import CommandRefused
from core.parameters import Parameters
from core.siteentries import short_slug
from core.snapshots import reader, text
from core.snapshots.snapshot import Kind, Seal, Snapshot, Summary
from core.storage.format import StorageError

SUFFIX = ".snapshots"
MOST_BYTES = 4_000_000  # a site of a hundred devices stays below a tenth of it
MOST_OF_ONE_MINUTE = 1000


@dataclass(frozen=True, slots=True)
class Opened:
    """A file with what it holds. ``checksum`` stands in its last line; ``digest`` is the SHA-256 of the whole file."""

    path: Path
    snapshot: Snapshot
    seal: Seal
    checksum: str = ""
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """A file of the folder in one line; ``snapshot`` has no devices, they are in ``holds``.

    ``fault`` says why it cannot be read; then nothing else is known of it.
    """

    path: Path
    snapshot: Snapshot | None = None
    seal: Seal = Seal.NONE
    holds: tuple[Summary, ...] = ()
    fault: str = ""


def read_file(path: Path) -> Opened:
    """Read a file from anywhere; raise StorageError with one sentence, without its name, when it is no snapshot."""
    data = _bytes(path)
    snapshot, seal = reader.parsed(data, path.name)
    return Opened(path, snapshot, seal, reader.checksum_of(data), hashlib.sha256(data).hexdigest())


def listed(path: Path) -> Listed:
    """A file in one line; what is wrong with it is part of the answer."""
    try:
        snapshot, holds, seal = reader.summarised(_bytes(path), path.name)
    except StorageError as err:
        return Listed(path, fault=str(err))
    return Listed(path, snapshot, seal, holds)


def save_copy(opened: Opened, target: Path, person: Person, known: dict[str, Parameters], zone: tzinfo) -> int:
    """Save a snapshot elsewhere; return how many values were left out because this person may not see them.

    Without such values the copy is the same file, byte for byte. ``known``: the parameters of profiles, by id. Raises
    CommandRefused without the permission, and where a kept snapshot would be overwritten; StorageError when the disk
    refuses.
    """
    person.require(Permission.SNAPSHOT)
    if target.resolve().parent.suffix == SUFFIX:
        raise CommandRefused("choose another folder: the snapshots of a site are never overwritten")
    before = opened.snapshot
    devices = tuple(device.seen_by(person, known.get(device.profile)) for device in before.devices)
    left_out = sum(len(device.parameters) for device in before.devices)
    left_out -= sum(len(device.parameters) for device in devices)
    if left_out:
        note = f"copy for the role {person.role}, values left out that it may not see: {left_out}"
        if opened.seal is Seal.CHANGED:
            note += "; the original had been changed after it was written"
        data = text.written(replace(before, devices=devices, note=note), zone)
    else:
        data = _bytes(opened.path)
        if hashlib.sha256(data).hexdigest() != opened.digest:
            raise CommandRefused("the snapshot has been changed by somebody else meanwhile: nothing was written")
    with draft(target.parent, target.stem, data) as made, told():
        made.chmod(0o644)  # those of the site are for nobody else: they hold what not every role may see
        made.replace(target)
    return left_out


class SnapshotFolder:
    """``<history>.snapshots``; any thread. It is made when the first snapshot is written."""

    def __init__(self, path: Path, zone: tzinfo) -> None:
        self.path, self.zone = path, zone

    @classmethod
    def beside(cls, history: Path, zone: tzinfo) -> SnapshotFolder:
        """The folder of the site whose history is this file."""
        return cls(history.with_name(history.stem + SUFFIX), zone)

    def write(self, snapshot: Snapshot) -> Opened:
        """Write a snapshot as a new file, in one step, and read it back; raise StorageError."""
        data = text.written(snapshot, self.zone)
        with told():
            self.path.mkdir(parents=True, exist_ok=True)
            path = self._reserve(snapshot)
        try:
            with draft(self.path, path.stem, data) as made, told():
                made.replace(path)
        except StorageError:
            with contextlib.suppress(OSError):
                path.unlink()  # only the name was taken
            raise
        again = read_file(path)
        if again.digest != hashlib.sha256(data).hexdigest() or again.seal is not Seal.FINE:
            raise StorageError("what was read back is not what was written: do not rely on this snapshot")
        return again

    def list(self) -> list[Listed]:
        """Every file of the folder, the newest first."""
        try:
            paths = sorted(self.path.glob("[!.]*.yaml"), reverse=True)
        except OSError:
            return []
        found = [listed(path) for path in paths]
        return sorted(found, key=lambda entry: (entry.snapshot.at or 0.0) if entry.snapshot else 0.0, reverse=True)

    def as_found(self) -> list[Summary]:
        """The devices that have been read to the end by an as-found snapshot."""
        return [
            summary
            for entry in self.list()
            if entry.snapshot is not None and entry.snapshot.kind is Kind.AS_FOUND
            for summary in entry.holds
            if summary.read and not summary.reason
        ]

    def _reserve(self, snapshot: Snapshot) -> Path:
        """A free name, taken by an empty file that is about to be replaced."""
        stem = name_of(snapshot, self.zone)
        for number in range(1, MOST_OF_ONE_MINUTE):
            path = self.path / (f"{stem}.yaml" if number == 1 else f"{stem}_{number}.yaml")
            with contextlib.suppress(FileExistsError):
                path.open("x").close()
                return path
        raise StorageError("cannot be written: too many snapshots in one minute")


def name_of(snapshot: Snapshot, zone: tzinfo) -> str:
    """``2026-11-28_2140_as-found_ferme-des-tilleuls``, without the ending."""
    when = f"{datetime.fromtimestamp(snapshot.at, zone):%Y-%m-%d_%H%M}" if snapshot.at is not None else "undated"
    return f"{when}_{snapshot.kind.value.replace(' ', '-')}_{short_slug(snapshot.site) or 'site'}"


def _bytes(path: Path) -> bytes:
    data = bytes_of(path, MOST_BYTES)
    if len(data) > MOST_BYTES:
        raise StorageError(reader.FOREIGN)
    return data
