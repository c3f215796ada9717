"""``wattelier read``: one device, once or every second."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Mapping, Sequence

from core.errors import LinkError
from core.layout import points_of
from core.linkurl import parse_link
from core.points import Point, Quality, Reading, Value
from core.profile import Profile
from drivers.read_once import DeviceReader
from gui.verbs.source import catalogue, settings


def read(options: argparse.Namespace) -> int:
    """Read and print; 1 when nothing answers, 2 on bad input."""
    profile = catalogue().get(options.profile)
    chosen = profile.options_with(settings(options.set))
    points_of(profile, chosen)  # says what is wrong with an option before a port is opened
    reader = DeviceReader(parse_link(options.link), profile, options.unit, chosen)
    try:
        while True:
            started = time.monotonic()
            try:
                readings = reader.read()
            except LinkError as err:
                if not options.watch:
                    raise
                print(f"wattelier: {err}", file=sys.stderr, flush=True)
                time.sleep(1.0)
                continue
            if options.json:
                print(json.dumps(as_json(readings), ensure_ascii=False, allow_nan=False), flush=True)
            else:
                print(table(profile, reader.points, readings, options.language), flush=True)
            if not options.watch:
                return 0
            time.sleep(max(0.0, 1.0 - (time.monotonic() - started)))
    finally:
        reader.close()


def as_json(readings: Mapping[str, Reading]) -> dict[str, dict[str, object]]:
    """The stable form that scripts rely on: inner units, enumerations as their id, times in Unix seconds."""
    return {
        point: {
            "value": list(reading.value) if isinstance(reading.value, tuple) else reading.value,
            "unit": reading.unit,
            "quality": reading.quality.value,
            "at": round(reading.at, 3),
            "function": reading.provenance.function if reading.provenance else None,
            "address": reading.provenance.address if reading.provenance else None,
            "raw": list(reading.provenance.words) if reading.provenance else [],
            **({"note": reading.note} if reading.note else {}),
        }
        for point, reading in readings.items()
    }


def table(profile: Profile, points: Sequence[Point], readings: Mapping[str, Reading], language: str) -> str:
    """For people: name, value, unit, register and raw words, group by group, in the order of the map."""
    lines: list[str] = []
    for group in profile.groups.values():
        found = [point for point in points if point.group == group.id and point.id in readings]
        if found:
            lines += ["", group.title(language)]
            lines += [line(point, readings[point.id], language) for point in found]
    return "\n".join(lines).strip("\n")


def line(point: Point, reading: Reading, language: str) -> str:
    """One value."""
    origin = reading.provenance
    raw = " ".join(f"{word:04X}" for word in origin.words[:8]) if origin else ""
    raw += " …" if origin and len(origin.words) > 8 else ""
    place = f"{origin.function}@{origin.address} 0x{origin.address:04X}" if origin else ""
    quality = "" if reading.quality is Quality.GOOD else f"  [{reading.quality}: {reading.note}]"
    words = text(reading.value, point, language)
    return f"  {point.title(language)[:44]:<44} {words:>16} {reading.unit:<4} {place:>14}  {raw}{quality}"


def text(value: Value, point: Point | None, language: str) -> str:
    """A value in words: a dash for nothing, the text of a choice, the bits that are set."""
    if value is None:
        return "—"
    if isinstance(value, tuple):
        return ", ".join(_words(name, point, language) for name in value) or "0"
    return _words(value, point, language) if isinstance(value, str) else f"{value:.10g}"


def _words(name: str, point: Point | None, language: str) -> str:
    choice = next((choice for choice in point.choices if choice.id == name), None) if point else None
    return name if choice is None else (choice.fr if language == "fr" else choice.en)
