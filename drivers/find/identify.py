"""What answers on a line: the probes of the profiles are read, each register once, and what they say is weighed.

Only reads are sent. The caller's thread does it all, and owns the link; other threads may call ``link.cancel()``.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from core.errors import DecodeError, DeviceError, LinkError, NotToldApart
from core.evidence import Evidence, InChain, Reads
from core.points import Kind, Point
from core.profile import PROTOCOLS, Probe, Profile
from core.sunspec import Model, walk
from core.wordtypes import TYPES, Raw, to_bytes
from drivers.modbus.link import ModbusLink, UnitRules

SURE = 0.95  # whoever is this sure needs no further questions
WORTH_SAYING = 0.2
TELLING = 0.5  # a first probe that tells much
PROMISING = 0.8
CLOSE = 0.15  # two profiles nearer than this to each other are left to the operator
MOST = 0.99  # a name that fits is no proof that every register of the table is there
SILENCES_BEFORE_DROPPING = 2  # of a unit that has not said a word yet
SILENCES_BEHIND_A_STICK = 5  # which says "silent" of a register that the inverter refuses, too
SILENCES_RETRIED = 3  # afterwards: some devices meet an address they do not know with silence
ILLEGAL_FUNCTION = 1
GATEWAY_SILENCE = (10, 11)

STRANGERS = ((Probe(3, 0x1234, 6, looks="[0-9A-Z]{8,12}"), "Megarevo"),)
"""Families that are known by sight but have no profile; source: community register definitions of the R series."""


@dataclass(frozen=True, slots=True)
class Match:
    """A profile that fits, and why. ``confidence`` 0 to 1; ``evidence`` has what tells most first (in words:
    ``core.evidence.worded``); ``serial`` is empty where no probe tells it; ``options`` are those of the profile that
    the device itself has settled."""

    profile_id: str
    title: str
    confidence: float
    evidence: tuple[Evidence, ...]
    serial: str = ""
    options: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class Identity:
    """What one unit is. ``answers``: it has said something, be it no. ``matches`` come best first.

    ``note`` is a sentence where there is something to say: nothing answers, nothing fits, two fit, a known stranger.
    """

    answers: bool
    matches: tuple[Match, ...] = ()
    note: str = ""

    @property
    def best(self) -> Match | None:
        """The match to offer first."""
        return self.matches[0] if self.matches else None


def fitting(profiles: Sequence[Profile], kind: str) -> list[Profile]:
    """The profiles that make sense on a link of this kind and have probes; those made for it come first."""
    usable = [profile for profile in profiles if profile.identify and kind in PROTOCOLS[profile.protocol]]
    return sorted(usable, key=lambda profile: kind.removesuffix("+tcp") not in profile.links)


def identify(
    link: ModbusLink, unit: int, profiles: Sequence[Profile], *, ended: Callable[[], bool] = lambda: False
) -> Identity:
    """Ask ``unit`` what it is, in the order of ``profiles``.

    It stops early when a profile is sure. A silent unit costs two questions; behind a stick five, since a stick also
    calls a register silent that the inverter refuses. Raises LinkError when the line breaks twice at one question.
    """
    candidates = [_Candidate(profile) for profile in profiles if profile.identify and profile.protocol == "modbus"]
    reader = _Reader(link, unit)
    patience = SILENCES_BEFORE_DROPPING if link.stick() is None else SILENCES_BEHIND_A_STICK
    kept = link.rules.get(unit)
    usual = UnitRules(max(UnitRules().timeout_s, link.least_timeout_s), max(UnitRules().gap_s, link.least_gap_s))
    codes = {code for candidate in candidates for code in candidate.profile.exceptions}
    link.rules[unit] = replace(kept or usual, exceptions=tuple(sorted({*codes, *(kept or usual).exceptions})))
    try:
        for candidate, probe in _turns(candidates):
            if ended():
                return Identity(reader.heard, _matches(candidates), "stopped before every question had been asked")
            if candidate.out:
                continue
            candidate.take(probe, reader)
            if not reader.heard and reader.silences >= patience:
                break
            if candidate.done and candidate.confidence >= SURE:
                break
    finally:
        if kept is None:
            del link.rules[unit]
        else:
            link.rules[unit] = kept
    return _identity(reader, unit, _matches(candidates))


def _identity(reader: _Reader, unit: int, matches: tuple[Match, ...]) -> Identity:
    if not reader.heard:
        return Identity(False, (), reader.fault or f"unit {unit} was not asked")
    if not matches or matches[0].confidence < TELLING:
        for probe, family in STRANGERS:
            words = reader.words(probe.function, probe.at, probe.count)
            if words is not None and _shown(probe, words)[1]:
                return Identity(True, matches, f"unit {unit} looks like {family}, for which there is no profile")
    if not matches:
        return Identity(True, (), f"unit {unit} answers, but no profile fits it")
    best = matches[0]
    near = [match for match in matches[1:] if best.confidence - match.confidence < CLOSE]
    if near:
        titles = ", ".join(match.title for match in (best, *near))
        return Identity(True, matches, f"{titles} fit about equally: the nameplate decides")
    return Identity(True, matches)


def _matches(candidates: Sequence[_Candidate]) -> tuple[Match, ...]:
    found = [candidate.match() for candidate in candidates if not candidate.out]
    return tuple(
        sorted((match for match in found if match.confidence >= WORTH_SAYING), key=lambda match: -match.confidence)
    )


def _turns(candidates: Sequence[_Candidate]) -> Iterator[tuple[_Candidate, Probe]]:
    """The first question of everybody, the telling ones first; whoever passes a telling one goes on at once.

    Then all the rest, of the likeliest first. The order given is kept among equals.
    """
    ranked = sorted(candidates, key=lambda candidate: candidate.probes[0].strength < TELLING)
    finished: set[int] = set()
    for candidate in ranked:
        yield candidate, candidate.probes[0]
        if candidate.confidence >= PROMISING:
            finished.add(id(candidate))
            for probe in candidate.probes[1:]:
                yield candidate, probe
    left = [candidate for candidate in ranked if not candidate.out and id(candidate) not in finished]
    for candidate in sorted(left, key=lambda candidate: -candidate.confidence):
        for probe in candidate.probes[1:]:
            yield candidate, probe


class _Candidate:
    """One profile on trial."""

    def __init__(self, profile: Profile) -> None:
        self.profile = profile
        self.probes = profile.identify
        self.out = False
        self.doubt = 1.0
        self.serial = ""
        self.options: dict[str, str] = {}
        self._asked = 0
        self._shown: list[tuple[float, Evidence]] = []

    @property
    def done(self) -> bool:
        """Whether every probe has been read."""
        return self._asked == len(self.probes)

    @property
    def confidence(self) -> float:
        """0 to 1; what holds takes its share of the doubt that is left."""
        return 0.0 if self.out else min(MOST, 1.0 - self.doubt)

    def take(self, probe: Probe, reader: _Reader) -> None:
        """Read one probe and weigh it."""
        self._asked += 1
        verdict = reader.chain_verdict(probe) if probe.models else self._judge(probe, reader)
        if verdict is None:
            return
        holds, evidence = verdict
        if not holds:
            self.out = True
            return
        self.doubt *= 1.0 - probe.strength
        self.options |= dict(probe.sets)
        if probe.models:
            self.serial = self.serial or reader.common_serial()
        if evidence is not None:
            self._shown.append((probe.strength, evidence))

    def _judge(self, probe: Probe, reader: _Reader) -> tuple[bool, Evidence | None] | None:
        """Whether it holds, and what has shown it; None when it says nothing."""
        words = reader.read(probe, self.profile.fallback)
        if probe.absent:
            gone = words is None or not any(words)
            return (True, None) if gone else (None if probe.optional else (False, None))
        if words is None:
            return None if probe.optional else (False, None)
        conditional = bool(probe.looks or probe.equals or probe.between or probe.exists)
        shown, holds = _shown(probe, words)
        if probe.serial and shown and (holds or not conditional):
            self.serial = shown
        if not conditional:
            return None
        if not holds:
            return None if probe.optional == "yes" else (False, None)
        return True, self._evidence(probe, words, shown)

    def _evidence(self, probe: Probe, words: Sequence[int], shown: str) -> Reads:
        point, raw = _point_at(self.profile, probe), _number(probe, words)
        if probe.looks:
            return Reads(probe.at, point, shown)
        if probe.exists or raw is None:
            return Reads(probe.at, point, None)
        if point is not None and (choice := next((one for one in point.choices if one.code == raw), None)):
            return Reads(probe.at, point, choice)
        if point is not None and point.kind is Kind.GAUGE and point.unit:
            return Reads(probe.at, point, raw * point.scales[0] + point.offset, point.unit)
        return Reads(probe.at, point, raw)

    def match(self) -> Match:
        """What it has come to."""
        shown = [evidence for _, evidence in sorted(self._shown, key=lambda entry: -entry[0])]
        evidence = tuple(dict.fromkeys(shown))
        return Match(self.profile.id, self.profile.title, self.confidence, evidence, self.serial, dict(self.options))


def _point_at(profile: Profile, probe: Probe) -> Point | None:
    """The point that stands there; of several, the one whose type the probe reads."""
    found = [point for point in profile.points if point.function == probe.function and point.at[0] == probe.at]
    return next((point for point in found if point.type == probe.type), found[0] if found else None)


def _shown(probe: Probe, words: Sequence[int]) -> tuple[str, bool]:
    """What came as text, and whether it meets the condition (True when there is none)."""
    if probe.looks or (probe.serial and probe.count > 2):
        text = _text(words)
        return text, not probe.looks or (bool(text) and re.fullmatch(probe.looks, text) is not None)
    number = _number(probe, words)
    if number is None:
        return "", False
    shown = f"{number:g}" if isinstance(number, float) else str(number)
    if probe.serial and number in (0, 0xFFFFFFFF):
        shown = ""
    if probe.equals:
        return shown, number in probe.equals
    if probe.between:
        return shown, probe.between[0] <= number <= probe.between[1]
    return shown, True


def _text(words: Sequence[int]) -> str:
    data = to_bytes(words).split(b"\0", 1)[0].strip(b" \xff")
    return data.decode("ascii", errors="replace") if all(0x20 <= byte < 0x7F for byte in data) else ""


def _number(probe: Probe, words: Sequence[int]) -> float | int | None:
    raw: Raw = TYPES[probe.type].read(to_bytes(words[: TYPES[probe.type].words], probe.order))
    return raw if isinstance(raw, (int, float)) and math.isfinite(raw) else None


class _Reader:
    """Asks each register once, whoever wants it, and remembers what came: words, or None for no."""

    def __init__(self, link: ModbusLink, unit: int) -> None:
        self._link, self._unit = link, unit
        self._known: dict[tuple[int, int, int], tuple[int, ...] | None] = {}
        self._no_function: set[int] = set()
        self._chain: tuple[Model, ...] | None = None
        self.heard = False
        self.silences = 0
        self.fault = ""  # the last one

    def read(self, probe: Probe, fallback: Mapping[int, int]) -> tuple[int, ...] | None:
        """The registers of a probe; where the function is not known, with the one that the profile has instead."""
        words = self.words(probe.function, probe.at, probe.count)
        other = fallback.get(probe.function)
        if words is None and other is not None and probe.function in self._no_function:
            return self.words(other, probe.at, probe.count)
        return words

    def words(self, function: int, at: int, count: int) -> tuple[int, ...] | None:
        """Registers, or None when they are refused or do not come."""
        key = (function, at, count)
        if key not in self._known:
            self._known[key] = self._ask(function, at, count)
        return self._known[key]

    def _ask(self, function: int, at: int, count: int) -> tuple[int, ...] | None:
        broken = False
        for _ in range(3):
            try:
                answer = self._link.read(self._unit, function, at, count)
            except DeviceError as err:
                self.fault = str(err)
                if err.code is None or err.code in GATEWAY_SILENCE:
                    self.silences += 1
                    if self.heard and self.silences <= SILENCES_RETRIED:
                        continue
                else:
                    self.heard = True
                    if err.code == ILLEGAL_FUNCTION:
                        self._no_function.add(function)
                return None
            except NotToldApart:
                return None
            except DecodeError:
                self.heard = True
                continue
            except LinkError:
                if broken:
                    raise
                broken = True  # some devices hang up on a question that they do not understand
                continue
            self.heard = True
            return answer.words
        return None

    # -- SunSpec -----------------------------------------------------------------------------------------------

    def chain_verdict(self, probe: Probe) -> tuple[bool, Evidence | None]:
        """Whether the chain of SunSpec models holds one of those wanted."""
        chain = self.chain()
        found = next((model.id for model in chain if model.id in probe.models), None)
        if found is None:
            return False, None
        who = " ".join(part for part in (self._common(2, 16), self._common(18, 16)) if part)
        return True, InChain(found, who)

    def chain(self) -> tuple[Model, ...]:
        """The models; none when there is no marker, or when the chain is broken."""
        if self._chain is None:
            try:
                self._chain = tuple(walk(self._sure))
            except (DecodeError, DeviceError):
                self._chain = ()
        return self._chain

    def common_serial(self) -> str:
        """Serial number in model 1."""
        return self._common(50, 16)

    def _common(self, offset: int, count: int) -> str:
        model = next((model for model in self.chain() if model.id == 1), None)
        if model is None or offset + count > model.length + 2:
            return ""
        return _text(self.words(3, model.address + offset, count) or ())

    def _sure(self, function: int, at: int, count: int) -> tuple[int, ...]:
        words = self.words(function, at, count)
        if words is None:
            raise DeviceError("no such register", 2)
        return words
