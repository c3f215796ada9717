"""Takes the snapshots of a running site: by itself at the first connection of a device, else when it is asked.

One thread, "snapshot". It only ever reads. Every other method returns at once and may be called from any thread.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from core.access import Access, Permission, Person
from core.config import DeviceConfig, Site
from core.errors import CommandRefused
from core.points import PointKey
from core.protocols import Clock, SystemClock
from core.sitebook import SiteBook
from core.snapshots.building import has_something, identity_points
from core.snapshots.collector import Collector, Ended, Progress, Reach
from core.snapshots.folder import Opened, SnapshotFolder
from core.snapshots.snapshot import Device, Kind, Snapshot, Summary
from core.status import DeviceState, LinkState
from core.storage.format import StorageError
from core.version import VERSION
from core.writing.journal import Entry
from core.writing.review import Phase

log = logging.getLogger(__name__)

LOOK_S = 2.0
GRACE_S = 60.0  # so long the first devices that answer wait for the others of the site
TELLING_S = 6.0  # so long a device that speaks by itself has to say what it is; much of it many never say
MOST_LINES = 1_000_000
WROTE = frozenset(phase.value for phase in (Phase.PROVEN, Phase.DIFFERS, Phase.UNSURE))
NOBODY_ASKED = Person("", "")


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of one. ``opened`` None: nothing was kept, and ``sentence`` says why; it may say more of a kept one."""

    number: int
    kind: Kind
    opened: Opened | None = None
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Status:
    """``written`` counts the files since the start; ``missing`` are the devices of which nothing was ever found.

    ``missing`` is None until the folder has been looked at.
    """

    written: int = 0
    kind: Kind | None = None  # what is being taken
    progress: Progress | None = None
    last: Taken | None = None
    missing: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class _Task:
    number: int
    kind: Kind
    devices: tuple[str, ...]
    person: Person = NOBODY_ASKED
    by_itself: bool = False


class SnapshotKeeper:
    """``note`` has a line written into the journal. ``automatic``: take what is found at a first connection."""

    def __init__(
        self,
        reach: Reach,
        access: Access,
        book: SiteBook,
        folder: SnapshotFolder,
        *,
        note: Callable[[Entry], None],
        clock: Clock | None = None,
        automatic: bool = False,
    ) -> None:
        self._reach, self._access, self._book, self.folder = reach, access, book, folder
        self._note, self._clock = note, clock or SystemClock()
        self._automatic = automatic and not reach.site.demo
        self._lock = threading.RLock()
        self._wake = threading.Condition(self._lock)
        self._stopping, self._halted = threading.Event(), threading.Event()
        self._status = Status()
        self._task: _Task | None = None
        self._numbers = 0
        self._found: list[Summary] = []  # what as-found snapshots hold
        self._tried: set[str] = set()  # devices that were read by themselves since the start
        self._since: float | None = None
        self._thread = threading.Thread(target=self._run, name="snapshot", daemon=True)

    @property
    def site(self) -> Site:
        """The site."""
        return self._reach.site

    # -- any thread ----------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Start the thread; once."""
        self._thread.start()

    def stop_soon(self) -> None:
        """Begin nothing more; a snapshot that is not finished is not kept."""
        self._stopping.set()
        with self._wake:
            self._wake.notify_all()

    def stop(self) -> None:
        """End the thread and join; safe to call twice."""
        self.stop_soon()
        if self._thread.is_alive():
            self._thread.join()

    def status(self) -> Status:
        """A snapshot of how far it is."""
        with self._lock:
            return self._status

    def take(self, kind: Kind) -> int:
        """Have a snapshot of every device taken (as found: of those without one); the number that ``last`` will bear.

        Raises CommandRefused with a sentence.
        """
        person = self._access.require(Permission.SNAPSHOT)
        with self._wake:
            if self._task is not None or self._status.kind is not None:
                raise CommandRefused("a snapshot is being taken already")
            names = [device.id for device in self._able()]
            if kind is Kind.AS_FOUND:
                names = [name for name in names if name in (self._status.missing or ())]
            if not names or kind is Kind.REFERENCE:
                raise CommandRefused("there is no device of which this could be taken")
            self._numbers += 1
            self._halted.clear()
            self._task = _Task(self._numbers, kind, tuple(names), person)
            self._status = replace(self._status, kind=kind, progress=None)
            self._wake.notify_all()
            return self._numbers

    def halt(self) -> None:
        """Give up the snapshot that is being taken; nothing is kept of it."""
        self._halted.set()

    # -- the thread ----------------------------------------------------------------------------------------------

    def _run(self) -> None:
        opened = False
        while not self._stopping.is_set():
            rest: float | None = LOOK_S
            try:
                if not opened:
                    self.open()
                    opened = True
                rest = self.step()
            except Exception:
                log.exception("a snapshot could not be taken")
            with self._wake:
                if self._task is None and not self._stopping.is_set():
                    self._wake.wait(rest)

    def open(self) -> None:
        """Look which devices have been found already."""
        self._found = self.folder.as_found()
        self._tell_missing()

    def step(self) -> float | None:
        """Do what is waiting; return the seconds until it is to be called again, None for not before it is asked."""
        with self._lock:
            task, self._task = self._task, None
        if task is not None:
            self._carry_out(task)
        return self._look() if self._automatic else None

    def _look(self) -> float:
        """Whether devices are there for the first time, or another one under a known name."""
        self._tell_missing()
        due = [device for device in self._lacking() if device.id not in self._tried and self._enabled(device)]
        ready = [device for device in due if self._answers(device)]
        if not ready:
            self._since = None
            return LOOK_S
        now = self._clock.ticks()
        self._since = now if self._since is None else self._since
        newest = self._reach.newest()
        waited = now - self._since
        whole = all(device in ready and self._told(device, newest, waited) for device in due)
        if not whole and waited < GRACE_S:
            return LOOK_S
        with self._lock:
            if self._task is not None:  # somebody asks just now: that comes first
                return 0.0
            self._numbers += 1
            task = _Task(self._numbers, Kind.AS_FOUND, tuple(device.id for device in ready), by_itself=True)
            self._halted.clear()
            self._status = replace(self._status, kind=Kind.AS_FOUND, progress=None)
        self._since = None
        self._tried |= set(task.devices)
        self._carry_out(task)
        return LOOK_S

    def _carry_out(self, task: _Task) -> None:
        taken = Taken(task.number, task.kind, sentence="a fault of the program, see the log")
        try:
            taken = self._take(task)
        except Ended:
            taken = replace(taken, sentence="stopped: nothing was kept")
        except StorageError as err:
            taken = replace(taken, sentence=str(err))
            log.error("the snapshot could not be kept: %s", err)
        finally:
            with self._lock:
                count = self._status.written + (taken.opened is not None)
                self._status = replace(self._status, written=count, kind=None, progress=None, last=taken)
            self._tell_missing()

    def _take(self, task: _Task) -> Taken:
        at = self._clock.now()
        note = self._written_before if task.kind is Kind.AS_FOUND else _nothing
        devices = Collector(self._reach, self._is_ended, self._tell, note).collect(task.devices)
        if task.by_itself and not any(device.summary.read for device in devices):
            sentence = "no device could be read: it is tried again at the next start"
            log.warning("as-found snapshot: %s", sentence)
            return Taken(task.number, task.kind, sentence=sentence)
        lines, head = self._head()
        snapshot = Snapshot(
            task.kind,
            at,
            devices,
            task.person.name,
            task.person.role,
            self.site.name,
            program(),
            lines,
            head,
            simulated=self.site.demo,
        )
        opened = self.folder.write(snapshot)
        if task.kind is Kind.AS_FOUND:
            self._found += [device.summary for device in devices if device.summary.read and not device.reason]
        self._note(entry_of(opened))
        unread = [device for device in devices if device.reason]
        sentence = f"{unread[0].title} was not read to the end: {unread[0].reason}" if unread else ""
        return Taken(task.number, task.kind, opened, sentence)

    # -- what is there -------------------------------------------------------------------------------------------

    def _able(self) -> list[DeviceConfig]:
        """The devices of which a snapshot holds anything."""
        return [device for device in self.site.devices if has_something(device, self._reach.points(device.id))]

    def _lacking(self) -> list[DeviceConfig]:
        """The devices that no as-found snapshot holds."""
        return [device for device in self._able() if not was_found(device, self._reach.serial(device.id), self._found)]

    def _tell_missing(self) -> None:
        missing = tuple(device.id for device in self._lacking())
        with self._lock:
            self._status = replace(self._status, missing=missing)

    def _enabled(self, device: DeviceConfig) -> bool:
        return not device.fault and any(link.id == device.link and link.enabled for link in self.site.links)

    def _answers(self, device: DeviceConfig) -> bool:
        """Whether its line is up and it has answered."""
        status = self._reach.status(device.link)
        online = any(seen.device == device.id and seen.state is DeviceState.ONLINE for seen in status.devices)
        return status.state is LinkState.UP and online

    def _told(self, device: DeviceConfig, newest: Collection[PointKey], waited_s: float) -> bool:
        """Whether it has told what it is: all that is read in registers, and of what it tells by itself anything."""
        points = identity_points(device.profile, self._reach.points(device.id))
        unheard = [point for point in points if PointKey(device.id, point.id) not in newest]
        spoken = [point for point in points if not point.at]
        silent = bool(spoken) and all(point in unheard for point in spoken)
        return not unheard or (waited_s >= TELLING_S and not silent and not any(point.at for point in unheard))

    def _written_before(self, device: str) -> str:
        """What this program has changed in a device before it was looked at: its values are not those found, then."""
        try:
            with self._book.journal() as journal:
                lines = journal.lines(MOST_LINES, device=device)
        except StorageError as err:
            log.warning("the journal could not be read: %s", err)
            return ""
        points = {line.entry.point for line in lines if line.entry.kind == "outcome" and line.entry.outcome in WROTE}
        return f"{len(points)} of its parameters had been written by this program before" if points else ""

    def _head(self) -> tuple[int | None, str]:
        """Number of lines and hash of the newest line of the journal."""
        try:
            with self._book.journal() as journal:
                verdict = journal.verify()
        except StorageError as err:
            log.warning("the journal could not be read: %s", err)
            return None, ""
        return verdict.count, verdict.head

    def _is_ended(self) -> bool:
        return self._stopping.is_set() or self._halted.is_set()

    def _tell(self, progress: Progress) -> None:
        with self._lock:
            self._status = replace(self._status, progress=progress)


def was_found(device: DeviceConfig, serial: str, found: Collection[Summary]) -> bool:
    """Whether an as-found snapshot holds a device: by its serial number where both are known, else by its name."""
    return any(
        summary.serial == serial
        if summary.serial and serial
        else (summary.device, summary.profile) == (device.id, device.profile_id)
        for summary in found
    )


def entry_of(opened: Opened) -> Entry:
    """The line of the journal about a snapshot that was kept."""
    snapshot = opened.snapshot
    devices: Sequence[Device] = snapshot.devices
    only = devices[0] if len(devices) == 1 else None
    return Entry(
        "snapshot",
        snapshot.who,
        snapshot.role,
        device=only.id if only is not None else "",
        serial=only.serial if only is not None else "",
        register=opened.path.name,
        outcome=snapshot.kind.value,
        detail={
            "file": opened.path.name,
            "checksum": f"sha256:{opened.checksum}",
            "devices": [
                {"device": device.id, "serial": device.serial, "read": device.summary.read,
                 "not_read": device.summary.unread, "reason": device.reason}
                for device in devices
            ],
        },
    )  # fmt: skip


def program() -> str:
    """Name and version of this program."""
    return f"Wattelier {VERSION}"


def _nothing(_device: str) -> str:
    return ""
