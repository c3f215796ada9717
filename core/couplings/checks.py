"""Judges the checks of a coupling by readings of a stretch of time; pure functions.

A check passes only on good readings, enough of them, spread over its window. Whatever is stale, bad, unknown or missing
leaves it open, and so does everything that could be explained in two ways.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from core.couplings.guide import Check, Condition, Kind, Step
from core.points import Quality, Reading, Value

Samples = Mapping[str, Sequence[Reading]]
"""Readings by the id of their point, in any order."""

SPREAD = 0.5  # share of the window that the readings of a point must span
MOST_EVIDENCE = 200
ROUNDING_S = 0.01


class Verdict(StrEnum):
    """What a check says."""

    PASS = "pass"
    FAIL = "fail"
    OPEN = "inconclusive"


class Reason(StrEnum):
    """Why it says so; the window puts it into words, with the figures."""

    HELD = "held"  # every condition held over the whole window
    UNMET = "unmet"  # a condition did not hold at any time of the window
    UNSTEADY = "unsteady"  # a condition held at times only
    TOO_FEW = "too few"  # not enough readings, or too close together
    UNTRUSTED = "untrusted"  # readings that are stale, bad or unknown
    NOT_PROVOKED = "not provoked"  # what the technician has to bring about has not happened
    STOPPED = "stopped"  # by the operator, before there was an answer
    LIVES = "lives"  # the measurement follows the load
    NOUGHT = "nought"  # the measurement reads exactly nought, whatever happens
    STILL = "still"  # it hardly moves, or always reads the same
    RIGHT = "right"  # the grid measurement rises by the load
    REVERSED = "reversed"  # it falls by it
    NO_STEP = "no step"  # it does not follow the load
    MISMATCH = "mismatch"  # it moves by something else than the load
    COVERED = "covered"  # the battery has supplied the load
    SOLAR_MOVED = "solar moved"  # the sun changed meanwhile
    RESTLESS = "restless"  # other loads were switched meanwhile
    WARNED = "warned"  # the figures are right, and the device itself says that it is reversed


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of time, Unix seconds, both ends included."""

    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure. ``name`` is the id of a point, or load, before, after, change, battery, solar."""

    name: str
    value: Value
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Sample:
    """A reading that was looked at, as it is kept. ``at`` is Unix seconds."""

    point: str
    value: Value
    unit: str
    at: float
    quality: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A verdict with what led to it. ``unmet``: which of the check's conditions did not hold, by their number."""

    verdict: Verdict
    reason: Reason
    figures: tuple[Figure, ...] = ()
    unmet: tuple[int, ...] = ()
    evidence: tuple[Sample, ...] = ()


def judge(check: Check, samples: Samples, window: Window) -> Finding:
    """Judge a check of the kind HOLDS or MOVES; one that needs a load is only ever open here."""
    evidence = _evidence(check.points(), samples, (window,))
    if check.kind is Kind.STEP:
        return Finding(Verdict.OPEN, Reason.NOT_PROVOKED, evidence=evidence)
    looked = {point: _look(samples.get(point, ()), window, check) for point in check.points()}
    if check.kind is Kind.MOVES:
        return _moves(check, looked, evidence)
    figures = _figures(check.points(), looked)
    if (missing := _not_given([_state(condition, looked) for condition in check.given])) is not None:
        return Finding(Verdict.OPEN, missing, figures, (), evidence)
    verdict, reason, unmet = _held(check, [_state(condition, looked) for condition in check.holds])
    return Finding(verdict, reason, figures, unmet, evidence)


def judge_step(check: Check, samples: Samples, before: Window, after: Window, load_w: float) -> Finding:
    """Judge a check of the kind STEP: the load was off in ``before`` and on in ``after``; ``load_w`` is its power.

    Whatever the load draws comes from the grid, the battery or the sun. What the other two do not explain must show at
    the grid measurement: as a rise when it is right, as a fall when it is reversed. Both must lie well apart to count.
    """
    evidence = _evidence(check.points(), samples, (before, after))
    step = check.step
    if step is None or not step.low_w <= load_w <= step.high_w or before.end >= after.start:
        return Finding(Verdict.OPEN, Reason.NOT_PROVOKED, evidence=evidence)
    sums: dict[str, tuple[_Sum, _Sum]] = {}
    for name, points in (("grid", step.grid), ("battery", step.battery), ("solar", step.solar)):
        first, second = (_sum([_look(samples.get(point, ()), window, check) for point in points])
                         for window in (before, after))  # fmt: skip
        if lacking := first.lacking or second.lacking:
            return Finding(Verdict.OPEN, lacking, evidence=evidence)
        sums[name] = first, second
    moved = {name: second.mean - first.mean for name, (first, second) in sums.items()}
    shown = {"load": load_w, "before": sums["grid"][0].mean, "after": sums["grid"][1].mean, "change": moved["grid"]}
    shown |= {name: moved[name] for name, points in (("battery", step.battery), ("solar", step.solar)) if points}
    figures = tuple(Figure(name, value, "W") for name, value in shown.items())
    reason = _step_reason(step, sums, moved, load_w)
    if reason is Reason.RIGHT and _says_reversed(step, samples, after):
        reason = Reason.WARNED
    verdict = {Reason.RIGHT: Verdict.PASS, Reason.REVERSED: Verdict.FAIL}.get(reason, Verdict.OPEN)
    return Finding(verdict, reason, figures, (), evidence)


def ready(check: Check, samples: Samples, window: Window) -> bool:
    """Whether the window is long enough and holds enough readings of every point, good or not."""
    return window.end - window.start >= check.window_s - ROUNDING_S and not any(
        _look(samples.get(point, ()), window, check).lacking is Reason.TOO_FEW for point in check.judged()
    )


def holding(conditions: Iterable[Condition], newest: Mapping[str, Reading]) -> bool:
    """Whether all of them hold by the newest readings, every one of which must be good."""
    return all(
        (any if condition.any_of else all)(
            (reading := newest.get(point)) is not None and _good(reading) and _fits(condition, reading.value)
            for point in condition.points
        )
        for condition in conditions
    )


# -- readings of one point -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Looked:
    """The good readings of a point inside a window, oldest first; or why they cannot be used."""

    readings: tuple[Reading, ...]
    lacking: Reason | None


@dataclass(frozen=True, slots=True)
class _Sum:
    mean: float = 0.0
    spread: float = 0.0
    lacking: Reason | None = None


def _good(reading: Reading) -> bool:
    """Whether a value may be used: good, there, and no infinity."""
    if reading.quality is not Quality.GOOD or reading.value is None:
        return False
    return not isinstance(reading.value, (int, float)) or math.isfinite(reading.value)


def _look(readings: Sequence[Reading], window: Window, check: Check) -> _Looked:
    inside = {reading.at: reading for reading in readings if window.start <= reading.at <= window.end}
    found = tuple(inside[at] for at in sorted(inside))
    if any(not _good(reading) for reading in readings if window.start <= reading.at <= window.end):
        return _Looked(found, Reason.UNTRUSTED)
    if len(found) < check.samples or found[-1].at - found[0].at < SPREAD * check.window_s:
        return _Looked(found, Reason.TOO_FEW)
    return _Looked(found, None)


def _sum(parts: Sequence[_Looked]) -> _Sum:
    """Mean and spread of points that belong together."""
    if lacking := next((part.lacking for part in parts if part.lacking is not None), None):
        return _Sum(lacking=lacking)
    values = [[reading.value for reading in part.readings if isinstance(reading.value, (int, float))] for part in parts]
    if any(len(numbers) != len(part.readings) for numbers, part in zip(values, parts, strict=True)):
        return _Sum(lacking=Reason.UNTRUSTED)
    return _Sum(
        sum(math.fsum(numbers) / len(numbers) for numbers in values),
        sum(max(numbers) - min(numbers) for numbers in values),
    )


# -- conditions ------------------------------------------------------------------------------------------------


def _fits(condition: Condition, value: Value) -> bool:
    if condition.ranges:
        number = value if isinstance(value, (int, float)) else math.nan
        return any(low <= number <= high for low, high in condition.ranges)
    if condition.states:
        return value in condition.states
    bits = set(value) if isinstance(value, tuple) else {str(value)}
    return not (bits if condition.all_clear else bits & set(condition.clear))


def _state(condition: Condition, looked: Mapping[str, _Looked]) -> Reason:
    """HELD, UNMET, UNSTEADY, or what is lacking."""
    states = [_point_state(condition, looked[point]) for point in condition.points]
    if condition.any_of:
        if Reason.HELD in states:
            return Reason.HELD
        for reason in (Reason.UNTRUSTED, Reason.TOO_FEW, Reason.UNSTEADY):
            if reason in states:
                return reason
        return Reason.UNMET
    for reason in (Reason.UNMET, Reason.UNTRUSTED, Reason.TOO_FEW, Reason.UNSTEADY):
        if reason in states:
            return reason
    return Reason.HELD


def _point_state(condition: Condition, looked: _Looked) -> Reason:
    if looked.lacking is not None:
        return looked.lacking
    fits = [_fits(condition, reading.value) for reading in looked.readings]
    return Reason.HELD if all(fits) else Reason.UNSTEADY if any(fits) else Reason.UNMET


def _lacking(states: Iterable[Reason]) -> Reason | None:
    found = set(states)
    return next((reason for reason in (Reason.UNTRUSTED, Reason.TOO_FEW) if reason in found), None)


def _not_given(states: Sequence[Reason]) -> Reason | None:
    """Why what is to be brought about first cannot be taken as given; None when it can."""
    if lacking := _lacking(states):
        return lacking
    return Reason.NOT_PROVOKED if any(state is not Reason.HELD for state in states) else None


def _held(check: Check, states: Sequence[Reason]) -> tuple[Verdict, Reason, tuple[int, ...]]:
    unmet = tuple(row for row, state in enumerate(states) if state is Reason.UNMET)
    if any(not check.holds[row].soft for row in unmet):
        return Verdict.FAIL, Reason.UNMET, unmet
    worst = (Reason.UNTRUSTED, Reason.TOO_FEW, Reason.UNMET, Reason.UNSTEADY)
    reason = next((reason for reason in worst if reason in states), Reason.HELD if states else Reason.TOO_FEW)
    return Verdict.PASS if reason is Reason.HELD else Verdict.OPEN, reason, unmet


# -- a measurement that lives ----------------------------------------------------------------------------------


def _moves(check: Check, looked: Mapping[str, _Looked], evidence: tuple[Sample, ...]) -> Finding:
    figures = _figures(check.moves, looked)
    if lacking := _lacking(found.lacking for found in looked.values() if found.lacking is not None):
        return Finding(Verdict.OPEN, lacking, figures, (), evidence)
    values = [[reading.value for reading in found.readings] for found in looked.values()]
    if not values or any(not isinstance(value, (int, float)) for numbers in values for value in numbers):
        return Finding(Verdict.OPEN, Reason.UNTRUSTED, figures, (), evidence)
    numbers = [[float(value) for value in row if isinstance(value, (int, float))] for row in values]
    if all(value == 0.0 for row in numbers for value in row):
        return Finding(Verdict.FAIL, Reason.NOUGHT, figures, (), evidence)
    if any(max(row) == min(row) or max(map(abs, row)) < check.least_w for row in numbers):
        return Finding(Verdict.OPEN, Reason.STILL, figures, (), evidence)
    return Finding(Verdict.PASS, Reason.LIVES, figures, (), evidence)


# -- a load of known power -------------------------------------------------------------------------------------


def _step_reason(
    step: Step, sums: Mapping[str, tuple[_Sum, _Sum]], moved: Mapping[str, float], load_w: float
) -> Reason:
    allowed = max(step.least_w, step.tolerance * load_w)
    if max(abs(moved["solar"]) * 2, *(part.spread for part in sums["solar"])) > allowed:
        return Reason.SOLAR_MOVED
    if max(part.spread for name in ("grid", "battery") for part in sums[name]) > allowed:
        return Reason.RESTLESS
    expected = load_w - moved["battery"] - moved["solar"]  # what is left for the grid
    if expected < 2 * allowed:
        return Reason.COVERED
    if abs(moved["grid"] - expected) <= allowed:
        return Reason.RIGHT
    if abs(moved["grid"] + expected) <= allowed:
        return Reason.REVERSED
    return Reason.NO_STEP if abs(moved["grid"]) <= allowed / 2 else Reason.MISMATCH


def _says_reversed(step: Step, samples: Samples, after: Window) -> bool:
    """Whether the device itself reports it in a good reading; not knowing is no objection."""
    if step.reversed_by is None:
        return False
    point, bit = step.reversed_by
    return any(
        isinstance(reading.value, tuple) and bit in reading.value
        for reading in samples.get(point, ())
        if after.start <= reading.at <= after.end and _good(reading)
    )


# -- what is kept ----------------------------------------------------------------------------------------------


def _figures(points: Iterable[str], looked: Mapping[str, _Looked]) -> tuple[Figure, ...]:
    """The mean of numbers, the newest of everything else."""
    found: list[Figure] = []
    for point in points:
        readings = [reading for reading in looked[point].readings if _good(reading)]
        numbers = [reading.value for reading in readings if isinstance(reading.value, (int, float))]
        if numbers:
            found.append(Figure(point, math.fsum(numbers) / len(numbers), readings[-1].unit))
        elif readings:
            found.append(Figure(point, readings[-1].value))
    return tuple(found)


def _evidence(points: Iterable[str], samples: Samples, windows: Sequence[Window]) -> tuple[Sample, ...]:
    inside: Callable[[float], bool] = lambda at: any(window.start <= at <= window.end for window in windows)  # noqa: E731
    found = [
        Sample(point, _writable(reading.value), reading.unit, reading.at, str(reading.quality))
        for point in points
        for reading in samples.get(point, ())
        if inside(reading.at)
    ]
    return tuple(sorted(found, key=lambda sample: sample.at)[-MOST_EVIDENCE:])


def _writable(value: Value) -> Value:
    """Without what no file format can hold."""
    return None if isinstance(value, float) and not math.isfinite(value) else value
