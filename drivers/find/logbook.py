"""What a search has found and tried so far, shared by the threads that search and the one that shows it."""

from __future__ import annotations

import threading
import time
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum

from drivers.find.identify import Identity
from drivers.modbus.link import ModbusLink


@dataclass(frozen=True, slots=True)
class Found:
    """Something that answers. ``url`` is its line as a site file writes it; ``unit`` its address there (CAN: its node).

    ``station`` is the identity of a charging station. ``note`` says in a sentence what there is to know besides;
    ``title`` is for people: what it is, or that it is not known.
    """

    url: str
    unit: int
    identity: Identity
    station: str = ""
    note: str = ""
    title: str = "unknown device"


def found(url: str, unit: int, identity: Identity, *, station: str = "", note: str = "") -> Found:
    """A Found with the title of what fits best and the identity's own note where there is no other."""
    best = identity.matches[0] if identity.matches else None
    return Found(url, unit, identity, station, note or identity.note, best.title if best else "unknown device")


class Result(StrEnum):
    """How an attempt ended."""

    ANSWERS = "answers"
    REFUSES = "refuses"  # an answer too: there is a device
    SILENT = "silent"
    GARBLED = "garbled"  # bytes that make no sense: a wrong speed, or two that speak at once
    CLOSED = "closed"  # no connection, no such port


@dataclass(frozen=True, slots=True)
class Attempt:
    """One place that was tried, with these settings. ``unit`` None: the place as a whole."""

    place: str
    settings: str
    unit: int | None
    result: Result
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a search is. ``done`` of ``total`` steps; ``left_s`` seconds, as far as one can tell; ``since`` Unix
    seconds. ``text`` says what is being tried."""

    done: int
    total: int
    text: str
    running: bool
    since: float
    left_s: float | None = None


class Stage:
    """One part of a search: so many steps, and how long a step takes, which is measured as it goes."""

    def __init__(self, steps: int, step_s: float, side_by_side: int = 1) -> None:
        self.steps, self.done = steps, 0
        self._step_s, self._wide = step_s, max(1, side_by_side)
        self._began: float | None = None
        self._lock = threading.Lock()  # many step it side by side

    def step(self, count: int = 1) -> None:
        """Another step is done."""
        with self._lock:
            self._began = self._began or time.monotonic()
            self.done = min(self.steps, self.done + count)

    def begin(self) -> None:
        """The clock of this stage runs from now."""
        self._began = time.monotonic()

    def add(self, count: int) -> None:
        """So many more steps than was known (fewer, when negative)."""
        with self._lock:
            self.steps += count

    def finish(self) -> None:
        """Nothing more will be tried."""
        self.steps = self.done

    @property
    def left_s(self) -> float:
        """Seconds that this stage still takes: by its own pace once that shows, by the expected one before."""
        left = self.steps - self.done
        if self._began is not None and self.done >= 3 * self._wide:
            return left * (time.monotonic() - self._began) / self.done
        return left * self._step_s / self._wide


class Logbook:
    """Grows while a search runs; every method may be called from any thread and returns at once."""

    def __init__(self) -> None:
        self.ended = threading.Event()
        self._lock = threading.Lock()
        self._found: list[Found] = []
        self._tried: list[Attempt] = []
        self._problems: list[str] = []
        self._links: list[ModbusLink] = []
        self._stages: list[Stage] = []
        self._text = ""

    def add(self, entry: Found) -> None:
        """Keep something that answers, once."""
        with self._lock:
            if entry not in self._found:
                self._found.append(entry)

    def settle(self, url: str, entries: Sequence[Found]) -> None:
        """Keep what answers on one line, as far as it is known now, in the place of what was known before."""
        with self._lock:
            at = next((row for row, entry in enumerate(self._found) if entry.url == url), len(self._found))
            others = [entry for entry in self._found if entry.url != url]
            self._found = [*others[:at], *entries, *others[at:]]

    def note(self, attempt: Attempt) -> None:
        """Keep what was tried."""
        with self._lock:
            self._tried.append(attempt)

    def problem(self, sentence: str) -> None:
        """Keep why a part of the search could not be done."""
        with self._lock:
            if sentence not in self._problems:
                self._problems.append(sentence)

    def stage(self, steps: int, step_s: float) -> Stage:
        """A new part of the search, which nobody could foresee."""
        stage = Stage(steps, step_s)
        with self._lock:
            self._stages.append(stage)
        return stage

    def stages(self) -> tuple[Stage, ...]:
        """The parts that have turned up."""
        with self._lock:
            return tuple(self._stages)

    def say(self, text: str) -> None:
        """What is being tried now."""
        self._text = text

    def found(self) -> tuple[Found, ...]:
        """Everything that has answered so far."""
        with self._lock:
            return tuple(self._found)

    def tried(self) -> tuple[Attempt, ...]:
        """Everything tried so far."""
        with self._lock:
            return tuple(self._tried)

    def problems(self) -> tuple[str, ...]:
        """What could not be searched, and why."""
        with self._lock:
            return tuple(self._problems)

    @property
    def text(self) -> str:
        """What is being tried now."""
        return self._text

    @contextmanager
    def using(self, link: ModbusLink) -> Generator[ModbusLink]:
        """Hold a link for a while: it is closed at the end of the block, and cut short when the search is ended."""
        with self._lock:
            self._links.append(link)
        if self.ended.is_set():
            link.cancel()
        try:
            yield link
        finally:
            link.close()
            with self._lock:
                self._links.remove(link)

    def end(self) -> None:
        """Cut every exchange short, and let no new one begin."""
        self.ended.set()
        with self._lock:
            links: Sequence[ModbusLink] = list(self._links)
        for link in links:
            link.cancel()
