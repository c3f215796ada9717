"""Stick doctor: what of a SOLARMAN stick answers, step by step as it happens, and what its lamps mean."""

from __future__ import annotations

import threading
from typing import cast

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from gui import i18n
from gui.background import Background
from gui.models.doctor import FAULT, TONES, Doctor, Finding, Lamps, Verdict, health_words, report, sentence
from gui.pages.doctor_lamps import LampsCard
from gui.widgets.card import GAP, Card, Paragraph, Text
from gui.widgets.mark import Mark
from gui.widgets.scrolled import scrolled


class FindingRow(QWidget):
    """One step: a sign with the sentence, what it means, what to do."""

    def __init__(self, finding: Finding, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        tone = TONES.get(finding.health, "tertiary")
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(Paragraph(sentence(finding.found), "text"))
        if finding.means:
            texts.addWidget(Paragraph(sentence(finding.means)))
        if finding.then:
            then = Paragraph(f"→ {sentence(finding.then)}")
            then.set_tone(tone if tone != "healthy" else "")
            texts.addWidget(then)
        mark = QVBoxLayout()
        mark.setContentsMargins(0, 1, 0, 0)
        mark.addWidget(Mark(tone, health_words(finding.health)))
        mark.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(10)
        row.addLayout(mark)
        row.addLayout(texts, 1)


class DoctorDialog(QDialog):
    """Nothing else waits for it. ``serial_found(str)``: the operator takes the stick's true serial."""

    serial_found = Signal(str)
    _said = Signal(int, object)  # from the worker: the number of the examination, a Finding

    def __init__(self, doctor: Doctor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._doctor, self._url = doctor, ""
        self.findings: list[Finding] = []
        self.verdict: Verdict | None = None
        self._offers_serial = False
        self._trouble = ""
        self._number = 0
        self._ended = threading.Event()
        self._examining, self._reading = Background(self), Background(self)
        self._card, self.lamps = Card(), LampsCard()
        self._verdict, self._where, self._bar = Paragraph(kind="strong"), Text("", "secondary"), QProgressBar()
        self.again, self.copy, self.take, self.close_button = (QPushButton() for _ in range(4))
        self.setModal(False)
        self.setWindowFlag(Qt.WindowType.Window)
        self._lay_out()
        self._said.connect(self._hear)
        self.again.clicked.connect(self.examine)
        self.copy.clicked.connect(self.copy_report)
        self.take.clicked.connect(self._take_serial)
        self.close_button.clicked.connect(self.close)
        self.retranslate()

    @property
    def busy(self) -> bool:
        """Whether an examination is under way."""
        return self._examining.busy

    def report(self) -> str:
        """Everything as text."""
        return report(self._url, self.findings, self.verdict, self.lamps.words())

    @Slot()
    def copy_report(self) -> None:
        """Put the report on the clipboard."""
        QGuiApplication.clipboard().setText(self.report())

    def examine_stick(self, url: str, *, offers_serial: bool = False) -> None:
        """Examine the stick at this address; ``offers_serial``: its true serial number can be taken over."""
        self._url, self._offers_serial = url, offers_serial
        self._where.setText(url)
        self.lamps.forget()
        self.examine()

    @Slot()
    def examine(self) -> None:
        """Begin, or begin again; an examination that is still ending goes first."""
        self._ended.set()
        self._number += 1
        number, ended = self._number, threading.Event()
        self._ended = ended
        self.findings.clear()
        self.verdict, self._trouble = None, ""
        self._show_findings()
        self._examining.ask(
            lambda: self._doctor.examine(
                self._url, ended=ended.is_set, said=lambda finding: self._said.emit(number, finding)
            ),
            self._finish,
            self._fail,
        )
        self._tell()

    def stop(self) -> None:
        """End what runs beside and wait for it; safe to call twice."""
        self._ended.set()
        self._examining.stop()
        self._reading.stop()

    def done(self, result: int) -> None:
        self._ended.set()  # the worker ends by itself; nobody waits for it here
        super().done(result)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """Set every text again."""
        self.setWindowTitle(self.tr("Stick doctor"))
        self._card.set_title(self.tr("What the network tells"))
        self._where.setText(self._url)
        self.again.setText(self.tr("Examine again"))
        self.copy.setText(self.tr("Copy the report"))
        self.close_button.setText(self.tr("Close"))
        language = i18n.current()
        self._reading.ask(lambda: self._doctor.lamps(language), self._show_lamps, self._fail)
        self._show_findings()
        self._tell()

    def _lay_out(self) -> None:
        self.resize(1040, 720)
        self.setMinimumSize(920, 480)
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._list = QVBoxLayout()
        self._list.setSpacing(2)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 8, 0)
        column.addLayout(self._list)
        column.addStretch(1)
        self._card.body.addWidget(self._where)
        self._card.body.addWidget(self._verdict)
        self._card.body.addWidget(self._bar)
        self._card.body.addWidget(scrolled(inner), 1)
        cards = QHBoxLayout()
        cards.setSpacing(GAP)
        cards.addWidget(self._card, 5)
        cards.addWidget(scrolled(self.lamps), 6)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.again)
        buttons.addWidget(self.copy)
        buttons.addStretch(1)
        buttons.addWidget(self.take)
        buttons.addWidget(self.close_button)
        self.take.setProperty("kind", "primary")
        self.again.setAutoDefault(False)
        self.close_button.setDefault(True)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(GAP, GAP, GAP, GAP)
        whole.setSpacing(GAP)
        whole.addLayout(cards, 1)
        whole.addLayout(buttons)

    @Slot(int, object)
    def _hear(self, number: int, finding: object) -> None:
        if number == self._number:
            self.findings.append(cast("Finding", finding))
            self._list.addWidget(FindingRow(self.findings[-1]))
            self._tell()

    def _show_findings(self) -> None:
        while (item := self._list.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for finding in self.findings:
            self._list.addWidget(FindingRow(finding))

    def _finish(self, verdict: object) -> None:
        self.verdict = cast("Verdict", verdict)
        self._tell()

    def _fail(self, error: Exception) -> None:
        self._trouble = str(error)
        self._tell()

    def _show_lamps(self, lamps: object) -> None:
        self.lamps.show_lamps(cast("Lamps", lamps))

    def _tell(self) -> None:
        """The sentence over everything."""
        busy, verdict = self.busy, self.verdict
        self._bar.setVisible(busy)
        self.again.setEnabled(not busy)
        tone = ""
        if self._trouble:
            words, tone = sentence(self._trouble), "fault"
        elif verdict is not None:
            words = sentence(verdict.text)
            faults = any(finding.health == FAULT for finding in self.findings)
            tone = "fault" if not verdict.url else "warning" if faults else "healthy"
            if verdict.ask_lamps:
                words += " " + self.tr("Now look at the lamps of the stick.")
        else:
            words = self.tr("Examining the stick; nothing is written to it…")
        self._verdict.setText(words)
        self._verdict.set_tone(tone)
        serial = verdict.true_serial if verdict is not None else None
        wrong = self._offers_serial and serial is not None and f"serial={serial}" not in self._url
        self.take.setVisible(wrong)
        self.take.setText(self.tr("Use the serial number {0}").format(serial))

    def _take_serial(self) -> None:
        if self.verdict is not None and self.verdict.true_serial is not None:
            self.serial_found.emit(str(self.verdict.true_serial))
            self.close()
