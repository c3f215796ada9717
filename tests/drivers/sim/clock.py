"""Moments for tests."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo


def moment(text: str) -> float:
    """Unix seconds of a moment on the wall clock of the simulated site."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/Paris")).timestamp()
