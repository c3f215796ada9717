"""Rows of points as text for other programs: tab-separated for the clipboard, CSV for a file. Pure functions."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import UTC, datetime

from core.points import Point, Provenance, Reading
from gui import formatting, i18n
from gui.models import trace, wording

HEAD = (
    "group", "id", "name", "value", "unit", "shown", "quality", "time_utc", "function", "address", "type", "words",
    "factor", "confidence", "source", "note",
)  # fmt: skip


def tab_separated(rows: Iterable[tuple[Point, Reading | None]]) -> str:
    """Name, value, unit, quality, time and register of each point, as a spreadsheet pastes them."""
    lines: list[str] = []
    for point, reading in rows:
        value, unit = wording.value_pair(point, reading)
        cells = (
            point.title(i18n.current()),
            value.replace(formatting.SPACE, "").replace(formatting.MINUS, "-"),
            unit,
            wording.quality(point, reading)[0],
            utc(reading.at) if reading is not None else "",
            wording.address(point),
        )
        lines.append("\t".join(cell.replace("\t", " ") for cell in cells))
    return "\n".join(lines)


def separator() -> str:
    """What stands between the cells: a French spreadsheet expects a semicolon, for its decimal sign is the comma."""
    return ";" if i18n.current() == "fr" else ","


def decimal(digits: str) -> str:
    """A number with the decimal sign that a spreadsheet of this language reads."""
    return digits.replace(".", ",") if i18n.current() == "fr" else digits


def csv_of_points(rows: Iterable[tuple[str, Point, Reading | None]]) -> str:
    """Every point with its inner value and unit, what people read, and where it lies; ``(group, point, reading)``."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator(), lineterminator="\r\n")
    writer.writerow(HEAD)
    for group, point, reading in rows:
        origin = reading.provenance if reading is not None else None
        writer.writerow(
            (
                group,
                point.id,
                point.title(i18n.current()),
                wording.secret_words(reading) if point.secret and reading is not None else plain(reading),
                point.unit,
                formatting.joined(wording.value_pair(point, reading)).replace(" · ", " "),
                reading.quality.value if reading is not None else "",
                utc(reading.at) if reading is not None else "",
                point.function if point.function is not None else "",
                wording.address(point),
                point.type,
                _raw(point, origin),
                decimal(f"{origin.factor:g}") if origin is not None else "",
                point.confidence.value,
                point.source,
                point.note,
            )
        )
    return text.getvalue()


def _raw(point: Point, origin: Provenance | None) -> str:
    """What stood in the device: registers in hexadecimal, or the text of a protocol without registers."""
    if origin is None or point.secret:
        return ""
    return trace.hex_words(origin.words) if origin.words else origin.raw


def plain(reading: Reading | None) -> str:
    """A value as a spreadsheet reads it: full digits, ids of choices, ids of bits with ``|`` between."""
    if reading is None or reading.value is None:
        return ""
    if isinstance(reading.value, tuple):
        return "|".join(reading.value)
    return reading.value if isinstance(reading.value, str) else decimal(repr(float(reading.value)))


def utc(at: float) -> str:
    """ISO time in UTC with milliseconds."""
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
