"""Writes site files that a person can go on editing, and changes single entries of one without disturbing the rest.

Whatever is written has been read back and found valid first; the file changes in one step (a complete new file takes
its place), and the one before is kept beside it as ``NAME.bak``. Everything here takes the disk's time: not for the
thread that draws.
"""

from __future__ import annotations

import os
import tempfile
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from core.catalogue import Catalogue
from core.config import KnownBy, Site
from core.document import Document, Faults
from core.errors import ProfileError
from core.siteread import read_site
from core.yamledit import Entry, Scalar, changed, written

WIDTH = 110
SECTIONS = ("site", "links", "devices", "known_by")


@dataclass(frozen=True, slots=True)
class LinkEntry:
    """A line, as it goes into the file. ``note`` becomes a comment."""

    id: str
    url: str
    name: str = ""
    read_only: bool = True
    note: str = ""


@dataclass(frozen=True, slots=True)
class DeviceEntry:
    """A device, as it goes into the file. ``role`` empty: what its profile says. ``note`` becomes a comment."""

    id: str
    link: str
    profile: str
    unit: int | None = None
    station: str = ""
    name: str = ""
    role: str = ""
    options: Mapping[str, str] = field(default_factory=dict[str, str])
    same_as: str = ""
    limits_current: bool | None = None
    note: str = ""


_WORDS = {
    "en": {
        "head": (
            "A site: one building, its lines and its devices. Everything here can be edited by hand; a mistake is "
            "answered\nwith the line and the reason."
        ),
        "phases": "1 or 3",
        "contract_power": "what the grid contract allows",
        "recording_period": "1, 5, 10, 15, 30 or 60 min",
        "known_by": "by what this building is recognised when the program starts",
        "links": "Lines. read_only: writing has to be allowed for each line.",
        "devices": "Devices. role, for a meter: what it measures (grid, solar, house, charger, circuit, other).",
    },
    "fr": {
        "head": (
            "Un site : un bâtiment, ses liaisons et ses appareils. Tout peut être modifié à la main ; une erreur est "
            "signalée\navec la ligne et la raison."
        ),
        "phases": "1 ou 3",
        "contract_power": "puissance souscrite",
        "recording_period": "1, 5, 10, 15, 30 ou 60 min",
        "known_by": "ce à quoi ce bâtiment est reconnu au démarrage",
        "links": "Liaisons. read_only : l'écriture s'autorise liaison par liaison.",
        "devices": (
            "Appareils. role, pour un compteur : ce qu'il mesure (grid réseau, solar solaire, house maison, charger "
            "borne,\ncircuit, other autre)."
        ),
    },
}


def new_site(
    path: Path,
    name: str,
    links: Sequence[LinkEntry],
    devices: Sequence[DeviceEntry],
    *,
    catalogue: Catalogue,
    time_zone: str = "Europe/Paris",
    phases: int = 1,
    contract_power: str = "9 kVA",
    recording_period: str = "10 min",
    known_by: KnownBy | None = None,
    language: str = "en",
) -> Site:
    """Write a commented site file and return the site as it reads back; raise ProfileError with every fault."""
    words = _WORDS["fr" if language == "fr" else "en"]
    lines = [
        *_comment(words["head"]),
        f"name: {written(name)}",
        f"time_zone: {written(time_zone)}",
        _beside(f"phases: {phases}", words["phases"]),
        _beside(f"contract_power: {written(contract_power)}", words["contract_power"]),
        _beside(f"recording_period: {written(recording_period)}", words["recording_period"]),
    ]
    if marks := known_by_entries(known_by or KnownBy()):
        lines += ["", *_comment(words["known_by"]), "known_by:"]
        lines += [f"  {key}: {written(value)}" for key, value in marks.items()]
    lines += ["", *_comment(words["links"]), "links:"]
    for link in links:
        lines += _section(link.id, link.note, link_fields(link))
    lines += ["", *_comment(words["devices"]), "devices:"]
    for device in devices:
        lines += _section(device.id, device.note, device_fields(device))
    return _write(path, "".join(line + "\n" for line in lines), catalogue, before=None)


def add_link(path: Path, link: LinkEntry, *, catalogue: Catalogue) -> Site:
    """Add a line to an existing file; raise ProfileError when the id is taken or the result would not be valid."""
    text = _read(path)
    return _write(path, _with_link(path, text, link), catalogue, before=text)


def add_device(path: Path, link: LinkEntry | None, device: DeviceEntry, *, catalogue: Catalogue) -> Site:
    """Add a device, and its line where ``link`` is a new one; raise ProfileError as ``add_link`` does."""
    text = after = _read(path)
    if link is not None and link.id not in _ids(path, text, "links"):
        after = _with_link(path, after, link)
    if device.id in _ids(path, text, "devices"):
        raise ProfileError(f"{path}: devices.{device.id}: there is a device of that name already")
    after = _changed(path, after, ("devices", device.id), device_fields(device))
    return _write(path, after, catalogue, before=text)


def set_entry(path: Path, section: str, entry: str, key: str, value: Entry | None, *, catalogue: Catalogue) -> Site:
    """Set one value: ``set_entry(path, "devices", "grid", "role", "solar", …)``; None takes the entry out.

    The sections are ``site`` and ``known_by`` (``entry`` is empty), ``links`` and ``devices``; ``key`` may name an
    inner value: ``options.ratio_mode``. Raises ProfileError, and leaves the file alone, when the result would not be
    valid.
    """
    return set_entries(path, [(section, entry, key, value)], catalogue=catalogue)


def set_entries(path: Path, entries: Sequence[tuple[str, str, str, Entry | None]], *, catalogue: Catalogue) -> Site:
    """Set values that make sense only together; each is ``(section, entry, key, value)`` as in ``set_entry``."""
    text = after = _read(path)
    for section, entry, key, value in entries:
        if section not in SECTIONS:
            raise ProfileError(f"{path}: there is no section {section!r}; there are {', '.join(SECTIONS)}")
        if section in ("links", "devices") and entry not in _ids(path, text, section):
            raise ProfileError(f"{path}: {section}.{entry}: there is no such entry")
        head = {"site": (), "known_by": ("known_by",)}.get(section, (section, entry))
        after = _changed(path, after, (*head, *key.split(".")), value)
    return _write(path, after, catalogue, before=text)


def set_known_by(path: Path, known_by: KnownBy, *, catalogue: Catalogue) -> Site:
    """Write by what the building is recognised; what is empty there stays as it is in the file."""
    text = after = _read(path)
    for key, value in known_by_entries(known_by).items():
        after = _changed(path, after, ("known_by", key), value)
    return _write(path, after, catalogue, before=text)


def link_fields(link: LinkEntry) -> dict[str, Scalar]:
    """What stands under a link's name."""
    named: dict[str, Scalar] = {"name": link.name} if link.name else {}
    return {"url": link.url, **named, "read_only": link.read_only}


def device_fields(device: DeviceEntry) -> dict[str, Scalar]:
    """What stands under a device's name, apart from its options when there are none."""
    fields: dict[str, object] = {"link": device.link, "profile": device.profile}
    if device.unit is not None:
        fields["unit"] = device.unit
    for key in ("station", "name", "role", "same_as"):
        if text := str(getattr(device, key)):
            fields[key] = text
    if device.limits_current is not None:
        fields["limits_current"] = device.limits_current
    if device.options:
        fields["options"] = dict(device.options)
    return fields  # pyright: ignore[reportReturnType] - options are a mapping, which `written` puts in one line


def known_by_entries(known_by: KnownBy) -> dict[str, Entry]:
    """What is not empty."""
    entries: dict[str, Entry] = {
        "gateway": known_by.gateway,
        "gateway_mac": known_by.gateway_mac,
        "loggers": known_by.loggers,
        "stations": known_by.stations,
    }
    return {key: value for key, value in entries.items() if value}


def _comment(text: str) -> list[str]:
    return [f"# {line}" for line in text.splitlines()]


def _beside(entry: str, comment: str) -> str:
    return f"{entry:<31} # {comment}"


def _section(name: str, note: str, fields: Mapping[str, object]) -> list[str]:
    said = "".join(character if character.isprintable() else " " for character in note)
    comment = [f"    # {line}" for line in textwrap.wrap(said, WIDTH)]
    return [f"  {written(name)}:", *comment, *(f"    {key}: {written(value)}" for key, value in fields.items())]


def _with_link(path: Path, text: str, link: LinkEntry) -> str:
    if link.id in _ids(path, text, "links"):
        raise ProfileError(f"{path}: links.{link.id}: there is a link of that name already")
    return _changed(path, text, ("links", link.id), link_fields(link))


def _changed(path: Path, text: str, place: Sequence[str], value: Entry | None) -> str:
    try:
        return changed(text, place, value)
    except ProfileError as err:
        raise ProfileError(f"{path}: {err}") from None


def _ids(path: Path, text: str, section: str) -> list[str]:
    faults = Faults()
    document = Document.parse(path, text, faults)
    names = document.child(section).names()
    faults.raise_if_any()
    return names


def _read(path: Path) -> str:
    """The file as it is, line ends included."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ProfileError(f"{path}: is not a text in UTF-8") from None
    except OSError as err:
        raise ProfileError(f"{path}: cannot be read: {err.strerror}") from err


def _write(path: Path, text: str, catalogue: Catalogue, before: str | None) -> Site:
    """Put ``text`` in the place of the file once it has proved valid; ``before`` is what the change was made from."""
    path = path.resolve()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.stem}.", suffix=".new", dir=path.parent)
    except OSError as err:
        raise ProfileError(f"{path}: cannot be written: {err.strerror}") from err
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode("utf-8"))
            file.flush()
            os.fsync(file.fileno())
        site = _check(path, draft.read_bytes().decode("utf-8"), catalogue)
        if path.exists():
            if before is not None and _read(path) != before:
                raise ProfileError(f"{path}: has been changed by somebody else meanwhile; nothing was written")
            draft.chmod(path.stat().st_mode & 0o777)
            _keep(path)
        else:
            draft.chmod(0o644)
        draft.replace(path)
    except OSError as err:
        raise ProfileError(f"{path}: cannot be written: {err.strerror}") from err
    finally:
        draft.unlink(missing_ok=True)
    return site


def _check(path: Path, text: str, catalogue: Catalogue) -> Site:
    """Read a text as the site file at ``path``; raise ProfileError with file, line and reason of every fault."""
    faults = Faults()
    document = Document.parse(path, text, faults)
    faults.raise_if_any()
    site = read_site(document, catalogue)
    faults.raise_if_any()
    return replace(site, path=path)


def _keep(path: Path) -> None:
    """Keep the file that is about to be replaced as ``NAME.bak``, in one step too."""
    copy = path.with_name(path.name + ".bak.new")
    copy.write_bytes(path.read_bytes())
    copy.replace(path.with_name(path.name + ".bak"))
