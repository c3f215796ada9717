"""What panels of orders have in common: a question in its place, then the outcome as a sentence. Nothing waits."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Future
from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from core.errors import WattelierError
from gui.models import wording
from gui.sentences import localised
from gui.widgets.card import Paragraph
from gui.widgets.confirm import Confirm

if TYPE_CHECKING:
    from core.facade import Station


class OrderDesk(QWidget):
    """Gives orders through ``Station.operate`` and says what came of the newest one."""

    _ended = Signal(int, str, object)  # from the line's thread

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._station = station
        self._turn = 0
        self.said, self.confirm = Paragraph("", "text"), Confirm()
        self.said.hide()
        self._ended.connect(self._tell_end)

    def put_away(self) -> None:
        """Forget what is being asked and what was said; what an order that is under way brings is not said either."""
        self._turn += 1
        self.confirm.put_away()
        self.said.hide()

    def answered(self, word: str) -> tuple[str, bool]:
        """The device's own word in the language in use, and whether it means that the order was obeyed."""
        return localised(word), True

    def give(self, title: str, waiting: str, device: str, action: str, arguments: Mapping[str, object]) -> None:
        """Give an order; ``waiting`` is said until its outcome is known."""
        self._turn += 1
        turn = self._turn
        self.say(waiting, "")
        try:
            future = self._station.operate(device, action, arguments)
        except WattelierError as refused:
            self.say(wording.capital(localised(str(refused))), "warning")
            return
        future.add_done_callback(lambda done: self._heard(turn, title, done))

    def say(self, text: str, tone: str) -> None:
        """Show a sentence below the orders."""
        self.said.setText(text)
        self.said.set_tone(tone)
        self.said.show()

    def _heard(self, turn: int, title: str, done: Future[str]) -> None:
        """In the line's thread."""
        result: object = "" if done.cancelled() else done.exception() or done.result()
        with suppress(RuntimeError):  # the page has gone meanwhile
            self._ended.emit(turn, title, result)

    @Slot(int, str, object)
    def _tell_end(self, turn: int, title: str, result: object) -> None:
        if turn != self._turn:
            return
        if isinstance(result, WattelierError):
            self.say(f"{title}: {localised(str(result))}", "fault")
        elif isinstance(result, BaseException):
            self.say(self.tr("{0}: failed, see the log").format(title), "fault")
        else:
            words, good = self.answered(str(result))
            self.say(self.tr("{0}: {1}").format(title, words), "healthy" if good else "warning")
