"""Garbage in one thread: Python collects wherever it happens to allocate, and Qt objects may only die in the GUI's."""

from __future__ import annotations

import gc
from collections.abc import Generator
from contextlib import contextmanager

from PySide6.QtCore import QObject, QTimer, Slot

PERIOD_MS = 1000


class Collector(QObject):
    """From now until ``stop`` garbage is collected on the GUI thread alone, a generation when it is due.

    What is there already (the window, the site and what stands for it) stays until then, and is not walked through each
    time: that held up the window for 20 ms.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._was_on = gc.isenabled()
        gc.disable()
        gc.freeze()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.collect)
        self._timer.start(PERIOD_MS)

    @Slot()
    def collect(self) -> None:
        """Collect what is due."""
        collect_due()

    def stop(self) -> None:
        """Let Python collect by itself again, if it did before; what is garbage by then is collected here."""
        self._timer.stop()
        gc.unfreeze()
        if self._was_on:
            gc.collect()
            gc.enable()


def collect_due() -> None:
    """Collect the oldest generation that is due, and with it the younger ones, in the calling thread."""
    due = [count > limit for count, limit in zip(gc.get_count(), gc.get_threshold(), strict=True)]
    if due[0]:
        gc.collect(2 if due[1] and due[2] else 1 if due[1] else 0)


@contextmanager
def collected_here() -> Generator[None]:
    """Collect garbage on this, the GUI thread alone, as long as there are windows besides the one of the program."""
    collector = Collector()
    try:
        yield
    finally:
        collector.stop()
