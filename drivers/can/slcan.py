"""slcan adapters: python-can's own bus, but for its reader, which takes one byte at a time and believes torn lines."""

from __future__ import annotations

import re

from can import CanOperationError
from can.exceptions import error_check
from can.interfaces.slcan import slcanBus
from serial.serialutil import Timeout

LONGEST = 64  # signs of a line; more without an end is not slcan
READ_WITHIN_S = 0.02
_END = re.compile(rb"[\r\a]")
_FRAME = re.compile(r"(?:[tr][0-9A-Fa-f]{3}|[TR][0-9A-Fa-f]{8})([0-8])([0-9A-Fa-f]*)\r")
_STAMP = 4  # digits that some adapters add


class SlcanBus(slcanBus):
    """A bus behind an slcan adapter. ``recv`` raises ValueError on a line that has lost some of its bytes."""

    def _read(self, timeout: float | None) -> str | None:
        """The next line with its end, None when none came in time."""
        patience = Timeout(READ_WITHIN_S if timeout is None else timeout)
        while (found := _END.search(self._buffer)) is None:
            if len(self._buffer) > LONGEST:
                self._buffer.clear()
                raise ValueError("a line without an end")
            with error_check("Could not read from serial device", CanOperationError):
                data = self.serialPortOrig.read(max(1, self.serialPortOrig.in_waiting))
            self._buffer += data
            if not data and patience.expired():
                return None
        line = bytes(self._buffer[: found.end()])
        del self._buffer[: found.end()]
        return _checked(line.decode("ascii"))


def _checked(line: str) -> str:
    """The line; raise ValueError when it begins like a frame and is as long as none."""
    if line[0] in "tTrR" and (found := _FRAME.fullmatch(line)) is not None:
        wanted = 2 * int(found[1]) if line[0] in "tT" else 0
        if len(found[2]) in (wanted, wanted + _STAMP):
            return line
    elif line[0] not in "tTrR":
        return line
    raise ValueError(f"a torn line: {line!r}")
