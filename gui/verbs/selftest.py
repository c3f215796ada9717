"""``wattelier --self-test``: whether this program is whole, one line a check; 0 only when nothing failed."""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from core.paths import user_data
from gui.selftest.check import Result, Setting, State, results

OURS = {"QT_QPA_PLATFORM": "offscreen", "WATTELIER_LOOPBACK": "1"}
"""No display is needed, and nothing but this computer is looked at."""


def selftest(options: argparse.Namespace) -> int:
    """Run every check in a folder of its own, far from the user's data."""
    real, found = user_data(), list[Result]()
    with _apart() as folder:
        from gui.selftest.table import CHECKS  # brings Qt, which reads the environment when it starts

        for result in results(CHECKS, Setting(folder, real, options.quick)):
            found.append(result)
            if not options.json:
                print(_line(result), flush=True)
    if options.json:
        print(json.dumps([_facts(result) for result in found], ensure_ascii=False))
    else:
        print(_verdict(found))
    return int(any(result.state is State.FAILED for result in found))


@contextmanager
def _apart() -> Generator[Path]:
    """A temporary folder that holds what is usually the user's, and the environment for it."""
    with tempfile.TemporaryDirectory(prefix="wattelier-", ignore_cleanup_errors=True) as name:
        data = Path(name) / "data"
        wanted = {**OURS, "WATTELIER_DATA": str(data)}
        before = {key: os.environ.get(key) for key in wanted}
        os.environ.update(wanted)
        try:
            yield Path(name)
        finally:
            for key, value in before.items():
                if value is None:
                    del os.environ[key]
                else:
                    os.environ[key] = value


def _line(result: Result) -> str:
    word = "ok" if result.state is State.PASSED else result.state
    return f"{result.name + ':':<36} {word:<8} {result.words} ({result.seconds:.1f} s)"


def _facts(result: Result) -> dict[str, object]:
    return {
        "name": result.name,
        "state": result.state.value,
        "detail": result.words,
        "seconds": round(result.seconds, 3),
    }


def _verdict(found: list[Result]) -> str:
    count = {state: sum(result.state is state for result in found) for state in State}
    told = [f"{count[state]} {state}" for state in State if count[state] or state is State.PASSED]
    return f"self-test: {', '.join(told)}"
