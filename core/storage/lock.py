"""A file that one program at a time may hold; the operating system lets go of it when that program dies, however."""

from __future__ import annotations

import contextlib
import errno
import logging
import os
import sys
from pathlib import Path
from typing import Self

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_CANNOT = {errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.EINVAL}  # file systems that know no locks

log = logging.getLogger(__name__)


class FileLock:
    """An exclusive lock in a file of its own, which is there while it is held (and after a kill, which does no harm).

    Two of them exclude each other within one program as well. For one thread at a time. One that is forgotten lets go.
    """

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)
        self._file: int | None = None

    def take(self) -> bool:
        """Take it, or make sure that it is still ours; False when somebody else holds it.

        Raises OSError where no file can be made. Where the file system knows no locks nobody is kept away.
        """
        if self._file is not None:
            if self._in_place(self._file):
                return True
            self.release()
        while True:
            file = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o644)  # not passed on to child processes
            try:
                taken = _lock(file)
                if not taken or self._in_place(file):
                    break
            except BaseException:
                os.close(file)
                raise
            os.close(file)  # it was removed between, by who held it
        if taken:
            self._file = file
        else:
            os.close(file)
        return taken

    def release(self) -> None:
        """Let go, and remove the file; nothing happens when it is not held."""
        file, self._file = self._file, None
        if file is None:
            return
        if sys.platform == "win32":
            os.close(file)  # an open file cannot be removed there: neither ours nor that of who takes it now
            with contextlib.suppress(OSError):
                self.path.unlink()
            return
        with contextlib.suppress(OSError):
            if self._in_place(file):
                self.path.unlink()
        os.close(file)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.release()

    def __del__(self) -> None:
        self.release()

    def _in_place(self, file: int) -> bool:
        """Whether the open file is still the one that others find under its name."""
        if sys.platform == "win32":
            return True
        try:
            return os.path.samestat(os.fstat(file), self.path.stat())
        except FileNotFoundError:
            return False


def _lock(file: int) -> bool:
    """Lock an open file without waiting; False when somebody else has. Ends when the file is closed."""
    try:
        if sys.platform == "win32":
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as err:
        if err.errno in (errno.EACCES, errno.EAGAIN, errno.EDEADLK):
            return False
        if err.errno not in _CANNOT:
            raise
        log.warning("this file system knows no locks: a second program would not be kept away (%s)", err)
    return True
