"""The line above the parameters: the search over every device, what is seldom needed, reading, and the review."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QPushButton, QToolButton, QWidget

WAIT_MS = 150  # after a key, before it is searched


class ParameterTools(QWidget):
    """``sought(str)`` while one types, ``entered()``, ``down()`` and ``left()`` for the keys Enter, Down and Escape."""

    sought = Signal(str)
    entered = Signal()
    down = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.search, self.more, self.menu = QLineEdit(), QToolButton(), QMenu(self)
        self.read_all, self.check = QPushButton(), QPushButton()
        self.details, self.export, self.undo = QAction(self.menu), QAction(self.menu), QAction(self.menu)
        self._wait = QTimer(self)
        self._build()
        self.retranslate()

    @property
    def text(self) -> str:
        """What is searched for."""
        return self.search.text().strip()

    def find_now(self) -> None:
        """Search at once for what stands there."""
        self._wait.stop()
        self.sought.emit(self.text)

    def clear(self) -> None:
        """Search for nothing any more."""
        self.search.clear()
        self.find_now()

    def show_count(self, count: int, enabled: bool) -> None:
        """How many edits wait, over all devices."""
        texts = {0: self.tr("Check"), 1: self.tr("Check 1 write")}
        self.check.setText(texts.get(count, self.tr("Check {0} writes").format(count)))
        self.check.setEnabled(count > 0 and enabled)

    def show_reading(self, reading: bool) -> None:
        """Whether the device is being read."""
        self.read_all.setText(self.tr("Stop reading") if reading else self.tr("Read all"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.search and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            signal = {Qt.Key.Key_Down: self.down, Qt.Key.Key_Escape: self.left}.get(Qt.Key(event.key()))
            if signal is not None:
                signal.emit()
                return True
        return super().eventFilter(watched, event)

    def retranslate(self) -> None:
        """Set every text again, those apart that tell a state."""
        self.search.setPlaceholderText(self.tr("Find a parameter"))
        self.search.setAccessibleName(self.tr("Find a parameter"))
        self.search.setToolTip(self.tr("Search the parameters of every device"))
        self.more.setText("⋯")
        self.more.setToolTip(self.tr("Details, export, put back"))
        self.more.setAccessibleName(self.tr("More"))
        self.details.setText(self.tr("Details of the parameter"))
        self.export.setText(self.tr("Export as CSV…"))
        self.undo.setText(self.tr("Put back the last run…"))
        self.check.setToolTip(self.tr("Show what would be written, over all devices, before anything is sent"))
        self.read_all.setToolTip(self.tr("Read every parameter of this device now"))

    def _build(self) -> None:
        self.search.setClearButtonEnabled(True)
        self.search.setMaximumWidth(320)
        self.search.textChanged.connect(self._wait_and_find)
        self.search.returnPressed.connect(self._enter)
        self.search.installEventFilter(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(WAIT_MS)
        self._wait.timeout.connect(self.find_now)
        self.check.setProperty("kind", "primary")
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more.setMenu(self.menu)
        self.details.setCheckable(True)
        self.details.setShortcut(QKeySequence("Ctrl+I"))
        self.details.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.menu.addActions([self.details, self.export, self.undo])
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.search, 1)
        row.addStretch(1)
        for widget in (self.more, self.read_all, self.check):
            row.addWidget(widget)

    def _wait_and_find(self) -> None:
        self._wait.start()

    def _enter(self) -> None:
        self.find_now()
        self.entered.emit()
