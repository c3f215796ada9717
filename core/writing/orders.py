"""What goes out and what came of it: the small types between the desk that writes and the lines that carry."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from core.parameters import WriteBlock
from core.points import Point, Reading, Value


@dataclass(frozen=True, slots=True)
class Order:
    """One write as it goes out: one value, or every changed value of one block."""

    device: str
    values: tuple[tuple[Point, Value], ...]
    block: WriteBlock | None = None


@dataclass(frozen=True, slots=True)
class Exchange:
    """The bytes of one exchange with a device; ``number`` in the link's frame ring, ``at`` Unix seconds."""

    number: int
    at: float
    sent: bytes
    received: bytes
    note: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """What was sent and what came. ``refused`` is the device's own "no" (it may be empty), ``code`` its number.

    ``answered`` False: the device kept silent, or what came was no answer to this write; only reading back tells
    whether it took it.
    """

    exchanges: tuple[Exchange, ...]
    answered: bool = True
    refused: str = ""
    code: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class OwnChange:
    """What a line has set in a device by itself: the measured values that a site wants of a charging station.

    ``path`` is where it lies, ``old`` and ``new`` are texts of the device, ``outcome`` its own word or what went wrong.
    """

    device: str
    path: str
    old: str
    new: str
    outcome: str
    exchanges: tuple[Exchange, ...] = ()


@runtime_checkable
class Reporting(Protocol):
    """A line that sets something by itself, and says so."""

    def report_to(self, hear: Callable[[OwnChange], None]) -> None:
        """Have every such change told to ``hear``, in the line's thread; before the line is started."""
        ...


@runtime_checkable
class ParameterLine(Protocol):
    """A line that reads and writes parameters on request; any thread, every method returns at once.

    The futures raise CommandRefused with a sentence (not possible now; nothing was sent), NotSent (the line is down;
    nothing was sent), LinkError (the line is down; of a write it is not known whether it arrived), and ``fetch`` also
    DeviceError and DecodeError. The desk alone calls ``write``: it has checked role, range, link and what the device
    held before.
    """

    def fetch(self, device: str, points: Sequence[Point]) -> Future[tuple[Reading, ...]]:
        """Read these points now, in as few requests as the device allows; one reading a point, in their order.

        A point that the device refuses comes back as bad, with the reason as its note. Points that the profile has are
        passed on like any other reading; others (a commit register) are not.
        """
        ...

    def write(self, device: str, order: Order) -> Future[Sent]:
        """Send one write, once: it is never repeated by itself, whatever the answer."""
        ...
