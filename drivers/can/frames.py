"""One CAN frame, as text, as it lies in the ring, and as a key."""

from __future__ import annotations

from dataclasses import dataclass

EXTENDED = 1 << 31
"""Set in the key of a frame whose identifier has 29 bits."""
HIGHEST, HIGHEST_EXTENDED = 0x7FF, 0x1FFFFFFF


@dataclass(frozen=True, slots=True)
class CanFrame:
    """A classic data frame: at most 8 bytes."""

    identifier: int
    extended: bool
    data: bytes

    @property
    def key(self) -> int:
        """The identifier, with bit 31 set when it has 29 bits."""
        return self.identifier | EXTENDED if self.extended else self.identifier

    def packed(self) -> bytes:
        """As it is kept in the ring: the key in four bytes, high byte first, then the data."""
        return self.key.to_bytes(4, "big") + self.data

    def __str__(self) -> str:
        return f"{shown(self.key)}: {self.data.hex(' ').upper()}".rstrip()


def shown(key: int) -> str:
    """The identifier of a key as a DBC has it: eight digits for 29 bits, three for 11."""
    return f"{key & ~EXTENDED:08X}" if key & EXTENDED else f"{key:03X}"


def parse_frame(text: str) -> CanFrame:
    """Read ``"351: 14 02 74 0E"``; more than three digits or more than 7FF mean 29 bits. Raise ValueError."""
    head, colon, rest = text.partition(":")
    digits = head.strip()
    if not colon or not digits:
        raise ValueError(f"{text!r} is not a frame such as 351: 14 02")
    identifier, data = int(digits, 16), bytes.fromhex(rest.strip())
    if not 0 <= identifier <= HIGHEST_EXTENDED or len(data) > 8:
        raise ValueError(f"{text!r} is not a frame: at most 29 bits and 8 bytes")
    return CanFrame(identifier, len(digits) > 3 or identifier > HIGHEST, data)
