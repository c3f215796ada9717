"""Writes to simulated devices with registers, as clients that are not ours see them."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
from pymodbus import FramerType
from pymodbus.client import ModbusSerialClient, ModbusTcpClient
from pymodbus.exceptions import ModbusException
from pyModbusTCP.client import ModbusClient
from pysolarmanv5 import NoSocketAvailableError, PySolarmanV5, V5FrameError

from core.catalogue import Catalogue
from core.config import DeviceConfig, LinkConfig, Site
from core.linkurl import parse_link
from core.parameters import Danger, Parameter, Parameters, Words, WriteBlock
from core.points import Access, Point
from core.profile import Profile
from drivers.sim.bank import Bank
from drivers.sim.faults import Fault, Faults, WriteFault
from drivers.sim.fleet import Fleet
from drivers.sim.lines import Port, Served
from drivers.sim.requests import answer
from drivers.sim.server import SimServer
from tests.drivers.sim.clock import moment
from tests.drivers.sim.test_server import PROFILE as BARE
from tests.drivers.sim.wire import connect, exchange, read_body

NOON = moment("2026-06-15T14:00")
LOCAL = datetime(2026, 6, 15, 14)
UNIT = 7


def point(name: str, at: int, **more: Any) -> Point:
    more = {"access": Access.READ_WRITE, "write": 16} | more
    return replace(Point(name, (at,), 3, "u16", group="all"), **more)


LIMIT = point("limit", 11, write=6, high=100.0, unit="%")
TALL = replace(point("tall", 20, unit="W"), at=(20, 21), type="u32", high=10_000.0)
RESTART = point("restart", 40, write=6, access=Access.WRITE, function=None)
PARTS = tuple(point(f"part_{number}", 30 + number, high=1000.0) for number in range(3))
OWN = point("own", 33, write=None, access=Access.READ)
PROFILE = replace(
    BARE,
    points=(*BARE.points[:1], LIMIT, TALL, RESTART, *PARTS, OWN),
    roles={"grid.power": ("one",)},
    blocks=replace(BARE.blocks, boundaries=()),
)


def parameter(point: Point, **more: Any) -> Parameter:
    return Parameter(point.id, "all", Words(point.id, point.id), point, **more)


BLOCK = WriteBlock("parts", 30, 35, companions={35: 1}, commit=35)
PARAMETERS = Parameters(
    entries=(
        parameter(LIMIT, low=10.0, high=90.0, factory=20.0),
        parameter(TALL),
        parameter(RESTART, command=True, danger=Danger.RESTART),
        *(parameter(part, low=0.0, high=500.0, block="parts") for part in PARTS),
    ),
    blocks={"parts": BLOCK},
)
WHOLE = [5, 6, 7, 0, 0, 1]


class Bench:
    """One simulated device on a line, and an independent client of it."""

    def __init__(self, profile: Profile = PROFILE, parameters: Parameters | None = PARAMETERS) -> None:
        self.now = 1000.0
        self.obeyed: list[tuple[str, object]] = []
        self.bank = Bank(profile, "device", parameters=parameters, ticks=self.ticks)
        self.faults = Faults(ticks=self.ticks)
        self.client: Any = None

    def ticks(self) -> float:
        return self.now

    def read(self, address: int, count: int = 1, function: int = 3) -> list[int]:
        ask = self.client.read_holding_registers if function == 3 else self.client.read_input_registers
        found = ask(address, count=count, device_id=UNIT)
        assert not found.isError(), found
        return found.registers

    def write(self, address: int, *words: int, single: bool = False) -> int:
        """The exception code, 0 when it is accepted."""
        if single:
            said = self.client.write_register(address, words[0], device_id=UNIT)
        else:
            said = self.client.write_registers(address, list(words), device_id=UNIT)
        return said.exception_code if said.isError() else 0

    def write_limit(self, percent: int) -> int:
        return self.write(11, percent, single=True)

    def is_silent(self, ask: Callable[[], object]) -> bool:
        try:
            ask()
        except ModbusException:
            return True
        return False


def a_client(kind: str, url: str) -> Any:
    if kind == "rtu":
        return ModbusSerialClient(url.removeprefix("rtu://"), timeout=1, retries=0)
    framer = FramerType.RTU if kind == "rtu+tcp" else FramerType.SOCKET
    parts = urlsplit(url)
    return ModbusTcpClient(str(parts.hostname), port=parts.port or 0, framer=framer, timeout=0.5, retries=0)


@contextmanager
def bench(kind: str = "tcp", **more: Any) -> Iterator[Bench]:
    site = Bench(**more)
    server = SimServer([Port("line", {UNIT: Served(site.bank, site.faults)}, kind)])
    server.start()
    site.client = a_client(kind, server.url("line"))
    try:
        assert site.client.connect()
        yield site
    finally:
        site.client.close()
        server.stop()


@pytest.fixture
def site() -> Iterator[Bench]:
    with bench() as site:
        yield site


LINES = [
    "tcp",
    "rtu+tcp",
    pytest.param("rtu", marks=pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")),
]

# -- what a device takes -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", LINES)
def test_every_line_judges_a_write_alike(kind: str) -> None:
    with bench(kind) as site:
        assert site.write_limit(42) == 0
        assert site.read(11) == [42]
        assert site.write_limit(95) == 3  # plausible, and yet not to be set
        assert site.write(11, 42) == 2  # function 16 where the map says 6
        assert site.write(20, 0, 5, single=True) == 2  # and the other way round
        assert site.write(30, 5, single=False) == 3  # one register of a block
        assert site.write(10, 1, single=True) == 2  # read only
        assert site.read(11) == [42]
        assert site.read(30, 6) == [0] * 6


def test_a_second_independent_client_hears_the_same_exceptions(site: Bench) -> None:
    judge = ModbusClient("127.0.0.1", site.client.comm_params.port, unit_id=UNIT, timeout=2)
    try:
        assert judge.write_single_register(11, 30)
        assert judge.read_holding_registers(11, 1) == [30]
        for address, value, code in ((11, 9, 3), (10, 1, 2)):
            assert not judge.write_single_register(address, value)
            assert judge.last_except == code
        assert not judge.write_multiple_registers(30, [1, 2])
        assert judge.last_except == 3
    finally:
        judge.close()


def test_half_a_number_is_refused_and_a_whole_one_taken(site: Bench) -> None:
    assert site.write(20, 0, 9000) == 0
    assert site.write(20, 1) == 3
    assert site.write(21, 1) == 3
    assert site.write(20, 1, 0) == 3  # 65536 W
    assert site.read(20, 2) == [0, 9000]


def test_a_request_across_a_boundary_is_refused() -> None:
    profile = replace(PROFILE, blocks=replace(PROFILE.blocks, boundaries=(21,)))
    with bench(profile=profile) as site:
        assert site.write(20, 0, 9000) == 2


def test_what_was_written_outlasts_the_next_step_of_the_model() -> None:
    profile = replace(PROFILE, roles={"grid.power": ("one", "limit")})
    with bench(profile=profile) as driven:
        driven.bank.refresh({"grid.power": 20.0}, LOCAL)
        assert driven.read(11) == [20]
        assert driven.write_limit(42) == 0
        driven.bank.refresh({"grid.power": 21.0}, LOCAL)
        assert driven.read(11) == [42]


# -- blocks --------------------------------------------------------------------------------------------------------


def test_a_block_is_taken_whole_with_its_companions_or_not_at_all(site: Bench) -> None:
    for words in (WHOLE[:5], [*WHOLE[:-1], 0], [5, 6, 700, 0, 0, 1]):  # short; not committed; out of range
        assert site.write(30, *words) == 3
    assert site.write(31, *WHOLE[1:]) == 3
    assert site.write(35, 1) == 3
    assert site.read(30, 6) == [0] * 6


def test_a_commit_register_is_busy_for_so_many_reads_and_only_then_the_change_counts(site: Bench) -> None:
    site.bank.pace.busy_s, site.bank.pace.busy_reads = 0.0, 2
    assert site.write(30, 5, 6, 7, 99, 0, 1) == 0
    assert site.write(30, *WHOLE) == 6  # busy
    assert site.read(30, 6) == [0, 0, 0, 0, 0, 1]
    assert site.read(30, 3) == [0, 0, 0]  # its commit register has not been asked
    assert site.read(35) == [1]
    assert site.read(35) == [0]
    assert site.read(30, 6) == [5, 6, 7, 0, 0, 0]  # 33 is the device's own


def test_a_commit_register_is_busy_for_so_long(site: Bench) -> None:
    site.bank.pace.busy_s = 2.0
    assert site.write(30, *WHOLE) == 0
    site.now += 1.9
    assert site.read(30, 6) == [0, 0, 0, 0, 0, 1]
    site.now += 0.1
    assert site.read(30, 6) == [5, 6, 7, 0, 0, 0]


def test_a_commit_that_ends_in_an_error_changes_nothing_and_the_next_one_may_succeed(site: Bench) -> None:
    site.bank.pace.busy_s = 0.0
    site.faults.inject_write(WriteFault.UNCOMMITTED)
    assert site.write(30, *WHOLE) == 0
    assert site.read(30, 6) == [0, 0, 0, 0, 0, 0xFFFC]
    site.faults.inject_write(WriteFault.UNCOMMITTED, code=0xFFFB)
    assert site.write(30, *WHOLE) == 0
    assert site.read(35) == [0xFFFB]
    site.faults.clear(WriteFault.UNCOMMITTED)
    assert site.write(30, *WHOLE) == 0
    assert site.read(30, 6) == [5, 6, 7, 0, 0, 0]


def test_a_block_without_a_commit_register_counts_at_once() -> None:
    block = replace(BLOCK, companions={35: 0}, commit=None)
    with bench(parameters=replace(PARAMETERS, blocks={"parts": block})) as site:
        assert site.write(30, *WHOLE) == 3
        assert site.write(30, 5, 6, 7, 0, 0, 0) == 0
        assert site.read(30, 3) == [5, 6, 7]


def test_a_commit_register_outside_its_block_is_written_afterwards() -> None:
    block = replace(BLOCK, last=34, companions={37: 1}, commit=37)
    with bench(parameters=replace(PARAMETERS, blocks={"parts": block})) as site:
        site.bank.pace.busy_s = 0.0
        assert site.write(30, *WHOLE[:5]) == 0
        assert site.read(30, 3) == [0, 0, 0]
        assert site.write(37, 2) == 3
        assert site.write(37, 1) == 0
        assert site.read(37) == [0]
        assert site.read(30, 3) == [5, 6, 7]


# -- orders --------------------------------------------------------------------------------------------------------


def test_a_restart_is_accepted_then_the_device_is_silent_for_a_while(site: Bench) -> None:
    site.bank.restart_s = 3.0
    assert site.write(40, 1, single=True) == 0
    assert site.is_silent(lambda: site.read(11))
    site.faults.clear()  # what is injected goes; a restart does not end sooner
    assert site.is_silent(lambda: site.read(11))
    site.now += 3.0
    assert site.read(40) == [0]
    assert site.read(11) == [20]


# -- faults of a write ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fault", "given", "code"),
    [(WriteFault.REFUSED, None, 3), (WriteFault.REMOTE_OFF, None, 4), (WriteFault.REFUSED, 1, 1)],
)
def test_a_write_is_refused_and_changes_nothing(site: Bench, fault: WriteFault, given: int | None, code: int) -> None:
    site.faults.inject_write(fault, code=given)
    assert site.write_limit(42) == code
    assert site.write(20, 0, 5) == code
    assert site.read(11) + site.read(21) == [20, 0]
    site.faults.clear()
    assert site.write_limit(42) == 0


def test_a_write_is_answered_and_ignored(site: Bench) -> None:
    site.faults.inject_write(WriteFault.IGNORED)
    assert site.write_limit(42) == 0
    assert site.write_limit(95) == 3  # what is wrong is still refused
    assert site.write(40, 1, single=True) == 0
    assert site.read(11) == [20]  # and it has not restarted


def test_a_write_takes_another_value_than_the_one_asked_for(site: Bench) -> None:
    site.bank.poke("tall", 9000.0)
    site.faults.inject_write(WriteFault.CLAMPED)
    assert site.write_limit(42) == 0
    assert site.read(11) == [10]
    assert site.write(20, 0, 0) == 0
    assert site.read(20, 2) == [0, 10_000]  # the low end was asked for, and so it is the high one


def test_a_write_takes_ten_times_the_value(site: Bench) -> None:
    site.faults.inject_write(WriteFault.SCALED)
    assert site.write_limit(42) == 0
    assert site.write(20, 0, 9000) == 0
    assert site.read(11) == [420]
    assert site.read(20, 2) == [1, 24_464]  # 90 000


def test_a_whole_block_is_bent_where_it_changes(site: Bench) -> None:
    site.bank.pace.busy_s = 0.0
    site.faults.inject_write(WriteFault.SCALED)
    assert site.write(30, 5, 0, 7, 0, 0, 1) == 0
    assert site.read(30, 6) == [50, 0, 70, 0, 0, 0]


def test_a_write_is_taken_without_an_answer(site: Bench) -> None:
    site.faults.inject_write(WriteFault.SILENT)
    assert site.is_silent(lambda: site.write_limit(42))
    assert site.client.connect()
    assert site.read(11) == [42]


def test_a_write_is_lost_with_its_line(site: Bench) -> None:
    site.faults.inject_write(WriteFault.LOST)
    with connect(f"tcp://127.0.0.1:{site.client.comm_params.port}") as line:
        assert exchange(line, UNIT, read_body(3, 11, 1))[-2:] == b"\0\x14"
        assert exchange(line, UNIT, b"\x06\0\x0b\0\x2a") == b""  # closed, without an answer
    judge = ModbusClient("127.0.0.1", site.client.comm_params.port, unit_id=UNIT, timeout=2)
    try:
        assert not judge.write_single_register(11, 42)
        site.faults.clear()
        assert judge.read_holding_registers(11, 1) == [20]
    finally:
        judge.close()


def test_a_write_reverts_after_a_while_to_what_was_there_before_the_first(site: Bench) -> None:
    site.faults.inject_write(WriteFault.REVERTS, after_s=5.0)
    assert site.write_limit(42) == 0
    site.now += 3.0
    assert site.write_limit(43) == 0
    assert site.read(11) == [43]
    site.now += 2.0
    assert site.read(11) == [20]
    site.now += 3.0
    assert site.read(11) == [20]


def test_a_point_that_has_reverted_follows_the_model_again() -> None:
    profile = replace(PROFILE, roles={"grid.power": ("one", "limit")})
    with bench(profile=profile) as site:
        site.faults.inject_write(WriteFault.REVERTS, after_s=5.0)
        assert site.write_limit(42) == 0
        site.bank.refresh({"grid.power": 20.0}, LOCAL)
        assert site.read(11) == [42]
        site.now += 5.0
        assert site.read(11) == [20]
        site.bank.refresh({"grid.power": 33.0}, LOCAL)
        assert site.read(11) == [33]


def test_a_fault_may_be_aimed_at_one_point_and_ends_by_itself(site: Bench) -> None:
    site.faults.inject_write(WriteFault.REFUSED, point="limit", duration_s=10.0)
    assert site.write(20, 0, 5) == 0
    assert site.write_limit(42) == 3
    site.now += 10.0
    assert site.write_limit(42) == 0


def test_somebody_else_changes_a_value(site: Bench) -> None:
    site.bank.poke("limit", 60.0)
    assert site.read(11) == [60]
    site.bank.poke("tall", 70_000.0)
    assert site.read(20, 2) == [1, 4464]


def test_reads_go_on_while_writes_go_wrong(site: Bench) -> None:
    for fault in WriteFault:
        site.faults.inject_write(fault)
    assert site.read(11) == [20]


# -- shipped devices -----------------------------------------------------------------------------------------------


@pytest.fixture
def aura(catalogue: Catalogue) -> Iterator[Bench]:
    with bench(profile=catalogue.get("aura/hybrid"), parameters=None) as site:
        yield site


def test_an_aura_takes_its_settings_with_function_6_and_restarts_when_told(aura: Bench) -> None:
    assert aura.write(3078, 55, single=True) == 0
    assert aura.read(3078, function=4) == [55]
    assert aura.write(3078, 0, single=True) == 3
    assert aura.write(3078, 55) == 2
    assert aura.write(3317, 0x2330, single=True) == 0
    assert aura.write(3317, 0x2470, single=True) == 3  # no time
    assert aura.write(3243, 1, single=True) == 0
    assert aura.is_silent(lambda: aura.read(3078, function=4))
    aura.now += aura.bank.restart_s
    assert aura.read(3078, function=4) == [55]


def test_a_zcs_takes_its_battery_block_in_one_piece_and_tells_when_it_is_done(catalogue: Catalogue) -> None:
    profile = catalogue.get("zcs/hyd_g3")
    with bench(profile=profile, parameters=None) as site:
        site.bank.pace.busy_s, site.bank.pace.busy_reads = 0.0, 1
        held = site.read(0x1044, 16)
        wanted = [*held[:9], 30 if held[9] != 30 else 31, *held[10:15], 1]  # 0x104D: depth of discharge
        assert site.write(0x104D, wanted[9]) == 3
        assert site.write(0x1044, *held) == 3  # the last register must be 1
        assert site.write(0x1044, *wanted) == 0
        assert site.read(0x1053) == [1]
        assert site.read(0x1053) == [0]
        assert site.read(0x1044, 16) == [*wanted[:15], 0]
        assert site.write(0x1110, 3) == 0  # the mode is no part of a block
        assert site.read(0x1110) == [3]
        assert site.write(0x1110, 3, single=True) == 1  # nothing here is written with function 6


def test_the_makers_own_orders_carry_a_status_word(catalogue: Catalogue) -> None:
    bank = Bank(catalogue.get("zcs/hyd_es"), "es")
    assert answer(bank, bytes.fromhex("42 01 02 03 E8")).hex(" ") == "42 01 02 00 00"
    assert answer(bank, bytes.fromhex("42 01 02 13 88")).hex(" ") == "42 01 02 00 04"  # 5000 W are too many
    assert answer(bank, bytes.fromhex("42 04 02 03 E8")).hex(" ") == "c2 02"
    assert answer(bank, bytes.fromhex("41 00 00 00 01 00 55")).hex(" ") == "41 00 00 00 00"
    assert answer(bank, bytes.fromhex("41 00 00 00 02 00 55")).hex(" ") == "c1 03"
    assert answer(bank, bytes.fromhex("49 22 01 22 02")).hex(" ") == "49 22 01 00 00"


def test_a_charge_limit_that_is_set_limits_the_battery(catalogue: Catalogue) -> None:
    profile = catalogue.get("aura/hybrid")
    device = DeviceConfig("aura", "line", "aura/hybrid", profile, UNIT, role="inverter")
    line = LinkConfig("line", parse_link("tcp://127.0.0.1:5020"))
    fleet = Fleet(Site("Farm", ZoneInfo("Europe/Paris"), (line,), (device,)), start_at=NOON)
    served = fleet.start()
    client = a_client("tcp", served.links[0].url.text)
    try:
        assert client.connect()
        assert client.read_input_registers(3078, count=2, device_id=UNIT).registers == [100, 100]
        assert not client.write_register(3079, 25, device_id=UNIT).isError()
        assert fleet.model.battery.charge_share == 0.25
        assert fleet.model.battery.limits(backup=False)[0] <= 0.25 * fleet.model.setup.battery.charge_limit
        assert client.read_input_registers(3078, count=2, device_id=UNIT).registers == [100, 25]
        fleet.faults["aura"].inject_write(WriteFault.REMOTE_OFF)
        assert client.write_register(3079, 80, device_id=UNIT).exception_code == 4
        assert fleet.model.battery.charge_share == 0.25
    finally:
        client.close()
        fleet.stop()


# -- behind a stick ------------------------------------------------------------------------------------------------


@contextmanager
def behind_a_stick(catalogue: Catalogue) -> Iterator[tuple[Bench, Callable[[], PySolarmanV5]]]:
    site = Bench(catalogue.get("aura/hybrid"), None)
    site.faults.inject(Fault.DELAY, delay_s=0.03)  # the client drops an answer that is quicker than its threads
    server = SimServer([Port("stick", {1: Served(site.bank, site.faults)}, "v5")])
    server.start()
    url = parse_link(server.url("stick"))
    made: list[PySolarmanV5] = []

    def client() -> PySolarmanV5:
        made.append(
            PySolarmanV5(
                "127.0.0.1",
                url.serial_number,
                port=url.port,
                mb_slave_id=1,
                socket_timeout=5,
                logger=logging.getLogger("judge"),
            )
        )
        return made[-1]

    try:
        yield site, client
    finally:
        for each in made:
            each.disconnect()
            each._data_queue.close()
            each._data_queue.join_thread()
        server.stop()


def test_writes_through_a_stick_are_judged_and_go_wrong_alike(catalogue: Catalogue) -> None:
    from umodbus.exceptions import IllegalDataValueError, ServerDeviceFailureError

    with behind_a_stick(catalogue) as (site, caller):
        judge = caller()
        assert judge.write_holding_register(3078, 55) == 55
        assert judge.read_input_registers(3078, 1) == [55]
        with pytest.raises(IllegalDataValueError):
            judge.write_holding_register(3078, 101)
        site.faults.inject_write(WriteFault.REMOTE_OFF)
        with pytest.raises(ServerDeviceFailureError):
            judge.write_holding_register(3078, 60)
        site.faults.clear(WriteFault.REMOTE_OFF)
        site.faults.inject_write(WriteFault.SILENT)
        with pytest.raises(V5FrameError):  # the stick says that the inverter has not answered
            judge.write_holding_register(3078, 61)
        assert judge.read_input_registers(3078, 1) == [61]
        site.faults.clear(WriteFault.SILENT)
        assert judge.write_holding_register(3243, 1) == 1
        with pytest.raises(V5FrameError):
            judge.read_input_registers(3078, 1)
        site.now += site.bank.restart_s
        assert judge.read_input_registers(3078, 1) == [61]


def test_a_write_through_a_stick_is_lost_with_its_connection(catalogue: Catalogue) -> None:
    with behind_a_stick(catalogue) as (site, caller):
        judge = caller()
        before = judge.read_input_registers(3078, 1)
        site.faults.inject_write(WriteFault.LOST)
        with pytest.raises(NoSocketAvailableError, match="closed"):
            judge.write_holding_register(3078, 61)
        site.faults.clear(WriteFault.LOST)
        assert caller().read_input_registers(3078, 1) == before
