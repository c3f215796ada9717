"""Modbus requests to bytes, and the one reply that belongs to a request found in whatever came back.

Pure functions. Nothing here trusts the line: a reply counts only when its transaction (TCP), unit, function and length
are those asked for and its checksum (RTU) is right. Source: Modbus Application Protocol V1.1b3, Modbus Messaging on
TCP/IP V1.0b, Modbus over Serial Line V1.02.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from core.frames import Outcome
from core.immutable import immutable

REFUSALS = {
    1: "illegal function",
    2: "illegal address",
    3: "illegal data value",
    4: "device failure",
    5: "accepted, still working",
    6: "busy",
    8: "memory parity error",
    10: "gateway has no path",
    11: "gateway: the device does not answer",
}


@immutable
class Request:
    """One question. A normal answer has ``reply`` bytes (of PDU) and starts with ``echo``."""

    unit: int
    pdu: bytes
    reply: int
    echo: bytes
    count: int = 0
    function: int = field(init=False, repr=False, compare=False)  # its code
    tcp_size: int = field(init=False, repr=False, compare=False)  # of a normal answer over TCP, header and all
    tcp_head: bytes = field(init=False, repr=False, compare=False)  # how that goes on behind the transaction
    registers: struct.Struct | None = field(init=False, repr=False, compare=False)  # of an answer that has any

    def __post_init__(self) -> None:
        """Work out once what each answer is compared with."""
        set_field = object.__setattr__
        set_field(self, "function", self.pdu[0])
        set_field(self, "tcp_size", 7 + self.reply)
        set_field(self, "tcp_head", struct.pack(">HHB", 0, 1 + self.reply, self.unit) + self.echo)
        set_field(self, "registers", struct.Struct(f">{self.count}H") if self.pdu[0] in (3, 4) else None)


_NOTHING = Request(0, b"\0", 5, b"")
ANOTHER_MASTER = "another master asks the same unit for as much: nobody knows whose answer this is"


@immutable
class Reply:
    """What a request got: words for a read, a code for a refusal; ``frame`` are its bytes on the wire."""

    outcome: Outcome
    words: tuple[int, ...] = ()
    code: int | None = None
    note: str = ""
    frame: bytes = b""


@dataclass(slots=True)
class Found:
    """What lies in the input: our reply or None, whole frames of other exchanges, bytes that are no frame yet."""

    reply: Reply | None = None
    strangers: list[bytes] = field(default_factory=list[bytes])
    noise: bytes = b""
    why: str = ""  # why the last of those frames is not our reply


def refusal(code: int) -> str:
    """A Modbus exception code in words."""
    return REFUSALS.get(code, f"exception {code}")


@lru_cache(maxsize=4096)  # a device is asked the same ever again
def read_request(unit: int, function: int, address: int, count: int) -> Request:
    """Ask for ``count`` bits (functions 1, 2) or registers (3, 4)."""
    if function not in (1, 2, 3, 4):
        raise ValueError(f"function {function} does not read registers")
    size = (count + 7) // 8 if function < 3 else 2 * count
    if not (0 <= address <= 0xFFFF and 1 <= count <= 2000 and size <= 250):
        raise ValueError(f"{count} from {address} do not fit into one request")
    pdu = struct.pack(">BHH", function, address, count)
    return Request(unit, pdu, 2 + size, bytes((function, size)), count)


def write_request(unit: int, function: int, address: int, words: Sequence[int]) -> Request:
    """Write with function 5 (one bit), 6 (one register), 15 (bits) or 16 (registers); bits are words of 0 and 1."""
    if function == 5:
        pdu = struct.pack(">BHH", 5, address, 0xFF00 if words[0] else 0)
        return Request(unit, pdu, 5, pdu)
    if function == 6:
        pdu = struct.pack(">BHH", 6, address, words[0])
        return Request(unit, pdu, 5, pdu)
    if function == 15:
        packed = sum(1 << bit for bit, word in enumerate(words) if word)
        data = packed.to_bytes((len(words) + 7) // 8, "little")
    elif function == 16:
        data = struct.pack(f">{len(words)}H", *words)
    else:
        raise ValueError(f"function {function} does not write registers")
    head = struct.pack(">BHH", function, address, len(words))
    return Request(unit, head + bytes((len(data),)) + data, 5, head)


def raw_request(unit: int, pdu: bytes, reply: int, echo: bytes = b"") -> Request:
    """A maker's own function (65, 66, 73): the caller knows how long the answer is and how it begins."""
    return Request(unit, pdu, reply, echo or pdu[:1])


def judge(request: Request, pdu: bytes, exceptions: Collection[int] = (), frame: bytes = b"") -> Reply | None:
    """What a PDU (of ``frame``) from the right unit says to this request; None when it answers another one."""
    function = pdu[0] if pdu else 0
    if len(pdu) == request.reply and pdu.startswith(request.echo):
        return Reply(Outcome.ANSWERED, _words(request, pdu), frame=frame)
    if len(pdu) == 2 and (function == request.function | 0x80 or function in exceptions):
        return Reply(Outcome.REFUSED, code=pdu[1], note=refusal(pdu[1]), frame=frame)
    return None


def _words(request: Request, pdu: bytes) -> tuple[int, ...]:
    if request.registers is not None:
        return request.registers.unpack_from(pdu, 2)
    if request.function in (1, 2):
        bits = int.from_bytes(pdu[2:], "little")
        return tuple(bits >> place & 1 for place in range(request.count))
    data = pdu[1:]
    return tuple(int.from_bytes(data[at : at + 2], "big") for at in range(0, len(data), 2))


# -- Modbus TCP ------------------------------------------------------------------------------------------------


_MBAP = struct.Struct(">HHHB")


def tcp_frame(transaction: int, request: Request) -> bytes:
    """The request behind its MBAP header."""
    return _MBAP.pack(transaction, 0, len(request.pdu) + 1, request.unit) + request.pdu


def find_tcp(data: bytes, transaction: int, request: Request, exceptions: Collection[int] = ()) -> Found:
    """Look through a TCP stream. A reply of our transaction with wrong contents is ``Reply(FOREIGN)``: nothing
    better will come."""
    found = Found()
    at = 0
    while at + 7 <= len(data):
        number, protocol, length, unit = _MBAP.unpack_from(data, at)
        if protocol != 0 or not 2 <= length <= 254:
            found.noise += data[at : at + 1]
            at += 1
            continue
        frame = data[at : at + 6 + length]
        if len(frame) < 6 + length:
            break
        at += len(frame)
        if number != transaction:
            found.strangers.append(frame)
            continue
        found.reply = judge(request, frame[7:], exceptions, frame) if unit == request.unit else None
        if found.reply is None:
            found.reply = Reply(Outcome.FOREIGN, note=_why_foreign(request, unit, frame[7:]), frame=frame)
        break
    found.noise += data[at:]
    return found


def sole_words(data: bytes, transaction: int, request: Request) -> tuple[int, ...] | None:
    """The registers of the answer to a request where the input is that and nothing else, as it nearly always is.

    None says nothing of the input: ``find_tcp`` looks through it. Whatever is found here, it finds as well.
    """
    if (
        len(data) == request.tcp_size
        and data[0] << 8 | data[1] == transaction
        and data.startswith(request.tcp_head, 2)
        and request.registers is not None
    ):
        return request.registers.unpack_from(data, 9)
    return None


HEAD = re.compile(rb"(?=\0\0\0[\x03-\xff].[\x01-\x04\x81-\x90])", re.DOTALL)
"""Behind a transaction: protocol 0, a length, a unit, the function of an answer."""


def answers_within(data: bytes, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Transaction and unit of whatever looks like another answer that begins within the frame ``data[start:end]``.

    Such a frame may have been cut off, and filled up by that answer: Modbus TCP has no checksum that would tell.
    """
    stream = data[start : end + 9]
    for head in HEAD.finditer(stream, 10):
        at = head.start() - 2
        if at >= end - start:
            return
        number, length, unit, function = struct.unpack_from(">HxxHBB", stream, at)
        size = stream[at + 8] if len(stream) > at + 8 else length - 3  # it may be cut off in its turn
        answers = function in (1, 2, 3, 4) and size >= 1 and length == 3 + size
        if answers or (function > 0x80 and length == 3):
            yield number, unit


def is_orderly(rest: bytes, *, whole: bool = False) -> bool:
    """Whether what stands behind an answer in a TCP stream are more frames (the last one may be cut off, unless they
    must be ``whole``), or the padding of a gateway."""
    at = 0
    while at < len(rest) and len(set(rest[at:])) > 1:
        if any(rest[at + 2 : at + 4]):
            return False
        if len(rest) < at + 6:
            return not whole
        length = int.from_bytes(rest[at + 4 : at + 6], "big")
        if not 2 <= length <= 254:
            return False
        at += 6 + length
    return at <= len(rest) or not whole


def _why_foreign(request: Request, unit: int, pdu: bytes) -> str:
    if unit != request.unit:
        return f"unit {unit} answered instead of {request.unit}"
    if pdu[0] & 0x7F != request.function:
        return f"function {pdu[0] & 0x7F} answered instead of {request.function}"
    if request.function not in (1, 2, 3, 4):
        return "answers another request"
    told = pdu[1] if len(pdu) == request.reply else len(pdu) - 2  # a right length with a byte count that lies
    return f"{told} bytes answered instead of {request.reply - 2}"


# -- RTU -------------------------------------------------------------------------------------------------------


def _crc_table() -> tuple[int, ...]:
    table: list[int] = []
    for byte in range(256):
        for _ in range(8):
            byte = byte >> 1 ^ (0xA001 if byte & 1 else 0)  # noqa: PLW2901 - shifted through, bit by bit
        table.append(byte)
    return tuple(table)


_CRC = _crc_table()


def crc16(data: bytes) -> int:
    """The checksum of Modbus RTU; it goes out low byte first."""
    crc = 0xFFFF
    for byte in data:
        crc = crc >> 8 ^ _CRC[(crc ^ byte) & 0xFF]
    return crc


def rtu_frame(request: Request) -> bytes:
    """The request between unit and checksum."""
    body = bytes((request.unit,)) + request.pdu
    return body + crc16(body).to_bytes(2, "little")


def find_rtu(data: bytes, request: Request, exceptions: Collection[int] = ()) -> Found:
    """Look through what a serial line gave, at every place, since noise may stand before a frame.

    Behind another master's question to the same unit for as much, nobody knows whose answer comes: none is ours.
    """
    found = Found()
    at, theirs = 0, False
    while at < len(data):
        frame = _frame_at(data, at, request, exceptions)
        if frame is None:
            found.noise += data[at : at + 1]
            at += 1
            continue
        at += len(frame)
        reply = judge(request, frame[1:-2], exceptions, frame) if frame[0] == request.unit else None
        if reply is not None and not theirs:
            found.reply = reply
            found.noise += data[at:]
            return found
        found.strangers.append(frame)
        found.why = ANOTHER_MASTER if theirs else _why_foreign(request, frame[0], frame[1:-2])
        theirs = theirs or (frame[0] == request.unit and asked_by(frame) == (request.function, request.reply))
    return found


def asked_by(frame: bytes) -> tuple[int, int] | None:
    """Function and length (of PDU) of the answer that a read by another master asks for; None when it is none."""
    function = frame[1]
    if len(frame) != 8 or function not in (1, 2, 3, 4) or (function < 3 and frame[2] == 3):  # 3 bytes of bits
        return None
    count = int.from_bytes(frame[4:6], "big")
    return function, 2 + ((count + 7) // 8 if function < 3 else 2 * count)


def rtu_frames(data: bytes) -> list[bytes]:
    """Every whole frame in what came when nothing was asked: answers to reads, refusals, questions."""
    found: list[bytes] = []
    at = 0
    while at < len(data):
        frame = _frame_at(data, at, _NOTHING, ())
        at += len(frame) if frame else 1
        if frame:
            found.append(frame)
    return found


def _frame_at(data: bytes, at: int, request: Request, exceptions: Collection[int]) -> bytes | None:
    """The whole frame with a right checksum that starts here, if any; its length follows from its function."""
    if len(data) - at < 5:
        return None
    function, size = data[at + 1], data[at + 2]
    lengths = {8}  # replies to writes, and other people's requests
    if function in (1, 2, 3, 4):
        lengths.add(5 + size)
    if function >= 0x80 or function in exceptions:
        lengths.add(5)
    if function == request.function:
        lengths.add(3 + request.reply)
    for length in lengths:
        frame = data[at : at + length]
        if len(frame) == length and crc16(frame[:-2]) == int.from_bytes(frame[-2:], "little"):
            return frame
    return None
