"""What a counter did between two readings: counted on, rolled over, restarted, was replaced; pure functions.

The true increase from one moment to another is ``last - first`` plus the corrections of the steps between them. A
correction is what a step hides: after a restart the value before it, after a rollover the whole range, after a
replacement the (meaningless) difference of the two devices. A single wild reading therefore cancels itself out: it
makes two replacements whose corrections are opposite.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from core.points import Kind, Point

ENERGY = {"Wh", "varh", "VAh"}
FASTEST = 10e6 / 3600  # Wh a second that no supervised site reaches (10 MW)
SLACK = 10_000.0  # Wh a device may hold back and then show at once
_RANGE = {"u16": 2**16, "u32": 2**32, "u64": 2**64}


class StepKind(StrEnum):
    """Why a counter did not simply count on."""

    RESET = "reset"
    ROLLOVER = "rollover"
    REPLACEMENT = "replacement"
    EXPECTED = "expected"  # a daily, monthly or yearly counter began anew: no event


@dataclass(frozen=True, slots=True)
class Step:
    """A drop or jump of a counter, seen at ``at`` (Unix s); values and correction in the point's unit."""

    at: float
    kind: StepKind
    before: float
    after: float
    correction: float


@dataclass(frozen=True, slots=True)
class Counter:
    """What is known of a counting point; ``span`` is the full range of its register in its unit, None for floats."""

    unit: str = ""
    span: float | None = None
    resets: bool = False
    falls: bool = False  # counts downwards (a negative scale)

    @classmethod
    def of(cls, point: Point | None, factor: float | None = None) -> Counter | None:
        """Return the counter a point is, or None; ``factor`` is the scale that was really used."""
        if point is None or point.kind is not Kind.COUNTER:
            return None
        scale = factor if factor else point.scales[0] if point.scales else 1.0
        width = _RANGE.get(point.type)
        return cls(point.unit, width * abs(scale) if width else None, bool(point.resets), scale < 0)

    def step(self, before: float, after: float, seconds: float, at: float, replaced: bool = False) -> Step | None:
        """Return what happened from one reading to the next, or None when it counted on.

        ``seconds`` lie between the two readings, less than none when the clock was set back in between (nobody knows
        for how long it was); ``replaced`` tells that the device's serial number has changed.
        """
        sign = -1.0 if self.falls else 1.0
        old, new = before * sign, after * sign
        reach = SLACK + FASTEST * abs(seconds) if self.unit in ENERGY else None
        kind = self._kind(old, new, reach, replaced)
        if kind is None:
            return None
        correction = {
            StepKind.RESET: old,
            StepKind.EXPECTED: old,
            StepKind.ROLLOVER: self.span or 0.0,
            StepKind.REPLACEMENT: old - new,
        }[kind]
        return Step(at, kind, before, after, correction * sign)

    def _kind(self, old: float, new: float, reach: float | None, replaced: bool) -> StepKind | None:
        if replaced:
            return StepKind.REPLACEMENT
        if new >= old:
            return StepKind.REPLACEMENT if reach is not None and new - old > reach else None
        drop = old - new
        if self.span and drop > 0.9 * self.span and old <= self.span:
            return StepKind.ROLLOVER
        if drop <= 1e-4 * abs(old):  # rounding of a device that adds up floats; it catches up by itself
            return None
        if self.resets:
            return StepKind.EXPECTED
        return StepKind.RESET if reach is None or new <= reach else StepKind.REPLACEMENT
