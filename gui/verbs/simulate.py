"""``wattelier simulate``: serve a device or a whole site over its real protocol."""

from __future__ import annotations

import argparse
from pathlib import Path

from core.config import load_site
from drivers.sim.cli import run
from gui.verbs.source import catalogue


def simulate(options: argparse.Namespace) -> int:
    """Serve until Ctrl-C."""
    known = catalogue()
    port = 5020 if options.port is None else options.port
    target: str = options.target
    if target not in known.ids() and (target.endswith((".yaml", ".yml")) or Path(target).is_file()):
        return run(load_site(Path(target), known), port)
    return run(known.get(target), port)
