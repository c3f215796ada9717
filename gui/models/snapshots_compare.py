"""The comparison of two snapshots as a table: one row a value, with a box to tick where it can be taken over."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import tzinfo
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QSortFilterProxyModel, Qt, Signal

from core.profile import Profile
from core.snapshots.difference import Difference, State
from gui import formatting
from gui.models import snapshots_words, wording
from gui.models.two_levels import Index
from gui.sentences import localised

ItemRole = Qt.ItemDataRole
Ticked = Qt.CheckState.Checked


class Column(IntEnum):
    """What stands in each column."""

    TICK, NAME, LEFT, RIGHT, STATE = range(5)


class CompareRole:
    """What the delegate and the filter ask beyond Qt's own roles."""

    DIFFERENCE = ItemRole.UserRole + 1
    SECOND = ItemRole.UserRole + 2  # the smaller line below
    TONE = ItemRole.UserRole + 3
    SEARCH = ItemRole.UserRole + 4
    ABLE = ItemRole.UserRole + 5  # whether it can be ticked


class DifferenceTable(QAbstractTableModel):
    """``ticked()`` when other rows are ticked. Ticks stay with their ids while the same two are compared."""

    ticked = Signal()

    def __init__(self, zone: tzinfo, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._zone = zone
        self._rows: list[Difference] = []
        self._profiles: tuple[Profile | None, Profile | None] = (None, None)
        self._refusals: Mapping[str, str] = {}
        self._ticked: set[str] = set()

    def show(
        self,
        rows: Sequence[Difference],
        profiles: tuple[Profile | None, Profile | None],
        refusals: Mapping[str, str],
        *,
        keep: bool = False,
    ) -> None:
        """Take another comparison. ``refusals``: why a row cannot be taken over, by id; ``keep`` keeps the ticks."""
        rows = list(rows)
        before = self._ticked
        self._ticked = {row.id for row in rows if keep and row.id in before and not refusals.get(row.id)}
        if keep and [row.id for row in rows] == [row.id for row in self._rows]:
            self._rows, self._profiles, self._refusals = rows, profiles, refusals
            self.retranslate()
        else:
            self.beginResetModel()
            self._rows, self._profiles, self._refusals = rows, profiles, refusals
            self.endResetModel()
        if self._ticked != before:
            self.ticked.emit()

    def retranslate(self) -> None:
        """Say everything again in the language in use."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(Column) - 1)
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, len(Column) - 1))

    def chosen(self) -> list[Difference]:
        """What is ticked, in the order of the table."""
        return [row for row in self._rows if row.id in self._ticked]

    def tick_rows(self, rows: Sequence[int], on: bool) -> None:
        """Tick rows, as far as they can be."""
        able = {self._rows[row].id for row in rows if self._able(self._rows[row])}
        after = self._ticked | able if on else self._ticked - able
        if after != self._ticked:
            self._ticked = after
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, 0), [ItemRole.CheckStateRole])
            self.ticked.emit()

    def difference(self, row: int) -> Difference:
        """One row."""
        return self._rows[row]

    def counts(self) -> Mapping[State, int]:
        """How many rows stand how."""
        found = dict.fromkeys(State, 0)
        for row in self._rows:
            found[row.state] += 1
        return found

    def texts(self, row: int) -> tuple[str, str, str, str, str]:
        """Section, name, left, right and state of a row, for people."""
        found = self._rows[row]
        left, right = (self._value(found, column) for column in (Column.LEFT, Column.RIGHT))
        return self._section(found), self._name(found), left, right, snapshots_words.state(found.state)[0]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(Column)

    def flags(self, index: Index) -> Qt.ItemFlag:
        found = super().flags(index)
        if index.isValid() and index.column() == Column.TICK and self._able(self._rows[index.row()]):
            found |= Qt.ItemFlag.ItemIsUserCheckable
        return found

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = ItemRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or role != ItemRole.DisplayRole:
            return None
        return ("", self.tr("Parameter"), self.tr("Left"), self.tr("Right"), self.tr("State"))[section]

    def data(self, index: Index, role: int = ItemRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], Column(index.column())
        found: dict[int, Callable[[], Any]] = {
            ItemRole.DisplayRole: lambda: self._text(row, column),
            ItemRole.AccessibleTextRole: lambda: formatting.joined(
                [self._text(row, column), self._second(row, column)]
            ),
            ItemRole.ToolTipRole: lambda: self._tip(row, column),
            CompareRole.DIFFERENCE: lambda: row,
            CompareRole.SECOND: lambda: self._second(row, column),
            CompareRole.TONE: lambda: self._tone(row, column),
            CompareRole.SEARCH: lambda: self._search(row),
            CompareRole.ABLE: lambda: self._able(row),
        }
        if role == ItemRole.CheckStateRole and column is Column.TICK and self._able(row):
            return Ticked if row.id in self._ticked else Qt.CheckState.Unchecked
        return found[role]() if role in found else None

    def setData(self, index: Index, value: Any, role: int = ItemRole.EditRole) -> bool:
        if role != ItemRole.CheckStateRole or not index.isValid() or not self._able(self._rows[index.row()]):
            return False
        self.tick_rows([index.row()], Qt.CheckState(value) == Ticked)
        return True

    def _able(self, row: Difference) -> bool:
        return not self._refusals.get(row.id, "") and row.state is not State.SAME

    def _text(self, row: Difference, column: Column) -> str:
        match column:
            case Column.TICK:
                return ""
            case Column.NAME:
                return self._name(row)
            case Column.STATE:
                return snapshots_words.state(row.state)[0]
            case _:
                return self._value(row, column)

    def _name(self, row: Difference) -> str:
        return snapshots_words.title(row, self._profiles[0] or self._profiles[1])

    def _section(self, row: Difference) -> str:
        profile = self._profiles[0] or self._profiles[1]
        return snapshots_words.section(row, profile.parameters if profile is not None else None)

    def _value(self, row: Difference, column: Column) -> str:
        left = column is Column.LEFT
        return snapshots_words.value(row.left if left else row.right, self._profiles[0 if left else 1])

    def _second(self, row: Difference, column: Column) -> str:
        if column is Column.NAME:
            return self._section(row)
        if column in (Column.LEFT, Column.RIGHT):
            return snapshots_words.doubt(row.left if column is Column.LEFT else row.right)
        return ""

    def _tone(self, row: Difference, column: Column) -> str:
        if column is Column.STATE:
            return snapshots_words.state(row.state)[1]
        item = {Column.LEFT: row.left, Column.RIGHT: row.right}.get(column)
        known = column is Column.NAME or (item is not None and item.known)
        return "" if known else wording.MUTED

    def _tip(self, row: Difference, column: Column) -> str:
        lines = [self._text(row, column), self._second(row, column)]
        if column in (Column.LEFT, Column.RIGHT):
            lines += snapshots_words.facts(row.left if column is Column.LEFT else row.right, self._zone)
        if column is Column.NAME:
            lines += [row.id]
        if column is Column.TICK and (reason := self._refusals.get(row.id, "")):
            lines = [wording.capital(localised(reason))]
        return "\n".join(dict.fromkeys(line for line in lines if line))

    def _search(self, row: Difference) -> str:
        texts = [self._text(row, column) for column in Column]
        register = next((item.register for item in (row.left, row.right) if item is not None and item.register), "")
        return " ".join((*texts, self._section(row), row.id, register)).lower()


class DifferenceFilter(QSortFilterProxyModel):
    """Keeps the rows that hold every word; those that are the same only when they are wanted."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words: tuple[str, ...] = ()
        self._only = True

    def set_filter(self, text: str, only: bool) -> None:
        """Other words; ``only`` the differences."""
        self.beginFilterChange()
        self._words, self._only = tuple(text.lower().split()), only
        self.endFilterChange()

    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        index = self.sourceModel().index(source_row, 0, source_parent)
        if self._only and not index.data(CompareRole.DIFFERENCE).counts:
            return False
        text = str(index.data(CompareRole.SEARCH)) if self._words else ""
        return all(word in text for word in self._words)

    def shown(self) -> list[int]:
        """The rows of the table that pass."""
        return [self.mapToSource(self.index(row, 0)).row() for row in range(self.rowCount())]
