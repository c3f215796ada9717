"""Profile: the whole knowledge of a device, as plain data. ``core.profile_loader`` reads it from its folder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from core.errors import ProfileError
from core.parameters import Parameters
from core.points import Confidence, Point, Value

Options = Mapping[str, str]
"""What the site file settles for one device, e.g. ``{"ratio_mode": "secondary"}``."""


@dataclass(frozen=True, slots=True)
class Group:
    """Points that are read together. ``every_s`` None: on demand, or once a connection when ``once``."""

    id: str
    every_s: float | None
    once: bool = False
    en: str = ""
    fr: str = ""

    def title(self, language: str) -> str:
        """Name of the group in ``"fr"`` or ``"en"``."""
        return (self.fr if language == "fr" else self.en) or self.id


@dataclass(frozen=True, slots=True)
class BlockRules:
    """What one request may cover.

    ``gaps`` are ranges (first, last address) inside which holes may be read through, up to ``widest_gap`` registers.
    A request never crosses an address of ``boundaries``.
    """

    most_registers: int = 125
    boundaries: tuple[int, ...] = ()
    gaps: tuple[tuple[int, int], ...] = ()
    widest_gap: int = 16


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds to wait for an answer, seconds of quiet between requests, and repeats after silence."""

    timeout_s: float = 1.0
    gap_s: float = 0.02
    retries: int = 1


@dataclass(frozen=True, slots=True)
class Option:
    """Something only the site knows; free text when ``choices`` is empty."""

    id: str
    default: str
    choices: tuple[str, ...] = ()
    en: str = ""
    fr: str = ""


@dataclass(frozen=True, slots=True)
class Proof:
    """A sign in the device's own readings that settles an option left on "auto"."""

    pick: str
    largest: tuple[str, ...] = ()
    above: float = 0.0
    equal: tuple[tuple[str, tuple[float, ...]], ...] = ()
    ratio_of: str = ""
    ratio_to: tuple[str, ...] = ()
    between: tuple[float, float] = (0.0, 0.0)
    keep: bool = False  # what it has shown once stays true: a large current, not a setting that may change

    def holds(self, values: Mapping[str, Value]) -> bool:
        """Whether the readings show it; every condition given must hold."""
        if self.largest:
            found = [abs(value) for point in self.largest if isinstance(value := values.get(point), float)]
            if not found or max(found) <= self.above:
                return False
        if not all(values.get(point) in wanted for point, wanted in self.equal):
            return False
        if not self.ratio_of:
            return bool(self.largest or self.equal)
        value = values.get(self.ratio_of)
        product = 1.0
        for point in self.ratio_to:
            part = values.get(point)
            if not isinstance(part, float):
                return False
            product *= part
        if not isinstance(value, float) or product == 0 or abs(value) <= self.above:
            return False
        low, high = self.between
        return low <= value / product <= high


@dataclass(frozen=True, slots=True)
class ScaleRule:
    """A factor that hangs on an option of the device, or on proof in its own readings."""

    id: str
    option: str
    factors: Mapping[str, tuple[str | float, ...]]
    auto: tuple[Proof, ...] = ()
    otherwise: str = ""
    doubt: bool = False  # what ``otherwise`` gives is shown, but as unknown

    def points(self) -> set[str]:
        """Every point whose value the rule may need."""
        needed = {part for parts in self.factors.values() for part in parts if isinstance(part, str)}
        for proof in self.auto:
            needed |= {*proof.largest, *(point for point, _ in proof.equal), *proof.ratio_to}
            needed |= {proof.ratio_of} - {""}
        return needed


def hang_on(points: Sequence[Point], rules: Mapping[str, ScaleRule]) -> set[str]:
    """Ids of the points whose values are needed to decode ``points``: scale factors, ratios, signs."""
    needed: set[str] = set()
    for point in points:
        if point.scale_by.startswith("10^"):
            needed.add(point.scale_by[3:])
        elif point.scale_by:
            needed |= rules[point.scale_by].points()
        needed |= {fix.partition(":")[2] for fix in point.fix if fix.startswith(("sign:", "unfilled:"))}
    return needed


@dataclass(frozen=True, slots=True)
class Probe:
    """A read that helps to recognise the device, with one condition on what comes back.

    ``looks``: an ASCII pattern; ``between`` and ``equals``: the raw number, of ``type``; ``models``: one of these
    SunSpec models stands in the device's chain; ``exists``: it is answered at all; ``absent``: refused, or nothing but
    0. Without any of them the read only brings the serial number. A probe that does not hold contradicts the profile,
    unless ``optional`` is "refused" (then a refusal says nothing) or "yes" (then it can only add). ``sets`` are options
    of the profile that it settles when it holds.
    """

    function: int
    at: int
    count: int = 1
    looks: str = ""
    between: tuple[float, float] | None = None
    equals: tuple[int, ...] = ()
    models: tuple[int, ...] = ()
    exists: bool = False
    absent: bool = False
    type: str = "u16"
    order: str = "ABCD"
    weight: float | None = None
    optional: str = ""
    serial: bool = False
    sets: tuple[tuple[str, str], ...] = ()

    @property
    def strength(self) -> float:
        """How much of the doubt it takes away when it holds, 0 to 1."""
        if self.weight is not None:
            return self.weight
        if self.models:
            return 0.95
        if self.looks:
            return 0.85
        if self.equals or (self.between and self.count > 1):
            return 0.5
        return 0.3 if self.between else 0.1


@dataclass(frozen=True, slots=True)
class Repeat:
    """A block of a SunSpec model that repeats as often as ``count`` (a point) says."""

    model: str
    starts: int
    length: int
    count: str


@dataclass(frozen=True, slots=True)
class Unmapped:
    """Something the device has but its public map does not: shown with advice, never polled."""

    id: str
    en: str
    fr: str
    advice_en: str = ""
    advice_fr: str = ""


@dataclass(frozen=True, slots=True)
class CanCommand:
    """The cyclic frame by which a wallbox is led: its message, period, and the signal that counts up in each frame.

    ``signals`` say which signal carries what: enable, limit and fallback (A), timeout (s), power (W), start and stop
    (each change of the bit is one order), clear_fault, mode, phases. ``proof`` says which points show what came of it:
    limit, limited_by, least and most (A), phases, switchable, mode, faults, state. ``start_when`` are the states in
    which a session can be started or stopped: point -> ids of its choices; ``running`` those in which one runs.
    ``limit_reasons`` are the ids of ``limited_by`` that explain a limit below the one ordered.
    """

    message: str
    every_s: float = 0.5
    counter: str = ""
    signals: Mapping[str, str] = field(default_factory=dict[str, str])
    proof: Mapping[str, str] = field(default_factory=dict[str, str])
    start_when: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    running: tuple[str, ...] = ()
    limit_reasons: tuple[str, ...] = ()
    fallback_a: float = 6.0  # what the wallbox applies when the commands cease
    timeout_s: float = 10.0  # … for so long
    least_a: float = 6.0  # below it, only 0 is a limit


COMMAND_SIGNALS = (
    "enable",
    "limit",
    "fallback",
    "timeout",
    "power",
    "start",
    "stop",
    "clear_fault",
    "mode",
    "phases",
)
COMMAND_PROOFS = ("limit", "limited_by", "least", "most", "phases", "switchable", "mode", "faults", "state")


@dataclass(frozen=True, slots=True)
class CanOrder:
    """An order that is one frame, sent once: ``send`` (``Message.Signal=code``), to whoever has the device's number.

    ``argument`` is the signal of that message that holds the order's own number, as the slot of a card. ``when`` are
    the states in which the device takes it: point -> ids of its choices. ``within_s`` is how long its proof may take;
    ``then`` is a request by which the device shows again what came of it, sent while the proof is waited for.
    """

    send: str
    argument: str = ""
    when: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    within_s: float = 10.0
    then: str = ""


CAN_ORDERS = ("learn_card", "remove_card", "reboot")
ORDER_PROOFS = ("event", "card", "slots", "count", "most", "identity")


@dataclass(frozen=True, slots=True)
class CanRules:
    """How a device speaks on CAN. ``dbc`` lies in the profile's folder; a link's ``dbc=`` takes its place.

    ``node_mask`` are the bits of an identifier that hold the device's number (0: one device a bus); ``alive`` is a
    signal (``Message.Signal``) that must move, else the device counts as silent. ``request`` are frames that ask for
    what is not sent by itself (``Message.Signal=code``): sent once the gate is open, to learn who is there, and again
    to a device that comes back. ``orders`` are those of ``CAN_ORDERS`` that the device takes, ``order_proof`` the
    points that show what came of them: event and card (what the reader of cards last did), slots, count and most (its
    table of cards), identity (what it says by itself only when it is switched on). ``simulate`` are points of the
    simulated device that go with the state of its vehicle: state, or ``otherwise`` -> value.
    """

    dbc: str
    bitrate: int = 250_000
    node_mask: int = 0
    nodes: tuple[int, int] = (0, 0)
    silent_after_s: float = 5.0
    alive: str = ""
    command: CanCommand | None = None
    request: tuple[str, ...] = ()
    orders: Mapping[str, CanOrder] = field(default_factory=dict[str, CanOrder])
    order_proof: Mapping[str, str] = field(default_factory=dict[str, str])
    simulate: Mapping[str, Mapping[str, str]] = field(default_factory=dict[str, Mapping[str, str]])

    @property
    def asked(self) -> tuple[str, ...]:
        """Every single frame that may be sent to the device (``Message.Signal=code``): requests and orders."""
        given = (path for order in self.orders.values() for path in (order.send, order.then) if path)
        return tuple(dict.fromkeys((*self.request, *given)))


PROTOCOLS = {"modbus": ("tcp", "rtu", "rtu+tcp", "v5"), "can": ("can",), "ocpp": ("ocpp",)}
"""What a profile speaks -> the kinds of link it can hang on."""


@dataclass(frozen=True, slots=True)
class Profile:
    """One device type. ``id`` is ``maker/model`` as in its folder."""

    id: str
    folder: Path
    maker: str
    model: str
    category: str
    source: str
    points: tuple[Point, ...]
    groups: Mapping[str, Group]
    links: Mapping[str, Mapping[str, str | int]] = field(default_factory=dict[str, Mapping[str, str | int]])
    unit: int = 1
    timing: Timing = Timing()
    blocks: BlockRules = BlockRules()
    fallback: Mapping[int, int] = field(default_factory=dict[int, int])
    exceptions: tuple[int, ...] = ()
    options: Mapping[str, Option] = field(default_factory=dict[str, Option])
    rules: Mapping[str, ScaleRule] = field(default_factory=dict[str, ScaleRule])
    roles: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    identify: tuple[Probe, ...] = ()
    layout: str = ""
    models: Mapping[str, tuple[int, ...]] = field(default_factory=dict[str, tuple[int, ...]])
    repeats: Mapping[str, Repeat] = field(default_factory=dict[str, Repeat])
    unmapped: tuple[Unmapped, ...] = ()
    notes: str = ""
    protocol: str = "modbus"  # a key of PROTOCOLS
    can: CanRules | None = None
    parameters: Parameters = field(default_factory=Parameters)  # what may be set on it
    _by_id: dict[str, Point] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_id", {point.id: point for point in self.points})

    @property
    def title(self) -> str:
        """Maker and model, for people."""
        return f"{self.maker} {self.model}"

    def point(self, point_id: str) -> Point | None:
        """The point of that id."""
        return self._by_id.get(point_id)

    def options_with(self, chosen: Options) -> dict[str, str]:
        """The device's options, defaults filled in; raise ProfileError with one sentence on a wrong one."""
        settled = {option.id: option.default for option in self.options.values()}
        for name, value in chosen.items():
            option = self.options.get(name)
            if option is None:
                known = ", ".join(self.options) or "none"
                raise ProfileError(f"{self.id} has no option {name!r}; it has: {known}")
            if option.choices and str(value) not in option.choices:
                raise ProfileError(f"{self.id}: {name} must be {' or '.join(option.choices)}, not {value!r}")
            settled[name] = str(value)
        return settled

    def points_for(self, options: Options) -> tuple[Point, ...]:
        """The points that count with these options (already completed by ``options_with``)."""
        return tuple(
            point for point in self.points if point.when is None or options.get(point.when[0]) == point.when[1]
        )

    def needed_first(self, points: Sequence[Point]) -> set[str]:
        """Ids of the points whose values are needed to decode ``points``: scale factors, ratios, signs."""
        return hang_on(points, self.rules)

    @property
    def inferred(self) -> int:
        """How many points rest on inference."""
        return sum(point.confidence is Confidence.INFERRED for point in self.points)
