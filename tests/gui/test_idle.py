"""Nobody there for a while: seen by the windows' own events, by two clocks, and said half a minute before."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from gui.idle import Idle


@dataclass
class Held:
    """Both clocks, moved by the test."""

    unix: float = 1_764_000_000.0
    mono: float = 500.0

    def now(self) -> float:
        return self.unix

    def ticks(self) -> float:
        return self.mono

    def pass_s(self, seconds: float) -> None:
        self.unix += seconds
        self.mono += seconds


class Ear:
    """What an ``Idle`` has said."""

    def __init__(self, idle: Idle) -> None:
        self.said: list[int | str] = []
        idle.warned.connect(self.said.append)
        idle.elapsed.connect(lambda: self.said.append("elapsed"))


@pytest.fixture
def clock() -> Held:
    return Held()


@pytest.fixture
def idle(qtbot: QtBot, clock: Held) -> Iterator[Idle]:
    made = Idle(clock)
    yield made
    made.stop()


def test_the_last_half_minute_is_counted_down_and_then_it_is_over(idle: Idle, clock: Held) -> None:
    ear = Ear(idle)
    idle.watch(60)
    for seconds in (29, 1, 1, 0.5, 28, 0.4):
        clock.pass_s(seconds)
        idle.look()
    assert ear.said == [30, 29, 1]
    clock.pass_s(0.1)
    idle.look()
    assert ear.said == [30, 29, 1, 0, "elapsed"]
    clock.pass_s(1000)
    idle.look()
    assert ear.said[-2:] == [0, "elapsed"], "once"
    assert not idle.watching


def test_a_touch_begins_anew(idle: Idle, clock: Held) -> None:
    ear = Ear(idle)
    idle.watch(60)
    clock.pass_s(59)
    idle.look()
    idle.touch()
    clock.pass_s(59)
    idle.look()
    assert ear.said == [1, 0, 1]


def test_a_touch_that_comes_too_late_does_not_count(idle: Idle, clock: Held) -> None:
    ear = Ear(idle)
    idle.watch(60)
    clock.pass_s(61)
    idle.touch()
    assert ear.said == ["elapsed"]


@pytest.mark.parametrize("asleep", ["unix", "mono"])
def test_a_computer_that_slept_was_left_alone_whichever_clock_went_on(idle: Idle, clock: Held, asleep: str) -> None:
    ear = Ear(idle)
    idle.watch(60)
    setattr(clock, asleep, getattr(clock, asleep) + 3600)
    idle.touch()
    assert ear.said == ["elapsed"]


def test_a_clock_set_back_gives_no_time(idle: Idle, clock: Held) -> None:
    ear = Ear(idle)
    idle.watch(60)
    clock.unix -= 86_400
    clock.mono += 60
    idle.look()
    assert ear.said == ["elapsed"]


def test_keys_and_the_mouse_in_any_window_are_seen(qtbot: QtBot, idle: Idle, clock: Held) -> None:
    ear = Ear(idle)
    first, later = QLineEdit(), QLineEdit()
    for window in (first, later):
        qtbot.addWidget(window)
    first.show()
    qtbot.waitExposed(first)
    idle.watch(60)
    later.show()  # after it has begun to watch
    qtbot.waitExposed(later)
    idle.look()
    for window in (first, later):
        handle = window.windowHandle()
        for touch in (
            lambda handle=handle: QTest.keyClick(handle, Qt.Key.Key_A),
            lambda handle=handle: QTest.mouseMove(handle, QPoint(5, 5)),
            lambda handle=handle: QTest.mousePress(handle, Qt.MouseButton.LeftButton),
        ):
            clock.pass_s(50)
            touch()
            qtbot.waitUntil(lambda: idle._idle_s() == 0)  # pyright: ignore[reportPrivateUsage]
    assert "elapsed" not in ear.said


def test_nothing_is_counted_before_and_after(idle: Idle, clock: Held) -> None:
    ear = Ear(idle)
    clock.pass_s(1000)
    idle.look()
    idle.watch(60)
    idle.stop()
    clock.pass_s(1000)
    idle.look()
    assert ear.said == []
