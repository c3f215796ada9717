"""What the desk keeps in the site's book: lines of the journal, wear, confirmed registers. Taken at once, written soon.

Everything but ``take_over`` and ``write_down`` may be called from any thread; those two belong to the desk's.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from core.protocols import Clock
from core.sitebook import Confirmation, SiteBook
from core.writing.journal import Entry, plain
from core.writing.review import Wear
from core.writing.wear import Counted, WearTable

log = logging.getLogger(__name__)


class Records:
    """``wake`` is called when there is something to write down.

    A *place* is what wear and confirmations hang on: a serial number, or a provisional name until it is known.
    """

    def __init__(self, clock: Clock, wake: Callable[[], None]) -> None:
        self._clock, self._wake = clock, wake
        self._lock = threading.Lock()
        self._notes: deque[Entry] = deque()
        self._confirmations: deque[Confirmation] = deque()
        self._carried: deque[tuple[str, str]] = deque()  # provisional names, and the serial numbers in their place
        self._wear = WearTable(clock)
        self._confirmed: dict[tuple[str, str], frozenset[str]] = {}  # by place and profile

    def note(self, entry: Entry) -> None:
        """Have a line written into the journal soon, as it is now."""
        entry = replace(entry, detail=plain(entry.detail))
        with self._lock:
            self._notes.append(entry)
        self._wake()

    def confirm(self, confirmation: Confirmation) -> None:
        """Keep that an inferred register has been compared on site."""
        with self._lock:
            self._join(confirmation.serial, confirmation.profile, {confirmation.point})
            self._confirmations.append(confirmation)
        self._wake()

    def confirmed(self, place: str, profile: str) -> frozenset[str]:
        """The inferred parameters that have been confirmed."""
        with self._lock:
            return self._confirmed.get((place, profile), frozenset())

    def carry_over(self, place: str, serial: str) -> None:
        """The serial number of what stood under a provisional name is known now."""
        with self._lock:
            known = self._wear.carry_over(place, serial)
            for of, profile in [key for key in self._confirmed if key[0] == place]:
                self._join(serial, profile, self._confirmed.pop((of, profile)))
                known = True
            if known:
                self._carried.append((place, serial))
        if known:
            self._wake()

    def _join(self, place: str, profile: str, names: Iterable[str]) -> None:
        self._confirmed[place, profile] = self._confirmed.get((place, profile), frozenset()) | frozenset(names)

    def wear(self, place: str, register: str, endurance: int) -> Wear:
        """What is known of the wear of a register."""
        with self._lock:
            return self._wear.wear(place, register, endurance)

    def too_often(self, place: str, register: str) -> str:
        """Why automation may not write a register now; empty when it may."""
        with self._lock:
            return self._wear.too_often(place, register)

    def count(self, place: str, register: str, *, automatic: bool) -> None:
        """One more write, which the run itself has written down."""
        with self._lock:
            self._wear.count(place, register, automatic=automatic)

    @property
    def waiting(self) -> bool:
        """Whether there are lines of the journal to be written down."""
        with self._lock:
            return bool(self._notes)

    # -- the desk's thread ---------------------------------------------------------------------------------------

    def take_over(self, counted: Sequence[Counted], confirmed: Mapping[tuple[str, str], frozenset[str]]) -> None:
        """Begin with what the book has; what was counted here before gives way to it."""
        with self._lock:
            self._wear = WearTable(self._clock)
            self._wear.take(counted)
            self._confirmed |= confirmed

    def write_down(self, book: SiteBook) -> None:
        """Write what is waiting; raise StorageError when the book takes nothing."""
        with self._lock:
            notes, confirmations, carried = list(self._notes), list(self._confirmations), list(self._carried)
            for queue in (self._notes, self._confirmations, self._carried):
                queue.clear()
        for confirmation in confirmations:
            book.confirm(confirmation)
        for place, serial in carried:
            book.carry_over(place, serial)
        if notes:
            _write_notes(book, notes)


def _write_notes(book: SiteBook, notes: Iterable[Entry]) -> None:
    """Add lines to the journal; one that no file can hold is left out, and said so in the log."""
    with book.journal() as journal:
        for entry in notes:
            try:
                journal.append(entry)
            except sqlite3.Error:
                raise
            except Exception:
                log.exception("a line of the journal")
