"""Lines of label and text in two columns, filled again and again without building anew."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout

from gui.models.trace_facts import Fact
from gui.widgets.card import Text

LABEL_WIDTH = 96


def facts_grid(labels: int = 0) -> QGridLayout:
    """An empty grid of two columns; ``labels``: width of the first, so that grids below each other agree."""
    grid = QGridLayout()
    grid.setColumnMinimumWidth(0, labels)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(1, 1)
    return grid


def on_top(grid: QGridLayout) -> QVBoxLayout:
    """The grid with room below it: its lines keep their height beside a longer one."""
    column = QVBoxLayout()
    column.addLayout(grid)
    column.addStretch(1)
    return column


def fill_facts(grid: QGridLayout, facts: Sequence[Fact]) -> None:
    """Show the facts, reusing the labels that are there."""
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
    label.setMinimumWidth(LABEL_WIDTH)
    text.setWordWrap(True)
    text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    grid.addWidget(label, row, 0)
    grid.addWidget(text, row, 1)
    return label, text
