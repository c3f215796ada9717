"""From a value back to the bytes that made it: which bytes of a frame hold a point's words.

Pure functions over Modbus frames (TCP, RTU, and RTU inside V5 frames of a SOLARMAN stick); in any other frame the
words are looked for as they stand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.frames import Frame
from core.points import Point, Provenance


@dataclass(frozen=True, slots=True)
class Run:
    """Bytes in hex that are shown alike; ``marked`` ones hold the value."""

    text: str
    marked: bool


def addresses(point: Point | None, origin: Provenance) -> tuple[int, ...]:
    """The wire address of each word, as it was really asked."""
    if point is not None and point.count == len(origin.words):
        return tuple(origin.address + at - point.address for at in point.at)
    return tuple(range(origin.address, origin.address + len(origin.words)))


def places(frame: Frame, at: Sequence[int], words: Sequence[int]) -> frozenset[int]:
    """Positions in ``frame.received`` of the bytes of the words at these addresses; empty when not found."""
    sent, received, shift = _unwrapped(frame.sent, frame.received)
    found = _modbus_places(sent, received, at, words)
    if found:
        return frozenset(place + shift for place in found)
    wanted = b"".join(word.to_bytes(2, "big") for word in words)
    position = frame.received.find(wanted) if wanted else -1
    return frozenset(range(position, position + len(wanted))) if position >= 0 else frozenset()


def runs(data: bytes, marked: frozenset[int] = frozenset()) -> list[Run]:
    """The bytes as hex pairs, cut where the marking changes."""
    found: list[Run] = []
    for position, byte in enumerate(data):
        mark = position in marked
        if found and found[-1].marked == mark:
            found[-1] = Run(f"{found[-1].text} {byte:02X}", mark)
        else:
            found.append(Run(f"{byte:02X}", mark))
    return found


def hex_words(words: Sequence[int]) -> str:
    """``0x0001 0x86A0``."""
    return " ".join(f"0x{word:04X}" for word in words)


def decimal_words(words: Sequence[int]) -> str:
    """``1 34464``."""
    return " ".join(str(word) for word in words)


def _unwrapped(sent: bytes, received: bytes) -> tuple[bytes, bytes, int]:
    """What stands inside a V5 request and its answer, and where that begins; other frames as they are.

    A heartbeat may stand before the answer: the frame of the code 0x1510 counts.
    """
    if len(sent) < V5_REQUEST or sent[:1] != V5_START or sent[3:5] != b"\x10\x45":
        return sent, received, 0
    start = 0
    while start + V5_HEAD <= len(received) and received[start : start + 1] == V5_START:
        length = int.from_bytes(received[start + 1 : start + 3], "little")
        if received[start + 3 : start + 5] == b"\x10\x15":
            inside = start + V5_ANSWER
            return sent[V5_REQUEST:-2], received[inside : start + V5_HEAD + length], inside
        start += V5_HEAD + length + 2
    return sent, received, 0


V5_START = b"\xa5"
V5_HEAD, V5_REQUEST, V5_ANSWER = 11, 26, 25  # bytes before the payload, and before the RTU frame inside it


def _modbus_places(sent: bytes, received: bytes, at: Sequence[int], words: Sequence[int]) -> frozenset[int]:
    head = 6 if _is_tcp(sent) else 0  # the unit's byte follows the transaction header, or is the first
    if len(sent) < head + 6 or len(received) < head + 3 or received[head + 1] not in (3, 4):
        return frozenset()
    first = int.from_bytes(sent[head + 2 : head + 4], "big")
    found: set[int] = set()
    for address, word in zip(at, words, strict=False):
        place = head + 3 + 2 * (address - first)
        if place < head + 3 or received[place : place + 2] != word.to_bytes(2, "big"):
            return frozenset()
        found |= {place, place + 1}
    return frozenset(found)


def _is_tcp(sent: bytes) -> bool:
    return len(sent) >= 8 and sent[2:4] == b"\0\0" and int.from_bytes(sent[4:6], "big") == len(sent) - 6
