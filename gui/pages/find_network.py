"""Parts of the card that says where to look: a titled section, and a network with its exact range."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from core.errors import ProfileError
from gui import formatting
from gui.models.find import Subnet
from gui.sentences import localised
from gui.widgets.card import Paragraph, Text

Count = Callable[[str], int]


class Section(QWidget):
    """A titled part of the card; hidden titles are for parts with nothing in them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title, self.hint = Text("", "strong"), Paragraph()
        self.body = QVBoxLayout()
        self.body.setSpacing(2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 12)
        column.setSpacing(2)
        column.addWidget(self.title)
        column.addWidget(self.hint)
        column.addLayout(self.body)

    def say(self, title: str, hint: str) -> None:
        """Title and, where there is something to say, a line below it."""
        self.title.setText(title)
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))

    def clear(self) -> None:
        """Take out what was filled in."""
        while (item := self.body.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.setParent(None)
                widget.deleteLater()


class NetworkLine(QWidget):
    """A network with the exact range, which may be edited. ``changed()`` when it is ticked or edited."""

    changed = Signal()

    def __init__(self, subnet: Subnet, count: Count, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count, self._subnet = count, subnet
        self.tick, self.range = QCheckBox(), QLineEdit(subnet.network)
        self.tick.setChecked(bool(subnet.network))
        self.fault = Paragraph()
        self.fault.set_tone("fault")
        self.fault.hide()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.tick)
        row.addWidget(self.range, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2, 0, 2)
        column.setSpacing(2)
        column.addLayout(row)
        column.addWidget(self.fault)
        self.tick.toggled.connect(self._changed)
        self.range.textEdited.connect(self._edited)
        self.retranslate()

    def set_range(self, text: str) -> None:
        """Type another range, which ticks it."""
        self.range.setText(text)
        self._edited()

    def places(self) -> int:
        """How many addresses are wanted here; 0 when it is not ticked or makes no sense."""
        if not self.tick.isChecked() or not self.range.text().strip():
            return 0
        try:
            return self._count(self.range.text().strip())
        except ProfileError:
            return 0

    def retranslate(self) -> None:
        """Set every text again."""
        known = formatting.joined([self._subnet.title, self._subnet.address])
        self.range.setPlaceholderText(self.tr("another range or address: 192.168.1.10-40"))
        self.range.setToolTip(
            formatting.joined([known, self.tr("Modbus TCP, port 502; only this computer’s own networks are searched")])
        )
        self.range.setAccessibleName(self.tr("Range of addresses"))
        self.tick.setAccessibleName(self.tr("Search this range"))
        self._tell()

    def _edited(self) -> None:
        self.tick.setChecked(bool(self.range.text().strip()))
        self._changed()

    def _changed(self) -> None:
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        words = ""
        if self.tick.isChecked() and self.range.text().strip():
            try:
                self._count(self.range.text().strip())
            except ProfileError as err:
                words = localised(str(err))
        self.fault.setText(words)
        self.fault.setVisible(bool(words))
