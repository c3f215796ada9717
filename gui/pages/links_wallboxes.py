"""Orders for the wallboxes of a CAN bus that may transmit, each confirmed in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from core.config import DeviceConfig, LinkConfig
from core.points import Choice, PointKey, Quality, Value
from core.status import LinkState, LinkStatus, Voice
from gui import formatting, i18n
from gui.models import wording
from gui.models.wallbox_orders import CURRENT, MODE, ORDERS, SLOT, Order, offered
from gui.pages.order_desk import OrderDesk
from gui.sentences import localised
from gui.widgets.card import Text
from gui.widgets.flow_row import FlowLayout

if TYPE_CHECKING:
    from core.facade import Station

ROWS = (
    ("limit", "start", "stop", "one_phase", "three_phases", "clear_fault", "release"),
    ("mode", "reboot"),
    ("learn_card", "remove_card"),
)
STATE = "state"  # of the proofs of a command, beside what orders need
USUAL_A = "16 A"
CURRENT_WIDTH = 64


class WallboxesPanel(OrderDesk):
    """Shown while the gate of the bus is open; a wallbox that takes no order is not listed."""

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__(station, parent)
        self._link: LinkConfig | None = None
        self._boxes: dict[str, DeviceConfig] = {}
        self.wallbox, self.mode, self.slot, self.current = QComboBox(), QComboBox(), QComboBox(), QLineEdit()
        self.buttons = {order.name: QPushButton() for order in ORDERS}
        self._title, self._word = Text("", "strong"), Text("", "secondary")
        self._build()
        self.retranslate()

    def show_link(self, link: LinkConfig, status: LinkStatus) -> None:
        """Take the newest state; another bus forgets what was being asked."""
        if self._link is None or link.id != self._link.id:
            self.put_away()
        self._link = link
        boxes = {device.id: device for device in self._station.site.devices_on(link.id) if _orders_of(device)}
        if list(boxes) != list(self._boxes):
            self._boxes = boxes
            self.wallbox.clear()
            for device in boxes.values():
                self.wallbox.addItem(f"{device.title} ({wording.place('can', device.unit)})", device.id)
        able = status.voice is Voice.TRANSMITS and bool(boxes)
        if not able:
            self.put_away()
        self.setVisible(able)
        self._offer(status.state is LinkState.UP)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """Set every text again."""
        self._title.setText(self.tr("Orders to a wallbox"))
        self._word.setText(self.tr("Wallbox"))
        self.wallbox.setAccessibleName(self.tr("Wallbox"))
        self.mode.setAccessibleName(self.tr("Mode"))
        self.slot.setAccessibleName(self.tr("Slot of the card"))
        self.current.setAccessibleName(self.tr("Current limit in A"))
        self.mode.clear()  # filled again in the language in use
        self.slot.clear()
        for order in ORDERS:
            self.buttons[order.name].setText(order.title)
            self.buttons[order.name].setToolTip(order.meaning)

    def answered(self, word: str) -> tuple[str, bool]:
        """A state or a mode by its title, any other word as a sentence."""
        device = self._device()
        choices = (*self._choices(device, STATE), *self._choices(device, MODE)) if device is not None else ()
        titles = {choice.id: _title(choice) for choice in choices}
        return titles.get(word) or localised(word), True

    def _build(self) -> None:
        self.current.setText(USUAL_A)
        self.current.setMaxLength(6)
        self.current.setFixedWidth(CURRENT_WIDTH)
        inputs: dict[str, QWidget] = {"limit": self.current, "mode": self.mode, "remove_card": self.slot}
        for order in ORDERS:
            self.buttons[order.name].clicked.connect(lambda _=False, order=order: self._ask(order))
        self.wallbox.currentIndexChanged.connect(self._change)
        self.slot.activated.connect(self._choose_slot)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._title)
        which = QHBoxLayout()
        which.setSpacing(8)
        which.addWidget(self._word)
        which.addWidget(self.wallbox)
        which.addStretch(1)
        column.addLayout(which)
        for names in ROWS:
            widgets: list[QWidget] = []
            for name in names:
                widgets += [inputs[name]] if name in inputs else []
                widgets.append(self.buttons[name])
            column.addWidget(_row(*widgets))
        column.addWidget(self.confirm)
        column.addWidget(self.said)
        self.hide()

    def _choose_slot(self) -> None:
        self._offer(self.buttons["reboot"].isEnabled())

    def _change(self) -> None:
        self.put_away()
        self._offer(self.buttons["reboot"].isEnabled())

    def _offer(self, connected: bool) -> None:
        """Show what the chosen wallbox takes, with the inputs that fit it."""
        device = self._device()
        names = _orders_of(device) if device is not None else set[str]()
        if device is not None:
            self._fill(self.mode, [choice for choice in self._choices(device, MODE) if choice.code])
            used = self._value(device, SLOT)
            slots = self._choices(device, SLOT)
            self._fill(self.slot, [choice for choice in slots if isinstance(used, tuple) and choice.id in used])
        for order in ORDERS:
            button = self.buttons[order.name]
            button.setVisible(order.name in names)
            button.setEnabled(connected and (order.needs != SLOT or self.slot.currentIndex() >= 0))
        for widget, name in ((self.current, "limit"), (self.mode, "mode"), (self.slot, "remove_card")):
            widget.setVisible(name in names and (widget is not self.slot or self.slot.count() > 0))

    @staticmethod
    def _fill(box: QComboBox, choices: list[Choice]) -> None:
        """Offer these; what was chosen stays chosen, and nothing else is chosen in its place."""
        wanted = [_title(choice) for choice in choices]
        if [box.itemText(row) for row in range(box.count())] == wanted:
            return
        before = box.currentData()
        box.clear()
        for choice, text in zip(choices, wanted, strict=True):
            box.addItem(text, choice.id)
        box.setCurrentIndex(box.findData(before) if before is not None else 0)  # one that has gone is not replaced

    def _device(self) -> DeviceConfig | None:
        return self._boxes.get(str(self.wallbox.currentData() or ""))

    def _point(self, device: DeviceConfig, needs: str) -> str:
        rules = device.profile.can if device.profile is not None else None
        if rules is None:
            return ""
        if needs == SLOT:
            return rules.order_proof.get("slots", "")
        return rules.command.proof.get(needs, "") if rules.command is not None else ""

    def _choices(self, device: DeviceConfig, needs: str) -> tuple[Choice, ...]:
        point = self._station.point(PointKey(device.id, self._point(device, needs)))
        return point.choices if point is not None else ()

    def _value(self, device: DeviceConfig, needs: str) -> Value:
        reading = self._station.latest(PointKey(device.id, self._point(device, needs)))
        return reading.value if reading is not None and reading.quality is Quality.GOOD else None

    def _ask(self, order: Order) -> None:
        device = self._device()
        if device is None:
            return
        slots = {choice.id: choice.code + 1 for choice in self._choices(device, SLOT)}
        slot = slots.get(str(self.slot.currentData()), 0)
        current_a = _number(self.current.text())
        if order.needs == CURRENT and current_a is None:
            self.say(self.tr("The current is no number."), "warning")
            return
        arguments = order.arguments(current_a or 0.0, str(self.mode.currentData() or ""), slot)
        what = {
            CURRENT: formatting.quantity(current_a, "A"),
            MODE: self.mode.currentText(),
            SLOT: self.slot.currentText(),
        }.get(order.needs, "")
        title = f"{device.title}: {formatting.joined([order.title, what])}"
        lines = [order.meaning]
        if order.leads:
            lines.append(
                self.tr(
                    "From then on commands go out to it in a cycle, until “Lead it no more” or “Stop transmitting”."
                )
            )
        self.said.hide()
        waiting = self.tr("{0}: sent, waiting for the wallbox…").format(title)
        self.confirm.ask(
            self.tr("{0}?").format(title),
            lines,
            order.title,
            lambda: self.give(title, waiting, device.id, order.action, arguments),
        )


def _orders_of(device: DeviceConfig) -> set[str]:
    rules = device.profile.can if device.profile is not None else None
    return offered(rules) if rules is not None and not device.fault else set()


def _title(choice: Choice) -> str:
    return (choice.fr if i18n.current() == "fr" else choice.en) or choice.id


def _number(text: str) -> float | None:
    try:
        return float(text.strip().removesuffix("A").strip().replace(",", "."))
    except ValueError:
        return None


def _row(*widgets: QWidget) -> QWidget:
    whole = QWidget()
    row = FlowLayout(whole)
    for widget in widgets:
        row.addWidget(widget)
    return whole
