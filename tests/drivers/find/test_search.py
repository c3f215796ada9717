"""A search finds what answers, says what it is, can be stopped at any moment, and writes nothing."""

from __future__ import annotations

import csv
import io
import json
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from core import evidence
from core.catalogue import Catalogue
from core.errors import LinkError, ProfileError
from core.evidence import Reads
from core.linkurl import LinkUrl, parse_link
from core.paths import resources
from core.points import Point
from core.siteentries import entries, marks
from core.sitefile import new_site
from core.siteread import load_site
from drivers.can.bus import Heard
from drivers.can.frames import CanFrame, parse_frame
from drivers.find import can_adapters, report, scan
from drivers.find.accept import candidate, candidates
from drivers.find.can_adapters import CanListen, listen, recognise
from drivers.find.identify import Identity, Match
from drivers.find.logbook import Attempt, Found, Logbook, Result, Stage, found
from drivers.find.ranges import Target
from drivers.find.scan import Answering, one_each
from drivers.find.search import Plan, Search, Stations
from drivers.find.sweep import SerialSweep
from drivers.sim.bank import Bank
from drivers.sim.fleet import Fleet
from drivers.sim.lines import Port, Served
from drivers.sim.server import SimServer
from drivers.solarman.pace import LEAST_GAP_S, Pace

CATALOGUE = Catalogue([resources() / "profiles"])
SERIAL = 2355553510


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """On loopback nobody needs a second to answer."""
    monkeypatch.setattr(scan, "ANSWER_S", 0.1)
    monkeypatch.setattr(scan, "STICK_ANSWER_S", 0.2)
    monkeypatch.setattr("drivers.find.search.STICKS_WAIT_S", 0.1)


def finish(search: Search, within_s: float = 30.0) -> tuple[Found, ...]:
    """Let it run to its end."""
    search.start()
    end = time.monotonic() + within_s
    while search.progress().running and time.monotonic() < end:
        time.sleep(0.01)
    assert not search.progress().running
    search.stop()
    return search.found()


def profile_of(entry: Found) -> str:
    return entry.identity.matches[0].profile_id if entry.identity.matches else ""


def served(profile: str, name: str = "device") -> Served:
    return Served(Bank(CATALOGUE.get(profile), name))


@contextmanager
def serving(*ports: Port) -> Iterator[SimServer]:
    server = SimServer(ports)
    server.start()
    try:
        yield server
    finally:
        server.stop()


def place(url: str) -> Target:
    parsed = parse_link(url)
    return Target(parsed.host, parsed.port)


@pytest.fixture
def fleet(tmp_path: Path) -> Iterator[dict[str, Target]]:
    """A house with an inverter, a gateway with two equal meters, and a station behind a serial server."""
    file = tmp_path / "house.yaml"
    file.write_text(
        "name: House\n"
        "links:\n"
        "  inverter: {url: 'tcp://127.0.0.1'}\n"
        "  meters: {url: 'tcp://127.0.0.1:503'}\n"
        "  serial: {url: 'rtu+tcp://127.0.0.1:504'}\n"
        "devices:\n"
        "  inverter: {link: inverter, profile: zcs/hyd_g3, unit: 1}\n"
        "  one: {link: meters, profile: schneider/iem3000, unit: 1}\n"
        "  two: {link: meters, profile: schneider/iem3000, unit: 11}\n"
        "  pulse: {link: serial, profile: schneider/iem2000, unit: 1}\n",
        encoding="utf-8",
    )
    houses = Fleet(load_site(file, CATALOGUE))
    site = houses.start()
    yield {link.id: place(link.url.text) for link in site.links}
    houses.stop()


def test_what_answers_is_found_and_named_and_the_rest_is_not(fleet: dict[str, Target]):
    with socket.create_server(("127.0.0.1", 0)) as mute, socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        nobody = Target("127.0.0.1", closed.getsockname()[1])
        silent = Target("127.0.0.1", mute.getsockname()[1])
        search = Search(Plan(targets=(*fleet.values(), silent, nobody)), CATALOGUE)
        entries_found = {(entry.url, entry.unit): profile_of(entry) for entry in finish(search)}
    assert entries_found == {
        (f"tcp://{fleet['inverter']}", 1): "zcs/hyd_g3",
        (f"tcp://{fleet['meters']}", 1): "schneider/iem3000",
        (f"tcp://{fleet['meters']}", 11): "schneider/iem3000",
        (f"rtu+tcp://{fleet['serial']}", 1): "schneider/iem2000",
        (f"tcp://{silent}", 1): "",
    }
    results = {(attempt.place, attempt.result) for attempt in search.tried() if attempt.unit is None}
    assert (str(nobody), Result.CLOSED) in results
    progress = search.progress()
    assert progress.done == progress.total
    assert (progress.running, progress.left_s, progress.text) == (False, None, "finished")


def test_what_is_accepted_becomes_a_site_that_opens(fleet: dict[str, Target], tmp_path: Path):
    accepted = candidates(finish(Search(Plan(targets=tuple(fleet.values())), CATALOGUE)))
    links, devices = entries(accepted, CATALOGUE)
    site = new_site(
        tmp_path / "new.yaml", "House", links, devices, catalogue=CATALOGUE, known_by=marks(accepted, "10.0.0.1")
    )
    assert load_site(tmp_path / "new.yaml", CATALOGUE) == site
    assert sorted(device.profile_id for device in site.devices) == [
        "schneider/iem2000",
        "schneider/iem3000",
        "schneider/iem3000",
        "zcs/hyd_g3",
    ]
    assert {device.unit for device in site.devices_on(site.devices[1].link)} <= {1, 11}
    assert len(site.links) == 3
    assert all(link.read_only for link in site.links)


def test_nothing_is_written_to_any_device(monkeypatch: pytest.MonkeyPatch):
    asked: set[int] = set()
    from drivers.sim import lines

    real = lines.answer

    def watched(bank: Bank, body: bytes, *more: Any) -> bytes:
        asked.add(body[0])
        return real(bank, body, *more)

    monkeypatch.setattr(lines, "answer", watched)
    with serving(Port("a", {1: served("zcs/hyd_g3")}), Port("b", {1: served("schneider/evlink")})) as server:
        finish(Search(Plan(targets=(place(server.url("a")), place(server.url("b")))), CATALOGUE))
    assert asked <= {1, 2, 3, 4}
    assert asked


def test_more_numbers_behind_a_gateway_are_asked_on_request():
    with serving(Port("line", {unit: served("schneider/iem3000", f"m{unit}") for unit in (21, 22, 23)})) as server:
        target = place(server.url("line"))
        search = Search(Plan(targets=(target,), units=tuple(range(20, 25))), CATALOGUE)
        assert [entry.unit for entry in finish(search)] == [21, 22, 23]


def match(profile: str, serial: str = "") -> Identity:
    return Identity(True, (Match(profile, profile, 0.9, (), serial, {}),))


OWN = {"inverter": 1, "station": 255, "meter": 1}


@pytest.mark.parametrize(
    ("answers", "careless", "kept"),
    [
        ([(1, "inverter"), (255, "inverter"), (0, "inverter")], False, [1]),
        ([(1, "station"), (255, "station"), (0, "station")], False, [255]),
        ([(1, "meter"), (11, "meter")], False, [1, 11]),
        ([(1, "meter"), (11, "meter"), (255, "meter")], True, [1]),
        ([(1, "meter"), (255, "station")], False, [1, 255]),
        ([(255, "station"), (0, "station")], False, [255]),
        ([(1, ""), (255, "")], False, [1]),
    ],
)
def test_a_device_that_answers_to_several_numbers_is_one_device(
    answers: list[tuple[int, str]], careless: bool, kept: list[int]
):
    given = [Answering(unit, match(profile) if profile else Identity(True)) for unit, profile in answers]
    assert sorted(answer.unit for answer in one_each(given, OWN, careless)) == kept


def test_serial_numbers_tell_devices_apart_and_together():
    given = [Answering(1, match("meter", "A")), Answering(2, match("meter", "B")), Answering(255, match("meter", "B"))]
    assert [answer.unit for answer in one_each(given, OWN, careless=True)] == [1, 2]


def test_a_device_that_answers_to_several_numbers_is_offered_once_and_says_so():
    station = served("schneider/evlink")
    with serving(Port("line", {1: station, 255: station})) as server:
        (entry,) = finish(Search(Plan(targets=(place(server.url("line")),)), CATALOGUE))
    assert (entry.unit, profile_of(entry)) == (255, "schneider/evlink")
    assert entry.note == "the same device answers as unit 1 too"


def test_two_profiles_that_fit_about_equally_do_not_make_two_devices():
    one = Identity(True, (Match("a", "A", 0.8, ()), Match("b", "B", 0.7, ())))
    other = Identity(True, (Match("b", "B", 0.8, ()), Match("a", "A", 0.7, ())))
    (kept,) = one_each([Answering(1, one), Answering(255, other)], OWN, careless=False)
    assert (kept.unit, kept.also) == (1, (255,))
    assert len(one_each([Answering(1, one), Answering(2, other)], OWN, careless=False)) == 2


# -- SOLARMAN sticks -----------------------------------------------------------------------------------------------


@contextmanager
def beacon(serial: int) -> Iterator[tuple[int, list[bytes]]]:
    """A stick that answers the search; gives its UDP port and what it has heard."""
    heard: list[bytes] = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as ear:
        ear.bind(("127.0.0.1", 0))
        ear.settimeout(0.05)
        ended = threading.Event()

        def run() -> None:
            while not ended.is_set():
                try:
                    data, sender = ear.recvfrom(500)
                except TimeoutError:
                    continue
                heard.append(data)
                ear.sendto(f"127.0.0.1,34EAE7000001,{serial}".encode(), sender)

        thread = threading.Thread(target=run, name="beacon")
        thread.start()
        try:
            yield ear.getsockname()[1], heard
        finally:
            ended.set()
            thread.join()


def stick(profile: str | None, serial: int = SERIAL) -> Port:
    units = {1: served(profile)} if profile else {}
    return Port("stick", units, "v5", address=parse_link(f"v5://127.0.0.1?serial={serial}"))


def test_a_stick_is_found_by_its_answer_and_what_hangs_on_it_is_named():
    with beacon(SERIAL) as (udp, heard), serving(stick("zcs/hyd_g3")) as server:
        port = place(server.url("stick")).port
        search = Search(Plan(sticks=("127.0.0.1",), discovery_port=udp, stick_port=port), CATALOGUE)
        (entry,) = finish(search)
    assert (entry.url, entry.unit, profile_of(entry)) == (f"v5://127.0.0.1:{port}?serial={SERIAL}", 1, "zcs/hyd_g3")
    assert set(heard) == {b"WIFIKIT-214028-READ", b"HF-A11ASSISTHREAD"}
    accepted = candidate(entry)
    assert accepted is not None
    assert marks([accepted]).loggers == (SERIAL,)


@pytest.mark.parametrize("given", [0, 123])
def test_a_stick_whose_number_is_not_known_tells_it(given: int):
    with serving(stick("zcs/hyd_g3")) as server:
        port = place(server.url("stick")).port
        (entry,) = finish(Search(Plan(known_sticks=(("127.0.0.1", given),), stick_port=port), CATALOGUE))
    assert (entry.url, profile_of(entry)) == (f"v5://127.0.0.1:{port}?serial={SERIAL}", "zcs/hyd_g3")


def test_a_stick_with_nobody_behind_it_is_told():
    with serving(stick(None)) as server:
        port = place(server.url("stick")).port
        (entry,) = finish(Search(Plan(known_sticks=(("127.0.0.1", SERIAL),), stick_port=port), CATALOGUE))
    assert not entry.identity.matches
    assert "the device behind it does not answer" in entry.note
    assert candidate(entry) is None


@pytest.mark.parametrize("typed", [True, False])
def test_a_port_that_was_typed_is_asked_as_a_stick_too_and_another_is_not(typed: bool):
    with serving(stick("zcs/hyd_g3")) as server:
        target = place(server.url("stick"))
        (entry,) = finish(Search(Plan(targets=(replace(target, typed=typed),)), CATALOGUE))
    if typed:
        assert (entry.url, entry.unit, profile_of(entry)) == (f"v5://{target}?serial={SERIAL}", 1, "zcs/hyd_g3")
    else:
        assert (entry.url, entry.identity.matches) == (f"tcp://{target}", ())


def test_numbers_wanted_are_asked_behind_a_stick_whose_port_was_typed():
    port = Port("stick", {2: served("zcs/hyd_g3")}, "v5", address=parse_link(f"v5://127.0.0.1?serial={SERIAL}"))
    with serving(port) as server:
        target = replace(place(server.url("stick")), typed=True)
        (entry,) = finish(Search(Plan(targets=(target,), units=(2,)), CATALOGUE))
    assert (entry.unit, profile_of(entry)) == (2, "zcs/hyd_g3")


def test_what_listens_at_the_port_of_sticks_and_is_none_is_asked_in_other_ways(
    fleet: dict[str, Target], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setitem(scan.NETWORK_KINDS, "v5", fleet["serial"].port)
    (entry,) = finish(Search(Plan(targets=(fleet["serial"],)), CATALOGUE))
    assert (entry.url, profile_of(entry)) == (f"rtu+tcp://{fleet['serial']}", "schneider/iem2000")


def test_a_stick_gets_its_rest_between_two_questions(monkeypatch: pytest.MonkeyPatch):
    rests: list[float] = []
    real = Pace.gap_s

    def watched(pace: Pace, least_s: float) -> float:
        rests.append(real(pace, least_s))
        return rests[-1]

    monkeypatch.setattr(Pace, "gap_s", watched)
    with serving(stick("zcs/hyd_g3")) as server:
        target = replace(place(server.url("stick")), typed=True)
        (entry,) = finish(Search(Plan(targets=(target,), units=(2,)), CATALOGUE))
    assert profile_of(entry) == "zcs/hyd_g3"
    assert len(rests) > 5
    assert min(rests) >= LEAST_GAP_S


def test_nobody_is_called_a_stick_who_does_not_speak_like_one():
    with socket.create_server(("127.0.0.1", 0), backlog=64) as mute:
        target = Target("127.0.0.1", mute.getsockname()[1], typed=True)
        search = Search(Plan(targets=(target,)), CATALOGUE)
        (entry,) = finish(search)
    assert entry.note == f"port {target.port} is open at 127.0.0.1, but nothing there speaks Modbus"
    assert (f"v5://{target}?serial=0", Result.SILENT) in {
        (attempt.place, attempt.result) for attempt in search.tried() if attempt.unit is None
    }
    progress = search.progress()
    assert progress.done == progress.total


def test_a_stick_that_is_known_and_heard_and_typed_is_asked_by_one_alone():
    with beacon(SERIAL) as (udp, _), serving(stick("zcs/hyd_g3")) as server:
        target = replace(place(server.url("stick")), typed=True)
        plan = Plan(
            targets=(target,),
            sticks=("127.0.0.1",),
            known_sticks=(("127.0.0.1", 0),),
            discovery_port=udp,
            stick_port=target.port,
        )
        search = Search(plan, CATALOGUE)
        (entry,) = finish(search)
    assert (entry.url, profile_of(entry)) == (f"v5://{target}?serial={SERIAL}", "zcs/hyd_g3")
    assert {attempt.place for attempt in search.tried() if attempt.unit is not None} == {entry.url}
    progress = search.progress()
    assert progress.done == progress.total


def test_without_being_asked_no_stick_is_searched(monkeypatch: pytest.MonkeyPatch):
    def refuse(*_: object) -> int:
        raise AssertionError("a packet was sent")

    monkeypatch.setattr(socket.socket, "sendto", refuse)
    assert finish(Search(Plan(), CATALOGUE)) == ()


# -- CAN -----------------------------------------------------------------------------------------------------------


class Bus:
    """A CAN adapter that plays frames at one bit rate, and counts what is sent."""

    def __init__(self, frames: list[CanFrame], silent: bool = True) -> None:
        self.frames, self.silent = frames, silent
        self.opened: list[tuple[str, int, bool]] = []
        self.closed = 0
        self.right = 500_000

    def open(self, url: LinkUrl, bitrate: int, silent: bool) -> Bus:
        self.opened.append((url.text, bitrate, silent))
        self._left = list(self.frames) if bitrate == self.right else []
        return self

    def receive(self, wait_s: float) -> Heard | None:
        if self._left:
            return Heard(self._left.pop())
        time.sleep(min(wait_s, 0.01))
        return None

    def send(self, frame: CanFrame) -> None:
        raise AssertionError(f"{frame} was sent")

    def figures(self) -> tuple[None, int]:
        return None, 0

    def close(self) -> None:
        self.closed += 1


BATTERY = [
    parse_frame(f"{identifier}: 00 00 00 00 00 00 00 00") for identifier in ("351", "355", "356", "359", "35C", "35E")
]


def hear(bus: Bus, plan: CanListen) -> Logbook:
    log = Logbook()
    stage = Stage(len(plan.rates), plan.for_s)
    listen(plan, [CATALOGUE.get(name) for name in CATALOGUE.ids()], log, stage, bus.open)
    assert bus.closed == len(bus.opened)
    assert all(silent for _, _, silent in bus.opened)
    assert stage.left_s == 0
    return log


def test_a_battery_is_recognised_by_its_identifiers_without_a_word():
    bus = Bus(BATTERY)
    (entry,) = hear(bus, CanListen("slcan", "COM5", for_s=0.05)).found()
    assert (entry.url, profile_of(entry)) == ("can://slcan/COM5?bitrate=500000", "pylontech/low_voltage")
    (heard,) = entry.identity.matches[0].evidence
    assert isinstance(heard, evidence.Heard)
    assert "351" in heard.there
    assert entry.identity.matches[0].confidence > 0.8
    assert [bitrate for _, bitrate, _ in bus.opened] == [250_000, 500_000]


def test_an_adapter_that_cannot_be_mute_guesses_one_bit_rate_only():
    bus = Bus(BATTERY, silent=False)
    assert hear(bus, CanListen("slcan", "COM5", for_s=0.02)).found() == ()
    assert [bitrate for _, bitrate, _ in bus.opened] == [250_000]


def test_frames_that_nobody_knows_are_told():
    bus = Bus([parse_frame("7FE: 00")])
    (entry,) = hear(bus, CanListen("slcan", "COM5", for_s=0.02)).found()
    assert (entry.identity.matches, "7FE" in entry.note) == ((), True)


def test_each_wallbox_of_a_bus_is_told_by_its_number():
    profile = next(profile for profile in CATALOGUE if profile.can is not None and profile.can.node_mask)
    from drivers.can.mapping import lay

    keys = [*lay(profile, profile.points).spoken(2), *lay(profile, profile.points).spoken(5)]
    assert {unit for unit, _ in recognise(dict.fromkeys(keys, 1), [profile], 3.0)} == {2, 5}


def test_a_missing_driver_is_a_sentence():
    def fail(url: LinkUrl, bitrate: int, silent: bool) -> Bus:
        raise LinkError("the driver of PCAN adapters is not installed")

    log = Logbook()
    listen(CanListen("pcan", "PCAN_USBBUS1"), [], log, Stage(2, 1.0), fail)
    assert log.problems() == ("the driver of PCAN adapters is not installed",)
    assert can_adapters.USUAL_BITRATES == (250_000, 500_000)


# -- charging stations ---------------------------------------------------------------------------------------------


def test_a_station_that_calls_is_listed_and_refused():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    search = Search(Plan(stations=Stations(address, 20.0)), CATALOGUE)
    search.start()
    try:
        code = call(f"ws://{address}/EVB-P12", lambda: search.progress().running)
        end = time.monotonic() + 5
        while not search.found() and time.monotonic() < end:
            time.sleep(0.01)
        (entry,) = search.found()
    finally:
        search.stop()
    assert 400 <= code < 500
    assert (entry.url, entry.station, profile_of(entry)) == (f"ocpp://{address}/", "EVB-P12", "ocpp/charge_point")
    assert search.found() == (entry,)
    accepted = candidate(entry)
    assert accepted is not None
    assert marks([accepted]).stations == ("EVB-P12",)
    assert entry.note.endswith("it stays outside until it is in the site file")
    with pytest.raises(ConnectionRefusedError), connect(f"ws://{address}/EVB-P12"):
        pass


def call(url: str, running: Callable[[], bool]) -> int:
    """Call as a station does until somebody listens; the status with which one is turned away."""
    while running():
        try:
            with connect(url, subprotocols=["ocpp1.6"]):  # pyright: ignore[reportArgumentType]
                return 101
        except InvalidStatus as err:
            return err.response.status_code
        except OSError:
            time.sleep(0.02)
    return 0


def test_a_place_that_is_taken_is_told():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        search = Search(Plan(stations=Stations(address, 0.5)), CATALOGUE)
        finish(search)
    assert any(
        str(taken_port) in problem for problem in search.problems() for taken_port in [address.partition(":")[2]]
    )


# -- stopping, refusing, keeping -----------------------------------------------------------------------------------


def test_a_search_stops_at_once_in_the_middle_and_keeps_what_it_has_found(monkeypatch: pytest.MonkeyPatch):
    with (
        serving(Port("line", {1: served("zcs/hyd_g3")})) as server,
        socket.create_server(("127.0.0.1", 0), backlog=64) as mute,
    ):
        silent = Target("127.0.0.1", mute.getsockname()[1])
        monkeypatch.setattr(scan, "ANSWER_S", 300.0)
        plan = Plan(targets=(place(server.url("line")), silent), units=tuple(range(1, 100)))
        search = Search(plan, CATALOGUE)
        assert search.progress().running is False
        search.start()
        end = time.monotonic() + 20
        while not any(attempt.result is Result.ANSWERS for attempt in search.tried()) and time.monotonic() < end:
            time.sleep(0.01)
        search.stop()
        search.stop()
    assert not any(thread.name.startswith("find") for thread in threading.enumerate())
    assert (search.progress().running, search.progress().text) == (False, "stopped")


def test_a_search_that_has_not_begun_can_be_stopped():
    Search(Plan(targets=(Target("127.0.0.1", 1),)), CATALOGUE).stop()


def test_a_port_that_is_not_there_does_not_stop_the_rest(fleet: dict[str, Target], tmp_path: Path):
    sweep = SerialSweep(str(tmp_path / "ttyNONE"))
    search = Search(Plan(targets=(fleet["inverter"],), serial=(sweep,)), CATALOGUE)
    assert [profile_of(entry) for entry in finish(search)] == ["zcs/hyd_g3"]
    (problem,) = search.problems()
    assert "ttyNONE does not exist" in problem


@pytest.mark.parametrize(
    "plan",
    [
        Plan(units=(256,)),
        Plan(serial=(SerialSweep("COM3", units=(0,)),)),
        Plan(can=(CanListen("slcan", "COM3", (123,)),)),
        Plan(can=(CanListen("nothing", "COM3"),)),
    ],
)
def test_a_plan_that_cannot_be_is_refused_before_anything_is_opened(plan: Plan):
    with pytest.raises(ProfileError):
        Search(plan, CATALOGUE)


def test_a_faulty_profile_of_the_users_takes_no_part_and_is_told(tmp_path: Path):
    folder = tmp_path / "acme" / "broken"
    folder.mkdir(parents=True)
    (folder / "profile.yaml").write_text("maker: [", encoding="utf-8")
    search = Search(Plan(), Catalogue([tmp_path]))
    assert finish(search) == ()
    assert "acme/broken is faulty" in search.problems()[0]


MODEL = Point("model", (5,), 3, "ascii", en="Model", fr="Modèle")
FOUND = (
    found(
        "tcp://10.0.0.1:502",
        1,
        Identity(True, (Match("a/b", "A B", 0.93, (Reads(5, MODEL, "X"),), "=1+2", {"o": "1"}),)),
    ),
    found("ocpp://10.0.0.2:8887/", 1, Identity(True), station="EVB", note="calls"),
)
TRIED = (
    Attempt("COM3", "9600 8N1", 1, Result.SILENT),
    Attempt("COM3", "9600 8N1", 2, Result.SILENT),
    Attempt("COM3", "19200 8E1", 3, Result.ANSWERS, "A B"),
)


def test_steps_taken_side_by_side_are_all_counted():
    stage, interval = Stage(10**6, 1.0), sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as pool:
            for _ in range(8):
                pool.submit(lambda: [stage.step() for _ in range(5000)])
    finally:
        sys.setswitchinterval(interval)
    assert stage.done == 40_000


def test_no_word_of_a_device_becomes_a_formula():
    told = found("ocpp://10.0.0.2:8887/", 1, Identity(True, (), "=note"), station="=1+2")
    (_, row) = csv.reader(io.StringIO(report.csv_report([told])))
    assert not [cell for cell in row if cell.startswith("=")]


def test_a_report_holds_everything_tried_and_found():
    text = report.text_report(FOUND, TRIED, ["COM4 is in use"])
    assert "almost certain (93%)" in text
    assert "COM3 9600 8N1 silent: units 1, 2" in text
    assert "station EVB" in text
    assert "COM4 is in use" in text
    data = json.loads(report.json_report(FOUND, TRIED, ["p"]))
    assert data["found"][0]["matches"][0] == {
        "profile": "a/b",
        "title": "A B",
        "confidence": 0.93,
        "evidence": "model reads 'X'",
        "serial": "=1+2",
        "options": {"o": "1"},
    }
    assert [attempt["unit"] for attempt in data["tried"]] == [1, 2, 3]
    rows = list(csv.reader(io.StringIO(report.csv_report(FOUND, TRIED, ["p"]))))
    assert len({len(row) for row in rows}) == 1
    assert len(rows) == 1 + 2 + 3 + 1
    assert rows[1][8] == "'=1+2"
    assert report.text_report((), ()) == "nothing has answered"
