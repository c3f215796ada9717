"""Any recorded values over shared time, from seconds to years, with cursors that measure."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSplitter, QStackedWidget, QWidget

from core import sitepoints
from core.points import Kind, PointKey, Reading
from core.storage.results import PointInfo
from gui import formatting, i18n
from gui.models import timeaxis, wording
from gui.models.curve_source import Request, Wanted
from gui.models.curve_table import CurveTable
from gui.models.curves import Counting, Curve, Data, Shape, colours, shape_of, unit_of
from gui.models.devices import shown_devices
from gui.models.recorded import Recorded, RecordedTree
from gui.pages import history_export
from gui.pages.history_chooser import Chooser
from gui.pages.history_legend import MOST_ROWS, Legend
from gui.pages.history_loader import HistoryLoader
from gui.pages.history_plots import Plots
from gui.pages.history_strokes import Strokes
from gui.pages.history_tools import PRESETS, Tools, cursor_words, range_words
from gui.sentences import localised
from gui.widgets.card import Card, Message

if TYPE_CHECKING:
    from core.facade import Station
    from gui.bridge import Bridge

DEBOUNCE_MS = 120
SPEAK_MS = 30  # charts are painted first, what is said of them in a later turn: a click in between need not wait for it
LIST_EVERY_S = 30.0


class HistoryPage(QWidget):
    """Left, what is recorded; right, the charts, their tools and their legend. ``now`` is the clock (Unix seconds)."""

    def __init__(
        self, station: Station, bridge: Bridge, now: Callable[[], float] = time.time, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._station, self._now = station, now
        self._zone = station.site.time_zone
        self.recorded = RecordedTree(parent=self)
        self.table = CurveTable(self._newest, self)
        self.loader = HistoryLoader(station, self)
        self.chooser, self.tools = Chooser(self.recorded), Tools()
        self.plots, self.legend = Plots(self._zone), Legend(self.table)
        self.curves: list[Curve] = []
        self._message = Message()
        self._infos: list[PointInfo] | None = None
        self._wished: list[PointKey] = []  # asked for before the list of points had come
        self._counting = Counting.PERIOD
        self._number = 0
        self._listed_at = 0.0
        self._loading, self._live, self._fault, self._empty_title = True, True, "", ""
        self._debounce = QTimer(self)
        self._debounce.setSingleShot(True)
        self._debounce.setInterval(DEBOUNCE_MS)
        self._speaking = QTimer(self)
        self._speaking.setSingleShot(True)
        self._speaking.setInterval(SPEAK_MS)
        self._build()
        self._connect(bridge)
        self.tools.mark_period("hour")
        self.tools.live.setChecked(True)
        self.plots.set_range(now() - PRESETS["hour"], now())
        self.retranslate()

    @property
    def busy(self) -> bool:
        """Whether an answer is being waited for, or has not been spoken of."""
        return self._loading or self._debounce.isActive() or self._speaking.isActive()

    @property
    def said(self) -> str:
        """What stands where curves will be; empty while there are some."""
        return "" if self.curves else self._empty_title

    def show_points(self, keys: list[PointKey]) -> None:
        """Draw exactly these."""
        if self._infos is None:
            self._wished = list(keys)
        else:
            self.recorded.pick(keys)

    def save_state(self) -> str:
        """What is chosen, for the next start."""
        points = [str(key) for key in self.recorded.picked]
        return json.dumps({"points": points, "counting": self._counting.value})

    def restore_state(self, state: str) -> None:
        """Choose again what ``save_state`` gave; anything else is ignored."""
        try:
            found: Any = json.loads(state)
            self._wished = [PointKey.parse(str(text)) for text in found["points"]]
            self._set_counting(str(found["counting"]))
            self.tools.show_counting(self._counting)
        except (ValueError, KeyError, TypeError):
            self._wished = []

    def stop(self) -> None:
        """End the thread that asks the history."""
        self._debounce.stop()
        self._speaking.stop()
        self.loader.stop()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._tick()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.legend.limit(MOST_ROWS if self.height() >= 640 else 3)
        self._debounce.start()

    def retranslate(self) -> None:
        """Set every text again."""
        if self._infos is not None:
            self.recorded.show(self._in_words(self._infos))
        self.table.retranslate()
        self._choose(self.recorded.picked)
        self._say()

    def _build(self) -> None:
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(self.plots)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._message)
        self._stack.addWidget(scroll)
        self.card = Card()
        self.card.body.addWidget(self.tools)
        self.card.body.addWidget(self._stack, 1)
        self.card.body.addWidget(self.tools.state)
        self.card.body.addWidget(self.legend)
        self.card.setMinimumWidth(480)
        splitter = QSplitter()
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.chooser)
        splitter.addWidget(self.card)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([256, 900])
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(splitter)

    def _connect(self, bridge: Bridge) -> None:
        bridge.readings_changed.connect(self._readings_changed)
        bridge.status_changed.connect(self._tick)
        self.loader.listed.connect(self._take_list)
        self.loader.arrived.connect(self._take_curves)
        self.loader.finished.connect(self._take_end)
        self.loader.failed.connect(self._take_fault)
        self.recorded.chosen.connect(self._choose)
        self.plots.ranged.connect(self._ranged)
        self.plots.by_hand.connect(self._moved_by_hand)
        self.plots.cursors_moved.connect(self._measure)
        self.tools.period_asked.connect(self._show_period)
        self.tools.step_asked.connect(self._step)
        self.tools.live_asked.connect(self._set_live)
        self.tools.cursors_asked.connect(self.plots.show_cursors)
        self.tools.cursors_asked.connect(self.legend.show_cursors)
        self.tools.counting_asked.connect(self._set_counting)
        self.tools.csv_asked.connect(lambda: history_export.ask_csv(self, self.curves, self.plots.span, self._zone))
        self.tools.png_asked.connect(lambda: history_export.ask_png(self, self.card))
        self.legend.removed.connect(self._remove)
        self._debounce.timeout.connect(self._ask)
        self._speaking.timeout.connect(self._measure)

    # -- what is drawn -----------------------------------------------------------------------------------------

    def _in_words(self, infos: list[PointInfo]) -> list[Recorded]:
        """The site's own values first, then the devices in the order of the site file, then devices that have left."""
        devices = sorted(shown_devices(self._station), key=lambda device: device.id != sitepoints.DEVICE)
        names = {device.id: device.name for device in devices}
        keys = [PointKey(device.id, point.id) for device in devices for point in device.points]
        order = {key: row for row, key in enumerate(keys)}
        language = i18n.current()
        found = [
            Recorded(
                key=info.key,
                device=names.get(info.key.device, info.key.device),
                name=info.title(language),
                unit=info.unit,
                kind=info.kind,
                other_name=info.title("en" if language == "fr" else "fr"),
            )
            for info in infos
        ]
        return sorted(found, key=lambda item: (order.get(item.key, len(order)), item.key))

    def _choose(self, keys: list[PointKey]) -> None:
        known = {curve.key: curve for curve in self.curves}
        self.curves = []
        for key, (role, dashed) in zip(keys, colours(keys), strict=True):
            item, point = self.recorded.item(key), self._station.point(key)
            kind = item.kind if item else point.kind if point else Kind.GAUGE
            unit = item.unit if item else point.unit if point else ""
            name = item.name if item else point.title(i18n.current()) if point else str(key)
            if item is not None and key.device != "site":
                name = f"{name} · {item.device}"
            shape = shape_of(kind, self._counting)
            unit = unit_of(unit, kind, self._counting)
            old = known.get(key)
            data = old.data if old is not None and (old.shape, old.unit) == (shape, unit) else Data()
            self.curves.append(Curve(key, name, unit, kind, shape, role, dashed, data))
        self.tools.show_counters(any(curve.kind is Kind.COUNTER for curve in self.curves))
        self.plots.show_curves(self.curves)
        self.table.show(self.curves)
        self._ask()

    def _remove(self, key: PointKey) -> None:
        self.recorded.pick([kept for kept in self.recorded.picked if kept != key])

    def _set_counting(self, value: str) -> None:
        self._counting = Counting(value)
        self._choose(self.recorded.picked)

    # -- where one looks ---------------------------------------------------------------------------------------

    def _show_period(self, name: str) -> None:
        now = self._now()
        start, end = now - PRESETS[name], now
        if name == "all":
            chosen = {curve.key for curve in self.curves}
            firsts = [i.first for i in self._infos or () if i.first is not None and (i.key in chosen or not chosen)]
            start = min(firsts, default=now - PRESETS["day"])
        self.tools.mark_period(name)
        self._live = True
        self.tools.live.setChecked(True)
        self.plots.set_range(min(start, end - 60), end)

    def _step(self, direction: int) -> None:
        start, end = self.plots.span
        self._set_live(False)
        self.tools.live.setChecked(False)
        self.plots.set_range(start + direction * (end - start), end + direction * (end - start))

    def _set_live(self, live: bool) -> None:
        self._live = live
        if live:
            start, end = self.plots.span
            now = self._now()
            self.plots.set_range(now - (end - start), now)

    def _moved_by_hand(self) -> None:
        start, end = self.plots.span
        self._live = abs(self._now() - end) < 0.01 * (end - start)
        self.tools.live.setChecked(self._live)
        self.tools.mark_period("")

    def _ranged(self, _start: float, _end: float) -> None:
        self._speak_soon()
        self._debounce.start()

    def _tick(self) -> None:
        """Once a second: follow the live edge by whole pixels, and look for new points now and then."""
        if not self.isVisible():
            return
        now = self._now()
        if now - self._listed_at > LIST_EVERY_S or self._infos is None:
            self._listed_at = now
            self.loader.list_points()
        start, end = self.plots.span
        if self._live and now - end >= max(1.0, (end - start) / self.plots.pixels) - 0.05:
            self.plots.set_range(now - (end - start), now)

    # -- what the history answers ------------------------------------------------------------------------------

    def _ask(self) -> None:
        self._debounce.stop()
        if not self.curves:
            self._say()
            return
        start, end = self.plots.span
        half = (end - start) / 2  # half a screen on either side, so that a small move shows something at once
        self._number += 1
        self._loading = True
        wanted = tuple(Wanted(curve.key, curve.kind) for curve in self.curves)
        self.loader.ask(
            Request(
                self._number, wanted, start - half, end + half, 2 * self.plots.pixels, self._counting, self._zone,
                self._now(),
            )
        )  # fmt: skip
        self._say()

    def _take_list(self, infos: list[PointInfo] | None, changed: bool) -> None:
        first = self._infos is None
        self._fault = ""
        if not infos:
            self.chooser.say_nothing_recorded()
            self._loading = False
            self._say()
            return
        self._infos = infos
        if changed:  # 3000 points in words and in order: 60 ms
            self.recorded.show(self._in_words(infos))
        if first:
            self._show_what_there_is(infos)
            self.recorded.pick(self._wished or self.recorded.first() or [infos[0].key])

    def _show_what_there_is(self, infos: list[PointInfo]) -> None:
        """A recording younger than the range shown fills it, five minutes at least."""
        start, end = self.plots.span
        begun = min((info.first for info in infos if info.first is not None), default=start)
        if begun > start:
            self.tools.mark_period("")
            self.plots.set_range(min(begun, end - 300), end)

    def _take_curves(self, number: int, strokes: dict[PointKey, Strokes]) -> None:
        if number != self._number:
            return
        answered = [curve for curve in self.curves if curve.key in strokes]
        for curve in answered:
            curve.data = strokes[curve.key].data
        self.plots.update_curves(answered, strokes)

    def _take_end(self, number: int) -> None:
        if number == self._number:
            self._loading, self._fault = False, ""
            self._speak_soon()

    def _take_fault(self, sentence: str) -> None:
        self._loading, self._fault = False, sentence
        self._say()

    # -- what is said ------------------------------------------------------------------------------------------

    def _readings_changed(self, readings: list[Reading]) -> None:
        if self.isVisible():
            self.table.refresh_now(readings)

    def _newest(self, key: PointKey) -> str:
        point = self._station.point(key)
        if point is None:
            return formatting.DASH
        value, unit = wording.value_pair(point, self._station.latest(key))
        return f"{value}{formatting.SPACE}{unit}" if unit else value

    def _speak_soon(self) -> None:
        if not self._speaking.isActive():
            self._speaking.start()

    def _measure(self) -> None:
        self.table.measure(*self.plots.span, self.plots.cursors)
        self._say()

    def _say(self) -> None:
        start, end = self.plots.span
        self.tools.range.setText(range_words(start, end, self._zone))
        shown = bool(self.curves)
        self._stack.setCurrentIndex(1 if shown else 0)
        self.legend.setVisible(shown)
        if not shown:
            self._say_why_empty()
        tone, text = "", ""
        if self._fault:
            tone, text = "fault", self.tr("The history could not be read: {0}").format(localised(self._fault))
        elif cursors := self.plots.cursors:
            text = cursor_words(*cursors, self._zone)
        elif shown and not self._loading and all(curve.data.empty for curve in self.curves):
            tone, text = "warning", self.tr("No value in this period")
        elif self._loading and shown and all(curve.data.empty for curve in self.curves):
            text = self.tr("Reading the history…")
        elif any(curve.shape is Shape.BARS for curve in self.curves):
            text = {
                "hour": self.tr("One bar per hour"),
                "day": self.tr("One bar per day"),
                "month": self.tr("One bar per month"),
                "year": self.tr("One bar per year"),
            }[timeaxis.bucket_for(end - start)]
        self.tools.state.setText(text)
        self.tools.state.setToolTip(text)
        self.tools.state.set_tone(tone)

    def _say_why_empty(self) -> None:
        detail, tone = "", ""
        if self._fault:
            title, tone = self.tr("The history could not be read"), "fault"
            reason = f"{wording.capital(localised(self._fault).rstrip('.'))}."
            detail = self.tr("{0} Acquisition goes on; what is read now is still shown.").format(reason)
        elif self._infos:
            title = self.tr("No curve chosen")
            detail = self.tr("Tick the values to draw in the list on the left.")
        elif self._loading:
            title = self.tr("Reading the history…")
        else:
            title, detail = self.tr("Nothing is recorded yet"), localised(self._station.recorder_status().error)
            tone = "fault" if detail else ""
        self._empty_title = title
        self._message.say(title, detail, tone)
