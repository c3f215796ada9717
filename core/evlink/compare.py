"""Two EVlink configurations beside each other: two files, or a file and what a connected station tells over OCPP."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from core.access import Person
from core.errors import CommandRefused
from core.evlink.cfg import Address, Cfg, Entry
from core.evlink.identity import differences as relation
from core.evlink.keys import CfgKey
from core.evlink.values import HIDDEN, alike, same, sound_copy, without_password
from core.points import Point, PointKey, Quality, Reading

OCPP_KEYS = "key."
"""How the path of a point begins that is a configuration key of a station."""
CUT_AT = 200  # characters of the raw text that the provenance of a reading keeps


class What(StrEnum):
    """How two values stand to each other."""

    SAME = "same"
    DIFFERENT = "different"
    MISSING = "missing"  # only the left one has it
    ADDED = "added"  # only the right one has it
    SECRET_SAME = "secret same"
    SECRET_DIFFERENT = "secret different"
    UNTOLD = "untold"  # the station has not told it, or nothing that could be trusted


ALIKE = (What.SAME, What.SECRET_SAME, What.UNTOLD)


@dataclass(frozen=True, slots=True)
class Told:
    """What a station has told of one key. ``text`` as it stood in its answer, None when there is nothing to compare."""

    key: str
    text: str | None
    at: float
    quality: Quality
    note: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """One key on both sides; at least one side is there."""

    what: What
    left: Entry | None = None
    right: Entry | Told | None = None

    @property
    def differs(self) -> bool:
        """Whether it belongs into a list of differences."""
        return self.what not in ALIKE

    def refusal(self, person: Person | None = None) -> str:
        """Why the right value cannot be taken over into the left file, in one sentence; empty when it can."""
        left, right = self.left, self.right
        if left is None:
            return "the left file has no such key: keys are not added"
        if right is None or right.text is None:
            return "the right side has no such value"
        why = left.refusal(copied=True, person=person) or _unfit(left, right)
        if not why:
            try:
                self.copy()
            except CommandRefused as err:
                why = str(err)
        return why

    def copy(self) -> str:
        """The right value as it is written into the left file; raise CommandRefused where it cannot be."""
        if self.left is None or self.left.known is None or self.right is None or self.right.text is None:
            raise CommandRefused("there is no value to take over")
        return alike(sound_copy(self.left.known, self.right.text), self.left.text)


def paired(left: Cfg, right: Cfg) -> tuple[Pair, ...]:
    """Every key of both files: those of the left in its order, then those that only the right one has."""
    others = {entry.place: entry for entry in right.entries()}
    pairs: list[Pair] = []
    for entry in left.entries():
        other = others.pop(entry.place, None)
        pairs.append(Pair(_what(left, entry, right, other), entry, other))
    return (*pairs, *(Pair(What.ADDED, None, other) for other in others.values()))


def compare(left: Cfg, right: Cfg) -> tuple[Pair, ...]:
    """What differs: missing on the right, added there, another value, another secret."""
    return tuple(pair for pair in paired(left, right) if pair.differs)


def told(points: Iterable[Point], readings: Mapping[PointKey, Reading], device: str) -> dict[str, Told]:
    """What a station has told of its configuration, by key in small letters; secrets are left out."""
    found: dict[str, Told] = {}
    for point in points:
        reading = readings.get(PointKey(device, point.id))
        if point.secret or not point.path.lower().startswith(OCPP_KEYS) or reading is None:
            continue
        key = point.path[len(OCPP_KEYS) :]
        found[key.lower()] = Told(key, _said(reading), reading.at, reading.quality, reading.note)
    return found


def paired_with_station(left: Cfg, said: Mapping[str, Told]) -> tuple[Pair, ...]:
    """Every key of the file that a station could tell over OCPP, beside what it has told."""
    pairs: list[Pair] = []
    for entry in left.entries():
        if entry.known is not None and entry.known.ocpp_key and not entry.secret:
            other = said.get(entry.known.ocpp_key.lower())
            pairs.append(Pair(_against(entry, entry.known, other), entry, other))
    return tuple(pairs)


def copies(pairs: Sequence[Pair], person: Person | None = None) -> tuple[dict[Address, str], dict[Address, str]]:
    """What can be taken over from the right, by address of the left; and why the others cannot, likewise."""
    taken: dict[Address, str] = {}
    refused: dict[Address, str] = {}
    for pair in pairs:
        address = _address(pair)
        if address is None or pair.what not in (What.DIFFERENT, What.MISSING, What.ADDED, What.SECRET_DIFFERENT):
            continue
        if why := pair.refusal(person):
            refused[address] = why
        else:
            taken[address] = pair.copy()
    return taken, refused


def doubts(left: Cfg, right: Cfg, person: Person | None = None) -> tuple[str, ...]:
    """Why the two files may be of different stations: sentences to read before anything is copied.

    ``person``: whose role decides which values may stand in them; None sees all.
    """
    found = relation(left, right, person)
    pairs = paired(left, right)
    missing = sum(pair.what is What.MISSING for pair in pairs)
    added = sum(pair.what is What.ADDED for pair in pairs)
    if missing or added:
        found.append(
            f"{missing} keys stand only in the left file and {added} only in the right one: probably another firmware"
        )
    return tuple(found)


def _unfit(left: Entry, right: Entry | Told) -> str:
    """Why the right value is not one to take over, whatever it says."""
    if isinstance(right, Told):
        told = right.quality is Quality.GOOD
        why = "" if told else "the station has not told this value since it is connected"
    else:
        why = right.refusal(copied=True) if right.times > 1 or right.secret else ""
    return why or (
        "a value with a password in it is never copied" if left.masked or HIDDEN in (right.text or "") else ""
    )


def _address(pair: Pair) -> Address | None:
    if pair.left is not None:
        return pair.left.address
    return pair.right.address if isinstance(pair.right, Entry) else None


def _what(left: Cfg, entry: Entry, right: Cfg, other: Entry | None) -> What:
    if other is None:
        return What.MISSING
    if entry.secret or other.secret or entry.masked or other.masked:
        equal = left.same_secret(entry, right, other)
        return What.SECRET_SAME if equal else What.SECRET_DIFFERENT
    return What.SAME if same(entry.known, entry.text, other.text) else What.DIFFERENT


def _against(entry: Entry, known: CfgKey, other: Told | None) -> What:
    if other is None or other.text is None or entry.masked:
        return What.UNTOLD
    if other.quality not in (Quality.GOOD, Quality.STALE):
        return What.UNTOLD
    if len(other.text) >= CUT_AT and entry.text.startswith(other.text[:CUT_AT]):
        return What.UNTOLD  # what the station said was longer than what is kept of it
    return What.SAME if same(known, entry.text, other.text) else What.DIFFERENT


def _said(reading: Reading) -> str | None:
    """What stood in the answer of the station, not what was made of it: no scale, no words of a choice."""
    if reading.quality in (Quality.BAD, Quality.UNKNOWN) or reading.value is None:
        return None
    if reading.provenance is not None:
        return without_password(reading.provenance.raw)
    return without_password(reading.value) if isinstance(reading.value, str) else None
