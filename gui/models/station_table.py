"""The charging stations that have called at an OCPP line, and the devices of a line: small tables; GUI thread."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QObject, Qt

from core.status import StationSeen
from gui import formatting
from gui.models import wording
from gui.models.two_levels import Index
from gui.sentences import localised

ItemRole = Qt.ItemDataRole
translate = QCoreApplication.translate


class CellRole:
    """What the delegate asks beyond Qt's own roles."""

    TONE = ItemRole.UserRole + 1  # of a light before the words; nothing without
    KEY = ItemRole.UserRole + 2  # of the row


class SmallTable(QAbstractTableModel):
    """Rows of texts that are compared and announced one by one. A row: its key, its cells, the tone of its light."""

    def __init__(self, light: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._light = light
        self._rows: list[tuple[str, tuple[str, ...], str]] = []

    def titles(self) -> tuple[str, ...]:
        """What stands above the columns."""
        raise NotImplementedError

    def set_rows(self, rows: Sequence[tuple[str, tuple[str, ...], str]]) -> None:
        """Take new rows; rows that stay in their place are announced only where they differ."""
        if [row[0] for row in rows] != [row[0] for row in self._rows]:
            self.beginResetModel()
            self._rows = list(rows)
            self.endResetModel()
            return
        for place, row in enumerate(rows):
            if row != self._rows[place]:
                self._rows[place] = row
                self.dataChanged.emit(self.index(place, 0), self.index(place, self.columnCount() - 1))

    def retranslate(self) -> None:
        """Say the titles again."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)

    def row_of(self, key: str) -> int:
        """Where a key stands, -1 when it does not."""
        return next((place for place, row in enumerate(self._rows) if row[0] == key), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.titles())

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = ItemRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or role != ItemRole.DisplayRole:
            return None
        return self.titles()[section]

    def data(self, index: Index, role: int = ItemRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        key, cells, tone = self._rows[index.row()]
        match role:
            case ItemRole.DisplayRole | ItemRole.ToolTipRole:
                return cells[index.column()]
            case CellRole.KEY:
                return key
            case CellRole.TONE:
                return tone if index.column() == self._light else ""
            case _:
                return None


class StationColumn(IntEnum):
    """What stands in each column."""

    IDENTITY, STATE, MODEL, LAST = range(4)


class StationTable(SmallTable):
    """Every station that has called, those that wait to be accepted first."""

    def __init__(self, now: Callable[[], float] = time.time, parent: QObject | None = None) -> None:
        super().__init__(StationColumn.STATE, parent)
        self._now = now

    def titles(self) -> tuple[str, ...]:
        return (
            translate("links", "Station"),
            translate("links", "State"),
            translate("links", "Maker and model"),
            translate("links", "Last message"),
        )

    def show(self, stations: Sequence[StationSeen]) -> None:
        """Take what the line has seen."""
        rows: list[tuple[str, tuple[str, ...], str]] = []
        for seen in sorted(stations, key=lambda seen: seen.accepted):
            word, tone = station_state(seen)
            model = formatting.joined([f"{seen.vendor} {seen.model}".strip(), seen.firmware]) or formatting.DASH
            last = formatting.age_of(seen.last_frame, self._now())
            rows.append((seen.identity, (seen.identity, word, model, last), tone))
        self.set_rows(rows)


class DeviceColumn(IntEnum):
    """What stands in each column."""

    NAME, PLACE, STATE, LAST, PACE = range(5)


@dataclass(frozen=True, slots=True)
class DeviceLine:
    """One device of a line, in words."""

    id: str
    name: str
    place: str
    state: str
    tone: str
    last: str
    pace: str


class DeviceTable(SmallTable):
    """The devices of one line, with the pace that is asked and the one that is reached."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(DeviceColumn.STATE, parent)

    def titles(self) -> tuple[str, ...]:
        return (
            translate("links", "Device"),
            translate("links", "Place"),
            translate("links", "State"),
            translate("links", "Last answer"),
            translate("links", "Pace"),
        )

    def show(self, lines: Sequence[DeviceLine]) -> None:
        """Take other devices, or newer states."""
        self.set_rows(
            [(line.id, (line.name, line.place, line.state, line.last, line.pace), line.tone) for line in lines]
        )


def station_state(seen: StationSeen) -> tuple[str, str]:
    """Word and tone of a charging station."""
    if not seen.accepted:
        return translate("links", "waits to be accepted"), wording.WARNING
    if seen.connected:
        reason = localised(seen.reason)
        return formatting.joined([translate("links", "connected"), reason]), (
            wording.WARNING if reason else wording.HEALTHY
        )
    if seen.last_frame is None:
        return translate("links", "has not called yet"), wording.MUTED
    return translate("links", "not connected"), wording.FAULT
