"""The parameter panel as CSV: what was read, what waits, and all that is known of each value. A pure function."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from core.points import Value
from core.writing import values
from gui import formatting
from gui.models import parameters_input, parameters_words, tables, wording
from gui.models.parameters_row import Row

HEAD = (
    "device", "section", "id", "name", "value", "unit", "shown", "quality", "time_utc", "to_write", "low", "high",
    "step", "choices", "factory", "register", "memory", "danger", "confidence", "screen", "help", "touches", "source",
)  # fmt: skip


def csv_of_parameters(rows: Iterable[tuple[str, Row]], device: str) -> str:
    """One line a parameter, in inner units; what is secret is only "set" or "not set"."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=tables.separator(), lineterminator="\r\n")
    writer.writerow(HEAD)
    for section, row in rows:
        writer.writerow(_cells(section, row, device))
    return text.getvalue()


def _cells(section: str, row: Row, device: str) -> tuple[str, ...]:
    entry, point, newest = row.parameter, row.parameter.point, row.newest
    secret = point is not None and point.secret
    low, high = parameters_input.limits(entry)
    wanted = row.draft.value if row.draft is not None else None
    choices = entry.choices or tuple(choice.id for choice in point.choices) if point is not None else ()
    quality = wording.quality(point, newest)[0] if point is not None else ""
    return (
        device,
        section,
        entry.id,
        parameters_words.title(entry),
        _plain(newest.value if newest is not None else None, secret),
        point.unit if point is not None else "",
        "" if newest is None else parameters_input.value_text(entry, newest.value).replace(formatting.SPACE, " "),
        quality if newest is not None else "",
        tables.utc(newest.at) if newest is not None else "",
        _plain(wanted, secret),
        "" if low is None else _plain(low),
        "" if high is None else _plain(high),
        "" if entry.step is None else _plain(entry.step),
        "|".join(choices),
        _plain(entry.factory),
        "" if point is None else parameters_words.register(point),
        entry.memory.value,
        entry.danger.value,
        entry.confidence.value,
        parameters_words.screen(entry),
        parameters_words.help_line(entry),
        entry.touches.text(formatting.language()),
        entry.source or (point.source if point is not None else ""),
    )


def _plain(value: Value, secret: bool = False) -> str:
    if value is None:
        return ""
    if secret:
        return wording.hidden_words(value)
    return tables.decimal(values.text(value)) if isinstance(value, float) else values.text(value)
