"""Who limits the current of each charging station: one way, never two; the others only read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from core.config import DeviceConfig
from core.limiter import Machine
from core.status import Voice
from gui.models import link_words
from gui.theme import look
from gui.widgets.card import Card, Paragraph, Text
from gui.widgets.confirm import Confirm
from gui.widgets.icons import icon_pixmap
from gui.widgets.scrolled import scrolled

if TYPE_CHECKING:
    from core.facade import Station


class MachinesCard(Card):
    """``limiter_asked(str)``: the device through which a station shall be limited from now on."""

    limiter_asked = Signal(str)

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent, inner=12)
        self.header.setContentsMargins(8, 4, 0, 0)
        self._station = station
        self._shown: tuple[object, ...] = ()
        self.can_write = False  # whether somebody writes the site file
        self.rows: list[WayRow] = []
        self.confirm, self.how = Confirm(), Paragraph("", "text")
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(8, 0, 4, 0)
        self._column.setSpacing(4)
        self._inside = inside
        self.body.addWidget(scrolled(inside))
        self.how.hide()
        self.retranslate()

    def wanted_height(self) -> int:
        """What it needs to show all of it."""
        return self._inside.sizeHint().height() + 78

    def refresh(self) -> None:
        """Look again; built anew only when something differs."""
        machines = tuple(self._station.machines())
        state = tuple(
            (machine.limiter.id, tuple((way.id, way.title, way.link, self._voice(way)) for way in machine.devices))
            for machine in machines
        )
        shown = (look().theme.name, link_words.translate("links", "Charging stations"), state)
        self.setVisible(bool(machines))
        if shown != self._shown:
            self._shown = shown
            self._fill(machines)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """Set every text again."""
        self.set_title(link_words.translate("links", "Charging stations"))
        self.refresh()

    def _fill(self, machines: Sequence[Machine]) -> None:
        self.confirm.setParent(None)
        self.how.setParent(None)
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        self.confirm, self.how = Confirm(), Paragraph("", "text")
        self.how.hide()
        self.rows = []
        for machine in machines:
            title = Text(machine.devices[0].title, "strong")
            title.setWordWrap(True)
            self._column.addWidget(title)
            for way in machine.devices:
                row = WayRow(way, self._protocol(way), way.id == machine.limiter.id, self._voice(way))
                row.chosen.connect(self._ask)
                self._column.addWidget(row)
                self.rows.append(row)
            self._column.addSpacing(6)
        self._column.addWidget(self.confirm)
        self._column.addWidget(self.how)
        self._column.addStretch(1)

    def _protocol(self, device: DeviceConfig) -> str:
        link = next((link for link in self._station.links() if link.id == device.link), None)
        return link_words.badge(link.url.kind) if link is not None else ""

    def _voice(self, device: DeviceConfig) -> Voice:
        return self._station.link_status(device.link).voice

    def _ask(self, device: str) -> None:
        machine = next(
            (found for found in self._station.machines() if device in {way.id for way in found.devices}), None
        )
        if machine is None:
            return
        new = next(way for way in machine.devices if way.id == device)
        if not self.can_write:
            text = self.tr("In the site file, set limits_current: true for {0} and false for {1}, then open it again.")
            self.how.setText(text.format(new.id, machine.limiter.id))
            self.how.show()
            return
        self.confirm.ask(
            self.tr("Limit {0} through {1} from now on?").format(machine.devices[0].title, self._protocol(new)),
            [
                self.tr("{0} then only reads. The site file is changed and opened again.").format(
                    self._protocol(machine.limiter)
                )
            ],
            self.tr("Change"),
            lambda: self.limiter_asked.emit(device),
        )


class WayRow(QFrame):
    """One way to a charging station: its protocol, and whether it limits or only reads. ``chosen(str)``: a device."""

    chosen = Signal(str)

    def __init__(
        self, way: DeviceConfig, protocol: str, limits: bool, voice: Voice, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.way, self.limits = way, limits
        if not limits:
            words = self.tr("reads only")
        elif voice is Voice.ASKS:
            words = self.tr("would limit the current, but its link is read-only")
        elif voice is Voice.LISTENS:
            words = self.tr("would limit the current, but its bus listens only")
        else:
            words = self.tr("limits the current")
        loud = limits and link_words.is_loud(voice)
        self.words = Text(f"{protocol} · {words}", "secondary", "accent" if loud else "")
        self.words.setWordWrap(True)
        self.words.setToolTip(way.title)
        mark = QLabel()
        mark.setPixmap(icon_pixmap("write" if loud else "ask", "accent" if loud else "secondary", 14))
        self.button = QPushButton(self.tr("Choose"))
        self.button.setAccessibleName(self.tr("Limit the current through {0}").format(protocol))
        self.button.setToolTip(self.button.accessibleName())
        self.button.setVisible(not limits)
        self.button.clicked.connect(lambda: self.chosen.emit(way.id))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(mark)
        row.addWidget(self.words, 1)
        row.addWidget(self.button)
