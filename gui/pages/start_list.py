"""The list of sites that were opened here: one row each, the one where this computer is now first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from gui import formatting
from gui.kit import KnownSite
from gui.pages.devices_paint import box_of, ground, light, write
from gui.theme import SECONDARY, STRONG, look

Index = QModelIndex | QPersistentModelIndex
ROW = 56
PAD = 14
ENTRY = Qt.ItemDataRole.UserRole


class SiteList(QAbstractListModel):
    """The sites, as they were given."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sites: tuple[KnownSite, ...] = ()

    def show(self, sites: Sequence[KnownSite]) -> None:
        """Show other sites."""
        self.beginResetModel()
        self._sites = tuple(sites)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own
        return 0 if parent.isValid() else len(self._sites)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        site = self._sites[index.row()]
        if role == ENTRY:
            return site
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return formatting.joined([site.name, self.tr("You are here")]) if site.here else site.name
        return str(site.path) if role == Qt.ItemDataRole.ToolTipRole else None


class SiteDelegate(QStyledItemDelegate):
    """Name and file of a site; "You are here" at the right in words and with a light."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del option, index
        return QSize(200, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        site = index.data(ENTRY)
        if not isinstance(site, KnownSite):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = box_of(option).adjusted(0, 1, 0, -1)
        chosen = ground(painter, box, option, 10)
        inner = box.adjusted(PAD, 0, -PAD, 0)
        word, role = self._state(site)
        right = 0.0
        if word:
            right = QFontMetricsF(look().font(SECONDARY)).horizontalAdvance(word) + 30.0
            light(painter, inner.right() - right + 12, inner.center().y(), role)
            write(
                painter,
                QRectF(inner.right() - right + 26, box.top(), right, ROW - 2),
                word,
                look().font(SECONDARY),
                role,
            )
        lines = inner.adjusted(0, 9, -right, -9)
        half = lines.height() / 2
        top = QRectF(lines.left(), lines.top(), lines.width(), half)
        write(painter, top, site.name, look().font(STRONG), "selection_text" if chosen else "text")
        below = top.translated(0, half)
        path = formatting.joined([str(site.path), self._opened(site)])
        write(painter, below, path, look().font(SECONDARY), "secondary", elide=Qt.TextElideMode.ElideMiddle)
        painter.restore()

    def _state(self, site: KnownSite) -> tuple[str, str]:
        """Where it is in words, and the colour role of its light."""
        if site.fault:
            return self.tr("file cannot be read"), "fault"
        return (self.tr("You are here"), "healthy") if site.here else ("", "")

    def _opened(self, site: KnownSite) -> str:
        return self.tr("opened {0}").format(formatting.age_of(site.last_opened)) if site.last_opened else ""


class SiteView(QListView):
    """``chosen(KnownSite)`` by Enter, or by one click."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sites = SiteList(self)
        self.setModel(self.sites)
        self.setItemDelegate(SiteDelegate(self))
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setStyleSheet("QListView, QListView:focus { border: none; }")  # the current row shows the focus
        self.clicked.connect(self._choose)
        look().changed.connect(self.viewport().update)

    def show_sites(self, sites: Sequence[KnownSite]) -> None:
        """Show other sites; the first is current, so that Enter opens it."""
        self.sites.show(sites)
        if sites:
            self.setCurrentIndex(self.sites.index(0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.currentIndex())
            return
        super().keyPressEvent(event)

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(index.data(ENTRY))
