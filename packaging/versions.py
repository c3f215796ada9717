"""Which version this is: the tag of the commit, or how far behind which tag it is.

A checkout without any tag is on its way to the version of pyproject.toml.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def version() -> str:
    """Of this checkout."""
    coming = str(tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"])
    return worded(_git("describe", "--tags", "--match", "v[0-9]*", "--dirty", "--always"), coming)


def worded(described: str, coming: str) -> str:
    """From what ``git describe`` says: 1.2.0, 1.2.0+3.g0123abc, or 1.3.0.dev0+g0123abc before the first tag."""
    plain = described.removesuffix("-dirty")
    changed = [] if plain == described else ["dirty"]
    if tagged := re.fullmatch(r"v(\d[\w.]*)(?:-(\d+)-(g[0-9a-f]+))?", plain):
        number, *behind = (part for part in tagged.groups() if part)
        return _joined(number, [*behind, *changed])
    commit = [f"g{plain}"] if plain else []
    return _joined(f"{coming}.dev0", [*commit, *changed])


def _joined(number: str, more: Sequence[str]) -> str:
    return f"{number}+{'.'.join(more)}" if more else number


def of_debian(version: str) -> str:
    """The same for dpkg, which takes ~ for what comes before a version."""
    return version.replace(".dev", "~dev")


def _git(*arguments: str) -> str:
    """What git says; nothing where there is no git, or no checkout."""
    try:
        done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return ""
    return done.stdout.strip()


if __name__ == "__main__":
    sys.stdout.write(version() + "\n")
