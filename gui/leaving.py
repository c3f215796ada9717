"""Before the window closes: is something still being written, and is what was changed kept as it was left?"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMessageBox, QWidget

from core.snapshots.snapshot import Kind

if TYPE_CHECKING:
    from core.facade import Station

translate = QCoreApplication.translate


class OpenEnd(Enum):
    """What is not finished."""

    NOTHING = auto()
    WRITING = auto()  # a run of writes is under way
    NOT_KEPT = auto()  # devices hold something else than they did, and no snapshot says so


class Answer(Enum):
    """What the operator wants."""

    CLOSE = auto()
    STAY = auto()
    KEEP = auto()  # take a snapshot as left, and stay until it is there


Ask = Callable[[QWidget, OpenEnd], Answer]


def open_end(station: Station) -> OpenEnd:
    """What is not finished at a site; a demonstration need not be kept."""
    runs = station.runs()
    if any(not run.done for run in runs):
        return OpenEnd.WRITING
    changed = [run.at for run in runs if any(line.written for line in run.lines)]
    keeper = station.snapshots
    if not changed or keeper is None or station.site.demo:
        return OpenEnd.NOTHING
    last = keeper.status().last
    kept = last.opened.snapshot if last is not None and last.opened is not None else None
    left = kept is not None and kept.kind is Kind.AS_LEFT and (kept.at or 0.0) >= max(changed)
    return OpenEnd.NOTHING if left else OpenEnd.NOT_KEPT


def keep(page: QWidget) -> None:
    """Have a snapshot "as left" taken on the page of commissioning, where its progress shows."""
    from gui.pages.commissioning import CommissioningPage  # pages are imported when they are first shown
    from gui.pages.snapshots import SnapshotsTab

    tab = page.show_tab("snapshots") if isinstance(page, CommissioningPage) else None
    if isinstance(tab, SnapshotsTab):
        tab.take(Kind.AS_LEFT)


def ask(parent: QWidget, end: OpenEnd) -> Answer:
    """Ask the operator; the GUI thread goes on drawing meanwhile."""
    box = QMessageBox(parent)
    box.setWindowTitle("Wattelier")
    box.setIcon(QMessageBox.Icon.Question)
    close = box.addButton(translate("leaving", "Close all the same"), QMessageBox.ButtonRole.DestructiveRole)
    stay = box.addButton(translate("leaving", "Back"), QMessageBox.ButtonRole.RejectRole)
    keep = None
    if end is OpenEnd.WRITING:
        box.setText(translate("leaving", "Values are still being written."))
        box.setInformativeText(
            translate(
                "leaving", "What has been begun is proven before the program ends; the rest is not begun any more."
            )
        )
        box.setDefaultButton(stay)
    else:
        box.setText(translate("leaving", "Parameters were changed, and what you leave behind is not kept yet."))
        box.setInformativeText(
            translate("leaving", "A snapshot “as left” shows later what every device held when you went.")
        )
        keep = box.addButton(translate("leaving", "Take the snapshot"), QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(keep)
    box.setEscapeButton(stay)
    box.exec()
    pressed = box.clickedButton()
    if keep is not None and pressed is keep:
        return Answer.KEEP
    return Answer.CLOSE if pressed is close else Answer.STAY
