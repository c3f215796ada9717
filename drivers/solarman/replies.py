"""Which V5 frame is the reply to a request, and what it says. Pure functions."""

from __future__ import annotations

from collections.abc import Collection

from core.frames import Outcome
from drivers.modbus import framing
from drivers.modbus.framing import Reply, Request
from drivers.solarman.frames import (
    INVERTER,
    INVERTER_SILENT,
    LIVE,
    START,
    WRONG_SERIAL,
    StickAnswer,
    V5Frame,
    open_answer,
)

DOUBLE_CRC = b"\0\0"


def judge(
    frame: V5Frame, request: Request, sequence: int, serial: int, exceptions: Collection[int] = ()
) -> Reply | None:
    """What a frame says to this request; None when it is no reply to it.

    A reply has our sequence number and the stick's serial number (``serial`` 0: any), comes from the inverter, and
    its Modbus part fits in unit, function, byte count and checksum. Our sequence number with another serial number,
    an error of the stick or a Modbus part with a wrong checksum end the exchange without a value.
    """
    answer = open_answer(frame)
    if answer is None or frame.sequence != sequence:
        return None
    if serial and frame.serial != serial:
        return Reply(Outcome.SILENT, note=other_serial(frame.serial, serial), frame=frame.raw)
    if (code := answer.error) is not None:
        return Reply(Outcome.SILENT, note=stick_error(code, request.unit), frame=frame.raw)
    if answer.frame_type != INVERTER:
        return None
    return _judge_block(frame, answer, request, exceptions)


def _judge_block(frame: V5Frame, answer: StickAnswer, request: Request, exceptions: Collection[int]) -> Reply | None:
    body = modbus_body(answer.block, request, exceptions)
    if framing.crc16(body[:-2]) != int.from_bytes(body[-2:], "little") or len(body) < 4:
        note = "the checksum of the Modbus part is wrong"
        return Reply(Outcome.DAMAGED, note=note, frame=frame.raw)
    reply = framing.judge(request, body[1:-2], exceptions) if body[0] == request.unit else None
    if reply is None:
        return None
    note = reply.note or ("" if answer.status == LIVE else f"status {answer.status}")
    return Reply(reply.outcome, reply.words, reply.code, note, frame.raw)


def modbus_body(block: bytes, request: Request, exceptions: Collection[int] = ()) -> bytes:
    """The RTU frame without the two zero bytes that some sticks add behind its checksum.

    The byte count decides: a right checksum may itself end in 00, and the checksum over the whole block is right too.
    """
    size = _size(block, request, exceptions)
    return block[:-2] if len(block) == size + 2 and block.endswith(DOUBLE_CRC) else block


def _size(block: bytes, request: Request, exceptions: Collection[int]) -> int:
    """How long the RTU frame says it is, with unit and checksum."""
    function = block[1] if len(block) > 2 else 0
    if function >= 0x80 or (function in exceptions and function != request.function):
        return 5
    if function in (1, 2, 3, 4):
        return 5 + block[2]
    return request.reply + 3 if function == request.function else 8


def other_serial(true: int, given: int) -> str:
    """One sentence for a serial number that is not the stick's."""
    return f"the stick's serial number is {true}, not {given}"


def stick_error(code: int, unit: int) -> str:
    """One sentence for an error of the stick itself."""
    if code == INVERTER_SILENT:
        return (
            f"the stick answers, the inverter does not: unit {unit} is wrong, it has no such register,"
            " or the stick is not plugged in well"
        )
    if code == WRONG_SERIAL:
        return "the stick refuses with its error 6: the serial number does not match, or it is busy"
    return f"the stick refuses with its error {code}"


def speaks_plain_modbus(data: bytes, sent: bytes) -> bool:
    """Whether a V5 request was answered as if it had been Modbus TCP, by one whole frame.

    A transparent Ethernet stick takes A5 17 for the transaction and 00 10 for the protocol, and gives both back; a
    stricter one answers with protocol 0.
    """
    if not 8 <= len(data) <= 260 or sent.startswith(data):
        return False
    if data[:5] == sent[:5]:
        return len(data) == 6 + data[5]
    same_transaction = data[:2] == sent[:2] or data[0] != START
    return same_transaction and data[2:4] == b"\0\0" and len(data) == 6 + int.from_bytes(data[4:6], "big")
