"""The points of one device in their groups: a tree of two levels, fed by batches of readings; GUI thread."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt

from core.points import Confidence, Point, PointKey, Reading
from core.profile import Group
from gui import formatting, i18n
from gui.models import tables, wording
from gui.models.two_levels import Index, TwoLevels
from gui.sentences import Names, localised

ItemRole = Qt.ItemDataRole


class Column(IntEnum):
    """What stands in each column."""

    NAME, VALUE, UNIT, AGE, QUALITY, REGISTER = range(6)


class PointRole:
    """What the delegate, the filter and the page ask beyond Qt's own roles."""

    KEY = ItemRole.UserRole + 1  # PointKey, None for a group
    TONE = ItemRole.UserRole + 2  # of the quality
    INFERRED = ItemRole.UserRole + 3
    SORT = ItemRole.UserRole + 4
    SEARCH = ItemRole.UserRole + 5
    PACE = ItemRole.UserRole + 6  # of a group: text, and whether it is kept


@dataclass(slots=True)
class Line:
    """One point with its newest reading."""

    key: PointKey
    point: Point
    reading: Reading | None = None


@dataclass(slots=True)
class Section:
    """One group with its lines."""

    group: Group
    lines: list[Line] = field(default_factory=list[Line])
    achieved_s: float | None = None


class PointTree(TwoLevels):
    """Groups, and below each its points."""

    def __init__(self, now: Callable[[], float] = time.time, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._now = now
        self._sections: list[Section] = []
        self._names: Names = str
        self._flows: Mapping[str, str] = {}
        self._places: dict[PointKey, tuple[int, int]] = {}
        self.has_paths = False  # a device without registers

    def show(
        self,
        device: str,
        points: Sequence[Point],
        groups: Mapping[str, Group],
        names: Names = str,
        flows: Mapping[str, str] | None = None,
    ) -> None:
        """Show another device; its readings come with ``apply``. ``names`` gives the titles of its options.

        ``flows`` are the points whose value is shown with a sign word (see ``wording.sign_word``).
        """
        self.beginResetModel()
        self._names, self._flows = names, flows or {}
        self.has_paths = any(point.path for point in points)
        known = {name: Section(group) for name, group in groups.items()}
        for point in points:
            section = known.setdefault(point.group, Section(Group(point.group, None)))
            section.lines.append(Line(PointKey(device, point.id), point))
        self._sections = [section for section in known.values() if section.lines]
        self._places = {
            line.key: (at, row) for at, section in enumerate(self._sections) for row, line in enumerate(section.lines)
        }
        self.endResetModel()

    def apply(self, readings: Iterable[Reading]) -> None:
        """Take the readings that belong here; announce only the rows that moved, in runs."""
        moved: dict[int, set[int]] = {}
        for reading in readings:
            if (place := self._places.get(reading.key)) is not None:
                line = self._sections[place[0]].lines[place[1]]
                if line.reading != reading:
                    line.reading = reading
                    moved.setdefault(place[0], set()).add(place[1])
        for at, rows in moved.items():
            self._announce(at, sorted(rows))

    def set_paces(self, achieved: Mapping[str, float | None]) -> None:
        """Take the achieved period of each group."""
        for at, section in enumerate(self._sections):
            if (achieved_s := achieved.get(section.group.id)) != section.achieved_s:
                section.achieved_s = achieved_s
                place = self.index(at, 0)
                self.dataChanged.emit(place, place)

    def grow_older(self, keys: Iterable[PointKey]) -> None:
        """Announce that the ages of these points are another second older."""
        rows: dict[int, list[int]] = {}
        for key in keys:
            if (place := self._places.get(key)) is not None:
                rows.setdefault(place[0], []).append(place[1])
        for at, found in rows.items():
            self._announce(at, sorted(found), Column.AGE, Column.AGE)

    def retranslate(self) -> None:
        """Say everything again in the language in use."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(Column) - 1)
        if self._sections:
            last = len(self._sections) - 1
            self.dataChanged.emit(self.index(0, 0), self.index(last, len(Column) - 1))
        for at, section in enumerate(self._sections):
            self._announce(at, list(range(len(section.lines))), Column.NAME, Column.REGISTER)

    def shown_keys(self) -> list[PointKey]:
        """Every point shown, in the order of the groups."""
        return list(self._places)

    def line(self, key: PointKey) -> Line | None:
        """The line of a point."""
        place = self._places.get(key)
        return self._sections[place[0]].lines[place[1]] if place else None

    def place_of(self, key: PointKey) -> QModelIndex:
        """Index of a point's name; invalid when it is not shown."""
        if (place := self._places.get(key)) is None:
            return QModelIndex()
        return self.index(place[1], 0, self.index(place[0], 0))

    def as_tsv(self, keys: Iterable[PointKey]) -> str:
        """These points as a spreadsheet pastes them."""
        lines = [line for key in keys if (line := self.line(key)) is not None]
        return tables.tab_separated((line.point, line.reading) for line in lines)

    def as_csv(self) -> str:
        """Every point as a CSV file."""
        language = i18n.current()
        return tables.csv_of_points(
            (section.group.title(language), line.point, line.reading)
            for section in self._sections
            for line in section.lines
        )

    def group_title(self, key: PointKey) -> str:
        """Name of the group a point stands in."""
        place = self._places.get(key)
        return self._sections[place[0]].group.title(i18n.current()) if place else ""

    def branch_count(self) -> int:
        return len(self._sections)

    def leaf_count(self, branch: int) -> int:
        return len(self._sections[branch].lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = ItemRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == ItemRole.TextAlignmentRole:
            return alignment(Column(section))
        if role != ItemRole.DisplayRole:
            return None
        titles = (self.tr("Name"), self.tr("Value"), self.tr("Unit"), self.tr("Age"), self.tr("Quality"))
        place = self.tr("Path") if self.has_paths else self.tr("Register")
        return (*titles, place)[section]

    def data(self, index: Index, role: int = ItemRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        column = Column(index.column())
        if role == ItemRole.TextAlignmentRole:
            return alignment(column)
        if index.internalId() == 0:
            return self._of_section(self._sections[index.row()], column, role)
        section = self._sections[int(index.internalId()) - 1]
        return self._of_line(section.lines[index.row()], section.group, column, role)

    def _of_section(self, section: Section, column: Column, role: int) -> Any:
        if role == PointRole.PACE:
            every_s = section.group.every_s
            text = wording.pace(every_s, section.achieved_s)
            if section.group.once:
                text = self.tr("once a connection")
            return text, wording.pace_is_kept(every_s, section.achieved_s)
        if column is not Column.NAME:
            return None
        if role in (ItemRole.DisplayRole, ItemRole.AccessibleTextRole):
            return section.group.title(i18n.current()) or self.tr("Other")
        return "" if role == PointRole.SEARCH else None

    def _of_line(self, line: Line, group: Group, column: Column, role: int) -> Any:
        point = line.point
        match role:
            case ItemRole.DisplayRole:
                found: Any = self._text(line, group, column)
            case PointRole.KEY:
                found = line.key
            case PointRole.TONE:
                found = wording.quality(point, line.reading, group.every_s is None)[1]
            case PointRole.INFERRED:
                found = point.confidence is Confidence.INFERRED
            case PointRole.SORT:
                found = sort_key(line, column)
            case PointRole.SEARCH:
                places = wording.address(point), wording.printed_address(point)
                found = " ".join((point.en, point.fr, point.id, *places, group.en, group.fr)).lower()
            case ItemRole.ToolTipRole:
                found = self._tip(line, column)
            case _:
                found = None
        return found

    def _text(self, line: Line, group: Group, column: Column) -> str:
        point, reading = line.point, line.reading
        if column is Column.NAME:
            return point.title(i18n.current())
        if column is Column.VALUE:
            return self._value(point, reading)
        if column is Column.UNIT:
            return wording.value_pair(point, reading)[1]
        if column is Column.AGE:
            return formatting.age_of(reading.at, self._now()) if reading is not None else ""
        if column is Column.QUALITY:
            return wording.quality(point, reading, group.every_s is None)[0]
        return wording.printed_address(point)

    def _value(self, point: Point, reading: Reading | None) -> str:
        """The value as a person reads it: a power of the grid or of a battery with a word for its sign."""
        digits = wording.value_pair(point, reading)[0]
        flow = self._flows.get(point.id)
        if not flow or reading is None or not isinstance(reading.value, float):
            return digits
        word = wording.sign_word(flow, reading.value)
        return f"{word} {digits.removeprefix(formatting.MINUS)}" if word else digits

    def _tip(self, line: Line, column: Column) -> str:
        parts = [line.point.title(i18n.current()), line.point.note]
        if line.point.confidence is Confidence.INFERRED:
            parts.append(self.tr("Inferred: the maker does not document this meaning. Confirm it on site."))
        if column is Column.VALUE:
            text = wording.value_pair(line.point, line.reading)[0]
            parts = [text, *wording.advice(line.point, line.reading)]
        if line.reading is not None and line.reading.note:
            parts.append(localised(line.reading.note, self._names))
        return "\n".join(part for part in parts if part)

    def _announce(self, at: int, rows: Sequence[int], first: int = Column.VALUE, last: int = Column.QUALITY) -> None:
        parent = self.index(at, 0)
        begin = 0
        for place in range(1, len(rows) + 1):
            if place == len(rows) or rows[place] != rows[place - 1] + 1:
                top, bottom = rows[begin], rows[place - 1]
                self.dataChanged.emit(self.index(top, first, parent), self.index(bottom, last, parent))
                begin = place


def alignment(column: Column) -> Qt.AlignmentFlag:
    """Figures to the right, words to the left."""
    side = Qt.AlignmentFlag.AlignRight if column is Column.VALUE else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def sort_key(line: Line, column: Column) -> Any:
    """What a column sorts by: numbers before texts before nothing, registers by address."""
    reading = line.reading
    match column:
        case Column.NAME:
            key: Any = line.point.title(i18n.current()).lower()
        case Column.VALUE:
            value = reading.value if reading is not None else None
            rank = 0 if isinstance(value, float) else 2 if value is None else 1
            key = (rank, value if isinstance(value, float) else 0.0, "" if rank != 1 else str(value))
        case Column.UNIT:
            key = line.point.unit
        case Column.AGE:
            key = -reading.at if reading is not None else float("inf")
        case Column.QUALITY:
            key = reading.quality.value if reading is not None else "~"
        case Column.REGISTER:
            key = (line.point.at, line.point.path)
    return key
