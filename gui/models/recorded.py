"""What the history holds, to choose from: the site's own values first, then device by device, each with a tick."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import (
    QObject,
    QSortFilterProxyModel,
    Qt,
    Signal,
)

from core.points import Kind, PointKey
from gui.models.two_levels import Index, TwoLevels

ItemRole = Qt.ItemDataRole
KEY = ItemRole.UserRole + 1
SEARCH = ItemRole.UserRole + 2
UNIT = ItemRole.UserRole + 3
CHECKED = Qt.CheckState.Checked


@dataclass(frozen=True, slots=True)
class Recorded:
    """One recorded point, in words."""

    key: PointKey
    device: str
    name: str
    unit: str = ""
    kind: Kind = Kind.GAUGE
    other_name: str = ""  # in the other language: found by the search too


@dataclass(slots=True)
class Shelf:
    """A device with what is recorded of it."""

    name: str
    items: list[Recorded] = field(default_factory=list[Recorded])


class RecordedTree(TwoLevels):
    """Devices, and below each its recorded points. ``chosen(list)`` when a tick changed, in order of choice."""

    chosen = Signal(list)

    def __init__(self, most: int = 24, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._most = most
        self._shelves: list[Shelf] = []
        self._picked: list[PointKey] = []

    def show(self, items: Sequence[Recorded]) -> None:
        """Show what is recorded now; ticks of what is still there stay."""
        if [item for shelf in self._shelves for item in shelf.items] == list(items):
            return
        self.beginResetModel()
        shelves: dict[str, Shelf] = {}
        for item in items:
            shelves.setdefault(item.key.device, Shelf(item.device)).items.append(item)
        self._shelves = list(shelves.values())
        self.endResetModel()

    def pick(self, keys: Sequence[PointKey]) -> None:
        """Tick exactly these."""
        self._picked = list(dict.fromkeys(keys))[: self._most]
        self._say_all()
        self.chosen.emit(list(self._picked))

    @property
    def picked(self) -> list[PointKey]:
        """What is ticked, in the order of choice."""
        return list(self._picked)

    def item(self, key: PointKey) -> Recorded | None:
        """The recorded point of that key."""
        return next((item for shelf in self._shelves for item in shelf.items if item.key == key), None)

    def device_of(self, index: Index) -> str:
        """Id of the device that a recorded point belongs to."""
        key = self.data(index, KEY)
        return key.device if isinstance(key, PointKey) else ""

    def first(self) -> list[PointKey]:
        """A sensible first choice: the powers of the site."""
        return [
            item.key
            for shelf in self._shelves
            for item in shelf.items
            if item.key.device == "site" and item.unit == "W" and not item.key.point.startswith("unexplained")
        ][:5]

    def branch_count(self) -> int:
        return len(self._shelves)

    def leaf_count(self, branch: int) -> int:
        return len(self._shelves[branch].items)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if index.internalId() == 0:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable

    def data(self, index: Index, role: int = ItemRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if index.internalId() == 0:
            shelf = self._shelves[index.row()]
            return shelf.name if role == ItemRole.DisplayRole else "" if role == SEARCH else None
        shelf = self._shelves[int(index.internalId()) - 1]
        item = shelf.items[index.row()]
        match role:
            case ItemRole.DisplayRole:
                found: Any = item.name
            case ItemRole.CheckStateRole:
                found = CHECKED if item.key in self._picked else Qt.CheckState.Unchecked
            case ItemRole.ToolTipRole:
                found = f"{item.name}\n{item.key}"
            case _ if role == KEY:
                found = item.key
            case _ if role == UNIT:
                found = item.unit
            case _ if role == SEARCH:
                found = f"{shelf.name} {item.name} {item.other_name} {item.key} {item.unit}".lower()
            case _:
                found = None
        return found

    def setData(self, index: Index, value: Any, role: int = ItemRole.EditRole) -> bool:
        if role != ItemRole.CheckStateRole or not index.isValid() or index.internalId() == 0:
            return False
        key = self._shelves[int(index.internalId()) - 1].items[index.row()].key
        wanted = Qt.CheckState(value) == CHECKED
        if wanted == (key in self._picked) or (wanted and len(self._picked) >= self._most):
            return False
        if wanted:
            self._picked.append(key)
        else:
            self._picked.remove(key)
        self.dataChanged.emit(index, index, [ItemRole.CheckStateRole])
        self.chosen.emit(list(self._picked))
        return True

    def _say_all(self) -> None:
        for row, shelf in enumerate(self._shelves):
            place = self.index(row, 0)
            if shelf.items:
                last = self.index(len(shelf.items) - 1, 0, place)
                self.dataChanged.emit(self.index(0, 0, place), last, [ItemRole.CheckStateRole])


class RecordedFilter(QSortFilterProxyModel):
    """Keeps the points that hold every word."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words: list[str] = []
        self.setRecursiveFilteringEnabled(True)

    def set_filter(self, text: str) -> None:
        """Keep the points that hold every word, in their name, device, id or unit."""
        self.beginFilterChange()
        self._words = text.lower().split()
        self.endFilterChange()

    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        if not self._words:
            return True
        found = str(self.sourceModel().index(source_row, 0, source_parent).data(SEARCH) or "")
        return bool(found) and all(word in found for word in self._words)
