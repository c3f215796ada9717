"""From a value to its bytes: register, words, factor, source and the last frame with the value's words marked."""

from __future__ import annotations

import html
from collections.abc import Sequence
from datetime import tzinfo
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from core.frames import Frame
from core.points import Point, PointKey, Provenance, Reading
from gui import i18n
from gui.models import frame_text, trace, trace_facts, trace_places
from gui.models.devices import Shown
from gui.models.trace_facts import Fact
from gui.sentences import Names
from gui.theme import look
from gui.widgets.card import Text
from gui.widgets.facts import facts_grid, fill_facts

MONO_FAMILIES = ["DejaVu Sans Mono", "Cascadia Mono", "Consolas", "Liberation Mono", "monospace"]
MONO = ", ".join(f"'{family}'" for family in MONO_FAMILIES)


class TracePanel(QFrame):
    """The drawer below the table. ``closed()`` when the user has seen enough."""

    closed = Signal()

    def __init__(self, zone: tzinfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._zone = zone
        self.names: Names = str  # titles of the options of the device shown
        self.device: Shown | None = None
        self.kind = ""  # of its link
        self.dbc: Path | None = None  # of its bus
        self._key: PointKey | None = None
        self._point: Point | None = None
        self._reading: Reading | None = None
        self._frame: Frame | None = None
        self._title, self._hint = Text("", "card"), Text("", "secondary")
        self._hold, self._copy, self._close = QPushButton(), QPushButton(), QPushButton()
        self._hold.setCheckable(True)
        self._copy.clicked.connect(self.copy)
        self._close.clicked.connect(self.closed)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._title)
        head.addWidget(self._hint, 1)
        for button in (self._hold, self._copy, self._close):
            head.addWidget(button)
        self._left, self._right = facts_grid(), facts_grid()
        columns = QHBoxLayout()
        columns.setSpacing(32)
        for grid in (self._left, self._right):
            side = QVBoxLayout()
            side.addLayout(grid)
            side.addStretch(1)
            columns.addLayout(side, 1)
        self._bytes = QLabel()
        self._bytes.setTextFormat(Qt.TextFormat.RichText)
        self._bytes.setWordWrap(True)
        self._bytes.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        column.addWidget(self._bytes)  # first: notes of any length may follow
        column.addLayout(columns)
        column.addStretch(1)
        self._column = column
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(inside)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addLayout(head)
        whole.addWidget(scroll, 1)
        look().changed.connect(self._fill)
        self.retranslate()

    @property
    def key(self) -> PointKey | None:
        """The point whose value is shown."""
        return self._key

    @property
    def reading(self) -> Reading | None:
        """The reading that is shown."""
        return self._reading

    @property
    def held(self) -> bool:
        """Whether the user keeps this exchange on the screen while values go on moving."""
        return self._hold.isChecked()

    def show_value(
        self, key: PointKey | None, point: Point | None, reading: Reading | None, frame: Frame | None
    ) -> None:
        """Show another value, or a newer exchange of the same one."""
        if key != self._key:
            self._hold.setChecked(False)
        self._key, self._point, self._reading, self._frame = key, point, reading, frame
        self._fill()

    def copy(self) -> None:
        """Put the whole trace on the clipboard."""
        QGuiApplication.clipboard().setText(self.as_text())

    def as_text(self) -> str:
        """Everything shown, as plain text."""
        if self._key is None or self._point is None:
            return ""
        title = self._point.title(i18n.current())
        facts = [*self._value_facts(), *self._register_facts()]
        return trace_facts.as_text(title, facts, self._shown_frame(), self._zone, self.kind)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """Set every text again."""
        self._hold.setText(self.tr("Hold"))
        self._hold.setToolTip(self.tr("Keep this exchange on the screen"))
        self._copy.setText(self.tr("Copy"))
        self._close.setText(self.tr("Close"))
        self._fill()

    def _value_facts(self) -> list[Fact]:
        if self._point is None:
            return []
        facts = trace_facts.value_facts(self._point, self._reading, self._zone, self.names)
        return [*facts, *trace_facts.choice_facts(self._point, self.device)]

    def _register_facts(self) -> list[Fact]:
        if self._point is None or self._key is None:
            return []
        place = self.device.place if self.device is not None else ""
        return trace_facts.register_facts(self._point, self._key, self._reading, place)

    def _fill(self) -> None:
        shown = self._key is not None and self._point is not None
        self._column.removeWidget(self._bytes)  # a message of many lines comes after what is said of the value
        self._column.insertWidget(1 if self.kind == "ocpp" else 0, self._bytes)
        self._title.setText(self._point.title(i18n.current()) if self._point else self.tr("Trace"))
        self._hint.setText("" if shown else self.tr("Choose a value above to see where it comes from."))
        self._copy.setEnabled(shown)
        self._hold.setEnabled(shown)
        fill_facts(self._left, self._value_facts())
        fill_facts(self._right, self._register_facts())
        self._bytes.setText(self._frame_html() if shown else "")

    def _frame_html(self) -> str:
        origin = self._reading.provenance if self._reading else None
        if origin is None:
            return ""
        if self._frame is None:
            text = self.tr("The frame has left the memory; the newest 2000 exchanges of each link are kept.")
            return f"<span style='color:{_name('secondary')}'>{html.escape(text)}</span>"
        line, tone = trace_facts.frame_line(self._frame, self._zone)
        colour = _name("secondary" if tone == "healthy" else tone)
        if self._point is not None and self._point.secret:
            hidden = self.tr("The frame holds what is secret: it is not shown.")
            return f"<p style='color:{colour};margin:0'>{html.escape(line)}<br>{html.escape(hidden)}</p>"
        rows = "".join(
            f"<tr><td style='color:{_name('secondary')};padding-right:16px' width='96'>{html.escape(title)}</td>"
            f'<td style="font-family:{MONO}">{text}</td></tr>'
            for title, text in self._frame_rows(self._frame, origin)
        )
        head = f"<p style='color:{colour};margin:0 0 4px 0'>{html.escape(line)}</p>"
        return f"{head}<table cellspacing='0' cellpadding='0'>{rows}</table>"

    def _frame_rows(self, frame: Frame, origin: Provenance) -> list[tuple[str, str]]:
        """What was sent and received, as HTML, with the value marked."""
        if self.kind == "can" and len(frame.received) >= trace_places.IDENTIFIER:
            identifier, _data = frame_text.can_parts(frame.received)
            marked = trace_places.can_bytes(trace_places.dbc_text(self.dbc), origin.path, len(frame.received))
            inside = frozenset(place - trace_places.IDENTIFIER for place in marked)
            return [(self.tr("Identifier"), identifier), (self.tr("Data"), bytes_html(_data, inside))]
        if self.kind == "ocpp":
            answers = [(self.tr("Received"), frame.received), (self.tr("Sent"), frame.sent)]
            runs = [
                (title, trace_places.json_runs(data.decode("utf-8", "replace"), origin.path, origin.raw))
                for title, data in answers
                if data
            ]
            return [(title, runs_html(found)) for title, found in runs]
        marked = trace.places(frame, trace.addresses(self._point, origin), origin.words)
        return [(self.tr("Sent"), bytes_html(frame.sent)), (self.tr("Received"), bytes_html(frame.received, marked))]

    def _shown_frame(self) -> Frame | None:
        """The frame, unless it holds what is secret."""
        return None if self._point is not None and self._point.secret else self._frame


def runs_html(runs: Sequence[trace.Run]) -> str:
    """Text of several lines, the marked runs on the accent's ground."""
    style = f"background-color:{_name('accent')};color:{_name('accent_text')};font-weight:600"
    parts = [
        f"<span style='{style}'>&nbsp;{html.escape(run.text)}&nbsp;</span>" if run.marked else html.escape(run.text)
        for run in runs
    ]
    return f"<span style='white-space:pre-wrap'>{''.join(parts)}</span>"


def bytes_html(data: bytes, marked: frozenset[int] = frozenset()) -> str:
    """Bytes in hex, the marked ones on the accent's ground."""
    if not data:
        return "—"
    style = f"background-color:{_name('accent')};color:{_name('accent_text')};font-weight:600"
    return " ".join(
        f"<span style='{style}'>&nbsp;{run.text.replace(' ', '&nbsp;')}&nbsp;</span>" if run.marked else run.text
        for run in trace.runs(data, marked)
    )


def _name(role: str) -> str:
    return look().colour(role).name()
