"""What a search has tried and found, as text, CSV or JSON: to keep, or to send to somebody."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence

from core.evidence import worded
from drivers.find.logbook import Attempt, Found, Result

COLUMNS = ("place", "settings", "unit", "result", "profile", "title", "confidence", "evidence", "serial", "note")


def as_json(entry: Found) -> dict[str, object]:
    """One find, in the stable form that scripts rely on."""
    return {
        "url": entry.url,
        "unit": entry.unit,
        **({"station": entry.station} if entry.station else {}),
        "title": entry.title,
        "answers": entry.identity.answers,
        "matches": [
            {
                "profile": match.profile_id,
                "title": match.title,
                "confidence": round(match.confidence, 3),
                "evidence": worded(match.evidence, "en"),
                "serial": match.serial,
                "options": dict(match.options),
            }
            for match in entry.identity.matches
        ],
        "note": entry.note,
    }


def json_report(found: Sequence[Found], tried: Sequence[Attempt] = (), problems: Sequence[str] = ()) -> str:
    """Everything as one JSON object."""
    attempts = [
        {
            "place": attempt.place,
            "settings": attempt.settings,
            "unit": attempt.unit,
            "result": attempt.result.value,
            "detail": attempt.detail,
        }
        for attempt in tried
    ]
    report = {"found": [as_json(entry) for entry in found], "tried": attempts, "problems": list(problems)}
    return json.dumps(report, ensure_ascii=False, indent=1)


def csv_report(found: Sequence[Found], tried: Sequence[Attempt] = (), problems: Sequence[str] = ()) -> str:
    """One line for each find, then one for each attempt; a spreadsheet opens it."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(COLUMNS)
    for entry in found:
        match = entry.identity.matches[0] if entry.identity.matches else None
        who = (
            (match.profile_id, match.title, f"{match.confidence:.2f}", worded(match.evidence, "en"), match.serial)
            if match is not None
            else ("", entry.title, "", "", "")
        )
        table.writerow((entry.url, _cell(entry.station), entry.unit, "found", *map(_cell, who), _cell(entry.note)))
    for attempt in tried:
        unit = "" if attempt.unit is None else attempt.unit
        table.writerow((attempt.place, attempt.settings, unit, attempt.result.value, *[""] * 5, _cell(attempt.detail)))
    for problem in problems:
        table.writerow((*[""] * 3, "problem", *[""] * 5, _cell(problem)))
    return text.getvalue()


def _cell(text: str) -> str:
    """A device chooses these words: in a spreadsheet, none of them may become a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t") else text


def text_report(found: Sequence[Found], tried: Sequence[Attempt] = (), problems: Sequence[str] = ()) -> str:
    """For people: what answers and what it is, then what was tried, silence summed up."""
    lines = [line for entry in found for line in told(entry)] or ["nothing has answered"]
    if tried:
        lines += ["", "tried:"]
        silent: dict[tuple[str, str, Result], list[str]] = {}
        for attempt in tried:
            if attempt.result in (Result.SILENT, Result.CLOSED):
                unit = "" if attempt.unit is None else str(attempt.unit)
                silent.setdefault((attempt.place, attempt.settings, attempt.result), []).append(unit)
            else:
                unit = "" if attempt.unit is None else f" unit {attempt.unit}"
                detail = f": {attempt.detail}" if attempt.detail else ""
                lines.append(f"  {attempt.place} {attempt.settings}{unit} {attempt.result}{detail}")
        for (place, settings, result), units in silent.items():
            numbers = ", ".join(unit for unit in units if unit)
            lines.append(f"  {place} {settings} {result}" + (f": units {numbers}" if numbers else ""))
    return "\n".join([*lines, *(f"not searched: {problem}" for problem in problems)])


def told(entry: Found) -> list[str]:
    """One find in words: where, what, how sure, why."""
    place = f"station {entry.station}" if entry.station else f"unit {entry.unit}"
    lines = [f"{entry.url}  {place}  {entry.title}"]
    for match in entry.identity.matches[:3]:
        serial = f", serial number {match.serial}" if match.serial else ""
        sure = f"{sureness(match.confidence)} ({match.confidence:.0%}){serial}"
        lines.append(f"    {match.profile_id}: {sure}; {worded(match.evidence, 'en')}")
    return [*lines, *([f"    {entry.note}"] if entry.note else [])]


def sureness(confidence: float) -> str:
    """A confidence from 0 to 1 in a word."""
    for least, word in ((0.9, "almost certain"), (0.7, "likely"), (0.45, "possible")):
        if confidence >= least:
            return word
    return "a guess"
