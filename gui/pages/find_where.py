"""Step one of finding devices: where to look. Shows what there is; nothing is sent from here."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from core.linkurl import NETWORK_KINDS
from gui import formatting
from gui.models.find import (
    ALL_SPEEDS,
    CAN_SPEEDS,
    USUAL_SPEEDS,
    CanAdapter,
    SerialPort,
    Subnet,
    Surroundings,
    Wish,
    action,
)
from gui.pages.find_network import Count, NetworkLine, Section
from gui.widgets.card import Card, Text
from gui.widgets.keyboard import in_order
from gui.widgets.scrolled import scrolled


class WhereCard(Card):
    """``search_asked(Wish)`` by its one button, whose text says what exactly will happen."""

    search_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._around = Surroundings()
        self._count: Count = lambda _text: 0
        self.ports: dict[str, QCheckBox] = {}
        self.networks: list[NetworkLine] = []
        self.adapters: dict[tuple[str, str], QCheckBox] = {}
        self._serial, self._net, self._sticks = Section(), Section(), Section()
        self._can, self._ocpp = Section(), Section()
        self.sticks, self.stations = QCheckBox(), QCheckBox()
        self.address = QLineEdit("ocpp://127.0.0.1:8887/")
        self.speeds, self.can_speed = QComboBox(), QComboBox()
        self.units = QLineEdit("1-10")
        self.go, self._says = QPushButton(), ""
        self.look_again = QPushButton()
        self._lay_out()
        self._connect()
        self.retranslate()

    def show_surroundings(self, around: Surroundings, count: Count) -> None:
        """Show what there is; ``count`` says how many addresses a range holds."""
        self._around, self._count = around, count
        if around.subnets and not self.stations.isChecked():
            self.address.setText(f"ocpp://{around.subnets[0].address}:{NETWORK_KINDS['ocpp']}/")
        self._net.clear()
        self._fill_serial()
        self._fill_networks()
        self._fill_can()
        in_order(self._walk())
        self.retranslate()

    def wish(self) -> Wish:
        """What is ticked."""
        return Wish(
            serial=tuple(device for device, tick in self.ports.items() if tick.isChecked()),
            speeds=ALL_SPEEDS if self.speeds.currentIndex() else USUAL_SPEEDS,
            parities=("N", "E", "O") if self.speeds.currentIndex() else ("N", "E"),
            units=self.units.text().strip(),
            ranges=tuple(line.range.text().strip() for line in self.networks if line.places()),
            sticks=self.sticks.isChecked(),
            can=tuple(key for key, tick in self.adapters.items() if tick.isChecked()),
            can_bitrates=CAN_SPEEDS[max(0, self.can_speed.currentIndex())],
            ocpp=self.address.text().strip() if self.stations.isChecked() else "",
        )

    def set_busy(self, busy: bool) -> None:
        """While a search runs, nothing here can be changed."""
        self._room.setEnabled(not busy)
        self.look_again.setEnabled(not busy)
        self.go.setEnabled(not busy and not self.wish().empty)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def retranslate(self) -> None:
        """Set every text again."""
        self.set_title(self.tr("Where to look"))
        self.look_again.setText(self.tr("Look again"))
        self.look_again.setToolTip(self.tr("After an adapter was plugged in or a network joined"))
        around = self._around
        no_port = self.tr("No serial port: plug an adapter in, then look again.")
        self._serial.say(self.tr("Serial ports (RS485)"), "" if around.serial else no_port)
        no_network = self.tr("This computer is in no network.")
        self._net.say(self.tr("Networks (Modbus TCP, port 502)"), "" if around.subnets else no_network)
        here = self.tr("This computer has joined the Wi-Fi of the stick {0} itself.").format(around.access_point)
        self._sticks.say(self.tr("SOLARMAN sticks"), here if around.access_point else "")
        self.sticks.setText(self.tr("Call them on these networks (UDP 48899)"))
        heard = self.tr("Listened to only; nothing is sent.")
        self._can.say(self.tr("CAN adapters"), heard if around.can else self.tr("No CAN adapter was found."))
        self._ocpp.say(
            self.tr("Charging stations (OCPP 1.6J)"),
            self.tr("They call this computer: set ws:// and this address at the station. None is accepted by that."),
        )
        self.stations.setText(self.tr("Wait for them"))
        self.address.setAccessibleName(self.tr("Address to wait at"))
        chosen, bus = max(0, self.speeds.currentIndex()), max(0, self.can_speed.currentIndex())
        self.speeds.blockSignals(True)
        self.speeds.clear()
        self.speeds.addItems([self.tr("9600 and 19200, N and E"), self.tr("every speed and parity (slow)")])
        self.speeds.setCurrentIndex(chosen)
        self.speeds.blockSignals(False)
        self.speeds.setAccessibleName(self.tr("Speeds"))
        self.can_speed.blockSignals(True)
        self.can_speed.clear()
        both = self.tr("{0} or {1}")
        for speeds in CAN_SPEEDS:
            figures = [formatting.number(speed / 1000) for speed in speeds]
            text = both.format(*figures) if len(figures) > 1 else figures[0]
            self.can_speed.addItem(f"{text}{formatting.SPACE}kbit/s")
        self.can_speed.setCurrentIndex(bus)
        self.can_speed.blockSignals(False)
        self.can_speed.setAccessibleName(self.tr("Speed of the CAN bus"))
        self._units.setText(self.tr("Units"))
        self.units.setAccessibleName(self.tr("Units"))
        self.units.setToolTip(self.tr("Numbers from 1 to 247, for example 1-10 or 1, 5, 32"))
        for line in self.networks:
            line.retranslate()
        self._tell()

    def _lay_out(self) -> None:
        self._room = QWidget()
        column = QVBoxLayout(self._room)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(0)
        for section in (self._serial, self._net, self._sticks, self._can, self._ocpp):
            column.addWidget(section)
        column.addStretch(1)
        self._sticks.body.addWidget(self.sticks)
        self._ocpp.body.addWidget(self.stations)
        self._ocpp.body.addWidget(self.address)
        self._units = Text("", "secondary")
        self._how = QWidget()
        how = QVBoxLayout(self._how)
        how.setContentsMargins(0, 4, 0, 0)
        how.setSpacing(6)
        how.addWidget(self.speeds)
        units = QHBoxLayout()
        units.setSpacing(8)
        units.addWidget(self._units)
        units.addWidget(self.units, 1)
        how.addLayout(units)
        self.body.addWidget(scrolled(self._room), 1)
        self.body.addWidget(self.go)
        self.go.setProperty("kind", "primary")
        self.go.setStyleSheet("padding-top: 7px; padding-bottom: 7px;")
        self.look_again.setProperty("kind", "flat")
        self.add_to_header(self.look_again)
        self.setMinimumWidth(320)

    def _connect(self) -> None:
        for tick in (self.sticks, self.stations):
            tick.toggled.connect(self._tell)
        self.units.textChanged.connect(self._tell)
        self.speeds.currentIndexChanged.connect(self._tell)
        self.address.textChanged.connect(self._tell)
        self.go.clicked.connect(lambda: self.search_asked.emit(self.wish()))

    def _walk(self) -> list[QWidget]:
        """Everything that takes the keyboard, from top to bottom."""
        ranges = [part for line in self.networks for part in (line.tick, line.range)]
        lines = [*self.ports.values(), self.speeds, self.units, *ranges, self.sticks]
        return [self.look_again, *lines, *self.adapters.values(), self.can_speed, self.stations, self.address, self.go]

    def _fill_serial(self) -> None:
        self._how.setParent(None)
        self._serial.clear()
        self.ports = {port.device: self._port(port) for port in self._around.serial}
        for tick in self.ports.values():
            self._serial.body.addWidget(tick)
        self._serial.body.addWidget(self._how)
        self._how.setVisible(bool(self.ports))

    def _port(self, port: SerialPort) -> QCheckBox:
        tick = QCheckBox(formatting.joined([port.device, port.title if port.title != port.device else ""]))
        tick.setChecked(port.usb)
        tick.setToolTip(port.title)
        tick.toggled.connect(self._tell)
        return tick

    def _fill_networks(self) -> None:
        found = [*self._around.subnets, Subnet("")]
        self.networks = [NetworkLine(subnet, self._count) for subnet in found]
        for line in self.networks:
            line.changed.connect(self._tell)
            self._net.body.addWidget(line)
        self.sticks.setChecked(bool(self._around.subnets))

    def _fill_can(self) -> None:
        self.can_speed.setParent(None)
        self._can.clear()
        self.adapters = {(entry.interface, entry.channel): self._adapter(entry) for entry in self._around.can}
        for tick in self.adapters.values():
            self._can.body.addWidget(tick)
        self._can.body.addWidget(self.can_speed)
        self.can_speed.setVisible(bool(self.adapters))

    def _adapter(self, entry: CanAdapter) -> QCheckBox:
        tick = QCheckBox(entry.title or f"{entry.channel} ({entry.interface})")
        tick.toggled.connect(self._tell)
        return tick

    def _tell(self) -> None:
        """Say exactly what the button will do."""
        wish = self.wish()
        self._how.setEnabled(bool(wish.serial))
        self.address.setVisible(self.stations.isChecked())
        self._says = action(wish, sum(line.places() for line in self.networks))
        self.go.setEnabled(not wish.empty and self._room.isEnabled())
        self.go.setAccessibleName(self._says)
        self._fit()

    def _fit(self) -> None:
        """The whole sentence on the button, in as many lines as it takes."""
        metrics, room = self.go.fontMetrics(), max(120, self.go.width() - 32)
        lines = [""]
        for word in self._says.split():
            longer = f"{lines[-1]} {word}".strip()
            if lines[-1] and metrics.horizontalAdvance(longer) > room:
                lines.append(word)
            else:
                lines[-1] = longer
        self.go.setText("\n".join(lines))
