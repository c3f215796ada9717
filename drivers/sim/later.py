"""What is still to happen to a simulated device: soon, said by any thread, or after some time."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from time import monotonic

Ticks = Callable[[], float]
"""Monotonic seconds."""


class Later:
    """Things to do, kept until ``settle``; ``ticks`` is the clock that tells when their time has come."""

    def __init__(self, ticks: Ticks = monotonic) -> None:
        self.ticks = ticks
        self._soon: deque[Callable[[], None]] = deque()
        self._due: list[tuple[float, Callable[[], None]]] = []

    def soon(self, action: Callable[[], None]) -> None:
        """Do it at the next ``settle``; any thread may ask for that."""
        self._soon.append(action)

    def after(self, seconds: float, action: Callable[[], None]) -> None:
        """Do it at the first ``settle`` that is so many seconds from now or later; for the thread that settles."""
        self._due.append((self.ticks() + seconds, action))

    def settle(self) -> None:
        """Do everything whose time has come, the earliest first; one thread calls it, again and again."""
        while self._soon:
            self._soon.popleft()()
        now = self.ticks()
        due = sorted((entry for entry in self._due if entry[0] <= now), key=lambda entry: entry[0])
        if due:
            self._due = [entry for entry in self._due if entry[0] > now]
        for _, action in due:
            action()
