"""One parameter of a panel and the words of its cells; pure but for the language."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import QCoreApplication

from core.parameters import Parameter
from core.points import PointKey, Quality, Reading
from core.writing.review import Watch
from gui import formatting
from gui.models import parameters_input, parameters_words, wording
from gui.models.parameters_edits import Draft, is_same
from gui.models.parameters_input import Editor
from gui.sentences import localised

translate = QCoreApplication.translate


class Column(IntEnum):
    """What stands in each column."""

    NAME, READ, NEW, RANGE, REGISTER, STATE = range(6)


@dataclass(slots=True)
class Row:
    """One parameter. ``base``: what was read when the operator last asked; ``newest``: what was read last."""

    key: PointKey
    parameter: Parameter
    base: Reading | None = None
    newest: Reading | None = None
    draft: Draft | None = None
    watch: Watch | None = None
    confirmed: bool = False
    writing: bool = False  # by a run that is under way: what moves now is our own doing

    @property
    def editor(self) -> Editor:
        """How it is edited."""
        return parameters_input.editor_of(self.parameter, self.confirmed)

    @property
    def seen(self) -> Reading | None:
        """What the operator had before him."""
        return self.draft.seen if self.draft is not None else self.base

    @property
    def unread(self) -> bool:
        """Whether the device was asked and has given no value."""
        return self.newest is not None and self.newest.value is None and self.newest.quality is Quality.BAD

    @property
    def changed(self) -> bool:
        """Whether the device holds something else than what the operator has before him."""
        before, newest = self.seen, self.newest
        if (
            before is None
            or newest is None
            or self.writing
            or newest.quality is not Quality.GOOD
            or newest.value is None
        ):
            return False
        return before.quality is Quality.GOOD and not is_same(self.parameter, before, newest.value) and _tells(before)

    @property
    def moved(self) -> bool:
        """Whether a value that had been proven has moved away."""
        return self.watch is not None and self.watch.moved


def _tells(reading: Reading) -> bool:
    return reading.value is not None and reading.value not in ("set", "not set", "not_set")


def cell_text(row: Row, column: Column) -> str:
    """What stands in a cell; on the first line where it has two."""
    parameter = row.parameter
    match column:
        case Column.NAME:
            return parameters_words.title(parameter)
        case Column.READ:
            value = row.newest.value if row.newest is not None else None
            return parameters_input.value_text(parameter, value)
        case Column.NEW:
            return _new_text(row)
        case Column.RANGE:
            return parameters_input.range_text(parameter)
        case Column.REGISTER:
            return parameters_words.register(parameter.point)
        case Column.STATE:
            return state(row)[0]


def second_line(row: Row, column: Column, now: float) -> str:
    """The smaller line below it."""
    match column:
        case Column.NAME:
            return parameters_words.help_line(row.parameter)
        case Column.READ:
            return _about_reading(row, now)
        case Column.RANGE if factory := parameters_input.factory_text(row.parameter):
            return translate("ParameterTree", "factory {0}").format(factory)
        case _:
            return ""


def tip(row: Row, column: Column, now: float) -> str:
    """All that a cell may have cut, and what stands behind it."""
    parts = [cell_text(row, column), second_line(row, column, now)]
    if row.editor is Editor.SCREEN and column > Column.NEW and not (row.parameter.point and any(parts)):
        return parameters_words.screen(row.parameter)  # its path is painted over what says nothing
    if column is Column.READ and row.newest is not None:
        parts.append(localised(row.newest.note))
    elif column is Column.NEW and row.editor is Editor.INFERRED:
        parts = [
            translate("ParameterTree", "Inferred: the maker does not document it. Compare it on site, then confirm it.")
        ]
    elif column is Column.STATE and row.unread and row.newest is not None:
        parts.append(localised(row.newest.note))
    elif column is Column.RANGE:
        parts.insert(1, ", ".join(words for _, words in parameters_input.choices_of(row.parameter)))
    return "\n".join(dict.fromkeys(part for part in parts if part))


def state(row: Row) -> tuple[str, str]:
    """The word at the right end of a row, and its tone."""
    draft = row.draft
    states = (
        (row.writing, translate("ParameterTree", "being written"), "accent"),
        (row.moved, translate("ParameterTree", "did not hold"), wording.FAULT),
        (draft is not None and draft.wrong is not None, translate("ParameterTree", "to correct"), wording.FAULT),
        (row.changed, translate("ParameterTree", "changed elsewhere"), wording.FAULT),
        (draft is not None, translate("ParameterTree", "to write"), wording.WARNING),
        (row.watch is not None, translate("ParameterTree", "being watched"), wording.MUTED),
        (row.unread, translate("ParameterTree", "not readable"), wording.WARNING),
        (row.editor is Editor.INFERRED, translate("ParameterTree", "inferred"), wording.WARNING),
    )
    return next(((word, tone) for holds, word, tone in states if holds), ("", ""))


def tone(row: Row, column: Column) -> str:
    """The colour role of a cell's text."""
    if column is Column.STATE:
        return state(row)[1]
    if column is Column.READ:
        if row.changed or row.moved:
            return wording.FAULT
        if row.newest is None or row.newest.quality in (Quality.STALE, Quality.UNKNOWN):
            return "secondary"
        return wording.FAULT if row.newest.quality is Quality.BAD else ""
    return ""


def _new_text(row: Row) -> str:
    draft = row.draft
    if draft is not None:
        return draft.text if draft.wrong is not None else parameters_input.value_text(row.parameter, draft.value)
    if row.editor is Editor.SCREEN:
        return parameters_words.screen(row.parameter) or translate("ParameterTree", "only read")
    if row.editor is Editor.INFERRED:
        return translate("ParameterTree", "to be compared…")
    if row.parameter.command:
        return translate("ParameterTree", "Choose…")
    return "" if row.newest is None else parameters_input.value_text(row.parameter, row.newest.value)


def _about_reading(row: Row, now: float) -> str:
    """How old it is and how far to be trusted; what the operator had before him, where that was something else."""
    if row.parameter.point is None or row.parameter.command:
        return ""
    if row.newest is None:
        return translate("ParameterTree", "not read yet")
    quality = before = ""
    if row.newest.quality is not Quality.GOOD:
        quality = wording.quality(row.parameter.point, row.newest)[0]
    if row.changed and row.seen is not None:
        before = translate("ParameterTree", "was {0}").format(
            parameters_input.value_text(row.parameter, row.seen.value)
        )
    return formatting.joined([quality, before, formatting.age_of(row.newest.at, now)])
