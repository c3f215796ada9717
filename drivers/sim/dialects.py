"""What a fault proxy must know of a protocol: where a frame ends, and how it may be spoilt so that its bytes tell.

No damage here makes another *valid* frame of the same exchange: Modbus TCP has no checksum of its own (that of TCP
stands before it), so only its header is damaged; behind a CRC or a sum at most three bits change, which a CRC always
finds.
"""

from __future__ import annotations

import random
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar

from drivers.modbus.framing import crc16
from drivers.sim.requests import request_size
from drivers.solarman import frames as v5

LONGEST = 1 << 16
OTHER_UNIT = 201  # of another master's device
OTHER_WORDS = b"\xde\xad"


@dataclass(slots=True)
class Stranger:
    """Another program that uses the device as well, whatever becomes of our conversations. It counts up, as we do."""

    number: int | None = None  # of its last question that we have heard of

    def next(self, ours: int, dice: random.Random) -> int:
        """The number of the next one: at first away from ours, then a few on, since not every one is heard here."""
        step = dice.randint(40, 80) if self.number is None else dice.randint(1, 8)
        self.number = (ours if self.number is None else self.number) + step & 0xFF
        return self.number


class Dialect(ABC):
    """One direction of one conversation. ``answers``: frames towards the application are cut here."""

    application_calls: ClassVar[bool] = True  # or the device does
    all_hear_all: ClassVar[bool] = False  # another master's question comes to us too, and not to the device alone

    def __init__(self, *, answers: bool, stranger: Stranger | None = None) -> None:
        self.answers = answers
        self.stranger = stranger or Stranger()

    @abstractmethod
    def take(self, buffer: bytearray) -> bytes | None:
        """Take the first whole frame out of ``buffer``; None while it is incomplete."""

    def touchable(self, frame: bytes) -> bool:
        """Whether this frame may be hit."""
        del frame
        return True

    def cut(self, frame: bytes, dice: random.Random) -> bytes:
        """The frame without its tail or its head."""
        at = dice.randrange(1, len(frame))
        return frame[:at] if dice.random() < 0.7 else frame[at:]

    def noise(self, dice: random.Random) -> bytes:
        """Bytes that mean nothing."""
        return dice.randbytes(dice.randint(1, 40))

    @abstractmethod
    def damaged(self, frame: bytes, dice: random.Random) -> bytes:
        """The frame with some bits changed."""

    @abstractmethod
    def foreign(self, frame: bytes, dice: random.Random) -> bytes:
        """What another master on the same line has asked or been answered, as like to this frame as it can be."""


def _flip(frame: bytes, first: int, end: int, dice: random.Random, most: int = 3) -> bytes:
    """Up to ``most`` bits changed between two places."""
    spoilt = bytearray(frame)
    for place in dice.sample(range(8 * first, 8 * end), dice.randint(1, most)):
        spoilt[place // 8] ^= 1 << place % 8
    return bytes(spoilt)


class TcpDialect(Dialect):
    """Modbus TCP. Whatever follows an answer that was cut off is longer than a header: a few stray bytes that fill it
    up exactly cannot be told."""

    def cut(self, frame: bytes, dice: random.Random) -> bytes:
        """The frame without its tail."""
        return frame[: dice.randrange(min(9, len(frame) - 1), len(frame))]

    def noise(self, dice: random.Random) -> bytes:
        """More than fits into an answer."""
        return dice.randbytes(dice.randint(64, 100))

    def take(self, buffer: bytearray) -> bytes | None:
        """By the length in the header."""
        if len(buffer) < 6 or len(buffer) < (size := 6 + int.from_bytes(buffer[4:6], "big")):
            return None
        frame = bytes(buffer[:size])
        del buffer[:size]
        return frame

    def damaged(self, frame: bytes, dice: random.Random) -> bytes:
        """Transaction, protocol, length or unit."""
        return _flip(frame, 0, 7, dice)

    def foreign(self, frame: bytes, dice: random.Random) -> bytes:
        """An answer under another transaction."""
        number = (int.from_bytes(frame[:2], "big") + dice.choice((-2, -1, dice.randrange(1000, 60_000)))) & 0xFFFF
        words = OTHER_WORDS * ((len(frame) - 9) // 2) if self.answers else frame[9:]
        return number.to_bytes(2, "big") + frame[2:9] + words


class RtuDialect(Dialect):
    """Modbus RTU, behind a pseudo-terminal or over a socket."""

    all_hear_all = True

    def take(self, buffer: bytearray) -> bytes | None:
        """By the function."""
        if len(buffer) < 4:
            return None
        size = self._size(bytes(buffer[1:]))
        if size is None or len(buffer) < size:
            return None
        frame = bytes(buffer[:size])
        del buffer[:size]
        return frame

    def _size(self, body: bytes) -> int | None:
        if not self.answers:
            size = request_size(body)
            return None if size is None else size + 3
        if body[0] >= 0x80:
            return 5
        return 5 + body[1] if body[0] in (1, 2, 3, 4) else 8

    def damaged(self, frame: bytes, dice: random.Random) -> bytes:
        """Anywhere."""
        return _flip(frame, 0, len(frame), dice)

    def foreign(self, frame: bytes, dice: random.Random) -> bytes:
        """Another master's request and its answer: from another unit; from the same one, sometimes as long as ours."""
        unit, function = frame[0], frame[1] & 0x7F
        size = frame[2] if self.answers and frame[1] < 0x80 else 4
        if dice.random() < 0.4:
            unit = OTHER_UNIT
        elif dice.random() < 0.5:
            size += 2 if size < 200 else -2
        asked = bytes((unit, function, 0x21, dice.randrange(256), 0, size // 2))
        told = bytes((unit, function, size)) + OTHER_WORDS * (size // 2)
        return _summed(asked) + _summed(told)


def _summed(body: bytes) -> bytes:
    return body + crc16(body).to_bytes(2, "little")


class V5Dialect(Dialect):
    """SOLARMAN V5."""

    def take(self, buffer: bytearray) -> bytes | None:
        """By the length in the head."""
        size = v5.HEAD + v5.TAIL + int.from_bytes(buffer[1:3], "little")
        if len(buffer) < v5.HEAD or len(buffer) < size:
            return None
        frame = bytes(buffer[:size])
        del buffer[:size]
        return frame

    def touchable(self, frame: bytes) -> bool:
        """Requests and answers."""
        return int.from_bytes(frame[3:5], "little") in (v5.ANSWER, v5.REQUEST)

    def damaged(self, frame: bytes, dice: random.Random) -> bytes:
        """The Modbus part, sometimes with the sum over the frame put right; or anything else, but for the sum."""
        if dice.random() < 0.5 and len(frame) > 32:
            spoilt = bytearray(_flip(frame, v5.HEAD + v5.ANSWER_HEAD, len(frame) - v5.TAIL, dice))
            spoilt[-2] = sum(spoilt[1:-2]) & 0xFF
            return bytes(spoilt)
        return _flip(frame, 0, len(frame), dice, most=1)

    def foreign(self, frame: bytes, dice: random.Random) -> bytes:
        """Another program's answer, under its number."""
        spoilt = bytearray(frame)
        spoilt[5] = self.stranger.next(frame[5], dice)
        block = frame[v5.HEAD + v5.ANSWER_HEAD : -v5.TAIL]
        if self.answers and len(block) > 5 and block[1] < 0x80:
            words = OTHER_WORDS * (block[2] // 2)
            spoilt[v5.HEAD + v5.ANSWER_HEAD : -v5.TAIL] = _summed(block[:3] + words)
        spoilt[-2] = sum(spoilt[1:-2]) & 0xFF
        return bytes(spoilt)


class OcppDialect(Dialect):
    """OCPP-J: the messages in the frames of a WebSocket. Its handshake and its control frames pass untouched."""

    application_calls = False
    TEXT = 0x81

    def __init__(self, *, answers: bool, stranger: Stranger | None = None) -> None:
        super().__init__(answers=answers, stranger=stranger)
        self._shaken = False

    def take(self, buffer: bytearray) -> bytes | None:
        """The handshake, then frame by frame."""
        if not self._shaken:
            end = buffer.find(b"\r\n\r\n")
            size = end + 4 if end >= 0 else None
        else:
            size = self._size(buffer)
        if size is None or len(buffer) < size:
            return None
        self._shaken = True
        frame = bytes(buffer[:size])
        del buffer[:size]
        return frame

    @staticmethod
    def _size(buffer: bytearray) -> int | None:
        if len(buffer) < 10 and (len(buffer) < 2 or buffer[1] & 0x7F > 125):
            return None
        size, head = buffer[1] & 0x7F, 2
        if size > 125:
            head = 4 if size == 126 else 10
            size = int.from_bytes(buffer[2:head], "big")
        return head + (4 if buffer[1] & 0x80 else 0) + size

    def touchable(self, frame: bytes) -> bool:
        """Whole texts."""
        return frame[0] == self.TEXT

    def cut(self, frame: bytes, dice: random.Random) -> bytes:
        """A message that ends too early, in a sound frame; or a torn frame, which ends the connection."""
        if dice.random() < 0.2:
            return frame[: dice.randrange(1, len(frame))]
        text = _text(frame)
        return _framed(frame, text[: dice.randrange(len(text))])

    def noise(self, dice: random.Random) -> bytes:
        """A message that is none."""
        text = bytes(dice.randrange(32, 127) for _ in range(dice.randint(1, 60)))
        return _masked(text) if self.answers else _plain(text)

    def damaged(self, frame: bytes, dice: random.Random) -> bytes:
        """Brackets, quotes and commas go: the checksum of TCP stands before digits and time stamps."""
        text = bytearray(_text(frame))
        places = [at for at, byte in enumerate(text) if byte in b'[]{}",']
        for at in dice.sample(places, min(len(places), dice.randint(1, 3))):
            text[at] = dice.randrange(97, 123)
        return _framed(frame, bytes(text))

    def foreign(self, frame: bytes, dice: random.Random) -> bytes:
        """An answer to what nobody asked, or a measurement of a connector that is not ours."""
        number = f"x{dice.randrange(1 << 30)}"
        if dice.random() < 0.5:
            key = '{"key":"HeartbeatInterval","readonly":false,"value":"57005"}'
            told = f'[3,"{number}",{{"configurationKey":[{key}]}}]'
        else:
            told = (
                f'[2,"{number}","MeterValues",{{"connectorId":9,"meterValue":[{{"timestamp":"2030-01-01T00:00:00Z",'
                '"sampledValue":[{"value":"57005","measurand":"Power.Active.Import","unit":"W"}]}]}]'
            )
        return _framed(frame, told.encode())


def _text(frame: bytes) -> bytes:
    """What a text frame says."""
    size, at = frame[1] & 0x7F, 2
    at = {126: 4, 127: 10}.get(size, at)
    if not frame[1] & 0x80:
        return frame[at:]
    mask = frame[at : at + 4]
    return bytes(byte ^ mask[place % 4] for place, byte in enumerate(frame[at + 4 :]))


def _framed(like: bytes, text: bytes) -> bytes:
    return _masked(text) if like[1] & 0x80 else _plain(text)


def _plain(text: bytes, masked: int = 0) -> bytes:
    if len(text) < 126:
        return bytes((OcppDialect.TEXT, masked | len(text))) + text
    return bytes((OcppDialect.TEXT, masked | 126)) + len(text).to_bytes(2, "big") + text


def _masked(text: bytes) -> bytes:
    """Under a mask of zeros, which is one."""
    head = len(_plain(text)) - len(text)
    whole = _plain(text, 0x80)
    return whole[:head] + bytes(4) + text


DIALECTS: dict[str, type[Dialect]] = {
    "tcp": TcpDialect,
    "rtu": RtuDialect,
    "rtu+tcp": RtuDialect,
    "v5": V5Dialect,
    "ocpp": OcppDialect,
}
"""Kind of a line -> its frames."""
