"""Filter and order of a device's points."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QSortFilterProxyModel, Qt

from gui.models.points import PointRole

Index = QModelIndex | QPersistentModelIndex


class PointFilter(QSortFilterProxyModel):
    """Sorts within each group, keeps the groups' own order, and keeps what holds every word of the filter.

    Rows are sorted when the header is clicked, not while values move: nothing jumps under the eye.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words: list[str] = []
        self.setRecursiveFilteringEnabled(True)
        self.setDynamicSortFilter(False)
        self.setSortRole(PointRole.SORT)

    def set_filter(self, text: str) -> None:
        """Keep the points that hold every word, in their name, id, group or register."""
        self.beginFilterChange()
        self._words = text.lower().split()
        self.endFilterChange()

    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        if not self._words:
            return True
        found: str = self.sourceModel().index(source_row, 0, source_parent).data(PointRole.SEARCH) or ""
        return bool(found) and all(word in found for word in self._words)

    def lessThan(self, source_left: Index, source_right: Index) -> bool:
        if not source_left.parent().isValid():
            ahead = source_left.row() < source_right.row()
            return ahead if self.sortOrder() is Qt.SortOrder.AscendingOrder else not ahead
        return source_left.data(PointRole.SORT) < source_right.data(PointRole.SORT)
