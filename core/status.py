"""How the lines, the devices and the recorder are doing: plain snapshots, safe to read from any thread."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from core.frames import FrameRing


class LinkState(StrEnum):
    """State of one line."""

    OFF = "off"  # the operator keeps it closed
    CONNECTING = "connecting"
    UP = "up"
    DOWN = "down"  # closed after a fault; ``retry_at`` says when it is tried again


class DeviceState(StrEnum):
    """State of one device as its line sees it."""

    NEVER = "never"  # has not answered yet
    ONLINE = "online"
    SILENT = "silent"  # answered before, does not now or refuses everything; it is tried again
    FAULTY = "faulty"  # its profile or its set-up is wrong: it is not polled


@dataclass(frozen=True, slots=True)
class GroupPace:
    """Requested and achieved period of one group of points; ``every_s`` None means on demand."""

    group: str
    every_s: float | None
    achieved_s: float | None


@dataclass(frozen=True, slots=True)
class DeviceStatus:
    """One device on its line. ``last_answer`` is Unix seconds.

    ``fault`` says in one sentence why it is not online, whatever the state: a wrong profile or set-up (FAULTY: only
    that), no answer (SILENT, or NEVER until it has answered), all registers refused (SILENT). Empty when ONLINE.
    """

    device: str
    state: DeviceState
    last_answer: float | None = None
    paces: tuple[GroupPace, ...] = ()
    dead: tuple[str, ...] = ()  # points whose register the device refuses
    fault: str = ""


@dataclass(frozen=True, slots=True)
class LinkCounters:
    """Exchanges since the start, by outcome."""

    requests: int = 0
    answered: int = 0
    refused: int = 0
    silent: int = 0
    foreign: int = 0
    damaged: int = 0
    reconnects: int = 0


@dataclass(frozen=True, slots=True)
class LinkStatus:
    """One line. ``busy`` is the share of time spent in exchanges, 0 to 1."""

    link: str
    state: LinkState
    since: float
    error: str = ""
    retry_at: float | None = None
    busy: float = 0.0
    counters: LinkCounters = field(default_factory=LinkCounters)
    devices: tuple[DeviceStatus, ...] = ()


class Line(Protocol):
    """What the station needs of a running line; every method returns at once and may be called from any thread."""

    name: str
    frames: FrameRing

    def start(self) -> None:
        """Start the line's thread."""
        ...

    def status(self) -> LinkStatus:
        """A snapshot."""
        ...

    def reconnect(self) -> None:
        """Cut the back-off short, or close and open again."""
        ...

    def ask(self, device: str, group: str | None = None) -> None:
        """Read a group (or all groups, those "on demand" too) before the next poll."""
        ...

    def stop(self) -> None:
        """Stop the thread, close the port and join; safe to call twice."""
        ...


@dataclass(frozen=True, slots=True)
class RecorderStatus:
    """How the history is being written."""

    recording: bool
    database: str
    points: int = 0
    bytes_a_day: float | None = None
    queued: int = 0
    dropped: int = 0  # readings lost because the disk stalled for longer than the queue holds
    error: str = ""  # "disk full", "database locked", … while it lasts
