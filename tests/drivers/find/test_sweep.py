"""A serial line of unknown speed is gone through without believing garbage."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import pytest

from core.catalogue import Catalogue
from core.errors import LinkError, ProfileError
from core.linkurl import parse_link
from core.paths import resources
from drivers.find.logbook import Logbook, Result
from drivers.find.sweep import LIKELY, SerialSweep, Settings, Sweeper
from drivers.modbus.framing import crc16
from drivers.modbus.rtu import RtuLink
from drivers.sim.bank import Bank
from drivers.sim.framing import RtuFraming
from drivers.sim.lines import Port, Served
from drivers.sim.requests import answer
from drivers.sim.server import SimServer

CATALOGUE = Catalogue([resources() / "profiles"])
PROFILES = [CATALOGUE.get(name) for name in ("schneider/iem3000", "legrand/emdx3", "zcs/hyd_g3")]


@dataclass
class Bus:
    """An RS485 line at one speed; what is asked at another comes back as garbage, or not at all."""

    right: Settings
    units: dict[int, Bank]
    garbage: bytes = b""
    slow: set[int] = field(default_factory=set[int])  # their answers come when the next one is asked
    chatter: bytes = b""  # another master's frames
    asked: list[tuple[str, int]] = field(default_factory=list[tuple[str, int]])
    opened: int = 0
    is_open: int = 0
    functions: set[int] = field(default_factory=set[int])


class Wire:
    """The bus as one link opens it."""

    title = "bus"
    char_s = 0.0

    def __init__(self, bus: Bus, settings: str) -> None:
        self._bus, self._settings = bus, settings
        self._input = b""
        self._held = b""
        self._framing = RtuFraming()
        self._open = False

    @property
    def is_open(self) -> bool:
        return self._open

    def open(self) -> None:
        self._open = True
        self._bus.opened += 1
        self._bus.is_open += 1

    def close(self) -> None:
        if self._open:
            self._open = False
            self._bus.is_open -= 1

    def send(self, data: bytes) -> None:
        assert crc16(data[:-2]) == int.from_bytes(data[-2:], "little")
        unit, function = data[0], data[1]
        self._bus.functions.add(function)
        self._bus.asked.append((self._settings, unit))
        if self._settings != str(self._bus.right):
            self._input += self._bus.garbage
            return
        self._input += self._bus.chatter + self._held
        self._held = b""
        if unit in self._bus.units:
            said = self._framing.frame(unit, 0, answer(self._bus.units[unit], data[1:-2]))
            if unit in self._bus.slow:
                self._bus.slow.discard(unit)
                self._held = said
            else:
                self._input += said

    def receive(self, wait_s: float) -> bytes:
        data, self._input = self._input, b""
        if not data and wait_s > 0:
            threading.Event().wait(min(wait_s, 0.002))
        return data


def opener(bus: Bus) -> Callable[[str], RtuLink]:
    def open_link(url: str) -> RtuLink:
        parsed = parse_link(url)
        given = parsed.serial()
        return RtuLink("find", Wire(bus, f"{given['baud']} 8{given['parity']}{given['stop']}"))  # pyright: ignore[reportArgumentType]

    return open_link


def bank(name: str, unit: int) -> Bank:
    return Bank(CATALOGUE.get(name), f"unit{unit}")


def plan(units: Iterable[int] = range(1, 9), **named: object) -> SerialSweep:
    return SerialSweep("/dev/ttyUSB0", units=tuple(units), timeout_s=0.01, **named)  # pyright: ignore[reportArgumentType]


def sweep(bus: Bus, given: SerialSweep | None = None, log: Logbook | None = None) -> Logbook:
    log = log or Logbook()
    Sweeper(given or plan(), PROFILES, log, opener=opener(bus)).run()
    assert bus.is_open == 0
    return log


def test_the_likeliest_settings_come_first_and_every_combination_once():
    order = SerialSweep("COM3").settings()
    assert [str(settings) for settings in order[:3]] == ["9600 8N1", "19200 8E1", "9600 8E1"]
    assert len(set(order)) == len(order) == 6 * 4
    assert set(order) >= {entry for entry in LIKELY if entry.baud in SerialSweep("COM3").bauds}


def test_devices_at_another_speed_are_found_and_named():
    bus = Bus(
        Settings(19200, "E"), {3: bank("schneider/iem3000", 3), 7: bank("zcs/hyd_g3", 7)}, garbage=b"\x81\x00\xfe\x13"
    )
    log = sweep(bus)
    found = {entry.unit: entry for entry in log.found()}
    assert {unit: entry.identity.matches[0].profile_id for unit, entry in found.items()} == {
        3: "schneider/iem3000",
        7: "zcs/hyd_g3",
    }
    assert found[3].url == "rtu:///dev/ttyUSB0?baud=19200&parity=E&stop=1"
    assert {settings for settings, _ in bus.asked} == {"9600 8N1", "19200 8E1"}  # nothing after the right one


def test_only_reads_are_sent_and_never_to_address_0():
    bus = Bus(Settings(9600), {2: bank("zcs/hyd_g3", 2)})
    sweep(bus)
    assert bus.functions <= {3, 4}
    assert all(unit for _, unit in bus.asked)


def test_garbage_is_never_a_device():
    bus = Bus(Settings(9600, "O"), {}, garbage=bytes(range(1, 60)))
    log = sweep(bus, plan(range(1, 4)))
    assert log.found() == ()
    results = {attempt.result for attempt in log.tried()}
    assert results == {Result.GARBLED, Result.SILENT}
    assert len({attempt.settings for attempt in log.tried()}) == 24


def test_one_right_checksum_by_chance_is_no_device():
    bus = Bus(Settings(9600), {})
    log = Logbook()
    lucky = RtuFraming().frame(4, 0, bytes((3, 4, 0, 0, 0, 0)))
    real = opener(bus)

    def open_link(url: str) -> RtuLink:
        link = real(url)
        wire = link._wire  # pyright: ignore[reportPrivateUsage] - the line as the test made it
        send, said = wire.send, [lucky]

        def send_once(data: bytes) -> None:
            send(data)
            if data[0] == 4 and said:
                wire._input += said.pop()  # pyright: ignore[reportAttributeAccessIssue]

        wire.send = send_once  # pyright: ignore[reportAttributeAccessIssue]
        return link

    Sweeper(plan(bauds=(9600,), parities=("N",)), PROFILES, log, opener=open_link).run()
    assert log.found() == ()


def test_a_device_that_answers_too_late_is_asked_again_with_patience():
    bus = Bus(Settings(9600), {2: bank("schneider/iem3000", 2)}, slow={2})
    log = sweep(bus, plan(range(1, 4), bauds=(9600,)))
    assert [entry.unit for entry in log.found()] == [2]


def test_another_master_on_the_line_is_told():
    request = bytes((0x30, 3, 0, 0, 0, 2))
    bus = Bus(Settings(9600), {2: bank("schneider/iem3000", 2)}, chatter=request + crc16(request).to_bytes(2, "little"))
    log = sweep(bus)
    assert any("unit 48 is spoken to by another master" in problem for problem in log.problems())


def test_a_port_that_cannot_be_opened_is_one_sentence():
    def fail(url: str) -> RtuLink:
        raise LinkError("the serial port /dev/ttyUSB0 is in use by another program")

    log = Logbook()
    sweeper = Sweeper(plan(), PROFILES, log, opener=fail)
    sweeper.run()
    assert log.problems() == ("the serial port /dev/ttyUSB0 is in use by another program",)
    assert len(log.tried()) == 1
    assert sweeper.stage.left_s == 0


def test_the_search_of_a_line_ends_when_it_is_told_to():
    bus = Bus(Settings(300), {})
    log = Logbook()
    sweeper = Sweeper(plan(range(1, 248)), PROFILES, log, opener=opener(bus))
    thread = threading.Thread(target=sweeper.run, name="sweep")
    thread.start()
    while not bus.asked:
        threading.Event().wait(0.001)
    log.end()
    thread.join(5)
    assert not thread.is_alive()
    assert bus.is_open == 0
    assert len(bus.asked) < 24 * 247
    assert log.problems() == ()


def test_progress_counts_every_question_and_time_left_falls():
    given = plan(range(1, 4), bauds=(9600, 19200))
    bus = Bus(Settings(300), {})
    log = Logbook()
    sweeper = Sweeper(given, PROFILES, log, opener=opener(bus))
    before = sweeper.stage.left_s
    assert before == pytest.approx(given.longest_s)
    sweeper.run()
    assert (sweeper.stage.done, sweeper.stage.steps) == (given.steps, given.steps)
    assert sweeper.stage.left_s == 0
    assert "unit 3" in log.text


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"units": (0, 1)}, "1 to 247"),
        ({"units": (248,)}, "1 to 247"),
        ({"units": ()}, "1 to 247"),
        ({"bauds": (9601,)}, "speed"),
        ({"parities": ("X",)}, "parity"),
    ],
)
def test_a_sweep_that_cannot_be_is_refused(given: dict[str, tuple[int, ...]], sentence: str):
    with pytest.raises(ProfileError, match=sentence):
        SerialSweep("COM3", **given).check()  # pyright: ignore[reportArgumentType]


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")
def test_a_meter_on_a_real_serial_port_is_found():
    server = SimServer([Port("line", {5: Served(bank("schneider/iem3000", 5))}, kind="rtu")])
    server.start()
    device = server.url("line").removeprefix("rtu://")
    log = Logbook()
    given = SerialSweep(device, bauds=(9600,), parities=("N",), units=(4, 5), timeout_s=0.2)
    Sweeper(given, PROFILES, log).run()
    server.stop()
    assert [(entry.unit, entry.identity.matches[0].profile_id) for entry in log.found()] == [(5, "schneider/iem3000")]
