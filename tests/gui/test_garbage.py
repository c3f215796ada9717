"""Garbage is left to the window's own thread while there is a window."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from gui.garbage import Collector


class Ring:
    """Holds itself."""

    def __init__(self) -> None:
        self.me = self


@pytest.fixture
def by_itself() -> Iterator[None]:
    """As Python does it outside of these tests."""
    gc.enable()
    yield
    gc.disable()


@pytest.mark.usefixtures("qapp", "by_itself")
def test_a_collector_takes_over_and_gives_back(monkeypatch: pytest.MonkeyPatch):
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
