"""Where the program keeps its own data and the user's."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from platformdirs import user_data_path


def resources() -> Path:
    """The folder of profiles, themes, icons and translations, in a checkout as in a packaged program."""
    bundle = getattr(sys, "_MEIPASS", None)
    return (Path(str(bundle)) if bundle else Path(__file__).resolve().parent.parent) / "resources"


def user_data() -> Path:
    """The user's folder: own profiles, databases, settings. ``WATTELIER_DATA`` moves it (tests, portable use)."""
    moved = os.environ.get("WATTELIER_DATA")
    return Path(moved) if moved else user_data_path("wattelier", appauthor=False)


def profile_roots() -> list[Path]:
    """Shipped profiles first, the user's after them, so that a user's folder adds or overrides."""
    return [resources() / "profiles", user_data() / "profiles"]
