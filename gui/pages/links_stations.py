"""The card of an OCPP line: where it listens, who has called, and what the chosen station may be told to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from core.config import LinkConfig
from core.points import PointKey
from core.status import LinkStatus, StationSeen
from gui import formatting, i18n
from gui.models import link_words, wording
from gui.models.station_table import CellRole, StationColumn, StationTable
from gui.models.trace_facts import Fact
from gui.pages.links_orders import OrdersPanel
from gui.pages.links_paint import CellDelegate
from gui.sentences import localised
from gui.widgets.card import Card, Line, Paragraph, Text
from gui.widgets.facts import facts_grid, fill_facts, on_top
from gui.widgets.small_table import SmallTableView

if TYPE_CHECKING:
    from core.facade import Station

LABELS = 148  # width of the labels, so that both columns agree when one stands below the other
WAITING = 3  # rows offered at once; more wait in the table
UNKNOWN_PROFILE = "ocpp/charge_point"


class StationsCard(Card):
    """``accept_asked(str, object)``: a station's identity and its connectors, to be written into the site file."""

    accept_asked = Signal(str, object)

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._station = station
        self._link: LinkConfig | None = None
        self._seen: dict[str, StationSeen] = {}
        self.can_write = False  # whether somebody writes the site file
        self.table = StationTable(parent=self)
        self.view = SmallTableView(
            self.table,
            StationColumn.MODEL,
            {StationColumn.IDENTITY: 150, StationColumn.STATE: 170, StationColumn.LAST: 110},
        )
        self.view.set_painter(CellDelegate(self.view))
        self.place, self.copy = Line("", "text"), QPushButton()
        self.waiting: list[WaitingRow] = [WaitingRow() for _ in range(WAITING)]
        self.nobody, self.how = Paragraph(), Paragraph("", "text")
        self.name = Text("", "strong")
        self._left, self._right = facts_grid(LABELS), facts_grid(LABELS)
        self.orders = OrdersPanel(station)
        self._build()
        self.retranslate()

    @property
    def chosen(self) -> str:
        """Identity of the selected station."""
        return str(self.view.currentIndex().data(CellRole.KEY) or "")

    def show_link(self, link: LinkConfig, status: LinkStatus) -> None:
        """Take the newest state; another line forgets what was being asked."""
        if self._link is None or link.id != self._link.id:
            self._link = link
            self.orders.put_away()
            self.how.hide()
        self._seen = {seen.identity: seen for seen in status.stations}
        self.place.set_line(link_words.place(link.url, status))
        before = self.chosen
        self.table.show(status.stations)
        if (row := self.table.row_of(before)) >= 0:
            self.view.selectRow(row)
        elif status.stations:
            self.view.selectRow(0)
        waiting = [seen for seen in status.stations if not seen.accepted]
        for place, row_widget in enumerate(self.waiting):
            row_widget.show_station(waiting[place] if place < len(waiting) else None)
        self.nobody.setVisible(not status.stations)
        self.view.setVisible(bool(status.stations))
        self._show_chosen()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """Set every text again."""
        self.set_title(self.tr("Charging stations on this line"))
        self.copy.setText(self.tr("Copy"))
        self.copy.setToolTip(self.tr("Copy the address that the station must call"))
        self.nobody.setText(
            self.tr("No station has called yet. Give this address to the station, with its identity at the end.")
        )
        self.view.setAccessibleName(self.tr("Charging stations on this line"))
        self.table.retranslate()
        for row in self.waiting:
            row.retranslate()

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.place, 1)
        head.addWidget(self.copy)
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.place.line()))
        self.body.addLayout(head)
        for row in self.waiting:
            row.accepted.connect(self._accept)
            self.body.addWidget(row)
        self.how.hide()
        self.columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.columns.setSpacing(32)
        self.columns.addLayout(on_top(self._left), 1)
        self.columns.addLayout(on_top(self._right), 1)
        self.body.addWidget(self.how)
        self.body.addWidget(self.nobody)
        self.body.addWidget(self.view)
        self.body.addSpacing(4)
        self.body.addWidget(self.name)
        self.body.addLayout(self.columns)
        self.body.addWidget(self.orders)
        self.view.selectionModel().currentRowChanged.connect(self._show_chosen)

    def _show_chosen(self) -> None:
        seen, link = self._seen.get(self.chosen), self._link
        for widget in (self.name, self.orders):
            widget.setVisible(seen is not None)
        if seen is None or link is None:
            fill_facts(self._left, [])
            fill_facts(self._right, [])
            return
        self.name.setText(seen.identity)
        facts = self._facts(seen)
        fill_facts(self._left, facts)
        fill_facts(self._right, self._running(link, seen))
        self.orders.show_station(link, seen)

    def _facts(self, seen: StationSeen) -> list[Fact]:
        dash = formatting.DASH
        facts = [
            Fact(self.tr("Accepted"), self.tr("yes") if seen.accepted else self.tr("not yet"), not seen.accepted),
            Fact(self.tr("Calls from"), seen.address or dash),
            Fact(self.tr("Serial number"), seen.serial or dash),
            Fact(self.tr("Firmware"), seen.firmware or dash),
            Fact(self.tr("Connectors"), ", ".join(map(str, seen.connectors)) or dash),
            Fact(self.tr("Messages"), formatting.number(seen.calls)),
            Fact(self.tr("Functions"), ", ".join(seen.profiles) or dash),
        ]
        if seen.reason:
            facts.insert(1, Fact(self.tr("Reason"), wording.capital(localised(seen.reason)), True))
        return facts

    def _running(self, link: LinkConfig, seen: StationSeen) -> list[Fact]:
        """What is known of the running transaction of each connector: the points of the path ``transaction.…``."""
        facts: list[Fact] = []
        for device in self._station.site.devices_on(link.id):
            if device.station != seen.identity or not device.unit:
                continue
            lines: list[Fact] = []
            for point in self._station.points(device.id):
                reading = self._station.latest(PointKey(device.id, point.id))
                if not point.path.startswith("transaction.") or reading is None or reading.value is None:
                    continue
                digits, unit = wording.value_pair(point, reading)
                lines.append(Fact(point.title(i18n.current()), f"{digits}{formatting.SPACE}{unit}" if unit else digits))
            title = self.tr("Connector {0}").format(device.unit)
            facts += [Fact(title, device.title), *(lines or [Fact("", self.tr("No charge is running."))])]
        return facts

    def _accept(self, identity: str) -> None:
        seen, link = self._seen.get(identity), self._link
        if seen is None or link is None:
            return
        connectors = seen.connectors or (1,)
        if self.can_write:
            self.accept_asked.emit(identity, connectors)
            return
        self.how.setText(accept_by_hand(self._station, link, identity, tuple(connectors)))
        self.how.show()


class WaitingRow(QFrame):
    """One station that waits: who, from where, and the button. ``accepted(str)`` with its identity."""

    accepted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("confirm")
        self._seen: StationSeen | None = None
        self.words, self.reason, self.button = Text("", "strong"), Line(), QPushButton()
        self.button.setProperty("kind", "primary")
        self.button.clicked.connect(self._press)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self.words)
        texts.addWidget(self.reason)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 8, 8)
        row.addLayout(texts, 1)
        row.addWidget(self.button)
        self.hide()

    def show_station(self, seen: StationSeen | None) -> None:
        """Offer this station; None offers nothing."""
        self._seen = seen
        self.setVisible(seen is not None)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text again."""
        seen = self._seen
        self.button.setText(self.tr("Accept"))
        if seen is not None:
            who = formatting.joined([seen.identity, f"{seen.vendor} {seen.model}".strip(), seen.address])
            self.words.setText(self.tr("A station waits: {0}").format(who))
            self.button.setAccessibleName(self.tr("Accept {0}").format(seen.identity))
            self.reason.set_line(wording.capital(localised(seen.reason)))
            self.reason.setVisible(bool(seen.reason))

    def _press(self) -> None:
        if self._seen is not None:
            self.accepted.emit(self._seen.identity)


def accept_by_hand(station: Station, link: LinkConfig, identity: str, connectors: tuple[int, ...]) -> str:
    """What to write into the site file for a station, where nobody does it for the user."""
    known = (device.profile_id for device in station.site.devices_on(link.id) if device.profile_id)
    profile = next(known, UNKNOWN_PROFILE)
    name = "".join(letter if letter.isascii() and letter.isalnum() else "_" for letter in identity.lower()).strip("_")
    lines = [link_words.translate("links", "Add this below devices: in the site file, then open the site again:")]
    for connector in (0, *connectors):
        entry = f"{name or 'station'}_{connector}" if connector else name or "station"
        lines.append(f"  {entry}: {{link: {link.id}, profile: {profile}, station: {identity!r}, unit: {connector}}}")
    return "\n".join(lines)


__all__ = ["StationsCard", "WaitingRow", "accept_by_hand"]
