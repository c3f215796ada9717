"""What a register holds that the physical model knows nothing about: plausible, in range, and always decodable."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from core.decode import Context, decode
from core.encode import encode
from core.errors import DecodeError
from core.parameters import Parameters
from core.points import Kind, Point, Quality, Value
from core.profile import Probe, Profile
from core.wordtypes import TYPES

USUAL = {"°C": 24.0, "Hz": 50.0}
"""What stands for a gauge better than 0, by unit."""
EXPONENTS = {"A": -2.0, "V": -1.0, "Hz": -2.0, "%": -1.0, "°C": -1.0}
"""SunSpec scale factors by the unit of the points that hang on them; 0 for all others."""


def resting_words(
    profile: Profile, points: tuple[Point, ...], device: str, context: Context, parameters: Parameters
) -> dict[str, tuple[int, ...]]:
    """Return the registers of every point of ``points`` at rest; fills ``context.values`` on the way.

    What may be set is as it came from the factory, or lies in the range that may be set. A point for which nothing fits
    gets zeros.
    """
    settings = {entry.id: entry for entry in parameters.entries}
    factors = {part for rule in profile.rules.values() for part in rule.points()}
    ratios = {part for rule in profile.rules.values() for parts in rule.factors.values() for part in parts}
    exponents = {
        point.scale_by[3:]: EXPONENTS.get(point.unit, 0.0) for point in points if point.scale_by.startswith("10^")
    }
    words: dict[str, tuple[int, ...]] = {}
    for point in sorted(points, key=lambda point: bool(point.scale_by or point.fix)):
        if point.type not in TYPES:
            words[point.id] = (0,) * point.count
            continue
        wanted: list[Value] = []
        asked = point
        if (setting := settings.get(point.id)) is not None and not setting.command:
            first = setting.choices[:1] if point.kind is not Kind.BITS else ()
            wanted += [value for value in (setting.factory, *first) if value is not None]
            low = point.low if setting.low is None else setting.low
            asked = replace(point, low=low, high=point.high if setting.high is None else setting.high)
        wanted += _candidates(asked, profile, device)
        if point.id in exponents:
            wanted.insert(0, exponents[point.id])
        if point.id in ratios or (point.id in factors and point.unit == ""):
            wanted.insert(0, 1.0)
        value, found = _first_that_fits(asked, wanted, context)
        context.values[point.id] = value
        words[point.id] = found
    return words


def clock_text(point: Point, local: datetime) -> str:
    """Return the model's time the way the point tells it."""
    if point.type.startswith("hhmm"):
        return f"{local:%H:%M}"
    return f"{local:%m-%d}" if point.type == "mmdd" else f"{local:%Y-%m-%dT%H:%M:%S}"


def _first_that_fits(point: Point, wanted: list[Value], context: Context) -> tuple[Value, tuple[int, ...]]:
    for value in wanted:
        try:
            words = encode(point, value, context)
            decoded = decode(point, words, context)
        except (DecodeError, ValueError, OverflowError):
            continue
        if decoded.quality is Quality.GOOD or (value is None and decoded.quality is Quality.UNKNOWN):
            return decoded.value, words
    return None, (0,) * point.count


def _candidates(point: Point, profile: Profile, device: str) -> Iterator[Value]:
    if probe := next((probe for probe in profile.identify if _meets(point, probe)), None):
        if probe.serial and probe.looks and re.fullmatch(probe.looks, own := _identity(point, profile, device)):
            yield own
        yield from _recognised(point, probe)
    if point.choices and point.kind is not Kind.BITS:
        yield from sorted((choice.id for choice in point.choices), key=lambda name: _code(point, name))
    match TYPES[point.type].kind:
        case "bits":
            yield ()
        case "text":
            yield from (_identity(point, profile, device)[: 2 * point.count], "1.0.0", "1x1")
        case "time":
            yield from ("2026-01-01T00:00:00", "00:00", "01-01")
        case _:
            low, high = point.low, point.high
            if low == 1.0 and point.unit == "":  # an address, a ratio
                yield low
            if point.unit in USUAL and point.kind is Kind.GAUGE:
                yield USUAL[point.unit]
            yield from (0.0, None)
            if low is not None and high is not None:
                yield float(round((low + high) / 2.0, 3))
            yield from (edge for edge in (low, high) if edge is not None)
            yield 1.0


def _code(point: Point, name: str) -> int:
    return next(choice.code for choice in point.choices if choice.id == name)


def _meets(point: Point, probe: Probe) -> bool:
    return point.function == probe.function and point.address == probe.at


def _recognised(point: Point, probe: Probe) -> Iterator[Value]:
    if probe.looks:
        yield example(probe.looks)[: 2 * point.count]
    elif probe.between or probe.equals:
        low, high = probe.between or (float(min(probe.equals)), float(max(probe.equals)))
        for raw in (*map(float, probe.equals), 1.0, low, (low + high) // 2):
            if low <= raw <= high and (not probe.equals or raw in probe.equals):
                yield raw * point.scales[0] + point.offset
                yield next((choice.id for choice in point.choices if choice.code == raw), None)


def _identity(point: Point, profile: Profile, device: str) -> str:
    name = f"{point.id} {point.en}".lower()
    number = sum(ord(letter) * (place + 7) for place, letter in enumerate(device)) % 100_000
    if re.search(r"serial|\bsn\b|\.sn", name):
        return f"SIM{number:05d}"
    if re.search(r"maker|manufacturer|\.mn|vendor|brand", name):
        return profile.maker
    if re.search(r"model|\.md|type|product|name", name):
        return profile.model
    if re.search(r"version|firmware|software|hardware|\.vr", name):
        return "1.00"
    return "SIM"


def example(pattern: str) -> str:
    """Return a short text that matches a simple pattern: letters, ``.``, classes, ``\\d``, groups, ``? * + {n}``."""
    text, place = "", 0
    while place < len(pattern):
        piece, place = _atom(pattern, place)
        least, place = _least(pattern, place)
        text += piece * least
    return text


def _atom(pattern: str, place: int) -> tuple[str, int]:
    sign = pattern[place]
    if sign == "[":
        end = pattern.index("]", place)
        inside = pattern[place + 1 : end]
        return ("~" if inside.startswith("^") else inside.replace("\\d", "0").replace("\\w", "A")[0]), end + 1
    if sign == "(":
        depth, end = 1, place + 1
        while depth:
            depth += {"(": 1, ")": -1}.get(pattern[end], 0)
            end += 1
        inside = pattern[place + 1 : end - 1].removeprefix("?:")
        return example(inside.split("|")[0]), end
    if sign == "\\":
        return {"d": "0", "w": "A", "s": " "}.get(pattern[place + 1], pattern[place + 1]), place + 2
    if sign == "|":
        return "", len(pattern)
    return {".": "A", "^": "", "$": ""}.get(sign, sign), place + 1


def _least(pattern: str, place: int) -> tuple[int, int]:
    """How often the piece before must come at least, and where the pattern goes on."""
    if match := re.compile(r"\{(\d+)(?:,\d*)?\}").match(pattern, place):
        return int(match[1]), match.end()
    if pattern[place : place + 1] in ("?", "*"):
        return 0, place + 1
    return 1, place + (pattern[place : place + 1] == "+")
