"""Golden cases: raw words of a device and the readings that they must give. The proof that a profile is true."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from core.decode import Context, Decoded, decode_block
from core.document import Document, Faults
from core.errors import DeviceError, WattelierError
from core.layout import settled_points
from core.points import Value
from core.profile import Profile

CLOSE = 1e-6


@dataclass(frozen=True, slots=True)
class Case:
    """One situation of the device; ``words`` by reading function and address."""

    taken: str
    options: Mapping[str, str]
    words: Mapping[tuple[int, int], int]
    readings: Mapping[str, Value]
    qualities: Mapping[str, str]
    line: int | None
    frames: tuple[str, ...] = ()  # CAN: "351: 14 02 74 0E"; OCPP: messages as JSON text


def load_cases(file: Path) -> list[Case]:
    """Read ``golden.yaml``; raise ProfileError with every fault."""
    faults = Faults()
    document = Document.read(file, faults)
    cases = [_case(entry) for entry in document.children("entries")]
    if not cases:
        faults.add(file, None, "", "has no case")
    faults.raise_if_any()
    return cases


def _case(entry: Document) -> Case:
    entry.only(("taken", "options", "words", "frames", "readings", "qualities"))
    words: dict[tuple[int, int], int] = {}
    for place in entry.child("words").names():
        try:
            function, address = (int(part, 0) for part in place.split("@"))
        except ValueError:
            entry.child("words").fault(place, "must be FUNCTION@ADDRESS, for example 3@0x0200")
            continue
        for offset, word in enumerate(entry.child("words").integers(place)):
            words[function, address + offset] = word & 0xFFFF
    readings = entry.child("readings")
    if not readings.names() and not entry.child("qualities").names():
        entry.faults.add(entry.file, entry.line(), "readings", "a case without readings proves nothing")
    return Case(
        entry.text("taken", ""),
        {name: entry.child("options").text(name) for name in entry.child("options").names()},
        words,
        {name: _value(readings.plain(name)) for name in readings.names()},
        {name: entry.child("qualities").text(name) for name in entry.child("qualities").names()},
        entry.line(),
        entry.texts("frames"),
    )


def _value(value: object) -> Value:
    if isinstance(value, list):
        return tuple(str(item) for item in value)  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType] - a plain YAML list
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value)
    return None if value is None else str(value)


def run_case(profile: Profile, case: Case) -> list[str]:
    """Decode the words; return one sentence per reading that is not as it must be. Empty means proven."""
    return judge_case(case, *decode_image(profile, case.options, case.words))


def judge_case(case: Case, found: Mapping[str, Decoded], faults: list[str]) -> list[str]:
    """What differs between what was decoded and what the case promises; ``faults`` come first."""
    for name, wanted in case.readings.items():
        if name not in found:
            faults.append(f"{name} was not read")
        elif not same(found[name].value, wanted):
            faults.append(f"{name} gave {found[name].value!r} ({found[name].note}) instead of {wanted!r}")
    for name in case.readings.keys() | case.qualities.keys():
        wanted_quality = case.qualities.get(name, "good")
        if name in found and found[name].quality != wanted_quality:
            faults.append(f"{name} is {found[name].quality} ({found[name].note}) instead of {wanted_quality}")
    return faults


def decode_image(
    profile: Profile, options: Mapping[str, str], words: Mapping[tuple[int, int], int]
) -> tuple[dict[str, Decoded], list[str]]:
    """Decode whatever points lie in an image of registers; the second part tells why nothing could be."""

    def read(function: int, address: int, count: int) -> Sequence[int]:
        try:
            return [words[function, address + offset] for offset in range(count)]
        except KeyError:
            raise DeviceError("illegal address", 2) from None

    try:
        settled = profile.options_with(options)
        points = settled_points(profile, settled, read)
    except WattelierError as err:
        return {}, [str(err)]
    context = Context(profile.rules, settled)
    found: dict[str, Decoded] = {}
    for _ in range(2):  # the second time round, every ratio and scale factor is known
        for function in sorted({point.function for point in points if point.function is not None}):
            image = {address: word for (code, address), word in words.items() if code == function}
            there = [
                point
                for point in points
                if point.readable and point.function == function and all(at in image for at in point.at)
            ]
            found |= {point.id: decoded for point, _words, decoded in decode_block(there, image, context)}
    return found, []


def same(value: Value, wanted: Value) -> bool:
    """Equal texts, or numbers within one part in a million."""
    if isinstance(value, float) and isinstance(wanted, float):
        return math.isclose(value, wanted, rel_tol=CLOSE, abs_tol=1e-9)
    if isinstance(value, tuple) and not isinstance(wanted, tuple):
        wanted = () if wanted in (None, "") else (str(wanted),)
    if isinstance(value, str) and isinstance(wanted, float):
        return value == f"{wanted:g}"
    return value == wanted
