"""A recorder that is killed again and again while it records a known series, and what must be in its file each time.

The series runs faster than life: a commit for every ten seconds of it, so that hours end and are sealed often. Each
number has its own readings, which are computed again to check what the file says. A number that was being committed at
the kill may be there or not; every other one must be, once, on every point. What is lost is not put again: the next
recorder goes on with the next number, as a site would.

``python3 packaging/soak_kills.py FILE NOTES`` is the keeper of the recorders: for each line on its input it forks one.
"""

from __future__ import annotations

import importlib
import mmap
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchlib import HeldClock

from core.points import Choice, Kind, Point, PointKey, Quality, Reading, Value
from core.storage.queries import History
from core.storage.writer import Recorder

BEGIN = 1_772_366_400.0  # 2026-03-01 12:00 UTC
PACE_S = 10.0
NUMBERS_AN_HOUR = 360
ZONE = "Europe/Paris"

POWER, VOLTAGE, FLOW = (PointKey("meter", name) for name in ("power", "voltage", "flow"))
ENERGY, SERIAL = PointKey("meter", "energy"), PointKey("meter", "serial_number")
STATE, FAULTS = PointKey("inverter", "state"), PointKey("inverter", "faults")
HOUSE = PointKey("site", "house.power")  # which no profile describes
POINTS = {
    POWER: Point("power", (1,), 3, "s16", "W", (-10.0,)),
    VOLTAGE: Point("voltage", (2,), 3, "u16", "V", (0.1,)),
    FLOW: Point("flow", (3, 4), 3, "f32", "A"),
    ENERGY: Point("energy", (5, 6), 3, "u32", "Wh", (10.0,), kind=Kind.COUNTER),
    SERIAL: Point("serial_number", (7, 8), 3, "ascii", kind=Kind.TEXT),
    STATE: Point("state", (9,), 3, "u16", kind=Kind.STATE, choices=(Choice(1, "on", "On", "Marche"),)),
    FAULTS: Point("faults", (10,), 3, "bits", kind=Kind.BITS),
}

# What the recorder notes in the shared file, by place: a kill takes the process, not the page.
PUT, DONE, SEALING = range(3)
NOTES_BYTES = 3 * 8


def at(number: int) -> float:
    """The time of a number's readings."""
    return BEGIN + number * PACE_S


SHOWN: dict[PointKey, Callable[[int], Value]] = {
    POWER: lambda number: None if number % 97 == 96 else -10.0 * (number * 37 % 401 - 200),
    VOLTAGE: lambda number: (2300 + number * 7 % 60) * 0.1,
    FLOW: lambda number: float(np.float32(np.sin(number / 50) * 8)),
    ENERGY: lambda number: 10.0 * (1000 + 2 * number),
    SERIAL: lambda _: "ZM1ES030",
    STATE: lambda number: "on_grid" if number // 25 % 2 else "charging",
    FAULTS: lambda number: ("over_voltage",) if number % 50 == 0 else (),
    HOUSE: lambda number: round(number * 0.37 % 5000, 1),
}
"""What a point shows at a number; None where its device said no."""


def readings(number: int) -> list[Reading]:
    """The readings of a number, one of each point."""
    found: list[Reading] = []
    for key, shows in SHOWN.items():
        shown = shows(number)
        quality = Quality.BAD if shown is None else Quality.GOOD
        found.append(Reading(key, shown, at(number), POINTS[key].unit if key in POINTS else "W", quality))
    return found


def record(file: Path, notes: memoryview, again: int, first: int) -> NoReturn:
    """Record from number ``first`` on until killed; number ``again`` is put once more before, as it is there."""
    clock = HeldClock(at(first))
    recorder = Recorder(file, POINTS, time_zone=ZONE, clock=clock)
    if again >= 0:
        recorder.put(readings(again))
    number = first
    while True:
        clock.t = at(number) + 0.2
        notes[PUT] = number
        notes[SEALING] = int((clock.t - 5) // 3600 != (clock.t - 5 - PACE_S) // 3600)
        recorder.put(readings(number))
        recorder.step()
        if recorder.status().error:
            os._exit(3)
        notes[DONE] = number
        number += 1


def keep(file: Path, notes_file: Path) -> int:
    """Fork a recorder for each line ``AGAIN FIRST``; print its process, then how it ended."""
    importlib.import_module("sqlite_utils")  # once, and not after each fork
    with notes_file.open("r+b") as handle, mmap.mmap(handle.fileno(), NOTES_BYTES) as shared:
        for line in sys.stdin:
            again, first = (int(word) for word in line.split())
            child = os.fork()
            if not child:
                try:
                    record(file, memoryview(shared).cast("q"), again, first)
                finally:
                    os._exit(4)
            print(child, flush=True)
            print(os.waitpid(child, 0)[1], flush=True)
    return 0


@dataclass(slots=True)
class Outcome:
    """What the kills did; ``faults`` is empty when every promise was kept."""

    kills: int = 0
    while_opening: int = 0
    in_a_commit: int = 0
    while_sealing: int = 0
    numbers: int = 0
    lost: int = 0
    hours: int = 0
    faults: list[str] = field(default_factory=list[str])


class Kills:
    """Kills recorders of one file in ``folder``, and checks the file after each."""

    def __init__(self, folder: Path, seed: int = 5) -> None:
        self._file = folder / "killed.db"
        self._notes_file = folder / "notes"
        self._notes_file.write_bytes(bytes(NOTES_BYTES))
        self._rng = random.Random(seed)
        self._missing: set[int] = set()
        self._last = -1  # the last number that is in the file
        self._sealed: dict[tuple[int, int], int] = {}
        self.outcome = Outcome()

    def run(self, kills: int, longest_s: float = 0.25, *, whole_every: int = 50) -> Outcome:
        """Kill so many recorders; the whole file is read every ``whole_every`` and at the end, else its last hours."""
        command = [sys.executable, __file__, str(self._file), str(self._notes_file)]
        with (
            subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as keeper,
            self._notes_file.open("r+b") as handle,
            mmap.mmap(handle.fileno(), NOTES_BYTES) as shared,
            memoryview(shared) as raw,
            raw.cast("q") as notes,
        ):
            for kill in range(1, kills + 1):
                self._one(keeper, notes, longest_s)
                self._check(kill % whole_every == 0 or kill == kills)
            assert keeper.stdin is not None
            keeper.stdin.close()
        return self.outcome

    def _one(self, keeper: subprocess.Popen[str], notes: memoryview, longest_s: float) -> None:
        """Let a recorder run for a moment, kill it, and take over what it has noted."""
        assert keeper.stdin is not None
        assert keeper.stdout is not None
        first = max(notes[PUT] + 1, self._last + 1) if self.outcome.kills else 0
        notes[PUT] = notes[DONE] = first - 1
        notes[SEALING] = 0
        keeper.stdin.write(f"{self._last} {first}\n")
        keeper.stdin.flush()
        child = int(keeper.stdout.readline())
        until = time.monotonic() + 10.0
        early = self._rng.random() < 0.2  # while it opens the file
        while not early and notes[DONE] < first and time.monotonic() < until:
            time.sleep(0.001)
        time.sleep(self._rng.uniform(0.0, 0.03 if early else longest_s))
        os.kill(child, signal.SIGKILL)
        ended = int(keeper.stdout.readline())
        out = self.outcome
        out.kills += 1
        if ended != signal.SIGKILL:
            out.faults.append(f"kill {out.kills}: the recorder had ended by itself ({ended})")
        put, done = int(notes[PUT]), int(notes[DONE])
        out.while_opening += done < first
        out.in_a_commit += put > done
        out.while_sealing += put > done and bool(notes[SEALING])
        out.numbers = put + 1
        self._expect(first, done, put)

    def _expect(self, first: int, done: int, put: int) -> None:
        """Find out whether the number under way is there, which is free; every other one has to be."""
        if put <= done:
            self._last = done if done >= first else self._last
            return
        present = False
        if self._file.exists() and self._file.stat().st_size:
            with closing(sqlite3.connect(self._file)) as db:
                tables = {str(name) for (name,) in db.execute("select name from sqlite_master")}
            if "events" in tables:
                with History(self._file) as history:
                    present = len(history.raw(ENERGY, at(put), at(put) + 1)) > 0
        if present:
            self._last = put
        else:
            self._missing.add(put)
            self.outcome.lost += 1
            self._last = done if done >= first else self._last

    def _check(self, whole: bool) -> None:
        if self._last < 0:
            return  # nothing has been recorded yet, and there may be no file
        begin = 0 if whole else max(0, self._last - 2 * NUMBERS_AN_HOUR)
        expected = [number for number in range(begin, self._last + 1) if number not in self._missing]
        self._check_sealed(whole)
        with History(self._file) as history:
            for key, shows in SHOWN.items():
                raw = history.raw(key, at(begin), at(self._last) + 1e6)
                numbers = [round((t - BEGIN) / PACE_S) for t in raw.t.tolist()]
                if numbers != expected:
                    self._fault(f"{key} has {_differences(numbers, expected)}")
                    continue
                shown = [None if each != each else each for each in raw.value.tolist()]  # noqa: PLR0124 - NaN
                if shown != [shows(number) for number in expected]:
                    self._fault(f"{key} has other values than were recorded")
            for info in history.points():
                if info.count != self._last + 1 - len([n for n in self._missing if n < self._last]):
                    self._fault(f"{info.key} counts {info.count} readings")
            counted = history.delta(ENERGY, at(0), at(self._last))
            start = next(number for number in range(self._last + 1) if number not in self._missing)
            if counted != 20.0 * (self._last - start) or history.events(0, at(self._last) + 1e6):
                self._fault(f"the counter gives {counted} Wh")

    def _check_sealed(self, whole: bool) -> None:
        """What has been sealed once stays, hour by hour of each point."""
        with closing(sqlite3.connect(self._file)) as db:
            found = {
                (series, hour): count for series, hour, count in db.execute("select series, hour, count from chunks")
            }
            if whole and (said := db.execute("pragma integrity_check").fetchall()) != [("ok",)]:
                self._fault(f"the file is damaged: {said}")
        for key, count in self._sealed.items():
            if found.get(key, 0) < count:
                self._fault(f"hour {key[1]} of series {key[0]} had {count} readings and has {found.get(key, 0)}")
        self._sealed = found
        self.outcome.hours = len({hour for _, hour in found})

    def _fault(self, text: str) -> None:
        self.outcome.faults.append(f"kill {self.outcome.kills}: {text}")


def _differences(found: list[int], expected: list[int]) -> str:
    lost, strange = sorted(set(expected) - set(found)), sorted(set(found) - set(expected))
    twice = len(found) - len(set(found))
    return f"{len(lost)} missing {lost[:5]}, {len(strange)} too many {strange[:5]}, {twice} twice"


if __name__ == "__main__":
    sys.exit(keep(Path(sys.argv[1]), Path(sys.argv[2])))
