"""What the threads of lines have in common when a line fails: how long they wait, since when it is so, how they end."""

from __future__ import annotations

import logging
import random
import threading

from core.status import LinkState, LinkStatus

log = logging.getLogger(__name__)

LONGEST_WAIT_S = 30.0
QUICK_TRIES = 20  # at first each second, since whoever has unplugged a cable plugs it in again; then ever less often
STOPS_WITHIN_S = 5.0


class BackOff:
    """The pauses between tries: ``quick_tries`` of 1 s, then 2, 4 … 30 s, with jitter. One thread."""

    def __init__(self, quick_tries: int = QUICK_TRIES) -> None:
        self.failures = 0
        self._quick_tries = quick_tries

    def next_s(self) -> float:
        """Seconds until the next try; one more has failed."""
        wait = min(LONGEST_WAIT_S, 2.0 ** max(0, self.failures - self._quick_tries)) * random.uniform(0.75, 1.0)
        self.failures = min(self.failures + 1, self._quick_tries + 5)
        return wait

    def worked(self) -> None:
        """Something was heard: the next failure begins anew."""
        self.failures = 0


def since(old: LinkStatus, state: LinkState, error: str, now: float) -> float:
    """Since when a line is so; tries between two failures do not count as a change."""
    return old.since if old.state is state or (old.error and error) else now


def join(thread: threading.Thread, line: str) -> None:
    """Wait for the end of a line's thread, but not for ever."""
    if thread.is_alive():
        thread.join(STOPS_WITHIN_S)
        if thread.is_alive():  # only a look-up of a name or a driver can hold it for so long
            log.error("line %s: its thread does not end", line)
