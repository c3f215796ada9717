"""A device behind a line, as the desk sees it: what it holds, and what goes wrong when it is written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from core.access import Access, Person
from core.config import DeviceConfig, LinkConfig, Site
from core.errors import WattelierError
from core.frames import FrameRing, Outcome
from core.linkurl import parse_link
from core.parameters import NO_WORDS, Danger, Memory, Parameter, Parameters, Section, Words, WriteBlock
from core.points import Access as May
from core.points import Choice, Confidence, Kind, Point, PointKey, Provenance, Quality, Reading, Value
from core.profile import Group, Profile
from core.sitebook import SiteBook
from core.status import LinkCounters, LinkState, LinkStatus
from core.writing.desk import Desk
from core.writing.orders import Exchange, Order, Sent
from core.writing.review import Edit, Run

T = TypeVar("T")

INSTALLER, USER, VIEWER = Person("Paul", "installer"), Person("Ursule", "user"), Person()
REMOTE = Words("Menu 6 of its screen.", "Menu 6 de son écran.")


def point(name: str, at: int, *, scale: float = 1.0, unit: str = "", low: float = 0, high: float = 100) -> Point:
    return Point(
        name,
        (at,),
        3,
        "u16",
        unit,
        (scale,),
        low=low,
        high=high,
        group="settings",
        access=May.READ_WRITE,
        write=6,
        en=name.replace("_", " "),
        fr=name,
    )


LIMIT = point("limit", 0x10, scale=0.1, unit="%")
SPEED = point("speed", 0x11, high=500)
GUESS = point("guess", 0x12)
ALPHA, BETA = point("alpha", 0x20), point("beta", 0x21)
MODE = Point(
    "mode",
    (0x30,),
    3,
    "u16",
    group="settings",
    access=May.READ_WRITE,
    write=6,
    kind=Kind.STATE,
    choices=(Choice(0, "own_use", "Self use", "Autoconsommation"), Choice(1, "timed", "Timed", "Programmé")),
)
CODE = point("grid_code", 0x31)
PIN = Point(
    "pin",
    (),
    None,
    "text",
    group="settings",
    access=May.READ_WRITE,
    kind=Kind.TEXT,
    en="Password",
    fr="Mot de passe",
    path="key.Pin",
    secret=True,
)
RESTART = Point("restart", (0x40,), None, "u16", access=May.WRITE, write=6, group="settings", high=1, low=1)


def parameter(
    what: Point | None,
    name: str = "",
    *,
    memory: Memory = Memory.FLASH,
    danger: Danger = Danger.NONE,
    writes: str = "user",
    sees: str = "viewer",
    block: str = "",
    command: bool = False,
    confidence: Confidence = Confidence.DOCUMENTED,
) -> Parameter:
    return Parameter(
        what.id if what else name,
        "all",
        Words(what.en if what else name, what.fr if what else name),
        what,
        memory=memory,
        danger=danger,
        writes=writes,
        sees=sees,
        block=block,
        command=command,
        screen=NO_WORDS if what else Words("menu 5", "menu 5"),
        confidence=confidence,
    )


PARAMETERS = Parameters(
    (Section("all", Words("All", "Tout")),),
    (
        parameter(LIMIT),
        parameter(SPEED, memory=Memory.VOLATILE, writes="installer"),
        parameter(GUESS, confidence=Confidence.INFERRED),
        parameter(ALPHA, block="pair"),
        parameter(BETA, block="pair"),
        parameter(MODE),
        parameter(CODE, danger=Danger.GRID_CODE, writes="installer", sees="installer"),
        parameter(RESTART, danger=Danger.RESTART, command=True, writes="installer"),
        parameter(None, "backup"),
    ),
    {"pair": WriteBlock("pair", 0x20, 0x21, commit=0x22)},
    endurance=1000,
    remote=REMOTE,
)
POINTS = tuple(entry.point for entry in PARAMETERS.entries if entry.point is not None)
PROFILE = Profile(
    "acme/box",
    Path(),
    "Acme",
    "Box",
    "hybrid",
    "made up",
    POINTS,
    {"settings": Group("settings", None)},
    parameters=PARAMETERS,
)


def done(result: T | WattelierError) -> Future[T]:
    future: Future[T] = Future()
    if isinstance(result, WattelierError):
        future.set_exception(result)
    else:
        future.set_result(result)
    return future


class FakeLine:
    """One device. ``meddle`` is called with each order in the place of taking it, ``reading`` before each read."""

    def __init__(self, name: str = "line") -> None:
        self.name = name
        self.frames = FrameRing(name)
        self.held: dict[str, Value] = {
            "limit": 80.0,
            "speed": 100.0,
            "guess": 1.0,
            "alpha": 1.0,
            "beta": 2.0,
            "mode": "own_use",
            "grid_code": 3.0,
            "commit": 0.0,
            "pin": "hunter22",
        }
        self.orders: list[Order] = []
        self.reads: list[tuple[str, ...]] = []
        self.meddle: Callable[[Order], Sent | WattelierError | None] | None = None
        self.reading: Callable[[], WattelierError | None] | None = None
        self.counters = LinkCounters()

    def fetch(self, device: str, points: Sequence[Point]) -> Future[tuple[Reading, ...]]:
        self.reads.append(tuple(entry.id for entry in points))
        if self.reading is not None and (error := self.reading()) is not None:
            return done(error)
        number = self.frames.add(
            at=5.0, sent=b"\x03", received=b"\x03\x01", took_s=0.01, outcome=Outcome.ANSWERED, note=""
        )
        return done(tuple(self._reading(device, entry, number) for entry in points))

    def _reading(self, device: str, entry: Point, number: int) -> Reading:
        value = self.held.get(entry.id)
        if entry.secret:
            value = "set" if value else "not set"
        origin = Provenance(self.name, 1, 3, entry.address, (), number)
        quality = Quality.BAD if value is None else Quality.GOOD
        return Reading(PointKey(device, entry.id), value, 5.0, entry.unit, quality, origin)

    def write(self, device: str, order: Order) -> Future[Sent]:
        self.orders.append(order)
        number = self.frames.add(at=6.0, sent=b"\x06", received=b"\x06", took_s=0.01, outcome=Outcome.ANSWERED, note="")
        answer = self.meddle(order) if self.meddle is not None else None
        if isinstance(answer, WattelierError):
            return done(answer)
        if answer is None:
            self.take(order)
            answer = Sent(())
        return done(
            Sent((Exchange(number, 6.0, b"\x06", b"\x06"),), answer.answered, answer.refused, answer.code, answer.note)
        )

    def take(self, order: Order) -> None:
        for entry, value in order.values:
            self.held[entry.id] = value

    def start(self) -> None: ...

    def stop(self) -> None: ...

    def reconnect(self) -> None: ...

    def ask(self, device: str, group: str | None = None) -> None: ...

    def status(self) -> LinkStatus:
        return LinkStatus(self.name, LinkState.UP, 0.0, counters=self.counters)


class Bench:
    """A desk over one fake device, driven by the test: no thread runs."""

    def __init__(
        self,
        folder: Path,
        clock: HeldClock,
        person: Person = INSTALLER,
        *,
        read_only: bool = False,
        pause_s: float = 0.0,
    ) -> None:
        self.clock, self.line = clock, FakeLine()
        link = LinkConfig("line", parse_link("tcp://127.0.0.1:502"), read_only=read_only)
        self.site = Site(
            "Site",
            ZoneInfo("UTC"),
            (link,),
            (DeviceConfig("box", "line", "acme/box", self._profile(pause_s)),),
        )
        self.access = Access(person)
        self.book = SiteBook.beside(folder / "site.sqlite", clock)
        self.latest: dict[PointKey, Reading] = {}
        self.desk: Desk | None = None
        self.desk = self.another()

    def _profile(self, pause_s: float) -> Profile:
        entries = (*PARAMETERS.entries, parameter(PIN))
        parameters = replace(PARAMETERS, entries=entries, pause_s=pause_s)
        return replace(PROFILE, points=(*POINTS, PIN), parameters=parameters)

    def another(self) -> Desk:
        """A desk over the same book, as after a restart."""
        if self.desk is not None:
            self.desk.stop()
        self.desk = self.second()
        return self.desk

    def second(self) -> Desk:
        """One more desk over the same book, as another program has it."""
        desk = Desk(
            self.site,
            {"line": self.line},
            self.access,
            self.book,
            latest=self.latest.get,
            points=lambda _device: (*POINTS, PIN),
            clock=self.clock,
            settle_s=(0.0, 0.0),
        )
        desk.open()
        return desk

    def edit(self, name: str, value: Value, seen: Value = None) -> Edit:
        """An edit by somebody who has just read the device (or has ``seen`` something else)."""
        held = seen if seen is not None else self.line.held.get(name)
        if name == PIN.id and seen is None:
            held = "set" if held else "not set"
        return Edit(PointKey("box", name), value, Reading(PointKey("box", name), held, 4.0))

    def write(self, *edits: Edit, reason: str = "", confirmed: bool = False) -> Run:
        """Write and carry out."""
        run = self.desk.write(edits, reason=reason, confirmed=confirmed)
        self.work()
        return self.run(run.number)

    def run(self, number: int) -> Run:
        found = self.desk.run(number)
        assert found is not None
        return found

    def work(self) -> None:
        """Let the desk do all that waits now."""
        while self.desk.step() == 0.0:
            pass

    def journal(self) -> list[tuple[str, str, str]]:
        """Kind, point and outcome of every line, oldest first."""
        self.work()
        with self.book.journal() as journal:
            return [(line.entry.kind, line.entry.point, line.entry.outcome) for line in reversed(journal.lines())]


class HeldClock:
    """Time that a test moves."""

    def __init__(self, at: float = 1_800_000_000.0) -> None:
        self.at, self.tick = at, 100.0

    def now(self) -> float:
        return self.at

    def ticks(self) -> float:
        return self.tick

    def pass_s(self, seconds: float) -> None:
        self.at += seconds
        self.tick += seconds
