"""What ``dev.py build`` does: pack the program, say what is inside, see that it runs elsewhere, make archives.

``--folder`` ends with the folder dist/wattelier, once it has been tried at another place.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import artefacts
import bundle
import inside
import leftout
import selftest
from versions import ROOT, version

PROGRAM = artefacts.DIST / "wattelier"
WORK = ROOT / "build" / "pyinstaller"


def packed() -> bool:
    """Run PyInstaller; return whether dist/wattelier was made."""
    quietly = ["-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "ERROR"]
    places = ["--distpath", artefacts.DIST, "--workpath", WORK]
    command = [sys.executable, *quietly, *places, Path(__file__).with_name("app.spec")]
    return subprocess.run(command, cwd=ROOT, env=os.environ | leftout.UNPACKED, check=False).returncode == 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Build; 1 as soon as something is not as it should be."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", action="store_true", help="no archives")
    options = parser.parse_args(arguments)
    this = version()
    print(f"build: Wattelier {this}", flush=True)
    artefacts.clear()
    if not packed():
        return 1
    try:
        listed = inside.explained(inside.sizes(PROGRAM), inside.reasons())
    except inside.Unexplained as unexplained:
        print(unexplained)
        return 1
    print(listed, flush=True)
    (artefacts.DIST / f"{artefacts.name(this)}-inside.txt").write_text(listed + "\n", "utf-8", newline="\n")
    if selftest.main([str(PROGRAM)]):
        return 1
    return 0 if options.folder else handed_out(this)


def handed_out(this: str) -> int:
    """Make the artefacts, try each of them, and write down their sums."""
    made = artefacts.make(PROGRAM, this, bundle.drawn)
    if selftest.main(["--quick", *map(str, made)]):
        return 1
    print(artefacts.write_sums().read_text("ascii"), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
