"""Two snapshots beside each other: what is the same, what differs, and what of it may be put into the review."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from core.parameters import NO_WORDS, Parameter, Parameters, Words
from core.points import Kind, PointKey, Reading, Value
from core.snapshots.snapshot import NOT_SET, Device, Item, Seal
from core.writing import values
from core.writing.review import Edit


class State(StrEnum):
    """How two values stand to each other."""

    SAME = "same"
    DIFFERENT = "different"
    LEFT = "only left"
    RIGHT = "only right"
    UNREADABLE = "unreadable"  # of one side or both nothing is known that could be compared


class Side(StrEnum):
    """Of which side a value is taken."""

    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Difference:
    """One id on both sides. ``own``: it says what the device is (model, firmware), and can be no edit."""

    id: str
    left: Item | None
    right: Item | None
    state: State
    own: bool = False

    @property
    def title(self) -> Words:
        """Its name, as the file that has one says it."""
        return next((item.title for item in (self.left, self.right) if item is not None and item.title), NO_WORDS)

    @property
    def counts(self) -> bool:
        """Whether it is shown among the differences: also what is known on one side only."""
        if self.state is not State.UNREADABLE:
            return self.state is not State.SAME
        known = [item is not None and item.known and not item.secret for item in (self.left, self.right)]
        return any(known) and not all(known)

    def item(self, side: Side) -> Item | None:
        """One of the two."""
        return self.left if side is Side.LEFT else self.right


def compare(left: Device, right: Device, partial: Collection[Side] = ()) -> list[Difference]:
    """Every value of both devices, identity first, in the order of the left; of two profiles only what both have.

    ``partial``: the sides that are references, which name only what matters to them: the rest is left out.
    """
    alike = left.profile == right.profile
    needed = (Side.LEFT in partial or not alike, Side.RIGHT in partial or not alike)
    found = _paired(left.identity, right.identity, needed, own=True)
    return found + _paired(left.parameters, right.parameters, needed, own=False)


def _paired(left: Sequence[Item], right: Sequence[Item], needed: tuple[bool, bool], *, own: bool) -> list[Difference]:
    """``needed``: whether a value has to be on the left, and on the right, to count."""
    ones, others = {item.id: item for item in left}, {item.id: item for item in right}
    found: list[Difference] = []
    for name in dict.fromkeys((*ones, *others)):
        one, other = ones.get(name), others.get(name)
        if not (needed[0] and one is None) and not (needed[1] and other is None):
            found.append(Difference(name, one, other, _state(one, other), own))
    return found


def _state(one: Item | None, other: Item | None) -> State:
    if one is None or other is None:
        return State.RIGHT if one is None else State.LEFT
    if not _comparable(one, other):
        return State.UNREADABLE
    alike = values.same(*_alike(one.value, other.value), max(one.step, other.step))
    return State.SAME if alike else State.DIFFERENT


def _comparable(one: Item, other: Item) -> bool:
    """Whether both say something of one kind. Of two secrets that are set, nobody knows to what."""
    if not (one.known and other.known) or (one.unit and other.unit and one.unit != other.unit):
        return False
    return not (one.secret or other.secret) or NOT_SET in (one.value, other.value)


def _alike(one: Value, other: Value) -> tuple[Value, Value]:
    """A reference may say a single bit, or ``a|b``, where a device gives several."""
    if isinstance(one, tuple) and isinstance(other, str):
        return one, _bits(other)
    if isinstance(one, str) and isinstance(other, tuple):
        return _bits(one), other
    return one, other


def _bits(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split("|") if part)


def doubts(left: Device, right: Device, seals: tuple[Seal | None, Seal | None] = (None, None)) -> list[str]:
    """Sentences to read before the comparison is relied on. ``seals`` of both files; None: no file, read now."""
    found: list[str] = []
    if left.profile != right.profile:
        one, other = left.profile or "(no profile)", right.profile or "(no profile)"
        found.append(f"the profiles differ ({one}, {other}): only what bears the same name in both is compared")
    if left.serial and right.serial and left.serial != right.serial and left.id == right.id:
        found.append(f"it is another device under the same name: serial number {left.serial}, then {right.serial}")
    for word, device, seal in zip(("left", "right"), (left, right), seals, strict=True):
        if seal is Seal.CHANGED:
            found.append(f"the {word} file has been changed after it was written")
        if device.reason:
            found.append(f"on the {word}, {device.title} was not read to the end: {device.reason}")
        if device.note:
            found.append(f"on the {word}: {device.note}")
    return found


class Plant(Protocol):
    """What is asked of the running site; ``core.facade.Station`` is one."""

    def parameters(self, device: str) -> Parameters:
        """What may be set on a device, as far as the signed-in person may see it."""
        ...

    def latest(self, key: PointKey) -> Reading | None:
        """The newest reading."""
        ...


def edits_from(differences: Iterable[Difference], station: Plant, device: str, side: Side = Side.LEFT) -> list[Edit]:
    """The values of one side as edits for a device of the running site; what cannot be one is left out.

    ``seen`` is the newest reading of the device. Whether they may be written, the review decides.
    """
    parameters = station.parameters(device)
    edits: list[Edit] = []
    for difference in differences:
        parameter = parameters.find(difference.id)
        if parameter is not None and not _refusal(difference, parameter, side):
            key = PointKey(device, difference.id)
            edits.append(Edit(key, _wanted(difference.item(side), parameter), station.latest(key)))
    return edits


def refusal(difference: Difference, parameters: Parameters, side: Side = Side.LEFT) -> str:
    """Why the value of one side cannot become an edit, in one sentence; empty when it can.

    ``parameters``: what the signed-in person sees of the device that it is for.
    """
    if difference.own:
        return "it says what the device is, and is not set"
    parameter = parameters.find(difference.id)
    return "this device has no such parameter" if parameter is None else _refusal(difference, parameter, side)


def _refusal(difference: Difference, parameter: Parameter, side: Side) -> str:
    item, point = difference.item(side), parameter.point
    if difference.own:
        return "it says what the device is, and is not set"
    if item is None or item.value is None:
        return "there is no value"
    if not parameter.writable or point is None:
        return values.ON_SCREEN
    checks: tuple[tuple[Callable[[], bool], str], ...] = (
        (lambda: item.secret or point.secret, "a secret is never taken over"),
        (lambda: parameter.command, "an order is never taken over"),
        (lambda: not item.known, "the value is not to be relied on"),
        (lambda: bool(item.unit) and item.unit != point.unit, "it is in another unit"),
        (lambda: point.kind is Kind.TEXT and isinstance(item.value, float), "this is a text: put it in quotes"),
    )
    said = next((sentence for holds, sentence in checks if holds()), "")
    return said or values.fault_of(parameter, _wanted(item, parameter))


def _wanted(item: Item | None, parameter: Parameter) -> Value:
    """The value as the parameter takes it."""
    value, point = item.value if item is not None else None, parameter.point
    bits = point is not None and (point.type == "bits" or point.kind is Kind.BITS)
    return _bits(value) if bits and isinstance(value, str) else value
