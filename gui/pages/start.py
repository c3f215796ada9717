"""Sites: the ones opened here before, a file, the demonstration, or a new one by finding its devices."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QProgressBar, QPushButton, QVBoxLayout, QWidget

from gui.background import Background
from gui.kit import KnownSite
from gui.pages.start_list import SiteView
from gui.sentences import localised
from gui.theme import look
from gui.widgets.card import GAP, Card, Message, Paragraph, Text
from gui.widgets.icons import icon

if TYPE_CHECKING:
    from core.facade import Station
    from gui.bridge import Bridge
    from gui.session import Session

NARROW = 860  # below this width the ways to open a site stand under the list


class Way(Card):
    """One way to a site: what it does, and the button that does it."""

    def __init__(self, picture: str, kind: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._picture = picture
        self.button = QPushButton()
        self.button.setProperty("kind", kind)
        self.button.setIconSize(QSize(18, 18))
        self._words = Paragraph()
        self.body.addWidget(self.button)
        self.body.addWidget(self._words)
        look().changed.connect(self._dress)
        self._dress()

    def say(self, title: str, words: str) -> None:
        """What stands on the button, and what it means."""
        self.button.setText(f" {title}")
        self._words.setText(words)

    def _dress(self) -> None:
        primary = self.button.property("kind") == "primary"
        self.button.setIcon(icon(self._picture, "accent_text" if primary else "accent", 18))


class FaultCard(Card):
    """What could not be opened, and every reason: file, line, what is wrong there."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._reasons, self._next = Text("", "text"), Paragraph()
        self._reasons.setWordWrap(True)
        self._reasons.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._copy, self._close = QPushButton(), QPushButton()
        self._copy.clicked.connect(self._to_clipboard)
        self._close.clicked.connect(self.hide)
        self.add_to_header(self._copy)
        self.add_to_header(self._close)
        self.body.addWidget(self._reasons)
        self.body.addWidget(self._next)
        self.hide()

    @property
    def text(self) -> str:
        """Every reason, one a line."""
        return self._reasons.text()

    def say(self, title: str, reasons: str) -> None:
        """Show it; one reason a line."""
        self.set_title(title)
        self._reasons.setText("\n".join(localised(line) for line in reasons.splitlines()))
        self.retranslate()
        self.show()

    def retranslate(self) -> None:
        """Set every text of its own again."""
        self._copy.setText(self.tr("Copy"))
        self._close.setText(self.tr("Close"))
        self._next.setText(self.tr("Nothing was changed or lost. Correct the file, save it, and open it again."))

    def _to_clipboard(self) -> None:
        QGuiApplication.clipboard().setText(self.text)


class StartPage(QWidget):
    """Where a site is opened. ``page_asked(str)`` for the page that finds devices."""

    page_asked = Signal(str)
    subtitle_changed = Signal()

    def __init__(self, station: Station, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        del station, bridge
        self._session: Session | None = None
        self._work = Background(self)
        self.faults = FaultCard()
        self.list, self.none = SiteView(), Message()
        self._card = Card(inner=12)
        self._card.header.setContentsMargins(10, 8, 8, 0)
        self._working, self._bar = Text("", "secondary"), QProgressBar()
        self.open_file, self.search, self.demonstration = Way("file"), Way("find", "primary"), Way("demonstration")
        self.close_site = QPushButton()
        self._lay_out()
        self.list.chosen.connect(self._open_known)
        self.open_file.button.clicked.connect(self._ask_file)
        self.search.button.clicked.connect(lambda: self.page_asked.emit("find"))
        self.demonstration.button.clicked.connect(self._open_demonstration)
        self.close_site.clicked.connect(self._close_site)
        self.retranslate()

    def attach(self, session: Session) -> None:
        """Take the session that opens sites."""
        self._session = session
        session.busy_changed.connect(self._show_busy)
        self.demonstration.setVisible(session.kit.demonstration is not None)
        self.close_site.setVisible(session.has_site)
        self.retranslate()
        if self.isVisible():
            self._look_up()

    def show_faults(self, what: str, reasons: str) -> None:
        """Say what could not be done; one reason a line."""
        self.faults.say(what, reasons)

    def subtitle(self) -> str:
        """One line under the title."""
        if self._session is not None and self._session.has_site:
            return self.tr("{0} is open; opening another site closes it").format(self._session.site.name)
        return self.tr("No site is open. Nothing is polled before you open one")

    def stop(self) -> None:
        """End what runs beside."""
        self._work.stop()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._look_up()
        self.list.setFocus()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < NARROW
        down, along = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._row.setDirection(down if narrow else along)
        self._ways.setDirection(along if narrow else down)

    def retranslate(self) -> None:
        """Set every text again."""
        self._card.set_title(self.tr("Known sites"))
        self.list.setAccessibleName(self.tr("Known sites"))
        self.none.say(
            self.tr("No site was opened on this computer yet"),
            self.tr("Find the devices around you, open a site file, or look at the demonstration."),
        )
        self.search.say(
            self.tr("Find devices…"),
            self.tr("Looks at serial ports and networks after you have said where, and makes a site of what answers."),
        )
        self.open_file.say(self.tr("Open a site file…"), self.tr("A YAML file that names the links and the devices."))
        self.demonstration.say(
            self.tr("Demonstration"), self.tr("A farm with sun, battery and vehicles, simulated on this computer.")
        )
        self.close_site.setText(self.tr("Close this site"))
        self.faults.retranslate()
        self.subtitle_changed.emit()

    def _lay_out(self) -> None:
        self._card.body.addWidget(self.list, 1)
        self._card.body.addWidget(self.none, 1)
        self._card.body.addWidget(self._working)
        self._card.body.addWidget(self._bar)
        self._card.add_to_header(self.close_site)
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._show_busy("")
        self.list.hide()
        self.close_site.hide()
        self._ways = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._ways.setSpacing(GAP)
        for way in (self.search, self.open_file, self.demonstration):
            way.setMaximumWidth(420)
            self._ways.addWidget(way)
        self._ways.addStretch(1)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(GAP)
        self._row.addWidget(self._card, 3)
        self._row.addLayout(self._ways, 2)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(GAP)
        whole.addWidget(self.faults)
        whole.addLayout(self._row, 1)

    def _look_up(self) -> None:
        """Ask which sites there are, away from this thread."""
        if self._session is not None and self.isVisible():
            self._work.ask(self._session.kit.known, self._show_known, lambda _error: None)

    @Slot(object)
    def _show_known(self, found: object) -> None:
        sites = cast("Sequence[KnownSite]", found)
        self.list.show_sites(sites)
        self.list.setVisible(bool(sites))
        self.none.setVisible(not sites)
        if sites and self.isActiveWindow():
            self.list.setFocus()

    @Slot(str)
    def _show_busy(self, words: str) -> None:
        self._working.setText(words)
        for widget in (self._working, self._bar):
            widget.setVisible(bool(words))
        if words:
            self.faults.hide()

    @Slot(object)
    def _open_known(self, site: KnownSite) -> None:
        if self._session is not None:
            self._session.open_file(site.path)

    @Slot()
    def _ask_file(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(
            self, self.tr("Open a site file"), "", self.tr("Site files (*.yaml *.yml)")
        )
        if chosen and self._session is not None:
            self._session.open_file(Path(chosen))

    @Slot()
    def _open_demonstration(self) -> None:
        if self._session is not None:
            self._session.open_demonstration()

    @Slot()
    def _close_site(self) -> None:
        if self._session is not None:
            self._session.close_site()
