"""Reads the parameters of a device in the line's own thread; the answer comes back on the GUI thread."""

from __future__ import annotations

from concurrent.futures import Future
from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from core.errors import WattelierError
from core.points import Reading

if TYPE_CHECKING:
    from core.facade import Station

Answer = Future[dict[str, Reading]]


class Reader(QObject):
    """One reading at a time. ``read(list[Reading])``, or ``failed(Exception)``; nothing after ``forget``."""

    read = Signal(list)
    failed = Signal(object)
    _ended = Signal(int, object)  # from the line's thread

    def __init__(self, station: Station, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._station = station
        self._future: Answer | None = None
        self._ticket = 0
        self._ended.connect(self._take)

    @property
    def busy(self) -> bool:
        """Whether an answer is being waited for."""
        return self._future is not None

    def ask(self, device: str) -> None:
        """Read everything that may be seen of a device; raise CommandRefused when that is not possible now."""
        self.forget()
        future = self._station.read_parameters(device)
        self._ticket += 1
        self._future, ticket = future, self._ticket
        future.add_done_callback(lambda done: self._heard(ticket, done))

    def forget(self) -> None:
        """Wait no longer for what was asked."""
        self._ticket += 1
        future, self._future = self._future, None
        if future is not None:
            future.cancel()

    def _heard(self, ticket: int, done: Answer) -> None:
        """In the line's thread."""
        result: object = None if done.cancelled() else done.exception() or done.result()
        with suppress(RuntimeError):  # the page has gone meanwhile
            self._ended.emit(ticket, result)

    @Slot(int, object)
    def _take(self, ticket: int, result: object) -> None:
        if ticket != self._ticket:
            return
        self._future = None
        if isinstance(result, dict):
            self.read.emit([reading for reading in result.values() if isinstance(reading, Reading)])
        elif isinstance(result, BaseException):
            self.failed.emit(result)
        else:
            self.failed.emit(WattelierError("stopped"))
