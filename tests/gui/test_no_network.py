"""The window starts without a word to any network: in a process of its own, every call of Python's sockets is noted.

A site that is known and not open is not called; the demonstration speaks on this computer alone.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from core.paths import resources

ROOT = resources().parent
WATCHED = """
import json, sys

calls = []

def note(event, arguments):
    if event.startswith("socket.") and event not in ("socket.__new__", "socket.gethostname"):
        calls.append([event, [repr(argument) for argument in arguments if not hasattr(argument, "fileno")]])

sys.addaudithook(note)

from gui import main_window
from PySide6.QtCore import QTimer

class Watched(main_window.MainWindow):
    def show(self):
        super().show()
        QTimer.singleShot(2500, self.close)

main_window.MainWindow = Watched
from gui.cli import main
code = main(sys.argv[2:])
with open(sys.argv[1], "w") as file:
    json.dump([code, calls], file)
"""
SITE = """\
name: Ferme
known_by: {gateway: 192.168.1.1, loggers: [2355553510]}
links: {stick: {url: "v5://192.168.1.40?serial=2355553510"}, meter: {url: "tcp://compteur.ferme:502"}}
devices: {inverter: {link: stick, profile: aura/hybrid}, grid: {link: meter, profile: chint/dtsu666}}
"""


def calls_of(folder: Path, data: Path, *arguments: str) -> list[tuple[str, list[str]]]:
    """Start the window for a moment; return what was asked of sockets."""
    told = folder / "calls.json"
    environ = os.environ | {"QT_QPA_PLATFORM": "offscreen", "WATTELIER_DATA": str(data)}
    command = [sys.executable, "-c", WATCHED, str(told), *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, timeout=50, check=False)
    assert told.exists(), done.stderr
    code, calls = json.loads(told.read_text("utf-8"))
    assert code == 0, done.stderr
    return [(event, given) for event, given in calls]


def test_a_window_that_knows_a_site_calls_nobody(tmp_path: Path, own_data: Path):
    (own_data / "sites").mkdir(parents=True)
    (own_data / "sites" / "ferme.yaml").write_text(SITE, "utf-8")
    assert calls_of(tmp_path, own_data) == []


def test_the_demonstration_speaks_on_this_computer_alone(tmp_path: Path, own_data: Path):
    calls = calls_of(tmp_path, own_data, "--demo", "--db", str(tmp_path / "demo.sqlite"))
    assert {event for event, _ in calls} >= {"socket.bind", "socket.connect"}  # or nothing was heard at all
    assert [call for call in calls if not any("127.0.0.1" in text for text in call[1])] == []
