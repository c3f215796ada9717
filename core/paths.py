"""Where the program keeps its own data and the user's."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from platformdirs import user_data_path

from core.errors import ProfileError

PORTABLE = "portable"  # a file of this name beside the program: what it keeps is beside it, too


def resources() -> Path:
    """The folder of profiles, themes, icons and translations, in a checkout as in a packaged program."""
    return bundled() / "resources"


def bundled() -> Path:
    """The folder of what the program brings with it."""
    bundle = getattr(sys, "_MEIPASS", None)
    return Path(str(bundle)) if bundle else Path(__file__).resolve().parent.parent


def is_packaged() -> bool:
    """Whether this is the program that is handed out, and no checkout."""
    return bool(getattr(sys, "frozen", False))


def program_folder() -> Path:
    """Where the program lies: the folder of a packaged program, else that of the checkout."""
    if is_packaged():
        return Path(sys.executable).resolve().parent
    return Path(__file__).resolve().parent.parent


def user_data() -> Path:
    """The user's folder: sites, databases with what lies beside them, own profiles, settings.

    ``WATTELIER_DATA`` moves it. A file ``portable`` beside the program keeps it beside the program, in ``data``.
    """
    if moved := os.environ.get("WATTELIER_DATA"):
        return Path(moved)
    beside = program_folder()
    if (beside / PORTABLE).is_file():
        return beside / "data"
    return user_data_path("wattelier", appauthor=False)


def data_fault() -> str:
    """One sentence when nothing can be kept in the user's folder, else an empty text. Makes the folder."""
    folder = user_data()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return ""
    except OSError as err:
        return f"{folder} cannot be written, so nothing would be recorded or remembered: {err.strerror or err}"


def usable_data() -> Path:
    """The user's folder, made and tried; raise ProfileError with one sentence when nothing can be kept there."""
    if fault := data_fault():
        raise ProfileError(fault)
    return user_data()


def profile_roots() -> list[Path]:
    """Shipped profiles first, the user's after them, so that a user's folder adds or overrides."""
    return [resources() / "profiles", user_data() / "profiles"]
