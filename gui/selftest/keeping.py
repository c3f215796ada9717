"""Checks of what is kept: databases, passwords, the user's folder, the licences."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from importlib.machinery import ExtensionFileLoader, SourceFileLoader, SourcelessFileLoader
from pathlib import Path

import numpy as np

from core.errors import CommandRefused
from core.licences import components
from core.paths import PORTABLE, program_folder
from core.points import Point, PointKey, Reading
from core.sitebook import SiteBook
from core.storage import schema
from core.storage.queries import History
from core.storage.writer import Recorder
from gui.selftest.check import Failed, Setting

POWER = PointKey("meter", "power")
POINT = Point("power", (1,), 3, "s16", "W", (-10.0,), group="fast", en="Power", fr="Puissance")
NOON = 1_772_366_400.0  # 2026-03-01 12:00 UTC
HOUR_S, EVERY_S = 3600.0, 5.0
MOST_STEPS = 200
NAME, PASSWORD = "Self-test", "a lamp beside the meter 7"
FROM_FILES = (SourceFileLoader, SourcelessFileLoader, ExtensionFileLoader)
SECRETS = (
    "argon2id hashes of people's passwords in the site's book (SQLite), no key ring;"
    " passwords of charging stations are in the site file"
)


def sqlite_opens(setting: Setting) -> str:
    """A history is made, with its log beside it."""
    with closing(schema.connect(setting.folder / "history.sqlite", 1.0)) as db:
        (mode,) = db.execute("pragma journal_mode").fetchone()
    if mode != "wal":
        raise Failed(f"the journal of a history is {mode!r} instead of WAL")
    return f"SQLite {sqlite3.sqlite_version}, WAL"


class _Held:
    """A clock that stands until it is told."""

    def __init__(self) -> None:
        self.at = NOON

    def now(self) -> float:
        return self.at

    def ticks(self) -> float:
        return 0.0


def a_chunk_is_sealed(setting: Setting) -> str:
    """An hour is recorded and sealed; what is read of it is what was put in."""
    file, clock = setting.folder / "history.sqlite", _Held()
    times = NOON + np.arange(0.0, HOUR_S, EVERY_S)
    values = 10.0 * np.round(200.0 * np.sin(times / 500.0))
    recorder = Recorder(file, {POWER: POINT}, clock=clock, time_zone="Europe/Paris")
    try:
        recorder.put([Reading(POWER, float(value), float(at), "W") for at, value in zip(times, values, strict=True)])
        recorder.step()
        clock.at = NOON + 2 * HOUR_S
        sealed = _sealed(recorder, file)
    finally:
        recorder.stop()
    with History(file) as history:
        found = history.raw(POWER, NOON, NOON + HOUR_S)
    if not np.array_equal(found.value, values) or not np.array_equal(found.t, times):
        raise Failed("what is read from a sealed hour is not what was recorded")
    return f"{len(values)} values, {sealed} bytes"


def _sealed(recorder: Recorder, file: Path) -> int:
    """Let the recorder seal; return how many bytes the hour takes."""
    for _ in range(MOST_STEPS):
        recorder.step()
        with closing(schema.connect_read_only(file)) as db:
            (size,) = db.execute("select sum(length(data)) from chunks").fetchone()
        if size:
            return int(size)
    raise Failed(f"the hour is not sealed after {MOST_STEPS} steps: {recorder.status().error or 'no reason given'}")


def a_password_is_hashed(setting: Setting) -> str:
    """An account is made; its password signs in, another does not, and the file holds neither."""
    book = SiteBook(setting.folder / "x.site.sqlite")
    with book.accounts() as accounts:
        accounts.create_first(NAME, PASSWORD)
        accounts.sign_in(NAME, PASSWORD)
        if _signs_in(book, PASSWORD + "8"):
            raise Failed("a wrong password signs in")
    with book.connected() as db:
        (kept,) = db.execute("select hash from accounts").fetchone()
    if not str(kept).startswith("$argon2id$"):
        raise Failed("a password is not kept as an argon2id hash")
    return str(kept).split("$")[3]


def _signs_in(book: SiteBook, password: str) -> bool:
    try:
        with book.accounts() as accounts:
            accounts.sign_in(NAME, password)
    except CommandRefused:
        return False
    return True


def secrets_are_named(setting: Setting) -> str:
    """Where secrets are kept: what ``a_password_is_hashed`` has seen, and nothing else."""
    del setting
    return SECRETS


def user_data_is_writable(setting: Setting) -> str:
    """Where the user's data lies. It is not written to: what is there stays as it is."""
    folder = setting.user_data
    there = next((place for place in (folder, *folder.parents) if place.exists()), folder)
    if not there.is_dir() or not os.access(there, os.W_OK):
        raise Failed(f"{folder} cannot be written, so nothing would be recorded or remembered")
    portable = (program_folder() / PORTABLE).is_file()
    state = "writable" if there == folder else "is made at the first use"
    return f"{folder} ({state}{', portable' if portable else ''})"


def licences_are_there(setting: Setting) -> str:
    """Every part has a licence; what the LGPL asks to be replaceable is a file of its own."""
    del setting
    parts = components()
    nameless = [part.name for part in parts if not part.licence]
    if nameless or not parts:
        raise Failed(f"no licence is known of {', '.join(nameless) or 'any part'}")
    silent = [part.name for part in parts if not part.texts]
    if missing := [text.name for part in parts for text in part.texts if not text.is_file()]:
        raise Failed(f"{len(missing)} texts of licences are missing, the first is {missing[0]}")
    return f"{len(parts)} parts" + (f", without a text: {', '.join(silent)}" if silent else "")


def lgpl_libraries_are_files(setting: Setting) -> str:
    """Those libraries were loaded from files that somebody may replace, and not from the archive in the program."""
    del setting
    import can
    import PySide6.QtCore
    import shiboken6

    for module in (can, PySide6, PySide6.QtCore, shiboken6):
        if module.__spec__ is None or not isinstance(module.__spec__.loader, FROM_FILES):
            raise Failed(f"{module.__name__} is packed into the program: its licence asks for a file of its own")
    return "PySide6, Shiboken, python-can"
