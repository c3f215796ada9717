"""The snapshots of a site as a list, the newest first; GUI thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import tzinfo
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt

from core.snapshots.folder import Listed
from core.snapshots.snapshot import Seal
from gui import formatting
from gui.models import snapshots_words, wording
from gui.models.two_levels import Index
from gui.sentences import localised

ItemRole = Qt.ItemDataRole


class ListRole:
    """What the delegate and the card ask beyond Qt's own roles."""

    LISTED = ItemRole.UserRole + 1
    WHEN = ItemRole.UserRole + 2
    DETAIL = ItemRole.UserRole + 3  # who took it, of which devices
    SEAL = ItemRole.UserRole + 4  # what the checksum says
    TONE = ItemRole.UserRole + 5  # of the checksum's light
    TROUBLE = ItemRole.UserRole + 6


class SnapshotList(QAbstractListModel):
    """One row a file."""

    def __init__(self, zone: tzinfo, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._zone = zone
        self._rows: list[Listed] = []

    def show(self, rows: Sequence[Listed]) -> None:
        """Take another list."""
        if list(rows) != self._rows:
            self.beginResetModel()
            self._rows = list(rows)
            self.endResetModel()

    def retranslate(self) -> None:
        """Say everything again in the language in use."""
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    def row_of(self, path: Path) -> int:
        """Where a file stands, -1 when it does not."""
        return next((row for row, listed in enumerate(self._rows) if listed.path == path), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = ItemRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        listed = self._rows[index.row()]
        found: dict[int, Callable[[], Any]] = {
            ItemRole.DisplayRole: lambda: self._title(listed),
            ItemRole.AccessibleTextRole: lambda: self._spoken(listed),
            ItemRole.ToolTipRole: lambda: self._tip(listed),
            ListRole.LISTED: lambda: listed,
            ListRole.WHEN: lambda: self._when(listed),
            ListRole.DETAIL: lambda: self._detail(listed),
            ListRole.SEAL: lambda: self._seal(listed)[0],
            ListRole.TONE: lambda: self._seal(listed)[1],
            ListRole.TROUBLE: lambda: snapshots_words.trouble(listed),
        }
        return found[role]() if role in found else None

    def _title(self, listed: Listed) -> str:
        return snapshots_words.kind(listed.snapshot.kind) if listed.snapshot is not None else listed.path.name

    def _when(self, listed: Listed) -> str:
        return snapshots_words.moment(listed.snapshot, self._zone) if listed.snapshot is not None else ""

    def _detail(self, listed: Listed) -> str:
        if listed.snapshot is None:
            return ""
        return formatting.joined([snapshots_words.who(listed.snapshot), snapshots_words.devices(listed)])

    def _seal(self, listed: Listed) -> tuple[str, str]:
        return ("", wording.FAULT) if listed.snapshot is None else snapshots_words.seal(listed.seal)

    def _spoken(self, listed: Listed) -> str:
        seal = self._seal(listed)[0]
        return formatting.joined([self._title(listed), self._when(listed), self._detail(listed), seal])

    def _tip(self, listed: Listed) -> str:
        lines = [listed.path.name, snapshots_words.trouble(listed)]
        if (snapshot := listed.snapshot) is not None:
            lines += [formatting.joined([snapshots_words.who(snapshot), snapshots_words.role(snapshot)])]
            lines += [formatting.joined([snapshot.site, snapshot.program]), localised(snapshot.note)]
            lines += [wording.capital(self._seal(listed)[0]) if listed.seal is not Seal.FINE else ""]
            lines += [
                self.tr("{0}: {1} read, {2} not").format(summary.title, summary.read, summary.unread)
                for summary in listed.holds
            ]
        return "\n".join(line for line in lines if line)
