"""A fault proxy: stands between the application and a simulated device, and loses, delays and spoils what passes.

It works on whole frames, so that every fault is one that a wire, a gateway or another master really makes; which ones a
protocol can tell by its bytes stands in ``drivers.sim.dialects``. All in one event loop; a seed makes the same dice.
"""

from __future__ import annotations

import asyncio
import os
import random
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum

from drivers.sim.dialects import DIALECTS, LONGEST, Dialect, Stranger
from drivers.sim.listening import HOST, begun

REQUESTS_HIT = 0.25  # of the faults fall on requests, where they can
DRIP_PAUSE_S = 0.001
PATIENCE = 4.0  # time-outs for which a serial line is dead when it is half-open


class Trouble(StrEnum):
    """What happens to a frame, or to the line at its moment."""

    DROP = "drop"
    DELAY = "delay"  # in order: what follows waits too
    DUPLICATE = "duplicate"
    REORDER = "reorder"  # it comes after the next one
    TRUNCATE = "truncate"
    GARBAGE = "garbage"
    CROSS_TALK = "cross-talk"  # another master's request and answer
    HALF_OPEN = "half-open"  # the application's side stays open, and mute
    DRIP = "slow drip"


COSTS = {Trouble.HALF_OPEN: 0.15}
"""How often a trouble comes, against 1 of the others: half-open takes three time-outs and a new connection."""


@dataclass(slots=True)
class Mischief:
    """The dice of one line: ``share`` of the frames are hit. ``timeout_s`` is for how long the application waits.

    Any thread may switch it off (``on``) and read what it ``did``.
    """

    seed: int
    timeout_s: float
    share: float = 0.6
    troubles: Sequence[Trouble] = tuple(Trouble)
    on: bool = True
    did: Counter[Trouble] = field(default_factory=Counter[Trouble])
    dice: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self.dice = random.Random(self.seed)

    @property
    def faults(self) -> int:
        """How many so far."""
        return sum(self.did.values())

    def strike(self, *, answer: bool, spared: Trouble | None = None) -> Trouble | None:
        """What hits this frame, if anything; it is counted."""
        share = self.share if answer else self.share * REQUESTS_HIT
        if not self.on or self.dice.random() >= share:
            return None
        weights = [COSTS.get(trouble, 1.0) for trouble in self.troubles]
        trouble = self.dice.choices(self.troubles, weights)[0]
        if trouble is spared:
            return None
        self.did[trouble] += 1
        return trouble

    def wait_s(self) -> float:
        """How long something is late: often less than the application waits, often more."""
        return self.dice.uniform(0.0, 2.5) * self.timeout_s


class Outlet:
    """One direction of a conversation: what is put goes out in order, what is slipped in when its time has come."""

    def __init__(self, write: Callable[[bytes], None]) -> None:
        self._write = write
        self._waiting: asyncio.Queue[tuple[bytes, float, int]] = asyncio.Queue()
        self._slipped: set[asyncio.TimerHandle] = set()
        self.held = b""  # comes after the next one

    def put(self, data: bytes, *, delay_s: float = 0.0, step: int = LONGEST) -> None:
        """After what waits already, ``delay_s`` later, in pieces of ``step`` bytes."""
        self._waiting.put_nowait((data + self.held, delay_s, step))
        self.held = b""

    def slip(self, data: bytes, after_s: float) -> None:
        """Between two others, when its time has come."""
        loop = asyncio.get_running_loop()

        def say() -> None:
            self._slipped.discard(handle)
            self._waiting.put_nowait((data, 0.0, LONGEST))

        handle = loop.call_later(after_s, say)
        self._slipped.add(handle)

    async def run(self) -> None:
        """Say what is put; until cancelled."""
        try:
            while True:
                data, delay_s, step = await self._waiting.get()
                if delay_s:
                    await asyncio.sleep(delay_s)
                for at in range(0, len(data), step):
                    self._write(data[at : at + step])
                    if step < len(data):
                        await asyncio.sleep(DRIP_PAUSE_S)
        finally:
            for handle in self._slipped:
                handle.cancel()


class Way:
    """One direction: bytes in, frames through the dice, bytes out."""

    def __init__(self, dialect: Dialect, mischief: Mischief, write: Callable[[bytes], None]) -> None:
        self.outlet = Outlet(write)
        self._dialect, self._mischief = dialect, mischief
        self._buffer = bytearray()
        self._spared = Trouble.CROSS_TALK if dialect.all_hear_all and not dialect.answers else None

    def feed(self, data: bytes) -> bool:
        """Pass on what came; False: from now on the line is half-open."""
        self._buffer += data
        while (frame := self._dialect.take(self._buffer)) is not None:
            hit = self._dialect.touchable(frame)
            trouble = self._mischief.strike(answer=self._dialect.answers, spared=self._spared) if hit else None
            if trouble is None:
                self.outlet.put(frame)
            elif trouble is Trouble.HALF_OPEN:
                return False
            else:
                self._spoil(frame, trouble)
        if len(self._buffer) > LONGEST:
            self._buffer.clear()
        return True

    def _spoil(self, frame: bytes, trouble: Trouble) -> None:
        outlet, mischief, dialect = self.outlet, self._mischief, self._dialect
        dice = mischief.dice
        match trouble:
            case Trouble.DELAY:
                outlet.put(frame, delay_s=mischief.wait_s())
            case Trouble.DUPLICATE:
                outlet.put(frame)
                outlet.slip(frame, 0.0 if dice.random() < 0.4 else mischief.wait_s())
            case Trouble.REORDER:
                outlet.held += frame
            case Trouble.TRUNCATE:
                outlet.put(dialect.cut(frame, dice))
            case Trouble.GARBAGE:
                noise, damaged = dialect.noise(dice), dialect.damaged(frame, dice)
                outlet.put(dice.choice((noise + frame, noise, damaged, damaged)))
            case Trouble.CROSS_TALK:
                other = dialect.foreign(frame, dice)
                outlet.put(dice.choice((other + frame, frame + other, other)))
            case Trouble.DRIP:
                most = max(1, len(frame) // 3)
                outlet.put(frame, step=dice.randint(1, most))
            case _:  # dropped
                pass


class Proxy:
    """One line: ``kind`` as in the address of a link; what calls here is passed on to ``port`` of this computer."""

    def __init__(self, kind: str, port: int, mischief: Mischief, number: int = 0) -> None:
        self.kind, self.mischief = kind, mischief
        self.place = ""  # a TCP port, or the name of a serial port
        self._port, self._number = port, number
        self._stranger = Stranger()
        self._server: asyncio.Server | None = None
        self._talks: set[asyncio.Task[None]] = set()
        self._near = self._far = -1

    async def open(self) -> None:
        """Be there for the application (or, for OCPP, for the station)."""
        if self.kind == "rtu":
            self._open_pty()
            return
        self._server = await asyncio.start_server(self._accept, HOST, self._number)
        self.place = str(self._server.sockets[0].getsockname()[1])

    async def close(self) -> None:
        """End every conversation."""
        if self._server is not None:
            self._server.close()
            await begun()
        for talk in self._talks:
            talk.cancel()
        await asyncio.gather(*self._talks, return_exceptions=True)
        if self._server is not None:
            await self._server.wait_closed()
        for end in (self._near, self._far):
            if end >= 0:
                os.close(end)
        self._near = self._far = -1

    def _ways(self, to_near: Callable[[bytes], None], to_far: Callable[[bytes], None]) -> tuple[Way, Way]:
        """From the caller on, and back to it."""
        dialect = DIALECTS[self.kind]
        near_is_ours = dialect.application_calls
        onward = Way(dialect(answers=not near_is_ours, stranger=self._stranger), self.mischief, to_far)
        back = Way(dialect(answers=near_is_ours, stranger=self._stranger), self.mischief, to_near)
        return onward, back

    # -- over TCP ----------------------------------------------------------------------------------------------

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is not None:
            self._talks.add(task)
        try:
            await self._talk(reader, writer)
        except (OSError, asyncio.CancelledError):
            pass
        finally:
            if task is not None:
                self._talks.discard(task)
            writer.transport.abort()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far_reader, far_writer = await asyncio.open_connection(HOST, self._port)
        onward, back = self._ways(_to(writer), _to(far_writer))
        pumps = {asyncio.create_task(_pump(reader, onward)), asyncio.create_task(_pump(far_reader, back))}
        outlets = [asyncio.create_task(way.outlet.run()) for way in (onward, back)]
        ours, theirs = (reader, far_writer) if DIALECTS[self.kind].application_calls else (far_reader, writer)
        try:
            done, _ = await asyncio.wait(pumps, return_when=asyncio.FIRST_COMPLETED)
            if any(not pump.cancelled() and pump.exception() is None and not pump.result() for pump in done):
                for rest in (*pumps, *outlets):
                    rest.cancel()
                await asyncio.gather(*pumps, *outlets, return_exceptions=True)
                theirs.transport.abort()
                while await ours.read(4096):  # until the application gives up
                    pass
        finally:
            far_writer.transport.abort()
            for rest in (*pumps, *outlets):
                rest.cancel()
            await asyncio.gather(*pumps, *outlets, return_exceptions=True)

    # -- a serial port -----------------------------------------------------------------------------------------

    def _open_pty(self) -> None:
        if sys.platform == "win32":
            raise OSError("no pseudo-terminals on Windows")
        import tty

        self._near, self._far = os.openpty()
        tty.setraw(self._far)
        os.set_blocking(self._near, False)
        self.place = os.ttyname(self._far)
        talk = asyncio.create_task(self._serve_pty())
        self._talks.add(talk)

    async def _serve_pty(self) -> None:
        loop, heard = asyncio.get_running_loop(), asyncio.Queue[bytes]()

        def listen() -> None:
            with suppress(OSError):
                heard.put_nowait(os.read(self._near, 4096))

        def speak(data: bytes) -> None:
            with suppress(OSError):  # nobody reads: what a serial line does not hold is lost
                os.write(self._near, data)

        loop.add_reader(self._near, listen)
        try:
            reader, writer = await asyncio.open_connection(HOST, self._port)
            onward, back = self._ways(speak, _to(writer))
            dead_until = 0.0
            outlets = [asyncio.create_task(way.outlet.run()) for way in (onward, back)]

            def die() -> None:
                nonlocal dead_until
                dead_until = loop.time() + PATIENCE * self.mischief.timeout_s

            async def return_answers() -> None:
                while data := await reader.read(4096):
                    if loop.time() > dead_until and not back.feed(data):
                        die()

            answers = asyncio.create_task(return_answers())
            try:
                while True:
                    data = await heard.get()
                    if loop.time() > dead_until and not onward.feed(data):
                        die()
            finally:
                writer.transport.abort()
                for rest in (*outlets, answers):
                    rest.cancel()
                await asyncio.gather(*outlets, answers, return_exceptions=True)
        finally:
            loop.remove_reader(self._near)


def _to(writer: asyncio.StreamWriter) -> Callable[[bytes], None]:
    def write(data: bytes) -> None:
        if not writer.transport.is_closing():
            writer.write(data)

    return write


async def _pump(reader: asyncio.StreamReader, way: Way) -> bool:
    """Pass on until the end of the stream (True) or until the line goes half-open (False)."""
    with suppress(OSError):
        while data := await reader.read(4096):
            if not way.feed(data):
                return False
    return True
