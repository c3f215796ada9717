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
from gui import formatting
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
        self._file = Path()  # of the capture that is shown
        self._saving, self._opening = Background(self), Background(self)
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
        return self._saving.busy or self._opening.busy

    def show_link(self, link: LinkConfig) -> None:
        """Another line: no file is open any more. What is being saved still is."""
        self._link = link
        self._opening.drop()
        self.capture = None
        self._say("", "")

    def save(self, path: Path) -> None:
        """Write all frames that are kept of the line, in the worker."""
        if self._link is None:
            return
        capture = capture_words.taken(self._station, self._link, time.time())
        count = len(capture.frames)
        self._saving.ask(
            lambda: len(files.save(capture, path).frames),
            lambda saved: self._saved(path, cast("int", saved), count),
            lambda error: self._failed(self.tr("{0} was not saved: {1}."), path, error),
        )
        self._allow()

    def open(self, path: Path) -> None:
        """Read a capture, in the worker."""

        def read() -> Capture:
            capture = files.opened(path)
            for note in {frame.note for frame in capture.frames}:
                localised(note)  # each takes its time once
            return capture

        self._opening.ask(
            read,
            lambda capture: self._take(path, cast("Capture", capture)),
            lambda error: self._failed(self.tr("{0} was not opened: {1}."), path, error),
        )

    def stop(self) -> None:
        """End the workers; what is to be saved is."""
        self._saving.finish()
        self._opening.stop()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """Set every text again."""
        self.menu.setText(self.tr("Capture"))
        self.menu.setToolTip(self.tr("Save the frames of this link in a file, or read those of a file"))
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
        dialog = QFileDialog(self, self.tr("Save the frames"), "", self._kinds())
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(SUFFIX.removeprefix("."))  # before it asks whether a file is to be replaced
        dialog.selectFile(name)
        if dialog.exec():
            self.save(Path(dialog.selectedFiles()[0]))
        dialog.deleteLater()

    def _ask_open(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(self, self.tr("Open a capture"), "", self._kinds())
        if chosen:
            self.open(Path(chosen))

    def _kinds(self) -> str:
        return self.tr("Captures (*{0});;All files (*)").format(SUFFIX)

    def _allow(self) -> None:
        """Of the line what is not on the screen is not saved by mistake."""
        self._save.setEnabled(self.capture is None and not self._saving.busy)

    def _saved(self, path: Path, saved: int, count: int) -> None:
        words = capture_words.exchanges(saved)
        if saved == count:
            self._say(self.tr("{0} saved in {1}").format(words, path), "healthy")
        else:
            text = self.tr("{0} saved in {1}, the newest of {2}: the file would be too long")
            self._say(text.format(words, path, formatting.number(count)), "warning")

    def _failed(self, template: str, path: Path, error: Exception) -> None:
        self._say(template.format(_short(path), localised(str(error)).rstrip(".")), "fault")

    def _take(self, path: Path, capture: Capture) -> None:
        self.capture, self._file = capture, path
        self._describe()
        self._say("", "")
        self.opened.emit(capture)

    def _describe(self) -> None:
        capture = self.capture
        if capture is None:
            return
        self.said.set_line(self.tr("From a file, not from the link: {0}").format(_short(self._file)))
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
        self._allow()
        self.setVisible(bool(text) or self.capture is not None)

    def _close(self) -> None:
        self.capture = None
        self._say("", "")
        self.closed.emit()


def _short(file: Path) -> str:
    return file.name if len(file.name) <= MOST_NAME else f"{file.name[: MOST_NAME - 1]}…"
