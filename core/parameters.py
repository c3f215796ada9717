"""What may be set on a device, as its own manual groups it; ``core.parameter_loader`` reads it from the profile.

A parameter is a point (or, where the public map has no register, a setting on the device's own screen) with what a
person must know before changing it. Ranges are in the point's inner unit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from core.points import Access, Confidence, Point, Value


class Memory(StrEnum):
    """Where the device keeps the value."""

    FLASH = "flash"  # wears: every write is counted
    VOLATILE = "volatile"  # lost at the next power-up, or after a time-out of the device
    UNKNOWN = "unknown"  # counted like flash


class Danger(StrEnum):
    """Why a change needs a reason and a second confirmation; empty when it does not."""

    NONE = ""
    GRID_CODE = "grid code"
    PROTECTION = "protection"  # limits that protect the battery, the wiring or people
    RESTART = "restart"  # the device restarts, stops or changes state at once
    REACH = "reach"  # afterwards the device may not be reachable over this link any more


@dataclass(frozen=True, slots=True)
class Words:
    """A text in both languages; empty texts say nothing."""

    en: str = ""
    fr: str = ""

    def text(self, language: str) -> str:
        """The text in ``"fr"`` or ``"en"``."""
        return (self.fr if language == "fr" else self.en) or self.en

    def __bool__(self) -> bool:
        return bool(self.en or self.fr)


NO_WORDS = Words()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of the device's own manual."""

    id: str
    title: Words


@dataclass(frozen=True, slots=True)
class WriteBlock:
    """Registers that the device takes only in one request, ``first … last``, both included.

    The block is read, the changed words are put in, ``companions`` (address -> word) are set, and the whole is written
    with ``function``. ``commit`` is the register that tells what came of it: polled until it is no longer ``busy``; 0
    is done, anything else an error of the device. ``commit`` may lie inside the block (then its word is a companion)
    or outside, where ``companions`` set it in a second write.
    """

    id: str
    first: int
    last: int
    function: int = 16
    companions: Mapping[int, int] = field(default_factory=dict[int, int])
    commit: int | None = None
    busy: tuple[int, ...] = (1,)

    @property
    def count(self) -> int:
        """How many registers it has."""
        return self.last - self.first + 1


@dataclass(frozen=True, slots=True)
class Parameter:
    """One line of a parameter panel.

    ``point`` None: no public register; ``screen`` is then the path of menus on the device's own screen. ``low`` and
    ``high`` are what may be written (inside the plausible range of the point), ``step`` the resolution of the register
    (None: whatever it resolves). ``sees`` and ``writes`` are the least roles (``core.access.ROLES``).
    """

    id: str
    section: str
    title: Words
    point: Point | None
    low: float | None = None
    high: float | None = None
    step: float | None = None
    choices: tuple[str, ...] = ()  # ids of the choices that may be written; empty: every choice of the point
    factory: Value = None
    memory: Memory = Memory.UNKNOWN
    danger: Danger = Danger.NONE
    sees: str = "viewer"
    writes: str = "installer"
    block: str = ""  # key of ``Parameters.blocks``
    command: bool = False  # an order (restart): cannot be read, so its proof is what the device does afterwards
    help: Words = NO_WORDS  # why one sets it
    touches: Words = NO_WORDS  # what else it changes: the consequence shown in the review
    screen: Words = NO_WORDS  # path of menus on the device's own screen
    source: str = ""
    confidence: Confidence = Confidence.DOCUMENTED

    @property
    def writable(self) -> bool:
        """Whether it can be written over a link at all (role, site and confirmation apart)."""
        point = self.point
        return point is not None and (point.write is not None or (bool(point.path) and point.access is not Access.READ))

    @property
    def readable(self) -> bool:
        """Whether its value can be read at all."""
        return self.point is not None and not self.command and self.point.readable

    @property
    def secret(self) -> bool:
        """Whether it is a password or the like: what is read of it is only whether it is set."""
        return self.point is not None and self.point.secret


@dataclass(frozen=True, slots=True)
class Parameters:
    """Everything that may be set on one device type.

    ``endurance``: writes that one register of flash bears; ``pause_s``: seconds between two writes to the device.
    ``remote``: what to do when the device refuses because its remote control is off.
    """

    sections: tuple[Section, ...] = ()
    entries: tuple[Parameter, ...] = ()
    blocks: Mapping[str, WriteBlock] = field(default_factory=dict[str, WriteBlock])
    endurance: int = 100_000
    pause_s: float = 0.0
    remote: Words = NO_WORDS

    def find(self, point: str) -> Parameter | None:
        """The parameter of that id."""
        return next((entry for entry in self.entries if entry.id == point), None)

    def of(self, section: str) -> Iterator[Parameter]:
        """The parameters of one section, in the order of the table."""
        return (entry for entry in self.entries if entry.section == section)

    def __bool__(self) -> bool:
        return bool(self.entries)
