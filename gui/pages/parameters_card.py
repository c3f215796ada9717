"""Review, run, undo: the grey card below the parameters, and the way from one to the next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from core.errors import WattelierError
from core.writing.review import Edit, Review, Run
from gui.pages.parameters_review import ReviewView
from gui.pages.parameters_run import RunView

if TYPE_CHECKING:
    from core.facade import Station

POLL_MS = 100
LEAST_ROOM = 44  # of the lines: one of them


class WriteCard(QFrame):
    """Hidden until ``review`` or ``undo``.

    ``moved(Run)`` at the beginning of a run and each time that it is further on, ``ended(Run)``; ``closed()`` when the
    card is put away; ``cure_asked(Cure)``.
    """

    moved = Signal(object)
    ended = Signal(object)
    closed = Signal()
    cure_asked = Signal(object)

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("confirm")
        self._station = station
        self._number: int | None = None
        self._person = station.access.person
        self._room = LEAST_ROOM
        self.review_view, self.run_view = ReviewView(station), RunView()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.review_view)
        self._stack.addWidget(self.run_view)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.addWidget(self._stack)
        self._timer = QTimer(self)
        self._timer.setInterval(POLL_MS)
        self._timer.timeout.connect(self.poll)
        self.review_view.write_asked.connect(self._write)
        self.review_view.back_asked.connect(self.put_away)
        self.review_view.cure_asked.connect(self.cure_asked)
        self.run_view.stop_asked.connect(self._stop)
        self.run_view.undo_asked.connect(self._undo_shown)
        self.run_view.closed.connect(self.put_away)
        self.hide()

    @property
    def running(self) -> bool:
        """Whether a run is under way."""
        return self._number is not None

    @property
    def reviewing(self) -> bool:
        """Whether new values are being reviewed."""
        return not self.isHidden() and self._stack.currentIndex() == 0 and self.review_view.undoes is None

    @property
    def stale(self) -> bool:
        """Whether the review was made for somebody else than who is signed in now."""
        return not self.isHidden() and self._stack.currentIndex() == 0 and self._station.access.person != self._person

    def review(self, edits: Sequence[Edit]) -> str:
        """Show what writing these values would do; return why it cannot be looked at, empty when it can."""
        return self._begin(edits, None)

    def refresh(self, edits: Sequence[Edit]) -> None:
        """The values under review have changed, or who is signed in; what is to be put back stays the same."""
        if self.isHidden() or self._stack.currentIndex() != 0:
            return
        undoing = self.review_view.undoes is not None
        wanted = [line.edit for line in self.review_view.review.lines] if undoing else edits
        self._person = self._station.access.person
        try:
            self.review_view.show_review(self._station.review(wanted))
        except WattelierError:
            self.put_away()
            return
        self.fit(self._room)

    def undo(self, run: Run, at_once: bool = False) -> str:
        """Show what putting back a run would do; ``at_once`` begins when nothing has to be confirmed."""
        refused = self._begin(run.put_back, run.number)
        if at_once and not refused and self.review_view.review.ready and not self.review_view.review.asks:
            self._write("", False)
        return refused

    def put_away(self) -> None:
        """Hide it; a run that is under way goes on and stays shown."""
        if not self.running:
            self.hide()
            self.closed.emit()

    def poll(self) -> None:
        """Show the run as it is now."""
        run = next((run for run in self._station.runs() if run.number == self._number), None)
        if run is None:
            self._end()
            return
        if run != self.run_view.run:
            self.run_view.show_run(run)
            self.fit(self._room)
            self.moved.emit(run)
        if run.done:
            self._end()
            self.ended.emit(run)
            self.run_view.close_button.setFocus()

    def fit(self, room: int) -> None:
        """Let the lines have as much height as they need, and at most ``room``."""
        self._room = room
        view = self.review_view if self._stack.currentIndex() == 0 else self.run_view
        view.area.setFixedHeight(max(LEAST_ROOM, min(room, view.lines_height())))
        for page in (self.review_view, self.run_view):  # the one that is not seen takes no room from the table
            shown = page is view
            policy = QSizePolicy.Policy.Preferred if shown else QSizePolicy.Policy.Ignored
            page.setSizePolicy(QSizePolicy.Policy.Preferred, policy)
        self._stack.adjustSize()
        self.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit(self._room)  # sentences wrap anew

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self.running:
            self.put_away()
            return
        super().keyPressEvent(event)

    def stop(self) -> None:
        """Look no more; what has been begun goes on without this card."""
        self._timer.stop()

    def _begin(self, edits: Sequence[Edit], undoes: int | None) -> str:
        if self.running:
            return self.tr("A run is under way: wait for its end, or stop it.")
        try:
            review = self._station.review(edits)
        except WattelierError as refused:
            return str(refused)
        self._show(review, undoes)
        return ""

    def _show(self, review: Review, undoes: int | None) -> None:
        self._stack.setCurrentIndex(0)
        self._person = self._station.access.person
        self.review_view.begin(review, undoes)
        self.show()
        self.fit(self._room)
        first = self.review_view.reason if review.asks else self.review_view.back
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _write(self, reason: str, confirmed: bool) -> None:
        view = self.review_view
        edits = [line.edit for line in view.review.lines]
        try:
            if view.undoes is not None:
                run = self._station.undo(view.undoes, reason=reason, confirmed=confirmed)
            else:
                run = self._station.write(edits, reason=reason, confirmed=confirmed)
        except WattelierError as refused:
            view.refuse(str(refused))
            return
        self._number = run.number
        self._stack.setCurrentIndex(1)
        self.run_view.show_run(run)
        self.fit(self._room)
        self.run_view.stop.setFocus()
        self.moved.emit(run)
        self._timer.start()

    def _stop(self) -> None:
        if self._number is not None:
            self._station.stop_run(self._number)

    def _end(self) -> None:
        self._timer.stop()
        self._number = None

    def _undo_shown(self) -> None:
        run = self.run_view.run
        if run is not None:
            self.undo(run, at_once=not run.ok)
