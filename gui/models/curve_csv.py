"""What a chart shows, as CSV: one line per time, UTC and local, the unit in each heading. A pure function."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, tzinfo

import numpy as np

from gui.models import tables
from gui.models.curves import Curve, Shape


def csv_of_curves(curves: Sequence[Curve], start: float, end: float, zone: tzinfo) -> str:
    """The bins between two times (Unix seconds), in inner units. A cell is empty where a curve has no bin.

    Lines have mean, min and max; bars the sum of the period that begins then; states their words when they begin.
    """
    heads = ["time_utc", f"time_local ({zone})"]
    columns: list[dict[float, str]] = []
    for curve in curves:
        unit = f" [{curve.unit}]" if curve.unit else ""
        name = f"{curve.name} ({curve.key}){unit}"
        if curve.shape is Shape.LANE:
            heads.append(name)
            columns.append({max(spell.start, start): spell.text for spell in curve.data.spells if spell.end > start})
            continue
        parts = ("mean", "low", "high") if curve.shape is Shape.LINE else ("mean",)
        words = {"mean": "mean", "low": "min", "high": "max"} if len(parts) > 1 else {"mean": "sum of period"}
        for part in parts:
            heads.append(f"{name} {words[part]}")
            values = getattr(curve.data, part)
            columns.append(
                {
                    float(at): tables.decimal(f"{value:.10g}")
                    for at, value in zip(curve.data.t, values, strict=True)
                    if np.isfinite(value)
                }
            )
    times = sorted({at for column in columns for at in column if start <= at <= end})
    return _written(heads, times, columns, zone)


def _written(heads: list[str], times: list[float], columns: list[dict[float, str]], zone: tzinfo) -> str:
    stamp: Callable[[datetime], str] = lambda when: when.isoformat(sep=" ", timespec="milliseconds")  # noqa: E731
    text = io.StringIO()
    writer = csv.writer(text, delimiter=tables.separator(), lineterminator="\r\n")
    writer.writerow(heads)
    for at in times:
        utc = datetime.fromtimestamp(at, UTC)
        cells = (column.get(at, "") for column in columns)
        writer.writerow((stamp(utc.replace(tzinfo=None)) + "Z", stamp(utc.astimezone(zone)), *cells))
    return text.getvalue()
