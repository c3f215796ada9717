"""Step three of finding devices: the new site's name, its supply and where its file goes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QWidget

from core.known_sites import sites_folder
from core.siteentries import slug
from gui import formatting
from gui.sentences import localised
from gui.widgets.card import Card, Paragraph, Text

SINGLE = (3, 6, 9, 12)
POWERS = (3, 6, 9, 12, 15, 18, 24, 30, 36)


@dataclass(frozen=True, slots=True)
class NewSite:
    """What the operator says of the site. ``power_kva`` is its contract."""

    name: str
    phases: int
    power_kva: float
    file: Path


class SiteForm(Card):
    """``create_asked(NewSite)`` and ``back_asked()``."""

    create_asked = Signal(object)
    back_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.name, self.file = QLineEdit(), QLineEdit()
        self.phases, self.power = QComboBox(), QComboBox()
        self.make, self.back, self._browse = QPushButton(), QPushButton(), QPushButton()
        self._labels = [Text("", "secondary") for _ in range(4)]
        self.fault, self._hint = Paragraph(), Paragraph()
        self.fault.set_tone("fault")
        self._named_by_hand = False
        self._lay_out()
        self.name.textChanged.connect(self._renamed)
        self.name.returnPressed.connect(self.make.click)
        self.file.textEdited.connect(self._by_hand)
        self._browse.clicked.connect(self._ask_file)
        self.make.clicked.connect(self._create)
        self.back.clicked.connect(self.back_asked)
        self.retranslate()

    def show_fault(self, reasons: str) -> None:
        """Why the site could not be made; empty takes it away."""
        self.fault.setText("\n".join(localised(line) for line in reasons.splitlines()))
        self.fault.setVisible(bool(reasons))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.name.setFocus()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """Set every text again."""
        self.set_title(self.tr("The new site"))
        names = (self.tr("Name"), self.tr("Supply"), self.tr("Contract"), self.tr("File"))
        for label, name, field in zip(
            self._labels, names, (self.name, self.phases, self.power, self.file), strict=True
        ):
            label.setText(name)
            field.setAccessibleName(name)
        self.name.setPlaceholderText(self.tr("Ferme des Tilleuls"))
        row = max(0, self.phases.currentIndex())
        self.phases.clear()
        self.phases.addItem(self.tr("Single-phase"), 1)
        self.phases.addItem(self.tr("Three-phase"), 3)
        self.phases.setCurrentIndex(row)
        self._browse.setText(self.tr("Browse…"))
        self.make.setText(self.tr("Create the site"))
        self.back.setText(self.tr("Back"))
        self._hint.setText(
            self.tr("A YAML file with comments, which can be edited by hand. Every link in it is read-only at first.")
        )
        self._renamed()

    def _lay_out(self) -> None:
        for power in POWERS:
            self.power.addItem(f"{power}{formatting.SPACE}kVA", power)
        self.power.setCurrentIndex(POWERS.index(9))
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.file, 1)
        line.addWidget(self._browse)
        for label, field in zip(self._labels, (self.name, self.phases, self.power, line), strict=True):
            self.body.addWidget(label)
            if isinstance(field, QHBoxLayout):
                self.body.addLayout(field)
            else:
                self.body.addWidget(field)
        self.body.addWidget(self._hint)
        self.body.addWidget(self.fault)
        self.fault.hide()
        self.body.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.back)
        row.addWidget(self.make, 1)
        self.make.setProperty("kind", "primary")
        self.body.addLayout(row)
        self.setMinimumWidth(320)

    def _by_hand(self) -> None:
        self._named_by_hand = True
        self._renamed()

    def _renamed(self) -> None:
        if not self._named_by_hand:
            stem = slug(self.name.text()).replace("_", "-")
            self.file.setText(str(sites_folder() / f"{stem}.yaml") if stem else "")
        self.file.setToolTip(self.file.text())
        name, file = self.name.text().strip(), self.file.text().strip()
        exists = bool(file) and Path(file).exists()
        self.show_fault(self.tr("This file exists already: choose another name or another file.") if exists else "")
        self.make.setEnabled(bool(name and file) and not exists)

    def _ask_file(self) -> None:
        chosen, _kind = QFileDialog.getSaveFileName(
            self, self.tr("Where to save the site"), self.file.text(), self.tr("Site files (*.yaml *.yml)")
        )
        if chosen:
            self._named_by_hand = True
            self.file.setText(chosen if Path(chosen).suffix else f"{chosen}.yaml")
            self._renamed()

    def _create(self) -> None:
        if self.make.isEnabled():
            file = Path(self.file.text().strip()).expanduser()
            self.create_asked.emit(
                NewSite(self.name.text().strip(), int(self.phases.currentData()), float(self.power.currentData()), file)
            )
