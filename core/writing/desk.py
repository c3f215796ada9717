"""The desk: the one place from which parameters are written. It decides, a line carries, ``work`` goes step by step.

One thread, "writes": runs in the order in which they were given, and between them the revert watch. Every other method
returns at once and may be called from any thread.
"""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

from core import identity
from core.access import Access, Permission, Person
from core.config import Site
from core.errors import CommandRefused
from core.parameters import Parameter, Parameters
from core.points import Confidence, Point, PointKey, Reading
from core.protocols import Clock, SystemClock
from core.sitebook import Confirmation, SiteBook
from core.status import Line
from core.storage.format import StorageError
from core.writing import entries, rules, work
from core.writing.courier import Carrier, Courier, Target
from core.writing.journal import Entry
from core.writing.orders import OwnChange, ParameterLine, Reporting
from core.writing.records import Records
from core.writing.review import Edit, Phase, Review, Run, RunLine, Watch, Wear
from core.writing.watchman import Watchman
from core.writing.work import Tools, Work

log = logging.getLogger(__name__)

IDLE_S = 1.0
MOST_RUNS = 200  # of this program run that are kept for the window; the journal keeps them all
MOST_WAITING = 8
NOT_YET = "the site's book is not open yet; try again in a moment"
TAKEN = "another program has this site open: only that one may write to its devices, as long as it runs"


@dataclass(frozen=True, slots=True)
class Task:
    """A run that waits."""

    number: int
    automatic: bool = False


class Desk:
    """Review, write, undo, watch. ``latest`` gives the newest reading of a point, ``points`` those of a device."""

    def __init__(
        self,
        site: Site,
        lines: Mapping[str, Line],
        access: Access,
        book: SiteBook | None,
        *,
        latest: Callable[[PointKey], Reading | None],
        points: Callable[[str], Sequence[Point]],
        clock: Clock | None = None,
        settle_s: tuple[float, ...] | None = None,
    ) -> None:
        self._site, self._lines, self._access, self._book = site, lines, access, book
        self._latest, self._points, self._clock, self._settle_s = latest, points, clock or SystemClock(), settle_s
        self._lock = threading.RLock()
        self._wake = threading.Condition(self._lock)
        self._stopping = threading.Event()
        self._halted: set[int] = set()
        self._runs: dict[int, Run] = {}
        self._tasks: deque[Task] = deque()
        self._next = 0  # number of the next run; 0 until the book has been read
        self._trouble = "" if book is not None else "this site keeps no journal, so nothing may be written"
        self._last_write: dict[str, float] = {}  # of the thread alone
        self._records = Records(self._clock, self._call)
        self._alone = book.writing_lock() if book is not None else None
        courier = Courier(self._stopping.wait, self._in_demand, ending_s=0.0)  # a read that is given up does no harm
        self._watchman = Watchman(self._target, courier, self.note, self._clock, site.time_zone)
        self._thread = threading.Thread(target=self._run, name="writes", daemon=True)
        self._known = rules.Known(site, self.parameters, self._wear_of, self.confirmed, self._too_often)
        for line in lines.values():
            if isinstance(line, Reporting):
                line.report_to(self._keep_own_change)

    # -- any thread ----------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Start the thread; once."""
        self._thread.start()

    def stop_soon(self) -> None:
        """Begin nothing more; what is on its way is still waited for, shortly."""
        self._stopping.set()
        self._call()

    def _call(self) -> None:
        with self._wake:
            self._wake.notify_all()

    @property
    def trouble(self) -> str:
        """Why nothing can be written now, in one sentence; empty when it can."""
        with self._lock:
            if self._trouble:
                return self._trouble
            return "" if self._next and not self._stopping.is_set() else NOT_YET

    def stop(self) -> None:
        """End the thread and join; safe to call twice."""
        self.stop_soon()
        if self._thread.is_alive():
            self._thread.join()
        if self._alone is not None:
            self._alone.release()

    def serial(self, device: str) -> str:
        """The serial number of a device as it has told it; empty while it is not known."""
        found = rules.device_of(self._site, device)
        return identity.serial_of(found[0], self._latest) if found else ""

    def parameters(self, device: str) -> Parameters:
        """Everything that may be set on a device, whoever is signed in."""
        found = rules.device_of(self._site, device)
        return rules.parameters_of(found[0], self._points(device)) if found else Parameters()

    def review(self, edits: Sequence[Edit], *, automatic: bool = False) -> Review:
        """The table before writing; raises CommandRefused when there is no such parameter for this person."""
        return rules.review(edits, self._access.person, self._known, automatic=automatic)

    def write(
        self,
        edits: Sequence[Edit],
        *,
        reason: str = "",
        confirmed: bool = False,
        automatic: bool = False,
        undoes: int | None = None,
    ) -> Run:
        """Have values written, in this order. Raises CommandRefused with a sentence; then nothing was sent.

        ``confirmed``: the operator has confirmed what is dangerous; ``automatic``: asked for by a rule of automation,
        which a quota limits and which never does what is dangerous.
        """
        person = self._access.person  # asked once: somebody else may sign in meanwhile
        review = rules.review(edits, person, self._known, automatic=automatic)
        said = reason.strip()
        lines = tuple(RunLine(line.edit, line.parameter, line.device) for line in review.lines)
        try:
            self._permit(review, person, said, confirmed and not automatic)
            return self._take_on(lines, person, said, automatic, undoes)
        except CommandRefused as err:
            self._note_refusal(review, person, str(err))
            raise

    def _take_on(
        self, lines: tuple[RunLine, ...], person: Person, reason: str, automatic: bool, undoes: int | None
    ) -> Run:
        """Put a run into the queue; raise CommandRefused where nobody would carry it out."""
        reason = reason or (f"undo of run {undoes}" if undoes is not None else "")
        with self._wake:
            if self.trouble:
                raise CommandRefused(self.trouble)
            if len(self._tasks) >= MOST_WAITING:
                raise CommandRefused("too many runs are waiting")
            number, self._next = self._next, self._next + 1
            run = Run(number, self._clock.now(), person.name, person.role, reason, lines, undoes=undoes)
            self._runs[number] = run
            for old in list(self._runs)[:-MOST_RUNS]:
                del self._runs[old]
            self._tasks.append(Task(number, automatic))
            self._wake.notify_all()
        return run

    def undo(self, number: int, *, reason: str = "", confirmed: bool = False) -> Run:
        """Put back what a run has changed, by the same path; raises CommandRefused.

        What is dangerous needs the operator's own reason; else the number of the run is one.
        """
        run = self.run(number)
        if run is None or not run.done:
            raise CommandRefused("this run is not there any more, or has not ended yet")
        if not run.put_back:
            if any(line.parameter.secret and line.phase in (Phase.SENT, Phase.UNSURE) for line in run.lines):
                raise CommandRefused(
                    "a secret cannot be put back: what it was is not known, and what was sent not kept"
                )
            raise CommandRefused("there is nothing to put back: nothing was changed, or it cannot be read")
        return self.write(run.put_back, reason=reason, confirmed=confirmed, undoes=number)

    def run(self, number: int) -> Run | None:
        """A run of this program run."""
        with self._lock:
            return self._runs.get(number)

    def runs(self) -> tuple[Run, ...]:
        """The runs of this program run, newest last."""
        with self._lock:
            return tuple(self._runs.values())

    def halt(self, number: int) -> None:
        """Begin no further line of a run."""
        with self._lock:
            if (run := self._runs.get(number)) is not None and not run.done:
                self._halted.add(number)

    def watches(self) -> tuple[Watch, ...]:
        """What is being re-read."""
        return self._watchman.watches()

    def end_watch(self, key: PointKey) -> None:
        """Watch a value no longer."""
        self._watchman.drop(key, "ended by the operator")

    def confirm(self, device: str, parameter: str, evidence: str) -> None:
        """Keep that an inferred register has been compared on site, and with what; raises CommandRefused."""
        person = self._access.require(Permission.CONFIRM)
        found = rules.device_of(self._site, device)
        known = self.parameters(device).find(parameter)
        if found is None or known is None or not person.reaches(known.sees):
            raise CommandRefused(f"there is no parameter {device}/{parameter}")
        if known.confidence is not Confidence.INFERRED:
            raise CommandRefused("this register is not inferred: there is nothing to confirm")
        if len(evidence.strip()) < 3:
            raise CommandRefused("say what it was compared with")
        serial, profile, said = self._place(device), found[0].profile_id, evidence.strip()
        with self._lock:
            if self._trouble:
                raise CommandRefused(self._trouble)
        self._records.confirm(Confirmation(serial, profile, parameter, person.name, said))
        self.note(entries.confirmation(person, found[0], serial, known, said))

    def confirmed(self, device: str) -> frozenset[str]:
        """The inferred parameters of a device that have been confirmed."""
        found = rules.device_of(self._site, device)
        return self._records.confirmed(self._place(device), found[0].profile_id if found else "")

    def note(self, entry: Entry) -> None:
        """Have a line written into the journal soon, by the desk's thread, as it is now."""
        self._records.note(entry)

    def _keep_own_change(self, change: OwnChange) -> None:
        """What a line sets by itself stands in the journal like everything else."""
        found = rules.device_of(self._site, change.device)
        here = (point.id for point in self._points(change.device) if point.path.lower() == change.path.lower())
        link = found[1].id if found else ""
        self.note(entries.own_change(change, link, self.serial(change.device), next(here, change.path)))

    # -- rules ---------------------------------------------------------------------------------------------------

    def _permit(self, review: Review, person: Person, reason: str, confirmed: bool) -> None:
        """Raise CommandRefused unless everything may be written as it stands."""
        rules.permit(review, person, reason, confirmed)
        for line in review.lines:
            self._target(line.edit.key.device)

    def _note_refusal(self, review: Review, person: Person, sentence: str) -> None:
        for line in review.lines:
            self.note(entries.refusal(line, person, self.serial(line.edit.key.device), sentence))

    def _target(self, device: str) -> Target:
        """A device with all that a write needs; raise CommandRefused when its line cannot carry one."""
        found = rules.device_of(self._site, device)
        line = self._lines.get(found[1].id) if found else None
        if found is None or not isinstance(line, ParameterLine):
            raise CommandRefused("the parameters of this device cannot be reached over its link")
        if found[1].read_only:
            raise CommandRefused(f"the link {found[1].title!r} is read-only")
        carrier = cast("Carrier", line)
        return Target(found[0], found[1], carrier, self.parameters(device), self._place(device))

    def _place(self, device: str) -> str:
        """What wear and confirmations hang on: the serial number, or the device's name in the site file.

        What stood under that name, or under that of a charging station that had not told its serial number yet, goes
        over to the number as soon as it is known.
        """
        serial, unknown = self.serial(device), f"?{device}"
        if not serial:
            return unknown
        found = rules.device_of(self._site, device)
        for place in (unknown, found[0].station if found is not None else ""):
            if place and place != serial:
                self._records.carry_over(place, serial)
        return serial

    def _wear_of(self, device: str, parameter: Parameter, parameters: Parameters) -> Wear:
        return self._records.wear(self._place(device), rules.register_of(parameter), parameters.endurance)

    def _too_often(self, device: str, parameter: Parameter) -> str:
        """Asked when a run is asked for, and once more just before it is sent."""
        return self._records.too_often(self._place(device), rules.register_of(parameter))

    # -- the desk's thread ---------------------------------------------------------------------------------------

    def _run(self) -> None:
        try:
            self.open()
            while not self._stopping.is_set():
                rest = self.step()
                with self._wake:
                    if not (self._tasks or self._records.waiting or self._stopping.is_set()) and rest > 0:
                        self._wake.wait(min(IDLE_S, rest))
            while self.step() == 0.0 and self._tasks:  # what waits is not begun any more, and told so
                pass
            self._watchman.end("cut short: the program was closed")
            self._do_chores()
        except Exception as err:
            log.exception("the desk that writes")
            self._give_up(f"a fault of the program, see the log: {err}")

    def _give_up(self, sentence: str) -> None:
        """Nothing is written any more; what waits ends here."""
        with self._lock:
            self._trouble = sentence
            waiting = [task.number for task in self._tasks]
            self._tasks.clear()
        for number in waiting:
            self._close_run(number, sentence)

    def _in_demand(self) -> bool:
        """Whether the thread has something better to do than to watch."""
        return self._stopping.is_set() or bool(self._tasks)

    def open(self) -> None:
        """Take the book for this program and read it: the next number, wear, confirmations.

        Where another program has it, nothing may be written here until that one has ended; then it is read anew.
        """
        if self._book is None or self._alone is None:
            return
        try:
            alone = self._alone.take()
        except OSError as err:
            with self._lock:
                self._trouble = f"the site's book cannot be opened, so nothing may be written: {err}"
            return
        if not alone and self._trouble == TAKEN:
            return
        try:
            with self._book.journal() as journal, self._book.wear() as ledger:
                number, counted = journal.next_run(), ledger.all()
            confirmed = self._book.confirmed()
        except StorageError as err:
            with self._lock:
                self._trouble = f"the site's book cannot be opened, so nothing may be written: {err}"
            return
        self._records.take_over(counted, confirmed)
        with self._lock:
            self._next = number if alone else 0
            if not alone:
                self._trouble = TAKEN
            elif self._trouble == TAKEN:
                self._trouble = ""

    def step(self) -> float:
        """Do what is waiting; return the seconds until something is due again."""
        if self._trouble == TAKEN and not self._stopping.is_set():
            self.open()  # once the other program has ended
        for device in self._site.devices:
            self._place(device.id)
        self._do_chores()
        with self._lock:
            task = self._tasks.popleft() if self._tasks else None
            run = self._runs.get(task.number) if task is not None else None
        if task is not None and run is not None:
            try:
                self._carry_out(run, task)
            except Exception as err:
                log.exception("a run of writes")
                self._close_run(task.number, f"a fault of the program, see the log: {err}")
            return 0.0
        self._watchman.step()
        return self._watchman.due_in()

    def _carry_out(self, run: Run, task: Task) -> None:
        assert self._book is not None  # or it would not have been permitted

        def tell(row: int, line: RunLine) -> None:
            with self._lock:
                lines = list(self._runs[run.number].lines)
                lines[row] = line
                self._runs[run.number] = replace(self._runs[run.number], lines=tuple(lines))

        def ended() -> bool:
            with self._lock:
                return self._stopping.is_set() or run.number in self._halted

        tools = Tools(
            target=self._target,
            book=self._book,
            wait=self._stopping.wait,
            ended=ended,
            tell=tell,
            proven=lambda line, target: self._watchman.add(run.number, line, target),
            counted=lambda target, parameter: self._records.count(
                target.serial, rules.register_of(parameter), automatic=task.automatic
            ),
            too_often=lambda target, parameter: self._too_often(target.device.id, parameter),
            last_write=self._last_write,
            settle_s=work.SETTLE_S if self._settle_s is None else self._settle_s,
        )
        Work(run, tools, automatic=task.automatic).carry_out()
        with self._lock:
            lines = self._runs[run.number].lines
        for line in lines:
            if line.phase in (Phase.DIFFERS, Phase.UNSURE):
                self._watchman.overtaken(line)
        self._close_run(run.number)

    def _close_run(self, number: int, sentence: str = "") -> None:
        """End a run, whatever has become of it; passwords are forgotten. ``sentence``: why lines are left as is."""
        with self._lock:
            run = self._runs[number]
            lines = tuple(_left(line, sentence) for line in run.lines)
            self._runs[number] = replace(run, lines=lines, done=True).without_secrets()
            self._halted.discard(number)

    def _do_chores(self) -> None:
        """Write down what the book is to keep."""
        if self._book is None:
            return
        try:
            self._records.write_down(self._book)
        except StorageError as err:
            log.error("the site's book could not be written: %s", err)
            with self._lock:
                self._trouble = f"the site's book cannot be written, so nothing may be written: {err}"


def _left(line: RunLine, sentence: str) -> RunLine:
    """How a line ends that nobody has ended."""
    if line.phase in (Phase.WRITING, Phase.CHECKING):
        return replace(line, phase=Phase.UNSURE, sentence=sentence)
    if line.phase in (Phase.WAITING, Phase.READING):
        return replace(line, phase=Phase.NOT_REACHED, sentence=sentence)
    return line
