"""The endurance of the recording: kills while it records, and a month of the demonstration; see ``bench_soak``."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchlib import Row
from soak_kills import Kills
from soak_month import Energy, Month

MOST_OFF = 0.001
MOST_DRIFT = 0.05


def kills(count: int) -> Iterator[Row]:
    """Kill so many recorders of one file."""
    with tempfile.TemporaryDirectory() as folder:
        out = Kills(Path(folder)).run(count)
    for fault in out.faults:
        print(fault, file=sys.stderr)
    yield Row(
        "recorder killed: files in order",
        float(out.kills - len({fault.partition(":")[0] for fault in out.faults})),
        f"of {count}",
        "every file opens, nothing sealed lost, nothing twice",
        not out.faults and out.kills == count,
        {"while opening": out.while_opening, "in a commit": out.in_a_commit, "while sealing": out.while_sealing}
        | {"commits": out.numbers, "hours sealed": out.hours},
    )
    yield Row(
        "recorder killed: seconds lost, the most at a kill",
        1.0 if out.lost else 0.0,
        "commits",
        "the one under way",
        not out.faults and out.lost <= out.kills,
        {"in all": out.lost},
    )


def month(days: float) -> Iterator[Row]:
    """Live through so many days of the demonstration, in a process of its own, whose memory is looked at."""
    command = [sys.executable, str(Path(__file__).with_name("soak_month.py")), "--days", str(days)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    yield from rows_of_month(Month.of(json.loads(done.stdout)))


def rows_of_month(lived: Month) -> Iterator[Row]:
    """What a month has to show."""
    span = f"demonstration, {lived.days} days"
    name, worst = _worst(lived.counters)
    yield Row(
        f"{span}: device counters, history against model",
        round(100 * worst, 4),
        "%",
        "0.1 %, beyond the step of a counter",
        worst <= MOST_OFF and not lived.dropped and not lived.error,
        {"readings": lived.readings, "off in a day, Wh": round(lived.day_off, 1)},
        f"worst: {name}",
    )
    name, worst = _worst(lived.integrals)
    physics = max(abs(each.kept / each.physics - 1) for each in lived.integrals.values() if each.physics > 0)
    yield Row(
        f"{span}: the site's integrals, against the power shown",
        round(100 * worst, 4),
        "%",
        "0.1 %",
        worst <= MOST_OFF,
        {"against the physics, %": round(100 * physics, 3)},
        f"worst: {name}",
    )
    if lived.memory and lived.memory[0]:
        yield Row(
            f"{span}: growth of memory",
            round(100 * lived.drift, 2),
            "%",
            "under 5 %",
            lived.drift < MOST_DRIFT,
            {"at the end, MB": round(lived.memory[-1] / 1e6, 1), "file, MB": round(lived.file_bytes / 1e6, 1)},
        )


def _worst(energies: dict[str, Energy]) -> tuple[str, float]:
    name = max(energies, key=lambda each: energies[each].off)
    return name, energies[name].off
