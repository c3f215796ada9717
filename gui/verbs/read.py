"""``wattelier read``: one device, once or every second."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Mapping, Sequence

from core.config import LinkConfig
from core.errors import LinkError, ProfileError
from core.evidence import worded
from core.layout import points_of
from core.linkurl import LinkUrl, parse_link
from core.points import Point, Provenance, Quality, Reading, Value
from core.profile import PROTOCOLS, Profile
from drivers.find.identify import fitting, identify
from drivers.listen_once import LineReader
from drivers.read_once import DeviceReader
from drivers.registry import LINKS, build_link
from gui.verbs.source import catalogue, settings

AUTO = "auto"
LIKELY = 0.5  # below it, or where two fit about equally, the operator has to choose
Reader = DeviceReader | LineReader


def read(options: argparse.Namespace) -> int:
    """Read and print; 1 when nothing answers, 2 on bad input."""
    reader, profile = _reader(options)
    try:
        while True:
            started = time.monotonic()
            try:
                readings = reader.read()
            except LinkError as err:
                if not options.watch:
                    raise
                _say(str(err))
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


def _reader(options: argparse.Namespace) -> tuple[Reader, Profile]:
    """What reads this device, its line not yet open; raise ProfileError on bad input."""
    url, given = parse_link(options.link), settings(options.set)
    if options.station and url.kind != "ocpp":
        raise ProfileError("--station is for a link of the kind ocpp")
    if options.profile == AUTO:
        profile, found = recognised(url, options.unit)
        given = {**found, **given}
    else:
        profile = catalogue().get(options.profile)
    if url.kind not in (known := PROTOCOLS[profile.protocol]):
        raise ProfileError(f"{profile.id} does not speak on a link of the kind {url.kind!r}, but on {', '.join(known)}")
    chosen = profile.options_with(given)
    points_of(profile, chosen)  # says what is wrong with an option before a port is opened
    if url.kind in LINKS:
        return DeviceReader(url, profile, options.unit, chosen), profile
    return LineReader(url, profile, options.unit, chosen, station=options.station, said=_say), profile


def _say(sentence: str) -> None:
    """Tell what is going on, beside the values."""
    print(f"wattelier: {sentence}", file=sys.stderr, flush=True)


def recognised(url: LinkUrl, unit: int | None) -> tuple[Profile, dict[str, str]]:
    """Ask the device what it is; give its profile and the options that it has settled, and say how sure that is.

    Raises LinkError with the candidates where nothing is sure enough.
    """
    if url.kind not in LINKS:
        raise ProfileError(f"a device on a link of the kind {url.kind!r} does not say what it is: name its profile")
    profiles = catalogue()
    known: list[Profile] = []
    for name in profiles.ids():
        try:
            known.append(profiles.get(name))
        except ProfileError:  # a broken profile of the user's own recognises nothing
            continue
    number = unit if unit is not None else int(url.given.get("unit", "1")) if url.kind == "v5" else 1
    link = build_link(LinkConfig("link", url), [])
    try:
        identity = identify(link, number, fitting(known, url.kind))
    finally:
        link.close()
    best = identity.best
    if best is None:
        raise LinkError(f"{identity.note} ({url.short})")
    if identity.note or best.confidence < LIKELY:
        names = ", ".join(f"{match.profile_id} ({match.confidence:.0%})" for match in identity.matches)
        raise LinkError(f"{identity.note or 'nothing is sure'}; name the profile, one of: {names}")
    _say(f"unit {number} is recognised as {best.title}, {best.confidence:.0%} sure: {worded(best.evidence, 'en')}")
    _say(f"reading it with the profile {best.profile_id}")
    return profiles.get(best.profile_id), dict(best.options)


def as_json(readings: Mapping[str, Reading]) -> dict[str, dict[str, object]]:
    """The stable form that scripts rely on: inner units, enumerations as their id, times in Unix seconds."""
    return {
        point: {
            "value": list(reading.value) if isinstance(reading.value, tuple) else reading.value,
            "unit": reading.unit,
            "quality": reading.quality.value,
            "at": round(reading.at, 3),
            **_origin(reading.provenance),
            **({"note": reading.note} if reading.note else {}),
        }
        for point, reading in readings.items()
    }


def _origin(origin: Provenance | None) -> dict[str, object]:
    """Where a value stood: function, address and words, or message and what it said."""
    if origin is not None and origin.path:
        return {"path": origin.path, "raw": origin.raw}
    return {
        "function": origin.function if origin else None,
        "address": origin.address if origin else None,
        "raw": list(origin.words) if origin else [],
    }


def table(profile: Profile, points: Sequence[Point], readings: Mapping[str, Reading], language: str) -> str:
    """For people: name, value, unit, register (or message) and what stood there, by group, in the order of the map."""
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
    if origin is not None and origin.path:
        place, raw = f"{origin.path:<36}", origin.raw
    else:
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
