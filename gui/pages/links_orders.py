"""Orders for one charging station, each confirmed in its place; their outcome as a sentence. Nothing waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from core.config import DeviceConfig, LinkConfig
from core.status import StationSeen
from gui.models import wording
from gui.models.station_orders import ORDERS, Order
from gui.pages.order_desk import OrderDesk
from gui.sentences import localised
from gui.widgets.card import Paragraph, Text
from gui.widgets.flow_row import FlowLayout

if TYPE_CHECKING:
    from core.facade import Station

BADGE_LENGTH = 20  # characters of an idTag


class OrdersPanel(OrderDesk):
    """Buttons where the link may write; reading the configuration is always offered."""

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__(station, parent)
        self._link: LinkConfig | None = None
        self._seen: StationSeen | None = None
        self.read = QPushButton()
        self.buttons = {order.name: QPushButton() for order in ORDERS}
        self.connector, self.badge = QComboBox(), QLineEdit()
        self._connector_word, self._badge_word = Text("", "secondary"), Text("", "secondary")
        self.why = Paragraph()
        self._build()
        self.retranslate()

    def show_station(self, link: LinkConfig, seen: StationSeen) -> None:
        """Take the newest state; another station forgets what was being asked."""
        if self._seen is None or self._seen.identity != seen.identity or self._link is not link:
            self.put_away()
        self._link, self._seen = link, seen
        wanted = [str(number) for number in seen.connectors or (1,)]
        if wanted != [self.connector.itemText(row) for row in range(self.connector.count())]:
            self.connector.clear()
            self.connector.addItems(wanted)
        writable = not link.read_only and seen.accepted and bool(self._devices())
        for button in self.buttons.values():
            button.setVisible(writable)
            button.setEnabled(seen.connected)
        for widget in (self.badge, self._badge_word):
            widget.setVisible(writable)
        for widget in (self.connector, self._connector_word):
            widget.setVisible(writable and len(wanted) > 1)
        self.read.setEnabled(seen.connected and bool(self._devices()))
        self.read.setVisible(seen.accepted)
        self.why.setText(self._reason(link, seen))
        self.why.setVisible(bool(self.why.text()))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """Set every text again."""
        self.read.setText(self.tr("Read the configuration"))
        self._connector_word.setText(self.tr("Connector"))
        self._badge_word.setText(self.tr("Badge"))
        self.badge.setPlaceholderText(self.tr("idTag, or the PC’s own when empty"))
        self.badge.setAccessibleName(self.tr("Badge"))
        self.connector.setAccessibleName(self.tr("Connector"))
        for order in ORDERS:
            self.buttons[order.name].setText(order.title)
            self.buttons[order.name].setToolTip(order.meaning)

    def _build(self) -> None:
        self.read.clicked.connect(self._read)
        self.badge.setMaxLength(BADGE_LENGTH)
        self.badge.setFixedWidth(240)
        for order in ORDERS:
            self.buttons[order.name].clicked.connect(lambda _=False, order=order: self._ask(order))
        settings = QHBoxLayout()
        settings.setSpacing(8)
        for widget in (self._connector_word, self.connector, self._badge_word, self.badge):
            settings.addWidget(widget)
        settings.addStretch(1)
        whole = QWidget()
        row = FlowLayout(whole)
        row.addWidget(self.read)
        for button in self.buttons.values():
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(8)
        column.addLayout(settings)
        column.addWidget(whole)
        column.addWidget(self.why)
        column.addWidget(self.confirm)
        column.addWidget(self.said)

    def _devices(self) -> tuple[DeviceConfig, ...]:
        link, seen = self._link, self._seen
        if link is None or seen is None:
            return ()
        return tuple(device for device in self._station.site.devices_on(link.id) if device.station == seen.identity)

    def _reason(self, link: LinkConfig, seen: StationSeen) -> str:
        if not seen.accepted:
            return ""
        if link.read_only:
            return self.tr("This link is read-only: no order is sent. read_only: false in the site file offers them.")
        if not self._devices():
            return self.tr("No device of the site file names this station: orders need one.")
        return "" if seen.connected else self.tr("The station is not connected: orders wait until it calls again.")

    def _read(self) -> None:
        for device in self._devices():
            self._station.ask(device.id)
        self.say(self.tr("The configuration is being read; its keys are on the Devices page."), "")

    def _ask(self, order: Order) -> None:
        seen = self._seen
        if seen is None:
            return
        connector = int(self.connector.currentText() or 1)
        where = (
            self.tr("{0}, connector {1}").format(seen.identity, connector) if order.needs_connector else seen.identity
        )
        self.said.hide()
        self.confirm.ask(
            self.tr("{0}: {1}?").format(where, order.title), [order.meaning], order.title, lambda: self._do(order)
        )

    def _do(self, order: Order) -> None:
        devices = self._devices()
        connector = int(self.connector.currentText() or 1)
        wanted = connector if order.needs_connector else 0
        device = next((device for device in devices if device.unit == wanted), devices[0] if devices else None)
        if device is None:
            return
        arguments = order.arguments(self.badge.text().strip())
        waiting = self.tr("{0}: sent, waiting for the station…").format(order.title)
        self.give(order.title, waiting, device.id, order.action, arguments)

    def answered(self, word: str) -> tuple[str, bool]:
        """The word of OCPP in the language in use."""
        return answer_words(word), word in ("Accepted", "Unlocked")


def answer_words(word: str) -> str:
    """What a station answers, in the language in use; unknown words as they are."""
    translate = wording.translate
    return {
        "Accepted": translate("orders", "the station accepts"),
        "Rejected": translate("orders", "the station refuses"),
        "Scheduled": translate("orders", "the station will do it when the charge has ended"),
        "Unlocked": translate("orders", "the socket is unlocked"),
        "UnlockFailed": translate("orders", "the socket could not be unlocked"),
        "NotSupported": translate("orders", "the station cannot do this"),
        "": translate("orders", "given up"),
    }.get(word, localised(word))
