"""Parameters of one device on a Modbus line: fresh reads on request, and writes that go out once.

Runs in the line's thread, between two polls. What decides whether a write may be sent is the desk (``core.writing``).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from core.config import DeviceConfig
from core.decode import Context, Decoded, decode, decode_block, word_order
from core.encode import encode
from core.errors import CommandRefused, DecodeError, DeviceError, LinkError, NotSent, NotToldApart
from core.frames import Frame, Outcome
from core.parameters import WriteBlock
from core.plan import Block, plan
from core.points import REFUSED, Point, PointKey, Provenance, Quality, Reading, Value
from core.profile import Profile
from core.protocols import Answer, Clock, RegisterLink, Sink
from core.writing import values
from core.writing.orders import Exchange, Order, Sent
from drivers.modbus.framing import refusal

ILLEGAL_ADDRESS, WORKING = 2, 5
GATEWAY_SILENCE = (10, 11)
SINGLE, SINGLE_BIT, SEVERAL = 6, 5, 16
PATIENCE_S, UNTOLD_WAITS_S = 1.0, 0.1  # on a line that repeats or swaps answers, beyond a time-out; between tries


@dataclass(frozen=True, slots=True)
class Part:
    """One request that writes: ``words`` from ``at`` on."""

    function: int
    at: int
    words: tuple[int, ...]


class Settings:
    """``function_of`` gives the reading function that this very device answers to (a fallback may have been taken)."""

    def __init__(
        self,
        device: DeviceConfig,
        profile: Profile,
        link: RegisterLink,
        *,
        context: Context,
        sink: Sink,
        clock: Clock,
        function_of: Callable[[int], int],
    ) -> None:
        self._device, self._profile, self._link = device, profile, link
        self._context, self._sink, self._clock, self._function_of = context, sink, clock, function_of

    # -- reading -------------------------------------------------------------------------------------------------

    def fetch(self, points: Sequence[Point]) -> tuple[Reading, ...]:
        """Read points now, with what they hang on; raises DeviceError (silence), DecodeError, LinkError."""
        needed = self._profile.needed_first(points)
        missing = [
            point
            for point in self._profile.points
            if point.id in needed and point not in points and self._context.values.get(point.id) is None
        ]
        found: dict[str, Reading] = {}
        for wanted in (missing, points):  # what others are decoded with comes first
            for block in plan(wanted, self._profile.blocks):
                for reading in self._block(block):
                    found[reading.key.point] = reading
        known = [reading for reading in found.values() if self._profile.point(reading.key.point) is not None]
        self._sink.put(known)
        return tuple(found.get(point.id) or self._nothing(point, "this cannot be read") for point in points)

    def _block(self, block: Block) -> list[Reading]:
        try:
            answer = self._read(block.function, block.address, block.count)
        except DeviceError as err:
            if err.code is None or err.code in GATEWAY_SILENCE:
                raise
            if len(block.points) == 1:
                note = REFUSED if err.code == ILLEGAL_ADDRESS else refusal(err.code)
                return [self._nothing(block.points[0], note)]
            return [
                reading
                for point in block.points  # one of them is to blame: each by itself
                for alone in plan([point], self._profile.blocks)
                for reading in self._block(alone)
            ]
        words_at = {block.address + place: word for place, word in enumerate(answer.words)}
        decoded = decode_block(block.points, words_at, self._context)
        return [self._reading(point, words, value, answer) for point, words, value in decoded]

    def _read(self, function: int, address: int, count: int) -> Answer:
        """One read; silence and damage are tried again, as a poll would.

        On a line that repeats or swaps answers it waits until nothing as long can come any more, for a while.
        """
        function, end = self._function_of(function), time.monotonic() + self._profile.timing.timeout_s + PATIENCE_S
        while True:
            try:
                return self._try_to_read(function, address, count)
            except NotToldApart:
                if time.monotonic() > end:
                    raise
                time.sleep(UNTOLD_WAITS_S)

    def _try_to_read(self, function: int, address: int, count: int) -> Answer:
        for left in range(self._profile.timing.retries, -1, -1):
            try:
                return self._link.read(self._device.unit, function, address, count)
            except DeviceError as err:
                if not left or not (err.code is None or err.code in GATEWAY_SILENCE):
                    raise
            except NotToldApart:
                raise
            except DecodeError:
                if not left:
                    raise
        raise AssertionError("a read either answers or raises")

    def _reading(self, point: Point, words: tuple[int, ...], found: Decoded, answer: Answer) -> Reading:
        origin = Provenance(
            self._link.name,
            self._device.unit,
            self._function_of(point.function or 0),
            point.address,
            words,
            answer.frame,
            found.factor,
            found.note,
        )
        key = PointKey(self._device.id, point.id)
        return Reading(key, found.value, answer.at, point.unit, found.quality, origin, found.note)

    def _nothing(self, point: Point, note: str) -> Reading:
        key = PointKey(self._device.id, point.id)
        return Reading(key, None, self._clock.now(), point.unit, Quality.BAD, None, note)

    # -- writing -------------------------------------------------------------------------------------------------

    def write(self, order: Order) -> Sent:
        """Send one write, once. Raises CommandRefused and NotSent (nothing was sent), and LinkError (nobody knows)."""
        began = self._link.frames.newest
        try:
            parts = self._parts(order)
        except LinkError as err:
            raise NotSent(str(err)) from err
        except (DecodeError, DeviceError, ArithmeticError, ValueError, KeyError) as err:
            raise CommandRefused(f"this cannot be put into registers: {err}") from err
        sent = Sent(())
        for number, part in enumerate(parts):
            try:
                sent = self._send(part)
            except NotSent as err:
                if number:
                    raise LinkError(str(err)) from err  # what went before it has been sent
                raise
            if sent.refused or not sent.answered:
                break
        frames = [frame for frame in self._link.frames.since(began) if frame.sent]
        return Sent(tuple(_exchange(frame) for frame in frames), sent.answered, sent.refused, sent.code, sent.note)

    def _send(self, part: Part) -> Sent:
        try:
            self._link.write(self._device.unit, part.function, part.at, part.words)
        except DeviceError as err:
            if err.code is None or err.code in GATEWAY_SILENCE:
                return Sent((), answered=False, note=str(err))
            if err.code == WORKING:
                return Sent((), note="accepted, still working")
            return Sent((), refused=refusal(err.code), code=err.code)
        except DecodeError as err:
            return Sent((), answered=False, note=str(err))
        return Sent(())

    def _parts(self, order: Order) -> list[Part]:
        """The requests of an order; a block is read first, so that what is not changed goes out as it was."""
        if order.block is not None:
            return self._block_parts(order.values, order.block)
        return [self._part(point, value) for point, value in order.values]

    def _part(self, point: Point, value: Value) -> Part:
        words = self._words(point, value, lambda: self._now(point))
        function, at = point.write or 0, point.address
        if list(point.at) != list(range(at, at + point.count)):
            raise DecodeError("its registers do not lie side by side")
        if function not in (SINGLE, SINGLE_BIT, SEVERAL):
            raise DecodeError(f"function {function} is the maker's own")
        if function != SEVERAL and len(words) != 1:
            raise DecodeError(f"function {function} writes one register, and this takes {len(words)}")
        return Part(function, at, words)

    def _block_parts(self, pairs: Sequence[tuple[Point, Value]], block: WriteBlock) -> list[Part]:
        function = next((point.function for point, _ in pairs if point.function is not None), 3)
        held = list(self._read(function, block.first, block.count).words)
        for point, value in pairs:
            was = tuple(held[at - block.first] for at in point.at)
            for at, word in zip(point.at, self._words(point, value, lambda was=was: was), strict=True):
                held[at - block.first] = word
        after: list[Part] = []
        for at, word in block.companions.items():
            if block.first <= at <= block.last:
                held[at - block.first] = word
            else:
                after.append(Part(block.function, at, (word,)))
        return [Part(block.function, block.first, tuple(held)), *after]

    def _words(self, point: Point, value: Value, held: Callable[[], tuple[int, ...]]) -> tuple[int, ...]:
        """The registers that make a value; bits that are not the point's own stay as the device holds them."""
        _, doubt = word_order(point, held(), self._context) if "|" in point.order else ("", "")
        if doubt:
            raise DecodeError(doubt)
        words = encode(point, value, self._context)
        back = decode(point, words, self._context)
        if back.value is None or not values.alike(point, back.value, value):
            raise DecodeError(f"they would hold {values.text(back.value) or 'nothing'}")
        mask = _mask(point)
        if mask is None:
            return words
        if len(words) != 1:
            raise DecodeError("only one register can be written in part")
        return ((held()[0] & ~mask & 0xFFFF) | (words[0] & mask),)

    def _now(self, point: Point) -> tuple[int, ...]:
        return self._read(point.function or 3, point.address, point.count).words


def _mask(point: Point) -> int | None:
    masks = [int(fix.removeprefix("mask:"), 0) for fix in point.fix if fix.startswith("mask:")]
    return masks[0] if masks else None


def _exchange(frame: Frame) -> Exchange:
    note = frame.note if frame.outcome is not Outcome.ANSWERED else ""
    return Exchange(frame.number, frame.at, frame.sent, frame.received, note)
