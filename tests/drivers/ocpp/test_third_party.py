"""Two programs that know nothing of each other: ``wattelier record``, killed in the middle, and somebody's station."""

from __future__ import annotations

import json
import math
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import IO

import pytest

from core.points import PointKey
from core.storage.queries import History
from core.storage.schema import StorageError

RECORD = [sys.executable, "-m", "gui.cli", "record"]
THEM = Path(__file__).with_name("third_party.py")
LATEST = 4e9


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def recording(site: Path, database: Path) -> Iterator[subprocess.Popen[str]]:
    """Our own program, ended properly unless the test has killed it."""
    ours = subprocess.Popen([*RECORD, str(site), "--db", str(database)], stdout=subprocess.DEVNULL, text=True)
    try:
        yield ours
    finally:
        if ours.poll() is None:
            ours.send_signal(signal.SIGTERM)
        ours.wait(20)


def next_of(lines: IO[str]) -> tuple[str, float]:
    event, number = json.loads(lines.readline())
    return event, number


def last(database: Path, point: str) -> object:
    """The newest value that is on disk."""
    with suppress(StorageError, sqlite3.Error), History(database) as history:
        found = history.at(PointKey("station", point), LATEST)
        return None if found is None else found.value
    return None


def on_disk(database: Path, point: str, value: object) -> None:
    end = time.monotonic() + 15.0
    while (found := last(database, point)) != value:
        assert time.monotonic() < end, f"{point} is {found!r}, not {value!r}"
        time.sleep(0.05)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL; its TerminateProcess is the same thing")
def test_a_session_of_a_foreign_station_survives_the_death_of_our_program(tmp_path: Path):
    port, database = free_port(), tmp_path / "site.sqlite"
    site = tmp_path / "site.yaml"
    site.write_text(
        f"name: Garage\nlinks:\n  calls: {{url: 'ocpp://127.0.0.1:{port}/'}}\n"
        "devices:\n  station: {link: calls, profile: ocpp/charge_point, station: POST-1, unit: 1, role: charger}\n"
    )
    with ExitStack() as stack:
        them = stack.enter_context(
            subprocess.Popen(
                [sys.executable, str(THEM), f"ws://127.0.0.1:{port}/", "POST-1"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        )
        stack.callback(them.kill)
        assert them.stdin is not None
        assert them.stdout is not None
        with recording(site, database) as ours:
            assert next_of(them.stdout) == ("Accepted", 180)
            assert next_of(them.stdout) == ("Accepted", 0)
            event, number = next_of(them.stdout)
            assert event == "charging"
            on_disk(database, "session_energy", 600.0)
            on_disk(database, "session_id", float(number))
            os.kill(ours.pid, signal.SIGKILL)
        assert next_of(them.stdout) == ("cut off", 0)
        with recording(site, database) as ours:
            assert next_of(them.stdout) == ("back", number)
            on_disk(database, "session_energy", 1500.0)
            on_disk(database, "power", 3680.0)
            them.stdin.write("unplug\n")
            them.stdin.flush()
            assert next_of(them.stdout) == ("Accepted", number)
            on_disk(database, "session_energy", 2345.0)
            on_disk(database, "power", 0.0)
        assert next_of(them.stdout) == ("gone", 0)
    with sqlite3.connect(tmp_path / "site.ocpp.sqlite") as ledger:
        assert ledger.execute("pragma integrity_check").fetchone() == ("ok",)
        rows = ledger.execute(
            "select id, station, connector, tag, meter_start, meter_stop, reason, closed_by, doubt from transactions"
        ).fetchall()
    ledger.close()
    assert rows == [(number, "POST-1", 1, "04A2B3C4D5", 123_400, 125_745, "EVDisconnected", "station", "")]
    with History(database) as history:
        seen = history.raw(PointKey("station", "session_energy"), 0.0, LATEST)
        energies = [float(value) for value in seen.value if not math.isnan(value)]
        assert energies == sorted(energies)  # nothing between was lost or invented
        assert max(energies) == 2345.0
