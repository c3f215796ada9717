"""The pages of the window: built when they are first shown, with what each of them remembers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressBar, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from gui.pages import Page
from gui.settings import Settings
from gui.widgets.card import Message

Wires = Iterable[tuple[str, Callable[..., object]]]
"""Names of signals that a page may have, and what they call."""


class PageStack(QStackedWidget):
    """Pages by name. ``wait`` shows that there is none for a while."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.built: dict[str, QWidget] = {}
        self._between, self._words = QWidget(), Message()
        bar = QProgressBar()
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        bar.setFixedWidth(240)
        column = QVBoxLayout(self._between)
        column.addStretch(1)
        column.addWidget(self._words)
        column.addWidget(bar)
        column.setAlignment(bar, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)

    @property
    def page(self) -> str:
        """Name of the page shown; empty while there is none."""
        return next((name for name, widget in self.built.items() if widget is self.currentWidget()), "")

    def show_page(self, page: Page, make: Callable[[], QWidget], wires: Wires, settings: Settings) -> QWidget:
        """Show a page; ``make`` builds it if it was not yet."""
        if page.name not in self.built:
            widget = self.built[page.name] = make()
            self.addWidget(widget)
            for name, slot in wires:
                if (signal := getattr(widget, name, None)) is not None:
                    signal.connect(slot)
            self._restore(page.name, widget, settings)
        self.setCurrentWidget(self.built[page.name])
        return self.built[page.name]

    def wait(self, words: str, detail: str) -> None:
        """Say what is being done instead of showing a page."""
        self._words.say(words, detail)
        self.addWidget(self._between)
        self.setCurrentWidget(self._between)

    def remember(self, settings: Settings) -> None:
        """Keep what the pages want to find again."""
        for name, widget in self.built.items():
            if isinstance(state := call(widget, "save_state"), str):
                settings.set_site_text(f"page-{name}", state)
            for row, splitter in enumerate(widget.findChildren(QSplitter)):
                settings.set_site_bytes(f"splitter-{name}-{row}", splitter.saveState())

    def stop_all(self) -> None:
        """End what the pages do beside."""
        for widget in self.built.values():
            call(widget, "stop")

    def clear(self) -> None:
        """Stop the pages and take them out."""
        self.stop_all()
        for widget in self.built.values():
            self.removeWidget(widget)
            widget.deleteLater()
        self.built.clear()

    def _restore(self, name: str, widget: QWidget, settings: Settings) -> None:
        if state := settings.site_text(f"page-{name}"):
            call(widget, "restore_state", state)
        for row, splitter in enumerate(widget.findChildren(QSplitter)):
            kept = settings.site_bytes(f"splitter-{name}-{row}")
            if not kept.isEmpty():
                splitter.restoreState(kept)


def call(page: QWidget | None, name: str, *arguments: object) -> object:
    """Call what a page may offer; None when it does not."""
    offered = cast("Any", getattr(page, name, None))
    return offered(*arguments) if callable(offered) else None
