"""What of the libraries does not go into the packaged program.

Of Qt's plugins the ones below go in, and no others. Then every shared library that nothing which stays asks for goes,
too: nobody has to keep a list of these.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from pathlib import PurePosixPath

Entry = tuple[str, str, str]
"""PyInstaller's: place in the folder, place on the disk (of a link, what it points to), kind."""

PLUGINS = {
    "platforms": ("qxcb", "qwayland", "qoffscreen", "qwindows"),
    "imageformats": ("qsvg", "qjpeg"),
    "platforminputcontexts": ("composeplatforminputcontextplugin", "ibusplatforminputcontextplugin"),
    "platformthemes": ("qxdgdesktopportal",),
    "wayland-decoration-client": ("adwaita", "bradient"),
    "wayland-shell-integration": ("xdg-shell",),
}
"""A window is drawn by the processor: what speaks to a graphics card is not needed, nor is a style of the system."""

LANGUAGES = ("en", "fr")
FONTS = ("Regular", "Medium", "Bold", "Italic")  # as gui/theme.py has them

MODULES = (
    "tkinter",
    "matplotlib",
    "scipy",
    "pytest",
    "_pytest",
    "IPython",
    "PIL",
    "setuptools",
    "pip",
    "lib2to3",
    "pydoc_data",
    "numpy.f2py",
    "numpy.distutils",
    "pyqtgraph.examples",
    "pyqtgraph.opengl",
    "PySide6.QtNetwork",
    "PySide6.QtPrintSupport",
    "PySide6.QtQml",
    "PySide6.QtQuick",
    "PySide6.QtSql",
)

NAMED = ("PySide6.QtOpenGL", "PySide6.QtOpenGLWidgets")
"""Imported by pyqtgraph with its first chart, under a name that it puts together."""

AT_THE_START = (
    "pyi_rth_inspect",
    "pyi_rth_multiprocessing",
    "pyi_rth_pyqtgraph_multiprocess",
    "pyi_rth_usb",
)
"""What PyInstaller would run before the program, at every start: for source code in tracebacks, for processes (there
are none), and for a libusb in the folder (that of the system is meant, and this would hide it)."""

UNPACKED = {"PYINSTALLER_ZLIB_COMPRESSION_LEVEL": "0"}
"""Environment in which modules are put into the archive as they are: 15 MB on the disk for 50 ms of each start."""

LOADED_BY_NAME = re.compile(r"(?i)^(lib)?(python|usb-1\.0|vcruntime|ucrtbase)")
"""Libraries that no other one names, and that are needed all the same: Python itself, and that of USB adapters."""


def run(scripts: Iterable[Entry]) -> list[Entry]:
    """What is run of what PyInstaller has found to be run."""
    return [script for script in scripts if script[0] not in AT_THE_START]


def taken(entries: Iterable[Entry], needs: Callable[[str], Iterable[str]]) -> list[Entry]:
    """What goes in of what PyInstaller has found; ``needs`` names the libraries that one asks for."""
    return reached((entry for entry in entries if stays(entry[0])), needs)


def stays(place: str) -> bool:
    """Whether a file goes in, by its place in the folder."""
    path = PurePosixPath(place.replace("\\", "/"))
    match path.parts[0]:
        case "PySide6":
            return _stays_of_qt(path)
        case "font_roboto":
            return path.suffix != ".ttf" or path.stem in [f"Roboto-{style}" for style in FONTS]
        case "resources":
            return path.suffix != ".ts"  # what .qm files are made from
        case _:
            return True


def _stays_of_qt(path: PurePosixPath) -> bool:
    parts = path.parts
    if "plugins" in parts:
        return path.stem.removeprefix("lib") in PLUGINS.get(parts[parts.index("plugins") + 1], ())
    if "translations" in parts:
        return path.stem in [f"qtbase_{language}" for language in LANGUAGES]
    return "qml" not in parts and not path.name.lower().startswith("opengl32sw")


def reached(entries: Iterable[Entry], needs: Callable[[str], Iterable[str]]) -> list[Entry]:
    """Leave out the libraries that nothing asks for, and links to them; ``needs`` names what a library asks for.

    A library is known by its file's name: two of one name in two folders stay or go together.
    """
    given = list(entries)
    by_name: dict[str, list[Entry]] = {}
    for entry in given:
        if entry[2] == "BINARY":
            by_name.setdefault(_name(entry[0]), []).append(entry)
    waiting = [entry for entry in given if _is_root(entry)]
    kept = set(waiting)
    while waiting:
        _, source, kind = waiting.pop()
        names = [_name(need) for need in needs(source)] if kind in ("BINARY", "EXTENSION") else []
        fresh = [entry for name in names for entry in by_name.get(name, ()) if entry not in kept]
        kept.update(fresh)
        waiting += fresh
    places = {PurePosixPath(place) for place, _, _ in kept}
    return [entry for entry in given if entry in kept or _points_into(entry, places)]


def _points_into(entry: Entry, places: Collection[PurePosixPath]) -> bool:
    """Whether this is a link to one of these places."""
    place, target, kind = entry
    return kind == "SYMLINK" and PurePosixPath(place).parent / target in places


def _is_root(entry: Entry) -> bool:
    """What is there for its own sake: modules of Python, plugins, and what is loaded by its name."""
    place, _, kind = entry
    if kind != "BINARY":
        return kind != "SYMLINK"
    return "plugins" in PurePosixPath(place.replace("\\", "/")).parts or bool(LOADED_BY_NAME.match(_name(place)))


def _name(place: str) -> str:
    """Names of files are one on Windows, whatever their case."""
    return PurePosixPath(place.replace("\\", "/")).name.lower()
