"""Calm containers and texts that every page is made of: Card, Text, Chip, Message."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from gui.theme import GAP, INNER, RADIUS, look


class Text(QLabel):
    """A label of one kind: "title", "card", "text", "strong", "secondary", "small", "figure".

    ``tone`` is a colour role: see ``set_tone``.
    """

    def __init__(self, text: str = "", kind: str = "text", tone: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setProperty("kind", kind)
        self.setProperty("tone", tone)
        self.setTextFormat(Qt.TextFormat.PlainText)

    def set_tone(self, tone: str) -> None:
        """Another colour role: "", "secondary", "tertiary", "healthy", "warning", "fault", "accent"."""
        if tone != self.property("tone"):
            self.setProperty("tone", tone)
            self.style().unpolish(self)
            self.style().polish(self)


class Paragraph(Text):
    """A text that wraps inside the room it is given, without asking for a height of its own."""

    def __init__(self, text: str = "", kind: str = "secondary", parent: QWidget | None = None) -> None:
        super().__init__(text, kind, "", parent)
        self.setWordWrap(True)

    def hasHeightForWidth(self) -> bool:
        return False  # or a scroll area around it takes preferred heights for least ones

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width(), self.heightForWidth(max(60, self.width())))

    def minimumSizeHint(self) -> QSize:
        return QSize(60, self.fontMetrics().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()


class Line(Text):
    """A text of one line that ends in an ellipsis where room is short; the whole of it is in the tool tip."""

    def __init__(self, text: str = "", kind: str = "secondary", parent: QWidget | None = None) -> None:
        super().__init__("", kind, "", parent)
        self._whole = ""
        self.set_line(text)

    def set_line(self, text: str, wrap: bool = False) -> None:
        """Show another text; ``wrap`` lets it take as many lines as it needs."""
        self._whole = text
        self.setWordWrap(wrap)
        self.setToolTip(text)
        self._fit()

    def line(self) -> str:
        """The whole text."""
        return self._whole

    def minimumSizeHint(self) -> QSize:
        return QSize(60, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if self.wordWrap():
            self.setText(self._whole)
            return
        room = max(60, self.width())
        self.setText(self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, room))


class Card(QFrame):
    """A rounded white (or dark) surface with an optional title line.

    ``card.body`` is the layout to fill; ``card.header`` holds the title and, at its right end, what
    ``add_to_header`` puts there. ``inner`` is the margin inside, 0 for a table that reaches the border.
    """

    def __init__(self, title: str = "", parent: QWidget | None = None, inner: int = INNER) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        whole = QVBoxLayout(self)
        whole.setSpacing(GAP - 4)
        self._whole = whole
        self.set_inner(inner)
        self._title = Text(title, "card")
        self.header = QHBoxLayout()
        self.header.setSpacing(8)
        self.header.addWidget(self._title)
        self.header.addStretch(1)
        whole.addLayout(self.header)
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        whole.addLayout(self.body, 1)
        self._title.setVisible(bool(title))

    def set_inner(self, inner: int) -> None:
        """Another margin inside."""
        self._whole.setContentsMargins(inner, inner, inner, inner)

    def set_title(self, title: str) -> None:
        """Show another title, or none."""
        self._title.setText(title)
        self._title.setVisible(bool(title))

    def set_spacing(self, spacing: int) -> None:
        """Another distance between the title line and the body."""
        self._whole.setSpacing(spacing)

    def add_to_header(self, widget: QWidget) -> None:
        """Put a widget at the right end of the title line."""
        self.header.addWidget(widget)


class Dot(QWidget):
    """A small round light of a colour role; always stands beside a word."""

    def __init__(self, role: str = "tertiary", diameter: int = 8, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._role, self._diameter = role, diameter
        self.setFixedSize(diameter + 2, diameter + 2)
        look().changed.connect(self.update)

    def set_role(self, role: str) -> None:
        """Another colour role."""
        if role != self._role:
            self._role = role
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look().colour(self._role))
        painter.drawEllipse(1, 1, self._diameter, self._diameter)


class Chip(QFrame):
    """A dot and a few words on a rounded ground: "4 links of 4"."""

    def __init__(self, text: str = "", role: str = "tertiary", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("chip")
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 0, 14, 0)
        row.setSpacing(8)
        self._dot, self._text = Dot(role), Text(text, "chip")
        row.addWidget(self._dot)
        row.addWidget(self._text)
        self.setFixedHeight(32)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    @property
    def text(self) -> str:
        """The words."""
        return self._text.text()

    def show_state(self, text: str, role: str, most: int = 0) -> None:
        """Other words and another colour; words wider than ``most`` pixels (0: any) go on in the tool tip."""
        metrics = self._text.fontMetrics()
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, most) if most else text
        self._text.setText(shown)
        self.setToolTip(text if shown != text else "")
        self._dot.set_role(role)
        self.setAccessibleName(text)


class Message(QWidget):
    """What stands where data will be: nothing yet, loading, or an error with what to do next."""

    def __init__(self, title: str = "", detail: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(INNER, INNER, INNER, INNER)
        column.setSpacing(4)
        self._title, self._detail = Text(title, "strong"), Text(detail, "secondary")
        for label in (self._title, self._detail):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(True)
        column.addStretch(1)
        column.addWidget(self._title)
        column.addWidget(self._detail)
        column.addStretch(1)

    @property
    def title(self) -> str:
        """The first line."""
        return self._title.text()

    def say(self, title: str, detail: str = "", tone: str = "") -> None:
        """Other words; ``tone`` "warning" or "fault" for trouble."""
        self._title.setText(title)
        self._title.set_tone(tone)
        self._detail.setText(detail)
        self._detail.setVisible(bool(detail))

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 64)


__all__ = ["GAP", "INNER", "RADIUS", "Card", "Chip", "Dot", "Message", "Text"]
