"""Which device, and which of its couplings: a card each, with a small drawing and what is known of it so far."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from core.couplings.checks import Verdict
from core.couplings.guide import Configuration
from gui import formatting, i18n
from gui.models.couplings import Assistants
from gui.models.couplings_results import result_words
from gui.pages.couplings_diagram import CouplingDiagram
from gui.sentences import localised
from gui.theme import GAP, RADIUS, look
from gui.widgets.card import Dot, Line, Message, Paragraph, Text
from gui.widgets.scrolled import scrolled

NARROW = 900  # width under which two cards stand in a row


class ConfigurationCard(QAbstractButton):
    """One configuration; pressing it opens its assistant."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.configuration = ""
        self._ringed = False
        self.drawing = CouplingDiagram(compact=True)
        self.title, self.summary, self.state = Text("", "card"), Paragraph(), Line()
        self._dot = Dot()
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._dot)
        foot.addWidget(self.state, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(4)
        column.addWidget(self.title)
        column.addWidget(self.summary)
        column.addWidget(self.drawing, 1)
        column.addLayout(foot)
        for widget in (self.drawing, self.title, self.summary, self.state, self._dot):
            widget.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        look().changed.connect(self.update)

    def show_configuration(self, configuration: Configuration, sense: str, state: str, tone: str) -> None:
        """Show this one, and how far it is."""
        language = i18n.current()
        self.configuration = configuration.id
        self.drawing.show_parts(configuration.parts, sense)
        self.title.setText(configuration.title.text(language))
        self.summary.setText(configuration.summary.text(language))
        self.state.set_line(state)
        self.setToolTip(state)
        self._dot.set_role(tone)
        words = [configuration.title.text(language), configuration.summary.text(language), state]
        self.setAccessibleName(formatting.joined(words))

    def sizeHint(self) -> QSize:
        return QSize(300, 204)

    def minimumSizeHint(self) -> QSize:
        return QSize(220, 196)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ringed = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        super().focusInEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.update()
        super().leaveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ringed = self._ringed and self.hasFocus()
        painter.setPen(look().pen("accent" if ringed or self.underMouse() else "hairline", 2.0 if ringed else 1.0))
        painter.setBrush(look().colour("card"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), RADIUS, RADIUS)


class ChoosePanel(QWidget):
    """``chosen(str)``: a configuration. Says so where the site has no device that an assistant fits."""

    chosen = Signal(str)

    def __init__(self, assistants: Assistants, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._assistants = assistants
        self.device, self.hint, self.trouble = QComboBox(), Paragraph(), Paragraph("", "text")
        self.cards: list[ConfigurationCard] = []
        self.empty = Message()
        self._label = Text("", "secondary")
        self._columns = 0
        self._build()
        self.device.activated.connect(self._choose_device)
        self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def refresh(self) -> None:
        """Show everything again."""
        views, known = self._assistants.devices(), self._assistants.couplings
        self._label.setText(self.tr("Device"))
        self.hint.setText(
            self.tr(
                "Choose how the installation is built. Wiring, settings and checks follow step by step; nothing is "
                "written to the device from here without review."
            )
        )
        self.trouble.setText(self._trouble_words())
        self.trouble.setVisible(bool(self._assistants.trouble))
        self._fill_devices()
        entries = known.configurations if known is not None else ()
        while len(self.cards) < len(entries):
            card = ConfigurationCard()
            card.clicked.connect(lambda _=False, card=card: self.chosen.emit(card.configuration))
            self.cards.append(card)
            self._columns = 0
        view = self._assistants.device
        for card, entry in zip(self.cards, entries, strict=False):
            progress = self._assistants.kept.of(view.id if view is not None else "", entry.id)
            card.show_configuration(entry, progress.sense, *self._state(entry))
        for row, card in enumerate(self.cards):
            card.setVisible(row < len(entries))
        self._arrange()
        some = bool(views)
        self._scroll.setVisible(some)
        self.empty.setVisible(not some)
        if not self._assistants.loaded:
            self.empty.say(self.tr("Reading the assistants…"))
        else:
            self.empty.say(
                self.tr("This site has no AURA"),
                self.tr("The assistants fit inverters with the profile aura/hybrid. Find or add one, then come back."),
            )
        if self._assistants.trouble and not self._assistants.loaded:
            self.empty.say(self.tr("The assistants cannot be shown"), localised(self._assistants.trouble), "fault")

    def _trouble_words(self) -> str:
        return self.tr("What is ticked here cannot be kept: {0}").format(localised(self._assistants.trouble))

    def _state(self, entry: Configuration) -> tuple[str, str]:
        """Words and tone of how far a configuration is."""
        view = self._assistants.device
        if view is None:
            return "", "tertiary"
        progress = self._assistants.kept.of(view.id, entry.id)
        line = self._assistants.earlier.get((view.id, entry.id))
        if line is not None and (progress.begun is None or progress.begun <= line.at):
            return result_words(line, self._assistants.zone)
        if progress.begun is None:
            return self.tr("not begun"), "tertiary"
        passed = sum(result.finding.verdict is Verdict.PASS for result in progress.results.values())
        failed = any(result.finding.verdict is Verdict.FAIL for result in progress.results.values())
        words = self.tr("under way: {0} checks passed").format(passed)
        return words, "fault" if failed else "accent"

    def _fill_devices(self) -> None:
        views, chosen = self._assistants.devices(), self._assistants.device
        wanted = [(view.config.title, view.id) for view in views]
        there = [(self.device.itemText(row), self.device.itemData(row)) for row in range(self.device.count())]
        if wanted != there:
            self.device.clear()
            for title, device in wanted:
                self.device.addItem(title, device)
        self.device.setCurrentIndex(next((row for row, view in enumerate(views) if view is chosen or (
            chosen is not None and view.id == chosen.id)), -1))  # fmt: skip
        self.device.setEnabled(len(views) > 1)
        self.device.setAccessibleName(self.tr("Device"))

    def _choose_device(self, row: int) -> None:
        self._assistants.choose_device(str(self.device.itemData(row)))

    def _build(self) -> None:
        self.device.setMinimumWidth(260)
        self.trouble.set_tone("warning")
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._label)
        head.addWidget(self.device)
        head.addWidget(self.hint, 1)
        self._grid = QGridLayout()
        self._grid.setSpacing(GAP)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addLayout(head)
        column.addWidget(self.trouble)
        column.addLayout(self._grid, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        self._scroll = scrolled(content)
        whole.addWidget(self._scroll, 1)
        whole.addWidget(self.empty, 1)

    def _arrange(self) -> None:
        columns = 2 if self.width() < NARROW else 3
        if columns == self._columns:
            return
        self._columns = columns
        for card in self.cards:
            self._grid.removeWidget(card)
        for row, card in enumerate(self.cards):
            self._grid.addWidget(card, row // columns, row % columns)
        for column in range(3):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
