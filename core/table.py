"""CSV tables that people edit in a spreadsheet: read with line numbers, every fault reported."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from core.document import Faults
from core.points import Choice

CHOICE_COLUMNS = ["table", "code", "id", "en", "fr", "advice_en", "advice_fr", "source"]


def finite(text: str) -> float:
    """A number, also with a decimal comma; raise ValueError."""
    number = float(text.replace(",", "."))
    if not abs(number) < 1e18:
        raise ValueError(text)
    return number


def read_rows(file: Path, columns: Sequence[str], faults: Faults) -> list[tuple[int, dict[str, str]]]:
    """The lines of a CSV file with their line numbers; unknown or missing columns and wrong widths are faults."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            first = lines.readline()
            lines.seek(0)
            # a spreadsheet set to French saves with semicolons
            reader = csv.reader(lines, delimiter=";" if ";" in first and "," not in first else ",")
            names = [name.strip().lstrip("\ufeff") for name in next(reader, list[str]())]
            for name in sorted({name for name in names if names.count(name) > 1}):
                faults.add(file, 1, name, "this column stands twice")
            if columns[0] not in names:
                faults.add(file, 1, columns[0], "this column is missing")
                return []
            for name in names:
                if name not in columns:
                    faults.add(file, 1, name or "(empty)", f"unknown column; known are {', '.join(columns)}")
            rows: list[tuple[int, dict[str, str]]] = []
            for cells in reader:
                if not any(cell.strip() for cell in cells):
                    continue
                if len(cells) != len(names):
                    faults.add(file, reader.line_num, cells[0], f"{len(cells)} cells instead of {len(names)}")
                    continue
                row = dict.fromkeys(columns, "") | {name: cell.strip() for name, cell in zip(names, cells, strict=True)}
                rows.append((reader.line_num, row))
            return rows
    except (UnicodeDecodeError, csv.Error) as err:
        faults.add(file, None, "", f"is not a CSV file in UTF-8: {err}")
    except OSError as err:
        faults.add(file, None, "", f"cannot be read: {err.strerror}")
    return []


def read_choices(file: Path, faults: Faults) -> dict[str, tuple[Choice, ...]]:
    tables: dict[str, list[Choice]] = {}
    if not file.exists():
        return {}
    for line, row in read_rows(file, CHOICE_COLUMNS, faults):
        try:
            code = int(row["code"], 0)
        except ValueError:
            faults.add(file, line, row["table"], f"code {row['code']!r} is not a whole number")
            continue
        for column in ("table", "id", "en", "fr"):
            if not row[column]:
                faults.add(file, line, row["table"] or row["id"], f"{column} is empty")
        table = tables.setdefault(row["table"], [])
        if any(choice.code == code for choice in table):
            faults.add(file, line, row["table"], f"code {code} stands twice")
        table.append(Choice(code, row["id"], row["en"], row["fr"], row["advice_en"], row["advice_fr"], row["source"]))
    return {name: tuple(table) for name, table in tables.items()}
