"""One device: its state, its points in a filtered table, and the trace of the chosen value."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from core.points import PointKey, Reading
from core.status import DeviceState, DeviceStatus, LinkState
from gui import formatting
from gui.models import wording
from gui.models.devices import Shown
from gui.models.points import PointTree
from gui.pages.devices_trace import TracePanel
from gui.pages.devices_view import PointView
from gui.sentences import localised
from gui.theme import INNER
from gui.widgets.card import Chip, Line, Message, Text

if TYPE_CHECKING:
    from core.facade import Station


TRACE_HEIGHT = 300


class DevicePanel(QWidget):
    """What a device measures. ``curve_asked(list[PointKey])`` for what is selected in the table."""

    curve_asked = Signal(list)

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._station = station
        self._device: Shown | None = None
        self._status: DeviceStatus | None = None
        self.tree = PointTree(parent=self)
        self.view = PointView(self.tree)
        self.trace = TracePanel(station.site.time_zone)
        self.name, self.about, self.chip = Text("", "card"), Line(), Chip()
        self._read, self._reconnect, self._export = QPushButton(), QPushButton(), QPushButton()
        self._filter, self._count = QLineEdit(), Text("", "secondary")
        self._curve, self._toggle = QPushButton(), QPushButton()
        self._message = Message()
        self._build()
        self._connect()
        self.retranslate()

    def show_device(self, device: Shown) -> None:
        """Show another device with the newest readings of all its points."""
        self._device = device
        self._filter.clear()
        self.trace.names = device.names
        self.trace.device = device if device.link else None
        self.trace.kind, self.trace.dbc = self._line_of(device)
        self.tree.show(device.id, device.points, device.groups or {}, device.names, device.flows)
        self.refresh_readings(self.tree.shown_keys())
        self.trace.show_value(None, None, None, None)
        self._count_points()
        self.refresh_status()
        self._message.setVisible(not device.points)
        self.view.setVisible(bool(device.points))

    def _line_of(self, device: Shown) -> tuple[str, Path | None]:
        """Kind of the device's link, and the DBC that holds on it."""
        link = next((link for link in self._station.links() if link.id == device.link), None)
        if link is None:
            return "", None
        profile = device.profile_data
        given = link.url.given.get("dbc", "")
        if given:
            return link.url.kind, (link.folder / given if link.folder is not None else Path(given))
        return link.url.kind, (profile.folder / profile.can.dbc if profile is not None and profile.can else None)

    def apply(self, readings: list[Reading]) -> None:
        """Take a batch from the bridge."""
        self.tree.apply(readings)
        key = self.trace.key
        if key is not None and not self.trace.held and self.trace.isVisible():
            for reading in readings:
                if reading.key == key:
                    self._show_trace(key)

    def refresh_readings(self, keys: list[PointKey]) -> None:
        """Ask for the newest reading of these points: staleness comes without any reading."""
        self.tree.apply(reading for key in keys if (reading := self._station.latest(key)) is not None)

    def tick(self) -> None:
        """Once a second: state, ages and staleness of what the eye can see."""
        if self._device is None:
            return
        if (points := self._station.points(self._device.id)) is not self._device.points:
            self.show_device(replace(self._device, points=points))  # the device itself has said what it has
        visible = self.view.visible_keys()
        self.refresh_readings(visible)
        self._refresh_trace()
        self.tree.grow_older(visible)
        self.refresh_status()

    def refresh_status(self) -> None:
        """Say the device's state again."""
        device = self._device
        if device is None:
            return
        self.name.setText(device.name)
        self._status = self._status_of(device)
        if self._status is None:
            self.chip.show_state(wording.capital(self.tr("computed by this PC")), "healthy")
            self.about.set_line(self.tr("Values of the whole site, from all its devices"))
            for button in (self._read, self._reconnect):
                button.hide()
            return
        for button in (self._read, self._reconnect):
            button.show()
        fault = bool(device.fault) or self._status.state is DeviceState.FAULTY
        link = self._station.link_status(device.link).state
        word, tone = wording.device_on_link(DeviceState.FAULTY if fault else self._status.state, link)
        refused = len(self._status.dead)
        trouble = self.tr("1 register refused") if refused == 1 else self.tr("{0} registers refused").format(refused)
        text = formatting.joined([wording.capital(word), trouble if refused else ""])
        self.chip.show_state(text, "warning" if refused and tone == wording.HEALTHY else tone)
        if fault:  # only a fault may take a second line
            self.about.set_line(localised(self._status.fault or device.fault), wrap=True)
        else:
            self.about.set_line(self._about(device, self._status, link))
        self.about.set_tone("fault" if fault else "")
        self.tree.set_paces({pace.group: pace.achieved_s for pace in self._status.paces})

    def show_point(self, key: PointKey) -> None:
        """Make a point current and open its trace."""
        self.view.show_point(key)
        self._toggle.setChecked(True)

    def export(self, file: Path) -> None:
        """Write every point of the device as CSV."""
        file.write_text("\ufeff" + self.tree.as_csv(), encoding="utf-8", newline="")

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.view.fit(self.width() + 2 * INNER)

    def retranslate(self) -> None:
        """Set every text again."""
        self._read.setText(self.tr("Read now"))
        self._read.setToolTip(self.tr("Read every group once, those on demand too"))
        self._reconnect.setText(self.tr("Reconnect"))
        self._reconnect.setToolTip(self.tr("Close the link of this device and open it again at once"))
        self._export.setText(self.tr("Export…"))
        self._export.setToolTip(self.tr("Save every point of this device as CSV"))
        self._filter.setPlaceholderText(self.tr("Filter by name, group or register"))
        self._filter.setAccessibleName(self.tr("Filter the points"))
        self._curve.setText(self.tr("Curve"))
        self._curve.setToolTip(self.tr("Draw the selected values in the history"))
        self._toggle.setText(self.tr("Trace"))
        self._toggle.setToolTip(self.tr("Register, words, factor and frame of the chosen value"))
        self._message.say(self.tr("This device has no points"), self.tr("Its profile could not be read."))
        self.view.setAccessibleName(self.tr("Points of the device"))
        self.tree.retranslate()
        self._count_points()
        self.refresh_status()

    def _build(self) -> None:
        titles = QVBoxLayout()
        titles.setSpacing(2)
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self.name)
        line.addWidget(self.chip)
        line.addStretch(1)
        titles.addLayout(line)
        self.about.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        titles.addWidget(self.about)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addLayout(titles, 1)
        for button in (self._reconnect, self._read):
            head.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self._read.setProperty("kind", "primary")
        tools = QHBoxLayout()
        tools.setSpacing(8)
        tools.addWidget(self._filter, 1)
        tools.addWidget(self._count)
        tools.addWidget(self._curve)
        tools.addWidget(self._toggle)
        tools.addWidget(self._export)
        self._filter.setClearButtonEnabled(True)
        self._filter.setMaximumWidth(360)
        tools.insertStretch(1, 1)
        self._toggle.setCheckable(True)
        upper = QWidget()
        column = QVBoxLayout(upper)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view, 1)
        column.addWidget(self._message, 1)
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(upper)
        self.splitter.addWidget(self.trace)
        self.splitter.setStretchFactor(0, 3)
        self.splitter.setStretchFactor(1, 2)
        self.trace.setMinimumHeight(160)
        self.trace.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addLayout(tools)
        column.addWidget(self.splitter, 1)

    def _connect(self) -> None:
        self._filter.textChanged.connect(self._filter_changed)
        self._toggle.toggled.connect(self._toggle_trace)
        self.trace.closed.connect(lambda: self._toggle.setChecked(False))
        self.view.chosen.connect(self._show_trace)
        self.view.activated.connect(self._open_trace)
        self.view.selectionModel().selectionChanged.connect(self._selection_changed)
        self._curve.clicked.connect(lambda: self.curve_asked.emit(self.view.selected_keys()))
        self._curve.setEnabled(False)
        self._read.clicked.connect(self._ask)
        self._reconnect.clicked.connect(self._reconnect_link)
        self._export.clicked.connect(self._ask_file)
        find = QAction(self)
        find.setShortcut(QKeySequence(QKeySequence.StandardKey.Find))
        find.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.triggered.connect(self._filter.setFocus)
        self.addAction(find)

    def _about(self, device: Shown, status: DeviceStatus, state: LinkState) -> str:
        answered = self.tr("last answer {0}").format(formatting.age_of(status.last_answer, time.time()))
        link = next((link.title for link in self._station.links() if link.id == device.link), device.link)
        return formatting.joined(
            [
                localised(status.fault) if state is LinkState.UP else "",
                answered if status.last_answer is not None else "",
                link,
                device.place,
                device.profile,
            ]
        )

    def _status_of(self, device: Shown) -> DeviceStatus | None:
        if not device.link:
            return None
        devices = self._station.link_status(device.link).devices
        found = (status for status in devices if status.device == device.id)
        return next(found, DeviceStatus(device.id, DeviceState.NEVER))

    def _show_trace(self, key: PointKey | None) -> None:
        line = self.tree.line(key) if key is not None else None
        if line is None or not self._toggle.isChecked():
            return
        origin = line.reading.provenance if line.reading is not None else None
        frame = self._station.frame(origin) if origin is not None else None
        self.trace.show_value(key, line.point, line.reading, frame)

    def _refresh_trace(self) -> None:
        """Follow the value shown when it merely ages; nothing is said again while it is the same."""
        key = self.trace.key
        if key is None or self.trace.held or not self.trace.isVisible():
            return
        self.refresh_readings([key])
        line = self.tree.line(key)
        if line is not None and line.reading != self.trace.reading:
            self._show_trace(key)

    def _toggle_trace(self, shown: bool) -> None:
        self.trace.setVisible(shown)
        if shown:
            self._share_height()
            current = self.view.current_key()
            self._show_trace(current)
            if current is not None:
                self.view.show_point(current)

    def _selection_changed(self) -> None:
        self._curve.setEnabled(bool(self.view.selected_keys()))

    def _open_trace(self) -> None:
        self._toggle.setChecked(True)

    def _share_height(self) -> None:
        """Give the trace what it needs to show the frame, once; the user's own share is kept afterwards."""
        if self.splitter.sizes()[1] < TRACE_HEIGHT:
            whole = sum(self.splitter.sizes()) or self.splitter.height()
            self.splitter.setSizes([max(160, whole - TRACE_HEIGHT), TRACE_HEIGHT])

    def _filter_changed(self, text: str) -> None:
        self.view.set_filter(text)
        self._count_points()

    def _count_points(self) -> None:
        shown, total = self.view.shown_count(), len(self.tree.shown_keys())
        if shown != total:
            self._count.setText(self.tr("{0} of {1} points").format(shown, total))
        else:
            self._count.setText(self.tr("{0} points").format(total))

    def _ask(self) -> None:
        if self._device is not None:
            self._station.ask(self._device.id)

    def _reconnect_link(self) -> None:
        if self._device is not None:
            self._station.reconnect(self._device.link)

    def _ask_file(self) -> None:
        name = f"{self._device.id if self._device else 'points'}.csv"
        chosen, _kind = QFileDialog.getSaveFileName(self, self.tr("Export the points"), name, "CSV (*.csv)")
        if chosen:
            try:
                self.export(Path(chosen))
            except OSError as err:
                self.about.set_line(
                    self.tr("Could not write {0}: {1}").format(chosen, localised(err.strerror or str(err)))
                )
                self.about.set_tone("fault")
