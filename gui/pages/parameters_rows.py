"""Lines of a review and of a run: what changes, and what is to be known of it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from gui.widgets.card import Line, Paragraph, Text
from gui.widgets.mark import SIDE, Mark

NAME, CHANGE, RIGHT = 168, 152, 116
NARROW = 700
TOP = Qt.AlignmentFlag.AlignTop


class ChangeRow(QWidget):
    """Name and device, what changes, what is said of it; a sentence below where something is wrong."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name, self.device = Paragraph("", "text"), Line("", "secondary")
        self.change, self.middle, self.right = Paragraph("", "strong"), Paragraph("", "text"), Text("", "secondary")
        self.below = Paragraph("", "text")
        self.mark = Mark("tertiary")
        self.right.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        self.right.setWordWrap(True)
        self.below.set_tone("fault")
        self.below.hide()
        self.mark.hide()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 4, 0, 4)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(2)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._narrow: bool | None = None
        self.set_narrow(False)

    def set_narrow(self, narrow: bool) -> None:
        """What is said of it stands below what changes."""
        if narrow == self._narrow:
            return
        self._narrow = narrow
        grid = self._grid
        for widget in (self.mark, self.name, self.device, self.change, self.middle, self.right, self.below):
            grid.removeWidget(widget)
        grid.setColumnMinimumWidth(0, 0)
        grid.addWidget(self.mark, 0, 0, TOP)
        grid.addWidget(self.name, 0, 1, 2 if narrow else 1, 1, TOP)  # of two lines beside two of one each
        grid.addWidget(self.device, 2 if narrow else 1, 1, TOP)
        grid.addWidget(self.change, 0, 2, 1 if narrow else 2, 1, TOP)
        if narrow:
            grid.addWidget(self.middle, 1, 2, 2, 2, TOP)
            grid.addWidget(self.right, 0, 3, TOP)
        else:
            grid.addWidget(self.middle, 0, 3, 2, 1, TOP)
            grid.addWidget(self.right, 0, 4, 2, 1, TOP)
        grid.addWidget(self.below, 3, 1, 1, 4)
        self.name.setFixedWidth(NAME if not narrow else NAME - 24)
        self.device.setFixedWidth(NAME if not narrow else NAME - 24)
        self.change.setFixedWidth(CHANGE) if not narrow else self.change.setMinimumWidth(CHANGE)
        if narrow:
            self.change.setMaximumWidth(16_777_215)
        grid.setColumnStretch(2, 1 if narrow else 0)
        grid.setColumnStretch(3, 0 if narrow else 1)
        self.right.setFixedWidth(RIGHT)

    def show_mark(self, role: str, words: str) -> None:
        """A sign before the name."""
        self.mark.role = role
        self.mark.setAccessibleName(words)
        self.mark.setToolTip(words)
        self.mark.setFixedSize(SIDE, SIDE + 2)
        self.mark.show()
        self.mark.update()

    def say_below(self, sentence: str) -> None:
        """A sentence below, or none."""
        self.below.setText(sentence)
        self.below.setVisible(bool(sentence))


def wanted_height(lines: QWidget, width: int) -> int:
    """How high the lines would be, their sentences wrapped at this width."""
    layout = lines.layout()
    if layout is None:
        return 0
    layout.invalidate()
    return layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else layout.totalSizeHint().height()
