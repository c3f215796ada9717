"""The site's own second hand: works out the balance, adds up its energies, keeps the figures of the day."""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import replace

from core import sitepoints
from core.balance import Flows, balance
from core.config import Site
from core.energy import SITE_COUNTERS, DayBook, DayEnergies, Integrator
from core.hub import Hub
from core.points import PointKey, Quality, Reading
from core.protocols import Clock, Sink
from core.roles import role_maps
from core.storage.queries import History
from core.storage.schema import StorageError

TICK_S = 0.5
GATHER_S = 0.02  # a device's answers come one behind the other
LEAST_S = 0.23  # from one balance to the next: four a second, however many devices tell something
RECORD_EVERY_S = 1.0
DAY_EVERY_S = 5.0
STEADY_S = 10.0
FAILURES_BEFORE_A_WORD = 10
LONG_S = 50 * 365 * 86_400.0  # further ahead than a clock goes wrong

log = logging.getLogger(__name__)


class Ticker:
    """Driven by one thread: ``step()`` when ``wait()`` ends, ``close()`` at the end, all on that thread.

    It steps every half second, and soon after a device has told something that the balance may hang on.
    """

    def __init__(
        self, site: Site, hub: Hub, recorder: Sink | None, open_history: Callable[[], History | None], clock: Clock
    ) -> None:
        self.flows = Flows()
        self.day = DayEnergies()
        self._site = site
        self._hub = hub
        self._recorder = recorder
        self._open_history = open_history
        self._clock = clock
        self._maps = role_maps(site)
        self._news = threading.Event()
        self._came, self._ended = False, threading.Event()
        hub.watch({key.device for each in self._maps for keys in each.roles.values() for key in keys}, self._news)
        self._history: History | None = None
        self._integrator: Integrator | None = None
        self._days: DayBook | None = None
        self._day_due = self._record_due = 0.0
        self._failures = 0
        self._doubts: deque[tuple[float, float]] = deque()

    def wait(self) -> None:
        """Wait until it is time for the next step."""
        if self._came:
            self._ended.wait(LEAST_S)
        self._came = self._news.wait(TICK_S)
        if self._came:
            self._ended.wait(GATHER_S)
        self._news.clear()

    def end(self) -> None:
        """Let nobody wait any more; any thread."""
        self._ended.set()
        self._news.set()

    def step(self) -> None:
        """Work out the balance of now, record it, and bring the day up to date now and then."""
        now = self._clock.now()
        readings = self._hub.snapshot()
        flows = balance(self._maps, readings, now)
        flows = replace(flows, unexplained=self._steady(flows.unexplained))
        self.flows = flows
        integrator = self._integrator or self._resume(now)
        if integrator is not None:
            integrator.add(flows)
        found = sitepoints.readings(flows, integrator.totals if integrator else {})
        self._hub.put(found)
        if self._recorder is not None and self._clock.ticks() >= self._record_due:
            self._record_due = max(self._record_due, self._clock.ticks() - RECORD_EVERY_S) + RECORD_EVERY_S
            self._recorder.put(found)
        if integrator is not None and self._clock.ticks() >= self._day_due:
            self._day_due = self._clock.ticks() + DAY_EVERY_S
            self._bring_day_up_to_date(readings, integrator, now)

    def close(self) -> None:
        """Let go of the history."""
        if self._history is not None:
            self._history.close()
            self._history = None

    def value_at(self, key: PointKey, when: float) -> tuple[float, float] | None:
        """The last number recorded at or before ``when``: what the day's figures ask (see ``core.energy.Past``)."""
        if self._history is None:
            self._history = self._open_history()
        sample = self._history.at(key, when) if self._history is not None else None
        if sample is None or not isinstance(sample.value, float):
            return None
        if sample.quality not in (Quality.GOOD, Quality.STALE):  # a stale one was good at its time
            return None
        return sample.t, sample.value

    def hidden(self, key: PointKey, since: float, until: float) -> float:
        """What resets and replacements hide of a counter after ``since``, until ``until``."""
        if self._history is None:
            self._history = self._open_history()
        return self._history.hidden(key, since, until) if self._history is not None else 0.0

    def _steady(self, unexplained: float | None) -> float | None:
        """The least that stayed unexplained over the last seconds.

        Devices are read one after the other, some every five seconds: a load that comes on is in one reading before it
        is in the next, and must not flash as a fault of the balance.
        """
        now = self._clock.ticks()
        if unexplained is None:
            self._doubts.clear()
            return None
        self._doubts.append((now, unexplained))
        while now - self._doubts[0][0] > STEADY_S:
            self._doubts.popleft()
        values = [value for _, value in self._doubts]
        return 0.0 if min(values) < 0 < max(values) else min(values, key=abs)

    def _resume(self, now: float) -> Integrator | None:
        """Go on where the site's own counters stood; wait for the history rather than start them again from zero."""
        try:
            stored = {
                name: self._stood_at(PointKey(sitepoints.DEVICE, point), now) for name, point in SITE_COUNTERS.items()
            }
        except (StorageError, sqlite3.Error) as err:
            self._complain(err)
            return None
        self._failures = 0
        self._integrator = Integrator({name: total for name, total in stored.items() if total is not None})
        self._days = DayBook(self._maps, self._site.time_zone, self)
        return self._integrator

    def _stood_at(self, key: PointKey, now: float) -> float | None:
        """Where one of the site's own counters stood last. After the clock was set back that is not its latest time."""
        newest = self.value_at(key, now + LONG_S)
        if newest is None or newest[0] <= now or self._history is None:
            return newest[1] if newest else None
        whole = self._history.range(key, 0.0, newest[0] + 1, 1)  # it never turns back
        return float(whole.max[0]) if len(whole) else newest[1]

    def _bring_day_up_to_date(self, readings: dict[PointKey, Reading], integrator: Integrator, now: float) -> None:
        if self._days is None:
            return
        try:
            self.day = self._days.day(readings, integrator.totals, now)
            self._failures = 0
        except (StorageError, sqlite3.Error) as err:
            self._complain(err)

    def _complain(self, err: Exception) -> None:
        """Once per trouble, not every second; a file that the recorder is still making is no trouble yet."""
        self._failures += 1
        if self._failures == FAILURES_BEFORE_A_WORD:
            log.warning("the history does not answer, the figures of the day wait: %s", err)
        self.close()
