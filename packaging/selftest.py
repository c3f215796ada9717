"""Try the packaged program where it was never built: ``selftest.py FOLDER|ARCHIVE … [--quick]``.

The folder is copied into ``Énergie du bâtiment``, and started there with next to nothing of the environment: no
variable of Python, no search path but the system's, a home of its own. It tests itself, records the demonstration,
and shows it for 20 s in a window without a display. Nothing may be written outside of the folder of its data.
Returns 0 when all of this holds. Archives are made only then, and tried in the same way.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import signal
import subprocess
import sys
import tarfile
import tempfile
import time
import zipfile
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PLACE = "Énergie du bâtiment"
TIMEOUT_S = 600.0
WINDOW_S, QUICK_S = 20.0, 5.0
OPENS_WITHIN_S, END_WITHIN_S = 90.0, 30.0
SYSTEM = ("SYSTEMROOT", "WINDIR", "COMSPEC", "PATHEXT")  # without which Windows starts nothing
NOT_OURS = (".cache/fontconfig",)  # what the system's own libraries keep, of every program


@dataclass(frozen=True, slots=True)
class Trial:
    """A program and the folders it has; ``quick`` tries fewer devices, and a window that is open for a moment."""

    folder: Path
    scratch: Path
    quick: bool = False

    @property
    def seconds(self) -> float:
        """How long its window is open."""
        return QUICK_S if self.quick else WINDOW_S

    @property
    def program(self) -> Path:
        """What is started."""
        return self.folder / ("wattelier.exe" if sys.platform == "win32" else "wattelier")

    @property
    def data(self) -> Path:
        """Where it may write."""
        return self.scratch / "data"

    @property
    def home(self) -> Path:
        """Where it might write by mistake."""
        return self.scratch / "home"

    def environ(self) -> dict[str, str]:
        """All that it is told."""
        home, temporary = str(self.home), str(self.scratch / "tmp")
        windows = {name: os.environ[name] for name in SYSTEM if name in os.environ}
        path = f"{windows.get('SYSTEMROOT', '')}\\System32" if sys.platform == "win32" else "/usr/bin:/bin"
        homes = dict.fromkeys(("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"), home)
        places = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), temporary)
        ours = {"PATH": path, "LANG": "C.UTF-8", "QT_QPA_PLATFORM": "offscreen", "WATTELIER_DATA": str(self.data)}
        return windows | homes | places | ours

    def call(self, *arguments: str) -> str:
        """Run it to its end; return what it printed. Another exit code than 0 is an AssertionError."""
        done = subprocess.run(
            [self.program, *arguments],
            cwd=self.scratch / "elsewhere",
            env=self.environ(),
            capture_output=True,
            encoding="utf-8",
            timeout=TIMEOUT_S,
            check=False,
        )
        said = f"{done.stdout}\n{done.stderr}".strip()[-1500:]
        assert done.returncode == 0, f"exit code {done.returncode} of {' '.join(arguments)}: {said}"
        return done.stdout


# -- what is tried -------------------------------------------------------------------------------------------------


def tells_its_version(trial: Trial) -> str:
    """The one that was written down when it was built."""
    told = trial.call("--version").strip()
    assert re.match(r"wattelier \d", told), f"its version is {told!r}"
    return told


def tests_itself(trial: Trial) -> str:
    """Every check of ``wattelier --self-test``, line by line."""
    return "\n" + trial.call("--self-test", *(["--quick"] if trial.quick else [])).rstrip()


def records_the_demonstration(trial: Trial) -> str:
    """Without a window; what was recorded is read again."""
    trial.call("record", "--demo", "--for", "8", "--db", str(trial.data / "demo.sqlite"))
    found = trial.call("query", str(trial.data / "demo.sqlite"))
    assert "grid" in found, "no point of the grid was stored"
    return f"{len(found.splitlines())} lines of what was stored"


def shows_the_demonstration(trial: Trial) -> str:
    """In its window, until it is told to end."""
    with (trial.scratch / "said.txt").open("w+", encoding="utf-8") as said:
        process = subprocess.Popen(
            [trial.program, "--demo"], cwd=trial.scratch / "elsewhere", env=trial.environ(), stdout=said, stderr=said
        )
        try:
            _wait_for_window(process)
            time.sleep(trial.seconds)
            ended = process.poll()
            assert ended is None, f"it ended by itself ({ended}): {_read(trial.scratch / 'said.txt')}"
            process.send_signal(signal.SIGTERM)  # on Windows, this is its end
            code = process.wait(END_WITHIN_S)
        finally:
            process.kill()
            process.wait()
    told = _read(trial.scratch / "said.txt")
    assert sys.platform == "win32" or code == 0, f"exit code {code}: {told}"
    assert not re.search("Traceback|ERROR", told), told
    return f"{trial.seconds:g} s, then it ended when it was told to"


def _wait_for_window(process: subprocess.Popen[bytes]) -> None:
    """The demonstration lives through its past before it opens; raise AssertionError when that takes too long."""
    end = time.monotonic() + OPENS_WITHIN_S
    while not _listens(process.pid) and process.poll() is None:
        assert time.monotonic() < end, f"its window is not there after {OPENS_WITHIN_S:g} s"
        time.sleep(0.05)


def _listens(pid: int) -> bool:
    """Whether a process has said what SIGTERM is to do, as the window does; only Linux tells, elsewhere it is True."""
    try:
        status = Path(f"/proc/{pid}/status").read_text("ascii", errors="replace")
    except OSError:
        return True
    caught = re.search(r"^SigCgt:\s*([0-9a-f]+)", status, re.MULTILINE)
    return caught is None or bool(int(caught[1], 16) >> (signal.SIGTERM - 1) & 1)


STEPS: tuple[Callable[[Trial], str], ...] = (
    tells_its_version,
    tests_itself,
    records_the_demonstration,
    shows_the_demonstration,
)


def _read(file: Path) -> str:
    return file.read_text("utf-8", errors="replace").strip()[-1500:]


# -- where ---------------------------------------------------------------------------------------------------------


@contextmanager
def moved(source: Path, quick: bool) -> Generator[Trial]:
    """A copy of a folder, or what an archive holds, at a place that is hard to spell."""
    with tempfile.TemporaryDirectory(prefix="wattelier-", ignore_cleanup_errors=True) as name:
        scratch = Path(name)
        for folder in ("home", "tmp", "elsewhere", "data"):
            (scratch / folder).mkdir()
        place = scratch / PLACE
        if source.is_dir():
            shutil.copytree(source, place / source.name, symlinks=True)
        else:
            unpack(source, place)
        yield Trial(program_in(place), scratch, quick)


def unpack(archive: Path, place: Path) -> None:
    """Unpack as somebody would who has downloaded it."""
    place.mkdir(parents=True, exist_ok=True)
    if archive.suffix == ".deb":
        subprocess.run(["dpkg-deb", "--extract", archive, place], check=True)
    elif archive.suffix == ".zip":
        with zipfile.ZipFile(archive) as held:
            held.extractall(place)
    else:
        with tarfile.open(archive) as held:
            held.extractall(place, filter="tar")  # links, and files that may be executed


def program_in(place: Path) -> Path:
    """The folder of the program; raise AssertionError where there is none, or more than one."""
    found = [path.parent for path in place.rglob("_internal") if path.is_dir()]
    assert len(found) == 1, f"{len(found)} programs in {place}"
    return found[0]


def listing(folder: Path) -> set[tuple[str, int, int]]:
    """Every file with its size and its moment: two that are the same have not been written to between."""
    files = (path for path in folder.rglob("*") if not path.is_dir())
    facts = ((path.relative_to(folder).as_posix(), path.lstat()) for path in files)
    return {(name, fact.st_size, fact.st_mtime_ns) for name, fact in facts}


def strays(trial: Trial, before: set[tuple[str, int, int]]) -> list[str]:
    """What was written to another place than the data, or left behind among temporary files."""
    changed = {name for name, *_ in listing(trial.folder) ^ before}
    places = (trial.home, trial.scratch / "elsewhere", trial.scratch / "tmp")
    found = {f"{place.name}/{name}" for place in places for name, *_ in listing(place) if not name.startswith(NOT_OURS)}
    return sorted(changed | found)


def tried(source: Path, quick: bool = False) -> int:
    """Go through all steps; return how many have failed."""
    print(f"selftest: {source.name}, in {PLACE!r}", flush=True)
    failed = 0
    with moved(source, quick) as trial:
        before = listing(trial.folder)
        for step in STEPS:
            try:
                print(f"selftest: {step.__name__}: {step(trial)}", flush=True)
            except (AssertionError, OSError, subprocess.SubprocessError) as err:
                failed += 1
                print(f"selftest: {step.__name__}: FAILED: {err}", flush=True)
        if left := strays(trial, before):
            failed += 1
            print(f"selftest: FAILED: written outside of its data: {', '.join(left)}", flush=True)
        else:
            print("selftest: nothing was written outside of its data", flush=True)
    return failed


def main(arguments: Sequence[str] | None = None) -> int:
    """Try every folder or archive that is named."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sources", nargs="*", type=Path, default=[Path("dist/wattelier")], metavar="FOLDER|ARCHIVE")
    parser.add_argument("--quick", action="store_true", help=f"one device a protocol, the window for {QUICK_S:g} s")
    options = parser.parse_args(arguments)
    return int(sum(tried(source.resolve(), options.quick) for source in options.sources) > 0)


if __name__ == "__main__":
    sys.exit(main())
