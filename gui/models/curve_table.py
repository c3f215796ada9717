"""The legend that measures: for each curve its value now, at both cursors, and what it did between them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from core.points import PointKey, Reading
from gui import formatting
from gui.models import curves as measure
from gui.models.curves import Curve, Shape, Span

Index = QModelIndex | QPersistentModelIndex
ItemRole = Qt.ItemDataRole
ROLE_OF_CURVE = ItemRole.UserRole + 1  # theme role and whether dashed
KEY = ItemRole.UserRole + 2


class CurveColumn(IntEnum):
    """What stands in each column."""

    NAME, NOW, A, B, DIFFERENCE, MIN, MEAN, MAX = range(8)


CURSOR_COLUMNS = (CurveColumn.A, CurveColumn.B, CurveColumn.DIFFERENCE)


class CurveTable(QAbstractTableModel):
    """One row a curve. ``now`` gives the newest reading in words."""

    def __init__(self, now: Callable[[PointKey], str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._now = now
        self._curves: list[Curve] = []
        self._range = (0.0, 1.0)
        self._cursors: tuple[float, float] | None = None
        self._spans: dict[PointKey, Span] = {}

    def show(self, curves: Sequence[Curve]) -> None:
        """Show other curves."""
        self.beginResetModel()
        self._curves = list(curves)
        self._spans.clear()
        self.endResetModel()

    def measure(self, start: float, end: float, cursors: tuple[float, float] | None) -> None:
        """Say everything again for this range, or for what lies between the cursors."""
        if (cursors is None) != (self._cursors is None):
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(CurveColumn) - 1)
        self._range, self._cursors = (start, end), cursors
        self._spans.clear()
        if self._curves:
            last = self.index(len(self._curves) - 1, len(CurveColumn) - 1)
            self.dataChanged.emit(self.index(0, CurveColumn.A), last)

    def refresh_now(self, readings: Sequence[Reading]) -> None:
        """Say the newest values of these points."""
        moved = {reading.key for reading in readings}
        for row, curve in enumerate(self._curves):
            if curve.key in moved:
                cell = self.index(row, CurveColumn.NOW)
                self.dataChanged.emit(cell, cell)

    def retranslate(self) -> None:
        """Say the headings again."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(CurveColumn) - 1)

    def curve(self, row: int) -> Curve:
        """The curve of a row."""
        return self._curves[row]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own
        return 0 if parent.isValid() else len(self._curves)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(CurveColumn)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = ItemRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == ItemRole.TextAlignmentRole:
            return _alignment(section)
        if role != ItemRole.DisplayRole:
            return None
        names = [self.tr("Curve"), self.tr("Now"), "A", "B", self.tr("B − A")]
        return [*names, self.tr("Min"), self.tr("Mean"), self.tr("Max")][section]

    def data(self, index: Index, role: int = ItemRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        curve = self._curves[index.row()]
        column = CurveColumn(index.column())
        match role:
            case ItemRole.DisplayRole:
                found: Any = self._text(curve, column)
            case ItemRole.TextAlignmentRole:
                found = _alignment(column)
            case ItemRole.ToolTipRole:
                name = column is CurveColumn.NAME
                found = f"{curve.name}\n{curve.key}" if name else self._text(curve, column)
            case _:
                found = {ROLE_OF_CURVE: [curve.role, curve.dashed], KEY: curve.key}.get(role)
        return found

    def _text(self, curve: Curve, column: CurveColumn) -> str:
        match column:
            case CurveColumn.NAME:
                text = curve.name
            case CurveColumn.NOW:
                text = self._now(curve.key)
            case CurveColumn.A | CurveColumn.B:
                text = self._at_cursor(curve, column - CurveColumn.A)
            case CurveColumn.DIFFERENCE:
                text = self._difference(curve)
            case _:
                span = self._span(curve)
                text = formatting.quantity({5: span.low, 6: span.mean, 7: span.high}[int(column)], curve.unit)
        return text

    def _at_cursor(self, curve: Curve, which: int) -> str:
        if self._cursors is None:
            return ""
        value = measure.value_at(curve, self._cursors[which])
        if isinstance(value, str):
            return value or formatting.DASH
        return formatting.quantity(value, curve.unit)

    def _difference(self, curve: Curve) -> str:
        if self._cursors is None or curve.shape is Shape.LANE:
            return ""
        first, last = (measure.value_at(curve, at) for at in self._cursors)
        if isinstance(first, float) and isinstance(last, float):
            return formatting.quantity(last - first, curve.unit)
        return formatting.DASH

    def _span(self, curve: Curve) -> Span:
        """What a curve did; measured when it is first looked at, for most rows are scrolled out of sight."""
        if curve.key not in self._spans:
            self._spans[curve.key] = measure.between(curve, *(self._cursors or self._range))
        return self._spans[curve.key]


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignLeft if column == CurveColumn.NAME else Qt.AlignmentFlag.AlignRight
    return side | Qt.AlignmentFlag.AlignVCenter
