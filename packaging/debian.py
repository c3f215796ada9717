"""The Debian package: a tree of files, and ``dpkg-deb`` over it.

What the program asks of the system is what its libraries name and do not bring: C, OpenGL (which Qt is linked to),
X11's and Wayland's own.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import platform
import shutil
import subprocess
from collections.abc import Callable
from email.utils import formatdate
from pathlib import Path

from versions import ROOT, of_debian

LINUX = ROOT / "packaging" / "linux"
ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}
SIZES = (16, 24, 32, 48, 64, 128, 256)
DEPENDS = "libc6 (>= {libc}), libegl1, libgl1, libxcb1, libwayland-client0, libwayland-cursor0"
RECOMMENDS = "libusb-1.0-0, udev"
HINT = "Serial and CAN adapters: who sits at the computer may open them; others join the groups dialout and plugdev."
CONTROL = """\
Package: wattelier
Version: {version}
Architecture: {architecture}
Maintainer: The Wattelier developers <wattelier@localhost>
Installed-Size: {size}
Depends: {depends}
Recommends: {recommends}
Section: electronics
Priority: optional
Description: commission and supervise energy equipment
 Inverters, batteries, meters and charging stations of a building, from one
 window, locally and without internet: live values with their origin, history,
 parameters that are written and proven, faults, search for devices.
"""


def files() -> dict[str, tuple[Path, int]]:
    """Place in the package -> what is copied there, and its mode."""
    return {
        "usr/share/applications/wattelier.desktop": (LINUX / "wattelier.desktop", 0o644),
        "usr/share/icons/hicolor/scalable/apps/wattelier.svg": (ROOT / "resources" / "icons" / "logo.svg", 0o644),
        "usr/lib/udev/rules.d/70-wattelier.rules": (LINUX / "70-wattelier.rules", 0o644),
        "usr/lib/sysusers.d/wattelier.conf": (LINUX / "wattelier.sysusers", 0o644),
        "usr/lib/systemd/system/wattelier-record.service": (LINUX / "wattelier-record.service", 0o644),
        "usr/share/doc/wattelier/deploy.md": (ROOT / "docs" / "deploy.md", 0o644),
        "usr/share/doc/wattelier/SECURITY.md": (ROOT / "SECURITY.md", 0o644),
        "usr/share/doc/wattelier/site.example.yaml": (ROOT / "site.example.yaml", 0o644),
        "DEBIAN/postinst": (LINUX / "postinst", 0o755),
        "DEBIAN/prerm": (LINUX / "prerm", 0o755),
        "DEBIAN/postrm": (LINUX / "postrm", 0o755),
    }


def assemble(program: Path, tree: Path, version: str, drawn: Callable[[int], bytes]) -> None:
    """Make the tree of the package anew; ``drawn`` gives the icon as a PNG so many pixels wide."""
    shutil.rmtree(tree, ignore_errors=True)
    shutil.copytree(program, tree / "opt" / "wattelier", symlinks=True)
    for place, (source, mode) in files().items():
        _place(tree / place, source.read_bytes(), mode)
    for size in SIZES:
        _place(tree / f"usr/share/icons/hicolor/{size}x{size}/apps/wattelier.png", drawn(size))
    _place(tree / "usr/share/doc/wattelier/copyright", copyright_file().encode())
    _place(tree / "usr/share/doc/wattelier/changelog.Debian.gz", gzip.compress(changelog(version).encode(), mtime=0))
    (tree / "usr/bin").mkdir(parents=True)
    (tree / "usr/bin/wattelier").symlink_to("/opt/wattelier/wattelier")
    _place(tree / "DEBIAN/md5sums", _sums(tree).encode())
    _place(tree / "DEBIAN/control", control(version, tree).encode())
    _open_for_all(tree)


def control(version: str, tree: Path) -> str:
    """What dpkg has to know."""
    kilobytes = sum(path.lstat().st_size for path in tree.rglob("*") if not path.is_dir()) // 1024
    return CONTROL.format(
        version=of_debian(version),
        architecture=ARCHITECTURES.get(platform.machine(), platform.machine()),
        size=kilobytes,
        depends=DEPENDS.format(libc=platform.libc_ver()[1] or "2.28"),
        recommends=RECOMMENDS,
    )


def copyright_file() -> str:
    """Our licence, and where those of others are."""
    licence = (ROOT / "LICENSE").read_text("utf-8").strip()
    return f"{licence}\n\nThe libraries inside have licences of their own: /opt/wattelier/_internal/licences.\n"


def changelog(version: str) -> str:
    """One entry; what has changed is told in CHANGELOG.md."""
    moment = formatdate(int(os.environ.get("SOURCE_DATE_EPOCH", "0")) or None)
    author = "The Wattelier developers <wattelier@localhost>"
    return f"wattelier ({of_debian(version)}) stable; urgency=low\n\n  * See CHANGELOG.md.\n\n -- {author}  {moment}\n"


def packed(tree: Path, target: Path) -> bool:
    """Make the package; False where there is no dpkg-deb."""
    if shutil.which("dpkg-deb") is None:
        return False
    command = ["dpkg-deb", "--root-owner-group", "-Zxz", "-z4", "--build", tree, target]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return True


def _place(target: Path, content: bytes, mode: int = 0o644) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    target.chmod(mode)


def _sums(tree: Path) -> str:
    """MD5 of every file, as dpkg checks them."""
    found = (path for path in sorted(tree.rglob("*")) if path.is_file() and not path.is_symlink())
    return "".join(
        f"{hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()}  {path.relative_to(tree)}\n"
        for path in found
        if "DEBIAN" not in path.parts
    )


def _open_for_all(tree: Path) -> None:
    """Everybody may read what is installed, whatever the umask of who has built it."""
    for path in [tree, *tree.rglob("*")]:
        if not path.is_symlink():
            executable = path.is_dir() or path.stat().st_mode & 0o100
            path.chmod(0o755 if executable else 0o644)
