"""Ring of a link's last frames: any value back to the bytes that made it."""

from __future__ import annotations

import threading
from collections import deque
from enum import StrEnum

from core.immutable import immutable


class Outcome(StrEnum):
    """How an exchange ended."""

    __hash__ = str.__hash__  # that of Enum is written in Python, and these are keys at each exchange

    ANSWERED = "answered"
    REFUSED = "refused"  # a Modbus exception, or an OCPP error
    SILENT = "silent"
    FOREIGN = "foreign"  # an answer to another question: wrong transaction, unit, function or length
    DAMAGED = "damaged"  # truncated, wrong checksum, noise
    LINK_DOWN = "link down"
    HEARD = "heard"  # came by itself: a CAN frame, a message of a charging station
    SENT = "sent"  # went out and is not answered: a CAN frame


@immutable
class Frame:
    """One exchange: what was sent, what came back, when (Unix seconds), and how it ended."""

    number: int
    link: str
    at: float
    sent: bytes
    received: bytes
    took_s: float
    outcome: Outcome
    note: str = ""


_Kept = tuple[int, float, bytes, bytes, float, Outcome, str]
"""The fields of a frame, its link apart."""


class FrameRing:
    """The last ``size`` exchanges of one link; written by the link's thread, read by any."""

    def __init__(self, link: str, size: int = 2000) -> None:
        self.link = link
        self._kept: deque[_Kept] = deque(maxlen=size)  # few of them are ever looked at
        self._next = 1
        self._lock = threading.Lock()

    def add(self, *, at: float, sent: bytes, received: bytes, took_s: float, outcome: Outcome, note: str = "") -> int:
        """Keep one exchange; return its number, which readings carry in their provenance."""
        with self._lock:
            number, self._next = self._next, self._next + 1
            self._kept.append((number, at, sent, received, took_s, outcome, note))
            return number

    def _frame(self, kept: _Kept) -> Frame:
        return Frame(kept[0], self.link, *kept[1:])

    def find(self, number: int) -> Frame | None:
        """The exchange of that number, or None once it has left the ring."""
        with self._lock:
            oldest = self._kept[0][0] if self._kept else self._next
            return self._frame(self._kept[number - oldest]) if oldest <= number < self._next else None

    def since(self, number: int) -> list[Frame]:
        """The exchanges that came after the one of that number, oldest first; 0 for all that are kept."""
        with self._lock:
            kept = list(self._kept)
        return [self._frame(one) for one in kept if one[0] > number]

    @property
    def newest(self) -> int:
        """Number of the newest exchange; 0 before the first."""
        with self._lock:
            return self._next - 1

    def last(self, count: int) -> list[Frame]:
        """The newest ``count`` exchanges, oldest first."""
        with self._lock:
            kept = list(self._kept)
        return [self._frame(one) for one in kept[-count:]] if count > 0 else []
