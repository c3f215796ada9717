"""Frames as people read them: bytes in hexadecimal, CAN frames with their identifier, OCPP messages as JSON. Pure."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any, cast

from core.frames import Frame, Outcome
from core.visible import visible

EXTENDED = 0x8000_0000  # bit of a CAN identifier of 29 bits, as frames are kept in the ring
CALL_KINDS = {2: "CALL", 3: "CALLRESULT", 4: "CALLERROR"}
WIDE = 16  # bytes in a line of the long form


def is_sent(frame: Frame) -> bool:
    """Whether what is worth reading is what went out."""
    return frame.outcome is Outcome.SENT or not frame.received


def short(kind: str, data: bytes) -> str:
    """One line: ``18E51001  02 00 10 …`` on CAN, the message on OCPP, plain hexadecimal elsewhere."""
    if not data:
        return ""
    if kind == "can" and len(data) >= 4:
        identifier, rest = can_parts(data)
        return f"{identifier}  {rest.hex(' ').upper()}"
    if kind == "ocpp":
        with suppress(RecursionError):  # nested too deeply to be written again
            if (message := json_of(data)) is not None:
                return visible(_message_line(message))
        return visible(data.decode("utf-8", "replace"))
    return data.hex(" ").upper()


def long(kind: str, data: bytes) -> str:
    """All of it on as many lines as it needs: JSON with its indents, or sixteen bytes a line with their place."""
    if kind == "ocpp":
        with suppress(RecursionError):
            if (message := json_of(data)) is not None:
                return visible(json.dumps(message, indent=2, ensure_ascii=False), lines=True)
        return visible(data.decode("utf-8", "replace"), lines=True)
    if kind == "can" and len(data) >= 4:
        identifier, rest = can_parts(data)
        return f"{identifier}  [{len(rest)}]  {rest.hex(' ').upper()}"
    lines: list[str] = []
    for start in range(0, len(data), WIDE):
        row = data[start : start + WIDE]
        letters = "".join(chr(byte) if 32 <= byte < 127 else "·" for byte in row)
        lines.append(f"{start:04X}  {row.hex(' ').upper():<47}  {letters}")
    return "\n".join(lines)


def can_parts(data: bytes) -> tuple[str, bytes]:
    """The identifier (three digits, or eight where it has 29 bits) and the data of a CAN frame in the ring."""
    number = int.from_bytes(data[:4], "big")
    if number & EXTENDED:
        return f"{number & 0x1FFF_FFFF:08X}", data[4:]
    return f"{number & 0x7FF:03X}", data[4:]


def identifier(number: int) -> str:
    """A CAN identifier; bit 31 or its size says that it has 29 bits."""
    return f"{number & 0x1FFF_FFFF:08X}" if number & EXTENDED or number > 0x7FF else f"{number:03X}"


def json_of(data: bytes) -> Any:
    """The message of an OCPP frame, None where it is none."""
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        return None


def _message_line(message: object) -> str:
    """``CALL StatusNotification {"connectorId": 1, …}``."""
    if not isinstance(message, list) or not message:
        return json.dumps(message, ensure_ascii=False)
    parts = cast("list[object]", message)
    kind = CALL_KINDS.get(parts[0], "") if isinstance(parts[0], int) else ""
    action = str(parts[2]) if kind == "CALL" and len(parts) > 2 else ""
    rest = parts[3:] if kind == "CALL" else parts[2:]
    said = " ".join(json.dumps(part, ensure_ascii=False) for part in rest)
    return " ".join(part for part in (kind, action, said) if part)
