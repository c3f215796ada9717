"""From a value to its bytes: register, words, factor, source and the last frame with the value's words marked."""

from __future__ import annotations

import html
from datetime import tzinfo

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from core.frames import Frame
from core.points import Point, PointKey, Reading
from gui import i18n
from gui.models import trace, trace_facts
from gui.models.trace_facts import Fact
from gui.sentences import Names
from gui.theme import look
from gui.widgets.card import Text

MONO = "'DejaVu Sans Mono', 'Cascadia Mono', Consolas, 'Liberation Mono', monospace"


class TracePanel(QFrame):
    """The drawer below the table. ``closed()`` when the user has seen enough."""

    closed = Signal()

    def __init__(self, zone: tzinfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._zone = zone
        self.names: Names = str  # titles of the options of the device shown
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
        self._left, self._right = QGridLayout(), QGridLayout()
        columns = QHBoxLayout()
        columns.setSpacing(32)
        for grid in (self._left, self._right):
            grid.setHorizontalSpacing(16)
            grid.setVerticalSpacing(4)
            grid.setColumnStretch(1, 1)
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
        return trace_facts.as_text(title, [*self._value_facts(), *self._register_facts()], self._frame, self._zone)

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
        return trace_facts.value_facts(self._point, self._reading, self._zone, self.names) if self._point else []

    def _register_facts(self) -> list[Fact]:
        if self._point is None or self._key is None:
            return []
        return trace_facts.register_facts(self._point, self._key, self._reading)

    def _fill(self) -> None:
        shown = self._key is not None and self._point is not None
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
        marked = trace.places(self._frame, trace.addresses(self._point, origin), origin.words)
        rows = "".join(
            f"<tr><td style='color:{_name('secondary')};padding-right:16px' width='96'>{html.escape(title)}</td>"
            f'<td style="font-family:{MONO}">{text}</td></tr>'
            for title, text in (
                (self.tr("Sent"), bytes_html(self._frame.sent)),
                (self.tr("Received"), bytes_html(self._frame.received, marked)),
            )
        )
        head = f"<p style='color:{colour};margin:0 0 4px 0'>{html.escape(line)}</p>"
        return f"{head}<table cellspacing='0' cellpadding='0'>{rows}</table>"


def bytes_html(data: bytes, marked: frozenset[int] = frozenset()) -> str:
    """Bytes in hex, the marked ones on the accent's ground."""
    if not data:
        return "—"
    style = f"background-color:{_name('accent')};color:{_name('accent_text')};font-weight:600"
    return " ".join(
        f"<span style='{style}'>&nbsp;{run.text.replace(' ', '&nbsp;')}&nbsp;</span>" if run.marked else run.text
        for run in trace.runs(data, marked)
    )


def fill_facts(grid: QGridLayout, facts: list[Fact]) -> None:
    """Show the facts in a grid of two columns, reusing the labels that are there."""
    for row, fact in enumerate(facts):
        label, text = _pair(grid, row)
        label.setText(fact.label)
        text.setText(fact.text)
        text.set_tone("warning" if fact.warn else "")
        label.show()
        text.show()
    for row in range(len(facts), grid.rowCount()):
        for column in (0, 1):
            if (item := grid.itemAtPosition(row, column)) is not None and (widget := item.widget()) is not None:
                widget.hide()


def _pair(grid: QGridLayout, row: int) -> tuple[Text, Text]:
    first, second = grid.itemAtPosition(row, 0), grid.itemAtPosition(row, 1)
    if first is not None and second is not None:
        label, text = first.widget(), second.widget()
        if isinstance(label, Text) and isinstance(text, Text):
            return label, text
    label, text = Text("", "secondary"), Text("")
    label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
    label.setMinimumWidth(96)
    text.setWordWrap(True)
    text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    grid.addWidget(label, row, 0)
    grid.addWidget(text, row, 1)
    return label, text


def _name(role: str) -> str:
    return look().colour(role).name()
