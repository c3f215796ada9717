"""Every property of the tests with a hundred times the examples: no foreign bytes bring a reader of them down.

``python3 packaging/dev.py bench fuzz``, or this file; ``--times N``, ``--only WORD`` (part of a file's name),
``--quick``, ``--json``. Returns 1 when a property fails. In full it takes an hour; ``--quick`` some two minutes.

The properties are those of the test suite, as hypothesis marks them (``pytest -m hypothesis``); ``WATTELIER_FUZZ``
multiplies their examples, see ``tests/strategies.py``. Each file of tests is read by processes of its own, one for each
ten times, with other dice: hypothesis remembers all that it has drawn, and would hold more than what it tries. One that
is not done in time hangs, and counts as failed. Memory is the most that any of these processes held. What fails is told
with its smallest example: put there as an ``@example``, it stays in the suite once it is mended.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from benchlib import ROOT, Row, line

TIMES, QUICK_TIMES, ROUND = 100, 1, 10
MOST_MB = 500  # of a process; Python, numpy, Qt and hypothesis take up to 300 of it
PATIENCE_S, PATIENCE_PER_TIME_S = 120.0, 60.0  # for a file: each takes well under half of that

_PASSED = re.compile(r"- (\d+) passing, (\d+) failing")
_FAILED = re.compile(r"^(?:FAILED|ERROR) (\S+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of the properties of one file."""

    examples: int
    failed: tuple[str, ...]
    took_s: float
    output: str


def files(only: str = "") -> list[str]:
    """The files of tests in which hypothesis draws examples."""
    found = sorted((ROOT / "tests").rglob("test_*.py"))
    names = [file.relative_to(ROOT).as_posix() for file in found if "from hypothesis import" in file.read_text("utf-8")]
    return [name for name in names if only in name]


def tried(file: str, times: int) -> Outcome:
    """The properties of one file, round by round; what failed in one is not tried again."""
    found: list[Outcome] = []
    for seed, done in enumerate(range(0, times, ROUND)):
        if not found or not found[-1].failed:
            found.append(_round(file, min(ROUND, times - done), seed))
    examples, took_s = sum(one.examples for one in found), sum(one.took_s for one in found)
    return Outcome(examples, found[-1].failed, took_s, found[-1].output)


def _round(file: str, times: int, seed: int) -> Outcome:
    """In a process of its own; the dice of the first round are thrown by nobody."""
    command = [
        *(sys.executable, "-m", "pytest", "-q", "-m", "hypothesis", file, "--tb=short", "--no-header"),
        *("--timeout", "0", "-p", "no:cacheprovider", "--hypothesis-show-statistics"),
        *((f"--hypothesis-seed={seed}",) if seed else ()),
    ]
    environment = {**os.environ, "WATTELIER_FUZZ": str(times), "QT_QPA_PLATFORM": "offscreen"}
    begun = time.monotonic()
    try:
        done = subprocess.run(
            command,
            check=False,
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=PATIENCE_S + PATIENCE_PER_TIME_S * times,
        )
    except subprocess.TimeoutExpired:
        return Outcome(0, (f"{file}: not done in time",), time.monotonic() - begun, "")
    failed = tuple(_FAILED.findall(done.stdout))
    if done.returncode not in (0, 5) and not failed:  # 5: no property in it is ours to run
        failed = (f"{file}: pytest ended with {done.returncode}",)
    examples = sum(int(good) + int(bad) for good, bad in _PASSED.findall(done.stdout))
    return Outcome(examples, failed, time.monotonic() - begun, done.stdout)


def memory_mb() -> float | None:
    """The most that a process we have waited for has held; None where the system does not tell."""
    if sys.platform == "win32":
        return None
    import resource

    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return most / (1e6 if sys.platform == "darwin" else 1e3)


def rows(times: int, only: str = "") -> Iterator[Row]:
    """The bench: a row for each file, then the memory."""
    for file in files(only):
        found = tried(file, times)
        if found.failed:
            print(found.output[-20_000:], file=sys.stderr)
        note = f"{found.took_s:.0f} s" + "".join(f"; {name}" for name in found.failed)
        name = f"fuzz: {file.removeprefix('tests/')}"
        yield Row(name, found.examples, "examples", "none fails", met=not found.failed, note=note)
    if (most := memory_mb()) is not None:
        yield Row("fuzz: memory of a process", most, "MB", f"at most {MOST_MB}", met=most <= MOST_MB)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run it; 1 when a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=TIMES, help=f"how many times the examples of the tests ({TIMES})")
    parser.add_argument("--only", default="", help="a part of the name of a file of tests")
    parser.add_argument("--quick", action="store_true", help="the examples of the test suite: shows that it runs")
    parser.add_argument("--json", action="store_true", help="print a list of rows for a machine to read")
    options = parser.parse_args(arguments)
    found: list[Row] = []
    for row in rows(QUICK_TIMES if options.quick else options.times, options.only):
        found.append(row)
        if not options.json:
            print(line(row), flush=True)
    if options.json:
        print(json.dumps([asdict(row) for row in found], indent=1))
    return int(any(not row.met for row in found))


if __name__ == "__main__":
    sys.exit(main())
