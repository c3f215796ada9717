"""A real process that records, and a real kill."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from core.points import PointKey
from core.storage.queries import History

ROOT = Path(__file__).parents[3]
CHILD = """
import sys, time
from core.points import PointKey, Reading
from core.storage.writer import Recorder
recorder = Recorder(sys.argv[1], {}, time_zone="Europe/Paris")
recorder.start()
number = 0
while True:
    now = time.time()
    recorder.put([Reading(PointKey("d", f"p{p}"), float(number), now, "W") for p in range(50)])
    print(number, flush=True)
    number += 1
    time.sleep(0.02)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows ends processes in another way")
def test_a_kill_loses_at_most_the_last_second_or_two_and_never_the_file(tmp_path):
    path = tmp_path / "killed.db"
    command = [sys.executable, "-c", CHILD, str(path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        begun = time.monotonic()
        for _ in child.stdout:
            if time.monotonic() - begun > 2.7:
                break
        killed_at = time.time()
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
    assert path.with_name("killed.db-wal").exists()  # nobody tidied up
    with History(path) as history:
        points = history.points()
        values = history.raw(PointKey("d", "p7"), 0, killed_at + 10).value.tolist()
    assert len(points) == 50
    assert killed_at - 2.0 < min(point.last for point in points) <= killed_at
    assert values == [float(number) for number in range(len(values))]
    db = sqlite3.connect(path)
    assert db.execute("pragma integrity_check").fetchall() == [("ok",)]
    db.close()
