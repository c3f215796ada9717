"""The journal as CSV: every line with its hash, so that it can be checked elsewhere. A pure function."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable

from core.writing.journal import Line
from gui.models import tables
from gui.models.journal import Named

HEAD = (
    "id", "time_utc", "kind", "run", "who", "role", "device", "serial", "link", "point", "register", "old", "new",
    "readback", "outcome", "reason", "detail", "previous", "hash",
)  # fmt: skip


def csv_of_journal(lines: Iterable[tuple[Line, Named]]) -> str:
    """Values in inner units; lines about parameters that the signed-in person may not see are left out."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=tables.separator(), lineterminator="\r\n")
    writer.writerow(HEAD)
    for line, named in lines:
        if named.hidden:
            continue
        entry = line.entry
        run = "" if entry.run is None else str(entry.run)
        detail = json.dumps(entry.detail, ensure_ascii=False, sort_keys=True) if entry.detail else ""
        writer.writerow(
            (line.id, tables.utc(line.at), entry.kind, run, entry.who, entry.role, entry.device, entry.serial,
             entry.link, entry.point, entry.register, entry.old, entry.new, entry.readback, entry.outcome,
             entry.reason, detail, line.previous, line.hash)
        )  # fmt: skip
    return text.getvalue()
