"""What a line may say, as a chip: an icon and its words, in the accent's colour where it can change something."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget

from core.status import Voice
from gui.models import link_words
from gui.theme import look
from gui.widgets.card import Text
from gui.widgets.icons import icon_pixmap


class VoiceChip(QFrame):
    """Icon and words of one ``Voice``; what it means is in the tool tip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("chip")
        self._voice = Voice.ASKS
        self._icon, self._text = QLabel(), Text("", "chip")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 14, 0)
        row.setSpacing(7)
        row.addWidget(self._icon)
        row.addWidget(self._text)
        self.setFixedHeight(32)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        look().changed.connect(self._dress)

    @property
    def text(self) -> str:
        """The words."""
        return self._text.text()

    def show_voice(self, voice: Voice) -> None:
        """Show another one, or the same in another language."""
        self._voice = voice
        words = link_words.voice(voice)
        self._text.setText(words[:1].upper() + words[1:])
        self.setAccessibleName(words)
        self.setToolTip(link_words.voice_meaning(voice))
        self._dress()

    def _dress(self) -> None:
        loud = link_words.is_loud(self._voice)
        self._icon.setPixmap(icon_pixmap(link_words.ICONS[self._voice], "accent" if loud else "secondary", 15))
        self._text.set_tone("accent" if loud else "")
