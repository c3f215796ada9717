"""One place of the network: whether its port is open, what speaks there, and at which unit numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from core.config import LinkConfig
from core.errors import DecodeError, DeviceError, LinkError, NotToldApart
from core.linkurl import NETWORK_KINDS, parse_link
from core.profile import Profile
from core.status import StickHealth
from drivers.find.identify import GATEWAY_SILENCE, Identity, fitting, identify
from drivers.find.logbook import Attempt, Logbook, Result, found
from drivers.find.ranges import Target
from drivers.modbus.link import ModbusLink, UnitRules
from drivers.modbus.wire import SocketWire
from drivers.registry import build_link

CONNECT_S = 0.8
ANSWER_S = 1.0
STICK_ANSWER_S = 5.0  # a stick asks the cloud's questions too, and is slow
STICK_TRIES = 3  # questions without an answer; then it is no stick
FIRST = (1, 255)  # looked at thoroughly; the others are only asked whether they are there first
SPECIAL = (255, 0)  # "the device itself" for most servers, never a meter behind a gateway
MOST_NAMED = 5  # other unit numbers that a note repeats
UNLIKELY = tuple(range(247, 1, -1))


@dataclass(frozen=True, slots=True)
class Answering:
    """A unit that answers, and what it is."""

    unit: int
    identity: Identity
    also: tuple[int, ...] = ()  # other numbers at which it is the same device

    @property
    def profile_id(self) -> str:
        """Of the best match; empty when nothing fits."""
        return self.identity.matches[0].profile_id if self.identity.matches else ""

    @property
    def serial(self) -> str:
        """Of the best match."""
        return self.identity.matches[0].serial if self.identity.matches else ""

    @property
    def note(self) -> str:
        """What there is to say of it: the identity's own note, and that it answers to other numbers too."""
        numbers = ", ".join(map(str, self.also[:MOST_NAMED])) + (" …" if len(self.also) > MOST_NAMED else "")
        twice = f"the same device answers as unit {numbers} too" if self.also else ""
        return "; ".join(part for part in (self.identity.note, twice) if part)


def sensible_units(profiles: Sequence[Profile], more: Sequence[int] = ()) -> tuple[int, ...]:
    """The unit numbers to ask on a network line: 1, 255, those that profiles come with, those wanted, 0."""
    usual = sorted(profile.unit for profile in profiles if profile.protocol == "modbus")
    return tuple(dict.fromkeys((1, 255, *usual, *more, 0)))


def scan(target: Target, profiles: Sequence[Profile], more: Sequence[int], log: Logbook) -> None:
    """Try one place; what answers goes into the logbook. Reads only. Raises nothing but faults of the program.

    ``more`` are unit numbers to ask besides the usual ones. A port that the operator has named is asked in all ways.
    """
    log.say(f"trying {target.host}, port {target.port}")
    wire = SocketWire(target.host, target.port, log.ended, CONNECT_S)
    try:
        wire.open()
    except LinkError as err:
        if not log.ended.is_set():
            log.note(Attempt(str(target), "tcp", None, Result.CLOSED, str(err)))
        return
    finally:
        wire.close()
    units = sensible_units(profiles, more)
    for kind in _ways(target):
        if log.ended.is_set():
            return
        if kind == "v5":
            there = _try_stick(target, 0, profiles, log, more)
        else:
            there = _ask(f"{kind}://{target}", profiles, units, log)
        if there:
            return
    if not log.ended.is_set():
        nobody = Identity(False, (), f"port {target.port} is open at {target.host}, but nothing there speaks Modbus")
        log.add(found(f"tcp://{target}", 1, nobody))


def _ways(target: Target) -> tuple[str, ...]:
    """Kinds of link to try, in turn: at a stick's own port its own protocol first."""
    if target.port == NETWORK_KINDS["v5"]:
        return ("v5", "tcp", "rtu+tcp")
    return ("tcp", "rtu+tcp", "v5") if target.typed else ("tcp", "rtu+tcp")


def ask_stick(
    target: Target, serial: int, profiles: Sequence[Profile], log: Logbook, units: Sequence[int] = ()
) -> None:
    """Ask what hangs on a SOLARMAN stick that is known to be there, as unit 1 and as ``units``.

    ``serial`` 0: the stick tells it, and a wrong one is put right.
    """
    if not _try_stick(target, serial, profiles, log, units) and not log.ended.is_set():
        _tell_nobody_behind(_stick_url(target, serial), target, log)


def _try_stick(target: Target, serial: int, profiles: Sequence[Profile], log: Logbook, units: Sequence[int]) -> bool:
    """Ask what hangs on a stick, if it is one; whether it is."""
    log.say(f"asking the stick at {target.host}")
    wanted = tuple(dict.fromkeys((1, *units)))
    answers, stick = _ask_stick(target, serial, profiles, wanted, log)
    there = bool(answers) or stick.plain_modbus or stick.true_serial is not None or stick.serial != serial
    serial = stick.true_serial or stick.serial
    if not answers and serial != stick.serial and not log.ended.is_set():
        answers, stick = _ask_stick(target, serial, profiles, wanted, log)
    url = f"tcp://{target}" if stick.plain_modbus else _stick_url(target, serial)
    own_unit = {profile.id: profile.unit for profile in profiles}
    for answer in one_each(answers, own_unit, False):
        log.add(found(url, answer.unit, answer.identity, note=answer.note))
    if there and not answers and not log.ended.is_set():
        _tell_nobody_behind(url, target, log)
    return there


def _tell_nobody_behind(url: str, target: Target, log: Logbook) -> None:
    silent = f"the stick at {target.host} is there, but the device behind it does not answer"
    log.add(found(url, 1, Identity(False, (), silent)))


def _ask_stick(
    target: Target, serial: int, profiles: Sequence[Profile], units: Sequence[int], log: Logbook
) -> tuple[list[Answering], StickHealth]:
    url = _stick_url(target, serial)
    link = build_link(LinkConfig("find", parse_link(url)), ())
    with log.using(link):
        if serial or _speaks(link, url, log):
            answers = list(_ask_units(link, url, units, fitting(profiles, "v5"), log, answer_s=STICK_ANSWER_S))
        else:
            answers = []
    return answers, link.stick() or StickHealth(serial)


def _speaks(link: ModbusLink, url: str, log: Logbook) -> bool:
    """Whether a stick of unknown number says anything; whatever it says tells its number."""
    stage = log.stage(STICK_TRIES, STICK_ANSWER_S)
    stage.begin()
    link.rules[1] = _rules(link, STICK_ANSWER_S)
    result, detail, speaks = Result.SILENT, "", False
    while stage.done < stage.steps and not speaks and not log.ended.is_set():
        stage.step()
        try:
            link.read(1, 3, 0, 1)
        except LinkError as err:  # some hang up on a question that they do not understand
            result, detail = Result.CLOSED, str(err)
        except (DeviceError, DecodeError):
            result, detail = Result.SILENT, ""
        stick = link.stick()
        speaks = stick is not None and (stick.serial != 0 or stick.plain_modbus)
    stage.finish()
    if not speaks and not log.ended.is_set():
        log.note(Attempt(url, "", None, result, detail))
    return speaks


def _stick_url(target: Target, serial: int) -> str:
    port = "" if target.port == NETWORK_KINDS["v5"] else f":{target.port}"
    return f"v5://{target.host}{port}?serial={serial}"


def _ask(url: str, profiles: Sequence[Profile], units: Sequence[int], log: Logbook) -> bool:
    """Ask every unit of a line; whether anybody answers. What is found shows at once."""
    own_unit = {profile.id: profile.unit for profile in profiles}
    link = build_link(LinkConfig("find", parse_link(url)), ())
    answers: list[Answering] = []
    careless: bool | None = None
    with log.using(link):
        for answer in _ask_units(link, url, units, fitting(profiles, parse_link(url).kind), log, answer_s=ANSWER_S):
            answers.append(answer)
            if careless is None and sum(entry.unit not in SPECIAL for entry in answers) > 1:
                careless = _answers_any(link, url, units, log)
            kept = one_each(answers, own_unit, bool(careless))
            log.settle(url, [found(url, entry.unit, entry.identity, note=entry.note) for entry in kept])
    return bool(answers)


def _ask_units(
    link: ModbusLink, url: str, units: Sequence[int], profiles: Sequence[Profile], log: Logbook, *, answer_s: float
) -> Iterator[Answering]:
    stage = log.stage(len(units), 1.5 * answer_s)
    stage.begin()
    for unit in units:
        if log.ended.is_set():
            break
        stage.step()
        link.rules[unit] = _rules(link, answer_s)
        try:
            if unit not in FIRST and not _is_there(link, unit):
                log.note(Attempt(url, "", unit, Result.SILENT))
                continue
            identity = identify(link, unit, profiles, ended=log.ended.is_set)
        except LinkError as err:
            if log.ended.is_set():
                break
            log.note(Attempt(url, "", unit, Result.CLOSED, str(err)))
            continue
        result = Result.ANSWERS if identity.answers else Result.SILENT
        log.note(Attempt(url, "", unit, result, said(identity)))
        if identity.answers:
            yield Answering(unit, identity)
    stage.finish()


def _rules(link: ModbusLink, answer_s: float) -> UnitRules:
    """No quicker than the line can bear."""
    return UnitRules(answer_s, max(UnitRules().gap_s, link.least_gap_s))


def _is_there(link: ModbusLink, unit: int) -> bool:
    """One question, to spare the many where nobody is; raise LinkError."""
    try:
        link.read(unit, 3, 0, 1)
    except DeviceError as err:
        return err.code is not None and err.code not in GATEWAY_SILENCE
    except NotToldApart:
        return False
    except DecodeError:
        return True  # something comes: worth the longer look
    return True


def said(identity: Identity) -> str:
    """What a unit is, in a few words, for the table of attempts."""
    return identity.matches[0].title if identity.matches else identity.note


def _answers_any(link: ModbusLink, url: str, asked: Sequence[int], log: Logbook) -> bool:
    """Whether the other side answers whatever unit is asked for: then all its units are one device."""
    unit = next(number for number in UNLIKELY if number not in asked)
    link.rules[unit] = _rules(link, ANSWER_S)
    try:
        there = _is_there(link, unit)
    except LinkError:
        return False
    log.note(Attempt(url, "", unit, Result.ANSWERS if there else Result.SILENT, "a unit number that nobody has"))
    return there


def one_each(answers: Sequence[Answering], own_unit: Mapping[str, int], careless: bool) -> list[Answering]:
    """The answers with each device once, its other numbers beside it.

    Units 255 and 0 mostly reach the same device as an ordinary number does; a ``careless`` server answers to every
    number. ``own_unit`` is the number that a profile comes with: of several numbers of one device, it is the one kept.
    """
    kept: list[Answering] = []
    for answer in sorted(answers, key=lambda entry: entry.unit in SPECIAL):
        row = next((row for row, other in enumerate(kept) if _same(answer, other, careless)), None)
        if row is None:
            kept.append(answer)
            continue
        first, other = kept[row], answer
        if own_unit.get(answer.profile_id) == answer.unit:
            first, other = answer, first
        kept[row] = replace(first, also=(*first.also, other.unit, *other.also))
    return kept


def _same(one: Answering, other: Answering, careless: bool) -> bool:
    """Whether two numbers are one device: never where profile or serial number say otherwise."""
    if not _alike(one, other):
        return False
    if one.serial and other.serial:
        return one.serial == other.serial
    return careless or one.unit in SPECIAL or other.unit in SPECIAL


def _alike(one: Answering, other: Answering) -> bool:
    """Whether they may be of one profile: values that move now and then change which of two fits better."""
    if not one.profile_id or not other.profile_id:
        return True
    return any(match.profile_id == other.profile_id for match in one.identity.matches) or any(
        match.profile_id == one.profile_id for match in other.identity.matches
    )
