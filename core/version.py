"""Which version this program is."""

from __future__ import annotations

from core.paths import bundled

FILE = "version.txt"  # what a build writes down beside the program's resources
CHECKOUT = "0.1.0"


def _known() -> str:
    try:
        return (bundled() / FILE).read_text("utf-8").strip()
    except OSError:
        return CHECKOUT


VERSION = _known()
