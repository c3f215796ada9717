"""Asks the history in a thread of its own, which lives only while there is something to ask."""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from core.errors import WattelierError
from core.points import PointKey, Value
from gui import formatting
from gui.models import wording
from gui.models.curve_source import Request, Source, Wanted, fetch
from gui.models.curves import Shape, shape_of
from gui.pages.history_strokes import Strokes, strokes_of

if TYPE_CHECKING:
    from core.facade import Station

log = logging.getLogger(__name__)
PATIENCE_S = 0.5  # as long as curves may be kept back that others of the same question have not joined yet


class HistoryLoader(QObject):
    """Only the newest request counts: an older one is dropped between two of its curves."""

    listed = Signal(
        object, bool
    )  # list[PointInfo], None when nothing is recorded; whether a point came, left or changed
    arrived = Signal(int, object)  # number of the request, dict[PointKey, Strokes]
    finished = Signal(int)
    failed = Signal(str)  # one sentence

    def __init__(self, station: Station, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._station = station
        self._lock = threading.Lock()
        self._request: Request | None = None
        self._listing = False
        self._known: list[tuple[object, ...]] = []  # what was listed last, but for how far it reaches
        self._stopped = False
        self._thread: threading.Thread | None = None

    @property
    def idle(self) -> bool:
        """Whether nothing is being asked."""
        return self._thread is None

    def list_points(self) -> None:
        """Ask what is recorded; ``listed`` brings it."""
        with self._lock:
            self._listing = True
            self._wake()

    def ask(self, request: Request) -> None:
        """Ask for curves; ``arrived`` brings them, all at once or some at a time, then ``finished``."""
        with self._lock:
            self._request = request
            self._wake()

    def stop(self) -> None:
        """Ask nothing more and wait for the question under way; safe to call twice."""
        with self._lock:
            self._stopped, thread = True, self._thread
        if thread is not None:
            thread.join()

    def _wake(self) -> None:
        if self._thread is None and not self._stopped:
            self._thread = threading.Thread(target=self._run, name="history queries", daemon=True)
            self._thread.start()

    def _run(self) -> None:
        source: Source | None = None
        try:
            while (job := self._next()) is not None:
                listing, request = job
                try:
                    source = source or self._station.open_history()
                    if listing:
                        self._list(source)
                    if request is not None and source is not None:
                        self._answer(source, request)
                except (WattelierError, sqlite3.Error, OSError) as err:
                    log.warning("the history could not be read: %s", err)
                    self.failed.emit(str(err))
        except RuntimeError:  # the page is gone, and this object with it
            log.debug("history query ended with its page")
        finally:
            if source is not None:
                source.close()

    def _next(self) -> tuple[bool, Request | None] | None:
        with self._lock:
            listing, request = self._listing, self._request
            self._listing, self._request = False, None
            if self._stopped or (not listing and request is None):
                self._thread = None
                return None
            return listing, request

    def _list(self, source: Source | None) -> None:
        infos = source.points() if source is not None else None
        known: list[tuple[object, ...]] = [(info.key, info.unit, info.kind, info.en, info.fr) for info in infos or ()]
        changed, self._known = known != self._known, known
        self.listed.emit(infos, changed)

    def _answer(self, source: Source, request: Request) -> None:
        """Hand over what was found when all of it is there, or when somebody has waited long enough for some of it.

        The window draws while this thread rests: at the same time both would wait for each other at every step.
        """
        found: dict[PointKey, Strokes] = {}
        since = time.monotonic()
        try:
            for wanted in request.wanted:
                with self._lock:
                    if self._request is not None or self._stopped:
                        return
                found[wanted.key] = self._strokes(source, wanted, request)
                if time.monotonic() - since > PATIENCE_S:
                    self.arrived.emit(request.number, found)
                    found, since = {}, time.monotonic()
        finally:
            if found:
                self.arrived.emit(request.number, found)
        self.finished.emit(request.number)

    def _strokes(self, source: Source, wanted: Wanted, request: Request) -> Strokes:
        data = fetch(source, wanted, request, self._words)
        if shape_of(wanted.kind, request.counting) is not Shape.LINE:
            return Strokes(data)
        return strokes_of(data, (request.end - request.start) / request.bins)

    def _words(self, key: PointKey, value: Value) -> str:
        point = self._station.point(key)
        if point is None or isinstance(value, float):
            return formatting.value(value)
        if isinstance(value, tuple):
            return ", ".join(wording.code_words(point, item) for item in value) or wording.none_set()
        return wording.code_words(point, str(value)) if value else ""
