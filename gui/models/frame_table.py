"""The last frames of one line, newest first, with a filter; fed by the page once a second; GUI thread."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QSortFilterProxyModel, Qt

from core.frames import Frame, Outcome
from gui import formatting
from gui.models import frame_text, wording
from gui.models.two_levels import Index
from gui.sentences import localised

ItemRole = Qt.ItemDataRole
MOST = 400  # rows kept


class FrameColumn(IntEnum):
    """What stands in each column."""

    TIME, WAY, DATA, OUTCOME = range(4)


class FrameRole:
    """What the delegate and the page ask beyond Qt's own roles."""

    TONE = ItemRole.UserRole + 1
    LONG = ItemRole.UserRole + 2  # the whole frame, on as many lines as it needs
    SEARCH = ItemRole.UserRole + 3
    NUMBER = ItemRole.UserRole + 4


@dataclass(slots=True)
class FrameRow:
    """One direction of one exchange. ``search``: what the filter looks at, once it has."""

    frame: Frame
    sent: bool
    search: str = ""

    @property
    def data(self) -> bytes:
        """Its bytes."""
        return self.frame.sent if self.sent else self.frame.received


class FrameTable(QAbstractTableModel):
    """Frames of one link. An exchange is two rows: what was asked, and above it what came back."""

    def __init__(self, zone: tzinfo, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._zone, self._kind = zone, ""
        self._rows: list[FrameRow] = []

    @property
    def newest(self) -> int:
        """Number of the newest frame shown, 0 without any."""
        return self._rows[0].frame.number if self._rows else 0

    def show(self, kind: str, frames: Sequence[Frame], most: int = MOST) -> None:
        """Show another line: the newest of these frames, in ``most`` rows."""
        self.beginResetModel()
        self._kind = kind
        self._rows = _rows_of(frames)[:most]
        self.endResetModel()

    def add(self, frames: Sequence[Frame]) -> None:
        """Put what is newer on top; what is too much leaves at the bottom."""
        if frames and frames[-1].number < self.newest:  # another ring: the line was built anew
            self.show(self._kind, frames)
            return
        fresh = _rows_of([frame for frame in frames if frame.number > self.newest])[:MOST]
        if not fresh:
            return
        surplus = len(fresh) + len(self._rows) - MOST
        if surplus > 0:
            self.beginRemoveRows(QModelIndex(), len(self._rows) - surplus, len(self._rows) - 1)
            del self._rows[len(self._rows) - surplus :]
            self.endRemoveRows()
        self.beginInsertRows(QModelIndex(), 0, len(fresh) - 1)
        self._rows[:0] = fresh
        self.endInsertRows()

    def retranslate(self) -> None:
        """Say everything again in the language in use."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(FrameColumn) - 1)
        for row in self._rows:
            row.search = ""
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, len(FrameColumn) - 1))

    def as_text(self, rows: Iterable[int]) -> str:
        """These rows for the clipboard: date and time, way, frame, outcome; tabs between."""
        lines: list[str] = []
        for place in rows:
            row = self._rows[place]
            cells = (self._moment(row), self._way(row), frame_text.short(self._kind, row.data), self._outcome(row))
            lines.append("\t".join(cells))
        return "\n".join(lines)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(FrameColumn)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = ItemRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or role != ItemRole.DisplayRole:
            return None
        return (self.tr("Time"), self.tr("Way"), self.tr("Frame"), self.tr("Outcome"))[section]

    def data(self, index: Index, role: int = ItemRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        match role:
            case ItemRole.DisplayRole:
                found: Any = self._text(row, FrameColumn(index.column()))
            case FrameRole.TONE:
                found = wording.outcome(row.frame.outcome)[1]
            case FrameRole.LONG:
                found = frame_text.long(self._kind, row.data)
            case FrameRole.NUMBER:
                found = row.frame.number
            case FrameRole.SEARCH:
                found = row.search = row.search or self._search(row)
            case ItemRole.ToolTipRole if index.column() == FrameColumn.TIME:
                found = self._moment(row)
            case ItemRole.ToolTipRole if index.column() == FrameColumn.OUTCOME:
                found = self._outcome(row)
            case _:
                found = None
        return found

    def _moment(self, row: FrameRow) -> str:
        return datetime.fromtimestamp(row.frame.at, self._zone).isoformat(timespec="milliseconds")

    def _search(self, row: FrameRow) -> str:
        short = frame_text.short(self._kind, row.data)
        return " ".join((short, short.replace(" ", ""), self._way(row), self._outcome(row))).lower()

    def _text(self, row: FrameRow, column: FrameColumn) -> str:
        match column:
            case FrameColumn.TIME:
                moment = datetime.fromtimestamp(row.frame.at, self._zone)
                return f"{moment:%H:%M:%S}.{moment.microsecond // 1000:03d}"
            case FrameColumn.WAY:
                return self._way(row)
            case FrameColumn.DATA:
                return frame_text.short(self._kind, row.data) or formatting.DASH
            case FrameColumn.OUTCOME:
                return self._outcome(row)

    def _way(self, row: FrameRow) -> str:
        return "→ " + self.tr("sent") if row.sent else "← " + self.tr("received")

    def _outcome(self, row: FrameRow) -> str:
        frame = row.frame
        if row.sent and frame.received:
            return ""  # its answer says how it ended
        word = wording.outcome(frame.outcome)[0]
        if frame.outcome in (Outcome.HEARD, Outcome.SENT):
            word = ""
        took = f"{round(frame.took_s * 1000)}{formatting.SPACE}ms" if frame.took_s else ""
        return formatting.joined([word, took, localised(frame.note)])


class FrameFilter(QSortFilterProxyModel):
    """Keeps the rows that hold every word typed."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words: tuple[str, ...] = ()

    def set_filter(self, text: str) -> None:
        """Other words."""
        self.beginFilterChange()
        self._words = tuple(text.lower().split())
        self.endFilterChange()

    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        if not self._words:
            return True
        text = str(self.sourceModel().index(source_row, 0, source_parent).data(FrameRole.SEARCH))
        return all(word in text for word in self._words)


def _rows_of(frames: Sequence[Frame]) -> list[FrameRow]:
    """Newest first; the answer above its question. An exchange without any byte still says how it ended."""
    rows: list[FrameRow] = []
    for frame in reversed(frames):
        if frame.received or not frame.sent:
            rows.append(FrameRow(frame, sent=False))
        if frame.sent:
            rows.append(FrameRow(frame, sent=True))
    return rows
