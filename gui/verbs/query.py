"""``wattelier query``: what a history holds, for people and for scripts."""

from __future__ import annotations

import argparse
import json
import math
import sqlite3
import time
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from core.errors import ProfileError
from core.points import Kind, PointKey
from core.storage.queries import History
from core.storage.results import PointInfo
from core.storage.schema import StorageError

LATEST = 7_258_118_400.0  # the year 2200


def query(options: argparse.Namespace) -> int:
    """Print what is asked; 2 when the file or the point is not there."""
    file: Path = options.db
    if not file.is_file():
        raise ProfileError(f"{file}: there is no such file")
    try:
        with History(file) as history:
            known = history.points()
            if options.point is None:
                print(_inventory(known, options.json))
                return 0
            key = _key(options.point, known, file)
            start, end = _span(options, history.time_zone, known, key)
            if options.bins and _is_worded(known, key):
                raise ProfileError(f"{key} is a state or a text; it has no minimum or mean, leave --bins out")
            print(
                _bins(history, key, start, end, options)
                if options.bins
                else _raw(history, key, start, end, options.json)
            )
    except StorageError as err:
        raise ProfileError(str(err)) from err
    except sqlite3.Error as err:
        raise ProfileError(f"{file}: cannot be read as a history ({err})") from err
    return 0


def _key(text: str, known: list[PointInfo], file: Path) -> PointKey:
    try:
        key = PointKey.parse(text)
    except ValueError as err:
        raise ProfileError(str(err)) from err
    if all(info.key != key for info in known):
        raise ProfileError(f"{file}: there is no point {text!r}; `wattelier query {file}` lists them")
    return key


def _is_worded(known: list[PointInfo], key: PointKey) -> bool:
    return any(info.key == key and info.kind not in (Kind.GAUGE, Kind.COUNTER) for info in known)


def _span(options: argparse.Namespace, zone: ZoneInfo, known: list[PointInfo], key: PointKey) -> tuple[float, float]:
    first = next((info.first for info in known if info.key == key and info.first is not None), 0.0)
    start = first if options.start is None else _moment(options.start, zone)
    end = time.time() if options.end is None else _moment(options.end, zone)
    if end <= start:
        raise ProfileError("--to must be later than --from")
    return start, end


def _moment(text: str, zone: ZoneInfo) -> float:
    """Unix seconds, or ISO 8601; without an offset it is local time of the site."""
    try:
        seconds = float(text)
    except ValueError:
        return _written(text, zone)
    if not 0 <= seconds < LATEST:
        raise ProfileError(f"{text!r} does not lie between 1970 and 2200")
    return seconds


def _written(text: str, zone: ZoneInfo) -> float:
    try:
        moment = datetime.fromisoformat(text)
        at = (moment if moment.tzinfo else moment.replace(tzinfo=zone)).timestamp()
    except (ValueError, OverflowError):
        raise ProfileError(f"{text!r} is not a time such as 2026-11-21T08:00 or Unix seconds") from None
    if not 0 <= at < LATEST:
        raise ProfileError(f"{text!r} does not lie between 1970 and 2200")
    return at


def iso(at: float | None) -> str:
    """UTC, to the millisecond."""
    return (
        "" if at is None else datetime.fromtimestamp(at, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    )


def _inventory(known: list[PointInfo], as_json: bool) -> str:
    if as_json:
        return json.dumps(
            [
                {
                    "point": str(info.key),
                    "unit": info.unit,
                    "kind": info.kind.value,
                    "first": info.first,
                    "last": info.last,
                    "count": info.count,
                    "en": info.en,
                    "fr": info.fr,
                }
                for info in known
            ],
            ensure_ascii=False,
        )
    lines = [f"{'point':<44} {'unit':<5} {'count':>9}  {'first':<24}  last"]
    lines += [
        f"{info.key!s:<44} {info.unit:<5} {info.count:>9}  {iso(info.first):<24}  {iso(info.last)}" for info in known
    ]
    return "\n".join(lines)


def _number(value: float) -> float | None:
    return None if math.isnan(value) else value


def _bins(history: History, key: PointKey, start: float, end: float, options: argparse.Namespace) -> str:
    series = history.range(key, start, end, options.bins)
    columns = (series.t, series.min, series.mean, series.max, series.count)
    rows = list(zip(*(column.tolist() for column in columns), strict=True))
    if options.json:
        return json.dumps(
            [
                {"at": at, "min": _number(low), "mean": _number(mean), "max": _number(high), "count": count}
                for at, low, mean, high, count in rows
            ]
        )
    lines = [f"{'at':<24} {'min':>14} {'mean':>14} {'max':>14} {'count':>8}"]
    for at, low, mean, high, count in rows:
        cells = " ".join(f"{_text(value):>14}" for value in (low, mean, high))
        lines.append(f"{iso(at):<24} {cells} {count:>8}")
    return "\n".join(lines)


def _raw(history: History, key: PointKey, start: float, end: float, as_json: bool) -> str:
    raw = history.raw(key, start, end)
    rows = list(zip(raw.t.tolist(), raw.value.tolist(), raw.qualities(), strict=True))
    if as_json:
        return json.dumps(
            [
                {"at": at, "value": _number(value) if isinstance(value, float) else value, "quality": quality.value}
                for at, value, quality in rows
            ],
            ensure_ascii=False,
        )
    lines = [f"{'at':<24} {'value':>18}  quality"]
    lines += [f"{iso(at):<24} {_text(value):>18}  {quality}" for at, value, quality in rows]
    return "\n".join(lines)


def _text(value: object) -> str:
    if isinstance(value, float):
        return "" if math.isnan(value) else f"{value:.10g}"
    return " ".join(str(part) for part in value) if isinstance(value, tuple) else str(value or "")  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType] - bits are a tuple of ids
