"""Between a run and the line of a device: asks, sends once, waits, polls the commit register, keeps the bytes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass
from time import monotonic
from typing import Protocol, TypeVar

from core.config import DeviceConfig, LinkConfig
from core.errors import CommandRefused, DecodeError, DeviceError, LinkError, NotSent, NotToldApart
from core.frames import Frame, FrameRing, Outcome
from core.parameters import Parameters, WriteBlock
from core.points import Point, Reading
from core.status import LinkStatus
from core.writing.orders import Exchange, Order, ParameterLine

T = TypeVar("T")

SLICE_S = 0.05
ANSWER_S = 60.0  # a line may be busy with a slow stick; what waits in its queue has not been sent
ENDING_S = 5.0  # when the program is closed, how long an exchange under way is still waited for
COMMIT_S, COMMIT_EVERY_S = 15.0, 0.3
BACK_S, BACK_EVERY_S = 45.0, 1.5  # how long a lost line is waited for, to read back what it holds now


class Carrier(ParameterLine, Protocol):
    """What a run needs of a line."""

    frames: FrameRing

    def status(self) -> LinkStatus:
        """A snapshot."""
        ...


@dataclass(frozen=True, slots=True)
class Target:
    """A device with all that a write to it needs."""

    device: DeviceConfig
    link: LinkConfig
    line: Carrier
    parameters: Parameters
    serial: str


@dataclass(frozen=True, slots=True)
class Trouble:
    """What did not go as it should. ``refused``: the device itself said no; ``silent``: it may have taken it or not.

    ``note`` is what the device said with its yes: still working, takes effect after a restart. ``uncommitted``: it has
    the registers and has not said that it goes by them, so reading them back proves nothing.
    """

    sentence: str = ""
    refused: bool = False
    silent: bool = False
    note: str = ""
    uncommitted: bool = False

    def before(self, sentence: str) -> str:
        """The trouble, then what follows from it."""
        return f"{self.sentence}; {sentence}" if self.sentence else sentence


NO_TROUBLE = Trouble()


class Courier:
    """Speaks with the devices of one run; the desk's thread.

    ``wait`` pauses and returns True when everything is to end; ``ended`` asks that without waiting. ``ending_s``: how
    long an exchange under way is still waited for when it has ended.
    """

    def __init__(self, wait: Callable[[float], bool], ended: Callable[[], bool], ending_s: float | None = None) -> None:
        self.wait, self.ended = wait, ended
        self._ending_s = ENDING_S if ending_s is None else ending_s
        self._exchanges: dict[int, Exchange] = {}

    def take_exchanges(self) -> list[Exchange]:
        """The exchanges since the last call, oldest first."""
        taken, self._exchanges = self._exchanges, {}
        return [taken[number] for number in sorted(taken)]

    def fetch(self, target: Target, points: Sequence[Point]) -> tuple[Reading, ...]:
        """Read points now; raises what the line raises."""
        found = self._await(target.line.fetch(target.device.id, points)) if points else ()
        for number in {reading.provenance.frame for reading in found if reading.provenance is not None}:
            if (frame := target.line.frames.find(number)) is not None:
                self._keep(frame)
        return found

    def fetch_patiently(self, target: Target, points: Sequence[Point]) -> tuple[Reading, ...]:
        """Read points, waiting for a line or a device that is down to come back."""
        end = monotonic() + BACK_S
        while True:
            try:
                return self.fetch(target, points)
            except (CommandRefused, LinkError, DeviceError, DecodeError):
                if monotonic() > end or self.wait(BACK_EVERY_S):
                    raise

    def send(self, target: Target, order: Order) -> Trouble:
        """Send one write, once, and learn what the device says of it; raise CommandRefused when nothing was sent."""
        began = target.line.frames.newest
        try:
            sent = self._await(target.line.write(target.device.id, order))
        except NotSent as err:
            raise CommandRefused(str(err)) from err
        except LinkError as err:
            for frame in target.line.frames.since(began):
                if frame.outcome is Outcome.LINK_DOWN:
                    self._keep(frame)
            return Trouble(f"the line was lost while it was written: {err}", silent=True)
        self._exchanges |= {exchange.number: exchange for exchange in sent.exchanges}
        if sent.refused:
            return Trouble(f"the device refuses: {sent.refused}", refused=True)
        if not sent.answered:
            said = f" ({sent.note})" if sent.note else ""
            return Trouble(f"the device did not answer the write{said}", silent=True)
        block = order.block
        if block is None or block.commit is None:
            return Trouble(note=sent.note)
        try:
            return self._commit(target, block, block.commit)
        except (CommandRefused, DeviceError, DecodeError, LinkError) as err:
            said = f"the device could not be asked what came of it: {err}"
            return Trouble(said, silent=True, uncommitted=True)

    def _commit(self, target: Target, block: WriteBlock, at: int) -> Trouble:
        """Poll the register that says what came of a block."""
        register = Point("commit", (at,), _reading_function(target.parameters, block), "u16")
        end = monotonic() + COMMIT_S
        while True:
            try:
                word = self.fetch(target, [register])[0].value
            except NotToldApart:
                if monotonic() > end:
                    raise
                word = None
            if isinstance(word, float) and int(word) not in block.busy:
                said = f"the device reports error 0x{int(word):04X} for this block"
                return Trouble(said, refused=True, uncommitted=True) if word else NO_TROUBLE
            if monotonic() > end:
                return Trouble("the device is still busy with this block", silent=True, uncommitted=True)
            if self.wait(COMMIT_EVERY_S):
                return Trouble("closed while the device was busy with this block", silent=True, uncommitted=True)

    def _keep(self, frame: Frame) -> None:
        self._exchanges[frame.number] = Exchange(frame.number, frame.at, frame.sent, frame.received, frame.note)

    def _await(self, future: Future[T]) -> T:
        """The result; raise CommandRefused when it was taken back before it began."""
        end: float | None = None
        deadline = monotonic() + ANSWER_S
        while True:
            try:
                return future.result(SLICE_S)
            except CancelledError as err:
                raise CommandRefused("the line did not come to it; nothing was sent") from err
            except TimeoutError:
                if future.done():
                    raise
            now = monotonic()
            if end is None and (self.ended() or now > deadline):
                if future.cancel():
                    raise CommandRefused("the line did not come to it in time; nothing was sent")
                end = now + self._ending_s
            if end is not None and now > end:
                raise LinkError("no outcome in time")


def _reading_function(parameters: Parameters, block: WriteBlock) -> int:
    """The function by which registers of this block are read."""
    inside = (
        entry.point.function
        for entry in parameters.entries
        if entry.block == block.id and entry.point is not None and entry.point.function is not None
    )
    return next(inside, 3)
