"""Later: what an answer says is worked out while the line's thread waits anyway, not before its next request."""

from __future__ import annotations

from collections.abc import Callable

Task = Callable[[], None]


def at_once(task: Task) -> None:
    """Where nobody waits."""
    task()


class Later:
    """One task that waits for the thread to have time; that thread alone uses it.

    The link does it in the rest before the next request, or as soon as that is on its way; whoever drives the link when
    there is no next one. So it is done before anything that comes of that request, and the order is as without.
    """

    def __init__(self) -> None:
        self._task: Task | None = None

    def put(self, task: Task) -> None:
        """Keep a task; one that is still here is done first."""
        if self._task is not None:
            self.do()
        self._task = task

    def do(self) -> None:
        """Do what is left to do."""
        if self._task is not None:
            task, self._task = self._task, None
            task()
