"""The stick doctor's dialogue: steps as they come, lamps as they are picked, and nothing that waits."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from core.errors import ProfileError
from gui import i18n
from gui.models.doctor import FAULT, GOOD, Finding, Lamps, Verdict
from gui.pages.doctor import DoctorDialog
from gui.stick_doctor import StickDoctor
from gui.widgets.mark import Mark

URL = "v5://127.0.0.1:8899?serial=17"
STEPS = (
    Finding("port_stick", GOOD, "port 8899, the local service of the stick: open"),
    Finding(
        "serial", FAULT, "the stick's serial number is 42, not 17", "it is another one", "use the serial number 42"
    ),
)


class FakeDoctor:
    """Says its steps one by one, each when the test lets it; the lamps are the real ones."""

    def __init__(self) -> None:
        self.go = threading.Semaphore(0)
        self.verdict = Verdict("the stick answers", URL.replace("17", "42"), 42)
        self.fault = ""
        self.ended = 0
        self.lamps: Callable[[str], Lamps] = StickDoctor().lamps

    def examine(self, url: str, *, ended: Callable[[], bool], said: Callable[[Finding], None]) -> Verdict:
        del url
        if self.fault:
            raise ProfileError(self.fault)
        for step in STEPS:
            while not self.go.acquire(timeout=0.01):
                if ended():
                    break
            if ended():
                self.ended += 1
                return Verdict("stopped")
            said(step)
        return self.verdict


@pytest.fixture
def doctor() -> FakeDoctor:
    i18n.choose("en")
    return FakeDoctor()


@pytest.fixture
def dialog(qtbot: QtBot, doctor: FakeDoctor) -> Iterator[DoctorDialog]:
    made = DoctorDialog(doctor)
    qtbot.addWidget(made)
    made.show()
    yield made
    made.stop()
    made.stop()
    i18n.choose("en")


def examined(qtbot: QtBot, dialog: DoctorDialog, doctor: FakeDoctor) -> None:
    dialog.examine_stick(URL, offers_serial=True)
    doctor.go.release(len(STEPS))
    qtbot.waitUntil(lambda: not dialog.busy)


def pick(qtbot: QtBot, dialog: DoctorDialog, **lamps: str) -> None:
    qtbot.waitUntil(lambda: bool(dialog.lamps.buttons))
    for lamp, state in lamps.items():
        dialog.lamps.buttons[lamp, state].click()


def test_each_step_is_shown_as_it_ends(qtbot: QtBot, dialog: DoctorDialog, doctor: FakeDoctor) -> None:
    dialog.examine_stick(URL)
    assert dialog.busy
    assert dialog.findings == []
    doctor.go.release()
    qtbot.waitUntil(lambda: len(dialog.findings) == 1)
    assert dialog.busy
    doctor.go.release()
    qtbot.waitUntil(lambda: not dialog.busy)
    assert [finding.id for finding in dialog.findings] == ["port_stick", "serial"]


def test_the_true_serial_number_is_offered_where_it_can_be_taken(
    qtbot: QtBot, dialog: DoctorDialog, doctor: FakeDoctor
) -> None:
    examined(qtbot, dialog, doctor)
    assert dialog.take.isVisible()
    with qtbot.waitSignal(dialog.serial_found) as found:
        dialog.take.click()
    assert found.args == ["42"]
    assert not dialog.isVisible()


def test_an_answer_with_a_fault_beside_it_is_not_all_well(
    qtbot: QtBot, dialog: DoctorDialog, doctor: FakeDoctor
) -> None:
    examined(qtbot, dialog, doctor)
    assert dialog.verdict is not None
    assert dialog.verdict.url
    assert dialog._verdict.property("tone") == "warning"  # pyright: ignore[reportPrivateUsage]
    marks = dialog.findChildren(Mark)
    assert [mark.accessibleName() for mark in marks[:2]] == ["good", "fault"]


def test_closing_ends_the_examination_without_waiting(qtbot: QtBot, dialog: DoctorDialog, doctor: FakeDoctor) -> None:
    dialog.examine_stick(URL)
    dialog.close()
    qtbot.waitUntil(lambda: doctor.ended == 1)
    assert not dialog.isModal()


def test_an_examination_that_was_overtaken_says_nothing_more(
    qtbot: QtBot, dialog: DoctorDialog, doctor: FakeDoctor
) -> None:
    dialog.examine_stick(URL)
    doctor.go.release()
    qtbot.waitUntil(lambda: len(dialog.findings) == 1)
    dialog.examine_stick(URL)
    qtbot.waitUntil(lambda: doctor.ended == 1)
    doctor.go.release(len(STEPS))
    qtbot.waitUntil(lambda: not dialog.busy)
    assert len(dialog.findings) == len(STEPS)
    assert dialog.verdict == doctor.verdict


def test_what_cannot_be_examined_is_said(qtbot: QtBot, dialog: DoctorDialog, doctor: FakeDoctor) -> None:
    doctor.fault = "'tcp://x' is not the address of a SOLARMAN stick"
    dialog.examine_stick("tcp://x")
    qtbot.waitUntil(lambda: not dialog.busy)
    assert dialog.verdict is None
    assert "is not the address of a SOLARMAN stick" in dialog._verdict.text()  # pyright: ignore[reportPrivateUsage]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_lamps_lead_to_causes_and_remedies(
    qtbot: QtBot, dialog: DoctorDialog, doctor: FakeDoctor, language: str
) -> None:
    i18n.choose(language)
    wanted = {"en": "The stick is not on the network", "fr": "La clé n’est pas sur le réseau"}[language]
    qtbot.waitUntil(lambda: bool(dialog.lamps.buttons) and not dialog._reading.busy)  # pyright: ignore[reportPrivateUsage]
    pick(qtbot, dialog, ready="slow", com="steady", net="off")
    case = dialog.lamps.case
    assert case is not None
    assert case.title == wanted
    erasing = [press for _, press in case.remedies if press == "factory"]
    assert erasing, "the remedy that erases the settings is marked as such"
    assert wanted in "\n".join(dialog.lamps.words())


def test_lamps_that_the_guide_does_not_know_are_no_fault_of_its_own(qtbot: QtBot, dialog: DoctorDialog) -> None:
    pick(qtbot, dialog, ready="steady", com="slow", net="steady")
    assert dialog.lamps.case is None


def test_another_stick_begins_with_no_lamp_picked(qtbot: QtBot, dialog: DoctorDialog, doctor: FakeDoctor) -> None:
    pick(qtbot, dialog, ready="off", com="off", net="off")
    assert dialog.lamps.case is not None
    examined(qtbot, dialog, doctor)
    assert dialog.lamps.seen == {}
    assert not any(button.isChecked() for button in dialog.lamps.buttons.values())


def test_the_report_holds_steps_and_lamps(qtbot: QtBot, dialog: DoctorDialog, doctor: FakeDoctor) -> None:
    examined(qtbot, dialog, doctor)
    pick(qtbot, dialog, ready="slow", com="off")
    dialog.copy_report()
    text = QGuiApplication.clipboard().text()
    assert URL in text
    assert "The stick's serial number is 42, not 17." in text
    assert "Use the serial number 42." in text
    assert "The stick does not reach the inverter" in text


def test_the_real_doctor_sees_that_nobody_is_there(qtbot: QtBot) -> None:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    heard: list[Finding] = []
    verdict = StickDoctor().examine(f"v5://127.0.0.1:{port}?serial=17", ended=lambda: False, said=heard.append)
    stick = next(finding for finding in heard if finding.id == "port_stick")
    assert stick.health == FAULT
    assert verdict.url == ""
    with pytest.raises(ProfileError):
        StickDoctor().examine("tcp://127.0.0.1:502", ended=lambda: False, said=heard.append)
