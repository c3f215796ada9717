"""Coupling assistants as data: how a storage system may be coupled, what to wire, set and measure for each way.

One file of ``resources/couplings`` serves the profiles that it names: ``core.couplings.loader`` reads it,
``core.couplings.checks`` judges its checks, ``core.couplings.progress`` keeps how far somebody is. Units are those of
the points.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from core.parameters import Words
from core.points import Confidence

PARTS = ("pv_dc", "pv_ac", "battery", "backup")
"""What a configuration may have beside the grid, the house, the inverter and the grid measurement."""

SENSES = ("ct", "meter")
"""What measures the exchange with the grid: a current transformer on the inverter, or a meter on its serial line."""

PLACES = ("supply",)
"""Where it measures: the incoming supply, so that everything behind it is seen."""


NO_WORDS = Words()


class Kind(StrEnum):
    """How a check is judged."""

    HOLDS = "holds"  # conditions that must hold over the whole window
    MOVES = "moves"  # a measurement that lives: not frozen, not nought
    STEP = "step"  # a load of known power is switched on: what do the grid and the battery do?


@dataclass(frozen=True, slots=True)
class Condition:
    """What one point, or one of several (``any_of``), must show.

    Exactly one of: ``ranges`` (a number in one of them), ``states`` (the id of a choice), ``clear`` (bits of which none
    may be set) or ``all_clear`` (no bit at all). ``soft``: unmet leaves the check open instead of failing it.
    """

    points: tuple[str, ...]
    unmet: Words  # what it means when it is not so
    ranges: tuple[tuple[float, float], ...] = ()
    states: tuple[str, ...] = ()
    clear: tuple[str, ...] = ()
    all_clear: bool = False
    any_of: bool = False
    soft: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """A known load behind the grid measurement, switched on between two windows. Powers in W.

    ``grid`` holds one point a phase, import positive; ``solar`` and ``battery`` what must be known to tell the load
    from them (battery: discharge positive). ``tolerance`` is a share of the load, at least ``least_w``. ``settle_s`` is
    left out after the load was switched. ``reversed_by``: a point and the bit by which the device itself says that it
    is reversed.
    """

    grid: tuple[str, ...]
    solar: tuple[str, ...] = ()
    battery: tuple[str, ...] = ()
    load_w: float = 1000.0
    low_w: float = 500.0
    high_w: float = 9000.0
    tolerance: float = 0.3
    least_w: float = 150.0
    settle_s: float = 5.0
    reversed_by: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """One check by measurement.

    It is judged over at least ``window_s`` seconds with at least ``samples`` readings of every point, and ends open
    after ``within_s``. ``pace_s`` is how often its points are asked for meanwhile. ``given`` must hold before ``holds``
    is judged: what the technician has to bring about, as an outage. ``least_w`` belongs to MOVES: what counts as
    nought.
    """

    id: str
    kind: Kind
    title: Words
    about: Words
    provoke: tuple[Words, ...]
    remedies: tuple[Words, ...]
    given: tuple[Condition, ...] = ()
    holds: tuple[Condition, ...] = ()
    moves: tuple[str, ...] = ()
    least_w: float = 0.0
    step: Step | None = None
    window_s: float = 10.0
    samples: int = 3
    within_s: float = 90.0
    pace_s: float = 3.0
    source: str = ""
    confidence: Confidence = Confidence.DOCUMENTED

    def points(self) -> tuple[str, ...]:
        """Every point that it looks at, each once, in the order in which it is read."""
        by = self.step.reversed_by if self.step is not None else None
        return tuple(dict.fromkeys((*self.judged(), *(by[:1] if by is not None else ()))))

    def judged(self) -> tuple[str, ...]:
        """The points without which there is no verdict, each once."""
        found: dict[str, None] = {}
        for condition in (*self.given, *self.holds):
            found |= dict.fromkeys(condition.points)
        found |= dict.fromkeys(self.moves)
        if self.step is not None:
            found |= dict.fromkeys((*self.step.grid, *self.step.solar, *self.step.battery))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Reminder:
    """One thing to look at before the power is switched on. ``when``: only with that grid measurement (SENSES)."""

    id: str
    text: Words
    when: str = ""
    source: str = ""
    confidence: Confidence = Confidence.DOCUMENTED


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting that the configuration needs.

    With ``value`` it has a register and goes through the review; else ``path`` leads through the menus of the device's
    own screen to where ``choose`` is picked, and it is ticked by hand. ``reads``: a point that shows whether it is so,
    and the value that it must show.
    """

    id: str
    parameter: str
    title: Words
    why: Words
    value: str | float | None = None
    path: Words = NO_WORDS
    choose: Words = NO_WORDS
    reads: tuple[str, str] | None = None
    optional: bool = False
    when: str = ""
    source: str = ""
    confidence: Confidence = Confidence.DOCUMENTED


@dataclass(frozen=True, slots=True)
class Configuration:
    """One way of coupling."""

    id: str
    title: Words
    summary: Words
    parts: tuple[str, ...]
    place: str
    reminders: tuple[Reminder, ...]
    settings: tuple[Setting, ...]
    checks: tuple[Check, ...]

    def reminders_for(self, sense: str) -> tuple[Reminder, ...]:
        """Those that count with this grid measurement."""
        return tuple(entry for entry in self.reminders if entry.when in ("", sense))

    def settings_for(self, sense: str) -> tuple[Setting, ...]:
        """Those that count with this grid measurement."""
        return tuple(entry for entry in self.settings if entry.when in ("", sense))

    def check(self, check_id: str) -> Check | None:
        """The check of that id."""
        return next((check for check in self.checks if check.id == check_id), None)


@dataclass(frozen=True, slots=True)
class Couplings:
    """What one file knows: the configurations of one make."""

    profiles: tuple[str, ...]
    title: Words
    source: str
    configurations: tuple[Configuration, ...]

    def find(self, configuration: str) -> Configuration | None:
        """The configuration of that id."""
        return next((entry for entry in self.configurations if entry.id == configuration), None)


def couplings_for(profile_id: str, known: Iterable[Couplings]) -> Couplings | None:
    """The assistants that fit a profile (``maker/model``)."""
    return next((entry for entry in known if profile_id in entry.profiles), None)


def checks_of(configuration: Configuration, points: Collection[str]) -> tuple[Check, ...]:
    """The checks as a device with these points can do them: without phases that it has not, a step once a phase."""
    return tuple(found for check in configuration.checks for found in _fitted(check, points))


def _fitted(check: Check, points: Collection[str]) -> tuple[Check, ...]:
    check = replace(
        check,
        given=tuple(_narrowed(condition, points) for condition in check.given),
        holds=tuple(_narrowed(condition, points) for condition in check.holds),
        moves=_there(check.moves, points),
    )
    if (step := check.step) is None:
        return (check,)
    grid = _there(step.grid, points)
    narrow = replace(step, solar=_there(step.solar, points), battery=_there(step.battery, points))
    if len(grid) == 1:
        return (replace(check, step=replace(narrow, grid=grid)),)
    return tuple(
        replace(
            check,
            id=f"{check.id}@{point}",
            title=Words(f"{check.title.en} (L{phase})", f"{check.title.fr} (L{phase})"),
            step=replace(narrow, grid=(point,)),
        )
        for phase, point in enumerate(grid, 1)
    )


def _narrowed(condition: Condition, points: Collection[str]) -> Condition:
    return replace(condition, points=_there(condition.points, points))


def _there(wanted: tuple[str, ...], points: Collection[str]) -> tuple[str, ...]:
    """Those that the device has; all when it has none, so that the check says what it misses instead of passing."""
    return tuple(point for point in wanted if point in points) or wanted
