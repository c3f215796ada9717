"""The card of a CAN bus: its load and errors, identifiers nobody knows, and the switch that lets this PC transmit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QComboBox, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from core.config import LinkConfig
from core.errors import CommandRefused
from core.profile import Profile
from core.status import LinkState, LinkStatus, Voice
from gui import formatting
from gui.models import frame_text, link_facts, link_words, wording
from gui.pages.links_wallboxes import WallboxesPanel
from gui.sentences import localised
from gui.widgets.card import Card, Paragraph, Text
from gui.widgets.confirm import Confirm
from gui.widgets.facts import facts_grid, fill_facts, on_top
from gui.widgets.spark import Bar

if TYPE_CHECKING:
    from core.facade import Station

MOST_UNKNOWN = 24
MIDDLE = Qt.AlignmentFlag.AlignVCenter  # or the height of a button would be the most that a text beside it gets
WIRELESS = ("virtual", "udp_multicast")  # nothing there acknowledges anything
LABELS = 128  # width of the labels, so that both columns agree when one stands below the other


class BusCard(Card):
    """Health of a bus over the last second, and its gate. ``transmission_kept(str)``: the profile to be remembered for
    this bus, "" to forget it."""

    transmission_kept = Signal(str)
    switched = Signal()  # the gate was opened or closed: what the window says of it is old

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._station = station
        self._link: LinkConfig | None = None
        self._voice = Voice.LISTENS
        self.can_write = False  # whether somebody writes the site file
        self._load, self.bar = Text("", "strong"), Bar(0.6, 0.9)
        self._left, self._right = facts_grid(LABELS), facts_grid(LABELS)
        self.columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.columns.setSpacing(32)
        self.columns.addLayout(on_top(self._left), 1)
        self.columns.addLayout(on_top(self._right), 1)
        self._unknown_title, self.unknown = Text("", "secondary"), Paragraph("", "text")
        self._gate_title, self._gate = Text("", "strong"), Paragraph()
        self.profile, self.allow, self.stop = QComboBox(), QPushButton(), QPushButton()
        self._kept, self.forget = Paragraph(), QPushButton()
        self.confirm, self.said = Confirm(), Paragraph()
        self.orders = WallboxesPanel(station)
        self._build()
        self.retranslate()

    def show_link(self, link: LinkConfig, status: LinkStatus) -> None:
        """Take the newest state; another bus forgets what was being asked."""
        if self._link is None or link.id != self._link.id:
            self.confirm.put_away()
            self.said.hide()
            self._link = link
            self._fill_profiles()
        bus = status.bus
        self._load.setText(
            self.tr("Load {0}").format(formatting.share(bus.load) if bus is not None else formatting.DASH)
        )
        self.bar.show_share(bus.load if bus is not None else None)
        facts = link_facts.bus_facts(bus) if bus is not None else []
        middle = (len(facts) + 1) // 2
        fill_facts(self._left, facts[:middle])
        fill_facts(self._right, facts[middle:])
        unknown = sorted(bus.unknown if bus is not None else (), key=lambda pair: -pair[1])
        shown = [f"{frame_text.identifier(number)} × {formatting.number(count)}" for number, count in unknown]
        if len(shown) > MOST_UNKNOWN:
            shown = [*shown[:MOST_UNKNOWN], self.tr("and {0} more").format(len(unknown) - MOST_UNKNOWN)]
        self.unknown.setText("   ".join(shown))
        for widget in (self._unknown_title, self.unknown):
            widget.setVisible(bool(shown))
        self._voice = status.voice
        self._tell_gate(link, status)
        self.orders.show_link(link, status)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """Set every text again."""
        self.set_title(self.tr("CAN bus"))
        self._unknown_title.setText(self.tr("Identifiers that no profile of this bus knows"))
        self.allow.setText(self.tr("Allow transmission…"))
        self.stop.setText(self.tr("Stop transmitting"))
        self.forget.setText(self.tr("Forget it"))
        self.profile.setAccessibleName(self.tr("Profile whose frames are sent"))

    def profiles(self) -> dict[str, Profile]:
        """The profiles of this bus that can command something, by id."""
        link = self._link
        devices = self._station.site.devices_on(link.id) if link is not None else ()
        return {
            device.profile.id: device.profile
            for device in devices
            if device.profile is not None and device.profile.can is not None and device.profile.can.command is not None
        }

    def _build(self) -> None:
        load = QHBoxLayout()
        load.setSpacing(12)
        load.addWidget(self._load)
        load.addWidget(self.bar, 1)
        rule = QFrame()
        rule.setObjectName("rule")
        rule.setFixedHeight(1)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._gate_title)
        words.addWidget(self._gate)
        gate = QHBoxLayout()
        gate.setSpacing(8)
        gate.addLayout(words, 1)
        for widget in (self.profile, self.allow, self.stop):
            gate.addWidget(widget, 0, MIDDLE)
        self.stop.setProperty("kind", "primary")
        self.allow.clicked.connect(self._ask)
        self.stop.clicked.connect(self._stop)
        self.forget.clicked.connect(lambda: self.transmission_kept.emit(""))
        kept = QHBoxLayout()
        kept.setSpacing(8)
        kept.addWidget(self._kept, 1)
        kept.addWidget(self.forget, 0, MIDDLE)
        self.body.addLayout(load)
        self.body.addLayout(self.columns)
        self.body.addWidget(self._unknown_title)
        self.body.addWidget(self.unknown)
        self.body.addSpacing(4)
        self.body.addWidget(rule)
        self.body.addSpacing(4)
        self.body.addLayout(gate)
        self.body.addLayout(kept)
        self.body.addWidget(self.said)
        self.body.addWidget(self.confirm)
        self.body.addWidget(self.orders)
        self.said.hide()

    def _fill_profiles(self) -> None:
        self.profile.clear()
        for name, profile in self.profiles().items():
            self.profile.addItem(profile.title, name)

    def _tell_gate(self, link: LinkConfig, status: LinkStatus) -> None:
        open_now = status.voice is Voice.TRANSMITS
        able = bool(self.profile.count())
        self._gate_title.setText(wording.capital(link_words.voice(status.voice)))
        self._gate_title.set_tone("accent" if open_now else "")
        if open_now:
            text = link_words.voice_meaning(status.voice)
        elif link.read_only:
            text = self.tr("This link is read-only. With read_only: false in the site file, it could be opened here.")
        elif not able:
            text = self.tr("No profile of this bus has anything to send.")
        else:
            text = self._how_silent(link, status)
        self._gate.setText(text)
        offered = able and not open_now and not link.read_only
        self.allow.setVisible(offered)
        self.allow.setEnabled(not self.confirm.isVisible())
        self.profile.setVisible(offered and self.profile.count() > 1)
        self.stop.setVisible(open_now)
        self._kept.setText(self._kept_words(link, open_now))
        self._kept.setVisible(bool(link.transmit))
        self.forget.setVisible(bool(link.transmit) and self.can_write)
        if open_now or link.read_only:
            self.confirm.put_away()

    def _kept_words(self, link: LinkConfig, open_now: bool) -> str:
        """What the site file says of this bus, which outlives what is chosen here."""
        if open_now:
            return self.tr("Remembered for this site: it may transmit each time the site is opened.")
        return self.tr("Stopped for now; remembered for this site: it may transmit when the site is opened again.")

    def _how_silent(self, link: LinkConfig, status: LinkStatus) -> str:
        """Whether not one bit leaves: an adapter that listens may still acknowledge what it hears."""
        text = link_words.voice_meaning(status.voice)
        if status.bus is None or status.state is not LinkState.UP or link.url.host in WIRELESS:
            return text
        if status.bus.silent_adapter:
            return self.tr("The adapter is mute: not one bit leaves. It is opened anew when you allow transmission.")
        if link.url.host == "socketcan":
            more = self.tr("Its adapter acknowledges what it hears, unless “ip link” has set it to listen-only.")
        else:
            more = self.tr("But this adapter cannot be mute: it acknowledges what it hears.")
        return f"{text} {more}"

    def _ask(self) -> None:
        link, name = self._link, str(self.profile.currentData() or "")
        profile = self.profiles().get(name)
        if link is None or profile is None or profile.can is None or profile.can.command is None:
            return
        command = profile.can.command
        nodes = [device for device in self._station.site.devices_on(link.id) if device.profile_id == name]
        listed = ", ".join(f"{device.title} ({wording.place('can', device.unit)})" for device in nodes)
        lines = [
            self.tr("Bus: {0}, {1}").format(link.title, link_words.place(link.url)),
            self.tr("Profile: {0}").format(profile.title),
            self.tr("What is sent: {0}, every {1}, to each of: {2}").format(
                command.message, formatting.duration(command.every_s), listed
            ),
            self.tr(
                "It acts on real devices: a vehicle may begin or stop charging. “Stop transmitting” ends it at once."
            ),
        ]
        if profile.can.request:
            asked = ", ".join(profile.can.request)
            lines.insert(3, self.tr("Sent once at the beginning, to learn who is there: {0}").format(asked))
        if profile.can.orders:
            ordered = ", ".join(order.send for order in profile.can.orders.values())
            lines.insert(-1, self.tr("Sent once on your order alone: {0}").format(ordered))
        self.said.hide()
        self.confirm.ask(
            self.tr("Let this PC transmit on {0}?").format(link.title),
            lines,
            self.tr("Allow transmission"),
            lambda: self._allow(name),
            tick=self.tr("Remember for this site: next time it may transmit without asking") if self.can_write else "",
        )
        self.allow.setEnabled(False)

    def _allow(self, name: str) -> None:
        keep = self.confirm.tick.isChecked()
        if self._switch(name) and keep:
            self.transmission_kept.emit(name)

    def _stop(self) -> None:
        self._switch("")

    def _switch(self, profile: str) -> bool:
        """Open or close the gate; return whether it was done."""
        done = False
        if self._link is None:
            return done
        try:
            self._station.allow_transmission(self._link.id, profile)
        except CommandRefused as refused:
            self.said.setText(wording.capital(localised(str(refused))))
            self.said.set_tone("warning")
            self.said.show()
        else:
            self.said.hide()
            done = True
            self.switched.emit()
        self.allow.setEnabled(True)
        self.show_link(self._link, self._station.link_status(self._link.id))
        (self.allow if self.stop.isHidden() else self.stop).setFocus(Qt.FocusReason.OtherFocusReason)
        return done
