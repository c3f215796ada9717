"""Open the packaged program over the demo site, without a display: ``selftest.py dist/wattelier``.

Returns 0 when it lists its profiles, records the demo, and paints its pages; an installer is made only then.
"""

import os
import struct
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

TIMEOUT_S = 180
ENVIRON = os.environ | {"QT_QPA_PLATFORM": "offscreen"}


def png_size(content: bytes) -> tuple[int, int]:
    """Return width and height; (0, 0) when these bytes are no PNG."""
    if content[:8] != b"\x89PNG\r\n\x1a\n" or len(content) < 24:
        return 0, 0
    width, height = struct.unpack(">II", content[16:24])
    return width, height


def call(program: Path, arguments: Sequence[str], folder: Path) -> str:
    """Run the program; return what it printed. An exit code other than 0 is an AssertionError."""
    command = [str(program), *arguments]
    environ = ENVIRON | {"WATTELIER_DATA": str(folder / "data")}
    done = subprocess.run(
        command, cwd=folder, env=environ, capture_output=True, text=True, timeout=TIMEOUT_S, check=False
    )
    assert done.returncode == 0, f"exit code {done.returncode}: {done.stderr.strip()[-800:]}"
    return done.stdout


def lists_its_profiles(program: Path, folder: Path) -> None:
    assert "chint" in call(program, ["profiles"], folder), "no profile of chint"


def records_the_demo(program: Path, folder: Path) -> None:
    call(program, ["record", "--demo", "--for", "8", "--db", "demo.db"], folder)
    assert "grid" in call(program, ["query", "demo.db", "--json"], folder), "no point of the grid was stored"


def paints_every_page(program: Path, folder: Path) -> None:
    call(program, ["shot", "all", "shots", "--demo"], folder)
    pictures = sorted((folder / "shots").glob("*.png"))
    assert len(pictures) >= 3, f"{len(pictures)} pages painted"
    for picture in pictures:
        content = picture.read_bytes()
        width, height = png_size(content)
        assert width >= 640, f"{picture.name} is {width} x {height}"
        assert height >= 480, f"{picture.name} is {width} x {height}"
        assert len(content) > 8000, f"{picture.name} is empty"


STEPS: tuple[Callable[[Path, Path], None], ...] = (lists_its_profiles, records_the_demo, paints_every_page)


def main(arguments: Sequence[str]) -> int:
    folder = Path(arguments[0] if arguments else "dist/wattelier").resolve()
    program = folder / ("wattelier.exe" if sys.platform == "win32" else "wattelier")
    failed = 0
    for step in STEPS:
        with tempfile.TemporaryDirectory() as scratch:
            try:
                step(program, Path(scratch))
                print(f"selftest: {step.__name__}: passed", flush=True)
            except (AssertionError, OSError, subprocess.TimeoutExpired) as err:
                failed += 1
                print(f"selftest: {step.__name__}: {err}", flush=True)
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
