"""How the lines, the devices and the recorder are doing: plain snapshots, safe to read from any thread."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol, runtime_checkable

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
    """Exchanges since the start, by outcome. On CAN, where nothing is asked, ``answered`` are the frames heard."""

    requests: int = 0
    answered: int = 0
    refused: int = 0
    silent: int = 0
    foreign: int = 0
    damaged: int = 0
    reconnects: int = 0


class Voice(StrEnum):
    """What a line may say to the outside; the window shows it at all times."""

    ASKS = "asks"  # sends what reading needs, writes nothing
    WRITES = "writes"  # may write too: the operator has opened it
    LISTENS = "listens"  # not one bit leaves (CAN)
    TRANSMITS = "transmits"  # the operator has confirmed a profile for this bus (CAN)


@dataclass(frozen=True, slots=True)
class BusHealth:
    """A CAN bus over the last second. ``load`` 0 to 1; ``state`` is active, warning, passive, off or unknown.

    Error counters are None where the adapter does not give them. ``silent_adapter``: the adapter itself cannot send.
    """

    load: float = 0.0
    frames_a_second: float = 0.0
    state: str = "unknown"
    rx_errors: int | None = None
    tx_errors: int | None = None
    error_frames: int = 0
    dropped: int = 0
    unknown: tuple[tuple[int, int], ...] = ()  # identifiers that no profile of the bus knows, and how often they came
    silent_adapter: bool = False
    sent: int = 0


@dataclass(frozen=True, slots=True)
class StickHealth:
    """A SOLARMAN stick. ``true_serial`` is what its frames say, where that is not the serial that was given."""

    serial: int
    true_serial: int | None = None
    gap_s: float = 0.0  # seconds of rest between requests now
    saturated: bool = False  # it has been slowed down because it does not keep up
    heartbeats: int = 0
    late: int = 0  # answers to older requests
    crossed: int = 0  # answers to somebody else's requests: another program uses the stick
    plain_modbus: bool = False  # it speaks Modbus TCP without the V5 wrapping
    has_clock: bool | None = None


@dataclass(frozen=True, slots=True)
class StationSeen:
    """A charging station that has called at an OCPP line, accepted or not. Times are Unix seconds."""

    identity: str
    address: str = ""
    accepted: bool = False
    connected: bool = False
    reason: str = ""  # why it was refused, or what is wrong with it
    vendor: str = ""
    model: str = ""
    serial: str = ""
    firmware: str = ""
    connectors: tuple[int, ...] = ()
    last_frame: float | None = None
    calls: int = 0
    profiles: tuple[str, ...] = ()  # feature profiles that it announces: Core, SmartCharging, …


@dataclass(frozen=True, slots=True)
class LinkStatus:
    """One line. ``busy`` is the share of time spent in exchanges, 0 to 1.

    ``bus`` is there for CAN, ``stick`` for SOLARMAN V5, ``stations`` for OCPP. ``place`` is where an OCPP line listens.
    """

    link: str
    state: LinkState
    since: float
    error: str = ""
    retry_at: float | None = None
    busy: float = 0.0
    counters: LinkCounters = field(default_factory=LinkCounters)
    devices: tuple[DeviceStatus, ...] = ()
    voice: Voice = Voice.ASKS
    bus: BusHealth | None = None
    stick: StickHealth | None = None
    stations: tuple[StationSeen, ...] = ()
    place: str = ""


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


@runtime_checkable
class Operable(Protocol):
    """A line whose devices take orders that are not registers: CAN wallboxes, OCPP stations. Any thread."""

    def operate(self, device: str, action: str, arguments: Mapping[str, object]) -> Future[str]:
        """Have ``action`` done; the future gives the device's own word.

        The future raises CommandRefused, DeviceError or LinkError with a sentence. Raises CommandRefused at once when
        the line may not send. ``Station.operate`` alone calls it: it has checked that the link is writable and that
        this device is the one that may limit current.
        """
        ...


@runtime_checkable
class Gated(Protocol):
    """A line that stays silent until the operator confirms a profile for it (CAN). Any thread."""

    def allow(self, profile: str) -> None:
        """Open the gate for this profile's frames; an empty text closes it. Raises CommandRefused with a sentence."""
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
