"""Which files (or which station) are beside each other, what came of the last step, what is asked before the next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QMenu, QPushButton, QToolButton, QWidget

from core.evlink.files import Opened
from gui.theme import CONTROL, look
from gui.widgets.card import Card, Dot, Line, Paragraph, Text
from gui.widgets.confirm import Confirm
from gui.widgets.icons import icon

if TYPE_CHECKING:
    from gui.models.devices import Shown


class CfgFiles(Card):
    """Two lines of file and facts with their buttons; below them the last result and the question.

    ``open_asked()``, ``compare_file_asked()``, ``compare_station_asked(str)``, ``end_asked()``, ``read_asked()`` (the
    station's configuration), ``save_asked()``.
    """

    open_asked = Signal()
    compare_file_asked = Signal()
    compare_station_asked = Signal(str)
    end_asked = Signal()
    read_asked = Signal()
    save_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent, inner=16)
        self.left_name, self.left_facts, self.right_name, self.right_facts = (
            Text("", "strong"),
            Line(),
            Text("", "strong"),
            Line(),
        )
        self._left_label, self._right_label = Text("", "secondary"), Text("", "secondary")
        self.open, self.save, self.end, self.read = (QPushButton() for _ in range(4))
        self.compare = QToolButton()
        self._dot, self._result = Dot(), Paragraph(kind="text")
        self.question = Confirm()
        self._menu = QMenu(self)
        self._stations: Sequence[Shown] = ()
        self._left: Opened | None = None
        self._compared = False
        self._edits = self._wrong = 0
        self._build()
        self.retranslate()

    @property
    def result(self) -> str:
        """What came of the last step."""
        return self._result.text()

    def show_left(self, opened: Opened | None, facts: str = "") -> None:
        """Show the file that is edited, with what is known of it."""
        self._left = opened
        self.left_name.setText(opened.path.name if opened is not None else self.tr("no file"))
        self.left_facts.set_line(facts)
        self.left_facts.setToolTip(str(opened.path) if opened is not None else "")
        self.left_name.setToolTip(str(opened.path) if opened is not None else "")
        for widget in (self.save, self.compare, self._right_label):
            widget.setVisible(opened is not None)
        self._dress()

    def show_right(self, name: str, facts: str, *, station: bool = False, tip: str = "") -> None:
        """Show what it is compared with; no name: nothing."""
        self._compared = bool(name)
        self.right_name.setText(name or self.tr("nothing"))
        self.right_name.set_tone("" if name else "secondary")
        self.right_name.setToolTip(tip)
        self.right_facts.set_line(facts)
        self.right_facts.setVisible(bool(facts))
        self.right_name.setVisible(self._left is not None)
        self.end.setVisible(bool(name))
        self.read.setVisible(bool(name) and station)

    def show_edits(self, count: int, wrong: int) -> None:
        """How many values wait to be saved, and how many of them mean nothing."""
        self._edits, self._wrong = count, wrong
        if count == 0:
            text = self.tr("Save as…")
        else:
            text = self.tr("Save 1 edit as…") if count == 1 else self.tr("Save {0} edits as…").format(count)
        self.save.setText(text)
        self.save.setEnabled(not wrong)
        self.save.setProperty("kind", "primary" if count else "")
        self.save.style().unpolish(self.save)
        self.save.style().polish(self.save)

    def offer(self, stations: Sequence[Shown]) -> None:
        """The stations a file can be compared with."""
        self._stations = stations
        self._menu.clear()
        file = QAction(self.tr("With another file…"), self._menu)
        file.triggered.connect(self.compare_file_asked)
        self._menu.addAction(file)
        for station in stations:
            entry = QAction(self.tr("With {0}, over OCPP").format(station.name), self._menu)
            entry.triggered.connect(lambda _=False, device=station.id: self.compare_station_asked.emit(device))
            self._menu.addAction(entry)

    def say(self, words: str, role: str = "tertiary") -> None:
        """The result of a step; nothing: none."""
        self._result.setText(words)
        self._result.set_tone(role if role in ("warning", "fault") else "")
        self._dot.set_role(role)
        for widget in (self._dot, self._result):
            widget.setVisible(bool(words))
        self._result.setAccessibleName(words)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """Set every text again; the page says again what is on both sides."""
        self._left_label.setText(self.tr("File"))
        self._right_label.setText(self.tr("Compared with"))
        self.open.setText(self.tr("Open…"))
        self.open.setToolTip(self.tr("Open a .cfg file that an EVlink station has exported; or drop it here"))
        self.compare.setText(self.tr("Compare"))
        self.compare.setAccessibleName(self.tr("Compare"))
        self.end.setText(self.tr("End the comparison"))
        self.read.setText(self.tr("Read now"))
        self.read.setToolTip(self.tr("Ask the station for its configuration; nothing is changed in it"))
        self.offer(self._stations)
        self.show_edits(self._edits, self._wrong)
        self.question.put_away()

    def _build(self) -> None:
        self.compare.setMenu(self._menu)
        self.compare.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.compare.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.compare.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # its arrow behind its word
        self.compare.setIconSize(QSize(12, 12))
        self.compare.setFixedHeight(CONTROL)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(2, 1)
        for line, (label, name, facts, buttons) in enumerate(
            (
                (self._left_label, self.left_name, self.left_facts, (self.open, self.save)),
                (self._right_label, self.right_name, self.right_facts, (self.read, self.end, self.compare)),
            )
        ):
            row = QHBoxLayout()
            row.setSpacing(8)
            for button in buttons:
                row.addWidget(button)
            grid.addWidget(label, line, 0)
            grid.addWidget(name, line, 1)
            grid.addWidget(facts, line, 2)
            grid.addLayout(row, line, 3, Qt.AlignmentFlag.AlignRight)
        said = QHBoxLayout()
        said.setSpacing(8)
        said.addWidget(self._dot, 0, Qt.AlignmentFlag.AlignVCenter)
        said.addWidget(self._result, 1)
        self.body.addLayout(grid)
        self.body.addLayout(said)
        self.body.addWidget(self.question)
        for button, signal in (
            (self.open, self.open_asked),
            (self.save, self.save_asked),
            (self.read, self.read_asked),
            (self.end, self.end_asked),
        ):
            button.clicked.connect(signal)
        look().changed.connect(self._dress)
        self.say("")
        self.show_right("", "")

    def _dress(self) -> None:
        self.compare.setIcon(icon("chevron-dark" if look().theme.dark else "chevron-light", "secondary", 12))
        self.open.setProperty("kind", "" if self._left is not None else "primary")
        self.open.style().unpolish(self.open)
        self.open.style().polish(self.open)
