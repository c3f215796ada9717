"""EVlink configuration files: open, explain, compare with another file or a connected station, edit, save and prove."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QEvent, QMimeData, Qt, Slot
from PySide6.QtGui import (
    QAction,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeySequence,
    QShowEvent,
)
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from core.errors import WattelierError
from core.evlink.compare import copies
from core.evlink.files import Opened, Saved, read_file
from gui.background import Background
from gui.models import wording
from gui.models.cfg_edits import CfgEdits
from gui.models.cfg_sides import CfgSides
from gui.models.cfg_tree import CfgTree, Row
from gui.pages.cfg_files import CfgFiles
from gui.pages.cfg_saver import CfgSaver
from gui.pages.cfg_table import CfgTable
from gui.sentences import localised
from gui.theme import GAP
from gui.widgets.card import Card, Message

if TYPE_CHECKING:
    from core.facade import Station
    from gui.bridge import Bridge


class CfgTab(QWidget):
    """The tab. The left file is edited; the right side, a file or a station, is only compared with."""

    def __init__(self, station: Station, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folder = ""
        self._reader, self._other_reader = Background(self), Background(self)
        self.sides, self.edits = CfgSides(station), CfgEdits(self)
        self.tree = CfgTree(self.edits, parent=self)
        self.files, self.table = CfgFiles(), CfgTable(self.sides, self.edits, self.tree)
        self.saver = CfgSaver(self.sides, self.edits, self.tree, self.files)
        self.message, self.stack = Message(), QStackedWidget()
        self.setAcceptDrops(True)
        empty = Card()
        empty.body.addWidget(self.message, 1)
        self.stack.addWidget(empty)
        self.stack.addWidget(self.table)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(GAP)
        whole.addWidget(self.files)
        whole.addWidget(self.stack, 1)
        self._connect()
        bridge.status_changed.connect(self.tick)
        self.retranslate()

    def open_file(self, path: Path) -> None:
        """Read a file in the background and edit it; edits that are not saved are asked for first."""
        count = len(self.edits)
        if count == 0:
            self._read(path, self._reader, self._take_left)
            return
        words = self.tr("1 edit is not saved.") if count == 1 else self.tr("{0} edits are not saved.").format(count)
        self.files.question.ask(
            self.tr("Open {0} and give up the edits?").format(path.name),
            [words],
            self.tr("Open it"),
            lambda: self._read(path, self._reader, self._take_left),
        )

    def compare_file(self, path: Path) -> None:
        """Read a file in the background and show it on the right."""
        self._read(path, self._other_reader, self._take_right)

    def compare_station(self, device: str) -> None:
        """Show on the right what a connected station has told of its configuration."""
        found = next((shown for shown in self.sides.stations() if shown.id == device), None)
        if found is None or self.sides.left is None:
            return
        self.sides.compare_station(found)
        self.files.say("")
        self._show()
        if self.sides.told_count() == 0:
            words = self.tr("{0} has not told its configuration yet: press “Read now”.").format(found.name)
            self.files.say(words, "warning")

    def end_comparison(self) -> None:
        """Show the left file alone."""
        self.sides.end()
        self.files.say("")
        self._show()

    def copy_rows(self, rows: Sequence[Row]) -> None:
        """Take over the right values of these keys; doubts about the two stations are asked for first."""
        pairs = [row.pair for row in rows if row.pair is not None and row.pair.differs]
        taken, refused = copies(pairs, self.sides.person)
        if not taken:
            reason = wording.capital(localised(next(iter(refused.values()), "")))
            self.files.say(f"{reason}." if reason else self.tr("Nothing of what is selected differs."), "warning")
            return
        count = len(taken)
        done = self.tr("{0} values taken over as edits, not saved yet.").format(count)
        done = self.tr("1 value taken over as an edit, not saved yet.") if count == 1 else done
        if refused:
            done += " " + self.tr("{0} cannot be taken over: see their details.").format(len(refused))

        def take() -> None:
            self.edits.take(taken)
            self.files.say(done, "accent")

        if not (sentences := self.sides.doubts()):
            take()
            return
        self.files.question.ask(
            self.tr("Are both of the same model and firmware?"),
            [f"• {wording.capital(localised(sentence))}." for sentence in sentences],
            self.tr("Take over 1 value") if count == 1 else self.tr("Take over {0} values").format(count),
            take,
        )

    def stop(self) -> None:
        """End what runs beside."""
        self._reader.stop()
        self._other_reader.stop()
        self.saver.stop()

    def save_state(self) -> str:
        """Which files are open, where the last one lay, and whether the details are shown."""
        left, right = self.sides.left, self.sides.right
        state = {
            "folder": self._folder,
            "left": str(left.path) if left is not None else "",
            "right": str(right.path) if right is not None else "",
            "details": self.table.details.isChecked(),
        }
        return json.dumps(state)

    def restore_state(self, state: str) -> None:
        """Back to what ``save_state`` gave, as far as the files are still there; anything else is ignored."""
        try:
            found: Any = json.loads(state)
            left, right = (str(found[side]) for side in ("left", "right"))
            self._folder = str(found["folder"])
            self.table.details.setChecked(found["details"] is True)
        except (ValueError, KeyError, TypeError):
            return
        for path, open_it in ((left, self.open_file), (right, self.compare_file)):
            if path and left and self.sides.left is None:
                open_it(Path(path))

    @Slot()
    def tick(self) -> None:
        """Once a second: who is signed in, and what the compared station has told."""
        if self.sides.person_changed():
            self._show()
        if self.isVisible() and self.sides.listen():
            self.sides.pair()
            self.table.show_told()
            self._tell()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.files.offer(self.sides.stations())
        self.tick()

    def retranslate(self) -> None:
        """Set every text again."""
        self.files.say("")
        self._tell()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if not (files := _dropped(event.mimeData())):
            return
        event.acceptProposedAction()
        left = self.sides.left
        words = self.tr("Drop it to open it.") if len(files) == 1 else self.tr("Drop them to compare them.")
        if left is not None and len(files) == 1:
            words = self.tr("Drop it to compare it with {0}.").format(left.path.name)
        self.files.say(words, "accent")

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if _dropped(event.mimeData()):
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        super().dragLeaveEvent(event)
        self.files.say("")

    def dropEvent(self, event: QDropEvent) -> None:
        files = _dropped(event.mimeData())
        event.acceptProposedAction()
        self.files.say("")
        if len(files) == 1 and self.sides.left is not None:
            self.compare_file(files[0])
        elif files:
            self.open_file(files[0])
            for other in files[1:]:
                self.compare_file(other)

    def _connect(self) -> None:
        files = self.files
        files.open_asked.connect(self._ask_open)
        files.compare_file_asked.connect(self._ask_compare)
        files.compare_station_asked.connect(self.compare_station)
        files.end_asked.connect(self.end_comparison)
        files.read_asked.connect(self._ask_station)
        files.save_asked.connect(self._ask_target)
        self.table.copy_asked.connect(self.copy_rows)
        self.table.failed.connect(self._say_fault)
        self.edits.changed.connect(self._tell)
        self.saver.saved.connect(self._take_saved)
        for keys, slot in (
            (QKeySequence.StandardKey.Open, self._ask_open),
            (QKeySequence.StandardKey.Save, self._ask_target),
        ):
            action = QAction(self)
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.triggered.connect(slot)
            self.addAction(action)

    def _read(self, path: Path, worker: Background, done: Callable[[object], None]) -> None:
        self._folder = str(path.parent)
        self.files.say(self.tr("Reading {0}…").format(path.name))
        worker.ask(lambda: read_file(path), done, lambda error: self._not_read(path, error))

    def _not_read(self, path: Path, error: Exception) -> None:
        fault = self.tr("a fault of the program, see the log")
        why = localised(str(error)) if isinstance(error, WattelierError) else fault
        self.files.say(self.tr("{0} was not opened: {1}.").format(path.name, why.rstrip(".")), "fault")

    def _take_left(self, result: object) -> None:
        opened = cast("Opened", result)
        self.sides.open(opened)
        self.edits.begin(opened.cfg)
        self.files.say("")
        self._show()
        self.table.view.setFocus()

    def _take_right(self, result: object) -> None:
        if self.sides.left is None and not self._reader.busy:
            self._take_left(result)
            return
        self.sides.compare_file(cast("Opened", result))
        self.files.say("")
        self._show()

    def _take_saved(self, result: object) -> None:
        opened = cast("Saved", result).opened
        self.sides.open(opened)
        self.edits.go_on(opened.cfg)
        self._show()

    def _show(self) -> None:
        """Both sides anew."""
        self.table.show_sides()
        self._tell()

    def _tell(self) -> None:
        """Which files, what differs, how many edits."""
        sides = self.sides
        self.files.show_left(sides.left, sides.left_facts())
        tip = str(sides.right.path) if sides.right is not None else ""
        self.files.show_right(sides.right_name(), sides.right_facts(), station=sides.device is not None, tip=tip)
        self.files.show_edits(len(self.edits), len(self.edits.wrong()))
        seen = bool(self.tree.rows())
        self.stack.setCurrentIndex(1 if sides.left is not None and seen else 0)
        if sides.left is not None and not seen:
            self.message.say(
                sides.hidden_words(self.tree.hidden), self.tr("Sign in to read them; the file itself is open.")
            )
            return
        self.message.say(
            self.tr("Open the .cfg file that an EVlink station has exported"),
            self.tr("On the station’s own page, as admin: Configuration, General parameters, Export.")
            + "\n"
            + self.tr("Or drop files here: one is opened, two are compared. What is not edited stays byte for byte."),
        )

    def _say_fault(self, words: str) -> None:
        self.files.say(words, "fault")

    @Slot()
    def _ask_station(self) -> None:
        self.sides.ask()
        words = self.tr("{0} is being asked for its configuration.").format(self.sides.right_name())
        self.files.say(words, "accent")

    @Slot()
    def _ask_open(self) -> None:
        self._ask_file(self.tr("Open an EVlink configuration"), self.open_file)

    @Slot()
    def _ask_compare(self) -> None:
        self._ask_file(self.tr("Compare with a file"), self.compare_file)

    def _ask_file(self, title: str, then: Callable[[Path], None]) -> None:
        kinds = self.tr("EVlink configuration (*.cfg);;All files (*)")
        chosen, _kind = QFileDialog.getOpenFileName(self, title, self._folder, kinds)
        if chosen:
            then(Path(chosen))

    @Slot()
    def _ask_target(self) -> None:
        left = self.sides.left
        if left is None or not self.files.save.isEnabled():
            return
        mark = self.tr("edited")
        usual = left.path.with_name(f"{left.path.stem}-{mark}{left.path.suffix or '.cfg'}")
        kinds = self.tr("EVlink configuration (*.cfg);;All files (*)")
        chosen, _kind = QFileDialog.getSaveFileName(self, self.tr("Save the configuration"), str(usual), kinds)
        if chosen:
            self._folder = str(Path(chosen).parent)
            self.saver.save(Path(chosen))


def _dropped(data: QMimeData) -> list[Path]:
    """The files that are being dragged, one or two."""
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    return paths if len(paths) in (1, 2) else []
