"""What goes into the packaged program and is made for it: its version, the licences, and the icon of Windows."""

from __future__ import annotations

import shutil
import struct
import sys
from collections.abc import Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import licences
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from versions import ROOT, version

from core.licences import FOLDER, installed
from core.version import FILE

LOGO = ROOT / "resources" / "icons" / "logo.svg"
ICON = "wattelier.ico"
SIZES = (16, 24, 32, 48, 64, 128, 256)


def prepare(folder: Path) -> Path:
    """Fill a folder anew; return it."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / FILE).write_text(version() + "\n", "utf-8")
    licences.collect(folder / FOLDER, installed(*licences.ALSO))
    return folder


def drawn(size: int) -> bytes:
    """The logo as a PNG so many pixels wide."""
    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(LOGO)).render(painter)
    painter.end()
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # pyright: ignore[reportCallIssue, reportArgumentType] - a format is text here
    return bytes(held.data())


def ico(pictures: Mapping[int, bytes]) -> bytes:
    """An icon of Windows that holds a PNG for each size."""
    head = struct.pack("<HHH", 0, 1, len(pictures))
    at = len(head) + 16 * len(pictures)
    entries, content = b"", b""
    for size, png in pictures.items():
        edge = size % 256  # 256 is written as 0
        entries += struct.pack("<BBBBHHII", edge, edge, 0, 0, 1, 32, len(png), at + len(content))
        content += png
    return head + entries + content


def write_icon(file: Path) -> Path:
    """The icon in every size; return where it is."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(ico({size: drawn(size) for size in SIZES}))
    return file
