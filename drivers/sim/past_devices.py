"""The devices of the demonstration as they would have been recorded: registers filled and read back, frames heard."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from core.book import period_of
from core.config import DeviceConfig
from core.decode import Context, decode_block
from core.layout import points_of
from core.points import Kind, Point, PointKey, Provenance, Quality, Reading, Value
from core.profile import Profile
from drivers.sim.bank import Bank
from drivers.sim.fleet import charger_of, measured_by
from drivers.sim.quantities import Quantities, charging, known_to, measure, quantities
from drivers.sim.site import SiteModel
from drivers.sim.states import state_word

WORTH_KEEPING = re.compile(
    r"\w+\.(power|energy|soc|temperature|state|frequency)|\w+\.energy\.(?!.*(month|year)$).+|solar\.power\.\d|battery\.voltage|meter\.voltage\.l\d"
)
COUNTER_STEP = 10.0  # Wh: the coarsest of these devices
DECIMALS = {"V": 1, "A": 1, "Hz": 2}


class RegisterDevice:
    """A device as a poller would have read it: its registers are filled, read and decoded."""

    def __init__(self, device: DeviceConfig, profile: Profile, model: SiteModel) -> None:
        self.id, self._link, self._unit = device.id, device.link, device.unit
        self._measures, self._charger = measured_by(device), charger_of(device)
        self.bank = Bank(profile, device.id, device.options)
        self._context = Context(profile.rules, device.options)
        self._roles = set(self.bank.roles().values())
        self._sees_meter = any(role.startswith("meter.") for role in self._roles)
        self._filled: Quantities = {}
        self._read: dict[str, tuple[Value, Quality, Provenance, str]] = {}
        self._fill(model, quantities(model))
        self._take([point for point in self.bank.points.values() if point.function is not None])
        self._kept = list(worth_keeping(device, profile, self.bank.points))
        aids = {fix.partition(":")[2] for point in self._kept for fix in point.fix}
        self._aids = [point for name, point in self.bank.points.items() if name in aids]
        self._keys = {point.id: PointKey(device.id, point.id) for point in self._kept}
        shown = {point.id for point in (*self._aids, *self._kept)}
        self._roles = {role for name, role in self.bank.roles().items() if name in shown}

    @property
    def points(self) -> tuple[Point, ...]:
        """What it really has."""
        return tuple(self.bank.points.values())

    def read(self, model: SiteModel, known: Quantities, at: float) -> dict[PointKey, Reading]:
        """The readings of this moment, with the time ``at``; ``known`` are the quantities of the model."""
        self._fill(model, known)
        self._take(self._aids)
        self._take(self._kept)
        found: dict[PointKey, Reading] = {}
        for point in self._kept:
            value, quality, origin, note = self._read[point.id]
            key = self._keys[point.id]
            found[key] = Reading(key, value, at, point.unit, quality, origin, note)
        return found

    def _fill(self, model: SiteModel, known: Quantities) -> None:
        """Bring the registers up to date, those that have moved."""
        if self._sees_meter:
            known = known | {f"meter.{name}": value for name, value in measure(model, self._measures).items()}
        elif self._charger:
            known = known | charging(model, self._charger)
        elif not self.bank.has_battery:
            known = known_to(model, self._measures, battery=False)
        known = {role: known[role] for role in self._roles if role in known}
        moved = {role: value for role, value in known.items() if self._filled.get(role) != value}
        self._filled = known
        self.bank.refresh(moved, model.clock())

    def _take(self, points: Sequence[Point]) -> None:
        """Decode what has moved, and what hangs on other registers."""
        words_at: dict[int, int] = {}
        moved: list[Point] = []
        for point in points:
            words = self.bank.words(point.id)
            words_at.update(zip(point.at, words, strict=True))
            before = self._read.get(point.id)
            if before is None or before[2].words != words or point.fix:
                moved.append(point)
        for point, words, decoded in decode_block(moved, words_at, self._context):
            place = (self._link, self._unit, point.function or 0, point.address)
            origin = Provenance(*place, words, 0, decoded.factor, decoded.note)
            self._read[point.id] = (decoded.value, decoded.quality, origin, decoded.note)


class SpeakingDevice:
    """A device without registers, as its line would have heard it: each point says what the model knows of its role."""

    def __init__(self, device: DeviceConfig, profile: Profile) -> None:
        self.id = device.id
        self.points = points_of(profile, device.options)
        self._charger, self._measures = charger_of(device), measured_by(device)
        there = {point.id: point for point in self.points}
        self._kept = worth_keeping(device, profile, there)

    def read(self, model: SiteModel, known: Quantities, at: float) -> dict[PointKey, Reading]:
        """The readings of this moment, with the time ``at``; ``known`` are the quantities of the model."""
        if self._charger:
            known = known | charging(model, self._charger)
        found: dict[PointKey, Reading] = {}
        for point, role in self._kept.items():
            if (quantity := known.get(role)) is not None:
                value = state_word(quantity, point) if isinstance(quantity, str) else _as_told(quantity, point)
                key = PointKey(self.id, point.id)
                found[key] = Reading(key, value, at, point.unit)
        return found


def past_device(device: DeviceConfig, profile: Profile, model: SiteModel) -> RegisterDevice | SpeakingDevice:
    """Return the device as its own protocol shows it."""
    if profile.protocol == "modbus":
        return RegisterDevice(device, profile, model)
    return SpeakingDevice(device, profile)


def _as_told(quantity: float, point: Point) -> float:
    """A number in the steps and the range in which such a device tells it; a counter never more than it will say."""
    value = round(quantity, DECIMALS.get(point.unit, 0))
    if point.kind is Kind.COUNTER:
        value = quantity // COUNTER_STEP * COUNTER_STEP
    low = value if point.low is None else max(point.low, value)
    return low if point.high is None else min(point.high, low)


def worth_keeping(device: DeviceConfig, profile: Profile, points: Mapping[str, Point]) -> dict[Point, str]:
    """The points that fill a role of interest, as far as they come by themselves, each with that role."""
    found: dict[Point, str] = {}
    for role, names in profile.roles.items():
        point = next((points[name] for name in names if name in points), None)
        if point is None or not point.readable or period_of(device, point) is None:
            continue
        if not WORTH_KEEPING.fullmatch(role) and not _is_part(role, profile):
            continue
        if device.role == "grid" or not role.startswith("meter.voltage"):
            found.setdefault(point, role)
    return found


def _is_part(role: str, profile: Profile) -> bool:
    """Whether it is the power of one phase of a device that tells no total."""
    whole, _, phase = role.rpartition(".")
    return phase in ("l1", "l2", "l3") and whole.endswith(".power") and whole not in profile.roles
