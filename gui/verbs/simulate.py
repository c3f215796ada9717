"""``wattelier simulate``: serve a device or a whole site over its real protocol."""

from __future__ import annotations

import argparse

from drivers.sim.cli import run
from gui.verbs.source import catalogue, settings


def simulate(options: argparse.Namespace) -> int:
    """Serve until Ctrl-C; 2 on bad input."""
    return run(
        options.target,
        options.port,
        catalogue(),
        options=settings(options.set),
        speed=options.speed,
        link=options.link,
    )
