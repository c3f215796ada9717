"""The parts of the program that others have written, with the licence of each and its text.

A packaged program brings a folder ``licences`` that ``packaging/licences.py`` has made. From a checkout the same is
read from what is installed. ``resources/licences`` holds the texts that packages refer to but do not bring.
"""

from __future__ import annotations

import json
import os
import platform
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path, PurePath
from typing import Any

from core.errors import WattelierError
from core.paths import bundled, is_packaged, resources

FOLDER, INDEX = "licences", "index.json"
LGPL = "LGPL-3.0-only"
TEXTS = {LGPL: ("LGPL-3.0-only.txt", "GPL-3.0-only.txt")}  # the former adds to the latter
_NAMES = re.compile(r"(?i)(licen[cs]e|copying|notice|authors)")
_HOMES = ("homepage", "home", "repository", "github", "source", "source code", "documentation")


@dataclass(frozen=True, slots=True)
class Component:
    """A library, or Python itself. ``texts`` are the files of its licence, most important first."""

    name: str
    version: str
    licence: str
    url: str
    texts: tuple[Path, ...] = ()

    @property
    def replaceable(self) -> bool:
        """Whether its licence asks that it can be replaced by another build of it: the LGPL."""
        return "LGPL" in self.licence

    def text(self) -> str:
        """The whole of its licence, file after file; empty where it brings none."""
        parts = (f"{file.name}\n\n{file.read_text('utf-8', 'replace').strip()}" for file in self.texts)
        return "\n\n\n".join(parts)


def components() -> list[Component]:
    """Everything that is not ours, by name. Reads the disk; raise WattelierError where the folder is damaged."""
    found = _in_folder(bundled() / FOLDER) if is_packaged() else installed()
    return sorted(found, key=lambda component: component.name.lower())


def installed(*more: str) -> list[Component]:
    """What the installed program needs, and what that needs in turn; ``more`` are packages that go with it as well."""
    return [_python(), *(_component(package) for package in [*_needed("wattelier"), *map(metadata.distribution, more)])]


def _in_folder(folder: Path) -> list[Component]:
    try:
        entries: Sequence[Any] = json.loads((folder / INDEX).read_text("utf-8"))
        return [
            Component(
                *(str(entry[name]) for name in ("name", "version", "licence", "url")),
                texts=tuple(folder / str(file) for file in entry["files"]),
            )
            for entry in entries
        ]
    except (OSError, ValueError, KeyError, TypeError) as err:
        raise WattelierError(f"{folder} is not whole: install the program again") from err


def _needed(root: str) -> Iterator[metadata.Distribution]:
    """Installed packages that ``root`` needs, itself not. One that is not installed is of another system."""
    waiting, seen = [root], set[str]()
    while waiting:
        name = re.sub(r"[-_.]+", "-", waiting.pop()).lower()
        if name in seen:
            continue
        seen.add(name)
        try:
            package = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue
        if name != root:
            yield package
        wanted = (need for need in package.requires or () if not re.search(r";.*\bextra\b", need))
        waiting += [match[0] for need in wanted if (match := re.match(r"[\w.-]+", need))]


def _component(package: metadata.Distribution) -> Component:
    facts = package.metadata
    name, licence = facts["Name"], _licence(facts)
    own = [Path(str(package.locate_file(file))) for file in package.files or () if _is_text(file)]
    texts = tuple(file for file in sorted(own, key=lambda file: len(file.parts)) if file.is_file())
    return Component(name, package.version, licence, _url(facts), texts or _kept_here(name, licence))


def _is_text(file: PurePath) -> bool:
    return bool(_NAMES.search(file.name)) and file.suffix in ("", ".txt", ".md", ".rst", ".APACHE", ".BSD")


def _kept_here(name: str, licence: str) -> tuple[Path, ...]:
    """The texts for a package that brings none of its own."""
    folder = resources() / "licences"
    names = (f"{name.lower()}.txt", *(TEXTS[LGPL] if LGPL in licence else ()))
    return tuple(folder / file for file in names if (folder / file).is_file())


def _licence(facts: metadata.PackageMetadata) -> str:
    """As the package says it: an SPDX expression, a short text, or a classifier."""
    given = _fact(facts, "License-Expression") or _fact(facts, "License")
    if given and "\n" not in given:
        return given
    classified = (line for line in facts.get_all("Classifier") or () if line.startswith("License ::"))
    return ", ".join(line.rpartition(" :: ")[2] for line in classified)


def _fact(facts: metadata.PackageMetadata, name: str) -> str:
    return next((str(value) for value in facts.get_all(name) or ()), "")


def _url(facts: metadata.PackageMetadata) -> str:
    pairs = (line.partition(",") for line in facts.get_all("Project-URL") or ())
    named = {name.strip().lower(): address.strip() for name, _, address in pairs}
    return _fact(facts, "Home-page") or next((named[name] for name in _HOMES if name in named), "")


def _python() -> Component:
    places = (Path(os.__file__).parent, Path(sys.base_prefix))
    texts = [folder / "LICENSE.txt" for folder in places if (folder / "LICENSE.txt").is_file()]
    return Component("Python", platform.python_version(), "PSF-2.0", "https://www.python.org", tuple(texts[:1]))
