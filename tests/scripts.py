"""The scripts of packaging/, for tests; that folder is no package, or it would hide the library of its name."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from types import ModuleType

FOLDER = Path(__file__).parents[1] / "packaging"


def script(name: str) -> ModuleType:
    """Return a script of packaging/ as a module; scripts import each other by name."""
    if str(FOLDER) not in sys.path:
        sys.path.append(str(FOLDER))
    return importlib.import_module(name)
