"""The sidebar: mark and name, one button per page, the site and the person at the bottom; slim in small windows."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QVBoxLayout, QWidget

from gui.pages import Page
from gui.theme import look
from gui.widgets.card import Text
from gui.widgets.icons import paint_icon
from gui.widgets.person import PersonBar

WIDE, SLIM = 216, 64


class NavButton(QAbstractButton):
    """One page. Icon and title, or the icon alone with the title as its tip."""

    def __init__(self, page: Page, shortcut: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.page, self._keys = page, shortcut
        self._slim = False
        self._ringed = False  # only a focus that came by the keyboard is drawn
        self.setCheckable(True)
        self.setFixedHeight(38)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        look().changed.connect(self.update)
        self.retranslate()

    def sizeHint(self) -> QSize:
        return QSize((SLIM if self._slim else WIDE) - 24, 38)

    def set_slim(self, slim: bool) -> None:
        """The icon alone, or with its title."""
        self._slim = slim
        self.update()

    def retranslate(self) -> None:
        """Set the texts again."""
        title = self.page.shown_title()
        self.setText(title)
        self.setToolTip(f"{title} ({self._keys})")
        self.setAccessibleName(title)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ringed = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        super().focusInEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()
        super().enterEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        chosen, hovered = self.isChecked(), self.underMouse()
        painter.setPen(look().pen("accent", 2) if self._ringed and self.hasFocus() else Qt.PenStyle.NoPen)
        ground = look().colour("selection") if chosen else look().colour("track", 0.6 if hovered else 0.0)
        painter.setBrush(ground)
        painter.drawRoundedRect(box, 9, 9)
        role = "selection_text" if chosen else "secondary"
        left = (self.width() - 19) / 2 if self._slim else 14.5
        paint_icon(painter, self.page.icon, QRectF(left, (self.height() - 19) / 2, 19, 19), look().colour(role))
        if not self._slim:
            painter.setFont(look().font("text", 600 if chosen else 500))
            painter.setPen(look().colour("selection_text" if chosen else "text"))
            where = box.adjusted(45, 0, -8, 0)
            painter.drawText(where, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())


class Mark(QWidget):
    """The logo and the name."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._slim = False
        self.setFixedHeight(66)
        self.setAccessibleName("Wattelier")
        look().changed.connect(self.update)

    def set_slim(self, slim: bool) -> None:
        """The logo alone, or with the name."""
        self._slim = slim
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left = (self.width() - 26) / 2 if self._slim else 21.0
        paint_icon(painter, "logo", QRectF(left, 23, 26, 26), look().colour("accent"))
        if not self._slim:
            painter.setFont(look().font("figure", 600))
            painter.setPen(look().colour("text"))
            painter.drawText(QRectF(56, 23, 150, 26), Qt.AlignmentFlag.AlignVCenter, "Wattelier")


class Sidebar(QFrame):
    """``chosen(int)`` when the user picks a page."""

    chosen = Signal(int)

    def __init__(self, pages: Sequence[Page], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sidebar")
        self._mark = Mark()
        self.buttons: list[NavButton] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 1, 16)
        column.setSpacing(0)
        column.addWidget(self._mark)
        self._list = QVBoxLayout()
        self._list.setContentsMargins(12, 0, 12, 0)
        self._list.setSpacing(4)
        group = QButtonGroup(self)
        for row, page in enumerate(pages):
            button = NavButton(page, f"Ctrl+{row + 1}")
            group.addButton(button, row)
            self._list.addWidget(button)
            self.buttons.append(button)
        group.idClicked.connect(self.chosen)
        column.addLayout(self._list)
        column.addStretch(1)
        self._foot = QWidget()
        foot = QVBoxLayout(self._foot)
        foot.setContentsMargins(20, 0, 16, 4)
        foot.setSpacing(3)
        rule = QFrame()
        rule.setObjectName("rule")
        rule.setFixedHeight(1)
        foot.addWidget(rule)
        foot.addSpacing(12)
        self._site, self._supply = Text("", "strong"), Text("", "secondary")
        for label in (self._site, self._supply):
            label.setWordWrap(True)
            foot.addWidget(label)
        column.addWidget(self._foot)
        self.person = PersonBar()
        column.addWidget(self.person)
        self.set_slim(False)

    def set_slim(self, slim: bool) -> None:
        """Icons alone, in windows too small for more."""
        self.setFixedWidth(SLIM if slim else WIDE)
        self._mark.set_slim(slim)
        self._foot.setVisible(not slim)
        self.person.set_slim(slim)
        for button in self.buttons:
            button.set_slim(slim)

    def select(self, row: int) -> None:
        """Mark a page as the one shown."""
        self.buttons[row].setChecked(True)

    def show_site(self, name: str, supply: str) -> None:
        """The site's name, and its phases and contract."""
        self._site.setText(name)
        self._supply.setText(supply)
        self._mark.setToolTip(f"{name}\n{supply}")

    def retranslate(self) -> None:
        """Set every text again."""
        for button in self.buttons:
            button.retranslate()
        self.person.retranslate()
