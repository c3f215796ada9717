"""What the operator wants to change, what will happen, and how far it is: plain snapshots."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from core.parameters import NO_WORDS, Parameter, Words
from core.points import TOLD_EMPTY, PointKey, Reading, Value


@dataclass(frozen=True, slots=True)
class Edit:
    """One value that the operator has typed. ``seen`` is the reading that he had before him.

    The value of a secret is None once its run has ended: it is not kept.
    """

    key: PointKey
    value: Value
    seen: Reading | None = None


@dataclass(frozen=True, slots=True)
class Wear:
    """Writes of one register of one device that this program has counted.

    ``left`` of ``endurance`` at most; ``years`` until it is used up at the pace of the last 30 days, None when that
    is longer than a century. Writes of other programs are not known.
    """

    writes: int = 0
    left: int | None = None
    years: float | None = None


UNWORN = Wear()


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """One line of the table before writing. ``fault`` says why it will be refused; empty when it will not.

    ``unchanged``: the device already has this value, so nothing will be written. ``asks``: reason and second
    confirmation are needed.
    """

    edit: Edit
    parameter: Parameter
    device: str  # its name, for people
    fault: str = ""
    unchanged: bool = False
    asks: bool = False
    wear: Wear = UNWORN

    @property
    def blind(self) -> bool:
        """Whether the device has never told what it holds: what is replaced is not known, and cannot be put back."""
        return not self.parameter.command and self.edit.seen is not None and told_empty(self.edit.seen)


def told_empty(reading: Reading) -> bool:
    """Whether a device says that it has this setting, and tells no value of it."""
    return reading.value is None and reading.note == TOLD_EMPTY


@dataclass(frozen=True, slots=True)
class Review:
    """Every change that was asked for, in the order in which it will be written."""

    lines: tuple[ReviewLine, ...]

    @property
    def asks(self) -> bool:
        """Whether a reason and a second confirmation are needed."""
        return any(line.asks for line in self.lines)

    @property
    def ready(self) -> bool:
        """Whether it may be written as it stands: something to do, and no fault."""
        return any(not line.unchanged for line in self.lines) and not any(line.fault for line in self.lines)


class Phase(StrEnum):
    """How far one line is."""

    WAITING = "waiting"
    READING = "reading"  # what the device holds before
    WRITING = "writing"
    CHECKING = "checking"  # commit register, read-back
    PROVEN = "proven"  # written, read back, equal
    SENT = "sent"  # an order that cannot be read back: accepted by the device
    SAME = "same"  # the device has it already; nothing was written
    REFUSED = "refused"  # nothing was written: by our rules, or because the device said no
    CHANGED = "changed"  # nothing was written: it is not any more what the operator saw
    DIFFERS = "differs"  # written, and the device holds something else
    UNSURE = "unsure"  # written or not: the device or the line fell silent
    NOT_REACHED = "not reached"  # an earlier line failed


GOOD = (Phase.PROVEN, Phase.SAME, Phase.SENT)


class Cause(StrEnum):
    """Why a line failed, where its phase leaves that open."""

    NONE = ""
    DEVICE = "device"  # it said no
    RULES = "rules"  # ours, or something that was missing: nothing was sent
    SILENCE = "silence"  # the line or the answer was lost, and the device holds what it held
    UNREADABLE = "unreadable"  # nothing could be read before, so nothing was sent
    OUTSIDE = "outside"  # what was read back lies outside of what is plausible: the scale is not the expected one


@dataclass(frozen=True, slots=True)
class RunLine:
    """One line of a run. ``before`` and ``after`` are what was read just before and just after."""

    edit: Edit
    parameter: Parameter
    device: str
    phase: Phase = Phase.WAITING
    before: Reading | None = None
    after: Reading | None = None
    sentence: str = ""  # what went wrong, in English; the window translates
    cause: Cause = Cause.NONE
    hint: Words = NO_WORDS  # what to do about it, in the words of the profile (remote control off)
    frames: tuple[int, ...] = ()

    @property
    def written(self) -> bool:
        """Whether the device holds, or may hold, something else than before because of us."""
        if self.phase not in (Phase.PROVEN, Phase.DIFFERS, Phase.UNSURE):
            return False
        if self.phase is Phase.UNSURE or self.before is None or self.after is None:
            return True
        return self.after.value != self.before.value

    @property
    def now(self) -> Reading | None:
        """What the device holds as far as is known; of an unsure line, what it was to hold."""
        if self.before is None or (self.after is not None and self.phase is not Phase.UNSURE):
            return self.after
        return replace(self.before, value=self.edit.value)


class Suspect(StrEnum):
    """Who may have moved a value back."""

    CLOUD = "cloud"  # a schedule or a setting of the maker's server
    MASTER = "master"  # another program or controller on the same line
    FIRMWARE = "firmware"  # the device itself


@dataclass(frozen=True, slots=True)
class Watch:
    """A proven value that is being re-read. Times in Unix seconds: ``until`` when, ``shown_at`` when it was last read
    as it was written, ``reverted_at`` when it was first seen moved.
    """

    run: int
    key: PointKey
    device: str
    parameter: Parameter
    wanted: Value
    since: float
    until: float
    reads: int = 0
    last: Reading | None = None
    shown_at: float | None = None
    reverted_at: float | None = None
    suspect: Suspect | None = None
    evidence: str = ""

    @property
    def moved(self) -> bool:
        """Whether the value has moved away."""
        return self.reverted_at is not None


@dataclass(frozen=True, slots=True)
class Run:
    """A run of writes. ``at`` Unix seconds; ``undoes`` is the number of the run whose values it puts back."""

    number: int
    at: float
    who: str
    role: str
    reason: str
    lines: tuple[RunLine, ...]
    done: bool = False
    undoes: int | None = None

    @property
    def ok(self) -> bool:
        """Whether everything that was asked for is proven."""
        return self.done and all(line.phase in GOOD for line in self.lines)

    @property
    def undoable(self) -> tuple[RunLine, ...]:
        """The lines whose value before is known and can be put back.

        Not those whose scale has turned out to be wrong: writing them again would miss again.
        """
        return tuple(
            line
            for line in self.lines
            if line.written
            and line.cause is not Cause.OUTSIDE
            and line.before is not None
            and line.before.value is not None
            and not line.parameter.command
            and not line.parameter.secret
        )

    @property
    def put_back(self) -> tuple[Edit, ...]:
        """What puts back the lines that can be, the newest first."""
        return tuple(
            Edit(line.edit.key, line.before.value, line.now)
            for line in reversed(self.undoable)
            if line.before is not None
        )

    def without_secrets(self) -> Run:
        """The run without the passwords that were written."""
        lines = tuple(
            replace(line, edit=replace(line.edit, value=None)) if line.parameter.secret else line for line in self.lines
        )
        return replace(self, lines=lines)
