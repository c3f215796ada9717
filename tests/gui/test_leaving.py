"""The window asks before it closes over something unfinished, and only then."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from core.points import PointKey
from core.snapshots.snapshot import Kind
from core.writing.review import Edit
from gui import i18n, leaving
from gui.app import build_window
from gui.leaving import Answer, OpenEnd
from tests.gui.fake_snapshots import FakeSnapshots
from tests.gui.fake_writing import INSTALLER

LIMIT = PointKey("hybrid", "discharge_limit")


@pytest.fixture
def fake(tmp_path: Path) -> Iterator[FakeSnapshots]:
    i18n.choose("en")
    made = FakeSnapshots(tmp_path)
    made.lines["stick"].takes = True
    made.station.start()
    yield made
    made.station.stop()


def changed(fake: FakeSnapshots, qtbot: QtBot, value: float) -> None:
    qtbot.waitUntil(lambda: not fake.station.write_trouble)
    fake.station.access.sign_in(INSTALLER)  # a window that knows no such account signs him off
    held = fake.station.read_parameters("hybrid", [LIMIT.point]).result(5)
    run = fake.station.write([Edit(LIMIT, value, held[LIMIT.point])]).number
    qtbot.waitUntil(lambda: fake.station.runs()[run - 1].done, timeout=10_000)
    assert fake.station.runs()[run - 1].ok


def left(fake: FakeSnapshots, qtbot: QtBot) -> None:
    keeper = fake.station.snapshots
    assert keeper is not None
    qtbot.waitUntil(lambda: keeper.status().missing is not None)
    number = keeper.take(Kind.AS_LEFT)
    qtbot.waitUntil(lambda: (last := keeper.status().last) is not None and last.number == number, timeout=10_000)


def test_what_was_changed_is_to_be_kept_as_left(fake: FakeSnapshots, qtbot: QtBot) -> None:
    assert leaving.open_end(fake.station) is OpenEnd.NOTHING
    changed(fake, qtbot, 70.0)
    assert leaving.open_end(fake.station) is OpenEnd.NOT_KEPT
    left(fake, qtbot)
    assert leaving.open_end(fake.station) is OpenEnd.NOTHING
    changed(fake, qtbot, 60.0)
    assert leaving.open_end(fake.station) is OpenEnd.NOT_KEPT


def test_a_run_under_way_comes_first(fake: FakeSnapshots, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not fake.station.write_trouble)
    held = fake.station.read_parameters("hybrid", [LIMIT.point]).result(5)
    fake.lines["stick"].holds = True
    fake.station.write([Edit(LIMIT, 70.0, held[LIMIT.point])])
    assert leaving.open_end(fake.station) is OpenEnd.WRITING
    fake.lines["stick"].holds = False
    end = time.monotonic() + 10
    while not fake.station.runs()[0].done and time.monotonic() < end:
        fake.lines["stick"].answer()
        QApplication.processEvents()


def test_the_window_stays_closes_or_takes_the_snapshot(fake: FakeSnapshots, qtbot: QtBot) -> None:
    window, bridge = build_window(fake.station, language="en", remember=False)
    qtbot.addWidget(window)
    try:
        asked: list[OpenEnd] = []

        def answering(answer: Answer) -> leaving.Ask:
            def ask(_parent: QWidget, end: OpenEnd) -> Answer:
                asked.append(end)
                return answer

            return ask

        assert window.may_close(answering(Answer.STAY)), "nobody is asked without need"
        changed(fake, qtbot, 70.0)
        assert not window.may_close(answering(Answer.STAY))
        assert window.may_close(answering(Answer.CLOSE))
        keeper = fake.station.snapshots
        assert keeper is not None
        qtbot.waitUntil(lambda: keeper.status().missing is not None and keeper.status().kind is None, timeout=10_000)
        fake.station.access.sign_in(INSTALLER)
        assert not window.may_close(answering(Answer.KEEP))
        qtbot.waitUntil(lambda: leaving.open_end(fake.station) is OpenEnd.NOTHING, timeout=10_000)
        assert window.may_close(answering(Answer.STAY))
        assert asked == [OpenEnd.NOT_KEPT] * 3
    finally:
        window.close()
        bridge.stop()


@pytest.mark.parametrize(
    ("end", "button", "answer"),
    [
        (OpenEnd.NOT_KEPT, "Take the snapshot", Answer.KEEP),
        (OpenEnd.NOT_KEPT, "Back", Answer.STAY),
        (OpenEnd.WRITING, "Close all the same", Answer.CLOSE),
    ],
)
def test_the_question_has_its_buttons(qtbot: QtBot, end: OpenEnd, button: str, answer: Answer) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()

    def press() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        next(each for each in box.buttons() if each.text() == button).click()

    QTimer.singleShot(50, press)
    assert leaving.ask(parent, end) is answer
