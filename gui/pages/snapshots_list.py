"""The card with the snapshots of the site: take one now, see what was kept, put one on a side of the comparison."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QGridLayout,
    QHBoxLayout,
    QListView,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from core.access import TABLE, Permission, Person
from core.snapshots.difference import Side
from core.snapshots.folder import Listed
from core.snapshots.keeper import Status
from core.snapshots.snapshot import Kind
from gui.models import parameters_words, snapshots_words, wording
from gui.models.snapshots import ListRole, SnapshotList
from gui.pages.snapshots_paint import ListDelegate
from gui.sentences import localised
from gui.widgets.card import Card, Line, Message, Paragraph, Text
from gui.widgets.keyboard import in_order

LIST_LOOK = "QListView, QListView:focus { border: none; border-radius: 0; }"


class SnapshotListView(QListView):
    """``entered()`` when Enter is pressed."""

    entered_key = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered_key.emit()
            return
        super().keyPressEvent(event)


class SnapshotListCard(Card):
    """``take_asked(Kind)``, ``halt_asked()``, ``open_asked()``, ``copy_asked(Listed)``, ``put_asked(Listed, Side)``."""

    take_asked = Signal(object)
    halt_asked = Signal()
    open_asked = Signal()
    copy_asked = Signal(object)
    put_asked = Signal(object, object)

    def __init__(self, zone: tzinfo, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent, inner=16)
        self.table, self.view = SnapshotList(zone, self), SnapshotListView()
        self.as_left, self.by_hand, self.as_found = QPushButton(), QPushButton(), QPushButton()
        self.left, self.right, self.open, self.copy = (QPushButton() for _ in range(4))
        self.bar, self.step, self.halt = QProgressBar(), Line(), QPushButton()
        self.said, self.lacking, self.message = Paragraph("", "text"), Paragraph(), Message()
        self._label = Text("", "secondary")
        self._under_way = QWidget()
        self._person = Person()
        self._kept = self._taking = False
        self._build()
        self._connect()
        self.retranslate()

    def show_list(self, rows: Sequence[Listed], *, kept: bool) -> None:
        """Take another list; ``kept``: whether this site keeps anything."""
        current = self.current()
        self._kept = kept
        self.table.show(rows)
        if current is not None and (row := self.table.row_of(current.path)) >= 0:
            self.view.setCurrentIndex(self.table.index(row))
        self.view.setVisible(bool(rows))
        self.message.setVisible(not rows)
        self._tell()

    def show_status(self, status: Status, missing: Sequence[str]) -> None:
        """How far the one under way is, and which devices (their names) were never found."""
        self._taking = status.kind is not None
        self._under_way.setVisible(self._taking)
        progress = status.progress
        self.bar.setRange(0, progress.total if progress is not None else 0)
        self.bar.setValue(progress.done if progress is not None else 0)
        if status.kind is not None:
            kind = snapshots_words.kind(status.kind)
            device = progress.device if progress is not None else ""
            self.step.set_line(self.tr("{0}: {1}").format(kind, device) if device else kind)
        names = ", ".join(missing)
        self.lacking.setText(self.tr("No “as found” yet: {0}").format(names))
        for widget in (self.lacking, self.as_found):
            widget.setVisible(bool(missing) and not self._taking)
        self._tell()

    def show_person(self, person: Person) -> None:
        """Who is signed in."""
        self._person = person
        self._tell()

    def say(self, words: str, tone: str = "") -> None:
        """What came of the last step; nothing: none."""
        self.said.setText(words)
        self.said.set_tone(tone)
        self.said.setVisible(bool(words))

    def current(self) -> Listed | None:
        """The file that is current."""
        listed = self.view.currentIndex().data(ListRole.LISTED)
        return listed if isinstance(listed, Listed) else None

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """Set every text again."""
        self.set_title(self.tr("Snapshots"))
        self._label.setText(self.tr("Take now"))
        self.as_left.setText(self.tr("As left"))
        self.by_hand.setText(self.tr("By hand"))
        self.as_found.setText(self.tr("Take it now"))
        self.halt.setText(self.tr("Stop"))
        self.left.setText(self.tr("On the left"))
        self.right.setText(self.tr("On the right"))
        self.open.setText(self.tr("Open…"))
        self.open.setToolTip(self.tr("Compare with a snapshot of another site or a reference file of the company"))
        self.copy.setText(self.tr("Save a copy…"))
        self.view.setAccessibleName(self.tr("Snapshots of this site"))
        self.table.retranslate()
        self._tell()

    def _tell(self) -> None:
        may, current = self._person.may(Permission.SNAPSHOT), self.current()
        readable = current is not None and current.snapshot is not None
        needed = self.tr("This needs the role {0}.").format(parameters_words.role(TABLE[Permission.SNAPSHOT]))
        tips = (
            (self.as_left, self.tr("Read every parameter of every device, at the end of the work")),
            (self.by_hand, self.tr("Read every parameter of every device, at any time")),
            (self.as_found, self.tr("Read the devices of which nothing was kept at their first connection")),
        )
        for button, tip in tips:
            button.setEnabled(may and self._kept and not self._taking)
            button.setToolTip(tip if may else needed)
        self.halt.setEnabled(may)
        self.copy.setEnabled(readable and may)
        self.copy.setToolTip(self.tr("Save this snapshot elsewhere") if may else needed)
        self.left.setEnabled(readable)
        self.right.setEnabled(readable)
        if self._kept:
            self.message.say(
                self.tr("No snapshot yet"),
                self.tr("At the first connection of a device, what is set in it is kept by itself."),
            )
        else:
            self.message.say(
                self.tr("Nothing of this site is kept"),
                self.tr("Files can still be opened, and compared with the devices as they are now."),
            )

    def _put(self, side: Side) -> None:
        current = self.current()
        if current is None:
            return
        if current.snapshot is None:
            self.say(wording.capital(localised(current.fault)), "fault")
        else:
            self.put_asked.emit(current, side)

    def _copy(self) -> None:
        if (current := self.current()) is not None:
            self.copy_asked.emit(current)

    def _moved(self, _current: QModelIndex) -> None:
        self._tell()

    def _connect(self) -> None:
        for button, kind in (
            (self.as_left, Kind.AS_LEFT),
            (self.by_hand, Kind.BY_HAND),
            (self.as_found, Kind.AS_FOUND),
        ):
            button.clicked.connect(lambda _=False, kind=kind: self.take_asked.emit(kind))
        self.halt.clicked.connect(self.halt_asked)
        self.open.clicked.connect(self.open_asked)
        self.copy.clicked.connect(self._copy)
        self.left.clicked.connect(lambda: self._put(Side.LEFT))
        self.right.clicked.connect(lambda: self._put(Side.RIGHT))
        self.view.doubleClicked.connect(lambda: self._put(Side.LEFT))
        self.view.entered_key.connect(lambda: self._put(Side.LEFT))
        self.view.selectionModel().currentChanged.connect(self._moved)

    def _build(self) -> None:
        view = self.view
        view.setModel(self.table)
        view.setItemDelegate(ListDelegate(view))
        view.setStyleSheet(LIST_LOOK)
        view.setMouseTracking(True)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setResizeMode(QListView.ResizeMode.Adjust)
        self.bar.setTextVisible(False)
        self.said.hide()
        take = QHBoxLayout()
        take.setSpacing(8)
        take.addWidget(self._label)
        take.addStretch(1)
        take.addWidget(self.as_left)
        take.addWidget(self.by_hand)
        step = QHBoxLayout(self._under_way)
        step.setContentsMargins(0, 0, 0, 0)
        step.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self.step)
        words.addWidget(self.bar)
        step.addLayout(words, 1)
        step.addWidget(self.halt)
        foot = QGridLayout()
        foot.setSpacing(8)
        for place, button in enumerate((self.left, self.right, self.open, self.copy)):
            foot.addWidget(button, place // 2, place % 2)
        self.body.addLayout(take)
        self.body.addWidget(self._under_way)
        self.body.addWidget(self.said)
        self.body.addWidget(self.lacking)
        self.body.addWidget(self.as_found, 0, Qt.AlignmentFlag.AlignRight)
        self.body.addWidget(view, 1)
        self.body.addWidget(self.message, 1)
        self.body.addLayout(foot)
        for widget in (self._under_way, self.lacking, self.as_found):
            widget.hide()
        in_order(
            (self.as_left, self.by_hand, self.halt, self.as_found, view, self.left, self.right, self.open, self.copy)
        )
