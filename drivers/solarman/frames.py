"""SOLARMAN V5 frames: bytes to frames out of a stream, and frames to bytes. Nothing here raises on what a line brings.

Layout: A5, payload length (2), control code (2), client sequence, logger counter, logger serial (4), payload, sum of
all before but the start (1), 15; numbers little endian. The Modbus RTU frame inside keeps Modbus order.
Source: the description of the protocol in the documentation of pysolarmanv5, and captures published in its issues.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

START, END, V4_START, V4_END = 0xA5, 0x15, 0x68, 0x16
HELLO, DATA, WIFI, REQUEST, HEARTBEAT, REPORT = 0x4110, 0x4210, 0x4310, 0x4510, 0x4710, 0x4810
REPLY_STEP = 0x3000  # the reply to a control code has this code less
ANSWER = REQUEST - REPLY_STEP

HEAD, TAIL = 11, 2
MOST_PAYLOAD = 1024  # the longest Modbus answer makes 272, a hello 130; a length beyond is no length
MOST_FRAME = HEAD + MOST_PAYLOAD + TAIL
ANSWER_HEAD = 14  # bytes of an answer's payload before its Modbus part
STICK, INVERTER, LIVE = 1, 2, 1
SHORT_ERROR = ANSWER_HEAD + 2
INVERTER_SILENT, WRONG_SERIAL = 5, 6

_CODES = {high << 8 | 0x10 for high in (*range(0x11, 0x19), *range(0x41, 0x49))}


@dataclass(frozen=True, slots=True)
class V5Frame:
    """One frame with a right length, end and checksum. ``serial`` is the stick's, ``raw`` its bytes on the wire."""

    code: int
    sequence: int
    counter: int
    serial: int
    payload: bytes
    raw: bytes


@dataclass(frozen=True, slots=True)
class StickAnswer:
    """The payload of an answer. Times are seconds; ``block`` is the Modbus part as it came, checksum and all."""

    frame_type: int
    status: int
    working_s: int
    power_on_s: int
    offset_s: int
    block: bytes

    @property
    def taken_at(self) -> int | None:
        """When the stick says that it asked the inverter (Unix seconds); None while the stick has no clock."""
        return self.working_s + self.offset_s if self.offset_s else None

    @property
    def error(self) -> int | None:
        """The stick's own error code, in place of a Modbus answer: 5 inverter silent, 6 serial number wrong, others.

        They share no meaning with the exception codes of Modbus.
        """
        return self.block[0] if len(self.block) == 2 and self.block[1] == 0 else None


def checksum(data: bytes) -> int:
    """The sum over a frame, without its start, its checksum and its end."""
    return sum(data) & 0xFF


def encode(code: int, sequence: int, counter: int, serial: int, payload: bytes) -> bytes:
    """Any frame."""
    body = struct.pack("<HHBBI", len(payload), code, sequence, counter, serial) + payload
    return bytes((START,)) + body + bytes((checksum(body), END))


def request_frame(serial: int, sequence: int, rtu: bytes) -> bytes:
    """A Modbus RTU request wrapped for the stick; serial 0 where it is not known."""
    return encode(REQUEST, sequence, 0, serial, bytes((INVERTER,)) + bytes(14) + rtu)


def answer_payload(block: bytes, working_s: int, power_on_s: int, offset_s: int, frame_type: int = INVERTER) -> bytes:
    """What a stick answers: the Modbus part behind its times."""
    return struct.pack("<BBIII", frame_type, LIVE, working_s, power_on_s, offset_s) + block


def open_answer(frame: V5Frame) -> StickAnswer | None:
    """The answer inside a frame; None when the frame is something else, or too short to be one."""
    if frame.code != ANSWER or len(frame.payload) < ANSWER_HEAD:
        return None
    return StickAnswer(*struct.unpack_from("<BBIII", frame.payload), frame.payload[ANSWER_HEAD:])


def is_v4(data: bytes) -> bool:
    """Whether a stick of the older generation speaks: 68 … 16, and no byte A5 that would start a frame of ours."""
    return len(data) >= 14 and data[0] == V4_START and data[-1] == V4_END


def is_text(data: bytes) -> bool:
    """Whether it is readable text, as the accessories that share the socket write it (``AT+…``)."""
    return all(byte in (9, 10, 13) or 32 <= byte < 127 for byte in data)


class Parser:
    """Cuts frames out of a stream. After every failure the search goes on one byte later.

    Each byte is looked at for a bounded time, and at most MOST_FRAME bytes are held. A start byte whose frame is not
    there yet does not hide a whole frame behind it: where one is found, that start was none.
    """

    def __init__(self) -> None:
        self._held = bytearray()
        self._noise = bytearray()

    @property
    def held(self) -> int:
        """Bytes that may become a frame."""
        return len(self._held)

    def feed(self, data: bytes) -> list[V5Frame]:
        """Take the next part of the stream; return the frames that it completes."""
        self._held += data
        return self._take(ended=False)

    def finish(self) -> list[V5Frame]:
        """Nothing more comes: what is held is no frame. Returns none, unless something was held back."""
        return self._take(ended=True)

    def take_noise(self) -> bytes:
        """Bytes that belong to no frame, and forget them."""
        noise = bytes(self._noise)
        self._noise.clear()
        return noise

    def _take(self, ended: bool) -> list[V5Frame]:
        held, frames = bytes(self._held), list[V5Frame]()
        done = at = 0  # all before ``done`` is frame or noise
        waiting = -1  # the first start whose frame is not whole
        while (start := held.find(START, at)) >= 0:
            at = start + 1
            size = _size_at(held, start)
            if size > len(held) - start:
                if waiting < 0:
                    waiting = start
            elif size and _is_whole(held, start, size):
                self._noise += held[done:start]
                frames.append(_frame(held[start : start + size]))
                done = at = start + size
                waiting = -1
        keep = len(held) if ended or waiting < 0 else waiting
        self._noise += held[done:keep]
        del self._held[:keep]
        return frames


def _size_at(data: bytes, start: int) -> int:
    """How long a frame that starts here is, as far as that can be told; 0 when none can start here."""
    left = len(data) - start
    if left < 3:
        return HEAD + 1 + TAIL
    length = data[start + 1] | data[start + 2] << 8
    if not 1 <= length <= MOST_PAYLOAD:
        return 0
    if left > 3 and data[start + 3] != 0x10:
        return 0
    if left > 4 and (data[start + 3] | data[start + 4] << 8) not in _CODES:
        return 0
    return HEAD + length + TAIL


def _is_whole(data: bytes, start: int, size: int) -> bool:
    end = start + size - 1
    return data[end] == END and data[end - 1] == checksum(data[start + 1 : end - 1])


def _frame(raw: bytes) -> V5Frame:
    _, code, sequence, counter, serial = struct.unpack_from("<HHBBI", raw, 1)
    return V5Frame(code, sequence, counter, serial, raw[HEAD:-TAIL], raw)
