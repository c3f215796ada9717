"""The packaged program against the least that such a program takes: size of its folder, and its start.

The least is one window with one plot of PySide6 and pyqtgraph, packed in the same run: as PyInstaller packs it by
itself, which is what the targets are measured against; and, beside it, with the same left out as of ours, which shows
what our own code and data add. All three start in turn, from the start of the process to the first painted window, the
product over a site that was open before. Packing takes some minutes, so that ``bench`` alone leaves this one out.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import leftout
from bench_start import BARE, OURS, SITE, WATCH, Start, painted
from benchlib import ROOT, Row, in_turn, medians, ratio, run

MOST_SIZE, MOST_START, ROUNDS = 1.25, 1.5, 9
FOLDER = ROOT / "build" / "package"
NOTHING: Mapping[str, str] = {}
OURS_NAME, BARE_NAME, LEAN_NAME = "wattelier", "bare", "lean"


def packed(name: str, program: str, spec: str = "", environ: Mapping[str, str] = NOTHING) -> Path:
    """Pack a program; return its folder. Without a spec, as PyInstaller does by itself."""
    script = FOLDER / f"{name}.py"
    script.parent.mkdir(parents=True, exist_ok=True)
    script.write_text(program, "utf-8")
    places = ["--distpath", FOLDER / "dist", "--workpath", FOLDER / "work"]
    what = [Path(__file__).with_name(spec)] if spec else ["--specpath", FOLDER, "--name", name, script]
    subprocess.run(
        [sys.executable, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "ERROR", *places, *what],
        cwd=ROOT,
        env=os.environ | environ | {"WATTELIER_START": str(script)},
        check=True,
        stdout=sys.stderr,
    )
    return FOLDER / "dist" / name


def megabytes(folder: Path) -> float:
    """What the files of a folder take; a link takes nothing."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink()) / 1e6


def starts(programs: dict[str, list[str | Path]], rounds: int) -> dict[str, list[Start]]:
    """Start all of them in turn, once before it counts."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        site = Path(name) / "farm.yaml"
        site.write_text(SITE, "utf-8")
        programs[OURS_NAME].append(site)
        environ = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
        environ |= {"WATTELIER_DATA": str(Path(name) / "data"), "QT_QPA_PLATFORM": "offscreen", "LC_ALL": "C.UTF-8"}
        found: dict[str, list[Start]] = {who: [] for who in programs}

        def once(who: str) -> float:
            found[who].append(painted(programs[who], environ))
            return found[who][-1].seconds

        in_turn(1 + rounds, {who: lambda who=who: once(who) for who in programs})
    return {who: each[1:] for who, each in found.items()}


def rows(quick: bool) -> Iterator[Row]:
    """Pack the three, weigh them, start them."""
    folders = {
        OURS_NAME: packed(OURS_NAME, WATCH + OURS, "app.spec", leftout.UNPACKED),
        BARE_NAME: packed(BARE_NAME, WATCH + BARE),
        LEAN_NAME: packed(LEAN_NAME, WATCH + BARE, "bare.spec"),
    }
    size = {who: megabytes(folder) for who, folder in folders.items()}
    times = size[OURS_NAME] / size[BARE_NAME]
    told = {f"{who}, MB": figure for who, figure in size.items()}
    yield Row("package: size", times, "", f"at most {MOST_SIZE} times a bare build", times <= MOST_SIZE, told)

    end = ".exe" if sys.platform == "win32" else ""
    found = starts({who: [folder / (who + end)] for who, folder in folders.items()}, 1 if quick else ROUNDS)
    took = {who: [each.seconds for each in all_of_it] for who, all_of_it in found.items()}
    times = ratio(took, OURS_NAME, BARE_NAME)
    told = {f"{who}, s": figure for who, figure in medians(took).items()}
    told |= {f"{who}, processor, s": median(each.worked_s for each in all_of_it) for who, all_of_it in found.items()}
    yield Row("package: start", times, "", f"at most {MOST_START} times a bare build", times <= MOST_START, told)


if __name__ == "__main__":
    sys.exit(run(rows, __doc__ or ""))
