"""Garbage is left to the window's own thread while there is a window."""

from __future__ import annotations

import gc
import weakref

import pytest
from PySide6.QtWidgets import QApplication

from gui.garbage import Collector


class Ring:
    """Holds itself."""

    def __init__(self) -> None:
        self.me = self


def test_a_collector_takes_over_and_gives_back(qapp: QApplication, monkeypatch: pytest.MonkeyPatch):
    assert gc.isenabled()
    collector = Collector()
    try:
        assert not gc.isenabled()
        monkeypatch.setattr(gc, "get_count", lambda: (1, 0, 0))
        monkeypatch.setattr(gc, "get_threshold", lambda: (0, 10, 10))
        seen = weakref.ref(Ring())
        assert seen() is not None
        collector.collect()
        assert seen() is None
    finally:
        collector.stop()
    assert gc.isenabled()
