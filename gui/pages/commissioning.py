"""Commissioning: one tab for each of its tools. A tab is built when it is first shown."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QEvent, Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from gui.page_stack import call
from gui.theme import GAP
from gui.widgets.card import Message

if TYPE_CHECKING:
    from core.facade import Station
    from gui.bridge import Bridge
    from gui.session import Session


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab. ``title`` is English; ``place`` is "module:Class", built with ``(station, bridge)``.

    A tab may offer ``attach(Session)``, ``stop()``, ``save_state() -> str``, ``restore_state(str)`` and the signals of
    the page below.
    """

    name: str
    title: str
    place: str

    def shown_title(self) -> str:
        """The title in the current language."""
        return QCoreApplication.translate("commissioning", self.title)

    @property
    def there(self) -> bool:
        """Whether this program has it."""
        return find_spec(self.place.partition(":")[0]) is not None

    def build(self, station: Station, bridge: Bridge) -> QWidget:
        """Make it; called once."""
        module, _, name = self.place.partition(":")
        return cast("QWidget", getattr(import_module(module), name)(station, bridge))


TABS = (
    Tab("couplings", str(QT_TRANSLATE_NOOP("commissioning", "Couplings")), "gui.pages.couplings:CouplingsTab"),
    Tab("snapshots", str(QT_TRANSLATE_NOOP("commissioning", "Snapshots")), "gui.pages.snapshots:SnapshotsTab"),
    Tab("cfg", str(QT_TRANSLATE_NOOP("commissioning", "EVlink files")), "gui.pages.cfg:CfgTab"),
    Tab("journal", str(QT_TRANSLATE_NOOP("commissioning", "Journal")), "gui.pages.journal:JournalTab"),
)


class CommissioningPage(QWidget):
    """``edits_asked(list[Edit])``: values for the parameter panel; the others as with every page."""

    edits_asked = Signal(list)
    undo_asked = Signal(int)
    device_asked = Signal(str)
    curve_asked = Signal(list)
    page_asked = Signal(str)

    def __init__(
        self, station: Station, bridge: Bridge, parent: QWidget | None = None, tabs: Sequence[Tab] = TABS
    ) -> None:
        super().__init__(parent)
        self._station, self._bridge = station, bridge
        self._session: Session | None = None
        self._states: dict[str, str] = {}
        self.tabs = [tab for tab in tabs if tab.there]
        self.built: dict[str, QWidget] = {}
        self.bar, self._stack, self._empty = QTabBar(), QStackedWidget(), Message()
        self.bar.setDrawBase(False)
        self.bar.setExpanding(False)
        for tab in self.tabs:
            self.bar.addTab(tab.shown_title())
        self._stack.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP - 4)
        column.addWidget(self.bar)
        column.addWidget(self._stack, 1)
        self.bar.currentChanged.connect(self._show)
        self.retranslate()
        self._show(self.bar.currentIndex())

    @property
    def tab(self) -> str:
        """Name of the tab that is shown; empty when there is none."""
        row = self.bar.currentIndex()
        return self.tabs[row].name if 0 <= row < len(self.tabs) else ""

    def show_tab(self, name: str) -> QWidget | None:
        """Show a tab; nothing happens when there is none of that name."""
        for row, tab in enumerate(self.tabs):
            if tab.name == name:
                self.bar.setCurrentIndex(row)
        return self.built.get(name)

    def attach(self, session: Session) -> None:
        """Take the session, for the tabs that want it."""
        self._session = session
        for widget in self.built.values():
            call(widget, "attach", session)

    def stop(self) -> None:
        """End what the tabs do beside."""
        for widget in self.built.values():
            call(widget, "stop")

    def save_state(self) -> str:
        """Which tab is shown, and what each of them remembers."""
        for name, widget in self.built.items():
            if isinstance(state := call(widget, "save_state"), str):
                self._states[name] = state
        return json.dumps({"tab": self.tab, "states": self._states})

    def restore_state(self, state: str) -> None:
        """Back to what ``save_state`` gave; anything else is ignored."""
        try:
            found: Any = json.loads(state)
            self._states = {str(name): str(text) for name, text in found["states"].items()}
            wanted = str(found["tab"])
        except (ValueError, KeyError, TypeError, AttributeError):
            return
        for name, widget in self.built.items():
            if name in self._states:
                call(widget, "restore_state", self._states[name])
        self.show_tab(wanted)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """Set every text of its own again; tabs hear of a language by themselves."""
        self.bar.setAccessibleName(self.tr("Tools of commissioning"))
        for row, tab in enumerate(self.tabs):
            self.bar.setTabText(row, tab.shown_title())
        self._empty.say(self.tr("There is nothing to commission here"))

    @Slot(int)
    def _show(self, row: int) -> None:
        if not 0 <= row < len(self.tabs):
            return
        tab = self.tabs[row]
        if tab.name not in self.built:
            widget = self.built[tab.name] = tab.build(self._station, self._bridge)
            self._stack.addWidget(widget)
            self._wire(widget)
            if self._session is not None:
                call(widget, "attach", self._session)
            if tab.name in self._states:
                call(widget, "restore_state", self._states[tab.name])
        self._stack.setCurrentWidget(self.built[tab.name])

    def _wire(self, widget: QWidget) -> None:
        """Hand on what a tab asks for."""
        for name in ("edits_asked", "undo_asked", "device_asked", "curve_asked", "page_asked"):
            if (signal := getattr(widget, name, None)) is not None:
                signal.connect(getattr(self, name))
