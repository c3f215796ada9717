"""The endurance of the recording: 300 kills while it records, and thirty days of the demonstration.

``python3 packaging/dev.py bench soak`` runs it with the rest; by itself: this file (``--quick``, ``--json``).
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
sys.path.insert(0, str(Path(__file__).resolve().parent))

from soak_kills import Kills
from soak_month import Energy, Month

MOST_OFF = 0.001
MOST_DRIFT = 0.05


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    name: str
    value: float
    unit: str
    target: str
    against: Mapping[str, float | str] = field(default_factory=dict[str, "float | str"])
    met: bool = False


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
        {"while opening": out.while_opening, "in a commit": out.in_a_commit, "while sealing": out.while_sealing}
        | {"commits": out.numbers, "hours sealed": out.hours},
        not out.faults and out.kills == count,
    )
    yield Row(
        "recorder killed: seconds lost, the most at a kill",
        1.0 if out.lost else 0.0,
        "commits",
        "the one under way",
        {"in all": out.lost},
        not out.faults and out.lost <= out.kills,
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
        {"worst": name, "readings": lived.readings, "off in a day, Wh": round(lived.day_off, 1)},
        worst <= MOST_OFF and not lived.dropped and not lived.error,
    )
    name, worst = _worst(lived.integrals)
    physics = max(abs(each.kept / each.physics - 1) for each in lived.integrals.values() if each.physics > 0)
    yield Row(
        f"{span}: the site's integrals, against the power shown",
        round(100 * worst, 4),
        "%",
        "0.1 %",
        {"worst": name, "against the physics, %": round(100 * physics, 3)},
        worst <= MOST_OFF,
    )
    if lived.memory and lived.memory[0]:
        yield Row(
            f"{span}: growth of memory",
            round(100 * lived.drift, 2),
            "%",
            "under 5 %",
            {"at the end, MB": round(lived.memory[-1] / 1e6, 1), "file, MB": round(lived.file_bytes / 1e6, 1)},
            lived.drift < MOST_DRIFT,
        )


def _worst(energies: dict[str, Energy]) -> tuple[str, float]:
    name = max(energies, key=lambda each: energies[each].off)
    return name, energies[name].off


def rows(quick: bool) -> Iterator[Row]:
    """Everything, in the order of its cost."""
    yield from kills(30 if quick else 300)
    yield from month(3.0 if quick else 30.0)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of the work")
    parser.add_argument("--json", action="store_true", help="print a list for a machine")
    chosen = parser.parse_args()
    found: list[Row] = []
    for row in rows(chosen.quick):
        found.append(row)
        if not chosen.json:
            more = ", ".join(f"{name} {value}" for name, value in row.against.items())
            print(f"{'  ' if row.met else '! '}{row.name}: {row.value:g} {row.unit} ({row.target}); {more}", flush=True)
    if chosen.json:
        print(json.dumps([asdict(row) for row in found], indent=1))
    return int(not all(row.met for row in found))


if __name__ == "__main__":
    sys.exit(main())
