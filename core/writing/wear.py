"""How often each register of each device has been written, and what is left of its life at the present pace.

Flash bears a limited number of writes (about 100 000 for the EEPROM of ZCS inverters, by the solax-modbus
documentation). Only the writes of this program are known.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from core.protocols import Clock, SystemClock
from core.writing.review import Wear

SCHEMA = """
create table writes (serial text not null, register text not null, at integer not null, automatic integer not null);
create index writes_by_register on writes (serial, register, at);
"""

DAY_S = 86_400.0
PACE_OVER_S = 30 * DAY_S
LONGEST_YEARS = 100.0
AUTOMATIC_A_DAY = 24  # writes that automation may make to one register of flash in a day …
AUTOMATIC_EVERY_S = 60.0  # … and how far apart


@dataclass(frozen=True, slots=True)
class Counted:
    """One write. ``at`` Unix seconds."""

    serial: str
    register: str
    at: float
    automatic: bool


class WearLedger:
    """Counted writes, over an open connection; one thread. Every method may raise sqlite3.Error."""

    def __init__(self, db: sqlite3.Connection, clock: Clock | None = None) -> None:
        self._db, self._clock = db, clock or SystemClock()

    def count(self, serial: str, register: str, *, automatic: bool = False) -> None:
        """One more write."""
        at = round(self._clock.now() * 1000)
        self._db.execute("insert into writes values (?, ?, ?, ?)", (serial, register, at, int(automatic)))

    def all(self) -> list[Counted]:
        """Every write that was ever counted, oldest first."""
        rows = self._db.execute("select serial, register, at, automatic from writes order by at")
        return [Counted(str(serial), str(register), at / 1000, bool(own)) for serial, register, at, own in rows]


class WearTable:
    """The ledger in memory, for look-ups that must not wait for a disk; whoever shares it between threads locks it."""

    def __init__(self, clock: Clock | None = None) -> None:
        self._clock = clock or SystemClock()
        self._total: dict[tuple[str, str], int] = {}
        self._lately: dict[tuple[str, str], list[tuple[float, bool]]] = {}

    def take(self, counted: Iterable[Counted]) -> None:
        """Add what the ledger holds."""
        for entry in counted:
            self._add((entry.serial, entry.register), entry.at, entry.automatic)

    def count(self, serial: str, register: str, *, automatic: bool = False) -> None:
        """One more write, now."""
        self._add((serial, register), self._clock.now(), automatic)

    def carry_over(self, place: str, serial: str) -> bool:
        """Count what stands under a provisional name with this serial number; whether there was anything."""
        found = [key for key in self._total if key[0] == place]
        for key in found:
            new = serial, key[1]
            self._total[new] = self._total.get(new, 0) + self._total.pop(key)
            self._lately[new] = sorted(self._lately.get(new, []) + self._lately.pop(key, []))
        return bool(found)

    def _add(self, key: tuple[str, str], at: float, automatic: bool) -> None:
        self._total[key] = self._total.get(key, 0) + 1
        since = self._clock.now() - PACE_OVER_S
        kept = [entry for entry in self._lately.get(key, []) if entry[0] >= since]
        self._lately[key] = [*kept, (at, automatic)] if at >= since else kept

    def wear(self, serial: str, register: str, endurance: int) -> Wear:
        """What is known of one register; ``endurance`` is how many writes it bears."""
        total = self._total.get((serial, register), 0)
        since = self._clock.now() - PACE_OVER_S
        lately = sum(at >= since for at, _ in self._lately.get((serial, register), []))
        left = max(0, endurance - total)
        years = left / lately * PACE_OVER_S / (365.25 * DAY_S) if lately else None
        return Wear(total, left, years if years is not None and years < LONGEST_YEARS else None)

    def too_often(self, serial: str, register: str) -> str:
        """Why automation may not write this register of flash now; empty when it may."""
        now = self._clock.now()
        times = [at for at, automatic in self._lately.get((serial, register), []) if automatic and at >= now - DAY_S]
        if len(times) >= AUTOMATIC_A_DAY:
            return f"automation has written this register {len(times)} times in a day, which is its limit"
        if times and 0 <= now - max(times) < AUTOMATIC_EVERY_S:
            return "automation has written this register less than a minute ago"
        return ""
