"""The window's own lines: title above the page, state of the recording below it, the menu of settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QToolButton, QVBoxLayout, QWidget

from core.status import LinkState, RecorderStatus
from gui import formatting, i18n
from gui.models import link_words
from gui.sentences import localised
from gui.theme import look
from gui.widgets.card import Dot, Line, Text
from gui.widgets.icons import icon

if TYPE_CHECKING:
    from core.facade import Station

translate = QCoreApplication.translate


class LinksBadge(QPushButton):
    """How many lines are up: green when all are, amber or red in words otherwise."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("badge")
        self._role = ""
        look().changed.connect(self._dress)

    def show_links(self, station: Station) -> None:
        """Count again."""
        wanted = [link for link in station.links() if getattr(link, "enabled", True)]
        states = {link.id: station.link_status(link.id) for link in wanted}
        up = sum(status.state is LinkState.UP for status in states.values())
        text = links_words(up, len(wanted))
        role = "healthy"
        if up < len(wanted):
            down = any(status.state is LinkState.DOWN for status in states.values())
            role = "fault" if down else "warning"
        if not wanted:
            text, role = translate("shell", "No link"), "tertiary"
        lines = [
            f"{link.title}: {_link_words(states[link.id].state)}"
            + (f" ({localised(states[link.id].error)})" if states[link.id].error else "")
            for link in wanted
        ]
        self.setToolTip("\n".join(lines))
        self.setAccessibleDescription("; ".join(lines))
        self.setAccessibleName(text)
        text = f" {text}"  # air beside the light
        if text != self.text() or role != self._role:
            self._role = role
            self.setText(text)
            self._dress()

    def _dress(self) -> None:
        self.setIconSize(QSize(12, 12))
        self.setIcon(icon("dot", self._role or "tertiary", 12))


class TopBar(QWidget):
    """Title and subtitle of the page; the links and the settings at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title, self.subtitle = Text("", "title"), Text("", "secondary")
        self.links = LinksBadge()
        self.settings = QToolButton()
        self.settings.setObjectName("badge")
        self.settings.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.settings.setIconSize(QSize(18, 18))
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addStretch(1)
        words.addWidget(self.title)
        words.addWidget(self.subtitle)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 0, 0, 0)
        row.setSpacing(8)
        row.addLayout(words, 1)
        row.addWidget(self.links)
        row.addWidget(self.settings)
        look().changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        self.settings.setIcon(icon("settings", "secondary", 18))


class StatusLine(QFrame):
    """What the recorder does, in words; and at all times which links may write or transmit.

    ``links_asked()`` when those words are pressed.
    """

    links_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statusbar")
        self.setFixedHeight(34)
        self._dot, self.words, self.voices = Dot("tertiary"), Line(), QPushButton()
        self.locking = Text("", "secondary", "warning")
        self.locking.hide()
        self._loud: bool | None = None
        self.voices.setObjectName("voices")
        self.voices.setCursor(Qt.CursorShape.PointingHandCursor)
        self.voices.clicked.connect(self.links_asked)
        look().changed.connect(self._dress)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 12, 0)
        row.setSpacing(8)
        row.addWidget(self._dot)
        row.addWidget(self.words, 1)
        row.addWidget(self.locking)
        row.addWidget(self.voices)

    def show_locking(self, seconds: int) -> None:
        """Say in how many seconds the window locks by itself; 0: it does not."""
        self.locking.setText(
            translate("shell", "Locks in {0}: press a key or move the mouse").format(formatting.duration(seconds))
        )
        self.locking.setVisible(seconds > 0)

    def show_recorder(self, status: RecorderStatus, period_s: float) -> None:
        """Say how the recording is doing."""
        text, role = recorder_words(status, period_s)
        self.words.set_line(text)
        self.words.setToolTip("\n".join(part for part in (text, status.database) if part))
        self.words.set_tone("" if role in ("healthy", "tertiary") else role)
        self._dot.set_role(role)

    def show_voices(self, station: Station) -> None:
        """Say which links may write or transmit."""
        text, loud = link_words.voices_of(station)
        text = f" {text}"  # air beside the icon
        if text != self.voices.text() or loud != self._loud:
            self.voices.setText(text)
            self.voices.setAccessibleName(text)
            self._loud = loud
            self._dress()
        self.voices.setToolTip(translate("shell", "What each link may do"))

    def _dress(self) -> None:
        self.voices.setProperty("loud", bool(self._loud))
        self.voices.style().unpolish(self.voices)
        self.voices.style().polish(self.voices)
        self.voices.setIconSize(QSize(14, 14))
        self.voices.setIcon(icon("write" if self._loud else "ask", "accent" if self._loud else "secondary", 14))


class SettingsMenu(QMenu):
    """Language, theme, motion, full screen, about. ``asked(name, value)`` for each choice."""

    asked = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._groups: list[QActionGroup] = []
        self.language, self.theme = "system", "system"

    def retranslate(self) -> None:
        """Build it again in the current language, with the current choices marked."""
        self.clear()
        system = translate("shell", "As the system")
        self._section(translate("shell", "Language"), "language", {"system": system, **i18n.LANGUAGES}, self.language)
        self._section(
            translate("shell", "Theme"),
            "theme",
            {
                "system": system,
                "light": translate("shell", "Light"),
                "dark": translate("shell", "Dark"),
                "high_contrast": translate("shell", "High contrast"),
                "colour_blind": translate("shell", "For colour-blind eyes"),
            },
            self.theme,
        )
        self.addSeparator()
        motion = self.addAction(translate("shell", "Moving dots"))
        motion.setCheckable(True)
        motion.setChecked(look().motion)
        motion.toggled.connect(self._move)
        full = self.addAction(translate("shell", "Full screen") + "\tF11")
        full.triggered.connect(lambda: self.asked.emit("full_screen", ""))
        self.addSeparator()
        about = self.addAction(translate("shell", "About Wattelier…"))
        about.triggered.connect(lambda: self.asked.emit("about", ""))

    def _section(self, title: str, name: str, choices: dict[str, str], chosen: str) -> None:
        if self.actions():
            self.addSeparator()
        head = self.addAction(title)
        head.setEnabled(False)
        group = QActionGroup(self)
        for value, words in choices.items():
            action = QAction(words, self)
            action.setCheckable(True)
            action.setChecked(value == chosen)
            action.setData((name, value))
            group.addAction(action)
            self.addAction(action)
        group.triggered.connect(self._chosen)
        self._groups.append(group)

    def _move(self, on: bool) -> None:
        self.asked.emit("motion", "on" if on else "off")

    def _chosen(self, action: QAction) -> None:
        name, value = action.data()
        self.asked.emit(str(name), str(value))


def recorder_words(status: RecorderStatus, period_s: float) -> tuple[str, str]:
    """Words and colour role of the recording: what happened, what it means, what to do."""
    if status.error:
        means = translate("shell", "Not recording: {0}. Live values go on; free the disk or the file, then it resumes.")
        return means.format(localised(status.error).rstrip(".")), "fault"
    if status.dropped:
        lost = translate("shell", "{0} readings lost: the disk stalled. Recording again.")
        return lost.format(formatting.number(status.dropped)), "warning"
    if not status.recording:
        return translate("shell", "Not recording: live values only"), "tertiary"
    parts = [
        translate("shell", "Recording, {0} steps").format(formatting.duration(period_s)),
        translate("shell", "1 point")
        if status.points == 1
        else translate("shell", "{0} points").format(formatting.number(status.points)),
    ]
    if status.bytes_a_day is not None:
        parts.append(translate("shell", "{0} a day").format(formatting.size(status.bytes_a_day)))
    return formatting.joined(parts), "healthy"


def links_words(up: int, count: int) -> str:
    """How many lines are up; French counts by the first number, English by the second."""
    if count == 1:
        return translate("shell", "{0} of 1 link").format(up)
    if up == 0:
        return translate("shell", "None of {0} links").format(count)
    if up == 1:
        return translate("shell", "1 of {0} links").format(count)
    return translate("shell", "{0} of {1} links").format(up, count)


def _link_words(state: LinkState) -> str:
    return {
        LinkState.OFF: translate("shell", "off"),
        LinkState.CONNECTING: translate("shell", "connecting"),
        LinkState.UP: translate("shell", "up"),
        LinkState.DOWN: translate("shell", "down, being tried again"),
    }[state]
