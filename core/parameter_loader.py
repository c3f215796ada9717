"""Reads ``parameters.yaml`` and ``parameters.csv`` of a profile: what may be set on the device, and how.

Every fault is named with file and line. What is wrong here could be written to a device, so doubt is a fault: a number
without bounds, a register outside its block, a choice that the device does not have.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from core.access import ROLES, reaches
from core.decode import Context, decode
from core.document import Document, Faults
from core.encode import encode
from core.errors import DecodeError
from core.parameter_blocks import read_block
from core.parameters import Danger, Memory, Parameter, Parameters, Section, Words, WriteBlock
from core.points import Access, Confidence, Point, Value
from core.profile import BlockRules, Unmapped
from core.table import finite, read_rows
from core.wordtypes import TYPES

COLUMNS = [
    "id",
    "section",
    "low",
    "high",
    "step",
    "choices",
    "factory",
    "memory",
    "danger",
    "sees",
    "writes",
    "block",
    "command",
    "help_en",
    "help_fr",
    "touches_en",
    "touches_fr",
    "screen_en",
    "screen_fr",
    "source",
]
NOBODY = "nobody"
"""In the column ``writes``: the device has a register for it, and it is still not written from here."""


def load_parameters(
    folder: Path, points: Iterable[Point], unmapped: Iterable[Unmapped], rules: BlockRules, faults: Faults
) -> Parameters:
    """What may be set on the device; empty when neither file is there. Faults are added to ``faults``."""
    header_file, table = folder / "parameters.yaml", folder / "parameters.csv"
    if not header_file.exists() and not table.exists():
        return Parameters()
    header = Document.read(header_file, faults)
    header.only(("endurance", "pause", "remote", "sections", "blocks"))
    sections = tuple(
        Section(name, _words(header.child("sections").child(name))) for name in header.child("sections").names()
    )
    blocks = {
        name: read_block(name, header.child("blocks").child(name), rules) for name in header.child("blocks").names()
    }
    endurance = header.whole("endurance", 100_000)
    if endurance < 1:
        header.fault("endurance", "must not be 0")
    reader = _Reader(
        table,
        faults,
        sections={section.id for section in sections},
        blocks=blocks,
        points=points,
        unmapped=unmapped,
    )
    before = len(faults.lines)
    entries = reader.read()
    complete = len(faults.lines) == before
    for kind, names, used in (
        ("blocks", list(blocks), {entry.block for entry in entries}),
        ("sections", [section.id for section in sections], {entry.section for entry in entries}),
    ):
        for name in names if complete else ():
            if name not in used:
                header.child(kind).fault(name, "no parameter belongs to it")
    return Parameters(
        sections,
        entries,
        blocks,
        endurance,
        header.duration("pause", 0.0),
        _words(header.child("remote")) if "remote" in header else Words(),
    )


def _words(entry: Document) -> Words:
    entry.only(("en", "fr"))
    return Words(entry.text("en"), entry.text("fr"))


class _Reader:
    """Turns the lines of ``parameters.csv`` into parameters."""

    def __init__(
        self,
        file: Path,
        faults: Faults,
        *,
        sections: set[str],
        blocks: Mapping[str, WriteBlock],
        points: Iterable[Point],
        unmapped: Iterable[Unmapped],
    ) -> None:
        self._file, self._faults = file, faults
        self._sections, self._blocks = sections, blocks
        self._points = {point.id: point for point in points}
        self._unmapped = {entry.id: entry for entry in unmapped}
        self._line = 0
        self._row: dict[str, str] = {}

    def read(self) -> tuple[Parameter, ...]:
        """Every parameter of the file; faulty lines are left out and reported."""
        entries: dict[str, Parameter] = {}
        lines: dict[str, int] = {}
        for line, row in read_rows(self._file, COLUMNS, self._faults):
            self._line, self._row = line, row
            before = len(self._faults.lines)
            parameter = self._parameter()
            if row["id"] in lines:
                self._fault("id", f"stands twice (also line {lines[row['id']]})")
            lines.setdefault(row["id"], line)
            if parameter is not None and len(self._faults.lines) == before:
                entries[parameter.id] = parameter
        return tuple(entries.values())

    def _fault(self, column: str, reason: str) -> None:
        self._faults.add(self._file, self._line, f"{self._row['id'] or '(no id)'}, {column}", reason)

    def _parameter(self) -> Parameter | None:
        row = self._row
        point, entry = self._points.get(row["id"]), self._unmapped.get(row["id"])
        if point is None and entry is None:
            self._fault("id", f"there is no point and no unmapped entry {row['id']!r}")
            return None
        if row["section"] not in self._sections:
            self._fault("section", f"there is no section {row['section']!r} in parameters.yaml")
        command = self._one_of("command", ("yes", "no", ""), "") == "yes"
        sees, writes = self._roles()
        if point is not None and writes == NOBODY:
            point = replace(point, write=None, access=Access.READ)
        offered = point if point is not None and _writable(point) else None
        low, high, step = self._range(point, offered, command=command)
        parameter = Parameter(
            id=row["id"],
            section=row["section"],
            title=Words(point.en, point.fr) if point else Words(entry.en, entry.fr) if entry else Words(),
            point=point,
            low=low,
            high=high,
            step=step,
            choices=self._choices(point),
            factory=self._factory(point),
            memory=Memory(self._one_of("memory", [word.value for word in Memory], Memory.UNKNOWN.value)),
            danger=Danger(self._one_of("danger", [word.value for word in Danger], "")),
            sees=sees,
            writes=ROLES[-1] if writes == NOBODY else writes,
            block=self._block(offered),
            command=command,
            help=self._texts("help"),
            touches=self._texts("touches"),
            screen=self._texts("screen"),
            source=row["source"] or (point.source if point else ""),
            confidence=point.confidence if point else Confidence.DOCUMENTED,
        )
        if offered is None and not parameter.screen:
            self._fault("screen_en", "cannot be written, so it needs its path on the device's own screen")
        if command and offered is None:
            self._fault("command", "a command needs a point that can be written")
        if offered is not None and offered.access is Access.WRITE and not command:
            self._fault("command", "cannot be read back, so it can only be a command")
        return parameter

    def _roles(self) -> tuple[str, str]:
        sees = self._one_of("sees", ROLES, "viewer")
        writes = self._one_of("writes", (*ROLES, NOBODY), "installer")
        if writes != NOBODY and not reaches(writes, sees):
            self._fault("writes", f"{writes} may not write what {writes} does not see")
        return sees, writes

    def _range(
        self, point: Point | None, offered: Point | None, *, command: bool
    ) -> tuple[float | None, float | None, float | None]:
        """Bounds and step in the point's inner unit: those of the table, else what is plausible for the point."""
        low, high, step = (self._float(column) for column in ("low", "high", "step"))
        if point is None or not is_number(point):
            for column in ("low", "high", "step"):
                if self._row[column]:
                    self._fault(column, "only a number has bounds and a step")
            return None, None, None
        if offered is not None:
            low, high = point.low if low is None else low, point.high if high is None else high
            if not command and (low is None or high is None):
                self._fault("low", "needs low and high: what is written must have bounds")
        if low is not None and high is not None and low > high:
            self._fault("low", f"{low:g} is above high {high:g}")
        for column, bound in (("low", low), ("high", high)):
            if bound is not None and not _plausible(point, bound):
                self._fault(column, f"{bound:g} is outside the plausible range of the point")
        if step is not None and step <= 0:
            self._fault("step", "must be more than 0")
        elif step is not None and point.at and not _whole(step / abs(point.scales[0])):
            self._fault("step", f"must be a multiple of {abs(point.scales[0]):g}, the step of the register")
        return low, high, step

    def _choices(self, point: Point | None) -> tuple[str, ...]:
        names = tuple(name for name in self._row["choices"].split("|") if name)
        known = {choice.id for choice in point.choices} if point else set[str]()
        for name in names:
            if name not in known:
                self._fault("choices", f"the point has no choice {name!r}")
        return names

    def _factory(self, point: Point | None) -> Value:
        text = self._row["factory"]
        if not text:
            return None
        if point is None:
            self._fault("factory", "only a point can have a factory value")
            return None
        value = value_of(point, text)
        if value is None:
            self._fault("factory", f"{text!r} is not a value of this point")
        return value

    def _block(self, offered: Point | None) -> str:
        name = self._row["block"]
        if not name:
            return ""
        block = self._blocks.get(name)
        if block is None:
            self._fault("block", f"there is no block {name!r} in parameters.yaml")
        elif offered is None or not offered.at:
            self._fault("block", "only a register that can be written lies in a block")
        else:
            outside = [at for at in offered.at if not block.first <= at <= block.last]
            if outside:
                self._fault("block", f"register {outside[0]} is outside the block")
            if not block.companions.keys().isdisjoint(offered.at):
                self._fault("block", "a companion of the block cannot be a parameter too")
            if offered.write != block.function:
                self._fault("block", f"is written with function {offered.write}, the block with {block.function}")
        return name

    def _texts(self, name: str) -> Words:
        words = Words(self._row[f"{name}_en"], self._row[f"{name}_fr"])
        if bool(words.en) != bool(words.fr):
            self._fault(f"{name}_fr" if words.en else f"{name}_en", "is empty, though the other language is not")
        return words

    def _one_of(self, column: str, known: Sequence[str], default: str) -> str:
        text = self._row[column] or default
        if text not in known:
            self._fault(column, f"{text!r} is not one of {', '.join(filter(None, known))}")
            return default
        return text

    def _float(self, column: str) -> float | None:
        text = self._row[column]
        try:
            return finite(text) if text else None
        except ValueError:
            self._fault(column, f"{text!r} is not a number")
            return None


def is_number(point: Point) -> bool:
    """Whether what is typed for the point is a number: no choice, bits, time or text."""
    return not point.choices and _shape(point) in ("number", "float")


def value_of(point: Point, text: str) -> Value:
    """The text of a table as a value that the point can hold; None when it cannot."""
    ids = {choice.id for choice in point.choices}
    value: Value = text
    if _shape(point) == "bits":
        value = tuple(part for part in text.split("|") if part)
        known = set(value) <= ids
    elif point.choices:
        known = text in ids
    elif is_number(point):
        try:
            value = finite(text)
        except ValueError:
            return None
        known = _plausible(point, value)
    else:
        known = True
    return value if known and _survives(point, value) else None


def _survives(point: Point, value: Value) -> bool:
    """Whether the registers give it back; with a factor that hangs on the device, nothing can be proven here."""
    if not point.at or point.scale_by:
        return True
    try:
        back = decode(point, encode(point, value, Context()), Context()).value
    except (DecodeError, ArithmeticError, ValueError):
        return False
    if isinstance(back, float) and isinstance(value, float):
        return math.isclose(back, value, rel_tol=1e-9, abs_tol=1e-9)
    return set(back) == set(value) if isinstance(back, tuple) and isinstance(value, tuple) else back == value


def _shape(point: Point) -> str:
    return TYPES[point.type].kind if point.type in TYPES else point.type


def _writable(point: Point) -> bool:
    return point.write is not None or (bool(point.path) and point.access is not Access.READ)


def _plausible(point: Point, value: float) -> bool:
    return (point.low is None or value >= point.low) and (point.high is None or value <= point.high)


def _whole(number: float) -> bool:
    return abs(number - round(number)) < 1e-9
