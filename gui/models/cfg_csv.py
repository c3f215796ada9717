"""Keys of an EVlink configuration as text for other programs; secrets stay "set". Pure functions."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from gui.models import cfg_words, tables
from gui.models.cfg_tree import CfgRole, CfgTree, Column, Row

HEAD = (
    "block", "section", "key", "name", "value", "shown", "new", "right", "state", "range_factory", "meaning", "source",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@")


def tab_separated(rows: Sequence[Row], tree: CfgTree) -> str:
    """Name, value, new value, right side and key, as a spreadsheet pastes them."""
    columns = (Column.NAME, Column.FILE, Column.NEW, Column.OTHER, Column.KEY, Column.STATE)
    lines = [
        "\t".join(_flat(str(tree.place_of(row.address, column).data() or "")) for column in columns) for row in rows
    ]
    return "\n".join(lines)


def as_csv(rows: Sequence[Row], tree: CfgTree) -> str:
    """Every key shown: what stands in the file, what people read, what was typed and the other side."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=tables.separator(), lineterminator="\r\n")
    writer.writerow(HEAD)
    for row in rows:
        name = tree.place_of(row.address)
        cells = {column: str(name.siblingAtColumn(column).data() or "") for column in Column}
        edited = bool(name.data(CfgRole.EDITED))
        writer.writerow(
            _harmless(cell)
            for cell in (
                row.address.block,
                row.address.section,
                row.address.key,
                cells[Column.NAME],
                row.entry.text if row.entry is not None else "",
                cells[Column.FILE],
                cells[Column.NEW] if edited else "",
                cells[Column.OTHER] if row.pair is not None else "",
                cells[Column.STATE],
                cells[Column.LIMITS],
                cfg_words.meaning(row.known),
                row.known.source if row.known is not None else "",
            )
        )
    return text.getvalue()


def _flat(cell: str) -> str:
    return _harmless(" ".join(cell.split("\t")))


def _harmless(cell: str) -> str:
    """A text that a spreadsheet does not take for a formula: values of a foreign file are foreign."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
