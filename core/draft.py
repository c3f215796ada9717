"""Whole new files, put into the place of others in one step. Takes the disk's time: not for the thread that draws."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Generator
from pathlib import Path

from core.storage.format import StorageError

LONGEST_STEM = 40  # letters; a file system takes 255 bytes


@contextlib.contextmanager
def told() -> Generator[None]:
    """Turn what the system says while a file is written into a StorageError with a sentence."""
    try:
        yield
    except (OSError, ValueError) as err:
        reason = err.strerror if isinstance(err, OSError) else ""
        raise StorageError(f"cannot be written: {reason or err}") from err


@contextlib.contextmanager
def draft(folder: Path, stem: str, data: bytes) -> Generator[Path]:
    """A file that holds these bytes on the disk, to be put in the place of another one; gone afterwards.

    Raises StorageError, and leaves nothing behind then.
    """
    with told():
        handle, name = tempfile.mkstemp(prefix=f".{stem[:LONGEST_STEM]}.", suffix=".new", dir=folder)
        made = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
        except OSError:
            made.unlink(missing_ok=True)
            raise
    try:
        yield made
    finally:
        with contextlib.suppress(OSError):
            made.unlink(missing_ok=True)


def bytes_of(path: Path, most: int) -> bytes:
    """What a file holds, one byte more than ``most`` at the utmost; raise StorageError with a sentence."""
    try:
        with path.open("rb") as file:
            return file.read(most + 1)
    except (OSError, ValueError) as err:
        reason = err.strerror if isinstance(err, OSError) else ""
        raise StorageError(f"cannot be read: {reason or err}") from err
