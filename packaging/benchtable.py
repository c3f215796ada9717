"""The table of measured figures in README.md, filled by the benches themselves: ``dev.py bench [NAME] --readme``.

It stands between two comments. Rows of benches that were not run stay as they are, a row that was measured again takes
the place of the old one.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, cast

from benchlib import ROOT, Row, figure

BEGIN, END = "<!-- bench -->", "<!-- /bench -->"
HEAD = ["| Measure | Measured | Target | Against |", "|---|---|---|---|"]


def measured(script: Path) -> list[Row]:
    """Run a bench and take its rows; raise RuntimeError when it gives none."""
    done = subprocess.run([sys.executable, script, "--json"], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
    try:
        return [Row(**cast("dict[str, Any]", row)) for row in json.loads(done.stdout)]
    except (ValueError, TypeError) as err:
        raise RuntimeError(f"{script.name} gave no rows") from err


def cells(row: Row) -> str:
    """A row as the table has it; a figure that misses its target is marked."""
    against = ", ".join(f"{name} {figure(value)}" for name, value in row.against.items())
    found = f"{figure(row.value)} {row.unit}".rstrip()
    parts = (row.name, found if row.met else f"**{found}** (missed)", row.target, against)
    return f"| {' | '.join(part.replace('|', '/') for part in parts)} |"


def filled(text: str, rows: Iterable[Row]) -> str:
    """The README with these rows in its table; raise ValueError where the two comments are missing."""
    before, begin, rest = text.partition(BEGIN)
    table, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"README.md has no {BEGIN} and {END}")
    kept = {line.split(" | ")[0].strip("| "): line for line in table.splitlines() if line.startswith("| ")}
    kept.pop("Measure", None)
    fresh: Mapping[str, str] = {row.name: cells(row) for row in rows}
    again = {name.partition(":")[0] for name in fresh}  # a row that a bench no longer gives goes with its old name
    lines = {name: line for name, line in kept.items() if name.partition(":")[0] not in again} | dict(fresh)
    ordered = sorted(lines, key=lambda name: name.partition(":")[0])
    return "\n".join([before + begin, *HEAD, *(lines[name] for name in ordered), end + after])


def main() -> int:
    """Run the benches whose scripts are given, one after the other, and fill the table after each."""
    readme = ROOT / "README.md"
    worst = 0
    for script in map(Path, sys.argv[1:]):
        print(f"== {script.stem}", flush=True)
        try:
            rows = measured(script)
        except RuntimeError as err:
            print(err, flush=True)
            worst = 1
            continue
        worst = max(worst, int(any(not row.met for row in rows)))
        readme.write_text(filled(readme.read_text("utf-8"), rows), "utf-8", newline="\n")
    return worst


if __name__ == "__main__":
    sys.exit(main())
