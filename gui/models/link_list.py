"""The links of a site, one row each: protocol, place, state, what it may say; refreshed once a second; GUI thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QCoreApplication, QModelIndex, QObject, Qt

from core.status import LinkStatus
from gui import formatting
from gui.models import link_words
from gui.models.link_facts import bus_state
from gui.models.two_levels import Index
from gui.sentences import localised

if TYPE_CHECKING:
    from core.config import LinkConfig
    from core.facade import Station

ItemRole = Qt.ItemDataRole
translate = QCoreApplication.translate


class RowRole:
    """What the delegate and the page ask beyond Qt's own roles."""

    ID = ItemRole.UserRole + 1
    BADGE = ItemRole.UserRole + 2
    PLACE = ItemRole.UserRole + 3
    STATE = ItemRole.UserRole + 4
    TONE = ItemRole.UserRole + 5
    VOICE = ItemRole.UserRole + 6
    VOICE_ICON = ItemRole.UserRole + 7
    LOUD = ItemRole.UserRole + 8  # it may change something in a device
    TROUBLE = ItemRole.UserRole + 9


@dataclass(frozen=True, slots=True)
class Row:
    """Everything a row shows, so that a change is found by comparing."""

    id: str
    title: str
    badge: str
    place: str
    state: str
    tone: str
    voice: str
    voice_icon: str
    loud: bool
    trouble: str


class LinkList(QAbstractListModel):
    """Every link, in the order of the site file."""

    def __init__(self, station: Station, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._station = station
        self._rows = [self._look_at(link) for link in station.links()]

    def refresh(self) -> None:
        """Look at every state again; announce the rows whose words changed."""
        for place, link in enumerate(self._station.links()):
            if (row := self._look_at(link)) != self._rows[place]:
                self._rows[place] = row
                self.dataChanged.emit(self.index(place), self.index(place))

    def place_of(self, link: str) -> QModelIndex:
        """Index of a link; invalid when the site has no such link."""
        found = next((place for place, row in enumerate(self._rows) if row.id == link), None)
        return QModelIndex() if found is None else self.index(found)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = ItemRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        words = (row.title, row.badge, row.place, row.state, row.voice, row.trouble)
        return {
            ItemRole.DisplayRole: row.title,
            ItemRole.ToolTipRole: "\n".join(word for word in words if word),
            ItemRole.AccessibleTextRole: ", ".join(word for word in words if word),
            RowRole.ID: row.id,
            RowRole.BADGE: row.badge,
            RowRole.PLACE: row.place,
            RowRole.STATE: row.state,
            RowRole.TONE: row.tone,
            RowRole.VOICE: row.voice,
            RowRole.VOICE_ICON: row.voice_icon,
            RowRole.LOUD: row.loud,
            RowRole.TROUBLE: row.trouble,
        }.get(role)

    def _look_at(self, link: LinkConfig) -> Row:
        status = self._station.link_status(link.id)
        state, tone = link_words.state(link.url.kind, status.state)
        return Row(
            link.id,
            link.title,
            link_words.badge(link.url.kind),
            link_words.place(link.url, status),
            state,
            tone,
            link_words.voice(status.voice),
            link_words.ICONS[status.voice],
            link_words.is_loud(status.voice),
            localised(status.error) or trouble_of(status),
        )


def trouble_of(status: LinkStatus) -> str:
    """What deserves a look on a line that is up, in a few words."""
    found: list[str] = []
    if (stick := status.stick) is not None:
        if stick.true_serial not in (None, stick.serial):
            found.append(translate("links", "wrong serial number"))
        if stick.crossed:
            found.append(translate("links", "another program uses this stick"))
        elif stick.saturated:
            found.append(translate("links", "saturated stick, slowed down"))
    if (bus := status.bus) is not None:
        if bus.state in ("warning", "passive", "off"):
            found.append(bus_state(bus.state)[0])
        if bus.dropped:
            found.append(translate("links", "frames dropped"))
    waiting = sum(not seen.accepted for seen in status.stations)
    if waiting == 1:
        found.append(translate("links", "1 station waits to be accepted"))
    elif waiting:
        found.append(translate("links", "{0} stations wait to be accepted").format(waiting))
    return formatting.joined(found)
