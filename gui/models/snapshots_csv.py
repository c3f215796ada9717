"""A comparison as CSV. A pure function."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from core.snapshots.snapshot import Item
from core.writing import values
from gui import formatting
from gui.models import tables, wording
from gui.models.snapshots_compare import DifferenceTable
from gui.sentences import localised

HEAD = (
    "left_from", "right_from", "section", "id", "name", "left", "left_unit", "right", "right_unit", "state",
    "left_shown", "right_shown", "left_note", "right_note", "left_time_utc", "right_time_utc", "register",
)  # fmt: skip


def csv_of_comparison(table: DifferenceTable, rows: Iterable[int], left: str, right: str) -> str:
    """These rows of the table, values in inner units; what is secret is only "set" or "not set"."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=tables.separator(), lineterminator="\r\n")
    writer.writerow(HEAD)
    for row in rows:
        found = table.difference(row)
        section, name, *shown, state = table.texts(row)
        sides = (found.left, found.right)
        cells = [cell for item in sides for cell in (_plain(item), item.unit if item is not None else "")]
        texts = [
            "" if one == formatting.DASH else one.replace(formatting.SPACE, " ").replace(formatting.MINUS, "-")
            for one in shown
        ]
        notes = [localised(item.reason) if item is not None else "" for item in sides]
        times = [tables.utc(item.at) if item is not None and item.at is not None else "" for item in sides]
        register = next((item.register for item in sides if item is not None and item.register), "")
        writer.writerow(
            (left, right, section, found.id, name, *cells, state, *texts, *notes, *times, register)
        )  # fmt: skip
    return text.getvalue()


def _plain(item: Item | None) -> str:
    if item is None or item.value is None:
        return ""
    if item.secret:
        return wording.hidden_words(item.value)
    text = values.text(item.value)
    return tables.decimal(text) if isinstance(item.value, float) else text
