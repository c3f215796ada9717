"""Modbus TCP: a reply is known by the transaction number of its request.

It has no checksum: an answer that was cut off looks whole once the next one, or the first bytes of it, stand behind. On
a line that has been in trouble one therefore listens for a moment whether an answer goes on behind its end.
"""

from __future__ import annotations

import random
import threading
import time
from collections import deque

from core.frames import FrameRing, Outcome
from core.protocols import Clock
from drivers.modbus import framing
from drivers.modbus.framing import Found, Reply, Request
from drivers.modbus.link import ModbusLink
from drivers.modbus.wire import SocketWire

STEP = 233  # between numbers: it takes four damaged bits to make one of them any of the 255 that come next
RECENT = 64  # requests whose answers may still be under way
PIECES_S = 0.03  # after an answer in pieces one listens for so long whether it goes on behind its end
WARY_S, WARY_FOR_S = 0.05, 60.0  # and for so long after any answer on a line that has been in trouble, for a minute
LATEST = 8  # of these requests an answer is the likeliest to fill up another one
CUT_OFF = "the answer was cut off: something else begins in it"


class TcpLink(ModbusLink):
    """A RegisterLink to a Modbus TCP server or gateway."""

    def __init__(
        self,
        name: str,
        host: str,
        port: int = 502,
        frames: FrameRing | None = None,
        *,
        clock: Clock | None = None,
    ) -> None:
        cancelled = threading.Event()
        super().__init__(name, SocketWire(host, port, cancelled), frames, clock=clock, cancelled=cancelled)
        self._transaction = random.randrange(0x10000)  # a gateway may still hold answers for the program before us
        self._recent: deque[int] = deque(maxlen=RECENT)
        self._in_pieces = False  # the answer under way

    def _encode(self, request: Request) -> bytes:
        self._recent.append(self._transaction)
        self._transaction = (self._transaction + STEP) & 0xFFFF
        self._in_pieces = False
        return framing.tcp_frame(self._transaction, request)

    def _sole_words(self, data: bytes, request: Request) -> tuple[int, ...] | None:
        if self._is_wary:
            return None
        words = framing.sole_words(data, self._transaction, request)
        if words is None or not framing.HEAD.search(data, 10):  # as almost always
            return words
        return None if self._holds_an_answer(data, 0, len(data), request) else words

    def _find(self, data: bytes, request: Request, last: bool) -> Found:
        found = framing.find_tcp(data, self._transaction, request, self._rules(request.unit).exceptions)
        reply = found.reply
        if reply is None:
            self._in_pieces = bool(found.noise)
        elif reply.outcome is not Outcome.FOREIGN and self._is_filled_up(data, reply.frame, request):
            found.reply = Reply(Outcome.DAMAGED, note=CUT_OFF, frame=data)
        return found

    def _is_filled_up(self, data: bytes, frame: bytes, request: Request) -> bool:
        """Whether the answer was cut off, and what came next stands in for its end."""
        start = data.index(frame)
        end = start + len(frame)
        if self._holds_an_answer(data, start, end, request):
            return True
        rest = data[end:]
        if self._in_pieces:
            return bool(rest) or self._ends_in_a_head(frame)
        return not framing.is_orderly(rest, whole=self._is_wary)

    def _holds_an_answer(self, data: bytes, start: int, end: int, request: Request) -> bool:
        """Whether another answer to us begins within ``data[start:end]``."""
        for number, unit in framing.answers_within(data, start, end):
            ours = self._in_pieces or number == self._transaction or number in self._recent
            if ours and (unit == request.unit or unit in self.rules):
                return True
        return False

    def _ends_in_a_head(self, frame: bytes) -> bool:
        """Whether its last bytes, two at the least, are the first ones of an answer that may still come."""
        heads = [number.to_bytes(2, "big") + bytes(3) for number in (*(*self._recent,)[-LATEST:], self._transaction)]
        return any(frame.endswith(head[:size]) for head in heads for size in range(2, 6))

    def _after(self, outcome: Outcome, found: Found) -> None:
        """After half an answer nobody knows where the next one begins, and its rest could fill up another half one."""
        super()._after(outcome, found)
        padded = outcome in (Outcome.ANSWERED, Outcome.REFUSED) and len(set(found.noise)) <= 1
        if found.strangers or (outcome is not Outcome.SILENT and not padded):
            self._wary_until = time.monotonic() + WARY_FOR_S
        if self._in_pieces and found.reply is None:
            self.close()

    def _note_late(self, late: bytes) -> None:
        super()._note_late(late)
        self._wary_until = time.monotonic() + WARY_FOR_S

    def _linger_s(self) -> float:
        if self._is_wary:
            return WARY_S
        return PIECES_S if self._in_pieces else 0.0
