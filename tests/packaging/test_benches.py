"""Benches run, and give rows of the names that are promised; how fast is not for a test to say."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from tests.scripts import FOLDER, script

NAMES = {
    "ingest": ["ingest: of plain sqlite3"],
    "size": ["size: bytes a sample"],
    "zoom": ["zoom: first paint, p95"],
    "start": ["start: times a bare window", "start: first paint", "start: memory"],
    "latency": ["latency: table, p95", "latency: synoptic, p95"],
    "recover": ["recover: tcp, p95", "recover: ocpp, p95"],
    "window": [
        "window: synoptic, p99.9 of waits",
        "window: 24 curves, p99.9 of waits",
        "window: moving dots",
        "window: hidden page",
    ],
}


@pytest.mark.parametrize("name", NAMES)
def test_a_bench_gives_its_rows(name: str):
    environ = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, FOLDER / f"bench_{name}.py", "--quick", "--json"]
    done = subprocess.run(command, capture_output=True, text=True, env=environ, check=False, timeout=120)
    assert done.stdout, done.stderr
    rows = json.loads(done.stdout)
    expected = [one for one in NAMES[name] if sys.platform == "linux" or "memory" not in one]
    assert [row["name"] for row in rows] == expected
    assert all({"name", "value", "unit", "target", "against", "met"} <= row.keys() for row in rows)


def test_the_table_keeps_what_was_not_measured_again():
    table, row = script("benchtable"), script("benchlib").Row
    text = f"above\n{table.BEGIN}\n{table.END}\nbelow\n"
    first = table.filled(text, [row("b: two", 2.0, "s", "under 3", True), row("a: one", 0.5, "", "at least 1", False)])
    assert first.splitlines()[4:6] == [
        "| a: one | **0.50** (missed) | at least 1 |  |",
        "| b: two | 2.00 s | under 3 |  |",
    ]
    again = table.filled(first, [row("a: other", 1.5, "", "at least 1", True, {"peer": 3.0})])
    assert again.splitlines()[4:6] == [
        "| a: other | 1.50 | at least 1 | peer 3.00 |",
        "| b: two | 2.00 s | under 3 |  |",
    ]
    assert (again.splitlines()[0], again.splitlines()[-1]) == ("above", "below")


def test_a_table_without_its_comments_is_not_guessed():
    with pytest.raises(ValueError, match="README"):
        script("benchtable").filled("nothing", [])
