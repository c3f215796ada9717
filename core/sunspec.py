"""SunSpec devices say themselves where their registers are: the chain of models is walked at connection.

Source: SunSpec Alliance, Device Information Model: the marker "SunS" stands at 40000, 50000 or 0; then come
(id, length) pairs up to id 0xFFFF.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from core.errors import DecodeError, DeviceError
from core.points import Point
from core.profile import Profile, Repeat

BASES = (40000, 50000, 0)
MARKER = (0x5375, 0x6E53)
END = 0xFFFF
MOST_MODELS = 64

ReadRegisters = Callable[[int, int, int], Sequence[int]]
"""``read(function, address, count)``; raises DeviceError where the device refuses."""


@dataclass(frozen=True, slots=True)
class Model:
    """One model of the chain: ``address`` is that of its id register, ``length`` counts what follows the length."""

    id: int
    address: int
    length: int


def walk(read: ReadRegisters) -> list[Model]:
    """The chain of models; raise DecodeError when there is no marker or the chain never ends."""
    base = next((base for base in BASES if _marker_at(read, base)), None)
    if base is None:
        raise DecodeError("no SunSpec marker at 40000, 50000 or 0")
    address, models = base + 2, list[Model]()
    while len(models) < MOST_MODELS and address < 0xFFFE:
        number, length = read(3, address, 2)
        if number == END:
            return models
        models.append(Model(number, address, length))
        address += 2 + length
    raise DecodeError("the SunSpec chain of models has no end")


def _marker_at(read: ReadRegisters, base: int) -> bool:
    try:
        return tuple(read(3, base, 2)) == MARKER
    except DeviceError as err:
        if err.code is None:
            raise
        return False


def locate(profile: Profile, points: Sequence[Point], read: ReadRegisters) -> tuple[Point, ...]:
    """The points that this device really has, at their wire addresses. Raises DecodeError, DeviceError, LinkError."""
    chain = walk(read)
    found: list[Point] = []
    for name, ids in profile.models.items():
        model = next((model for model in chain if model.id in ids), None)
        if model is None:
            continue
        found += [
            placed
            for point in points
            if point.model == name and (placed := _placed(point, model, point.at[0])) is not None
        ]
        for block, repeat in profile.repeats.items():
            if repeat.model == name:
                number = _how_many(profile, repeat, model, read)
                found += _repeated([point for point in points if point.model == block], repeat, model, number)
    return tuple(found)


def _placed(point: Point, model: Model, offset: int) -> Point | None:
    if offset + point.count > model.length + 2:
        return None
    start = model.address + offset
    return replace(point, at=tuple(range(start, start + point.count)), model="")


def _how_many(profile: Profile, repeat: Repeat, model: Model, read: ReadRegisters) -> int:
    counter = profile.point(repeat.count)
    if counter is None or not repeat.length:
        return 0
    room = (model.length + 2 - repeat.starts) // repeat.length
    return min(read(3, model.address + counter.at[0], 1)[0], room)


def _repeated(points: Sequence[Point], repeat: Repeat, model: Model, number: int) -> Iterator[Point]:
    for row in range(number):
        for point in points:
            placed = _placed(point, model, repeat.starts + row * repeat.length + point.at[0])
            if placed is not None:
                short = point.id.removeprefix(f"{point.model}.")
                yield replace(
                    placed,
                    id=f"{point.model}.{row + 1}.{short}",
                    en=f"{point.en} {row + 1}",
                    fr=f"{point.fr} {row + 1}",
                )
