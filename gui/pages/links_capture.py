"""The frames of a line saved in a file, and such a file opened in their place: the menu, and what is said of it."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from core import capture as files
from core.capture import SUFFIX, Capture
from gui.background import Background
from gui.models import capture_words
from gui.sentences import localised
from gui.widgets.card import Line

if TYPE_CHECKING:
    from core.config import LinkConfig
    from core.facade import Station

MOST_NAME = 60  # letters of a file's name


class CaptureBar(QFrame):
    """What is said of the file that was saved or opened; hidden while there is nothing to say.

    ``opened(object)``: a capture is to be shown; ``closed()``: the line itself again. ``menu`` goes into a row of
    tools.
    """

    opened = Signal(object)
    closed = Signal()

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._station = station
        self._link: LinkConfig | None = None
        self._file = self._opened_file = Path()
        self._work = Background(self)
        self.capture: Capture | None = None
        self.menu, self.back = QPushButton(), QPushButton()
        self.news, self.said = Line("", "strong"), Line("", "strong")
        self.about, self.devices, self.caution = Line(), Line(), Line()
        self._save, self._open = QAction(self), QAction(self)
        self._build()
        self.hide()
        self.retranslate()

    @property
    def busy(self) -> bool:
        """Whether a file is being read or written."""
        return self._work.busy

    def show_link(self, link: LinkConfig) -> None:
        """Another line: no file is open any more."""
        self._link = link
        self._work.drop()
        self.capture = None
        self.hide()

    def save(self, path: Path) -> None:
        """Write all frames that are kept of the line, in the worker."""
        if self._link is None:
            return
        capture = capture_words.taken(self._station, self._link, time.time())
        self._file = path
        self._work.ask(lambda: files.save(capture, path), self._saved, self._not_saved)

    def open(self, path: Path) -> None:
        """Read a capture, in the worker."""
        self._file = path
        self._work.ask(lambda: files.opened(path), self._take, self._not_opened)

    def stop(self) -> None:
        """End the worker."""
        self._work.stop()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """Set every text again."""
        self.menu.setText(self.tr("Capture"))
        self.menu.setToolTip(self.tr("Save these frames in a file, or read those of another file"))
        self._save.setText(self.tr("Save the frames of this link…"))
        self._open.setText(self.tr("Open a capture…"))
        self.back.setText(self.tr("Back to the link"))
        self._describe()
        self._say("", "")  # what was said is in another language

    def _build(self) -> None:
        menu = QMenu(self.menu)
        menu.addActions([self._save, self._open])
        self.menu.setMenu(menu)
        self._save.triggered.connect(self._ask_save)
        self._open.triggered.connect(self._ask_open)
        self.back.clicked.connect(self._close)
        self.said.set_tone("accent")
        self.caution.set_tone("warning")
        self._about = QWidget()
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(self.said, 1)
        head.addWidget(self.back)
        of_file = QVBoxLayout(self._about)
        of_file.setContentsMargins(0, 0, 0, 0)
        of_file.setSpacing(2)
        of_file.addLayout(head)
        for line in (self.about, self.devices, self.caution):
            of_file.addWidget(line)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(4)
        whole.addWidget(self.news)
        whole.addWidget(self._about)

    def _ask_save(self) -> None:
        if self._link is None:
            return
        zone = self._station.site.time_zone
        name = capture_words.usual_name(self._link.title, time.time(), zone)
        chosen, _kind = QFileDialog.getSaveFileName(self, self.tr("Save the frames"), name, self._kinds())
        if chosen:
            path = Path(chosen)
            self.save(path if path.suffix else path.with_suffix(SUFFIX))

    def _ask_open(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(self, self.tr("Open a capture"), "", self._kinds())
        if chosen:
            self.open(Path(chosen))

    def _kinds(self) -> str:
        return self.tr("Captures (*{0})").format(SUFFIX)

    def _saved(self, capture: object) -> None:
        count = capture_words.exchanges(len(cast("Capture", capture).frames))
        self._say(self.tr("{0} saved in {1}").format(count, self._file), "healthy")

    def _not_saved(self, error: Exception) -> None:
        self._say(self.tr("{0} was not saved: {1}.").format(_short(self._file), _why(error)), "fault")

    def _not_opened(self, error: Exception) -> None:
        self._say(self.tr("{0} was not opened: {1}.").format(_short(self._file), _why(error)), "fault")

    def _take(self, capture: object) -> None:
        self.capture = cast("Capture", capture)
        self._opened_file = self._file
        self._describe()
        self._say("", "")
        self.opened.emit(capture)

    def _describe(self) -> None:
        capture = self.capture
        if capture is None:
            return
        self.said.set_line(self.tr("From a file, not from the link: {0}").format(_short(self._opened_file)))
        self.about.set_line(capture_words.about(capture, self._station.site.time_zone))
        self.devices.set_line(capture_words.devices(capture))
        self.caution.set_line(capture_words.caution(capture))
        for line in (self.devices, self.caution):
            line.setVisible(bool(line.line()))

    def _say(self, text: str, tone: str) -> None:
        """What came of the last order; what is said of an open capture stays below it."""
        self.news.set_line(text)
        self.news.set_tone(tone)
        self.news.setVisible(bool(text))
        self._about.setVisible(self.capture is not None)
        self.setVisible(bool(text) or self.capture is not None)

    def _close(self) -> None:
        self.capture = None
        self.hide()
        self.closed.emit()


def _short(file: Path) -> str:
    return file.name if len(file.name) <= MOST_NAME else f"{file.name[: MOST_NAME - 1]}…"


def _why(error: Exception) -> str:
    return localised(str(error)).rstrip(".")
