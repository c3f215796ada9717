"""A device that speaks by itself, heard once: what is waited for, and what is said when nothing comes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from core.config import DeviceConfig, LinkConfig
from core.errors import LinkError, ProfileError
from core.frames import FrameRing
from core.linkurl import LinkUrl, parse_link
from core.points import Point, PointKey, Reading
from core.profile import Group, Profile
from core.status import BusHealth, DeviceState, DeviceStatus, LinkState, LinkStatus, StationSeen
from drivers import listen_once, registry
from drivers.listen_once import LineReader
from drivers.ocpp.door import SOAP, UNKNOWN
from drivers.registry import Wiring

CAN = parse_link("can://virtual/bench")
OCPP = parse_link("ocpp://127.0.0.1:8887/")
GROUPS = {"live": Group("live", 1.0), "identity": Group("identity", None, once=True)}


def profile(protocol: str = "can") -> Profile:
    points = (
        Point("power", (), None, "number", "W", group="live", path="Status.Power"),
        Point("state", (), None, "number", group="live", path="Status.State"),
        Point("serial", (), None, "text", group="identity", path="Identity.Serial"),
        Point("key", (), None, "number", group="identity", path="key.NumberOfConnectors"),
        Point("charging", (), None, "number", group="identity", path="StatusNotification.status"),
        Point("interval", (), None, "number", group="identity", path="key.MeterValueSampleInterval"),
        Point("measured", (), None, "number", group="identity", path="MeterValues.Voltage"),
    )
    return Profile("acme/box", Path(), "Acme", "Box", "charger", "", points, GROUPS, protocol=protocol)


class Stage:
    """What the lines of a test are to say, and the lines that have been made."""

    def __init__(self) -> None:
        self.status = LinkStatus("link", LinkState.UP, 0.0)
        self.statuses: list[LinkStatus] = []  # what comes before that
        self.says: list[str] = []  # ids of points; nothing is a moment of silence
        self.lines: list[FakeLine] = []

    def build(self, config: LinkConfig, devices: Sequence[DeviceConfig], wiring: Wiring) -> FakeLine:
        line = FakeLine(self, config, devices, wiring)
        self.lines.append(line)
        return line


class FakeLine:
    """A line that says one thing after the other from a thread of its own."""

    def __init__(self, stage: Stage, config: LinkConfig, devices: Sequence[DeviceConfig], wiring: Wiring) -> None:
        self.name, self.frames = config.id, FrameRing(config.id)
        self.devices = tuple(devices)
        self._stage, self._wiring = stage, wiring
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._run, name="fake line")

    def start(self) -> None:
        self._thread.start()

    def status(self) -> LinkStatus:
        return self._stage.statuses.pop(0) if self._stage.statuses else self._stage.status

    def reconnect(self) -> None: ...

    def ask(self, device: str, group: str | None = None) -> None: ...

    def stop(self) -> None:
        self._end.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._end.wait(0.01):
            if self.devices and self._stage.says and (point := self._stage.says.pop(0)):
                value = "charging" if point == "charging" else 1.0
                self._wiring.sink.put([Reading(PointKey(self.devices[0].id, point), value, 1.0, "W")])


@pytest.fixture
def stage(monkeypatch: pytest.MonkeyPatch) -> Stage:
    made = Stage()
    for kind in ("can", "ocpp"):
        monkeypatch.setitem(registry.LINES, kind, made.build)
    return made


@pytest.fixture
def reader(stage: Stage) -> Iterator[Callable[..., LineReader]]:
    made: list[LineReader] = []

    def make(url: LinkUrl = CAN, *, wait_s: float = 0.3, **more: object) -> LineReader:
        made.append(LineReader(url, profile(url.kind), wait_s=wait_s, **more))  # pyright: ignore[reportArgumentType] - keywords pass through
        return made[-1]

    yield make
    for each in made:
        each.close()


def test_it_waits_until_all_that_repeats_itself_has_come_and_no_longer(stage: Stage, reader: Callable[..., LineReader]):
    stage.says = ["power", "state"]
    found = reader(wait_s=60.0).read()
    assert set(found) == {"power", "state"}  # the serial number is not said again


def test_what_has_not_come_in_time_is_left_out(stage: Stage, reader: Callable[..., LineReader]):
    stage.says = ["power"]
    assert set(reader().read()) == {"power"}


def test_values_that_are_there_before_the_device_is_said_to_be_are_not_taken_for_silence(
    stage: Stage, reader: Callable[..., LineReader]
):
    never = DeviceStatus("device", DeviceState.NEVER)
    online = DeviceStatus("device", DeviceState.ONLINE)
    stage.says = ["power", "state"]
    stage.statuses = [LinkStatus("link", LinkState.UP, 0.0, devices=(never,))] * 5
    stage.status = LinkStatus("link", LinkState.UP, 0.0, devices=(online,))
    assert set(reader(wait_s=60.0).read()) == {"power", "state"}


@pytest.mark.parametrize("url", [CAN, OCPP])
def test_it_ends_when_nothing_new_comes_any_more(
    stage: Stage, reader: Callable[..., LineReader], monkeypatch: pytest.MonkeyPatch, url: LinkUrl
):
    monkeypatch.setattr(listen_once, "QUIET_S", {"can": 0.1, "ocpp": 0.1})
    monkeypatch.setitem(GROUPS, "live", Group("live", 0.1))
    stage.says = ["power", "key"]
    said: list[str] = []
    assert set(reader(url, wait_s=600.0, station="CP-7" if url is OCPP else "", said=said.append).read()) == {
        "power",
        "key",
    }
    assert any("CP-7 has nothing more to say for now; 1 values" in text for text in said) is (url is OCPP)


def test_a_station_that_charges_is_heard_until_its_next_measured_values(
    stage: Stage, reader: Callable[..., LineReader], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(listen_once, "QUIET_S", {"ocpp": 0.05})
    stage.says = ["charging", "key", "interval", *[""] * 30, "measured"]  # some 0.3 s of silence between
    assert "measured" in reader(OCPP, wait_s=600.0, station="CP-7").read()


def test_a_second_look_gives_what_is_newest_without_waiting(stage: Stage, reader: Callable[..., LineReader]):
    stage.says = ["power", "state"]
    one = reader(wait_s=60.0)
    one.read()
    assert set(one.read()) == {"power", "state"}
    assert len(stage.lines) == 1


def test_a_device_that_has_fallen_silent_is_said_so_at_the_second_look(stage: Stage, reader: Callable[..., LineReader]):
    stage.says = ["power", "state"]
    one = reader(wait_s=0.2)
    one.read()
    gone = DeviceStatus("device", DeviceState.SILENT, fault="node 1 is silent")
    stage.status = LinkStatus("link", LinkState.UP, 0.0, devices=(gone,))
    with pytest.raises(LinkError, match="node 1 is silent"):
        one.read()


def test_a_dead_bus_is_one_sentence_with_what_to_look_at(reader: Callable[..., LineReader]):
    with pytest.raises(LinkError, match=r"^nothing is heard at can9 \(socketcan\) within 0\.1 s: check the bit rate"):
        reader(parse_link("can://socketcan/can9"), wait_s=0.1).read()
    with pytest.raises(LinkError, match=r"^nothing is heard at bench \(virtual\) within 0\.1 s: does anybody speak"):
        reader(wait_s=0.1).read()


def test_a_device_that_is_set_up_wrong_is_said_so_at_once(stage: Stage, reader: Callable[..., LineReader]):
    wrong = DeviceStatus("device", DeviceState.FAULTY, fault="vendor.dbc is not a DBC")
    stage.status = LinkStatus("link", LinkState.UP, 0.0, devices=(wrong,))
    with pytest.raises(ProfileError, match=r"^vendor\.dbc is not a DBC$"):
        reader(wait_s=600.0).read()


def test_another_node_is_told_from_a_dead_bus(stage: Stage, reader: Callable[..., LineReader]):
    stage.status = LinkStatus(
        "link", LinkState.UP, 0.0, bus=BusHealth(frames_a_second=4.0, unknown=((0x351, 9), (0x98E51002, 3)))
    )
    with pytest.raises(LinkError, match=r"^node 3 is not heard at bench .* the bus carries 0x351, 0x18E51002$"):
        reader(wait_s=0.1, unit=3).read()


def test_a_line_that_cannot_be_opened_is_not_waited_for(stage: Stage, reader: Callable[..., LineReader]):
    stage.status = LinkStatus("link", LinkState.DOWN, 0.0, error="the driver of this adapter is missing")
    with pytest.raises(LinkError, match=r"^the driver of this adapter is missing$"):
        reader(wait_s=60.0).read()


def test_without_a_name_the_first_station_that_calls_is_the_one(stage: Stage, reader: Callable[..., LineReader]):
    said: list[str] = []
    stage.says = ["power", "state"]
    callers = (StationSeen("CP-8", calls=1, reason=SOAP), StationSeen("CP-7", calls=1, reason=UNKNOWN))
    stage.status = LinkStatus("link", LinkState.UP, 0.0, stations=callers)
    assert set(reader(OCPP, wait_s=60.0, unit=2, said=said.append).read()) == {"power", "state"}
    first, second = stage.lines
    assert first.devices == ()
    assert [(device.station, device.unit) for device in second.devices] == [("CP-7", 2)]
    assert said[0].startswith("waiting for a charging station to call 127.0.0.1:8887")


def test_a_station_that_nobody_sees_is_one_sentence_that_says_what_to_enter(reader: Callable[..., LineReader]):
    with pytest.raises(LinkError, match=r"^no charging station has called 127\.0\.0\.1:8887 .*ws://.*:8887/"):
        reader(OCPP, wait_s=0.1).read()


def test_a_station_that_was_named_wrongly_is_told_from_nobody(stage: Stage, reader: Callable[..., LineReader]):
    stage.status = LinkStatus(
        "link", LinkState.UP, 0.0, stations=(StationSeen("CP-8", calls=2, reason=UNKNOWN), StationSeen("CP-7"))
    )
    with pytest.raises(LinkError, match=r"^CP-7 has not called .* others have: CP-8 \(not a station of this site"):
        reader(OCPP, wait_s=0.1, station="CP-7").read()


def test_a_station_that_may_not_come_in_is_said_so_with_the_reason(stage: Stage, reader: Callable[..., LineReader]):
    soap = StationSeen("CP-8", calls=2, reason=SOAP)
    stage.status = LinkStatus("link", LinkState.UP, 0.0, stations=(soap,))
    with pytest.raises(LinkError, match=r"^no charging station could come in .*: CP-8 \(calls by SOAP"):
        reader(OCPP, wait_s=0.1).read()
    with pytest.raises(LinkError, match=r"^CP-8 has called .*, but could not come in: calls by SOAP"):
        reader(OCPP, wait_s=0.1, station="CP-8").read()


def test_a_named_station_that_nobody_sees_is_named(stage: Stage, reader: Callable[..., LineReader]):
    stage.status = LinkStatus("link", LinkState.UP, 0.0, stations=(StationSeen("CP-7"),))
    with pytest.raises(LinkError, match=r"^CP-7 has not called 127\.0\.0\.1:8887 within 0\.1 s: enter ws://"):
        reader(OCPP, wait_s=0.1, station="CP-7").read()


def test_a_station_without_a_word_about_the_socket_is_said_so(stage: Stage, reader: Callable[..., LineReader]):
    stage.status = LinkStatus("link", LinkState.UP, 0.0, stations=(StationSeen("CP-7", connected=True),))
    with pytest.raises(LinkError, match=r"^CP-7 has called .* nothing of connector 2 "):
        reader(OCPP, wait_s=0.1, station="CP-7", unit=2).read()


def test_a_wrong_option_is_one_sentence():
    with pytest.raises(ProfileError, match="has no option 'colour'"):
        LineReader(CAN, profile(), None, {"colour": "red"})
