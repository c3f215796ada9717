"""Point, PointKey, Reading, Provenance: the words everything else speaks.

Inner units: W, Wh, var, varh, VA, VAh, V, A, Hz, °C, %, s, Ah, Ω, ° (a device's own unit is turned into these by
its profile's ``scale``). Sign: power that flows towards the house is positive (import, production, discharge).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from core.immutable import immutable

Value = float | str | tuple[str, ...] | None
"""A number in the point's inner unit, the id of a choice or a text, the ids of the bits that are set, or nothing."""


class Kind(StrEnum):
    """What sort of quantity a point is; decides how it is stored, drawn and summed."""

    GAUGE = "gauge"
    COUNTER = "counter"
    STATE = "state"
    BITS = "bits"
    TEXT = "text"
    TIME = "time"
    AREA = "area"  # a documented range of registers whose layout is not published: shown, never read


class Quality(StrEnum):
    """How far a value may be trusted."""

    __hash__ = str.__hash__  # that of Enum is written in Python, and these are keys at each reading

    GOOD = "good"
    STALE = "stale"  # was good; the device has been silent for too long since
    BAD = "bad"  # the device refused, or its answer is implausible; the value is None
    UNKNOWN = "unknown"  # never read, "not available" by the device's own word, or a scale not yet confirmed


NOT_AVAILABLE = "not available"
"""Note of a reading whose device declares that it has no such value."""
TOLD_EMPTY = "told without a value"
"""Note of a reading whose device has such a setting, and tells no value of it."""
REFUSED = "the device refuses this register"
"""Note of a reading whose register the device does not have."""


class Access(StrEnum):
    """What the map allows; a write also needs the command path, whatever stands here."""

    READ = "r"
    READ_WRITE = "rw"
    WRITE = "w"


class Confidence(StrEnum):
    """Where a register's meaning comes from."""

    DOCUMENTED = "documented"
    INFERRED = "inferred"  # never writable until a technician has confirmed it on site


class PointKey(NamedTuple):
    """One value of one device of the site.

    A tuple, since it is the key of every table of readings: its hash and its comparison are not written in Python.
    """

    device: str
    point: str

    def __str__(self) -> str:
        return f"{self.device}/{self.point}"

    @classmethod
    def parse(cls, text: str) -> PointKey:
        """Turn ``"inverter/battery_power"`` back; raise ValueError without the slash."""
        device, slash, point = text.partition("/")
        if not (slash and device and point):
            raise ValueError(f"{text!r} is not DEVICE/POINT")
        return cls(device, point)


@dataclass(frozen=True, slots=True)
class Choice:
    """One code of an enumeration, or one bit of a bit field, with its words in both languages."""

    code: int
    id: str
    en: str
    fr: str
    advice_en: str = ""
    advice_fr: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """One line of ``points.csv``: where a value lies in the device and what it means.

    ``at`` holds one wire address per word (0-based), since some devices scatter the words of one number.
    ``scales`` lists the candidate factors from the raw integer or float to ``unit``; the first that lands inside
    ``low … high`` is taken, so that firmware variants settle themselves. ``low`` and ``high`` are in ``unit``.
    """

    id: str
    at: tuple[int, ...]
    function: int | None
    type: str
    unit: str = ""
    scales: tuple[float, ...] = (1.0,)
    offset: float = 0.0
    order: str = "ABCD"
    low: float | None = None
    high: float | None = None
    group: str = ""
    access: Access = Access.READ
    kind: Kind = Kind.GAUGE
    resets: str = ""  # a counter that starts anew each "day", "month" or "year"
    write: int | None = None
    choices: tuple[Choice, ...] = ()
    absent: tuple[int, ...] = ()  # raw patterns that mean "not available"
    scale_by: str = ""  # id of a scale rule of the profile, or "10^POINT" for a SunSpec scale factor
    fix: tuple[str, ...] = ()  # named corrections, see decode.FIXES
    confidence: Confidence = Confidence.DOCUMENTED
    en: str = ""
    fr: str = ""
    source: str = ""
    note: str = ""
    when: tuple[str, str] | None = None  # (option, value): the line counts only with that option of the device
    model: str = ""  # SunSpec: ``at`` counts from the start of this model until the chain has been walked
    line: int = 0  # of points.csv
    path: str = ""  # where it lies in a protocol without registers: ``EVSE_Status.AppliedLimit``; ``at`` is empty then
    secret: bool = False  # shown as set or not set; its text never leaves the driver
    printed: str = field(default="", compare=False)  # its address as the map prints it: ``3044``, ``0x1044``
    choice_of: dict[int, Choice] = field(init=False, repr=False, compare=False, hash=False)
    turn: int = field(init=False, repr=False, compare=False, hash=False)
    """When it is decoded among its neighbours: what settles the word order, what others hang on, the others."""
    alone: bool = field(init=False, repr=False, compare=False, hash=False)
    """Whether its value hangs on its own registers and on nothing else."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "choice_of", {choice.code: choice for choice in self.choices})
        settles = "|" in self.order and self.unit == "V"
        object.__setattr__(self, "turn", 0 if settles else 2 if self.scale_by or self.fix else 1)
        object.__setattr__(self, "alone", not (self.scale_by or self.fix or "|" in self.order))

    @property
    def address(self) -> int:
        """Wire address of the first word (as printed in the map); 0 for a point that has a path instead."""
        return self.at[0] if self.at else 0

    @property
    def count(self) -> int:
        """How many registers hold it."""
        return len(self.at)

    @property
    def readable(self) -> bool:
        """Whether acquisition may ask for it."""
        placed = self.function is not None or bool(self.path)
        return placed and self.access is not Access.WRITE and self.kind is not Kind.AREA

    def title(self, language: str) -> str:
        """The name of the point in ``"fr"`` or ``"en"``."""
        return (self.fr if language == "fr" else self.en) or self.en or self.id


@immutable
class Provenance:
    """Where a value comes from, down to its bytes.

    ``frame`` is the number of the exchange in the link's frame ring (see ``core.frames``); ``words`` are this
    point's own registers, unchanged. ``factor`` is the scale that was really used, with every ratio in it. Protocols
    without registers give ``path`` (message and signal, or message and measurand) and ``raw``, what stood there, as
    text: the integer of a CAN signal, the sampled value of a charging station.
    """

    link: str
    unit: int
    function: int
    address: int
    words: tuple[int, ...]
    frame: int
    factor: float = 1.0
    note: str = ""
    path: str = ""
    raw: str = ""


@immutable
class Asked:
    """One answer, for all values that it brought: who was asked over which line, with which function, which frame."""

    link: str
    unit: int
    function: int
    frame: int


@immutable
class Registers:
    """Where one value of an answer stood in it, and how it was read: see ``Provenance``."""

    address: int
    words: tuple[int, ...]
    factor: float = 1.0
    note: str = ""


@immutable
class Reading:
    """A value with its unit, quality, time and origin. ``at`` is Unix seconds when the device answered.

    Its origin is told whole, or as its own registers in an answer that it shares with others: few are ever looked at.
    """

    key: PointKey
    value: Value
    at: float
    unit: str = ""
    quality: Quality = Quality.GOOD
    origin: Provenance | Registers | None = None
    note: str = ""  # why it is not good, in one short English phrase or a key the window translates
    asked: Asked | None = None  # with an origin in registers

    @property
    def provenance(self) -> Provenance | None:
        """Where it comes from, down to its bytes; None where nobody knows."""
        origin, asked = self.origin, self.asked
        if not isinstance(origin, Registers) or asked is None:
            return origin if isinstance(origin, Provenance) else None
        return Provenance(
            asked.link,
            asked.unit,
            asked.function,
            origin.address,
            origin.words,
            asked.frame,
            origin.factor,
            origin.note,
        )

    @property
    def number(self) -> float | None:
        """The value when it is a number that may be used in a sum (good quality only), else None."""
        return self.value if self.quality is Quality.GOOD and isinstance(self.value, float) else None
