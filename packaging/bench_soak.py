"""Endurance at full counts: faults on every transport, plugs pulled, recorders killed, a month of the demonstration.

``python3 packaging/dev.py bench soak``, or this file; ``--quick`` (a fiftieth, three days), ``--seed N``, ``--json``,
``--only faults,plugs,kills,month``. Takes up to half an hour. Returns 1 when a promise was not kept. Progress goes to
the error output, figures to the output.

The waits of the program are shortened for it (``soak_bench.HASTE``), and so are the time-outs: a hundred thousand
faults on real lines would take days. What it decides is not touched.
"""

from __future__ import annotations

import argparse
import json
import logging
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import soak_faults
import soak_plugs
import soak_storage
from benchlib import Row, line
from soak_bench import say

FAULTS, CYCLES, KILLS, QUICK = 100_000, 1000, 300, 50
DAYS, QUICK_DAYS = 30.0, 3.0


def faults(quick: bool, seed: int) -> Iterator[Row]:
    """Faults between application and devices."""
    outcome = soak_faults.run(FAULTS // QUICK if quick else FAULTS, seed)
    for sample in outcome.samples:
        say(f"! {sample}")
    yield from soak_faults.rows(outcome)


def plugs(quick: bool, seed: int) -> Iterator[Row]:
    """The other end goes away and comes back."""
    del seed
    yield from soak_plugs.rows(soak_plugs.run(CYCLES // QUICK if quick else CYCLES))


def kills(quick: bool, seed: int) -> Iterator[Row]:
    """The recorder is killed."""
    del seed
    yield from soak_storage.kills(KILLS // QUICK if quick else KILLS)


def month(quick: bool, seed: int) -> Iterator[Row]:
    """The demonstration goes on for a month, whose counters and memory are looked at."""
    del seed
    yield from soak_storage.month(QUICK_DAYS if quick else DAYS)


PARTS: dict[str, Callable[[bool, int], Iterator[Row]]] = {
    "faults": faults,
    "plugs": plugs,
    "kills": kills,
    "month": month,
}
"""What there is, by the name that ``--only`` takes."""


def main() -> int:
    """Run it; 1 when a figure misses its target."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="a fiftieth of the work")
    parser.add_argument("--only", default=",".join(PARTS), help="parts, with commas")
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--json", action="store_true", help="figures for a machine")
    chosen = parser.parse_args()
    logging.basicConfig(level=logging.ERROR)
    rows: list[Row] = []
    for name in chosen.only.split(","):
        say(f"{name}:")
        for row in PARTS[name](chosen.quick, chosen.seed):
            rows.append(row)
            if not chosen.json:
                print(line(row), flush=True)
    if chosen.json:
        print(json.dumps([asdict(row) for row in rows], indent=1))
    return int(not all(row.met for row in rows))


if __name__ == "__main__":
    sys.exit(main())
