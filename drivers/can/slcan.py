"""slcan adapters: python-can's own bus, but for its reader, which takes one byte at a time and believes torn lines.

The adapter itself is asked how it is doing (Lawicel's command ``F``). Question and answer are lines among the others on
the serial port, and one thread writes and reads them all: the answer is met by whoever reads next. Nothing of it goes
out on the bus. Source: Lawicel CANUSB manual; USBtin gives the same bits but for the last one.
"""

from __future__ import annotations

import re

from can import CanOperationError
from can.exceptions import error_check
from can.interfaces.slcan import slcanBus
from serial.serialutil import Timeout

from drivers.can.bus import SEND_WITHIN_S, Sign

LONGEST = 64  # signs of a line; more without an end is not slcan
READ_WITHIN_S = 0.02
_END = re.compile(rb"[\r\a]")
_FRAME = re.compile(r"(?:[tr][0-9A-Fa-f]{3}|[TR][0-9A-Fa-f]{8})([0-8])([0-9A-Fa-f]*)\r")
_STAMP = 4  # digits that some adapters add
_STATE = re.compile(r"F([0-9A-Fa-f]{2})\r")
MOST_UNANSWERED = 3  # then its last word is old; one that has never said how it is doing is not asked any more
_QUEUE_FULL, _WARNING, _OVERRUN, _PASSIVE, _BUS_ERROR = 0x01, 0x04, 0x08, 0x20, 0x80


def slcan_sign(state: int) -> Sign:
    """The state of the bus in the byte that ``F`` answers; there is no bit for bus-off."""
    if state & _PASSIVE:
        return Sign.PASSIVE
    return Sign.WARNING if state & (_WARNING | _BUS_ERROR) else Sign.ACTIVE


class SlcanBus(slcanBus):
    """A bus behind an slcan adapter. ``recv`` raises ValueError on a line that has lost some of its bytes."""

    _sign: Sign | None = None
    _state = 0
    _overruns = 0
    _unanswered = 0
    _answers = False

    def figures(self) -> tuple[Sign | None, int]:
        """What the adapter said last of the bus, and how often it has lost frames; asks it anew for the next time."""
        if self._unanswered >= MOST_UNANSWERED:
            self._sign = Sign.UNKNOWN if self._answers else None
        if self._answers or self._unanswered < MOST_UNANSWERED:
            self._unanswered += 1
            self._write("F")
        return self._sign, self._overruns

    def shutdown(self) -> None:
        """Let go of the serial port, also when the adapter cannot be told any more."""
        try:
            super().shutdown()
        finally:
            self.serialPortOrig.close()

    def _write(self, string: str) -> None:
        """Write one command, without waiting for the last byte to leave: a dead adapter must not hold the thread."""
        with error_check("Could not write to serial device", CanOperationError):
            if self.serialPortOrig.write_timeout is None:
                self.serialPortOrig.write_timeout = SEND_WITHIN_S
            self.serialPortOrig.write(string.encode() + self.LINE_TERMINATOR)

    def _take_state(self, state: int) -> None:
        """An adapter may say once, or each time until it is opened anew, that frames were lost: what begins counts."""
        if state & ~self._state & (_QUEUE_FULL | _OVERRUN):
            self._overruns += 1
        self._state, self._sign = state, slcan_sign(state)
        self._answers, self._unanswered = True, 0

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
        text = _checked(line.decode("ascii"))
        if self._unanswered and (told := _STATE.fullmatch(text)) is not None:
            self._take_state(int(told[1], 16))
        return text


def _checked(line: str) -> str:
    """The line; raise ValueError when it begins like a frame and is as long as none.

    What has lost its head may begin with any hexadecimal digit; python-can takes some of them for kinds of frames that
    no classic bus has.
    """
    if line[0] in "tTrR" and (found := _FRAME.fullmatch(line)) is not None:
        wanted = 2 * int(found[1]) if line[0] in "tT" else 0
        if len(found[2]) in (wanted, wanted + _STAMP):
            return line
    elif line[0] not in "tTrRdDbBx":
        return line
    raise ValueError(f"a torn line: {line!r}")
