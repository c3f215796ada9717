"""Readings: what the answers to one request say, value by value, each with its way back to the bytes."""

from __future__ import annotations

from collections.abc import Sequence

from core.decode import BlockDecoder, Context, Told
from core.plan import Block
from core.points import Asked, PointKey, Quality, Reading, Registers, Value

_Row = tuple[PointKey, Value, str, Quality, Registers, str]


class BlockReader:
    """Turns the answers to one request of a device into readings, time after time."""

    def __init__(self, device: str, block: Block, context: Context) -> None:
        self._decoder = BlockDecoder(block.points, block.address, context)
        self._keys = [PointKey(device, point.id) for point in self._decoder.points]
        self._told = self._decoder.told
        self._rows = [_row(key, told) for key, told in zip(self._keys, self._told, strict=True)]

    def readings(self, words: tuple[int, ...], at: float, asked: Asked) -> list[Reading]:
        """What its registers say in an answer of the time ``at`` (Unix s)."""
        return [
            Reading(key, value, at, measure, quality, registers, note, asked)
            for key, value, measure, quality, registers, note in self._said(words)
        ]

    def _said(self, words: tuple[int, ...]) -> Sequence[_Row]:
        """What all readings of these registers have in common; made anew for what is not as it was."""
        told = self._decoder.decode(words)
        if told is not self._told:
            self._rows = [
                row if said is before else _row(key, said)
                for key, row, said, before in zip(self._keys, self._rows, told, self._told, strict=True)
            ]
            self._told = told
        return self._rows


def _row(key: PointKey, told: Told) -> _Row:
    point, words, decoded = told
    registers = Registers(point.address, words, decoded.factor, decoded.note)
    return key, decoded.value, point.unit, decoded.quality, registers, decoded.note
