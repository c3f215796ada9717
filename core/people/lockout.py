"""Misses at signing in, by name: after the third in a row nothing is tried for a while, each time for longer.

A wait is counted by the monotonic clock as long as the program runs, so that setting the clock neither ends it nor
makes it longer. After a restart the clock is all there is: one set back makes the wait begin again, once.
"""

from __future__ import annotations

import hashlib
import math
import secrets
import sqlite3

from core.errors import CommandRefused
from core.protocols import Clock
from core.storage.transaction import transaction

SCHEMA = """
create table if not exists misses (
    who text primary key, -- digest of the name: somebody may have typed a password there
    known integer not null, -- whether there is an account of that name
    count integer not null, wait integer not null, at integer not null, -- ms, Unix ms
    run text not null, ticks integer not null -- the run of the program that counted, and its monotonic ms
) without rowid;
"""

FREE_MISSES = 2  # the third one makes wait
FIRST_WAIT_S, LONGEST_WAIT_S = 5.0, 900.0
FORGOTTEN_S = 86_400.0  # after a day without a miss one begins anew
MOST_UNKNOWN = 1000  # names without an account that are remembered

RUN = secrets.token_hex(8)
"""This run of the program: its monotonic clock means nothing in the next one."""


class LockedOut(CommandRefused):
    """Too many misses for this name: nothing is tried for another ``wait_s`` seconds."""

    def __init__(self, wait_s: float) -> None:
        seconds = math.ceil(wait_s)
        words = f"wait {seconds} s" if seconds < 100 else f"wait {math.ceil(seconds / 60)} min"
        super().__init__(f"too many wrong passwords: {words}")
        self.wait_s = wait_s


def wait_after(misses: int) -> float:
    """How long nothing is tried after so many misses in a row (s): nothing, then 5 s, doubled up to 15 min."""
    if misses <= FREE_MISSES:
        return 0.0
    return min(LONGEST_WAIT_S, FIRST_WAIT_S * 2.0 ** min(misses - FREE_MISSES - 1, 16))


class Misses:
    """The misses over an open connection; one thread. ``run`` names the run of the program that ``clock`` ticks in."""

    def __init__(self, db: sqlite3.Connection, clock: Clock, run: str = RUN) -> None:
        self._db, self._clock, self._run = db, clock, run

    def count(self, name: str, known: bool) -> float:
        """Count a miss and return the wait that begins with it (s); raise LockedOut while one is running.

        Called before the password is looked at, and taken back by ``forgive``: so no try is free, however many are
        under way at once. ``name`` is one that stands for all its spellings.
        """
        who, left, wait = _digest(name), 0.0, 0.0
        with transaction(self._db):
            question = "select count, wait, at, run, ticks from misses where who = ?"
            count = 0
            if (row := self._db.execute(question, (who,)).fetchone()) is not None:
                count, waits, at, run, ticks = int(row[0]), int(row[1]), int(row[2]), str(row[3]), int(row[4])
                since = self._since_ms(at, run, ticks)
                left = max(0, waits - since) / 1000
                if left and run != self._run:  # from here on by this run's own clock, which nobody can set
                    self._keep(who, known, count, left)
                count = 0 if since >= FORGOTTEN_S * 1000 else count
            if not left:
                wait = wait_after(count + 1)
                self._keep(who, known, count + 1, wait)
                self._drop_unknown()
        if left:
            raise LockedOut(left)
        return wait

    def forgive(self, name: str) -> None:
        """Forget the misses of a name; part of the caller's transaction, if there is one."""
        self._db.execute("delete from misses where who = ?", (_digest(name),))

    def _since_ms(self, at: int, run: str, ticks: int) -> int:
        """How long ago that was: by the monotonic clock within one run, else by the clock, never less than nothing."""
        now, now_ticks = _ms(self._clock.now()), _ms(self._clock.ticks())
        return now_ticks - ticks if run == self._run else max(0, now - at)

    def _keep(self, who: str, known: bool, count: int, wait_s: float) -> None:
        row = (
            who,
            int(known),
            count,
            math.ceil(wait_s * 1000),
            _ms(self._clock.now()),
            self._run,
            _ms(self._clock.ticks()),
        )
        columns = "who, known, count, wait, at, run, ticks"
        self._db.execute(f"insert or replace into misses ({columns}) values (?, ?, ?, ?, ?, ?, ?)", row)

    def _drop_unknown(self) -> None:
        """Keep the table small when somebody tries many names; those of accounts always stay."""
        newest = "select who from misses where not known order by at desc limit ?"
        question = f"delete from misses where not known and who not in ({newest})"
        self._db.execute(question, (MOST_UNKNOWN,))


def _digest(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()


def _ms(seconds: float) -> int:
    return round(seconds * 1000)
