"""What is handed out: archives of the packaged program, the Debian package, and SHA256SUMS beside them.

``artefacts.py`` alone writes SHA256SUMS again, over all of them that are in dist/.
"""

from __future__ import annotations

import hashlib
import platform
import sys
import tarfile
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path, PurePosixPath

import debian
from versions import ROOT

DIST = ROOT / "dist"
SUMS = "SHA256SUMS"
MACHINES = {"AMD64": "x86_64", "arm64": "aarch64"}
BESIDE = ("README.md", "CHANGELOG.md", "SECURITY.md", "docs/deploy.md", "site.example.yaml")
"""Goes into an archive beside the program, with packaging/linux or what Windows needs for a task."""


def name(version: str) -> str:
    """How artefacts of this system begin."""
    system = "windows" if sys.platform == "win32" else "linux" if sys.platform.startswith("linux") else sys.platform
    return f"wattelier-{version}-{system}-{MACHINES.get(platform.machine(), platform.machine())}"


def make(program: Path, version: str, drawn: Callable[[int], bytes]) -> list[Path]:
    """Everything for this system."""
    if sys.platform == "win32":
        made = [zipped(program, DIST / f"{name(version)}.zip", PurePosixPath("wattelier"))]
    else:
        made = [tarred(program, DIST / f"{name(version)}.tar.gz", PurePosixPath(f"wattelier-{version}"))]
        made += _debian(program, version, drawn)
    return made


def _debian(program: Path, version: str, drawn: Callable[[int], bytes]) -> list[Path]:
    tree, target = ROOT / "build" / "debian", DIST / f"{name(version)}.deb"
    debian.assemble(program, tree, version, drawn)
    if debian.packed(tree, target):
        return [target]
    print("There is no dpkg-deb here, so no Debian package is made.", flush=True)
    return []


def beside() -> dict[str, Path]:
    """Place in an archive -> what is put there beside the program."""
    extras = ROOT / "packaging" / ("windows" if sys.platform == "win32" else "linux")
    kinds = ("*.xml",) if sys.platform == "win32" else ("*.desktop", "*.rules", "*.service", "*.sysusers")
    found = {PurePosixPath(place).name: ROOT / place for place in BESIDE}
    return found | {f"{extras.name}/{path.name}": path for kind in kinds for path in sorted(extras.glob(kind))}


def tarred(program: Path, target: Path, top: PurePosixPath) -> Path:
    """An archive that belongs to nobody, its files in order."""
    with tarfile.open(target, "w:gz", compresslevel=6) as archive:
        for path in sorted(program.rglob("*")):
            archive.add(path, str(top / path.relative_to(program).as_posix()), recursive=False, filter=_nobodys)
        for place, path in beside().items():
            archive.add(path, str(top / place), filter=_nobodys)
    return target


def _nobodys(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = "root"
    entry.mode |= 0o755 if entry.mode & 0o100 else 0o644
    return entry


def zipped(program: Path, target: Path, top: PurePosixPath) -> Path:
    """The same for Windows, which has no links in its folder."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for path in sorted(path for path in program.rglob("*") if path.is_file()):
            archive.write(path, str(top / path.relative_to(program).as_posix()))
        for place, path in beside().items():
            archive.write(path, str(top / place))
    return target


def clear() -> None:
    """Take away what was handed out before: it is of another version, or of what was not committed."""
    for old in artefacts(DIST):
        old.unlink()
    (DIST / SUMS).unlink(missing_ok=True)


def artefacts(folder: Path) -> list[Path]:
    """What is handed out of a folder."""
    kinds = (".tar.gz", ".deb", ".zip", "-setup.exe", "-inside.txt")
    return sorted(path for path in folder.glob("wattelier-*") if path.name.endswith(kinds))


def sums(files: Iterable[Path]) -> str:
    """As ``sha256sum --check`` reads it."""
    return "".join(f"{_sha256(path)}  {path.name}\n" for path in files)


def write_sums(folder: Path = DIST) -> Path:
    """SHA256SUMS of all artefacts in a folder."""
    target = folder / SUMS
    target.write_text(sums(artefacts(folder)), "ascii", newline="\n")
    return target


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


if __name__ == "__main__":
    print(write_sums().read_text("ascii"), end="")
