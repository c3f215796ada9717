"""From the start of the process to the first painted window, over a site that was open before.

Against a bare window of the same libraries: PySide6 with one pyqtgraph plot in it, started in turn. Both are Python
from a checkout, their modules compiled beforehand. The window's site is of two Modbus devices, whose lines are called
and do not answer; its history is there from the run before. Time is measured from outside: from the moment the process
is asked for to the line that it writes once Qt has painted. Memory is the most that was resident until then.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchlib import ROOT, Row, in_turn, medians, ratio, run

TIMES, LONGEST_S, MOST_MB = 1.5, 2.0, 200.0

SITE = """\
name: Ferme des Tilleuls
time_zone: Europe/Paris
phases: 3
contract_power: 18 kVA
links:
  bus: {url: "tcp://127.0.0.1:9"}
  inverter: {url: "tcp://127.0.0.1:9"}
devices:
  grid: {link: bus, profile: chint/dtsu666, unit: 32, role: grid}
  hybrid: {link: inverter, profile: zcs/hyd_g3, unit: 1, role: inverter}
"""

BARE = """
import sys
import pyqtgraph
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication(sys.argv[:1])
app.setStyle("Fusion")
window = QMainWindow()
plot = pyqtgraph.PlotWidget()
plot.plot([1.0, 3.0, 2.0])
window.setCentralWidget(plot)
window.resize(1440, 900)
watch(window)
window.show()
app.exec()
"""

OURS = """
import gui.cli, gc
gc.disable()
import gui.verbs.window, drivers.supervise  # in the order in which the program does
from gui import main_window
kept = main_window.MainWindow
class Watched(kept):
    def show(self):
        watch(self)
        super().show()
main_window.MainWindow = Watched
from gui.cli import main
main(sys.argv[1:])
"""

WATCH = """
import sys
def watch(window):
    import os
    from PySide6.QtCore import QEvent, QObject, QTimer
    class Eye(QObject):
        def eventFilter(self, seen, event):
            if event.type() == QEvent.Type.Expose:
                seen.removeEventFilter(self)
                QTimer.singleShot(0, self.tell)  # Qt paints while it handles this event
            return False
        def tell(self):
            spent = os.times()
            try:
                status = open("/proc/self/status").read()
                peak = int(status.split("VmHWM:")[1].split()[0]) * 1024
            except (OSError, IndexError):
                peak = 0
            print("painted", spent.user + spent.system, peak, flush=True)
            window.close()
    window.eye = Eye()
    window.winId()  # makes the system's window, which is exposed once it is shown
    window.windowHandle().installEventFilter(window.eye)
"""


@dataclass(frozen=True, slots=True)
class Start:
    """One start: seconds until something was painted, of these the processor's, and the most memory in bytes."""

    seconds: float
    worked_s: float
    peak: int


def start(program: str, arguments: list[str], environ: Mapping[str, str]) -> Start:
    """Start a program of Python, and wait until it has painted and ended."""
    return painted([sys.executable, "-c", program, *arguments], environ)


def painted(command: Sequence[str | Path], environ: Mapping[str, str]) -> Start:
    """Start a process that watches itself (``WATCH``), and wait until it has painted and ended."""
    begun = time.perf_counter()
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=dict(environ),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        told = process.stdout.readline().split()
        seconds = time.perf_counter() - begun
        _, said = process.communicate(timeout=60)
    if told[:1] != ["painted"]:
        raise RuntimeError(f"nothing was painted: {said.strip()[-2000:]}")
    return Start(seconds, float(told[1]), int(told[2]))


def rows(quick: bool) -> Iterator[Row]:
    """Starts of both in turn."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        site = folder / "farm.yaml"
        site.write_text(SITE, "utf-8")
        environ = {
            name: value for name, value in os.environ.items() if name not in ("PYTHONDONTWRITEBYTECODE", "PYTHONPATH")
        }
        environ |= {"WATTELIER_DATA": str(folder), "QT_QPA_PLATFORM": "offscreen"}
        environ |= {"PYTHONPYCACHEPREFIX": str(folder / "compiled")}
        programs = {
            "ours": (WATCH + OURS, [str(site)]),
            "bare": (WATCH + BARE, list[str]()),
        }
        for program, arguments in programs.values():  # compiles the modules, and makes the site one that is known
            start(program, arguments, environ)
        starts: dict[str, list[Start]] = {who: [] for who in programs}

        def once(who: str) -> float:
            starts[who].append(start(*programs[who], environ))
            return starts[who][-1].seconds

        took = in_turn(1 if quick else 15, {who: lambda who=who: once(who) for who in programs})
    usual = medians(took)
    times = ratio(took, "ours", "bare")
    worked = {f"{who}, processor time": median(each.worked_s for each in starts[who]) for who in starts}
    yield Row("start: times a bare window", times, "", f"at most {TIMES}", times <= TIMES, usual | worked)
    yield Row("start: first paint", usual["ours"], "s", f"under {LONGEST_S:g} s", usual["ours"] < LONGEST_S)
    if all(each.peak for each in starts["ours"]):  # elsewhere than on Linux, nothing tells it as simply
        peak = {who: max(each.peak for each in starts[who]) / 1e6 for who in starts}
        against = {"bare": peak["bare"]}
        yield Row("start: memory", peak["ours"], "MB", f"under {MOST_MB:g} MB", peak["ours"] < MOST_MB, against)


if __name__ == "__main__":
    sys.exit(run(rows, __doc__ or ""))
