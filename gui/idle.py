"""Notices that nobody has touched keyboard, mouse or screen for a while; lives on the GUI thread."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication

from core.protocols import Clock, SystemClock

WARN_S = 30
LOOK_MS = 1000
TOUCHES = frozenset(
    (
        QEvent.Type.KeyPress,
        QEvent.Type.MouseMove,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonRelease,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TabletPress,
        QEvent.Type.TabletMove,
    )
)


class Idle(QObject):
    """``warned(int)``: whole seconds left, once a second for the last half minute, 0 when it is over; ``elapsed()``.

    Looks at the windows of the program, not at every event of every widget. Both clocks count: a computer that has
    slept for an hour has been left alone for an hour.
    """

    warned = Signal(int)
    elapsed = Signal()

    def __init__(self, clock: Clock | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock or SystemClock()
        self._limit_s = 0.0  # 0: not watching
        self._touched = (0.0, 0.0)
        self._left = 0
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)

    @property
    def watching(self) -> bool:
        """Whether it counts."""
        return self._limit_s > 0

    def watch(self, limit_s: float) -> None:
        """Count from now on; what has been counted is forgotten."""
        self._limit_s = limit_s
        self._touched = (self._clock.now(), self._clock.ticks())
        self._timer.start()
        self.look()

    def stop(self) -> None:
        """Count no more."""
        self._limit_s = 0.0
        self._timer.stop()
        self._warn(0)

    @Slot()
    def look(self) -> None:
        """See how long it has been; windows that have come meanwhile are looked at as well."""
        if not self.watching:
            return
        for window in QGuiApplication.topLevelWindows():
            window.installEventFilter(self)  # again and again is the same as once
        left = self._limit_s - self._idle_s()
        if left <= 0:
            self.stop()
            self.elapsed.emit()
        else:
            self._warn(math.ceil(left) if left <= WARN_S else 0)

    def touch(self) -> None:
        """Somebody is there; but not before his time was up."""
        if self._idle_s() < self._limit_s:
            self._touched = (self._clock.now(), self._clock.ticks())
            self._warn(0)
        else:
            self.look()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in TOUCHES and self.watching:
            self.touch()
        return super().eventFilter(watched, event)

    def _idle_s(self) -> float:
        now, ticks = self._touched
        return max(self._clock.now() - now, self._clock.ticks() - ticks)

    def _warn(self, left: int) -> None:
        if left != self._left:
            self._left = left
            self.warned.emit(left)
