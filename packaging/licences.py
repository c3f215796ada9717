"""Collect the licences of everything that goes into the packaged program: ``licences.py build/licences``.

The folder goes into the program as ``licences``: a folder of texts for each part, and ``index.json`` with name,
version, licence, address and files of each. ``core/licences.py`` reads it.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from core.licences import INDEX, Component, installed

ALSO = ("pyinstaller",)  # what starts the packaged program is a part of it


def collect(target: Path, parts: Sequence[Component]) -> None:
    """Write the folder anew."""
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    entries: list[dict[str, object]] = []
    for part in parts:
        files = [_copy(text, target, part.name, number) for number, text in enumerate(part.texts, 1)]
        facts = {"name": part.name, "version": part.version, "licence": part.licence, "url": part.url}
        entries.append({**facts, "files": files})
    (target / INDEX).write_text(json.dumps(entries, indent=1, ensure_ascii=False), "utf-8")


def _copy(text: Path, target: Path, part: str, number: int) -> str:
    """Copy one text; return its place inside the folder. Several texts of one part may have one name."""
    name = re.sub(r"[^\w.-]+", "_", text.name)
    place = Path(re.sub(r"[^\w.-]+", "_", part)) / (name if number == 1 else f"{number}-{name}")
    (target / place).parent.mkdir(exist_ok=True)
    shutil.copyfile(text, target / place)
    return place.as_posix()


def main(arguments: Sequence[str]) -> int:
    target = Path(arguments[0] if arguments else "build/licences")
    parts = installed(*ALSO)
    collect(target, parts)
    silent = [part.name for part in parts if not part.texts]
    print(f"{target}: {len(parts)} parts" + (f"; without a text of their own: {', '.join(silent)}" if silent else ""))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
