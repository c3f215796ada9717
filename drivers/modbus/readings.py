"""Readings: what the answers to one request say, value by value, each with its way back to the bytes."""

from __future__ import annotations

from collections.abc import Sequence

from core.decode import BlockDecoder, Context
from core.plan import Block
from core.points import PointKey, Provenance, Reading
from core.protocols import Answer


class BlockReader:
    """Turns the answers to one request of a device into readings, time after time."""

    def __init__(self, device: str, block: Block, context: Context) -> None:
        self._decoder = BlockDecoder(block.points, block.address, context)
        self._places = [(PointKey(device, point.id), point.unit, point.address) for point in self._decoder.points]

    def readings(self, answer: Answer, link: str, unit: int, function: int) -> Sequence[Reading]:
        """What this answer says. ``function`` is the one that was really asked with."""
        at, frame = answer.at, answer.frame
        told = self._decoder.decode(answer.words)
        return [
            Reading(
                key,
                decoded.value,
                at,
                measure,
                decoded.quality,
                Provenance(link, unit, function, address, words, frame, decoded.factor, decoded.note),
                decoded.note,
            )
            for (key, measure, address), (_, words, decoded) in zip(self._places, told, strict=True)
        ]
