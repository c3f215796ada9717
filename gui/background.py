"""Work that blocks (history queries, exports), away from the GUI thread; the newest question wins."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal, Slot

log = logging.getLogger(__name__)

Job = Callable[[], object]


class _Task(QRunnable):
    def __init__(self, ticket: int, job: Job, owner: Background) -> None:
        super().__init__()
        self._ticket, self._job, self._owner = ticket, job, owner

    def run(self) -> None:
        result: object = None
        fault: Exception | None = None
        try:
            result = self._job()
        except Exception as error:  # the thread's outer edge
            log.info("background work failed", exc_info=True)
            fault = error
        with suppress(RuntimeError):  # the window has gone meanwhile
            self._owner.finished.emit(self._ticket, result, fault)


class Background(QObject):
    """One worker. ``ask`` calls back on the GUI thread; an answer that a newer question has overtaken is dropped."""

    finished = Signal(int, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._pool.setExpiryTimeout(5000)
        self._ticket = 0
        self._done: Callable[[object], None] | None = None
        self._failed: Callable[[Exception], None] | None = None
        self.finished.connect(self._deliver)

    @property
    def busy(self) -> bool:
        """Whether an answer is being waited for."""
        return self._done is not None

    def ask(self, job: Job, done: Callable[[object], None], failed: Callable[[Exception], None]) -> None:
        """Run ``job`` in the worker; call ``done`` with its result or ``failed`` with its exception."""
        self._ticket += 1
        self._done, self._failed = done, failed
        self._pool.clear()
        self._pool.start(_Task(self._ticket, job, self))

    def drop(self) -> None:
        """Forget what is under way: nobody hears its end, and nobody waits for it."""
        self._ticket += 1
        self._done = self._failed = None
        self._pool.clear()

    def finish(self) -> None:
        """Let what was asked come to its end, which nobody hears, and wait for it; safe to call twice."""
        self._pool.waitForDone()
        self.drop()

    def stop(self) -> None:
        """Drop what is under way and wait for the worker; safe to call twice."""
        self.drop()
        self._pool.waitForDone()

    @Slot(int, object, object)
    def _deliver(self, ticket: int, result: object, fault: Exception | None) -> None:
        if ticket != self._ticket:
            return
        done, failed = self._done, self._failed
        self._done = self._failed = None
        if fault is not None and failed is not None:
            failed(fault)
        elif done is not None:
            done(result)
