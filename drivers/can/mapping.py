"""A profile laid over a DBC: which point is which signal of which message.

The DBC lies in the profile's folder; a link's ``dbc=`` takes its place for every profile whose messages it knows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from pathlib import Path

import cantools
from cantools.database import Message
from cantools.database.can import Database, Signal

from core.config import DeviceConfig, LinkConfig
from core.errors import ProfileError
from core.points import Point
from core.profile import CanRules, Profile
from drivers.can.frames import EXTENDED, HIGHEST_EXTENDED, CanFrame


@dataclass(frozen=True, slots=True)
class Place:
    """One point and its signals. ``point`` holds the DBC's factor and offset too: it turns raw into inner unit."""

    point: Point
    signals: tuple[Signal, ...]

    @property
    def width(self) -> int:
        """Bits of the first signal."""
        return self.signals[0].length


@dataclass(frozen=True, slots=True)
class Mapping:
    """What a device says and is told. ``messages`` by the key of their frames without the device's number."""

    rules: CanRules
    places: dict[str, tuple[Place, ...]]  # by message
    messages: dict[str, Message]
    dead: tuple[str, ...] = ()  # points whose signal the DBC does not have

    def key(self, message: Message, unit: int) -> int:
        """The key of this message's frames for one device."""
        key = message.frame_id | EXTENDED if message.is_extended_frame else message.frame_id
        mask = self.rules.node_mask
        return key & ~mask | (unit << _shift(mask)) & mask if mask else key

    def told_keys(self, name: str, unit: int) -> set[int]:
        """The keys of a message to one device, and to all at once where the number 0 means them all."""
        message = self.messages.get(name)
        if message is None:
            return set()
        everybody = bool(self.rules.node_mask) and self.rules.nodes[0] > 0
        return {self.key(message, number) for number in ({unit, 0} if everybody else {unit})}

    def frame(self, message: Message, unit: int, data: bytes) -> CanFrame:
        """A frame of this message for one device."""
        return CanFrame(self.key(message, unit) & HIGHEST_EXTENDED, message.is_extended_frame, data)

    @property
    def says(self) -> frozenset[str]:
        """The messages that the device itself sends, as far as they matter: those with points, and its sign of life.

        What others tell it (commands, requests) says nothing about whether it is there.
        """
        told = {path.partition(".")[0] for path in self.rules.asked}
        if self.rules.command is not None:
            told.add(self.rules.command.message)
        alive = self.rules.alive.partition(".")[0]
        return frozenset({*self.places, alive} - told - {""})

    def spoken(self, unit: int) -> dict[int, Message]:
        """Every message that holds a point, by the key of its frames for one device."""
        return {self.key(self.messages[name], unit): self.messages[name] for name in self.places}

    def signal(self, path: str) -> tuple[Message, Signal] | None:
        """The message and signal of ``Message.Signal``, None when the DBC does not have them."""
        name, _, signal = path.partition(".")
        message = self.messages.get(name)
        found = _signals(message).get(signal) if message is not None else None
        return (message, found) if message is not None and found is not None else None


def _shift(mask: int) -> int:
    return (mask & -mask).bit_length() - 1 if mask else 0


def dbc_of(link: LinkConfig | None) -> Path | None:
    """The DBC that a link's address names; a relative path counts from the folder of the site file."""
    given = link.url.given.get("dbc", "") if link is not None else ""
    if not given:
        return None
    return (link.folder or Path()) / given if link is not None else None


def mapping_of(device: DeviceConfig, points: Sequence[Point], replacing: Path | None = None) -> Mapping:
    """Lay the device's profile over its DBC; raise ProfileError that says what is wrong."""
    profile = device.profile
    if profile is None or profile.can is None:
        raise ProfileError("no CAN profile")
    if profile.can.node_mask and not profile.can.nodes[0] <= device.unit <= profile.can.nodes[1]:
        low, high = profile.can.nodes
        raise ProfileError(f"unit {device.unit}: the devices of {profile.id} have numbers from {low} to {high}")
    return lay(profile, points, replacing)


def lay(profile: Profile, points: Sequence[Point], replacing: Path | None = None) -> Mapping:
    """Lay a profile over its own DBC, or over ``replacing`` if that knows any of its messages; raise ProfileError.

    What the profile's own DBC lacks is a fault of the profile; what another lacks are points that the device has not.
    """
    rules = profile.can
    if rules is None:
        raise ProfileError(f"{profile.id} is not a CAN profile")
    named = {point.path.partition(".")[0] for point in points}
    database, file, own = load_dbc(profile.folder / rules.dbc), rules.dbc, True
    if replacing is not None:
        other = load_dbc(replacing)
        if named & {message.name for message in other.messages}:
            database, file, own = other, replacing.name, False
    messages = {message.name: message for message in database.messages}
    places: dict[str, list[Place]] = {}
    faults: list[str] = []
    dead: list[str] = []
    for point in points:
        name, _, rest = point.path.partition(".")
        signals = _signals(messages[name]) if name in messages else {}
        wanted = rest.split("+")
        missing = next((signal for signal in wanted if signal not in signals), None)
        if missing is not None:
            dead.append(point.id)
            faults.append(f"{file} has no signal {name}.{missing}, which {point.id} needs")
            continue
        try:
            places.setdefault(name, []).append(_place(point, tuple(signals[signal] for signal in wanted)))
        except ProfileError as err:
            dead.append(point.id)
            faults.append(str(err))
    if own:
        faults += _check_rules(rules, messages)
    else:
        rules = _possible(rules, messages)
    if (own and faults) or not places:
        raise ProfileError("\n".join(faults) or f"{profile.id} has no point")
    ordered = {name: tuple(sorted(found, key=_turn)) for name, found in places.items()}
    return Mapping(rules, ordered, messages, tuple(dead))


def _turn(place: Place) -> bool:
    """What others of the same message hang on comes first."""
    return bool(place.point.scale_by or any(":" in fix for fix in place.point.fix))


def _place(point: Point, signals: tuple[Signal, ...]) -> Place:
    if point.type == "time":
        raise ProfileError(f"{point.id}: a CAN frame holds no time of day")
    if point.type in ("text", "hex", "version") and any(signal.is_float for signal in signals):
        raise ProfileError(f"{point.id}: a {point.type} needs signals of whole numbers")
    if point.type in ("text", "hex"):
        if any(signal.length % 8 for signal in signals):
            raise ProfileError(f"{point.id}: a {point.type} needs signals of whole bytes")
        return Place(point, signals)
    if point.type == "version":
        return Place(point, signals)
    signal, *others = signals
    if others:
        raise ProfileError(f"{point.id}: only a text, a hex or a version is spread over several signals")
    if point.type == "bits" or point.choices:
        return Place(point, signals)
    try:
        scale, offset = Fraction(repr(float(signal.scale))), Fraction(repr(float(signal.offset)))
    except (ValueError, OverflowError) as err:
        raise ProfileError(f"{point.id}: the factor or the offset of {signal.name} is no number") from err
    inner = [Fraction(repr(factor)) for factor in point.scales]
    if offset and len(inner) > 1:
        raise ProfileError(f"{point.id}: several factors cannot be tried on a signal with an offset")
    scales = tuple(float(factor * scale) for factor in inner)
    return Place(replace(point, scales=scales, offset=float(offset * inner[0]) + point.offset), signals)


def _signals(message: Message) -> dict[str, Signal]:
    return {signal.name: signal for signal in message.signals}


def _check_rules(rules: CanRules, messages: dict[str, Message]) -> list[str]:
    wanted = [path.partition("=")[0] for path in (rules.alive, *rules.asked) if path]
    if rules.command is not None:
        names = (*rules.command.signals.values(), rules.command.counter)
        wanted += [f"{rules.command.message}.{name}" for name in names if name]
    orders = (order for order in rules.orders.values() if order.argument)
    wanted += [f"{order.send.partition('.')[0]}.{order.argument}" for order in orders]
    faults: list[str] = []
    for path in wanted:
        name, _, signal = path.partition(".")
        if name not in messages or signal not in _signals(messages[name]):
            faults.append(f"{rules.dbc} has no signal {path}, which profile.yaml names")
    return faults


def _possible(rules: CanRules, messages: dict[str, Message]) -> CanRules:
    """What another DBC leaves of the rules: it may lack the alive counter, requests, orders or all commands."""

    def there(path: str) -> bool:
        name, _, signal = path.partition("=")[0].partition(".")
        return name in messages and signal in _signals(messages[name])

    command = rules.command
    if command is not None and command.message not in messages:
        command = None
    elif command is not None:
        name = command.message
        signals = {order: signal for order, signal in command.signals.items() if there(f"{name}.{signal}")}
        counter = command.counter if there(f"{name}.{command.counter}") else ""
        command = replace(command, signals=signals, counter=counter)
    orders = {
        name: replace(order, then=order.then if there(order.then) else "")
        for name, order in rules.orders.items()
        if there(order.send) and (not order.argument or there(f"{order.send.partition('.')[0]}.{order.argument}"))
    }
    return replace(
        rules,
        orders=orders,
        alive=rules.alive if there(rules.alive) else "",
        request=tuple(path for path in rules.request if there(path)),
        command=command,
    )


def load_dbc(file: Path) -> Database:
    """Read a DBC; raise ProfileError with one sentence."""
    try:
        return _load(file, file.stat().st_mtime_ns)
    except OSError as err:
        raise ProfileError(f"{file}: the DBC cannot be read ({(err.strerror or str(err)).lower()})") from err
    except (cantools.Error, ValueError, KeyError) as err:
        raise ProfileError(f"{file} is not a DBC ({' '.join(str(err).split())[:120]})") from err


@lru_cache(maxsize=16)
def _load(file: Path, _changed: int) -> Database:
    found = cantools.database.load_file(file, database_format="dbc", strict=False)
    if not isinstance(found, Database):
        raise ValueError("it describes no CAN bus")
    return found
