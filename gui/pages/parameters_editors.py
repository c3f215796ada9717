"""The fields in which parameters are edited: a text with its unit, a choice, the bits of a word."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QFrame, QLineEdit, QVBoxLayout, QWidget

from core.points import Value
from core.writing import values
from gui.theme import TEXT, look

Choices = Sequence[tuple[Value, str]]


class FieldEditor(QLineEdit):
    """A line of text with the unit at its right end."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.unit = ""

    def set_unit(self, unit: str) -> None:
        """The unit that is meant when none is typed."""
        self.unit = unit
        metrics = self.fontMetrics()
        self.setTextMargins(0, 0, metrics.horizontalAdvance(unit) + 6 if unit else 0, 0)

    def type_first(self, text: str) -> None:
        """The key that began the edit is the first of the text."""
        self.setText(text)
        self.setModified(True)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.unit:
            painter = QPainter(self)
            painter.setFont(look().font(TEXT))
            painter.setPen(look().colour("secondary"))
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(self.rect().adjusted(0, 0, -11, 0), right, self.unit)


class ChoiceEditor(QComboBox):
    """One of several values. What the device holds, where it is none of them, can be seen and not be chosen."""

    def __init__(self, choices: Choices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.touched = False
        self._choices = list(choices)
        for _, words in self._choices:
            self.addItem(words)
        self.setCurrentIndex(-1)
        self.activated.connect(self._touch)

    def value(self) -> Value:
        """The value that is chosen."""
        return self._choices[self.currentIndex()][0] if self.currentIndex() >= 0 else None

    def show_value(self, value: Value) -> None:
        """Begin with this value."""
        if not self.touched:
            found = [row for row, (choice, _) in enumerate(self._choices) if values.same(choice, value)]
            self.setCurrentIndex(found[0] if found else -1)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self, self.showPopup)

    def _touch(self) -> None:
        self.touched = True


class BitsEditor(QFrame):
    """The bits of a word, each with its box. ``left()`` when the keyboard goes elsewhere."""

    left = Signal()

    def __init__(self, choices: Choices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("confirm")
        self.setAutoFillBackground(True)
        self.touched = False
        self._names = [str(name) for name, _ in choices]
        self.boxes = [QCheckBox(words) for _, words in choices]
        self._foreign: tuple[str, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 4, 12, 4)
        column.setSpacing(0)
        for box in self.boxes:
            box.clicked.connect(self._touch)
            box.installEventFilter(self)
            column.addWidget(box)
        if self.boxes:
            self.setFocusProxy(self.boxes[0])

    def value(self) -> Value:
        """The bits that are ticked; those without a name stay as they are."""
        ticked = [name for name, box in zip(self._names, self.boxes, strict=True) if box.isChecked()]
        return (*ticked, *self._foreign)

    def show_value(self, value: Value) -> None:
        """Begin with these bits."""
        if self.touched:
            return
        found = value if isinstance(value, tuple) else ()
        self._foreign = tuple(name for name in found if name not in self._names)
        for name, box in zip(self._names, self.boxes, strict=True):
            box.setChecked(name in found)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            QTimer.singleShot(0, self, self._look_where)
        return super().eventFilter(watched, event)

    def _look_where(self) -> None:
        focus = QApplication.focusWidget()
        if focus is None or not self.isAncestorOf(focus):
            self.left.emit()

    def _touch(self) -> None:
        self.touched = True
