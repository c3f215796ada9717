"""``wattelier read``: one device, once or every second."""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Mapping

from core.errors import ProfileError
from core.linkurl import parse_link
from core.points import Point, Quality, Reading, Value
from core.profile import Profile
from drivers.read_once import read_device
from gui.verbs.source import catalogue


def read(options: argparse.Namespace) -> int:
    """Read and print; 1 when nothing answers, 2 on bad input."""
    profile = catalogue().get(options.profile)
    settled = profile.options_with(_settings(options.set))
    url = parse_link(options.link)
    unit = profile.unit if options.unit is None else options.unit
    while True:
        started = time.monotonic()
        readings = read_device(url, profile, unit, settled)
        if options.json:
            print(json.dumps(as_json(readings), ensure_ascii=False, allow_nan=False), flush=True)
        else:
            print(table(profile, readings, options.language), flush=True)
        if not options.watch:
            return 0
        time.sleep(max(0.0, 1.0 - (time.monotonic() - started)))


def _settings(pairs: list[str]) -> dict[str, str]:
    settings: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name:
            raise ProfileError(f"--set {pair!r} must be OPTION=VALUE")
        settings[name.strip()] = value.strip()
    return settings


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


def table(profile: Profile, readings: Mapping[str, Reading], language: str) -> str:
    """For people: name, value, unit, register and raw words, group by group."""
    lines: list[str] = []
    group = ""
    for name, reading in readings.items():
        point = profile.point(name)
        if point is not None and point.group != group:
            group = point.group
            lines += ["", profile.groups[group].title(language)]
        lines.append(line(name, point, reading, language))
    return "\n".join(lines).strip("\n")


def line(name: str, point: Point | None, reading: Reading, language: str) -> str:
    """One value."""
    origin = reading.provenance
    raw = " ".join(f"{word:04X}" for word in origin.words[:8]) if origin else ""
    raw += " …" if origin and len(origin.words) > 8 else ""
    place = f"{origin.function}@{origin.address} 0x{origin.address:04X}" if origin else ""
    quality = "" if reading.quality is Quality.GOOD else f"  [{reading.quality}: {reading.note}]"
    title = point.title(language) if point else name
    return (
        f"  {title[:44]:<44} {text(reading.value, point, language):>16} {reading.unit:<4} {place:>14}  {raw}{quality}"
    )


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
