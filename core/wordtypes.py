"""How numbers, texts and times lie in registers: one row per type name, each with its way back.

A codec turns the bytes of a point (already in big-endian order) into a Python value and back. Integers stay integers
here; ``core.decode`` gives them their scale.
"""

from __future__ import annotations

import math
import re
import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from core.errors import DecodeError

Raw = int | float | str
"""What a codec reads: an integer or float still to be scaled, or a finished text or time."""

ORDERS = ("ABCD", "CDAB", "BADC", "DCBA")


@dataclass(frozen=True, slots=True)
class WordType:
    """A row of the table below. ``words`` None: the width comes from the profile."""

    words: int | None
    read: Callable[[bytes], Raw]
    write: Callable[[Raw, int], bytes]
    kind: str = "number"  # number, float, bits, text, time
    signed: bool = False


_REGISTERS = [struct.Struct(f">{count}H").pack for count in range(5)]


def to_bytes(words: Sequence[int], order: str = "ABCD") -> bytes:
    """The registers' bytes, most significant first. ``order`` is written high to low for a two-word number."""
    if order in ("CDAB", "DCBA"):
        words = words[::-1]
    data = _REGISTERS[len(words)](*words) if len(words) < len(_REGISTERS) else struct.pack(f">{len(words)}H", *words)
    if order in ("BADC", "DCBA"):
        data = b"".join(data[at + 1 : at + 2] + data[at : at + 1] for at in range(0, len(data), 2))
    return data


def to_words(data: bytes, order: str = "ABCD") -> tuple[int, ...]:
    """Inverse of ``to_bytes``."""
    if order in ("BADC", "DCBA"):
        data = b"".join(data[at + 1 : at + 2] + data[at : at + 1] for at in range(0, len(data), 2))
    words = [int.from_bytes(data[at : at + 2], "big") for at in range(0, len(data), 2)]
    return tuple(words[::-1] if order in ("CDAB", "DCBA") else words)


def _number(raw: Raw) -> float:
    if isinstance(raw, str):
        raise DecodeError(f"{raw!r} is not a number")
    return raw


def _integer(signed: bool) -> tuple[Callable[[bytes], Raw], Callable[[Raw, int], bytes]]:
    def read(data: bytes) -> Raw:
        return int.from_bytes(data, "big", signed=signed)

    def write(raw: Raw, size: int) -> bytes:
        number = round(_number(raw))
        try:
            return number.to_bytes(size, "big", signed=signed)
        except OverflowError as err:
            raise DecodeError(f"{number} does not fit {size // 2} register(s)") from err

    return read, write


def _float(form: str) -> tuple[Callable[[bytes], Raw], Callable[[Raw, int], bytes]]:
    return lambda data: struct.unpack(form, data)[0], lambda raw, _size: struct.pack(form, _number(raw))


def _read_bcd(data: bytes) -> Raw:
    digits = data.hex()
    if not digits.isdecimal():
        raise DecodeError(f"{digits} is not packed decimal")
    return int(digits)


def _write_bcd(raw: Raw, size: int) -> bytes:
    digits = f"{round(_number(raw)):0{2 * size}d}"
    if len(digits) > 2 * size or digits.startswith("-"):
        raise DecodeError(f"{digits} does not fit {2 * size} decimal digits")
    return bytes.fromhex(digits)


def _read_ascii(data: bytes) -> Raw:
    text = data.split(b"\0", 1)[0].strip(b" \xff")
    if any(byte < 0x20 for byte in text):
        raise DecodeError(f"{data.hex()} is not text")
    return text.decode("utf-8", errors="replace").strip()


def _write_ascii(raw: Raw, size: int) -> bytes:
    data = str(raw).encode("utf-8")
    if len(data) > size:
        raise DecodeError(f"{raw!r} is longer than {size} characters")
    return data.ljust(size, b"\0")


def _clock_time(hour: int, minute: int) -> str:
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        raise DecodeError(f"{hour}:{minute} is not a time of day")
    return f"{hour:02d}:{minute:02d}"


def _time_parts(raw: Raw) -> tuple[int, int]:
    match = re.fullmatch(r"(\d\d?):(\d\d)", str(raw))
    if not match:
        raise DecodeError(f"{raw!r} is not a time such as 07:30")
    _clock_time(int(match[1]), int(match[2]))
    return int(match[1]), int(match[2])


def _bcd_byte(byte: int) -> int:
    if byte >> 4 > 9 or byte & 15 > 9:
        raise DecodeError(f"0x{byte:02X} is not packed decimal")
    return (byte >> 4) * 10 + (byte & 15)


def _to_bcd(number: int) -> int:
    return (number // 10) << 4 | number % 10


def _read_mmdd(data: bytes) -> Raw:
    month, day = data[0], data[1]
    try:
        datetime(2000, month, day)  # of a leap year
    except ValueError as err:
        raise DecodeError(f"{month}-{day} is not a month and a day") from err
    return f"{month:02d}-{day:02d}"


def _write_mmdd(raw: Raw, _size: int) -> bytes:
    match = re.fullmatch(r"(\d\d?)-(\d\d?)", str(raw))
    if not match:
        raise DecodeError(f"{raw!r} is not a date such as 12-31")
    data = bytes((int(match[1]), int(match[2])))
    _read_mmdd(data)
    return data


def _read_decimal_time(data: bytes) -> Raw:
    number = int.from_bytes(data, "big")
    return _clock_time(number // 100, number % 100)


def _write_decimal_time(raw: Raw, _size: int) -> bytes:
    hour, minute = _time_parts(raw)
    return (hour * 100 + minute).to_bytes(2, "big")


def _read_ascii_time(data: bytes) -> Raw:
    if not data.isdigit():
        raise DecodeError(f"{data.hex()} is not a time in digits")
    return _clock_time(int(data[:2]), int(data[2:]))


def _moment(parts: Sequence[int]) -> str:
    """The text of year - 2000, month, day, hour, minute and second, if there is such a moment in this century."""
    year, month, day, hour, minute, second = parts
    try:
        if year > 99:
            raise ValueError(year)
        return datetime(2000 + year, month, day, hour, minute, second).isoformat()
    except ValueError as err:
        raise DecodeError(f"{tuple(parts)} is not a date and time") from err


def _moment_parts(raw: Raw) -> list[int]:
    match = re.fullmatch(r"20(\d\d)-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d+)?", str(raw))
    if not match:
        raise DecodeError(f"{raw!r} is not a date and time such as 2026-11-21T08:00:00")
    parts = [int(part) for part in match.groups()]
    _moment(parts)
    return parts


def _low_bytes(data: bytes) -> list[int]:
    return [int.from_bytes(data[at : at + 2], "big") for at in range(0, 12, 2)]


def _read_schneider_clock(data: bytes) -> Raw:
    """Four words: year - 2000 in 7 bits; month | day in 5 bits; hour in 5 bits | minute in 6; milliseconds."""
    millis = int.from_bytes(data[6:8], "big")
    return _moment((data[1] & 0x7F, data[2] & 0x0F, data[3] & 0x1F, data[4] & 0x1F, data[5] & 0x3F, millis // 1000))


def _write_schneider_clock(raw: Raw, _size: int) -> bytes:
    year, month, day, hour, minute, second = _moment_parts(raw)
    return bytes((0, year, month, day, hour, minute)) + (second * 1000).to_bytes(2, "big")


def _read_version(data: bytes) -> Raw:
    """High byte / 10 and low byte: 0x2D07 is 4.5.7 (as the KSTAR family prints it)."""
    return f"{data[0] // 10}.{data[0] % 10}.{data[1]}"


def _write_version(raw: Raw, _size: int) -> bytes:
    match = re.fullmatch(r"(\d+)\.(\d)\.(\d+)", str(raw))
    if not match:
        raise DecodeError(f"{raw!r} is not a version such as 4.5.7")
    return bytes((int(match[1]) * 10 + int(match[2]), int(match[3])))


def _read_byte_pair(data: bytes) -> Raw:
    return f"{data[0]}x{data[1]}"


def _write_byte_pair(raw: Raw, _size: int) -> bytes:
    match = re.fullmatch(r"(\d+)x(\d+)", str(raw))
    if not match:
        raise DecodeError(f"{raw!r} is not two numbers such as 2x4")
    return bytes((int(match[1]), int(match[2])))


_UNSIGNED, _SIGNED = _integer(False), _integer(True)

TYPES: dict[str, WordType] = {
    "u16": WordType(1, *_UNSIGNED),
    "s16": WordType(1, *_SIGNED, signed=True),
    "u32": WordType(2, *_UNSIGNED),
    "s32": WordType(2, *_SIGNED, signed=True),
    "u48": WordType(3, *_UNSIGNED),
    "u64": WordType(4, *_UNSIGNED),
    "s64": WordType(4, *_SIGNED, signed=True),
    "f32": WordType(2, *_float(">f"), kind="float"),
    "f64": WordType(4, *_float(">d"), kind="float"),
    "bcd": WordType(None, _read_bcd, _write_bcd),
    "bits": WordType(None, *_UNSIGNED, kind="bits"),
    "ascii": WordType(None, _read_ascii, _write_ascii, kind="text"),
    "hhmm": WordType(
        1, lambda data: _clock_time(data[0], data[1]), lambda raw, _size: bytes(_time_parts(raw)), kind="time"
    ),
    "hhmm_bcd": WordType(
        1,
        lambda data: _clock_time(_bcd_byte(data[0]), _bcd_byte(data[1])),
        lambda raw, _size: bytes(_to_bcd(part) for part in _time_parts(raw)),
        kind="time",
    ),
    "hhmm_decimal": WordType(1, _read_decimal_time, _write_decimal_time, kind="time"),
    "hhmm_ascii": WordType(
        2,
        _read_ascii_time,
        lambda raw, _size: "".join(f"{part:02d}" for part in _time_parts(raw)).encode(),
        kind="time",
    ),
    "mmdd": WordType(1, _read_mmdd, _write_mmdd, kind="time"),
    "clock_words": WordType(
        6,
        lambda data: _moment(_low_bytes(data)),
        lambda raw, _size: b"".join(part.to_bytes(2, "big") for part in _moment_parts(raw)),
        kind="time",
    ),
    "clock_bytes": WordType(
        3, lambda data: _moment(tuple(data)), lambda raw, _size: bytes(_moment_parts(raw)), kind="time"
    ),
    "clock_bcd": WordType(
        6,
        lambda data: _moment([_bcd_byte(part & 0xFF) for part in _low_bytes(data)]),
        lambda raw, _size: b"".join(_to_bcd(part).to_bytes(2, "big") for part in _moment_parts(raw)),
        kind="time",
    ),
    "clock_schneider": WordType(4, _read_schneider_clock, _write_schneider_clock, kind="time"),
    "version": WordType(1, _read_version, _write_version, kind="text"),
    "bytes": WordType(1, _read_byte_pair, _write_byte_pair, kind="text"),
}
"""Every type a profile may name, ``area`` apart, which is never read; time layouts as in the maps of the devices."""


def is_nothing(raw: Raw) -> bool:
    """Whether a float says "no value" in the IEEE way."""
    return isinstance(raw, float) and not math.isfinite(raw)
