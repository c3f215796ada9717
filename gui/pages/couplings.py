"""Couplings: choose how an installation is built, then wire, set, check and keep the result, step by step."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QTimer, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from core.couplings.checks import Finding, Verdict
from core.couplings.guide import Check
from core.points import Reading
from gui import formatting, i18n
from gui.models.couplings import Assistants
from gui.models.couplings_run import CheckRun
from gui.pages.couplings_checks import ChecksStep
from gui.pages.couplings_choose import ChoosePanel
from gui.pages.couplings_result import ResultStep
from gui.pages.couplings_settings import SettingsStep
from gui.pages.couplings_stepper import Stepper
from gui.pages.couplings_wiring import WiringStep
from gui.theme import GAP
from gui.widgets.card import Text
from gui.widgets.confirm import Confirm

if TYPE_CHECKING:
    from core.facade import Station
    from gui.bridge import Bridge

TICK_MS = 500
STEPS = 4


class CouplingsTab(QWidget):
    """A tab of the page "commissioning". ``edits_asked(list[Edit])``: values for the parameter panel."""

    edits_asked = Signal(list)

    def __init__(self, station: Station, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._station = station
        self.assistants = Assistants(station, parent=self)
        self.run = CheckRun(station, parent=self)
        self._running_for = ("", "")  # device and configuration of the check under way
        self.choose = ChoosePanel(self.assistants)
        self.wiring = WiringStep(self.assistants)
        self.settings = SettingsStep(station, self.assistants)
        self.checks = ChecksStep(station, self.assistants, self.run)
        self.result = ResultStep(station, self.assistants)
        self._pages = (self.wiring, self.settings, self.checks, self.result)
        self.stepper, self.confirm = Stepper(STEPS), Confirm()
        self.leave, self.back, self.next = QPushButton(), QPushButton(), QPushButton()
        self._title, self._steps, self._stack = Text("", "card"), QStackedWidget(), QStackedWidget()
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._lay_out()
        self._connect(bridge)
        self.retranslate()
        self.assistants.open()

    @property
    def step(self) -> int:
        """The step that is shown, counted from 0; -1 while a configuration is being chosen."""
        return self.assistants.progress.step if self.assistants.configuration is not None else -1

    def show_step(self, step: int) -> None:
        """Show another step of the open configuration."""
        if self.assistants.configuration is not None and 0 <= step < STEPS:
            self.assistants.update(replace(self.assistants.progress, step=step))
            if step == 1:
                self.assistants.read_settings()

    def stop(self) -> None:
        """End what runs beside, and keep what is not yet kept."""
        self._timer.stop()
        self.run.forget()
        self.assistants.stop()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """Set every text again."""
        self.leave.setText(self.tr("All configurations"))
        self.back.setText(self.tr("Back"))
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show what is open."""
        configuration, view = self.assistants.configuration, self.assistants.device
        self.choose.refresh()
        self._stack.setCurrentIndex(0 if configuration is None else 1)
        if configuration is None or view is None:
            return
        self._title.setText(formatting.joined([view.config.title, configuration.title.text(i18n.current())]))
        step = self.step
        self._pages[step].refresh()
        self._steps.setCurrentIndex(step)
        self.stepper.show_steps(self._step_words(), step)
        self.back.setEnabled(step > 0)
        self.next.setVisible(step < STEPS - 1)
        if step < STEPS - 1:
            self.next.setText(self.tr("Next: {0}").format(self._step_words()[step + 1][0]))

    # -- inside ------------------------------------------------------------------------------------------------

    def _step_words(self) -> list[tuple[str, str, str]]:
        assistants, progress = self.assistants, self.assistants.progress
        configuration = assistants.configuration
        if configuration is None:
            return [("", "", "")] * STEPS
        reminders = configuration.reminders_for(progress.sense)
        needed = [setting for setting in configuration.settings_for(progress.sense) if not setting.optional]
        checks = assistants.checks()
        passed = sum(assistants.verdict(check) is Verdict.PASS for check in checks)
        counts = (
            (self.tr("Wiring"), sum(entry.id in progress.wiring for entry in reminders), len(reminders)),
            (self.tr("Settings"), sum(assistants.is_set(setting) for setting in needed), len(needed)),
            (self.tr("Checks"), passed, len(checks)),
        )
        words = [
            (title, self.tr("{0} of {1}").format(done, of), "healthy" if done == of else "")
            for title, done, of in counts
        ]
        if assistants.failed:
            words[2] = words[2][0], words[2][1], "fault"
        view = assistants.device
        kept = view is not None and (view.id, configuration.id) in assistants.earlier
        return [*words, (self.tr("Result"), self.tr("kept") if kept else self.tr("not kept yet"), "")]

    @Slot(list)
    def _apply(self, readings: list[Reading]) -> None:
        self.run.apply(readings)
        view = self.assistants.device
        if self.isVisible() and view is not None and any(reading.key.device == view.id for reading in readings):
            self.checks.tick()
            if self.step == 1:
                self.settings.refresh()
                self._tell_steps()

    def _tick(self) -> None:
        self.run.tick()
        if self.isVisible():
            self.checks.tick()

    @Slot()
    def _status(self) -> None:
        """A second has passed: ages, and who is signed in."""
        if self.isVisible() and self.assistants.configuration is not None:
            self._pages[self.step].refresh()
            self._tell_steps()

    def _tell_steps(self) -> None:
        if self.step >= 0:
            self.stepper.show_steps(self._step_words(), self.step)

    @Slot(object, float)
    def _start(self, check: Check, load_w: float) -> None:
        view, configuration = self.assistants.device, self.assistants.configuration
        if view is None or configuration is None:
            return
        self._running_for = view.id, configuration.id
        self.run.start(view.id, check, load_w)
        self._timer.start()
        self.checks.refresh()

    @Slot(str, object)
    def _found(self, check: str, finding: Finding) -> None:
        self._timer.stop()
        self.assistants.take(*self._running_for, check, finding)
        self.refresh()

    def _begin_again(self) -> None:
        self.confirm.ask(
            self.tr("Begin this configuration again?"),
            [self.tr("The ticks and the results shown here are forgotten; the journal keeps what was stored.")],
            self.tr("Begin again"),
            self._forget,
        )

    def _forget(self) -> None:
        self.run.stop()
        self.assistants.begin_again()

    def _connect(self, bridge: Bridge) -> None:
        bridge.readings_changed.connect(self._apply)
        bridge.status_changed.connect(self._status)
        self._timer.timeout.connect(self._tick)
        self.assistants.changed.connect(self.refresh)
        self.choose.chosen.connect(self.assistants.choose)
        self.stepper.chosen.connect(self.show_step)
        self.leave.clicked.connect(lambda: self.assistants.choose(""))
        self.back.clicked.connect(lambda: self.show_step(self.step - 1))
        self.next.clicked.connect(lambda: self.show_step(self.step + 1))
        self.checks.start_asked.connect(self._start)
        self.run.found.connect(self._found)
        self.settings.edits_asked.connect(self.edits_asked)
        self.result.again_asked.connect(self._begin_again)

    def _lay_out(self) -> None:
        self.next.setProperty("kind", "primary")
        self.leave.setProperty("kind", "flat")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._title, 1)
        head.addWidget(self.leave)
        for page in self._pages:
            self._steps.addWidget(page)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(self.back)
        foot.addWidget(self.next)
        guided = QWidget()
        column = QVBoxLayout(guided)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP - 4)
        column.addLayout(head)
        column.addWidget(self.stepper)
        column.addWidget(self.confirm)
        column.addWidget(self._steps, 1)
        column.addLayout(foot)
        self._stack.addWidget(self.choose)
        self._stack.addWidget(guided)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)
