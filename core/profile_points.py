"""Reads ``points.csv``; every fault is named with file, line and column."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from core.decode import FIXES
from core.document import Faults
from core.points import Access, Choice, Confidence, Kind, Point
from core.profile import Group, Option, ScaleRule
from core.table import finite, read_rows
from core.wordtypes import ORDERS, TYPES

COLUMNS = [
    "id",
    "at",
    "words",
    "function",
    "write",
    "type",
    "order",
    "scale",
    "offset",
    "scale_by",
    "unit",
    "low",
    "high",
    "group",
    "access",
    "kind",
    "resets",
    "choices",
    "absent",
    "fix",
    "when",
    "confidence",
    "en",
    "fr",
    "source",
    "note",
]
UNITS = frozenset(
    ["W", "Wh", "var", "varh", "VA", "VAh", "V", "A", "Hz", "°C", "%", "s", "Ah", "Ω", "°", "rpm", "m³", "%/s", "%/min"]
) | {""}

_AT = re.compile(
    r"(?:(?P<model>[A-Za-z]\w*(?:\.\w+)?)\+)?(?P<words>(?:0x[0-9A-Fa-f]{1,4}|\d{1,5})(?:\+(?:0x[0-9A-Fa-f]{1,4}|\d{1,5}))*)"
)


_PATHS = {
    "can": re.compile(r"\w+\.\w+(?:\+\w+)*"),  # Message.Signal, several signals of a text joined by +
    "ocpp": re.compile(r"[A-Za-z]\w*(?:\.[A-Za-z0-9][\w-]*)+"),  # Message.field, MeterValues.Measurand.Phase, key.Name
}
PATH_TYPES = ("number", "text", "bits", "time", "hex", "flag", "version")
"""Types of points that have a path instead of registers."""

MOST_WORDS = 125
LEAST_SCALE = 1e-18  # below it, a factor is a typing mistake, and its inverse may be no number
MOST_ENERGY = 1e12  # Wh: beyond a terawatt-hour, a counter shows its "no value" pattern


class PointReader:
    """Turns the lines of ``points.csv`` into points."""

    def __init__(
        self,
        *,
        faults: Faults,
        tables: Mapping[str, tuple[Choice, ...]],
        groups: Mapping[str, Group],
        absent: Mapping[str, tuple[int, ...]],
        rules: Mapping[str, ScaleRule],
        options: Mapping[str, Option],
        source: str,
        protocol: str = "modbus",
    ) -> None:
        self._faults = faults
        self._tables = tables
        self._groups = groups
        self._absent = absent
        self._rules = rules
        self._source = source
        self._protocol = protocol
        self._options = options
        self._file = Path()
        self._line = 0
        self._row: dict[str, str] = {}

    def read(self, file: Path) -> tuple[Point, ...]:
        """Every point of the file; faulty lines are left out and reported."""
        self._file = file
        points: dict[str, Point] = {}
        for line, row in read_rows(file, COLUMNS, self._faults):
            self._line, self._row = line, row
            before = len(self._faults.lines)
            point = self._point()
            if point.id in points:
                self._fault("id", f"stands twice (also line {points[point.id].line})")
            if len(self._faults.lines) == before:
                points[point.id] = point
        for point in points.values():
            self._line, self._row = point.line, {"id": point.id}
            self._check_references(point, points)
        return tuple(points.values())

    def _check_references(self, point: Point, points: Mapping[str, Point]) -> None:
        if point.scale_by.startswith("10^") and point.scale_by[3:] not in points:
            self._fault("scale_by", f"there is no point {point.scale_by[3:]!r}")
        for fix in point.fix:
            name, _, argument = fix.partition(":")
            if name in ("sign", "unfilled", "length") and argument not in points:
                self._fault("fix", f"there is no point {argument!r}")

    def _fault(self, column: str, reason: str) -> None:
        self._faults.add(self._file, self._line, f"{self._row['id'] or '(no id)'}, {column}", reason)

    def _point(self) -> Point:
        row = self._row
        placed = self._protocol in _PATHS
        known = PATH_TYPES if placed else (*TYPES, "area")
        type_name = row["type"] or known[0 if placed else list(known).index("u16")]
        if type_name not in known:
            self._fault("type", f"{type_name!r} is not one of {', '.join(known)}")
            type_name = known[0]
        for column in ("id", "at", "group", "en", "fr"):
            if not row[column]:
                self._fault(column, "is empty")
        if row["group"] and row["group"] not in self._groups:
            self._fault("group", f"there is no group {row['group']!r} in profile.yaml")
        if row["unit"] not in UNITS:
            self._fault("unit", f"{row['unit']!r} is not an inner unit ({' '.join(sorted(UNITS - {''}))})")
        low, high = self._float("low"), self._float("high")
        if low is not None and high is not None and low > high:
            self._fault("low", f"{low:g} is above high {high:g}")
        return Point(
            id=row["id"],
            at=() if placed else self._addresses(type_name),
            path=self._path() if placed else "",
            printed="" if placed else row["at"],
            secret="secret" in self._fixes() if placed else False,
            model="" if placed or self._row["at"][:1].isdigit() else self._row["at"].rpartition("+")[0],
            function=None if placed else self._integer("function"),
            type=type_name,
            unit=row["unit"],
            scales=self._scales(),
            offset=self._float("offset") or 0.0,
            order=self._order(),
            low=low,
            high=MOST_ENERGY if high is None and self._row["unit"] in ("Wh", "varh", "VAh") else high,
            group=row["group"],
            access=Access(self._one_of("access", [access.value for access in Access], "r")),
            kind=self._kind(type_name),
            resets=self._one_of("resets", ("", "day", "month", "year"), ""),
            write=self._integer("write"),
            choices=self._choices(),
            absent=self._patterns(type_name),
            scale_by=self._scale_by(),
            fix=self._fixes(),
            when=self._when(),
            confidence=Confidence(
                self._one_of("confidence", [confidence.value for confidence in Confidence], "documented")
            ),
            en=row["en"],
            fr=row["fr"],
            source=row["source"] or self._source,
            note=row["note"],
            line=self._line,
        )

    def _path(self) -> str:
        path = self._row["at"]
        if path and not _PATHS[self._protocol].fullmatch(path):
            example = "EVSE_Status.AppliedLimit" if self._protocol == "can" else "MeterValues.Power-Active-Import.L1"
            self._fault("at", f"{path!r} is not a place such as {example}")
        return path

    def _addresses(self, type_name: str) -> tuple[int, ...]:
        match = _AT.fullmatch(self._row["at"])
        if not match:
            self._fault("at", f"{self._row['at']!r} is not an address such as 8230, 0x2026, 78+80 or m103+14")
            return (0,)
        parts = [int(part, 16 if part.lower().startswith("0x") else 10) for part in match["words"].split("+")]
        if any(part > 0xFFFF for part in parts):
            self._fault("at", "an address is at most 0xFFFF")
        width = None if type_name == "area" else TYPES[type_name].words
        words = self._integer("words") or width or 1
        if width is not None and words != width:
            self._fault("words", f"a {type_name} holds {width}, not {words}")
        if not 1 <= words <= MOST_WORDS:
            self._fault("words", f"must be from 1 to {MOST_WORDS}")
            words = 1
        if parts[0] + words > 0x10000:
            self._fault("at", "reaches beyond 0xFFFF")
        if type_name == "bits" and words not in (1, 2, 4):
            self._fault("words", "a bit field holds 1, 2 or 4")
        if len(parts) == 1:
            parts = list(range(parts[0], parts[0] + words))
        elif len(parts) != words:
            self._fault("at", f"{len(parts)} addresses for {words} words")
        return tuple(parts)

    def _order(self) -> str:
        orders = (self._row["order"] or "ABCD").split("|")
        if not all(order in ORDERS for order in orders):
            self._fault("order", f"{self._row['order']!r} is not one of {', '.join(ORDERS)}, or two of them with |")
            return "ABCD"
        return "|".join(orders)

    def _scales(self) -> tuple[float, ...]:
        try:
            scales = tuple(finite(part) for part in (self._row["scale"] or "1").split("|"))
        except ValueError:
            self._fault("scale", f"{self._row['scale']!r} is not a number")
            return (1.0,)
        if any(abs(scale) < LEAST_SCALE for scale in scales):
            self._fault("scale", "must not be 0")
        return scales

    def _scale_by(self) -> str:
        name = self._row["scale_by"]
        if name and not name.startswith("10^") and name not in self._rules:
            self._fault("scale_by", f"there is no rule {name!r} in profile.yaml")
            return ""
        return name

    def _kind(self, type_name: str) -> Kind:
        if type_name == "area":
            return Kind.AREA
        if self._row["kind"]:
            return Kind(self._one_of("kind", [kind.value for kind in Kind], "gauge"))
        shape = {"hex": "text", "flag": "number", "version": "text"}.get(type_name, type_name)
        if type_name in TYPES:
            shape = TYPES[type_name].kind
        if shape in ("bits", "text", "time"):
            return Kind(shape)
        return Kind.STATE if self._row["choices"] else Kind.GAUGE

    def _choices(self) -> tuple[Choice, ...]:
        name = self._row["choices"]
        if name and name not in self._tables:
            self._fault("choices", f"there is no table {name!r} in choices.csv")
        return self._tables.get(name, ())

    def _patterns(self, type_name: str) -> tuple[int, ...]:
        text = self._row["absent"]
        if not text:
            return self._absent.get(type_name, ())
        try:
            return tuple(int(part, 0) for part in text.split("|"))
        except ValueError:
            self._fault("absent", f"{text!r} is not a list of raw patterns such as 0xFFFF|0x8000")
            return ()

    def _fixes(self) -> tuple[str, ...]:
        fixes = tuple(part.strip() for part in self._row["fix"].split(";") if part.strip())
        for fix in fixes:
            name, _, argument = fix.partition(":")
            if name not in FIXES:
                self._fault("fix", f"{fix!r} is not one of {', '.join(FIXES)}")
            if name == "mask" and not re.fullmatch(r"0x[0-9A-Fa-f]+|[1-9]\d*", argument):
                self._fault("fix", f"{argument!r} is not a mask such as 0x3")
        return fixes

    def _when(self) -> tuple[str, str] | None:
        if not self._row["when"]:
            return None
        name, _, value = self._row["when"].partition("=")
        option = self._options.get(name)
        if option is None or (option.choices and value not in option.choices):
            self._fault("when", f"{self._row['when']!r} is not an option of profile.yaml and one of its choices")
        return name, value

    def _one_of(self, column: str, known: Sequence[str], default: str) -> str:
        text = self._row[column] or default
        if text not in known:
            self._fault(column, f"{text!r} is not one of {', '.join(filter(None, known))}")
            return default
        return text

    def _integer(self, column: str) -> int | None:
        text = self._row[column]
        if not text:
            return None
        try:
            return int(text, 0)
        except ValueError:
            self._fault(column, f"{text!r} is not a whole number")
            return None

    def _float(self, column: str) -> float | None:
        text = self._row[column]
        if not text:
            return None
        try:
            return finite(text)
        except ValueError:
            self._fault(column, f"{text!r} is not a number")
            return None
