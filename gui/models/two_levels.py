"""A tree of two levels: branches with leaves. What every such model has in common."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex

Index = QModelIndex | QPersistentModelIndex


class TwoLevels(QAbstractItemModel):
    """A model says how many branches it has and how many leaves each; a leaf's internal id is its branch's row + 1."""

    def branch_count(self) -> int:
        """How many branches there are."""
        raise NotImplementedError

    def leaf_count(self, branch: int) -> int:
        """How many leaves a branch has."""
        raise NotImplementedError

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008  Qt's own
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else 0)

    def parent(self, child: Index = QModelIndex()) -> QModelIndex:  # type: ignore[override]  # noqa: B008
        if not child.isValid() or child.internalId() == 0:
            return QModelIndex()
        return self.createIndex(int(child.internalId()) - 1, 0, 0)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        if not parent.isValid():
            return self.branch_count()
        if parent.column() != 0 or parent.internalId() != 0:
            return 0
        return self.leaf_count(parent.row())

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 1
