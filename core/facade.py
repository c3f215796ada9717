"""Station: the one object that the window and the command line talk to."""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from core import limiter
from core.access import DEMONSTRATION, NOBODY, Access, Permission
from core.balance import Flows
from core.book import PointBook
from core.config import DeviceConfig, LinkConfig, Site
from core.energy import DayEnergies
from core.errors import CommandRefused
from core.frames import Frame
from core.hub import Hub
from core.limiter import Machine
from core.parameters import Parameters
from core.points import Point, PointKey, Provenance, Reading
from core.protocols import Clock, SystemClock
from core.sitebook import SiteBook
from core.snapshots.collector import Reach
from core.snapshots.folder import SnapshotFolder
from core.snapshots.keeper import SnapshotKeeper
from core.status import Gated, Line, LinkState, LinkStatus, Operable, RecorderStatus
from core.storage.queries import History
from core.ticker import Ticker
from core.writing import rules
from core.writing.desk import Desk
from core.writing.journal import Entry
from core.writing.orders import ParameterLine
from core.writing.review import Edit, Review, Run, Watch

log = logging.getLogger(__name__)


class Keeper(Protocol):
    """What the station needs of a recorder."""

    def put(self, readings: Sequence[Reading]) -> None:
        """Take a batch without waiting."""
        ...

    def status(self) -> RecorderStatus:
        """A snapshot."""
        ...

    def start(self) -> None:
        """Start its thread."""
        ...

    def stop(self) -> None:
        """Commit what is queued and end the thread."""
        ...


@dataclass(frozen=True, slots=True)
class DeviceView:
    """A device as pages show it."""

    config: DeviceConfig
    points: tuple[Point, ...]

    @property
    def id(self) -> str:
        """The key of the site file."""
        return self.config.id


class Fan:
    """A sink that passes every batch on to several."""

    def __init__(self, *sinks: Hub | Keeper) -> None:
        self._sinks = sinks

    def put(self, readings: Sequence[Reading]) -> None:
        """Pass a batch on."""
        for sink in self._sinks:
            sink.put(readings)


class Station:
    """A running site. Every method returns at once and may be called from any thread, ``stop`` apart, which joins.

    ``access``: who is signed in; nobody at first, and on a simulated site the demonstration. ``book``: the site's own
    database; None when nothing is kept. ``as_found``: keep a snapshot of what is found in each device at its first
    connection; ``snapshots`` takes it, and those that are asked for (None when nothing is kept).
    """

    def __init__(
        self,
        site: Site,
        *,
        book: PointBook,
        hub: Hub,
        lines: Mapping[str, Line],
        recorder: Keeper | None = None,
        database: Path | None = None,
        clock: Clock | None = None,
        access: Access | None = None,
        as_found: bool = False,
    ) -> None:
        self.site = site
        self.database = database
        self.access = access or Access(DEMONSTRATION if site.demo else NOBODY)
        self._book = book
        self._hub = hub
        self._lines = dict(lines)
        self._recorder = recorder
        self._clock = clock or SystemClock()
        self.book = SiteBook.beside(database, self._clock) if database is not None else None
        self._desk = Desk(site, self._lines, self.access, self.book, latest=hub.latest, points=book.points, clock=clock)
        self.snapshots = self._snapshots(database, as_found)
        self._stopping = threading.Event()
        self._ticker = Ticker(site, hub, recorder, self.open_history, self._clock)
        self._thread = threading.Thread(target=self._run, name="balance", daemon=True)
        for device in site.devices:
            hub.expect(book.periods(device.id))

    def start(self) -> None:
        """Open the lines and begin; called once, after construction."""
        if self._recorder is not None:
            self._recorder.start()
        self._thread.start()
        self._desk.start()
        if self.snapshots is not None:
            self.snapshots.start()
        for name, line in self._lines.items():
            if any(link.id == name and link.enabled for link in self.site.links):
                line.start()

    def devices(self) -> tuple[DeviceView, ...]:
        """Every device of the site, in the order of its file."""
        return tuple(DeviceView(device, self._book.points(device.id)) for device in self.site.devices)

    def device(self, device: str) -> DeviceView | None:
        """One device."""
        return next((view for view in self.devices() if view.id == device), None)

    def links(self) -> tuple[LinkConfig, ...]:
        """Every line of the site."""
        return self.site.links

    def link_status(self, link: str) -> LinkStatus:
        """How a line and its devices are doing."""
        line = self._lines.get(link)
        return line.status() if line is not None else LinkStatus(link, LinkState.OFF, 0.0)

    def take_changed(self) -> list[Reading]:
        """The newest reading of each point that moved since the last call; for the one thread that draws."""
        return self._hub.take_changed()

    def latest(self, key: PointKey) -> Reading | None:
        """The newest reading, "stale" when it is too old."""
        return self._hub.latest(key)

    def snapshot(self) -> dict[PointKey, Reading]:
        """Every newest reading."""
        return self._hub.snapshot()

    def point(self, key: PointKey) -> Point | None:
        """What the profile says of a point."""
        return self._book.find(key)

    def points(self, device: str) -> tuple[Point, ...]:
        """The points of a device."""
        return self._book.points(device)

    def flows(self) -> Flows:
        """The balance, at most half a second old."""
        return self._ticker.flows

    def day(self) -> DayEnergies:
        """The energies of the day, at most five seconds old."""
        return self._ticker.day

    def frame(self, origin: Provenance) -> Frame | None:
        """The exchange that a value came from, while it is still in the ring."""
        line = self._lines.get(origin.link)
        return line.frames.find(origin.frame) if line is not None else None

    def frames(self, link: str, count: int) -> list[Frame]:
        """The last exchanges of a line, oldest first."""
        line = self._lines.get(link)
        return line.frames.last(count) if line is not None else []

    def open_history(self) -> History | None:
        """The history, for the calling thread alone, which closes it; None when nothing is recorded."""
        if self.database is None:
            return None
        history = History(self.database)
        return history if history.exists else None

    def recorder_status(self) -> RecorderStatus:
        """How the history is being written."""
        return self._recorder.status() if self._recorder is not None else RecorderStatus(False, "")

    def reconnect(self, link: str) -> None:
        """Try a line again at once."""
        if link in self._lines:
            self._lines[link].reconnect()

    def ask(self, device: str, group: str | None = None) -> None:
        """Have a group (all groups when None) read before the next poll."""
        config = next((entry for entry in self.site.devices if entry.id == device), None)
        if config is not None and config.link in self._lines:
            self._lines[config.link].ask(device, group)

    def allow_transmission(self, link: str, profile: str) -> None:
        """Let a CAN line send the frames of one profile, which the operator has confirmed for this bus; "" ends it.

        Raises CommandRefused with a sentence without the permission, and on a link that is read-only or of another
        kind. Anybody may end it: silence is the safe side.
        """
        if profile:
            self.access.require(Permission.TRANSMIT)
        config = next((entry for entry in self.site.links if entry.id == link), None)
        line = self._lines.get(link)
        if config is None or not isinstance(line, Gated):
            raise CommandRefused("this link has no such switch")
        if profile and config.read_only:
            raise CommandRefused(f"the link {config.title!r} is read-only")
        line.allow(profile)

    def operate(self, device: str, action: str, arguments: Mapping[str, object] | None = None) -> Future[str]:
        """Give an order to a wallbox on CAN or a charging station on OCPP; the future gives its own word.

        Raises CommandRefused at once without the permission, on a read-only link, on a device that takes no such
        orders, and where another device is the one that limits this station's current.
        """
        if (needed := limiter.permission(action)) is not None:
            self.access.require(needed)
        config = next((entry for entry in self.site.devices if entry.id == device), None)
        link = next((entry for entry in self.site.links if config is not None and entry.id == config.link), None)
        line = self._lines.get(link.id) if link is not None else None
        if config is None or link is None or not isinstance(line, Operable):
            raise CommandRefused("this device takes no such orders")
        if link.read_only and action not in limiter.READING:
            raise CommandRefused(f"the link {link.title!r} is read-only")
        limiter.check(self.site, device, action)
        return line.operate(device, action, arguments or {})

    # -- parameters ----------------------------------------------------------------------------------------------

    def parameters(self, device: str) -> Parameters:
        """What may be set on a device, as far as who is signed in may see it."""
        return rules.visible(self._desk.parameters(device), self.access.person)

    def read_parameters(self, device: str, ids: Sequence[str] | None = None) -> Future[dict[str, Reading]]:
        """Read parameters of a device now (all that may be seen, or those named); the future gives them by id.

        The future raises DeviceError, DecodeError or LinkError. Raises CommandRefused when they cannot be reached.
        """
        points = [
            entry.point
            for entry in self.parameters(device).entries
            if entry.point is not None
            and entry.point.readable
            and not entry.command
            and (ids is None or entry.id in ids)
        ]
        found: Future[dict[str, Reading]] = Future()
        found.set_running_or_notify_cancel()

        def take(done: Future[tuple[Reading, ...]]) -> None:
            if (error := done.exception()) is not None:
                found.set_exception(error)
            else:
                found.set_result({reading.key.point: reading for reading in done.result()})

        self._fetch(device, points).add_done_callback(take)
        return found

    def _fetch(self, device: str, points: Sequence[Point]) -> Future[tuple[Reading, ...]]:
        """Read points of a device now; raises CommandRefused when its line cannot."""
        config = next((entry for entry in self.site.devices if entry.id == device), None)
        line = self._lines.get(config.link) if config is not None else None
        if not isinstance(line, ParameterLine):
            raise CommandRefused("the parameters of this device cannot be reached over its link")
        return line.fetch(device, points)

    def _snapshots(self, database: Path | None, as_found: bool) -> SnapshotKeeper | None:
        if database is None or self.book is None:
            return None
        reach = Reach(
            self.site, self._book.points, self._fetch, self._hub.snapshot, self._desk.serial, self.link_status
        )
        folder = SnapshotFolder.beside(database, self.site.time_zone)
        return SnapshotKeeper(
            reach, self.access, self.book, folder, note=self._desk.note, clock=self._clock, automatic=as_found
        )

    def review(self, edits: Sequence[Edit]) -> Review:
        """What writing these values would do, and why it would be refused; nothing is sent. Raises CommandRefused."""
        return self._desk.review(edits)

    def write(self, edits: Sequence[Edit], *, reason: str = "", confirmed: bool = False) -> Run:
        """Have values written and proven, in this order; raises CommandRefused, and then nothing was sent."""
        return self._desk.write(edits, reason=reason, confirmed=confirmed)

    def undo(self, run: int, *, reason: str = "", confirmed: bool = False) -> Run:
        """Put back what a run has changed, by the same path; raises CommandRefused."""
        return self._desk.undo(run, reason=reason, confirmed=confirmed)

    def runs(self) -> tuple[Run, ...]:
        """The runs of writes since the program was started, newest last."""
        return self._desk.runs()

    def stop_run(self, run: int) -> None:
        """Begin no further line of a run."""
        self._desk.halt(run)

    @property
    def write_trouble(self) -> str:
        """Why nothing can be written to this site now, in one sentence; empty when it can."""
        return self._desk.trouble

    def watches(self) -> tuple[Watch, ...]:
        """The proven values that are being read again for a quarter of an hour."""
        return self._desk.watches()

    def end_watch(self, key: PointKey) -> None:
        """Watch a value no longer."""
        self._desk.end_watch(key)

    def confirm(self, device: str, parameter: str, evidence: str) -> None:
        """Keep that an inferred register has been compared on site, and with what; raises CommandRefused."""
        self._desk.confirm(device, parameter, evidence)

    def confirmed(self, device: str) -> frozenset[str]:
        """The inferred parameters of a device that have been confirmed."""
        return self._desk.confirmed(device)

    def serial(self, device: str) -> str:
        """The serial number of a device as it has told it; empty while it is not known."""
        return self._desk.serial(device)

    def note(self, entry: Entry) -> None:
        """Have a line written into the site's journal soon; nothing happens where none is kept."""
        self._desk.note(entry)

    # -- machines ------------------------------------------------------------------------------------------------

    def machines(self) -> tuple[Machine, ...]:
        """Every charging station, with the device that may limit its current."""
        return limiter.machines(self.site)

    def stop(self) -> None:
        """Close every line, finish the recording, end every thread; safe to call twice."""
        self._stopping.set()
        self._ticker.end()
        if self.snapshots is not None:
            self.snapshots.stop()  # before the desk, which writes its line into the journal
        self._desk.stop_soon()
        for line in self._lines.values():
            line.stop()
        self._desk.stop()
        if self._thread.is_alive():
            self._thread.join()
        if self._recorder is not None:
            self._recorder.stop()

    def _run(self) -> None:
        try:
            while not self._stopping.is_set():
                try:
                    self._ticker.step()
                except Exception:
                    log.exception("the balance of the site could not be worked out")
                self._ticker.wait()
        finally:
            self._ticker.close()
