"""Saving an EVlink configuration: what is asked before, the writing in the background, and the proof in words."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from PySide6.QtCore import QObject, Signal

from core.errors import WattelierError
from core.evlink.files import Opened, Saved, same_file, save_and_note
from core.evlink.rules import Caution
from core.parameters import Danger
from gui.background import Background
from gui.models import cfg_words
from gui.models.cfg_edits import CfgEdits
from gui.models.cfg_sides import CfgSides
from gui.models.cfg_tree import CfgTree
from gui.pages.cfg_files import CfgFiles
from gui.sentences import localised

MOST_LINES = 8  # of a question


class CfgSaver(QObject):
    """``saved(Saved)`` once a file has been written, read back and proven."""

    saved = Signal(object)

    def __init__(self, sides: CfgSides, edits: CfgEdits, tree: CfgTree, files: CfgFiles) -> None:
        super().__init__(files)
        self._sides, self._edits, self._tree, self._files = sides, edits, tree, files
        self._worker = Background(self)

    def save(self, target: Path) -> None:
        """Save under a name; what is dangerous, doubtful or replaces the original is asked for first."""
        opened = self._sides.left
        if opened is None or self._edits.wrong():
            return
        stops = [caution for caution in self._edits.all_cautions() if caution.stops]
        if stops:
            self._files.say(self.tr("Not saved. {0}").format(self._caution(stops[0])), "fault")
            return
        original, warnings = same_file(target, opened.path), self.warnings()
        if original:
            kept = self.tr("The original is replaced; it is kept as {0}.").format(f"{opened.path.name}.bak")
            warnings.insert(0, kept)
        if not warnings:
            self._write(opened, target, over=False)
            return
        title = self.tr("Replace the original {0}?").format(target.name) if original else self.tr("Save these values?")
        self._files.question.ask(
            title,
            [*self.edit_lines(), *warnings],
            self.tr("Replace it") if original else self.tr("Save"),
            lambda: self._write(opened, target, over=original),
        )

    def edit_lines(self) -> list[str]:
        """Every edit in a line, now and new; at most a few."""
        lines: list[str] = []
        for row in self._tree.rows():
            draft = self._edits.get(row.entry.address) if row.entry is not None else None
            if row.entry is not None and draft is not None:
                now, new = cfg_words.entry_value(row.entry), cfg_words.value(row.known, draft.text)
                name = cfg_words.key_title(row.known, row.address.key)
                lines.append(self.tr("{0}: {1} → {2}").format(name, now, new))
        if (more := len(lines) - MOST_LINES) > 0:
            lines[MOST_LINES:] = [self.tr("and {0} more").format(more)]
        return lines

    def warnings(self) -> list[str]:
        """What is to be known of the edits before they go into a file."""
        found = [self._caution(caution) for caution in self._edits.all_cautions()]
        dangers: dict[Danger, None] = {}
        for address in self._edits.changes():
            entry = self._sides.left.cfg.entry(address) if self._sides.left is not None else None
            if entry is not None and entry.known is not None:
                dangers[entry.known.danger] = None
        return found + [words for danger in dangers if (words := cfg_words.danger(danger))]

    def stop(self) -> None:
        """Wait for what is being written."""
        self._worker.stop()

    def _caution(self, caution: Caution) -> str:
        entry = self._sides.left.cfg.entry(caution.address) if self._sides.left is not None else None
        name = cfg_words.key_title(entry.known if entry is not None else None, caution.address.key)
        return self.tr("{0}: {1}.").format(name, localised(caution.sentence))

    def _write(self, opened: Opened, target: Path, over: bool) -> None:
        if self._worker.busy:
            return
        changes, copied = self._edits.changes(), self._edits.copied()
        person, book = self._sides.person, self._sides.book
        self._files.say(self.tr("Saving {0}…").format(target.name))
        self._worker.ask(
            lambda: save_and_note(opened, target, changes, copied=copied, person=person, over_original=over, book=book),
            self._done,
            lambda error: self._failed(target, error),
        )

    def _done(self, result: object) -> None:
        saved = cast("Saved", result)
        self.saved.emit(saved)
        self._files.say(self._proof(saved), "warning" if saved.unnoted else "healthy")

    def _failed(self, target: Path, error: Exception) -> None:
        why = (
            localised(str(error))
            if isinstance(error, WattelierError)
            else self.tr("a fault of the program, see the log")
        )
        self._files.say(self.tr("{0} was not saved: {1}.").format(target.name, why.rstrip(".")), "fault")

    def _proof(self, saved: Saved) -> str:
        name, count = saved.opened.path.name, len(saved.changed)
        if count == 0:
            words = self.tr("{0} saved and read back: identical to the original byte for byte.").format(name)
        elif count == 1:
            words = self.tr(
                "{0} saved and read back: 1 value differs from the original, everything else identical byte for byte."
            ).format(name)
        else:
            words = self.tr(
                "{0} saved and read back: {1} values differ from the original, everything else identical byte for byte."
            ).format(name, count)
        if saved.kept is not None:
            words += " " + self.tr("The original is kept as {0}.").format(saved.kept.name)
        if saved.unnoted:
            words += " " + self.tr("The journal could not be written: {0}.").format(
                localised(saved.unnoted).rstrip(".")
            )
        return words
