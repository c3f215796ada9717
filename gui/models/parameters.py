"""The parameters of one device in the sections of its manual: a tree of two levels; GUI thread."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt

from core.parameters import Parameter, Parameters
from core.points import PointKey, Reading, Value
from core.writing.review import Watch
from gui import i18n
from gui.models import parameters_input, parameters_row
from gui.models.parameters_edits import Edits
from gui.models.parameters_input import Editor, WrongEntry
from gui.models.parameters_row import Column, Row
from gui.models.two_levels import Index, TwoLevels

ItemRole = Qt.ItemDataRole


class ParameterRole:
    """What the delegate and the panel ask beyond Qt's own roles."""

    KEY = ItemRole.UserRole + 1  # PointKey, None for a section
    ROW = ItemRole.UserRole + 2
    TONE = ItemRole.UserRole + 3  # colour role of a cell's text
    SECOND = ItemRole.UserRole + 4  # the smaller line below it
    EDITED = ItemRole.UserRole + 5
    WRONG = ItemRole.UserRole + 6  # the sentence about what was typed, empty when it is right
    COUNT = ItemRole.UserRole + 7  # of a section: how many it has


@dataclass(slots=True)
class Part:
    """One section with its rows."""

    title: Callable[[], str]
    rows: list[Row] = field(default_factory=list[Row])


class ParameterTree(TwoLevels):
    """Sections, and below each its parameters. What is typed goes to ``edits``, never anywhere else."""

    def __init__(self, edits: Edits, now: Callable[[], float] = time.time, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.edits = edits
        self._now = now
        self._parts: list[Part] = []
        self._places: dict[PointKey, tuple[int, int]] = {}
        self._bases: dict[PointKey, Reading] = {}
        self._newest: dict[PointKey, Reading] = {}
        edits.changed.connect(self._edited)

    def show(self, device: str, parameters: Parameters, confirmed: Collection[str]) -> None:
        """Show another device, or the same after what one may see of it has changed."""
        self.beginResetModel()
        self._parts = []
        for section in parameters.sections:
            rows = [self._row(device, entry, confirmed) for entry in parameters.of(section.id)]
            if rows:
                self._parts.append(Part(lambda words=section.title: words.text(i18n.current()), rows))
        self._places = {
            row.key: (at, place) for at, part in enumerate(self._parts) for place, row in enumerate(part.rows)
        }
        self.endResetModel()

    def apply(self, readings: Iterable[Reading]) -> None:
        """Take what was read meanwhile, by whomever: what the operator had before him stays the measure."""
        for reading in readings:
            row, known = self.row(reading.key), self._newest.get(reading.key)
            if row is None or (known is not None and known.at > reading.at):
                continue
            self._newest[reading.key] = reading
            self._bases.setdefault(reading.key, reading)
            if row.newest != reading:
                self._renew(row)

    def apply_fresh(self, readings: Iterable[Reading]) -> None:
        """Take what the operator has asked for: from now on it is what he has before him, edited values apart."""
        for reading in readings:
            self._newest[reading.key] = self._bases[reading.key] = reading
            if (row := self.row(reading.key)) is not None:
                self._renew(row)

    def accept(self, key: PointKey) -> None:
        """The operator has seen what the device holds now: it is no news any more."""
        if (newest := self._newest.get(key)) is not None:
            self._bases[key] = newest
            self.edits.rebase(key, newest)
            if (row := self.row(key)) is not None:
                self._renew(row)

    def set_watches(self, watches: Mapping[PointKey, Watch]) -> None:
        """Which values are being watched."""
        for part in self._parts:
            for row in part.rows:
                if row.watch != (watch := watches.get(row.key)):
                    row.watch = watch
                    self._announce(row.key)

    def set_writing(self, keys: Collection[PointKey]) -> None:
        """Which values a run is writing now."""
        for part in self._parts:
            for row in part.rows:
                if row.writing != (writing := row.key in keys):
                    row.writing = writing
                    self._announce(row.key)

    def grow_older(self, keys: Iterable[PointKey]) -> None:
        """Announce that the ages of these values are another second older."""
        for key in keys:
            self._announce(key, Column.READ, Column.READ)

    def retranslate(self) -> None:
        """Say everything again in the language in use."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(Column) - 1)
        last = len(Column) - 1
        for at, part in enumerate(self._parts):
            section = self.index(at, 0)
            self.dataChanged.emit(section, section.siblingAtColumn(last))
            self.dataChanged.emit(self.index(0, 0, section), self.index(len(part.rows) - 1, last, section))

    def row(self, key: PointKey) -> Row | None:
        """The row of a parameter."""
        place = self._places.get(key)
        return self._parts[place[0]].rows[place[1]] if place else None

    def rows(self) -> list[tuple[str, Row]]:
        """Every row with the title of its section."""
        return [(part.title(), row) for part in self._parts for row in part.rows]

    def shown_keys(self) -> list[PointKey]:
        """Every parameter shown."""
        return list(self._places)

    def seen(self, key: PointKey) -> Reading | None:
        """What the operator has before him now."""
        return self._newest.get(key)

    def place_of(self, key: PointKey, column: int = Column.NAME) -> QModelIndex:
        """Index of a parameter's cell; invalid when it is not shown."""
        if (place := self._places.get(key)) is None:
            return QModelIndex()
        return self.index(place[1], column, self.index(place[0], 0))

    def branch_count(self) -> int:
        return len(self._parts)

    def leaf_count(self, branch: int) -> int:
        return len(self._parts[branch].rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own
        return len(Column)

    def flags(self, index: Index) -> Qt.ItemFlag:
        found = super().flags(index)
        row = self._row_at(index)
        if row is not None and index.column() == Column.NEW and row.editor not in (Editor.SCREEN, Editor.INFERRED):
            found |= Qt.ItemFlag.ItemIsEditable
        return found

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = ItemRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or role != ItemRole.DisplayRole:
            return None
        titles = (self.tr("Parameter"), self.tr("Read in the device"), self.tr("New value"), self.tr("Range · factory"))
        return (*titles, self.tr("Register"), "")[section]

    def data(self, index: Index, role: int = ItemRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._row_at(index)
        if row is None:
            return self._of_section(self._parts[index.row()], index.column(), role)
        column = Column(index.column())
        draft = row.draft
        found: dict[int, Callable[[], Any]] = {
            ItemRole.DisplayRole: lambda: parameters_row.cell_text(row, column),
            ItemRole.AccessibleTextRole: lambda: parameters_row.cell_text(row, column),
            ItemRole.AccessibleDescriptionRole: lambda: parameters_row.second_line(row, column, self._now()),
            ItemRole.EditRole: lambda: self._edited_value(row),
            ItemRole.ToolTipRole: lambda: parameters_row.tip(row, column, self._now()),
            ParameterRole.KEY: lambda: row.key,
            ParameterRole.ROW: lambda: row,
            ParameterRole.TONE: lambda: parameters_row.tone(row, column),
            ParameterRole.SECOND: lambda: parameters_row.second_line(row, column, self._now()),
            ParameterRole.EDITED: lambda: draft is not None and draft.wrong is None,
            ParameterRole.WRONG: lambda: draft.wrong.sentence if draft is not None and draft.wrong is not None else "",
        }
        return found[role]() if role in found else None

    def setData(self, index: Index, value: Any, role: int = ItemRole.EditRole) -> bool:
        """Take what was typed (a text), chosen (a value) or ticked (ids of bits)."""
        row = self._row_at(index)
        if row is None or role != ItemRole.EditRole or not self.flags(index) & Qt.ItemFlag.ItemIsEditable:
            return False
        typed = row.editor in (Editor.NUMBER, Editor.TIME, Editor.DATE, Editor.TEXT)
        if typed and not str(value).strip() and row.editor is not Editor.TEXT:
            self.edits.drop(row.key)
            return True
        try:
            wanted: Value = (
                parameters_input.parse(row.parameter, str(value))
                if typed
                else parameters_input.checked(row.parameter, value)
            )
        except WrongEntry as wrong:
            self.edits.put_wrong(row.key, str(value), wrong, row.newest)
            return True
        self.edits.put(row.key, row.parameter, wanted, row.newest)
        return True

    def _row(self, device: str, parameter: Parameter, confirmed: Collection[str]) -> Row:
        key = PointKey(device, parameter.id)
        return Row(
            key,
            parameter,
            self._bases.get(key),
            self._newest.get(key),
            self.edits.get(key),
            confirmed=parameter.id in confirmed,
        )

    def _renew(self, row: Row) -> None:
        row.base, row.newest = self._bases.get(row.key), self._newest.get(row.key)
        row.draft = self.edits.get(row.key)
        self._announce(row.key)

    def _edited(self, key: PointKey) -> None:
        if (row := self.row(key)) is None:
            return
        if row.newest is not None:
            self._bases[key] = row.newest  # whoever edits a value, or gives the edit up, has seen what the device holds
        self._renew(row)

    def _row_at(self, index: Index) -> Row | None:
        if not index.isValid() or index.internalId() == 0:
            return None
        return self._parts[int(index.internalId()) - 1].rows[index.row()]

    def _of_section(self, part: Part, column: int, role: int) -> Any:
        if role == ParameterRole.COUNT:
            return len(part.rows)
        named = column == Column.NAME and role in (ItemRole.DisplayRole, ItemRole.AccessibleTextRole)
        return part.title() if named else None

    def _edited_value(self, row: Row) -> Any:
        """What an editor begins with: the text of a field, the value of a choice, the ids of bits."""
        draft = row.draft
        if row.editor in (Editor.NUMBER, Editor.TIME, Editor.DATE, Editor.TEXT):
            if draft is not None and draft.wrong is not None:
                return draft.text
            value = draft.value if draft is not None else row.newest.value if row.newest is not None else None
            return parameters_input.field_text(row.parameter, value)
        if draft is not None and draft.wrong is None:
            return draft.value
        return row.newest.value if row.newest is not None and not row.parameter.command else None

    def _announce(self, key: PointKey, first: int = Column.NAME, last: int = Column.STATE) -> None:
        place = self.place_of(key)
        if place.isValid():
            self.dataChanged.emit(place.siblingAtColumn(first), place.siblingAtColumn(last))
