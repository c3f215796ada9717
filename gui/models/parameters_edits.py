"""What the operator has typed and not written yet, over all devices of the site; GUI thread."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from core.parameters import Parameter
from core.points import PointKey, Quality, Reading, Value
from core.writing import values
from core.writing.review import Edit, told_empty
from gui.models.parameters_input import WrongEntry


@dataclass(frozen=True, slots=True)
class Draft:
    """One value that waits. ``seen``: what the operator had read when he began; ``wrong``: why it means nothing."""

    value: Value
    seen: Reading | None
    text: str = ""  # as it was typed, where it means nothing
    wrong: WrongEntry | None = None


Drafts = dict[PointKey, Draft]


class Edits(QObject):
    """Drafts by key, in the order in which they were begun. ``changed(PointKey)`` for each that comes, moves or goes.

    ``share`` lets it live on in a dictionary that outlives the page.
    """

    changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._drafts: Drafts = {}

    def share(self, drafts: Drafts) -> None:
        """Go on with what is kept elsewhere."""
        self._drafts = drafts
        for key in list(drafts):
            self.changed.emit(key)

    def get(self, key: PointKey) -> Draft | None:
        """The draft of one value."""
        return self._drafts.get(key)

    def keys(self) -> list[PointKey]:
        """Every value that was edited, wrong ones too."""
        return list(self._drafts)

    def put(self, key: PointKey, parameter: Parameter, value: Value, seen: Reading | None) -> None:
        """Keep a value; one that the device has anyway is no edit. What was seen when the edit began stays."""
        before = self._drafts.get(key)
        seen = before.seen if before is not None else seen
        if not parameter.command and is_same(parameter, seen, value):
            self.drop(key)
            return
        self._set(key, Draft(value, seen))

    def put_wrong(self, key: PointKey, text: str, wrong: WrongEntry, seen: Reading | None) -> None:
        """Keep what was typed although it means nothing: it is shown, and never sent."""
        before = self._drafts.get(key)
        self._set(key, Draft(None, before.seen if before is not None else seen, text, wrong))

    def take(self, edits: Iterable[Edit]) -> None:
        """Take edits that were made elsewhere."""
        for edit in edits:
            self._set(edit.key, Draft(edit.value, edit.seen))

    def rebase(self, key: PointKey, seen: Reading | None) -> None:
        """The operator has seen what the device holds now, and keeps his value."""
        if (draft := self._drafts.get(key)) is not None:
            self._set(key, replace(draft, seen=seen))

    def complete(self, reading: Reading) -> None:
        """What is edited without having been read has now been read."""
        draft = self._drafts.get(reading.key)
        lacks = draft is not None and (draft.seen is None or draft.seen.value is None)
        if draft is not None and lacks and (reading.value is not None or told_empty(reading)):
            self._set(reading.key, replace(draft, seen=reading))

    def drop(self, key: PointKey) -> None:
        """Forget a draft."""
        if self._drafts.pop(key, None) is not None:
            self.changed.emit(key)

    def written(self, edit: Edit) -> None:
        """Forget the draft of what has been written, unless it has been changed since."""
        draft = self._drafts.get(edit.key)
        if draft is not None and draft.wrong is None and draft.value == edit.value:
            self.drop(edit.key)

    def edits(self) -> list[Edit]:
        """What may be reviewed: the drafts that mean something."""
        return [Edit(key, draft.value, draft.seen) for key, draft in self._drafts.items() if draft.wrong is None]

    def wrong(self) -> list[PointKey]:
        """The drafts that mean nothing."""
        return [key for key, draft in self._drafts.items() if draft.wrong is not None]

    def _set(self, key: PointKey, draft: Draft) -> None:
        self._drafts[key] = draft
        self.changed.emit(key)


def is_same(parameter: Parameter, reading: Reading | None, value: Value) -> bool:
    """Whether a device that was read like this has this value already."""
    if reading is None or reading.quality is not Quality.GOOD or reading.value is None:
        return False
    point = parameter.point
    return point is not None and not point.secret and values.alike(point, reading.value, value)
