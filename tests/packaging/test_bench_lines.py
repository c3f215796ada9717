"""The benches of lines run, and give the rows that the README promises; how fast is for a quiet machine to say."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGING = Path(__file__).parents[2] / "packaging"

ROWS = {
    "read": ["read instant: of pymodbus", "read 5 ms: of bare socket"],
    "bus": ["bus 9600 baud", "bus 19200 baud"],
    "fanin": ["fanin processor", "fanin longest period", "fanin memory", "fanin threads"],
}


@pytest.mark.skipif(sys.platform == "win32", reason="a pseudo-terminal")
@pytest.mark.parametrize("bench", ROWS)
def test_a_quick_bench_gives_its_rows(bench: str):
    command = [sys.executable, PACKAGING / f"bench_{bench}.py", "--quick", "--json"]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=100, check=False)
    assert ended.returncode in (0, 1), ended.stderr
    rows = json.loads(ended.stdout)
    assert [row["name"] for row in rows] == ROWS[bench]
    assert all({"value", "unit", "target", "against", "met"} <= row.keys() and row["value"] > 0 for row in rows)
