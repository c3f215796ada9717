"""A serial line of unknown settings: speed, parity and unit numbers are gone through, the likeliest first.

Only an answer whose checksum is right counts: at a wrong speed, what comes is garbage. Each answer is asked for twice,
since chance makes a right checksum now and then. Once somebody has answered, the settings are known (a line has only
one speed) and the rest of the numbers is asked with them. Nothing is ever written, and address 0 is never used.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from core.config import LinkConfig
from core.errors import DecodeError, DeviceError, LinkError, ProfileError
from core.frames import Outcome
from core.linkurl import BAUDS, parse_link
from core.profile import Profile
from drivers.find.identify import fitting, identify
from drivers.find.logbook import Attempt, Logbook, Result, Stage, found
from drivers.find.scan import said
from drivers.modbus.framing import crc16
from drivers.modbus.link import ModbusLink, UnitRules
from drivers.registry import build_link

QUESTION = (3, 0, 2)  # function, address, registers: a device that has no such register says so, which will do
OTHER_QUESTION = (4, 0, 2)
SLOW_S = 2.0  # for a device whose answer came after its turn
ANSWER_S = 1.0


@dataclass(frozen=True, slots=True)
class Settings:
    """Speed and frame of a serial line."""

    baud: int
    parity: str = "N"
    stop: int = 1

    def __str__(self) -> str:
        return f"{self.baud} 8{self.parity}{self.stop}"

    def url(self, port: str) -> str:
        """The line with these settings, as a site file has it."""
        return f"rtu://{port}?baud={self.baud}&parity={self.parity}&stop={self.stop}"


LIKELY = (
    Settings(9600),
    Settings(19200, "E"),
    Settings(9600, "E"),
    Settings(19200),
    Settings(38400),
    Settings(115200),
    Settings(9600, "N", 2),
    Settings(4800),
    Settings(2400),
    Settings(57600),
    Settings(38400, "E"),
)


@dataclass(frozen=True, slots=True)
class SerialSweep:
    """What the operator has confirmed for one serial port. ``timeout_s`` is the wait for each number."""

    port: str
    bauds: tuple[int, ...] = (9600, 19200, 38400, 115200, 4800, 2400)
    parities: tuple[str, ...] = ("N", "E", "O")
    units: tuple[int, ...] = field(default=tuple(range(1, 33)))
    timeout_s: float = 0.25

    def settings(self) -> tuple[Settings, ...]:
        """Every combination, the likeliest first. Two stop bits only go without parity."""
        every = [
            Settings(baud, parity, stop)
            for stop in (1, 2)
            for parity in self.parities
            for baud in self.bauds
            if stop == 1 or parity == "N"
        ]
        return tuple(sorted(every, key=lambda entry: LIKELY.index(entry) if entry in LIKELY else len(LIKELY)))

    @property
    def steps(self) -> int:
        """How many questions it is at most."""
        return len(self.settings()) * len(self.units)

    @property
    def longest_s(self) -> float:
        """Seconds it takes when nobody answers."""
        return self.steps * self.step_s

    @property
    def step_s(self) -> float:
        """Seconds of one question that nobody answers, at the speeds of the plan."""
        mean_char_s = sum(11 / baud for baud in self.bauds) / max(1, len(self.bauds))
        return self.timeout_s + 25 * mean_char_s

    def check(self) -> None:
        """Raise ProfileError with a sentence on a speed, parity or number that cannot be."""
        if not self.units or not all(1 <= unit <= 247 for unit in self.units):
            raise ProfileError("the unit numbers of a serial line go from 1 to 247")
        if not self.bauds or not set(self.bauds) <= set(BAUDS):
            raise ProfileError(f"the speed must be one of {', '.join(map(str, BAUDS))}")
        if not self.parities or not set(self.parities) <= {"N", "E", "O"}:
            raise ProfileError("the parity must be N, E or O")


OpenLink = Callable[[str], ModbusLink]
"""Gives the link of an address, not yet open."""


def open_link(url: str) -> ModbusLink:
    """The real one."""
    return build_link(LinkConfig("find", parse_link(url)), ())


class Sweeper:
    """Goes through one port; driven by the thread that calls ``run``."""

    def __init__(
        self,
        plan: SerialSweep,
        profiles: Sequence[Profile],
        log: Logbook,
        stage: Stage | None = None,
        opener: OpenLink = open_link,
    ) -> None:
        self._plan, self._log, self._opener = plan, log, opener
        self._profiles = fitting(profiles, "rtu")
        self._exceptions = tuple(sorted({code for profile in self._profiles for code in profile.exceptions}))
        self.stage = stage or Stage(plan.steps, plan.step_s)

    def run(self) -> None:
        """Until somebody has answered and all numbers have been asked at that speed, or nothing is left to try."""
        self.stage.begin()
        for settings in self._plan.settings():
            if self._log.ended.is_set():
                break
            try:
                with self._log.using(self._opener(settings.url(self._plan.port))) as link:
                    link.open()
                    if self._pass(_Bus(link, settings, self._plan.port)):
                        break
            except LinkError as err:
                if not self._log.ended.is_set():
                    self._log.problem(str(err))
                    self._log.note(Attempt(self._plan.port, str(settings), None, Result.CLOSED, str(err)))
                break
        self.stage.finish()

    def _pass(self, bus: _Bus) -> bool:
        """Ask every number with these settings; whether the settings are right."""
        right = False
        for unit in self._plan.units:
            if self._log.ended.is_set():
                return right
            self._log.say(f"{self._plan.port}: {bus.settings.baud} bit/s, {str(bus.settings)[-3:]}, unit {unit}")
            right = self._look(bus, unit, QUESTION, self._plan.timeout_s) or right
            self.stage.step()
        self._tell_strangers(bus)
        for unit in sorted(bus.out_of_turn & bus.silent):  # a right checksum, only too late: the device is slow
            right = self._look(bus, unit, QUESTION, SLOW_S) or right
        for unit in sorted(bus.silent) if right else ():
            if not self._log.ended.is_set():
                self._look(bus, unit, OTHER_QUESTION, self._plan.timeout_s)
        return right

    def _look(self, bus: _Bus, unit: int, question: tuple[int, int, int], wait_s: float) -> bool:
        """Whether the unit answers well; what it is goes into the logbook."""
        bus.link.rules[unit] = UnitRules(timeout_s=wait_s, exceptions=self._exceptions)
        result, detail = bus.ask(unit, question)
        self._log.note(Attempt(self._plan.port, str(bus.settings), unit, result, detail))
        if result not in (Result.ANSWERS, Result.REFUSES):
            return False
        bus.link.rules[unit] = UnitRules(timeout_s=max(wait_s, ANSWER_S), exceptions=self._exceptions)
        identity = identify(bus.link, unit, self._profiles, ended=self._log.ended.is_set)
        if not identity.answers:  # it has just answered twice
            identity = replace(identity, answers=True, note=f"unit {unit} answers now and then only")
        self._log.note(Attempt(self._plan.port, str(bus.settings), unit, Result.ANSWERS, said(identity)))
        self._log.add(found(bus.url, unit, identity))
        return True

    def _tell_strangers(self, bus: _Bus) -> None:
        for unit in sorted(bus.out_of_turn - set(self._plan.units))[:1]:
            self._log.problem(
                f"{self._plan.port}: unit {unit} is spoken to by another master at {bus.settings}; "
                "take that off the line while you search"
            )


class _Bus:
    """A serial line with certain settings, and what has been heard on it."""

    def __init__(self, link: ModbusLink, settings: Settings, port: str) -> None:
        self.link, self.settings, self.url = link, settings, settings.url(port)
        self.silent: set[int] = set()
        self.out_of_turn: set[int] = set()  # units of good frames that were no answers to what was asked
        self._seen = 0

    def ask(self, unit: int, question: tuple[int, int, int]) -> tuple[Result, str]:
        """Two good answers, or why not."""
        result, detail = Result.SILENT, ""
        for _ in range(2):
            try:
                self.link.read(unit, *question)
                result, detail = Result.ANSWERS, ""
            except DeviceError as err:
                result = Result.SILENT if err.code is None else Result.REFUSES
                detail = "" if err.code is None else str(err)
            except DecodeError as err:
                result, detail = Result.GARBLED, str(err)
            self._listen(unit)
            if result not in (Result.ANSWERS, Result.REFUSES):
                self.silent.add(unit)
                return result, detail
        self.silent.discard(unit)
        return result, detail

    def _listen(self, unit: int) -> None:
        """Look at what came besides: only whole frames with a right checksum say anything."""
        for frame in self.link.frames.last(16):
            data = frame.received
            if frame.number <= self._seen or frame.outcome is not Outcome.FOREIGN or len(data) < 5:
                continue
            if data[0] != unit and crc16(data[:-2]) == int.from_bytes(data[-2:], "little"):
                self.out_of_turn.add(data[0])
        self._seen = max((frame.number for frame in self.link.frames.last(1)), default=self._seen)
