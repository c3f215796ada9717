"""The timer sets the pace, not the bus."""

from dataclasses import replace

from pytestqt.qtbot import QtBot

from core.points import PointKey, Reading
from gui.bridge import STATUS_EVERY, Bridge
from tests.gui.fake_station import FakeStation, day_flows

POWER = PointKey("meter", "power")


def test_burst_reaches_the_screen_once(qtbot: QtBot) -> None:
    station = FakeStation()
    bridge = Bridge(station)
    for watts in range(1000):
        station.put([Reading(POWER, float(watts), at=0.0)])
    with qtbot.waitSignal(bridge.readings_changed, timeout=2000) as batch:
        pass
    assert [reading.value for reading in batch.args[0]] == [999.0]
    bridge.stop()


def test_nothing_moved_nothing_said() -> None:
    bridge, heard = Bridge(FakeStation(), start=False), list[object]()
    bridge.readings_changed.connect(heard.append)
    for _ in range(25):
        bridge.drain()
    assert heard == []


def test_flows_come_at_most_four_times_a_second_and_only_when_they_differ() -> None:
    station = FakeStation()
    bridge, heard = Bridge(station, start=False), list[object]()
    bridge.flows_changed.connect(heard.append)
    for row in range(50):  # five seconds
        station.now_flows = replace(day_flows(), unexplained=float(row), at=float(row))
        station.put([Reading(POWER, float(row), at=0.0)])
        bridge.drain()
    assert 10 <= len(heard) <= 20
    heard.clear()
    for row in range(50):
        station.now_flows = replace(station.now_flows, at=100.0 + row)  # another time, nothing else
        bridge.drain()
    assert len(heard) <= 1


def test_a_balance_after_a_silence_is_sent_with_the_next_drain() -> None:
    station = FakeStation()
    bridge, heard = Bridge(station, start=False), list[object]()
    bridge.flows_changed.connect(heard.append)
    for row in range(20):
        for _ in range(7):  # drains of a silence, of any length
            bridge.drain()
        station.now_flows = replace(day_flows(), unexplained=float(row))
        bridge.drain()
        assert heard[-1] is station.now_flows


def test_staleness_shows_without_any_reading() -> None:
    station = FakeStation()
    bridge, heard = Bridge(station, start=False), list[object]()
    bridge.drain()
    bridge.flows_changed.connect(heard.append)
    station.now_flows = replace(day_flows(), soc=77.0)
    for _ in range(STATUS_EVERY):
        bridge.drain()
    assert len(heard) == 1


def test_status_comes_once_a_second() -> None:
    bridge, heard = Bridge(FakeStation(), start=False), list[int]()
    bridge.status_changed.connect(lambda: heard.append(1))
    for _ in range(50):
        bridge.drain()
    assert len(heard) == 5
