"""The tree of links and their devices with state, address and pace; refreshed once a second; GUI thread."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QObject, Qt

from core.config import LinkConfig
from core.status import DeviceState, DeviceStatus, LinkState, LinkStatus, Voice
from gui import formatting
from gui.models import link_words, wording
from gui.models.devices import Shown, shown_devices
from gui.models.two_levels import Index, TwoLevels
from gui.sentences import localised

if TYPE_CHECKING:
    from core.facade import Station

ItemRole = Qt.ItemDataRole


class LinkRole:
    """What the delegate and the page ask beyond Qt's own roles."""

    ID = ItemRole.UserRole + 1
    IS_LINK = ItemRole.UserRole + 2
    STATE = ItemRole.UserRole + 3  # the word
    TONE = ItemRole.UserRole + 4  # of the state
    PLACE = ItemRole.UserRole + 5  # address, URL, unit
    DETAIL = ItemRole.UserRole + 6  # pace, load
    TROUBLE = ItemRole.UserRole + 7  # what is wrong, one line each


@dataclass(frozen=True, slots=True)
class Entry:
    """One row: everything it shows, so that a change is found by comparing."""

    id: str
    name: str
    is_link: bool
    state: str = ""
    tone: str = wording.MUTED
    place: str = ""
    detail: str = ""
    trouble: str = ""
    tip: str = ""


@dataclass(slots=True)
class Branch:
    """A link (or the site's own values) with its devices."""

    entry: Entry
    link: LinkConfig | None
    devices: list[Shown] = field(default_factory=list[Shown])
    entries: list[Entry] = field(default_factory=list[Entry])


class LinkTree(TwoLevels):
    """Links, and below each its devices. What hangs on no link (computed values) stands under the site's name."""

    def __init__(self, station: Station, now: Callable[[], float] = time.time, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._station, self._now = station, now
        self._branches: list[Branch] = []
        self.rebuild()

    def rebuild(self) -> None:
        """Ask the station again which links and devices there are."""
        self.beginResetModel()
        branches = {link.id: Branch(Entry(link.id, link.title, True), link) for link in self._station.links()}
        for device in shown_devices(self._station):
            if device.link not in branches:
                branches[device.link] = Branch(Entry(device.link, self._station.site.name, True), None)
            branches[device.link].devices.append(device)
        self._branches = list(branches.values())
        for branch in self._branches:
            branch.entry, branch.entries = self._look_at(branch)
        self.endResetModel()

    def refresh(self) -> None:
        """Look at every state again; announce the rows whose words changed."""
        for at, branch in enumerate(self._branches):
            entry, entries = self._look_at(branch)
            place = self.index(at, 0)
            if entry != branch.entry:
                branch.entry = entry
                self.dataChanged.emit(place, place)
            for row, (old, new) in enumerate(zip(branch.entries, entries, strict=True)):
                if old != new:
                    branch.entries[row] = new
                    child = self.index(row, 0, place)
                    self.dataChanged.emit(child, child)

    def place_of(self, device: str) -> QModelIndex:
        """Index of a device; invalid when there is no such device."""
        for at, branch in enumerate(self._branches):
            for row, view in enumerate(branch.devices):
                if view.id == device:
                    return self.index(row, 0, self.index(at, 0))
        return QModelIndex()

    def first_device(self) -> str | None:
        """The device shown when nobody has chosen one."""
        return next((view.id for branch in self._branches for view in branch.devices), None)

    def branch_count(self) -> int:
        return len(self._branches)

    def leaf_count(self, branch: int) -> int:
        return len(self._branches[branch].entries)

    def data(self, index: Index, role: int = ItemRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        entry = self._entry(index)
        return {
            ItemRole.DisplayRole: entry.name,
            ItemRole.ToolTipRole: entry.tip,
            ItemRole.AccessibleTextRole: ", ".join(
                part for part in (entry.name, entry.state, entry.place, entry.detail, entry.trouble) if part
            ),
            LinkRole.ID: entry.id,
            LinkRole.IS_LINK: entry.is_link,
            LinkRole.STATE: entry.state,
            LinkRole.TONE: entry.tone,
            LinkRole.PLACE: entry.place,
            LinkRole.DETAIL: entry.detail,
            LinkRole.TROUBLE: entry.trouble,
        }.get(role)

    def _entry(self, index: Index) -> Entry:
        if index.internalId() == 0:
            return self._branches[index.row()].entry
        return self._branches[int(index.internalId()) - 1].entries[index.row()]

    def _look_at(self, branch: Branch) -> tuple[Entry, list[Entry]]:
        if branch.link is None:
            entry = Entry("", self._station.site.name, True, self.tr("computed by this PC"), wording.HEALTHY)
            names = {device.id: device.name for device in shown_devices(self._station)}
            return entry, [
                Entry(view.id, names.get(view.id, view.name), False, self.tr("computed"), wording.HEALTHY)
                for view in branch.devices
            ]
        status = self._station.link_status(branch.link.id)
        known = {device.device: device for device in status.devices}
        devices = [
            self._device_entry(view, known.get(view.id, DeviceStatus(view.id, DeviceState.NEVER)), status.state)
            for view in branch.devices
        ]
        return self._link_entry(branch.link, status), devices

    def _link_entry(self, link: LinkConfig, status: LinkStatus) -> Entry:
        state, tone = link_words.state(link.url.kind, status.state)
        detail, trouble = "", [localised(status.error)] if status.error else []
        if status.state is LinkState.DOWN and status.retry_at is not None:
            wait_s = max(0.0, status.retry_at - self._now())
            trouble.append(self.tr("next try in {0}").format(formatting.duration(round(wait_s))))
        elif status.state is LinkState.UP:
            busy = status.bus.load if status.bus is not None else status.busy
            said = "" if status.voice is Voice.ASKS else link_words.voice(status.voice)
            detail = formatting.joined([self.tr("{0} busy").format(formatting.share(busy)), said])
        tip = [link.url.text, *self._counted(status), localised(status.error)]
        shown = "\n".join(part for part in tip if part)
        place = link_words.place(link.url, status)
        return Entry(link.id, link.title, True, state, tone, place, detail, "\n".join(trouble), shown)

    def _counted(self, status: LinkStatus) -> list[str]:
        """What has been said on a line since the start; on CAN nobody is asked."""
        if status.bus is not None:
            return []
        counters = status.counters
        return [
            self.tr("{0} requests, {1} answered").format(counters.requests, counters.answered),
            self.tr("{0} refused, {1} without answer, {2} foreign, {3} damaged, {4} reconnections").format(
                counters.refused, counters.silent, counters.foreign, counters.damaged, counters.reconnects
            ),
        ]

    def _device_entry(self, view: Shown, status: DeviceStatus, link: LinkState) -> Entry:
        seen = DeviceState.FAULTY if view.fault else status.state
        state, tone = wording.device_on_link(seen, link)
        place = view.place
        trouble: list[str] = []
        cut = link is not LinkState.UP and seen is not DeviceState.FAULTY
        if (fault := status.fault or view.fault) and not cut:
            trouble.append(localised(fault))
        if status.last_answer is not None and (cut or seen is DeviceState.SILENT):
            trouble.append(self.tr("last answer {0}").format(formatting.age_of(status.last_answer, self._now())))
        if len(status.dead) == 1:
            trouble.append(self.tr("1 refused register"))
        elif status.dead:
            trouble.append(self.tr("{0} refused registers").format(len(status.dead)))
        paces = [pace for pace in status.paces if pace.every_s is not None]
        fastest = min(paces, key=lambda pace: pace.every_s or 0.0, default=None)
        detail = wording.pace(fastest.every_s, fastest.achieved_s) if fastest else ""
        if cut or (seen is not DeviceState.ONLINE and trouble):
            detail = ""
        tip = [f"{view.name}: {state}", *trouble]
        tip += [f"{pace.group}: {wording.pace(pace.every_s, pace.achieved_s)}" for pace in status.paces]
        if status.dead:
            tip.append(self.tr("Refused registers: {0}").format(", ".join(status.dead)))
        wrong = "\n".join(trouble)
        return Entry(view.id, view.name, False, state, tone, place, detail, wrong, "\n".join(tip))
