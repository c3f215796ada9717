"""How fast a stick can bear to be asked."""

from __future__ import annotations

LEAST_GAP_S = 0.1  # between requests, where nothing slower is set
TIMEOUT_S = 5.0
FIRST_REST_S, LONGEST_REST_S = 0.2, 5.0
SLOWED_S, RECOVERED_S = 0.4, 0.2
SLOW_S = 1.0  # an answer quicker than this is not called slow
TIMES_USUAL = 3.0
AWAY = 3  # answers missed in a row: the stick was away (no current, no Wi-Fi), not only overloaded


class Pace:
    """Finds the rest between requests, in seconds, from how the stick answers. It keeps no time itself.

    An answer that does not come doubles the rest; a slow one, or one that comes too late, lengthens it by a quarter;
    every good answer takes a twentieth off. So a stick that was overloaded is tried faster again over some minutes.
    One that was away goes on at twice the rest it had before: if it went because it had too much to do, the next time
    it is given more, and if not, its values do not stay old for minutes.
    """

    def __init__(self) -> None:
        self.rest_s = 0.0
        self.saturated = False
        self._answers = self._missed = 0
        self._before_s = 0.0  # the rest when the first of the missed ones was asked for
        self._usual_s = self._recent_s = 0.0

    @property
    def recent_s(self) -> float:
        """How long answers have taken of late."""
        return self._recent_s

    def gap_s(self, least_s: float) -> float:
        """The gap to keep before the next request, where ``least_s`` is the least that is wanted."""
        return max(least_s, self.rest_s)

    def answered(self, took_s: float) -> None:
        """The inverter's answer came after ``took_s``."""
        if self._missed >= AWAY:
            self.rest_s = min(self.rest_s, max(SLOWED_S, 2.0 * self._before_s))
        self._missed = 0
        self._answers += 1
        if self._answers == 1:
            self._usual_s = self._recent_s = took_s
        self._recent_s += 0.3 * (took_s - self._recent_s)
        self._usual_s = min(self._usual_s * 1.02, took_s)  # the quickest of late, which may become slower for good
        if self._recent_s > max(SLOW_S, TIMES_USUAL * self._usual_s):
            self._slower(1.25)
        else:
            self.rest_s = self.rest_s * 0.95 if self.rest_s > LEAST_GAP_S else 0.0
            if self.rest_s < RECOVERED_S:
                self.saturated = False

    def lost(self) -> None:
        """No answer came in time."""
        if not self._missed:
            self._before_s = self.rest_s
        self._missed += 1
        self._slower(2.0)

    def late(self) -> None:
        """The answer to an older request came: it is there, and has too much to do."""
        self._missed = 0
        self._slower(1.25)

    def _slower(self, times: float) -> None:
        self.rest_s = min(LONGEST_REST_S, max(FIRST_REST_S, self.rest_s * times))
        if self.rest_s >= SLOWED_S and self._answers:  # one that has never answered is silent, not overloaded
            self.saturated = True
