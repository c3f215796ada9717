"""What others have written, as rows: name, version, licence."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QObject, QPersistentModelIndex, Qt

from core.licences import Component

NAME, VERSION, LICENCE = range(3)

Index = QModelIndex | QPersistentModelIndex
translate = QCoreApplication.translate


class LicenceTable(QAbstractTableModel):
    """One row a component."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._parts: tuple[Component, ...] = ()

    def show_parts(self, parts: Sequence[Component]) -> None:
        """Show these."""
        self.beginResetModel()
        self._parts = tuple(parts)
        self.endResetModel()

    def part(self, row: int) -> Component | None:
        """The component of a row."""
        return self._parts[row] if 0 <= row < len(self._parts) else None

    def retranslate(self) -> None:
        """Set the heads again."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, NAME, LICENCE)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._parts)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else LICENCE + 1

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        heads = (translate("about", "Name"), translate("about", "Version"), translate("about", "Licence"))
        return heads[section] if 0 <= section < len(heads) else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        part = self.part(index.row()) if index.isValid() else None
        if part is None or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        return (part.name, part.version, part.licence)[index.column()]
